"""Declared counts: what a document says it holds (82个服务项目, 五大实施机制), held against it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pskg.extract.grammar.numbers import parse_number
from pskg.model import DeclaredCount, Item, Span, Task, TaskKind
from pskg.read import Block

__all__ = ["HAS_COUNT", "count_declared"]

_ANY = r"(?:\d{1,3}|[一二两三四五六七八九十百]{1,5})"
_NUMBER = f"({_ANY})"
_ITEMS = r"\s?[个项](?:具体)?(?:国家)?(?:基本公共)?(?:服务项目|服务|项目)"
#: What is counted, words of which one stands in every such count, and how it is said.
_PATTERNS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        "item",
        ("领域", "方面", "大类"),
        re.compile(rf"(?:领域|方面|大类)的?[、，,]?(?:共[计有]?|合计|计)?\s?{_NUMBER}{_ITEMS}"),
    ),
    (
        "item",
        ("清单", "标准"),
        re.compile(
            rf"(?:清单|标准)[^。;；,，、]{{0,12}}(?:包括|包含|涵盖|涉及|列出|明确了?)\s?{_NUMBER}{_ITEMS}"
        ),
    ),
    (
        "item",
        ("清单", "服务"),
        re.compile(
            rf"(?:清单|服务)[^。;；,，]{{0,12}}(?:共|计|合计)\s?{_NUMBER}\s?(?:项|个(?:服务)?项目)"
        ),
    ),
    (
        "domain",
        ("方面", "领域"),
        re.compile(
            rf"{_NUMBER}\s?[个大](?:方面|领域)"
            rf"(?:的|共[计有]?|[、，,]|\d{{1,3}}大?类){{0,4}}\s?{_ANY}{_ITEMS}"
        ),
    ),
    (
        "mechanism",
        ("实施机制",),
        re.compile(rf"{_NUMBER}\s?[个大项](?:[^。;；,，、\d]{{0,8}})?实施机制"),
    ),
    ("task", ("任务",), re.compile(rf"{_NUMBER}\s?项(?:具体|重点|主要)?任务")),
)
#: A number of things: one stands wherever a text says how many it holds. Looked for from its end,
#: which is the rarer.
HAS_COUNT = re.compile(r"[个大小事项](?<=[\d一二两三四五六七八九十百\s].)")


def count_declared(
    blocks: Sequence[Block],
    items: Sequence[Item],
    tasks: Sequence[Task],
) -> tuple[DeclaredCount, ...]:
    """The counts that a document declares for the whole of itself, with what was found in it."""
    found = {
        "item": len(items),
        "domain": len({item.domain for item in items if item.domain}),
        "mechanism": sum(task.kind is TaskKind.MECHANISM for task in tasks),
        "task": sum(task.kind is TaskKind.TASK for task in tasks),
    }
    counts: dict[Span, DeclaredCount] = {}
    for block in blocks:
        for of, words, pattern in _PATTERNS if HAS_COUNT.search(block.text) else ():
            if not any(word in block.text for word in words):
                continue
            for match in pattern.finditer(block.text):
                value = parse_number(match.group(1))
                if value is None:
                    continue
                span = Span(block.start + match.start(1), block.start + match.end())
                counts.setdefault(span, DeclaredCount(of, int(value), found[of], "", span))
    return tuple(counts[span] for span in sorted(counts))
