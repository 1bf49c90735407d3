"""Which cluster engine reads documents best: Ray, Dask or Spark, beside pskg's own processes.

    python benchmarks/corpus.py --count 60 --seed 5 --out /tmp/corpus
    python benchmarks/cluster.py --engines serial own dask dask-pool ray spark \\
        --documents /tmp/corpus/documents

Each engine runs on this machine with worker processes of one thread and is handed batches of paths;
the workers write the parts, as in a build. Install the engines first (``distributed``, ``ray``,
``pyspark``), best in an environment of their own. Printed are the seconds until the cluster
answers; time and processor time of the first run on it, in which the workers load pskg, and the
medians of the runs after it, in which the engines take turns; and a run in which the process that
answered first is killed. Where other work shares the machine, processor time is what to compare.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from pskg.pipeline.folder import make_folders
from pskg.pipeline.reading import answer_job
from pskg.pipeline.sources import find_sources, plan_jobs
from pskg.workers import WorkerPool

Batch = list[dict[str, Any]]
#: The variable of the environment that tells the processes of an engine from others.
MARK = f"PSKG_BENCHMARK_{os.getpid()}"

#: What a batch gives: the process that read it, and for each document whether it was read.
Told = tuple[int, list[bool]]


def answer(batch: Batch) -> Told:
    """Read a batch in a worker of an engine."""
    return os.getpid(), ["part" in answer_job(job) for job in batch]


class Run(NamedTuple):
    """The seconds and the processor time of a run, and how many documents were read."""

    seconds: float
    cpu: float
    read: int


class Engine(Protocol):
    def start(self, workers: int) -> None: ...

    def run(self, batches: Sequence[Batch]) -> Iterator[Told]: ...

    def stop(self) -> None: ...


class Own:
    """pskg's own processes. They start with every run."""

    def start(self, workers: int) -> None:
        self.workers = workers

    def run(self, batches: Sequence[Batch]) -> Iterator[Told]:
        with WorkerPool("pskg.pipeline.reading", "answer_job", self.workers) as pool:
            for _, reply, _ in pool.run(job for batch in batches for job in batch):
                process = next(one._process for one in pool._workers if one._process)
                yield process.pid, [reply is not None and "part" in reply]

    def stop(self) -> None:
        pass


class Serial(Own):
    """No process but this one."""

    def run(self, batches: Sequence[Batch]) -> Iterator[Told]:
        return map(answer, batches)


class Dask:
    def start(self, workers: int) -> None:
        from distributed import Client, LocalCluster

        self.cluster = LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
        )
        self.client = Client(self.cluster)
        self.client.submit(os.getpid, pure=False).result()

    def run(self, batches: Sequence[Batch]) -> Iterator[Told]:
        from distributed import as_completed

        for future in as_completed([self.client.submit(answer, b, pure=False) for b in batches]):
            yield future.result()

    def stop(self) -> None:
        self.client.close()
        self.cluster.close()


class DaskPool(Dask):
    """Dask as pskg uses it: each worker hands its sources to a process of its own."""

    def run(self, batches: Sequence[Batch]) -> Iterator[Told]:
        from pskg.cluster import ClusterPool

        address = self.cluster.scheduler_address
        pid = self.client.submit(os.getpid, pure=False).result()
        with ClusterPool(
            address, "pskg.pipeline.reading", "answer_job", batch=len(batches[0])
        ) as pool:
            for _, reply, _ in pool.run(job for batch in batches for job in batch):
                yield pid, [reply is not None and "part" in reply]


class Ray:
    def start(self, workers: int) -> None:
        import ray

        ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False)
        self.ray = ray
        self.answer = ray.remote(answer)
        ray.get(self.answer.remote([]))

    def run(self, batches: Sequence[Batch]) -> Iterator[Told]:
        left = [self.answer.remote(batch) for batch in batches]
        while left:
            done, left = self.ray.wait(left)
            yield from self.ray.get(done)

    def stop(self) -> None:
        self.ray.shutdown()


