"""Headings and numbering."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pskg.extract.outline import build_outline, split_title
from pskg.model import Span
from pskg.read import Block
from pskg.read.text import split_blocks


def outline(text: str) -> list[tuple[int, str, str]]:
    found = build_outline(tuple(split_blocks(text)))
    return [(node.level, node.number, node.name) for node in found.walk()]


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("第一章 总则\n第二节 目标", [(1, "第一章", "总则"), (2, "第二节", "目标")]),
        ("第二部分 任务", [(1, "第二部分", "任务")]),
        ("第三部门参与服务。", []),  # a word, no part
        (
            "一、总则\n(一)目标\n1.教育\n(1)小学\n①校舍",
            [
                (3, "一、", "总则"),
                (4, "(一)", "目标"),
                (5, "1.", "教育"),
                (6, "(1)", "小学"),
                (7, "①", "校舍"),
            ],
        ),
        (
            "一．总则\n（ 一 ）目标\n１、教育\n1）小学",
            [(3, "一．", "总则"), (4, "（ 一 ）", "目标"), (5, "１、", "教育"), (6, "1）", "小学")],
        ),
        ("㈠目标\n⒈教育\n⑴小学", [(4, "㈠", "目标"), (5, "⒈", "教育"), (6, "⑴", "小学")]),
        # A number within its parent's counts in sequence; a figure does not.
        (
            "1.教育\n1.1小学\n1.2中学\n1.5万人受益",
            [(5, "1.", "教育"), (6, "1.1", "小学"), (6, "1.2", "中学")],
        ),
        (
            "二、任务\n2.1教育\n2.2卫生",
            [(3, "二、", "任务"), (5, "2.1", "教育"), (5, "2.2", "卫生")],
        ),
        # Lost points and brackets, in sequence only.
        ("一、任务\n1.甲\n2乙事", [(3, "一、", "任务"), (5, "1.", "甲"), (5, "2", "乙事")]),
        ("一、任务\n1.甲\n2个县", [(3, "一、", "任务"), (5, "1.", "甲")]),
        # Numbers that run on through the chapters have lost their points as well.
        (
            "一、甲\n1.乙\n2.丙\n二、丁\n3强化监管\n三、戊\n3个县",
            [
                (3, "一、", "甲"),
                (5, "1.", "乙"),
                (5, "2.", "丙"),
                (3, "二、", "丁"),
                (5, "3", "强化监管"),
                (3, "三、", "戊"),
            ],
        ),
        # A name may open with figures; a figure is none.
        (
            "一、甲\n1.乙\n2.12345热线\n3.5G网络\n4.365人才行动\n5.300人参加",
            [
                (3, "一、", "甲"),
                (5, "1.", "乙"),
                (5, "2.", "12345热线"),
                (5, "3.", "5G网络"),
                (5, "4.", "365人才行动"),
            ],
        ),
        (
            "（一）甲\n（二乙事\n三）丙",
            [(4, "（一）", "甲"), (4, "（二", "乙事"), (4, "三）", "丙")],
        ),
        ("一、甲\n二　乙事", [(3, "一、", "甲"), (3, "二", "乙事")]),
        ("一、甲\n三　乙事", [(3, "一、", "甲")]),
        # A table of contents is none of the document's parts.
        ("目  录\n一、甲……1\n二、乙……2\n一、甲\n二、乙", [(3, "一、", "甲"), (3, "二、", "乙")]),
        ("目录\n一、甲\n二、乙\n一、甲\n文\n二、乙", [(3, "一、", "甲"), (3, "二、", "乙")]),
        # An article, but not the mention of one; a box, and what goes on behind it.
        (
            "第一章 总则\n第一条 甲。\n第二条规定的乙。\n第二条 丙。\n（一）丁。",
            [
                (1, "第一章", "总则"),
                (3, "第一条", "甲"),
                (3, "第二条", "丙"),
                (4, "（一）", "丁"),
            ],
        ),
        (
            "（一）甲\n专栏1 工程\n1.乙\n2.丙\n（1）丁\n（二）戊\n专栏2 工程\n（三）己",
            [
                (4, "（一）", "甲"),
                (5, "专栏1", "工程"),
                (10, "1.", "乙"),
                (10, "2.", "丙"),
                (11, "（1）", "丁"),
                (4, "（二）", "戊"),
                (5, "专栏2", "工程"),
                (4, "（三）", "己"),
            ],
        ),
        # The points of a note are none of the chapter's.
        ("1.甲\n注：1.乙。\n2.丙。\n2.丁", [(5, "1.", "甲"), (5, "2.", "丁")]),
        # The list of annexes is no heading; an annex is, and holds its own chapters.
        ("附件：1.清单\n2.分工\n附件1\n第一章 总则", [(1, "1", ""), (1, "第一章", "总则")]),
    ],
)
def test_outline(text: str, nodes: list[tuple[int, str, str]]) -> None:
    assert outline(text) == nodes


def test_a_chapter_of_an_annex_is_within_it() -> None:
    found = build_outline(tuple(split_blocks("第一章 甲\n附件1\n第一章 乙\n附件2\n丙")))
    parents = [node.parent.name or node.parent.number for node in found.walk() if node.parent]
    assert parents == ["", "", "1", ""]


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("义务教育。统筹推进。", "义务教育", "统筹推进。"),
        ("健全服务体系2015年,基本建成。", "健全服务体系", "2015年,基本建成。"),
        ("优化布局：新建学校。", "优化布局：", "新建学校。"),
        ("优化布局　新建学校。", "优化布局", "新建学校。"),
        (
            "优化学校布局 新建城区学校，改建乡村学校。",
            "优化学校布局",
            "新建城区学校，改建乡村学校。",
        ),
        # A space within a title or a bracket is none between words.
        (
            "强化绩效管理 各地要按《甲委 乙府的意见》（以下 简称意见）抓好落实。",
            "强化绩效管理",
            "各地要按《甲委 乙府的意见》（以下 简称意见）抓好落实。",
        ),
        # Spaces that a conversion left say nothing.
        ("新建城区 学校，改建 乡村学校和托育园。", "新建城区 学校，改建 乡村学校和托育园", None),
        ("完善路网到2030年，建成十条路。", "完善路网", "到2030年，建成十条路。"),
        (
            "健全服务网络，改善基础条件到2030年，建成十条路。",
            "健全服务网络，改善基础条件",
            "到2030年，建成十条路。",
        ),
        (
            "统筹城乡发展，全市各县到2030年，建成十条路。",
            "统筹城乡发展，全市各县到2030年，建成十条路",
            None,
        ),
        ("力争到2030年，建成十条路和三座桥。", "力争到2030年，建成十条路和三座桥", None),
        ("按8:2分担。其余自筹。", "按8:2分担", "其余自筹。"),  # a ratio, no heading
        ("加强监督（市教育局牵头）", "加强监督", "（市教育局牵头）"),
        ("加强监督（市教育局、市财政局）", "加强监督", "（市教育局、市财政局）"),
        ("新建中心（含市县两级）", "新建中心（含市县两级）", None),
        ("救助（含低保、特困）标准。提高。", "救助（含低保、特困）标准", "提高。"),
        ("落实《办法。试行》要求。抓好。", "落实《办法。试行》要求", "抓好。"),
        ("教育", "教育", None),
    ],
)
def test_split_title(text: str, title: str, rest: str | None) -> None:
    first, second = split_title(Block(text, Span(7, 7 + len(text))))
    assert (first.text, second.text if second else None) == (title, rest)
    assert first.start == 7
    assert second is None or text[second.start - 7 :].startswith(second.text)


@given(
    st.lists(st.text(alphabet="一二（）()1.、①第章节附件目录甲。 \u3000", min_size=1, max_size=12))
)
def test_no_block_is_lost_or_doubled(lines: list[str]) -> None:
    blocks = tuple(split_blocks("\n".join(lines)))
    found = build_outline(blocks)
    held = [*found.head, *found.annexes]
    for node in found.walk():
        assert node.heading is not None
        held += [node.heading, *node.blocks]
    assert sorted(held, key=lambda block: block.span) == list(blocks)
