"""Names that are not known or not right: bodies, fields of service, regions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pskg.extract.checks.case import Case, cut_quote, may_find
from pskg.model import Finding, Severity, Span
from pskg.read import Block
from pskg.regions import Region, ancestors, get_region, is_within, regions_in
from pskg.vocabulary import Vocabulary, key

__all__ = ["check_names"]

#: 某厅门, 某局门 for 某部门; what follows may make it a door, a portal or an outpatient ward.
_DEPARTMENT = re.compile(r"门(?<=[厅局委]门)(?![户诊槛口前外楼票卫类牌])")
_LONGEST_FIELD = 6
_LEVEL = re.compile(r"^(?:(?:自治)?[省市县区州盟旗]|地区|国家|中央|全国)(?:级|直)?")
_SHORTEST = 5
#: Bodies that a document sets up by itself: no vocabulary can know them.
_SET_UP = re.compile(r"领导小组|工作组|专班|联席会议|指挥部|协调小组|督查组|专项组|工作专责")
#: Places, firms and posts that a vocabulary of functions is not asked for.
_NO_BODY = re.compile(
    r"(?:[\u4e00-\u9fff]{2}(?:镇|乡|街道|苏木|社区|村)|集团|公司|企业|医院|学校|大学|学院|银行|常委|书记|[县市省区]长|主任)$"
)
_LONGEST_NAME = 40
_OFFICE = re.compile(r"(?:(?:人民)?政府(?:办公[厅室])?|办公[厅室])$")
_IS_PLACE = re.compile(
    r"(?:[省市县区州盟旗镇乡]|街道|新区|开发区|特区|兵团|国务院|党委|[委局厅部会院署办]|人大|政协)$"
)
_LETTERS = re.compile(r"[A-Za-z]|\d\d")
#: How often a name must stand to be the measure of another one.
_OFTEN = 3
#: Characters by which names of bodies rightly differ: levels, and what the office is called.
_MAY_DIFFER = frozenset("省市县区州盟旗镇乡国各本厅局委部办处站会院")
#: More unknown names than these are a sign that the lists were not understood.
_MOST_UNKNOWN = 12


def check_names(case: Case) -> Iterator[Finding]:
    """Slips in the names of bodies, names that no vocabulary knows, regions that do not agree."""
    for block in _all_blocks(case) if may_find(case.lines, _DEPARTMENT) else ():
        yield from _check_departments(block, case.vocabulary)
    yield from _check_bodies(case)
    yield from _check_domains(case)
    yield from _check_issuer(case)
    yield from _check_regions(case)
    yield from _check_number(case)


def _all_blocks(case: Case) -> Iterator[Block]:
    yield from case.paragraphs
    for table in case.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.blocks


def _check_departments(block: Block, vocabulary: Vocabulary) -> Iterator[Finding]:
    """教育厅门: a department in which one character slipped."""
    functions = vocabulary["functions"]
    for found in _DEPARTMENT.finditer(block.text):
        end = found.start() - 1
        field = block.text[max(0, end - _LONGEST_FIELD) : end]
        names = (field[start:] for start in range(len(field) - 1))
        office = next((name for name in names if functions.find(name + block.text[end])), None)
        if office is None:
            continue
        start = end - len(office)
        meant = f"{office}部门"
        words = block.text[start : found.end()]
        span = Span(block.start + start, block.start + found.end())
        message = f"“{words}” is no name of a body; probably “{meant}”"
        yield Finding("misspelt-name", Severity.MEDIUM, message, span, meant)


def _check_bodies(case: Case) -> Iterator[Finding]:
    """Bodies whose function is not known: a slip where a known name is one character off."""
    first: dict[str, Span] = {}
    known: set[str] = set()
    yield from _check_rare_names(case)
    for one in case.reading.responsibilities:
        name = one.body.name
        # Letters and figures in a name are reported as spam.
        if _SET_UP.search(name) or _NO_BODY.search(name) or _LETTERS.search(name):
            continue
        if one.body.function or one.body.collective:
            known.add(key(name))
            continue
        first.setdefault(name, one.span)
    unknown = 0
    for name in first:
        bare = _LEVEL.sub("", key(name))
        meant = _nearest(key(name), known) or _nearest_known(bare, case.vocabulary)
        if meant:
            message = f"“{cut_quote(name)}” is not known; probably “{meant}”, one character off"
            yield Finding("misspelt-name", Severity.LOW, message, first[name], meant)
            continue
        unknown += 1
        if unknown <= _MOST_UNKNOWN:
            message = f"the body “{cut_quote(name)}” is in no vocabulary"
            yield Finding("unknown-body", Severity.LOW, message, first[name])


def _check_rare_names(case: Case) -> Iterator[Finding]:
    """A name that stands once, one character off a name that stands again and again."""
    times = Counter(key(one.body.name) for one in case.reading.responsibilities)
    often = {name for name, number in times.items() if number >= _OFTEN and len(name) > 3}
    forms: dict[str, list[str]] = {}
    for name in often:
        for form in _forms(name):
            forms.setdefault(form, []).append(name)
    exact = case.vocabulary["functions"]
    seen: set[str] = set()
    for one in case.reading.responsibilities:
        name = key(one.body.name)
        if times[name] > 1 or name in seen or exact.find(_LEVEL.sub("", name)):
            continue
        seen.add(name)
        near = {other for form in _forms(name) for other in forms.get(form, ())}
        meant = sorted({other for other in near if _is_slip(name, other)} | (_turned(name) & often))
        if len(meant) == 1:
            message = f"“{cut_quote(one.body.name)}” stands once; probably “{meant[0]}”"
            message += f", which stands {times[meant[0]]} times"
            yield Finding("misspelt-name", Severity.LOW, message, one.span, meant[0])


def _is_slip(name: str, other: str) -> bool:
    """Whether one name may be the other with a slip: 市教肓局 for 市教育局, not 县教育局.

    >>> _is_slip("市教肓局", "市教育局"), _is_slip("县教育局", "市教育局")
    (True, False)
    """
    if not is_one_off(name, other) or len(name) != len(other):
        return False
    changed = {one for pair in zip(name, other, strict=True) if pair[0] != pair[1] for one in pair}
    return not changed & _MAY_DIFFER


def _turned(name: str) -> set[str]:
    """The names that become this one where two characters that stand together change places.

    >>> sorted(_turned("甲乙丙"))
    ['乙甲丙', '甲丙乙']
    """
    places = range(min(len(name), _LONGEST_NAME) - 1)
    return {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in places} - {name}


def _nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that differs from this one in a single character, if there is just one."""
    if len(name) < _SHORTEST:
        return None
    found = sorted({other for other in known if is_one_off(name, other)})
    return found[0] if len(found) == 1 else None


