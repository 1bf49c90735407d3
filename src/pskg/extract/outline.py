"""Headings and numbering: the outline of a document.

A line of an official document that starts with a number is a heading, or a paragraph that opens
with one. The number's style gives its level: 第一章, 一、, (一), 1., (1), ①. What stands before the
first heading is the masthead; an annex (附件1) starts a part of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pskg.extract.numbers import parse_ordinal
from pskg.model import Span
from pskg.read import Block

__all__ = ["Node", "Outline", "build_outline", "split_sentence", "split_title"]

_HAN = "一二三四五六七八九十百零〇两"
#: The styles of numbers, from the widest part to the narrowest: (level, pattern).
_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第\s*([{_HAN}\d]{{1,4}})\s*[章编篇部](?:分)?[\s、.．:：]*")),
    (2, re.compile(rf"第\s*([{_HAN}\d]{{1,4}})\s*节[\s、.．:：]*")),
    (3, re.compile(rf"([{_HAN}]{{1,4}})\s*[、.．]\s*")),
    (4, re.compile(rf"[(（]\s*([{_HAN}]{{1,5}})\s*[)）]\s*[、.．]?\s*")),
    (5, re.compile(r"(\d{1,3})\s*[、.．](?!\d)\s*")),
    (6, re.compile(r"[(（]\s*(\d{1,3})\s*[)）]\s*[、.．]?\s*")),
    (7, re.compile(r"([①-⑳])\s*")),
)
_POINT_LEVEL = 5
#: What may follow digits in a sentence that merely starts with a figure.
_MEASURE = re.compile(r"\s*(?:[年月日个项名人户万亿元％%‰条款岁次所家种类级所处]|\d)")
_ANNEX = re.compile(
    rf"(?:附\s*[件表录])\s*[（(]?\s*([{_HAN}\d]{{0,3}})\s*[)）]?\s*[:：、.．]?\s*(.*)", re.DOTALL
)
#: The list of annexes at a document's end: its first line, and how long the others may be.
_ANNEX_LIST = re.compile(r"附\s*[件表录]\s*[:：]")
_LONGEST_ANNEX_NAME = 80
_DASH = re.compile(r"[—－-]{1,2}\s*(?=[\u4e00-\u9fff])")
#: How long the heading that opens a paragraph may be, in characters.
_LONGEST_TITLE = 60
#: A first sentence up to this long is a heading as it stands.
_PLAIN_TITLE = 24
#: Nouns on which the heading of a piece of work ends, where its full stop was lost.
_FINAL_NOUN = (
    "体系|体制|机制|制度|水平|能力|素质|质量|网络|设施|覆盖|服务|保障|工程|平台|管理|建设|环境|力度"
)
#: What opens the sentence that runs on behind such a heading.
_RUNS_ON = re.compile(
    rf"(?<=.{{4}})(?:{_FINAL_NOUN})"
    r"(?P<next>(?=(?:19|20)\d\d\s*年|[一首]\s*是|把|将|以|按照|通过|对(?!外)|在(?!线)|到\d|经常"
    r"|普遍建|基本建|明确|建立|完善|健全|推进|推动|加强|加快|实施(?!机制)|开展|落实|坚持|鼓励|支持"
    r"|确保|制定|优化|深化|充分|依托|围绕|统筹))"
)
#: What makes a heading's last noun a modifier: the heading goes on.
_TITLE_GOES_ON = re.compile(r"[、,,和与及的]")


@dataclass(slots=True)
class Node:
    """A part of a document: a heading with the blocks under it, and its own parts.

    ``number`` is as printed, ``ordinal`` its value. ``title`` is the heading without its number,
    None for the document itself. ``lead`` is the rest of the heading's own paragraph, if any.
    ``blocks`` are the paragraphs between the heading and the first part.
    """

    level: int
    number: str = ""
    ordinal: int | None = None
    title: Block | None = None
    lead: Block | None = None
    heading: Block | None = None
    annex: bool = False
    parent: Node | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This part and all within it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator[Node]:
        """The part this one stands in, and so on outwards."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    @property
    def name(self) -> str:
        """The heading's words, white space and final stop removed."""
        return clean_title(self.title.text) if self.title else ""

    @property
    def end(self) -> int:
        """Where the last block of this part ends."""
        last = self.children[-1].end if self.children else 0
        own = self.blocks[-1].end if self.blocks else 0
        return max(last, own, self.heading.end if self.heading else 0)

    @property
    def paragraphs(self) -> list[Block]:
        """The lead and the blocks: the text that stands under this heading itself."""
        return [*([self.lead] if self.lead else ()), *self.blocks]


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline: ``root`` holds the chapters; ``head`` the blocks before the first of them.

    ``annexes`` are the lines that list the annexes by name; ``unpointed`` the headings whose
    number had lost its point or bracket.
    """

    root: Node
    head: tuple[Block, ...]
    annexes: tuple[Block, ...] = ()
    unpointed: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Every part with a heading."""
        for child in self.root.children:
            yield from child.walk()


