"""Which cluster engine reads documents best: Ray, Dask or Spark, beside pskg's own processes.

    python benchmarks/corpus.py --count 60 --seed 5 --out /tmp/corpus
    python benchmarks/cluster.py --engine dask --documents /tmp/corpus/documents --runs 3

Each engine runs on this machine with worker processes of one thread and is handed batches of paths;
the workers write the parts, as in a build. Install the engine first (``distributed``, ``ray`` or
``pyspark``), best each in an environment of its own. One line of JSON each: the seconds until the
cluster answers; seconds and processor time of the first run on it, in which the workers load pskg,
and the medians of the runs after it; and a run in which the process that answered first is killed.
Where other work shares the machine, processor time is what to compare.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
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

from pskg.build import _find_sources, _make_folders, _plan, answer_job
from pskg.workers import WorkerPool

Batch = list[dict[str, Any]]
#: What is in the environment of every process that is started from here.
MARK = f"PSKG_BENCHMARK={os.getpid()}\0".encode()

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
        with WorkerPool("pskg.build", "answer_job", self.workers) as pool:
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
        with ClusterPool(address, "pskg.build", "answer_job", batch=len(batches[0])) as pool:
            for _, reply, _ in pool.run(job for batch in batches for job in batch):
                yield pid, [reply is not None and "part" in reply]


class Ray:
    def start(self, workers: int) -> None:
        import ray

        ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False)
        self.ray = ray
        self.answer = ray.remote(answer)
        ray.get(ray.remote(os.getpid).remote())

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


def _processor_time() -> float:
    """What this process, those it waited for and those that carry its mark have taken so far."""
    ticks = os.sysconf("SC_CLK_TCK")
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = ended.ru_utime + ended.ru_stime
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if process.name == str(os.getpid()) or MARK in (process / "environ").read_bytes():
                fields = (process / "stat").read_text().rpartition(")")[2].split()
                total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def run(engine: Engine, documents: Path, size: int, *, kill: bool = False) -> Run:
    """Read all documents into a new folder."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        _make_folders(out)
        jobs, _ = _plan(_find_sources([documents]).files, out)
        plain = [asdict(job) for job in jobs]
        batches = [plain[i : i + size] for i in range(0, len(plain), size)]
        began, before = time.perf_counter(), _processor_time()
        read = 0
        for pid, told in engine.run(batches):
            read += sum(told)
            if kill:
                kill = False
                with suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
        return Run(time.perf_counter() - began, _processor_time() - before, read)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", choices=ENGINES, required=True)
    parser.add_argument("--documents", type=Path, required=True, metavar="DIR")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 4, 8], metavar="SIZE")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    engine = ENGINES[arguments.engine]()
    name, _, value = MARK[:-1].decode().partition("=")
    os.environ[name] = value
    began = time.perf_counter()
    engine.start(arguments.workers)
    found: dict[str, object] = {
        "engine": arguments.engine,
        "start": round(time.perf_counter() - began, 2),
    }
    try:
        first = run(engine, arguments.documents, arguments.batches[0])
        found["first"] = [round(first.seconds, 2), round(first.cpu, 2)]
        for size in arguments.batches:
            runs = [run(engine, arguments.documents, size) for _ in range(arguments.runs)]
            found[f"batch {size}"] = [
                round(statistics.median(one.seconds for one in runs), 2),
                round(statistics.median(one.cpu for one in runs), 2),
            ]
        if arguments.engine != "serial":
            if isinstance(engine, Spark):
                engine.steps = True
            try:
                killed = run(engine, arguments.documents, 4, kill=True)
                found["killed"] = f"{killed.read} read in {killed.seconds:.2f} s"
            except Exception as error:
                found["killed"] = f"{type(error).__name__}: {str(error)[:200]}"
    finally:
        engine.stop()
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
