"""Coordination groups: who heads them, who belongs to them, and which body is their office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pskg.extract.grammar.bodies import (
    NOT_NAME,
    Assignment,
    Line,
    find_last,
    fold_text,
    is_body_name,
    is_complete,
    is_definite,
    is_function,
    is_list_of_departments,
    measure_definite,
    read_names,
    skip_by,
    sort_assignments,
    split_names,
    trim_name,
)
from pskg.extract.grammar.duties import LONGEST_CLAUSE
from pskg.model import Passage, Role, Span
from pskg.vocabulary import Vocabulary

__all__ = ["Group", "find_coordination_groups"]


@dataclass(frozen=True, slots=True)
class Group:
    """A coordination group. ``office`` is the body that does its daily work."""

    name: Passage
    head: tuple[Assignment, ...]
    members: tuple[Assignment, ...]
    office: Passage | None
    span: Span


_GROUP_END = (
    r"(?:领导小组|联席会议|指挥部|工作专班|专班|协调小组|工作小组|专责小组|专项小组|工作组|督查组"
    r"|推进组|专项组|协调组|(?:工作|协调|指导|推进|咨询|专家|领导|议事)委员会"
    r"|(?:协调|工作|推进|联动|会商|议事|协作)机制)"
)

#: What a paragraph that names a group holds.
_MAY_NAME_GROUP = re.compile(r"小\s*组|会\s*议|指挥部|专班|委员会|作组|查组|进组|项组|调组|机制")
#: The words that a group's name ends in, at their shortest.
_TAIL = re.compile("组|会议|指挥部|专班|委员会|机制")
_GROUP_NAME = re.compile(
    rf"(?:^|[，。；：（]|的(?!地)|(?P<founded>成立|建立健全|建立|组建|设立|调整充实|调整|健全|完善)了?)"
    rf"(?P<name>(?:(?![，。；：（）、的]|成立|建立|组建|设立).){{0,60}}?{_GROUP_END})"
    r"(?!办公室|办|成员(?!(?:单位)?(?:主要)?(?:包括|有|为|由|：)))"
)
_OFFICE = re.compile(
    r"(?:办公室|办事机构|日常(?:工作|事务)|具体工作|日常办事机构)[^，。；：]{0,8}?"
    r"(?:设立?[在于]|设到|放在|挂靠在?|依托|由)(?P<body>[^，。；：]{2,40})"
)
#: The body that does the work itself: 由甲任组长，乙为成员，丙承担日常工作.
_DOES_WORK = re.compile(
    r"(?<=[，；。])(?P<body>[^，。；：]{2,30}?)(?:具体|负责)?承担[^，。；：]{0,8}日常(?:工作|事务)"
)
_HEAD_POST = r"(?:双|总|第一|共同)?(?:组长|召集人|指挥长|指挥)(?:单位)?"
_POST = re.compile(
    rf"(?:分别)?(?:担任|兼任|作为|任|为)(?P<post>(?:常务)?副{_HEAD_POST}|{_HEAD_POST}"
    r"|成员(?:单位)?|组员)(?=$|[，；。、的])"
)
_HEADS = re.compile(rf"{_HEAD_POST}|牵头")
_HELD_BY = re.compile(
    rf"(?P<post>(?:常务)?副{_HEAD_POST}|{_HEAD_POST})由(?P<who>[^，；。]{{2,60}}?)(?:担任|兼任)"
)
_LED_BY = re.compile(r"(?P<post>牵头)(?:负责|召集)?(?=[，、的])")
_JOINED_BY = re.compile(r"(?P<post>参加|参与)的")
_MEMBERS = re.compile(
    r"成员(?:单位)?(?:主要)?(?:包括|有|为|由|：)：?(?P<who>[^。；]{2,800}?)(?:组成|$|(?=[。；]))"
)
_COMPOSED = re.compile(r"由(?P<who>[^。；由]{2,800}?)(?:等)?(?:组成|参加|参与)(?=$|[，。；的])")
#: Those with whom the one that leads sets it up: 由甲牵头，会同乙、丙等部门建立联席会议.
_SET_UP_WITH = re.compile(
    r"会同(?P<who>[^，。；]{2,400}?)(?:等(?:有关|相关)?(?:部门|单位))?(?:共同|联合)?(?:成立|建立|组建|设立)"
)
_PERSON = re.compile(
    r"(?:分管[\u4e00-\u9fff]{2,8}的)?(?:(?:主要|分管|有关|相关|党政|主管|班子|各?[一1]名|常务|党组|党委){0,4}(?:副?负责(?:同志|人)"
    r"|(?:副职)?领导(?:同志|成员)?|副?(?:主任|局长|厅长|部长|市长|省长|县长|区长|旗长|州长|盟长|镇长|乡长|书记|主席"
    r"|秘书长|行长|会长|理事长|院长|检察长|司令员|政委|处长|总理|社长|校长|总经理|董事长)))+(?:同志)?$"
)


# A paragraph is asked for its groups first, and again to tell their bodies from others.
@lru_cache(maxsize=2048)
def find_coordination_groups(
    paragraph: str, offset: int, vocabulary: Vocabulary
) -> tuple[Group, ...]:
    """The coordination groups that a paragraph sets up or gives an office.

    Surface forms: 成立甲领导小组，由乙主要领导任组长，丙、丁主要负责人为成员; 建立由乙主任任组长，
    …为成员的甲联席会议; 领导小组办公室设在丁; 领导小组日常工作由丁承担; 成员单位包括…. A person
    stands for the body behind the post (市政府主要领导 for 市政府); one without a body is left out.
    将甲纳入乙领导小组 makes 甲 a member of a group that was set up elsewhere.

    >>> from pskg.vocabulary import load
    >>> group, = find_coordination_groups(
    ...     "成立某市创建工作领导小组,由市政府主要领导任组长,市教育局、市财政局负责人为成员。"
    ...     "领导小组办公室设在市教育局。", 0, load())
    >>> group.name.text, [one.name for one in group.head], [one.name for one in group.members]
    ('某市创建工作领导小组', ['市政府'], ['市教育局', '市财政局'])
    >>> group.office.text
    '市教育局'
    """
    return _read_groups(paragraph, offset, vocabulary) if _MAY_NAME_GROUP.search(paragraph) else ()


def _read_groups(paragraph: str, offset: int, vocabulary: Vocabulary) -> tuple[Group, ...]:
    line = fold_text(paragraph, offset)
    found = _find_names(line.text)
    names = [match for match in found if _names_group(match) or _is_described(line.text, match)]
    starts = [_sentence_start(line.text, match.start("name")) for match in names]
    groups = []
    for match, start, end in zip(names, starts, [*starts[1:], len(line.text)], strict=False):
        group = _read_group(line, match, start, end, vocabulary) if start < end else None
        if group:
            groups.append(group)
    groups += _read_joining(line, vocabulary)
    return tuple(sorted(groups, key=lambda group: group.span))


def _find_names(text: str) -> Iterator[re.Match[str]]:
    """The names of groups: a start is looked for only in the stretches that hold an end."""
    place = 0
    while tail := _TAIL.search(text, place):
        start = place
        for sign in "，。；：（）、":
            start = max(start, text.rfind(sign, start, tail.start()))
        found = _GROUP_NAME.search(text, start)
        if not found:
            return
        yield found
        place = found.end()


#: A body that is made a member of a group set up elsewhere: 将甲纳入同级乙领导小组.
_JOINING = ("纳入", "列入", "吸收", "增补")
_JOINS = re.compile(
    r"(?:将|把)(?P<who>[^，。；]{2,40}?)(?:纳入|列入|吸收进|增补进|吸收为|增补为)(?:同级|本级|各级|所在地)?"
    rf"(?P<name>[^，。；：（）、的]{{2,60}}?{_GROUP_END})"
)


def _read_joining(line: Line, vocabulary: Vocabulary) -> Iterator[Group]:
    joins = any(word in line.text for word in _JOINING)
    for match in _JOINS.finditer(line.text) if joins else ():
        named = read_names(line, *match.span("who"), Role.MEMBER, vocabulary)
        members = [one for one in named if is_body_name(one.name, vocabulary)]
        if members:
            name = Passage(line.word(*match.span("name")), line.span(*match.span("name")))
            yield Group(name, (), tuple(members), None, line.span(*match.span()))


def _sentence_start(text: str, index: int) -> int:
    earliest = max(0, index - LONGEST_CLAUSE)
    found = max(text.rfind("。", earliest, index), text.rfind("；", earliest, index))
    return found + 1 if found >= 0 else earliest


_OTHER_THAN_NAME = re.compile(
    r"[0-9]|各|有关|相关|同级|该|本|其|全体|召开|定期|通过|充分|多个|若干"
)
_BARE_NAME = re.compile(rf"(?:工作|由|在)?{_GROUP_END}")


def _names_group(match: re.Match[str]) -> bool:
    """Whether a match is a group's full name, not a later 领导小组 or 各工作组."""
    name = match.group("name")
    return len(name) > 5 and not _OTHER_THAN_NAME.match(name) and not _BARE_NAME.fullmatch(name)


