"""The grammar of money: who pays which share, and how much anybody gets.

:func:`read_shares` reads the words that say who pays (the cell 支出责任 of a service list, or a
clause of running text); :func:`read_amounts` reads sums (每生每年800元). Both are pure functions
on strings. They read the text with its white space taken out, since a cell may be broken over
lines within a word, and give spans in the text as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from pskg.extract.numbers import NUMBER, PERCENT, parse_number
from pskg.model import Basis, Span
from pskg.vocabulary import Concept, Scheme, Vocabulary, key

__all__ = ["Money", "Share", "read_amounts", "read_shares"]


@dataclass(frozen=True, slots=True)
class Share:
    """One payer's part. The fields mean what those of :class:`pskg.model.FundingShare` mean."""

    split: int
    condition: str
    payer: str
    payer_concept: str | None
    share: str | None
    basis: Basis
    span: Span


@dataclass(frozen=True, slots=True)
class Money:
    """A sum: ``amount`` as printed, ``unit`` with its scale and what it is counted by (万元/年).

    ``beneficiary`` is who gets or pays it, where the words just before it say so, else blank.
    """

    amount: str
    unit: str
    beneficiary: str
    span: Span


# --- The text without white space ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A text without its white space, and where each of its characters stands.

    ``norm`` has the same length as ``plain``, its punctuation of one width.
    """

    plain: str
    norm: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        return Span(self.at[start], self.at[end - 1] + 1)


#: A principle in quotation marks repeats what the sentences around it state.
_PRINCIPLE = re.compile(r"“[^“”。]{1,60}[“”]的?(?:原则|方针|思路|要求|办法|机制|方式)")


def _squeeze(text: str, offset: int) -> _Line:
    at = tuple(offset + i for i, character in enumerate(text) if not character.isspace())
    plain = "".join(character for character in text if not character.isspace())
    norm = key(plain).translate(_WIDTH)
    norm = _PRINCIPLE.sub(lambda found: "□" * len(found.group()), norm)
    return _Line(plain, norm, at)


_WIDTH = str.maketrans({";": "；", "?": "？", "!": "！", "%": "％", "﹪": "％", "／": "/"})

#: A bracket protects the commas within it; one that is never closed protects nothing.
_STOP = re.compile(r"（[^（）。；]{0,40}）|〔[^〔〕。；]{0,40}〕|(?P<stop>[，。；！？])")


def _split_clauses(norm: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and closing mark of each clause, brackets heeded."""
    start = 0
    for found in _STOP.finditer(norm):
        if found["stop"]:
            # 8，400 is one number.
            if found["stop"] == "，" and _THOUSANDS.match(norm, max(found.start() - 1, 0)):
                continue
            if found.start() > start:
                yield start, found.start(), found["stop"]
            start = found.end()
    if start < len(norm):
        yield start, len(norm), ""


_THOUSANDS = re.compile(r"[0-9０-９]，[0-9０-９]{3}(?![0-9０-９])")

# --- Payers -------------------------------------------------------------------------------

_NOUN = r"(?:财政(?:部门|资金|预算)?|人民政府|政府|财力)"
_LEVELS = r"(?:本级|级|层面)?(?:[两二三四五各]级)?"
_OF = r"(?:各类?|本|有关|相关|其他|所在|试点|受益|城镇|农村|城乡|参保|符合条件的)"
_BRACKET = r"(?:（[^（）。；]{1,16}）)"
_AND = r"(?:、|，?以及|和|与|及|或|同)"
_SEPARATOR = re.compile(_AND)
_PLACES = "省市县区州盟旗乡镇村"

#: What may stand between a payer and what it does; anything else continues another word.
_GAP = (
    r"(?:定额|定量|部分|专项|差额|足额|直接|配套|按|依照|依据|依法|依规|对|为|给|向|从(?!业)|在(?!职|校|家)|以(?![上下外内])|将|把|应|要|须|需|可|均|都|各|分别|共同|"
    r"适当|原则上|统一|全额|全部|主要|负责|仍|继续|每|通过|根据|参照|再|则|也|另|先|不低于|"
    r"不少于|不超过|至少|据实|足额|统筹|平均|同比例|等额|对半|五五|年均|按比例|积极|切实|逐步|"
    r"予以|给予|进行|适度|酌情|视|分级|分类|分担|引导|：|于|就|实行|合理|协商|联合|一次性)"
)
_PAY = (
    r"(?:负担|承担|担负|分担|分摊|均摊|缴纳|缴存|缴付|支付|拨付|垫付|列支|开支|出资|自筹|筹集|"
    r"筹措|自付|自负|自理|兜底|代缴|代付)"
)
_AID = (
    r"(?:补助|补贴|奖补|资助|补足|补齐|奖励|贴息|配套|缴费|保障|支持|投入|支出|解决|安排|"
    r"筹资|拨款|负责)"
)
_GIVE = r"(?:给予|予以|提供|安排|拨付|下达|投入|落实|设立|整合|加大|引导|带动|支持|鼓励|进行|发放)"
_MONEY = r"(?:费|资金|经费|支出|款|缺口|补助|补贴|奖补|奖励|资助|工资|金|投入|投资|差额|保费)"

#: Things that are given in place of the words "it pays".
_GIFT = (
    r"(?:补助|补贴|奖补|奖励|资助|资金|经费|支持|投入(?:力度)?|贴息|补偿|专款|预算|拨款|救助|"
    r"[0-9]{1,9}[余多]?[百千万亿]{0,2}元)"
)
#: After a verb that may as well be a noun (补助标准), what shows that it is a verb.
_FREE = (
    r"(?=$|[、，；。！？和与及等（）“”0-9□：每约]|相结合|组成|构成|为主|为辅|的?[^，。；、]{0,12}％|"
    r"[一二三四五六七八九]成|一部分|一半|其)"
)
_VERB = re.compile(
    rf"(?P<rate>(?:缴费|缴存|承担|负担|分担|补助|出资|筹资)?(?:费率|缴费率|比例)"
    rf"[^，。；]{{0,14}}?{PERCENT}|(?:缴费|出资|筹资)(?:标准|金额)[^，。；]{{0,14}}?[0-9]元)"
    rf"|(?P<pay>{_PAY})(?!不足|能力|责任|主体|方式|机制|标准|比例|政策|制度|改革|范围|义务|职|的[^，。；]"
    rf"|人|者|单位|任务|功能|服务|工作|起|着|水平)"
    rf"(?=(?P<object>[^，。；]{{0,40}}))"
    rf"|(?P<give>{_GIVE}[^，。；]{{0,30}}?{_GIFT}){_FREE}"
    rf"|(?P<aid>{_AID}){_FREE}"
)
#: 承担 and 负担 are of money only where nothing else follows them.
_DUTY = re.compile(r"承担|负担|担负|分担|分摊")
_MONEY_OBJECT = re.compile(
    rf"$|[、和与及等（）“”：□]|[^，。；]{{0,30}}?(?:{_MONEY}|％|成(?!本)|部分|一半|[0-9]/[0-9]|分之)"
)
_NOT = re.compile(r"(?:不|未|免|免予|免于|无需|不得|没有|无力|无法|难以|不再|停止|已经?|后)$")
_NOT_PAYING = re.compile(r"职责分工|牵头|组织|实施|管理|监督|主体责任|纳入|的通知")

