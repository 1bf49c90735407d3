"""Service items: the rows of a service list, or the names a sentence lists.

``本领域服务项目共8项,具体包括:免费义务教育、…`` names eight; ``包括…等8项服务`` as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pskg.extract.numbers import parse_number
from pskg.extract.outline import Outline
from pskg.extract.parts import Parts, find_domain
from pskg.extract.tables import DataTable, TableKind
from pskg.model import DeclaredCount, DomainEntry, Item, Passage, Span
from pskg.read import Block, Cell
from pskg.vocabulary import Vocabulary

__all__ = ["ListedItems", "list_items"]

_COUNT = r"(?P<count>\d{1,3}|[一二两三四五六七八九十百]{1,5})\s*[项个大]"
#: 服务项目共8项,具体包括:… ; 服务项目包括…
_BEFORE_LIST = re.compile(
    rf"(?:服务)?(?:项目|事项)[^。;；:：]{{0,16}}?(?:{_COUNT}[^。;；:：]{{0,10}})?"
    r"[,，]?\s*(?:具体|主要|分别)?(?:包括|包含|为|有|是|如下)?\s*[:：]\s*"
)
#: 包括…等8项服务
_AROUND_LIST = re.compile(
    rf"(?:包括|包含|提供|设有|涵盖|即)[:：]?\s*(?P<list>[^。;；:：]{{4,600}}?)等?\s*{_COUNT}"
    r"(?:基本)?(?:公共)?服务(?:项目|事项)?(?=[。;；,，]|$)"
)
_OPENING = "(（《“‘[〔【"
_CLOSING = ")）》”’]〕】"


@dataclass(frozen=True, slots=True)
class ListedItems:
    """The items of a document, the domains their lists name, and the counts their lists declare."""

    items: tuple[Item, ...]
    domains: tuple[DomainEntry, ...]
    counts: tuple[DeclaredCount, ...]


def list_items(
    outline: Outline, parts: Parts, tables: Sequence[DataTable], vocabulary: Vocabulary
) -> ListedItems:
    """All service items of a document, numbered through, in the order of the text."""
    items: list[Item] = []
    domains: dict[str, DomainEntry] = {}
    counts: list[DeclaredCount] = []
    for table in tables:
        if table.kind is TableKind.SERVICES:
            items += _read_table(table, domains, vocabulary)
    number = len(items)
    for node in outline.walk():
        domain = parts.domain(node)
        if parts.kind(node) == "interpretation":
            continue
        for block in node.paragraphs:
            for names, count in _read_sentences(block):
                for name in names:
                    number += 1
                    items.append(
                        Item(
                            no=str(number),
                            name="".join(name.text.split()),
                            domain=domain.name if domain else "",
                            domain_concept=domain.concept if domain else None,
                            span=name.span,
                        )
                    )
                if count:
                    declared, span = count
                    scope = domain.name if domain else ""
                    counts.append(DeclaredCount("item", declared, len(names), scope, span))
    items.sort(key=lambda item: item.span)
    return ListedItems(tuple(items), tuple(domains.values()), tuple(counts))


def _read_table(
    table: DataTable, domains: dict[str, DomainEntry], vocabulary: Vocabulary
) -> Iterator[Item]:
    restarts = _restarts([row.number for row in table.rows])
    for sequence, row in enumerate(table.rows, 1):
        name = table.cell(row, "name")
        if not name:
            continue
        entry = None
        if row.group:
            label = "".join(row.group.text.split())
            concept = find_domain(label, vocabulary)
            entry = domains.setdefault(
                label,
                DomainEntry(
                    no=str(len(domains) + 1),
                    name=label,
                    concept=concept.iri if concept else None,
                    span=row.group.span,
                ),
            )
        number = row.number if row.number and not restarts else str(sequence)
        yield Item(
            no="".join(number.split()).strip("().（）．、"),
            name=name.text,
            domain=entry.name if entry else "",
            domain_concept=entry.concept if entry else None,
            span=name.span,
            target_groups=_passage(table.cell(row, "target-groups")),
            standard=_join(table.cell(row, "content"), table.cell(row, "standard")),
            funding=_passage(table.cell(row, "funding")),
            lead=_passage(table.cell(row, "lead", "responsible", "unit")),
        )


def _restarts(numbers: Sequence[str]) -> bool:
    return len(set(numbers)) < len(numbers)


def _passage(cell: Cell) -> Passage | None:
    return Passage(cell.text, cell.span) if cell else None


def _join(*cells: Cell) -> Passage | None:
    """What is done and to what standard, where a list keeps them in two columns."""
    full = [cell for cell in cells if cell]
    if not full:
        return None
    text = "".join(cell.text for cell in full)
    return Passage(text, Span(full[0].span.start, full[-1].span.end))


def _read_sentences(block: Block) -> Iterator[tuple[list[Block], tuple[int, Span] | None]]:
    """The names that each list of a paragraph holds, and the count it declares."""
    for found in _BEFORE_LIST.finditer(block.text):
        end = block.text.find("。", found.end())
        names = split_names(block.part(found.end(), end if end >= 0 else len(block.text)))
        if len(names) > 1:
            yield names, _count(block, found)
    for found in _AROUND_LIST.finditer(block.text):
        names = split_names(block.part(found.start("list"), found.end("list")))
        count = _count(block, found)
        if count and len(names) == count[0]:
            yield names, count


def _count(block: Block, found: re.Match[str]) -> tuple[int, Span] | None:
    text = found.group("count")
    value = parse_number(text) if text else None
    if value is None:
        return None
    start = block.start + found.start("count")
    return int(value), Span(start, start + len(text) + 1)


def split_names(block: Block) -> list[Block]:
    """The names of a list, parted by 、 outside of brackets and quotation marks.

    >>> [name.text for name in split_names(Block("创业服务、“甲、乙”热线、救助(丙、丁)", Span(0, 20)))]
    ['创业服务', '“甲、乙”热线', '救助(丙、丁)']
    """
    names: list[Block] = []
    depth = start = 0
    for position, character in enumerate(block.text + "、"):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character in "、;；" and (depth == 0 or position == len(block.text)):
            piece = block.text[start:position].strip("。.,， ")
            if piece:
                offset = start + block.text[start:position].index(piece)
                names.append(block.part(offset, offset + len(piece)))
            start = position + 1
    return names
