"""The ledger: every character of a source once, whatever the source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pskg.extract import extract
from pskg.extract.coverage import cover, is_boilerplate
from pskg.model import Span, StretchKind
from pskg.read import Block, SourceError, read_bytes
from pskg.vocabulary import load

CLAIMS = st.lists(
    st.tuples(st.sampled_from(list(StretchKind)), st.integers(0, 38), st.integers(1, 40)).map(
        lambda one: (one[0], Span(min(one[1], one[2] - 1), max(one[1] + 1, one[2])))
    ),
    max_size=12,
)


@given(st.text(alphabet="一二甲乙，。 \n1a", min_size=40, max_size=40), CLAIMS)
def test_stretches_follow_without_a_gap(text: str, claims: list[tuple[StretchKind, Span]]) -> None:
    stretches = cover(text, claims)
    assert [s.span.start for s in stretches] == [0, *(s.span.end for s in stretches[:-1])]
    assert stretches[-1].span.end == len(text)
    ranks = list(StretchKind)
    for stretch in stretches:
        for position in range(stretch.span.start, stretch.span.end):
            if not text[position].isalnum():
                continue
            claimed = [k for k, s in claims if s.start <= position < s.end]
            strongest = min(claimed, key=ranks.index, default=StretchKind.NOT_UNDERSTOOD)
            assert stretch.kind is strongest


def test_an_empty_text_has_no_stretches() -> None:
    assert cover("", []) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("打印本页", True),
        ("【打印】【关闭】", True),
        ("版权所有：某某市人民政府办公室，未经许可不得转载，" + "备案号" * 20, True),  # a notice
        ("打印机等办公设备的配备标准由财政部门会同有关部门另行制定，并按年度调整，" * 2, False),
        ("一、总则", False),
    ],
)
def test_boilerplate(text: str, expected: bool) -> None:
    assert is_boilerplate(Block(text, Span(0, len(text))), load()) is expected


LINES = [
    "国发〔2020〕1号", "关于甲的通知", "一、重点任务", "（一）基本公共教育", "1.甲事。做好。",
    "附件1",
    "序号", "服务项目", "服务对象", "服务标准", "牵头单位", "1", "2", "市教育局", "居民", "指标",
    "2020年", "95", "（责任单位：市教育局、市财政局）", "到2020年，甲率达到95%以上。",
    "包括甲、乙等2项服务。", "根据《甲法》，制定本办法。", "服务对象：居民。", "①甲。乙。②丙。丁。",
    "甲\t乙", "|a|b|", "目录", "2020年1月2日", "市人民政府", "每人每月100元。", "（", "。", "》《",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused_and_every_quote_holds(lines: list[str]) -> None:
    try:
        page = read_bytes("\n".join(lines).encode("utf-8", "replace"), "a.txt")
        reading = extract(page, load())
    except SourceError:
        return
    length = len(page.text)
    ends = [stretch.span.end for stretch in reading.coverage]
    assert [stretch.span.start for stretch in reading.coverage] == [0, *ends[:-1]]
    assert ends[-1] == length
    for facts in (reading.items, reading.tasks, reading.domains, reading.citations,
                  reading.counts, reading.responsibilities, reading.indicators):  # fmt: skip
        for fact in facts:
            assert fact.span.end <= length
    for item in reading.items:
        assert "".join(page.quote(item.span).split()) == item.name
    for task in reading.tasks:
        assert "".join(page.quote(task.span).split()) == task.title
