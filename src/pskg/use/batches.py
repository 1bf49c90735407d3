"""A build of many documents, worked through some documents at a time by several processes.

The tables and the network of a large build come about so: from the parts of the documents, in
memory, which is many times as fast as asking the store on disk, and takes as much time for the
last document as for the first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TypeGuard

from pskg.graph.store import BuildGraph, Graph, GraphError
from pskg.workers import WorkerPool, count_processors

__all__ = ["MANY", "BatchWork", "is_large", "work_in_batches"]

#: A build of so many documents is worked through in batches.
MANY = 40

#: The number of a batch, and what was answered about it.
_Answer = tuple[int, dict[str, Any]]


class BatchWork(Protocol):
    """What is done with some documents of a build at a time. It is made anew in each process."""

    def __init__(self, graph: BuildGraph, **options: Any) -> None:
        """``options`` are plain values as JSON has them."""

    def work(self, documents: Sequence[str], folder: Path, number: int) -> dict[str, Any]:
        """Do it with a batch of this number, counted from 0, and return plain values.

        What is more than these goes into files of the folder. Raises GraphError, and OSError where
        such a file cannot be written.
        """


def is_large(graph: Graph) -> TypeGuard[BuildGraph]:
    """Whether this is a build of so many documents that it is worked through in batches."""
    return isinstance(graph, BuildGraph) and len(graph.graphs_of_documents) >= MANY


def work_in_batches(
    graph: BuildGraph,
    kind: type[BatchWork],
    folder: Path,
    *,
    size: int,
    options: Mapping[str, Any] | None = None,
    workers: int | None = None,
    report: Callable[[int, int], None] | None = None,
) -> Iterator[_Answer]:
    """Work through all documents of a build, in the order of their IRIs.

    Args:
        graph: the build.
        kind: what is done with each batch; a class on the top level of its module.
        folder: where the batches leave their files.
        size: how many documents a batch has.
        options: what ``kind`` is made with, beside the graph.
        workers: how many processes work on it; by default one for each processor.
        report: called with the number of documents that are done and of all.

    Yields the number of each batch and what was answered, in order. Raises GraphError where a
    process came to a sudden end, and what ``kind`` raises.
    """
    documents = sorted(graph.graphs_of_documents)
    batches = [documents[at : at + size] for at in range(0, len(documents), size)]
    workers = min(workers or count_processors(), len(batches))
    if workers <= 1:
        work = kind(graph, **(options or {}))
        answers: Iterable[_Answer] = (
            (number, work.work(batch, folder, number)) for number, batch in enumerate(batches)
        )
    else:
        answers = _in_order(_share_out(graph, kind, folder, batches, options or {}, workers))
    for number, answer in answers:
        yield number, answer
        if report:
            report(min((number + 1) * size, len(documents)), len(documents))


def _share_out(
    graph: BuildGraph,
    kind: type[BatchWork],
    folder: Path,
    batches: Sequence[Sequence[str]],
    options: Mapping[str, Any],
    workers: int,
) -> Iterator[_Answer]:
    """The answers of several processes, as they come in."""
    requests = (
        {
            "module": kind.__module__,
            "kind": kind.__name__,
            "build": str(graph.folder.resolve()),
            "options": json.dumps(options),
            "documents": batch,
            "folder": str(folder.resolve()),
            "number": number,
        }
        for number, batch in enumerate(batches)
    )
    with WorkerPool(__name__, "answer_request", workers) as pool:
        for request, reply, _ in pool.run(requests):
            if reply is None:
                raise GraphError(
                    "a process that worked on a part of it came to a sudden end",
                    str(graph.folder),
                    "there may be too little memory: close other programs, and export again",
                )
            if "graph_error" in reply:
                raise GraphError(*reply["graph_error"])
            if "os_error" in reply:
                raise OSError(*reply["os_error"])
            yield request["number"], reply["answer"]


def _in_order(answers: Iterable[_Answer]) -> Iterator[_Answer]:
    """Answers in the order of their numbers, in which they nearly come."""
    waiting: dict[int, dict[str, Any]] = {}
    wanted = 0
    for number, answer in answers:
        waiting[number] = answer
        while wanted in waiting:
            yield wanted, waiting.pop(wanted)
            wanted += 1


@cache
def _make(module: str, kind: str, build: str, options: str) -> BatchWork:
    work: type[BatchWork] = getattr(import_module(module), kind)
    return work(BuildGraph(Path(build)), **json.loads(options))


def answer_request(request: Mapping[str, Any]) -> dict[str, Any]:
    """Work on a batch in a process of its own: plain values come and go."""
    try:
        work = _make(*(request[name] for name in ("module", "kind", "build", "options")))
        folder = Path(request["folder"])
        return {"answer": work.work(request["documents"], folder, request["number"])}
    except GraphError as error:
        return {"graph_error": [error.what, error.where, error.remedy]}
    except OSError as error:
        return {"os_error": [error.errno, error.strerror, error.filename]}
