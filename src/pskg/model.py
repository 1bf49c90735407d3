"""The facts: frozen dataclasses, each with the span of the words it was read from.

What a document has thousands of (spans, subjects, stretches) are named tuples: as fixed, and made
and compared in a fraction of the time.

Facts know nothing of RDF, of files or of vocabularies' syntax; they are what
:mod:`pskg.extract` returns and what :mod:`pskg.graph` writes down. Values are verbatim: the
characters of the source with white space removed where a cell was broken over lines, never
repaired. What the words mean is told by the enumerations here and, for everything that has a
name in a vocabulary, by the IRI of its concept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self

__all__ = [
    "Amount",
    "Basis",
    "Body",
    "Citation",
    "Comparator",
    "Coordination",
    "Deadline",
    "DeclaredCount",
    "Document",
    "DomainEntry",
    "EffectStatus",
    "Finding",
    "FundingShare",
    "Indicator",
    "IndicatorKind",
    "Item",
    "Passage",
    "Reading",
    "Relation",
    "Responsibility",
    "Role",
    "SectionEntry",
    "Severity",
    "Span",
    "Stretch",
    "StretchKind",
    "Subject",
    "SubjectKind",
    "Task",
    "TaskKind",
]


class _Ends(NamedTuple):
    start: int
    end: int


class Span(_Ends):
    """A stretch of a document's text, in code points, the end not included.

    >>> Span(2, 5).of("0123456")
    '234'
    >>> Span(2, 2)
    Traceback (most recent call last):
    ...
    ValueError: a span holds at least one character: 2 to 2
    """

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        """Raises ValueError where nothing stands between the two."""
        if not 0 <= start < end:
            raise ValueError(f"a span holds at least one character: {start} to {end}")
        return tuple.__new__(cls, (start, end))

    def of(self, text: str) -> str:
        """The words that stand at this span of ``text``."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span.

        >>> Span(0, 9).covers(Span(3, 9)), Span(0, 9).covers(Span(3, 10))
        (True, False)
        """
        return self.start <= other.start and other.end <= self.end

    def to(self, other: Span) -> Span:
        """The smallest span that holds both.

        >>> Span(3, 5).to(Span(9, 12))
        Span(start=3, end=12)
        """
        return Span(min(self.start, other.start), max(self.end, other.end))


class _Notation(StrEnum):
    """A name from a closed list. Its hash is that of its text, which needs no call of Python."""

    __hash__ = str.__hash__


class EffectStatus(_Notation):
    """Whether a document is in force, as its page says."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class Relation(_Notation):
    """How a document refers to another one."""

    IMPLEMENTS = "implements"
    CITES = "cites"


class TaskKind(_Notation):
    """What sort of undertaking a numbered or headed piece of work is."""

    TASK = "task"
    MEASURE = "measure"
    MECHANISM = "mechanism"
    DIVISION = "division"
    TARGET = "target"


class SubjectKind(_Notation):
    """What a responsibility or an amount is about.

    A section is the subject of an amount alone, where it stands under no item and no task.
    """

    ITEM = "item"
    TASK = "task"
    DOMAIN = "domain"
    MEASURE = "measure"
    MECHANISM = "mechanism"
    DIVISION = "division"
    TARGET = "target"
    ORGANISATION = "organisation"
    SECTION = "section"


_KIND_OF_TASK = {kind: SubjectKind(kind.value) for kind in TaskKind}


