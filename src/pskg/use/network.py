"""The graph as a network: for networkx, and for the programs that draw and measure networks.

:func:`to_network` makes nodes of things and edges of what they have to do with each other;
:func:`write_network` writes GraphML, GEXF or node-link JSON. In RDF a responsibility or a share
is a thing of its own with a body, a subject and a quote; in a network it is an edge from the body
to the subject that carries the quote. That is how it is folded unless one asks for all nodes.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from pskg.graph.dump import open_in_one_step
from pskg.graph.names import CONCEPT, ID, PREFIXES, shorten_iri
from pskg.graph.store import Graph
from pskg.use.lookup import choose_type, label_concept

__all__ = ["NETWORK_FORMATS", "to_network", "write_network"]

Scalar = str | int | float | bool

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
    pskg:guidedBy pskg:office pskg:subject skos:broader pskg:succeededBy
"""

#: Properties that say in one step what a fact says with its words.
_DIRECT = """
    pskg:leads pskg:responsibleFor pskg:cooperatesOn pskg:memberOf pskg:pays eli:based_on eli:cites
"""

#: What each kind of fact folds into: who, what, and the word that tells the edge's role.
_FOLDED = (
    "?fact pskg:body ?source ; pskg:subject ?target ; pskg:role ?word",
    "?fact pskg:payer ?source ; pskg:fundingOf ?target",
    "?fact pskg:citedDocument ?target ; dct:isPartOf ?source ; pskg:relation ?word",
    "?fact pskg:indicator ?target ; dct:isPartOf ?source ; pskg:indicatorKind ?word",
)
_FOLDED_ROLES = (
    {
        "lead": "leads",
        "responsible": "responsible_for",
        "cooperating": "cooperates_on",
        "member": "member_of",
    },
    {"": "pays"},
    {"implements": "based_on", "cites": "cites"},
    {"baseline": "states_indicator", "target": "states_indicator"},
)

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

#: Attributes of things that the folded network leaves out.
_ONLY_UNFOLDED = frozenset({"exact", "field", "selector_end", "selector_start", "severity"})

#: The types whose identifier is a number that documents print. Of other things it is the IRI.
_NUMBERED = frozenset({"PolicyDocument", "CitedDocument"})
_NEWS_TO_NOBODY = frozenset({"label", "number"})


def to_network(graph: Graph, *, fold: bool = True) -> nx.MultiDiGraph[str]:
    """The graph as a directed network with parallel edges.

    Nodes are the IRIs of things. Each has ``label`` and ``type`` (the local name of its class, or
    Concept) and, where they are known, ``document``, ``region``, ``region_code`` and what else
    the graph says of it in words and numbers (``no``, ``domain``, ``standard``, ``quote`` …).

    Edges have a ``role``, the name of the property in lower case: leads, responsible_for,
    cooperates_on, member_of, pays, in_domain, in_section, part_of, spatial, based_on, cites,
    follows, audience, concept, classification, sub_organization_of … Responsibilities, funding
    shares, citations and indicator values are edges: one for each fact, with the fact's IRI as
    the key and as ``fact``, and with what the fact says: ``share``, ``basis``, ``condition``,
    ``order``, ``quote``, ``quote_start`` … A figure is an edge ``states_indicator`` from the
    document to the indicator. All other edges have their role as the key. Findings, counts and
    the places in the text are left out.

    With ``fold=False`` every thing is a node, facts and places in the text too, and every
    property between two things is an edge.

    Attributes are strings, whole numbers, floats and truth values, never None. The order of nodes
    and edges depends on the graph's content alone. Raises GraphError where the graph cannot be
    asked.
    """
    with _collector_off():
        return _fold(graph) if fold else _unfold(graph)