#: What describes a group whose name alone says nothing: 由甲牵头，乙参加的工作机制.
_DESCRIBED = re.compile(
    r"由[^。；：]{2,400}(?:牵头|召集|参加|参与|组成|组长|成员)[^，。；]{0,12}的$"
)


def _is_described(text: str, match: re.Match[str]) -> bool:
    """Whether a bare 领导小组 or 协调机制 is set up here, with those who make it up before it."""
    start = _sentence_start(text, match.start("name"))
    before = text[max(start, match.start("name") - 500) : match.start("name")]
    return len(match["name"]) > 3 and bool(_DESCRIBED.search(before))


def _read_group(
    line: Line, match: re.Match[str], start: int, end: int, vocabulary: Vocabulary
) -> Group | None:
    first, last = match.span("name")
    founded = match.group("founded") is not None
    # A mechanism is a group where it is made up of bodies: 由甲牵头，乙参加的某机制, or
    # 建立某机制，由甲牵头，乙为成员单位. To lead one and take part in it is a duty alone.
    is_mechanism = match["name"].endswith("机制")
    described = line.text.endswith("的", 0, first)
    seated = founded and line.text.find("成员", start, end) >= 0
    if is_mechanism and not (described or seated):
        return None
    by = skip_by(line, first, last)
    first = by if last - by > 5 else first
    head: list[Assignment] = []
    members: list[Assignment] = []
    for pattern in (_POST, _LED_BY, _JOINED_BY):
        for post in pattern.finditer(line.text, start, end):
            role = Role.LEAD if _HEADS.match(post["post"]) else Role.MEMBER
            phrase = find_last(line, "，；。", max(start, post.start() - 600), post.start()) + 1
            names = _read_people(line, phrase, post.start(), role, vocabulary)
            (head if role is Role.LEAD else members).extend(names)
    for held in _HELD_BY.finditer(line.text, start, end):
        role = Role.LEAD if _HEADS.match(held["post"]) else Role.MEMBER
        names = _read_people(line, *held.span("who"), role, vocabulary)
        (head if role is Role.LEAD else members).extend(names)
    for pattern in (_MEMBERS, _COMPOSED):
        for found in pattern.finditer(line.text, start, end):
            members += _read_people(line, *found.span("who"), Role.MEMBER, vocabulary)
    for found in _SET_UP_WITH.finditer(line.text, start, end) if head else ():
        members += _read_people(line, *found.span("who"), Role.MEMBER, vocabulary)
    office = _read_office(line, start, end, vocabulary)
    if is_mechanism and not (members and (described or head)):
        return None
    if not (founded or head or members or office):
        return None
    # Whom the head comes from is no member besides.
    heads = {one.name for one in head}
    members = [one for one in sort_assignments(members) if one.name not in heads]
    spans = [line.span(first, last), *(one.span for one in head + members)]
    if office:
        spans.append(office.span)
    span = spans[0]
    for other in spans:
        span = span.to(other)
    name = Passage(line.word(first, last), line.span(first, last))
    return Group(name, tuple(sort_assignments(head)), tuple(members), office, span)


