"""What a line within a table is: a row's number, a group's heading, a figure, a body, a note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pskg.extract.grammar.duties import looks_like_body
from pskg.extract.grammar.figure_cells import read_value
from pskg.extract.grammar.numbers import parse_ordinal
from pskg.extract.outline import read_annex_heading
from pskg.read import Block, hull
from pskg.vocabulary import Vocabulary

__all__ = [
    "CONTINUES",
    "HAN_NUMBER",
    "LONGEST_GROUP",
    "MOST_GROUPS",
    "NOTE",
    "OPEN",
    "SENTENCE",
    "SUM",
    "choose_group",
    "ends_rows",
    "find_numbered_names",
    "follows_number",
    "is_body",
    "is_group",
    "is_heading_pair",
    "is_headline",
    "is_page_number",
    "is_paragraph",
    "is_value",
    "read_row_number",
    "split_number",
    "strip_group_number",
]

#: The heading of a group is no longer than this.
LONGEST_GROUP = 30
#: How many group headings may stand above one row: the field of service and a part of it.
MOST_GROUPS = 3
_HALF_WIDTH = str.maketrans("（）．、", "()..")
#: 一、 (二) at the head of a line, which opens a group.
HAN_NUMBER = re.compile(r"\s*[(（]?\s*[一二三四五六七八九十]{1,3}\s*(?:[)）][、.．]?|[、.．])\s*")
_POINT_NUMBER = re.compile(r"\s*(?:[(（]\s*\d{1,3}\s*[)）]|\d{1,3}\s*[、.．](?!\d))\s*(?=\S)")
#: A running number alone in its line: ``12``, ``12.``, ``(12)``, ``1-2``.
_ROW_NUMBER = re.compile(r"[(（]?\s*(\d{1,3})\s*(?:[-—－.．]\s*(\d{1,3})\s*)?[)）]?\s*[.．、]?")
#: How far a running number may jump ahead: the gap is reported elsewhere.
_LONGEST_JUMP = 3
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}\s*、")
#: The end of a list of bodies on a line of its own.
_DOES = re.compile(
    r"(?:等(?:有关)?(?:部门|单位))?(?:按照?(?:各自)?(?:职责|职能)?(?:分工)?|分别|共同|分工)?(?:负责|牵头|配合|落实)"
    r"(?:落实|实施)?[。；;]?"
)
#: 第三章 甲, 第二节, 专栏4 乙, 表2 丙: no row opens like this.
_CHAPTER = re.compile(
    r"第\s*[一二三四五六七八九十百\d]{1,4}\s*(?:[章节编篇]|部分)(?:[\s、.．:：]|$|[^\s的])"
    r"|专\s*栏\s*[一二三四五六七八九十\d]{1,3}(?!\s*[的中])|续?表\s*\d{1,2}(?:[-－—]\d{1,2})?[\s:：、.．]"
)
_LONGEST_CAPTION = 60
#: The stroke that stands for no figure.
_STROKE = re.compile("[-—–－/]+|…+")
#: What opens a note below a table.
NOTE = re.compile(r"\s*(?:注|备注|说明)\s*[:：]?")
#: What opens the row of a table that adds the others up, and the number of a page.
SUM = re.compile(r"\s*[合总小共]\s*计\s*(?:[(（].*)?")
_PAGE = re.compile(
    r"[-—–·•\s]*(?:第\s*)?\d{1,3}\s*(?:页(?:[,，/\s]*共\s*\d{1,3}\s*页)?|[-—–·•])\s*[-—–·•]*"
)
#: A line that does not end here, and one that goes on from the line before.
OPEN = re.compile(r"[、,，:：(（/和及与或的]\s*$")
CONTINUES = re.compile(r"\s*[的、,，)）%％和及与]")
#: The end of a sentence.
SENTENCE = re.compile(r"[。;；]\s*$")


def read_row_number(text: str) -> tuple[int, ...] | None:
    """The running number that a line holds and nothing else: ``12``, ``12.``, ``(12)``, ``1-2``.

    >>> read_row_number("（3）"), read_row_number("1-12"), read_row_number("3个")
    ((3,), (1, 12), None)
    """
    found = _ROW_NUMBER.fullmatch(text.strip()) if len(text) <= 12 else None
    return tuple(int(part) for part in found.groups() if part) if found else None


def follows_number(number: tuple[int, ...], before: tuple[int, ...]) -> bool:
    """Whether a row number goes on from another: 2 from 1, 1-2 from 1-1, 2-1 from 1-4."""
    if len(number) != len(before):
        return False
    if number[:-1] == before[:-1]:
        return before[-1] < number[-1] <= before[-1] + _LONGEST_JUMP
    return number[0] == before[0] + 1 and number[-1] == 1


def split_number(block: Block) -> tuple[Block | None, Block]:
    """The number that opens a line, if any, and the words behind it.

    >>> from pskg.model import Span
    >>> number, words = split_number(Block("（2）孕产妇服务", Span(4, 13)))
    >>> number.text, words.text, words.start
    ('（2）', '孕产妇服务', 7)
    """
    found = HAN_NUMBER.match(block.text) or _POINT_NUMBER.match(block.text)
    if not found or found.end() == len(block.text):
        return None, block
    return block.part(0, found.end()), block.part(found.end(), len(block.text))


def find_numbered_names(
    lines: Sequence[Block], width: int, vocabulary: Vocabulary
) -> tuple[int, ...]:
    """Where the rows of a table open whose names are numbered: 1.甲, 2.乙, or （一）甲.

    The innermost of the numbers above the first row is the name's; it counts up, or starts anew
    below the heading of a group. Where most of them have more lines than a row has cells
    (``width``), they are headings of groups, and nothing is found.

    >>> from pskg.model import Span
    >>> from pskg.vocabulary import load
    >>> texts = ("一、甲类", "1.甲", "发放。", "二、乙类", "1.乙", "发放。", "2.丙", "发放。")
    >>> find_numbered_names([Block(text, Span(0, 1)) for text in texts], 2, load())
    (1, 4, 6)
    """
    style = ""
    for place, line in enumerate(lines[: MOST_GROUPS + 1]):
        deeper, _ = _read_name_number(line)
        # The first field may have no number.
        if SENTENCE.search(line.text) or (place and deeper in ("", style)):
            break
        style = deeper
    starts: list[int] = []
    before = heads = small = 0
    for place, line in enumerate(lines if style else ()):
        found, number = _read_name_number(line)
        if found != style:
            heads += bool(found)
            continue
        above = lines[place - 1] if place else None
        anew = number == 1 and (
            not (starts and above)
            or is_headline(above)
            or is_group(above, vocabulary)
            or (place - starts[-1] > width and not SENTENCE.search(above.text))
        )
        if number == before + 1 or anew:
            # A field without a number stands below a sentence, and is none.
            told = [SENTENCE.search(one.text) for one in lines[max(0, place - 2) : place]]
            heads += bool(len(told) > 1 and told[0] and not told[1] and not heads)
            small += bool(starts) and place - starts[-1] - heads <= width
            starts.append(place)
            before, heads = number, 0
    return tuple(starts) if len(starts) > 1 and 2 * small >= len(starts) - 1 else ()


def _read_name_number(line: Block) -> tuple[str, int]:
    """The form of the number that opens a short line (``一、``, ``(1)``), and its value."""
    number, _ = split_number(line)
    ordinal = parse_ordinal(number.text) if number else None
    if number is None or ordinal is None or SENTENCE.search(line.text):
        return "", 0
    form = re.sub(r"\s", "", number.text).translate(_HALF_WIDTH)
    return re.sub(r"\d+", "1", re.sub("[一二三四五六七八九十]+", "一", form)), ordinal


def strip_group_number(block: Block) -> Block:
    """The heading of a group without its number.

    >>> from pskg.model import Span
    >>> strip_group_number(Block("八、公共安全", Span(4, 10)))
    Block(text='公共安全', span=Span(start=6, end=10))
    """
    return split_number(block)[1]


def choose_group(
    heads: Sequence[Block], group: Block | None, vocabulary: Vocabulary, *, nested: bool = False
) -> Block | None:
    """The heading that the next rows stand under: of several the outermost.

    A part of a field of service (1.优孕优生 or （一）优孕优生 under 一、幼有所育) leaves the field
    in place. One broken over lines is one. Where the list is ``nested`` (fields and parts of
    them stood on end above), so does a heading that is no known field.
    """
    if not heads:
        return group
    broken = "".join("".join(head.text.split()) for head in heads)
    if len(heads) > 1 and vocabulary["domains"].find(broken):
        heads = [Block(broken, hull(heads))]
    named = [head for head in heads if is_group(head, vocabulary)]
    head = min(named, key=_depth, default=heads[-1])
    if group and is_group(group, vocabulary):
        deeper = _depth(head) > _depth(group) or _is_within(head, group, vocabulary)
        part = deeper if head in named else nested or is_headline(head)
        if part:
            return group
    return head


def _is_within(block: Block, group: Block, vocabulary: Vocabulary) -> bool:
    """Whether a heading is known as a part of the field of service that a group is."""
    scheme = vocabulary["domains"]
    part, whole = (scheme.find(strip_group_number(one).text) for one in (block, group))
    return part is not None and whole is not None and whole.iri in part.broader


def _depth(block: Block) -> int:
    """How deep a heading's number stands: 一、 above （一）; without one it is the outermost."""
    found = HAN_NUMBER.match(block.text)
    return int(bool(found and found.group().lstrip()[0] in "(（"))


