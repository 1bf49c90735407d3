"""Findings: a document held against itself.

Nothing is ever mended. A finding says what is wrong, where the exact words stand, how much it
matters, and what was probably meant where there is good reason to think so. One module holds one
family: :mod:`~pskg.extract.checks.marks` (brackets, stops, dates and letters that were lost),
:mod:`~pskg.extract.checks.spam` (defaced names), :mod:`~pskg.extract.checks.values` (figures),
:mod:`~pskg.extract.checks.figures` (figures that their unit forbids),
:mod:`~pskg.extract.checks.decoding` (text decoded wrongly),
:mod:`~pskg.extract.checks.structure` (annexes, tables, counts, numbers) and
:mod:`~pskg.extract.checks.names` (bodies, fields of service, regions).
"""

from __future__ import annotations

from collections.abc import Sequence

from pskg.extract.checks.case import Case, sort_findings
from pskg.extract.checks.decoding import check_decoding
from pskg.extract.checks.figures import check_figures
from pskg.extract.checks.marks import check_marks
from pskg.extract.checks.names import check_names
from pskg.extract.checks.siblings import check_siblings
from pskg.extract.checks.spam import check_spam
from pskg.extract.checks.structure import check_structure
from pskg.extract.checks.values import check_values
from pskg.extract.outline import Outline
from pskg.extract.tables import DataTable
from pskg.model import Finding, Reading
from pskg.read import Page
from pskg.vocabulary import Vocabulary

__all__ = ["check_reading"]


def check_reading(
    page: Page,
    reading: Reading,
    outline: Outline,
    tables: Sequence[DataTable],
    vocabulary: Vocabulary,
) -> tuple[Finding, ...]:
    """Everything in a document that does not agree with the rest of it, in the order of the text.

    The kinds are those of ``ontology/vocabularies/finding-kinds.ttl``.
    """
    case = Case(page, reading, outline, tuple(tables), vocabulary)
    marks = list(check_marks(case))
    return sort_findings(
        [
            *marks,
            *check_decoding(case),
            *check_figures(case),
            *check_spam(case),
            *check_values(case, marks),
            *check_structure(case),
            *check_names(case),
            *check_siblings(case),
        ]
    )
