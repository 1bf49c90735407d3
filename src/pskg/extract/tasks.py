"""Undertakings: tasks, measures, mechanisms, targets and divisions of work.

An undertaking is a numbered part, a paragraph that opens with a heading of its own
(义务教育。统筹推进…), an entry of an enumeration within a paragraph (①…②…), or a row of a division
table. Its number is as printed where numbers run through the document, else the parent's number
dot its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from pskg.extract.divided import Duties, find_assigning, find_divided, find_duties, read_duty
from pskg.extract.grammar.numbers import parse_ordinal
from pskg.extract.outline import (
    Node,
    Outline,
    clean_title,
    split_sentence,
    split_title,
    strip_dash,
    trim_title,
)
from pskg.extract.parts import Parts
from pskg.extract.tables import DataTable, TableKind
from pskg.extract.work_tables import read_rows, sort_rows
from pskg.model import Span, Task, TaskKind
from pskg.read import Block, Page, hull
from pskg.vocabulary import Vocabulary

__all__ = ["Undertaking", "find_undertakings"]

_KINDS = frozenset({"task", "measure", "mechanism", "target"})
#: From this level on, (1) and ①, a part is a point within an undertaking and none of its own.
_LOWEST = 6
_CHAPTER = 3
#: How long the heading that opens an unnumbered paragraph may be.
_LONGEST_RUN_IN = 30
_LONGEST_OPENING = 80
_ENUMERATES = re.compile(
    r"(\S+?)[,，]?(?:主要|具体|分别)?(?:包括|包含|有|为|是|如下)?\s{0,3}[:：]\s{0,3}$"
)
#: A point that is about the document itself: 本办法由甲负责解释, 自印发之日起施行.
_PROVIDES = re.compile(
    r"由[^。;；]{2,40}负责解释|自[^。;；]{2,30}(?:起|后)(?:正式)?(?:施行|执行|实施|生效)(?=$|[,，。;；])"
)
_FIGURE = re.compile(r"\d\s*[%％‰万亿个所张名人岁]")
_CIRCLED = re.compile(r"[①-⑳]\s*")


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A task with the paragraphs that belong to it and the part of the outline it comes from.

    ``row`` says that it is a row of a table, whose cells are read as cells; ``bearers`` are the
    words of a duty that name who has it (甲局负责…).
    """

    task: Task
    paragraphs: tuple[Block, ...]
    node: Node | None = None
    row: bool = False
    bearers: Block | None = None


