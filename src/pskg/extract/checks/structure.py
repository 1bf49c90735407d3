"""What a document says it holds, held against what is on the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pskg.extract.checks.case import Case, cut_quote, may_find
from pskg.extract.grammar.numbers import parse_ordinal
from pskg.extract.outline import Node
from pskg.extract.tables import DataTable, TableKind
from pskg.model import DeclaredCount, Finding, Severity, Span
from pskg.read import Block
from pskg.vocabulary import key

__all__ = ["check_structure"]

_HAN = "一二三四五六七八九十"
#: An entry of the list of annexes: 附件:1.清单; 2、方案; 附件2 表
_ENTRY = re.compile(
    rf"(?:附\s*[件表录]\s*)?(?P<no>[（(]?(?:\d{{1,2}}|[{_HAN}]{{1,3}})[)）]?)?\s*[:：.．、]?\s*"
    rf"(?:(?P<inner>\d{{1,2}})\s*[.．、:：]\s*)?(?P<name>\S.*)?",
    re.DOTALL,
)
_MENTION = re.compile(
    rf"(?:见[^。;；,，]{{0,6}}?|[(（])\s*(?P<annex>附\s*[件表]\s*(?P<no>\d{{1,2}}|[{_HAN}]{{1,3}}))"
)
_FILE = re.compile(r"\.(?:xlsx?|docx?|pdf|wps|et|rar|zip|ofd)\s*$", re.IGNORECASE)
#: The line above a table.
_CAPTION = re.compile(
    r"(?:主要|发展|目标|预期|规划|监测|评价|考核)[^。;；:：]{0,6}指标(?:体系|情况)?(?:表)?$|(?:指标|目标|一览|情况|明细|统计|进度|任务|分工|安排|汇总)表$"
)
_LONGEST_CAPTION = 50
_IN_PARAGRAPH = re.compile(rf"(?:^|[。;；,，:：])\s*(?P<no>[{_HAN}]{{1,3}})是")
_NUMBER_IS = re.compile(rf"是(?<=[{_HAN}]是)")
#: What says that a count is of a part alone: 本领域服务项目共8项.
_OF_A_PART = re.compile(
    r"(?:本|该|此|这个?|每个?|各)(?:领域|部分|方面|章|类|项|节)[^。;；,，]{0,12}$"
)
_LONGEST_FRAME = 20
_LEVELS_WITH_NUMBERS = frozenset({1, 2, 3, 4, 5, 6})
_POINT = 5
#: A row lacks a cell where this many of ten rows have it, of this many rows or more.
_TENTHS, _ROWS = 9, 5
_COUNTED = {
    "item": "items",
    "domain": "fields of service",
    "task": "tasks",
    "mechanism": "mechanisms",
}


def check_structure(case: Case) -> Iterator[Finding]:
    """Annexes and tables that are not there, counts and numbers that do not agree."""
    missing = list(_check_annexes(case))
    yield from missing
    yield from _check_captions(case)
    yield from _check_counts(case, bool(missing))
    yield from _check_points(case)
    yield from _check_numbers(case)
    yield from _check_enumerations(case)
    for table in case.tables:
        yield from _check_rows(table)
        yield from _check_cells(table)


# --- Annexes and tables -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Annex:
    number: int | None
    name: str
    span: Span


def _check_annexes(case: Case) -> Iterator[Finding]:
    """Annexes that the document names, and that are not on the page."""
    named = list(_list_annexes(case.outline.annexes))
    numbers = {annex.number for annex in named}
    for block in case.body:
        for found in _MENTION.finditer(block.text) if "附" in block.text else ():
            number = parse_ordinal(found["no"])
            if number not in numbers:
                numbers.add(number)
                span = Span(block.start + found.start("annex"), block.start + found.end("annex"))
                named.append(_Annex(number, "", span))
    present = _Present(case)
    missing = [annex for annex in named if not present.holds(annex, only=len(named) == 1)]
    names = {key(annex.name) for annex in named if annex.name}
    for annex in present.list_empty():
        if annex.number not in numbers and key(annex.name) not in names:
            numbers.add(annex.number)
            missing.append(annex)
    for annex in missing:
        which = "" if annex.number is None else f" {annex.number}"
        which += f" “{cut_quote(_FILE.sub('', annex.name))}”" if annex.name else ""
        file = " (only the name of a file)" if _FILE.search(annex.name) else ""
        message = f"annex{which} is named and is not on the page{file}"
        yield Finding("missing-annex", Severity.HIGH, message, annex.span)


def _list_annexes(blocks: Iterable[Block]) -> Iterator[_Annex]:
    for block in blocks:
        found = _ENTRY.fullmatch(block.text)
        if not found or not found["name"]:
            continue
        number = found["inner"] or found["no"]
        span = block.part(found.start("name"), found.end("name")).span
        yield _Annex(parse_ordinal(number) if number else None, found["name"].strip(), span)


class _Present:
    """Answers whether an annex is on the page."""

    def __init__(self, case: Case) -> None:
        listed = {block.span for block in case.outline.annexes}
        self.body = {block.start for block in case.body}
        self.tables = [span.start for span in case.table_spans]
        self.numbers: set[int | None] = set()
        self.names = {key(table.caption.text) for table in case.tables if table.caption}
        self.empty: list[_Annex] = []
        nodes = [node for node in case.outline.walk() if node.annex]
        headings = [block.span for block in (node.heading for node in nodes) if block]
        ends = [*(heading.start for heading in headings[1:]), len(case.page.text)]
        for node, heading, end in zip(nodes, headings, ends, strict=False):
            if self._has_content(node, heading, end):
                self.numbers.add(node.ordinal)
                self.names.add(key(node.name))
            else:
                self.empty.append(_Annex(node.ordinal, node.name, heading))
        last = max((span.end for span in listed), default=0)
        # An annex may have its title for a heading, and no number.
        self.lines = [
            block.text
            for block in case.page.blocks
            if block.start >= last and len(block.text) <= 80 and block.span not in listed
        ]

    @cached_property
    def titles(self) -> set[str]:
        """The names of annexes, and the lines that may be one."""
        empty = {key(annex.name) for annex in self.empty}
        return self.names | (set(map(key, self.lines)) - empty)

    def holds(self, annex: _Annex, *, only: bool) -> bool:
        """Whether the page holds a part with this annex's number or name, and something in it."""
        name = key(_FILE.sub("", annex.name))
        if annex.number in self.numbers or (only and None in self.numbers):
            return True
        return bool(name) and name in self.titles

    def _has_content(self, node: Node, heading: Span, end: int) -> bool:
        # The annex's own title may stand below its number.
        own = sum(block.start in self.body for block in node.blocks) - (node.title is None)
        at = bisect_left(self.tables, heading.end)
        return bool(node.children or node.lead or own > 0) or (
            at < len(self.tables) and self.tables[at] < end
        )

    def list_empty(self) -> list[_Annex]:
        """The headings of annexes under which nothing stands."""
        return self.empty


