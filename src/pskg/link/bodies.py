"""Which body a name stands for: one identity for each body and region.

A document writes 市财政局 and means the finance bureau of its own city; 省财政厅 in the same
document is the province's, not the city's. The name's prefix tells the region, seen from the
document's; the vocabulary of functions tells the rest. A name that is not wholly understood keeps
an identity of its own: a guess never merges two bodies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pskg import regions
from pskg.link.functions import distinct_functions, read_functions
from pskg.model import Body
from pskg.regions import Region
from pskg.vocabulary import Concept, Vocabulary, key

__all__ = [
    "NATIONAL",
    "BodyIdentity",
    "Place",
    "identify_body",
    "identify_office",
    "kinds_of",
    "name_body",
    "place_of",
    "region_of_name",
]

NATIONAL = regions.NATION

#: The words of a level that stand before a body's name, longest first. Each is also how the
#: names of the regions end that it can mean.
_LEVEL_WORDS = ("自治区", "自治州", "自治县", "自治旗", *"省市州盟县区旗")

#: The words for the state, longest first.
_NATIONAL_WORDS = ("中共中央", "党中央", "国务院", "国家", "中央", "全国")

#: Of these, the ones that no local office bears in its name (as it does 国家税务局).
_NATIONAL_ONLY = ("中共中央", "党中央", "国务院", "中央", "全国")

#: How the names of the state's departments end, and no others'.
_NATIONAL_ENDINGS = ("部", "总局", "审计署", "总署")

#: The ranks of uniformed services, by the level that has them.
_RANKS = {"总队": "provincial", "支队": "prefectural"}

#: Words that only look as if a level began them: 市场监管所, 区域协作办公室, 县区政府 (but
#: 市市场监管局 is the city's).
_NO_LEVEL = re.compile(r"市场|区域|[省市州盟县区旗](?!市[场政容监])[省市州盟县区旗]")

#: What stands behind 区 where it is the autonomous region and no district.
_OF_AUTONOMOUS_REGION = re.compile(r"(?:党委|直|人大|政协)|.*厅$")

#: Beginnings that are a level and nothing else, even where the name is not made of level and
#: function.
_SURE_LEVEL = re.compile(r"省|[市州盟县区旗](?:委|直)")

#: A level that stands inside a name: 团市委, 依法治县办.
_LEVEL_INSIDE = re.compile(r"(?:共青团|团|依法治|全面依法治)(?P<level>[省市州盟县区旗])")

#: The Youth League of a region by name: 共青团某市委.
_LEAGUE = re.compile(r"(?:中国共产主义青年团|共青团|团)(?P<region>.{2,16}?)(?:委员会|委)")

#: How the branches of national bodies end: 人行某市中心支行.
_BRANCH_ENDINGS = (
    "中心支行", "支行", "分行", "营业管理部", "监管分局", "监管支局", "监管局", "监管办",
    "监管办公室", "分局", "调查总队", "调查队", "办事处", "管理部",
)  # fmt: skip

#: How the names of institutions end that are no department, though they work for one.
_INSTITUTION = re.compile(r"(?:中心|[所站队院馆处段]|公司|学校|协会)$")

#: How the names of committees end, of which the department is only the office.
_COMMITTEE = re.compile(r"(?:委员会|委|领导小组|指挥部)$")

#: Of these kinds and functions a region has many bodies: their names tell them apart.
_MANY_KINDS = frozenset({
    "bank", "collective", "coordination-group", "enterprise", "public-institution",
})  # fmt: skip
_MANY_FUNCTIONS = frozenset({"management-committee", "subdistrict-office", "village-committee"})
_DEPARTMENTS = frozenset({"government-department", "party-body"})
_ASSEMBLIES = frozenset({"legislature", "consultative-body"})


@dataclass(frozen=True, slots=True)
class Place:
    """A document's own region and the regions it lies in, the smallest first."""

    chain: tuple[Region, ...]

    @property
    def code(self) -> str | None:
        """The code of the document's own region, None where it is not known."""
        return self.chain[0].code if self.chain else None

    def at(self, level: str) -> str | None:
        """The code of the region of a level that the document's own is or lies in."""
        return next((region.code for region in self.chain if region.level == level), None)


