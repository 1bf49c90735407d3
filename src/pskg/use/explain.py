"""From a fact to its words: where they stand, what stands around them, and whether it is so.

Each fact of the graph carries a quote and its position. :func:`explain` shows both in their
surroundings and compares them again with the source text that the build keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from typing import Any

import pyoxigraph as ox

from pskg.graph.names import ID, expand_iri, shorten_iri
from pskg.graph.store import Graph
from pskg.use.lookup import (
    UnknownNameError,
    choose_type,
    label_concept,
    list_documents,
    read_documents,
    read_property,
    select,
)

__all__ = ["Explanation", "Statement", "expand_iri", "explain", "near_iris"]

#: What is told apart from the other statements, or is no news to a reader.
_POSITION = frozenset({"pskg:quote", "pskg:start", "pskg:end", "prov:wasDerivedFrom"})
_SPAN = frozenset({"oa:exact", "oa:start", "oa:end", "oa:hasSelector", "oa:hasSource"})
_NO_NEWS = _POSITION | _SPAN | {"rdf:type", "dct:isPartOf", "cv:role", "cv:hasParticipant"}

#: The properties that may hold a thing's name, the best first.
_LABELS = (
    "dct:title",
    "skos:prefLabel",
    "rdfs:label",
    "pskg:citedTitle",
    "dct:description",
    "pskg:officeAsWritten",
    "pskg:valueAsWritten",
)

#: What the label of a fact that has no name of its own is made of.
_PARTS = (
    ("pskg:bodyAsWritten", "pskg:role", "pskg:subject"),
    ("pskg:payerAsWritten", "pskg:shareAsWritten", "pskg:basis", "pskg:fundingOf"),
    ("pskg:amountAsWritten", "pskg:unit", "pskg:subject"),
    ("pskg:splitOf", "pskg:condition"),
    ("pskg:countOf", "pskg:domain", "pskg:declared"),
)


_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the graph says of a fact: the property's short name and its value.

    ``value`` is the text of a literal or the label of a thing, ``iri`` the thing's IRI.
    """

    property: str
    value: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A fact and the words it was read from.

    ``quote`` and the positions are None for a thing that was not read from one place (a body,
    a region). ``line`` counts from 1. ``before`` and ``after`` are the words around the quote,
    blank where the graph keeps no text; ``verified`` is then None, else it tells whether the
    quote stands in the stored text where the graph says.
    """

    iri: str
    type: str
    label: str
    statements: tuple[Statement, ...]
    document: str = ""
    document_title: str = ""
    document_number: str = ""
    region: str = ""
    source: str = ""
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    line: int | None = None
    before: str = ""
    after: str = ""
    verified: bool | None = None

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dicts, lists, strings and numbers."""
        return asdict(self)


def explain(graph: Graph, iri: str, *, context: int = 60) -> Explanation:
    """The words of a fact in their surroundings, checked against the stored source.

    Args:
        graph: the graph to ask. Only a build folder keeps the texts that make checking possible.
        iri: the fact, in full or in a short form; see :func:`expand_iri`.
        context: how many characters to give on either side of the quote.

    Raises:
        UnknownNameError: the graph says nothing of such a thing; tells near ones.
    """
    full = expand_iri(iri)
    rows = _describe(graph, full)
    if not rows:
        raise UnknownNameError(iri, near_iris(graph, full), what="fact")
    statements = _make_statements(rows)
    types = [row.value for row in rows if row.property == "rdf:type"]
    explanation = Explanation(
        iri=full,
        type=choose_type(types),
        label=_make_label(statements) or shorten_iri(full),
        statements=tuple(
            said
            for said in statements
            if said.property not in _NO_NEWS and said.value != full.removeprefix(ID)
        ),
    )
    return _add_words(graph, explanation, context)


@dataclass(frozen=True, slots=True)
class _Row:
    property: str
    value: str
    is_iri: bool
    label: str


