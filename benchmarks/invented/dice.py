"""Chance that is the same on every machine and for every version of Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Drawn from ``random()`` alone, which Python promises not to change for one seed.

    >>> Dice("7/1").below(1000) == Dice("7/1").below(1000)
    True
    """

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random

    def chance(self, share: float) -> bool:
        return self._random() < share

    def below(self, end: int) -> int:
        return int(self._random() * end)

    def between(self, first: int, last: int) -> int:
        return first + int(self._random() * (last - first + 1))

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self._random() * len(options))]

    def some(self, options: Sequence[T], number: int) -> list[T]:
        """So many of them, each once, in chance order."""
        left = list(options)
        drawn = []
        for _ in range(min(number, len(left))):
            at = int(self._random() * len(left))
            left[at], left[-1] = left[-1], left[at]
            drawn.append(left.pop())
        return drawn
