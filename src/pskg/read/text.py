"""Plain text: bytes to characters, characters to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from pskg.model import Span
from pskg.read.errors import UnreadableError
from pskg.read.page import Block, Cell, Table

__all__ = ["decode", "split_blocks", "split_tables"]

#: Magic numbers of files that people mistake for text, and what to do about each.
_FOREIGN = (
    (b"%PDF", "a PDF file", "save its text as .txt or .html"),
    (b"PK\x03\x04", "an office or zip file", "save it as plain text or HTML"),
    (b"\xd0\xcf\x11\xe0", "an old office file (.doc, .xls)", "save it as plain text or HTML"),
    (b"\x89PNG", "a picture", "give the document's text"),
    (b"\xff\xd8\xff", "a picture", "give the document's text"),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
)
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
#: Share of undecodable characters up to which a text counts as damaged, not as another encoding.
_DAMAGE = 0.05

#: GB18030 gives almost any bytes a character: those it keeps for private use are not text.
_ODD = re.compile("[\ufffd\ue000-\uf8ff\x80-\x9f]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")

#: What separates lines; a form feed or a Unicode line separator does as well.
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_INVISIBLE = ((0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x2064))
#: White space and the invisible characters that pages carry along.
_BLANK = " \t\xa0\xad\u3000\ufeff" + "".join(
    chr(code) for first, last in _INVISIBLE for code in range(first, last + 1)
)
#: The characters that part the cells of a line.
_MARKS = ("\t", "|", "│", "｜")
#: White space too wide to stand between two words of a cell.
_GAP = re.compile(r"[ \xa0]{2,}|[ \xa0]?\u3000[ \xa0\u3000]*")
_SPACE = re.compile(r"[ \xa0\u3000]")
#: Lines parted by white space alone are rows only from this many cells on, and up to this length.
_FEWEST_GAPPED = 3
_LONGEST_GAPPED = 400
#: The headings of a group of rows (and of a part of it), and how many cells the rows have.
_MOST_HEADS = 2
_LONGEST_HEAD = 30
_FEWEST_BESIDE = 3


def decode(data: bytes, source: str, *, declared: str | None = None) -> tuple[str, str]:
    r"""The text of a file and the encoding it is in.

    Handles UTF-8 with or without a byte order mark, UTF-16 with one, and GB18030 (so GBK and
    GB2312). A text with a few damaged bytes is still read: they become U+FFFD. A declared
    encoding is tried first but not believed blindly.

    Raises UnreadableError where the bytes are no text.

    >>> decode("\ufeff索引号".encode("utf-8"), "a.txt")
    ('索引号', 'utf-8')
    >>> decode("索引号".encode("gb18030"), "a.txt")
    ('索引号', 'gb18030')
    """
    if not data.strip():
        raise UnreadableError(source, "the file is empty", "give a document with text in it")
    for magic, what, remedy in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableError(source, f"this is {what}, not text", remedy)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _check(data[len(mark) :].decode(encoding, "replace"), source), encoding
    candidates = dict.fromkeys((*([declared] if declared else ()), "utf-8", "gb18030"))
    damage: dict[str, float] = {}
    for encoding in candidates:
        damage[encoding] = _damage(data, encoding)
        if not damage[encoding]:
            break
    best = min(damage, key=damage.__getitem__)
    if damage[best] > _DAMAGE:
        raise UnreadableError(
            source, "the bytes are neither UTF-8 nor GB18030 text", "convert the file to UTF-8"
        )
    return _check(data.decode(best, "replace"), source), best


def _damage(data: bytes, encoding: str) -> float:
    """Share of the characters beyond ASCII that this encoding cannot make sense of."""
    try:
        text = data.decode(encoding, "replace")
    except LookupError:
        return 1.0
    odd = len(_ODD.findall(text))
    return odd / (len(text) - len(text.encode("ascii", "ignore"))) if odd else 0.0


def _check(text: str, source: str) -> str:
    if len(_CONTROL.findall(text)) > len(text) * 0.01 or "\x00" in text[:4096]:
        raise UnreadableError(
            source, "this is a binary file, not text", "give plain text (.txt) or HTML"
        )
    if not text.strip():
        raise UnreadableError(source, "the file is empty", "give a document with text in it")
    return text


def split_blocks(text: str) -> Iterator[Block]:
    r"""The lines of a text that hold anything, their ends trimmed.

    >>> [block.text for block in split_blocks("一、总则\n\n  为了…\r\n")]
    ['一、总则', '为了…']
    """
    for line in _LINE.finditer(text):
        inner = line.group().strip(_BLANK)
        if inner:
            start = line.end() - len(line.group().lstrip(_BLANK))
            yield Block(inner, Span(start, start + len(inner)))


def split_tables(text: str, blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    r"""Take tables with tabs, bars or wide white space between their cells out of the blocks.

    A table is two or more lines on end with the same separator and two cells or more. A short
    line between two rows as wide as each other is the heading of a group. White
    space (two spaces, an ideographic space) counts where there are three cells or more and the
    same number in every line: fields of a masthead and spaced-out headings are no tables.

    >>> text = "名称|对象\n|---|---|\n低保|居民"
    >>> rest, tables = split_tables(text, split_blocks(text))
    >>> rest, [[cell.text for cell in row] for row in tables[0].rows]
    ((), [['名称', '对象'], ['低保', '居民']])
    """
    rest: list[Block] = []
    tables: list[Table] = []
    for mark, lines in _join_groups(text, blocks):
        rows = [row for line in lines if (row := _split_row(text, line, mark))] if mark else []
        if len(rows) > 1 and any(sum(map(bool, row)) > 1 for row in rows):
            tables.append(Table(_level_rows(rows), Span(lines[0].start, lines[-1].end)))
        else:
            rest.extend(lines)
    return tuple(rest), tuple(tables)


def _join_groups(text: str, blocks: Iterable[Block]) -> Iterator[tuple[str, list[Block]]]:
    """The lines on end with one separator; headings of groups do not part the rows of a table."""
    runs = [
        (separator, list(group))
        for separator, group in groupby(blocks, key=partial(_read_separator, text))
    ]
    position = 0
    while position < len(runs):
        (mark, count), lines = runs[position]
        while mark and position + 2 < len(runs) and runs[position + 2][0] == (mark, count):
            heads, below = runs[position + 1][1], runs[position + 2][1]
            if runs[position + 1][0][0] or not _are_heads(text, heads, lines, below[0], mark):
                break
            lines = [*lines, *heads, *below]
            position += 2
        yield mark, lines
        position += 1


def _are_heads(
    text: str, heads: Sequence[Block], above: Sequence[Block], below: Block, mark: str
) -> bool:
    """Whether lines without a separator are headings of a group: rows as wide stand around them.

    Where the headings of the columns come again below them, they are the title of a new table.
    """
    first, last, following = (_split_row(text, line, mark) for line in (above[0], above[-1], below))
    return (
        len(heads) <= _MOST_HEADS
        and all(len(head.text) <= _LONGEST_HEAD and head.text[-1] not in "。；;" for head in heads)
        and len(last) == len(following) >= _FEWEST_BESIDE
        # A line that rules off a heading that is gone has no cells.
        and not (first and first[0].text == following[0].text)
    )


def _read_separator(text: str, line: Block) -> tuple[str, int]:
    """What parts the cells of a line, and how often where it is white space.

    A tab at a line's end tells a row whose other cells are empty; at its start it may be no
    more than a paragraph's indent.
    """
    if text[line.end : line.end + 1] == "\t":
        return "\t", 0
    for mark in _MARKS:
        if mark in line.text.strip(mark):
            return mark, 0
    may_have = len(line.text) <= _LONGEST_GAPPED and _SPACE.search(line.text)
    gaps = len(_GAP.findall(line.text)) if may_have else 0
    return (" ", gaps) if gaps + 1 >= _FEWEST_GAPPED else ("", 0)


def _split_row(text: str, line: Block, mark: str) -> tuple[Cell, ...]:
    """The cells of a line; none where it only rules off the heading (``|---|---|``)."""
    if not line.text.strip("-:=+ " + "".join(_MARKS)):
        return ()
    pattern = _GAP if mark == " " else re.compile(re.escape(mark))
    # Bars frame a row; a tab before its first word is an empty cell, one behind its last as well.
    start = line.start
    while mark == "\t" and start and text[start - 1] in _BLANK:
        start -= 1
    start += mark != "\t" and line.text.startswith(mark)
    end = line.end - (mark != "\t" and line.text.endswith(mark))
    cells: list[Cell] = []
    for parting in (*pattern.finditer(text, start, end), None):
        stop = parting.start() if parting else end
        inner = text[start:stop].strip(_BLANK)
        if inner:
            first = stop - len(text[start:stop].lstrip(_BLANK))
            cells.append(Cell((Block(inner, Span(first, first + len(inner))),)))
        else:
            cells.append(Cell(()))
        start = parting.end() if parting else stop
    return tuple(cells)


def _level_rows(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Give every row as many cells as the widest has."""
    width = max(map(len, rows))
    return tuple(row + (Cell(()),) * (width - len(row)) for row in rows)
