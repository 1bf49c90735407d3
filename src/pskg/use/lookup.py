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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from typing import Any

import pyoxigraph as ox

from pskg import regions, vocabulary
from pskg.graph.names import CONCEPT, PSKG, shorten_iri
from pskg.graph.store import Graph, Term
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
    "find_body",
    "find_item",
    "get_items",
    "label_concept",
    "list_documents",
    "select",
]

#: How many near names an error tells.
_NEAR = 5

#: How many IRIs or names one query is given: servers refuse very long ones.
_BATCH = 500

_ROLES = f"{CONCEPT}roles/"

#: Classes that say less than another one of pskg's that stands beside them.
_GENERAL = frozenset(f"{PSKG}{name}" for name in ("Fact", "Subject", "Undertaking"))


class UnknownNameError(LookupError):
    """A name that the graph does not have. Tells which, and the near ones that it has.

    >>> print(UnknownNameError("免费教育", ["免费义务教育"], what="item"))
    no item '免费教育' in the graph; near: 免费义务教育
    >>> print(UnknownNameError("免费教育", what="item", where="台山"))
    no item '免费教育' in 台山, nor a name like it
    """

    def __init__(
        self, name: str, near: Iterable[str] = (), *, what: str = "name", where: str = "the graph"
    ) -> None:
        self.name = name
        self.near = tuple(near)
        self.what = what
        self.where = where
        hint = f"; near: {', '.join(self.near)}" if self.near else ", nor a name like it"
        super().__init__(f"no {what} '{name}' in {where}{hint}")


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as answers name it. Blank where the document does not say."""

    iri: str
    title: str
    number: str
    region: str
    region_code: str


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

    ``match`` tells how the name fits: ``exact``, or ``part`` where the name holds what was
    asked for. ``kind`` is item, or task, measure, mechanism, division, target, domain,
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

    ``match`` tells how it was found: by ``name``, by ``function`` (财政 finds 市财政局), or
    ``part`` of a name. ``region`` is the body's own.
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

    A document that has the very name answers with it; one that has not answers with the items
    whose name holds it. Where no document has such an item, tasks and other subjects of that
    name are looked for in the same way.

    Args:
        graph: the graph to ask.
        name: the name of an item, or part of it.
        region: the name or the code of a region; only its documents are asked then.

    Raises:
        UnknownNameError: no such item (with near names), or no document of such a region.
    """
    every = list_documents(graph)
    documents = every if region is None else choose_documents(every, region)
    for classes in (_ITEM_CLASSES, _OTHER_CLASSES):
        titles = _find_titles(graph, classes, key(name))
        found = get_items(graph, documents, classes=classes, titles=titles)
        answers = _match_items(found, key(name))
        if answers:
            return add_parts(graph, answers)
    near = _near_titles(graph, name, documents)
    if region is None:
        raise UnknownNameError(name, near, what="item")
    near = near or [
        f"{item.name}（{item.document.region}）"
        for item in get_items(graph, every, titles=_find_titles(graph, _ITEM_CLASSES, key(name)))
    ]
    raise UnknownNameError(name, near[:_NEAR], what="item", where=region)


def find_body(graph: Graph, name: str, region: str | None = None) -> list[BodyAnswer]:
    """Everything that the bodies and payers of this name lead, answer for, belong to and pay.

    Surface forms: a name as a document writes it or a label (市财政局, 中央财政), a function or a
    name that stands for one (财政 finds the bureau of finance of every region), one with its
    region before it (陇南市财政局), or, where none of these is there, part of a name.

    Args:
        graph: the graph to ask.
        name: the name to look for.
        region: the name or the code of a region: bodies of that region, and what its documents
            say of others.

    Raises:
        UnknownNameError: no such body (with near names), or no such region in the graph.
    """
    documents = list_documents(graph)
    named = _list_names(graph)
    found = _match_bodies(graph, named, name) or _match_local(graph, named, name)
    if not found:
        found = {iri: "part" for iri in named if _has_part(named[iri], key(name))}
    bodies = _describe_bodies(graph, found, named)
    answers = _add_duties(graph, bodies, documents)
    if region is not None:
        is_there = _make_filter(region, [*documents.values(), *_list_body_regions(graph)])
        answers = _keep_region(answers, is_there)
    if answers:
        return sorted(answers, key=_rank_body)
    if found and region is not None:
        labels = dict.fromkeys(body.label for body in bodies)
        raise UnknownNameError(name, list(labels)[:_NEAR], what="body", where=region)
    every = [written for names in named.values() for written in names]
    raise UnknownNameError(name, _near(name, every), what="body")


