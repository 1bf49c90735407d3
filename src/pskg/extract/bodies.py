"""Who does what: public bodies, and the grammar that gives each its role.

Names of bodies and the words that give a role come from the vocabularies ``functions``,
``body-kinds`` and ``roles``; only the grammar stands here. Every function takes a stretch of text
and the offset at which it stands in the document, and returns spans in the document. None of them
raises on any text.

The text is read in a folded form: white space gone (it may break a name over lines), half-width
and full-width punctuation one. Each character of the folded form knows where it came from.

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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property

from pskg.model import Body, Passage, Role, Span
from pskg.vocabulary import Concept, Vocabulary

__all__ = [
    "Assignment",
    "Clause",
    "ClauseKind",
    "Group",
    "classify_body",
    "find_coordination_groups",
    "find_responsibility_clauses",
    "looks_like_body",
    "read_body_list",
    "read_responsibility",
]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A body and its role. ``name`` is as written, white space removed; ``span`` is where."""

    name: str
    role: Role
    span: Span
    deadline: str | None = None


class ClauseKind(StrEnum):
    """Where a clause of responsibility stands."""

    BRACKET = "bracket"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a paragraph that says who is responsible, brackets included."""

    span: Span
    kind: ClauseKind
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A coordination group. ``office`` is the body that does its daily work."""

    name: Passage
    head: tuple[Assignment, ...]
    members: tuple[Assignment, ...]
    office: Passage | None
    span: Span


# ---------------------------------------------------------------------------------------------
# The folded form of a text

_FOLD = str.maketrans({
    "(": "（", "［": "（", "[": "（", "【": "（", "〔": "（", "﹝": "（", "﹙": "（", "{": "（",
    ")": "）", "］": "）", "]": "）", "】": "）", "〕": "）", "﹞": "）", "﹚": "）", "}": "）",
    ",": "，", "﹐": "，", ";": "；", "﹔": "；", ":": "：", "∶": "：", "︰": "：", "﹕": "：",
    "､": "、", "﹑": "、", "｡": "。", "‘": "“", "’": "”", "「": "“", "」": "”", "／": "/",
    "０": "0", "１": "1", "２": "2", "３": "3", "４": "4", "５": "5", "６": "6",
    "７": "7", "８": "8", "９": "9",
})  # fmt: skip

_INK = re.compile(r"[^\s\u200b-\u200f\ufeff\u2060\u00ad]+")


@dataclass(frozen=True)
class _Line:
    """A text in its folded form; ``at`` tells where each of its characters stands in ``source``."""

    source: str
    offset: int
    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The document's span of these folded characters."""
        return Span(self.offset + self.at[start], self.offset + self.at[end - 1] + 1)

    def name(self, start: int, end: int) -> str:
        """The source's own characters, white space removed."""
        return "".join(self.source[self.at[index]] for index in range(start, end))

    def has_gap(self, index: int) -> bool:
        """Whether white space stands before this character."""
        return 0 < index < len(self.at) and self.at[index] > self.at[index - 1] + 1

    @cached_property
    def depth(self) -> tuple[int, ...]:
        """How deep in brackets each character stands; a bracket is as deep as its inside."""
        depths = []
        depth = 0
        for character in self.text:
            depth += character == "（"
            depths.append(depth)
            depth -= character == "）" and depth > 0
        return tuple(depths)


def _fold(text: str, offset: int) -> _Line:
    at: list[int] = []
    for match in _INK.finditer(text):
        at.extend(range(match.start(), match.end()))
    return _Line(text, offset, "".join(text[index] for index in at).translate(_FOLD), tuple(at))


# ---------------------------------------------------------------------------------------------
# Names

_LEVEL = (
    r"(?:设区的?市|设区市级?|县级市|市辖区|自治[州县旗区]|街道(?:办事处|办)?|乡镇|农场|林场|苏木"
    r"|[省市州盟县区旗镇乡街场村]{1,3})"
)
_LEVEL_BRACKET = r"(?:（[^（）]{1,40}）)?"
#: 各县（市、区）人民政府, 各区、县级市政府, 各市、县（区）: an enumeration of levels is one name.
_REGIONS = re.compile(
    rf"(?:全[省市州盟县区旗]|市辖|省内|市内)?(?:各|有关|相关){_LEVEL}{_LEVEL_BRACKET}"
    rf"(?:、{_LEVEL}{_LEVEL_BRACKET}(?=$|[、，；。）（和及与]|人民政府|政府|党委|管委会|党政))*"
)
_GOVERNED = re.compile(r"(?:人民政府|政府|党委|管委会)$")

#: 等部门, 等有关部门, 等12个市直单位: the tail of a list, not of its last name.
_ETC = re.compile(
    r"(?<![高中初平均])等(?:有关|相关|各|多个?|[省市县区州盟]?[级直]|中央|国家|职能|行政|责任"
    r"|成员|主管|业务|政府|牵头|配合|参与|其他|部门|[0-9一二三四五六七八九十]{1,3}个?)*"
    r"(?:部门|单位|机构|部委|地区|委办局)?(?:和单位|及单位|、单位|和部门|和地区|、地区)?"
)
_NOT_ORGAN = re.compile(
    r"(?:社会|干部|全部|内部|外部|[东西南北中局]部|机会|大会|[主承协举开创督交会]办|村委|处所)$"
)
_COLLECTIVE = re.compile(
    r"各|^(?:有关|相关|其他|其它|所有|全体|地方|基层|当地|上述|其余|相应|同级|属地|本级)"
    r"|(?:有关|相关|其他)(?:职能|业务|责任|行政|主管|[省市县区]?[级直])*(?:部门|单位|机构|政府)"
    r"|(?:职能|成员|责任|牵头|配合|组成|承办)(?:部门|单位)$|级(?:及以上)?(?:地方)?(?:人民)?政府"
    r"|级(?:有关|相关)?(?:行政|职能|主管)?(?:部门|单位)$"
    r"|^(?:市县|县区|市区(?![域划])|区县|旗县|旗市|市州|州市|盟市|乡镇|镇街|街镇|村居"
    r"|[县区]市(?!场|容|政(?!府)))|[、（].{0,20}[区县市旗镇乡街场]）?(?:人民)?政府"
)
#: What may stand before the name of a function: regions and levels.
_PREFIX = re.compile(
    r"(?:国家|全国|中国|中华|国务院|中央|中共|地方|当地|同级|本级|上级|属地|我[省市县区州旗]"
    r"|[省市县区州]直|[省市县区]级|各级|各有关|各相关|其他|有关|相关|所在地|建设兵团|兵团|新区"
    r"|.{0,18}[省市县区旗州盟镇乡村各等级街道]|.{0,12}（[^（）]{1,40}）|.{0,12}[省市县区州盟旗]委|.{0,14}政府)"
)
_ORGANS_LAST = tuple("局厅部署")
_BRANCH = re.compile(
    r"(?:中心支行|支行|分行|营业管理部|分公司|分局|支队|大队|总队|办事处|调查队|有限公司)$"
)
_ADMINISTRATIVE = re.compile(r"(?:行政|主管|管理|职能|监管)*(?:部门|机关|系统)$")
_LONGEST_NAME = 24


