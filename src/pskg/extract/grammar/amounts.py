"""Sums of money: how much somebody receives or pays, by what it is counted, and who it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pskg.extract.grammar.money import MoneyText, squeeze_text
from pskg.extract.grammar.numbers import NUMBER, parse_number
from pskg.model import Span

__all__ = ["Money", "read_amounts"]


@dataclass(frozen=True, slots=True)
class Money:
    """A sum: ``amount`` as printed, ``unit`` with its scale and what it is counted by (万元/年).

    ``beneficiary`` is who gets or pays it, where the words just before it say so, else blank.
    """

    amount: str
    unit: str
    beneficiary: str
    span: Span


_PERSONS = (
    r"人|生|户|名|位|员|童|孩|对|例|村|镇|县|社区|学生|儿童|老人|家庭|学校|机构|单位|企业|床位?|张|"
    r"班|所|校|家|个|台|套|间|辆|处|项|亩|公顷|平方米|平米|公里|次|场|头|点|站|队|届|篇|件|胎"
)
_TIMES = r"个?学年|个?学期|个?月|年度?|季度?|天|日|周|小时|班次"
_MEASURES = "个名位张所家例对套间辆台"
_EACH_UNIT = rf"每(?:一)?(?:[{_MEASURES}](?=人|生|户|学|儿|老|家|机|单|企|床|村|社|孤|教|医|残))?"
_COUNTED = rf"(?:{_TIMES}|(?:学生|儿童|老人|孤儿|教师|村医|残疾人|床位|机构|学校|{_PERSONS}))"
#: What a sum is counted by: 每生每年, 每人每个月, 年人均, 人均, 年均, 每年.
_PER = rf"(?:(?:{_EACH_UNIT}{_COUNTED}){{1,3}}|[年月日]?(?:人|户|生|床|村)均|[年月]均)"
_PER_AFTER = rf"(?:(?:[/·•.]|每|[(（]|[)）]){{1,2}}{_COUNTED}){{1,3}}[)）]?"
_SCALE = r"(?:(?:十|百|千)?[万亿]|万亿|[百千](?=元))?"
_CURRENCY = r"(?:元|美元|港元|欧元)"
_HAN = "〇零○一二两三四五六七八九十百千"
_SUM = re.compile(
    rf"(?:(?<![0-9０-９.．])(?=[0-9０-９])|(?<![{_HAN}])(?=[{_HAN}]))"
    rf"(?P<amount>{NUMBER})(?:[余多](?=[百千万亿元]))?"
    rf"(?:{_SCALE}(?:{_CURRENCY})?(?:[—–－~～至到-])(?P<upper>{NUMBER}))?"
    rf"(?P<scale>{_SCALE})[余多]?(?P<currency>{_CURRENCY})(?:人民币)?(?P<by>{_PER_AFTER})?"
    r"(?!化|件|旦|宵|素|月|首|代|老|帅|勋|产业|企业|以上企业|级|镇|园区|楼|工程|GDP|户)"
)
_PER_WORDS = re.compile(_PER)
_PER_PIECE = re.compile(rf"{_EACH_UNIT}(?P<each>{_COUNTED})|(?P<mean>[年月日人户生床村]+)均")
_BY_PIECE = re.compile(_COUNTED)
_IS_TIME = re.compile(_TIMES)
#: Sums that measure an economy or tell who is meant, not what somebody gets.
_NOT_PAID = re.compile(
    r"收入(?!补|保)|生产总值|产值|增加值|营业额|销售|消费|税收|GDP|净资产|注册资本|财产|价值|"
    r"存款|贷款余额|储蓄|规模达|交易额|利润|进出口",
    re.IGNORECASE,
)
_NOT_INHERITED = re.compile(r"投入|安排|总|共|累计|一次性|专项|投资|资金|规模|收入|每|均")
_AFTER_LIST = re.compile(r"[、，；和与及或至到]|提高|调整|增加|降低")
_LABEL_START = re.compile(
    r"^(?:(?:其中|按照?|对于?|给予?|向|为|由|从|并|即|将|分别|另外|同时|另|以及|和|与|及|或|"
    r"[、，：；。“”（]|标准)+)"
)
#: 为…提供, 给…发放: who gets it.
_GIVEN_TO = re.compile(
    r"(?:为|给予?|对|向|按照?)(?P<who>[^，。；：]{2,30}?)"
    r"(?:统一|均|分别|逐月|按月|按年)*(?:提供|发放|给予|予以|按|补助|补贴|资助|奖励|发给|支付|一次性)+[^，。；：]{0,8}$"
)
_WHO = re.compile(
    r"(?:人|生|员|者|母|父|户|童|家庭|残疾|学校|机构|村|社区|单位|企业|对象|妇女|妇|军|烈士|遗属|"
    r"子女|居民|职工|教师|医生|医|师|孤儿|地区|群体|夫妇|夫妻|队|站|室|中心|院|校|班|所|婴儿|新生儿|幼儿|"
    r"小学|初中|高中|中学|中职|大学|本科|专科|研究生|城市|农村|城镇|低保|特困|五保|对口|"
    r"[一二三四五六七八九十甲乙丙丁ABCD][级类档等]|[岁者]以上|周岁|以上的?)(?:（[^（）]{0,20}）)?$"
)
_NOT_WHO = re.compile(r"标准|补助|补贴|资金|经费|不低于|提高|达到|发放|金额|安排|每|均|投入")


def read_amounts(text: str, offset: int) -> tuple[Money, ...]:
    """The sums of money that somebody receives or pays, in the order of the text.

    Handles what a sum is counted by before it (每生每年800元, 人均, 年均, 每年安排不少于1亿元) and
    after it (2000元/生/年, 800元/人·年), carried on in a list (每人每月:一级400元、二级300元;
    由每人每月100元提高到120元), who gets it named in a clause before (补助对象为孤儿,每人每月…) or
    shared out (城镇和农村低保标准分别为…), yearly ceilings (年度最高支付限额), scales (1.5万元),
    thousands commas, Chinese numerals (五百元), and ranges (500-1000元: one sum, as printed).
    Incomes and outputs (人均可支配收入) and 亿元产业 are not such sums.

    >>> [(m.amount, m.unit, m.beneficiary) for m in read_amounts("孤儿每人每月1,450元", 0)]
    [('1,450', '元/人/月', '孤儿')]
    """
    line = squeeze_text(text, offset)
    norm = line.norm
    amounts: list[Money] = []
    counts: list[_Counted] = []
    last: _Counted | None = None
    for found in _SUM.finditer(norm):
        # The clause before the sum, back to the sum before it.
        floor = max(found.start() - 80, last.end if last else 0)
        opening = max(floor, _clause_start(norm, found.start()))
        clause = max(found.start() - 40, _clause_start(norm, found.start()))
        # 二元体制: one numeral before 元 may be any word.
        if (
            len(found["amount"]) == 1
            and found["amount"] in _HAN
            and not (
                found["scale"] or found["by"] or _PER_WORDS.search(norm, opening, found.start())
            )
        ):
            continue
        if parse_number(found["amount"]) is None or _NOT_PAID.search(norm, clause, found.start()):
            continue
        counted = _count(line, found, opening, last)
        counted = _complete(line, found, counted, last)
        amounts.append(
            Money(
                amount=_as_printed(line, found),
                unit=(found["scale"] or "") + found["currency"] + counted.unit,
                beneficiary=counted.who,
                span=line.span(counted.start, found.end()),
            )
        )
        counts.append(counted)
        last = counted
    return _share_out(line, amounts, counts)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a sum is counted by and who gets it; what the next one of a list may inherit.

    ``shared`` is who stands before a list of classes (手术并发症人员 before 一级400元).
    """

    start: int
    end: int
    unit: str
    who: str
    shared: str


