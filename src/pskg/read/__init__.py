"""Bytes to a page: text, blocks and tables, with offsets that never lie.

>>> page = read_bytes("一、总则\\n为了……".encode(), "notice.txt")
>>> page.encoding, [block.text for block in page.blocks]
('utf-8', ['一、总则', '为了……'])
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from pskg.read.errors import SourceError, UnreadableError
from pskg.read.html import is_html, read_html
from pskg.read.page import Block, Cell, Page, Table, hull
from pskg.read.text import decode, split_blocks, split_tables

__all__ = [
    "Block",
    "Cell",
    "Page",
    "SourceError",
    "Table",
    "UnreadableError",
    "hull",
    "read_bytes",
    "read_file",
    "read_html",
]


def read_file(path: Path, source: str | None = None) -> Page:
    """Read a file into a page. ``source`` is the name it goes by, its file name otherwise.

    Raises UnreadableError where it cannot be opened or holds no text.
    """
    source = source or path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableError(source, reason.lower(), "check the path and its rights") from error
    return read_bytes(data, source)


def read_bytes(data: bytes, source: str) -> Page:
    """Read the bytes of a web page or a plain text into a page. Raises UnreadableError."""
    if is_html(data, source):
        return read_html(data, source)
    text, encoding = decode(data, source)
    blocks, tables = split_tables(text, split_blocks(text))
    return Page(
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        encoding=encoding,
        text=text,
        blocks=blocks,
        tables=tables,
    )
