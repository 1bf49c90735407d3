"""A part of the network: what is of a region, of a domain, or near some things.

Every part is what ``subgraph`` of networkx would cut out of the whole for its nodes. Which nodes
these are is found by look-ups that start from what is asked for; the whole is never read.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from pskg import vocabulary
from pskg.graph.names import expand_iri
from pskg.use.explain import near_iris
from pskg.use.lookup import UnknownNameError, choose_documents, list_documents
from pskg.use.network.links import Link, View, document_of
from pskg.use.network.whole import Outline

__all__ = ["outline_near", "outline_part"]

#: How many near names an error tells, and up to how many it tells all there are.
_NEAR = 5
_FEW = 20


def outline_part(view: View, region: str | None, domain: str | None) -> Outline:
    """The part of a region, of a domain, or of both; see :func:`~pskg.use.network.to_network`.

    Raises UnknownNameError.
    """
    documents: set[str] | None = None
    if region is not None:
        every = list_documents(view.graph)
        documents = set(choose_documents(every, region, below=True))
    core: set[str] = set()
    nodes: set[str] = set()
    known: set[Link] = set()
    if domain is None:
        waiting = documents or set()
    else:
        waiting, nodes = _find_subjects(view, domain, documents)
    while waiting:
        core |= waiting
        found: set[str] = set()
        links = view.touching(waiting)
        known.update(links)
        for source, target, _, _ in links:
            nodes |= {source, target}
            # To a document belongs all that is its own, to a subject what points to it.
            if document_of(source) and target in core:
                found.add(source)
            if domain is None and document_of(target) and source in core:
                found.add(target)
        waiting = {iri for iri in found - core if not documents or document_of(iri) in documents}
    return _cut(view, _add_above(view, core | nodes), core, known)


def outline_near(view: View, around: Iterable[str], radius: int) -> Outline:
    """What is within some steps of certain things; see :func:`~pskg.use.network.to_network`.

    Raises UnknownNameError.
    """
    nodes: set[str] = set()
    for iri in around:
        nodes.add(_find_node(view, iri))
    waiting = nodes
    core: set[str] = set()
    known: set[Link] = set()
    for _ in range(radius):
        links = view.touching(waiting)
        known.update(links)
        core |= waiting
        steps = view.steps_up(links)
        sure = {end for link in links if link not in steps for end in link[:2]}
        sure |= {target for _, target, _, _ in steps}
        below = {source for source, _, _, _ in steps} - sure - nodes
        waiting = (sure - nodes) | {iri for iri in below if view.has(iri)}
        nodes = nodes | waiting
    return _cut(view, nodes, core, known)


def _add_above(view: View, nodes: set[str]) -> set[str]:
    """These and, of those that documents share, what they belong to, as far up as it goes."""
    waiting = {iri for iri in nodes if not document_of(iri)}
    while waiting:
        links = view.settle(sorted(set(view.leading(waiting, up=True))))
        waiting = {target for _, target, _, _ in links if not document_of(target)} - nodes
        nodes = nodes | waiting
    return nodes


def _cut(view: View, nodes: set[str], core: set[str], known: set[Link]) -> Outline:
    """The nodes, all of which are in the whole, with the edges between them.

    ``known`` are all edges from and to the core, which need not be read again.
    """
    rest = nodes - core
    links = {link for link in view.among(rest) if rest.issuperset(link[:2])}
    known = known.union(view.settle(sorted(links)))
    return Outline(sorted(nodes), sorted(link for link in known if nodes.issuperset(link[:2])))


def _find_node(view: View, iri: str) -> str:
    full = expand_iri(iri)
    if not view.has(full):
        near = [name for name in near_iris(view.graph, full) if view.has(expand_iri(name))]
        raise UnknownNameError(iri, near, what="thing", where="the network")
    return full


def _find_subjects(
    view: View, domain: str, documents: set[str] | None
) -> tuple[set[str], set[str]]:
    """What stands in a domain, and the ends of the edges of the figures that do."""
    concepts = _find_domains(domain)
    subjects = {iri for iri in view.in_domains(concepts) if document_of(iri)}
    figures = list(view.settle(sorted(set(view.figures(concepts)))))
    if documents is not None:
        subjects = {iri for iri in subjects if document_of(iri) in documents}
        figures = [link for link in figures if link[0] in documents]
    subjects &= view.types(subjects).keys()
    if not (subjects or figures):
        where = "the graph" if documents is None else "the documents of the region"
        raise UnknownNameError(domain, _near_domains(view, domain), what="domain", where=where)
    return subjects, {end for link in figures for end in link[:2]}


def _find_domains(name: str) -> set[str]:
    """The concepts that a name, notation or IRI stands for: a domain and the narrower ones."""
    scheme = vocabulary.load()["domains"]
    iri = expand_iri(name if "/" in name or ":" in name else f"{scheme.iri}/{name.strip()}")
    concept = scheme.find(name)
    found = {concept.iri if concept else iri}
    while narrower := {
        one.iri for one in scheme if not found.isdisjoint(one.broader) and one.iri not in found
    }:
        found |= narrower
    return found


def _near_domains(view: View, name: str) -> list[str]:
    """The domains that there are where they are few, else those of a name like this."""
    scheme = vocabulary.load()["domains"]
    used = set(view.used_domains(concept.iri for concept in scheme))
    labels = [concept.label for concept in scheme if concept.iri in used]
    return labels if len(labels) <= _FEW else get_close_matches(name, labels, n=_NEAR, cutoff=0.4)
