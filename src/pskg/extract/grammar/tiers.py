"""Ladders: one split for each class of places or cases (第一档8∶2、第二档6∶4).

A statement says who pays which part; where it names several cases, it is parted into one for each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from pskg.extract.grammar.money import MoneyText
from pskg.extract.grammar.numbers import PERCENT
from pskg.extract.grammar.payers import PIECES
from pskg.extract.grammar.ratios import PARTS, RATIO, parse_part, split_ratio
from pskg.model import Basis

__all__ = [
    "CASE",
    "CLASSES",
    "RUNG_ALONE",
    "RUNG_MEMBERS",
    "TIERS",
    "Statement",
    "split_cases",
    "tidy_case",
]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one clause says: these payers, each with its part.

    ``lead`` and ``start`` bound the words before the payers, ``end`` closes the statement.
    """

    payers: tuple[str, ...]
    parts: tuple[Decimal | None, ...]
    basis: Basis
    start: int
    lead: int
    by_end: int
    end: int
    rest: bool = False
    of_wages: bool = False
    case: str | None = None


#: What may stand behind the share of a case.
_BEHIND_SHARE = (
    r"(?:的?(?:比例|标准))?(?:予以|给予|执行)?"
    r"的?(?:补助|承担|负担|奖补|补贴|分担|资助)?的?(?:支出责任|资金|经费|费用|部分)?"
)
#: A case and a share, and nobody who pays: the payers are those just named.
CASE = re.compile(
    r"(?:其中|并)?对?(?P<case>第[^，。；由]{1,6}?[档类](?:地区)?|[^，。；由]{2,40}?)"
    r"(?:的?(?:补助|分担|负担|承担|奖补)?(?:比例|标准)?为|：?按照?|给予|予以"
    r"|(?<=[档类区省市县州旗部）])(?:补助|负担|承担|分担|：)?)"
    rf"(?:{PERCENT}|{RATIO.pattern}){_BEHIND_SHARE}"
)
#: What stands between two rungs of a ladder, and between the name of a rung and its ratio.
_RUNG = re.compile(
    r"(?:按?的?比例)?(?:予以|给予|共同)?(?:分担|承担|负担)?[、和与及：，]*(?:其中)?(?:按照?)?(?:对)?"
    r"(?P<case>[^，。；、：0-9]{2,30}?)(?:的?(?:分担|承担|负担)?(?:比例)?为|按照?|：)?"
)
#: 第一档包括甲省、乙省: the rung, and who stands on it.
RUNG_MEMBERS = re.compile(
    r"(?P<rung>第[一二三四五六七八九十0-9]{1,2}[档类级])(?:地区)?(?:包括|包含|为|是|指|：)"
)
_LISTED = re.compile(
    r"(?:对|按)(?P<cases>[^，。；]{2,60}?)(?:的?(?:学生|地区|县|省份))?分别(?:按照?|给予|予以|承担|负担|分担|补助|奖补){0,2}$"
)
#: What classes of places or cases are called: 第一档地区, 二类县, 西部.
_TIER = (
    r"(?:第?(?:[一二三四五六七八九十]{1,2}|[0-9]|[甲乙丙丁戊A-EⅠ-Ⅴ])[档类]"
    r"|第[一二三四五六七八九十]{1,2}级|[东中西]部)"
)
TIERS = re.compile(
    rf"{_TIER}[^，。；、：0-9的]{{0,6}}(?:[、和与及]{_TIER}[^，。；、：0-9的]{{0,6}}){{0,4}}"
)
#: Classes of places between the two who share: 省与一档、二档市县.
CLASSES = re.compile(
    rf"(?P<and>[与和同对])(?P<cases>{_TIER}(?:地区)?(?:[、和与及]{_TIER}(?:地区)?){{0,4}})的?(?:各|所辖)?"
)
#: Words in place of a share: 东部地区分省确定.
_LEFT_OPEN = (
    r"(?:由[^，。；、]{1,8}|：)?(?:分[省市县级档类]|另行|据实|按照?|根据|视|结合|自行)[^，。；、]{0,16}?"
    r"(?:确定|核定|制定|商定)"
)
#: A class of places with its share, or what stands for it: one rung of a ladder.
RUNG_ALONE = re.compile(
    rf"(?:其中|，|：|并|具体|对于?|按照?)*(?P<case>{TIERS.pattern}(?:（[^（），。；]{{1,12}}）?)?)"
    rf"(?:{_LEFT_OPEN}"
    r"|(?:的?(?:补助|分担|负担|承担|奖补|出资|配套|支出责任)?的?(?:比例|标准|份额)?(?:均|统一)?(?:为|是)"
    r"|：?按照?|给予|予以|(?<=[档类区省市县州旗部）])(?:补助|负担|承担|分担|奖补|：)?)"
    rf"(?P<share>(?:{PERCENT}|{RATIO.pattern}){_BEHIND_SHARE}))"
)
_CASE_ALONE = re.compile(r"[^，。；、：0-9由]{2,16}")
#: The words of sharing around the name of a case.
_AROUND = (
    r"(?:其中|分别|实行|共同|按比例|分[档级类]|对于?|按照?|为|：|给予|予以|支出责任的?|(?:分担|承担|负担|补助|奖补|支付|所需)"
    r"(?:的?(?:比例|标准|份额|资金|经费))?)"
)
_BEFORE_CASE = re.compile(rf"{_AROUND}*")
_BEHIND_CASE = re.compile(rf"{_AROUND}+(?:[^，。；]{{0,4}}责任)?的?$")
_LEADS_TO_CASE = re.compile(rf"^(?:具体|{_AROUND}|如下|[:：∶])*")
_AFTER_CASE = re.compile(rf"(?:{_AROUND}|均|统一|一律|执行|由|的)+$")
#: 分别给予第一类、第二类地区70%、60%的补助
_LISTED_AFTER = re.compile(
    r"分别(?:按照?|给予|予以|对|承担|负担|补助){0,2}(?P<cases>[^，。；、0-9]{2,20}(?:[、和与及][^，。；、0-9]{2,20}){1,5})$"
)
_ONE_CASE = re.compile(
    r"(?:的?比例)?(?:予以|给予)?(?:补助|承担|负担|奖补)?[、和与及]?(?:按照?)?对?(?P<case>[^，。；、0-9]{2,20}?)"
    r"(?:分别)?(?:按照?|给予|予以|承担|负担|补助|奖补|为|所需(?:资金|经费)的?){0,3}"
)


