"""Reading on the machines of a Dask cluster, with the promises of :mod:`pskg.workers`.

A cluster is handed batches of paths and answers with a few names and figures: its workers open the
sources and write the parts themselves. On each of its worker processes a process of pskg's own
does the reading, as on this machine: a source that crashes it fails alone, and the cluster loses
nothing. Where a worker process of the cluster is lost, Dask gives its batch to another. If that one
is lost as well, and so on, the sources of the batch are tried one by one, with nothing else at
work, to find the one that is to blame.

Why Dask, and not Ray or Spark, is told in ``benchmarks/README.md``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import queue
import socket
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from pskg import storage
from pskg.graph.store import GraphError
from pskg.workers import Reply, Request, Worker

__all__ = ["ClusterPool", "answer", "answer_batch", "close_readers", "read_on_cluster"]

#: The most documents in a batch: more make the end of a build wait for the last one.
_BATCH = 8
#: Seconds for a scheduler to answer, and for a first worker to join it.
_TIMEOUT = 10
_PATIENCE = 60
#: Seconds for a file that a worker wrote to be seen here: network disks take their time.
_DELAY = 15


# On the workers

_readers: dict[tuple[str, str], queue.SimpleQueue[Worker]] = {}


def answer_batch(
    module: str, function: str, requests: Iterable[Request]
) -> list[tuple[Reply, float]]:
    """The reply to each request, from a process of our own, and the seconds it took.

    Called by a worker of the cluster.
    """
    idle = _readers.setdefault((module, function), queue.SimpleQueue())
    try:
        reader = idle.get_nowait()
    except queue.Empty:
        reader = Worker(module, function)
    try:
        replies = []
        for request in requests:
            began = time.perf_counter()
            reply = reader.ask(request)
            replies.append((reply, time.perf_counter() - began))
        return replies
    finally:
        idle.put(reader)


def close_readers() -> None:
    """End the processes that wait for another batch. Called by a worker of the cluster."""
    for idle in _readers.values():
        with contextlib.suppress(queue.Empty):
            while True:
                idle.get_nowait().close(kill=False)


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """Read one source, which may stand at an address, as may the folder of the results.

    Called by the process that reads on a worker. To the answer of
    :func:`pskg.pipeline.reading.answer_job` it adds ``files``, the names of what was written, or
    it tells that the worker cannot help: ``differs``, the version of pskg it has; ``unseen``, what
    it cannot see or reach.
    """
    from pskg.graph.mapping import software_version
    from pskg.pipeline import software
    from pskg.pipeline.reading import answer_job

    job = dict(request)
    if job.pop("fingerprint") != software.fingerprint():
        return {"differs": f"pskg {software_version()}", "host": socket.gethostname()}
    for place in (job["path"], job["out"]):
        if not storage.is_url(place) and not Path(place).exists():
            return {"unseen": place, "reason": "is not there", "host": socket.gethostname()}
    path, out = job["path"], job["out"]
    with tempfile.TemporaryDirectory(prefix="pskg-") as name:
        folder = Path(name)
        try:
            if storage.is_url(path):
                job["path"] = str(folder / "source")
                storage.fetch(path, folder / "source")
        except GraphError as error:
            return {"unseen": path, "reason": error.what, "host": socket.gethostname()}
        if not storage.is_url(out):
            return answer_job(job)
        for part in ("text", "parts"):
            (folder / part).mkdir()
        reply = answer_job({**job, "out": name})
        files = [
            one.relative_to(folder).as_posix()
            for part in ("text", "parts")
            # What tells that a part is there comes after the part.
            for one in sorted((folder / part).iterdir(), key=lambda one: one.suffix == ".json")
        ]
        try:
            storage.send(folder, files, out)
        except GraphError as error:
            return {"unseen": out, "reason": error.what, "host": socket.gethostname()}
        return {**reply, "files": files} if files else reply


# On the machine that builds


class ClusterPool:
    """The workers of a Dask cluster, each calling one function of a module on requests.

    Like :class:`pskg.workers.WorkerPool`: ``function(request) -> reply``, plain values both.

    Args:
        address: the scheduler's, such as ``tcp://host:8786``.
        module: the module of the function; the workers must have it.
        function: its name.
        batch: how many requests go together; by default as many as suit their number.

    Raises:
        GraphError: where Dask is not installed here or nothing answers at the address; while
            running, where the cluster is lost or its workers have no pskg.
    """

    def __init__(
        self, address: str, module: str, function: str, *, batch: int | None = None
    ) -> None:
        self.address = address
        self._call = (module, function)
        self._batch = batch
        try:
            import distributed
        except ImportError as error:
            raise GraphError(
                "a cluster needs Dask, which is not installed",
                address,
                "install it: pip install 'pskg[cluster]'",
            ) from error
        self._dask: Any = distributed
        # It tells of every worker that comes and goes; what matters we say ourselves.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            # A client that cannot connect takes long to go, and complains: so look first. In a
            # thread, because a notebook has an event loop in this one.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(asyncio.run, self._knock()).result()
            self._client = self._dask.Client(address, timeout=_TIMEOUT, set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise GraphError(
                f"no Dask scheduler answers there ({reason})",
                address,
                "give the address that `dask scheduler` prints, like tcp://host:8786",
            ) from error

    async def _knock(self) -> None:
        arguments = self._dask.Security().get_connection_args("client")
        comm = await self._dask.comm.connect(self.address, timeout=_TIMEOUT, **arguments)
        await comm.close()

    def __enter__(self) -> ClusterPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            with contextlib.suppress(Exception):  # a worker may just be going
                self._client.run(close_readers)
        # What waits is dropped with the client.
        with contextlib.suppress(Exception):
            self._client.close()

    def run(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Reply, float]]:
        """Each request with its reply and the seconds it took, as they come in.

        The reply is None where each process that worked on it died.
        """
        everything = list(requests)
        threads = self._count_threads()
        size = self._batch or min(_BATCH, max(1, math.ceil(len(everything) / (4 * threads or 4))))
        batches = iter([everything[i : i + size] for i in range(0, len(everything), size)])
        begun: dict[Any, list[Request]] = {}
        suspects: list[Request] = []
        while True:
            # No more than can be worked on soon; more where workers have joined.
            room = 2 * max(1, self._count_threads()) - len(begun)
            begun |= {self._submit(batch): batch for batch in islice(batches, max(0, room))}
            if not begun:
                break
            for future in self._wait(begun):
                batch = begun.pop(future)
                replies = self._replies(future)
                if replies is None:
                    suspects += batch
                else:
                    yield from ((r, *told) for r, told in zip(batch, replies, strict=True))
        for request in suspects:
            future = self._submit([request])
            self._wait([future])
            ((reply, seconds),) = self._replies(future) or [(None, 0.0)]
            yield request, reply, seconds

    def _submit(self, batch: list[Request]) -> Any:
        try:
            return self._client.submit(answer_batch, *self._call, batch, pure=False)
        except Exception as error:
            raise self._lost() from error

    def _wait(self, begun: Iterable[Any]) -> list[Any]:
        """Those that are done, at least one."""
        alone_since = None
        while True:
            with (
                contextlib.suppress(TimeoutError, self._dask.CancelledError),
                self._client.as_current(),
            ):
                self._dask.wait(list(begun), timeout=5, return_when="FIRST_COMPLETED")
            done = [future for future in begun if future.status != "pending"]
            if done:
                return done
            if self._count_threads():
                alone_since = None
            elif alone_since is None:
                alone_since = time.monotonic()
            elif time.monotonic() - alone_since > _PATIENCE:
                raise GraphError(
                    "the scheduler has no workers",
                    self.address,
                    f"start some: dask worker {self.address}; what was read is kept",
                )

    def _replies(self, future: Any) -> list[tuple[Reply, float]] | None:
        """What a batch gave; None where every worker that had it died."""
        if future.status == "finished":
            try:
                replies: list[tuple[Reply, float]] = future.result(timeout=_PATIENCE)
            except Exception as error:
                raise self._lost() from error
            return replies
        if future.status != "error":
            raise self._lost()
        cause = future.exception()
        if isinstance(cause, self._dask.KilledWorker):
            return None
        if isinstance(cause, ImportError):
            raise GraphError(
                f"a worker has no pskg of this version ({cause})",
                self.address,
                "install the same version of pskg on all workers, and start them again",
            ) from cause
        raise GraphError(
            f"a worker failed ({type(cause).__name__}: {' '.join(str(cause).split())[:200]})",
            self.address,
            "look at what it printed; what was read is kept",
        ) from cause

    def _count_threads(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except Exception as error:
            raise self._lost() from error

    def _lost(self) -> GraphError:
        return GraphError(
            "the scheduler went away during the build",
            self.address,
            "start it and its workers again, and build again: what was read is kept",
        )


def read_on_cluster(
    address: str, jobs: Iterable[Mapping[str, Any]], out: Path, url: str | None
) -> Iterator[tuple[str, dict[str, Any], float]]:
    """Read sources on a cluster: the stem of each, the worker's answer and the seconds.

    What a worker made of it is then in the build folder.

    Args:
        address: the scheduler's.
        jobs: what each worker is told; ``path`` is a path or an address that all workers reach.
        out: the build folder of this machine.
        url: where the workers leave what they make, to be fetched from there. Without it they
            write into ``out``, which they must share with this machine.

    Raises:
        GraphError: where the cluster cannot be used, has another version of pskg, or does not see
            what it must.
    """
    from pskg.pipeline import software

    own = software.fingerprint()
    requests = [{**job, "out": url or str(out.resolve()), "fingerprint": own} for job in jobs]
    coming: dict[Future[None], tuple[str, dict[str, Any], float]] = {}
    with (
        ThreadPoolExecutor(8) as fetching,
        ClusterPool(address, "pskg.cluster", "answer") as pool,
    ):
        for request, reply, seconds in pool.run(requests):
            if reply is None:
                reply = {
                    "source": request["source"],
                    "reason": "each process that read it came to a sudden end",
                    "remedy": "there may be too little memory: give the workers more",
                }
            reply = _check(address, request, reply)
            files = reply.pop("files", None)
            if files is not None and url is not None:
                fetch = fetching.submit(storage.fetch_files, url, files, out)
                coming[fetch] = request["stem"], reply, seconds
                for fetch in [one for one in coming if one.done()]:
                    fetch.result()
                    yield coming.pop(fetch)
                continue
            if "part" in reply and not _comes(out / "parts" / reply["part"]):
                raise GraphError(
                    "a worker wrote a part that is not to be seen here",
                    str(out),
                    "give an --out folder on a disk that all workers share, or an address "
                    "such as s3://bucket/build",
                )
            yield request["stem"], reply, seconds
        for fetch, told in coming.items():
            fetch.result()
            yield told


def _check(address: str, request: Request, reply: dict[str, Any]) -> dict[str, Any]:
    """Stop where a worker cannot help: no source is at fault, and none may be left out for it."""
    if "differs" in reply:
        raise GraphError(
            f"the worker on {reply['host']} has another pskg or other vocabularies "
            f"({reply['differs']})",
            address,
            "install the same version of pskg and of its dependencies on all workers, and start "
            "them again",
        )
    if "unseen" not in reply:
        return reply
    if not storage.is_url(reply["unseen"]) and not Path(reply["unseen"]).exists():
        reason = "it went away during the build"
        return {"source": request["source"], "reason": reason, "remedy": "build again"}
    raise GraphError(
        f"the worker on {reply['host']} cannot use it ({reply['reason']})",
        reply["unseen"],
        "sources and --out must be on a disk that all workers share under the same name, or at an "
        "address that they all reach",
    )


def _comes(path: Path, *, sleep: Callable[[float], None] = time.sleep) -> bool:
    """Whether a file is there, or comes soon."""
    for _ in range(2 * _DELAY):
        if path.is_file():
            return True
        sleep(0.5)
    return False