def _clause_start(norm: str, end: int) -> int:
    floor = max(0, end - 80)
    return max(norm.rfind(mark, floor, end) + 1 for mark in "，。；！？")


def _as_printed(line: MoneyText, found: re.Match[str]) -> str:
    start, end = found.span("amount")
    if found["upper"]:
        end = found.end("upper")
    return line.kept[start:end]


def _count(line: MoneyText, found: re.Match[str], opening: int, last: _Counted | None) -> _Counted:
    """Read what stands before a sum: by what it is counted, and for whom."""
    norm, plain = line.norm, line.kept
    per = max(_PER_WORDS.finditer(norm, opening, found.start()), key=re.Match.start, default=None)
    own = _order_units(per.group() if per else "", found["by"] or "")
    if per:
        who = _name_receiver(norm, plain, opening, per.start())
        label = _name_class(norm, plain, per.end(), found.start())
        return _Counted(per.start(), found.end(), own, _join(who, label), who)
    label = _name_class(norm, plain, opening, found.start())
    if own or last is None:
        return _Counted(found.start(), found.end(), own, label, "")
    between = norm[last.end : found.start()]
    listed = len(between) <= 16 and "。" not in between and _AFTER_LIST.match(between)
    if not listed or _NOT_INHERITED.search(between):
        return _Counted(found.start(), found.end(), "", label, "")
    who = _join(last.shared, label) if label else last.who
    return _Counted(found.start(), found.end(), last.unit, who, last.shared)


