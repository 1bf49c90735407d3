from __future__ import annotations

import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox
import pytest

from pskg.graph.index import WordIndex
from pskg.graph.store import BuildGraph, GraphError
from pskg.pipeline import BuildReport, Progress, build, fingerprint
from pskg.pipeline.folder import lock
from pskg.workers import WorkerPool

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "data" / "documents"


def write_plan(folder: Path, number: int, *, name: str = "", task: str = "发展学前教育") -> Path:
    """A small notice of its own number, with one task that a bureau answers for."""
    path = folder / (name or f"plan-{number}.txt")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"青山市人民政府办公室关于印发基本公共服务规划的通知\n青政办发〔2019〕{number}号\n"
        "各县（区）人民政府：\n　　现将规划印发给你们，请认真贯彻执行。\n"
        f"一、总体要求\n坚持以人为本。\n二、重点任务\n（一）{task}。扩大资源供给。（市教育局负责）\n"
        "（二）完善养老服务。建设养老设施。（市民政局牵头，市财政局配合）\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    for number in range(1, 6):
        write_plan(folder, number)
    return folder


def read_folder(out: Path) -> dict[str, bytes]:
    """The files of a build whose bytes are decided by its sources alone."""
    paths = [out / "manifest.json", *out.glob("parts/*"), *out.glob("text/*")]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


def list_quads(out: Path) -> list[str]:
    return sorted(map(str, BuildGraph(out).store))


def assert_like_clean(out: Path, sources: Path, tmp_path: Path) -> None:
    """A build folder holds what a build into an empty folder holds, and nothing else."""
    clean = tmp_path / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    build([sources], clean, workers=1)
    assert read_folder(out) == read_folder(clean)
    assert list_quads(out) == list_quads(clean)
    for folder in ("store", "search"):
        assert {path.name for path in (out / folder).iterdir()} == {
            path.name for path in (clean / folder).iterdir()
        }
    assert list_index(out) == list_index(clean)


def list_index(out: Path) -> list[tuple[str, str, str]]:
    """All that a search can find in a build, by one character and by the whole text."""
    with WordIndex.open(BuildGraph(out).index_path) as index:
        found = [(h.document, h.entry.kind, h.entry.text) for h in index.search("政")]
        found += [(h.document, h.entry.kind, h.entry.text) for h in index.search("教 育")]
    assert found
    return sorted(found)


# The same bytes


def test_workers_leave_no_trace(built: BuildReport, tmp_path: Path) -> None:
    report = build([DOCUMENTS], tmp_path / "out", workers=2)
    assert report.failed == ()
    assert report.read == 5
    assert read_folder(tmp_path / "out") == read_folder(built.out)
    assert list_quads(tmp_path / "out") == list_quads(built.out)


def test_the_order_of_sources_leaves_no_trace(plans: Path, tmp_path: Path) -> None:
    paths = sorted(plans.iterdir())
    build(paths, tmp_path / "one")
    build([*reversed(paths), plans], tmp_path / "other")
    assert read_folder(tmp_path / "one") == read_folder(tmp_path / "other")


def test_nothing_tells_where_or_when(plans: Path, tmp_path: Path) -> None:
    build([plans], tmp_path / "one")
    build([plans, plans / "nothing.txt"], tmp_path / "two")
    for name, data in read_folder(tmp_path / "one").items():
        assert str(tmp_path).encode() not in data
        # The ontology tells of its own days.
        assert "shared" in name or time.strftime("%Y-%m-%d").encode() not in data


def _graph_of_line(line: str) -> str:
    return line.rsplit(" ", 2)[1]


