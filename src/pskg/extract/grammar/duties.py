"""Who does what: the words that give bodies a role, in a cell, a bracket or a sentence.

The words (牵头, 责任单位, 配合) come from the vocabulary ``roles``; how they go with names stands
here. Every function takes a stretch of text and the offset at which it stands in the document, and
returns spans in the document. None of them raises on any text.

>>> from pskg.vocabulary import load
>>> text = "市教育局牵头，市财政局、各县(市、区)政府按职责分工负责"
>>> for found in read_responsibility(text, 0, load()):
...     print(found.name, found.role.value, found.span.of(text))
市教育局 lead 市教育局
市财政局 responsible 市财政局
各县(市、区)政府 responsible 各县(市、区)政府
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from pskg.extract.grammar.bodies import (
    ETC,
    Assignment,
    Line,
    classify_body,
    find_first,
    find_last,
    fold_name,
    fold_text,
    is_body_name,
    is_definite,
    is_function,
    is_list_of_departments,
    is_slip_of_body,
    measure_definite,
    read_names,
    skip_by,
    sort_assignments,
    split_names,
    trim_name,
)
from pskg.model import Passage, Role, Span
from pskg.vocabulary import Vocabulary, any_of

__all__ = [
    "LONGEST_CLAUSE",
    "Clause",
    "ClauseKind",
    "find_responsibility_clauses",
    "looks_like_body",
    "read_deadline",
    "read_responsibility",
]


class ClauseKind(StrEnum):
    """Where a clause of responsibility stands."""

    BRACKET = "bracket"
    LABEL = "label"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a paragraph that says who is responsible, brackets included.

    ``imprint`` is a label that also says who runs a web site or an event (主办单位); blank
    where there is none.
    """

    span: Span
    kind: ClauseKind
    assignments: tuple[Assignment, ...]
    imprint: str = ""


# ---------------------------------------------------------------------------------------------
# Clauses with roles


_ENDS_AS_HEADING = re.compile(
    r"(?:单位|部门|机构|主体|处室|科室|组员|成员|名称)(?:（[^（）]{1,6}）)?$"
)
_ADVERB = (
    r"(?:按照?(?:各自|自身|部门|工作|有关)?(?:的)?(?:职责|职能|分工|责任|权限|要求|规定|任务)+"
    r"(?:分工|范围)?|根据(?:各自)?(?:职责|职能)(?:分工)?|依职责|依法|分别|共同|各自|联合|统一|具体"
    r"|在(?:各自|自身|其)?的?(?:职责|职权|权限)(?:权限)?范围[之以]?内，?"
    r"|主要|全面|分级|分类|积极|密切|切实|总|重点|直接|协调|予以|给予|和|要|应当?|须|需)"
)
#: What a body goes by, in several words; once at most, or junk would cost time.
_BASIS = r"(?:(?:依照|按照|根据|依据|结合|围绕|对照)[^，。；、：由]{2,16}?)?"
_NOT_VERB = (
    r"(?:(?<=会同)|(?!单位|部门|机构|人(?!力资源|社[厅局部会保]|大|民(?:政府|银行|法院))|同志|制(?![定订作])|者"
    r"|责任|主体|科室|处室|领导|省级|市级|县级|市直|工作机制))"
)
_COLON = re.compile("：")
_DEFINITION = re.compile(r"(?:单位|部门|机构|主体)：?(?:是指|系指|指的是|指(?![导定挥派])|即)")
_OTHER_HEADING = re.compile(
    r"(?:(?:牵头|责任|分管|包抓|主管|联系|协管|督办|挂钩|包联)?[省市县区州]?(?:级)?领导"
    r"|(?:责任|负责|联系|经办|牵头|具体|第一责任)人员?|联系(?:电话|方式)|电话|备注|说明|注)$"
)
_TIME_HEADING = re.compile(
    r"(?:完成|办理|办结|整改|实施|推进|落实|工作|任务|起止)?(?:时限|时间|期限|节点|进度)(?:要求|安排|节点)?$"
)
_YEARS = r"(?:(?:19|20)\d\d年?(?:[-—–~～至到]+))?(?:19|20)\d\d年"
_DATE = (
    rf"(?:{_YEARS}|每年)(?:[上下]半年|\d{{1,2}}月(?:\d{{1,2}}日)?|第?[一二三四1-4]季度)?"
    r"(?:年?[底末初]|[上中下]旬)?(?:之?前|以前|起)?"
)
_MONTH = r"\d{1,2}月(?:\d{1,2}日|[底末]|[上中下]旬)?(?:之?前|以前)"
_ONGOING = r"(?:长期|持续|常态化|全年|立即|即时)(?:坚持|推进|实施|开展|落实|执行|进行)?"
_DEADLINE = re.compile(
    rf"(?:^|(?<=[，；。、：（]))(?:力争|确保|于|在|到|至|并)?({_DATE}|{_MONTH}|{_ONGOING}(?=$|[，；。、）]))"
)


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch under one heading. ``ignored``: a heading that is about no body."""

    start: int
    end: int
    role: Role | None = None
    ignored: bool = False
    is_time: bool = False


@cache
def _compile_verbs(names: tuple[str, ...]) -> re.Pattern[str]:
    """The verbs among the roles' names, with what may stand before and must not stand after."""
    verbs = any_of(name for name in names if not _ENDS_AS_HEADING.search(name))
    return re.compile(f"{_BASIS}(?:{_ADVERB}){{0,4}}({verbs}){_NOT_VERB}")


