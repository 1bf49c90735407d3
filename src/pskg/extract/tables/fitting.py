"""How well a line of a flattened table suits a column, and a cell's lines each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pskg.extract.coverage import is_boilerplate
from pskg.extract.grammar.bodies import OF_REGION
from pskg.extract.tables.lines import (
    CONTINUES,
    HAN_NUMBER,
    LONGEST_GROUP,
    OPEN,
    SENTENCE,
    is_body,
    is_headline,
    read_row_number,
)
from pskg.extract.tables.model import BODY_COLUMNS, Column
from pskg.read import Block
from pskg.vocabulary import Vocabulary

__all__ = [
    "cost_of_breaking_off",
    "cost_of_heading",
    "costs_of_going_on",
    "find_widths",
    "misfits",
]

_TIME = re.compile(r"\d{4}|[年月季]|持续|长期|常年|全年|立即|按时|日前|底前")
_MONEY = re.compile(
    r"财政|中央|省级|市县|负责|承担|分担|负担|补助|补贴|缴纳|缴费|支付|基金|筹|资金|经费|自付|个人"
)
#: Who pays, and that they do: 地方政府负责, 中央财政给予补助.
_PAYS = re.compile(
    r"(?:财政|政府|中央|省级|市县|地方|单位|企业|个人)[^。;；,，、]{0,12}?"
    r"(?:负责|承担|分担|负担|补[助贴足]|奖补|缴[纳费]|筹[集措资]|出资|安排|支持)"
)
#: How many of those whom a service is for it reaches: 目标人群覆盖率100%, 参保人数达到3亿人.
_COVERS = re.compile(
    r"覆盖|普及|应[保助救享补]尽|[率例]\S{0,6}?\d|[%％]|(?:达到|稳定在|不低于|不少于|超过|以上|以下|以内)"
    r"|\d[\d.]*\s*[万亿]|普遍|逐步|基本实现|全部|全面|人人|均[能可]"
)
_SURELY_COVERS = re.compile(
    r"覆盖[率面]|全覆盖|目标人群|参[保合]\S{0,4}[率数]|[率例]\S{0,6}?\d+\S{0,4}?[%％]"
)
#: What a standard says of what is given.
_GIVES = re.compile(
    r"免费|提供|享[受有]|发放|获得|给予|支付|报销|减免|免[收除]|补[助贴]|资助|救助|开展|保障|建立|标准|[每月]"
    r"|不低于|不少于|\d"
)
#: A paragraph of a target-group cell that names its group: 重点救助对象:…
_NAMED_GROUP = re.compile(r"\S{0,14}(?:对象|人群|人员|家庭|群体|群众)\s*[:：]")
#: What names a service ends like this; whom it is for does not, unless it names persons or places.
_DEED = re.compile(
    r"(?!享受|符合|年满|参加|依法|具有|持有|接受|有|无|未|因|被|在)[^，。；]{0,30}(?:服务|管理|处理|报告|救助|补助|补贴|保险|资助|培训|接种|建设|改造|开放|指导|保障|供养|安置|鉴定|援助|"
    r"检查|监测|干预|治疗|抚恤|促进|控制|防治|监管|支持|扶助|奖励)$"
)
_WHOM = re.compile(r"[人者员生户]|儿童|居民|职工|家庭|对象|群众|妇女|夫妇|城乡|学校|机构|单位|企业")
#: What those whom a service is for are called at the end of their cell.
_ENDS_WHOM = re.compile(
    r"(?:[人者员生户民众群童妇]|儿|职工|家庭|对象|夫妇|学校|机构|单位|企业|[群团集]体|组织|[村镇乡]|社区|青年|少年|军属|烈属)"
    r"(?:[(（][^()（）]*[)）])?[。;；]?$"
)
#: Running text: it tells those who carry the plan out what they have to do, or opens with a time.
_RUNS = re.compile(
    r"(?:各(?:地|级|部门|单位|区县|县区|市县)|有关部门|部门)[^。;；]{0,20}?(?:要|应当?|须)|切实|高度重视"
    r"|^(?:为(?:了|确保|贯彻|落实|进一步|切实|保障)|到?(?:19|20)\d\d年[,，]|“[一二三四五十]+五”(?:时期|期间)[,，])"
)
_REGIONS = re.compile(r"(?:各|有关|相关)[省市县区州盟旗镇乡街道村]{1,5}$")
_DIGIT_ENDS = re.compile(r"\d$")
_MEASURE_STARTS = re.compile(r"[.\d元%％人年月岁户万亿周个名张次天日号]")
#: The columns whose cells may open with a number, or say what has to be done.
_SAYS_WHAT = frozenset({"name", "task", "domain"})
#: The columns whose cells are sentences.
_TOLD = frozenset({"standard", "content"})
_LONGEST_CELL_LINE = 600
_LONGEST_NAME = 60
_NEVER = 12.0
#: A narrow column has so many characters in a line at least, and so many full lines on end.
_NARROWEST = 6
_FEWEST_FULL = 3
#: How odd it is that a cell has several paragraphs.
_GOING_ON = {"standard": 0.8, "content": 0.8, "target-groups": 1.0, "funding": 1.0}


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line is, whatever column it may stand in."""

    text: str
    number: bool
    body: bool
    ends_sentence: bool
    #: What it costs that it reads like running text, or like the site's own.
    running: float
    chrome: float


