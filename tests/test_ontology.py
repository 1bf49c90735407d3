"""The ontology: well made in itself, and it declares every term that the mapping writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from mapping_sample import sample_quads
from pskg.graph.names import PSKG, shorten_iri

ROOT = Path(__file__).parents[1]
ONTOLOGY = URIRef("https://w3id.org/pskg/ns")
KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@cache
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "pskg.ttl")


def own_terms(*classes: URIRef) -> list[URIRef]:
    found = {
        term
        for class_ in classes
        for term in ontology().subjects(RDF.type, class_)
        if isinstance(term, URIRef) and term.startswith(PSKG)
    }
    return sorted(found)


def superclasses(term: Node) -> set[Node]:
    return set(ontology().transitive_objects(term, RDFS.subClassOf))


@cache
def sample() -> tuple[ox.Quad, ...]:
    return tuple(sample_quads())


def types_in_sample() -> dict[str, set[URIRef]]:
    types: dict[str, set[URIRef]] = defaultdict(set)
    for quad in sample():
        if quad.predicate.value == str(RDF.type):
            types[quad.subject.value].add(URIRef(quad.object.value))
    return types


def test_header_is_whole() -> None:
    wanted = {
        OWL.versionIRI: 1,
        URIRef("http://purl.org/dc/terms/title"): 2,
        URIRef("http://purl.org/dc/terms/description"): 2,
        URIRef("http://purl.org/dc/terms/creator"): 1,
        URIRef("http://purl.org/dc/terms/license"): 1,
        URIRef("http://purl.org/dc/terms/created"): 1,
        URIRef("http://purl.org/dc/terms/modified"): 1,
        URIRef("http://purl.org/vocab/vann/preferredNamespacePrefix"): 1,
        URIRef("http://purl.org/vocab/vann/preferredNamespaceUri"): 1,
    }
    found = {name: len(list(ontology().objects(ONTOLOGY, name))) for name in wanted}
    assert found == wanted


def test_no_blank_nodes() -> None:
    assert not [node for triple in ontology() for node in triple if isinstance(node, BNode)]


def test_no_inverse_properties() -> None:
    assert not list(ontology().subject_objects(OWL.inverseOf))


@pytest.mark.parametrize("term", own_terms(OWL.Class, *KINDS), ids=shorten_iri)
def test_term_is_documented(term: URIRef) -> None:
    for property_ in (RDFS.label, SKOS.definition):
        texts = [text for text in ontology().objects(term, property_) if isinstance(text, Literal)]
        assert sorted(text.language or "" for text in texts) == ["en", "zh"]
        assert all(str(text).strip() for text in texts)
    assert ontology().value(term, RDFS.isDefinedBy) == ONTOLOGY


def test_labels_are_unique() -> None:
    # Two terms of one label cannot be told apart in a tool that shows labels alone.
    seen: dict[tuple[str, str | None, bool], URIRef] = {}
    for term in own_terms(OWL.Class, *KINDS):
        is_class = (term, RDF.type, OWL.Class) in ontology()
        for label in ontology().objects(term, RDFS.label):
            assert isinstance(label, Literal)
            other = seen.setdefault((str(label), label.language, is_class), term)
            assert other == term, f"{other} and {term} are both called {label}"


def test_each_property_is_of_one_kind() -> None:
    # OWL 2 DL: no property is an object, datatype and annotation property at once.
    for property_ in {term for kind in KINDS for term in ontology().subjects(RDF.type, kind)}:
        kinds = [kind for kind in KINDS if (property_, RDF.type, kind) in ontology()]
        assert len(kinds) == 1, property_


def test_everything_referred_to_is_declared() -> None:
    # A misspelt superclass, domain or range would be a new class that nobody meant.
    declared = set(ontology().subjects(RDF.type, None))
    for property_ in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range):
        for value in ontology().objects(None, property_):
            assert value in declared or str(value).startswith(
                "http://www.w3.org/2001/XMLSchema#"
            ), value


def test_subproperties_are_of_the_kind_of_their_superproperties() -> None:
    for sub, super_ in ontology().subject_objects(RDFS.subPropertyOf):
        assert set(ontology().objects(sub, RDF.type)) & set(KINDS) == set(
            ontology().objects(super_, RDF.type)
        ) & set(KINDS), sub


def test_datatype_properties_have_a_range() -> None:
    for term in own_terms(OWL.DatatypeProperty):
        range_ = ontology().value(term, RDFS.range)
        assert str(range_).startswith("http://www.w3.org/2001/XMLSchema#"), term


# What the mapping writes


def used_predicates() -> list[str]:
    return sorted({quad.predicate.value for quad in sample()})


@pytest.mark.parametrize("iri", used_predicates(), ids=shorten_iri)
def test_predicate_is_declared_of_the_right_kind(iri: str) -> None:
    if iri.startswith((str(RDF), str(RDFS), str(OWL))):
        return  # Built into OWL.
    values = [quad.object for quad in sample() if quad.predicate.value == iri]
    literal = {isinstance(value, ox.Literal) for value in values}
    kinds = set(ontology().objects(URIRef(iri), RDF.type)) & set(KINDS)
    if kinds == {OWL.AnnotationProperty}:
        return
    assert len(literal) == 1, f"{iri} has both things and literals as values"
    assert kinds == ({OWL.DatatypeProperty} if literal == {True} else {OWL.ObjectProperty})


def test_every_class_is_declared() -> None:
    used = {class_ for classes in types_in_sample().values() for class_ in classes}
    assert {class_ for class_ in used if (class_, RDF.type, OWL.Class) not in ontology()} == set()


def quads_with(constraint: URIRef) -> Iterator[tuple[ox.Quad, URIRef]]:
    """The sample's quads whose predicate has a domain or a range, with that."""
    for quad in sample():
        wanted = ontology().value(URIRef(quad.predicate.value), constraint)
        if isinstance(wanted, URIRef):
            yield quad, wanted


