from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH

from pskg.graph.dump import write_graph
from pskg.graph.store import BuildGraph, FileGraph, GraphError, MemoryGraph, open_graph
from pskg.pipeline import BuildReport
from pskg.use.validate import (
    DEFAULT_PURPOSES,
    Result,
    ResultSeverity,
    ValidationReport,
    validate,
)
from pskg.use.validate.portions import Rest, split_graph
from pskg.use.validate.shapes import ACROSS

SHAPES = Path(__file__).parents[1] / "ontology" / "shapes"
EXAMPLES = Path(__file__).parent / "shapes"


@pytest.fixture(scope="module")
def checked(graph: BuildGraph) -> ValidationReport:
    return validate(graph)


def test_the_five_documents_conform(checked: ValidationReport) -> None:
    violations = [one for one in checked.results if one.severity is ResultSeverity.VIOLATION]
    assert violations == []
    assert checked.conforms
    assert checked.documents == 5


def test_every_result_tells_what_it_is_about(checked: ValidationReport) -> None:
    assert checked.results
    for result in checked.results:
        assert result.message
        assert any("\u4e00" <= character <= "\u9fff" for character in result.message_zh)
        assert result.message[0] < "\u4e00"
        assert result.focus.startswith("https://")
        assert result.document.startswith("https://w3id.org/pskg/id/document/")
        assert result.shape_name
        assert "/" not in result.shape_name


def test_results_are_sorted_worst_first(checked: ValidationReport) -> None:
    ranks = [list(ResultSeverity).index(one.severity) for one in checked.results]
    assert ranks == sorted(ranks)
    assert sum(checked.count().values()) == len(checked.results)
    assert sum(row[3] for row in checked.summarise()) == len(checked.results)


@pytest.mark.parametrize("format", ["turtle", "nquads"])
def test_a_file_gives_the_same_results(
    graph: BuildGraph, checked: ValidationReport, tmp_path: Path, format: str
) -> None:
    # In Turtle the named graphs are gone: the documents are told apart by their IRIs.
    path = tmp_path / {"turtle": "a.ttl", "nquads": "a.nq"}[format]
    write_graph(graph, format, path)
    found = validate(open_graph(path))
    assert found.documents == 5
    assert without_document(found) == without_document(checked)


def test_a_server_gives_the_same_results(checked: ValidationReport, endpoint: str) -> None:
    assert validate(open_graph(endpoint)).results == checked.results


def without_document(report: ValidationReport) -> set[tuple[str, ...]]:
    """What two documents share is reported with the first of them, whichever that is."""
    return {(one.severity, one.shape, one.focus, one.path, one.value) for one in report.results}


# Against pyshacl alone


def ask_pyshacl(
    data: rdflib.Graph, folder: Path, purposes: tuple[str, ...]
) -> set[tuple[str, ...]]:
    shapes = rdflib.Graph()
    for purpose in purposes:
        shapes.parse(folder / f"{purpose}.ttl")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    return {
        tuple(
            str(report.value(node, property_))
            for property_ in (SH.resultSeverity, SH.sourceShape, SH.focusNode)
        )
        for node in report.subjects(RDF.type, SH.ValidationResult)
    }


def ask_pskg(path: Path, folder: Path | None = None) -> set[tuple[str, ...]]:
    return {
        (str(SH) + one.severity, one.shape, one.focus)
        for one in validate(FileGraph(path), folder).results
    }


def with_sparql() -> list[str]:
    """The shapes that pskg asks itself."""
    found = []
    for purpose in DEFAULT_PURPOSES:
        shapes = rdflib.Graph().parse(SHAPES / f"{purpose}.ttl")
        found += [str(shape).rpartition("/")[2] for shape in shapes.subjects(SH.sparql)]
    return sorted(found)


@pytest.mark.parametrize("end", ["pass", "fail"])
@pytest.mark.parametrize("shape", [*with_sparql(), "fact-end", "item-lead", "item-name"])
def test_results_are_those_of_pyshacl(shape: str, end: str) -> None:
    path = EXAMPLES / f"{shape}-{end}.ttl"
    found = ask_pskg(path)
    assert found == ask_pyshacl(rdflib.Graph().parse(path), SHAPES, DEFAULT_PURPOSES)
    assert (f"https://w3id.org/pskg/shapes/{shape}" in {one[1] for one in found}) is (end == "fail")


def test_results_of_all_examples_at_once_are_those_of_pyshacl(tmp_path: Path) -> None:
    # The examples share their IRIs: one heap of everything that can be wrong.
    heap = rdflib.Graph()
    for path in sorted(EXAMPLES.glob("*-fail.ttl")):
        heap.parse(path)
    heap.serialize(tmp_path / "heap.ttl")
    found = ask_pskg(tmp_path / "heap.ttl")
    assert found == ask_pyshacl(heap, SHAPES, (*DEFAULT_PURPOSES, ACROSS))
    assert len({one[1] for one in found}) > 30


