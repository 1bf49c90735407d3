"""Service items: the rows of a service list, or the names a sentence lists.

``本领域服务项目共8项,具体包括:免费义务教育、…`` names eight; ``包括…等8项服务`` as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pskg.extract.counts import HAS_COUNT
from pskg.extract.grammar.numbers import parse_number, parse_ordinal
from pskg.extract.outline import Outline
from pskg.extract.parts import Parts, find_domain
from pskg.extract.tables import DataTable, Row, TableKind, split_number
from pskg.model import DeclaredCount, DomainEntry, Item, Passage, Span
from pskg.read import Block, Cell
from pskg.vocabulary import Vocabulary, key

__all__ = ["ListedItems", "list_items"]

_COUNT = r"(?P<count>\d{1,3}|[一二两三四五六七八九十百]{1,5})\s*[项个大]"
#: What is counted or listed: 服务项目, 8项服务, 基本公共服务事项.
_THING = r"(?:基本)?(?:公共)?服务(?:项目|事项|内容|清单)?|项目|事项"
_SAYS = r"(?:具体|主要|分别)?(?:包括|包含|涵盖|为|有|是|如下|即)?"
#: 服务项目共8项,具体包括:… ; 服务项目包括:… ; 共有8项服务:…
_BEFORE_LIST = re.compile(
    rf"(?:(?:服务)?(?:项目|事项)[^。;；:：]{{0,16}}?(?:{_COUNT}[^。;；:：]{{0,10}})?"
    rf"|{_COUNT.replace('count', 'first')}(?:{_THING}))[,，]?\s?{_SAYS}\s?[:：]\s?"
)
#: What follows such words is how it is done, and no list of names: …2个事项,实行分担办法:…
_NO_LIST = re.compile(r"办法|方式|政策|分担|比例|程序|流程|要求|规定|执行|原则")
#: What is listed in such a sentence is papers or works, and no services.
_NO_SERVICES = re.compile(
    r"材料|证明|证件|手续|联系|申报|申请|办理|审批|审查|检查|验收|考核|评审|工程|投资|招标|采购"
)
#: What tells in the clause that the things listed (项目) are services.
_SERVES = re.compile(r"服务|保障|补[助贴]|救助|资助|民生|清单|事权|事项|基本|公共|待遇|福利")
#: A number before one of the names: （1）, ①.
_NUMBER = re.compile(
    r"(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、](?!\d)|[①-⑳])\s*(?=\S{2})"
)
#: One of these stands in every such sentence.
_LISTS = re.compile(
    r"[:：]|[项个]\s?[,，]|包括|是[^。;；]{2,16}[,，]\s?(?:主要|具体|分别)?包|[项个大](?:(?:基本)?(?:公共)?服务|项目|事项)|共|合计|总计|等"
)
#: What closes a list that says how many it holds: …等8项服务 ; …,共3项.
_BEHIND_LIST = re.compile(
    rf"(?P<close>等|[,，、]?\s?(?:一?共|共计|合计|总计)|)\s?{_COUNT}(?P<thing>{_THING})?(?=\s?(?:[。;；,，]|$))"
)
#: On what that ends: a text without it needs no such search, which tries every character.
_CLOSES_LIST = re.compile(rf"[项个大](?:{_THING})?(?=\s?(?:[。;；,，]|$))")
#: What opens such a list.
_OPENS_LIST = re.compile(r"(?:包括|包含|提供|设有|涵盖|落实|实施|开展|即)\s*[:：]?")
#: A class of a list in classes: 一是义务教育,包括公用经费、教科书2项, 1.救助类,含甲、乙2项.
_CLASS = re.compile(
    r"(?:^|(?<=[。;；:：])|(?=[一二三四五六七八九十]{1,3}是))\s*"
    r"(?P<number>[一二三四五六七八九十]{1,3}是|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]{1,2})?\s?"
    r"(?P<field>[^,，。;；、:：]{2,16}?)(?P<kind>方面|领域|类(?:事项|项目)?)?[,，:：]\s?"
    r"(?:主要|具体|分别)?(?:包括|包含|涵盖|含|有)[:：]?(?P<names>[^。;；]{4,300}?)(?:等|[,，、]?\s?共)?"
    r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})\s?个?(?:事项|项目|小?项)(?=\s?(?:[。;；,，]|$))"
)
#: On what a class ends.
_CLOSES_CLASS = re.compile(r"项目?(?=\s?(?:[。;；,，]|$))")
#: A paragraph that is nothing but a list.
_WHOLE_LIST = re.compile(r"\s*(?:主要|具体|分别)?(?:包括|包含|涵盖)")
#: What is declared, with how many: 补贴项目有4项,包括…; 将甲、乙2项确认为共同财政事权.
_COUNT_BEFORE = re.compile(
    rf"{_COUNT}(?:{_THING})?[,，]\s?(?:具体|主要|分别)?(?:包括|包含|涵盖|为|是|有|即)\s?(?P<names>[^。:：]{{4,600}})"
)
_COUNTED = re.compile("项.{0,10}?[,，].{0,4}?[包为是有即涵]|财政事权")
_COUNT_BEHIND = re.compile(
    rf"将\s?(?P<names>[^。;；,，]{{4,400}}?)等?{_COUNT}(?:{_THING})?\s?(?:确认|明确|确定|划分|列|纳入|作)[^。;；,，]{{0,16}}?财政事权"
)
_LONGEST_LIST = 600
_LONGEST_CLAUSE = 100
_CONJUNCTION = re.compile(r"(?<=\S)(?:以及|及|和|与)(?=\S)")
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
    """All service items of a document, numbered through, in the order of the text.

    Where a list stands in a table and its names in a sentence as well, the table's rows are the
    items; the sentence only says how many there are.
    """
    lists = [table for table in tables if table.kind is TableKind.SERVICES]
    domains: dict[str, DomainEntry] = {}
    rows = _read_tables(lists, outline, parts, domains, vocabulary)
    known = {key(item.name) for item in rows}
    listed: list[_Listed] = []
    told: set[str] = set()
    counts: list[DeclaredCount] = []
    for node in outline.walk():
        domain = parts.domain(node)
        if parts.kind(node) == "interpretation":
            continue
        # A sentence may be all there is of a numbered part, and stands for its heading then.
        title = [node.title] if node.title and _LISTS.search(node.title.text) else []
        for names, count, field in _read_lists([*title, *node.paragraphs]):
            entry = _enter(field, domains, vocabulary) if field else domain
            if count:
                declared, span = count
                scope = entry.name if entry else ""
                counts.append(DeclaredCount("item", declared, len(names), scope, span))
            # A list that is told again, in whole or in part, is no new one.
            if 2 * sum(key(name.text) in told for name in names) < len(names):
                told.update(key(name.text) for name in names)
                listed.append(_Listed(tuple(names), entry, field is not None))
    whole = _is_whole(listed, rows)
    number = 0 if whole else len(rows)
    items = [] if whole else rows
    for one in listed:
        if 2 * sum(key(name.text) in known for name in one.names) >= len(one.names) and not whole:
            continue
        if one.classed and one.domain:
            domains[one.domain.name] = one.domain
        for name in one.names:
            number += 1
            items.append(
                Item(
                    no=str(number),
                    name="".join(name.text.split()),
                    domain=one.domain.name if one.domain else "",
                    domain_concept=one.domain.concept if one.domain else None,
                    span=name.span,
                )
            )
    if whole:
        items = _fill(items, rows)
    items = _class_items(items, outline, parts, vocabulary)
    items.sort(key=lambda item: item.span)
    return ListedItems(tuple(items), tuple(domains.values()), tuple(counts))


@dataclass(frozen=True, slots=True)
class _Listed:
    """The names of one list in a sentence; ``classed`` says that the sentence names its field."""

    names: tuple[Block, ...]
    domain: DomainEntry | None
    classed: bool


def _is_whole(listed: Sequence[_Listed], rows: Sequence[Item]) -> bool:
    """Whether the sentences list the rows of the tables and more: an annex tells of some alone.

    Some of its names may be spelt otherwise there.
    """
    names = {key(name.text) for one in listed for name in one.names}
    same = sum(not _row_names(row).isdisjoint(names) for row in rows)
    return len(names) > len(rows) > 0 and 4 * same >= 3 * len(rows)


#: A heading under which several items are told of: （一）公共卫生方面.
_CLASS_HEADING = re.compile(r"(?P<field>[^,，。;；]{2,12}?)(?:方面|领域|类(?:事项|项目)?)")


def _class_items(
    items: list[Item], outline: Outline, parts: Parts, vocabulary: Vocabulary
) -> list[Item]:
    """The items with the field of service under whose heading (…方面) the text tells of them."""
    bare = {key(item.name): number for number, item in enumerate(items) if not item.domain}
    if not bare:
        return items
    classed = list(items)
    longest = max(map(len, bare))
    for node in outline.walk():
        around = (node, *node.ancestors())
        heading = next((one for one in around if _CLASS_HEADING.fullmatch(one.name)), None)
        if heading is None or parts.kind(node) == "interpretation":
            continue
        for block in (*([node.title] if node.title else ()), *node.paragraphs):
            name = key(_OPENS_TOPIC.sub("", block.text[: longest + 8]))
            numbers = [bare[name]] if name in bare else []
            numbers += [number for number in bare.values() if block.span.covers(items[number].span)]
            for number in numbers:
                found = _CLASS_HEADING.fullmatch(heading.name)
                field = found["field"] if found else ""
                concept = find_domain(field, vocabulary)
                iri = concept.iri if concept else None
                classed[number] = replace(classed[number], domain=field, domain_concept=iri)
    return classed


#: What stands around the name that opens a paragraph: 1.低保,每人…
_OPENS_TOPIC = re.compile(r"^\s*[(（]?[\d一二三四五六七八九十]{0,3}[)）、.．]?\s*|[,，。:：].*$")


def _row_names(row: Item) -> set[str]:
    return {key(row.name), key(row.domain + row.name)}


def _fill(items: Sequence[Item], rows: Sequence[Item]) -> list[Item]:
    """The items of sentences with the cells of their rows: of the same name, else number."""
    by_name = {name: row for row in rows for name in _row_names(row)}
    names = {key(item.name) for item in items}
    by_number = {row.no: row for row in rows if names.isdisjoint(_row_names(row))}
    filled = []
    for item in items:
        if row := by_name.get(key(item.name)) or by_number.get(item.no):
            domain = item if item.domain else row
            item = replace(
                row,
                no=item.no,
                name=item.name,
                domain=domain.domain,
                domain_concept=domain.domain_concept,
                span=item.span,
            )
        filled.append(item)
    return filled


def _read_tables(
    tables: Sequence[DataTable],
    outline: Outline,
    parts: Parts,
    domains: dict[str, DomainEntry],
    vocabulary: Vocabulary,
) -> list[Item]:
    """The rows of all service lists.

    Numbers that start anew stand behind that of their group, or are counted through instead.
    """
    # A number that covers several rows is one number.
    named = [(table, row, *_split_name(table, row)) for table in tables for row in table.rows]
    places = {
        ((table.cell(row, "no") or table.cell(row, "name")).blocks, number)
        for table, row, number, _ in named
    }
    printed = [number for _, number in places]
    restarts = len(set(printed)) < len(printed)
    within = _number_within([(row, number) for _, row, number, name in named if name])
    around = {id(table): _look_around(table.span.start, outline, parts) for table in tables}
    items: list[Item] = []
    for sequence, (table, row, number, name) in enumerate(named, 1):
        if name:
            entry = _domain_of(row, around[id(table)], domains, vocabulary)
            counted = within.get(id(row), str(sequence))
            number = counted if restarts or not number else number
            items.append(_read_row(table, row, name, number, entry))
    return items


def _number_within(rows: Sequence[tuple[Row, str]]) -> dict[int, str]:
    """The numbers of rows (by ``id``) behind those of their groups: 2.1 is the first below 二、.

    Nothing where a group has no number of its own, or where two numbers would be the same.
    """
    numbers: dict[int, str] = {}
    for row, number in rows:
        printed = split_number(row.heading)[0] if row.heading else None
        group = parse_ordinal(printed.text) if printed else None
        if group is None or not number:
            return {}
        numbers[id(row)] = f"{group}.{number.strip('().（）．、 ')}"
    return numbers if len(set(numbers.values())) == len(rows) else {}


def _split_name(table: DataTable, row: Row) -> tuple[str, Cell]:
    """The number and the name of a row: it may stand in the cell of the name (3.危房改造)."""
    cell = table.cell(row, "name")
    if not cell or row.number:
        return row.number, cell
    printed, name = split_number(cell.blocks[0])
    number = parse_ordinal(printed.text) if printed else None
    if number is None:
        # The number alone in the first line of its cell, the name below.
        number = parse_ordinal(cell.blocks[0].text) if len(cell.blocks) > 1 else None
        return ("", cell) if number is None else (str(number), Cell(cell.blocks[1:]))
    return str(number), Cell((name, *cell.blocks[1:]))


@dataclass(frozen=True, slots=True)
class _Around:
    """The field of service of the part in which a list stands; ``own``: it is the field's own."""

    domain: DomainEntry | None
    own: bool


