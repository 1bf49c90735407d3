"""Deal the lines of a row out to its columns, by what each column can hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pskg.extract.grammar.bodies import OF_REGION
from pskg.extract.tables.lines import CONTINUES, OPEN, SENTENCE, is_body
from pskg.extract.tables.model import BODY_COLUMNS, Column
from pskg.read import Block, Cell
from pskg.vocabulary import Vocabulary

__all__ = ["deal_row", "deal_rows"]

_TIME = re.compile(r"\d{4}|[年月季]|持续|长期|常年|全年|立即|按时|日前|底前")
_MONEY = re.compile(
    r"财政|中央|省级|市县|负责|承担|分担|负担|补助|补贴|缴纳|缴费|支付|基金|筹|资金|经费|自付|个人"
)
#: A paragraph of a target-group cell that names its group: 重点救助对象:…
_NAMED_GROUP = re.compile(r"\S{0,14}(?:对象|人群|人员|家庭|群体|群众)\s*[:：]")
#: What names a service ends like this; whom it is for does not, unless it names persons or places.
_DEED = re.compile(
    r"(?!享受|符合|年满|参加|依法|具有|持有|接受|有|无|未|因|被|在)[^，。；]{0,30}(?:服务|管理|处理|报告|救助|补助|补贴|保险|资助|培训|接种|建设|改造|开放|指导|保障|供养|安置|鉴定|援助|"
    r"检查|监测|干预|治疗|抚恤|促进|控制|防治|监管|支持|扶助|奖励)$"
)
_WHOM = re.compile(r"[人者员生户]|儿童|居民|职工|家庭|对象|群众|妇女|夫妇|城乡|学校|机构|单位|企业")
_REGIONS = re.compile(r"(?:各|有关|相关)[省市县区州盟旗镇乡街道村]{1,5}$")
#: What an empty cell costs.
_EMPTY_CELL = 3.5


def deal_row(
    columns: Sequence[Column], blocks: Sequence[Block], vocabulary: Vocabulary
) -> tuple[Cell, ...]:
    """Deal the lines of one row out to its columns."""
    rows = deal_rows(columns, blocks, vocabulary, single=True)
    return rows[0] if rows else tuple(Cell(()) for _ in columns)


def deal_rows(
    columns: Sequence[Column],
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    *,
    single: bool = False,
) -> list[tuple[Cell, ...]]:
    """Deal lines out to the columns of a row, in order, or of one row after another.

    The cost says how ill a line suits a column and how odd it is that a cell goes on, breaks
    off or is empty; the cheapest of all ways is taken (dynamic programming, lines times
    columns). A further row starts in the first column.
    """
    if not blocks:
        return []
    infinite = float("inf")
    width = len(columns)
    # best[c]: the cost of the lines so far, the last of them in column c.
    best = [infinite] * width
    steps: list[list[int]] = []
    for index, block in enumerate(blocks):
        now = [infinite] * width
        step = [-1] * width
        breaking = _cost_of_breaking_off(blocks[index - 1]) if index else 0.0
        for column in range(width):
            if index == 0:
                now[column] = _EMPTY_CELL * column if single or not column else infinite
            else:
                ways = [
                    (best[before] + _EMPTY_CELL * (column - before - 1) + breaking, before)
                    for before in range(column)
                ]
                going_on = _cost_of_going_on(blocks[index - 1], block, columns[column])
                ways.append((best[column] + going_on, column))
                if not single and column == 0:
                    # Marked by a step beyond the columns: a new row begins.
                    ways += [
                        (best[c] + _EMPTY_CELL * (width - 1 - c) + breaking, width + c)
                        for c in range(width)
                    ]
                now[column], step[column] = min(ways)
            now[column] += _misfit(block, columns[column], vocabulary)
        best = now
        steps.append(step)
    column = min(range(width), key=lambda c: best[c] + _EMPTY_CELL * (width - 1 - c))
    dealt: list[list[list[Block]]] = [[[] for _ in columns]]
    for block, step in zip(reversed(blocks), reversed(steps), strict=True):
        dealt[-1][column].append(block)
        column = step[column]
        if column >= width:
            column -= width
            dealt.append([[] for _ in columns])
    return [tuple(Cell(tuple(reversed(lines))) for lines in row) for row in reversed(dealt)]


def _cost_of_going_on(before: Block, block: Block, column: Column) -> float:
    """How odd it is that a cell goes on in another line."""
    if OPEN.search(before.text) or CONTINUES.match(block.text):
        return 0.0
    # 各乡镇 / 卫生院 is one name.
    if column.holds in BODY_COLUMNS and OF_REGION.match(block.text):
        return 0.0 if _REGIONS.search(before.text) else 1.5
    return 0.8 if column.holds in ("standard", "content", "target-groups", "funding") else 1.5


def _cost_of_breaking_off(before: Block) -> float:
    """How odd it is that a cell ends here."""
    return 3.0 if OPEN.search(before.text) else 0.0


def _misfit(block: Block, column: Column, vocabulary: Vocabulary) -> float:
    """How ill a line suits a column."""
    text = block.text
    ends_sentence = bool(SENTENCE.search(text))
    body = is_body(text, vocabulary)
    if column.holds in BODY_COLUMNS:
        return 0.0 if body else 4.0
    if column.holds == "deadline":
        return 0.0 if _TIME.search(text) and len(text) <= 30 else 3.0
    if column.holds == "power":
        return 0.0 if "事权" in text and not ends_sentence else 3.0
    cost = 3.0 if body else 0.0
    if column.holds == "funding":
        return cost + (0.0 if _MONEY.search(text) else 3.0) + (0.0 if ends_sentence else 0.5)
    if column.holds in ("standard", "content"):
        return cost + (0.0 if ends_sentence else 1.0) + (2.0 if _NAMED_GROUP.match(text) else 0)
    if column.holds == "target-groups":
        deed = bool(_DEED.match(text)) and not _WHOM.search(text)
        sentence = ends_sentence and not _NAMED_GROUP.match(text)
        return cost + (1.5 if sentence else 0.0) + (1.0 if deed else 0.0)
    if column.holds == "name":
        return cost + (2.0 if ends_sentence else 0.0) + (1.0 if len(text) > 60 else 0.0)
    return cost
