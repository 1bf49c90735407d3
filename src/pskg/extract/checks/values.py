"""Figures that cannot be right, or that do not agree with each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pskg.extract.checks.case import Case, cut_quote, may_find
from pskg.extract.checks.figures import may_exceed
from pskg.extract.checks.marks import count_losses
from pskg.extract.checks.ranges import Range, find_range
from pskg.extract.grammar.numbers import parse_number
from pskg.model import (
    Amount,
    Basis,
    Comparator,
    Finding,
    FundingShare,
    Indicator,
    IndicatorKind,
    Severity,
    Span,
    Subject,
    SubjectKind,
)
from pskg.read import Block
from pskg.vocabulary import Vocabulary, key

__all__ = ["check_values"]

_PERCENT = frozenset("%％﹪")
#: Rates that may: gross enrolment, fulfilment of a plan, growth.
_RATE_MAY_EXCEED = re.compile(
    r"增长|增速|增幅|增加|提高|上升|毛入|完成率|性别比|使用率|占用率|周转|收益|回报|负荷|覆盖倍|倍"
)
_IS_RATE = re.compile(r"(?:率|比例|比重|占比|覆盖面|面)$|占")
_IS_MEAN = re.compile(r"人均|户均|平均|每(?:[百千万十]|百万)[名个人户]|预期寿命")
#: 1510万 behind a rate of deaths or illness: 15/10万 with its slash lost; (110万) for (1/10万).
_NO_SLASH = re.compile(
    r"(?:死亡率|发病率|患病率|发案率|犯罪率|病死率)[^。;；,，、\d]{0,24}"
    r"(?P<figure>(?P<rate>\d{1,3}(?:[.．]\d{1,3})?)10\s?万)(?![元人户名个亩吨/／])"
)
#: How much out of range a figure must be: less where the page has lost other characters.
_MARGIN, _MARGIN_OF_LOSS = Decimal("1.5"), Decimal("1.2")
_FAR_OFF = 2
#: How many losses show that a page loses characters.
_LOSES = 2
_SHORTEST_NAME = 6
#: Names that mean another thing under each heading.
_RELATIVE = re.compile(
    r"^(?:目标|本|该|其|达到)|^(?:平均|综合)?(?:覆盖|达标|合格|完成|普及|参保|利用)率$"
)
_FRAME = re.compile(
    r"^(?:到|全|我|本)?(?:市|省|县|区|州|盟|旗|国|镇)?(?:确保|力争|实现|完成|累计|的|地区)*|[“”\"'‘’*＊()（）\s]"
)
_WITHIN = Decimal("0.0001")
_RATIO = re.compile(
    r"(?P<parts>\d(?<![\d.]\d)\d{0,2}(?:\.\d)?(?:\s*[:：∶比]\s*\d{1,3}(?:\.\d)?){1,4})(?![\d.])"
    r"\s*的?(?=比例|分担|负担|承担)"
)
_PART = re.compile(r"\d{1,3}(?:\.\d)?")
_WHOLES = (1, 10, 100, 1000)
_SAID_AS_IT_IS = 6
#: How many other sums, how near to each other, and how far from them one is out of line.
_ENOUGH_SUMS, _NEAR, _OUT_OF_LINE = 2, 3, 8
#: Parts that add up to more than this are parts of a hundred.
_MOST_IN_TENTHS = 30


def check_values(case: Case, marks: Sequence[Finding]) -> Iterator[Finding]:
    """Figures out of range, targets that fall behind, values and shares that do not agree."""
    slashes = list(_check_slashes(case))
    losses = count_losses([*marks, *slashes])
    yield from slashes
    lost: set[Span] = {finding.span for finding in slashes}
    doubtful: set[int] = set()
    for index, indicator in enumerate(case.reading.indicators):
        if any(indicator.span.covers(span) for span in lost):
            doubtful.add(index)
            continue
        finding = _check_range(indicator, losses >= _LOSES, case)
        if finding:
            doubtful.add(index)
            yield finding
    sound = [one for index, one in enumerate(case.reading.indicators) if index not in doubtful]
    yield from _check_targets(sound, case.vocabulary)
    yield from _check_conflicts(sound)
    yield from _check_years(case)
    yield from _check_amounts(case.reading.amounts)
    yield from _check_shares(case.reading.funding)
    yield from _check_ratios(case)


# --- Lost slashes and points ------------------------------------------------------------------


def _check_slashes(case: Case) -> Iterator[Finding]:
    if not may_find(case.lines, _NO_SLASH):
        return
    for block in case.paragraphs:
        yield from _find_slashes(block)
    for table in case.tables:
        for row in table.rows:
            for cell in row.cells:
                for block in cell.blocks:
                    yield from _find_slashes(block)


def _find_slashes(block: Block) -> Iterator[Finding]:
    for found in _NO_SLASH.finditer(block.text):
        meant = f"{found['rate']}/10万"
        message = f"“{found['figure']}” lacks the slash of a rate in 100,000; probably “{meant}”"
        span = Span(block.start + found.start("figure"), block.start + found.end("figure"))
        yield Finding("lost-slash", Severity.HIGH, message, span, meant)


def _check_range(indicator: Indicator, loses: bool, case: Case) -> Finding | None:
    """A figure that its indicator or its unit cannot have."""
    value = parse_number(indicator.value)
    if value is None or value <= 0:
        return None
    known = find_range(indicator.name, case.vocabulary)
    known = known if known and known.most and _same_unit(indicator.unit, known) else None
    rate = (
        indicator.unit in _PERCENT
        and bool(_IS_RATE.search(indicator.name))
        and not _RATE_MAY_EXCEED.search(indicator.name)
    )
    if known and known.most and not known.fits(value) and value > known.most:
        margin = _MARGIN_OF_LOSS if loses else _MARGIN
        meant = _put_point(indicator.value, known)
        if meant and value > known.most * margin:
            reason = f"{known.name} is seldom above {_write(known.most)}{indicator.unit}"
            return _lost_point(indicator, meant, reason, loses)
    if known and _is_far_off(value, known):
        return _implausible(indicator, known)
    if value > 100 and (rate or (indicator.unit in _PERCENT and not _grows(indicator, case))):
        meant = _put_point(indicator.value, Range("", (), Decimal(0), Decimal(100), None))
        if meant and (loses or value >= 200):
            return _lost_point(indicator, meant, "a share cannot exceed 100%", loses)
        return _out_of_range(indicator, Severity.MEDIUM)
    # 达100%以上; 超过100%. Nothing forbids exactly 100.
    above = indicator.comparator is Comparator.MORE or (
        indicator.comparator is Comparator.AT_LEAST and "以上" in indicator.span.of(case.page.text)
    )
    if rate and value == 100 and above:
        return _out_of_range(indicator, Severity.LOW)
    return None


def _grows(indicator: Indicator, case: Case) -> bool:
    """Whether it tells of growth, or of what may be as much or more: it may exceed a hundred."""
    before = indicator.span.of(case.page.text).rpartition(indicator.value)[0]
    clause = re.split(r"[,，。；;]", before)[-1]
    return bool(_RATE_MAY_EXCEED.search(indicator.name)) or may_exceed(clause)


def _is_far_off(value: Decimal, known: Range) -> bool:
    """Whether a figure is far above the most that is known, or less than half the least."""
    return (known.most is not None and value > known.most * _MARGIN) or (
        known.least is not None and value * _FAR_OFF < known.least
    )


def _implausible(indicator: Indicator, known: Range) -> Finding:
    bounds = " to ".join(_write(bound) for bound in (known.least, known.most) if bound is not None)
    message = (
        f"“{cut_quote(indicator.name)}” of {indicator.value}{indicator.unit} cannot be right: "
        f"{known.name} lies within {bounds}{indicator.unit}"
    )
    return Finding("out-of-range", Severity.MEDIUM, message, indicator.span)


def _same_unit(unit: str, known: Range) -> bool:
    plain = key(unit).replace("％", "%").replace("/每", "/")
    return not known.units or any(
        plain == wanted or plain == f"{wanted}/人" for wanted in known.units
    )


def _put_point(value: str, known: Range) -> str | None:
    """The figure with the decimal point that brings it into its range; None if none does."""
    digits = value.strip()
    if not (digits.isascii() and digits.isdigit()) or digits.startswith("0"):
        return None
    # The point before the last figure first: most figures have one decimal.
    for place in range(len(digits) - 1, 0, -1):
        meant = f"{digits[:place]}.{digits[place:]}"
        if known.fits(Decimal(meant)):
            return meant
    return None


def _lost_point(indicator: Indicator, meant: str, reason: str, loses: bool) -> Finding:
    figure = f"{indicator.value}{indicator.unit}"
    more = ", and the page has lost other characters" if loses else ""
    message = (
        f"“{indicator.name}” of {figure} has probably lost its decimal point: "
        f"{meant}{indicator.unit} ({reason}{more})"
    )
    return Finding(
        "lost-decimal-point", Severity.HIGH, message, indicator.span, f"{meant}{indicator.unit}"
    )


def _out_of_range(indicator: Indicator, severity: Severity) -> Finding:
    message = (
        f"“{indicator.name}” of {indicator.value}{indicator.unit} or more: a share ends at 100%"
    )
    if severity is not Severity.LOW:
        message = f"“{indicator.name}” of {indicator.value}{indicator.unit}: a share ends at 100%"
    return Finding("out-of-range", severity, message, indicator.span)


def _write(number: Decimal) -> str:
    return format(number.normalize(), "f")


# --- Targets and baselines --------------------------------------------------------------------


def _check_targets(indicators: Sequence[Indicator], vocabulary: Vocabulary) -> Iterator[Finding]:
    """Targets of a table that are worse than the value they start from."""
    baselines: dict[tuple[str, str, str], Indicator] = {}
    for one in indicators:
        if not one.from_table:
            continue
        row = (one.domain, one.name, one.unit)
        if one.kind is IndicatorKind.BASELINE:
            baselines.setdefault(row, one)
        elif row in baselines:
            finding = _compare(baselines[row], one, vocabulary)
            if finding:
                yield finding


def _compare(start: Indicator, goal: Indicator, vocabulary: Vocabulary) -> Finding | None:
    before, after = parse_number(start.value), parse_number(goal.value)
    if before is None or after is None or start.cumulative != goal.cumulative:
        return None
    less_is_better = _direction(goal, vocabulary)
    if less_is_better is None or goal.comparator is Comparator.BELOW_NATIONAL_AVERAGE:
        return None
    if not (after > before if less_is_better else after < before):
        return None
    side, wanted = ("above", "lower") if less_is_better else ("below", "higher")
    message = (
        f"the target of “{cut_quote(goal.name)}”, {_sign(goal)}{goal.value}{goal.unit} "
        f"in {goal.year}, is {side} the {_sign(start)}{start.value}{start.unit} it starts from; "
        f"{wanted} is better"
    )
    severity, suggestion = Severity.LOW, None
    if not less_is_better and after * 2 <= before and before <= after * 10 <= 100:
        # 24 to 8: a figure at the end is gone, 80 or more.
        severity, suggestion = Severity.HIGH, f"{_write(after * 10)}{goal.unit}"
        message += "; a figure at its end was probably lost"
    elif abs(after - before) * 5 > before and not _is_ceiling(goal):
        severity = Severity.MEDIUM
    span = start.span if start.span.covers(goal.span) else goal.span
    return Finding("target-below-baseline", severity, message, span, suggestion)


def _is_ceiling(goal: Indicator) -> bool:
    """Whether a target only bounds what may be reached (控制在4%以内): it may lie above today's."""
    return goal.comparator in (Comparator.LESS, Comparator.AT_MOST)


