"""Tables: service lists, divisions of work and indicators, as rows of cells by column.

A web page's table comes in two shapes. Where the source marks rows and cells (HTML, tabs) they
are taken as they are. Where the page was flattened to text, one cell a line and a cell broken
over lines, the table is recovered: the column headings are known by name
(``ontology/vocabularies/columns.ttl``), the rows by their running number or by their figures,
and the lines of a row are dealt out to its columns by what each column can hold.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
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

__all__ = ["Column", "DataTable", "Row", "TableKind", "recover_tables", "split_number"]

_FEWEST_COLUMNS, _MOST_COLUMNS = 2, 16
#: A heading may be broken over this many lines.
_LONGEST_HEADING = 3
#: The run of lines that a row may take before it is no row any more.
_LONGEST_ROW = 60
#: The lines that are looked at for rows without numbers, behind one heading.
_LONGEST_TABLE = 4000
_LONGEST_GROUP = 30
#: How many group headings may stand above one row: the field of service and a part of it.
_MOST_GROUPS = 3
_HAN_NUMBER = re.compile(r"\s*[(（]?\s*[一二三四五六七八九十]{1,3}\s*(?:[)）][、.．]?|[、.．])\s*")
_POINT_NUMBER = re.compile(r"\s*(?:[(（]\s*\d{1,3}\s*[)）]|\d{1,3}\s*[、.．](?!\d))\s*(?=\S)")
#: A running number alone in its line: ``12``, ``12.``, ``(12)``, ``1-2``.
_ROW_NUMBER = re.compile(r"[(（]?\s*(\d{1,3})\s*(?:[-—－.．]\s*(\d{1,3})\s*)?[)）]?\s*[.．、]?")
#: How far a running number may jump ahead: the gap is reported elsewhere.
_LONGEST_JUMP = 3
#: A line that names its cell: ``服务对象：…``, ``【服务标准】…``.
_LABELLED = re.compile(
    r"[\s•·]*(?:[(（]?\d{1,2}[)）.．、]\s*)?"
    r"(?:[【\[]\s*(?P<framed>[^\s【】\[\]:：]{2,12})\s*[】\]]\s*[:：]?|(?P<plain>[^\s:：]{2,12})\s*[:：])\s*"
)
_NUMBERED = re.compile(r"\s*(?:[(（]\s*)?(?:\d|[一二三四五六七八九十]{1,3}\s*[)）、.．])")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}\s*、")
#: How many lines apart two cells of one labelled entry may start.
_LONGEST_CELL = 30
#: A line of a cell in a table whose rows have no numbers is no longer than this.
_LONGEST_CELL_LINE = 600
_MOST_NAME_LINES = 8
_NAMES = frozenset({"name", "task", "content"})
_TIME = re.compile(r"\d{4}|[年月季]|持续|长期|常年|全年|立即|按时|日前|底前")
_ATTRIBUTE = re.compile(r"\S{1,4}性")
_NOTE = re.compile(r"\s*(?:注|备注|说明)\s*[:：]?")
_OPEN = re.compile(r"[、,，:：(（/和及与]\s*$")
_CONTINUES = re.compile(r"\s*[的、,，)）%％和及与]")
_SENTENCE = re.compile(r"[。;；]\s*$")
_MONEY = re.compile(
    r"财政|负责|承担|分担|负担|补助|补贴|缴纳|缴费|支付|基金|筹|资金|经费|自付|个人"
)
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
    where the heading is not known. A value column without a year holds the whole period's
    sum (累计), or is said to be the baseline or the goal.
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
    """A table of a known kind. ``caption`` is the line above it.

    ``notes`` are its words outside of cells: the notes below it, the headings of parts of a
    group, column headings repeated on a new page, labels and numbers that open a cell.
    """

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
    starts = [block.start for block in page.blocks]
    found: list[DataTable] = []
    for marked in page.tables:
        position = bisect_right(starts, marked.span.start)
        table = reader.read_marked(marked, page.blocks[max(0, position - 3) : position])
        if table:
            found.append(table)
    for stretch in _stretches(page):
        found += reader.read_flattened(stretch)
    found += reader.read_labelled(page.blocks, [table.span for table in found])
    return tuple(sorted(map(_number_indicators, found), key=lambda table: table.span))


def _stretches(page: Page) -> Iterator[tuple[Block, ...]]:
    """The blocks between marked tables: no flattened table goes on behind one of these."""
    starts = [block.start for block in page.blocks]
    before = 0
    for table in sorted(page.tables, key=lambda table: table.span):
        here = bisect_right(starts, table.span.start)
        yield page.blocks[before:here]
        before = here
    yield page.blocks[before:]


def _kind_of(columns: Sequence[Column]) -> TableKind | None:
    """What a table with these columns lists; None where they do not make a table of ours."""
    if len(columns) < _FEWEST_COLUMNS:
        return None
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


@dataclass(slots=True)
class _Entry:
    """An entry of a list whose cells are labelled: where it starts and its cells by column."""

    first: int
    name: Block
    last: int = 0
    cells: dict[str, tuple[Column, list[Block]]] = field(default_factory=dict)
    labels: list[Block] = field(default_factory=list)
    holds: str = ""

    def __post_init__(self) -> None:
        self.last = self.first

    def add(self, column: Column, cell: Block | None, between: Sequence[Block]) -> None:
        """Add a cell; the paragraphs ``between`` go on with the cell before it."""
        self.go_on(between)
        self.holds = column.holds
        self.cells[column.holds] = (column, [cell] if cell else [])

    def go_on(self, lines: Sequence[Block]) -> None:
        """Add lines to the last cell."""
        if self.holds:
            self.cells[self.holds][1].extend(lines)
            self.last += len(lines)

    def is_service(self) -> bool:
        """Whether this is a service: a short name, and two cells or more of a service list."""
        plain = len(self.name.text) <= _LONGEST_GROUP * 2 and not _SENTENCE.search(self.name.text)
        return plain and len(self.cells.keys() & _SERVICE_COLUMNS) >= 2


@dataclass(frozen=True, slots=True)
class _Reader:
    vocabulary: Vocabulary

    def read_column(self, heading: str, span: Span) -> Column | None:
        """The column with this heading, if it is known by name or names a year."""
        text = "".join(heading.split())
        if not text or len(text) > 30:
            return None
        bare = re.sub(r"[(（][^()（）]*[)）]", "", text) or text
        for name in (text, bare):
            concept = self.vocabulary["columns"].find(name)
            summed = concept and concept.notation == "growth" and "累计" in text
            if concept and (summed or concept.notation in ("baseline", "goal")):
                return Column(text, "value", span, None)
            if concept:
                return Column(text, concept.notation, span)
        year = read_column_year(text)
        return Column(text, "value", span, year) if year is not None else None

    # ---- tables that the source marks -------------------------------------------------

    def read_marked(self, table: Table, above: Sequence[Block]) -> DataTable | None:
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
            return DataTable(kind, columns, rows, table.span, _caption(above))
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
            cell = _first_cell(columns, cells, "domain")
            # A cell that covers the rows below it leaves them blank where spans are lost.
            group = hull_block(cell) if cell else group
            result.append(Row(cells, group, span, _first_cell(columns, cells, "no").text))
        return tuple(result)

    # ---- tables flattened to one cell a line ------------------------------------------

    def read_flattened(self, blocks: Sequence[Block]) -> list[DataTable]:
        """The tables among blocks of which each is a cell or a part of one."""
        tables: list[DataTable] = []
        position = 0
        while position < len(blocks):
            columns, body = self._read_header(blocks, position)
            kind = _kind_of(columns)
            if kind:
                read = self._read_figures if kind is TableKind.INDICATORS else self._read_numbered
                rows, end = read(columns, blocks, body)
                if rows:
                    notes = _find_leftovers(blocks[body:end], rows)
                    while end < len(blocks) and _NOTE.match(blocks[end].text):
                        notes.append(blocks[end])
                        end += 1
                    span = Span(columns[0].span.start, blocks[end - 1].end)
                    above = [b for b in blocks[max(0, position - 3) : body] if b.end <= span.start]
                    caption = _caption(above)
                    tables.append(DataTable(kind, columns, rows, span, caption, tuple(notes)))
                    body = end
            # The headings of a table that is none, or of none of ours, are not tried one by one.
            position = max(position + 1, body)
        return tables

    def _read_header(
        self, blocks: Sequence[Block], position: int
    ) -> tuple[tuple[Column, ...], int]:
        """The columns whose headings start at a block, if any, and where the body starts."""
        columns: list[Column] = []
        while position < len(blocks) and len(columns) < _MOST_COLUMNS:
            for length in range(min(_LONGEST_HEADING, len(blocks) - position), 0, -1):
                part = blocks[position : position + length]
                if any(_NUMBERED.match(block.text) for block in part[1:]):
                    # The first row or group: no part of the heading before it.
                    continue
                column = self.read_column("".join(block.text for block in part), hull(part))
                if column:
                    break
            else:
                break
            columns.append(column)
            position += length
        # A caption may read like a heading (重点任务); the number's column is the first.
        first = next((i for i, column in enumerate(columns) if column.holds == "no"), 0)
        while first + 1 < len(columns) and columns[first].holds == "indicator":
            if columns[first + 1].holds != "indicator":
                break
            first += 1
        return tuple(columns[first:]), position

    def _read_numbered(
        self, columns: tuple[Column, ...], blocks: Sequence[Block], position: int
    ) -> tuple[tuple[Row, ...], int]:
        """Rows that start with a running number, and where the table ends."""
        if columns[0].holds != "no":
            return self._read_unnumbered(columns, blocks, position)
        rest = columns[1:]
        headings = {column.heading for column in columns}
        rows: list[Row] = []
        start = position
        while start < len(blocks) and start - position < _MOST_GROUPS:
            if _row_number(blocks[start].text):
                break
            start += 1
        group = self._choose_group(blocks[position:start], None)
        number = _row_number(blocks[start].text) if start < len(blocks) else None
        while number:
            position = start + 1
            following = self._find_next(blocks, position, number, len(rest))
            if following is None:
                end = self._row_end(rest, blocks, position)
                rows.append(_row(blocks, start, end, self._deal(rest, blocks[position:end]), group))
                return tuple(rows), end
            end = self._peel_groups(columns, blocks, position, following)
            rows.append(_row(blocks, start, end, self._deal(rest, blocks[position:end]), group))
            heads = [b for b in blocks[end:following] if "".join(b.text.split()) not in headings]
            group = self._choose_group(heads, group)
            start = following
            number = _row_number(blocks[start].text)
        return tuple(rows), start

    def _find_next(
        self, blocks: Sequence[Block], position: int, number: tuple[int, ...], width: int
    ) -> int | None:
        """Where the row after this one starts: at the next number, or at 1 in a new group."""
        for index in range(position + min(2, width), min(len(blocks), position + _LONGEST_ROW)):
            if read_annex_heading(blocks[index]) or _is_heading_pair(blocks, index):
                return None
            found = _row_number(blocks[index].text)
            if found and _follows(found, number):
                return index
            if found and found[-1] == 1 and self._is_group(blocks[index - 1]):
                return index
        return None

    def _peel_groups(
        self, columns: Sequence[Column], blocks: Sequence[Block], start: int, following: int
    ) -> int:
        """Where a row ends that the headings of a group, or the table's own, part from the next.

        Where the last column holds bodies, a short line below them that is no body is a heading.
        """
        headings = {column.heading for column in columns}
        fewest = start + len(columns) - 1
        end = following
        while end > fewest and following - end < _MOST_GROUPS + len(columns):
            last, before = blocks[end - 1], blocks[end - 2]
            below_bodies = (
                columns[-1].holds in _BODY_COLUMNS
                and len(last.text) <= _LONGEST_GROUP
                and not _SENTENCE.search(last.text)
                and not self._is_body(last.text)
                and self._is_body(before.text)
                and not _OPEN.search(before.text)
            )
            repeated = "".join(last.text.split()) in headings
            if not (repeated or below_bodies or self._is_group(last) or _is_headline(last)):
                break
            end -= 1
        return end

    def _choose_group(self, heads: Sequence[Block], group: Block | None) -> Block | None:
        """The heading that the next rows stand under: of several the outermost.

        A part of a field of service (1.优孕优生服务 under 一、幼有所育) leaves the field in place.
        """
        for head in heads:
            if self._is_group(head):
                return head
        if not heads or (group and self._is_group(group) and _is_headline(heads[-1])):
            return group
        return heads[-1]

    def _is_group(self, block: Block) -> bool:
        """Whether a line between two rows is the heading of a group of rows."""
        if len(block.text) > _LONGEST_GROUP or _SENTENCE.search(block.text):
            return False
        if _HAN_NUMBER.match(block.text):
            return True
        return self.vocabulary["domains"].find(block.text) is not None

    def _row_end(self, columns: Sequence[Column], blocks: Sequence[Block], position: int) -> int:
        """Where the last row ends: its cells are filled and what follows is no part of it."""
        limit = min(len(blocks), position + _LONGEST_ROW)
        end = position
        bodies_last = columns[-1].holds in _BODY_COLUMNS
        filled_to = None
        while end < limit:
            text = blocks[end].text
            if _ends_rows(blocks[end]):
                break
            if end - position >= len(columns):
                if self._is_group(blocks[end]):
                    break
                body = bodies_last and self._is_body(text)
                if not body and not _OPEN.search(blocks[end - 1].text):
                    filled_to = filled_to or end
                    # A cell broken over lines moves the last one down: the bodies tell its end.
                    if not bodies_last or self._is_body(blocks[end - 1].text):
                        return end
            end += 1
        if bodies_last and end > position and self._is_body(blocks[end - 1].text):
            return end
        return filled_to or end

    def _read_unnumbered(
        self, columns: tuple[Column, ...], blocks: Sequence[Block], position: int
    ) -> tuple[tuple[Row, ...], int]:
        """Rows without numbers: the lines are dealt out to the columns again and again."""
        rows: list[Row] = []
        group: Block | None = None
        limit = self._table_end(columns, blocks, position)
        while position < limit:
            if self._is_group(blocks[position]) and columns[0].holds != "domain":
                group = self._choose_group(blocks[position : position + 1], group)
                position += 1
                continue
            end = position + 1
            while end < limit and not (
                _HAN_NUMBER.match(blocks[end].text) and self._is_group(blocks[end])
            ):
                end += 1
            dealt = self._deal_rows(columns, blocks[position:end])
            whole = [cells for cells in dealt if self._is_whole(columns, cells)]
            for cells in whole:
                domain = _first_cell(columns, cells, "domain")
                group = hull_block(domain) if domain else group
                filled = [cell.span for cell in cells if cell]
                rows.append(Row(cells, group, filled[0].to(filled[-1])))
            if len(whole) < len(dealt):
                break
            position = end
        if not rows:
            return (), position
        last = rows[-1].span.end
        while position > 0 and blocks[position - 1].start >= last:
            position -= 1
        while position < limit and blocks[position].end <= last:
            position += 1
        return tuple(rows), position

    def _table_end(self, columns: Sequence[Column], blocks: Sequence[Block], position: int) -> int:
        """The line that can no longer belong to a table whose rows have no numbers."""
        limit = min(len(blocks), position + _LONGEST_TABLE)
        for index in range(position, limit):
            text = blocks[index].text
            if (
                _ends_rows(blocks[index])
                or _is_heading_pair(blocks, index)
                or "".join(text.split()) == columns[0].heading
            ):
                return index
        return limit

    def _is_whole(self, columns: Sequence[Column], cells: Sequence[Cell]) -> bool:
        """Whether a row has its first cell and at least one column of bodies rightly filled."""
        pairs = [(column.holds, cell) for column, cell in zip(columns, cells, strict=True) if cell]
        bodies = [block for holds, cell in pairs if holds in _BODY_COLUMNS for block in cell.blocks]
        wants_bodies = any(column.holds in _BODY_COLUMNS for column in columns)
        return (
            any(holds in _NAMES for holds, _ in pairs)
            and bool(bodies) == wants_bodies
            and all(self._is_body(block.text) for block in bodies)
            and all(len(b.text) <= _LONGEST_CELL_LINE for _, cell in pairs for b in cell.blocks)
        )

    # ---- cells that are named one by one ----------------------------------------------

    def read_labelled(self, blocks: Sequence[Block], taken: Sequence[Span]) -> Iterator[DataTable]:
        """Service lists whose cells are paragraphs that open with the name of their column.

        ``(1)预防接种`` / ``服务对象：儿童。`` / ``服务标准：免费。`` / ``牵头负责单位：卫健委。``
        """
        entries: list[_Entry] = []
        spans = iter(sorted(taken))
        span = next(spans, None)
        entry: _Entry | None = None
        for index, block in enumerate(blocks):
            while span and span.end <= block.start:
                span = next(spans, None)
            label = None if span and span.covers(block.span) else self._read_label(block)
            if label is None:
                continue
            column, rest, label_block = label
            if entry is None or column.holds in entry.cells or index - entry.last > _LONGEST_CELL:
                name = rest if column.holds == "name" else None
                first = index
                if name is None and index:
                    first, name = index - 1, blocks[index - 1]
                if name is None:
                    entry = None
                    continue
                entry = _Entry(first, name)
                entries.append(entry)
            if column.holds != "name":
                entry.add(column, rest, blocks[entry.last + 1 : index])
            entry.last = index
            entry.labels.append(label_block)
        services = [entry for entry in entries if entry.is_service()]
        for one in services:
            # The last cell may be broken over lines, as any other.
            end = one.last + 1
            while end < len(blocks) and _OPEN.search(blocks[end - 1].text):
                end += 1
            one.go_on(blocks[one.last + 1 : end])
        return self._join_entries(services, blocks)

    def _read_label(self, block: Block) -> tuple[Column, Block | None, Block] | None:
        """The column that a line names, the words of its cell in this line, and the label."""
        found = _LABELLED.match(block.text)
        if not found:
            return None
        group = "framed" if found.group("framed") else "plain"
        span = Span(block.start + found.start(group), block.start + found.end(group))
        concept = self.vocabulary["columns"].find(found.group(group))
        if concept is None or concept.notation not in _SERVICE_COLUMNS | {"name", "responsible"}:
            return None
        rest = block.text[found.end() :].strip()
        cell = block.part(found.end(), len(block.text)) if rest else None
        column = Column(found.group(group), concept.notation, span)
        return column, cell, block.part(0, found.end())

    def _join_entries(
        self, entries: Sequence[_Entry], blocks: Sequence[Block]
    ) -> Iterator[DataTable]:
        """Make one table of the entries that follow each other, group headings between them."""
        run: list[_Entry] = []
        for entry in (*entries, None):
            if run and (entry is None or entry.first - run[-1].last > _MOST_GROUPS + 1):
                yield self._table_of(run, blocks)
                run = []
            if entry:
                run.append(entry)

    def _table_of(self, entries: Sequence[_Entry], blocks: Sequence[Block]) -> DataTable:
        columns = {"name": Column("", "name", entries[0].name.span)}
        for entry in entries:
            for column, _ in entry.cells.values():
                columns.setdefault(column.holds, column)
        notes: list[Block] = []
        rows: list[Row] = []
        group: Block | None = None
        above = first = max(0, entries[0].first - _MOST_GROUPS)
        for entry in entries:
            heads = [block for block in blocks[above : entry.first] if _is_headline(block)]
            group = self._choose_group(heads, group)
            notes += [head for head in heads if head is not group]
            above = entry.last + 1
            number, title = split_number(entry.name)
            notes += [*((number,) if number else ()), *entry.labels]
            filled = {holds: Cell(tuple(lines)) for holds, (_, lines) in entry.cells.items()}
            filled["name"] = Cell((title,))
            cells = tuple(filled.get(holds, Cell(())) for holds in columns)
            printed = "".join(re.findall(r"\d", number.text)) if number else ""
            rows.append(Row(cells, group, hull([entry.name, blocks[entry.last]]), printed))
        span = rows[0].span.to(rows[-1].span)
        caption = _caption(blocks[first : entries[0].first])
        return DataTable(
            TableKind.SERVICES, tuple(columns.values()), tuple(rows), span, caption, tuple(notes)
        )

    def _deal(self, columns: Sequence[Column], blocks: Sequence[Block]) -> tuple[Cell, ...]:
        """Deal the lines of one row out to its columns."""
        rows = self._deal_rows(columns, blocks, single=True)
        return rows[0] if rows else tuple(Cell(()) for _ in columns)

    def _deal_rows(
        self, columns: Sequence[Column], blocks: Sequence[Block], *, single: bool = False
    ) -> list[tuple[Cell, ...]]:
        """Deal lines out to the columns of a row, in order, or of one row after another.

        The cost says how ill a line suits a column and how odd it is that a cell goes on, breaks
        off or is empty; the cheapest of all ways is taken (dynamic programming, lines times
        columns). A further row starts in the first column.
        """
        if not blocks:
            return []
        infinite = float("inf")
        width = len(columns)
        # best[c]: the cost of the lines so far, the last of them in column c.
        best = [infinite] * width
        steps: list[list[int]] = []
        for index, block in enumerate(blocks):
            now = [infinite] * width
            step = [-1] * width
            breaking = _cost_of_breaking_off(blocks[index - 1]) if index else 0.0
            for column in range(width):
                if index == 0:
                    now[column] = _EMPTY_CELL * column if single or not column else infinite
                else:
                    ways = [
                        (best[before] + _EMPTY_CELL * (column - before - 1) + breaking, before)
                        for before in range(column)
                    ]
                    going_on = _cost_of_going_on(blocks[index - 1], block, columns[column])
                    ways.append((best[column] + going_on, column))
                    if not single and column == 0:
                        # Marked by a step beyond the columns: a new row begins.
                        ways += [
                            (best[c] + _EMPTY_CELL * (width - 1 - c) + breaking, width + c)
                            for c in range(width)
                        ]
                    now[column], step[column] = min(ways)
                now[column] += self._misfit(block, columns[column])
            best = now
            steps.append(step)
        column = min(range(width), key=lambda c: best[c] + _EMPTY_CELL * (width - 1 - c))
        dealt: list[list[list[Block]]] = [[[] for _ in columns]]
        for block, step in zip(reversed(blocks), reversed(steps), strict=True):
            dealt[-1][column].append(block)
            column = step[column]
            if column >= width:
                column -= width
                dealt.append([[] for _ in columns])
        return [tuple(Cell(tuple(reversed(lines))) for lines in row) for row in reversed(dealt)]

    def _misfit(self, block: Block, column: Column) -> float:
        """How ill a line suits a column."""
        text = block.text
        ends_sentence = bool(_SENTENCE.search(text))
        body = self._is_body(text)
        if column.holds in _BODY_COLUMNS:
            return 0.0 if body else 4.0
        if column.holds == "deadline":
            return 0.0 if _TIME.search(text) and len(text) <= 30 else 3.0
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

    def _is_body(self, text: str) -> bool:
        return _is_body(text, self.vocabulary)

    # ---- indicators -------------------------------------------------------------------

    def _read_figures(
        self, columns: tuple[Column, ...], blocks: Sequence[Block], position: int
    ) -> tuple[tuple[Row, ...], int]:
        """Rows of a name (and a unit) followed by as many figures as there are columns of them."""
        rows: list[Row] = []
        group: Block | None = None
        number = 0
        while position < len(blocks):
            head: list[Block] = []
            names: list[Block] = []
            end = position
            while end < len(blocks) and end - position < _MOST_NAME_LINES:
                block = blocks[end]
                next_number = _row_number(block.text) == (number + 1,)
                if columns[0].holds == "no" and not head and next_number:
                    # What stands above the number is a group's heading, below it the name.
                    number, head, names = number + 1, [*names, block], []
                elif self._is_value(block.text) or _ends_rows(block):
                    break
                else:
                    names.append(block)
                end += 1
            tail = self._read_tail(columns, blocks, end)
            if not names or tail is None or any(map(_is_paragraph, names)):
                break
            has_unit = any(column.holds == "unit" for column in columns)
            unit = names.pop() if has_unit and len(names) > 1 else None
            if head:
                group = self._choose_group(head[:-1], group)
            else:
                found, names = self._split_group(names)
                group = found or group
            cells = {"unit": Cell((unit,) if unit else ()), "no": Cell(tuple(head[-1:]))}
            cells["indicator"] = cells["name"] = Cell(tuple(names))
            before = [column.holds for column in columns].index("value")
            rest, position = tail
            filled = tuple(cells.get(column.holds, Cell(())) for column in columns[:before]) + rest
            span = Span(names[0].start, blocks[position - 1].end)
            rows.append(Row(filled, group, span, head[-1].text if head else ""))
        return tuple(rows), position

    def _read_tail(
        self, columns: Sequence[Column], blocks: Sequence[Block], position: int
    ) -> tuple[tuple[Cell, ...], int] | None:
        """The cells from the first column of figures on, and where they end.

        Every figure must be there; of the other cells those that look as theirs do.
        """
        cells: list[Cell] = []
        started = False
        for column in columns:
            started = started or column.holds == "value"
            if not started:
                continue
            text = blocks[position].text if position < len(blocks) else ""
            if column.holds == "value" and not (text and self._is_value(text)):
                return None
            fits = {
                "value": True,
                "growth": self._is_value(text),
                "attribute": bool(_ATTRIBUTE.fullmatch(text)),
                "unit": len(text) <= 8,
            }.get(column.holds, len(text) < 8 and not self._is_group(Block(text, Span(0, 1))))
            if text and fits:
                cells.append(Cell((blocks[position],)))
                position += 1
            else:
                cells.append(Cell(()))
        return tuple(cells), position

    def _split_group(self, names: list[Block]) -> tuple[Block | None, list[Block]]:
        """Tell the heading of a group from the name of its first indicator.

        A name broken over lines is one name: its second line goes on in the middle of a phrase,
        or the first has an open bracket.
        """
        if len(names) < 2:
            return None, names
        first, second = names[0], names[1]
        if self.vocabulary["domains"].find(strip_group_number(first).text):
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


def _cost_of_going_on(before: Block, block: Block, column: Column) -> float:
    """How odd it is that a cell goes on in another line."""
    if _OPEN.search(before.text) or _CONTINUES.match(block.text):
        return 0.0
    return 0.8 if column.holds in ("standard", "content", "target-groups", "funding") else 1.5


def _cost_of_breaking_off(before: Block) -> float:
    """How odd it is that a cell ends here."""
    return 3.0 if _OPEN.search(before.text) else 0.0


@lru_cache(maxsize=4096)
def _is_body(text: str, vocabulary: Vocabulary) -> bool:
    return len(text) <= 80 and looks_like_body(text, vocabulary)


def _first_cell(columns: Sequence[Column], cells: Sequence[Cell], holds: str) -> Cell:
    """The first cell that a column of this sort holds in a row; an empty one if none does."""
    for column, cell in zip(columns, cells, strict=True):
        if column.holds == holds and cell:
            return cell
    return Cell(())


def _find_leftovers(blocks: Sequence[Block], rows: Sequence[Row]) -> list[Block]:
    """The lines of a table that stand in no cell and are no group's heading."""
    used = {row.heading.start for row in rows if row.heading}
    used.update(block.start for row in rows for cell in row.cells for block in cell.blocks)
    return [block for block in blocks if block.start not in used]


