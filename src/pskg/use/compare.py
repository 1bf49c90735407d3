"""The service items of regions side by side: what one has and another lacks, and what differs.

Items that are aligned to one entry of the canonical list are one item, whatever they are called.
So are items whose names are equal but for white space and the width of punctuation. Names that
are merely alike are called ``similar``, with the measure of it: a guess is called a guess, and
never joins two entries of the canonical list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

from pskg.graph.store import Graph
from pskg.use.lookup import ItemAnswer, add_parts, choose_documents, get_items, list_documents
from pskg.use.wording import Piece, mark_differences
from pskg.vocabulary import key

__all__ = [
    "SIMILAR",
    "ComparedItem",
    "ComparedRegion",
    "Comparison",
    "ComparisonError",
    "Difference",
    "Related",
    "compare",
    "tabulate",
]

#: From what likeness on two names are taken for one item.
SIMILAR = 0.8

_Statement = tuple[frozenset[str], str]


class ComparisonError(ValueError):
    """Regions that cannot be compared: there are too few, or one is named twice."""


@dataclass(frozen=True, slots=True)
class ComparedRegion:
    """A region of the comparison: how many documents of it there are, and items in them."""

    name: str
    code: str
    documents: int
    items: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One aspect in which the regions that have an item do not say the same.

    ``aspect`` is standard, target_groups, payers or lead. ``values`` has one entry a region, in
    the order of the comparison: what it says, blank where it says nothing.
    """

    aspect: str
    values: tuple[str, ...]

    @property
    def pieces(self) -> list[tuple[Piece, ...]]:
        """The same values with the words marked in which they part."""
        return mark_differences(self.values)


@dataclass(frozen=True, slots=True)
class Related:
    """Another row: an item of this one ``holds`` its item and more, or is ``part_of`` it."""

    relation: str
    name: str


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """One item over all regions.

    ``items`` has one entry a region, in the order of the comparison: the items of that name, none
    where the region lacks it. ``match`` is ``exact`` where all names are equal, ``canonical``
    where they are not and all items are cases of one entry of the canonical list, ``similar``
    where names are only alike (``score`` tells how much, from 0 to 1), blank where one region
    alone has the item. ``canonical`` is the IRI of the entry, blank where there is none.
    ``related`` names the rows that hold more or less than this one, by the canonical list.
    ``values`` holds for each aspect what each region says. ``differences`` holds the aspects that
    two regions state and state differently; ``unstated`` those that one region states and
    another, which has the item, does not.
    """

    name: str
    match: str
    score: float
    items: tuple[tuple[ItemAnswer, ...], ...]
    canonical: str = ""
    related: tuple[Related, ...] = ()
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    unstated: tuple[str, ...] = ()

    @property
    def presence(self) -> tuple[bool, ...]:
        """Which regions have the item, in the order of the comparison."""
        return tuple(bool(items) for items in self.items)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The items of several regions, in the order of the first region, then of the next."""

    regions: tuple[ComparedRegion, ...]
    rows: tuple[ComparedItem, ...]

    @property
    def shared(self) -> tuple[ComparedItem, ...]:
        """The items that every region has."""
        return tuple(row for row in self.rows if all(row.presence))

    def only_in(self, place: int) -> tuple[ComparedItem, ...]:
        """The items that one region alone has, by its place in ``regions``."""
        wanted = tuple(index == place for index in range(len(self.regions)))
        return tuple(row for row in self.rows if row.presence == wanted)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dicts, lists, strings and numbers.

        A difference also has its ``pieces``: the words of each value, and whether they differ.
        """
        told = asdict(self)
        for row, plain in zip(self.rows, told["rows"], strict=True):
            for difference, entry in zip(row.differences, plain["differences"], strict=True):
                entry["pieces"] = difference.pieces
        return told