def _sign(indicator: Indicator) -> str:
    return "" if indicator.comparator is Comparator.EQUAL else indicator.comparator.value


def _direction(indicator: Indicator, vocabulary: Vocabulary) -> bool | None:
    known = find_range(indicator.name, vocabulary)
    if known:
        return known.less_is_better
    if indicator.comparator in (Comparator.LESS, Comparator.AT_MOST):
        return True
    return False if indicator.unit in _PERCENT else None


# --- Two values for one indicator -------------------------------------------------------------


def _check_conflicts(indicators: Sequence[Indicator]) -> Iterator[Finding]:
    """Two different values for one indicator and year; the later place is reported."""
    first: dict[tuple[str, str, int], Indicator] = {}
    for one in indicators:
        if not _is_comparable(one) or one.year is None:
            continue
        known = first.setdefault((_plain_name(one.name), one.unit, one.year), one)
        if known is one or known.kind is not one.kind or known.cumulative != one.cumulative:
            continue
        finding = _find_conflict(known, one)
        if finding:
            yield finding


def _is_comparable(indicator: Indicator) -> bool:
    """Whether an indicator's name says enough to be the same in another place."""
    if indicator.subject and indicator.subject.kind is SubjectKind.ITEM:
        return False
    # Numbers of things add up over places; rates, means and the tables' rows are one for all.
    mean = _IS_RATE.search(indicator.name) or _IS_MEAN.search(indicator.name)
    whole = indicator.from_table or bool(mean)
    return (
        whole
        and len(_plain_name(indicator.name)) >= _SHORTEST_NAME
        and not _RELATIVE.search(indicator.name)
    )


