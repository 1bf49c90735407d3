"""The masthead: what a document says of itself before its body starts, and at its foot.

Government pages show a block of fields (索引号, 发布机构, 文号, 成文日期), the title, the number,
the addressees, and at the end of the notice the issuer and the date; any of them may be
missing, doubled or broken over lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise, zip_longest

from pskg.extract.citations import DOC_NUMBER
from pskg.extract.coverage import is_boilerplate
from pskg.extract.grammar.periods import find_period, read_date
from pskg.extract.outline import Outline
from pskg.model import Document, EffectStatus, Passage, Span
from pskg.read import Block, Page
from pskg.regions import Region, find_region, get_region, regions_in
from pskg.vocabulary import Vocabulary

__all__ = ["Masthead", "read_masthead"]

#: The sorts of official documents, by the word their titles end with.
_SORT = (
    r"(?:通知|意见|方案|规划|计划|纲要|办法|决定|规定|细则|清单|标准|目录|公告|通告|批复|函|报告|要点|措施|条例"
    r"|通报|指引|指南|任务书|工作安排)"
)
_TITLE_END = re.compile(
    rf"{_SORT}(?:》?$|(?:\s{{0,3}}[(（][^()（）]{{1,24}}[)）]){{0,3}}\s{{0,3}}$)"
)
_NUMBER_BEHIND = re.compile(rf"\s?[(（]\s?{DOC_NUMBER.pattern}\s?[)）]\s?$")
_ABOUT = re.compile(r"关于|印发|转发")
_BEFORE_ABOUT = re.compile(r"(.+?)(?:关于|(?:印发|发布|公布)《)")
#: What a site puts before a title: 【专题】, or that the document is no longer in force.
_TAG = re.compile(
    r"^\s*(?:[【\[](?P<tag>[^【】\[\]]{1,12})[】\]]"
    r"|[（(](?P<status>(?:已[经被]?)?(?:失效|废止)|现行有效)[)）])\s*"
)
_ISSUER = re.compile(
    r"(?:等[一二三四五六七八九十\d]{0,3}个?部门|人民政府(?:办公[厅室])?|国务院(?:办公厅)?|委员会(?:办公[厅室])?|办公[厅室]|[厅局委部院署办])$"
)
#: Bodies of the whole state: those whose names show it, and departments called 部.
_NATIONAL = re.compile(
    r"国务院|中共中央|国家|中央|全国|最高人民|中华人民共和国"
    r"|[^省市县区州盟旗委府]{2,10}(?:(?<!支|组|传)部(?:办公厅)?|总局|总署)(?=$|等|[\u4e00-\u9fff]{2,10}[部局委会]$)"
)
_SITE = re.compile(r"[网站台]$|门户|信息公开")
#: A line longer than this is running text, not a line of fields.
_LONGEST_FIELDS = 300
#: What parts the steps of the way to a page, or follows the word that opens it.
_PATH = re.compile(r"[:：>＞»/|]")
#: The lines of a title, and how long it can be altogether; a name shorter than that is none.
_MOST_TITLE_LINES = 4
_LONGEST_TITLE = 120
_SHORTEST_TITLE = 4
_LONGEST_SIGNATURE = 60
_LONGEST_DAY = 20
#: An order or announcement is numbered by itself, or within its year: 第12号, 2020年第3号.
_ORDER_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{0,30}?\s{0,3}(?:(?:19|20)\d\d\s?年\s?)?"
    r"第\s{0,3}(?:\d{1,4}|[一二三四五六七八九十百]{1,5})\s{0,3}号"
)
#: A year that opens a goal, not one in passing (补助到2020年实现全覆盖).
_GOAL_YEAR = re.compile(
    r"(?:^|[。；;：:，,、！)）]|力争|确保|争取|努力|计划)\s*(?:到|至)\s*((?:19|20)\d\d)\s*年"
)
_STATED_PERIOD = re.compile(
    r"(?:规划期|计划期|实施期|规划|计划|方案|实施|行动)(?:限|年限|期限|时间)?(?:确定|设定)?[为是:：]\s*(?:19|20)\d\d[^。；;，,]{1,14}"
)
#: From when on a document plans, without a word on the year that ends it: 2012年起5年内.
_SINCE = re.compile(
    r"(?:^|[。；;，,]|从|自)((?:19|20)\d\d)年起[,，]?(?:用|利用|计划用|力争用)?(?:\d|[一二三四五六七八九十])年"
    r"(?:左右)?(?:的?时间|内)"
)
_ONE_YEAR = re.compile(
    r"(?<![\d到至])((?:19|20)\d\d)年(?:度)?(?!底?前|\s*(?:版|修[订正]|第\s*\d|\d))"
)
#: Plans look five years ahead, some ten.
_LONGEST_PLAN = 10


@dataclass(frozen=True, slots=True)
class Masthead:
    """The document and the blocks that were spent on describing it."""

    document: Document
    title: Passage | None
    blocks: tuple[Block, ...]
    own_names: tuple[str, ...]


def read_masthead(page: Page, outline: Outline, vocabulary: Vocabulary) -> Masthead:
    """Read the masthead of a page. What the page does not give stays None."""
    head = list(outline.head)
    fields = _read_fields(page, head, outline.tables, vocabulary)
    spans: dict[str, Span] = {}

    pattern = _label_pattern(vocabulary)
    free = [
        block
        for block in head
        if (not _find_labels(block, pattern) or _is_tagged(block, vocabulary))
        and not _shows_place(block, vocabulary)
    ]
    title = _choose_title(page, free, fields)
    number = _choose_number(head, fields)
    signature = _read_signature(page)
    issuer = _choose_issuer(title, fields, signature)
    issued = _read_field_date(fields.get("issued-on")) or signature.day
    published = _read_field_date(fields.get("published-on"))
    published = published or _first_date(head, but=(issued, signature.day))
    status, status_span = _read_status(fields.get("effect-status"), head, vocabulary)
    region, region_span = _choose_region(page, title, issuer, number)
    day = issued or published
    period = _choose_period(page, head, title, day[0].year if day else None)
    for name, found in (
        ("title", title),
        ("doc_number", number),
        ("index_number", fields.get("index-number")),
        ("issuer", issuer),
        ("subject", fields.get("subject")),
        ("issued_on", issued),
        ("published_on", published),
    ):
        if found:
            spans[name] = found.span if isinstance(found, Passage) else found[1]
    if status_span:
        spans["effect_status"] = status_span
    if region_span:
        spans["region"] = region_span
    if period[2]:
        spans["period"] = period[2]
    document = Document(
        title=title.text if title else "",
        source=page.source,
        sha256=page.sha256,
        media_type=page.media_type,
        encoding=page.encoding,
        length=len(page.text),
        doc_number=number.text if number else None,
        index_number=_text(fields.get("index-number")),
        issuer=issuer.text if issuer else None,
        region=region.name if region else None,
        region_code=region.code if region else None,
        issued_on=issued[0] if issued else None,
        published_on=published[0] if published else None,
        effect_status=status,
        period_start=period[0],
        period_end=period[1],
        subject=_text(fields.get("subject")),
        spans=spans,
    )
    own = _own_names(page, head, title)
    return Masthead(document, title, tuple(head), own)


def _text(passage: Passage | None) -> str | None:
    return passage.text if passage else None


#: A value that stands right behind its label, where a page parted them by their looks alone.
_STUCK = (
    r"(?=(?:19|20)\d\d\s*[年./-]\s*\d|[A-Z\d][A-Z\d/-]{7}|[\u4e00-\u9fff]{1,12}[〔\[(（﹝]\s*(?:19|20)\d\d"
    r"|(?:现行|继续|部分|全文|已)?(?:有效|失效|废止)\s*$)"
)


@lru_cache(maxsize=8)
def _label_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Any field label, its characters possibly spaced out, and what parts it from its value."""
    names = sorted(
        {name for concept in vocabulary["masthead-fields"] for name in concept.names},
        key=lambda name: (-len(name), name),
    )
    spaced = (r"[\s\u3000]*".join(map(re.escape, "".join(name.split()))) for name in names)
    return re.compile(
        rf"[•·\s【\[]*(?P<label>{'|'.join(spaced)})"
        rf"(?:(?P<colon>[】\]]?\s*[:：]\s*|[】\]]\s*)|\s+|$|{_STUCK})"
    )


