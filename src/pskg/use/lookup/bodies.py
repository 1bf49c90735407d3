"""Bodies by name: all that they lead, answer for, help with, belong to and pay."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from pskg import regions, vocabulary
from pskg.graph.names import CONCEPT
from pskg.graph.store import Graph
from pskg.use.lookup.answers import BodyAnswer, DocumentEntry, Duty, Payment
from pskg.use.lookup.asking import (
    describe,
    find_facts,
    label_concept,
    names_with,
    read_number,
    read_property,
    read_role,
    read_share,
    select,
    select_batches,
    write_iris,
)
from pskg.use.lookup.documents import list_documents, make_filter, read_documents, read_regions
from pskg.use.lookup.unknown import NEAR, UnknownNameError, near_names
from pskg.vocabulary import key

__all__ = ["find_body"]

#: The words of a level that a body's name begins with.
_LEVEL = re.compile("[省市州盟县区旗].")

_PAYER_NAME = "?share pskg:payerAsWritten ?name ; pskg:payer ?body"

_NOWHERE = DocumentEntry("", "", "", "", "")


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
        is_there = make_filter(region, [*documents.values(), *_list_body_regions(graph)])
    answers = _add_duties(graph, bodies, documents, is_there)
    if answers:
        return sorted(answers, key=_rank_body)
    if found and region is not None:
        labels = dict.fromkeys(body.label for body in bodies)
        raise UnknownNameError(name, list(labels)[:NEAR], what="body", where=region)
    every = [written for names in _names_of_bodies(graph).values() for written in names]
    raise UnknownNameError(name, near_names(name, every), what="body")


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
        rows = select_batches(graph, query, values) if variable else select(graph, query)
        for row in rows:
            names.setdefault(row["body"], []).append(row["name"])
    return {iri: sorted(set(names[iri])) for iri in sorted(names)}


def _bodies_named(graph: Graph, wanted: str, *, whole: bool) -> list[str]:
    """The bodies and payers with this name in key form, or with a name that it is a part of."""

    def fits(name: str) -> bool:
        return key(name) == wanted if whole else wanted in key(name)

    if not wanted:
        return []
    known = names_with(graph, wanted)
    if known is None:
        return [iri for iri, names in _names_of_bodies(graph).items() if any(map(fits, names))]
    names = [str(ox.Literal(one.value)) for one in known if fits(one.value)]
    return list(_names_of_bodies(graph, "?name", names))


def _match_bodies(graph: Graph, name: str) -> dict[str, str]:
    """How each body or payer fits a name: by name, by function, or by succession."""
    found = dict.fromkeys(_bodies_named(graph, key(name), whole=True), "name")
    more: dict[str, str] = {}
    for row in select_batches(
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
    for row in select_batches(
        graph,
        """
        SELECT DISTINCT ?body ?function WHERE {
            VALUES ?function { $values } ?body org:classification ?function
        }
        """,
        write_iris(functions),
    ):
        more.setdefault(row["body"], functions[row["function"]])
    # Labels and functions are had by other things as well: a body or a payer has a name somewhere.
    acting = _names_of_bodies(graph, "?body", write_iris(more.keys() - found.keys()))
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
    places = read_regions(graph, (row["region"] for row in rows))
    return [DocumentEntry("", "", "", name, code) for name, code in places.values()]


def _describe_bodies(graph: Graph, found: Mapping[str, str]) -> list[BodyAnswer]:
    """What each body is, without what it does. ``found`` says how each was found."""
    iris = list(found)
    named = _names_of_bodies(graph, "?body", write_iris(iris))
    labels = read_property(graph, iris, "rdfs:label")
    functions = read_property(graph, iris, "pskg:mainFunction")
    collective = read_property(graph, iris, "pskg:collective")
    spatial = read_property(graph, iris, "dct:spatial")
    places = read_regions(graph, spatial.values())
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
                for fact, body, document in find_facts(graph, property_, iris)
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
            role=read_role(said),
            subject=subject.get("dct:title", ""),
            subject_kind=subject.get("pskg:kind", ""),
            subject_no=subject.get("pskg:no", ""),
            domain=subject.get("pskg:domain", ""),
            name=said.get("pskg:bodyAsWritten", ""),
            deadline=said.get("pskg:deadline", ""),
            document=known.get(said.get("dct:isPartOf", ""), _NOWHERE),
            quote=said.get("pskg:quote", ""),
            start=read_number(said.get("pskg:start", "")),
            end=read_number(said.get("pskg:end", "")),
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
            share=read_share(said),
            basis=said.get("pskg:basis", ""),
            condition=said.get("pskg:condition", ""),
            document=known.get(said.get("dct:isPartOf", ""), _NOWHERE),
            quote=said.get("pskg:quote", ""),
            start=read_number(said.get("pskg:start", "")),
            end=read_number(said.get("pskg:end", "")),
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
