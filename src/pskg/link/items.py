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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from pskg.link.sssom import Curated, Match, Row, SssomError
from pskg.model import Item
from pskg.vocabulary import Concept, Scheme, Vocabulary, key

__all__ = ["ASSERTED", "SCHEME", "Alignment", "align_item", "align_items", "field_fits"]

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
    _part_rivals(found, index)
    if curated is not None:
        for place, (item, subject) in enumerate(zip(items, subjects, strict=True)):
            found[place] = _apply_curated(found[place], item, subject, curated, index)
    return [tuple(one) for one in found]


def field_fits(concept: str, domain: str | None, vocabulary: Vocabulary) -> bool:
    """Whether a service of the national list can stand in this field; True where none is known."""
    index = _index_of(vocabulary)
    known = index.by_iri.get(concept) if index else None
    return known is None or index is None or index.fit_field(domain, known) != "other"


# Words


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a name: its kind, what it stands for, and its text."""

    kind: str
    values: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class _Words:
    """What a name says: the service, and for whom or where.

    ``groups`` holds the groups of people as the name writes them.
    """

    content: frozenset[str]
    qualifiers: frozenset[str]
    groups: frozenset[str] = frozenset()


class _Index:
    """The national list, ready for look-up; made once for each vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.scheme = vocabulary[SCHEME]
        self.by_iri = {concept.iri: concept for concept in self.scheme}
        self.order = {
            concept.iri: int(next(iter(concept.properties.get("order", ())), 0))
            for concept in self.scheme
        }
        domains = vocabulary.get("domains")
        broader = {one.iri: one.broader for one in domains} if domains else {}
        self._fields = {iri: _closure(iri, broader) for iri in broader}
        self._above: dict[str, frozenset[str]] = {}
        self._tokens: dict[str, _Token] = {}
        self._read_words(vocabulary.get("item-words"))
        self._read_groups(vocabulary.get("target-groups"))
        self._starting: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._tokens, key=lambda word: (-len(word), word)):
            self._starting[word[0]].append(word)
        self.wholes: dict[frozenset[str], list[tuple[Concept, _Words]]] = defaultdict(list)
        self.pieces: dict[frozenset[str], list[tuple[Concept, _Words]]] = defaultdict(list)
        names: list[tuple[Concept, frozenset[str]]] = []
        for concept in self.scheme:
            for name in concept.names:
                tokens = list(self.tokens(name))
                words = _words(tokens)
                self.wholes[words.content].append((concept, words))
                for piece in _parts(tokens):
                    self.pieces[piece.content].append((concept, piece))
                names.append((concept, _grams(name)))
        self._add_grams(names)

    def _read_words(self, scheme: Scheme | None) -> None:
        notations = {concept.iri: concept.notation for concept in scheme or ()}
        for concept in scheme or ():
            kind = next((notations[iri] for iri in concept.broader), concept.notation)
            if concept.broader or kind in ("filler", "joiner"):
                for word in map(_plain, concept.names):
                    self._tokens[word] = _Token(kind, frozenset((concept.notation,)), word)

    def _read_groups(self, scheme: Scheme | None) -> None:
        broader = {concept.iri: concept.broader for concept in scheme or ()}
        notations = {concept.iri: concept.notation for concept in scheme or ()}
        places = {word: one for word, one in self._tokens.items() if one.kind == "qualifier"}
        for concept in scheme or ():
            above = _closure(concept.iri, broader)
            self._above[concept.notation] = frozenset(notations[iri] for iri in above)
            for word in map(_plain, concept.names):
                # 农村居民 says where, too.
                where = (one.values for place, one in places.items() if word.startswith(place))
                values = frozenset((concept.notation,)).union(*where)
                self._tokens.setdefault(word, _Token("group", values, word))

    def _add_grams(self, names: Sequence[tuple[Concept, frozenset[str]]]) -> None:
        counts = Counter(gram for _, grams in names for gram in grams)
        self._weight = {gram: 1 / count for gram, count in counts.items()}
        self._named: list[tuple[Concept, float]] = []
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, (concept, grams) in enumerate(names):
            self._named.append((concept, sum(self._weight[gram] for gram in sorted(grams))))
            for gram in grams:
                self._holding[gram].append(number)

    def tokens(self, name: str) -> Iterator[_Token]:
        """The words of a name in their order; what is no known word is a word of its own."""
        plain = _plain(name)
        position = start = 0
        while position <= len(plain):
            token = self._token_at(plain, position) if position < len(plain) else None
            if (token or position == len(plain)) and start < position:
                rest = plain[start:position]
                yield _Token("rest", frozenset((rest,)), rest)
            if token:
                yield token
            position += len(token.text) if token else 1
            start = position if token else start

    def _token_at(self, text: str, position: int) -> _Token | None:
        for word in self._starting.get(text[position], ()):
            if text.startswith(word, position):
                return self._tokens[word]
        mark = text[position]
        return _Token("joiner", frozenset((mark,)), mark) if mark in _MARKS else None

    def groups_in(self, text: str) -> frozenset[str]:
        """The groups of people and qualifiers that a cell names."""
        return _words(list(self.tokens(text))).qualifiers

    def holds(self, wide: str, narrow: str) -> bool:
        """Whether a group of people is another one or holds it."""
        return wide == narrow or wide in self._above.get(narrow, ())

    def fit(self, item: Item, concept: Concept) -> str:
        """How the domain of an item stands to that of a concept: same, near, unknown, other."""
        return self.fit_field(item.domain_concept, concept)

    def fit_field(self, domain: str | None, concept: Concept) -> str:
        """The same for the IRI of a domain."""
        theirs = next(iter(concept.properties.get("thematicArea", ())), None)
        if domain is None or theirs is None:
            return "unknown"
        if domain == theirs:
            return "same"
        ours = self._fields.get(domain, frozenset())
        return "other" if ours.isdisjoint(self._fields.get(theirs, ())) else "near"

    def most_alike(self, name: str, words: _Words) -> tuple[Concept, float] | None:
        """The concept whose name is most like this one, and how alike from 0 to 1.

        One for other groups of people is not alike.
        """
        grams = sorted(_grams(name))
        own = sum(self._weight.get(gram, 1.0) for gram in grams)
        shared: dict[int, float] = defaultdict(float)
        for gram in grams:
            for number in self._holding.get(gram, ()):
                shared[number] += self._weight[gram]
        best: tuple[Concept, float] | None = None
        for number in sorted(shared):
            concept, size = self._named[number]
            measure = 2 * shared[number] / (own + size)
            if measure >= (best[1] if best else _ALIKE) and measure > (best[1] if best else 0):
                side = _compare(words, self.read(concept.label), self)
                if not (side.more and side.less):
                    best = concept, measure
        return best

    def read(self, name: str) -> _Words:
        """The words of a name."""
        return _words(list(self.tokens(name)))


