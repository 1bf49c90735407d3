"""Which document a citation means: an identity that each citing document tells by itself.

One plan is cited as 《国务院关于印发某规划的通知》, as 《某规划》 which 国务院 issued, and as
国家《某规划》. What is compared is the title proper, without its issuer and the notice around it,
and the issuer's region, which the title, the words before it or the number tell:

- a proper name (某规划, 某条例) and a region are one document;
- a notice or opinion (关于…的通知) is known by its number, since the next year's bears the same
  title; without one by the issuing body and the full title;
- where nothing tells the issuer, a title means the same only to the documents of one region: what
  two cities call 关于进一步…的实施意见 is not one document.

No other document is looked at, so that a build stays incremental: a document of the build tells
the identities by which it may be cited, and the two meet in the graph.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pskg import regions
from pskg.link.bodies import NATIONAL, Place, identify_office
from pskg.model import Document
from pskg.vocabulary import Vocabulary

__all__ = ["REACH", "CitedIdentity", "identify_citation", "identify_document"]

#: How far before a title the name of its issuer is looked for.
REACH = 40

_BODY = (
    r"(?:国务院(?:办公厅)?|委员会|人民政府|办公[厅室]|政府|党委|[省市州县区旗盟]委"
    r"|[部厅局委署院办会])"
)
_ISSUED = "印发|颁发|下发|发布|颁布|公布"
#: The issuer that begins a title: 甲省人民政府办公厅关于….
_ISSUER = re.compile(
    rf"(?P<issuer>[^,。]{{0,40}}?{_BODY}(?:、[^,。]{{1,30}}?{_BODY})?)"
    rf"(?=关于|转发|批转|(?:{_ISSUED}).{{4,}}的(?:通知|公告|决定)$)"
)
_WRAPPED = re.compile(
    rf"(?:关于)?(?:{_ISSUED})(?:实施)?(.{{2,}}?)的?(?:通知|公告|通告|决定|函|命令|令)"
)
_PASSED_ON = re.compile(r"(?:关于)?(?:转发|批转)(.{4,}?)的?(?:通知|公告|决定|函)")
_NOTICE = re.compile(r"关于|转发|批转|印发")
_PERIOD = re.compile(r"(?:十[一二三四五六七八九]?五(?:期间|时期)?)?")
#: The end of the text before 《 where it names the issuer: 国务院印发, 省委、省政府, 国家.
_BEFORE = re.compile(
    rf"(?P<issuer>国家|中央|(?:[^、,。]{{1,24}}{_BODY}、)?[^、,。]{{0,24}}?(?:{_BODY}|自治区|[省市县]))"
    r"(?:等[一二三四五六七八九十\d]{0,2}(?:个?部[门委]|家))?(?:联合|共同|正式)?"
    rf"(?:{_ISSUED}|制定|出台)?(?:实施)?的?$"
)
#: Words of a sentence that end before the name of an issuer begins.
_LEAD_IN = re.compile(
    r".*(?:贯彻|落实|执行|根据|按照|依据|依照|遵照|结合|以及|[。;:》)]|[对与及按]|,"
    r"|和(?!社会|改革|信息|城乡|旅游|规划|计划))"
)
_NATIONAL_ISSUER = re.compile(
    r"国务院|中共中央|党中央|中央|国家|全国|(?!.*[省市州县区旗盟]).{0,10}部$"
)
_NATIONAL_NUMBER = re.compile(
    r"国(?:发|办|函|令|税|土|卫|资|市|医|科|民|宗)|中(?:发|办发|组)"
    r"|(?:[^省市州县区]{1,6})?部(?:发|令|办|函|规)"
)
_NATIONAL_TITLE = re.compile(r"中华人民共和国|国家|全国|中国|.{1,40}(?<![办方])法$")
#: The provinces by the character that begins the numbers of their documents.
_CODES = (
    "京11津12冀13晋14蒙15内15辽21吉22黑23沪31苏32浙33皖34闽35赣36鲁37豫41"
    "鄂42湘43粤44桂45琼46渝50川51黔52贵52云53滇53藏54陕61甘62青63宁64新65"
)
_PROVINCES = {_CODES[at]: f"{_CODES[at + 1 : at + 3]}0000" for at in range(0, len(_CODES), 3)}
#: A shorter title (实施意见) says what sort of document it is, not which.
_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class CitedIdentity:
    """What tells one cited document from another: its number, or its title, within a scope.

    ``scope`` is the code of the issuer's region, or, where nothing tells the issuer, says within
    what the words mean one document. ``region`` is the issuer's, None where it is not known.
    ``number`` is the document's number, and all that counts where ``title`` is blank. ``issuer``
    is given where a title without its issuer would not do.
    """

    region: str | None
    scope: str
    title: str
    issuer: str = ""
    number: str | None = None


def identify_citation(
    title: str, number: str | None, before: str, document: str, place: Place, vocabulary: Vocabulary
) -> CitedIdentity:
    """The document that a citation means.

    ``before`` is the text before the title (:data:`REACH` characters will do), ``document`` and
    ``place`` are those of the document that cites.

    >>> from pskg.link.bodies import place_of
    >>> from pskg.vocabulary import load
    >>> cases = (("国务院关于印发“十三五”甲乙规划的通知", ""), ("“十三五”甲乙规划", "落实国家"))
    >>> for title, before in cases:
    ...     found = identify_citation(title, None, before, "", place_of("621200"), load())
    ...     print(found.scope, found.title)
    100000 十三五甲乙规划
    100000 十三五甲乙规划
    """
    reader = _Reader(place, vocabulary)
    named = reader.read_title(title)
    region, issuer = named.region, named.issuer
    if region is None:
        region, issuer = reader.read_before(before)
    if region is None and number:
        region = reader.read_number(number)
    if region is None and not named.is_notice and _NATIONAL_TITLE.match(named.title):
        region = NATIONAL
    is_generic = len(named.title) < _SHORTEST and not _NATIONAL_TITLE.match(named.title)
    if number and re.search(r"\d", number) and (named.is_notice or is_generic or region is None):
        return CitedIdentity(region, region or "unknown", "", "", number)
    if is_generic:
        return CitedIdentity(region, f"{region} in {document}", named.title, issuer, number)
    if region is None or (named.is_notice and not issuer):
        scope = f"in {place.code or document}"
        return CitedIdentity(region, scope, named.title, issuer, number)
    return CitedIdentity(region, region, named.title, issuer if named.is_notice else "", number)


def identify_document(
    document: Document, place: Place, vocabulary: Vocabulary
) -> tuple[CitedIdentity, ...]:
    """The identities by which others may cite a document: by title and by number.

    >>> from pskg.link.bodies import place_of
    >>> from pskg.vocabulary import load
    >>> document = Document("陇南市人民政府关于印发陇南市甲乙丙规划的通知", "a", "", "", "", 1,
    ...                     doc_number="陇政发〔2017〕9号")
    >>> [(one.scope, one.title, one.number)
    ...  for one in identify_document(document, place_of("621200"), load())]
    [('621200', '甲乙丙规划', None), ('621200', '', '陇政发〔2017〕9号')]
    """
    if place.code is None:
        return ()
    reader = _Reader(place, vocabulary)
    named = reader.read_title(document.title)
    issuer = named.issuer or (reader.name_issuer(document.issuer)[1] if document.issuer else "")
    region = named.region or place.code
    found: list[CitedIdentity] = []
    if len(named.title) >= _SHORTEST and not named.is_notice:
        found.append(CitedIdentity(region, region, named.title))
    elif len(named.title) >= _SHORTEST and issuer:
        found.append(CitedIdentity(region, region, named.title, issuer))
    if document.doc_number and re.search(r"\d", document.doc_number):
        found.append(CitedIdentity(place.code, place.code, "", "", document.doc_number))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Named:
    """A title taken apart: the title proper, and what it tells of its issuer."""

    title: str
    region: str | None
    issuer: str
    is_notice: bool


@dataclass(frozen=True, slots=True)
class _Reader:
    place: Place
    vocabulary: Vocabulary

    def read_title(self, title: str) -> _Named:
        """Take off the issuer, the notice around a plan, and the region that begins its name."""
        plain, region, issuer = _plain(title), None, ""
        found = _ISSUER.match(plain)
        if found:
            region, issuer = self.name_issuer(found["issuer"])
            plain = plain[found.end() :]
        passed_on = _PASSED_ON.fullmatch(plain)
        if passed_on:
            inner = self.read_title(passed_on[1])
            # What another region's notice passes on stays the other's; the notice is a new one.
            if inner.region in (None, region):
                return _Named(
                    inner.title, inner.region or region, inner.issuer or issuer, inner.is_notice
                )
        wrapped = _WRAPPED.fullmatch(plain)
        if wrapped:
            plain = wrapped[1]
        if _NOTICE.match(plain):
            return _Named(plain, region, issuer, True)
        plain = re.sub(r"的(?:通知|公告|通告)$", "", plain)
        if plain.startswith("国务院"):
            return _Named(re.sub("^国务院(?:办公厅)?", "", plain), NATIONAL, issuer, False)
        own = self._region_at_start(plain)
        if own:
            region, plain = own
        return _Named(plain, region, issuer, False)

    def _region_at_start(self, title: str) -> tuple[str, str] | None:
        """The region that a name begins with (十三五甲省乙规划), and the name without it."""
        period = _PERIOD.match(title)
        start = end = period.end() if period else 0
        code = None
        for region, first, last in regions.regions_in(title[: end + 40]):
            if first == end:
                code, end = region.code, last
        return (code, title[:start] + title[end:]) if code else None

    def name_issuer(self, name: str) -> tuple[str | None, str]:
        """The region of an issuer, and what names it within the region: its function or name."""
        first = re.sub(r"^[我全本](?=[省市州县区旗盟])", "", re.split("[、,]", _plain(name))[0])
        _, identity = identify_office(first, self.place, self.vocabulary)
        region = identity.region
        named = regions.regions_in(first[:24])
        if _NATIONAL_ISSUER.match(first):
            region = NATIONAL
        elif re.fullmatch("[省市州县区旗盟]|自治[区州县旗]", first):
            region = next((r.code for r in self.place.chain if r.name.endswith(first)), None)
        elif identity.function is None and named and named[0][1] == 0:
            region = named[-1][0].code
        elif identity.function is None and not re.match("[省市州县区旗盟自]", first):
            region = None
        return region, identity.function or identity.name

    def read_before(self, before: str) -> tuple[str | None, str]:
        """The issuer that the words before a title name, if any."""
        plain = _plain(before.replace("《", ":"), keep="》")
        lead_in = _LEAD_IN.match(plain)
        found = _BEFORE.search(plain[lead_in.end() :] if lead_in else plain)
        return self.name_issuer(found["issuer"]) if found else (None, "")

    def read_number(self, number: str) -> str | None:
        """The region that a number begins with: the state, a province, or a region of the place.

        None where its character is that of both a province and a city (苏 in 苏州市).
        """
        plain = _plain(number)
        own = {region.code for region in self.place.chain if region.name[:1] == plain[:1]}
        code = _PROVINCES.get(plain[:1])
        own |= {region.code for region in self.place.chain if region.code == code}
        if own:
            return own.pop() if len(own) == 1 else None
        return NATIONAL if _NATIONAL_NUMBER.match(plain) else None


def _plain(text: str, keep: str = "") -> str:
    """Without white space, quotation marks and title marks; one form of dash and of width.

    >>> _plain("《“十三五”甲 规划（2016—2020年）》")
    '十三五甲规划(2016-2020年)'
    """
    plain = unicodedata.normalize("NFKC", "".join(text.split()))
    plain = re.sub(r"[—–－―~～〜]+", "-", plain)
    return re.sub("[“”\"'‘’《》〈〉「」『』]".replace(keep or "\0", ""), "", plain)
