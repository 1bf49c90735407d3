"""Mappings as SSSOM tables: read what a person settled, write what rules computed.

SSSOM (Simple Standard for Sharing Ontological Mappings, version 1.1) is a table in TSV below a
block of metadata in comments. Of its columns pskg reads ``subject_id``, ``subject_label``,
``subject_type``, ``predicate_id``, ``predicate_modifier``, ``object_id``,
``mapping_justification``, ``confidence`` and ``comment``, by their names in the header row; others
may be there. A row is about the subject with this IRI or, with the subject type ``rdfs literal``,
about every subject of this label. ``sssom:NoTermFound`` as object says that there is no match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from pskg.resources import resource_folder
from pskg.vocabulary import key

__all__ = [
    "NO_TERM",
    "Curated",
    "Match",
    "Row",
    "SssomError",
    "load_curated",
    "read_mappings",
    "write_mappings",
]

SKOS = "http://www.w3.org/2004/02/skos/core#"
NO_TERM = "https://w3id.org/sssom/NoTermFound"

#: The prefixes that SSSOM has built in.
_PREFIXES = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": SKOS,
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: The prefixes of what is written beside them.
_OURS = {
    "item": "https://w3id.org/pskg/concept/national-list-2017/",
    "pskgid": "https://w3id.org/pskg/id/",
}
_NEEDED = ("predicate_id", "object_id", "mapping_justification")
_COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label",
    "mapping_justification", "confidence", "comment",
)  # fmt: skip


class SssomError(ValueError):
    """A mapping file that cannot be used: says which file and line, and what to do."""


class Match(StrEnum):
    """How a subject stands to the concept it is mapped to, read as SKOS reads it.

    ``broad``: the concept is broader than the subject; ``narrow``: it is narrower.
    """

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"
    NARROW = "narrow"
    NONE = "none"

    @property
    def predicate(self) -> str:
        """The SKOS property as a prefixed name. A missing match is one of ``exactMatch``."""
        return f"skos:{'exact' if self is Match.NONE else self.value}Match"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. ``where`` tells file and line, for messages."""

    subject: str
    subject_label: str
    match: Match
    object: str
    object_label: str
    justification: str
    confidence: float
    comment: str
    where: str = ""


@dataclass(frozen=True)
class Curated:
    """What a person settled: by the subject's IRI, and by its label.

    ``barred`` holds the pairs of subject (IRI or label) and object that are said not to match.
    """

    by_iri: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    by_label: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    barred: frozenset[tuple[str, str]] = frozenset()

    def find(self, iri: str, label: str) -> tuple[Row, ...]:
        """The rows about a subject; those about its IRI go before those about its label."""
        return self.by_iri.get(iri) or self.by_label.get(key(label), ())

    def bars(self, iri: str, label: str, concept: str) -> bool:
        """Whether a subject is said not to match a concept."""
        return (iri, concept) in self.barred or (key(label), concept) in self.barred


@cache
def load_curated() -> Curated:
    """The mappings of items that pskg ships. Raises SssomError where they cannot be used."""
    return read_mappings(resource_folder("ontology") / "mappings" / "items.sssom.tsv")


def read_mappings(path: Path) -> Curated:
    """Read a table of mappings that a person made or corrected.

    Raises SssomError with file, line and remedy where a row cannot be understood, or where two
    rows about one subject contradict each other.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SssomError(f"{path}: {error}; save it as UTF-8 text") from error
    body = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    prefixes = {**_PREFIXES, **_read_prefixes(lines[:body])}
    header = lines[body].split("\t") if body < len(lines) else []
    for name in _NEEDED:
        if name not in header:
            raise SssomError(
                f"{path}:{body + 1}: there is no column {name}; put the names of the columns, "
                "parted by tabs, into the first line behind the metadata"
            )
    by_iri: dict[str, list[Row]] = {}
    by_label: dict[str, list[Row]] = {}
    barred: set[tuple[str, str]] = set()
    for number, line in enumerate(lines[body + 1 :], body + 2):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        cells = line.split("\t")
        if len(cells) > len(header):
            raise SssomError(
                f"{where}: {len(cells)} cells under {len(header)} columns; take out a tab"
            )
        values = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        row = _read_row(values, prefixes, where)
        literal = values.get("subject_type") == "rdfs literal"
        subject = key(row.subject_label) if literal else row.subject
        if not subject:
            raise SssomError(
                f"{where}: the row has no subject; give subject_id, or subject_label with the "
                "subject_type 'rdfs literal'"
            )
        if values.get("predicate_modifier", "") == "Not":
            barred.add((subject, row.object))
        else:
            rows = (by_label if literal else by_iri).setdefault(subject, [])
            _check(row, rows)
            rows.append(row)
    return Curated(
        {subject: tuple(rows) for subject, rows in by_iri.items()},
        {subject: tuple(rows) for subject, rows in by_label.items()},
        frozenset(barred),
    )


def _read_prefixes(metadata: Iterable[str]) -> dict[str, str]:
    """The prefixes of the metadata's ``curie_map``: the indented lines below it."""
    found: dict[str, str] = {}
    inside = False
    for line in metadata:
        text = line.removeprefix("#")
        if re.match(r"\s*curie_map\s*:", text):
            inside = True
        elif inside:
            entry = re.fullmatch(r"\s+([\w.-]+)\s*:\s*[\"']?(\S+?)[\"']?\s*", text)
            inside = entry is not None
            if entry:
                found[entry[1]] = entry[2]
    return found


