"""What a check is given, and how findings are put in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pskg.extract.outline import Outline
from pskg.extract.tables import DataTable
from pskg.model import Finding, Reading, Severity, Span
from pskg.read import Block, Page
from pskg.vocabulary import Vocabulary, any_of

__all__ = ["Case", "cut_quote", "find_from", "may_find", "sort_findings"]

_DIGIT = re.compile(r"\d")
#: A pattern's reference to one of its groups.
_REFERS = re.compile(r"\\[1-9]|\(\?(?:P=|\()")
#: How many characters of a source a message repeats at most.
_LONGEST_QUOTE = 40


@dataclass(frozen=True)
class Case:
    """A document with all that was read from it."""

    page: Page
    reading: Reading
    outline: Outline
    tables: tuple[DataTable, ...]
    vocabulary: Vocabulary

    @cached_property
    def paragraphs(self) -> tuple[Block, ...]:
        """The running text: the blocks that are in no table and are not the site's own."""
        return tuple(
            block
            for block in _outside(self.page.blocks, [table.span for table in self.tables])
            if not _is_of_the_site(block, self.vocabulary)
        )

    @cached_property
    def all_blocks(self) -> tuple[Block, ...]:
        """The running text and what stands in the tables' cells, in the order of the text."""
        cells = (
            block
            for table in self.tables
            for row in table.rows
            for cell in row.cells
            for block in cell.blocks
        )
        # In their own order both are sorted nearly: no set, which would mix them.
        blocks = dict.fromkeys((*self.paragraphs, *cells))
        return tuple(sorted(blocks, key=lambda block: block.span))

    @cached_property
    def figured(self) -> tuple[Block, ...]:
        """The blocks that hold a figure."""
        return tuple(block for block in self.all_blocks if _DIGIT.search(block.text))

    @cached_property
    def lines(self) -> str:
        """The text of all blocks, one below the other."""
        return "\n".join(block.text for block in self.all_blocks)

    @cached_property
    def table_spans(self) -> tuple[Span, ...]:
        """Where the tables stand, those of a known kind and the others that the source marks."""
        marked = [table.span for table in self.page.tables]
        return tuple(sorted({*marked, *(table.span for table in self.tables)}))

    @cached_property
    def body(self) -> tuple[Block, ...]:
        """The running text from the first heading to where the site's own lines begin again."""
        headings = [node.heading.start for node in self.outline.walk() if node.heading]
        if not headings:
            return self.paragraphs
        start, last = headings[0], headings[-1]
        foot = (
            block.start
            for block in self.page.blocks
            if block.start > last and _is_of_the_site(block, self.vocabulary)
        )
        end = next(foot, len(self.page.text))
        return tuple(block for block in self.paragraphs if start <= block.start < end)


@lru_cache(maxsize=8)
def _phrases(vocabulary: Vocabulary) -> re.Pattern[str]:
    names = {
        "".join(name.split()) for concept in vocabulary["boilerplate"] for name in concept.names
    }
    return re.compile(any_of(names))


def _is_of_the_site(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line is mostly made up of a site's phrases (打印 关闭, 扫一扫在手机打开当前页)."""
    if len(block.text) > _LONGEST_QUOTE:
        return False
    plain = "".join(block.text.split())
    covered = sum(len(found.group()) for found in _phrases(vocabulary).finditer(plain))
    return covered > 0 and covered * 2 >= sum(map(str.isalnum, plain))


def _outside(blocks: Iterable[Block], spans: Iterable[Span]) -> Iterator[Block]:
    """The blocks, in order, that lie in none of these spans."""
    waiting = iter(sorted(spans))
    span = next(waiting, None)
    for block in blocks:
        while span and span.end <= block.start:
            span = next(waiting, None)
        if not (span and span.start <= block.start):
            yield block


@lru_cache(maxsize=64)
def _by_line(patterns: tuple[re.Pattern[str], ...]) -> re.Pattern[str]:
    """One pattern for several; what they all begin with is then looked for but once."""
    if len(patterns) == 1:
        return re.compile(patterns[0].pattern, patterns[0].flags | re.MULTILINE)
    if any(pattern.flags != re.UNICODE or _REFERS.search(pattern.pattern) for pattern in patterns):
        raise ValueError("patterns with flags or references to groups cannot be made one")
    unnamed = (re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern) for pattern in patterns)
    return re.compile("|".join(unnamed), re.MULTILINE)


def may_find(lines: str, *patterns: re.Pattern[str]) -> bool:
    r"""Whether one of these may be found in one of the blocks whose text these lines are.

    Most slips stand in hardly any document: one search of the whole spares one of each block.
    Raises ValueError for several patterns of which one has flags or refers to a group of its own.

    >>> may_find("甲\n乙5\n丙", re.compile(r"\d+$")), may_find("甲\n乙", re.compile(r"\d"))
    (True, False)
    """
    return _by_line(patterns).search(lines) is not None


def find_from(
    opening: re.Pattern[str], pattern: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    """What a slow pattern finds, tried only where another one says that it may begin."""
    end = 0
    for place in opening.finditer(text):
        found = pattern.match(text, place.start()) if place.start() >= end else None
        if found:
            end = found.end()
            yield found


def cut_quote(text: str) -> str:
    """The words of a source as a message repeats them: on one line, and not too long.

    >>> cut_quote("市教育局、 市财政局")
    '市教育局、市财政局'
    """
    plain = "".join(text.split())
    return plain if len(plain) <= _LONGEST_QUOTE else plain[: _LONGEST_QUOTE - 1] + "…"


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by place, then kind; of two of one kind at one place the worse stays.

    >>> one = Finding("spam-text", Severity.LOW, "x", Span(3, 4))
    >>> two = Finding("spam-text", Severity.HIGH, "y", Span(3, 4))
    >>> [finding.message for finding in sort_findings([one, two])]
    ['y']
    """
    rank = {severity: index for index, severity in enumerate(Severity)}
    ordered = sorted(
        findings,
        key=lambda one: (one.span.start, one.kind, one.span.end, rank[one.severity], one.message),
    )
    kept: dict[tuple[str, Span], Finding] = {}
    for finding in ordered:
        kept.setdefault((finding.kind, finding.span), finding)
    return tuple(kept.values())
