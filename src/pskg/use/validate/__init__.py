"""Hold a graph against the shapes: what is wrong in it, where, and in whose words.

The graph is taken document by document, so that the memory this needs does not grow with the
number of documents; what only several documents together can show is asked once of the whole
graph. What the documents share (ontology, vocabularies, and in a file without named
graphs whatever a document speaks of) is looked at together with each. A build of many documents is
looked at by several processes.

Two engines can do it. ``pyshacl`` is always there and is the judge of what is right; ``shacl`` (the
extra ``fast``) is many times as fast and is taken where it was shown to give the same results: by
pskg's own shapes, of documents without blank nodes. The report names what was used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from pskg.graph.store import BuildGraph, Graph, GraphError
from pskg.use.validate.portions import BuildPortions, split_graph
from pskg.use.validate.quotes import check_quotes
from pskg.use.validate.report import RANK, Engine, Result, ResultSeverity, ValidationReport
from pskg.use.validate.shapes import ACROSS, DEFAULT_PURPOSES, Shapes
from pskg.workers import WorkerPool, count_processors

__all__ = ["DEFAULT_PURPOSES", "Engine", "Result", "ResultSeverity", "ValidationReport", "validate"]

#: Fewer documents are looked at before worker processes would have started.
_WORTH_WORKERS = 40
#: How many documents a worker is given at once.
_BATCH = 8


def validate(
    graph: Graph,
    shapes_folder: Path | None = None,
    *,
    purposes: Sequence[str] | None = None,
    engine: str | None = None,
    workers: int | None = None,
    report: Callable[[int, int], None] | None = None,
) -> ValidationReport:
    """Check a graph, of whatever origin, by SHACL shapes.

    In a build every quote is also held against the stored text of its document.

    Args:
        graph: what to check.
        shapes_folder: a folder of Turtle files with shapes; without one, those of pskg.
        purposes: the files to use, by their names without ending; without any,
            :data:`DEFAULT_PURPOSES` of pskg's own shapes, or all of another folder.
        engine: an :class:`Engine`. Without one, ``shacl`` where it is installed and the shapes are
            pskg's own, else ``pyshacl``. Blank nodes are always left to ``pyshacl``: the labels
            that ``shacl`` gives them mean nothing outside one document.
        workers: how many processes look at the documents of a build; by default one for each
            processor, or none besides this one for few documents. What they find is the same.
        report: called with the number of documents that are done and of all, of a build.

    Raises:
        GraphError: where the shapes or the graph cannot be read, or the engine is not there.
    """
    chosen = _choose_engine(engine, shapes_folder)
    shapes = Shapes(shapes_folder, purposes, chosen)
    found: dict[tuple[str, str, str, str], Result] = {}
    documents: set[str] = set()
    if isinstance(graph, BuildGraph):
        request = {
            "build": str(graph.folder.resolve()),
            "shapes": None if shapes_folder is None else str(shapes_folder.resolve()),
            "purposes": None if purposes is None else list(purposes),
            "engine": chosen.value,
        }
        portions = _check_build(graph, shapes, request, workers, report)
    else:
        portions = ((name, list(shapes.check(name, data))) for name, data in split_graph(graph))
    for document, results in portions:
        documents |= {document} - {""}
        for one in results:
            place = (one.shape, one.focus, one.path, one.value)
            known = found.get(place)
            # What several portions show is told of a document, and always of the same one.
            if known is None or (not one.document, one.document) < (
                not known.document,
                known.document,
            ):
                found[place] = one
    if shapes_folder is None and purposes is None:
        across = Shapes(None, (ACROSS,), Engine.PYSHACL)
        for one in across.check_whole(graph):
            found[one.shape, one.focus, one.path, one.value] = one
    ordered = sorted(
        found.values(),
        key=lambda one: (RANK[one.severity], one.document, one.shape, one.focus, one.value),
    )
    return ValidationReport(tuple(ordered), len(documents), tuple(sorted(shapes.used)))


def _choose_engine(asked: str | None, folder: Path | None) -> Engine:
    installed = find_spec("shacl") is not None
    if asked is None:
        return Engine.SHACL if installed and folder is None else Engine.PYSHACL
    if asked not in list(Engine):
        raise GraphError(
            "there is no such engine", f"'{asked}'", f"choose from {', '.join(Engine)}"
        )
    if asked == Engine.SHACL and not installed:
        raise GraphError(
            "this engine is not installed", f"'{asked}'", "install pskg[fast], or choose pyshacl"
        )
    return Engine(asked)


# A build: its documents one by one, by one process or several

_Found = tuple[str, list[Result]]


def _check_build(
    graph: BuildGraph,
    shapes: Shapes,
    request: Mapping[str, Any],
    workers: int | None,
    report: Callable[[int, int], None] | None,
) -> Iterator[_Found]:
    """What is wrong with each document of a build, and at last (of no name) with the rest."""
    names = [str(entry["document"]) for entry in graph.manifest["documents"]]
    if workers is None:
        workers = count_processors() if len(names) >= _WORTH_WORKERS else 1
    found = (
        _check_here(BuildPortions(graph), shapes, [*names, ""])
        if workers <= 1
        else _check_apart([*names, ""], shapes, request, workers)
    )
    for number, one in enumerate(found, 1):
        if report:
            report(min(number, len(names)), len(names))
        yield one


def _check_here(portions: BuildPortions, shapes: Shapes, names: Iterable[str]) -> Iterator[_Found]:
    for name in names:
        own = portions.own(name)
        results = list(shapes.check(name, own + portions.rest.reach(own)) if name else ())
        if name:
            results += check_quotes(name, own, portions.graph.text(name) or "")
        elif everything := portions.rest.everything():
            results += shapes.check(name, everything)
        yield name, results


def _check_apart(
    names: Sequence[str], shapes: Shapes, request: Mapping[str, Any], workers: int
) -> Iterator[_Found]:
    left = iter(names)
    batches = iter(lambda: list(islice(left, _BATCH)), [])
    requests = ({**request, "names": batch} for batch in batches)
    with WorkerPool(__name__, "answer_request", workers) as pool:
        for _, reply, _ in pool.run(requests):
            if reply is None:
                raise GraphError(
                    "a process that checked documents came to a sudden end",
                    str(request["build"]),
                    "there may be too little memory: validate with --workers 1",
                )
            if "error" in reply:
                raise GraphError(*reply["error"])
            shapes.used |= set(map(Engine, reply["engines"]))
            for name, rows in reply["found"]:
                yield name, [_read_row(row) for row in rows]


def _read_row(row: Sequence[str]) -> Result:
    severity, shape, message, message_zh, focus, path, value, document = row
    # Of a million results these are the same few.
    shape, message, message_zh, path, document = map(
        sys.intern, (shape, message, message_zh, path, document)
    )
    return Result(
        ResultSeverity(severity), shape, message, message_zh, focus, path, value, document
    )


#: What a worker process has opened, by the request without its documents.
_opened: dict[str, tuple[BuildPortions, Shapes]] = {}


def answer_request(request: Mapping[str, Any]) -> dict[str, Any]:
    """Check some documents in a worker process: what it is asked and answers are plain values."""
    key = repr([request[name] for name in ("build", "shapes", "purposes", "engine")])
    try:
        if key not in _opened:
            folder = None if request["shapes"] is None else Path(request["shapes"])
            shapes = Shapes(folder, request["purposes"], Engine(request["engine"]))
            _opened[key] = BuildPortions(BuildGraph(Path(request["build"]))), shapes
        portions, shapes = _opened[key]
        found = [
            (name, [astuple(one) for one in results])
            for name, results in _check_here(portions, shapes, request["names"])
        ]
    except GraphError as error:
        return {"error": [error.what, error.where, error.remedy]}
    return {"found": found, "engines": sorted(shapes.used)}
