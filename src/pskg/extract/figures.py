"""Figures with a name: indicators in running text, and the cells of indicator tables.

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
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from pskg.extract.numbers import parse_ordinal
from pskg.extract.periods import plan_years
from pskg.model import Comparator, IndicatorKind, Span

__all__ = ["Figure", "Value", "read_figures", "read_value", "split_name_and_unit"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its name, as read from running text. ``value`` is as printed."""

    name: str
    value: str
    unit: str
    year: int | None
    comparator: Comparator
    kind: IndicatorKind
    cumulative: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Value:
    """What a value cell says. ``unit`` is blank where the cell gives none."""

    value: str
    unit: str
    comparator: Comparator
    cumulative: bool


# --- One width of punctuation -----------------------------------------------------------------

#: Character for character, so that no position moves.
_ONE_WIDTH = str.maketrans({
    **{chr(ord("０") + digit): str(digit) for digit in range(10)},
    "，": ",", "；": ";", "：": ":", "∶": ":", "﹕": ":", "．": ".", "％": "%", "﹪": "%",
    "（": "(", "）": ")", "﹙": "(", "﹚": ")", "［": "[", "］": "]", "｛": "{", "｝": "}",
    "＞": ">", "﹥": ">", "＜": "<", "﹤": "<", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "＝": "=",
    "～": "~", "－": "-", "–": "-", "—": "-", "−": "-", "／": "/", "！": "!", "？": "?",
    "「": "“", "」": "”", "『": "“", "』": "”", "‘": "“", "’": "”", "＊": "*", "﹡": "*", "※": "*",
})  # fmt: skip
_SPACE = re.compile(r"\s+")
_NUMBERED = re.compile(r"[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、]|\d{1,2}\.(?!\d)|[①-⑳]")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
_STOPS = re.compile(r"(?<!\d)\.|\.(?!\d)")
_PAIRS = {"(": ")", "[": "]", "【": "】", "〔": "〕", "﹝": "﹞", "{": "}", "《": "》", "“": "”"}
_OPENING = re.compile(r"[(\[【〔﹝{《“]")
_ASIDE = "□"
_LONGEST_ASIDE = 150
_LONGEST_NAME = 80
_LONGEST_CLAUSE = 400


@dataclass(frozen=True)
class _Text:
    """A text without white space, and for each character left the place where it stood.

    ``plain`` has one width of punctuation; ``masked`` in addition hides what brackets and
    quotation marks hold. Both are as long as ``kept``, which has the characters as printed.
    """

    kept: str
    places: tuple[int, ...]
    plain: str = field(repr=False)

    @cached_property
    def masked(self) -> str:
        return _hide(self.plain, _PAIRS)

    @cached_property
    def dated(self) -> str:
        """For years: “十三五” may stand in quotation marks, but not the years of 《…》."""
        return _hide(self.plain, {mark: end for mark, end in _PAIRS.items() if mark != "“"})

    def cut(self, start: int, end: int) -> _Text:
        """A part of the text as a text of its own."""
        return _Text(self.kept[start:end], self.places[start:end], self.plain[start:end])

    def span(self, start: int, end: int, offset: int) -> Span:
        return Span(self.places[start] + offset, self.places[end - 1] + 1 + offset)


def _condense(text: str) -> _Text:
    """Take the white space out; a line break stays where a new numbered paragraph follows it."""
    kept: list[str] = []
    places: list[int] = []
    last = 0
    for space in _SPACE.finditer(text):
        kept.append(text[last : space.start()])
        places.extend(range(last, space.start()))
        last = space.end()
        after = text[last : last + 6].translate(_ONE_WIDTH)
        if space.start() and "\n" in space.group() and _NUMBERED.match(after):
            kept.append("\n")
            places.append(space.start())
        elif (
            text[space.start() - 1 : space.start()].isdigit()
            and after[:1].isdigit()
            and space.group() not in ("\n", "\r\n")
        ):
            # A number broken over two lines is one; two numbers side by side are two.
            kept.append(" ")
            places.append(space.start())
    kept.append(text[last:])
    places.extend(range(last, len(text)))
    whole = "".join(kept)
    plain = whole.translate(_ONE_WIDTH)
    plain = _THOUSANDS.sub(lambda found: found.group().replace(",", "'"), plain)
    return _Text(whole, tuple(places), _STOPS.sub("。", plain))


def _hide(text: str, pairs: dict[str, str]) -> str:
    """Hide what stands between brackets or marks; one that is never closed hides nothing."""
    hidden: list[str] = []
    last = 0
    for found in _OPENING.finditer(text):
        start = found.start()
        mark, closing = text[start], pairs.get(text[start])
        # 人(次) is one measure word.
        if start < last or closing is None or text.startswith("次)", start + 1):
            continue
        end = text.find(closing, start + 1, start + _LONGEST_ASIDE)
        if end < 0 or "\n" in text[start:end]:
            continue
        if text.find(mark, start + 1, end) > 0:
            end = max(end, text.find(closing, end + 1, end + _LONGEST_ASIDE))
        hidden += text[last:start], _ASIDE * (end + 1 - start)
        last = end + 1
    return "".join(hidden) + text[last:]


# --- The words around a number ----------------------------------------------------------------

_MEASURES = (
    r"个百分点|百分点|人次|人\(次\)|户次|家次|场次|人|名|位|户|家|个(?!月|工作日|小时|年|季度|学期)"
    r"|所|座|处|套|间|栋|幢|张|辆|标台|台|部|架|艘|平方米|平方公里|平方千米|立方米|公里|千米|公顷|亩"
    r"|吨标准煤|吨|公斤|千克|册|本|份|件|场|例|起|项|种|类|门|支|只|头|条|片|块|班|床|枚|株|棵|家庭"
    r"|千瓦时|千瓦|兆瓦|倍|分(?!钟|之)|岁|米|次|年|天|小时|分钟|元|㎡|对|期|批"
)
_UNIT = re.compile(
    rf"(?P<more>[余多])?(?P<unit>[%‰]|/10万|/万|(?:[千百十]?万亿?|千|百|亿)?[余多]?(?:{_MEASURES})"
    r"(?:/[一-鿿]{1,4}|/\d{0,3}[万千][一-鿿]{0,2})?|[千百]?万|亿)"
)
_NUMBER = re.compile(
    r"(?<!\d[: ])(?<![\d.A-Za-z第×*/'〇零一二三四五六七八九十百千-])"
    r"(?P<value>\d+(?:'\d{3})*(?:\.\d+)?"
    r"(?:[%‰]?[-~至]{1,2}\d+(?:\.\d+)?|/\d(?=[,、。;的]|$)|×\d{1,2})?)"
    r"(?!:?\d|[.A-Za-z×*])"
)
_INNER_UNIT = re.compile(r"[%％‰](?=[-~—–－～至])")
_FRACTION = re.compile(
    r"百分之(?P<hundred>[〇零一二三四五六七八九十百点]{1,7}|\d{1,3}(?:\.\d+)?)"
    r"|(?P<tenth>[一二三四五六七八九])(?P<unit>成)(?=以上|左右|以内|以下|的|[,。;、]|$)"
)
_AFTER = re.compile(r"(?:□{2,8})?(?:及|或|和)?(?P<post>以上|以下|以内|之内|左右|上下|内(?!部|容))")