@dataclass(frozen=True, slots=True)
class BodyIdentity:
    """What tells one body from another.

    ``function`` is the notation of its function, or those of several with ``_`` between them,
    where region and function together name exactly one body; else it is None and ``name``
    decides. ``region`` is None where the region is not known. ``functions`` are the IRIs of all
    its functions as far as they are known, the main one first; they identify nothing.
    """

    region: str | None
    function: str | None
    name: str
    functions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A name in its parts: the region that it tells, if it does, and the words that are left."""

    region: str | None
    rest: str


def place_of(code: str | None) -> Place:
    """The regions of a document, from the code of its own. Empty for a code nobody knows.

    >>> [region.name for region in place_of("621200").chain]
    ['陇南市', '甘肃省', '中华人民共和国']
    >>> place_of(None).chain
    ()
    """
    try:
        region = regions.get_region(code or "")
    except KeyError:
        return Place(())
    return Place((region, *regions.ancestors(region)))


def identify_office(name: str, place: Place, vocabulary: Vocabulary) -> tuple[Body, BodyIdentity]:
    """The body that a masthead names (陇南市人民政府办公室), classified by its name alone."""
    plain = _plain(name)
    functions = vocabulary.get("functions")
    concept = None
    if functions:
        rest = _parse(plain, place, None).rest
        found = (functions.find(form) for form in (plain, *_forms(rest)))
        concept = next((one for one in found if one), None)
    kind = next(iter(concept.properties.get("bodyKind", ())), None) if concept else None
    body = Body(name=name, function=concept.iri if concept else None, kind=kind)
    return body, identify_body(body, place, vocabulary)


def identify_body(body: Body, place: Place, vocabulary: Vocabulary) -> BodyIdentity:
    """The identity of a body that a document of this place names.

    Surface forms: 财政局 and 市财政局 (the document's own), 省财政厅 and 财政厅 (its province's),
    国家发展改革委 and 财政部 (the state's), 陇南市财政局 and 成县财政局 (a region by name), 团省委,
    国家税务总局陇南市税务局. Collective bodies (各县区政府), bodies of a region that the words
    leave open (县财政局 in a city's document) and names that are more than a function's
    (市财政局国库科) are identified by name.
    """
    plain = _plain(body.name)
    concept = _concept_of(body, vocabulary)
    functions: tuple[str, ...] = (body.function,) if body.function else ()
    if body.collective or not vocabulary.get("functions"):
        parsed = _parse(plain, place, None)
        return BodyIdentity(parsed.region or place.code, None, plain, functions)
    parsed = _parse(plain, place, concept)
    found = _functions_of(parsed.rest, concept, vocabulary)
    if not found and concept and plain in _names_of(concept):
        # The whole name is the function's: 省军区, but also 国家税务局, which is the name of
        # local offices too, and 市政局, whose 市 is no level.
        parsed = _Parsed(parsed.region if _tells_level(plain) else None, plain)
        found = (concept,)
    if not found or (parsed.region is None and _tells_level(parsed.rest)):
        name = _full_name(plain, parsed)
        return BodyIdentity(parsed.region or place.code, None, name, functions)
    functions = tuple(one.iri for one in found)
    kinds = kinds_of(found[0]) | ({body.kind.rsplit("/", 1)[-1]} if body.kind else set())
    region = _region_of(parsed, found[0], kinds, place)
    if region is None or not _is_one(parsed, found[0], kinds):
        name = _full_name(plain, parsed)
        return BodyIdentity(parsed.region or place.code, None, name, functions)
    notations = sorted(one.notation for one in distinct_functions(found, vocabulary))
    return BodyIdentity(region, "_".join(notations), plain, functions)


def name_body(identity: BodyIdentity, vocabulary: Vocabulary) -> str:
    """One label for a body, whatever names the documents give it.

    A body known by its functions is called by them (财政（陇南市）), which is no name and is not
    mistaken for one; any other body has only its name.

    >>> from pskg.vocabulary import load
    >>> name_body(BodyIdentity("621200", "education_sports", "市教体局"), load())
    '教育、体育（陇南市）'
    """
    if identity.function is None or identity.region is None:
        return identity.name
    functions = vocabulary["functions"]
    labels = [functions.get(notation).label for notation in identity.function.split("_")]
    return f"{'、'.join(labels)}（{regions.get_region(identity.region).name}）"


def region_of_name(name: str, place: Place) -> str | None:
    """The code of the region that the name of a group tells, else that of the document's place.

    >>> region_of_name("省养老服务联席会议", place_of("621200"))
    '620000'
    >>> region_of_name("养老服务联席会议", place_of("621200"))
    '621200'
    """
    return _parse(_plain(name), place, None).region or place.code


def kinds_of(concept: Concept) -> frozenset[str]:
    """The notations of the kinds of bodies that have a function.

    >>> from pskg.vocabulary import load
    >>> sorted(kinds_of(load()["functions"].get("court")))
    ['court']
    """
    return frozenset(kind.rsplit("/", 1)[-1] for kind in concept.properties.get("bodyKind", ()))


def _tells_level(plain: str) -> bool:
    return bool(_SURE_LEVEL.match(plain) or _LEVEL_INSIDE.match(plain))


def _concept_of(body: Body, vocabulary: Vocabulary) -> Concept | None:
    try:
        return vocabulary.concept(body.function) if body.function else None
    except KeyError:
        return None


def _names_of(concept: Concept) -> frozenset[str]:
    return _keys_of(concept.names)


@lru_cache(maxsize=4096)
def _keys_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(key, names))


def _plain(name: str) -> str:
    """A name as it is looked up: without the bracket at its end, which explains it."""
    plain = key(unicodedata.normalize("NFKC", name))
    plain = re.sub(r"(?<=.)（[^（）]*）?$", "", plain)
    return plain if plain.startswith("中共中央") else plain.removeprefix("中共")


def _forms(rest: str) -> tuple[str, ...]:
    """A name without its region as the vocabulary may have it.

    市委 leaves 委, which is 党委; 市委组织部 leaves 委组织部, which is 组织部.
    """
    if rest.startswith("委"):
        return rest, f"党{rest}", rest.removeprefix("委")
    if rest.startswith("党委"):
        return rest, rest.removeprefix("党委")
    return (rest,)


def _functions_of(
    rest: str, concept: Concept | None, vocabulary: Vocabulary
) -> tuple[Concept, ...]:
    """The functions that a name without its region tells wholly, the main one first."""
    for form in _forms(rest):
        found = read_functions(form, vocabulary) if form else ()
        if concept is None:
            continue
        if form in _names_of(concept):
            return found or (concept,)
        if any(one.iri == concept.iri for one in found):
            return found
    return ()


def _full_name(plain: str, parsed: _Parsed) -> str:
    """A name that says of which region it is, whether the document wrote 市 or the city's name."""
    if parsed.region in (None, NATIONAL) or not plain.endswith(parsed.rest) or plain == parsed.rest:
        return plain
    return f"{regions.get_region(parsed.region or '').name}{parsed.rest}"


# The region


def _parse(plain: str, place: Place, concept: Concept | None) -> _Parsed:
    """The region that a name tells, and the words that are left of the name without it.

    No region where the name tells none, or a level of which the document does not say which
    region of that level is meant; in the second case the words stay.
    """
    if concept and plain in concept.properties.get("nationalName", ()):
        return _Parsed(NATIONAL, plain)
    for read in (_parse_branch, _parse_national, _parse_region, _parse_level, _parse_inside):
        parsed = read(plain, place, concept)
        if parsed:
            return parsed
    return _Parsed(None, plain)


def _parse_branch(plain: str, place: Place, concept: Concept | None) -> _Parsed | None:
    """国家税务总局某市税务局, 人行某市中心支行: the region stands inside the name."""
    if concept is None:
        return None
    names = _names_of(concept)
    for region, start, end in _regions_inside(plain, place):
        head, tail = plain[:start], plain[end:]
        for word in ("国家", "中国", ""):
            office = head.removeprefix(word)
            if office not in names and not _is_head_office(office, tail):
                continue
            if tail in names:
                return _Parsed(region.code, tail)
            if tail in _BRANCH_ENDINGS and office in names:
                return _Parsed(region.code, office)
    return None


def _is_head_office(office: str, tail: str) -> bool:
    """Whether an office has branches of this name: 统计局, 某市调查队."""
    return len(office) > 1 and office.endswith(("局", "会", "署")) and tail in _BRANCH_ENDINGS


def _regions_inside(plain: str, place: Place) -> Iterator[tuple[Region, int, int]]:
    """The regions that a name holds behind its beginning, in full or, those near by, in short."""
    for region in place.chain[:-1]:
        for name in (region.name, *_short_names(region)):
            start = plain.find(name, 2)
            if start > 0:
                yield region, start, start + len(name)
    yield from (found for found in regions.regions_in(plain[:24]) if found[1] > 0)


@lru_cache(maxsize=4096)
def _short_names(region: Region) -> tuple[str, ...]:
    """The names without their kind that mean a region and no other."""
    names = (region.name[:-1],) if len(region.name) > 2 else ()
    return tuple(name for name in names if regions.find_region(name) == region)


def _parse_national(plain: str, place: Place, concept: Concept | None) -> _Parsed | None:
    for word in _NATIONAL_WORDS:
        if plain.startswith(word) and len(plain) > len(word):
            rest = plain.removeprefix(word)
            inside = regions.regions_in(rest[:24])
            return _Parsed(inside[-1][0].code, plain) if inside else _Parsed(NATIONAL, rest)
    return None


def _parse_region(plain: str, place: Place, concept: Concept | None) -> _Parsed | None:
    """陇南市财政局, 福州市鼓楼区教育局; 台山公路局 where the short name can mean nothing else."""
    for region in place.chain:
        if plain.startswith(region.name) and plain != region.name:
            inner = regions.region_at_start(plain, place.chain)
            code, end = (inner[0].code, inner[1]) if inner else (region.code, len(region.name))
            return _Parsed(code, plain[end:]) if end < len(plain) else None
    found = regions.region_at_start(plain, place.chain)
    if found and found[1] < len(plain):
        return _Parsed(found[0].code, plain[found[1] :])
    if concept is None or _starts_with_level(plain, concept):
        return None
    for length in range(min(5, len(plain) - 2), 1, -1):
        if plain[length:] in _names_of(concept):
            short = regions.find_region(plain[:length])
            return _Parsed(short.code, plain[length:]) if short else None
    return None


def _starts_with_level(plain: str, concept: Concept) -> bool:
    names = _names_of(concept)
    return any(
        plain.startswith(word) and not names.isdisjoint(_forms(plain.removeprefix(word)))
        for word in _LEVEL_WORDS
    )


def _parse_level(plain: str, place: Place, concept: Concept | None) -> _Parsed | None:
    """市财政局: the document's own city, or the one that its county lies in."""
    name = re.sub(rf"^[我本](?=(?:{'|'.join(_LEVEL_WORDS)}))", "", plain)
    if _NO_LEVEL.match(name):
        return None
    for word in _LEVEL_WORDS:
        if not name.startswith(word) or name == word:
            continue
        rest = name.removeprefix(word)
        for region in place.chain:
            if not region.name.endswith(word):
                continue
            autonomous = word == "区" and region.name.endswith("自治区")
            if autonomous and not _OF_AUTONOMOUS_REGION.match(rest):
                continue
            return _Parsed(region.code, rest)
        return _Parsed(None, plain)
    return None


def _parse_inside(plain: str, place: Place, concept: Concept | None) -> _Parsed | None:
    """团省委, 共青团陇南市委, 依法治县办: what is left is the whole name."""
    if concept is None:
        return None
    league = _LEAGUE.fullmatch(plain)
    if league:
        found = regions.region_at_start(league["region"], place.chain)
        if found and found[1] == len(league["region"]):
            return _Parsed(found[0].code, concept.label)
    level = _LEVEL_INSIDE.match(plain)
    if level:
        for region in place.chain:
            if region.name.endswith(level["level"]):
                return _Parsed(region.code, plain)
    return None


def _region_of(
    parsed: _Parsed, concept: Concept, kinds: frozenset[str], place: Place
) -> str | None:
    """The region of a body: the one its name tells, or the one that such a name implies.

    Ministries (财政部, 体育总局, 审计署) are the state's, 厅 the province's, others the document's.
    The name of one level alone (中级人民法院, 总队) tells the region of that level.
    """
    rest = parsed.rest
    for level in ("provincial", "prefectural"):
        if rest in concept.properties.get(f"{level}Name", ()):
            return _at_level(parsed, place, level)
    if parsed.region:
        return parsed.region
    if rest in concept.properties.get("nationalName", ()) or rest.startswith(_NATIONAL_ONLY):
        return NATIONAL
    if rest.endswith(_NATIONAL_ENDINGS) and "government-department" in kinds:
        return NATIONAL
    if rest.endswith("厅") and not rest.endswith("办公厅"):
        return place.at("provincial")
    for ending, level in _RANKS.items():
        if rest.endswith(ending):
            return place.at(level) or place.code
    return place.code


def _at_level(parsed: _Parsed, place: Place, level: str) -> str | None:
    """The region of a level that a body's own region is or lies in.

    A municipality has no prefectures: its districts' bodies of that level are its own.
    """
    own = place_of(parsed.region) if parsed.region else place
    return own.at(level) or (own.at("provincial") if level == "prefectural" else None)


def _is_one(parsed: _Parsed, concept: Concept, kinds: frozenset[str]) -> bool:
    """Whether a region has one body of this function that can bear this name."""
    if concept.notation in _MANY_FUNCTIONS:
        return False
    if concept.properties.get("oneInRegion") == ("true",):
        # Without its region the name of a bank means the bank as a whole.
        return "bank" not in kinds or parsed.region is not None
    rest = parsed.rest
    if kinds & _MANY_KINDS:
        return False
    names = _names_of(concept)
    is_office = rest.endswith(("办", "办公室"))
    if kinds & _DEPARTMENTS:
        other = _INSTITUTION.search(rest) and rest != key(concept.label)
        if other or (rest.endswith("部门") and parsed.region is None):
            return False
        has_office = {f"{rest}办", f"{rest}办公室"} & names
        return not (_COMMITTEE.search(rest) and has_office)
    return not (kinds & _ASSEMBLIES and is_office)
