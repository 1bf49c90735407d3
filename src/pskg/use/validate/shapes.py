"""Shapes and the engines that evaluate them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from pskg.graph.names import PREFIXES
from pskg.graph.store import Graph, GraphError
from pskg.resources import resource_folder
from pskg.use.validate.report import SEVERITIES, Engine, Result, ResultSeverity

if TYPE_CHECKING:
    import rdflib

__all__ = ["ACROSS", "DEFAULT_PURPOSES", "Shapes"]

#: The files of shapes that are used unless others are asked for.
DEFAULT_PURPOSES = ("must-hold", "should-hold", "completeness")

#: The file of shapes that only several documents together can break.
ACROSS = "across-documents"

_SH = PREFIXES["sh"]


class Shapes:
    """The shapes, read once, with their messages."""

    def __init__(self, folder: Path | None, purposes: Sequence[str] | None, engine: Engine) -> None:
        import rdflib

        if folder is None:
            folder = resource_folder("ontology") / "shapes"
            purposes = DEFAULT_PURPOSES if purposes is None else purposes
        paths = sorted(folder.glob("*.ttl"))
        if purposes is not None:
            known = {path.stem: path for path in paths}
            for purpose in purposes:
                if purpose not in known:
                    raise GraphError(
                        f"there are no shapes named '{purpose}'",
                        str(folder),
                        f"choose from {', '.join(known)}",
                    )
            paths = [known[purpose] for purpose in dict.fromkeys(purposes)]
        if not paths:
            raise GraphError(
                "there are no shapes", str(folder), "give a folder with .ttl files of shapes"
            )
        self._where = str(folder)
        self._graph = rdflib.Graph(bind_namespaces="none")
        for path in paths:
            try:
                # By pyoxigraph, whose messages tell where a file is wrong.
                quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
                self._graph += _to_rdflib(quad.triple for quad in quads)
            except (SyntaxError, OSError) as error:
                raise GraphError(f"is not Turtle ({error})", str(path), "correct it") from error

        self._queries = _take_queries(self._graph)
        self._mentioned = _list_mentioned(self._graph)
        self.used: set[Engine] = set()
        self._fast: Callable[[str], str] | None = None
        if engine is Engine.SHACL:
            self._graph = _name_shapes(self._graph)
            self._fast = self._compile()

    def _compile(self) -> Callable[[str], str]:
        """The fast engine with these shapes: from N-Triples to a report in N-Triples."""
        import shacl

        try:
            shapes = shacl.Shapes.from_text(self._graph.serialize(format="nt"), "ntriples")
        except ValueError as error:
            raise self._unusable(str(error)) from error
        return lambda data: shapes.validate_text(data, "ntriples").serialize("ntriples")

    def check(self, document: str, triples: Sequence[ox.Triple]) -> Iterator[Result]:
        """What these shapes do not allow in some triples."""
        from rdflib import RDF
        from rdflib.namespace import SH

        store = ox.Store()
        store.extend(ox.Quad(one.subject, one.predicate, one.object) for one in triples)
        for query in self._queries:
            try:
                rows = list(query.ask(store))
            except (SyntaxError, ValueError, RuntimeError, OSError) as error:
                raise GraphError(
                    f"its SPARQL cannot be asked ({error})", str(query.shape), "correct it"
                ) from error
            for focus, row in rows:
                yield self._query_result(query, focus, row, document)
        if self._mentioned is not None:
            triples = [one for one in triples if one.predicate.value in self._mentioned]
        report = self._report(triples)
        for node in report.subjects(RDF.type, SH.ValidationResult):
            yield self._result(report, node, document)

    def check_whole(self, graph: Graph) -> Iterator[Result]:
        """What the queries of these shapes find in a whole graph, of whatever document."""
        for query in self._queries:
            answer = graph.query(query.select)
            for row in answer.records():
                bound = {name: value for name, value in row.items() if value is not None}
                yield self._query_result(query, bound.pop("this"), bound, "")

    def _report(self, triples: Sequence[ox.Triple]) -> rdflib.Graph:
        """The report of an engine on some triples."""
        import pyshacl
        import rdflib

        if self._fast is not None and not any(map(_has_blank, triples)):
            self.used.add(Engine.SHACL)
            data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            try:
                found = self._fast(data.decode())
            except ValueError as error:
                raise self._unusable(str(error)) from error
            quads = ox.parse(found, format=ox.RdfFormat.N_TRIPLES)
            return _to_rdflib(quad.triple for quad in quads)
        self.used.add(Engine.PYSHACL)
        try:
            _, report, text = pyshacl.validate(
                _to_rdflib(triples), shacl_graph=self._graph, inplace=True
            )
        except Exception as error:  # pyshacl lets any error of rdflib through
            raise self._unusable(str(error)) from error
        if not isinstance(report, rdflib.Graph):
            raise self._unusable(text)
        return report

    def _unusable(self, what: str) -> GraphError:
        return GraphError(
            f"these shapes cannot be used ({' '.join(what.split())[:200]})",
            self._where,
            "correct them",
        )

    def _query_result(
        self, query: _Query, focus: str, row: Mapping[str, str], document: str
    ) -> Result:
        english, chinese = self._messages(query.node) or self._messages(query.shape) or ("", "")
        filled = {**row, "this": focus}
        return Result(
            severity=SEVERITIES.get(query.severity, ResultSeverity.VIOLATION),
            shape=str(query.shape),
            message=_fill(english, filled),
            message_zh=_fill(chinese, filled),
            focus=focus,
            path=row.get("path", query.path),
            value=row.get("value", focus),
            document=document,
        )

    def _result(self, report: rdflib.Graph, node: rdflib.term.Node, document: str) -> Result:
        from rdflib import URIRef
        from rdflib.namespace import SH

        shape = report.value(node, SH.sourceShape)
        carrier = report.value(node, SH.sourceConstraint) or shape
        severity = str(report.value(node, SH.resultSeverity)).removeprefix(_SH)
        path = report.value(node, SH.resultPath)
        value = report.value(node, SH.value)
        english, chinese = self._messages(carrier) or self._messages(shape) or ("", "")
        given = sorted(map(str, report.objects(node, SH.resultMessage)))
        return Result(
            severity=SEVERITIES.get(severity, ResultSeverity.VIOLATION),
            shape=str(shape),
            message=english or "; ".join(given),
            message_zh=chinese,
            focus=str(report.value(node, SH.focusNode)),
            path=str(path) if isinstance(path, URIRef) else "",
            value="" if value is None else str(value),
            document=document,
        )

    def _messages(self, node: rdflib.term.Node | None) -> tuple[str, str] | None:
        from rdflib import Literal
        from rdflib.namespace import SH

        found = {
            (message.language or "en").lower(): str(message)
            for message in self._graph.objects(node, SH.message)
            if isinstance(message, Literal)
        }
        return (found.get("en", ""), found.get("zh", "")) if found else None


@dataclass(frozen=True, slots=True)
class _Query:
    """A SPARQL constraint that is not left to pyshacl.

    pyshacl hands it to rdflib, which parses it anew for every node: that takes a hundred times as
    long as everything else.
    """

    node: rdflib.term.Node
    shape: rdflib.term.Node
    severity: str
    path: str
    targets: str
    select: str

    def ask(self, store: ox.Store) -> Iterator[tuple[str, dict[str, str]]]:
        """The nodes that are not allowed, each with the row that says so."""
        nodes = store.query(f"SELECT DISTINCT ?this WHERE {{ {self.targets} }}", prefixes=PREFIXES)
        this = ox.Variable("this")
        for (focus,) in list(cast(ox.QuerySolutions, nodes)):
            rows = store.query(self.select, substitutions={this: focus})
            names = [variable.value for variable in cast(ox.QuerySolutions, rows).variables]
            for row in cast(ox.QuerySolutions, rows):
                bound = zip(names, row, strict=True)
                yield _text(focus), {name: _text(value) for name, value in bound if value}


def _take_queries(shapes: rdflib.Graph) -> list[_Query]:
    """The SPARQL constraints that can be asked here, taken out of the shapes.

    Those of a shape that has targets of its own and is no part of another; the rest stays with
    pyshacl.
    """
    from rdflib import RDF, RDFS, URIRef
    from rdflib.namespace import SH

    taken: list[_Query] = []
    for shape, node in sorted(shapes.subject_objects(SH.sparql)):
        targets = _targets(shapes, shape)
        select = shapes.value(node, SH.select)
        path = shapes.value(shape, SH.path)
        if (
            not targets
            or select is None
            or shapes.value(shape, SH.target)
            or any(shapes.value(one, SH.deactivated) for one in (shape, node))
            or (None, None, shape) in shapes
            or (shape, RDF.type, RDFS.Class) in shapes
            or shapes.value(node, SH.prefixes) is not None
            or re.search(r"[$?](?:PATH|shapesGraph|currentShape)\b", str(select))
        ):
            continue
        severity = str(shapes.value(shape, SH.severity) or SH.Violation).removeprefix(_SH)
        taken.append(
            _Query(
                node=node,
                shape=shape,
                severity=severity,
                path=str(path) if isinstance(path, URIRef) else "",
                targets=targets,
                select=str(select),
            )
        )
    for query in taken:
        shapes.remove((query.shape, SH.sparql, query.node))
    return taken


def _has_blank(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)


def _name_shapes(shapes: rdflib.Graph) -> rdflib.Graph:
    """The same shapes, with IRIs for those without: a report must tell which of them it means.

    Blank nodes that are no shapes (paths, lists) have to stay what they are.
    """
    from rdflib import BNode, Graph, URIRef
    from rdflib.namespace import SH

    holders = (SH.property, SH.node, SH.sparql)
    names: dict[rdflib.term.Node, rdflib.term.Node] = {
        node: URIRef(f"urn:pskg:shape:{node}")
        for property_ in holders
        for node in shapes.objects(None, property_)
        if isinstance(node, BNode)
    }
    named = Graph(bind_namespaces="none")
    for subject, predicate, object_ in shapes:
        named.add((names.get(subject, subject), predicate, names.get(object_, object_)))
    return named


def _targets(shapes: rdflib.Graph, shape: rdflib.term.Node) -> str:
    """The nodes that a shape looks at, as a SPARQL pattern of ?this; blank where it says none."""
    from rdflib.namespace import SH

    patterns = {
        SH.targetNode: "BIND({0} AS ?this)",
        SH.targetClass: "?this rdf:type/rdfs:subClassOf* {0}",
        SH.targetSubjectsOf: "?this {0} ?other",
        SH.targetObjectsOf: "?other {0} ?this",
    }
    return " UNION ".join(
        f"{{ {pattern.format(target.n3())} }}"
        for property_, pattern in patterns.items()
        for target in sorted(shapes.objects(shape, property_), key=str)
    )


def _list_mentioned(shapes: rdflib.Graph) -> frozenset[str] | None:
    """The properties that can matter to the shapes; None where any can."""
    from rdflib import RDF, RDFS, URIRef
    from rdflib.namespace import SH

    open_ended = (SH.closed, SH.sparql, SH.js, SH.rule)
    if any((None, property_, None) in shapes for property_ in open_ended):
        return None
    named = {str(value) for value in shapes.objects() if isinstance(value, URIRef)}
    return frozenset(named | {str(RDF.type), str(RDFS.subClassOf)})


def _fill(message: str, row: Mapping[str, str]) -> str:
    """A message with the values of a row in place of {?name} and {$name}."""
    return re.sub(r"\{[?$](\w+)\}", lambda found: row.get(found[1], found[0]), message)


def _text(value: object) -> str:
    return str(getattr(value, "value", value))


def _to_rdflib(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Triples as a graph of rdflib's own; over a foreign store its strings are not equal."""
    from rdflib import BNode, Graph, Literal, URIRef
    from rdflib.term import Node

    known: dict[object, Node] = {}

    def convert(term: object) -> Node:
        if isinstance(term, ox.NamedNode):
            return URIRef(term.value)
        if isinstance(term, ox.BlankNode):
            return BNode(term.value)
        if not isinstance(term, ox.Literal):
            return Literal(str(term))
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        plain = datatype == PREFIXES["xsd"] + "string"
        # As it is spelled: rdflib would make 0.730 into 0.73.
        return Literal(term.value, datatype=None if plain else URIRef(datatype), normalize=False)

    def look_up(term: object) -> Node:
        node = known.get(term)
        if node is None:
            node = known[term] = convert(term)
        return node

    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((look_up(triple.subject), look_up(triple.predicate), look_up(triple.object)))
    return graph
