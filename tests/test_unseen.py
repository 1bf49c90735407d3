"""Documents of other layouts than the five: what matters of each must come out exactly.

They are made up for these tests, in layouts that governments publish.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from pskg.extract import extract
from pskg.model import Reading
from pskg.read import Page, read_file
from pskg.vocabulary import load

FOLDER = Path(__file__).parent / "unseen"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


@cache
def read(name: str) -> tuple[Page, Reading]:
    page = read_file(FOLDER / f"{name}.txt")
    return page, extract(page, load())


def items(name: str) -> list[tuple[str, str, str]]:
    return [(item.no, item.name, item.domain) for item in read(name)[1].items]


def tasks(name: str) -> list[tuple[str, str, str, str]]:
    return [(t.kind.value, t.no, t.title, t.domain) for t in read(name)[1].tasks]


def leads(name: str) -> list[tuple[str, str, str]]:
    return [(r.subject.no, r.body.name, r.role.value) for r in read(name)[1].responsibilities]


def figures(name: str) -> list[tuple[str, str, str, int | None, str, bool]]:
    return [
        (one.domain, one.name, one.value, one.year, one.unit, one.cumulative)
        for one in read(name)[1].indicators
        if one.from_table
    ]


def test_every_document_of_the_folder_is_there() -> None:
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_ledger_has_no_gap_and_little_is_not_understood(name: str) -> None:
    page, reading = read(name)
    position = 0
    for stretch in reading.coverage:
        assert stretch.span.start == position
        position = stretch.span.end
    assert position == len(page.text)
    lost = [s.span.of(page.text) for s in reading.coverage if s.kind.value == "not_understood"]
    assert lost == []


@pytest.mark.parametrize("name", NAMES)
def test_names_and_titles_stand_where_they_say(name: str) -> None:
    page, reading = read(name)
    for item in reading.items:
        assert "".join(page.quote(item.span).split()) == item.name
        for cell in (item.target_groups, item.funding, item.lead):
            assert cell is None or "".join(page.quote(cell.span).split()) == cell.text
    for task in reading.tasks:
        assert "".join(page.quote(task.span).split()) == task.title


def test_state_plan_service_list_is_in_an_annex() -> None:
    assert items("state-plan") == [
        ("1", "免费义务教育", "基本公共教育"),
        ("2", "寄宿生生活补助", "基本公共教育"),
        ("3", "普通高中国家助学金", "基本公共教育"),
        ("4", "职工基本养老保险", "基本社会保险"),
        ("5", "失业保险", "基本社会保险"),
    ]
    first, *_, fourth, _fifth = read("state-plan")[1].items
    assert first.standard is not None
    assert first.lead is not None
    assert fourth.standard is not None
    # A cell of two paragraphs, a cell of bodies broken over lines with a blank one between.
    assert first.standard.text == ("对城乡学生免除学杂费，免费提供教科书。统一公用经费基准定额。")
    assert first.lead.text == "教育部、财政部"
    assert fourth.standard.text == "达到规定年龄的，按月领取基本养老金。"


def test_state_plan_tasks_are_dash_paragraphs_and_rows() -> None:
    assert tasks("state-plan") == [
        ("task", "3.1", "义务教育", "基本公共教育"),
        ("task", "3.2", "高中阶段教育", "基本公共教育"),
        ("task", "3.3", "终身学习", "基本公共教育"),
        ("measure", "3.1", "教师队伍", "基本公共教育"),
        ("measure", "3.2", "校舍建设", "基本公共教育"),
        ("task", "4.1", "养老保险", "基本社会保险"),
        ("task", "4.2", "失业保险", "基本社会保险"),
        ("measure", "4.1", "经办平台", "基本社会保险"),
        ("measure", "4.2", "信息系统", "基本社会保险"),
        ("task", "5.1", "推动城乡均衡", ""),
        ("division", "1", "加快办好家门口的学校，缩小校际差距", ""),
        ("division", "2", "扩大参保面，提高统筹层次", ""),
    ]


def test_state_plan_indicators_have_groups_and_a_sum() -> None:
    education, work = "基本公共教育", "基本劳动就业创业"
    assert figures("state-plan") == [
        (education, "九年义务教育巩固率", "93", 2015, "%", False),
        (education, "九年义务教育巩固率", "95", 2020, "%", False),
        (education, "义务教育学校达标县（市、区）的比例", "75", 2015, "%", False),
        (education, "义务教育学校达标县（市、区）的比例", "95", 2020, "%", False),
        (work, "城镇新增就业人数", "5000", 2020, "万人", True),
    ]


def test_state_plan_masthead_and_counts() -> None:
    reading = read("state-plan")[1]
    document = reading.document
    assert document.title == "国务院关于印发“十三五”便民服务均衡发展规划的通知"
    assert (document.doc_number, document.issuer) == ("国发〔2017〕901号", "国务院")
    assert (document.region_code, document.issued_on) == ("100000", date(2017, 3, 2))
    assert (document.period_start, document.period_end) == (2016, 2020)
    assert [(c.number, c.found, c.scope) for c in reading.counts] == [
        (3, 3, "基本公共教育"),
        (2, 2, "基本社会保险"),
    ]


def test_notice_with_duties_at_chapter_level() -> None:
    assert tasks("notice-chapters") == [
        ("task", "1", "摸清困难底数", ""),
        ("task", "2", "落实救助资金", ""),
        ("task", "3.1", "储备物资", ""),
        ("task", "3.2", "畅通热线", ""),
    ]
    assert leads("notice-chapters") == [
        ("1", "市民政局", "responsible"),
        ("1", "各县市区政府", "responsible"),
        ("2", "市财政局", "lead"),
        ("2", "市民政局", "cooperating"),
        ("2", "市审计局", "cooperating"),
        ("3.1", "市应急局", "responsible"),
    ]
    document = read("notice-chapters")[1].document
    assert (document.doc_number, document.issued_on) == ("衡民〔2020〕15号", date(2020, 10, 9))
    assert document.region == "衡水市"


def test_fourteenth_plan_with_contents_boxes_and_attributes() -> None:
    assert tasks("fourteenth-plan") == [
        ("task", "1.1", "优化生育服务", "幼有所育"),
        ("task", "1.2", "发展普惠托育", "幼有所育"),
        ("task", "2.1", "补齐学前短板", "学有所教"),
        ("task", "2.2", "推进集团办学", "学有所教"),
        ("task", "3.1", "健全居家养老网络", "老有所养"),
        ("measure", "4.1", "加强组织领导", ""),
        ("measure", "4.2", "强化要素支撑", ""),
    ]
    assert figures("fourteenth-plan") == [
        ("幼有所育", "每千人口拥有3岁以下婴幼儿托位数", "1.6", 2020, "个", False),
        ("幼有所育", "每千人口拥有3岁以下婴幼儿托位数", "4.5", 2025, "个", False),
        ("幼有所育", "每千人口拥有3岁以下婴幼儿托位数", "2.9", 2025, "个", True),
        ("幼有所育", "0—6岁儿童眼保健和视力检查覆盖率", "85", 2020, "%", False),
        ("幼有所育", "0—6岁儿童眼保健和视力检查覆盖率", "95", 2025, "%", False),
        ("学有所教", "学前教育毛入园率", "90.2", 2020, "%", False),
        ("学有所教", "学前教育毛入园率", "92", 2025, "%", False),
        ("老有所养", "养老机构护理型床位占比", "41", 2020, "%", False),
        ("老有所养", "养老机构护理型床位占比", "55", 2025, "%", False),
        ("老有所养", "养老机构护理型床位占比", "14", 2025, "%", True),
    ]
    titles = [section.title for section in read("fourteenth-plan")[1].sections]
    assert titles.count("发展环境") == 1  # not once more from the table of contents


@pytest.mark.parametrize("name", ["standard-list", "labelled-list"])
def test_standard_lists_number_items_through_two_levels_of_groups(name: str) -> None:
    found = items(name)
    assert [no for no, _, _ in found] == ["1", "2", "3", "4"]
    assert [domain for _, _, domain in found] == ["幼有所育"] * 3 + ["学有所教"]
    assert tasks(name) == []


def test_standard_list_cells() -> None:
    third = read("standard-list")[1].items[2]
    assert third.name == "特殊儿童群体基本生活保障"
    assert third.target_groups is not None
    assert third.target_groups.text == "孤儿、艾滋病病毒感染儿童、事实无人抚养儿童"
    last = read("standard-list")[1].items[3]
    assert last.lead is not None
    assert last.lead.text == "自治区教育厅、财政厅"
    assert read("standard-list")[1].document.region == "宁夏回族自治区"


def test_labelled_list_cells() -> None:
    first = read("labelled-list")[1].items[0]
    assert first.name == "婚前医学检查"
    assert first.target_groups is not None
    assert first.standard is not None
    assert first.target_groups.text == "准备结婚的男女双方。"
    assert first.standard.text.endswith("提供服务；检查率逐年提高。")
    assert leads("labelled-list") == [
        ("1", "省卫生健康委", "lead"),
        ("2", "省卫生健康委", "lead"),
        ("2", "省财政厅", "lead"),
        ("3", "省卫生健康委", "lead"),
        ("4", "省教育厅", "lead"),
    ]


def test_table_parted_by_tabs_keeps_an_empty_first_cell() -> None:
    assert items("tab-table") == [
        ("1-1", "免费义务教育", "公共教育"),
        ("1-2", "营养改善计划", "公共教育"),
        ("2-1", "预防接种", "医疗卫生"),
    ]
    assert read("tab-table")[1].document.subject is None  # 服务类别 heads a column, no field


def test_table_parted_by_bars_with_empty_cells() -> None:
    assert leads("bar-table") == [
        ("1", "县教育局", "lead"),
        ("1", "县自然资源局", "cooperating"),
        ("1", "有关乡镇", "cooperating"),
        ("2", "县民政局", "lead"),
        ("3", "县卫生健康局", "lead"),
        ("3", "县财政局", "cooperating"),
    ]


def test_table_parted_by_white_space() -> None:
    assert [row[1:4] for row in figures("space-table")] == [
        ("每千人口执业（助理）医师数", "2.1", 2020),
        ("每千人口执业（助理）医师数", "2.8", 2025),
        ("人均体育场地面积", "1.9", 2020),
        ("人均体育场地面积", "2.3", 2025),
    ]
    assert [task[1:3] for task in tasks("space-table")] == [
        ("1", "建设全民健身中心"),
        ("2", "改造乡镇卫生院"),
    ]


def test_county_notice_in_gb18030_without_fields() -> None:
    page, reading = read("county-notice")
    document = reading.document
    assert page.encoding == "gb18030"
    assert document.title == (
        "凤庆县人民政府办公室关于印发凤庆县“十三五”推进基本公共服务均等化实施方案的通知"
    )
    assert (document.doc_number, document.region_code) == ("凤政办发〔2017〕8号", "530921")
    assert (document.issuer, document.issued_on) == ("凤庆县人民政府办公室", date(2017, 11, 20))
    assert tasks("county-notice") == [
        ("task", "1.1", "巩固义务教育成果", "基本公共教育"),
        ("task", "1.2", "普及高中教育", "基本公共教育"),
        ("task", "2.1", "加强重大疾病防治", "基本医疗卫生"),
        ("measure", "2.1", "加强领导", ""),
        ("measure", "2.2", "落实经费", ""),
    ]


def test_items_named_in_sentences_of_other_words() -> None:
    assert items("items-in-words") == [
        ("1", "免费义务教育", "基本公共教育"),
        ("2", "学前教育资助", "基本公共教育"),
        ("3", "中等职业教育国家助学金", "基本公共教育"),
        ("4", "普通高中（含综合高中）助学金", "基本公共教育"),
        ("5", "就业援助", "基本劳动就业创业"),
        ("6", "职业技能培训", "基本劳动就业创业"),
        ("7", "劳动关系协调", "基本劳动就业创业"),
        ("8", "职工基本养老保险", "基本社会保险"),
        ("9", "城乡居民基本医疗保险", "基本社会保险"),
        ("10", "工伤保险", "基本社会保险"),
        ("11", "公共租赁住房", "基本住房保障"),
        ("12", "农村危房改造", "基本住房保障"),
        ("13", "城镇棚户区住房改造", "基本住房保障"),
    ]


def test_division_without_numbers_ends_in_a_deadline() -> None:
    reading = read("merged-division")[1]
    assert [task[1:3] for task in tasks("merged-division")] == [
        ("1", "建立全县困难群众信息库"),
        ("2", "建设县级养老服务指导中心"),
        ("3", "开展适老化改造"),
    ]
    assert {r.deadline for r in reading.responsibilities} == {
        "2021年6月底前",
        "2021年12月底前",
        "持续推进",
    }


def test_numbers_that_run_through_and_points_within() -> None:
    assert tasks("running-numbers") == [
        ("task", "1", "优化学校布局", "公共教育"),
        ("task", "2", "稳定教师队伍", "公共教育"),
        ("task", "3", "建好文化阵地", "公共文化体育"),
        ("task", "4", "开放体育场馆", "公共文化体育"),
        ("task", "5", "发展城乡公交", "公共交通"),
        ("measure", "2.1", "强化组织领导", ""),
        ("measure", "2.2", "强化资金保障", ""),
    ]
