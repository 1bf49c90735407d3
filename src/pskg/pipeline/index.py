"""The index of words of a build, made of those of its documents or changed from the last one."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from pskg.graph.store import FORMAT, GraphError
from pskg.pipeline.files import hash_bytes
from pskg.pipeline.report import BuiltDocument

if TYPE_CHECKING:
    from pskg.graph.index import Entry

__all__ = ["index_beside", "make_index", "write_words"]


def write_words(entries: Iterable[Entry]) -> bytes:
    """Entries of the index, a line of JSON each."""
    # Strings alone are encoded several times as fast as a list that holds them.
    encode = json.JSONEncoder(ensure_ascii=False).encode
    lines = [
        f"[{encode(kind)}, {encode(text)}, {encode(thing)}, {number}, "
        f"{'true' if named else 'false'}]\n"
        for kind, text, thing, number, named in entries
    ]
    return "".join(lines).encode()


@contextmanager
def index_beside(
    out: Path, documents: Sequence[BuiltDocument], earlier: Mapping[str, Any]
) -> Iterator[Future[str]]:
    """Make the index in a thread, while the store is made; see :func:`make_index`."""
    given_up = Event()
    with ThreadPoolExecutor(1) as thread:
        try:
            yield thread.submit(make_index, out, documents, earlier, given_up)
        finally:
            given_up.set()


def make_index(
    out: Path,
    documents: Sequence[BuiltDocument],
    earlier: Mapping[str, Any],
    given_up: Event | None = None,
) -> str:
    """The key of the index that holds the words of these documents, made if it is not there.

    Where little has changed it is made from the last one. Raises GraphError where it cannot be
    written, CancelledError once it is ``given_up``.
    """
    from pskg.graph.index import Entry, WordIndex

    wanted = {document.document: document.words_sha256 for document in documents}
    key = _index_key(wanted)
    target = out / "search" / f"{key}.db"
    with suppress(sqlite3.Error), WordIndex.open(target):
        return key
    had = {entry["document"]: entry["words_sha256"] for entry in earlier.get("documents", ())}
    gone = [iri for iri, sha256 in had.items() if wanted.get(iri) != sha256]
    new = [one for one in documents if had.get(one.document) != one.words_sha256]
    fresh = out / "search" / f"{key}.tmp-{os.getpid()}"
    try:
        fresh.unlink(missing_ok=True)
        index = None
        if 4 * (len(gone) + len(new)) <= len(wanted):
            with suppress(sqlite3.Error):
                index = WordIndex.copy(out / "search" / f"{earlier.get('index')}.db", fresh)
        if index is None:
            fresh.unlink(missing_ok=True)
            index, gone, new = WordIndex.create(fresh), [], list(documents)
        with index:
            for iri in gone:
                index.remove(iri)
            for document in new:
                if given_up and given_up.is_set():
                    raise CancelledError
                lines = (out / "parts" / document.words).read_bytes().splitlines()
                index.add(document.document, (Entry(*json.loads(line)) for line in lines))
        fresh.replace(target)
    except (OSError, ValueError, sqlite3.Error) as error:
        raise GraphError(
            f"the index of words could not be written ({error})",
            str(out),
            "make room on the disk, or give another --out folder",
        ) from error
    finally:
        with suppress(OSError):
            fresh.unlink()
    return key


def _index_key(words: Mapping[str, str]) -> str:
    lines = "".join(f"{document} {sha256}\n" for document, sha256 in sorted(words.items()))
    return hash_bytes(f"{FORMAT}\n{lines}".encode())[:16]
