"""Tables: service lists, divisions of work and indicators, as rows of cells by column.

A web page's table comes in two shapes. Where the source marks rows and cells (HTML, tabs) they
are taken as they are. Where the page was flattened to text, one cell a line and a cell broken
over lines, the table is recovered: the column headings are known by name
(``ontology/vocabularies/columns.ttl``), the rows by their running number or by their figures,
and the lines of a row are dealt out to its columns by what each column can hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from pskg.extract.bodies import looks_like_body
from pskg.extract.figures import read_value
from pskg.extract.numbers import parse_ordinal
from pskg.extract.outline import read_annex_heading
from pskg.extract.periods import read_column_year
from pskg.model import Span
from pskg.read import Block, Cell, Page, Table, hull
from pskg.vocabulary import Vocabulary

__all__ = ["Column", "DataTable", "Row", "TableKind", "recover_tables"]

#: A heading may be broken over this many lines.
_LONGEST_HEADING = 3
#: The run of lines that a row may take before it is no row any more.
_LONGEST_ROW = 40
_GROUP = re.compile(r"[(（]?\s*([一二三四五六七八九十]{1,3})\s*[)）]?\s*[、.．]?\s*(\S.*)", re.DOTALL)
_NOTE = re.compile(r"\s*(?:注|备注|说明)\s*[:：]?")
_OPEN = re.compile(r"[、,，:：(（/和及与]\s*$")
_CONTINUES = re.compile(r"\s*[的、,，)）%％和及与]")
_SENTENCE = re.compile(r"[。;；]\s*$")
_MONEY = re.compile(r"财政|负责|承担|分担|负担|补助|补贴|缴纳|缴费|支付|基金|筹|资金|经费|自付|个人")
#: A paragraph of a target-group cell that names its group: 重点救助对象:…
_NAMED_GROUP = re.compile(r"\S{0,14}(?:对象|人群|人员|家庭|群体|群众)\s*[:：]")


class TableKind(StrEnum):
    """What a table lists."""

    SERVICES = "service-list"
    DIVISION = "division"
    INDICATORS = "indicators"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading as printed and what it holds (the notation of a column concept).

    ``holds`` is ``value`` for a column of figures, whose ``year`` is in the heading, and blank
    where the heading is not known. A value column without a year holds the whole period's sum.
    """

    heading: str
    holds: str
    span: Span
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, one for each column, and the group heading it stands under."""

    cells: tuple[Cell, ...]
    heading: Block | None
    span: Span
    number: str = ""

    @property
    def group(self) -> Block | None:
        """The group heading without its number."""
        return strip_group_number(self.heading) if self.heading else None


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of a known kind. ``caption`` is the line above it, ``notes`` those below."""

    kind: TableKind
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    span: Span
    caption: Block | None = None
    notes: tuple[Block, ...] = ()

    def cell(self, row: Row, *holds: str) -> Cell:
        """The cell of a row in the first column that holds one of these, empty if none does."""
        for wanted in holds:
            for column, cell in zip(self.columns, row.cells, strict=True):
                if column.holds == wanted and cell:
                    return cell
        return Cell(())


def recover_tables(page: Page, vocabulary: Vocabulary) -> tuple[DataTable, ...]:
    """All tables of a page whose column headings are known, in the order of the text."""
    reader = _Reader(vocabulary)
    found = [table for marked in page.tables if (table := reader.read_marked(marked, page.blocks))]
    found += reader.read_flattened(page.blocks)
    return tuple(sorted(found, key=lambda table: table.span))


def _kind_of(columns: Sequence[Column]) -> TableKind | None:
    """What a table with these columns lists; None where they do not make a table of ours."""
    holds = {column.holds for column in columns}
    if "value" in holds and ("indicator" in holds or "name" in holds):
        return TableKind.INDICATORS
    if "name" in holds and len(holds & _SERVICE_COLUMNS) >= 2:
        return TableKind.SERVICES
    if holds & {"task", "name", "content"} and holds & _BODY_COLUMNS:
        return TableKind.DIVISION
    return None


_BODY_COLUMNS = frozenset({"lead", "responsible", "cooperating", "guiding", "unit"})
_SERVICE_COLUMNS = frozenset({"target-groups", "standard", "content", "funding", "lead"})


