"""The alignments of a graph as an SSSOM table, which a person can correct."""

from __future__ import annotations

from pathlib import Path

from pskg.graph.dump import open_in_one_step
from pskg.graph.names import shorten_iri
from pskg.graph.store import Graph
from pskg.link.sssom import Match, Row, write_mappings

__all__ = ["export_sssom", "list_alignments"]

_ALIGNMENTS = """
SELECT DISTINCT ?document ?item ?title ?match ?entry ?label ?justification ?confidence ?reason
  ?position ?order
WHERE {
  ?alignment a pskg:Alignment ; dct:isPartOf ?document ; pskg:alignmentOf ?item ;
    pskg:order ?order ; pskg:match ?match ; sssom:confidence ?confidence ;
    sssom:mapping_justification ?justification ; dct:description ?reason .
  ?item dct:title ?title ; pskg:position ?position .
  OPTIONAL {
    ?alignment pskg:alignedTo ?entry .
    OPTIONAL { ?entry skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh")) }
  }
} ORDER BY STR(?document) ?position STR(?item) ?order
"""


def list_alignments(graph: Graph) -> list[Row]:
    """Every alignment of a graph, the unsure ones and the missing ones too, in list order.

    Raises what :meth:`pskg.graph.store.Graph.query` raises.
    """
    return [
        Row(
            subject=row["item"] or "",
            subject_label=row["title"] or "",
            match=Match(row["match"] or "none"),
            object=row["entry"] or "",
            object_label=row["label"] or "",
            justification=shorten_iri(row["justification"] or ""),
            confidence=float(row["confidence"] or 0),
            comment=row["reason"] or "",
        )
        for row in graph.query(_ALIGNMENTS).records()
    ]


def export_sssom(graph: Graph, out: Path) -> int:
    """Write every alignment of a graph as an SSSOM table; the number of its rows.

    Rows that a person has checked go into ``ontology/mappings/items.sssom.tsv``, where they go
    before what is computed. Raises GraphError where the file cannot be written.
    """
    rows = list_alignments(graph)
    title = "Items of service lists aligned to the national list of 2016-2020"
    with open_in_one_step(out) as file:
        file.write(write_mappings(rows, title).encode())
    return len(rows)