def _role_of(label: str, vocabulary: Vocabulary) -> Role | None:
    concept = vocabulary["roles"].find(label)
    return Role(concept.notation) if concept else None


def _guess_role(label: str) -> Role | None:
    """The role of a heading that no vocabulary holds, by the words in it."""
    if not re.search(r"单位|部门|机构", label):
        return None
    for words, role in (
        ("配合|协办|协助|协同|参与|参加", Role.COOPERATING),
        ("牵头|主责|主办", Role.LEAD),
        ("责任|负责|承办|实施|落实", Role.RESPONSIBLE),
        ("成员|组成", Role.MEMBER),
    ):
        if re.search(words, label):
            return role
    return None


def _find_segments(line: Line, role: Role | None, vocabulary: Vocabulary) -> list[_Segment]:
    """Cut a clause at its headings (牵头单位：…；责任单位：…；完成时限：…)."""
    text = line.text
    cuts: list[tuple[int, _Segment]] = []
    for match in _COLON.finditer(text):
        colon = match.start()
        if line.depth[colon] > 0:
            continue
        begin = colon
        while begin > 0 and colon - begin < 16 and text[begin - 1] not in "，；。、：":
            begin -= 1
        start, segment = _read_heading(line, begin, colon, vocabulary)
        if segment is not None:
            cuts.append((start, segment))
    cuts += _find_spaced_headings(line, vocabulary)
    cuts.sort(key=lambda cut: cut[0])
    segments = []
    starts = [start for start, _ in cuts] + [len(text)]
    if starts[0] > 0:
        segments.append(_Segment(0, starts[0], role))
    for (_, segment), end in zip(cuts, starts[1:], strict=True):
        if segment.start < end:
            segments.append(replace(segment, end=end))
    return segments


def _read_heading(
    line: Line, begin: int, colon: int, vocabulary: Vocabulary
) -> tuple[int, _Segment | None]:
    """The heading that ends at a colon: where it starts, and the segment that it opens."""
    label = line.text[begin:colon]
    for start in range(begin, colon - 1):
        role = _role_of(line.text[start:colon], vocabulary)
        if role:
            return start, _Segment(colon + 1, colon + 1, role)
    time = _TIME_HEADING.search(label)
    if time:
        return begin + time.start(), _Segment(colon + 1, colon + 1, is_time=True)
    other = _OTHER_HEADING.search(label)
    if other:
        return begin + other.start(), _Segment(colon + 1, colon + 1, ignored=True)
    guessed = _guess_role(label)
    if guessed is None:
        return begin, None
    for start in range(colon - 1, begin, -1):
        if start in line.gaps and _guess_role(line.text[start:colon]):
            begin = start
            break
    return begin, _Segment(colon + 1, colon + 1, guessed)


def _find_spaced_headings(line: Line, vocabulary: Vocabulary) -> list[tuple[int, _Segment]]:
    """Headings set off by white space instead of a colon (牵头单位 甲 配合单位 乙)."""
    found = []
    gaps = sorted(line.gaps)
    for start, end in zip([0, *gaps], gaps, strict=False):
        label = line.text[start:end]
        if len(label) <= 12 and _ENDS_AS_HEADING.search(label):
            role = _role_of(label, vocabulary)
            if role and line.depth[start] == 0 and line.text[end] != "：":
                found.append((start, _Segment(end, end, role)))
    return found


