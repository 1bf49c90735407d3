"""From facts to RDF: the only border between the two models.

:func:`to_quads` writes down one :class:`~pskg.model.Reading`. What the document says stands in
the named graph of the document. What is computed from that (direct edges that make simple
questions simple, the concepts that names stand for) stands apart, in one graph for each rule, so
that it can be told from what was read and left out. The terms are those of
``ontology/pskg.ttl``; the IRIs are minted by :mod:`pskg.graph.names`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import starmap

import pyoxigraph as ox

from pskg.graph import names
from pskg.graph.geography import REGIONS, describe_region
from pskg.graph.index import TELLING, TELLING_CLASSES
from pskg.graph.names import ThingNames
from pskg.graph.ntriples import (
    PREDICATES,
    Statements,
    Term,
    boolean,
    chinese,
    integer,
    literal,
    named,
    plain,
    type_bytes,
    typed,
    write_lines,
    written,
)
from pskg.link.audience import identify_audience
from pskg.link.bodies import (
    BodyIdentity,
    Place,
    identify_body,
    identify_office,
    name_body,
    place_of,
    region_of_name,
)
from pskg.link.citations import REACH, CitedIdentity, identify_citation, identify_document
from pskg.link.hierarchy import changes_of, guides_of, members_of, superior_of
from pskg.link.items import Alignment, align_items
from pskg.link.serves import served_by_name, served_by_text
from pskg.link.sssom import Match, load_curated
from pskg.model import (
    Amount,
    Body,
    Citation,
    Coordination,
    Deadline,
    DeclaredCount,
    Document,
    DomainEntry,
    EffectStatus,
    Finding,
    FundingShare,
    Indicator,
    Item,
    Passage,
    Reading,
    Relation,
    Responsibility,
    Role,
    SectionEntry,
    Severity,
    Span,
    StretchKind,
    Subject,
    SubjectKind,
    Task,
)
from pskg.regions import Region
from pskg.vocabulary import Vocabulary, key

__all__ = ["Mapped", "document_iri_of", "map_reading", "software_version", "to_quads"]

#: The kinds of finding that dispute a figure: its number is then kept as printed only. Those of
#: low severity tell what is odd and may well be meant.
DISPUTING = frozenset(
    {
        "conflicting-values",
        "lost-character",
        "lost-decimal-point",
        "lost-slash",
        "out-of-range",
        "share-sum",
        "target-below-baseline",
        "undecodable",
    }
)
_DISPUTING_AT_ANY_SEVERITY = frozenset({"lost-decimal-point", "lost-slash", "out-of-range"})

_TASK_CLASSES = {
    SubjectKind.TASK: "pskg:Task",
    SubjectKind.MEASURE: "pskg:Measure",
    SubjectKind.MECHANISM: "pskg:Mechanism",
    SubjectKind.DIVISION: "pskg:Division",
    SubjectKind.TARGET: "pskg:Target",
}
_SUBJECT_CLASSES = {
    **{kind: (class_, "pskg:Undertaking") for kind, class_ in _TASK_CLASSES.items()},
    SubjectKind.ITEM: ("pskg:ServiceItem", "cpsv:PublicService"),
    SubjectKind.DOMAIN: ("pskg:DomainEntry",),
    SubjectKind.SECTION: ("pskg:Section",),
    SubjectKind.ORGANISATION: ("pskg:Coordination", "org:OrganizationalCollaboration"),
}
_DIRECT_EDGES = {
    Role.LEAD: "pskg:leads",
    Role.RESPONSIBLE: "pskg:responsibleFor",
    Role.COOPERATING: "pskg:cooperatesOn",
    Role.MEMBER: "pskg:memberOf",
}
_ROLE_WORDS = {
    Role.LEAD: "牵头",
    Role.RESPONSIBLE: "负责",
    Role.COOPERATING: "配合",
    Role.MEMBER: "成员",
}
_IN_FORCE = {
    EffectStatus.IN_FORCE: "eli:InForce-inForce",
    EffectStatus.EXPIRED: "eli:InForce-notInForce",
}
_TYPE = written("rdf:type")
_QUOTE = written("pskg:quote")
_MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def to_quads(
    reading: Reading, text: str, vocabulary: Vocabulary, *, version: str | None = None
) -> Iterator[ox.Quad]:
    """Everything that was read from one document, and what follows from it.

    What was read stands in the document's named graph; each rule of inference that found
    something has a graph of its own (:meth:`_Mapper.infer`). Regions stand in the graph that all
    documents share (:mod:`pskg.graph.geography`).

    Args:
        reading: the facts.
        text: the document's text, which the spans of the facts are counted in.
        vocabulary: the vocabularies the facts were read with.
        version: the version of pskg to name as the reader; without one, the installed version.

    Yields:
        Each quad once, in an order that the reading alone decides.

    >>> from pskg.graph.names import term
    >>> from pskg.vocabulary import Vocabulary
    >>> document = Document("某规划", "a.txt", "0" * 64, "text/plain", "utf-8", 3)
    >>> quads = list(to_quads(Reading(document), "某规划", Vocabulary({}), version="0.1.0"))
    >>> [str(q.object) for q in quads if q.predicate == term("dct:title")]
    ['"某规划"@zh']
    """
    mapped = map_reading(reading, text, vocabulary, version=version)
    lines = b"".join(starmap(write_lines, (*mapped.graphs.items(), *mapped.shared.items())))
    return ox.parse(lines, format=ox.RdfFormat.N_QUADS)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A document in RDF.

    ``document``, ``graph`` (what was read) and ``inferred`` (what rules computed, a graph each)
    are IRIs. ``graphs`` tells what stands in these graphs, in this order, ``shared`` what stands
    in the graph of regions. ``telling`` are those statements, in full, that the index of words is
    made of.
    """

    document: str
    graph: str
    inferred: tuple[str, ...]
    graphs: dict[Term, Statements]
    shared: dict[Term, Statements]
    telling: list[tuple[Term, Term, Term]]


