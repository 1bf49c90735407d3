"""How bodies are named: one name, a list of names, and what is known of a body by its name.

The names of functions and kinds of bodies come from the vocabularies ``functions`` and
``body-kinds``; only the grammar stands here. None of the functions raises on any text.

The text is read in a folded form: white space gone (it may break a name over lines), half-width
and full-width punctuation one. Each character of the folded form knows where it came from.

>>> from pskg.vocabulary import load
>>> text = "市教育局、市财政局和各县(市、区)政府"
>>> for found in read_body_list(text, 0, Role.RESPONSIBLE, load()):
...     print(found.name, found.span.of(text))
市教育局 市教育局
市财政局 市财政局
各县(市、区)政府 各县(市、区)政府
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from pskg.characters import map_characters
from pskg.extract.grammar.text import PlacedText, drop_space
from pskg.model import Body, Passage, Role, Span
from pskg.vocabulary import Concept, Vocabulary

__all__ = [
    "ETC",
    "NOT_NAME",
    "OF_REGION",
    "Assignment",
    "Line",
    "classify_body",
    "find_first",
    "find_last",
    "fold_name",
    "fold_text",
    "is_body_name",
    "is_complete",
    "is_definite",
    "is_function",
    "is_list_of_departments",
    "is_slip_of_body",
    "measure_definite",
    "read_body_list",
    "read_names",
    "skip_by",
    "sort_assignments",
    "split_names",
    "trim_name",
]


class Assignment(NamedTuple):
    """A body and its role. ``name`` is as written, white space removed; ``span`` is where.

    ``deadline`` is the time that the same clause gives.
    """

    name: str
    role: Role
    span: Span
    deadline: Passage | None = None


def sort_assignments(found: Iterable[Assignment]) -> list[Assignment]:
    """Assignments in the order of the text, each span once."""
    return list({one.span: one for one in sorted(found, key=lambda one: one.span)}.values())


# ---------------------------------------------------------------------------------------------
# The folded form of a text


_fold = map_characters({
    "(": "（", "［": "（", "[": "（", "【": "（", "〔": "（", "﹝": "（", "﹙": "（", "{": "（",
    ")": "）", "］": "）", "]": "）", "】": "）", "〕": "）", "﹞": "）", "﹚": "）", "}": "）",
    ",": "，", "﹐": "，", ";": "；", "﹔": "；", ":": "：", "∶": "：", "︰": "：", "﹕": "：",
    "､": "、", "﹑": "、", "｡": "。", "‘": "“", "’": "”", "「": "“", "」": "”", "／": "/",
    "０": "0", "１": "1", "２": "2", "３": "3", "４": "4", "５": "5", "６": "6",
    "７": "7", "８": "8", "９": "9",
})  # fmt: skip

#: A sign or word that may part two names.
_SEAM = re.compile(r"[、，；。/｜|\\和及与暨]|以(?=及)")
#: White space, and what is as good as none.
_INK = re.compile(r"[^\s\u200b-\u200f\ufeff\u2060\u00ad]+")


@dataclass(frozen=True)
class Line(PlacedText):
    """A text in its folded form, ``text``: as long as ``kept``, its punctuation of one width."""

    text: str

    @cached_property
    def gaps(self) -> frozenset[int]:
        """The characters before which white space stands, but for the first."""
        if isinstance(self.at, range):
            return frozenset()
        places = enumerate(pairwise(self.at), 1)
        return frozenset(index for index, (before, place) in places if place > before + 1)

    @cached_property
    def seams(self) -> list[int]:
        """Where names of a list may part."""
        return sorted(self.gaps.union(found.start() for found in _SEAM.finditer(self.text)))

    @cached_property
    def depth(self) -> tuple[int, ...]:
        """How deep in brackets each character stands; a bracket is as deep as its inside."""
        if "（" not in self.text:
            return (0,) * len(self.text)
        depths = []
        depth = 0
        for character in self.text:
            depth += character == "（"
            depths.append(depth)
            depth -= character == "）" and depth > 0
        return tuple(depths)


def fold_text(text: str, offset: int) -> Line:
    """Fold a text: brackets of all shapes are one, and so are the widths of punctuation.

    >>> fold_text("各县[市, 区]\\n政府", 0).text
    '各县（市，区）政府'
    """
    kept, at = drop_space(text, offset, _INK)
    return Line(kept, at, _fold(kept))


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """A name in its folded form."""
    return fold_text(name, 0).text


def find_first(line: Line, characters: str, start: int, end: int) -> int:
    """Where the first of these characters outside brackets stands, ``end`` if none does."""
    for index in range(start, end):
        if line.text[index] in characters and line.depth[index] == 0:
            return index
    return end


def find_last(line: Line, characters: str, start: int, end: int) -> int:
    """Where the last of these characters outside brackets stands, ``start - 1`` if none does."""
    for index in range(end - 1, start - 1, -1):
        if line.text[index] in characters and line.depth[index] == 0:
            return index
    return start - 1


def skip_by(line: Line, start: int, end: int) -> int:
    """Where the names begin: after the last 由 of the phrase that they stand in."""
    for index in range(end - 1, start - 1, -1):
        by = line.text[index] == "由" and line.depth[index] == 0
        if by and not line.text.startswith("自由", max(0, index - 1)):
            return index + 1
    return start


# ---------------------------------------------------------------------------------------------
# Names


_LEVEL = (
    r"(?:设区的?市|设区市级?|地级(?:及以上|以上)?市|县级市|市辖区|直辖市|计划单列市|自治[州县旗区]|街道(?:办事处|办)?|乡镇|农场|林场|苏木"
    r"|[省市州盟县区旗镇乡街场村]{1,3})"
)
_LEVEL_BRACKET = r"(?:（[^（）]{1,40}）)?"
#: 各县（市、区）人民政府, 各区、县级市政府, 各市、县（区）: an enumeration of levels is one name.
_REGIONS = re.compile(
    rf"(?:全[省市州盟县区旗]|市辖|省内|市内)?(?:各(?:有关|相关)?|有关|相关){_LEVEL}{_LEVEL_BRACKET}"
    rf"(?:、{_LEVEL}{_LEVEL_BRACKET}(?=$|[、，；。）（和及与]|人民政府|政府|党委|管委会|党政))*"
)

#: 等部门, 等有关部门, 等12个市直单位: the tail of a list, not of its last name.
ETC = re.compile(
    r"(?<![高中初平均])等(?:有关|相关|各|多个?|[省市县区州盟]?[级直]|中央|国家|职能|行政|责任"
    r"|成员|主管|业务|政府|牵头|配合|参与|其他|部门|[0-9一二三四五六七八九十]{1,3}个?)*"
    r"(?:部门|单位|机构|部委|地区|委办局)?(?:和单位|及单位|、单位|和部门|和地区|、地区)?"
)
_NOT_ORGAN = re.compile(
    r"(?:社会|干部|全部|内部|外部|[东西南北中局]部|机会|大会|[主承协举开创督交]办|(?<!社)会办|村委|处所)$"
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
    r"|[省市县区州]直|[省市县区]级|各级|各地|各有关|各相关|其他|有关|相关|所在地|.{0,8}建设兵团|兵团|新区"
    r"|.{0,6}级(?:及以上|以上)(?:地方)?(?:各级)?"
    r"|.{0,18}[省市县区旗州盟镇乡村各等级街道]|.{0,12}（[^（）]{1,40}）|.{0,12}[省市县区州盟旗]委|.{0,14}政府)"
)
_ORGANS_LAST = tuple("局厅部署")
_BRANCH = re.compile(
    r"(?:中心支行|支行|分行|营业管理部|分公司|分局|支队|大队|总队|办事处|调查队|有限公司)$"
)
_ADMINISTRATIVE = re.compile(r"(?:行政|主管|管理|职能|监管)*(?:部门|机关|系统)$")
_DEPARTMENT = re.compile(r"(?:部门|机关|系统)$")
_LONGEST_NAME = 24


def _forms(text: str) -> Iterator[str]:
    """A name, and what is left of it without 部门: 市场监督管理部门, 市场监督管理, 市场监督.

    食品药品监管部门 is known as 食品药品监管局.
    """
    yield text
    if _DEPARTMENT.search(text):
        yield _DEPARTMENT.sub("", text)
        yield _DEPARTMENT.sub("局", text)
        yield _ADMINISTRATIVE.sub("", text)


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


@lru_cache(maxsize=4096)
def is_complete(text: str, vocabulary: Vocabulary) -> bool:
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


_LAST_BRACKET = re.compile(r"（[^（）]*）?$|）$")


def _strip_bracket(text: str) -> str:
    """A name without the bracket at its end, closed or not, that explains it."""
    match = _LAST_BRACKET.search(text) if "（" in text or "）" in text else None
    if match and match.start() and not (match.group() != "）" and _REGIONS.fullmatch(text)):
        return text[: match.start()]
    return text


_PLATE = re.compile(r"（([^（）、]{3,20})）$")


def _strip_plate(text: str, vocabulary: Vocabulary) -> str:
    """A name without the bracket that holds its second name: 市卫生健康委（市中医药局）."""
    plate = _PLATE.search(text) if "）" in text else None
    if plate and plate.start() > 1 and is_complete(plate.group(1), vocabulary):
        return text[: plate.start()] if not _REGIONS.match(text) else text
    return text


@lru_cache(maxsize=4096)
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
    text = _strip_bracket(fold_name(name))
    collective = bool(_COLLECTIVE.search(text))
    function = _known_function(text, vocabulary)
    if function:
        kind = next(iter(function.properties.get("bodyKind", ())), None)
        return Body(name, function.iri, kind, collective)
    kinds = vocabulary["body-kinds"]
    known = kinds.get("collective") if collective else _find_kind(text, vocabulary)
    return Body(name, None, known.iri if known else None, collective)


def _known_function(text: str, vocabulary: Vocabulary) -> Concept | None:
    if text.endswith(("委", "委员会")):
        # 共青团某市委 is the League's committee, not the Party's.
        for end in range(2, min(6, len(text))):
            concept = vocabulary["functions"].find(text[:end])
            if concept and "/mass-organisation" in "".join(concept.properties["bodyKind"]):
                return concept
    for form in _forms(text):
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


#: Words that make a stretch of prose more than a name: 县级某某报同级财政部门.
_SAYS_MORE = re.compile(
    r"牵头|责任|配合|成员|负责|会同|报(?:请|送|经|同级|上级|[省市县区州])|[，。；：0-9]"
)


def is_definite(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a folded text in running prose is a body's name and nothing else.

    市财政局, 国家卫生计生委, 各县区政府, 卫生计生行政部门; not 政府, 部门, 坚持政府, 责任单位.
    """
    text = _strip_plate(text, vocabulary)
    if not 2 <= len(text) <= 40 or _SAYS_MORE.search(text):
        return False
    forms = (_find_function(form, vocabulary) for form in _forms(text))
    found = next(filter(None, forms), None)
    if found:
        concept, start = found
        government = any(kind.endswith("/government") for kind in concept.properties["bodyKind"])
        bare = start == 0 and government and len(text) < 5
        return is_complete(text, vocabulary) and not bare and _is_prefix(text[:start])
    regions = _REGIONS.match(text)
    if regions and regions.end() == len(text):
        return True
    if re.search(r"(?:部门|单位|机构)$", text):
        return bool(_COLLECTIVE.search(text)) and _is_prefix_of_departments(text)
    return (
        len(text) > 2
        and is_complete(text, vocabulary)
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
NOT_NAME = re.compile(
    r"[0-9。；：！？《》%％…]|完成|推进|坚持|时限|持续|长期|下同|同上|以下|结合|根据|按照|加强|开展"
    r"|提高|确保|进一步|不得|应当|可以|的$|为牵头|^(?:其中|包括|含|另|并|且|或|无|等|即|如)"
)


# The names of bodies come again and again.
@lru_cache(maxsize=4096)
def _is_listed(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a folded text that stands in a list of bodies may be one of them."""
    text = _strip_plate(text, vocabulary)
    if not 2 <= len(text) <= 60 or NOT_NAME.search(text) or text in ("部门", "单位", "职责"):
        return False
    if is_complete(text, vocabulary) or _REGIONS.match(text):
        return True
    return len(text) <= 12 and bool(re.fullmatch(r"[\u4e00-\u9fff“”（）、·]+", text))


_NOT_IN_NAME = re.compile(r"[的了在对将于被把使]|各类|(?<!级)(?<!级及)以上|符合|参加")


@lru_cache(maxsize=4096)
def is_body_name(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name that was read is one by its form, and no remark or phrase."""
    text = _strip_plate(fold_name(name), vocabulary)
    if len(text) > 40 or NOT_NAME.search(text) or _NOT_IN_NAME.search(text):
        return False
    regions = _REGIONS.match(text)
    return is_complete(text, vocabulary) or bool(regions and regions.end() == len(text))


def is_slip_of_body(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a folded text is a body's name but for its last character: 市财政同.

    In a list of bodies it is kept as written, for it is one of them.
    """
    if not 3 <= len(text) <= 20 or NOT_NAME.search(text):
        return False
    return any(
        _is_prefix(text[:start]) and is_function(text[start:-1], vocabulary)
        for start in range(min(len(text) - 2, 12))
    )


def measure_definite(text: str, vocabulary: Vocabulary) -> int:
    """The length of the name that begins a stretch of prose (市统计局开展监测): 0 if none."""
    for end in range(min(len(text), 30), 1, -1):
        known = text[:end].endswith(("部门", "单位")) or _find_function(text[:end], vocabulary)
        if known and is_definite(text[:end], vocabulary):
            return end
    return 0


def is_function(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a folded text names what a department does and not the department: 财政, 民政.

    Such names stand in lists that end in 等部门 or the like.
    """
    functions = vocabulary["functions"]
    return any(functions.find(text + organ) for organ in ("局", "部", "委", "办", "厅"))


#: The end of a list whose names may be functions alone: 教育、财政等部门, 教育、财政部门.
_DEPARTMENTS = re.compile(r"(?:部门|单位)$")


def is_list_of_departments(text: str) -> bool:
    """Whether a list says that its names are of departments, so that 财政 in it is one."""
    return "、" in text and bool(_DEPARTMENTS.search(text))


# ---------------------------------------------------------------------------------------------
# Lists


#: A bracket behind a name, which may hold its role: 市教育局（牵头）.
_LABEL_BRACKET = re.compile(r"（([^（）]{1,8})）$")
_HARD = "、，；。/｜|\\"
#: 各县区党委、政府 is one name: the second half has no region of its own.
_COUPLED = re.compile(r"[党工]委[、和及](?:人民政府|政府|管委会|管理委员会)")


def split_names(
    line: Line, start: int, end: int, vocabulary: Vocabulary
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
        seam = bisect_left(line.seams, index)
        if seam == len(line.seams):
            break
        index = line.seams[seam]
        if index >= end:
            break
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


_SIGN = re.compile(r"[、，；。（）]")


def _joining_word(
    line: Line, first: int, index: int, end: int, vocabulary: Vocabulary
) -> int | None:
    """The length of the word or gap at ``index`` that parts two names; None where none does."""
    text = line.text
    if index <= first + 1:
        return None
    left = text[max(first, index - 60) : index]
    width = 2 if text.startswith("以及", index) else 1 if text[index] in "和及与暨" else 0
    if not width and index not in line.gaps:
        return None
    left = _LABEL_BRACKET.sub("", ETC.sub("", left)) or left
    right = text[index + width : min(end, index + 60)]
    right = _SIGN.split(right, maxsplit=1)[0][:40]
    if not right:
        return None
    if width and right.endswith("部门") and _shares_noun(left, right, vocabulary):
        return width
    if not is_complete(left, vocabulary) and not _ends_regions(left):
        return None
    if width:
        return width
    # A gap in a name broken over lines (市政府 / 办公室, 各乡镇 / 卫生院) is no separator.
    if _ends_regions(left) and OF_REGION.match(right):
        return None
    known = _find_function(left + right, vocabulary)
    if known and known[1] < len(left) and _is_prefix((left + right)[: known[1]]):
        return None
    return 0 if is_complete(right, vocabulary) and len(right) > 2 else None


#: What each of a number of regions has: it goes on with their name.
OF_REGION = re.compile(
    r"(?:人民)?政府|党[委政工]|卫生院|中心卫生院|卫生服务中心|敬老院|学校|小学|管委会|管理委员会|办事处|街道办"
)


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
    r"^(?:[^\w“（]|[0-9]+[.．、]|（[0-9一二三四五六七八九十]{1,3}）)*(?:(?:[省市县区州盟旗]级|属地)：)?(?:由|以及|并由|分别由|具体由)?"
)


def trim_name(
    line: Line, start: int, end: int, vocabulary: Vocabulary
) -> tuple[int, int, Role | None]:
    """A stretch of a list cut down to the name, and the role that a bracket at its end gives.

    Goes: 由, 等部门, punctuation, the bracket that explains the name (各镇政府（街道办，下同）) or
    gives its role (市教育局（牵头）). A bracket with the body's second name stays.
    """
    text = line.text[start:end]
    leading = _LEADING.match(text)
    begin = leading.end() if leading else 0
    text = text[begin:].rstrip("，。；、：.·*＊-—")
    role = None
    label = _LABEL_BRACKET.search(text) if "）" in text else None
    if label:
        concept = vocabulary["roles"].find(label.group(1))
        role = Role(concept.notation) if concept else None
    if role or _strip_plate(text, vocabulary) == text:
        text = _strip_bracket(text)
    etc = ETC.search(text)
    if etc and etc.start():
        text = text[: etc.start()]
    return start + begin, start + begin + len(text), role


def read_names(
    line: Line, start: int, end: int, role: Role, vocabulary: Vocabulary
) -> list[Assignment]:
    """The names of a list, each with ``role`` or its own from the bracket behind it."""
    names: list[Assignment] = []
    led, since = False, 0
    for first, last in split_names(line, start, end, vocabulary):
        first, last, own = trim_name(line, first, last, vocabulary)
        if first < last and _is_listed(line.text[first:last], vocabulary):
            if own is Role.COOPERATING and led:
                # 甲（牵头）、乙、丙（配合）: the last bracket is about both.
                names[since:] = [one._replace(role=own) for one in names[since:]]
            names.append(Assignment(line.word(first, last), own or role, line.span(first, last)))
            led = led or own is Role.LEAD
            since = len(names) if own else since
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
    line = fold_text(text, offset)
    return tuple(read_names(line, 0, len(line.text), role, vocabulary))