_FULL = re.compile(rf"(?:全额|全部|百分之百){_PAY}|(?:全额|全部)(?:保障|安排|解决|拨款|补齐|补足)")
_ALL = re.compile(r"全额|全部")
_ADVERBS = re.compile(rf"{_BRACKET}?(?:{_GAP}|$)")
_FULL_LEAD = re.compile(r"(?:全额|全部|百分之百)$")
_PART = rf"(?:{PERCENT}|一半|半数|[0-9]{{1,2}}/[0-9]{{1,3}}(?![0-9]))"
_NUMBERS = re.compile(_PART)
_OF_OTHERS = re.compile(r"(?:率|达到?|(?<!不)超过|(?<!不)高于|(?<!不)低于)(?:到|为|约)?$")
_OTHERS_AFTER = re.compile(
    r"(?:以上|以下|左右)?的(?!比例|标准|费率|补助|补贴|资金|部分|额度|给予)|个百分点"
)
_OF_PAYING = re.compile(r"(?:比例|费率)[^，。；]{0,6}$")
_RANGE = re.compile(r"[-—–~～至到]")
_EACH = re.compile(
    rf"各(?:自|方)?(?:按)?(?:{_PAY}|补助|补贴|占)?[^，。；0-9]{{0,10}}?(?P<part>{_PART})|各半|对半|五五开"
)
_EQUALLY = re.compile(
    r"平均(?:分担|负担|承担|分摊)|均摊|等额(?:分担|负担|承担)|同比例(?:分担|负担|承担)"
)
_RATIO = re.compile(
    r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,2})?(?:[：:∶比/—–－-][0-9]{1,3}(?:\.[0-9]{1,2})?){1,5}"
    r"(?![0-9％])|[一二三四五六七八九](?:比[一二三四五六七八九]){1,4}"
    r"|[一二三四五六七八九]{2,4}(?=开|的?比例|分担|分成|负担|承担)"
)
_SHARED = re.compile(r"比例|分担|负担|承担|分摊|出资|配套|分成|分别|筹集|安排|补助|投入")
_WAGES = re.compile(r"工资|缴费|基数|费率|保险费|收入|总额")

#: The rest of what an earlier payer takes a part of.
_REST = re.compile(
    r"(?:其余|剩余|余下|剩下|不足|差额|缺口)的?(?:部分|资金|经费|费用|所需(?:资金|经费|费用))?"
    r"(?:[^，。；由]{0,2})?"
)
_BY = re.compile(r"由")
#: Where the words after 由 may stop naming payers.
_BY_END = re.compile(rf"{_GAP}|{_PAY}|{_AID}|{_RATIO.pattern}")
_FROM = re.compile(
    r"(?:在|从|(?<![费使利作享引])用)(?P<payer>[^，。；在从由]{2,30}?)[中内里]?"
    r"(?:予以|统一|统筹|按规定|据实|全额){0,3}"
    r"(?:列支|支出|支付|开支|解决|安排|提取|拨付|支取|负担)(?=$|[、，；。和与及（）])"
    rf"|(?:列入|纳入)(?P<budget>[^，。；]{{0,12}}?{_NOUN})(?:年度|部门|支出|公共|专项){{0,2}}预算"
)
_CONDITION_END = re.compile(
    rf"(?:{_MONEY}|部分|费用|时|的|后|起|者|下|[类档区级期]|地区|学生|人员|对象|项目|家庭|单位|机构|"
    r"省份?|市|县|省区|方面|事项|：)$"
)
_NO_CONDITION = re.compile(r"(?:按照|按|根据|依据|目前|具体|自|从)")
_OPENING = re.compile(
    r"(?:(?:其中|同时|并且?|且|但|而|另外|此外|另|即|以及|和|与|及|、|：|，|“|”|"
    r"(?:[一二三四五六七八九十]|[0-9])是|（[一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.．、])+)"
)
_CLOSING = re.compile(
    r"(?:(?:依法|依规|原则上|主要|全部|全额|统一|均|都|分别|仍|可|应当?|则|先|按规定|暂|"
    r"：|，|、|通过|采取|采用|引导|鼓励|吸引|撬动|带动|动员|争取|支持|要|须|需|将|"
    r"[0-9.]{1,6}％|一半|和|与|并))+$"
)
_ONLY_MONEY = re.compile(
    r"(?:所需|相关|有关|项目|补助|以上|上述|该项|此项|其|该|的|全部|支出责任|分担比例|资金来源|承担)*"
    r"(?:资金|经费|费用|支出|投入|来源|比例|责任)?"
)


@dataclass(frozen=True)
class _Grammar:
    """The regular expressions that hold the vocabulary's names."""

    group: re.Pattern[str]
    wages: re.Pattern[str]
    stated: re.Pattern[str]


@cache
def _grammar(names: str) -> _Grammar:
    # A single character (省, 县) is a payer only where it stands alone.
    alone = (
        rf"(?:(?<![一-鿿])|(?<=[由和与及同档类区中])|(?<=其中))[{_PLACES}]"
        rf"(?=[、和与及]|[0-9]|按|各|分别|共同|两级|承担|负担|分担|补助|出资|安排|配套|占)"
    )
    longer = "|".join(name for name in names.split("|") if len(re.sub(r"\\", "", name)) > 1)
    payer = (
        rf"(?:{_OF}{{0,2}}(?:{longer}|[{_PLACES}]{_BRACKET}?(?=本?级|{_NOUN}|两级)){_LEVELS}"
        rf"(?:{_BRACKET}(?=级|{_NOUN}))?级?{_NOUN}?(?:{_BRACKET}(?={_NOUN}))?{_NOUN}?"
        rf"{_BRACKET}?(?:本人|个人)?(?![局厅委院处科])|{alone})"
    )
    return _Grammar(
        group=re.compile(rf"{payer}(?:{_AND}{payer}){{0,7}}"),
        wages=re.compile(
            rf"费率[^，。；]{{0,10}}?(?P<payer>{payer})(?:职工)?(?:缴费)?工资(?:总额)?的?[^，。；0-9]{{0,6}}"
            rf"(?P<part>{PERCENT})"
        ),
        stated=re.compile(rf"(?P<payer>{payer})(?:占|占比|为|：|分担|承担)?(?P<part>{PERCENT})"),
    )


_LAST_NOUN = re.compile(rf"{_NOUN}$")
_PIECES = re.compile(r"(?:（[^（）]{0,20}）|(?!、|，?以及|和|与|及|或|同(?!级|等)).)+", re.DOTALL)
_TIERS = re.compile(
    rf"(?P<tiers>(?:自治区|[{_PLACES}]){{2,4}})(?P<level>级)?(?:[两二三四]级)?(?P<noun>{_NOUN}?)"
)
_TAIL = re.compile(r"(?:等(?:方面|各方|单位)?|[两二三四]级|双方|三方|共同|各方)+$")
_TIER_NOUN = re.compile(rf"[两二三四]级(?=(?:{_NOUN})?$)")


