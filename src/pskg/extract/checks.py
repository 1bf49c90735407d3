"""Findings: a document held against itself."""

from __future__ import annotations

from collections.abc import Sequence

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
    """Everything in a document that does not agree with the rest of it."""
    return ()
