"""What is joined to what: the edges of the network without what they say.

The whole network is known to nobody here. Two views of a graph, :class:`Folded` and
:class:`Unfolded`, tell the links that touch certain things, by look-ups, or all of them one after
the other. They also tell those of statements that are in memory: some of a large build's.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby, product
from typing import ClassVar

import pyoxigraph as ox

from pskg.graph.names import CONCEPT, ID, PREFIXES, shorten_iri
from pskg.graph.store import Graph
from pskg.use.lookup import choose_type
from pskg.use.network.disk import batched

__all__ = [
    "BATCH",
    "BROADER",
    "PART_OF",
    "SPATIAL",
    "TYPE",
    "Folded",
    "Joined",
    "Link",
    "Unfolded",
    "View",
    "document_of",
    "expand",
    "is_concept",
    "number_iris",
    "write_iris",
]

#: How many IRIs one query is given: servers refuse very long ones.
BATCH = 500

#: An edge: source, target, key and role. The key is the role, or the IRI of the fact it tells.
Link = tuple[str, str, str, str]

#: What becomes a node of the folded network, beside the concepts that these are linked to.
_NODES = """
    pskg:PolicyDocument pskg:CitedDocument pskg:Region pskg:Section pskg:ServiceItem pskg:Task
    pskg:Measure pskg:Mechanism pskg:Division pskg:Target pskg:DomainEntry pskg:Coordination
    pskg:Body pskg:Payer pskg:Indicator pskg:Amount pskg:Standard pskg:TargetGroup
"""

#: Properties between two nodes.
_PLAIN = """
    cpsv:follows cv:thematicArea dct:audience dct:isPartOf dct:publisher dct:spatial
    org:changedBy org:classification org:hasMember org:subOrganizationOf
    pskg:bodyKind pskg:canonicalItem pskg:concept pskg:inDomain pskg:inSection
    pskg:guidedBy pskg:office pskg:subject pskg:succeededBy
"""

#: Properties that say in one step what a fact says with its words: those of a body or payer,
#: which may have very many, and those of a document.
_DUTIES = "pskg:leads pskg:responsibleFor pskg:cooperatesOn pskg:memberOf pskg:pays"
_CITING = "eli:based_on eli:cites"

#: What each kind of fact folds into: who, what, and the word that tells the edge's role.
_OF_SUBJECTS = {
    "?fact pskg:body ?source ; pskg:subject ?target ; pskg:role ?word": {
        "lead": "leads",
        "responsible": "responsible_for",
        "cooperating": "cooperates_on",
        "member": "member_of",
    },
    "?fact pskg:payer ?source ; pskg:fundingOf ?target": {"": "pays"},
}
_OF_DOCUMENTS = {
    "?fact pskg:citedDocument ?target ; dct:isPartOf ?source ; pskg:relation ?word": {
        "implements": "based_on",
        "cites": "cites",
    },
    "?fact pskg:indicator ?target ; dct:isPartOf ?source ; pskg:indicatorKind ?word": {
        "baseline": "states_indicator",
        "target": "states_indicator",
    },
}

_IN_DOMAIN = "FILTER(?property IN (cv:thematicArea, pskg:concept))"

#: A document that others cite and that is itself in the graph.
_RESOLVED = """
    ?source owl:sameAs+ ?target . ?source a pskg:CitedDocument . ?target a pskg:PolicyDocument
"""

_SAME_AS = "same_as"
BROADER = "broader"

#: What is joined in some statements: by property the things, and what each has by it.
Joined = Mapping[str, Mapping[str, Collection[str]]]
_REGION = "Region"
_DOCUMENT = f"{ID}document/"


def expand(name: str) -> str:
    """The IRI of a prefixed name of this package."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def write_iris(iris: Iterable[str]) -> str:
    """IRIs as the values of a query. What is none, and so in no graph, is left out."""
    written: list[str] = []
    for iri in iris:
        with suppress(ValueError):
            written.append(str(ox.NamedNode(iri)))
    return " ".join(written)


def number_iris(iris: Iterable[str]) -> str:
    """IRIs as the values of a query, each behind its place in the list.

    >>> number_iris(["https://example.org/a", "https://example.org/b"])
    '(0 <https://example.org/a>) (1 <https://example.org/b>)'
    """
    return " ".join(f"({place} {ox.NamedNode(iri)})" for place, iri in enumerate(iris))


TYPE = expand("rdf:type")
PART_OF = expand("dct:isPartOf")
SPATIAL = expand("dct:spatial")