@dataclass(frozen=True)
class _Finder:
    outline: Outline
    parts: Parts
    bears_lists: frozenset[int]
    #: The parts whose work stands in a table, row by row.
    tabled: frozenset[int]
    #: The chapters 职责分工 that tell in prose who does what, and the points there, body by body.
    assigning: frozenset[int]
    #: The parts whose points divide the work.
    divided: frozenset[int]
    vocabulary: Vocabulary

    @cached_property
    def is_plain(self) -> bool:
        """Whether no chapter is headed as tasks: then the numbered points are what is to be done.

        Not in a regulation of articles (第一条), whose points are provisions.
        """
        chapters = self.outline.body.children
        return not any(
            self.parts.kind(node) == "task" or node.is_article for node in chapters
        ) and not any(node.is_article for node in self.outline.walk())

    @cached_property
    def has_points(self) -> bool:
        return any(
            node.ordinal and self.is_within(node) and not self.parts.kind(node)
            for node in self.outline.walk()
        )

    @cached_property
    def run_on(self) -> frozenset[tuple[int, bool]]:
        """The levels whose numbers run on through several chapters, from tasks to others."""
        points: dict[tuple[int, bool], list[Node]] = defaultdict(list)
        for node in self.outline.body.walk():
            if node.ordinal and self.is_within(node) and not _apart(node):
                points[node.sequence].append(node)
        return frozenset(
            sequence
            for sequence, nodes in points.items()
            if _rises(nodes) and len({id(node.parent) for node in nodes}) > 1
        )

    @cached_property
    def between(self) -> frozenset[int]:
        """The chapters of no kind behind the tasks and before what secures them: 申领程序."""
        chapters = [one for one in self.outline.body.children if one.ordinal and not one.annex]
        kinds = [self._kind_around(one) for one in chapters]
        if "task" not in kinds or "measure" not in kinds:
            return frozenset()
        first, end = kinds.index("task"), kinds.index("measure")
        return frozenset(
            id(one)
            for one, kind in zip(chapters[first:end], kinds[first:end], strict=True)
            if not kind
        )

    def _kind_around(self, chapter: Node) -> str:
        """The kind of a chapter; that of a field of service is what its own 重点任务 make it."""
        kind = self.parts.kind(chapter)
        if kind or self.parts.domain(chapter) is None:
            return kind
        return next((found for one in chapter.children if (found := self.parts.kind(one))), "")

    def is_within(self, node: Node) -> bool:
        """Whether a part is a point of a chapter, and no chapter itself."""
        return node.parent not in (None, self.outline.root, self.outline.body)

    def is_point(self, node: Node) -> bool:
        """Whether a part is a point of a chapter, or a chapter where chapters have no points."""
        beside = any(
            around.annex and around is not self.outline.body for around in node.ancestors()
        )
        if not node.ordinal or node.annex or beside:
            return False
        return self.is_within(node) or not self.has_points

    def kind_of(self, node: Node) -> TaskKind | None:
        """What sort of undertaking a numbered part is, None where it is none."""
        kind = self.parts.kind(node)
        if kind == "schedule":
            kind = "measure"
        if id(node) in self.assigning:
            # An article is a provision, and no row of a division.
            return TaskKind.MEASURE if node.is_article else TaskKind.DIVISION
        if self.parts.is_container(node) or node.title is None or id(node) in self.tabled:
            return None
        if provides(node.title.text):
            return None
        if any(around.is_article for around in node.ancestors()):
            divides = node.ordinal and id(node.parent) in self.divided
            return TaskKind.MEASURE if divides else None
        if id(node.parent) in self.divided and node.ordinal:
            return TaskKind.DIVISION
        own_domain = self.parts.domain(node)
        is_domain = own_domain is not None and own_domain.span == node.title.span
        if is_domain:
            return None
        numbered = any(child.ordinal for child in node.children)
        if node.is_article:
            # A provision is a piece of work where its chapter sets tasks or it names who does it.
            if kind == "task":
                return TaskKind.TASK
            bears = TaskKind(kind) if kind in _KINDS else TaskKind.TASK
            return bears if id(node) in self.bears_lists else None
        if not kind:
            # Under a domain, or with a list of bodies at its end: a piece of work.
            if any(child.ordinal and not _is_low(child, self.parts) for child in node.children):
                return None
            says_something = bool(node.paragraphs or node.children or _is_sentence(node.title))
            works = (own_domain and says_something) or id(node) in self.bears_lists
            plain = self.is_plain or node.sequence in self.run_on or id(node.parent) in self.between
            works = works or (plain and says_something and self.is_point(node))
            return TaskKind.TASK if works and not _is_low(node, self.parts) else None
        if kind == "division" and not numbered and id(node) in self.bears_lists:
            return TaskKind.DIVISION
        if kind not in _KINDS or _is_low(node, self.parts):
            return None
        if kind == "task" and numbered and any(not _is_low(c, self.parts) for c in node.children):
            return TaskKind.TASK if self.is_beside_work(node) else None
        return TaskKind(kind)

    def is_beside_work(self, node: Node) -> bool:
        """Whether a heading of points stands beside work without any: both are work then."""
        parent = node.parent
        if parent is None or not self.parts.is_container(parent) or self.parts.domain(node):
            return False
        called = self.vocabulary["section-kinds"].find_ending(node.name)
        if called and called.notation in _KINDS:
            return False
        beside = [one for one in parent.children if one.ordinal and one is not node]
        return any(
            one.paragraphs and not one.children and self.parts.domain(one) is None for one in beside
        )


def _is_low(node: Node, parts: Parts) -> bool:
    """Whether a part is a point within an undertaking: (1) or ①.

    Not so right below a chapter, or a heading of any level that names the kind (1、重点任务).
    """
    parent = node.parent
    if node.style < _LOWEST or parent is None or parts.is_container(parent):
        return False
    return bool(parent.paragraphs) or parent.style > _CHAPTER


def _join_title(node: Node) -> Block:
    """The paragraph of a point that is headed by a body, the body as its label: 县民政局：负责…."""
    assert node.heading is not None
    assert node.title is not None
    own = node.heading.part(node.title.start - node.heading.start, len(node.heading.text))
    at = len(node.title.text)
    stopped = own.text[at : at + 1] in ("。", ".")
    return Block(f"{own.text[:at]}：{own.text[at + 1 :]}", own.span) if stopped else own


def _is_sentence(title: Block) -> bool:
    """Whether a point without a heading is a sentence, that says what is to be done by itself."""
    return len(title.text) > _LONGEST_RUN_IN and bool(re.search("[,，]", title.text))


