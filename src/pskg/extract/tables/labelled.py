"""Lists of services or works whose cells are paragraphs that open with their column's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pskg.extract.tables.lines import (
    LONGEST_GROUP,
    MOST_GROUPS,
    OPEN,
    SENTENCE,
    choose_group,
    is_headline,
    split_number,
)
from pskg.extract.tables.model import (
    BODY_COLUMNS,
    SERVICE_COLUMNS,
    Column,
    DataTable,
    Row,
    TableKind,
    find_caption,
)
from pskg.model import Span
from pskg.read import Block, Cell, hull
from pskg.vocabulary import Vocabulary

__all__ = ["read_labelled"]

#: A line that names its cell: ``服务对象：…``, ``【服务标准】…``.
_LABELLED = re.compile(
    r"[\s•·]*(?:[(（]?\d{1,2}[)）.．、]\s*)?"
    r"(?:[【\[]\s*(?P<framed>[^\s【】\[\]:：]{2,12})\s*[】\]]\s*[:：]?|(?P<plain>[^\s:：]{2,12})\s*[:：])\s*"
)
_NUMBERED = re.compile(r"\s*[(（]?\d")
#: A label within a line, behind the cell before it.
_WITHIN = re.compile(r"(?:^|(?<=[。;；\s]))(?P<label>[^\s:：。;；，,]{2,12})[:：]")
_FEWEST_CELLS = 2
#: The columns that only entries of works have, below the label of their name.
_OF_WORKS = frozenset({"task", "cooperating", "deadline", "person"})
#: How many lines apart two cells of one labelled entry may start.
_LONGEST_CELL = 30


@dataclass(slots=True)
class _Entry:
    """An entry of a list whose cells are labelled: where it starts and its cells by column."""

    first: int
    name: Block
    last: int = 0
    cells: dict[str, tuple[Column, list[Block]]] = field(default_factory=dict)
    labels: list[Block] = field(default_factory=list)
    holds: str = ""
    #: The label of the name itself (项目名称), blank where it is a heading above the cells.
    opener: str = ""

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
        return self.is_plain() and len(self.cells.keys() & SERVICE_COLUMNS) >= 2

    def is_work(self) -> bool:
        """Whether this is a piece of work: its name has a label, and bodies are named.

        One with a number before the label (1.项目名称：) is a part of the text.
        """
        named = self.opener and not _NUMBERED.match(self.labels[0].text)
        return bool(named) and self.is_plain() and bool(self.cells.keys() & BODY_COLUMNS)

    def is_plain(self) -> bool:
        """Whether the name is short and no sentence."""
        return len(self.name.text) <= LONGEST_GROUP * 2 and not SENTENCE.search(self.name.text)

    def is_opened_again(self, column: Column) -> bool:
        """Whether a label opens the next entry: it is there already, or it opened this one."""
        return column.holds in self.cells or bool(self.cells and column.heading == self.opener)

    def place(self, column: Column) -> Column:
        """The column of a label within this entry: 项目内容 below 项目名称 is what is done."""
        if self.opener and column.holds == "name" and column.heading != self.opener:
            return replace(column, holds="content")
        return column


def read_labelled(
    blocks: Sequence[Block], taken: Sequence[Span], vocabulary: Vocabulary
) -> Iterator[DataTable]:
    """Lists whose cells are paragraphs that open with the name of their column.

    ``(1)预防接种`` / ``服务对象：儿童。`` / ``服务标准：免费。`` / ``牵头负责单位：卫健委。``;
    of works where the name has a label as well (``项目名称：甲`` / ``牵头单位：教育局``).
    """
    blocks = [part for block in blocks for part in _split_cells(block, vocabulary)]
    entries: list[_Entry] = []
    spans = iter(sorted(taken))
    span = next(spans, None)
    entry: _Entry | None = None
    for index, block in enumerate(blocks):
        while span and span.end <= block.start:
            span = next(spans, None)
        label = None if span and span.covers(block.span) else _read_label(block, vocabulary)
        if label is None:
            continue
        column, rest, label_block = label
        near = entry is not None and index - entry.last <= _LONGEST_CELL
        if entry and near:
            column = entry.place(column)
        if column.holds in _OF_WORKS and not (entry and near and entry.opener):
            continue
        if entry is None or not near or entry.is_opened_again(column):
            name = rest if column.holds == "name" else None
            first = index
            if name is None and index:
                first, name = index - 1, blocks[index - 1]
            if name is None:
                entry = None
                continue
            entry = _Entry(first, name, opener=column.heading if column.holds == "name" else "")
            entries.append(entry)
        if column.holds != "name":
            entry.add(column, rest, blocks[entry.last + 1 : index])
        entry.last = index
        entry.labels.append(label_block)
    listed = [entry for entry in entries if entry.is_service() or entry.is_work()]
    for one in listed:
        # The last cell may be broken over lines, as any other.
        end = one.last + 1
        while end < len(blocks) and OPEN.search(blocks[end - 1].text):
            end += 1
        one.go_on(blocks[one.last + 1 : end])
    return _join_entries(listed, blocks, vocabulary)


def _split_cells(block: Block, vocabulary: Vocabulary) -> list[Block]:
    """The cells of an entry that stands in one paragraph, each behind its label."""
    if block.text.count("：") + block.text.count(":") < _FEWEST_CELLS:
        return [block]
    places = [
        found.start("label")
        for found in _WITHIN.finditer(block.text)
        if (concept := vocabulary["columns"].find(found["label"]))
        and concept.notation in SERVICE_COLUMNS | {"responsible"}
    ]
    if len(places) < _FEWEST_CELLS:
        return [block]
    name = block.text[: places[0]].rstrip("。;； ")
    heading = [block.part(0, len(name))] if name else []
    return heading + [block.part(*bounds) for bounds in pairwise((*places, len(block.text)))]


def _read_label(block: Block, vocabulary: Vocabulary) -> tuple[Column, Block | None, Block] | None:
    """The column that a line names, the words of its cell in this line, and the label."""
    found = _LABELLED.match(block.text)
    if not found:
        return None
    group = "framed" if found.group("framed") else "plain"
    span = Span(block.start + found.start(group), block.start + found.end(group))
    concept = vocabulary["columns"].find(found.group(group))
    known = SERVICE_COLUMNS | _OF_WORKS | {"name", "responsible"}
    if concept is None or concept.notation not in known:
        return None
    rest = block.text[found.end() :].strip()
    cell = block.part(found.end(), len(block.text)) if rest else None
    column = Column(found.group(group), concept.notation, span)
    return column, cell, block.part(0, found.end())


def _join_entries(
    entries: Sequence[_Entry], blocks: Sequence[Block], vocabulary: Vocabulary
) -> Iterator[DataTable]:
    """Make one table of the entries that follow each other, group headings between them."""
    run: list[_Entry] = []
    for entry in (*entries, None):
        if run and (entry is None or entry.first - run[-1].last > MOST_GROUPS + 1):
            services = [one for one in run if one.is_service()]
            if services and _lists_services(services):
                yield _table_of(TableKind.SERVICES, services, blocks, vocabulary)
            elif works := [one for one in run if one.is_work()]:
                yield _table_of(TableKind.DIVISION, works, blocks, vocabulary)
            run = []
        if entry:
            run.append(entry)


def _lists_services(entries: Sequence[_Entry]) -> bool:
    """Whether entries tell of services: of whom they are for, to what standard or who pays.

    Contents, bodies and a time alone (主要内容, 牵头单位, 完成时限) tell of works.
    """
    columns = [column for entry in entries for column, _ in entry.cells.values()]
    return any(
        column.holds in ("target-groups", "standard", "funding") or "服务" in column.heading
        for column in columns
    )


def _table_of(
    kind: TableKind, entries: Sequence[_Entry], blocks: Sequence[Block], vocabulary: Vocabulary
) -> DataTable:
    columns = {"name": Column("", "name", entries[0].name.span)}
    for entry in entries:
        for column, _ in entry.cells.values():
            columns.setdefault(column.holds, column)
    notes: list[Block] = []
    rows: list[Row] = []
    group: Block | None = None
    above = first = max(0, entries[0].first - MOST_GROUPS)
    for entry in entries:
        heads = [block for block in blocks[above : entry.first] if is_headline(block)]
        group = choose_group(heads, group, vocabulary)
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
    caption = find_caption(blocks[first : entries[0].first])
    return DataTable(kind, tuple(columns.values()), tuple(rows), span, caption, tuple(notes))
