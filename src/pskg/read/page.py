"""A page: the text of a source, and how it falls into blocks and tables.

The text is immutable. Whatever is said about it later is said with offsets into it, in code
points, so that ``page.text[start:end]`` always gives the words meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from pskg.model import Span

__all__ = ["Block", "Cell", "Page", "Table"]


class Block(NamedTuple):
    """A paragraph or a line of its own: ``text`` is what stands at ``span``, ends trimmed."""

    text: str
    span: Span

    @property
    def start(self) -> int:
        """Where the block's text starts."""
        return self.span.start

    @property
    def end(self) -> int:
        """Where the block's text ends."""
        return self.span.end

    def part(self, start: int, end: int) -> Block:
        """The stretch of this block from ``start`` to ``end``, counted from its own start.

        White space at its ends is left out. Raises ValueError where nothing is left.

        >>> Block("一、 总则", Span(10, 15)).part(2, 5)
        Block(text='总则', span=Span(start=13, end=15))
        """
        piece = self.text[start:end]
        text = piece.strip()
        start += self.span.start
        if len(text) < len(piece):
            start += len(piece) - len(piece.lstrip())
        return Block(text, Span(start, start + len(text)))


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell, which may hold several blocks or none."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The cell's words, white space removed: how a broken cell was meant.

        >>> Cell((Block("财政局、", Span(0, 4)), Block("教育局", Span(6, 9)))).text
        '财政局、教育局'
        """
        return "".join("".join(block.text.split()) for block in self.blocks)

    @property
    def span(self) -> Span:
        """From the first character of the cell to its last. Raises ValueError when empty."""
        if not self.blocks:
            raise ValueError("an empty cell stands nowhere")
        return Span(self.blocks[0].start, self.blocks[-1].end)

    def __bool__(self) -> bool:
        return bool(self.blocks)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows and cells the source itself marks (HTML, tabs), spans resolved.

    Each row has one cell a column; a cell that covers several rows or columns stands in each.
    """

    rows: tuple[tuple[Cell, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a source with its blocks and marked tables, in the order of the text.

    ``blocks`` hold the running text; those of a marked table are in the table alone.
    ``metadata`` are fields the page declares outside its text (HTML ``<meta>``), by name.
    ``boilerplate`` are stretches that are the site's own and not the document's: menus, footers.
    """

    source: str
    sha256: str
    media_type: str
    encoding: str
    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    boilerplate: tuple[Span, ...] = ()

    def quote(self, span: Span) -> str:
        """The exact words at a span."""
        return span.of(self.text)

    def without_boilerplate(self) -> Page:
        r"""The page without the blocks that lie in its boilerplate.

        >>> page = Page("a", "0", "text/html", "utf-8", "首页\n总则",
        ...             (Block("首页", Span(0, 2)), Block("总则", Span(3, 5))),
        ...             boilerplate=(Span(0, 2),))
        >>> [block.text for block in page.without_boilerplate().blocks]
        ['总则']
        """
        if not self.boilerplate:
            return self
        kept: list[Block] = []
        waiting = iter(self.boilerplate)
        span = next(waiting, None)
        for block in self.blocks:
            while span and span.end <= block.start:
                span = next(waiting, None)
            if not (span and span.covers(block.span)):
                kept.append(block)
        return replace(self, blocks=tuple(kept))


def hull(blocks: Iterable[Block]) -> Span:
    """The span from the start of the first block to the end of the last.

    >>> hull([Block("ab", Span(0, 2)), Block("c", Span(5, 6))])
    Span(start=0, end=6)
    """
    spans = [block.span for block in blocks]
    return Span(spans[0].start, spans[-1].end)