def _name_payers(words: str, printed: str, count: int | None = None) -> tuple[str, ...]:
    """The payers of a list, each with the noun they share (中央和地方财政 is two treasuries).

    ``printed`` is the same words with the punctuation of the source. ``count`` is the number of
    parts of the ratio they share: 省市县三级财政 with three parts is three payers.

    >>> _name_payers("市和县（市、区）两级财政", "市和县(市、区)两级财政")
    ('市财政', '县(市、区)财政')
    """
    places = []
    for found in _PIECES.finditer(words):
        start, end = found.span()
        start += len(found.group()) - len(found.group().lstrip("“”：，"))
        end -= len(found.group()) - len(_TAIL.sub("", found.group()))
        if start < end:
            places.append((start, end))
    pieces = [words[start:end] for start, end in places]
    names = [printed[start:end] for start, end in places]
    if count and len(pieces) == 1 and (tiers := _TIERS.fullmatch(pieces[0])):
        each = re.findall(rf"自治区|[{_PLACES}]", tiers["tiers"])
        if len(each) == count:
            return tuple(tier + (tiers["level"] or "") + tiers["noun"] for tier in each)
    noun = _LAST_NOUN.search(pieces[-1]) if pieces else None
    if len(names) == 1:
        return tuple(names)
    return tuple(
        _TIER_NOUN.sub("", name + noun.group() if noun and _GOVERNMENT.fullmatch(piece) else name)
        for piece, name in zip(pieces, names, strict=True)
    )


_GOVERNMENT = re.compile(
    rf"{_OF}?(?:中央|国家|地方|本级|同级|上级|自治区|直辖市|兵团|各地|[{_PLACES}、设地]{{1,4}}){_BRACKET}?(?:本级|级)?"
)


def _find_payer(scheme: Scheme, name: str) -> Concept | None:
    """The concept of a payer: by its name, without what is grammar in it, or by its ending."""
    name = key(name)
    bare = re.sub(rf"^{_OF}", "", re.sub(rf"{_BRACKET}$", "", name))
    level = re.sub(rf"(?:本级|级|层面)?{_NOUN}?$", "", bare)
    unbracketed = re.sub(_BRACKET, "", level)
    for form in (name, bare, level, unbracketed):
        if form and (concept := scheme.find(form)):
            return concept
    for start in range(1, len(bare) - 1):
        if concept := scheme.find(bare[start:]):
            return concept
    return None


