"""Which parts divide the work among bodies point by point: 明确责任分工, 任务分工.

Each point says what is to be done and then by whom: 1.健全甲制度。市教育局牵头，市财政局配合。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pskg.extract.grammar.bodies import fold_text, measure_definite
from pskg.extract.grammar.duties import find_responsibility_clauses
from pskg.extract.outline import Node, Outline
from pskg.extract.parts import Parts
from pskg.read import Block
from pskg.vocabulary import Vocabulary

__all__ = ["find_assigning", "find_divided"]

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
