"""Funding and amounts: who pays for an item and in what ratio, and what is paid out.

How money is told of is in :mod:`pskg.extract.grammar`; here each statement finds its subject.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pskg.extract.grammar.amounts import read_amounts
from pskg.extract.grammar.shares import read_shares
from pskg.extract.outline import Outline
from pskg.extract.tasks import Undertaking
from pskg.model import Amount, FundingShare, Item, SectionEntry, Span, Subject
from pskg.read import Page
from pskg.vocabulary import Vocabulary, key

__all__ = ["find_amounts", "find_funding"]


#: A sentence of running text about one item of the list: 对于农村危房改造,由…负责。
_ABOUT_ITEM = re.compile(
    r"(?:^|[。;；])\s*(?:对于?|关于)(?P<name>[^,，。;；]{2,40})[,，](?P<words>[^。;；]+)"
)


def find_funding(
    page: Page,
    items: Sequence[Item],
    undertakings: Sequence[Undertaking],
    vocabulary: Vocabulary,
) -> tuple[FundingShare, ...]:
    """The payers of each item with their shares.

    They stand in the cells of the list that say who pays, and in sentences of running text that
    are about an item by its very name.
    """
    places = [(item, item.funding.span) for item in items if item.funding]
    by_name = {key(item.name): item for item in items}
    for one in undertakings:
        for block in one.paragraphs:
            for found in _ABOUT_ITEM.finditer(block.text):
                about = by_name.get(key(found.group("name")))
                if about:
                    start, end = found.span("words")
                    places.append((about, Span(block.start + start, block.start + end)))
    splits: Counter[Subject] = Counter()
    shares: list[FundingShare] = []
    for item, span in places:
        before = splits[item.subject]
        for share in read_shares(page.quote(span), span.start, vocabulary):
            splits[item.subject] = max(splits[item.subject], before + share.split)
            shares.append(
                FundingShare(
                    subject=item.subject,
                    split=before + share.split,
                    condition=share.condition,
                    payer=share.payer,
                    payer_concept=share.payer_concept,
                    share=share.share,
                    basis=share.basis,
                    span=share.span,
                )
            )
    return tuple(sorted(shares, key=lambda share: (share.subject.at, share.split)))


def find_amounts(
    page: Page,
    outline: Outline,
    items: Sequence[Item],
    undertakings: Sequence[Undertaking],
    sections: Sequence[SectionEntry],
) -> tuple[Amount, ...]:
    """The money that persons and bodies receive or pay, with what it stands under.

    That is the item, else the task, else the section.
    """
    places: list[tuple[Subject, Span, str]] = []
    by_heading = {section.heading.start: section for section in sections}
    for node in outline.walk():
        section = by_heading.get(node.heading.start) if node.heading else None
        if section:
            told = (*((node.title,) if node.title else ()), *node.paragraphs)
            places += [(section.subject, block.span, "") for block in told]
    for one in undertakings:
        places += [(one.task.subject, block.span, "") for block in one.paragraphs]
    for item in items:
        # Where the words do not say who receives it, the row's target groups do.
        audience = item.target_groups.text if item.target_groups else ""
        cells = (item.target_groups, *item.provisions, item.funding)
        places += [(item.subject, cell.span, audience) for cell in cells if cell]
    found = {
        money.span: Amount(
            subject, money.amount, money.unit, money.beneficiary or audience, money.span
        )
        for subject, span, audience in places
        for money in read_amounts(page.quote(span), span.start)
    }
    return tuple(found[span] for span in sorted(found))
