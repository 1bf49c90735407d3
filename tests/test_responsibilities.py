"""Responsibilities of whole documents: which subject each list of bodies belongs to."""

from __future__ import annotations

import pytest

from pskg.extract import extract
from pskg.read import read_bytes
from pskg.vocabulary import load

#: A first line with a number, so that a text without facts is a document all the same.
HEAD = "某某办法\n某政发〔2020〕1号\n"
#: Two pieces of work; the text of a case goes on with the second.
TASKS = "一、重点任务\n（一）甲事。做好。\n（二）乙事。"


def duties(text: str) -> list[tuple[str, str, str]]:
    """Subject (its number, else its name), body and role."""
    reading = extract(read_bytes((HEAD + text).encode(), "a.txt"), load())
    return [
        (r.subject.no or r.subject.title, r.body.name, r.role.value)
        for r in reading.responsibilities
    ]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            "做好。\n牵头单位：市教育局\n配合单位：市财政局、市民政局",
            [
                ("2", "市教育局", "lead"),
                ("2", "市财政局", "cooperating"),
                ("2", "市民政局", "cooperating"),
            ],
            "labels in paragraphs of their own",
        ),
        (
            "做好。完成时限：2023年底。责 任 单 位：市教育局，各县（市、区）人民政府",
            [("2", "市教育局", "responsible"), ("2", "各县（市、区）人民政府", "responsible")],
            "a sentence that opens with a label spaced out",
        ),
        (
            "做好。\n（市教育局、市财政局）",
            [("2", "市教育局", "responsible"), ("2", "市财政局", "responsible")],
            "a bracket that is a paragraph",
        ),
        (
            "做好。（市教育局、某某管理中心）",
            [("2", "市教育局", "responsible"), ("2", "某某管理中心", "responsible")],
            "one of the bodies is not known",
        ),
        ("做好。（含市教育局、市财政局）", [], "a bracket that explains"),
        (
            "做好。\n（1）丙。（市教育局负责）\n（2）丁。（市民政局、市教育局负责）",
            [("2", "市教育局", "responsible"), ("2", "市民政局", "responsible")],
            "points within belong to the work; a body stands once",
        ),
        (
            "做好。（市教育局牵头）再做。（市财政局牵头，市教育局配合）",
            [
                ("2", "市教育局", "lead"),
                ("2", "市财政局", "lead"),
                ("2", "市教育局", "cooperating"),
            ],
            "but once in each role",
        ),
    ],
)
def test_lists_find_their_work(text: str, expected: list[tuple[str, str, str]], why: str) -> None:
    assert duties(TASKS + text) == expected, why


def test_who_sets_up_a_group_together_with_its_lead_belongs_to_it() -> None:
    text = "由市民政局牵头，会同市教育局、市财政局等部门建立甲工作联席会议制度。"
    assert duties(TASKS + text) == [
        ("甲工作联席会议", "市民政局", "lead"),
        ("甲工作联席会议", "市教育局", "member"),
        ("甲工作联席会议", "市财政局", "member"),
    ]
    # A mechanism is none.
    assert duties(TASKS + text.replace("联席会议制度", "协调机制")) == [
        ("2", "市民政局", "lead"),
        ("2", "市教育局", "cooperating"),
        ("2", "市财政局", "cooperating"),
    ]


def test_a_division_in_sentences_names_its_bodies() -> None:
    text = "二、任务分工\n——丙事。市教育局牵头，市财政局配合。\n——丁事。市民政局负责。"
    assert duties(f"{TASKS}做好。\n{text}") == [
        ("1", "市教育局", "lead"),
        ("1", "市财政局", "cooperating"),
        ("2", "市民政局", "responsible"),
    ]


