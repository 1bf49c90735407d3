"""Years and periods: 2020年, 2020年底, “十三五”, 2014-2015年.

The five-year plan numbered N starts in 1951 + 5 * N since the third: the tenth covers 2001 to
2005, the thirteenth 2016 to 2020.
"""

from __future__ import annotations

import re
from datetime import date

from pskg.characters import map_characters
from pskg.extract.grammar.numbers import parse_ordinal

__all__ = ["find_period", "plan_years", "read_column_year", "read_date"]

#: The name of a five-year plan: “十三五”, '十四五', 第十三个五年.
_PLAN = re.compile(
    r"[“\"'‘]?\s*(十[一二三四五六七八九]?)五\s*[”\"'’]|第(十[一二三四五六七八九]?)个五年"
)
#: A column heading that names one year: 2020年, 到2020年目标值, “十三五”末, 2015年(基期).
_COLUMN = re.compile(
    r"(?:全[国省市县区州])?(?:到|至|截至)?(?:(?P<year>(?:19|20)\d\d)年?|[“\"'‘]?(?P<plan>十[一二三四五六七八九]?)五[”\"'’]?)"
    r"(?:期)?[末底初前]?[(（]?(?:规划|预期|目标|现状|实际|基期|完成|基准|达到|控制|指标|预计|统计)*"
    r"(?:数据|数值|值|数|情况|水平|末|底)?[)）]?(?:[(（\[［【]累计[值数]?[)）\]］】])?"
)
_RANGE = re.compile(
    r"((?:19|20)\d\d)\s{0,3}年?\s{0,3}[-—–－~～至到]{1,2}\s{0,3}((?:19|20)\d\d)\s{0,3}年?"
)
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s{0,3}(?:年|[-/.．])\s{0,3}(1[0-2]|0?[1-9])\s{0,3}(?:月|[-/.．])"
    r"\s{0,3}(3[01]|[12]\d|0?[1-9])(?!\d)\s{0,3}日?"
)
#: What is typed for the 〇 of a written year: other circles, and the letter O of three alphabets.
_ZEROS = "〇○零◯0oOＯ\u041e\u043e\u039f\u03bf"
_HAN_DATE = re.compile(
    rf"([二一][{_ZEROS}一二三四五六七八九]{{3}})\s?年\s?(十[一二]?|[一二三四五六七八九])\s?月"
    r"\s?(三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])\s?日"
)
_half_width = map_characters(dict(zip("０１２３４５６７８９", "0123456789", strict=True)))


def plan_years(ordinal: int) -> tuple[int, int]:
    """First and last year of a five-year plan, counted from the third.

    >>> plan_years(13)
    (2016, 2020)
    """
    start = 1951 + 5 * ordinal
    return start, start + 4


def find_period(text: str) -> tuple[int, int] | None:
    """The period that a title names: a range of years, or a five-year plan.

    >>> find_period("试点方案(2014-2015年)"), find_period("“十四五”公共服务规划")
    ((2014, 2015), (2021, 2025))
    """
    ranged = _RANGE.search(text)
    if ranged:
        start, end = int(ranged.group(1)), int(ranged.group(2))
        if start <= end <= start + 30:
            return start, end
    plan = _PLAN.search(text)
    if plan:
        ordinal = parse_ordinal(plan.group(1) or plan.group(2))
        return plan_years(ordinal) if ordinal else None
    return None


def read_column_year(heading: str) -> int | None:
    """The year of a column of figures; None where its heading names none.

    >>> [read_column_year(text) for text in ("2015年", "2020年目标值", "“十三五”末", "指标")]
    [2015, 2020, 2020, None]
    """
    found = _COLUMN.fullmatch("".join(heading.split()))
    if not found:
        return None
    if found.group("year"):
        return int(found.group("year"))
    ordinal = parse_ordinal(found.group("plan"))
    return plan_years(ordinal)[1] if ordinal else None


def read_date(text: str) -> tuple[date, int, int] | None:
    """The first date in a text, with where it starts and ends.

    Handles 2018年8月22日, 2018-08-22, 2018/8/22, 2018.8.22, full-width figures, and
    二〇一八年八月二十二日 with whatever was typed for its 〇.

    >>> read_date("于二〇一八年八月二十二日印发")
    (datetime.date(2018, 8, 22), 1, 12)
    """
    text = _half_width(text)
    for found in _DATE.finditer(text):
        try:
            day = date(*(int(part) for part in found.groups()))
        except ValueError:
            continue
        return day, found.start(), found.end()
    written = _HAN_DATE.search(text)
    if written:
        digits = {character: index for index, character in enumerate("〇一二三四五六七八九")}
        digits.update(dict.fromkeys(_ZEROS, 0))
        year = int("".join(str(digits[character]) for character in written.group(1)))
        month, day_of_month = (parse_ordinal(written.group(part)) for part in (2, 3))
        try:
            return date(year, month or 0, day_of_month or 0), written.start(), written.end()
        except ValueError:
            return None
    return None
