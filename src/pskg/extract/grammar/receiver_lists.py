"""Who gets which of several sums: 轻度、重度失能老年人 with 分别为100元、200元 are two sorts."""

from __future__ import annotations

import re

from pskg.extract.grammar.money import MoneyText
from pskg.extract.grammar.receivers import (
    IS_ONE_OF,
    IS_SOMEBODY,
    LABEL_START,
    LOOK_BACK,
    PERSON,
    WHO,
    find_clause,
    measure_benefit,
)

__all__ = ["find_listed", "find_members"]


_MEMBER = (
    r"(?:(?!每|人均|按)[^，。；、和与及：0-9]){0,8}?(?:城镇|农村|城市|城乡居民|居民|职工|小学|初中|高中|中职|幼儿园|学前|大学|本科|专科"
    r"|研究生|孤儿|老人|老年人|儿童|残疾人|学生|教师|家庭|人员|户|集中供养|分散供养|[一二三四]级|[一二三]类)"
    r"(?:(?:基本)?(?:医保|医疗保险|养老保险))?"
)
_OF_INSURANCE = re.compile(r"(?<=职工|居民)(?:基本)?(?:医保|医疗保险|养老保险)$")
_MEMBERS = re.compile(rf"{_MEMBER}(?:[、和与及]{_MEMBER}){{1,5}}")


def find_members(line: MoneyText, end: int, count: int) -> tuple[str, ...]:
    """职工 and 居民, at the head of the nearest clause of the sentence that names so many."""
    norm = line.norm
    floor = max(0, end - LOOK_BACK)
    floor = max(floor, norm.rfind("。", floor, end) + 1)
    while floor < end:
        start = max(floor, find_clause(norm, end))
        opening = LABEL_START.match(norm[start:end])
        first = start + (opening.end() if opening else 0)
        if members := _share_nouns(line, first, end, count):
            return members
        found = _MEMBERS.match(norm, first, end)
        listed = re.split("[、和与及]", line.kept[slice(*found.span())]) if found else []
        if len(listed) == count:
            return tuple(_OF_INSURANCE.sub("", member) for member in listed)
        end = start - 1
    return ()


def find_listed(line: MoneyText, end: int, last: str) -> tuple[str, ...]:
    """技师 and 高级工, where ``last`` closes the list that opens the clause before a sum."""
    start = find_clause(line.norm, end)
    opening = LABEL_START.match(line.norm[start:end])
    start += opening.end() if opening else 0
    at = line.kept.rfind(last, start, end)
    if at < start:
        return ()
    members = tuple(line.kept[start : at + len(last)].split("、"))
    named = members[-1] == last and all(
        WHO.search(member) and len(member) <= _LONGEST_MEMBER for member in members
    )
    return members if named else ()


_LONGEST_MEMBER = 12
#: What stands before the first of a list and holds for all: 收住失能、半失能老年人.
_FOR_ALL = re.compile(
    rf"(?:[^，。；、]*?并)?(?:收住|收治|接收|招用|招收|吸纳|录用|安置|托养|照护|取得|荣?获得?|评为|达到)|.*的(?=.{{0,2}}$)|.*(?:{PERSON}|员)(?=.{{0,3}}$)"
)
#: Where the words that name them end.
_ENDS = re.compile(r"，?(?:分别|每[人生户名]|按照?|给予|发放|一次性)")
_LIST_MARK = re.compile("、|以及|[和与]|及(?!以[上下])")
_AND_OVER = re.compile("[及含]?以[上下]")
#: 被认定为国家级基地的: how they came to be it is no part of the name.
_NAMED_AS = re.compile("^(?:新|首次)?(?:(?:被|获)?(?:认定|评定|评选|确定|命名|授予)为|获评为?)")
#: 困难老年人中的中度、重度失能人员: those of whom they are some.
_OUT_OF = re.compile("^(?:对于?)?[^，。；]{2,30}?[之其]?中的(?=.{2})")
#: What closes the list and names nobody: 集中供养、分散供养标准.
_CLOSES = re.compile("(?:的|标准|水平|额度)$")
#: What parts one of a pair from the other, where they have no word in common.
_KIND = re.compile(
    r"城[市镇]|农村|男|女|新建|改扩?建|公办|民办|集中|分散|小学|初中|高中|中职|本科|专科|[一二三四五]级|[甲乙丙]类"
)


def _share_nouns(line: MoneyText, start: int, end: int, count: int) -> tuple[str, ...]:
    """Each of a list with the words that hold for all: 轻度、重度失能老年人 are two sorts of them.

    What closes the first is found in the last again; what stands behind it there is shared, as
    is a person or a verb before it in the first (护理员技师、高级技师; 收住失能、半失能老年人).
    """
    if cut := _ENDS.search(line.norm, start, end):
        end = cut.start()
    words = line.norm[start:end]
    end = start + (measure_benefit(words) or len(words))
    listed = _NAMED_AS.sub("", line.kept[start:end].strip("，,"))
    listed = _CLOSES.sub("", _OUT_OF.sub("", listed))
    pieces = [piece[: measure_benefit(piece) or len(piece)] for piece in _LIST_MARK.split(listed)]
    if (
        len(pieces) != count
        or count < 2
        or not all(pieces)
        or len(line.kept[start:end]) > _LONGEST_NOUNS
    ):
        return ()
    first, last = pieces[0], pieces[-1]
    tails = (first[place:] for place in range(len(first)))
    tail = next((tail for tail in tails if tail in last), "")
    kind = _KIND.match(last)
    if tail and all(piece.endswith(tail) for piece in pieces[:-1]):
        # 80至89周岁、90周岁及以上老年人
        over = _AND_OVER.match(last, last.index(tail) + len(tail))
        cut_at = over.end() if over else last.index(tail) + len(tail)
        head = first[: -len(tail)]
    elif kind and all(map(_KIND.fullmatch, pieces[:-1])):
        cut_at, head = kind.end(), ""
    elif "的" in last and not any("的" in piece for piece in pieces[:-1]):
        cut_at, head = last.index("的"), ""
    elif (
        len({len(piece) for piece in pieces[:-1]}) == 1
        and len(first) < len(last)
        and not any(map(WHO.search, pieces[:-1]))
    ):
        # 死亡、重伤人员: words of one length before what they share.
        cut_at, head = len(first), ""
    else:
        named = all(IS_SOMEBODY.search(piece) or _SCHOOL.search(piece) for piece in pieces)
        return tuple(pieces) if named else ()
    shared = last[cut_at:]
    if not (WHO.search(last) or IS_ONE_OF.search(last)) or (
        shared and not IS_ONE_OF.search(shared)
    ):
        return ()
    held = _FOR_ALL.match(head)
    before = held.group() if held else ""
    names = [first, *(before + piece for piece in pieces[1:-1]), before + last[:cut_at]]
    return tuple(name + shared for name in names)


_SCHOOL = re.compile("(?:小学|初中|高中|中学|中职|大学|学前)$")
_LONGEST_NOUNS = 60
