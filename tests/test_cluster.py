"""Builds on a Dask cluster: real schedulers and workers on this machine, killed and not."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import pskg.cluster
import pskg.pipeline
from pskg.cli import main
from pskg.cluster import ClusterPool, answer
from pskg.graph.store import GraphError
from pskg.pipeline import Progress, build
from test_build import assert_like_clean, read_folder, write_plan

distributed = pytest.importorskip("distributed", reason="Dask (distributed) is not installed")

ROOT = Path(__file__).parents[1]
MODULE = """
import os
def answer(request):
    print("noise that must not come between the replies")
    if request["n"] == 3:
        os.kill(os.getpid(), 9)
    if request["n"] == 5:
        os.kill(os.getppid(), 9)
        os.kill(os.getpid(), 9)
    return {"double": request["n"] * 2, "text": "牵头\\n"}
"""


class Cluster:
    """A scheduler and workers, started as a person would."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.folder = folder
        path = [str(ROOT / "src"), str(folder), *filter(None, sys.path)]
        self._environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path),
            # A batch that was on two workers that died is taken apart.
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        }
        self._processes = [self.start("scheduler", "--port", "0")]
        self._processes += [self.start("worker", "--nthreads", "1") for _ in range(workers)]
        with distributed.Client(scheduler_file=str(folder / "scheduler.json"), timeout=60) as known:
            if workers:
                known.wait_for_workers(workers, timeout=60)
            self.address: str = known.scheduler.address

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "dask", *command, "--host", "127.0.0.1"),
                *("--no-dashboard", "--scheduler-file", str(self.folder / "scheduler.json")),
            ],
            env=self._environment,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def workers(self) -> dict[str, int]:
        """The workers and the ids of their processes."""
        with distributed.Client(self.address, timeout=60, set_as_default=False) as known:
            found: dict[str, int] = known.run(os.getpid)
            return found

    def kill_scheduler(self) -> None:
        self._processes[0].kill()
        self._processes[0].wait()

    def stop(self) -> None:
        for process in reversed(self._processes):
            process.terminate()
        for process in self._processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "answering_module.py").write_text(MODULE, encoding="utf-8")
    started = Cluster(folder, 2)
    yield started
    started.stop()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    for number in range(1, 7):
        write_plan(folder, number)
    return folder


def once(state: str, call: Callable[[], None]) -> Callable[[Progress], None]:
    """What reports a build's progress, and calls a function when a state is first met."""
    met: list[Progress] = []

    def tell(progress: Progress) -> None:
        if progress.state == state and not met:
            met.append(progress)
            call()

    return tell


# The same bytes


def test_a_cluster_leaves_no_trace(cluster: Cluster, plans: Path, tmp_path: Path) -> None:
    (plans / "empty.txt").write_bytes(b"")
    report = build([plans], tmp_path / "out", cluster=cluster.address)
    assert (report.read, [one.source for one in report.failed]) == (7, ["empty.txt"])
    assert_like_clean(tmp_path / "out", plans, tmp_path)
    again = build([plans], tmp_path / "out", cluster=cluster.address)
    assert (again.reused, again.changed) == (6, False)


def test_sources_and_results_at_addresses(cluster: Cluster, plans: Path, tmp_path: Path) -> None:
    (plans / "empty.txt").write_bytes(b"")
    url = (tmp_path / "kept").as_uri()
    report = build([plans.as_uri()], url, cluster=cluster.address)
    assert (report.read, [one.source for one in report.failed]) == (7, ["empty.txt"])
    build([plans], tmp_path / "here")
    assert read_folder(tmp_path / "kept") == read_folder(tmp_path / "here")
    assert read_folder(report.out) == read_folder(tmp_path / "here")