OWN_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:class a sh:NodeShape ; sh:targetClass e:C ; sh:sparql e:q .
e:node a sh:NodeShape ; sh:targetNode e:a , e:nowhere ; sh:sparql e:q ; sh:severity sh:Info .
e:subjects a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:sparql e:q ; sh:severity sh:Warning .
e:objects a sh:NodeShape ; sh:targetObjectsOf e:knows ; sh:sparql e:q .
e:off a sh:NodeShape ; sh:targetClass e:C ; sh:sparql e:q ; sh:deactivated true .
e:inside a sh:NodeShape ; sh:targetClass e:C ; sh:property e:property .
e:property a sh:PropertyShape ; sh:path e:knows ; sh:sparql e:reach ;
    sh:message "someone"@en , "某人"@zh .
e:closed a sh:NodeShape ; sh:targetNode e:b ; sh:closed true ; sh:property [ sh:path e:p ] .
e:q a sh:SPARQLConstraint ; sh:message "{?value} is below {?none} in {$this}"@en ;
    sh:select "SELECT $this ?value WHERE { $this <http://e.org/p> ?value FILTER (?value < 3) }" .
e:reach a sh:SPARQLConstraint ; sh:select
    "SELECT $this ?value WHERE { $this $PATH ?value . ?value <http://e.org/p> 1 }" .
