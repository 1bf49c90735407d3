"""Plain text: bytes to characters, characters to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

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

#: What separates lines; a form feed or a Unicode line separator does as well.
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
#: White space and the invisible characters that pages carry along.
_BLANK = " \t\xa0\u3000\u2000-\u200f\u2028-\u202f\u205f-\u2064\ufeff"
_EDGES = re.compile(rf"^[{_BLANK}]*(.*?)[{_BLANK}]*$", re.DOTALL)


def decode(data: bytes, source: str, *, declared: str | None = None) -> tuple[str, str]:
    """The text of a file and the encoding it is in.

    Handles UTF-8 with or without a byte order mark, UTF-16 with one, and GB18030 (so GBK and
    GB2312). A text with a few damaged bytes is still read: they become U+FFFD. A declared
    encoding is tried first but not believed blindly.

    Raises UnreadableError where the bytes are no text.

    >>> decode("﻿索引号".encode("utf-8"), "a.txt")
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
    best = min(candidates, key=lambda encoding: _damage(data, encoding))
    if _damage(data, best) > _DAMAGE:
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
    beyond = sum(character > "\x7f" for character in text)
    # GB18030 gives almost any bytes a character: those it keeps for private use are not text.
    odd = sum(
        character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or "\x80" <= character < "\xa0"
        for character in text
    )
    return odd / beyond if beyond else 0.0


def _check(text: str, source: str) -> str:
    controls = sum(character < " " and character not in "\t\n\r\x0b\x0c" for character in text)
    if controls > len(text) * 0.01 or "\x00" in text[:4096]:
        raise UnreadableError(
            source, "this is a binary file, not text", "give plain text (.txt) or HTML"
        )
    if not text.strip():
        raise UnreadableError(source, "the file is empty", "give a document with text in it")
    return text


def split_blocks(text: str) -> Iterator[Block]:
    """The lines of a text that hold anything, their ends trimmed.

    >>> [block.text for block in split_blocks("一、总则\\n\\n  为了…\\r\\n")]
    ['一、总则', '为了…']
    """
    for line in _LINE.finditer(text):
        inner = _EDGES.match(line.group())
        if inner and inner.group(1):
            start = line.start() + inner.start(1)
            yield Block(inner.group(1), Span(start, start + len(inner.group(1))))


def split_tables(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """Take tables with tabs or bars between their cells out of the blocks.

    A table is two or more lines on end, each with the same separator and two cells or more.

    >>> text = "名称|对象\\n|---|---|\\n低保|居民"
    >>> rest, tables = split_tables(tuple(split_blocks(text)))
    >>> rest, [[cell.text for cell in row] for row in tables[0].rows]
    ((), [['名称', '对象'], ['低保', '居民']])
    """
    rest: list[Block] = []
    tables: list[Table] = []
    run: list[Block] = []
    separator = ""
    for block in (*blocks, None):
        found = _separator(block.text) if block else ""
        if run and found != separator:
            rows = [row for line in run if (row := _split_row(line, separator))]
            if len(rows) > 1:
                tables.append(Table(_level_rows(rows), Span(run[0].start, run[-1].end)))
            else:
                rest.extend(run)
            run = []
        separator = found
        if block and found:
            run.append(block)
        elif block:
            rest.append(block)
    return tuple(rest), tuple(tables)


def _separator(line: str) -> str:
    return next((mark for mark in ("\t", "|", "│") if mark in line.strip(mark)), "")


def _split_row(line: Block, separator: str) -> tuple[Cell, ...]:
    bare = line.text.strip(separator) if separator != "\t" else line.text
    if not bare.strip("-:=+ |│"):
        return ()
    cells: list[Cell] = []
    start = line.text.index(bare)
    for piece in bare.split(separator):
        cells.append(
            Cell((line.part(start, start + len(piece)),)) if piece.strip() else Cell(())
        )
        start += len(piece) + len(separator)
    return tuple(cells)


def _level_rows(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Give every row as many cells as the widest has."""
    width = max(map(len, rows))
    return tuple(row + (Cell(()),) * (width - len(row)) for row in rows)
