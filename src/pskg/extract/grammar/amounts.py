"""Sums of money: how much somebody receives or pays, by what it is counted, and who it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pskg.extract.grammar.money import MoneyText, end_asides, squeeze_text
from pskg.extract.grammar.numbers import NUMBER, parse_number
from pskg.extract.grammar.receiver_clauses import find_whom
from pskg.extract.grammar.receiver_lists import find_listed, find_members
from pskg.extract.grammar.receivers import (
    INSURED,
    INSURED_SUM,
    LOOK_BACK,
    OWNER,
    find_clause,
    measure_benefit,
    name_class,
    name_counted,
    name_couple,
    name_described,
    name_ellipsis,
    name_given,
    name_given_behind,
    name_graded,
    name_house,
    name_of_benefit,
    name_one_alone,
    name_parallel,
    name_place_borne_for,
    name_receiver,
    name_schooling,
    name_subject,
    name_taker,
    name_topic,
    name_used_for,
    name_whose_rate,
    put_under_head,
    share_place,
    tidy_name,
)
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
    r"人|生|户|名|位|员|童|孩|对|[村镇县](?!级)|社区|学生|儿童|老人|家庭|学校|机构|单位|企业|床位?|张|"
    r"班|所|校|家|个|台|套|间|辆|处|项|亩|公顷|平方米|平米|公里|次|场|头|点|站|队|届|篇|件|胎|馆|"
    r"吨|立方米|千瓦时|学时|课时|只|株|具|例|度|起|宗|餐|顿|趟|车|升|公斤|千克|斤|剂次?|针|本|册|部|栋|幢|"
    r"条|座|艘|口|眼|根|桌|千瓦|延米|案件|线索|事故"
)
_TIMES = r"个?学年|个?学期|个?月|年度?|季度?|天|日|周|小时|班次"
_MEASURES = "个名位张所家例对套间辆台起宗件条部座"
#: What is counted with a measure word: 每张床位, 每个子女.
_NAMED = (
    "学生|儿童|老人|孤儿|教师|村医|残疾人|床位|托位|学位|子女|家庭|班级|岗位|项目|行政村|机构|学校"
    "|案件|线索|事故"
)
#: 每, and what is done with each: 每服务1名, 每新增1个.
_EACH = (
    "每(?:新?招用|服务|培训|培养|吸纳|接收|收住|安置|托养|新增|新建|改扩建|改建|建成|完成|带动|引进"
    "|创建)?(?:[一1](?![0-9]))?"
)
_MEASURE = rf"[{_MEASURES}](?={_NAMED}|人|生|户|家|单|企|床|村|社|医)"
_COUNTED = rf"(?:{_TIMES}|(?:{_NAMED}|人次|{_PERSONS}))"
#: So many of whom a sum is for: 每1000人, 每万人, 每百户.
_MANY = "(?:[0-9]{2,5}|[百千万]{1,2})(?=[人户名亩头只株吨场])"
#: What a sum is counted by: 每生每年, 每人每个月, 年人均, 人均, 年均, 每年.
_PER = (
    rf"(?:(?:{_EACH}(?:{_MEASURE}|{_MANY})?{_COUNTED}|按[户人生](?=每[年月])){{1,3}}"
    r"|(?:(?<![0-9])[年月日])?(?:(?<![老病疾])人|户|生|床|村)均(?![可按应须享已能给由])|[年月]均)"
)
_PER_AFTER = rf"(?:(?:[/·•・.]|每|[(（]|[)）]){{1,2}}{_COUNTED}){{1,3}}[)）]?"
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
_PER_PIECE = re.compile(
    rf"{_EACH}(?:(?P<measure>{_MEASURE})|(?P<many>{_MANY}))?(?P<each>{_COUNTED})|按(?P<by>[户人生])(?=每)|(?P<mean>[年月日人户生床村]+)均"
)
#: Things go by their measure word (每张床位 is 张) but for 个 (每个托位), persons by their noun.
_THINGS = re.compile("[床托学]位|岗位|项目")
_UNIT_WORDS = {"年度": "年", "名": "人", "位": "人"}
_BY_PIECE = re.compile(_COUNTED)
_IS_TIME = re.compile(_TIMES)
#: Sums that measure an economy or tell who is meant, not what somebody gets.
_NOT_PAID = re.compile(
    r"(?<!低)收入(?!补|保)|生产总值|产值|增加值|营业额|销售|消费|税收|GDP|净资产|注册资本|财产|价值|"
    r"投资总?额|投资估算|估算投资|完成投资|固定资产投资|存款|贷款余额|储蓄|规模达|交易额|利润|进出口",
    re.IGNORECASE,
)
_NOT_INHERITED = re.compile(r"投入|安排|总|共|累计|一次性|专项|投资|资金|规模|收入|每|均")
_CEILED = re.compile(r"，[^，。；0-9]{0,8}(?:最高|不超过|不高于|封顶|上限)")
_FLOORED = re.compile(r"不低于|不少于|最低|至少")
#: 同一机构累计补助最高不超过: whose ceiling it is stands before.
_TO_CEILING = re.compile(
    r"(?:补[助贴]|奖[励补]|资助|救助)[^，。；]{0,6}?(?:最高|不超过|不高于)(?:不超过|为|达到?)?$"
)
_AFTER_LIST = re.compile(r"[、，；和与及或至到]|提高|调整|增加|降低")


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
    if "元" not in text:
        return ()
    line = end_asides(squeeze_text(text, offset))
    norm = line.norm
    amounts: list[Money] = []
    counts: list[_Counted] = []
    last: _Counted | None = None
    for found in _SUM.finditer(norm):
        # The clause before the sum, back to the sum before it.
        floor = max(found.start() - 80, last.end if last else 0)
        opening = max(floor, find_clause(norm, found.start()))
        clause = max(found.start() - 40, find_clause(norm, found.start()))
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
        if _is_threshold(norm, found):
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


_OVER = re.compile(r"(?:超过|高于|低于|不足|不满|达到|大于|小于|[已年未]满|超出|总投资)(?:了|约)?$")
_UNDER = re.compile(r"(?:（含[^（）]{0,8}）)?(?:以上|以下|以内|及以上|及以下)")
#: What a sum parts from the rest: …元的部分, …元以上的企业.
_PARTED = re.compile(
    r"的(?:[，；]|部分|费用|[^，。；元]{0,10}(?:家庭|人员|企业|单位|项目|对象|患者|居民|职工|个人|[户者])"
    r"(?!补|奖|给))"
)


def _is_threshold(norm: str, found: re.Match[str]) -> bool:
    """Whether a sum tells who or what is meant, and is not what somebody gets.

    负担超过15000元的部分, 投资500万元以上的项目.
    """
    before = _OVER.search(norm, max(0, found.start() - 6), found.start())
    after = _UNDER.match(norm, found.end())
    end = after.end() if after else found.end()
    return bool((before or after) and _PARTED.match(norm, end))


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


def _as_printed(line: MoneyText, found: re.Match[str]) -> str:
    start, end = found.span("amount")
    if found["upper"]:
        end = found.end("upper")
    return line.kept[start:end]


def _count(line: MoneyText, found: re.Match[str], opening: int, last: _Counted | None) -> _Counted:
    """Read what stands before a sum: by what it is counted, and for whom."""
    norm, plain = line.norm, line.kept
    pers = list(_PER_WORDS.finditer(norm, opening, found.start()))[-2:]
    if len(pers) > 1 and not (_is_time(pers[1].group()) and not _is_time(pers[0].group())):
        del pers[0]
    own = _order_units("".join(per.group() for per in pers), found["by"] or "")
    if pers:
        start, per_end = pers[0].start(), pers[-1].end()
        who = name_receiver(norm, plain, opening, start)
        who = who or name_schooling(line, opening, start) or name_couple(line, per_end)
        who = who or name_parallel(line, opening, start, found.end())
        who = who or name_described(line, opening, start, found.end())
        who = who or name_house(line, opening, start, pers[0].group())
        label = name_class(norm, plain, per_end, found.start())
        if graded := _GRADED.search(norm, opening, start):
            # 重度残疾人护理补贴一级每人…、二级每人…: of both it is said who they are.
            base = name_receiver(norm, plain, opening, graded.start())
            if not base and last and _AFTER_LIST.fullmatch(norm, last.end, graded.start()):
                base = last.shared
            grade = plain[slice(*graded.span("grade"))]
            if base:
                return _Counted(start, found.end(), own, base + grade, base)
        who = put_under_head(line, start, who)
        if who and last and norm[last.end : last.end + 1] == "、":
            who = share_place(last.who, who)
        shared = "" if _CLASS.fullmatch(who) else who
        return _Counted(start, found.end(), own, _join(who, label), shared)
    label = name_given(norm, plain, opening, found.start())
    label = label or name_class(norm, plain, opening, found.start())
    label = label or name_place_borne_for(line, opening, found.start())
    label = label or name_taker(line, opening, found.start())
    if own and not label:
        label = name_receiver(norm, plain, opening, found.start())
    if own or last is None:
        if not label and _TO_CEILING.search(norm, opening, found.start()):
            label = name_receiver(norm, plain, opening, found.start())
        return _Counted(found.start(), found.end(), own, label, "")
    between = norm[last.end : found.start()]
    listed = len(between) <= 16 and "。" not in between and _AFTER_LIST.match(between)
    borne = _BORNE_PART.fullmatch(between)
    # …每人500元,最高不超过2万元: the ceiling is of all; of a range it is of each.
    capped = _CEILED.match(between) and not _FLOORED.search(norm, max(0, last.start - 4), last.end)
    if not borne and (not listed or capped or _NOT_INHERITED.search(between)):
        if not label and _TO_CEILING.search(norm, opening, found.start()):
            label = name_receiver(norm, plain, opening, found.start())
        return _Counted(found.start(), found.end(), "", label, "")
    who = _join(last.shared, label) if label else last.who
    return _Counted(found.start(), found.end(), last.unit, who, last.shared)


def _join(who: str, label: str) -> str:
    """手术并发症人员 and 一级 are 手术并发症人员一级; 初中生 stands for itself."""
    return who + label if not label or _CLASS.fullmatch(label) else label


def _is_time(per: str) -> bool:
    """Whether words like 每月 say only how often."""
    pieces = [piece["each"] or piece["by"] or piece["mean"] for piece in _PER_PIECE.finditer(per)]
    return all(_IS_TIME.fullmatch(piece) for piece in pieces)


_GRADE = r"[一二三四五六七八九十甲乙丙丁ABCD][级类档等]"
_ALL_GRADE = re.compile(rf"{_GRADE}$")
_GRADED = re.compile(rf"(?:标准|的|为|：)?(?P<grade>{_GRADE}(?:[、和及至]{_GRADE})*)(?:的|为)?$")
_CLASS = re.compile(r"[一二三四五六七八九十甲乙丙丁ABCD0-9]{1,2}[级类档等]|.{0,4}[岁上]")
_YEARLY = re.compile(r"年度[^，。；]{0,14}?(?:限额|上限|封顶线|额度|最高额|支付额)")
#: A second sum that bounds the first: …, 最高不超过150万元.
_CAP = re.compile(
    r"[^，。；]{0,24}，[^，。；0-9]{0,8}?(?:最高|不超过|不高于|上限|封顶)(?:不超过|为|达到?)?"
)
#: 每招用1人,给予1000元: for each of whom it is stands in the clause before.
_FOR_EACH = re.compile(rf"(?P<per>{_EACH}(?<!每)(?:{_MEASURE})?{_COUNTED})[^，。；：元]{{0,20}}，$")
_CEILING = re.compile(r"的?(?:限额|上限|额度)")
#: 月保障标准, 年补助标准: how often, before the word for the sum.
_OFTEN = re.compile(
    r"(?<![0-9今明去次近往当翌同本前后每个一二两三四五六七八九十])(?P<often>[年月])(?:人均)?"
    r"(?:最低|基本)?(?:生活|保障|低保|补差|补助|补贴|发放|救助|资助|供养|护理|工资|缴费|津贴|筹集|安排|投入|报酬|薪酬){1,3}"
)
#: A clause that goes on with the subject of the one before.
_GOES_ON = re.compile(
    r"(?:且|并且?|同时|分别|均|都|也|即)+(?:[^一-鿿]|不|最|达|提高|增加|为|按|至少|控制)"
)


def _complete(
    line: MoneyText, found: re.Match[str], counted: _Counted, last: _Counted | None
) -> _Counted:
    """What the clauses before say: for whom (对孤儿,每人每月…), and that it is a yearly ceiling."""
    norm = line.norm
    floor = max(0, counted.start - LOOK_BACK)
    floor = max(floor, norm.rfind("。", floor, counted.start) + 1)
    start = max(floor, find_clause(norm, counted.start))
    unit, who = counted.unit, counted.who
    subject = _subject_start(norm, floor, start, found)
    yearly = None if unit else _find_yearly(norm, floor, subject, found)
    if yearly is not None:
        unit = "/年"
        who = who or _name_owner(line, floor, subject, yearly)
    often = None if _SAYS_TIME.search(unit) else _OFTEN.search(norm, start, found.start())
    unit += "/" + often["often"] if often else ""
    each = (
        None
        if counted.unit and not _ONLY_TIME.fullmatch(unit)
        else _FOR_EACH.search(norm, floor, start)
    )
    if each:
        unit = _order_units(each["per"], "") + unit
        who = who or name_receiver(norm, line.kept, floor, each.start())
    who = name_one_alone(line, start, found.start()) or who
    who = tidy_name(who or _find_who(line, found, floor, start, last, unit))
    shared = counted.shared or ("" if _CLASS.fullmatch(who) else who)
    return replace(counted, unit=unit, who=who, shared=shared)


_ONLY_TIME = re.compile("(?:/(?:年|月|季度|学年|学期))?")
_SAYS_TIME = re.compile("[年月日天季期次]")


def _subject_start(norm: str, floor: int, start: int, found: re.Match[str]) -> int:
    """Where the clause starts that has the subject: 年度限额为…；且分别不低于…."""
    goes_on = _GOES_ON.match(norm[start : found.end()])
    return max(floor, find_clause(norm, max(start - 1, floor))) if goes_on else start


def _find_yearly(norm: str, floor: int, subject: int, found: re.Match[str]) -> int | None:
    """Where the words that make a sum a yearly ceiling stand, None where there are none."""
    yearly = _YEARLY.search(norm, subject, found.start())
    if yearly:
        return yearly.start()
    # 办理年度结算时，在20000元限额内
    place = norm.find("年度", floor, found.start()) if _CEILING.match(norm, found.end()) else -1
    return place if place >= 0 else None


def _name_owner(line: MoneyText, floor: int, subject: int, yearly: int) -> str:
    """Whose ceiling it is: 职工医保年度限额, 低保对象年度限额."""
    owner = INSURED.search(line.norm, subject, yearly) or OWNER.search(line.norm, subject, yearly)
    return line.kept[slice(*owner.span())] if owner else name_whose_rate(line, floor, subject)


def _find_who(
    line: MoneyText,
    found: re.Match[str],
    floor: int,
    start: int,
    last: _Counted | None,
    unit: str,
) -> str:
    """Who gets a sum of which the words just before it do not say it."""
    norm = line.norm
    person = unit not in ("", "/年")
    insured = INSURED_SUM.search(norm, start, found.start())
    if insured and len(INSURED.findall(norm, start, found.start())) < 2:
        return line.kept[slice(*insured.span("who"))]
    if taker := name_taker(line, start, found.start()):
        return taker
    if last and last.who and _CAP.fullmatch(norm, last.end, found.start()):
        return last.who
    if last and last.who and _RAISED.fullmatch(norm, last.end, found.start()):
        return last.who
    if last and last.who and _OF_WHICH.fullmatch(norm, last.end, found.start()):
        return last.who
    if last and last.who and person and _OTHER_PAYER.fullmatch(norm, last.end, found.start()):
        return last.who
    if last and last.who and (other := name_ellipsis(line, floor, start)):
        return other
    if benefit := name_of_benefit(line, start, found.start()):
        return benefit
    listed = last is not None and last.end > start
    whom = "" if listed else find_whom(line, start, last.end if last else 0, person=person)
    given = name_given_behind(line, found.end()) or name_used_for(line, found.end())
    # 对民办机构新增床位,按…的标准给予民办机构补贴: it is said who gets it.
    if whom and (not given or whom.endswith(given)):
        return whom
    if given:
        return given
    if (thing := name_counted(line, start, found.start())) and f"/{thing}" not in unit:
        return thing
    if (
        last
        and last.who
        and norm.startswith("每人", start)
        and _SAME.fullmatch(norm, last.end, start)
    ):
        return last.who
    if not listed and (subject := name_subject(line, floor, start)):
        return subject
    if last and last.who and _ONCE_MORE.search(norm, start, found.start()):
        return last.who
    if last and last.who and person and _NEXT_SORT.fullmatch(norm, last.end, found.start()):
        return last.who
    if person and last and last.who and _SAME_SUBJECT.fullmatch(norm, last.end, found.start()):
        return last.who
    return name_topic(line, floor, start)


#: …765元/人,月人均补差水平达到: another sum of the same persons.
_SAME_SUBJECT = re.compile(
    r"，(?:其中)?(?:[年月]?人均|每人每[月年])?(?:补差|补助|补贴|救助|资助|支出|护理)[^，。；0-9]{0,12}"
)
#: 每人每年5000元提高到每人每年5500元: still the same persons.
_RAISED = re.compile(rf"(?:提高|提标|调整|增加|上调|降低|下调)(?:到|至|为)?(?:{_PER})?")
#: …600元（其中省级100元）: a part of what somebody gets.
_OF_WHICH = re.compile(r"（?，?其中[^，。；：0-9（）]{0,12}")
#: 每带动1人再奖励1000元: to the same ones, once more.
_ONCE_MORE = re.compile("(?:再|另外?|额外)(?:给予|奖励|奖补|增加|补助|补贴|发放)")
#: …新建床位每张1万元、改建床位每张5000元: of the same ones, another sort.
_NEXT_SORT = re.compile("、[^，。；：、0-9]{2,8}每[张个间套班]")
_SAME = re.compile(r"[^。；]{0,80}")
#: 每人140元，由两级财政共同负担，其中省级负担100元: a part of each of those sums.
_BORNE_PART = re.compile(
    r"[^，。；：0-9]{0,10}，(?:[^，。；：0-9]{0,24}，)?其中，?[^，。；：0-9]{0,24}(?:负担|承担|分担)"
)
#: 中央投资按每个托位1万元补助，省级财政按每个托位…: another payer pays to the same ones.
_OTHER_PAYER = re.compile(
    r"[^，。；：0-9]{0,16}，[^，。；：、0-9对给]{1,10}(?:财政|投资|资金|基金|公益金)(?:再|另)?"
    r"(?:按照?)?[^，。；：、0-9对给]{0,12}"
)
_RESPECTIVELY = re.compile(r"分别[^，。；0-9]{0,16}[0-9]")
_AND_SUM = re.compile(r"(?:、|和|与|及|以及|或)(?:不低于|不少于|约|达到)?")


def _share_out(
    line: MoneyText, amounts: Sequence[Money], counts: Sequence[_Counted]
) -> tuple[Money, ...]:
    """分别为A元和B元: each sum is of one of those whom the sentence is about."""
    norm = line.norm
    shared = list(amounts)
    end = 0
    for first, one in enumerate(counts):
        told = _RESPECTIVELY.search(norm, max(0, one.start - 20), one.end)
        if first < end or not (told or one.who):
            continue
        end = first + 1
        while end < len(counts) and _AND_SUM.fullmatch(
            norm, counts[end - 1].end, counts[end].start
        ):
            end += 1
        if told:
            members = _grade_members(find_members(line, one.start, end - first))
        else:
            # 技师、高级工奖励4000元、3000元: 分别 is left out.
            alike = len({each.who for each in counts[first:end]}) == 1 < end - first
            members = find_listed(line, one.start, one.who) if alike else ()
            if len(members) != end - first:
                end = first + 1
                continue
        listed = re.search("[、和与及]", one.who)
        base = name_graded(line, one.start) if all(map(_CLASS.fullmatch, members)) else ""
        theirs = base or not told or one.who.startswith(members[:1] + members[-1:])
        if not members or (one.who and not listed and not theirs):
            continue
        for index, who in zip(range(first, end), members, strict=True):
            shared[index] = replace(shared[index], beneficiary=base + tidy_name(who))
    return tuple(shared)


def _grade_members(members: Sequence[str]) -> tuple[str, ...]:
    """甲补贴一级, 二级 are 甲一级 and 甲二级: what stands before the first grade is graded."""
    if len(members) < 2 or not all(map(_ALL_GRADE.fullmatch, members[1:])):
        return tuple(members)
    grade = _ALL_GRADE.search(members[0])
    base = members[0][: grade.start()] if grade else ""
    if not grade or not base:
        return tuple(members)
    base = base[: measure_benefit(base) or len(base)]
    return (base + grade.group(), *(base + member for member in members[1:]))


def _order_units(per: str, by: str) -> str:
    """/人/月 out of 每人每月, 每月每人, 月人均 and /人·月: who first, then how often."""
    units: list[str] = []
    for piece in _PER_PIECE.finditer(per):
        thing = piece["measure"] not in (None, "个") and _THINGS.fullmatch(piece["each"])
        word = piece["measure"] if thing else piece["each"] or piece["by"]
        units += [(piece["many"] or "") + word] if word else list(piece["mean"])
    units += [piece.group() for piece in _BY_PIECE.finditer(by)]
    units = [unit.removeprefix("个") if _IS_TIME.fullmatch(unit) else unit for unit in units]
    units = [_UNIT_WORDS.get(unit, unit) for unit in units]
    units.sort(key=lambda unit: bool(_IS_TIME.fullmatch(unit)))
    return "".join(f"/{unit}" for unit in dict.fromkeys(units))
