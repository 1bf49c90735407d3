"""From a fact to its words in their surroundings."""

from __future__ import annotations

import json
from dataclasses import replace

import pyoxigraph as ox
import pytest

from lookup_sample import FIRST, TextGraph, first, quad, sample_graph
from pskg.graph.names import ID, PREFIXES
from pskg.graph.store import BuildGraph, MemoryGraph, open_graph
from pskg.use.explain import expand_iri, explain
from pskg.use.lookup import UnknownNameError

DOCUMENT = f"{ID}document/621200/longshifa-2019-1"


@pytest.mark.parametrize(
    ("local", "type_", "label", "quote"),
    [
        # the title of a subject
        ("item/1", "ServiceItem", "免费示例教育(站)", "免费示例教育(站)"),
        ("task/1", "Task", "均衡示例资源", "均衡示例资源"),
        # facts without a name of their own: what they are made of
        (
            "responsibility/item-1-2",
            "Responsibility",
            "市财政局 · 牵头 · 免费示例教育(站)",
            "市财政局",
        ),
        (
            "funding/1-1-1",
            "FundingShare",
            "中央财政 · 0.8 · ratio · 免费示例教育(站)",
            "中央和地方财政按8∶2比例分担。",
        ),
        (
            "funding/2-1",
            "FundingSplit",
            "城镇示例保险 · 试点县所需资金",
            "试点县所需资金由中央财政承担",
        ),
        # a share without a figure
        (
            "funding/2-2-1",
            "FundingShare",
            "街道 · qualitative · 城镇示例保险",
            "其他由街道负责",
        ),
        # a citation, an amount, a figure
        (f"citation/{FIRST.index('《示例条例》')}", "Citation", "示例条例", "《示例条例》"),
        (
            f"amount/{FIRST.index('每生每年800元')}",
            "Amount",
            "800 · 元/生/年 · 免费示例教育(站)",
            "每生每年800元",
        ),
        (
            f"indicator/{FIRST.index('示例巩固率')}",
            "IndicatorValue",
            "示例巩固率",
            "示例巩固率达到95%以上",
        ),
        # a control character in the words stays
        ("item/3", "ServiceItem", "示例学生营养改善", "示例学生\x0b营养改善"),
        # the document itself, by its title
        ("", "PolicyDocument", "陇南市示例服务清单", "陇南市示例服务清单"),
    ],
)
def test_facts_are_explained(local: str, type_: str, label: str, quote: str) -> None:
    iri = f"{DOCUMENT}/{local}".removesuffix("/")
    found = explain(sample_graph(), iri)
    assert (found.type, found.label, found.quote) == (type_, label, quote)
    assert found.verified is True
    assert (found.document, found.document_title) == (DOCUMENT, "陇南市示例服务清单")
    assert (found.document_number, found.region) == ("陇示发〔2019〕1号", "陇南市")
    assert found.source == "621200.txt"
    assert found.start is not None
    assert found.end is not None
    assert FIRST[found.start : found.end] == quote
    assert found.before + quote + found.after in FIRST
    assert found.line == FIRST[: found.start].count("\n") + 1


def test_statements_tell_the_fact_in_words() -> None:
    found = explain(sample_graph(), f"{DOCUMENT}/responsibility/item-1-2")
    told = {said.property: (said.value, said.iri) for said in found.statements}
    assert told["pskg:role"] == ("牵头", "https://w3id.org/pskg/concept/roles/lead")
    assert told["pskg:subject"] == ("免费示例教育(站)", f"{DOCUMENT}/item/1")
    assert told["pskg:order"] == ("2", "")
    # positions are told apart, and the type; an identifier that is the IRI is no news
    assert not {"pskg:quote", "pskg:start", "rdf:type", "dct:identifier"} & set(told)
    assert json.loads(json.dumps(found.to_dict()))["quote"] == "市财政局"


@pytest.mark.parametrize(
    ("context", "before", "after"),
    [
        (3, "\n1 ", " 示例"),
        (0, "", ""),
        (-5, "", ""),  # no less than nothing
        (10**9, FIRST[: FIRST.index("免费")], FIRST[FIRST.index("免费") + 9 :]),  # all there is
    ],
)
def test_as_much_of_the_surroundings_as_asked(context: int, before: str, after: str) -> None:
    found = explain(sample_graph(), f"{DOCUMENT}/item/1", context=context)
    assert (found.before, found.after) == (before, after)


def test_a_quote_that_the_text_does_not_hold_is_not_verified() -> None:
    graph = TextGraph([first()])
    graph.texts[DOCUMENT] = "前" + FIRST  # the source has moved by one character
    found = explain(graph, f"{DOCUMENT}/item/1")
    assert found.verified is False
    assert found.quote == "免费示例教育(站)"


def test_without_a_text_nothing_is_verified() -> None:
    graph = MemoryGraph(TextGraph([first()]).store)
    found = explain(graph, f"{DOCUMENT}/item/1")
    assert (found.verified, found.line, found.before, found.after) == (None, None, "", "")
    assert (found.quote, found.start) == ("免费示例教育(站)", FIRST.index("免费"))


