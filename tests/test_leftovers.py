"""Tables that could not be read are reported, not passed off as plain text."""

from __future__ import annotations

from pathlib import Path

from pskg.extract import extract
from pskg.model import Reading, StretchKind
from pskg.read import read_bytes
from pskg.vocabulary import load

HEAD = """甲市人民政府关于印发方案的通知
甲政发〔2019〕3号
一、主要任务
(一)公共教育。
1.扩大学位。新增学位500个。
"""
CELLS = "\n\n".join(f"{word}{row}" for row in range(1, 5) for word in ("甲样", "乙样", "丙样"))


def read(text: str) -> Reading:
    return extract(read_bytes(text.encode(), "page.txt"), load())


def test_a_run_of_cells_under_unknown_headings_is_not_understood() -> None:
    text = f"{HEAD}样一\n样二\n样三\n{CELLS}\n二、保障措施\n"
    reading = read(text)
    (stretch,) = [s for s in reading.coverage if s.kind is StretchKind.NOT_UNDERSTOOD]
    assert stretch.span.of(text).split() == ["样一", "样二", "样三", *CELLS.split()]
    (finding,) = [f for f in reading.findings if f.kind == "not-understood"]
    assert finding.span.of(text).strip() == stretch.span.of(text).strip()


def test_short_paragraphs_and_short_runs_are_plain_text() -> None:
    sentences = "\n".join(f"第{row}句到此为止。" for row in range(20))
    for middle in (sentences, "样一\n样二\n样三"):
        reading = read(f"{HEAD}{middle}\n二、保障措施\n")
        assert not [s for s in reading.coverage if s.kind is StretchKind.NOT_UNDERSTOOD]
        assert not [f for f in reading.findings if f.kind == "not-understood"]


def test_a_marked_table_of_unknown_columns_is_reported() -> None:
    text = f"{HEAD}样一\t样二\n甲\t乙\n丙\t丁\n"
    (finding,) = [f for f in read(text).findings if f.kind == "not-understood"]
    assert finding.span.of(text) == "样一\t样二\n甲\t乙\n丙\t丁"


def test_the_five_documents_have_no_unread_table() -> None:
    folder = Path(__file__).parents[1] / "data" / "documents"
    for path in sorted(folder.glob("*.txt")):
        reading = extract(read_bytes(path.read_bytes(), path.name), load())
        assert not [s for s in reading.coverage if s.kind is StretchKind.NOT_UNDERSTOOD], path.name


def test_a_table_of_fields_in_the_masthead_is_no_unread_table() -> None:
    fields = "<table><tr><td>索引号</td><td>甲1</td></tr><tr><td>栏目</td><td>乙</td></tr></table>"
    page = f"{fields}<p>某某办法</p><p>一、重点任务</p><p>1.甲事。做好。</p><p>2.乙事。做好。</p>"
    reading = extract(read_bytes(page.encode(), "a.html"), load())
    assert not [f for f in reading.findings if f.kind == "not-understood"]