def _read_fields(
    page: Page, head: Sequence[Block], tables: Sequence[Span], vocabulary: Vocabulary
) -> Mapping[str, Passage]:
    """The labelled fields of the masthead, the first that has a value of each.

    A line may hold several fields; a value may stand on the line below its label.
    """
    pattern = _label_pattern(vocabulary)
    fields: dict[str, Passage] = {}
    usually: set[str] = set()
    lines = [*head, *_table_lines(page, tables)]
    for index, block in enumerate(lines):
        labels = _find_labels(block, pattern)
        for label, following in zip_longest(labels, labels[1:]):
            concept = vocabulary["masthead-fields"].find(label.group("label"))
            if concept is None:
                continue
            end = following.start() if following else len(block.text)
            if block.text[label.end() : end].strip():
                piece = block.part(label.end(), end)
            elif following or index + 1 == len(lines) or _find_labels(lines[index + 1], pattern):
                continue
            else:
                piece = lines[index + 1]
            # Of two labels that mean the same the usual one counts (生成日期 beside 发布日期).
            usual = "".join(label.group("label").split()) == concept.label
            if usual and concept.notation not in usually:
                usually.add(concept.notation)
                fields[concept.notation] = Passage(piece.text, piece.span)
            fields.setdefault(concept.notation, Passage(piece.text, piece.span))
    for notation, passage in _read_metadata(page, vocabulary):
        fields.setdefault(notation, passage)
    return fields


