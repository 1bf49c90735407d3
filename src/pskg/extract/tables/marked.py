"""Tables whose rows and cells the source marks (HTML, tabs): taken as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pskg.extract.grammar.numbers import parse_number, parse_ordinal
from pskg.extract.grammar.payers import find_payer, name_payers
from pskg.extract.tables.lines import (
    NOTE,
    SUM,
    choose_group,
    follows_number,
    is_group,
    is_value,
    read_row_number,
)
from pskg.extract.tables.model import (
    WORK_COLUMNS,
    Column,
    DataTable,
    Row,
    TableKind,
    find_caption,
    first_cell,
    hull_block,
    read_column,
    sort_table,
    tell_duties,
    tell_goals,
)
from pskg.model import Span
from pskg.read import Block, Cell, Table
from pskg.vocabulary import Vocabulary

__all__ = ["continue_marked", "read_marked"]

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
        columns = tell_duties(columns)
        kind = sort_table(columns)
        if kind is None:
            continue
        below = table.rows[position + 1 : position + 2]
        rows_from = position + 1
        if below:
            # A second header row: years, payers or kinds of bodies under a spanning heading.
            lower = _read_header_row(below[0], vocabulary)
            lower = _settle_payers(lower, table.rows[position + 2 :], vocabulary)
            known = sum(bool(column.holds) for column in lower) >= len(lower) - 1
            if known or _goes_on(row, below[0]):
                columns = _join_headings(columns, lower)
                rows_from += 1
        headers = table.rows[position:rows_from]
        rows, repeated = _part_repeated(table.rows[rows_from:], headers)
        columns = _settle_names(_settle_number(columns, rows), rows)
        kind, columns = _settle_goals(sort_table(columns) or kind, columns, rows)
        if kind is TableKind.DIVISION:
            columns = _settle_works(columns, rows)
        goes_on = before is not None and _headings(before.columns) == _headings(columns)
        group = before.rows[-1].heading if before and goes_on and before.rows else None
        read, notes = _read_rows(kind, columns, rows, group, vocabulary)
        notes += tuple(dict.fromkeys(b for row in repeated for cell in row for b in cell.blocks))
        titles = [block for row in table.rows[:position] for block in _only_cell(row).blocks]
        caption = find_caption(titles) or find_caption(above)
        return DataTable(kind, columns, read, table.span, caption, notes)
    return None


def continue_marked(table: Table, before: DataTable, vocabulary: Vocabulary) -> DataTable | None:
    """A marked table without headings that goes on with the rows of the one before it.

    So it does on a new page: it is as wide, and its first number follows the last.
    """
    rows = [row for row in table.rows if not _only_cell(row)]
    if not rows or not before.rows or len(rows[0]) != len(before.columns):
        return None
    number = read_row_number(first_cell(before.columns, rows[0], "no").text)
    last = read_row_number(before.rows[-1].number)
    if not number or not last or not follows_number(number, last):
        return None
    group = before.rows[-1].heading
    read, notes = _read_rows(before.kind, before.columns, table.rows, group, vocabulary)
    return DataTable(before.kind, before.columns, read, table.span, before.caption, notes)


def _join_headings(high: Sequence[Column], low: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of two header rows: the lower where it says more than the one above it.

    So it does where that is not known, or where it covers several columns: 责任单位 above 牵头 and
    配合.
    """
    wide = {span for span, times in Counter(column.span for column in high).items() if times > 1}
    return tuple(
        lower
        if lower.holds in ("value", "payer")
        or not upper.holds
        or (lower.holds and upper.span in wide)
        else upper
        for upper, lower in zip(high, low, strict=True)
    )


def _part_repeated(
    rows: Sequence[tuple[Cell, ...]], headers: Sequence[tuple[Cell, ...]]
) -> tuple[list[tuple[Cell, ...]], list[tuple[Cell, ...]]]:
    """The rows, and apart from them those that repeat the headings, as on a new page."""
    texts = [[cell.text for cell in header] for header in headers]
    parted: tuple[list[tuple[Cell, ...]], list[tuple[Cell, ...]]] = ([], [])
    for row in rows:
        parted[[cell.text for cell in row] in texts].append(row)
    return parted


def _only_cell(row: Sequence[Cell]) -> Cell:
    """The cell that covers a whole row; an empty one if there are several."""
    distinct = list(dict.fromkeys(cell for cell in row if cell))
    return distinct[0] if len(distinct) == 1 else Cell(())


