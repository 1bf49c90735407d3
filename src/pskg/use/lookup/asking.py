"""Asking a graph: many values at a time, and what things are called."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

import pyoxigraph as ox

from pskg import vocabulary
from pskg.graph.index import WordIndex
from pskg.graph.names import CONCEPT, PSKG, shorten_iri
from pskg.graph.store import BuildGraph, Graph
from pskg.vocabulary import key

__all__ = [
    "choose_type",
    "describe",
    "find_facts",
    "label_concept",
    "names_with",
    "read_number",
    "read_property",
    "read_role",
    "read_share",
    "read_values",
    "select",
    "select_batches",
    "write_iris",
]

#: With more names than this that hold a part, the graph is asked for them all.
_MOST_NAMES = 20_000

#: How many IRIs or names one query is given: servers refuse very long ones.
_BATCH = 500

_ROLES = f"{CONCEPT}roles/"

#: Classes that say less than another one of pskg's that stands beside them.
_GENERAL = frozenset(f"{PSKG}{name}" for name in ("Fact", "Subject", "Undertaking"))


def names_with(graph: Graph, part: str) -> list[ox.Literal] | None:
    """The names that hold a part in key form, by the index; None where that cannot tell."""
    if not isinstance(graph, BuildGraph):
        return None
    with suppress(sqlite3.Error), WordIndex.open(graph.index_path) as index:
        names = index.names_with(part, _MOST_NAMES, key)
        if names is not None:
            return [ox.Literal(name, language="zh") for name in names]
    return None


def select(graph: Graph, query: str) -> list[dict[str, str]]:
    """Ask a SELECT. Values are as written, blank where there is none."""
    return [
        {variable: value or "" for variable, value in record.items()}
        for record in graph.query(query).records()
    ]


def read_property(graph: Graph, iris: Iterable[str], property_: str) -> dict[str, str]:
    """One property of each thing that has it; of several values the first in their order.

    What many documents say alike (the name of a region, the function of a body) stands in the
    graph of each. Only a query of a single pattern can be sure not to multiply such statements
    with each other: some stores answer once for each graph.
    """
    return {thing: values[0] for thing, values in read_values(graph, iris, property_).items()}


def read_values(graph: Graph, iris: Iterable[str], property_: str) -> dict[str, tuple[str, ...]]:
    """All values of one property of each thing that has it, in their order."""
    query = f"""
        SELECT DISTINCT ?thing ?value WHERE {{
            VALUES ?thing {{ $values }} ?thing {property_} ?value
        }}
        """
    found: dict[str, set[str]] = {}
    for row in select_batches(graph, query, write_iris(iris)):
        found.setdefault(row["thing"], set()).add(row["value"])
    return {thing: tuple(sorted(values)) for thing, values in found.items()}


def describe(graph: Graph, iris: Iterable[str]) -> dict[str, dict[str, str]]:
    """All that is said of each thing, by the short names of the properties.

    Of several values of a property the first in their order is given. For things that one
    document alone speaks of.
    """
    query = "SELECT DISTINCT ?thing ?p ?o WHERE { VALUES ?thing { $values } ?thing ?p ?o }"
    found: dict[str, dict[str, str]] = {}
    short: dict[str, str] = {}
    for row in select_batches(graph, query, write_iris(iris)):
        name = short.get(row["p"]) or short.setdefault(row["p"], shorten_iri(row["p"]))
        said = found.setdefault(row["thing"], {})
        said[name] = min(row["o"], said.get(name, row["o"]))
    return found


def read_role(said: Mapping[str, str]) -> str:
    """The role that a described fact (:func:`describe`) tells: lead, responsible and so on."""
    return said.get("pskg:role", "").removeprefix(_ROLES)


def read_share(said: Mapping[str, str]) -> str:
    """The share of a fact that is described: as written, or else as a number."""
    return said.get("pskg:shareAsWritten") or said.get("pskg:share", "")


def find_facts(graph: Graph, property_: str, iris: Iterable[str]) -> list[tuple[str, str, str]]:
    """The facts that have one of these things for a property, with the thing and the document."""
    query = f"""
        SELECT DISTINCT ?fact ?thing ?document WHERE {{
            VALUES ?thing {{ $values }} ?fact {property_} ?thing ; dct:isPartOf ?document
        }}
        """
    rows = select_batches(graph, query, write_iris(iris))
    return sorted((row["fact"], row["thing"], row["document"]) for row in rows)


def select_batches(graph: Graph, query: str, values: Sequence[str]) -> list[dict[str, str]]:
    """Ask a query for many values, ``$values`` in its text, some at a time."""
    rows: list[dict[str, str]] = []
    for first in range(0, len(values), _BATCH):
        batch = " ".join(values[first : first + _BATCH])
        rows += select(graph, query.replace("$values", batch))
    return rows


def write_iris(iris: Iterable[str]) -> list[str]:
    """IRIs as SPARQL writes them."""
    return [str(ox.NamedNode(iri)) for iri in iris]


def label_concept(iri: str) -> str:
    """The Chinese label of a concept of pskg's vocabularies, else the IRI made short.

    >>> label_concept("https://w3id.org/pskg/concept/roles/lead")
    '牵头'
    >>> label_concept("")
    ''
    """
    try:
        return vocabulary.load().concept(iri).label
    except KeyError:
        return shorten_iri(iri)


def choose_type(types: Iterable[str]) -> str:
    """What to call a thing of these classes: the local name of the most telling one.

    >>> choose_type([f"{PSKG}Undertaking", f"{PSKG}Task"]), choose_type([])
    ('Task', '')
    """
    ranked = sorted(types, key=lambda iri: (not iri.startswith(PSKG), iri in _GENERAL, iri))
    return re.split("[#/]", ranked[0])[-1] if ranked else ""


def read_number(text: str) -> int:
    """A whole number of the graph; -1 where there is none."""
    try:
        return int(text)
    except ValueError:
        return -1
