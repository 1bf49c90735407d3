"""Which parts divide the work among bodies: 明确责任分工, 任务分工, 部门职责.

Each of their points or paragraphs says what is to be done and then by whom (1.健全甲制度。市教育局
牵头，市财政局配合。), or opens with a body and tells its duty (市教育局负责学校建设。).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pskg.extract.grammar.bodies import fold_text, is_body_name, measure_definite, read_body_list
from pskg.extract.grammar.duties import find_responsibility_clauses
from pskg.extract.outline import Node, Outline, clean_title, split_sentence
from pskg.extract.parts import Parts
from pskg.model import Role
from pskg.read import Block
from pskg.vocabulary import Vocabulary

__all__ = ["Duties", "Duty", "find_assigning", "find_divided", "find_duties", "read_duty"]

#: A heading under which the work is divided, and not told.
_DIVIDES = re.compile(r"分[工解](?:方案|安排|表|清单)?$")


def find_divided(outline: Outline, parts: Parts, vocabulary: Vocabulary) -> frozenset[int]:
    """The parts (by ``id``) most of whose points or paragraphs name what is done and by whom.

    Where they open with a body (1.市教育局负责…) they tell its duties instead.
    """
    found = set()
    for node in outline.walk():
        if _divides(node, parts):
            points = list(_points_of(node))
            said = sum(_says_whose(point, vocabulary) for point in points)
            if len(points) > 1 and 2 * said > len(points):
                found.add(id(node))
    return frozenset(found)


def _divides(node: Node, parts: Parts) -> bool:
    kind = parts.kind(node)
    return kind == "division" or (kind == "measure" and _DIVIDES.search(node.name) is not None)


def _points_of(node: Node) -> Iterator[list[Block]]:
    """The paragraphs of each numbered point; where there are none, each paragraph."""
    points = [child for child in node.children if child.ordinal]
    for point in points:
        yield [*([point.title] if point.title else ()), *point.paragraphs]
    if not points:
        # One that ends in a colon only says what follows.
        yield from ([block] for block in node.blocks if block.text[-1] not in ":：")


def _says_whose(point: Sequence[Block], vocabulary: Vocabulary) -> bool:
    clauses = [
        clause
        for block in point
        for clause in find_responsibility_clauses(block.text, block.start, vocabulary)
    ]
    return bool(clauses) and clauses[0].span.start > point[0].start


def find_assigning(outline: Outline, parts: Parts, vocabulary: Vocabulary) -> frozenset[int]:
    """The parts (by ``id``) that tell in prose who does what: 职责分工, 部门职责.

    They are chapters without points, or points that open with a body: (一)县民政局。负责….
    """
    return frozenset(id(node) for node in outline.walk() if _assigns(node, parts, vocabulary))


def _assigns(node: Node, parts: Parts, vocabulary: Vocabulary) -> bool:
    if parts.kind(node) != "division" or not node.ordinal or node.title is None:
        return False
    if not parts.is_container(node):
        line = fold_text(node.title.text, node.title.start)
        within = node.parent is not None and parts.is_container(node.parent)
        return within and not node.children and bool(measure_definite(line.text, vocabulary))
    return not (node.children or node.annex or node.box) and any(
        find_responsibility_clauses(block.text, block.start, vocabulary)
        for block in node.paragraphs
    )


#: Who does it, up to the word or the colon that parts it from what is done.
_DUTY = re.compile(
    r"\s*(?P<who>[^，。；：,;:]{2,60}?)\s*"
    r"(?:[:：]\s*(?:(?:主要|具体|牵头|统筹|组织)*负责(?!同志|人))?|(?:主要|具体|牵头|统筹|要)*负责(?!同志|人))"
    r"[:：]?\s*(?=\S)"
)
_LABEL = re.compile(
    r"(?:牵头|责任|负责|配合|协办|协同|协助|参与|承办|主办|主管|联系|成员|实施|落实)(?:单位|部门|机构)$"
)
#: How long a name may be that no rule knows, and how many lines a heading may have.
_LONGEST_UNKNOWN = 12
_MOST_LINES = 4
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Duty:
    """A paragraph that opens with who does it: ``who`` as a stretch, ``what`` its first sentence.

    ``paragraphs`` are all that belong to it; ``charged``: it says 负责, and not by a colon alone.
    """

    who: Block
    what: Block
    paragraphs: tuple[Block, ...]
    charged: bool


@dataclass(frozen=True, slots=True)
class Duties:
    """The duties that a part without points tells, paragraph by paragraph, and its heading."""

    heading: str
    told: tuple[Duty, ...]


def read_duty(block: Block) -> Duty | None:
    """The duty that a paragraph tells, where it opens with who does it.

    >>> from pskg.model import Span
    >>> duty = read_duty(Block("甲部门负责乙的建设，做好丙。", Span(0, 14)))
    >>> duty.who.text, duty.what.text
    ('甲部门', '乙的建设，做好丙')
    """
    found = _DUTY.match(block.text)
    if not found:
        return None
    what, _ = split_sentence(block.part(found.end(), len(block.text)))
    return Duty(block.part(*found.span("who")), what, (block,), "负责" in found.group())


def find_duties(outline: Outline, parts: Parts, vocabulary: Vocabulary) -> Mapping[int, Duties]:
    """The parts (by ``id``) without points, most of whose paragraphs open with who does it.

    They are chapters and annexes that are called a division of work. The heading of an annex may
    stand in the lines below its number; its points count as paragraphs then.
    """
    found: dict[int, Duties] = {}
    for node in outline.walk():
        if node.box or not node.blocks or not (node.annex or node.ordinal):
            continue
        named = parts.kind(node) == "division"
        if node.children and (named or not node.annex or any(c.children for c in node.children)):
            continue
        lines = _find_heading(node) if node.annex and not named else []
        heading = node.name if named else "".join(clean_title(line.text) for line in lines)
        if not named and not _is_division(heading, vocabulary):
            continue
        points = [block for one in node.children for block in _whole_paragraphs(one)]
        own = [*([node.lead] if node.lead else ()), *node.blocks]
        told = _read_duties([*own, *points], vocabulary)
        if told:
            found[id(node)] = Duties(heading, told)
    return found


def _whole_paragraphs(point: Node) -> Iterator[Block]:
    """The paragraphs of a point, its first one whole but for the number."""
    if point.heading and point.title:
        yield point.heading.part(point.title.start - point.heading.start, len(point.heading.text))
    yield from point.blocks


def _find_heading(annex: Node) -> list[Block]:
    """The short lines that open an annex, up to its first sentence."""
    lines: list[Block] = []
    for block in annex.blocks[: _MOST_LINES + 1]:
        if len(block.text) > _LONGEST_HEADING or re.search("[。；：;:]", block.text):
            return lines
        lines.append(block)
    return lines if len(lines) <= _MOST_LINES else []


def _is_division(heading: str, vocabulary: Vocabulary) -> bool:
    scheme = vocabulary["section-kinds"]
    concept = scheme.find(heading) or scheme.find_ending(heading)
    return concept is not None and concept.notation == "division"


def _read_duties(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[Duty, ...]:
    """The duties of these paragraphs, none where most tell something else or nobody is known."""
    found: list[Duty] = []
    known = others = 0
    for block in blocks:
        duty = read_duty(block)
        bodies = _are_bodies(duty.who, vocabulary) if duty else False
        if duty and (bodies or (duty.charged and len(duty.who.text) <= _LONGEST_UNKNOWN)):
            known += bodies
            found.append(duty)
        elif block.text.rstrip().endswith(("。", "；", ";")):
            others += 1
            if found:
                found[-1] = replace(found[-1], paragraphs=(*found[-1].paragraphs, block))
    enough = len(found) > 1 and len(found) > others and 2 * known > len(found)
    return tuple(found) if enough else ()


def _are_bodies(who: Block, vocabulary: Vocabulary) -> bool:
    """Whether these words are names of bodies, and no label before them (牵头单位：)."""
    names = read_body_list(who.text, who.start, Role.RESPONSIBLE, vocabulary)
    return bool(names) and all(
        is_body_name(one.name, vocabulary) and not _LABEL.search(one.name) for one in names
    )
