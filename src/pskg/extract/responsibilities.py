"""Responsibilities: which body plays which part in which subject.

How bodies are told their roles is in :mod:`pskg.extract.grammar.duties`; here each list finds
its subject: the row it stands in, the paragraph it ends, or the domain or mechanism at whose end
it stands in a paragraph of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pskg.extract.grammar.bodies import (
    Assignment,
    classify_body,
    fold_name,
    is_body_name,
    is_definite,
    read_body_list,
)
from pskg.extract.grammar.duties import (
    Clause,
    ClauseKind,
    find_responsibility_clauses,
    read_deadline,
    read_responsibility,
)
from pskg.extract.grammar.groups import find_coordination_groups
from pskg.extract.outline import Node, Outline
from pskg.extract.parts import Parts
from pskg.extract.tables import DataTable, TableKind
from pskg.extract.tasks import Undertaking
from pskg.model import (
    Coordination,
    Deadline,
    Item,
    Passage,
    Responsibility,
    Role,
    Span,
    Subject,
    TaskKind,
)
from pskg.read import Block, Cell, Page
from pskg.vocabulary import Vocabulary

__all__ = ["Assigned", "assign_bodies", "find_list_bearers"]

_ROLE_OF_COLUMN = {
    "lead": Role.LEAD,
    "responsible": Role.RESPONSIBLE,
    "unit": Role.RESPONSIBLE,
    "cooperating": Role.COOPERATING,
    "guiding": Role.COOPERATING,
}
_TRIGGER = re.compile(r"牵头|负责|配合|会同|主责|责任单位|分工")
#: The words that a rule on who leads in a list comes down to.
_RULES = re.compile(r"[为是系即](?:[该本此]项\w{0,4}的?)?(?:总?牵头|主责)")
#: A rule that governs the lists from here on: 列第一位者为牵头单位,下同.
_FIRST_LEADS = re.compile(
    r"(?:(?:列|排|位居|排名|排序|位列)(?:在|于)?(?:第一(?:位|的|个)?|首位|最前面?|前面)的?"
    r"|(?:第一|首)(?:个|位|家)的?|首列|首位|排头)(?:者|单位|部门|责任单位)?"
    r"(?:为|是|系|即)(?:(?:该|本|此)项\w{0,4}的?)?(?:总?牵头|主责)"
)
#: A mark that tells the one that leads from the others: 标*的为牵头单位.
_MARK = "*＊★☆▲△●◆#"
_MARKED_LEADS = re.compile(
    rf"(?:标|注|带|加|有|打|画)[有注明]?[“\"]?([{_MARK}])[”\"]?号?(?:的|者)?(?:单位|部门)?[为是]牵头"
)
#: A paragraph that may open with who runs a site or an event.
_IMPRINT = re.compile(r"\s*(?:主\s?[办管]|承\s?办|协\s?办|支\s?持)")
_CLOSING = re.compile(r"[\s)）\]］】。.;；]*")


@dataclass(frozen=True, slots=True)
class Assigned:
    """The responsibilities of a document, their deadlines, and the groups it sets up."""

    responsibilities: tuple[Responsibility, ...]
    coordination: tuple[Coordination, ...]
    deadlines: tuple[Deadline, ...]


def find_list_bearers(outline: Outline, vocabulary: Vocabulary) -> frozenset[int]:
    """The parts (by ``id``) whose own paragraphs hold a list of bodies."""
    imprints = _find_imprints(outline, vocabulary)
    return frozenset(
        id(node)
        for node in outline.walk()
        for block in node.paragraphs
        if _lists(block, imprints, vocabulary)
    )


#: What opens a sentence about all of a chapter or field, at the end of its last piece of work.
_OF_THE_WHOLE = re.compile(
    r"\s*本(?:章|领域|方面|部分|篇)[^，。；：由]{0,8}(?:任务|工作|项目|措施|内容|服务|事项)?[，：]?由"
)


def _find_imprints(outline: Outline, vocabulary: Vocabulary) -> frozenset[str]:
    """The labels of roles that stand in several parts: 主办单位 is no imprint of a site then."""
    labels = Counter(
        label
        for node in outline.walk()
        for label in {
            clause.imprint
            for block in node.paragraphs
            if _IMPRINT.match(block.text)
            for clause in find_responsibility_clauses(block.text, block.start, vocabulary)
        }
    )
    return frozenset({"", *(label for label, times in labels.items() if times > 1)})


def _find_clauses(block: Block, imprints: frozenset[str], vocabulary: Vocabulary) -> list[Clause]:
    clauses = find_responsibility_clauses(block.text, block.start, vocabulary)
    return [clause for clause in clauses if clause.imprint in imprints]


def _lists(block: Block, imprints: frozenset[str], vocabulary: Vocabulary) -> list[Clause]:
    """The clauses of a paragraph that list bodies, in brackets or behind a label."""
    clauses = _find_clauses(block, imprints, vocabulary)
    return [clause for clause in clauses if clause.kind is not ClauseKind.SENTENCE]


def assign_bodies(
    page: Page,
    outline: Outline,
    parts: Parts,
    tables: Sequence[DataTable],
    items: Sequence[Item],
    undertakings: Sequence[Undertaking],
    vocabulary: Vocabulary,
) -> Assigned:
    """All responsibilities of a document, each with its subject, in the order of the text."""
    imprints = _find_imprints(outline, vocabulary)
    assigned = _Assigner(page, parts, imprints, vocabulary)
    assigned.read_tables(tables, items, undertakings)
    assigned.read_undertakings(undertakings)
    assigned.read_domains(outline, undertakings)
    coordination = tuple(assigned.read_coordination(outline))
    deadlines = tuple(sorted(assigned.due, key=lambda due: (due.span, due.subject.at)))
    return Assigned(tuple(assigned.number()), coordination, deadlines)


class _Assigner:
    def __init__(
        self, page: Page, parts: Parts, imprints: frozenset[str], vocabulary: Vocabulary
    ) -> None:
        self.page = page
        self.parts = parts
        self.imprints = imprints
        self.vocabulary = vocabulary
        self.found: dict[Subject, list[Assignment]] = {}
        ruled = _RULES.search(page.text)
        rule = ruled and _FIRST_LEADS.search(page.text)
        #: From where on the first body of a list leads; a list may stand before its own rule.
        self.first_leads = page.text.rfind("\n", 0, rule.start()) + 1 if rule else None
        marked = ruled and _MARKED_LEADS.search(page.text)
        self.lead_mark = marked.group(1) if marked else None
        self.by_node: dict[int, Subject] = {}
        #: Each deadline once, whatever number of bodies it binds.
        self.due: dict[Deadline, None] = {}

    def add(self, subject: Subject, assignments: Sequence[Assignment]) -> None:
        known = self.found.setdefault(subject, [])
        for one in assignments:
            if one.deadline:
                self.due.setdefault(Deadline(subject, one.deadline.text, one.deadline.span))
        # A body that several lists of one subject name stands once.
        names = {(one.name, one.role) for one in known}
        for one in assignments:
            if (one.name, one.role) not in names:
                names.add((one.name, one.role))
                known.append(one)

    def mark_lead(self, listed: Sequence[Assignment]) -> list[Assignment]:
        """The bodies of one list, the one that leads by a rule of the document as such."""
        found = list(listed)
        if self.lead_mark:
            for index, one in enumerate(found):
                around = self.page.text[max(0, one.span.start - 1) : one.span.end + 1]
                if self.lead_mark in (around[:1], around[-1:]):
                    found[index] = one._replace(role=Role.LEAD)
        elif (
            found
            and self.first_leads is not None
            and found[0].span.start >= self.first_leads
            and all(one.role is Role.RESPONSIBLE for one in found)
        ):
            found[0] = found[0]._replace(role=Role.LEAD)
        return found

    def number(self) -> Iterator[Responsibility]:
        """The responsibilities, each subject's bodies numbered in the order they stand in."""
        rows = []
        for subject, assignments in self.found.items():
            ordered = sorted(assignments, key=lambda one: one.span)
            for order, one in enumerate(ordered, 1):
                rows.append(
                    Responsibility(
                        subject=subject,
                        body=classify_body(one.name, self.vocabulary),
                        role=one.role,
                        order=order,
                        span=one.span,
                        deadline=one.deadline.text if one.deadline else None,
                    )
                )
        yield from sorted(rows, key=lambda row: (row.span, row.subject.at))

    def read_tables(
        self,
        tables: Sequence[DataTable],
        items: Sequence[Item],
        undertakings: Sequence[Undertaking],
    ) -> None:
        if not tables:
            return
        at = {item.span: item.subject for item in items}
        at |= {one.task.body: one.task.subject for one in undertakings}
        for table in tables:
            if table.kind is TableKind.INDICATORS:
                continue
            for row in table.rows:
                name = table.cell(row, "name")
                subject = at.get(row.span) or (at.get(name.span) if name else None)
                if subject is None:
                    continue
                leads = table.cell(row, "lead")
                due = table.cell(row, "deadline")
                deadline = Passage(due.text, due.span) if due else None
                if deadline:
                    self.due.setdefault(Deadline(subject, deadline.text, deadline.span))
                if row.group and not (leads or table.cell(row, "responsible", "unit")):
                    # The heading above the rows of a body: 一、市教育局.
                    above = self.read_cell(Cell((row.group,)), Role.RESPONSIBLE)
                    if all(is_definite(fold_name(f.name), self.vocabulary) for f in above):
                        self.add(subject, [f._replace(deadline=deadline) for f in above])
                for column, cell in zip(table.columns, row.cells, strict=True):
                    role = _ROLE_OF_COLUMN.get(column.holds)
                    if role and cell:
                        found = list(self.read_cell(cell, role))
                        if "领导" in column.heading or column.holds == "unit":
                            # Persons, of whom one who is called by a body stands for it, or
                            # units of measurement.
                            found = [f for f in found if is_body_name(f.name, self.vocabulary)]
                        if not leads:
                            found = self.mark_lead(found)
                        if deadline:
                            found = [
                                f if f.deadline else f._replace(deadline=deadline) for f in found
                            ]
                        self.add(subject, found)

    def read_cell(self, cell: Cell, role: Role) -> tuple[Assignment, ...]:
        text = self.page.quote(cell.span)
        if _TRIGGER.search("".join(text.split())):
            return read_responsibility(text, cell.span.start, self.vocabulary, role)
        return read_body_list(text, cell.span.start, role, self.vocabulary)

    def read_undertakings(self, undertakings: Sequence[Undertaking]) -> None:
        self.by_node = {id(one.node): one.task.subject for one in undertakings if one.node}
        for one in undertakings:
            if one.row and one.task.kind is TaskKind.DIVISION:
                continue
            for block in one.paragraphs:
                owner = self.owner(one, block)
                if told := list(self.read_paragraph(block)):
                    self.add(owner, told)
                due = read_deadline(block.text, block.start)
                if due:
                    self.set_deadline(owner, due)
            if one.bearers:
                self.add_bearers(one.task.subject, one.bearers)

    def add_bearers(self, subject: Subject, bearers: Block) -> None:
        """The names that open a duty have it, also those that no other rule knows."""
        told = [one.span for one in self.found.get(subject, ())]
        if not any(bearers.span.covers(span) for span in told):
            names = read_body_list(bearers.text, bearers.start, Role.RESPONSIBLE, self.vocabulary)
            self.add(subject, names)

    def set_deadline(self, subject: Subject, due: Passage) -> None:
        """A deadline in a line of its own binds the bodies of the subject that have none."""
        self.due.setdefault(Deadline(subject, due.text, due.span))
        known = self.found.get(subject, [])
        known[:] = [one._replace(deadline=one.deadline or due) for one in known]

    def owner(self, one: Undertaking, block: Block) -> Subject:
        """The subject of a list in this paragraph: the undertaking, or what it closes.

        A list in a paragraph of its own below the last of several undertakings, none of which
        has one before, is about the domain or the mechanism that they make up. So is a sentence
        that says it is (本章任务由…牵头).
        """
        node = one.node
        if _OF_THE_WHOLE.match(block.text) and node and (whole := self.parts.domain(node)):
            return whole.subject
        if node is None or node.parent is None or not self.is_list(block):
            return one.task.subject
        siblings = [child for child in node.parent.children if child.ordinal]
        if len(siblings) < 2 or siblings[-1] is not node:
            return one.task.subject
        others = (block for sibling in siblings[:-1] for block in sibling.paragraphs)
        if any(_lists(block, self.imprints, self.vocabulary) for block in others):
            return one.task.subject
        around = self.subject_of(node.parent)
        return around or one.task.subject

    def subject_of(self, node: Node) -> Subject | None:
        domain = self.parts.domain(node)
        if domain and node.title and domain.name in node.name:
            return domain.subject
        return self.by_node.get(id(node))

    def is_list(self, block: Block) -> bool:
        """Whether a paragraph holds a list of bodies and nothing else."""
        clauses = _lists(block, self.imprints, self.vocabulary)
        if len(clauses) != 1:
            return False
        before = block.text[: clauses[0].span.start - block.start].strip("(（[［【 \u3000")
        after = block.text[clauses[0].span.end - block.start :]
        return not before and bool(_CLOSING.fullmatch(after))

    def read_paragraph(self, block: Block) -> Iterator[Assignment]:
        """The bodies a paragraph names: in brackets, and in sentences that say who does what."""
        groups = find_coordination_groups(block.text, block.start, self.vocabulary)
        for clause in _find_clauses(block, self.imprints, self.vocabulary):
            told = clause.assignments
            if clause.kind is not ClauseKind.SENTENCE:
                told = tuple(self.mark_lead(told))
            for one in told:
                if not any(group.span.covers(one.span) for group in groups):
                    yield one

    def read_domains(self, outline: Outline, undertakings: Sequence[Undertaking]) -> None:
        """Lists that stand in a domain's own paragraphs, before or without any undertaking."""
        told = sorted(block.start for one in undertakings for block in one.paragraphs)
        for node in outline.walk():
            domain = self.parts.domain(node)
            if not domain or not node.title or domain.span != node.title.span:
                continue
            for block in node.paragraphs:
                # What belongs to an undertaking may start behind its heading.
                if bisect_left(told, block.start) == bisect_left(told, block.end):
                    self.add(domain.subject, tuple(self.read_paragraph(block)))

    def does_work(self, office: Span) -> bool:
        """Whether a body is said to do a group's work (由甲承担), not only to house its office.

        办公室设在甲，承担日常工作 speaks of the office.
        """
        name = re.escape("".join(office.of(self.page.text).split()))
        after = "".join(self.page.text[office.end : office.end + 60].split())
        return bool(re.match(rf"\w{{0,4}}承担|[^。；;]{{0,6}}由{name}承担", after))

    def read_coordination(self, outline: Outline) -> Iterator[Coordination]:
        """The coordination groups that running text sets up, their bodies as responsibilities."""
        for node in outline.walk():
            for block in node.paragraphs:
                for group in find_coordination_groups(block.text, block.start, self.vocabulary):
                    entry = Coordination("", group.name.text, group.name.span, group.office)
                    self.add(entry.subject, (*group.head, *group.members))
                    if group.office and self.does_work(group.office.span):
                        office = Assignment(group.office.text, Role.RESPONSIBLE, group.office.span)
                        self.add(entry.subject, (office,))
                    yield entry