def _settle_number(
    columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]
) -> tuple[Column, ...]:
    """The first column as that of numbers where it has no heading and holds nothing else."""
    if columns[0].heading or any(column.holds == "no" for column in columns):
        return columns
    cells = [row[0] for row in rows if row[0] and not _only_cell(row)]
    if not cells or not all(read_row_number(cell.text) for cell in cells):
        return columns
    return (replace(columns[0], holds="no"), *columns[1:])


def _settle_goals(
    kind: TableKind, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]
) -> tuple[TableKind, tuple[Column, ...]]:
    """The kind of a table and its columns where goals may be sentences: 年度目标 of a work.

    Figures make it one of indicators; where there are none, its goals say what is to be done.
    """
    told = tell_goals(columns)
    places = [place for place, column in enumerate(columns) if column.holds == "value"]
    cells = [row[place] for row in rows if not _only_cell(row) for place in places if row[place]]
    figures = sum(is_value(cell.text) for cell in cells)
    if told is None or 2 * figures >= len(cells):
        return kind, columns
    return TableKind.DIVISION, told


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

    Whose power something is says who pays (省级财政事权, 省与市县共同财政事权). The cells tell
    shares from sums of money and counts: percentages, parts of a whole, words, ticks.
    """
    payers = vocabulary["payers"]
    places = [
        place
        for place, column in enumerate(columns)
        if (column.holds in ("", "funding") or _POWER.search(column.heading))
        and 0 < len(column.payer) <= _LONGEST_PAYER
        and all(find_payer(payers, one) for one in name_payers(column.payer, column.payer) or [""])
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
#: A column of whose power things are, which without the mark of one would be of their names.
_POWER = re.compile("事权(?:[和与及、]支出责任)?(?:事项)?$")
_WHOLES = (1, 10, 100)
_SHARE = re.compile(r"\d{1,3}(?:\.\d+)?\s*[%％]|全额|全部|[承负分]担|补[助贴足]|兜底|[√✓✔]")


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


def _settle_works(
    columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]
) -> tuple[Column, ...]:
    """The columns of a table of work, the first of several that tell of it as a class of works.

    It is one where a cell of it covers rows that are each numbered.
    """
    works = [place for place, column in enumerate(columns) if column.holds in WORK_COLUMNS]
    numbers = [place for place, column in enumerate(columns) if column.holds == "no"]
    if len(works) < 2 or not numbers:
        return columns
    first = works[0]
    covers = any(
        above[first]
        and above[first].blocks == below[first].blocks
        and above[numbers[0]].blocks != below[numbers[0]].blocks
        for above, below in pairwise(rows)
        if len(set(above)) > 1 and len(set(below)) > 1
    )
    if not covers:
        return columns
    classed = any(column.holds == "domain" for column in columns)
    settled = replace(columns[first], holds="" if classed else "domain")
    return (*columns[:first], settled, *columns[first + 1 :])


def _read_rows(
    kind: TableKind,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Cell, ...]],
    group: Block | None,
    vocabulary: Vocabulary,
) -> tuple[tuple[Row, ...], tuple[Block, ...]]:
    """The rows below the headings, and what is none: notes and parts of a group."""
    result: list[Row] = []
    notes: list[Block] = []
    heads: list[Block] = []
    nested = False
    for place, cells in enumerate(rows):
        distinct = dict.fromkeys(cell.blocks for cell in cells if cell)
        blocks = [block for cell in distinct for block in cell]
        if not distinct:
            continue
        if kind is not TableKind.INDICATORS and SUM.fullmatch(blocks[0].text):
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
        span = _span_of(kind, cells, rows[max(0, place - 1) : place], rows[place + 1 : place + 2])
        cell = first_cell(columns, cells, "domain")
        # A cell that covers the rows below it leaves them blank where spans are lost.
        group = hull_block(cell) if cell else group
        result.append(Row(cells, group, span, first_cell(columns, cells, "no").text))
    notes += heads
    return tuple(result), tuple(notes)


def _span_of(kind: TableKind, cells: Sequence[Cell], *beside: Sequence[Sequence[Cell]]) -> Span:
    """The stretch of a row: in a table of work without the cells it shares with those beside it."""
    filled = [cell for cell in cells if cell]
    shared = {cell for rows in beside for row in rows for cell in row}
    own = [cell for cell in filled if cell not in shared] if kind is TableKind.DIVISION else []
    spans = [cell.span for cell in own or filled]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _is_torn(cells: Sequence[Cell], blocks: Sequence[Block], vocabulary: Vocabulary) -> bool:
    """Whether the only words of a row are the end of a cell that a new page tore off."""
    inner = not cells[0] and sum(map(bool, cells)) == 1
    return inner and not is_group(blocks[0], vocabulary)