def _look_around(position: int, outline: Outline, parts: Parts) -> _Around:
    """What the part is about in which a place stands.

    A list is a field's own in a section 基本标准, or a box, of its chapter; behind the text of the
    last chapter it may be anything.
    """
    found = outline.root
    for node in outline.walk():
        if node.heading and node.heading.start > position:
            break
        found = node
    return _Around(parts.domain(found), parts.kind(found) in ("service-list", "box"))


def _domain_of(
    row: Row,
    around: _Around,
    domains: dict[str, DomainEntry],
    vocabulary: Vocabulary,
) -> DomainEntry | None:
    """The field of service of a row: its group's, or that of the part its table stands in.

    A group that is no field of service of its own (2.儿童关爱服务, （一）…) is a part of the one
    around, and so is any in a field's own list, save one that is numbered as one of several fields.
    """
    within = around.domain
    if row.group is None or row.heading is None:
        return within
    label = "".join(row.group.text.split())
    concept = find_domain(label, vocabulary)
    outermost = re.match(r"\s*[一二三四五六七八九十]", row.heading.text) is not None
    part = re.match(r"\s*(?:[(（]|\d)", row.heading.text) is not None
    if within and (part or concept is None or (around.own and not outermost)):
        return within
    printed = split_number(row.heading)[0]
    ordinal = parse_ordinal(printed.text) if printed else None
    return domains.setdefault(
        label,
        DomainEntry(
            no=str(ordinal or len(domains) + 1),
            name=label,
            concept=concept.iri if concept else None,
            span=row.group.span,
        ),
    )