# Documents and regions


def list_documents(graph: Graph) -> dict[str, DocumentEntry]:
    """Every document of the graph by its IRI, in the order of the IRIs."""
    rows = select(
        graph,
        """
        SELECT ?document ?title ?number ?written ?code ?label WHERE {
            ?document a pskg:PolicyDocument .
            OPTIONAL { ?document dct:title ?title }
            OPTIONAL { ?document dct:identifier ?number }
            OPTIONAL { ?document pskg:regionAsWritten ?written }
            OPTIONAL {
                ?document dct:spatial ?region .
                OPTIONAL { ?region dct:identifier ?code }
                OPTIONAL { ?region rdfs:label ?label }
            }
        } ORDER BY ?document ?title ?number ?written ?code ?label
        """,
    )
    documents: dict[str, DocumentEntry] = {}
    for row in rows:
        region = row["label"] or row["written"]
        entry = DocumentEntry(row["document"], row["title"], row["number"], region, row["code"])
        documents.setdefault(entry.iri, entry)
    return documents


def choose_documents(
    documents: Mapping[str, DocumentEntry], region: str
) -> dict[str, DocumentEntry]:
    """The documents of a region, by its name or code.

    Raises UnknownNameError where there is none, with the regions there are.
    """
    is_there = _make_filter(region, documents.values())
    return {iri: entry for iri, entry in documents.items() if is_there(entry)}


def _make_filter(
    region: str, known: Iterable[DocumentEntry]
) -> Callable[[DocumentEntry | BodyAnswer], bool]:
    """What tells whether a document or a body is of a region, by the region's code or name.

    Raises UnknownNameError where nothing of what is known is of that region.
    """
    codes = {region.strip(), *(found.code for found in regions.find_regions(region))} - {""}

    def is_there(entry: DocumentEntry | BodyAnswer) -> bool:
        return entry.region_code in codes or bool(entry.region and key(entry.region) == key(region))

    known = list(known)
    if not any(is_there(entry) for entry in known):
        raise UnknownNameError(region, _list_regions(known), what="region")
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
    titles: Sequence[Term] | None = None,
) -> list[ItemAnswer]:
    """The items of these documents, all or those of certain titles, without bodies and payers.

    They stand in the order of the documents and, in each, of the text.
    """
    values = _write_literals(titles) if titles is not None else _write_iris(documents)
    variable = "?title" if titles is not None else "?document"
    rows = _select_batches(
        graph,
        f"""
        SELECT ?item ?title ?kind ?no ?document ?domain ?audience ?standard ?funding ?lead
               ?quote ?start ?end WHERE {{
            VALUES {variable} {{ $values }}
            VALUES ?class {{ {" ".join(classes)} }}
            ?item dct:isPartOf ?document ; dct:title ?title ; a ?class .
            OPTIONAL {{ ?item pskg:kind ?kind }}
            OPTIONAL {{ ?item pskg:no ?no }}
            OPTIONAL {{ ?item pskg:domain ?domain }}
            OPTIONAL {{ ?item pskg:targetGroupText ?audience }}
            OPTIONAL {{ ?item pskg:standardText ?standard }}
            OPTIONAL {{ ?item pskg:fundingText ?funding }}
            OPTIONAL {{ ?item pskg:leadText ?lead }}
            OPTIONAL {{ ?item pskg:quote ?quote ; pskg:start ?start ; pskg:end ?end }}
        }}
        """,
        values,
    )
    items = {
        row["item"]: ItemAnswer(
            name=row["title"],
            kind=row["kind"],
            no=row["no"],
            match="exact",
            document=documents[row["document"]],
            domain=row["domain"],
            target_groups=row["audience"],
            standard=row["standard"],
            funding=row["funding"],
            lead=row["lead"],
            quote=row["quote"],
            start=_number(row["start"]),
            end=_number(row["end"]),
            iri=row["item"],
        )
        for row in rows
        if row["document"] in documents
    }
    return sorted(items.values(), key=lambda item: (item.document.iri, item.start, item.iri))


