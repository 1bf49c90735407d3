"""The part that every document shares: the ontology, the vocabularies and the regions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from pskg.graph.names import shared_graph_iri
from pskg.pipeline import software
from pskg.pipeline.files import hash_bytes, hash_file, save
from pskg.resources import resource_folder

__all__ = ["Shared", "find_shared", "write_shared"]


@dataclass(frozen=True, slots=True)
class Shared:
    """The part that holds the ontology, the vocabularies and the regions."""

    part: str
    part_sha256: str
    quads: int
    graphs: tuple[str, ...]


def find_shared(out: Path, earlier: Mapping[str, Any]) -> Shared | None:
    """The part of an earlier build by the same software and vocabularies, if it is whole."""
    if earlier.get("fingerprint") != software.fingerprint():
        return None
    try:
        kept = Shared(**{**earlier["shared"], "graphs": tuple(earlier["shared"]["graphs"])})
        whole = hash_file(out / "parts" / kept.part) == kept.part_sha256
    except (KeyError, TypeError, OSError):
        return None
    return kept if whole else None


def write_shared(out: Path) -> Shared:
    """Write the ontology, the vocabularies and the regions, each in its own named graph."""
    from pskg.graph.geography import REGIONS, region_quads  # late, for the data that it reads

    ontology = resource_folder("ontology")
    files = {"ontology": ontology / "pskg.ttl"}
    for path in sorted((ontology / "vocabularies").glob("*.ttl")):
        files[f"vocabulary/{path.stem}"] = path
    graphs: dict[str, bytes] = {}
    for name, path in files.items():
        graph = ox.NamedNode(shared_graph_iri(name))
        parsed = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        # By way of a store, which writes numbers in its own form (5.0 as 5): the part and the
        # store of the build then agree.
        store = ox.Store()
        store.extend(_name_blank_nodes((quad.triple for quad in parsed), graph))
        graphs[graph.value] = _sorted_lines(store)
    graphs[shared_graph_iri(REGIONS)] = _sorted_lines(region_quads())
    data = b"".join(graphs.values())
    digest = hash_bytes(data)
    part = f"shared-{digest[:16]}.nq"
    target = out / "parts" / part
    if not (target.is_file() and hash_file(target) == digest):
        save(target, data)
    return Shared(part, digest, data.count(b"\n"), tuple(graphs))


def _name_blank_nodes(triples: Iterable[ox.Triple], graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """Triples as quads of a graph; blank nodes get IRIs that their place in it decides."""
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    def name(node: Any) -> Any:
        if isinstance(node, ox.BlankNode):
            return ox.NamedNode(f"{graph.value}/node/{node.value}")
        return node

    for quad in dataset:
        yield ox.Quad(name(quad.subject), quad.predicate, name(quad.object), graph)


def _sorted_lines(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as N-Quads, each once, in the order of their bytes."""
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    # In the order they were made they are nearly sorted, which a set would undo.
    return b"".join(sorted(dict.fromkeys(data.splitlines(keepends=True))))
