"""Facts to RDF: the names of things, and the mapping of one document's facts."""

from __future__ import annotations

from pskg.graph.mapping import document_iri_of, to_quads
from pskg.graph.names import PREFIXES

__all__ = ["PREFIXES", "document_iri_of", "to_quads"]