def map_reading(
    reading: Reading, text: str, vocabulary: Vocabulary, *, version: str | None = None
) -> Mapped:
    """The same as :func:`to_quads`, written down rather than as objects: for large numbers."""
    mapper = _Mapper(reading, text, vocabulary)
    mapper.map_reading(version or software_version())
    return Mapped(
        document=plain(mapper.document),
        graph=plain(mapper.graph),
        inferred=tuple(map(plain, sorted(mapper.inferred))),
        graphs={mapper.graph: mapper.statements, **dict(sorted(mapper.inferred.items()))},
        shared={named(names.shared_graph_iri(REGIONS)): mapper.shared},
        telling=mapper.telling,
    )


@lru_cache(maxsize=4096)
def _describe_region(region: Region) -> tuple[bytes, ...]:
    return tuple(f"{said} {value}".encode() for said, value in describe_region(region))


def document_iri_of(document: Document) -> str:
    """The IRI of the document that a reading is of.

    >>> document = Document("某规划", "a.txt", "0" * 64, "text/plain", "utf-8", 3,
    ...                     doc_number="闽政〔2017〕3号", region_code="350000")
    >>> document_iri_of(document)
    'https://w3id.org/pskg/id/document/350000/minzheng-2017-3'
    """
    return names.document_iri(
        document.region_code, document.doc_number, document.title, _year_of(document)
    )


def _year_of(document: Document) -> int | None:
    day = document.issued_on or document.published_on
    return day.year if day else None


@lru_cache(maxsize=1)
def software_version() -> str:
    """The version of pskg that is installed, or ``unknown`` where it runs without installation."""
    # Imported late: it is slow to load, and a build names its version itself.
    from importlib import metadata

    try:
        return metadata.version("pskg")
    except metadata.PackageNotFoundError:
        return "unknown"


def _year(year: int | None) -> Term | None:
    # XML Schema knows no year 0 and wants four digits.
    if year is None or not 0 < year < 10_000:
        return None
    return typed(f"{year:04d}", "gYear")


@lru_cache(maxsize=4096)
def _decimal(printed: str | None) -> Term | None:
    """A figure as xsd:decimal, None where it is more than one plain number.

    Full-width digits, thousands commas and a scale behind the number (1.5万) are read.
    """
    match = re.fullmatch(
        r"([+-]?\d{1,18}(?:,\d{3}){0,6}(?:\.\d{1,18})?)([十百千万亿]?)",
        unicodedata.normalize("NFKC", printed or "").replace(" ", "").replace("−", "-"),
    )
    if match is None:
        return None
    try:
        number = Decimal(match[1].replace(",", "")) * _MULTIPLES.get(match[2], 1)
    except InvalidOperation:
        return None
    plain = f"{number:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return typed(plain, "decimal")


def _cited_node(identity: CitedIdentity) -> Term:
    iri = names.cited_iri(identity.scope, identity.title, identity.issuer, identity.number)
    return named(iri)


class _Disputes:
    """Answers whether a finding disputes the figure of a fact."""

    def __init__(self, findings: Iterable[Finding], text: str) -> None:
        disputing = [
            finding
            for finding in findings
            if finding.kind in _DISPUTING_AT_ANY_SEVERITY
            or (finding.kind in DISPUTING and finding.severity is not Severity.LOW)
        ]
        self._text = text
        self._spans = sorted(finding.span for finding in disputing)
        self._starts = [span.start for span in self._spans]
        self._slashes = {one.span for one in disputing if one.kind == "lost-slash"}
        self._reach: list[int] = []
        for span in self._spans:
            self._reach.append(max(span.end, self._reach[-1] if self._reach else 0))

    def hit(self, span: Span, printed: str) -> bool:
        """Whether a finding covers the fact at a span, or the very figure of it.

        A finding on the figure of one year leaves that of another in the same row alone. One on
        the unit that stands in the row's name goes for all of the row.
        """
        before = bisect_right(self._starts, span.start)
        if before and self._reach[before - 1] >= span.end:
            return True
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        if first == last:
            return False
        figure = re.compile(rf"(?<![\d.]){re.escape(key(printed))}(?![\d.])") if printed else None
        return any(
            one in self._slashes or (figure and figure.search(key(one.of(self._text))))
            for one in self._spans[first:last]
        )

    def touch(self, span: Span) -> bool:
        """Whether a finding stands anywhere within a span, or around it."""
        before = bisect_left(self._starts, span.end)
        return bool(before) and self._reach[before - 1] > span.start


class _Sections:
    """Finds the innermost section that a position stands in."""

    def __init__(self, sections: Iterable[SectionEntry]) -> None:
        self._entries = sorted(sections, key=lambda entry: (entry.span.start, -entry.span.end))
        self._starts = [entry.span.start for entry in self._entries]
        self._parents: list[int | None] = []
        open_: list[int] = []
        for index, entry in enumerate(self._entries):
            while open_ and self._entries[open_[-1]].span.end <= entry.span.start:
                open_.pop()
            self._parents.append(open_[-1] if open_ else None)
            open_.append(index)

    def __iter__(self) -> Iterator[tuple[SectionEntry, int]]:
        """Each section, and where the text that stands under its own heading ends."""
        for index, entry in enumerate(self._entries):
            following = self._starts[index + 1] if index + 1 < len(self._starts) else entry.span.end
            yield entry, max(entry.heading.end, min(entry.span.end, following))

    def at(self, position: int, title: str) -> SectionEntry | None:
        """The section of this title that holds the position, else the innermost one."""
        index: int | None = bisect_right(self._starts, position) - 1
        innermost: SectionEntry | None = None
        while index is not None and index >= 0:
            entry = self._entries[index]
            if position < entry.span.end:
                innermost = innermost or entry
                if key(entry.title) == key(title):
                    return entry
            index = self._parents[index]
        return innermost


