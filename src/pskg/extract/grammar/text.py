"""Texts read without their white space: it may break any word over lines.

The grammars fold a text each in its own way, for each needs other signs to be one (a bracket of a
list of bodies, a point of a number); all of them keep where every character stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pskg.model import Span

__all__ = ["PlacedText", "drop_space"]

_INK = re.compile(r"\S+")


@dataclass(frozen=True)
class PlacedText:
    """The characters of a text that are left, as printed, and where in the document each stood."""

    kept: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The document's span of these characters."""
        return Span(self.at[start], self.at[end - 1] + 1)

    def word(self, start: int, end: int) -> str:
        """These characters as printed, without white space."""
        return "".join(self.kept[start:end].split())


def drop_space(text: str, offset: int, ink: re.Pattern[str] = _INK) -> tuple[str, tuple[int, ...]]:
    """What is left of a text that starts at ``offset``, and where each character stood.

    ``ink`` matches runs of what is left: all but white space, if no other is given.

    >>> drop_space("市\\n教育局", 10)
    ('市教育局', (10, 12, 13, 14))
    """
    kept: list[str] = []
    at: list[int] = []
    for run in ink.finditer(text):
        kept.append(run.group())
        at.extend(range(offset + run.start(), offset + run.end()))
    return "".join(kept), tuple(at)