def _read_row(
    table: DataTable, row: Row, name: Cell, number: str, domain: DomainEntry | None
) -> Item:
    # 服务内容 is what is provided; in a list without 服务标准 it is all there is of a standard.
    kept_apart = any(column.holds == "standard" for column in table.columns)
    return Item(
        no="".join(number.split()).strip("().（）．、"),
        name=name.text,
        domain=domain.name if domain else "",
        domain_concept=domain.concept if domain else None,
        span=name.span,
        target_groups=_passage(table.cell(row, "target-groups")),
        standard=_passage(table.cell(row, "standard" if kept_apart else "content")),
        funding=_passage(table.cell(row, "funding")),
        lead=_passage(table.cell(row, "lead", "responsible", "unit")),
        content=_passage(table.cell(row, "content")) if kept_apart else None,
    )


def _passage(cell: Cell) -> Passage | None:
    return Passage(cell.text, cell.span) if cell else None


#: The names of a list, the count it declares and the field of service it is for.
_Listing = tuple[list[Block], tuple[int, Span] | None, Block | None]


def _enter(field: Block, domains: Mapping[str, DomainEntry], vocabulary: Vocabulary) -> DomainEntry:
    """The entry of a field of service that a sentence names."""
    name = "".join(field.text.split())
    concept = find_domain(name, vocabulary)
    iri = concept.iri if concept else None
    return domains.get(name) or DomainEntry(str(len(domains) + 1), name, iri, field.span)


