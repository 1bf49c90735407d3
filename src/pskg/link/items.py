"""Which service of the national list an item of a region's list is.

Names are compared by the words they are made of (``ontology/vocabularies/item-words.ttl``):
words that tell nothing apart are left out, synonyms are one, and words that say for whom or
where (qualifiers; groups of people from the target groups) are held apart from words that say
what the service is. The steps, the surest first:

1. the very name, or an alternative name of the list;
2. the same words: the same service in other words, or, where only qualifiers differ, a part of
   it or more than it;
3. several names in one: each part is looked up by itself;
4. names that are alike: a guess, asserted only where the items before and behind it in the list
   are the neighbours in the national list.

What a person has settled (:mod:`pskg.link.sssom`) goes before all of them. A guess below
:data:`ASSERTED` is kept for review and merges nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from pskg.link.sssom import Curated, Match, Row, SssomError
from pskg.model import Item
from pskg.vocabulary import Concept, Vocabulary, key

__all__ = ["ASSERTED", "SCHEME", "Alignment", "align_item", "align_items"]

#: The scheme of the national list.
SCHEME = "national-list-2017"

#: The confidence from which an alignment is asserted. Below it is a guess for review.
ASSERTED = 0.7

#: How alike two names must be for a guess to be worth a reader's time.
_ALIKE = 0.5

#: More concepts than this under one wider name tell nothing.
_MOST_PARTS = 3

#: Groups that leave nobody out: an item for all residents is not narrower for saying so.
_EVERYONE = frozenset({
    "everyone", "residents", "urban-and-rural-residents", "permanent-residents",
    "urban-and-rural",
})  # fmt: skip

_LEXICAL = "semapv:LexicalMatching"
_ALIKE_NAMES = "semapv:LexicalSimilarityThresholdMatching"
_COMPOSITE = "semapv:CompositeMatching"

_BRACKETS = re.compile(r"（[^（）]*）|[“”‘’《》〔〕]")
_MARKS = "、，；。/・·"


@dataclass(frozen=True, slots=True)
class Alignment:
    """How one item stands to one concept of the national list, how sure, and why.

    ``match`` reads as SKOS reads it: with ``broad`` the concept is broader than the item.
    ``concept`` is None where there is no match.
    """

    subject: str
    label: str
    concept: str | None
    match: Match
    confidence: float
    justification: str
    reason: str

    @property
    def asserted(self) -> bool:
        """Whether the match is sure enough to say so."""
        return self.match is not Match.NONE and self.confidence >= ASSERTED

    @property
    def unsure(self) -> bool:
        """Whether there is a guess that nobody has confirmed."""
        return self.match is not Match.NONE and self.confidence < ASSERTED


def align_item(
    item: Item, vocabulary: Vocabulary, *, iri: str = "", curated: Curated | None = None
) -> tuple[Alignment, ...]:
    """Align one item by itself; see :func:`align_items`.

    >>> from pskg.model import Span
    >>> from pskg.vocabulary import load
    >>> item = Item("1", "农村最低生活保障", "基本社会服务", None, Span(0, 8))
    >>> one, = align_item(item, load())
    >>> one.concept.rsplit("/", 1)[-1], one.match.value, one.confidence
    ('minimum-living-allowance', 'broad', 0.75)
    """
    (found,) = align_items([item], vocabulary, iris=[iri], curated=curated)
    return found


def align_items(
    items: Sequence[Item],
    vocabulary: Vocabulary,
    *,
    iris: Sequence[str] | None = None,
    curated: Curated | None = None,
) -> list[tuple[Alignment, ...]]:
    """Align the items of one document to the national list.

    Args:
        items: the items, in the order of the list.
        vocabulary: the vocabularies; without the national list nothing is aligned.
        iris: what the alignments call the items; without them, the items' numbers.
        curated: what a person settled; without it, nothing is.

    Returns:
        For each item its alignments: one, or several ``narrow`` ones for an item that holds
        several services. An item that is no service of the list has one with ``none``.

    Raises SssomError where a settled row names a concept that is not in the list.
    """
    index = _index_of(vocabulary)
    subjects = list(iris) if iris is not None else [item.no for item in items]
    if index is None:
        return [() for _ in items]
    found = [
        [replace(one, subject=subject) for one in _compute(item, index)]
        for item, subject in zip(items, subjects, strict=True)
    ]
    _use_order(items, found, index)
    _part_rivals(found)
    if curated is not None:
        for place, (item, subject) in enumerate(zip(items, subjects, strict=True)):
            found[place] = _apply_curated(found[place], item, subject, curated, index)
    return [tuple(one) for one in found]


# Words


@dataclass(frozen=True, slots=True)
class _Words:
    """What a name says: the service, and for whom or where."""

    content: frozenset[str]
    qualifiers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a name: its kind, the notation of its concept or the word itself, its text."""

    kind: str
    value: str
    text: str