def _plain_name(name: str) -> str:
    return _FRAME.sub("", key(name)).removesuffix("的比例")


def _find_conflict(known: Indicator, one: Indicator) -> Finding | None:
    before, now = parse_number(known.value), parse_number(one.value)
    if before is None or now is None or _rounds(known.value, one.value):
        return None
    name = cut_quote(one.name)
    there = f"{_sign(known)}{known.value}{known.unit}"
    here = f"{_sign(one)}{one.value}{one.unit}"
    if before != now:
        message = f"“{name}” for {one.year} is {here} here and {there} before"
        return Finding("conflicting-values", Severity.MEDIUM, message, one.span)
    if known.comparator is not one.comparator:
        message = (
            f"“{name}” for {one.year} is {here} here and {there} before: "
            "the same figure, bounded in another way"
        )
        return Finding("conflicting-values", Severity.LOW, message, one.span)
    return None


def _rounds(one: str, other: str) -> bool:
    """Whether one figure is the other one rounded to fewer decimals.

    >>> _rounds("15.8", "15.8339"), _rounds("15.8", "15.9")
    (True, False)
    """
    if one == other or not all(
        re.fullmatch(r"\d{1,20}(?:\.\d{1,10})?", text) for text in (one, other)
    ):
        return False
    short, long = sorted((Decimal(one), Decimal(other)), key=lambda n: -int(n.as_tuple().exponent))
    return (
        short != long
        and abs(short - long) * 2 <= Decimal(1).scaleb(int(short.as_tuple().exponent))
        and (short.as_tuple().exponent != long.as_tuple().exponent)
    )


