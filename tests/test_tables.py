"""Tables: marked, flattened to one cell a line, and labelled cell by cell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pskg.extract.tables import DataTable, TableKind, recover_tables
from pskg.read import UnreadableError, read_bytes
from pskg.vocabulary import load

SERVICES = ["序号", "服务项目", "服务对象", "服务标准", "支出责任", "牵头负责单位"]


def tables(*lines: str) -> tuple[DataTable, ...]:
    return recover_tables(read_bytes("\n".join(lines).encode(), "a.txt"), load())


def rows(*lines: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for t in tables(*lines) for row in t.rows]


ONE = ["1", "低保", "居民", "按月发放。", "地方财政负责。", "市民政局"]
TWO = ["2", "特困供养", "特困人员", "供养到位。", "地方财政负责。", "市民政局、市财政局"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([*SERVICES, *ONE, *TWO], [ONE, TWO]),
        # A column's heading broken over lines.
        (["序号", "服务项目", "服务对象", "服务标准", "支出责任", "牵头负责", "单位", *ONE], [ONE]),
        # Numbers in brackets, of two parts, or with a gap in them.
        (
            [*SERVICES, "（1）", *ONE[1:], "（2）", *TWO[1:]],
            [["（1）", *ONE[1:]], ["（2）", *TWO[1:]]],
        ),
        ([*SERVICES, "1-1", *ONE[1:], "2-1", *TWO[1:]], [["1-1", *ONE[1:]], ["2-1", *TWO[1:]]]),
        ([*SERVICES, *ONE, "4", *TWO[1:]], [ONE, ["4", *TWO[1:]]]),
        # Cells broken over lines: at a comma, and a standard of several sentences.
        (
            [
                *SERVICES,
                *ONE[:3],
                "按月发放，",
                "另有补贴。",
                ONE[4],
                "市民政局、",
                "市财政局",
                *TWO,
            ],
            [[*ONE[:3], "按月发放，另有补贴。", ONE[4], "市民政局、市财政局"], TWO],
        ),
        # A sentence broken in its middle, below the sentence of the column before.
        (
            [
                *("序号", "服务项目", "服务内容", "服务标准", "牵头负责单位"),
                *("1", "低保", "按月发放。", "每人每月60元，另有", "每季补贴20元。", "市民政局"),
            ],
            [["1", "低保", "按月发放。", "每人每月60元，另有每季补贴20元。", "市民政局"]],
        ),
        # The last row's broken cells are not cut off.
        (
            [*SERVICES, *TWO[:3], "供养到位。", "随时调整。", *TWO[4:], "附件2"],
            [[*TWO[:3], "供养到位。随时调整。", *TWO[4:]]],
        ),
        # An item with the name of a field of service is no group's heading.
        ([*SERVICES, "1", "公共文化", *ONE[2:], *TWO], [["1", "公共文化", *ONE[2:]], TWO]),
        # A name broken over lines: its second line tells a deed, not for whom it is done.
        (
            [*SERVICES, "1", "传染病及突发事件", "报告和处理", *ONE[2:], *TWO],
            [["1", "传染病及突发事件报告和处理", *ONE[2:]], TWO],
        ),
        # A cell of money broken over lines.
        (
            [*SERVICES, *ONE[:4], "中央与地方共同", "承担。", ONE[5], *TWO],
            [[*ONE[:4], "中央与地方共同承担。", ONE[5]], TWO],
        ),
        # A heading between known ones that only ends like one.
        (["序号", "财政共同事项", *SERVICES[2:], *ONE, *TWO], [ONE, TWO]),
        # Without numbers.
        ([*SERVICES[1:], *ONE[1:], *TWO[1:]], [ONE[1:], TWO[1:]]),
    ],
)
def test_flattened_service_list(lines: list[str], expected: list[list[str]]) -> None:
    assert rows(*lines) == expected


#: A list whose cells are no sentences and whose last column says how many it reaches.
REACH = ["服务项目", "服务对象", "保障标准", "支出责任", "覆盖水平"]
LOAN = ["家具借用", "新迁入的居民", "免费借用两个月", "市县财政承担", "目标人群覆盖率100%"]
WALK = ["伴行服务", "独居老人", "每人每年伴行40次", "区政府负责，市财政补助", "年伴行20万人次"]
REPAIR = ["旧屋修缮", "住房困难的家庭", "每户补助3000元", "地方政府负责", "逐步实现应修尽修"]
#: What stands behind such a list.
BEHIND = ["第三节 保障工程", "“十四五”时期，建设一批项目。", "◎驿站建设工程。建设驿站20个。"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([*REACH, *LOAN, *WALK, *REPAIR], [LOAN, WALK, REPAIR]),
        # The next heading, a paragraph or a point of the text ends it.
        ([*REACH, *LOAN, *WALK, *BEHIND], [LOAN, WALK]),
        ([*REACH, *LOAN, *WALK, "四、组织实施", "(一)加强领导。各地要重视。"], [LOAN, WALK]),
        ([*REACH, *LOAN, *WALK, "为落实上述标准，各地区要把经费列入预算。"], [LOAN, WALK]),
        ([*REACH, *LOAN, *WALK, "专栏4 驿站建设", "建设驿站20个。"], [LOAN, WALK]),
        # A broken cell moves none of the others.
        (
            [*REACH, *LOAN, WALK[0], "独居老人和", "行动不便的老人", *WALK[2:], *REPAIR],
            [LOAN, [WALK[0], "独居老人和行动不便的老人", *WALK[2:]], REPAIR],
        ),
        (
            [*REACH, *LOAN, WALK[0], "独居和其他", "行动不便的老人", *WALK[2:], *REPAIR],
            [LOAN, [WALK[0], "独居和其他行动不便的老人", *WALK[2:]], REPAIR],
        ),
        (
            [*REACH, *LOAN, *WALK[:3], "区政府负责，", "市财政补助", WALK[4], *REPAIR],
            [LOAN, WALK, REPAIR],
        ),
        # Nor does a lost one.
        ([*REACH, *LOAN, *WALK[:4], *REPAIR], [LOAN, [*WALK[:4], ""], REPAIR]),
        ([*REACH, *LOAN, *WALK[:3], WALK[4], *REPAIR], [LOAN, [*WALK[:3], "", WALK[4]], REPAIR]),
        # Columns in another order.
        (
            [line for row in (REACH, LOAN, WALK, REPAIR) for line in (row[0], *row[:0:-1])],
            [[row[0], *row[:0:-1]] for row in (LOAN, WALK, REPAIR)],
        ),
        # The headings once more on a new page.
        ([*REACH, *LOAN, *REACH, *WALK], [LOAN, WALK]),
        # A column of numbers whose numbers a word processor made and the text has lost.
        (["序号", *REACH, *LOAN, *WALK, *BEHIND], [["", *LOAN], ["", *WALK]]),
        # With numbers: the last row ends where its cells do.
        (["序号", *REACH, "1", *LOAN, "2", *WALK, *BEHIND], [["1", *LOAN], ["2", *WALK]]),
        # A field of service whose cell spans the rows below it.
        (["领域", *REACH, "住房", *LOAN, *WALK], [["住房", *LOAN], ["", *WALK]]),
    ],
)
def test_flattened_list_without_numbers(lines: list[str], expected: list[list[str]]) -> None:
    assert rows(*lines) == expected


@pytest.mark.parametrize("numbered", [True, False])
def test_narrow_columns_break_their_lines_at_their_widths(numbered: bool) -> None:
    kinds = ("家具", "书报", "乐器", "球具", "工具", "雨具")
    want = [
        [
            f"{kind}借用服务",
            f"新近迁入本区并且尚未购置{kind}的居民和其他有需要的家庭",
            f"免费借用{kind}两个月，到期以后可以再续借一次，损坏的由借用人照价赔偿",
            "由区财政承担，市财政适当补助",
            f"{kind}借用覆盖率达到百分之九十以上",
        ]
        for kind in kinds
    ]
    head = ["序号", *REACH] if numbered else REACH
    lines = list(head)
    for number, row in enumerate(want, 1):
        lines += [str(number)] if numbered else []
        for width, cell in zip((8, 12, 15, 20, 20), row, strict=True):
            lines += [cell[at : at + width] for at in range(0, len(cell), width)]
    assert [row[-5:] for row in rows(*lines)] == want


def test_groups_in_a_list_without_numbers() -> None:
    (table,) = tables(*REACH, "一、基本公共教育", *LOAN, *WALK, "二、基本住房保障", *REPAIR)
    assert [row.group.text for row in table.rows if row.group] == [
        *["基本公共教育"] * 2,
        "基本住房保障",
    ]
    assert [row.cells[0].text for row in table.rows] == [LOAN[0], WALK[0], REPAIR[0]]


def test_a_list_ends_where_another_table_has_its_headings() -> None:
    found = tables(*REACH, *LOAN, "序号", "任务", "责任单位", "1", "建校。", "市教育局")
    assert [[cell.text for cell in row.cells] for table in found for row in table.rows] == [
        LOAN,
        ["1", "建校。", "市教育局"],
    ]
    found = tables("序号", *REACH, "1", *LOAN, *REACH[:4], *WALK[:4])
    assert [[cell.text for cell in row.cells] for table in found for row in table.rows] == [
        ["1", *LOAN],
        WALK[:4],
    ]


def test_a_group_between_lines_that_wide_space_parts() -> None:
    (table,) = tables("　　".join(REACH), "一、社区服务", "　　".join(LOAN), "　　".join(WALK))
    assert [row.group.text for row in table.rows if row.group] == ["社区服务"] * 2
    assert [[cell.text for cell in row.cells] for row in table.rows] == [LOAN, WALK]


def test_a_list_ends_where_the_next_chapter_begins() -> None:
    found = tables(
        *("第三章 教育", "专栏1 教育标准", *REACH, *LOAN, "第四章 住房", "本章说明住房。"),
        *("专栏2 住房标准", *REACH, *WALK, *REPAIR, "第五章 实施", "加强领导。"),
    )
    names = [[table.cell(row, "name").text for row in table.rows] for table in found]
    assert names == [[LOAN[0]], [WALK[0], REPAIR[0]]]
    numbered = tables(
        *("序号", *REACH, "1", *LOAN, "第四章 住房", "本章说明住房。"),
        *("序号", *REACH, "2", *WALK, "3", *REPAIR),
    )
    assert [[row.number for row in table.rows] for table in numbered] == [["1"], ["2", "3"]]


@pytest.mark.parametrize(
    ("between", "group"),
    [
        (["二、基本社会服务"], "二、基本社会服务"),
        (["二、基本社会服务", "3.困难救助服务"], "二、基本社会服务"),  # the outermost counts
        (["（二）困难救助服务"], "一、基本公共教育"),  # a part of the field goes below it
        (["困难帮扶"], "困难帮扶"),  # no known field, but below the bodies and above a number
        (SERVICES, "一、基本公共教育"),  # a new page repeats the headings
    ],
)
def test_groups_between_rows(between: list[str], group: str) -> None:
    (table,) = tables(*SERVICES, "一、基本公共教育", *ONE, *between, *TWO)
    headings = [row.heading.text if row.heading else "" for row in table.rows]
    assert headings == ["一、基本公共教育", group]
    assert [row.cells[1].text for row in table.rows] == ["低保", "特困供养"]


def test_headings_broken_alike_on_every_page_are_in_no_row() -> None:
    headings = [*SERVICES[:3], "服务内容", *SERVICES[3:5], "牵头负责", "单位"]
    (table,) = tables(
        *headings, "一、劳动就业", *ONE[:3], "提供帮扶。", *ONE[3:],
        "— 9 —", *headings, "二、社会服务", *TWO[:3], "给予供养。", *TWO[3:],
    )  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        [*ONE[:3], "提供帮扶。", *ONE[3:]],
        [*TWO[:3], "给予供养。", *TWO[3:]],
    ]
    assert [row.group.text for row in table.rows if row.group] == ["劳动就业", "社会服务"]


def test_a_numbered_list_of_what_is_given_needs_only_its_standard() -> None:
    (table,) = tables(
        "序号", "补助事项", "补助标准",
        "农村帮扶", "1", "棚舍补助", "每户500元。",
        "渔民帮扶", "2", "船只补助", "按吨位确定。另有规定的，从其规定。",
    )  # fmt: skip
    assert table.kind is TableKind.SERVICES
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["1", "棚舍补助", "每户500元。"],
        ["2", "船只补助", "按吨位确定。另有规定的，从其规定。"],
    ]
    # A short line below sentences that is none heads what follows, known as a field or not.
    assert [row.group.text for row in table.rows if row.group] == ["农村帮扶", "渔民帮扶"]


def test_a_row_may_go_by_the_name_of_a_field() -> None:
    (table,) = tables(
        "财政事权事项", "主要内容", "事权归属", "支出责任及分担方式",
        "一、公共卫生",
        "基本公共卫生服务", "建档等。", "共同财政事权", "省财政负责。",
        "疫病防控", "防控等。", "中央财政事权", "中央财政承担。",
        "二、医疗保障",
        "医疗救助", "资助参保。", "共同财政事权", "县财政承担。",
    )  # fmt: skip
    assert [table.cell(row, "name").text for row in table.rows] == [
        "基本公共卫生服务",
        "疫病防控",
        "医疗救助",
    ]
    assert [row.group.text for row in table.rows if row.group] == ["公共卫生"] * 2 + ["医疗保障"]
    assert table.cell(table.rows[0], "funding").text == "省财政负责。"


def test_parts_without_numbers_leave_the_field_in_place() -> None:
    (table,) = tables(
        *SERVICES, "幼有所育", "婴幼儿服务", *ONE, "少儿关怀", *TWO, "学有所教", "3", *ONE[1:]
    )
    assert [row.group.text for row in table.rows if row.group] == ["幼有所育"] * 2 + ["学有所教"]


def test_a_heading_below_a_row_that_lacks_a_cell_is_no_part_of_it() -> None:
    (table,) = tables(*SERVICES, "一、教育", *ONE[:3], *ONE[4:], "二、民政", *TWO)
    assert [row.group.text for row in table.rows if row.group] == ["教育", "民政"]
    assert table.rows[0].cells[-1].text == ONE[-1]


def test_a_name_broken_over_lines_stays_in_its_column_of_bodies() -> None:
    (table,) = tables(
        *("序号", "工作任务", "牵头单位", "配合单位", "完成时限"),
        *("1", "环境整治", "县水利局", "县交通局、各乡镇", "卫生院", "9月底"),
        *("2", "植树", "县林业局", "县残联", "6月底"),
    )
    assert [cell.text for cell in table.rows[0].cells[2:]] == [
        "县水利局",
        "县交通局、各乡镇卫生院",
        "9月底",
    ]


def test_cells_of_an_entry_in_one_paragraph() -> None:
    text = "服务对象：居民。服务内容：发放。服务标准：每月发放。牵头负责单位：市民政局。"
    (table,) = tables("一、民政", f"1.低保。{text}", f"2.特困供养。{text}")
    assert [table.cell(row, "name").text for row in table.rows] == ["低保", "特困供养"]
    assert [table.cell(row, "standard").text for row in table.rows] == ["每月发放。"] * 2


def page(*rows: str) -> tuple[DataTable, ...]:
    html = f"<p>某某办法</p><table border=1>{''.join(rows)}</table>"
    return recover_tables(read_bytes(html.encode(), "a.html"), load())


def tr(*cells: str) -> str:
    return f"<tr>{''.join(c if c.startswith('<') else f'<td>{c}</td>' for c in cells)}</tr>"


def wide(text: str) -> str:
    return f"<tr><td colspan=6>{text}</td></tr>"


TOP = tr(*SERVICES)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Two levels of headings; the headings repeated on a new page; a note.
        (
            [TOP, wide("一、民政"), wide("1.救助"), tr(*ONE), TOP, wide("2.供养"), tr(*TWO),
             wide("注：按月。")],
            [("低保", "民政"), ("特困供养", "民政")],
        ),
        # A heading of which only the end is known.
        (
            [tr("序号", "财政共同事项", *SERVICES[2:]), tr(*ONE), tr(*TWO)],
            [("低保", ""), ("特困供养", "")],
        ),
        # Columns for the field and for its part.
        (
            [tr("领域", "类别", *SERVICES), tr("<td rowspan=2>民政", "<td rowspan=2>救助", *ONE),
             tr(*TWO)],
            [("低保", "民政"), ("特困供养", "民政")],
        ),
        # A class of services, whose cell covers several rows, beside their names.
        (
            [tr("服务项目", "序号", "具体服务项目", *SERVICES[2:]), tr("<td rowspan=2>救助", *ONE),
             tr(*TWO)],
            [("低保", "救助"), ("特困供养", "救助")],
        ),
        # One heading over the number and the name.
        (
            [tr("<td colspan=2>服务项目</td>", *SERVICES[2:]), tr(*ONE), tr(*TWO)],
            [("低保", ""), ("特困供养", "")],
        ),
        # The end of a cell that a new page tore off heads no group.
        (
            [TOP, tr(*ONE), tr("", "", "", "另有补贴。", "", ""), tr(*TWO)],
            [("低保", ""), ("特困供养", "")],
        ),
    ],
)  # fmt: skip
def test_marked_service_list(rows: list[str], expected: list[tuple[str, str]]) -> None:
    (table,) = page(*rows)
    named = [
        (table.cell(row, "name").text, row.group.text if row.group else "") for row in table.rows
    ]
    assert named == expected


def test_a_table_goes_on_in_the_next_one_below_the_same_group() -> None:
    first, second = page(
        TOP, wide("一、民政"), tr(*ONE), "</table><p>第2页</p><table border=1>", TOP, tr(*TWO)
    )
    assert [first.rows[0].group, second.rows[0].group] == [first.rows[0].group] * 2
    assert second.rows[0].group is not None


def test_headings_of_two_rows_above_classes_and_names() -> None:
    head = '<td colspan="3">财政事权事项</td><td rowspan="2">支出责任</td>'
    first = '<td rowspan="3">卫生</td><td rowspan="2">防病</td><td>接种</td><td>省承担。</td>'
    (table,) = page(
        f"<tr>{head}</tr>",
        tr("一级", "二级", "三级"),
        f"<tr>{first}</tr>",
        tr("体检", "县承担。"),
        tr("救治", "急救", "市承担。"),
    )
    assert [table.cell(row, "name").text for row in table.rows] == ["接种", "体检", "急救"]
    assert {table.cell(row, "domain").text for row in table.rows} == {"卫生"}


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["项目名称", "主要内容", "牵头单位"], TableKind.DIVISION),
        (["项目名称", "建设内容", "资金来源", "牵头单位"], TableKind.DIVISION),
        (["服务项目", "服务内容", "牵头单位"], TableKind.SERVICES),
        (["项目名称", "保障对象", "保障标准", "责任单位"], TableKind.SERVICES),
        (["财政共同事项", "支出责任及分担方式"], TableKind.SERVICES),
        (["序号", "补贴项目", "补贴标准"], TableKind.SERVICES),
    ],
)
def test_works_are_told_from_services(headings: list[str], kind: TableKind) -> None:
    words = ["建学校", "建2所。", "县财政安排。", "县教育局"]
    (table,) = page(tr(*headings), tr(*words[: len(headings) - 1], words[-1]))
    assert table.kind is kind


def test_numbers_start_anew_below_a_group() -> None:
    (table,) = tables(*SERVICES, "一、教育", *ONE, *TWO, "二、民政", *ONE, *TWO, "3", *ONE[1:])
    assert [row.number for row in table.rows] == ["1", "2", "1", "2", "3"]
    assert [row.group.text for row in table.rows if row.group] == ["教育"] * 2 + ["民政"] * 3


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["指标", "2015年", "2020年", "巩固率（%）", "93", "95", "就业（万人）", "—", ">5"],
            [["巩固率（%）", "93", "95"], ["就业（万人）", "—", ">5"]],
        ),
        # The running number is no figure.
        (
            [
                "序号",
                "指标",
                "2015年",
                "2020年",
                "1",
                "巩固率",
                "93",
                "95",
                "2",
                "托位数",
                "1",
                "4",
            ],
            [["1", "巩固率", "93", "95"], ["2", "托位数", "1", "4"]],
        ),
        # The attribute may be missing; a number before the name is taken off it.
        (
            [
                "指标名称",
                "单位",
                "2025年",
                "属性",
                "1.托位数",
                "个",
                "4.5",
                "预期性",
                "2.床位",
                "张",
                "5",
            ],
            [["托位数", "个", "4.5", "预期性"], ["床位", "张", "5", ""]],
        ),
        # What is no sequence stays: 3岁以下 is part of a name.
        (["指标", "2025年", "3.5岁儿童", "4.5"], [["3.5岁儿童", "4.5"]]),
    ],
)
def test_flattened_indicators(lines: list[str], expected: list[list[str]]) -> None:
    assert rows(*lines) == expected


def test_a_caption_that_reads_like_a_heading_is_no_column() -> None:
    (table,) = tables("重点任务", "序号", "任务", "责任单位", "1", "建校。", "市教育局")
    assert [column.holds for column in table.columns] == ["no", "task", "responsible"]
    assert table.caption is not None
    assert table.caption.text == "重点任务"


def test_no_table_in_running_text() -> None:
    assert tables("一、总则", "项目", "标准", "为了做好工作。", "二、附则", "施行。") == ()
    assert tables("责任单位：市教育局", "完成时限：2020年") == ()  # labels, but of no service


@given(
    st.lists(
        st.sampled_from(
            [
                *SERVICES,
                *ONE,
                *TWO,
                "一、教育",
                "附件1",
                "服务对象：甲",
                "注：乙",
                "指标",
                "2020年",
                "93",
                "1.",
                "责任单位",
                "任务",
                "。",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_lines_give_rows_within_the_text(lines: list[str]) -> None:
    try:
        page = read_bytes("\n".join(lines).encode(), "a.txt")
    except UnreadableError:
        return
    end = 0
    for table in recover_tables(page, load()):
        assert table.span.start >= end  # tables do not overlap
        end = table.span.end
        for row in table.rows:
            assert len(row.cells) == len(table.columns)
            for cell in row.cells:
                assert not cell or table.span.covers(cell.span)