# --- Statements ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one clause says: these payers, each with its part.

    ``lead`` and ``start`` bound the words before the payers, ``end`` closes the statement.
    """

    payers: tuple[str, ...]
    parts: tuple[Decimal | None, ...]
    basis: Basis
    start: int
    lead: int
    by_end: int
    end: int
    rest: bool = False
    of_wages: bool = False
    case: str | None = None


def read_shares(text: str, offset: int, vocabulary: Vocabulary) -> tuple[Share, ...]:
    """Who pays, under which condition, and which share where one is stated.

    ``text`` is a cell that says who pays, or a clause of running text; ``offset`` is where it
    starts. Handles

    - ratios: 按8∶2比例分担, 4:3:3 among three, 六四比例;
    - percentages: 缴纳工资总额的6%左右, 各承担50%, 分别承担80%和20%, 其余由市县财政承担,
      对西部、中部地区分别按80%、60%补助;
    - all of it: 全额承担;
    - words alone: 按比例分担, 地方人民政府负责, 中央财政适当补助, 在工伤保险基金中支出.

    A sentence that names no payer, or a payer that does not pay, gives nothing; no string is an
    error.

    >>> from pskg.vocabulary import load
    >>> for share in read_shares("所需资金由省与市县财政按6：4比例分担。", 0, load()):
    ...     print(share.split, share.payer, share.share, share.basis)
    1 省财政 0.6 ratio
    1 市县财政 0.4 ratio
    """
    line = _squeeze(text, offset)
    reader = _Reader(line, vocabulary["payers"])
    return tuple(share for share in reader.read() if not _is_urged(share, text, offset))


#: Whoever is urged to pay does not pay yet: 引导社会资金投入.
_URGED = re.compile(r"(?:引导|吸引|鼓励|撬动|带动|动员)[^，,。；;]{0,6}$")


def _is_urged(share: Share, text: str, offset: int) -> bool:
    clause = "".join(text[share.span.start - offset : share.span.end - offset].split())
    before, found, _ = clause.partition(share.payer)
    return bool(found and _URGED.search(before))


class _Reader:
    """Reads the clauses of one text in turn; remembers the condition that still holds."""

    def __init__(self, line: _Line, scheme: Scheme) -> None:
        self.line = line
        self.scheme = scheme
        self.grammar = _grammar(scheme.alternatives)
        self.split = 0
        self.condition = ""
        #: Where a condition that fills a clause of its own starts, waiting for its payer.
        self.pending: int | None = None
        #: The split, payers, sum and condition of the last percentages of one whole.
        self.open: tuple[int, frozenset[str], Decimal, str] | None = None
        #: The split of the words alone in this sentence.
        self.words: int | None = None
        #: Who pays what was just read: the next clause may name another case only.
        self.payers: tuple[str, ...] = ()

    def read(self) -> Iterator[Share]:
        sentence = 0
        found = False
        for start, end, mark in _split_clauses(self.line.norm):
            statements = self._read_clause(start, end) if end - start <= _LONGEST else []
            if not statements:
                self._await_payer(start, end)
            for statement in statements:
                found = True
                yield from self._tell(statement, start)
            if mark in ("。", "！", "？", ""):
                if not found and end - sentence <= _LONGEST:
                    yield from self._read_bare_parts(sentence, end)
                sentence, found = end + 1, False
            if mark != "，":
                self.condition, self.pending, self.words = "", None, None
            if mark not in ("，", "；"):
                self.payers = ()

    def _await_payer(self, start: int, end: int) -> None:
        """A clause without a payer may be the condition of the next one."""
        words = _strip_opening(self.line.norm, start, end)
        clause = self.line.norm[words:end]
        if _CONDITION_END.search(clause[-4:]) and not _NO_CONDITION.match(clause):
            self.pending = words if self.pending is None else self.pending
        else:
            self.pending = None

    def _read_clause(self, start: int, end: int) -> list[_Statement]:
        norm = self.line.norm
        if found := self.grammar.wages.search(norm, start, end):
            return [
                _Statement(
                    (self.line.plain[slice(*found.span("payer"))],),
                    (_parse_part(found["part"]),),
                    Basis.PERCENTAGE, start, start, start, end, of_wages=True,
                )
            ]  # fmt: skip
        statements: list[_Statement] = []
        position = start
        while position < end:
            statement = self._read_frame(start, position, end)
            if statement is None:
                statement = self._read_plain(start, position, end)
            if statement is None:
                break
            statements += self._split_cases(statement)
            position = statement.end
        if not statements:
            return self._read_case(start, end)
        last = statements[-1]
        joined = _JOINED.search(norm, last.lead, last.end)
        if joined and len(statements) > 1 and joined.start() > last.by_end:
            statements[-1] = replace(last, end=joined.start())
        return statements

    def _read_case(self, start: int, end: int) -> list[_Statement]:
        """其他县按60%补助, 第二档为6:4: the payers of the clause before, in another case."""
        norm = self.line.norm
        if not self.payers or not (found := _CASE.fullmatch(norm, start, end)):
            return []
        case = found.span("case")
        # 第二档为6:4 leaves out that the ratio is one of sharing, too.
        parts, basis = _read_parts(norm[case[1] : end] + "分担", "", len(self.payers))
        if None in parts:
            return []
        words = self.line.plain[slice(*case)]
        return [_Statement(self.payers, parts, basis, start, start, start, end, case=words)]

    def _split_cases(self, statement: _Statement) -> list[_Statement]:
        """对西部、中部地区分别按80%、60%补助 and 对西部补助80%、中部60%: each case is a split."""
        if statement.basis is not Basis.PERCENTAGE or statement.parts != (None,):
            return [statement]
        norm, plain = self.line.norm, self.line.plain
        numbers = list(_NUMBERS.finditer(norm, statement.by_end, statement.end))
        values = [_parse_part(number.group()) for number in numbers]
        if not numbers:
            return [statement]
        if found := _LISTED.search(norm, statement.by_end, numbers[0].start()):
            cases = [each.span() for each in _PIECES.finditer(norm, *found.span("cases"))]
        else:
            starts = [statement.by_end, *(number.end() for number in numbers)]
            cases = [
                each.span("case")
                for start, number in zip(starts, numbers, strict=False)
                if (each := _ONE_CASE.fullmatch(norm, start, number.start()))
            ]
        if len(cases) != len(values) or None in values:
            return [statement]
        return [
            replace(statement, parts=(value,), case=plain[slice(*case)])
            for value, case in zip(values, cases, strict=True)
        ]

    def _read_frame(self, start: int, position: int, end: int) -> _Statement | None:
        """由…承担, 在…中列支, 从…中支付, 列入…预算."""
        norm, plain = self.line.norm, self.line.plain
        for found in _BY.finditer(norm, position, end):
            if statement := self._read_by(start, position, found.start(), end):
                return statement
        for found in _FROM.finditer(norm, position, end):
            by, by_end = found.span(found.lastgroup or 0)
            payers = _name_payers(norm[by:by_end], plain[by:by_end])
            known = any(_find_payer(self.scheme, payer) for payer in payers)
            if payers and (known or re.search(r"金$|资金|经费|预算", norm[by:by_end])):
                cut = self._find_end(found.end(), end)
                return self._state(payers, found.start(), position, by_end, cut)
        return None

    def _read_by(self, start: int, position: int, at: int, end: int) -> _Statement | None:
        """由…承担, at ``at``: payers the vocabulary knows, or any where money is spoken of."""
        norm = self.line.norm
        lead = norm[start:at]
        if "职责分工" in norm[at:end]:
            return None
        money = self.pending is not None or bool(_MONEY_LEAD.search(lead[-12:]))
        tails = [found.start() for found in _BY_END.finditer(norm, at + 2, min(end, at + 50))]
        stated: list[tuple[int, tuple[str, ...]]] = []
        for by_end in tails:
            if self._acts(by_end, end, money=money or not lead):
                stated.append((by_end, _name_payers(norm[at + 1 : by_end], norm[at + 1 : by_end])))
        known = (
            by_end
            for by_end, payers in stated
            if payers and all(_find_payer(self.scheme, payer) for payer in payers)
        )
        chosen = next(known, stated[0][0] if stated and money else None)
        if chosen is None:
            return None
        cut = self._find_end(chosen, end)
        return self._state(self._payers(at + 1, chosen, cut), at, position, chosen, cut)

    def _acts(self, start: int, end: int, *, money: bool) -> bool:
        """Whether a verb of paying or a ratio follows."""
        return (
            self._find_verb(start, end, money=money) is not None
            or self._find_ratio(start, end) is not None
        )

    def _read_plain(self, start: int, position: int, end: int) -> _Statement | None:
        """中央财政适当补助, 个人自筹, 省财政补助60%."""
        norm = self.line.norm
        opening = _strip_opening(norm, position, end)
        for found in self.grammar.group.finditer(norm, position, end):
            by, by_end = found.span()
            lead = norm[opening:by]
            if _CLOSING.sub("", lead) and _REGION.fullmatch(lead) and _PLACED.match(found.group()):
                by, lead = opening, ""
            bare = _CLOSING.sub("", lead)
            apart = not bare or bool(_CONDITION_END.search(bare[-4:]))
            if lead.endswith("的") or (_RECEIVER.search(lead) and not _MONEY_LEAD.search(bare)):
                continue
            verb = self._find_verb(by_end, end, money=apart and position == start)
            if verb is None and self._find_ratio(by_end, end) is None:
                continue
            cut = self._find_end(verb or by_end, end)
            if apart or _NUMBERS.search(norm, by_end, cut) or _RATIO.search(norm, by_end, cut):
                return self._state(self._payers(by, by_end, cut), by, position, by_end, cut)
        return None

    def _payers(self, by: int, by_end: int, cut: int) -> tuple[str, ...]:
        ratio = _RATIO.search(self.line.norm, by_end, cut)
        count = len(_split_ratio(ratio.group())) if ratio else None
        return _name_payers(self.line.norm[by:by_end], self.line.plain[by:by_end], count)

    def _find_verb(self, start: int, end: int, *, money: bool) -> int | None:
        """The end of the verb of paying that follows a payer, None where there is none near."""
        norm = self.line.norm
        for found in _VERB.finditer(norm, start, min(end, start + 70)):
            between = norm[start : found.start()]
            if between and not _ADVERBS.match(between):
                return None
            if _NOT.search(between) or _NOT_PAYING.search(between):
                return None
            duty = found["pay"] and _DUTY.match(found["pay"]) and not _ALL.search(between)
            if duty and not _MONEY_OBJECT.match(found["object"]):
                continue
            closes = found.end() == end or norm[found.end()] in "，；、（"
            if found["aid"] == "负责" and not (money and closes):
                continue
            return found.end()
        return None

    def _find_ratio(self, start: int, end: int) -> int | None:
        found = _RATIO.search(self.line.norm, start, min(end, start + 40))
        if found and _SHARED.search(self.line.norm, start, end):
            return found.end()
        return None

    def _find_end(self, after: int, end: int) -> int:
        """Where a statement closes: before the next payer that pays, or with the clause."""
        norm = self.line.norm
        for found in _SEPARATOR.finditer(norm, after, end):
            group = self.grammar.group.match(norm, found.end(), end)
            if group and self._find_verb(group.end(), end, money=False) is not None:
                return found.start()
        return end

    def _state(
        self, payers: tuple[str, ...], lead: int, start: int, by_end: int, end: int
    ) -> _Statement | None:
        if not payers:
            return None
        norm = self.line.norm
        before = norm[start:lead]
        rest = bool(_REST.fullmatch(before[_strip_opening(before, 0, len(before)) :]))
        parts, basis = _read_parts(norm[by_end:end], before, len(payers))
        of_wages = basis is Basis.PERCENTAGE and bool(_WAGES.search(norm, by_end, end))
        return _Statement(payers, parts, basis, start, lead, by_end, end, rest, of_wages)

    def _tell(self, statement: _Statement, clause: int) -> Iterator[Share]:
        norm, plain = self.line.norm, self.line.plain
        start = _strip_opening(norm, statement.start, statement.lead)
        if statement.case is not None:
            self.condition = statement.case
        elif statement.rest:
            statement = self._take_rest(statement)
        else:
            lead_end = start + len(_CLOSING.sub("", norm[start : statement.lead]))
            words = norm[start:lead_end]
            if moved := _MOVED.match(words):
                words = words[moved.end() :]
            if self.pending is not None and statement.start == clause:
                start = self.pending
                pending_end = lead_end if words else len(norm[:clause].rstrip("，"))
                self.condition = plain[start:pending_end].strip("，,：:∶、")
            elif _is_condition(words):
                self.condition = plain[lead_end - len(words) : lead_end].strip("，,：:∶、")
                self.words = None
        self.pending = None
        self.payers = () if statement.of_wages else statement.payers
        split = self._number(statement)
        if statement.case is not None:
            self.open = None  # 其余 could not say of which case
        span = self.line.span(start, max(statement.end, start + 1))
        for payer, part in zip(statement.payers, statement.parts, strict=True):
            concept = _find_payer(self.scheme, payer)
            yield Share(
                split, self.condition, payer, concept.iri if concept else None,
                None if part is None else _write(part), statement.basis, span,
            )  # fmt: skip

    def _take_rest(self, statement: _Statement) -> _Statement:
        """其余由…承担: what the percentages before it leave of the whole."""
        if self.open is None:
            return statement
        _, _, total, condition = self.open
        self.condition = condition
        left = 1 - total
        if left < 0:  # what was stated is more than the whole: nothing can be told of the rest
            parts: tuple[Decimal | None, ...] = (None,) * len(statement.payers)
        elif statement.basis is Basis.RATIO:
            parts = tuple(None if part is None else part * left for part in statement.parts)
        elif len(statement.payers) == 1:
            parts = (left,)
        else:
            parts = statement.parts
        return replace(statement, parts=parts, basis=Basis.PERCENTAGE)

    def _number(self, statement: _Statement) -> int:
        """The number of the split that a statement belongs to."""
        if statement.basis is Basis.QUALITATIVE:
            if self.words is None:
                self.split += 1
                self.words = self.split
            return self.words
        stated = [part for part in statement.parts if part is not None]
        total = sum(stated, Decimal(0))
        if statement.basis is Basis.PERCENTAGE and not statement.of_wages:
            names = frozenset(statement.payers)
            if self.open is not None:
                split, payers, before, condition = self.open
                if condition == self.condition and not payers & names and before + total <= 1:
                    self.open = (split, payers | names, before + total, condition)
                    return split
            self.split += 1
            self.open = (self.split, names, total, self.condition)
            return self.split
        self.split += 1
        return self.split

    def _read_bare_parts(self, start: int, end: int) -> Iterator[Share]:
        """中央80%、地方20%: percentages without a verb, believed where they make a whole."""
        found = list(self.grammar.stated.finditer(self.line.norm, start, end))
        parts = [_parse_part(each["part"]) for each in found]
        known = [part for part in parts if part is not None]
        of_wages = re.search(r"费率|缴费比例", self.line.norm[start:end])
        if len(found) < 2 or len(known) < len(found) or not (of_wages or sum(known) == 1):
            return
        self.split += 1
        for number, (each, part) in enumerate(zip(found, known, strict=True)):
            self.split += bool(of_wages and number)
            payer = self.line.plain[slice(*each.span("payer"))]
            concept = _find_payer(self.scheme, payer)
            yield Share(
                self.split, "", payer, concept.iri if concept else None, _write(part),
                Basis.PERCENTAGE, self.line.span(*each.span()),
            )  # fmt: skip


#: What closes a list of ways to pay.
_JOINED = re.compile(r"等?(?:多种方式|多渠道|的方式)?(?:相结合|组成|构成)$")
#: A case and a share, and nobody who pays: the payers are those just named.
_CASE = re.compile(
    r"(?:并?对)?(?P<case>第[^，。；由]{1,6}?[档类](?:地区)?|[^，。；由]{2,30}?)"
    r"(?:的?(?:补助|分担|负担|承担)?(?:比例)?为|按照?|(?<=[档类区])(?:补助|负担|承担|分担))"
    rf"(?:{PERCENT}|{_RATIO.pattern})(?:的?(?:比例|标准))?(?:予以|给予)?"
    r"(?:补助|承担|负担|奖补|补贴|分担)?"
)
_LISTED = re.compile(
    r"(?:对|按)(?P<cases>[^，。；]{2,60}?)(?:的?(?:学生|地区|县|省份))?分别(?:按照?|给予|予以|承担|负担|补助){0,2}$"
)
_ONE_CASE = re.compile(
    r"(?:的?比例)?(?:予以|给予)?(?:补助|承担|负担|奖补)?[、和与及]?(?:按照?)?对?(?P<case>[^，。；、0-9]{2,20}?)"
    r"(?:分别)?(?:按照?|给予|予以|承担|负担|补助|奖补|为|所需(?:资金|经费)的?){0,3}"
)

#: Longer clauses are not written by people; they are not looked into.
_LONGEST = 1000
#: 各级政府要将所需经费: what comes before 将 is not the condition.
_MOVED = re.compile(r"[^，。；]{0,30}?将")
#: Words before 由 that speak of money.
_MONEY_LEAD = re.compile(rf"(?:{_MONEY}|部分|％|一半|其余|剩余|不足|费用)[^，。；]{{0,4}}$")
#: 对…, 为…: who follows gets the money.
_RECEIVER = re.compile(r"(?:对|向|给|为)[^，。；]{0,60}$")
_PLACED = re.compile(rf"(?:自治区|[{_PLACES}])[^，。；]{{0,12}}{_NOUN}")
#: The name of a place before the word for its treasury.
_REGION = re.compile(r"[^的对由在从按为给将其第类档、：（）0-9所需资经费时后]{2,7}")


def _strip_opening(norm: str, start: int, end: int) -> int:
    found = _OPENING.match(norm, start, end)
    return found.end() if found else start


def _is_condition(words: str) -> bool:
    """Whether the words before a payer say when the split applies: 所需资金 alone does not."""
    if not words or len(words) > 100:
        return False
    return not (_ONLY_MONEY.fullmatch(words) or _NO_CONDITION.match(words))


def _split_ratio(words: str) -> tuple[Decimal, ...]:
    """The parts of a ratio: 8∶2, 4:3:3, 六比四, 六四."""
    pieces = re.split(r"[：:∶比/—–－-]", words)
    if len(pieces) == 1:
        pieces = list(words)
    parts = tuple(parse_number(piece) or Decimal(0) for piece in pieces)
    if len(pieces[0]) == 1 and len(words) == len(pieces) and sum(parts) != 10:
        return ()
    return parts if sum(parts) else ()


def _read_parts(words: str, before: str, count: int) -> tuple[tuple[Decimal | None, ...], Basis]:
    """The part of each of ``count`` payers in what follows them (and in what stands before)."""
    none: tuple[Decimal | None, ...] = (None,) * count
    if found := _RATIO.search(words):
        parts = _split_ratio(found.group())
        if len(parts) == count > 1 and _SHARED.search(words):
            return tuple(part / sum(parts) for part in parts), Basis.RATIO
    if count > 1 and (found := _EACH.search(words)):
        part = _parse_part(found["part"] or "一半")
        if part is not None and part * count <= 1:
            return (part,) * count, Basis.PERCENTAGE
    if count > 1 and _EQUALLY.search(words):
        return (Decimal(1) / count,) * count, Basis.PERCENTAGE
    numbers = [found for found in _NUMBERS.finditer(words) if _is_share(words, found)]
    values = [_parse_part(number.group()) for number in numbers]
    if len(values) == count and (count == 1 or not _is_range(words, numbers)):
        return tuple(values), Basis.PERCENTAGE
    if count == 1 and len(values) > 1:
        if re.search(r"(?:提高|调整|降低?|增加)(?:到|至|为)", words):
            return (values[-1],), Basis.PERCENTAGE
        return (None,), Basis.PERCENTAGE
    if not values and count == 1:
        if _FULL.search(words) or (_FULL_LEAD.search(before) and re.search(_PAY, words)):
            return (Decimal(1),), Basis.PERCENTAGE
        if (last := _LAST_PART.search(before)) and last["part"]:
            return (_parse_part(last["part"]),), Basis.PERCENTAGE
    return none, Basis.QUALITATIVE


_LAST_PART = re.compile(rf"(?P<part>{_PART})(?:的?(?:部分|资金|经费|费用)?)$")


def _parse_part(words: str) -> Decimal | None:
    """A part of the whole; None for more than all of it (a lost decimal point: 666%)."""
    part = Decimal("0.5") if words in ("一半", "半数") else parse_number(words)
    return part if part is not None and 0 <= part <= 1 else None


def _is_share(words: str, number: re.Match[str]) -> bool:
    """Whether a percentage is what is paid, and not a figure that tells somebody apart."""
    before = words[max(0, number.start() - 12) : number.start()]
    return not (
        _OTHERS_AFTER.match(words, number.end())
        or (_OF_OTHERS.search(before[-6:]) and not _OF_PAYING.search(before))
    )


def _is_range(words: str, numbers: list[re.Match[str]]) -> bool:
    return any(
        _RANGE.fullmatch(words[one.end() : two.start()] or " ") for one, two in pairwise(numbers)
    )


def _write(part: Decimal) -> str:
    """Decimal notation without an exponent: 0.8, 1; a third to six places.

    >>> _write(Decimal("0.80")), _write(Decimal(1) / 3), _write(Decimal("1.0"))
    ('0.8', '0.333333', '1')
    """
    return f"{round(part, 6):f}".rstrip("0").rstrip(".") if part % 1 else f"{part:.0f}"


# --- Amounts ------------------------------------------------------------------------------

_PERSONS = (
    r"人|生|户|名|位|员|童|孩|对|例|村|镇|县|社区|学生|儿童|老人|家庭|学校|机构|单位|企业|床位?|张|"
    r"班|所|校|家|个|台|套|间|辆|处|项|亩|公顷|平方米|平米|公里|次|场|头|点|站|队|届|篇|件|胎"
)
_TIMES = r"个?学年|个?学期|个?月|年度?|季度?|天|日|周|小时|班次"
_MEASURES = "个名位张所家例对套间辆台"
_EACH_UNIT = rf"每(?:一)?(?:[{_MEASURES}](?=人|生|户|学|儿|老|家|机|单|企|床|村|社|孤|教|医|残))?"
_COUNTED = rf"(?:{_TIMES}|(?:学生|儿童|老人|孤儿|教师|村医|残疾人|床位|机构|学校|{_PERSONS}))"
#: What a sum is counted by: 每生每年, 每人每个月, 年人均, 人均, 年均, 每年.
_PER = rf"(?:(?:{_EACH_UNIT}{_COUNTED}){{1,3}}|[年月日]?(?:人|户|生|床|村)均|[年月]均)"
_PER_AFTER = rf"(?:(?:[/·•.]|每|[(（]|[)）]){{1,2}}{_COUNTED}){{1,3}}[)）]?"
_SCALE = r"(?:(?:十|百|千)?[万亿]|万亿|[百千](?=元))?"
_CURRENCY = r"(?:元|美元|港元|欧元)"
_HAN = "〇零○一二两三四五六七八九十百千"
_SUM = re.compile(
    rf"(?:(?<![0-9０-９.．])(?=[0-9０-９])|(?<![{_HAN}])(?=[{_HAN}]))"
    rf"(?P<amount>{NUMBER})(?:[余多](?=[百千万亿元]))?"
    rf"(?:{_SCALE}(?:{_CURRENCY})?(?:[—–－~～至到-])(?P<upper>{NUMBER}))?"
    rf"(?P<scale>{_SCALE})[余多]?(?P<currency>{_CURRENCY})(?:人民币)?(?P<by>{_PER_AFTER})?"
    r"(?!化|件|旦|宵|素|月|首|代|老|帅|勋|产业|企业|以上企业|级|镇|园区|楼|工程|GDP|户)"
)
_PER_WORDS = re.compile(_PER)
_PER_PIECE = re.compile(rf"{_EACH_UNIT}(?P<each>{_COUNTED})|(?P<mean>[年月日人户生床村]+)均")
_BY_PIECE = re.compile(_COUNTED)
_IS_TIME = re.compile(_TIMES)
#: Sums that measure an economy or tell who is meant, not what somebody gets.
_NOT_PAID = re.compile(
    r"收入(?!补|保)|生产总值|产值|增加值|营业额|销售|消费|税收|GDP|净资产|注册资本|财产|价值|"
    r"存款|贷款余额|储蓄|规模达|交易额|利润|进出口",
    re.IGNORECASE,
)
_NOT_INHERITED = re.compile(r"投入|安排|总|共|累计|一次性|专项|投资|资金|规模|收入|每|均")
_AFTER_LIST = re.compile(r"[、，；和与及或至到]|提高|调整|增加|降低")
_LABEL_START = re.compile(
    r"^(?:(?:其中|按照?|对于?|给予?|向|为|由|从|并|即|将|分别|另外|同时|另|以及|和|与|及|或|"
    r"[、，：；。“”（]|标准)+)"
)
#: 为…提供, 给…发放: who gets it.
_GIVEN_TO = re.compile(
    r"(?:为|给予?|对|向|按照?)(?P<who>[^，。；：]{2,30}?)"
    r"(?:统一|均|分别|逐月|按月|按年)*(?:提供|发放|给予|予以|按|补助|补贴|资助|奖励|发给|支付|一次性)+[^，。；：]{0,8}$"
)
_WHO = re.compile(
    r"(?:人|生|员|者|母|父|户|童|家庭|残疾|学校|机构|村|社区|单位|企业|对象|妇女|妇|军|烈士|遗属|"
    r"子女|居民|职工|教师|医生|医|师|孤儿|地区|群体|夫妇|夫妻|队|站|室|中心|院|校|班|所|婴儿|新生儿|幼儿|"
    r"小学|初中|高中|中学|中职|大学|本科|专科|研究生|城市|农村|城镇|低保|特困|五保|对口|"
    r"[一二三四五六七八九十甲乙丙丁ABCD][级类档等]|[岁者]以上|周岁|以上的?)(?:（[^（）]{0,20}）)?$"
)
_NOT_WHO = re.compile(r"标准|补助|补贴|资金|经费|不低于|提高|达到|发放|金额|安排|每|均|投入")


def read_amounts(text: str, offset: int) -> tuple[Money, ...]:
    """The sums of money that somebody receives or pays, in the order of the text.

    Handles what a sum is counted by before it (每生每年800元, 人均, 年均, 每年安排不少于1亿元) and
    after it (2000元/生/年, 800元/人·年), carried on in a list (每人每月:一级400元、二级300元;
    由每人每月100元提高到120元), who gets it named in a clause before (补助对象为孤儿,每人每月…) or
    shared out (城镇和农村低保标准分别为…), yearly ceilings (年度最高支付限额), scales (1.5万元),
    thousands commas, Chinese numerals (五百元), and ranges (500-1000元: one sum, as printed).
    Incomes and outputs (人均可支配收入) and 亿元产业 are not such sums.

    >>> [(m.amount, m.unit, m.beneficiary) for m in read_amounts("孤儿每人每月1,450元", 0)]
    [('1,450', '元/人/月', '孤儿')]
    """
    line = _squeeze(text, offset)
    norm = line.norm
    amounts: list[Money] = []
    counts: list[_Counted] = []
    last: _Counted | None = None
    for found in _SUM.finditer(norm):
        # The clause before the sum, back to the sum before it.
        floor = max(found.start() - 80, last.end if last else 0)
        opening = max(floor, _clause_start(norm, found.start()))
        clause = max(found.start() - 40, _clause_start(norm, found.start()))
        # 二元体制: one numeral before 元 may be any word.
        if (
            len(found["amount"]) == 1
            and found["amount"] in _HAN
            and not (
                found["scale"] or found["by"] or _PER_WORDS.search(norm, opening, found.start())
            )
        ):
            continue
        if parse_number(found["amount"]) is None or _NOT_PAID.search(norm, clause, found.start()):
            continue
        counted = _count(line, found, opening, last)
        counted = _complete(line, found, counted, last)
        amounts.append(
            Money(
                amount=_as_printed(line, found),
                unit=(found["scale"] or "") + found["currency"] + counted.unit,
                beneficiary=counted.who,
                span=line.span(counted.start, found.end()),
            )
        )
        counts.append(counted)
        last = counted
    return _share_out(line, amounts, counts)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a sum is counted by and who gets it; what the next one of a list may inherit.

    ``shared`` is who stands before a list of classes (手术并发症人员 before 一级400元).
    """

    start: int
    end: int
    unit: str
    who: str
    shared: str


