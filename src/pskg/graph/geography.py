"""The regions of the country as RDF: the same for all documents.

They stand in the shared graph ``graph/regions``, so that each is described once however many
documents name it. A build describes every region down to the counties, those of the past too;
the quads of a single document describe those that it names.

>>> quads = list(region_quads())
>>> len(quads) > 20_000, quads[0].graph_name.value
(True, 'https://w3id.org/pskg/id/graph/regions')
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from pskg import regions
from pskg.graph.names import region_iri, shared_graph_iri, term
from pskg.regions import Region

__all__ = ["REGIONS", "describe_region", "region_quads"]

#: The name of the shared graph.
REGIONS = "regions"


def describe_region(region: Region) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """What is said of a region wherever it is named: properties and values.

    >>> [str(value) for _, value in describe_region(regions.get_region("621200"))][2:5]
    ['"陇南市"@zh', '"621200"', '"prefectural"']
    """
    yield term("rdf:type"), term("pskg:Region")
    yield term("rdf:type"), term("dct:Location")
    yield term("rdfs:label"), ox.Literal(region.name, language="zh")
    yield term("dct:identifier"), ox.Literal(region.code)
    yield term("pskg:regionLevel"), ox.Literal(region.level)
    if region.parent:
        yield term("dct:isPartOf"), ox.NamedNode(region_iri(region.parent))


def region_quads() -> Iterator[ox.Quad]:
    """Every region that is known, with former names, whether it still is, and what replaced it."""
    graph = ox.NamedNode(shared_graph_iri(REGIONS))
    former_name, abolished = term("skos:altLabel"), term("pskg:abolished")
    replaced_by, true = term("dct:isReplacedBy"), ox.Literal(True)
    for region in regions.all_regions():
        node = ox.NamedNode(region_iri(region.code))
        for predicate, value in describe_region(region):
            yield ox.Quad(node, predicate, value, graph)
        for name in regions.names_of(region)[1:]:
            yield ox.Quad(node, former_name, ox.Literal(name, language="zh"), graph)
        if not regions.is_current(region):
            yield ox.Quad(node, abolished, true, graph)
        for after in regions.successors_of(region):
            yield ox.Quad(node, replaced_by, ox.NamedNode(region_iri(after.code)), graph)
