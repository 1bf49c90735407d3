"""HTML as published: the words of a web page that a reader sees, as blocks and tables.

The page's text is put together here and kept: one block a line, in the order of the page.
Elements within a line (``span``, ``font``, ``b``, ``a``, ``sup``, Word's ``o:p``) never split a
word; ``br`` and block elements do. What a browser does not show (scripts, comments, selection
lists, hidden elements) is no text. Three decisions are made by grammar, never by a site's names:

* a table lists **data**, holds **pairs** of label and value, or merely lays out the page;
* which **encoding** the bytes are in, whatever the page declares;
* which stretches are the **site's own** (menus, breadcrumbs, footers): by their element, by the
  words of their class, or because they are short links and little else.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise

from lxml import etree

from pskg.model import Span
from pskg.read.errors import UnreadableError
from pskg.read.page import Block, Cell, Page, Table
from pskg.read.text import decode

__all__ = ["is_html", "read_html"]


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# ---- what there is in HTML ---------------------------------------------------------------

#: Elements without words of the page: what they hold is code, a choice or a substitute.
_SILENT = _names(
    "script style noscript template select option datalist textarea object applet embed iframe"
    " canvas svg math audio video noframes noembed head rp rt"
)
#: Elements that start a line of their own. All others stand within a line.
_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li"
    " listing main marquee menu nav ol p plaintext pre search section summary table tbody td tfoot"
    " th thead tr ul xmp"
)
_PREFORMATTED = frozenset(("pre", "listing", "xmp", "plaintext"))
_BOLD = frozenset(("b", "strong"))
#: A number and the words of a heading, without a stop.
_HEADS = re.compile(
    r"[(（]?[一二三四五六七八九十\d]{1,3}\s?[)）、.．]{1,2}\s?[\u4e00-\u9fff“”、]{4,40}"
)
_HIDDEN = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE
)
#: Hidden words no more than this are no hidden document.
_LITTLE = 100
_LINE_STYLE = re.compile(r"(?:^|[;\s])display\s*:\s*(block|inline)\s*(?:;|!|$)", re.IGNORECASE)
#: A link to a file is an annex of the document, not a way to another page.
_FILE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|wps|et|ofd|pdf|rtf|txt|csv|zip|rar|7z)\b", re.IGNORECASE
)

# ---- encodings -----------------------------------------------------------------------------

_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")
_ANY_TAG = re.compile(r"<[a-zA-Z!/]")
_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}>\s*)?<(?:!doctype\s+html|(?:html|head|body|meta|title|link|base"
    r"|script|style|div|table|center|font|span|p|h[1-6]|ul|ol|article|main|section)[\s/>])",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    r"<meta\b[^<>]{0,400}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})"
    r"|<\?xml\b[^<>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
#: How many bytes are searched for a declaration: pages put long comments before it.
_PREAMBLE = 16384
#: Declared names that are believed when the bytes agree; GB2312 says what GB18030 holds.
_ENCODINGS = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gb2312-80", "gbk", "x-gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("euc-cn", "cp936", "ms936", "windows-936", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cp950"), "big5hkscs"),
}
#: A tag with more attributes than this takes the parser time that grows with their square.
_MOST_ATTRIBUTES = 4000
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{16000,}")

# ---- white space ----------------------------------------------------------------------------

_WHITE = re.compile(r"[ \t\n\r\f]+")
#: Characters without width, and the line separators that a browser shows as nothing or a space.
_UNSEEN = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\xad\ufeff\x00-\x08\x0e-\x1b\x1f\x7f]+"
)
_UNSEEN_BREAK = re.compile(r"[\x0b\x1c-\x1e\x85\u2028\u2029]")
_HAN = re.compile(r"[\u3400-\u9fff]+")

# ---- tables -----------------------------------------------------------------------------------

#: A table wider than this is no table that anybody reads.
_WIDEST = 100
_SIZE = re.compile(r"\s*(\d{1,5})")
_ALL_ROWS = 100_000
#: A cell with more than half of a table's words is the page's body when it is this large.
_BODY_CHARACTERS = 1000
_BODY_LINES = 10
_LONGEST_LABEL = 14
#: The heading of a group of rows is no longer than this; what is, is a note.
_LONGEST_GROUP = 40
_NOTE = re.compile(r"[(（【\[]?\s*(?:注|备注|说明|注释|附注)\s*\d{0,2}\s*[】\]]?\s*[:：.、]")
_LABEL_END = re.compile(r"[:：∶】\]］]$")
_FIELD = re.compile(r"[^\s:：]{2,12}\s{0,9}[:：]")
_RULED = re.compile(r"border[^;]{0,60}(?:solid|double)", re.IGNORECASE)
_GRID_CLASS = re.compile(r"mso\w{0,20}table|border|grid", re.IGNORECASE)

# ---- the site's own words -----------------------------------------------------------------------

#: Names of classes and ids that tell what an element is for, by the words they are made of.
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CHROME_NAMES = _names(
    "nav navs navbar navi navigation navigator topnav subnav sidenav menu menus submenu topmenu"
    " foot footer bottomnav breadcrumb breadcrumbs crumb crumbs bread copyright"
    " friendlink friendlinks yqlj daohang pager pagination gotop totop backtop"
)
#: Names of rows of buttons, beside which a page often has its date and source.
_BUTTON_NAMES = _names(
    "share sharing bdshare bdsharebuttonbox socialshare print printer toolbar toolbox tools topbar"
    " weizhi dqwz search searchbox login qrcode ewm"
)
_LONGEST_BUTTONS = 60
_DATE = re.compile(r"(?:19|20)\d\d\s{0,3}[-/.年]\s{0,3}\d")
_CHROME_ELEMENTS = frozenset(("nav", "footer", "search"))
#: What stands beside or above the document may be the site's, or the document's fields and title.
_EDGE_NAMES = frozenset(("sidebar", "sider"))
_EDGE_ELEMENTS = frozenset(("header", "aside"))
#: Elements whose header and footer are the article's.
_ARTICLE = frozenset(("article", "main", "section"))
#: Short links and little else: how many, how long at most on average, and what share of the words.
_FEWEST_LINKS = 5
_LONGEST_LINK = 30
_LINK_SHARE = 0.6
#: A line with more Han characters outside of links says something of its own.
_LONGEST_CAPTION = 14


def is_html(data: bytes, source: str) -> bool:
    """Whether a file is a web page: it opens like one, or is called one and holds any tag.

    >>> is_html(b"<!DOCTYPE html><p>x", "a"), is_html(b"a < b", "a.html"), is_html(b"<p>", "a.txt")
    (True, False, True)
    """
    head = _read_head(data).lstrip("\ufeff \t\r\n")
    while head.startswith("<!--") and "-->" in head:
        head = head.partition("-->")[2].lstrip()
    if _OPENING.match(head):
        return True
    named = source.lower().endswith(_ENDINGS)
    return named and bool(_ANY_TAG.search(head) or _ANY_TAG.search(data.decode("latin-1")))


def _read_head(data: bytes) -> str:
    """The first characters, good enough to find tags in."""
    head = data[:_PREAMBLE]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def read_html(data: bytes, source: str) -> Page:
    r"""Read a web page.

    The encoding is that of the bytes: a byte order mark, else UTF-8 where they are UTF-8, else
    what ``<meta charset>``, ``http-equiv`` or the XML declaration says, else GB18030.

    Raises UnreadableError where the page shows no words: a frameset, an empty body, a page whose
    text a script loads, or bytes that are no text.

    >>> page = read_html("<p>覆盖率9<b>5</b>%<p>二、<font>保障</font>".encode(), "a.html")
    >>> page.text, [page.quote(block.span) for block in page.blocks]
    ('覆盖率95%\n二、保障', ['覆盖率95%', '二、保障'])
    """
    text, encoding = decode(data, source, declared=_find_encoding(data))
    root = _parse(text, source)
    seen = _Walk(root, hidden_too=False)
    if seen.unseen > max(_LITTLE, sum(len(line.text) for line in seen.lines)):
        # A page that a script unfolds: most of it is hidden until then.
        seen = _Walk(root, hidden_too=True)
    if not seen.lines:
        raise UnreadableError(source, *_explain_empty(root))
    layout = _Layout(seen)
    return Page(
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/html",
        encoding=encoding,
        text=layout.text,
        blocks=layout.blocks,
        tables=layout.tables,
        metadata=tuple(seen.metadata),
        boilerplate=layout.boilerplate,
    )


def _find_encoding(data: bytes) -> str | None:
    """The encoding to try first. Bytes that are UTF-8 throughout are nothing else by chance."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        found = _DECLARED.search(_read_head(data))
        name = (found.group(1) or found.group(2)).lower() if found else ""
        return _ENCODINGS.get(name)
    return "utf-8"


