"""Headings and numbering: the outline of a document.

A line of an official document that starts with a number is a heading, or a paragraph that opens
with one. The number's style gives its level: 第一章, 一、, (一), 1., (1), ①; an article (第一条) is
as wide as 一、. What stands before the first heading is the masthead; an annex (附件1) starts a
part of its own, and so does a box (专栏1) within the part around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pskg.extract.grammar.numbers import parse_ordinal
from pskg.model import Span
from pskg.read import Block

__all__ = ["Node", "Outline", "build_outline", "split_sentence", "split_title"]

_HAN = "一二三四五六七八九十百零〇两"
#: The styles of numbers, from the widest part to the narrowest: (level, pattern).
_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第\s*([{_HAN}\d]{{1,4}})\s*(?:[章编篇]|部分)[\s、.．:：]*")),
    (2, re.compile(rf"第\s*([{_HAN}\d]{{1,4}})\s*节[\s、.．:：]*")),
    (
        3,
        re.compile(
            rf"第\s*([{_HAN}\d]{{1,5}})\s*条(?![例款]|规定|所[称列述]|[第至、中的之和与])\s*"
        ),
    ),
    (3, re.compile(rf"([{_HAN}]{{1,4}})\s*[、.．]\s*")),
    (4, re.compile(rf"[(（]\s*([{_HAN}]{{1,5}})\s*[)）]\s*[、.．]?\s*")),
    (4, re.compile(r"([㈠-㈩])\s*[、.．]?\s*")),
    (
        4,
        re.compile(
            rf"(?:重点|主要|专项|具体)?(?:任务|行动|工程|举措|措施|计划)([{_HAN}]{{1,3}}|\d{{1,2}})"
            r"(?:\s*[、.．:：]\s*|\s+)"
        ),
    ),
    (5, re.compile(r"(\d{1,3})\s*[、.．](?:(?!\d)\s*|(?=(?:19|20)\d\d\s*年))")),
    (5, re.compile(r"([⒈-⒛])\s*")),
    (6, re.compile(r"[(（]?\s*(\d{1,3})\s*[)）]\s*[、.．]?\s*")),
    (6, re.compile(r"([⑴-⒇])\s*")),
    (7, re.compile(r"([①-⑳])\s*")),
)
#: What any of them opens with.
_OPENS_NUMBER = re.compile(rf"[第{_HAN}(（㈠-㈩重主专具任行工举措计\d⒈-⒛⑴-⒇①-⑳]")
#: What holds chapters: 第二篇, 第三部分.
_BOOK = ("编", "篇", "部分")
_POINT_LEVEL = 5
_CHAPTER_LEVEL = 3
_ANNEX_LEVEL = 1
#: A number within its parent's: 1.1, 2.3.1.
_DOTTED = re.compile(r"(\d{1,2}(?:[.．]\d{1,2}){1,2})\s*[、.．]?\s*(?=[\u4e00-\u9fff“《])")
#: Numbers that have lost their point or a bracket: (level, pattern). They count in sequence only.
_DAMAGED: tuple[tuple[int, re.Pattern[str]], ...] = (
    (3, re.compile(rf"([{_HAN}]{{1,3}})[ \xa0\u3000]+(?=\S{{2,30}}$)")),
    (
        3,
        re.compile(
            rf"([{_HAN}]{{1,3}})(?=(?:加强|强化|完善|健全|建立|推进|推动|加快|优化|深化|落实|提升|提高"
            r"|巩固|规范|保障|做好|抓好|促进|扩大|创新|开展|实施|加大|严格|切实|积极|全面|大力|着力|进一步)"
            r"[^\s。;；:：]{2,30}$)"
        ),
    ),
    (4, re.compile(rf"[(（]\s*([{_HAN}]{{1,3}})\s*[、.．]?\s*(?=[^{_HAN}\s、.．)）])")),
    (4, re.compile(rf"([{_HAN}]{{1,3}})\s*[)）]\s*[、.．]?\s*")),
)
#: A line of a table of contents ends with dots and a page number.
_CONTENTS = re.compile(r"目\s*[录次]")
_LEADER = re.compile(r"(?:(?:[.．…·‥]\s?){2,}|[\s—_-]{4,})[(（]?\d{1,3}[)）]?$")
_LONGEST_CONTENTS = 400
#: A point's number, and behind it a name that opens with figures: 12345热线, 5G网络.
_NAME_IN_FIGURES = re.compile(
    r"[.．](?=(?:\d{3,5}|\d[A-Z])(?!人(?![才大防])|[年月日个项名户万亿元岁所家种类级处公吨米])[\u4e00-\u9fff])"
)
#: What may follow digits in a sentence that merely starts with a figure.
_MEASURE = re.compile(r"\s*(?:项(?!目(?!标))|[年月日个名人户万亿元％%‰条款岁次所家种类级所处]|\d)")
_ANNEX = re.compile(
    rf"(?:附\s*[件表录])\s*[（(]?\s*([{_HAN}\d]{{0,3}})\s*[)）]?\s*[:：、.．]?\s*(.*)", re.DOTALL
)
#: The list of annexes at a document's end: its first line, and how long the others may be.
_ANNEX_LIST = re.compile(r"附\s*[件表录]\s*[:：]")
_LONGEST_ANNEX_NAME = 80
#: The caption of a box, and the note whose numbered points are no parts (注：1.…, 说明：).
_BOX = re.compile(rf"专\s*栏\s*([{_HAN}\d]{{1,3}})\s*[:：、.．]?\s*(.*)", re.DOTALL)
_NOTE = re.compile(r"[(（]?(?:附?注释?|备\s*注|说\s*明|填表说明)\s*[:：]\s*")
#: The dash or bullet that opens a paragraph.
_DASH = re.compile(
    r"[—–－-]{1,2}\s*(?=[\u4e00-\u9fff])|[●■◆◇★☆▶►▷▲△▪▫•‧∙·○◎⊙◉□※❖➢➤✓√✦✧\uf06c\uf06e\uf075\uf0d8\uf0fc]\s*"
)
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
    rf"(?:{_FINAL_NOUN})(?<=.{{6}})"
    r"(?P<next>(?=(?:19|20)\d\d\s*年|[一首]\s*是|把|将|以|按照|通过|对(?!外)|在(?!线)|到\d|经常"
    r"|普遍建|基本建|明确|建立|完善|健全|推进|推动|加强|加快|实施(?!机制)|开展|落实|坚持|鼓励|支持"
    r"|确保|制定|优化|深化|充分|依托|围绕|统筹|大力|积极|切实|着力))"
)
#: A heading that a colon or a wide space parts from its text.
_PARTED = re.compile(
    r"[^,，;；。:：、\s]{2,24}(?:(?<!\d)[:：]\s*|[ \xa0]{2,}|[ \xa0]?\u3000\s*)(?=\S)"
)
#: A heading that a single space parts from its text, where no other space stands between words.
_SPACED = re.compile(r"[\u4e00-\u9fff“”《》（）()、—-]{4,30}[ \xa0](?=[\u4e00-\u9fff“《])")
#: Such a space between words; one within a title or brackets (《甲 乙的意见》) is none.
_SPACE_WITHIN = re.compile(
    r"《[^《》]{0,80}》|[(（][^()（）]{0,80}[)）]|(?P<space>[\u4e00-\u9fff][ \xa0][\u4e00-\u9fff])"
)
_SHORTEST_TEXT = 10
#: A label before the heading itself: 项目名称：甲.
_NAMES_TITLE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4}名\s{0,3}称|实事(?:项目)?|事项)\s?[:：]\s*(?=\S)"
)
#: A heading that runs on into the goal of its text: 完善甲体系，提高乙水平到2030年，…
_BEFORE_GOAL = re.compile(
    r"(?:[\u4e00-\u9fff“”、]{4,30}[,，])?[\u4e00-\u9fff“”、]{4,40}?(?<![力竞]争)"
    r"(?<!争取)(?<!确保)(?<!努力)(?<!计划)(?<!预计)(?<!规划)(?<![率将并使实省市县镇乡国])"
    r"(?=到(?:19|20)\d\d年[底末]?[,，](?!达|提|控|增|降|保|稳|占|为|不|超))"
)
#: A heading that runs on into a sentence of figures: 健全甲制度乙比例达到80%.
_BEFORE_FIGURES = re.compile(
    r"(?:健全|完善|建立|构建|优化|深化|创新|落实|提高|提升|加大|强化|加强)[^,，、。;；:：\d]{2,12}?"
    r"(?:制度|体系|体制|机制|力度|能力|水平)"
    r"(?=[^,，、。;；:：\d和与及的等建改创方]\D{4,60}?(?:达到?|稳定在|保持在|控制在|提高到|不低于|超过)\d)"
)
#: A heading that runs on into who has to do it: 审核程序县级政府应当….
_BEFORE_BODY = re.compile(
    rf"[\u4e00-\u9fff“”、]{{2,20}}?(?:程序|流程|标准|范围|职责|{_FINAL_NOUN})"
    r"(?=(?:国务院|[省市县乡镇]级|设区的市|地方|各[级地]|县级以上)[^,，。;；、]{2,30}?(?:应当|[要须]|负责))"
)
_BRACKET = re.compile(r"[(（\[［【]")
#: A list of bodies in brackets at the end of a heading.
_BODIES_BEHIND = re.compile(
    r"(?<=\S)\s*[(（\[［【][^()（）\[\]［］【】]{0,200}?(?:牵头|负责|配合|责任|分工)"
)
#: A bracket at the end of a heading, and how the names of bodies end: it may hold nothing else.
_NAMES_BEHIND = re.compile(r"(?<=\S)\s?[(（\[［【]([^()（）\[\]［］【】]{3,200})[)）\]］】]\s?$")
_LONGEST_LIST = 280
_BODY_END = re.compile(
    r"[省市县区州国各].*(?:局|委|厅|部|办|署|联|行|政府|公司|集团|中心|办公室)(?:等部门)?"
)
_NAMES_YEAR = re.compile(r"(?:19|20)\d\d\s*年")
#: What makes a heading's last noun a modifier: the heading goes on.
_TITLE_GOES_ON = re.compile(r"[、,,和与及的]")


@dataclass(slots=True, eq=False)
class Node:
    """A part of a document: a heading with the blocks under it, and its own parts.

    ``number`` is as printed, ``ordinal`` its value. ``title`` is the heading without its number,
    None for the document itself; ``name`` is its words, white space and final stop removed.
    ``lead`` is the rest of the heading's own paragraph, if any.
    ``blocks`` are the paragraphs between the heading and the first part. A ``box`` (专栏) stands
    within a part and has no number in its sequence; nor has a ``label`` (【重点任务】), which is
    as wide as the part around it.
    """

    level: int
    number: str = ""
    ordinal: int | None = None
    title: Block | None = None
    lead: Block | None = None
    heading: Block | None = None
    annex: bool = False
    box: bool = False
    label: bool = False
    parent: Node | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = clean_title(self.title.text) if self.title else ""

    def walk(self) -> Iterator[Node]:
        """This part and all within it, in the order of the text."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)

    def ancestors(self) -> Iterator[Node]:
        """The part this one stands in, and so on outwards."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    @property
    def style(self) -> int:
        """The level of the number's style, counted from a box's own within a box."""
        box = next((around for around in self.ancestors() if around.box), None)
        return self.level - box.level if box else self.level

    @property
    def is_book(self) -> bool:
        """Whether this may hold chapters, which are as wide (第二篇, 第三部分)."""
        return self.number.endswith(_BOOK)

    @property
    def sequence(self) -> tuple[int, bool]:
        """What the parts whose numbers go on from each other have in common."""
        return self.level, self.is_book

    @property
    def is_article(self) -> bool:
        """Whether this is an article of a regulation (第五条)."""
        return self.number.endswith("条")

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


@dataclass(frozen=True)
class Outline:
    """The outline: ``root`` holds the chapters; ``head`` the blocks before the first of them.

    ``annexes`` are the lines that list the annexes by name; ``unpointed`` the headings whose
    number had lost its point or bracket; ``tables`` where the recovered tables stand.
    """

    root: Node
    head: tuple[Block, ...]
    annexes: tuple[Block, ...] = ()
    unpointed: tuple[Node, ...] = ()
    tables: tuple[Span, ...] = ()

    @cached_property
    def _parts(self) -> tuple[Node, ...]:
        return tuple(self.root.walk())[1:]

    def walk(self) -> Iterator[Node]:
        """Every part with a heading."""
        return iter(self._parts)

    @property
    def body(self) -> Node:
        """What holds the chapters: the document, or the annex that a notice without any brings."""
        if any((child.ordinal or child.label) and not child.annex for child in self.root.children):
            return self.root
        annexes = (child for child in self.root.children if child.annex)
        plans = (one for one in annexes if any(c.ordinal and not c.annex for c in one.children))
        return next(plans, self.root)


@lru_cache(maxsize=1024)
def clean_title(text: str) -> str:
    """A heading without white space and final punctuation.

    >>> clean_title("总 则。 ")
    '总则'
    """
    return "".join(text.split()).rstrip("。.:：;；,，、")


def trim_title(title: Block) -> Span:
    """The span of a heading without the punctuation at its end.

    >>> trim_title(Block("总则。", Span(3, 6)))
    Span(start=3, end=5)
    """
    text = title.text.rstrip("。.:：;；,，、 \u3000\xa0")
    return Span(title.start, title.start + len(text)) if text else title.span


#: What opens or closes a bracket, or ends a sentence.
_MARK = re.compile(r"[(（《“\[〔)）》”\]〕。!！?？]")
_OPENING = re.compile(r"[(（《“\[〔]")
_FULL_STOP = re.compile(r"[。!！?？]")


def split_sentence(block: Block) -> tuple[Block, Block | None]:
    """A paragraph's first sentence (without its stop), and the rest.

    >>> first, rest = split_sentence(Block("义务教育。统筹推进。", Span(5, 15)))
    >>> first.text, rest.text, rest.start
    ('义务教育', '统筹推进。', 10)
    """
    stop = _FULL_STOP.search(block.text)
    if stop is None:
        return block, None
    if stop.start() and not _OPENING.search(block.text, 0, stop.start()):
        return block.part(0, stop.start()), _part(block, stop.end())
    depth = 0
    # One that is never closed ends with what a heading can hold.
    for mark in _MARK.finditer(block.text):
        position, character = mark.start(), mark.group()
        if character in "(（《“[〔":
            depth += 1
        elif character in ")）》”]〕":
            depth = max(0, depth - 1)
        elif depth == 0 or position > _LONGEST_TITLE:
            if position == 0:
                continue
            return block.part(0, position), _part(block, position + 1)
    return block, None


def _are_bodies(listed: str) -> bool:
    return all(_BODY_END.fullmatch(name) for name in re.split(r"[、，,；;\s]+", listed.strip()))


def _part(block: Block, start: int) -> Block | None:
    """The rest of a block from a place on; None where nothing is left."""
    return block.part(start, len(block.text)) if block.text[start:].strip() else None


def split_title(block: Block) -> tuple[Block, Block | None]:
    """The heading that opens a paragraph, and the text behind it.

    The heading ends at the first full stop. Where it has lost its stop and the sentence runs on
    (``完善体系2015年,实现…``), it ends on its last noun. A label before it (项目名称：) is no part.

    >>> split_title(Block("健全服务体系2015年,基本建成。", Span(0, 16)))[0].text
    '健全服务体系'
    >>> split_title(Block("加快转变职能。建设服务型政府。", Span(0, 15)))[0].text
    '加快转变职能'
    """
    labelled = _NAMES_TITLE.match(block.text)
    if labelled:
        block = block.part(labelled.end(), len(block.text))
    first, rest = split_sentence(block)
    if _BRACKET.search(first.text):
        bodies = _BODIES_BEHIND.search(first.text, 0, _LONGEST_TITLE)
        if bodies and bodies.start():
            return block.part(0, bodies.start()), _part(block, bodies.start())
        named = _NAMES_BEHIND.search(first.text[:_LONGEST_LIST])
        if named and named.start() and _are_bodies(named.group(1)):
            return block.part(0, named.start()), _part(block, named.start())
    parted = _PARTED.match(first.text)
    if parted:
        return block.part(0, parted.end()), _part(block, parted.end())
    spaced = _SPACED.match(first.text)
    if (
        spaced
        and len(first.text) - spaced.end() >= _SHORTEST_TEXT
        and not any(found["space"] for found in _SPACE_WITHIN.finditer(block.text, spaced.end()))
    ):
        return block.part(0, spaced.end()), _part(block, spaced.end())
    if len(first.text) <= _PLAIN_TITLE and not _NAMES_YEAR.search(first.text):
        return first, rest
    goal = _BEFORE_GOAL.match(first.text)
    if goal:
        return block.part(0, goal.end()), block.part(goal.end(), len(block.text))
    bodied = _BEFORE_BODY.match(first.text)
    if bodied:
        return block.part(0, bodied.end()), block.part(bodied.end(), len(block.text))
    for found in _RUNS_ON.finditer(first.text, 0, _LONGEST_TITLE + 20):
        cut = found.start("next")
        if cut < len(first.text) and not _TITLE_GOES_ON.match(first.text, cut):
            return block.part(0, cut), block.part(cut, len(block.text))
    figures = _BEFORE_FIGURES.match(first.text)
    if figures:
        return block.part(0, figures.end()), block.part(figures.end(), len(block.text))
    return first, rest


def _read_number(block: Block) -> tuple[int, str, int | None, int] | None:
    """(level, number as printed, its value, where the text behind it starts), if numbered."""
    for level, style in _STYLES if _OPENS_NUMBER.match(block.text) else ():
        found = style.match(block.text)
        if found and found.end() < len(block.text):
            return level, found.group().strip(), parse_ordinal(found.group(1)), found.end()
    return None


def _read_bare_number(block: Block, expected: int) -> int | None:
    """Where the text starts, if the block opens with this number and has lost its point.

    Or has a number that is a name behind its point: 5.12345热线 is point 5.
    """
    digits = str(expected)
    named = _NAME_IN_FIGURES.match(block.text, len(digits))
    if named and block.text.startswith(digits):
        return len(digits) + 1
    rest = block.text[len(digits) : len(digits) + 20]
    if not block.text.startswith(digits) or not rest:
        return None
    stuck_year = re.match(r"\s*(?:19|20)\d\d\s*年", rest)
    if stuck_year or (re.match(r"\s*[\u4e00-\u9fff“《]", rest) and not _MEASURE.match(rest)):
        return len(digits)
    return None


def _read_dotted(block: Block, current: Node) -> Node | None:
    """A part numbered within its parent's number (2.1 under 2. or 二、), in sequence."""
    found = _DOTTED.match(block.text)
    if not found or _MEASURE.match(block.text, found.end()):
        return None
    numbers = [int(part) for part in re.split(r"[.．]", found.group(1))]
    for parent in (current, *current.ancestors()):
        path = [node.ordinal for node in (parent, *parent.ancestors()) if node.ordinal]
        if path[: len(numbers) - 1] == numbers[-2::-1]:
            before = parent.children[-1].ordinal if parent.children else 0
            if numbers[-1] == (before or 0) + 1:
                level = max(_POINT_LEVEL, parent.level + 1)
                title, lead = split_title(block.part(found.end(), len(block.text)))
                number = found.group(1)
                return Node(level, number, numbers[-1], title, lead, heading=block)
    return None


