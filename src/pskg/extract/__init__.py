"""A page to facts: one module for each kind of fact, put together here.

The order is that of dependence: tables are recovered first, so that their rows are not taken for
headings; then the outline, the masthead, the parts' kinds and domains, the items and
undertakings, and at last the facts about these.

    tables            service lists, divisions of work and indicators, as rows of cells by column
    outline           headings and numbers: the tree of a document
    masthead          title, number, issuer, dates, period: what the document is
    validity          from when until when the document is in force
    parts             what each chapter is about: its kind and its field of service
    items             the services that a document lists
    tasks             tasks, measures, mechanisms, targets; with ``divided``, the parts that say
                      who does which of them
    work_tables       the rows of tables that say who does what
    mentions          which sentences of running text are about which item
    responsibilities  which body plays which part in which subject
    funding           who pays for what, and what is paid out
    indicators        figures with a name, by year
    citations         other documents that are named
    counts            how many items, tasks and fields the document says it has
    checks            findings: the document held against itself
    leftovers         tables that no rule could read
    coverage          what became of every character
    grammar           how things are said: pure functions on strings, used by all of these
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from pskg.extract.checks import check_reading
from pskg.extract.checks.case import sort_findings
from pskg.extract.citations import cite_documents
from pskg.extract.counts import count_declared
from pskg.extract.coverage import cover, is_boilerplate
from pskg.extract.funding import find_amounts, find_funding
from pskg.extract.indicators import read_indicators
from pskg.extract.items import list_items
from pskg.extract.leftovers import find_unread_tables, report_unread
from pskg.extract.masthead import Masthead, read_masthead
from pskg.extract.mentions import ItemNames, find_mentions
from pskg.extract.outline import Outline, build_outline
from pskg.extract.parts import is_label, list_sections, sort_parts
from pskg.extract.responsibilities import assign_bodies, find_list_bearers
from pskg.extract.tables import DataTable, recover_tables
from pskg.extract.tasks import find_undertakings
from pskg.extract.validity import find_validity
from pskg.model import DeclaredCount, DomainEntry, Reading, Span, StretchKind
from pskg.read import Block, Page
from pskg.read.errors import SourceError
from pskg.vocabulary import Vocabulary

__all__ = ["NotAPolicyDocumentError", "extract"]

#: How many paragraphs from the first on may state what the document implements.
_OPENING = 8


class NotAPolicyDocumentError(SourceError):
    """A text in which not one fact of a policy document was found."""


def extract(page: Page, vocabulary: Vocabulary) -> Reading:
    """Read every fact of a page.

    Raises NotAPolicyDocumentError where the page holds none at all.
    """
    page = page.without_boilerplate()
    tables = recover_tables(page, vocabulary)
    outline = build_outline(
        page.blocks,
        opaque=[table.span for table in tables],
        is_label=partial(is_label, vocabulary=vocabulary),
    )
    masthead = read_masthead(_leave_out(tables, page), outline, vocabulary)
    parts = sort_parts(outline, vocabulary)
    bearers = find_list_bearers(outline, vocabulary)
    listed = list_items(outline, parts, tables, vocabulary)
    undertakings = find_undertakings(page, outline, parts, tables, vocabulary, bearers)
    tasks = tuple(one.task for one in undertakings)
    assigned = assign_bodies(page, outline, parts, tables, listed.items, undertakings, vocabulary)
    domains = _merge_domains(parts.entries, listed.domains)
    mentions = find_mentions(outline, parts, undertakings, ItemNames(listed.items))
    funding = find_funding(
        page, masthead.document, listed.items, tables, mentions, undertakings, vocabulary
    )
    indicators = read_indicators(
        page, masthead.document, outline, parts, tables, listed.items, undertakings, vocabulary
    )
    citations = cite_documents(_all_blocks(page), masthead.own_names, _opening(outline))
    declared = count_declared(page.blocks, listed.items, tasks)
    counts = (*listed.counts, *_beside(declared, listed.counts))
    sections = list_sections(outline)
    amounts = find_amounts(page, outline, listed.items, mentions, undertakings, sections)
    if not (tasks or listed.items or assigned.responsibilities or indicators) and (
        masthead.document.doc_number is None
    ):
        raise NotAPolicyDocumentError(
            page.source,
            "no part of a policy document was recognised in it",
            "give a plan or notice with its headings, tables or document number",
        )
    reading = Reading(
        document=find_validity(page, masthead.document, vocabulary),
        sections=sections,
        domains=domains,
        items=listed.items,
        tasks=tasks,
        responsibilities=assigned.responsibilities,
        funding=funding,
        indicators=indicators,
        amounts=amounts,
        deadlines=assigned.deadlines,
        coordination=assigned.coordination,
        citations=citations,
        counts=tuple(sorted(counts, key=lambda count: count.span)),
    )
    unread = find_unread_tables(page, outline, tables)
    findings = sort_findings(
        [*check_reading(page, reading, outline, tables, vocabulary), *report_unread(unread)]
    )
    claims = _claims(page, reading, outline, masthead, tables, vocabulary)
    kept = _outside(claims, unread) if unread else claims
    return replace(
        reading,
        findings=findings,
        coverage=cover(page.text, kept),
    )


def _leave_out(tables: Sequence[DataTable], page: Page) -> Page:
    """The page without the tables that list services or figures: they hold no masthead's fields."""
    known = {table.span for table in tables}
    return replace(page, tables=tuple(one for one in page.tables if one.span not in known))


