"""A graph document by document, each with what it needs of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from pskg.graph.names import term
from pskg.graph.store import BuildGraph, Graph, GraphName, inferred_graphs

__all__ = ["BuildPortions", "Rest", "split_graph"]

_TYPE = term("rdf:type")
_DOCUMENT = term("pskg:PolicyDocument")


def split_graph(graph: Graph) -> Iterator[tuple[str, list[ox.Triple]]]:
    """Each document, with what was computed of it and what it needs of the rest; last the rest.

    The rest has a blank name. It comes last: a document is the better place to report something.
    """
    holders = _documents_by_graph(graph)
    sources = inferred_graphs(graph)
    computed: dict[str, list[GraphName]] = {}
    loose: list[ox.Triple] = []
    rest = Rest()
    for name in graph.graph_names():
        if isinstance(name, ox.DefaultGraph):
            loose = graph.triples(name)
        elif sources.get(str(name), "") in holders:
            computed.setdefault(sources[str(name)], []).append(name)
        elif str(name) not in holders:
            rest.add(graph.triples(name))
    parts = _split_documents(loose, rest)
    for name in graph.graph_names():
        if str(name) in holders:
            triples = graph.triples(name)
            for other in computed.get(str(name), ()):
                triples += graph.triples(other)
            yield holders[str(name)], triples + rest.reach(triples)
    for document, triples in parts:
        yield document, triples + rest.reach(triples)
    everything = rest.everything()
    if everything:
        yield "", everything


def _documents_by_graph(graph: Graph) -> dict[str, str]:
    """The named graphs that hold a document, and which."""
    rows = graph.query(
        "SELECT ?g (MIN(STR(?d)) AS ?document) WHERE { GRAPH ?g { ?d a pskg:PolicyDocument } } "
        "GROUP BY ?g"
    ).rows
    return {
        f"<{name.value}>": document.value
        for name, document in rows
        if name and document and name.kind == "iri"
    }


class Rest:
    """What belongs to no single document: ontology, vocabularies, shared things."""

    def __init__(self) -> None:
        self._by_subject: dict[object, list[ox.Triple]] = {}

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples that belong to no single document."""
        for triple in triples:
            self._by_subject.setdefault(triple.subject, []).append(triple)

    def everything(self) -> list[ox.Triple]:
        """All of the rest."""
        return [triple for triples in self._by_subject.values() for triple in triples]

    def reach(self, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
        """What some triples speak of, and what that speaks of, and so on."""
        found: list[ox.Triple] = []
        left = {triple.object for triple in triples}
        # A thing may be described in a document and here: then it is not always an object.
        left |= {triple.subject for triple in triples}
        seen: set[object] = set()
        while left:
            thing = left.pop()
            if thing in seen or thing not in self._by_subject:
                continue
            seen.add(thing)
            found += self._by_subject[thing]
            left.update(triple.object for triple in self._by_subject[thing])
        return found


def _split_documents(triples: Iterable[ox.Triple], rest: Rest) -> list[tuple[str, list[ox.Triple]]]:
    """The documents of a graph without names, told apart by the IRIs of their parts.

    What is no part of any goes to the rest.
    """
    triples = list(triples)
    parts: dict[str, list[ox.Triple]] = {
        triple.subject.value: []
        for triple in triples
        if triple.predicate == _TYPE
        and triple.object == _DOCUMENT
        and isinstance(triple.subject, ox.NamedNode)
    }
    owners: dict[object, str] = {}
    for triple in triples:
        owner = owners.get(triple.subject)
        if owner is None:
            owner = owners[triple.subject] = _owner(triple.subject, parts)
        if owner:
            parts[owner].append(triple)
        else:
            rest.add([triple])
    return sorted(parts.items())


def _owner(subject: object, documents: Mapping[str, object]) -> str:
    """The document whose IRI a subject's IRI is or goes on from."""
    iri = subject.value if isinstance(subject, ox.NamedNode) else ""
    while iri:
        if iri in documents:
            return iri
        iri = iri.rpartition("/")[0]
    return ""


class BuildPortions:
    """The documents of a build, each with its own triples, and the rest."""

    def __init__(self, graph: BuildGraph) -> None:
        self.graph = graph
        self.rest = Rest()
        for name in graph.shared_graphs:
            self.rest.add(graph.triples(name))

    def own(self, document: str) -> list[ox.Triple]:
        """What was read from a document and computed of it."""
        return [
            triple
            for name in self.graph.graphs_of_documents.get(document, ())
            for triple in self.graph.triples(name)
        ]
