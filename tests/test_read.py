"""Bytes to a page: encodings, lines, tables, and offsets that never lie."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pskg.model import Span
from pskg.read import Page, UnreadableError, read_bytes
from pskg.read.text import decode, split_blocks, split_tables

TEXT = "各县（市、区）人民政府：\n为了做好服务。"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),  # a mark is no character of the text
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),  # GBK is a part of it
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_decode(data: bytes, encoding: str) -> None:
    assert decode(data, "a.txt") == (TEXT, encoding)


def test_a_few_damaged_bytes_are_read_all_the_same() -> None:
    data = (TEXT * 20).encode()
    text, encoding = decode(data[:30] + b"\xff" + data[30:], "a.txt")
    assert encoding == "utf-8"
    assert text.count("\ufffd") == 1


def test_a_wrongly_declared_encoding_is_not_believed() -> None:
    assert decode(TEXT.encode("gb18030"), "a.txt", declared="utf-8")[1] == "gb18030"
    assert decode(TEXT.encode(), "a.txt", declared="no-such-encoding")[1] == "utf-8"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        ("\u3000\n".encode(), "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"\xd0\xcf\x11\xe0....", "old office"),
        (bytes(range(256)) * 8, "text"),  # anything else that is no text
    ],
)
def test_unreadable(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as caught:
        read_bytes(data, "a.txt")
    assert caught.value.source == "a.txt"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # Bars frame the rows; the ruled line under the heading is none.
        ("|项目|对象|\n|--|:-:|\n|低保|居民|", [["项目", "对象"], ["低保", "居民"]]),
        ("项目\t对象\n低保\t居民", [["项目", "对象"], ["低保", "居民"]]),
        # A tab at either end is an empty cell.
        (
            "类\t项目\t对象\n\t低保\t居民\n\t特困\t",
            [["类", "项目", "对象"], ["", "低保", "居民"], ["", "特困", ""]],
        ),
        # Wide white space parts cells where there are three or more in each line.
        ("序号  项目　对象\n1   低保　　居民", [["序号", "项目", "对象"], ["1", "低保", "居民"]]),
        # The heading of a group stands between rows as wide as each other.
        (
            "序号\t项目\t对象\n一、救助\n1\t低保\t居民\n二、医疗\n（一）保险\n2\t参保\t职工\n注：略。",
            [
                ["序号", "项目", "对象"],
                ["一、救助", "", ""],
                ["1", "低保", "居民"],
                ["二、医疗", "", ""],
                ["（一）保险", "", ""],
                ["2", "参保", "职工"],
            ],
        ),
        # The title of a second table parts it from the first; so does a sentence.
        (
            "序号|项目|对象\n1|低保|居民\n表2\n序号|项目|对象\n1|参保|职工",
            [
                ["序号", "项目", "对象"],
                ["1", "低保", "居民"],
                ["序号", "项目", "对象"],
                ["1", "参保", "职工"],
            ],
        ),
        (
            "1|低保|居民\n2|供养|居民\n另见附件。\n3|参保|职工\n4|补贴|居民",
            [
                ["1", "低保", "居民"],
                ["2", "供养", "居民"],
                ["3", "参保", "职工"],
                ["4", "补贴", "居民"],
            ],
        ),
        # The heading of the columns is gone, the line that ruled it off is not.
        (
            "|--|--|--|\n|1|低保|居民|\n一、医疗\n|2|参保|职工|",
            [["1", "低保", "居民"], ["一、医疗", "", ""], ["2", "参保", "职工"]],
        ),
        # A lone line with a tab is no table.
        ("一\t总则\n为了…", None),
        # Two fields of a masthead in a line are no table.
        ("索引号：1　文号：2\n机构：3　日期：4", None),
    ],
)
def test_tables(text: str, rows: list[list[str]] | None) -> None:
    _, tables = split_tables(text, split_blocks(text))
    found = [[cell.text for cell in row] for table in tables for row in table.rows]
    assert (found or None) == rows


@given(st.text(alphabet="甲 \t\n\r\u2028\u3000\ufeff|│\x0b一、1.（", max_size=60) | st.text())
def test_every_block_stands_where_it_says(text: str) -> None:
    try:
        page = read_bytes(text.encode("utf-8", "replace"), "a.txt")
    except UnreadableError:
        return
    cells = [cell for table in page.tables for row in table.rows for cell in row]
    blocks = [*page.blocks, *(block for cell in cells for block in cell.blocks)]
    for block in blocks:
        assert page.quote(block.span) == block.text
        assert block.text == block.text.strip()
    # Nothing but separators is lost.
    held = "".join(block.text for block in sorted(blocks, key=lambda block: block.span))
    kept = {character for character in page.text if character.isalnum()}
    assert kept <= set(held)


@pytest.mark.parametrize("seed", [" ", "　 甲", "a", "|", "\t", "甲  乙  丙", "甲 \n"])
def test_long_runs_are_read(seed: str) -> None:
    text = "始" + seed * (300_000 // len(seed)) + "终"
    assert read_bytes(text.encode(), "a.txt").text == text


def test_a_page_without_its_boilerplate() -> None:
    page = read_bytes("首页\n总则".encode(), "a.txt")
    assert isinstance(page, Page)
    assert [block.span for block in page.blocks] == [Span(0, 2), Span(3, 5)]