def _name_role(property_: str) -> str:
    """The role of an edge: the local name of its property, in lower case.

    >>> _name_role("https://w3id.org/pskg/ns#responsibleFor")
    'responsible_for'
    """
    if property_ == PART_OF:
        return "part_of"
    local = shorten_iri(property_).partition(":")[2]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", local.rpartition("/")[2]).lower()


def _read_pattern(pattern: str) -> dict[str, str]:
    """The property by which a fact has each variable of its pattern.

    >>> _read_pattern("?fact pskg:payer ?source ; pskg:fundingOf ?target")["target"]
    'https://w3id.org/pskg/ns#fundingOf'
    """
    return {
        name: expand(property_) for property_, name in re.findall(r"(\w+:\w+) \?(\w+)", pattern)
    }


_ROLES_OF_NODES = frozenset(_name_role(expand(name)) for name in _PLAIN.split())
_ROLES_OF_FACTS = frozenset(_name_role(expand(name)) for name in f"{_DUTIES} {_CITING}".split())


def is_concept(iri: str) -> bool:
    """Whether this is the IRI of a concept of a vocabulary."""
    return iri.startswith(CONCEPT)


def document_of(iri: str) -> str:
    """The document that a thing is of, by its IRI; blank for what documents share.

    >>> document_of(f"{ID}document/621200/longzhengfa-2018-45/task/1").removeprefix(ID)
    'document/621200/longzhengfa-2018-45'
    >>> document_of(f"{ID}region/621200")
    ''
    """
    if not iri.startswith(_DOCUMENT):
        return ""
    return _DOCUMENT + "/".join(iri.removeprefix(_DOCUMENT).split("/", 2)[:2])