def _describe(graph: Graph, iri: str) -> list[_Row]:
    """Everything that is said of a thing, with the labels of the things it is said with."""
    try:
        node = str(ox.NamedNode(iri))
    except ValueError:
        return []
    rows = graph.query(
        f"""
        SELECT ?property ?value ?label WHERE {{
            {node} ?property ?value .
            OPTIONAL {{ ?value dct:title|rdfs:label|skos:prefLabel ?label }}
        }} ORDER BY ?property ?value ?label
        """
    ).rows
    found: dict[tuple[str, str], _Row] = {}
    for property_, value, label in rows:
        if property_ is None or value is None:
            continue
        row = _Row(
            shorten_iri(property_.value),
            value.value,
            value.kind == "iri",
            label.value if label else "",
        )
        # Of a thing's labels the Chinese one is shown.
        is_chinese = label is not None and (label.language or "").lower().startswith("zh")
        if is_chinese or (row.property, row.value) not in found:
            found[row.property, row.value] = row
    return list(found.values())


def _make_statements(rows: Iterable[_Row]) -> list[Statement]:
    return [
        Statement(row.property, row.label or label_concept(row.value), row.value)
        if row.is_iri
        else Statement(row.property, row.value)
        for row in rows
    ]


def _make_label(statements: Iterable[Statement]) -> str:
    """What to call a thing: its name, or for a fact without one what it is made of."""
    told: dict[str, str] = {}
    for said in statements:
        told.setdefault(said.property, said.value)
    for names in _PARTS:
        if names[0] in told:
            return " · ".join(told[name] for name in names if told.get(name))
    return next((told[name] for name in _LABELS if told.get(name)), "")


def _add_words(graph: Graph, explanation: Explanation, context: int) -> Explanation:
    """The same explanation with its document, the words, and what stands around them."""
    node = str(ox.NamedNode(explanation.iri))
    rows = select(
        graph,
        f"""
        SELECT ?document ?quote ?start ?end WHERE {{
            {{ {node} dct:isPartOf ?document }}
            UNION {{ {node} pskg:quote ?quote ; pskg:start ?start ; pskg:end ?end }}
            UNION {{
                {node} oa:hasSource/dct:isFormatOf ?document .
                {node} oa:hasSelector/oa:exact ?quote .
                {node} oa:hasSelector/oa:start ?start .
                {node} oa:hasSelector/oa:end ?end .
            }}
        }} ORDER BY ?document ?start ?end ?quote
        """,
    )
    iri = _find_document(graph, [*(row["document"] for row in rows), explanation.iri])
    if iri:
        entry = read_documents(graph, [iri])[iri]
        explanation = replace(
            explanation,
            document=iri,
            document_title=entry.title,
            document_number=entry.number,
            region=entry.region,
            source=read_property(graph, [iri], "dct:source").get(iri, ""),
        )
    for row in rows:
        if row["quote"] and row["start"].isdecimal() and row["end"].isdecimal():
            explanation = replace(
                explanation, quote=row["quote"], start=int(row["start"]), end=int(row["end"])
            )
            break
    return _add_surroundings(explanation, graph.text(iri), context)


def _find_document(graph: Graph, candidates: Iterable[str]) -> str:
    """The first of these IRIs that is a document's, blank where none is."""
    for iri in filter(None, candidates):
        query = f"ASK {{ {ox.NamedNode(iri)} a pskg:PolicyDocument }}"
        if graph.query(query).boolean:
            return iri
    return ""


def _add_surroundings(explanation: Explanation, text: str | None, context: int) -> Explanation:
    start, end = explanation.start, explanation.end
    if text is None or start is None or end is None:
        return explanation
    context = max(context, 0)
    return replace(
        explanation,
        line=1 + sum(1 for _ in _LINE_END.finditer(text, 0, start)),
        before=text[max(start - context, 0) : start],
        after=text[end : end + context],
        verified=text[start:end] == explanation.quote,
    )


def near_iris(graph: Graph, iri: str) -> list[str]:
    """IRIs like this one, without what all have in common: of its document, or of documents."""
    documents = list(list_documents(graph))
    inside = [document for document in documents if iri.startswith(f"{document}/")]
    known = documents
    if inside:
        query = f"""
            SELECT DISTINCT ?thing WHERE {{
                ?thing dct:isPartOf <{max(inside, key=len)}> ; pskg:start ?start
            }}
            """
        known = [row["thing"] for row in select(graph, query)]
    short = [name.removeprefix(ID) for name in sorted(known)]
    return get_close_matches(iri.removeprefix(ID), short, n=5)
