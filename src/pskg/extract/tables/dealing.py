"""Deal the lines of a flattened table out to its rows and columns.

Which way is best is told by what each column can hold (:mod:`pskg.extract.tables.fitting`) and
by the count of cells: the cheapest of all ways is taken (dynamic programming, lines times columns).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pskg.extract.tables.fitting import (
    cost_of_breaking_off,
    cost_of_heading,
    costs_of_going_on,
    find_widths,
    misfits,
)
from pskg.extract.tables.lines import SENTENCE
from pskg.extract.tables.model import Column
from pskg.read import Block, Cell
from pskg.vocabulary import Vocabulary

__all__ = ["DealtRow", "deal_last_row", "deal_row", "deal_rows"]

#: What an empty cell costs, and one that spans the rows from its own on.
_EMPTY_CELL = 3.5
_SPANNED_CELL = 0.3
#: What it costs that the table ends, and each line that stands behind it.
_END = 2.0
_LINE_BEHIND = 0.6
#: A table that has been over at so much less cost than it goes on is over.
_SURELY_OVER = 12.0
_OF_A_PART = 0.5
_INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class DealtRow:
    """A row as dealt: its cells, one for each column, and the headings above it."""

    cells: tuple[Cell, ...]
    heads: tuple[Block, ...] = ()


@dataclass(slots=True)
class _Dealing:
    """The state in which each line is left by the cheapest way.

    With ``width`` columns the states are: going on in column c (c), opening a row in column c
    (width + c), a heading between rows (2 * width), and behind the table (2 * width + 1).
    """

    columns: Sequence[Column]
    vocabulary: Vocabulary
    #: Where a row may open, and what its empty cells cost.
    opens: dict[int, float]
    #: Whether more than one row is wanted, and whether lines may stand behind the table.
    several: bool
    ends: bool
    #: The lengths at which the lines of narrow columns are broken.
    widths: frozenset[int] = frozenset()
    steps: list[list[int]] = field(default_factory=list)

    def deal(self, blocks: Sequence[Block]) -> list[int]:
        """The state of each line, as many as belong to the table or stand close behind it."""
        width = len(self.columns)
        head, over = 2 * width, 2 * width + 1
        stops = any(SENTENCE.search(block.text) for block in blocks)
        best = [_INFINITE] * (over + 1)
        for index, block in enumerate(blocks):
            torn = len(block.text) in self.widths
            part = torn or (index > 0 and len(blocks[index - 1].text) in self.widths)
            fits = [
                # A part of a cell tells less than a whole one.
                cost * (_OF_A_PART if part else 1.0)
                for cost in misfits(block, self.columns, self.vocabulary, stops=stops and not torn)
            ]
            now = [_INFINITE] * (over + 1)
            step = [-1] * (over + 1)
            if index == 0:
                for column, cost in self.opens.items():
                    now[width + column] = cost + fits[column]
                if self.several:
                    now[head], now[over] = cost_of_heading(block, self.vocabulary), _END
            else:
                self._follow(blocks[index - 1], block, best, fits, now, step, stops=stops)
            best = now
            self.steps.append(step)
            if self.ends and best[over] + _SURELY_OVER < min(best[:over]):
                break
        full = [
            best[state] + _EMPTY_CELL * (width - 1 - state % width) for state in range(2 * width)
        ]
        finals = [*full, best[head] + _END, best[over]]
        state = min(range(len(finals)), key=finals.__getitem__)
        states = []
        for step in reversed(self.steps):
            states.append(state)
            state = step[state]
        return states[::-1]

    def _follow(
        self,
        before: Block,
        block: Block,
        best: Sequence[float],
        fits: Sequence[float],
        now: list[float],
        step: list[int],
        *,
        stops: bool,
    ) -> None:
        """The cheapest way to each state of a line from those of the line before it."""
        width = len(self.columns)
        head, over = 2 * width, 2 * width + 1
        breaking = cost_of_breaking_off(before, block, self.widths)
        # The line before stands in a column, whether it opens its row or not.
        last = [min((best[c], c), (best[width + c], width + c)) for c in range(width)]
        # A cell further to the left, with the empty ones between it and this.
        left = (_INFINITE, -1)
        going_on = costs_of_going_on(before, block, self.columns, stops=stops, widths=self.widths)
        for column in range(width):
            way = min((last[column][0] + going_on[column], last[column][1]), left)
            now[column], step[column] = way[0] + fits[column], way[1]
            left = min(
                (left[0] + _EMPTY_CELL, left[1]), (last[column][0] + breaking, last[column][1])
            )
        # ``left`` is now the way by which the row before is complete.
        if self.several:
            done = min(left, (best[head], head))
            for column, cost in self.opens.items():
                now[width + column] = done[0] + cost + fits[column]
                step[width + column] = done[1]
            now[head] = done[0] + cost_of_heading(block, self.vocabulary)
            step[head] = done[1]
        if self.ends:
            ways = (
                (left[0] + _END, left[1]),
                (best[head] + _END, head),
                (best[over], over),
            )
            cost, step[over] = min(ways)
            now[over] = cost + _LINE_BEHIND


def deal_row(
    columns: Sequence[Column],
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    widths: frozenset[int],
) -> tuple[Cell, ...]:
    """Deal the lines of one row out to its columns."""
    return _deal_single(columns, blocks, vocabulary, widths, ends=False)


def deal_last_row(
    columns: Sequence[Column],
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    widths: frozenset[int],
) -> tuple[Cell, ...]:
    """Deal out the row that the lines open with; others may stand behind it."""
    return _deal_single(columns, blocks, vocabulary, widths, ends=True)


def _deal_single(
    columns: Sequence[Column],
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    widths: frozenset[int],
    *,
    ends: bool,
) -> tuple[Cell, ...]:
    if not blocks:
        return tuple(Cell(()) for _ in columns)
    opens = {column: _EMPTY_CELL * column for column in range(len(columns))}
    dealing = _Dealing(columns, vocabulary, opens, several=False, ends=ends, widths=widths)
    (row,) = _collect(columns, blocks, dealing.deal(blocks))
    return row.cells


def deal_rows(
    columns: Sequence[Column], blocks: Sequence[Block], vocabulary: Vocabulary
) -> list[DealtRow]:
    """Deal lines out to one row after another, down to where the table ends.

    A row opens in the first column; in the second where the first is a field of service, whose
    cell spans several rows, or has lost its words.
    """
    if not blocks:
        return []
    spans = columns[0].holds == "domain"
    opens = {0: 0.0} | ({1: _SPANNED_CELL if spans else _EMPTY_CELL} if len(columns) > 1 else {})
    widths = find_widths(blocks)
    dealing = _Dealing(columns, vocabulary, opens, several=True, ends=True, widths=widths)
    states = dealing.deal(blocks)
    return _collect(columns, blocks, states)


def _collect(
    columns: Sequence[Column], blocks: Sequence[Block], states: Sequence[int]
) -> list[DealtRow]:
    """The rows that the states of the lines tell."""
    width = len(columns)
    rows: list[tuple[list[list[Block]], list[Block]]] = []
    heads: list[Block] = []
    for block, state in zip(blocks, states, strict=False):
        if state > 2 * width:
            break
        if state == 2 * width:
            heads.append(block)
            continue
        if state >= width:
            rows.append(([[] for _ in columns], heads))
            heads = []
        rows[-1][0][state % width].append(block)
    return [
        DealtRow(tuple(Cell(tuple(lines)) for lines in cells), tuple(above))
        for cells, above in rows
    ]