_AT_LEAST = r"不低于|不少于|不小于|不得低于|不得少于|不短于|至少|最少|最低|≥|>=|=>"
_AT_MOST = r"不超过|不得超过|不高于|不大于|不多于|不长于|至多|最多|≤|<=|=<"
_MORE = r"超过|高于|大于|多于|突破|超|>"
_LESS = r"低于|小于|少于|不足|不到|<"
_BOUND = rf"{_AT_LEAST}|{_AT_MOST}|{_MORE}|{_LESS}"
_REACH = (
    r"达到了?|达至|(?<!发)达|(?:提高|提升|增加|增长|上升|扩大|扩展|发展|升|降低|下降|降|减少|缩小|压缩|压减"
    r"|缩短|延长|控制|稳定|保持|维持|巩固|增)(?:到|至|为|在)|保持|(?<!行)为|是|占到?|(?<!现)在|=|:"
)
#: Adverbs between a name and its verb; not where they are the end of a longer word (功能, 人均).
_ADVERB = (
    r"逐步|(?<![年人户平日月次])均|(?<![首成])都|分别|(?<!的)各|基本|普遍|全部|稳步|力争|努力|争取|确保|也|将"
    r"|(?<![供响对反相适效])应|(?<![主需重必纲])要|(?<![必急供所])需|(?<!必)须|(?<![许认])可"
    r"|(?<![功性机职效技节智产体])能|已经?|保持|总体|大致|原则上|进一步|一律|首次|全面|最终|同步|年内"
    r"|(?<![节集合公契预条])约|(?<![附邻最])近|大约|预计|平均"
)
_LINK = re.compile(
    rf"(?P<adverbs>(?:{_ADVERB})*)(?P<reach>{_REACH})?(?P<late>(?:{_ADVERB})*)"
    rf"(?P<bound>{_BOUND})?(?:(?<!节)约|(?<!附)近)?$"
)
_CHANGE = re.compile(
    r"(?P<change>提高|提升|增加|增长|上升|扩大|下降|降低|减少|缩小|压减|递增)"
    rf"(?:了|{_ADVERB}|{_BOUND})*$"
)
_THAN = re.compile(r"(?:比|较|年均|每年|在[^,]{2,10}基础上)[^,]{0,12}$")
_FROM = re.compile(r"(?:由|从)(?P<year>(?:19|20)\d\d年(?:底|末)?的?)?(?:目前的|现在的|原来的)?$")
_TURN = re.compile(
    r"(?:左右|以上|以下)?(?:提高|提升|增加|增长|上升|扩大|下降|降低|降|减少|升)(?:到|至|为)"
    r"(?:(?P<year>(?:19|20)\d\d)年(?:底|末)?的?)?$"
)
_RELATED = re.compile(
    rf"(?:达到|占到?|(?<=分别)为|(?:提高|提升|控制|稳定|降低|保持)[到至在]|{_BOUND})"
    r"(?P<other>[^,、;。□\d]{2,25}?)的?$"
)

#: Verbs before a figure that only say that the thing is made or had: not part of the name.
_MAKE = (
    r"提升建设|规划建设|新开工建设|建成|建设|建立|建有|修建|兴建|共建|新建|创建|打造|完成"
    r"|设立|设置|办好|开办|创办|兴办|举办|办|配备|配置|配有|设有|实施好?|实现|达到|形成|认定|命名|评选|遴选"
    r"|培育|推出|加强|发展|布局|建|拥有|具有|有|争取|确保|力争|增设|安排|覆盖|创"
)
#: Verbs that say what happens to the thing: they stay in the name.
_KEEP = (
    r"提供|扶持|帮助|帮扶|资助|救助|支持|培训|轮训|培养|转移|安置|招聘|招募|招收|引进|选派|新增|增加|升级改造"
    r"|改造|改扩建|扩建|改建|开展|组织|放映|人均拥有|轮换|惠及|服务|保障|补贴|为|对"
)
#: Verbs of somebody who uses the thing: they stay, but not who does it, nor how often.
_USE = r"观看|观赏|欣赏|收看|参与|参加|参观|学会|掌握|阅读|享受|享有|接受"
#: Building anew, perhaps with rebuilding beside it: 新建, 新建、改扩建, 新(改、扩)建.
_BUILD = (
    r"(?:新开工建设|新开工|新建|新改扩建|新□{1,9}建|建设|建成|建有|修建|兴建)"
    r"(?:(?:[、和或及]|以及)?(?:新建|改扩建|改建|扩建|迁建|改造))*"
)
_MAKES = re.compile(rf"(?:{_BUILD}|{_MAKE})(?:了|好|不少于|至少|剩余)?(?:{_BOUND}|约|近)*$")
_KEEPS = re.compile(rf"(?P<verb>{_USE}|{_KEEP})(?:了)?(?P<bound>(?:{_BOUND}|约|近)*)$")
_USED = re.compile(_USE)
_MEAN = re.compile(r"年?[人户]均$")
_BUILT = re.compile(rf"{_BUILD}(?!用地|项目|资金|标准(?!化)|投资|规模)(?=[一-鿿“]{{2}})")
_BUILT_HERE = re.compile(_BUILD)
#: How often: no part of a name.
_PERIOD = r"每(?:个?(?:月|季度|学期|学年|星期)|季|半年|周(?!边|岁)|年度?)"
#: 3次以上、每次不少于30分钟的体育锻炼: the noun stands behind the second figure.
_EACH_TIME = re.compile(rf"、每[次场回](?:{_ADVERB}|保证|确保|时长|时间|持续|{_BOUND})*$")
#: 每天1小时体育锻炼, of time that is to be spent.
_TIME_SPENT = re.compile(
    rf"每(?:天|日|次|周|人|个?月|个?学期|年)[^,;]{{0,8}}?(?:{_ADVERB}|保证|确保|安排|开展|参加|进行|{_BOUND})*$"
)
_ACTIVITY = re.compile(r"(?:活动|锻炼|运动|训练|学习|阅读|培训|课|劳动)$")
_PROVIDED = re.compile(
    rf"(?:{_PERIOD}|免费|无偿|统一|至少|{_ADVERB})*(?:(?:为|向|给)[^,;]{{2,60}})?"
)
_EACH = re.compile(r"(?:平均)?每个?[一-鿿]{1,8}$")
_PEOPLE = re.compile(r"(?:[千百十]?万|千|百)?[余多]?(?:人次|人\(次\)|名|人|位|户)$")

_JOIN = re.compile(r"以及|[、且]|和(?!谐|平)|(?<![普涉以])及|(?<!参)与|(?<!合)并|或")
_NO_NOUN = re.compile(
    r"[、及与并且或,;]|和(?!谐|平)|以及|的?(?:目标|任务|要求|水平|标准)(?=[,、。;]|$)"
    r"|的?(?:比例|费率|幅度|速度|增速)"
)
_GOAL = re.compile(r"的?(?:目标任务|目标|要求|水平|标准|任务)(?:[,、。;和]|$)")
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
#: 加强3所医院、5个中心的队伍建设: what is done is done for places that are there.
_STRENGTHEN = re.compile(rf"(?:加强|支持)(?:{_BOUND}|约|近)*$")
_ATTRIBUTE = re.compile(r"[^的]{2,80}的[^的、]{0,20}(?:建设|提升|培养|工作|发展|改善|改革|保护)")
#: The predicate that two shares have in common: 85%的A和80%的B建有C.
_COMMON = re.compile(
    r"(?<=[^的]{2})(?:建有|建成|建立|设立|设有|设置|配备|配有|拥有|具备|完成|实现|达到|开展|实施|提供|纳入|得到"
    r"|参加|接受|享有|享受|通过|覆盖|开通|接入|(?<![交普沟流联])通(?![过用讯信知道])|(?<![国公私所没现])有(?![关限效机序]))"
)
_JUST_JOINED = re.compile(r"[、和及与]|以及")
_NEXT_SHARE = re.compile(rf"(?:[、和及与]|以及)(?:{_BOUND})*")
_SAYS_WHAT = re.compile(r"有|通|建|具备|完成|达到|实现|配|设|开|拥有|纳入|参加|接入|覆盖|享")
_AVERAGE = re.compile(
    rf"(?:{_ADVERB}|控制在|保持在|降到|降至)*(?P<value>(?:低于|小于)全国(?:同期)?平均(?:水平|值|数)?)"
)
_TIMES = re.compile(r"(?:小时|分钟|天|年)$")
_NAMES_OF_TIME = re.compile(r"(?:年限|时间|时长|寿命|周期)$")
_NAMES_OF_DISTANCE = re.compile(r"(?:半径|距离)$")
_NAMES_OF_MONEY = re.compile(r"(?:生产总值|收入|增加值|产值|零售总?额|进出口总?额|GDP|支出)$")
_DUES = re.compile(r"缴纳|缴费|缴存|费率|税率|利率")
_NAMES_OF_RATIO = re.compile(r"(?:指数|系数|性别比|比值|得分|比例|寿命|综合评价)$")
_COUNTED = re.compile(r"(?:共|共有|共计|包括|包含|分为|合计)$")
_VAGUE_UNIT = re.compile(
    r"(?:项|种|类|(?<![人场户家])次|条|批|期|门|起|年|对|分|块|件|岁|天|小时|分钟|班|[千百]?万|亿)$"
)

