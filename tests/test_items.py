"""Service items: in sentences, and in several tables."""

from __future__ import annotations

import pytest

from pskg.extract import extract
from pskg.extract.items import split_names
from pskg.model import Span
from pskg.read import Block, read_bytes
from pskg.vocabulary import load

HEAD = "某某办法\n国发〔2020〕1号\n一、总则\n"
ROW = "序号\n服务项目\n服务对象\n服务标准\n牵头单位\n"


def items(text: str) -> list[tuple[str, str]]:
    reading = extract(read_bytes((HEAD + text).encode(), "a.txt"), load())
    return [(item.no, item.name) for item in reading.items]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本领域服务项目共2项，具体包括：免费教育、学前资助。", ["免费教育", "学前资助"]),
        ("服务项目包括:免费教育、学前资助(含民办、普惠)。", ["免费教育", "学前资助(含民办、普惠)"]),
        ("共有两项服务：免费教育和学前资助。", ["免费教育", "学前资助"]),
        ("提供免费教育、学前资助等2项服务。", ["免费教育", "学前资助"]),
        (
            "包括免费教育、校车接送以及学前资助等三项基本公共服务，全部免费。",
            ["免费教育", "校车接送", "学前资助"],
        ),
        ("服务事项包括：“甲、乙”热线，救助与管理，共2项。", ["“甲、乙”热线", "救助与管理"]),
        # In classes, each with its number; one class alone is any sentence.
        (
            "暂定为两类3项：一是教育，包括免费教育、学前资助2项；二是医疗，主要包括医疗救助1项。",
            ["免费教育", "学前资助", "医疗救助"],
        ),
        ("一是教育，包括免费教育、学前资助2项。", []),
        # How something is done is no list, nor are the places on the rungs of a ladder.
        (
            "免费教育等2个事项，实行分档分担办法：第一档包括甲、乙2个县，省分担80%；第二档为其他。",
            [],
        ),
        ("服务事项有：（1）免费教育；（2）学前资助。", ["免费教育", "学前资助"]),
        # Papers and works are no services.
        ("申报事项的材料包括：申请书、身份证、户口簿。", []),
        ("重点支持以下项目：建学校、建医院。", []),
        # The number does not fit the names: no list of items.
        ("包括学校、医院等5项服务。", []),
        ("共建成3个项目，总投资2亿元。", []),
        ("服务项目要逐步增加。", []),
    ],
)
def test_items_in_sentences(text: str, names: list[str]) -> None:
    assert items(text) == [(str(no), name) for no, name in enumerate(names, 1)]


def test_items_of_a_class_stand_under_its_field() -> None:
    text = "分为两类：一是义务教育，包括公用经费、免费教材2项；二是医疗，包括医疗救助1项。"
    reading = extract(read_bytes((HEAD + text).encode(), "a.txt"), load())
    assert [item.domain for item in reading.items] == ["义务教育", "义务教育", "医疗"]
    assert [(count.number, count.found, count.scope) for count in reading.counts] == [
        (2, 2, "义务教育"),
        (1, 1, "医疗"),
    ]


@pytest.mark.parametrize(
    ("headings", "content", "standard"),
    [
        # What is done and to what standard stand apart, and only one of them is the standard.
        ("服务内容\n服务标准\n", "提供补助。", "每月发放。"),
        # In a list that says only what is done, that is all there is of a standard.
        ("服务内容\n", None, "提供补助。"),
        ("服务标准\n", None, "提供补助。"),
    ],
)
def test_content_and_standard(headings: str, content: str | None, standard: str) -> None:
    cells = "提供补助。\n" + ("每月发放。\n" if content else "")
    top = f"序号\n服务项目\n服务对象\n{headings}牵头单位\n"
    text = HEAD + top + f"1\n低保\n居民\n{cells}市民政局\n2\n特困\n老人\n{cells}市民政局"
    for item in extract(read_bytes(text.encode(), "a.txt"), load()).items:
        assert (item.content and item.content.text) == content
        assert item.standard is not None
        assert item.standard.text == standard


def test_a_number_that_covers_several_rows_does_not_start_anew() -> None:
    rows = "<td rowspan=2>3<td rowspan=2>低保<td>居民<td>发放。<td>市民政局"
    html = f"<p>某某办法</p><table border=1><tr><td>{'<td>'.join(ROW.split())}"
    html += f"<tr>{rows}<tr><td>老人<td>加发。<td>市民政局"
    html += "<tr><td>4<td>特困<td>老人<td>供养。<td>市民政局</table>"
    reading = extract(read_bytes(html.encode(), "a.html"), load())
    assert [item.no for item in reading.items] == ["3", "3", "4"]


