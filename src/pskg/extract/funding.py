"""Funding and amounts: who pays for an item and in what ratio, and what is paid out.

How money is told of is in :mod:`pskg.extract.money`; here each statement finds its subject.
"""

from __future__ import annotations

from collections.abc import Sequence

from pskg.extract.money import read_amounts, read_shares
from pskg.extract.tasks import Undertaking
from pskg.model import Amount, FundingShare, Item, Passage, Span, Subject
from pskg.read import Page
from pskg.vocabulary import Vocabulary

__all__ = ["find_amounts", "find_funding"]


def find_funding(
    page: Page, items: Sequence[Item], vocabulary: Vocabulary
) -> tuple[FundingShare, ...]:
    """The payers of each item with their shares, from the cells that say who pays."""
    return tuple(
        FundingShare(
            subject=item.subject,
            split=share.split,
            condition=share.condition,
            payer=share.payer,
            payer_concept=share.payer_concept,
            share=share.share,
            basis=share.basis,
            span=share.span,
        )
        for item in items
        if item.funding
        for share in read_shares(page.quote(item.funding.span), item.funding.span.start, vocabulary)
    )


def find_amounts(
    page: Page, items: Sequence[Item], undertakings: Sequence[Undertaking]
) -> tuple[Amount, ...]:
    """The money that persons and bodies receive or pay, with the item or task it stands under."""
    places: list[tuple[Subject, Span, str]] = []
    for item in items:
        # Where the words do not say who receives it, the row's target groups do.
        audience = item.target_groups.text if item.target_groups else ""
        cells: tuple[Passage | None, ...] = (item.target_groups, item.standard, item.funding)
        places += [(item.subject, cell.span, audience) for cell in cells if cell]
    for one in undertakings:
        places += [(one.task.subject, block.span, "") for block in one.paragraphs]
    found = {
        money.span: Amount(
            subject, money.amount, money.unit, money.beneficiary or audience, money.span
        )
        for subject, span, audience in places
        for money in read_amounts(page.quote(span), span.start)
    }
    return tuple(found[span] for span in sorted(found))