class Role(_Notation):
    """The part a body plays in a subject."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATING = "cooperating"
    MEMBER = "member"


class Basis(_Notation):
    """On what a funding share is stated: a ratio, a percentage, or words alone."""

    RATIO = "ratio"
    PERCENTAGE = "percentage"
    QUALITATIVE = "qualitative"


class Comparator(_Notation):
    """How a figure is to be compared with what is reached."""

    EQUAL = "="
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    BELOW_NATIONAL_AVERAGE = "below_national_average"


class IndicatorKind(_Notation):
    """Whether a figure reports what was reached or sets what shall be."""

    BASELINE = "baseline"
    TARGET = "target"


class Severity(_Notation):
    """How much a finding matters to a reader of the graph, worst first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class StretchKind(_Notation):
    """What a stretch of a source became (the coverage ledger)."""

    FACT = "fact"
    STRUCTURE = "structure"
    TEXT = "text"
    BOILERPLATE = "boilerplate"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the source and where they stand.

    ``text`` is what was read: the source's characters, white space removed where a cell or a
    title was broken over lines. ``span`` is where; ``span.of(page.text)`` is the exact quote.
    """

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says of itself (its masthead), and what it was read from.

    Each value is None where the page does not give it. ``valid_from`` and ``valid_until`` are the
    first and the last day in force, ``provisional`` is what is issued for trial (试行). ``spans``
    tells for each field name where its words stand.
    """

    title: str
    source: str
    sha256: str
    media_type: str
    encoding: str
    length: int
    doc_number: str | None = None
    index_number: str | None = None
    issuer: str | None = None
    region: str | None = None
    region_code: str | None = None
    issued_on: date | None = None
    published_on: date | None = None
    effect_status: EffectStatus = EffectStatus.UNKNOWN
    period_start: int | None = None
    period_end: int | None = None
    subject: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    provisional: bool = False
    spans: dict[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A heading and the stretch of text that stands under it, down to the next of its level."""

    number: str
    title: str
    level: int
    path: tuple[str, ...]
    heading: Span
    span: Span
    ordinal: int | None = None

    @property
    def subject(self) -> Subject:
        """This section as the subject of another fact; its number in figures, as a task's is."""
        number = self.number if self.ordinal is None else str(self.ordinal)
        return Subject(SubjectKind.SECTION, number, self.title, self.heading.start)


class Subject(NamedTuple):
    """What a responsibility, an amount or an indicator is about.

    ``at`` is where the subject's own span starts: with it two subjects of one kind and number
    in one document stay two.
    """

    kind: SubjectKind
    no: str
    title: str
    at: int


@dataclass(frozen=True, slots=True)
class DomainEntry:
    """A field of service as one document sets it out. ``concept`` is the vocabulary's, if any."""

    no: str
    name: str
    concept: str | None
    span: Span

    @property
    def subject(self) -> Subject:
        """This domain as the subject of another fact."""
        return Subject(SubjectKind.DOMAIN, self.no, self.name, self.span.start)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a service list: a row of a table, or a name in a sentence.

    ``content`` is what is provided, where a list keeps it in a column beside the standard. The
    cells are None where the document gives the name alone.
    """

    no: str
    name: str
    domain: str
    domain_concept: str | None
    span: Span
    target_groups: Passage | None = None
    standard: Passage | None = None
    funding: Passage | None = None
    lead: Passage | None = None
    content: Passage | None = None

    @property
    def provisions(self) -> tuple[Passage, ...]:
        """The cells that say what is provided and to what standard."""
        return tuple(cell for cell in (self.content, self.standard) if cell)

    @property
    def subject(self) -> Subject:
        """This item as the subject of another fact."""
        return Subject(SubjectKind.ITEM, self.no, self.name, self.span.start)


@dataclass(frozen=True, slots=True)
class Task:
    """A numbered or headed piece of work. ``span`` is the title, ``body`` the whole paragraph."""

    kind: TaskKind
    no: str
    title: str
    domain: str
    domain_concept: str | None
    section: str
    span: Span
    body: Span

    @property
    def subject(self) -> Subject:
        """This task as the subject of another fact."""
        return Subject(_KIND_OF_TASK[self.kind], self.no, self.title, self.span.start)


@dataclass(frozen=True, slots=True)
class Body:
    """A body as a document writes it, and what the vocabularies know of it.

    ``function`` and ``kind`` are IRIs of concepts; ``collective`` marks a name that stands for
    many bodies (各县区政府, 有关部门).
    """

    name: str
    function: str | None = None
    kind: str | None = None
    collective: bool = False


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One body's part in one subject. ``order`` counts from 1 through the subject's bodies."""

    subject: Subject
    body: Body
    role: Role
    order: int
    span: Span
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class FundingShare:
    """One payer's part in paying for an item.

    ``split`` numbers the splits of an item from 1: the shares of one split are parts of one
    whole. ``share`` is the fraction of 1 in decimal notation, None where none is given.
    ``condition`` is the scheme, the words that say when the split applies.
    """

    subject: Subject
    split: int
    condition: str
    payer: str
    payer_concept: str | None
    share: str | None
    basis: Basis
    span: Span


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure with a name, for a year. ``value`` is as printed."""

    name: str
    value: str
    unit: str
    year: int | None
    comparator: Comparator
    kind: IndicatorKind
    cumulative: bool
    domain: str
    domain_concept: str | None
    span: Span
    subject: Subject | None = None
    from_table: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """Money that a person or body receives or pays. ``amount`` is as printed, in ``unit``."""

    subject: Subject
    amount: str
    unit: str
    beneficiary: str
    span: Span


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, or how often, a subject is to be done. ``text`` is as written: 2025年底前, 每年."""

    subject: Subject
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Coordination:
    """A coordination group (领导小组, 联席会议). Its head and members are responsibilities."""

    no: str
    name: str
    span: Span
    office: Passage | None = None

    @property
    def subject(self) -> Subject:
        """This group as the subject of another fact."""
        return Subject(SubjectKind.ORGANISATION, self.no, self.name, self.span.start)


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another document. ``own`` citations (its own title, annex) are not made."""

    title: str
    number: str | None
    relation: Relation
    span: Span


@dataclass(frozen=True, slots=True)
class DeclaredCount:
    """A number of things that the document says it holds, and how many were found in it.

    ``of`` names what is counted: item, domain, task, mechanism. ``scope`` is the domain the
    count is for, blank for the whole document.
    """

    of: str
    number: int
    found: int
    scope: str
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the document does not say right, or that was not understood.

    ``kind`` is the notation of a concept of the finding kinds; ``suggestion`` is what was
    probably meant, with ``message`` giving the reason.
    """

    kind: str
    severity: Severity
    message: str
    span: Span
    suggestion: str | None = None


class Stretch(NamedTuple):
    """One entry of the coverage ledger. The stretches of a document follow without a gap."""

    kind: StretchKind
    span: Span
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read from one document, each tuple in the order of the source."""

    document: Document
    sections: tuple[SectionEntry, ...] = ()
    domains: tuple[DomainEntry, ...] = ()
    items: tuple[Item, ...] = ()
    tasks: tuple[Task, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    funding: tuple[FundingShare, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    amounts: tuple[Amount, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    coordination: tuple[Coordination, ...] = ()
    citations: tuple[Citation, ...] = ()
    counts: tuple[DeclaredCount, ...] = ()
    findings: tuple[Finding, ...] = ()
    coverage: tuple[Stretch, ...] = ()