def add_parts(graph: Graph, items: Iterable[ItemAnswer]) -> list[ItemAnswer]:
    """The same items with their bodies and payers."""
    items = list(items)
    iris = _write_iris(item.iri for item in items)
    bodies: dict[str, list[BodyPart]] = {}
    for row in _select_batches(graph, _RESPONSIBILITIES.replace("?wanted", "?subject"), iris):
        part = BodyPart(
            name=row["name"],
            role=row["role"].removeprefix(_ROLES),
            function=label_concept(row["function"]),
            order=_number(row["order"]),
            deadline=row["deadline"],
            quote=row["quote"],
            start=_number(row["start"]),
            end=_number(row["end"]),
            body=row["body"],
            fact=row["fact"],
        )
        bodies.setdefault(row["subject"], []).append(part)
    payers: dict[str, list[PayerPart]] = {}
    for row in _select_batches(graph, _SHARES.replace("?wanted", "?subject"), iris):
        payer = PayerPart(
            name=row["name"],
            share=row["share"] or row["number"],
            basis=row["basis"],
            condition=row["condition"],
            split=_number(row["split"]),
            order=_number(row["order"]),
            quote=row["quote"],
            start=_number(row["start"]),
            end=_number(row["end"]),
            payer=row["payer"],
            fact=row["fact"],
        )
        payers.setdefault(row["subject"], []).append(payer)
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


def _list_titles(graph: Graph, classes: Sequence[str]) -> list[Term]:
    answer = graph.query(
        f"""
        SELECT DISTINCT ?title WHERE {{
            VALUES ?class {{ {" ".join(classes)} }}
            ?item a ?class ; dct:title ?title
        }} ORDER BY ?title
        """
    )
    return [row[0] for row in answer.rows if row[0] is not None]


def _find_titles(graph: Graph, classes: Sequence[str], wanted: str) -> list[Term]:
    """The titles that hold a name in its :func:`~pskg.vocabulary.key` form."""
    if not wanted:
        return []
    return [title for title in _list_titles(graph, classes) if wanted in key(title.value)]


def _match_items(items: Iterable[ItemAnswer], wanted: str) -> list[ItemAnswer]:
    """The items with the very name; for a document without one, those whose name holds it."""
    items = list(items)
    exact = [item for item in items if key(item.name) == wanted]
    settled = {item.document.iri for item in exact}
    part = [replace(item, match="part") for item in items if item.document.iri not in settled]
    return exact + part


def _near_titles(graph: Graph, name: str, documents: Mapping[str, DocumentEntry]) -> list[str]:
    """Names like this one: of items, or where the documents have none, of other subjects."""
    for classes in (_ITEM_CLASSES, _OTHER_CLASSES):
        near = _near(name, (item.name for item in get_items(graph, documents, classes=classes)))
        if near:
            return near
    return []


# Bodies

_RESPONSIBILITIES = """
    SELECT ?fact ?subject ?body ?name ?role ?order ?deadline ?document ?title ?kind ?no ?domain
           ?function ?quote ?start ?end WHERE {
        VALUES ?wanted { $values }
        ?fact pskg:subject ?subject ; pskg:body ?body ; pskg:role ?role .
        OPTIONAL { ?body org:classification ?function }
        OPTIONAL { ?fact pskg:bodyAsWritten ?name }
        OPTIONAL { ?fact pskg:order ?order }
        OPTIONAL { ?fact pskg:deadline ?deadline }
        OPTIONAL { ?fact dct:isPartOf ?document }
        OPTIONAL { ?fact pskg:quote ?quote ; pskg:start ?start ; pskg:end ?end }
        OPTIONAL { ?subject dct:title ?title }
        OPTIONAL { ?subject pskg:kind ?kind }
        OPTIONAL { ?subject pskg:no ?no }
        OPTIONAL { ?subject pskg:domain ?domain }
    }
"""