class View(ABC):
    """A graph seen as a network."""

    #: Names of attributes that this network leaves out.
    hidden: frozenset[str] = frozenset()

    #: Properties whose value is the word that tells the role of a fact.
    words: frozenset[str] = frozenset()

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    @abstractmethod
    def typed(self) -> Iterator[str]:
        """Everything that is a node by its class, be it linked or not; some more than once."""

    @abstractmethod
    def every(self) -> Iterator[Link]:
        """Every link that there may be, in no order; some more than once, some not settled."""

    @abstractmethod
    def settle(self, links: Iterable[Link]) -> Iterator[Link]:
        """Those of the links that are edges, in order.

        ``links`` are sorted, each once, and hold all or none of those between two things.
        """

    @abstractmethod
    def is_joined(self, property_: str) -> bool:
        """Whether what has this property is wanted by the methods that are given joined things."""

    @abstractmethod
    def typed_in(self, joined: Joined) -> set[str]:
        """The same as :meth:`typed` of statements that are in memory, each once."""

    @abstractmethod
    def links_in(self, joined: Joined) -> Iterator[Link]:
        """The same as :meth:`every` of statements that are in memory, without :meth:`across`."""

    @abstractmethod
    def across(self) -> Iterator[Link]:
        """Those of :meth:`every` that only several documents together tell. They are edges."""

    @abstractmethod
    def drop_told(self, links: Iterable[Link]) -> Iterator[Link]:
        """Those of the links that :meth:`settle` may keep, whatever their ends are."""

    @abstractmethod
    def is_edge(self, link: Link, is_typed: Callable[[str], bool]) -> bool:
        """Whether such a link is an edge, which depends on what is a node by its class."""

    @abstractmethod
    def leading(self, iris: Iterable[str], *, up: bool = False) -> Iterator[Link]:
        """The links from these things; with ``up`` only those that tell what they belong to."""

    @abstractmethod
    def reaching(self, iris: Iterable[str]) -> Iterator[Link]:
        """The links to these things."""

    @abstractmethod
    def among(self, iris: Collection[str]) -> Iterator[Link]:
        """All the links between two of these things and more, read where there are few."""

    @abstractmethod
    def is_node(self, iri: str, type_: str) -> bool:
        """Whether a thing of a type is a node even if nothing is linked to it."""

    @abstractmethod
    def figures(self, concepts: Iterable[str]) -> Iterator[Link]:
        """The links that tell figures of these domains, where they are not nodes."""

    @abstractmethod
    def choose_type(self, classes: Iterable[str]) -> str:
        """What to call a thing of these classes; blank where it is no node by its class."""

    def touching(self, iris: Collection[str]) -> list[Link]:
        """The edges from and to these things."""
        return list(self.settle(sorted({*self.leading(iris), *self.reaching(iris)})))

    def regions(self) -> frozenset[str]:
        """The regions, which are nodes only where something is of them or lies in them."""
        found = {iri for (iri,) in self._ask("?region a pskg:Region", "region")}
        return frozenset(iri for iri, type_ in self.types(found).items() if type_ == _REGION)

    def steps_up(self, links: Iterable[Link]) -> set[Link]:
        """The links to a broader concept, and those from a region to another.

        That there is such a link does not make a node of its source, only of its target.
        """
        links = set(links)
        shared = {link for link in links if not (document_of(link[0]) or document_of(link[1]))}
        types = self.types({end for link in shared for end in link[:2]})
        return {
            link
            for link in shared
            if link[3] == BROADER or types.get(link[0]) == types.get(link[1]) == _REGION
        }

    def has(self, iri: str) -> bool:
        """Whether a thing is a node of the whole network.

        A concept is one where anything is linked to it but a narrower concept, or where a
        narrower one is a node; a region in the same way with those that lie in it.
        """
        type_ = self.types([iri]).get(iri, "")
        if type_ != _REGION and self.is_node(iri, type_):
            return True
        waiting = {iri}
        seen: set[str] = set()
        while waiting:
            seen |= waiting
            links = self.touching(waiting)
            steps = self.steps_up(links)
            if any(link not in steps for link in links):
                return True
            waiting = {source for source, target, _, _ in steps if target in waiting} - seen
        return False

    def types(self, iris: Iterable[str]) -> dict[str, str]:
        """What each of these is called that is a node by its class."""
        classes: dict[str, set[str]] = {}
        for batch in batched(iris, BATCH):
            for thing, type_ in self._ask("?thing a ?type", "thing type", "thing", batch):
                classes.setdefault(thing, set()).add(type_)
        named = {iri: self.choose_type(found) for iri, found in classes.items()}
        return {iri: name for iri, name in named.items() if name}

    def in_domains(self, concepts: Iterable[str]) -> Iterator[str]:
        """What stands in these domains."""
        for (thing,) in self._ask(
            f"?thing ?property ?concept {_IN_DOMAIN}", "thing", "concept", concepts
        ):
            yield thing

    def used_domains(self, concepts: Iterable[str]) -> Iterator[str]:
        """Those of these domains in which anything stands."""
        pattern = f"FILTER EXISTS {{ ?thing ?property ?concept {_IN_DOMAIN} }}"
        for (concept,) in self._ask(pattern, "concept", "concept", concepts):
            yield concept

    def _ask(
        self, pattern: str, names: str, side: str = "", iris: Iterable[str] = ()
    ) -> Iterator[tuple[str, ...]]:
        """The solutions of a pattern; with a ``side`` those in which it is one of some things.

        Left out are those with what is no IRI; only a ``word`` may be one or none.
        """
        variables = [f"?{name}" for name in names.split()]
        free = names.split().index("word") if "word" in names else None
        if not side:
            patterns: Iterable[str] = (pattern,)
        else:
            patterns = (
                f"VALUES ?{side} {{ {write_iris(batch)} }} {pattern}"
                for batch in batched(iris, BATCH)
            )
        for asked in patterns:
            for row in self.graph.rows(f"SELECT {' '.join(variables)} WHERE {{ {asked} }}"):
                if all(
                    place == free or (term and term.kind == "iri") for place, term in enumerate(row)
                ):
                    yield tuple(term.value if term else "" for term in row)