@dataclass
class _Reader:
    vocabulary: Vocabulary
    _known: dict[str, str] = field(default_factory=dict)

    def read_column(self, heading: str, span: Span) -> Column | None:
        """The column with this heading, if it is known by name or names a year."""
        text = "".join(heading.split())
        if not text or len(text) > 30:
            return None
        bare = re.sub(r"[(（][^()（）]*[)）]", "", text) or text
        for name in (text, bare):
            concept = self.vocabulary["columns"].find(name)
            if concept and not (concept.notation == "growth" and "累计" in text):
                return Column(text, concept.notation, span)
            if concept:
                # The sum over the period: a figure of its last year.
                return Column(text, "value", span, None)
        year = read_column_year(text)
        return Column(text, "value", span, year) if year is not None else None

    # ---- tables that the source marks -------------------------------------------------

    def read_marked(self, table: Table, blocks: Sequence[Block]) -> DataTable | None:
        """A marked table as a data table, if one of its first rows holds known headings."""
        for position, row in enumerate(table.rows[:4]):
            columns = self._read_header_row(row)
            kind = _kind_of(columns)
            if kind is None:
                continue
            below = table.rows[position + 1 : position + 2]
            rows_from = position + 1
            if below:
                # A second header row: years under a spanning heading.
                lower = self._read_header_row(below[0])
                if sum(bool(column.holds) for column in lower) >= len(lower) - 1:
                    columns = tuple(
                        low if low.holds == "value" or not high.holds else high
                        for high, low in zip(columns, lower, strict=True)
                    )
                    rows_from += 1
            kind = _kind_of(columns) or kind
            rows = self._read_rows(kind, columns, table.rows[rows_from:])
            before = [block for block in blocks if block.end <= table.span.start]
            return DataTable(kind, columns, rows, table.span, _caption(before))
        return None

    def _read_header_row(self, row: Sequence[Cell]) -> tuple[Column, ...]:
        columns = []
        for cell in row:
            span = cell.span if cell else Span(0, 1)
            found = self.read_column(cell.text, span) if cell else None
            columns.append(found or Column(cell.text, "", span))
        return tuple(columns)

    def _read_rows(
        self, kind: TableKind, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]
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
                and not parse_number_cell(cells[0].text)
            ):
                group = blocks[-1]
                continue
            span = Span(min(b.start for b in blocks), max(b.end for b in blocks))
            first_domain = next(
                (
                    cell
                    for column, cell in zip(columns, cells, strict=True)
                    if column.holds == "domain" and cell
                ),
                None,
            )
            row_group = hull_block(first_domain) if first_domain else group
            number = next(
                (
                    cell.text
                    for column, cell in zip(columns, cells, strict=True)
                    if column.holds == "no"
                ),
                "",
            )
            result.append(Row(cells, row_group, span, number))
        return tuple(result)

    # ---- tables flattened to one cell a line ------------------------------------------

    def read_flattened(self, blocks: Sequence[Block]) -> list[DataTable]:
        """The tables among blocks of which each is a cell or a part of one."""
        tables: list[DataTable] = []
        position = 0
        while position < len(blocks):
            header = self._read_header(blocks, position)
            if header:
                columns, body = header
                kind = _kind_of(columns)
                read = self._read_figures if kind is TableKind.INDICATORS else self._read_numbered
                rows, end = read(columns, blocks, body)
                if kind and rows:
                    notes = []
                    while end < len(blocks) and _NOTE.match(blocks[end].text):
                        notes.append(blocks[end])
                        end += 1
                    span = Span(blocks[position].start, blocks[end - 1].end)
                    caption = _caption(blocks[max(0, position - 3) : position])
                    tables.append(DataTable(kind, columns, rows, span, caption, tuple(notes)))
                    position = end
                    continue
            position += 1
        return tables

    def _read_header(
        self, blocks: Sequence[Block], position: int
    ) -> tuple[tuple[Column, ...], int] | None:
        """The columns whose headings start at a block, and where the body starts."""
        columns: list[Column] = []
        while position < len(blocks):
            for length in range(min(_LONGEST_HEADING, len(blocks) - position), 0, -1):
                part = blocks[position : position + length]
                column = self.read_column("".join(block.text for block in part), hull(part))
                if column:
                    break
            else:
                break
            columns.append(column)
            position += length
        if len(columns) < 2 or _kind_of(columns) is None:
            return None
        return tuple(columns), position

    def _read_numbered(
        self, columns: tuple[Column, ...], blocks: Sequence[Block], position: int
    ) -> tuple[tuple[Row, ...], int]:
        """Rows that start with a running number, and where the table ends."""
        if columns[0].holds != "no":
            return self._read_unnumbered(columns, blocks, position)
        rest = columns[1:]
        rows: list[Row] = []
        group: Block | None = None
        number = _row_number(blocks[position].text) if position < len(blocks) else None
        if number is None and position + 1 < len(blocks):
            group = blocks[position]
            position += 1
            number = _row_number(blocks[position].text)
        while number is not None:
            start = position
            position += 1
            following = self._find_next(blocks, position, number, len(rest))
            if following is None:
                end = self._row_end(rest, blocks, position)
                cells = self._deal(rest, blocks[position:end])
                rows.append(_row(blocks, start, end, cells, group, number))
                position = end
                break
            end, next_group = following, None
            if end - position > len(rest) and self._is_group(blocks[end - 1]):
                next_group = blocks[end - 1]
            stop = end - 1 if next_group else end
            cells = self._deal(rest, blocks[position:stop])
            rows.append(_row(blocks, start, stop, cells, group, number))
            group = next_group or group
            position = end
            number = _row_number(blocks[position].text)
        return tuple(rows), position

    def _find_next(
        self, blocks: Sequence[Block], position: int, number: int, width: int
    ) -> int | None:
        """Where the row after this one starts: at the next number, or at 1 in a new group.

        A number that jumps ahead by a few counts too: the gap is reported elsewhere.
        """
        restart = None
        for index in range(position + min(2, width), min(len(blocks), position + _LONGEST_ROW)):
            if read_annex_heading(blocks[index]) or _is_heading_pair(blocks, index):
                break
            found = _row_number(blocks[index].text)
            if found is not None and number < found <= number + 3:
                return index
            if found == 1 and restart is None and self._is_group(blocks[index - 1]):
                restart = index
        return restart

    def _is_group(self, block: Block) -> bool:
        """Whether a line between two rows is the heading of a group of rows."""
        if len(block.text) > 30 or _SENTENCE.search(block.text):
            return False
        numbered = re.match(r"\s*[(（]?\s*[一二三四五六七八九十]{1,3}\s*[)）、.．]", block.text)
        return bool(numbered) or self.vocabulary["domains"].find(block.text) is not None

    def _row_end(self, columns: Sequence[Column], blocks: Sequence[Block], position: int) -> int:
        """Where the last row ends: its cells are filled and what follows is no part of it."""
        limit = min(len(blocks), position + _LONGEST_ROW)
        end = position
        bodies_last = columns[-1].holds in _BODY_COLUMNS
        while end < limit:
            text = blocks[end].text
            if read_annex_heading(blocks[end]) or _NOTE.match(text) or self._is_group(blocks[end]):
                break
            filled = end - position >= len(columns)
            open_ = end > position and _OPEN.search(blocks[end - 1].text)
            if filled and not open_ and not (bodies_last and self._is_body(text)):
                break
            end += 1
        return end

    def _read_unnumbered(
        self, columns: tuple[Column, ...], blocks: Sequence[Block], position: int
    ) -> tuple[tuple[Row, ...], int]:
        """Rows without numbers, each of which ends with a list of bodies."""
        rows: list[Row] = []
        group: Block | None = None
        if columns[-1].holds not in _BODY_COLUMNS:
            return (), position
        while position < len(blocks):
            if self._is_group(blocks[position]):
                group = blocks[position]
                position += 1
                continue
            end = position
            limit = min(len(blocks), position + _LONGEST_ROW)
            while end < limit and not (
                end - position >= len(columns) - 1 and self._is_body(blocks[end].text)
            ):
                if read_annex_heading(blocks[end]):
                    return tuple(rows), position
                end += 1
            if end == limit:
                break
            while end + 1 < len(blocks) and (
                _OPEN.search(blocks[end].text) and self._is_body(blocks[end + 1].text)
            ):
                end += 1
            cells = self._deal(columns, blocks[position : end + 1])
            span = Span(blocks[position].start, blocks[end].end)
            rows.append(Row(cells, group, span))
            position = end + 1
        return tuple(rows), position

    def _deal(self, columns: Sequence[Column], blocks: Sequence[Block]) -> tuple[Cell, ...]:
        """Deal the lines of a row out to its columns, in order, at the least cost.

        The cost says how ill a line suits a column and how odd it is that a cell goes on or is
        empty; the cheapest of all ways is taken (dynamic programming, lines times columns).
        """
        if not blocks:
            return tuple(Cell(()) for _ in columns)
        infinite = float("inf")
        width = len(columns)
        # best[c]: the cost of the lines so far, the last of them in column c.
        best = [infinite] * width
        steps: list[list[int]] = []
        for index, block in enumerate(blocks):
            scores = [self._misfit(block, column) for column in columns]
            now = [infinite] * width
            step = [0] * width
            for column in range(width):
                if index == 0:
                    now[column], step[column] = _EMPTY_CELL * column + scores[column], -1
                    continue
                for before in range(column + 1):
                    cost = best[before] + scores[column]
                    if before == column:
                        cost += self._cost_of_going_on(blocks[index - 1], block, columns[column])
                    else:
                        cost += _EMPTY_CELL * (column - before - 1)
                        cost += _cost_of_breaking_off(blocks[index - 1])
                    if cost < now[column]:
                        now[column], step[column] = cost, before
            best = now
            steps.append(step)
        column = min(range(width), key=lambda c: best[c] + _EMPTY_CELL * (width - 1 - c))
        places = []
        for index in range(len(blocks) - 1, -1, -1):
            places.append(column)
            column = steps[index][column]
        places.reverse()
        return tuple(
            Cell(tuple(b for b, place in zip(blocks, places, strict=True) if place == c))
            for c in range(width)
        )

    def _misfit(self, block: Block, column: Column) -> float:
        """How ill a line suits a column."""
        text = block.text
        ends_sentence = bool(_SENTENCE.search(text))
        body = self._is_body(text)
        if column.holds in _BODY_COLUMNS:
            return 0.0 if body else 4.0
        cost = 3.0 if body else 0.0
        if column.holds == "funding":
            return cost + (0.0 if _MONEY.search(text) else 3.0) + (0.0 if ends_sentence else 0.5)
        if column.holds in ("standard", "content"):
            return cost + (0.0 if ends_sentence else 1.0) + (2.0 if _NAMED_GROUP.match(text) else 0)
        if column.holds == "target-groups":
            return cost + (1.5 if ends_sentence and not _NAMED_GROUP.match(text) else 0.0)
        if column.holds == "name":
            return cost + (2.0 if ends_sentence else 0.0) + (1.0 if len(text) > 60 else 0.0)
        return cost

    def _cost_of_going_on(self, before: Block, block: Block, column: Column) -> float:
        """How odd it is that a cell goes on in another line."""
        if _OPEN.search(before.text) or _CONTINUES.match(block.text):
            return 0.0
        if column.holds in ("standard", "content", "target-groups", "funding"):
            return 0.8
        return 1.5

    def _is_body(self, text: str) -> bool:
        return _is_body(text, self.vocabulary)

    # ---- indicators -------------------------------------------------------------------

    def _read_figures(
        self, columns: tuple[Column, ...], blocks: Sequence[Block], position: int
    ) -> tuple[tuple[Row, ...], int]:
        """Rows of a name (and a unit) followed by as many figures as there are columns of them."""
        rows: list[Row] = []
        group: Block | None = None
        before = [c.holds for c in columns].index("value")
        values = sum(column.holds == "value" for column in columns)
        after = len(columns) - before - values
        has_unit = any(column.holds == "unit" for column in columns[:before])
        numbered = columns[0].holds == "no"
        while position < len(blocks):
            end = position
            while end < len(blocks) and end - position < 8 and not self._is_value(blocks[end].text):
                if _NOTE.match(blocks[end].text) or read_annex_heading(blocks[end]):
                    break
                end += 1
            names = list(blocks[position:end])
            if numbered and len(names) == 0 and end < len(blocks):
                # The running number looks like a figure: the name is behind it.
                number = blocks[end]
                start = end
                end += 1
                while end < len(blocks) and end - start < 8 and not self._is_value(blocks[end].text):
                    end += 1
                names = list(blocks[start + 1 : end])
                del number
            figures = blocks[end : end + values]
            whole = len(figures) == values and all(self._is_value(b.text) for b in figures)
            if not names or not whole or any(_is_paragraph(block) for block in names):
                break
            unit = names.pop() if has_unit and len(names) > 1 else None
            head, names = self._split_group(names)
            group = head or group
            position = end + values
            rest = []
            while len(rest) < after and position < len(blocks) and len(blocks[position].text) < 8:
                rest.append(Cell((blocks[position],)))
                position += 1
            name = Cell(tuple(names))
            cells = []
            for column in columns[:before]:
                if column.holds in ("indicator", "name"):
                    cells.append(name)
                elif column.holds == "unit" and unit:
                    cells.append(Cell((unit,)))
                else:
                    cells.append(Cell(()))
            cells += [Cell((block,)) for block in figures]
            cells += rest + [Cell(())] * (after - len(rest))
            span = Span(name.span.start, blocks[position - 1].end)
            rows.append(Row(tuple(cells), group, span))
        return tuple(rows), position

    def _split_group(self, names: list[Block]) -> tuple[Block | None, list[Block]]:
        """Tell the heading of a group from the name of its first indicator.

        A name broken over lines is one name: its second line goes on in the middle of a phrase,
        or the first has an open bracket.
        """
        if len(names) < 2:
            return None, names
        first, second = names[0], names[1]
        known = self.vocabulary["domains"].find(strip_group_number(first).text)
        if known:
            return first, names[1:]
        opened = sum(map(first.text.count, "(（")) > sum(map(first.text.count, ")）"))
        if opened or _CONTINUES.match(second.text) or _OPEN.search(first.text):
            return None, names
        if re.search(r"[)）]\s*$", first.text) or len(first.text) > 16:
            return None, names
        return first, names[1:]

    def _is_value(self, text: str) -> bool:
        return bool(re.fullmatch(r"[-—–－/]+|…+", text.strip())) or (
            len(text) <= 24 and read_value(text) is not None
        )


