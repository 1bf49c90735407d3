"""From sources to a whole build folder, step by step."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pskg import storage
from pskg.graph.store import MANIFEST, GraphError
from pskg.pipeline.files import save, writing
from pskg.pipeline.folder import (
    clear_unfinished,
    fetched_folder,
    is_ours,
    lock,
    make_folders,
    same_place,
    tidy,
)
from pskg.pipeline.index import index_beside, make_index
from pskg.pipeline.manifest import describe_build, read_manifest, write_manifest
from pskg.pipeline.reading import Cluster, find_kept, part_duplicates, read_again, read_all
from pskg.pipeline.report import BuildReport, Failure
from pskg.pipeline.shared import find_shared, write_shared
from pskg.pipeline.sources import find_sources, plan_jobs
from pskg.pipeline.storing import StoreMaker
from pskg.progress import Progress

__all__ = ["build"]


def build(
    sources: Sequence[Path | str],
    out: Path | str,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    order: bool = False,
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
        order: put the store in order if one is made, whatever its size. Small ones always are. At
            ten thousand documents it takes more than half as long as the build; then questions
            that look at everything take a fraction of their time, and the store half of its disk.
        report: called after every step.

    Raises:
        GraphError: where the folder cannot be used: in use by another build, not writable, or
            not pskg's own; where the cluster cannot.
    """
    began = time.perf_counter()
    tell = report or (lambda progress: None)
    if any(same_place(out, source) for source in sources):
        raise GraphError(
            "the build folder is one of the sources", str(out), "give another --out folder"
        )
    url = out if isinstance(out, str) and storage.is_url(out) else None
    out = storage.local_copy(url) if url else Path(out)
    make_folders(out)
    with lock(out), writing(out), fetched_folder(out) as fetched:
        if url:
            storage.pull(url, out, is_ours)
        earlier = read_manifest(out)
        found = find_sources(sources, fetched)
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
        jobs, twice = plan_jobs(found.files, out)
        failed = [*found.failed, *twice.failed]
        skipped = [*found.skipped, *twice.skipped]
        abroad = None if cluster is None else Cluster(cluster, found.urls, url)
        clear_unfinished(out)
        kept = {job.stem: document for job in jobs if (document := find_kept(job))}
        shared = find_shared(out, earlier) or write_shared(out)
        outcomes = read_all(jobs, kept, workers, abroad, tell)
        documents, same = part_duplicates(outcomes)
        failed += same
        failed += [outcome for outcome in outcomes if isinstance(outcome, Failure)]
        with (
            StoreMaker(out, shared, earlier, tell, order=order) as maker,
            index_beside(out, documents, earlier) as words,
        ):
            if broken := maker.make(documents):
                again = [job for job in jobs if f"{job.stem}.nq" in broken]
                documents = read_again(again, documents, failed)
                maker.shared = shared = write_shared(out)
                if maker.make(documents):
                    raise GraphError(
                        "files change while they are written",
                        str(out),
                        "give another --out folder",
                    )
            index = words.result()
        if broken:
            index = make_index(out, documents, earlier)
        key = maker.key
        manifest = describe_build(documents, shared, key, index, failed, skipped)
        changed = earlier.get("store") != key
        save(out / MANIFEST, write_manifest(manifest))
        tidy(out, documents, shared, key, index)
        if url:
            storage.push(out, url, is_ours)
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