_SHARES = """
    SELECT ?fact ?subject ?payer ?name ?share ?number ?basis ?condition ?split ?order ?document
           ?title ?kind ?no ?quote ?start ?end WHERE {
        VALUES ?wanted { $values }
        ?fact pskg:fundingOf ?subject ; pskg:payer ?payer .
        OPTIONAL { ?fact pskg:payerAsWritten ?name }
        OPTIONAL { ?fact pskg:shareAsWritten ?share }
        OPTIONAL { ?fact pskg:share ?number }
        OPTIONAL { ?fact pskg:basis ?basis }
        OPTIONAL { ?fact pskg:condition ?condition }
        OPTIONAL { ?fact pskg:order ?order }
        OPTIONAL { ?whole pskg:hasShare ?fact . ?whole pskg:order ?split }
        OPTIONAL { ?fact dct:isPartOf ?document }
        OPTIONAL { ?fact pskg:quote ?quote ; pskg:start ?start ; pskg:end ?end }
        OPTIONAL { ?subject dct:title ?title }
        OPTIONAL { ?subject pskg:kind ?kind }
        OPTIONAL { ?subject pskg:no ?no }
    }
"""


def _list_names(graph: Graph) -> dict[str, list[str]]:
    """The names of each body and payer, as written and as labelled, by IRI."""
    names: dict[str, list[str]] = {}
    for row in select(
        graph,
        """
        SELECT DISTINCT ?body ?name WHERE {
            { ?body a pskg:Body ; pskg:nameAsWritten|rdfs:label|skos:altLabel ?name }
            UNION
            { ?share pskg:payer ?body ; pskg:payerAsWritten ?name }
        } ORDER BY ?body ?name
        """,
    ):
        known = names.setdefault(row["body"], [])
        if row["name"] not in known:
            known.append(row["name"])
    return names


def _match_bodies(graph: Graph, named: Mapping[str, Sequence[str]], name: str) -> dict[str, str]:
    """How each body or payer fits a name, those that fit wholly: by name, or by function."""
    wanted = key(name)
    vocabularies = vocabulary.load()
    found = {iri: "name" for iri, names in named.items() if wanted in map(key, names)}
    payer = vocabularies["payers"].find(name) if "payers" in vocabularies else None
    if payer and payer.iri in named:
        found[payer.iri] = "name"
    function = vocabularies["functions"].find(name) if "functions" in vocabularies else None
    if function:
        query = f"SELECT ?body WHERE {{ ?body org:classification <{function.iri}> ; a pskg:Body }}"
        for row in select(graph, query):
            found.setdefault(row["body"], "function")
    return found


def _has_part(names: Iterable[str], wanted: str) -> bool:
    return bool(wanted) and any(wanted in key(name) for name in names)


def _match_local(graph: Graph, named: Mapping[str, Sequence[str]], name: str) -> dict[str, str]:
    """The bodies of a name that begins with their region (陇南市财政局)."""
    plain = "".join(name.split())
    for region, start, end in regions.regions_in(plain[:20]):
        if start == 0 and end < len(plain):
            found = _match_bodies(graph, named, plain[end:])
            bodies = _describe_bodies(graph, found, named)
            return {body.iri: body.match for body in bodies if body.region_code == region.code}
    return {}


def _list_body_regions(graph: Graph) -> list[DocumentEntry]:
    """The regions that bodies belong to, each as if a document were of it."""
    rows = select(
        graph,
        """
        SELECT DISTINCT ?code ?label WHERE {
            ?body a pskg:Body ; dct:spatial ?region .
            ?region dct:identifier ?code ; rdfs:label ?label
        } ORDER BY ?code ?label
        """,
    )
    return [DocumentEntry("", "", "", row["label"], row["code"]) for row in rows]


def _describe_bodies(
    graph: Graph, found: Mapping[str, str], named: Mapping[str, Sequence[str]]
) -> list[BodyAnswer]:
    """What each body is, without what it does. ``found`` says how each was found."""
    rows = _select_batches(
        graph,
        """
        SELECT ?body ?label ?function ?collective ?region ?code WHERE {
            VALUES ?body { $values }
            OPTIONAL { ?body rdfs:label ?label }
            OPTIONAL { ?body org:classification ?function }
            OPTIONAL { ?body pskg:collective ?collective }
            OPTIONAL {
                ?body dct:spatial ?place .
                OPTIONAL { ?place rdfs:label ?region }
                OPTIONAL { ?place dct:identifier ?code }
            }
        } ORDER BY ?body ?label ?function ?collective ?region ?code
        """,
        _write_iris(found),
    )
    answers: dict[str, BodyAnswer] = {}
    for row in rows:
        iri = row["body"]
        label = label_concept(iri) if iri.startswith(CONCEPT) else row["label"]
        names = tuple(name for name in named.get(iri, ()) if name != label)
        answer = BodyAnswer(
            label=label or names[0],
            names=names,
            match=found[iri],
            function=label_concept(row["function"]),
            region=row["region"],
            region_code=row["code"],
            collective=row["collective"] in ("true", "1"),
            iri=iri,
        )
        answers.setdefault(iri, answer)
    return list(answers.values())


