"""Every shape has an example that passes and one that fails by that shape alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SH

ROOT = Path(__file__).parents[1]
EXAMPLES = Path(__file__).parent / "shapes"
NAMESPACE = "https://w3id.org/pskg/shapes/"
SEVERITIES = {
    "must-hold": SH.Violation,
    "should-hold": SH.Warning,
    "completeness": SH.Info,
    "cpsv-ap": SH.Warning,
    "across-documents": SH.Warning,
}


@cache
def shapes_of(purpose: str) -> Graph:
    return Graph().parse(ROOT / "ontology" / "shapes" / f"{purpose}.ttl")


def named_shapes(purpose: str) -> list[str]:
    """The local names of the shapes that have a target: each is one rule."""
    shapes = shapes_of(purpose)
    subjects = {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetObjectsOf)}
    return sorted(str(shape).removeprefix(NAMESPACE) for shape in subjects)


SHAPES = [(purpose, shape) for purpose in SEVERITIES for shape in named_shapes(purpose)]


def violated(purpose: str, example: Path) -> list[tuple[str, URIRef]]:
    """The shapes that an example breaks, each with the severity reported."""
    _, results, _ = pyshacl.validate(Graph().parse(example), shacl_graph=shapes_of(purpose))
    return sorted(
        (
            str(results.value(result, SH.sourceShape)).removeprefix(NAMESPACE),
            results.value(result, SH.resultSeverity),
        )
        for result in results.subjects(RDF.type, SH.ValidationResult)
    )


def test_all_files_of_shapes_are_tested() -> None:
    found = {path.stem for path in (ROOT / "ontology" / "shapes").glob("*.ttl")}
    assert found == set(SEVERITIES)


def test_there_are_as_many_shapes_as_we_know_of() -> None:
    # A target left out by accident would take a rule out of use without a failure elsewhere.
    counts = {purpose: len(named_shapes(purpose)) for purpose in SEVERITIES}
    assert counts == COUNTS


COUNTS = {
    "must-hold": 72,
    "should-hold": 16,
    "completeness": 11,
    "cpsv-ap": 13,
    "across-documents": 3,
}


def test_no_example_is_without_its_shape() -> None:
    wanted = {f"{shape}-{end}.ttl" for _, shape in SHAPES for end in ("pass", "fail")}
    assert {path.name for path in EXAMPLES.glob("*.ttl")} == wanted


@pytest.mark.parametrize(("purpose", "shape"), SHAPES)
def test_shape_has_severity_and_messages(purpose: str, shape: str) -> None:
    graph, node = shapes_of(purpose), URIRef(NAMESPACE + shape)
    assert graph.value(node, SH.severity) == SEVERITIES[purpose]
    carriers = [node, *graph.objects(node, SH.sparql)]
    for carrier in carriers:
        languages = sorted(message.language for message in graph.objects(carrier, SH.message))
        assert languages == ["en", "zh"]


@pytest.mark.parametrize(("purpose", "shape"), SHAPES)
def test_passing_example_passes(purpose: str, shape: str) -> None:
    example = EXAMPLES / f"{shape}-pass.ttl"
    shapes, node, data = shapes_of(purpose), URIRef(NAMESPACE + shape), Graph().parse(example)
    classes = set(shapes.objects(node, SH.targetClass)) & set(data.objects(predicate=RDF.type))
    properties = set(shapes.objects(node, SH.targetObjectsOf)) & set(data.predicates())
    # An example without a node to look at would pass for nothing.
    assert classes or properties or shape == "payer-known"
    assert violated(purpose, example) == []


@pytest.mark.parametrize(("purpose", "shape"), SHAPES)
def test_failing_example_breaks_this_shape_alone(purpose: str, shape: str) -> None:
    broken = violated(purpose, EXAMPLES / f"{shape}-fail.ttl")
    assert broken == [(shape, SEVERITIES[purpose])]
