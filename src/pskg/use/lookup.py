"""What the graph says of a service item or of a body, found by name.

:func:`find_item` tells who leads an item, who else answers for it and who pays;
:func:`find_body` tells everything that a body leads, answers for, helps with, belongs to and pays.
Each part of an answer carries the words it was read from and the IRI of its fact, which
:func:`pskg.use.explain.explain` shows in its surroundings.

Names are compared without white space and without regard to the width of punctuation. A name
that the graph does not have is an error that tells the near ones, never an empty answer.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from typing import Any

import pyoxigraph as ox

from pskg import regions, vocabulary
from pskg.graph.index import WordIndex
from pskg.graph.names import CONCEPT, PSKG, shorten_iri
from pskg.graph.store import BuildGraph, Graph
from pskg.vocabulary import key

__all__ = [
    "BodyAnswer",
    "BodyPart",
    "DocumentEntry",
    "Duty",
    "ItemAnswer",
    "PayerPart",
    "Payment",
    "UnknownNameError",
    "add_parts",
    "choose_documents",
    "choose_type",
    "describe",
    "find_body",
    "find_item",
    "get_items",
    "label_concept",
    "list_documents",
    "read_documents",
    "read_property",
    "select",
]

#: How many near names an error tells.
_NEAR = 5

#: Up to how many regions an error tells all there are, instead of the near ones.
_FEW = 20

#: With more names than this that hold a part, the graph is asked for them all.
_MOST_NAMES = 20_000

#: How many IRIs or names one query is given: servers refuse very long ones.
_BATCH = 500

_ROLES = f"{CONCEPT}roles/"

#: The words of a level that a body's name begins with.
_LEVEL = re.compile("[省市州盟县区旗].")

#: Classes that say less than another one of pskg's that stands beside them.
_GENERAL = frozenset(f"{PSKG}{name}" for name in ("Fact", "Subject", "Undertaking"))


#: What to do about a name that is not even like another, by what was looked for.
_UNLIKE = {
    "item": ", nor a name like it; `pskg query items` lists all",
    "body": ", nor a name like it; `pskg query bodies-by-duties` lists all",
    "region": ", nor a name like it; `pskg query documents` shows what there is",
    "fact": ", nor an IRI like it; give one as the other commands show it",
    "thing": ", nor an IRI like it; give one as the other commands show it",
    "domain": ", nor a name like it; `pskg query items` shows those of the items",
}


class UnknownNameError(LookupError):
    """A name that the graph does not have. Tells which, and the near ones that it has.

    >>> print(UnknownNameError("免费教育", ["免费义务教育"], what="item"))
    no item '免费教育' in the graph; near: 免费义务教育
    >>> print(UnknownNameError("免费教育", what="item", where="台山"))
    no item '免费教育' in 台山, nor a name like it; `pskg query items` lists all
    """

    def __init__(
        self, name: str, near: Iterable[str] = (), *, what: str = "name", where: str = "the graph"
    ) -> None:
        self.name = name
        self.near = tuple(near)
        self.what = what
        self.where = where
        hint = f"; near: {', '.join(self.near)}" if self.near else _UNLIKE.get(what, "")
        super().__init__(f"no {what} '{name}' in {where}{hint}")


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as answers name it. Blank where the document does not say."""

    iri: str
    title: str
    number: str
    region: str
    region_code: str


_NOWHERE = DocumentEntry("", "", "", "", "")


@dataclass(frozen=True, slots=True)
class BodyPart:
    """One body's part in one item: lead, responsible, cooperating or member.

    ``function`` is what the body is for (财政), blank where that is not known.
    """

    name: str
    role: str
    function: str
    order: int
    deadline: str
    quote: str
    start: int
    end: int
    body: str
    fact: str


