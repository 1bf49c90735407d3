"""Plant violations in the documents of a build, and hold the engines of SHACL against each other.

What is planted is taken from the shapes that must hold: for a shape and one of its constraints, a
node that it looks at is changed so that the constraint is broken. Which, depends on the seed and on
the document alone. Both engines then look at the same triples, and every result must be the same:
severity, shape, messages, focus, path and value. Each planted violation must be among them.

    python benchmarks/corpus.py --count 100 --seed 11 --out /tmp/corpus
    pskg build /tmp/corpus/documents --out /tmp/build
    python benchmarks/violations.py /tmp/build --seed 3
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF, RDFS, SH

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src")]

from pskg.graph.names import term  # noqa: E402
from pskg.graph.store import open_graph  # noqa: E402
from pskg.resources import resource_folder  # noqa: E402
from pskg.use.validate import Engine, Result  # noqa: E402
from pskg.use.validate.portions import split_graph  # noqa: E402
from pskg.use.validate.shapes import Shapes  # noqa: E402

PURPOSES = ("must-hold", "should-hold", "completeness", "cpsv-ap")
_SHAPE = "https://w3id.org/pskg/shapes/"
_TYPE = term("rdf:type")
_PART = term("dct:isPartOf")


@dataclass(frozen=True)
class Rule:
    """One constraint of a shape: what it looks at, by which component, with what value."""

    shape: str
    target: str
    path: str
    component: str
    value: str


@dataclass(frozen=True)
class Planted:
    """A violation that was planted: the shape that must tell, and about which node or value."""

    shape: str
    component: str
    node: str

    def is_told_by(self, results: Iterator[Result] | Sequence[Result]) -> bool:
        return any(
            one.shape == self.shape and self.node in (one.focus, one.value) for one in results
        )


# What breaks a constraint


def _literal(value: str, datatype: str = "xsd:string") -> ox.Literal:
    return ox.Literal(value, datatype=term(datatype))


#: Values that are not of a datatype, or are no value of it, or only nearly one.
_ODD = (
    _literal("x"),
    _literal(""),
    _literal("1"),
    ox.Literal("一", language="zh"),
    _literal("x", "xsd:integer"),
    _literal("1.5", "xsd:integer"),
    _literal("1.5", "xsd:double"),
    _literal("2015-02-30", "xsd:date"),
    _literal("2015", "xsd:date"),
    _literal("yes", "xsd:boolean"),
    _literal("1,5", "xsd:decimal"),
    ox.NamedNode("https://example.org/a"),
)
_Values = list[ox.NamedNode | ox.Literal]


def _odd(rule: Rule, rng: random.Random, old: _Values) -> _Values:
    """One value that is not of the datatype."""
    valid = {
        "integer": (), "decimal": (), "boolean": (), "gYear": (), "date": (),
        "string": ("x", "", "1"),
    }.get(rule.value.rpartition("#")[2], ())  # fmt: skip
    plain = term("xsd:string")
    options = [
        one
        for one in _ODD
        if not (isinstance(one, ox.Literal) and one.datatype == plain and one.value in valid)
    ]
    return [rng.choice(options)]


def _another(rule: Rule, rng: random.Random, old: _Values) -> _Values:
    """One value more than there may be."""
    first = old[0] if old else _literal("甲")
    more: ox.NamedNode | ox.Literal
    if isinstance(first, ox.NamedNode):
        more = ox.NamedNode(first.value + "/b")
    elif first.language:
        more = ox.Literal(first.value + "乙", language=first.language)
    else:
        more = ox.Literal(f"{first.value}1", datatype=first.datatype)
    return [first, more]


#: How a node's values of a path become wrong, by the component that must tell.
PLANTERS: dict[str, Callable[[Rule, random.Random, _Values], _Values]] = {
    "minCount": lambda rule, rng, old: [],
    "maxCount": lambda rule, rng, old: [*_another(rule, rng, old), *old[1:]],
    "datatype": _odd,
    "nodeKind": lambda rule, rng, old: [*old[1:], rng.choice(_ODD[:6])],
    "minLength": lambda rule, rng, old: [*old[1:], _literal("")],
    "in": lambda rule, rng, old: [*old[1:], rng.choice((*_ODD[:4], _ODD[-1]))],
    "pattern": lambda rule, rng, old: [*old[1:], rng.choice((*_ODD[:4], _ODD[-1]))],
    "minInclusive": lambda rule, rng, old: [
        rng.choice((_literal("-1", "xsd:integer"), _literal("-0.5", "xsd:decimal"), *_ODD[:5]))
    ],
    "maxInclusive": lambda rule, rng, old: [
        rng.choice((_literal("7", "xsd:integer"), _literal("100.001", "xsd:decimal"), *_ODD[:5]))
    ],
}


def list_rules() -> list[Rule]:
    """The constraints that must hold of a property, in an order that does not change."""
    shapes = rdflib.Graph().parse(resource_folder("ontology") / "shapes" / "must-hold.ttl")
    found = [
        Rule(str(shape), str(target), str(path), component, str(shapes.value(shape, SH[component])))
        for shape in shapes.subjects(RDF.type, SH.PropertyShape)
        for target in shapes.objects(shape, SH.targetClass)
        for path in shapes.objects(shape, SH.path)
        for component in PLANTERS
        if (shape, SH[component], None) in shapes
    ]
    return sorted(found, key=lambda rule: (rule.shape, rule.target, rule.component))


# Rules over more than one property. Each takes a node with these classes and properties.


def _figures(*pairs: tuple[str, ox.Literal]) -> dict[str, ox.Literal]:
    return {term(name).value: value for name, value in pairs}


_PSKG = "https://w3id.org/pskg/ns#"
_NODE_RULES: tuple[tuple[str, str, dict[str, ox.Literal]], ...] = (
    ("fact-quote-length", f"{_PSKG}Responsibility", _figures(("pskg:quote", _literal("太长了")),
        ("pskg:start", _literal("5", "xsd:integer")), ("pskg:end", _literal("7", "xsd:integer")))),
    ("fact-start-before-end", f"{_PSKG}Fact", _figures(
        ("pskg:start", _literal("7", "xsd:integer")), ("pskg:end", _literal("7", "xsd:integer")))),
    ("age-band-order", f"{_PSKG}AgeBand", _figures(
        ("pskg:minAge", _literal("9", "xsd:integer")),
        ("pskg:maxAge", _literal("8", "xsd:integer")))),
    ("document-days-order", f"{_PSKG}PolicyDocument", _figures(
        ("eli:first_date_entry_in_force", _literal("2016-01-02", "xsd:date")),
        ("eli:date_no_longer_in_force", _literal("2016-01-01", "xsd:date")))),
    ("document-period", f"{_PSKG}PolicyDocument", _figures(
        ("pskg:periodStart", _literal("2020", "xsd:gYear")),
        ("pskg:periodEnd", _literal("2016", "xsd:gYear")))),
    ("indicator-disputed", f"{_PSKG}IndicatorValue", _figures(
        ("pskg:disputed", _literal("true", "xsd:boolean")),
        ("pskg:value", _literal("0.730", "xsd:decimal")))),
    ("indicator-rate", f"{_PSKG}IndicatorValue", _figures(
        ("rdfs:label", _literal("入园率")), ("pskg:unit", _literal("%")),
        ("pskg:value", _literal("985", "xsd:decimal")))),
    ("indicator-rate", f"{_PSKG}IndicatorValue", _figures(
        ("rdfs:label", _literal("覆盖")), ("pskg:unit", _literal("％")),
        ("pskg:value", _literal("-0.10", "xsd:decimal")))),
)  # fmt: skip


class Planter:
    """A document's triples, to be damaged."""

    def __init__(self, triples: Sequence[ox.Triple], rng: random.Random) -> None:
        self._rng = rng
        self._triples = set(triples)
        above: dict[str, set[str]] = {}
        for one in triples:
            if one.predicate.value == str(RDFS.subClassOf):
                above.setdefault(one.object.value, set()).add(one.subject.value)
        self._below = above
        self._nodes: dict[str, list[ox.NamedNode]] = {}
        self._by_subject: dict[object, set[ox.Triple]] = {}
        for one in sorted(self._triples, key=str):
            self._by_subject.setdefault(one.subject, set()).add(one)
            if one.predicate == _TYPE and isinstance(one.subject, ox.NamedNode):
                self._nodes.setdefault(one.object.value, []).append(one.subject)
        self._touched: set[ox.NamedNode] = set()

    @property
    def triples(self) -> list[ox.Triple]:
        return sorted(self._triples, key=str)

    def plant(self, rules: Sequence[Rule], count: int) -> list[Planted]:
        """As many violations as asked for, no two of one node."""
        planted = []
        for _ in range(count):
            if self._rng.random() < 0.1:
                shape, target, values = self._rng.choice(_NODE_RULES)
                node = self._pick(target)
                if node is not None:
                    for path, value in values.items():
                        self._set(node, path, [value])
                    planted.append(Planted(_SHAPE + shape, "several", node.value))
                continue
            rule = self._rng.choice(rules)
            node = self._pick(rule.target)
            if node is None:
                continue
            values_now = PLANTERS[rule.component](rule, self._rng, self._values(node, rule.path))
            self._set(node, rule.path, values_now)
            planted.append(Planted(rule.shape, rule.component, node.value))
        return planted

    def _pick(self, target: str) -> ox.NamedNode | None:
        classes, left = {target}, [target]
        while left:
            new = self._below.get(left.pop(), set()) - classes
            classes |= new
            left += new
        options = sorted(
            {node for name in classes for node in self._nodes.get(name, ())} - self._touched,
            key=str,
        )
        if not options:
            return None
        node = self._rng.choice(options)
        self._touched.add(node)
        return node

    def _values(self, node: ox.NamedNode, path: str) -> _Values:
        return sorted(
            (one.object for one in self._by_subject[node] if one.predicate.value == path), key=str
        )

    def _set(self, node: ox.NamedNode, path: str, values: _Values) -> None:
        predicate = ox.NamedNode(path)
        old = {one for one in self._by_subject[node] if one.predicate == predicate}
        new = {ox.Triple(node, predicate, value) for value in values}
        self._triples = (self._triples - old) | new
        self._by_subject[node] = (self._by_subject[node] - old) | new


