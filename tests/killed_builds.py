"""Kill builds at random moments and hold what the next one makes against a clean build.

Run as a program: ``killed_builds.py FOLDER ROUNDS SEED``. It forks every build from a process that
has loaded pskg and used none of it, which saves the start of an interpreter a hundred times. One
line a round on standard output: how it was killed, and ``same`` or what differs.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pskg.pipeline.shared
import pskg.vocabulary
from pskg.extract import extract
from pskg.graph.mapping import to_quads
from pskg.graph.store import BuildGraph, GraphError
from pskg.pipeline import build, fingerprint
from pskg.read import read_file
from pskg.resources import resource_folder

#: What is killed: a build that reads alone; one with two workers: itself, all, or a worker.
KINDS = ("alone", "main", "all", "worker")
PLANS = 6


def write_sources(folder: Path, state: int) -> None:
    """Two states of a small corpus: a document more or less, two that change."""
    folder.mkdir(exist_ok=True)
    for number in range(PLANS):
        path = folder / f"plan-{number}.txt"
        if number == 0 and state:
            path.unlink(missing_ok=True)
            continue
        task = ("发展学前教育", "完善养老服务")[state if number < 3 else 0]
        path.write_text(
            f"青山市人民政府办公室关于印发基本公共服务规划的通知\n青政办发〔2019〕{number + 1}号\n"
            f"一、总体要求\n坚持以人为本。\n二、重点任务\n（一）{task}。扩大供给。（市教育局负责）\n",
            encoding="utf-8",
        )


def in_child(call: Callable[[], object]) -> int:
    """Begin a call in a process of its own, the leader of a new group; its id."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setsid()
            call()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    return child


def finish(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def describe(out: Path) -> dict[str, object]:
    """What is in a build folder, and what its store holds."""
    quads = "\n".join(sorted(map(str, BuildGraph(out).store)))
    return {
        "files": {
            path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for folder in (out, out / "parts", out / "text")
            for path in sorted(folder.iterdir())
            if path.is_file()
        },
        "stores": sorted(path.name for path in (out / "store").iterdir()),
        "quads": hashlib.sha256(quads.encode()).hexdigest(),
    }


def check(sources: Path, out: Path, clean: Path, told: Path, *, in_ruins: bool) -> None:
    """What is there can be opened or is told of in a line; the next build makes it whole."""
    wrong = ""
    try:
        if not BuildGraph(out).query("ASK { ?s a pskg:PolicyDocument }").boolean:
            wrong = "no document in what the killed build left"
    except GraphError as error:
        # What was removed before the build cannot be there after it was killed.
        if not in_ruins:
            wrong = str(error)
    report = build([sources], out, workers=1)
    if report.failed:
        wrong = str(report.failed)
    found, wanted = describe(out), json.loads(clean.read_text())
    wrong = wrong or ", ".join(name for name in found if found[name] != wanted[name])
    told.write_text(wrong or "same")


def find_worker(main: int) -> int | None:
    try:
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    except OSError:
        return None
    return int(children[0]) if children else None


def make_small(folder: Path) -> None:
    """One vocabulary for the shared part: else most moments would be of loading all of them."""
    (folder / "vocabularies").mkdir(parents=True)
    whole = resource_folder("ontology")
    for name in ("pskg.ttl", "vocabularies/roles.ttl"):
        shutil.copy(whole / name, folder / name)
    setattr(pskg.pipeline.shared, "resource_folder", lambda name: folder)  # noqa: B010


def warm_up(source: Path) -> None:
    """Compile and load here what every fork would; nothing of it may start a thread."""
    vocabulary = pskg.vocabulary.load()
    page = read_file(source)
    list(to_quads(extract(page, vocabulary), page.text, vocabulary))
    fingerprint()


def kill(child: int, kind: str) -> None:
    if kind == "all":
        os.killpg(child, signal.SIGKILL)
    elif kind == "worker":
        worker = find_worker(child)
        if worker:
            os.kill(worker, signal.SIGKILL)
    else:
        os.kill(child, signal.SIGKILL)


def main(folder: Path, rounds: int, seed: int) -> None:
    dice = random.Random(seed)
    sources, out, told = folder / "sources", folder / "out", folder / "told"
    make_small(folder / "ontology")
    write_sources(sources, 0)
    warm_up(next(sources.iterdir()))
    for state in (0, 1):
        write_sources(sources, state)
        clean = folder / f"clean-{state}"

        def make_clean(clean: Path = clean) -> None:
            build([sources], clean, workers=1)
            (folder / f"{clean.name}.json").write_text(json.dumps(describe(clean)))

        assert finish(in_child(make_clean)) == 0
    seconds: dict[bool, float] = {}
    for number in range(rounds):
        state = number % 2
        kind = KINDS[number % 12] if number % 12 < len(KINDS) else "alone"
        in_ruins = False
        if dice.random() < 0.2:
            # Another way than from the last build: all is to be loaded, or read and loaded.
            in_ruins = True
            shutil.rmtree(out / "store" if dice.random() < 0.5 else out, ignore_errors=True)
        write_sources(sources, state)
        pooled = kind != "alone"
        workers = 2 if pooled else 1
        began = time.monotonic()
        child = in_child(lambda workers=workers: build([sources], out, workers=workers))
        if pooled not in seconds:
            # How long one takes, to know among which moments to choose.
            assert finish(child) == 0
            seconds[pooled] = time.monotonic() - began
            print("measured", "same", flush=True)
            continue
        moment = dice.random() * 1.05 * seconds[pooled]
        time.sleep(moment)
        kill(child, kind)
        finish(child)
        told.unlink(missing_ok=True)
        clean = folder / f"clean-{state}.json"
        verdict = partial(check, sources, out, clean, told, in_ruins=in_ruins)
        status = finish(in_child(verdict))
        result = told.read_text() if status == 0 else f"the next build failed ({status})"
        print(kind, f"{moment:.3f}", result, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
