"""Tables flattened to text, one cell a line and a cell broken over lines.

The column headings are known by name (``ontology/vocabularies/columns.ttl``), the rows by their
running number or by their figures; the lines of a row are dealt out to its columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pskg.extract.parts import find_fields
from pskg.extract.tables.dealing import DealtRow, deal_last_row, deal_row, deal_rows
from pskg.extract.tables.fitting import find_widths
from pskg.extract.tables.headings import read_header
from pskg.extract.tables.lines import (
    CONTINUES,
    LONGEST_GROUP,
    MOST_GROUPS,
    NOTE,
    OPEN,
    SENTENCE,
    choose_group,
    ends_rows,
    find_numbered_names,
    follows_number,
    is_body,
    is_group,
    is_heading_pair,
    is_headline,
    is_page_number,
    is_paragraph,
    is_value,
    read_row_number,
    strip_group_number,
)
from pskg.extract.tables.model import (
    BODY_COLUMNS,
    SERVICE_COLUMNS,
    WORK_COLUMNS,
    Column,
    DataTable,
    Row,
    TableKind,
    find_caption,
    first_cell,
    hull_block,
    sort_table,
    tell_goals,
)
from pskg.model import Span
from pskg.read import Block, Cell
from pskg.vocabulary import Vocabulary

__all__ = ["read_flattened"]

#: The run of lines that a row may take before it is no row any more.
_LONGEST_ROW = 60
#: The lines that are looked at for rows without numbers, behind one heading.
_LONGEST_TABLE = 4000
#: The lines that show the widths of columns, and the headings on end that another table has.
_LONGEST_SAMPLE = 300
_FEWEST_HEADINGS = 3
_MOST_NAME_LINES = 8
#: So many columns of a service list tell by their cells alone which is which.
_FEWEST_TELLING = 3
#: The columns whose cells are sentences, and how long the heading of a group below them may be.
_TOLD = frozenset({"standard", "content", "funding"})
_LONGEST_NAME = 16
#: What stands in a sentence and in no name of a class.
_TOLD_OF = re.compile("[,，。;；]")
_PER_MANY = re.compile(r"(?:\d|人|例)?/\d{1,4}[万千]?[人名]?")
_ATTRIBUTE = re.compile(r"\S{1,4}性")


def read_flattened(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[DataTable]:
    """The tables among blocks of which each is a cell or a part of one."""
    pages = [block for block in blocks if is_page_number(block)]
    if pages:
        blocks = [block for block in blocks if not is_page_number(block)]
    tables: list[DataTable] = []
    position = 0
    while position < len(blocks):
        columns, body = read_header(blocks, position, vocabulary)
        kind = sort_table(columns)
        if kind:
            columns, rows, end = _read_rows(kind, columns, blocks, body, vocabulary)
            kind = sort_table(columns) or kind
            if kind is TableKind.DIVISION:
                columns, rows = _settle_classes(columns, rows, vocabulary)
            if rows:
                notes = _find_leftovers(blocks[body:end], rows)
                while end < len(blocks) and NOTE.match(blocks[end].text):
                    notes.append(blocks[end])
                    end += 1
                span = Span(columns[0].span.start, blocks[end - 1].end)
                notes += [page for page in pages if span.covers(page.span)]
                above = [b for b in blocks[max(0, position - 3) : body] if b.end <= span.start]
                caption = find_caption(above)
                tables.append(DataTable(kind, columns, rows, span, caption, tuple(notes)))
                body = end
        # The headings of a table that is none, or of none of ours, are not tried one by one.
        position = max(position + 1, body)
    return tables


def _read_rows(
    kind: TableKind,
    columns: tuple[Column, ...],
    blocks: Sequence[Block],
    position: int,
    vocabulary: Vocabulary,
) -> tuple[tuple[Column, ...], tuple[Row, ...], int]:
    """The columns of a table, its rows and where it ends.

    Goals of works that are no figures make it none of indicators.
    """
    if kind is not TableKind.INDICATORS:
        return columns, *_read_numbered(columns, blocks, position, vocabulary)
    told = tell_goals(columns)
    if told and columns[0].holds == "no":
        rows, end = _read_numbered(told, blocks, position, vocabulary)
        places = [place for place, column in enumerate(columns) if column.holds == "value"]
        cells = [row.cells[place] for row in rows for place in places if row.cells[place]]
        if 2 * sum(is_value(cell.text) for cell in cells) < len(cells):
            return told, rows, end
    return columns, *_read_figures(columns, blocks, position, vocabulary)


def _find_leftovers(blocks: Sequence[Block], rows: Sequence[Row]) -> list[Block]:
    """The lines of a table that stand in no cell and are no group's heading."""
    used = {row.heading.start for row in rows if row.heading}
    used.update(block.start for row in rows for cell in row.cells for block in cell.blocks)
    return [block for block in blocks if block.start not in used]


