"""What figures of well-known indicators are plausible: ``indicator-ranges.ttl``."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

import pyoxigraph as ox

from pskg.resources import resource_folder
from pskg.vocabulary import Concept, Vocabulary, key

__all__ = ["Range", "find_range"]

_SCHEMA = "https://schema.org/"
_SCHEME = "indicator-ranges"
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Range:
    """The range in which an indicator's figures lie in plans, where one is known.

    ``units`` are those in which ``least`` and ``most`` are; ``less_is_better`` is None where
    neither more nor less is better as such.
    """

    name: str
    units: tuple[str, ...]
    least: Decimal | None
    most: Decimal | None
    less_is_better: bool | None

    def fits(self, value: Decimal) -> bool:
        """Whether a figure lies in the range; true where no range is known."""
        return (self.least is None or self.least <= value) and (
            self.most is None or value <= self.most
        )


@lru_cache(maxsize=4096)
def find_range(name: str, vocabulary: Vocabulary) -> Range | None:
    """The range of the indicator that has this name, None where none is known.

    Of the words that occur in the name the last counts, of those that end together the longest:
    大班额覆盖率 is a coverage, 婴儿死亡率 more than a 死亡率.

    >>> from pskg.vocabulary import load
    >>> find_range("全市婴儿死亡率", load()).most
    Decimal('20.0')
    """
    names, lengths = _names(vocabulary)
    text = key(name)[-_LONGEST_NAME:]
    for end in range(len(text), 0, -1):
        for length in lengths:
            concept = names.get(text[max(0, end - length) : end])
            if concept:
                return _make_range(concept)
    return None


@lru_cache(maxsize=8)
def _names(vocabulary: Vocabulary) -> tuple[dict[str, Concept], tuple[int, ...]]:
    """The concepts that say more than a direction, by name, and the names' lengths."""
    names = {
        key(name): concept
        for concept in vocabulary[_SCHEME]
        if concept.broader
        for name in concept.names
    }
    return names, tuple(sorted({len(name) for name in names}, reverse=True))


def _make_range(concept: Concept) -> Range:
    bounds = _bounds().get(concept.iri, {})
    better = concept.broader[0].rpartition("/")[2]
    return Range(
        name=concept.label,
        units=tuple(bounds.get("unitText", ())),
        least=_first(bounds.get("minValue", ())),
        most=_first(bounds.get("maxValue", ())),
        less_is_better={"less-is-better": True, "more-is-better": False}.get(better),
    )


def _first(values: tuple[str, ...]) -> Decimal | None:
    return Decimal(values[0]) if values else None


@cache
def _bounds() -> dict[str, dict[str, tuple[str, ...]]]:
    """The schema.org properties of each range: they are no part of a vocabulary's names."""
    path = resource_folder("ontology") / "vocabularies" / f"{_SCHEME}.ttl"
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value.startswith(_SCHEMA) and isinstance(quad.object, ox.Literal):
            about = found.setdefault(str(getattr(quad.subject, "value", "")), {})
            name = quad.predicate.value.removeprefix(_SCHEMA)
            about[name] = (*about.get(name, ()), quad.object.value)
    return found