class Folded(View):
    """Things as nodes; a fact that joins two things is an edge."""

    hidden = frozenset({"exact", "field", "selector_end", "selector_start", "severity"})

    _classes = frozenset(expand(name) for name in _NODES.split())
    _direct: ClassVar = {
        expand(name): _name_role(expand(name)) for name in f"{_PLAIN} {_DUTIES} {_CITING}".split()
    }
    _facts_of = tuple(
        (_read_pattern(pattern), roles) for pattern, roles in (_OF_SUBJECTS | _OF_DOCUMENTS).items()
    )
    words = frozenset(properties["word"] for properties, _ in _facts_of if "word" in properties)
    _joined = frozenset(
        (
            *_direct,
            *(property_ for properties, _ in _facts_of for property_ in properties.values()),
            TYPE,
        )
    )

    def typed(self) -> Iterator[str]:
        """See :meth:`View.typed`."""
        for (thing,) in self._ask(f"VALUES ?type {{ {_NODES} }} ?thing a ?type", "thing"):
            yield thing

    def choose_type(self, classes: Iterable[str]) -> str:
        """See :meth:`View.choose_type`."""
        return choose_type(self._classes.intersection(classes))

    def figures(self, concepts: Iterable[str]) -> Iterator[Link]:
        """See :meth:`View.figures`."""
        patterns = {
            f"{pattern} ; pskg:concept ?concept": roles
            for pattern, roles in _OF_DOCUMENTS.items()
            if "pskg:indicator " in pattern
        }
        return self._facts(patterns, "concept", concepts)

    def is_node(self, iri: str, type_: str) -> bool:
        """See :meth:`View.is_node`."""
        return bool(type_)

    def every(self) -> Iterator[Link]:
        """See :meth:`View.every`. Without those to broader concepts."""
        yield from self._triples(f"{_PLAIN} {_DUTIES} {_CITING}")
        yield from self._facts(_OF_SUBJECTS | _OF_DOCUMENTS)
        yield from self.across()

    def leading(self, iris: Iterable[str], *, up: bool = False) -> Iterator[Link]:
        """See :meth:`View.leading`."""
        iris = list(iris)
        properties = f"{_PLAIN} skos:broader"
        if not up:
            properties += f" {_DUTIES} {_CITING}"
            yield from self._facts(_OF_SUBJECTS | _OF_DOCUMENTS, "source", iris)
            yield from self._resolved("source", iris)
        yield from self._triples(properties, "source", iris)

    def reaching(self, iris: Iterable[str]) -> Iterator[Link]:
        """See :meth:`View.reaching`."""
        iris = list(iris)
        yield from self._triples(f"{_PLAIN} {_DUTIES} {_CITING} skos:broader", "target", iris)
        yield from self._facts(_OF_SUBJECTS | _OF_DOCUMENTS, "target", iris)
        yield from self._resolved("target", iris)

    def among(self, iris: Collection[str]) -> Iterator[Link]:
        """See :meth:`View.among`.

        A payer may pay for all of a country, and an item has few payers: what is done for
        subjects is read from their side. So is what documents state and cite by facts: a
        document has thousands. All else is read from the side of the source.
        """
        yield from self._triples(f"{_PLAIN} {_CITING} skos:broader", "source", iris)
        yield from self._triples(_DUTIES, "target", iris)
        yield from self._facts(_OF_SUBJECTS | _OF_DOCUMENTS, "target", iris)
        yield from self._resolved("source", iris)

    def settle(self, links: Iterable[Link]) -> Iterator[Link]:
        """See :meth:`View.settle`.

        Both ends are nodes by their class, or concepts. What a fact has said is not said again
        by a direct property.
        """
        for batch in batched(self.drop_told(links), 10 * BATCH):
            types = self.types({end for link in batch for end in link[:2]})
            yield from (link for link in batch if self.is_edge(link, types.__contains__))

    def drop_told(self, links: Iterable[Link]) -> Iterator[Link]:
        """See :meth:`View.drop_told`. No direct property of which a fact tells the same."""
        for _, group in groupby(links, key=lambda link: link[:2]):
            parallel = list(group)
            told = {role for _, _, key, role in parallel if key != role} & _ROLES_OF_FACTS
            for link in parallel:
                if link[2] != link[3] or link[3] not in told:
                    yield link

    def is_edge(self, link: Link, is_typed: Callable[[str], bool]) -> bool:
        """See :meth:`View.is_edge`."""
        source, target, _, role = link
        if role == BROADER:
            return is_concept(source) and is_concept(target)
        from_node = is_typed(source) or (role not in _ROLES_OF_NODES and is_concept(source))
        return from_node and (is_typed(target) or is_concept(target))

    def is_joined(self, property_: str) -> bool:
        """See :meth:`View.is_joined`."""
        return property_ in self._joined

    def typed_in(self, joined: Joined) -> set[str]:
        """See :meth:`View.typed_in`."""
        return {
            thing
            for thing, classes in joined.get(TYPE, {}).items()
            if not self._classes.isdisjoint(classes)
        }

    def links_in(self, joined: Joined) -> Iterator[Link]:
        """See :meth:`View.links_in`."""
        for property_, role in self._direct.items():
            for source, targets in joined.get(property_, {}).items():
                for target in targets:
                    yield source, target, role, role
        for properties, roles in self._facts_of:
            sources, facts = (joined.get(properties[name], {}) for name in ("source", "target"))
            words = joined.get(properties.get("word", ""), {})
            for fact, targets in facts.items():
                said = words.get(fact, ()) if "word" in properties else ("",)
                for source, target, word in product(sources.get(fact, ()), targets, said):
                    role = roles.get(word.rpartition("/")[2], "")
                    if role:
                        yield source, target, fact, role

    def across(self) -> Iterator[Link]:
        """See :meth:`View.across`. Cited documents that are themselves in the graph."""
        return self._resolved()

    def _triples(self, properties: str, side: str = "", iris: Iterable[str] = ()) -> Iterator[Link]:
        if side:
            # Engines look up each pair of a thing and a property where both are given as values.
            restriction = f"FILTER(?property IN ({', '.join(properties.split())}))"
        else:
            restriction = f"VALUES ?property {{ {properties} }}"
        pattern = f"?source ?property ?target {restriction}"
        roles: dict[str, str] = {}
        for source, property_, target in self._ask(pattern, "source property target", side, iris):
            role = roles.get(property_) or roles.setdefault(property_, _name_role(property_))
            yield source, target, role, role

    def _facts(
        self, patterns: dict[str, dict[str, str]], side: str = "", iris: Iterable[str] = ()
    ) -> Iterator[Link]:
        for pattern, roles in patterns.items():
            for fact, source, target, word in self._ask(
                pattern, "fact source target word", side, iris
            ):
                role = roles.get(word.rpartition("/")[2])
                if role:
                    yield source, target, fact, role

    def _resolved(self, side: str = "", iris: Iterable[str] = ()) -> Iterator[Link]:
        for source, target in self._ask(_RESOLVED, "source target", side, iris):
            yield source, target, _SAME_AS, _SAME_AS


