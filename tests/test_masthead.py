"""The masthead: title, number, issuer, dates, region, period; at the head or at the foot."""

from __future__ import annotations

from datetime import date

import pytest

from pskg.extract.grammar.periods import find_period, read_column_year, read_date
from pskg.extract.masthead import Masthead, read_masthead
from pskg.extract.outline import build_outline
from pskg.read import read_bytes
from pskg.vocabulary import load


def masthead(text: str) -> Masthead:
    page = read_bytes(text.encode(), "a.txt")
    found = read_masthead(page, build_outline(page.blocks), load())
    for name, span in found.document.spans.items():
        assert page.quote(span).strip(), name
    return found


TITLE = "台州市人民政府关于印发台州市公共服务规划的通知"


@pytest.mark.parametrize(
    "text",
    [
        TITLE,
        "台州市人民政府\n关于印发台州市公共\n服务规划的通知",  # over three lines
        "台州市人民政府关于印发\n台州市公共服务规划\n的通知",  # a line that ends like a title
        f"【规划】{TITLE}",  # a site's tag
        f"【失效】{TITLE}",  # which may read like the label of a field
        f"{TITLE}台政函〔2020〕1号",  # a word of the number that ends titles, too
        f"首页 > 文件\n标题：{TITLE}\n索引号：1",
        f"您当前所在位置：首页 / 公开 / 文件\n{TITLE}",  # where the page stands on its site
        f"当前位置：首页>公开>文件\n{TITLE}",
        f"{TITLE}台政发〔2020〕1号",  # the number stuck to it
        f"标题：{TITLE}（台政发〔2020〕1号）\n文号：台政发〔2020〕1号",  # or in brackets
        f"台州市人民政府\n二○二○年五月八日\n{TITLE}",  # below what closes a letter
        f"台州市公共服务规划\n{TITLE}",  # the fuller one
    ],
)
def test_title(text: str) -> None:
    assert masthead(text + "\n各县（市、区）人民政府：\n一、总则").document.title == TITLE


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("台政发〔2020〕1号", "台政发〔2020〕1号"),
        ("台政发[2020]1号", "台政发[2020]1号"),
        ("台政函〔2020〕1号", "台政函〔2020〕1号"),
        ("台发改规划〔2020〕1号", "台发改规划〔2020〕1号"),
        ("台政发 ( 2020 ) 1 号", "台政发(2020)1号"),
        ("台政发﹝2020﹞第1号", "台政发﹝2020﹞第1号"),
        ("台政发〔20201号", "台政发〔20201号"),  # a lost bracket stays lost
        ("文号：台政发〔2020〕1号", "台政发〔2020〕1号"),
        ("台州市人民政府令\n第12号", "第12号"),
        ("2020年第3号", "2020年第3号"),
        ("根据《甲》（国发〔2019〕9号）", None),  # another document's
    ],
)
def test_number(line: str, number: str | None) -> None:
    assert masthead(f"{TITLE}\n{line}\n一、总则").document.doc_number == number


@pytest.mark.parametrize(
    ("foot", "issuer", "day"),
    [
        ("台州市人民政府\n2020年1月2日", "台州市人民政府", date(2020, 1, 2)),
        ("台州市人民政府\n二〇二〇年一月二十日", "台州市人民政府", date(2020, 1, 20)),
        ("台州市人民政府  2020年1月2日", "台州市人民政府", date(2020, 1, 2)),
        ("台州市发展和改革委员会\n（2020年1月2日）", "台州市发展和改革委员会", date(2020, 1, 2)),
        ("2020年1月2日", "台州市人民政府", date(2020, 1, 2)),  # the issuer is in the title
        ("到2020年1月2日完成。", "台州市人民政府", None),
        ("台州市人民政府办公室  2020年1月2日印发", "台州市人民政府办公室", date(2020, 1, 2)),
    ],
)
def test_signature(foot: str, issuer: str, day: date | None) -> None:
    document = masthead(f"{TITLE}\n2020-03-04\n各县：\n一、总则\n做好。\n{foot}").document
    assert (document.issuer, document.issued_on) == (issuer, day)
    assert document.published_on == date(2020, 3, 4)


