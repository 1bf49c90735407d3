"""Defaced pages: words of advertisements that stand in place of names.

Four kinds of evidence count. The words of ``ontology/vocabularies/spam.ttl`` are spam as such, or
behind a brand of letters and figures. A token of letters or figures with Chinese characters is
spam where it stands again and again where a government's or a person's name is wanted, and at once
where a government's is. A name of a body, a region or an issuer holds no letters and figures at
all. And no running text tells the address of a site or an account without saying what it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pskg.extract.checks.case import Case, find_from, may_find
from pskg.model import Finding, Severity, Span
from pskg.read import Block
from pskg.vocabulary import Vocabulary, any_of

__all__ = ["check_spam"]

#: Nothing of the kind stands before a brand; a search can skip to its first character.
_BRAND = r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９](?<![A-Za-z0-9.].)[A-Za-z0-9Ａ-Ｚａ-ｚ０-９.+_-]{0,11}"
_BRAND_BEFORE = re.compile(rf"{_BRAND}$")
_LONGEST_BRAND = 12
#: Letters, or three figures that are no year: 5娱乐 is no brand, nor 2018体育彩票.
_IS_BRAND = re.compile(r"(?!(?:19|20)\d\d$)(?=.{0,11}[A-Za-z]|\d{3})")
#: Where a name is wanted: what may follow the name of a government, of a region, of a person.
_PLACES = {
    "government": r"(?:人民)?政府|办公[厅室]|(?:及|和)?各?(?:有关|相关|直属|所属)(?:部门|单位)"
    r"|各(?:部门|单位)|(?:研究)?同意|批准|常务会议|确定的",
    "region": r"实际|经济社会|所有|(?:全民|区域|人民|居民|户籍)|基本公共服务",
    "person": r"总书记|新时代|主席|总理|同志",
}
_AFTER = {place: re.compile(words) for place, words in _PLACES.items()}
#: A brand with Chinese characters, right before such a place. Units after a figure are no brand.
_CANDIDATE = re.compile(
    rf"(?P<token>{_BRAND}(?![年月日号个项名人次岁元万亿%％℃])[\u4e00-\u9fff]{{2,6}}?)"
    rf"(?={'|'.join(_PLACES.values())})"
)
#: How often a token must stand where a name is wanted, in how many sorts of places.
_OFTEN, _SORTS = 3, 2
_KIND_OF_REGION = re.compile(r"[省市县区旗州盟]$")


#: Right before these a name of a government stands and nothing else.
_OF_GOVERNMENT = re.compile(
    rf"(?P<token>{_BRAND}(?![年月日号个项名人次岁元万亿%％℃届期区])[\u4e00-\u9fff]{{1,10}}?)"
    r"(?=人民政府|政府办公[厅室])"
)
#: Letters or a number within a name; what may stand there: 12345热线, A区, 863计划, 2018年.
_LETTERS = re.compile(r"[A-Za-z]{2,}|[A-Za-z]\d|\d{2,}(?![年月日号个]|[—–~-])")
_DOMAIN = re.compile(
    r"(?:https?://|www\.)?[A-Za-z0-9-]{2,30}(?:\.[A-Za-z0-9-]{2,30}){0,3}"
    r"\.(?:com|net|cc|vip|xyz|top|cn|app|me|tv|info|org|club|site|online|win|bet|io|co)(?![A-Za-z])"
    r"(?:/[A-Za-z0-9/._-]{0,40})?",
    re.IGNORECASE,
)
_MAY_BE_ADDRESS = re.compile(r"[A-Za-z0-9_-](?:[A-Za-z0-9_-]{4}|(?<=\.[A-Za-z])[A-Za-z])")
_OFFICIAL = re.compile(r"\.(?:gov|edu|org|ac|mil)(?:\.|$)|12\d{3}|\.政务", re.IGNORECASE)
#: What says whose address it is.
_SAYS_WHOSE = re.compile(
    r"(?:网址|网站|网页|主页|域名|邮[箱件]|信箱|平台|系统|登[录陆]|访问|链接|下载|来源|公众号|[:：(（<《“\"'/@])[^\u4e00-\u9fff]{0,12}$"
    r"|[A-Za-z0-9._@/-]$",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?:加?(?:微信|薇信|威信|[Vv]信|QQ|qq|扣扣|企鹅|飞机|电报|TG|tg)号?群?|加[VvQq])[:：]?\s?[A-Za-z0-9_-]{5,20}"
    r"|(?:电话|热线|手机|客服)[:：]?\s?1[3-9]\d{9}(?!\d)"
)
_OWN_ACCOUNT = re.compile(
    r"(?:联系|咨询|监督|举报|服务|工作|办公|公众|官方|投诉|报名|值班|[人员:：、，,(（])\s?$"
)


_SMALL_LETTERS = re.compile("[a-z][a-z]")
#: A word of small letters, which a document writes only for a unit or a usual word.
_SMALL = re.compile(
    r"(?<![A-Za-z0-9._/@:%-])\d{0,6}(?P<letters>[a-z]{2,12})\d{0,6}(?![A-Za-z0-9._/@:%-])"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_USUAL = re.compile(
    r"[hckmnud]?m|[kmu]?g|[mu]?l|ha|hz|[kmg]?wh?|kva?|db|[km]?pa|k?cal|mol|pp[mb]|ph|min|[kmgt]b"
    r"|[rb]pm|ms|dn"
    r"|app|web|wifi|e?mail|https?|www|com|cn|id|ip|ok|pc|tv|vr|ai|vs|etc|and|of|in|the|for|to|de"
)


def check_spam(case: Case) -> Iterator[Finding]:
    """One finding for each time that spam stands in the text, with the name it probably hides."""
    text = case.page.text
    branded = may_find(text, _CANDIDATE, _OF_GOVERNMENT)
    spans = set(_find_known(text, case.vocabulary))
    tokens = set(_find_repeated(text)) if branded else set()
    # A token that holds known spam (甲乙体育投注) is one spam text, not two.
    for token in sorted(tokens):
        for found in re.finditer(re.escape(token), text):
            spans.add(Span(*found.span()))
    for block in case.all_blocks:
        if _MAY_BE_ADDRESS.search(block.text):
            spans.update(_find_addresses(block))
    # A name that holds spam is reported with the spam, not as a whole; and so are letters.
    lettered = case.all_blocks if may_find(case.lines, _SMALL_LETTERS) else ()
    letters = [span for block in lettered for span in _find_small_letters(block)]
    for weaker in (_find_in_names(case, branded=branded), letters):
        taken = {at for span in spans for at in range(span.start, span.end)}
        spans.update(span for span in weaker if taken.isdisjoint(range(span.start, span.end)))
    for span in _outermost(spans):
        yield _report(case, span)


def _find_in_names(case: Case, *, branded: bool) -> Iterator[Span]:
    """Letters and figures within the names of governments and bodies."""
    text = case.page.text
    for found in _OF_GOVERNMENT.finditer(text) if branded else ():
        if _IS_BRAND.match(found["token"]):
            yield Span(*found.span("token"))
    document = case.reading.document
    issuer = document.spans.get("issuer")
    if issuer and document.issuer and _LETTERS.search(document.issuer):
        yield issuer
    for one in case.reading.responsibilities:
        name = one.body.name
        if _LETTERS.search(name):
            start = text.find(name, one.span.start, one.span.end)
            yield one.span if start < 0 else Span(start, start + len(name))


def _find_addresses(block: Block) -> Iterator[Span]:
    """Addresses of sites and accounts that nothing before them says to be the office's own."""
    for found in _DOMAIN.finditer(block.text):
        before = block.text[max(0, found.start() - 20) : found.start()]
        if not (_OFFICIAL.search(found.group()) or _SAYS_WHOSE.search(before)):
            yield Span(block.start + found.start(), block.start + found.end())
    for found in _ACCOUNT.finditer(block.text):
        before = block.text[max(0, found.start() - 6) : found.start()]
        if found.group().startswith("加") or not _OWN_ACCOUNT.search(before):
            yield Span(block.start + found.start(), block.start + found.end())