def _row(
    blocks: Sequence[Block], start: int, end: int, cells: tuple[Cell, ...], group: Block | None
) -> Row:
    number = blocks[start]
    span = Span(number.start, blocks[end - 1].end)
    printed = "".join(number.text.split()).strip("()（）.．、")
    return Row((Cell((number,)), *cells), group, span, printed)


def _row_number(text: str) -> tuple[int, ...] | None:
    """The running number that a line holds and nothing else: ``12``, ``12.``, ``(12)``, ``1-2``.

    >>> _row_number("（3）"), _row_number("1-12"), _row_number("3个")
    ((3,), (1, 12), None)
    """
    found = _ROW_NUMBER.fullmatch(text.strip()) if len(text) <= 12 else None
    return tuple(int(part) for part in found.groups() if part) if found else None


def _follows(number: tuple[int, ...], before: tuple[int, ...]) -> bool:
    """Whether a row number goes on from another: 2 from 1, 1-2 from 1-1, 2-1 from 1-4."""
    if len(number) != len(before):
        return False
    if number[:-1] == before[:-1]:
        return before[-1] < number[-1] <= before[-1] + _LONGEST_JUMP
    return number[0] == before[0] + 1 and number[-1] == 1


def parse_number_cell(text: str) -> bool:
    """Whether a cell of a number column holds an Arabic number."""
    return _row_number(text) is not None


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