def read_responsibility(
    text: str, offset: int, vocabulary: Vocabulary, role: Role | None = None
) -> tuple[Assignment, ...]:
    """The bodies of a clause with their roles: the inside of a bracket, a cell or a sentence.

    Surface forms: 甲、乙按职责分工负责; 甲牵头，乙配合; 甲、乙分别牵头，其他有关部门按职责分工负责;
    牵头单位：甲；责任单位：乙、丙；完成时限：2025年底前; 甲会同乙; 由甲负责; 甲（牵头）、乙. Bodies
    that follow a 牵头 without a role of their own are responsible. ``role`` is that of names
    which the text gives none, as in a cell of a column 责任单位; without it such names are not
    returned. A sentence that defines a column (牵头单位是指…) assigns nobody.

    >>> from pskg.vocabulary import load
    >>> text = "牵头单位:市财政局；配合单位:各有关部门；完成时限:2025年底前"
    >>> for one in read_responsibility(text, 0, load()):
    ...     print(one.name, one.role.value, one.deadline and one.deadline.text)
    市财政局 lead 2025年底前
    各有关部门 cooperating 2025年底前
    """
    line = _open_bracket(fold_text(text, offset))
    if not line.text or _DEFINITION.search(line.text):
        return ()
    found: list[Assignment] = []
    deadlines: list[Passage] = []
    for segment in _find_segments(line, role, vocabulary):
        if segment.is_time:
            end = find_first(line, "；。，", segment.start, segment.end)
            if segment.start < end:
                words = line.word(segment.start, end)
                deadlines.append(Passage(words, line.span(segment.start, end)))
        elif not segment.ignored:
            given = segment.role is not None and segment.start > 0
            found += _read_segment(line, segment, given, vocabulary)
    for match in _DEADLINE.finditer(line.text):
        span = line.span(*match.span(1))
        if all(one.span.start != span.start for one in deadlines):
            deadlines.append(Passage(line.word(*match.span(1)), span))
    deadlines.sort(key=lambda one: one.span)
    return tuple(_give_deadline(one, deadlines) for one in sort_assignments(found))


_LONGEST_DEADLINE = 60


def read_deadline(text: str, offset: int) -> Passage | None:
    """The deadline of a line that gives nothing else (完成时限：2024年12月底).

    >>> read_deadline("完成时限:2024年底", 0).text, read_deadline("时间紧任务重。", 0)
    ('2024年底', None)
    """
    if len(text) > _LONGEST_DEADLINE:
        return None
    line = fold_text(text, offset)
    colon = line.text.find("：", 0, 12)
    if colon < 0 or not _TIME_HEADING.fullmatch(line.text, 0, colon):
        return None
    end = find_first(line, "；。", colon + 1, len(line.text))
    if end == colon + 1:
        return None
    return Passage(line.word(colon + 1, end), line.span(colon + 1, end))


def _open_bracket(line: Line) -> Line:
    """The inside of a text that is one bracket; its closing sign may be lost."""
    if not line.text.startswith("（"):
        return line
    closing = next(
        (
            index
            for index in range(1, len(line.text))
            if line.text[index] == "）" and line.depth[index] == 1
        ),
        len(line.text),
    )
    if closing < len(line.text.rstrip("。；")) - 1:
        return line
    return Line(line.kept[1:closing], line.at[1:closing], line.text[1:closing])


def _give_deadline(found: Assignment, deadlines: list[Passage]) -> Assignment:
    """The assignment with the first deadline that follows it, else the last before it."""
    if not deadlines:
        return found
    after = [one for one in deadlines if one.span.start > found.span.start]
    return found._replace(deadline=after[0] if after else deadlines[-1])


def _read_segment(
    line: Line, segment: _Segment, given: bool, vocabulary: Vocabulary
) -> list[Assignment]:
    """The names of one segment, each with the role of the verb that follows it.

    Names in front of the first verb of a segment with a heading keep the heading's role, but for
    those of the verb's own phrase (牵头单位：甲；乙、丙配合).
    """
    found: list[Assignment] = []
    cursor = segment.start
    last_role: Role | None = None
    for verb in _find_verbs(line, segment, vocabulary):
        if verb.start() < cursor:
            continue
        role = _role_of(verb.group(1), vocabulary)
        if role is None:
            continue
        start = cursor if last_role is None else _skip_complement(line, cursor, verb, vocabulary)
        if given and segment.role is not None:
            phrase = find_last(line, "，；。", start, verb.start()) + 1
            if phrase > start:
                found += read_names(line, start, phrase, segment.role, vocabulary)
                start = phrase
        start = skip_by(line, start, verb.start())
        after = _read_companions(line, verb, segment.end, vocabulary)
        before = read_names(line, start, verb.start(), Role.LEAD if after else role, vocabulary)
        found += before + after
        cursor = verb.end()
        if after:
            cursor = bisect_left(line.at, after[-1].span.end)
        if before or after:
            last_role = role
    if last_role is None:
        if segment.role is not None:
            start = skip_by(line, segment.start, segment.end)
            return read_names(line, start, segment.end, segment.role, vocabulary)
        return _read_opened(line, segment, vocabulary)
    rest = Role.RESPONSIBLE if last_role in (Role.LEAD, Role.RESPONSIBLE) else last_role
    return found + _read_trailing(line, cursor, segment.end, rest, vocabulary)


