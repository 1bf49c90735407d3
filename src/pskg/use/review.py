"""Review: what became of each source, what is odd about it, and which guesses want an answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from pskg.graph.store import Graph
from pskg.model import Severity, StretchKind

__all__ = ["AlignmentReview", "DocumentReview", "FindingEntry", "Review", "review"]

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

_ALIGNMENTS = """
SELECT ?document ?status (COUNT(DISTINCT ?item) AS ?items) WHERE {
  ?alignment a pskg:Alignment ; dct:isPartOf ?document ; pskg:alignmentStatus ?status ;
    pskg:alignmentOf ?item
} GROUP BY ?document ?status
"""
_UNSURE = """
SELECT DISTINCT ?document ?no ?title ?guess ?position WHERE {
  ?alignment pskg:alignmentStatus "unsure" ; a pskg:Alignment ; dct:isPartOf ?document ;
    pskg:alignmentOf ?item .
  ?item dct:title ?title ; pskg:position ?position .
  OPTIONAL { ?item pskg:no ?no }
  OPTIONAL {
    ?alignment pskg:alignedTo/skos:prefLabel ?guess FILTER(LANGMATCHES(LANG(?guess), "zh"))
  }
} ORDER BY ?document ?position
"""


@dataclass(frozen=True, slots=True)
class AlignmentReview:
    """The items of one source by what is known of them in the national list.

    ``unsure`` holds, for each item that a person should settle, its number, its name and what it
    may be.
    """

    asserted: int = 0
    none: int = 0
    unsure: tuple[tuple[str, str, str], ...] = ()


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
    alignments: AlignmentReview = AlignmentReview()
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
    alignments = _review_alignments(graph)
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
                alignments.get(iri, AlignmentReview()),
                tuple(unclassified.get(iri, ())),
            )
        if row["kind"]:
            documents[iri].characters[row["kind"]] = int(row["characters"] or 0)
    return Review(tuple(documents.values()))


def _review_alignments(graph: Graph) -> dict[str, AlignmentReview]:
    counts: dict[str, dict[str, int]] = {}
    for row in graph.query(_ALIGNMENTS).records():
        counts.setdefault(row["document"] or "", {})[row["status"] or ""] = int(row["items"] or 0)
    unsure: dict[str, list[tuple[str, str, str]]] = {}
    for row in graph.query(_UNSURE).records():
        entry = (row["no"] or "", row["title"] or "", row["guess"] or "")
        unsure.setdefault(row["document"] or "", []).append(entry)
    return {
        document: AlignmentReview(
            count.get("asserted", 0), count.get("none", 0), tuple(unsure.get(document, ()))
        )
        for document, count in counts.items()
    }