#: What may stand before a name and is not part of it.
_REGION = (
    r"(?:[我本](?:市|省|县|区|州|盟|旗|镇|乡|街道)(?![域外内间级直属])"
    rf"|全(?:市|省|县|区|州|盟|旗|镇|乡|街道)(?=[建完实计预力培新共年要]|{_PERIOD}))"
)
_LEAD = re.compile(
    r"[、,:;。.)）”\n]+|[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)、]|\.(?!\d))|[①-⑳]"
    r"|[一二三四五六七八九]是(?!否)|其中[:,]?|同时|以及|并且|并(?!轨|网|发)|且|及|与|和(?!谐|平)|到?期末"
    r"|力争(?:到)?|确保|保证|争取|努力|实现|使(?!用)|让|将|把|预计|计划"
    r"|通过|做到|实行|倡导|鼓励|引导|在[^,、□]{1,6}[内中上](?=[一-鿿]{4})|年内|全年|要(?!素)|应(?!急|用|届)|须|逐步|稳步|进一步|继续|积极|大力|切实|加快|着力|普遍|全面"
    r"|基本(?=实现|完成|建成|形成|普及|消除|达到|建立)|优先|预期|完成(?!率|量|情况)|推动|推进|促进|提高|加大|提升"
    r"|落实|建成(?!区(?!级))|建设(?!用地|项目|资金|标准(?!化)|投资)|建立|创建(?!活动|率)|打造|设立|设置|开展|实施(?!率)"
    rf"|{_PERIOD}|办好|拥有|配备|配置|现有|已有|共有|共(?=建|新|完成)|累计|{_REGION}|我国"
)
_TRAIL = re.compile(rf"(?:{_ADVERB}|累计|的|[、,和及与]|每年|到|至)$")
_BARE_NAMES = re.compile(
    r"(?:比例|标准|人数|数量|其|总数|规模|水平|比重|目标|总量|任务|以上|以下|上述|开展|参加|工作|项目|同比)?"
)
_STOP_NAMES = re.compile(
    r"(?:第|等|共|满|未满|每|距|提前|为期|期限|不足|左右|以来|按|按照|占地|面向|针对|超过|自|从|前|后|每周|每月|参加|进行"
    r"|滞后|领先|排名|位居|位列|不少|规定|约)$|^(?:根据|依据|依照|对于|自(?![治然主助动我行愿学来])|从(?!业)|凡|如|若|因(?!公|病|地|素)|附件|电话|邮编)"
)
_HAN = re.compile(r"[一-鿿□]")

_YEAR = re.compile(
    r"(?<!\d)(?:力争)?(?P<lead>截至|截止到?|到|至|在)?(?:(?:19|20)\d\d年?[-~至到]{1,2})?"
    r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2}月(?:\d{1,2}日|底|末)?)?"
    r"(?P<part>底之?前|末之?前|年底|底|末|初|之前|以前|前)?"
)
_PLAN_END = re.compile(
    r"(?:力争)?(?:截至|截止到?|到|至|在)?“?(?P<ordinal>十[一二三四五六七八九]?)五”?(?:规划|时期)?期?(?:末|期末|收官之年)"
)
_COMPARED = re.compile(r"(?:比|较|以|自|从|由|于|同)$")
_NOT_A_YEAR = re.compile(r"起|相比|以来|的|已|度?同期|版|为基|基础|[-~至]\d")
_BARE_PERIOD = re.compile(r"^“?十[一二三四五六七八九]?五”?(?:规划)?(?:期间|时期|以来)[,]?")

#: Words that make a sentence a report, unless it says what is wanted too.
_REACHED = re.compile(r"截至|截止|目前(?!标)|(?:^|[,;、:市县区省州盟])现有|已达")
#: Words that make the figure beside them a report; 已建成 may also belong to a name.
_REPORTED = re.compile(
    r"已达|已经?(?:完成|实现|累计|提高|覆盖|达到)(?!.*基础上)|已经?(?:建成|有)(?!.*(?:率|比例|占比|基础上))"
    r"|(?:达到|建成|完成|实现|新增|提高|增加)了|同比|[比较]上年|比去年"
)
_WANTED = re.compile(
    r"力争|争取|确保|努力|目标|将(?!近)|计划|逐步|(?<!截)(?<!截止)(?:到|至)(?:19|20)\d\d年|要达到|应达到"
)
_BACKGROUND = re.compile(
    r"(?:发展|工作|现有|现实|规划)基础|现状|回顾|(?:主要|取得|发展|工作|显著|建设)(?:的|了)?成[效就绩]|(?:发展|进展|完成)情况"
    r"|发展环境|规划背景"
)


# --- Running text -----------------------------------------------------------------------------


