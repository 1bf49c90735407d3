"""Parts of N-Quads into a store on disk, while others are still being written.

Threads take the parts as they come, some tens of megabytes at a time, check them against their
hashes and load them in bulk. Small batches are sorted in the processor's cache: a million quads
in batches of 30 MB take half the time of one batch, and two threads use two cores.
"""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

__all__ = ["PartLoader", "read_part"]

#: What a thread loads at once, in bytes; it holds about ten times as much meanwhile.
_BATCH = 32_000_000

#: A store of so many batches is put in order. Of fewer it is not worth it; of more, it takes many
#: minutes, and the store has put most of itself in order meanwhile.
_TO_ORDER = range(5, 200)
#: What tells a thread that no more parts come.
_END = None


def read_part(path: Path, sha256: str) -> bytes | None:
    """The bytes of a part; None where they are not as the hash says, or not there."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


class PartLoader:
    """Loads parts into a new store from the moment they are added.

    ``broken`` names the parts that are not as their hash says, or not there: they are not loaded.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     data = b'<http://e.org/a> <http://e.org/p> "1" <http://e.org/g> .\\n'
    ...     _ = Path(folder, "a.nq").write_bytes(data)
    ...     loader = PartLoader(Path(folder), Path(folder, "store"))
    ...     loader.add("a.nq", hashlib.sha256(data).hexdigest())
    ...     loader.add("b.nq", "0" * 64)
    ...     loaded = list(loader.finish())[-1]
    ...     loader.settle()
    ...     loaded, len(loader.store), loader.broken
    (2, 1, {'b.nq'})
    """

    def __init__(self, parts: Path, store: Path, *, threads: int = 1) -> None:
        self.store = ox.Store(str(store))
        self.broken: set[str] = set()
        self._parts = parts
        self._waiting: queue.SimpleQueue[tuple[str, str] | None] = queue.SimpleQueue()
        #: How many parts were loaded at a time; None from each thread that has come to its end.
        self._done: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._error: Exception | None = None
        self._given_up = False
        self._batches_loaded = 0
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def add(self, part: str, sha256: str) -> None:
        """Load a part of this name, which must be whole on disk by now.

        Raises the OSError or RuntimeError of the store where an earlier part could not be loaded.
        """
        if self._error is not None:
            raise self._error
        self._waiting.put((part, sha256))

    def finish(self) -> Iterator[int]:
        """Wait until all is loaded; how many parts are, from time to time.

        Raises the OSError or RuntimeError of the store where they could not be.
        """
        for _ in self._threads:
            self._waiting.put(_END)
        loaded, left = 0, len(self._threads)
        yield loaded
        while left:
            number = self._done.get()
            if number is None:
                left -= 1
            else:
                loaded += number
                self._batches_loaded += 1
                yield loaded
        self._join()
        if self._error is not None:
            raise self._error

    def settle(self, *, order: bool = False) -> None:
        """Put the store in order, if that is asked for or soon done, once all is loaded.

        Else wait until it has merged the most of what it was given. Raises the OSError or
        RuntimeError of the store.
        """
        if order or self._batches_loaded in _TO_ORDER:
            # Each batch lies in files of its own, all of which a question must look into: put in
            # order it is answered in a third of the time.
            self.store.optimize()
        self.store.flush()

    def close(self) -> None:
        """Give up: what waits is not loaded."""
        self._given_up = True
        for _ in self._threads:
            self._waiting.put(_END)
        self._join()

    def _join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        try:
            for data, number in self._batches():
                # Written by pskg and checked against its hash: its IRIs are well formed.
                self.store.bulk_load(input=data, format=ox.RdfFormat.N_QUADS, lenient=True)
                self._done.put(number)
        except Exception as error:  # told to whoever adds or waits
            self._error = error
        finally:
            self._done.put(None)

    def _batches(self) -> Iterator[tuple[bytes, int]]:
        """What this thread is to load: the bytes of some parts, and how many parts."""
        pieces: list[bytes] = []
        size = number = 0
        while (part := self._waiting.get()) is not _END:
            if self._given_up or self._error is not None:
                return
            name, sha256 = part
            piece = read_part(self._parts / name, sha256)
            number += 1
            if piece is None:
                self.broken.add(name)
                continue
            pieces.append(piece)
            size += len(piece)
            if size >= _BATCH:
                yield b"".join(pieces), number
                pieces, size, number = [], 0, 0
        if number:
            yield b"".join(pieces), number
