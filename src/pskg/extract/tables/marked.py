"""Tables whose rows and cells the source marks (HTML, tabs): taken as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pskg.extract.grammar.numbers import parse_number, parse_ordinal
from pskg.extract.grammar.payers import find_payer
from pskg.extract.tables.lines import NOTE, choose_group, is_group, read_row_number
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

#: Title, unit and the like may stand in this many rows above the headings.
_LATEST_HEADER = 4


def read_marked(
    table: Table,
    above: Sequence[Block],
    vocabulary: Vocabulary,
    before: DataTable | None = None,
) -> DataTable | None:
    """A marked table as a data table, if one of its first rows holds known headings.

    ``before`` is the marked table before it: with the same headings it goes on on this page,
    below the same group.
    """
    for position, row in enumerate(table.rows[:_LATEST_HEADER]):
        columns = _read_header_row(row, vocabulary, by_ending=True)
        columns = _settle_payers(columns, table.rows[position + 1 :], vocabulary)
        kind = sort_table(columns)
        if kind is None:
            continue
        below = table.rows[position + 1 : position + 2]
        rows_from = position + 1
        if below:
            # A second header row: years or payers under a spanning heading.
            lower = _read_header_row(below[0], vocabulary)
            lower = _settle_payers(lower, table.rows[position + 2 :], vocabulary)
            known = sum(bool(column.holds) for column in lower) >= len(lower) - 1
            if known or _goes_on(row, below[0]):
                columns = tuple(
                    low if low.holds in ("value", "payer") or not high.holds else high
                    for high, low in zip(columns, lower, strict=True)
                )
                rows_from += 1
        columns = _settle_names(columns, table.rows[rows_from:])
        kind = sort_table(columns) or kind
        goes_on = before is not None and _headings(before.columns) == _headings(columns)
        group = before.rows[-1].heading if before and goes_on and before.rows else None
        rows, notes = _read_rows(kind, columns, table.rows[rows_from:], group, vocabulary)
        return DataTable(kind, columns, rows, table.span, find_caption(above), notes)
    return None


def _read_header_row(
    row: Sequence[Cell], vocabulary: Vocabulary, *, by_ending: bool = False
) -> tuple[Column, ...]:
    columns = []
    for cell in row:
        span = cell.span if cell else Span(0, 1)
        found = read_column(cell.text, span, vocabulary, by_ending=by_ending) if cell else None
        columns.append(found or Column(cell.text, "", span))
    return tuple(columns)


def _settle_payers(
    columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]], vocabulary: Vocabulary
) -> tuple[Column, ...]:
    """Columns that each hold one payer's share, where there are two of them at least.

    The cells tell shares from sums of money and counts: percentages, parts of a whole, words.
    """
    payers = vocabulary["payers"]
    places = [
        place
        for place, column in enumerate(columns)
        if column.holds in ("", "funding")
        and 0 < len(column.payer) <= _LONGEST_PAYER
        and find_payer(payers, column.payer)
    ]
    if len(places) < _FEWEST_PAYERS or not rows:
        return columns
    shared = sum(_are_shares([row[place].text for place in places]) for row in rows)
    if 2 * shared <= len(rows):
        return columns
    return tuple(
        replace(column, holds="payer") if place in places else column
        for place, column in enumerate(columns)
    )


_FEWEST_PAYERS = 2
_LONGEST_PAYER = 8
_WHOLES = (1, 10, 100)
_SHARE = re.compile(r"\d{1,3}(?:\.\d+)?\s*[%％]|全额|全部|[承负分]担|补[助贴足]|兜底")


def _are_shares(cells: Sequence[str]) -> bool:
    """Whether the cells of a row are shares: said to be, or bare numbers that make a whole."""
    if any(_SHARE.search(cell) for cell in cells):
        return True
    numbers = [value for cell in cells if (value := parse_number(cell)) is not None]
    return len(numbers) > 1 and sum(numbers) in _WHOLES


def _goes_on(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether a row is the second of the headings: one of them covers both rows."""
    pairs = zip(row, below, strict=True)
    return any(high and high.blocks == low.blocks for high, low in pairs)


def _headings(columns: Sequence[Column]) -> list[str]:
    return [column.heading for column in columns]


def _settle_names(
    columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]
) -> tuple[Column, ...]:
    """What the first of several columns of names hold.

    One is a class of services where its cells cover several rows, and the number of each where
    one heading covers both. The outermost class is the field of service.
    """
    named = [place for place, column in enumerate(columns) if column.holds == "name"]
    if len(named) < 2:
        return columns
    first = named[0]
    cells = [row[first] for row in rows if row[first]]
    if cells and all(read_row_number(cell.text) for cell in cells):
        return (*columns[:first], replace(columns[first], holds="no"), *columns[first + 1 :])
    settled = list(columns)
    for place in named[:-1]:
        cells = [row[place] for row in rows if row[place]]
        if len({cell.blocks for cell in cells}) == len(cells) == len(rows):
            break
        classed = any(column.holds == "domain" for column in settled)
        settled[place] = replace(settled[place], holds="" if classed else "domain")
    return tuple(settled)


def _read_rows(
    kind: TableKind,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Cell, ...]],
    group: Block | None,
    vocabulary: Vocabulary,
) -> tuple[tuple[Row, ...], tuple[Block, ...]]:
    """The rows below the headings, and what is none: repeated headings, notes, parts of a group."""
    result: list[Row] = []
    notes: list[Block] = []
    heads: list[Block] = []
    nested = False
    for cells in rows:
        distinct = dict.fromkeys(cell.blocks for cell in cells if cell)
        blocks = [block for cell in distinct for block in cell]
        if not distinct:
            continue
        if [cell.text for cell in cells] == _headings(columns):
            notes += blocks
            continue
        alone = len(distinct) == 1
        if alone and (NOTE.match(blocks[0].text) or _is_torn(cells, blocks, vocabulary)):
            notes += blocks
            continue
        if alone or (
            kind is not TableKind.INDICATORS
            and len(distinct) == 2
            and parse_ordinal(cells[0].text) is not None
            and read_row_number(cells[0].text) is None
        ):
            notes += blocks[:-1]
            heads.append(blocks[-1])
            continue
        if heads:
            nested = nested or len(heads) > 1
            group = choose_group(heads, group, vocabulary, nested=nested)
            notes += [head for head in heads if head is not group]
            heads = []
        span = Span(min(b.start for b in blocks), max(b.end for b in blocks))
        cell = first_cell(columns, cells, "domain")
        # A cell that covers the rows below it leaves them blank where spans are lost.
        group = hull_block(cell) if cell else group
        result.append(Row(cells, group, span, first_cell(columns, cells, "no").text))
    notes += heads
    return tuple(result), tuple(notes)


def _is_torn(cells: Sequence[Cell], blocks: Sequence[Block], vocabulary: Vocabulary) -> bool:
    """Whether the only words of a row are the end of a cell that a new page tore off."""
    inner = not cells[0] and sum(map(bool, cells)) == 1
    return inner and not is_group(blocks[0], vocabulary)