# --- Rows with a running number ---------------------------------------------------------------


def _read_numbered(
    columns: tuple[Column, ...], blocks: Sequence[Block], position: int, vocabulary: Vocabulary
) -> tuple[tuple[Row, ...], int]:
    """Rows that start with a running number, and where the table ends."""
    if columns[0].holds != "no":
        return _read_unnumbered(columns, blocks, position, vocabulary)
    if not any(read_row_number(one.text) for one in blocks[position : position + MOST_GROUPS + 1]):
        # Numbers that a word processor made are lost where its text is copied.
        unnumbered, end = _read_unnumbered(columns[1:], blocks, position, vocabulary)
        return tuple(replace(row, cells=(Cell(()), *row.cells)) for row in unnumbered), end
    rest = columns[1:]
    headings = {column.heading for column in columns}
    rows: list[Row] = []
    start = position
    while start < len(blocks) and start - position < MOST_GROUPS:
        if read_row_number(blocks[start].text):
            break
        start += 1
    group = choose_group(blocks[position:start], None, vocabulary)
    nested = start - position > 1
    widths = find_widths(_take_lines(columns, blocks, position, _LONGEST_SAMPLE, vocabulary))
    number = read_row_number(blocks[start].text) if start < len(blocks) else None
    while number:
        position = start + 1
        following = _find_next(blocks, position, number, len(rest), vocabulary)
        if following is None:
            lines = _take_lines(columns, blocks, position, _LONGEST_ROW, vocabulary)
            cells = deal_last_row(rest, lines, vocabulary, widths)
            last = max((cell.span.end for cell in cells if cell), default=blocks[start].end)
            end = position
            while end < len(blocks) and blocks[end].end <= last:
                end += 1
            rows.append(_row(blocks, start, end, cells, group))
            return tuple(rows), end
        repeated = _find_repeated(columns, blocks, position, following)
        end = _peel_groups(columns, blocks, position, repeated.start, vocabulary)
        cells = deal_row(rest, blocks[position:end], vocabulary, widths)
        rows.append(_row(blocks, start, end, cells, group))
        heads = [
            b
            for b in (*blocks[end : repeated.start], *blocks[repeated.stop : following])
            if "".join(b.text.split()) not in headings
        ]
        nested = nested or len(heads) > 1
        group = choose_group(heads, group, vocabulary, nested=nested)
        start = following
        number = read_row_number(blocks[start].text)
    return tuple(rows), start


def _find_repeated(
    columns: Sequence[Column], blocks: Sequence[Block], start: int, end: int
) -> range:
    """The lines that repeat a table's headings on a new page, broken wherever; none at the end."""
    whole = "".join(column.heading for column in columns)
    for first in range(start, end):
        joined, last = "", first
        while last < end and len(joined) < len(whole) and whole.startswith(joined):
            joined += "".join(blocks[last].text.split())
            last += 1
        if joined == whole:
            return range(first, last)
    return range(end, end)


def _row(
    blocks: Sequence[Block], start: int, end: int, cells: tuple[Cell, ...], group: Block | None
) -> Row:
    number = blocks[start]
    span = Span(number.start, blocks[end - 1].end)
    printed = "".join(number.text.split()).strip("()（）.．、")
    return Row((Cell((number,)), *cells), group, span, printed)


def _find_next(
    blocks: Sequence[Block],
    position: int,
    number: tuple[int, ...],
    width: int,
    vocabulary: Vocabulary,
) -> int | None:
    """Where the row after this one starts: at the next number, or at 1 in a new group."""
    for index in range(position + min(2, width), min(len(blocks), position + _LONGEST_ROW)):
        if ends_rows(blocks[index]) or is_heading_pair(blocks, index):
            return None
        found = read_row_number(blocks[index].text)
        if found and follows_number(found, number):
            return index
        if found and found[-1] == 1 and is_group(blocks[index - 1], vocabulary):
            return index
    return None


def _peel_groups(
    columns: Sequence[Column],
    blocks: Sequence[Block],
    start: int,
    following: int,
    vocabulary: Vocabulary,
) -> int:
    """Where a row ends that the headings of a group, or the table's own, part from the next.

    Where the last column holds bodies, a short line below them that is no body is a heading.
    """
    headings = {column.heading for column in columns}
    full = start + len(columns) - 1
    end = following
    while end > start + 1 and following - end < MOST_GROUPS + len(columns):
        last, before = blocks[end - 1], blocks[end - 2]
        below_bodies = (
            columns[-1].holds in BODY_COLUMNS
            and len(last.text) <= LONGEST_GROUP
            and not SENTENCE.search(last.text)
            and not is_body(last.text, vocabulary)
            and is_body(before.text, vocabulary)
            and not OPEN.search(before.text)
        )
        # A row that lacks a cell ends with its bodies all the same.
        if end <= full and not below_bodies:
            break
        # Where the last column holds sentences, a short line below one that is none is a heading.
        below_sentences = (
            columns[-1].holds in _TOLD
            and len(last.text) <= _LONGEST_NAME
            and SENTENCE.search(before.text) is not None
            and not SENTENCE.search(last.text)
            and not CONTINUES.match(last.text)
            and not OPEN.search(last.text)
            and not any(map(str.isdigit, last.text))
        )
        repeated = "".join(last.text.split()) in headings
        heading = below_bodies or below_sentences or is_group(last, vocabulary)
        if not (repeated or heading or is_headline(last)):
            break
        end -= 1
    return end