def _clause_start(norm: str, end: int) -> int:
    floor = max(0, end - 80)
    return max(norm.rfind(mark, floor, end) + 1 for mark in "，。；！？")


def _as_printed(line: _Line, found: re.Match[str]) -> str:
    start, end = found.span("amount")
    if found["upper"]:
        end = found.end("upper")
    return line.plain[start:end]


def _count(line: _Line, found: re.Match[str], opening: int, last: _Counted | None) -> _Counted:
    """Read what stands before a sum: by what it is counted, and for whom."""
    norm, plain = line.norm, line.plain
    per = max(_PER_WORDS.finditer(norm, opening, found.start()), key=re.Match.start, default=None)
    own = _order_units(per.group() if per else "", found["by"] or "")
    if per:
        who = _name_receiver(norm, plain, opening, per.start())
        label = _name_class(norm, plain, per.end(), found.start())
        return _Counted(per.start(), found.end(), own, _join(who, label), who)
    label = _name_class(norm, plain, opening, found.start())
    if own or last is None:
        return _Counted(found.start(), found.end(), own, label, "")
    between = norm[last.end : found.start()]
    listed = len(between) <= 16 and "。" not in between and _AFTER_LIST.match(between)
    if not listed or _NOT_INHERITED.search(between):
        return _Counted(found.start(), found.end(), "", label, "")
    who = _join(last.shared, label) if label else last.who
    return _Counted(found.start(), found.end(), last.unit, who, last.shared)