def _parse(text: str, source: str) -> etree._Element:
    for tag in _LONG_TAG.finditer(text):
        if len(tag.group().split()) > _MOST_ATTRIBUTES or tag.group().count("=") > _MOST_ATTRIBUTES:
            raise UnreadableError(
                source, "a tag of it has thousands of attributes", "save the page as text"
            )
    # A parser serves once: it keeps the log of its errors. The text goes in as UTF-8, because
    # an encoding that it declares in its first line is no longer true.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if root is None:
        raise UnreadableError(source, "the page is empty", "give a page with text in it")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableError(
            source, "its elements are nested too deeply to be read whole", "save the page as text"
        )
    return root


def _explain_empty(root: etree._Element) -> tuple[str, str]:
    """Why a page shows no words, and what to do about it."""
    frames = [element.get("src") or "" for element in root.iter("frame", "iframe")]
    names = ", ".join(name[:80] for name in frames[:3] if name)
    where = f" ({names})" if names else ""
    if root.find(".//frameset") is not None or root.find(".//frame") is not None:
        return "this is a frameset: its text is in other pages", f"save the page framed{where}"
    if frames:
        return "its text is in a frame, which is another page", f"save the page framed{where}"
    if root.find(".//script") is not None:
        return (
            "the page shows no text until its scripts have run",
            "save it from a browser once it shows its text",
        )
    return "the page shows no text", "give a page with text in it"


