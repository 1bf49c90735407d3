"""Hold a graph against the shapes: what is wrong in it, where, and in whose words.

The graph is taken document by document, so that the memory this needs does not grow with the
number of documents. What the documents share (ontology, vocabularies, and in a file without named
graphs whatever a document speaks of) is looked at together with each.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from pskg.graph.names import PREFIXES, term
from pskg.graph.store import BuildGraph, Graph, GraphError
from pskg.resources import resource_folder

if TYPE_CHECKING:
    import rdflib

__all__ = ["DEFAULT_PURPOSES", "Result", "ResultSeverity", "ValidationReport", "validate"]

#: The files of shapes that are used unless others are asked for.
DEFAULT_PURPOSES = ("must-hold", "should-hold", "completeness")

_SHAPES = "https://w3id.org/pskg/shapes/"
_SH = PREFIXES["sh"]
_TYPE = term("rdf:type")
_DOCUMENT = term("pskg:PolicyDocument")


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
    """Everything the shapes do not allow, worst first; empty where all is well."""

    results: tuple[Result, ...]
    documents: int

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
    graph: Graph, shapes_folder: Path | None = None, *, purposes: Sequence[str] | None = None
) -> ValidationReport:
    """Check a graph, of whatever origin, by SHACL shapes.

    In a build every quote is also held against the stored text of its document.

    Args:
        graph: what to check.
        shapes_folder: a folder of Turtle files with shapes; without one, those of pskg.
        purposes: the files to use, by their names without ending; without any,
            :data:`DEFAULT_PURPOSES` of pskg's own shapes, or all of another folder.

    Raises:
        GraphError: where the shapes or the graph cannot be read.
    """
    shapes = _Shapes(shapes_folder, purposes)
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
    return ValidationReport(tuple(ordered), documents)


# Portions: one document each, with what it needs of the rest


def _portions(graph: Graph) -> Iterator[tuple[str, rdflib.Graph]]:
    """Each document with what is shared, then what is shared by itself, under a blank name.

    What is shared comes last: a document is the better place to report something.
    """
    names = graph.graph_names()
    holders = _documents_by_graph(graph)
    common: list[ox.Triple] = []
    loose: list[ox.Triple] = []
    for name in names:
        if isinstance(name, ox.DefaultGraph):
            loose = graph.triples(name)
        elif str(name) not in holders:
            common += graph.triples(name)
    common_graph = _to_rdflib(common)
    for name in names:
        if str(name) in holders:
            yield holders[str(name)], _to_rdflib(graph.triples(name)) + common_graph
    if loose:
        yield from _portions_of(loose, common)
    elif common:
        yield "", common_graph


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


def _portions_of(
    triples: Iterable[ox.Triple], common: Iterable[ox.Triple]
) -> Iterator[tuple[str, rdflib.Graph]]:
    """The documents of a graph without names: told apart by the IRIs of their parts."""
    by_subject: dict[object, list[ox.Triple]] = {}
    for triple in (*triples, *common):
        by_subject.setdefault(triple.subject, []).append(triple)
    documents = {
        triple.subject.value
        for found in by_subject.values()
        for triple in found
        if triple.predicate == _TYPE
        and triple.object == _DOCUMENT
        and isinstance(triple.subject, ox.NamedNode)
    }
    owners = {subject: _owner(subject, documents) for subject in by_subject}
    parts: dict[str, list[object]] = {document: [] for document in documents}
    for subject, owner in owners.items():
        if owner:
            parts[owner].append(subject)
    shared = {subject for subject, owner in owners.items() if not owner}
    for document in sorted(documents):
        subjects = [*parts[document], *_reach(parts[document], by_subject, shared)]
        yield document, _to_rdflib(triple for one in subjects for triple in by_subject[one])
    rest = [triple for subject in shared for triple in by_subject[subject]]
    if rest:
        yield "", _to_rdflib(rest)


def _owner(subject: object, documents: set[str]) -> str:
    """The document whose IRI a subject's IRI is or goes on from."""
    if not isinstance(subject, ox.NamedNode):
        return ""
    iri = subject.value
    while iri:
        if iri in documents:
            return iri
        iri = iri.rpartition("/")[0]
    return ""


def _reach(
    subjects: Iterable[object], by_subject: dict[object, list[ox.Triple]], shared: set[object]
) -> Iterator[object]:
    """The shared things that some subjects speak of, and those that these speak of, and so on."""
    seen: set[object] = set()
    left = list(subjects)
    while left:
        for triple in by_subject[left.pop()]:
            if triple.object in shared and triple.object not in seen:
                seen.add(triple.object)
                left.append(triple.object)
                yield triple.object


def _to_rdflib(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Triples as a graph of rdflib's own; over a foreign store its strings are not equal."""
    import rdflib

    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    graph = rdflib.Graph(bind_namespaces="none")
    if data:
        graph.parse(data=data, format="nt")
    return graph


# Checking


class _Shapes:
    """The shapes, read once, with their messages."""

    def __init__(self, folder: Path | None, purposes: Sequence[str] | None) -> None:
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
        self._graph = rdflib.Graph(bind_namespaces="none")
        for path in paths:
            try:
                # By pyoxigraph, whose messages tell where a file is wrong.
                quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
                self._graph += _to_rdflib(quad.triple for quad in quads)
            except (SyntaxError, OSError) as error:
                raise GraphError(f"is not Turtle ({error})", str(path), "correct it") from error

    def check(self, document: str, data: rdflib.Graph) -> Iterator[Result]:
        """What these shapes do not allow in some data."""
        import pyshacl
        from rdflib import RDF
        from rdflib.namespace import SH

        _, report, text = pyshacl.validate(data, shacl_graph=self._graph, inplace=True)
        if isinstance(report, Exception) or not hasattr(report, "subjects"):
            raise GraphError(f"the shapes cannot be used ({text})", "SHACL", "correct them")
        for node in report.subjects(RDF.type, SH.ValidationResult):
            yield self._result(report, node, document)

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
