"""Documents read to parts: here, in worker processes, or on a cluster."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import starmap
from pathlib import Path
from typing import Any

from pskg.link.sssom import SssomError
from pskg.pipeline.files import WriteError, hash_bytes, hash_file, save
from pskg.pipeline.index import write_words
from pskg.pipeline.report import BuiltDocument, Failure
from pskg.pipeline.sources import Job
from pskg.progress import Progress
from pskg.read import SourceError
from pskg.workers import WorkerPool, count_processors

__all__ = [
    "Cluster",
    "Outcome",
    "answer_job",
    "find_kept",
    "part_duplicates",
    "read_again",
    "read_all",
    "read_source",
]

#: Below this many bytes the sources are read before worker processes would have started.
_WORTH_WORKERS = 2_000_000

Outcome = BuiltDocument | Failure


@dataclass(frozen=True, slots=True)
class Cluster:
    """Who reads instead of this machine: what its workers know the sources and results by."""

    address: str
    sources: Mapping[str, str]
    out: str | None


def read_all(
    jobs: Sequence[Job],
    kept: Mapping[str, BuiltDocument],
    workers: int | None,
    cluster: Cluster | None,
    tell: Callable[[Progress], None],
) -> list[Outcome]:
    """The outcome of each job, in their order."""
    outcomes: dict[str, Outcome] = {}
    for job in jobs:
        if document := kept.get(job.stem):
            outcomes[job.stem] = document
            tell(Progress(len(outcomes), len(jobs), job.source, 0.0, "reused"))
    to_read = [job for job in jobs if job.stem not in kept]
    for job, outcome, seconds in _run(to_read, workers, cluster):
        outcomes[job.stem] = outcome
        state = "failed" if isinstance(outcome, Failure) else "read"
        tell(Progress(len(outcomes), len(jobs), job.source, seconds, state))
    return [outcomes[job.stem] for job in jobs]


def _run(
    jobs: Sequence[Job], workers: int | None, cluster: Cluster | None
) -> Iterator[tuple[Job, BuiltDocument | Failure, float]]:
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
            outcome = read_source(job)
            yield job, outcome, time.perf_counter() - began
        return
    with WorkerPool("pskg.pipeline.reading", "answer_job", workers) as pool:
        for request, reply, seconds in pool.run(map(asdict, jobs)):
            job = by_stem[request["stem"]]
            yield job, _outcome_of(job, reply), seconds


def _outcome_of(job: Job, reply: Mapping[str, Any] | None) -> BuiltDocument | Failure:
    if reply is None:
        return Failure(
            job.source,
            "the process that read it came to a sudden end",
            "there may be too little memory: build with --workers 1",
        )
    if "unwritten" in reply:
        raise WriteError(reply["unwritten"])
    if "reason" in reply:
        return Failure(**reply)
    return BuiltDocument(**reply)


def answer_job(request: Mapping[str, Any]) -> dict[str, Any]:
    """Read one source in a worker process: what it is asked and answers are plain values."""
    try:
        return asdict(read_source(Job(**request)))
    except WriteError as error:
        return {"unwritten": str(error)}


def find_kept(job: Job) -> BuiltDocument | None:
    """What an earlier build, even an interrupted one, made of this source, if it is whole."""
    parts, texts = Path(job.out, "parts"), Path(job.out, "text")
    try:
        kept = BuiltDocument(**json.loads((parts / f"{job.stem}.json").read_bytes()))
        whole = (
            kept.source == job.source
            and kept.sha256 == job.sha256
            and (parts / kept.part).stat().st_size == kept.part_size
            and hash_file(parts / kept.words) == kept.words_sha256
            and hash_file(texts / kept.text) == kept.text_sha256
        )
    except (OSError, ValueError, TypeError):
        return None
    return kept if whole else None


def read_source(job: Job) -> BuiltDocument | Failure:
    """Read one source and write its part and its text."""
    try:
        return _read_and_write(job)
    except SourceError as error:
        return Failure(job.source, error.reason, error.remedy)
    except SssomError as error:
        return Failure(job.source, "the mappings of items cannot be used", str(error))
    except WriteError:
        raise
    except Exception as error:  # one source must never cost another
        return Failure(
            job.source,
            f"an error inside pskg ({_place(error)})",
            "report it, with the document if you may",
        )


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


def _read_and_write(job: Job) -> BuiltDocument | Failure:
    # Late, so that a build with nothing to read does not load them.
    from pskg.extract import extract
    from pskg.graph.index import list_entries
    from pskg.graph.mapping import map_reading
    from pskg.graph.ntriples import write_lines
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
    part = b"".join(starmap(write_lines, mapped.graphs.items()))
    words = write_words(list_entries(mapped.telling))
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
        part_sha256=hash_bytes(part),
        part_size=len(part),
        text=f"{job.stem}.txt",
        text_sha256=hash_bytes(text),
        words=f"{job.stem}.words",
        words_sha256=hash_bytes(words),
        quads=part.count(b"\n"),
        counts={name: len(getattr(reading, name)) for name in kinds},
        findings={name: severities.count(name) for name in sorted(set(severities))},
        coverage=coverage,
    )
    out = Path(job.out)
    save(out / "text" / built.text, text)
    save(out / "parts" / built.part, part)
    save(out / "parts" / built.words, words)
    save(out / "parts" / f"{job.stem}.json", json.dumps(asdict(built)).encode())
    return built


def part_duplicates(outcomes: Iterable[Outcome]) -> tuple[list[BuiltDocument], list[Failure]]:
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


def read_again(
    jobs: Iterable[Job], documents: Iterable[BuiltDocument], failed: list[Failure]
) -> list[BuiltDocument]:
    """Read anew the sources of parts that turned out to be damaged."""
    fresh = {job.stem: read_source(job) for job in jobs}
    renewed: list[BuiltDocument] = []
    for document in documents:
        outcome = fresh.get(document.part.removesuffix(".nq"), document)
        if isinstance(outcome, Failure):
            failed.append(outcome)
        else:
            renewed.append(outcome)
    return renewed