# --- Years and shares -------------------------------------------------------------------------


def _check_years(case: Case) -> Iterator[Finding]:
    """The first target for each year that lies behind the planning period."""
    document = case.reading.document
    if document.period_start is None or document.period_end is None:
        return
    seen: set[int] = set()
    for one in case.reading.indicators:
        if one.kind is not IndicatorKind.TARGET or one.year is None or one.year in seen:
            continue
        if document.period_start <= one.year <= document.period_end:
            continue
        # What lies before the period is told of, not planned, unless a table says so.
        if one.year < document.period_start and not one.from_table:
            continue
        seen.add(one.year)
        message = (
            f"a target for {one.year} in a plan for "
            f"{document.period_start} to {document.period_end}: “{cut_quote(one.name)}”"
        )
        yield Finding("year-outside-period", Severity.LOW, message, one.span)


def _check_amounts(amounts: Sequence[Amount]) -> Iterator[Finding]:
    """A sum that is far from all the others of one subject, which are near to each other."""
    alike: defaultdict[tuple[Subject, str], list[tuple[Decimal, Amount]]] = defaultdict(list)
    for one in amounts:
        value = parse_number(one.amount)
        if value:
            alike[one.subject, one.unit].append((value, one))
    for sums in alike.values():
        if len(sums) <= _ENOUGH_SUMS:
            continue
        ordered = sorted(sums, key=lambda pair: pair[0])
        for (value, one), others in ((ordered[0], ordered[1:]), (ordered[-1], ordered[:-1])):
            least, most = others[0][0], others[-1][0]
            if most > least * _NEAR:
                continue
            if value >= most * _OUT_OF_LINE or value * _OUT_OF_LINE <= least:
                message = (
                    f"{one.amount}{one.unit} is out of line: the other sums told beside it "
                    f"are {_write(least)} to {_write(most)}"
                )
                yield Finding("out-of-range", Severity.MEDIUM, message, one.span)