def _add_duties(
    graph: Graph, answers: Iterable[BodyAnswer], documents: Mapping[str, DocumentEntry]
) -> list[BodyAnswer]:
    """The same bodies with what they do and pay."""
    answers = list(answers)
    iris = _write_iris(answer.iri for answer in answers)
    nowhere = DocumentEntry("", "", "", "", "")
    duties: dict[str, list[Duty]] = {}
    for row in _select_batches(graph, _RESPONSIBILITIES.replace("?wanted", "?body"), iris):
        duty = Duty(
            role=row["role"].removeprefix(_ROLES),
            subject=row["title"],
            subject_kind=row["kind"],
            subject_no=row["no"],
            domain=row["domain"],
            name=row["name"],
            deadline=row["deadline"],
            document=documents.get(row["document"], nowhere),
            quote=row["quote"],
            start=_number(row["start"]),
            end=_number(row["end"]),
            subject_iri=row["subject"],
            fact=row["fact"],
        )
        duties.setdefault(row["body"], []).append(duty)
    payments: dict[str, list[Payment]] = {}
    for row in _select_batches(graph, _SHARES.replace("?wanted", "?payer"), iris):
        payment = Payment(
            subject=row["title"],
            subject_kind=row["kind"],
            subject_no=row["no"],
            name=row["name"],
            share=row["share"] or row["number"],
            basis=row["basis"],
            condition=row["condition"],
            document=documents.get(row["document"], nowhere),
            quote=row["quote"],
            start=_number(row["start"]),
            end=_number(row["end"]),
            subject_iri=row["subject"],
            fact=row["fact"],
        )
        payments.setdefault(row["payer"], []).append(payment)
    return [
        replace(
            answer,
            duties=tuple(sorted(duties.get(answer.iri, ()), key=_rank_part)),
            payments=tuple(sorted(payments.get(answer.iri, ()), key=_rank_part)),
        )
        for answer in answers
    ]


def _keep_region(
    answers: Iterable[BodyAnswer], is_there: Callable[[DocumentEntry | BodyAnswer], bool]
) -> list[BodyAnswer]:
    """The bodies of a region with all they do; of others, what the region's documents say."""
    kept: list[BodyAnswer] = []
    for answer in answers:
        if is_there(answer):
            kept.append(answer)
            continue
        duties = tuple(duty for duty in answer.duties if is_there(duty.document))
        payments = tuple(part for part in answer.payments if is_there(part.document))
        if duties or payments:
            kept.append(replace(answer, duties=duties, payments=payments))
    return kept


def _rank_part(part: Duty | Payment) -> tuple[str, int, str]:
    return part.document.iri, part.start, part.fact


def _rank_body(answer: BodyAnswer) -> tuple[int, str, str]:
    return ("name", "function", "part").index(answer.match), answer.region_code, answer.iri


# Asking


def select(graph: Graph, query: str) -> list[dict[str, str]]:
    """Ask a SELECT. Values are as written, blank where there is none."""
    return [
        {variable: value or "" for variable, value in record.items()}
        for record in graph.query(query).records()
    ]


def _select_batches(graph: Graph, query: str, values: Sequence[str]) -> list[dict[str, str]]:
    """Ask a query for many values, ``$values`` in its text, some at a time."""
    rows: list[dict[str, str]] = []
    for first in range(0, len(values), _BATCH):
        batch = " ".join(values[first : first + _BATCH])
        rows += select(graph, query.replace("$values", batch))
    return rows


def _write_iris(iris: Iterable[str]) -> list[str]:
    return [str(ox.NamedNode(iri)) for iri in iris]


def _write_literals(terms: Iterable[Term]) -> list[str]:
    return [str(ox.Literal(term.value, language=term.language)) for term in terms]


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