def _join(who: str, label: str) -> str:
    """手术并发症人员 and 一级 are 手术并发症人员一级; 初中生 stands for itself."""
    return who + label if not label or _CLASS.fullmatch(label) else label


_CLASS = re.compile(r"[一二三四五六七八九十甲乙丙丁ABCD0-9]{1,2}[级类档等]|.{0,4}[岁上]")


#: A clause that says for whom the next ones are: 资助对象为X, 享受政策的为X, 对X, 资助X, X alone.
_FOR_WHOM = re.compile(
    r"(?:[^，。；：]{0,20}：)?(?:并|其中|同时)?"
    r"(?P<how>[^，。；]{0,30}?(?:的|对象|范围|人员)(?:主要|具体)?(?:为|是|包括)"
    r"|对于?|向|给|为|资助|补助|救助|奖励|扶助)?"
    r"：?(?P<who>[^，。；：]{2,40})"
)
#: X alone is a noun.
_NOT_BARE = re.compile(r"[由将给为要应]|^[从按经凡使让把在是]|负责|发放|确定|认定|提高")
_PERSON = (
    r"(?:学生|[在新]校?生|毕业生|大学生|中学生|小学生|儿童|孤儿|老人|老年人|人员|居民|职工|教师|家庭|残疾人|夫妇|夫妻|父母"
    r"|对象|户|者|村民|农民|农牧民|妇女|军人|遗属|幼儿|婴儿|新生儿|子女|医生|群众|母亲|患者|病人)"
)
_IS_PERSON = re.compile(rf"{_PERSON}(?:（[^（）]{{0,20}}）)?$")
_INSURED = re.compile(r"(?:城镇|城乡)?(?:职工|居民)(?=(?:基本|大病)?(?:医保|医疗保险|保险))")
_YEARLY = re.compile(r"年度[^，。；]{0,14}?(?:限额|上限|封顶线|额度|最高额|支付额)")
#: A clause that goes on with the subject of the one before.
_GOES_ON = re.compile(
    r"(?:且|并且?|同时|分别|均|都|也|即)+(?:[^一-鿿]|不|最|达|提高|增加|为|按|至少|控制)"
)


