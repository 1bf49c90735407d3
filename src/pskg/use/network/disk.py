"""More records than memory should hold: kept in temporary files, read in order.

The files have no name and are gone when the program is, however it ends; but for those that other
processes write, until they are taken. They are made where Python makes temporary files; the
variable TMPDIR says where that is.
"""

from __future__ import annotations

import heapq
import marshal
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import IO, Generic, TypeVar

__all__ = ["Runs", "Sorter", "Spool", "batched", "merge"]

Record = TypeVar("Record")

#: How many records a sorter holds in memory.
HELD = 20_000

#: How many records are written, and read again, in one piece.
_PIECE = 100

#: How many runs are merged at once: each is an open file, of which some systems allow but 256.
_RUNS = 32


class Spool(Generic[Record]):
    """A list on disk: what is added is read again in the same order, as often as one likes.

    Records are what :mod:`marshal` takes: strings, numbers, tuples and dictionaries. Of the same
    Python another process can read a list that was given a path, once it is closed.

    >>> spool = Spool()
    >>> spool.add(("b", 1)), spool.add(("a", 2))
    (None, None)
    >>> list(spool), list(spool)
    ([('b', 1), ('a', 2)], [('b', 1), ('a', 2)])
    """

    def __init__(self, records: Iterable[Record] = (), path: Path | None = None) -> None:
        self._file: IO[bytes] = path.open("x+b") if path else tempfile.TemporaryFile()  # noqa: SIM115
        self._held: list[Record] = []
        self._end = 0
        for record in records:
            self.add(record)

    @classmethod
    def take(cls, path: Path) -> Spool[Record]:
        """The list that was written to a path, which has no name from then on."""
        spool = cls.__new__(cls)
        spool._file = path.open("rb")
        spool._held = []
        spool._end = path.stat().st_size
        path.unlink()
        return spool

    def add(self, record: Record) -> None:
        """Add a record at the end."""
        self._held.append(record)
        if len(self._held) == _PIECE:
            self._write()

    def close(self) -> None:
        """Write what memory still holds. Nothing is added or read here after that."""
        if self._held:
            self._write()
        self._file.close()

    def _write(self) -> None:
        self._file.seek(self._end)
        marshal.dump(self._held, self._file)
        self._end = self._file.tell()
        self._held.clear()

    def __iter__(self) -> Iterator[Record]:
        place = 0
        while place < self._end:
            # Another reader may have moved on in the same file.
            self._file.seek(place)
            piece = marshal.load(self._file)
            place = self._file.tell()
            yield from piece
        yield from list(self._held)


class Runs(Generic[Record]):
    """Sorted lists on disk, read as one sorted list in which each record stands once.

    >>> runs = Runs()
    >>> runs.add(Spool(["a", "c"])), runs.add(Spool(["b", "c"]))
    (None, None)
    >>> list(runs)
    ['a', 'b', 'c']
    """

    def __init__(self) -> None:
        self._tiers: list[list[Spool[Record]]] = []

    def add(self, run: Spool[Record]) -> None:
        """Add a list. Some of about one length are made one: the number of files stays small."""
        self._add(run, 0)

    def _add(self, run: Spool[Record], tier: int) -> None:
        if tier == len(self._tiers):
            self._tiers.append([])
        runs = self._tiers[tier]
        runs.append(run)
        if len(runs) == _RUNS:
            self._tiers[tier] = []
            self._add(Spool(merge(runs)), tier + 1)

    def __iter__(self) -> Iterator[Record]:
        return merge(run for tier in self._tiers for run in tier)


class Sorter(Generic[Record]):
    """Sorts records, each once, with no more than a certain number of them in memory.

    >>> sorter = Sorter(limit=2)
    >>> for word in ("b", "c", "a", "b", "d"):
    ...     sorter.add(word)
    >>> list(sorter)
    ['a', 'b', 'c', 'd']
    """

    def __init__(self, limit: int | None = None) -> None:
        self._limit = limit or HELD
        self._held: set[Record] = set()
        self._runs: Runs[Record] = Runs()

    def add(self, record: Record) -> None:
        """Add a record, unless it is there."""
        self._held.add(record)
        if len(self._held) > self._limit:
            self._runs.add(Spool(_sort(self._held)))
            self._held.clear()

    def __iter__(self) -> Iterator[Record]:
        return merge([self._runs, _sort(self._held)])


def _sort(records: Iterable[Record]) -> list[Record]:
    # The records of a sorter are of one type, which has an order.
    return sorted(records)  # type: ignore[type-var]


def merge(runs: Iterable[Iterable[Record]]) -> Iterator[Record]:
    """Sorted lists as one, in which each record stands once.

    >>> list(merge([["a", "c"], ["b", "c"]]))
    ['a', 'b', 'c']
    """
    merged: Iterator[Record] = heapq.merge(*runs)  # type: ignore[type-var]
    return (record for record, _ in groupby(merged))


def batched(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    """The records, some at a time.

    >>> list(batched("abc", 2))
    [['a', 'b'], ['c']]
    """
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