def split_cases(line: MoneyText, statement: Statement) -> list[Statement]:
    """对西部、中部地区分别按80%、60%补助 and 对西部补助80%、中部60%: each case is a split.

    So is each rung of a ladder of ratios: 第一档8∶2、第二档6∶4.
    """
    if len(statement.payers) > 1:
        return _split_rungs(line, statement)
    norm, plain = line.norm, line.kept
    if statement.basis is Basis.QUALITATIVE or statement.parts != (None,):
        part = PARTS.search(norm, statement.by_end, statement.end)
        end = part.start() if part else statement.end
        tiers = _find_tiers(line, statement.by_end, end)
        # Help for the west is no rung of a ladder.
        helped = part is None and statement.basis is Basis.QUALITATIVE and tiers[:1] in "东中西"
        return [replace(statement, case=tiers) if tiers and not helped else statement]
    if statement.basis is not Basis.PERCENTAGE:
        return [statement]
    numbers = list(PARTS.finditer(norm, statement.by_end, statement.end))
    values = [parse_part(number.group()) for number in numbers]
    if not numbers:
        return [statement]
    first = numbers[0].start()
    if found := (
        _LISTED.search(norm, statement.by_end, first)
        or _LISTED_AFTER.search(norm, statement.by_end, first)
    ):
        cases = [each.span() for each in PIECES.finditer(norm, *found.span("cases"))]
    elif "分别" in norm[statement.by_end : first] and TIERS.fullmatch(
        norm, statement.start, statement.lead
    ):
        # 东部、中部地区中央财政分别承担30%、50%
        cases = [each.span() for each in PIECES.finditer(norm, statement.start, statement.lead)]
    else:
        opened = max(statement.by_end, norm.rfind("（", statement.by_end, first) + 1)
        starts = [opened, *(number.end() for number in numbers)]
        cases = [
            each.span("case")
            for start, number in zip(starts, numbers, strict=False)
            if (each := _ONE_CASE.fullmatch(norm, start, number.start()))
        ]
    if len(cases) != len(values) or None in values:
        return [statement]
    return [
        replace(statement, parts=(value,), case=_BEFORE_CASE.sub("", plain[slice(*case)], 1))
        for value, case in zip(values, cases, strict=True)
    ]