def compare(graph: Graph, regions: Sequence[str]) -> Comparison:
    """Put the service items of two or more regions side by side.

    Args:
        graph: the graph to ask.
        regions: names or codes of regions.

    Raises:
        UnknownNameError: the graph has no document of a region; tells the regions it has.
        ComparisonError: fewer than two regions are given, or one twice.
    """
    documents = list_documents(graph)
    chosen = [choose_documents(documents, region) for region in regions]
    if len(chosen) < 2:
        raise ComparisonError("a comparison wants at least two regions; name another")
    if len({frozenset(part) for part in chosen}) < len(chosen):
        raise ComparisonError(
            f"{', '.join(regions)}: one region is named twice; name each region once"
        )
    lists = [add_parts(graph, get_items(graph, part)) for part in chosen]
    heads = tuple(
        ComparedRegion(entry.region, entry.region_code, len(part), len(items))
        for part, items in zip(chosen, lists, strict=True)
        for entry in [next(iter(part.values()))]
    )
    groups = _merge_similar(_group_by_identity(lists))
    names = {group.canonical: group.name for group in groups if group.canonical}
    return Comparison(heads, tuple(_make_row(group, len(lists), names) for group in groups))


def tabulate(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """The comparison as a table, the header first: a row for each item and region.

    ``differs_in`` names the aspects in which regions differ, ``unstated`` those that some leave
    out; both are the same in all rows of an item.
    """
    yield (
        "item", "canonical", "match", "score", "region", "region_code", "present", "no", "name",
        *_ASPECTS, "differs_in", "unstated", "related", "document",
    )  # fmt: skip
    for row in comparison.rows:
        for place, region in enumerate(comparison.regions):
            items = row.items[place]
            yield (
                row.name,
                row.canonical,
                row.match,
                f"{row.score:g}",
                region.name,
                region.code,
                "true" if items else "false",
                "；".join(item.no for item in items),
                "；".join(item.name for item in items),
                *(row.values[aspect][place] for aspect in _ASPECTS),
                " ".join(difference.aspect for difference in row.differences),
                " ".join(row.unstated),
                "；".join(f"{other.relation} {other.name}" for other in row.related),
                " ".join(dict.fromkeys(item.document.iri for item in items)),
            )


@dataclass(frozen=True, slots=True)
class _Group:
    """Items that are taken for one, each with the place of its region."""

    members: tuple[tuple[int, ItemAnswer], ...]
    canonical: str = ""
    score: float = 1.0
    guessed: bool = False

    @property
    def name(self) -> str:
        return self.members[0][1].name

    @property
    def places(self) -> frozenset[int]:
        return frozenset(place for place, _ in self.members)


def _group_by_identity(lists: Iterable[Iterable[ItemAnswer]]) -> list[_Group]:
    """Items of one entry of the canonical list, or without one of one name, together."""
    groups: dict[tuple[str, str], list[tuple[int, ItemAnswer]]] = {}
    for place, items in enumerate(lists):
        for item in items:
            identity = (item.canonical, "" if item.canonical else key(item.name))
            groups.setdefault(identity, []).append((place, item))
    return [_Group(tuple(members), canonical) for (canonical, _), members in groups.items()]


def _merge_similar(groups: Sequence[_Group]) -> list[_Group]:
    """Join groups of different regions whose names are alike, the likest first."""
    pairs = sorted(
        (-score, first, second)
        for first, one in enumerate(groups)
        for second, other in enumerate(groups[first + 1 :], first + 1)
        if _may_join(one, other) and (score := _likeness(key(one.name), key(other.name))) >= SIMILAR
    )
    merged: dict[int, _Group] = dict(enumerate(groups))
    home = list(range(len(groups)))
    for negative, first, second in pairs:
        one, other = merged[home[first]], merged[home[second]]
        if one is other or not _may_join(one, other):
            continue
        low, high = sorted((home[first], home[second]))
        one, other = merged[low], merged.pop(high)
        merged[low] = _Group(
            one.members + other.members,
            one.canonical or other.canonical,
            min(one.score, other.score, -negative),
            guessed=True,
        )
        home = [low if index == high else index for index in home]
    return [merged[index] for index in sorted(merged)]


def _may_join(one: _Group, other: _Group) -> bool:
    """Whether a guess may take two groups for one item."""
    return not (one.places & other.places) and not (one.canonical and other.canonical)


def _likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1: 0 where cheap bounds say less than SIMILAR."""
    together = len(one) + len(other)
    if 2 * min(len(one), len(other)) < SIMILAR * together:
        return 0.0
    if 2 * (Counter(one) & Counter(other)).total() < SIMILAR * together:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _make_row(group: _Group, regions: int, names: Mapping[str, str]) -> ComparedItem:
    """The row of a group. ``names`` are those of the rows by their entry of the canonical list."""
    items = tuple(
        tuple(item for at, item in group.members if at == place) for place in range(regions)
    )
    row = ComparedItem(
        name=group.name,
        match=_tell_match(group),
        score=round(group.score, 3),
        items=items,
        canonical=group.canonical,
        related=tuple(dict.fromkeys(_relate(group, names))),
    )
    values: dict[str, tuple[str, ...]] = {}
    differences: list[Difference] = []
    unstated: list[str] = []
    for aspect, state in _ASPECTS.items():
        stated = [_join_statements(map(state, here)) for here in items]
        values[aspect] = tuple(words for _, words in stated)
        if len({meaning for meaning, _ in stated if meaning}) > 1:
            differences.append(Difference(aspect, values[aspect]))
        silent = [not meaning for here, (meaning, _) in zip(items, stated, strict=True) if here]
        if any(silent) and not all(silent):
            unstated.append(aspect)
    return replace(row, values=values, differences=tuple(differences), unstated=tuple(unstated))


def _relate(group: _Group, names: Mapping[str, str]) -> Iterator[Related]:
    for _, item in group.members:
        for relation, entries in (("holds", item.holds), ("part_of", item.part_of)):
            for entry in entries:
                if entry in names and entry != group.canonical:
                    yield Related(relation, names[entry])


def _tell_match(group: _Group) -> str:
    if len(group.places) == 1:
        return ""
    if group.guessed:
        return "similar"
    names = {key(item.name) for _, item in group.members}
    return "exact" if len(names) == 1 else "canonical"


def _join_statements(statements: Iterable[_Statement]) -> tuple[frozenset[str], str]:
    """What the items of one region say of an aspect: what is compared, and the words shown."""
    meanings: set[str] = set()
    words: set[str] = set()
    for meaning, said in statements:
        meanings |= meaning
        words |= {said} - {""}
    return frozenset(meanings), "；".join(sorted(words))


def _state_standard(item: ItemAnswer) -> _Statement:
    return frozenset({key(item.standard)} - {""}), item.standard


def _state_target_groups(item: ItemAnswer) -> _Statement:
    return frozenset({key(item.target_groups)} - {""}), item.target_groups


def _state_payers(item: ItemAnswer) -> _Statement:
    """Payers with condition and share. Payers that a vocabulary knows by one concept are one."""
    meanings: set[str] = set()
    words: dict[str, None] = {}
    for part in item.payers:
        share = part.share or part.basis
        meanings.add(f"{key(part.condition)} {part.payer} {share}")
        words[" ".join(filter(None, (part.condition, part.name, share)))] = None
    return frozenset(meanings), "、".join(words)


def _state_lead(item: ItemAnswer) -> _Statement:
    """Leading bodies, by their function where it is known: 教育局 and 市教育局 do not differ."""
    leads = [part for part in item.bodies if part.role == "lead"]
    return frozenset(part.function or key(part.name) for part in leads), "、".join(item.leads)


#: What is compared of an item. Each gives what is compared, and the words to show.
_ASPECTS: dict[str, Callable[[ItemAnswer], _Statement]] = {
    "standard": _state_standard,
    "target_groups": _state_target_groups,
    "payers": _state_payers,
    "lead": _state_lead,
}
