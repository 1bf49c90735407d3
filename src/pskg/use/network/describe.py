"""What the nodes and edges of the network say: their attributes, read for some at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pskg.graph.names import CONCEPT
from pskg.use.lookup import label_concept
from pskg.use.network.disk import batched
from pskg.use.network.links import (
    BATCH,
    PART_OF,
    SPATIAL,
    TYPE,
    Link,
    View,
    expand,
    is_concept,
    number_iris,
)

__all__ = ["Describer", "EdgeData", "NodeData", "Scalar", "Statement", "Thing"]

Scalar = str | int | float | bool

#: A node with its attributes; source, target and key of an edge with its attributes.
NodeData = tuple[str, dict[str, Scalar]]
EdgeData = tuple[str, str, str, dict[str, Scalar]]

#: What is said of a thing: property, value, whether that is an IRI, the language of a text.
Statement = tuple[str, str, bool, str]

_LABELS = ("skos:prefLabel", "rdfs:label", "dct:title", "dct:description", "pskg:citedTitle")

#: Properties whose value becomes an attribute, by the attribute's name.
_TEXTS = {
    "number": "dct:identifier",
    "issued_on": "dct:issued",
    "source_file": "dct:source",
    "amount_as_written": "pskg:amountAsWritten",
    "basis": "pskg:basis",
    "beneficiary": "pskg:beneficiary",
    "body_as_written": "pskg:bodyAsWritten",
    "comparator": "pskg:comparator",
    "condition": "pskg:condition",
    "deadline": "pskg:deadline",
    "domain": "pskg:domain",
    "effect_status": "pskg:effectStatus",
    "exact": "oa:exact",
    "field": "pskg:field",
    "funding": "pskg:fundingText",
    "indicator_kind": "pskg:indicatorKind",
    "issuer": "pskg:issuerAsWritten",
    "kind": "pskg:kind",
    "lead": "pskg:leadText",
    "names": "pskg:nameAsWritten",
    "no": "pskg:no",
    "payer_as_written": "pskg:payerAsWritten",
    "published_on": "pskg:publishedOn",
    "quote": "pskg:quote",
    "region_level": "pskg:regionLevel",
    "relation": "pskg:relation",
    "section": "pskg:sectionTitle",
    "severity": "pskg:severity",
    "share_as_written": "pskg:shareAsWritten",
    "standard": "pskg:standardText",
    "target_groups": "pskg:targetGroupText",
    "unit": "pskg:unit",
    "value_as_written": "pskg:valueAsWritten",
}
_NUMBERS: dict[str, tuple[str, Callable[[str], Scalar]]] = {
    "amount": ("schema:value", float),
    "collective": ("pskg:collective", lambda text: text in ("true", "1")),
    "cumulative": ("pskg:cumulative", lambda text: text in ("true", "1")),
    "order": ("pskg:order", int),
    "period_end": ("pskg:periodEnd", int),
    "period_start": ("pskg:periodStart", int),
    "position": ("pskg:position", int),
    "quote_end": ("pskg:end", int),
    "quote_start": ("pskg:start", int),
    "selector_end": ("oa:end", int),
    "selector_start": ("oa:start", int),
    "share": ("pskg:share", float),
    "value": ("pskg:value", float),
    "year": ("pskg:year", int),
}

#: The types whose identifier is a number that documents print. Of other things it is the IRI.
_NUMBERED = frozenset({"PolicyDocument", "CitedDocument"})
_NEWS_TO_NOBODY = frozenset({"label", "number"})

#: How many documents and regions are remembered.
_PLACES = 5_000


@dataclass
class Thing:
    """What is known of one thing: its class, where it stands, and all in words and numbers."""

    type: str = ""
    wholes: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    attributes: dict[str, Scalar] = field(default_factory=dict)


class Describer:
    """Reads the attributes of the nodes and edges of one network."""

    def __init__(self, view: View) -> None:
        self._view = view
        wanted: dict[str, tuple[str, Callable[[str], Scalar]]] = {
            **{name: (iri, str) for name, iri in _TEXTS.items()},
            **_NUMBERS,
        }
        self._wanted = {
            expand(property_): (name, convert)
            for name, (property_, convert) in wanted.items()
            if name not in view.hidden
        }
        self._labels = {expand(name): rank for rank, name in enumerate(_LABELS)}
        #: The properties by which things are described.
        self.properties = tuple(
            dict.fromkeys((*self._wanted, *self._labels, TYPE, PART_OF, SPATIAL))
        )
        self._places: dict[str, Thing] = {}

    def nodes(self, iris: Iterable[str]) -> Iterator[NodeData]:
        """The nodes with their attributes, in the order given."""
        for batch in batched(iris, BATCH):
            things = self._read(batch)
            self.learn_places(things.values())
            for iri in batch:
                yield iri, self.describe(iri, things[iri])

    def edges(self, links: Iterable[Link]) -> Iterator[EdgeData]:
        """The edges with their attributes, in the order given."""
        for batch in batched(links, BATCH):
            facts = self._read({key for _, _, key, role in batch if key != role})
            self.learn_places(facts.values())
            for link in batch:
                yield *link[:3], self.describe_edge(link, facts.get(link[2]))

    def describe_edge(self, link: Link, fact: Thing | None) -> dict[str, Scalar]:
        """The attributes of an edge, in a fixed order; see :meth:`learn_places`."""
        _, _, key, role = link
        described: dict[str, Scalar] = {"role": role}
        if fact:
            described["fact"] = key
            document = self._document_of(fact)
            if document:
                described["document"] = document
            described.update(_sort(fact.attributes, _NEWS_TO_NOBODY))
        return described

    def describe(self, iri: str, thing: Thing) -> dict[str, Scalar]:
        """The attributes of a node, in a fixed order; see :meth:`learn_places`."""
        type_ = thing.type or ("Concept" if is_concept(iri) else "Thing")
        described: dict[str, Scalar] = {
            "label": thing.attributes.get("label") or label_concept(iri),
            "type": type_,
        }
        if is_concept(iri):
            described["scheme"] = iri.removeprefix(CONCEPT).partition("/")[0]
        document = self._document_of(thing)
        if document:
            described["document"] = document
        regions = thing.regions
        if not regions and document:
            regions = self._places[document].regions
        region = iri if type_ == "Region" else min(regions, default="")
        if region:
            about = thing if region == iri else self._places[region]
            described["region"] = about.attributes.get("label") or region
            if "number" in about.attributes:
                described["region_code"] = about.attributes["number"]
        hidden = {"label"} if type_ in _NUMBERED else _NEWS_TO_NOBODY
        return {**described, **_sort(thing.attributes, hidden)}

    def _document_of(self, thing: Thing) -> str:
        documents = {iri for iri in thing.wholes if self._places[iri].type == "PolicyDocument"}
        return min(documents, default="")

    def learn_places(
        self, things: Collection[Thing], known: Mapping[str, Thing] | None = None
    ) -> None:
        """Get to know what these are parts of, and the regions of all.

        Whatever is described must have gone through here. What is known of a place need not be
        asked.
        """
        if len(self._places) > _PLACES:
            self._places.clear()
        self._places.update(known or {})
        near = {iri for thing in things for iri in thing.wholes | thing.regions}
        self._places |= self._read(near - self._places.keys())
        far = {iri for place in near for iri in self._places[place].regions}
        self._places |= self._read(far - self._places.keys())

    def _read(self, iris: Iterable[str]) -> dict[str, Thing]:
        """What the graph says of these."""
        said: dict[str, list[Statement]] = {iri: [] for iri in iris}
        for iri, statement in self._ask(said):
            said[iri].append(statement)
        return {iri: self.conclude(statements) for iri, statements in said.items()}

    def conclude(self, statements: Iterable[Statement]) -> Thing:
        """What is known of a thing after all that is said of it, in any order and number.

        Several texts of one attribute are parted by a bar.
        """
        thing = Thing()
        classes: set[str] = set()
        labels: list[tuple[bool, int, str]] = []
        values: dict[str, set[Scalar]] = {}
        for property_, value, is_iri, language in statements:
            if is_iri:
                if property_ == TYPE:
                    classes.add(value)
                elif property_ == PART_OF:
                    thing.wholes.add(value)
                elif property_ == SPATIAL:
                    thing.regions.add(value)
            elif value:
                if property_ in self._labels:
                    # Chinese before what is foreign, then the best property.
                    is_foreign = not (language or "zh").lower().startswith("zh")
                    labels.append((is_foreign, self._labels[property_], value))
                if property_ in self._wanted:
                    attribute, convert = self._wanted[property_]
                    try:
                        converted = convert(value)
                    except ValueError:
                        continue
                    values.setdefault(attribute, set()).add(converted)
        thing.type = self._view.choose_type(classes)
        for attribute, found in values.items():
            thing.attributes[attribute] = (
                " | ".join(sorted(map(str, found))) if attribute in _TEXTS else min(found)
            )
        if labels:
            thing.attributes["label"] = min(labels)[2]
        return thing

    def _ask(self, iris: Iterable[str]) -> Iterator[tuple[str, Statement]]:
        """All that is wanted of some things: of what thing, and what is said."""
        for batch in batched(iris, BATCH):
            # Things and properties go by numbers: a store on disk has to look every IRI up that
            # it gives. The properties stand apart lest each be looked up for each thing.
            query = f"""
                SELECT ?thing ?property ?value WHERE {{
                    {{
                        SELECT ?thing ?predicate ?value WHERE {{
                            VALUES (?thing ?iri) {{ {number_iris(batch)} }} ?iri ?predicate ?value
                        }}
                    }}
                    VALUES (?property ?predicate) {{ {number_iris(self.properties)} }}
                }}
                """
            for thing, property_, value in self._view.graph.rows(query):
                if thing and property_ and value and value.kind != "blank":
                    iri, name = batch[int(thing.value)], self.properties[int(property_.value)]
                    is_iri = value.kind == "iri"
                    yield iri, (name, value.value, is_iri, value.language or "")


def _sort(attributes: dict[str, Scalar], hidden: Container[str]) -> dict[str, Scalar]:
    return {name: attributes[name] for name in sorted(attributes) if name not in hidden}
