"""How long a document is in force, as its own words tell."""

from __future__ import annotations

from datetime import date

import pytest

from pskg.extract.validity import find_validity
from pskg.model import Document, Span
from pskg.read import Block, Page
from pskg.vocabulary import load

ISSUED = date(2018, 8, 22)


def read(*lines: str, title: str = "甲市服务办法") -> tuple[Document, str]:
    text = "\n".join([title, *lines])
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(line, Span(start, start + len(line))))
        start += len(line) + 1
    page = Page("a.txt", "0" * 64, "text/plain", "utf-8", text, tuple(blocks))
    document = Document(
        title, "a.txt", "0" * 64, "text/plain", "utf-8", len(text), issued_on=ISSUED,
        spans={"title": Span(0, len(title))},
    )  # fmt: skip
    return find_validity(page, document, load()), text


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("本办法自2018年9月1日起施行。", "2018-09-01", None),
        ("本办法自2018年9月1日起施行，有效期5年。", "2018-09-01", "2023-08-31"),
        ("第十二条 本办法自2018年9月1日起施行，有效期五年。", "2018-09-01", "2023-08-31"),
        ("三、本通知自发布之日起施行，有效期至2020年12月31日。", "2018-08-22", "2020-12-31"),
        ("本通知自印发之日起30日后施行。", "2018-09-21", None),
        ("本办法由市财政局负责解释，自2019年1月1日起施行。", "2019-01-01", None),
        ("自2019年1月1日起施行，至2021年12月31日止。", "2019-01-01", "2021-12-31"),
        ("本方案自2018年10月1日起试行，试行期两年。", "2018-10-01", "2020-09-30"),
        ("本意见自印发之日起实施。有效期为3年。", "2018-08-22", "2021-08-21"),
        ("本办法有效期自2018年1月1日至2022年12月31日。", None, "2022-12-31"),
        ("本规定有效期5年。", None, "2023-08-21"),  # from the day of issue
        ("《甲市服务办法》自2018年10月1日起施行。", "2018-10-01", None),
        ("本办法自2020年2月29日起施行，有效期1年。", "2020-02-29", "2021-02-28"),
        # of other things
        ("新标准自2018年7月1日起执行。", None, None),
        ("本办法所列补助标准自2018年7月1日起执行。", None, None),
        ("《乙市办法》自2018年10月1日起施行。", None, None),
        ("居住证有效期5年。", None, None),
        ("申请人领取证书，有效期3年。", None, None),
        ("从2016年5月1日起，缴费比例降低。", None, None),
        ("本办法自批准之时起研究。", None, None),
        ("本办法自2018年13月1日起施行。", None, None),  # no day
        ("本办法自2019年1月1日起施行，至2018年1月1日止。", "2019-01-01", None),  # backwards
        # fields of the page
        ("生效日期：2018-09-01", "2018-09-01", None),
        ("有效期至：2023-08-31", None, "2023-08-31"),
        ("公文时效 失效 2018-08-28", None, None),  # a state, then the next field's day
    ],
)
def test_validity(line: str, first: str | None, last: str | None) -> None:
    document, text = read("各单位：", line)
    assert document.valid_from == (date.fromisoformat(first) if first else None)
    assert document.valid_until == (date.fromisoformat(last) if last else None)
    for name, value in (("valid_from", first), ("valid_until", last)):
        assert (name in document.spans) == (value is not None)
        if value:
            assert document.spans[name].of(text) in line


def test_the_words_are_those_of_the_statement() -> None:
    document, text = read("本办法自2018年9月1日起施行，有效期5年。")
    assert document.spans["valid_from"].of(text) == "自2018年9月1日起施行"
    assert document.spans["valid_until"].of(text) == "有效期5年"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("甲市服务标准（试行）", "（试行）"),
        ("甲市服务暂行办法", "暂行"),
        ("关于试行分级服务的通知", None),  # a trial is what it is about
        ("甲市服务办法", None),
    ],
)
def test_provisional(title: str, words: str | None) -> None:
    document, text = read("正文。", title=title)
    assert document.provisional == (words is not None)
    if words:
        assert document.spans["provisional"].of(text) == words
