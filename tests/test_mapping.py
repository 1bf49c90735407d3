"""The mapping from facts to RDF, and the names of things."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pyoxigraph as ox
import pyshacl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.namespace import RDF, SH

from mapping_sample import (
    COUNTIES,
    DOCUMENT,
    EDUCATION,
    FUNCTIONS,
    ITEM,
    KINDS,
    READING,
    TASK,
    TEXT,
    at,
    sample_quads,
    sample_vocabulary,
)
from pskg.graph.mapping import document_iri_of
from pskg.graph.names import (
    ID,
    PREFIXES,
    ThingNames,
    UnknownPrefixError,
    document_iri,
    make_slug,
    shorten_iri,
    term,
)
from pskg.link.bodies import identify_body, identify_office, place_of
from pskg.model import (
    Amount,
    Body,
    Citation,
    Document,
    Indicator,
    IndicatorKind,
    Reading,
    Responsibility,
    Role,
    Span,
    Subject,
    SubjectKind,
)
from pskg.resources import resource_folder
from pskg.vocabulary import Vocabulary, load

DOC = f"{ID}document/621200/longzhengbanfa-2018-99"


@cache
def store() -> ox.Store:
    return store_of(READING)


def store_of(reading: Reading, text: str = TEXT) -> ox.Store:
    made = ox.Store()
    made.extend(sample_quads(reading, text))
    return made


def ask(query: str, graph: ox.Store | None = None) -> list[tuple[str | None, ...]]:
    """The rows of a query over all graphs, each value shortened."""
    found = (graph or store()).query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(
        (tuple(None if value is None else shorten(value.value) for value in row) for row in found),
        key=str,
    )


def shorten(value: str) -> str:
    return shorten_iri(value).removeprefix(f"{DOC}/").removeprefix(ID)


# Names


@pytest.mark.parametrize(
    ("number", "slug"),
    [
        ("呼政办发〔2018〕41号", "huzhengbanfa-2018-41"),
        ("呼政办发[2018]41号", "huzhengbanfa-2018-41"),  # ASCII brackets: the same number
        ("呼政办发（2018）第41号", "huzhengbanfa-2018-41"),  # full width, 第
        ("呼政办发﹝２０１８﹞４１号", "huzhengbanfa-2018-41"),  # full-width digits
        ("呼政办发 〔2018年〕 41 号", "huzhengbanfa-2018-41"),  # 年 and spaces
        ("国务院令第 649 号", "guowuyuanling-649"),  # no year
        ("AB-2020/7", "ab-2020-7"),
    ],
)
def test_number_of_a_document_in_its_iri(number: str, slug: str) -> None:
    assert document_iri("150700", number, "标题", 2018) == f"{ID}document/150700/{slug}"


@pytest.mark.parametrize("number", [None, "", "无", "——"])
def test_document_without_a_number_is_named_by_year_and_title(number: str | None) -> None:
    iri = document_iri("350000", number, "某 规划", 2017)
    assert iri == document_iri("350000", None, "某规划", 2017)  # white space tells nothing apart
    assert re.fullmatch(f"{ID}document/350000/2017-[0-9a-f]{{8}}", iri)
    assert iri != document_iri("350000", None, "另一规划", 2017)


def test_document_iri_does_not_depend_on_the_file() -> None:
    moved = replace(DOCUMENT, source="elsewhere.html", sha256="f" * 64, media_type="text/html")
    assert document_iri_of(moved) == document_iri_of(DOCUMENT) == DOC


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_slugs_are_ascii_and_safe(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", make_slug(text))
    assert len(make_slug(text)) <= 40


@given(st.lists(st.tuples(st.sampled_from(["1", "1.3", "一", "a b"]), st.integers(0, 3))))
def test_minted_iris_are_unique(wanted: list[tuple[str, int]]) -> None:
    names = ThingNames(DOC)
    minted = [names.mint("item", no, start) for no, start in wanted]
    assert len(set(minted)) == len(minted)
    assert all(re.fullmatch(r"[!-~]+", iri) for iri in minted)


def test_unknown_prefix_says_which_there_are() -> None:
    with pytest.raises(UnknownPrefixError, match=r"no prefix for 'foo:bar'.*pskg"):
        term("foo:bar")


# Identity of bodies

SUFFIX = "(?:-[0-9a-f]{6})"


@pytest.mark.parametrize(
    ("name", "function", "region", "expected"),
    [
        ("财政局", "finance", "621200", "621200/finance"),  # the document's own
        ("市财政局", "finance", "621200", "621200/finance"),
        ("陇南市财政局", "finance", "621200", "621200/finance"),  # by full name
        ("省教育厅", "education", "621200", "620000/education"),  # not the city's
        ("教育厅", "education", "621200", "620000/education"),  # only provinces have a 厅
        ("甘肃省教育厅", "education", "621200", "620000/education"),
        ("市教育局", "education", "621221", "621200/education"),  # 成县: the city above it
        ("县教育局", "education", "621221", "621221/education"),
        ("市教育局", "education", "440781", "440781/education"),  # 台山市 is a county-level city
        ("江门市教育局", "education", "440781", "440700/education"),
        ("自治区教育厅", "education", "150700", "150000/education"),
        ("成县教育局", "education", "621200", "621221/education"),  # a county, by name
        ("财政部", "finance", "621200", "100000/finance"),  # ministries are the state's
        ("市场监督管理总局", "market", "621200", "100000/market"),  # as written, not the city's
        ("国家税务局", "tax", "621200", "621200/tax"),  # its local office bears the name
        ("市国家税务局", "tax", "621200", "621200/tax"),
        ("市场监督管理局", "market", "621200", "621200/market"),  # 市场 is no 市
        ("国家教育部", "education", "621200", "100000/education"),  # the state, in a word
        ("省委", "party", "621200", "620000/party"),  # the function's whole name has a level
        ("市委", "party", "621221", "621200/party"),
        ("市委组织部", "staff", "621200", "621200/staff"),
        ("中央组织部", "staff", "621200", "100000/staff"),
        ("市市场监督管理局", "market", "621221", "621200/market"),  # 市 twice
        ("市教育局", "education", "532900", "532900/None"),  # an autonomous prefecture is no 市
        ("州教育局", "education", "532900", "532900/education"),
        ("盟教育局", "education", "152500", "152500/education"),
        ("市财政局", "finance", "110108", "110000/finance"),  # a district of a municipality
        ("区财政局", "finance", "110108", "110108/finance"),
        ("国务院", "state-council", "621200", "100000/state-council"),
        ("国务院办公厅", "office", "621200", "100000/office"),
        ("中共陇南市委", "party", "621221", "621200/party"),
        ("市政局", "city-works", "621221", "621221/city-works"),  # 市政 is no 市
        ("省政府", "people-government", "350000", "350000/people-government"),
    ],
)
def test_body_is_identified(name: str, function: str, region: str, expected: str) -> None:
    kind = f"{KINDS}{'party-body' if function == 'staff' else 'government-department'}"
    body = Body(name, f"{FUNCTIONS}{function}", kind)
    identity = identify_body(body, place_of(region), sample_vocabulary())
    assert f"{identity.region}/{identity.function}" == expected


@pytest.mark.parametrize(
    ("name", "function", "collective", "region", "home", "called"),
    [
        ("各县区政府", "people-government", True, "621200", "621200", ""),  # stands for many
        ("县财政局", "finance", False, "621200", "621200", ""),  # which county is not said
        # more than the function; called by its region, as 陇南市财政局国库科 is
        ("市财政局国库科", "finance", False, "621200", "621200", "陇南市财政局国库科"),
        ("农业银行", "bank", False, "621200", "621200", ""),  # a region has many banks
        ("管委会", "management-committee", False, "621200", "621200", ""),
        ("示例公司", None, False, "621200", "621200", ""),  # no function
        # a local office's full name
        ("国家税务总局江门市税务局", None, False, "440781", "440700", ""),
        ("省示例中心", None, False, "621200", "620000", "甘肃省示例中心"),  # plainly the province's
        ("市财政局", "finance", False, None, None, ""),  # a document without a region
        # a function nobody knows
        ("市财政局", "unheard-of", False, "621200", "621200", "陇南市财政局"),
    ],
)
def test_body_keeps_an_identity_of_its_own(
    name: str,
    function: str | None,
    collective: bool,
    region: str | None,
    home: str | None,
    called: str,
) -> None:
    body = Body(name, f"{FUNCTIONS}{function}" if function else None, None, collective)
    identity = identify_body(body, place_of(region), sample_vocabulary())
    assert (identity.region, identity.function, identity.name) == (home, None, called or name)


def test_issuer_and_department_list_meet_in_one_body() -> None:
    place = place_of("621200")
    _, issuer = identify_office("陇南市人民政府办公室", place, sample_vocabulary())
    _, short = identify_office("市人民政府办公室", place, sample_vocabulary())
    assert (issuer.region, issuer.function) == (short.region, short.function)
    assert issuer.function == "office"


# The document


def test_columns_of_documents() -> None:
    rows = ask("""
        SELECT ?title ?number ?issuer ?region ?code ?issued ?published ?status ?first ?last
            ?source ?sha WHERE {
            ?d a pskg:PolicyDocument ; dct:title ?title ; dct:identifier ?number ;
                pskg:issuerAsWritten ?issuer ; pskg:regionAsWritten ?region ;
                dct:spatial/dct:identifier ?code ; dct:issued ?issued ;
                pskg:publishedOn ?published ; pskg:effectStatus ?status ;
                pskg:periodStart ?first ; pskg:periodEnd ?last ; dct:source ?source ;
                pskg:sha256 ?sha }""")
    assert rows == [(
        DOCUMENT.title, "陇政办发〔2018〕99号", "陇南市人民政府办公室", "陇南市", "621200",
        "2018-04-24", "2018-04-30", "in_force", "2016", "2020", "sample.txt", DOCUMENT.sha256,
    )]  # fmt: skip


def test_document_stands_in_its_own_graph_and_what_is_computed_apart() -> None:
    rules = (
        "body-guidance", "body-lookup", "body-superior", "citation-lookup", "collective-members",
        "direct-edge", "domain-lookup", "group-region", "item-alignment", "reorganisation",
        "serves", "target-group-lookup",
    )  # fmt: skip
    assert {str(quad.graph_name) for quad in sample_quads()} == {
        f"<{DOC}/graph>",
        f"<{ID}graph/regions>",
        *(f"<{DOC}/inferred/{rule}>" for rule in rules),
    }


def test_no_direct_edge_and_no_looked_up_concept_is_taken_for_read() -> None:
    computed = {
        "pskg:leads", "pskg:responsibleFor", "pskg:cooperatesOn", "pskg:memberOf", "pskg:pays",
        "eli:based_on", "eli:cites", "cv:hasCompetentAuthority", "org:classification",
        "pskg:bodyKind", "cv:thematicArea", "pskg:concept", "org:subOrganizationOf",
        "pskg:guidedBy", "org:hasMember", "org:changedBy", "pskg:mainFunction", "pskg:unclassified",
    }  # fmt: skip
    read = {q.predicate for q in sample_quads() if str(q.graph_name) == f"<{DOC}/graph>"}
    assert read.isdisjoint(map(term, computed))


def test_graph_of_a_rule_says_so_itself() -> None:
    inferred = [quad for quad in sample_quads() if quad.subject == quad.graph_name]
    said = {(str(q.subject), str(q.predicate)): str(q.object) for q in inferred if "/inf" in str(q)}
    graphs = {name for name, _ in said}
    assert len(graphs) == 12
    known = {concept.notation: concept.iri for concept in load()["inference-rules"]}
    for graph in graphs:
        rule = graph.rsplit("/", 1)[-1].removesuffix(">")
        assert said[graph, str(term("pskg:rule"))] == f"<{known[rule]}>"
        assert said[graph, str(term("prov:wasDerivedFrom"))] == f"<{DOC}/graph>"
        assert said[graph, str(term("rdf:type"))] == str(term("pskg:InferredGraph"))


def test_region_leads_up_to_the_state() -> None:
    assert ask(
        "SELECT ?name { ?d pskg:sha256 ?x ; dct:spatial/dct:isPartOf* ?r . ?r rdfs:label ?name }"
    ) == [("中华人民共和国",), ("甘肃省",), ("陇南市",)]


def test_document_of_which_little_is_known() -> None:
    bare = Document("某规划", "a.txt", "0" * 64, "text/plain", "utf-8", 3)
    graph = store_of(Reading(bare), "某规划")
    # Blank is absent: no empty strings, no 'None', no region.
    assert (
        ask("SELECT ?v { ?d a pskg:PolicyDocument ; ?p ?v FILTER(STR(?v) IN ('', 'None')) }", graph)
        == []
    )
    assert ask("SELECT ?v { ?d dct:spatial|dct:publisher|dct:issued|eli:in_force ?v }", graph) == []


def test_region_unknown_to_the_tables_keeps_its_code_and_name() -> None:
    odd = replace(DOCUMENT, region_code="999999", region="示例州")
    rows = ask(
        "SELECT ?c ?n { ?d pskg:sha256 ?x ; dct:spatial ?r . "
        "?r dct:identifier ?c ; rdfs:label ?n }",
        store_of(Reading(odd)),
    )
    assert rows == [("999999", "示例州")]


def test_several_issuers_are_several_bodies() -> None:
    joint = replace(DOCUMENT, issuer="陇南市教育局 陇南市财政局、某某公司")
    rows = ask("SELECT ?b { ?d pskg:sha256 ?x ; dct:publisher ?b }", store_of(Reading(joint)))
    assert [row[0] for row in rows][:2] == ["body/621200/education", "body/621200/finance"]
    assert len(rows) == 3


# Facts: every column of the tables


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        (
            "citations",
            """SELECT ?t ?n ?r { ?c a pskg:Citation ; pskg:citedTitle ?t ; pskg:relation ?r .
               OPTIONAL { ?c pskg:citedNumber ?n } }""",
            [("示例法", None, "cites"), ("示例规划", "示发〔2017〕1号", "implements")],
        ),
        (
            "items",
            """SELECT ?no ?name ?domain ?groups ?standard ?funding ?lead { ?i a pskg:ServiceItem ;
               pskg:no ?no ; dct:title ?name ; pskg:domain ?domain ; dct:audience/rdfs:label
               ?groups ; cpsv:follows/dct:description ?standard ; pskg:fundingText ?funding ;
               pskg:leadText ?lead ; pskg:targetGroupText ?groups2 ; pskg:standardText ?s
               FILTER(STR(?groups) = ?groups2 && STR(?standard) = ?s) }""",
            [(
                "1", "免费示例", "示例教育", "示例学生", "每生每年800元,受教育率达到955%。",
                "中央和示例街道按8∶2比例分担。", "市财政局",
            )],
        ),
        (
            "tasks",
            """SELECT ?kind ?no ?title ?domain ?section { ?t a pskg:Undertaking ; pskg:kind ?kind ;
               pskg:no ?no ; dct:title ?title ; pskg:sectionTitle ?section .
               OPTIONAL { ?t pskg:domain ?domain } }""",
            [
                ("division", "1", "加强示例领导", None, "保障措施"),
                ("measure", "1", "加强示例领导", None, "保障措施"),
                ("mechanism", "1", "加强示例领导", None, "保障措施"),
                ("target", "1", "加强示例领导", None, "保障措施"),
                ("task", "1", "均衡示例资源", "示例教育", "重点任务"),
            ],
        ),
        (
            "responsibilities",
            """SELECT ?kind ?no ?subject ?body ?role ?order ?iri ?function {
               ?r a pskg:Responsibility ; pskg:subject ?s ; pskg:bodyAsWritten ?body ;
                   pskg:role ?role ; pskg:order ?order ; pskg:body ?iri .
               ?s pskg:kind ?kind ; pskg:no ?no ; dct:title ?subject .
               OPTIONAL { ?iri org:classification ?f . BIND(STRAFTER(STR(?f), "ions/") AS
               ?function) } FILTER(?kind != "organisation") }""",
            [
                ("item", "1", "免费示例", "市财政局", f"{ID[:-3]}concept/roles/lead", "1",
                 "body/621200/finance", "finance"),
                ("task", "1", "均衡示例资源", "各县区政府",
                 f"{ID[:-3]}concept/roles/cooperating", "3",
                 "body/621200/gexianquzhengfu-19ba1e", "people-government"),
                ("task", "1", "均衡示例资源", "市教育局",
                 f"{ID[:-3]}concept/roles/responsible", "1",
                 "body/621200/education", "education"),
                ("task", "1", "均衡示例资源", "省教育厅",
                 f"{ID[:-3]}concept/roles/responsible", "2",
                 "body/620000/education", "education"),
            ],
        ),
        (
            "funding",
            """SELECT ?no ?item ?scheme ?payer ?share ?basis { ?f a pskg:FundingShare ;
               pskg:fundingOf ?i ; pskg:payerAsWritten ?payer ; pskg:share ?share ;
               pskg:basis ?basis ; pskg:condition ?scheme .
               ?i pskg:no ?no ; dct:title ?item }""",
            [
                ("1", "免费示例", "所需资金", "中央财政", "0.8", "ratio"),
                ("1", "免费示例", "所需资金", "示例街道", "0.2", "ratio"),
            ],
        ),
        (
            "indicators",
            """SELECT ?domain ?name ?unit ?year ?value ?comparator ?kind ?cumulative {
               ?i a pskg:IndicatorValue ; pskg:domain ?domain ; rdfs:label ?name ;
               pskg:unit ?unit ; pskg:valueAsWritten ?value ; pskg:comparator ?comparator ;
               pskg:indicatorKind ?kind ; pskg:cumulative ?cumulative .
               OPTIONAL { ?i pskg:year ?year } }""",
            [
                ("示例教育", "受教育率", "%", None, "955", "=", "target", "false"),
                ("示例教育", "巩固率", "%", "2016", "93", "=", "baseline", "false"),
                ("示例教育", "巩固率", "%", "2020", "95", ">=", "target", "false"),
            ],
        ),
        (
            "amounts",
            """SELECT ?no ?subject ?amount ?unit ?who { ?a a pskg:Amount ; pskg:subject ?s ;
               pskg:amountAsWritten ?amount ; pskg:unit ?unit ; pskg:beneficiary ?who .
               ?s pskg:no ?no ; dct:title ?subject }""",
            [("1", "免费示例", "800", "元/生/年", "学生")],
        ),
        (
            "findings",
            """SELECT ?kind ?severity ?message ?meant { ?f a pskg:Finding ; pskg:kind ?kind ;
               pskg:severity ?severity ; dct:description ?message .
               OPTIONAL { ?f pskg:suggestion ?meant } }""",
            [
                ("count-mismatch", "medium", "声明 2 项，读到 1 项。", None),
                ("lost-decimal-point", "high", "百分比超过 100。", "95.5"),
            ],
        ),
        (
            "coverage",
            "SELECT ?kind ?n { ?c a pskg:Coverage ; pskg:kind ?kind ; pskg:characters ?n }",
            [("fact", "100"), ("not_understood", str(len(TEXT) - 100))],
        ),
        (
            "declared counts",
            """SELECT ?of ?n ?found ?scope { ?c a pskg:DeclaredCount ; pskg:countOf ?of ;
               pskg:declared ?n ; pskg:found ?found ; pskg:domain ?scope }""",
            [("item", "2", "1", "示例教育")],
        ),
    ],
)  # fmt: skip
def test_columns(name: str, query: str, expected: list[tuple[str | None, ...]]) -> None:
    assert ask(query) == expected


def test_direct_edges() -> None:
    assert ask("""SELECT ?b ?p ?s { ?b ?p ?s FILTER(?p IN (pskg:leads, pskg:responsibleFor,
        pskg:cooperatesOn, pskg:memberOf, pskg:pays)) }""") == [
        ("body/620000/education", "pskg:responsibleFor", "task/1"),
        ("body/621200/education", "pskg:memberOf", "organisation/1"),
        ("body/621200/education", "pskg:responsibleFor", "task/1"),
        ("body/621200/finance", "pskg:leads", "item/1"),
        ("body/621200/gexianquzhengfu-19ba1e", "pskg:cooperatesOn", "task/1"),
        ("body/621200/people-government", "pskg:leads", "organisation/1"),
        ("https://w3id.org/pskg/concept/payers/central", "pskg:pays", "item/1"),
        (ask("SELECT ?p { ?p a pskg:Payer }")[0][0], "pskg:pays", "item/1"),
    ]
    assert ask("SELECT ?b { ?i a cpsv:PublicService ; cv:hasCompetentAuthority ?b }") == [
        ("body/621200/finance",)
    ]


def test_every_fact_leads_to_its_words() -> None:
    rows = ask("""SELECT ?f ?quote ?start ?end ?exact ?from ?to { ?f pskg:quote ?quote ;
        pskg:start ?start ; pskg:end ?end ; prov:wasDerivedFrom ?span .
        ?span oa:hasSource ?text ; oa:hasSelector ?p , ?q . ?text dct:isFormatOf ?d .
        ?p oa:start ?from ; oa:end ?to . ?q oa:exact ?exact
        FILTER NOT EXISTS { ?f a pskg:PolicyDocument } }""")
    for fact, quote, start, end, exact, from_, to in rows:
        assert start == from_, fact
        assert end == to, fact
        assert TEXT[int(start or 0) : int(end or 0)] == quote == exact, fact
    assert len(rows) == len(ask("SELECT ?f { ?f a pskg:Fact }")) > 30
    assert len(ask("SELECT ?s { ?s a oa:TextPositionSelector , oa:TextQuoteSelector }")) == len(
        ask("SELECT ?s { ?span a oa:SpecificResource ; oa:hasSelector ?s }")
    )


def test_a_document_tells_how_many_facts_it_has() -> None:
    for said, class_ in (
        ("itemCount", "ServiceItem"),
        ("undertakingCount", "Undertaking"),
        ("responsibilityCount", "Responsibility"),
        ("indicatorValueCount", "IndicatorValue"),
        ("findingCount", "Finding"),
    ):
        ((told,),) = ask(f"SELECT ?n {{ ?d pskg:{said} ?n }}")
        assert int(told or 0) == len(ask(f"SELECT ?f {{ ?f a pskg:{class_} }}")) > 0, said


def test_quoted_things_are_facts_and_documents() -> None:
    others = ask("SELECT ?f { ?f pskg:quote ?q MINUS { ?f a pskg:Fact } }")
    assert others == [(DOC.removeprefix(ID),)]


def test_target_groups_are_found_longest_name_first() -> None:
    assert ask("SELECT ?c { ?i dct:audience/pskg:concept ?c }") == [
        ("https://w3id.org/pskg/concept/target-groups/sample-pupils",)
    ]


def test_ages_are_inferred_beside_the_groups() -> None:
    rows = ask(
        "SELECT ?label ?least ?most ?c { ?i dct:audience/pskg:ageBand ?b . ?b rdfs:label ?label ;"
        " pskg:minAge ?least ; pskg:maxAge ?most ; pskg:concept ?c }"
    )
    pupils = "https://w3id.org/pskg/concept/target-groups/sample-pupils"
    assert rows == [("示例学生", "6", "14", pupils)]


def test_sections() -> None:
    rows = ask("SELECT ?path ?text { ?s pskg:path ?path OPTIONAL { ?s pskg:sectionText ?text } }")
    assert dict(rows) == {
        # The text under a heading ends where the next heading begins, of whatever level.
        "重点任务": None,
        "重点任务 / 示例教育": TEXT[at("本领域").start : at("三、保障").start].strip(),
        "保障措施": TEXT[at("(一)加强").start :].strip(),
    }
    # A task stands in the section it names, not in the domain's within it.
    assert ask("SELECT ?title { ?t a pskg:Task ; pskg:inSection/dct:title ?title }") == [
        ("重点任务",)
    ]


# Figures that a finding disputes


def test_disputed_figure_is_kept_as_printed_only() -> None:
    assert ask("""SELECT ?w ?v ?d { ?i pskg:valueAsWritten ?w . ?i a pskg:IndicatorValue .
        OPTIONAL { ?i pskg:value ?v } OPTIONAL { ?i pskg:disputed ?d } }""") == [
        ("93", "93", None), ("95", "95", None), ("955", None, "true"),
    ]  # fmt: skip


def test_finding_on_one_year_leaves_the_other_alone() -> None:
    # Both values of a table's row may have the whole row as their span.
    row = at("2016年巩固率为93%,到2020年,巩固率达到95%以上")
    both = tuple(replace(indicator, span=row) for indicator in READING.indicators[1:])
    finding = replace(READING.findings[1], span=at("93%"))
    graph = store_of(replace(READING, indicators=both, findings=(finding,)))
    assert ask("SELECT ?w { ?i pskg:disputed true ; pskg:valueAsWritten ?w }", graph) == [("93",)]


@pytest.mark.parametrize("kind", ["count-mismatch", "spam-text"])
def test_other_findings_dispute_no_figure(kind: str) -> None:
    finding = replace(READING.findings[1], kind=kind)
    graph = store_of(replace(READING, findings=(finding,)))
    assert ask("SELECT ?i { ?i pskg:disputed ?d }", graph) == []


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("95", "95"),
        ("15.8339", "15.8339"),
        ("0.730", "0.73"),  # as stores write it; the spelling stays in valueAsWritten
        ("8,400", "8400"),
        ("９５．５", "95.5"),  # full width
        ("1.5万", "15000"),
        ("低于全国平均值", None),
        ("三", None),  # not read here: as printed only
        ("1 000", "1000"),  # a space between thousands
        ("95以上", None),
        ("1" * 400, None),  # junk is no number
        ("", None),
    ],
)
def test_figure_as_a_number(printed: str, number: str | None) -> None:
    indicator = replace(READING.indicators[1], value=printed)
    graph = store_of(replace(READING, indicators=(indicator,), findings=()))
    rows = ask("SELECT ?v { ?i a pskg:IndicatorValue OPTIONAL { ?i pskg:value ?v } }", graph)
    assert rows == [(number,)]


@pytest.mark.parametrize(("year", "written"), [(2020, "2020"), (0, None), (20160, None)])
def test_year_that_is_no_year_is_left_out(year: int, written: str | None) -> None:
    indicator = replace(READING.indicators[1], year=year)
    graph = store_of(replace(READING, indicators=(indicator,), findings=()))
    assert ask("SELECT ?y { ?i a pskg:IndicatorValue OPTIONAL { ?i pskg:year ?y } }", graph) == [
        (written,)
    ]


# Robustness


def test_same_reading_same_quads() -> None:
    assert [str(quad) for quad in sample_quads()] == [str(quad) for quad in sample_quads()]


def test_each_quad_once_and_no_blank_nodes() -> None:
    quads = [str(quad) for quad in sample_quads()]
    assert len(set(quads)) == len(quads)
    assert not [quad for quad in quads if "_:" in quad.split('"')[0]]


def test_iris_are_ascii() -> None:
    iris = re.findall(
        r"<[^>]*>", " ".join(re.sub(r'"(?:[^"\\]|\\.)*"', "", str(quad)) for quad in sample_quads())
    )
    assert len(iris) > 500
    assert all(iri.isascii() for iri in iris)


def test_two_subjects_of_one_number_stay_two() -> None:
    twin = replace(ITEM, name="示例学生", span=at("示例学生"))
    lead = Responsibility(twin.subject, EDUCATION, Role.LEAD, 1, at("市教育局"))
    graph = store_of(replace(READING, items=(ITEM, twin), responsibilities=(lead,)))
    assert ask("SELECT ?i ?t { ?b pskg:leads ?i . ?i dct:title ?t }", graph) == [
        (f"item/1-{twin.span.start}", "示例学生")
    ]


def test_subject_that_is_no_fact_is_reported_by_the_shapes() -> None:
    stray = Subject(SubjectKind.TASK, "9", "无源任务", 7)
    fact = Responsibility(stray, COUNTIES, Role.LEAD, 1, at("各县区政府"))
    quads = sample_quads(replace(READING, responsibilities=(fact,)))
    assert "fact-derived" in broken_shapes(quads, "must-hold")


@given(text=st.text(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_words_are_written_down(text: str) -> None:
    span = Span(0, len(text))
    document = replace(DOCUMENT, title=text, doc_number=text, issuer=text, region_code=text,
                       spans={"title": span})  # fmt: skip
    item = replace(ITEM, no=text, name=text, domain=text, span=span, target_groups=None,
                   standard=None, funding=None, lead=None)  # fmt: skip
    reading = Reading(
        document,
        items=(item, item),
        responsibilities=(Responsibility(item.subject, Body(text), Role.MEMBER, 1, span),),
        amounts=(Amount(item.subject, text, text, text, span),),
        indicators=(
            Indicator(text, text, text, 1, READING.indicators[0].comparator,
                      IndicatorKind.TARGET, True, text, None, span),
        ),
        citations=(Citation(text, text, READING.citations[0].relation, span),),
    )  # fmt: skip
    quads = list(sample_quads(reading, text))
    dumped = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert dumped is not None
    assert list(ox.parse(dumped, format=ox.RdfFormat.N_QUADS)) == quads


def test_empty_vocabulary_will_do() -> None:
    from pskg.graph.mapping import to_quads

    assert list(to_quads(READING, TEXT, Vocabulary({}), version="0"))


# Shapes over what is mapped


def broken_shapes(quads: object, purpose: str) -> list[str]:
    triples = ox.serialize(
        [ox.Triple(q.subject, q.predicate, q.object) for q in quads],  # type: ignore[attr-defined]
        format=ox.RdfFormat.N_TRIPLES,
    )
    shapes = Graph().parse(resource_folder("ontology") / "shapes" / f"{purpose}.ttl")
    _, results, _ = pyshacl.validate(Graph().parse(data=triples, format="nt"), shacl_graph=shapes)
    return sorted(
        str(results.value(result, SH.sourceShape)).rsplit("/", 1)[1]
        for result in results.subjects(RDF.type, SH.ValidationResult)
    )


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        ("must-hold", []),  # whatever is mapped, these hold
        ("cpsv-ap", []),
        # two payers' and bodies' names are not in the vocabulary; a figure has no year; 1 of 2
        # items; a division without bodies
        (
            "should-hold",
            ["body-function", "count-agrees", "indicator-has-year", "payer-known", "task-body"],
        ),
    ],
)
def test_sample_against_the_shapes(purpose: str, expected: list[str]) -> None:
    assert broken_shapes(sample_quads(), purpose) == expected


def test_dates_are_dates() -> None:
    assert document_iri_of(replace(DOCUMENT, doc_number=None, issued_on=None)).startswith(
        f"{ID}document/621200/2018-"  # the year of publication where there is none of issue
    )
    undated = replace(DOCUMENT, doc_number=None, issued_on=None, published_on=None)
    assert document_iri_of(undated).startswith(f"{ID}document/621200/undated-")
    assert date(2018, 4, 24).isoformat() == ask("SELECT ?d { ?x dct:issued ?d }")[0][0]


def test_task_text_is_the_whole_paragraph() -> None:
    assert ask("SELECT ?t { ?x a pskg:Task ; pskg:bodyText ?t }") == [(TASK.body.of(TEXT),)]
