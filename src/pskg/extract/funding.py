"""Funding and amounts: who pays for an item and in what ratio, and what is paid out.

How money is told of is in :mod:`pskg.extract.grammar`; here each statement finds its subject.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pskg.extract.grammar.amounts import read_amounts
from pskg.extract.grammar.money import squeeze_text
from pskg.extract.grammar.numbers import parse_number
from pskg.extract.grammar.payers import find_payer, name_payers
from pskg.extract.grammar.ratios import PARTS, parse_part, write_part
from pskg.extract.grammar.receivers import name_subject
from pskg.extract.grammar.shares import Share, read_payers, read_shares
from pskg.extract.mentions import Mention
from pskg.extract.outline import Node, Outline
from pskg.extract.parts import is_noun
from pskg.extract.tables import Column, DataTable
from pskg.extract.tasks import Undertaking
from pskg.model import (
    Amount,
    Basis,
    Document,
    FundingShare,
    Item,
    SectionEntry,
    Span,
    Subject,
    TaskKind,
)
from pskg.read import Cell, Page
from pskg.vocabulary import Vocabulary, key

__all__ = ["find_amounts", "find_funding"]


#: What a heading does not hold.
_IN_SENTENCE = re.compile(r"[,，;；。\d]|.{25}")
#: A payer who pays nothing.
_PAYS_NOT = re.compile("无|不承担|不负担|不分担|否")
#: A cell that stands for the one above it.
_DITTO = re.compile("(?:同[上前]|〃|″)[。]?")
#: What tells in a sentence under an item's heading that it is about where its money comes from.
_OF_MONEY = re.compile(r"财政|资金|经费|支出责任|费用|[分承负]担|福彩|福利彩票|公益金|基金")


#: The title of a plan that says of each piece of work who of the treasuries bears it.
_DIVIDES = re.compile("财政事权|支出责任")


def find_funding(
    page: Page,
    document: Document,
    items: Sequence[Item],
    tables: Sequence[DataTable],
    mentions: Sequence[Mention],
    undertakings: Sequence[Undertaking],
    vocabulary: Vocabulary,
) -> tuple[FundingShare, ...]:
    """The payers of each item with their shares.

    They stand in the cells of the list that say who pays, in a column for each payer, under a
    heading that is an item's very name, and in sentences of running text that open with it
    (农村危房改造所需资金由…承担) or with several (甲补助、乙补助等2个事项,中央分担80%). A plan that
    divides fiscal powers says it of its tasks, where they are none of its items.
    """
    read: list[tuple[Subject, tuple[Share, ...]]] = []
    shares: tuple[Share, ...] = ()
    for item in items:
        if item.funding:
            cell, start = page.quote(item.funding.span), item.funding.span.start
            if _DITTO.fullmatch(item.funding.text):
                shares = tuple(replace(share, span=item.funding.span) for share in shares)
            else:
                shares = read_shares(cell, start, vocabulary)
                shares = shares or read_payers(cell, start, vocabulary)
            read.append((item.subject, shares))
    read += _read_columns(items, tables, vocabulary)
    for mention in mentions:
        told, start = page.quote(mention.span), mention.span.start
        if not mention.loose or _OF_MONEY.search(told):
            shares = read_shares(told, start, vocabulary)
            read += [(item.subject, shares) for item in mention.items]
    if _DIVIDES.search(document.title):
        for one in _find_powers(undertakings, items, mentions):
            for block in one.paragraphs:
                if shares := read_shares(block.text, block.start, vocabulary):
                    read.append((one.task.subject, shares))
    read = _leave_out_repeats(read)
    splits: Counter[Subject] = Counter()
    funding: list[FundingShare] = []
    for subject, shares in read:
        before = splits[subject]
        for share in shares:
            splits[subject] = max(splits[subject], before + share.split)
            funding.append(
                FundingShare(
                    subject=subject,
                    split=before + share.split,
                    condition=share.condition,
                    payer=share.payer,
                    payer_concept=share.payer_concept,
                    share=share.share,
                    basis=share.basis,
                    span=share.span,
                )
            )
    return tuple(sorted(funding, key=lambda share: (share.subject.at, share.split)))


def _find_powers(
    undertakings: Sequence[Undertaking], items: Sequence[Item], mentions: Sequence[Mention]
) -> Iterator[Undertaking]:
    """The tasks that are powers which a plan divides: all, save what a list has as items.

    Beside a list they go by a noun (甲设施建设): 规范甲制度 says how the plan is carried out.
    """
    told = [mention.span.start for mention in mentions]
    for one in undertakings:
        if one.task.kind is TaskKind.TASK and (not items or is_noun(one.task.title)):
            within = (
                bisect_right(told, b.end) > bisect_left(told, b.start) for b in one.paragraphs
            )
            if not any(within):
                yield one


def _read_columns(
    items: Sequence[Item], tables: Sequence[DataTable], vocabulary: Vocabulary
) -> Iterator[tuple[Subject, tuple[Share, ...]]]:
    """The shares of the items in tables that have a column for each payer."""
    by_name = {key(item.name): item for item in items}
    for table in tables:
        paying = [(n, column) for n, column in enumerate(table.columns) if column.holds == "payer"]
        for row in table.rows if paying else ():
            name = table.cell(row, "name")
            within = (item for item in items if name and name.span.covers(item.span))
            item = next(within, by_name.get(key(name.text)))
            cells = [(column, row.cells[n]) for n, column in paying if row.cells[n]]
            numbers = [parse_number(cell.text) for _, cell in cells]
            whole = sum(number for number in numbers if number is not None)
            shares = tuple(
                share
                for column, cell in cells
                for share in _read_column_cell(column, cell, whole, vocabulary)
            )
            if item and shares:
                yield item.subject, shares


def _read_column_cell(
    column: Column, cell: Cell, whole: Decimal | int, vocabulary: Vocabulary
) -> Iterator[Share]:
    """What one payer's cell says: its part, or in words that it pays; a dash says nothing.

    Bare numbers are parts of the ``whole`` that those of the row make. Those who share a column
    (省与市县共同财政事权) pay without a part.
    """
    text = cell.text
    if not re.search(r"[\w√✓✔]", text) or _PAYS_NOT.fullmatch(text):
        return
    number = parse_number(text)
    part = parse_part(text)
    if number is not None and not re.search("[%％成/]|分之", text):
        part = number / whole if whole in (1, 10, 100) else None
    elif number is None and len(told := PARTS.findall(text)) == 1:
        part = parse_part(told[0])  # 省级承担60%
    if number == 0:
        return
    payers = name_payers(column.payer, column.payer)
    part = part if len(payers) == 1 else None
    for payer in payers:
        concept = find_payer(vocabulary["payers"], payer)
        yield Share(
            1,
            "",
            payer,
            concept.iri if concept else None,
            None if part is None else write_part(part),
            Basis.QUALITATIVE if part is None else Basis.PERCENTAGE,
            cell.span,
        )


def _leave_out_repeats(
    read: Sequence[tuple[Subject, tuple[Share, ...]]],
) -> list[tuple[Subject, tuple[Share, ...]]]:
    """What is read of each subject, without figures that an earlier statement about it gives."""
    stated: set[tuple[Subject, frozenset[tuple[str, str | None]]]] = set()
    kept: list[tuple[Subject, tuple[Share, ...]]] = []
    for subject, shares in read:
        split = frozenset((share.payer, share.share) for share in shares)
        again = (subject, split) in stated
        if not (again and any(share.share for share in shares)):
            kept.append((subject, shares))
        stated.add((subject, split))
    return kept


def _is_headed(node: Node) -> bool:
    """Whether a part has a heading, and does not merely open with a numbered sentence."""
    return node.title is not None and not _IN_SENTENCE.search(node.name)


def _is_cited(node: Node) -> bool:
    """Whether a part is one that its sums are known by: it has a heading or is an article."""
    return node.is_article or _is_headed(node)


def _subject_of(node: Node) -> str:
    """Who an article is about, of whom its parts tell no more: 纳税人…,按照以下标准扣除."""
    if not (node.is_article and node.title):
        return ""
    line = squeeze_text(node.title.text, node.title.start)
    return name_subject(line, 0, len(line.norm))


def find_amounts(
    page: Page,
    outline: Outline,
    items: Sequence[Item],
    mentions: Sequence[Mention],
    undertakings: Sequence[Undertaking],
    sections: Sequence[SectionEntry],
) -> tuple[Amount, ...]:
    """The money that persons and bodies receive or pay, with what it stands under.

    That is the item whose row it stands in or that the sentence is about, else the task, else
    the section; in a regulation its article.
    """
    places: list[tuple[Subject, Span, str]] = []
    by_heading = {section.heading.start: section for section in sections}
    for node in outline.walk():
        headed = next(filter(_is_cited, (node, *node.ancestors())), node)
        section = by_heading.get(headed.heading.start) if headed.heading else None
        if section:
            told = (*((node.title,) if node.title else ()), *node.paragraphs)
            audience = _subject_of(headed) if headed is not node else ""
            subject = section.subject
            places += [(subject, block.span, audience) for block in told]
    for one in undertakings:
        subject = one.task.subject
        places += [(subject, block.span, "") for block in one.paragraphs]
    for item in items:
        # Where the words do not say who receives it, the row's target groups do.
        audience = item.target_groups.text.rstrip("。;；") if item.target_groups else ""
        cells = (item.target_groups, *item.provisions, item.funding)
        places += [(item.subject, cell.span, audience) for cell in cells if cell]
    found = {
        money.span: Amount(
            subject, money.amount, money.unit, money.beneficiary or audience, money.span
        )
        for subject, span, audience in places
        if page.text.find("元", span.start, span.end) >= 0
        for money in read_amounts(page.quote(span), span.start)
    }
    about = sorted((m for m in mentions if len(m.items) == 1), key=lambda m: m.span)
    starts = [one.span.start for one in about]
    amounts = []
    for span in sorted(found):
        amount = found[span]
        place = bisect_right(starts, span.start) - 1
        if place >= 0 and span.start < about[place].span.end:
            amount = replace(amount, subject=about[place].items[0].subject)
        amounts.append(amount)
    return tuple(amounts)
