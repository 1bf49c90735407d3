"""Indicators: figures with a name, from tables, from running text and from service standards.

How a figure is said is in :mod:`pskg.extract.grammar.figures`; here each is found its domain and
year.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from pskg.extract.grammar.figure_cells import read_value, split_name_and_unit
from pskg.extract.grammar.figure_text import condense_text, cut_unit
from pskg.extract.grammar.figures import Figure, read_figures
from pskg.extract.outline import Node, Outline
from pskg.extract.parts import Parts, find_domain
from pskg.extract.tables import Column, DataTable, TableKind
from pskg.extract.tasks import Undertaking
from pskg.model import Document, Indicator, IndicatorKind, Item, Span, Subject
from pskg.read import Block, Page
from pskg.vocabulary import Vocabulary

__all__ = ["read_indicators"]

_GROWTH_UNIT = re.compile(r"[(（\[［【].*|[%％]")
#: The columns of a list of works or services whose cells say what is done, and how much of it.
_TOLD = frozenset({"name", "task", "content", "standard", ""})
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: What a part foresees or lacks is neither reached nor set as a goal.
_FORESEES = re.compile(
    r"^(?!补[齐强足]|弥补|破解|[解化]决|解决|消除|缓解|攻克|加快|着力)(?!.*(?:基础|成[就效绩]|现状|进展|回顾|情况)).*(?:挑战|机遇|(?:面临|发展)的?形势|问题|困难|短板|需求预测)$"
)
_SENTENCE_ENDS = ("。", "；", ";", "!", "！")
_PHRASES = re.compile(r"[，。；]|,(?!\d)")
#: A note explains the words of a table; it sets no goals.
_NOTE = re.compile(r"\s*(?:注|备注|说明|注释)\d{0,2}\s*[:：.．、]")
_SUM = re.compile(r"累计")
_ALL_CUMULATIVE = re.compile(r"累计")
_MARK = re.compile(r"[*＊※△▲#]")
_BASELINE = re.compile(r"现状|基期|实际|完成值|基准|已达")
_TARGET = re.compile(r"目标|规划|预期|末")


def read_indicators(
    page: Page,
    document: Document,
    outline: Outline,
    parts: Parts,
    tables: Sequence[DataTable],
    items: Sequence[Item],
    undertakings: Sequence[Undertaking],
    vocabulary: Vocabulary,
) -> tuple[Indicator, ...]:
    """All indicators of a document, in the order of the text.

    A figure of a year before the document was made is a baseline. What a plan for one year
    (2023年民生实事项目) is to reach is of that year where it names none.
    """
    found: list[Indicator] = []
    made = _made_in(document)
    planned = _planned_for(document.title)
    for table in tables:
        if table.kind is TableKind.INDICATORS:
            found += _read_table(table, made, vocabulary)
        else:
            found += _read_rows(page, table, items, undertakings)
    found += _read_text(outline, parts, undertakings)
    found += _read_opening(outline, document)
    found += _read_unknown(page, {table.span for table in tables})
    for item in items:
        for passage in item.provisions:
            for figure in read_figures(page.quote(passage.span), passage.span.start):
                found.append(_indicator(figure, item.domain, item.domain_concept, item.subject))
    # A cell may be read as what an item provides and as a cell of its row.
    once = {(one.span, one.name, one.value): _date(one, made, planned) for one in reversed(found)}
    return tuple(sorted(once.values(), key=lambda one: (one.span, one.name)))


def _made_in(document: Document) -> int | None:
    """The year in which a document was made, or in which its period begins."""
    day = document.issued_on or document.published_on
    years = [year for year in (day.year if day else None, document.period_start) if year]
    return min(years, default=None)


#: The title of a plan for one year.
_OF_ONE_YEAR = re.compile(
    r"(?<!\d)(20\d\d)\s?年度?(?!版|以来|至|[—–～~-])[^年]*"
    r"(?:实事|要点|重点工作|[年工作施动]计划|目标任务|任务分[工解]|责任分[工解]|(?:实施|工作|行动)方案|安排)"
)


def _planned_for(title: str) -> int | None:
    """The one year that a plan is for by its title.

    >>> _planned_for("甲市2023年度民生实事项目分解表安排"), _planned_for("甲市标准（2021年版）")
    (2023, None)
    """
    found = _OF_ONE_YEAR.search(title)
    once = found and len(set(re.findall(r"20\d\d", title))) == 1
    return int(found[1]) if found and once else None


def _date(one: Indicator, made: int | None, planned: int | None) -> Indicator:
    if planned and not one.year and one.kind is IndicatorKind.TARGET and not one.from_table:
        return replace(one, year=planned)
    if one.from_table or not made or not one.year or one.year >= made:
        return one
    return replace(one, kind=IndicatorKind.BASELINE)


def _read_table(table: DataTable, made: int | None, vocabulary: Vocabulary) -> Iterator[Indicator]:
    notes = "".join("".join(note.text.split()) for note in table.notes)
    marked = bool(_ALL_CUMULATIVE.search(notes) and _MARK.search(notes))
    kinds = _kinds([column for column in table.columns if column.holds == "value"], made)
    years = [column.year or _year_of(column.heading) for column in table.columns]
    last = max((year for year in years if year), default=None)
    for row in table.rows:
        cell = table.cell(row, "indicator", "name")
        if not cell:
            continue
        name, unit, starred = split_name_and_unit(cell.text)
        unit_cell = table.cell(row, "unit")
        if unit_cell:
            plain = condense_text(unit_cell.text)
            unit = cut_unit(plain, 0, len(plain.kept))
        domain = "".join(row.group.text.split()) if row.group else ""
        concept = find_domain(domain, vocabulary) if domain else None
        for column, value_cell in zip(table.columns, row.cells, strict=True):
            if column.holds not in ("value", "growth") or not value_cell:
                continue
            growth = column.holds == "growth"
            value = read_value(value_cell.text)
            if value is None or (growth and value.unit not in ("%", "个百分点")):
                continue
            yield Indicator(
                name=name + _GROWTH_UNIT.sub("", column.heading) if growth else name,
                value=value.value,
                unit=value.unit if growth else unit or value.unit,
                year=column.year
                or _year_of(column.heading)
                or (last if _SUM.search(column.heading) else None),
                comparator=value.comparator,
                kind=kinds.get(column, IndicatorKind.TARGET),
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


def _kinds(columns: Sequence[Column], made: int | None) -> dict[Column, IndicatorKind]:
    """Which columns of figures report what was reached.

    Where the heading does not say: those of years before the document was made, and the first.
    """
    given = {column: column.year or _year_of(column.heading) for column in columns}
    years = [year for year in given.values() if year]
    kinds = {}
    for column in columns:
        if _BASELINE.search(column.heading):
            kind = IndicatorKind.BASELINE
        elif _TARGET.search(column.heading) or len(set(years)) == 1:
            kind = IndicatorKind.TARGET
        else:
            year = given[column]
            first = year is not None and (year == min(years) or year < (made or 0))
            kind = IndicatorKind.BASELINE if first else IndicatorKind.TARGET
        kinds[column] = kind
    return kinds


def _read_rows(
    page: Page,
    table: DataTable,
    items: Sequence[Item],
    undertakings: Sequence[Undertaking],
) -> Iterator[Indicator]:
    """What the rows of a list say is done or given, by the year of their deadline.

    The standard of a service is read with its item.
    """
    listed = {one.span.start: one for one in items}
    starts = sorted(listed)
    works = {one.task.body.start: one.task for one in undertakings}
    services = table.kind is TableKind.SERVICES
    read: set[Span] = set()
    told = frozenset({"content", "coverage"}) if services else _TOLD
    for row in table.rows:
        work = works.get(row.span.start)
        domain, iri, subject = "", None, None
        if work:
            domain, iri, subject = work.domain, work.domain_concept, work.subject
        if services:
            place = bisect_left(starts, row.span.start)
            if place == len(starts) or starts[place] >= row.span.end:
                continue
            item = listed[starts[place]]
            domain, iri, subject = item.domain, item.domain_concept, item.subject
        year = _year_of(table.cell(row, "deadline").text)
        for column, cell in zip(table.columns, row.cells, strict=True):
            # A cell that covers several rows of work is told once.
            if cell and column.holds in told and (services or cell.span not in read):
                read.add(cell.span)
                text = page.quote(cell.span)
                for figure in read_figures(text, cell.span.start, year=column.year or year):
                    yield _indicator(figure, domain, iri, subject)


def _year_of(words: str) -> int | None:
    """The last year that a deadline or a heading names: by 2024年3月—2025年12月底 it is done."""
    years = [int(found) for found in _YEAR.findall(words)]
    return max(years, default=None)


# What stands around a part is asked for every part within.
@lru_cache(maxsize=256)
def _foresees(name: str) -> bool:
    return _FORESEES.search(name) is not None


def _read_text(
    outline: Outline, parts: Parts, undertakings: Sequence[Undertaking]
) -> Iterator[Indicator]:
    subjects = _find_subjects(outline, undertakings)
    for node in outline.walk():
        if parts.kind(node) in ("interpretation", "principle", "service-list"):
            continue
        around = (node, *node.ancestors())
        names = [one.name for one in around]
        if any(map(_foresees, names)):
            continue
        domain = parts.domain(node)
        titled = (name for one, name in zip(around, names, strict=True) if one.title or one is node)
        heading = " / ".join(reversed(list(titled)))
        background = any(parts.kind(one) == "basis" for one in around)
        for block in _blocks_of(node):
            if _NOTE.match(block.text):
                continue
            for figure in read_figures(
                block.text, block.start, heading=heading, background=background
            ):
                yield _indicator(
                    figure,
                    domain.name if domain else "",
                    domain.concept if domain else None,
                    subjects.get(block.start),
                )


def _read_opening(outline: Outline, document: Document) -> Iterator[Indicator]:
    """The figures of the paragraphs between the title and the first heading."""
    title = document.spans.get("title")
    for block in outline.head:
        text = block.text.rstrip()
        if title and block.start >= title.end and text.endswith(_SENTENCE_ENDS):
            for figure in read_figures(block.text, block.start):
                yield _indicator(figure, "", None, None)


def _read_unknown(page: Page, known: set[Span]) -> Iterator[Indicator]:
    """What the sentences in the cells of other marked tables say."""
    for table in page.tables:
        if table.span in known:
            continue
        for cell in dict.fromkeys(cell for row in table.rows for cell in row if cell):
            text = page.quote(cell.span)
            if _PHRASES.search(text):
                for figure in read_figures(text, cell.span.start):
                    yield _indicator(figure, "", None, None)


def _blocks_of(node: Node) -> tuple[Block, ...]:
    """The heading too: a point may say all it says in its first sentence."""
    return (*((node.title,) if node.title else ()), *node.paragraphs)


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
        own = of_node.get(one.node, ()) if one.node else ()
        subjects.update(dict.fromkeys((*within, *own), one.task.subject))
    for one in undertakings:
        subjects.update(dict.fromkeys((block.start for block in one.paragraphs), one.task.subject))
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
