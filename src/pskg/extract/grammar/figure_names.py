"""The names of figures: where one starts and ends, and names that several figures share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pskg.extract.grammar.figure_numbers import MEASURES, Number, Years, select_years
from pskg.extract.grammar.figure_text import (
    ASIDE,
    LONGEST_NAME,
    PAIRS,
    Text,
    hide_asides,
    one_width,
)

__all__ = [
    "ADVERB",
    "BUILD",
    "HAN",
    "LEAD",
    "LISTED_HEAD",
    "NAMES_OF_MONEY",
    "PERIOD",
    "TIMES",
    "VAGUE_UNIT",
    "Noun",
    "clean_name",
    "find_noun",
    "find_subjects",
    "fits_unit",
    "is_name",
    "part_name",
    "share_name",
    "skip_building",
    "skip_works",
]


# --- A name before its figure -----------------------------------------------------------------


#: Adverbs between a name and its verb; not where they are the end of a longer word (功能, 人均).
#: What must not stand before one is told behind its first character: where another character
#: stands, a branch that opens with its own is passed over at once.
ADVERB = (
    r"逐步|均(?<![年人户平日月次]均)|都(?<![首成]都)|分别|各(?<!的各)|基本|普遍|全部|稳步|力争|努力|争取|确保|也|将"
    r"|应(?<![供响对反相适效]应)|要(?<![主需重必纲]要)|需(?<![必急供所]需)|须(?<!必须)|可(?<![许认]可)"
    r"|能(?<![功性机职效技节智产体]能)|已经?|保持|总体|大致|原则上|进一步|一律|首次|全面|最终|同步|年内"
    r"|约(?<![节集合公契预条签]约)|近(?<![附邻最]近)|大约|预计|平均|一般"
)

#: How often: no part of a name.
PERIOD = r"每(?:个?(?:月|季度|学期|学年|星期)|季|半年|周(?!边|岁)|年度?)"

#: Within what time: 五年内, 未来三年.
_SPAN = (
    r"(?:(?:今后|未来)?[一二三四五六七八九十\d]{1,2}年"
    r"(?:之?内|间|时间|(?=[新累共建改培]|完成|实[现施]|支持|扶持|帮助|引[进导]|开[展发]|组织|提供|发放|安置|转移|资助|免费|全[市县区省])))"
)

#: What may stand before a name and is not part of it.
_REGION = (
    r"(?:[我本](?:市|省|县|区|州|盟|旗|镇|乡|街道)(?![域外内间级直属])"
    rf"|全(?:市|省|县|区|州|盟|旗|镇|乡|街道)(?=[建完实计预力培新共年要]|现有|开工|改造|筹集|{PERIOD}))"
)
_AIM = (
    r"[、,:;。.)）”\n]+|[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)、]|\.(?!\d))|[①-⑳]"
    r"|[一二三四五六七八九]是(?!否)|其中[:,]?|同时|以及|并且|并(?!轨|网|发)|且|及|与|和(?!谐|平)|到?期末"
    r"|力争(?:到)?|确保|保证|争取|努力|实现|使(?!用)|让|将|把|预计|计划"
    r"|通过|做到|实行|倡导|鼓励|引导|在[^,、□]{1,6}[内中上](?=[一-鿿]{4})|在[^,、□]{2,12}(?:领域|方面|环节)(?=[一-鿿]{4})"
    r"|年内|全年|要(?!素)|应(?!急|用|届)|须|逐步|稳步|进一步|继续|积极|大力|切实|加快|着力|普遍|全面"
    r"|基本(?=实现|完成|建成|形成|普及|消除|达到|建立)|优先|预期|推动|推进|促进|提高|加大|提升|落实"
    r"|重点(?=引进|培养|支持|扶持|选拔|评选|培训|建设|打造|推进|发展|资助|新建|改造|实施|完成|培育)"
    r"|[省市县区州盟旗]、[省市县区州盟旗]□*[两三]级(?=重?点?[一-鿿]{4})"
    rf"|{PERIOD}|{_SPAN}|年均(?=[一-鿿]{{4}})|现有|已有|共有|共(?=建|新|完成)|累计|{_REGION}|我国"
    r"|以[^,、]{1,14}为单位|已经?(?=建成|建立|设立)|应?当按照?(?=人均|每)"
    r"|(?:自|从)?(?:19|20)\d\d年起|同步(?=[新加改扩建完更增])"
    r"|对(?=[^,、;]{4,30}(?:检查|监管|督导|抽查|巡查|监测|检测|管理|服务|保障|指导)(?:覆盖)?率$)"
)
#: Verbs of doing and having: no part of a name either, but of what a name says of its noun
#: (开展医养服务的机构比例).
_DEED = (
    r"每[个名所家]?(?![百千万十])[一-鿿□]{1,8}?(?:至少)?(?:配备|配置|设立|设置|建有|建成|安排)(?=[一-鿿□]{2})"
    r"|提供(?=[一-鿿]{4})(?!率|者)|完成(?!率|量|情况)|建成(?!区(?!级))|建设(?!用地|项目|资金|标准(?!化)|投资)|建立|创建(?!活动|率)|打造|设立|设置|开设(?=[^的,、]*$)|实施(?!率)"
    r"|在[^,;]{0,30}(?:场所|区域|地区|路段|[小社园]区|站点?|[街乡]镇|公园|校园|景区)(?:新建|增设|建设|设置|配备|配置|投放|布设|安装)(?=[一-鿿□]{2})"
    r"|(?:免费|无偿)?(?:为|向|给|对)[^,、;]{2,40}?(?:开展|提供|进行|实施|举办|发放|配备|安装)(?=[一-鿿□]{2})"
    r"|培育(?!率)|开发(?!区|利用|商|率|量)|筹集(?:建设|房源)?(?!资金)|认定|命名|评选|遴选|形成|推出|开展|组织(?!机构|率|化|生活|体系|架构|领导|部门|实施)|举办(?!者|方)|办好|拥有|配备|配置"
)
LEAD = re.compile(rf"{_AIM}|(?P<deed>{_DEED})")
_SAID_OF = re.compile(r"[^,、]*的[^的,、]*?(?:率|比例|占比|比重)$|[^,]*?[^的](?:比例|占比)$")
_TRAIL = re.compile(
    rf"(?:(?<=住房|工程|项目|改造|设施|房源|床位|学位|车位|泊位|托位|小区|公路|公园)(?:基本|已经?)?(?:建成|开工|竣工|完工)"
    rf"|{ADVERB}|累计|年均|完成|实现|的|[、,:和]|(?<![普涉以])及|(?<!参)与|每年|到|至)$"
)
_BARE_NAMES = re.compile(
    r"(?:比例|标准|人数|数量|其|总数|规模|水平|比重|目标|总量|任务|以上|以下|上述|开展|放映|参加|工作|项目|占比|(?:同比|环比)(?:增长|提高|下降)?"
    r"|每(?![百千万十])[个一]?[一-鿿]{1,4}□*)?"
)
_STOP_NAMES = re.compile(
    r"(?:第|等|共|满|未满|每|距|提前|为期|期限|不足|左右|以来|按|按照|占地|面向|针对|超过|自|从|前|后|每周|每月|参加|进行"
    r"|滞后|领先|排名|位居|位列|不少|规定|(?<!签)约|分解|划分|细分|建成)$"
    r"|^(?:约占|包括|包含|含有|目前|根据|依据|依照|对于|[高低]于|[比较](?![例重率值分对])|自(?![治然主助动我行愿学来])|从(?!业)"
    r"|凡|如|若|因(?!公|病|地|素)|附件|电话(?!.{0,8}率$)|邮编|\d[\d.]*%)"
)
#: 共8类16项: a figure names no other one.
_ENDS_IN_FIGURE = re.compile(
    rf"[一二三四五六七八九十](?:大?类|大|个?方面)$|\d(?:[%‰]|[千百十]?[万亿]?(?:{MEASURES})?)$"
)
HAN = re.compile(r"[一-鿿□]")

_NUMBER_IN_BRACKETS = re.compile(r"\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)")
#: Who does something how often, before what is done: 每个乡镇每年|送戏.
_HOW_OFTEN = re.compile(
    rf"[^,;、]{{0,40}}{PERIOD}"
    r"(?=(?:免费)?(?:送|补充|更新|购置|发放|播[放出]|开展|组织|举办|放映|培训|轮训|提供|新增|完成|安排|参加|改造|新建|建设))"
)
#: 每名孕产妇产前检查, 每个乡镇公共图书馆, 每个农家书屋藏书: of each of how many no name tells.
_OF_EACH = re.compile(
    r"每[名位][一-鿿]{0,6}?(?:孕产妇|妇女|儿童|幼儿|新生儿|学生|老年人|居民|职工|教师|残疾人|患者|人员|对象)(?=[一-鿿]{3,})"
    r"|每个?(?:县|设区市|市|区|旗|乡镇|街道|行政村|苏木|嘎查)□*(?=[一-鿿]{4,})(?!级)"
    r"|每[个所家座处](?=[一-鿿]{4,})(?![^,]{0,12}每)"
)
#: 改造到2025年完成6万户: all that a verb behind the year adds.
_DONE_BY = re.compile(r"(?:累计|力争|共|基本|全部)*(?:完成|实现|达到|建成)?")
_BARE_PERIOD = re.compile(
    r"^(?:19|20)\d\d年?[-~至到]{1,2}(?:19|20)\d\d年(?:期间)?[,]?|^“?十[一二三四五六七八九]?五”?(?:规划)?(?:期间|时期|以来)[,]?"
)


#: By which units a rate is measured (接种率以乡镇为单位达到…), and what each of many places has.
_BY_UNIT = re.compile(r"以[^,、]{1,8}为单位$")
_EACH_PLACE = re.compile(
    r"各(?:县市区|市县|县区|旗县|[省市县区州盟旗镇乡])□*(?=[一-鿿]{3,}(?:率|占比|比例|比重)$)"
)


def clean_name(text: Text, years: Years, start: int, end: int) -> tuple[int, int, bool]:
    """Where a name really starts and ends, and whether 累计 stood around it."""
    cumulative = False
    plain, masked = text.plain, text.masked
    # (甲局负责)困难家庭改造: a bracket that stands before a name is no part of it.
    while start < end and masked[start] == ASIDE and plain[start] == "(":
        start = plain.find(")", start, end) + 1 or end
    for first, last, _ in select_years(years, start, end):
        # 2015年底全市持卡率 / 参保率到2020年: what stands behind the year, or else before it.
        told = HAN.search(masked, last, end) and not (
            HAN.search(masked, start, first) and _DONE_BY.fullmatch(masked, last, end)
        )
        if end - last >= 2 and told:
            start = last
        else:
            cumulative |= "累计" in masked[last:end]
            end = min(end, first)
    while start < end:
        period = _BARE_PERIOD.match(plain[start : min(end, start + 16)])
        if period:
            start += period.end()
            continue
        numbered = _NUMBER_IN_BRACKETS.match(plain, start, end)
        if numbered:
            start = numbered.end()
            continue
        lead = LEAD.match(masked, start, end)
        if not lead or (lead["deed"] and _SAID_OF.match(masked, lead.end(), end)):
            break
        cumulative |= lead.group() == "累计"
        start = lead.end()
    places = _EACH_PLACE.match(masked[start:end])
    start += places.end() if places else 0
    each = _OF_EACH.match(masked, start, end)
    start = each.end() if each else start
    often = _HOW_OFTEN.match(masked, start, end)
    if often:
        start, end, more = clean_name(text, [], often.end(), end)
        return start, end, cumulative or more
    unit = _BY_UNIT.search(masked, max(start, end - 14), end)
    end = unit.start() if unit else end
    while start < end:
        trail = _TRAIL.search(masked, max(start, end - 5), end)
        if not trail:
            break
        cumulative |= trail.group() == "累计"
        end = trail.start()
    return start, end, cumulative or "累计" in masked[start:end]


def is_name(text: Text, start: int, end: int) -> bool:
    """Whether a stretch may be the name of a figure: long enough, and more than 比例 or 其中."""
    masked = text.masked[start:end]
    if not 2 <= len(masked) <= LONGEST_NAME or len(HAN.findall(masked)) < 2:
        return False
    bare = _BARE_NAMES.fullmatch(masked) or _ENDS_IN_FIGURE.search(masked)
    return not (bare or _STOP_NAMES.search(masked))


_LENT = re.compile("带动|支持|帮助|引导|推动")
_WORKS = re.compile("加强|完善|健全|优化|改善|强化|深化|扩大|加快|提高|推进")


def skip_works(text: Text, start: int, stop: int) -> int:
    """加强治理、改善环境、森林覆盖率: works before the name are no part of it."""
    lent = _LENT.match(text.masked, start, stop)
    if lent and _MEASURED.search(text.masked, start, stop):
        start += lent.end()
    while _WORKS.match(text.masked, start, stop):
        at = text.masked.find("、", start, stop)
        if at < 0:
            break
        start = at + 1
    return start


#: Building anew, perhaps with rebuilding beside it: 新建, 新建、改扩建, 新(改、扩)建.
BUILD = (
    r"(?:新开工建设|新开工|筹集建设|筹建|新建|新改扩?建|新□{1,9}建|建设|建成|建有|修建|兴建)"
    r"(?:(?:[、和或及]|以及)?(?:新建|改扩建|改建|扩建|迁建|改造|(?:规范|改造)提升))*"
)

_BUILT = re.compile(rf"(?:已经?)?{BUILD}(?!用地|项目|资金|标准(?!化)|投资|规模)(?=[一-鿿“]{{2}})")

_MEASURED = re.compile(
    r"(?:率|比例|比重|占比|数|量|面积|水平|覆盖面?|规模|寿命|人次|时间|指数|额|值|长度|床位|收入|满意度|知晓度|程度)$"
)

#: 新建小区配建幼儿园: what is counted is built in what is built.
_BUILT_AGAIN = re.compile(r"配建|配套|建设|建成|建有|设立|设置|配备")


def skip_building(text: Text, start: int, stop: int, number: Number) -> int:
    """新建、改扩建幼儿园10所 counts 幼儿园; but 新建居住区覆盖率95% has 新建居住区 in its name."""
    built = _BUILT.match(text.masked, start, stop)
    if not built or number.unit in ("", "%", "‰", "倍", "个百分点"):
        return start
    name = text.masked[built.end() : stop]
    return start if _MEASURED.search(name) or _BUILT_AGAIN.search(name) else built.end()


TIMES = re.compile(r"(?:小时|分钟|天|年|个月)$")
_NAMES_OF_TIME = re.compile(r"(?:年限|时间|时长|寿命|周期|住院日)$")
_NAMES_OF_DISTANCE = re.compile(r"(?:半径|距离)$")
NAMES_OF_MONEY = re.compile(
    r"(?:生产总值|收入|增加值|产值|规模|产出|(?:零售|进出口|销售|交易|消费|成交)总?额|GDP|支出)$"
)

_CHECKS = re.compile(r"(?:督查|督导|会议|调研|通报|自查|考核|调度|评估)$")
_NAMES_OF_NUMBER = re.compile(r"(?:人数|个数|总数|[次量])$")
_NAMES_OF_RATIO = re.compile(r"(?:指数|系数|性别比|比值|得分|比例|寿命|综合评价)$")
#: 1∶4 is of staff and those they look after; by what ratio costs are borne is no indicator.
_OF_TWO = re.compile(r"\d[:：∶]\d")
_NAMES_OF_PROPORTION = re.compile(
    r"(?:师生|生师|学生|教师|教职工|医护|床护|床位|护理|护士|人员|配备|配置)[^,]{0,4}(?<![分承负]担)(?:比例?|之比)$"
)

VAGUE_UNIT = re.compile(
    r"(?:项|种|类|(?<![人场户家])次|条|批|期|门|起|年|对|分|块|件|岁|天|小时|分钟|班|[千百]?万|亿)$"
)


def fits_unit(name: str, number: Number, linked: bool) -> bool:
    """Units that say little by themselves need a verb, or a name that calls for them."""
    unit = number.unit
    if "×" in number.value and unit.endswith("小时"):
        return False  # 5×8小时: when it is open
    if _OF_TWO.search(number.value):
        return linked and bool(_NAMES_OF_PROPORTION.search(name))
    if not unit:
        return linked and bool(
            _NAMES_OF_RATIO.search(name) or ("/" in number.value and name.endswith("率"))
        )
    if "元" in unit:
        return bool(NAMES_OF_MONEY.search(name))
    if unit.endswith("岁"):
        return name.endswith("寿命") or (linked and name.endswith("年龄"))
    if _NAMES_OF_DISTANCE.search(name):
        return False
    if TIMES.search(unit):
        return linked and bool(_NAMES_OF_TIME.search(name))
    if unit.endswith("次") and _CHECKS.search(name):
        return False
    if VAGUE_UNIT.search(unit):
        return linked or bool(number.post) or bool(_NAMES_OF_NUMBER.search(name))
    return True


# --- The noun behind a figure -----------------------------------------------------------------


_JOIN = re.compile(r"以及|[、且]|和(?!谐|平)|(?<![普涉以])及|(?<!参)与|(?<!合)并|或")
_NO_NOUN = re.compile(
    r"[、及与并且或,;]|和(?!谐|平)|以及|的?(?:目标|任务|要求|水平|标准)(?=[,、。;]|$)"
    r"|的?(?:比例|费率|幅度|速度|增速)"
)

_ABSTRACT = re.compile(r"个?(?:方面|领域|统一|协调|机制|阶段|环节|层次|步骤|工作日|月|百分点)")
_TASK_TAIL = re.compile(
    r"(?:的?(?:目标任务|目标|任务)|的(?:标准|要求)|的(?:[^的]{0,20}(?:建设|提升|培养|工作|任务|目标)))$"
)
_PREDICATE = re.compile(
    r"(?<=[^的]{2})(?:提供|予以|给予|进行|开展|实施|实现|达到|参加|接受|通过|设立|建立|具备|符合|享受|享有|获得)"
)
_NEXT_WORK = re.compile(
    r"(?:[、,]|并|和|及|以及)(?=完善|健全|推进|加强|提高|提升|促进|推动|支持|鼓励|建立|优化|开展|实施|打造|建设|形成)"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """The noun behind a figure: where it ends, and where what is said of it ends."""

    start: int
    end: int
    whole: int


def find_noun(text: Text, number: Number, bound: int, end: int) -> Noun | None:
    """The noun behind a figure, if one stands there."""
    masked = text.masked
    start = number.after
    while start < bound and masked[start] == ASIDE and masked[start - 1] != "的" and number.post:
        start += 1
    if masked.startswith("的", start):
        start += 1
    if start >= bound or _NO_NOUN.match(masked, start, end) or not HAN.match(masked, start):
        return None
    if text.plain[start] in "([【":
        return None
    if _ABSTRACT.match(masked, start):
        return None
    stop = bound
    if bound < end:
        joins = [match.start() for match in _JOIN.finditer(masked, start, bound)]
        if not joins:
            return None
        stop = joins[-1]
    work = _NEXT_WORK.search(masked, start, stop)
    if work:
        stop = work.start()
    tail = _TASK_TAIL.search(masked[start:stop])
    if tail and tail.start() >= 2:
        stop = start + tail.start()
    whole = stop
    predicate = _PREDICATE.search(masked, start, stop)
    if predicate and predicate.start() > start:
        stop = predicate.start()
    return Noun(start, stop, whole)


# --- Names that are joined --------------------------------------------------------------------


#: Where the part that joined names share may begin: 职工和城乡居民|基本医疗保险…
_SHARED = re.compile(
    r"基本|综合|人均|平均|年均|每千|每万|劳动|参保|覆盖|普及|毛入|净入|入学|入园|巩固|达标|集中供养|低保|医保|养老|医疗|政策"
)

#: Whom joined names are about: 职工|医保政策范围内…, 城镇|居民人均….
_SUBJECT = re.compile(
    r"(?:城乡)?(?:居民|职工|人口|学生|儿童|老年人|残疾人|家庭)?(?:基本)?"
    r"(?:医保|医疗保险|养老保险|失业保险|工伤保险|生育保险|保险|低保|供养对象)?"
)


def find_subjects(names: tuple[str, ...], least: int) -> tuple[str, ...]:
    """职工医保 and 居民医保, out of two names that differ in their subject alone.

    ``least`` is how much the names must have in common: little where one stood for both.
    """
    if len(names) < 2:
        return ()
    common = 0
    while len({name[-common - 1 :] for name in names}) == 1:
        common += 1
    heads = [name[: len(name) - common] for name in names]
    if common < least or not all(heads):
        return ()
    subject = _SUBJECT.match(names[0], len(heads[0]))
    return tuple(head + (subject.group() if subject else "") for head in heads)


_NAMES = re.compile(r"、|以及|(?:和|(?<![普涉])及|(?<!参)与)(?!谐|平|格|时)")


_DIVIDERS = (_NAMES, re.compile("、|以及|和(?!谐|平)"), re.compile("、"))
_GRADED = re.compile(r"(?P<head>.*?)[一二三四五六]级")


def share_name(name: str, wanted: int) -> tuple[str, ...]:
    """Take joined names apart; ``wanted`` says how many there must be, 0 leaves it open.

    Nothing is returned where the name cannot be taken apart for certain.
    """
    # 、 divides for certain; 和 and 与 may also stand within a name.
    return next(
        (found for divider in _DIVIDERS if (found := _share_parts(name, wanted, divider))), ()
    )


#: 甲患者规范管理率和治疗率: both rates are of the patients.
_WHOSE_RATE = re.compile(r".{0,20}?(?:患者|人群|孕产妇|儿童|老年人)(?=.{2,8}率$)")


def _share_parts(name: str, wanted: int, divider: re.Pattern[str]) -> tuple[str, ...]:
    plain = hide_asides(one_width(name), PAIRS)
    cuts = [(0, 0), *(match.span() for match in divider.finditer(plain)), (len(name), len(name))]
    parts = [name[before[1] : after[0]] for before, after in pairwise(cuts)]
    if len(parts) < 2 or len(parts) > 8 or not all(parts) or (wanted > 1 and len(parts) != wanted):
        return ()
    if all(_MEASURED.search(part) for part in parts):
        first = parts[0]
        if not re.search(r"[毛净总].{3}$", first):
            # 污水收集率和处理率: a bare second rate has the subject of the first.
            people = _WHOSE_RATE.match(first)
            head = people.group() if people else first[:-3]
            parts[1:] = [
                head + part
                if len(part) == 3 and part[-1] == "率" == first[-1] and len(first) > 5
                else part
                for part in parts[1:]
            ]
        return _share_head(tuple(parts))
    if grades := _share_grades(parts):
        return grades
    joint = wanted < 2
    graded, ending = _GRADED.fullmatch(parts[0]), _GRADED.match(parts[-1])
    if graded and ending and all(_GRADED.fullmatch(part) for part in parts[:-1]):
        # 居民医保一级、二级、三级医院报销比例
        head, tail = graded["head"], parts[-1][ending.end() :]
        whole = [*(part + tail for part in parts[:-1]), parts[-1]]
        return tuple(part if part.startswith(head) else head + part for part in whole)
    if any((joint and len(part) < 2) or _MEASURED.search(part) for part in parts[:-1]):
        return ()
    tail = _find_tail(parts, joint=joint)
    if not tail:
        return ()
    # Of two names both are of the region; of a longer list each stands as written.
    region = re.match("全[国省市县区州]", parts[0]) if len(parts) == 2 else None
    last = region.group() + parts[-1] if region else parts[-1]
    return (*(part + tail for part in parts[:-1]), last)


#: 每千人口床位数、医师数: of how many is said once.
_OF_HOW_MANY = re.compile(
    r"每(?:[十百千]?万|[百千十])名?(?:常住人口|户籍人口|人口|老年人|老人|残疾人|人)"
)
LISTED_HEAD = re.compile(rf"{_OF_HOW_MANY.pattern}(?:拥有|配备|配有|有)?")


_GRADE = re.compile(r"[一二三四五六甲乙丙]([级类等档])")


def _share_grades(parts: list[str]) -> tuple[str, ...]:
    """职工一级、二级、三级医院支付比例: the grades have a head and a tail in common."""
    found = [_GRADE.search(part) for part in parts]
    if not all(found) or len({one[1] for one in found if one}) > 1:
        return ()
    first, *middle, last = [one for one in found if one]
    bare = first.end() == len(parts[0]) and last.start() == 0 < len(parts[-1]) - last.end()
    if not bare or any(one.group() != part for one, part in zip(middle, parts[1:-1], strict=True)):
        return ()
    head, tail = parts[0][: first.start()], parts[-1][last.end() :]
    return tuple(head + one.group() + tail for one in (first, *middle, last))


def _share_head(parts: tuple[str, ...]) -> tuple[str, ...]:
    head = _OF_HOW_MANY.match(parts[0])
    if not head or any("每" in part for part in parts[1:]):
        return parts
    return (parts[0], *(head.group() + part for part in parts[1:]))


#: What a rate is of, where it can only be said of all names before it.
_RATE = re.compile(
    r"(?:综合)?(?:人口|目标人群|患者|人员)?(?:综合|规范|系统|健康|免费|低收费|[毛净])*"
    r"(?:覆盖|普及|参保|达标|建成|配建|通达|开放|知晓|合格|管理|管理服务|康复服务|服务|救助|入学|入园|巩固)率$"
)


_RATE_OF_PEOPLE = re.compile(r"(?:患者|目标人群|人口).{2,10}率$")
_HOUSES = "馆站校院园所"


def _find_tail(parts: list[str], *, joint: bool) -> str:
    """What the last of joined names has for all of them: 参保率, in 养老保险、医疗保险参保率.

    ``joint`` says that all have one figure, not each its own.
    """
    first, last = parts[0], parts[-1]
    # The first name ends in words that the last one has too.
    for length in range(min(len(first), len(last)) - 1, 1, -1):
        at = last.find(first[-length:])
        if at > 0 and at + length < len(last) - 1:
            return last[at + length :]
    if re.match(r"(?!城乡|全体)..(?:居民|人口|学生|儿童)", last) and len(first) == 2:
        return last[2:]
    shared = _SHARED.search(last, 1)
    if shared and shared.start() <= 8 and not joint:
        return last[shared.start() :]
    # 综合人口覆盖率: the longer of the two.
    rates = (_RATE_OF_PEOPLE.search(last, 2), _RATE.search(last, 2))
    if found := [rate.group() for rate in rates if rate]:
        return max(found, key=len)
    if first[-1] in _HOUSES and last.find(first[-1]) > 0:
        # 图书馆、文化馆一级馆率
        return last[last.find(first[-1]) + 1 :]
    return last[2:] if all(len(part) == 2 for part in parts[:-1]) else ""


def part_name(name: str, wanted: int) -> tuple[str, ...]:
    """The joined names as they stand, where there are as many of them as figures."""
    parts = tuple(_NAMES.split(name))
    return parts if len(parts) == wanted and all(len(part) > 1 for part in parts) else ()
