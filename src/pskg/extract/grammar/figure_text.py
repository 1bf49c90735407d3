"""The text in which figures stand: white space away, one width of punctuation, places kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from pskg.characters import map_characters
from pskg.extract.grammar.text import PlacedText, join_places

__all__ = [
    "ASIDE",
    "ASIDE_MEASURE",
    "LONGEST_CLAUSE",
    "LONGEST_NAME",
    "PAIRS",
    "STOPS",
    "Text",
    "condense_text",
    "cut_unit",
    "hide_asides",
    "one_width",
]


#: Character for character, so that no position moves.
one_width = map_characters({
    **{chr(ord("０") + digit): str(digit) for digit in range(10)},
    "，": ",", "；": ";", "：": ":", "∶": ":", "﹕": ":", "．": ".", "％": "%", "﹪": "%",
    "（": "(", "）": ")", "﹙": "(", "﹚": ")", "［": "[", "］": "]", "｛": "{", "｝": "}",
    "＞": ">", "﹥": ">", "＜": "<", "﹤": "<", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "＝": "=",
    "～": "~", "－": "-", "–": "-", "—": "-", "−": "-", "／": "/", "！": "!", "？": "?",
    "「": "“", "」": "”", "『": "“", "』": "”", "‘": "“", "’": "”", "＊": "*", "﹡": "*", "※": "*",
})  # fmt: skip
_SPACE = re.compile(r"\s+")
_NUMBERED = re.compile(r"[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、]|\d{1,2}\.(?!\d)|[①-⑳]")
#: These two start with what is rare: a search for a sign passes over a text, a look back does not.
_THOUSANDS = re.compile(r"\d(?<![\d.]\d)\d{0,2}(?:,\d{3})+(?!\d)")
_BEFORE_THOUSANDS = re.compile(r",\d{3}")
STOPS = re.compile(r"\.(?!(?<=\d\.)\d)")
PAIRS = {"(": ")", "[": "]", "【": "】", "〔": "〕", "﹝": "﹞", "{": "}", "《": "》", "“": "”"}
_PAIRS_OF_DATED = {mark: end for mark, end in PAIRS.items() if mark != "“"}
#: A second measure word: 人(次), 套(间).
ASIDE_MEASURE = "[次间套户个所处座人件家张名场台辆栋幢床位亩项]"
_MEASURED_BY = re.compile(rf"\d[余多]?[千百十]?[万亿]{{0,2}}[一-鿿]\({ASIDE_MEASURE}\)")
_OPENING = re.compile(r"[(\[【〔﹝{《“]")
ASIDE = "□"
_LONGEST_ASIDE = 150
LONGEST_NAME = 80
LONGEST_CLAUSE = 400


@dataclass(frozen=True)
class Text(PlacedText):
    """A text in which figures stand.

    ``plain`` has one width of punctuation; ``masked`` in addition hides what brackets and
    quotation marks hold. Both are as long as ``kept``, which has the characters as printed.
    """

    plain: str = field(repr=False)

    @cached_property
    def masked(self) -> str:
        """For names and figures: what brackets and quotation marks hold is hidden."""
        return hide_asides(self.plain, PAIRS)

    @cached_property
    def dated(self) -> str:
        """For years: “十三五” may stand in quotation marks, but not the years of 《…》."""
        return hide_asides(self.plain, _PAIRS_OF_DATED) if "“" in self.plain else self.masked

    def cut(self, start: int, end: int) -> Text:
        """A part of the text as a text of its own."""
        return Text(self.kept[start:end], self.at[start:end], self.plain[start:end])


def condense_text(text: str, offset: int = 0) -> Text:
    """Take the white space out; a line break stays where a new numbered paragraph follows it."""
    if text.split(None, 1) == [text]:  # no white space at all
        return Text(text, range(offset, offset + len(text)), _make_plain(text))
    kept: list[str] = []
    places: list[range] = []
    last = 0
    for space in _SPACE.finditer(text):
        kept.append(text[last : space.start()])
        places.append(range(offset + last, offset + space.start()))
        here = range(offset + space.start(), offset + space.start() + 1)
        last = space.end()
        after = one_width(text[last : last + 6])
        if space.start() and "\n" in space.group() and _NUMBERED.match(after):
            kept.append("\n")
            places.append(here)
        elif (
            text[space.start() - 1 : space.start()].isdigit()
            and after[:1].isdigit()
            and space.group() not in ("\n", "\r\n")
        ):
            # A number broken over two lines is one; two numbers side by side are two.
            kept.append(" ")
            places.append(here)
    kept.append(text[last:])
    places.append(range(offset + last, offset + len(text)))
    whole = "".join(kept)
    return Text(whole, join_places(places), _make_plain(whole))


def _make_plain(text: str) -> str:
    plain = one_width(text)
    if _BEFORE_THOUSANDS.search(plain):
        plain = _THOUSANDS.sub(lambda found: found.group().replace(",", "'"), plain)
    return STOPS.sub("。", plain)


def hide_asides(text: str, pairs: dict[str, str]) -> str:
    """Hide what stands between brackets or marks; one that is never closed hides nothing."""
    hidden: list[str] = []
    last = 0
    for found in _OPENING.finditer(text):
        start = found.start()
        mark, closing = text[start], pairs.get(text[start])
        if start < last or closing is None or _MEASURED_BY.search(text, start - 6, start + 3):
            continue
        end = text.find(closing, start + 1, start + _LONGEST_ASIDE)
        if end < 0 or "\n" in text[start:end]:
            continue
        if text.find(mark, start + 1, end) > 0:
            end = max(end, text.find(closing, end + 1, end + _LONGEST_ASIDE))
        hidden += text[last:start], ASIDE * (end + 1 - start)
        last = end + 1
    return "".join(hidden) + text[last:]


def cut_unit(text: Text, start: int, end: int) -> str:
    """A unit: ％ and % are one."""
    return one_width(text.word(start, end))