def tidy_case(words: str) -> str:
    """A case without the words of sharing around it.

    >>> tidy_case("具体分担比例为：一档地区"), tidy_case("第二档分担比例统一")
    ('一档地区', '第二档')
    """
    bare = _AFTER_CASE.sub("", _LEADS_TO_CASE.sub("", words, count=1))
    return bare.strip("，,：:∶、")


def _find_tiers(line: MoneyText, start: int, end: int) -> str:
    """The classes of places that a payer pays for: 对第一档地区 in 对第一档地区分担80%."""
    norm = line.norm
    opening = _BEFORE_CASE.match(norm, start, end)
    first = opening.end() if opening else start
    last = first + len(_BEHIND_CASE.sub("", norm[first:end]))
    # 分担比例为：直管县6∶4: behind a colon any words are the case.
    tiers = (_CASE_ALONE.fullmatch if norm[first - 1] == "：" else TIERS.match)(norm, first, last)
    return line.kept[slice(*tiers.span())] if tiers else ""


def _split_rungs(line: MoneyText, statement: Statement) -> list[Statement]:
    norm, plain = line.norm, line.kept
    ratios = list(RATIO.finditer(norm, statement.by_end, statement.end))
    parts = [split_ratio(ratio.group()) for ratio in ratios]
    if len(ratios) == 1 and (tiers := _find_tiers(line, statement.by_end, ratios[0].start())):
        return [replace(statement, case=tiers)]
    if len(ratios) < 2 or {len(each) for each in parts} != {len(statement.payers)}:
        return [statement]
    between = norm[statement.by_end : ratios[0].start()]
    opening = _LEADS_TO_CASE.match(between)
    ahead = TIERS.match(between, opening.end() if opening else 0) if "分别" in between else None
    if found := _LISTED.search(norm, statement.by_end, ratios[0].start()):
        cases = [each.span() for each in PIECES.finditer(norm, *found.span("cases"))]
    elif ahead and "、" in ahead.group():
        # 第一档、第二档分担比例分别为8∶2、6∶4
        first = statement.by_end + ahead.start()
        last = first + len(_AFTER_CASE.sub("", ahead.group()))
        cases = [each.span() for each in PIECES.finditer(norm, first, last)]
    else:
        cases = []
        start = max(statement.by_end, norm.rfind("：", statement.by_end, ratios[0].start()))
        for ratio in ratios:
            each = _RUNG.fullmatch(norm, start, ratio.start())
            cases += [each.span("case")] if each else []
            start = ratio.end()
    # 8∶2、6∶4、5∶5三档 leaves open what the cases are.
    names = [plain[slice(*case)] for case in cases]
    return [
        replace(
            statement,
            parts=tuple(part / sum(each) for part in each),
            basis=Basis.RATIO,
            case=names[index] if len(names) == len(ratios) else "",
        )
        for index, each in enumerate(parts)
    ]
