"""Tables whose rows and cells the source marks (HTML, tabs): taken as they are."""

from __future__ import annotations

from collections.abc import Sequence

from pskg.extract.grammar.numbers import parse_ordinal
from pskg.extract.tables.lines import read_row_number
from pskg.extract.tables.model import (
    Column,
    DataTable,
    Row,
    TableKind,
    find_caption,
    first_cell,
    hull_block,
    read_column,
    sort_table,
)
from pskg.model import Span
from pskg.read import Block, Cell, Table
from pskg.vocabulary import Vocabulary

__all__ = ["read_marked"]


def read_marked(table: Table, above: Sequence[Block], vocabulary: Vocabulary) -> DataTable | None:
    """A marked table as a data table, if one of its first rows holds known headings."""
    for position, row in enumerate(table.rows[:4]):
        columns = _read_header_row(row, vocabulary)
        kind = sort_table(columns)
        if kind is None:
            continue
        below = table.rows[position + 1 : position + 2]
        rows_from = position + 1
        if below:
            # A second header row: years under a spanning heading.
            lower = _read_header_row(below[0], vocabulary)
            if sum(bool(column.holds) for column in lower) >= len(lower) - 1:
                columns = tuple(
                    low if low.holds == "value" or not high.holds else high
                    for high, low in zip(columns, lower, strict=True)
                )
                rows_from += 1
        kind = sort_table(columns) or kind
        rows = _read_rows(kind, columns, table.rows[rows_from:])
        return DataTable(kind, columns, rows, table.span, find_caption(above))
    return None


def _read_header_row(row: Sequence[Cell], vocabulary: Vocabulary) -> tuple[Column, ...]:
    columns = []
    for cell in row:
        span = cell.span if cell else Span(0, 1)
        found = read_column(cell.text, span, vocabulary) if cell else None
        columns.append(found or Column(cell.text, "", span))
    return tuple(columns)


def _read_rows(
    kind: TableKind, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]
) -> tuple[Row, ...]:
    result: list[Row] = []
    group: Block | None = None
    for cells in rows:
        distinct = dict.fromkeys(cell.blocks for cell in cells if cell)
        if not distinct:
            continue
        blocks = [block for cell in distinct for block in cell]
        if len(distinct) == 1 or (
            kind is not TableKind.INDICATORS
            and len(distinct) == 2
            and parse_ordinal(cells[0].text) is not None
            and read_row_number(cells[0].text) is None
        ):
            group = blocks[-1]
            continue
        span = Span(min(b.start for b in blocks), max(b.end for b in blocks))
        cell = first_cell(columns, cells, "domain")
        # A cell that covers the rows below it leaves them blank where spans are lost.
        group = hull_block(cell) if cell else group
        result.append(Row(cells, group, span, first_cell(columns, cells, "no").text))
    return tuple(result)
