"""The cells of an indicator table: a value, and a name with its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pskg.extract.grammar.figure_numbers import BOUND, MEASURES, Number, compare_value, cut_value
from pskg.extract.grammar.figure_text import LONGEST_CLAUSE, condense_text, cut_unit
from pskg.model import Comparator

__all__ = ["Value", "read_value", "split_name_and_unit"]


@dataclass(frozen=True, slots=True)
class Value:
    """What a value cell says. ``unit`` is blank where the cell gives none."""

    value: str
    unit: str
    comparator: Comparator
    cumulative: bool


_CELL_UNIT = (
    rf"[%‰]|/10万|/万|(?:[千百十]?万|亿|千|百)?[余多]?(?:{MEASURES})?"
    r"(?:/[一-鿿]{1,4}|/\d{0,3}[千万]?[一-鿿]{0,2})?"
)
_CELL = re.compile(
    rf"(?P<open>[【\[〔﹝(])?(?P<bound>(?:{BOUND}|约|近|达到?|累计|[(]累计[)]|控制在|[保维]持在|稳定在|[降升提增][高加低]?[至到]|为){{0,4}})"
    r"(?P<inner>[【\[〔﹝])?"
    r"(?P<value>-?\d+(?:'\d{3})*(?:\.\d+)?"
    r"(?:[%‰]?[-~]{1,2}\d+(?:\.\d+)?|/\d+(?![\d千万]))?)"
    rf"(?P<unit>{_CELL_UNIT})(?:[(][含及][)])?(?:及|或)?"
    r"(?P<post>以上|以下|以内|之内|左右|上下|内)?(?P<close>[】\]〕﹞)])?"
    rf"(?P<late>{_CELL_UNIT})(?P<further>以上|以下|以内|左右)?(?P<star>\*?)"
    r"(?:[(\[【〔﹝](?P<note>[^()\[\]【】〔〕﹝﹞]{0,20})[)\]】〕﹞])?"
)
_BELOW_AVERAGE = re.compile(
    r"(?:控制在|保持在|<)?(?P<sign>低于|小于|不高于|<)?(?:全国|国家)(?:同期)?平均(?:水平|值|数)?(?P<post>以下)?"
)


@lru_cache(maxsize=4096)
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
    if len(cell) > LONGEST_CLAUSE:
        return None
    text = condense_text(cell)
    plain = text.plain.rstrip("。;,")
    below = _BELOW_AVERAGE.fullmatch(plain)
    if below and (below["sign"] or below["post"]):
        value = text.kept[: len(plain)]
        return Value(value, "", Comparator.BELOW_NATIONAL_AVERAGE, False)
    found = _CELL.fullmatch(plain)
    if not found:
        return None
    raw = cut_value(text, *found.span("value"))
    unit = found["unit"] + found["late"]
    plain_unit = unit.replace("余", "").replace("多", "")
    number = Number(
        0, 0, 0, raw, plain_unit, unit != plain_unit, found["post"] or found["further"] or ""
    )
    cumulative = (
        any(found[group] for group in ("open", "inner", "close", "star"))
        or "累计" in found["bound"]
        or "累计" in (found["note"] or "")
    )
    return Value(raw, plain_unit, compare_value(found["bound"], number), cumulative)


_A_UNIT = re.compile(
    rf"[%‰]|[千百十]?万|亿|(?:[千百十]?万|亿|千|百)?(?:{MEASURES})|万[一-鿿]{{1,3}}"
    r"|\d{0,3}/\d{0,6}[千百十]?万?[一-鿿]{0,3}|(?:百|千|万|十万)分(?:之一?|比|点|数)?"
    r"|[一-鿿μmgk]{1,4}[/·][一-鿿\d³²mLl]{1,6}|指数|[A-Za-zμ℃³²/·]{1,10}"
)
_UNIT_TOLD = re.compile(
    r"[,;、]?单位[:为]?(?P<unit>[^,;:、]{1,12})$|[,;/](?P<last>[^,;:、/]{1,6})$"
)
#: 住房(万套(间)): a unit with another in its bracket, also with the last one lost.
_NESTED_UNIT = re.compile(
    rf"\((?P<unit>(?:[千百十]?万|亿|千|百)?(?:{MEASURES})\((?:{MEASURES})\))\)?\*?$"
)
#: What stands before a name in its cell: marks and numbers; and what behind its unit.
_NAME_OPENS = re.compile(r"(?:[*★☆▲△◆●#]|[(]\d{1,2}[)]|\d{1,2}[.。、](?!\d))*")
_NAME_CLOSES = re.compile(
    r"(?:[*★☆▲△◆●#]|[,;]?累计[数值]?|[(\[【〔﹝][^()\[\]【】〔〕﹝﹞]{0,3}累计[数值]?[)\]】〕﹞])+$"
)
_SUMMED = re.compile(r"[(（]累计[)）]")
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
    text = condense_text(cell)
    plain = text.plain
    end = len(plain.rstrip("。,;:*"))
    opening = _NAME_OPENS.match(plain)
    start = opening.end() if opening else 0
    closing = _NAME_CLOSES.search(plain, start, end)
    end = closing.start() if closing else end
    cumulative = "*" in plain[:start] + plain[end:] or "累计" in plain[-20:] or "【" in plain
    for pair in ("[]", "【】", "()"):
        if plain.endswith(pair, start, end):
            cumulative, end = True, end - 2
    if start >= end:
        return "", "", cumulative
    if nested := _NESTED_UNIT.search(plain, start, len(plain)):
        return text.word(start, nested.start()), cut_unit(text, *nested.span("unit")), cumulative
    opened = max(plain.rfind(mark, start, end) for mark in "([【")
    inner = plain[opened + 1 : end].rstrip(_UNIT_MARKS) if opened >= start else ""
    if inner and not any(mark in inner for mark in ")]】"):
        at = opened + 1
        for piece in re.split(r"[,;:、]", inner):
            bare = piece.removeprefix("单位").strip(_UNIT_MARKS)
            if bare and _A_UNIT.fullmatch(bare):
                first = plain.find(bare, at)
                name = _SUMMED.sub("", text.word(start, opened).rstrip("*([【（"))
                cumulative |= "*" in plain[opened - 1 : end]
                return name, cut_unit(text, first, first + len(bare)), cumulative
            at += len(piece) + 1
    told = _UNIT_TOLD.search(plain, max(start, end - 20), end)
    group = "unit" if told and told["unit"] else "last"
    if told and (group == "unit" or _A_UNIT.fullmatch(told[group])):
        return text.word(start, told.start()), cut_unit(text, *told.span(group)), cumulative
    if plain[end - 1] in "%‰" and end - start > 1:
        return text.word(start, end - 1), cut_unit(text, end - 1, end), cumulative
    return text.word(start, end), "", cumulative