def test_the_store_holds_the_parts(built: BuildReport) -> None:
    lines: set[str] = set()
    for path in built.out.glob("parts/*.nq"):
        part = path.read_text(encoding="utf-8").splitlines()
        # One named graph after the other, the lines of each in order.
        graphs = [(graph, list(group)) for graph, group in groupby(part, _graph_of_line)]
        assert len(graphs) == len(dict(graphs))
        assert all(group == sorted(group, key=str.encode) for _, group in graphs)
        lines |= {line.removesuffix(" .") for line in part}
    assert lines == set(list_quads(built.out))
    assert built.quads == len(lines)


def test_a_document_is_described(built: BuildReport) -> None:
    manifest = json.loads((built.out / "manifest.json").read_bytes())
    assert manifest["documents"] == [dataclasses.asdict(one) for one in built.documents]
    assert [one.source for one in built.documents] == sorted(p.name for p in DOCUMENTS.iterdir())
    graph = BuildGraph(built.out)
    for one in built.documents:
        text = graph.text(one.document)
        assert text is not None
        # The ledger leaves no character out.
        assert sum(one.coverage.values()) == len(text)
        assert text == (DOCUMENTS / one.source).read_bytes().decode().removeprefix("\ufeff")
        names = [ox.NamedNode(name) for name in (one.graph, *one.inferred)]
        assert one.quads == sum(len(graph.triples(name)) for name in names)
        assert all(graph.triples(name) for name in names)
        assert one.counts["tasks"] > 20


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    path = write_plan(tmp_path, 1)
    data = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + data)
    report = build([path], tmp_path / "out")
    (text,) = (tmp_path / "out" / "text").iterdir()
    assert text.read_bytes() == data
    assert report.open().text(report.documents[0].document) == data.decode()


def test_ontology_and_vocabularies_have_graphs_of_their_own(built: BuildReport) -> None:
    names = {str(name) for name in BuildGraph(built.out).graph_names()}
    stems = {path.stem for path in (ROOT / "ontology" / "vocabularies").glob("*.ttl")}
    for name in {"ontology", *(f"vocabulary/{stem}" for stem in stems)}:
        assert f"<https://w3id.org/pskg/id/graph/{name}>" in names
    own = {f"<{name}>" for one in built.documents for name in (one.graph, *one.inferred)}
    # the ontology and the regions stand beside the vocabularies
    assert len(names - own) == len(stems) + 2


# A second build


