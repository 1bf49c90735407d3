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
from pskg.vocabulary import Vocabulary, key

__all__ = ["BodyIdentity", "Place", "identify_body", "identify_office", "place_of"]

NATIONAL = "100000"

#: The words of a level that stand before a body's name, longest first, and the endings of the
#: names of the regions that they can mean.
_LEVEL_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("自治区", ("自治区",)),
    ("自治州", ("自治州",)),
    ("自治县", ("自治县",)),
    ("自治旗", ("自治旗",)),
    ("省", ("省",)),
    ("市", ("市",)),
    ("州", ("州",)),
    ("盟", ("盟",)),
    ("县", ("县",)),
    ("区", ("区",)),
    ("旗", ("旗",)),
)
_NATIONAL_WORDS = ("国家", "中央", "全国")

#: Words that only look as if a level began them: 市场监管所, 区域协作办公室, 县区政府.
_NO_LEVEL = re.compile(r"市场|区域|[省市州盟县区旗]{2}")


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
    concept = functions.find(rest) or functions.find(plain) if functions else None
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
    names = {key(name) for name in concept.names}
    # 国家税务局 is a function's name and its local offices bear it: no sign of the state's.
    if plain in names and (region == NATIONAL or rest not in names):
        region, rest = None, plain
    if rest not in names:
        return by_name
    region = region or _implied_region(rest, body, place)
    if region is None:
        return by_name
    return BodyIdentity(region, concept.notation, plain)


def _plain(name: str) -> str:
    return key(unicodedata.normalize("NFKC", name))


def _strip_region(name: str, place: Place) -> tuple[str | None, str]:
    """The code of the region that a name begins with, and the name without it.

    The code is None where the name begins with no region, or with a level of which the document
    does not say which region of that level is meant; in the second case the words stay.
    """
    for word in _NATIONAL_WORDS:
        if name.startswith(word) and len(name) > len(word):
            return NATIONAL, name.removeprefix(word)
    for region in place.chain:
        if name.startswith(region.name) and name != region.name:
            return region.code, name.removeprefix(region.name)
    if _NO_LEVEL.match(name):
        return None, name
    for word, endings in _LEVEL_WORDS:
        if name.startswith(word) and name != word:
            for region in place.chain:
                if region.name.endswith(endings):
                    return region.code, name.removeprefix(word)
            return None, name
    # Only the head of the name is looked at: a region named inside it says nothing.
    for region, start, end in regions.regions_in(name[:16]):
        if start == 0 and end < len(name):
            return region.code, name[end:]
    return None, name


def _implied_region(rest: str, body: Body, place: Place) -> str | None:
    """The region of a body named without one: ministries are the state's, 厅 the province's."""
    if rest.endswith("部") and (body.kind or "").endswith("/government-department"):
        return NATIONAL
    if rest.endswith("厅") and not rest.endswith("办公厅"):
        return next((region.code for region in place.chain if region.level == "provincial"), None)
    return place.code