#: A span as a fact says it: that it was read there, the place with its words, the words alone.
_Source = tuple[bytes, tuple[bytes, bytes, bytes], Term]


class _Mapper:
    """Writes one reading. Each ``map_`` method writes one kind of fact."""

    def __init__(self, reading: Reading, text: str, vocabulary: Vocabulary) -> None:
        self.reading = reading
        self.text = text
        self.vocabulary = vocabulary
        self.place: Place = place_of(reading.document.region_code)
        self.year = _year_of(reading.document)
        iri = document_iri_of(reading.document)
        self.names = ThingNames(iri)
        self.document = named(iri)
        self.graph = named(names.graph_iri(iri))
        #: What was read.
        self.statements: Statements = defaultdict(list)
        #: What was computed, by the graphs that rules fill.
        self.inferred: dict[Term, Statements] = {}
        #: What is said of regions, in the graph that all documents share.
        self.shared: Statements = {}
        self.telling: list[tuple[Term, Term, Term]] = []
        self._inferred_by: dict[str, Statements] = {}
        self._types: dict[tuple[str, ...], tuple[list[bytes], list[Term]]] = {}
        self._sources: dict[tuple[int, int], _Source] = {}
        self._is_fact = type_bytes("pskg:Fact")
        self._is_part = PREDICATES["dct:isPartOf"] + self.document
        self._is_resource = type_bytes("oa:SpecificResource")
        self._is_selector = (
            type_bytes("oa:TextPositionSelector"),
            type_bytes("oa:TextQuoteSelector"),
        )
        self._in_text = PREDICATES["oa:hasSource"] + self.part("text")
        self._described: set[Term] = set()
        self._subjects: dict[tuple[SubjectKind, str, int], Term] = {}
        self._domains: dict[str, Term] = {}
        #: By the identity of the entry, which is too large to be hashed again and again.
        self._sections: dict[int, Term] = {}
        self._bodies: dict[Body, Term] = {}
        self._services: dict[Term, tuple[str, ...]] = {}
        self._own_services: dict[str, str] = {}
        self._derived: dict[str, BodyIdentity] = {}
        self._section_of = _Sections(reading.sections)
        self._disputes = _Disputes(reading.findings, text)

    def map_reading(self, version: str) -> None:
        reading = self.reading
        self.map_run(version)
        self.map_document(reading.document)
        self.map_sections()
        for position, domain in enumerate(reading.domains, 1):
            self.map_domain(domain, position)
        for position, item in enumerate(reading.items, 1):
            self.map_item(item, position)
        self.map_alignments(reading.items)
        for position, task in enumerate(reading.tasks, 1):
            self.map_task(task, position)
        for group in reading.coordination:
            self.map_coordination(group)
        for responsibility in reading.responsibilities:
            self.map_responsibility(responsibility)
        self.map_derived_bodies()
        self.map_funding(reading.funding)
        for indicator in reading.indicators:
            self.map_indicator(indicator)
        for amount in reading.amounts:
            self.map_amount(amount)
        for deadline in reading.deadlines:
            self.map_deadline(deadline)
        for citation in reading.citations:
            self.map_citation(citation)
        for count in reading.counts:
            self.map_count(count)
        for finding in reading.findings:
            self.map_finding(finding)
        self.map_coverage()

    # Writing

    def add(self, subject: Term, predicate: str, object_: Term | None) -> None:
        if object_ is not None:
            self.statements[subject].append(PREDICATES[predicate] + object_)
            if predicate in TELLING:
                self.telling.append((subject, written(predicate), object_))

    def infer(self, rule: str, subject: Term, predicate: str, object_: Term) -> None:
        """Add what is computed, not read, to the graph of the rule that computes it.

        ``rule`` is the notation of a concept of the inference rules. The graph says of itself
        which rule made it and of what, so that whoever leaves it out leaves nothing behind.
        """
        if rule not in self._inferred_by:
            graph = named(names.inferred_graph_iri(plain(self.document), rule))
            self.inferred[graph] = self._inferred_by[rule] = defaultdict(list)
            self.infer(rule, graph, "rdf:type", written("pskg:InferredGraph"))
            rule_iri = named(names.concept_iri("inference-rules", rule))
            self.infer(rule, graph, "pskg:rule", rule_iri)
            self.infer(rule, graph, "prov:wasDerivedFrom", self.graph)
        self._inferred_by[rule][subject].append(PREDICATES[predicate] + object_)

    def infer_concept(self, rule: str, subject: Term, predicate: str, iri: str | None) -> None:
        if iri:
            self.infer(rule, subject, predicate, named(iri))

    def add_text(self, subject: Term, predicate: str, text: str | None) -> None:
        """Add a plain string; a blank one is an absent one."""
        if text:
            self.add(subject, predicate, literal(text))

    def add_types(self, subject: Term, *classes: str) -> None:
        known = self._types.get(classes)
        if known is None:
            rests = [type_bytes(class_) for class_ in classes]
            telling = [written(class_) for class_ in classes if class_ in TELLING_CLASSES]
            known = self._types[classes] = rests, telling
        rests, telling = known
        self.statements[subject] += rests
        for class_ in telling:
            self.telling.append((subject, _TYPE, class_))

    def add_concept(self, subject: Term, predicate: str, iri: str | None) -> None:
        if iri:
            self.add(subject, predicate, named(iri))

    def add_identifier(self, node: Term) -> None:
        """Add the part of the IRI that tells a thing apart: CPSV-AP wants it as a string."""
        self.add_text(node, "dct:identifier", plain(node).removeprefix(names.ID))

    def is_new(self, node: Term) -> bool:
        """Whether this thing has not been described yet; from now on it has."""
        if node in self._described:
            return False
        self._described.add(node)
        return True

    def mint(self, kind: str, local: str, start: int) -> Term:
        return named(self.names.mint(kind, local, start))

    def part(self, kind: str, local: str = "") -> Term:
        return named(self.names.part(kind, local))

    def add_source(self, fact: Term, span: Span) -> None:
        """Say what document a fact belongs to, and in which words it stands there."""
        source, position, quote = self.map_span(span)
        self.statements[fact] += (self._is_fact, self._is_part, source, *position)
        self.telling.append((fact, _QUOTE, quote))

    def add_position(self, fact: Term, span: Span) -> None:
        _, position, quote = self.map_span(span)
        self.statements[fact] += position
        self.telling.append((fact, _QUOTE, quote))

    def map_span(self, span: Span) -> _Source:
        """What a fact says of its source, made once for all that stand there."""
        known = self._sources.get((span.start, span.end))
        if known is not None:
            return known
        iri = f"{plain(self.document)}/span/{span.start}-{span.end}"
        node, selector = named(iri), named(f"{iri}/selector")
        quote = literal(span.of(self.text))
        start, end = integer(span.start), integer(span.end)
        # One selector for position and words: a third of all statements are about spans.
        self.statements[node] = [
            self._is_resource,
            PREDICATES["oa:hasSelector"] + selector,
            self._in_text,
        ]
        self.statements[selector] = [
            *self._is_selector,
            PREDICATES["oa:end"] + end,
            PREDICATES["oa:exact"] + quote,
            PREDICATES["oa:start"] + start,
        ]
        source = PREDICATES["prov:wasDerivedFrom"] + node
        position = (
            PREDICATES["pskg:start"] + start,
            PREDICATES["pskg:end"] + end,
            PREDICATES["pskg:quote"] + quote,
        )
        self._sources[span.start, span.end] = source, position, quote
        return source, position, quote

    # The document

    def map_run(self, version: str) -> None:
        run = named(names.activity_iri(version))
        software = named(names.software_iri(version))
        self.add(self.graph, "prov:wasGeneratedBy", run)
        self.add(self.graph, "foaf:primaryTopic", self.document)
        self.add_types(run, "prov:Activity")
        self.add(run, "prov:wasAssociatedWith", software)
        self.add_types(software, "prov:SoftwareAgent")
        self.add(software, "rdfs:label", literal(f"pskg {version}"))
        self.add(software, "pskg:softwareVersion", literal(version))

    def map_document(self, document: Document) -> None:
        node = self.document
        self.add_types(node, "pskg:PolicyDocument", "eli:LegalResource")
        self.add(node, "dct:title", chinese(document.title))
        self.add_text(node, "dct:identifier", document.doc_number)
        self.add_text(node, "pskg:indexNumber", document.index_number)
        self.add_text(node, "pskg:issuerAsWritten", document.issuer)
        self.add_text(node, "pskg:regionAsWritten", document.region)
        self.add_text(node, "dct:subject", document.subject)
        for predicate, day in (
            ("dct:issued", document.issued_on),
            ("pskg:publishedOn", document.published_on),
            ("eli:first_date_entry_in_force", document.valid_from),
            ("eli:date_no_longer_in_force", document.valid_until),
        ):
            if day:
                self.add(node, predicate, typed(day.isoformat(), "date"))
        self.add_text(node, "pskg:effectStatus", document.effect_status.value)
        if document.effect_status in _IN_FORCE:
            self.add(node, "eli:in_force", written(_IN_FORCE[document.effect_status]))
        if document.provisional:
            self.add(node, "pskg:provisional", boolean(True))
        self.add(node, "pskg:periodStart", _year(document.period_start))
        self.add(node, "pskg:periodEnd", _year(document.period_end))
        self.add_text(node, "dct:source", document.source)
        self.add_text(node, "pskg:sha256", document.sha256)
        self.add_text(node, "dct:format", document.media_type)
        self.add_text(node, "pskg:encoding", document.encoding)
        self.add(node, "pskg:textLength", integer(document.length))
        # Told here, for who asks it of thousands of documents cannot count millions of facts.
        for predicate, facts in (
            ("pskg:itemCount", self.reading.items),
            ("pskg:undertakingCount", self.reading.tasks),
            ("pskg:responsibilityCount", self.reading.responsibilities),
            ("pskg:indicatorValueCount", self.reading.indicators),
            ("pskg:findingCount", self.reading.findings),
        ):
            self.add(node, predicate, integer(len(facts)))
        self.map_text()
        self.map_region(document)
        self.map_identities(document)
        # Several issuers stand side by side: 财政部 国家发展改革委, or with 、 between them.
        for name in re.split(r"[\s、,，;；]+", document.issuer or ""):
            if name:
                body, identity = identify_office(name, self.place, self.vocabulary)
                self.add(node, "dct:publisher", self.write_body(body, identity))
        for field, span in sorted(document.spans.items()):
            self.map_masthead(document, field, span)

    def map_text(self) -> None:
        node = self.part("text")
        self.add_types(node, "pskg:SourceText")
        self.add(node, "dct:isFormatOf", self.document)

    def map_masthead(self, document: Document, field: str, span: Span) -> None:
        """Say where the document tells one thing of itself."""
        node = self.part("masthead", field.replace("_", "-"))
        self.add_types(node, "pskg:MastheadEntry")
        self.add_text(node, "pskg:field", field)
        if any(known.name == field for known in fields(document)):
            value = getattr(document, field)
            said = None if value is None or isinstance(value, bool) else str(value)
            self.add_text(node, "pskg:valueAsWritten", said)
        self.add_source(node, span)
        self.statements[self.document].append(self.map_span(span)[0])
        if field == "title":
            self.add_position(self.document, span)

    def map_region(self, document: Document) -> None:
        if not document.region_code:
            return
        node = named(names.region_iri(document.region_code))
        self.add(self.document, "dct:spatial", node)
        if not self.place.chain:
            self.add_types(node, "pskg:Region", "dct:Location")
            self.add_text(node, "dct:identifier", document.region_code)
            if document.region:
                self.add(node, "rdfs:label", chinese(document.region))
            return
        self.map_region_chain(self.place)

    def map_region_chain(self, place: Place) -> None:
        """Describe regions in the graph that all documents share, so that each is said once."""
        for region in place.chain:
            node = named(names.region_iri(region.code))
            if not self.is_new(node):
                return
            self.shared[node] = [*_describe_region(region)]

    def map_sections(self) -> None:
        for entry, end in self._section_of:
            node = self.mint("section", str(entry.heading.start), entry.heading.start)
            self._sections[id(entry)] = node
            about = entry.subject
            self._subjects.setdefault((about.kind, about.no, about.at), node)
            self.add_types(node, "pskg:Section")
            self.add_text(node, "pskg:kind", about.kind.value)
            self.add(node, "dct:title", chinese(entry.title))
            self.add_text(node, "pskg:no", about.no)
            self.add(node, "pskg:level", integer(entry.level))
            self.add_text(node, "pskg:path", " / ".join(entry.path))
            self.add_text(node, "pskg:sectionText", self.text[entry.heading.end : end].strip())
            self.add_body_position(node, entry.span)
            self.add_source(node, entry.heading)

    def add_body_position(self, node: Term, span: Span) -> None:
        self.add(node, "pskg:bodyStart", integer(span.start))
        self.add(node, "pskg:bodyEnd", integer(span.end))

    # Subjects: what other facts are about

    def add_subject(self, subject: Subject) -> Term:
        """Write what every subject has: classes, kind, number and title."""
        node = self.mint(subject.kind.value, subject.no, subject.at)
        self._subjects.setdefault((subject.kind, subject.no, subject.at), node)
        self.add_types(node, *_SUBJECT_CLASSES[subject.kind])
        self.add_text(node, "pskg:kind", subject.kind.value)
        self.add_text(node, "pskg:no", subject.no)
        if subject.title:
            self.add(node, "dct:title", chinese(subject.title))
        return node

    def find_subject(self, subject: Subject) -> Term:
        """The node of a subject.

        One that is not among the facts gets a node without a source, which the shapes report.
        """
        found = self._subjects.get((subject.kind, subject.no, subject.at))
        if found is None:
            found = self.add_subject(subject)
            self.add_types(found, "pskg:Fact")
            self.add(found, "dct:isPartOf", self.document)
        return found

    def map_domain(self, domain: DomainEntry, position: int) -> None:
        node = self.add_subject(domain.subject)
        self._domains.setdefault(key(domain.name), node)
        if domain.name:
            self.add(node, "rdfs:label", chinese(domain.name))
        self.infer_concept("domain-lookup", node, "pskg:concept", domain.concept)
        self.add(node, "pskg:position", integer(position))
        self.add_source(node, domain.span)

    def add_domain(self, node: Term, name: str, concept: str | None) -> None:
        self.add_text(node, "pskg:domain", name)
        self.add(node, "pskg:inDomain", self._domains.get(key(name)) if name else None)
        self.infer_concept("domain-lookup", node, "cv:thematicArea", concept)

    def map_item(self, item: Item, position: int) -> None:
        node = self.add_subject(item.subject)
        self.add_domain(node, item.domain, item.domain_concept)
        self.add(node, "cv:hasLegalResource", self.document)
        self.add(node, "pskg:position", integer(position))
        if item.target_groups:
            self.add(node, "dct:audience", self.map_target_group(item.target_groups))
        if item.standard:
            self.add(node, "cpsv:follows", self.map_standard(item.standard, item.name))
        self.add_identifier(node)
        told = item.provisions[0].text if item.provisions else item.name
        self.add(node, "dct:description", chinese(told))
        if self.place.code:
            self.add(node, "dct:spatial", named(names.region_iri(self.place.code)))
        for predicate, passage in (
            ("pskg:targetGroupText", item.target_groups),
            ("pskg:standardText", item.standard),
            ("pskg:fundingText", item.funding),
            ("pskg:leadText", item.lead),
        ):
            self.add_text(node, predicate, passage.text if passage else None)
        self.add_source(node, item.span)

    def map_alignments(self, items: tuple[Item, ...]) -> None:
        """Say of each item which service of the national list it is, how sure, and why."""
        nodes = [self.find_subject(item.subject) for item in items]
        found = align_items(
            items, self.vocabulary, iris=[plain(node) for node in nodes], curated=load_curated()
        )
        for item, node, alignments in zip(items, nodes, found, strict=True):
            for order, one in enumerate(alignments, 1):
                self.map_alignment(node, one, order)
            self._services[node] = tuple(
                one.concept for one in alignments if one.concept and one.asserted
            )
            if alignments and not any(one.concept for one in alignments):
                self._own_services.setdefault(item.name, plain(node))

    def map_alignment(self, item: Term, one: Alignment, order: int) -> None:
        rule = "item-alignment"
        local = one.concept.rsplit("/", 1)[-1] if one.concept else "none"
        node = named(f"{plain(item)}/alignment/{local}")
        status = "asserted" if one.asserted else "unsure" if one.unsure else "none"
        self.infer(rule, node, "rdf:type", written("pskg:Alignment"))
        self.infer(rule, node, "dct:isPartOf", self.document)
        self.infer(rule, node, "pskg:alignmentOf", item)
        self.infer(rule, node, "pskg:order", integer(order))
        self.infer(rule, node, "pskg:match", literal(one.match.value))
        self.infer(rule, node, "pskg:alignmentStatus", literal(status))
        confidence = _decimal(f"{one.confidence:.2f}")
        assert confidence is not None
        self.infer(rule, node, "sssom:confidence", confidence)
        self.infer(rule, node, "sssom:mapping_justification", written(one.justification))
        self.infer(rule, node, "dct:description", literal(one.reason) + b"@en")
        if one.concept is None:
            return
        concept = named(one.concept)
        self.infer(rule, node, "pskg:alignedTo", concept)
        if one.asserted:
            self.infer(rule, item, one.match.predicate, concept)
            if one.match in (Match.EXACT, Match.CLOSE):
                self.infer(rule, item, "pskg:canonicalItem", concept)

    def map_served(self, node: Term, domain: str | None, services: Iterable[str]) -> None:
        """Say which services, and which field of them, something serves."""
        for iri in (*services, *((domain,) if domain else ())):
            self.infer("serves", node, "pskg:serves", named(iri))

    def map_target_group(self, passage: Passage) -> Term:
        node = self.part("audience", f"{passage.span.start}-{passage.span.end}")
        if self.is_new(node):
            self.add_types(node, "pskg:TargetGroup")
            self.add(node, "rdfs:label", chinese(passage.text))
            self.infer_audience(node, passage.text)
            self.add_source(node, passage.span)
        return node

    def infer_audience(self, node: Term, text: str) -> None:
        """Write the groups and ages that the words of a target group stand for."""
        rule = "target-group-lookup"
        said = identify_audience(text, self.vocabulary)
        for concept in said.concepts:
            self.infer(rule, node, "pskg:concept", named(concept))
        for order, age in enumerate(said.ages, 1):
            band = named(f"{plain(node)}/age-{order}")
            self.infer(rule, node, "pskg:ageBand", band)
            self.infer(rule, band, "rdf:type", written("pskg:AgeBand"))
            self.infer(rule, band, "rdfs:label", chinese(text[age.start : age.end]))
            if age.minimum is not None:
                self.infer(rule, band, "pskg:minAge", integer(age.minimum))
            if age.maximum is not None:
                self.infer(rule, band, "pskg:maxAge", integer(age.maximum))
            for concept in age.concepts:
                self.infer(rule, band, "pskg:concept", named(concept))

    def map_standard(self, passage: Passage, item: str) -> Term:
        node = self.part("standard", f"{passage.span.start}-{passage.span.end}")
        if self.is_new(node):
            self.add_types(node, "pskg:Standard", "cpsv:Rule")
            self.add_identifier(node)
            self.add(node, "dct:title", chinese(item))
            self.add(node, "dct:description", chinese(passage.text))
            self.add_source(node, passage.span)
        return node

    def map_task(self, task: Task, position: int) -> None:
        node = self.add_subject(task.subject)
        self.add_domain(node, task.domain, task.domain_concept)
        self.add_text(node, "pskg:sectionTitle", task.section)
        section = self._section_of.at(task.span.start, task.section)
        if section:
            self.add(node, "pskg:inSection", self._sections[id(section)])
        self.add(node, "pskg:position", integer(position))
        body = task.body.of(self.text)
        self.add_text(node, "pskg:bodyText", body)
        named = served_by_name(task.title, self.vocabulary, self._own_services)
        told = served_by_text(body, task.domain_concept, self.vocabulary, self._own_services)
        self.map_served(node, task.domain_concept, (*named, *told))
        self.add_body_position(node, task.body)
        self.add_source(node, task.span)

    def map_coordination(self, group: Coordination) -> None:
        node = self.add_subject(group.subject)
        if group.name:
            self.add(node, "rdfs:label", chinese(group.name))
        if group.office:
            self.add_text(node, "pskg:officeAsWritten", group.office.text)
            body, identity = identify_office(group.office.text, self.place, self.vocabulary)
            self.add(node, "pskg:office", self.write_body(body, identity))
        code = region_of_name(group.name, self.place)
        if code:
            self.infer("group-region", node, "dct:spatial", named(names.region_iri(code)))
            self.map_region_chain(place_of(code))
        self.add_source(node, group.span)

    # Responsibilities and bodies

    def map_responsibility(self, fact: Responsibility) -> None:
        subject = self.find_subject(fact.subject)
        body = self.map_body(fact.body)
        local = f"{fact.subject.kind.value}-{fact.subject.no}-{fact.order}"
        node = self.mint("responsibility", local, fact.span.start)
        self.add_types(node, "pskg:Responsibility", "cv:Participation")
        self.add(node, "pskg:subject", subject)
        self.add(node, "pskg:body", body)
        role = named(names.concept_iri("roles", fact.role.value))
        self.add(node, "pskg:role", role)
        self.add(node, "cv:role", role)
        self.add(node, "cv:hasParticipant", body)
        self.add_identifier(node)
        self.add(node, "dct:description", chinese(f"{fact.body.name}（{_ROLE_WORDS[fact.role]}）"))
        self.add(node, "pskg:order", integer(fact.order))
        self.add_text(node, "pskg:bodyAsWritten", fact.body.name)
        self.add_text(node, "pskg:deadline", fact.deadline)
        self.add_source(node, fact.span)
        self.infer("direct-edge", body, _DIRECT_EDGES[fact.role], subject)
        if fact.role is Role.LEAD and fact.subject.kind is SubjectKind.ITEM:
            self.infer("direct-edge", subject, "cv:hasCompetentAuthority", body)

    def map_body(self, body: Body) -> Term:
        node = self._bodies.get(body)
        if node is None:
            node = self.write_body(body, identify_body(body, self.place, self.vocabulary))
            self._bodies[body] = node
        return node

    def write_body(self, body: Body, identity: BodyIdentity) -> Term:
        iri = names.body_iri(identity.region, identity.function, identity.name)
        node = named(iri)
        self.add_text(node, "pskg:nameAsWritten", body.name)
        label = chinese(name_body(identity, self.vocabulary))
        if label != chinese(body.name):
            self.add(node, "skos:altLabel", chinese(body.name))
        if not self.is_new(node):
            return node
        self.add_types(node, "pskg:Body", "org:Organization", "cv:PublicOrganisation")
        self.add(node, "rdfs:label", label)
        self.add(node, "skos:prefLabel", label)
        self.classify_body(node, identity)
        self.infer_concept("body-lookup", node, "pskg:bodyKind", body.kind)
        self.add(node, "pskg:collective", boolean(body.collective))
        if not body.collective and not identity.functions:
            self.infer("body-lookup", node, "pskg:unclassified", boolean(True))
        if identity.region:
            self.map_region_chain(place_of(identity.region))
        self.relate_body(node, body, identity)
        return node

    def classify_body(self, node: Term, identity: BodyIdentity) -> None:
        """Say what a body is for, and of which region it is."""
        rule = "body-lookup"
        for function in identity.functions:
            self.infer_concept(rule, node, "org:classification", function)
        self.infer_concept(rule, node, "pskg:mainFunction", next(iter(identity.functions), None))
        if identity.region:
            region = named(names.region_iri(identity.region))
            self.infer(rule, node, "dct:spatial", region)

    def relate_body(self, node: Term, body: Body, identity: BodyIdentity) -> None:
        """Say what stands above a body, what it holds and what became of it."""
        for member in members_of(body, self.place, self.year, self.vocabulary):
            held = self.derive_body(member)
            self.infer("collective-members", node, "org:hasMember", held)
        for event in changes_of(identity, self.vocabulary):
            self.infer_concept("reorganisation", node, "org:changedBy", event)
        for guide in guides_of(identity, self.vocabulary):
            guiding = self.derive_body(guide)
            self.infer("body-guidance", node, "pskg:guidedBy", guiding)
        superior = superior_of(identity, self.vocabulary)
        while superior:
            above = self.derive_body(superior)
            self.infer("body-superior", node, "org:subOrganizationOf", above)
            node, superior = above, superior_of(superior, self.vocabulary)

    def derive_body(self, identity: BodyIdentity) -> Term:
        """A body that follows from another one, whether or not a document names it."""
        iri = names.body_iri(identity.region, identity.function, identity.name)
        self._derived[iri] = identity
        return named(iri)

    def map_derived_bodies(self) -> None:
        """Describe the bodies that follow from others, save those that the document names."""
        for iri, identity in self._derived.items():
            node = named(iri)
            if self.is_new(node):
                self.infer("body-lookup", node, "rdf:type", written("org:Organization"))
                self.infer("body-lookup", node, "rdfs:label", chinese(identity.name))
                self.classify_body(node, identity)

    # Money and figures

    def map_funding(self, shares: Iterable[FundingShare]) -> None:
        splits: dict[tuple[Term, int], list[FundingShare]] = {}
        for share in shares:
            subject = self.find_subject(share.subject)
            splits.setdefault((subject, share.split), []).append(share)
        for (subject, number), members in splits.items():
            self.map_split(subject, number, members)

    def map_split(self, subject: Term, number: int, members: list[FundingShare]) -> None:
        span = members[0].span
        for member in members[1:]:
            span = span.to(member.span)
        about = members[0].subject
        prefix = "" if about.kind is SubjectKind.ITEM else f"{about.kind.value}-"
        local = f"{prefix}{about.no}-{number}"
        split = self.mint("funding", local, span.start)
        self.add_types(split, "pskg:FundingSplit")
        self.add(split, "pskg:splitOf", subject)
        self.add(split, "pskg:order", integer(number))
        conditions = dict.fromkeys(member.condition for member in members if member.condition)
        self.add_text(split, "pskg:condition", "；".join(conditions))
        self.add_source(split, span)
        for order, member in enumerate(members, 1):
            node = self.mint("funding", f"{local}-{order}", member.span.start)
            payer = self.map_payer(member)
            self.add_types(node, "pskg:FundingShare")
            self.add(split, "pskg:hasShare", node)
            self.add(node, "pskg:fundingOf", subject)
            self.add(node, "pskg:payer", payer)
            self.add_text(node, "pskg:payerAsWritten", member.payer)
            self.add(node, "pskg:order", integer(order))
            if member.share and self._disputes.touch(member.span):
                self.add(node, "pskg:disputed", boolean(True))
            else:
                self.add(node, "pskg:share", _decimal(member.share))
            self.add_text(node, "pskg:shareAsWritten", member.share)
            self.add_text(node, "pskg:basis", member.basis.value)
            self.add_text(node, "pskg:condition", member.condition)
            self.add_source(node, member.span)
            self.infer("direct-edge", payer, "pskg:pays", subject)

    def map_payer(self, share: FundingShare) -> Term:
        if share.payer_concept:
            return named(share.payer_concept)
        node = named(names.payer_iri(share.payer))
        if self.is_new(node):
            self.add_types(node, "pskg:Payer")
            self.add(node, "rdfs:label", chinese(share.payer))
        return node

    def map_indicator(self, fact: Indicator) -> None:
        node = self.mint("indicator", str(fact.span.start), fact.span.start)
        measured = named(names.indicator_iri(fact.name))
        if self.is_new(measured):
            self.add_types(measured, "pskg:Indicator")
            self.add(measured, "rdfs:label", chinese("".join(fact.name.split())))
        self.add_types(node, "pskg:IndicatorValue", "qb:Observation")
        self.add(node, "qb:dataSet", self.map_data_set())
        self.add(node, "rdfs:label", chinese(fact.name))
        self.add(node, "pskg:indicator", measured)
        self.add(node, "pskg:year", _year(fact.year))
        self.add_text(node, "pskg:valueAsWritten", fact.value)
        if self._disputes.hit(fact.span, fact.value):
            self.add(node, "pskg:disputed", boolean(True))
        else:
            self.add(node, "pskg:value", _decimal(fact.value))
        self.add_text(node, "pskg:unit", fact.unit)
        self.add_text(node, "pskg:comparator", fact.comparator.value)
        self.add_text(node, "pskg:indicatorKind", fact.kind.value)
        self.add(node, "pskg:cumulative", boolean(fact.cumulative))
        self.add(node, "pskg:fromTable", boolean(fact.from_table))
        self.add_domain(node, fact.domain, None)
        self.infer_concept("domain-lookup", node, "pskg:concept", fact.domain_concept)
        services = served_by_name(fact.name, self.vocabulary, self._own_services)
        if fact.subject:
            subject = self.find_subject(fact.subject)
            self.add(node, "pskg:subject", subject)
            services = (*services, *self._services.get(subject, ()))
        self.map_served(node, fact.domain_concept, services)
        if self.place.code:
            self.add(node, "pskg:refArea", named(names.region_iri(self.place.code)))
        self.add_source(node, fact.span)

    def map_data_set(self) -> Term:
        node = self.part("indicators")
        if self.is_new(node):
            self.add_types(node, "qb:DataSet")
            self.add(node, "qb:structure", written("pskg:indicatorStructure"))
            self.add(node, "dct:isPartOf", self.document)
        return node

    def map_amount(self, fact: Amount) -> None:
        node = self.mint("amount", str(fact.span.start), fact.span.start)
        self.add_types(node, "pskg:Amount", "schema:MonetaryAmount")
        self.add(node, "pskg:subject", self.find_subject(fact.subject))
        self.add_text(node, "pskg:amountAsWritten", fact.amount)
        if self._disputes.hit(fact.span, fact.amount):
            self.add(node, "pskg:disputed", boolean(True))
        else:
            self.add(node, "schema:value", _decimal(fact.amount))
        self.add_text(node, "schema:currency", "CNY")
        self.add_text(node, "pskg:unit", fact.unit)
        self.add_text(node, "pskg:beneficiary", fact.beneficiary)
        self.add_source(node, fact.span)

    def map_deadline(self, fact: Deadline) -> None:
        node = self.mint("deadline", str(fact.span.start), fact.span.start)
        self.add_types(node, "pskg:Deadline")
        self.add(node, "pskg:subject", self.find_subject(fact.subject))
        self.add_text(node, "pskg:deadline", fact.text)
        self.add_source(node, fact.span)

    # What a document says of others and of itself

    def map_citation(self, fact: Citation) -> None:
        cited = self.map_cited(fact)
        node = self.mint("citation", str(fact.span.start), fact.span.start)
        self.add_types(node, "pskg:Citation")
        self.add(node, "pskg:citedDocument", cited)
        self.add_text(node, "pskg:relation", fact.relation.value)
        self.add_text(node, "pskg:citedTitle", fact.title)
        self.add_text(node, "pskg:citedNumber", fact.number)
        self.add_source(node, fact.span)
        edge = "eli:based_on" if fact.relation is Relation.IMPLEMENTS else "eli:cites"
        self.infer("direct-edge", self.document, edge, cited)

    def map_cited(self, fact: Citation) -> Term:
        """The document that is cited, with the title and number that this document gives it."""
        start = fact.span.start
        before = self.text[max(0, start - REACH) : start]
        identity = identify_citation(
            fact.title, fact.number, before, plain(self.document), self.place, self.vocabulary
        )
        cited = _cited_node(identity)
        self.add_types(cited, "pskg:CitedDocument", "eli:LegalResource")
        self.add(cited, "dct:title", chinese("".join(fact.title.split())))
        self.add_text(cited, "dct:identifier", "".join((fact.number or "").split()))
        if identity.region:
            region = named(names.region_iri(identity.region))
            self.infer("citation-lookup", cited, "dct:spatial", region)
            self.map_region_chain(place_of(identity.region))
            if identity.number and identity.title:
                by_number = replace(identity, scope=identity.region, title="", issuer="")
                self.infer("citation-lookup", cited, "owl:sameAs", _cited_node(by_number))
        return cited

    def map_identities(self, document: Document) -> None:
        """Say as what the document may be cited, so that citations elsewhere lead to it."""
        for identity in identify_document(document, self.place, self.vocabulary):
            self.infer("citation-lookup", _cited_node(identity), "owl:sameAs", self.document)

    def map_count(self, fact: DeclaredCount) -> None:
        node = self.mint("count", str(fact.span.start), fact.span.start)
        self.add_types(node, "pskg:DeclaredCount")
        self.add_text(node, "pskg:countOf", fact.of)
        self.add(node, "pskg:declared", integer(fact.number))
        self.add(node, "pskg:found", integer(fact.found))
        self.add_text(node, "pskg:domain", fact.scope)
        self.add_source(node, fact.span)

    def map_finding(self, fact: Finding) -> None:
        node = self.mint("finding", f"{fact.kind}-{fact.span.start}", fact.span.start)
        self.add_types(node, "pskg:Finding", "dqv:QualityAnnotation")
        self.add_text(node, "pskg:kind", fact.kind)
        self.add_concept(node, "pskg:findingKind", names.concept_iri("finding-kinds", fact.kind))
        self.add_text(node, "pskg:severity", fact.severity.value)
        self.add_text(node, "dct:description", fact.message)
        self.add_text(node, "pskg:suggestion", fact.suggestion)
        self.add_source(node, fact.span)

    def map_coverage(self) -> None:
        """Write how many characters became what; the ledger itself stays with the build."""
        characters = dict.fromkeys(StretchKind, 0)
        for stretch in self.reading.coverage:
            characters[stretch.kind] += stretch.span.end - stretch.span.start
        for kind, number in characters.items():
            if number:
                node = self.part("coverage", kind.value.replace("_", "-"))
                self.add_types(node, "pskg:Coverage")
                self.add_text(node, "pskg:kind", kind.value)
                self.add(node, "pskg:characters", integer(number))
                self.add(node, "dct:isPartOf", self.document)
