"""What pages lose in conversion: brackets, full stops, characters of dates, letters.

How many were lost tells :mod:`pskg.extract.checks.values` whether to trust the page's figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import pairwise

from pskg.extract.checks.case import Case, cut_quote, may_find
from pskg.model import Finding, Severity, Span
from pskg.read import Block
from pskg.vocabulary import Vocabulary, any_of

__all__ = ["check_marks", "count_losses"]

_OPEN_YEAR, _CLOSE_YEAR = "〔﹝[［【(（〖", "〕﹞]］】)）〗"
_YEAR = r"(?:19[89]|20[0-4])\d"
#: What may hold a document's number: 甲府办〔2012〕30号 with one bracket or both.
_NUMBER = re.compile(
    rf"(?P<open>[{re.escape(_OPEN_YEAR)}]?)\s?(?<!\d)(?P<year>{_YEAR})"
    rf"(?P<close>\s?[{re.escape(_CLOSE_YEAR)}]\s?)?(?P<no>[1-9]\d{{0,3}})(?!\d)(?P<end>\s?号)?"
)
#: A year and right behind it a number: they stand in each of these.
_YEAR_AND_NUMBER = re.compile(rf"{_YEAR}\s?[{re.escape(_CLOSE_YEAR)}]?\s?[1-9]")
_SIGN = re.compile(r"[\u4e00-\u9fff]{1,12}\s?$")
_LONGEST_SIGN = 13
#: On what the sign of an office ends, where nothing else tells that it is one.
_OFFICE = tuple("发办函字府规")
#: What stands before the sign of an office and is no part of it.
_BEFORE_SIGN = re.compile(r"^.*(?:通知|意见|方案|规划|计划|办法|决定|根据|按照|以及|[和与及])(?=.)")

#: A year within the brackets of a number, not that of a period: (2014-2015年.
_NUMBERS_YEAR = re.compile(rf"\s?{_YEAR}(?![-—–~～至年])")

_PAIRS = {"(": ")", "《": "》", "〔": "〕", "【": "】", "“": "”", "「": "」", "『": "』"}
_MARKS = re.compile(r"[()（）《》〔〕【】“”「」『』]")
#: How many marks may be left open within a pair.
_DEEPEST = 8
#: Of one width, so that （…) is a pair.
_WIDTH = str.maketrans("（）", "()")
_NAMES = {"(": "bracket", "《": "title mark", "“": "quotation mark"}
_LIST_OF_BODIES = re.compile(r"[(（]\s*(?:牵头|责任|主责|配合|负责|承办|协办|主办|参与)")
#: How many blocks on a mark that is not closed may still find its other half.
_BROKEN_LINES = 5
_LONGEST_SPAN = 120

#: 20146月: 年 is lost. 2014年9月11: 日 is lost, where nothing else could follow.
_BEHIND_YEAR = r"(?<![\d.]\d{4})(?P<month>1[0-2]|0?[1-9])月"
_BEHIND_YEAR_OF_DAY = (
    r"(?<!\d{5})\s?年\s?(?:1[0-2]|0?[1-9])\s?月\s?(?:3[01]|[12]\d|0?[1-9])"
    r"(?=\s*$|[起前止,，。;；)）])"
)
_NO_YEAR_SIGN = re.compile(_YEAR + _BEHIND_YEAR)
_NO_DAY_SIGN = re.compile(_YEAR + _BEHIND_YEAR_OF_DAY)
_NO_SIGN_OF_DATE = re.compile(f"{_YEAR}(?:{_BEHIND_YEAR}|{_BEHIND_YEAR_OF_DAY})")
#: 201999 below the name of an issuer: all three signs are lost.
_BARE_DATE = re.compile(rf"(?P<year>{_YEAR})\s?(?P<rest>\d{{2,4}})")
_ENDS_LIKE_ISSUER = re.compile(r"(?:政府|委员会|办公[厅室]|[厅局委部])\s*$")
_LONGEST_ISSUER = 40
#: 站点500覆盖率: a round figure and no unit.
_NO_UNIT = re.compile(
    r"[1-9](?<=[\u4e00-\u9fff][1-9])\d?0{1,3}(?=(?:半径)?(?:服务)?(?:覆盖率|服务圈))"
)

_CYRILLIC = re.compile(
    r"[\u0400-\u04ff](?<=[\u4e00-\u9fff“(（][\u0400-\u04ff])[\u0400-\u04ff]?(?=[\u4e00-\u9fff”)）])"
)
_LOOKS_LIKE = {"Ш": "Ⅲ", "П": "Ⅱ", "І": "Ⅰ", "Х": "Ⅹ", "А": "A", "В": "B", "С": "C"}

_DOUBLED = re.compile(r"(?P<once>[\u4e00-\u9fff]{2,6})(?P=once)")
#: 一个一个, 逐步逐步: doubled on purpose. 学生每生每年: no doubling at all.
_ON_PURPOSE = re.compile(r".{0,5}[一逐每个各]|研究|讨论|考虑|商量|看看")

_STOP = re.compile(r"[。!！?？;；:：…”’)）》】\]］、,，]$")
_SENTENCE = re.compile(r"[。!！?？]")
_LONG_PARAGRAPH = 24


def check_marks(case: Case) -> Iterator[Finding]:
    """Everything that was lost or stands twice, whatever it stands in."""
    wrong, right = _slips(case.vocabulary)
    checks = [
        check
        for pattern, check in (
            (_YEAR_AND_NUMBER, _check_numbers),
            (_NO_SIGN_OF_DATE, _check_dates),
            (_CYRILLIC, _check_letters),
            (_DOUBLED, _check_doubles),
            (wrong, partial(_check_slips, wrong=wrong, right=right)),
        )
        if may_find(case.lines, pattern)
    ]
    of_figures = all(check in (_check_numbers, _check_dates) for check in checks)
    for block in case.figured if of_figures else case.all_blocks:
        for check in checks:
            yield from check(block)
    for block in case.paragraphs:
        yield from _check_units(block)
    yield from _check_pairs(case.paragraphs)
    yield from _check_bare_dates(case.paragraphs)
    yield from _check_headings(case)
    yield from _check_stops(case)


def count_losses(findings: Sequence[Finding]) -> int:
    """How many characters a page has demonstrably lost within words and figures."""
    return sum(
        finding.kind in ("lost-character", "lost-slash")
        or (finding.kind == "lost-bracket" and finding.severity is not Severity.LOW)
        for finding in findings
    )


def _check_numbers(block: Block) -> Iterator[Finding]:
    """Document numbers whose year has lost a bracket: 甲府办〔201230号, 甲府办2012〕30号."""
    if not _YEAR_AND_NUMBER.search(block.text):
        return
    for found in _NUMBER.finditer(block.text):
        lost = _lost_brackets(block, found)
        before = block.text[max(0, found.start() - _LONGEST_SIGN) : found.start()]
        sign = _SIGN.search(before)
        if not lost or not sign:
            continue
        name = _BEFORE_SIGN.sub("", sign.group().rstrip())
        if lost == "brackets" and not name.endswith(_OFFICE):
            continue
        start = found.start() - len(before) + before.rindex(name)
        meant = f"{name}〔{found['year']}〕{found['no']}号"
        span = Span(block.start + start, block.start + found.end())
        words = block.text[start : found.end()]
        message = f"“{words}” lacks the {lost} of the year; probably “{meant}”"
        yield Finding("lost-bracket", Severity.MEDIUM, message, span, meant)


def _lost_brackets(block: Block, found: re.Match[str]) -> str:
    """Which brackets a document's number lacks; blank where it lacks none, or is no number."""
    if found["open"] and found["close"]:
        return ""
    if found["open"]:
        # Without 号 it is a number only where it ends its line: 甲府〔201432.
        return "closing bracket" if found["end"] or found.end() == len(block.text) else ""
    if found["close"]:
        return "opening bracket" if found["end"] else ""
    return "brackets" if found["end"] else ""


