"""The sources of a build: what is read of what was given, and what is not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath

from pskg import storage
from pskg.graph.store import GraphError
from pskg.pipeline import software
from pskg.pipeline.files import hash_bytes, hash_file
from pskg.pipeline.report import Failure, Skipped

__all__ = ["SUFFIXES", "Found", "Job", "find_sources", "plan_jobs"]

#: The endings of the files that a folder is searched for.
SUFFIXES = frozenset((".txt", ".html", ".htm"))


@dataclass(frozen=True, slots=True)
class Job:
    """One source to read: all that a worker process is told."""

    path: str
    source: str
    sha256: str
    stem: str
    out: str


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, each with the name it goes by, and what was not taken.

    ``urls`` are the addresses of those that were fetched.
    """

    files: tuple[tuple[str, Path], ...]
    failed: tuple[Failure, ...]
    skipped: tuple[Skipped, ...]
    urls: Mapping[str, str] = field(default_factory=dict)


def find_sources(sources: Sequence[Path | str], fetched: Path | None = None) -> Found:
    """The files that are given or stand in a given folder, sorted by name.

    A file goes by its own name, one in a folder by its path from that folder on. What stands at an
    address is put into the folder for what is ``fetched``.
    """
    files: dict[Path, str] = {}
    failed: list[Failure] = []
    skipped: list[Skipped] = []
    remote = [given for given in sources if isinstance(given, str) and storage.is_url(given)]
    urls = _fetch(remote, fetched, files, failed, skipped) if fetched else {}
    for given in map(Path, (given for given in sources if given not in remote)):
        if given.is_dir():
            holds_documents = False
            for path in _walk(given):
                name = path.relative_to(given).as_posix()
                if path.suffix.lower() not in SUFFIXES:
                    skipped.append(Skipped(name, _unread_ending(path)))
                elif path.exists() and not path.is_file():
                    skipped.append(Skipped(name, "is no plain file"))
                else:
                    holds_documents = True
                    files.setdefault(path.resolve(), name)
            if not holds_documents:
                reason = "holds no document" if any(_walk(given)) else "the folder is empty"
                failed.append(Failure(str(given), reason, "put documents in it: .txt or .html"))
        elif given.is_file():
            files.setdefault(given.resolve(), given.name)
        elif given.exists():
            failed.append(
                Failure(str(given), "is neither a file nor a folder", "save it as a file")
            )
        else:
            failed.append(
                Failure(str(given), "there is no file or folder of this name", "check the path")
            )
    ordered = sorted((name, path) for path, name in files.items())
    return Found(tuple(ordered), tuple(failed), tuple(skipped), urls)


def _fetch(
    sources: Iterable[str],
    folder: Path,
    files: dict[Path, str],
    failed: list[Failure],
    skipped: list[Skipped],
) -> dict[str, str]:
    """Fetch what stands at addresses; the address of each file that was fetched."""
    urls: dict[str, str] = {}
    seen: set[str] = set()
    for given in sources:
        try:
            found = storage.list_documents(given)
        except GraphError as error:
            failed.append(Failure(given, error.what, error.remedy))
            continue
        if found is None:
            failed.append(Failure(given, "there is nothing at this address", "check the address"))
            continue
        names: dict[str, str] = {}
        for name, url in found:
            path = PurePosixPath(name)
            if url == given or path.suffix.lower() in SUFFIXES:
                names[url] = name
            else:
                skipped.append(Skipped(name, _unread_ending(path)))
        if not names:
            failed.append(Failure(given, "holds no document", "put documents in it: .txt or .html"))
        for url, data in storage.read_files(given, [url for url in names if url not in seen]):
            if isinstance(data, bytes):
                copy = folder / f"{len(urls):09}"
                copy.write_bytes(data)
                files[copy] = names[url]
                urls[str(copy)] = url
            else:
                reason = f"cannot be fetched ({' '.join(str(data).split())[:200]})"
                remedy = f"check your rights to {url}, or build again"
                failed.append(Failure(names[url], reason, remedy))
        seen |= names.keys()
    return urls


def _unread_ending(path: PurePath) -> str:
    kinds = ", ".join(sorted(SUFFIXES))
    return f"'{path.suffix or path.name}' is no ending that is read; read are {kinds}"


def _walk(folder: Path) -> Iterator[Path]:
    """The files of a folder and those below it; hidden ones and build folders are left out."""
    for place, folders, names in os.walk(folder):
        if {"parts", "store", "text"} <= set(folders) and ".lock" in names:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def plan_jobs(files: Iterable[tuple[str, Path]], out: Path) -> tuple[list[Job], Found]:
    """One job for each different content; what cannot be opened fails here."""
    jobs: list[Job] = []
    failed: list[Failure] = []
    skipped: list[Skipped] = []
    names: dict[str, str] = {}
    for name, path in files:
        try:
            sha256 = hash_file(path)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            failed.append(Failure(name, reason, "check the file and its rights"))
            continue
        if sha256 in names:
            skipped.append(Skipped(name, f"has the same content as {names[sha256]}"))
            continue
        names[sha256] = name
        rest = hash_bytes(f"{name}\0{software.fingerprint()}".encode())[:12]
        jobs.append(Job(str(path), name, sha256, f"{sha256}-{rest}", str(out)))
    return jobs, Found((), tuple(failed), tuple(skipped))
