"""What damage to a page leaves behind is told, and a damaged figure is no number in the graph."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pskg.extract import extract
from pskg.extract.checks.names import is_one_off
from pskg.graph.mapping import to_quads
from pskg.read import read_bytes
from pskg.vocabulary import NS, load

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import damage

HEAD = (
    "临江市人民政府办公室关于印发临江市基本公共服务实施方案的通知\n"
    "临政办发〔2017〕15号\n各镇人民政府,市政府各部门:\n"
)
PLAN = (
    "一、总体要求\n统筹推进各项工作。\n二、重点任务\n(一)公共教育。\n"
    "1.加强管理。{}\n2.完善制度。推进工作。"
)
LIST = (
    "附件1\n临江市基本公共服务清单\n序号\t服务项目\t服务对象\t服务标准\t支出责任\t牵头负责单位\n"
    "1\t住房补助\t困难家庭\t{standard}\t{funding}\t市民政局\n"
    "2\t就业服务\t劳动者\t提供服务。\t{other}\t市人社局"
)


def read(body: str) -> tuple[str, list[tuple[str, str, str | None]]]:
    """The text, and (kind, words, suggestion) of each finding."""
    page = read_bytes((HEAD + body).encode(), "page.txt")
    findings = extract(page, load()).findings
    return page.text, [
        (one.kind, "".join(page.quote(one.span).split()), one.suggestion) for one in findings
    ]


def found(body: str, *kinds: str) -> list[tuple[str, str | None]]:
    return [(words, meant) for kind, words, meant in read(body)[1] if kind in kinds]


SENTENCES: list[tuple[str, str, list[tuple[str, str | None]], str]] = [
    # Decoding
    ("undecodable", "推进锟斤拷锟斤拷改革。", [("锟斤拷锟斤拷", None)], "UTF-8 marks as GBK"),
    ("undecodable", "推进ÖÆ¶È¸Ä¸ï改革。", [("ÖÆ¶È¸Ä¸ï", None)], "GBK as Latin-1"),
    (
        "undecodable",
        f"推进{'制度'.encode().decode('gbk')}改革。",
        [("制度".encode().decode("gbk"), "制度")],
        "UTF-8 as GBK can be read back",
    ),
    ("undecodable", "推进□□□改革,加强????管理。", [("□□□", None), ("????", None)], "boxes"),
    ("undecodable", "推进?度改革。", [("?", None)], "a mark within a sentence"),
    ("undecodable", "是否需要证明?由申请人承诺。办理□是□否。", [], "questions and tick boxes"),
    ("undecodable", "气温20℃±3℃,面积3×5米,café营业,5µm。", [], "signs and words of others"),
    ("undecodable", "涓涓细流,鑫源小区,锦绣嫦娥。", [], "rare characters that are words"),
    # Figures that their unit forbids
    (
        "out-of-range",
        "失业金按不低于700%的比例发放。",
        [("700%", None)],
        "no fact, and yet no share",
    ),
    ("out-of-range", "产值增长150%,补贴为最低工资标准的120%。", [], "growth; of another sum"),
    ("out-of-range", "年满600周岁的老人免费乘车。", [("600周岁", None)], "nobody is 600"),
    ("out-of-range", "年满60周岁、100岁以上老人免费乘车。", [], "ages"),
    ("out-of-range", "到20220年,基本建成。", [("20220", "2020")], "a figure doubled"),
    ("out-of-range", "到202年,基本建成。", [("202", "2020")], "a figure lost"),
    ("out-of-range", "床位达到81.张,占比1.2.3%。", [("81.", None), ("1.2.3", None)], "points"),
    ("out-of-range", "防御200年一遇洪水,建校100年,历时150年建成。", [], "so many years"),
    ("out-of-range", "自2017年13月1日起施行。", [("年13月1日", None)], "no such month"),
    ("out-of-range", "自2017年12月31日起施行。", [], "a date"),
    ("lost-decimal-point", "费率为05%。", [("05", "0.5")], "no number starts so"),
    # Figures that want a unit
    ("lost-character", "入园率达到85。", [("85", "85%")], "a share"),
    ("lost-character", "医保支付比例稳定在80%和75左右。", [("75", "75%")], "a share beside one"),
    ("lost-character", "按不低于70的比例救助。", [("70", "70%")], "a share of money"),
    ("lost-character", "每千人床位达到6,新建学校30。", [("6", None), ("30", None)], "no measure"),
    ("lost-character", "建设10示范校。", [("10", None)], "no measure before the noun"),
    ("lost-character", "中央和地方按82比例分担。", [("82", "8∶2")], "the sign of a ratio"),
    (
        "lost-character",
        "入园率达到85%,新增就业8,400人,开通12345热线,拨打12345,符合GB50352,建设5G基站和10千伏线路,"
        "师生比达到1:15,系数控制在0.4以内,总人数达到500。",
        [],
        "what has its unit, or wants none",
    ),
    # Spam
    ("spam-text", "加强kz88国际娱乐场管理。", [("kz88国际娱乐场", "我市")], "behind a brand"),
    ("spam-text", "经abc金苑人民政府同意。", [("abc金苑", "临江市人民政府")], "no government"),
    ("spam-text", "推进www.qwe77.com工作。", [("www.qwe77.com", None)], "an address of nobody"),
    ("spam-text", "推进工作加微信qwe7788领取。", [("加微信qwe7788", None)], "an account of nobody"),
    ("spam-text", "推进bqwin工作,完善qz88服务。", [("bqwin", "我市"), ("qz88", "我市")], "letters"),
    ("spam-text", "道路宽20mm,发电5kwh,推广app、Linux系统、WiFi和P2P、CO2。", [], "units, names"),
    (
        "spam-text",
        "登录网站www.linjiang.com查询,关注微信公众号linjiang,发展5G直播和APP下载服务,发行体育彩票,"
        "访问linjiang.gov.cn,推广12345平台官网。",
        [],
        "what offices offer",
    ),
    # Brackets
    ("lost-bracket", "落实方案(2014-2015年要求。", [("(2014-2015年要求。", None)], "a period's"),
]


@pytest.mark.parametrize(
    ("kind", "sentence", "expected"), [pytest.param(*row[:3], id=row[3]) for row in SENTENCES]
)
def test_a_damaged_sentence(
    kind: str, sentence: str, expected: list[tuple[str, str | None]]
) -> None:
    assert found(PLAN.format(sentence), kind) == expected


def test_letters_in_the_name_of_a_body() -> None:
    body = PLAN.format("推进。(牵头单位:市教育局;责任单位:市bq棋牌局)")
    assert [words for words, _ in found(body, "spam-text")] == ["市bq棋牌局"]
    assert found(body.replace("bq棋牌", "财政"), "spam-text") == []


@pytest.mark.parametrize(
    ("bodies", "expected", "reason"),
    [
        ("各县政区府", ["各县政区府"], "two characters changed places"),
        ("各县区攻府", ["各县区攻府"], "one character changed"),
        ("各县区政府", [], "the name as it is"),
        ("各州区政府", [], "another level"),
    ],
)
def test_a_name_that_stands_once(bodies: str, expected: list[str], reason: str) -> None:
    tail = "(市教育局、{}按职责分工负责)"
    points = "".join(f"\n{n}.完善制度。推进。{tail.format('各县区政府')}" for n in (3, 4, 5))
    body = PLAN.format(f"推进。{tail.format(bodies)}") + points
    assert [words for words, _ in found(body, "misspelt-name")] == expected, reason


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [("金银博彩网", True), ("临江市", False), ("临江市教育局", False), ("国务院", False)],
)
def test_an_issuer_that_names_no_region(issuer: str, expected: bool) -> None:
    head = HEAD.replace("临江市人民政府办公室", f"{issuer}办公室")
    findings = extract(
        read_bytes((head + PLAN.format("推进。")).encode(), "a.txt"), load()
    ).findings
    told = [one.message for one in findings if "issuer" in one.message]
    assert bool(told) is expected


def test_one_off() -> None:
    assert is_one_off("市教肓局", "市教育局")


def test_a_first_heading_without_its_number() -> None:
    body = (
        "一、总体要求\n指导思想。统筹推进。\n(二)基本原则。坚持公平。\n"
        "二、重点任务\n(一)教育。推进。"
    )
    assert [words for words, _ in found(body, "number-gap")] == ["(二)基本原则"]


def test_counts_of_a_chapter_are_not_those_of_the_whole() -> None:
    table = LIST.format(standard="提供住房。", funding="市财政负责。", other="市财政负责。")
    body = PLAN.format("本领域服务项目共7项。") + "\n" + table
    assert found(body, "count-mismatch") == []
    assert found(body.replace("本领域服务项目共7", "清单中服务共7"), "count-mismatch") != []


def stored(body: str) -> list[str]:
    """The numbers that the graph of a page holds."""
    page = read_bytes((HEAD + body).encode(), "page.txt")
    names = {f"{NS}value", "https://schema.org/value", f"{NS}share"}
    quads = to_quads(extract(page, load()), page.text, load(), version="0")
    return sorted(quad.object.value for quad in quads if quad.predicate.value in names)


@pytest.mark.parametrize(
    ("ratio", "shares", "reason"),
    [
        ("8∶2", ["0.2", "0.8"], "ten parts"),
        ("8∶5", [], "thirteen parts: which is wrong cannot be told"),
        ("2∶1", ["0.333333", "0.666667"], "small ratios are said as they are"),
    ],
)
def test_a_split_that_makes_no_whole_is_no_number(
    ratio: str, shares: list[str], reason: str
) -> None:
    body = LIST.format(
        standard="提供住房。", funding=f"中央和地方财政按{ratio}比例分担。", other="市财政负责。"
    )
    assert stored(f"{PLAN.format('推进。')}\n{body}") == shares, reason


@pytest.mark.parametrize(
    ("sums", "numbers", "reason"),
    [
        (("300", "400", "500"), ["300", "400", "500"], "near to each other"),
        (("300", "400", "5000"), ["300", "400"], "one is ten times the others"),
        (("300", "400", "50"), ["300", "400", "50"], "lower grades get less"),
    ],
)
def test_a_sum_out_of_line_is_no_number(
    sums: tuple[str, ...], numbers: list[str], reason: str
) -> None:
    standard = "一级每人每月{}元,二级每人每月{}元,三级每人每月{}元。".format(*sums)
    body = LIST.format(standard=standard, funding="市财政负责。", other="市财政负责。")
    assert stored(f"{PLAN.format('推进。')}\n{body}") == numbers, reason


@pytest.mark.parametrize(
    ("sentence", "numbers", "reason"),
    [
        ("到2020年,入园率达到85%。", ["85"], "sound"),
        ("到2020年,入园率达到185%。", [], "a share ends at a hundred"),
        ("到2020年,人均预期寿命达到7岁。", [], "nobody plans for that"),
    ],
)
def test_an_impossible_figure_is_no_number(sentence: str, numbers: list[str], reason: str) -> None:
    assert stored(PLAN.format(sentence)) == numbers, reason


def test_a_mean_with_two_values() -> None:
    body = PLAN.format("到2020年,人均体育场地面积达到2.6平方米。") + (
        "\n3.健全体系。到2020年,人均体育场地面积达到{}平方米。"
    )
    words = "人均体育场地面积达到1.8平方米"
    assert found(body.format("1.8"), "conflicting-values") == [(words, None)]
    assert found(body.format("2.6"), "conflicting-values") == []


# --- The benchmark itself -----------------------------------------------------------------------

SOUND = damage.DOCUMENTS / "longnan-2018-45.txt"


def test_a_case_depends_on_its_seed_and_number_alone() -> None:
    first = damage.run_case(SOUND, "digit-lost", 1, 1)
    assert damage.run_case(SOUND, "digit-lost", 1, 1) == first
    assert damage.run_case(SOUND, "digit-lost", 2, 1) != first


def test_a_document_without_damage_has_no_outcome() -> None:
    source = damage.load_source(SOUND)
    assert damage.judge(source, source) == {"told": (), "alarms": (), "stored": ()}


@pytest.mark.parametrize("kind", ["list-close-lost", "spam-for-issuer", "mis-decoded"])
def test_what_any_reader_sees_is_told(kind: str) -> None:
    outcomes = [damage.run_case(SOUND, kind, number, 1) for number in range(3)]
    assert all(one and one.told and not one.alarms for one in outcomes), outcomes
