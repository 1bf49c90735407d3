"""Find words in what a graph says: names and quotes, by the build's index."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from pskg.graph.index import WordIndex, list_entries
from pskg.graph.store import BuildGraph, Graph, GraphError
from pskg.use.lookup import DocumentEntry, choose_documents, list_documents, read_documents

__all__ = ["KINDS", "Found", "search"]

#: What can be looked for by itself.
KINDS = (
    "amount", "audience", "body", "citation", "deadline", "division", "document", "domain",
    "finding", "indicator", "item", "measure", "mechanism", "organisation", "payer", "section",
    "standard", "target", "task",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Words that were found: in what kind of thing, which, and how many like it its document has.

    ``iri`` is the first of these in the document; it can be explained.
    """

    kind: str
    text: str
    number: int
    document: DocumentEntry
    iri: str

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dicts, strings and numbers."""
        return asdict(self)


def search(
    graph: Graph,
    words: str,
    *,
    kinds: Sequence[str] = (),
    region: str | None = None,
    limit: int = 50,
) -> list[Found]:
    """The names and quotes that hold every word, the best first.

    A build is asked by its index. Of another graph an index is made first, which takes a look at
    every statement: for a large one, build or load it instead.

    Args:
        graph: the graph to search.
        words: words parted by white space; each is found wherever its characters stand in a row.
        kinds: only things of these kinds (:data:`KINDS`); all where there is none.
        region: the name or code of a region: only its documents.
        limit: how many to give at the most.

    Raises:
        UnknownNameError: the graph has no document of the region.
        GraphError: the build's index is damaged, or the graph cannot be read.
    """
    documents = [] if region is None else list(choose_documents(list_documents(graph), region))
    try:
        with _open_index(graph) as index:
            hits = list(index.search(words, kinds=kinds, documents=documents, limit=limit))
    except sqlite3.Error as error:
        raise GraphError(
            f"the index of words cannot be read ({error})",
            graph.name,
            "run `pskg build` again: it mends the folder",
        ) from error
    entries = read_documents(graph, sorted({hit.document for hit in hits}))
    return [
        Found(
            hit.entry.kind,
            hit.entry.text,
            hit.entry.number,
            entries[hit.document],
            hit.entry.thing,
        )
        for hit in hits
    ]


def _open_index(graph: Graph) -> WordIndex:
    if isinstance(graph, BuildGraph):
        return WordIndex.open(graph.index_path)
    index = WordIndex.create(None)
    parts: dict[str, list[tuple[bytes, bytes, bytes]]] = {iri: [] for iri in list_documents(graph)}
    owners: dict[str, str] = {}
    for quad in graph.quads():
        if isinstance(quad.subject, ox.NamedNode):
            iri = quad.subject.value
            if iri not in owners:
                owners[iri] = _find_owner(iri, parts)
            if owners[iri]:
                subject, predicate, object_ = (str(term).encode() for term in quad.triple)
                parts[owners[iri]].append((subject, predicate, object_))
    for iri, statements in parts.items():
        index.add(iri, list_entries(statements))
    return index


def _find_owner(iri: str, documents: Mapping[str, object]) -> str:
    """The document whose IRI this one is or goes on from."""
    while iri and iri not in documents:
        iri = iri.rpartition("/")[0]
    return iri
