"""Web pages: what a reader sees becomes text, blocks and tables; what the site adds is set apart.

The pages in ``tests/html`` are made up.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pskg.extract import extract
from pskg.model import Role, StretchKind
from pskg.read import Page, UnreadableError, read_bytes, read_file
from pskg.read.html import is_html, read_html
from pskg.vocabulary import load

PAGES = Path(__file__).parent / "html"


def lines(markup: str) -> list[str]:
    return [block.text for block in read_html(markup.encode(), "a.html").blocks]


def rows(page: Page, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in page.tables[table].rows]


def set_apart(markup: str) -> list[str]:
    page = read_html(markup.encode(), "a.html")
    return [page.quote(span) for span in page.boilerplate]


def check_spans(page: Page) -> None:
    """Every block of the page stands where it says, once, and nothing else is in the text."""
    cells = {cell for table in page.tables for row in table.rows for cell in row}
    blocks = sorted(
        {*page.blocks, *(block for cell in cells for block in cell.blocks)},
        key=lambda block: block.span,
    )
    assert all(page.text[block.start : block.end] == block.text for block in blocks)
    assert all(block.text == block.text.strip() and "\n" not in block.text for block in blocks)
    assert "\n".join(block.text for block in blocks) == page.text
    for table in page.tables:
        assert len({len(row) for row in table.rows}) == 1
        for cell in cells:
            assert not cell or page.quote(cell.span)
    ends = [0]
    for span in page.boilerplate:
        assert span.start >= ends[-1]
        ends.append(span.end)
    assert ends[-1] <= len(page.text)


# ---- words -------------------------------------------------------------------------------------

LINES = [
    # A figure, a heading, a name split over elements within a line stays whole.
    ("<p>达到9<span>5</span>%", ["达到95%"]),
    ("<p><b>一、</b><font>总</font><font>则</font>", ["一、总则"]),
    ("<p>市<a href=x>财政</a>局<o:p></o:p>负责<sup>①</sup>", ["市财政局负责①"]),
    ("<p>面积5m<sup>2</sup>", ["面积5m2"]),
    # What parts lines: br, paragraphs, divisions, list entries, rules, cells of a layout.
    ("甲<br>乙<br/>丙", ["甲", "乙", "丙"]),
    ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
    ("<p>甲<p>乙", ["甲", "乙"]),
    ("甲<hr>乙", ["甲", "乙"]),
    ("<dl><dt>甲<dd>乙</dl>", ["甲", "乙"]),
    # The number that a browser puts before an entry is not text; one that is written is.
    ("<ol><li>甲</li><li>2.乙</li></ol>", ["甲", "2.乙"]),
    # Style decides over the element's name.
    ("<span style='display:block'>甲</span><span style='color:red'>乙</span>丙", ["甲", "乙丙"]),
    ("<div style='display: inline'>甲</div><div style='display:inline;'>乙</div>", ["甲乙"]),
    # White space is one space, none at the ends; a line break inside Chinese words is nothing.
    ("<p>  甲   乙 \t 丙\n</p>", ["甲 乙 丙"]),
    ("<p>贯彻实\n   施，\r\n并</p>", ["贯彻实施，并"]),
    ("<p>到2025\n年 GDP\n增长</p>", ["到2025 年 GDP 增长"]),
    ("<p><b>甲 </b> 乙</p>", ["甲 乙"]),
    # Spaces that cannot break are kept inside and cut off at the ends.
    ("<p>&nbsp;&nbsp;甲&nbsp;乙&#12288;</p>", ["甲\xa0乙"]),
    ("<p>&nbsp;</p><p>甲", ["甲"]),
    # Characters without width are invisible.
    ("<p>财\u200b政\ufeff局&shy;</p>", ["财政局"]),
    # Old pages number characters as Windows did.
    ("<p>2016&#150;2020年&#133;", ["2016–2020年…"]),
    # Preformatted text keeps its lines and spaces.
    ("<pre>甲  乙\n丙</pre>", ["甲  乙", "丙"]),
    # No text: code, comments (also those of Word), choices, substitutes, hidden elements.
    ("<script>a<b</script>甲<style>p{}</style><noscript>乙</noscript>", ["甲"]),
    ("财<!-- 不是 -->政<!--[if gte mso 9]><xml>x</xml><![endif]-->局", ["财政局"]),
    ("<![if !supportLists]>1.<![endif]>甲", ["1.甲"]),
    ("甲<select><option>乙</select><textarea>丙</textarea><input value=丁>戊", ["甲戊"]),
    ("<p>甲<iframe src=x><p>乙</iframe><object>丙</object>", ["甲"]),
    ("<p hidden>乙</p>甲<span style='DISPLAY : none'>丙</span>", ["甲"]),
    ("<title>乙</title>甲", ["甲"]),
    # Broken pages are read as browsers read them.
    ("<p><b>甲<p>乙</b></i></div>丙", ["甲", "乙丙"]),
    ("甲 < 乙 & 丙 &amp; 丁 &lt;p&gt;", ["甲 < 乙 & 丙 & 丁 <p>"]),
    ("</body></html>甲<p>乙", ["甲", "乙"]),
    ("<p>甲</p", ["甲"]),
    ("<td>甲</td><tr><td>乙", ["甲", "乙"]),
]


@pytest.mark.parametrize(("markup", "expected"), LINES)
def test_lines(markup: str, expected: list[str]) -> None:
    assert lines(markup) == expected
    check_spans(read_html(markup.encode(), "a.html"))


def test_page_that_a_script_unfolds_is_read() -> None:
    text = "为加快推进基本公共服务均等化，保障和改善民生，制定本方案。" * 4
    page = f"<p>正在加载<div style='display:none'><p>一、总体要求。<p>{text}</div>"
    assert lines(page) == ["正在加载", "一、总体要求。", text]
    # What is hidden beside the document stays hidden.
    assert lines(f"<p>{text}{text}<div style='display:none'>{text}</div>") == [text + text]


# ---- encodings -----------------------------------------------------------------------------------

BODY = "<p>为贯彻落实基本公共服务均等化的要求，制定本方案。</p><p>堃瑀街道办</p>"
CHARSETS = [
    ("<meta charset=utf-8>", "utf-8", "utf-8"),
    ("<meta http-equiv=Content-Type content='text/html; charset=gb2312'>", "gb18030", "gb18030"),
    ("<meta charset=GBK>", "gb18030", "gb18030"),
    # Declared wrongly, either way.
    ("<meta charset=gb2312>", "utf-8", "utf-8"),
    ("<meta charset=utf-8>", "gb18030", "gb18030"),
    ("<meta charset=iso-8859-1>", "gb18030", "gb18030"),
    # Not declared, or by a name that is no character set.
    ("", "utf-8", "utf-8"),
    ("", "gb18030", "gb18030"),
    ("<meta charset=rot13>", "gb18030", "gb18030"),
    # By a byte order mark, whatever is declared.
    ("<meta charset=gb2312>", "utf-8-sig", "utf-8"),
    ("<meta charset=gb2312>", "utf-16", "utf-16-le"),
    # XHTML, whose declaration a parser of text refuses; a script's charset is not the page's.
    ("<?xml version='1.0' encoding='gb2312'?>", "gb18030", "gb18030"),
    ("<?xml version='1.0' encoding='gb2312'?>", "utf-8", "utf-8"),
    ("<script charset='utf-8' src=x></script><meta charset=gbk>", "gb18030", "gb18030"),
]


@pytest.mark.parametrize(("head", "written", "read"), CHARSETS)
def test_charset(head: str, written: str, read: str) -> None:
    page = read_html((head + BODY).encode(written), "a.html")
    assert page.encoding == read
    assert [block.text for block in page.blocks] == [
        "为贯彻落实基本公共服务均等化的要求，制定本方案。",
        "堃瑀街道办",
    ]


def test_big5_is_read_where_declared() -> None:
    data = "<meta charset=big5><p>財政局負責教育經費</p>".encode("big5")
    assert [block.text for block in read_html(data, "a.html").blocks] == ["財政局負責教育經費"]


# ---- tables --------------------------------------------------------------------------------------

FIELDS = [
    # Labels end with a colon; an empty value; characters spaced out.
    (
        "<tr><td>索 引 号：</td><td>A-1</td><td>文号：</td><td></td></tr>"
        "<tr><td>标题：</td><td colspan=3>通知</td></tr>",
        ["索 引 号： A-1", "文号：", "标题： 通知"],
    ),
    # Labels are headings beside plain cells.
    (
        "<tr><th>索引号</th><td>A-1</td><th>文号</th><td>B</td></tr>",
        ["索引号 A-1", "文号 B"],
    ),
    # Label and value in one cell.
    (
        "<tr><td>索引号：A-1</td><td>文号：B</td></tr><tr><td>主题：C</td><td>日期：D</td></tr>",
        ["索引号：A-1", "文号：B", "主题：C", "日期：D"],
    ),
    # In brackets; a value of two lines.
    ("<tr><td>【机构】</td><td>甲局<br>乙局</td></tr>", ["【机构】 甲局", "乙局"]),
]


@pytest.mark.parametrize(("markup", "expected"), FIELDS)
def test_table_of_fields(markup: str, expected: list[str]) -> None:
    page = read_html(f"<table border=1>{markup}</table><p>正文".encode(), "a.html")
    assert [block.text for block in page.blocks] == [*expected, "正文"]
    assert page.tables == ()
    check_spans(page)


def test_field_without_value_does_not_take_the_next_line() -> None:
    page = read_html(
        "<table><tr><td>文号：</td><td></td></tr></table><p>国发〔2020〕1号".encode(), "a.html"
    )
    assert [block.text for block in page.without_boilerplate().blocks] == ["国发〔2020〕1号"]


PLAIN = "<tr><td>甲<td>乙<td>丙</tr><tr><td>1<td>2<td>3</tr><tr><td>4<td>5<td>6</tr>"
LONG = "<p>本方案所称公共服务，是指由政府主导提供的服务。</p>" * 40
LAYOUTS = [
    # One cell a row, or one row.
    "<table border=1><tr><td>甲</td></tr><tr><td>乙</td></tr></table>",
    "<table><tr><td>甲</td><td>乙</td></tr></table>",
    # Tables in its cells.
    f"<table border=1><tr><td><table>{PLAIN}</table></td><td>乙</td></tr></table>",
    # A cell that is the page.
    f"<table border=1><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>{LONG}</td></tr></table>",
    # It says so.
    f"<table role=presentation border=1>{PLAIN}</table>",
    # A list of links with their dates.
    "<table>" + "<tr><td><a href=x>关于某事的通知通知通知</a><td>1-2</tr>" * 4 + "</table>",
    # Wider than any table.
    "<table border=1><tr>" + "<td>1" * 300 + "</tr><tr>" + "<td>1" * 300 + "</tr></table>",
]


@pytest.mark.parametrize("markup", LAYOUTS)
def test_layout_table_is_transparent(markup: str) -> None:
    page = read_html(f"{markup}<p>正文".encode(), "a.html")
    assert not any(len(table.rows[0]) != 3 for table in page.tables)
    assert not page.tables or "<table>" in markup[7:]
    check_spans(page)


GRIDS = [
    # Unmarked, but regular.
    (f"<table>{PLAIN}</table>", [["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", "6"]]),
    # Two rows suffice where the page draws lines or has headings.
    (
        "<table border=1><tr><td>甲<td>乙</tr><tr><td>1<td>2</tr></table>",
        [["甲", "乙"], ["1", "2"]],
    ),
    (
        "<table><thead><tr><th>甲<th>乙</thead><tr><td>1<td>2</table>",
        [["甲", "乙"], ["1", "2"]],
    ),
    # A cell stands in each row and column that it covers; the second cell fills the gap.
    (
        "<table border=1><tr><td rowspan=2>甲<td colspan=2>乙</tr><tr><td>丙<td>丁</tr>"
        "<tr><td>1<td>2<td>3</tr></table>",
        [["甲", "乙", "乙"], ["甲", "丙", "丁"], ["1", "2", "3"]],
    ),
    # A rowspan of 0 covers the rest; too large a one ends with the table.
    (
        "<table border=1><tr><td rowspan=0>甲<td>乙<td rowspan=99>丙</tr><tr><td>1</tr>"
        "<tr><td>2</tr></table>",
        [["甲", "乙", "丙"], ["甲", "1", "丙"], ["甲", "2", "丙"]],
    ),
    # Short rows are filled up, empty ones left out, columns that only repeat count once.
    (
        "<table border=1><tr><td>甲<td colspan=2>乙<td>丙</tr><tr></tr><tr><td>&nbsp;</tr>"
        "<tr><td>1<td colspan=2>2</tr></table>",
        [["甲", "乙", "丙"], ["1", "2", ""]],
    ),
    # Cells and rows that are not closed; a cell of several paragraphs.
    (
        "<table border=1><tr><td><p>甲<p>乙<td>丙<tr><td>1<td>2<br>3",
        [["甲乙", "丙"], ["1", "23"]],
    ),
    # A table in one cell of many is a part of that cell.
    (
        "<table border=1>"
        + "<tr><td>1<td>2<td>3</tr>" * 4
        + "<tr><td>4<td>5<td><table><tr><td>a<td>b</tr></table></tr></table>",
        [["1", "2", "3"]] * 4 + [["4", "5", "ab"]],
    ),
]


@pytest.mark.parametrize(("markup", "expected"), GRIDS)
def test_data_table(markup: str, expected: list[list[str]]) -> None:
    page = read_html(f"<p>前</p>{markup}</table><p>后".encode(), "a.html")
    assert rows(page) == expected
    assert [block.text for block in page.blocks] == ["前", "后"]
    check_spans(page)


def test_title_and_notes_in_a_table_are_paragraphs() -> None:
    page = read_html(
        "<table border=1><caption>表1</caption><tr><td colspan=2>指标表</td></tr>"
        "<tr><td></td><td>单位：万元</td></tr><tr><td>甲<td>乙</tr><tr><td>1<td>2</tr>"
        "<tr><td colspan=2>二、其他</tr><tr><td>3<td>4</tr>"
        "<tr><td colspan=2>注：带*的为约束性。</tr></table>".encode(),
        "a.html",
    )
    assert rows(page) == [["甲", "乙"], ["1", "2"], ["二、其他", "二、其他"], ["3", "4"]]
    assert [block.text for block in page.blocks] == [
        "表1",
        "指标表",
        "单位：万元",
        "注：带*的为约束性。",
    ]
    check_spans(page)


def test_table_split_by_a_page_break_is_one() -> None:
    start = "<table border=1><tr><td>甲<td>乙</tr><tr><td>1<td>2</tr></table>"
    rest = "<table border=1><tr><td colspan=2>组</tr><tr><td>3<td>4</tr></table>"
    page = read_html(f"{start}<p>&nbsp;</p>{rest}".encode(), "a.html")
    assert rows(page) == [["甲", "乙"], ["1", "2"], ["组", "组"], ["3", "4"]]
    # With words between them, or with the headings again, they are two.
    assert len(read_html(f"{start}<p>表二</p>{start}".encode(), "a.html").tables) == 2
    assert len(read_html(f"{start}{start}".encode(), "a.html").tables) == 2


# ---- the site's own ----------------------------------------------------------------------------

TEXT = "<p>为加快推进基本公共服务均等化，保障和改善民生，现提出以下意见，请认真贯彻执行。</p>"
LINKS = "".join(f"<li><a href={n}>栏目{n}</a></li>" for n in range(6))
CHROME = [
    # By the element.
    ("<nav>首页 要闻</nav>" + TEXT, ["首页 要闻"]),
    (TEXT + "<footer><p>甲<p>乙</footer>", ["甲\n乙"]),
    ("<header><h1>某市政府网</h1></header>" + TEXT, ["某市政府网"]),
    # By the words of the class or id, however they are put together.
    ("<div class='top-nav'>首页</div>" + TEXT, ["首页"]),
    ("<div id=leftMenu>要闻</div>" + TEXT, ["要闻"]),
    ("<p class=BreadCrumb_x>位置</p>" + TEXT, ["位置"]),
    (TEXT + "<div class='share'>分享到 微信</div>", ["分享到 微信"]),
    # By links and little else; a caption among them goes along.
    (
        f"<div><h3>公开栏目</h3><ul>{LINKS}</ul></div>{TEXT}",
        ["公开栏目\n" + "\n".join(f"栏目{n}" for n in range(6))],
    ),
    # Not: the document in an element that is called after its print button,
    (f"<div id=printArea>{TEXT}</div>", []),
    # a row of buttons with the page's date, a title in the header, an article's own header,
    (TEXT + "<div class=tools>2021-03-04 来源：本网 打印</div>", []),
    ("<header><h1>关于加快推进基本公共服务均等化的意见</h1></header>" + TEXT, []),
    (f"<article><header>征求意见稿</header>{TEXT}<footer>某局</footer></article>", []),
    # a few links, links to files, links that lead nowhere, a table of fields beside links.
    (TEXT + "<p><a href=a>首页</a> <a href=b>要闻</a></p>", []),
    (TEXT + "<p>附件：" + "".join(f"<a href={n}.doc>表{n}</a> " for n in range(7)), []),
    (TEXT + "<div>" + "<p><a name=x>任务一</a></p>" * 7 + "</div>", []),
    # the document's fields beside it (but a list of news is the site's).
    ("<div class=sidebar><p>文号：泰政发〔2021〕8号</p></div>" + TEXT, []),
    (
        "<aside><p>要闻</p><a href=a>某市召开推进公共服务均等化工作会议</a></aside>" + TEXT,
        ["要闻\n某市召开推进公共服务均等化工作会议"],
    ),
    # Names that only begin like the site's words.
    ("<div class='footnote navigable'>备注文字</div>" + TEXT, []),
]


@pytest.mark.parametrize(("markup", "expected"), CHROME)
def test_boilerplate(markup: str, expected: list[str]) -> None:
    assert set_apart(markup) == expected
    check_spans(read_html(markup.encode(), "a.html"))


def test_short_notice_among_long_menus_is_not_boilerplate() -> None:
    menus = "".join(f"<li><a href={n}>栏目名称第{n}号</a></li>" for n in range(200))
    title = "<h1>关于调整最低生活保障标准的通知</h1>"
    page = read_html(f"<body><ul>{menus}</ul>{title}{TEXT}".encode(), "a.html")
    assert [block.text[:4] for block in page.without_boilerplate().blocks] == [
        "关于调整",
        "为加快推",
    ]


def test_table_in_boilerplate_is_no_table() -> None:
    page = read_html(f"<div class=footer><table border=1>{PLAIN}</table></div>{TEXT}".encode(), "a")
    assert page.tables == ()
    assert len(page.without_boilerplate().blocks) == 1


# ---- whole pages ---------------------------------------------------------------------------------


def test_notice_to_facts() -> None:
    page = read_file(PAGES / "notice.html")
    check_spans(page)
    assert page.metadata == (
        ("ArticleTitle", "关于印发养老服务实施方案的通知"),
        ("PubDate", "2021-03-09 10:00"),
        ("ContentSource", "泰州市人民政府办公室"),
        ("title", "关于印发养老服务实施方案的通知_政策文件_门户网站"),
    )
    reading = extract(page, load())
    document = reading.document
    assert document.title == "泰州市人民政府办公室关于印发养老服务实施方案的通知"
    assert document.doc_number == "泰政办发〔2021〕8号"
    assert document.index_number == "TZ000/2021-00017"
    assert document.issuer == "泰州市人民政府办公室"
    assert document.region == "泰州市"
    assert str(document.issued_on) == "2021-03-02"
    assert str(document.published_on) == "2021-03-09"
    # The field 主题词 has no value: the next line is not it.
    assert document.subject == "民政"
    assert [task.title for task in reading.tasks] == ["发展居家养老", "培养护理人员"]
    assert [(one.body.name, one.role) for one in reading.responsibilities] == [
        ("市民政局", Role.LEAD),
        ("市财政局", Role.COOPERATING),
        ("市卫生健康委", Role.COOPERATING),
        ("市人力资源社会保障局", Role.RESPONSIBLE),
    ]
    assert [(one.name, one.value, one.unit) for one in reading.indicators] == [
        ("护理型床位占比", "65", "%")
    ]
    kinds = {stretch.kind for stretch in reading.coverage}
    assert StretchKind.NOT_UNDERSTOOD not in kinds
    site = "".join(
        one.span.of(page.text) for one in reading.coverage if one.kind is StretchKind.BOILERPLATE
    )
    assert "今日天气" in site
    assert "技术支持" in site
    assert "养老" not in site


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_service_list_in_nested_tables_to_facts(encoding: str) -> None:
    data = (PAGES / "services.html").read_text("utf-8").encode(encoding)
    page = read_bytes(data, "services.html")
    assert page.encoding == encoding
    check_spans(page)
    assert [len(table.rows[0]) for table in page.tables] == [6]
    reading = extract(page, load())
    assert [
        (
            item.no,
            item.name,
            item.domain,
            item.standard and item.standard.text,
            item.lead and item.lead.text,
        )
        for item in reading.items
    ] == [
        ("1", "孕产妇健康服务", "幼有所育", "免费检查10次。产后访视。", "市卫生健康委"),
        ("2", "儿童健康管理", "幼有所育", "建立健康手册。", "市卫生健康委"),
        ("3", "老年人优待", "老有所养", "免费乘坐公交车。", "市民政局"),
    ]
    assert [(one.subject.no, one.payer, str(one.share)) for one in reading.funding][:2] == [
        ("1", "市财政", "0.5"),
        ("1", "区财政", "0.5"),
    ]
    # The labels of fields that a service list has among its headings are not the page's.
    assert reading.document.subject is None


def test_word_page() -> None:
    page = read_file(PAGES / "word.html")
    assert [block.text for block in page.blocks] == [
        "2022年工作要点",
        "1.\xa0 新增 Wi-Fi 覆盖30处",
        "甲  乙",
        "丙",
    ]


# ---- what is no page, and what is hostile --------------------------------------------------------

EMPTY = [
    ((PAGES / "frames.html").read_bytes(), "frameset", "body.htm"),
    (b"<html><body></body></html>", "shows no text", "give a page"),
    (b"<html><body><p>&nbsp;</p><br></body></html>", "shows no text", "give a page"),
    (b"<body><div id=app></div><script src=x></script>", "scripts", "browser"),
    (b"<body><iframe src=inner.html></iframe>", "frame", "inner.html"),
    (b"<!-- -->", "", ""),
    (b"<div>" * 5000 + b"x", "nested too deeply", "as text"),
    (b"<p " + b"".join(b"a%d=1 " % n for n in range(100_000)) + b">x", "attributes", "as text"),
    (b"%PDF-1.4 <html>", "PDF", "text"),
    (b"", "empty", ""),
]


@pytest.mark.parametrize(("data", "reason", "remedy"), EMPTY)
def test_page_without_text_says_why(data: bytes, reason: str, remedy: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_html(data, "a.html")
    assert caught.value.source == "a.html"
    assert reason in caught.value.reason
    assert remedy in caught.value.remedy


NAMED = [
    # By what it opens with, whatever it is called.
    (b"<!DOCTYPE html><p>x", "a.txt", True),
    (b"\xef\xbb\xbf \n<HTML>", "a", True),
    (b"<!-- saved --><!-- twice -->\n<html>", "a.txt", True),
    ("<html><p>甲".encode("utf-16"), "a.txt", True),
    (b"<?xml version='1.0'?><html>", "a.txt", True),
    (b"<div class=wrap>", "a.txt", True),
    # By its name, if there is any tag in it.
    (b"x<br>y", "a.HTM", True),
    (b"x < y", "a.html", False),
    (b"x<br>y", "a.txt", False),
    # A plan that merely starts with an angle bracket, and other XML.
    ("<关于印发方案>的通知".encode(), "a.txt", False),
    (b"<?xml version='1.0'?><rss>", "a.txt", False),
    (b"<!--" * 9000, "a.txt", False),
    (b"", "a.txt", False),
]


@pytest.mark.parametrize(("data", "source", "expected"), NAMED)
def test_is_html(data: bytes, source: str, *, expected: bool) -> None:
    assert is_html(data, source) is expected


def test_text_called_html_keeps_its_lines() -> None:
    page = read_bytes("一、总则\n二、附则\n".encode(), "a.html")
    assert (page.media_type, len(page.blocks)) == ("text/plain", 2)


HOSTILE = [
    "<" * 300_000 + "甲",
    "甲" + " " * 300_000 + "乙",
    "甲" + "&nbsp;" * 100_000 + "乙",
    "甲" + "\n \t" * 100_000 + "乙",
    "<b><p>甲" * 30_000,
    "<a href=x>甲" * 30_000,
    "<ul><li>甲</ul>" * 30_000,
    "<!--" * 100_000 + "甲",
    "<table border=1>" + "<tr><td rowspan=9999 colspan=99>甲<td>乙" * 5_000,
    "<table>" * 500 + "甲" + "</table>" * 500,
    "<table border=1><tr><td>甲<td>乙</tr></table>" * 10_000,
    "<p style='" + "border" * 50_000 + "'>甲",
    "<p class='" + "nav-" * 50_000 + "'>甲",
    "<meta charset=" * 20_000 + "甲",
    ("<nav>甲</nav>" + "<table border=1><tr><td>甲<td>乙<tr><td>1<td>2</table>丙") * 5_000,
    "<div class=share>" * 1_000 + "<p>2020-1-1 a" * 20_000,
    "<table><tr><td>甲<form><tr></form></td></table>",
]


@pytest.mark.parametrize("markup", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_pages_are_read_or_told(markup: str) -> None:
    try:
        page = read_bytes(f"<html>{markup}".encode(), "a.html")
    except UnreadableError as error:
        assert error.remedy  # noqa: PT017
    else:
        assert all(page.quote(block.span) == block.text for block in page.blocks)


TAGS = st.sampled_from(
    (
        *("table", "tr", "td", "th", "form", "p", "div", "span", "br", "li", "ul", "a", "nav"),
        *("footer", "b"),
    )
)
ATTRIBUTES = st.sampled_from(
    ["", " rowspan=2", " colspan=3", " rowspan=0", " href=x", " class=nav", " border=1", " hidden"]
)
WORDS = st.sampled_from(
    ["一、总则", "索引号：", "A-1", " ", "\n", "&nbsp;", "2020年", "，", "\u200b", "注："]
)
MARKUP = st.lists(
    st.one_of(st.builds("<{}{}>".format, TAGS, ATTRIBUTES), st.builds("</{}>".format, TAGS), WORDS),
    max_size=60,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(MARKUP)
def test_any_markup_gives_true_spans(markup: str) -> None:
    try:
        page = read_html(markup.encode(), "a.html")
    except UnreadableError:
        return
    check_spans(page)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(), st.text().map(str.encode)), st.sampled_from(["", "<html>", "<p>"]))
def test_any_bytes_give_a_page_or_say_why(data: bytes, opening: str) -> None:
    try:
        page = read_html(opening.encode() + data, "a.html")
    except UnreadableError:
        return
    check_spans(page)
