"""The parts of a split: 8∶2, 六四, 各承担50%, 平均分担, 全额, and who of several pays which."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from pskg.extract.grammar.numbers import PERCENT, parse_number
from pskg.model import Basis

__all__ = [
    "PARTS",
    "PAY",
    "RATIO",
    "SHARED",
    "parse_part",
    "read_parts",
    "split_ratio",
    "write_part",
]


PAY = (
    r"(?:负担|承担|担负|分担|共担|分摊|均摊|缴纳|缴存|缴付|(?<!转移)支付|拨付|垫付|列支|开支|出资|自筹|筹集|"
    r"筹措|自付|自负|自理|兜底|代缴|代付)"
)

_PART = rf"(?:{PERCENT}|一半|半数|[0-9]{{1,2}}/[0-9]{{1,3}}(?![0-9]))"
PARTS = re.compile(_PART)
_OF_OTHERS = re.compile(r"(?:率|达到?|(?<!不)超过|(?<!不)高于|(?<!不)低于)(?:到|为|约)?$")
_OTHERS_AFTER = re.compile(
    r"(?:以上|以下|左右)?的(?!比例|标准|费率|补助|补贴|资金|部分|额度|给予)|个百分点"
)
_OF_PAYING = re.compile(r"(?:比例|费率)[^，。；]{0,6}$")
_RANGE = re.compile(r"[-—–~～至到]")
_EACH = re.compile(
    rf"各(?:自|方)?(?:按)?(?:{PAY}|补助|补贴|占)?[^，。；0-9]{{0,10}}?(?P<part>{_PART})|各半|对半|五五开"
)
_EQUALLY = re.compile(
    r"平均(?:分担|负担|承担|分摊)|均摊|等额(?:分担|负担|承担)|同比例(?:分担|负担|承担)"
)
RATIO = re.compile(
    r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,2})?(?:[：:∶比/—–－-][0-9]{1,3}(?:\.[0-9]{1,2})?){1,5}"
    r"(?![0-9％])|[一二三四五六七八九](?:比[一二三四五六七八九]){1,4}"
    r"|[一二三四五六七八九]{2,4}(?=开|的?比例|分担|分成|负担|承担)"
)
SHARED = re.compile(r"比例|分担|负担|承担|分摊|出资|配套|分成|分别|筹集|安排|补助|投入")

_LAST_PART = re.compile(rf"(?P<part>{_PART})(?:的?(?:部分|资金|经费|费用)?)$")


def split_ratio(words: str) -> tuple[Decimal, ...]:
    """The parts of a ratio: 8∶2, 4:3:3, 六比四, 六四."""
    pieces = re.split(r"[：:∶比/—–－-]", words)
    if len(pieces) == 1:
        pieces = list(words)
    parts = tuple(parse_number(piece) or Decimal(0) for piece in pieces)
    if len(pieces[0]) == 1 and len(words) == len(pieces) and sum(parts) != 10:
        return ()
    return parts if sum(parts) else ()


def read_parts(words: str, before: str, count: int) -> tuple[tuple[Decimal | None, ...], Basis]:
    """The part of each of ``count`` payers in what follows them (and in what stands before)."""
    none: tuple[Decimal | None, ...] = (None,) * count
    if found := RATIO.search(words):
        parts = split_ratio(found.group())
        if len(parts) == count > 1 and SHARED.search(words):
            return tuple(part / sum(parts) for part in parts), Basis.RATIO
    if count > 1 and (found := _EACH.search(words)):
        part = parse_part(found["part"] or "一半")
        if part is not None and part * count <= 1:
            return (part,) * count, Basis.PERCENTAGE
    if count > 1 and _EQUALLY.search(words):
        return (Decimal(1) / count,) * count, Basis.PERCENTAGE
    numbers = [found for found in PARTS.finditer(words) if _is_share(words, found)]
    values = [parse_part(number.group()) for number in numbers]
    if len(values) == count and (count == 1 or not _is_range(words, numbers)):
        return tuple(values), Basis.PERCENTAGE
    if count > 1 and len(values) == 1 and re.search("分别|均", words[: numbers[0].start()]):
        # 用人单位和职工分别按0.5%缴纳: the one figure is of each.
        part = values[0]
        if part is not None and part * count <= 1:
            return (part,) * count, Basis.PERCENTAGE
    if count > 1 and not values:
        # 按50%、30%的比例由省、市分担
        ahead = [parse_part(found.group()) for found in PARTS.finditer(before)]
        stated = [part for part in ahead if part is not None]
        if len(stated) == len(ahead) == count and sum(stated) <= 1:
            return tuple(stated), Basis.PERCENTAGE
    if count == 1 and len(values) > 1:
        if re.search(r"(?:提高|调整|降低?|增加)(?:到|至|为)", words):
            return (values[-1],), Basis.PERCENTAGE
        return (None,), Basis.PERCENTAGE
    if not values and count == 1 and (last := _LAST_PART.search(before)):
        return (parse_part(last["part"]),), Basis.PERCENTAGE
    return none, Basis.QUALITATIVE


def parse_part(words: str) -> Decimal | None:
    """A part of the whole; None for more than all of it (a lost decimal point: 666%)."""
    part = Decimal("0.5") if words in ("一半", "半数") else parse_number(words)
    return part if part is not None and 0 <= part <= 1 else None


def _is_share(words: str, number: re.Match[str]) -> bool:
    """Whether a percentage is what is paid, and not a figure that tells somebody apart."""
    before = words[max(0, number.start() - 12) : number.start()]
    return not (
        _OTHERS_AFTER.match(words, number.end())
        or (_OF_OTHERS.search(before[-6:]) and not _OF_PAYING.search(before))
    )


def _is_range(words: str, numbers: list[re.Match[str]]) -> bool:
    return any(
        _RANGE.fullmatch(words[one.end() : two.start()] or " ") for one, two in pairwise(numbers)
    )


def write_part(part: Decimal) -> str:
    """Decimal notation without an exponent: 0.8, 1; a third to six places.

    >>> write_part(Decimal("0.80")), write_part(Decimal(1) / 3), write_part(Decimal("1.0"))
    ('0.8', '0.333333', '1')
    """
    return f"{round(part, 6):f}".rstrip("0").rstrip(".") if part % 1 else f"{part:.0f}"