def _check_captions(case: Case) -> Iterator[Finding]:
    """Lines that name a table below which none stands, but the next part of the document."""
    starts = [span.start for span in case.table_spans]
    nodes = list(case.outline.walk())
    for index, node in enumerate(nodes):
        caption = node.blocks[-1] if node.blocks else None
        if (
            caption is None
            and node.title
            and not node.children
            and not node.lead
            and not node.annex
        ):
            caption = node.title
        if caption is None or len(caption.text) > _LONGEST_CAPTION:
            continue
        if not _CAPTION.search(key(caption.text)) or re.search(r"[。;；,，:：]", caption.text):
            continue
        following = nodes[index + 1] if index + 1 < len(nodes) else None
        end = following.heading.start if following and following.heading else len(case.page.text)
        at = bisect_left(starts, caption.end)
        if at < len(starts) and starts[at] < end:
            continue
        message = f"“{cut_quote(caption.text)}” names a table that is not on the page"
        yield Finding("missing-table", Severity.HIGH, message, caption.span)


# --- Counts -----------------------------------------------------------------------------------


def _check_counts(case: Case, annex_missing: bool) -> Iterator[Finding]:
    """Declared counts that differ from what was found, and parts that do not add up."""
    counts = case.reading.counts
    seen: set[tuple[str, str, int]] = set()
    for count in counts:
        declared = (count.of, count.scope, count.number)
        if count.number == count.found or declared in seen:
            continue
        seen.add(declared)
        before = case.page.text[max(0, count.span.start - _LONGEST_FRAME) : count.span.start]
        finding = _report_count(count, annex_missing, bool(_OF_A_PART.search(before)))
        if finding:
            yield finding
    parts = {count.scope: count.number for count in counts if count.of == "item" and count.scope}
    wholes = [count for count in counts if count.of == "item" and not count.scope]
    fields = {count.number for count in counts if count.of == "domain"}
    # Only where every field of service declares its own number do they make up the whole.
    if wholes and len(parts) > 1 and fields == {len(parts)}:
        total = sum(parts.values())
        if total != wholes[0].number:
            message = (
                f"{wholes[0].number} items are declared for the whole, "
                f"and {total} for its {len(parts)} fields together"
            )
            yield Finding("total-mismatch", Severity.MEDIUM, message, wholes[0].span)


def _report_count(count: DeclaredCount, annex_missing: bool, of_a_part: bool) -> Finding | None:
    things = _COUNTED.get(count.of, count.of)
    scope = f" in “{cut_quote(count.scope)}”" if count.scope else ""
    # 这3项任务 counts those of a paragraph, 本领域共8项 those of a chapter.
    whole = count.number < count.found * 2 < count.number * 4
    if (of_a_part and not count.scope and count.found) or (count.of != "item" and not whole):
        return None
    if count.found:
        message = f"{count.number} {things} are declared{scope}, {count.found} were found"
        return Finding("count-mismatch", Severity.MEDIUM, message, count.span)
    where = "; the annex that lists them is not on the page" if annex_missing else ""
    message = f"{count.number} {things} are declared{scope}, none was found{where}"
    return Finding("count-mismatch", Severity.MEDIUM, message, count.span)


