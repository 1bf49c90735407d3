"""Tables: service lists, divisions of work and indicators, as rows of cells by column.

A web page's table comes in three shapes, each read by a module of its own:

    marked      rows and cells that the source marks (HTML, tabs)
    flattened   text, one cell a line and a cell broken over lines; with ``headings``, which reads
                those of its columns, ``dealing``, which deals the lines out to rows and columns,
                and ``fitting``, which says what suits a column
    labelled    paragraphs that open with the name of their column

All three give the tables of ``model``; ``lines`` says what a single line is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from pskg.extract.tables.flattened import read_flattened
from pskg.extract.tables.labelled import read_labelled
from pskg.extract.tables.lines import split_number
from pskg.extract.tables.marked import continue_marked, read_marked
from pskg.extract.tables.model import Column, DataTable, Row, TableKind
from pskg.read import Block, Cell, Page
from pskg.vocabulary import Vocabulary

__all__ = ["Column", "DataTable", "Row", "TableKind", "recover_tables", "split_number"]


#: The lines that a new page may put between two parts of a table.
_MOST_BETWEEN = 2


def recover_tables(page: Page, vocabulary: Vocabulary) -> tuple[DataTable, ...]:
    """All tables of a page whose column headings are known, in the order of the text."""
    starts = [block.start for block in page.blocks]
    found: list[DataTable] = []
    before, end = None, 0
    for marked in page.tables:
        position = bisect_right(starts, marked.span.start)
        above = page.blocks[max(0, position - 3) : position]
        table = read_marked(marked, above, vocabulary, found[-1] if found else None)
        if table is None and before and position - end <= _MOST_BETWEEN:
            table = continue_marked(marked, before, vocabulary)
        if table:
            found.append(table)
        before, end = table, position
    for stretch in _split_stretches(page):
        found += read_flattened(stretch, vocabulary)
    found += read_labelled(page.blocks, [table.span for table in found], vocabulary)
    return tuple(sorted(map(_number_indicators, found), key=lambda table: table.span))


def _split_stretches(page: Page) -> Iterator[tuple[Block, ...]]:
    """The blocks between marked tables: no flattened table goes on behind one of these."""
    starts = [block.start for block in page.blocks]
    before = 0
    for table in sorted(page.tables, key=lambda table: table.span):
        here = bisect_right(starts, table.span.start)
        yield page.blocks[before:here]
        before = here
    yield page.blocks[before:]


def _number_indicators(table: DataTable) -> DataTable:
    """Take the running numbers off the names of a table's indicators (``2.0—6岁儿童…`` is 2).

    Only where they make a sequence: what else starts with a figure keeps it.
    """
    if table.kind is not TableKind.INDICATORS:
        return table
    rows: list[Row] = []
    notes = list(table.notes)
    for number, row in enumerate(table.rows, 1):
        name = table.cell(row, "indicator", "name")
        opening = re.compile(rf"[(（]?{number}\s*[)）.．、]\s*(?=\S)")
        found = opening.match(name.blocks[0].text) if name else None
        if not found:
            return table
        first = name.blocks[0].part(found.end(), len(name.blocks[0].text))
        notes.append(name.blocks[0].part(0, found.end()))
        bare = Cell((first, *name.blocks[1:]))
        cells = tuple(bare if cell is name else cell for cell in row.cells)
        rows.append(replace(row, cells=cells, number=row.number or str(number)))
    return replace(table, rows=tuple(rows), notes=tuple(notes))