def _find_function(text: str, vocabulary: Vocabulary) -> tuple[Concept, int] | None:
    """The function whose name, the longest that fits, ends a folded text, and where it starts."""
    functions = vocabulary["functions"]
    for start in range(max(0, len(text) - _LONGEST_NAME), len(text) - 1):
        concept = functions.find(text[start:])
        if concept:
            return concept, start
    return None


def _find_kind(text: str, vocabulary: Vocabulary) -> Concept | None:
    """The kind of body whose usual ending, the longest that fits, ends a folded text."""
    kinds = vocabulary["body-kinds"]
    for start in range(max(0, len(text) - 7), len(text)):
        concept = kinds.find(text[start:])
        if concept:
            return concept
    return None


def _is_complete(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a folded text ends as names of bodies end: 局, 办公室, 残联, not 财政 or 社会."""
    if len(text) < 2 or _NOT_ORGAN.search(text):
        return False
    if _find_kind(text, vocabulary):
        return True
    found = _find_function(text, vocabulary)
    if not found:
        return False
    concept, start = found
    ending = text[start:]
    return ending != concept.label and vocabulary["functions"].find(ending + "局") is None


def _is_prefix(text: str) -> bool:
    """Whether a text may stand before the name of a function: 市, 国务院, 市委, 各县区."""
    return not text or bool(_PREFIX.fullmatch(text) or _PREFIX.fullmatch(text.rstrip("“”")))


def _strip_bracket(text: str) -> str:
    """A name without the bracket at its end, closed or not, that explains it."""
    match = re.search(r"（[^（）]*）?$|）$", text)
    if match and match.start() and not (match.group() != "）" and _REGIONS.fullmatch(text)):
        return text[: match.start()]
    return text


def classify_body(name: str, vocabulary: Vocabulary) -> Body:
    """What the vocabularies know of a body, by its name as written.

    The function is that of the longest name in the vocabulary that ends this one, where what
    stands before it is a region or level (市, 国务院, 各县区) and not a body of its own. A branch
    is known by how it begins (人行…中心支行). The kind is the function's, else that of the name's
    ending. 各, 有关, 其他, 县级人民政府 and the like make a name collective.

    >>> from pskg.vocabulary import load
    >>> body = classify_body("各县区政府", load())
    >>> body.collective, body.function
    (True, 'https://w3id.org/pskg/concept/functions/people-government')
    >>> classify_body("某市人社局", load()).function
    'https://w3id.org/pskg/concept/functions/human-resources-social-security'
    """
    text = _strip_bracket(_fold(name, 0).text)
    collective = bool(_COLLECTIVE.search(text))
    function = _known_function(text, vocabulary)
    if function:
        kind = next(iter(function.properties.get("bodyKind", ())), None)
        return Body(name, function.iri, kind, collective)
    kinds = vocabulary["body-kinds"]
    known = kinds.get("collective") if collective else _find_kind(text, vocabulary)
    return Body(name, None, known.iri if known else None, collective)


def _known_function(text: str, vocabulary: Vocabulary) -> Concept | None:
    for form in (text, _ADMINISTRATIVE.sub("", text)):
        found = _find_function(form, vocabulary)
        if found and not form[: found[1]].endswith(_ORGANS_LAST):
            return found[0]
        if found:
            return None  # two names stuck together
    branch = _BRANCH.search(text)
    if branch:
        for start in range(min(5, branch.start())):
            if start and not _is_prefix(text[:start]):
                continue
            for end in range(min(branch.start(), start + 12), start + 1, -1):
                concept = vocabulary["functions"].find(text[start:end])
                if concept:
                    return concept
    return None


def _is_definite(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a folded text in running prose is a body's name and nothing else.

    市财政局, 国家卫生计生委, 各县区政府, 卫生计生行政部门; not 政府, 部门, 坚持政府, 责任单位.
    """
    if not 2 <= len(text) <= 40 or re.search(r"牵头|责任|配合|成员|负责|[，。；：0-9]", text):
        return False
    plain = _ADMINISTRATIVE.sub("", text)
    found = _find_function(text, vocabulary) or (
        _find_function(plain, vocabulary) if plain != text else None
    )
    if found:
        concept, start = found
        government = any(kind.endswith("/government") for kind in concept.properties["bodyKind"])
        bare = start == 0 and government and len(text) < 5
        return _is_complete(text, vocabulary) and not bare and _is_prefix(text[:start])
    regions = _REGIONS.match(text)
    if regions and regions.end() == len(text):
        return True
    if re.search(r"(?:部门|单位|机构)$", text):
        return bool(_COLLECTIVE.search(text)) and _is_prefix_of_departments(text)
    return (
        len(text) > 2
        and _is_complete(text, vocabulary)
        and bool(re.match(r"(?:国家|中国|[省市县区州盟旗]|自治区|各)(?!场|民|中|域|政府?$)", text))
    )


def _is_prefix_of_departments(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:[省市县区州盟旗]?[直级]?|国务院|中央|地方|本级)(?:各|有关|相关|其他|其它|级|职能"
            r"|业务|行政|主管|[省市县区]直|和|及|、|地){1,8}(?:部门|单位|机构)(?:和单位)?",
            text,
        )
    )


