"""The build folder: whose it is, what in it is pskg's, and what is cleared away."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from pskg import storage
from pskg.graph.store import MANIFEST, GraphError
from pskg.pipeline.files import remove_folder
from pskg.pipeline.report import BuiltDocument
from pskg.pipeline.shared import Shared

__all__ = [
    "NEW_STORE",
    "clear_unfinished",
    "fetched_folder",
    "is_ours",
    "lock",
    "make_folders",
    "same_place",
    "tidy",
]

_STEM = re.compile(r"[0-9a-f]{64}-[0-9a-f]{12}")
#: Only files of these names are ever removed from a build folder.
_OURS = re.compile(
    rf"(?:{_STEM.pattern}|shared-[0-9a-f]{{16}})\.(?:nq|json|txt|words)(?:\.tmp-\w+)?"
)
_OUR_STORE = re.compile(r"[0-9a-f]{16}|[0-9a-f]{16}\.tmp-\w+|new-\w+")
#: What the folder of a store is called until it is whole.
NEW_STORE = "new-"
_FETCHED = "fetched-"
_OUR_INDEX = re.compile(r"[0-9a-f]{16}\.(?:tmp-\w+|db)(?:-journal)?")


def same_place(one: Path | str, other: Path | str) -> bool:
    """Whether two paths or addresses lead to one place.

    >>> same_place("s3://bucket/plans/", "s3://bucket/plans"), same_place("plans", "./plans")
    (True, True)
    """
    if storage.is_url(one) or storage.is_url(other):
        return str(one).rstrip("/") == str(other).rstrip("/")
    return Path(one).resolve() == Path(other).resolve()


@contextmanager
def fetched_folder(out: Path) -> Iterator[Path]:
    """Where sources from elsewhere are while a build reads them. It is gone afterwards."""
    for left in (out / "text").glob(f"{_FETCHED}*"):
        remove_folder(left)  # a killed build left it
    with tempfile.TemporaryDirectory(prefix=_FETCHED, dir=out / "text") as name:
        yield Path(name)


def is_ours(name: str) -> bool:
    """Whether a file below a build folder is of those that pskg keeps there, apart from halves."""
    folder, _, rest = name.partition("/")
    first, _, inner = rest.partition("/")
    if ".tmp-" in first:
        return False
    if folder == "store":
        return bool(inner and re.fullmatch(r"[0-9a-f]{16}", first))
    ours = {"parts": _OURS, "text": _OURS, "search": _OUR_INDEX}.get(folder)
    return ours is not None and ours.fullmatch(rest) is not None


def make_folders(out: Path) -> None:
    """Make a build folder and those in it. Raises GraphError where that cannot be done."""
    try:
        for name in ("parts", "text", "store", "search"):
            (out / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraphError(
            f"the build folder cannot be made ({(error.strerror or str(error)).lower()})",
            str(out),
            "give another --out folder",
        ) from error


@contextmanager
def lock(out: Path) -> Iterator[None]:
    """Keep a second build out of the folder; the system lifts the lock of a killed one."""
    try:
        file = (out / ".lock").open("a+b")
    except OSError as error:
        raise GraphError(
            f"the build folder cannot be written ({(error.strerror or str(error)).lower()})",
            str(out),
            "check its rights, or give another --out folder",
        ) from error
    with file:
        try:
            _lock_file(file)
        except OSError as error:
            raise GraphError(
                "another build is writing this folder",
                str(out),
                "wait until it is done, or give another --out folder",
            ) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock_file(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock_file(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def clear_unfinished(out: Path) -> None:
    """Remove the stores and indexes that killed builds left unfinished: they take up room."""
    for path in (out / "store").iterdir():
        if path.name.startswith(NEW_STORE) and _OUR_STORE.fullmatch(path.name):
            remove_folder(path)
    for path in (out / "search").glob("*.tmp-*"):
        if _OUR_INDEX.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def tidy(
    out: Path, documents: Iterable[BuiltDocument], shared: Shared, key: str, index: str
) -> None:
    """Remove what the manifest does not name, and only what pskg itself wrote."""
    keep = {shared.part}
    for document in documents:
        stem = document.part.removesuffix(".nq")
        keep |= {document.part, document.words, document.text, f"{stem}.json"}
    for folder in (out / "parts", out / "text"):
        for path in folder.iterdir():
            if path.name not in keep and _OURS.fullmatch(path.name):
                with suppress(OSError):
                    path.unlink()
    for path in (out / "store").iterdir():
        if path.name != key and _OUR_STORE.fullmatch(path.name):
            remove_folder(path)
    for path in (out / "search").iterdir():
        if path.name != f"{index}.db" and _OUR_INDEX.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()
    for path in out.glob(f"{MANIFEST}.tmp-*"):
        with suppress(OSError):
            path.unlink()
