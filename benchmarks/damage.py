"""Is damage to a document told, and is any damaged figure stored as truth?

Damages the documents of ``data/documents`` (or the files given), one damage a copy, and reads each
copy. For each kind of damage it prints how many were told by a finding at the damaged place
(``told``), by which kinds, how many figures were stored in the graph as numbers that the sound
document does not have (``stored``), and how many findings appeared elsewhere (``alarms``). Damages
that no reader of the page could tell are counted apart. Run it with ``make damage``; ``--misses``
shows each damage that was not told, ``--json FILE`` keeps the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from pskg.extract import extract
from pskg.extract.checks.ranges import find_range
from pskg.extract.grammar.numbers import parse_number
from pskg.graph.mapping import to_quads
from pskg.model import Finding, Indicator, IndicatorKind, Reading, Span
from pskg.read import Page, SourceError, read_bytes
from pskg.vocabulary import NS, key, load

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "data" / "documents"

#: Advertisements, all made up: brands are letters and figures drawn at random.
SPAM = (
    "{b}国际娱乐场",
    "{b}棋牌官网下载",
    "{d}彩票app",
    "{b}体育在线直播",
    "新{b}葡京赌城",
    "www.{b}{d}.com",
    "{b}{d}.vip手机版登录",
    "今晚六合开奖结果{d}",
    "极速赛车{d}计划群",
    "足球外围下注平台",
    "真人荷官在线发牌",
    "老司机福利视频",
    "无码在线播放{b}",
    "同城约会加微信{b}{d}",
    "代写论文QQ{d}{d}",
    "快速排名外链代发",
    "办证刻章电话1{d}{d}45",
    "澳洲幸运{d}走势图",
    "{b}平台注册送彩金",
    "电子游艺{d}官方网站",
)
#: What the decoding of one charset as another makes of a text.
MOJIBAKE: tuple[Callable[[str], str], ...] = (
    lambda words: words.encode("utf-8").decode("latin-1"),
    lambda words: words.encode("utf-8").decode("gb18030", "replace"),
    lambda words: words.encode("gb18030").decode("latin-1"),
    lambda words: words.encode("utf-8").decode("cp1252", "replace"),
    lambda words: ("锟斤拷" * len(words))[: max(3, len(words))],
    lambda words: "□" * len(words),
    lambda words: "?" * len(words),
    lambda words: "\ufffd" * len(words),
)
#: Characters that slip into names: common ones, of no meaning together.
COMMON = "工业信息文化体育民政财务生态交通水利农村建设环境资源保险卫生计划统计法治安全质量"
#: Kinds of finding that hold two places against each other, so that they may stand at either.
FAR = frozenset(
    [
        "count-mismatch",
        "total-mismatch",
        "conflicting-values",
        "number-gap",
        "target-below-baseline",
        "region-conflict",
        "missing-annex",
        "missing-table",
        "unnumbered-point",
    ]
)
PAIRED = frozenset({"lost-bracket", "lost-full-stop"})
STORED = frozenset({f"{NS}value", "https://schema.org/value", f"{NS}share"})
_FIGURE = re.compile(r"(?<![\d.．A-Za-z])\d{1,9}(?:[.．]\d{1,6})?(?![\d.．])")


@dataclass(frozen=True)
class Source:
    """A document that is read without damage."""

    path: Path
    page: Page
    reading: Reading

    @property
    def text(self) -> str:
        return self.page.text


@dataclass(frozen=True)
class Damage:
    """One stretch of a text replaced by another. ``visible`` is whether a reader can tell."""

    start: int
    end: int
    new: str
    visible: bool = True


_T = TypeVar("_T")
Damager = Callable[[Source, random.Random], "Damage | None"]
DAMAGERS: dict[str, Damager] = {}


def damages(kind: str) -> Callable[[Damager], Damager]:
    def register(damager: Damager) -> Damager:
        DAMAGERS[kind] = damager
        return damager

    return register


def pick(options: Sequence[_T], rng: random.Random) -> _T | None:
    return rng.choice(options) if options else None


# --- Figures ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figure:
    """A figure of a fact: where it stands, and what a reader can hold it against."""

    start: int
    end: int
    words: str
    unit: str = ""
    fact: Indicator | None = None
    beside: tuple[Indicator, ...] = ()


def list_figures(source: Source) -> list[Figure]:
    """The figures of all indicators and amounts, and the percentages that stand in no fact."""
    found: dict[int, Figure] = {}
    facts = source.reading.indicators
    rows: dict[tuple[str, str, str], list[Indicator]] = {}
    for one in facts:
        rows.setdefault((one.domain, one.name, one.unit), []).append(one)
    for one in facts:
        beside = tuple(o for o in rows[one.domain, one.name, one.unit] if o is not one)
        place = _place(source, one.span, one.value)
        if place:
            found[place.start] = Figure(
                place.start, place.end, one.value, one.unit, one, beside if one.from_table else ()
            )
    for money in source.reading.amounts:
        place = _place(source, money.span, money.amount)
        if place:
            found.setdefault(place.start, Figure(place.start, place.end, money.amount, money.unit))
    for match in re.finditer(r"(?<![\d.])\d{1,3}(?:\.\d{1,2})?(?=[%％])", source.text):
        found.setdefault(match.start(), Figure(*match.span(), match.group(), "%"))
    return [found[start] for start in sorted(found) if _FIGURE.fullmatch(found[start].words)]


def _place(source: Source, span: Span, words: str) -> Span | None:
    quote = span.of(source.text)
    at = quote.rfind(words)
    while at > 0 and re.match(r"[\d.]", quote[at - 1 : at]):
        at = quote.rfind(words, 0, at)
    return None if at < 0 else Span(span.start + at, span.start + at + len(words))


def can_be_told(source: Source, figure: Figure, now: str) -> bool:
    """Whether a reader of the damaged page has anything to hold the figure against.

    That is so where it is no well-formed number; where its unit or its well-known indicator
    cannot have it; where it is more than three times the figure beside it in its row, or less
    than a third, or the target is the worse of the two; and where the same name has the figure
    as it was in another place of the document.
    """
    if not re.fullmatch(r"(?:0|[1-9]\d*)(?:[.．]\d+)?", now):
        return True
    value = Decimal(now.replace("．", "."))
    fact = figure.fact
    growth = fact and re.search(r"增|提高|毛入", fact.name)
    if figure.unit in ("%", "％") and value > 100 and not growth:
        return True
    if fact is None:
        return False
    known = find_range(fact.name, load())
    if known and known.most and (not known.units or fact.unit in known.units):
        too_little = known.least is not None and value < known.least / 2
        if too_little or value > known.most * Decimal("1.2"):
            return True
    if any(_disagree(value, fact, other) for other in figure.beside):
        return True
    return any(
        one is not fact
        and one.unit == fact.unit
        and one.year == fact.year
        and one.value == fact.value
        and len(key(one.name)) >= 6
        and key(one.name) in (key(fact.name), key(f"全市{fact.name}"), key(fact.name)[2:])
        for one in source.reading.indicators
    )


def _disagree(value: Decimal, fact: Indicator, other: Indicator) -> bool:
    """Whether a figure is far from the one beside it in its row, or on its wrong side."""
    there = parse_number(other.value)
    # What is summed over the years may be many times a year's figure.
    if not there or fact.cumulative != other.cumulative:
        return False
    known = find_range(fact.name, load())
    less = known.less_is_better if known else None
    rise = value - there if fact.kind is IndicatorKind.TARGET else there - value
    worse = less is not None and fact.kind is not other.kind and (rise > 0 if less else rise < 0)
    return worse or value > there * 3 or value * 3 < there


def _change_figure(
    source: Source, rng: random.Random, change: Callable[[str], str | None]
) -> Damage | None:
    figures = list_figures(source)
    rng.shuffle(figures)
    for figure in figures:
        now = change(figure.words)
        if now and now != figure.words:
            visible = can_be_told(source, figure, now)
            return Damage(figure.start, figure.end, now, visible)
    return None


@damages("point-lost")
def lose_point(source: Source, rng: random.Random) -> Damage | None:
    return _change_figure(
        source, rng, lambda w: w.replace(".", "") if "." in w and w[0] != "." else None
    )


@damages("digit-doubled")
def double_digit(source: Source, rng: random.Random) -> Damage | None:
    def change(words: str) -> str:
        at = rng.choice([i for i, c in enumerate(words) if c.isdigit()])
        return words[: at + 1] + words[at:]

    return _change_figure(source, rng, change)


@damages("digit-lost")
def lose_digit(source: Source, rng: random.Random) -> Damage | None:
    def change(words: str) -> str | None:
        digits = [i for i, c in enumerate(words) if c.isdigit()]
        if len(digits) < 2:
            return None
        at = rng.choice(digits)
        return words[:at] + words[at + 1 :]

    return _change_figure(source, rng, change)


@damages("digit-changed")
def change_digit(source: Source, rng: random.Random) -> Damage | None:
    def change(words: str) -> str:
        at = rng.choice([i for i, c in enumerate(words) if c.isdigit()])
        return words[:at] + rng.choice("0123456789".replace(words[at], "")) + words[at + 1 :]

    return _change_figure(source, rng, change)


@damages("year-damaged")
def damage_year(source: Source, rng: random.Random) -> Damage | None:
    found = pick(list(re.finditer(r"(?<!\d)20[0-3]\d(?=年)", source.text)), rng)
    if not found:
        return None
    words = found.group()
    at = rng.randrange(4)
    now = rng.choice((words[:at] + words[at + 1 :], words[: at + 1] + words[at:]))
    return Damage(*found.span(), now)


@damages("share-changed")
def change_share(source: Source, rng: random.Random) -> Damage | None:
    ratios = list(re.finditer(r"(?<!\d)\d{1,2}(?:[:：∶比]\d{1,2}){1,3}(?=的?比例)", source.text))
    found = pick(ratios, rng)
    if not found:
        return None
    at = rng.choice([i for i, c in enumerate(found.group()) if c.isdigit()])
    words = found.group()
    other = rng.choice("123456789".replace(words[at], "", 1))
    now = words[:at] + other + words[at + 1 :]
    # Small ratios (2∶1) are said as they are, and so may be any whose parts make ten.
    total = sum(map(int, re.findall(r"\d+", now)))
    return Damage(*found.span(), now, total > 6 and total not in (10, 100))


@damages("ratio-sign-lost")
def lose_ratio_sign(source: Source, rng: random.Random) -> Damage | None:
    ratios = list(re.finditer(r"(?<=\d)[:：∶](?=\d{1,2}(?:[:：∶]\d{1,2})*的?比例)", source.text))
    found = pick(ratios, rng)
    return Damage(*found.span(), "") if found else None


@damages("slash-lost")
def lose_slash(source: Source, rng: random.Random) -> Damage | None:
    found = pick(
        list(
            re.finditer(
                r"(?<=[元人生])[/／](?=[人生年月])|(?<![\d-]\d)(?<=\d)[/／](?=\d)", source.text
            )
        ),
        rng,
    )
    return Damage(*found.span(), "") if found else None


@damages("unit-lost")
def lose_unit(source: Source, rng: random.Random) -> Damage | None:
    places = [
        (figure.end, figure.end + len(figure.unit))
        for figure in list_figures(source)
        if figure.unit
        and source.text.startswith(figure.unit, figure.end)
        and not re.match(r"[~～—–-]", source.text[figure.end + len(figure.unit) :][:1])
    ]
    place = pick(places, rng)
    return Damage(*place, "") if place else None


@damages("target-below-baseline")
def lower_target(source: Source, rng: random.Random) -> Damage | None:
    options = []
    for figure in list_figures(source):
        fact = figure.fact
        if fact is None or fact.kind is not IndicatorKind.TARGET or not fact.from_table:
            continue
        for other in figure.beside:
            before = parse_number(other.value)
            if other.kind is IndicatorKind.BASELINE and before and before > 2:
                known = find_range(fact.name, load())
                less = bool(known and known.less_is_better)
                if fact.cumulative == other.cumulative:
                    options.append((figure, before, less))
    option = pick(options, rng)
    if option is None:
        return None
    figure, before, less = option
    factor = Decimal(rng.choice(("1.2", "1.5", "1.8") if less else ("0.9", "0.7", "0.5")))
    now = f"{(before * factor).quantize(Decimal('0.1'))}"
    return Damage(figure.start, figure.end, now)


@damages("value-in-text")
def contradict(source: Source, rng: random.Random) -> Damage | None:
    """A figure that stands twice, changed in one place."""
    by: dict[tuple[str, str, int], list[Figure]] = {}
    for figure in list_figures(source):
        fact = figure.fact
        if fact and fact.year and len(key(fact.name)) >= 6:
            name = re.sub(r"^(?:全市|全省|全区|我市)", "", key(fact.name))
            by.setdefault((name, fact.unit, fact.year), []).append(figure)
    doubles = [fs for fs in by.values() if len(fs) > 1 and len({f.words for f in fs}) == 1]
    figures = pick(doubles, rng)
    if figures is None:
        return None
    figure = rng.choice(figures)
    value = int(Decimal(figure.words))
    return Damage(figure.start, figure.end, str(max(1, value - rng.choice((2, 5, 9)))))


@damages("total-changed")
def change_total(source: Source, rng: random.Random) -> Damage | None:
    counts = [one for one in source.reading.counts if one.number == one.found]
    options = [
        (one.span.start + found.start(), one.span.start + found.end(), one.number)
        for one in counts
        if (found := re.search(r"\d+", one.span.of(source.text)))
    ]
    option = pick(options, rng)
    if option is None:
        return None
    start, end, number = option
    return Damage(start, end, str(max(1, number + rng.choice((-3, -1, 2, 10)))))


# --- Brackets ---------------------------------------------------------------------------------

_NUMBER = re.compile(r"[〔﹝\[［(（](?:19|20)\d\d[〕﹞\]］)）](?=\d{1,4}号)")


@damages("number-bracket-lost")
def lose_number_bracket(source: Source, rng: random.Random) -> Damage | None:
    found = pick(list(_NUMBER.finditer(source.text)), rng)
    if not found:
        return None
    words = found.group()
    return Damage(*found.span(), rng.choice((words[1:], words[:-1], words[1:-1])))


@damages("list-close-lost")
def lose_list_close(source: Source, rng: random.Random) -> Damage | None:
    lists = re.finditer(
        r"[(（\[［][^()（）\[\]［］。]{2,80}(?:负责|牵头|配合|[厅局委部府]|单位)(?P<close>[)）\]］])",
        source.text,
    )
    found = pick([one for one in lists if re.search("负责|单位|牵头", one.group())], rng)
    return Damage(*found.span("close"), "") if found else None


@damages("pair-half-lost")
def lose_half(source: Source, rng: random.Random) -> Damage | None:
    pairs = [
        found
        for pattern in (r"《[^《》\n]{2,40}》", r"[(（][^()（）\n]{2,30}[)）]", r"“[^“”\n]{2,20}”")
        for found in re.finditer(pattern, source.text)
    ]
    found = pick(pairs, rng)
    if not found:
        return None
    at = rng.choice((found.start(), found.end() - 1))
    return Damage(at, at + 1, "")


# --- Words ------------------------------------------------------------------------------------


def make_spam(rng: random.Random) -> str:
    brand = "".join(rng.choice("abcdefghkmnpqtuvwxyz") for _ in range(rng.randint(2, 4)))
    brand = rng.choice((brand, brand.upper(), f"{brand}{rng.randint(1, 999)}", brand.title()))
    return rng.choice(SPAM).format(b=brand, d=rng.randint(11, 9999))


def _names(source: Source, what: str) -> list[Span]:
    document, text = source.reading.document, source.text
    if what == "region":
        return [Span(*m.span()) for m in re.finditer(r"(?:我|全)[省市县区州](?!\s)", text)]
    if what == "body":
        spans = []
        for one in source.reading.responsibilities:
            at = one.span.of(text).find(one.body.name)
            if at >= 0:
                start = one.span.start + at
                spans.append(Span(start, start + len(one.body.name)))
        return sorted(set(spans))
    if what == "item":
        return [one.span for one in source.reading.items if len(one.span.of(text)) < 30]
    span = document.spans.get(what)
    if span is None:
        return []
    found = re.search(r"[\u4e00-\u9fff]{2,8}?[省市县区州盟旗](?=人民政府|政府)", span.of(text))
    if found:
        return [Span(span.start + found.start(), span.start + found.end())]
    return [span]


def _spam_for(what: str) -> Damager:
    def damage(source: Source, rng: random.Random) -> Damage | None:
        span = pick(_names(source, what), rng)
        return Damage(span.start, span.end, make_spam(rng)) if span else None

    return damage


for _what in ("title", "issuer", "region", "body", "item"):
    damages(f"spam-for-{_what}")(_spam_for(_what))


@damages("spam-appended")
def append_spam(source: Source, rng: random.Random) -> Damage | None:
    places = [b.end for b in source.page.blocks if len(b.text) > 8]
    places += [m.end() for m in re.finditer(r"[。；;]", source.text)]
    place = pick(places, rng)
    if place is None:
        return None
    return Damage(place, place, rng.choice(("", "", "\n", " ")) + make_spam(rng))


@damages("mis-decoded")
def misdecode(source: Source, rng: random.Random) -> Damage | None:
    runs = list(re.finditer(r"[\u4e00-\u9fff]{4,12}", source.text))
    found = pick(runs, rng)
    if not found:
        return None
    start = rng.randint(found.start(), found.end() - 3)
    end = min(found.end(), start + rng.randint(2, 6))
    new = rng.choice(MOJIBAKE)(source.text[start:end])
    # Control characters are dropped by whatever published the page.
    new = "".join(c for c in new if c.isprintable() or c == " ") or "?"
    return Damage(start, end, new)


@damages("body-typo")
def mistype_body(source: Source, rng: random.Random) -> Damage | None:
    names = [span for span in _names(source, "body") if span.end - span.start >= 3]
    span = pick(names, rng)
    if span is None:
        return None
    words = span.of(source.text)
    at = rng.randrange(1, len(words))
    if rng.random() < 0.3 and at + 1 < len(words) and words[at] != words[at + 1]:
        now = words[:at] + words[at + 1] + words[at] + words[at + 2 :]
    else:
        now = words[:at] + rng.choice(COMMON.replace(words[at], "")) + words[at + 1 :]
    return Damage(span.start, span.end, now)


# --- Numbers of headings and rows ---------------------------------------------------------------

_HEADING = re.compile(
    r"^[ \t\u3000]*(?P<number>[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|\d{1,2}[.．](?!\d))",
    re.MULTILINE,
)


def _headings(source: Source) -> list[re.Match[str]]:
    """The numbers of headings with a neighbour of the same style: first and last ones have one."""
    found = list(_HEADING.finditer(source.text))
    # The last of its run cannot be missed.
    return [
        one
        for one, following in pairwise(found)
        if _style(one["number"]) == _style(following["number"])
    ]


def _style(number: str) -> str:
    return re.sub(r"[一二三四五六七八九十]+|\d+", "1", number)


@damages("heading-number-lost")
def lose_heading_number(source: Source, rng: random.Random) -> Damage | None:
    found = pick(_headings(source), rng)
    return Damage(*found.span("number"), "") if found else None


@damages("heading-number-changed")
def change_heading_number(source: Source, rng: random.Random) -> Damage | None:
    found = pick(_headings(source), rng)
    if not found:
        return None
    number = found["number"]
    inner = re.search(r"[一二三四五六七八九十]+|\d+", number)
    assert inner
    wrong = [w for w in ("三", "五", "七", "九") if w != inner.group()]
    now = rng.choice(wrong) if not inner.group().isdigit() else inner.group() * 2
    return Damage(*found.span("number"), number[: inner.start()] + now + number[inner.end() :])


@damages("row-lost")
def lose_row(source: Source, rng: random.Random) -> Damage | None:
    items = [one for one in source.reading.items if one.standard]
    pairs = list(pairwise(items))
    pair = pick(pairs, rng)
    if pair is None:
        return None
    # From where a row's number stands to where the next one's does.
    numbers = [
        re.search(r"(?:^|\n)[ \t]*(?P<no>\d{1,3})\s*$", source.text[: one.span.start])
        for one in pair
    ]
    if not all(numbers):
        return None
    start, end = (number.start("no") for number in numbers if number)
    return Damage(start, end, "")


# --- Running ----------------------------------------------------------------------------------


@cache
def load_source(path: Path) -> Source:
    page = read_bytes(path.read_bytes(), path.name)
    return Source(path, page, extract(page, load()))


def list_stored(source: Source, at: Callable[[int, int], bool]) -> Counter[str]:
    """The numbers with their units that the graph holds of the facts that stand at a place."""
    reading = source.reading
    splits = {
        (one.subject, one.split) for one in reading.funding if at(one.span.start, one.span.end)
    }
    near = Reading(
        reading.document,
        funding=tuple(one for one in reading.funding if (one.subject, one.split) in splits),
        indicators=tuple(o for o in reading.indicators if at(o.span.start, o.span.end)),
        amounts=tuple(o for o in reading.amounts if at(o.span.start, o.span.end)),
        findings=reading.findings,
    )
    units: dict[str, str] = {}
    values: list[tuple[str, str]] = []
    for quad in to_quads(near, source.text, load(), version="0"):
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object.value
        if predicate in STORED:
            values.append((subject, value))
        elif predicate == f"{NS}unit":
            units[subject] = value
    return Counter(f"{value}{units.get(one, '')}" for one, value in values)


@dataclass(frozen=True)
class Outcome:
    """What became of one damaged copy."""

    kind: str
    document: str
    number: int
    was: str
    now: str
    around: str
    visible: bool
    told: tuple[str, ...]
    stored: tuple[str, ...]
    alarms: tuple[str, ...]
    refused: bool = False


def damage_bytes(source: Source, damage: Damage) -> bytes | None:
    """The damaged file. In markup the place is found by its surroundings, where they are unique."""
    text = source.text
    raw = source.path.read_bytes().decode(source.page.encoding)
    if raw == text:
        return (text[: damage.start] + damage.new + text[damage.end :]).encode("utf-8")
    for around in (0, 2, 4, 8, 16):
        start, end = max(0, damage.start - around), damage.end + around
        context = text[start:end]
        if context and raw.count(context) == 1:
            at = raw.index(context) + damage.start - start
            cut = at + damage.end - damage.start
            return (raw[:at] + damage.new + raw[cut:]).encode(source.page.encoding, "replace")
    return None


def run_case(path: Path, kind: str, number: int, seed: int) -> Outcome | None:
    """Damage one copy and read it; None where the document has nothing of the kind to damage."""
    source = load_source(path)
    rng = random.Random(f"{seed} {kind} {path.name} {number}")
    damage = DAMAGERS[kind](source, rng)
    data = damage_bytes(source, damage) if damage else None
    if damage is None or data is None:
        return None
    text = source.text
    outcome = Outcome(
        kind,
        path.stem,
        number,
        text[damage.start : damage.end],
        damage.new,
        f"{text[max(0, damage.start - 20) : damage.start]}⟦{damage.new}⟧"
        f"{text[damage.end : damage.end + 20]}",
        damage.visible,
        (),
        (),
        (),
    )
    try:
        page = read_bytes(data, path.name)
        copy = Source(path, page, extract(page, load()))
    except SourceError:
        return replace(outcome, refused=True)
    if copy.text == text:
        return None
    return replace(outcome, **judge(source, copy))


def judge(source: Source, copy: Source) -> dict[str, tuple[str, ...]]:
    """What the damaged copy's reading says that the sound one's does not, and where."""
    before, after = source.text, copy.text
    prefix = _common(before, after)
    limit = min(len(before), len(after)) - prefix
    suffix = _common(before[::-1][:limit], after[::-1][:limit])
    old, new = (prefix, len(before) - suffix), (prefix, len(after) - suffix)
    shift = len(after) - len(before)

    def back(span: Span) -> tuple[int, int]:
        """Where a place of the copy is in the sound document."""
        return tuple(
            at if at <= new[0] else max(old[0], at - shift) for at in (span.start, span.end)
        )  # type: ignore[return-value]

    def meets(start: int, end: int, place: tuple[int, int]) -> bool:
        # What was cut out left a seam: a finding on either side of it is at the place.
        slack = 2 if place[1] - place[0] < 2 else 0
        return start < place[1] + slack and end > place[0] - slack

    known = {
        (one.kind, one.span.start, one.span.end): one.message for one in source.reading.findings
    }
    words = Counter((one.kind, key(one.span.of(before))[:12]) for one in source.reading.findings)
    line = (after.rfind("\n", 0, new[0]) + 1, (after + "\n").index("\n", new[1]))
    told, alarms = [], []
    for one in copy.reading.findings:
        # The half of a pair that is left stands elsewhere in its paragraph.
        here = meets(one.span.start, one.span.end, line if one.kind in PAIRED else new)
        same = known.get((one.kind, *back(one.span)))
        # What was said of the sound document is no answer, unless it says now what changed.
        if same == one.message or (same and not here and one.kind not in FAR):
            continue
        if here or one.kind in FAR:
            told.append(one.kind)
        elif not words[one.kind, key(one.span.of(after))[:12]]:
            alarms.append(_describe(one, after))
    was = list_stored(source, lambda start, end: meets(start, end, old))
    now = list_stored(copy, lambda start, end: meets(start, end, new))
    return {
        "told": tuple(told),
        "alarms": tuple(alarms),
        "stored": tuple((now - was).elements()),
    }


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their start."""
    pairs = zip(one, other, strict=False)
    differ = (at for at, (left, right) in enumerate(pairs) if left != right)
    return next(differ, min(len(one), len(other)))