def _read_lists(blocks: Sequence[Block]) -> Iterator[_Listing]:
    """The names that each list of a part holds, its count and its field of service.

    A list may stand in classes: 一是教育,包括甲、乙2项;二是医疗,包括丙1项. Each says how many it
    holds, and there are two of them at least, in one paragraph or in several.
    """
    blocks = [block for block in blocks if _may_list(block.text)]
    classes = [_read_classes(block) for block in blocks]
    every = [name for found in classes for names, _, _ in found for name in names]
    in_classes = sum(map(len, classes)) > 1 and _are_services(every)
    for block, found in zip(blocks, classes, strict=True):
        yield from found if found and in_classes else _read_sentences(block)


def _may_list(text: str) -> bool:
    """Whether a paragraph may hold a list: it has a colon, or says how many things there are."""
    return _has_colon(text) or bool(HAS_COUNT.search(text) and _LISTS.search(text))


def _has_colon(text: str) -> bool:
    return "：" in text or ":" in text


def _read_classes(block: Block) -> list[_Listing]:
    """The classes of a list that a paragraph holds, none where one of them does not count right."""
    classes: list[_Listing] = []
    if not _CLOSES_CLASS.search(block.text):
        return classes
    for found in _CLASS.finditer(block.text):
        count = _count(block, found)
        names, _ = _split_list(block.part(*found.span("names")), count)
        if not (found["number"] or found["kind"]) or count is None or len(names) != count[0]:
            return []
        classes.append((names, count, block.part(*found.span("field"))))
    return classes