def _find_small_letters(block: Block) -> Iterator[Span]:
    """Words of small letters right beside Chinese characters, units and usual words aside."""
    for found in _SMALL.finditer(block.text) if _SMALL_LETTERS.search(block.text) else ():
        start, end = found.span()
        before = block.text[max(0, start - 20) : start]
        if _USUAL.fullmatch(found["letters"]) or _SAYS_WHOSE.search(before):
            continue
        if _HAN.search(before[-1:] + block.text[end : end + 1]):
            yield Span(block.start + start, block.start + end)


def _find_known(text: str, vocabulary: Vocabulary) -> Iterator[Span]:
    """The words of the vocabulary, with the brand they stand behind and what goes on with them."""
    alone, behind = _known(vocabulary)
    for found in find_from(*alone, text):
        brand = _BRAND_BEFORE.search(text, max(0, found.start() - _LONGEST_BRAND), found.start())
        yield Span(brand.start() if brand else found.start(), found.end())
    for found in find_from(*behind, text):
        brand = _BRAND_BEFORE.search(text, max(0, found.start() - _LONGEST_BRAND), found.start())
        if brand and _IS_BRAND.match(brand.group()):
            yield Span(brand.start(), found.end())


#: What words open with, and the words.
_Opened = tuple[re.Pattern[str], re.Pattern[str]]


