"""Which body a name stands for: one identity for each body and region.

A document writes 市财政局 and means the finance bureau of its own city; 省财政厅 in the same
document is the province's, not the city's. The name's prefix tells the region, seen from the
document's; the vocabulary of functions tells the rest. A name that is not wholly understood keeps
an identity of its own: a guess never merges two bodies.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pskg import regions
from pskg.model import Body
from pskg.regions import Region
from pskg.vocabulary import Concept, Vocabulary, key

__all__ = ["BodyIdentity", "Place", "identify_body", "identify_office", "place_of"]

NATIONAL = "100000"

#: The words of a level that stand before a body's name, longest first. Each is also how the
#: names of the regions end that it can mean.
_LEVEL_WORDS = ("自治区", "自治州", "自治县", "自治旗", *"省市州盟县区旗")

#: The words for the state, longest first.
_NATIONAL_WORDS = ("中共中央", "党中央", "国务院", "国家", "中央", "全国")

#: Of these, the ones that no local office bears in its name (as it does 国家税务局).
_NATIONAL_ONLY = ("中共中央", "党中央", "国务院", "中央", "全国")

#: How the names of the state's departments end, and no others'.
_NATIONAL_ENDINGS = ("部", "总局", "审计署", "总署")

#: Words that only look as if a level began them: 市场监管所, 区域协作办公室, 县区政府 (but
#: 市市场监管局 is the city's).
_NO_LEVEL = re.compile(r"市场|区域|[省市州盟县区旗](?!市[场政容监])[省市州盟县区旗]")

#: Beginnings that are a level and nothing else, even where the name is not made of level and
#: function.
_SURE_LEVEL = re.compile(r"省|[市州盟县区旗](?:委|直)")

#: Of these kinds and functions a region has many bodies: their names tell them apart.
_MANY_KINDS = frozenset({
    "bank", "collective", "coordination-group", "enterprise", "public-institution",
})  # fmt: skip
_MANY_FUNCTIONS = frozenset({"management-committee", "subdistrict-office", "village-committee"})


@dataclass(frozen=True, slots=True)
class Place:
    """A document's own region and the regions it lies in, the smallest first."""

    chain: tuple[Region, ...]

    @property
    def code(self) -> str | None:
        """The code of the document's own region, None where it is not known."""
        return self.chain[0].code if self.chain else None


@dataclass(frozen=True, slots=True)
class BodyIdentity:
    """What tells one body from another.

    ``function`` is the notation of its function where region and function together name exactly
    one body, else None and ``name`` decides. ``region`` is None where the region is not known.
    """

    region: str | None
    function: str | None
    name: str


def place_of(code: str | None) -> Place:
    """The regions of a document, from the code of its own. Empty for a code nobody knows.

    >>> [region.name for region in place_of("621200").chain]
    ['陇南市', '甘肃省', '中华人民共和国']
    >>> place_of(None).chain
    ()
    """
    chain: list[Region] = []
    while code and len(chain) < 6:
        try:
            region = regions.get_region(code)
        except KeyError:
            break
        chain.append(region)
        code = region.parent
    return Place(tuple(chain))


def identify_office(name: str, place: Place, vocabulary: Vocabulary) -> tuple[Body, BodyIdentity]:
    """The body that a masthead names (陇南市人民政府办公室), classified by its name alone."""
    plain = _plain(name)
    functions = vocabulary.get("functions")
    _, rest = _strip_region(plain, place)
    concept = None
    if functions:
        found = (functions.find(form) for form in (plain, *_forms(rest)))
        concept = next((one for one in found if one), None)
    kind = next(iter(concept.properties.get("bodyKind", ())), None) if concept else None
    body = Body(name=name, function=concept.iri if concept else None, kind=kind)
    return body, identify_body(body, place, vocabulary)


def identify_body(body: Body, place: Place, vocabulary: Vocabulary) -> BodyIdentity:
    """The identity of a body that a document of this place names.

    Surface forms: 财政局 and 市财政局 (the document's own), 省财政厅 and 财政厅 (its province's),
    国家发展改革委 and 财政部 (the state's), 陇南市财政局 (a region by name). Collective bodies
    (各县区政府), bodies of a region that the words leave open (县财政局 in a city's document) and
    names that are more than a function's (市财政局国库科) are identified by name.
    """
    plain = _plain(body.name)
    region, rest = _strip_region(plain, place)
    by_name = BodyIdentity(region or place.code, None, plain)
    if body.collective or body.function is None:
        return by_name
    try:
        concept = vocabulary.concept(body.function)
    except KeyError:
        return by_name
    kinds = _kinds_of(concept, body)
    if kinds & _MANY_KINDS or concept.notation in _MANY_FUNCTIONS:
        return by_name
    names = {key(name) for name in concept.names}
    if names.isdisjoint(_forms(rest)):
        # The whole name is the function's: 省军区, but also 国家税务局, which is the name of
        # local offices too, and 市政局, whose 市 is no level.
        if plain not in names:
            return by_name
        region, rest = (region if _SURE_LEVEL.match(plain) else None), plain
    region = region or _implied_region(rest, kinds, place)
    if region is None:
        return by_name
    return BodyIdentity(region, concept.notation, plain)


def _kinds_of(concept: Concept, body: Body) -> set[str]:
    kinds = (*concept.properties.get("bodyKind", ()), body.kind or "")
    return {kind.rsplit("/", 1)[-1] for kind in kinds}


def _plain(name: str) -> str:
    plain = key(unicodedata.normalize("NFKC", name))
    return plain if plain.startswith("中共中央") else plain.removeprefix("中共")


def _forms(rest: str) -> tuple[str, ...]:
    """A name without its region as the vocabulary may have it.

    市委 leaves 委, which is 党委; 市委组织部 leaves 委组织部, which is 组织部.
    """
    if rest.startswith("委"):
        return rest, f"党{rest}", rest.removeprefix("委")
    return (rest,)


def _strip_region(name: str, place: Place) -> tuple[str | None, str]:
    """The code of the region that a name begins with, and the name without it.

    The code is None where the name begins with no region, or with a level of which the document
    does not say which region of that level is meant; in the second case the words stay.
    """
    for word in _NATIONAL_WORDS:
        if name.startswith(word) and len(name) > len(word):
            rest = name.removeprefix(word)
            # 国家税务总局陇南市税务局 is not the state's: its own region stands inside.
            inside = regions.regions_in(rest[:24])
            return (inside[-1][0].code, name) if inside else (NATIONAL, rest)
    for region in place.chain:
        if name.startswith(region.name) and name != region.name:
            return region.code, name.removeprefix(region.name)
    if _NO_LEVEL.match(name):
        return None, name
    for word in _LEVEL_WORDS:
        if name.startswith(word) and name != word:
            for region in place.chain:
                if region.name.endswith(word):
                    return region.code, name.removeprefix(word)
            return None, name
    # Only the head of the name is looked at: a region named inside it says nothing.
    for region, start, end in regions.regions_in(name[:16]):
        if start == 0 and end < len(name):
            return region.code, name[end:]
    return None, name


def _implied_region(rest: str, kinds: set[str], place: Place) -> str | None:
    """The region of a body named without one.

    Ministries (财政部, 体育总局, 审计署) are the state's, 厅 the province's, others the document's.
    """
    if rest.startswith(_NATIONAL_ONLY):
        return NATIONAL
    if rest.endswith(_NATIONAL_ENDINGS) and "government-department" in kinds:
        return NATIONAL
    if rest.endswith("厅") and not rest.endswith("办公厅"):
        return next((region.code for region in place.chain if region.level == "provincial"), None)
    return place.code