# The engines side by side


class TimedShapes(Shapes):
    """Shapes that tell how long the engine took, with handing it the triples."""

    seconds = 0.0

    def _report(self, triples: Sequence[ox.Triple]) -> rdflib.Graph:
        began = time.process_time()
        try:
            return super()._report(triples)
        finally:
            self.seconds += time.process_time() - began


@dataclass(frozen=True)
class Comparison:
    """A document looked at by both engines."""

    results: int
    planted: tuple[Planted, ...]
    missed: tuple[Planted, ...]
    only: dict[Engine, list[Result]]


def compare(
    document: str,
    triples: Sequence[ox.Triple],
    engines: dict[Engine, Shapes],
    rules: Sequence[Rule],
    *,
    seed: int,
    count: int,
) -> Comparison:
    """Plant violations in a document, and what the engines say of it."""
    planter = Planter(triples, random.Random(f"{seed}/{document}"))
    planted = planter.plant(rules, count)
    damaged = planter.triples
    found = {name: set(shapes.check(document, damaged)) for name, shapes in engines.items()}
    judge = found[Engine.PYSHACL]
    missed = [one for one in planted if not one.is_told_by(list(judge))]
    only = {
        Engine.PYSHACL: sorted(judge - found[Engine.SHACL], key=str),
        Engine.SHACL: sorted(found[Engine.SHACL] - judge, key=str),
    }
    return Comparison(len(judge), tuple(planted), tuple(missed), only)