def provides(sentence: str) -> bool:
    """Whether a sentence is a final provision: who explains the document, when it takes effect.

    >>> provides("本办法自印发之日起施行"), provides("实施国家助学金政策")
    (True, False)
    """
    return bool(_PROVIDES.search(sentence))


def _spread_to_siblings(
    outline: Outline, parts: Parts, bears_lists: frozenset[int]
) -> frozenset[int]:
    """The parts that bear lists of bodies, and those beside them where half or more do."""
    found = set(bears_lists)
    for parent in (outline.root, *outline.walk()):
        siblings = [
            node
            for node in parent.children
            if node.ordinal
            and not node.annex
            and not parts.is_container(node)
            and all(_is_low(child, parts) for child in node.children)
        ]
        bearing = [node for node in siblings if id(node) in bears_lists]
        if bearing and 2 * len(bearing) >= len(siblings):
            found.update(map(id, siblings))
    return frozenset(found)


def find_undertakings(
    page: Page,
    outline: Outline,
    parts: Parts,
    tables: Sequence[DataTable],
    vocabulary: Vocabulary,
    bears_lists: frozenset[int] = frozenset(),
) -> tuple[Undertaking, ...]:
    """All undertakings of a document, in the order of the text.

    ``bears_lists`` are the parts (by ``id``) whose own paragraphs end with a list of bodies.
    """
    rows: list[Undertaking] = []
    tabled: set[int] = set()
    nodes = [node for node in outline.walk() if node.heading]
    starts = [node.heading.start for node in nodes if node.heading]
    for table in tables:
        if table.kind is TableKind.DIVISION:
            place = bisect_right(starts, table.span.start) - 1
            node = nodes[place] if place >= 0 else outline.root
            sort = sort_rows(table, node, outline, parts, vocabulary)
            read = read_rows(page, table, node, sort, parts, vocabulary)
            rows += [Undertaking(task, told, None, row=True) for task, told in read]
            if sort is not TaskKind.DIVISION:
                tabled.add(id(node))
    bearing = _spread_to_siblings(outline, parts, bears_lists)
    divided = find_divided(outline, parts, vocabulary)
    duties = find_duties(outline, parts, vocabulary)
    assigning = find_assigning(outline, parts, vocabulary) - tabled - divided - duties.keys()
    finder = _Finder(outline, parts, bearing, frozenset(tabled), assigning, divided, vocabulary)
    told: dict[int, list[Undertaking]] = {}
    paragraphed = divided | finder.between
    for node in outline.walk():
        holds = "division" if id(node) in divided else parts.kind(node)
        if id(node) in finder.between:
            holds = "task"
        whole = id(node) in paragraphed
        if id(node) in duties:
            told[id(node)] = list(_read_duties(duties[id(node)], node, parts))
        else:
            told[id(node)] = list(_read_paragraphs(node, parts, holds, whole=whole))
    worked = finder.between | duties.keys()
    numbered = [
        (node, kind)
        for node in outline.walk()
        # A chapter whose paragraphs are work each is none itself.
        if not (id(node) in worked and told[id(node)]) and (kind := finder.kind_of(node))
    ]
    numbers = _number(numbered, outline, parts)
    found: list[Undertaking] = []
    for node, kind in numbered:
        assert node.title is not None
        if kind is TaskKind.TARGET and _has_figure(node):
            continue
        duty = read_duty(node.title) if id(node) in assigning else None
        # A point without a heading of its own is all in its first sentence.
        own = node.paragraphs if node.lead and not duty else [node.title, *node.paragraphs]
        if id(node) in assigning and node.lead and not duty:
            own = [_join_title(node), *node.blocks]
        paragraphs = (*own, *_points_within(node, numbers))
        body = hull([node.title, *paragraphs])
        task = _task(kind, numbers[id(node)], node.title, parts, node, body)
        if duty:
            # A point that is a sentence is called what is done, not who does it.
            task = replace(task, title=clean_title(duty.what.text), span=trim_title(duty.what))
        headed = node.title if id(node) in assigning and not parts.is_container(node) else None
        found.append(Undertaking(task, paragraphs, node, bearers=duty.who if duty else headed))
    for node in outline.walk():
        found += told[id(node)]
        found += _read_enumerations(node, parts, vocabulary)
    found += rows
    return tuple(sorted(found, key=lambda one: one.task.span))