def _read_damaged(block: Block, current: Node, last: int) -> tuple[int, str, int, int] | None:
    """A number that has lost its point or a bracket, where it is the next of its level.

    ``last`` is the document's last point: its numbers may run on through the chapters.
    """
    for level, style in _DAMAGED if _OPENS_NUMBER.match(block.text) else ():
        found = style.match(block.text)
        if found:
            ordinal = parse_ordinal(found.group(1))
            if ordinal and ordinal > 1 and ordinal == _expected(current, level):
                return level, found.group().strip(), ordinal, found.end()
    if not current.parent or not "0" <= block.text[:1] <= "9":
        return None
    expected = _expected(current, _POINT_LEVEL)
    for number in (expected, last + 1 if expected == 1 and last else None):
        position = _read_bare_number(block, number) if number else None
        if number and position is not None:
            return _POINT_LEVEL, block.text[:position], number, position
    return None


def build_outline(
    blocks: Sequence[Block],
    *,
    opaque: Sequence[Span] = (),
    is_label: Callable[[str], bool] = lambda _: False,
) -> Outline:
    """Build the outline of a document's blocks.

    Blocks within an ``opaque`` span (a recovered table) are left alone: their numbers are rows.
    A number without its point counts where it continues a sequence. ``is_label`` says of the words
    of a line without a number whether they are a heading all the same (保障工程).

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
    spans = tuple(sorted(opaque))
    tables = iter(spans)
    table = next(tables, None)
    contents = _find_contents(blocks)
    labels = _find_labels(blocks, spans, is_label)
    note: tuple[int, int] | None = None
    filled: Node | None = None
    last = 0
    for index, block in enumerate(blocks):
        while table and table.end <= block.start:
            table = next(tables, None)
        if table and table.covers(block.span):
            filled = current
            continue
        if _ANNEX_LIST.match(block.text) or (annexes and _lists_annex(block, annexes[-1])):
            annexes.append(block)
            continue
        listed = index in contents or _is_led(block.text)
        note, noted = _follow_note(block, note)
        read = None if listed or noted else _read_heading(block, current, last)
        if read is None and index in labels and not listed:
            node = Node(0, title=labels[index], heading=block, label=True)
            around = _find_labelled(current, filled, is_label)
            if around:
                node.level, node.parent = around.level, around
                around.children.append(node)
                current = node
                continue
        if read is None:
            (head if current is root else current.blocks).append(block)
            continue
        node, damaged = read
        if damaged:
            unpointed.append(node)
        parent = _find_parent(node, current, filled)
        node.parent = parent
        parent.children.append(node)
        current = node
        if node.annex:
            last = 0
        elif node.level == _POINT_LEVEL and node.ordinal:
            last = node.ordinal
    return Outline(root, tuple(head), tuple(annexes), tuple(unpointed), spans)


def _is_led(line: str) -> bool:
    """Whether dots lead to a page number at the end of a line."""
    # Most lines end with neither a figure nor a bracket.
    last = line.rstrip()[-1:]
    return (last.isdigit() or last in ")）") and bool(_LEADER.search(line[-40:]))


#: A heading without a number: in brackets of its own, or a short line.
_LABEL = re.compile(
    r"(?:[【〖［\[]\s*(?P<framed>[^【】〖〗［］\[\]]{2,16}?)\s*[】〗］\]]|(?P<plain>\S{4,16}?))[:：]?"
)
_SHORTEST_BELOW = 20
_LONGEST_LABEL = 24


def _find_labels(
    blocks: Sequence[Block], tables: Sequence[Span], is_label: Callable[[str], bool]
) -> dict[int, Block]:
    """The headings without a number, by their places in the blocks.

    Bare words are one where a paragraph or a number stands below them, and only beside others:
    the heading of a table's column is none.
    """
    starts = [table.start for table in tables]
    framed: dict[int, Block] = {}
    plain: dict[int, Block] = {}
    for index, block in enumerate(blocks):
        found = _LABEL.fullmatch(block.text) if len(block.text) <= _LONGEST_LABEL else None
        if not found or not is_label("".join(found[found.lastgroup or 0].split())):
            continue
        place = bisect_right(starts, block.start) - 1
        if place >= 0 and tables[place].covers(block.span):
            continue
        title = block.part(*found.span(found.lastgroup or 0))
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        if found["framed"]:
            framed[index] = title
        elif below and (len(below.text) > _SHORTEST_BELOW or _read_number(below)):
            plain[index] = title
    return {**framed, **(plain if len(plain) > 1 else {})}


def _find_labelled(
    current: Node, filled: Node | None, is_label: Callable[[str], bool]
) -> Node | None:
    """The part in which a heading without a number stands; None within a box."""
    box = next((one for one in (current, *current.ancestors()) if one.box), None)
    if box and box is not filled:
        return None
    for node in (current, *current.ancestors()):
        # One label ends another, and so does one with a number.
        if not (node.label or node.box or node.level > _CHAPTER_LEVEL or is_label(node.name)):
            return node
    return None


def _find_parent(node: Node, current: Node, filled: Node | None) -> Node:
    """The part that a new one belongs to. In a box its level is counted from the box's.

    ``filled`` is the part that holds the last table: a box with a table in it is complete.
    """
    box = next((one for one in (current, *current.ancestors()) if one.box), None)
    if box and box.parent:
        if box is not filled and _goes_on_in(box, node):
            node.level += box.level
        else:
            current = box.parent
    if node.box:
        node.level = current.level + 1
    parent = current
    while parent.level >= node.level and parent.parent and not _is_part_of(node, parent):
        parent = parent.parent
    return parent


def _is_part_of(node: Node, parent: Node) -> bool:
    """Whether a part as wide as another is a part of it: a chapter of an annex or a book (篇)."""
    if parent.annex:
        return not node.annex
    return parent.is_book and node.number.endswith("章")


def _goes_on_in(box: Node, node: Node) -> bool:
    """Whether a numbered part is a point of this box: its first one, or the next."""
    if node.annex or node.box or not node.ordinal or node.level <= _CHAPTER_LEVEL:
        return False
    level = node.level + box.level
    before = [one for one in box.children if one.level <= level]
    if before and before[-1].level < level:
        return True  # within a point
    if node.ordinal != (before[-1].ordinal or 0 if before else 0) + 1:
        return False
    # (二) behind a box is rather the next part than the second of the box.
    outer = box.parent and _expected(box.parent, node.level)
    return node.level >= _POINT_LEVEL or outer != node.ordinal


def _follow_note(block: Block, note: tuple[int, int] | None) -> tuple[tuple[int, int] | None, bool]:
    """Whether a line is a note or the next of its numbered points; and the last point's number.

    ``note`` is the style's level and the value of the last number, (0, 0) before the first.
    """
    opened = _NOTE.match(block.text)
    if note is None and not opened:
        return None, False
    rest = _part(block, opened.end()) if opened else block
    if rest is None:
        return (0, 0), True
    numbered = _read_number(rest)
    if opened and numbered is None:
        return None, True
    if numbered is None:
        return note, False
    level, _, ordinal, _ = numbered
    same = level == note[0] if note and note[0] else level >= _POINT_LEVEL
    if same and ordinal == (note[1] if note else 0) + 1:
        return (level, ordinal), True
    return None, bool(opened)


def _lists_annex(block: Block, before: Block) -> bool:
    """Whether a line goes on with the list of annexes: the next number and a name."""
    if block.start - before.end > _LONGEST_ANNEX_NAME or len(block.text) > _LONGEST_ANNEX_NAME:
        return False
    numbered = _read_number(block)
    if not numbered or re.search(r"[。;；]", block.text):
        return False
    number_before = re.search(
        r"(?:^|[:：]\s*)[(（]?(\d{1,2}|[一二三四五六七八九十]{1,3})", before.text
    )
    expected = (parse_ordinal(number_before.group(1)) or 0) + 1 if number_before else 1
    return numbered[2] == expected


def _find_contents(blocks: Sequence[Block]) -> range:
    """The lines of a table of contents, by their places: up to where its first entry recurs."""
    for index, block in enumerate(blocks):
        if len(block.text) > 8 or not _CONTENTS.fullmatch(block.text) or index + 1 == len(blocks):
            continue
        first = clean_title(_LEADER.sub("", blocks[index + 1].text[:_LONGEST_TITLE]))
        limit = min(len(blocks), index + _LONGEST_CONTENTS)
        for again in range(index + 2, limit):
            if first and "".join(blocks[again].text[:_LONGEST_TITLE].split()).startswith(first):
                return range(index, again)
        return range(0)
    return range(0)


def _read_heading(block: Block, current: Node, last: int) -> tuple[Node, bool] | None:
    """The part that a block opens, and whether its number is damaged.

    ``last`` is the number of the last point (1.) before.
    """
    annex = read_annex_heading(block)
    if annex:
        number, title = annex
        ordinal = parse_ordinal(number)
        return Node(_ANNEX_LEVEL, number, ordinal, title, heading=block, annex=True), False
    boxed = _BOX.fullmatch(block.text) if block.text.startswith("专") else None
    if boxed and len(block.text) <= _LONGEST_TITLE and not re.search(r"[。;；]", block.text):
        title = _part(block, boxed.start(2))
        number = block.text[: boxed.start(2)].strip()
        return Node(0, number, None, title, heading=block, box=True), False
    numbered = _read_number(block)
    damaged = None
    if numbered is None:
        dotted = _read_dotted(block, current)
        if dotted:
            return dotted, False
        numbered = damaged = _read_damaged(block, current, last)
    if numbered is None:
        return None
    level, number, ordinal, start = numbered
    if not block.text[start:].strip():
        return None
    split = split_sentence if number.endswith("条") else split_title
    title, lead = split(block.part(start, len(block.text)))
    lost = damaged is not None and number[-1] not in ".．"
    return Node(level, number, ordinal, title, lead, heading=block), lost


def _expected(current: Node, level: int) -> int | None:
    """The number that the next part of this level would bear here."""
    node: Node | None = current
    while node and (node.level > level or node.label):
        node = node.parent
    if node and node.level == level:
        return node.ordinal + 1 if node.ordinal else None
    return 1


def read_annex_heading(block: Block) -> tuple[str, Block | None] | None:
    """The number and title of a line that starts an annex: ``附件1``, ``附件2:分工方案``.

    A line ``附件:1.清单`` is the list of annexes at a document's end, and no heading.
    """
    if not block.text.startswith("附") or len(block.text) > _LONGEST_TITLE:
        return None
    found = _ANNEX.fullmatch(block.text)
    if not found:
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
    """A paragraph without the dash or bullet that opens it (——坚守底线。…)."""
    found = _DASH.match(block.text)
    if not found or not block.text[found.end() :].strip():
        return block
    return block.part(found.end(), len(block.text))
