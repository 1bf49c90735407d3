"""Tables that say who does what: titles, numbers, fields of service and bodies of their rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pskg.extract import extract
from pskg.model import Reading
from pskg.read import read_bytes
from pskg.vocabulary import load

TITLE = "某市人民政府办公室关于做好民生工作的通知\n某政办发〔2023〕5号\n"
HEAD = ["序号", "项目内容", "牵头单位", "配合单位"]


def td(text: str, rows: int = 1, columns: int = 1) -> str:
    return f"<td rowspan={rows} colspan={columns}>{text}</td>"


def read(rows: Sequence[Sequence[str]], caption: str = "任务分工表") -> Reading:
    """The facts of a page with a table of these rows; a cell may be written as ``<td …>``."""
    cells = ("".join(c if c.startswith("<td") else f"<td>{c}</td>" for c in row) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    page = (
        "<p>某市人民政府办公室关于做好民生工作的通知</p><p>某政办发〔2023〕5号</p>"
        f"<p>{caption}</p><table>{table}</table>"
    )
    return extract(read_bytes(page.encode(), "a.html"), load())


def works(rows: Sequence[Sequence[str]]) -> list[tuple[str, str, str]]:
    return [(task.no, task.title, task.domain) for task in read(rows).tasks]


def bodies(rows: Sequence[Sequence[str]]) -> list[tuple[str, str, str]]:
    found = read(rows).responsibilities
    return [(one.subject.no, one.body.name, one.role.value) for one in found]


def row(number: str, words: str, *others: str) -> list[str]:
    return [number, words, *(others or ("市教育局", "市财政局"))]


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("新增学位200个,改善条件。支持社会力量办学。", "新增学位200个,改善条件"),
        ("建设学校。", "建设学校"),
        # A heading in a paragraph of its own, and one that a colon parts from its text.
        ("<p>优质教育</p><p>新建学校2所，新增学位200个。</p>", "优质教育"),
        ("优质教育：新建学校2所，新增学位200个。", "优质教育"),
        # A sentence broken over lines.
        ("新建乡镇综合应急<br>消防站。年底投用。", "新建乡镇综合应急消防站"),
        # Several points in one cell.
        ("1.新建学校2所；2.招聘教师20名；3.开展培训。", "新建学校2所"),
        ("<p>1.新建学校2所；</p><p>2.招聘教师20名。</p>", "新建学校2所"),
    ],
)
def test_the_title_of_a_row_is_its_heading_or_first_sentence(cell: str, title: str) -> None:
    assert works([HEAD, row("1", cell)]) == [("1", title, "")]


def test_rows_stand_in_the_field_of_service_of_the_heading_above_them() -> None:
    rows = [
        HEAD,
        [td("一、公共教育（2项）", columns=4)],
        row("1", "甲事。做好。"),
        row("2", "乙事。做好。"),
        [td("二、便民利民", columns=4)],
        row("3", "丙事。做好。"),
        [td("三、加快智慧城市建设", columns=4)],
        row("4", "丁事。做好。"),
    ]
    assert works(rows) == [
        ("1", "甲事", "公共教育"),
        ("2", "乙事", "公共教育"),
        ("3", "丙事", "便民利民"),
        ("4", "丁事", ""),
    ]


def test_numbers_that_start_anew_under_each_heading_have_its_number_before_them() -> None:
    rows = [
        HEAD,
        [td("一、公共教育", columns=4)],
        row("1", "甲事"),
        row("2", "乙事"),
        [td("二、住房保障", columns=4)],
        row("1", "丙事"),
    ]
    assert [no for no, _, _ in works(rows)] == ["1.1", "1.2", "2.1"]


def test_numbers_before_the_words_are_those_of_the_rows() -> None:
    rows = [HEAD[1:], ["3.建设学校。", *row("", "")[2:]], ["4.改造住房。", *row("", "")[2:]]]
    assert works(rows) == [("3", "建设学校", ""), ("4", "改造住房", "")]


def test_a_cell_of_work_that_covers_numbered_rows_is_a_class_of_works() -> None:
    rows = [
        ["序号", "重点任务", "具体措施", "牵头单位", "配合单位"],
        ["1", td("学有所教", 2), "建设学校。年底投用。", td("市教育局", 2), "市财政局"],
        ["2", "招聘教师。", "市人社局<br>市委编办"],
        ["3", "住有所居", "改造住房。", "市住建局", "——"],
    ]
    assert works(rows) == [
        ("1", "建设学校", "学有所教"),
        ("2", "招聘教师", "学有所教"),
        ("3", "改造住房", "住有所居"),
    ]
    assert bodies(rows) == [
        ("1", "市教育局", "lead"),
        ("2", "市教育局", "lead"),
        ("1", "市财政局", "cooperating"),
        ("2", "市人社局", "cooperating"),
        ("2", "市委编办", "cooperating"),
        ("3", "市住建局", "lead"),
    ]


def test_goals_in_sentences_do_not_make_a_table_of_indicators() -> None:
    rows = [
        ["序号", "项目名称", "年度目标", "责任领导", "责任单位"],
        [
            "1",
            "甲事",
            "新建学校3所，新增学位90个。",
            "张三",
            "市教育局（牵头）<br>市财政局（配合）",
        ],
        ["2", "乙事", "改造住房20户。", "李四", "市住建局"],
    ]
    reading = read(rows)
    assert [(one.no, one.title) for one in reading.tasks] == [("1", "甲事"), ("2", "乙事")]
    assert [(one.subject.no if one.subject else "", one.value) for one in reading.indicators] == [
        ("1", "3"),
        ("1", "90"),
        ("2", "20"),
    ]
    assert bodies(rows) == [
        ("1", "市教育局", "lead"),
        ("1", "市财政局", "cooperating"),
        ("2", "市住建局", "responsible"),
    ]


def test_headings_in_two_rows_below_a_title_and_again_on_the_next_page() -> None:
    head = [
        [td("序号", 2), td("工作任务", 2), td("责任单位", columns=2), td("完成时限", 2)],
        ["牵头", "配合"],
    ]
    rows = [
        [td("2023年民生实事任务分解表", columns=5)],
        *head,
        ["1", "甲事", "市教育局", "市财政局", "年底"],
        *head,
        ["2", "乙事", "市民政局", "市财政局", "年底"],
    ]
    assert [(one.title, one.section) for one in read(rows, "附件").tasks] == [
        ("甲事", "2023年民生实事任务分解表"),
        ("乙事", "2023年民生实事任务分解表"),
    ]
    assert bodies(rows) == [
        ("1", "市教育局", "lead"),
        ("1", "市财政局", "cooperating"),
        ("2", "市民政局", "lead"),
        ("2", "市财政局", "cooperating"),
    ]


def test_figures_are_those_of_their_own_row_where_cells_cover_several() -> None:
    rows = [
        ["工作任务", "具体举措", "牵头单位"],
        [td("甲事", 2), "新建学校5所。", td("市教育局", 2)],
        ["招聘教师20名。"],
    ]
    found = read(rows).indicators
    assert [(one.subject.title, one.value) for one in found if one.subject] == [
        ("新建学校5所", "5"),
        ("招聘教师20名", "20"),
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("市教育局（牵头）、市财政局", [("市教育局", "lead"), ("市财政局", "responsible")]),
        ("市教育局（牵头单位）<br>市财政局", [("市教育局", "lead"), ("市财政局", "responsible")]),
        (
            "市教育局（牵头），市财政局、市人社局（配合）",
            [("市教育局", "lead"), ("市财政局", "cooperating"), ("市人社局", "cooperating")],
        ),
        (
            "<p>牵头单位：市教育局</p><p>配合单位：市财政局</p>",
            [("市教育局", "lead"), ("市财政局", "cooperating")],
        ),
        (
            "市级：市教育局；县级：各县区政府",
            [("市教育局", "responsible"), ("各县区政府", "responsible")],
        ),
        ("/", []),
    ],
)
def test_roles_within_one_column(cell: str, expected: list[tuple[str, str]]) -> None:
    rows = [["序号", "工作任务", "责任单位"], ["1", "甲事", cell]]
    assert bodies(rows) == [("1", *one) for one in expected]


def lines(*cells: str, above: str = TITLE + "任务分解表") -> Reading:
    """The facts of a text with a table flattened to one cell a line."""
    return extract(read_bytes("\n".join((above, *cells)).encode(), "a.txt"), load())


@pytest.mark.parametrize(
    "heading",
    [
        ["序号", "项目名称", "一季度", "年度目标", "责任领导", "市级责任单位"],
        ["序号", "项目名称", "一季度", "建设目标", "包片干部", "责任单位"],
    ],
)
def test_headings_that_are_not_known_among_those_of_a_flattened_table(heading: list[str]) -> None:
    reading = lines(
        *heading,
        *("1", "甲事", "完成选址", "新建学校3所。", "张三", "市教育局"),
        *("2", "乙事", "完成招标", "改造住房20户。", "李四", "市住建局"),
    )
    assert [(one.no, one.title) for one in reading.tasks] == [("1", "甲事"), ("2", "乙事")]
    assert [one.body.name for one in reading.responsibilities] == ["市教育局", "市住建局"]


def test_a_class_of_works_in_a_flattened_table_stands_in_its_first_row_alone() -> None:
    reading = lines(
        *("序号", "重点任务", "具体措施", "牵头单位", "完成时限"),
        *("1", "学有所教", "建设学校5所。", "市教育局", "年底"),
        *("2", "招聘教师。年底到岗。", "市人社局", "年底"),
        *("3", "病有所医", "建设中心3个。", "市卫健委", "年底"),
        *("4", "实施免费筛查，完成", "筛查6万人。", "市卫健委", "年底"),
    )
    assert [(one.no, one.title, one.domain) for one in reading.tasks] == [
        ("1", "建设学校5所", "学有所教"),
        ("2", "招聘教师", "学有所教"),
        ("3", "建设中心3个", "病有所医"),
        ("4", "实施免费筛查，完成筛查6万人", "病有所医"),
    ]


@pytest.mark.parametrize(
    ("above", "section"),
    [
        ("某区民生实事任务分解表\n某政办字〔2022〕6号", "某区民生实事任务分解表"),
        (
            "某市政府关于印发某市实事项目方案的通知\n某政办发〔2022〕6号\n2022年3月1日\n某市实事项目方案",
            "某市实事项目方案",
        ),
        (TITLE + "任务分工表\n单位：万元", "任务分工表"),
    ],
)
def test_the_heading_that_rows_stand_under(above: str, section: str) -> None:
    table = ["序号\t工作任务\t责任单位", "1\t甲事\t市教育局", "2\t乙事\t市民政局"]
    assert {task.section for task in lines(*table, above=above).tasks} == {section}


def test_works_right_below_the_heading_of_a_plan_stand_under_it() -> None:
    above = "某市政府关于印发某市实事项目方案的通知\n某政办发〔2022〕6号\n某市实事项目方案"
    works = ["一、甲事。做好。", "责任单位：市教育局", "二、乙事。做好。", "责任单位：市民政局"]
    found = lines(*works, above=above).tasks
    assert [(one.no, one.section) for one in found] == [
        ("1", "某市实事项目方案"),
        ("2", "某市实事项目方案"),
    ]


def test_a_table_without_headings_goes_on_with_the_numbers_of_the_one_before() -> None:
    first = "<table><tr><td>序号</td><td>工作任务</td><td>牵头单位</td></tr>"
    page = (
        f"<p>某市办法</p><p>某政办发〔2023〕5号</p><p>任务分工表</p>{first}"
        "<tr><td>1</td><td>甲事</td><td>市教育局</td></tr></table><p>第2页</p>"
        "<table><tr><td>2</td><td>乙事</td><td>市民政局</td></tr>"
        "<tr><td>3</td><td>丙事</td><td>市财政局</td></tr></table><p>甲。</p><p>乙。</p><p>丙。</p>"
        "<table><tr><td>4</td><td>丁事</td><td>市民政局</td></tr>"
        "<tr><td>5</td><td>戊事</td><td>市民政局</td></tr></table>"
    )
    reading = extract(read_bytes(page.encode(), "a.html"), load())
    assert [(one.no, one.title, one.section) for one in reading.tasks] == [
        ("1", "甲事", "任务分工表"),
        ("2", "乙事", "任务分工表"),
        ("3", "丙事", "任务分工表"),
    ]


@pytest.mark.parametrize("heading", [["单位", "主要职责"], ["部门", "职责分工"]])
def test_what_each_body_does_in_a_table_of_bodies(heading: list[str]) -> None:
    rows = [heading, ["市发改局", "负责立项。统筹推进。"], ["市财政局、市审计局", "管好资金。"]]
    assert works(rows) == [("1", "负责立项", ""), ("2", "管好资金", "")]
    assert bodies(rows) == [
        ("1", "市发改局", "responsible"),
        ("2", "市财政局", "responsible"),
        ("2", "市审计局", "responsible"),
    ]


def test_units_of_measurement_beside_work_are_no_bodies() -> None:
    rows = [["工作任务", "计量单位", "责任单位"], ["甲事", "万人", "市教育局"]]
    assert bodies(rows) == [("1", "市教育局", "responsible")]


def test_sums_are_no_work_and_page_numbers_no_cells() -> None:
    rows = [["序号", "工作任务", "责任单位"], ["1", "甲事", "市教育局"], [td("合计", 1, 2), "5个"]]
    assert works(rows) == [("1", "甲事", "")]
    reading = lines(
        *("序号", "工作任务", "责任单位", "完成时限", "1", "甲事", "市教育局", "年底", "— 2 —"),
        *("序号", "工作任务", "责任单位", "完成时限", "2", "乙事", "市财政局", "6月底"),
    )
    assert [due.text for due in reading.deadlines] == ["年底", "6月底"]
    assert [one.title for one in reading.tasks] == ["甲事", "乙事"]


def test_goals_by_year_and_numbers_in_a_column_without_a_heading() -> None:
    rows = [
        ["", "工作任务", "2024年目标", "2025年目标", "责任分工"],
        ["3.", "甲事", "新增托位5个", "新增托位8个", "牵头：市教育局；配合：市财政局"],
        ["4.", "乙事", "新建学校3所", "/", "牵头：市民政局"],
    ]
    assert [no for no, _, _ in works(rows)] == ["3", "4"]
    assert [(one.value, one.year) for one in read(rows).indicators] == [
        ("5", 2024),
        ("8", 2025),
        ("3", 2024),
    ]
    assert bodies(rows) == [
        ("3", "市教育局", "lead"),
        ("3", "市财政局", "cooperating"),
        ("4", "市民政局", "lead"),
    ]


def test_a_body_may_stand_above_its_rows() -> None:
    rows = [
        ["序号", "工作任务", "配合单位"],
        [td("一、市教育局（2项）", columns=3)],
        ["1", "甲事", "市财政局"],
        ["2", "乙事", "——"],
        [td("牵头单位：市民政局", columns=3)],
        ["3", "丙事", "——"],
        ["4", "丁事", "——"],
        ["5", "戊事", "——"],
    ]
    assert {domain for _, _, domain in works(rows)} == {""}
    assert sorted(bodies(rows)) == [
        ("1", "市教育局", "responsible"),
        ("1", "市财政局", "cooperating"),
        ("2", "市教育局", "responsible"),
        ("3", "市民政局", "lead"),
        ("4", "市民政局", "lead"),
        ("5", "市民政局", "lead"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        ["序号", "工作任务", "责任单位", "完成时限", "牵头单位", "配合单位"],
        ["序号", "工作任务", "责任单位", "牵头单位", "配合单位", "完成时限"],
    ],
)
def test_two_rows_of_headings_of_a_flattened_table(heading: list[str]) -> None:
    reading = lines(
        *heading,
        *(
            "1",
            "甲事",
            "市教育局",
            "市财政局",
            "年底前",
            "2",
            "乙事",
            "市民政局",
            "市残联",
            "年底前",
        ),
    )
    assert [(one.body.name, one.role.value) for one in reading.responsibilities] == [
        ("市教育局", "lead"),
        ("市财政局", "cooperating"),
        ("市民政局", "lead"),
        ("市残联", "cooperating"),
    ]


def test_works_in_labelled_lines_where_the_name_has_a_label() -> None:
    reading = lines(
        *("项目名称：甲事", "项目内容：新建学校3所。", "牵头单位：市教育局", "配合单位：市财政局"),
        *(
            "完成时限：2024年8月",
            "项目名称：乙事",
            "项目内容：改造住房20户。",
            "牵头单位：市住建局",
        ),
        *("完成时限：2024年9月", "二、工作要求", "（一）丙事。做好。"),
        above="某市实事项目任务分解方案\n某政发〔2024〕3号\n为办好实事，制定本方案。",
    )
    assert [(one.kind.value, one.no, one.title, one.section) for one in reading.tasks][:2] == [
        ("division", "1", "甲事", "某市实事项目任务分解方案"),
        ("division", "2", "乙事", "某市实事项目任务分解方案"),
    ]
    assert [(one.subject.no, one.body.name) for one in reading.responsibilities] == [
        ("1", "市教育局"),
        ("1", "市财政局"),
        ("2", "市住建局"),
    ]
    assert [(one.value, one.year) for one in reading.indicators] == [("3", 2024), ("20", 2024)]


@pytest.mark.parametrize("mark", ["附件 ", "附件2：", "附表一 "])
def test_the_mark_of_an_annex_is_no_part_of_the_heading_of_its_rows(mark: str) -> None:
    reading = read(
        [["序号", "重点任务", "责任单位"], ["1", "甲事", "市教育局"], ["2", "乙事", "市民政局"]],
        caption=f"{mark}任务分工表",
    )
    assert {one.section for one in reading.tasks} == {"任务分工表"}