def _fold(graph: Graph) -> nx.MultiDiGraph[str]:
    things = _read_things(graph, f"VALUES ?type {{ {_NODES} }}", hidden=_ONLY_UNFOLDED)
    edges = _Edges(things)
    plain = list(_read_triples(graph, f"VALUES ?property {{ {_PLAIN} }}"))
    things.place(plain)
    for pattern, roles in zip(_FOLDED, _FOLDED_ROLES, strict=True):
        for fact, source, target, word in _read_facts(graph, pattern):
            role = roles.get(word.rpartition("/")[2])
            if role:
                edges.add_fact(fact, source, target, role)
    for source, property_, target in _read_triples(graph, f"VALUES ?property {{ {_DIRECT} }}"):
        edges.add_direct(source, property_, target)
    for source, property_, target in plain:
        if property_ != _BROADER and source in things.types:
            edges.add(source, property_, target)
    edges.add_broader(
        (source, target) for source, property_, target in plain if property_ == _BROADER
    )
    return _make_network(things, edges.found)


def _unfold(graph: Graph) -> nx.MultiDiGraph[str]:
    things = _read_things(graph, f'FILTER(STRSTARTS(STR(?thing), "{ID}"))')
    about = f'STRSTARTS(STR(?source), "{ID}") || STRSTARTS(STR(?target), "{ID}")'
    triples = list(
        _read_triples(graph, f"FILTER(isIRI(?target) && ?property != rdf:type && ({about}))")
    )
    things.place(triples)
    edges = _Edges(things, closed=False)
    for source, property_, target in triples:
        edges.add(source, property_, target)
    return _make_network(things, edges.found)


# Reading

_BROADER = PREFIXES["skos"] + "broader"
_PART_OF = PREFIXES["dct"] + "isPartOf"
_SPATIAL = PREFIXES["dct"] + "spatial"


@dataclass
class _Things:
    """What is said of each thing in words and numbers. ``types`` holds those that are nodes."""

    types: dict[str, str]
    attributes: dict[str, dict[str, Scalar]]
    documents: dict[str, str] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)

    def place(self, triples: Iterable[tuple[str, str, str]]) -> None:
        """Learn from the edges what document and region each thing belongs to."""
        for source, property_, target in triples:
            if property_ == _SPATIAL:
                self.regions[source] = min(target, self.regions.get(source, target))
            elif property_ == _PART_OF and self.types.get(target) == "PolicyDocument":
                self.documents[source] = min(target, self.documents.get(source, target))

    def describe(self, iri: str) -> dict[str, Scalar]:
        """The attributes of a node, in a fixed order."""
        known = self.attributes.get(iri, {})
        is_concept = iri.startswith(CONCEPT)
        label = known.get("label") or label_concept(iri)
        described: dict[str, Scalar] = {
            "label": label,
            "type": self.types.get(iri) or ("Concept" if is_concept else "Thing"),
        }
        if is_concept:
            described["scheme"] = iri.removeprefix(CONCEPT).partition("/")[0]
        document = self.documents.get(iri)
        if document:
            described["document"] = document
        is_region = described["type"] == "Region"
        region = iri if is_region else self.regions.get(iri) or self.regions.get(document or "")
        if region:
            about = self.attributes.get(region, {})
            described["region"] = about.get("label") or region
            if "number" in about:
                described["region_code"] = about["number"]
        hidden = {"label"} if described["type"] in _NUMBERED else _NEWS_TO_NOBODY
        return {**described, **_sort(known, hidden)}


def _sort(attributes: dict[str, Scalar], hidden: Container[str]) -> dict[str, Scalar]:
    return {name: attributes[name] for name in sorted(attributes) if name not in hidden}


def _read_things(graph: Graph, restriction: str, hidden: Container[str] = ()) -> _Things:
    types: dict[str, set[str]] = {}
    for row in graph.query(f"SELECT ?thing ?type WHERE {{ {restriction} ?thing a ?type }}").rows:
        thing, type_ = row
        if thing and type_ and thing.kind == "iri":
            types.setdefault(thing.value, set()).add(type_.value)
    chosen = {iri: choose_type(classes) for iri, classes in types.items()}
    return _Things(chosen, _read_attributes(graph, hidden))


def _read_attributes(graph: Graph, hidden: Container[str]) -> dict[str, dict[str, Scalar]]:
    """The attributes of everything; several texts of one attribute are parted by a bar."""
    found: dict[str, dict[str, set[Scalar]]] = {}
    for attribute, convert, thing, value in _read_literals(graph, hidden):
        try:
            converted = convert(value)
        except ValueError:
            continue
        found.setdefault(thing, {}).setdefault(attribute, set()).add(converted)
    attributes: dict[str, dict[str, Scalar]] = {
        thing: {
            name: " | ".join(sorted(map(str, values))) if name in _TEXTS else min(values)
            for name, values in named.items()
        }
        for thing, named in found.items()
    }
    for thing, label in _read_labels(graph).items():
        attributes.setdefault(thing, {})["label"] = label
    return attributes


