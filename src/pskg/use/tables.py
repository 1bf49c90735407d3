"""The graph as tables: one CSV file for each kind of fact.

Each table is a query of ``queries/tables``: its variables are the columns, its order is that of
the rows. What a row says is in one document, and in what all documents share. So a long table is
asked for some documents at a time: one of a million rows takes no more memory than one of a few
thousand. Of a build of many documents some are taken into memory and asked there, by several
processes, which is many times as fast as its store on disk.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

import pyoxigraph as ox

from pskg.graph.dump import open_in_one_step
from pskg.graph.store import Answer, BuildGraph, Graph, GraphError, MemoryGraph
from pskg.resources import resource_folder
from pskg.use.batches import is_large, work_in_batches
from pskg.use.queries import LibraryQuery, load_library

__all__ = ["export_tables", "load_tables", "write_csv"]

#: About how many rows are asked for at once: they are held in memory.
_ROWS = 20_000
#: How many documents are taken into memory at a time: a quarter of a million statements; a process
#: has some 300 MB then.
_BATCH = 25

#: The comment in a table's query that says what a row stands for. Where there are too many rows
#: for one answer, the documents that are asked about are put in its place.
_MARK = re.compile(r"^[ \t]*# each (pskg:\w+)[ \t]*\n", re.MULTILINE)

_DOCUMENTS = "SELECT DISTINCT ?document WHERE { ?document a pskg:PolicyDocument }"


def load_tables() -> dict[str, LibraryQuery]:
    """The queries that make the tables, by name of the table.

    >>> sorted(load_tables())[:3]
    ['alignments', 'amounts', 'citations']
    """
    return dict(load_library(resource_folder("queries") / "tables"))


def export_tables(
    graph: Graph,
    out: Path,
    *,
    workers: int | None = None,
    report: Callable[[int, int], None] | None = None,
) -> dict[str, int]:
    """Write every table of a graph as a CSV file in a folder, which is made where it is missing.

    UTF-8 with a header row, lines end in a line feed, rows are ordered by document and place in
    its text; the same graph gives the same bytes. A file is put in place when it is whole.

    Args:
        graph: what to export.
        out: the folder.
        workers: how many processes work on a build of many documents; by default one for each
            processor.
        report: called with the number of documents that are done and of all, of such a build.

    Returns the number of rows of each table. Raises GraphError where the folder cannot be
    written to, and what :meth:`~pskg.graph.store.Graph.query` raises.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        if is_large(graph):
            return _export_build(graph, out, workers, report)
        named = (row[0] for row in graph.query(_DOCUMENTS).rows)
        documents = sorted({term.value for term in named if term and term.kind == "iri"})
        return {
            name: _write_table(out / f"{name}.csv", _ask_in_batches(graph, table, documents))
            for name, table in load_tables().items()
        }
    except OSError as error:
        raise _not_written(error, out) from error


def _ask_in_batches(
    graph: Graph, table: LibraryQuery, documents: Sequence[str]
) -> Iterator[Answer]:
    """The answers that together are a table: one, or one for some of the documents at a time."""
    before, class_, after = _MARK.split(table.text)
    count = graph.query(f"SELECT (COUNT(DISTINCT ?x) AS ?rows) WHERE {{ ?x a {class_} }}").rows
    rows = int(count[0][0].value) if count and count[0][0] else 0
    if rows <= _ROWS:
        yield graph.query(before + after)
        return
    size = max(1, len(documents) * _ROWS // rows)
    for at in range(0, len(documents), size):
        values = " ".join(f"<{document}>" for document in documents[at : at + size])
        yield graph.query(f"{before}  VALUES ?document {{ {values} }}\n{after}")


def _write_table(path: Path, answers: Iterable[Answer]) -> int:
    rows = 0
    with open_in_one_step(path) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="")
        for number, answer in enumerate(answers):
            write_csv(answer, text, header=number == 0)
            rows += len(answer.rows)
        text.flush()
        text.detach()
    return rows


# A build of many documents


def _export_build(
    graph: BuildGraph,
    out: Path,
    workers: int | None,
    report: Callable[[int, int], None] | None,
) -> dict[str, int]:
    rows = dict.fromkeys(load_tables(), 0)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix=".pskg-", dir=out)))
        files = {name: stack.enter_context(open_in_one_step(out / f"{name}.csv")) for name in rows}
        for name, table in load_tables().items():
            header = ",".join(MemoryGraph().query(table.text).variables)
            files[name].write(f"{header}\n".encode())
        for number, counts in work_in_batches(
            graph, TableRows, folder, size=_BATCH, workers=workers, report=report
        ):
            for name, count in counts.items():
                piece = _piece(folder, number, name)
                with piece.open("rb") as lines:
                    shutil.copyfileobj(lines, files[name])
                piece.unlink()
                rows[name] += count
    return rows


class TableRows:
    """Takes some documents of a build into memory, with what all share, and asks for their rows.

    See :class:`~pskg.use.batches.BatchWork`.
    """

    def __init__(self, graph: BuildGraph) -> None:
        self._graph = graph
        self._shared = b"".join(line for name in graph.shared_graphs for line in graph.lines(name))

    def work(self, documents: Sequence[str], folder: Path, number: int) -> dict[str, int]:
        """Write the rows, a file for each table, and return how many they are."""
        some = MemoryGraph(name=self._graph.name)
        own = b"".join(
            line
            for document in documents
            for name in self._graph.graphs_of_documents[document]
            for line in self._graph.lines(name)
        )
        for lines in (self._shared, own):
            some.store.bulk_load(input=lines, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        rows: dict[str, int] = {}
        for name, table in load_tables().items():
            answer = some.query(table.text)
            with _piece(folder, number, name).open("w", encoding="utf-8", newline="") as file:
                write_csv(answer, file, header=False)
            rows[name] = len(answer.rows)
        return rows


def _piece(folder: Path, number: int, table: str) -> Path:
    """Where the rows of a batch wait to be put into the file of their table."""
    return folder / f"{table}.{number}"


def _not_written(error: OSError, out: Path) -> GraphError:
    return GraphError(
        f"the tables cannot be written ({(error.strerror or str(error)).lower()})",
        str(out),
        "give another folder",
    )


def write_csv(answer: Answer, file: TextIO, *, header: bool = True) -> None:
    """Write the rows of an answer as CSV. What has no value is blank.

    >>> import sys
    >>> from pskg.graph.store import Term
    >>> write_csv(Answer(("a", "b"), ((Term("x,y", "literal"), None),)), sys.stdout)
    a,b
    "x,y",
    """
    if header:
        file.write(",".join(map(_write_cell, answer.variables)) + "\n")
    for row in answer.rows:
        file.write(",".join(_write_cell(term.value if term else "") for term in row) + "\n")


def _write_cell(value: str) -> str:
    # The csv module of Python 3.11 leaves a lone carriage return unquoted, which breaks the row.
    return f'"{value.replace(chr(34), chr(34) * 2)}"' if re.search(r'[",\r\n]', value) else value
