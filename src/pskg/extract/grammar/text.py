"""Texts read without their white space: it may break any word over lines.

The grammars fold a text each in its own way, for each needs other signs to be one (a bracket of a
list of bodies, a point of a number); all of them keep where every character stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from pskg.model import Span

__all__ = ["PlacedText", "drop_space", "join_places"]

_INK = re.compile(r"\S+")


@dataclass(frozen=True)
class PlacedText:
    """The characters of a text that are left, as printed, and where in the document each stood."""

    kept: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The document's span of these characters."""
        return Span(self.at[start], self.at[end - 1] + 1)

    def word(self, start: int, end: int) -> str:
        """These characters as printed, without white space."""
        return "".join(self.kept[start:end].split())


def drop_space(text: str, offset: int, ink: re.Pattern[str] = _INK) -> tuple[str, Sequence[int]]:
    """What is left of a text that starts at ``offset``, and where each character stood.

    ``ink`` matches runs of what is left: all but white space, if no other is given.

    >>> drop_space("市\\n教育局", 10)
    ('市教育局', (10, 12, 13, 14))
    """
    if ink.fullmatch(text):
        return text, range(offset, offset + len(text))
    kept: list[str] = []
    at: list[range] = []
    for run in ink.finditer(text):
        kept.append(run.group())
        at.append(range(offset + run.start(), offset + run.end()))
    return "".join(kept), join_places(at)


def join_places(runs: Iterable[range]) -> Sequence[int]:
    """The places of these runs, one behind the other.

    >>> join_places([range(0), range(2, 4)]), join_places([range(1), range(2, 4)])
    (range(2, 4), (0, 2, 3))
    """
    held = list(filter(None, runs))
    return held[0] if len(held) == 1 else tuple(chain.from_iterable(held))