def _read_literals(
    graph: Graph, hidden: Container[str]
) -> Iterator[tuple[str, Callable[[str], Scalar], str, str]]:
    """Each value that becomes an attribute: the attribute, its type, the thing and the value."""
    wanted: dict[str, tuple[str, Callable[[str], Scalar]]] = {
        **{_expand(name): (attribute, str) for attribute, name in _TEXTS.items()},
        **{_expand(name): (attribute, type_) for attribute, (name, type_) in _NUMBERS.items()},
    }
    values = " ".join(f"<{iri}>" for iri, (name, _) in wanted.items() if name not in hidden)
    query = f"""
        SELECT ?thing ?property ?value WHERE {{
            VALUES ?property {{ {values} }} ?thing ?property ?value
        }}
        """
    for thing, property_, value in graph.query(query).rows:
        if thing and property_ and value and value.kind == "literal" and value.value:
            yield *wanted[property_.value], thing.value, value.value


def _read_labels(graph: Graph) -> dict[str, str]:
    """One name for each thing: the best property, in Chinese where there is a choice."""
    ranks = {_expand(name): rank for rank, name in enumerate(_LABELS)}
    query = f"""
        SELECT ?thing ?property ?label WHERE {{
            VALUES ?property {{ {" ".join(_LABELS)} }} ?thing ?property ?label
        }}
        """
    best: dict[str, tuple[bool, int, str]] = {}
    for thing, property_, label in graph.query(query).rows:
        if thing and property_ and label and label.kind == "literal" and label.value:
            is_foreign = not (label.language or "zh").lower().startswith("zh")
            candidate = (is_foreign, ranks[property_.value], label.value)
            best[thing.value] = min(candidate, best.get(thing.value, candidate))
    return {thing: label for thing, (_, _, label) in best.items()}


def _read_triples(graph: Graph, restriction: str) -> Iterator[tuple[str, str, str]]:
    """The triples between two IRIs."""
    query = f"SELECT ?source ?property ?target WHERE {{ {restriction} ?source ?property ?target }}"
    for source, property_, target in graph.query(query).rows:
        if source and property_ and target and source.kind == target.kind == "iri":
            yield source.value, property_.value, target.value


def _read_facts(graph: Graph, pattern: str) -> Iterator[tuple[str, str, str, str]]:
    """The facts of one pattern with their two ends, and the word for the role."""
    query = f"SELECT ?fact ?source ?target ?word WHERE {{ {pattern} }}"
    for fact, source, target, word in graph.query(query).rows:
        if fact and source and target:
            yield fact.value, source.value, target.value, word.value if word else ""


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _name_role(property_: str) -> str:
    """The role of an edge: the local name of its property, in lower case.

    >>> _name_role("https://w3id.org/pskg/ns#responsibleFor")
    'responsible_for'
    """
    if property_ == _PART_OF:
        return "part_of"
    local = shorten_iri(property_).partition(":")[2]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", local.rpartition("/")[2]).lower()


# Making

_Edge = tuple[str, str, str]


