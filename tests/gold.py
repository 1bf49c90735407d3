"""The annotations of ``data/gold`` as readings and as one graph.

The graph says what was read in the five documents, whatever the extractor makes of them, so
that queries and tables are tested against what is true.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox

from pskg.extract.grammar.bodies import classify_body
from pskg.graph.mapping import document_iri_of, to_quads
from pskg.graph.store import MemoryGraph
from pskg.model import (
    Amount,
    Basis,
    Body,
    Citation,
    Comparator,
    Coordination,
    Document,
    DomainEntry,
    EffectStatus,
    Finding,
    FundingShare,
    Indicator,
    IndicatorKind,
    Item,
    Passage,
    Reading,
    Relation,
    Responsibility,
    Role,
    Severity,
    Span,
    Subject,
    SubjectKind,
    Task,
    TaskKind,
)
from pskg.resources import resource_folder
from pskg.vocabulary import load

DATA = Path(__file__).parents[1] / "data"
STEMS = tuple(sorted(path.parent.name for path in (DATA / "gold").glob("*/documents.csv")))

#: Payers whose name in a document is not one of the vocabulary's, and who they are.
PAYERS = {"盟市(旗县)财政": "prefecture-and-county", "城镇企业事业单位": "employer"}

Row = dict[str, str]


def read_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Gold:
    """One document's annotations."""

    stem: str

    @cached_property
    def path(self) -> Path:
        return DATA / "documents" / f"{self.stem}.txt"

    @cached_property
    def text(self) -> str:
        return self.path.read_bytes().decode()

    def rows(self, table: str) -> list[Row]:
        return read_csv(DATA / "gold" / self.stem / f"{table}.csv")

    @cached_property
    def iri(self) -> str:
        return document_iri_of(self.document)

    @cached_property
    def document(self) -> Document:
        (row,) = self.rows("documents")
        return Document(
            title="".join(row["title"].split()),
            source=self.path.name,
            sha256=hashlib.sha256(self.path.read_bytes()).hexdigest(),
            media_type="text/plain",
            encoding="utf-8",
            length=len(self.text),
            doc_number=row["doc_number"] or None,
            issuer=row["issuer"] or None,
            region=row["region"] or None,
            region_code=row["region_code"] or None,
            issued_on=date.fromisoformat(row["issued_on"]) if row["issued_on"] else None,
            published_on=date.fromisoformat(row["published_on"]) if row["published_on"] else None,
            effect_status=EffectStatus(row["effect_status"]),
            period_start=int(row["period_start"]) if row["period_start"] else None,
            period_end=int(row["period_end"]) if row["period_end"] else None,
            spans={"title": span_of(row)},
        )

    @cached_property
    def domains(self) -> tuple[DomainEntry, ...]:
        """The domains that bodies answer for, and those that items and tasks stand under."""
        found: dict[str, tuple[str, int]] = {}
        for row in self.rows("responsibilities"):
            if row["subject_kind"] == "domain":
                found.setdefault(row["subject"], (row["subject_no"], int(row["start"])))
        for row in (*self.rows("items"), *self.rows("tasks")):
            if row["domain"]:
                found.setdefault(row["domain"], ("", int(row["start"])))
        entries = []
        for name, (no, before) in found.items():
            start = self.text.rfind(name, 0, before + len(name))
            if start < 0:
                start = self.text.index(name)
            span = Span(start, start + len(name))
            entries.append(DomainEntry(no, name, concept("domains", name), span))
        return tuple(sorted(entries, key=lambda entry: entry.span))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        def cell(row: Row, name: str) -> Passage | None:
            # The annotations do not say where a cell stands: the row's own place will do here.
            return Passage(row[name], span_of(row)) if row[name] else None

        return tuple(
            Item(
                no=row["no"],
                name="".join(row["name"].split()),
                domain=row["domain"],
                domain_concept=concept("domains", row["domain"]),
                span=span_of(row),
                target_groups=cell(row, "target_groups"),
                standard=cell(row, "standard"),
                funding=cell(row, "funding"),
                lead=cell(row, "lead"),
            )
            for row in self.rows("items")
        )

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(
            Task(
                kind=TaskKind(row["kind"]),
                no=row["no"],
                title=row["title"],
                domain=row["domain"],
                domain_concept=concept("domains", row["domain"]),
                section=row["section"],
                span=span_of(row),
                body=span_of(row),
            )
            for row in self.rows("tasks")
        )

    @cached_property
    def groups(self) -> tuple[Coordination, ...]:
        names: dict[str, Row] = {}
        for row in self.rows("responsibilities"):
            if row["subject_kind"] == "organisation":
                names.setdefault(row["subject"], row)
        return tuple(Coordination("", name, span_of(row)) for name, row in names.items())

    def subject(self, kind: str, no: str, title: str) -> Subject:
        """The annotated subject of this kind, number and title."""
        known = (*self.items, *self.tasks, *self.domains, *self.groups)
        for fact in known:
            subject = fact.subject
            if (subject.kind.value, subject.no, subject.title) == (kind, no, title):
                return subject
        return Subject(SubjectKind(kind), no, title, 0)

    def kind_of(self, no: str, title: str) -> str:
        """The kind of the item or task of this number and title."""
        for fact in (*self.items, *self.tasks):
            if (fact.subject.no, fact.subject.title) == (no, title):
                return fact.subject.kind.value
        return "item"

    @cached_property
    def reading(self) -> Reading:
        return Reading(
            document=self.document,
            domains=self.domains,
            items=self.items,
            tasks=self.tasks,
            coordination=self.groups,
            responsibilities=tuple(
                Responsibility(
                    self.subject(row["subject_kind"], row["subject_no"], row["subject"]),
                    Body(row["body"], body_function(row["body"])),
                    Role(row["role"]),
                    int(row["order"]),
                    span_of(row),
                )
                for row in self.rows("responsibilities")
            ),
            funding=tuple(self.list_shares()),
            indicators=tuple(
                Indicator(
                    name=row["indicator"],
                    value=row["value"],
                    unit=row["unit"],
                    year=int(row["year"]) if row["year"] else None,
                    comparator=Comparator(row["comparator"]),
                    kind=IndicatorKind(row["kind"]),
                    cumulative=row["cumulative"] == "true",
                    domain=row["domain"],
                    domain_concept=concept("domains", row["domain"]),
                    span=span_of(row),
                )
                for row in self.rows("indicators")
            ),
            amounts=tuple(
                Amount(
                    self.subject(
                        self.kind_of(row["subject_no"], row["subject"]),
                        row["subject_no"],
                        row["subject"],
                    ),
                    row["amount"],
                    row["unit"],
                    row["beneficiary"],
                    span_of(row),
                )
                for row in self.rows("amounts")
            ),
            citations=tuple(
                Citation(
                    row["cited_title"],
                    row["cited_number"] or None,
                    Relation(row["relation"]),
                    span_of(row),
                )
                for row in self.rows("citations")
            ),
            findings=tuple(
                Finding(
                    row["kind"].replace("_", "-"),
                    Severity(row["severity"]),
                    row["message"],
                    span_of(row),
                )
                for row in self.rows("findings")
            ),
        )

    def list_shares(self) -> Iterator[FundingShare]:
        """The shares; those of one item with one scheme and one quote are one split."""
        splits: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for row in self.rows("funding"):
            subject = self.subject(
                self.kind_of(row["item_no"], row["item"]), row["item_no"], row["item"]
            )
            known = splits.setdefault((row["item_no"], row["item"]), [])
            this = (row["scheme"], row["start"])
            if this not in known:
                known.append(this)
            yield FundingShare(
                subject=subject,
                split=known.index(this) + 1,
                condition=row["scheme"],
                payer=row["payer"],
                payer_concept=payer_concept(row["payer"]),
                share=row["share"] or None,
                basis=Basis(row["basis"]),
                span=span_of(row),
            )


def span_of(row: Row) -> Span:
    return Span(int(row["start"]), int(row["end"]))


def concept(scheme: str, name: str) -> str | None:
    found = load()[scheme].find(name) if name else None
    return found.iri if found else None


def payer_concept(name: str) -> str | None:
    return load()["payers"].get(PAYERS[name]).iri if name in PAYERS else concept("payers", name)


def body_function(name: str) -> str | None:
    return classify_body(name, load()).function


@cache
def gold(stem: str) -> Gold:
    return Gold(stem)


@cache
def gold_quads() -> tuple[ox.Quad, ...]:
    """The annotations of all documents, and the vocabularies, as quads."""
    quads = [
        quad
        for stem in STEMS
        for quad in to_quads(gold(stem).reading, gold(stem).text, load(), version="0")
    ]
    for path in sorted((resource_folder("ontology") / "vocabularies").glob("*.ttl")):
        name = ox.NamedNode(f"https://w3id.org/pskg/id/graph/{path.stem}")
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            quads.append(ox.Quad(quad.subject, quad.predicate, quad.object, name))
    return tuple(quads)


@cache
def gold_graph() -> MemoryGraph:
    store = ox.Store()
    store.extend(gold_quads())
    return MemoryGraph(store, "gold")