def _points_within(node: Node, numbers: Mapping[int, str]) -> Iterator[Block]:
    """The paragraphs of the parts of an undertaking that are no undertakings of their own."""
    for child in node.children:
        if id(child) not in numbers:
            yield from (*((child.title,) if child.title else ()), *child.paragraphs)
            yield from _points_within(child, numbers)


def _task(kind: TaskKind, no: str, title: Block, parts: Parts, node: Node, body: Span) -> Task:
    domain = parts.domain(node)
    own = node.title is not None and title is node.title
    section = (
        parts.section(node)
        if own
        else node.name
        if kind is TaskKind.DIVISION or (parts.is_container(node) and not node.box)
        else parts.section(node)
    )
    return Task(
        kind=kind,
        no=no,
        title=clean_title(title.text),
        domain=domain.name if domain else "",
        domain_concept=domain.concept if domain else None,
        section=section,
        span=trim_title(title),
        body=body,
    )


def _has_figure(node: Node) -> bool:
    """Whether a goal gives a figure: then it is indicators."""
    told = (node.title, node.lead or next(iter(node.blocks), None))
    return any(block is not None and _FIGURE.search(block.text) for block in told)


def _number(
    numbered: Sequence[tuple[Node, TaskKind]], outline: Outline, parts: Parts
) -> dict[int, str]:
    """The number of each numbered undertaking."""
    at: dict[tuple[Node | None, tuple[int, bool]], list[Node]] = defaultdict(list)
    for node in outline.walk():
        if node.ordinal:
            at[_apart(node), node.sequence].append(node)
    by_kind: dict[tuple[TaskKind, tuple[int, bool]], list[Node]] = defaultdict(list)
    for node, kind in numbered:
        by_kind[kind, node.sequence].append(node)
    through: dict[tuple[TaskKind, tuple[int, bool]], bool] = {}
    for (kind, sequence), nodes in by_kind.items():
        alike = at[_apart(nodes[0]), sequence]
        if len({id(node.parent) for node in nodes}) > 1:
            through[kind, sequence] = _rises(nodes)
        elif len({id(node.parent) for node in alike}) > 1:
            through[kind, sequence] = _rises(alike)
        else:
            # No other part has such points: they run on from another one or stand within this.
            around = nodes[0].parent
            beside = around and around.parent and len(around.parent.children) > 1
            beside = beside or (around is not None and around.is_article)
            apart = around and (around.box or (around.ordinal and not around.annex and beside))
            within = nodes[0].ordinal == 1 and apart
            # A division's rows have the numbers that its table prints.
            within = within and kind is not TaskKind.DIVISION
            through[kind, sequence] = not within and _rises(alike)
    numbers: dict[int, str] = {}
    unnumbered: Counter[tuple[int, TaskKind]] = Counter()
    for node, kind in numbered:
        own = str(node.ordinal or "")
        if through[kind, node.sequence] and node.ordinal:
            numbers[id(node)] = own
            continue
        parent = node.parent
        if parent is not None and id(parent) in numbers:
            prefix = numbers[id(parent)]
        else:
            prefix = (
                "" if own and _is_beside_fields(node, parts) else _ordinal_of_parent(node, parts)
            )
        if not own:
            unnumbered[id(parent), kind] += 1
            own = str(unnumbered[id(parent), kind])
        numbers[id(node)] = f"{prefix}.{own}" if prefix else own
    return numbers


def _is_beside_fields(node: Node, parts: Parts) -> bool:
    """Whether a part without points goes on with the numbers of fields of service beside it."""
    beside = [one for one in node.parent.children if one.ordinal] if node.parent else []
    fields = [one for one in beside if one.children and parts.is_field(one)]
    return parts.domain(node) is None and len(fields) > 1 and 2 * len(fields) > len(beside)


def _apart(node: Node) -> Node | None:
    """The annex that a part stands in: numbers start anew there."""
    return next((around for around in node.ancestors() if around.annex), None)


def _rises(nodes: Sequence[Node]) -> bool:
    ordinals = [node.ordinal or 0 for node in nodes]
    return all(a < b for a, b in pairwise(ordinals))


def _ordinal_of_parent(node: Node, parts: Parts) -> str:
    """The number of the domain, box or part that an undertaking stands in."""
    domain = parts.domain(node)
    if domain:
        return domain.no
    return next((no for around in node.ancestors() if (no := _ordinal(around))), "")


def _ordinal(node: Node) -> str:
    if node.box:
        # 专栏3: boxes are numbered through the document, the parts around them may not be.
        box = parse_ordinal(node.number.replace("专", "").replace("栏", "").strip(" :：、.．"))
        return str(box or "")
    return str(node.ordinal or "") if not node.annex else ""