#: What no name of a body holds: it tells a remark or a date from a name in a list.
_NOT_NAME = re.compile(
    r"[0-9。；：！？《》%％…]|完成|推进|坚持|时限|持续|长期|下同|同上|以下|结合|根据|按照|加强|开展"
    r"|提高|确保|进一步|不得|应当|可以|的$|^(?:其中|包括|含|另|并|且|或|无|等|即|如)"
)


def _is_listed(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a folded text that stands in a list of bodies may be one of them."""
    if not 2 <= len(text) <= 60 or _NOT_NAME.search(text) or text in ("部门", "单位", "职责"):
        return False
    if _is_complete(text, vocabulary) or _REGIONS.match(text):
        return True
    return len(text) <= 12 and bool(re.fullmatch(r"[\u4e00-\u9fff“”（）、·]+", text))


def looks_like_body(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a table's cell, or a part of it, holds bodies: one, a list, or a list with roles.

    True for 财政局、, 人力资源社会保障局, 各县（市、区）政府, 教育局牵头，其他有关部门配合. A
    sentence that only says that governments pay or are in charge (地方人民政府负责) is none.

    >>> from pskg.vocabulary import load
    >>> [looks_like_body(text, load()) for text in ("财政局、", "义务教育学生", "全社会")]
    [True, False, False]
    """
    line = _fold(name, 0)
    text = line.text.strip("、，；。和及")
    if not 2 <= len(text) <= 300:
        return False
    if re.search(r"牵头|负责|配合|责任|分工|协[办助同]|参与|：", text):
        if not re.search(r"牵头|配合|分工|单位：|部门：|局|委", text):
            return False
        found = read_responsibility(name, 0, vocabulary)
        return bool(found) and all(_is_body_name(one.name, vocabulary) for one in found)
    chunks = [text for text in _chunk_texts(line, vocabulary) if text]
    return bool(chunks) and all(_is_body_name(chunk, vocabulary) for chunk in chunks)


def _chunk_texts(line: _Line, vocabulary: Vocabulary) -> Iterator[str]:
    for start, end in _split_names(line, 0, len(line.text), vocabulary):
        first, last, _ = _trim_name(line, start, end, vocabulary)
        yield line.text[first:last]


def _is_body_name(name: str, vocabulary: Vocabulary) -> bool:
    text = _fold(name, 0).text
    if (
        len(text) > 40
        or _NOT_NAME.search(text)
        or re.search(r"[的了在对将于被把使]|各类|以上|符合|参加", text)
    ):
        return False
    regions = _REGIONS.match(text)
    return _is_complete(text, vocabulary) or bool(regions and regions.end() == len(text))


# ---------------------------------------------------------------------------------------------
# Lists

_HARD = "、，；。/｜|"
#: 各县区党委、政府 is one name: the second half has no region of its own.
_COUPLED = re.compile(r"[党工]委[、和及](?:人民政府|政府|管委会|管理委员会)")


def _split_names(
    line: _Line, start: int, end: int, vocabulary: Vocabulary
) -> Iterator[tuple[int, int]]:
    """The names of a list, as stretches of the folded text.

    、 ， ； / part names; 和, 及, 与, 以及 only after a complete one (人力资源和社会保障局 stays
    whole); white space only between two complete ones. Nothing parts names inside brackets.
    """
    text = line.text
    base = line.depth[start - 1] if start and start <= len(text) else 0
    if start and start <= len(text) and text[start - 1] == "）":
        base -= 1
    first = index = start
    while index < end:
        if index == first:
            regions = _REGIONS.match(text, index, end)
            if regions:
                index = regions.end()
                continue
        if line.depth[index] > base:
            index += 1
            continue
        if text[index] in _HARD and not _COUPLED.match(text, max(first, index - 2), end):
            yield first, index
            first = index = index + 1
            continue
        width = _joining_word(line, first, index, end, vocabulary)
        if width is not None and not _COUPLED.match(text, max(first, index - 2), end):
            yield first, index
            first = index + width
            index = first if width else index + 1
            continue
        index += 1
    yield first, end


def _joining_word(
    line: _Line, first: int, index: int, end: int, vocabulary: Vocabulary
) -> int | None:
    """The length of the word or gap at ``index`` that parts two names; None where none does."""
    text = line.text
    if index <= first + 1:
        return None
    left = text[max(first, index - 60) : index]
    width = 2 if text.startswith("以及", index) else 1 if text[index] in "和及与暨" else 0
    if not width and not line.has_gap(index):
        return None
    left = _ETC.sub("", left) or left
    right = text[index + width : min(end, index + 60)]
    right = re.split(r"[、，；。（）]", right, maxsplit=1)[0][:40]
    if not right:
        return None
    if width and right.endswith("部门") and _shares_noun(left, right, vocabulary):
        return width
    if not _is_complete(left, vocabulary) and not _ends_regions(left):
        return None
    if width:
        return width
    # A gap in a name broken over lines (市政府 / 办公室) is no separator.
    known = _find_function(left + right, vocabulary)
    if known and known[1] < len(left) and _is_prefix((left + right)[: known[1]]):
        return None
    return 0 if _is_complete(right, vocabulary) and len(right) > 2 else None


def _ends_regions(text: str) -> bool:
    regions = _REGIONS.match(text)
    return bool(regions and regions.end() == len(text))


def _shares_noun(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Whether 和 parts two functions that share a 部门 (教育和财政部门)."""
    functions = vocabulary["functions"]
    whole = left + "和" + _ADMINISTRATIVE.sub("", right)
    bare = _find_function(left, vocabulary)
    known = _find_function(whole, vocabulary)
    return (
        bare is not None
        and (known is None or known[1] > len(left))
        and functions.find(whole[bare[1] :] + "局") is None
        and functions.find(_ADMINISTRATIVE.sub("", right)) is not None
    )


_LEADING = re.compile(
    r"^(?:[^\w“（]|[0-9]+[.．、]|（[0-9一二三四五六七八九十]{1,3}）)*(?:由|以及|并由|分别由|具体由)?"
)
_LABEL_BRACKET = re.compile(r"（([^（）]{1,8})）$")


def _trim_name(
    line: _Line, start: int, end: int, vocabulary: Vocabulary
) -> tuple[int, int, Role | None]:
    """A stretch of a list cut down to the name, and the role that a bracket at its end gives.

    Goes: 由, 等部门, punctuation, the bracket that explains the name (各镇政府（街道办，下同）) or
    gives its role (市教育局（牵头）).
    """
    text = line.text[start:end]
    leading = _LEADING.match(text)
    begin = leading.end() if leading else 0
    text = text[begin:].rstrip("，。；、：.·*＊-—")
    role = None
    label = _LABEL_BRACKET.search(text)
    if label:
        concept = vocabulary["roles"].find(label.group(1))
        role = Role(concept.notation) if concept else None
    text = _strip_bracket(text)
    etc = _ETC.search(text)
    if etc and etc.start():
        text = text[: etc.start()]
    return start + begin, start + begin + len(text), role


def _read_names(
    line: _Line, start: int, end: int, role: Role, vocabulary: Vocabulary
) -> list[Assignment]:
    names = []
    for first, last in _split_names(line, start, end, vocabulary):
        first, last, own = _trim_name(line, first, last, vocabulary)
        if first < last and _is_listed(line.text[first:last], vocabulary):
            names.append(Assignment(line.name(first, last), own or role, line.span(first, last)))
    return names


def read_body_list(
    text: str, offset: int, role: Role, vocabulary: Vocabulary
) -> tuple[Assignment, ...]:
    r"""The bodies of a list, such as the cell of a column of bodies.

    Names are parted by 、 , ; / 和 及 与 以及 and by line breaks between whole names. One broken
    over lines is joined; what brackets hold never parts names; 等部门 goes; (牵头) behind a name
    gives that body its own role.

    >>> from pskg.vocabulary import load
    >>> found = read_body_list("财政局、\n\n人力资源和社\n会保障局", 0, Role.LEAD, load())
    >>> [one.name for one in found]
    ['财政局', '人力资源和社会保障局']
    """
    line = _fold(text, offset)
    return tuple(_read_names(line, 0, len(line.text), role, vocabulary))


# ---------------------------------------------------------------------------------------------
# Clauses with roles

_HEADING_NOUN = r"(?:单位|部门|机构|主体|处室|科室|组员|成员|名称)(?:（[^（）]{1,6}）)?"
_ADVERB = (
    r"(?:按照?(?:各自|自身|部门|工作|有关)?(?:的)?(?:职责|职能|分工|责任|权限|要求|规定|任务)+"
    r"(?:分工|范围)?|根据(?:各自)?(?:职责|职能)(?:分工)?|依职责|依法|分别|共同|各自|联合|统一|具体"
    r"|主要|全面|分级|分类|积极|密切|切实|总|重点|直接|协调|和|要|应当?|须|需)"
)
_NOT_VERB = (
    r"(?!单位|部门|机构|人|同志|制|者|责任|主体|科室|处室|领导|省级|市级|县级|市直|工作机制)"
)
_DEFINITION = re.compile(r"(?:单位|部门|机构)(?:是指|系指|指的是|指(?![导定挥派])|即)")
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
_ONGOING = r"(?:长期|持续|常态化|全年|立即|即时)(?:坚持|推进|实施|开展|落实|执行|进行)?"
_DEADLINE = re.compile(
    rf"(?:^|(?<=[，；。、：（]))(?:力争|确保|于|在|到|至|并)?({_DATE}|{_ONGOING}(?=$|[，；。、）]))"
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
def _compile_verbs(alternatives: str) -> re.Pattern[str]:
    """The verbs among the roles' names, with what may stand before and must not stand after."""
    names = [re.sub(r"\\(.)", r"\1", name) for name in alternatives.split("|")]
    verbs = [name for name in names if not re.search(f"{_HEADING_NOUN}$", name)]
    joined = "|".join(map(re.escape, verbs)) or r"(?!)"
    return re.compile(f"(?:{_ADVERB}){{0,4}}({joined}){_NOT_VERB}")


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


def _find_segments(line: _Line, role: Role | None, vocabulary: Vocabulary) -> list[_Segment]:
    """Cut a clause at its headings (牵头单位：…；责任单位：…；完成时限：…)."""
    text = line.text
    cuts: list[tuple[int, _Segment]] = []
    for match in re.finditer("：", text):
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
    line: _Line, begin: int, colon: int, vocabulary: Vocabulary
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
        if line.has_gap(start) and _guess_role(line.text[start:colon]):
            begin = start
            break
    return begin, _Segment(colon + 1, colon + 1, guessed)


def _find_spaced_headings(line: _Line, vocabulary: Vocabulary) -> list[tuple[int, _Segment]]:
    """Headings set off by white space instead of a colon (牵头单位 甲 配合单位 乙)."""
    found = []
    gaps = [index for index in range(1, len(line.text)) if line.has_gap(index)]
    for start, end in zip([0, *gaps], gaps, strict=False):
        label = line.text[start:end]
        if len(label) <= 12 and re.search(_HEADING_NOUN + "$", label):
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
    >>> [(one.name, one.role.value, one.deadline) for one in read_responsibility(text, 0, load())]
    [('市财政局', 'lead', '2025年底前'), ('各有关部门', 'cooperating', '2025年底前')]
    """
    line = _open_bracket(_fold(text, offset))
    if not line.text or _DEFINITION.search(line.text):
        return ()
    found: list[Assignment] = []
    deadlines: list[tuple[int, str]] = []
    for segment in _find_segments(line, role, vocabulary):
        if segment.is_time:
            end = _first_of(line, "；。，", segment.start, segment.end)
            if segment.start < end:
                span = line.span(segment.start, end)
                deadlines.append((span.start, line.name(segment.start, end)))
        elif not segment.ignored:
            given = segment.role is not None and segment.start > 0
            found += _read_segment(line, segment, given, vocabulary)
    for match in _DEADLINE.finditer(line.text):
        span = line.span(*match.span(1))
        if all(start != span.start for start, _ in deadlines):
            deadlines.append((span.start, line.name(*match.span(1))))
    deadlines.sort()
    return tuple(_give_deadline(one, deadlines) for one in _in_order(found))


def _open_bracket(line: _Line) -> _Line:
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
    return _Line(line.source, line.offset, line.text[1:closing], line.at[1:closing])


def _in_order(found: Iterable[Assignment]) -> list[Assignment]:
    """Assignments in the order of the text, each span once."""
    return list({one.span: one for one in sorted(found, key=lambda one: one.span)}.values())


def _give_deadline(found: Assignment, deadlines: list[tuple[int, str]]) -> Assignment:
    """The assignment with the first deadline that follows it, else the last before it."""
    if not deadlines:
        return found
    after = [words for start, words in deadlines if start > found.span.start]
    return replace(found, deadline=after[0] if after else deadlines[-1][1])


def _first_of(line: _Line, characters: str, start: int, end: int) -> int:
    """Where the first of these characters outside brackets stands, ``end`` if none does."""
    for index in range(start, end):
        if line.text[index] in characters and line.depth[index] == 0:
            return index
    return end


def _last_of(line: _Line, characters: str, start: int, end: int) -> int:
    """Where the last of these characters outside brackets stands, ``start - 1`` if none does."""
    for index in range(end - 1, start - 1, -1):
        if line.text[index] in characters and line.depth[index] == 0:
            return index
    return start - 1


def _read_segment(
    line: _Line, segment: _Segment, given: bool, vocabulary: Vocabulary
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
            phrase = _last_of(line, "，；。", start, verb.start()) + 1
            if phrase > start:
                found += _read_names(line, start, phrase, segment.role, vocabulary)
                start = phrase
        start = _after_by(line, start, verb.start())
        after = _read_companions(line, verb, segment.end, vocabulary)
        before = _read_names(line, start, verb.start(), Role.LEAD if after else role, vocabulary)
        found += before + after
        cursor = verb.end()
        if after:
            cursor = bisect_left(line.at, after[-1].span.end - line.offset)
        if before or after:
            last_role = role
    if last_role is None:
        if segment.role is not None:
            start = _after_by(line, segment.start, segment.end)
            return _read_names(line, start, segment.end, segment.role, vocabulary)
        return _read_opened(line, segment, vocabulary)
    rest = Role.RESPONSIBLE if last_role in (Role.LEAD, Role.RESPONSIBLE) else last_role
    return found + _read_trailing(line, cursor, segment.end, rest, vocabulary)


def _read_trailing(
    line: _Line, start: int, end: int, role: Role, vocabulary: Vocabulary
) -> list[Assignment]:
    """The bodies of the phrases behind the last verb; one that goes on past its names has none."""
    found: list[Assignment] = []
    start = _first_of(line, "，；。、", start, end)
    while start < end:
        stop = _first_of(line, "，；。", start + 1, end)
        etc = _ETC.search(line.text, start, stop)
        if etc is None or etc.end() == stop:
            for one in _read_names(line, start, stop, role, vocabulary):
                if _is_definite(_fold(one.name, 0).text, vocabulary):
                    found.append(one)
        start = stop
    return found


def _find_verbs(line: _Line, segment: _Segment, vocabulary: Vocabulary) -> Iterator[re.Match[str]]:
    pattern = _compile_verbs(vocabulary["roles"].alternatives)
    for match in pattern.finditer(line.text, segment.start, segment.end):
        if line.depth[match.start(1)] == 0:
            yield match


def _after_by(line: _Line, start: int, end: int) -> int:
    """Where the names begin: after the last 由 of the phrase that they stand in."""
    for index in range(end - 1, start - 1, -1):
        by = line.text[index] == "由" and line.depth[index] == 0
        if by and not line.text.startswith("自由", max(0, index - 1)):
            return index + 1
    return start


def _skip_complement(line: _Line, cursor: int, verb: re.Match[str], vocabulary: Vocabulary) -> int:
    """Where the names of a verb begin, past what the verb before it takes (负责落实，…)."""
    end = _first_of(line, "，；。、", cursor, verb.start())
    words = line.text[cursor:end]
    if not words or _is_definite(words, vocabulary):
        return cursor
    return end


_COMPANION = re.compile(r"(?:会同|联合|商|协同|配合|协助)$")


def _read_companions(
    line: _Line, verb: re.Match[str], end: int, vocabulary: Vocabulary
) -> list[Assignment]:
    """The bodies right behind 会同 (甲会同乙、丙开展…): they cooperate, the one before leads."""
    if not _COMPANION.search(verb.group(1)):
        return []
    end = min(end, verb.end() + _LONGEST_CLAUSE // 4)
    stop = _first_of(line, "，；。", verb.end(), end)
    following = _compile_verbs(vocabulary["roles"].alternatives).search(line.text, verb.end(), stop)
    if following:
        stop = following.start()
    found: list[Assignment] = []
    for first, last in _split_names(line, verb.end(), stop, vocabulary):
        text = line.text[first:last]
        first, last, _ = _trim_name(line, first, last, vocabulary)
        whole = last - first >= len(text)
        if whole and not _is_definite(line.text[first:last], vocabulary):
            last = first + _definite_start(line.text[first:last], vocabulary)
        if last <= first or not _is_definite(line.text[first:last], vocabulary):
            break
        found.append(Assignment(line.name(first, last), Role.COOPERATING, line.span(first, last)))
    return found


def _definite_start(text: str, vocabulary: Vocabulary) -> int:
    """The length of the name that begins a stretch of prose (市统计局开展监测): 0 if none."""
    for end in range(min(len(text), 30), 2, -1):
        if _is_definite(text[:end], vocabulary) and _find_function(text[:end], vocabulary):
            return end
    return 0


def _read_opened(line: _Line, segment: _Segment, vocabulary: Vocabulary) -> list[Assignment]:
    """Names behind a heading without its colon (责任单位为甲、乙; 牵头单位甲)."""
    text = line.text[segment.start : segment.end]
    for end in range(min(len(text), 12), 2, -1):
        role = _role_of(text[:end], vocabulary)
        if role and re.search(_HEADING_NOUN + "$", text[:end]):
            rest = re.match(r"为|是|有|包括|由", text[end:])
            start = segment.start + end + (rest.end() if rest else 0)
            names = _read_names(line, start, segment.end, role, vocabulary)
            definite = [one for one in names if _is_definite(_fold(one.name, 0).text, vocabulary)]
            return definite if len(definite) == len(names) else []
    return []


# ---------------------------------------------------------------------------------------------
# Clauses in a paragraph

_BRACKET = re.compile(r"[()（）\[\]［］【】〔〕﹝﹞﹙﹚{}]")
_OPENING = "(（[［【〔﹝﹙{"
_TRIGGER = re.compile(
    r"牵头|负责|配合|会同|责任|主[责办管]|承[办担]|协[办助同]|参[与加]|分工|落实|实施|成员"
)
_LONGEST_CLAUSE = 2000
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
        if height < _DEEPEST and match.end() - start <= _LONGEST_CLAUSE:
            pairs.append((start, match.end(), True))
    end = len(text.rstrip())
    for start, _ in stack[-_DEEPEST:]:
        if start + 1 < end <= start + _LONGEST_CLAUSE:
            pairs.append((start, end, False))
    return sorted(pairs, key=lambda pair: (pair[0], -pair[1]))


def find_responsibility_clauses(
    paragraph: str, offset: int, vocabulary: Vocabulary
) -> tuple[Clause, ...]:
    """The clauses of a paragraph that say who is responsible, in the order of the text.

    BRACKET: a bracket of any shape whose inside gives bodies a role; its closing sign may be
    lost at the end of the paragraph; a bracket that ends a sentence and holds nothing but known
    bodies makes them responsible. SENTENCE: prose in which definite bodies lead, answer for or
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
        found = _read_bracket(paragraph, start, inside, offset, vocabulary)
        if found:
            taken = end
            clauses.append(Clause(Span(offset + start, offset + end), ClauseKind.BRACKET, found))
    clauses += _find_prose_clauses(paragraph, offset, clauses, vocabulary)
    return tuple(sorted(clauses, key=lambda clause: clause.span))


def _read_bracket(
    paragraph: str, start: int, inside: str, offset: int, vocabulary: Vocabulary
) -> tuple[Assignment, ...]:
    at = offset + start + 1
    plain = "".join(inside.split())
    if _TRIGGER.search(plain):
        found = read_responsibility(inside, at, vocabulary)
        names = [_fold(one.name, 0).text for one in found]
        if not all(_is_body_name(name, vocabulary) or len(name) <= 8 for name in names):
            return tuple(
                one
                for one, name in zip(found, names, strict=True)
                if _is_body_name(name, vocabulary)
            )
        return found if any(_is_body_name(name, vocabulary) for name in names) else ()
    if not paragraph[:start].rstrip().endswith(("。", "；", ";", ".")) or len(plain) > 300:
        return ()
    found = read_responsibility(inside, at, vocabulary, Role.RESPONSIBLE)
    definite = [_is_definite(_fold(one.name, 0).text, vocabulary) for one in found]
    return found if all(definite) else ()


_PROSE_TRIGGER = re.compile(r"牵\s*头|负\s*责|会\s*同|承\s*担|配\s*合")
_PROSE_VERB = re.compile(r"牵头|负责|会同|承担|配合|参与|参加|协助")
_SENTENCE = re.compile(r"[^。；;！？!?]{1,1500}")
_QUOTED = re.compile(r"[“\"「][^“”\"「」]{0,200}[”\"」]")
_GROUP_END = (
    r"(?:领导小组|联席会议|指挥部|工作专班|专班|协调小组|工作小组|专责小组|专项小组|工作组|督查组"
    r"|推进组|专项组|协调组|工作委员会|协调委员会|指导委员会|推进委员会)"
)
_FILLER = re.compile(
    r"^(?:建立健全|建立|健全|完善|形成|构建|实行|明确|坚持|同时|并|请|须|以|对|将|每年|要|原则上|其中"
    r"|目前|今后|一般|统一)+(?=[\u4e00-\u9fff])"
)


def _find_prose_clauses(
    paragraph: str, offset: int, brackets: list[Clause], vocabulary: Vocabulary
) -> list[Clause]:
    if not _PROSE_TRIGGER.search(paragraph):
        return []
    blank = list(paragraph)
    for clause in brackets:
        for index in range(clause.span.start - offset, clause.span.end - offset):
            blank[index] = "。"
    clauses = []
    for sentence in _SENTENCE.finditer("".join(blank)):
        if not _PROSE_TRIGGER.search(sentence.group()):
            continue
        line = _fold(sentence.group(), offset + sentence.start())
        found = _read_prose(line, vocabulary)
        if found:
            span = found[0].span.to(found[-1].span)
            clauses.append(Clause(span, ClauseKind.SENTENCE, tuple(found)))
    return clauses


def _read_prose(line: _Line, vocabulary: Vocabulary) -> list[Assignment]:
    """The definite bodies that a sentence of running text makes responsible."""
    if _DEFINITION.search(line.text) or re.search(r"组长|召集人|为成员|日常工作", line.text):
        return []
    quoted = [match.span() for match in _QUOTED.finditer(line.text)]
    verbs = _compile_verbs(vocabulary["roles"].alternatives)
    whole = _Segment(0, len(line.text))
    found: list[Assignment] = []
    led = False
    before = 0
    for verb in verbs.finditer(line.text):
        adjoins, before = verb.start() == before, verb.end()
        if adjoins:
            continue  # no name stands in front of it
        word = _PROSE_VERB.search(verb.group(1))
        inside = any(start <= verb.start() < end for start, end in quoted)
        if word is None or inside or line.depth[verb.start()] > 0:
            continue
        if line.text.startswith("解释", verb.end()):
            continue
        begin = _last_of(line, "，：", max(0, verb.start() - 300), verb.start()) + 1
        start = _after_by(line, begin, verb.start())
        by = start > begin
        if word.group() not in ("牵头", "负责", "会同") and not by and not led:
            continue
        role = _role_of(verb.group(1), vocabulary)
        names = _read_definite(line, start, verb.start(), role or Role.RESPONSIBLE, vocabulary)
        if not names or _is_funding_phrase(line, verb, names, vocabulary):
            continue
        if not led and all(_is_generic(one, vocabulary) for one in names):
            continue
        after = _read_companions(line, verb, whole.end, vocabulary)
        if word.group() == "会同":
            if not after:
                continue
            names = [replace(one, role=Role.LEAD) for one in names]
        found += names + after
        led = led or role is Role.LEAD
    return _in_order(found)


def _read_definite(
    line: _Line, start: int, end: int, role: Role, vocabulary: Vocabulary
) -> list[Assignment]:
    """The names in front of a verb in prose: all of them definite bodies, or none."""
    filler = _FILLER.match(line.text[start:end])
    if filler:
        start += filler.end()
    text = line.text[start:end]
    stripped = re.sub(r"(?:要|应当?|须|需|将|可以?|具体|负责|牵头)+$", "", text)
    end = start + len(stripped)
    names = []
    for first, last in _split_names(line, start, end, vocabulary):
        first, last, _ = _trim_name(line, first, last, vocabulary)
        if first >= last or not _is_definite(line.text[first:last], vocabulary):
            return []
        names.append(Assignment(line.name(first, last), role, line.span(first, last)))
    return names


def _is_generic(found: Assignment, vocabulary: Vocabulary) -> bool:
    """Whether a name says nothing of whom it means: 有关部门, 各单位."""
    body = classify_body(found.name, vocabulary)
    return body.collective and body.function is None


def _is_funding_phrase(
    line: _Line, verb: re.Match[str], names: list[Assignment], vocabulary: Vocabulary
) -> bool:
    """Whether a sentence is a cell's 地方人民政府负责: who pays, with no work that is named."""
    kinds = {classify_body(one.name, vocabulary).kind for one in names}
    if kinds != {vocabulary["body-kinds"].get("government").iri}:
        return False
    opens = names[0].span.start == line.span(0, 1).start
    return opens and line.text[verb.end() : verb.end() + 1] in ("", "，", "）")


# ---------------------------------------------------------------------------------------------
# Coordination groups

_GROUP_NAME = re.compile(
    rf"(?:^|[，。；：（]|的(?!地)|(?P<founded>成立|建立健全|建立|组建|设立|调整充实|调整|健全|完善)了?)"
    rf"(?P<name>(?:(?![，。；：（）、的]|成立|建立|组建|设立).){{0,60}}?{_GROUP_END})(?!办公室|办|成员)"
)
_OFFICE = re.compile(
    r"(?:办公室|办事机构|日常(?:工作|事务)|具体工作|日常办事机构)[^，。；：]{0,8}?"
    r"(?:设立?[在于]|设到|放在|挂靠在?|依托|由)(?P<body>[^，。；：]{2,40})"
)
_HEAD_POST = r"(?:双|总|第一|共同)?(?:组长|召集人|指挥长|指挥)(?:单位)?"
_POST = re.compile(
    rf"(?:同志)?(?:分别)?(?:担任|兼任|作为|任|为)(?P<post>(?:常务)?副{_HEAD_POST}|{_HEAD_POST}"
    r"|成员(?:单位)?|组员)(?=$|[，；。、的])"
)
_LED_BY = re.compile(r"(?P<post>牵头)(?:负责|召集)?(?=[，、])")
_JOINED_BY = re.compile(r"(?P<post>参加|参与)的")
_MEMBERS = re.compile(
    r"成员(?:单位)?(?:主要)?(?:包括|有|为|由|：)(?P<who>[^。；]{2,800}?)(?:组成|$|(?=[。；]))"
)
_COMPOSED = re.compile(r"由(?P<who>[^。；由]{2,800}?)(?:等)?(?:组成|参加|参与)(?=$|[，。；的])")
_PERSON = re.compile(
    r"(?:(?:主要|分管|有关|相关|党政|主管|班子|各?[一1]名|常务|党组|党委){0,4}(?:副?负责(?:同志|人)"
    r"|(?:副职)?领导(?:同志|成员)?|副?(?:主任|局长|厅长|部长|市长|省长|县长|区长|旗长|州长|盟长|镇长|乡长|书记|主席"
    r"|秘书长|行长|会长|理事长|院长|检察长|司令员|政委|处长|社长|校长|总经理|董事长)))+(?:同志)?$"
)


def find_coordination_groups(
    paragraph: str, offset: int, vocabulary: Vocabulary
) -> tuple[Group, ...]:
    """The coordination groups that a paragraph sets up or gives an office.

    Surface forms: 成立甲领导小组，由乙主要领导任组长，丙、丁主要负责人为成员; 建立由乙主任任组长，
    …为成员的甲联席会议; 领导小组办公室设在丁; 领导小组日常工作由丁承担; 成员单位包括…. A person
    stands for the body behind the post (市政府主要领导 for 市政府); one without a body is left out.
    将甲纳入乙领导小组 makes 甲 a member of a group that was set up elsewhere.

    >>> from pskg.vocabulary import load
    >>> group, = find_coordination_groups(
    ...     "成立某市创建工作领导小组,由市政府主要领导任组长,市教育局、市财政局负责人为成员。"
    ...     "领导小组办公室设在市教育局。", 0, load())
    >>> group.name.text, [one.name for one in group.head], [one.name for one in group.members]
    ('某市创建工作领导小组', ['市政府'], ['市教育局', '市财政局'])
    >>> group.office.text
    '市教育局'
    """
    if not re.search(r"小\s*组|会\s*议|指挥部|专班|委员会|[作查进项调]组", paragraph):
        return ()
    line = _fold(paragraph, offset)
    names = [match for match in _GROUP_NAME.finditer(line.text) if _names_group(match, line)]
    starts = [_sentence_start(line.text, match.start("name")) for match in names]
    groups = []
    for match, start, end in zip(names, starts, [*starts[1:], len(line.text)], strict=False):
        group = _read_group(line, match, start, end, vocabulary) if start < end else None
        if group:
            groups.append(group)
    groups += _read_joining(line, vocabulary)
    return tuple(sorted(groups, key=lambda group: group.span))


#: A body that is made a member of a group set up elsewhere: 将甲纳入同级乙领导小组.
_JOINS = re.compile(
    r"(?:将|把)(?P<who>[^，。；]{2,40}?)(?:纳入|列入|吸收进|增补进|吸收为|增补为)(?:同级|本级|各级|所在地)?"
    rf"(?P<name>[^，。；：（）、的]{{2,60}}?{_GROUP_END})"
)


def _read_joining(line: _Line, vocabulary: Vocabulary) -> Iterator[Group]:
    for match in _JOINS.finditer(line.text):
        named = _read_names(line, *match.span("who"), Role.MEMBER, vocabulary)
        members = [one for one in named if _is_body_name(one.name, vocabulary)]
        if members:
            name = Passage(line.name(*match.span("name")), line.span(*match.span("name")))
            yield Group(name, (), tuple(members), None, line.span(*match.span()))


def _sentence_start(text: str, index: int) -> int:
    earliest = max(0, index - _LONGEST_CLAUSE)
    found = max(text.rfind("。", earliest, index), text.rfind("；", earliest, index))
    return found + 1 if found >= 0 else earliest


def _names_group(match: re.Match[str], line: _Line) -> bool:
    """Whether a match is a group's full name, not a later 领导小组 or 各工作组."""
    name = match.group("name")
    if re.match(r"[0-9]|各|有关|相关|同级|该|本|其|全体|召开|定期|通过|充分|多个|若干", name):
        return False
    bare = re.fullmatch(rf"(?:工作|由|在)?{_GROUP_END}", name)
    return bare is None and len(name) > 5


def _read_group(
    line: _Line, match: re.Match[str], start: int, end: int, vocabulary: Vocabulary
) -> Group | None:
    first, last = match.span("name")
    by = _after_by(line, first, last)
    first = by if last - by > 5 else first
    head: list[Assignment] = []
    members: list[Assignment] = []
    for pattern in (_POST, _LED_BY, _JOINED_BY):
        for post in pattern.finditer(line.text, start, end):
            role = Role.LEAD if re.match(rf"{_HEAD_POST}|牵头", post["post"]) else Role.MEMBER
            phrase = _last_of(line, "，；。", max(start, post.start() - 600), post.start()) + 1
            names = _read_people(line, phrase, post.start(), role, vocabulary)
            (head if role is Role.LEAD else members).extend(names)
    for pattern in (_MEMBERS, _COMPOSED):
        for found in pattern.finditer(line.text, start, end):
            members += _read_people(line, *found.span("who"), Role.MEMBER, vocabulary)
    office = _read_office(line, start, end, vocabulary)
    founded = match.group("founded") is not None
    if not (founded or head or members or office):
        return None
    taken = {one.span for one in head}
    members = [one for one in _in_order(members) if one.span not in taken]
    spans = [line.span(first, last), *(one.span for one in head + members)]
    if office:
        spans.append(office.span)
    span = spans[0]
    for other in spans:
        span = span.to(other)
    name = Passage(line.name(first, last), line.span(first, last))
    return Group(name, tuple(_in_order(head)), tuple(members), office, span)


def _read_people(
    line: _Line, start: int, end: int, role: Role, vocabulary: Vocabulary
) -> list[Assignment]:
    """The bodies behind the persons of a list (甲局局长, 乙、丙主要负责人)."""
    start = _after_by(line, start, end)
    founding = re.match(r".{0,6}?(?:成立|建立|组建|设立)(?:了|以|由)?|以", line.text[start:end])
    if founding:
        start += founding.end()
    found = []
    for first, last in _split_names(line, start, end, vocabulary):
        first, last, _ = _trim_name(line, first, last, vocabulary)
        person = _PERSON.search(line.text[first:last])
        if person:
            last = first + person.start()
        text = line.text[first:last]
        if not _NOT_NAME.search(text) and (
            _is_definite(text, vocabulary)
            or (_is_complete(text, vocabulary) and len(text) <= 30 and not _is_group(text))
        ):
            found.append(Assignment(line.name(first, last), role, line.span(first, last)))
    return found


def _is_group(text: str) -> bool:
    return bool(re.search(f"{_GROUP_END}$", text))


def _read_office(line: _Line, start: int, end: int, vocabulary: Vocabulary) -> Passage | None:
    for match in _OFFICE.finditer(line.text, start, end):
        first, last = match.span("body")
        length = _definite_start(line.text[first:last], vocabulary)
        if length:
            return Passage(line.name(first, first + length), line.span(first, first + length))
    return None