def test_numbers_that_start_anew_in_each_table_are_counted_through() -> None:
    text = (
        ROW + "1\n低保\n居民\n发放。\n市民政局\n附件2\n" + ROW + "1\n特困\n居民\n发放。\n市民政局"
    )
    assert items(text) == [("1", "低保"), ("2", "特困")]


def test_parts_of_a_list_stand_in_the_field_of_their_chapter() -> None:
    head = "服务项目\n服务对象\n保障标准\n支出责任\n覆盖水平\n"
    cells = "城乡居民\n免费开放\n市县财政负责\n覆盖率达到90%\n"
    text = (
        f"第二章 公共文化体育\n第一节 基本标准\n{head}（一）公共文化\n展馆开放\n{cells}"
        f"（二）全民健身\n球场开放\n{cells}第二节 保障工程\n建设一批。"
    )
    found = extract(read_bytes((HEAD + text).encode(), "a.txt"), load()).items
    assert [(one.name, one.domain) for one in found] == [
        ("展馆开放", "公共文化体育"),
        ("球场开放", "公共文化体育"),
    ]
    # A column of classes too, but not in a list of all fields behind the last chapter.
    listed = f"领域\n{head}公共文化\n展馆开放\n{cells}全民健身\n球场开放\n{cells}"
    for text, domains in (
        (f"第二章 公共文化体育\n第一节 基本标准\n{listed}", ["公共文化体育"] * 2),
        (f"第二章 住房保障\n1.甲事。做好。\n2.乙事。做好。\n{listed}", ["公共文化", "全民健身"]),
    ):
        found = extract(read_bytes((HEAD + text).encode(), "a.txt"), load()).items
        assert [one.domain for one in found] == domains


def test_a_sentence_that_repeats_the_table_adds_nothing() -> None:
    text = "服务项目共2项，包括：低保、特困。\n附件1\n" + ROW
    text += "1\n低保\n居民\n发放。\n市民政局\n2\n特困\n居民\n发放。\n市民政局"
    assert items(text) == [("1", "低保"), ("2", "特困")]


def html(listed: str, rows: str) -> bytes:
    head = "".join(f"<p>{line}</p>" for line in (*HEAD.split(), listed))
    top = "<table border=1><tr><td>服务项目<td>服务对象<td>服务标准"
    return f"{head}{top}{rows}</table>".encode()


LISTED = "服务项目共4项，包括：低保、特困供养、孤儿养育、临时救助。\n"


@pytest.mark.parametrize("number", ["{}.", "{}、", "（{}）", "{}．"])
@pytest.mark.parametrize("listed", ["", LISTED])
def test_a_number_may_stand_in_the_cell_of_the_name(number: str, listed: str) -> None:
    rows = "".join(
        f"<tr><td>{number.format(n)}{name}<td>{name}户<td>发放。"
        for n, name in ((2, "特困供养"), (4, "临时救助"))
    )
    reading = extract(read_bytes(html(listed, rows), "a.html"), load())
    groups = [
        (one.no, one.name, one.target_groups and one.target_groups.text)
        for one in reading.items
        if one.target_groups
    ]
    assert groups == [("2", "特困供养", "特困供养户"), ("4", "临时救助", "临时救助户")]
    assert len(reading.items) == (4 if listed else 2)


@pytest.mark.parametrize(
    ("last", "names"),
    [
        ("临时救助、救灾", "低保 特困供养 孤儿养育 临时救助 救灾"),
        # Two of five rows that the sentence does not name: the table is the list.
        ("救灾、帮扶", "低保 特困供养 孤儿养育 临时救助金 助残"),
    ],
)
def test_a_table_of_some_items_tells_of_the_same_ones(last: str, names: str) -> None:
    named = ["低保", "特困供养", "孤儿养育", "临时救助金"] + ["助残"] * last.startswith("救灾")
    rows = "".join(f"<tr><td>{n}.{name}<td>居民<td>发放。" for n, name in enumerate(named, 1))
    listed = f"服务项目包括：低保、特困供养、孤儿养育、{last}。"
    reading = extract(read_bytes(html(listed, rows), "a.html"), load())
    assert sorted(item.name for item in reading.items) == sorted(names.split())


@pytest.mark.parametrize(
    "text",
    [
        LISTED + "二、标准\n（一）基本生活方面\n低保，每人每月600元。\n1.孤儿养育：集中供养。\n",
        LISTED + "二、标准\n（一）基本生活类\n1.低保。每月发放。\n2.孤儿养育。每月发放。\n",
        "二、标准\n（一）基本生活领域\n包括低保、帮扶、孤儿养育等3项服务。\n",
    ],
)
def test_items_stand_in_the_field_under_which_they_are_told_of(text: str) -> None:
    reading = extract(read_bytes((HEAD + text).encode(), "a.txt"), load())
    fields = {item.name: item.domain for item in reading.items}
    assert (fields["低保"], fields["孤儿养育"]) == ("基本生活", "基本生活")
    assert not fields.get("特困供养")


