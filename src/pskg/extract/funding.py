"""Funding and amounts: who pays for an item and in what ratio, and what is paid out.

How money is told of is in :mod:`pskg.extract.grammar`; here each statement finds its subject.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pskg.extract.grammar.amounts import read_amounts
from pskg.extract.grammar.shares import read_shares
from pskg.extract.outline import Node, Outline
from pskg.extract.tasks import Undertaking
from pskg.model import Amount, FundingShare, Item, SectionEntry, Span, Subject, TaskKind
from pskg.read import Page
from pskg.vocabulary import Vocabulary, key

__all__ = ["find_amounts", "find_funding"]


_SENTENCE = re.compile(r"[^。;；]+")
#: What a heading does not hold.
_IN_SENTENCE = re.compile(r"[,，;；。\d]|.{25}")
_WHOLE_SENTENCE = re.compile(r"[^。]+")
#: What tells in a sentence under an item's heading that it is about where its money comes from.
_OF_MONEY = re.compile(r"财政|资金|经费|支出责任|费用")
#: What opens a sentence about an item and is no part of its name.
_OPENING = re.compile(
    r"\s*(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）、.．]\s*)?(?:对于?|关于|其中)?[,，:：]?"
)
#: Shorter names are words of any sentence.
_SHORTEST_NAME = 4
#: What may follow the name of an item where its money is told of.
_GOES_ON = re.compile(
    r"\s*(?:[,，]|[^,，。;；]{0,16}(?:资金|经费|费用|支出|补助|补贴|缴费|由)|由|按)"
)


def find_funding(
    page: Page,
    items: Sequence[Item],
    undertakings: Sequence[Undertaking],
    vocabulary: Vocabulary,
) -> tuple[FundingShare, ...]:
    """The payers of each item with their shares.

    They stand in the cells of the list that say who pays, under a heading that is an item's very
    name, and in sentences of running text that open with it (农村危房改造所需资金由…承担).
    """
    places = [(item, item.funding.span) for item in items if item.funding]
    by_name = {key(item.name): item for item in items if len(item.name) >= _SHORTEST_NAME}
    longest = max(map(len, by_name), default=0)
    for one in undertakings:
        titled = by_name.get(key(one.task.title))
        for block in one.paragraphs:
            if titled and one.task.kind is not TaskKind.DIVISION:
                places += [
                    (titled, block.part(*found.span()).span)
                    for found in _WHOLE_SENTENCE.finditer(block.text)
                    if _OF_MONEY.search(found.group())
                ]
                continue
            for found in _SENTENCE.finditer(block.text) if by_name else ():
                opening = _OPENING.match(found.group())
                start = found.start() + (opening.end() if opening else 0)
                about, end = _find_named(block.text, start, by_name, longest)
                if about and _GOES_ON.match(block.text, end, found.end()):
                    places.append((about, Span(block.start + end, block.start + found.end())))
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


def _is_headed(node: Node) -> bool:
    """Whether a part has a heading, and does not merely open with a numbered sentence."""
    return node.title is not None and not _IN_SENTENCE.search(node.name)


def _find_named(
    text: str, start: int, by_name: Mapping[str, Item], longest: int
) -> tuple[Item | None, int]:
    """The item whose name, the longest one that fits, stands here, and where the name ends."""
    for end in range(min(len(text), start + longest), start + _SHORTEST_NAME - 1, -1):
        if item := by_name.get(key(text[start:end])):
            return item, end
    return None, start


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
        headed = next(filter(_is_headed, (node, *node.ancestors())), node)
        section = by_heading.get(headed.heading.start) if headed.heading else None
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