class _Edges:
    """Collects the edges of a network by source, target and key.

    A ``closed`` collection takes edges between its things and to concepts; an open one takes all.
    """

    def __init__(self, things: _Things, *, closed: bool = True) -> None:
        self.found: dict[_Edge, dict[str, Scalar]] = {}
        self._things = things
        self._closed = closed
        self._told: set[_Edge] = set()

    def _is_node(self, iri: str) -> bool:
        return not self._closed or iri in self._things.types or iri.startswith(CONCEPT)

    def add(self, source: str, property_: str, target: str) -> None:
        """Add an edge that its property alone describes."""
        if self._is_node(source) and self._is_node(target):
            role = _name_role(property_)
            self.found[source, target, role] = {"role": role}

    def add_direct(self, source: str, property_: str, target: str) -> None:
        """Add a direct edge, unless a fact has said the same already."""
        if (source, target, _name_role(property_)) not in self._told:
            self.add(source, property_, target)

    def add_fact(self, fact: str, source: str, target: str, role: str) -> None:
        """Add an edge for a fact, with what the fact says."""
        if not (self._is_node(source) and self._is_node(target)):
            return
        self._told.add((source, target, role))
        edge: dict[str, Scalar] = {"role": role, "fact": fact}
        document = self._things.documents.get(fact)
        if document:
            edge["document"] = document
        said = self._things.attributes.get(fact, {})
        edge.update(_sort(said, _NEWS_TO_NOBODY))
        self.found[source, target, fact] = edge

    def add_broader(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Add the broader concepts of those concepts that are nodes."""
        broader: dict[str, list[str]] = {}
        for source, target in pairs:
            broader.setdefault(source, []).append(target)
        waiting = [iri for edge in list(self.found) for iri in edge[:2] if iri.startswith(CONCEPT)]
        seen = set(waiting)
        while waiting:
            source = waiting.pop()
            for target in broader.get(source, ()):
                self.found[source, target, "broader"] = {"role": "broader"}
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)


def _drop_idle_regions(things: _Things, edges: dict[_Edge, dict[str, Scalar]]) -> None:
    """Leave out the regions that nothing is of, nor lies in: the graph describes the country."""
    regions = {iri for iri, type_ in things.types.items() if type_ == "Region"}
    above: dict[str, list[str]] = {}
    waiting: list[str] = []
    for source, target, _ in edges:
        if target in regions:
            if source in regions:
                above.setdefault(source, []).append(target)
            else:
                waiting.append(target)
    used: set[str] = set()
    while waiting:
        region = waiting.pop()
        if region not in used:
            used.add(region)
            waiting += above.get(region, ())
    idle = regions - used
    for edge in [edge for edge in edges if edge[0] in idle or edge[1] in idle]:
        del edges[edge]
    for iri in idle:
        del things.types[iri]


def _make_network(things: _Things, edges: dict[_Edge, dict[str, Scalar]]) -> nx.MultiDiGraph[str]:
    _drop_idle_regions(things, edges)
    ends = {end for source, target, _ in edges for end in (source, target)}
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_nodes_from((iri, things.describe(iri)) for iri in sorted(ends | set(things.types)))
    for source, target, key in sorted(edges):
        network.add_edge(source, target, key, **edges[source, target, key])
    return network


@contextmanager
def _collector_off() -> Iterator[None]:
    """Keep the garbage collector still: a million small dicts are made and none of them dies."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


# Writing

#: Characters that no XML file may hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_network(network: nx.MultiDiGraph[str], path: str | Path, format: str) -> None:
    """Write a network to a file: ``graphml``, ``gexf`` or ``json`` (node-link, as networkx reads).

    The same network gives the same bytes. Control characters that XML forbids are left out of
    GraphML and GEXF. The keys of edges are kept in an attribute, under which networkx finds them.

    Raises:
        ValueError: the format is none of these.
        GraphError: the file cannot be written.
    """
    if format not in NETWORK_FORMATS:
        raise ValueError(f"no network format '{format}'; there are {', '.join(NETWORK_FORMATS)}")
    with open_in_one_step(Path(path)) as file:
        out = TextIOWrapper(file, encoding="utf-8", newline="\n")
        NETWORK_FORMATS[format](network, out)
        out.flush()
        out.detach()


def _write_json(network: nx.MultiDiGraph[str], out: TextIO) -> None:
    def dump(thing: dict[str, Any]) -> str:
        return json.dumps(thing, ensure_ascii=False)

    out.write('{"directed": true, "multigraph": true, "graph": {},\n"nodes": [\n')
    out.write(",\n".join(dump({"id": node, **data}) for node, data in network.nodes(data=True)))
    out.write('\n],\n"edges": [\n')
    out.write(
        ",\n".join(
            dump({"source": source, "target": target, "key": key, **data})
            for source, target, key, data in network.edges(keys=True, data=True)
        )
    )
    out.write("\n]}\n")


def _write_graphml(network: nx.MultiDiGraph[str], out: TextIO) -> None:
    names = {bool: "boolean", int: "long", float: "double", str: "string"}
    nodes = _attribute_types(data for _, data in network.nodes(data=True))
    edges = {"key": str, **_attribute_types(data for *_, data in network.edges(data=True))}
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
        ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    )
    for kind, types in (("node", nodes), ("edge", edges)):
        for name, type_ in types.items():
            out.write(
                f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}"'
                f' attr.type="{names[type_]}"/>\n'
            )

    def write_data(kind: str, types: dict[str, type], data: dict[str, Any]) -> None:
        for name, value in data.items():
            text = escape(_format(value, types[name]), {"\r": "&#13;"})
            out.write(f'<data key="{kind}-{name}">{text}</data>')

    out.write('<graph edgedefault="directed">\n')
    for node, data in network.nodes(data=True):
        out.write(f"<node id={quoteattr(node)}>")
        write_data("node", nodes, data)
        out.write("</node>\n")
    for source, target, key, data in network.edges(keys=True, data=True):
        out.write(f"<edge source={quoteattr(source)} target={quoteattr(target)}>")
        write_data("edge", edges, {"key": key, **data})
        out.write("</edge>\n")
    out.write("</graph>\n</graphml>\n")


