"""A graph as a file: the same graph gives the same bytes, whatever it was opened from."""

from __future__ import annotations

import heapq
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain, groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pyoxigraph as ox

from pskg.graph.names import PREFIXES
from pskg.graph.store import Graph, GraphError, GraphName, inferred_graphs

__all__ = ["RDF_FORMATS", "open_in_one_step", "write_graph"]

#: The formats by the names that ``pskg export`` knows them by.
RDF_FORMATS: dict[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def write_graph(
    graph: Graph,
    format: str,
    out: BinaryIO | Path,
    *,
    asserted_only: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> int:
    """Write a graph as RDF and return the number of statements written.

    nquads, trig and jsonld keep the named graphs; turtle, ntriples and rdfxml hold their union,
    each triple once. Statements are sorted, so that two dumps of one graph are equal byte for
    byte. A file is written in one step: a broken-off dump leaves none.

    With ``asserted_only`` the graphs of what rules computed are left out, and what was read is
    left; see ``ontology/vocabularies/inference-rules.ttl``. ``report`` is called with the number of
    named graphs that are read and of all.

    Raises ValueError for another format, GraphError where the file cannot be written, or where
    the graph has no named graphs that tell what was read from what was computed.

    >>> import io
    >>> from pskg.graph.store import MemoryGraph
    >>> graph = MemoryGraph()
    >>> graph.store.load(b'<http://e.org/b> <http://e.org/p> "2" . '
    ...     b'<http://e.org/a> <http://e.org/p> "1" .', format=ox.RdfFormat.TURTLE)
    >>> out = io.BytesIO()
    >>> write_graph(graph, "ntriples", out)
    2
    >>> print(out.getvalue().decode(), end="")
    <http://e.org/a> <http://e.org/p> "1" .
    <http://e.org/b> <http://e.org/p> "2" .
    """
    if format not in RDF_FORMATS:
        raise ValueError(f"'{format}' is no RDF format; there are {', '.join(RDF_FORMATS)}")
    names: Iterable[GraphName] = _asserted(graph) if asserted_only else graph.graph_names()
    if report:
        names = _reporting(list(names), report)
    if not isinstance(out, Path):
        return _write(graph, names, format, out)
    with open_in_one_step(out) as file:
        return _write(graph, names, format, file)


def _asserted(graph: Graph) -> list[GraphName]:
    """The names of the graphs that hold what was read, not what was computed."""
    inferred = inferred_graphs(graph)
    names = [name for name in graph.graph_names() if str(name) not in inferred]
    if not any(isinstance(name, ox.NamedNode) for name in names):
        raise GraphError(
            "what was read and what was computed stand in one graph",
            graph.name,
            "give a build folder, or a dump that keeps the named graphs (nquads, trig, jsonld)",
        )
    return names


def _reporting(
    names: Sequence[GraphName], report: Callable[[int, int], None]
) -> Iterator[GraphName]:
    for number, name in enumerate(names, 1):
        yield name
        report(number, len(names))


@contextmanager
def open_in_one_step(out: Path) -> Iterator[BinaryIO]:
    """A file to write that is put in place when it is whole: a broken-off one leaves none.

    A link stays one, its target is written. What is no plain file (/dev/stdout, a pipe) is
    written as it is, never replaced. A GraphError from within passes.

    Raises GraphError where the file cannot be written.
    """
    target = out
    fresh: Path | None = None
    try:
        if out.exists() and not out.is_file() and not out.is_dir():
            with out.open("wb") as file:
                yield file
            return
        target = out.resolve()
        fresh = target.with_name(f".{target.name}.tmp-{os.getpid()}")
        with fresh.open("wb") as file:
            yield file
        fresh.replace(target)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise GraphError(
            f"the file cannot be written ({(error.strerror or str(error)).lower()})",
            str(out),
            "check the folder and its rights, or give another path",
        ) from error
    finally:
        if fresh is not None:
            with suppress(OSError):
                fresh.unlink()


def _write(graph: Graph, names: Iterable[GraphName], format: str, out: BinaryIO) -> int:
    if RDF_FORMATS[format].supports_datasets:
        return _write_graphs(map(graph.nquads, names), format, out)
    counter = _Counter()
    with TemporaryDirectory(prefix="pskg-") as folder:
        lines = counter.count(_merge_graphs(graph, names, Path(folder)))
        _write_lines(_check_xml(lines) if format == "rdfxml" else lines, format, out)
    return counter.number


def _write_graphs(graphs: Iterable[bytes], format: str, out: BinaryIO) -> int:
    """Write sorted N-Quads in a format, one named graph after the other."""
    number = 0

    def count() -> Iterator[bytes]:
        nonlocal number
        for quads in graphs:
            number += quads.count(b"\n")
            yield quads

    if format == "nquads":
        out.writelines(count())
    else:
        parsed = (ox.parse(quads, format=ox.RdfFormat.N_QUADS) for quads in count())
        quads = chain.from_iterable(parsed)
        ox.serialize(quads, out, format=RDF_FORMATS[format], prefixes=PREFIXES)
    return number


def _write_lines(lines: Iterator[bytes], format: str, out: BinaryIO) -> None:
    """Write sorted triples in a format."""
    if format == "ntriples":
        out.writelines(lines)
    else:
        triples = (quad.triple for quad in _parse(lines))
        ox.serialize(triples, out, format=RDF_FORMATS[format], prefixes=PREFIXES)


#: So many bytes of lines are sorted at once, and wait on disk where there are more.
_RUN = 200_000_000


def _merge_graphs(graph: Graph, names: Iterable[GraphName], folder: Path) -> Iterator[bytes]:
    """The lines of all graphs together, sorted, each once."""
    runs: list[Path] = []
    held: list[bytes] = []
    size = 0
    for name in names:
        for line in graph.lines(name):
            held.append(line)
            size += len(line)
        if size > _RUN:
            runs.append(_write_run(held, folder / str(len(runs))))
            held, size = [], 0
    held.sort()
    with ExitStack() as stack:
        files = [stack.enter_context(run.open("rb")) for run in runs]
        for line, _ in groupby(heapq.merge(*files, held)):
            yield line


def _write_run(lines: list[bytes], path: Path) -> Path:
    """Lines to be merged with others, sorted in a file. Raises GraphError."""
    try:
        with path.open("wb") as file:
            file.writelines(sorted(lines))
    except OSError as error:
        raise GraphError(
            f"the statements cannot be sorted ({(error.strerror or str(error)).lower()})",
            str(path.parent),
            "make room there, set TMPDIR to another folder, or export nquads",
        ) from error
    return path


#: Characters that XML 1.0 cannot hold, as N-Triples writes them.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\\u00[01][0-9A-Fa-f]|\xef\xbf[\xbe\xbf]")


def _check_xml(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, if XML can hold them. Raises GraphError at the first that it cannot."""
    for line in lines:
        if _NOT_XML.search(line):
            raise GraphError(
                "a control character, which XML cannot hold, stands in a literal",
                line.decode(errors="replace").split(" ", 1)[0],
                "export turtle or another format than rdfxml",
            )
        yield line


def _parse(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    """The quads of lines of N-Triples, some thousand lines at a time."""
    for batch in _batches(lines, 10_000):
        yield from ox.parse(b"".join(batch), format=ox.RdfFormat.N_QUADS)


def _batches(lines: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    iterator = iter(lines)
    while batch := list(islice(iterator, size)):
        yield batch


class _Counter:
    """Counts what passes through."""

    def __init__(self) -> None:
        self.number = 0

    def count(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            self.number += 1
            yield line
