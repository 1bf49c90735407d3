"""Whom a service is for: from the words of a target group to concepts and ages.

The words of a cell (农村0—6岁残疾儿童、孤儿) name groups that the vocabulary knows, and ages. The
longest name counts at each place. A group that the words except (不含在校学生, 除…以外), deny
(未参加…的) or only mention (残疾人联合会, 企业等组织的职工) is not meant.

Ages are whole years, both ends included, as one counts birthdays (周岁):

- 以上, 以下, 以内 and 满 include the figure; 不满, 未满 and 超过 do not (Civil Code, article 1259);
- 0—6岁 is 0 to 6: a child is 6 until the day it turns 7;
- months are the birthdays passed: 36个月 is 3, 不满6个月 is 0;
- where figures and name tell different ends the narrower one counts: 7岁以下儿童, whose name is
  that of the children below seven, ends at 6;
- a figure alone (65岁老人) says neither from nor to, and is left;
- a group that is an age by definition (老年人) gives its ages where no figure stands beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pskg.vocabulary import Concept, Scheme, Vocabulary, key

__all__ = ["AgeBand", "Audience", "Group", "identify_audience"]

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_HAN = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}

_FIGURE = r"(?:(?<![0-9.])[0-9]{1,3}|[零〇一二两三四五六七八九十百]{1,5})"
_UNIT = r"(?:周?岁|个月龄?|月龄)"
_DASH = r"(?:[-—–－~～〜至到]{1,2}|(?<=[0-9])一(?=[0-9]))"
_INCLUDED = rf"(?:本数|{_FIGURE}{_UNIT}?)?）"
_NOTE = rf"(?:（(?P<note>不?含){_INCLUDED})?"
_BELOW = "不满|未满|未达到?|不足|小于|低于"
_ABOVE = "超过|大于|高于"
_FROM = "年满|已满|满|达到|大于等于"
_RANGE = re.compile(
    rf"(?P<low>{_FIGURE})(?P<unit>{_UNIT})?{_NOTE}{_DASH}"
    rf"(?P<high>{_FIGURE})(?P<last>{_UNIT})(?P<end>（不含{_INCLUDED})?"
)
_BOUND = re.compile(
    r"(?:(?P<most>不超过|不大于|不高于)"
    rf"|(?P<below>{_BELOW})|(?P<above>{_ABOVE})|(?P<from>{_FROM}))?"
    rf"(?P<figure>{_FIGURE})(?P<unit>{_UNIT}){_NOTE}"
    r"(?:(?P<up>及?以上|及?以后)|(?P<down>及?以下|以内)|(?P<before>之前|以前))?"
    rf"(?P<last>（不?含{_INCLUDED})?"
)
#: 男60、女55周岁以上: the man's age shares the unit and the bound of the woman's.
_PAIR = re.compile(
    rf"(?P<one>[男女])[性职工]{{0,2}}(?:年?满)?(?P<figure>{_FIGURE})(?:周?岁)?(?=[、,，和及/]"
    rf"(?!(?P=one))[男女][性职工]{{0,2}}(?:年?满)?{_FIGURE}周?岁(?P<rest>及?以上|及?以下)?)"
)
_SEX = re.compile(r"([男女])(?:性|职工|方|干部|子)?(?:年龄|为|在|：|:)*$")
#: What may stand between the two bounds of one band: 年满16周岁、未满60周岁; 16周岁以上60周岁以下.
_BETWEEN = re.compile(r"(?:[、，,]|且|并且?|同时|到|至|但)?(?:年龄)?(?:在)?")
#: Months are an age where they are a child's, and otherwise how long something took.
_CHILD = re.compile(r"的?(?:婴|幼|儿|宝|小孩)")
#: Nobody is older: a larger figure is a slip.
_OLDEST = 130

_CLAUSE_END = re.compile(r"[，,;；。]")
_LONGEST_CLAUSE = 80
_SEPARATOR = re.compile(r"以及|[、，,;；。：:/和及与或]")
_JOIN = re.compile(r"(?:、|以及|[和及与或])$")

#: Words that except what follows them, up to the end of the bracket or the clause.
_EXCEPT = re.compile(
    r"(?:不含|不包括|不包含|不计|不涉及|剔除|扣除|除去|不适用于?)[^（）;；。]{1,80}"
)
#: 除…以外; but 除…外,还… includes both.
_BESIDES = re.compile(
    r"(?<![解免消清删排拆根扫])除(?:了)?(?P<out>[^；;。除]{1,80}?)(?:以外|之外|外(?![出来籍地务国省市]))"
    r"(?!的?[，,]?(?:还|也|另|并|同时))"
)
#: 未参加…的, 无…的: what is denied stands before the 的.
_DENIED = re.compile(
    r"(?<!民办)非(?:国家)?(?:机关|企业|事业)[^，,;；。（）]{1,24}?(?:人员|职工)"
    r"|(?:未(?!成年)|不(?![仅但限分论同少便足满])|没有|无(?![偿障军])|非(?=[^、，,;；。的]{1,6}的))"
    r"[^、，,;；。：（）]{1,40}?的(?=.)"
)
#: Things that are called after a group: the group is not whom they are for.
_THING = re.compile(
    r"(?:基本|补充|大病|意外)*(?:医疗|养老|工伤|失业|生育|社会|商业|伤害)*(?:保险|医保|社保)(?!参保|对象|人)"
    r"|养老金|(?:的?权益|标准|事务|事业|工作)|联合会|协会|(?:福利|救助|服务|活动|管理|康复)"
    r"(?:院|中心|机构|站|部门)|证(?!的|持)|机构(?!的|养)|学校|医院|之家|工作者|地区(?!居民|群众|的)|线"
)
#: 企业、社会团体等组织的职工: the organisations only tell whose employees are meant.
_OWNERS = re.compile(
    r"[^，,;；。：（）]{1,120}?(?:组织|单位|企业|机构|团体|公司)的(?=职工|员工|雇工|工作人员|从业人员)"
)
_ORGANISATION = re.compile(r"(?:企业|单位|机关|组织|团体|机构|公司)$")


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the vocabulary, by the IRI of its concept, and where the text names it."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Ages in whole years, both ends included; None where the words set no bound.

    ``concepts`` are the groups named in the same part of the text: the ages are theirs.
    """

    minimum: int | None
    maximum: int | None
    start: int
    end: int
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """What the words of one target group say, in the order of the text."""

    groups: tuple[Group, ...] = ()
    ages: tuple[AgeBand, ...] = ()

    @property
    def concepts(self) -> tuple[str, ...]:
        """The IRIs of the groups, each once."""
        return tuple(dict.fromkeys(group.concept for group in self.groups))