class Unfolded(View):
    """Every thing as a node, every property between two things as an edge."""

    _pattern = "?source ?property ?target FILTER(isIRI(?target) && ?property != rdf:type)"

    def typed(self) -> Iterator[str]:
        """See :meth:`View.typed`."""
        pattern = f'?thing a ?type FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), "{ID}"))'
        for (thing,) in self._ask(pattern, "thing"):
            yield thing

    def choose_type(self, classes: Iterable[str]) -> str:
        """See :meth:`View.choose_type`."""
        return choose_type(classes)

    def figures(self, concepts: Iterable[str]) -> Iterator[Link]:
        """See :meth:`View.figures`. None: they are nodes."""
        return iter(())

    def is_node(self, iri: str, type_: str) -> bool:
        """See :meth:`View.is_node`."""
        return bool(type_) and iri.startswith(ID)

    def every(self) -> Iterator[Link]:
        """See :meth:`View.every`."""
        about = f'STRSTARTS(STR(?source), "{ID}") || STRSTARTS(STR(?target), "{ID}")'
        return self._links(f"{self._pattern} FILTER({about})")

    def leading(self, iris: Iterable[str], *, up: bool = False) -> Iterator[Link]:
        """See :meth:`View.leading`."""
        shared = f'FILTER(!STRSTARTS(STR(?target), "{_DOCUMENT}"))' if up else ""
        return self._links(f"{self._pattern} {shared}", "source", iris)

    def reaching(self, iris: Iterable[str]) -> Iterator[Link]:
        """See :meth:`View.reaching`."""
        return self._links(self._pattern, "target", iris)

    def among(self, iris: Collection[str]) -> Iterator[Link]:
        """See :meth:`View.among`."""
        return self._links(self._pattern, "source", iris)

    def settle(self, links: Iterable[Link]) -> Iterator[Link]:
        """See :meth:`View.settle`. All are edges."""
        return iter(links)

    def drop_told(self, links: Iterable[Link]) -> Iterator[Link]:
        """See :meth:`View.drop_told`. All."""
        return iter(links)

    def is_edge(self, link: Link, is_typed: Callable[[str], bool]) -> bool:
        """See :meth:`View.is_edge`. All are."""
        return True

    def is_joined(self, property_: str) -> bool:
        """See :meth:`View.is_joined`. All are."""
        return True

    def typed_in(self, joined: Joined) -> set[str]:
        """See :meth:`View.typed_in`."""
        return {thing for thing in joined.get(TYPE, {}) if thing.startswith(ID)}

    def across(self) -> Iterator[Link]:
        """See :meth:`View.across`. None."""
        return iter(())

    def links_in(self, joined: Joined) -> Iterator[Link]:
        """See :meth:`View.links_in`."""
        for property_, things in joined.items():
            if property_ != TYPE:
                role = _name_role(property_)
                for source, targets in things.items():
                    for target in targets:
                        if source.startswith(ID) or target.startswith(ID):
                            yield source, target, role, role

    def _links(self, pattern: str, side: str = "", iris: Iterable[str] = ()) -> Iterator[Link]:
        roles: dict[str, str] = {}
        for source, property_, target in self._ask(pattern, "source property target", side, iris):
            if source.startswith(ID) or target.startswith(ID):
                role = roles.get(property_) or roles.setdefault(property_, _name_role(property_))
                yield source, target, role, role