def _check_shares(funding: Sequence[FundingShare]) -> Iterator[Finding]:
    """Splits by ratio whose shares do not make a whole, and shares above it."""
    splits: defaultdict[tuple[Subject, int], list[FundingShare]] = defaultdict(list)
    for share in funding:
        value = parse_number(share.share) if share.share else None
        if value is not None and value > 1:
            message = (
                f"the share of “{cut_quote(share.payer)}” is {share.share}: more than the whole"
            )
            yield Finding("share-sum", Severity.HIGH, message, share.span)
        splits[share.subject, share.split].append(share)
    for shares in splits.values():
        values = [parse_number(share.share) for share in shares if share.share]
        known = [value for value in values if value is not None]
        if len(known) < len(shares):
            continue
        total = sum(known, Decimal(0))
        whole = all(share.basis is Basis.RATIO for share in shares)
        # Percentages may leave the rest to someone who is not named; they cannot exceed it.
        if total > 1 + _WITHIN if not whole else abs(total - 1) > _WITHIN:
            span = min(share.span for share in shares).to(max(share.span for share in shares))
            message = f"the shares of one split add up to {_write(total)}, not to 1"
            yield Finding("share-sum", Severity.MEDIUM, message, span)


def _check_ratios(case: Case) -> Iterator[Finding]:
    """Ratios whose parts do not make ten or a hundred: 按8∶3比例, 按60∶30∶20比例.

    Small ones are said as they are: 1∶1, 2∶1, 3∶2. So is any ratio that the document repeats.
    """
    ratios: list[tuple[str, Span]] = []
    for block in case.all_blocks:
        if "比例" not in block.text and "担" not in block.text:
            continue
        for found in _RATIO.finditer(block.text):
            start, words = block.start + found.start("parts"), found["parts"].strip()
            ratios.append((words, Span(start, start + len(words))))
    times = Counter(words for words, _ in ratios)
    for words, span in ratios:
        total = sum((Decimal(part) for part in _PART.findall(words)), Decimal(0))
        if total in _WHOLES or total <= _SAID_AS_IT_IS or times[words] > 1:
            continue
        meant = 100 if total > _MOST_IN_TENTHS else 10
        message = f"the parts of {cut_quote(words)} add up to {_write(total)}, not to {meant}"
        yield Finding("share-sum", Severity.MEDIUM, message, span)
