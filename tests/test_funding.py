"""Funding and amounts of a whole document: which item, task or section a statement is about."""

from __future__ import annotations

import pytest

from pskg.extract import extract
from pskg.model import Reading
from pskg.read import read_bytes
from pskg.vocabulary import load

HEAD = "某某办法\n国发〔2020〕1号\n一、总则\n服务项目共2项，包括：危房改造补助、学生营养改善。\n"


def read(text: str) -> Reading:
    return extract(read_bytes((HEAD + text).encode(), "a.txt"), load())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A sentence that opens with the name of an item, and its money.
        (
            "1.住房。危房改造补助所需资金由省财政承担。",
            [("1", "省财政")],
        ),
        ("1.住房。对于危房改造补助，由县级财政负担。", [("1", "县级财政")]),
        (
            "1.教育。办好学校。学生营养改善地方试点经费由省、县按3∶7比例承担。",
            [("2", "省"), ("2", "县")],
        ),
        # A heading that is an item's very name: every sentence about money.
        (
            "1.学生营养改善。改善伙食。所需经费由省财政和县财政共同承担。",
            [("2", "省财政"), ("2", "县财政")],
        ),
        # The name opens the sentence, which is about the item to its end, in parts too.
        (
            "1.住房。危房改造补助，国家试点所需经费，由中央财政承担；地方试点由市县财政承担。",
            [("1", "中央财政"), ("1", "市县财政")],
        ),
        # Where it is its money that opens it, only rungs and the rest go on with it.
        (
            "1.住房。危房改造补助资金由省财政承担50%；其余由县财政承担；道路由市财政承担。",
            [("1", "省财政"), ("1", "县财政")],
        ),
        (
            "1.住房。危房改造补助，第一档由省财政承担80%。第二档由省财政承担60%。",
            [("1", "省财政")] * 2,
        ),
        # Several names share a split; one of them may stand behind a colon.
        (
            "1.住房。一是危房改造补助、学生营养改善2个事项，省财政承担80%。",
            [("1", "省财政"), ("2", "省财政")],
        ),
        (
            "1.住房。二是其他事项按项目分担，具体如下：危房改造补助，由省财政承担。",
            [("1", "省财政")],
        ),
        # A paragraph that opens with the name of one item is about it to the next name.
        (
            "1.住房。危房改造补助，按户核定。中央财政承担60%。学生营养改善，由县级财政承担。",
            [("1", "中央财政"), ("2", "县级财政")],
        ),
        (
            "1.住房。\n危房改造补助，分年实施。所需经费由市财政承担。上述资金由县级财政先行垫付。",
            [("1", "市财政")],
        ),
        # Under a heading of its own that is no task, with words for what is told or without.
        ("一、标准\n（一）危房改造补助标准。每年核定。由省财政承担。", [("1", "省财政")]),
        (
            "一、标准\n（一）关于学生营养改善。\n1.城市。由市财政承担。\n2.农村。由省财政承担。",
            [("2", "市财政"), ("2", "省财政")],
        ),
        # A sentence that is all there is of a numbered part; a name with a colon behind it.
        (
            "一、标准\n1.危房改造补助，由省财政承担。\n2.学生营养改善：由市、县各承担50%。",
            [("1", "省财政"), ("2", "市"), ("2", "县")],
        ),
        ("一、标准\n（一）危房改造补助队伍建设。由省财政承担。", []),
        # What somebody is given is no share of a payer.
        ("1.学生营养改善。政府对困难学生给予补贴。", []),
        # A heading that is the names of several; a sentence without the word money.
        (
            "1.危房改造补助和学生营养改善。省与市县分担比例为：直管县6∶4。",
            [("1", "省"), ("1", "市县"), ("2", "省"), ("2", "市县")],
        ),
        # Its money opens a clause of its own.
        ("1.住房。推动改造，危房改造补助所需资金由市财政负担。", [("1", "市财政")]),
        ("1.住房。推动改造，危房改造补助户，由市财政负担。", []),
        # What opens by saying which items it holds is about all of them to its end.
        (
            "1.民生。\n主要包括危房改造补助和学生营养改善2项补助内容，由省财政承担。市财政安排资金。",
            [("1", "省财政"), ("1", "市财政"), ("2", "省财政"), ("2", "市财政")],
        ),
        ("1.民生。\n主要包括危房改造补助检查，由省财政承担。", []),
        # Another name, a body's work, money of no item.
        ("1.住房。危房改造补助户由省财政承担检查。", []),
        ("1.住房。所需资金由省财政承担。", []),
    ],
)
def test_prose_that_names_an_item_tells_its_payers(
    text: str, expected: list[tuple[str, str]]
) -> None:
    reading = read("二、重点任务\n（一）民生\n" + text)
    assert [(share.subject.no, share.payer) for share in reading.funding] == expected


