"""Payers: how they are named, alone and in lists, and which concept each is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pskg.extract.grammar.numbers import PERCENT
from pskg.vocabulary import Concept, Scheme, any_of, key

__all__ = [
    "AND",
    "BRACKET",
    "NOUN",
    "PIECES",
    "PLACES",
    "PayerGrammar",
    "compile_payers",
    "find_payer",
    "name_payers",
]


NOUN = r"(?:财政(?:部门|资金|预算)?|人民政府|政府|财力)"
_LEVELS = r"(?:本级|级|层面)?(?:[两二三四五各]级)?"
_OF = r"(?:各类?|本|有关|相关|其他|所在|试点|受益|城镇|农村|城乡|参保|符合条件的)"
BRACKET = r"(?:（[^（）。；]{1,16}）)"
AND = r"(?:、|，?以及|和|与|及|或|同)"

PLACES = "省市县区州盟旗乡镇村"
#: Places of several levels in one word: 县市区财政.
_JOINED_PLACES = r"(?:县市区|市县区|区市县|市区县|旗县区|省市县|县市|县区|区县|旗县|市州)"


@dataclass(frozen=True)
class PayerGrammar:
    """The regular expressions that hold the vocabulary's names."""

    group: re.Pattern[str]
    wages: re.Pattern[str]
    stated: re.Pattern[str]


@cache
def compile_payers(names: tuple[str, ...]) -> PayerGrammar:
    """The expressions for payers who go by these names."""
    # A single character (省, 县) is a payer only where it stands alone.
    alone = (
        rf"(?:(?<![一-鿿])|(?<=[由和与及同档类区中])|(?<=其中)|(?<=[分承负]担部分))[{PLACES}](?!(?<=[档类].)(?:补助|奖补))"
        rf"(?=[、和与及]|[0-9]|按|各|分别|分档|分级|共同|两级|承担|负担|分担|补助|出资|安排|配套|占|对)"
    )
    longer = any_of(name for name in names if len(name) > 1)
    payer = (
        rf"(?:{_OF}{{0,2}}(?:{longer}|{_JOINED_PLACES}(?={NOUN})|[{PLACES}]{BRACKET}?(?=(?:本|[两二三四五])?级|{NOUN}|以[上下](?:各级)?{NOUN})){_LEVELS}"
        rf"(?:以[上下](?:各级)?(?={NOUN}))?"
        rf"(?:{BRACKET}(?=级|{NOUN}))?级?{NOUN}?(?:{BRACKET}(?={NOUN}))?{NOUN}?"
        rf"{BRACKET}?(?:本人|个人)?(?![局厅委院处科])|{alone})"
    )
    return PayerGrammar(
        group=re.compile(rf"{payer}(?:{AND}{payer}){{0,7}}"),
        wages=re.compile(
            rf"费率[^，。；]{{0,10}}?(?P<payer>{payer})(?:职工)?(?:缴费)?工资(?:总额)?的?[^，。；0-9]{{0,6}}"
            rf"(?P<part>{PERCENT})"
        ),
        stated=re.compile(rf"(?P<payer>{payer})(?:占|占比|为|：|分担|承担)?(?P<part>{PERCENT})"),
    )


_LAST_NOUN = re.compile(rf"{NOUN}$")
PIECES = re.compile(r"(?:（[^（）]{0,20}）|(?!、|，?以及|和|与|及|或|同(?!级|等)).)+", re.DOTALL)
_TIERS = re.compile(
    rf"(?P<tiers>(?:自治区|[{PLACES}]){{2,4}})(?P<level>级)?(?:[两二三四]级)?(?P<noun>{NOUN}?)"
)
_TAIL = re.compile(r"(?:等(?:方面|各方|单位)?|[两二三四]级|双方|三方|共同|各方)+$")
_TIER_NOUN = re.compile(rf"[两二三四]级(?=(?:{NOUN})?$)")

_GOVERNMENT = re.compile(
    rf"{_OF}?(?:中央|国家|地方|本级|同级|上级|自治区|直辖市|兵团|各地|[{PLACES}、设地]{{1,4}}){BRACKET}?(?:本级|级)?"
)


def name_payers(words: str, printed: str, count: int | None = None) -> tuple[str, ...]:
    """The payers of a list, each with the noun they share (中央和地方财政 is two treasuries).

    ``printed`` is the same words with the punctuation of the source. ``count`` is the number of
    parts of the ratio they share: 省市县三级财政 with three parts is three payers.

    >>> name_payers("市和县（市、区）两级财政", "市和县(市、区)两级财政")
    ('市财政', '县(市、区)财政')
    """
    places = []
    for found in PIECES.finditer(words):
        start, end = found.span()
        start += len(found.group()) - len(found.group().lstrip("“”：，"))
        end -= len(found.group()) - len(_TAIL.sub("", found.group()))
        if start < end:
            places.append((start, end))
    pieces = [words[start:end] for start, end in places]
    names = [printed[start:end] for start, end in places]
    if count and len(pieces) == 1 and (tiers := _TIERS.fullmatch(pieces[0])):
        each = re.findall(rf"自治区|[{PLACES}]", tiers["tiers"])
        if len(each) == count:
            return tuple(tier + (tiers["level"] or "") + tiers["noun"] for tier in each)
    if count and len(pieces) != count and (joined := _split_joined(words, printed, count)):
        return joined
    noun = _LAST_NOUN.search(pieces[-1]) if pieces else None
    if len(names) == 1:
        return tuple(names)
    return tuple(
        _TIER_NOUN.sub("", name + noun.group() if noun and _GOVERNMENT.fullmatch(piece) else name)
        for piece, name in zip(pieces, names, strict=True)
    )


_JOINT = re.compile(r"，?以及|和|与|及")


def _split_joined(words: str, printed: str, count: int) -> tuple[str, ...]:
    """省级和市、县级财政 with a ratio of two parts is two payers: 、 joins less than 和 does."""
    starts, ends = [0], []
    for found in _JOINT.finditer(words):
        ends.append(found.start())
        starts.append(found.end())
    names = [printed[start:end] for start, end in zip(starts, [*ends, len(words)], strict=True)]
    if len(names) != count or not all(names):
        return ()
    noun = _LAST_NOUN.search(words)
    bare = [not _LAST_NOUN.search(name) for name in names]
    return tuple(
        name + noun.group() if noun and lacks else name
        for name, lacks in zip(names, bare, strict=True)
    )


_OPENING_OF = re.compile(rf"^{_OF}")
_BRACKET = re.compile(BRACKET)
_LAST_BRACKET = re.compile(rf"{BRACKET}$")
_LEVEL = re.compile(rf"(?:本级|级|层面)?{NOUN}?$")


def find_payer(scheme: Scheme, name: str) -> Concept | None:
    """The concept of a payer: by its name, without what is grammar in it, or by its ending."""
    name = key(name)
    bare = _OPENING_OF.sub("", _LAST_BRACKET.sub("", name))
    level = _LEVEL.sub("", bare)
    unbracketed = _BRACKET.sub("", level)
    for form in (name, bare, level, unbracketed):
        if form and (concept := scheme.find(form)):
            return concept
    for start in range(1, len(bare) - 1):
        if concept := scheme.find(bare[start:]):
            return concept
    return None
