"""Text that was decoded wrongly somewhere on its way: signs that no document writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pskg.extract.checks.case import Case, cut_quote, find_from
from pskg.model import Finding, Severity, Span

__all__ = ["check_decoding"]

_HAN = "\u4e00-\u9fff"
#: What Latin-1 and Windows-1252 make of the bytes of Chinese text.
_WESTERN = (
    "\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2020-\u2022\u2030\u2039\u203a\u20ac\u2122"
)
_SIGNS = re.compile(
    r"[\ufffd\ue000-\uf8ff]+"
    # UTF-8 replacement marks read as GBK; memory of a program that was never written to.
    r"|(?:锟斤拷?|斤拷)[锟斤拷]*|(?:烫){3,}|(?:屯){3,}"
    # A box or a question mark for each character that a font or charset lacks.
    rf"|(?<=[{_HAN}、，,])[□▯]{{2,}}|[□▯]{{2,}}(?=[{_HAN}])"
    rf"|(?<=[{_HAN}、，,。])\?{{2,}}(?=[{_HAN}、，,。;；])"
    rf"|[{_WESTERN}]{{2,}}"
)
#: What each of these opens with.
_OPENING = re.compile(rf"[\ufffd\ue000-\uf8ff锟斤烫屯□▯?{_WESTERN}]")
_LETTER = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]")
#: A single question mark within a sentence that asks nothing.
_QUESTION = re.compile(rf"\?(?<=[{_HAN}]\?)(?=[{_HAN}])")
_ASKS = re.compile(r"什么|如何|怎[么样]|[哪谁吗呢么几]|为何|是否|多少|能否|可否|有没有|[答问]")
_LOOK_BACK = 60
#: More runs than these are told together.
_MOST = 12


def check_decoding(case: Case) -> Iterator[Finding]:
    """Each run of characters that were lost in decoding, or stand for others."""
    text = case.page.text
    signs = find_from(_OPENING, _SIGNS, text)
    spans = [Span(*found.span()) for found in signs if _is_lost(found.group())]
    spans += [Span(*found.span()) for found in _misread().finditer(text) if _read(found.group())]
    spans += [
        Span(*found.span())
        for found in _QUESTION.finditer(text)
        if not _ASKS.search(
            re.split(r"[。！？\n]", text[max(0, found.start() - _LOOK_BACK) : found.start()])[-1]
        )
    ]
    spans = _apart(spans)
    for span in spans[:_MOST]:
        words = span.of(text)
        meant = _read(words)
        message = f"“{cut_quote(words)}” is no text: characters were lost or decoded wrongly"
        message += f"; probably “{meant}”" if meant else ""
        if len(spans) > _MOST:
            message += f" (one of {len(spans)} such places)"
        yield Finding("undecodable", Severity.MEDIUM, message, span, meant)


def _is_lost(words: str) -> bool:
    """Whether signs of the western charsets are letters at all: 20℃ ± 3 × 5 is sound."""
    return ord(words[0]) > 0x2122 or words[0] == "?" or len(_LETTER.findall(words)) > 1


def _apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans):
        if kept and span.start <= kept[-1].end:
            kept[-1] = kept[-1].to(span)
        else:
            kept.append(span)
    return kept


@cache
def _misread() -> re.Pattern[str]:
    """Runs that may be UTF-8 read as GBK: three of its characters for two that were meant."""

    def group(first: range, second: range) -> str:
        pairs = (bytes((one, two)).decode("gbk", "ignore") for one in first for two in second)
        return "".join(re.escape(pair) for pair in pairs if len(pair) == 1)

    lead, trail = range(0xE4, 0xEA), range(0x80, 0xC0)
    one, two, three = group(lead, trail), group(trail, lead), group(trail, trail)
    character = f"[{one}][{two}][{three}]"
    return re.compile(f"{character}(?:{character})*[{one}]?")


def _read(words: str) -> str | None:
    """What was meant by UTF-8 read as GBK, where common characters come out; else None.

    >>> _read("制度".encode().decode("gbk")), _read("制度")
    ('制度', None)
    """
    try:
        data = words.encode("gbk")
        meant = data[: len(data) // 3 * 3].decode("utf-8")
        common = meant.encode("gb2312")
    except UnicodeError:
        return None
    # The common characters are those of the first level of GB 2312.
    level = all(0xB0 <= byte <= 0xD7 for byte in common[::2])
    return meant if len(meant) > 1 and len(common) == 2 * len(meant) and level else None