def _read_sentences(block: Block) -> Iterator[_Listing]:
    """The names that each list of a paragraph holds, its count and its field of service."""
    behind = 0
    for found in _BEFORE_LIST.finditer(block.text) if _has_colon(block.text) else ():
        if found.start() < behind:
            continue
        floor = max(0, found.start() - _LONGEST_CLAUSE)
        opening = max(block.text.rfind(mark, floor, found.start()) + 1 for mark in "。;；")
        clause = block.text[max(opening, floor) : found.end()]
        if _NO_LIST.search(found.group()) or _NO_SERVICES.search(clause):
            continue
        if not _SERVES.search(clause) and not (found["count"] or found["first"]):
            continue
        behind = _end_of_sentence(block.text, found.end())
        if not block.text[found.end() : behind].strip():
            continue
        names, count = _split_list(block.part(found.end(), behind))
        if len(names) > 1:
            yield names, _count(block, found) or count, None
    if not HAS_COUNT.search(block.text):
        return
    for found in _BEHIND_LIST.finditer(block.text) if _CLOSES_LIST.search(block.text) else ():
        alone = found.end() == len(block.text.rstrip("。")) and _WHOLE_LIST.match(block.text)
        told = found["close"] or found["thing"]
        if found.start() < behind or not (told or alone):
            continue
        start = _start_of_list(block.text, found.start())
        if start is not None and block.text[start : found.start()].strip():
            count = _count(block, found)
            names, _ = _split_list(block.part(start, found.start()), count)
            if count and len(names) == count[0] > 1 and (told or _are_services(names)):
                yield names, count, None
    for pattern in (_COUNT_BEFORE, _COUNT_BEHIND) if _COUNTED.search(block.text) else ():
        for found in pattern.finditer(block.text, behind):
            clause = block.text[max(0, found.start() - _LONGEST_CLAUSE) : found.end("names")]
            count = _count(block, found)
            if _NO_SERVICES.search(clause) or not _SERVES.search(clause):
                continue
            names, _ = _split_list(block.part(*found.span("names")), count)
            if count and len(names) == count[0] > 1 and _are_services(names):
                yield names, count, None


