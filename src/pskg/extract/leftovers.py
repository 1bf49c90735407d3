"""Leftovers: tables that were not recognised as such, so that none is lost in silence.

A page flattened to text shows a table as a run of short lines. Where no heading of its columns is
known the run would pass for plain text; here it is told apart, and so is a table that the source
marks but whose columns are not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pskg.extract.outline import Node, Outline
from pskg.extract.tables import DataTable
from pskg.model import Finding, Severity, Span
from pskg.read import Block, Page, hull

__all__ = ["find_unread_tables", "report_unread"]

#: So many short lines on end are no paragraphs any more.
_SHORTEST_RUN = 9
_LONGEST_CELL = 30
_SENTENCE_END = re.compile(r"[。;；:：!！?？]\s*$")


def find_unread_tables(
    page: Page, outline: Outline, tables: Sequence[DataTable]
) -> tuple[Span, ...]:
    """Where a table stands that was not read: marked ones of unknown columns, and flattened ones.

    What stands before the first heading is the masthead's and no table, marked or not.
    """
    read = {table.span for table in tables}
    body = next((node.heading.start for node in outline.walk() if node.heading), 0)
    marked = [t.span for t in page.tables if t.span not in read and t.span.end > body]
    flattened = [span for node in outline.walk() for span in _find_runs(node)]
    return tuple(sorted([*marked, *flattened]))


def _find_runs(node: Node) -> Iterator[Span]:
    run: list[Block] = []
    for block in (*node.blocks, None):
        if block and len(block.text) <= _LONGEST_CELL and not _SENTENCE_END.search(block.text):
            run.append(block)
            continue
        if len(run) >= _SHORTEST_RUN:
            yield hull(run)
        run = []


def report_unread(spans: Iterable[Span]) -> Iterator[Finding]:
    """A finding for each stretch that was not understood."""
    for span in spans:
        yield Finding(
            kind="not-understood",
            severity=Severity.MEDIUM,
            message="this looks like a table, but none of its column headings is known; "
            "add them to ontology/vocabularies/columns.ttl if it holds items, bodies or figures",
            span=span,
        )