@lru_cache(maxsize=8)
def _known(vocabulary: Vocabulary) -> tuple[_Opened, _Opened]:
    """The words that are spam as such, and those that are behind a brand, two of them or more.

    Of these one must be of the trade itself (棋牌): 平台官网 alone may be a service's. Words that
    are spam as such are known by their first three characters.
    """
    groups: dict[str, list[str]] = {
        "unmistakable": [],
        "beside-a-brand": [],
        "beside-these-words": [],
    }
    for concept in vocabulary["spam"]:
        for broader in concept.broader:
            groups[vocabulary.concept(broader).notation] += concept.names
    alone, trade, other = (any_of(names) for names in groups.values())
    letter = r"[A-Za-z0-9]"
    brand = f"{letter}{{2,10}}"
    seconds: defaultdict[str, set[str]] = defaultdict(set)
    for name in groups["unmistakable"]:
        seconds[name[0]].add(re.escape(name[1:3]))
    for name in groups["beside-a-brand"]:
        seconds[name[0]].add(re.escape(name[1:]) + letter)
    opening = "|".join(
        f"{re.escape(one)}(?={'|'.join(sorted(rest))})" for one, rest in seconds.items()
    )
    behind = any_of(name[0] for name in (*groups["beside-a-brand"], *groups["beside-these-words"]))
    return (
        (
            re.compile(opening or any_of(())),
            re.compile(
                rf"(?:{alone})(?:{other}|{trade}){{0,3}}|(?:{trade}){brand}(?:{other}){{1,4}}"
            ),
        ),
        (
            re.compile(rf"(?:{behind})(?<=[A-Za-z0-9].)"),
            re.compile(
                rf"(?:(?:{other}){{1,3}}(?:{trade})|(?:{trade})(?:{trade}|{other}))"
                rf"(?:{trade}|{other}){{0,4}}"
            ),
        ),
    )


def _find_repeated(text: str) -> Iterator[str]:
    """Tokens that stand in several sorts of places where a name is wanted."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for found in _CANDIDATE.finditer(text):
        sort = next(name for name, words in _AFTER.items() if words.match(text, found.end()))
        places[found["token"]].append(sort)
    for token, sorts in places.items():
        if len(sorts) >= _OFTEN and len(set(sorts)) >= _SORTS:
            yield token


def _outermost(spans: Iterable[Span]) -> Iterator[Span]:
    end = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > end:
            yield span
            end = span.end


def _report(case: Case, span: Span) -> Finding:
    text = case.page.text
    words = span.of(text)
    sort = next((name for name, after in _AFTER.items() if after.match(text, span.end)), "")
    in_head = any(
        place.covers(span)
        for name, place in case.reading.document.spans.items()
        if name in ("title", "issuer", "doc_number")
    )
    severity = Severity.HIGH if in_head or sort in ("government", "person") else Severity.MEDIUM
    before = text[max(0, span.start - 4) : span.start]
    address = bool(_DOMAIN.match(words) or _ACCOUNT.match(words))
    suggestion, reason = _suggest(case, sort, before=before, address=address)
    where = {
        "government": "where the name of a government is wanted",
        "person": "where the name of a person is wanted",
    }.get(sort, "in place of a name")
    message = f"“{words}” is spam {where}: the page was defaced"
    if suggestion and reason:
        message += f"; probably “{suggestion}” ({reason})"
    return Finding("spam-text", severity, message, span, suggestion)


def _suggest(case: Case, sort: str, *, before: str, address: bool) -> tuple[str | None, str]:
    """What the spam hides: the government or the region of the document, and why."""
    document = case.reading.document
    if sort == "person" or not document.region or address:
        return None, ""
    reason = f"the document is for {document.region}"
    number = document.doc_number
    if number and number[0] == document.region[0]:
        reason = f"its number begins with “{number[0]}” and its text names {document.region}"
    if sort == "government":
        return f"{document.region}人民政府", reason
    kind = _KIND_OF_REGION.search(document.region)
    if kind is None:
        return None, ""
    # 我 may have been left standing before the spam.
    return (kind.group() if before.endswith(("我", "全", "本")) else f"我{kind.group()}"), reason
