"""What stands above a body, and what a collective name holds.

The rules are those of how government in China is built: departments belong to the people's
government of their region, party bodies to its party committee, and both have their counterpart
one level up for guidance in their field; some work under their counterpart alone (税务, 海关).
Only bodies whose region and function are known have anything above them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from pskg import regions
from pskg.link.bodies import NATIONAL, BodyIdentity, Place, kinds_of, name_body
from pskg.model import Body
from pskg.regions import Region
from pskg.vocabulary import Concept, Vocabulary, key

__all__ = ["changes_of", "guides_of", "members_of", "superior_of"]

#: Whom the bodies of a kind belong to, in their region and at the centre.
_OWNERS = {
    "government-department": ("people-government", "state-council"),
    "party-body": ("party-committee", "central-committee"),
}
#: What leads the region one level down, and what leads the country.
_LEADERS = {"people-government": "state-council", "party-committee": "central-committee"}

#: The kinds of bodies that have their counterpart one level up.
_GUIDED = frozenset({
    "court", "government-department", "mass-organisation", "party-body", "procuratorate",
    "supervisory-body",
})  # fmt: skip

#: Hong Kong, Macao and Taiwan are not among the provinces that a plan is for.
_NOT_ADDRESSED = ("71", "81", "82")

#: How the regions end that a character of a collective name stands for.
_KINDS = frozenset("省市州盟县区旗")
_PREFECTURES = frozenset("市州盟")
_LONG_KINDS = re.compile(r"自治[州县旗区]|(?:设区的?|地级|县级|直辖)市|市辖区")
_SEPARATORS = re.compile(r"[（）、，/]")


# All bodies of a region have the same bodies above their own.
@lru_cache(maxsize=4096)
def superior_of(identity: BodyIdentity, vocabulary: Vocabulary) -> BodyIdentity | None:
    """The body that a body belongs to: None where that is not known, or there is none.

    >>> from pskg.link.bodies import identify_office, place_of
    >>> from pskg.vocabulary import load
    >>> _, bureau = identify_office("市财政局", place_of("621200"), load())
    >>> above = superior_of(bureau, load())
    >>> above.name, superior_of(above, load()).name
    ('人民政府（陇南市）', '人民政府（甘肃省）')
    """
    main = _main_function(identity, vocabulary)
    if main is None or identity.region is None or main.notation in _LEADERS.values():
        return None
    upper = regions.get_region(identity.region).parent
    if main.notation in _LEADERS:
        if upper is None:
            return None
        leader = _LEADERS[main.notation] if upper == NATIONAL else main.notation
        return _derive(upper, leader, vocabulary)
    if _is_vertical(main):
        return _counterpart(main, upper, vocabulary)
    for kind, (here, at_centre) in _OWNERS.items():
        if kind in kinds_of(main):
            owner = at_centre if identity.region == NATIONAL else here
            return _derive(identity.region, owner, vocabulary)
    return None


def guides_of(identity: BodyIdentity, vocabulary: Vocabulary) -> tuple[BodyIdentity, ...]:
    """The bodies of the same functions one level up, which guide a body in its field.

    >>> from pskg.link.bodies import identify_office, place_of
    >>> from pskg.vocabulary import load
    >>> _, bureau = identify_office("市教体局", place_of("621200"), load())
    >>> [guide.name for guide in guides_of(bureau, load())]
    ['教育（甘肃省）', '体育（甘肃省）']
    """
    if identity.region is None or identity.function is None:
        return ()
    upper = regions.get_region(identity.region).parent
    found = (
        _counterpart(concept, upper, vocabulary)
        for concept in _functions(identity, vocabulary)
        if kinds_of(concept) & _GUIDED
        and concept.notation not in _LEADERS
        and not _is_vertical(concept)
    )
    return tuple(guide for guide in found if guide)


def members_of(
    body: Body, place: Place, year: int | None, vocabulary: Vocabulary
) -> tuple[BodyIdentity, ...]:
    """The bodies that a collective name holds, as of a year: none where they are not known.

    Surface forms: 各县区政府, 各旗（市、区）人民政府, 各市教育局, 全市各县市区政府. Only regions of
    the kinds that the name tells are held: 各县政府 holds no district's. 各镇政府 and 有关部门 hold
    nothing that is known.

    >>> from pskg.extract.grammar.bodies import classify_body
    >>> from pskg.link.bodies import place_of
    >>> from pskg.vocabulary import load
    >>> name = classify_body("各旗市区人民政府", load())
    >>> found = members_of(name, place_of("150700"), 2018, load())
    >>> len(found), found[0].name
    (14, '人民政府（海拉尔区）')
    """
    concept = _concept(body.function, vocabulary)
    if not body.collective or concept is None or not place.chain:
        return ()
    parsed = _split_collective(key(body.name), concept)
    if parsed is None:
        return ()
    whose, levels = parsed
    owner = _owner(whose, place)
    if owner is None:
        return ()
    found = (
        _derive(region.code, concept.notation, vocabulary)
        for region in _divisions(owner, levels, year)
    )
    return tuple(member for member in found if member)


def changes_of(identity: BodyIdentity, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The reorganisations in which the offices of a body's functions came to an end.

    >>> from pskg.link.bodies import identify_office, place_of
    >>> from pskg.vocabulary import load
    >>> _, bureau = identify_office("市卫计委", place_of("621200"), load())
    >>> [iri.rsplit("/", 1)[-1] for iri in changes_of(bureau, load())]
    ['2018-health']
    """
    scheme = vocabulary.get("reorganisations")
    if scheme is None or identity.function is None:
        return ()
    wanted = set(identity.functions)
    return tuple(
        event.iri
        for event in scheme
        if wanted.intersection(event.properties.get("endedFunction", ()))
    )


