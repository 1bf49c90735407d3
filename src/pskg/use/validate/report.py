"""What a check by shapes found: results, and the report that holds them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property

import pyoxigraph as ox

from pskg.graph.names import PREFIXES, term

__all__ = ["RANK", "SEVERITIES", "SHAPES", "Engine", "Result", "ResultSeverity", "ValidationReport"]

#: What the IRIs of pskg's shapes begin with.
SHAPES = "https://w3id.org/pskg/shapes/"
_TYPE = term("rdf:type")


class Engine(StrEnum):
    """What evaluates SHACL, by its name on PyPI."""

    PYSHACL = "pyshacl"
    SHACL = "shacl"


class ResultSeverity(StrEnum):
    """How bad a result is, worst first."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


SEVERITIES = {severity.value: severity for severity in ResultSeverity}
RANK = {severity: rank for rank, severity in enumerate(ResultSeverity)}


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
        return self.shape.removeprefix(SHAPES)


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
        return sorted(rows, key=lambda row: (RANK[row[0]], -row[3], row[1]))

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


def _is_iri(text: str) -> bool:
    return "://" in text or text.startswith("urn:")


def _value_node(value: str) -> ox.NamedNode | ox.Literal:
    if _is_iri(value) and not any(character in value for character in ' <>"{}|\\^`\n'):
        return ox.NamedNode(value)
    return ox.Literal(value)