def _take_lines(
    columns: Sequence[Column],
    blocks: Sequence[Block],
    position: int,
    longest: int,
    vocabulary: Vocabulary,
) -> list[Block]:
    """The lines that may belong to a table, without its headings that a new page repeats.

    A note, the heading of a part or the headings of another table end it.
    """
    whole = "".join(column.heading for column in columns)
    kept: list[Block] = []
    known = 0
    limit = min(len(blocks), position + longest)
    while position < limit:
        line = blocks[position]
        if ends_rows(line) or is_heading_pair(blocks, position):
            break
        end, joined = position, ""
        while end < limit and len(joined) < len(whole) and whole.startswith(joined):
            joined += "".join(blocks[end].text.split())
            end += 1
        if joined == whole and known:
            return kept[:-known]  # 序号 above the same ones
        if joined == whole:
            position = end
            continue
        is_heading = len(line.text) <= _LONGEST_NAME and vocabulary["columns"].find(line.text)
        known = known + 1 if is_heading else 0
        if known == _FEWEST_HEADINGS:
            return kept[: 1 - _FEWEST_HEADINGS]
        kept.append(line)
        position += 1
    return kept


def _settle_classes(
    columns: tuple[Column, ...], rows: tuple[Row, ...], vocabulary: Vocabulary
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """A table of work whose first column of two that tell of it holds classes of works.

    A class covers the rows below it, which then lack its cell: what they tell was dealt out to
    the first column. Their sentences show it, or that the classes are fields of service.
    """
    works = [place for place, column in enumerate(columns) if column.holds in ("name", "task")]
    if len(works) < 2 or columns[0].holds != "no":
        return columns, rows
    first, second = works[:2]
    names = [row.cells[first].text for row in rows if row.cells[second]]
    alone = [row.cells[first].text for row in rows if not row.cells[second]]
    sentences = any(map(_TOLD_OF.search, alone))
    if not alone or not (sentences or find_fields(names, vocabulary)):
        return columns, rows
    head = Cell(())
    settled = []
    for row in rows:
        name, told = row.cells[first], row.cells[second]
        if not told or _TOLD_OF.search(name.text):
            name, told = head, Cell((*name.blocks, *told.blocks))
        head = name
        cells = (*row.cells[:first], name, *row.cells[first + 1 : second], told)
        heading = hull_block(name) if name else row.heading
        settled.append(replace(row, cells=(*cells, *row.cells[second + 1 :]), heading=heading))
    classes = replace(columns[first], holds="domain")
    return (*columns[:first], classes, *columns[first + 1 :]), tuple(settled)


# --- Rows without numbers ---------------------------------------------------------------------


def _read_unnumbered(
    columns: tuple[Column, ...], blocks: Sequence[Block], position: int, vocabulary: Vocabulary
) -> tuple[tuple[Row, ...], int]:
    """Rows without numbers: the lines are dealt out to the columns again and again.

    Where the names themselves are numbered, each number opens a row.
    """
    rows: list[Row] = []
    group: Block | None = None
    nested = False
    lines = _take_lines(columns, blocks, position, _LONGEST_TABLE, vocabulary)
    named = columns[0].holds == "name"
    starts = find_numbered_names(lines, len(columns), vocabulary) if named else ()
    dealt_rows = _deal_named(columns, lines, starts, vocabulary)
    for dealt in dealt_rows or deal_rows(columns, lines, vocabulary):
        if not _is_whole(columns, dealt.cells, vocabulary):
            break
        nested = nested or len(dealt.heads) > 1
        group = choose_group(dealt.heads, group, vocabulary, nested=nested)
        domain = first_cell(columns, dealt.cells, "domain")
        group = hull_block(domain) if domain else group
        filled = [cell.span for cell in dealt.cells if cell]
        number = first_cell(columns, dealt.cells, "no").text
        rows.append(Row(dealt.cells, group, filled[0].to(filled[-1]), number))
    if not rows:
        return (), position
    last = rows[-1].span.end
    while position < len(blocks) and blocks[position].end <= last:
        position += 1
    return tuple(rows), position


def _deal_named(
    columns: tuple[Column, ...],
    lines: Sequence[Block],
    starts: Sequence[int],
    vocabulary: Vocabulary,
) -> list[DealtRow]:
    """The rows of a table whose first cells are numbered names, which stand at ``starts``."""
    rows = []
    widths = find_widths(lines)
    heads = tuple(lines[: starts[0]]) if starts else ()
    for start, following in pairwise(starts):
        end = _peel_groups(columns, lines, start + 1, following, vocabulary)
        rows.append(DealtRow(deal_row(columns, lines[start:end], vocabulary, widths), heads))
        heads = tuple(lines[end:following])
    if starts:
        last = lines[starts[-1] : starts[-1] + _LONGEST_ROW]
        rows.append(DealtRow(deal_last_row(columns, last, vocabulary, widths), heads))
    return rows


def _is_whole(columns: Sequence[Column], cells: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether a row has its name and half of its cells, and its bodies are rightly filled.

    Where only bodies tell what a cell holds, one of them at least must be there.
    """
    pairs = [(column.holds, cell) for column, cell in zip(columns, cells, strict=True) if cell]
    bodies = [block for holds, cell in pairs if holds in BODY_COLUMNS for block in cell.blocks]
    holds = {column.holds for column in columns}
    wants_bodies = bool(holds & BODY_COLUMNS) and len(holds & SERVICE_COLUMNS) < _FEWEST_TELLING
    return (
        any(holds in WORK_COLUMNS for holds, _ in pairs)
        and 2 * len(pairs) >= len(columns)
        and (bool(bodies) or not wants_bodies)
        and all(is_body(block.text, vocabulary) for block in bodies)
    )


# --- Rows of figures --------------------------------------------------------------------------


def _read_figures(
    columns: tuple[Column, ...], blocks: Sequence[Block], position: int, vocabulary: Vocabulary
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
            next_number = read_row_number(block.text) == (number + 1,)
            if columns[0].holds == "no" and not head and next_number:
                # What stands above the number is a group's heading, below it the name.
                number, head, names = number + 1, [*names, block], []
            elif (is_value(block.text) and not _is_unit(columns, names, block)) or ends_rows(block):
                break
            else:
                names.append(block)
            end += 1
        tail = _read_tail(columns, blocks, end, vocabulary)
        if not names or tail is None or any(map(is_paragraph, names)):
            break
        has_unit = any(column.holds == "unit" for column in columns)
        unit = names.pop() if has_unit and len(names) > 1 else None
        if head:
            group = choose_group(head[:-1], group, vocabulary)
        else:
            found, names = _split_group(names, vocabulary)
            group = found or group
        cells = {"unit": Cell((unit,) if unit else ()), "no": Cell(tuple(head[-1:]))}
        cells["indicator"] = cells["name"] = Cell(tuple(names))
        before = [column.holds for column in columns].index("value")
        rest, position = tail
        filled = tuple(cells.get(column.holds, Cell(())) for column in columns[:before]) + rest
        span = Span(names[0].start, blocks[position - 1].end)
        rows.append(Row(filled, group, span, head[-1].text if head else ""))
    return tuple(rows), position


def _is_unit(columns: Sequence[Column], names: Sequence[Block], block: Block) -> bool:
    """Whether a line that looks like a figure is the unit of the name before it: 1/10万."""
    has_unit = any(column.holds == "unit" for column in columns)
    return has_unit and bool(names) and bool(_PER_MANY.fullmatch(block.text.strip()))


def _read_tail(
    columns: Sequence[Column], blocks: Sequence[Block], position: int, vocabulary: Vocabulary
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
        if column.holds == "value" and not (text and is_value(text)):
            return None
        fits = {
            "value": True,
            "growth": is_value(text),
            "attribute": bool(_ATTRIBUTE.fullmatch(text)),
            "unit": len(text) <= 8,
        }.get(column.holds, len(text) < 8 and not is_group(Block(text, Span(0, 1)), vocabulary))
        if text and fits:
            cells.append(Cell((blocks[position],)))
            position += 1
        else:
            cells.append(Cell(()))
    return tuple(cells), position


def _split_group(names: list[Block], vocabulary: Vocabulary) -> tuple[Block | None, list[Block]]:
    """Tell the heading of a group from the name of its first indicator.

    A name broken over lines is one name: its second line goes on in the middle of a phrase,
    or the first has an open bracket.
    """
    if len(names) < 2:
        return None, names
    first, second = names[0], names[1]
    if vocabulary["domains"].find(strip_group_number(first).text):
        return first, names[1:]
    opened = sum(map(first.text.count, "(（")) > sum(map(first.text.count, ")）"))
    if opened or CONTINUES.match(second.text) or OPEN.search(first.text):
        return None, names
    if re.search(r"[)）]\s*$", first.text) or len(first.text) > 16:
        return None, names
    return first, names[1:]