#: What an empty cell costs.
_EMPTY_CELL = 3.5


def _cost_of_breaking_off(before: Block) -> float:
    """How odd it is that a cell ends here."""
    return 3.0 if _OPEN.search(before.text) else 0.0


@lru_cache(maxsize=4096)
def _is_body(text: str, vocabulary: Vocabulary) -> bool:
    return len(text) <= 80 and looks_like_body(text, vocabulary)


def _row(
    blocks: Sequence[Block],
    start: int,
    end: int,
    cells: tuple[Cell, ...],
    group: Block | None,
    number: int,
) -> Row:
    span = Span(blocks[start].start, blocks[end - 1].end)
    return Row((Cell((blocks[start],)), *cells), group, span, str(number))


def _row_number(text: str) -> int | None:
    """A line that holds a running number and nothing else: ``12``, ``12.``, ``(12)``."""
    found = re.fullmatch(r"[(（]?\s*(\d{1,3})\s*[)）.．、]?", text.strip())
    return int(found.group(1)) if found else None


def parse_number_cell(text: str) -> bool:
    """Whether a cell of a number column holds an Arabic number."""
    return _row_number(text) is not None


def _is_heading_pair(blocks: Sequence[Block], index: int) -> bool:
    """Two numbered headings on end: the running text has begun again."""
    style = re.compile(r"[一二三四五六七八九十]{1,3}\s*、")
    return bool(
        style.match(blocks[index].text)
        and index + 1 < len(blocks)
        and (style.match(blocks[index + 1].text) or _is_paragraph(blocks[index + 1]))
    )


def _is_paragraph(block: Block) -> bool:
    return len(block.text) > 120 or (len(block.text) > 40 and "。" in block.text)


def strip_group_number(block: Block) -> Block:
    """The heading of a group without its number.

    >>> strip_group_number(Block("八、公共安全", Span(4, 10)))
    Block(text='公共安全', span=Span(start=6, end=10))
    """
    found = re.match(r"\s*[(（]?\s*[一二三四五六七八九十]{1,3}\s*(?:[)）][、.．]?|[、.．])\s*", block.text)
    return block.part(found.end(), len(block.text)) if found and found.end() < len(block.text) else block


def hull_block(cell: Cell) -> Block:
    """A cell as one block, its words joined."""
    return Block(cell.text, cell.span)


def _caption(before: Sequence[Block]) -> Block | None:
    """The line above a table that names it, if there is one close by."""
    for block in reversed(before[-2:]):
        if len(block.text) <= 60 and not _SENTENCE.search(block.text):
            return block
    return None