def misfits(
    block: Block, columns: Sequence[Column], vocabulary: Vocabulary, *, stops: bool
) -> list[float]:
    """How ill a line suits each column. ``stops`` says that sentences have full stops here."""
    text = block.text
    if len(text) > _LONGEST_CELL_LINE:
        return [_NEVER] * len(columns)
    line = _Line(
        text,
        number=len(text) <= 6 and read_row_number(text) is not None,
        body=is_body(text, vocabulary),
        ends_sentence=bool(SENTENCE.search(text)),
        running=_of_running_text(text),
        chrome=2.5 if is_boilerplate(block, vocabulary, shortest=4) else 0.0,
    )
    return [_misfit(line, column.holds, stops=stops) for column in columns]


def _misfit(line: _Line, holds: str, *, stops: bool) -> float:
    text, body, ends_sentence = line.text, line.body, line.ends_sentence
    if holds == "no":
        return 0.0 if line.number else 4.0
    cost = line.running if holds not in _SAYS_WHAT else 0.0
    cost += line.chrome
    if holds in BODY_COLUMNS:
        return 0.0 if body else cost + 4.0
    if holds == "deadline":
        return 0.0 if _TIME.search(text) and len(text) <= 30 else 3.0
    if holds == "power":
        return 0.0 if "事权" in text and not ends_sentence else 3.0
    cost += 3.0 if body else 2.0 if line.number else 0.0
    if holds == "funding":
        cost += 0.0 if _MONEY.search(text) else 3.0
        return cost + (0.5 if stops and not ends_sentence else 0.0)
    if holds == "coverage":
        return cost + (0.0 if _COVERS.search(text) else 2.0) + _of_money(text) / 2
    if holds in ("standard", "content"):
        cost += 2.0 if _NAMED_GROUP.match(text) else 0.0
        if stops:
            return cost + (0.0 if ends_sentence else 1.0)
        return cost + (0.0 if _GIVES.search(text) else 1.0)
    sure = 2.0 if _SURELY_COVERS.search(text) else 0.0
    if holds == "target-groups":
        deed = bool(_DEED.match(text)) and not _WHOM.search(text)
        sentence = ends_sentence and not _NAMED_GROUP.match(text)
        cost += 0.0 if _ENDS_WHOM.search(text) else 0.7
        return cost + sure + (1.5 if sentence else 0.0) + (1.0 if deed else 0.0) + _of_money(text)
    if holds in ("name", "task"):
        cost += (2.0 if ends_sentence else 0.0) if holds == "name" else 0.0
        return cost + sure + (1.0 if holds == "name" and len(text) > _LONGEST_NAME else 0.0)
    return cost


