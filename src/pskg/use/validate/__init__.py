"""Hold a graph against the shapes: what is wrong in it, where, and in whose words.

The graph is taken document by document, so that the memory this needs does not grow with the
number of documents. What the documents share (ontology, vocabularies, and in a file without named
graphs whatever a document speaks of) is looked at together with each.

Two engines can do it. ``pyshacl`` is always there and is the judge of what is right; ``shacl`` (the
extra ``fast``) is many times as fast and is taken where it was shown to give the same results: by
pskg's own shapes, of documents without blank nodes. The report names what was used.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from pskg.graph.names import PREFIXES, term
from pskg.graph.store import BuildGraph, Graph, GraphError, GraphName, inferred_graphs
from pskg.resources import resource_folder

if TYPE_CHECKING:
    import rdflib

__all__ = ["DEFAULT_PURPOSES", "Engine", "Result", "ResultSeverity", "ValidationReport", "validate"]

#: The files of shapes that are used unless others are asked for.
DEFAULT_PURPOSES = ("must-hold", "should-hold", "completeness")

_SHAPES = "https://w3id.org/pskg/shapes/"
_SH = PREFIXES["sh"]
_TYPE = term("rdf:type")
_DOCUMENT = term("pskg:PolicyDocument")


class Engine(StrEnum):
    """What evaluates SHACL, by its name on PyPI."""

    PYSHACL = "pyshacl"
    SHACL = "shacl"


class ResultSeverity(StrEnum):
    """How bad a result is, worst first."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


