"""Parts of N-Quads into a new store on disk.

Threads take some tens of megabytes of parts at a time, check them against their hashes and load
them in bulk. Small batches are sorted in the processor's cache: a million quads in batches of
30 MB take half the time of one batch, and two threads use two cores.

A store keeps its statements in several orders, half of which begin with the named graph. Batches
that come in the order in which the store keeps their graphs lie beside one another there and need
no merging. That holds as long as none stretches over what others hold: so the graph that is the
most of each part goes first, and all the small ones wait for the end.
"""

from __future__ import annotations

import hashlib
import os
import queue
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

__all__ = ["Part", "PartLoader", "read_part"]

#: What a thread loads at once, in bytes; it holds about ten times as much meanwhile.
_BATCH = 32_000_000

#: A store of so many batches is put in order. Of fewer it is not worth it; of more, it takes many
#: minutes, and the store has put most of itself in order meanwhile.
_TO_ORDER = range(5, 200)

#: The niceness of the threads that merge: others get ten times as much of a processor.
_HELD_BACK = 10


class Part(NamedTuple):
    """A file of N-Quads: its name, its SHA-256, and the graph that it begins with.

    The lines of that graph are most of it; behind them stand those of others.
    """

    name: str
    sha256: str
    graph: str


def read_part(path: Path, sha256: str) -> bytes | None:
    """The bytes of a part; None where they are not as the hash says, or not there."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


class PartLoader:
    """Loads parts into a new store.

    ``broken`` names the parts that are not as their hash says, or not there: they are not loaded.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     data = b'<http://e.org/a> <http://e.org/p> "1" <http://e.org/g> .\\n'
    ...     _ = Path(folder, "a.nq").write_bytes(data)
    ...     whole = Part("a.nq", hashlib.sha256(data).hexdigest(), "http://e.org/g")
    ...     loader = PartLoader(Path(folder), Path(folder, "store"))
    ...     loaded = list(loader.load([whole, Part("b.nq", "0" * 64, "http://e.org/h")]))
    ...     loader.settle()
    ...     loaded, len(loader.store), loader.broken
    ([0, 2], 1, {'b.nq'})
    """

    def __init__(self, parts: Path, store: Path, *, threads: int = 1) -> None:
        self.store = ox.Store(str(store))
        self.broken: set[str] = set()
        self._parts = parts
        self._beside = store.with_name(f"{store.name}_loading")
        self._number_of_threads = threads
        self._threads: list[threading.Thread] = []
        self._waiting: queue.SimpleQueue[list[Part]] = queue.SimpleQueue()
        #: How many parts were loaded at a time; None from each thread that has come to its end.
        self._done: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._error: Exception | None = None
        self._given_up = False
        self._batches_loaded = 0

    def load(self, parts: Sequence[Part]) -> Iterator[int]:
        """Load parts, which must be whole on disk; how many are loaded, from time to time.

        Raises the OSError or RuntimeError of the store where they cannot be.
        """
        batches = list(self._batches(parts))
        yield 0
        if len(batches) == 1:
            self._load([data for data, _ in self._read(batches[0])])
            yield len(parts)
            return
        self._beside.mkdir()
        try:
            for batch in self._batches(_in_order_of_graphs(parts, self._beside / "order")):
                self._waiting.put(batch)
            threads = [
                threading.Thread(target=self._work, args=(self._beside / str(number),), daemon=True)
                for number in range(min(self._number_of_threads, len(batches)))
            ]
            self._threads = threads
            yield from self._wait_for(threads)
        finally:
            self.close()
            _hold_back_merging(0)
            shutil.rmtree(self._beside, ignore_errors=True)

    def _wait_for(self, threads: Sequence[threading.Thread]) -> Iterator[int]:
        """Let threads do their work; how many parts are loaded, each time that some are."""
        for thread in threads:
            thread.start()
        _hold_back_merging(_HELD_BACK)
        loaded, left = 0, len(threads)
        while left:
            number = self._done.get()
            if number is None:
                left -= 1
            else:
                loaded += number
                yield loaded
        self._join()
        if self._error is not None:
            raise self._error

    def settle(
        self, *, order: bool = False, tell: Callable[[str], None] = lambda state: None
    ) -> None:
        """Put the store in order, if that is asked for or soon done, once all is loaded.

        Else wait until it has merged the most of what it was given. Where that takes time ``tell``
        is called first, with ``ordering`` or ``merging``. Raises the OSError or RuntimeError of
        the store.
        """
        if order or self._batches_loaded in _TO_ORDER:
            tell("ordering")
            # Each batch lies in files of its own, all of which a question must look into: put in
            # order it is answered in a third of the time.
            self.store.optimize()
        elif self._batches_loaded >= _TO_ORDER.stop:
            tell("merging")
        self.store.flush()

    def close(self) -> None:
        """Give up: what waits is not loaded."""
        self._given_up = True
        self._join()

    def _batches(self, parts: Iterable[Part]) -> Iterator[list[Part]]:
        """Parts in their order, as many at a time as are loaded at once."""
        batch: list[Part] = []
        size = 0
        for part in parts:
            batch.append(part)
            with suppress(OSError):  # it is missed when it is read
                size += (self._parts / part.name).stat().st_size
            if size >= _BATCH:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _join(self) -> None:
        for thread in self._threads:
            thread.join()
        self._threads = []

    def _work(self, rest: Path) -> None:
        """Load the first graph of each part, batch by batch, then what is kept in a file till then.

        That is done once no batch is left: what is of many graphs stretches over all of the store.
        """
        try:
            with rest.open("w+b") as others:
                while not self._is_over():
                    try:
                        batch = self._waiting.get_nowait()
                    except queue.Empty:
                        break
                    pieces: list[bytes] = []
                    for data, graph in self._read(batch):
                        end = _end_of_first(data, graph)
                        pieces.append(data[:end])
                        others.write(data[end:])
                    self._load(pieces)
                    self._done.put(len(batch))
                others.seek(0)
                while (data := others.read(_BATCH)) and not self._is_over():
                    self._load([data, others.readline()])
        except Exception as error:  # told to whoever waits
            self._error = error
        finally:
            self._done.put(None)

    def _is_over(self) -> bool:
        return self._given_up or self._error is not None

    def _read(self, batch: Iterable[Part]) -> Iterator[tuple[bytes, str]]:
        """The bytes of each part that is whole, and its first graph."""
        for part in batch:
            data = read_part(self._parts / part.name, part.sha256)
            if data is None:
                self.broken.add(part.name)
            else:
                yield data, part.graph

    def _load(self, pieces: Sequence[bytes]) -> None:
        # Written by pskg and checked against its hash: its IRIs are well formed.
        data = b"".join(pieces)
        self.store.bulk_load(input=data, format=ox.RdfFormat.N_QUADS, lenient=True)
        self._batches_loaded += 1


def _in_order_of_graphs(parts: Sequence[Part], folder: Path) -> list[Part]:
    """Parts in the order in which a store keeps their graphs.

    A small one is asked for it, which is in this folder meanwhile.
    """
    try:
        place = {graph: number for number, graph in enumerate(_kept(parts, folder))}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return sorted(parts, key=lambda part: place[f"<{part.graph}>"])


def _kept(parts: Iterable[Part], folder: Path) -> list[str]:
    store = ox.Store(str(folder))
    lines = "".join(f"<urn:x> <urn:x> <urn:x> <{part.graph}> .\n" for part in parts)
    store.bulk_load(input=lines, format=ox.RdfFormat.N_QUADS, lenient=True)
    return [str(graph) for graph in store.named_graphs()]


def _hold_back_merging(niceness: int) -> None:
    """Leave the processors to the threads that load, not to those of the store that merge.

    As soon as two batches are there these merge them with all that was merged before, and begin
    again; what has piled up meanwhile is merged at once, with a third of the work. Elsewhere than
    on Linux a thread has no niceness of its own.
    """
    if sys.platform != "linux":
        return
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # it has ended, or may not be hurried again
            if (task / "comm").read_text().startswith("rocksdb:low"):
                os.setpriority(os.PRIO_PROCESS, int(task.name), niceness)


def _end_of_first(data: bytes, graph: str) -> int:
    """Where the last line of a graph ends, behind which the lines of others stand."""
    ending = f" <{graph}> .\n".encode()
    last = data.rfind(ending)
    return len(data) if last < 0 else last + len(ending)