def clean_title(text: str) -> str:
    """A heading without white space and final punctuation.

    >>> clean_title("总 则。 ")
    '总则'
    """
    return "".join(text.split()).rstrip("。.:：;；,,、")


def split_sentence(block: Block) -> tuple[Block, Block | None]:
    """A paragraph's first sentence (without its stop), and the rest.

    >>> first, rest = split_sentence(Block("义务教育。统筹推进。", Span(5, 15)))
    >>> first.text, rest.text, rest.start
    ('义务教育', '统筹推进。', 10)
    """
    text = block.text
    depth = 0
    for position, character in enumerate(text):
        if character in "(（《“[〔":
            depth += 1
        elif character in ")）》”]〕":
            depth = max(0, depth - 1)
        elif character in "。!！?？" and (depth == 0 or position > _LONGEST_TITLE):
            if position == 0:
                continue
            rest = text[position + 1 :]
            return block.part(0, position), block.part(position + 1, len(text)) if rest.strip() else None
    return block, None


def split_title(block: Block) -> tuple[Block, Block | None]:
    """The heading that opens a paragraph, and the text behind it.

    The heading ends at the first full stop. Where it has lost its stop and the sentence runs on
    (``完善体系2015年,实现…``), it ends on its last noun.

    >>> split_title(Block("健全服务体系2015年,基本建成。", Span(0, 16)))[0].text
    '健全服务体系'
    >>> split_title(Block("加快转变职能。建设服务型政府。", Span(0, 15)))[0].text
    '加快转变职能'
    """
    first, rest = split_sentence(block)
    if len(first.text) <= _PLAIN_TITLE and not re.search(r"(?:19|20)\d\d\s*年", first.text):
        return first, rest
    for found in _RUNS_ON.finditer(first.text, 0, _LONGEST_TITLE + 20):
        cut = found.start("next")
        if cut < len(first.text) and not _TITLE_GOES_ON.match(first.text, cut):
            return block.part(0, cut), block.part(cut, len(block.text))
    return first, rest


def _read_number(block: Block) -> tuple[int, str, int | None, int] | None:
    """(level, number as printed, its value, where the text behind it starts), if numbered."""
    for level, style in _STYLES:
        found = style.match(block.text)
        if found and found.end() < len(block.text):
            return level, found.group().strip(), parse_ordinal(found.group(1)), found.end()
    return None


def _read_bare_number(block: Block, expected: int) -> int | None:
    """Where the text starts, if the block opens with this number and has lost its point."""
    digits = str(expected)
    rest = block.text[len(digits) :]
    if not block.text.startswith(digits) or not rest:
        return None
    stuck_year = re.match(r"\s*(?:19|20)\d\d\s*年", rest)
    if stuck_year or (re.match(r"\s*[\u4e00-\u9fff“《]", rest) and not _MEASURE.match(rest)):
        return len(digits)
    return None