class _Index:
    """The national list, ready for look-up; made once for each vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.scheme = vocabulary[SCHEME]
        self.domains = vocabulary.get("domains")
        self._above: dict[str, frozenset[str]] = {}
        self._tokens: dict[str, _Token] = {}
        for name in ("target-groups", "item-words"):
            self._add_words(vocabulary, name)
        names = sorted(self._tokens, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(re.escape, (*names, *_MARKS))))
        self.by_iri = {concept.iri: concept for concept in self.scheme}
        self.order = {
            concept.iri: int(next(iter(concept.properties.get("order", ())), 0))
            for concept in self.scheme
        }
        self.by_content: dict[frozenset[str], dict[str, list[frozenset[str]]]] = {}
        self._grams: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._sizes: list[tuple[str, float]] = []
        every: list[tuple[str, frozenset[str]]] = []
        for concept in self.scheme:
            for name in concept.names:
                words = self.read(name)
                known = self.by_content.setdefault(words.content, {})
                known.setdefault(concept.iri, []).append(words.qualifiers)
                every.append((concept.iri, _grams(name)))
        counts = Counter(gram for _, grams in every for gram in grams)
        self._weight = {gram: 1 / count for gram, count in counts.items()}
        for number, (iri, grams) in enumerate(every):
            self._sizes.append((iri, sum(self._weight[gram] for gram in grams)))
            for gram in grams:
                self._grams[gram].append((iri, number))

    def _add_words(self, vocabulary: Vocabulary, name: str) -> None:
        scheme = vocabulary.get(name)
        if scheme is None:
            return
        broader = {concept.iri: concept.broader for concept in scheme}
        notations = {concept.iri: concept.notation for concept in scheme}
        for concept in scheme:
            if name == "item-words":
                kind = next((notations[iri] for iri in concept.broader), concept.notation)
            else:
                kind = "group"
                above = _closure(concept.iri, broader)
                self._above[concept.notation] = frozenset(notations[iri] for iri in above)
            for word in map(_plain, concept.names):
                self._tokens[word] = _Token(kind, concept.notation, word)

    def tokens(self, name: str) -> Iterator[_Token]:
        """The words of a name in their order; what is no known word is a word of its own."""
        plain = _plain(name)
        position = 0
        for match in self._pattern.finditer(plain):
            if match.start() > position:
                rest = plain[position : match.start()]
                yield _Token("rest", rest, rest)
            word = match.group()
            yield self._tokens.get(word) or _Token("joiner", "joiner", word)
            position = match.end()
        if position < len(plain):
            yield _Token("rest", plain[position:], plain[position:])

    def read(self, name: str) -> _Words:
        return _words(list(self.tokens(name)))

    def groups_in(self, text: str) -> frozenset[str]:
        """The groups of people and qualifiers that a cell names."""
        return frozenset(
            token.value for token in self.tokens(text) if token.kind in ("group", "qualifier")
        )

    def covers(self, wide: str, narrow: str) -> bool:
        """Whether a group of people is another one or holds it."""
        return wide == narrow or wide in self._above.get(narrow, ())

    def fit(self, item: Item, concept: Concept) -> str:
        """How the domain of an item stands to that of a concept: same, near, unknown, other."""
        theirs = next(iter(concept.properties.get("thematicArea", ())), None)
        if item.domain_concept is None or theirs is None or self.domains is None:
            return "unknown"
        if item.domain_concept == theirs:
            return "same"
        broader = {one.iri: one.broader for one in self.domains}
        shared = _closure(item.domain_concept, broader) & _closure(theirs, broader)
        return "near" if shared else "other"

    def most_alike(self, name: str) -> tuple[Concept, float] | None:
        """The concept whose name is most like this one, and how alike from 0 to 1."""
        grams = _grams(name)
        own = sum(self._weight.get(gram, 1.0) for gram in grams)
        shared: dict[int, float] = defaultdict(float)
        for gram in grams:
            for _, number in self._grams.get(gram, ()):
                shared[number] += self._weight[gram]
        best = max(
            ((2 * weight / (own + self._sizes[n][1]), -n) for n, weight in shared.items()),
            default=None,
        )
        return None if best is None else (self.by_iri[self._sizes[-best[1]][0]], best[0])


@lru_cache(maxsize=8)
def _index_of(vocabulary: Vocabulary) -> _Index | None:
    return _Index(vocabulary) if SCHEME in vocabulary else None


def _closure(iri: str, broader: dict[str, tuple[str, ...]]) -> frozenset[str]:
    seen = {iri}
    waiting = [iri]
    while waiting:
        for above in broader.get(waiting.pop(), ()):
            if above not in seen:
                seen.add(above)
                waiting.append(above)
    return frozenset(seen)


def _plain(name: str) -> str:
    return _BRACKETS.sub("", key(name))


def _grams(name: str) -> frozenset[str]:
    return frozenset("".join(pair) for pair in pairwise(f"^{_plain(name)}$"))


def _words(tokens: Sequence[_Token]) -> _Words:
    """The words of a name. An example of what follows (甲等乙) is left out."""
    kept = [
        token
        for token, after in zip(tokens, (*tokens[1:], None), strict=True)
        if not (token.kind == "rest" and len(token.text) > 1 and after and after.text == "等")
    ]
    return _Words(
        frozenset(token.value for token in kept if token.kind in ("rest", "service-word")),
        frozenset(token.value for token in kept if token.kind in ("group", "qualifier")),
    )


def _parts(tokens: Sequence[_Token]) -> list[_Words]:
    """The names that are joined to one. What they share is given to each of them.

    儿童和孕产妇健康管理 is 儿童健康管理 and 孕产妇健康管理: a part that only says for whom takes the
    service of the last one.
    """
    parts: list[list[_Token]] = [[]]
    for token in tokens:
        if token.kind == "joiner" and token.text != "等":
            parts.append([])
        else:
            parts[-1].append(token)
    read = [words for words in map(_words, parts) if words.content or words.qualifiers]
    if len(read) < 2:
        return []
    return [words if words.content else replace(words, content=read[-1].content) for words in read]


# One item


@dataclass(frozen=True, slots=True)
class _Found:
    """What a name says by its words alone, before the domain is looked at."""

    concept: Concept
    match: Match
    confidence: float
    reason: str


def _compute(item: Item, index: _Index) -> list[Alignment]:
    def make(
        concept: Concept | None, match: Match, confidence: float, justification: str, reason: str
    ) -> Alignment:
        iri = concept.iri if concept else None
        return Alignment(
            item.no, item.name, iri, match, round(confidence, 2), justification, reason
        )

    named = index.scheme.find(_BRACKETS.sub("", key(item.name))) or index.scheme.find(item.name)
    if named:
        same = key(named.label) == key(item.name)
        reason = "the same name" if same else f"an alternative name of {named.label}"
        match, confidence, more = _judge_name(item, named, index)
        confidence -= 0 if same else 0.03
        return [make(named, match, confidence, _LEXICAL, reason + more)]
    tokens = list(index.tokens(item.name))
    found = _match_words(_words(tokens), item, index) or _match_parts(tokens, item, index)
    if found:
        return [make(one.concept, one.match, *_weigh(one, item, index)) for one in found]
    alike = index.most_alike(item.name)
    if alike is None or alike[1] < _ALIKE:
        reason = "no name of the list is like it: an addition of the region"
        return [make(None, Match.NONE, 0.8, _ALIKE_NAMES, reason)]
    concept, measure = alike
    if index.fit(item, concept) == "other":
        reason = f"nearest is {concept.label}, in another field: an addition of the region"
        return [make(None, Match.NONE, 0.6, _ALIKE_NAMES, reason)]
    reason = f"the name is like {concept.label} ({measure:.2f} of 1), its words are not the same"
    return [make(concept, Match.CLOSE, 0.3 + measure / 3, _ALIKE_NAMES, reason)]


def _judge_name(item: Item, concept: Concept, index: _Index) -> tuple[Match, float, str]:
    """What one name in two lists is worth, by the fields of service it stands in."""
    fit = index.fit(item, concept)
    if fit == "same":
        return Match.EXACT, 1.0, " in the same field"
    if fit == "unknown":
        return Match.EXACT, 0.95, ""
    if fit == "near":
        return Match.CLOSE, 0.9, " in a field of another division of services"
    own = index.read(item.name).qualifiers
    cell = index.groups_in(item.target_groups.text) if item.target_groups else frozenset()
    special = {one for one in cell - _EVERYONE if not any(index.covers(up, one) for up in own)}
    if special and not own - _EVERYONE:
        return Match.BROAD, 0.72, " in another field, for some groups only"
    return Match.CLOSE, 0.8, " in another field"


def _weigh(found: _Found, item: Item, index: _Index) -> tuple[float, str, str]:
    """Confidence, justification and reason of what the words say, in the light of the field."""
    fit = index.fit(item, found.concept)
    confidence = found.confidence
    reason = found.reason
    if fit == "unknown":
        confidence -= 0.1
    elif fit == "other":
        confidence = min(confidence, 0.55)
        reason += "; the field is another"
    return confidence, _LEXICAL, reason


def _match_words(words: _Words, item: Item, index: _Index) -> list[_Found]:
    """The concepts that are made of the same words for the service."""
    wider: list[tuple[Concept, frozenset[str]]] = []
    narrower: list[Concept] = []
    same: list[Concept] = []
    for iri, names in index.by_content.get(words.content, {}).items() if words.content else ():
        concept = index.by_iri[iri]
        sides = [_compare(words.qualifiers, theirs, index) for theirs in names]
        if any(more == less == frozenset() for more, less in sides):
            same.append(concept)
        elif any(not less for _, less in sides):
            narrower.append(concept)
        else:
            # Of all names the one that asks for least beyond the item's.
            missing = min((less for more, less in sides if not more), key=len, default=None)
            if missing is not None:
                wider.append((concept, missing))
    if same:
        return [_Found(one, Match.CLOSE, 0.9 if len(same) == 1 else 0.5,
                       f"the same words as {one.label}") for one in same[:1]]  # fmt: skip
    if narrower:
        sure = 0.85 if len(narrower) == 1 else 0.5
        reason = f"says of {narrower[0].label} for whom or where: a part of it"
        return [_Found(narrower[0], Match.BROAD, sure, reason)]
    return _match_wider(wider, item, index)


def _compare(
    ours: frozenset[str], theirs: frozenset[str], index: _Index
) -> tuple[frozenset[str], frozenset[str]]:
    """By what the item is narrower than the name, and by what it is wider."""
    more = {
        one for one in ours - theirs - _EVERYONE
        if not any(index.covers(one, other) for other in theirs)
    }  # fmt: skip
    less = {one for one in theirs - ours if not any(index.covers(one, other) for other in ours)}
    return frozenset(more), frozenset(less)


def _match_wider(
    wider: Sequence[tuple[Concept, frozenset[str]]], item: Item, index: _Index
) -> list[_Found]:
    """An item whose name lacks a qualifier: its own cells may say it, else it is the wider one."""
    if not wider:
        return []
    cells = [passage.text for passage in (item.target_groups, item.standard) if passage]
    said = index.groups_in("、".join(cells))
    named = [
        concept for concept, missing in wider
        if all(any(index.covers(one, other) for other in said) for one in missing)
    ]  # fmt: skip
    if len(named) == 1 and len(wider) > 1:
        reason = f"the same service as {named[0].label}, whose group its own cells name"
        return [_Found(named[0], Match.CLOSE, 0.8, reason)]
    sure = 0.8 if len(wider) == 1 else 0.75 if len(wider) <= _MOST_PARTS else 0.4
    kept = wider if len(wider) <= _MOST_PARTS else wider[:1]
    return [
        _Found(concept, Match.NARROW, sure, f"{concept.label} for more groups or places: holds it")
        for concept, _ in kept
    ]


def _match_parts(tokens: Sequence[_Token], item: Item, index: _Index) -> list[_Found]:
    """The concepts that an item holds which joins several names."""
    parts = _parts(tokens)
    found: dict[str, _Found] = {}
    lead = parts[0].qualifiers - _EVERYONE if parts else frozenset()
    for place, words in enumerate(parts):
        shared = place > 0 and bool(lead) and not words.qualifiers
        readings = [replace(words, qualifiers=lead), words] if shared else [words]
        for reading in readings:
            matches = _match_words(reading, item, index)
            sure = [
                one
                for one in matches
                if one.confidence >= ASSERTED and one.match is not Match.BROAD
            ]
            if len(sure) == 1 and index.fit(item, sure[0].concept) != "other":
                concept = sure[0].concept
                reason = f"holds {concept.label} and more"
                confidence = 0.85 if sure[0].match is Match.CLOSE else 0.75
                found.setdefault(concept.iri, _Found(concept, Match.NARROW, confidence, reason))
                break
    return list(found.values())


# One list


def _use_order(items: Sequence[Item], found: list[list[Alignment]], index: _Index) -> None:
    """Assert a guess where the items before and behind are the neighbours in the national list."""
    held = [
        index.order[one[0].concept]
        if len(one) == 1 and one[0].concept and one[0].asserted and _is_whole(one[0])
        else None
        for one in found
    ]
    taken = set(held)
    for place in range(1, len(items) - 1):
        guess = found[place][0] if len(found[place]) == 1 else None
        if guess is None or not guess.unsure or guess.concept is None:
            continue
        concept = index.by_iri[guess.concept]
        order = index.order[guess.concept]
        between = held[place - 1] == order - 1 and held[place + 1] == order + 1
        if not between or order in taken or index.fit(items[place], concept) != "same":
            continue
        ours = index.read(items[place].name).qualifiers
        theirs = index.read(concept.label).qualifiers
        if all(_compare(ours, theirs, index)):
            continue  # for another group of people
        reason = f"{guess.reason}; the items before and behind it are its neighbours there"
        found[place] = [replace(guess, confidence=0.75, justification=_COMPOSITE, reason=reason)]


def _is_whole(one: Alignment) -> bool:
    return one.match in (Match.EXACT, Match.CLOSE)


def _part_rivals(found: list[list[Alignment]]) -> None:
    """Take back what two items of one list claim, but for the one that bears the name.

    A list does not give one service twice: the other is something else.
    """
    claims: dict[str, list[tuple[int, Alignment]]] = defaultdict(list)
    for place, alignments in enumerate(found):
        for one in alignments:
            if one.concept and one.asserted and _is_whole(one):
                claims[one.concept].append((place, one))
    for rivals in claims.values():
        named = [one for _, one in rivals if one.match is Match.EXACT]
        if len(rivals) < 2 or len(named) == len(rivals):
            continue
        for place, one in rivals:
            if one.match is not Match.EXACT and len({o.label for _, o in rivals}) > 1:
                reason = f"{one.reason}; another item of the list is nearer or as near"
                found[place] = [replace(one, confidence=0.5, reason=reason)]


# What a person settled


def _apply_curated(
    computed: Iterable[Alignment], item: Item, subject: str, curated: Curated, index: _Index
) -> list[Alignment]:
    rows = curated.find(subject, item.name)
    if rows:
        return [_from_row(row, item, subject, index) for row in rows]
    computed = list(computed)
    kept = [
        one for one in computed
        if not (one.concept and curated.bars(subject, item.name, one.concept))
    ]  # fmt: skip
    if computed and not kept:
        reason = "said by hand not to be what its name is like"
        kept = [replace(computed[0], concept=None, match=Match.NONE, confidence=1.0,
                        justification="semapv:ManualMappingCuration", reason=reason)]  # fmt: skip
    return kept


def _from_row(row: Row, item: Item, subject: str, index: _Index) -> Alignment:
    if row.object and row.object not in index.by_iri:
        raise SssomError(
            f"{row.where}: {row.object} is no concept of {SCHEME}.ttl; "
            "give the IRI of one, or sssom:NoTermFound"
        )
    return Alignment(
        subject=subject,
        label=item.name,
        concept=row.object or None,
        match=row.match,
        confidence=row.confidence,
        justification=row.justification,
        reason=row.comment or "settled by hand",
    )
