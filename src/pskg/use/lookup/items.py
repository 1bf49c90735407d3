"""Service items by name: who leads them, who else answers for them and who pays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from pskg.graph.store import Graph
from pskg.use.lookup.answers import BodyPart, DocumentEntry, ItemAnswer, PayerPart
from pskg.use.lookup.asking import (
    describe,
    find_facts,
    label_concept,
    names_with,
    read_number,
    read_property,
    read_role,
    read_share,
    read_values,
    select_batches,
    write_iris,
)
from pskg.use.lookup.documents import choose_documents, list_documents, read_documents
from pskg.use.lookup.unknown import NEAR, UnknownNameError, near_names
from pskg.vocabulary import key

__all__ = ["add_parts", "find_item", "get_items"]

_ITEM_CLASSES = ("pskg:ServiceItem",)
_OTHER_CLASSES = (
    "pskg:Task",
    "pskg:Measure",
    "pskg:Mechanism",
    "pskg:Division",
    "pskg:Target",
    "pskg:DomainEntry",
    "pskg:Coordination",
)


def find_item(graph: Graph, name: str, region: str | None = None) -> list[ItemAnswer]:
    """What each document says of the item of this name: who leads, who helps, who pays.

    A document that has the very name answers with it. One that has not answers with the items
    that are cases of the same entry of the canonical list, whatever they are called there, else
    with those whose name holds it. Where no document has such an item, tasks and other subjects
    of that name are looked for in the same way.

    Args:
        graph: the graph to ask.
        name: the name of an item, or part of it.
        region: the name or the code of a region; only its documents are asked then.

    Raises:
        UnknownNameError: no such item (with near names), or no document of such a region.
    """
    documents = None if region is None else choose_documents(list_documents(graph), region)
    for classes in (_ITEM_CLASSES, _OTHER_CLASSES):
        found = _get_titled(graph, documents, classes, key(name))
        aligned = _get_aligned(graph, documents, name, found)
        answers = _match_items(found, key(name), aligned)
        if answers:
            return add_parts(graph, answers)
    near = _near_titles(graph, name, documents)
    if region is None:
        raise UnknownNameError(name, near, what="item")
    elsewhere = _get_titled(graph, None, _ITEM_CLASSES, key(name))
    near = near or [f"{item.name}（{item.document.region}）" for item in elsewhere]
    raise UnknownNameError(name, near[:NEAR], what="item", where=region)


def get_items(
    graph: Graph,
    documents: Mapping[str, DocumentEntry],
    *,
    classes: Sequence[str] = _ITEM_CLASSES,
) -> list[ItemAnswer]:
    """The items of these documents, without bodies and payers.

    They stand in the order of the documents and, in each, of the text.
    """
    found: dict[str, None] = {}
    for class_ in classes:
        query = f"""
            SELECT DISTINCT ?item WHERE {{
                VALUES ?document {{ $values }} ?item dct:isPartOf ?document ; a {class_}
            }}
            """
        rows = select_batches(graph, query, write_iris(documents))
        found.update(dict.fromkeys(row["item"] for row in rows))
    return _describe_items(graph, found, documents)


def _get_titled(
    graph: Graph,
    documents: Mapping[str, DocumentEntry] | None,
    classes: Sequence[str],
    wanted: str,
) -> list[ItemAnswer]:
    """The items of these documents whose name holds one in :func:`~pskg.vocabulary.key` form."""
    if not wanted:
        return []
    named = names_with(graph, wanted)
    found: dict[str, None] = {}
    for class_ in classes:
        if named is None:
            titles = [title for title in _list_titles(graph, class_) if wanted in key(title.value)]
        else:
            titles = named
        query = f"""
            SELECT DISTINCT ?item WHERE {{
                VALUES ?title {{ $values }} ?item dct:title ?title ; a {class_}
            }}
            """
        rows = select_batches(graph, query, list(map(str, titles)))
        found.update(dict.fromkeys(row["item"] for row in rows))
    return _describe_items(graph, found, documents)


def _list_titles(graph: Graph, class_: str) -> list[ox.Literal]:
    """Every title of things of a class."""
    query = f"SELECT DISTINCT ?title WHERE {{ ?item a {class_} ; dct:title ?title }}"
    titles = [row[0] for row in graph.query(query).rows]
    return [ox.Literal(title.value, language=title.language) for title in titles if title]


def _get_aligned(
    graph: Graph,
    documents: Mapping[str, DocumentEntry] | None,
    name: str,
    found: Iterable[ItemAnswer],
) -> list[ItemAnswer]:
    """The items of these documents that are cases of the entry of the canonical list meant.

    Meant is the entry that the name is a label of, and those of the items of the very name.
    """
    rows = select_batches(
        graph,
        """
        SELECT DISTINCT ?entry WHERE {
            VALUES ?label { $values } ?entry skos:prefLabel|skos:altLabel ?label .
            FILTER EXISTS { ?item pskg:canonicalItem ?entry }
        }
        """,
        [str(ox.Literal(name.strip(), language="zh"))],
    )
    entries = {row["entry"] for row in rows}
    entries |= {item.canonical for item in found if key(item.name) == key(name)} - {""}
    rows = select_batches(
        graph,
        "SELECT DISTINCT ?item WHERE { VALUES ?entry { $values } ?item pskg:canonicalItem ?entry }",
        write_iris(sorted(entries)),
    )
    return _describe_items(graph, (row["item"] for row in rows), documents)


def _describe_items(
    graph: Graph, iris: Iterable[str], documents: Mapping[str, DocumentEntry] | None
) -> list[ItemAnswer]:
    """What the items of these documents are; of any document where there are none given."""
    iris = list(iris)
    described = describe(graph, iris)
    if documents is None:
        owners = {said.get("dct:isPartOf", "") for said in described.values()} - {""}
        documents = read_documents(graph, sorted(owners))
    holds = read_values(graph, iris, "skos:narrowMatch")
    part_of = read_values(graph, iris, "skos:broadMatch")
    items = [
        ItemAnswer(
            name=said.get("dct:title", ""),
            kind=said.get("pskg:kind", ""),
            no=said.get("pskg:no", ""),
            match="exact",
            document=documents[said["dct:isPartOf"]],
            domain=said.get("pskg:domain", ""),
            target_groups=said.get("pskg:targetGroupText", ""),
            standard=said.get("pskg:standardText", ""),
            funding=said.get("pskg:fundingText", ""),
            lead=said.get("pskg:leadText", ""),
            quote=said.get("pskg:quote", ""),
            start=read_number(said.get("pskg:start", "")),
            end=read_number(said.get("pskg:end", "")),
            iri=iri,
            canonical=said.get("pskg:canonicalItem", ""),
            holds=holds.get(iri, ()),
            part_of=part_of.get(iri, ()),
        )
        for iri, said in described.items()
        if said.get("dct:isPartOf") in documents
    ]
    return sorted(items, key=lambda item: (item.document.iri, item.start, item.iri))


def add_parts(graph: Graph, items: Iterable[ItemAnswer]) -> list[ItemAnswer]:
    """The same items with their bodies and payers."""
    items = list(items)
    iris = [item.iri for item in items]
    duties = describe(graph, (fact for fact, *_ in find_facts(graph, "pskg:subject", iris)))
    duties = {fact: said for fact, said in duties.items() if "pskg:body" in said}
    shares = describe(graph, (fact for fact, *_ in find_facts(graph, "pskg:fundingOf", iris)))
    splits = _read_splits(graph, shares)
    acting = sorted({said["pskg:body"] for said in duties.values()})
    functions = read_property(graph, acting, "pskg:mainFunction")
    bodies: dict[str, list[BodyPart]] = {}
    for fact, said in duties.items():
        part = BodyPart(
            name=said.get("pskg:bodyAsWritten", ""),
            role=read_role(said),
            function=label_concept(functions.get(said["pskg:body"], "")),
            order=read_number(said.get("pskg:order", "")),
            deadline=said.get("pskg:deadline", ""),
            quote=said.get("pskg:quote", ""),
            start=read_number(said.get("pskg:start", "")),
            end=read_number(said.get("pskg:end", "")),
            body=said["pskg:body"],
            fact=fact,
        )
        bodies.setdefault(said["pskg:subject"], []).append(part)
    payers: dict[str, list[PayerPart]] = {}
    for fact, said in shares.items():
        payer = PayerPart(
            name=said.get("pskg:payerAsWritten", ""),
            share=read_share(said),
            basis=said.get("pskg:basis", ""),
            condition=said.get("pskg:condition", ""),
            split=splits.get(fact, -1),
            order=read_number(said.get("pskg:order", "")),
            quote=said.get("pskg:quote", ""),
            start=read_number(said.get("pskg:start", "")),
            end=read_number(said.get("pskg:end", "")),
            payer=said.get("pskg:payer", ""),
            fact=fact,
        )
        payers.setdefault(said["pskg:fundingOf"], []).append(payer)
    return [
        replace(
            item,
            bodies=tuple(
                sorted(bodies.get(item.iri, ()), key=lambda part: (part.order, part.start))
            ),
            payers=tuple(
                sorted(
                    payers.get(item.iri, ()), key=lambda part: (part.split, part.order, part.start)
                )
            ),
        )
        for item in items
    ]


def _read_splits(graph: Graph, shares: Iterable[str]) -> dict[str, int]:
    """The number of the split that each share is a part of."""
    rows = select_batches(
        graph,
        """
        SELECT DISTINCT ?share ?order WHERE {
            VALUES ?share { $values } ?split pskg:hasShare ?share ; pskg:order ?order
        }
        """,
        write_iris(shares),
    )
    return {row["share"]: read_number(row["order"]) for row in rows}


def _match_items(
    items: Iterable[ItemAnswer], wanted: str, aligned: Iterable[ItemAnswer]
) -> list[ItemAnswer]:
    """The items with the very name; for a document without one, those aligned to the same entry
    of the canonical list; for one without either, those whose name holds what is wanted.
    """  # noqa: D205
    items = list(items)
    matched = [item for item in items if key(item.name) == wanted]
    for others, match in ((aligned, "canonical"), (items, "part")):
        settled = {item.document.iri for item in matched}
        matched += [replace(o, match=match) for o in others if o.document.iri not in settled]
    return matched


def _near_titles(
    graph: Graph, name: str, documents: Mapping[str, DocumentEntry] | None
) -> list[str]:
    """Names like this one: of items, or where the documents have none, of other subjects."""
    for classes in (_ITEM_CLASSES, _OTHER_CLASSES):
        if documents is None:
            names = [title.value for one in classes for title in _list_titles(graph, one)]
        else:
            names = [item.name for item in get_items(graph, documents, classes=classes)]
        if near := near_names(name, names):
            return near
    return []