"""
OWN_DATA = """
@prefix e: <http://e.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
e:a a e:C ; e:p 1 , 5 ; e:knows e:b . e:b a e:D ; e:p 2 . e:D rdfs:subClassOf e:C .
e:c e:p 1 . e:d a e:C ; e:p 7 ; e:knows e:a .
"""


def test_other_shapes_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(OWN_SHAPES, encoding="utf-8")
    data = tmp_path / "data" / "a.ttl"
    data.parent.mkdir()
    data.write_text(OWN_DATA, encoding="utf-8")
    found = ask_pskg(data, tmp_path)
    assert found == ask_pyshacl(rdflib.Graph().parse(data), tmp_path, ("own",))
    e = "http://e.org/"
    assert {(shape.removeprefix(e), focus.removeprefix(e)) for _, shape, focus in found} == {
        *(("class", "a"), ("class", "b"), ("node", "a"), ("subjects", "a"), ("subjects", "b")),
        *(("subjects", "c"), ("objects", "a"), ("objects", "b"), ("property", "d")),
        ("closed", "b"),
    }
    report = validate(FileGraph(data), tmp_path)
    messages = {one.message for one in report.results if one.shape == f"{e}class"}
    assert messages == {f"1 is below {{?none}} in {e}a", f"2 is below {{?none}} in {e}b"}


# Reports


def test_reports_can_be_read_by_machines(checked: ValidationReport) -> None:
    data = json.loads(checked.to_json())
    assert data["conforms"] is True
    assert len(data["results"]) == len(checked.results)
    assert data["count"]["Violation"] == 0
    graph = rdflib.Graph().parse(data=checked.to_turtle(), format="turtle")
    assert len(set(graph.subjects(RDF.type, SH.ValidationResult))) == len(checked.results)
    assert graph.value(None, SH.conforms, rdflib.Literal(True)) is not None


ODD = Result(
    ResultSeverity.VIOLATION,
    "https://w3id.org/pskg/shapes/fact-quote",
    'a "message"\nwith lines',
    "消息",
    "b0",  # a blank node of somebody's file
    "",
    "http://e.org/<not an iri> \\ \u0000\ud7ff",
    "",
)


def test_odd_values_make_a_report_that_can_be_read() -> None:
    report = ValidationReport((ODD,), 1)
    assert not report.conforms
    assert json.loads(report.to_json())["results"][0]["value"] == ODD.value
    list(ox.parse(report.to_turtle(), format=ox.RdfFormat.TURTLE))


def test_an_empty_graph_conforms() -> None:
    assert validate(MemoryGraph()) == ValidationReport((), 0)


# What is wrong is found


def test_a_quote_that_is_not_in_the_source_is_a_violation(
    built: BuildReport, tmp_path: Path
) -> None:
    out = tmp_path / "copy"
    shutil.copytree(built.out, out)
    document = built.documents[0]
    path = out / "text" / document.text
    text = path.read_bytes().decode()
    path.write_bytes(("。" + text).encode())
    report = validate(BuildGraph(out), purposes=["cpsv-ap"])
    moved = [one for one in report.results if one.shape_name == "fact-quote-in-source"]
    assert len(moved) > 100
    assert {one.document for one in moved} == {document.document}
    assert not report.conforms


def test_a_wrong_statement_is_found_in_its_document(built: BuildReport, tmp_path: Path) -> None:
    store = ox.Store()
    for part in built.out.glob("parts/*.nq"):
        store.load(path=str(part), format=ox.RdfFormat.N_QUADS)
    end = ox.NamedNode("https://w3id.org/pskg/ns#end")
    graph = ox.NamedNode(built.documents[3].graph)
    quad = min(
        (quad for quad in store.quads_for_pattern(None, end, None, graph) if "/task/" in str(quad)),
        key=str,
    )
    store.remove(quad)
    report = validate(MemoryGraph(store), purposes=["must-hold"])
    violations = [one for one in report.results if one.severity is ResultSeverity.VIOLATION]
    assert [(one.shape_name, one.document) for one in violations] == [
        ("fact-end", built.documents[3].document)
    ]
    assert violations[0].focus == str(quad.subject)[1:-1]


def test_documents_are_looked_at_one_by_one(graph: BuildGraph) -> None:
    names = [document.document for document in graph_documents(graph)]
    seen = []
    for name, triples in split_graph(graph):
        seen.append(name)
        others = tuple(f"<{other}/" for other in names if other != name)
        assert not any(str(triple.subject).startswith(others) for triple in triples)
    assert seen == [*sorted(names), ""]


def graph_documents(graph: BuildGraph) -> list[Result]:
    return [
        Result(ResultSeverity.INFO, "", "", "", "", "", "", str(entry["document"]))
        for entry in graph.manifest["documents"]
    ]


def test_what_is_spoken_of_is_reached_through_circles() -> None:
    data = "<a:a> <a:p> <a:b> . <a:b> <a:p> <a:a> , <a:c> . <a:x> <a:p> <a:a> ."
    triples = [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)]
    rest = Rest()
    rest.add(triples)
    start = ox.Triple(ox.NamedNode("a:0"), ox.NamedNode("a:p"), ox.NamedNode("a:a"))
    assert sorted(map(str, rest.reach([start]))) == sorted(map(str, triples[:3]))


# Shapes that cannot be used


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "there are no shapes"),
        ({"a.ttl": "@prefix sh: <http://"}, "not Turtle"),
        ({"a.ttl": "<a:s> a <http://www.w3.org/ns/shacl#NodeShape> ; "
          "<http://www.w3.org/ns/shacl#targetNode> <a:a> ; "
          "<http://www.w3.org/ns/shacl#minCount> 1 ."}, "cannot be used"),
        ({"a.ttl": "<a:s> a <http://www.w3.org/ns/shacl#NodeShape> ; "
          "<http://www.w3.org/ns/shacl#targetNode> <a:a> ; "
          "<http://www.w3.org/ns/shacl#sparql> <a:q> . "
          '<a:q> <http://www.w3.org/ns/shacl#select> "SELEKT" .'}, "cannot be asked"),
    ],
)  # fmt: skip
def test_shapes_that_cannot_be_used_are_told(
    tmp_path: Path, files: dict[str, str], words: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    graph = MemoryGraph()
    graph.store.load(b"<a:a> <a:b> <a:c> .", format=ox.RdfFormat.TURTLE)
    with pytest.raises(GraphError, match=words):
        validate(graph, tmp_path)


def test_an_unknown_purpose_is_told() -> None:
    with pytest.raises(GraphError, match="must-hold"):
        validate(MemoryGraph(), purposes=["must-hold", "nonsense"])


def test_the_default_shapes_are_there() -> None:
    assert set(DEFAULT_PURPOSES) <= {path.stem for path in SHAPES.glob("*.ttl")}


def test_several_processes_find_what_one_finds(graph: BuildGraph) -> None:
    seen: list[tuple[int, int]] = []
    alone = validate(graph, workers=1)
    together = validate(graph, workers=2, report=lambda done, total: seen.append((done, total)))
    assert together == alone
    assert seen[-1] == (5, 5)


def test_a_worker_tells_what_stands_in_the_way(graph: BuildGraph, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:a> a sh:NodeShape ; "
        "sh:targetNode <urn:b> ; sh:property [ sh:path 1 ] .",
        encoding="utf-8",
    )
    with pytest.raises(GraphError) as caught:
        validate(graph, tmp_path, workers=2)
    assert "cannot be used" in caught.value.what


def test_documents_are_held_against_each_other() -> None:
    graph = FileGraph(EXAMPLES / "across-targets-agree-fail.ttl")
    told = [one for one in validate(graph).results if one.shape_name == "across-targets-agree"]
    assert [(one.focus, one.value) for one in told] == [("urn:a", "urn:b")]
    graph = FileGraph(EXAMPLES / "across-targets-agree-pass.ttl")
    assert "across-targets-agree" not in {one.shape_name for one in validate(graph).results}
