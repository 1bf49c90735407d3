"""Parts of the network are what one would cut out of the whole, and files of any size the same."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from lookup_sample import sample_graph
from pskg import KnowledgeGraph
from pskg.cli import main
from pskg.graph.names import CONCEPT, ID
from pskg.graph.store import BuildGraph, FileGraph, Graph, MemoryGraph, Term, open_graph
from pskg.pipeline import BuildReport
from pskg.use.lookup import UnknownNameError
from pskg.use.network import NETWORK_FORMATS, disk, export_network, to_network, write_network
from pskg.use.network.disk import Sorter, Spool
from test_network import edges_of, nodes_of

Network = nx.MultiDiGraph  # of str


@pytest.fixture(scope="module", params=[True, False], ids=["folded", "unfolded"])
def fold(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module")
def whole(graph: BuildGraph, fold: bool) -> Network:
    return to_network(graph, fold=fold)


def is_shared(iri: str) -> bool:
    return not iri.startswith(f"{ID}document/")


def documents_of(whole: Network, *codes: str) -> list[str]:
    return [
        node
        for node, data in whole.nodes(data=True)
        if data["type"] == "PolicyDocument" and data["region_code"] in codes
    ]


def own_of(whole: Network, documents: Iterable[str]) -> set[str]:
    return {
        node for node in whole for iri in documents if node == iri or node.startswith(f"{iri}/")
    }


def with_neighbours(whole: Network, core: set[str]) -> set[str]:
    return core | {end for edge in whole.to_undirected(as_view=True).edges(core) for end in edge}


def with_above(whole: Network, nodes: set[str]) -> set[str]:
    """What shared things among these lead to that is shared, and so on."""
    shared = whole.subgraph(filter(is_shared, whole))
    return nodes.union(*(nx.descendants(shared, node) for node in nodes if is_shared(node)))


def assert_cut(part: Network, whole: Network, nodes: Iterable[str]) -> None:
    cut = whole.subgraph(nodes)
    assert set(part) == set(cut)
    assert nodes_of(part) == nodes_of(cut)
    assert edges_of(part) == edges_of(cut)
    assert list(part) == sorted(part)
    assert list(part.edges(keys=True)) == sorted(part.edges(keys=True))


@pytest.mark.parametrize(
    ("region", "codes"),
    [
        ("陇南市", ["621200"]),
        ("150700", ["150700"]),
        ("台山", ["440781"]),
        ("广东省", ["440781"]),  # what lies in it
        ("350000", ["350000"]),
    ],
)
def test_a_region_is_cut_out_of_the_whole(
    graph: Graph, whole: Network, fold: bool, region: str, codes: list[str]
) -> None:
    own = own_of(whole, documents_of(whole, *codes))
    assert len(own) > 50
    nodes = with_above(whole, with_neighbours(whole, own))
    part = to_network(graph, region=region, fold=fold)
    assert_cut(part, whole, nodes)
    assert part.number_of_nodes() < whole.number_of_nodes() / 2


def test_the_country_holds_all_documents(graph: Graph, whole: Network, fold: bool) -> None:
    part = to_network(graph, region="中华人民共和国", fold=fold)
    documents = [node for node, data in whole.nodes(data=True) if data["type"] == "PolicyDocument"]
    nodes = with_above(whole, with_neighbours(whole, own_of(whole, documents)))
    assert_cut(part, whole, nodes)


def records(graph: Graph, query: str) -> list[dict[str, str]]:
    return [{k: str(v) for k, v in row.items()} for row in graph.query(query).records()]


def domain_nodes(graph: Graph, whole: Network, domain: str, inside: str = ID) -> set[str]:
    """The nodes of a domain, asked in another way than the network does."""
    query = f"""
        SELECT DISTINCT ?s WHERE {{
            {{ ?s cv:thematicArea/skos:broader* <{CONCEPT}domains/{domain}> }} UNION
            {{ ?s pskg:concept/skos:broader* <{CONCEPT}domains/{domain}> }}
        }}
        """
    within = {row["s"] for row in records(graph, query) if row["s"].startswith(inside)}
    own = whole.subgraph(node for node in whole if not is_shared(node))
    core = {node for node in within if node in own}
    nodes = with_neighbours(whole, core.union(*(nx.ancestors(own, node) for node in core)))
    for row in records(graph, "SELECT ?f ?d ?i WHERE { ?f pskg:indicator ?i ; dct:isPartOf ?d }"):
        if row["f"] in within:
            nodes |= {row["d"], row["i"]}
    return with_above(whole, nodes)


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("教育", "education"),
        ("基本公共教育", "basic-public-education"),
        ("health", "health"),
        (f"{CONCEPT}domains/employment", "employment"),
        ("concept/domains/culture-sport", "culture-sport"),
    ],
)
def test_a_domain_is_cut_out_of_the_whole(
    graph: Graph, whole: Network, fold: bool, name: str, domain: str
) -> None:
    part = to_network(graph, domain=name, fold=fold)
    assert_cut(part, whole, domain_nodes(graph, whole, domain))
    assert part.number_of_nodes() < whole.number_of_nodes() / 2
    assert {"ServiceItem", "Body", "Indicator"} <= {
        data["type"] for _, data in part.nodes(data=True)
    }


def test_a_domain_in_a_region_is_cut_out_of_the_whole(
    graph: Graph, whole: Network, fold: bool
) -> None:
    (document,) = documents_of(whole, "150700")
    part = to_network(graph, region="呼伦贝尔市", domain="教育", fold=fold)
    assert_cut(part, whole, domain_nodes(graph, whole, "education", document))
    items = {data["document"] for _, data in part.nodes(data=True) if data["type"] == "ServiceItem"}
    assert items == {document}


def ball(whole: Network, around: Iterable[str], radius: int) -> set[str]:
    nodes = set(around)
    for _ in range(radius):
        nodes = with_neighbours(whole, nodes)
    return nodes


@pytest.mark.parametrize("radius", [1, 2, 3])
def test_a_neighbourhood_is_cut_out_of_the_whole(
    graph: Graph, whole: Network, fold: bool, radius: int
) -> None:
    chosen = random.Random(radius).sample(sorted(whole), 12 // radius**2 + 2)
    for node in chosen:
        part = to_network(graph, around=node, radius=radius, fold=fold)
        assert_cut(part, whole, ball(whole, [node], radius))
    part = to_network(graph, around=chosen[:2], radius=radius, fold=fold)
    assert_cut(part, whole, ball(whole, chosen[:2], radius))


@pytest.mark.parametrize("kind", ["Concept", "Region", "Body", "PolicyDocument", "CitedDocument"])
def test_the_neighbourhoods_of_what_is_shared(
    graph: Graph, whole: Network, fold: bool, kind: str
) -> None:
    # from regions and concepts steps lead down to those that nothing is of
    nodes = sorted(node for node, data in whole.nodes(data=True) if data["type"] == kind)
    for node in random.Random(7).sample(nodes, min(len(nodes), 15)):
        part = to_network(graph, around=node, fold=fold)
        assert_cut(part, whole, ball(whole, [node], 1))


def test_short_iris_will_do(graph: Graph) -> None:
    short = to_network(graph, around="region/621200")
    assert nodes_of(short) == nodes_of(to_network(graph, around=[f"{ID}region/621200"]))
    assert len(to_network(graph, around=[])) == 0


def test_a_server_and_a_file_give_the_same_parts(
    graph: BuildGraph, endpoint: str, tmp_path: Path
) -> None:
    file = tmp_path / "graph.ttl"
    KnowledgeGraph(graph).export("turtle", file)
    body = f"{ID}body/621200/education"
    for asked in (
        {"region": "陇南市"},
        {"domain": "教育"},
        {"region": "150700", "domain": "教育"},
        {"around": body, "radius": 2},
    ):
        here = to_network(graph, **asked)  # type: ignore[arg-type]
        for there in (open_graph(endpoint), FileGraph(file)):
            found = to_network(there, **asked)  # type: ignore[arg-type]
            assert nodes_of(found) == nodes_of(here)
            assert edges_of(found) == edges_of(here)


class CountingGraph(MemoryGraph):
    """A graph that counts the rows it gives."""

    given = 0

    def rows(self, sparql: str) -> Iterator[tuple[Term | None, ...]]:
        for row in super().rows(sparql):
            self.given += 1
            yield row


def test_a_part_is_read_without_the_rest(graph: BuildGraph) -> None:
    counting = CountingGraph(graph.store)
    to_network(counting)
    every = counting.given
    for asked in (
        {"region": "621200"},
        {"domain": "public-transport"},
        {"around": f"{ID}body/621200/education"},
    ):
        counting.given = 0
        to_network(counting, **asked)  # type: ignore[arg-type]
        assert 0 < counting.given < every / 3, asked


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"region": "北京市"}, r"no region '北京市' in the graph; near: .*陇南市.*"),
        ({"region": ""}, r"no region ''"),
        ({"domain": "教育学"}, r"no domain '教育学' in the graph; near: .*教育"),
        ({"domain": "x/y"}, r"no domain 'x/y' in the graph"),
        ({"domain": "a b"}, r"no domain 'a b' in the graph"),
        ({"domain": "教育", "region": "360000"}, r"no region"),
        (
            {"domain": "退役军人", "region": "台山市"},
            r"no domain '退役军人' in the documents of the region",
        ),
        ({"around": "body/621200/educatoin"}, r"no thing 'body/621200/educatoin' in the network"),
        ({"around": "document/621200/longzhengbanfa-2018-45/task/99"}, r"near: .*/task/9"),
        ({"around": "region/110101"}, r"no thing"),  # nothing is of it
        ({"around": ["concept/roles/lead"]}, r"no thing"),  # no node, but a word of facts
        ({"around": "no <iri"}, r"no thing"),
    ],
)
def test_what_is_unknown_is_told(graph: Graph, asked: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        to_network(graph, **asked)  # type: ignore[arg-type]


def test_a_wrong_call_is_told(graph: Graph) -> None:
    with pytest.raises(ValueError, match="around goes without region and domain"):
        to_network(graph, around="region/621200", region="陇南市")
    with pytest.raises(ValueError, match="radius of 0"):
        to_network(graph, around="region/621200", radius=0)


# Files of any size


@pytest.mark.parametrize("format", sorted(NETWORK_FORMATS))
def test_streamed_files_are_those_of_the_network(
    graph: BuildGraph, fold: bool, whole: Network, format: str, tmp_path: Path
) -> None:
    write_network(whole, tmp_path / "network", format)
    export_network(graph, tmp_path / "streamed", format, fold=fold)
    assert (tmp_path / "streamed").read_bytes() == (tmp_path / "network").read_bytes()


def test_a_streamed_file_reads_back_as_the_network(graph: BuildGraph, tmp_path: Path) -> None:
    network = to_network(graph)
    export_network(graph, tmp_path / "network.graphml", "graphml")
    read = nx.read_graphml(tmp_path / "network.graphml", force_multigraph=True)
    assert nodes_of(read) == nodes_of(network)
    assert edges_of(read) == edges_of(network)


def test_the_order_of_insertion_does_not_matter(
    graph: BuildGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_network(graph, tmp_path / "one", "graphml")
    quads = sorted(graph.quads(), key=str)
    random.Random(5).shuffle(quads)
    other = MemoryGraph()
    other.store.extend(quads)
    export_network(other, tmp_path / "other", "graphml")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_network_that_memory_does_not_hold_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_network(sample_graph(), tmp_path / "one", "graphml")
    monkeypatch.setattr(disk, "HELD", 10)
    monkeypatch.setattr(disk, "_RUNS", 3)
    monkeypatch.setattr(disk, "_PIECE", 4)
    export_network(sample_graph(), tmp_path / "other", "graphml")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_broken_off_file_leaves_none(
    graph: BuildGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "n").write_text("before")
    monkeypatch.setattr(Spool, "__iter__", lambda self: iter([("a", {}), 1]))
    with pytest.raises(TypeError):
        export_network(graph, tmp_path / "n", "json")
    assert (tmp_path / "n").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["n"]


def test_sorting_on_disk() -> None:
    words = [f"{number % 701}" for number in range(5_000)]
    random.Random(1).shuffle(words)
    sorter: Sorter[str] = Sorter(limit=7)
    for word in words:
        sorter.add(word)
    assert list(sorter) == sorted(set(words)) == list(sorter)


def test_a_spool_has_several_readers() -> None:
    spool = Spool(range(1_000))
    assert list(zip(spool, spool, strict=True)) == [(n, n) for n in range(1_000)]


# Commands


def run(built: BuildReport, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments, "--graph", str(built.out)])


def test_the_command_writes_parts(built: BuildReport, graph: BuildGraph, tmp_path: Path) -> None:
    out = tmp_path / "n"
    for options, asked in (
        (["--region", "陇南市"], {"region": "陇南市"}),
        (["--domain", "教育", "--region", "150700"], {"region": "150700", "domain": "教育"}),
        (["--around", "region/621200", "--radius", "2"], {"around": "region/621200", "radius": 2}),
        (
            ["--around", "region/621200", "--around", "region/440781"],
            {"around": ["region/621200", "region/440781"]},
        ),
    ):
        for format in ("graphml", "gexf", "json"):
            result = run(built, format, *options, "--out", str(out))
            assert result.exit_code == 0, result.output
            write_network(to_network(graph, **asked), tmp_path / "wanted", format)  # type: ignore[arg-type]
            assert out.read_bytes() == (tmp_path / "wanted").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["turtle", "--region", "陇南市"], "--region goes with graphml, gexf and json"),
        (["csv", "--around", "region/621200"], "--around goes with graphml, gexf and json"),
        (["json", "--around", "region/621200", "--domain", "教育"], "--around goes without"),
        (["json", "--radius", "2"], "--radius goes with --around"),
        (["json", "--radius", "0", "--around", "region/621200"], "0 is not in the range"),
        (["json", "--region", "北京市"], "no region '北京市'"),
        (["json", "--domain", "教育学"], "no domain '教育学'"),
    ],
)
def test_the_command_refuses(
    built: BuildReport, arguments: list[str], message: str, tmp_path: Path
) -> None:
    result = run(built, *arguments, "--out", str(tmp_path / "n"))
    assert result.exit_code == 2
    assert message in result.output
    assert not (tmp_path / "n").exists()


def test_the_library_refuses_parts_of_other_formats(graph: BuildGraph, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="goes with graphml, gexf and json"):
        KnowledgeGraph(graph).export("turtle", tmp_path / "n", region="陇南市")