def _read_metadata(page: Page, vocabulary: Vocabulary) -> Iterator[tuple[str, Passage]]:
    """The fields a web page declares by ``<meta>``, of those whose words stand in its text too."""
    meanings = {
        name.lower(): concept.notation
        for concept in vocabulary["masthead-fields"]
        for name in concept.properties.get("metaName", ())
    }
    for name, value in page.metadata:
        notation = meanings.get(name.lower())
        start = page.text.find(value) if notation and value else -1
        if notation and start >= 0:
            yield notation, Passage(value, Span(start, start + len(value)))


def _table_lines(page: Page, tables: Sequence[Span]) -> Iterator[Block]:
    """The lines of the page's marked tables that are no data tables: fields may stand in them."""
    data = set(tables)
    for table in page.tables:
        if table.span not in data:
            # A cell that covers several columns stands in each.
            seen = dict.fromkeys(
                block for row in table.rows for cell in row for block in cell.blocks
            )
            yield from seen


def _find_labels(block: Block, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """The field labels of a line.

    One without a colon counts only at the line's start, or behind another one that is parted
    from its value by white space.
    """
    if len(block.text) > _LONGEST_FIELDS or not pattern.match(block.text):
        return []
    found = list(pattern.finditer(block.text))
    spaced = found[0].group("colon") is None
    if spaced and len(found) == 1 and _TITLE_END.search(block.text):
        return []
    return [
        label
        for label in found
        if label.group("colon")
        or label.start() == 0
        or (spaced and block.text[label.start()].isspace())
    ]


def _is_tagged(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line is a title behind a tag on its force (【失效】…的通知), and no field."""
    tag = _TAG.match(block.text)
    if tag is None or tag.end() == len(block.text):
        return False
    return vocabulary["effect-status"].find(tag["tag"] or tag["status"]) is not None


def _shows_place(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a line says where on its site the page stands: 当前位置：首页 / 政务公开 / 文件."""
    return bool(_PATH.search(block.text)) and is_boilerplate(block, vocabulary)


def _choose_title(
    page: Page, head: Sequence[Block], fields: Mapping[str, Passage]
) -> Passage | None:
    """The document's title: the field of that name, else the fullest title among the lines.

    A title broken over lines is put together; a site's tag before it (【专题】) is left out.
    """
    candidates = [
        passage
        for start in range(len(head))
        if (passage := _read_title(page, head, start)) is not None
    ]
    field = _cut_number(fields.get("title"))
    if field and _TITLE_END.search(field.text):
        # The field may leave out the issuer, which a line of the page has before the same words.
        fuller = [title for title in candidates if title.text.endswith(field.text)]
        return max([field, *fuller], key=lambda title: len(title.text))
    if candidates:
        # The fullest: it names the issuer and what it is about. The first of equals.
        return max(
            candidates,
            key=lambda title: (
                bool(_ABOUT.search(title.text)),
                _names_issuer(title.text),
                -title.span.start,
            ),
        )
    if field:
        return field
    plain = [block for block in head if _looks_like_title(block.text)]
    plain += [
        block
        for block in head
        if _SHORTEST_TITLE <= len(block.text) <= _LONGEST_TITLE and not read_date(block.text[:12])
    ]
    return next((Passage(block.text, block.span) for block in plain), None)


def _cut_number(field: Passage | None) -> Passage | None:
    """A title without the document's number in brackets behind it."""
    found = field and _NUMBER_BEHIND.search(field.text)
    if not field or not found:
        return field
    kept = Block(field.text, field.span).part(0, found.start())
    return Passage(kept.text, kept.span)


def _names_issuer(title: str) -> bool:
    found = _BEFORE_ABOUT.match(title)
    return bool(found and _ISSUER.search(found[1]))


def _looks_like_title(text: str) -> bool:
    if not 6 <= len(text) <= _LONGEST_TITLE or re.search(r"[。;；:：>]$|[>＞]", text):
        return False
    # 甲办公厅印发《关于…的意见》
    return not text.endswith("》") or bool(re.match(r"[^《]{4,40}(?:印发|发布|公布)《", text))


def _read_title(page: Page, head: Sequence[Block], start: int) -> Passage | None:
    """The title that starts at a line, over as many lines as it takes; None if none does."""
    block = head[start]
    if len(block.text) > 2 * _LONGEST_TITLE:
        return None
    tag = _TAG.match(block.text)
    if tag and tag.end() < len(block.text):
        block = block.part(tag.end(), len(block.text))
    lines = [block]
    for following in (*head[start + 1 : start + _MOST_TITLE_LINES], None):
        text = "".join("".join(line.text.split()) for line in lines)
        number = DOC_NUMBER.search(text)
        bare = text[: number.start()] if number and number.end() == len(text) else text
        # The number's own words start after the sort of document that ends the title.
        if number and number.end() == len(text):
            cut = _cut_sort(text, number.start(), number.end())
            if cut > number.start():
                bare = text[:cut]
        if not _looks_like_title(bare) or re.search(r"[:：,，]", bare[:4]):
            return None
        if _is_day(lines[-1].text):
            return None
        if _TITLE_END.search(bare) and not _ends_early(bare):
            span = _span_of(page, lines[0].start, bare, lines[-1].end)
            return Passage(bare, span) if span else None
        cut_off = following and DOC_NUMBER.fullmatch(following.text) and _ABOUT.search(bare)
        if cut_off and _names_issuer(bare):
            # The site has cut the title off; its number stands below it.
            return Passage(bare, _span_of(page, lines[0].start, bare, lines[-1].end) or block.span)
        if following is None or len(lines[-1].text) > 60 or _field_like(following.text):
            return None
        lines.append(following)
    return None


def _is_day(line: str) -> bool:
    """Whether a line is the day that closes a letter: it is no part of the title below."""
    found = read_date(line) if len(line) <= _LONGEST_DAY else None
    return found is not None and not (line[: found[1]] + line[found[2] :]).strip()


def _ends_early(text: str) -> bool:
    """Whether a line that ends like a title is only the first part of one (关于印发…方案)."""
    opened = re.search(r"(?:印发|转发|发布)", text)
    return bool(opened) and not re.search(r"(?:通知|公告|函|决定|批复|意见)(?:\s*[(（].*)?$", text)


def _field_like(text: str) -> bool:
    return bool(re.match(r"\S{2,8}\s*[:：]", text))


def _span_of(page: Page, start: int, bare: str, limit: int) -> Span | None:
    """The span that holds these characters from a start on, white space skipped."""
    position = start
    for character in bare:
        while position < limit and page.text[position] != character:
            if not page.text[position].isspace():
                return None
            position += 1
        position += 1
    return Span(start, position) if position > start else None


#: A sort of document that ends a title, with its bracket. 函 and 规划 are words of numbers as
#: well (甲政函〔2024〕1号): a number has more than its year behind the title.
_ENDS_TITLE = re.compile(_SORT + r"(?:[(（][^()（）]{1,24}[)）]|[)）])?\s{0,3}(?=[\u4e00-\u9fff])")


def _cut_sort(text: str, start: int, end: int) -> int:
    """Where a number starts whose words run together with those of a title before it."""
    sorts = [found.end() for found in _ENDS_TITLE.finditer(text, start, end)]
    return sorts[-1] if sorts else start


def _choose_number(head: Sequence[Block], fields: Mapping[str, Passage]) -> Passage | None:
    """The document's own number: its field, else a number that ends a line of the masthead.

    The number of a document that is only named (根据《…》(…号)) does not end its line. Of several
    the first whole one is taken: one with a lost bracket only if there is no other.
    """
    if "doc-number" in fields and re.search(r"\d", fields["doc-number"].text):
        field = fields["doc-number"]
        found = DOC_NUMBER.search(field.text)
        if found:
            block = Block(field.text, field.span).part(found.start(), found.end())
            return Passage(block.text, block.span)
        return field
    candidates: list[Passage] = []
    orders: list[Passage] = []
    for block in head:
        if len(block.text) <= _LONGEST_TITLE and _ORDER_NUMBER.fullmatch(block.text):
            orders.append(Passage("".join(block.text.split()), block.span))
        for found in DOC_NUMBER.finditer(block.text):
            if found.end() != len(block.text) or "《" in block.text[: found.start()]:
                continue
            piece = block.part(_cut_sort(block.text, *found.span()), found.end())
            candidates.append(Passage("".join(piece.text.split()), piece.span))
    whole = [
        one for one in candidates if re.search(r"[〔﹝\[［【(（〖].*[〕﹞\]］】)）〗]", one.text)
    ]
    return next(iter(whole or candidates or orders), None)


@dataclass(frozen=True, slots=True)
class _Signature:
    issuer: Passage | None = None
    day: tuple[date, Span] | None = None


def _read_signature(page: Page) -> _Signature:
    """The issuer and date that close the notice, one below the other or in one line.

    Without an issuer beside it a date counts if it is written out (2018年8月22日): figures alone
    are when the site put the page up.
    """
    dated: _Signature | None = None
    blocks = [block for block in page.blocks if len(block.text) <= _LONGEST_SIGNATURE]
    for before, block in pairwise((None, *blocks)):
        assert block is not None
        found = read_date(block.text)
        if not found or block.text[found[2] :].strip(")） \u3000") not in ("", "印发"):
            continue
        day = found[0], Span(block.start + found[1], block.start + found[2])
        name = block.text[: found[1]].strip("(（ \u3000")
        if name and not _ISSUER.search("".join(name.split())):
            continue
        beside = block.part(0, found[1]) if name else before
        if beside and _ISSUER.search("".join(beside.text.split())):
            return _Signature(Passage("".join(beside.text.split()), beside.span), day)
        if dated is None and "年" in block.text:
            dated = _Signature(None, day)
    return dated or _Signature()


def _choose_issuer(
    title: Passage | None, fields: Mapping[str, Passage], signature: _Signature
) -> Passage | None:
    """Who issues the document: the signature's name, the title's before 关于, or the field's."""
    before = None
    if title:
        found = _BEFORE_ABOUT.match(title.text)
        if found and _ISSUER.search(found[1]):
            before = Passage(found[1], Span(title.span.start, title.span.start + found.end(1)))
    field = fields.get("issuer")
    if field and _SITE.search(field.text):
        field = None
    choices = [choice for choice in (signature.issuer, before, field) if choice]
    return max(choices, key=lambda choice: len(choice.text), default=None) if choices else None


def _read_field_date(field: Passage | None) -> tuple[date, Span] | None:
    if field is None:
        return None
    found = read_date(field.text)
    if not found:
        return None
    return found[0], Span(field.span.start + found[1], field.span.start + found[2])


def _first_date(
    head: Sequence[Block], but: Iterable[tuple[date, Span] | None]
) -> tuple[date, Span] | None:
    """The date that stands alone in a line of the page's head: when it was put on the site.

    ``but`` are dates that are known to tell something else.
    """
    taken = {one[1] for one in but if one}
    for block in head[:12]:
        bare = block.text.lstrip("•·- \u3000")
        found = read_date(bare)
        if found and found[1] == 0 and len(bare) <= 24:
            shift = block.start + len(block.text) - len(bare)
            span = Span(shift + found[1], shift + found[2])
            if span not in taken:
                return found[0], span
    return None


def _read_status(
    field: Passage | None, head: Sequence[Block], vocabulary: Vocabulary
) -> tuple[EffectStatus, Span | None]:
    """The force of a document: its field, else what stands in brackets before its title."""
    if field is None:
        for block in head:
            tag = _TAG.match(block.text)
            group = "status" if tag and tag["status"] else "tag"
            concept = tag and vocabulary["effect-status"].find(tag[group])
            if tag and concept:
                stated = EffectStatus(concept.notation.replace("-", "_"))
                return stated, block.part(*tag.span(group)).span
        return EffectStatus.UNKNOWN, None
    concept = vocabulary["effect-status"].find(field.text)
    status = concept.notation.replace("-", "_") if concept else "unknown"
    return EffectStatus(status), field.span


def _choose_region(
    page: Page,
    title: Passage | None,
    issuer: Passage | None,
    number: Passage | None,
) -> tuple[Region | None, Span | None]:
    """The region a document is for.

    The issuer's name decides, then the title's own region: the narrowest one a title names
    outside of the documents it carries out. Where both are silent or defaced, the region that
    the whole text names most, of those whose name the number's first character shares.
    """
    for passage in (issuer, title):
        if passage is None:
            continue
        found = regions_in(passage.text)
        if not found:
            if passage is issuer and _NATIONAL.match(passage.text):
                return get_region("100000"), passage.span
            opening = _region_at_start(passage.text)
            if opening:
                return opening, passage.span
            continue
        region, _, end = found[0]
        # 甲省乙市人民政府: the last of a run of names is the region meant.
        for other, other_start, other_end in found[1:]:
            if other_start == end:
                region, end = other, other_end
        return region, passage.span
    counts: Counter[str] = Counter()
    first: dict[str, tuple[Region, Span]] = {}
    for block in page.blocks:
        for region, start, end in regions_in(block.text):
            counts[region.code] += 1
            first.setdefault(region.code, (region, Span(block.start + start, block.start + end)))
    if not counts:
        return None, None
    initial = number.text[0] if number else ""
    code = max(
        counts,
        key=lambda c: (first[c][0].name.startswith(initial) if initial else False, counts[c], c),
    )
    region, span = first[code]
    return (
        (region, span)
        if counts[code] > 1 or region.name.startswith(initial or "\0")
        else (None, None)
    )


def _region_at_start(text: str) -> Region | None:
    """The region whose name without its kind opens a title (宁夏基本公共服务标准)."""
    for length in range(5, 1, -1):
        region = find_region(text[:length])
        if region and region.level in ("provincial", "prefectural"):
            return region
    return None


def _choose_period(
    page: Page, head: Sequence[Block], title: Passage | None, made: int | None
) -> tuple[int | None, int | None, Span | None]:
    """The planning period: a range of years or a five-year plan that the title names.

    It may be the title of what a notice passes on. Else the one the document states for itself
    (规划期为2021—2025年), else the one year of its title (2023年…实施方案), else the last year of
    its first goals (到2020年), which gives the end alone, or its first year (2020年起5年内).
    """
    for named in (*((title,) if title else ()), *_issued(head)):
        if period := find_period(named.text):
            return *period, named.span
    for block in page.blocks:
        stated = _STATED_PERIOD.search(block.text)
        if stated and (period := find_period(stated.group())):
            return *period, Span(block.start + stated.start(), block.start + stated.end())
    if title and (one := _ONE_YEAR.search(title.text)):
        return int(one[1]), int(one[1]), title.span
    for block in page.blocks:
        goals = [
            (int(found[1]), Span(block.start + found.start(), block.start + found.end()))
            for found in _GOAL_YEAR.finditer(block.text)
        ]
        since = _SINCE.search(block.text) if "年起" in block.text else None
        if since and not goals:
            span = Span(block.start + since.start(), block.start + since.end())
            return int(since[1]), None, span
        ahead = [goal for goal in goals if goal[0] >= (made or 0)]
        # A vision beside the goals looks further (到2035年).
        near = [goal for goal in ahead if not made or goal[0] <= made + _LONGEST_PLAN]
        if ahead:
            year, span = max(near or ahead)
            return None, year, span
    return None, None, None


_APPROVED = re.compile(r"《([^《》]{4,100})》\s?(?:已|业)?经[^，,。]{2,30}(?:同意|通过|批准|审定)")


def _issued(head: Sequence[Block]) -> Iterator[Passage]:
    """What a notice says it passes on: 《…》已经市政府同意."""
    for block in head[:40]:
        for stated in _APPROVED.finditer(block.text):
            yield Passage(stated.group(1), block.part(*stated.span(1)).span)


#: A line that names an annex, and one of those below 附件.
_NAMES_ANNEX = re.compile(r"附\s*[件表录]\s*[:：]?\s*\d{0,2}\s*[.、．:：]?\s*(\S.{3,80})$")
_LISTS_ANNEX = re.compile(r"\d{1,2}\s*[.、．]\s*(\S.{3,80}(?:清单|方案|分工|表|解读)\S{0,8})$")


def _own_names(page: Page, head: Sequence[Block], title: Passage | None) -> tuple[str, ...]:
    """The names by which the document calls itself: its title, the plan it issues, its annexes."""
    names = [title.text] if title else []
    names += [
        issued.group(1)
        for name in list(names)
        for issued in [
            re.search(r"(?:印发|转发|发布)(?:〈|《)?(.+?)(?:》|〉)?的(?:通知|公告|决定|函)", name)
        ]
        if issued
    ]
    for block in page.blocks:
        opening = block.text[:1]
        if opening == "附" and (annex := _NAMES_ANNEX.match(block.text)):
            names.append(annex.group(1))
        short = opening.isdigit() and len(block.text) < 60
        if short and (listed := _LISTS_ANNEX.match(block.text)):
            names.append(listed.group(1))
    names += [issued.text for issued in _issued(head)]
    return tuple(re.sub(r"\.(?:xlsx?|docx?|pdf|wps)\s*$", "", name) for name in names)
