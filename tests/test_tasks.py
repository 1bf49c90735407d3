"""Undertakings: their kinds, numbers and titles."""

from __future__ import annotations

import pytest

from pskg.extract import extract
from pskg.read import read_bytes
from pskg.vocabulary import load

#: A first line with a number, so that a text without facts is a document all the same.
HEAD = "某某办法\n国发〔2020〕1号\n"


def tasks(text: str) -> list[tuple[str, str, str, str]]:
    reading = extract(read_bytes((HEAD + text).encode(), "a.txt"), load())
    return [(t.kind.value, t.no, t.title, t.domain) for t in reading.tasks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Numbers that restart under each field of service.
        (
            "一、重点任务\n(一)基本公共教育\n1.甲事。做好。\n2.乙事。做好。\n(二)基本医疗卫生\n1.丙事。做好。",
            [
                ("task", "1.1", "甲事", "基本公共教育"),
                ("task", "1.2", "乙事", "基本公共教育"),
                ("task", "2.1", "丙事", "基本医疗卫生"),
            ],
        ),
        # Numbers that run through.
        (
            "一、重点任务\n(一)基本公共教育\n1.甲事。做好。\n(二)基本医疗卫生\n2.丙事。做好。",
            [("task", "1", "甲事", "基本公共教育"), ("task", "2", "丙事", "基本医疗卫生")],
        ),
        # Headings without numbers under a field of service, with and without dashes.
        (
            "一、重点任务\n(一)基本公共教育\n——甲事。做好。\n乙事。做好。",
            [("task", "1.1", "甲事", "基本公共教育"), ("task", "1.2", "乙事", "基本公共教育")],
        ),
        # A heading parted by a colon; one that holds its bodies; one without a stop.
        (
            "一、重点任务\n1.甲事：做好。\n2.乙事（市财政局牵头）\n3.丙事",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", ""), ("task", "3", "丙事", "")],
        ),
        # Points within an undertaking are none; neither are chapters without work in them.
        (
            "一、重点任务\n1.甲事。如下：\n(1)乙。\n①丙。\n二、附则\n施行。",
            [("task", "1", "甲事", "")],
        ),
        # 1.1 under 一、 counts as 1. would.
        (
            "一、重点任务\n1.1甲事。做好。\n1.2乙事。做好。\n二、保障措施\n2.1丙事。做好。",
            [
                ("task", "1.1", "甲事", ""),
                ("task", "1.2", "乙事", ""),
                ("measure", "2.1", "丙事", ""),
            ],
        ),
        # No part is headed as tasks, but most bear a list of bodies.
        (
            "一、甲事。做好。（责任单位：市教育局）\n二、乙事。做好。\n三、总结\n（一）上报。",
            [("task", "1", "甲事", ""), ("task", "2", "乙事", "")],
        ),
        # An enumeration that says what it enumerates.
        (
            "一、总则\n建立三大实施机制，包括：①甲机制。做好。②乙机制。做好。",
            [("mechanism", "1", "甲机制", ""), ("mechanism", "2", "乙机制", "")],
        ),
        # A list of services is no work to be done.
        ("一、幼有所育\n1.优孕服务\n2.儿童服务\n二、学有所教", []),
    ],
)
def test_tasks(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert tasks(text) == expected