def _write_gexf(network: nx.MultiDiGraph[str], out: TextIO) -> None:
    names = {bool: "boolean", int: "long", float: "double", str: "string"}
    nodes = _attribute_types(data for _, data in network.nodes(data=True))
    edges = {"networkx_key": str, **_attribute_types(data for *_, data in network.edges(data=True))}
    nodes.pop("label", None)
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://www.gexf.net/1.2draft"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:schemaLocation="http://www.gexf.net/1.2draft'
        ' http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">\n'
        '<graph mode="static" defaultedgetype="directed">\n'
    )
    numbers: dict[str, dict[str, int]] = {"node": {}, "edge": {}}
    number = count()
    for kind, types in (("node", nodes), ("edge", edges)):
        out.write(f'<attributes class="{kind}" mode="static">\n')
        for name, type_ in types.items():
            numbers[kind][name] = next(number)
            out.write(
                f'<attribute id="{numbers[kind][name]}" title="{name}" type="{names[type_]}"/>\n'
            )
        out.write("</attributes>\n")

    def write_data(kind: str, types: dict[str, type], data: dict[str, Any]) -> None:
        out.write("<attvalues>")
        for name, value in data.items():
            text = quoteattr(_format(value, types[name]))
            out.write(f'<attvalue for="{numbers[kind][name]}" value={text}/>')
        out.write("</attvalues>")

    out.write("<nodes>\n")
    for node, data in network.nodes(data=True):
        label = quoteattr(_format(data.get("label") or node, str))
        out.write(f"<node id={quoteattr(node)} label={label}>")
        write_data("node", nodes, {name: data[name] for name in data if name != "label"})
        out.write("</node>\n")
    out.write("</nodes>\n<edges>\n")
    for place, (source, target, key, data) in enumerate(network.edges(keys=True, data=True)):
        role = quoteattr(_format(data.get("role") or key, str))
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        out.write(f'<edge id="{place}" {ends} label={role}>')
        write_data("edge", edges, {"networkx_key": key, **data})
        out.write("</edge>\n")
    out.write("</edges>\n</graph>\n</gexf>\n")


def _attribute_types(every: Iterable[dict[str, Any]]) -> dict[str, type]:
    """The type of each attribute: the one its values have, the wider of two kinds of number."""
    found: dict[str, set[type]] = {}
    for data in every:
        for name, value in data.items():
            found.setdefault(name, set()).add(type(value))
    return {
        name: next(iter(types)) if len(types) == 1 else float if types == {int, float} else str
        for name, types in sorted(found.items())
    }


def _format(value: Scalar, type_: type) -> str:
    if type_ is bool:
        return "true" if value else "false"
    return _NOT_XML.sub("", str(type_(value)))


#: The formats by name.
NETWORK_FORMATS: dict[str, Callable[[nx.MultiDiGraph[str], TextIO], None]] = {
    "graphml": _write_graphml,
    "gexf": _write_gexf,
    "json": _write_json,
}
