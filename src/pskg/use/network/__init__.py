"""The graph as a network: for networkx, and for the programs that draw and measure networks.

:func:`to_network` makes nodes of things and edges of what they have to do with each other;
:func:`write_network` writes GraphML, GEXF or node-link JSON, and :func:`export_network` does both
without holding the network in memory. In RDF a responsibility or a share is a thing of its own
with a body, a subject and a quote; in a network it is an edge from the body to the subject that
carries the quote. That is how it is folded unless one asks for all nodes.

Data flows one way: ``links`` tells what is joined to what, ``whole`` and ``part`` choose the nodes
and edges, ``describe`` adds what they say, ``write`` writes them. The whole network of a build of
many documents takes another way: ``gather`` reads some documents at a time and describes what is
theirs, ``merge`` puts it together. It comes to the same, byte for byte.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import networkx as nx

from pskg.graph.store import Graph
from pskg.use.batches import is_large
from pskg.use.network.describe import Describer, NodeData
from pskg.use.network.disk import Spool
from pskg.use.network.links import Folded, Unfolded
from pskg.use.network.merge import merge_build
from pskg.use.network.part import outline_near, outline_part
from pskg.use.network.whole import outline_whole
from pskg.use.network.write import NETWORK_FORMATS, Elements, check_format, write_elements

__all__ = ["NETWORK_FORMATS", "export_network", "to_network", "write_network"]


def to_network(
    graph: Graph,
    *,
    region: str | None = None,
    domain: str | None = None,
    around: str | Iterable[str] | None = None,
    radius: int = 1,
    fold: bool = True,
) -> nx.MultiDiGraph[str]:
    """The graph, or a part of it, as a directed network with parallel edges.

    Nodes are the IRIs of things. Each has ``label`` and ``type`` (the local name of its class, or
    Concept) and, where they are known, ``document``, ``region``, ``region_code`` and what else
    the graph says of it in words and numbers (``no``, ``domain``, ``standard``, ``quote`` …).

    Edges have a ``role``, the name of the property in lower case: leads, responsible_for,
    cooperates_on, member_of, pays, in_domain, in_section, part_of, spatial, based_on, cites,
    same_as (from a document as others cite it to the document itself), follows, audience, concept,
    classification, sub_organization_of … Responsibilities, funding shares, citations and indicator
    values are edges: one for each fact, with the fact's IRI as the key and as ``fact``, and with
    what the fact says: ``share``, ``basis``, ``condition``, ``order``, ``quote``, ``quote_start`` …
    A figure is an edge ``states_indicator`` from the document to the indicator. All other edges
    have their role as the key. Findings, counts and the places in the text are
    left out.

    With ``fold=False`` every thing is a node, facts and places in the text too, and every
    property between two things is an edge.

    A part is asked for by region, by domain, by both, or by ``around``. It has the nodes told
    below and all edges that the whole has between these, each with the attributes it has there,
    and is read by look-ups that start from what is asked for; the whole is not.

    - ``region``: the documents of this region and of those that lie in it, with all that is
      their own (items, tasks, sections …, whose IRIs begin with the document's); whatever an
      edge joins to one of these (bodies, payers, concepts, indicators, cited documents); and
      what that belongs to, if documents share it, as far up as it goes (the function and the
      superior of a body, the region above a region, the broader concept).
    - ``domain``: the items, tasks and other subjects that stand in this domain or in a narrower
      one, with what is said of them in their document; the indicators of the figures that stand
      in it, with the documents that state these; whatever an edge joins to a subject; and what
      that belongs to, as above.
    - ``region`` and ``domain``: what is of the domain in the documents of the region.
    - ``around``: these things and what is within ``radius`` steps of them along edges of either
      direction. What all share (a payer, a domain, the country) is near to very much: with it a
      part of two steps may be a large one.

    Attributes are strings, whole numbers, floats and truth values, never None. The order of nodes
    and edges depends on the graph's content alone.

    Args:
        graph: the graph to ask.
        region: the name or code of a region.
        domain: the name, notation or IRI of a domain.
        around: the IRI of a thing that is a node, in full or in a short form, or several.
        radius: how many steps to go.
        fold: whether a fact is an edge.

    Raises:
        UnknownNameError: there is no such region, domain or thing; tells near ones.
        ValueError: ``around`` with ``region`` or ``domain``, or a radius below 1.
        GraphError: the graph cannot be asked.
    """
    with _collector_off():
        elements = _elements(graph, region, domain, around, radius, fold)
        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        network.add_nodes_from(elements.nodes)
        for source, target, key, data in elements.edges:
            network.add_edge(source, target, key, **data)
    return network


def export_network(
    graph: Graph,
    path: str | Path,
    format: str,
    *,
    region: str | None = None,
    domain: str | None = None,
    around: str | Iterable[str] | None = None,
    radius: int = 1,
    fold: bool = True,
    workers: int | None = None,
    report: Callable[[int, int], None] | None = None,
) -> None:
    """Write the network of :func:`to_network` to a file, of any size in little memory.

    The bytes are those that :func:`write_network` gives for the same network. Nodes and edges are
    sorted and kept in temporary files, which take about as much room as the file itself. Memory
    does not grow with the graph where it is a build folder; a server sends an answer whole.

    The whole network of a build of many documents is made by ``workers`` processes, by default one
    for each processor; ``report`` is called with the number of documents that are done and of all.

    Raises:
        ValueError, UnknownNameError: what is asked for is wrong; see :func:`to_network`.
        GraphError: the graph cannot be asked, or the file cannot be written.
    """
    check_format(format)
    elements = _elements(graph, region, domain, around, radius, fold, workers, report)
    if elements.node_types is None:  # they are gone through twice
        elements = Elements(Spool(elements.nodes), Spool(elements.edges))
    write_elements(elements, path, format)


def write_network(network: nx.MultiDiGraph[str], path: str | Path, format: str) -> None:
    """Write a network to a file: ``graphml``, ``gexf`` or ``json`` (node-link, as networkx reads).

    The same network gives the same bytes. Control characters that XML forbids are left out of
    GraphML and GEXF. The keys of edges are kept in an attribute, under which networkx finds them.

    Raises:
        ValueError: the format is none of these.
        GraphError: the file cannot be written.
    """
    nodes: Iterable[NodeData] = network.nodes(data=True)  # type: ignore[assignment]
    write_elements(Elements(nodes, network.edges(keys=True, data=True)), path, format)


def _elements(
    graph: Graph,
    region: str | None,
    domain: str | None,
    around: str | Iterable[str] | None,
    radius: int,
    fold: bool,
    workers: int | None = None,
    report: Callable[[int, int], None] | None = None,
) -> Elements:
    """The nodes and the edges in order, to be gone through once."""
    if around is region is domain is None and is_large(graph):
        return merge_build(graph, fold=fold, workers=workers, report=report)
    view = Folded(graph) if fold else Unfolded(graph)
    if around is not None:
        if region is not None or domain is not None:
            raise ValueError("around goes without region and domain; cut its network down instead")
        if radius < 1:
            raise ValueError(f"a radius of {radius} leads nowhere; give 1 or more")
        outline = outline_near(view, [around] if isinstance(around, str) else around, radius)
    elif region is not None or domain is not None:
        outline = outline_part(view, region, domain)
    else:
        outline = outline_whole(view)
    describer = Describer(view)
    return Elements(describer.nodes(outline.nodes), describer.edges(outline.links))


@contextmanager
def _collector_off() -> Iterator[None]:
    """Keep the garbage collector still: a million small dicts are made and none of them dies."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
