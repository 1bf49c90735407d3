"""The whole network: every node and every edge in order, however many there are."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pskg.use.network.disk import Sorter, Spool
from pskg.use.network.links import BROADER, Link, View, is_concept

__all__ = ["Outline", "Regions", "climb", "outline_whole"]


@dataclass(frozen=True)
class Outline:
    """The nodes and the edges of a network, sorted, without what they say."""

    nodes: Iterable[str]
    links: Iterable[Link]


def outline_whole(view: View) -> Outline:
    """All nodes and edges. Memory holds the concepts and the regions, all else is on disk."""
    nodes: Sorter[str] = Sorter()
    links: Sorter[Link] = Sorter()
    for iri in view.typed():
        nodes.add(iri)
    for link in view.every():
        links.add(link)
    kept: Spool[Link] = Spool()
    concepts: set[str] = set()
    regions = Regions(view.regions())
    for link in view.settle(links):
        kept.add(link)
        regions.see(link)
        for end in link[:2]:
            nodes.add(end)
            if is_concept(end):
                concepts.add(end)
    broader = climb(view, concepts)
    for _, above, _, _ in broader:
        nodes.add(above)
    idle = regions.idle()
    return Outline(
        Spool(iri for iri in nodes if iri not in idle),
        Spool(link for link in heapq.merge(kept, broader) if idle.isdisjoint(link[:2])),
    )


def climb(view: View, concepts: set[str]) -> list[Link]:
    """The links from these concepts to the broader ones, and from those on, sorted."""
    found: set[Link] = set()
    seen: set[str] = set()
    waiting = concepts
    while waiting:
        seen |= waiting
        up = {
            link
            for link in view.settle(sorted(set(view.leading(waiting, up=True))))
            if link[3] == BROADER
        }
        found |= up
        waiting = {target for _, target, _, _ in up} - seen
    return sorted(found)


class Regions:
    """Tells the regions that nothing is of, nor lies in: the graph describes the country."""

    def __init__(self, regions: frozenset[str]) -> None:
        self._regions = regions
        self._above: dict[str, set[str]] = {}
        self._used: set[str] = set()

    def see(self, link: Link) -> None:
        """Take note of an edge."""
        source, target, _, _ = link
        if target in self._regions:
            if source in self._regions:
                self._above.setdefault(source, set()).add(target)
            else:
                self._used.add(target)

    def seen(self) -> dict[str, list[Any]]:
        """What was taken note of, as plain values for :meth:`add_seen`."""
        above = [(low, high) for low, highs in self._above.items() for high in highs]
        return {"used": sorted(self._used), "above": sorted(above)}

    def add_seen(self, seen: dict[str, list[Any]]) -> None:
        """Take note of what was seen elsewhere."""
        self._used.update(seen["used"])
        for low, high in seen["above"]:
            self._above.setdefault(low, set()).add(high)

    def idle(self) -> frozenset[str]:
        """The regions that are no nodes."""
        used: set[str] = set()
        waiting = list(self._used)
        while waiting:
            region = waiting.pop()
            if region not in used:
                used.add(region)
                waiting += self._above.get(region, ())
        return self._regions - used
