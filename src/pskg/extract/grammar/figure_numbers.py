"""The numbers and years of a text: each with its unit, its bound, and where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from pskg.extract.grammar.figure_text import ASIDE_MEASURE, Text, cut_unit
from pskg.extract.grammar.numbers import parse_ordinal
from pskg.extract.grammar.periods import plan_years
from pskg.model import Comparator

__all__ = [
    "BOUND",
    "MEASURES",
    "Number",
    "Years",
    "compare_value",
    "cut_value",
    "find_numbers",
    "read_years",
    "select_years",
]


# --- Numbers ----------------------------------------------------------------------------------


MEASURES = (
    r"个百分点|百分点|个月|人次|户次|家次|场次|批次|人(?!口|均|员|民|才)|名|位|户|家|个(?!工作日|小时|年|季度|学期)"
    r"|所|座|处|套|间|栋|幢|张|辆|标台|台|部|架|艘|平方米|平方公里|平方千米|立方米|公里|千米|公顷|亩"
    r"|吨标准煤|吨|公斤|千克|毫克|微克|册|本|份|件|场|例|起|项|种|大类|类|门|支|只|头|条|片|块|班|床|顶|枚|株|棵|家庭"
    r"|千瓦时|千瓦|兆瓦|倍|分(?!钟|之)|岁|米|次|年|天|小时|分钟|元|㎡|对|期|批"
)
_UNIT = re.compile(
    rf"(?P<more>[余多])?(?P<unit>[%‰]|/10万|/万|(?:[千百十]?万亿?|千|百|亿)?[余多]?(?:{MEASURES})"
    rf"(?:\({ASIDE_MEASURE}\))?"
    r"(?:/[一-鿿]{1,4}?(?=以[上下内]|左右|上下)|/[一-鿿]{1,4}|/\d{0,3}[万千][一-鿿]{0,2})?|[千百]?万|亿)"
)
#: What may not stand before it is said behind its first digit, which a search can skip to.
_NUMBER = re.compile(
    r"(?P<value>\d(?<!\d[: ]\d)(?<![\d.A-Za-z第×*/'〇零一二三四五六七八九十百千-]\d)\d*"
    r"(?:'\d{3})*(?:\.\d+)?"
    r"(?:[%‰]?[-~至]{1,2}\d+(?:\.\d+)?|/\d(?=[,、。;的]|$)|×\d{1,2})?)"
    r"(?!:?\d|[.A-Za-z×*])"
)
_FOUR_DIGITS = re.compile(r"\d{4}")
_AND_MORE = re.compile("[余多]")
_INNER_UNIT = re.compile(r"[%％‰](?=[-~—–－～至])")
_HUNDREDTHS = re.compile(r"百分之(?P<value>\d{1,3}(?:\.\d+)?)")
#: So many for so many, behind its bound or verb: 配备比例不低于1∶4.
_PROPORTION = re.compile(
    r"(?<=[于到达为])(?P<value>\d{1,3}(?:\.\d{1,2})?:\d{1,3}(?:\.\d{1,2})?)(?![\d:.])"
)
_AFTER = re.compile(r"(?:□{2,8})?(?:及|或|和)?(?P<post>以上|以下|以内|之内|左右|上下|内(?!部|容))")

_AT_LEAST = (
    r"不低于|不少于|不小于|不得低于|不得少于|不短于|至少|最少|≥|>=|=>"
    r"|最低(?!工资|生活|保障|标准|收入|限度|缴|档|点)"
)
_AT_MOST = r"不超过|不得超过|不高于|不大于|不多于|不长于|至多|最多|≤|<=|=<"
_MORE = r"超过|高于|大于|多于|突破|超|>"
_LESS = r"低于|小于|少于|不足|不到|<"
BOUND = rf"{_AT_LEAST}|{_AT_MOST}|{_MORE}|{_LESS}"
_BOUND = re.compile(BOUND)
_COMPARES = (
    (re.compile(_AT_LEAST), Comparator.AT_LEAST),
    (re.compile(_AT_MOST), Comparator.AT_MOST),
    (re.compile(_MORE), Comparator.MORE),
    (re.compile(_LESS), Comparator.LESS),
)


class Number(NamedTuple):
    """A number with its unit where it stands: from ``start``, the unit's end, the bound's end."""

    start: int
    end: int
    after: int
    value: str
    unit: str
    more: bool
    post: str


def find_numbers(text: Text, start: int, end: int) -> Iterator[Number]:
    """The numbers of a clause that may be figures, with unit and bound."""
    masked = text.masked
    for match in _NUMBER.finditer(masked, start, end):
        if masked.startswith("百分之", match.start() - 3):
            continue
        if masked[max(start, match.start() - 1) : match.start()] in ("每", "第"):
            continue
        raw = cut_value(text, *match.span("value"))
        unit = _UNIT.match(masked, match.end(), end)
        stop = unit.end() if unit else match.end()
        if masked.startswith("年", match.end()) and _FOUR_DIGITS.fullmatch(raw):
            continue
        after = _AFTER.match(masked, stop, end)
        yield Number(
            match.start(),
            stop,
            after.end() if after else stop,
            raw,
            _AND_MORE.sub("", cut_unit(text, unit.start("unit"), unit.end())) if unit else "",
            bool(unit and (unit["more"] or _AND_MORE.search(unit["unit"]))),
            after["post"] if after else "",
        )
    colon = masked.find(":", start, end) >= 0
    for match in _PROPORTION.finditer(masked, start, end) if colon else ():
        raw = cut_value(text, *match.span("value"))
        yield Number(match.start(), match.end(), match.end(), raw, "", False, "")
    hundredths = masked.find("百分之", start, end) >= 0
    for match in _HUNDREDTHS.finditer(masked, start, end) if hundredths else ():
        after = _AFTER.match(masked, match.end(), end)
        yield Number(
            match.start(),
            match.end(),
            after.end() if after else match.end(),
            match["value"],
            "%",
            False,
            after["post"] if after else "",
        )


def cut_value(text: Text, start: int, end: int) -> str:
    """A value: the characters of the source. Of a range the first unit is left out (85%-90%)."""
    return _INNER_UNIT.sub("", text.word(start, end))


def compare_value(words: str, number: Number) -> Comparator:
    """What the words before and after a number say of how it compares."""
    post = number.post
    if _BOUND.search(words):
        return next(comparator for bound, comparator in _COMPARES if bound.search(words))
    if post == "以上":
        return Comparator.AT_LEAST
    if post in ("以下", "以内", "之内", "内"):
        return Comparator.AT_MOST
    if number.more:
        return Comparator.MORE
    if "控制" in words and not post:
        return Comparator.AT_MOST
    return Comparator.EQUAL


# --- Years ------------------------------------------------------------------------------------


_YEAR = re.compile(
    r"(?<!\d)(?:力争)?(?P<lead>截至|截止到?|到|至|在)?(?P<from>(?:19|20)\d\d年?[-~至到]{1,2})?"
    r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2}月(?:\d{1,2}日|底|末)?)?"
    r"(?P<part>年?[底末]之?前|年底|底|末|初|之前|以前|前)?"
)
_PLAN_END = re.compile(
    r"(?:力争)?(?:截至|截止到?|到|至|在)?“?(?P<ordinal>十[一二三四五六七八九]?)五”?(?:规划|时期)?期?(?:末|期末|收官之年)"
)
_COMPARED = re.compile(r"(?:比|较|以|自|从|由|于|同)$")
#: 2000年底前建成的小区: what stands there, not what shall be.
_OF_A_THING = re.compile(r"(?:建成|竣工|建设|建造|入住|投用|投入使用|出生|毕业)的")
_NOT_A_YEAR = re.compile(r"起|相比|以来|的|已|度?同期|版|为基|基础|[-~至]\d")

#: A rate by the end of a month, told with a comma: 6月底前,达标率达到100%.
_BEFORE_MONTH = re.compile(
    r"(?<=前),(?=[^,;。\d]{2,40}(?:率|比例|比重|占比)(?:均|都|要|应)?(?:达到?|提高|不低于|不少于))"
)
_RATE_SINCE = re.compile(
    r"起,?(?=[^,;。\d]{2,30}(?:率|比例|比重|占比)(?:均|都|要|应)?(?:达到?|保持|稳定|不低于|不少于|为))"
)

#: Where a year starts and ends, and which it is; in the order written.
Years = list[tuple[int, int, int]]


def read_years(text: str, start: int, end: int) -> Years:
    """The years by which something shall be, in the order written: start, end, year."""
    found: Years = []
    named = text.find("年", start, end) >= 0
    for match in _YEAR.finditer(text, start, end) if named else ():
        if match["from"]:
            continue  # over a period, not by a year
        until = match["lead"] in ("到", "至", "截至", "截止", "截止到")
        # 2025年6月底前 is a deadline, 2025年6月 alone the date of something.
        if match["month"] and not until and not _BEFORE_MONTH.match(text, match.end(), end):
            continue
        if _COMPARED.search(text[max(start, match.start() - 2) : match.start()]):
            continue
        if not match["lead"] and _OF_A_THING.match(text, match.end(), end):
            continue
        # 2021年起达标率达到100%: a rate is to be so from then on.
        since = _RATE_SINCE.match(text, match.end(), end)
        if not since and _NOT_A_YEAR.match(text, match.end(), end):
            continue
        last = match.end() + len("起") if since else match.end()
        found.append((match.start(), last, int(match["year"])))
    plans = text.find("五", start, end) >= 0
    for match in _PLAN_END.finditer(text, start, end) if plans else ():
        ordinal = parse_ordinal(match["ordinal"])
        if ordinal:
            found.append((match.start(), match.end(), plan_years(ordinal)[1]))
    return sorted(found)


def select_years(years: Years, start: int, end: int) -> Years:
    """The years that start between two places."""
    return years[bisect_left(years, (start,)) : bisect_left(years, (end,))]
