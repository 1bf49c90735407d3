"""What a script of plain regular expressions finds: the yardstick that ``versus.py`` holds up.

An honest afternoon's work, not a straw man: lists of bodies in brackets that end in 负责, documents
in 《》 with their numbers, percentages with the words before them, sums with what they are counted
by. It knows no headings, no tables and no vocabulary, so it does not say what a fact is about.
"""

from __future__ import annotations

import re

__all__ = ["TABLES", "extract"]

TABLES = ("citations", "responsibilities", "indicators", "amounts")
Row = dict[str, str]

_CITED = re.compile(
    r"《([^《》]{4,80})》(?:[（(]([^（）()]{2,12}[〔\[（(]\d{4}[〕\]）)]\d+号)[）)])?"
)
_DUTY = re.compile(r"[（(]([^（）()]{3,300}?)(?:按职责分工)?(牵头负责|分别负责|负责|牵头)[）)]")
_NUMBERED = re.compile(
    r"(?m)^\s*(?:(\d{1,2})[.、．]|[（(]([一二三四五六七八九十]+)[）)])\s*([^。\n]{2,40})"
)
_FIGURE = re.compile(
    r"到(\d{4})年[^。；]{0,30}?[，,]([^，,。；\d]{2,20}?)(达到|不低于|提高到|控制在)"
    r"(\d+(?:\.\d+)?)([%％])(以上|以内)?"
)
_SUM = re.compile(r"每(人|生|户)每(年|月)(\d[\d,.]*)元|(\d[\d,.]*)元[/／](人|生|户)[·/／]?(年|月)?")


def extract(text: str) -> dict[str, list[Row]]:
    """The rows of each table, in the columns of ``data/gold``, as far as they can be had."""
    heads = [(found.start(), found) for found in _NUMBERED.finditer(text)]

    def head_at(position: int) -> tuple[str, str]:
        before = [found for start, found in heads if start < position]
        return (before[-1][1] or before[-1][2], before[-1][3]) if before else ("", "")

    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for found in _CITED.finditer(text):
        opening = text[max(0, found.start() - 12) : found.start()]
        relation = "implements" if re.search(r"根据|贯彻|落实|按照", opening) else "cites"
        row = {"cited_title": found[1], "cited_number": found[2] or "", "relation": relation}
        if row not in rows["citations"]:
            rows["citations"].append(row)
    for found in _DUTY.finditer(text):
        number, title = head_at(found.start())
        role = "lead" if "牵头" in found[2] else "responsible"
        rows["responsibilities"] += [
            {
                "subject_kind": "task", "subject_no": number, "subject": title,
                "body": body.removesuffix("等"), "role": role,
            }
            for body in re.split("[、，,]", found[1])
            if body
        ]  # fmt: skip
    for found in _FIGURE.finditer(text):
        rows["indicators"].append(
            {
                "indicator": found[2], "unit": "%", "year": found[1], "value": found[4],
                "comparator": {"以上": ">=", "以内": "<="}.get(found[6] or "", "="),
                "kind": "target", "cumulative": "false",
            }
        )  # fmt: skip
    for found in _SUM.finditer(text):
        by = found[1] or found[5]
        period = found[2] or found[6]
        rows["amounts"].append(
            {
                "subject_no": head_at(found.start())[0], "amount": found[3] or found[4],
                "unit": "/".join(filter(None, ("元", by, period))), "beneficiary": "",
            }
        )  # fmt: skip
    return rows