def is_group(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line between two rows is the heading of a group of rows."""
    if len(block.text) > LONGEST_GROUP or SENTENCE.search(block.text):
        return False
    if HAN_NUMBER.match(block.text):
        return True
    return vocabulary["domains"].find(block.text) is not None


def is_headline(block: Block) -> bool:
    """A short numbered line that is no sentence: the heading of a group or of a part of one."""
    short = len(block.text) <= LONGEST_GROUP and not SENTENCE.search(block.text)
    return short and split_number(block)[0] is not None


def is_heading_pair(blocks: Sequence[Block], index: int) -> bool:
    """Two numbered headings on end: the running text has begun again."""
    if not _HEADING.match(blocks[index].text) or index + 1 >= len(blocks):
        return False
    following = blocks[index + 1]
    return bool(_HEADING.match(following.text)) or is_paragraph(following)


def ends_rows(block: Block) -> bool:
    """A note below a table, or the heading of a chapter, a section, an annex, a box or a table."""
    text = block.text
    if text[:1] in "第专表续" and len(text) <= _LONGEST_CAPTION and _CHAPTER.match(text):
        return True
    return bool(NOTE.match(text)) or read_annex_heading(block) is not None


def is_paragraph(block: Block) -> bool:
    """Running text, too long for a heading or a name."""
    return len(block.text) > 120 or (len(block.text) > 40 and "。" in block.text)


@lru_cache(maxsize=4096)
def is_body(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line of a cell holds nothing but bodies, or what these do.

    >>> from pskg.vocabulary import load
    >>> [is_body(text, load()) for text in ("市教育局、", "等部门按职责分工负责", "负责招生工作")]
    [True, True, False]
    """
    return len(text) <= 80 and (
        looks_like_body(text, vocabulary) or _DOES.fullmatch(text.strip()) is not None
    )


def is_page_number(block: Block) -> bool:
    """Whether a line is the number of a page: 第 2 页, — 2 —.

    >>> from pskg.model import Span
    >>> [is_page_number(Block(text, Span(0, 1))) for text in ("第 2 页 共 9 页", "— 12 —", "12")]
    [True, True, False]
    """
    return len(block.text) <= 16 and _PAGE.fullmatch(block.text) is not None


def is_value(text: str) -> bool:
    """Whether a line holds a figure, or the stroke that stands for none."""
    return _STROKE.fullmatch(text.strip()) is not None or (
        len(text) <= 24 and read_value(text) is not None
    )
