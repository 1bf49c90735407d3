"""Worker processes that a crash of one source cannot bring down.

Not :mod:`multiprocessing`: that runs the caller's own script again in every worker, which a
script of three lines does not survive, and it gives up the whole pool when one worker dies. Here
each worker is a fresh interpreter that answers one line with one line, so that it is known which
request killed it; another takes its place.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

__all__ = ["Worker", "WorkerPool", "count_processors", "serve"]

Request = dict[str, Any]
Reply = dict[str, Any] | None


def count_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class WorkerPool:
    """Processes that call one function of a module, ``function(request) -> reply``.

    Requests and replies are plain values as JSON has them.

    >>> with WorkerPool("pskg.workers", "_echo", 2) as pool:
    ...     sorted(reply["n"] for _, reply, _ in pool.run([{"n": n} for n in range(3)]))
    [0, 1, 2]
    """

    def __init__(self, module: str, function: str, size: int) -> None:
        self._workers = [Worker(module, function) for _ in range(size)]
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(size)
        self._ahead = 2 * size

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.close(kill=kind is not None)
        self._threads.shutdown()

    def run(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Reply, float]]:
        """Each request with its reply and the seconds it took, as they come in.

        The reply is None where the process that worked on it died.
        """
        left = iter(requests)
        # No more than can be worked on soon: each holds its reply until it is fetched.
        begun = {self._threads.submit(self._ask, one) for one in islice(left, self._ahead)}
        while begun:
            done, begun = wait(begun, return_when=FIRST_COMPLETED)
            for future in done:
                begun |= {self._threads.submit(self._ask, one) for one in islice(left, 1)}
                yield future.result()

    def _ask(self, request: Request) -> tuple[Request, Reply, float]:
        worker = self._idle.get()
        try:
            began = time.perf_counter()
            reply = worker.ask(request)
            return request, reply, time.perf_counter() - began
        finally:
            self._idle.put(worker)


class Worker:
    """One process, started when it is first needed and again after it died."""

    def __init__(self, module: str, function: str) -> None:
        self._call = (module, function)
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def ask(self, request: Request) -> Reply:
        """The reply to a request; None where the process died of it."""
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            reply: Reply = json.loads(process.stdout.readline())
        except (OSError, ValueError):
            self._process = None
            _end(process)
            return None
        return reply

    def _start(self) -> subprocess.Popen[bytes]:
        module, function = self._call
        # The worker finds pskg where this process did.
        path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        process = subprocess.Popen(
            [
                *(sys.executable, "-c"),
                f"from pskg.workers import serve; serve({module!r}, {function!r})",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"},
        )
        self._process = process
        if self._closed:
            _end(process)
        return process

    def close(self, *, kill: bool) -> None:
        """End the process: at once, or after what it works on."""
        self._closed = True
        process = self._process
        if process is None:
            return
        if kill:
            process.kill()
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()


def serve(module: str, function: str) -> None:
    """Answer requests from standard input, a line each, until it ends. Run by the workers."""
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    # At once, whatever is being worked on: where the pool was killed nobody waits for the reply,
    # and nothing may be written any more.
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    call = getattr(importlib.import_module(module), function)
    # A request makes many small things that die with it: looking for cycles among them all the
    # time takes a tenth of the work.
    gc.set_threshold(200_000, 20, 20)
    # Nothing that prints may come between the replies.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with suppress(KeyboardInterrupt):
        while True:
            replies.write(json.dumps(call(json.loads(lines.get()))).encode() + b"\n")
            replies.flush()


def _listen(lines: queue.SimpleQueue[bytes]) -> None:
    for line in sys.stdin.buffer:
        lines.put(line)
    os._exit(0)


def _echo(request: Request) -> Reply:
    return request
