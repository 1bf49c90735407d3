"""What the nodes and edges of the network say: their attributes, read for some at a time."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field

from pskg.graph.names import CONCEPT, PREFIXES
from pskg.use.lookup import label_concept
from pskg.use.network.disk import batched
from pskg.use.network.links import (
    BATCH,
    PART_OF,
    SPATIAL,
    Link,
    View,
    expand,
    is_concept,
    number_iris,
)

__all__ = ["Describer", "EdgeData", "NodeData", "Scalar"]

Scalar = str | int | float | bool

#: A node with its attributes; source, target and key of an edge with its attributes.
NodeData = tuple[str, dict[str, Scalar]]
EdgeData = tuple[str, str, str, dict[str, Scalar]]

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

_TYPE = PREFIXES["rdf"] + "type"

#: How many documents and regions are remembered.
_PLACES = 5_000


@dataclass
class _Thing:
    """What is said of one thing: its class, where it stands, and all in words and numbers."""

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
        self._places: dict[str, _Thing] = {}

    def nodes(self, iris: Iterable[str]) -> Iterator[NodeData]:
        """The nodes with their attributes, in the order given."""
        for batch in batched(iris, BATCH):
            things = self._read(batch)
            self._learn_places(things)
            for iri in batch:
                yield iri, self._describe(iri, things[iri])

    def edges(self, links: Iterable[Link]) -> Iterator[EdgeData]:
        """The edges with their attributes, in the order given."""
        for batch in batched(links, BATCH):
            facts = self._read({key for _, _, key, role in batch if key != role})
            self._learn_places(facts)
            for source, target, key, role in batch:
                edge: dict[str, Scalar] = {"role": role}
                if key != role:
                    edge["fact"] = key
                    document = self._document_of(facts[key])
                    if document:
                        edge["document"] = document
                    edge.update(_sort(facts[key].attributes, _NEWS_TO_NOBODY))
                yield source, target, key, edge

    def _describe(self, iri: str, thing: _Thing) -> dict[str, Scalar]:
        """The attributes of a node, in a fixed order."""
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

    def _document_of(self, thing: _Thing) -> str:
        documents = {iri for iri in thing.wholes if self._places[iri].type == "PolicyDocument"}
        return min(documents, default="")

    def _learn_places(self, things: dict[str, _Thing]) -> None:
        """Get to know what these are parts of, and the regions of all."""
        if len(self._places) > _PLACES:
            self._places.clear()
        near = {iri for thing in things.values() for iri in thing.wholes | thing.regions}
        self._places |= self._read(near - self._places.keys())
        far = {iri for place in near for iri in self._places[place].regions}
        self._places |= self._read(far - self._places.keys())

    def _read(self, iris: Iterable[str]) -> dict[str, _Thing]:
        """What is said of these; several texts of one attribute are parted by a bar."""
        things = {iri: _Thing() for iri in iris}
        classes: dict[str, set[str]] = {}
        labels: dict[str, tuple[bool, int, str]] = {}
        values: dict[str, dict[str, set[Scalar]]] = {}
        for iri, property_, value, is_iri, language in self._ask(things):
            thing = things[iri]
            if is_iri:
                if property_ == _TYPE:
                    classes.setdefault(iri, set()).add(value)
                elif property_ == PART_OF:
                    thing.wholes.add(value)
                elif property_ == SPATIAL:
                    thing.regions.add(value)
            elif value:
                if property_ in self._labels:
                    # Chinese before what is foreign, then the best property.
                    is_foreign = not (language or "zh").lower().startswith("zh")
                    label = (is_foreign, self._labels[property_], value)
                    labels[iri] = min(label, labels.get(iri, label))
                if property_ in self._wanted:
                    attribute, convert = self._wanted[property_]
                    try:
                        converted = convert(value)
                    except ValueError:
                        continue
                    values.setdefault(iri, {}).setdefault(attribute, set()).add(converted)
        for iri, thing in things.items():
            thing.type = self._view.choose_type(classes.get(iri, ()))
            for attribute, found in values.get(iri, {}).items():
                is_text = attribute in _TEXTS
                thing.attributes[attribute] = (
                    " | ".join(sorted(map(str, found))) if is_text else min(found)
                )
            if iri in labels:
                thing.attributes["label"] = labels[iri][2]
        return things

    def _ask(self, iris: Iterable[str]) -> Iterator[tuple[str, str, str, bool, str | None]]:
        """All that is wanted of some things: thing, property, value, is it an IRI, language."""
        properties = list(dict.fromkeys((*self._wanted, *self._labels, _TYPE, PART_OF, SPATIAL)))
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
                    VALUES (?property ?predicate) {{ {number_iris(properties)} }}
                }}
                """
            for thing, property_, value in self._view.graph.rows(query):
                if thing and property_ and value and value.kind != "blank":
                    is_iri = value.kind == "iri"
                    iri, name = batch[int(thing.value)], properties[int(property_.value)]
                    yield iri, name, value.value, is_iri, value.language


def _sort(attributes: dict[str, Scalar], hidden: Container[str]) -> dict[str, Scalar]:
    return {name: attributes[name] for name in sorted(attributes) if name not in hidden}
