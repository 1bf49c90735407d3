"""Files at an address: ``s3://``, ``gs://``, ``https://``, ``memory://`` and all that fsspec knows.

Sources may stand there and builds be kept there. A build that is kept there has a copy on this
machine, because its store needs a local disk: :func:`pull` and :func:`push` make the two equal.
Credentials and other settings of a protocol are those of fsspec: its configuration files, or
variables such as ``FSSPEC_S3_ENDPOINT_URL``.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pskg.graph.store import MANIFEST, GraphError

__all__ = [
    "fetch",
    "fetch_build",
    "fetch_files",
    "is_url",
    "list_documents",
    "local_copy",
    "pull",
    "push",
    "read_files",
    "send",
]

#: The folders of a build that are kept at an address.
FOLDERS = ("parts", "text", "store", "search")

_OBJECT_STORES = frozenset(("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "oci"))

#: How many files are asked for at once.
_AT_ONCE = 32


def is_url(name: object) -> bool:
    """Whether this is an address of fsspec and no path of this machine.

    >>> is_url("s3://plans/2019"), is_url("plans/2019"), is_url("C:\\\\plans")
    (True, False, False)
    """
    return isinstance(name, str) and re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", name) is not None


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _open(url: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise GraphError(
            "addresses of files need the package fsspec",
            url,
            "install it: pip install 'pskg[remote]'",
        ) from error
    with _telling(url):
        try:
            system, path = url_to_fs(url)
        except ImportError as error:
            raise GraphError(
                f"another package is needed for it ({_brief(error)})",
                url,
                "install that package here and on all workers",
            ) from error
        return system, str(path).rstrip("/")


@contextmanager
def _telling(url: str) -> Iterator[None]:
    """Make of whatever a file system raises an error that says where."""
    try:
        yield
    except GraphError:
        raise
    except Exception as error:  # each protocol has its own
        raise GraphError(
            f"it cannot be reached or used ({_brief(error)})",
            url,
            "check the address and your rights to it",
        ) from error


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _join(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _listing(system: Any, path: str) -> dict[str, int]:
    """The files below a path by their names from there on, with their sizes (-1 if not told)."""
    system.invalidate_cache()
    try:
        found = system.find(path, detail=True)
    except FileNotFoundError:
        return {}
    names = {}
    for place, entry in found.items():
        size = entry.get("size")
        name = str(place)[len(path) :].lstrip("/")
        # In an object store this is a name like others; here it would lead out of the folder.
        if not {"..", ""} & set(re.split(r"[/\\]", name)):
            names[name] = -1 if size is None else int(size)
    return names


# Sources


def list_documents(url: str) -> list[tuple[str, str]] | None:
    """The files at an address, each with the name it goes by and an address of its own.

    A file goes by its own name, one in a folder by its path from that folder on. Hidden files and
    build folders are left out. A folder of web pages ends in a slash. None if nothing is there.
    Raises GraphError.
    """
    system, path = _open(url)
    web = _is_web(url)

    def name(words: str) -> str:
        return unquote(words) if web else words

    with _telling(url):
        if not (url.endswith("/") if web else system.isdir(path)):
            return [(name(path.rpartition("/")[2]), url)] if system.exists(path) else None
        top = f"{path}/" if web else path
        names = list(_listing(system, top))
        builds = [one.removesuffix(MANIFEST) for one in names if f"/{one}".endswith(f"/{MANIFEST}")]
        inner = tuple(f"{build}{folder}/" for build in builds for folder in FOLDERS)
        return [
            (name(one), f"{url.rstrip('/')}/{one}")
            for one in sorted(names)
            if not one.startswith(inner) and not any(p.startswith(".") for p in one.split("/"))
        ]


def read_files(folder: str, urls: Iterable[str]) -> Iterator[tuple[str, bytes | Exception]]:
    """The bytes of each file of a folder (or of this one), or why it cannot be had."""
    system, _ = _open(folder)

    def read(url: str) -> tuple[str, bytes | Exception]:
        try:
            return url, system.cat_file(system._strip_protocol(url))
        except Exception as error:  # each protocol has its own
            return url, error

    left = list(urls)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        while left:
            # Not all of them: what was read and not yet taken is in memory.
            some, left = left[:_AT_ONCE], left[_AT_ONCE:]
            yield from threads.map(read, some)


# Files that a worker fetches and leaves


def fetch(url: str, path: Path) -> None:
    """Fetch a file. Raises GraphError."""
    system, place = _open(url)
    with _telling(url):
        system.get_file(place, str(path))


def send(folder: Path, names: Iterable[str], url: str) -> None:
    """Put files of a folder to an address, in this order. Raises GraphError."""
    system, path = _open(url)
    with _telling(url):
        for name in names:
            _make_parent(system, _join(path, name))
            system.put_file(str(folder / name), _join(path, name))


def _make_parent(system: Any, path: str) -> None:
    # In an object store a file needs no folder, and a mistyped bucket must not be made.
    protocols = {system.protocol} if isinstance(system.protocol, str) else set(system.protocol)
    if not protocols & _OBJECT_STORES:
        system.makedirs(path.rpartition("/")[0], exist_ok=True)


# Builds


def local_copy(url: str, *, for_reading: bool = False) -> Path:
    """The folder of this machine that holds the copy of a build, below ``~/.cache/pskg``.

    Builders and readers have one each: neither may meet the other's half-made files.
    """
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    digest = hashlib.sha256(url.rstrip("/").encode()).hexdigest()[:16]
    return Path(cache) / "pskg" / (f"{digest}-read" if for_reading else digest)


def pull(url: str, folder: Path, wanted: Callable[[str], bool]) -> None:
    """Fetch those files of a build that are wanted and not here, the manifest last.

    All but the manifest never change once they are written, so a file of the same name and size is
    not fetched again. Raises GraphError.
    """
    if _is_web(url):
        raise GraphError(
            "a build cannot be kept on the web",
            url,
            "give a folder, or an address like s3://b/build",
        )
    system, path = _open(url)
    with _telling(url):
        there = _listing(system, path)
        missing = [
            name
            for name, size in there.items()
            if wanted(name) and not name.startswith("store/") and _size(folder / name) != size
        ]
        _get(system, path, folder, {name: folder / name for name in missing})
        stores: dict[str, list[str]] = {}
        for name in there:
            if name.startswith("store/") and wanted(name):
                stores.setdefault(name.split("/")[1], []).append(name)
        for key, names in stores.items():
            if not (folder / "store" / key).exists():
                _get_store(system, path, folder, key, names)
        if MANIFEST in there:
            _get(system, path, folder, {MANIFEST: folder / MANIFEST})


def fetch_files(url: str, names: Iterable[str], folder: Path) -> None:
    """Fetch these files of a build. Raises GraphError."""
    system, path = _open(url)
    with _telling(url):
        _get(system, path, folder, {name: folder / name for name in names})


def _get(system: Any, path: str, folder: Path, targets: Mapping[str, Path]) -> None:
    """Fetch files so that there is never half of one under its name."""
    names = list(targets)
    for at in range(0, len(names), _AT_ONCE):
        some = names[at : at + _AT_ONCE]
        fresh = [
            targets[name].with_name(f"{targets[name].name}.tmp-{uuid.uuid4().hex}") for name in some
        ]
        try:
            for one in fresh:
                one.parent.mkdir(parents=True, exist_ok=True)
            system.get([_join(path, name) for name in some], [str(one) for one in fresh])
            for name, one in zip(some, fresh, strict=True):
                one.replace(targets[name])
        finally:
            for one in fresh:
                one.unlink(missing_ok=True)


def _get_store(system: Any, path: str, folder: Path, key: str, names: Iterable[str]) -> None:
    place = folder / "store" / f"{key}.tmp-{uuid.uuid4().hex}"
    try:
        _get(system, path, folder, {name: place / name.split("/", 2)[2] for name in names})
        with suppress(OSError):  # another has just put it there
            place.rename(folder / "store" / key)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def push(folder: Path, url: str, ours: Callable[[str], bool]) -> None:
    """Make the build at an address equal to a folder: files, then the manifest, then what is gone.

    Only files whose names are ours are ever removed. Raises GraphError.
    """
    system, path = _open(url)
    here = {
        one.relative_to(folder).as_posix(): one.stat().st_size
        for name in FOLDERS
        for one in sorted((folder / name).rglob("*"))
        if one.is_file()
    }
    here = {name: size for name, size in here.items() if ours(name)}
    with _telling(url):
        there = _listing(system, path)
        new = [name for name, size in here.items() if there.get(name) != size]
        for parent in sorted({name.rpartition("/")[0] for name in new}):
            _make_parent(system, _join(path, f"{parent}/file"))
        for at in range(0, len(new), _AT_ONCE):
            some = new[at : at + _AT_ONCE]
            system.put([str(folder / name) for name in some], [_join(path, name) for name in some])
        system.pipe_file(_join(path, MANIFEST), (folder / MANIFEST).read_bytes())
        gone = [name for name in there if ours(name) and name not in here]
        stores = {name.split("/")[1] for name in gone if name.startswith("store/")}
        for key in stores - {name.split("/")[1] for name in here if name.startswith("store/")}:
            system.rm(_join(path, f"store/{key}"), recursive=True)
            gone = [name for name in gone if not name.startswith(f"store/{key}/")]
        if gone:
            system.rm([_join(path, name) for name in gone])


def fetch_build(url: str) -> Path:
    """A folder with all that is needed to ask the build at an address. Raises GraphError.

    It is fetched once and again when another build has taken its place.
    """
    import json

    system, path = _open(url)
    folder = local_copy(url, for_reading=True)
    try:
        with _telling(url):
            system.invalidate_cache()
            data: bytes = system.cat_file(_join(path, MANIFEST))
        manifest = json.loads(data)
        store, index = str(manifest["store"]), f"search/{manifest['index']}.db"
    except (GraphError, ValueError, KeyError, TypeError) as error:
        cause = error.__cause__
        if isinstance(error, GraphError) and not isinstance(cause, FileNotFoundError):
            raise
        raise GraphError(
            "no finished build of pskg is there",
            url,
            f"make one with `pskg build --out {url}`, or give another address",
        ) from error
    with suppress(OSError):
        if (folder / MANIFEST).read_bytes() == data and (folder / "store" / store).is_dir():
            return folder
    pull(url, folder, lambda name: name.startswith((f"store/{store}/", "text/")) or name == index)
    for old in (folder / "store").glob("*"):
        if old.name != store:
            shutil.rmtree(old, ignore_errors=True)
    return folder