# --- Numbers ----------------------------------------------------------------------------------


def _check_points(case: Case) -> Iterator[Finding]:
    """Headings whose number lost its point: 4完善…, or 52015年… for 5.2015年…."""
    for node in case.outline.unpointed:
        if node.heading is None or node.title is None:
            continue
        stuck = node.title.text[:1].isdigit()
        end = min(node.title.end, node.title.start + (5 if stuck else 2))
        span = Span(node.heading.start, end)
        words = span.of(case.page.text)
        meant = f"{node.number}.{node.title.text[: end - node.title.start]}"
        message = f"the number {node.number} of “{words}” has lost its point; probably “{meant}”"
        severity = Severity.MEDIUM if stuck else Severity.LOW
        yield Finding("unnumbered-point", severity, message, span, meant)


def _check_numbers(case: Case) -> Iterator[Finding]:
    """Headings that skip or repeat a number, also where numbers run on through the chapters."""
    last_point: int | None = None
    for node in (case.outline.root, *case.outline.walk()):
        if node.annex or (node.title and node.level < _POINT and node.level <= 1):
            last_point = None
        before: Node | None = None
        for child in node.children:
            if child.ordinal is None or child.annex or child.level not in _LEVELS_WITH_NUMBERS:
                before = None if child.annex else before
                continue
            known = before.ordinal if before and before.level == child.level else None
            if child.level == _POINT and known is None and child.ordinal != 1:
                known = last_point
            # A note's first point may stand behind its word (注：1.…): only headings are asked.
            starts = child is node.children[0] and child.level < _POINT
            if starts and child.ordinal == 2:
                yield _report_gap(child, 0, case)
            if known is not None and child.ordinal not in (known + 1, 1):
                yield _report_gap(child, known, case)
            if known is not None and child.ordinal == 1 and known == 1:
                yield _report_gap(child, known, case)
            if child.level == _POINT:
                last_point = child.ordinal
            before = child


def _report_gap(node: Node, known: int, case: Case) -> Finding:
    start = node.heading.start if node.heading else 0
    title = node.title.end if node.title else start + 1
    span = Span(start, min(title, start + 30))
    return _gap(known, node.ordinal or 0, span, cut_quote(span.of(case.page.text)))


def _gap(known: int, number: int, span: Span, words: str) -> Finding:
    if number == known:
        what = f"the number {number} is given twice"
    elif not known:
        what = f"the numbers begin with {number}: 1 is left out"
    elif number > known:
        missing = f"{known + 1}" if number == known + 2 else f"{known + 1} to {number - 1}"
        what = f"the numbers jump from {known} to {number}: {missing} is left out"
    else:
        what = f"the numbers go back from {known} to {number}"
    return Finding("number-gap", Severity.LOW, f"{what}, at “{words}”", span)


def _check_enumerations(case: Case) -> Iterator[Finding]:
    """一是…;二是…;四是… within one paragraph."""
    for block in case.body if may_find(case.lines, _NUMBER_IS) else ():
        known = 0
        for found in _IN_PARAGRAPH.finditer(block.text) if _NUMBER_IS.search(block.text) else ():
            number = parse_ordinal(found["no"]) or 0
            if known and number not in (known + 1, 1):
                span = Span(block.start + found.start("no"), block.start + found.end())
                yield _gap(known, number, span, found.group().strip("。;；,，:： "))
            known = number


def _check_rows(table: DataTable) -> Iterator[Finding]:
    """Rows whose running number skips or repeats."""
    known: int | None = None
    for row in table.rows:
        number = parse_ordinal(row.number) if row.number else None
        if number is None:
            known = None
            continue
        if known is not None and number not in (known + 1, 1):
            yield _gap(known, number, _first_cell(row.cells, row.span), f"row {row.number}")
        known = number


def _first_cell(cells: Sequence[object], span: Span) -> Span:
    for cell in cells:
        found = getattr(cell, "blocks", ())
        if found:
            return Span(found[0].start, found[0].end)
    return span


def _check_cells(table: DataTable) -> Iterator[Finding]:
    """Rows that lack a cell which nearly all the others have."""
    if table.kind is TableKind.INDICATORS or len(table.rows) < _ROWS:
        return
    for index, column in enumerate(table.columns):
        if not column.holds or column.holds in ("no", "remarks", "domain"):
            continue
        empty = [row for row in table.rows if not row.cells[index]]
        if not empty or (len(table.rows) - len(empty)) * 10 < _TENTHS * len(table.rows):
            continue
        for row in empty:
            number = f" {row.number}" if row.number else ""
            message = (
                f"row{number} has nothing under “{cut_quote(column.heading)}”, unlike the others"
            )
            yield Finding("unclear-cell", Severity.LOW, message, _first_cell(row.cells, row.span))
