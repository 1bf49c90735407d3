"""How long a document is in force, where it says so of itself.

The closing sentences say it (本办法自2018年9月1日起施行，有效期5年), the page's fields (生效日期),
or the title (试行). What another thing is valid for (居住证有效期5年, 新标准自…起执行) is not the
document's: a statement counts where the document itself is its subject, or nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from pskg.extract.grammar.numbers import parse_number
from pskg.extract.grammar.periods import read_date
from pskg.model import Document, Span
from pskg.read import Block, Page
from pskg.vocabulary import Vocabulary, any_of

__all__ = ["find_validity"]

#: How documents call themselves, and what may stand between that and the statement.
_ITSELF = (
    r"本(?:实施|工作|行动|暂行|试行)?(?:通知|意见|方案|规划|计划|纲要|办法|决定|规定|细则|清单|标准|条例|措施|政策"
    r"|文件|公告|通告|制度|指引|规则|规程)"
)
_OWN_SUBJECT = re.compile(
    rf"(?:[（(]?[一二三四五六七八九十\d]{{1,3}}[）)、.．]|第[一二三四五六七八九十百\d]{{1,4}}条)?\s*"
    rf"(?:{_ITSELF}|《(?P<title>[^《》]{{4,100}})》)?"
    r"(?:的)?(?:由[^，,。]{1,40}(?:解释|实施))?[，,、\s]*"
)
_DAY = r"[^，,。；;自起至]{6,24}?"
_FIGURE = r"[0-9０-９]{1,2}|[一二两三四五六七八九十]{1,3}"
_START = re.compile(
    rf"(?:自|从)(?:(?P<event>(?:发布|印发|公布|下发|颁布|发文|通过)之?日)|(?P<day>{_DAY}))起"
    rf"(?:满?(?P<later>{_FIGURE})日[后起]?)?(?:正式|开始|暂行)?(?:施行|实施|执行|生效|试行)"
)
_LABEL = r"(?:有效|试行|施行|执行|实施|暂行)(?:期限?|时间)"
_UNTIL = re.compile(
    rf"{_LABEL}(?:限)?(?:自(?:[^，,。；;至]{{2,24}}?)起?)?(?:截?至|截?止到?|到|[:：])(?P<last>{_DAY}\d日?)(?:止|$|[，,。；;（(])"
    rf"|(?:{_LABEL}(?:自[^，,。；;]{{2,12}}之?日起)?(?:计算)?[，,]?(?:暂定)?(?:为|是|[:：])?|(?:试行|暂行|有效)(?:期)?)"
    rf"(?P<number>{_FIGURE})(?P<unit>年|个月)"
    rf"|[，,]?(?:有效期)?(?:至|到)(?P<end>{_DAY}\d日?)(?:止|(?:自行)?(?:废止|失效))"
)
_TRIAL = re.compile(
    r"[（(〔\[](?:试行|暂行)[）)〕\]]|(?:试行|暂行)(?=办法|规定|意见|方案|标准|细则|条例)"
)
#: Fields stand in the head of a page.
_HEAD = 4000
_LONGEST = 400
#: One of these stands in every statement of a document's force.
_SPEAKS = re.compile(
    r"起.{0,8}(?:[施试执]行|实施|生效)"
    r"|有效[期\d一二两三四五六七八九十]|试行[期时\d一二两三四五六七八九十]|暂行[期时\d一二两三四五六七八九十]"
    r"|有效时间|施行(?:期|时间)|执行(?:期|时间)|实施(?:期|时间)"
    r"|止(?<=[\d日]止)|自行(?<=[\d日]自行)|废止(?<=[\d日]废止)|失效(?<=[\d日]失效)"
)
_STOP = re.compile(r"[。；;]|$")


def find_validity(page: Page, document: Document, vocabulary: Vocabulary) -> Document:
    """The document with the days from and until which it is in force, where it tells them.

    >>> from datetime import date
    >>> text = "本办法自2018年9月1日起施行，有效期5年。"
    >>> page = Page("a.txt", "0" * 64, "text/plain", "utf-8", text, (Block(text, Span(0, 22)),))
    >>> found = find_validity(page, Document("", "a.txt", "", "", "", 22), Vocabulary({}))
    >>> found.valid_from, found.valid_until, found.spans["valid_until"].of(text)
    (datetime.date(2018, 9, 1), datetime.date(2023, 8, 31), '有效期5年')
    """
    spans = dict(document.spans)
    speaks = _SPEAKS.search(page.text)
    first, last = _stated(page.blocks, document) if speaks else (None, None)
    first = first or _field(page, vocabulary, "effective-on")
    last = last or _field(page, vocabulary, "expires-on")
    if first and last and last[0] < first[0]:
        last = None
    trial = _trial(page, document)
    if first:
        spans["valid_from"] = first[1]
    if last:
        spans["valid_until"] = last[1]
    if trial:
        spans["provisional"] = trial
    return replace(
        document,
        valid_from=first[0] if first else None,
        valid_until=last[0] if last else None,
        provisional=trial is not None,
        spans=spans,
    )


_Dated = tuple[date, Span]


def _stated(blocks: Sequence[Block], document: Document) -> tuple[_Dated | None, _Dated | None]:
    """What the last sentences that speak of the document's force say."""
    first: _Dated | None = None
    last: _Dated | None = None
    for block in blocks:
        if not _SPEAKS.search(block.text):
            continue
        is_its_own = False
        for start, end in _sentences(block.text):
            sentence = block.text[start:end]
            begun = _START.search(sentence)
            if begun and _is_own(sentence[: begun.start()], document):
                day = _first_day(begun, document)
                if day:
                    first = day, _span(block, start, begun.span())
                    is_its_own = True
            ended = _UNTIL.search(sentence)
            if ended is None:
                continue
            before = sentence[: ended.start()]
            if is_its_own or (re.search(_ITSELF, before) and _is_own(before, document)):
                day = _last_day(ended, first[0] if first else None, document)
                if day:
                    last = day, _span(block, start, ended.span())
    return first, last