def load_engines() -> dict[Engine, TimedShapes]:
    return {engine: TimedShapes(None, PURPOSES, engine) for engine in Engine}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graph", metavar="DIR|FILE", help="a build, or a file of RDF")
    parser.add_argument("--seed", type=int, default=3, help="another seed, other violations")
    parser.add_argument("--count", type=int, default=40, help="how many to plant in a document")
    parser.add_argument("--documents", type=int, help="stop after as many documents")
    options = parser.parse_args(arguments)
    # What is planted is ill-typed on purpose: rdflib would tell of each.
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore", UserWarning)
    engines, rules = load_engines(), list_rules()
    documents = results = different = triples_seen = 0
    planted: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for document, triples in split_graph(open_graph(options.graph)):
        if not document or documents == options.documents:
            break
        one = compare(document, triples, engines, rules, seed=options.seed, count=options.count)
        documents += 1
        results += one.results
        triples_seen += len(triples)
        planted.update(violation.component for violation in one.planted)
        missed.update(violation.component for violation in one.missed)
        for violation in one.missed:
            print(f"missed\t{violation.shape}\t{violation.component}\t{violation.node}", flush=True)
        for engine, alone in one.only.items():
            different += len(alone)
            for result in alone:
                print(f"only {engine}\t{result}", flush=True)
        if documents % 50 == 0:
            print(f"{documents} documents, {different} results differ", file=sys.stderr)
    told = ", ".join(f"{number} {name}" for name, number in sorted(planted.items()))
    print(f"{documents} documents, {triples_seen} triples, {planted.total()} planted ({told})")
    print(f"{results} results, {different} of one engine only, {missed.total()} planted not found")
    slow, fast = (engines[name].seconds for name in (Engine.PYSHACL, Engine.SHACL))
    print(f"processor time: pyshacl {slow:.2f} s, shacl {fast:.2f} s, ratio {slow / fast:.0f}")
    return 1 if different or missed else 0


if __name__ == "__main__":
    sys.exit(main())