@dataclass(frozen=True, slots=True)
class PayerPart:
    """One payer's part in one item. ``share`` is a fraction of 1, blank where none is given.

    Parts with one ``split`` are parts of one whole; ``condition`` says when it applies.
    """

    name: str
    share: str
    basis: str
    condition: str
    split: int
    order: int
    quote: str
    start: int
    end: int
    payer: str
    fact: str


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """What one document says of an item, or of another subject of that name.

    ``match`` tells how the name fits: ``exact``, ``canonical`` where the item is a case of the
    entry of the canonical list that was asked for but bears another name, or ``part`` where the
    name holds what was asked for. ``canonical`` is the IRI of that entry, blank where the item
    is aligned to none; ``holds`` and ``part_of`` are those of entries that the item holds besides
    more, or is a part of. ``kind`` is item, or task, measure, mechanism, division, target, domain,
    organisation. The texts ``standard``, ``target_groups``, ``funding`` and ``lead`` are the
    cells as they stand, blank where the document gives none.
    """

    name: str
    kind: str
    no: str
    match: str
    document: DocumentEntry
    domain: str
    target_groups: str
    standard: str
    funding: str
    lead: str
    quote: str
    start: int
    end: int
    iri: str
    canonical: str = ""
    holds: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    bodies: tuple[BodyPart, ...] = ()
    payers: tuple[PayerPart, ...] = ()

    @property
    def leads(self) -> tuple[str, ...]:
        """The names of the bodies that lead, in the order of the document."""
        return tuple(dict.fromkeys(part.name for part in self.bodies if part.role == "lead"))

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dicts, lists, strings and numbers."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Duty:
    """One part that a body has in one subject. ``name`` is the body's as written there."""

    role: str
    subject: str
    subject_kind: str
    subject_no: str
    domain: str
    name: str
    deadline: str
    document: DocumentEntry
    quote: str
    start: int
    end: int
    subject_iri: str
    fact: str


@dataclass(frozen=True, slots=True)
class Payment:
    """One part that a payer has in paying for one subject."""

    subject: str
    subject_kind: str
    subject_no: str
    name: str
    share: str
    basis: str
    condition: str
    document: DocumentEntry
    quote: str
    start: int
    end: int
    subject_iri: str
    fact: str