def _span(block: Block, shift: int, place: tuple[int, int]) -> Span:
    start, end = place
    text = block.text[shift + start : shift + end]
    head = len(text) - len(text.lstrip("，, \u3000"))
    tail = len(text.rstrip("，,。；;（("))
    return Span(block.start + shift + start + head, block.start + shift + start + tail)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _STOP.finditer(text):
        if start < mark.end() <= start + _LONGEST:
            yield start, mark.end()
        start = mark.end()


def _is_own(before: str, document: Document) -> bool:
    """Whether the words before a statement name the document, or nothing at all."""
    found = _OWN_SUBJECT.fullmatch(before.strip())
    if found is None:
        return False
    title = found.group("title")
    return title is None or "".join(title.split()) in "".join(document.title.split())


def _first_day(found: re.Match[str], document: Document) -> date | None:
    if found["event"]:
        day = document.issued_on or document.published_on
    else:
        read = read_date(found["day"])
        day = read[0] if read else None
    later = parse_number(found["later"]) if found["later"] else None
    return _shift(day, days=int(later)) if day and later else day


def _last_day(found: re.Match[str], first: date | None, document: Document) -> date | None:
    written = found["last"] or found["end"]
    if written:
        read = read_date(written)
        return read[0] if read else None
    number = parse_number(found["number"])
    day = first or document.issued_on or document.published_on
    if number is None or day is None:
        return None
    months = int(number) * (12 if found["unit"] == "年" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return None
    # The day before the same day of a later month; the first of the next where there is none.
    try:
        return _shift(date(year, month + 1, day.day), days=-1)
    except ValueError:
        return _shift(date(year + (month == 11), (month + 1) % 12 + 1, 1), days=-1)


def _shift(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _field(page: Page, vocabulary: Vocabulary, notation: str) -> _Dated | None:
    """The day that a field of the page's head gives."""
    head = page.text[:_HEAD]
    for label in _labels(vocabulary, notation).finditer(head):
        value = head[label.end() : label.end() + 40]
        mark = re.match(r"\s{0,6}[:：]?\s{0,12}", value)
        read = read_date(value)
        is_label = bool(mark and (re.search("[:：]", mark.group()) or len(label.group()) > 2))
        starts = label.start() == 0 or head[label.start() - 1] in "\n\r\t |\u3000\xa0"
        if mark and read and is_label and starts and read[1] == mark.end() > 0:
            return read[0], Span(label.end() + read[1], label.end() + read[2])
    return None


@lru_cache(maxsize=16)
def _labels(vocabulary: Vocabulary, notation: str) -> re.Pattern[str]:
    """The names of a field."""
    scheme = vocabulary.get("masthead-fields")
    return re.compile(any_of(scheme.get(notation).names if scheme else ()))


def _trial(page: Page, document: Document) -> Span | None:
    title = document.spans.get("title")
    found = _TRIAL.search(page.text, title.start, title.end) if title else None
    return Span(*found.span()) if found else None
