"""The SKOS vocabularies: what names exist and what they mean.

A vocabulary is a Turtle file of ``ontology/vocabularies/`` that holds one ``skos:ConceptScheme``.
The extractor asks it for names and never spells one out: a new name of a body is a line of
Turtle. Files are parsed once a process.

>>> vocabulary = load()
>>> vocabulary["roles"].find("牵头单位").notation
'lead'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from os.path import commonprefix
from pathlib import Path

import pyoxigraph as ox

from pskg.characters import map_characters
from pskg.resources import resource_folder

__all__ = ["Concept", "Scheme", "Vocabulary", "VocabularyError", "key", "load"]

SKOS = "http://www.w3.org/2004/02/skos/core#"
NS = "https://w3id.org/pskg/ns#"
CV = "http://data.europa.eu/m8g/"

#: Punctuation that differs from page to page and never tells two names apart.
_PUNCTUATION = {
    "(": "（", ")": "）", ",": "，", ":": "：", "∶": "：", "[": "〔", "]": "〕",
    "﹝": "〔", "﹞": "〕", "【": "〔", "】": "〕", "‘": "“", "’": "”", '"': "“",
}  # fmt: skip
_change_punctuation = map_characters(_PUNCTUATION)


class VocabularyError(ValueError):
    """A vocabulary file that cannot be used: says which file, and what is wrong with it."""


def key(text: str) -> str:
    """The form of a name in which two spellings of it are equal.

    White space goes, half-width and full-width punctuation become one.

    >>> key("文化馆 (站)") == key("文化馆（站）")
    True
    """
    # Names come again and again, paragraphs once.
    return _key_of_name(text) if len(text) <= _LONGEST_NAME else _fold(text)


_LONGEST_NAME = 40


def _fold(text: str) -> str:
    return _change_punctuation("".join(text.split()))


_key_of_name = lru_cache(maxsize=1 << 15)(_fold)


def any_of(names: Iterable[str]) -> str:
    """A regular expression for any of these names, the longest that fits; none fits nothing.

    Names that begin alike are one branch: a long list is searched many times as fast as the
    same list of alternatives.

    >>> any_of(["市财政局", "市教育局", "市"])
    '市(?:教育局|财政局)?'
    >>> any_of([])
    '(?!)'
    """
    return _any_of(sorted(set(names)), 0)


#: Beyond this many branches in a name it is not worth another; expressions are read by recursion.
_MOST_BRANCHES = 50


def _any_of(names: Sequence[str], depth: int) -> str:
    """Sorted names as branches, ``depth`` branches into a name."""
    if depth > _MOST_BRANCHES:
        return f"(?:{'|'.join(map(re.escape, reversed(names)))})"
    ends = bool(names) and not names[0]
    written = []
    for _, alike in groupby(names[ends:], itemgetter(0)):
        branch = list(alike)
        # Names in order have in common what the first and the last have.
        common = commonprefix((branch[0], branch[-1]))  # noqa: RUF071 - no paths
        rest = [name[len(common) :] for name in branch]
        written.append(re.escape(common) + (_any_of(rest, depth + 1) if any(rest) else ""))
    if not written:
        return "" if ends else "(?!)"
    if len(written) == 1 and not ends:
        return written[0]
    return f"(?:{'|'.join(written)})" + ("?" if ends else "")


@dataclass(frozen=True, slots=True)
class Concept:
    """A SKOS concept: its IRI, its notation (the last part of the IRI), and its names.

    ``properties`` holds every other property of pskg's and the Core Vocabularies' by its local
    name (``bodyKind``, ``holds``, ``thematicArea``), each value an IRI or a string.
    """

    iri: str
    scheme: str
    notation: str
    label: str
    label_en: str
    names: tuple[str, ...]
    broader: tuple[str, ...] = ()
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Scheme:
    """A concept scheme: finds concepts by name.

    ``name`` is the file's stem. Names are the preferred, alternative and hidden Chinese labels.
    """

    name: str
    iri: str
    concepts: tuple[Concept, ...]

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    @cached_property
    def _by_name(self) -> dict[str, Concept]:
        found: dict[str, Concept] = {}
        for concept in self.concepts:
            for name in concept.names:
                other = found.setdefault(key(name), concept)
                if other is not concept:
                    raise VocabularyError(
                        f"{self.name}.ttl: the name {name} stands for both "
                        f"{other.notation} and {concept.notation}; take it from one of them"
                    )
        return found

    @cached_property
    def _by_notation(self) -> dict[str, Concept]:
        return {concept.notation: concept for concept in self.concepts}

    def find(self, name: str) -> Concept | None:
        """The concept that has this very name, white space and width of punctuation aside."""
        return self._by_name.get(key(name))

    def get(self, notation: str) -> Concept:
        """The concept with this notation. Raises KeyError where there is none."""
        return self._by_notation[notation]

    def find_ending(self, name: str) -> Concept | None:
        """The concept whose name, the longest one that fits, ends this text."""
        text = key(name)
        for start in range(max(0, len(text) - self._longest), len(text)):
            if found := self._by_name.get(text[start:]):
                return found
        return None

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._by_name), default=0)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name in ``key`` form, the longest first."""
        return tuple(sorted(self._by_name, key=lambda name: (-len(name), name)))