def test_the_command_builds_on_a_cluster(cluster: Cluster, plans: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    done = CliRunner().invoke(
        main, ["build", str(plans), "--out", out, "--cluster", cluster.address]
    )
    assert done.exit_code == 0, done.output
    assert "6 documents" in done.output
    done = CliRunner().invoke(
        main, ["build", str(plans), "--out", out, "--cluster", cluster.address, "--workers", "2"]
    )
    assert done.exit_code == 2


def test_no_process_is_left_on_the_workers(cluster: Cluster, plans: Path, tmp_path: Path) -> None:
    build([plans], tmp_path / "out", cluster=cluster.address)
    for worker in cluster.workers().values():
        children = Path(f"/proc/{worker}/task/{worker}/children")
        if not children.exists():
            pytest.skip("no /proc to look into")
        for child in children.read_text().split():
            assert b"pskg.workers" not in Path(f"/proc/{child}/cmdline").read_bytes()


# Workers that die


def test_a_worker_killed_during_the_build_costs_nothing(
    cluster: Cluster, plans: Path, tmp_path: Path
) -> None:
    for number in range(7, 41):
        write_plan(plans, number)
    before = cluster.workers()
    victim = next(iter(before.values()))
    report = build(
        [plans],
        tmp_path / "out",
        cluster=cluster.address,
        report=once("read", lambda: os.kill(victim, signal.SIGKILL)),
    )
    assert (report.read, report.failed) == (40, ())
    assert_like_clean(tmp_path / "out", plans, tmp_path)
    assert victim not in cluster.workers().values()


def test_what_kills_its_process_or_its_worker_fails_alone(cluster: Cluster) -> None:
    wait_for_workers(cluster)
    with ClusterPool(cluster.address, "answering_module", "answer", batch=4) as pool:
        found = {
            request["n"]: reply for request, reply, _ in pool.run([{"n": n} for n in range(8)])
        }
    whole = {n: {"double": 2 * n, "text": "牵头\n"} for n in range(8) if n not in (3, 5)}
    assert found == {**whole, 3: None, 5: None}


def wait_for_workers(cluster: Cluster) -> None:
    with distributed.Client(cluster.address, timeout=60, set_as_default=False) as known:
        known.wait_for_workers(2, timeout=60)


def test_a_source_that_no_worker_survives_is_told(
    cluster: Cluster, plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dying:
        def __init__(self, *call: str) -> None:
            pass

        def __enter__(self) -> Dying:
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def run(self, requests: list[dict[str, str]]) -> Iterator[tuple[object, object, float]]:
            yield from ((request, None, 0.0) for request in requests)

    monkeypatch.setattr(pskg.cluster, "ClusterPool", Dying)
    report = build([plans], tmp_path / "out", cluster="tcp://nowhere:1")
    assert {one.reason for one in report.failed} == {
        "each process that read it came to a sudden end"
    }


def test_a_scheduler_that_dies_is_told_and_what_was_read_is_kept(
    plans: Path, tmp_path: Path
) -> None:
    for number in range(7, 41):
        write_plan(plans, number)
    doomed = Cluster(tmp_path, 1)
    try:
        with pytest.raises(GraphError, match="went away during the build"):
            build(
                [plans],
                tmp_path / "out",
                cluster=doomed.address,
                report=once("read", doomed.kill_scheduler),
            )
    finally:
        doomed.stop()
    report = build([plans], tmp_path / "out")
    assert report.reused >= 1
    assert_like_clean(tmp_path / "out", plans, tmp_path)


# Clusters that cannot be used


def test_another_version_on_the_workers_is_told(
    cluster: Cluster, plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pskg.pipeline.software.fingerprint", lambda: "another")
    with pytest.raises(GraphError, match=r"has another pskg .*install the same version") as caught:
        build([plans], tmp_path / "out", cluster=cluster.address)
    assert caught.value.where == cluster.address
    assert not list((tmp_path / "out").glob("parts/*.json"))


def test_a_worker_without_pskg_is_told(cluster: Cluster) -> None:
    with ClusterPool(cluster.address, "answering_module", "answer") as pool:

        def submit(*_: object, **options: object) -> object:
            return client.submit(importing, "no_such_package", **options)

        client, pool._client = pool._client, type("Client", (), {})()
        pool._client.__dict__.update(
            submit=submit, nthreads=client.nthreads, as_current=client.as_current,
            run=client.run, close=client.close,
        )  # fmt: skip
        with pytest.raises(GraphError, match="install the same version of pskg on all workers"):
            list(pool.run([{"n": 1}]))


importing = __import__


def test_a_cluster_without_workers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pskg.cluster, "_PATIENCE", 1)
    bare = Cluster(tmp_path, 0)
    try:
        with (
            ClusterPool(bare.address, "answering_module", "answer") as pool,
            pytest.raises(GraphError, match="has no workers; start some: dask worker tcp://"),
        ):
            list(pool.run([{"n": 1}]))
    finally:
        bare.stop()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "carrier-pigeon://a:1", ""])
def test_no_scheduler_is_told(
    address: str, plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pskg.cluster, "_TIMEOUT", 1)
    command = ["build", str(plans), "--out", str(tmp_path / "out"), "--cluster", address]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert "no Dask scheduler answers there" in done.output
    assert "give the address that `dask scheduler` prints" in done.output


def test_a_missing_extra_is_told(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(GraphError, match=r"pip install 'pskg\[cluster\]'"):
        build([plans], tmp_path / "out", cluster="tcp://127.0.0.1:9")


def test_what_a_worker_does_not_see_is_told_and_no_source_fails(
    plans: Path, tmp_path: Path
) -> None:
    path, out = str(plans / "plan-1.txt"), str(tmp_path)
    job = {
        "path": path, "source": "plan-1.txt", "sha256": "", "stem": "", "out": out,
        "fingerprint": pskg.pipeline.fingerprint(),
    }  # fmt: skip
    for name, place in (("path", "/nowhere/plan.txt"), ("out", "/nowhere"), ("path", "s3:nowhere")):
        assert answer({**job, name: place})["unseen"] == place
    assert answer({**job, "path": "file:///nowhere/plan.txt"})["unseen"].startswith("file:")
    unseen = {"unseen": path, "reason": "is not there", "host": "far"}
    with pytest.raises(GraphError, match=r"plan-1.txt: the worker on far cannot use it .*share"):
        pskg.cluster._check("tcp://here:1", job, unseen)
    # It is gone from here as well: that is no fault of the worker.
    (plans / "plan-1.txt").unlink()
    assert pskg.cluster._check("tcp://here:1", job, unseen)["remedy"] == "build again"


def test_a_part_that_is_not_seen_here_is_told(
    cluster: Cluster, plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pskg.cluster, "_comes", lambda path: False)
    with pytest.raises(GraphError, match="not to be seen here; give an --out folder on a disk"):
        build([plans], tmp_path / "out", cluster=cluster.address)


def test_a_file_may_come_late(tmp_path: Path) -> None:
    slept: list[float] = []
    assert not pskg.cluster._comes(tmp_path / "part", sleep=slept.append)
    assert sum(slept) == pskg.cluster._DELAY
    late = lambda _: (tmp_path / "part").touch()  # noqa: E731
    assert pskg.cluster._comes(tmp_path / "part", sleep=late)