@dataclass(frozen=True, slots=True)
class BodyAnswer:
    """Everything that the graph says of one body or payer.

    ``match`` tells how it was found: by ``name``, by ``function`` (财政 finds 市财政局), by
    ``succession`` (卫生健康委 finds 卫生计生委, whose function it took over), or by ``part`` of a
    name. ``region`` is the body's own.
    """

    label: str
    names: tuple[str, ...]
    match: str
    function: str
    region: str
    region_code: str
    collective: bool
    iri: str
    duties: tuple[Duty, ...] = ()
    payments: tuple[Payment, ...] = ()

    def in_role(self, role: str) -> tuple[Duty, ...]:
        """The duties in one role: lead, responsible, cooperating or member."""
        return tuple(duty for duty in self.duties if duty.role == role)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dicts, lists, strings and numbers."""
        return asdict(self)


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
    raise UnknownNameError(name, near[:_NEAR], what="item", where=region)


def find_body(graph: Graph, name: str, region: str | None = None) -> list[BodyAnswer]:
    """Everything that the bodies and payers of this name lead, answer for, belong to and pay.

    Surface forms: a name as a document writes it or a label (市财政局, 中央财政), a function or a
    name that stands for one (财政 finds the bureau of finance of every region; 卫生健康委 also
    those whose function it took over), one with its region or level before it (陇南市财政局), or,
    where none of these is there, part of a name.

    Args:
        graph: the graph to ask.
        name: the name to look for.
        region: the name or the code of a region: bodies of that region, and what its documents
            say of others.

    Raises:
        UnknownNameError: no such body (with near names), or no such region in the graph.
    """
    documents = None if region is None else list_documents(graph)
    found = _match_bodies(graph, name) or _match_local(graph, name)
    if not found:
        found = dict.fromkeys(_bodies_named(graph, key(name), whole=False), "part")
    bodies = _describe_bodies(graph, found)
    is_there = None
    if region is not None and documents is not None:
        is_there = _make_filter(region, [*documents.values(), *_list_body_regions(graph)])
    answers = _add_duties(graph, bodies, documents, is_there)
    if answers:
        return sorted(answers, key=_rank_body)
    if found and region is not None:
        labels = dict.fromkeys(body.label for body in bodies)
        raise UnknownNameError(name, list(labels)[:_NEAR], what="body", where=region)
    every = [written for names in _names_of_bodies(graph).values() for written in names]
    raise UnknownNameError(name, _near(name, every), what="body")


# Documents and regions


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
    places = _read_regions(graph, spatial.values())
    entries: dict[str, DocumentEntry] = {}
    for iri in iris:
        name, code = places.get(spatial.get(iri, ""), ("", ""))
        region = name or written.get(iri, "")
        number = numbers.get(iri, "")
        entries[iri] = DocumentEntry(iri, titles.get(iri, ""), number, region, code)
    return entries


def _read_regions(graph: Graph, iris: Iterable[str]) -> dict[str, tuple[str, str]]:
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
    is_there = _make_filter(region, documents.values(), below=below)
    return {iri: entry for iri, entry in documents.items() if is_there(entry)}


def _make_filter(
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
            there_are = _near(region, there_are)
        raise UnknownNameError(region, there_are, what="region")
    return is_there


def _list_regions(known: Iterable[DocumentEntry]) -> list[str]:
    """The regions there are, by code, each by name."""
    pairs = sorted({(entry.region_code, entry.region) for entry in known if entry.region})
    return list(dict.fromkeys(name for _, name in pairs))


# Items

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
        rows = _select_batches(graph, query, _write_iris(documents))
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
    named = _names_with(graph, wanted)
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
        rows = _select_batches(graph, query, list(map(str, titles)))
        found.update(dict.fromkeys(row["item"] for row in rows))
    return _describe_items(graph, found, documents)


def _list_titles(graph: Graph, class_: str) -> list[ox.Literal]:
    """Every title of things of a class."""
    query = f"SELECT DISTINCT ?title WHERE {{ ?item a {class_} ; dct:title ?title }}"
    titles = [row[0] for row in graph.query(query).rows]
    return [ox.Literal(title.value, language=title.language) for title in titles if title]


def _names_with(graph: Graph, part: str) -> list[ox.Literal] | None:
    """The names that hold a part in key form, by the index; None where that cannot tell."""
    if not isinstance(graph, BuildGraph):
        return None
    with suppress(sqlite3.Error), WordIndex.open(graph.index_path) as index:
        names = index.names_with(part, _MOST_NAMES, key)
        if names is not None:
            return [ox.Literal(name, language="zh") for name in names]
    return None


def _get_aligned(
    graph: Graph,
    documents: Mapping[str, DocumentEntry] | None,
    name: str,
    found: Iterable[ItemAnswer],
) -> list[ItemAnswer]:
    """The items of these documents that are cases of the entry of the canonical list meant.

    Meant is the entry that the name is a label of, and those of the items of the very name.
    """
    rows = _select_batches(
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
    rows = _select_batches(
        graph,
        "SELECT DISTINCT ?item WHERE { VALUES ?entry { $values } ?item pskg:canonicalItem ?entry }",
        _write_iris(sorted(entries)),
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
    holds = _read_values(graph, iris, "skos:narrowMatch")
    part_of = _read_values(graph, iris, "skos:broadMatch")
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
            start=_number(said.get("pskg:start", "")),
            end=_number(said.get("pskg:end", "")),
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
    duties = describe(graph, (fact for fact, *_ in _find_facts(graph, "pskg:subject", iris)))
    duties = {fact: said for fact, said in duties.items() if "pskg:body" in said}
    shares = describe(graph, (fact for fact, *_ in _find_facts(graph, "pskg:fundingOf", iris)))
    splits = _read_splits(graph, shares)
    acting = sorted({said["pskg:body"] for said in duties.values()})
    functions = read_property(graph, acting, "pskg:mainFunction")
    bodies: dict[str, list[BodyPart]] = {}
    for fact, said in duties.items():
        part = BodyPart(
            name=said.get("pskg:bodyAsWritten", ""),
            role=said.get("pskg:role", "").removeprefix(_ROLES),
            function=label_concept(functions.get(said["pskg:body"], "")),
            order=_number(said.get("pskg:order", "")),
            deadline=said.get("pskg:deadline", ""),
            quote=said.get("pskg:quote", ""),
            start=_number(said.get("pskg:start", "")),
            end=_number(said.get("pskg:end", "")),
            body=said["pskg:body"],
            fact=fact,
        )
        bodies.setdefault(said["pskg:subject"], []).append(part)
    payers: dict[str, list[PayerPart]] = {}
    for fact, said in shares.items():
        payer = PayerPart(
            name=said.get("pskg:payerAsWritten", ""),
            share=_read_share(said),
            basis=said.get("pskg:basis", ""),
            condition=said.get("pskg:condition", ""),
            split=splits.get(fact, -1),
            order=_number(said.get("pskg:order", "")),
            quote=said.get("pskg:quote", ""),
            start=_number(said.get("pskg:start", "")),
            end=_number(said.get("pskg:end", "")),
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
    rows = _select_batches(
        graph,
        """
        SELECT DISTINCT ?share ?order WHERE {
            VALUES ?share { $values } ?split pskg:hasShare ?share ; pskg:order ?order
        }
        """,
        _write_iris(shares),
    )
    return {row["share"]: _number(row["order"]) for row in rows}


def _read_share(said: Mapping[str, str]) -> str:
    return said.get("pskg:shareAsWritten") or said.get("pskg:share", "")


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
        if near := _near(name, names):
            return near
    return []


# Bodies


def _names_of_bodies(
    graph: Graph, variable: str = "", values: Sequence[str] = ()
) -> dict[str, list[str]]:
    """The names of bodies and payers, as written, by IRI.

    Of all there are, or of those for which ``variable`` (?body or ?name) has one of these values.
    """
    names: dict[str, list[str]] = {}
    for pattern in ("?body pskg:nameAsWritten ?name", _PAYER_NAME):
        which = f"VALUES {variable} {{ $values }}" if variable else ""
        query = f"SELECT DISTINCT ?body ?name WHERE {{ {which} {pattern} }}"
        rows = _select_batches(graph, query, values) if variable else select(graph, query)
        for row in rows:
            names.setdefault(row["body"], []).append(row["name"])
    return {iri: sorted(set(names[iri])) for iri in sorted(names)}


_PAYER_NAME = "?share pskg:payerAsWritten ?name ; pskg:payer ?body"


def _bodies_named(graph: Graph, wanted: str, *, whole: bool) -> list[str]:
    """The bodies and payers with this name in key form, or with a name that it is a part of."""

    def fits(name: str) -> bool:
        return key(name) == wanted if whole else wanted in key(name)

    if not wanted:
        return []
    known = _names_with(graph, wanted)
    if known is None:
        return [iri for iri, names in _names_of_bodies(graph).items() if any(map(fits, names))]
    names = [str(ox.Literal(one.value)) for one in known if fits(one.value)]
    return list(_names_of_bodies(graph, "?name", names))


def _match_bodies(graph: Graph, name: str) -> dict[str, str]:
    """How each body or payer fits a name: by name, by function, or by succession."""
    found = dict.fromkeys(_bodies_named(graph, key(name), whole=True), "name")
    more: dict[str, str] = {}
    for row in _select_batches(
        graph,
        "SELECT DISTINCT ?body WHERE { VALUES ?label { $values } ?body rdfs:label ?label }",
        [str(ox.Literal(name.strip(), language="zh")), str(ox.Literal(name.strip()))],
    ):
        more[row["body"]] = "name"
    vocabularies = vocabulary.load()
    payer = vocabularies["payers"].find(name) if "payers" in vocabularies else None
    if payer:
        more[payer.iri] = "name"
    functions = _find_functions(name)
    for row in _select_batches(
        graph,
        """
        SELECT DISTINCT ?body ?function WHERE {
            VALUES ?function { $values } ?body org:classification ?function
        }
        """,
        _write_iris(functions),
    ):
        more.setdefault(row["body"], functions[row["function"]])
    # Labels and functions are had by other things as well: a body or a payer has a name somewhere.
    acting = _names_of_bodies(graph, "?body", _write_iris(more.keys() - found.keys()))
    found.update((iri, how) for iri, how in more.items() if iri in acting)
    return found


def _find_functions(name: str) -> dict[str, str]:
    """The function that a name stands for, those it took over and those that took it over."""
    vocabularies = vocabulary.load()
    function = vocabularies["functions"].find(name) if "functions" in vocabularies else None
    if function is None:
        return {}
    found = {function.iri: "function"}
    after: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    for concept in vocabularies["functions"]:
        for successor in concept.properties.get("succeededBy", ()):
            after.setdefault(concept.iri, set()).add(successor)
            before.setdefault(successor, set()).add(concept.iri)
    for steps in (after, before):
        waiting = [function.iri]
        while waiting:
            for iri in steps.get(waiting.pop(), ()):
                if iri not in found:
                    found[iri] = "succession"
                    waiting.append(iri)
    return found


def _match_local(graph: Graph, name: str) -> dict[str, str]:
    """The bodies of a name that begins with their region (陇南市财政局) or level (市财政局)."""
    plain = "".join(name.split())
    for region, start, end in regions.regions_in(plain[:20]):
        if start == 0 and end < len(plain):
            found = _match_bodies(graph, plain[end:])
            bodies = _describe_bodies(graph, found)
            return {body.iri: body.match for body in bodies if body.region_code == region.code}
    return _match_bodies(graph, plain[1:]) if _LEVEL.match(plain) else {}


def _list_body_regions(graph: Graph) -> list[DocumentEntry]:
    """The regions that bodies belong to, each as if a document were of it."""
    rows = select(graph, "SELECT DISTINCT ?region WHERE { ?thing dct:spatial ?region }")
    places = _read_regions(graph, (row["region"] for row in rows))
    return [DocumentEntry("", "", "", name, code) for name, code in places.values()]


def _describe_bodies(graph: Graph, found: Mapping[str, str]) -> list[BodyAnswer]:
    """What each body is, without what it does. ``found`` says how each was found."""
    iris = list(found)
    named = _names_of_bodies(graph, "?body", _write_iris(iris))
    labels = read_property(graph, iris, "rdfs:label")
    functions = read_property(graph, iris, "pskg:mainFunction")
    collective = read_property(graph, iris, "pskg:collective")
    spatial = read_property(graph, iris, "dct:spatial")
    places = _read_regions(graph, spatial.values())
    answers: list[BodyAnswer] = []
    for iri in iris:
        name, code = places.get(spatial.get(iri, ""), ("", ""))
        label = label_concept(iri) if iri.startswith(CONCEPT) else labels.get(iri, "")
        answer = BodyAnswer(
            label=label or named[iri][0],
            names=tuple(written for written in named[iri] if written != label),
            match=found[iri],
            function=label_concept(functions.get(iri, "")),
            region=name,
            region_code=code,
            collective=collective.get(iri) in ("true", "1"),
            iri=iri,
        )
        answers.append(answer)
    return answers


def _add_duties(
    graph: Graph,
    answers: Sequence[BodyAnswer],
    documents: Mapping[str, DocumentEntry] | None,
    is_there: Callable[[DocumentEntry | BodyAnswer], bool] | None,
) -> list[BodyAnswer]:
    """The same bodies with what they do and pay, in these documents or in all.

    With a filter: bodies of a region with all they do, and others with what the region's
    documents say of them; those of which these say nothing are left out.
    """
    at_home = {answer.iri for answer in answers if is_there is None or is_there(answer)}
    iris = [answer.iri for answer in answers]
    known = documents or {}

    def read(property_: str) -> dict[str, dict[str, str]]:
        return describe(
            graph,
            (
                fact
                for fact, body, document in _find_facts(graph, property_, iris)
                if is_there is None or body in at_home or is_there(known.get(document, _NOWHERE))
            ),
        )

    duty_facts, share_facts = read("pskg:body"), read("pskg:payer")
    if documents is None:
        facts = (*duty_facts.values(), *share_facts.values())
        owners = {said.get("dct:isPartOf", "") for said in facts} - {""}
        known = read_documents(graph, sorted(owners))
    every = [said.get("pskg:subject", "") for said in duty_facts.values()]
    every += [said.get("pskg:fundingOf", "") for said in share_facts.values()]
    subjects = describe(graph, filter(None, dict.fromkeys(every)))
    duties: dict[str, list[Duty]] = {}
    for fact, said in duty_facts.items():
        subject = subjects.get(said.get("pskg:subject", ""), {})
        duty = Duty(
            role=said.get("pskg:role", "").removeprefix(_ROLES),
            subject=subject.get("dct:title", ""),
            subject_kind=subject.get("pskg:kind", ""),
            subject_no=subject.get("pskg:no", ""),
            domain=subject.get("pskg:domain", ""),
            name=said.get("pskg:bodyAsWritten", ""),
            deadline=said.get("pskg:deadline", ""),
            document=known.get(said.get("dct:isPartOf", ""), _NOWHERE),
            quote=said.get("pskg:quote", ""),
            start=_number(said.get("pskg:start", "")),
            end=_number(said.get("pskg:end", "")),
            subject_iri=said.get("pskg:subject", ""),
            fact=fact,
        )
        duties.setdefault(said["pskg:body"], []).append(duty)
    payments: dict[str, list[Payment]] = {}
    for fact, said in share_facts.items():
        subject = subjects.get(said.get("pskg:fundingOf", ""), {})
        payment = Payment(
            subject=subject.get("dct:title", ""),
            subject_kind=subject.get("pskg:kind", ""),
            subject_no=subject.get("pskg:no", ""),
            name=said.get("pskg:payerAsWritten", ""),
            share=_read_share(said),
            basis=said.get("pskg:basis", ""),
            condition=said.get("pskg:condition", ""),
            document=known.get(said.get("dct:isPartOf", ""), _NOWHERE),
            quote=said.get("pskg:quote", ""),
            start=_number(said.get("pskg:start", "")),
            end=_number(said.get("pskg:end", "")),
            subject_iri=said.get("pskg:fundingOf", ""),
            fact=fact,
        )
        payments.setdefault(said["pskg:payer"], []).append(payment)
    return [
        replace(
            answer,
            duties=tuple(sorted(duties.get(answer.iri, ()), key=_rank_part)),
            payments=tuple(sorted(payments.get(answer.iri, ()), key=_rank_part)),
        )
        for answer in answers
        if answer.iri in at_home or answer.iri in duties or answer.iri in payments
    ]


def _rank_part(part: Duty | Payment) -> tuple[str, int, str]:
    return part.document.iri, part.start, part.fact


def _rank_body(answer: BodyAnswer) -> tuple[int, str, str]:
    return (
        ("name", "function", "succession", "part").index(answer.match),
        answer.region_code,
        answer.iri,
    )


# Asking


def select(graph: Graph, query: str) -> list[dict[str, str]]:
    """Ask a SELECT. Values are as written, blank where there is none."""
    return [
        {variable: value or "" for variable, value in record.items()}
        for record in graph.query(query).records()
    ]


def read_property(graph: Graph, iris: Iterable[str], property_: str) -> dict[str, str]:
    """One property of each thing that has it; of several values the first in their order.

    What many documents say alike (the name of a region, the function of a body) stands in the
    graph of each. Only a query of a single pattern can be sure not to multiply such statements
    with each other: some stores answer once for each graph.
    """
    return {thing: values[0] for thing, values in _read_values(graph, iris, property_).items()}


def _read_values(graph: Graph, iris: Iterable[str], property_: str) -> dict[str, tuple[str, ...]]:
    """All values of one property of each thing that has it, in their order."""
    query = f"""
        SELECT DISTINCT ?thing ?value WHERE {{
            VALUES ?thing {{ $values }} ?thing {property_} ?value
        }}
        """
    found: dict[str, set[str]] = {}
    for row in _select_batches(graph, query, _write_iris(iris)):
        found.setdefault(row["thing"], set()).add(row["value"])
    return {thing: tuple(sorted(values)) for thing, values in found.items()}


def describe(graph: Graph, iris: Iterable[str]) -> dict[str, dict[str, str]]:
    """All that is said of each thing, by the short names of the properties.

    Of several values of a property the first in their order is given. For things that one
    document alone speaks of.
    """
    query = "SELECT DISTINCT ?thing ?p ?o WHERE { VALUES ?thing { $values } ?thing ?p ?o }"
    found: dict[str, dict[str, str]] = {}
    short: dict[str, str] = {}
    for row in _select_batches(graph, query, _write_iris(iris)):
        name = short.get(row["p"]) or short.setdefault(row["p"], shorten_iri(row["p"]))
        said = found.setdefault(row["thing"], {})
        said[name] = min(row["o"], said.get(name, row["o"]))
    return found


def _find_facts(graph: Graph, property_: str, iris: Iterable[str]) -> list[tuple[str, str, str]]:
    """The facts that have one of these things for a property, with the thing and the document."""
    query = f"""
        SELECT DISTINCT ?fact ?thing ?document WHERE {{
            VALUES ?thing {{ $values }} ?fact {property_} ?thing ; dct:isPartOf ?document
        }}
        """
    rows = _select_batches(graph, query, _write_iris(iris))
    return sorted((row["fact"], row["thing"], row["document"]) for row in rows)


def _select_batches(graph: Graph, query: str, values: Sequence[str]) -> list[dict[str, str]]:
    """Ask a query for many values, ``$values`` in its text, some at a time."""
    rows: list[dict[str, str]] = []
    for first in range(0, len(values), _BATCH):
        batch = " ".join(values[first : first + _BATCH])
        rows += select(graph, query.replace("$values", batch))
    return rows


def _write_iris(iris: Iterable[str]) -> list[str]:
    return [str(ox.NamedNode(iri)) for iri in iris]


def label_concept(iri: str) -> str:
    """The Chinese label of a concept of pskg's vocabularies, else the IRI made short.

    >>> label_concept("https://w3id.org/pskg/concept/roles/lead")
    '牵头'
    >>> label_concept("")
    ''
    """
    try:
        return vocabulary.load().concept(iri).label
    except KeyError:
        return shorten_iri(iri)


def choose_type(types: Iterable[str]) -> str:
    """What to call a thing of these classes: the local name of the most telling one.

    >>> choose_type([f"{PSKG}Undertaking", f"{PSKG}Task"]), choose_type([])
    ('Task', '')
    """
    ranked = sorted(types, key=lambda iri: (not iri.startswith(PSKG), iri in _GENERAL, iri))
    return re.split("[#/]", ranked[0])[-1] if ranked else ""


def _number(text: str) -> int:
    """A whole number of the graph; -1 where there is none."""
    try:
        return int(text)
    except ValueError:
        return -1


def _near(name: str, names: Iterable[str]) -> list[str]:
    """The names most like this one, the likest first."""
    return get_close_matches(name, sorted(set(names)), n=_NEAR, cutoff=0.4)
