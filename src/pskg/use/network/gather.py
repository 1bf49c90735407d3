"""What some documents of a large build bring to its network, read from their parts.

What stands in a document's own graphs tells all of its own things, whose IRIs begin with its own,
and of its facts: these nodes and edges are described here. Of what documents share (bodies,
concepts, regions, cited documents) each tells a little: that is kept as it was said, to be put
together with what the others say (:mod:`pskg.use.network.merge`).
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from pskg.graph.store import BuildGraph
from pskg.use.network.describe import Describer, Scalar, Statement
from pskg.use.network.disk import Spool
from pskg.use.network.links import Folded, Joined, Link, Unfolded, View, is_concept
from pskg.use.network.whole import Regions

__all__ = [
    "LISTS",
    "Doubtful",
    "Edge",
    "Gatherer",
    "Mention",
    "Node",
    "name_types",
    "place_list",
    "view_of",
]

#: A thing that documents share: whether it is a node for some of them, and what they say of it.
Mention = tuple[str, bool, tuple[Statement, ...]]
#: A thing of a document, and its attributes as :mod:`marshal` writes them.
Node = tuple[str, bytes]
#: A link, and the attributes of an edge; blank where these are its role alone.
Edge = tuple[str, str, str, str, bytes]
#: The same, and the ends that have to be nodes by what others say of them, or it is no edge.
Doubtful = tuple[str, str, str, str, bytes, tuple[str, ...]]

#: The sorted lists that each batch of documents leaves, of these four kinds.
LISTS = ("mentions", "nodes", "edges", "doubtful")


def place_list(folder: Path, number: int, name: str) -> Path:
    """Where the batch of this number leaves one of its lists."""
    return folder / f"{name}.{number}"


def view_of(graph: BuildGraph, *, fold: bool) -> View:
    """The build seen as a network."""
    return Folded(graph) if fold else Unfolded(graph)


@dataclass
class _Gathered:
    """What a batch of documents brings."""

    regions: Regions
    said: dict[str, set[Statement]] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    nodes: list[Node] = field(default_factory=list)
    edges: set[Edge] = field(default_factory=set)
    doubtful: set[Doubtful] = field(default_factory=set)
    node_types: set[tuple[str, str]] = field(default_factory=set)
    edge_types: set[tuple[str, str]] = field(default_factory=set)
    concepts: set[str] = field(default_factory=set)


class Gatherer:
    """Gathers what documents bring; see :class:`~pskg.use.batches.BatchWork`."""

    def __init__(self, graph: BuildGraph, *, fold: bool) -> None:
        self._graph = graph
        self._view = view_of(graph, fold=fold)
        self._describer = Describer(self._view)
        self._regions = self._view.regions()

    def work(self, documents: Sequence[str], folder: Path, number: int) -> dict[str, Any]:
        """Leave the lists of a batch, and return what else there is to know of it.

        That is: the names and types of the attributes of its nodes (``node_types``) and edges
        (``edge_types``), the concepts at an edge's end (``concepts``), and what was seen of
        ``regions``.
        """
        gathered = _Gathered(Regions(self._regions))
        if number == 0:
            self._gather(None, gathered)  # what all share goes with the first batch
        for document in documents:
            self._gather(document, gathered)
        mentions = (
            (iri, iri in gathered.mentioned, tuple(sorted(statements)))
            for iri, statements in gathered.said.items()
        )
        lists: tuple[Iterable[Any], ...] = (
            mentions,
            gathered.nodes,
            gathered.edges,
            gathered.doubtful,
        )
        for name, records in zip(LISTS, lists, strict=True):
            Spool(sorted(records), place_list(folder, number, name)).close()
        return {
            "node_types": sorted(gathered.node_types),
            "edge_types": sorted(gathered.edge_types),
            "concepts": sorted(gathered.concepts),
            "regions": gathered.regions.seen(),
        }

    def _gather(self, document: str | None, gathered: _Gathered) -> None:
        """Gather what a document brings, or what all share."""

        def is_own(iri: str) -> bool:
            return document is not None and (iri == document or iri.startswith(f"{document}/"))

        view, describer = self._view, self._describer
        joined, said = self._read(document)
        typed = view.typed_in(joined)
        links = list(self._find_links(joined, typed, is_own))
        ends = {end for link, missing in links if not missing for end in link[:2]}
        nodes = typed | ends

        things = {iri: describer.conclude(said.get(iri, ())) for iri in filter(is_own, nodes)}
        facts = {
            key: describer.conclude(said.get(key, ()))
            for (_, _, key, role), _ in links
            if key != role
        }
        told = [*things.values(), *facts.values()]
        wholes = {iri for thing in told for iri in thing.wholes if is_own(iri)}
        describer.learn_places(
            told,
            {iri: things.get(iri) or describer.conclude(said.get(iri, ())) for iri in wholes},
        )

        for iri, thing in things.items():
            data = describer.describe(iri, thing)
            gathered.node_types.update(name_types(data))
            gathered.nodes.append((iri, marshal.dumps(data)))
        for link, missing in links:
            data = describer.describe_edge(link, facts.get(link[2]))
            packed = marshal.dumps(data) if link[2] in facts else b""
            if missing:
                gathered.doubtful.add((*link, packed, missing))
            else:
                gathered.edges.add((*link, packed))
                gathered.edge_types.update(name_types(data))
                gathered.regions.see(link)

        for iri, statements in said.items():
            if not is_own(iri):
                gathered.said.setdefault(iri, set()).update(statements)
        for iri in nodes:
            if not is_own(iri):
                gathered.said.setdefault(iri, set())
                gathered.mentioned.add(iri)
        gathered.concepts.update(filter(is_concept, ends))

    def _read(self, document: str | None) -> tuple[Joined, dict[str, list[Statement]]]:
        """What is joined in the graphs of a document, and what is said of each thing."""
        joined: dict[str, dict[str, list[str]]] = {}
        said: dict[str, list[Statement]] = {}
        # By property: whether it joins, whether it joins words too, and whether it describes.
        uses: dict[str, tuple[bool, bool, bool]] = {}
        describing = frozenset(self._describer.properties)
        for quad in self._graph.quads_of(document):
            property_ = quad.predicate.value
            use = uses.get(property_)
            if use is None:
                joins, with_words = self._view.is_joined(property_), property_ in self._view.words
                use = uses[property_] = (joins, with_words, property_ in describing)
            joins, with_words, describes = use
            if not (joins or describes):
                continue  # a third of all
            subject, value = quad.subject, quad.object
            if not isinstance(subject, ox.NamedNode):
                continue
            if isinstance(value, ox.NamedNode):
                is_iri, language = True, ""
            elif isinstance(value, ox.Literal):
                is_iri, language = False, value.language or ""
            else:
                continue
            thing, text = subject.value, value.value
            if joins and (is_iri or with_words):
                joined.setdefault(property_, {}).setdefault(thing, []).append(text)
            if describes:
                said.setdefault(thing, []).append((property_, text, is_iri, language))
        return joined, said

    def _find_links(
        self, joined: Joined, typed: set[str], is_own: Callable[[str], bool]
    ) -> Iterator[tuple[Link, tuple[str, ...]]]:
        """The links that are edges, or may be: each with the ends that have to be nodes for that.

        A document tells what its own things are; of all else others may tell.
        """

        def is_typed(iri: str) -> bool:
            return iri in typed or iri in self._regions

        for link in self._view.drop_told(sorted(set(self._view.links_in(joined)))):
            if self._view.is_edge(link, is_typed):
                yield link, ()
                continue
            unknown = tuple(end for end in link[:2] if not (is_typed(end) or is_own(end)))
            missing = self._find_missing(link, unknown, is_typed)
            if missing:
                yield link, missing

    def _find_missing(
        self, link: Link, unknown: tuple[str, ...], is_typed: Callable[[str], bool]
    ) -> tuple[str, ...]:
        """Those of a link's ends with which as nodes it were an edge, blank where it never is.

        One of two may do: concepts are the ends of most edges, whatever else they are.
        """

        def is_edge(missing: tuple[str, ...]) -> bool:
            return self._view.is_edge(link, lambda iri: is_typed(iri) or iri in missing)

        return next(filter(is_edge, (*((end,) for end in unknown), unknown)), ())


def name_types(data: dict[str, Scalar]) -> Iterable[tuple[str, str]]:
    """The attributes that there are, each with the name of its type."""
    return ((name, type(value).__name__) for name, value in data.items())