def _join(who: str, label: str) -> str:
    """手术并发症人员 and 一级 are 手术并发症人员一级; 初中生 stands for itself."""
    return who + label if not label or _CLASS.fullmatch(label) else label


_CLASS = re.compile(r"[一二三四五六七八九十甲乙丙丁ABCD0-9]{1,2}[级类档等]|.{0,4}[岁上]")

#: A clause that says for whom the next ones are: 资助对象为X, 享受政策的为X, 对X, 资助X, X alone.
_FOR_WHOM = re.compile(
    r"(?:[^，。；：]{0,20}：)?(?:并|其中|同时)?"
    r"(?P<how>[^，。；]{0,30}?(?:的|对象|范围|人员)(?:主要|具体)?(?:为|是|包括)"
    r"|对于?|向|给|为|资助|补助|救助|奖励|扶助)?"
    r"：?(?P<who>[^，。；：]{2,40})"
)
#: X alone is a noun.
_NOT_BARE = re.compile(r"[由将给为要应]|^[从按经凡使让把在是]|负责|发放|确定|认定|提高")
_PERSON = (
    r"(?:学生|[在新]校?生|毕业生|大学生|中学生|小学生|儿童|孤儿|老人|老年人|人员|居民|职工|教师|家庭|残疾人|夫妇|夫妻|父母"
    r"|对象|户|者|村民|农民|农牧民|妇女|军人|遗属|幼儿|婴儿|新生儿|子女|医生|群众|母亲|患者|病人)"
)
_IS_PERSON = re.compile(rf"{_PERSON}(?:（[^（）]{{0,20}}）)?$")
_INSURED = re.compile(r"(?:城镇|城乡)?(?:职工|居民)(?=(?:基本|大病)?(?:医保|医疗保险|保险))")
_YEARLY = re.compile(r"年度[^，。；]{0,14}?(?:限额|上限|封顶线|额度|最高额|支付额)")
#: A clause that goes on with the subject of the one before.
_GOES_ON = re.compile(
    r"(?:且|并且?|同时|分别|均|都|也|即)+(?:[^一-鿿]|不|最|达|提高|增加|为|按|至少|控制)"
)


def _complete(
    line: MoneyText, found: re.Match[str], counted: _Counted, last: _Counted | None
) -> _Counted:
    """What the clauses before say: for whom (对孤儿,每人每月…), and that it is a yearly ceiling."""
    norm = line.norm
    floor = max(0, counted.start - _LOOK_BACK)
    floor = max(floor, norm.rfind("。", floor, counted.start) + 1)
    start = max(floor, _clause_start(norm, counted.start))
    unit, who = counted.unit, counted.who
    if not unit:
        subject = start
        if _GOES_ON.match(norm[start : found.end()]):
            # 年度限额分别为…的6倍；且分别不低于…
            subject = max(floor, _clause_start(norm, max(start - 1, floor)))
        if yearly := _YEARLY.search(norm, subject, found.start()):
            unit = "/年"
            insured = _INSURED.search(norm, subject, yearly.start())
            who = who or (line.kept[slice(*insured.span())] if insured else "")
    listed = last is not None and last.end > start
    if not who and not listed:
        person = unit not in ("", "/年")
        who = _find_whom(line, start, last.end if last else 0, person=person)
    return replace(counted, unit=unit, who=who, shared=counted.shared or who)


#: How far back, and over how many clauses, the words about a sum may reach.
_LOOK_BACK = 200
_CLAUSES = 4


def _find_whom(line: MoneyText, end: int, floor: int, *, person: bool) -> str:
    """The nearest clause of this part of the sentence that names those who get it.

    ``person`` says that the sum is one for each: then a noun alone in its clause is enough.
    """
    norm = line.norm
    floor = max(floor, end - _LOOK_BACK)
    for _ in range(_CLAUSES):
        if end <= floor or norm[end - 1] != "，":
            return ""
        start = max(floor, _clause_start(norm, end - 1))
        found = _FOR_WHOM.fullmatch(norm, start, end - 1)
        if found and not _NOT_WHO.search(found["who"]):
            bare = not found["how"]
            fits = _IS_PERSON.search(found["who"]) and not _NOT_BARE.search(found["who"])
            if (person and fits) if bare else _WHO.search(found["who"]):
                return line.kept[slice(*found.span("who"))]
        end = start
    return ""