def _check_dates(block: Block) -> Iterator[Finding]:
    for found in _NO_YEAR_SIGN.finditer(block.text):
        words = found.group()
        meant = f"{words[:4]}年{found['month']}月"
        yield _lost_character(block, found, "年", meant)
    for found in _NO_DAY_SIGN.finditer(block.text):
        yield _lost_character(block, found, "日", f"{found.group()}日")


def _check_bare_dates(blocks: Sequence[Block]) -> Iterator[Finding]:
    """The date below an issuer's name that has lost all its signs: 201999."""
    for before, block in pairwise(blocks):
        if len(before.text) > _LONGEST_ISSUER or not _ENDS_LIKE_ISSUER.search(before.text):
            continue
        found = _BARE_DATE.fullmatch(block.text)
        if not found:
            continue
        rest = found["rest"]
        # Of three figures it cannot be told where the month ends.
        half = len(rest) // 2
        month, day = (0, 0) if len(rest) == 3 else (int(rest[:half]), int(rest[half:]))
        meant = (
            f"{found['year']}年{month}月{day}日" if 1 <= month <= 12 and 1 <= day <= 31 else None
        )
        message = f"“{block.text}” is a date that lacks “年”, “月” and “日”"
        message += f"; probably “{meant}”" if meant else ""
        yield Finding("lost-character", Severity.MEDIUM, message, block.span, meant)


