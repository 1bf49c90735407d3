"""Figures wherever they stand, held against their own unit: no fact has to be read from them.

A share ends at a hundred per cent, a person's age at a hundred and some, a year has four figures,
a whole number does not start with a zero, and a quantity has a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from pskg.extract.checks.case import Case, cut_quote, may_find
from pskg.model import Finding, Indicator, Severity, Span
from pskg.read import Block

# A pattern opens with the character that it looks for, which a search can skip to: what may stand
# before that one is said right behind it.

__all__ = ["check_figures", "may_exceed"]

#: Words of a clause whose percentage may well exceed a hundred: growth, gross enrolment.
_GROWTH = re.compile(
    r"增长|增速|增幅|增加|增值|提高|提升|上升|上浮|翻|扩大|毛入|毛[录升]|完成率|完成[^率。]{0,8}的"
    r"|性别比|使用率|占用率|周转|收益|回报|负荷|倍|超额|超过|高于|高出|相当于|比价|指数"
)
#: A sum right before it, of which it is so many per cent.
_OF_A_SUM = re.compile(
    r"(?:标准|工资|平均[数值]?|水平|收入|基数|利润|产值|扣除|金额|总额)的?[^占]{0,4}$"
)
_PERCENT = re.compile(r"(?P<figure>\d(?<![\d.．,，]\d)\d{2,5}(?:[.．]\d{1,4})?)\s?[%％﹪]")
_AGE = re.compile(r"(?P<figure>\d(?<![\d.．]\d)\d{2,4}(?:[.．]\d)?)\s?周?岁")
_OLDEST = 150
_ZERO = re.compile(
    r"0(?<![\d.．:：/\-—–A-Za-z]0)\d{1,3}(?:[.．]\d{1,4})?"
    r"(?=\s?(?:[%％‰]|万|亿|个百分点|[元名张所]|平方米))"
)
_TWO_POINTS = re.compile(
    r"\d(?<![\d.．第v]\d)\d{0,3}(?:[.．]{2,}|[.．]\d{1,4}[.．])\d{1,4}(?=[%％‰万亿元张人])"
    r"|\d(?<=[\u4e00-\u9fff]\d)\d{0,3}[.．](?=[%％‰万亿元张岁名所])"
)

_FIRST_YEAR, _LAST_YEAR = 1900, 2060
#: Where a year is wanted: before it, and what follows 年 there.
_YEAR_BEFORE = re.compile(
    r"(?:[到至从自于在由截起的前及和、—–~\-]|截止|[（(《〔\[,，。；;：:\s]|^)$"
)
_YEAR_AFTER = re.compile(
    r"\s?(?:\d{1,2}\s?月|[底末初前后度起版]|以[前后来]|[,，。；;、）)》〕]|[\u4e00-\u9fff]{2})"
)
_ODD_YEAR = re.compile(r"(?P<year>\d(?<![\d.．第]\d)(?:\d{2}|\d{4}))(?=\s?年)")
#: 200年一遇, 500年历史: so many years.
_SPAN_OF_YEARS = re.compile(r"\s?年(?:一遇|历史|以[上内]|左右|间|期|代|华诞|来|[的大级老古])")
_MONTH = re.compile(r"年\s?(?P<month>\d{1,3})\s?月(?:\s?(?P<day>\d{1,3})\s?日)?")
_LONG_MONTHS, _LONG_DAYS = 12, 31

_SENTENCE = re.compile(r"[,，。；;]")
_CLAUSE_END = r"(?=\s*(?:[,，。；;、]|以上|以下|以内|左右|$))"
#: A rate and what is reached, and no unit behind it.
_RATE = re.compile(
    r"(?:率(?<=[\u4e00-\u9fff]率)|比例|比重|占比)"
    r"(?:[(（][^()（）]{1,16}[)）])?"
    r"(?:[^\d。；;,，、:：]{0,4}?(?:达到?|提高|提升|稳定|保持|控制|降低?|增加|上升|下降|巩固|不低于|不少于|不高于|不超过|超过|为|至少))"
    r"[^\d。；;,，、:：]{0,6}?"
    rf"(?P<figure>\d{{1,3}}(?:[.．]\d{{1,2}})?)(?![\d.．/／:：∶%％‰]){_CLAUSE_END}"
)
#: 80%和75左右, 不低于70的比例: a share among shares.
_SHARE = re.compile(
    r"(?P<figure>\d(?:(?<=[%％][和、及与~～—–-]\d)"
    r"|(?<![\d.．:：∶比/／和、-]\d)(?=\d{0,2}(?:[.．]\d{1,2})?的比[例率]))\d{0,2}(?:[.．]\d{1,2})?)"
    rf"(?![\d.．/／:：∶%％‰])(?:的比[例率]|{_CLAUSE_END})"
)
_NO_PER_CENT = re.compile(
    r"死亡率|发病率|患病率|性别比|师生比|自然增长率|出生率|效率|速率|频率|汇率|功率|倍率"
)
#: A figure at the end of a clause or before 以上, right behind a word.
_BARE = re.compile(
    r"\d(?<=[\u4e00-\u9fff]{2}\d)\d{0,5}(?:[.．]\d{1,4})?"
    r"(?=[。；;]|[,，](?!\d{3}(?!\d))|以上(?!的?[年月日])|以下|以内|左右)"
)
_WORD_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,12}$")
_LONGEST_WORD = 12
#: Words behind which a bare figure is a number, a sum of people or an index, and no quantity.
_NO_UNIT_WANTED = re.compile(
    r"(?:[数量比值分第号表图栏件录题款条项式级类版型线话真编码名次位比为是至和及与、]|(?<![达高加升大定制降减])到|指数|系数|得分|评分|电话|热线|传真|邮箱|大于|小于|等于|为零|为负)$"
)
#: What is an index or counts people by its very name: 系数控制在0.4以内, 总人数达到500.
_INDEX = re.compile(r"系数|指数|[人户次件篇]数|数量|得分|评分|分值|排名|[比之]比|师生比|PM")
_QUANTITY = re.compile(
    r"(?:达到?|建成|新建|建设|开工|完成|新增|增加到|提高到|稳定在|控制在|保持在|不少于|不低于|不超过|超过|至少|培训|救助|补贴|补助|配备|改造|提供|转移|安置|培养|引进)"
)
#: A figure right before a noun that is no measure: 建设10示范校.
_NO_MEASURE = re.compile(
    r"(?:建成|新建|建设|完成|不少于|至少(?:有|建[有成])?|培训|提供|安置|救助|配备|新增|办好|打造|创建|培育)(?P<figure>\d{1,6})"
    r"(?=[\u4e00-\u9fff]{2})(?![个所名人张家处套户万亿千百十余多项次件种条座间辆台部册场亩公里米平方立吨元岁年月日天小时分周倍成以左类级"
    r"层期批支队片眼头只株棵对路线站届门科幢栋楼床席学课标号本村县市区乡镇位例盏块根艘架篇首门艺组班伏千兆瓦度毫克升人至到—和及或一])"
)
#: 8∶2 without its sign, where a split is told.
_RATIO = re.compile(r"按照?(?P<parts>\d{2}|\d{4})的?比例(?=分担|负担|承担|分摊|共同)")


#: What begins with any digit and stands in hardly any document.
_SLIPS = (_PERCENT, _TWO_POINTS, _ODD_YEAR, _SHARE, _BARE)


def may_exceed(clause: str) -> bool:
    """Whether the percentage that a clause leads up to may be above a hundred.

    >>> may_exceed("产值增长"), may_exceed("为最低工资标准的"), may_exceed("达到优秀标准的人数占")
    (True, True, False)
    """
    return bool(_GROWTH.search(clause) or _OF_A_SUM.search(clause))


def check_figures(case: Case) -> Iterator[Finding]:
    """Figures that their own unit, or the want of one, gives away."""
    # The figures of indicators are held against what the indicator can be.
    covered = {_find_value(one, case.page.text) for one in case.reading.indicators}
    stuck = {node.heading.start for node in case.outline.unpointed if node.heading}
    lines = "\n".join(block.text for block in case.figured)
    slips = may_find(lines, *_SLIPS)
    checks = [
        check
        for patterns, check in (
            ((_PERCENT,), partial(_check_percentages, covered=covered)),
            ((_AGE,), partial(_check_ages, covered=covered)),
            ((_ZERO, _TWO_POINTS), partial(_check_shape, covered=covered)),
            ((_ODD_YEAR,), partial(_check_years, stuck=stuck)),
            ((_MONTH,), _check_months),
            ((_RATIO,), _check_ratios),
            ((_RATE, _SHARE, _NO_MEASURE, _BARE), _check_units),
        )
        if any(may_find(lines, pattern) for pattern in patterns if slips or pattern not in _SLIPS)
    ]
    for block in case.figured:
        for check in checks:
            yield from check(block)


def _find_value(indicator: Indicator, text: str) -> int:
    """Where the figure of an indicator starts."""
    return indicator.span.start + max(0, indicator.span.of(text).rfind(indicator.value))


def _check_percentages(block: Block, covered: set[int]) -> Iterator[Finding]:
    for found in _PERCENT.finditer(block.text):
        figure = found["figure"].replace("．", ".")
        if float(figure) <= 100 or may_exceed(_clause(block, found.start())):
            continue
        if block.start + found.start() in covered:
            continue
        yield _report(block, found, "out-of-range", "a share ends at 100%")


def _check_ages(block: Block, covered: set[int]) -> Iterator[Finding]:
    for found in _AGE.finditer(block.text):
        if float(found["figure"].replace("．", ".")) > _OLDEST and (
            block.start + found.start() not in covered
        ):
            yield _report(block, found, "out-of-range", "nobody lives that long")


def _check_shape(block: Block, covered: set[int]) -> Iterator[Finding]:
    for found in _ZERO.finditer(block.text):
        if block.start + found.start() not in covered:
            words = found.group()
            meant = None if "." in words or words[1] == "0" else f"0.{words[1:]}"
            reason = "no whole number starts with a zero"
            yield _report(block, found, "lost-decimal-point", reason, meant)
    for found in _TWO_POINTS.finditer(block.text):
        yield _report(block, found, "out-of-range", "a point stands between two figures, once")


def _check_years(block: Block, stuck: set[int]) -> Iterator[Finding]:
    for found in _ODD_YEAR.finditer(block.text):
        words = found["year"]
        years = _years_near(words)
        if not years or _SPAN_OF_YEARS.match(block.text, found.end()):
            continue
        # A point's number stuck to a year (52015年,…) is reported as such.
        if block.start + found.start() in stuck:
            continue
        if (
            len(words) == 3
            and words[0] != "0"
            and not (
                _YEAR_BEFORE.search(block.text[max(0, found.start() - 2) : found.start()])
                and _YEAR_AFTER.match(block.text, found.end() + 1)
            )
        ):
            continue
        meant = years[0]
        yield _report(block, found, "out-of-range", "a year has four figures", meant)


def _check_months(block: Block) -> Iterator[Finding]:
    for found in _MONTH.finditer(block.text):
        month, day = int(found["month"]), int(found["day"] or 1)
        before = block.text[max(0, found.start() - 4) : found.start()]
        if re.fullmatch(r"(?:19|20)\d\d", before) and not (
            1 <= month <= _LONG_MONTHS and 1 <= day <= _LONG_DAYS
        ):
            yield _report(block, found, "out-of-range", "there is no such date")


def _years_near(words: str) -> list[str]:
    """The years that become this by losing or doubling a figure.

    >>> _years_near("20188"), _years_near("218"), _years_near("500"), _years_near("21018")
    (['2018'], ['2018'], [], ['2018'])
    """
    if len(words) == 5:
        near = {words[:at] + words[at + 1 :] for at in range(5)}
    else:
        near = {words[:at] + figure + words[at:] for at in range(4) for figure in "0129"}
    plausible = {year for year in near if _FIRST_YEAR <= int(year) <= _LAST_YEAR}
    # 100年, 150年: round numbers of years are no years.
    if len(words) == 3 and words != "200" and (words[0] not in "02" or words[1:] in ("00", "50")):
        return []
    # Plans are for round years: of several the one of the decade's start.
    return sorted(plausible, key=lambda year: (year[:2] != "20", year[3] != "0", year))


def _check_ratios(block: Block) -> Iterator[Finding]:
    for found in _RATIO.finditer(block.text):
        parts = found["parts"]
        half = len(parts) // 2
        first, last = int(parts[:half]), int(parts[half:])
        if first + last != 10**half:
            continue
        span = _span(block, *found.span("parts"))
        meant = f"{first}∶{last}"
        message = f"“{parts}” lacks the sign of a ratio; probably “{meant}”"
        yield Finding("lost-character", Severity.MEDIUM, message, span, meant)


def _check_units(block: Block) -> Iterator[Finding]:
    """Figures that want a unit: 覆盖率达到85, 床位达到3, 新建学校150.

    A cell that holds a figure alone has its unit elsewhere.
    """
    if not _SENTENCE.search(block.text):
        return
    reported: set[int] = set()
    for found in (*_RATE.finditer(block.text), *_SHARE.finditer(block.text)):
        start, end = found.span("figure")
        if _NO_PER_CENT.search(_clause(block, start)):
            continue
        reported.add(start)
        meant = f"{found['figure']}%"
        message = f"“{found['figure']}” has no unit, and a share is told; probably “{meant}”"
        yield Finding("lost-character", Severity.MEDIUM, message, _span(block, start, end), meant)
    for found in _NO_MEASURE.finditer(block.text):
        start, end = found.span("figure")
        message = f"“{found.group()}” has no unit before what it counts"
        yield Finding("lost-character", Severity.LOW, message, _span(block, start, end))
    for found in _BARE.finditer(block.text):
        start, end = found.span()
        word = _WORD_BEFORE.search(block.text, max(0, start - _LONGEST_WORD), start)
        before = word.group() if word else ""
        if start in reported or _NO_UNIT_WANTED.search(before):
            continue
        clause = _clause(block, start)
        if _INDEX.search(clause):
            continue
        # A number may be shared by what follows: 第1,2,3类; a year may stand without 年.
        bounded = block.text[end : end + 1] in "以左"
        if not (bounded or _QUANTITY.search(clause)) or re.search(r"\d\s*[,，、]\s*$", clause):
            continue
        message = f"“{found.group()}” behind “{cut_quote(before[-6:])}” has no unit"
        yield Finding("lost-character", Severity.LOW, message, _span(block, start, end))


def _clause(block: Block, end: int) -> str:
    """What stands before a place in its clause."""
    before = block.text[max(0, end - 40) : end]
    return re.split(r"[,，。；;]", before)[-1]


def _span(block: Block, start: int, end: int) -> Span:
    return Span(block.start + start, block.start + end)


def _report(
    block: Block, found: re.Match[str], kind: str, reason: str, meant: str | None = None
) -> Finding:
    words = found.group()
    message = f"“{cut_quote(words)}” cannot be right: {reason}"
    message += f"; probably “{meant}”" if meant else ""
    span = _span(block, *found.span())
    return Finding(kind, Severity.HIGH if meant else Severity.MEDIUM, message, span, meant)
