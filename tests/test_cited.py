"""Which document a citation means: one where number or issuer and title agree, else not."""

from __future__ import annotations

import itertools

import pytest

from pskg.graph.mapping import document_iri_of, to_quads
from pskg.graph.names import ID, cited_iri
from pskg.graph.store import MemoryGraph
from pskg.link.bodies import place_of
from pskg.link.citations import CitedIdentity, identify_citation, identify_document
from pskg.model import Citation, Document, Reading, Relation, Span
from pskg.use.network import to_network
from pskg.use.queries import ask
from pskg.vocabulary import load

VOCABULARY = load()
LONGNAN, GANSU, SIPING, HULUNBUIR, NATION = "621200", "620000", "220300", "150700", "100000"


def cite(
    title: str, number: str | None = None, before: str = "", code: str | None = LONGNAN
) -> CitedIdentity:
    place = place_of(code)
    return identify_citation(title, number, before, f"document of {code}", place, VOCABULARY)


def node(identity: CitedIdentity) -> str:
    return cited_iri(identity.scope, identity.title, identity.issuer, identity.number)


PLAN = cite("国务院关于印发“十三五”甲乙丙规划的通知")


@pytest.mark.parametrize(
    "other",
    [
        cite("国务院关于印发“十三五”甲乙丙规划的通知", "国发〔2017〕9号"),  # with a number
        cite("国务院关于印发《“十三五”甲乙丙规划》的通知"),
        cite("国务院关于印发〈“十三五”甲乙丙规划〉的通知"),
        cite("国务院关于印发'十三五'甲乙\n  丙规划的通知"),  # other quotes, a line broken
        cite("“十三五”甲乙丙规划", before="2017年3月，国务院印发"),
        cite("“十三五”甲乙丙规划", before="根据党的精神，贯彻落实国家"),
        cite("“十三五”甲乙丙规划", before="根据国务院印发的"),
        cite("“十三五”甲乙丙规划", "国发〔2017〕9号"),  # the number tells the issuer
        cite("“十三五”甲乙丙规划", before="国家", code=SIPING),  # another document's place
        cite("国务院“十三五”甲乙丙规划"),
    ],
)
def test_one_plan_under_many_names(other: CitedIdentity) -> None:
    assert node(other) == node(PLAN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (cite("甲省以外的“十三五”甲乙丙规划", before="国家"), PLAN),
        (cite("甘肃省“十三五”甲乙丙规划"), PLAN),  # the province's own
        (cite("“十三五”甲乙丙规划", before="落实省政府"), PLAN),
        (cite("“十三五”甲乙丙规划"), PLAN),  # nothing tells the issuer
        # the opinions of two cities; the name alone, the name and the city
        (
            cite("关于进一步做好甲乙工作的实施意见"),
            cite("关于进一步做好甲乙工作的实施意见", code=SIPING),
        ),
        (
            cite("关于进一步做好甲乙工作的实施意见", before="落实市政府"),
            cite("关于进一步做好甲乙工作的实施意见", before="落实市政府", code=SIPING),
        ),
        # two offices of one province
        (
            cite("甘肃省教育厅关于做好甲乙工作的通知"),
            cite("甘肃省财政厅关于做好甲乙工作的通知"),
        ),
        # the same notice of another year
        (
            cite("甘肃省人民政府关于调整甲乙标准的通知", "甘政发〔2017〕46号"),
            cite("甘肃省人民政府关于调整甲乙标准的通知", "甘政发〔2019〕12号"),
        ),
        # 甘 and 赣 sound alike
        (cite("关于甲乙的意见", "甘政发〔2017〕4号"), cite("关于甲乙的意见", "赣政发〔2017〕4号")),
        # a sort is no name
        (cite("实施方案", before="省政府"), cite("实施方案", before="市政府")),
        # what a city passes on of the state's is the city's own notice
        (
            cite("陇南市人民政府转发国务院关于加强甲乙工作的意见的通知"),
            cite("国务院关于加强甲乙工作的意见"),
        ),
    ],
)
def test_alike_but_not_one(one: CitedIdentity, other: CitedIdentity) -> None:
    assert node(one) != node(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甘政发〔2017〕46号", "甘政发[2017]第46号"),
        ("甘政发〔2017〕46号", "甘政发（2017） 46 号"),
        ("粤府办〔2012〕30号", "粤府办〔201230号"),  # a bracket lost
    ],
)
def test_spellings_of_a_number(one: str, other: str) -> None:
    assert node(cite("关于甲的意见", one)) == node(cite("关于乙的意见", other))


def test_what_a_province_passes_on_of_its_own_office() -> None:
    passed_on = cite("甘肃省人民政府办公厅转发省教育厅关于加强甲乙工作意见的通知")
    assert node(passed_on) == node(cite("甘肃省教育厅关于加强甲乙工作意见"))


@pytest.mark.parametrize(
    ("number", "code", "region"),
    [
        ("国发〔2017〕9号", LONGNAN, NATION),
        ("国办发〔2017〕9号", LONGNAN, NATION),
        ("中办发〔2017〕9号", LONGNAN, NATION),
        ("教育部令第39号", LONGNAN, NATION),
        ("甘政发〔2017〕9号", LONGNAN, GANSU),
        ("陇政发〔2017〕9号", LONGNAN, LONGNAN),
        ("闽政〔2017〕9号", "350100", "350000"),  # the province's one character
        ("苏政发〔2017〕9号", "320500", None),  # 江苏 or 苏州: both write 苏
        ("闽政〔2017〕9号", LONGNAN, None),  # a stranger: 宁 is Ningxia and Nanjing
    ],
)
def test_region_of_a_number(number: str, code: str, region: str | None) -> None:
    assert cite("关于甲乙的意见", number, code=code).region == region