def _lost_character(block: Block, found: re.Match[str], lost: str, meant: str) -> Finding:
    span = Span(block.start + found.start(), block.start + found.end())
    message = f"“{found.group()}” lacks “{lost}”; probably “{meant}”"
    severity = Severity.MEDIUM if lost == "年" else Severity.LOW
    return Finding("lost-character", severity, message, span, meant)


def _check_units(block: Block) -> Iterator[Finding]:
    if "覆盖率" not in block.text and "服务圈" not in block.text:
        return
    for found in _NO_UNIT.finditer(block.text):
        span = Span(block.start + found.start(), block.start + found.end())
        message = f"“{found.group()}” has no unit before what it covers; probably a distance, 米"
        yield Finding("lost-character", Severity.MEDIUM, message, span, f"{found.group()}米")


def _check_letters(block: Block) -> Iterator[Finding]:
    for found in _CYRILLIC.finditer(block.text):
        meant = "".join(_LOOKS_LIKE.get(letter, "") for letter in found.group())
        message = f"“{found.group()}” is a Cyrillic letter"
        message += f"; probably “{meant}”" if meant else ""
        span = Span(block.start + found.start(), block.start + found.end())
        yield Finding("odd-character", Severity.LOW, message, span, meant or None)


def _check_doubles(block: Block) -> Iterator[Finding]:
    for found in _DOUBLED.finditer(block.text):
        once = found["once"]
        if _ON_PURPOSE.match(once) or len(set(once)) == 1:
            continue
        span = Span(block.start + found.start(), block.start + found.end())
        message = f"“{once}” stands twice on end; probably once is meant"
        yield Finding("doubled-words", Severity.LOW, message, span, once)


@lru_cache(maxsize=8)
def _slips(vocabulary: Vocabulary) -> tuple[re.Pattern[str], dict[str, str]]:
    """The wrong spellings of ``common-slips.ttl``, each with the right one."""
    right = {
        name: concept.label
        for concept in vocabulary["common-slips"]
        for name in concept.names
        if name != concept.label
    }
    return re.compile(any_of(right)), right


def _check_slips(
    block: Block, wrong: re.Pattern[str], right: Mapping[str, str]
) -> Iterator[Finding]:
    for found in wrong.finditer(block.text):
        meant = right[found.group()]
        message = f"“{found.group()}” is a common slip for “{meant}”"
        span = Span(block.start + found.start(), block.start + found.end())
        yield Finding("misspelling", Severity.LOW, message, span, meant)


def _check_pairs(blocks: Sequence[Block]) -> Iterator[Finding]:
    """Brackets and quotation marks that open in a paragraph and never close.

    A paragraph may be broken over lines: the other half counts if it stands in one of the next.
    """
    marks = [_find_unpaired(block.text) for block in blocks]
    for index, block in enumerate(blocks):
        if not any(marks[index]):
            continue
        reported: set[str] = set()
        for position, mark in marks[index][0]:
            following = marks[index + 1 : index + 1 + _BROKEN_LINES]
            if mark in reported or any(
                _PAIRS[mark] == stray for _, strays in following for _, stray in strays
            ):
                continue
            # A number's bracket is reported with the number.
            if mark == "〔" or _NUMBERS_YEAR.match(block.text, position + 1):
                continue
            reported.add(mark)
            yield _report_unclosed(block, position, mark)
        before = {
            _PAIRS[mark]
            for opened, _ in marks[max(0, index - _BROKEN_LINES) : index]
            for _, mark in opened
        }
        for position, mark in marks[index][1]:
            if mark in reported or mark in before or _ENUMERATES.search(block.text[:position]):
                continue
            reported.add(mark)
            yield _report_unopened(block, position)


