"""What stands above bodies, what collective names hold, what reorganisations made of them.

Asked of a graph of made-up documents, through the store and through rdflib.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from pskg.extract.grammar.bodies import classify_body
from pskg.graph.geography import region_quads
from pskg.graph.mapping import to_quads
from pskg.graph.names import ID, PREFIXES, shared_graph_iri
from pskg.graph.store import MemoryGraph
from pskg.link.bodies import place_of
from pskg.link.hierarchy import members_of
from pskg.model import (
    Coordination,
    Document,
    Reading,
    Responsibility,
    Role,
    Span,
    Task,
    TaskKind,
)
from pskg.pipeline import build
from pskg.resources import resource_folder
from pskg.use.lookup import find_body
from pskg.use.queries import ask, bind, find_query
from pskg.use.review import review
from pskg.vocabulary import load

#: Region, day of issue, bodies: a city of two districts' namesakes, its province, the district
#: itself, and another city.
DOCUMENTS: Sequence[tuple[str, date, str]] = (
    (
        "350100", date(2017, 5, 1),
        "市卫计委、市教育局、鼓楼区教育局、各县（市）区人民政府、市星际探索局",
    ),
    (
        "350000", date(2019, 5, 1),
        "省卫生健康委、福州市鼓楼区教育局、省教育厅、各县（市、区）政府",
    ),
    (
        "350102", date(2018, 5, 1),
        "区教育局、市教育局、区市场监管局、区委宣传部、国家税务总局福州市税务局",
    ),
    (
        "320100", date(2018, 5, 1),
        "鼓楼区教育局、市教育体育局、市工商局、各镇政府、有关部门",
    ),
)  # fmt: skip


def split(listed: str) -> list[str]:
    """The names of a list: a 、 in brackets parts none."""
    names, depth = [""], 0
    for character in listed:
        depth += (character == "（") - (character == "）")
        if character == "、" and depth == 0:
            names.append("")
        else:
            names[-1] += character
    return names


@cache
def graph() -> MemoryGraph:
    made = MemoryGraph()
    for code, day, listed in DOCUMENTS:
        text_of = read_listed(code, day, listed)
        made.store.extend(list(to_quads(*text_of, load(), version="0")))
    made.store.extend(region_quads())
    for name in ("functions", "reorganisations"):
        path = resource_folder("ontology") / "vocabularies" / f"{name}.ttl"
        made.store.load(
            path=str(path),
            format=ox.RdfFormat.TURTLE,
            to_graph=ox.NamedNode(shared_graph_iri(f"vocabulary/{name}")),
        )
    return made


def read_listed(code: str, day: date, listed: str) -> tuple[Reading, str]:
    names = split(listed)
    text = f"示例规划 完善示例服务。({'、'.join(names)}负责) 成立省示例联席会议。"
    document = Document(
        "示例规划", f"{code}.txt", code.rjust(64, "0"), "text/plain", "utf-8", len(text),
        doc_number=f"示发〔{day.year}〕1号", region_code=code, issued_on=day,
        region=place_of(code).chain[0].name, period_end=2020,
    )  # fmt: skip
    span = Span(5, 11)
    task = Task(TaskKind.TASK, "1", "完善示例服务", "", None, "", span, span)
    duties = tuple(
        Responsibility(
            task.subject,
            classify_body(name, load()),
            Role.RESPONSIBLE,
            order,
            Span(text.index(name), text.index(name) + len(name)),
        )
        for order, name in enumerate(names, 1)
    )
    start = text.index("省示例联席会议")
    group = Coordination("1", "省示例联席会议", Span(start, start + 7))
    return Reading(document, tasks=(task,), responsibilities=duties, coordination=(group,)), text


def rows(query: str) -> set[tuple[str, ...]]:
    """The distinct rows, which the store and rdflib must agree on; IRIs are shortened."""
    answers: list[set[tuple[str, ...]]] = [
        {shorten(term.value if term else "" for term in row) for row in graph().query(query).rows}
    ]
    found = graph().rdflib().query(query, initNs=PREFIXES)
    answers.append({shorten("" if term is None else str(term) for term in row) for row in found})
    assert answers[0] == answers[1]
    return answers[0]


def shorten(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value.removeprefix(ID) for value in values)


@pytest.mark.parametrize(
    ("body", "property_", "others", "reason"),
    [
        ("350100/education", "org:subOrganizationOf", {"350100/people-government"}, "department"),
        ("350100/people-government", "org:subOrganizationOf", {"350000/people-government"}, "up"),
        ("350000/people-government", "org:subOrganizationOf", {"100000/state-council"}, "the top"),
        ("100000/state-council", "org:subOrganizationOf", set(), "nothing above it"),
        (
            "350102/publicity-department", "org:subOrganizationOf", {"350102/party-committee"},
            "a Party body",
        ),
        (
            "350102/party-committee", "org:subOrganizationOf", {"350100/party-committee"},
            "a Party committee",
        ),
        ("350100/tax", "org:subOrganizationOf", {"350000/tax"}, "vertical management"),
        ("350100/tax", "pskg:guidedBy", set(), "it belongs to whom others are guided by"),
        ("350102/education", "pskg:guidedBy", {"350100/education"}, "the city's bureau"),
        ("350000/education", "pskg:guidedBy", {"100000/education"}, "the ministry"),
        (
            "320100/education_sports", "pskg:guidedBy", {"320000/education", "320000/sports"},
            "an office of two functions",
        ),
        ("320106/education", "pskg:guidedBy", {"320100/education"}, "the other 鼓楼区"),
    ],
)  # fmt: skip
def test_what_stands_above_a_body(body: str, property_: str, others: set[str], reason: str) -> None:
    query = f"SELECT DISTINCT ?other WHERE {{ <{ID}body/{body}> {property_} ?other }}"
    assert {row[0].removeprefix("body/") for row in rows(query)} == others, reason


def test_a_district_and_its_namesake_are_two_and_each_is_one() -> None:
    query = """SELECT DISTINCT ?body ?document WHERE {
        ?body pskg:nameAsWritten ?name FILTER(CONTAINS(?name, "区教育局"))
        ?fact pskg:body ?body ; dct:isPartOf ?document }"""
    found: dict[str, int] = {}
    for body, _ in rows(query):
        found[body] = found.get(body, 0) + 1
    # Fuzhou's in the document of the city, of the district and of the province
    assert found == {"body/350102/education": 3, "body/320106/education": 1}


@pytest.mark.parametrize(
    ("name", "region", "year", "number", "first", "reason"),
    [
        ("各旗市区人民政府", "150700", 2018, 14, "海拉尔区", "all kinds are named"),
        ("各旗市区人民政府", "150700", 2012, 13, "海拉尔区", "before a district was set up"),
        ("各市区政府", "150700", 2018, 7, "海拉尔区", "cities and districts, no banners"),
        ("各县区政府", "621200", 2018, 9, "武都区", "a district and counties"),
        ("各县政府", "621200", 2018, 8, "成县", "counties alone"),
        ("各县（市、区）人民政府", "440700", 2014, 7, "蓬江区", "with a bracket"),
        ("陇南市各县区政府", "620000", 2018, 9, "武都区", "of a region by name"),
        ("各市（州）政府", "620000", 2018, 14, "兰州市", "a province's"),
        ("各县（市、区）政府", "620000", 2018, 86, "城关区", "all counties of a province"),
        ("各市县政府", "620000", 2018, 0, "", "of which level 市 is, is not said"),
        ("各区政府", "110000", 2018, 16, "东城区", "of a municipality"),
        ("各县区教育局", "621200", 2018, 9, "武都区", "of another function"),
        ("各镇政府", "440781", 2014, 0, "", "towns are not known"),
        ("各级政府", "621200", 2018, 0, "", "no level"),
        ("有关县区政府", "621200", 2018, 0, "", "not all of them"),
        ("有关部门", "621200", 2018, 0, "", "nobody in particular"),
        ("市财政局", "621200", 2018, 0, "", "one body"),
        ("各县区政府", "621221", 2018, 0, "", "a county has none"),
        ("各县区政府", None, 2018, 0, "", "a document without a region"),
    ],
)
def test_what_a_collective_name_holds(
    name: str, region: str | None, year: int, number: int, first: str, reason: str
) -> None:
    found = members_of(classify_body(name, load()), place_of(region), year, load())
    assert len(found) == number, reason
    if first:
        assert found[0].name.endswith(f"（{first}）")


def test_members_stand_in_the_graph_with_their_regions() -> None:
    query = """SELECT DISTINCT ?member ?region WHERE {
        ?all org:hasMember ?member ; pskg:nameAsWritten "各县（市）区人民政府" .
        ?member dct:spatial/rdfs:label ?region ; org:classification ?function ;
            rdfs:label ?label }"""
    found = dict(rows(query))
    assert found["body/350102/people-government"] == "鼓楼区"
    assert len(found) == 13
    assert not rows("SELECT ?m WHERE { ?b org:hasMember ?m ; pskg:nameAsWritten '各镇政府' }")


def test_an_unknown_body_is_one_of_its_region_and_unclassified() -> None:
    query = """SELECT DISTINCT ?name ?region WHERE {
        ?body pskg:unclassified true ; pskg:nameAsWritten ?name .
        ?body dct:spatial/rdfs:label ?region }"""
    assert rows(query) == {("市星际探索局", "福州市")}
    told = {one.document: one.unclassified for one in review(graph()).documents}
    assert [names for names in told.values() if names] == [("市星际探索局",)]


def test_a_group_is_of_the_region_that_its_name_tells() -> None:
    query = "SELECT DISTINCT ?region WHERE { ?g a pskg:Coordination ; dct:spatial ?region }"
    assert rows(query) == {("region/350000",), ("region/320000",)}


# Reorganisations


@pytest.mark.parametrize(
    ("name", "asof", "bodies"),
    [
        ("卫生健康委", "", {"市卫计委", "省卫生健康委"}),  # today's name finds yesterday's duties
        ("卫计委", "", {"市卫计委", "省卫生健康委"}),  # and the other way round
        ("卫生健康委", "2017", {"市卫计委"}),
        ("卫生健康委", "2021", set()),  # past the period of all of them
        ("市场监管局", "", {"区市场监管局", "市工商局"}),
        ("工商局", "", {"区市场监管局", "市工商局"}),
        ("体育", "", {"市教育体育局"}),  # by its second function
        ("退役军人局", "", set()),  # it took over a part only: civil affairs went on
    ],
)
def test_a_function_is_asked_for_by_any_of_its_names(
    name: str, asof: str, bodies: set[str]
) -> None:
    answer = ask(graph(), "function", function=name, asof=asof)
    assert {record["body"] for record in answer.records()} == bodies
    query = bind(find_query("function"), function=name, asof=asof)
    variable = [str(v) for v in graph().rdflib().query(query, initNs=PREFIXES).vars or ()]
    place = variable.index("body")
    assert {row[place] for row in rows(query)} == bodies


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("卫生健康委", {"卫生和计划生育（福州市）", "卫生健康（福建省）"}),
        ("市场监管局", {"市场监督管理（鼓楼区）", "工商行政管理（南京市）"}),
        ("体育局", {"教育、体育（南京市）"}),
    ],
)
def test_pskg_body_finds_them_too(name: str, found: set[str]) -> None:
    assert {answer.label for answer in find_body(graph(), name)} == found


def test_a_body_names_the_reorganisation_that_ended_it() -> None:
    query = """SELECT DISTINCT ?body ?day ?after WHERE {
        ?body org:changedBy ?event . ?event a org:ChangeEvent ; dct:date ?day ;
            org:resultingOrganization/skos:prefLabel ?after FILTER(LANG(?after) = "zh") }"""
    assert rows(query) == {
        ("body/350100/health-family-planning", "2018-03-17", "卫生健康"),
        ("body/320100/industry-commerce", "2018-03-17", "市场监督管理"),
    }


def test_reorganisations_and_successions_say_the_same() -> None:
    vocabulary = load()
    store = graph()
    events = {
        (row[0].value, row[1].value)
        for row in store.query(
            "SELECT ?a ?b WHERE { ?e pskg:endedFunction ?a ; org:resultingOrganization ?b }"
        ).rows
        if row[0] and row[1]
    }
    successions = {
        (concept.iri, after)
        for concept in vocabulary["functions"]
        for after in concept.properties.get("succeededBy", ())
    }
    assert events == successions
    for event in vocabulary["reorganisations"]:
        ended = set(event.properties.get("endedFunction", ()))
        gave = set(event.properties.get("transferredFrom", ()))
        assert ended | gave, event.notation
        assert not ended & gave, event.notation
    all_of_them = {
        (row[0].value, row[1].value)
        for row in store.query("SELECT ?e ?f WHERE { ?e org:originalOrganization ?f }").rows
        if row[0] and row[1]
    }
    assert all_of_them == {
        (event.iri, function)
        for event in vocabulary["reorganisations"]
        for property_ in ("endedFunction", "transferredFrom")
        for function in event.properties.get(property_, ())
    }


# Regions


def test_the_regions_of_the_country_are_described_once_with_what_became_of_them() -> None:
    store = graph().store
    label = store.quads_for_pattern(
        ox.NamedNode(f"{ID}region/350000"), ox.NamedNode(PREFIXES["rdfs"] + "label"), None
    )
    assert len(list(label)) == 1  # though the graph has documents of the province and its city
    query = """SELECT ?name ?level ?above ?after WHERE {
        ?r dct:identifier "140726" ; rdfs:label ?name ; pskg:regionLevel ?level ;
            pskg:abolished true ; dct:isPartOf/rdfs:label ?above ;
            dct:isReplacedBy/rdfs:label ?after }"""
    assert rows(query) == {("太谷县", "county", "晋中市", "太谷区")}
    assert rows('SELECT ?old WHERE { ?r dct:identifier "420600" ; skos:altLabel ?old }') == {
        ("襄樊市",)
    }


def test_a_build_describes_every_region_and_keeps_them_when_a_document_goes(
    tmp_path: Path,
) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for number in range(1, 7):
        text = (
            f"福州市人民政府关于示例{number}的通知\n榕政〔2018〕{number}号\n一、总则\n加强管理。\n"
        )
        (sources / f"{number}.txt").write_text(text, encoding="utf-8")
    count = "SELECT (COUNT(DISTINCT ?r) AS ?n) WHERE { GRAPH ?g { ?r a pskg:Region } }"
    first = build([sources], tmp_path / "out", workers=1).open().query(count).records()
    (sources / "6.txt").unlink()
    second = build([sources], tmp_path / "out", workers=1).open().query(count).records()
    assert first == second
    assert int(first[0]["n"] or 0) > 3000
