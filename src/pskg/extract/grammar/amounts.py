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
    r"人|生|户|名|位|员|童|孩|对|村|镇|县|社区|学生|儿童|老人|家庭|学校|机构|单位|企业|床位?|张|"
    r"班|所|校|家|个|台|套|间|辆|处|项|亩|公顷|平方米|平米|公里|次|场|头|点|站|队|届|篇|件|胎|"
    r"吨|立方米|千瓦时|学时|课时|只|株|具|例"
)
_TIMES = r"个?学年|个?学期|个?月|年度?|季度?|天|日|周|小时|班次"
_MEASURES = "个名位张所家例对套间辆台"
#: What is counted with a measure word: 每张床位, 每个子女.
_NAMED = (
    "学生|儿童|老人|孤儿|教师|村医|残疾人|床位|托位|学位|子女|家庭|班级|岗位|项目|行政村|机构|学校"
)
#: 每, and what is done with each: 每服务1名, 每新增1个.
_EACH = (
    "每(?:新?招用|服务|培训|培养|吸纳|接收|收住|安置|托养|新增|新建|改扩建|改建|建成|完成|带动|引进"
    "|创建)?[一1]?"
)
_MEASURE = rf"[{_MEASURES}](?={_NAMED}|人|生|户|家|单|企|床|村|社|医)"
_COUNTED = rf"(?:{_TIMES}|(?:{_NAMED}|人次|{_PERSONS}))"
#: What a sum is counted by: 每生每年, 每人每个月, 年人均, 人均, 年均, 每年.
_PER = rf"(?:(?:{_EACH}(?:{_MEASURE})?{_COUNTED}){{1,3}}|[年月日]?(?:人|户|生|床|村)均|[年月]均)"
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
    rf"{_EACH}(?P<measure>{_MEASURE})?(?P<each>{_COUNTED})|(?P<mean>[年月日人户生床村]+)均"
)
#: Things go by their measure word (每张床位 is 张), persons by what they are.
_THINGS = re.compile("[床托学]位|岗位|项目")
_UNIT_WORDS = {"年度": "年", "名": "人", "位": "人"}
_BY_PIECE = re.compile(_COUNTED)
_IS_TIME = re.compile(_TIMES)
#: Sums that measure an economy or tell who is meant, not what somebody gets.
_NOT_PAID = re.compile(
    r"收入(?!补|保)|生产总值|产值|增加值|营业额|销售|消费|税收|GDP|净资产|注册资本|财产|价值|"
    r"总投资|投资总?额|投资估算|估算投资|完成投资|固定资产投资|存款|贷款余额|储蓄|规模达|交易额|利润|进出口",
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
_LABEL_START = re.compile(
    r"^(?:(?:其中|按照?|对于?|给予?|向|为|由|从|并|即|将|分别|另外|同时|另|以及|和|与|及|或|"
    r"[0-9]{4}年(?:[0-9]{1,2}月)?(?:底|末|起)?|[、，：；。“”（]|标准)+)"
)
#: 为…提供, 给…发放: who gets it.
_GIVEN_TO = re.compile(
    r"(?:为|给予?|对|向|按照?)(?P<who>[^，。；：]{2,30}?)"
    r"(?:统一|均|分别|逐月|按月|按年)*(?:提供|发放|给予|予以|按|补助|补贴|资助|奖励|发给|支付|一次性)+[^，。；：]{0,8}$"
)
_WHO = re.compile(
    r"(?:人|生|员|者|母|父|(?<!账)户|童|家庭|残疾|学校|机构|村|社区|单位|企业|对象|妇女|妇|军|烈士|遗属|"
    r"子女|居民|职工|农民工|教师|医生|医|师|孤儿|地区|群体|夫妇|夫妻|队|站|室|中心|院|校|班|所|幼儿园|人才|个人|示范社|婴儿|新生儿|幼儿|"
    r"小学|初中|高中|中学|中职|大学|本科|专科|研究生|城市|农村|城镇|低保|特困|五保|供养|对口|"
    r"[一二三四五六七八九十甲乙丙丁ABCD][级类档等]|[岁者]以[上下]|周岁|以上的?"
    r"|劳动力|(?<![施加开竣完复停动分返])工)(?:（[^（）]{0,20}）)?$"
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
    if "元" not in text:
        return ()
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


_OVER = re.compile(r"(?:超过|高于|低于|不足|不满|达到|大于|小于|[已年未]满|超出)(?:了|约)?$")
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
    pers = list(_PER_WORDS.finditer(norm, opening, found.start()))[-2:]
    if len(pers) > 1 and not (_is_time(pers[1].group()) and not _is_time(pers[0].group())):
        del pers[0]
    own = _order_units("".join(per.group() for per in pers), found["by"] or "")
    if pers:
        start, per_end = pers[0].start(), pers[-1].end()
        who = _name_receiver(norm, plain, opening, start)
        if not who and _MEAN.match(norm, start):
            schooling = _SCHOOLING.search(norm, opening, start)
            who = plain[slice(*schooling.span())] if schooling else ""
        if couple := _COUPLE.match(norm, per_end):
            who = who or plain[per_end : couple.end()]
        label = _name_class(norm, plain, per_end, found.start())
        if graded := _GRADED.search(norm, opening, start):
            # 重度残疾人护理补贴一级每人…、二级每人…: of both it is said who they are.
            base = _name_receiver(norm, plain, opening, graded.start())
            if not base and last and _AFTER_LIST.fullmatch(norm, last.end, graded.start()):
                base = last.shared
            grade = plain[slice(*graded.span("grade"))]
            if base:
                return _Counted(start, found.end(), own, base + grade, base)
        if who and (head := _find_head(line, start)):
            who = who if _SORTED.search(who) else head + who
        if who and last and norm[last.end : last.end + 1] == "、":
            who = _share_place(last.who, who)
        return _Counted(start, found.end(), own, _join(who, label), who)
    given = _GIVEN_TO.search(norm, opening, found.start())
    label = _name_given(given, norm, plain) if given else ""
    label = label or _name_class(norm, plain, opening, found.start())
    if own and not label:
        label = _name_receiver(norm, plain, opening, found.start())
    if own or last is None:
        if not label and _TO_CEILING.search(norm, opening, found.start()):
            label = _name_receiver(norm, plain, opening, found.start())
        return _Counted(found.start(), found.end(), own, label, "")
    between = norm[last.end : found.start()]
    listed = len(between) <= 16 and "。" not in between and _AFTER_LIST.match(between)
    # …每人500元,最高不超过2万元: the ceiling is of all; of a range it is of each.
    capped = _CEILED.match(between) and not _FLOORED.search(norm, max(0, last.start - 4), last.end)
    if not listed or capped or _NOT_INHERITED.search(between):
        if not label and _TO_CEILING.search(norm, opening, found.start()):
            label = _name_receiver(norm, plain, opening, found.start())
        return _Counted(found.start(), found.end(), "", label, "")
    who = _join(last.shared, label) if label else last.who
    return _Counted(found.start(), found.end(), last.unit, who, last.shared)


def _find_head(line: MoneyText, end: int) -> str:
    """Who stands before the colon that opens this part of a sentence."""
    floor = max(0, end - 80)
    head = _HEAD.search(line.norm[floor:end])
    if not head or head["who"].endswith("对象"):
        return ""
    return line.kept[floor + head.start("who") : floor + head.end("who")]


def _join(who: str, label: str) -> str:
    """手术并发症人员 and 一级 are 手术并发症人员一级; 初中生 stands for itself."""
    return who + label if not label or _CLASS.fullmatch(label) else label


#: Two persons that 每对 counts as one.
_COUPLE = re.compile(r"夫妇|夫妻|父母")
_PLACE = re.compile(r"[^，。；、]{1,10}?(?:地区|区域|省份)(?=..)")


def _is_time(per: str) -> bool:
    """Whether words like 每月 say only how often."""
    pieces = [piece["each"] or piece["mean"] for piece in _PER_PIECE.finditer(per)]
    return all(_IS_TIME.fullmatch(piece) for piece in pieces)


def _share_place(before: str, who: str) -> str:
    """东部地区小学600元、初中800元: the place holds for both."""
    place = _PLACE.match(before)
    return place.group() + who if place and not _PLACE.match(who) else who


_GRADE = r"[一二三四五六七八九十甲乙丙丁ABCD][级类档等]"
_GRADED = re.compile(rf"(?:标准|的|为|：)?(?P<grade>{_GRADE}(?:[、和及至]{_GRADE})*)(?:的|为)?$")
_CLASS = re.compile(r"[一二三四五六七八九十甲乙丙丁ABCD0-9]{1,2}[级类档等]|.{0,4}[岁上]")

#: A clause that says for whom the next ones are: 资助对象为X, 享受政策的为X, 对X, 资助X, X alone.
_FOR_WHOM = re.compile(
    r"(?:[^，。；：]{0,20}：)?(?:并|其中|同时)?"
    r"(?P<how>[^，。；]{0,30}?(?:的|对象|范围|人员)(?:主要|具体)?(?:为|是|包括)"
    r"|对于?|向|给|为|资助|补助|救助|奖励|扶助)?"
    r"：?(?P<who>[^，。；：]{2,40})"
)
#: X alone is a noun.
_NOT_BARE = re.compile(
    r"[由将给为要应]|^[从按经凡使让把在是]|负责|发放|确定|认定|提高|[0-9][余多]?[十百千万]*[户人名个]$"
)
_PERSON = (
    r"(?:[大中小医]?学生(?!均)|[在新]校?生|(?:寄宿|走读|住宿|公费|定向|贫困)生|研究生|[本专]科生|[博硕]士生|[税保费贷请益承头护]人(?!均)|负责人|农民工|劳动者|毕业生|儿童|孤儿|老人|老年人|人员|居民|职工|教师|家庭(?:成员)?|残疾人|夫妇|夫妻|父母"
    r"|对象|(?<!账)户|者|人才(?!工作|队伍|公寓|发展|开发)|劳动力|村民|农民|农牧民|妇女|军人|遗属|幼儿|婴儿|新生儿|子女|医生|群众|母亲|患者|病人)"
)
#: A word for those who get something, within a phrase that goes on with what they get.
_RECEIVER = re.compile(
    rf"{_PERSON}|夫妇|低保(?!标准线)(?:对象|家庭|户)?|特困|五保|(?:企业|机构|合作社|学校|幼儿园|村卫生室)"
    r"|(?:小学|初中|高中|中学|中职|职业教育|高等教育|学前教育|特殊教育)"
)
_SHORTEST_RECEIVER = 3
#: 小学生均公用经费: those meant are pupils or schools, and the words 生均 follow.
_MEAN = re.compile(r"年?生均")
_SCHOOLING = re.compile(
    r"(?:高等|中等|普通|职业|学前|特殊|义务|成人|高中|专科|本科|研究生|基础){1,3}教育$"
)
#: What they get, and the words that lead on to how much.
_LINK = re.compile(
    r"(?:由|从|按照?|为|达到?|不低于|不少于|不超过|提高(?:到|至)|调整(?:到|至|为)|约|：|平均|最高|最低)+$"
)
_BENEFIT = re.compile(
    r"(?![^，。；]*(?:保险|医保|服务|建设|改造|开放))[^，。；、]{0,18}?"
    r"(?:补贴|补助|津贴|扶助|奖励|救助|资助|助学|标准|水平|费|金|定额|额度|待遇)"
    r"(?:标准|水平|金|费|政策|制度|资金|经费)*"
    r"(?:由|从|按照?|为|达到?|不低于|不少于|不超过|提高(?:到|至)|调整(?:到|至|为)|约|：|平均|最高|最低)*"
)
_SORTED = re.compile(_PERSON)
#: 寄宿生：小学…,初中…;: what stands before the colon holds for the classes behind it.
_HEAD = re.compile(rf"(?:^|[，。；：])(?P<who>[^，。；：]{{0,12}}?{_PERSON})：[^。；：]*$")

_IS_PERSON = re.compile(rf"{_PERSON}(?:（[^（）]{{0,20}}）)?$")
#: Those who are no persons and get money all the same.
_INSTITUTION = r"(?:机构|卫生[室院]|幼儿园|学校|企业|合作社|服务中心)"
_IS_SOMEBODY = re.compile(rf"(?:{_PERSON}|{_INSTITUTION})(?:（[^（）]{{0,20}}）)?$")
_IS_ONE_OF = re.compile(
    rf"(?:{_PERSON}|{_INSTITUTION}|残疾|单位|医院|示范社|服务站|基地|项目|社区|[村县镇])(?:（[^（）]{{0,20}}）)?$"
)
_INSURED = re.compile(r"(?:城镇|城乡)?(?:职工|居民)(?=(?:基本|大病)?(?:医保|医疗保险|保险))")
_YEARLY = re.compile(r"年度[^，。；]{0,14}?(?:限额|上限|封顶线|额度|最高额|支付额)")
#: Of an insurance, by its short name, what is paid for each who is insured; of any its limits.
_INSURED_SUM = re.compile(
    rf"(?P<who>{_INSURED.pattern}|个人(?=缴费(?:标准|金额|额)))"
    r"(?:医保[^，。；、]{0,14}?(?:补助|筹资|缴费)标准"
    r"|(?:基本|大病)?(?:医保|医疗保险|保险)[^，。；、]{0,20}?(?:限额|上限|封顶线|起付线|起付标准)"
    r"|缴费(?:标准|金额|额))[^，。；、]{0,16}$"
)
#: 低保对象 in 低保对象年度限额.
_OWNER = re.compile(rf"(?:(?<=[，。；：])|^)[^，。；：]{{0,10}}?{_PERSON}$")
#: A second sum that bounds the first: …, 最高不超过150万元.
_CAP = re.compile(
    r"[^，。；]{0,24}，[^，。；0-9]{0,8}?(?:最高|不超过|不高于|上限|封顶)(?:不超过|为|达到?)?"
)
#: 每招用1人,给予1000元: for each of whom it is stands in the clause before.
_FOR_EACH = re.compile(rf"(?P<per>{_EACH}(?<!每)(?:{_MEASURE})?{_COUNTED})[^，。；：元]{{0,20}}，$")
#: 同一机构最高不超过: each of those who may get several sums.
_ONE_ALONE = re.compile(
    rf"(?:同一|单个|单家|单户|单一|每个|每家)(?:{_PERSON}|{_INSTITUTION}|项目|单位|基地|站点?)(?=[^，。；：]{{0,10}}(?:最高|不超过|不高于|限额|上限))"
)
#: 困难群众救助报销比例提高,年度限额…: the clause before says whose.
_RATE_BEFORE = re.compile(
    rf"(?:^|[，。；：])(?P<who>[^，。；：的]{{0,8}}?{_PERSON})[^，。；：]{{0,16}}?(?:报销|支付|救助|补助)比例[^，。；：]{{0,20}}，$"
)
_CEILING = re.compile(r"的?(?:限额|上限|额度)")
#: 月保障标准, 年补助标准: how often, before the word for the sum.
_OFTEN = re.compile(
    r"(?<![0-9今明去次近往当翌同本前后每个一二两三四五六七八九十])(?P<often>[年月])(?:人均)?"
    r"(?:最低|基本)?(?:生活|保障|低保|补助|补贴|发放|救助|资助|供养|护理|工资|缴费|津贴|筹集|安排|投入){1,3}"
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
    floor = max(0, counted.start - _LOOK_BACK)
    floor = max(floor, norm.rfind("。", floor, counted.start) + 1)
    start = max(floor, _clause_start(norm, counted.start))
    unit, who = counted.unit, counted.who
    if not unit:
        subject = start
        if _GOES_ON.match(norm[start : found.end()]):
            # 年度限额分别为…的6倍；且分别不低于…
            subject = max(floor, _clause_start(norm, max(start - 1, floor)))
        yearly = _YEARLY.search(norm, subject, found.start())
        if not yearly and _CEILING.match(norm, found.end()):
            # 办理年度结算时，在20000元限额内
            yearly = re.compile("年度").search(norm, floor, found.start())
        if yearly:
            unit = "/年"
            insured = _INSURED.search(norm, subject, yearly.start()) or _OWNER.search(
                norm, subject, yearly.start()
            )
            who = who or (line.kept[slice(*insured.span())] if insured else "")
            rate = _RATE_BEFORE.search(norm, floor, subject)
            who = who or (line.kept[slice(*rate.span("who"))] if rate else "")
    if not re.search("[年月日天季期次]", unit) and (
        often := _OFTEN.search(norm, start, found.start())
    ):
        unit += "/" + often["often"]
    if not unit and (each := _FOR_EACH.search(norm, floor, start)):
        unit = _order_units(each["per"], "")
    if alone := _ONE_ALONE.search(norm, start, found.start()):
        who = line.kept[slice(*alone.span())]
    insured = None if who else _INSURED_SUM.search(norm, start, found.start())
    if insured and len(_INSURED.findall(norm, start, found.start())) < 2:
        who = line.kept[slice(*insured.span("who"))]
    if not who and last and _CAP.fullmatch(norm, last.end, found.start()):
        who = last.who
    listed = last is not None and last.end > start
    person = unit not in ("", "/年")
    if not who and not listed:
        who = _find_whom(line, start, last.end if last else 0, person=person)
    if not who and (given := _GIVEN_AFTER.match(norm, found.end())):
        who = _name_given(given, norm, line.kept)
    if (
        not who
        and last
        and norm.startswith("每人", start)
        and _SAME.fullmatch(norm, last.end, start)
    ):
        who = last.who
    if not who and not listed and (head := _PERSON_HEAD.search(norm, floor, start)):
        who = line.kept[slice(*head.span("who"))]
    if (
        not who
        and last
        and last.who
        and person
        and _SAME_SUBJECT.fullmatch(norm, last.end, found.start())
    ):
        who = last.who
    if not who and (topic := _TOPIC.match(norm, floor, start)):
        who = line.kept[slice(*topic.span("who"))]
    who = _COUNT_OF.sub("", _DOES.sub("", who))
    shared = counted.shared or ("" if _CLASS.fullmatch(who) else who)
    return replace(counted, unit=unit, who=who, shared=shared)


#: …765元/人,月人均补差水平达到: another sum of the same persons.
_SAME_SUBJECT = re.compile(
    r"，(?:其中)?(?:[年月]?人均|每人每[月年])?(?:补差|补助|补贴|救助|资助|支出|护理)[^，。；0-9]{0,12}"
)
#: 对遭遇急难的家庭先行救助,…;情形严重的,…: what the whole sentence is about.
_TOPIC = re.compile(
    rf"(?:（[一二三四五六七八九十]{{1,3}}）|[0-9]{{1,2}}[.．、])?对(?P<who>[^，。；：对]{{0,24}}{_PERSON}(?:[和或与、][^，。；：对]{{0,6}}{_PERSON}|和个人)?)"
    r"(?:[^，。；0-9]{0,6}(?:救助|补助|补贴|资助|奖励|扶助)|，)"
)
#: 5万户 before those who are so many; 入托 behind those who do so.
_COUNT_OF = re.compile(r"^[约近超]?[0-9.]+[余多]?[百千万]?[余多]?[户名人个位]")
_DOES = re.compile(
    r"(?<=..)(?:入[托园学住职读]|就读|上学|购房|租房|参保|住院|就医|就业|创业|升学|生育|体检)$"
)


_PERSON_HEAD = re.compile(
    rf"(?:^|(?<=[，。；：]))(?:[(（][一二三四五六七八九十0-9]{{1,3}}[)）]|第[一二三四五六七八九十百]{{1,5}}条)?"
    rf"(?P<who>[^，。；的按照由对为给向将把以从]{{0,10}}?(?:{_PERSON}|{_INSTITUTION}))"
    r"(?=[的在为因经每]|[^，。；：]{1,24}的，|发生|接受|本人|未|应|可以|符合|享受|参加|承担|每服务|完成|取得|年满|达到)"
)
#: What may be given money as if it were somebody.
_IS_THING = re.compile(r"(?:项目|基地|平台|园区|合作社|机构|中心)$")
#: A sentence that says of a person what he is: 纳税人为独生子女的.
_IS_ONE = re.compile(rf"[^，。；]{{0,8}}?{_PERSON}(?:为|是|属于)(?P<who>[^，。；]{{2,20}})的")
#: 为50户困难家庭实施改造: those for whom something is done.
_DONE_FOR = re.compile(
    rf"(?:为|对|给)(?:[约近超]?[0-9]+[余多]?[户名人个])?(?P<who>[^，。；]{{0,20}}?{_PERSON})"
    r"(?:实施|进行|开展|提供|发放|给予|配备)"
)
#: 落实乡村教师补助政策: what is done with a benefit is no part of a name.
_SETS = re.compile(
    r"(?:全面|继续|逐步|稳步|持续|按时|足额)*(?:落实|完善|发放|提高|执行|实施|建立|健全|调整|完成|推进|开展)+"
)
#: 完成困难家庭危房改造: whose houses are made good.
_HOUSED = re.compile(
    rf"{_SETS.pattern}(?P<who>[^，。；0-9]{{0,20}}{_PERSON})"
    r"(?:的)?(?:住房|危房|危旧房|房屋|居家|无障碍|适老化)[^，。；]{0,24}"
)
_SAME = re.compile(r"[^。；]{0,80}")
#: Who gets a sum, behind it: 元的标准给予企业培训补贴.
_GIVEN_AFTER = re.compile(
    r"(?:的?(?:标准|额度)?)(?:给予|发给|补助给?|奖励给?|资助)(?P<who>[^，。；元]{2,20}?)"
    r"(?:一次性)?[^，。；]{0,6}?(?:补贴|补助|奖励|资助)(?=[，。；]|$)"
)

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
            fits = _IS_SOMEBODY.search(found["who"]) and not _NOT_BARE.search(found["who"])
            given = _WHO.search(found["who"]) or (
                found["how"] == "对" and _IS_THING.search(found["who"])
            )
            if ((person or "的" in found["who"]) and fits) if bare else given:
                return line.kept[slice(*found.span("who"))]
        if one := _IS_ONE.fullmatch(norm, start, end - 1) or _DONE_FOR.match(norm, start, end):
            return line.kept[slice(*one.span("who"))]
        if person and (housed := _HOUSED.fullmatch(norm, start, end - 1)):
            return line.kept[slice(*housed.span("who"))]
        if person and (insured := _INSURED_SUM.search(norm, start, end - 1)):
            return line.kept[slice(*insured.span("who"))]
        opening = _SETS.match(norm, start, end - 1)
        words = opening.end() if opening else start
        if person and (length := _measure_benefit(norm[words : end - 1])):
            return line.kept[words : words + length]
        end = start
    return ""


_MEMBER = (
    r"(?:(?!每|人均|按)[^，。；、和与及：0-9]){0,8}?(?:城镇|农村|城市|城乡居民|居民|职工|小学|初中|高中|中职|幼儿园|学前|大学|本科|专科"
    r"|研究生|孤儿|老人|老年人|儿童|残疾人|学生|教师|家庭|人员|户|集中供养|分散供养|[一二三四]级|[一二三]类)"
    r"(?:(?:基本)?(?:医保|医疗保险|养老保险))?"
)
_OF_INSURANCE = re.compile(r"(?<=职工|居民)(?:基本)?(?:医保|医疗保险|养老保险)$")
_MEMBERS = re.compile(rf"{_MEMBER}(?:[、和与及]{_MEMBER}){{1,5}}")
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
        if first < end or not _RESPECTIVELY.search(norm, max(0, one.start - 20), one.end):
            continue
        end = first + 1
        while end < len(counts) and _AND_SUM.fullmatch(
            norm, counts[end - 1].end, counts[end].start
        ):
            end += 1
        members = _find_members(line, one.start, end - first)
        listed = re.search("[、和与及]", one.who)
        if not members or (
            one.who and not listed and not one.who.startswith((members[0], members[-1]))
        ):
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
        first = start + (opening.end() if opening else 0)
        if members := _share_nouns(line, first, end, count):
            return members
        found = _MEMBERS.match(norm, first, end)
        listed = re.split("[、和与及]", line.kept[slice(*found.span())]) if found else []
        if len(listed) == count:
            return tuple(_OF_INSURANCE.sub("", member) for member in listed)
        end = start - 1
    return ()


#: What stands before the first of a list and holds for all: 收住失能、半失能老年人.
_FOR_ALL = re.compile(
    rf"(?:收住|收治|接收|招用|招收|吸纳|录用|安置|托养|照护|取得|荣?获得?|评为|达到)|.*的(?=.{{0,2}}$)|.*(?:{_PERSON}|员)$"
)
#: Where the words that name them end.
_ENDS = re.compile(r"，?(?:分别|每[人生户名]|按照?|给予|发放)")
_LIST_MARK = re.compile("、|以及|[和与]|及(?!以[上下])")
_AND_OVER = re.compile("[及含]?以[上下]")
#: 被认定为国家级基地的: how they came to be it is no part of the name.
_NAMED_AS = re.compile("^(?:新|首次)?(?:被|获)?(?:认定|评定|评选|确定|命名|授予)为")
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
    end = start + (_measure_benefit(words) or len(words))
    listed = _NAMED_AS.sub("", line.kept[start:end].strip("，,").removesuffix("的"))
    pieces = _LIST_MARK.split(listed)
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
    elif len({len(piece) for piece in pieces[:-1]}) == 1 and not any(map(_WHO.search, pieces[:-1])):
        # 死亡、重伤人员: words of one length before what they share.
        cut_at, head = len(first), ""
    else:
        return tuple(pieces) if all(map(_IS_SOMEBODY.search, pieces)) else ()
    shared = last[cut_at:]
    if not (_WHO.search(last) or _IS_ONE_OF.search(last)) or (
        shared and not _IS_ONE_OF.search(shared)
    ):
        return ()
    held = _FOR_ALL.match(head)
    before = held.group() if held else ""
    names = [first, *(before + piece for piece in pieces[1:-1]), before + last[:cut_at]]
    return tuple(name + shared for name in names)


_LONGEST_NOUNS = 60


def _order_units(per: str, by: str) -> str:
    """/人/月 out of 每人每月, 每月每人, 月人均 and /人·月: who first, then how often."""
    units: list[str] = []
    for piece in _PER_PIECE.finditer(per):
        thing = piece["measure"] and _THINGS.fullmatch(piece["each"])
        units += [piece["measure" if thing else "each"]] if piece["each"] else list(piece["mean"])
    units += [piece.group() for piece in _BY_PIECE.finditer(by)]
    units = [unit.removeprefix("个") if _IS_TIME.fullmatch(unit) else unit for unit in units]
    units = [_UNIT_WORDS.get(unit, unit) for unit in units]
    units.sort(key=lambda unit: bool(_IS_TIME.fullmatch(unit)))
    return "".join(f"/{unit}" for unit in dict.fromkeys(units))


def _name_given(given: re.Match[str], norm: str, plain: str) -> str:
    """Who stands in 给…发放; blank where that is nobody plainly."""
    start, end = given.span("who")
    words = _DOES.sub("", norm[start:end])
    end = start + len(words)
    fits = len(words) <= 30 and _WHO.search(words) and not _NOT_WHO.search(words)
    return plain[start:end] if fits else ""


#: 补贴标准为初级工每人…: who gets it stands behind.
_STANDARD_IS = re.compile(
    r"(?:标准|金额|额度)(?:分别|调整|提高)?(?:为|是|至|到)(?=[^，。；：]{2,12}$)"
)
#: 对学校按照寄宿生每生…: for each of whom the sum is.
_BY_WHOM = re.compile(r"(?:按照?|依照)(?P<who>[^，。；：0-9按每]{2,16})$")
#: 对困难县每县…: a place gets it.
_TO_PLACE = re.compile(
    r"(?:[^，。；：]{0,8}?)(?:对|给|向)(?P<who>[^，。；：对给向]{1,20}(?:[省市县区旗乡镇村]|街道|[床托学]位|项目)(?:（[^（）]{1,12}）)?)(?:按照?)?"
)


def _name_receiver(norm: str, plain: str, start: int, end: int) -> str:
    """Who stands before the words 每人每月; blank where nobody plainly does."""
    if (by := _BY_WHOM.search(norm, start, end)) and _WHO.search(by["who"]):
        return plain[slice(*by.span("who"))]
    if to := _TO_PLACE.fullmatch(norm, start, end):
        return plain[slice(*to.span("who"))]
    if given := _GIVEN_TO.search(norm, start, end):
        return _name_given(given, norm, plain)
    start = max(start, norm.rfind("：", start, end) + 1)
    if standard := _STANDARD_IS.search(norm, start, end):
        start = standard.end()
    opening = _LABEL_START.match(norm[start:end])
    start += opening.end() if opening else 0
    # All of a list, else the last of it.
    for first in (start, norm.rfind("、", start, end) + 1):
        length = _measure_receiver(norm[first:end]) if first >= start else 0
        if length:
            return plain[first : first + length]
    return ""


def _measure_receiver(words: str) -> int:
    """How many of these characters name those who get something; 0 where they name nobody.

    散居孤儿; 城市低保对象由; 寄宿制学校按…标准; 困难残疾人生活补贴.
    """
    bare = _LINK.sub("", words)
    for name in (bare, words.partition("按")[0]):
        pieces = name.split("、")
        fits = len(name) <= 40 and "按" not in name and all(_WHO.search(piece) for piece in pieces)
        if fits and not _NOT_WHO.search(name):
            return len(name)
    return _measure_benefit(words)


def _measure_benefit(words: str) -> int:
    """How many of these characters, which end with what is given, name who gets it."""
    for found in reversed(list(_RECEIVER.finditer(words))):
        if found.end() >= _SHORTEST_RECEIVER and _BENEFIT.fullmatch(words, found.end()):
            name = words[: found.end()]
            return 0 if _NOT_WHO.search(name) or len(name) > 40 else len(name)
        if _MEAN.match(words, found.end()) and _BENEFIT.fullmatch(words, found.end()):
            return found.end()
    return 0


#: 初级工一次性奖励1000元: what is done with the sum.
_GIVING = re.compile(
    r"(?:给予|发放|予以)?(?:一次性)?(?:给予|发放|予以)?(?:奖励|补贴|补助|资助|奖补)$"
)


_NAMED_BENEFIT = re.compile(r"(?:补助|补贴|津贴|助学金|护理费|生活费)(?=.{3})")


def _name_class(norm: str, plain: str, start: int, end: int) -> str:
    """The class just before a sum: 一级 in 一级400元, 初中生 in 初中生1250元."""
    given = _GIVING.search(norm, start, end)
    end = given.start() if given else end
    start = max(start, end - 16)
    start = max(start, *(norm.rfind(mark, start, end) + 1 for mark in "、：，；。（元"))
    opening = _LABEL_START.match(norm[start:end])
    start += opening.end() if opening else 0
    # 生活补助小学生1000元: behind the benefit stands one of those who get it.
    start += max((each.end() for each in _NAMED_BENEFIT.finditer(norm[start:end])), default=0)
    words = norm[start:end]
    fits = words and _WHO.search(words) and not _NOT_WHO.search(words)
    return plain[start:end] if fits else ""
