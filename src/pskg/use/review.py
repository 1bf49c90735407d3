"""Review: what became of each source, and what is odd about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from pskg.graph.store import Graph
from pskg.model import Severity, StretchKind

__all__ = ["DocumentReview", "FindingEntry", "Review", "review"]

_COVERAGE = """
SELECT ?document ?title ?source ?kind ?characters WHERE {
  ?document a pskg:PolicyDocument ; dct:source ?source .
  OPTIONAL { ?document dct:title ?title }
  OPTIONAL {
    ?coverage a pskg:Coverage ; dct:isPartOf ?document ; pskg:kind ?kind ;
      pskg:characters ?characters
  }
} ORDER BY ?source ?document ?kind
"""
_FINDINGS = """
SELECT ?finding ?document ?kind ?severity ?message ?suggestion ?quote ?start ?end WHERE {
  ?finding a pskg:Finding ; dct:isPartOf ?document ; pskg:kind ?kind ;
    pskg:severity ?severity ; dct:description ?message ;
    pskg:quote ?quote ; pskg:start ?start ; pskg:end ?end .
  OPTIONAL { ?finding pskg:suggestion ?suggestion }
}
"""
_UNCLASSIFIED = """
SELECT DISTINCT ?document ?name WHERE {
  ?body pskg:unclassified true .
  {
    ?fact pskg:body ?body ; pskg:bodyAsWritten ?name ; dct:isPartOf ?document
  } UNION {
    ?document dct:publisher ?body ; pskg:issuerAsWritten ?name
  } UNION {
    ?group pskg:office ?body ; pskg:officeAsWritten ?name ; dct:isPartOf ?document
  }
} ORDER BY ?document ?name
"""


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """One finding. ``iri`` can be explained."""

    kind: str
    severity: str
    message: str
    suggestion: str
    quote: str
    start: int
    end: int
    iri: str


@dataclass(frozen=True, slots=True)
class DocumentReview:
    """One source: its characters by what they became, and its findings, worst first.

    ``unclassified`` names the bodies of which no vocabulary knows what they are for.
    """

    document: str
    title: str
    source: str
    characters: dict[str, int]
    findings: tuple[FindingEntry, ...]
    unclassified: tuple[str, ...] = ()

    def share(self, kind: StretchKind) -> float:
        """The part of the text, from 0 to 1, that became this."""
        whole = sum(self.characters.values())
        return self.characters.get(kind.value, 0) / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Review:
    """Every source of a graph, by its name."""

    documents: tuple[DocumentReview, ...]

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dicts, lists, strings and numbers."""
        return asdict(self)


def review(graph: Graph) -> Review:
    """The coverage of each source of a graph, its findings, worst first, and unknown bodies.

    Raises what :meth:`pskg.graph.store.Graph.query` raises.
    """
    rank = {severity.value: place for place, severity in enumerate(Severity)}
    findings: dict[str, list[FindingEntry]] = {}
    for row in graph.query(_FINDINGS).records():
        entry = FindingEntry(
            kind=row["kind"] or "",
            severity=row["severity"] or "",
            message=row["message"] or "",
            suggestion=row["suggestion"] or "",
            quote=row["quote"] or "",
            start=int(row["start"] or 0),
            end=int(row["end"] or 0),
            iri=row["finding"] or "",
        )
        findings.setdefault(row["document"] or "", []).append(entry)
    unclassified: dict[str, list[str]] = {}
    for row in graph.query(_UNCLASSIFIED).records():
        unclassified.setdefault(row["document"] or "", []).append(row["name"] or "")
    documents: dict[str, DocumentReview] = {}
    for row in graph.query(_COVERAGE).records():
        iri = row["document"] or ""
        if iri not in documents:
            ordered = sorted(
                findings.get(iri, ()),
                key=lambda one: (rank.get(one.severity, len(rank)), one.start, one.kind),
            )
            documents[iri] = DocumentReview(
                iri,
                row["title"] or "",
                row["source"] or "",
                {},
                tuple(ordered),
                tuple(unclassified.get(iri, ())),
            )
        if row["kind"]:
            documents[iri].characters[row["kind"]] = int(row["characters"] or 0)
    return Review(tuple(documents.values()))
