"""Sources and builds at addresses of fsspec."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import pskg
from pskg import storage
from pskg.cli import main
from pskg.graph.store import GraphError, open_graph
from pskg.pipeline import build
from pskg.pipeline.folder import is_ours
from test_build import read_folder, write_plan

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def memory() -> Iterator[str]:
    system = fsspec.filesystem("memory")
    yield "memory://bucket"
    if system.exists("/bucket"):
        system.rm("/bucket", recursive=True)


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    for number in range(1, 4):
        write_plan(tmp_path / "plans", number)
    write_plan(tmp_path / "plans", 4, name="city/计划.txt")
    return tmp_path / "plans"


def put(folder: Path, url: str) -> None:
    system, path = fsspec.core.url_to_fs(url)
    system.put(f"{folder}/", f"{path}/", recursive=True)


def files_at(url: str) -> dict[str, bytes]:
    """The files of a build at an address whose bytes are decided by its sources alone."""
    system, path = fsspec.core.url_to_fs(url)
    names = {name: name[len(path) :].lstrip("/") for name in system.find(path)}
    return {
        short: system.cat_file(name)
        for name, short in names.items()
        if short.startswith(("manifest.json", "parts/", "text/"))
    }


# Sources


def test_a_folder_at_an_address_reads_like_one_here(
    plans: Path, tmp_path: Path, memory: str
) -> None:
    (plans / "picture.png").write_bytes(b"\x89PNG")
    write_plan(plans, 5, name=".hidden.txt")
    write_plan(plans, 6, name=".git/plan.txt")
    put(plans, f"{memory}/plans")
    report = build([f"{memory}/plans"], tmp_path / "out")
    here = build([plans], tmp_path / "here")
    assert report.failed == ()
    assert [one.source for one in report.skipped] == ["picture.png"]
    assert report.documents == here.documents
    assert read_folder(tmp_path / "out") == read_folder(tmp_path / "here")
    again = build([f"{memory}/plans/"], tmp_path / "out")
    assert (again.read, again.reused, again.changed) == (0, 4, False)


def test_a_file_at_an_address_is_read_whatever_its_ending(
    plans: Path, tmp_path: Path, memory: str
) -> None:
    (plans / "plan-1.txt").rename(plans / "plan-1.text")
    put(plans, f"{memory}/plans")
    report = build([f"{memory}/plans/plan-1.text", plans / "plan-2.txt"], tmp_path / "out")
    assert [one.source for one in report.documents] == ["plan-1.text", "plan-2.txt"]


def test_files_of_this_machine_have_addresses_too(plans: Path, tmp_path: Path) -> None:
    report = build([plans.as_uri(), plans.as_uri()], tmp_path / "out")
    assert [one.source for one in report.documents] == [
        "city/计划.txt", "plan-1.txt", "plan-2.txt", "plan-3.txt",
    ]  # fmt: skip


def test_addresses_of_several_kinds(plans: Path, tmp_path: Path, memory: str) -> None:
    put(plans, f"{memory}/plans")
    write_plan(tmp_path / "more", 8, name="第八[8]号 *?#%41.txt")
    more = (tmp_path / "more").as_uri()
    report = build([f"{memory}/plans", more, f"{memory}/plans/plan-1.txt"], tmp_path / "out")
    assert report.failed == ()
    assert len(report.documents) == 5
    assert "第八[8]号 *?#%41.txt" in {one.source for one in report.documents}


def test_builds_at_an_address_are_no_sources(plans: Path, tmp_path: Path, memory: str) -> None:
    put(plans, f"{memory}/plans")
    build([f"{memory}/plans"], f"{memory}/plans/build")
    report = build([f"{memory}/plans"], tmp_path / "out")
    assert len(report.documents) == 4
    # The names of pskg's own folders are no secret: without a build they are sources.
    write_plan(tmp_path / "more", 9, name="text/plan.txt")
    put(tmp_path / "more", f"{memory}/more")
    assert len(build([f"{memory}/more"], tmp_path / "more-out").documents) == 1


def test_what_cannot_be_fetched_fails_alone(
    plans: Path, tmp_path: Path, memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(plans, f"{memory}/plans")
    fsspec.filesystem("memory").pipe_file("/bucket/bare/notes.pdf", b"%PDF")
    system = type(fsspec.filesystem("memory"))
    whole = system.cat_file

    def cat_file(self: object, path: str, *args: object, **options: object) -> object:
        if path.endswith("plan-2.txt"):
            raise PermissionError("Access Denied")
        return whole(self, path, *args, **options)

    monkeypatch.setattr(system, "cat_file", cat_file)
    report = build(
        [f"{memory}/plans", f"{memory}/nothing", f"{memory}/bare", "nowhere://at/all"],
        tmp_path / "out",
    )
    assert len(report.documents) == 3
    reasons = {failure.source: failure.reason for failure in report.failed}
    assert "Access Denied" in reasons.pop("plan-2.txt")
    assert "Protocol not known" in reasons.pop("nowhere://at/all")
    assert reasons == {
        "memory://bucket/nothing": "there is nothing at this address",
        "memory://bucket/bare": "holds no document",
    }
    assert all(failure.remedy for failure in report.failed)


def test_a_folder_of_web_pages(plans: Path, tmp_path: Path) -> None:
    pytest.importorskip("aiohttp", reason="aiohttp, which fsspec needs for http, is not installed")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(plans.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_port}/plans/"
            report = build([url, f"{url}nothing.txt"], tmp_path / "out")
        finally:
            server.shutdown()
            thread.join()
    assert [one.source for one in report.documents] == [
        "city/计划.txt", "plan-1.txt", "plan-2.txt", "plan-3.txt",
    ]  # fmt: skip
    assert [one.source for one in report.failed] == [f"{url}nothing.txt"]


# Builds


def test_a_build_is_kept_at_an_address(
    plans: Path, tmp_path: Path, cache: Path, memory: str
) -> None:
    url = f"{memory}/build"
    first = build([plans], url)
    here = build([plans], tmp_path / "here")
    assert (first.url, first.read) == (url, 4)
    assert first.documents == here.documents
    assert files_at(url) == read_folder(tmp_path / "here")
    # Another machine has no copy yet.
    shutil.rmtree(cache)
    again = build([plans], url)
    assert (again.read, again.reused, again.changed) == (0, 4, False)
    assert files_at(url) == read_folder(tmp_path / "here")


def test_what_is_gone_goes_there_too_and_nothing_else(
    plans: Path, tmp_path: Path, memory: str
) -> None:
    url = f"{memory}/build"
    system = fsspec.filesystem("memory")
    build([plans], url)
    for name in ("text/notes.txt", "parts/mine.nq", "store/mine/file", "mine.txt"):
        system.pipe_file(f"/bucket/build/{name}", b"not pskg's")
    (plans / "plan-1.txt").unlink()
    build([plans], url)
    build([plans], tmp_path / "here")
    found = files_at(url)
    assert {found.pop(name) for name in ("text/notes.txt", "parts/mine.nq")} == {b"not pskg's"}
    assert found == read_folder(tmp_path / "here")
    assert system.exists("/bucket/build/mine.txt")
    assert system.exists("/bucket/build/store/mine/file")
    assert len(system.ls("/bucket/build/store")) == 2
    assert len(system.ls("/bucket/build/search")) == 1


def test_a_build_at_an_address_is_asked(plans: Path, memory: str) -> None:
    url = f"{memory}/build"
    build([plans], url)
    graph = pskg.open(url)
    assert graph.store.name == url
    assert len(graph.query("SELECT ?d WHERE { ?d a pskg:PolicyDocument }")) == 4
    document = graph.query("SELECT ?d WHERE { ?d a pskg:PolicyDocument } LIMIT 1")[0]["d"]
    assert graph.store.text(str(document))
    assert graph.search("养老")
    # Another build takes its place; what was opened stays as it was.
    (plans / "plan-1.txt").unlink()
    build([plans], url)
    assert len(pskg.open(url).query("SELECT ?d WHERE { ?d a pskg:PolicyDocument }")) == 3
    assert len(graph.query("SELECT ?d WHERE { ?d a pskg:PolicyDocument }")) == 4


def test_a_build_that_could_not_be_put_there_leaves_the_one_before(
    plans: Path, tmp_path: Path, memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"{memory}/build"
    build([plans], url)
    (plans / "plan-1.txt").unlink()
    write_plan(plans, 7)

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(type(fsspec.filesystem("memory")), "pipe_file", full)
        with pytest.raises(GraphError, match=r"bucket/build: .*no space left"):
            build([plans], url)
    assert len(pskg.open(url).query("SELECT ?d WHERE { ?d a pskg:PolicyDocument }")) == 4
    build([plans], url)
    build([plans], tmp_path / "here")
    assert files_at(url) == read_folder(tmp_path / "here")


def test_half_a_part_at_an_address_is_made_anew(
    plans: Path, tmp_path: Path, cache: Path, memory: str
) -> None:
    url = f"{memory}/build"
    build([plans], url)
    system = fsspec.filesystem("memory")
    part = next(name for name in system.ls("/bucket/build/parts", detail=False) if ".nq" in name)
    system.pipe_file(part, system.cat_file(part)[:100])
    shutil.rmtree(cache)
    build([plans], url)
    build([plans], tmp_path / "here")
    assert files_at(url) == read_folder(tmp_path / "here")


def test_the_command_says_the_address(plans: Path, tmp_path: Path) -> None:
    url = (tmp_path / "kept").as_uri()
    done = CliRunner().invoke(main, ["build", plans.as_uri(), "--out", url])
    assert done.exit_code == 0, done.output
    assert f"statements in {url}" in done.output
    assert read_folder(tmp_path / "kept")
    asked = CliRunner().invoke(main, ["query", "documents", "--graph", url, "--format", "json"])
    assert len(json.loads(asked.stdout)["results"]["bindings"]) == 4, asked.output


# Errors


def test_errors_say_what_to_do(
    plans: Path, tmp_path: Path, memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(
        GraphError, match=r"no finished build .*`pskg build --out memory://bucket/x`"
    ):
        open_graph("memory://bucket/x")
    with pytest.raises(GraphError, match=r"nowhere://x: .*Protocol not known"):
        build([plans], "nowhere://x")
    with pytest.raises(GraphError, match="cannot be kept on the web"):
        build([plans], "https://example.org/build")
    with pytest.raises(GraphError, match="is one of the sources"):
        build([f"{memory}/plans/"], f"{memory}/plans")
    fsspec.filesystem("memory").pipe_file("/bucket/app/manifest.json", b'{"name": "a web app"}')
    with pytest.raises(GraphError, match="not pskg's"):
        build([plans], f"{memory}/app")
    with pytest.raises(GraphError, match="no finished build"):
        open_graph(f"{memory}/app")
    fsspec.filesystem("memory").pipe_file("/bucket/app/x", b"")
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(GraphError, match=r"fsspec; install it: pip install 'pskg\[remote\]'"):
        build([plans], f"{memory}/build")
    report = build([f"{memory}/plans", plans], tmp_path / "out")
    assert [one.remedy for one in report.failed] == ["install it: pip install 'pskg[remote]'"]


def test_names_are_ours_or_not() -> None:
    stem = f"{'a' * 64}-{'b' * 12}"
    ours = (f"parts/{stem}.nq", f"text/{stem}.txt", f"store/{'c' * 16}/CURRENT",
            f"search/{'d' * 16}.db", f"parts/shared-{'e' * 16}.nq")  # fmt: skip
    others = ("manifest.json", "parts/x.nq", f"parts/{stem}.nq.tmp-1", f"other/{stem}.nq",
              f"store/{'c' * 16}.tmp-x/CURRENT", f"store/{'c' * 16}", "text/in/x.txt")  # fmt: skip
    assert all(map(is_ours, ours))
    assert not any(map(is_ours, others))


def test_no_name_leads_out_of_the_folder(plans: Path, cache: Path, memory: str) -> None:
    url = f"{memory}/build"
    build([plans], url)
    system = fsspec.filesystem("memory")
    stem = f"{'a' * 64}-{'b' * 12}"
    for name in ("text/../../out.txt", f"store/{'c' * 16}/../../../out", f"parts/{stem}.nq"):
        system.store[f"/bucket/build/{name}"] = type(system).open(
            system, f"/bucket/build/{stem}", "wb"
        )
    shutil.rmtree(cache)
    pskg.open(url)
    copy = storage.local_copy(url)
    storage.pull(url, copy, lambda name: True)
    assert (copy / "parts" / f"{stem}.nq").exists()
    assert not list(cache.rglob("out*"))


def test_what_is_an_address() -> None:
    assert storage.is_url("gs://bucket")
    assert not storage.is_url(Path("gs://bucket"))
    assert not storage.is_url("c:/plans")