#: Where a year starts and ends, and which it is; in the order written.
_Years = list[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with its unit where it stands: from ``start``, the unit's end, the bound's end."""

    start: int
    end: int
    after: int
    value: str
    unit: str
    more: bool
    post: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure before its year and kind are known; places are those of the condensed text."""

    names: tuple[str, ...]
    start: int
    numbers: tuple[_Number, ...]
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


def read_figures(
    text: str, offset: int, *, year: int | None = None, heading: str = ""
) -> tuple[Figure, ...]:
    """Read the figures that have a name from a paragraph, or from a cell that holds sentences.

    Handles the name before the figure (覆盖率达到85%, 示范性高中35所左右, 新增就业8,400人以上),
    after it (建成10个养老院和10个托儿所, 90%高中完成达标建设), around it (育龄人群100%免费享有
    检查), several names with one figure (报告率和及时率均达到95%) or with one each (分别达到100%、
    90%), old and new (由36%提高到100%), and 低于全国平均水平. White space and line breaks within
    are of no account.

    A year (到2020年, 2018年底前, “十三五”末) holds to the end of its sentence, and where it opens
    the sentence for the sentences after it; ``year`` is taken where none is given. ``heading``
    is the title the text stands under: where it announces what has been reached (发展基础), the
    figures are baselines; where the text begins with it, reading starts behind it.

    Not read: ages, sums of money, counts of parts (共8项), working hours (5×8小时), time limits
    (12小时内), rates of a rule (按不低于70%的比例给予救助), numbers in 《》, “” and (), unless the
    bracket explains a slogan (“两个百分百”(100%的村通客车、…)), and conditions
    (留用率达到50%以上的单位).

    >>> [(figure.name, figure.value) for figure in read_figures("建成10个托儿所和2所小学", 0)]
    [('托儿所', '10'), ('小学', '2')]
    """
    if not _MAY_HOLD.search(text):
        return ()
    whole = _condense(text)
    return tuple(_read_paragraph(whole, offset, year, heading))


def _read_paragraph(text: _Text, offset: int, year: int | None, heading: str) -> Iterator[Figure]:
    begin = _skip_heading(text.plain, heading)
    background = bool(_BACKGROUND.search(heading))
    carried_reached = False
    for sentence in _SENTENCE.finditer(text.masked, begin):
        start, end = sentence.span()
        if not _MAY_HOLD.search(text.plain, start, end):
            continue
        years = _read_years(text.dated, start, end)
        opening = years[0] if years and _opens(text, start, years[0]) else None
        reached = bool(_REACHED.search(text.plain, start, min(end, start + 60))) or (
            background or carried_reached
        )
        if opening:
            year = opening[2]
            carried_reached = bool(re.match(r"截[至止]", text.plain[opening[0] : opening[0] + 2]))
        wanted = bool(_WANTED.search(text.masked[start:end]))
        for found in _read_sentence(text, start, end, years):
            before = bisect_left(years, (found.numbers[0].start,))
            stated = years[before - 1][2] if before else year
            clause = text.plain[max(start, found.start - 20) : found.numbers[0].start]
            is_past = found.reached or bool(_REPORTED.search(clause)) or (reached and not wanted)
            yield from _make_figures(text, found, offset, found.year or stated, is_past, years)
        for first, last in _find_slogans(text, start, end):
            before = bisect_left(years, (first,))
            stated = years[before - 1][2] if before else year
            yield from _read_paragraph(text.cut(first, last), offset, stated, heading)


#: “两个百分百”(…): a bracket behind a slogan with a number in it says what the number means.
_SLOGAN = re.compile(
    r"[一二两三四五六七八九十百\d][^“”]{0,14}”(?:目标|要求|标准|工程|行动)?\((?P<inner>[^()]{4,150})\)"
)


def _find_slogans(text: _Text, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _SLOGAN.finditer(text.plain, start, end):
        yield found.span("inner")


#: It has a column of its own.
_CUMULATIVE = re.compile(r"[(（]累计[)）]|累计")


def _make_figures(
    text: _Text,
    found: _Found,
    offset: int,
    year: int | None,
    reached: bool,
    years: _Years,
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
    dated = [entry for entry in _within(years, start - 24, start) if entry[1] == start]
    if dated:
        start = dated[0][0]
    for name, index in pairs:
        number = numbers[index]
        bare = _CUMULATIVE.sub("", name)
        yield Figure(
            name=bare if len(bare) > 1 else name,
            value=number.value,
            unit=number.unit,
            year=by_year[index] if len(by_year) == len(numbers) else year,
            comparator=found.comparators[index],
            kind=IndicatorKind.BASELINE if reached else IndicatorKind.TARGET,
            cumulative=found.cumulative or bare != name,
            span=text.span(start, max(found.end, number.after), offset),
        )


def _skip_heading(text: str, heading: str) -> int:
    """Where reading starts: behind the heading, where the text begins with it."""
    title = _STOPS.sub("。", "".join(heading.split()).translate(_ONE_WIDTH)).strip("。")
    if len(title) < 4:
        return 0
    at = text.find(title, 0, len(title) + 8)
    return at + len(title) if at >= 0 else 0


_SENTENCE = re.compile(r"[^。!?\n]+")
#: A colon right before a figure (覆盖率:100%) does not end the clause.
_CLAUSE = re.compile(r"(?:[^,;:]|:(?=[≥≤<>=]{0,2}\d))+")
_MAY_HOLD = re.compile(r"[0-9０-９]|百分之|成(?:以|左|的)|国平均|国同期平均")


def _read_years(text: str, start: int, end: int) -> _Years:
    """The years by which something shall be, in the order written: start, end, year."""
    found: _Years = []
    for match in _YEAR.finditer(text, start, end):
        if match["month"] and match["lead"] not in ("到", "至", "截至", "截止", "截止到"):
            continue
        if _COMPARED.search(text[max(start, match.start() - 2) : match.start()]):
            continue
        if _NOT_A_YEAR.match(text, match.end(), end):
            continue
        found.append((match.start(), match.end(), int(match["year"])))
    for match in _PLAN_END.finditer(text, start, end):
        ordinal = parse_ordinal(match["ordinal"])
        if ordinal:
            found.append((match.start(), match.end(), plan_years(ordinal)[1]))
    return sorted(found)


def _within(years: _Years, start: int, end: int) -> _Years:
    """The years that start between two places."""
    return years[bisect_left(years, (start,)) : bisect_left(years, (end,))]


def _opens(text: _Text, start: int, found: tuple[int, int, int]) -> bool:
    """Whether a year stands at the head of its sentence, with a comma behind it."""
    before = text.plain[start : found[0]]
    return text.plain[found[1] : found[1] + 1] == "," and (
        not before or bool(_LEAD.fullmatch(before))
    )


@dataclass(frozen=True, slots=True)
class _Noun:
    """The noun behind a figure: where it ends, and where what is said of it ends."""

    start: int
    end: int
    whole: int


@dataclass(slots=True)
class _Reader:
    """What is known while the clauses of one sentence are read from left to right."""

    text: _Text
    years: _Years
    last_name: tuple[str, ...] = ()
    last_clause: tuple[int, int] | None = None
    last_start: int = 0
    last_step: bool = False
    figure_first: bool = False
    subjects: tuple[str, ...] = ()


def _read_sentence(text: _Text, start: int, end: int, years: _Years) -> Iterator[_Found]:
    reader = _Reader(text, years)
    for clause in _CLAUSE.finditer(text.masked, start, end):
        first, last = clause.span()
        if last - first > _LONGEST_CLAUSE:
            # Nobody writes such a clause; it is a table run together, or noise.
            continue
        if text.masked[first - 1 : first] == ";":
            reader.last_name, reader.last_clause = (), None
        found = list(_read_clause(reader, first, last))
        yield from found
        reader.subjects = next((one.subjects for one in found if one.subjects), reader.subjects)
        if found:
            reader.last_name, reader.last_clause = found[-1].names, None
            reader.last_start = found[-1].start
            reader.last_step = found[-1].numbers[-1].unit.endswith("百分点")
            reader.figure_first = found[-1].figure_first
        else:
            reader.last_clause, reader.figure_first = (first, last), False


def _read_clause(reader: _Reader, start: int, end: int) -> Iterator[_Found]:
    numbers = sorted(_find_numbers(reader.text, start, end), key=lambda number: number.start)
    left = start
    index = 0
    earlier: _Found | None = None
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


def _find_numbers(text: _Text, start: int, end: int) -> Iterator[_Number]:
    """The numbers of a clause that may be figures, with unit and bound."""
    masked = text.masked
    for match in _NUMBER.finditer(masked, start, end):
        if masked.startswith("百分之", match.start() - 3):
            continue
        if masked[max(start, match.start() - 1) : match.start()] in ("每", "第", "等"):
            continue
        raw = _as_printed(text, *match.span("value"))
        unit = _UNIT.match(masked, match.end(), end)
        stop = unit.end() if unit else match.end()
        if masked.startswith("年", match.end()) and re.fullmatch(r"\d{4}", raw):
            continue
        after = _AFTER.match(masked, stop, end)
        yield _Number(
            match.start(),
            stop,
            after.end() if after else stop,
            raw,
            re.sub(r"[余多]", "", _in_one_width(text, unit.start("unit"), unit.end()))
            if unit
            else "",
            bool(unit and (unit["more"] or re.search(r"[余多]", unit["unit"]))),
            after["post"] if after else "",
        )
    for match in _FRACTION.finditer(masked, start, end):
        after = _AFTER.match(masked, match.end(), end)
        group = "hundred" if match["hundred"] else "tenth"
        yield _Number(
            match.start(),
            match.end(),
            after.end() if after else match.end(),
            match[group],
            "%" if match["hundred"] else "成",
            False,
            after["post"] if after else "",
        )


def _in_one_width(text: _Text, start: int, end: int) -> str:
    """A unit: ％ and % are one."""
    return _word(text, start, end).translate(_ONE_WIDTH)


def _as_printed(text: _Text, start: int, end: int) -> str:
    """A value: the characters of the source. Of a range the first unit is left out (85%-90%)."""
    return _INNER_UNIT.sub("", _word(text, start, end))


def _compare(words: str, number: _Number) -> Comparator:
    """What the words before and after a number say of how it compares."""
    post = number.post
    for pattern, comparator in (
        (_AT_LEAST, Comparator.AT_LEAST),
        (_AT_MOST, Comparator.AT_MOST),
        (_MORE, Comparator.MORE),
        (_LESS, Comparator.LESS),
    ):
        if re.search(pattern, words):
            return comparator
    if post == "以上":
        return Comparator.AT_LEAST
    if post in ("以下", "以内", "之内", "内"):
        return Comparator.AT_MOST
    if number.more:
        return Comparator.MORE
    if "控制" in words and not post:
        return Comparator.AT_MOST
    return Comparator.EQUAL


def _clean_name(text: _Text, years: _Years, start: int, end: int) -> tuple[int, int, bool]:
    """Where a name really starts and ends, and whether 累计 stood around it."""
    cumulative = False
    plain, masked = text.plain, text.masked
    for first, last, _ in _within(years, start, end):
        # 2015年底全市持卡率 / 参保率到2020年: what stands behind the year, or else before it.
        if end - last >= 2 and _HAN.search(masked, last, end):
            start = last
        else:
            end = min(end, first)
    while start < end:
        period = _BARE_PERIOD.match(plain[start : min(end, start + 16)])
        if period:
            start += period.end()
            continue
        lead = _LEAD.match(masked, start, end)
        if not lead or lead.end() == start:
            break
        cumulative |= lead.group() == "累计"
        start = lead.end()
    while start < end:
        trail = _TRAIL.search(masked, max(start, end - 5), end)
        if not trail:
            break
        cumulative |= trail.group() == "累计"
        end = trail.start()
    return start, end, cumulative or "累计" in masked[start:end]


def _is_name(text: _Text, start: int, end: int) -> bool:
    masked = text.masked[start:end]
    if not 2 <= len(masked) <= _LONGEST_NAME or len(_HAN.findall(masked)) < 2:
        return False
    return not (_BARE_NAMES.fullmatch(masked) or _STOP_NAMES.search(masked))


def _word(text: _Text, start: int, end: int) -> str:
    return "".join(text.kept[start:end].split())


def _read_one(
    reader: _Reader,
    left: int,
    numbers: list[_Number],
    index: int,
    bound: int,
    end: int,
    earlier: _Found | None,
) -> _Found | None:
    """One number of a clause with its name; None where it has none."""
    text, number = reader.text, numbers[index]
    if number.unit.endswith("元") and not _names_money(text, reader, left, number):
        return None
    return (
        _read_frequency(reader, left, numbers, index, end)
        or _read_figure_first(reader, left, numbers, index, bound, end, earlier)
        or _read_name_first(reader, left, numbers, index, end, earlier)
    )


def _names_money(text: _Text, reader: _Reader, left: int, number: _Number) -> bool:
    """Sums of money are amounts, not indicators, unless an indicator of money is named."""
    link = _find_link(text, left, number.start)
    if not link or not (link["reach"] or link["bound"]):
        return False
    start, end, _ = _clean_name(
        text, reader.years, left, link.start() + _window(left, number.start)
    )
    return bool(_NAMES_OF_MONEY.search(text.plain[start:end]))


def _window(left: int, start: int) -> int:
    return max(left, start - 30)


def _find_link(text: _Text, left: int, start: int) -> re.Match[str] | None:
    """The verb and bound right before a number; positions are relative to the window."""
    return _LINK.search(text.masked[_window(left, start) : start])


def _read_frequency(
    reader: _Reader, left: int, numbers: list[_Number], index: int, end: int
) -> _Found | None:
    """参加3次以上、每次不少于30分钟的体育锻炼: a number of times, named by what comes later."""
    text, number = reader.text, numbers[index]
    if index + 1 == len(numbers) or number.unit not in ("次", "场", "回"):
        return None
    following = numbers[index + 1]
    before = text.masked[_window(left, number.start) : number.start]
    keeps = _KEEPS.search(before)
    if not keeps or not _EACH_TIME.fullmatch(text.masked, number.after, following.start):
        return None
    bound = numbers[index + 2].start if index + 2 < len(numbers) else end
    noun = _find_noun(text, following, bound, end)
    if noun is None:
        return None
    # 中等强度的 is said of each time.
    start = max(noun.start, text.masked.rfind("的", noun.start, noun.whole) + 1)
    if not _is_name(text, start, noun.whole):
        return None
    name = keeps["verb"] + _word(text, start, noun.whole)
    begin = _window(left, number.start) + keeps.start("verb")
    comparator = _compare(keeps["bound"], number)
    return _Found((name,), begin, (number,), (comparator,), number.after)


def _read_figure_first(
    reader: _Reader,
    left: int,
    numbers: list[_Number],
    index: int,
    bound: int,
    end: int,
    earlier: _Found | None,
) -> _Found | None:
    """建成10个养老院, 75%的村卫生室具备能力, 乡镇100%全覆盖: the name follows, in whole or part."""
    number = numbers[index]
    noun = _find_noun(reader.text, number, bound, end)
    if noun is None or not number.unit:
        return None
    if number.unit in ("%", "‰", "成"):
        common = _find_common(reader.text, numbers, index, noun, end)
        return _read_percentage_of(reader, left, number, noun, common, earlier)
    return _read_count_of(reader, left, number, noun, end, earlier)


#: How many shares with one predicate are looked for.
_LONGEST_LIST = 5


def _find_common(text: _Text, numbers: list[_Number], index: int, noun: _Noun, end: int) -> str:
    """What 85%的A shares with those joined to it: 设立C in 85%的A和80%的B设立C."""
    if noun.whole > noun.end or _COMMON.search(text.masked, noun.start, noun.whole):
        return ""
    for after in range(index + 1, min(len(numbers), index + _LONGEST_LIST)):
        following = numbers[after]
        between = text.masked[noun.whole : following.start]
        if not (_NEXT_SHARE.fullmatch(between) and following.unit == "%"):
            return ""
        bound = numbers[after + 1].start if after + 1 < len(numbers) else end
        found = _find_noun(text, following, bound, end)
        if found is None or not text.masked.startswith("的", following.after):
            return ""
        noun = found
        predicate = _COMMON.search(text.masked, noun.start, noun.whole)
        if predicate:
            return _word(text, predicate.start(), noun.whole)
    return ""


def _read_percentage_of(
    reader: _Reader, left: int, number: _Number, noun: _Noun, common: str, earlier: _Found | None
) -> _Found | None:
    """75%的村卫生室具备能力: the name goes on to the end, for it says what they do."""
    text = reader.text
    before = text.masked[left : number.start]
    head, stop, cumulative = _clean_name(text, reader.years, left, number.start)
    start, prefix, subject = _skip_joins(text, left, number.start), "", ""
    bounded = re.fullmatch(rf"(?:{_BOUND}|约|近)*", text.masked[head:stop])
    if before[-1:] not in ("和", "及", "与", "、") and not bounded:
        # 育龄人群100%免费享有检查: all of them do; of other shares this is not said.
        whole = number.value == "100" and not text.masked.startswith("的", number.after)
        if not whole or _reaches(text, left, number) or not _is_name(text, head, stop):
            return None
        start = head
        prefix = subject = _word(text, head, stop)
    elif (
        earlier
        and earlier.subject
        and _JUST_JOINED.fullmatch(before)
        and _SAYS_WHAT.match(text.masked, number.after)
    ):
        # 行政村100%通客车和100%有候车亭: who has the shelters was said.
        prefix = subject = earlier.subject
    if not _is_name(text, noun.start, noun.whole):
        return None
    name = prefix + _word(text, noun.start, noun.whole) + common
    comparator = _compare(before[-8:], number)
    return _Found(
        (name,),
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
    number: _Number,
    noun: _Noun,
    end: int,
    earlier: _Found | None,
) -> _Found | None:
    """建成10个养老院: the noun alone; 扶持78名残疾人创业: with what is done for them."""
    text = reader.text
    before = text.masked[left : number.start]
    words = before[-30:]
    if re.match("按照?|根据", before):
        return None
    if _STRENGTHEN.search(words) and _ATTRIBUTE.match(text.masked, number.after, end):
        return None
    spent = number.unit in ("小时", "分钟") and bool(
        _TIME_SPENT.search(words) and _ACTIVITY.search(text.masked[noun.start : noun.whole])
    )
    vague = _VAGUE_UNIT.search(number.unit) and not (number.post or re.search(_BOUND, words))
    timed = _TIMES.search(number.unit) or number.unit.endswith(("岁", "倍", "元", "分"))
    if (vague or timed) and not spent:
        return None
    head, stop, cumulative = _clean_name(text, reader.years, left, number.start)
    start, last, prefix = _skip_joins(text, left, number.start), noun.end, ""
    listed = bool(earlier and earlier.figure_first and re.fullmatch("[、和及与]|以及|", before))
    made = _MAKES.search(words)
    built = made and _BUILT_HERE.match(made.group())
    keeps = None if spent or built else _KEEPS.search(words)
    if keeps and _is_kept(keeps["verb"], number):
        verb = keeps["verb"]
        if verb == "对":
            # 对3000户以上的自然村: a condition.
            if number.post:
                return None
        else:
            verb_end = number.start - len(words) + keeps.end("verb")
            start, more = _find_manner(reader, left, verb_end, verb)
            if verb_end - start > _LONGEST_NAME:
                return None
            cumulative |= more
            prefix, last = _word(text, start, verb_end), noun.whole
    else:
        rest = text.masked[head:stop]
        opens = reader.figure_first and not before
        plain = _EACH.fullmatch(rest) or rest == "至少"
        if not (listed or opens or made or plain or spent):
            return None
        if not listed and (_COUNTED.search(words) or _names_before(reader, left, number)):
            return None
    last = _end_one(text, number, noun.start, last)
    if not _is_name(text, noun.start, last):
        return None
    comparator = _compare(words[-8:], number)
    if listed and earlier and comparator is Comparator.EQUAL:
        # 至少设置1个中心和1个站
        at_least = "至少" in text.masked[max(left - 60, 0) : left]
        comparator = Comparator.AT_LEAST if at_least else comparator
    name = prefix + _word(text, noun.start, last)
    return _Found((name,), start, (number,), (comparator,), last, cumulative, figure_first=True)


def _end_one(text: _Text, number: _Number, start: int, stop: int) -> int:
    """改造1所综合医院和省立医院: one is not two, so the noun ends before the second."""
    joined = re.search("和|以及|及|与", text.masked[start:stop])
    if number.value != "1" or not joined or joined.start() < 3:
        return stop
    cut = start + joined.start()
    return cut if text.masked[cut - 1] == text.masked[stop - 1] else stop


def _find_manner(reader: _Reader, left: int, verb_end: int, verb: str) -> tuple[int, bool]:
    """Where a name that keeps its verb starts (通过卫星提供), and if 累计 stood there.

    What is provided for somebody is named by its noun alone: the start is then the verb's end.
    """
    verb_start = verb_end - len(verb)
    if verb == "为":
        return verb_start, False
    first, _, cumulative = _clean_name(reader.text, reader.years, left, verb_end)
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


def _names_before(reader: _Reader, left: int, number: _Number) -> bool:
    """Whether a name and a verb of reaching stand before a figure (参保人数达到10个县的)."""
    link = _find_link(reader.text, left, number.start)
    if not link or not link["reach"] or link["reach"] == "是":
        return False
    at = _window(left, number.start) + link.start()
    start, end, _ = _clean_name(reader.text, reader.years, left, at)
    return _is_name(reader.text, start, end)


def _skip_joins(text: _Text, left: int, end: int) -> int:
    """Where the words about a figure start; the figure itself where they are too many."""
    joins = re.match(r"(?:[、和及与]|以及)*", text.masked[left:end])
    start = left + (joins.end() if joins else 0)
    return start if end - start <= _LONGEST_NAME else end


def _is_kept(verb: str, number: _Number) -> bool:
    """为 and 对 are verbs of a figure only before people (为250名残疾人提供培训)."""
    return verb not in ("为", "对") or bool(_PEOPLE.fullmatch(number.unit))


def _reaches(text: _Text, left: int, number: _Number) -> bool:
    link = _find_link(text, left, number.start)
    return bool(link and link["reach"] and link["reach"] != "是")


def _find_noun(text: _Text, number: _Number, bound: int, end: int) -> _Noun | None:
    """The noun behind a figure, if one stands there."""
    masked = text.masked
    start = number.after
    while start < bound and masked[start] == _ASIDE and masked[start - 1] != "的" and number.post:
        start += 1
    if masked.startswith("的", start):
        start += 1
    if start >= bound or _NO_NOUN.match(masked, start, end) or not _HAN.match(masked, start):
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
    if predicate:
        stop = predicate.start()
    return _Noun(start, stop, whole)


def _read_name_first(
    reader: _Reader,
    left: int,
    numbers: list[_Number],
    index: int,
    end: int,
    earlier: _Found | None,
) -> _Found | None:
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
        words = text.masked[_window(left, number.start) + reach :][:6]
        at = _window(left, number.start) + reach
        bare = at == left or not _HAN.search(text.masked, left, at)
        if text.masked.startswith("占", at) or (bare and text.masked.startswith("达", at)):
            at = _window(left, number.start) + related.end("other")
        linked = True
    start, stop, cumulative = _clean_name(text, reader.years, left, at)
    names: tuple[str, ...] = ()
    year: int | None = None
    turn = _TURN.fullmatch(text.masked[left : number.start])
    if earlier and earlier.reached and turn:
        names, start, linked, words = earlier.names, earlier.start, True, ""
        year = int(turn["year"]) if turn["year"] else None
    elif start >= stop and linked and not related and left == _clause_start(text, left):
        names, start = _inherit(reader, left, number)
    elif _is_name(text, start, stop):
        start = _skip_list_of_works(text, start, stop)
        start = _skip_building(text, start, stop, number)
        names = (_word(text, start, stop),)
    if not names or _DUES.search(names[-1]) or not _fits_unit(names[-1], number, linked):
        return None
    if not linked and (
        re.search("的$|" + _COUNTED.pattern, text.masked[left : number.start])
        or names[0].startswith("按")
    ):
        return None
    group = [number]
    subjects: tuple[str, ...] = ()
    if change and "分别" in names[0][-6:]:
        names = (names[0].replace("分别", "", 1),)
        words = "分别"
    if "分别" in words or text.masked[max(left, at - 2) : at] == "分别":
        group = _follow(text, numbers, index, related=bool(related))
        shared = _share(names[0], len(group))
        subjects = _find_subjects(shared, 4 if shared and shared[0] in names[0] else 2)
        names = shared or _part(names[0], len(group)) or names
        if len(names) == 1 and len(reader.subjects) == len(group):
            # 年度限额分别为…: of those whom the sentence is about.
            names = tuple(subject + names[0] for subject in reader.subjects)
    elif re.search(r"(?<![平人年])均|都", words):
        names = _share(names[0], 0) or names
    if len(names) > 1 and len(group) not in (1, len(names)):
        names = (names[-1],)
    comparators = tuple(
        _compare(words if entry is number or not entry.post else "", entry) for entry in group
    )
    return _Found(
        names,
        start,
        tuple(group),
        comparators,
        group[-1].after,
        cumulative,
        year=year,
        subjects=subjects,
    )


def _clause_start(text: _Text, left: int) -> int:
    return left if not left or text.masked[left - 1] in ",;:。!?\n" else -1


def _inherit(reader: _Reader, left: int, number: _Number) -> tuple[tuple[str, ...], int]:
    """达到95%, alone in its clause, is said of the clause before.

    A clause with a figure is meant where the second gives a new year (2018年达到67%,2020年达到
    70%) or the first only a step (提高2个百分点,达到35%).
    """
    text = reader.text
    if reader.last_clause:
        start, stop, _ = _clean_name(text, reader.years, *reader.last_clause)
        if _is_name(text, start, stop) and re.search(
            r"(?:率|比例|比重|数|量|面积|水平|覆盖面|规模|寿命)$", text.masked[start:stop]
        ):
            return (_word(text, start, stop),), start
        return (), left
    if reader.last_name and (reader.last_step or _within(reader.years, left, number.start)):
        return reader.last_name[-1:], reader.last_start
    return (), left


def _skip_list_of_works(text: _Text, start: int, stop: int) -> int:
    """加强治理、改善环境、森林覆盖率: works before the name are no part of it."""
    while re.match(
        r"(?:加强|完善|健全|优化|改善|强化|深化|扩大|加快|提高|推进)", text.masked[start:stop]
    ):
        at = text.masked.find("、", start, stop)
        if at < 0:
            break
        start = at + 1
    return start


def _skip_building(text: _Text, start: int, stop: int, number: _Number) -> int:
    """新建、改扩建幼儿园10所 counts 幼儿园; but 新建居住区覆盖率95% has 新建居住区 in its name."""
    built = _BUILT.match(text.masked, start, stop)
    if not built or number.unit in ("", "%", "‰", "成", "倍", "个百分点"):
        return start
    name = text.masked[built.end() : stop]
    return start if _MEASURED.search(name) or _BUILT_AGAIN.search(name) else built.end()


#: 新建小区配建幼儿园: what is counted is built in what is built.
_BUILT_AGAIN = re.compile(r"配建|配套|建设|建成|建有|设立|设置|配备")


def _fits_tail(text: _Text, numbers: list[_Number], index: int, end: int, linked: bool) -> bool:
    """What may follow a figure that belongs to the name before it."""
    number = numbers[index]
    tail = text.masked[number.after : end]
    if not tail or _GOAL.match(tail):
        return not tail.startswith("水平") or linked
    if tail.startswith(("的", "且", "或", "及以")):
        return False
    if tail[0] in "、和及与并" or tail[0] == _ASIDE or tail.startswith("以及"):
        return True
    return linked and not tail.startswith(("水平", "比例"))


def _fits_unit(name: str, number: _Number, linked: bool) -> bool:
    """Units that say little by themselves need a verb, or a name that calls for them."""
    unit = number.unit
    if not unit:
        return linked and bool(
            _NAMES_OF_RATIO.search(name) or ("/" in number.value and name.endswith("率"))
        )
    if unit.endswith("元"):
        return bool(_NAMES_OF_MONEY.search(name))
    if unit.endswith("岁"):
        return linked and bool(re.search(r"(?:寿命|年龄)$", name))
    if _NAMES_OF_DISTANCE.search(name):
        return False
    if _TIMES.search(unit):
        return linked and bool(_NAMES_OF_TIME.search(name))
    if _VAGUE_UNIT.search(unit):
        return linked or bool(number.post)
    return True


#: 分别提高到A的8倍和B的8倍: each figure with what it is measured by.
_MEASURED_BY = r"[^,;、。□\d]{2,25}?的?"


def _follow(
    text: _Text, numbers: list[_Number], index: int, *, related: bool = False
) -> list[_Number]:
    """The numbers of one 分别: each joined to the one before by a mere 、 or 和."""
    group = [numbers[index]]
    by = f"(?:{_MEASURED_BY})?" if related else ""
    for number in numbers[index + 1 :]:
        between = text.masked[group[-1].after : number.start]
        if not re.fullmatch(rf"(?:[、和及与]|以及)?(?:{_ADVERB}|{_BOUND}|达到)*{by}", between):
            break
        group.append(number)
    return group


#: Where the part that joined names share may begin: 职工和城乡居民|基本医疗保险…
_SHARED = re.compile(
    r"基本|人均|平均|年均|每千|每万|劳动|参保|覆盖|普及|毛入|净入|入学|入园|巩固|达标|集中供养|低保|医保|养老|医疗|政策"
)
_MEASURED = re.compile(
    r"(?:率|比例|比重|占比|数|量|面积|水平|覆盖面?|规模|寿命|人次|时间|指数|额|值|长度|床位|收入|满意度|知晓度|程度)$"
)
#: Whom joined names are about: 职工|医保政策范围内…, 城镇|居民人均….
_SUBJECT = re.compile(
    r"(?:城乡)?(?:居民|职工|人口|学生|儿童|老年人|残疾人|家庭)?(?:基本)?"
    r"(?:医保|医疗保险|养老保险|失业保险|工伤保险|生育保险|保险|低保|供养对象)?"
)


def _find_subjects(names: tuple[str, ...], least: int) -> tuple[str, ...]:
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


_NAMES = re.compile(r"、|以及|[和及与](?!谐|平|格|时)")


def _share(name: str, wanted: int) -> tuple[str, ...]:
    """Take joined names apart; ``wanted`` says how many there must be, 0 leaves it open.

    Nothing is returned where the name cannot be taken apart for certain.
    """
    plain = _hide(name.translate(_ONE_WIDTH), _PAIRS)
    cuts = [(0, 0), *(match.span() for match in _NAMES.finditer(plain)), (len(name), len(name))]
    parts = [name[before[1] : after[0]] for before, after in pairwise(cuts)]
    if len(parts) < 2 or len(parts) > 8 or not all(parts) or (wanted > 1 and len(parts) != wanted):
        return ()
    if all(_MEASURED.search(part) for part in parts):
        first = parts[0]
        if not re.search(r"[毛净总].{3}$", first):
            # 污水收集率和处理率: a bare second rate has the subject of the first.
            parts[1:] = [
                first[:-3] + part
                if len(part) == 3 and part[-1] == "率" == first[-1] and len(first) > 5
                else part
                for part in parts[1:]
            ]
        return tuple(parts)
    last = parts[-1]
    shared = _SHARED.search(last, 1)
    if wanted < 2 or any(_MEASURED.search(part) for part in parts[:-1]):
        return ()
    if re.match(r"(?!城乡|全体)..(?:居民|人口|学生|儿童)", last) and len(parts[0]) == 2:
        tail = last[2:]
    elif shared and shared.start() <= 8:
        tail = last[shared.start() :]
    elif all(len(part) == 2 for part in parts[:-1]):
        tail = last[2:]
    else:
        return ()
    return (*(part + tail for part in parts[:-1]), last)


def _part(name: str, wanted: int) -> tuple[str, ...]:
    """The joined names as they stand, where there are as many of them as figures."""
    parts = tuple(_NAMES.split(name))
    return parts if len(parts) == wanted and all(len(part) > 1 for part in parts) else ()


def _read_change(reader: _Reader, left: int, numbers: list[_Number], index: int) -> _Found | None:
    """比例由2015年的36%提高到100%: the old figure, of the year given; the new one follows."""
    text, number = reader.text, numbers[index]
    if index + 1 == len(numbers):
        return None
    window = _window(left, number.start)
    came = _FROM.search(text.masked[window : number.start])
    if not came or not _TURN.fullmatch(text.masked[number.end : numbers[index + 1].start]):
        return None
    start, stop, cumulative = _clean_name(text, reader.years, left, window + came.start())
    if not _is_name(text, start, stop):
        return None
    return _Found(
        (_word(text, start, stop),),
        start,
        (number,),
        (Comparator.EQUAL,),
        number.after,
        cumulative,
        reached=True,
        year=int(came["year"][:4]) if came["year"] else None,
    )


def _read_average(text: _Text, start: int, end: int) -> _Found | None:
    """孕产妇死亡率低于全国平均水平."""
    found = _AVERAGE.search(text.masked, start, end)
    if not found:
        return None
    first, last, cumulative = _clean_name(text, [], start, found.start())
    if not _is_name(text, first, last):
        return None
    number = _Number(found.start("value"), found.end(), found.end(), found["value"], "", False, "")
    return _Found(
        (_word(text, first, last),),
        first,
        (number,),
        (Comparator.BELOW_NATIONAL_AVERAGE,),
        found.end(),
        cumulative,
    )


# --- Table cells ------------------------------------------------------------------------------

_CELL_UNIT = (
    rf"[%‰]|/10万|/万|(?:[千百十]?万|亿|千|百)?[余多]?(?:{_MEASURES})?"
    r"(?:/[一-鿿]{1,4}|/\d{0,3}[千万]?[一-鿿]{0,2})?"
)
_CELL = re.compile(
    rf"(?P<open>[【\[〔﹝])?(?P<bound>(?:{_BOUND}|约|近|达到?|累计|控制在|为){{0,4}})(?P<inner>[【\[〔﹝])?"
    r"(?P<value>-?\d+(?:'\d{3})*(?:\.\d+)?"
    r"(?:[%‰]?[-~]{1,2}\d+(?:\.\d+)?|/\d+(?![\d千万]))?)"
    rf"(?P<unit>{_CELL_UNIT})(?:[(][含及][)])?(?:及|或)?"
    r"(?P<post>以上|以下|以内|之内|左右|上下|内)?(?P<close>[】\]〕﹞])?"
    rf"(?P<late>{_CELL_UNIT})(?P<star>\*?)(?:[(](?P<note>[^()]{{0,20}})[)])?"
)
_BELOW_AVERAGE = re.compile(
    r"(?:控制在|保持在|<)?(?P<sign>低于|小于|不高于|<)?(?:全国|国家)(?:同期)?平均(?:水平|值|数)?(?P<post>以下)?"
)


def read_value(cell: str) -> Value | None:
    """What a value cell of an indicator table says; None where it gives no value.

    Handles a bare number (``93``, ``70.1830``, ``8,400``), one with a unit (``95%``, 1.5万),
    signs and words of comparison (``﹥98``, ``≥65``, ``>=90``, 98以上, 4以内, 不低于30, 约5,
    100左右), brackets that say cumulative (``【15.8339】``, ``[12.5]``, 累计20), a range
    (``85-90``) and 低于全国平均值. Anything else (``-``, a blank cell, words) gives None.

    >>> read_value("【 14.5723】")
    Value(value='14.5723', unit='', comparator=<Comparator.EQUAL: '='>, cumulative=True)
    >>> read_value("-") is None
    True
    """
    if len(cell) > _LONGEST_CLAUSE:
        return None
    text = _condense(cell)
    plain = text.plain.rstrip("。;,")
    below = _BELOW_AVERAGE.fullmatch(plain)
    if below and (below["sign"] or below["post"]):
        value = text.kept[: len(plain)]
        return Value(value, "", Comparator.BELOW_NATIONAL_AVERAGE, False)
    found = _CELL.fullmatch(plain)
    if not found:
        return None
    raw = _as_printed(text, *found.span("value"))
    unit = found["unit"] + found["late"]
    plain_unit = re.sub("[余多]", "", unit)
    number = _Number(0, 0, 0, raw, plain_unit, unit != plain_unit, found["post"] or "")
    cumulative = (
        any(found[group] for group in ("open", "inner", "close", "star"))
        or "累计" in found["bound"]
        or "累计" in (found["note"] or "")
    )
    return Value(raw, plain_unit, _compare(found["bound"], number), cumulative)


_A_UNIT = re.compile(
    rf"[%‰]|[千百十]?万|亿|(?:[千百十]?万|亿|千|百)?(?:{_MEASURES})|万[一-鿿]{{1,3}}"
    r"|\d{0,3}/\d{0,6}[千百十]?万?[一-鿿]{0,3}|(?:百|千|万|十万)分(?:之一?|比|点|数)?"
    r"|[一-鿿μmgk]{1,4}[/·][一-鿿\d³²mLl]{1,6}|指数|[A-Za-zμ℃³²/·]{1,10}"
)
_UNIT_TOLD = re.compile(
    r"[,;、]?单位[:为]?(?P<unit>[^,;:、]{1,12})$|[,;/](?P<last>[^,;:、/]{1,6})$"
)
_UNIT_MARKS = "*[]【】()"


def split_name_and_unit(cell: str) -> tuple[str, str, bool]:
    """Take the name cell of an indicator apart: name, unit, and whether it is cumulative.

    Handles a last bracket that holds a unit (``九年义务教育巩固率(%)``, (1/10万), (万), also with
    its end lost), one that does not (文化馆(站)), a unit behind a comma or 单位 (…,单位:万人) or
    bare (覆盖率%), and the marks of a cumulative figure: a star, 【】, 累计. A name without a unit
    has a blank one.

    >>> split_name_and_unit("城镇新增就业人数(万人)*")
    ('城镇新增就业人数', '万人', True)
    >>> split_name_and_unit("文化馆(站)年服务人次(万)")
    ('文化馆(站)年服务人次', '万', False)
    """
    text = _condense(cell)
    plain = text.plain
    end = len(plain.rstrip("。,;:*"))
    start = len(plain) - len(plain.lstrip("*"))
    cumulative = "*" in plain[:start] + plain[end:] or "累计" in plain[-20:] or "【" in plain
    for pair in ("[]", "【】", "()"):
        if plain.endswith(pair, start, end):
            cumulative, end = True, end - 2
    if start >= end:
        return "", "", cumulative
    opened = max(plain.rfind(mark, start, end) for mark in "([【")
    inner = plain[opened + 1 : end].rstrip(_UNIT_MARKS) if opened >= start else ""
    if inner and not any(mark in inner for mark in ")]】"):
        at = opened + 1
        for piece in re.split(r"[,;:、]", inner):
            bare = piece.removeprefix("单位").strip(_UNIT_MARKS)
            if bare and _A_UNIT.fullmatch(bare):
                first = plain.find(bare, at)
                name = _word(text, start, opened).rstrip("*([【（")
                cumulative |= "*" in plain[opened - 1 : end]
                return name, _in_one_width(text, first, first + len(bare)), cumulative
            at += len(piece) + 1
    told = _UNIT_TOLD.search(plain, max(start, end - 20), end)
    group = "unit" if told and told["unit"] else "last"
    if told and (group == "unit" or _A_UNIT.fullmatch(told[group])):
        return _word(text, start, told.start()), _in_one_width(text, *told.span(group)), cumulative
    if plain[end - 1] in "%‰" and end - start > 1:
        return _word(text, start, end - 1), _in_one_width(text, end - 1, end), cumulative
    return _word(text, start, end), "", cumulative