def _nearest_known(name: str, vocabulary: Vocabulary) -> str | None:
    if len(name) < _SHORTEST:
        return None
    near = _near_names(vocabulary)
    candidates = {other for form in _forms(name) for other in near.get(form, ())}
    return _nearest(name, candidates)


@lru_cache(maxsize=8)
def _near_names(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The names of the vocabulary by the forms they take when a character is left out."""
    found: dict[str, list[str]] = {}
    for concept in vocabulary["functions"]:
        for name in map(key, concept.names):
            if len(name) >= _SHORTEST:
                for form in _forms(name):
                    found.setdefault(form, []).append(name)
    return found


def _forms(name: str) -> set[str]:
    name = name[:_LONGEST_NAME]
    return {name, *(name[:place] + name[place + 1 :] for place in range(len(name)))}


def is_one_off(one: str, other: str) -> bool:
    """Whether two names differ in one character: changed, left out or put in.

    >>> is_one_off("教育厅门", "教育部门"), is_one_off("教育门", "教育部门"), is_one_off("甲", "甲")
    (True, True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    return rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]


def _check_domains(case: Case) -> Iterator[Finding]:
    seen: set[str] = set()
    for domain in case.reading.domains:
        if domain.concept is None and domain.name not in seen:
            seen.add(domain.name)
            message = f"the field of service “{cut_quote(domain.name)}” is in no vocabulary"
            yield Finding("unknown-domain", Severity.LOW, message, domain.span)


def _check_issuer(case: Case) -> Iterator[Finding]:
    """An issuer that names no region and no office: 某某网办公室."""
    document = case.reading.document
    span = document.spans.get("issuer")
    found = _OFFICE.search(document.issuer or "")
    if span is None or found is None or not document.issuer:
        return
    place = document.issuer[: found.start()]
    # Letters and figures are reported as spam.
    if re.search(r"[A-Za-z0-9]", place):
        return
    functions = case.vocabulary["functions"]
    if not place or _IS_PLACE.search(place) or regions_in(place) or functions.find_ending(place):
        return
    message = f"the issuer “{cut_quote(document.issuer)}” names no region and no known body"
    yield Finding("unknown-body", Severity.MEDIUM, message, span)


def _check_regions(case: Case) -> Iterator[Finding]:
    """An issuer of one region under a title of another."""
    document = case.reading.document
    issuer = [region for region, _, _ in regions_in(document.issuer or "")]
    title = [region for region, _, _ in regions_in(document.title)]
    span = document.spans.get("issuer")
    if not issuer or not title or span is None:
        return
    if any(_related(one, other) for one in issuer for other in title):
        return
    message = (
        f"the issuer is of {issuer[-1].name}, the title names {title[0].name}: "
        "neither lies in the other"
    )
    yield Finding("region-conflict", Severity.MEDIUM, message, span)


def _related(one: Region, other: Region) -> bool:
    return is_within(one, other) or is_within(other, one)


def _check_number(case: Case) -> Iterator[Finding]:
    """A number that begins with the character of a province in a document of another one.

    A city's number may begin with a character of its own name that is a province's as well
    (晋 in 晋城市 and in 晋江市).
    """
    document = case.reading.document
    span = document.spans.get("doc_number")
    characters = case.vocabulary.get("region-characters")
    if not (span and document.doc_number and document.region_code and characters):
        return
    first = document.doc_number.strip()[:1]
    claimed = characters.find(first) if first else None
    try:
        own = get_region(document.region_code)
    except KeyError:
        return
    chain = (own, *ancestors(own)[:-1])
    if claimed is None or any(first in region.name for region in chain):
        return
    if claimed.notation not in {region.code for region in chain}:
        message = (
            f"the number begins with “{first}”, which stands for {claimed.label}; "
            f"the document is of {own.name}"
        )
        yield Finding("region-conflict", Severity.MEDIUM, message, span)
