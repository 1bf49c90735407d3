"""Findings: each kind has a hit and a near miss, in sentences and pages of our own."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pskg.extract import extract
from pskg.extract.checks.case import may_find
from pskg.extract.checks.ranges import find_range
from pskg.model import Finding, Reading, Severity
from pskg.read import Page, SourceError, read_bytes, read_file
from pskg.vocabulary import load

ROOT = Path(__file__).parent.parent
DOCUMENTS = ROOT / "data" / "documents"

TITLE = "临江市人民政府办公室关于印发临江市基本公共服务实施方案的通知"
HEAD = f"{TITLE}\n临政办发〔2017〕15号\n各镇人民政府,市政府各部门:\n"


def page_of(text: str) -> Page:
    return read_bytes(text.encode(), "page.txt")


def check(body: str, head: str = HEAD) -> tuple[Page, Reading]:
    page = page_of(head + body)
    return page, extract(page, load())


def found(body: str, kind: str, head: str = HEAD) -> list[tuple[str, str | None]]:
    """The words and suggestions of the findings of one kind."""
    page, reading = check(body, head)
    return [
        ("".join(page.quote(one.span).split()), one.suggestion)
        for one in reading.findings
        if one.kind == kind
    ]


def plan(*sentences: str) -> str:
    """A plan whose tasks say these things."""
    points = [f"{number}.{text}" for number, text in enumerate(sentences, 1)]
    return "\n".join(
        ["一、总体要求", "统筹推进各项工作。", "二、重点任务", "(一)公共教育。", *points]
    )


#: (sentence of a plan, the words found, what is suggested) for each kind, with the reason.
SENTENCES: list[tuple[str, str, list[tuple[str, str | None]], str]] = [
    # lost-bracket
    (
        "lost-bracket",
        "加强管理。按照省里的规定(甬政办发〔201745号)执行。",
        [("甬政办发〔201745号", "甬政办发〔2017〕45号")],
        "the year's closing bracket",
    ),
    (
        "lost-bracket",
        "加强管理。落实国办发2017]9号要求。",
        [("落实国办发2017]9号", "落实国办发〔2017〕9号")],
        "the opening bracket; a verb before the sign cannot be told from it",
    ),
    (
        "lost-bracket",
        "加强管理。根据国发20179号执行。",
        [("国发20179号", "国发〔2017〕9号")],
        "both brackets",
    ),
    (
        "lost-bracket",
        "加强管理。按照国发〔2017〕9号、国发[2018]19号、国发(2019)1号和国发﹝2020﹞2号执行。",
        [],
        "all pairs are whole",
    ),
    ("lost-bracket", "加强管理。建成学校2016所,投入2017万元。", [], "figures are no numbers"),
    (
        "lost-bracket",
        "加强管理。建设学校。(牵头单位:市教育局;责任单位:市财政局",
        [
            (
                "(牵头单位:市教育局;责任单位:市财政局",
                "(牵头单位:市教育局;责任单位:市财政局)",
            )
        ],
        "a list of bodies is never closed",
    ),
    (
        "lost-bracket",
        "加强管理。建设学校(含幼儿园、小学)。(牵头单位:市教育局(体育局))",
        [],
        "brackets within brackets",
    ),
    (
        "lost-bracket",
        "加强管理。落实《教育法的要求。推进工作。",
        [("《教育法的要求。推进工作。", None)],
        "a title mark; where it should close is not known",
    ),
    ("lost-bracket", "加强管理。推进“一网通办\n”建设（试点）。", [], "the line is broken"),
    ("lost-bracket", "加强管理。推进（试点)工作。", [], "of two widths"),
    # lost-character
    (
        "lost-character",
        "加强管理。20176月启动,201811月完成。",
        [("20176月", "2017年6月"), ("201811月", "2018年11月")],
        "年 is lost",
    ),
    ("lost-character", "加强管理。2017年6月启动,用时12月。", [], "nothing is lost"),
    ("lost-character", "加强管理。从2017年9月1起执行。", [("2017年9月1", "2017年9月1日")], "日"),
    ("lost-character", "加强管理。从2017年9月1日起执行,至2017年9月。", [], "whole dates"),
    ("lost-character", "加强管理。站点500覆盖率不低于75%。", [("500", "500米")], "a unit"),
    ("lost-character", "加强管理。站点500米覆盖率不低于75%,5G覆盖率达90%。", [], "units"),
    # odd-character, doubled-words, misspelling, misspelt-name
    ("odd-character", "加强管理。启动“Ш级”响应和П类标准。", [("Ш", "Ⅲ"), ("П", "Ⅱ")], "Cyrillic"),
    ("odd-character", "加强管理。启动Ⅲ级响应,检测α射线和B超。", [], "Roman, Greek, Latin"),
    ("doubled-words", "加强管理。完善社区服务服务体系。", [("服务服务", "服务")], "twice on end"),
    (
        "doubled-words",
        "加强管理。学生每生每年800元,一个一个落实,方方面面、人人参与。",
        [],
        "每生每, 一个一个 and 方方面面 are right",
    ),
    ("misspelling", "加强管理。扩大实用范围。", [("实用范围", "适用范围")], "a common slip"),
    ("misspelling", "加强管理。扶贫因地制宜,构建全民健康服务。", [], "no slip over words"),
    ("misspelt-name", "加强管理。由教育局门审批。", [("教育局门", "教育部门")], "局 for 部"),
    ("misspelt-name", "加强管理。教育部门审批,登录教育局门户网站。", [], "门户 is a word"),
    # lost-decimal-point, lost-slash, out-of-range
    (
        "lost-decimal-point",
        "提升水平。到2020年,人均预期寿命达到785岁。",
        [("人均预期寿命达到785岁", "78.5岁")],
        "nobody lives to 785",
    ),
    ("lost-decimal-point", "提升水平。到2020年,人均预期寿命达到78.5岁。", [], "as it should be"),
    ("lost-decimal-point", "提升水平。到2020年,城镇登记失业率控制在4%以内。", [], "plausible"),
    ("lost-decimal-point", "提升水平。到2020年,参保人数增长150%。", [], "growth may exceed 100%"),
    ("lost-decimal-point", "提升水平。到2020年,失业保险覆盖率达到95%。", [], "a coverage"),
    (
        "lost-decimal-point",
        "提升水平。到2020年,建成区森林覆盖率达到432%。",
        [("建成区森林覆盖率达到432%", "43.2%")],
        "a share above 100",
    ),
    (
        "lost-slash",
        "提升水平。孕产妇死亡率降低到1210万以下。",
        [("1210万", "12/10万")],
        "a rate in 100,000",
    ),
    (
        "lost-slash",
        "提升水平。孕产妇死亡率降低到12/10万以下,救助10万人。",
        [],
        "the slash is there",
    ),
    (
        "out-of-range",
        "提升水平。到2020年,设备达标率达到100%以上。",
        [("设备达标率达到100%以上", None)],
        "a share ends at 100%",
    ),
    ("out-of-range", "提升水平。到2020年,设备达标率达到100%。", [], "all of them"),
    # number-gap within a paragraph
    ("number-gap", "加强管理。一是推进改革。二是补短板。四是强保障。", [("四是", None)], "三是"),
    ("number-gap", "加强管理。一是推进改革;二是补短板。一是抓落实。", [], "a new enumeration"),
    # lost-full-stop
    (
        "lost-full-stop",
        "健全公共文化服务体系2020年,建成乡镇综合文化站。",
        [("健全公共文化服务体系", "健全公共文化服务体系。")],
        "the heading runs on",
    ),
    ("lost-full-stop", "健全公共文化服务体系。2020年,建成乡镇综合文化站。", [], "a full stop"),
    ("lost-full-stop", "1.建设文化站（责任单位：市文旅局）", [], "bodies in brackets need none"),
]


@pytest.mark.parametrize(
    ("kind", "sentence", "expected"), [pytest.param(*row[:3], id=row[3]) for row in SENTENCES]
)
def test_a_sentence(kind: str, sentence: str, expected: list[tuple[str, str | None]]) -> None:
    others = ["统筹城乡发展。加大投入力度。", "完善制度。落实各项政策。", "强化监督。定期检查。"]
    assert found(plan(sentence, *others), kind) == expected


def test_losses_elsewhere_lower_the_threshold() -> None:
    high = "提升水平。到2020年,城镇登记失业率控制在13%以内。"
    whole = "加强管理。2017年6月启动,2018年11月完成。"
    assert found(plan(high, whole), "lost-decimal-point") == []
    lost = whole.replace("2017年6月", "20176月").replace("2018年11月", "201811月")
    assert found(plan(high, lost), "lost-decimal-point") == [
        ("城镇登记失业率控制在13%以内", "1.3%")
    ]


TABLE = """临江市主要发展指标
指标
2015年
2020年
"""


@pytest.mark.parametrize(
    ("rows", "severities", "reason"),
    [
        ("参保率(%)\n95\n97\n", [], "rises"),
        ("义务教育巩固率(%)\n98.1\n>98\n", ["low"], "the bound is below the start"),
        ("康复服务覆盖率(%)\n24\n8\n", ["high"], "a figure was lost at the end"),
        ("康复服务覆盖率(%)\n80\n60\n", ["medium"], "falls by a quarter"),
        ("婴儿死亡率(‰)\n4.6\n4.2\n", [], "less is better"),
        ("婴儿死亡率(‰)\n4.6\n6.2\n", ["medium"], "less would be better"),
        ("出生人口性别比\n118\n112\n", [], "neither is better"),
    ],
)
def test_target_below_baseline(rows: str, severities: list[str], reason: str) -> None:
    body = f"一、总体要求\n{TABLE}{rows}国民综合阅读率(%)\n70\n80\n二、重点任务\n统筹推进。"
    _, reading = check(body)
    assert len(reading.indicators) == 4
    assert [
        one.severity.value for one in reading.findings if one.kind == "target-below-baseline"
    ] == severities, reason


def test_two_values_for_one_indicator() -> None:
    first = "提升水平。到2020年,劳动合同签订率达到95%。"
    other = "提升质量。到2020年,劳动合同签订率达到93%。"
    assert found(plan(first, other), "conflicting-values") == [("劳动合同签订率达到93%", None)]
    assert found(plan(first, first.replace("水平", "质量")), "conflicting-values") == []
    # Another year, and a name that means something else under each heading.
    assert found(plan(first, other.replace("2020", "2019")), "conflicting-values") == []
    one, two = (f"提升水平。到2020年,覆盖率达到{n}%。" for n in (90, 95))
    assert found(plan(one, two), "conflicting-values") == []


def test_a_target_behind_the_period() -> None:
    head = HEAD.replace("基本公共服务", "“十三五”基本公共服务")
    late = "提升水平。到2025年,劳动合同签订率达到95%。"
    assert [words for words, _ in found(plan(late), "year-outside-period", head)] == [
        "劳动合同签订率达到95%"
    ]
    assert found(plan(late.replace("2025", "2019")), "year-outside-period", head) == []
    # Without a period nothing lies outside of it.
    assert found(plan(late), "year-outside-period") == []


# --- Annexes, tables, counts, numbers ---------------------------------------------------------

ANNEXES = "附件:1.临江市基本公共服务清单\n2.重点任务分工方案\n"
LIST = """附件1
临江市基本公共服务清单
序号
服务项目
服务对象
服务指导标准
支出责任
牵头负责单位
一、公共教育
1
免费义务教育
义务教育学生
免除学杂费。
{funding}
市教育局
2
寄宿生生活补助
家庭经济困难寄宿学生
每生每年1000元。
地方人民政府负责。
市教育局
"""


def test_annexes_that_are_only_names() -> None:
    body = plan("加强管理。推进工作。")
    assert [words for words, _ in found(f"{body}\n{ANNEXES}", "missing-annex")] == [
        "临江市基本公共服务清单",
        "重点任务分工方案",
    ]
    division = "附件2\n重点任务分工方案\n一、教育\n由市教育局负责。\n"
    present = f"{body}\n{ANNEXES}{LIST.format(funding='财政负责。')}{division}"
    assert found(present, "missing-annex") == []


def test_an_annex_that_is_only_mentioned() -> None:
    body = plan("加强管理。服务项目见清单(详见附件3)。")
    assert [words for words, _ in found(body, "missing-annex")] == ["附件3"]
    assert found(plan("加强管理。按规定提交附件和材料。"), "missing-annex") == []


def test_an_annex_heading_with_nothing_below() -> None:
    body = plan("加强管理。推进工作。") + "\n附件1\n临江市基本公共服务清单\n"
    assert len(found(body, "missing-annex")) == 1
    assert found(body + "一、教育\n由市教育局负责。\n", "missing-annex") == []


def test_a_caption_without_its_table() -> None:
    caption = "“十三五”时期临江市主要发展指标"
    body = (
        f"一、总体要求\n工作目标如下。\n{caption}\n二、重点任务\n(一)公共教育\n1.加强管理。推进。"
    )
    assert found(body, "missing-table") == [(caption, None)]
    table = "指标\n2015年\n2020年\n参保率(%)\n95\n97\n"
    assert found(body.replace("二、重点", f"{table}二、重点"), "missing-table") == []
    assert found(plan("完善主要发展指标。加强监测。"), "missing-table") == []


def test_count_mismatch() -> None:
    body = (
        plan("建立清单。清单涵盖1个领域{}个服务项目。") + "\n" + LIST.format(funding="财政负责。")
    )
    _, reading = check(body.format(2))
    assert len(reading.items) == 2
    assert found(body.format(2), "count-mismatch") == []
    assert found(body.format(3), "count-mismatch") == [("3个服务项目", None)]


def test_a_count_of_what_is_not_on_the_page() -> None:
    body = plan("建立清单。清单涵盖8个领域81个服务项目。")
    assert found(body, "count-mismatch") == [("81个服务项目", None)]
    # A few tasks that one paragraph counts are not those of the document.
    assert found(plan("落实责任。完成好这3项任务。", *["推进。加强。"] * 9), "count-mismatch") == []


def test_parts_that_do_not_add_up_to_the_whole() -> None:
    def text(total: int) -> str:
        return (
            f"一、总体要求\n清单包括2个领域{total}个服务项目。\n二、重点任务\n"
            "(一)公共教育\n本领域服务项目共2项,具体包括:免费义务教育、寄宿生补助。\n1.加强管理。推进。\n"
            "(二)公共卫生\n本领域服务项目共3项,具体包括:健康档案、健康教育、预防接种。\n1.加强管理。推进。\n"
        )

    assert len(found(text(6), "total-mismatch")) == 1
    assert found(text(5), "total-mismatch") == []


@pytest.mark.parametrize(
    ("pattern", "flags"), [(r"(甲)\1", 0), (r"(?P<a>甲)(?P=a)", 0), ("a", re.IGNORECASE)]
)
def test_patterns_that_cannot_be_made_one(pattern: str, flags: int) -> None:
    one = re.compile(pattern, flags)
    assert may_find("甲甲\nA", one)
    with pytest.raises(ValueError, match="cannot be made one"):
        may_find("甲甲\nA", one, re.compile("乙"))


def test_a_heading_without_a_number_that_runs_on() -> None:
    texts = ("加强规划布局", "完善路网建设", "优化公共交通", "推进停车管理")
    rest = "统筹考虑人口分布,把新增资源优先投向农村。建立动态调整办法,适时调整各项标准。"
    lines = [f"{text}。{rest}" for text in texts]
    body = "\n".join(
        ["一、公共交通", "（一）重点任务", *lines, f"改善出行条件到2030年,建成十条路。{rest}"]
    )
    _, reading = check(body)
    assert {task.title for task in reading.tasks} >= {*texts, "改善出行条件"}
    assert found(body, "lost-full-stop") == [("改善出行条件", "改善出行条件。")]


def test_a_bracket_lost_at_the_end_is_no_lost_full_stop() -> None:
    rest = "统筹考虑人口分布,把新增资源优先投向农村。" * 3
    lines = [f"{text}事。{rest}(牵头单位:市教育局)" for text in "甲乙丙丁戊己庚辛壬癸"]
    body = plan(*lines, f"子事。{rest}(牵头单位:市教育局、市财政局")
    assert found(body, "lost-bracket")
    assert not found(body, "lost-full-stop")


def test_headings_that_skip_or_repeat_a_number() -> None:
    body = (
        "一、总则\n(一)目标\n推进。\n(三)原则\n推进。\n二、任务\n(一)教育\n"
        "1.甲项工作。推进。\n2.乙项工作。推进。\n(二)卫生\n{}.丙项工作。推进。\n"
    )
    assert [words for words, _ in found(body.format(3), "number-gap")] == ["(三)原则"]
    # Numbers may run on, or begin again; they may not skip.
    assert [words for words, _ in found(body.format(1), "number-gap")] == ["(三)原则"]
    assert [words[:2] for words, _ in found(body.format(5), "number-gap")] == ["(三", "5."]


def test_a_number_without_its_point() -> None:
    body = plan("建设学校。推进。", "改善条件。推进。").replace("\n2.改善", "\n2改善")
    assert found(body, "unnumbered-point") == [("2改善", "2.改善")]
    stuck = plan("建设学校。推进。", "2020年,完成改造。").replace("\n2.2020", "\n22020")
    assert found(stuck, "unnumbered-point") == [("22020年", "2.2020年")]
    assert found(plan("建设学校。推进。", "改善条件。推进。"), "unnumbered-point") == []


@pytest.mark.parametrize(
    ("funding", "words", "reason"),
    [
        ("所需资金由中央和地方财政按8∶2比例分担。", [], "ten parts"),
        ("所需资金由中央和地方财政按1:1比例分担。", [], "halves"),
        ("所需资金由中央和地方财政按8∶3比例分担。", ["8∶3"], "eleven parts"),
        ("所需资金由中央、省、市财政按60:30:20比例分担。", ["60:30:20"], "of a hundred"),
        ("中央和地方财政按照80%和20%分担。", [], "the whole"),
        ("中央和地方财政按照80%和30%分担。", ["中央和地方财政按照80%和30%分担"], "too much"),
        ("用人单位缴纳工资总额的20%,职工缴纳8%。", [], "of wages, not of a whole"),
    ],
)
def test_shares_that_do_not_make_a_whole(funding: str, words: list[str], reason: str) -> None:
    body = plan("加强管理。推进。") + "\n" + LIST.format(funding=funding)
    assert [quote for quote, _ in found(body, "share-sum")] == words, reason


# --- Spam and names ---------------------------------------------------------------------------

SPAM = "888体育投注"


def test_spam_in_place_of_names() -> None:
    head = (
        f"{SPAM}办公室关于印发《临江市基本公共服务实施方案》的通知\n临政办发〔2017〕15号\n"
        f"{SPAM}各部门:\n"
    )
    page, reading = check(plan(f"加强管理。结合{SPAM}实际推进。临江市财政保障。"), head)
    spam = [one for one in reading.findings if one.kind == "spam-text"]
    assert [page.quote(one.span) for one in spam] == [SPAM] * 3
    assert [one.severity for one in spam] == [Severity.HIGH, Severity.HIGH, Severity.MEDIUM]
    assert [one.suggestion for one in spam] == ["临江市人民政府", "临江市人民政府", "我市"]


def test_spam_that_no_vocabulary_knows() -> None:
    strange = "vx77金沙国际"
    body = plan(f"加强管理。经{strange}同意,结合{strange}实际,{strange}各部门推进。")
    assert [words for words, _ in found(body, "spam-text")] == [strange] * 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2018年体育彩票公益金支持全民健身,新增2018体育彩票销售点。", "lotteries for welfare"),
        ("推广12345政务服务热线,12345政务服务热线办公室受理。", "a hotline's office"),
        ("经市政府同意,结合我市实际,各部门推进5G网络实际应用。", "names as they are"),
        ("打击网络赌博,清理违法棋牌室和娱乐场所。", "what the police do"),
    ],
)
def test_words_that_are_no_spam(text: str, reason: str) -> None:
    assert found(plan(f"加强管理。{text}"), "spam-text") == [], reason


def test_a_body_that_no_vocabulary_knows_is_told_once() -> None:
    tail = "(牵头单位:市教育局;责任单位:市星际探索局)"
    body = plan(f"加强管理。推进。{tail}", f"完善制度。推进。{tail}")
    assert found(body, "unknown-body") == [("市星际探索局", None)]
    assert found(body.replace("星际探索", "财政"), "unknown-body") == []


def test_a_body_one_character_off_a_known_one() -> None:
    body = plan("加强管理。推进。(牵头单位:市教育局;责任单位:市人力资源和社会保章局)")
    assert found(body, "misspelt-name") == [("市人力资源和社会保章局", "人力资源和社会保障局")]
    assert found(body, "unknown-body") == []
    assert found(body.replace("保章", "保障"), "misspelt-name") == []


@pytest.mark.parametrize("level", ["市", "地区"])
def test_two_known_bodies_are_no_slip_of_each_other(level: str) -> None:
    often = f"加强管理。推进。(责任单位:{level}教育局)"
    once = f"加强管理。推进。(责任单位:{level}体育局)"
    assert found(plan(often, often, often, once), "misspelt-name") == []
    slip = once.replace("体育", "教肓")
    assert found(plan(often, often, often, slip), "misspelt-name") == [
        (f"{level}教肓局", f"{level}教育局")
    ]


def test_a_region_that_is_not_the_issuers() -> None:
    head = "关于印发台山市基本公共服务实施方案的通知\n陇政办发〔2018〕45号\n"
    foot = "\n陇南市人民政府办公室\n2018年4月24日\n"
    assert len(found(plan("加强管理。推进。") + foot, "region-conflict", head)) == 1
    within = head.replace("台山市", "甘肃省")
    assert found(plan("加强管理。推进。") + foot, "region-conflict", within) == []


@pytest.mark.parametrize(
    ("number", "issuer", "conflicts", "reason"),
    [
        ("闽政办〔2018〕45号", "福建省人民政府办公厅", 0, "the province's own character"),
        ("闽政办〔2018〕45号", "陇南市人民政府办公室", 1, "another province's"),
        ("陇政办发〔2018〕45号", "陇南市人民政府办公室", 0, "a character of the city's name"),
        ("晋政办发〔2018〕45号", "晋江市人民政府办公室", 0, "of the city's name and a province's"),
        ("晋政办发〔2018〕45号", "台山市人民政府办公室", 1, "a province's alone"),
        ("台府办〔2018〕45号", "台山市人民政府办公室", 0, "of the county's name"),
        ("国发〔2018〕45号", "福建省人民政府", 1, "the State Council's"),
        ("榕政办〔2018〕45号", "福州市人民政府办公室", 0, "a character that no province has"),
    ],
)
def test_a_number_of_another_province(
    number: str, issuer: str, conflicts: int, reason: str
) -> None:
    head = f"关于印发基本公共服务实施方案的通知\n{number}\n"
    foot = f"\n{issuer}\n2018年4月24日\n"
    document = plan("加强管理。推进。") + foot
    assert len(found(document, "region-conflict", head)) == conflicts, reason


def test_undecoded_characters() -> None:
    assert len(found(plan("加强\ufffd\ufffd管理。推进。"), "undecodable")) == 1
    assert found(plan("加强管理。推进。"), "undecodable") == []


@pytest.mark.parametrize(
    ("lines", "expected", "reason"),
    [
        ("临江市人民政府\n201999", [("201999", "2019年9月9日")], "all signs are lost"),
        ("临江市人民政府\n2019111", [("2019111", None)], "1月11日 or 11月1日"),
        ("临江市人民政府\n2019年9月9日", [], "a date"),
        ("联系电话\n201999", [], "below no issuer"),
    ],
)
def test_a_date_without_its_signs(
    lines: str, expected: list[tuple[str, str | None]], reason: str
) -> None:
    assert found(plan("加强管理。推进。") + f"\n{lines}\n", "lost-character") == expected, reason


# --- The vocabulary of ranges -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "label", "reason"),
    [
        ("5岁以下儿童死亡率", "5岁以下儿童死亡率", "the longest of those that end together"),
        ("失业保险覆盖率", "覆盖率", "the last counts"),
        ("每千人口执业(助理)医师数", "千人口执业医师", "brackets of either width"),
        ("大班额比例", "排放量", "a burden"),
    ],
)
def test_find_range(name: str, label: str, reason: str) -> None:
    known = find_range(name, load())
    assert known, reason
    assert known.name == label, reason


def test_find_range_knows_nothing_of_other_names() -> None:
    assert find_range("建成养老机构", load()) is None


# --- The five documents -----------------------------------------------------------------------


@cache
def reading_of(name: str) -> tuple[Page, Reading]:
    page = read_file(DOCUMENTS / f"{name}.txt")
    return page, extract(page, load())


def has(name: str, kind: str, words: str, severity: Severity) -> bool:
    page, reading = reading_of(name)
    return any(
        one.kind == kind
        and one.severity is severity
        and words in "".join(page.quote(one.span).split())
        for one in reading.findings
    )


@pytest.mark.parametrize(
    ("name", "kind", "words", "severity"),
    [
        ("hulunbuir-2018-41", "misspelt-name", "教育厅门", Severity.MEDIUM),
        ("fujian-action-plan", "target-below-baseline", "康复服务覆盖率(%)248", Severity.HIGH),
        ("fujian-action-plan", "target-below-baseline", "巩固率(%)98.1﹥98", Severity.LOW),
        ("fujian-action-plan", "missing-annex", "重点任务分工方案", Severity.HIGH),
        ("fujian-action-plan", "odd-character", "Ш", Severity.LOW),
        ("longnan-2018-45", "missing-annex", "基本公共服务清单.xls", Severity.HIGH),
        ("siping-2017-110", "missing-table", "主要发展指标", Severity.HIGH),
        ("siping-2017-110", "missing-annex", "重点任务分工方案", Severity.HIGH),
        ("siping-2017-110", "count-mismatch", "83个项目", Severity.MEDIUM),
        ("taishan-2014-32", "lost-decimal-point", "768岁", Severity.HIGH),
        ("taishan-2014-32", "lost-decimal-point", "515%", Severity.HIGH),
        ("taishan-2014-32", "lost-decimal-point", "135平方米", Severity.HIGH),
        ("taishan-2014-32", "lost-decimal-point", "22平方米", Severity.HIGH),
        ("taishan-2014-32", "lost-decimal-point", "32%", Severity.HIGH),
        ("taishan-2014-32", "lost-decimal-point", "12%", Severity.HIGH),
        ("taishan-2014-32", "lost-slash", "1510万", Severity.HIGH),
        ("taishan-2014-32", "lost-bracket", "台府〔201432", Severity.MEDIUM),
        ("taishan-2014-32", "lost-bracket", "粤府办〔201230号", Severity.MEDIUM),
        ("taishan-2014-32", "lost-bracket", "江府〔20148号", Severity.MEDIUM),
        ("taishan-2014-32", "lost-bracket", "责任单位:各镇政府", Severity.MEDIUM),
        ("taishan-2014-32", "lost-character", "20146月", Severity.MEDIUM),
        ("taishan-2014-32", "lost-character", "2014年9月11", Severity.LOW),
        ("taishan-2014-32", "lost-character", "500", Severity.MEDIUM),
        ("taishan-2014-32", "unnumbered-point", "52015年", Severity.MEDIUM),
        ("taishan-2014-32", "unnumbered-point", "4完善", Severity.LOW),
        ("taishan-2014-32", "doubled-words", "服务服务", Severity.LOW),
        ("taishan-2014-32", "out-of-range", "100%以上", Severity.LOW),
        ("taishan-2014-32", "conflicting-values", "毛入学率达到96%", Severity.LOW),
    ],
)
def test_what_is_wrong_with_the_five(name: str, kind: str, words: str, severity: Severity) -> None:
    assert has(name, kind, words, severity)


def test_a_defaced_page() -> None:
    page, reading = reading_of("hulunbuir-2018-41")
    spam = [one for one in reading.findings if one.kind == "spam-text"]
    words = Counter(page.quote(one.span) for one in spam)
    assert len(words) == 1
    # Each time it stands there is reported.
    ((word, times),) = words.items()
    assert times == page.text.count(word)
    title = reading.document.spans["title"]
    in_title = [one for one in spam if title.covers(one.span)]
    assert in_title
    assert {one.severity for one in in_title} == {Severity.HIGH}
    assert {one.suggestion for one in in_title} == {f"{reading.document.region}人民政府"}


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("fujian-action-plan", 7),
        ("hulunbuir-2018-41", 44),
        ("longnan-2018-45", 5),
        ("siping-2017-110", 7),
        ("taishan-2014-32", 48),
    ],
)
def test_no_flood(name: str, most: int) -> None:
    assert len(reading_of(name)[1].findings) <= most


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.stem)
def test_findings_are_in_order_and_of_a_known_kind(path: Path) -> None:
    page, reading = reading_of(path.stem)
    kinds = {kind.notation for kind in load()["finding-kinds"]}
    order = [(one.span.start, one.kind) for one in reading.findings]
    assert order == sorted(order)
    assert len({(one.kind, one.span) for one in reading.findings}) == len(order)
    for one in reading.findings:
        assert one.kind in kinds
        assert one.message
        assert one.span.end <= len(page.text)
        assert page.quote(one.span).strip() == page.quote(one.span)


# --- Any text ---------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "一、",
        "(一)",
        "1.",
        "附件1",
        "附件:",
        "《",
        "“",
        "(",
        "〔2017",
        "〕",
        "3号",
        "20176月",
        "%",
        "985",
        "死亡率",
        "覆盖率",
        "到2020年",
        "服务",
        "局门",
        "888体育投注",
        "办公室",
        "指标",
        "\n",
        "。",
        ",",
        " ",
        "表",
        "市教育局",
        "牵头单位:",
        "Ш",
        "\ufffd",
        "万",
        "二是",
    ]
)


@pytest.mark.parametrize("rest", ["，\x1c", "，\x1f\x1e", "，\u200b", "， \u2028"])
def test_a_paragraph_that_ends_in_no_character_is_checked(rest: str) -> None:
    point = "（一）发展教育。扩大学前教育资源供给，提高教育质量，促进公平，让人人享有。"
    page, reading = check("\n".join(["一、重点任务", *[point] * 12, point[:-1] + rest]))
    assert all(one.span.end <= len(page.text) for one in reading.findings)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_text_is_checked_without_harm(pieces: list[str]) -> None:
    try:
        page = page_of(HEAD + "".join(pieces))
        findings: tuple[Finding, ...] = extract(page, load()).findings
    except SourceError:
        return
    assert list(findings) == sorted(findings, key=lambda one: (one.span.start, one.kind))
    assert all(one.span.end <= len(page.text) for one in findings)