class Spark:
    def start(self, workers: int) -> None:
        import pyspark
        from pyspark.sql import SparkSession

        os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
        os.environ["PYSPARK_PYTHON"] = sys.executable
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        self.session = (
            SparkSession.builder.master(f"local-cluster[{workers},1,1024]")
            .config("spark.ui.enabled", "false")
            .config("spark.executorEnv.PYTHONPATH", os.environ["PYTHONPATH"])
            .getOrCreate()
        )
        self.context = self.session.sparkContext
        self.context.setLogLevel("OFF")
        self.context.parallelize([0], 1).map(lambda _: os.getpid()).collect()

    def run(self, batches: Sequence[Batch]) -> Iterator[Told]:
        # A partition each: they are given to whatever executor is free.
        data = self.context.parallelize(batches, len(batches)).map(answer)
        return iter(data.toLocalIterator(prefetchPartitions=True) if self.steps else data.collect())

    #: Spark gives all results at the end; to kill in the middle they are fetched one by one.
    steps = False

    def stop(self) -> None:
        self.session.stop()


ENGINES: dict[str, type[Engine]] = {
    "serial": Serial,
    "own": Own,
    "dask": Dask,
    "dask-pool": DaskPool,
    "ray": Ray,
    "spark": Spark,
}


def _processor_time(engine: str) -> float:
    """What this process, those of an engine, and those they waited for have taken so far."""
    mark = f"{MARK}={engine}\0".encode()
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if process.name == str(os.getpid()) or mark in (process / "environ").read_bytes():
                fields = (process / "stat").read_text().rpartition(")")[2].split()
                ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def run(name: str, engine: Engine, documents: Path, size: int, *, kill: bool = False) -> Run:
    """Read all documents into a new folder."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        make_folders(out)
        jobs, _ = plan_jobs(find_sources([documents]).files, out)
        plain = [asdict(job) for job in jobs]
        batches = [plain[i : i + size] for i in range(0, len(plain), size)]
        began, before = time.perf_counter(), _processor_time(name)
        read = 0
        for pid, told in engine.run(batches):
            read += sum(told)
            if kill:
                kill = False
                with suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
        return Run(time.perf_counter() - began, _processor_time(name) - before, read)


def measure(engines: dict[str, Engine], documents: Path, sizes: list[int], runs: int) -> None:
    """Run all engines in turn, so that other work on the machine falls on all of them alike."""
    found: dict[str, dict[str, list[Run]]] = {name: {} for name in engines}
    for turn in range(runs + 1):
        for size in sizes:
            for name, engine in engines.items():
                os.environ[MARK] = name
                what = f"batches of {size}" if turn else "first"
                if turn or size == sizes[0]:
                    once = run(name, engine, documents, size)
                    found[name].setdefault(what, []).append(once)
    for name, kinds in found.items():
        for what, told in kinds.items():
            seconds = statistics.median(one.seconds for one in told)
            cpu = statistics.median(one.cpu for one in told)
            read = min(one.read for one in told)
            print(f"{name:10} {what:14} {seconds:7.2f} s {cpu:7.2f} s cpu {read} read", flush=True)


def measure_kill(name: str, engine: Engine, documents: Path) -> None:
    if isinstance(engine, Spark):
        engine.steps = True
    try:
        killed = run(name, engine, documents, 4, kill=True)
        told = f"{killed.seconds:7.2f} s {killed.cpu:7.2f} s cpu {killed.read} read"
    except Exception as error:
        told = f"{type(error).__name__}: {str(error)[:200]}"
    print(f"{name:10} {'one killed':14} {told}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engines", choices=ENGINES, nargs="+", default=["own", "dask-pool"])
    parser.add_argument("--documents", type=Path, required=True, metavar="DIR")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 4, 8], metavar="SIZE")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    engines = {name: ENGINES[name]() for name in arguments.engines}
    try:
        for name, engine in engines.items():
            os.environ[MARK] = name
            began = time.perf_counter()
            engine.start(arguments.workers)
            print(f"{name:10} {'start':14} {time.perf_counter() - began:7.2f} s", flush=True)
        measure(engines, arguments.documents, arguments.batches, arguments.runs)
        for name, engine in engines.items():
            if name != "serial":
                measure_kill(name, engine, arguments.documents)
    finally:
        for engine in engines.values():
            engine.stop()


if __name__ == "__main__":
    main()
