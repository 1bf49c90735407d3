"""Tables that say who does what: what their rows are, and each row as an undertaking.

The rows are numbered as printed, titled by the heading or the first sentence of what is to be
done, and stand in the field of service that the row above them or a cell beside them names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pskg.extract.grammar.bodies import fold_text, is_definite
from pskg.extract.grammar.numbers import parse_ordinal
from pskg.extract.outline import (
    Node,
    Outline,
    clean_title,
    split_sentence,
    split_title,
    trim_title,
)
from pskg.extract.parts import Parts, find_fields
from pskg.extract.tables import DataTable, Row, split_number
from pskg.extract.tables.model import WORK_COLUMNS
from pskg.model import Span, Task, TaskKind
from pskg.read import Block, Cell, Page
from pskg.vocabulary import Concept, Vocabulary

__all__ = ["read_rows", "sort_rows"]

_TOLD = WORK_COLUMNS | {"standard"}
#: The columns of bodies, and headings under which a table lists works of their own.
_BEARERS = frozenset({"lead", "responsible", "unit"})
_WORKS = re.compile(r"工程|项目|行动|措施|举措|建设")
#: How many there are of a group's rows: 公共教育（5项）.
_COUNT = re.compile(r"[(（]\s*共?\s*\d{1,3}\s*[项个件条]\s*[)）]$")
#: The next of several points in one cell: 1.建学校;2.招教师.
_NEXT_POINT = re.compile(r"[;；,，]\s*(?:[(（]?\d{1,2}[)）.．、](?!\d)|[①-⑳])")
#: A line that is broken is at least as long as this part of the next one.
_BROKEN = 0.6


def sort_rows(
    table: DataTable, node: Node, outline: Outline, parts: Parts, vocabulary: Vocabulary
) -> TaskKind:
    """What the rows of a table of work in this part are: the work itself, or a division of it.

    A table divides where it or a part around it is called so, and where it lists tasks beside a
    text that tells them: in an annex, or within a piece of work.
    """
    around = [node, *node.ancestors()]
    titles = [*((table.caption.text,) if table.caption else ()), *(one.name for one in around)]
    titles.append(parts.plan)
    found = [vocabulary["section-kinds"].find_ending(clean_title(title)) for title in titles]
    called = any(kind is not None and kind.notation == "division" for kind in found)
    lists_tasks = any(column.holds == "task" for column in table.columns)
    is_chapter = node.title is not None and node.parent is outline.body
    beside = any(one.annex for one in around) or not (is_chapter or parts.is_container(node))
    if called or (lists_tasks and beside):
        return TaskKind.DIVISION
    kind = parts.kind(node)
    if kind not in ("measure", "mechanism"):
        return TaskKind.TASK
    # Behind the last chapter (工作要求) a table with bodies divides what the text has told.
    told = any(parts.kind(one) == "task" for one in outline.body.children)
    shares = any(column.holds in _BEARERS for column in table.columns)
    if told and shares and kind == "measure" and not _WORKS.search(node.name):
        return TaskKind.DIVISION
    return TaskKind(kind)


def read_rows(
    page: Page,
    table: DataTable,
    node: Node,
    kind: TaskKind,
    parts: Parts,
    vocabulary: Vocabulary,
) -> Iterator[tuple[Task, tuple[Block, ...]]]:
    """The rows of such a table: each as an undertaking, with the paragraphs that tell of it."""
    works = list(_find_works(table))
    titles = [_read_title(page, cell) for _, cell in works]
    numbers = _number([row for row, _ in works], [number for number, _ in titles], table)
    groups = dict.fromkeys(_group_name(row) for row, _ in works if row.group)
    fields = find_fields([name for name in groups if not _is_body(name, vocabulary)], vocabulary)
    around = parts.domain(node)
    section = _name_section(table, node, kind, parts)
    for (row, _), (_, title), number in zip(works, titles, numbers, strict=True):
        if not clean_title(title.text):
            continue
        domain, concept = (around.name, around.concept) if around else ("", None)
        if row.group and (found := _find_field(_group_name(row), fields)):
            domain, concept = found
        task = Task(
            kind=kind,
            no=number,
            title=clean_title(title.text),
            domain=domain,
            domain_concept=concept,
            section=section,
            span=trim_title(title),
            body=row.span,
        )
        told = [
            block
            for column, cell in zip(table.columns, row.cells, strict=True)
            if column.holds in _TOLD
            for block in cell.blocks
        ]
        yield task, tuple(told)


#: 附件 甲分工表: what a caption is called as a part of the document, and no part of its name.
_ANNEX = re.compile(r"^\s*附\s*[件表录]\s*(?:[一二三四五六七八九十\d]{1,2}\s*)?[:：\s]\s*(?=\S)")


def _name_section(table: DataTable, node: Node, kind: TaskKind, parts: Parts) -> str:
    """The heading that the rows of a table stand under.

    It is the table's own where it divides work, and not that of the part it stands in.
    """
    caption = table.caption
    if caption and node.heading and node.heading.span.covers(caption.span):
        caption = None
    own = "".join(_ANNEX.sub("", caption.text).split()) if caption else ""
    if kind is TaskKind.DIVISION:
        return own or parts.plan or node.name
    return node.name or own or parts.plan


def _find_works(table: DataTable) -> Iterator[tuple[Row, Cell]]:
    """The rows that hold a piece of work, with the cell that says what it is.

    Several works under one name that spans their rows are each told by their contents.
    """
    heads = [table.cell(row, "name", "task", "content") for row in table.rows]
    shared = Counter(head.span for head in heads if head)
    for row, cell in zip(table.rows, heads, strict=True):
        if not cell:
            continue
        if shared[cell.span] > 1:
            cell = next(
                (
                    other
                    for column, other in zip(table.columns, row.cells, strict=True)
                    if column.holds in WORK_COLUMNS and other and other.span != cell.span
                ),
                cell,
            )
        yield row, cell


def _read_title(page: Page, cell: Cell) -> tuple[int | None, Block]:
    """The number that opens a cell, if any, and its heading, else its first sentence."""
    printed, first = split_number(cell.blocks[0])
    number = parse_ordinal(printed.text) if printed else None
    following = list(cell.blocks[1:])
    if number is None and following:
        # The number alone in the first line of its cell, the words below.
        number = parse_ordinal(cell.blocks[0].text)
        if number is not None:
            printed, first, following = cell.blocks[0], following[0], following[1:]
    title, rest = split_title(first)
    if rest is None and following and not _is_heading(first, following[0]):
        whole = Span(first.start, following[-1].end)
        title, _ = split_sentence(Block(page.quote(whole), whole))
    point = _NEXT_POINT.search(title.text) if printed else None
    return number, title.part(0, point.start()) if point and point.start() else title


def _is_heading(line: Block, below: Block) -> bool:
    """Whether a line of a cell is its heading, or a sentence of its own, and not broken off.

    A line is broken where it is full: the one below is then no longer than it.
    """
    if line.text[-1] in "。!！?？":
        return True
    return line.text[-1] not in "、,，" and len(line.text) < _BROKEN * len(below.text)


def _number(rows: Sequence[Row], opening: Sequence[int | None], table: DataTable) -> Iterator[str]:
    """The numbers of rows: as printed in a column of their own or before the words, else counted.

    A number that covers several rows is the first part of theirs. Where numbers start anew under
    each heading, its number (or its place among the others) stands before them.
    """
    numbered = any(column.holds == "no" for column in table.columns)
    rising = all(a is not None and b is not None and a < b for a, b in pairwise(opening))
    if not numbered and rising and None not in opening:
        yield from map(str, opening)
        return
    cells = [table.cell(row, "no") for row in rows]
    places = {cell.span: _printed(row) for cell, row in zip(cells, rows, strict=True) if cell}
    restarts = len(set(places.values())) < len(places)
    sharing = Counter(cell.span for cell in cells if cell)
    within: Counter[Span] = Counter()
    heads: dict[Span, str] = {}
    for sequence, (row, cell) in enumerate(zip(rows, cells, strict=True), 1):
        if not cell:
            yield str(sequence)
            continue
        number = _printed(row)
        if restarts and row.heading:
            parent = split_number(row.heading)[0]
            ordinal = parse_ordinal(parent.text) if parent else None
            heads.setdefault(row.heading.span, str(ordinal or len(heads) + 1))
            number = f"{heads[row.heading.span]}.{number}"
        if sharing[cell.span] > 1:
            within[cell.span] += 1
            number = f"{number}.{within[cell.span]}"
        yield number


def _printed(row: Row) -> str:
    """The number of a row as printed, its digits of one width, 三 as 3."""
    number = unicodedata.normalize("NFKC", row.number).strip("().、 ")
    ordinal = None if any(map(str.isdigit, number)) else parse_ordinal(row.number)
    return number if ordinal is None else str(ordinal)


def _is_body(name: str, vocabulary: Vocabulary) -> bool:
    """Whether the heading above rows is a body, with or without its role (牵头单位：市教育局)."""
    return is_definite(fold_text(name, 0).text.rpartition("：")[2], vocabulary)


def _group_name(row: Row) -> str:
    """The heading that a row stands under, without its number and count of rows."""
    return _COUNT.sub("", clean_title(row.group.text)) if row.group else ""


def _find_field(name: str, fields: Mapping[str, Concept | None]) -> tuple[str, str | None] | None:
    """The field of service that a heading names, and its concept, if it is one."""
    if name not in fields:
        return None
    concept = fields[name]
    return name, concept.iri if concept else None