def build_outline(blocks: Sequence[Block], *, opaque: Sequence[Span] = ()) -> Outline:
    """Build the outline of a document's blocks.

    Blocks within an ``opaque`` span (a recovered table) are left alone: their numbers are rows.
    A number without its point counts where it continues a sequence.

    >>> lines = ["通知", "一、总则", "(一)目标。到2020年。", "二、附则"]
    >>> outline = build_outline([Block(text, Span(i * 20, i * 20 + len(text)))
    ...                          for i, text in enumerate(lines)])
    >>> [(node.number, node.name, node.level) for node in outline.walk()]
    [('一、', '总则', 3), ('(一)', '目标', 4), ('二、', '附则', 3)]
    """
    root = Node(level=0)
    current = root
    head: list[Block] = []
    annexes: list[Block] = []
    unpointed: list[Node] = []
    tables = iter(sorted(opaque))
    table = next(tables, None)
    for block in blocks:
        while table and table.end <= block.start:
            table = next(tables, None)
        if table and table.covers(block.span):
            continue
        if _ANNEX_LIST.match(block.text) or (annexes and _lists_annex(block, annexes[-1])):
            annexes.append(block)
            continue
        node = _read_heading(block, current)
        if node is None:
            (head if current is root else current.blocks).append(block)
            continue
        if node.number and node.number.isdigit():
            unpointed.append(node)
        parent = current
        while parent.level >= node.level and parent.parent:
            parent = parent.parent
        node.parent = parent
        parent.children.append(node)
        current = node
    return Outline(root, tuple(head), tuple(annexes), tuple(unpointed))


def _lists_annex(block: Block, before: Block) -> bool:
    """Whether a line goes on with the list of annexes: the next number and a name."""
    if block.start - before.end > _LONGEST_ANNEX_NAME or len(block.text) > _LONGEST_ANNEX_NAME:
        return False
    numbered = _read_number(block)
    if not numbered or re.search(r"[。;；]", block.text):
        return False
    number_before = re.search(r"(?:^|[:：]\s*)[(（]?(\d{1,2}|[一二三四五六七八九十]{1,3})", before.text)
    expected = (parse_ordinal(number_before.group(1)) or 0) + 1 if number_before else 1
    return numbered[2] == expected


def _read_heading(block: Block, current: Node) -> Node | None:
    annex = read_annex_heading(block)
    if annex:
        number, title = annex
        return Node(1, number, parse_ordinal(number), title, heading=block, annex=True)
    numbered = _read_number(block)
    if numbered:
        level, number, ordinal, start = numbered
    else:
        if current.parent is None:
            return None
        expected = _expected(current)
        position = _read_bare_number(block, expected) if expected else None
        if position is None:
            return None
        level, number, ordinal, start = _POINT_LEVEL, str(expected), expected, position
    text = block.part(start, len(block.text))
    title, lead = split_title(text)
    return Node(level, number, ordinal, title, lead, heading=block)


def _expected(current: Node) -> int | None:
    """The number that a paragraph numbered 1. 2. 3. would bear here."""
    node: Node | None = current
    while node and node.level > _POINT_LEVEL:
        node = node.parent
    if node and node.level == _POINT_LEVEL:
        return node.ordinal + 1 if node.ordinal else None
    return 1


def read_annex_heading(block: Block) -> tuple[str, Block | None] | None:
    """The number and title of a line that starts an annex: ``附件1``, ``附件2:分工方案``.

    A line ``附件:1.清单`` is the list of annexes at a document's end, and no heading.
    """
    found = _ANNEX.fullmatch(block.text)
    if not found or len(block.text) > _LONGEST_TITLE:
        return None
    number, rest = found.groups()
    if re.match(r"\s*\d{1,2}\s*[.、．]", rest) or re.search(r"[。;；]", rest):
        return None
    if not number and rest:
        return None
    if not number and block.text[-1] in ":：":
        return None
    title = block.part(found.start(2), found.end(2)) if rest.strip() else None
    return number, title


def strip_dash(block: Block) -> Block:
    """A paragraph without the dash that opens it (——坚守底线。…)."""
    found = _DASH.match(block.text)
    return block.part(found.end(), len(block.text)) if found else block