@pytest.mark.parametrize(
    ("text", "roles", "why"),
    [
        (
            "（市教育局、市财政局负责，排在第一位的部门为牵头部门，下同）\n（三）丙。（市民政局负责）",
            "lead responsible lead",
            "a list of one too",
        ),
        ("（市教育局、市财政局，首个单位为牵头单位）", "lead responsible", "首个单位"),
        ("（责任单位：市教育局、市财政局，列首位的为牵头单位）", "lead responsible", "列首位的"),
        (
            "（责任单位：市教育局、市财政局*，标*的为牵头单位）",
            "responsible lead",
            "a mark instead of the place",
        ),
        (
            "市教育局负责统计。（市民政局、市财政局负责）\n注：列第一位的为牵头单位",
            "responsible responsible responsible",
            "what stands before the rule",
        ),
        (
            "排第一位的为牵头单位。市教育局负责统计。（市民政局、市财政局负责）",
            "responsible lead responsible",
            "a sentence is no list",
        ),
        (
            "（市教育局配合，市财政局负责，列第一位的为牵头单位）",
            "cooperating responsible",
            "roles are given",
        ),
    ],
)
def test_the_first_or_the_marked_one_leads(text: str, roles: str, why: str) -> None:
    assert [role for _, _, role in duties(TASKS + text)] == roles.split(), why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The subject of a table's row is the piece of work that the row is.
        (
            "一、项目内容\n如下：\n序号\t项目名称\t牵头单位\t责任单位\n1\t甲事\t市教育局\t市财政局\n"
            "2\t乙事\t市民政局\t—\n二、附则\n施行。",
            [
                ("1", "市教育局", "lead"),
                ("1", "市财政局", "responsible"),
                ("2", "市民政局", "lead"),
            ],
        ),
        # A division of work told in points.
        (
            "一、甲事。做好。\n附件1 重点任务分工方案\n1.乙事。做好。（市教育局牵头）\n"
            "2.丙事。做好。（市民政局负责）",
            [("1", "市教育局", "lead"), ("2", "市民政局", "responsible")],
        ),
    ],
)
def test_other_subjects(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert duties(text) == expected


def test_a_body_that_houses_the_office_answers_where_it_does_the_work() -> None:
    text = (
        "成立由市政府主要领导任组长，市委常委、市财政局主要负责同志为成员的甲事推进工作领导小组，"
        "办公室设在市教育局，由市教育局承担日常工作。"
    )
    group = "甲事推进工作领导小组"
    assert duties(TASKS + text) == [
        (group, "市政府", "lead"),
        (group, "市财政局", "member"),
        (group, "市教育局", "responsible"),
    ]
    office = "成立甲事推进工作领导小组，由市政府主要领导任组长，办公室设在市教育局，承担日常工作。"
    assert duties(TASKS + office) == [(group, "市政府", "lead")]


def test_a_deadline_in_a_line_of_its_own() -> None:
    text = HEAD + TASKS + "做好。\n责任单位：市教育局\n完成时限：2021年6月底"
    reading = extract(read_bytes(text.encode(), "a.txt"), load())
    assert [(one.subject.no, one.text) for one in reading.deadlines] == [("2", "2021年6月底")]
    assert [one.deadline for one in reading.responsibilities] == ["2021年6月底"]


def test_a_table_behind_the_measures_divides_the_work_among_bodies_and_not_persons() -> None:
    rows = "".join(
        f"<tr><td>{no}</td><td>{name}</td><td>张某</td><td>{body}</td></tr>"
        for no, name, body in (("1", "甲事", "市教育局"), ("2", "乙事", "市财政局"))
    )
    lines = (HEAD + TASKS + "做好。\n二、工作要求\n（一）加强领导。做好。").splitlines()
    head = "<tr><th>序号</th><th>实事名称</th><th>牵头领导</th><th>牵头单位</th></tr>"
    page = "".join(f"<p>{line}</p>" for line in lines) + f"<table>{head}{rows}</table>"
    reading = extract(read_bytes(page.encode(), "a.html"), load())
    assert [(one.kind.value, one.title) for one in reading.tasks[-2:]] == [
        ("division", "甲事"),
        ("division", "乙事"),
    ]
    assert [(r.body.name, r.role.value) for r in reading.responsibilities] == [
        ("市教育局", "lead"),
        ("市财政局", "lead"),
    ]


def test_who_does_what_body_by_body() -> None:
    text = (
        "甲市民政局关于做好救助工作的通知\n甲民发〔2022〕2号\n各县民政局：\n一、重点任务\n（一）甲事。做好。\n"
        "二、部门职责\n（一）市民政局。牵头负责认定，会同市财政局制定标准。\n（二）市残联：配合做好摸底。\n"
        "（三）市财政局：安排资金。\n三、工作要求\n（一）乙事。加强。\n"
    )
    reading = extract(read_bytes(text.encode(), "a.txt"), load())
    found = [(r.subject.no, r.body.name, r.role.value) for r in reading.responsibilities]
    assert found == [
        ("2.1", "市民政局", "lead"),
        ("2.1", "市财政局", "cooperating"),
        ("2.2", "市残联", "cooperating"),
        ("2.3", "市财政局", "responsible"),
    ]


def test_labels_of_roles_in_a_division_are_no_bodies() -> None:
    text = (
        "一、主要任务\n（一）甲事。做好。\n附件\n重点任务分工\n新建学校8所，改善条件。\n牵头单位：市教育局\n"
        "责任单位：市财政局\n新建医院3所，改善条件。\n牵头单位：市卫生健康委"
    )
    assert {body for _, body, _ in duties(text)}.isdisjoint({"牵头单位", "责任单位"})


def test_a_list_behind_a_headed_paragraph_is_that_works_and_not_its_fields() -> None:
    text = (
        "一、重点任务\n（一）公共教育。\n甲事。新建一批学校，改善条件。（责任单位：市教育局）\n"
        "乙事。培训一批教师，提高水平。（责任单位：市人社局）"
    )
    assert duties(text) == [("1.1", "市教育局", "responsible"), ("1.2", "市人社局", "responsible")]


def test_who_hosts_work_is_told_from_who_runs_the_site() -> None:
    text = (
        "一、重点任务\n（一）甲事。做好。\n主办单位：市教育局\n协办单位：市财政局\n"
        "（二）乙事。做好。\n主办单位：市民政局\n承办单位：某市大数据局"
    )
    assert duties(text) == [
        ("1", "市教育局", "lead"),
        ("2", "市民政局", "lead"),
    ]


@pytest.mark.parametrize("opening", ["本章任务由", "本领域各项重点工作，由"])
def test_a_sentence_about_the_whole_chapter_is_about_its_field(opening: str) -> None:
    text = (
        "第一章 公共教育\n第一节 重点任务\n1.甲事。做好。\n第二节 保障工程\n1.乙事。建设。\n"
        f"{opening}市教育局牵头，市财政局配合。\n第二章 公共文化\n第一节 重点任务\n1.丙事。做好。"
    )
    assert duties(text) == [("1", "市教育局", "lead"), ("1", "市财政局", "cooperating")]
