"""The whole network of a large build: what its documents bring, put together.

Several processes work on some documents at a time (:mod:`pskg.use.network.gather`). What they
leave are sorted lists on disk, which are merged here. Memory holds no more than the names of some
things that documents share.
"""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from pskg.graph.store import BuildGraph, GraphError
from pskg.use.batches import work_in_batches
from pskg.use.network.describe import Describer, EdgeData, NodeData, Statement
from pskg.use.network.disk import Runs, Spool, batched, merge
from pskg.use.network.gather import (
    LISTS,
    Doubtful,
    Edge,
    Gatherer,
    Mention,
    Node,
    name_types,
    place_list,
    view_of,
)
from pskg.use.network.links import BATCH, TYPE, View, document_of, is_concept
from pskg.use.network.whole import Regions, climb
from pskg.use.network.write import Elements, choose_types

__all__ = ["merge_build"]

#: How many documents are worked on at a time: half a million statements; a process has some
#: 200 MB then.
_BATCH = 50

#: The types of attributes by name.
_TYPES = {type_.__name__: type_ for type_ in (str, int, float, bool)}


def merge_build(
    graph: BuildGraph,
    *,
    fold: bool,
    workers: int | None = None,
    report: Callable[[int, int], None] | None = None,
) -> Elements:
    """The nodes and edges of a build in order, which may be gone through once.

    ``workers`` and ``report`` are those of :func:`~pskg.use.batches.work_in_batches`. Raises
    GraphError where a process came to a sudden end, or where there is no room on disk.
    """
    merger = _Merger(view_of(graph, fold=fold))
    try:
        with tempfile.TemporaryDirectory(prefix="pskg-") as folder:
            for number, answer in work_in_batches(
                graph,
                Gatherer,
                Path(folder),
                size=_BATCH,
                options={"fold": fold},
                workers=workers,
                report=report,
            ):
                merger.add(Path(folder), number, answer)
        return merger.merge()
    except OSError as error:
        raise GraphError(
            f"the network cannot be sorted ({(error.strerror or str(error)).lower()})",
            tempfile.gettempdir(),
            "make room there, or set TMPDIR to another folder",
        ) from error


class _Merger:
    """Takes what batches of documents bring, and merges it."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._mentions: Runs[Mention] = Runs()
        self._nodes: Runs[Node] = Runs()
        self._edges: Runs[Edge] = Runs()
        self._doubtful: Runs[Doubtful] = Runs()
        self._regions = Regions(view.regions())
        #: The concepts that are nodes.
        self._concepts: set[str] = set()
        self._node_types: set[tuple[str, str]] = set()
        self._edge_types: set[tuple[str, str]] = set()

    def add(self, folder: Path, number: int, answer: dict[str, Any]) -> None:
        """Take what a batch has left and answered; see :class:`~pskg.use.network.gather.Gatherer`.

        Its files are gone then.
        """
        runs: tuple[Runs[Any], ...] = (self._mentions, self._nodes, self._edges, self._doubtful)
        for name, run in zip(LISTS, runs, strict=True):
            run.add(Spool.take(place_list(folder, number, name)))
        self._node_types.update(map(tuple, answer["node_types"]))
        self._edge_types.update(map(tuple, answer["edge_types"]))
        self._concepts.update(answer["concepts"])
        self._regions.add_seen(answer["regions"])

    def merge(self) -> Elements:
        """The nodes and edges of all."""
        said, typed = self._put_together()
        self._settle(typed)
        idle = self._regions.idle()
        self._describe(said, idle)
        return Elements(
            _unpack_nodes(self._nodes),
            _unpack_edges(self._edges, idle),
            choose_types((name, _TYPES[type_]) for name, type_ in self._node_types),
            choose_types((name, _TYPES[type_]) for name, type_ in self._edge_types),
        )

    def _put_together(self) -> tuple[Spool[Mention], set[str]]:
        """What all say of each shared thing; and what of the unknown ends of edges is a node."""
        unknown = {iri for *_, ends in self._doubtful for iri in ends}
        typed: set[str] = set()
        said: Spool[Mention] = Spool()
        for mention in _combine(self._mentions):
            iri, _, statements = mention
            said.add(mention)
            if iri in unknown:
                classes = {value for property_, value, _, _ in statements if property_ == TYPE}
                typed |= self._view.typed_in({TYPE: {iri: classes}})
        # What is another document's own is described by that alone.
        typed |= self._view.types(filter(document_of, unknown)).keys()
        return said, typed

    def _settle(self, typed: set[str]) -> None:
        """Add the edges that no document alone tells."""
        settled: Spool[Edge] = Spool()
        for source, target, key, role, packed, ends in self._doubtful:
            if typed.issuperset(ends):
                settled.add((source, target, key, role, packed))
                self._regions.see((source, target, key, role))
                self._concepts.update(filter(is_concept, (source, target)))
                if packed:
                    self._edge_types.update(name_types(marshal.loads(packed)))
        broader = climb(self._view, self._concepts)
        self._concepts.update(above for _, above, _, _ in broader)
        links = sorted({*self._view.across(), *broader})
        self._edges.add(settled)
        self._edges.add(Spool((*link, b"") for link in links))

    def _describe(self, said: Spool[Mention], idle: frozenset[str]) -> None:
        """Add the nodes that documents share."""
        describer = Describer(self._view)
        concepts: list[Mention] = [(iri, True, ()) for iri in sorted(self._concepts)]
        nodes: Spool[Node] = Spool()
        mentions = (
            (iri, statements)
            for iri, is_node, statements in _combine(merge([said, concepts]))
            if is_node and iri not in idle
        )
        for batch in batched(mentions, BATCH):
            things = {iri: describer.conclude(statements) for iri, statements in batch}
            describer.learn_places(things.values())
            for iri, thing in things.items():
                data = describer.describe(iri, thing)
                self._node_types.update(name_types(data))
                nodes.add((iri, marshal.dumps(data)))
        self._nodes.add(nodes)


def _combine(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Sorted mentions, those of one thing made one."""
    for iri, group in groupby(mentions, key=itemgetter(0)):
        is_node = False
        statements: set[Statement] = set()
        for _, is_one, said in group:
            is_node = is_node or is_one
            statements.update(said)
        yield iri, is_node, tuple(sorted(statements))


def _unpack_nodes(nodes: Iterable[Node]) -> Iterator[NodeData]:
    return ((iri, marshal.loads(packed)) for iri, packed in nodes)


def _unpack_edges(edges: Iterable[Edge], idle: frozenset[str]) -> Iterator[EdgeData]:
    for source, target, key, role, packed in edges:
        if source not in idle and target not in idle:
            yield source, target, key, marshal.loads(packed) if packed else {"role": role}
