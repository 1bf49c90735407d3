"""The grammar of responsibility: lists of bodies, clauses with roles, groups, names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pskg.extract import extract
from pskg.extract.grammar.bodies import Assignment, classify_body, read_body_list
from pskg.extract.grammar.duties import (
    Clause,
    ClauseKind,
    find_responsibility_clauses,
    looks_like_body,
    read_responsibility,
)
from pskg.extract.grammar.groups import find_coordination_groups
from pskg.model import Role
from pskg.read import read_bytes
from pskg.vocabulary import load

VOCABULARY = load()
OFFSET = 100
L, R, C, M = Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING, Role.MEMBER

LISTS = [
    ("市财政局，各有关区、县级市", ["市财政局", "各有关区、县级市"], "levels concerned"),
    (
        "市财政局、各乡镇\n卫生院",
        ["市财政局", "各乡镇卫生院"],
        "what each of them has, broken over lines",
    ),
    # (list, names) and why
    ("省发展改革委、财政厅", ["省发展改革委", "财政厅"], "a shared prefix stays where it stands"),
    ("财政局、\n\n教育局", ["财政局", "教育局"], "a cell over lines"),
    ("教育局\n财政局", ["教育局", "财政局"], "a line break between two whole names parts them"),
    ("市社会办\n市民政局", ["市社会办", "市民政局"], "an office that ends like a verb"),
    ("教育局（牵头）\n财政局（配合）", ["教育局", "财政局"], "each with its role in brackets"),
    ("教育局 财政局", ["教育局", "财政局"], "a blank between two whole names parts them"),
    ("人力资源和社\n会保障局", ["人力资源和社会保障局"], "a line break inside a name does not"),
    ("市政府\n办公室", ["市政府办公室"], "nor where both halves could be names"),
    ("市财政局,市民政局，市教育局", ["市财政局", "市民政局", "市教育局"], "commas meant as 、"),
    ("市司法局和市财政局", ["市司法局", "市财政局"], "和 parts whole names"),
    ("市人力资源和社会保障局", ["市人力资源和社会保障局"], "和 inside a name does not"),
    ("市海洋与渔业局及市水务局", ["市海洋与渔业局", "市水务局"], "与 inside, 及 between"),
    ("市发展改革委以及各县区政府", ["市发展改革委", "各县区政府"], "以及"),
    ("市教育和财政部门", ["市教育", "财政部门"], "two functions that share one 部门"),
    ("市教育局、市编办等部门", ["市教育局", "市编办"], "等部门 is no part of the last name"),
    ("市教育局、市编办等12个市直单位", ["市教育局", "市编办"], "等 with a number"),
    ("各类高等学校、市教育局", ["各类高等学校", "市教育局"], "the 等 of 高等 stays"),
    ("各镇政府(街道办、农场,下同)、市残联", ["各镇政府", "市残联"], "a bracket that explains"),
    (
        "市文化和旅游局（市文物局）、市医保局",
        ["市文化和旅游局（市文物局）", "市医保局"],
        "a second name",
    ),
    ("各县(市、区)人民政府、市民政局", ["各县(市、区)人民政府", "市民政局"], "inside a name"),
    ("各县（市、区）、市直各部门", ["各县（市、区）", "市直各部门"], "a bracket that ends a name"),
    ("各市、县（区）人民政府", ["各市、县（区）人民政府"], "levels after 各 are one name"),
    ("各区、县级市", ["各区、县级市"], "levels without 政府"),
    (
        "各省、自治区、直辖市人民政府，各地级以上市人民政府",
        ["各省、自治区、直辖市人民政府", "各地级以上市人民政府"],
        "levels of the state",
    ),
    ("各县区、各部门", ["各县区", "各部门"], "a second 各 begins a name"),
    ("各县区党委、政府", ["各县区党委、政府"], "the second half has no region of its own"),
    ("市“三旧”办；团市委", ["市“三旧”办", "团市委"], "quotes and semicolons"),
    ("由市教育局、市财政局。", ["市教育局", "市财政局"], "由 and a full stop go"),
    ("市教育局、2025年底前", ["市教育局"], "a date is no body"),
    ("", [], "nothing"),
    ("（（、，", [], "junk"),
]


@pytest.mark.parametrize(("text", "names", "why"), LISTS)
def test_read_body_list(text: str, names: list[str], why: str) -> None:
    found = read_body_list(text, OFFSET, R, VOCABULARY)
    assert [one.name for one in found] == names, why
    for one in found:
        quote = text[one.span.start - OFFSET : one.span.end - OFFSET]
        assert "".join(quote.split()) == one.name


def test_a_bracket_behind_a_name_gives_its_role() -> None:
    found = read_body_list("市教育局(牵头)、市财政局", 0, R, VOCABULARY)
    assert [(one.name, one.role) for one in found] == [("市教育局", L), ("市财政局", R)]


CLAUSES = [
    (
        "市教育局、市财政局、各县区政府按职责分工负责",
        [("市教育局", R), ("市财政局", R), ("各县区政府", R)],
        "按职责分工负责",
    ),
    ("市文广新局、市科技局牵头负责", [("市文广新局", L), ("市科技局", L)], "牵头负责"),
    ("甲区教育局牵头,其他有关部门按职责分工负责", [("甲区教育局", L), ("其他有关部门", R)], "two"),
    ("文旅局、体育局分别牵头", [("文旅局", L), ("体育局", L)], "分别 is no name"),
    (
        "市教育局牵头，市财政局、市人社局",
        [("市教育局", L), ("市财政局", R), ("市人社局", R)],
        "rest",
    ),
    (
        "牵头单位:市财政局、各镇政府;配合单位:各有关部门",
        [("市财政局", L), ("各镇政府", L), ("各有关部门", C)],
        "headings",
    ),
    ("牵头单位:市卫健局,责任单位:各镇政府", [("市卫健局", L), ("各镇政府", R)], "a comma between"),
    ("牵 头 单 位：市卫健局", [("市卫健局", L)], "a heading spaced out"),
    ("牵头(责任)单位∶市卫健局", [("市卫健局", L)], "a heading with a bracket, a ratio sign"),
    ("牵头单位 市教育局 配合单位 市财政局", [("市教育局", L), ("市财政局", C)], "no colons"),
    ("市教育局牵头单位：市财政局", [("市财政局", L)], "what stands before the heading is not its"),
    ("某级参与部门：市财政局", [("市财政局", C)], "a heading no vocabulary has"),
    ("牵头单位：市教育局；市财政局配合", [("市教育局", L), ("市财政局", C)], "heading, then verb"),
    ("牵头领导：张三；牵头单位：市教育局", [("市教育局", L)], "a person is no body"),
    ("（牵头单位：市教育局）", [("市教育局", L)], "the bracket itself"),
    ("省发展改革委会同省统计局", [("省发展改革委", L), ("省统计局", C)], "会同"),
    (
        "省教育厅会同省财政厅、省人社厅等部门负责",
        [("省教育厅", L), ("省财政厅", C), ("省人社厅", C)],
        "会同 with a list",
    ),
    ("由市教育局负责,市财政局配合", [("市教育局", R), ("市财政局", C)], "由, 配合"),
    ("市教育局牵头、市财政局配合", [("市教育局", L), ("市财政局", C)], "、 between phrases"),
    ("教育部、财政部等按职责分工负责", [("教育部", R), ("财政部", R)], "a bare 等"),
    (
        "发展改革委牵头,地方各级人民政府和其他有关部门按职责分工负责",
        [("发展改革委", L), ("地方各级人民政府", R), ("其他有关部门", R)],
        "和 between collective names",
    ),
    ("各区、县级市政府分别负责", [("各区、县级市政府", R)], "levels"),
    ("市教育局负责落实，市财政局负责资金保障", [("市教育局", R), ("市财政局", R)], "complements"),
    ("县级人民政府负责，省财政厅等部门指导", [("县级人民政府", R)], "指导 is no role"),
    ("牵头负责单位是指省级层面的主要负责单位", [], "a definition assigns nobody"),
    ("责任单位为市教育局、市民政局", [("市教育局", R), ("市民政局", R)], "为 instead of a colon"),
    ("市教育局、市财政局", [], "no role is given"),
    ("单位负责人和项目负责人", [], "负责人 is no verb"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CLAUSES)
def test_read_responsibility(text: str, expected: list[tuple[str, Role]], why: str) -> None:
    found = read_responsibility(text, OFFSET, VOCABULARY)
    assert [(one.name, one.role) for one in found] == expected, why
    for one in found:
        quote = text[one.span.start - OFFSET : one.span.end - OFFSET]
        assert "".join(quote.split()) == one.name


def test_a_cell_gives_its_role_to_names_without_one() -> None:
    found = read_responsibility("市教育局、市财政局", 0, VOCABULARY, R)
    assert [(one.name, one.role) for one in found] == [("市教育局", R), ("市财政局", R)]


DEADLINES = [
    ("市教育局牵头，6月底前完成", ["6月底前"], "a month without its year"),
    ("责任单位:市教育局;完成时限:2025年底前", ["2025年底前"], "a heading"),
    ("市教育局牵头，2025年6月30日前完成", ["2025年6月30日前"], "a phrase"),
    ("市民政局负责,持续推进", ["持续推进"], "no date"),
    ("2018年6月底前，市民政局负责", ["2018年6月底前"], "in front"),
    (
        "市民政局负责，2018年前完成；市财政局负责，长期坚持",
        ["2018年前", "长期坚持"],
        "each its own",
    ),
    ("市民政局负责", [None], "none"),
]


@pytest.mark.parametrize(("text", "deadlines", "why"), DEADLINES)
def test_deadlines(text: str, deadlines: list[str | None], why: str) -> None:
    found = read_responsibility(text, 0, VOCABULARY)
    assert [one.deadline and one.deadline.text for one in found] == deadlines, why
    for one in found:
        if one.deadline:
            quote = one.deadline.span.of(text)
            assert "".join(quote.split()) == one.deadline.text


PARAGRAPHS = [
    (
        "市发改委牵头建立机制，市有关部门按照职责分工抓好落实，各县人民政府对本地区实施负主体责任。",
        [("sentence", ["市发改委", "市有关部门", "各县人民政府"])],
        "by their duties; for what a body answers stands before the verb",
    ),
    ("坚持中央统筹、省负总责、市县抓落实。", [], "levels are no bodies"),
    (
        "配合单位：市教育局、某某书店",
        [("label", ["市教育局", "某某书店"])],
        "a short name that nobody knows behind a label, among bodies",
    ),
    (
        "做好甲事。（市教育局、市人力资源和社会保障居、市财政局负责）由市民政局牵头，市财政同配合。",
        [
            ("bracket", ["市教育局", "市人力资源和社会保障居", "市财政局"]),
            ("sentence", ["市民政局"]),
        ],
        "a slip in a name among others keeps its place",
    ),
    (
        "由市民政局牵头，市财政同、市教育局配合。",
        [("sentence", ["市民政局", "市财政同", "市教育局"])],
        "and does not cost those beside it theirs",
    ),
    (
        "做好甲事。（省教育厅、省财政厅、省民政厅、某某海关，各市人民政府）",
        [("bracket", ["省教育厅", "省财政厅", "省民政厅", "某某海关", "各市人民政府"])],
        "a name that nobody knows among many bodies",
    ),
    ("完善办学条件。(市教育局负责)", [("bracket", ["市教育局"])], "half-width"),
    ("完善办学条件。［市教育局负责］", [("bracket", ["市教育局"])], "square"),
    ("完善办学条件。【市教育局负责】", [("bracket", ["市教育局"])], "black"),
    ("（市教育局负责", [("bracket", ["市教育局"])], "the closing sign lost"),
    (
        "(责任单位:各镇政府(街道办,下同)、市残联",
        [("bracket", ["各镇政府", "市残联"])],
        "a bracket inside, the closing sign lost",
    ),
    (
        "一是甲。（市教育局负责）二是乙。（市民政局负责）",
        [("bracket", ["市教育局"]), ("bracket", ["市民政局"])],
        "several in a paragraph",
    ),
    ("完善政策。（市教育局、市财政局）", [("bracket", ["市教育局", "市财政局"])], "names alone"),
    ("由牵头部门（市教育局）协调。", [], "names alone, but inside a sentence"),
    ("慕课(MOOC)建设(含县镇)，1)2)", [], "other brackets"),
    ("由卫生计生行政部门牵头，依托机构开展。", [("sentence", ["卫生计生行政部门"])], "由甲牵头"),
    ("市发改委会同市统计局开展监测。", [("sentence", ["市发改委", "市统计局"])], "prose after"),
    ("各县区政府负责推进落实市政府确定的清单。", [("sentence", ["各县区政府"])], "甲负责"),
    ("对于危房，由地方人民政府负责，财政补助。", [("sentence", ["地方人民政府"])], "由 in prose"),
    ("地方人民政府负责，中央财政适当补助。", [], "who pays"),
    ("坚持“党委领导、政府负责、社会协同”的原则。", [], "a slogan in quotes"),
    ("形成党委领导、政府负责、社会协同的格局。", [], "a slogan"),
    ("健全分级负责、双向转介的机制。", [], "no body"),
    ("各部门要高度重视，按照职责分工负责。", [], "nobody in particular"),
    ("牵头单位是指主要负责单位，由市教育局负责。", [], "a definition"),
    ("本办法由市民政局负责解释。", [], "who explains a document does not answer for its work"),
    ("实行项目负责人终身负责制。", [], "负责人, 负责制"),
    (
        "市教育局为牵头单位，市财政局为配合单位。",
        [("sentence", ["市教育局", "市财政局"])],
        "called so",
    ),
    ("企业是安全生产的责任主体。", [], "no body"),
    ("由市教育局牵头，会同市财政局制定。", [("sentence", ["市教育局", "市财政局"])], "会同 behind"),
    ("市教育局要会同有关部门指导。", [("sentence", ["市教育局", "有关部门"])], "in general"),
    ("会同有关部门指导。", [], "nobody is said to do it"),
    (
        "教育部门会同财政、民政等部门管理。",
        [("sentence", ["教育部门", "财政部门", "民政部门"])],
        "functions for departments",
    ),
    (
        "由市民政局牵头制定细则，市财政局配合制定标准，市残联负责制作证件。",
        [("sentence", ["市民政局", "市财政局", "市残联"])],
        "制定 behind a role is no 制",
    ),
    ("实行牵头部门负责制。", [], "but 负责制 is a system"),
    (
        "材料由县级人民政府教育部门会同县级妇联报同级财政部门申请资金。",
        [("sentence", ["县级人民政府教育部门", "县级妇联"])],
        "what they do opens with 报",
    ),
    (
        "各县民政部门会同财政、税务部门于8月底前出台措施。",
        [("sentence", ["各县民政部门", "财政部门", "税务部门"])],
        "a noun for all, and when they do it",
    ),
    (
        "市民政局、市教育局等部门会同市财政局负责制定标准。",
        [("sentence", ["市民政局", "市教育局", "市财政局"])],
        "会同 gives the roles, 负责 behind it none",
    ),
    (
        "市财政局要会同人力资源社会保障部门等有关部门修订制度。",
        [("sentence", ["市财政局", "人力资源社会保障部门"])],
        "人力资源 is no 会同人",
    ),
    (
        "事项由某省生产建设兵团教育局、财政局负责。",
        [("sentence", ["某省生产建设兵团教育局", "财政局"])],
        "a region of its own kind",
    ),
    (
        "县级以上卫生健康行政部门会同同级财政部门负责分配资金。",
        [("sentence", ["县级以上卫生健康行政部门", "同级财政部门"])],
        "from a level up",
    ),
    (
        "由乡镇人民政府会同村（居）民委员会先行救助。",
        [("sentence", ["乡镇人民政府", "村（居）民委员会"])],
        "a bracket within a name",
    ),
    (
        "市生态环境局负责会同市市场监管局制定标准。",
        [("sentence", ["市生态环境局", "市市场监管局"])],
        "负责会同",
    ),
    (
        "市应急局：牵头负责灾情统计，会同市财政局管理资金。",
        [("sentence", ["市应急局", "市财政局"])],
        "a body as a label",
    ),
    ("市教育局、市人社局：配合做好摸底。", [("sentence", ["市教育局", "市人社局"])], "two of them"),
    ("主要职责：负责统筹。", [], "a label that is no body"),
    (
        "教育、民政部门按职责分工负责。",
        [("sentence", ["教育部门", "民政部门"])],
        "one 部门 for all",
    ),
    (
        "县级民政、财政等部门会同公安部门审核。",
        [("sentence", ["县级民政部门", "财政部门", "公安部门"])],
        "a level before the first",
    ),
    (
        "工作由民政部门牵头，教育、财政等部门要按照各自职责，加强指导。",
        [("sentence", ["民政部门", "教育部门", "财政部门"])],
        "whoever follows one that leads",
    ),
    (
        "由市场监督管理部门、食品药品监管部门负责检查，审计机关负责审计。",
        [("sentence", ["市场监督管理部门", "食品药品监管部门", "审计机关"])],
        "departments known by their other names",
    ),
    ("由管理部门、监管部门负责检查。", [], "nobody in particular by such a name"),
    ("标准由国家税务总局于8月底前制定。", [("sentence", ["国家税务总局"])], "who makes a rule"),
    ("具体标准由省级人民政府另行制定。", [], "a tier makes its own"),
    ("教育、财政等部门要按照各自职责，加强指导。", [], "nobody leads"),
    (
        "各县政府对机构的安全负主要责任，各相关部门按照各自职责负监管责任。",
        [("sentence", ["各县政府", "各相关部门"])],
        "what they answer for",
    ),
    ("市教育局、市财政局各负其责。", [("sentence", ["市教育局", "市财政局"])], "各负其责"),
    (
        "市教育局、市民政局在职责范围内，分别负责相关工作。",
        [("sentence", ["市教育局", "市民政局"])],
        "an adverb with a comma",
    ),
    ("市教育局依照标准牵头开发。", [("sentence", ["市教育局"])], "an adverb of several words"),
    ("按照要求由市教育局牵头开发。", [("sentence", ["市教育局"])], "由 ends the adverb"),
    ("由市教育局承担，市财政局予以配合。", [("sentence", ["市教育局", "市财政局"])], "予以配合"),
    ("责任单位：市教育局、市财政局", [("label", ["市教育局", "市财政局"])], "a label"),
    ("责任主体：是指各级政府。", [], "a label that defines"),
    ("联系单位：市教育局", [], "a label without a role"),
    (
        "主办单位：市人民政府办公室",
        [("label", ["市人民政府办公室"])],
        "a label that may be a web site's, and is marked as such",
    ),
    ("市教育局为行业主管部门。", [], "a department's field is no role"),
]


@pytest.mark.parametrize(("text", "expected", "why"), PARAGRAPHS)
def test_find_responsibility_clauses(
    text: str, expected: list[tuple[str, list[str]]], why: str
) -> None:
    found = find_responsibility_clauses(text, OFFSET, VOCABULARY)
    seen = [(clause.kind.value, [one.name for one in clause.assignments]) for clause in found]
    assert seen == expected, why


def test_a_clause_covers_its_bracket() -> None:
    text = "甲。（市教育局负责）"
    expected = find_responsibility_clauses(text, 0, VOCABULARY)[0]
    assert isinstance(expected, Clause)
    assert expected.kind is ClauseKind.BRACKET
    assert expected.span.of(text) == "（市教育局负责）"


GROUPS = [
    (
        "建立由市发展改革委主任任组长，市教育局、人行某市中心支行主要负责人为成员的某市服务工作"
        "联席会议，负责统筹。联席会议办公室设在市发展改革委。",
        (
            "某市服务工作联席会议",
            ["市发展改革委"],
            ["市教育局", "人行某市中心支行"],
            "市发展改革委",
        ),
        "the name at the end",
    ),
    (
        "成立某市试点工作领导小组,由市政府主要领导任组长,分管领导任副组长,各镇政府和市直有关职能"
        "部门主要负责人为成员。领导小组日常工作由市财政局承担。",
        ("某市试点工作领导小组", ["市政府"], ["各镇政府", "市直有关职能部门"], "市财政局"),
        "the name in front; a person without a body is left out",
    ),
    (
        "成立某市试点工作领导小组，由市政府主要领导任组长，市教育局、市财政局负责人为成员，"
        "市教育局承担日常工作。",
        ("某市试点工作领导小组", ["市政府"], ["市教育局", "市财政局"], "市教育局"),
        "a member does the work",
    ),
    (
        "市政府建立由市民政局牵头的养老工作联席会议制度。",
        ("养老工作联席会议", ["市民政局"], [], None),
        "led by, and nobody else",
    ),
    (
        "建立市民政局牵头，市教育局、市公安局等部门参加的留守儿童保护工作联席会议制度。",
        ("留守儿童保护工作联席会议", ["市民政局"], ["市教育局", "市公安局"], None),
        "牵头, 参加",
    ),
    (
        "成立某县创建工作指挥部，县长任指挥长，县教育局局长任副指挥长，成员单位包括县财政局、县住建局。",
        ("某县创建工作指挥部", [], ["县教育局", "县财政局", "县住建局"], None),
        "成员单位包括",
    ),
    ("成立领导小组，定期召开领导小组会议。", None, "no name"),
    ("各工作专班要加强配合。", None, "no group in particular"),
    (
        "把市医保局增补进市养老服务联席会议。",
        ("市养老服务联席会议", [], ["市医保局"], None),
        "a body that joins a group set up elsewhere",
    ),
    (
        "建立由市民政局牵头，市教育局、市公安局参加的困难儿童服务协调机制。",
        ("困难儿童服务协调机制", ["市民政局"], ["市教育局", "市公安局"], None),
        "a mechanism that bodies make up",
    ),
    (
        "建立由市民政局牵头，市教育局、市公安局等部门参加的工作协调机制。",
        ("工作协调机制", ["市民政局"], ["市教育局", "市公安局"], None),
        "a bare name, with the bodies that make it up",
    ),
    (
        "建立困难儿童服务协调机制，由市民政局牵头，市教育局、市公安局为成员单位。",
        ("困难儿童服务协调机制", ["市民政局"], ["市教育局", "市公安局"], None),
        "a mechanism that is set up with a head and members",
    ),
    (
        "建立困难儿童服务协调机制，由市民政局牵头，市教育局、市公安局参加。",
        None,
        "a mechanism that bodies lead and take part in",
    ),
    ("市民政局牵头，建立困难儿童服务协调机制。", None, "a mechanism that a body is to set up"),
    ("健全市级统筹、部门协同的困难儿童服务工作机制。", None, "a mechanism of nobody in particular"),
    (
        "市养老服务联席会议由民政、财政、卫生健康等部门组成，市政府分管民政工作的副市长担任召集人。",
        ("市养老服务联席会议", ["市政府"], ["民政", "财政", "卫生健康"], None),
        "departments by their functions; a person by a field",
    ),
    (
        "市养老服务领导小组组长由市政府主要领导担任，副组长由市政府秘书长担任，成员由市民政局、"
        "市文广新旅局主要负责同志组成。",
        ("市养老服务领导小组", ["市政府"], ["市民政局", "市文广新旅局"], None),
        "posts in front; the head's body is no member besides",
    ),
    (
        "市养老服务领导小组成员单位包括：市民政局、市财政局。市委常委、副市长任副组长。",
        ("市养老服务领导小组", [], ["市民政局", "市财政局"], None),
        "成员单位 right behind the name; ranks are no bodies",
    ),
    ("将养老服务纳入市领导小组议事日程。", None, "what joins the agenda is no body"),
    ("将补助资金列入市专项工作领导小组预算。", None, "money joins nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), GROUPS)
def test_find_coordination_groups(
    text: str, expected: tuple[str, list[str], list[str], str | None] | None, why: str
) -> None:
    found = [
        (
            group.name.text,
            [one.name for one in group.head],
            [one.name for one in group.members],
            group.office.text if group.office else None,
        )
        for group in find_coordination_groups(text, 0, VOCABULARY)
    ]
    assert found == ([expected] if expected else []), why


BODIES = [
    # (name, function, kind, collective) and why
    ("市财政局", "finance", "government-department", False, "a level and a name"),
    ("财 政 厅", "finance", "government-department", False, "white space inside"),
    ("国务院扶贫办", "poverty-relief", "government-department", False, "the state's"),
    ("某市人社局", "human-resources-social-security", "government-department", False, "short"),
    ("市市场监管局", "market-supervision", "government-department", False, "市 twice"),
    ("区市场监管局", "market-supervision", "government-department", False, "not 区市"),
    ("市卫生计生行政部门", "health-family-planning", "government-department", False, "部门"),
    ("人行某市中心支行", "central-bank", "bank", False, "a branch is known by how it begins"),
    ("市委政法委", "political-legal-committee", "party-body", False, "a body within a body's name"),
    ("团市委", "youth-league", "mass-organisation", False, "the level inside the name"),
    ("各县（市、区）人民政府", "people-government", "government", True, "collective, known"),
    ("县级人民政府", "people-government", "government", True, "governments of a level"),
    ("县政府", "people-government", "government", False, "one government"),
    ("县区教育局", "education", "government-department", True, "two levels"),
    ("其他有关部门", None, "collective", True, "collective, unknown"),
    ("教育局财政局", None, "government-department", False, "two names stuck together"),
    ("某某机遇办", None, "government-department", False, "known by its ending alone"),
    ("某某水务集团有限公司", None, "enterprise", False, "a company"),
    ("某市创建工作领导小组办公室", None, "coordination-group", False, "a group's office"),
    ("某某", None, None, False, "nothing is known"),
]


@pytest.mark.parametrize(("name", "function", "kind", "collective", "why"), BODIES)
def test_classify_body(
    name: str, function: str | None, kind: str | None, collective: bool, why: str
) -> None:
    body = classify_body(name, VOCABULARY)
    functions, kinds = VOCABULARY["functions"], VOCABULARY["body-kinds"]
    assert body.function == (functions.get(function).iri if function else None), why
    assert body.kind == (kinds.get(kind).iri if kind else None), why
    assert body.collective is collective, why
    assert body.name == name


CELLS = [
    ("财政局、", True, "the first line of a list"),
    ("财政局、\n\n教育局", True, "a list over lines"),
    ("残联", True, "a short name"),
    ("各旗市区", True, "levels"),
    ("教育局牵头,其他有关部门按职责分工负责", True, "a list with roles"),
    ("地方人民政府负责。", False, "who pays"),
    ("中央和地方财政按比例分担。", False, "funding"),
    ("义务教育学生", False, "people"),
    ("所有单位和个人", False, "people"),
    ("文化", False, "a domain"),
    ("全社会", False, "会 of 社会"),
    ("各级各类学校", False, "those who are served"),
    ("每人每年800元", False, "an amount"),
    ("", False, "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CELLS)
def test_looks_like_body(text: str, expected: bool, why: str) -> None:
    assert looks_like_body(text, VOCABULARY) is expected, why


def test_every_function_has_a_kind_and_leads_to_what_succeeded_it() -> None:
    kinds = {concept.iri for concept in VOCABULARY["body-kinds"]}
    functions = {concept.iri for concept in VOCABULARY["functions"]}
    for concept in VOCABULARY["functions"]:
        assert len(concept.properties["bodyKind"]) == 1, concept.notation
        assert set(concept.properties["bodyKind"]) <= kinds, concept.notation
        assert set(concept.properties.get("succeededBy", ())) <= functions, concept.notation
    assert {role.value for role in Role} == {concept.notation for concept in VOCABULARY["roles"]}


def test_names_of_functions_tell_no_level_of_the_state() -> None:
    """国家, 国务院 and the like are prefixes; in a name they would make two bodies one.

    Names that the centre alone bears are said to be such.
    """
    for concept in VOCABULARY["functions"]:
        known = {*concept.properties.get("nationalName", ()), "国家税务局", "国家公园管理局"}
        for name in set(concept.names) - known:
            assert not name.startswith(("国家", "国务院", "全国")) or name.startswith(concept.label)


def test_a_name_of_one_level_is_a_name_of_the_function() -> None:
    for concept in VOCABULARY["functions"]:
        for level in ("national", "provincial", "prefectural"):
            assert set(concept.properties.get(f"{level}Name", ())) <= set(concept.names)


WORDS = "教育局 市财政局 牵头 负责 会同 责任单位 成立 领导小组 任组长 为成员 设在 2025年底前 自由"
PIECES = st.sampled_from([*"()（）[]【】、，；：。和及与由等各市县区的 \n", *WORDS.split()])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60), st.integers(0, 9))
def test_offsets_never_lie(text: str, offset: int) -> None:
    clauses = find_responsibility_clauses(text, offset, VOCABULARY)
    groups = find_coordination_groups(text, offset, VOCABULARY)
    assert all(clause.assignments for clause in clauses)
    found: list[Assignment] = [
        *read_body_list(text, offset, L, VOCABULARY),
        *read_responsibility(text, offset, VOCABULARY, M),
        *(one for clause in clauses for one in clause.assignments),
        *(one for group in groups for one in (*group.head, *group.members)),
    ]
    for one in found:
        quote = text[one.span.start - offset : one.span.end - offset]
        # White space that no eye sees goes as well: compare what is left.
        assert one.name
        assert quote[0] == one.name[0]
        assert quote[-1] == one.name[-1]
        assert set(one.name) <= set(quote)
    looks_like_body(text, VOCABULARY)
    classify_body(text, VOCABULARY)


@pytest.mark.parametrize(
    "junk",
    [
        "(" * 9999,
        "(负责)" * 2000,
        "市教育局会同" * 2000,
        "各级" * 5000,
        "按照负责" * 3000,
        "（第一为" * 3000,
        "。责任单位：市教育局" * 1000,
        "教育、" * 3000 + "会同",
    ],
)
def test_junk_costs_little(junk: str) -> None:
    find_responsibility_clauses(junk, 0, VOCABULARY)
    find_coordination_groups(junk, 0, VOCABULARY)
    read_responsibility(junk, 0, VOCABULARY)


def test_deadlines_are_facts_of_their_own() -> None:
    text = (
        "甲市人民政府关于印发方案的通知\n甲政发〔2019〕3号\n一、重点任务\n"
        "(一)扩大学位。新增学位。(牵头单位:市教育局;配合单位:市财政局;完成时限:2025年底前)\n"
        "序号\t工作任务\t牵头单位\t完成时限\n1\t新建学校\t市教育局\t持续推进\n2\t改建学校\t市住建局\t每年\n"
    )
    reading = extract(read_bytes(text.encode(), "page.txt"), VOCABULARY)
    found = [
        (d.subject.kind.value, d.subject.no, d.text, d.span.of(text)) for d in reading.deadlines
    ]
    assert found == [
        ("task", "1", "2025年底前", "2025年底前"),
        ("division", "1", "持续推进", "持续推进"),
        ("division", "2", "每年", "每年"),
    ]
