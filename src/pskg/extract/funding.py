"""Funding and amounts: who pays for an item and in what ratio, and what is paid out.

How money is told of is in :mod:`pskg.extract.grammar`; here each statement finds its subject.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pskg.extract.grammar.amounts import read_amounts
from pskg.extract.grammar.money import squeeze_text
from pskg.extract.grammar.receivers import name_subject
from pskg.extract.grammar.shares import Share, read_payers, read_shares
from pskg.extract.outline import Node, Outline
from pskg.extract.parts import Parts
from pskg.extract.tasks import Undertaking
from pskg.model import Amount, FundingShare, Item, SectionEntry, Span, Subject, TaskKind
from pskg.read import Block, Page
from pskg.vocabulary import Vocabulary, key

__all__ = ["find_amounts", "find_funding"]


#: What a heading does not hold.
_IN_SENTENCE = re.compile(r"[,，;；。\d]|.{25}")
_WHOLE_SENTENCE = re.compile(r"[^。]+")
_BREAK = re.compile(r"[;；:：]")
#: What tells in a sentence under an item's heading that it is about where its money comes from.
_OF_MONEY = re.compile(r"财政|资金|经费|支出责任|费用|分担|负担")
#: What opens a sentence about an item and is no part of its name.
_OPENING = re.compile(
    r"\s*(?:[(（]?[\d一二三四五六七八九十]{1,3}(?:[)）、.．]|是)\s*)?(?:对于?|关于|其中)?[,，:：]?"
)
#: Shorter names are words of any sentence.
_SHORTEST_NAME = 4
#: What may be left out of a name, and how much must be left then.
_GIVEN = re.compile(r"(?:补助|补贴|保障|项目|经费|资金)$")
_SHORTEST_BARE = 6
#: What joins the names of items, and what closes a list of them: …等7个事项.
_AND = re.compile(r"、|以及|[和与及]")
_SOME = re.compile(
    r"等?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s?(?:个|大)?(?:类|项)?(?:事项|项目|补助|项|政策)?"
)
#: What may follow the name of an item where its money is told of.
_GOES_ON = re.compile(
    r"\s*(?:[,，:：]|[^,，。;；]{0,16}(?:资金|经费|费用|支出|补助|补贴|缴费|由)|由|按|实行)"
)
#: The name alone opens the sentence, which is about the item to its end.
_TOPIC = re.compile(r"\s*[,，:：]")
#: What goes on with the split of the sentence before: another rung, or the rest.
_RUNG_OR_REST = re.compile(
    r"\s*(?:其中[,，]?|对)?(?:第[一二三四五六七八九十]{1,2}[档类]|[一二三四五六七八九十]类|[东中西]部|其余|剩余|余下|其他(?=[由地按])|不足|差额|缺口"
    r"|地方(?:财政)?(?:应?[分承负]担)?(?:的?部分|资金))"
)


def find_funding(
    page: Page,
    outline: Outline,
    parts: Parts,
    items: Sequence[Item],
    undertakings: Sequence[Undertaking],
    vocabulary: Vocabulary,
) -> tuple[FundingShare, ...]:
    """The payers of each item with their shares.

    They stand in the cells of the list that say who pays, under a heading that is an item's very
    name, and in sentences of running text that open with it (农村危房改造所需资金由…承担) or with
    several (甲补助、乙补助等2个事项,中央分担80%).
    """
    read: list[tuple[Item, tuple[Share, ...]]] = []
    for item in items:
        if item.funding:
            cell, start = page.quote(item.funding.span), item.funding.span.start
            shares = read_shares(cell, start, vocabulary) or read_payers(cell, start, vocabulary)
            read.append((item, shares))
    for item, span in _find_told(outline, parts, undertakings, _Names(items)):
        read.append((item, read_shares(page.quote(span), span.start, vocabulary)))
    splits: Counter[Subject] = Counter()
    funding: list[FundingShare] = []
    for item, shares in read:
        before = splits[item.subject]
        for share in shares:
            splits[item.subject] = max(splits[item.subject], before + share.split)
            funding.append(
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
    return tuple(sorted(funding, key=lambda share: (share.subject.at, share.split)))


def _find_told(
    outline: Outline, parts: Parts, undertakings: Sequence[Undertaking], names: _Names
) -> Iterator[tuple[Item, Span]]:
    """The sentences of running text that tell of the money of an item, in the order of the text."""
    if not names.by_name:
        return
    titled: dict[int, tuple[Item, ...]] = {}
    blocks: dict[int, Block] = {}
    for one in undertakings:
        blocks.update((block.start, block) for block in one.paragraphs)
        if one.task.kind is not TaskKind.DIVISION and (about := names.find_titled(one.task.title)):
            titled.update((block.start, about) for block in one.paragraphs)
    for node in outline.walk():
        if parts.kind(node) != "interpretation":
            blocks.update((block.start, block) for block in node.paragraphs)
    for start, block in sorted(blocks.items()):
        if start not in titled:
            yield from names.find_told(block)
            continue
        for found in _WHOLE_SENTENCE.finditer(block.text):
            if _OF_MONEY.search(found.group()):
                for item in titled[start]:
                    yield item, block.part(*found.span()).span


def _is_headed(node: Node) -> bool:
    """Whether a part has a heading, and does not merely open with a numbered sentence."""
    return node.title is not None and not _IN_SENTENCE.search(node.name)


class _Names:
    """The items of a document by their names, alone and behind the name of their field."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.by_name: dict[str, Item] = {}
        for item in items:
            if len(item.name) >= _SHORTEST_NAME:
                self.by_name.setdefault(key(item.name), item)
                self.by_name.setdefault(key(item.domain + item.name), item)
        for item in items:
            # 养老保险补助 is told of as 养老保险, too.
            bare = _GIVEN.sub("", item.name)
            if len(bare) >= _SHORTEST_BARE:
                self.by_name.setdefault(key(bare), item)
        self._longest = max(map(len, self.by_name), default=0)
        self._firsts = frozenset(name[0] for name in self.by_name)

    def find_titled(self, title: str) -> tuple[Item, ...]:
        """The items that a heading is the very names of."""
        found, end = self._read_names(title, 0, len(title))
        return found if end == len(title) else ()

    def find_told(self, block: Block) -> Iterator[tuple[Item, Span]]:
        """The items that the sentences of a paragraph tell of, each with the words about it.

        A sentence is about the items that it opens with. What follows a semicolon goes on with
        them, unless it opens with another: so do rungs and the rest in a sentence of their own.
        """
        about: tuple[Item, ...] = ()
        topic = False
        for sentence in _WHOLE_SENTENCE.finditer(block.text):
            told: list[list[int]] = []
            first = True
            for start, stop in self._parts(block.text, *sentence.span()):
                named, end = self._match(block.text, start, stop)
                if named:
                    yield from self._places(block, about, told)
                    topic = len(named) > 1 or bool(_TOPIC.match(block.text, end))
                    about, told = named, [[end, stop]]
                elif about and (
                    (topic and not first) or _RUNG_OR_REST.match(block.text, start, stop)
                ):
                    if told and told[-1][1] == start - 1:
                        told[-1][1] = stop
                    else:
                        told.append([start, stop])
                else:
                    yield from self._places(block, about, told)
                    about, told = (), []
                first = False
            yield from self._places(block, about, told)

    def _parts(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a sentence: between semicolons, and behind a colon that a name follows."""
        for mark in _BREAK.finditer(text, start, end):
            if mark.group() in ";；" or self._match(text, mark.end(), end)[0]:
                yield start, mark.start()
                start = mark.end()
        yield start, end

    @staticmethod
    def _places(
        block: Block, about: Sequence[Item], told: Sequence[Sequence[int]]
    ) -> Iterator[tuple[Item, Span]]:
        for item in about:
            for start, end in told:
                yield item, block.part(start, end).span

    def _match(self, text: str, start: int, end: int) -> tuple[tuple[Item, ...], int]:
        """The items that a part of a sentence opens with, and where their names end."""
        opening = _OPENING.match(text, start, end)
        start = opening.end() if opening else start
        if text[start : start + 1] not in self._firsts:
            return (), start
        found, place = self._read_names(text, start, end)
        if not found or not _GOES_ON.match(text, place, end):
            return (), start
        return found, place

    def _read_names(self, text: str, start: int, end: int) -> tuple[tuple[Item, ...], int]:
        """The items whose names stand here, one or a list of them, and where the list ends."""
        found: list[Item] = []
        item, place = self._name_at(text, start, end)
        while item:
            found.append(item)
            joined = _AND.match(text, place, end)
            item, after = self._name_at(text, joined.end(), end) if joined else (None, place)
            place = after if item else place
        if len(found) > 1 and (closing := _SOME.match(text, place, end)):
            place = closing.end()
        return tuple(found), place

    def _name_at(self, text: str, start: int, end: int) -> tuple[Item | None, int]:
        """The item whose name, the longest one that fits, stands here, and where the name ends."""
        for stop in range(min(end, start + self._longest), start + _SHORTEST_NAME - 1, -1):
            if item := self.by_name.get(key(text[start:stop])):
                return item, stop
        return None, start


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
    undertakings: Sequence[Undertaking],
    sections: Sequence[SectionEntry],
) -> tuple[Amount, ...]:
    """The money that persons and bodies receive or pay, with what it stands under.

    That is the item, else the task, else the section; in a regulation its article.
    """
    places: list[tuple[Subject, Span, str]] = []
    by_heading = {section.heading.start: section for section in sections}
    for node in outline.walk():
        headed = next(filter(_is_cited, (node, *node.ancestors())), node)
        section = by_heading.get(headed.heading.start) if headed.heading else None
        if section:
            told = (*((node.title,) if node.title else ()), *node.paragraphs)
            audience = _subject_of(headed) if headed is not node else ""
            places += [(section.subject, block.span, audience) for block in told]
    for one in undertakings:
        places += [(one.task.subject, block.span, "") for block in one.paragraphs]
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
        for money in read_amounts(page.quote(span), span.start)
    }
    return tuple(found[span] for span in sorted(found))