_MEMBER = (
    r"(?:(?!每|人均|按)[^，。；、和与及：0-9]){0,8}?(?:城镇|农村|城市|城乡居民|居民|职工|小学|初中|高中|中职|幼儿园|学前|大学|本科|专科"
    r"|研究生|孤儿|老人|老年人|儿童|残疾人|学生|教师|家庭|人员|户|集中供养|分散供养|[一二三四]级|[一二三]类)"
)
_MEMBERS = re.compile(rf"{_MEMBER}(?:[、和与及]{_MEMBER}){{1,5}}")
_RESPECTIVELY = re.compile(r"分别[^，。；0-9]{0,16}[0-9]")
_AND_SUM = re.compile(r"(?:、|和|与|及|以及|或)(?:不低于|不少于|约|达到)?")


def _share_out(
    line: MoneyText, amounts: Sequence[Money], counts: Sequence[_Counted]
) -> tuple[Money, ...]:
    """分别为A元和B元: each sum is of one of those whom the sentence is about."""
    norm = line.norm
    shared = list(amounts)
    for first, one in enumerate(counts):
        respectively = _RESPECTIVELY.search(norm, max(0, one.start - 20), one.end)
        if not respectively:
            continue
        end = first + 1
        while end < len(counts) and _AND_SUM.fullmatch(
            norm, counts[end - 1].end, counts[end].start
        ):
            end += 1
        members = _find_members(line, one.start, end - first)
        if not members or (one.who and not one.who.startswith((members[0], members[-1]))):
            continue
        for index, who in zip(range(first, end), members, strict=True):
            shared[index] = replace(shared[index], beneficiary=who)
    return tuple(shared)


def _find_members(line: MoneyText, end: int, count: int) -> tuple[str, ...]:
    """职工 and 居民, at the head of the nearest clause of the sentence that names so many."""
    norm = line.norm
    floor = max(0, end - _LOOK_BACK)
    floor = max(floor, norm.rfind("。", floor, end) + 1)
    while floor < end:
        start = max(floor, _clause_start(norm, end))
        opening = _LABEL_START.match(norm[start:end])
        found = _MEMBERS.match(norm, start + (opening.end() if opening else 0), end)
        members = re.split("[、和与及]", line.kept[slice(*found.span())]) if found else []
        if len(members) == count:
            return tuple(members)
        end = start - 1
    return ()


def _order_units(per: str, by: str) -> str:
    """/人/月 out of 每人每月, 每月每人, 月人均 and /人·月: who first, then how often."""
    units: list[str] = []
    for piece in _PER_PIECE.finditer(per):
        units += [piece["each"]] if piece["each"] else list(piece["mean"])
    units += [piece.group() for piece in _BY_PIECE.finditer(by)]
    units = [unit.removeprefix("个") if _IS_TIME.fullmatch(unit) else unit for unit in units]
    units = ["年" if unit == "年度" else unit for unit in units]
    units.sort(key=lambda unit: bool(_IS_TIME.fullmatch(unit)))
    return "".join(f"/{unit}" for unit in dict.fromkeys(units))


def _name_receiver(norm: str, plain: str, start: int, end: int) -> str:
    """Who stands before the words 每人每月; blank where nobody plainly does."""
    start = max(start, norm.rfind("、", start, end) + 1, norm.rfind("：", start, end) + 1)
    if given := _GIVEN_TO.search(norm, start, end):
        who = given.span("who")
    else:
        opening = _LABEL_START.match(norm[start:end])
        who = (start + (opening.end() if opening else 0), end)
    words = norm[slice(*who)]
    fits = len(words) <= 30 and _WHO.search(words) and not _NOT_WHO.search(words)
    return plain[slice(*who)] if fits else ""


def _name_class(norm: str, plain: str, start: int, end: int) -> str:
    """The class just before a sum: 一级 in 一级400元, 初中生 in 初中生1250元."""
    start = max(start, end - 16)
    start = max(start, *(norm.rfind(mark, start, end) + 1 for mark in "、：，；。（元"))
    opening = _LABEL_START.match(norm[start:end])
    start += opening.end() if opening else 0
    words = norm[start:end]
    fits = words and _WHO.search(words) and not _NOT_WHO.search(words)
    return plain[start:end] if fits else ""