# Lists of one country say the same of many items.
@lru_cache(maxsize=4096)
def identify_audience(text: str, vocabulary: Vocabulary) -> Audience:
    """The groups and ages that the words of a target group name, with their places in ``text``.

    >>> from pskg.vocabulary import load
    >>> said = identify_audience("农村 65岁及以上老年人", load())
    >>> [concept.rsplit("/", 1)[1] for concept in said.concepts]
    ['rural-residents', 'old-people-65']
    >>> [(age.minimum, age.maximum) for age in said.ages], said.ages[0].start, said.ages[0].end
    ([(65, None)], 3, 9)
    """
    names = _names_of(vocabulary)
    return _Reader(text, names).read() if names else Audience()


# The vocabulary, made ready


@dataclass(frozen=True)
class _Names:
    """The scheme as it is searched: names, attributes, what lies above each concept, its ages."""

    scheme: Scheme
    known: frozenset[str]
    lengths: dict[str, tuple[int, ...]]
    attributes: dict[str, Concept]
    above: dict[str, frozenset[str]]
    ages: dict[str, tuple[int, int]]

    def names_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where names stand in a text, from left to right, the longest one at each place."""
        place = 0
        while place < len(text):
            for length in self.lengths.get(text[place], ()):
                name = text[place : place + length]
                if name in self.known:
                    yield place, place + len(name)
                    place += len(name)
                    break
            else:
                place += 1

    def find_age_group(self, low: int, high: int) -> str | None:
        """The narrowest group that these ages are part of, the most general of its like."""
        holding = [
            (end - start, len(self.above[iri]), iri)
            for iri, (start, end) in self.ages.items()
            if start <= low and high <= end
        ]
        return min(holding)[2] if holding else None


@lru_cache(maxsize=4)
def _names_of(vocabulary: Vocabulary) -> _Names | None:
    scheme = vocabulary.get("target-groups")
    if scheme is None:
        return None
    attributes = {
        key(name): concept
        for concept in scheme
        for name in concept.properties.get("attributeName", ())
    }
    known = frozenset({key(name) for concept in scheme for name in concept.names} | set(attributes))
    lengths: dict[str, set[int]] = {}
    for name in known:
        lengths.setdefault(name[0], set()).add(len(name))
    longest_first = {first: tuple(sorted(of, reverse=True)) for first, of in lengths.items()}
    broader = {concept.iri: concept.broader for concept in scheme}
    above = {iri: frozenset(_climb(iri, broader)) for iri in broader}
    ages = {
        concept.iri: (_bound(concept, "minAge", 0), _bound(concept, "maxAge", _OLDEST))
        for concept in scheme
        if not {"minAge", "maxAge"}.isdisjoint(concept.properties)
    }
    return _Names(scheme, known, longest_first, attributes, above, ages)


def _bound(concept: Concept, name: str, otherwise: int) -> int:
    return int(next(iter(concept.properties.get(name, ())), otherwise))


def _climb(iri: str, broader: dict[str, tuple[str, ...]]) -> Iterator[str]:
    waiting, seen = list(broader[iri]), {iri}
    while waiting:
        wider = waiting.pop()
        if wider not in seen:
            seen.add(wider)
            yield wider
            waiting.extend(broader.get(wider, ()))


# Reading one text


class _Reader:
    """Reads one text without its white space; what it finds is told by places in the text."""

    def __init__(self, text: str, names: _Names) -> None:
        self.names = names
        self.at = [index for index, character in enumerate(text) if not character.isspace()]
        self.plain = key(text).translate(_DIGITS)
        #: How many brackets are open at each place.
        self.depth: list[int] = []
        for character in self.plain:
            open_ = self.depth[-1] if self.depth else 0
            self.depth.append(max(0, open_ + (character == "（") - (character == "）")))

    def read(self) -> Audience:
        excepted = _places(self._excepted())
        bands = [band for band in self._bands() if band.start not in excepted]
        groups = self._expand(self._named(excepted))
        ages: list[AgeBand] = []
        kept: list[Group] = []
        for here, figures in self._parts(groups, bands):
            of_age: list[Group] = []
            for figure in figures:
                band = self._narrow(figure, here)
                found = self._age_group(band)
                of_age += found
                ages.append(self._with_concepts(band, [*here, *found]))
            named = self._most_narrow([*here, *of_age])
            if not figures:
                ages += [self._with_concepts(band, here) for band in self._defined(named)]
            kept += named
        return Audience(
            tuple(Group(one.concept, *self._place(one)) for one in sorted(kept, key=_order)),
            tuple(
                AgeBand(one.minimum, one.maximum, *self._place(one), one.concepts)
                for one in sorted(ages, key=_order)
            ),
        )

    def _place(self, one: Group | AgeBand) -> tuple[int, int]:
        return self.at[one.start], self.at[one.end - 1] + 1

    # Names

    def _named(self, excepted: set[int]) -> list[Group]:
        """The groups that are named and meant."""
        # A name that begins with the denial is a name: 未就业高校毕业生.
        denied = _places((one.start() + 1, one.end()) for one in _DENIED.finditer(self.plain))
        owners = _places(one.span() for one in _OWNERS.finditer(self.plain))
        found: list[Group] = []
        found_attributes: list[Group] = []
        waiting: list[tuple[Group, Concept]] = []
        for start, end in self.names.names_in(self.plain):
            name = self.plain[start:end]
            attribute = self.names.attributes.get(name)
            concept = attribute or self.names.scheme.find(name)
            if concept is None or start in excepted or start in denied:
                continue
            if self.plain[start - 1 : start] == "非" or _THING.match(self.plain, end):
                continue
            if start in owners and _ORGANISATION.search(name):
                continue
            group = Group(concept.iri, start, end)
            if attribute:
                waiting.append((group, concept))
            else:
                found.append(group)
        starts = [group.start for group in found]
        for one, concept in waiting:
            clause = _CLAUSE_END.search(self.plain, one.end, one.end + _LONGEST_CLAUSE)
            last = clause.start() if clause else one.end + _LONGEST_CLAUSE
            behind = found[bisect_left(starts, one.end) : bisect_left(starts, last)]
            if any(self._is_kind(other, concept) for other in behind):
                found_attributes.append(one)
        return sorted([*found, *found_attributes], key=_order)

    def _is_kind(self, group: Group, attribute: Concept) -> bool:
        """Whether an attribute (义务教育) can be said of a group (寄宿学生)."""
        kinds = {group.concept} | self.names.above[group.concept]
        return not kinds.isdisjoint((*attribute.broader, attribute.iri))

    def _expand(self, groups: list[Group]) -> list[Group]:
        """Add the groups whose last word is told by a later one: 贫困和重度残疾人."""
        expanded = {group.start: group for group in groups}
        for group in reversed(groups):
            name, start = self.plain[group.start : group.end], group.start
            while joint := _JOIN.search(self.plain, max(0, start - 2), start):
                other = self._complete(joint.start(), name)
                if other is None:
                    break
                start = other.start
                named = [expanded[at] for at in range(start, other.end) if at in expanded]
                # What stands there has a name already (残疾儿童、青少年), unless it is wider.
                if not {one.concept for one in named} <= self.names.above[other.concept]:
                    break
                for one in named:
                    del expanded[one.start]
                expanded[start] = other
        return sorted(expanded.values(), key=_order)

    def _complete(self, end: int, name: str) -> Group | None:
        """The group whose name begins before ``end`` and ends as ``name`` does."""
        for length in range(min(8, end), 0, -1):
            first = self.plain[end - length : end]
            if _SEPARATOR.search(first):
                continue
            for cut in range(1, len(name) - 1):
                concept = self.names.scheme.find(first + name[cut:])
                if concept:
                    return Group(concept.iri, end - length, end)
        return None

    def _excepted(self) -> Iterator[tuple[int, int]]:
        for found in _EXCEPT.finditer(self.plain):
            yield found.span()
        for found in _BESIDES.finditer(self.plain):
            yield found.span("out")

    def _most_narrow(self, groups: list[Group]) -> list[Group]:
        """The groups of one part without those that another of them lies in."""
        wider: dict[bool, set[str]] = {True: set(), False: set()}
        for group in groups:
            # What brackets add (…居民(包括农村居民)) does not narrow what stands before them.
            wider[bool(self.depth[group.start])] |= self.names.above[group.concept]
        first: dict[str, Group] = {}
        for group in sorted(groups, key=_order):
            if group.concept not in wider[bool(self.depth[group.start])]:
                first.setdefault(group.concept, group)
        return list(first.values())

    def _parts(
        self, groups: list[Group], bands: list[AgeBand]
    ) -> Iterator[tuple[list[Group], list[AgeBand]]]:
        """What each part of an enumeration names.

        Nothing that is named, and nothing in brackets, is parted. Ages without a group belong
        to the next part: 年满60周岁、…的农村居民.
        """
        named: list[Group | AgeBand] = sorted([*groups, *bands], key=_order)
        covered = _places((one.start + 1, one.end) for one in named)
        marks = [
            (found.start(), found.group())
            for found in _SEPARATOR.finditer(self.plain)
            if not self.depth[found.start()] and found.start() not in covered
        ]
        here: list[Group] = []
        ages: list[AgeBand] = []
        waiting = deque(named)
        for place, mark in [*marks, (len(self.plain), "。")]:
            while waiting and waiting[0].start < place:
                one = waiting.popleft()
                if isinstance(one, Group):
                    here.append(one)
                else:
                    ages.append(one)
            if here or mark in "；;。":
                yield here, ages
                here, ages = [], []

    # Ages

    def _bands(self) -> list[AgeBand]:
        found: list[AgeBand] = []
        taken: set[int] = set()
        for match in (*_PAIR.finditer(self.plain), *_RANGE.finditer(self.plain),
                      *_BOUND.finditer(self.plain)):  # fmt: skip
            if taken.isdisjoint(range(*match.span())):
                band = self._band(match)
                if band:
                    found.append(band)
                    taken.update(range(*match.span()))
        return list(self._joined(sorted(found, key=_order)))

    def _band(self, match: re.Match[str]) -> AgeBand | None:
        said = match.groupdict()
        start, end = match.span()
        if "low" in said:
            low = _months(said["low"], said["unit"] or said["last"])
            high = _months(said["high"], said["last"])
            is_age = self._is_age(said["last"], end) or low == 0
            if not is_age or low is None or high is None or low > high:
                return None
            least, most = low // 12, (high - 1 if said["end"] else high) // 12
            return AgeBand(least, most, start, end, self._sex(start))
        if "one" in said:
            years = _number(said["figure"])
            up, down = str(said["rest"] or "以上").endswith("上"), "下" in str(said["rest"])
            concept = self.names.scheme.find(f"{said['one']}性")
            sex = (concept.iri,) if concept else ()
            start = match.start("figure")
            return AgeBand(years if up else None, years if down else None, start, end, sex)
        months = _months(said["figure"], said["unit"])
        if months is None or not self._is_age(said["unit"], end):
            return None
        without = "不含" in (said["note"] or "", (said["last"] or "").strip("（）")[:2])
        most_before = (months - 1) // 12
        if said["below"] or said["before"] or (said["down"] and without):
            return AgeBand(None, most_before, start, end, self._sex(start))
        if said["down"] or said["most"]:
            return AgeBand(None, months // 12, start, end, self._sex(start))
        if said["above"] or (said["up"] and without):
            least = months // 12 + (months % 12 == 0)
            return AgeBand(least, None, start, end, self._sex(start))
        if said["up"] or said["from"]:
            return AgeBand(months // 12, None, start, end, self._sex(start))
        return None

    def _is_age(self, unit: str, end: int) -> bool:
        return unit.endswith(("岁", "龄")) or bool(_CHILD.match(self.plain, end))

    def _sex(self, start: int) -> tuple[str, ...]:
        found = _SEX.search(self.plain, max(0, start - 6), start)
        concept = self.names.scheme.find(f"{found[1]}性") if found else None
        return (concept.iri,) if concept else ()

    def _joined(self, bands: Iterable[AgeBand]) -> Iterator[AgeBand]:
        """Two bounds that follow each other and leave something between them are one band."""
        last: AgeBand | None = None
        for band in bands:
            if last and _BETWEEN.fullmatch(self.plain, last.end, band.start):
                both = _both_bounds(last, band)
                if both:
                    last = both
                    continue
            if last:
                yield last
            last = band
        if last:
            yield last

    def _narrow(self, band: AgeBand, beside: Iterable[Group]) -> AgeBand:
        """A band within the ages that the groups beside it have by definition."""
        for group in beside:
            ages = self.names.ages.get(group.concept)
            if ages is None:
                continue
            low = max(band.minimum or 0, ages[0])
            high = ages[1] if band.maximum is None else min(band.maximum, ages[1])
            if low <= high:
                least = None if band.minimum is None and low == 0 else low
                most = None if high == _OLDEST else high
                band = AgeBand(least, most, band.start, band.end, band.concepts)
        return band

    def _defined(self, groups: Iterable[Group]) -> list[AgeBand]:
        """The ages that groups have by definition, where no figure tells them."""
        bands = []
        for group in groups:
            ages = self.names.ages.get(group.concept)
            if ages:
                most = None if ages[1] == _OLDEST else ages[1]
                bands.append(AgeBand(ages[0], most, group.start, group.end))
        return bands

    def _age_group(self, band: AgeBand) -> list[Group]:
        """The group that a band of ages is part of, if any."""
        high = _OLDEST if band.maximum is None else band.maximum
        concept = self.names.find_age_group(band.minimum or 0, high)
        return [Group(concept, band.start, band.end)] if concept else []

    def _with_concepts(self, band: AgeBand, groups: list[Group]) -> AgeBand:
        named = (group.concept for group in self._most_narrow(groups))
        return replace(band, concepts=tuple(dict.fromkeys((*band.concepts, *named))))


def _both_bounds(one: AgeBand, other: AgeBand) -> AgeBand | None:
    """The band of which one of these tells only the least and the other the greatest age."""
    for low, high in ((one, other), (other, one)):
        if low.minimum is None or high.maximum is None or low.minimum > high.maximum:
            continue
        if low.maximum is None and high.minimum is None:
            return AgeBand(low.minimum, high.maximum, one.start, other.end, one.concepts)
    return None


def _order(one: Group | AgeBand) -> tuple[int, int]:
    return one.start, one.end


def _places(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def _number(figure: str) -> int | None:
    """What a figure below a thousand is worth, None where it is none.

    >>> [_number(figure) for figure in ("65", "六十五", "十六", "一百", "一百零五", "十十")]
    [65, 65, 16, 100, 105, None]
    """
    if figure.isdecimal():
        return int(figure)
    found = re.fullmatch(
        r"(?:([一二两三四五六七八九])百[零〇]?)?(?:([一二三四五六七八九])?(十))?([零〇一二两三四五六七八九])?",
        figure,
    )
    if found is None:
        return None
    tens = (_HAN[found[2]] if found[2] else 1) * 10 if found[3] else 0
    return (_HAN[found[1]] * 100 if found[1] else 0) + tens + (_HAN[found[4]] if found[4] else 0)


def _months(figure: str, unit: str) -> int | None:
    """An age in months; None where no one is that old."""
    number = _number(figure)
    if number is None:
        return None
    months = number if "月" in unit else number * 12
    return months if months <= _OLDEST * 12 else None