_SEVERITIES = {severity.value: severity for severity in ResultSeverity}
_RANK = {severity: rank for rank, severity in enumerate(ResultSeverity)}


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape does not allow.

    ``shape``, ``focus`` and ``document`` are IRIs; ``path`` is an IRI, blank where the shape looks
    at the whole node; ``document`` is blank for what belongs to none.
    """

    severity: ResultSeverity
    shape: str
    message: str
    message_zh: str
    focus: str
    path: str
    value: str
    document: str

    @property
    def shape_name(self) -> str:
        """The short name of the shape."""
        return self.shape.removeprefix(_SHAPES)


@dataclass(frozen=True)
class ValidationReport:
    """Everything the shapes do not allow, worst first; empty where all is well.

    ``engines`` are those that looked, none where there was nothing to look at.
    """

    results: tuple[Result, ...]
    documents: int
    engines: tuple[Engine, ...] = ()

    @cached_property
    def conforms(self) -> bool:
        """Whether there is no violation. Warnings and remarks do not count."""
        return all(result.severity is not ResultSeverity.VIOLATION for result in self.results)

    def count(self) -> dict[str, int]:
        """The number of results of each severity."""
        found = Counter(result.severity for result in self.results)
        return {severity.value: found[severity] for severity in ResultSeverity}

    def summarise(self) -> list[tuple[ResultSeverity, str, str, int]]:
        """How often each shape was broken: severity, shape, message, number; worst first."""
        found = Counter((one.severity, one.shape_name, one.message) for one in self.results)
        rows = [(*key, number) for key, number in found.items()]
        return sorted(rows, key=lambda row: (_RANK[row[0]], -row[3], row[1]))

    def to_json(self) -> str:
        """The report as JSON."""
        data = {
            "conforms": self.conforms,
            "documents": self.documents,
            "engines": list(self.engines),
            "count": self.count(),
            "results": [asdict(result) for result in self.results],
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    def to_turtle(self) -> str:
        """The report in the terms of SHACL, as Turtle."""
        triples = list(self._triples())
        data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
        return data.decode()

    def _triples(self) -> Iterator[ox.Triple]:
        report = ox.BlankNode("report")
        boolean = ox.Literal("true" if self.conforms else "false", datatype=term("xsd:boolean"))
        yield ox.Triple(report, _TYPE, term("sh:ValidationReport"))
        yield ox.Triple(report, term("sh:conforms"), boolean)
        for number, result in enumerate(self.results, 1):
            node = ox.BlankNode(f"r{number}")
            yield ox.Triple(report, term("sh:result"), node)
            yield ox.Triple(node, _TYPE, term("sh:ValidationResult"))
            yield ox.Triple(node, term("sh:resultSeverity"), term(f"sh:{result.severity.value}"))
            for text, language in ((result.message, "en"), (result.message_zh, "zh")):
                if text:
                    message = ox.Literal(text, language=language)
                    yield ox.Triple(node, term("sh:resultMessage"), message)
            for predicate, iri in (
                ("sh:sourceShape", result.shape),
                ("sh:focusNode", result.focus),
                ("sh:resultPath", result.path),
                ("dct:isPartOf", result.document),
            ):
                if _is_iri(iri):
                    yield ox.Triple(node, term(predicate), ox.NamedNode(iri))
            if result.value:
                yield ox.Triple(node, term("sh:value"), _value_node(result.value))


def validate(
    graph: Graph,
    shapes_folder: Path | None = None,
    *,
    purposes: Sequence[str] | None = None,
    engine: str | None = None,
) -> ValidationReport:
    """Check a graph, of whatever origin, by SHACL shapes.

    In a build every quote is also held against the stored text of its document.

    Args:
        graph: what to check.
        shapes_folder: a folder of Turtle files with shapes; without one, those of pskg.
        purposes: the files to use, by their names without ending; without any,
            :data:`DEFAULT_PURPOSES` of pskg's own shapes, or all of another folder.
        engine: an :class:`Engine`. Without one, ``shacl`` where it is installed and the shapes are
            pskg's own, else ``pyshacl``. Blank nodes are always left to ``pyshacl``: the labels
            that ``shacl`` gives them mean nothing outside one document.

    Raises:
        GraphError: where the shapes or the graph cannot be read, or the engine is not there.
    """
    shapes = _Shapes(shapes_folder, purposes, _choose_engine(engine, shapes_folder))
    found: dict[tuple[str, str, str, str], Result] = {}
    documents = 0
    for document, data in _portions(graph):
        documents += bool(document)
        for result in shapes.check(document, data):
            found.setdefault((result.shape, result.focus, result.path, result.value), result)
    if isinstance(graph, BuildGraph):
        for result in _check_quotes(graph):
            found[result.shape, result.focus, result.path, result.value] = result
    ordered = sorted(
        found.values(),
        key=lambda one: (_RANK[one.severity], one.document, one.shape, one.focus, one.value),
    )
    return ValidationReport(tuple(ordered), documents, tuple(sorted(shapes.used)))


def _choose_engine(asked: str | None, folder: Path | None) -> Engine:
    installed = find_spec("shacl") is not None
    if asked is None:
        return Engine.SHACL if installed and folder is None else Engine.PYSHACL
    if asked not in list(Engine):
        raise GraphError(
            "there is no such engine", f"'{asked}'", f"choose from {', '.join(Engine)}"
        )
    if asked == Engine.SHACL and not installed:
        raise GraphError(
            "this engine is not installed", f"'{asked}'", "install pskg[fast], or choose pyshacl"
        )
    return Engine(asked)


# Portions: one document each, with what it needs of the rest


def _portions(graph: Graph) -> Iterator[tuple[str, list[ox.Triple]]]:
    """Each document, with what was computed of it and what it needs of the rest; last the rest.

    The rest has a blank name. It comes last: a document is the better place to report something.
    """
    holders = _documents_by_graph(graph)
    sources = inferred_graphs(graph)
    computed: dict[str, list[GraphName]] = {}
    loose: list[ox.Triple] = []
    rest = _Rest()
    for name in graph.graph_names():
        if isinstance(name, ox.DefaultGraph):
            loose = graph.triples(name)
        elif sources.get(str(name), "") in holders:
            computed.setdefault(sources[str(name)], []).append(name)
        elif str(name) not in holders:
            rest.add(graph.triples(name))
    parts = _split_documents(loose, rest)
    for name in graph.graph_names():
        if str(name) in holders:
            triples = graph.triples(name)
            for other in computed.get(str(name), ()):
                triples += graph.triples(other)
            yield holders[str(name)], triples + rest.reach(triples)
    for document, triples in parts:
        yield document, triples + rest.reach(triples)
    everything = rest.everything()
    if everything:
        yield "", everything


def _documents_by_graph(graph: Graph) -> dict[str, str]:
    """The named graphs that hold a document, and which."""
    rows = graph.query(
        "SELECT ?g (MIN(STR(?d)) AS ?document) WHERE { GRAPH ?g { ?d a pskg:PolicyDocument } } "
        "GROUP BY ?g"
    ).rows
    return {
        f"<{name.value}>": document.value
        for name, document in rows
        if name and document and name.kind == "iri"
    }


class _Rest:
    """What belongs to no single document: ontology, vocabularies, shared things."""

    def __init__(self) -> None:
        self._by_subject: dict[object, list[ox.Triple]] = {}

    def add(self, triples: Iterable[ox.Triple]) -> None:
        for triple in triples:
            self._by_subject.setdefault(triple.subject, []).append(triple)

    def everything(self) -> list[ox.Triple]:
        return [triple for triples in self._by_subject.values() for triple in triples]

    def reach(self, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
        """What some triples speak of, and what that speaks of, and so on."""
        found: list[ox.Triple] = []
        left = {triple.object for triple in triples}
        # A thing may be described in a document and here: then it is not always an object.
        left |= {triple.subject for triple in triples}
        seen: set[object] = set()
        while left:
            thing = left.pop()
            if thing in seen or thing not in self._by_subject:
                continue
            seen.add(thing)
            found += self._by_subject[thing]
            left.update(triple.object for triple in self._by_subject[thing])
        return found


def _split_documents(
    triples: Iterable[ox.Triple], rest: _Rest
) -> list[tuple[str, list[ox.Triple]]]:
    """The documents of a graph without names, told apart by the IRIs of their parts.

    What is no part of any goes to the rest.
    """
    triples = list(triples)
    parts: dict[str, list[ox.Triple]] = {
        triple.subject.value: []
        for triple in triples
        if triple.predicate == _TYPE
        and triple.object == _DOCUMENT
        and isinstance(triple.subject, ox.NamedNode)
    }
    owners: dict[object, str] = {}
    for triple in triples:
        owner = owners.get(triple.subject)
        if owner is None:
            owner = owners[triple.subject] = _owner(triple.subject, parts)
        if owner:
            parts[owner].append(triple)
        else:
            rest.add([triple])
    return sorted(parts.items())


def _owner(subject: object, documents: Mapping[str, object]) -> str:
    """The document whose IRI a subject's IRI is or goes on from."""
    iri = subject.value if isinstance(subject, ox.NamedNode) else ""
    while iri:
        if iri in documents:
            return iri
        iri = iri.rpartition("/")[0]
    return ""


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