CLASSES = [
    ("低保", "基本生活"),
    ("特困供养", "基本生活"),
    ("学前资助", "学生资助"),
    ("免费教科书", "学生资助"),
]


@pytest.mark.parametrize(
    "text",
    [
        "暂定两类4项：1.基本生活类，包括低保、特困供养2项；2.学生资助类，含学前资助、免费教科书2项。",
        "（一）范围\n基本生活方面，主要包括低保、特困供养2项。\n学生资助方面，包括学前资助、免费教科书2项。",
        "分为两类：（1）基本生活，包括低保和特困供养等2个事项；（2）学生资助，包括学前资助、免费教科书2项。",
        "（一）基本生活方面\n包括低保、特困供养2项。\n（二）学生资助方面\n包括学前资助、免费教科书2项。",
    ],
)
def test_classes_of_a_list_by_other_numbers_and_over_paragraphs(text: str) -> None:
    reading = extract(read_bytes((HEAD + text + "\n").encode(), "a.txt"), load())
    assert [(item.name, item.domain) for item in reading.items] == CLASSES


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("（一）本次调整的补贴项目有3项，包括低保、特困供养、孤儿养育。", 3),
        ("（一）本次调整的补贴项目有4项，包括低保、特困供养、孤儿养育。", 0),
        ("（一）共同财政事权事项共2项，分别是：（1）低保；（2）特困供养。", 2),
        ("将人才培养、科普服务、技术转移服务3项确认为省与市县共同财政事权。", 3),
        ("将人才培养、科普服务等事项交由市县办理。", 0),
        ("申请材料有3项，包括申请表、身份证明、户口簿。", 0),
        ("组织保障有3项，包括加强教育、落实责任、强化监督。", 0),
        ("（一）保障方面\n包括加强教育培训、落实责任2项。", 0),
        ("1.组织方面，包括健全机构、落实责任2项；2.资金方面，包括加大投入、规范管理2项。", 0),
        ("建设项目有2项，包括污水管网改造、道路改造。", 0),
    ],
)
def test_lists_that_say_how_many_they_hold(text: str, names: int) -> None:
    assert len(items(text + "\n")) == names


def test_a_list_that_is_told_again_adds_nothing() -> None:
    text = LISTED + "二、标准\n制定标准的服务项目共2项，包括：低保、孤儿养育。\n"
    assert len(items(text)) == 4


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲、乙；丙", ["甲", "乙", "丙"]),
        ("甲（乙、丙）、丁", ["甲（乙、丙）", "丁"]),
        ("甲（乙、丙", ["甲（乙、丙"]),  # a bracket that is never closed holds the rest
        ("、甲、、", ["甲"]),
        ("", []),
    ],
)
def test_split_names(text: str, names: list[str]) -> None:
    block = Block(text, Span(5, 6 + len(text)))
    found = split_names(block)
    assert [name.text for name in found] == names
    assert all(text[name.start - 5 : name.end - 5] == name.text for name in found)


NAMED = "事项\n主要内容\n支出责任及分担说明\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Numbers that start anew below each field stand behind the field's.
        (
            "一、甲类\n1.低保\n给予补助。\n由省财政承担。\n2.特困人员供养\n照料特困老人及病人\n"
            "和孤儿。\n由省财政承担。\n二、乙类\n1.孤儿养育\n发放。\n由市财政承担。\n注：1.各地自定。",
            [("1.1", "低保"), ("1.2", "特困人员供养"), ("2.1", "孤儿养育")],
        ),
        # Any form of number will do, in whatever order of forms.
        (
            "一、甲类\n（一）低保\n补助。\n由省财政承担。\n二、乙类\n（一）孤儿养育\n发放。\n由市财政承担。",
            [("1.1", "低保"), ("2.1", "孤儿养育")],
        ),
        # Numbers that run on, and a field without one.
        (
            "甲类\n1.低保\n补助。\n由省财政承担。\n乙类\n2.孤儿养育\n发放。\n由市财政承担。",
            [("1", "低保"), ("2", "孤儿养育")],
        ),
        # A group without a number: what starts anew is counted through.
        (
            "社会救助\n1.低保\n补助。\n由省财政承担。\n公共卫生\n1.孤儿养育\n发放。\n由市财政承担。",
            [("1", "低保"), ("2", "孤儿养育")],
        ),
    ],
)
def test_names_of_a_list_may_be_numbered_themselves(
    text: str, expected: list[tuple[str, str]]
) -> None:
    reading = extract(read_bytes((HEAD + "附件\n" + NAMED + text).encode(), "a.txt"), load())
    assert [(item.no, item.name) for item in reading.items] == expected
    assert all(item.standard and item.funding for item in reading.items)