def _read_trailing(
    line: Line, start: int, end: int, role: Role, vocabulary: Vocabulary
) -> list[Assignment]:
    """The bodies of the phrases behind the last verb; one that goes on past its names has none."""
    found: list[Assignment] = []
    start = find_first(line, "，；。、", start, end)
    while start < end:
        stop = find_first(line, "，；。", start + 1, end)
        etc = ETC.search(line.text, start, stop)
        if etc is None or etc.end() == stop:
            for one in read_names(line, start, stop, role, vocabulary):
                if is_definite(fold_name(one.name), vocabulary):
                    found.append(one)
        start = stop
    return found


def _find_verbs(line: Line, segment: _Segment, vocabulary: Vocabulary) -> Iterator[re.Match[str]]:
    pattern = _compile_verbs(vocabulary["roles"].names)
    for match in pattern.finditer(line.text, segment.start, segment.end):
        if line.depth[match.start(1)] == 0:
            yield match


def _skip_complement(line: Line, cursor: int, verb: re.Match[str], vocabulary: Vocabulary) -> int:
    """Where the names of a verb begin, past what the verb before it takes (负责落实，…)."""
    end = find_first(line, "，；。、", cursor, verb.start())
    words = line.text[cursor:end]
    if not words or is_definite(words, vocabulary):
        return cursor
    return end


_COMPANION = re.compile(r"(?:会同|联合|商|协同|配合|协助)$")


#: 财政、税务部门: names of what departments do, up to the noun that they share.
_SHARED_NOUN = re.compile(
    r"[^，。；、]{2,10}(?:、[^，。；、]{2,10}){0,8}?[、和与及][^，。；、]{2,8}?部门"
)


