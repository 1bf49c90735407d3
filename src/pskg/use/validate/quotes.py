"""Whether the words that facts quote stand in the stored text where they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

import pyoxigraph as ox

from pskg.graph.names import term
from pskg.use.validate.report import SHAPES, Result, ResultSeverity

__all__ = ["check_quotes"]

_QUOTE, _START, _END = (term(f"pskg:{name}") for name in ("quote", "start", "end"))


def check_quotes(document: str, triples: Iterable[ox.Triple], text: str) -> Iterator[Result]:
    """The things whose quote does not stand in a document's text where they say it does."""
    said: dict[str, dict[ox.NamedNode, list[str]]] = {}
    for one in triples:
        if one.predicate in (_QUOTE, _START, _END):
            values = said.setdefault(str(getattr(one.subject, "value", one.subject)), {})
            values.setdefault(one.predicate, []).append(str(getattr(one.object, "value", "")))
    for thing, values in said.items():
        places = (values.get(predicate, ()) for predicate in (_QUOTE, _START, _END))
        for quote, start, end in product(*places):
            if not _stands(text, quote, start, end):
                yield Result(
                    severity=ResultSeverity.VIOLATION,
                    shape=f"{SHAPES}fact-quote-in-source",
                    message="The quote does not stand in the stored text at its position.",
                    message_zh="引文与所存原文在该位置的文字不符。",
                    focus=thing,
                    path=_QUOTE.value,
                    value=quote,
                    document=document,
                )


def _stands(text: str, quote: str, start: str, end: str) -> bool:
    try:
        first, last = int(start), int(end)
    except ValueError:
        return False
    return 0 <= first <= last and text[first:last] == quote
