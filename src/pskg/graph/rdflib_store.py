"""The interface of rdflib over the graphs of :mod:`pskg.graph.store`.

Apart because rdflib takes longer to load than most commands to run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore
from rdflib.namespace import XSD
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result

from pskg.graph.names import PREFIXES

__all__ = ["open_dataset", "open_endpoint"]


def open_dataset(store: ox.Store) -> rdflib.Dataset:
    """A pyoxigraph store as an rdflib dataset whose default graph is the union of all graphs.

    >>> dataset = open_dataset(ox.Store())
    >>> len(dataset)
    0
    """
    return _bind(rdflib.Dataset(store=_PlainStrings(store=store), default_union=True))


def open_endpoint(url: str, headers: Mapping[str, str] | None = None) -> rdflib.Dataset:
    """A SPARQL endpoint as an rdflib dataset whose default graph is the union of all graphs.

    ``headers`` go with every request.
    """
    store = SPARQLStore(
        query_endpoint=url,
        returnFormat="json",
        method="POST_FORM",
        params={"union-default-graph": "true"},
        headers=dict(headers or {}),
    )
    return _bind(rdflib.Dataset(store=store, default_union=True))


def _bind(dataset: rdflib.Dataset) -> rdflib.Dataset:
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri, override=True, replace=True)
    return dataset


class _PlainStrings(OxigraphStore):
    """oxrdflib gives ``"x"^^xsd:string`` for what is plain ``"x"`` in rdflib; this one does not."""

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        for triple, contexts in super().triples(triple_pattern, context):
            yield tuple(map(_plain, triple)), contexts

    def query(self, *args: Any, **kwargs: Any) -> Result:
        result = super().query(*args, **kwargs)
        if result.type == "SELECT":
            result.bindings = [
                {name: _plain(value) for name, value in row.items() if value is not None}
                for row in result.bindings
            ]
        elif result.graph is not None:
            plain = rdflib.Graph()
            for triple in result.graph:
                plain.add(tuple(map(_plain, triple)))
            result.graph = plain
        return result


def _plain(term: Any) -> Any:
    if isinstance(term, rdflib.Literal) and term.datatype == XSD.string:
        return rdflib.Literal(str(term))
    return term