def _read_companions(
    line: Line, verb: re.Match[str], end: int, vocabulary: Vocabulary
) -> list[Assignment]:
    """The bodies right behind 会同 (甲会同乙、丙开展…): they cooperate, the one before leads."""
    if not _COMPANION.search(verb.group(1)):
        return []
    end = min(end, verb.end() + LONGEST_CLAUSE // 4)
    stop = find_first(line, "，；。", verb.end(), end)
    following = _compile_verbs(vocabulary["roles"].names).search(line.text, verb.end(), stop)
    if following:
        stop = following.start()
    found: list[Assignment] = []
    etc = ETC.search(line.text, verb.end(), stop)
    shared = _SHARED_NOUN.match(line.text, verb.end(), stop)
    # 会同甲、乙等部门; 会同甲、乙部门于8月底前….
    for tail in (etc, shared):
        if tail and is_list_of_departments(line.text[verb.end() : tail.end()]):
            found = _read_definite(line, verb.end(), tail.end(), Role.COOPERATING, vocabulary)
            if found:
                return found
    for first, last in split_names(line, verb.end(), stop, vocabulary):
        text = line.text[first:last]
        first, last, _ = trim_name(line, first, last, vocabulary)
        whole = last - first >= len(text)
        if whole and not is_definite(line.text[first:last], vocabulary):
            last = first + measure_definite(line.text[first:last], vocabulary)
        if last <= first or not is_definite(line.text[first:last], vocabulary):
            break
        found.append(Assignment(line.word(first, last), Role.COOPERATING, line.span(first, last)))
    return found


def _read_opened(line: Line, segment: _Segment, vocabulary: Vocabulary) -> list[Assignment]:
    """Names behind a heading without its colon (责任单位为甲、乙; 牵头单位甲)."""
    text = line.text[segment.start : segment.end]
    for end in range(min(len(text), 12), 2, -1):
        role = _role_of(text[:end], vocabulary)
        if role and _ENDS_AS_HEADING.search(text[:end]):
            rest = re.match(r"为|是|有|包括|由", text[end:])
            start = segment.start + end + (rest.end() if rest else 0)
            names = read_names(line, start, segment.end, role, vocabulary)
            definite = [one for one in names if is_definite(fold_name(one.name), vocabulary)]
            return definite if len(definite) == len(names) else []
    return []


def looks_like_body(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a table's cell, or a part of it, holds bodies: one, a list, or a list with roles.

    True for 财政局、, 人力资源社会保障局, 各县（市、区）政府, 教育局牵头，其他有关部门配合. A
    sentence that only says that governments pay or are in charge (地方人民政府负责) is none.

    >>> from pskg.vocabulary import load
    >>> [looks_like_body(text, load()) for text in ("财政局、", "义务教育学生", "全社会")]
    [True, False, False]
    """
    line = fold_text(name, 0)
    text = line.text.strip("、，；。和及")
    if not 2 <= len(text) <= 300:
        return False
    if re.search(r"牵头|负责|配合|责任|分工|协[办助同]|参与|：", text):
        if not re.search(r"牵头|配合|分工|单位：|部门：|局|委", text):
            return False
        found = read_responsibility(name, 0, vocabulary)
        return bool(found) and all(is_body_name(one.name, vocabulary) for one in found)
    chunks = [text for text in _chunk_texts(line, vocabulary) if text]
    return bool(chunks) and all(is_body_name(chunk, vocabulary) for chunk in chunks)


def _chunk_texts(line: Line, vocabulary: Vocabulary) -> Iterator[str]:
    for start, end in split_names(line, 0, len(line.text), vocabulary):
        first, last, _ = trim_name(line, start, end, vocabulary)
        yield line.text[first:last]


# ---------------------------------------------------------------------------------------------
# Clauses in a paragraph


_BRACKET = re.compile(r"[()（）\[\]［］【】〔〕﹝﹞﹙﹚{}]")
_OPENING = "(（[［【〔﹝﹙{"
_TRIGGER = re.compile(
    r"牵头|负责|配合|会同|责任|主[责办管]|承[办担]|协[办助同]|参[与加]|分工|落实|实施|成员"
)
LONGEST_CLAUSE = 2000
_DEEPEST = 3


def _find_brackets(text: str) -> list[tuple[int, int, bool]]:
    """Bracketed stretches, the outer before the inner; one left open ends with the paragraph.

    Those that hold brackets more than three deep, or that are very long, are left out: they hold
    no clause, and junk of brackets must not cost time.
    """
    stack: list[tuple[int, int]] = []
    pairs: list[tuple[int, int, bool]] = []
    for match in _BRACKET.finditer(text):
        if match.group() in _OPENING:
            stack.append((match.start(), 0))
            continue
        if not stack:
            continue
        start, height = stack.pop()
        if stack:
            stack[-1] = (stack[-1][0], max(stack[-1][1], height + 1))
        if height < _DEEPEST and match.end() - start <= LONGEST_CLAUSE:
            pairs.append((start, match.end(), True))
    end = len(text.rstrip())
    for start, _ in stack[-_DEEPEST:]:
        if start + 1 < end <= start + LONGEST_CLAUSE:
            pairs.append((start, end, False))
    return sorted(pairs, key=lambda pair: (pair[0], -pair[1]))


# A paragraph is asked for its lists first, and once it is known whose they are for the bodies.
@lru_cache(maxsize=2048)
def find_responsibility_clauses(
    paragraph: str, offset: int, vocabulary: Vocabulary
) -> tuple[Clause, ...]:
    """The clauses of a paragraph that say who is responsible, in the order of the text.

    BRACKET: a bracket of any shape whose inside gives bodies a role; its closing sign may be
    lost at the end of the paragraph; a bracket that ends a sentence or is the whole paragraph and
    holds nothing but bodies makes them responsible. LABEL: a sentence that opens with 责任单位：
    or the like. SENTENCE: prose in which definite bodies lead, answer for or
    help with something (由甲牵头, 甲会同乙, 甲负责…); slogans in quotation marks, definitions and
    sentences on who pays are none.

    >>> from pskg.vocabulary import load
    >>> text = "完善(含民办)办学条件。(市教育局、各县(市、区)政府按职责分工负责)"
    >>> clause, = find_responsibility_clauses(text, 0, load())
    >>> clause.kind.value, [one.name for one in clause.assignments]
    ('bracket', ['市教育局', '各县(市、区)政府'])
    """
    clauses: list[Clause] = []
    taken = 0
    for start, end, closed in _find_brackets(paragraph):
        if start < taken:
            continue
        inside = paragraph[start + 1 : end - 1 if closed else end]
        found = _read_bracket(paragraph, start, end, inside, offset, vocabulary)
        if found:
            taken = end
            clauses.append(Clause(Span(offset + start, offset + end), ClauseKind.BRACKET, found))
    clauses += _find_labelled(paragraph, offset, clauses, vocabulary)
    clauses += _find_prose_clauses(paragraph, offset, clauses, vocabulary)
    return tuple(sorted(clauses, key=lambda clause: clause.span))


#: A sentence that opens with a label: 牵头单位：甲；责任单位：乙、丙。
_LABELLED = re.compile(
    r"(?:^|(?<=[。；;]))\s{0,9}(?P<label>[\u4e00-\u9fff（）()\s]{2,16}?)\s?[:：∶][^。]{2,1000}"
)


#: How the label of a list of bodies ends, before its colon.
_ENDS_LABEL = re.compile(r"[位门构体室员称)）]\s*[:：∶]")
#: Labels of who runs a web site or an event.
_MASTHEAD_LABEL = re.compile(r"主[办管]|承办|协办|支持")


def _find_labelled(
    paragraph: str, offset: int, brackets: list[Clause], vocabulary: Vocabulary
) -> list[Clause]:
    """The sentences outside of brackets that are labels with bodies behind them."""
    clauses: list[Clause] = []
    if not any(mark in paragraph for mark in "：:∶") or not _ENDS_LABEL.search(paragraph):
        return clauses
    for match in _LABELLED.finditer(paragraph):
        label = fold_name(match["label"])
        span = Span(offset + match.start("label"), offset + match.end())
        if not _ENDS_AS_HEADING.search(label) or not _label_role(label, vocabulary):
            continue
        if any(
            clause.span.start < span.end and span.start < clause.span.end for clause in brackets
        ):
            continue
        found = read_responsibility(
            paragraph[match.start("label") : match.end()], span.start, vocabulary
        )
        known = [is_body_name(one.name, vocabulary) for one in found]
        # Among bodies a short name that nobody knows is one as well.
        short = any(known) and all(
            body or len(one.name) <= _LONGEST_ODD for one, body in zip(found, known, strict=True)
        )
        bodies = tuple(one for one, body in zip(found, known, strict=True) if body or short)
        if bodies:
            imprint = label if _MASTHEAD_LABEL.match(label) else ""
            clauses.append(Clause(span, ClauseKind.LABEL, bodies, imprint))
    return clauses


def _label_role(label: str, vocabulary: Vocabulary) -> Role | None:
    return _role_of(label, vocabulary) or _guess_role(label)


#: The rule, at a list's end, by which its first or a marked body leads: 列第一位的为牵头单位，下同.
_LEADER_RULE = re.compile(
    r"[,，;；。]?\s?(?:其中)?[^,，;；。、]{0,12}?(?:第一|首[个位家列]|最前|[标注带加][有注明]?[“\"]?[^\w\s、，])"
    r"[^,，;；。]{0,12}[为是](?:该项)?\w{0,3}牵头.*$",
    re.DOTALL,
)
_LONGEST_UNKNOWN = 16
_LONGEST_ODD = 8
#: What opens a bracket that explains.
_EXPLAINS = re.compile(r"不?含|包括|例?如|即|指|见|注|以下")


def _read_bracket(
    paragraph: str, start: int, end: int, inside: str, offset: int, vocabulary: Vocabulary
) -> tuple[Assignment, ...]:
    at = offset + start + 1
    inside = _LEADER_RULE.sub("", inside) if "牵头" in inside else inside
    plain = "".join(inside.split())
    if _TRIGGER.search(plain):
        found = read_responsibility(inside, at, vocabulary)
        names = [fold_name(one.name) for one in found]
        bodies = [is_body_name(name, vocabulary) for name in names]
        if all(
            known or len(name) <= _LONGEST_ODD for known, name in zip(bodies, names, strict=True)
        ):
            return found if any(bodies) else ()
        return tuple(
            one
            for one, known, name in zip(found, bodies, names, strict=True)
            if known or is_slip_of_body(name, vocabulary)
        )
    before = paragraph[:start].rstrip()
    after = paragraph[end:].strip()
    ends = before.endswith(("。", "；", ";", ".", "！")) if before else after in ("", "。", "；")
    if not ends or len(plain) > 300 or _EXPLAINS.match(plain):
        return ()
    found = read_responsibility(inside, at, vocabulary, Role.RESPONSIBLE)
    names = [fold_name(one.name) for one in found]
    bodies = [is_body_name(name, vocabulary) for name in names]
    definite = [is_definite(name, vocabulary) for name in names]
    # Among many bodies a name that nobody knows is one as well.
    known = all(bodies) or (
        sum(definite) > 2 * bodies.count(False) and max(map(len, names)) <= _LONGEST_UNKNOWN
    )
    return found if known and any(definite) else ()


#: Every branch starts with a character: a search passes over all others.
_PROSE_TRIGGER = re.compile(
    r"牵\s*头|负\s*[责其总主首属直监管领]|会\s*同|承\s*担|配\s*合|司\s*其|责\s*任\s*[单部主]"
    r"|主\s*责\s*[单部主]|分\s*工|由[^，。；：由]{2,60}?制[定订]"
)
_PROSE_VERB = re.compile(r"牵头|负责|会同|承担|配合|参与|参加|协助|各负其责|各司其职|^负.+责任?$")
#: What a verb needs no 负责 behind: 按职责分工抓好落实.
_BY_DUTY = re.compile(r"按照?[^，。；]{0,6}(?:职责|职能)分工")
_SENTENCE = re.compile(r"[^。；;！？!?]{1,1500}")
_QUOTED = re.compile(r"[“\"「][^“”\"「」]{0,200}[”\"」]")

_FILLER = re.compile(
    r"^(?:建立健全|建立|健全|完善|形成|构建|实行|明确|坚持|同时|并|请|须|以|对|将|每年|要|原则上|其中"
    r"|目前|今后|一般|统一)+(?=[\u4e00-\u9fff])"
)


def _find_prose_clauses(
    paragraph: str, offset: int, others: list[Clause], vocabulary: Vocabulary
) -> list[Clause]:
    if not _PROSE_TRIGGER.search(paragraph):
        return []
    blank = list(paragraph)
    for clause in others:
        for index in range(clause.span.start - offset, clause.span.end - offset):
            blank[index] = "。"
    clauses = []
    for sentence in _SENTENCE.finditer("".join(blank)):
        if not _PROSE_TRIGGER.search(sentence.group()):
            continue
        line = fold_text(sentence.group(), offset + sentence.start())
        found = _read_prose(line, vocabulary)
        if found:
            span = found[0].span.to(found[-1].span)
            clauses.append(Clause(span, ClauseKind.SENTENCE, tuple(found)))
    return clauses


def _read_prose(line: Line, vocabulary: Vocabulary) -> list[Assignment]:
    """The definite bodies that a sentence of running text makes responsible."""
    if _DEFINITION.search(line.text) or re.search(r"组长|召集人|为成员|日常工作", line.text):
        return []
    quoted = [match.span() for match in _QUOTED.finditer(line.text)]
    verbs = _compile_verbs(vocabulary["roles"].names)
    found: list[Assignment] = _read_named(line, vocabulary)
    led = any(one.role is Role.LEAD for one in found)
    before = joined = 0
    for verb in verbs.finditer(line.text):
        word = _PROSE_VERB.search(verb.group(1)) or _BY_DUTY.match(verb.group())
        if line.text.startswith("会同", verb.end()) and verb.group().endswith("负责"):
            continue  # 甲负责会同乙: 会同 says both roles
        adjoins, before = verb.start() == before, verb.end() if word else before
        if adjoins:
            continue  # no name stands in front of it
        inside = any(start <= verb.start() < end for start, end in quoted)
        if word is None or inside or line.depth[verb.start()] > 0:
            continue
        if line.text.startswith("解释", verb.end()):
            continue
        begin = find_last(line, "，：", max(0, verb.start() - 300), verb.start()) + 1
        if begin < joined:
            continue  # 甲会同乙负责制定: both have their roles
        start = skip_by(line, begin, verb.start())
        by = start > begin
        if start == verb.start() and _opens_label(line, begin):
            begin = start = 0  # 甲：负责…
            by = True
        joins = word.group() == "会同"
        if word.group() in ("承担", "配合", "参与", "参加", "协助") and not by and not found:
            continue
        role = _role_of(verb.group(1), vocabulary)
        names = _read_definite(line, start, verb.start(), role or Role.RESPONSIBLE, vocabulary)
        after = _read_companions(line, verb, len(line.text), vocabulary)
        if joins and found and start == verb.start():
            found += after  # 由甲牵头，会同乙
            continue
        pays = word.group() in ("负责", "承担") and _is_funding_phrase(
            line, verb, names, vocabulary
        )
        if not names or pays:
            continue
        if not (led or found) and all(_is_generic(one, vocabulary) for one in names):
            continue
        if joins:
            if not after:
                continue
            names = [one._replace(role=Role.LEAD) for one in names]
            joined = verb.end()
        found += names + after
        led = led or role is Role.LEAD
    if led:
        found += _read_followers(line, found, vocabulary)
    found += _read_makers(line, found, vocabulary)
    return sort_assignments(found)


#: Who makes a rule: 由甲部于8月底前制定, 由甲局另行制定.
_MADE_BY = re.compile(
    r"由(?P<who>[^，。；：由]{2,40}?)(?:于[^，。；：]{2,14}?前)?"
    r"(?:另行|研究|组织|抓紧|尽快|统一|共同|联合)*制[定订]"
)


def _read_makers(
    line: Line, found: list[Assignment], vocabulary: Vocabulary
) -> Iterator[Assignment]:
    """The departments by whom a rule is made; what tiers of government make is left to them."""
    told = {one.span for one in found}
    government = vocabulary["body-kinds"].get("government").iri
    for match in _MADE_BY.finditer(line.text):
        names = _read_definite(line, *match.span("who"), Role.RESPONSIBLE, vocabulary)
        bodies = [classify_body(one.name, vocabulary) for one in names]
        if told.isdisjoint(one.span for one in names) and all(
            body.function and body.kind != government for body in bodies
        ):
            yield from names


#: What those who follow one that leads go by, whatever they do: 甲牵头，乙要按照各自职责，加强….
_BY_OWN_DUTY = re.compile(
    r"(?:要|应当?|须)?(?:按照?|依照|根据)(?:各自|自身|部门)的?(?:工作)?(?:职责|职能)(?:分工)?"
)


def _read_followers(
    line: Line, found: list[Assignment], vocabulary: Vocabulary
) -> Iterator[Assignment]:
    """The bodies that act by their own duties in a sentence in which another one leads."""
    told = {one.span for one in found}
    for match in _BY_OWN_DUTY.finditer(line.text):
        begin = find_last(line, "，：", max(0, match.start() - 300), match.start()) + 1
        names = _read_definite(line, begin, match.start(), Role.RESPONSIBLE, vocabulary)
        if told.isdisjoint(one.span for one in names):
            yield from names


_LONGEST_LABEL = 40


def _opens_label(line: Line, begin: int) -> bool:
    """Whether a clause stands right behind the label that opens its sentence (市民政局：负责…)."""
    colon = begin - 1
    return 1 < colon <= _LONGEST_LABEL and line.text.find("：") == colon


#: A body that is said to be what its role calls it: 甲为牵头单位, 乙是责任主体.
_NAMED = re.compile(
    r"(?:作为|为|是|系)(?:本项\w{0,4}的?|第一|主要|具体)?(?P<label>\w{2,6}(?:单位|部门|主体))"
)


def _read_named(line: Line, vocabulary: Vocabulary) -> list[Assignment]:
    found: list[Assignment] = []
    for match in _NAMED.finditer(line.text):
        role = _role_of(match["label"], vocabulary)
        if role and line.depth[match.start()] == 0:
            begin = find_last(line, "，：", max(0, match.start() - 300), match.start()) + 1
            found += _read_definite(line, begin, match.start(), role, vocabulary)
    return found


def _read_definite(
    line: Line, start: int, end: int, role: Role, vocabulary: Vocabulary
) -> list[Assignment]:
    """The names in front of a verb in prose: all of them definite bodies, or none."""
    filler = _FILLER.match(line.text[start:end])
    if filler:
        start += filler.end()
    text = line.text[start:end]
    stripped = re.sub(r"(?:：|要|应当?|须|需|将|可以?|具体|负责|牵头)+$", "", text)
    stripped = _FOR_WHAT.sub("", stripped)
    end = start + len(stripped)
    names = []
    definite = False
    departments = is_list_of_departments(stripped)
    for first, last in split_names(line, start, end, vocabulary):
        first, last, _ = trim_name(line, first, last, vocabulary)
        name = line.text[first:last]
        whole = is_definite(name, vocabulary)
        # 财政、税务部门 share a noun: each is a department.
        noun = "部门" if departments and not whole and stripped.endswith("部门") else ""
        known = whole or (
            departments and (is_definite(name + noun, vocabulary) or is_function(name, vocabulary))
        )
        if first >= last or not (known or is_slip_of_body(name, vocabulary)):
            return []
        definite = definite or known
        noun = noun if known else ""
        names.append(Assignment(line.word(first, last) + noun, role, line.span(first, last)))
    return names if definite else []


#: 甲对本地区的工作负总责: for what stands between.
_FOR_WHAT = re.compile(r"(?<=.{3})对[^，、。；]{2,30}$")


def _is_generic(found: Assignment, vocabulary: Vocabulary) -> bool:
    """Whether a name says nothing of whom it means: 有关部门, 各单位."""
    body = classify_body(found.name, vocabulary)
    return body.collective and body.function is None


def _is_funding_phrase(
    line: Line, verb: re.Match[str], names: list[Assignment], vocabulary: Vocabulary
) -> bool:
    """Whether a sentence is a cell's 地方人民政府负责: who pays, with no work that is named."""
    kinds = {classify_body(one.name, vocabulary).kind for one in names}
    if kinds != {vocabulary["body-kinds"].get("government").iri}:
        return False
    opens = names[0].span.start == line.span(0, 1).start
    return opens and line.text[verb.end() : verb.end() + 1] in ("", "，", "）")