def test_an_item_goes_by_the_name_of_its_field_too_and_by_no_task() -> None:
    text = (
        "某某办法\n国发〔2020〕1号\n一、总则\n分为两类：一是义务教育，包括公用经费、免费教材2项；"
        "二是医疗，包括医疗救助1项。\n二、分担\n义务教育公用经费，由省级财政承担。\n"
    )
    reading = extract(read_bytes(text.encode(), "a.txt"), load())
    assert [(share.subject.no, share.payer) for share in reading.funding] == [("1", "省级财政")]


def test_a_full_stop_is_no_part_of_who_receives_it() -> None:
    text = "序号\n服务项目\n服务对象\n服务标准\n1\n甲助学金\n困难学生。\n每生每年100元。\n"
    reading = extract(read_bytes((HEAD + text).encode(), "a.txt"), load())
    assert [amount.beneficiary for amount in reading.amounts] == ["困难学生"]


def test_a_cell_may_name_its_payers_and_no_more() -> None:
    rows = [
        "1",
        "公用经费",
        "定额。",
        "中央与地方按6∶4分担。",
        "2",
        "营养改善",
        "供餐。",
        "市财政资金",
    ]
    reading = read("\n".join(["序号", "服务项目", "服务标准", "支出责任", *rows]))
    assert [(share.subject.no, share.payer) for share in reading.funding] == [
        ("1", "中央"),
        ("1", "地方"),
        ("2", "市财政资金"),
    ]


def test_sums_of_a_regulation_are_of_its_articles() -> None:
    text = (
        "某某办法\n第一章 总则\n第一条 为了规范补贴，制定本办法。\n第二章 标准\n"
        "第二条 申请人符合条件的，按照以下标准补贴：\n（一）在城市的，每月500元；\n"
        "（二）在农村的，每月300元。\n"
        "第三条 企业每招用1人，给予1000元。\n"
    )
    reading = extract(read_bytes(text.encode(), "a.txt"), load())
    assert [(a.subject.no, a.amount, a.beneficiary) for a in reading.amounts if a.subject] == [
        ("2", "500", "申请人"),
        ("2", "300", "申请人"),
        ("3", "1000", "企业"),
    ]


def test_a_name_may_go_without_what_is_given() -> None:
    text = (
        "某某办法\n国发〔2020〕1号\n一、总则\n服务项目共2项，包括：居民养老保险补助、危房补助。\n"
        "二、分担\n居民养老保险，由省级财政承担。危房，由县级财政承担。\n"
    )
    reading = extract(read_bytes(text.encode(), "a.txt"), load())
    assert [(share.subject.no, share.payer) for share in reading.funding] == [("1", "省级财政")]


@pytest.mark.parametrize(
    "text",
    [
        "一、标准\n（一）学生营养改善。每生每年100元。",
        "二、保障\n（一）教育方面\n学生营养改善，免费实施。补助标准为每生每年100元。",
        "二、保障\n（一）教育方面\n一是危房改造补助；二是学生营养改善，每生每年100元。",
    ],
)
def test_sums_of_running_text_are_of_the_item_it_is_about(text: str) -> None:
    assert [(a.subject.kind, a.subject.no) for a in read(text).amounts] == [("item", "2")]


def test_a_cell_may_stand_for_the_one_above() -> None:
    cells = ("由省财政承担。", "同上", "由市财政承担。", "同上。")
    rows = [f"{n}\n{'甲乙丙丁'[n - 1]}\n发放。\n{cell}" for n, cell in enumerate(cells, 1)]
    reading = read("\n".join(["序号", "服务项目", "服务标准", "支出责任", *rows]))
    assert [share.payer for share in reading.funding] == ["省财政", "省财政", "市财政", "市财政"]


def test_a_cell_that_repeats_the_figures_of_the_text_is_no_second_split() -> None:
    text = "二、分担\n危房改造补助，省与市县按6∶4分担。学生营养改善，省与市县按5∶5分担。\n"
    rows = ["1", "危房改造补助", "发放。", "省与市县按6∶4分担。"]
    rows += ["2", "学生营养改善", "发放。", "省与市县按7∶3分担。"]
    reading = read(text + "\n".join(["附件1", "序号", "服务项目", "服务标准", "支出责任", *rows]))
    shares = [(share.subject.no, share.share) for share in reading.funding]
    assert shares == [("1", "0.6"), ("1", "0.4"), *(("2", s) for s in ("0.7", "0.3", "0.5", "0.5"))]