def _describe(one: Finding, text: str) -> str:
    return f"{one.kind}: {one.message} [{key(one.span.of(text))[:30]}]"


def summarise(outcomes: Sequence[Outcome]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for kind in (*DAMAGERS, "all"):
        ours = [one for one in outcomes if kind in (one.kind, "all")]
        if not ours:
            continue
        seen = [one for one in ours if one.visible]
        kinds = Counter(k for one in seen for k in set(one.told))
        rows.append(
            {
                "kind": kind,
                "visible": len(seen),
                "told": sum(bool(one.told) or one.refused for one in seen),
                "stored": sum(bool(one.stored) and not one.told for one in seen),
                "disputed not": sum(bool(one.stored) for one in seen),
                "hidden": len(ours) - len(seen),
                "hidden told": sum(bool(one.told) for one in ours if not one.visible),
                "alarms": sum(len(one.alarms) for one in ours),
                "by": ", ".join(f"{k} {n}" for k, n in kinds.most_common(4)),
            }
        )
    return rows


def write_table(rows: Sequence[dict[str, object]]) -> None:
    print(
        f"{'damage':24}{'visible':>8}{'told':>6}{'recall':>8}{'stored':>8}"
        f"{'untold':>8}{'alarms':>8}{'hidden':>8}{'told':>6}  told by"
    )
    for row in rows:
        visible, told = int(str(row["visible"])), int(str(row["told"]))
        recall = f"{told / visible:.2f}" if visible else "-"
        print(
            f"{row['kind']:24}{visible:8}{told:6}{recall:>8}{row['disputed not']:8}"
            f"{row['stored']:8}{row['alarms']:8}{row['hidden']:8}{row['hidden told']:6}"
            f"  {row['by'] if row['kind'] != 'all' else ''}"
        )


def run_all(
    paths: Sequence[Path], kinds: Sequence[str], count: int, seed: int, workers: int
) -> Iterator[Outcome]:
    cases = [(p, k, n, seed) for k in kinds for p in paths for n in range(count)]
    with ProcessPoolExecutor(workers) as pool:
        for outcome in pool.map(_run, cases, chunksize=count):
            if outcome:
                yield outcome


def _run(case: tuple[Path, str, int, int]) -> Outcome | None:
    return run_case(*case)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="default: the five documents")
    parser.add_argument("--count", type=int, default=12, help="copies a kind and document")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=list(DAMAGERS), help="only these")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--misses", action="store_true", help="show what was not told")
    parser.add_argument("--alarms", action="store_true", help="show the findings elsewhere")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every outcome")
    options = parser.parse_args(arguments)
    given = options.files or [DOCUMENTS]
    paths = sorted(
        file
        for path in given
        for file in (path.iterdir() if path.is_dir() else [path])
        if file.suffix in (".txt", ".html")
    )
    kinds = options.kind or list(DAMAGERS)
    outcomes = list(run_all(paths, kinds, options.count, options.seed, options.workers))
    for one in outcomes:
        around = one.around.replace("\n", "⏎").replace("\r", "")
        if options.misses and one.visible and (not one.told or one.stored) and not one.refused:
            print(
                f"{one.kind} {one.document} {one.number}: {one.was!r} -> {around}"
                f" stored={list(one.stored)} told={list(one.told)}"
            )
        if options.alarms and one.alarms:
            print(f"{one.kind} {one.document} {one.number}: {around}", *one.alarms, sep="\n    ")
    write_table(summarise(outcomes))
    if options.json:
        options.json.write_text(
            json.dumps([asdict(one) for one in outcomes], ensure_ascii=False, indent=1)
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
