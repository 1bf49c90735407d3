"""The figures of a sentence, clause by clause: the name before the figure, behind it, around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pskg.extract.grammar.figure_names import (
    ADVERB,
    BUILD,
    HAN,
    LISTED_HEAD,
    NAMES_OF_MONEY,
    PERIOD,
    TIMES,
    VAGUE_UNIT,
    Noun,
    clean_name,
    find_noun,
    find_subjects,
    fits_unit,
    is_name,
    part_name,
    share_name,
    skip_building,
    skip_works,
)
from pskg.extract.grammar.figure_numbers import (
    BOUND,
    Number,
    Years,
    compare_value,
    find_numbers,
    select_years,
)
from pskg.extract.grammar.figure_text import ASIDE, LONGEST_CLAUSE, LONGEST_NAME, Text
from pskg.model import Comparator

__all__ = ["Found", "read_sentence"]


# --- The words around a number ----------------------------------------------------------------


_REACH = (
    r"达到了?|达至|达(?<!发达)|(?:提高|提升|增加|增长|上升|扩大|扩展|发展|升|降低|下降|降|减少|缩小|压缩|压减"
    r"|缩短|延长|控制|稳定|保持|维持|巩固|增)(?:到|至|为|在)|保持|为(?<!行为)|是|占到?|在(?<!现在)|=|:"
)

_LINK = re.compile(
    rf"(?P<adverbs>(?:{ADVERB})*)(?P<reach>{_REACH})?(?P<late>(?:{ADVERB})*)"
    rf"(?P<bound>{BOUND})?(?:(?<![节签])约|(?<!附)近)?$"
)
#: All that a link may hold stands in its pattern: it begins nowhere before.
_LINK_CHARACTERS = "".join(sorted({*_LINK.pattern, "\n"}))
_CHANGE = re.compile(
    r"(?P<change>提高|提升|增加|增长|上升|扩大|下降|降低|减少|缩小|压减|递增)"
    rf"(?:了|{ADVERB}|{BOUND})*$"
)
_THAN = re.compile(
    r"(?:(?:比|较)(?=(?:19|20)\d\d|上|去|前|往|“|十|基|现|目前|规划|同期|全[国省市县区]|□)|年均|每年|在[^,]{2,10}基础上)[^,]{0,12}$"
)
_FROM = re.compile(r"(?:由|从)(?P<year>(?:19|20)\d\d年(?:底|末)?的?)?(?:目前的|现在的|原来的)?$")
_TURN = re.compile(
    r"(?:左右|以上|以下)?(?:提高|提升|增加|增长|上升|扩大|下降|降低|降|减少|升)(?:到|至|为)"
    r"(?:(?P<year>(?:19|20)\d\d)年(?:底|末)?的?)?$"
)
_RELATED = re.compile(
    rf"(?:达到|占到?|(?<=分别|金额|标准|限额|待遇|助金|贴金|偿金|水平|比例)[为是]|(?:提高|提升|控制|稳定|降低|保持)[到至在]|{BOUND})"
    r"(?P<other>[^,、;。□\d]{2,25}?)的?$"
)

#: Verbs before a figure that only say that the thing is made or had: not part of the name.
_MAKE = (
    r"提升建设|规划建设|新开工建设|建成|建设|建立|建有|修建|兴建|共建|新建|创建|打造|完成"
    r"|设立|设置|开设|办好|开办|创办|兴办|举办|开展|组织|办|配备|配置|配有|设有|实施好?|实现|达到|形成|认定|命名|评选|遴选"
    r"|培育|开发|筹集建设|筹集|推出|启动|推进|加强|发展|布局|建|拥有|具有|有|争取|确保|力争|增设|安排|覆盖|聘任|聘用|聘请|创"
)
#: Verbs that say what happens to the thing: they stay in the name.
_KEEP = (
    r"提供|扶持|选拔|选聘|发动|评选资助|培养产生|帮助|帮扶|资助|救助|支持|培训|轮训|培养|转移|安置|招聘|招募|招收|引进|选派|新增|增加|升级改造"
    r"|规范|整合|清理|排查|关停|淘汰|搬迁|撤并|抽检|检测|监测|巡查|改造提升|改善|补齐|整治|治理|修缮|修复"
    r"|改造|改扩建|扩建|改建|人均拥有|轮换|惠及|服务|保障|补贴|放映|更新|更换|为|对"
)
#: Verbs of somebody who uses the thing: they stay, but not who does it, nor how often.
_USE = r"观看|观赏|欣赏|收看|参与|参加|参观|学会|掌握|阅读|享受|享有|接受"

_MAKES = re.compile(rf"(?:{BUILD}|{_MAKE})(?:了|好|不少于|至少|剩余)?(?:{BOUND}|约|近)*$")
_KEEPS = re.compile(rf"(?P<verb>{_USE}|{_KEEP})(?:了)?(?P<bound>(?:{BOUND}|约|近)*)$")
_USED = re.compile(_USE)
_MEAN = re.compile(r"年?[人户]均$")

_BUILT_HERE = re.compile(BUILD)
#: 建成甲、乙等3所学校
_BUILT_AMONG = re.compile(rf"{BUILD}|完成|改造|打造|创建|建成投用")
_WITHIN = re.compile(rf"在(?:{BOUND}|约|近)*$")
#: Of whom a share is, before it: 全市60%的社区, 在全市60%的社区建立服务站.
_OF_ALL = re.compile(rf"(?:[全我][省市县区国州盟旗])?(?:{BOUND}|约|近)*")
_WITHIN_ALL = re.compile(rf"在?{_OF_ALL.pattern}")
_WITHIN_HOW = re.compile(r"(?:大力|全面|率先|先行|优先|组织|统一|积极|集中|广泛|同步|分别|重点)*$")

#: 3次以上、每次不少于30分钟的体育锻炼: the noun stands behind the second figure.
_EACH_TIME = re.compile(rf"、每[次场回](?:{ADVERB}|保证|确保|时长|时间|持续|{BOUND})*$")
#: 每天1小时体育锻炼, of time that is to be spent.
_TIME_SPENT = re.compile(
    rf"每(?:天|日|次|周|人|个?月|个?学期|年)[^,;]{{0,8}}?(?:{ADVERB}|保证|确保|安排|开展|参加|进行|{BOUND})*$"
)
_ACTIVITY = re.compile(r"(?:活动|锻炼|运动|训练|学习|阅读|培训|课|劳动)$")
_PROVIDED = re.compile(rf"(?:{PERIOD}|免费|无偿|统一|至少|{ADVERB})*(?:(?:为|向|给)[^,;]{{2,60}})?")
_EACH = re.compile(r"(?:平均)?每个?[一-鿿]{1,8}$")
_PEOPLE = re.compile(r"(?:[千百十]?万|千|百)?[余多]?(?:人次|人\(次\)|名|人|位|户)$")

_CARRIED_OUT = re.compile(r"实施|开展|进行|提供")
_SUPPORTED = re.compile(rf"{_CARRIED_OUT.pattern}|参加|赴")
_GOAL = re.compile(r"的?(?:目标任务|目标|要求|水平|标准|任务)(?:[,、。;和]|$)")

#: 加强3所医院、5个中心的队伍建设: what is done is done for places that are there.
_STRENGTHEN = re.compile(rf"(?:加强|支持)(?:{BOUND}|约|近)*$")
_ATTRIBUTE = re.compile(r"[^的]{2,80}的[^的、]{0,20}(?:建设|提升|培养|工作|发展|改善|改革|保护)")
#: The predicate that two shares have in common: 85%的A和80%的B建有C.
_COMMON = re.compile(
    r"(?<=[^的]{2})(?:建有|建成|建立|设立|设有|设置|配备|配有|拥有|具备|完成|实现|达到|开展|实施|提供|纳入|得到"
    r"|参加|接受|享有|享受|通过|覆盖|开通|接入|(?<![交普沟流联])通(?![过用讯信知道])|(?<![国公私所没现])有(?![关限效机序]))"
)
_ABLE = re.compile(r"(?:能够|可以|能|均|都|已)+$")
_JUST_JOINED = re.compile(r"[、和及与]|以及")
_NEXT_SHARE = re.compile(rf"(?:[、和及与]|以及)(?:{BOUND})*")
_SAYS_WHAT = re.compile(r"有|通|建|具备|完成|达到|实现|配|设|开|拥有|纳入|参加|接入|覆盖|享")
_SUBJECT_OF = re.compile(
    rf"(?P<who>[^的,;□]{{2,16}}?)(?:{ADVERB})*(?:达到|具备|具有|拥有|取得|持证|配备|完成|接受|参加)"
)
_AVERAGE = re.compile(
    rf"(?:{ADVERB}|控制在|保持在|降到|降至)*(?P<value>(?:低于|小于)全国(?:同期)?平均(?:水平|值|数)?)"
)

_DUES = re.compile(
    r"(?:自付|自负|自费)(?:部分|费用|金额)?$|缴纳|缴费|缴存|费率|税率|利率|(?:分担|承担|负担|出资|补助|扣除|计提|提取)$|按[^,]*%$|按照?每[^,]{1,10}$"
    r"|起付(?:标准|线)(?:降低|下降|减少|提高)?$|(?:分担|承担|负担)(?:剩余|其余|余下)(?:部分)?$"
    r"|按照?[^,]{2,20}(?:标准|定额|基数|限额)$|[上下]浮$|面约?占[^,]*$"
)
#: 支付比例提高5个百分点: a rate of a rule that is better for some, not one that is reached.
_RATE_OF_RULE = re.compile(r"(?:支付|报销|补偿|救助|补助|补贴|奖补|资助|分担|负担)比例$")
#: Where money comes from: 80%通过调整价格补偿, 20%由财政补助.
_OF_MONEY = re.compile(
    r"(?:通过|由)[^,;、]{2,20}(?:补偿|补助|负担|承担|分担|消化|解决|安排|支付|保障)(?:$|[,;、和。])"
)

_PLACES = re.compile(r"城区|城镇|城市|农村|乡村|县城|山区|牧区|[东中西]部(?:地区)?")
_WHAT_RATE = re.compile(r"..率$|比例$|占比$|比重$")
_LEVEL = re.compile(r"(?:国家|省|市|州|盟|县|区|旗|镇|乡|乡镇|村|社区|园区)级")
_BARE_GROWTH = re.compile(r"(?:年均|每年|年)?(?:增长|递增|增速|增幅|下降|提高)率?")
_BARE_RATE = re.compile(r"(?:人口|目标人群)?(?:覆盖|建成|普及|达标|开放|使用)率")
_COUNTED = re.compile(r"(?:共|共有|共计|包括|包含|分为|合计)$")

# --- Sentences and clauses --------------------------------------------------------------------


class Found(NamedTuple):
    """A figure before its year and kind are known; places are those of the condensed text."""

    names: tuple[str, ...]
    start: int
    numbers: tuple[Number, ...]
    comparators: tuple[Comparator, ...]
    end: int
    cumulative: bool = False
    reached: bool = False
    year: int | None = None
    figure_first: bool = False
    #: Who or what a figure within its name is said of (行政村 in 行政村100%通客车).
    subject: str = ""
    #: Whom a pair of figures is about (职工医保 and 居民医保).
    subjects: tuple[str, ...] = ()
    #: The noun alone, where the name says besides by what means it is provided.
    plain: str = ""
    #: The verb that a name keeps and shares with those listed behind it (培训).
    verb: str = ""


@dataclass(slots=True)
class _Reader:
    """What is known while the clauses of one sentence are read from left to right."""

    text: Text
    years: Years
    last_name: tuple[str, ...] = ()
    last_clause: tuple[int, int] | None = None
    last_start: int = 0
    last_step: bool = False
    figure_first: bool = False
    last_verb: str = ""
    subjects: tuple[str, ...] = ()


#: A colon right before a figure (覆盖率:100%) does not end the clause.
_CLAUSE = re.compile(r"(?:[^,;:]|:(?=[≥≤<>=]{0,2}\d))+")


def read_sentence(text: Text, start: int, end: int, years: Years) -> Iterator[Found]:
    """The figures of a sentence whose years are known, in the order of the text."""
    reader = _Reader(text, years)
    step: Found | None = None
    for clause in _CLAUSE.finditer(text.masked, start, end):
        first, last = clause.span()
        if last - first > LONGEST_CLAUSE:
            # Nobody writes such a clause; it is a table run together, or noise.
            continue
        if text.masked[first - 1 : first] == ";" and not _is_year(years, first, last):
            reader.last_name, reader.last_clause = (), None
        found = list(_read_clause(reader, first, last))
        if step and not (found and found[0].names == step.names and found[0].start == step.start):
            yield step
        step = None
        if found and found[-1].numbers[-1].unit.endswith("百分点"):
            # 提高3个百分点,达到35%: of a step and the level that it leads to, the level counts.
            step = found[-1]
            yield from found[:-1]
        else:
            yield from found
        reader.subjects = next((one.subjects for one in found if one.subjects), reader.subjects)
        if found:
            reader.last_name, reader.last_clause = found[-1].names, None
            reader.last_start = found[-1].start
            reader.last_step = found[-1].numbers[-1].unit.endswith("百分点")
            reader.figure_first = found[-1].figure_first
            reader.last_verb = found[-1].verb
        elif not (reader.last_name and _is_year(years, first, last)):
            reader.last_clause, reader.figure_first = (first, last), False
    if step:
        yield step


_LONGEST_YEAR = 24


def _is_year(years: Years, start: int, end: int) -> bool:
    """Whether a clause says a year and nothing else (到2025年)."""
    return any(last == end for _, last, _ in select_years(years, start, start + 1))


def _year_before(years: Years, end: int) -> bool:
    return any(last == end for _, last, _ in select_years(years, end - _LONGEST_YEAR, end))


def _read_clause(reader: _Reader, start: int, end: int) -> Iterator[Found]:
    numbers = sorted(find_numbers(reader.text, start, end), key=lambda number: number.start)
    left = start
    index = 0
    earlier: Found | None = None
    if not numbers:
        average = _read_average(reader.text, start, end)
        if average:
            yield average
    while index < len(numbers):
        bound = numbers[index + 1].start if index + 1 < len(numbers) else end
        found = _read_change(reader, left, numbers, index) or _read_one(
            reader, left, numbers, index, bound, end, earlier
        )
        if found:
            yield found
            earlier = found
            index += len(found.numbers)
            left = max(found.end, found.numbers[-1].after)
        else:
            index += 1


def _read_one(
    reader: _Reader,
    left: int,
    numbers: list[Number],
    index: int,
    bound: int,
    end: int,
    earlier: Found | None,
) -> Found | None:
    """One number of a clause with its name; None where it has none."""
    text, number = reader.text, numbers[index]
    if "元" in number.unit and not _names_money(text, reader, left, number):
        return None
    first = _read_frequency(reader, left, numbers, index, end) or _read_figure_first(
        reader, left, numbers, index, bound, end, earlier
    )
    if first or text.masked[left : number.start].endswith("等"):
        return first
    return _read_name_first(reader, left, numbers, index, end, earlier)


def _names_money(text: Text, reader: _Reader, left: int, number: Number) -> bool:
    """Sums of money are amounts, not indicators, unless an indicator of money is named."""
    link = _find_link(text, left, number.start)
    if not link or not (link["reach"] or link["bound"]):
        return False
    start, end, _ = clean_name(text, reader.years, left, link.start() + _window(left, number.start))
    return bool(NAMES_OF_MONEY.search(text.plain[start:end]))


def _window(left: int, start: int) -> int:
    return max(left, start - 30)


def _find_link(text: Text, left: int, start: int) -> re.Match[str] | None:
    """The verb and bound right before a number; positions are relative to the window."""
    words = text.masked[_window(left, start) : start]
    return _LINK.search(words, len(words.rstrip(_LINK_CHARACTERS)))


# --- The figure first -------------------------------------------------------------------------


def _read_frequency(
    reader: _Reader, left: int, numbers: list[Number], index: int, end: int
) -> Found | None:
    """参加3次以上、每次不少于30分钟的体育锻炼: a number of times, named by what comes later."""
    text, number = reader.text, numbers[index]
    if index + 1 == len(numbers) or number.unit not in ("次", "场", "回"):
        return None
    following = numbers[index + 1]
    before = text.masked[_window(left, number.start) : number.start]
    keeps = _KEEPS.search(before)
    made = keeps or _MAKES.search(before)
    if not made or not _EACH_TIME.fullmatch(text.masked, number.after, following.start):
        return None
    bound = numbers[index + 2].start if index + 2 < len(numbers) else end
    noun = find_noun(text, following, bound, end)
    if noun is None:
        return None
    # 中等强度的 is said of each time.
    start = max(noun.start, text.masked.rfind("的", noun.start, noun.whole) + 1)
    if not is_name(text, start, noun.whole):
        return None
    name = (keeps["verb"] if keeps else "") + text.word(start, noun.whole)
    begin = _window(left, number.start) + made.start()
    comparator = compare_value(made.group(), number)
    return Found((name,), begin, (number,), (comparator,), number.after)


def _read_figure_first(
    reader: _Reader,
    left: int,
    numbers: list[Number],
    index: int,
    bound: int,
    end: int,
    earlier: Found | None,
) -> Found | None:
    """建成10个养老院, 75%的村卫生室具备能力, 乡镇100%全覆盖: the name follows, in whole or part."""
    number = numbers[index]
    noun = find_noun(reader.text, number, bound, end)
    if noun is None or not number.unit:
        return None
    if number.unit in ("%", "‰"):
        common = _find_common(reader.text, numbers, index, noun, end)
        return _read_percentage_of(reader, left, number, noun, common, earlier)
    return _read_count_of(reader, left, number, noun, end, earlier)


#: How many shares with one predicate are looked for.
_LONGEST_LIST = 5


def _find_common(text: Text, numbers: list[Number], index: int, noun: Noun, end: int) -> str:
    """What 85%的A shares with those joined to it: 设立C in 85%的A和80%的B设立C."""
    if noun.whole > noun.end or _COMMON.search(text.masked, noun.start, noun.whole):
        return ""
    for after in range(index + 1, min(len(numbers), index + _LONGEST_LIST)):
        following = numbers[after]
        between = text.masked[noun.whole : following.start]
        if not (_NEXT_SHARE.fullmatch(between) and following.unit == "%"):
            return ""
        bound = numbers[after + 1].start if after + 1 < len(numbers) else end
        found = find_noun(text, following, bound, end)
        if found is None or not text.masked.startswith("的", following.after):
            return ""
        noun = found
        predicate = _COMMON.search(text.masked, noun.start, noun.whole)
        if predicate:
            able = _ABLE.search(text.masked[noun.start : predicate.start()])
            start = noun.start + able.start() if able else predicate.start()
            return text.word(start, noun.whole)
    return ""


def _read_percentage_of(
    reader: _Reader, left: int, number: Number, noun: Noun, common: str, earlier: Found | None
) -> Found | None:
    """75%的村卫生室具备能力: the name goes on to the end, for it says what they do."""
    text = reader.text
    if _OF_MONEY.match(text.masked, noun.start):
        return None
    before = text.masked[left : number.start]
    head, stop, cumulative = clean_name(text, reader.years, left, number.start)
    start, prefix, subject = _skip_joins(text, left, number.start), "", ""
    # 在全市60%的社区建立服务站: of them it is said what is done there.
    whose = _WITHIN_ALL if _COMMON.search(text.masked, noun.start, noun.whole) else _OF_ALL
    bounded = whose.fullmatch(text.masked[head:stop])
    if before[-1:] not in ("和", "及", "与", "、") and not bounded:
        # 育龄人群100%免费享有检查: all of them do; of other shares this is not said.
        whole = number.value == "100" and not text.masked.startswith("的", number.after)
        # 按标准的100%扣除: the share of something.
        whole = whole and not before.endswith("的")
        if not whole or _reaches(text, left, number) or not is_name(text, head, stop):
            return None
        start = head
        prefix = subject = text.word(head, stop)
    elif (
        earlier
        and earlier.subject
        and _JUST_JOINED.fullmatch(before)
        and _SAYS_WHAT.match(text.masked, number.after)
    ):
        # 行政村100%通客车和100%有候车亭: who has the shelters was said.
        prefix = subject = earlier.subject
    elif before == "其中" and reader.last_clause and _SAYS_WHAT.match(text.masked, noun.start):
        # 教师持证上岗,其中60%达到本科学历: of those whom the clause before is about.
        about = _SUBJECT_OF.match(text.masked, *reader.last_clause)
        prefix = text.word(*about.span("who")) if about else ""
    if not is_name(text, noun.start, noun.whole):
        return None
    name = text.word(noun.start, noun.whole)
    parts = tuple(name.split("、")) if common else (name,)
    names = parts if all(len(part) > 2 for part in parts) else (name,)
    comparator = compare_value(before[-8:], number)
    return Found(
        tuple(prefix + part + common for part in names),
        start,
        (number,),
        (comparator,),
        noun.whole,
        cumulative,
        figure_first=True,
        subject=subject,
    )


def _read_count_of(
    reader: _Reader,
    left: int,
    number: Number,
    noun: Noun,
    end: int,
    earlier: Found | None,
) -> Found | None:
    """建成10个养老院: the noun alone; 扶持78名残疾人创业: with what is done for them."""
    text = reader.text
    before = text.masked[left : number.start]
    words = before[-30:]
    if before.startswith(("按", "根据")):
        return None
    if _STRENGTHEN.search(words) and _ATTRIBUTE.match(text.masked, number.after, end):
        return None
    spent = number.unit in ("小时", "分钟") and bool(
        _TIME_SPENT.search(words) and _ACTIVITY.search(text.masked[noun.start : noun.whole])
    )
    vague = VAGUE_UNIT.search(number.unit) and not (
        number.post or _BOUND.search(words) or _is_output(text, left, number, noun, earlier)
    )
    if _CRITERION.match(text.masked, number.after) and (number.post or number.unit == "万"):
        return None
    timed = TIMES.search(number.unit) or number.unit.endswith(("岁", "倍", "元", "分"))
    if (vague or timed) and not spent:
        return None
    head, stop, cumulative = clean_name(text, reader.years, left, number.start)
    start, last, prefix, by_means = _skip_joins(text, left, number.start), noun.end, "", False
    listed = bool(earlier and earlier.figure_first and re.fullmatch("[、和及与]|以及|", before))
    among = before.endswith("等")
    if among and not _BUILT_AMONG.search(before):
        return None
    if "、" in before and _SORTS.match(text.masked, noun.start):
        return None  # 甲、乙、丙3个事项: so many were named
    made = _MAKES.search(words) or (
        _LAYS.search(words)
        if _LAID.search(number.unit)
        else _DONE_FOR.search(words)
        if number.unit in ("次", "场")
        else None
    )
    built = made and _BUILT_HERE.match(made.group())
    keeps = None if spent or built else _KEEPS.search(words)
    if keeps and _is_kept(text, keeps["verb"], number, noun):
        verb = keeps["verb"]
        if verb == "对" and number.post and text.masked.startswith("的", number.after):
            # 对3000户以上的自然村: a condition.
            return None
        if verb != "对" or _CARRIED_OUT.search(text.masked, noun.start, noun.whole):
            verb_end = number.start - len(words) + keeps.end("verb")
            start, more = _find_manner(reader, left, verb_end, verb)
            if verb_end - start > LONGEST_NAME:
                return None
            cumulative |= more
            by_means = verb == "提供" and start < verb_end
            prefix, last = text.word(start, verb_end), noun.whole
            if verb == "支持" and _SUPPORTED.search(text.masked, noun.start, noun.whole):
                prefix = ""
    elif listed and earlier and earlier.verb:
        # 培训1000名村医、500名护士: what is done is said once.
        prefix, last = earlier.verb, noun.whole
    else:
        rest = text.masked[head:stop]
        opens = reader.figure_first and _ONLY_BOUND.fullmatch(before)
        plain = _EACH.fullmatch(rest) or rest == "至少"
        # 在10个左右重点行业开展培训: about ten are to be chosen, they are not there already.
        within = (number.post or _BOUND.search(words)) and _WITHIN.search(words)
        if made and (_WISHED.search(words) or _HAVING.search(words)):
            # 力争10个县通过评估, 已有3个县通过: the counties are there, what they do counts.
            last = noun.whole
        if opens and reader.last_verb:
            # 培训1000名村医,不少于500名护士: what is done is said once.
            prefix, last = reader.last_verb, noun.whole
        if opens and _PEOPLE.fullmatch(number.unit) and _TAKES_PART.match(text.masked, noun.end):
            last = noun.whole
        if within and noun.end < noun.whole:
            how = _WITHIN_HOW.search(text.masked, noun.start, noun.end)
            last = how.start() if how else last
        if not (listed or opens or made or plain or spent or among or within):
            return None
        counted = _COUNTED.search(words) or _names_before(reader, left, number)
        if counted and not (listed or within):
            return None
    last = _end_one(text, number, noun.start, last)
    if among and last - noun.start <= 4 and _SAYS_LITTLE.search(text.masked, noun.start, last):
        start = _find_examples(text, left, number.start - 1)
        prefix = text.word(start, number.start)
    if not is_name(text, noun.start, last):
        return None
    comparator = compare_value(words[-8:], number)
    if listed and earlier and comparator is Comparator.EQUAL:
        # 至少设置1个中心和1个站
        at_least = "至少" in text.masked[max(left - 60, 0) : left]
        comparator = Comparator.AT_LEAST if at_least else comparator
    alone = text.word(noun.start, last)
    return Found(
        (prefix + alone,),
        start,
        (number,),
        (comparator,),
        last,
        cumulative,
        figure_first=True,
        plain=alone if by_means else "",
        verb="" if by_means else prefix,
    )


_BOUND = re.compile(BOUND)
_SORTS = re.compile("(?:事项|项目|方面|领域|类别|大类|环节|内容)(?:$|[,;、。])")
_HAVING = re.compile(rf"(?<![国公私所没现建设配拥具])有(?:{BOUND}|约|近)*$")
_ONLY_BOUND = re.compile(rf"(?:{BOUND}|约|近)*")
_WISHED = re.compile(rf"(?:力争|确保|争取)(?:有)?(?:{BOUND}|约|近)*$")
_TAKES_PART = re.compile("参加|接受|赴")
#: Nouns that say nothing alone: 建成甲、乙等3个平台.
_SAYS_LITTLE = re.compile("(?:平台|项目|工程|中心|基地|体系|系统|机制|行动|园区|片区|专项)$")
#: Verbs of bringing something out, and what is done for people a number of times.
_OUTPUT = re.compile(
    rf"(?:推出|打造|培育|创建|建成|建设|新建|新增|研制|研发|制定|制订|制修订|修订|出版|创作|转化|认定|引进)(?:{BOUND}|约|近)*$"
)
_DONE_FOR = re.compile(
    rf"(?:提供|享受|享有|接受|获得|参加|开展|组织|举办|进行|免费|观看|放映|放|送)(?:{BOUND}|约|近)*$"
)
_SERVICE = re.compile(
    r"(?:服务|检查|体检|访视|随访|指导|筛查|活动|讲座|演出|电影|咨询|检测|监测|培训|救助|疫苗|接种|访|戏)$"
)
_DEEDS = re.compile(
    rf"{BUILD}|{_KEEP}|完成|打造|优化|开通|铺设|打通|制修订|制定|修订|开展|组织|举办|实施|推出|发放|安装|加装|更新|更换|配备|购置|投放|添置|创建|放映"
    r"|新开|新辟|开行|办理|受理|审理|处置|调解|化解|办结"
)
_PIECES = re.compile(r"(?:条|件|起|宗|块|种|项|期|批|门|次)$")
#: 20万人口以上的县, 30户以上的自然村: a figure that says which places are meant.
_CRITERION = re.compile(
    r"(?:人口)?(?:以上|以下)?的(?:较大|大型|中等|行政|自然|建制|特困|规模|中心)?"
    r"(?:[县市区镇乡村]|城市|社区|企业|单位|学校|园区|小区|机构|家庭|街道|农户|景区|公司|项目)"
)
#: Things that are made or done piece by piece.
_LAID = re.compile(r"(?:条|块)$")
_LAYS = re.compile(
    rf"(?:{BUILD}|完成|打造|开通|铺设|修缮|整治|治理|改造|打通|疏通|优化|更新|新辟|增设)(?:{BOUND}|约|近)*$"
)
_ADMINISTRATION = re.compile(
    r"(?:工作|任务|措施|举措|行动|政策|制度|机制|计划|实事|内容|指标|改革|要求)$"
)


def _is_output(text: Text, left: int, number: Number, noun: Noun, earlier: Found | None) -> bool:
    """推出100项精品赛事, 提供1次健康检查: things made or services done, not 12项工作."""
    before = text.masked[_window(left, number.start) : number.start]
    what = text.masked[noun.start : noun.end]
    if number.unit.endswith(("次", "场", "期", "批")):
        listed = earlier and earlier.figure_first and re.fullmatch("[、和及与]|以及", before)
        return bool(listed or (_DONE_FOR.search(before) and _SERVICE.search(what)))
    laid = _LAID.search(number.unit) and _LAYS.search(before)
    return bool(laid or _OUTPUT.search(before)) and not _ADMINISTRATION.search(what)


def _end_one(text: Text, number: Number, start: int, stop: int) -> int:
    """改造1所综合医院和省立医院: one is not two, so the noun ends before the second."""
    joined = re.search("和|以及|及|与", text.masked[start:stop])
    if number.value != "1" or not joined or joined.start() < 3:
        return stop
    cut = start + joined.start()
    return cut if text.masked[cut - 1] == text.masked[stop - 1] else stop


def _find_examples(text: Text, left: int, end: int) -> int:
    """Where the examples start that 等 ends: behind the verb of 建成甲、乙等3个平台."""
    verbs = list(re.finditer(f"{_BUILT_AMONG.pattern}|推进|实施", text.masked[left:end]))
    return left + verbs[0].end() if verbs else left


def _find_manner(reader: _Reader, left: int, verb_end: int, verb: str) -> tuple[int, bool]:
    """Where a name that keeps its verb starts (通过卫星提供), and if 累计 stood there.

    What is provided for somebody is named by its noun alone: the start is then the verb's end.
    """
    verb_start = verb_end - len(verb)
    if verb in ("为", "对"):
        return verb_start, False
    first, _, cumulative = clean_name(reader.text, reader.years, left, verb_end)
    if _USED.fullmatch(verb):
        mean = _MEAN.search(reader.text.masked[max(left, verb_start - 4) : verb_start])
        return verb_start - (len(mean.group()) if mean else 0), cumulative
    if verb == "提供" and _PROVIDED.fullmatch(
        reader.text.masked, min(first, verb_start), verb_start
    ):
        return verb_end, cumulative
    first = min(first, verb_start)
    if first - 2 >= left and reader.text.masked.startswith("通过", first - 2):
        first -= 2
    return first, cumulative


def _names_before(reader: _Reader, left: int, number: Number) -> bool:
    """Whether a name and a verb of reaching stand before a figure (参保人数达到10个县的)."""
    link = _find_link(reader.text, left, number.start)
    if not link or not link["reach"] or link["reach"] == "是":
        return False
    at = _window(left, number.start) + link.start()
    start, end, _ = clean_name(reader.text, reader.years, left, at)
    return is_name(reader.text, start, end)


def _skip_joins(text: Text, left: int, end: int) -> int:
    """Where the words about a figure start; the figure itself where they are too many."""
    joins = re.match(r"(?:[、和及与]|以及)*", text.masked[left:end])
    start = left + (joins.end() if joins else 0)
    return start if end - start <= LONGEST_NAME else end


def _is_kept(text: Text, verb: str, number: Number, noun: Noun) -> bool:
    """为 and 对 are verbs of a figure before people: 为250名残疾人提供培训.

    对 is one too where it is said what is done (对10座场馆进行改造), but not to 2个县, which are
    there.
    """
    done = (
        verb == "对"
        and (number.post or number.unit != "个")
        and _CARRIED_OUT.search(text.masked, noun.start, noun.whole)
    )
    # 为1200间教室安装灯具
    fitted = verb == "为" and _FITTED.search(text.masked, noun.start + 2, noun.whole)
    return verb not in ("为", "对") or bool(done or fitted or _PEOPLE.fullmatch(number.unit))


#: What is put into what there are so many of.
_FITTED = re.compile("(?:安装|加装|更换|配备|配置|购置|增设|改造|铺设)(?=[一-鿿]{2})")


def _reaches(text: Text, left: int, number: Number) -> bool:
    link = _find_link(text, left, number.start)
    return bool(link and link["reach"] and link["reach"] != "是")


# --- The name first ---------------------------------------------------------------------------


def _read_name_first(
    reader: _Reader,
    left: int,
    numbers: list[Number],
    index: int,
    end: int,
    earlier: Found | None,
) -> Found | None:
    """覆盖率达到95%以上, 示范性高中35所左右: the name stands before the figure."""
    text, number = reader.text, numbers[index]
    link = _find_link(text, left, number.start)
    linked = bool(link and (link["reach"] or link["bound"]))
    at = _window(left, number.start) + (link.start() if link else 0)
    words = link.group() if link else ""
    if not _fits_tail(text, numbers, index, end, linked):
        return None
    change = _CHANGE.search(text.masked[_window(left, number.start) : number.start])
    if change:
        at = _window(left, number.start) + change.end("change")
        words = text.masked[at : number.start]
        if number.unit.endswith(("百分点", "岁", "年")):
            at = _window(left, number.start) + change.start()
            than = _THAN.search(text.masked[_window(left, at) : at])
            at = _window(left, at) + than.start() if than else at
        linked = True
    related = (
        None if linked else _RELATED.search(text.masked[_window(left, number.start) : number.start])
    )
    if related and number.unit in ("%", "倍"):
        reach = related.start()
        words = related.group()[: related.start("other") - reach]
        at = _window(left, number.start) + reach
        bare = at == left or not HAN.search(text.masked, left, at)
        if text.masked.startswith("占", at) or (bare and text.masked.startswith("达", at)):
            at = _window(left, number.start) + related.end("other")
        linked = True
    start, stop, cumulative = clean_name(text, reader.years, left, at)
    names: tuple[str, ...] = ()
    year: int | None = None
    turn = _TURN.fullmatch(text.masked[left : number.start])
    if earlier and earlier.reached and turn:
        names, start, linked, words = earlier.names, earlier.start, True, ""
        year = int(turn["year"]) if turn["year"] else None
    elif start >= stop and linked and not related and left == _clause_start(text, left):
        names, start = _inherit(reader, left, number)
    elif start >= stop and reader.last_name and not reader.last_clause and not earlier:
        # …完成6万户,到2025年累计完成15万户
        names, start = _inherit(reader, left, number)
        linked = bool(names)
    elif is_name(text, start, stop):
        start = skip_works(text, start, stop)
        start = skip_building(text, start, stop, number)
        names = (text.word(start, stop),)
    if earlier and left == number.start and not earlier.figure_first:
        # 达到11大类37项: two figures of one name.
        names, start, linked = earlier.names, earlier.start, True
    if not names or _DUES.search(names[-1]):
        return None
    if change and number.unit.endswith("百分点") and _RATE_OF_RULE.search(names[-1]):
        return None
    # 改造背街小巷30条: a work of its own; not 制定措施30条.
    listed = earlier and earlier.numbers[-1].unit == number.unit
    listed = listed and text.masked[left : left + 1] in ("、", "和")
    made = bool(listed and _LAID.search(number.unit)) or bool(
        _PIECES.search(number.unit)
        and _DEEDS.search(text.masked, left, min(start + 8, at))
        and not _ADMINISTRATION.search(names[-1])
    )
    if not fits_unit(names[-1], number, linked or made):
        return None
    if names[0].startswith("按照"):
        return None
    if not linked and (
        text.masked.endswith("的", left, number.start)
        or _COUNTED.search(text.masked[left : number.start])
        or names[0].startswith("按")
    ):
        return None
    verb = ""
    if _PEOPLE.fullmatch(number.unit):
        joined = earlier and not linked and _JUST_JOINED.match(text.masked[left:at])
        if joined and earlier and not _DEEDS.search(names[0]):
            # 培训院长80名、护理员500名: what is done is said once.
            names = (_verb_for_people(earlier.verb) + names[0],)
        verb = _verb_for_people(names[-1])
    group = [number]
    subjects: tuple[str, ...] = ()
    level = _LEVEL.match(names[0])
    if level and level.end() == len(names[0]):
        # 建成省级示范站10个、县级20个: of what they are was said.
        of = _LEVEL.match(earlier.names[-1]) if earlier else None
        if not (earlier and of):
            return None
        names = (level.group() + earlier.names[-1][of.end() :],)
    if reader.last_name and _BARE_GROWTH.fullmatch(names[0]):
        names = (reader.last_name[-1] + names[0],)
    head = earlier and LISTED_HEAD.match(re.sub("^全[国省市县区州]", "", earlier.names[-1]))
    if head and earlier and _JUST_JOINED.match(text.masked[left:at]) and "每" not in names[0]:
        # 每千人口拥有医师3人、护士4人
        names = (head.group() + names[0],)
    elif _BARE_RATE.fullmatch(names[0]) and reader.last_clause and not earlier:
        names = (_name_rate(text, reader.last_clause, names[0]),)
    owners, respectively, what = names[0].partition("分别")
    if respectively and not owners and what[:1] in "比较":
        return None
    follow = _follow(text, numbers, index, related=bool(related))
    if respectively and what:
        # 城镇、农村居民收入分别增长, 小学、初中分别新增学位
        group, names = follow, (owners + what,)
        parts = () if change else part_name(owners, len(group))
        if len(parts) == len(group):
            names = tuple(part + what for part in parts)
        else:
            names = share_name(names[0], len(group)) or names
    elif "分别" in words or text.masked[max(left, at - 2) : at] == "分别":
        group = follow
        shared = share_name(names[0], len(group))
        subjects = find_subjects(shared, 4 if shared and shared[0] in names[0] else 2)
        names = shared or part_name(names[0], len(group)) or names
        if len(names) == 1 and len(reader.subjects) == len(group):
            # 年度限额分别为…: of those whom the sentence is about.
            names = tuple(subject + names[0] for subject in reader.subjects)
    elif words.endswith("各"):
        # 示范高中和特色学校各50所
        names = part_name(names[0], 2) or names
    elif _OF_EACH.search(words):
        names = share_name(names[0], 0) or names
    elif text.masked[number.start - 1] == "各":
        # 建成图书馆和文化馆各3个
        names = tuple(part for part in re.split("、|和", names[0]) if len(part) > 1) or names
    elif reader.last_name and _PLACES.fullmatch(names[0]) and number.unit == "%":
        # 普及率达到80%,其中城区达到90%
        rate = _WHAT_RATE.search(reader.last_name[-1])
        names = (names[0] + rate.group(),) if rate else names
    elif len(follow) > 1 and len(share_name(names[0], 0)) == len(follow):
        # 养护率、绿化率达到90%、80%
        group, names = follow, share_name(names[0], 0)
    if len(names) > 1 and len(group) not in (1, len(names)):
        names = (names[-1],)
    # 分别达到50%、60%以上: the last word goes for all.
    post = group[-1].post
    comparators = tuple(
        compare_value(
            words if entry is number or not entry.post else "",
            entry if entry.post or not post else entry._replace(post=post),
        )
        for entry in group
    )
    return Found(
        names,
        start,
        tuple(group),
        comparators,
        group[-1].after,
        cumulative,
        year=year,
        subjects=subjects,
        verb=verb,
    )


#: 巩固率和入园率均达到95%: said of each of them.
_OF_EACH = re.compile(r"(?<![平人年])均|都")
#: What is done for people, one list of whom may stand behind it.
_FOR_PEOPLE = re.compile("培训|轮训|培养|招聘|招募|引进|选派|选聘|转移|安置|资助|救助|帮扶|扶持")
_BARE_RATE = re.compile(r"(?:覆盖|普及|达标|建成|完成|合格|设置|配备)率")
_IMPROVED = re.compile(
    r"(?:进一步|持续|全面)?(?:加强|推进|完善|健全|加快|实施|开展|建立|扩大|规范|推动)"
    r"(?P<what>[^,;:。]{4,30}?)(?:建设|发展|改造|工作|全覆盖)?"
)


def _verb_for_people(words: str) -> str:
    found = _FOR_PEOPLE.match(words)
    return found.group() if found else ""


def _name_rate(text: Text, clause: tuple[int, int], rate: str) -> str:
    """加强工作站建设,覆盖率达到100%: the rate of what the clause before is about."""
    found = _IMPROVED.fullmatch(text.masked, *clause)
    return text.word(*found.span("what")) + rate if found else rate


def _clause_start(text: Text, left: int) -> int:
    return left if not left or text.masked[left - 1] in ",;:。!?\n" else -1


#: 食堂数量翻一番,达到120个: that it grew is no part of its name.
_GROWN = re.compile(
    "(?:翻[一两]番|(?:大幅|显著|明显|稳步|进一步|持续|不断|逐步)+(?:提高|提升|增加|增长|扩大|下降|降低))$"
)


def _inherit(reader: _Reader, left: int, number: Number) -> tuple[tuple[str, ...], int]:
    """达到95%, alone in its clause, is said of the clause before.

    A clause with a figure is meant where the second gives a new year (2018年达到67%,2020年达到
    70%) or the first only a step (提高2个百分点,达到35%).
    """
    text = reader.text
    if reader.last_clause:
        start, stop, _ = clean_name(text, reader.years, *reader.last_clause)
        if grown := _GROWN.search(text.masked, start, stop):
            stop = grown.start()
        if is_name(text, start, stop) and re.search(
            r"(?:率|比例|比重|数|量|面积|水平|覆盖面|规模|寿命)$", text.masked[start:stop]
        ):
            return (text.word(start, stop),), start
        return (), left
    year = select_years(reader.years, left, number.start) or (
        # 到2023年达到50%;到2025年,达到60%
        _year_before(reader.years, left - 1)
    )
    if reader.last_name and (reader.last_step or year):
        return reader.last_name[-1:], reader.last_start
    return (), left


def _fits_tail(text: Text, numbers: list[Number], index: int, end: int, linked: bool) -> bool:
    """What may follow a figure that belongs to the name before it."""
    number = numbers[index]
    tail = text.masked[number.after : end]
    if not tail or _GOAL.match(tail):
        return not tail.startswith("水平") or linked
    linked = linked and text.masked[number.start - 1] != "在"
    if tail.startswith(("的", "且", "或", "及以")):
        return False
    if tail[0] in "、和及与并" or tail[0] == ASIDE or tail.startswith("以及"):
        return True
    return linked and not tail.startswith(("水平", "比例"))


#: What joins the figures of one 分别.
_FOLLOWS = re.compile(rf"(?:[、和及与]|以及)?(?:{ADVERB}|{BOUND}|达到)*")
#: 分别提高到A的8倍和B的8倍: each figure with what it is measured by.
_FOLLOWS_MEASURED = re.compile(rf"{_FOLLOWS.pattern}(?:[^,;、。□\d]{{2,25}}?的?)?")


def _follow(
    text: Text, numbers: list[Number], index: int, *, related: bool = False
) -> list[Number]:
    """The numbers of one 分别: each joined to the one before by a mere 、 or 和."""
    group = [numbers[index]]
    follows = _FOLLOWS_MEASURED if related else _FOLLOWS
    for number in numbers[index + 1 :]:
        between = text.masked[group[-1].after : number.start]
        if not follows.fullmatch(between):
            break
        group.append(number)
    return group


def _read_change(reader: _Reader, left: int, numbers: list[Number], index: int) -> Found | None:
    """比例由2015年的36%提高到100%: the old figure, of the year given; the new one follows."""
    text, number = reader.text, numbers[index]
    if index + 1 == len(numbers):
        return None
    window = _window(left, number.start)
    came = _FROM.search(text.masked[window : number.start])
    if not came or not _TURN.fullmatch(text.masked[number.end : numbers[index + 1].start]):
        return None
    start, stop, cumulative = clean_name(text, reader.years, left, window + came.start())
    of_money = "元" in number.unit and not NAMES_OF_MONEY.search(text.plain[start:stop])
    if of_money or not is_name(text, start, stop):
        return None
    return Found(
        (text.word(start, stop),),
        start,
        (number,),
        (Comparator.EQUAL,),
        number.after,
        cumulative,
        reached=True,
        year=int(came["year"][:4]) if came["year"] else None,
    )


def _read_average(text: Text, start: int, end: int) -> Found | None:
    """孕产妇死亡率低于全国平均水平."""
    average = text.masked.find("平均", start, end) >= 0
    found = _AVERAGE.search(text.masked, start, end) if average else None
    if not found:
        return None
    first, last, cumulative = clean_name(text, [], start, found.start())
    if not is_name(text, first, last):
        return None
    number = Number(found.start("value"), found.end(), found.end(), found["value"], "", False, "")
    return Found(
        (text.word(first, last),),
        first,
        (number,),
        (Comparator.BELOW_NATIONAL_AVERAGE,),
        found.end(),
        cumulative,
    )