@pytest.mark.parametrize(
    ("headings", "cells", "expected"),
    [
        ("中央 省级 市县", "60% 30% 10%", [("中央", "0.6"), ("省级", "0.3"), ("市县", "0.1")]),
        ("省级承担比例(%) 市县承担比例(%)", "70 30", [("省级", "0.7"), ("市县", "0.3")]),
        ("省财政 市财政", "6 4", [("省财政", "0.6"), ("市财政", "0.4")]),
        ("省财政 市财政 区财政", "— 50% 50%", [("市财政", "0.5"), ("区财政", "0.5")]),
        ("省财政 个人", "全额承担 无", [("省财政", None)]),
        ("省级支出责任 市县支出责任", "省级承担60% 其余40%", [("省级", "0.6"), ("市县", "0.4")]),
        ("省级财政事权 省与市县共同财政事权", " √", [("省", None), ("市县", None)]),
        ("省级财政事权 省与市县共同财政事权", "√ ", [("省级", None)]),
        # Sums of money and counts are no shares, and such a table lists no services.
        ("中央 省级 市县", "350 80 20", []),
        ("省级 市级", "12 7", []),
    ],
)
def test_a_table_may_have_a_column_for_each_payer(
    headings: str, cells: str, expected: list[tuple[str, str | None]]
) -> None:
    head = "".join(f"<p>{line}</p>" for line in HEAD.replace("2项", "若干").split())
    rows = [["序号", "项目名称", *headings.split()], ["1", "取暖补贴", *cells.split(" ")]]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    html = f"{head}<table border=1>{table}</table>"
    reading = extract(read_bytes(html.encode(), "a.html"), load())
    assert [(share.payer, share.share) for share in reading.funding] == expected
    assert all(share.subject.title == "取暖补贴" for share in reading.funding)
    assert any(item.name == "取暖补贴" for item in reading.items) == bool(expected)


def test_the_payers_may_stand_under_a_heading_for_all_of_them() -> None:
    head = "".join(f"<p>{line}</p>" for line in HEAD.replace("2项", "若干").split())
    table = (
        "<tr><td rowspan=2>序号<td rowspan=2>事项<td colspan=3>支出责任"
        "<tr><td>中央<td>省级<td>市县"
        "<tr><td>1<td>取暖补贴<td>60%<td>30%<td>10%"
        "<tr><td>2<td>供餐补贴<td>/<td>50%<td>50%"
    )
    html = f"{head}<table border=1>{table}</table>"
    reading = extract(read_bytes(html.encode(), "a.html"), load())
    assert [(share.subject.no, share.payer, share.share) for share in reading.funding] == [
        ("1", "中央", "0.6"),
        ("1", "省级", "0.3"),
        ("1", "市县", "0.1"),
        ("2", "省级", "0.5"),
        ("2", "市县", "0.5"),
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "关于印发教育领域省与市县财政事权和支出责任划分改革方案的通知",
            [
                ("校舍保障", "省财政", "0.6"),
                ("校舍保障", "市县财政", "0.4"),
                ("教师培训", "省财政", None),
            ],
        ),
        # Elsewhere the money of tasks is not what the document is about.
        ("关于印发教育发展行动方案的通知", []),
    ],
)
def test_a_plan_that_divides_fiscal_powers_tells_the_payers_of_its_tasks(
    title: str, expected: list[tuple[str, str, str | None]]
) -> None:
    text = (
        f"甲省人民政府办公厅{title}\n甲政办发〔2020〕7号\n一、总体要求\n坚持规范合理。\n"
        "二、主要内容\n（一）校舍保障。所需经费由省财政和市县财政按6∶4比例分担。\n"
        "（二）教师培训。由省财政承担全部支出责任。\n"
    )
    reading = extract(read_bytes(text.encode(), "a.txt"), load())
    assert [(one.subject.title, one.payer, one.share) for one in reading.funding] == expected


def test_what_stands_between_two_stops_may_be_nothing() -> None:
    text = (
        "甲市人民政府办公室关于印发基本公共服务规划的通知\n甲政办发〔2020〕7号\n一、重点任务\n"
        "本领域服务项目共2项，具体包括：寄宿生生活补助、普通高中助学金。\n"
        "二、资金安排\n（一）寄宿生生活补助\n所需资金由省财政承担。\u3000。所需资金由市财政承担60%。\n"
    )
    reading = extract(read_bytes(text.encode(), "a.txt"), load())
    found = {(one.subject.title, one.payer) for one in reading.funding}
    assert found == {("寄宿生生活补助", "省财政"), ("寄宿生生活补助", "市财政")}


def test_powers_that_a_plan_divides_beside_a_list_have_payers_too() -> None:
    text = (
        "甲省人民政府办公厅关于印发文化领域省与市县财政事权和支出责任划分改革方案的通知\n"
        "甲政办发〔2020〕7号\n一、主要任务\n（一）对外展馆建设。由省财政承担。\n"
        "（二）送戏下乡补助。由市县财政承担。\n（三）规范转移支付。由省财政给予补助。\n"
        "附件\n序号\n服务项目\n服务对象\n服务标准\n支出责任\n"
        "1\n送戏下乡补助\n农村居民\n每年一场。\n由县财政承担。\n"
        "2\n读书看报\n城乡居民\n免费借阅。\n由县财政承担。\n"
    )
    reading = extract(read_bytes(text.encode(), "a.txt"), load())
    assert {(one.subject.kind.value, one.subject.title, one.payer) for one in reading.funding} == {
        ("task", "对外展馆建设", "省财政"),
        ("item", "送戏下乡补助", "市县财政"),
        ("item", "送戏下乡补助", "县财政"),
        ("item", "读书看报", "县财政"),
    }