@pytest.mark.parametrize(
    ("before", "region"),
    [
        ("贯彻落实省委、省政府", GANSU),
        ("根据省人力资源和社会保障厅", GANSU),
        ("以及国家", NATION),
        ("按照教育部等八部门", NATION),
        ("中共甘肃省委组织部等八部门", GANSU),
        ("落实市政府办公室印发的", LONGNAN),
        ("依据", None),
        ("", None),
        ("认真学习", None),
    ],
)
def test_issuer_before_a_title(before: str, region: str | None) -> None:
    assert cite("甲乙丙丁戊规划", before=before).region == region


def test_laws_are_the_state_s() -> None:
    assert cite("甲乙丙保障法", code=SIPING) == cite("甲乙丙保障法")
    assert cite("甲乙丙管理办法").region is None


# In the graph


def reading(code: str, number: str | None, title: str, *cited: Citation) -> tuple[Reading, str]:
    text = "《" + "》".join(one.title for one in cited) + title
    document = Document(
        title, f"{code}.txt", "0" * 64, "text/plain", "utf-8", len(text),
        doc_number=number, region="某地", region_code=code,
    )  # fmt: skip
    return Reading(document, citations=cited), text


def implements(title: str, number: str | None = None) -> Citation:
    return Citation(title, number, Relation.IMPLEMENTS, Span(0, 1))


STATE = reading(NATION, "国发〔2017〕9号", "国务院关于印发“十三五”甲乙丙规划的通知")
PROVINCE = reading(
    GANSU,
    "甘政发〔2017〕46号",
    "甘肃省人民政府关于印发甘肃省“十三五”甲乙丙规划的通知",
    implements("国务院关于印发“十三五”甲乙丙规划的通知"),
)
CITY = reading(
    LONGNAN, "陇政发〔2018〕5号", "陇南市人民政府关于印发陇南市甲乙丙方案的通知",
    implements("甘肃省“十三五”甲乙丙规划"),
)  # fmt: skip
COUNTY = reading(
    "621221", "成政发〔2018〕7号", "成县人民政府关于甲乙丙工作的实施意见",
    implements("关于印发甲乙丙方案的通知", "陇政发〔2018〕5号"),
)  # fmt: skip


def graph_of(*readings: tuple[Reading, str]) -> MemoryGraph:
    graph = MemoryGraph()
    for one, text in readings:
        graph.store.extend(list(to_quads(one, text, VOCABULARY, version="0.1.0")))
    return graph


def built_on(graph: MemoryGraph, title: str) -> list[tuple[str | None, str | None]]:
    rows = ask(graph, "built-on", title=title).records()
    return [(row["basis"], row["basisDocument"]) for row in rows]


def test_the_way_leads_up_to_the_state_s_plan() -> None:
    """From the county by number, from the city by title, from the province by title."""
    graph = graph_of(COUNTY, STATE, CITY, PROVINCE)
    assert built_on(graph, "成县") == [
        ("关于印发甲乙丙方案的通知", document_iri_of(CITY[0].document)),
        ("国务院关于印发“十三五”甲乙丙规划的通知", document_iri_of(STATE[0].document)),
        ("甘肃省“十三五”甲乙丙规划", document_iri_of(PROVINCE[0].document)),
    ]
    network = to_network(graph)
    same = {(s, t) for s, t, data in network.edges(data=True) if data["role"] == "same_as"}
    assert {target for _, target in same} == {
        document_iri_of(one.document) for one, _ in (CITY, PROVINCE, STATE)
    }


def test_without_the_document_the_mention_is_the_end() -> None:
    assert built_on(graph_of(CITY), "陇南市") == [("甘肃省“十三五”甲乙丙规划", None)]


def test_another_region_s_plan_of_that_name_is_not_the_one() -> None:
    other = reading(
        "220000", "吉政发〔2017〕46号", "吉林省人民政府关于印发“十三五”甲乙丙规划的通知"
    )
    assert built_on(graph_of(CITY, other), "陇南市") == [("甘肃省“十三五”甲乙丙规划", None)]


def test_the_order_of_documents_is_of_no_account() -> None:
    orders = itertools.permutations((COUNTY, CITY, PROVINCE))
    dumps = {tuple(sorted(map(str, graph_of(*order).store))) for order in orders}
    assert len(dumps) == 1


def test_two_that_cite_one_plan_share_its_node() -> None:
    twin = reading(
        "622900", None, "甲州方案", implements("“十三五”甲乙丙规划", "国发〔2017〕9号")
    )  # fmt: skip
    rows = graph_of(PROVINCE, twin).query(
        "SELECT DISTINCT ?c { ?d a pskg:PolicyDocument ; eli:based_on ?c }"
    )
    assert len(rows.rows) == 1


def test_a_document_of_no_known_region_tells_no_identity() -> None:
    document = Document("甲乙丙规划", "a", "", "", "", 1, doc_number="甲发〔2017〕1号")
    assert identify_document(document, place_of(None), VOCABULARY) == ()


def test_iris_are_ascii_and_readable() -> None:
    assert node(PLAN).removeprefix(ID).startswith("cited/100000/shisanwujiayibingguihua-")
    assert node(cite("关于甲的意见", "甘政发〔2017〕4号")).startswith(
        f"{ID}cited/620000/ganzhengfa-2017-4-"
    )