# ---- the walk: elements to lines ------------------------------------------------------------


@dataclass(slots=True)
class _Line:
    """A line of words, how much of it is links, and how much Han text is not."""

    text: str
    linked: int
    links: int
    plain: int
    #: Whether it goes on with the line before it, as a value does with its label.
    glued: bool = False

    @property
    def speaks(self) -> bool:
        """Whether it says more than a caption among links does: a sentence, a title, a field."""
        if self.plain > _LONGEST_CAPTION:
            return True
        return self.linked * 2 < len(self.text) and bool(_FIELD.match(self.text))


@dataclass(slots=True, eq=False)
class _Cell:
    """A cell: the lines it holds, and how many columns and rows it covers."""

    first: int
    last: int
    columns: int
    rows: int
    header: bool
    nested: bool = False


@dataclass(slots=True, eq=False)
class _Table:
    first: int
    last: int = 0
    rows: list[list[_Cell]] = field(default_factory=list)
    #: Whether the page says that this is a table: headings, a caption, ruled lines.
    marked: bool = False
    layout: bool = False


@dataclass(slots=True)
class _Stretch:
    """The lines of a block element, and what its name and class say that it is."""

    first: int
    last: int
    named: bool
    buttons: bool
    edge: bool


class _Walk:
    """One pass over the elements of a page, in the order of the page."""

    def __init__(self, root: etree._Element, *, hidden_too: bool) -> None:
        self.lines: list[_Line] = []
        self.tables: list[_Table] = []
        self.stretches: list[_Stretch] = []
        self.metadata: list[tuple[str, str]] = []
        #: How many characters hidden elements hold.
        self.unseen = 0
        self._hidden_too = hidden_too
        self._pieces: list[str] = []
        self._linked = self._links = self._plain = 0
        self._ends_blank = True
        #: Whether bold words that open a numbered paragraph have just ended.
        self._ends_bold = False
        self._in_link = self._in_preformatted = self._in_article = 0
        self._open_tables: list[_Table] = []
        self._open_cells: list[_Cell] = []
        self._walk(root)

    def _walk(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        #: Each open element: its name, blank where it is passed over, and its stretch of lines.
        opened: list[tuple[str, _Stretch | None]] = []
        for event, element in walk:
            if event == "start":
                tag = str(element.tag).lower()
                if self._is_passed_over(element, tag):
                    opened.append(("", None))
                    walk.skip_subtree()
                    continue
                stretch = None
                if _starts_line(element, tag):
                    self._end_line()
                    stretch = self._open_stretch(element, tag)
                opened.append((tag, stretch))
                self._enter(element, tag)
                self._add(element.text)
                continue
            tag, stretch = opened.pop()
            if tag:
                if stretch or tag == "br":
                    self._end_line()
                if stretch:
                    stretch.last = len(self.lines)
                self._leave(element, tag)
            self._add(element.tail)
        self._end_line()

    # -- elements

    def _is_passed_over(self, element: etree._Element, tag: str) -> bool:
        """Whether an element's words are not the page's; what it tells otherwise is noted."""
        if tag == "head":
            self._read_head(element)
        if tag in _SILENT:
            return True
        if self._is_hidden(element):
            self.unseen += _count_words(element)
            return True
        if tag == "meta":
            self._read_meta(element)
        return tag == "title"

    def _is_hidden(self, element: etree._Element) -> bool:
        if self._hidden_too:
            return False
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        return bool(hidden)

    def _read_head(self, head: etree._Element) -> None:
        """Fields declared outside the text: the ``meta`` elements, then the page's title."""
        for meta in head.iter("meta"):
            self._read_meta(meta)
        for title in head.iter("title"):
            words = " ".join("".join(map(str, title.itertext())).split())
            if words:
                self.metadata.append(("title", words))

    def _read_meta(self, meta: etree._Element) -> None:
        name = meta.get("name") or meta.get("property") or ""
        content = meta.get("content") or ""
        if name.strip() and content.strip():
            self.metadata.append((name.strip(), " ".join(content.split())))

    def _open_stretch(self, element: etree._Element, tag: str) -> _Stretch:
        words = f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
        parts = _split_names(words)
        free = not self._in_article
        stretch = _Stretch(
            len(self.lines),
            len(self.lines),
            named=bool(parts & _CHROME_NAMES) or (tag in _CHROME_ELEMENTS and free),
            buttons=bool(parts & _BUTTON_NAMES),
            edge=bool(parts & _EDGE_NAMES) or (tag in _EDGE_ELEMENTS and free),
        )
        self.stretches.append(stretch)
        return stretch

    def _enter(self, element: etree._Element, tag: str) -> None:
        if tag in _BOLD:
            self._ends_bold = False
        if tag == "a" and _leads_away(element):
            self._in_link += 1
            self._links += 1
        elif tag in _PREFORMATTED:
            self._in_preformatted += 1
        elif tag in _ARTICLE:
            self._in_article += 1
        elif tag == "table":
            if self._open_tables and self._open_tables[-1].rows:
                for cell in self._open_tables[-1].rows[-1][-1:]:
                    cell.nested = True
            table = _Table(len(self.lines), marked=_is_ruled(element))
            table.layout = (element.get("role") or "").strip() in ("presentation", "none")
            self._open_tables.append(table)
            self.tables.append(table)
        elif self._open_tables:
            table = self._open_tables[-1]
            if tag == "tr":
                table.rows.append([])
            elif tag in ("td", "th"):
                if not table.rows:
                    table.rows.append([])
                here = len(self.lines)
                columns = _read_size(element.get("colspan")) or 1
                rows = _read_size(element.get("rowspan")) or _ALL_ROWS
                cell = _Cell(here, here, columns, rows, tag == "th")
                table.rows[-1].append(cell)
                # A row may open within a cell: the last one is not always the one that ends.
                self._open_cells.append(cell)
                table.marked |= tag == "th" or _is_ruled(element)
            elif tag in ("thead", "caption"):
                table.marked = True

    def _leave(self, element: etree._Element, tag: str) -> None:
        if tag in _BOLD:
            self._ends_bold = bool(_HEADS.fullmatch("".join(self._pieces).strip()))
        elif tag == "a" and _leads_away(element):
            self._in_link -= 1
        elif tag in _PREFORMATTED:
            self._in_preformatted -= 1
        elif tag in _ARTICLE:
            self._in_article -= 1
        elif tag == "table":
            self._open_tables.pop().last = len(self.lines)
        elif tag in ("td", "th") and self._open_tables:
            self._open_cells.pop().last = len(self.lines)

    # -- words

    def _add(self, words: str | None) -> None:
        """Words within a line, white space collapsed as a browser does."""
        if not words:
            return
        if not words.isprintable():  # or else all of it is seen
            words = _UNSEEN_BREAK.sub(" ", _UNSEEN.sub("", words))
        if self._in_preformatted:
            for index, piece in enumerate(words.replace("\r\n", "\n").split("\n")):
                if index:
                    self._end_line()
                self._put(piece)
            return
        words = _WHITE.sub(_collapse, words)
        if self._ends_bold:
            # What looks parted is parted: 1.健全甲制度 in bold, its text right behind.
            self._ends_bold = False
            words = f" {words}" if _HAN.match(words) else words
        if self._ends_blank and words.startswith(" "):
            words = words[1:]
        self._put(words)

    def _put(self, words: str) -> None:
        if not words:
            return
        self._pieces.append(words)
        self._ends_blank = words.endswith(" ")
        if self._in_link:
            self._linked += len(words)
        else:
            self._plain += sum(map(len, _HAN.findall(words)))

    def _end_line(self) -> None:
        words = "".join(self._pieces).strip()
        if words:
            self.lines.append(_Line(words, self._linked, self._links, self._plain))
        self._pieces.clear()
        self._linked = self._plain = 0
        # A link broken over lines counts once.
        self._links = 0
        self._ends_blank = True
        self._ends_bold = False


# A page gives few names to many elements.
@lru_cache(maxsize=1024)
def _split_names(words: str) -> frozenset[str]:
    """The names of classes and ids, and the words they are made of, in lower case."""
    return frozenset(part.lower() for part in (*_NAME_PART.findall(words), *words.split()))


def _count_words(element: etree._Element) -> int:
    """How many characters of text an element holds, code left out."""
    return sum(
        len((inner.text or "").strip())
        for inner in element.iter()
        if str(inner.tag).lower() not in _SILENT
    )


def _collapse(white: re.Match[str]) -> str:
    """A run of white space is a space; a line break between two Han characters is nothing.

    That is how CSS has it (Text 3, segment breaks), and how word processors, which break the
    lines of their HTML in the middle of Chinese words, mean it.
    """
    text, start, end = white.string, white.start(), white.end()
    if start > 0 and end < len(text) and ("\n" in white.group() or "\r" in white.group()):
        wide = all(unicodedata.east_asian_width(text[at]) in "WF" for at in (start - 1, end))
        return "" if wide else " "
    return " "


def _starts_line(element: etree._Element, tag: str) -> bool:
    """Whether an element stands on lines of its own: by its name, or by its style."""
    style = element.get("style")
    found = _LINE_STYLE.search(style) if style else None
    if found and tag in ("div", "p", "span", "a", "li", "b", "strong", "label", "em", "i"):
        return found.group(1).lower() == "block"
    return tag in _BLOCKS


def _leads_away(link: etree._Element) -> bool:
    href = link.get("href")
    return href is not None and not _FILE.search(href[-200:])


def _is_ruled(element: etree._Element) -> bool:
    """Whether a table or cell shows its lines."""
    border = (element.get("border") or "0").strip()
    return (
        border not in ("", "0", "0px", "none")
        or bool(_RULED.search(element.get("style") or ""))
        or bool(_GRID_CLASS.search(element.get("class") or ""))
    )


def _read_size(written: str | None) -> int:
    """A colspan or rowspan, 1 where it is none; a rowspan of 0 covers all rows below."""
    digits = _SIZE.match(written) if written else None
    return int(digits.group(1)) if digits else 1


# ---- the layout: lines to text, blocks, tables -------------------------------------------------


class _Layout:
    """What the lines make: the text, its blocks and tables, and the site's own stretches."""

    def __init__(self, seen: _Walk) -> None:
        self._lines = seen.lines
        self._lengths = _sum_up([len(line.text) for line in self._lines])
        self._linked = _sum_up([line.linked for line in self._lines])
        self._links = _sum_up([line.links for line in self._lines])
        self._plain = _sum_up([line.plain for line in self._lines])
        self._speaking = _sum_up([int(line.speaks) for line in self._lines])
        self._dated = _sum_up([int(bool(_DATE.search(line.text))) for line in self._lines])
        own = list(self._find_chrome(seen.stretches))
        #: Labels without a value: form, and not to be taken for the label of the next line.
        self._empty_fields: list[tuple[int, int]] = []
        set_apart = bytearray(len(self._lines))
        for first, last in own:
            set_apart[first:last] = b"\1" * (last - first)
        kept: list[tuple[_Table, list[list[_Cell]]]] = []
        end = 0
        for table in seen.tables:
            # Outer tables come first: one within a data table is part of its cell.
            if table.first < end or table.first == table.last or set_apart[table.first]:
                continue
            follows = bool(kept) and kept[-1][0].last == table.first
            grid = self._read_grid(table, kept[-1][1] if follows else None)
            if grid:
                kept.append((table, grid))
                end = table.last
        self.text, placed = _assemble(self._lines)
        taken = bytearray(len(placed))
        found: list[tuple[_Table, Table]] = []
        for table, grid in kept:
            for cell in {cell for row in grid for cell in row if cell.last > cell.first}:
                taken[cell.first : cell.last] = b"\1" * (cell.last - cell.first)
            found.append((table, _make_table(grid, placed)))
        self.tables = tuple(self._join_tables(found))
        self.blocks = tuple(
            dict.fromkeys(block for block, used in zip(placed, taken, strict=True) if not used)
        )
        self.boilerplate = tuple(
            Span(placed[first].start, placed[last - 1].end)
            for first, last in sorted(own + self._empty_fields)
        )

    # -- the site's own words

    def _find_chrome(self, stretches: Sequence[_Stretch]) -> Iterator[tuple[int, int]]:
        """The outermost elements that are the site's own, as ranges of lines."""
        end = 0
        for one in sorted(stretches, key=lambda one: (one.first, -one.last)):
            if one.first >= end and one.first < one.last and self._is_chrome(one):
                yield one.first, one.last
                end = one.last

    def _is_chrome(self, one: _Stretch) -> bool:
        first, last = one.first, one.last
        characters = self._lengths[last] - self._lengths[first]
        linked = self._linked[last] - self._linked[first]
        links = self._links[last] - self._links[first]
        speaks = self._speaking[last] > self._speaking[first]
        plain = self._plain[last] - self._plain[first]
        # Names are no proof: what is printed is called "print" as often as the button.
        if one.named and plain * 3 <= self._plain[-1]:
            return True
        if one.buttons and plain <= min(_LONGEST_BUTTONS, self._plain[-1] // 3):
            return self._dated[last] == self._dated[first]
        if one.edge and not speaks:
            return True
        return (
            links >= _FEWEST_LINKS
            and linked > characters * _LINK_SHARE
            and linked <= links * _LONGEST_LINK
            and not speaks
        )

    # -- tables

    def _size(self, cell: _Cell) -> int:
        return self._lengths[cell.last] - self._lengths[cell.first]

    def _words(self, cell: _Cell) -> str:
        return "".join("".join(line.text.split()) for line in self._lines[cell.first : cell.last])

    def _read_grid(
        self, table: _Table, before: list[list[_Cell]] | None
    ) -> list[list[_Cell]] | None:
        """The rows of a data table, each with one cell a column; None for a layout table.

        The pairs of label and value in a table of fields are put on one line each. A table right
        below another with as many columns (``before``) goes on with it, however short it is.
        """
        rows = [
            filled for row in table.rows if (filled := [cell for cell in row if self._size(cell)])
        ]
        if table.layout or not rows or self._join_pairs(table) or max(map(len, rows)) < 2:
            return None
        cells = [cell for row in rows for cell in row]
        nested = sum(cell.nested for cell in cells)
        if nested * 10 > len(cells):
            return None
        total = self._lengths[table.last] - self._lengths[table.first]
        largest = max(cells, key=self._size)
        if self._size(largest) * 2 > total and (
            self._size(largest) > _BODY_CHARACTERS or largest.last - largest.first > _BODY_LINES
        ):
            return None
        linked = self._linked[table.last] - self._linked[table.first]
        if linked > total * _LINK_SHARE:
            return None
        fields = sum(bool(_FIELD.match(self._lines[cell.first].text)) for cell in cells)
        if fields * 10 > len(cells) * 6:
            return None
        grid = _resolve_spans(table.rows)
        if grid and before and len(grid[0]) == len(before[0]):
            return self._trim_notes(grid)
        grid = self._trim_notes(grid[_count_titles(grid) :]) if grid else None
        if not grid:
            return None
        several = sum(len(_filled(row)) > 1 for row in grid)
        if several < 2 or several * 4 < len(grid):
            return None
        if not table.marked and (
            several * 10 < len(grid) * 7 or (len(grid) < 3 and len(grid[0]) < 3)
        ):
            return None
        return grid

    def _trim_notes(self, grid: list[list[_Cell]]) -> list[list[_Cell]]:
        """A table without the notes in its last rows, which are paragraphs below it."""
        end = len(grid)
        while end > 1 and (only := _only_cell(grid[end - 1])):
            if not _NOTE.match(self._lines[only.first].text) and self._size(only) <= _LONGEST_GROUP:
                break
            end -= 1
        return grid[:end]

    def _join_pairs(self, table: _Table) -> bool:
        """Whether a table holds labels and values by turns; if so, each pair becomes one line.

        Labels are short; they end with a colon or bracket, or are headings (``th``) beside
        plain cells, twice or more in a row.
        """
        pairs: list[tuple[_Cell, _Cell]] = []
        signs = 0
        doubled = False
        for row in table.rows:
            if len(row) < 2:
                if row and self._size(row[0]) > 0 and len(self._words(row[0])) > 60:
                    return False
                continue
            if len(row) % 2:
                return False
            doubled |= len(row) > 2
            for label, value in zip(row[::2], row[1::2], strict=True):
                words = self._words(label) if self._size(label) < 80 else "?" * 80
                if not words and not self._size(value):
                    continue
                if not words or len(words) > _LONGEST_LABEL:
                    return False
                pairs.append((label, value))
                signs += bool(_LABEL_END.search(words))
        alternate = all(label.header and not value.header for label, value in pairs)
        if not pairs or not (signs * 2 >= len(pairs) or (alternate and doubled)):
            return False
        for label, value in pairs:
            if label.last - label.first == 1 and label.last == value.first < value.last:
                self._lines[value.first].glued = True
            elif value.last == value.first:
                self._empty_fields.append((label.first, label.last))
        return True

    def _join_tables(self, found: Sequence[tuple[_Table, Table]]) -> Iterator[Table]:
        """Tables on end with the same columns are one that a page break split."""
        joined: list[tuple[_Table, Table]] = []
        for mark, table in found:
            if joined and joined[-1][0].last == mark.first:
                before = joined[-1][1]
                if len(before.rows[0]) == len(table.rows[0]) and not _repeats(before, table):
                    whole = Table(before.rows + table.rows, before.span.to(table.span))
                    joined[-1] = (mark, whole)
                    continue
            joined.append((mark, table))
        return (table for _, table in joined)


def _sum_up(values: Sequence[int]) -> list[int]:
    """Running sums: the sum of values i to j is ``sums[j] - sums[i]``."""
    return [0, *accumulate(values)]


def _assemble(lines: Sequence[_Line]) -> tuple[str, list[Block]]:
    """The text, and for each line the block it stands in."""
    texts: list[str] = []
    numbers: list[int] = []
    for line in lines:
        if line.glued and texts:
            texts[-1] += f" {line.text}"
        else:
            texts.append(line.text)
        numbers.append(len(texts) - 1)
    blocks: list[Block] = []
    start = 0
    for text in texts:
        blocks.append(Block(text, Span(start, start + len(text))))
        start += len(text) + 1
    return "\n".join(texts), [blocks[number] for number in numbers]


def _resolve_spans(rows: Sequence[Sequence[_Cell]]) -> list[list[_Cell]] | None:
    """Rows with one cell a column, a cell that covers several standing in each.

    Rows without words of their own are left out, and columns that repeat the one before in every
    row (a word processor's grid) count once. None where the table is too wide to be one.
    """
    grid: list[list[_Cell]] = []
    #: By column: the cell that reaches down into the next row, and how many rows it has left.
    carried: dict[int, tuple[_Cell, int]] = {}
    for cells in rows:
        row: list[_Cell] = []
        below: dict[int, tuple[_Cell, int]] = {}
        waiting = iter(cells)
        cell = next(waiting, None)
        while cell or carried:
            if len(row) > _WIDEST:
                return None
            if len(row) in carried:
                one, left = carried.pop(len(row))
                columns = 1
            elif cell:
                one, left, columns = cell, cell.rows, min(cell.columns, _WIDEST)
                cell = next(waiting, None)
            else:
                one, left, columns = _Cell(0, 0, 1, 1, header=False), 1, 1
            for offset in range(columns):
                if offset and len(row) in carried:
                    break
                if left > 1:
                    below[len(row)] = (one, left - 1)
                row.append(one)
        carried = below
        if any(one.last > one.first for one in cells):
            grid.append(row)
    if not grid:
        return None
    width = max(map(len, grid))
    if width > _WIDEST:
        return None
    for row in grid:
        row.extend(_Cell(0, 0, 1, 1, header=False) for _ in range(width - len(row)))
    by_column = list(zip(*grid, strict=True))
    kept = by_column[:1]
    kept += [column for before, column in pairwise(by_column) if not _same(before, column)]
    return [list(row) for row in zip(*kept, strict=True)]


def _filled(row: Sequence[_Cell]) -> set[_Cell]:
    return {cell for cell in row if cell.last > cell.first}


def _only_cell(row: Sequence[_Cell]) -> _Cell | None:
    """The cell of a row that holds one alone: a title, a heading of a group, a note."""
    filled = _filled(row)
    only = filled.pop() if len(filled) == 1 else None
    return only if only and only.rows == 1 else None


def _count_titles(grid: Sequence[Sequence[_Cell]]) -> int:
    """How many rows at a table's top are its title or unit, which are lines above it."""
    count = 0
    while count < len(grid) and _only_cell(grid[count]):
        count += 1
    return count


def _same(one: Sequence[_Cell], other: Sequence[_Cell]) -> bool:
    return all(left is right for left, right in zip(one, other, strict=True))


def _make_table(grid: Sequence[Sequence[_Cell]], placed: Sequence[Block]) -> Table:
    made: dict[_Cell, Cell] = {}
    rows: list[tuple[Cell, ...]] = []
    for row in grid:
        for cell in row:
            if cell not in made:
                made[cell] = Cell(tuple(placed[cell.first : cell.last]))
        rows.append(tuple(made[cell] for cell in row))
    filled = [cell.span for cell in made.values() if cell]
    span = Span(min(span.start for span in filled), max(span.end for span in filled))
    return Table(tuple(rows), span)


def _repeats(before: Table, table: Table) -> bool:
    """Whether a table begins with the headings of the one before it."""
    heading = [cell.text for cell in table.rows[0]]
    return any([cell.text for cell in row] == heading for row in before.rows[:3])
