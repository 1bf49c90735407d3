"""The documents of a graph, and which are of a region."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pskg import regions
from pskg.graph.store import Graph
from pskg.use.lookup.answers import BodyAnswer, DocumentEntry
from pskg.use.lookup.asking import read_property, select
from pskg.use.lookup.unknown import UnknownNameError, near_names
from pskg.vocabulary import key

__all__ = ["choose_documents", "list_documents", "make_filter", "read_documents", "read_regions"]

#: Up to how many regions an error tells all there are, instead of the near ones.
_FEW = 20


def list_documents(graph: Graph) -> dict[str, DocumentEntry]:
    """Every document of the graph by its IRI, in the order of the IRIs."""
    rows = select(graph, "SELECT DISTINCT ?document WHERE { ?document a pskg:PolicyDocument }")
    return read_documents(graph, sorted(row["document"] for row in rows))


def read_documents(graph: Graph, iris: Sequence[str]) -> dict[str, DocumentEntry]:
    """These documents by their IRIs."""
    titles = read_property(graph, iris, "dct:title")
    numbers = read_property(graph, iris, "dct:identifier")
    written = read_property(graph, iris, "pskg:regionAsWritten")
    spatial = read_property(graph, iris, "dct:spatial")
    places = read_regions(graph, spatial.values())
    entries: dict[str, DocumentEntry] = {}
    for iri in iris:
        name, code = places.get(spatial.get(iri, ""), ("", ""))
        region = name or written.get(iri, "")
        number = numbers.get(iri, "")
        entries[iri] = DocumentEntry(iri, titles.get(iri, ""), number, region, code)
    return entries


def read_regions(graph: Graph, iris: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The name and the code of each region."""
    wanted = sorted(set(iris))
    labels = read_property(graph, wanted, "rdfs:label")
    codes = read_property(graph, wanted, "dct:identifier")
    return {iri: (labels.get(iri, ""), codes.get(iri, "")) for iri in wanted}


def choose_documents(
    documents: Mapping[str, DocumentEntry], region: str, *, below: bool = False
) -> dict[str, DocumentEntry]:
    """The documents of a region, by its name or code; with ``below`` of those in it as well.

    Raises UnknownNameError where there is none, with the regions there are.
    """
    is_there = make_filter(region, documents.values(), below=below)
    return {iri: entry for iri, entry in documents.items() if is_there(entry)}


def make_filter(
    region: str, known: Iterable[DocumentEntry], *, below: bool = False
) -> Callable[[DocumentEntry | BodyAnswer], bool]:
    """What tells whether a document or a body is of a region, by the region's code or name.

    Raises UnknownNameError where nothing of what is known is of that region.
    """
    codes = {region.strip(), *(found.code for found in regions.find_regions(region))} - {""}
    if below:
        codes |= {
            one.code
            for one in regions.all_regions()
            if any(above.code in codes for above in regions.ancestors(one))
        }

    def is_there(entry: DocumentEntry | BodyAnswer) -> bool:
        return entry.region_code in codes or bool(entry.region and key(entry.region) == key(region))

    known = list(known)
    if not any(is_there(entry) for entry in known):
        there_are = _list_regions(known)
        if len(there_are) > _FEW:
            there_are = near_names(region, there_are)
        raise UnknownNameError(region, there_are, what="region")
    return is_there


def _list_regions(known: Iterable[DocumentEntry]) -> list[str]:
    """The regions there are, by code, each by name."""
    pairs = sorted({(entry.region_code, entry.region) for entry in known if entry.region})
    return list(dict.fromkeys(name for _, name in pairs))