def _concept(iri: str | None, vocabulary: Vocabulary) -> Concept | None:
    try:
        return vocabulary.concept(iri) if iri else None
    except KeyError:
        return None


def _functions(identity: BodyIdentity, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    concepts = (_concept(iri, vocabulary) for iri in identity.functions)
    return tuple(concept for concept in concepts if concept)


def _main_function(identity: BodyIdentity, vocabulary: Vocabulary) -> Concept | None:
    if identity.function is None:
        return None
    return next(iter(_functions(identity, vocabulary)), None)


def _is_vertical(concept: Concept) -> bool:
    return concept.properties.get("verticallyManaged") == ("true",)


def _counterpart(
    concept: Concept, upper: str | None, vocabulary: Vocabulary
) -> BodyIdentity | None:
    """The body of a function one level up; the centre has not one of every function."""
    if upper is None:
        return None
    if upper == NATIONAL and concept.properties.get("atCentre") != ("true",):
        return None
    return _derive(upper, concept.notation, vocabulary)


def _derive(region: str, function: str, vocabulary: Vocabulary) -> BodyIdentity | None:
    """The one body of a function in a region, which no document need have named.

    None where the vocabulary has no such function.
    """
    try:
        iri = vocabulary["functions"].get(function).iri
    except KeyError:
        return None
    found = BodyIdentity(region, function, "", (iri,))
    return replace(found, name=name_body(found, vocabulary))


def _split_collective(name: str, concept: Concept) -> tuple[str, str] | None:
    """Whose bodies a collective name means, and the levels that it tells of them."""
    for office in sorted(map(key, concept.names), key=len, reverse=True):
        head = name.removesuffix(office)
        if head != name and "各" in head:
            whose, _, levels = head.partition("各")
            return re.sub(r"(?:所辖|全[省市州盟])$", "", whose), levels
    return None


def _owner(whose: str, place: Place) -> Region | None:
    """The region whose bodies a collective name means: the document's own, or one by name."""
    if not whose:
        return place.chain[0]
    found = regions.region_at_start(whose, place.chain)
    if found and found[1] == len(whose):
        return found[0]
    return next((region for region in place.chain if region.name.endswith(whose)), None)


def _divisions(owner: Region, levels: str, year: int | None) -> tuple[Region, ...]:
    """The regions of the kinds that words tell (县区, 旗市区, 县（市、区）) in a region."""
    plain = _SEPARATORS.sub("", _LONG_KINDS.sub(lambda kind: kind.group()[-1], levels))
    kinds = frozenset(plain)
    if not plain or not kinds <= _KINDS:
        return ()
    below = regions.divisions_of(owner, year)
    wanted = "county"
    if owner.level == "national":
        wanted = "provincial"
        below = tuple(one for one in below if not one.code.startswith(_NOT_ADDRESSED))
    elif owner.level == "provincial" and kinds <= _PREFECTURES:
        wanted = "prefectural"
    elif owner.level == "provincial":
        if plain[0] in _PREFECTURES:  # 各市、县（区）: cities and, below them, counties
            return ()
        inner = (deep for one in below for deep in regions.divisions_of(one, year))
        below = (*below, *inner)
    return tuple(one for one in below if one.level == wanted and one.name[-1] in kinds)