def _is_heading_pair(blocks: Sequence[Block], index: int) -> bool:
    """Two numbered headings on end: the running text has begun again."""
    if not _HEADING.match(blocks[index].text) or index + 1 >= len(blocks):
        return False
    following = blocks[index + 1]
    return bool(_HEADING.match(following.text)) or _is_paragraph(following)


def _ends_rows(block: Block) -> bool:
    """A note below a table, or the heading of an annex."""
    return bool(_NOTE.match(block.text)) or read_annex_heading(block) is not None


def _is_paragraph(block: Block) -> bool:
    return len(block.text) > 120 or (len(block.text) > 40 and "。" in block.text)


def split_number(block: Block) -> tuple[Block | None, Block]:
    """The number that opens a line, if any, and the words behind it.

    >>> number, words = split_number(Block("（2）孕产妇服务", Span(4, 13)))
    >>> number.text, words.text, words.start
    ('（2）', '孕产妇服务', 7)
    """
    found = _HAN_NUMBER.match(block.text) or _POINT_NUMBER.match(block.text)
    if not found or found.end() == len(block.text):
        return None, block
    return block.part(0, found.end()), block.part(found.end(), len(block.text))


def strip_group_number(block: Block) -> Block:
    """The heading of a group without its number.

    >>> strip_group_number(Block("八、公共安全", Span(4, 10)))
    Block(text='公共安全', span=Span(start=6, end=10))
    """
    return split_number(block)[1]


def _is_headline(block: Block) -> bool:
    """A short numbered line that is no sentence: the heading of a group or of a part of one."""
    short = len(block.text) <= _LONGEST_GROUP and not _SENTENCE.search(block.text)
    return short and split_number(block)[0] is not None


def hull_block(cell: Cell) -> Block:
    """A cell as one block, its words joined."""
    return Block(cell.text, cell.span)


def _caption(before: Sequence[Block]) -> Block | None:
    """The line above a table that names it, if there is one close by."""
    for block in reversed(before[-2:]):
        if len(block.text) <= 60 and not _SENTENCE.search(block.text):
            return block
    return None