def _of_running_text(text: str) -> float:
    """What it costs that a line reads like a paragraph or a point of a text."""
    return (1.5 if HAN_NUMBER.match(text) else 0.0) + (2.5 if _RUNS.search(text) else 0.0)


def _of_money(text: str) -> float:
    return 1.5 if _PAYS.search(text) else 0.0


def find_widths(blocks: Sequence[Block]) -> frozenset[int]:
    """The lengths at which the lines of narrow columns are broken, where they are.

    Lines as long as each other then follow each other again and again, and there are many more
    of them than of lines a little shorter or longer.
    """
    lines = {block.text: len(block.text) for block in blocks}
    lengths = Counter(lines.values())
    runs = Counter(
        len(one.text)
        for one, other in pairwise(blocks)
        if len(one.text) == len(other.text) >= _NARROWEST and one.text != other.text
    )
    widths = {length for length, count in runs.items() if count >= _FEWEST_FULL}
    widths |= {
        length
        for length, count in lengths.items()
        if length >= 2 * _NARROWEST
        and count > _FEWEST_FULL
        and count > 2 * max(lengths[length - 1], lengths[length + 1])
    }
    broken = sum(length in widths for length in lines.values())
    return frozenset(widths) if 4 * broken > len(lines) else frozenset()


def costs_of_going_on(
    before: Block,
    block: Block,
    columns: Sequence[Column],
    *,
    stops: bool,
    widths: Collection[int] = (),
) -> list[float]:
    """How odd it is that a cell goes on in another line, for each column."""
    if widths:
        return [0.1 if len(before.text) in widths else 2.0] * len(columns)
    if _is_open(before.text, block.text):
        return [0.0] * len(columns)
    return [_cost_of_going_on(before, block, column, stops=stops) for column in columns]


def _cost_of_going_on(before: Block, block: Block, column: Column, *, stops: bool) -> float:
    if stops and column.holds in _TOLD and not SENTENCE.search(before.text):
        return 0.4
    whom = column.holds == "target-groups" and _ENDS_WHOM.search(block.text)
    if whom and not _ENDS_WHOM.search(before.text):
        return 0.2
    # 各乡镇 / 卫生院 is one name.
    if column.holds in BODY_COLUMNS and OF_REGION.match(block.text):
        return 0.0 if _REGIONS.search(before.text) else 1.5
    return _GOING_ON.get(column.holds, 1.5)


# What it costs to go on and to break off is asked of the same two lines.
@lru_cache(maxsize=64)
def _is_open(before: str, text: str) -> bool:
    """Whether a line ends, or the next begins, in the middle of a phrase."""
    if OPEN.search(before) or CONTINUES.match(text) or _has_open_bracket(before):
        return True
    return bool(_DIGIT_ENDS.search(before) and _MEASURE_STARTS.match(text))


def _has_open_bracket(text: str) -> bool:
    opened = max(text.rfind("("), text.rfind("（"))
    return opened > max(text.rfind(")"), text.rfind("）"))


def cost_of_breaking_off(before: Block, block: Block, widths: Collection[int] = ()) -> float:
    """How odd it is that a cell ends with a line and another begins with the next."""
    if len(before.text) in widths and not SENTENCE.search(before.text):
        return 2.0
    return 3.0 if _is_open(before.text, block.text) else 0.0


def cost_of_heading(block: Block, vocabulary: Vocabulary) -> float:
    """How odd it is that a line between two rows heads a group of them."""
    if len(block.text) > LONGEST_GROUP or SENTENCE.search(block.text):
        return _NEVER
    if HAN_NUMBER.match(block.text):
        return 0.0
    if vocabulary["domains"].find(block.text):
        return 0.5
    return 1.0 if is_headline(block) else 2.5
