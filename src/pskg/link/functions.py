"""Which functions an office has, told by its name: 教育体育局 has two.

The vocabulary has a name for one function each. A name made of several of them (自然资源和水务局),
or of their initials (教体局), has the functions that it is made of, provided that nothing of it is
left over.

>>> from pskg.vocabulary import load
>>> [one.label for one in read_functions("文化体育和旅游局", load())]
['文化和旅游', '体育']
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pskg.vocabulary import Concept, Vocabulary, key

__all__ = ["distinct_functions", "is_within_function", "read_functions", "stem_of", "take_over"]

#: How the names of offices end; what stands before it is the stem.
_ENDING = re.compile(
    r"(?:总局|[局厅部署办]|委员会|(?<![党工])委|办公室|行政主管部门|行政部门|主管部门|职能部门|部门)$"
)
_ADMINISTRATIVE = re.compile(r"(?:行政主管|行政|主管|职能)?部门$")
_AND = re.compile(r"[和与及、]")
#: What says no more of an office than that it is one.
_FILLER = re.compile(r"(?:监督管理|管理|工作|事务|服务|发展)$")
_SHORTEST_STEM = 2
_LONGEST_NAME = 24
#: Before 新闻办 and the like these tell whose office it is, not what it is for.
_WHOSE = frozenset({"政府", "人民政府", "党委"})
#: The kinds of bodies that share an office.
_OFFICES = frozenset({"government-department", "party-body", "public-institution"})


@dataclass(frozen=True)
class _Stems:
    """What names of offices are made of.

    ``plain`` holds the stems that stand for one function whatever they are made of, being names
    themselves (卫生和计划生育); ``atoms`` those, and others that are not made of several;
    ``initials`` those of one character.
    """

    plain: Mapping[str, Concept]
    atoms: dict[str, Concept]
    initials: Mapping[str, Concept]


@lru_cache(maxsize=8)
def _stems(vocabulary: Vocabulary) -> _Stems:
    plain: dict[str, Concept] = {}
    others: dict[str, Concept] = {}
    offices = [concept for concept in vocabulary["functions"] if _is_office(concept)]
    # The bureau's stem goes before that of an office: 应急 is 应急局's, not 应急办's.
    names = sorted(
        ((key(name), concept) for concept in offices for name in concept.names),
        key=lambda one: one[0].endswith(("办", "办公室")),
    )
    for name, concept in names:
        if name == key(concept.label) or not _ENDING.search(name):
            plain.setdefault(_AND.sub("", name), concept)
        for stem in (stem_of(name), _AND.sub("", name)):
            if len(stem) >= _SHORTEST_STEM:
                others.setdefault(stem, concept)
    initials = {
        initial: concept for concept in offices for initial in concept.properties.get("initial", ())
    }
    stems = _Stems(plain, dict(plain), initials)
    for stem, concept in sorted(others.items(), key=lambda one: len(one[0])):
        if stem in plain or stem in _WHOSE:
            continue
        if len({part.iri for part in _cut(stem, stems, concept)}) < 2:
            stems.atoms[stem] = concept
    return stems


def _is_office(concept: Concept) -> bool:
    kinds = concept.properties.get("bodyKind", ())
    return any(kind.rsplit("/", 1)[-1] in _OFFICES for kind in kinds)


def stem_of(name: str) -> str:
    """A name in :func:`~pskg.vocabulary.key` form without 局, 委员会 and the like, and without 和.

    >>> stem_of("教育和体育局"), stem_of("民政部门")
    ('教育体育', '民政')
    """
    return _AND.sub("", _ENDING.sub("", name))


# Bodies are called alike in many documents.
@lru_cache(maxsize=8192)
def read_functions(name: str, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """The functions of an office of this name, which stands there without its region.

    The one for which the vocabulary has the whole name comes first; without one, they stand as
    in the name. Empty where the name is not wholly understood. A function that another one of
    the same name took over is not told beside it: 文化旅游局 has one function.

    >>> from pskg.vocabulary import load
    >>> [one.label for one in read_functions("自然资源和水务局", load())]
    ['自然资源', '水利']
    >>> read_functions("自然资源和示例局", load())
    ()
    """
    name = key(name)
    functions = vocabulary["functions"]
    whole = functions.find(name) or functions.find(_ADMINISTRATIVE.sub("", name))
    stems = _stems(vocabulary)
    stem = stem_of(name)
    if whole and (stem in stems.plain or _AND.sub("", name) in stems.plain):
        return (whole,)
    parts: tuple[Concept, ...] = ()
    if _ENDING.search(name):
        parts = _cut(stem, stems, whole) or _cut(_FILLER.sub("", stem), stems, whole)
    if whole and not any(_are_one_line(part, whole, vocabulary) for part in parts):
        return (whole,)
    if not whole and len(parts) < 2:
        return ()
    found = {one.iri: one for one in ((whole, *parts) if whole else parts)}
    return tuple(
        one
        for one in found.values()
        if one is whole or found.keys().isdisjoint(_closure(one, vocabulary, "succeededBy"))
    )


def _cut(stem: str, stems: _Stems, whole: Concept | None) -> tuple[Concept, ...]:
    """The functions that a stem is made of, by the fewest parts; empty where some is left over.

    Initials count only in a name that the vocabulary has as a whole.
    """
    if not 1 < len(stem) <= _LONGEST_NAME:
        return ()
    if whole and all(character in stems.initials for character in stem):
        return tuple(stems.initials[character] for character in stem)
    best: list[tuple[Concept, ...] | None] = [(), *[None] * len(stem)]
    for end in range(1, len(stem) + 1):
        for start in range(end):
            before, part = best[start], stem[start:end]
            known = stems.atoms.get(part) or (stems.initials.get(part) if whole else None)
            if before is None or known is None:
                continue
            found, shortest = (*before, known), best[end]
            if shortest is None or len(found) < len(shortest):
                best[end] = found
    return best[-1] or ()


def _are_one_line(part: Concept, whole: Concept, vocabulary: Vocabulary) -> bool:
    """Whether a part of a name has to do with what the vocabulary says of the whole name."""
    return (
        part.iri == whole.iri
        or is_within_function(part, whole, vocabulary)
        or part.iri in _closure(whole, vocabulary, "succeededBy")
        or whole.iri in _closure(part, vocabulary, "succeededBy")
    )


def _closure(concept: Concept, vocabulary: Vocabulary, property_: str) -> set[str]:
    found: set[str] = set()
    waiting = [concept]
    while waiting:
        one = waiting.pop()
        steps = one.broader if property_ == "broader" else one.properties.get(property_, ())
        for iri in steps:
            if iri not in found:
                found.add(iri)
                waiting.append(vocabulary.concept(iri))
    return found


def is_within_function(one: Concept, other: Concept, vocabulary: Vocabulary) -> bool:
    """Whether a function is part of another one.

    >>> from pskg.vocabulary import load
    >>> functions = load()["functions"]
    >>> is_within_function(functions.get("broadcasting"), functions.get("culture-tourism"), load())
    True
    """
    return other.iri in _closure(one, vocabulary, "broader")


def take_over(concept: Concept, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """The functions that took one over, directly or by way of others.

    >>> from pskg.vocabulary import load
    >>> [one.label for one in take_over(load()["functions"].get("public-health-office"), load())]
    ['卫生健康', '卫生和计划生育']
    """
    found = _closure(concept, vocabulary, "succeededBy")
    return tuple(vocabulary.concept(iri) for iri in sorted(found))


def distinct_functions(
    functions: tuple[Concept, ...], vocabulary: Vocabulary
) -> tuple[Concept, ...]:
    """The functions that tell an office from the others of its region: the first, and those that
    are no part of it. 文化广电和旅游局 is the office of culture and tourism by its full name.

    >>> from pskg.vocabulary import load
    >>> found = read_functions("文化广电和旅游局", load())
    >>> [one.notation for one in found]
    ['culture-tourism', 'broadcasting']
    >>> [one.notation for one in distinct_functions(found, load())]
    ['culture-tourism']
    """  # noqa: D205
    return tuple(
        one
        for one in functions
        if one is functions[0] or not is_within_function(one, functions[0], vocabulary)
    )
