"""The column headings of a table flattened to text: one a line, or broken over lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pskg.extract.tables.lines import read_row_number
from pskg.extract.tables.model import LONGEST_HEADING, Column, read_column, tell_duties
from pskg.read import Block, hull
from pskg.vocabulary import Vocabulary

__all__ = ["read_header"]

_MOST_COLUMNS = 16
#: A heading may be broken over this many lines.
_MOST_LINES = 3
#: Headings that are not known are no longer than this, and no more of them stand on end.
_LONGEST_ODD = 8
_MOST_ODD = 4
#: The kinds of bodies under one heading, and what stands behind such columns.
_PARTS = frozenset({"lead", "responsible", "cooperating"})
_BEHIND_BODIES = frozenset({"deadline", "remark", "person", ""})
_FEWEST_PARTS = 2
_NUMBERED = re.compile(r"\s*(?:[(（]\s*)?(?:\d|[一二三四五六七八九十]{1,3}\s*[)）、.．])")


def read_header(
    blocks: Sequence[Block], position: int, vocabulary: Vocabulary
) -> tuple[tuple[Column, ...], int]:
    """The columns whose headings start at a block, if any, and where the body starts."""
    columns: list[Column] = []
    while position < len(blocks) and len(columns) < _MOST_COLUMNS:
        read = _read_heading(blocks, position, vocabulary)
        if read is None and columns:
            column = _read_odd_heading(columns, blocks, position, vocabulary)
            read = (column, 1) if column else None
        if read is None:
            break
        columns.append(read[0])
        position += read[1]
    if not columns:
        return (), position
    # A caption may read like a heading (重点任务); the number's column is the first.
    first = next((i for i, column in enumerate(columns) if column.holds == "no"), 0)
    while first + 1 < len(columns) and columns[first].holds == "indicator":
        if columns[first + 1].holds != "indicator":
            break
        first += 1
    return tell_duties(_unfold(columns[first:])), position


def _unfold(columns: Sequence[Column]) -> Sequence[Column]:
    """The columns of two header rows that stand on end, the lower behind the upper.

    牵头单位 and 配合单位 are parts of a 责任单位 right before them, or before the last headings of
    the upper row (责任单位, 完成时限, 牵头单位, 配合单位).
    """
    holds = [column.holds for column in columns]
    if "responsible" not in holds or holds[-1] == "responsible":
        return columns
    place = holds.index("responsible")
    start = next((at for at in range(place + 1, len(holds)) if holds[at] == "lead"), len(holds))
    end = start
    while end < len(holds) and holds[end] in _PARTS:
        end += 1
    beside = set(holds[place + 1 : start]) <= _BEHIND_BODIES
    if end - start < _FEWEST_PARTS or not beside or (start > place + 1 and end < len(holds)):
        return columns
    return (*columns[:place], *columns[start:end], *columns[place + 1 : start], *columns[end:])


def _read_odd_heading(
    columns: Sequence[Column], blocks: Sequence[Block], position: int, vocabulary: Vocabulary
) -> Column | None:
    """A heading that is not known, behind others and before one that is or before the first row.

    It may end like a known one (财政事权事项, 市级责任单位). In a table whose rows are numbered
    others (一季度) are headings as well, where a known one follows.
    """
    text, span = blocks[position].text, blocks[position].span
    following = blocks[position + 1 : position + 1 + _MOST_ODD]
    numbered = columns[0].holds == "no"
    first = numbered and bool(following) and read_row_number(following[0].text) == (1,)
    if first or _read_heading(blocks, position + 1, vocabulary):
        column = read_column(text, span, vocabulary, by_ending=True)
        if column or first:
            return column
    if not numbered or not _is_odd(blocks[position]):
        return None
    for place, block in enumerate(following, position + 1):
        if _read_heading(blocks, place, vocabulary):
            return Column("".join(text.split()), "", span)
        if not _is_odd(block):
            break
    return None


def _is_odd(block: Block) -> bool:
    """Whether a line may be a heading by its form alone."""
    return (
        len(block.text) <= _LONGEST_ODD
        and not _NUMBERED.match(block.text)
        and not re.search("[。；;，,、：:]", block.text)
    )


def _read_heading(
    blocks: Sequence[Block], position: int, vocabulary: Vocabulary
) -> tuple[Column, int] | None:
    """The known heading that starts at a block, and over how many lines it is broken."""
    if position == len(blocks) or len("".join(blocks[position].text.split())) > LONGEST_HEADING:
        return None
    following = blocks[position + 1 : position + _MOST_LINES]
    # The first row or group is no part of the heading before it.
    rows = (at for at, block in enumerate(following, 1) if _NUMBERED.match(block.text))
    for length in range(next(rows, len(following) + 1), 0, -1):
        part = blocks[position : position + length]
        heading = "".join("".join(block.text.split()) for block in part)
        if len(heading) > LONGEST_HEADING:
            continue
        column = read_column(heading, hull(part), vocabulary)
        if column and not _are_headings(part, vocabulary):
            return column, length
    return None


def _are_headings(part: Sequence[Block], vocabulary: Vocabulary) -> bool:
    """Whether lines are headings each of its own: 指标 and 单位 are two, and not 指标单位."""
    found = [read_column(block.text, block.span, vocabulary) for block in part]
    return [one.holds if one else "" for one in found] == ["indicator", "unit"]