def _read_row(values: Mapping[str, str], prefixes: Mapping[str, str], where: str) -> Row:
    def iri(name: str) -> str:
        text = values.get(name, "")
        prefix, colon, local = text.partition(":")
        if not text or not colon or local.startswith("//"):
            return text
        if prefix not in prefixes:
            raise SssomError(
                f"{where}: no prefix {prefix} for {text}; add it to the curie_map at the top"
            )
        return prefixes[prefix] + local

    for name in _NEEDED:
        if not values.get(name):
            raise SssomError(f"{where}: {name} is blank; fill it in")
    predicate, object_ = iri("predicate_id"), iri("object_id")
    kinds = {f"{SKOS}{match.value}Match": match for match in Match if match is not Match.NONE}
    if predicate not in kinds:
        raise SssomError(
            f"{where}: {values['predicate_id']} is no predicate that pskg knows; give "
            "skos:exactMatch, skos:closeMatch, skos:broadMatch or skos:narrowMatch"
        )
    if values.get("predicate_modifier", "") not in ("", "Not"):
        raise SssomError(f"{where}: predicate_modifier is neither blank nor Not; make it one")
    try:
        confidence = float(values.get("confidence") or 1)
    except ValueError:
        confidence = -1.0
    if not 0 <= confidence <= 1:
        raise SssomError(
            f"{where}: the confidence {values['confidence']} is no number from 0 to 1; give one"
        )
    return Row(
        subject=iri("subject_id"),
        subject_label=values.get("subject_label", ""),
        match=Match.NONE if object_ == NO_TERM else kinds[predicate],
        object="" if object_ == NO_TERM else object_,
        object_label=values.get("object_label", ""),
        justification=values["mapping_justification"],
        confidence=confidence,
        comment=values.get("comment", ""),
        where=where,
    )


def _check(row: Row, others: Iterable[Row]) -> None:
    for other in others:
        if row.match is Match.NONE or other.match is Match.NONE:
            raise SssomError(
                f"{row.where}: says of one subject that it has a match and that it has none "
                f"(the other row is {other.where}); take out one of the two"
            )
        if row.object == other.object:
            raise SssomError(
                f"{row.where}: maps the same two things as {other.where}; take out one of the two"
            )


def write_mappings(rows: Iterable[Row], title: str) -> str:
    """Rows as an SSSOM table, the metadata first; in the order given.

    >>> row = Row("https://e.org/a", "甲", Match.NONE, "", "", "semapv:LexicalMatching", 1.0, "")
    >>> print(write_mappings([row], "t").splitlines()[-1].replace(chr(9), "|"))
    https://e.org/a|甲|skos:exactMatch|sssom:NoTermFound||semapv:LexicalMatching|1.00|
    """
    prefixes = {**_OURS, **{name: _PREFIXES[name] for name in ("semapv", "skos", "sssom")}}
    lines = [
        '#sssom_version: "1.1"',
        "#curie_map:",
        *(f"#  {name}: {iri}" for name, iri in prefixes.items()),
        "#license: https://creativecommons.org/licenses/by/4.0/",
        "#mapping_set_id: https://w3id.org/pskg/mappings/items",
        f"#mapping_set_title: {title}",
        "\t".join(_COLUMNS),
    ]
    for row in rows:
        cells = (
            _shorten(row.subject),
            row.subject_label,
            row.match.predicate,
            _shorten(row.object or NO_TERM),
            row.object_label,
            row.justification,
            f"{row.confidence:.2f}",
            row.comment,
        )
        lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    return "\n".join(lines) + "\n"


def _shorten(iri: str) -> str:
    for name, start in (*_OURS.items(), ("sssom", _PREFIXES["sssom"])):
        if iri.startswith(start):
            return f"{name}:{iri.removeprefix(start)}"
    return iri