def test_a_signature_above_its_annex_is_no_day_of_publication() -> None:
    """The notice is signed within the head; its day stands in a field as well."""
    document = masthead(
        f"成文日期：2020-01-02\n{TITLE}\n各县：\n现印发给你们。\n台州市人民政府\n2020年1月2日\n"
        "台州市公共服务规划\n一、总则\n做好。"
    ).document
    assert (document.issued_on, document.published_on) == (date(2020, 1, 2), None)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("甘肃省陇南市人民政府关于服务的通知", "621200"),
        ("宁夏基本公共服务实施标准", "640000"),  # without its kind
        ("国务院关于服务的意见", "100000"),
        ("教育部等五部门关于服务的意见", "100000"),
        ("市委组织部关于服务的意见", None),
        ("关于服务的意见", None),
    ],
)
def test_region(title: str, code: str | None) -> None:
    assert masthead(f"{title}\n一、总则").document.region_code == code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018年8月22日", date(2018, 8, 22)),
        ("２０１８年８月２２日", date(2018, 8, 22)),
        ("2018-08-22 10:11", date(2018, 8, 22)),
        ("2018.8.2", date(2018, 8, 2)),
        ("二○一八年十月三十一日", date(2018, 10, 31)),
        ("二О一八 年 十二月十日", date(2018, 12, 10)),  # a Cyrillic letter
        ("2018年2月30日", None),
        ("二〇一八年二月三十日", None),
        ("12018年8月22日", None),
        ("2018年", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    found = read_date(text)
    assert (found[0] if found else None) == day


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("试点方案（2014—2015年）", (2014, 2015)),
        ("（2021年至2025年）", (2021, 2025)),
        ("“十三五”规划", (2016, 2020)),
        ("第十四个五年规划", (2021, 2025)),
        ("2025—2020", None),
        ("规划", None),
    ],
)
def test_periods(text: str, period: tuple[int, int] | None) -> None:
    assert find_period(text) == period


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("2020年", 2020),
        ("2020 年目标值", 2020),
        ("到2025年", 2025),
        ("“十四五”末", 2025),
        ("2020年（实际）", 2020),
        ("2020年完成投资", None),
        ("指标", None),
    ],
)
def test_column_years(heading: str, year: int | None) -> None:
    assert read_column_year(heading) == year


@pytest.mark.parametrize(
    ("lines", "title", "number", "issued"),
    [
        (  # labels in brackets, a field a line
            f"【索 引 号】1/2020\n【发文日期】2020年3月5日\n【名　　称】{TITLE}\n"
            "【文　　号】台政发〔2020〕1号",
            TITLE,
            "台政发〔2020〕1号",
            date(2020, 3, 5),
        ),
        (  # of two labels for one thing the usual one counts
            f"标题：{TITLE}\n制定日期：2020年1月1日\n成文日期：2020年3月5日",
            TITLE,
            None,
            date(2020, 3, 5),
        ),
        (  # labels that stand right before their values
            f"索 引 号1100000/2020-00012\n发文字号台政发〔2020〕1号\n成文日期2020年3月5日\n{TITLE}",
            TITLE,
            "台政发〔2020〕1号",
            date(2020, 3, 5),
        ),
        (  # what is issued ends the title
            "台州市委办公室 台州市人民政府办公室印发《关于发展公共服务的意见》\n2020-03-05 10:20",
            "台州市委办公室 台州市人民政府办公室印发《关于发展公共服务的意见》",
            None,
            None,
        ),
    ],
)
def test_head_in_other_forms(
    lines: str, title: str, number: str | None, issued: date | None
) -> None:
    document = masthead(f"{lines}\n各县：\n一、总则").document
    assert (document.title, document.doc_number, document.issued_on) == (title, number, issued)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (f"时效性：有效\n{TITLE}", "in_force"),
        (f"（失效）{TITLE}", "expired"),
        (f"【已废止】{TITLE}", "expired"),
        (f"【规划】{TITLE}", "unknown"),
        (TITLE, "unknown"),
    ],
)
def test_status(head: str, status: str) -> None:
    document = masthead(f"{head}\n一、总则").document
    assert (document.effect_status.value, document.title) == (status, TITLE)


@pytest.mark.parametrize(
    ("title", "body", "period"),
    [
        ("台州市“十四五”规划", "到2030年，建成。", (2021, 2025)),
        ("台州市公共服务规划", "规划期为2021—2025年。\n到2035年，建成。", (2021, 2025)),
        ("2023年台州市民生实事方案", "到2024年，建成。", (2023, 2023)),
        ("台州市2030年前达标方案", "到2030年，建成。", (None, 2030)),
        ("台州市服务标准（2023年版）", "做好服务。", (None, None)),  # an edition
        (
            "台州市服务意见",
            "到2022年，起步。到2025年，建成。",
            (None, 2025),
        ),  # the last of the goals
        (
            "台州市服务意见",
            "到2022年，起步。\n到2030年，完成一项。",
            (None, 2022),
        ),  # the first goals
        ("台州市服务意见", "到2025年，建成。到2035年，全面建成。", (None, 2025)),  # a vision
        ("台州市服务意见", "2018年起5年内，建成十处。", (2018, None)),
        ("台州市服务意见", "药品补助到2020年实现全覆盖。", (None, None)),  # in passing
        ("台州市服务意见", "到2015年底，已有学校3所。\n到2025年，建成。", (None, 2025)),  # a report
    ],
)
def test_period_of_a_document(title: str, body: str, period: tuple[int | None, int | None]) -> None:
    document = masthead(f"{title}\n台州市人民政府\n2018年1月2日\n一、总则\n{body}").document
    assert (document.period_start, document.period_end) == period


def test_a_title_that_its_site_cut_off() -> None:
    found = masthead(
        "台州市人民政府关于转发市民政局制定的\n台政发〔2020〕1号\n各县人民政府：\n"
        "市民政局制定的《台州市养老行动计划（2020—2022年）》已经市政府同意，现转发给你们。\n"
        "台州市人民政府\n二○二○年五月八日\n台州市养老行动计划（2020—2022年）\n一、总则"
    )
    document = found.document
    assert document.title == "台州市人民政府关于转发市民政局制定的"
    # The plan that is passed on gives the period, and is the document itself.
    assert (document.period_start, document.period_end) == (2020, 2022)
    assert "台州市养老行动计划（2020—2022年）" in found.own_names