@pytest.mark.parametrize(
    ("iri", "type_", "label"),
    [
        (f"{ID}body/621200/education", "Body", "教育（陇南市）"),
        (f"{ID}region/621200", "Region", "陇南市"),
    ],
)
def test_a_thing_that_was_not_read_from_one_place(iri: str, type_: str, label: str) -> None:
    found = explain(sample_graph(), iri)
    assert (found.type, found.label) == (type_, label)
    assert (found.quote, found.start, found.document, found.verified) == (None, None, "", None)


def test_the_place_of_a_fact_is_explained_too() -> None:
    start = FIRST.index("免费")
    found = explain(sample_graph(), f"{DOCUMENT}/span/{start}-{start + 9}")
    assert (found.quote, found.document, found.verified) == ("免费示例教育(站)", DOCUMENT, True)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end: str) -> None:
    graph = TextGraph([first()])
    graph.texts[DOCUMENT] = FIRST.replace("\n", end)
    place = FIRST.index("免费")
    shift = (len(end) - 1) * FIRST[:place].count("\n")
    for predicate, value in (("start", place + shift), ("end", place + shift + 9)):
        graph.store.update(
            f"""
            PREFIX pskg: <{PREFIXES["pskg"]}>
            DELETE {{ GRAPH ?g {{ <{DOCUMENT}/item/1> pskg:{predicate} ?old }} }}
            INSERT {{ GRAPH ?g {{ <{DOCUMENT}/item/1> pskg:{predicate} {value} }} }}
            WHERE {{ GRAPH ?g {{ <{DOCUMENT}/item/1> pskg:{predicate} ?old }} }}
            """
        )
    found = explain(graph, f"{DOCUMENT}/item/1")
    assert (found.verified, found.line) == (True, 5)


@pytest.mark.parametrize(
    ("short", "expected"),
    [
        (f"<{DOCUMENT}/item/1>", f"{DOCUMENT}/item/1"),
        ("document/621200/longshifa-2019-1/item/1", f"{DOCUMENT}/item/1"),
        ("id/document/621200/longshifa-2019-1/item/1", f"{DOCUMENT}/item/1"),
        ("/document/621200/longshifa-2019-1/item/1", f"{DOCUMENT}/item/1"),
        ("  body/621200/education ", f"{ID}body/621200/education"),
        ("concept/roles/lead", "https://w3id.org/pskg/concept/roles/lead"),
        ("pskg:leads", "https://w3id.org/pskg/ns#leads"),
        ("urn:isbn:1", "urn:isbn:1"),  # a scheme that is no prefix of ours
        ("http://example.org/a", "http://example.org/a"),
    ],
)
def test_short_forms(short: str, expected: str) -> None:
    assert expand_iri(short) == expected


@pytest.mark.parametrize(
    ("iri", "near"),
    [
        # a fact of a document that is there: facts of that document
        (f"{DOCUMENT}/item/9", "document/621200/longshifa-2019-1/item/1"),
        ("document/621200/longshifa-2019-1/responsibility/item-1", None),
        # a document that is not there: documents
        ("document/621200/longshifa-2019-2", "document/621200/longshifa-2019-1"),
        # no IRI at all
        ("免费 示例", ""),
        ('a b<c>"{}', ""),
        ("", ""),
    ],
)
def test_unknown_facts_are_errors_with_near_ones(iri: str, near: str | None) -> None:
    with pytest.raises(UnknownNameError) as caught:
        explain(sample_graph(), iri)
    if near:
        assert near in caught.value.near
    elif near is None:
        assert any("responsibility" in name for name in caught.value.near)
    else:
        assert caught.value.near == ()


def test_broken_positions_are_no_positions() -> None:
    graph = MemoryGraph()
    fact = f"{ID}fact"
    for name, value in (("quote", "甲"), ("start", "first"), ("end", "-1")):
        graph.store.add(quad(fact, PREFIXES["pskg"] + name, ox.Literal(value)))
    found = explain(graph, fact)
    assert (found.quote, found.start, found.type) == (None, None, "")


def test_every_fact_of_the_build_stands_where_it_says(graph: BuildGraph) -> None:
    rows = graph.query("SELECT ?fact WHERE { ?fact pskg:quote ?quote } ORDER BY ?fact").records()
    assert len(rows) > 500
    for row in rows[::40]:
        found = explain(graph, str(row["fact"]))
        assert found.verified is True, found.iri
        assert found.line is not None


def test_a_server_explains_without_verifying(graph: BuildGraph, endpoint: str) -> None:
    (row, *_) = graph.query("SELECT ?f WHERE { ?f a pskg:FundingShare } ORDER BY ?f").records()
    here, there = (explain(each, str(row["f"])) for each in (graph, open_graph(endpoint)))
    assert there == replace(here, verified=None, line=None, before="", after="")