#: How a text begins that a heading runs on into; a list of bodies in brackets needs no stop.
_BEGINS_TEXT = re.compile(r"[^\W_]|[“《]")

#: What stands before a bracket that closes a number: 1), 三）, a).
_ENUMERATES = re.compile(r"(?:^|[。；;：:，,、\s])\s*[\dA-Za-z一二三四五六七八九十①-⑳.]{1,4}$")


def _report_unopened(block: Block, position: int) -> Finding:
    stop = max(block.text.rfind(mark, 0, position) for mark in "。；;")
    start = max(stop + 1, position - _LONGEST_SPAN)
    piece = block.part(start, position + 1)
    message = f"the “{block.text[position]}” behind “{cut_quote(piece.text[:-1])}” was never opened"
    return Finding("lost-bracket", Severity.LOW, message, piece.span)


def _find_unpaired(text: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The opening marks that nothing closes and the closing ones left over, with their places."""
    opened: list[tuple[int, str]] = []
    strays: list[tuple[int, str]] = []
    for found in _MARKS.finditer(text):
        mark = found.group().translate(_WIDTH)
        if mark in _PAIRS:
            opened.append((found.start(), mark))
            continue
        # A mark within that was left open does not hide the one that is closed here.
        for depth in range(len(opened) - 1, max(-1, len(opened) - _DEEPEST), -1):
            if _PAIRS[opened[depth][1]] == mark:
                del opened[depth]
                break
        else:
            strays.append((found.start(), mark))
    return opened, strays


def _report_unclosed(block: Block, position: int, mark: str) -> Finding:
    rest = block.text[position:]
    whole = len(rest) <= _LONGEST_SPAN
    end = len(block.text)
    if not whole:
        stop = re.compile(r"[。;；]").search(block.text, position, position + _LONGEST_SPAN)
        end = stop.start() if stop else position + _LONGEST_SPAN
    words = block.text[position:end].rstrip()
    bodies = bool(_LIST_OF_BODIES.match(rest))
    close = "）" if block.text[position] == "（" else _PAIRS[mark]
    meant = words + close if whole and not _SENTENCE.search(words) else None
    name = _NAMES.get(mark, "bracket")
    what = "a list of bodies" if bodies else f"“{cut_quote(words)}”"
    message = f"the {name} “{block.text[position]}” of {what} is never closed"
    severity = Severity.MEDIUM if bodies else Severity.LOW
    span = Span(block.start + position, block.start + position + len(words))
    return Finding("lost-bracket", severity, message, span, meant)


def _check_headings(case: Case) -> Iterator[Finding]:
    """Headings that run on into their text without a full stop (完善服务体系到2020年,…)."""
    text = case.page.text
    headings = {
        node.title.start: node.title.span
        for node in case.outline.walk()
        if node.title and node.lead
    }
    # Work may be named without a number, and then is no part of the outline.
    for task in case.reading.tasks:
        if task.span.end < task.body.end:
            headings.setdefault(task.span.start, task.span)
    running = [span for _, span in sorted(headings.items()) if _BEGINS_TEXT.match(text, span.end)]
    # Where most headings run on, it is the document's habit.
    if len(running) * 2 > len(headings) > 4:
        return
    for span in running:
        title = text[span.start : span.end]
        message = f"no full stop between the heading “{cut_quote(title)}” and its text"
        yield Finding("lost-full-stop", Severity.LOW, message, span, f"{title}。")


def _check_stops(case: Case) -> Iterator[Finding]:
    """Paragraphs that end without a full stop, on a page whose paragraphs have them."""
    long = [
        block
        for block in case.body
        if len(block.text) >= _LONG_PARAGRAPH and _SENTENCE.search(block.text)
    ]
    without = [block for block in long if not _STOP.search(block.text, len(block.text) - 2)]
    # Where many lack it, the page breaks its lines or does without.
    if len(without) * 10 > len(long):
        return
    for block in without:
        if _find_unpaired(block.text)[0]:
            continue  # a bracket is lost at its end, and told of
        last = max((found.end() for found in re.finditer(r"[。;；,，]", block.text)), default=0)
        # Behind the last mark a damaged page may have characters that are none (U+001C).
        if not block.text[last:].strip():
            continue
        piece = block.part(last, len(block.text))
        message = f"the paragraph ends without a full stop: “{cut_quote(piece.text)}”"
        yield Finding("lost-full-stop", Severity.LOW, message, piece.span, piece.text + "。")