def test_nothing_changed(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = build([plans], out)
    times = {path: path.stat().st_mtime_ns for path in out.glob("parts/*")}
    second = build([plans], out)
    assert (first.read, first.reused, first.changed) == (5, 0, True)
    assert (second.read, second.reused, second.changed) == (0, 5, False)
    assert second.documents == first.documents
    assert second.quads == first.quads
    assert {path: path.stat().st_mtime_ns for path in out.glob("parts/*")} == times


def test_one_document_changed(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([plans], out)
    before = read_folder(out)
    write_plan(plans, 3, task="发展普通高中教育")
    report = build([plans], out)
    assert (report.read, report.reused, report.changed) == (1, 4, True)
    after = read_folder(out)
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    assert len(gone) == len(new) == 4  # its part, what tells of it, its words and its text
    assert [name for name in before.keys() & after.keys() if before[name] != after[name]] == [
        "manifest.json"
    ]
    assert_like_clean(out, plans, tmp_path)


def test_few_changes_are_made_in_the_store_that_is_there(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6, 21):
        write_plan(plans, number)
    out = tmp_path / "out"
    build([plans], out)
    reader = BuildGraph(out)
    seen = len(reader.store)
    with monkeypatch.context() as patch:
        # Loading everything again would take minutes for a country.
        patch.setattr("pskg.pipeline.storing.PartLoader", None)
        write_plan(plans, 7, task="发展特殊教育")
        write_plan(plans, 99)
        (plans / "plan-8.txt").unlink()
        report = build([plans], out)
    assert report.changed
    assert_like_clean(out, plans, tmp_path)
    # Who opened the graph before is left alone.
    assert len(reader.store) == seen


@pytest.mark.parametrize("order", [True, False])
def test_a_store_is_put_in_order_where_that_is_asked_for(
    plans: Path, tmp_path: Path, *, order: bool
) -> None:
    def make() -> list[str]:
        states: list[str] = []
        build([plans], out, workers=1, order=order, report=lambda one: states.append(one.state))
        assert_like_clean(out, plans, tmp_path)
        return states

    out = tmp_path / "out"
    assert ("ordering" in make()) is order  # a new store
    write_plan(plans, 1, task="发展职业教育")
    assert ("ordering" in make()) is order  # the last one, changed
    assert "ordering" not in make()  # nothing to be made


def test_a_source_is_gone(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([plans], out)
    (plans / "plan-2.txt").unlink()
    report = build([plans], out)
    assert (report.read, report.reused, report.changed) == (0, 4, True)
    assert len(list(out.glob("parts/*.nq"))) == 5  # and the shared one
    assert_like_clean(out, plans, tmp_path)


def test_a_source_has_another_name(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([plans], out)
    (plans / "plan-2.txt").rename(plans / "renamed.txt")
    report = build([plans], out)
    assert (report.read, report.reused) == (1, 4)
    names = {
        str(row["n"]) for row in report.open().query("SELECT ?n { ?d dct:source ?n }").records()
    }
    assert "renamed.txt" in names
    assert "plan-2.txt" not in names
    assert_like_clean(out, plans, tmp_path)


def test_other_software_reads_everything_anew(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([plans], tmp_path / "out")
    monkeypatch.setattr("pskg.pipeline.software.fingerprint", lambda: "0" * 64)
    report = build([plans], tmp_path / "out")
    assert (report.read, report.reused) == (5, 0)
    assert len(list(tmp_path.glob("out/parts/*.nq"))) == 6


@pytest.mark.parametrize(
    ("file", "differs"),
    [
        ("src/pskg/extract/tasks.py", True),
        ("src/pskg/graph/names.py", True),
        ("ontology/pskg.ttl", True),
        ("ontology/vocabularies/roles.ttl", True),
        # What is held against the graph later does not decide what is read.
        ("ontology/shapes/must-hold.ttl", False),
    ],
)
def test_the_fingerprint_is_that_of_the_files(tmp_path: Path, file: str, differs: bool) -> None:
    skip = shutil.ignore_patterns("__pycache__")
    for name in ("src", "ontology"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=skip)
    with (tmp_path / file).open("a", encoding="utf-8") as changed:
        changed.write("# one line more\n")
    found = subprocess.run(
        [sys.executable, "-c", "from pskg.pipeline import fingerprint; print(fingerprint())"],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert (found != fingerprint()) is differs


# Damage


def damage_part(out: Path) -> None:
    path = next(path for path in sorted(out.glob("parts/*.nq")) if "shared" not in path.name)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def flip_part(out: Path) -> None:
    """Nonsense of the same length, found when the store has to be made."""
    path = next(path for path in sorted(out.glob("parts/*.nq")) if "shared" not in path.name)
    data = path.read_bytes()
    path.write_bytes(b"#" * 100 + data[100:])
    shutil.rmtree(out / "store")


def change_part(out: Path) -> None:
    """What is still N-Quads, and of the same length, but says something else."""
    path = next(path for path in sorted(out.glob("parts/*.nq")) if "shared" not in path.name)
    data = path.read_bytes()
    assert b"\xe6\x95\x99\xe8\x82\xb2" in data  # 教育
    path.write_bytes(data.replace(b"\xe6\x95\x99\xe8\x82\xb2", b"\xe5\x85\xbb\xe8\x80\x81"))
    shutil.rmtree(out / "store")


def lose_part(out: Path) -> None:
    next(path for path in sorted(out.glob("parts/*.nq")) if "shared" not in path.name).unlink()


def damage_shared(out: Path) -> None:
    next(out.glob("parts/shared-*.nq")).write_bytes(b"nonsense")
    shutil.rmtree(out / "store")


def damage_account(out: Path) -> None:
    sorted(out.glob("parts/*.json"))[0].write_bytes(b'{"source": 1')


def damage_text(out: Path) -> None:
    path = sorted(out.glob("text/*.txt"))[0]
    path.write_bytes(path.read_bytes()[1:])


def damage_words(out: Path) -> None:
    path = sorted(out.glob("parts/*.words"))[0]
    path.write_bytes(path.read_bytes()[:-9])


def damage_index(out: Path) -> None:
    (path,) = out.glob("search/*.db")
    path.write_bytes(path.read_bytes()[:5000])


def lose_index(out: Path) -> None:
    shutil.rmtree(out / "search")


def damage_manifest(out: Path) -> None:
    (out / "manifest.json").write_bytes(b"\x00\x01")


def lose_manifest(out: Path) -> None:
    (out / "manifest.json").unlink()


def lose_store(out: Path) -> None:
    shutil.rmtree(out / "store")


def damage_store(out: Path) -> None:
    (store,) = (out / "store").iterdir()
    for path in store.iterdir():
        path.write_bytes(b"nonsense")


def leave_rubbish(out: Path) -> None:
    """What a killed build leaves."""
    stem = sorted(out.glob("parts/*.nq"))[0].stem
    (out / "parts" / f"{stem}.nq.tmp-123").write_bytes(b"half")
    (out / "text" / f"{'0' * 64}-{'0' * 12}.txt").write_bytes(b"other")
    (out / "manifest.json.tmp-9").write_bytes(b"{")
    (out / "search" / ("0" * 16 + ".tmp-7")).write_bytes(b"half")
    (out / "search" / ("0" * 16 + ".db")).write_bytes(b"other")
    (out / "store" / ("0" * 16)).mkdir()
    (out / "store" / ("0" * 16 + ".tmp-abc_d1")).mkdir()


DAMAGES = [
    damage_part,
    flip_part,
    change_part,
    lose_part,
    damage_shared,
    damage_account,
    damage_text,
    damage_words,
    damage_index,
    lose_index,
    damage_manifest,
    lose_manifest,
    lose_store,
    damage_store,
    leave_rubbish,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_the_next_build_mends(plans: Path, tmp_path: Path, damage: object) -> None:
    out = tmp_path / "out"
    build([plans], out)
    assert callable(damage)
    damage(out)
    report = build([plans], out)
    assert report.failed == ()
    assert_like_clean(out, plans, tmp_path)


def test_what_is_not_ours_is_not_removed(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name in ("text/mine.txt", "parts/mine.nq", "store/mine/a", "mine.txt"):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("mine")
    build([plans], out)
    build([plans / "plan-1.txt"], out)
    for name in ("text/mine.txt", "parts/mine.nq", "store/mine/a", "mine.txt"):
        assert (out / name).read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_what_a_killed_build_fetched_is_removed_by_the_next(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    left = out / "text" / "fetched-1"
    left.mkdir(parents=True)
    (left / "plan.txt").write_text("half")
    build([plans], out, workers=1)
    assert not list((out / "text").glob("fetched-*"))


def test_a_build_killed_at_any_moment_is_finished_by_the_next(tmp_path: Path) -> None:
    """Fifty moments by chance: of builds that read alone or with workers, of whom one may die."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "killed_builds.py"), str(tmp_path), "52", "1"],
        env=with_sources(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    rounds = done.stdout.splitlines()
    assert len(rounds) == 52
    assert [line for line in rounds if not line.endswith(" same")] == []
    # Two rounds measure how long a build takes, and kill none.
    assert {line.split()[0] for line in rounds} == {"measured", "alone", "main", "all", "worker"}


def with_sources() -> dict[str, str]:
    """An environment in which pskg is found where this test found it."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


LIMITED = """
import resource, sys
from pskg.pipeline import build
from pskg.graph.store import GraphError
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    print("documents", len(build([sys.argv[1]], sys.argv[2], workers=int(sys.argv[4])).documents))
except GraphError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file can be held small")
@pytest.mark.parametrize(
    ("limit", "workers", "words"),
    [
        (10, 1, "the build could not be written (file too large)"),
        (10, 2, "the build could not be written (file too large)"),
        # The parts of the plans go in, that of the vocabularies does not.
        (60_000, 1, "the build could not be written (file too large)"),
        # Nothing is left to read: it is the store that does not go in.
        (20_000, 1, "the store could not be written"),
    ],
)
def test_a_full_disk_is_told_and_costs_nothing(
    plans: Path, tmp_path: Path, limit: int, workers: int, words: str
) -> None:
    out = tmp_path / "out"
    build([plans], out)
    shutil.rmtree(out / "store")
    if "store" not in words:
        next(out.glob("parts/shared-*.nq")).unlink()
        write_plan(plans, 7)
    before = (out / "manifest.json").read_bytes()
    command = [sys.executable, "-c", LIMITED, str(plans), str(out), str(limit), str(workers)]
    done = subprocess.run(command, env=with_sources(), capture_output=True, text=True)
    assert done.stderr == ""
    (line,) = done.stdout.splitlines()
    assert words in line
    assert "make room on the disk" in line
    # No document is taken for one that cannot be read, and what was there before is named still.
    assert (out / "manifest.json").read_bytes() == before
    assert build([plans], out).failed == ()
    assert_like_clean(out, plans, tmp_path)


def test_a_folder_of_an_older_version_is_made_anew(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([plans], out)
    manifest = json.loads((out / "manifest.json").read_bytes())
    (out / "manifest.json").write_text(json.dumps({**manifest, "format": 1}))
    with pytest.raises(GraphError, match="another version of pskg; run `pskg build` again"):
        BuildGraph(out)
    build([plans], out)
    assert_like_clean(out, plans, tmp_path)


def test_builds_begun_at_once_leave_one_whole(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code = "import sys; from pskg.cli import main; main(['build', *sys.argv[1:]])"
    command = [sys.executable, "-c", code, str(plans), "--out", str(out), "--workers", "1"]
    running = [
        subprocess.Popen(command, env=with_sources(), stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    told = [process.communicate()[1].strip().splitlines() for process in running]
    codes = [process.returncode for process in running]
    assert 0 in codes
    for code_, lines in zip(codes, told, strict=True):
        if code_:
            assert "another build is writing this folder" in lines[-1]
    assert_like_clean(out, plans, tmp_path)


def test_two_builds_do_not_write_one_folder(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([plans], out)
    with lock(out), pytest.raises(GraphError, match="another build"):
        build([plans], out)
    assert build([plans], out).reused == 5


# Sources that are none


def test_bad_sources_cost_no_other(plans: Path, tmp_path: Path) -> None:
    (plans / "empty.txt").write_bytes(b"")
    (plans / "blank.txt").write_bytes(b" \n\n")
    (plans / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (plans / "pdf.txt").write_bytes(b"%PDF-1.4 ...")
    (plans / "poem.txt").write_text("床前明月光\n疑是地上霜\n", encoding="utf-8")
    report = build([plans, plans / "missing.txt"], tmp_path / "out")
    assert {failure.source for failure in report.failed} == {
        *("empty.txt", "blank.txt", "binary.txt", "pdf.txt", "poem.txt"),
        str(plans / "missing.txt"),
    }
    for failure in report.failed:
        assert failure.reason
        assert failure.remedy
        assert "Traceback" not in failure.reason
        assert "inside pskg" not in failure.reason
    assert len(report.documents) == 5
    assert not report.ok
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert len(manifest["failed"]) == 6


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_our_own_is_told_without_a_traceback(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("pskg.extract.extract", lambda page, vocabulary: 1 // 0)
    if workers == 2:
        # The workers are told by a module that they load first.
        (tmp_path / "sitecustomize.py").write_text(
            "import pskg.extract\npskg.extract.extract = lambda page, vocabulary: 1 // 0\n"
        )
        monkeypatch.syspath_prepend(tmp_path)
    report = build([plans], tmp_path / "out", workers=workers)
    assert report.documents == ()
    assert len(report.failed) == 5
    for failure in report.failed:
        assert "ZeroDivisionError" in failure.reason
        assert failure.source.startswith("plan-")


def test_no_source_at_all(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    report = build([tmp_path / "empty"], tmp_path / "out")
    assert [failure.reason for failure in report.failed] == ["the folder is empty"]
    assert report.open().query("ASK { ?c a skos:Concept }").boolean


def test_a_mistyped_source_does_not_cost_the_build(plans: Path, tmp_path: Path) -> None:
    before = build([plans], tmp_path / "out")
    report = build([tmp_path / "plan"], tmp_path / "out")
    assert [failure.reason for failure in report.failed] == [
        "there is no file or folder of this name"
    ]
    assert not report.changed
    assert build([plans], tmp_path / "out").reused == len(before.documents)


def test_a_folder_without_documents_fails(tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "plan.pdf").write_bytes(b"%PDF")
    report = build([tmp_path / "scans"], tmp_path / "out")
    assert [failure.reason for failure in report.failed] == ["holds no document"]


def test_a_pipe_among_the_documents_is_left_out(plans: Path, tmp_path: Path) -> None:
    # Reading it would wait for ever.
    os.mkfifo(plans / "pipe.txt")
    report = build([plans], tmp_path / "out")
    assert report.ok
    assert "pipe.txt" in [skipped.source for skipped in report.skipped]


def test_build_folders_are_no_sources(plans: Path) -> None:
    first = build([plans], plans / "build")
    second = build([plans], plans / "build")
    assert second.reused == len(first.documents)
    assert second.skipped == first.skipped == ()
    with pytest.raises(GraphError, match="is one of the sources"):
        build([plans], plans)
    assert not (plans / "parts").exists()


def test_one_document_twice(plans: Path, tmp_path: Path) -> None:
    shutil.copy(plans / "plan-1.txt", plans / "plan-1-again.txt")
    changed = (plans / "plan-2.txt").read_text(
        encoding="utf-8"
    ) + "（三）增加一项。（市财政局负责）\n"
    (plans / "plan-2-new.txt").write_text(changed, encoding="utf-8")
    report = build([plans], tmp_path / "out")
    # By name: "plan-1-again" comes before "plan-1.txt", and "plan-2-new" before "plan-2.txt".
    assert [(note.source, note.reason) for note in report.skipped] == [
        ("plan-1.txt", "has the same content as plan-1-again.txt")
    ]
    (failure,) = report.failed
    assert failure.source == "plan-2.txt"
    assert "is the same document as plan-2-new.txt" in failure.reason
    assert len(report.documents) == 5
    assert len(list(tmp_path.glob("out/parts/*.nq"))) == 6


def test_folders_are_searched(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    write_plan(folder, 1, name="a.txt")
    write_plan(folder, 2, name="2019/b.TXT")
    write_plan(folder, 3, name="2019/a.txt")
    write_plan(folder, 4, name=".hidden.txt")
    write_plan(folder, 5, name=".git/c.txt")
    (folder / "2019" / "picture.png").write_bytes(b"")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    report = build([folder], tmp_path / "out")
    assert [one.source for one in report.documents] == ["2019/a.txt", "2019/b.TXT", "a.txt"]
    assert [note.source for note in report.skipped] == ["2019/picture.png"]
    assert report.failed == ()


def test_a_file_given_by_name_is_read_whatever_its_ending(tmp_path: Path) -> None:
    path = write_plan(tmp_path, 1, name="notice")
    assert [one.source for one in build([path], tmp_path / "out").documents] == ["notice"]


@pytest.mark.parametrize("kind", ["file", "below a file", "foreign manifest"])
def test_a_folder_that_cannot_be_used_is_told(plans: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out"
    if kind == "foreign manifest":
        out.mkdir()
        (out / "manifest.json").write_text('{"name": "a web app"}')
    else:
        out.write_text("")
        out = out / "below" if kind == "below a file" else out
    with pytest.raises(GraphError) as caught:
        build([plans], out)
    assert caught.value.remedy
    if kind == "foreign manifest":
        assert (out / "manifest.json").read_text() == '{"name": "a web app"}'


# Progress


def test_progress_is_told(plans: Path, tmp_path: Path) -> None:
    (plans / "empty.txt").write_bytes(b"")
    seen: list[Progress] = []
    build([plans], tmp_path / "out", report=seen.append)
    assert [(one.done, one.total) for one in seen[:6]] == [(n, 6) for n in range(1, 7)]
    assert {one.state for one in seen[:6]} == {"read", "failed"}
    # The five parts and the shared one go into the store, from when the first is read.
    loading = [(one.done, one.total) for one in seen[6:-1] if one.state == "loading"]
    assert len(loading) == len(seen) - 7
    assert loading == sorted(loading)
    assert loading[-1] == (6, 6)
    assert (seen[-1].done, seen[-1].total, seen[-1].state) == (6, 6, "saved")
    seen.clear()
    build([plans], tmp_path / "out", report=seen.append)
    states = [one.state for one in seen]
    assert (states.count("reused"), states.count("loading"), states[-1]) == (5, 0, "saved")


# Workers


def test_a_script_of_three_lines_may_use_workers(plans: Path, tmp_path: Path) -> None:
    # Without "if __name__ == '__main__'", which multiprocessing asks of its users.
    script = tmp_path / "script.py"
    script.write_text(
        "from pskg.pipeline import build\n"
        f"report = build([{str(plans)!r}], {str(tmp_path / 'out')!r}, workers=2)\n"
        "print(len(report.documents), len(report.failed))\n"
    )
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout == "5 0\n"
    assert done.stderr == ""


MODULE = """
import os, sys
def answer(request):
    print("noise that must not come between the replies")
    if request["n"] == 3:
        os.kill(os.getpid(), 9)
    return {"double": request["n"] * 2, "text": "牵头\\n"}
"""


def test_a_worker_that_dies_takes_only_its_own_request_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "answering_module.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with WorkerPool("answering_module", "answer", 2) as pool:
        found = {
            request["n"]: reply for request, reply, _ in pool.run([{"n": n} for n in range(8)])
        }
    expected = {n: {"double": 2 * n, "text": "牵头\n"} for n in range(8) if n != 3}
    assert found == {**expected, 3: None}


def test_a_worker_that_cannot_start_is_told(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text("import os; os._exit(7)\n")
    monkeypatch.syspath_prepend(tmp_path)
    report = build([plans], tmp_path / "out", workers=2)
    assert len(report.failed) == 5
    assert all("--workers 1" in failure.remedy for failure in report.failed)
    monkeypatch.undo()
    assert build([plans], tmp_path / "out").failed == ()


def test_an_interrupted_pool_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sleeping_module.py").write_text(
        "import time\ndef answer(request):\n    time.sleep(request['n'])\n    return {}\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    pool = WorkerPool("sleeping_module", "answer", 2)
    started: list[subprocess.Popen[bytes]] = []

    def interrupt() -> None:
        with pool:
            for _ in pool.run([{"n": 0}, *({"n": 30} for _ in range(6))]):
                started.extend(one._process for one in pool._workers if one._process)
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupt()
    assert started
    # Killed: none was waited for until its sleep was over.
    assert all(process.poll() == -signal.SIGKILL for process in started)