class Vocabulary(Mapping[str, Scheme]):
    """All schemes by name (the stem of the file): ``vocabulary["domains"]``."""

    def __init__(self, schemes: Mapping[str, Scheme]) -> None:
        self._schemes = dict(schemes)

    def __getitem__(self, name: str) -> Scheme:
        return self._schemes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._schemes)

    def __len__(self) -> int:
        return len(self._schemes)

    # One vocabulary is itself alone: patterns made from it are cached by it.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @cached_property
    def _by_iri(self) -> dict[str, Concept]:
        return {concept.iri: concept for scheme in self._schemes.values() for concept in scheme}

    def concept(self, iri: str) -> Concept:
        """The concept with this IRI. Raises KeyError where there is none."""
        return self._by_iri[iri]


def read_scheme(path: Path) -> Scheme:
    """Read one Turtle file that holds one concept scheme.

    Raises VocabularyError where the file is not Turtle, holds no scheme or more than one, or a
    concept lacks a notation or a Chinese label.
    """
    try:
        quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    except (SyntaxError, OSError) as error:
        raise VocabularyError(f"{path}: {error}") from error
    about: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(
            quad.object, ox.BlankNode | ox.Triple
        ):
            properties = about.setdefault(quad.subject.value, {})
            properties.setdefault(quad.predicate.value, []).append(quad.object)
    type_ = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

    def is_a(iri: str, class_: str) -> bool:
        return any(value.value == SKOS + class_ for value in about[iri].get(type_, ()))

    schemes = [iri for iri in about if is_a(iri, "ConceptScheme")]
    if len(schemes) != 1:
        raise VocabularyError(f"{path}: holds {len(schemes)} concept schemes; one is wanted")
    concepts = tuple(_concept(iri, about[iri], path) for iri in about if is_a(iri, "Concept"))
    return Scheme(path.stem, schemes[0], concepts)


def _concept(
    iri: str, properties: Mapping[str, list[ox.NamedNode | ox.Literal]], path: Path
) -> Concept:
    def labels(name: str, language: str) -> list[str]:
        return [
            value.value
            for value in properties.get(SKOS + name, ())
            if isinstance(value, ox.Literal) and (value.language or "") == language
        ]

    notations = [value.value for value in properties.get(SKOS + "notation", ())]
    preferred = labels("prefLabel", "zh")
    if len(notations) != 1 or len(preferred) != 1:
        raise VocabularyError(
            f"{path}: {iri} needs exactly one skos:notation and one skos:prefLabel in zh"
        )
    names = dict.fromkeys((*preferred, *labels("altLabel", "zh"), *labels("hiddenLabel", "zh")))
    return Concept(
        iri=iri,
        scheme=path.stem,
        notation=notations[0],
        label=preferred[0],
        label_en="".join(labels("prefLabel", "en")),
        names=tuple(names),
        broader=tuple(value.value for value in properties.get(SKOS + "broader", ())),
        properties={
            name.removeprefix(namespace): tuple(value.value for value in values)
            for name, values in properties.items()
            for namespace in (NS, CV)
            if name.startswith(namespace)
        },
    )


@cache
def load(folder: Path | None = None) -> Vocabulary:
    """Every vocabulary of a folder; without one, those that pskg ships.

    Raises VocabularyError where a file cannot be used.
    """
    folder = folder or resource_folder("ontology") / "vocabularies"
    return Vocabulary({path.stem: read_scheme(path) for path in sorted(folder.glob("*.ttl"))})