@lru_cache(maxsize=8)
def _index_of(vocabulary: Vocabulary) -> _Index | None:
    return _Index(vocabulary) if SCHEME in vocabulary else None


def _closure(iri: str, broader: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    seen = {iri}
    waiting = [iri]
    while waiting:
        fresh = set(broader.get(waiting.pop(), ())) - seen
        seen |= fresh
        waiting.extend(fresh)
    return frozenset(seen)


def _plain(name: str) -> str:
    return _BRACKETS.sub("", key(name))


def _grams(name: str) -> frozenset[str]:
    return frozenset("".join(pair) for pair in pairwise(f"^{_plain(name)}$"))


def _words(tokens: Sequence[_Token]) -> _Words:
    """The words of a name. An example of what follows (甲等乙) is left out."""
    kept = [token for place, token in enumerate(tokens) if not _is_example(tokens, place)]

    def values(*kinds: str) -> frozenset[str]:
        return frozenset(value for one in kept if one.kind in kinds for value in one.values)

    return _Words(
        values("rest", "service-word"),
        values("group", "qualifier"),
        frozenset(token.text for token in kept if token.kind == "group"),
    )


def _is_example(tokens: Sequence[_Token], place: int) -> bool:
    """Whether an unknown word is an example: 丙 in 丙等演出, 丁 in 丁戏等演出."""
    token, behind = tokens[place], tokens[place + 1 : place + 3]
    if token.kind != "rest" or len(token.text) < 2 or not behind:
        return False
    if behind[0].text == "等":
        return True
    known = behind[0].kind == "service-word" and behind[-1].text == "等"
    return known and any(one.values == behind[0].values for one in tokens[place + 3 :])


def _parts(tokens: Sequence[_Token]) -> list[_Words]:
    """The names that are joined to one, if they are two or more; each has what they share.

    儿童和孕产妇健康管理 is 儿童健康管理 and 孕产妇健康管理, 残疾人康复和教育 is 残疾人康复 and
    残疾人教育: what only says for whom takes the service of the last, and what does not say for
    whom is for those of the first.
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
    first, last = read[0], read[-1]
    return [
        _Words(
            words.content or last.content,
            words.qualifiers or first.qualifiers,
            words.groups or first.groups,
        )
        for words in read
    ]


@dataclass(frozen=True, slots=True)
class _Side:
    """By what an item's name is narrower than another, and by what it is wider.

    ``alike``: both name one group of people, in other words. ``looser``: the item's group holds
    the other.
    """

    more: frozenset[str]
    less: frozenset[str]
    alike: bool
    looser: bool

    @property
    def same(self) -> bool:
        return not self.more and not self.less


def _compare(ours: _Words, theirs: _Words, index: _Index) -> _Side:
    mine, other = ours.qualifiers, theirs.qualifiers
    looser = {
        one for one in mine - other - _EVERYONE if any(index.holds(one, two) for two in other)
    }
    less = {one for one in other - mine if not any(index.holds(two, one) for two in looser)}
    # A group within the other's is narrower, and says what the other says.
    within = {two for two in less if any(index.holds(two, one) for one in mine)}
    return _Side(
        more=frozenset(mine - other - _EVERYONE - looser),
        less=frozenset(less - within),
        alike=mine == other and ours.groups != theirs.groups,
        looser=bool(looser),
    )


# One item


@dataclass(frozen=True, slots=True)
class _Found:
    """What a name says by its words."""

    concept: Concept
    match: Match
    confidence: float
    reason: str


def _compute(item: Item, index: _Index) -> list[Alignment]:
    def make(
        concept: Concept | None, match: Match, confidence: float, justification: str, reason: str
    ) -> Alignment:
        iri = concept.iri if concept else None
        sure = round(confidence, 2)
        return Alignment(item.no, item.name, iri, match, sure, justification, reason)

    named = index.scheme.find(item.name) or index.scheme.find(_plain(item.name))
    if named:
        return [make(named, *_judge_name(item, named, index))]
    tokens = list(index.tokens(item.name))
    words = _words(tokens)
    found = _match(tokens, words, item, index)
    if found:
        return [make(one.concept, one.match, one.confidence, _LEXICAL, one.reason) for one in found]
    alike = index.most_alike(item.name, words)
    if alike is None:
        reason = "an addition of the region: the list has no like name for the same people"
        return [make(None, Match.NONE, 0.8, _ALIKE_NAMES, reason)]
    concept, measure = alike
    if index.fit(item, concept) == "other":
        reason = f"an addition of the region: the nearest, {concept.label}, is in another field"
        return [make(None, Match.NONE, 0.6, _ALIKE_NAMES, reason)]
    reason = f"the name is like {concept.label} ({measure:.2f} of 1), its words are not the same"
    return [make(concept, Match.CLOSE, 0.3 + measure / 3, _ALIKE_NAMES, reason)]


def _judge_name(item: Item, concept: Concept, index: _Index) -> tuple[Match, float, str, str]:
    """What one name in two lists is worth, by the fields of service it stands in."""
    same = key(concept.label) == key(item.name)
    reason = "the same name" if same else f"an alternative name of {concept.label}"
    less = 0.0 if same else 0.03
    fit = index.fit(item, concept)
    if fit == "same":
        return Match.EXACT, 1.0 - less, _LEXICAL, f"{reason} in the same field"
    if fit == "unknown":
        return Match.EXACT, 0.95 - less, _LEXICAL, reason
    if fit == "near":
        reason += " in a field of another division of services"
        return Match.CLOSE, 0.9 - less, _LEXICAL, reason
    own = index.read(item.name).qualifiers
    field = index.groups_in(item.domain)
    if field and not any(index.holds(one, two) for one in field for two in own):
        return Match.BROAD, 0.72, _LEXICAL, f"{reason}, for the people of another field only"
    return Match.CLOSE, 0.8 - less, _LEXICAL, f"{reason} in another field"


def _match(tokens: Sequence[_Token], words: _Words, item: Item, index: _Index) -> list[_Found]:
    """What the words of a name say: the surest reading of those there are."""
    parts = _match_parts(tokens, item, index)
    if len(parts) > 1:
        return parts
    wholes = _weigh(_match_words(words, item, index), item, index)
    if parts or _parts(tokens):
        # Whom one of several names is for does not narrow the others.
        wholes = [one for one in wholes if one.match is not Match.BROAD]
        if not any(one.match is Match.CLOSE and one.confidence >= ASSERTED for one in wholes):
            wholes = parts or wholes
    if any(one.confidence >= ASSERTED for one in wholes):
        return wholes
    return _weigh(_match_pieces(words, index), item, index) or wholes


def _weigh(found: Iterable[_Found], item: Item, index: _Index) -> list[_Found]:
    """Confidence in what the words say, in the light of the field."""
    weighed = []
    for one in found:
        fit = index.fit(item, one.concept)
        if fit == "unknown":
            one = replace(one, confidence=one.confidence - 0.1)
        elif fit == "other":
            reason = f"{one.reason}; the field is another"
            one = replace(one, confidence=min(one.confidence, 0.55), reason=reason)
        weighed.append(one)
    return weighed


def _match_words(words: _Words, item: Item, index: _Index) -> list[_Found]:
    """The concepts that are made of the same words for the service."""
    sides: dict[str, list[_Side]] = {}
    for concept, theirs in index.wholes.get(words.content, ()) if words.content else ():
        sides.setdefault(concept.iri, []).append(_compare(words, theirs, index))
    same = [one for one, found in sides.items() if any(side.same for side in found)]
    if same:
        side = min((side for side in sides[same[0]] if side.same), key=_doubts)
        sure = 0.6 if _doubts(side) or len(same) > 1 else 0.9
        concept = index.by_iri[same[0]]
        reason = f"the same words as {concept.label}"
        if side.alike or side.looser:
            reason += ", for a group of people in other words"
        return [_Found(concept, Match.CLOSE, sure, reason)]
    narrower = [
        one for one, found in sides.items() if any(not (side.less or side.looser) for side in found)
    ]
    if narrower:
        sure = 0.85 if len(narrower) == 1 else 0.5
        concept = index.by_iri[narrower[0]]
        reason = f"says of {concept.label} for whom or where: a part of it"
        return [_Found(concept, Match.BROAD, sure, reason)]
    wider = {
        one: min((side.less for side in found if not side.more), key=len)
        for one, found in sides.items()
        if any(not side.more for side in found)
    }
    return _match_wider(wider, item, index) if wider else []


def _doubts(side: _Side) -> int:
    return side.alike + side.looser


def _match_wider(wider: Mapping[str, frozenset[str]], item: Item, index: _Index) -> list[_Found]:
    """An item whose name lacks a qualifier: its own cells may say it, else it is the wider one."""
    cells = [passage.text for passage in (item.target_groups, item.standard) if passage]
    said = index.groups_in("、".join(cells))
    named = [
        index.by_iri[iri]
        for iri, missing in wider.items()
        if all(any(index.holds(one, two) for two in said) for one in missing)
    ]
    if len(named) == 1 and len(wider) > 1:
        reason = f"the same service as {named[0].label}, whose group its own cells name"
        return [_Found(named[0], Match.CLOSE, 0.8, reason)]
    sure = 0.8 if len(wider) == 1 else 0.75 if len(wider) <= _MOST_PARTS else 0.4
    kept = list(wider)[: len(wider) if len(wider) <= _MOST_PARTS else 1]
    return [
        _Found(concept, Match.NARROW, sure, f"holds {concept.label}, which is for fewer")
        for concept in map(index.by_iri.__getitem__, kept)
    ]


def _match_parts(tokens: Sequence[_Token], item: Item, index: _Index) -> list[_Found]:
    """The concepts that an item holds which joins several names."""
    found: dict[str, _Found] = {}
    for words in _parts(tokens):
        matches = _weigh(_match_words(words, item, index), item, index)
        if len(matches) == 1 and matches[0].match is not Match.BROAD:
            one = matches[0]
            if one.confidence >= ASSERTED:
                sure = 0.85 if one.match is Match.CLOSE else 0.75
                reason = f"holds {one.concept.label} and more"
                found.setdefault(one.concept.iri, _Found(one.concept, Match.NARROW, sure, reason))
    return list(found.values())


def _match_pieces(words: _Words, index: _Index) -> list[_Found]:
    """The concept that joins several names of which an item bears one."""
    found = {
        concept.iri: concept
        for concept, piece in (index.pieces.get(words.content, ()) if words.content else ())
        if (side := _compare(words, piece, index)).same and not _doubts(side)
    }
    if len(found) != 1:
        return []
    (concept,) = found.values()
    return [_Found(concept, Match.BROAD, 0.8, f"one of the services that {concept.label} joins")]


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
        side = _compare(index.read(items[place].name), index.read(concept.label), index)
        if side.more and side.less:
            continue  # for another group of people
        reason = f"{guess.reason}; the items before and behind it are its neighbours there"
        found[place] = [replace(guess, confidence=0.75, justification=_COMPOSITE, reason=reason)]


def _is_whole(one: Alignment) -> bool:
    return one.match in (Match.EXACT, Match.CLOSE)


def _part_rivals(found: list[list[Alignment]], index: _Index) -> None:
    """Take back what two items of one list claim, but for the one that bears the name.

    A list does not give one service twice: the other is something else.
    """
    claims: dict[str, list[tuple[int, Alignment]]] = defaultdict(list)
    for place, alignments in enumerate(found):
        for one in alignments:
            if one.concept and one.asserted and _is_whole(one):
                claims[one.concept].append((place, one))
    for concept, rivals in claims.items():
        labels = {key(one.label) for _, one in rivals}
        if len(labels) < 2:
            continue
        for place, one in rivals:
            named = index.scheme.find(one.label)
            if named is None or named.iri != concept:
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