# Checking


class _Shapes:
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
            severity=_SEVERITIES.get(query.severity, ResultSeverity.VIOLATION),
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
            severity=_SEVERITIES.get(severity, ResultSeverity.VIOLATION),
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


def _check_quotes(graph: BuildGraph) -> Iterator[Result]:
    """The facts whose quote does not stand in the stored text where they say it does."""
    documents = graph.query("SELECT DISTINCT ?d WHERE { ?d a pskg:PolicyDocument } ORDER BY ?d")
    for (document,) in documents.rows:
        text = graph.text(document.value) if document else None
        if document is None or text is None:
            continue
        facts = graph.query(
            "SELECT ?fact ?quote ?start ?end WHERE { "
            f"?fact dct:isPartOf <{document.value}> ; "
            "pskg:quote ?quote ; pskg:start ?start ; pskg:end ?end }"
        )
        for fact, quote, start, end in facts.rows:
            if fact and quote and start and end and not _stands(text, quote.value, start, end):
                yield Result(
                    severity=ResultSeverity.VIOLATION,
                    shape=f"{_SHAPES}fact-quote-in-source",
                    message="The quote does not stand in the stored text at its position.",
                    message_zh="引文与所存原文在该位置的文字不符。",
                    focus=fact.value,
                    path=PREFIXES["pskg"] + "quote",
                    value=quote.value,
                    document=document.value,
                )


def _stands(text: str, quote: str, start: object, end: object) -> bool:
    try:
        first, last = (int(getattr(position, "value", "")) for position in (start, end))
    except ValueError:
        return False
    return 0 <= first <= last and text[first:last] == quote


def _is_iri(text: str) -> bool:
    return "://" in text or text.startswith("urn:")


def _value_node(value: str) -> ox.NamedNode | ox.Literal:
    if _is_iri(value) and not any(character in value for character in ' <>"{}|\\^`\n'):
        return ox.NamedNode(value)
    return ox.Literal(value)
