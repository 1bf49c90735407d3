"""Draw the model from the ontology as a Mermaid diagram: classes and what links them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

ROOT = Path(__file__).parents[1]
NS = "https://w3id.org/pskg/ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
BEGIN, END = "<!-- model: made by docs/make_diagram.py -->", "<!-- end of model -->"

#: What the picture shows: the classes a reader meets first. The ontology holds them all.
SHOWN = (
    "Subject", "DomainEntry", "ServiceItem", "Undertaking", "Task", "Measure", "Mechanism",
    "Division", "Target", "Coordination", "Body", "Responsibility", "FundingSplit",
    "FundingShare", "Indicator", "IndicatorValue", "Region", "Citation", "CitedDocument",
)  # fmt: skip


def read_ontology() -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Labels of the classes; (domain, property, range) of object properties, and subclasses.

    A subclass is a link whose property is blank.
    """
    about: dict[str, dict[str, list[object]]] = {}
    for quad in ox.parse(path=str(ROOT / "ontology" / "pskg.ttl")):
        if isinstance(quad.subject, ox.NamedNode):
            values = about.setdefault(quad.subject.value, {})
            values.setdefault(quad.predicate.value, []).append(quad.object)
    labels: dict[str, str] = {}
    links: list[tuple[str, str, str]] = []
    for iri, values in sorted(about.items()):
        types = {type_.value for type_ in values.get(ox_type(), ())}
        name = iri.removeprefix(NS)
        if OWL + "Class" in types and iri.startswith(NS):
            found = values.get(RDFS + "label", ())
            labels[name] = " / ".join(
                label.value for label in sorted(found, key=lambda label: label.language != "zh")
            )
            links += [
                (name, "", above.value.removeprefix(NS))
                for above in values.get(RDFS + "subClassOf", ())
                if isinstance(above, ox.NamedNode)
            ]
        if OWL + "ObjectProperty" in types:
            for domain in values.get(RDFS + "domain", ()):
                for range_ in values.get(RDFS + "range", ()):
                    if isinstance(domain, ox.NamedNode) and isinstance(range_, ox.NamedNode):
                        links.append(
                            (domain.value.removeprefix(NS), name, range_.value.removeprefix(NS))
                        )
    return labels, links


def ox_type() -> str:
    return "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def draw() -> str:
    labels, links = read_ontology()
    unknown = [name for name in SHOWN if name not in labels]
    if unknown:
        raise SystemExit(f"the ontology has no class {', '.join(unknown)}")
    lines = ["```mermaid", "flowchart LR"]
    lines += [f'    {name}["{labels[name]}"]' for name in SHOWN]
    lines += [
        f"    {domain} -- {name} --> {range_}" if name else f"    {domain} -. is a .-> {range_}"
        for domain, name, range_ in links
        if domain in SHOWN and range_ in SHOWN
    ]
    return "\n".join([*lines, "```"])
