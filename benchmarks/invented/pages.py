"""A draft as a plain text, its tables flattened to one cell a line, or as a web page."""

from __future__ import annotations

from html import escape

from invented.dice import Dice
from invented.draft import Draft, Grid

_MENU = ("首页", "政务公开", "办事服务", "互动交流", "走进本地")
_CLASSES = {"title": "art-title", "center": "center", "right": "sign", "h": "chapter"}


def as_text(draft: Draft, dice: Dice) -> tuple[str, dict[int, int]]:
    """The text, and where each block of the draft starts in it."""
    gap = dice.pick(("\n", "\n\n"))
    indent = dice.pick(("", "　　", "  "))
    parts: list[str] = []
    length = 0
    starts: dict[int, int] = {}

    def write(words: str) -> None:
        nonlocal length
        parts.append(words)
        length += len(words)

    if dice.chance(0.5):
        write(f"当前位置: 网站首页 > 政府信息公开{gap}")
    for at, block in enumerate(draft.blocks):
        if block.kind in ("p", "note"):
            write(indent)
        starts[at] = length
        write(block.text)
        write(gap)
    if dice.chance(0.5):
        write(f"扫一扫在手机打开当前页{gap}")
    return "".join(parts), starts


def as_page(draft: Draft, dice: Dice, title: str) -> tuple[str, str]:
    """The page and its charset."""
    charset = "utf-8" if dice.chance(0.7) else "gb18030"
    nested = dice.chance(0.4)
    grids = {grid.first: grid for grid in draft.grids}
    body: list[str] = []
    fields = [block.text for block in draft.blocks if block.kind == "meta"]
    at = 0
    while at < len(draft.blocks):
        block = draft.blocks[at]
        grid = grids.get(at)
        if grid:
            body.append(_table(draft, grid))
            at = grid.end
            continue
        if block.kind == "meta":
            pass
        elif block.kind == "title":
            body.append(f'<h1 class="art-title">{escape(block.text)}</h1>')
        else:
            style = _CLASSES.get(block.kind, "")
            mark = f' class="{style}"' if style else ""
            body.append(f"<p{mark}>{escape(block.text)}</p>")
        at += 1
    menu = "".join(f'<li><a href="/{at}/">{name}</a></li>' for at, name in enumerate(_MENU))
    head = (
        f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"><title>{escape(title)}</title>'
        f"<style>.center{{text-align:center}}</style></head>\n<body>\n"
        f'<div class="nav"><ul>{menu}</ul></div>\n'
    )
    facts = ""
    if fields:
        cells = [field.partition("：") for field in fields]
        pairs = "".join(
            f"<tr><td>{escape(name)}：</td><td>{escape(value)}</td></tr>\n"
            for name, _, value in cells
        )
        facts = f'<table class="xxgk">\n{pairs}</table>\n'
    text = facts + '<div class="content">\n' + "\n".join(body) + "\n</div>\n"
    if nested:
        text = (
            '<table width="980" border="0"><tr><td width="200"><a href="/a">要闻</a><br>'
            f'<a href="/b">公报</a></td><td>\n{text}</td></tr></table>\n'
        )
    foot = '<div class="footer"><p>版权所有 未经许可不得转载</p></div>\n</body></html>\n'
    return head + text + foot, charset


def _table(draft: Draft, grid: Grid) -> str:
    down: dict[int, int] = {}
    for row in reversed(grid.rows):
        for column, cell in enumerate(row):
            if cell is None:
                down[column] = down.get(column, 0) + 1
            elif down.get(column):
                down[-cell - 1] = down.pop(column) + 1
    lines = ['<table border="1">']
    for number, row in enumerate(grid.rows):
        tag = "td" if number else "th"
        cells = []
        for cell in row:
            if cell is None:
                continue
            span = f' colspan="{grid.columns}"' if len(row) == 1 else ""
            if -cell - 1 in down:
                span += f' rowspan="{down[-cell - 1]}"'
            words = escape(draft.blocks[cell].text).replace("\n", "<br>")
            cells.append(f"<{tag}{span}>{words}</{tag}>")
        lines.append("<tr>" + "".join(cells) + "</tr>")
    return "\n".join([*lines, "</table>"])
