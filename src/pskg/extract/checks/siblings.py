"""Losses that a range alone does not catch: told by the figure beside it, or by the cell itself.

A figure that lost its decimal point is ten times too large or more. Beside it, in the same row,
stands one that kept its point: 60.7 before 2807. A figure cannot start with a zero: 0.31 became
031. A cell holds its brackets in pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pskg.extract.checks.case import Case, cut_quote
from pskg.extract.grammar.numbers import parse_number
from pskg.model import Finding, Indicator, IndicatorKind, Severity, Span
from pskg.read import Cell

__all__ = ["check_siblings"]

#: How many times a figure without a point may exceed one with a point in the same row. The sum
#: of a period may be as many times one year's as the period has years, and grow besides.
_MOST_TIMES, _MOST_TIMES_OF_A_SUM = 5, 10
_LONGEST_RATIO = 6
#: How many times one of the two figures of a row may be the other.
_MOST_TIMES_OF_A_SHARE, _MOST_TIMES_OF_A_COUNT = 12, 10
_OPENING, _CLOSING = "(（《“〔﹝［[【", ")）》”〕﹞］]】"


def check_siblings(case: Case) -> Iterator[Finding]:
    """Lost decimal points that the same row or the figure itself gives away, and lost brackets."""
    rows: dict[tuple[str, str, str, int], list[Indicator]] = {}
    for one in case.reading.indicators:
        if _starts_with_zero(one.value):
            meant = f"0.{one.value[1:]}"
            yield _lost_point(case, one, meant, "no whole number starts with a zero")
        elif one.from_table and (point := _find_stray_point(case, one)):
            message = f"a figure of “{point.of(case.page.text)}” is lost beside its point"
            yield Finding("lost-character", Severity.MEDIUM, message, point)
        elif one.from_table:
            rows.setdefault((one.domain, one.name, one.unit, one.span.start), []).append(one)
    for row in rows.values():
        yield from _compare_row(case, row)
    for table in case.tables:
        for cell in {cell for row in table.rows for cell in row.cells if cell}:
            yield from _check_brackets(cell)


def _starts_with_zero(value: str) -> bool:
    return len(value) > 1 and value.isascii() and value.isdigit() and value[0] == "0"


def _find_stray_point(case: Case, one: Indicator) -> Span | None:
    """A figure with the point beside it, where no figure stands on the point's other side."""
    text, span = case.page.text, _figure_span(case, one)
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    if "." in one.value:
        return None
    if after.startswith(".") and not after[1:].isdigit():
        return Span(span.start, span.end + 1)
    if before.endswith(".") and not before[:-1].isdigit():
        return Span(span.start - 1, span.end)
    return None


def _compare_row(case: Case, row: list[Indicator]) -> Iterator[Finding]:
    """The figures of a row that lack the point which another one of the row has."""
    pointed = [one for one in row if "." in one.value]
    for one in row:
        if not (one.value.isascii() and one.value.isdigit()):
            continue
        for other in pointed:
            meant = _put_point(one, other)
            if meant:
                reason = f"{other.value}{other.unit} stands beside it"
                yield _lost_point(case, one, meant, reason)
                return
    yield from _compare_size(case, row)


def _compare_size(case: Case, row: list[Indicator]) -> Iterator[Finding]:
    """A figure many times the one beside it, where neither is a sum over the years."""
    values = [(number, one) for one in row if (number := parse_number(one.value))]
    if len(values) != 2 or any(one.cumulative for one in row):
        return
    (small, _), (large, high) = sorted(values, key=lambda pair: pair[0])
    if large < small * (_MOST_TIMES_OF_A_SHARE if high.unit in "%％" else _MOST_TIMES_OF_A_COUNT):
        return
    first, last = (_figure_span(case, one) for one in row)
    message = (
        f"“{cut_quote(high.name)}” of {row[0].value} and {row[1].value}{high.unit}: "
        f"one is {large / small:.0f} times the other"
    )
    yield Finding("out-of-range", Severity.MEDIUM, message, first.to(last))


def _figure_span(case: Case, indicator: Indicator) -> Span:
    """Where the very figure of an indicator stands."""
    words = indicator.span.of(case.page.text)
    start = indicator.span.start + max(0, words.rfind(indicator.value))
    return Span(start, min(indicator.span.end, start + len(indicator.value)))


def _put_point(one: Indicator, other: Indicator) -> str | None:
    """The figure with the point that brings it near its sibling; None where it is near already."""
    value, beside = parse_number(one.value), parse_number(other.value)
    if not value or not beside:
        return None
    summed = one.cumulative or other.cumulative
    # What a whole period adds up to is no less than what one year of it had.
    starts = one.kind is IndicatorKind.BASELINE and other.kind is IndicatorKind.TARGET
    most = Decimal(_MOST_TIMES_OF_A_SUM if summed and not starts else _MOST_TIMES)
    if summed and starts:
        most = Decimal(1)
    if value <= beside * most:
        return None
    for place in range(len(one.value) - 1, 0, -1):
        meant = f"{one.value[:place]}.{one.value[place:]}"
        number = Decimal(meant)
        if number <= beside * (most if not starts else 1) and number * _LONGEST_RATIO >= beside:
            return meant
    return None


def _lost_point(case: Case, indicator: Indicator, meant: str, reason: str) -> Finding:
    span = _figure_span(case, indicator)
    message = (
        f"“{cut_quote(indicator.name)}” of {indicator.value}{indicator.unit} has probably lost "
        f"its decimal point: {meant}{indicator.unit} ({reason})"
    )
    return Finding("lost-decimal-point", Severity.HIGH, message, span, f"{meant}{indicator.unit}")


def _check_brackets(cell: Cell) -> Iterator[Finding]:
    """A cell that opens more brackets than it closes, or the other way round."""
    depth = stray = 0
    for character in cell.text:
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            if depth:
                depth -= 1
            else:
                stray += 1
    # A running number in a cell of its own (1) is no bracket that was lost.
    if (depth or stray) and len(cell.text) > 4:
        side = "closed" if depth else "opened"
        message = f"a bracket of “{cut_quote(cell.text)}” is never {side}"
        yield Finding("lost-bracket", Severity.LOW, message, cell.span)