#: What may stand before the persons of a list: 成立以甲局局长….
_FOUNDING = re.compile(r".{0,6}?(?:成立|建立|组建|设立)(?:了|以|由)?|以")


def _read_people(
    line: Line, start: int, end: int, role: Role, vocabulary: Vocabulary
) -> list[Assignment]:
    """The bodies behind the persons of a list (甲局局长, 乙、丙主要负责人)."""
    start = skip_by(line, start, end)
    founding = _FOUNDING.match(line.text[start:end])
    if founding:
        start += founding.end()
    found = []
    departments = is_list_of_departments(line.text[start:end])
    for first, last in split_names(line, start, end, vocabulary):
        first, last, _ = trim_name(line, first, last, vocabulary)
        person = _PERSON.search(line.text[first:last])
        if person:
            last = first + person.start()
        text = line.text[first:last]
        if (
            not NOT_NAME.search(text)
            and not text.endswith("常委")
            and (
                is_definite(text, vocabulary)
                or (departments and is_function(text, vocabulary))
                or (is_complete(text, vocabulary) and len(text) <= 30 and not _is_group(text))
            )
        ):
            found.append(Assignment(line.word(first, last), role, line.span(first, last)))
    return found


_IS_GROUP = re.compile(f"{_GROUP_END}$")


def _is_group(text: str) -> bool:
    return bool(_IS_GROUP.search(text))


def _read_office(line: Line, start: int, end: int, vocabulary: Vocabulary) -> Passage | None:
    for match in _OFFICE.finditer(line.text, start, end):
        first, last = match.span("body")
        length = measure_definite(line.text[first:last], vocabulary)
        if length:
            return Passage(line.word(first, first + length), line.span(first, first + length))
    for match in _DOES_WORK.finditer(line.text, start, end):
        if is_definite(match["body"], vocabulary):
            return Passage(line.word(*match.span("body")), line.span(*match.span("body")))
    return None
