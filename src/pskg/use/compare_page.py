"""A comparison as one web page: it needs no network, no script and no other file."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template

from pskg.use.compare import ComparedItem, Comparison
from pskg.use.lookup import ItemAnswer
from pskg.use.wording import Piece, mark_differences

__all__ = ["write_page"]

#: What is compared of an item, in the words of the page.
_ASPECTS = {
    "target_groups": "服务对象 for whom",
    "standard": "服务标准 standard",
    "payers": "支出责任 who pays",
    "lead": "牵头单位 who leads",
}


def write_page(comparison: Comparison) -> str:
    """The page, in Chinese and English: counts, then a matrix of items and regions.

    Where regions say different things, the words in which they part are in ``<mark>``.
    """
    names = [region.name for region in comparison.regions]
    template = Template(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))
    return template.substitute(
        title=escape(f"{' · '.join(names)}：服务项目比较 Items compared"),
        summary=_summarise(comparison),
        heads="".join(f'<th scope="col">{escape(name)}</th>' for name in names),
        rows="\n".join(map(_write_item, comparison.rows)),
    )


def _summarise(comparison: Comparison) -> str:
    head = "".join(f'<th scope="col">{escape(region.name)}</th>' for region in comparison.regions)
    only = [len(comparison.only_in(place)) for place in range(len(comparison.regions))]
    lines = (
        ("文件 documents", [region.documents for region in comparison.regions]),
        ("项目 items", [region.items for region in comparison.regions]),
        ("仅此地有 only here", only),
        ("各地共有 shared by all", [len(comparison.shared)] * len(comparison.regions)),
    )
    rows = "".join(
        f'<tr><th scope="row">{label}</th>{"".join(f"<td>{one}</td>" for one in numbers)}</tr>'
        for label, numbers in lines
    )
    body = f"<thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<table class="summary">{body}</table>'


def _write_item(row: ComparedItem) -> str:
    alone = sum(row.presence) == 1
    classes = ["only"] if alone else []
    classes += ["shared"] if all(row.presence) else []
    classes += ["differing"] if row.differences else []
    sign = {"canonical": " <small>≈</small>", "similar": f" <small>~{row.score:.2f}</small>"}
    related = "".join(
        f"<br><small>{'⊃' if other.relation == 'holds' else '⊂'} {escape(other.name)}</small>"
        for other in row.related
    )
    head = f'<th scope="row">{escape(row.name)}{sign.get(row.match, "")}{related}</th>'
    cells = "".join(map(_write_names, row.items))
    kind = " only" if alone else " similar" if row.match == "similar" else ""
    lines = [f'<tr class="item{kind}">{head}{cells}</tr>']
    for aspect, label in _ASPECTS.items():
        values = row.values[aspect]
        if not any(values):
            continue
        differs = any(difference.aspect == aspect for difference in row.differences)
        shown = mark_differences(values) if differs else [((value, False),) for value in values]
        cells = "".join(f"<td>{_write_pieces(pieces) or '—'}</td>" for pieces in shown)
        lines.append(f'<tr class="aspect"><th scope="row">{label}</th>{cells}</tr>')
    return f'<tbody class="{" ".join(classes)}">{"".join(lines)}</tbody>'


def _write_names(items: Iterable[ItemAnswer]) -> str:
    named = "<br>".join(escape(f"{item.no} {item.name}".strip()) for item in items)
    return f"<td>{named}</td>" if named else '<td class="absent">— 无 none</td>'


def _write_pieces(pieces: Iterable[Piece]) -> str:
    return "".join(
        f"<mark>{escape(words)}</mark>" if parted else escape(words) for words, parted in pieces
    )