def _complete(
    line: _Line, found: re.Match[str], counted: _Counted, last: _Counted | None
) -> _Counted:
    """What the clauses before say: for whom (对孤儿,每人每月…), and that it is a yearly ceiling."""
    norm = line.norm
    floor = max(0, counted.start - _LOOK_BACK)
    floor = max(floor, norm.rfind("。", floor, counted.start) + 1)
    start = max(floor, _clause_start(norm, counted.start))
    unit, who = counted.unit, counted.who
    if not unit:
        subject = start
        if _GOES_ON.match(norm[start : found.end()]):
            # 年度限额分别为…的6倍；且分别不低于…
            subject = max(floor, _clause_start(norm, max(start - 1, floor)))
        if yearly := _YEARLY.search(norm, subject, found.start()):
            unit = "/年"
            insured = _INSURED.search(norm, subject, yearly.start())
            who = who or (line.plain[slice(*insured.span())] if insured else "")
    listed = last is not None and last.end > start
    if not who and not listed:
        person = unit not in ("", "/年")
        who = _find_whom(line, start, last.end if last else 0, person=person)
    return replace(counted, unit=unit, who=who, shared=counted.shared or who)


#: How far back, and over how many clauses, the words about a sum may reach.
_LOOK_BACK = 200
_CLAUSES = 4


