"""Citations: the documents a document names in 《》, with their numbers.

What a document calls itself, its own annexes and its own short names (以下简称《清单》) are no
citations. A document that this one says it carries out, in the sentence that gives its reason
(为贯彻落实《…》, 根据《…》…制定本方案), is implemented; every other one is cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pskg.model import Citation, Relation, Span
from pskg.read import Block

__all__ = ["DOC_NUMBER", "cite_documents"]

#: A document number: 国发〔2012〕29号, 台府[2014]32号, also with a bracket lost (粤府办〔201230号).
DOC_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}\s{0,3}[〔﹝\[［【(（〖]?\s{0,3}(?:19|20)\d\d"
    r"\s{0,3}[〕﹞\]］】)）〗]?\s{0,3}第?\s{0,3}\d{1,5}\s{0,3}号"
)
_LONGEST_TITLE = 120
#: How far the words that give a reason may stand from a title.
_LONGEST_SENTENCE = 1200
#: The number behind a title: that of a document, or of a standard (GB/T 12345—2020).
_NUMBER_BEHIND = re.compile(
    r"\s{0,3}[(（]\s{0,3}([^()（）《》]{3,40}?号"
    r"|[A-Z]{2,4}\d{0,2}(?:/[A-Z]{1,2})?\s{0,2}\d{2,6}(?:\.\d{1,2})?\s?[-—–－]{1,2}\s?(?:19|20)\d\d)"
    r"\s{0,3}[)）]?"
)
#: What opens the statement of a document's reason, and what a reason leads to.
_REASON = re.compile(
    r"根据|按照|依据|遵照|对照|结合|落实|贯彻|以$"
    r"|为了?(?:进一步|深入|全面|切实|更好地?)*(?:实施|推进|推动|加快|做好|加强|规范|保障|促进)"
)
#: What is made or issued here is not carried out by it.
_MADE_HERE = re.compile(r"(?:制定|编制|制订|印发|起草|形成|研究制定)了|(?:形成|现将)$")
#: 对《…》进行了修订 and 按照《…》确定的办法执行 say what is done with it, and give no reason.
_REVISED = re.compile(r"[^,，。；;《》]{0,8}(?:修订|修改|调整|完善)")
_APPLIED = re.compile(r"[^,，。；;《》]{0,24}(?:执行|办理)(?=[,，。；;]|$)")
_PURPOSE = re.compile(
    r"制定|编制|制订|拟[定订]|出台|提出(?:如下|以下)|现(?:结合|就|将|提出|印发)|结合.{0,12}实际|(?:通知|公告|意见|要求|安排)如下"
)
#: The document speaks of itself: 制定本办法, 本规划依据《…》编制.
_MAKES_ITSELF = re.compile(r"(?:制定|编制|制订|拟[定订]|出台|提出|印发)本[一-鿿]{2}")
_ITSELF = re.compile(
    r"本(?:规划|方案|计划|办法|意见|细则|标准|清单|目录|规定|条例|纲要)[^,，。]{0,6}$"
)
#: An opening sentence that begins so needs no 制定本… behind it: what follows is how.
_CARRIES_OUT = re.compile(
    r"\s*为(?:了|着)?(?:深入|进一步|认真|全面|切实|更好|扎实|坚决|有效|积极|推动|加快)*(?:学习|宣传)?"
    r"(?:贯彻|落实|执行|实施)"
)
_MADE = re.compile(r"编制|制定|制订|拟[定订]|提出")
_SHORT_NAME = re.compile(r"(?:以下|下文)?(?:统)?简称\s{0,3}[:：]?\s{0,3}(?=[《“])")
#: Kinds of papers in 《》 that are no documents of policy.
_PAPER = re.compile(
    r"(?:证书|证|许可证|执照|协议书?|合同|表|登记表|申请书|手册|通知书|告知书|[日晚月周]?报|杂志)$"
)


def cite_documents(
    blocks: Sequence[Block], own_names: Iterable[str], reasons: Iterable[Span]
) -> tuple[Citation, ...]:
    """The documents named in these blocks, in order.

    ``own_names`` are the document's title and those of its annexes; ``reasons`` the paragraphs
    in which it may state what it implements (the first ones of its body).

    >>> text = "为贯彻落实《甲规划》(甲发〔2017〕5号),依据《乙条例》,制定本方案。"
    >>> for found in cite_documents([Block(text, Span(0, len(text)))], [], [Span(0, len(text))]):
    ...     print(found.title, found.number, found.relation.value)
    甲规划 甲发〔2017〕5号 implements
    乙条例 None implements
    """
    own = {_key(name) for name in own_names if name}
    short = set(_short_names(blocks))
    opening = list(reasons)
    citations: list[Citation] = []
    for block in blocks:
        titles = list(_titles(block.text)) if "《" in block.text else []
        in_reason = bool(titles) and any(span.covers(block.span) for span in opening)
        for start, end in titles:
            title = block.text[start + 1 : end - 1].strip()
            number = _NUMBER_BEHIND.match(block.text, end)
            behind = number.end() if number else end
            implements = not _is_dealt_with(block.text, start, behind) and _states_reason(
                block.text, start, opening=in_reason
            )
            # One with its number, or that this one rests on, is another document, though its
            # title be a part of this one's.
            other = number or implements
            is_own = _key(title) in own if other else _is_own(title, own)
            if _key(title) in short or is_own or _PAPER.search(title):
                continue
            span = Span(block.start + start, block.start + behind)
            relation = Relation.IMPLEMENTS if implements else Relation.CITES
            citations.append(
                Citation(title, number.group(1).strip() if number else None, relation, span)
            )
    return tuple(citations)


def _short_names(blocks: Iterable[Block]) -> Iterator[str]:
    """The short names a document gives itself or others (以下简称《清单》)."""
    for block in blocks:
        for found in _SHORT_NAME.finditer(block.text) if "简称" in block.text else ():
            end = block.text.find("》", found.end(), found.end() + _LONGEST_TITLE)
            if block.text[found.end()] == "《" and end > 0:
                yield _key(block.text[found.end() + 1 : end])


_IGNORED = re.compile(r"[\s“”\"'‘’《》〈〉()（）:：,，]")
_TITLE_MARK = re.compile("[《》]")


def _titles(text: str) -> Iterable[tuple[int, int]]:
    """Where each outermost 《…》 stands; one that is never closed is left out."""
    start, depth = -1, 0
    for mark in _TITLE_MARK.finditer(text):
        position = mark.start()
        if mark.group() == "《":
            if depth == 0 or position - start > _LONGEST_TITLE:
                start, depth = position, 0
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                if position - start > 1:
                    yield start, position + 1
                start = -1


def _key(title: str) -> str:
    """A title as it is compared: without white space, quotation marks and brackets."""
    return _IGNORED.sub("", title)


def _is_own(title: str, own: set[str]) -> bool:
    wanted = _key(title)
    return any(
        name == wanted or (len(wanted) > 8 and wanted in name) or name.endswith(wanted)
        for name in own
    )


def _is_dealt_with(text: str, start: int, end: int) -> bool:
    """Whether the words around a title say what is done with it: that it is revised, or applied."""
    revised = text[max(0, start - 1) : start] in ("对", "将", "把") and _REVISED.match(text, end)
    return bool(revised or _APPLIED.match(text, end))


def _states_reason(text: str, position: int, *, opening: bool) -> bool:
    """Whether the sentence around a position says what the document is made to carry out.

    Outside of the opening it must speak of itself: 第一条 根据《…》,制定本办法.
    """
    first = max(0, position - _LONGEST_SENTENCE)
    start = max(first, *(text.rfind(mark, first, position) + 1 for mark in "。;；!！"))
    last = min(len(text), position + _LONGEST_SENTENCE)
    ends = (text.find(mark, position, last) for mark in "。!！")
    end = min((found for found in ends if found >= 0), default=last)
    before, sentence = text[start:position], text[start:end]
    if not _REASON.search(before) or _MADE_HERE.search(before[-6:]):
        return False
    if _ITSELF.search(before):
        return bool(_MADE.search(sentence, position - start))
    if opening and _CARRIES_OUT.match(before):
        return True
    purpose = _PURPOSE if opening else _MAKES_ITSELF
    return bool(purpose.search(sentence, position - start))
