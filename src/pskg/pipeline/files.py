"""Files written in one step, their hashes, and what is said where one cannot be written."""

from __future__ import annotations

import hashlib
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pskg.graph.store import GraphError

__all__ = ["WriteError", "hash_bytes", "hash_file", "remove_folder", "save", "writing"]


class WriteError(Exception):
    """A file of the build folder that could not be written: the build stops.

    It must not take a document for one that cannot be read, and leave it out of the graph.
    """


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Say of what could not be written where it was, and what to do about it."""
    try:
        yield
    except WriteError as error:
        raise GraphError(
            f"the build could not be written ({error})",
            str(out),
            "make room on the disk, or give another --out folder; what was read is kept",
        ) from error


def save(path: Path, data: bytes) -> None:
    """Write a file in one step: there is the old one or the new one, never half of one."""
    # Not the number of the process: on another machine another may have the same.
    fresh = path.with_name(f"{path.name}.tmp-{uuid.uuid4().hex}")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    except BaseException as error:
        with suppress(OSError):
            fresh.unlink()
        if isinstance(error, OSError):
            raise WriteError((error.strerror or str(error)).lower()) from error
        raise


def remove_folder(folder: Path) -> None:
    """Remove a folder with all in it, as far as that can be done."""
    shutil.rmtree(folder, ignore_errors=True)


def hash_bytes(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits.

    >>> hash_bytes(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


def hash_file(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
