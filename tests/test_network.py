"""The graph as a network, and the files it is written to."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
import pytest

from gold import STEMS, gold, gold_graph
from lookup_sample import CENTRAL, FIRST, TextGraph, first, quad, sample_graph, second, third
from pskg.graph.names import ID, PREFIXES
from pskg.graph.store import BuildGraph, Graph, MemoryGraph, open_graph
from pskg.use.network import NETWORK_FORMATS, to_network, write_network

PSKG = PREFIXES["pskg"]
DOCUMENT = f"{ID}document/621200/longshifa-2019-1"
EDUCATION = f"{ID}body/621200/education"
ITEM = f"{DOCUMENT}/item/1"

#: The direct property of each role that a responsibility folds into.
DIRECT = {
    "leads": "pskg:leads",
    "responsible_for": "pskg:responsibleFor",
    "cooperates_on": "pskg:cooperatesOn",
    "member_of": "pskg:memberOf",
    "pays": "pskg:pays",
    "based_on": "eli:based_on",
    "cites": "eli:cites",
    "in_domain": "pskg:inDomain",
    "follows": "cpsv:follows",
    "audience": "dct:audience",
    "classification": "org:classification",
    "office": "pskg:office",
}


def edges_in(network: nx.MultiDiGraph[str], role: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [edge for edge in network.edges(data=True) if edge[2]["role"] == role]


def pairs(edges: Iterable[tuple[str, str, dict[str, Any]]]) -> set[tuple[str, str]]:
    return {(source, target) for source, target, _ in edges}


def count(graph: Graph, pattern: str) -> int:
    (row,) = graph.query(f"SELECT (COUNT(DISTINCT ?f) AS ?n) WHERE {{ {pattern} }}").records()
    return int(str(row["n"]))


def assert_agrees_with_sparql(graph: Graph, network: nx.MultiDiGraph[str]) -> None:
    """What the network says is what questions to the graph say, asked in another way."""
    for role, property_ in DIRECT.items():
        # figures stand in a domain too; they are edges, and their domain is told in words
        # bodies that no document names, and the regions that nothing is of, are no nodes
        pattern = f"""?s {property_} ?o MINUS {{ ?s a pskg:IndicatorValue }}
            MINUS {{ ?s a org:Organization MINUS {{ ?s a pskg:Body }} }}"""
        rows = graph.query(f"SELECT DISTINCT ?s ?o WHERE {{ {pattern} }}").records()
        wanted = {(str(row["s"]), str(row["o"])) for row in rows}
        assert pairs(edges_in(network, role)) == wanted, role
    role_facts = {"lead": "leads", "responsible": "responsible_for"}
    for word, role in role_facts.items():
        concept = f"<https://w3id.org/pskg/concept/roles/{word}>"
        facts = count(graph, f"?f a pskg:Responsibility ; pskg:role {concept}")
        assert len(edges_in(network, role)) == facts
    assert len(edges_in(network, "pays")) == count(graph, "?f a pskg:FundingShare")
    assert len(edges_in(network, "states_indicator")) == count(graph, "?f a pskg:IndicatorValue")
    citations = len(edges_in(network, "based_on")) + len(edges_in(network, "cites"))
    assert citations == count(graph, "?f a pskg:Citation")
    types = Counter(data["type"] for _, data in network.nodes(data=True))
    for name in ("ServiceItem", "Task", "Body", "PolicyDocument", "DomainEntry", "Amount"):
        rows = graph.query(f"SELECT DISTINCT ?s WHERE {{ ?s a pskg:{name} }}").rows
        assert types[name] == len(rows), name


def test_the_sample_agrees_with_sparql() -> None:
    assert_agrees_with_sparql(sample_graph(), to_network(sample_graph()))


def test_the_annotations_agree_with_sparql() -> None:
    assert_agrees_with_sparql(gold_graph(), to_network(gold_graph()))


def test_the_annotated_leads_are_the_edges() -> None:
    # counted in the annotations themselves, not in the graph
    rows = [row for stem in STEMS for row in gold(stem).rows("responsibilities")]
    network = to_network(gold_graph())
    assert len(edges_in(network, "leads")) == sum(row["role"] == "lead" for row in rows)
    quotes = Counter(data["quote"] for _, _, data in edges_in(network, "leads"))
    assert quotes == Counter(row["quote"] for row in rows if row["role"] == "lead")


def test_the_build_agrees_with_sparql(graph: BuildGraph) -> None:
    network = to_network(graph)
    assert_agrees_with_sparql(graph, network)
    for _, _, data in network.edges(data=True):
        if "quote" in data:
            text = graph.text(data["document"])
            assert text is not None
            assert text[data["quote_start"] : data["quote_end"]] == data["quote"]


def test_a_responsibility_is_an_edge_with_its_words() -> None:
    network = to_network(sample_graph())
    fact = f"{DOCUMENT}/responsibility/item-1-1"
    assert network.edges[EDUCATION, ITEM, fact] == {
        "role": "leads",
        "fact": fact,
        "document": DOCUMENT,
        "body_as_written": "市教育局",
        "order": 1,
        "quote": "市教育局",
        "quote_start": FIRST.index("市教育局"),
        "quote_end": FIRST.index("市教育局") + 4,
    }


def test_a_share_is_an_edge_from_the_payer() -> None:
    network = to_network(sample_graph())
    share = network.edges[CENTRAL, ITEM, f"{DOCUMENT}/funding/1-1-1"]
    assert (share["role"], share["share"], share["basis"]) == ("pays", 0.8, "ratio")
    assert "condition" not in share
    split = network.edges[CENTRAL, f"{DOCUMENT}/item/2", f"{DOCUMENT}/funding/2-1-1"]
    assert (split["condition"], "share" in split) == ("试点县所需资金", False)
    (street,) = [data for _, data in network.nodes(data=True) if data["type"] == "Payer"]
    assert street["label"] == "街道"


def test_citations_and_figures_are_edges_from_the_document() -> None:
    network = to_network(sample_graph())
    ((source, target, data),) = edges_in(network, "based_on")
    assert (source, data["relation"]) == (DOCUMENT, "implements")
    assert network.nodes[target]["label"] == "示例条例"
    assert network.nodes[target]["number"] == "示发〔2017〕1号"
    ((source, target, data),) = edges_in(network, "states_indicator")
    assert (source, network.nodes[target]["label"]) == (DOCUMENT, "示例巩固率")
    assert (data["value"], data["unit"], data["year"]) == (95.0, "%", 2020)
    assert (data["comparator"], data["indicator_kind"], data["cumulative"]) == (
        ">=",
        "target",
        False,
    )


def test_nodes_tell_what_and_where_they_are() -> None:
    network = to_network(sample_graph())
    item = network.nodes[ITEM]
    assert (item["label"], item["type"], item["no"]) == ("免费示例教育(站)", "ServiceItem", "1")
    assert (item["document"], item["region"], item["region_code"]) == (DOCUMENT, "陇南市", "621200")
    assert (item["standard"], item["target_groups"]) == ("每生每年800元。", "示例学生")
    assert "number" not in item  # a printed number is a document's only
    body = network.nodes[EDUCATION]
    assert (body["label"], body["type"], body["region"]) == ("教育（陇南市）", "Body", "陇南市")
    assert (body["names"], body["collective"]) == ("市教育局", False)
    document = network.nodes[DOCUMENT]
    assert (document["number"], document["region"]) == ("陇示发〔2019〕1号", "陇南市")
    region = network.nodes[f"{ID}region/621200"]
    assert (region["label"], region["type"], region["region_code"]) == (
        "陇南市",
        "Region",
        "621200",
    )
    concept = network.nodes[CENTRAL]
    # named though this graph does not hold the vocabularies
    assert (concept["label"], concept["type"], concept["scheme"]) == (
        "中央财政",
        "Concept",
        "payers",
    )


def test_facts_and_places_are_folded_away() -> None:
    types = {data["type"] for _, data in to_network(sample_graph()).nodes(data=True)}
    assert not types & {
        "Responsibility", "FundingShare", "FundingSplit", "Citation", "IndicatorValue",
        "SpecificResource", "TextQuoteSelector", "MastheadEntry", "Thing",
    }  # fmt: skip


def test_unfolded_every_triple_between_things_is_an_edge() -> None:
    graph = sample_graph()
    network = to_network(graph, fold=False)
    rows = graph.query(
        "SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o FILTER(isIRI(?o) && ?p != rdf:type) }"
    ).rows
    # two properties of one local name between the same things (pskg:role, cv:role) are one edge
    triples = {(s.value, re.split("[#/]", p.value)[-1], o.value) for s, p, o in rows}
    assert network.number_of_edges() == len(triples)
    fact = network.nodes[f"{DOCUMENT}/responsibility/item-1-1"]
    assert (fact["type"], fact["quote"]) == ("Responsibility", "市教育局")
    assert network.has_edge(f"{DOCUMENT}/responsibility/item-1-1", EDUCATION, "body")
    assert network.has_edge(EDUCATION, ITEM, "leads")
    assert network.has_edge(ITEM, EDUCATION, "has_competent_authority")
    start = FIRST.index("免费")
    assert network.nodes[f"{DOCUMENT}/span/{start}-{start + 9}/selector"]["selector_start"] == start


@pytest.mark.parametrize("fold", [True, False])
def test_attributes_are_scalars_of_one_type_each(fold: bool) -> None:
    network = to_network(gold_graph(), fold=fold)
    for every in (
        [data for _, data in network.nodes(data=True)],
        [data for *_, data in network.edges(data=True)],
    ):
        types: dict[str, set[type]] = {}
        for data in every:
            for name, value in data.items():
                types.setdefault(name, set()).add(type(value))
        assert all(found <= {str, int, float, bool} for found in types.values())
        assert all(len(found) == 1 for found in types.values()), types
    # names that the writers of networkx use for themselves
    reserved = {"id", "key", "start", "end", "weight", "viz", "source", "target"}
    assert not reserved & {name for *_, data in network.edges(data=True) for name in data}
    assert not (reserved - {"source", "target"}) & {
        name for _, data in network.nodes(data=True) for name in data
    }


def test_the_order_of_documents_does_not_matter() -> None:
    one = to_network(TextGraph([first(), second(), third()]))
    other = to_network(TextGraph([third(), second(), first()]))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_direct_edges_without_a_fact_are_edges() -> None:
    graph = MemoryGraph()
    type_ = PREFIXES["rdf"] + "type"
    body, item = f"{ID}body/1", f"{ID}item/1"
    graph.store.extend(
        [
            quad(body, type_, ox.NamedNode(PSKG + "Body")),
            quad(item, type_, ox.NamedNode(PSKG + "ServiceItem")),
            quad(body, PSKG + "leads", ox.NamedNode(item)),
            quad(body, PREFIXES["rdfs"] + "label", ox.Literal("finance", language="en")),
            quad(body, PREFIXES["rdfs"] + "label", ox.Literal("财政", language="zh")),
            quad(item, PSKG + "position", ox.Literal("no number")),
        ]
    )
    network = to_network(graph)
    assert list(network.edges(keys=True, data=True)) == [(body, item, "leads", {"role": "leads"})]
    assert network.nodes[body]["label"] == "财政"
    assert "position" not in network.nodes[item]  # an ill-typed number is left out
    assert network.nodes[item]["label"] == item  # nothing names it


def test_broader_concepts_are_followed() -> None:
    graph = TextGraph([first()])
    public = CENTRAL.replace("central-government", "public")
    skos = PREFIXES["skos"]
    graph.store.extend(
        [
            quad(CENTRAL, skos + "broader", ox.NamedNode(public)),
            quad(public, skos + "broader", ox.NamedNode(CENTRAL)),  # a circle does no harm
            quad("http://example.org/a", skos + "broader", ox.NamedNode("http://example.org/b")),
        ]
    )
    network = to_network(graph)
    assert pairs(edges_in(network, "broader")) == {(CENTRAL, public), (public, CENTRAL)}


def test_an_empty_graph_is_an_empty_network(tmp_path: Path) -> None:
    network = to_network(MemoryGraph())
    assert (network.number_of_nodes(), network.number_of_edges()) == (0, 0)
    for name in NETWORK_FORMATS:
        write_network(network, tmp_path / name, name)
    assert nx.read_graphml(tmp_path / "graphml").number_of_nodes() == 0
    assert nx.read_gexf(tmp_path / "gexf").number_of_nodes() == 0


# Files


def read_back(path: Path, name: str) -> nx.MultiDiGraph[str]:
    if name == "json":
        data = json.loads(path.read_text(encoding="utf-8"))
        read = nx.node_link_graph(data, edges="edges")
    elif name == "graphml":
        read = nx.read_graphml(path, force_multigraph=True)
    else:
        read = nx.read_gexf(path)
    if not read.is_multigraph():  # so are GEXF files opened in which no two edges are parallel
        simple, read = read, nx.MultiDiGraph()
        read.add_nodes_from(simple.nodes(data=True))
        for source, target, data in simple.edges(data=True):
            read.add_edge(source, target, data.get("fact", data["role"]), **data)
    return read


def nodes_of(network: nx.MultiDiGraph[str]) -> dict[str, dict[str, Any]]:
    return {node: dict(data) for node, data in network.nodes(data=True)}


def edges_of(network: nx.MultiDiGraph[str]) -> dict[tuple[str, str, str], dict[str, Any]]:
    # the edge's own number and its label are what a reader adds, the key stands in the key
    return {
        (source, target, key): {
            name: value for name, value in data.items() if name not in ("id", "key", "label")
        }
        for source, target, key, data in network.edges(keys=True, data=True)
    }


def without_control(described: dict[Any, dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    return {
        place: {
            name: value.replace("\x0b", "") if isinstance(value, str) else value
            for name, value in data.items()
        }
        for place, data in described.items()
    }


@pytest.mark.parametrize("name", sorted(NETWORK_FORMATS))
@pytest.mark.parametrize("fold", [True, False])
def test_files_open_again_and_are_equal(name: str, fold: bool, tmp_path: Path) -> None:
    for graph in (sample_graph(), gold_graph()):
        network = to_network(graph, fold=fold)
        path = tmp_path / f"network.{name}"
        write_network(network, path, name)
        read = read_back(path, name)
        if name == "json":
            assert nodes_of(read) == nodes_of(network)
        else:
            # XML cannot hold the control character that one quote of the sample has
            assert nodes_of(read) == without_control(nodes_of(network))
        assert edges_of(read) == edges_of(network)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_ids_in_xml_are_unique(name: str, tmp_path: Path) -> None:
    write_network(to_network(gold_graph()), tmp_path / "n", name)
    elements = list(ElementTree.parse(tmp_path / "n").iter())
    for tag in ("node", "edge", "key", "attribute"):
        ids = [e.get("id") for e in elements if e.tag.endswith("}" + tag) and e.get("id")]
        assert len(ids) == len(set(ids))
    nodes = {e.get("id") for e in elements if e.tag.endswith("}node")}
    for edge in (e for e in elements if e.tag.endswith("}edge")):
        assert {edge.get("source"), edge.get("target")} <= nodes


@pytest.mark.parametrize("name", sorted(NETWORK_FORMATS))
def test_the_same_network_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    for place, readings in (("a", [first(), second()]), ("b", [second(), first()])):
        write_network(to_network(TextGraph(readings)), tmp_path / place, name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert b"\r" not in (tmp_path / "a").read_bytes()


@pytest.mark.parametrize("name", sorted(NETWORK_FORMATS))
@pytest.mark.parametrize(
    ("value", "in_xml"),
    [
        ("a<b>&\"'c", None),
        ("two\nlines\r\nand\ta tab\r", None),  # line ends as they stand
        ("  spaces  \u3000\u00a0", None),
        ("\x00\x07\x1b\ufffe\uffff", ""),  # forbidden in XML
        ("𠮷\U0010ffff", None),  # beyond the basic plane
        ("]]><!--", None),
        ("", None),
        (True, None),
        (-3, None),
        (0.1, None),
        (1e300, None),
    ],
)
def test_values_survive(
    name: str, value: str | float | bool, in_xml: str | None, tmp_path: Path
) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node("a", label="甲", value=value)
    network.add_node("b", label="乙")
    network.add_edge("a", "b", "one", role="r", value=value)
    network.add_edge("a", "b", "two", role="r")
    write_network(network, tmp_path / "n", name)
    read = read_back(tmp_path / "n", name)
    expected = value if in_xml is None or name == "json" else in_xml
    assert read.nodes["a"]["value"] == expected
    assert type(read.nodes["a"]["value"]) is type(value)
    assert read.edges["a", "b", "one"]["value"] == expected
    assert "value" not in read.edges["a", "b", "two"]


def test_mixed_types_of_an_attribute_become_the_wider(tmp_path: Path) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node("a", number=1, mixed=True)
    network.add_node("b", number=1.5, mixed="x")
    network.add_edge("a", "b", "k")
    network.add_edge("a", "b", "l")
    for name in ("graphml", "gexf"):
        write_network(network, tmp_path / name, name)
        read = read_back(tmp_path / name, name)
        assert (read.nodes["a"]["number"], read.nodes["b"]["number"]) == (1.0, 1.5)
        assert (read.nodes["a"]["mixed"], read.nodes["b"]["mixed"]) == ("True", "x")


def test_the_writers_of_networkx_take_the_network_too(tmp_path: Path) -> None:
    network = to_network(gold_graph())
    nx.write_graphml(network, tmp_path / "a.graphml")
    nx.write_gexf(network, tmp_path / "a.gexf")
    assert nx.read_graphml(tmp_path / "a.graphml").number_of_edges() == network.number_of_edges()
    assert nx.read_gexf(tmp_path / "a.gexf").number_of_edges() == network.number_of_edges()


def test_an_unknown_format_is_refused_before_a_file_is_made(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"'pajek'.*graphml, gexf, json"):
        write_network(to_network(MemoryGraph()), tmp_path / "n", "pajek")
    assert not (tmp_path / "n").exists()


def test_a_server_gives_the_same_network(graph: BuildGraph, endpoint: str) -> None:
    here, there = to_network(graph), to_network(open_graph(endpoint))
    assert nodes_of(here) == nodes_of(there)
    assert edges_of(here) == edges_of(there)
