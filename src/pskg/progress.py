"""How far long work is: what a build and a publication tell of their steps."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Progress"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is, for showing it.

    ``state`` is what became of ``source``: read, reused, failed or skipped; then loading, as the
    parts go into the store, of which ``total`` counts those that do; ordering or merging, as the
    store puts in order what is much; at last saved.
    ``seconds`` is what that one step took.
    """

    done: int
    total: int
    source: str
    seconds: float
    state: str
