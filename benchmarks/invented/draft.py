"""A text as it is written, with the rows that are true of it.

A draft is a list of blocks (paragraphs, headings, cells); a :class:`Place` is a stretch of one of
them, so that the same draft can be set as plain text or as a web page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

#: The columns of each table of the truth, less the last three.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "documents": (
        "title", "doc_number", "issuer", "region", "region_code", "issued_on", "published_on",
        "effect_status", "period_start", "period_end",
    ),
    "citations": ("cited_title", "cited_number", "relation"),
    "items": ("no", "name", "domain", "target_groups", "standard", "funding", "lead"),
    "tasks": ("kind", "no", "title", "domain", "section"),
    "responsibilities": ("subject_kind", "subject_no", "subject", "body", "role", "order"),
    "funding": ("item_no", "item", "scheme", "payer", "share", "basis"),
    "indicators": (
        "domain", "indicator", "unit", "year", "value", "comparator", "kind", "cumulative",
    ),
    "amounts": ("subject_no", "subject", "amount", "unit", "beneficiary"),
    "findings": ("kind", "severity", "message"),
}  # fmt: skip

_ASCII = str.maketrans("，（）；：", ",();:")


class Place(NamedTuple):
    """A stretch of a block."""

    block: int
    start: int
    end: int


@dataclass(slots=True)
class Block:
    """A paragraph, heading or cell. ``kind`` says how a page shows it."""

    kind: str
    text: str = ""


@dataclass(slots=True)
class Grid:
    """A table: for each row the blocks of its cells, None where the cell above reaches down.

    A row of one cell goes over all columns.
    """

    first: int
    columns: int
    rows: list[list[int | None]] = field(default_factory=list)
    end: int = 0


@dataclass(slots=True)
class Draft:
    """What is written so far. ``ascii`` sets commas and brackets in their narrow form."""

    ascii: bool
    blocks: list[Block] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    rows: dict[str, list[tuple[Place, dict[str, str]]]] = field(
        default_factory=lambda: {table: [] for table in COLUMNS}
    )

    def set(self, words: str) -> str:
        """Words as this draft prints them."""
        return words.translate(_ASCII) if self.ascii else words

    def open(self, kind: str, words: str = "") -> Place:
        """Begin a block."""
        self.blocks.append(Block(kind))
        return self.say(words)

    def say(self, words: str) -> Place:
        """Go on in the last block; where the words stand."""
        block = self.blocks[-1]
        start = len(block.text)
        block.text += self.set(words)
        return Place(len(self.blocks) - 1, start, len(block.text))

    def text(self, place: Place) -> str:
        return self.blocks[place.block].text[place.start : place.end]

    def since(self, start: Place) -> Place:
        """From the start of a place to where the text of its block ends now."""
        return Place(start.block, start.start, len(self.blocks[start.block].text))

    def add(self, table: str, place: Place, **values: str) -> None:
        """A row of the truth."""
        self.rows[table].append((place, {k: self.set(v) for k, v in values.items()}))

    def find(self, kind: str, severity: str, message: str, place: Place) -> None:
        """A finding of the truth."""
        self.add("findings", place, kind=kind, severity=severity, message=message)

    def begin_grid(self, headings: Sequence[str]) -> Grid:
        grid = Grid(len(self.blocks), len(headings))
        self.grids.append(grid)
        grid.rows.append([self.open("head", heading).block for heading in headings])
        return grid

    def end_grid(self, grid: Grid) -> None:
        grid.end = len(self.blocks)
