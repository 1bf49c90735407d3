"""Indicators: figures with a name, from tables, from running text and from service standards.

How a figure is said is in :mod:`pskg.extract.grammar.figures`; here each is found its domain and
year.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain

from pskg.extract.grammar.figure_cells import read_value, split_name_and_unit
from pskg.extract.grammar.figures import Figure, read_figures
from pskg.extract.outline import Node, Outline
from pskg.extract.parts import Parts, find_domain
from pskg.extract.tables import Column, DataTable, TableKind
from pskg.extract.tasks import Undertaking
from pskg.model import Indicator, IndicatorKind, Item, Span, Subject, TaskKind
from pskg.read import Block, Page
from pskg.vocabulary import Vocabulary

__all__ = ["read_indicators"]

_SUM = re.compile(r"累计")
_ALL_CUMULATIVE = re.compile(r"累计")
_MARK = re.compile(r"[*＊※△▲#]")
_BASELINE = re.compile(r"现状|基期|实际|完成值|基准|已达")
_TARGET = re.compile(r"目标|规划|预期|末")


def read_indicators(
    page: Page,
    outline: Outline,
    parts: Parts,
    tables: Sequence[DataTable],
    items: Sequence[Item],
    undertakings: Sequence[Undertaking],
    vocabulary: Vocabulary,
) -> tuple[Indicator, ...]:
    """All indicators of a document, in the order of the text."""
    found: list[Indicator] = []
    for table in tables:
        if table.kind is TableKind.INDICATORS:
            found += _read_table(table, vocabulary)
    found += _read_text(outline, parts, undertakings)
    for item in items:
        for passage in item.provisions:
            for figure in read_figures(page.quote(passage.span), passage.span.start):
                found.append(_indicator(figure, item.domain, item.domain_concept, item.subject))
    return tuple(sorted(found, key=lambda one: (one.span, one.name)))


def _read_table(table: DataTable, vocabulary: Vocabulary) -> Iterator[Indicator]:
    notes = "".join("".join(note.text.split()) for note in table.notes)
    marked = bool(_ALL_CUMULATIVE.search(notes) and _MARK.search(notes))
    kinds = _kinds([column for column in table.columns if column.holds == "value"])
    last = max((column.year for column in table.columns if column.year), default=None)
    for row in table.rows:
        cell = table.cell(row, "indicator", "name")
        if not cell:
            continue
        name, unit, starred = split_name_and_unit(cell.text)
        unit_cell = table.cell(row, "unit")
        if unit_cell:
            unit = unit_cell.text
        domain = "".join(row.group.text.split()) if row.group else ""
        concept = find_domain(domain, vocabulary) if domain else None
        for column, value_cell in zip(table.columns, row.cells, strict=True):
            if column.holds != "value" or not value_cell:
                continue
            value = read_value(value_cell.text)
            if value is None:
                continue
            yield Indicator(
                name=name,
                value=value.value,
                unit=unit or value.unit,
                year=column.year or (last if _SUM.search(column.heading) else None),
                comparator=value.comparator,
                kind=kinds[column],
                cumulative=value.cumulative
                or starred
                or bool(_SUM.search(column.heading))
                or (marked and bool(_MARK.search(cell.text))),
                domain=domain,
                domain_concept=concept.iri if concept else None,
                span=_quote_span(cell.span, value_cell.span),
                from_table=True,
            )


def _quote_span(name: Span, value: Span) -> Span:
    """From the name to its figure, where they stand in one stretch; else the figure alone."""
    return name.to(value) if value.end - name.start <= 400 and name.start < value.start else value


def _kinds(columns: Sequence[Column]) -> dict[Column, IndicatorKind]:
    """Which columns of figures report what was reached: all but the last year's, unless said."""
    years = [column.year for column in columns if column.year]
    kinds = {}
    for column in columns:
        if _BASELINE.search(column.heading):
            kind = IndicatorKind.BASELINE
        elif _TARGET.search(column.heading) or len(set(years)) == 1:
            kind = IndicatorKind.TARGET
        else:
            first = column.year is not None and column.year == min(years)
            kind = IndicatorKind.BASELINE if first else IndicatorKind.TARGET
        kinds[column] = kind
    return kinds


def _read_text(
    outline: Outline, parts: Parts, undertakings: Sequence[Undertaking]
) -> Iterator[Indicator]:
    subjects = _find_subjects(outline, undertakings)
    for one in undertakings:
        if one.task.kind is TaskKind.DIVISION:
            for block in one.paragraphs:
                for figure in read_figures(block.text, block.start):
                    yield _indicator(figure, "", None, one.task.subject)
    for node in outline.walk():
        if parts.kind(node) in ("interpretation", "principle", "service-list"):
            continue
        domain = parts.domain(node)
        heading = _heading(node)
        for block in _blocks_of(node):
            for figure in read_figures(block.text, block.start, heading=heading):
                yield _indicator(
                    figure,
                    domain.name if domain else "",
                    domain.concept if domain else None,
                    subjects.get(block.start),
                )


def _blocks_of(node: Node) -> tuple[Block, ...]:
    """The heading too: a point may say all it says in its first sentence."""
    return (*((node.title,) if node.title else ()), *node.paragraphs)


def _heading(node: Node) -> str:
    return " / ".join(
        reversed([node.name, *(around.name for around in node.ancestors() if around.title)])
    )


def _find_subjects(outline: Outline, undertakings: Sequence[Undertaking]) -> dict[int, Subject]:
    """What each paragraph is about, by where it starts: the first undertaking that holds it.

    One whose own paragraph it is comes before one that holds it among others.
    """
    of_node = {node: [block.start for block in _blocks_of(node)] for node in outline.walk()}
    starts = sorted(chain.from_iterable(of_node.values()))
    subjects: dict[int, Subject] = {}
    for one in reversed(undertakings):
        body = one.task.body
        within = starts[bisect_left(starts, body.start) : bisect_left(starts, body.end)]
        for start in (*within, *(of_node.get(one.node, ()) if one.node else ())):
            subjects[start] = one.task.subject
    for one in undertakings:
        for block in one.paragraphs:
            subjects[block.start] = one.task.subject
    return subjects


def _indicator(
    figure: Figure, domain: str, domain_concept: str | None, subject: Subject | None
) -> Indicator:
    return Indicator(
        name=figure.name,
        value=figure.value,
        unit=figure.unit,
        year=figure.year,
        comparator=figure.comparator,
        kind=figure.kind,
        cumulative=figure.cumulative,
        domain=domain,
        domain_concept=domain_concept,
        span=figure.span,
        subject=subject,
    )
