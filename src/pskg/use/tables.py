"""The graph as tables: one CSV file for each kind of fact.

Each table is a query of ``queries/tables``: its variables are the columns, its order is that of
the rows. A long table is asked for some documents at a time, so that one of a million rows takes
no more memory than one of a few thousand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from pskg.graph.dump import open_in_one_step
from pskg.graph.store import Answer, Graph, GraphError
from pskg.resources import resource_folder
from pskg.use.queries import LibraryQuery, load_library

__all__ = ["export_tables", "load_tables", "write_csv"]

#: About how many rows are asked for at once: they are held in memory.
_ROWS = 20_000

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


def export_tables(graph: Graph, out: Path) -> dict[str, int]:
    """Write every table of a graph as a CSV file in a folder, which is made where it is missing.

    UTF-8 with a header row, lines end in a line feed, rows are ordered by document and place in
    its text; the same graph gives the same bytes. A file is put in place when it is whole.

    Returns the number of rows of each table. Raises GraphError where the folder cannot be
    written to, and what :meth:`~pskg.graph.store.Graph.query` raises.
    """
    documents = sorted(
        {row[0].value for row in graph.query(_DOCUMENTS).rows if row[0] and row[0].kind == "iri"}
    )
    try:
        out.mkdir(parents=True, exist_ok=True)
        return {
            name: _write_table(out / f"{name}.csv", _ask_in_batches(graph, table, documents))
            for name, table in load_tables().items()
        }
    except OSError as error:
        raise GraphError(
            f"the tables cannot be written ({(error.strerror or str(error)).lower()})",
            str(out),
            "give another folder",
        ) from error


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