def _all_blocks(page: Page) -> list[Block]:
    """The running text and the cells of the marked tables, in order, each block once."""
    cells = (block for t in page.tables for row in t.rows for cell in row for block in cell.blocks)
    return sorted(dict.fromkeys((*page.blocks, *cells)), key=lambda block: block.span)


def _beside(
    counts: Sequence[DeclaredCount], others: Sequence[DeclaredCount]
) -> Iterator[DeclaredCount]:
    """The counts that are not the same words as another one."""
    taken = {position for o in others for position in range(o.span.start, o.span.end)}
    for count in counts:
        if taken.isdisjoint(range(count.span.start, count.span.end)):
            yield count


def _outside(
    claims: Iterable[tuple[StretchKind, Span]], unread: Sequence[Span]
) -> Iterator[tuple[StretchKind, Span]]:
    """The claims but those to plain text within a table that was not read."""
    starts = [table.start for table in unread]
    for kind, span in claims:
        place = bisect_right(starts, span.start) - 1
        if not (kind is StretchKind.TEXT and place >= 0 and unread[place].covers(span)):
            yield kind, span


def _opening(outline: Outline) -> list[Span]:
    """The paragraphs in which a document says what it carries out: the last before the body."""
    return [block.span for block in outline.head if len(block.text) > 20][-_OPENING:]


def _merge_domains(
    parts: Sequence[DomainEntry], listed: Sequence[DomainEntry]
) -> tuple[DomainEntry, ...]:
    by_name = {entry.name: entry for entry in (*listed, *parts)}
    return tuple(sorted(by_name.values(), key=lambda entry: entry.span))


def _claims(
    page: Page,
    reading: Reading,
    outline: Outline,
    masthead: Masthead,
    tables: Sequence[DataTable],
    vocabulary: Vocabulary,
) -> Iterator[tuple[StretchKind, Span]]:
    """What each stretch of the text is taken for."""
    for span in page.boilerplate:
        yield StretchKind.BOILERPLATE, span
    for span in reading.document.spans.values():
        yield StretchKind.FACT, span
    for facts in (
        reading.items,
        reading.responsibilities,
        reading.funding,
        reading.indicators,
        reading.amounts,
        reading.deadlines,
        reading.coordination,
        reading.citations,
        reading.counts,
    ):
        for fact in facts:
            yield StretchKind.FACT, fact.span
    for item in reading.items:
        for passage in (item.target_groups, *item.provisions, item.funding, item.lead):
            if passage:
                yield StretchKind.FACT, passage.span
    for task in reading.tasks:
        yield StretchKind.FACT, task.span
    for section in reading.sections:
        yield StretchKind.STRUCTURE, section.heading
    for table in tables:
        for column in table.columns:
            yield StretchKind.STRUCTURE, column.span
        for row in table.rows:
            yield StretchKind.STRUCTURE, row.cells[0].span if row.cells[0] else row.span
            if row.heading:
                yield StretchKind.STRUCTURE, row.heading.span
            for cell in row.cells:
                if cell:
                    yield StretchKind.TEXT, cell.span
        for block in (*table.notes, *((table.caption,) if table.caption else ())):
            yield StretchKind.STRUCTURE, block.span
    for block in outline.annexes:
        yield StretchKind.STRUCTURE, block.span
    for node in outline.walk():
        for block in node.paragraphs:
            kind = (
                StretchKind.BOILERPLATE if is_boilerplate(block, vocabulary) else StretchKind.TEXT
            )
            yield kind, block.span
    for block in masthead.blocks:
        if is_boilerplate(block, vocabulary):
            yield StretchKind.BOILERPLATE, block.span
        else:
            yield StretchKind.TEXT, block.span
