"""Parts into a store: all of them, whatever their size and order, and in the order of the store."""

from __future__ import annotations

import hashlib
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from pskg.graph import loader as loading
from pskg.graph.loader import Part, PartLoader


def write_parts(folder: Path, number: int) -> list[Part]:
    """Parts of one graph of many lines and two of few, in any order."""
    parts: list[Part] = []
    for count in range(number):
        graph = f"urn:document:{count}"
        lines = [f'<urn:{count}:{n}> <urn:p> "{n}" <{graph}> .\n' for n in range(20)]
        for rule in ("a", "b"):
            # The name of the first graph begins that of another, and stands in a text.
            lines.append(f'<urn:{count}> <urn:p> " <{graph}> ." <{graph}/{rule}> .\n')
        data = "".join(lines).encode()
        name = f"{count}.nq"
        (folder / name).write_bytes(data)
        parts.append(Part(name, hashlib.sha256(data).hexdigest(), graph))
    random.Random(4).shuffle(parts)
    return parts


def lines_of(folder: Path, parts: Sequence[Part]) -> set[str]:
    return {line for one in parts for line in (folder / one.name).read_text().splitlines()}


def lines_in(store: ox.Store) -> set[str]:
    return {f"{quad} ." for quad in store}


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("batch", [1, 4_000, 1_000_000])
def test_all_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, batch: int, threads: int
) -> None:
    monkeypatch.setattr(loading, "_BATCH", batch)
    parts = write_parts(tmp_path, 30)
    loader = PartLoader(tmp_path, tmp_path / "store", threads=threads)
    told = list(loader.load(parts))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 30)
    assert lines_in(loader.store) == lines_of(tmp_path, parts)
    assert not loader.broken


def test_parts_that_are_not_what_they_should_be_cost_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_BATCH", 4_000)
    parts = write_parts(tmp_path, 30)
    (tmp_path / "3.nq").unlink()
    (tmp_path / "4.nq").write_bytes((tmp_path / "4.nq").read_bytes()[:-1])
    loader = PartLoader(tmp_path, tmp_path / "store", threads=2)
    assert list(loader.load(parts))[-1] == 30
    assert loader.broken == {"3.nq", "4.nq"}
    whole = [part for part in parts if part.name not in loader.broken]
    assert lines_in(loader.store) == lines_of(tmp_path, whole)


def test_parts_are_taken_in_the_order_in_which_the_store_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_BATCH", 1)
    parts = write_parts(tmp_path, 30)
    taken: list[str] = []
    read = loading.read_part

    def note(path: Path, sha256: str) -> bytes | None:
        taken.append(path.name)
        return read(path, sha256)

    monkeypatch.setattr(loading, "read_part", note)
    loader = PartLoader(tmp_path, tmp_path / "store")
    list(loader.load(parts))
    names = {f"<{part.graph}>": part.name for part in parts}
    kept = [names[str(graph)] for graph in loader.store.named_graphs() if str(graph) in names]
    assert taken == kept
    assert taken != [part.name for part in parts]


@pytest.mark.skipif(sys.platform != "linux", reason="a thread has no niceness of its own")
def test_merging_is_held_back_while_parts_are_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    monkeypatch.setattr(os, "setpriority", lambda kind, thread, niceness: told.append(niceness))
    parts = write_parts(tmp_path, 10)
    list(PartLoader(tmp_path, tmp_path / "one").load(parts))
    assert told == []  # all at once: nothing is merged
    monkeypatch.setattr(loading, "_BATCH", 1)
    list(PartLoader(tmp_path, tmp_path / "many").load(parts))
    threads = len(told) // 2
    assert threads
    assert told == [10] * threads + [0] * threads


def test_what_takes_time_in_the_end_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    parts = write_parts(tmp_path, 10)
    few = PartLoader(tmp_path, tmp_path / "few")
    list(few.load(parts))
    few.settle(tell=told.append)
    assert told == []
    monkeypatch.setattr(loading, "_BATCH", 1)
    for name, range_ in (("some", range(5, 200)), ("many", range(2, 4))):
        monkeypatch.setattr(loading, "_TO_ORDER", range_)
        loader = PartLoader(tmp_path, tmp_path / name)
        list(loader.load(parts))
        loader.settle(tell=told.append)
        assert lines_in(loader.store) == lines_of(tmp_path, parts)
    assert told == ["ordering", "merging"]


def test_an_error_of_the_store_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_BATCH", 1)
    parts = write_parts(tmp_path, 10)

    def fail(path: Path, sha256: str) -> bytes | None:
        raise RuntimeError("no room")

    monkeypatch.setattr(loading, "read_part", fail)
    loader = PartLoader(tmp_path, tmp_path / "store", threads=2)
    with pytest.raises(RuntimeError, match="no room"):
        list(loader.load(parts))


def test_loading_can_be_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_BATCH", 1)
    parts = write_parts(tmp_path, 300)
    loader = PartLoader(tmp_path, tmp_path / "store")
    told = loader.load(parts)
    assert (next(told), next(told)) == (0, 1)
    told.close()
    assert len(loader.store) < 300 * 22
    assert sorted(path.suffix for path in tmp_path.iterdir() if path.suffix != ".nq") == [""]