def test_subjects_are_in_the_domain() -> None:
    types = types_in_sample()
    for quad, wanted in quads_with(RDFS.domain):
        closure = {
            super_ for class_ in types[quad.subject.value] for super_ in superclasses(class_)
        }
        assert wanted in closure, quad


def test_values_are_in_the_range() -> None:
    types = types_in_sample()
    for quad, wanted in quads_with(RDFS.range):
        if isinstance(quad.object, ox.Literal):
            assert URIRef(quad.object.datatype.value) == wanted, quad
        elif wanted == SKOS.Concept:
            assert quad.object.value.startswith("https://w3id.org/pskg/concept/"), quad
        else:
            closure = {
                super_ for type_ in types[quad.object.value] for super_ in superclasses(type_)
            }
            assert wanted in closure, quad


def test_vocabularies_use_declared_terms_only() -> None:
    used = {
        predicate
        for path in (ROOT / "ontology" / "vocabularies").glob("*.ttl")
        for predicate in Graph().parse(path).predicates()
        if predicate.startswith(PSKG)
    }
    assert used - set(own_terms(*KINDS)) == set()


#: Terms that the mapping of one document does not write, and who does.
WRITTEN_ELSEWHERE = {
    "succeededBy": "the vocabulary of functions",
    "atCentre": "the vocabulary of functions",
    "initial": "the vocabulary of functions",
    "nationalName": "the vocabulary of functions",
    "oneInRegion": "the vocabulary of functions",
    "prefecturalName": "the vocabulary of functions",
    "provincialName": "the vocabulary of functions",
    "verticallyManaged": "the vocabulary of functions",
    "endedFunction": "the vocabulary of reorganisations",
    "transferredFrom": "the vocabulary of reorganisations",
    "abolished": "the shared graph of regions",
    "tableKind": "the vocabulary of columns",
    "metaName": "the vocabulary of masthead fields",
    "replacesCode": "the vocabulary of changes of regions",
    "since": "the vocabulary of changes of regions",
    "attributeName": "the vocabulary of target groups",
    "takesPartIn": "nobody: superproperty of the direct edges",
    "Subject": "nobody: superclass of what facts are about",
}


def test_every_term_is_used() -> None:
    used = {quad.predicate.value for quad in sample()}
    used |= {str(class_) for classes in types_in_sample().values() for class_ in classes}
    unused = {
        term.removeprefix(PSKG) for term in own_terms(OWL.Class, *KINDS) if str(term) not in used
    }
    assert unused == set(WRITTEN_ELSEWHERE)
