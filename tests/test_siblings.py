"""Losses told by the figure beside, by a leading zero, and by the other half of a bracket."""

from __future__ import annotations

import pytest

from pskg.extract import extract
from pskg.model import Finding, Reading
from pskg.read import read_bytes
from pskg.vocabulary import load

HEAD = """甲市人民政府关于印发方案的通知
甲政发〔2019〕3号
一、主要任务
(一)公共教育。
"""


def read(body: str) -> tuple[Reading, str]:
    text = HEAD + body
    return extract(read_bytes(text.encode(), "page.txt"), load()), text


def table(*rows: str) -> str:
    return "\n".join(["主要指标", "指标", "2015年", "2020年", *rows]) + "\n二、保障措施\n"


def found(reading: Reading, kind: str) -> list[Finding]:
    return [finding for finding in reading.findings if finding.kind == kind]


@pytest.mark.parametrize(
    ("row", "suggestion", "why"),
    [
        (("培训人数(万人)*", "60.7", "2807"), "280.7万人", "46 times what one year of it was"),
        (("改造户数(万户)*", "29", "6.5"), "2.9万户", "one year cannot exceed the whole sum"),
        (("锻炼人数(万人)", "105.3", "1161"), "116.1万人", "eleven times the year before"),
        (("培训人数(万人次)", "031", "1.2"), "0.31万人次", "no number starts with a zero"),
    ],
)
def test_a_lost_point_is_told_by_the_row(row: tuple[str, ...], suggestion: str, why: str) -> None:
    reading, text = read(table(*row, "注:带*号的为累计数。"))
    (finding,) = found(reading, "lost-decimal-point")
    assert finding.suggestion == suggestion, why
    # The finding is on the figure alone: the other year's is not disputed.
    assert finding.span.of(text) in row


@pytest.mark.parametrize(
    "row",
    [
        ("培训人数(万人)*", "0.4134", "14.5723"),  # much more, but it kept its point
        ("服务人次(万)", "97.4401", "150"),  # a round goal is no lost point
        ("新增就业(万人)*", "2.9", "15"),  # five years of 2.9 and a little more
        ("床位数(张)", "1200", "5000"),  # no figure of the row has a point
    ],
)
def test_figures_that_may_be_right_are_left_alone(row: tuple[str, ...]) -> None:
    reading, _ = read(table(*row, "注:带*号的为累计数。"))
    assert found(reading, "lost-decimal-point") == []


@pytest.mark.parametrize(
    ("row", "words", "why"),
    [
        (("服务人次(万)", "12", "16000"), ["12\n16000"], "a thousand times the other"),
        (("普及率(%)", "3", "95"), ["3\n95"], "a share that grows thirtyfold"),
        (("托位数(个)", "0.74", "4.5"), [], "six times as many may be planned"),
        (("普及率(%)", "10", "80"), [], "so may a share that begins low"),
        (("培训人数(万人)*", "2", "95"), [], "a sum over the years"),
    ],
)
def test_two_figures_of_a_row_that_are_far_apart(
    row: tuple[str, ...], words: list[str], why: str
) -> None:
    reading, text = read(table(*row, "注:带*号的为累计数。"))
    told = [one.span.of(text) for one in found(reading, "out-of-range")]
    assert told == words, why


def test_a_point_without_its_other_half() -> None:
    reading, text = read(table("培训人数(万人)", "24.", "26.5"))
    assert [one.span.of(text) for one in found(reading, "lost-character")] == ["24."]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("1.扩大学位。在乡镇街道)新增学位。", "在乡镇街道)"),
        ("1.扩大学位。落实甲市学位规划》的要求。", "落实甲市学位规划》"),
        ("1.扩大学位。在乡镇(街道新增学位。", "(街道新增学位"),
    ],
)
def test_half_a_pair_is_reported(body: str, words: str) -> None:
    reading, text = read(body)
    (finding,) = found(reading, "lost-bracket")
    assert finding.span.of(text).rstrip("。") == words


def test_brackets_of_a_cell_come_in_pairs() -> None:
    reading, text = read(table("文化馆站)年服务人次(万)", "90", "150"))
    (finding,) = found(reading, "lost-bracket")
    assert finding.span.of(text) == "文化馆站)年服务人次(万)"


@pytest.mark.parametrize(
    "body",
    [
        "1.扩大学位。包括:1)新建学位;2)改建学位;a)其他。",
        "1.扩大学位。在乡镇(街道)新增学位(含改建)。",
        "1.扩大学位。在乡镇(街道\n办事处)新增学位。",
    ],
)
def test_numbers_and_broken_lines_are_no_half_pairs(body: str) -> None:
    reading, _ = read(body)
    assert found(reading, "lost-bracket") == []