#: What a service is called, and what is done is no service.
_SERVICE_NAME = re.compile(
    r"服务|保障|补[助贴偿]|救助|资助|助学|津贴|低保|供养|养老|养育|保险|医保|奖[励补]|扶[助持]|待遇|免费"
    r"|救济|抚恤|优待|教育|培[训养]|防[控治]|检查|筛查|生活费|公用经费|养护|转移|安居|就业"
)
_DEED = re.compile(
    r"(?:进一步|切实|全面)?(?:加强|落实|强化|完善|推进|开展|建立|健全|做好|提高|加大|优化|规范|严格|明确)"
)


def _are_services(names: Sequence[Block]) -> bool:
    """Whether at least half of the names of a list are names of services, and none is a deed."""
    named = sum(_SERVICE_NAME.search(name.text) is not None for name in names)
    return 2 * named >= len(names) and not any(_DEED.match(name.text) for name in names)


def _end_of_sentence(text: str, start: int) -> int:
    end = text.find("。", start, start + 10 * _LONGEST_LIST)
    return end if end >= 0 else min(len(text), start + 10 * _LONGEST_LIST)


def _start_of_list(text: str, end: int) -> int | None:
    """Where the names of a list start that ends here: behind the word that opens it."""
    first = max(0, end - _LONGEST_LIST, *(text.rfind(mark, 0, end) + 1 for mark in "。;；"))
    opened = _OPENS_LIST.search(text, first, end)
    return opened.end() if opened else None


def _split_list(
    block: Block, count: tuple[int, Span] | None = None
) -> tuple[list[Block], tuple[int, Span] | None]:
    """The names of a list and the count that closes it, if one does.

    Where the count is known, the names are parted so as to fit it, if they can be.
    """
    closing = None
    for found in _BEHIND_LIST.finditer(block.text):
        if found["close"] and found.end() == len(block.text) and found.start():
            closing = found
    count = _count(block, closing) if closing else count
    end = closing.start() if closing else len(block.text)
    listed = block.part(0, end)
    wanted = count[0] if count else None
    names = split_names(listed)
    if len(names) == 1 or (wanted and len(names) != wanted):
        # The last two may be joined by a word; all may be parted by commas.
        for commas, conjunction in ((True, False), (False, True), (True, True)):
            again = split_names(listed, commas=commas, conjunction=conjunction)
            if wanted == len(again) or (wanted is None and conjunction and commas):
                return again, count
    return names, count


def _count(block: Block, found: re.Match[str]) -> tuple[int, Span] | None:
    groups = found.groupdict()
    name = "count" if groups.get("count") else "first"
    text = groups.get(name)
    value = parse_number(text) if text else None
    if value is None or text is None:
        return None
    start = block.start + found.start(name)
    return int(value), Span(start, block.start + found.end(name) + 1)


def split_names(block: Block, *, commas: bool = False, conjunction: bool = False) -> list[Block]:
    """The names of a list, parted by 、 outside of brackets and quotation marks.

    With ``commas`` they part names as well, with ``conjunction`` the last 和, 及 or 以及 does.

    >>> [name.text for name in split_names(Block("创业、“甲、乙”热线、救助(丙、丁)", Span(0, 18)))]
    ['创业', '“甲、乙”热线', '救助(丙、丁)']
    """
    marks = "、;；,，" if commas else "、;；"
    text = block.text
    joined = _last_conjunction(text) if conjunction else None
    names: list[Block] = []
    depth = start = 0
    for position in range(len(text) + 1):
        character = text[position] if position < len(text) else ""
        if character in _OPENING and character:
            depth += 1
        elif character in _CLOSING and character:
            depth = max(0, depth - 1)
        parts = character in marks and depth == 0
        if not character or parts or (joined and position == joined.start()):
            piece = text[start:position].strip("。.,， ")
            if piece:
                offset = start + text[start:position].index(piece)
                if number := _NUMBER.match(piece):
                    offset += number.end()
                    piece = piece[number.end() :]
                names.append(block.part(offset, offset + len(piece)))
            start = joined.end() if joined and position == joined.start() else position + 1
    return names


def _last_conjunction(text: str) -> re.Match[str] | None:
    """The word that joins the last name of a list to the one before it."""
    found = list(_CONJUNCTION.finditer(text, text.rfind("、") + 1))
    return found[-1] if found else None
