"""Where two wordings part: the words of one that the other does not have.

Numbers and Latin words are one piece each, any other character by itself, so that 800 and 850
differ as a whole; white space and the width of punctuation do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from pskg.vocabulary import key

__all__ = ["Piece", "mark_differences"]

#: Some words, and whether another wording lacks them.
Piece = tuple[str, bool]

_PIECE = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)


def mark_differences(texts: Sequence[str]) -> list[tuple[Piece, ...]]:
    """Each text in pieces that tell where it parts from the others; joined they are the text.

    Every text is held against the first that says anything, and that one against all others.
    Blank texts say nothing and have no pieces.

    >>> mark_differences(["每生每年800元。", "每生每年850元。"])
    [(('每生每年', False), ('800', True), ('元。', False)), (('每生每年', False), ('850', True), ('元。', False))]
    >>> mark_differences(["免费", "", "免费 "])
    [(('免费', False),), (), (('免费 ', False),)]
    """  # noqa: E501
    split = [_PIECE.findall(text) for text in texts]
    marks = [[False] * len(pieces) for pieces in split]
    stated = [place for place, text in enumerate(texts) if text.strip()]
    for place in stated[1:]:
        first = stated[0]
        for ours, theirs in ((first, place), (place, first)):
            for at in _parted(split[ours], split[theirs]):
                marks[ours][at] = True
    return [_join(pieces, marked) for pieces, marked in zip(split, marks, strict=True)]


def _parted(one: Sequence[str], other: Sequence[str]) -> list[int]:
    """The places of ``one`` that have no counterpart in ``other``."""
    here = [at for at, piece in enumerate(one) if not piece.isspace()]
    there = [key(piece) for piece in other if not piece.isspace()]
    matcher = SequenceMatcher(None, [key(one[at]) for at in here], there, autojunk=False)
    return [
        here[at]
        for tag, start, end, _, _ in matcher.get_opcodes()
        if tag in ("replace", "delete")
        for at in range(start, end)
    ]


def _join(pieces: Sequence[str], marked: Sequence[bool]) -> tuple[Piece, ...]:
    """Neighbours of one kind as one; white space goes with what stands before it."""
    joined: list[Piece] = []
    for piece, mark in zip(pieces, marked, strict=True):
        if joined and (joined[-1][1] == mark or piece.isspace()):
            joined[-1] = (joined[-1][0] + piece, joined[-1][1])
        else:
            joined.append((piece, mark))
    return tuple(joined)
