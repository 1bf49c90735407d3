"""Citations: which documents are named, which implemented, which are the document's own."""

from __future__ import annotations

import pytest

from pskg.extract.citations import DOC_NUMBER, cite_documents
from pskg.model import Span
from pskg.read import Block


def cite(text: str, *own: str, reason: bool = True) -> list[tuple[str, str | None, str]]:
    block = Block(text, Span(3, 3 + len(text)))
    found = cite_documents([block], own, [block.span] if reason else [])
    for one in found:
        quote = one.span.of("___" + text)
        assert quote.startswith("《" + one.title)
    return [(one.title, one.number, one.relation.value) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "为贯彻《甲规划》（国发〔2017〕9号），制定本方案。",
            [("甲规划", "国发〔2017〕9号", "implements")],
        ),
        ("根据《甲法》，结合我市实际，制定本办法。", [("甲法", None, "implements")]),
        ("根据《甲办法》，现就有关事项通知如下：", [("甲办法", None, "implements")]),
        ("按照《甲标准》执行。", [("甲标准", None, "cites")]),  # no purpose follows
        # what opens the sentence is the purpose; what follows is how
        (
            "为深入贯彻落实《甲意见》精神，决定提高补助标准。现通知如下：",
            [("甲意见", None, "implements")],
        ),
        ("各地要贯彻落实《甲意见》精神。", [("甲意见", None, "cites")]),
        ("为推动《甲法》在我市实施，特制订本办法。", [("甲法", None, "implements")]),
        # what is revised or applied is no reason
        (
            "根据《甲法》，我委对《乙标准》进行了修订，形成《丙标准》，现印发你们。",
            [
                ("甲法", None, "implements"),
                ("乙标准", None, "cites"),
                ("丙标准", None, "cites"),
            ],
        ),
        ("根据《甲法》修订本办法，现就有关事项通知如下：", [("甲法", None, "implements")]),
        (
            "费用按照《甲方案》（甲政办〔2019〕7号）确定的办法执行，今后国家出台新规定的，从其规定。",
            [("甲方案", "甲政办〔2019〕7号", "cites")],
        ),
        # standards have numbers of their own kind
        ("执行《甲规范》（GB/T 12345—2020）。", [("甲规范", "GB/T 12345—2020", "cites")]),
        ("执行《乙规范》（DB36/T 987.1-2018）。", [("乙规范", "DB36/T 987.1-2018", "cites")]),
        ("对照《甲标准》，制定本清单。", [("甲标准", None, "implements")]),
        (
            "根据《甲法》，我委编制了《乙方案》，现提出如下要求。",  # 乙 is what was made
            [("甲法", None, "implements"), ("乙方案", None, "cites")],
        ),
        (
            "经过调研。根据《甲法》制定。《乙法》另有规定。",
            [("甲法", None, "implements"), ("乙法", None, "cites")],
        ),
        ("《关于印发〈甲〉的通知》有效。", [("关于印发〈甲〉的通知", None, "cites")]),
        ("《关于实施《甲》的意见》有效。", [("关于实施《甲》的意见", None, "cites")]),  # nested
        ("发放《甲证》和《乙手册》。", []),  # papers, no documents
        ("《没有写完", []),
        ("《》", []),
        (
            "《甲规划》(以下简称《规划》)…落实《规划》。",
            [("甲规划", None, "cites")],
        ),  # a short name
    ],
)
def test_cite(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert cite(text) == expected


def test_own_names_are_no_citations() -> None:
    assert cite("现将《甲市服务规划》印发。", "甲市关于印发甲市服务规划的通知") == [
        ("甲市服务规划", None, "cites")
    ]
    assert cite("现将《甲市服务规划》印发。", "甲市服务规划") == []
    assert cite("见《服务清单》。", "甲市服务清单") == []
    # One with a number is another's, though its title be a part of the document's own.
    assert cite("见《“十四五”服务规划》（甲发〔2021〕9号）。", "乙市“十四五”服务规划") == [
        ("“十四五”服务规划", "甲发〔2021〕9号", "cites")
    ]


def test_a_reason_counts_only_in_the_opening() -> None:
    text = "根据《甲法》制定标准。"
    assert cite(text)[0][2] == "implements"
    assert cite(text, reason=False)[0][2] == "cites"


@pytest.mark.parametrize(
    "number",
    [
        "国发〔2012〕29号",
        "台府[2014]32号",
        "甲政（2016）第 5 号",
        "甲政发【2020】 8 号",
        "粤府办〔201230号",
    ],
)
def test_document_numbers(number: str) -> None:
    assert DOC_NUMBER.fullmatch(number)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("第一条 根据《甲法》（以下简称甲法）规定，制定本办法。", "implements"),
        ("本规划依据《甲纲要》编制，是指导性文件。", "implements"),
        ("根据《甲法》，制定实施细则。", "cites"),  # another one is made
        ("本办法施行后，《甲办法》废止，另行制定标准。", "cites"),
    ],
)
def test_a_document_that_speaks_of_itself_gives_its_reason_anywhere(
    text: str, relation: str
) -> None:
    ((_, _, found),) = cite(text, reason=False)
    assert found == relation


def test_what_a_document_rests_on_is_not_itself_though_of_the_same_name() -> None:
    own = "某省“十四五”公共服务规划"
    text = "根据《“十四五”公共服务规划》，制定本规划。"
    assert cite(text, own) == [("“十四五”公共服务规划", None, "implements")]
    assert cite("按照《“十四五”公共服务规划》的要求落实。", own) == []
