"""What the graph says of an item or a body, and of a document: what is told of each."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["BodyAnswer", "BodyPart", "DocumentEntry", "Duty", "ItemAnswer", "PayerPart", "Payment"]


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as answers name it. Blank where the document does not say."""

    iri: str
    title: str
    number: str
    region: str
    region_code: str


@dataclass(frozen=True, slots=True)
class BodyPart:
    """One body's part in one item: lead, responsible, cooperating or member.

    ``function`` is what the body is for (财政), blank where that is not known.
    """

    name: str
    role: str
    function: str
    order: int
    deadline: str
    quote: str
    start: int
    end: int
    body: str
    fact: str


@dataclass(frozen=True, slots=True)
class PayerPart:
    """One payer's part in one item. ``share`` is a fraction of 1, blank where none is given.

    Parts with one ``split`` are parts of one whole; ``condition`` says when it applies.
    """

    name: str
    share: str
    basis: str
    condition: str
    split: int
    order: int
    quote: str
    start: int
    end: int
    payer: str
    fact: str


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """What one document says of an item, or of another subject of that name.

    ``match`` tells how the name fits: ``exact``, ``canonical`` where the item is a case of the
    entry of the canonical list that was asked for but bears another name, or ``part`` where the
    name holds what was asked for. ``canonical`` is the IRI of that entry, blank where the item
    is aligned to none; ``holds`` and ``part_of`` are those of entries that the item holds besides
    more, or is a part of. ``kind`` is item, or task, measure, mechanism, division, target, domain,
    organisation. The texts ``standard``, ``target_groups``, ``funding`` and ``lead`` are the
    cells as they stand, blank where the document gives none.
    """

    name: str
    kind: str
    no: str
    match: str
    document: DocumentEntry
    domain: str
    target_groups: str
    standard: str
    funding: str
    lead: str
    quote: str
    start: int
    end: int
    iri: str
    canonical: str = ""
    holds: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    bodies: tuple[BodyPart, ...] = ()
    payers: tuple[PayerPart, ...] = ()

    @property
    def leads(self) -> tuple[str, ...]:
        """The names of the bodies that lead, in the order of the document."""
        return tuple(dict.fromkeys(part.name for part in self.bodies if part.role == "lead"))

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dicts, lists, strings and numbers."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Duty:
    """One part that a body has in one subject. ``name`` is the body's as written there."""

    role: str
    subject: str
    subject_kind: str
    subject_no: str
    domain: str
    name: str
    deadline: str
    document: DocumentEntry
    quote: str
    start: int
    end: int
    subject_iri: str
    fact: str


@dataclass(frozen=True, slots=True)
class Payment:
    """One part that a payer has in paying for one subject."""

    subject: str
    subject_kind: str
    subject_no: str
    name: str
    share: str
    basis: str
    condition: str
    document: DocumentEntry
    quote: str
    start: int
    end: int
    subject_iri: str
    fact: str


@dataclass(frozen=True, slots=True)
class BodyAnswer:
    """Everything that the graph says of one body or payer.

    ``match`` tells how it was found: by ``name``, by ``function`` (财政 finds 市财政局), by
    ``succession`` (卫生健康委 finds 卫生计生委, whose function it took over), or by ``part`` of a
    name. ``region`` is the body's own.
    """

    label: str
    names: tuple[str, ...]
    match: str
    function: str
    region: str
    region_code: str
    collective: bool
    iri: str
    duties: tuple[Duty, ...] = ()
    payments: tuple[Payment, ...] = ()

    def in_role(self, role: str) -> tuple[Duty, ...]:
        """The duties in one role: lead, responsible, cooperating or member."""
        return tuple(duty for duty in self.duties if duty.role == role)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dicts, lists, strings and numbers."""
        return asdict(self)