def _read_paragraphs(node: Node, parts: Parts, kind: str, *, whole: bool) -> Iterator[Undertaking]:
    """The unnumbered paragraphs with headings of their own under a heading that names a kind.

    ``whole`` says that they are what the part holds, whatever it is. Under one that divides the
    work they have numbers of their own, as rows of a table would.
    """
    if kind not in ("task", "measure", "mechanism", "division"):
        return
    if any(c.ordinal for c in node.children) or not (whole or _holds_paragraphs(node, parts)):
        return
    opened: list[tuple[Block, list[Block]]] = []
    for block in node.blocks:
        bare = strip_dash(block)
        title, rest = split_title(bare)
        # Behind a mark the heading may be all there is.
        headed = rest is not None or (bare is not block and block.text.endswith("。"))
        if headed and len(title.text) <= _LONGEST_RUN_IN and "," not in title.text[:2]:
            opened.append((title, [block]))
        elif opened:
            opened[-1][1].append(block)
    domain = parts.domain(node)
    if len(opened) < 2 and not (opened and len(node.blocks) == 1 and domain):
        opened = []
    elif len(node.blocks) == 1 and re.search("[,，]", opened[0][0].text):
        opened = []  # a sentence
    if not opened:
        told = node.paragraphs
        if kind == "task" and domain and node.title and told and domain.no:
            task = _task(TaskKind.TASK, domain.no, node.title, parts, node, hull(told))
            yield Undertaking(task, tuple(told), node)
        return
    prefix = "" if kind == "division" and whole else domain.no if domain else _ordinal(node)
    if node.label and not prefix:
        prefix = _ordinal_of_parent(node, parts)
    for sequence, (title, blocks) in enumerate(opened, 1):
        no = f"{prefix}.{sequence}" if prefix else str(sequence)
        task = _task(TaskKind(kind), no, title, parts, node, hull(blocks))
        if whole:
            task = replace(task, section=node.name)
        told = [blocks[0].part(title.end - blocks[0].start, len(blocks[0].text)), *blocks[1:]]
        yield Undertaking(task, tuple(told), None)


def _read_duties(duties: Duties, node: Node, parts: Parts) -> Iterator[Undertaking]:
    """The divisions that the paragraphs of a part without points are, numbered as they stand."""
    for sequence, duty in enumerate(duties.told, 1):
        body = hull(duty.paragraphs)
        task = _task(TaskKind.DIVISION, str(sequence), duty.what, parts, node, body)
        task = replace(task, section=duties.heading)
        yield Undertaking(task, duty.paragraphs, None, bearers=duty.who)


def _holds_paragraphs(node: Node, parts: Parts) -> bool:
    """Whether a part holds undertakings and is none: by its kind, or as a field of service."""
    domain = parts.domain(node)
    return parts.is_container(node) or (
        domain is not None and node.title is not None and domain.span == node.title.span
    )


def _read_enumerations(node: Node, parts: Parts, vocabulary: Vocabulary) -> Iterator[Undertaking]:
    """The entries of an enumeration within a paragraph that says what it enumerates.

    ``三大机制包括:①甲机制。建立…②乙机制。建立…``
    """
    if parts.kind(node) in _KINDS:
        return
    for block in node.paragraphs:
        marks = list(_CIRCLED.finditer(block.text))
        if len(marks) < 2 or [parse_ordinal(mark.group().strip()) for mark in marks] != list(
            range(1, len(marks) + 1)
        ):
            continue
        kind = _enumerated_kind(block.text[: marks[0].start()], vocabulary)
        if kind is None:
            continue
        ends = [mark.start() for mark in marks[1:]] + [len(block.text)]
        for number, (mark, end) in enumerate(zip(marks, ends, strict=True), 1):
            if not block.text[mark.end() : end].strip():
                continue
            piece = block.part(mark.end(), end)
            title, rest = split_sentence(piece)
            if rest is None:
                continue
            task = Task(
                kind=kind,
                no=str(number),
                title=clean_title(title.text),
                domain="",
                domain_concept=None,
                section=node.name,
                span=trim_title(title),
                body=piece.span,
            )
            yield Undertaking(task, (rest,), None)


def _enumerated_kind(opening: str, vocabulary: Vocabulary) -> TaskKind | None:
    said = _ENUMERATES.search(opening[-_LONGEST_OPENING:])
    concept = vocabulary["section-kinds"].find_ending(said.group(1)) if said else None
    return TaskKind(concept.notation) if concept and concept.notation in _KINDS else None
