"""Figures with a name, in running text.

A figure is a number with a unit; an indicator is a figure that a noun phrase names. Two orders
are read. Name first: 全市九年义务教育巩固率达到95%以上, 幼儿园150所, 失业率控制在4%以内. Figure
first: 建成10个养老院, 75%的村卫生室具备服务能力, 完成28373户农村危房改造任务. Names are the words
of the source; where the figure stands inside its name (乡镇100%全覆盖) or several names share a
part (职工和居民医保报销比例分别达到…), the name is put together from them.

>>> for figure in read_figures("到2020年,全市巩固率达到95%以上,失业率控制在4%以内。", 0):
...     print(figure.name, figure.comparator.value, figure.value, figure.unit, figure.year)
全市巩固率 >= 95 % 2020
失业率 <= 4 % 2020
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pskg.extract.grammar.figure_clauses import Found, read_sentence
from pskg.extract.grammar.figure_names import LEAD
from pskg.extract.grammar.figure_numbers import Years, read_years, select_years
from pskg.extract.grammar.figure_text import STOPS, Text, condense_text, one_width
from pskg.model import Comparator, IndicatorKind, Span

__all__ = ["Figure", "read_figures"]


class Figure(NamedTuple):
    """A figure and its name, as read from running text. ``value`` is as printed."""

    name: str
    value: str
    unit: str
    year: int | None
    comparator: Comparator
    kind: IndicatorKind
    cumulative: bool
    span: Span


#: Words that make a sentence a report, unless it says what is wanted too.
_REACHED = re.compile(
    r"截至|截止|(?<![由从比较])目前(?!标)|(?:^|[,;、:市县区省州盟])现有|[市县区省州盟旗]共有|已达"
)
#: Words that make the figure beside them a report; 已建成 may also belong to a name.
_REPORTED = re.compile(
    r"已达|已经?(?:完成|实现|累计|提高|覆盖|达到)(?!.*基础上)"
    r"|已经?(?:建成(?!区|居住区|小区)|有)(?!.*(?:率|比例|占比|基础上|面积|不低于|不少于))"
    r"|(?:达到|建成|完成|实现|新增|提高|增加)了|同比|[比较]上年|比去年"
)
_WANTED = re.compile(
    r"力争|争取|确保|努力|目标|将(?!近)|计划|逐步|(?<!截)(?<!截止)(?:到|至)(?:19|20)\d\d年|要达到|应达到"
)
_BACKGROUND = re.compile(
    r"(?:发展|工作|现有|现实|规划)基础|现状|回顾|(?:主要|取得|发展|工作|显著|建设)(?:的|了)?成[效就绩]|(?:发展|进展|完成)情况"
    r"|发展环境|规划背景"
)

#: What is explained is no goal.
_DEFINES = re.compile(r"是指|指的是|系指|所称")
_LONGEST_LABEL = 12
_WORK = re.compile(
    r"(?:进一步|不断|持续|着力|大力|切实|全面)*(?:优化|改善|营造|完善|创造|夯实|巩固|提升|增强|加强|筑牢|强化|打造|构建|建设|形成|推进|促进|塑造)"
)
_PERIOD = re.compile(r"(?:到|在|从)?(?:19|20)\d\d年?[-~至到]{1,2}(?:19|20)\d\d年")
_SENTENCE = re.compile(r"[^。!?\n]+")

#: What stands wherever a figure does: a digit, which is enough by itself, or words for an average.
_MAY_HOLD = re.compile(r"[0-9０-９国](?:(?<!国)|平均|同期平均)")


def read_figures(
    text: str,
    offset: int,
    *,
    year: int | None = None,
    heading: str = "",
    background: bool = False,
) -> tuple[Figure, ...]:
    """Read the figures that have a name from a paragraph, or from a cell that holds sentences.

    Handles the name before the figure (覆盖率达到85%, 示范性高中35所左右, 新增就业8,400人以上),
    after it (建成10个养老院和10个托儿所, 90%高中完成达标建设), around it (育龄人群100%免费享有
    检查), several names with one figure (报告率和及时率均达到95%) or with one each (分别达到100%、
    90%), old and new (由36%提高到100%), and 低于全国平均水平. White space and line breaks within
    are of no account.

    A year (到2020年, 2018年底前, “十三五”末) holds to the end of its sentence, and where it opens
    the sentence for the sentences after it; ``year`` is taken where none is given. ``heading``
    is the title the text stands under: where it announces what has been reached (发展基础), or
    the caller knows (``background``), the figures are baselines; where the text begins with it,
    reading starts behind it.

    Not read: ages, sums of money, counts of parts (共8项), working hours (5×8小时), time limits
    (12小时内), rates of a rule (按不低于70%的比例给予救助), numbers in 《》, “” and (), unless the
    bracket explains a slogan (“两个百分百”(100%的村通客车、…)), and conditions
    (留用率达到50%以上的单位).

    >>> [(figure.name, figure.value) for figure in read_figures("建成10个托儿所和2所小学", 0)]
    [('托儿所', '10'), ('小学', '2')]
    """
    if not _MAY_HOLD.search(text):
        return ()
    whole = condense_text(text, offset)
    read = list(_read_paragraph(whole, year, heading, background=background))
    if not any(plain for _, plain in read):
        return tuple(figure for figure, _ in read)
    told = Counter(plain or figure.name for figure, plain in read)
    # By what means a thing is provided is said where two figures of it must be told apart.
    return tuple(
        figure._replace(name=plain) if plain and told[plain] == 1 else figure
        for figure, plain in read
    )


def _read_paragraph(
    text: Text, year: int | None, heading: str, *, background: bool = False
) -> Iterator[tuple[Figure, str]]:
    """The figures, each with the noun that is name enough where no other figure has it."""
    begin = _skip_heading(text.plain, heading)
    background = background or _tells_background(heading)
    carried_reached = False
    slogans = "”" in text.plain
    for sentence in _SENTENCE.finditer(text.masked, begin):
        start, end = sentence.span()
        if not _MAY_HOLD.search(text.plain, start, end) or _DEFINES.search(text.plain, start, end):
            continue
        years = read_years(text.dated, start, end)
        opening = years[0] if years and _opens(text, start, years[0]) else None
        reached = bool(_REACHED.search(text.plain, start, min(end, start + 60))) or (
            background or carried_reached
        )
        if _PERIOD.match(text.dated, start, end):
            year = None  # 2012-2015年: no year by which it shall be
        if opening:
            year = opening[2]
            carried_reached = text.plain.startswith(("截至", "截止"), opening[0])
        wanted = bool(_WANTED.search(text.masked[start:end]))
        for found in read_sentence(text, start, end, years):
            before = bisect_left(years, (found.numbers[0].start,))
            stated = years[before - 1][2] if before else year
            clause = text.plain[max(start, found.start - 20) : found.numbers[0].start]
            if background and before and not found.year:
                year = stated  # what is reported of 2020 goes on
            elif found.reached:
                stated = None  # 由52%提高到65%: when it was 52% is not said
            is_past = found.reached or bool(_REPORTED.search(clause)) or (reached and not wanted)
            for figure in _make_figures(text, found, found.year or stated, is_past, years):
                yield figure, found.plain
        for first, last in _find_slogans(text, start, end) if slogans else ():
            before = bisect_left(years, (first,))
            stated = years[before - 1][2] if before else year
            yield from _read_paragraph(text.cut(first, last), stated, heading)


#: “两个百分百”(…): a bracket behind a slogan with a number in it says what the number means.
_SLOGAN = re.compile(
    r"[一二两三四五六七八九十百\d][^“”]{0,14}”(?:目标|要求|标准|工程|行动)?\((?P<inner>[^()]{4,150})\)"
)


#: 实现“甲达到100名,乙达到50%”的目标: goals in quotation marks.
_GOALS = re.compile(r"“(?P<inner>[^“”]{8,150})”的?[一-鿿]{0,8}目标")
_SETS = re.compile(r"(?:达到|达|提高到|不低于|不少于|控制在|超过)\d")


def _find_slogans(text: Text, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _SLOGAN.finditer(text.plain, start, end):
        yield found.span("inner")
    for found in _GOALS.finditer(text.plain, start, end):
        if _SETS.search(found["inner"]):
            yield found.span("inner")


#: It has a column of its own.
_CUMULATIVE = re.compile(r"[(（]累计[)）]|累计")
#: Nor is how often a part of a name, wherever it stands.
_EACH_YEAR = re.compile(r"(?<=[一-鿿]{2})每年(?=用于|参加|投入)")


def _make_figures(
    text: Text,
    found: Found,
    year: int | None,
    reached: bool,
    years: Years,
) -> Iterator[Figure]:
    """One figure for each name and number: in step where there are as many of one as the other."""
    names, numbers = found.names, found.numbers
    pairs = list(zip(names, range(len(numbers)), strict=False))
    by_year: list[int] = []
    if len(numbers) == 1:
        pairs = [(name, 0) for name in names]
    elif len(names) == 1:
        pairs = [(names[0], index) for index in range(len(numbers))]
        before = bisect_left(years, (numbers[0].start,))
        by_year = [entry[2] for entry in years[max(0, before - len(numbers)) : before]]
    start = min(found.start, numbers[0].start)
    dated = [entry for entry in select_years(years, start - 24, start) if entry[1] == start]
    if dated:
        start = dated[0][0]
    for name, index in pairs:
        number = numbers[index]
        name = _EACH_YEAR.sub("", name)
        bare = _CUMULATIVE.sub("", name)
        yield Figure(
            name=bare if len(bare) > 1 else name,
            value=number.value,
            unit=number.unit,
            year=by_year[index] if len(by_year) == len(numbers) else year,
            comparator=found.comparators[index],
            kind=IndicatorKind.BASELINE if reached else IndicatorKind.TARGET,
            cumulative=found.cumulative or bare != name,
            span=text.span(start, max(found.end, number.after)),
        )


# Many paragraphs stand under one heading.
@lru_cache(maxsize=256)
def _tells_background(heading: str) -> bool:
    """Whether a heading announces what has been reached."""
    return any(
        _BACKGROUND.search(part) and not _WORK.match(part.strip()) for part in heading.split("/")
    )


@lru_cache(maxsize=256)
def _fold_heading(heading: str) -> str:
    return STOPS.sub("。", one_width("".join(heading.split()))).strip("。")


def _skip_heading(text: str, heading: str) -> int:
    """Where reading starts: behind the heading, where the text begins with it."""
    title = _fold_heading(heading)
    if len(title) < 4:
        return 0
    at = text.find(title, 0, len(title) + 8)
    return at + len(title) if at >= 0 else 0


def _opens(text: Text, start: int, found: tuple[int, int, int]) -> bool:
    """Whether a year stands at the head of its sentence, with a comma behind it.

    A label may stand before it: 具体指标:到2025年,
    """
    before = text.plain[start : found[0]]
    before = before[before.find(":") + 1 :] if found[0] - start < _LONGEST_LABEL else before
    return text.plain[found[1] : found[1] + 1] == "," and (
        not before or bool(LEAD.fullmatch(before))
    )