def _find_whom(line: _Line, end: int, floor: int, *, person: bool) -> str:
    """The nearest clause of this part of the sentence that names those who get it.

    ``person`` says that the sum is one for each: then a noun alone in its clause is enough.
    """
    norm = line.norm
    floor = max(floor, end - _LOOK_BACK)
    for _ in range(_CLAUSES):
        if end <= floor or norm[end - 1] != "，":
            return ""
        start = max(floor, _clause_start(norm, end - 1))
        found = _FOR_WHOM.fullmatch(norm, start, end - 1)
        if found and not _NOT_WHO.search(found["who"]):
            bare = not found["how"]
            fits = _IS_PERSON.search(found["who"]) and not _NOT_BARE.search(found["who"])
            if (person and fits) if bare else _WHO.search(found["who"]):
                return line.plain[slice(*found.span("who"))]
        end = start
    return ""


_MEMBER = (
    r"(?:(?!每|人均|按)[^，。；、和与及：0-9]){0,8}?(?:城镇|农村|城市|城乡居民|居民|职工|小学|初中|高中|中职|幼儿园|学前|大学|本科|专科"
    r"|研究生|孤儿|老人|老年人|儿童|残疾人|学生|教师|家庭|人员|户|集中供养|分散供养|[一二三四]级|[一二三]类)"
)
_MEMBERS = re.compile(rf"{_MEMBER}(?:[、和与及]{_MEMBER}){{1,5}}")
_RESPECTIVELY = re.compile(r"分别[^，。；0-9]{0,16}[0-9]")
_AND_SUM = re.compile(r"(?:、|和|与|及|以及|或)(?:不低于|不少于|约|达到)?")


def _share_out(
    line: _Line, amounts: Sequence[Money], counts: Sequence[_Counted]
) -> tuple[Money, ...]:
    """分别为A元和B元: each sum is of one of those whom the sentence is about."""
    norm = line.norm
    shared = list(amounts)
    for first, one in enumerate(counts):
        respectively = _RESPECTIVELY.search(norm, max(0, one.start - 20), one.end)
        if not respectively:
            continue
        end = first + 1
        while end < len(counts) and _AND_SUM.fullmatch(
            norm, counts[end - 1].end, counts[end].start
        ):
            end += 1
        members = _find_members(line, one.start, end - first)
        if not members or (one.who and not one.who.startswith((members[0], members[-1]))):
            continue
        for index, who in zip(range(first, end), members, strict=True):
            shared[index] = replace(shared[index], beneficiary=who)
    return tuple(shared)


def _find_members(line: _Line, end: int, count: int) -> tuple[str, ...]:
    """职工 and 居民, at the head of the nearest clause of the sentence that names so many."""
    norm = line.norm
    floor = max(0, end - _LOOK_BACK)
    floor = max(floor, norm.rfind("。", floor, end) + 1)
    while floor < end:
        start = max(floor, _clause_start(norm, end))
        opening = _LABEL_START.match(norm[start:end])
        found = _MEMBERS.match(norm, start + (opening.end() if opening else 0), end)
        members = re.split("[、和与及]", line.plain[slice(*found.span())]) if found else []
        if len(members) == count:
            return tuple(members)
        end = start - 1
    return ()


def _order_units(per: str, by: str) -> str:
    """/人/月 out of 每人每月, 每月每人, 月人均 and /人·月: who first, then how often."""
    units: list[str] = []
    for piece in _PER_PIECE.finditer(per):
        units += [piece["each"]] if piece["each"] else list(piece["mean"])
    units += [piece.group() for piece in _BY_PIECE.finditer(by)]
    units = [unit.removeprefix("个") if _IS_TIME.fullmatch(unit) else unit for unit in units]
    units = ["年" if unit == "年度" else unit for unit in units]
    units.sort(key=lambda unit: bool(_IS_TIME.fullmatch(unit)))
    return "".join(f"/{unit}" for unit in dict.fromkeys(units))


def _name_receiver(norm: str, plain: str, start: int, end: int) -> str:
    """Who stands before the words 每人每月; blank where nobody plainly does."""
    start = max(start, norm.rfind("、", start, end) + 1, norm.rfind("：", start, end) + 1)
    if given := _GIVEN_TO.search(norm, start, end):
        who = given.span("who")
    else:
        opening = _LABEL_START.match(norm[start:end])
        who = (start + (opening.end() if opening else 0), end)
    words = norm[slice(*who)]
    fits = len(words) <= 30 and _WHO.search(words) and not _NOT_WHO.search(words)
    return plain[slice(*who)] if fits else ""


def _name_class(norm: str, plain: str, start: int, end: int) -> str:
    """The class just before a sum: 一级 in 一级400元, 初中生 in 初中生1250元."""
    start = max(start, end - 16)
    start = max(start, *(norm.rfind(mark, start, end) + 1 for mark in "、：，；。（元"))
    opening = _LABEL_START.match(norm[start:end])
    start += opening.end() if opening else 0
    words = norm[start:end]
    fits = words and _WHO.search(words) and not _NOT_WHO.search(words)
    return plain[start:end] if fits else ""
