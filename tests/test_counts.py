"""Declared counts: how many items, fields, mechanisms and tasks a document says it holds."""

from __future__ import annotations

import pytest

from pskg.extract.counts import count_declared
from pskg.model import Span
from pskg.read import Block


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("清单包括八个领域的82个服务项目。", [("domain", 8), ("item", 82)]),
        ("本标准涵盖9个方面、22大类、87个服务项目。", [("domain", 9), ("item", 87)]),
        ("清单包含教育等8个领域，共80项服务。", [("domain", 8), ("item", 80)]),
        ("清单包括十个领域、九十五个项目。", [("domain", 10), ("item", 95)]),
        ("实施标准共涉及80个服务项目。", [("item", 80)]),
        ("本领域服务项目共8项，具体包括：", [("item", 8)]),
        ("建立五大实施机制。", [("mechanism", 5)]),
        ("明确12项重点任务。", [("task", 12)]),
        ("取消12项行政许可。", []),  # not what the document holds
        ("从4个方面开展评价。", []),  # fields of something else: no items follow
        ("按标准补助10个项目。", []),
    ],
)
def test_declared_counts(text: str, expected: list[tuple[str, int]]) -> None:
    counts = count_declared([Block(text, Span(0, len(text)))], [], [])
    assert [(one.of, one.number) for one in counts] == expected
    assert all(one.span.of(text) for one in counts)
