"""The items of regions side by side."""

from __future__ import annotations

import json
import re

import lxml.html
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold import gold, gold_graph
from lookup_sample import Sample, TextGraph, sample_graph
from pskg.graph.names import term
from pskg.graph.store import BuildGraph, open_graph
from pskg.model import Reading
from pskg.use.compare import SIMILAR, ComparedItem, Comparison, Related, compare, tabulate
from pskg.use.compare_page import write_page
from pskg.use.lookup import UnknownNameError, find_item
from pskg.use.wording import mark_differences
from pskg.vocabulary import key


def rows_of(comparison: Comparison) -> dict[str, ComparedItem]:
    return {row.name: row for row in comparison.rows}


def make_graph(**lists: list[str]) -> TextGraph:
    """A graph of documents with nothing but names of items; a second document ends in 2."""
    readings: list[tuple[Reading, str]] = []
    for place, names in lists.items():
        code, number = place.removeprefix("r").partition("_")[::2]
        text = f"某规划{number}\n" + "\n".join(names)
        sample = Sample(text, f"某规划{number}", None, f"地区{code}", code)
        items = tuple(sample.item(str(no), name) for no, name in enumerate(names, 1))
        readings.append((Reading(sample.document, items=items), text))
    return TextGraph(readings)


def test_two_regions_side_by_side() -> None:
    comparison = compare(sample_graph(), ["陇南", "440781"])
    assert [(r.name, r.code, r.documents, r.items) for r in comparison.regions] == [
        ("陇南市", "621200", 1, 3),
        ("台山市", "440781", 1, 3),
    ]
    rows = rows_of(comparison)
    # in the order of the first region's list, then of the second's
    assert list(rows) == ["免费示例教育(站)", "城镇示例保险", "示例学生营养改善", "示例送戏"]
    assert [row.name for row in comparison.only_in(0)] == ["示例学生营养改善"]
    assert [row.name for row in comparison.only_in(1)] == ["示例送戏"]
    assert [row.name for row in comparison.shared] == ["免费示例教育(站)", "城镇示例保险"]


def test_only_what_differs_is_a_difference() -> None:
    row = rows_of(compare(sample_graph(), ["陇南", "台山"]))["免费示例教育(站)"]
    # brackets of another width are the same name
    assert (row.match, row.score) == ("exact", 1.0)
    # the standard differs; whom it is for does not, nor who pays (8∶2 and 8:2), nor who leads
    # (市教育局 and 教育局 are the education bureau of their region)
    assert [(said.aspect, said.values) for said in row.differences] == [
        ("standard", ("每生每年800元。", "每生每年900元。"))
    ]
    assert row.unstated == ()


def test_a_guess_is_called_a_guess() -> None:
    row = rows_of(compare(sample_graph(), ["陇南", "台山"]))["城镇示例保险"]
    assert row.match == "similar"
    assert row.score == pytest.approx(10 / 12, abs=0.001)
    assert row.items[1][0].name == "城乡示例保险"
    assert {said.aspect: said.values for said in row.differences} == {
        "payers": ("试点县所需资金 中央财政 qualitative、街道 qualitative", "地方财政 qualitative"),
        "lead": ("市教育局", "市卫健局"),
    }


def test_silence_is_no_difference() -> None:
    row = rows_of(compare(sample_graph(), ["陇南", "福建"]))["免费示例教育(站)"]
    assert row.differences == ()
    assert row.unstated == ("standard", "target_groups", "payers", "lead")


def test_three_regions() -> None:
    rows = rows_of(compare(sample_graph(), ["福建", "陇南", "台山"]))
    assert rows["免费示例教育(站)"].presence == (True, True, True)
    assert rows["示例送戏"].presence == (True, False, True)
    # two of three state a standard and differ; the third, 福建, is silent
    row = rows["免费示例教育(站)"]
    assert row.differences[0].values == ("", "每生每年800元。", "每生每年900元。")
    assert "standard" in row.unstated


def test_a_comparison_is_plain_data() -> None:
    told = json.loads(json.dumps(compare(sample_graph(), ["陇南", "台山"]).to_dict()))
    assert told["rows"][0]["items"][0][0]["name"] == "免费示例教育(站)"


def test_the_same_name_twice_in_a_region_is_one_row() -> None:
    # two plans of one region list the same item: the other region has it, so it is not "only here"
    graph = make_graph(r620000=["送戏下乡"], r620000_2=["送戏下乡"], r350000=["送戏下乡"])
    comparison = compare(graph, ["620000", "350000"])
    assert [(row.name, len(row.items[0]), len(row.items[1])) for row in comparison.rows] == [
        ("送戏下乡", 2, 1)
    ]


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        # one character of seven
        (["旧示例书目整理"], ["示例书目整理"], ["similar"]),
        # the likelier of two is taken, the other stays alone
        (["示例书目整理"], ["示例书目的整理", "示例书目整理的"], ["similar", ""]),
        # an equal name goes before a like one
        (["示例书目整理"], ["示例书目整理类", "示例书目整理"], ["exact", ""]),
        # the same characters in another order are not alike enough
        (["示例城乡书目"], ["书目城乡示例"], ["", ""]),
        # too short to be alike
        (["寄书"], ["寄画"], ["", ""]),
        # two of one region are never joined
        (["示例书目整理", "示例书目整理类"], ["寄书"], ["", "", ""]),
        # a region with documents and no items
        (["寄书"], [], [""]),
    ],
)
def test_alignment(here: list[str], there: list[str], expected: list[str]) -> None:
    comparison = compare(make_graph(r620000=here, r350000=there), ["620000", "350000"])
    assert [row.match for row in comparison.rows] == expected
    for row in comparison.rows:
        assert row.score >= SIMILAR
        assert (row.match == "") == (sum(row.presence) == 1)


def test_no_item_is_lost_or_doubled() -> None:
    comparison = compare(sample_graph(), ["福建", "陇南", "台山"])
    for place, region in enumerate(comparison.regions):
        iris = [item.iri for row in comparison.rows for item in row.items[place]]
        assert len(iris) == len(set(iris)) == region.items


def test_regions_must_have_documents() -> None:
    with pytest.raises(UnknownNameError) as caught:
        compare(sample_graph(), ["陇南", "北京"])
    assert caught.value.what == "region"
    assert set(caught.value.near) == {"陇南市", "台山市", "福建省"}


@pytest.mark.parametrize(
    ("regions", "message"),
    [
        (["陇南"], "at least two"),
        ([], "at least two"),
        (["陇南", "陇南市"], "twice"),  # two names of one region
        (["陇南", "621200"], "twice"),
    ],
)
def test_a_call_that_makes_no_comparison(regions: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        compare(sample_graph(), regions)


def test_long_lists_are_compared() -> None:
    here = [f"第{no}项服务某某项目" for no in range(300)]
    there = [f"服务{no}的第某某项目" for no in range(300)]
    graph = make_graph(r620000=here, r350000=there)
    assert 300 <= len(compare(graph, ["620000", "350000"]).rows) <= 600


ENTRY = "https://w3id.org/pskg/concept/some-list/"


def align(graph: TextGraph, **entries: str) -> TextGraph:
    """The graph with items, by code of region and number, aligned to entries of a list."""
    rows = graph.query("SELECT ?item ?no { ?item a pskg:ServiceItem ; pskg:no ?no }").records()
    for row in rows:
        item, no = row["item"] or "", row["no"]
        code = item.split("/document/")[1].split("/")[0]
        entry = entries.get(f"r{code}_{no}")
        if entry:
            made = (ox.NamedNode(item), term("pskg:canonicalItem"), ox.NamedNode(ENTRY + entry))
            graph.store.add(ox.Quad(*made, ox.NamedNode("https://example.org/inferred")))
    return graph


def test_items_of_one_entry_are_one_whatever_they_are_called() -> None:
    graph = make_graph(r620000=["示例膳食", "寄书"], r350000=["餐点示例", "寄书"])
    align(graph, r620000_1="meals", r350000_1="meals")
    rows = rows_of(compare(graph, ["620000", "350000"]))
    assert list(rows) == ["示例膳食", "寄书"]
    row = rows["示例膳食"]
    assert (row.match, row.canonical, row.presence) == ("canonical", f"{ENTRY}meals", (True, True))
    assert (rows["寄书"].match, rows["寄书"].canonical) == ("exact", "")


def test_a_guess_never_joins_two_entries() -> None:
    graph = make_graph(r620000=["示例书目整理"], r350000=["示例书目整理类"])
    align(graph, r620000_1="old", r350000_1="older")
    assert [row.match for row in compare(graph, ["620000", "350000"]).rows] == ["", ""]
    # one of them unaligned: a guess, and called one
    graph = align(make_graph(r620000=["示例书目整理"], r350000=["示例书目整理类"]), r620000_1="a")
    (row,) = compare(graph, ["620000", "350000"]).rows
    assert (row.match, row.canonical) == ("similar", f"{ENTRY}a")


def test_a_row_tells_what_it_holds_and_what_it_is_part_of() -> None:
    graph = make_graph(r620000=["造园", "绘图"], r350000=["造园、生态修园", "某地绘图"])
    align(graph, r620000_1="burial", r620000_2="allowance")
    items = {a.name: a.iri for n in ("造园、生态修园", "某地绘图") for a in find_item(graph, n)}
    for name, predicate, entry in (
        ("造园、生态修园", "skos:narrowMatch", "burial"),
        ("某地绘图", "skos:broadMatch", "allowance"),
    ):
        said = (ox.NamedNode(items[name]), term(predicate), ox.NamedNode(ENTRY + entry))
        graph.store.add(ox.Quad(*said))
    rows = rows_of(compare(graph, ["620000", "350000"]))
    assert rows["造园、生态修园"].related == (Related("holds", "造园"),)
    assert rows["某地绘图"].related == (Related("part_of", "绘图"),)
    assert rows["造园"].related == ()
    assert [sum(row.presence) for row in rows.values()] == [1] * 4


def test_an_item_is_found_by_the_entry_it_is_a_case_of() -> None:
    graph = make_graph(r620000=["示例膳食"], r350000=["餐点示例", "膳食"])
    align(graph, r620000_1="meals", r350000_1="meals")
    # by the name of another region's item of the same entry; what only holds the name gives way
    assert [(a.name, a.match) for a in find_item(graph, "示例膳食")] == [
        ("示例膳食", "exact"),
        ("餐点示例", "canonical"),
    ]
    # by a label of the entry
    label = ox.Literal("示例营养改善", language="zh")
    graph.store.add(ox.Quad(ox.NamedNode(f"{ENTRY}meals"), term("skos:prefLabel"), label))
    found = find_item(graph, "示例营养改善")
    assert [(a.name, a.match) for a in found] == [
        ("餐点示例", "canonical"),
        ("示例膳食", "canonical"),
    ]


def test_words_that_differ_are_marked() -> None:
    row = rows_of(compare(sample_graph(), ["陇南", "台山"]))["免费示例教育(站)"]
    (difference,) = row.differences
    assert difference.pieces == [
        (("每生每年", False), ("800", True), ("元。", False)),
        (("每生每年", False), ("900", True), ("元。", False)),
    ]


@given(st.lists(st.text("甲乙12.% \n(（", max_size=12), min_size=1, max_size=4))
def test_pieces_joined_are_the_texts(texts: list[str]) -> None:
    marked = mark_differences(texts)
    assert ["".join(words for words, _ in pieces) for pieces in marked] == texts
    if len({key(text) for text in texts if text.strip()}) < 2:
        assert not any(parted for pieces in marked for _, parted in pieces)


def test_a_comparison_is_a_table() -> None:
    comparison = compare(sample_graph(), ["陇南", "台山"])
    head, *rows = tabulate(comparison)
    assert all(len(row) == len(head) for row in rows)
    assert len(rows) == 2 * len(comparison.rows)
    first = dict(zip(head, rows[1], strict=True))
    assert (first["region"], first["standard"], first["differs_in"]) == (
        "台山市",
        "每生每年900元。",
        "standard",
    )
    absent = [row for row in rows if dict(zip(head, row, strict=True))["present"] == "false"]
    assert len(absent) == 2


def test_a_page_needs_nothing_else_and_marks_what_differs() -> None:
    graph = make_graph(r620000=["送戏<下乡>", "送书"], r350000=["送戏<下乡>"])
    page = write_page(compare(graph, ["620000", "350000"]))
    assert "送戏&lt;下乡&gt;" in page
    assert "<下乡>" not in page
    assert not re.search(r"(?:src|href)=|<script|@import|url\(", page)
    tree = lxml.html.document_fromstring(page)
    bodies = tree.xpath("//table[@class='matrix']/tbody/@class")
    assert bodies == ["shared", "only"]
    marked = write_page(compare(sample_graph(), ["陇南", "台山"]))
    assert "每生每年<mark>800</mark>元。" in marked
    assert "每生每年<mark>900</mark>元。" in marked


# Against the hand-made annotations of the five documents


def test_the_annotated_lists_differ_as_read() -> None:
    comparison = compare(gold_graph(), ["呼伦贝尔市", "福建省"])
    lists = [
        {row["name"] for row in gold(stem).rows("items")}
        for stem in ("hulunbuir-2018-41", "fujian-action-plan")
    ]
    exact = {row.name for row in comparison.rows if row.match == "exact"}
    assert exact == lists[0] & lists[1]
    aligned = {
        row.items[0][0].name: row.items[1][0].name
        for row in comparison.rows
        if row.match == "canonical"
    }
    # read in both lists: what a region added to the name of the same service
    assert aligned["蒙中医药健康管理"] == "中医药健康管理"
    assert aligned["农村部分计划生育家庭奖励扶助"] == "部分计划生育家庭奖励扶助"
    assert aligned["送地方特色乌兰牧骑等文艺演出"] == "送地方戏"
    assert not [row.name for row in comparison.rows if row.match == "similar"]
    # one that holds two services of the other is neither of them
    rows = rows_of(comparison)
    assert rows["基本殡葬服务、惠民殡葬、生态安葬"].related == (Related("holds", "基本殡葬服务"),)
    # and what only one of them has
    alone = {row.name for row in comparison.only_in(0)}
    assert "贫困残疾人基本型辅助器具和家庭无障碍改造补贴" in alone


def test_the_build_compares(graph: BuildGraph) -> None:
    comparison = compare(graph, ["呼伦贝尔市", "福建省"])
    assert {region.name for region in comparison.regions} == {"呼伦贝尔市", "福建省"}
    assert len(comparison.shared) > 60
    # 福建's plan gives names alone
    assert all("standard" in row.unstated for row in comparison.shared)


def test_a_server_gives_the_same_comparison(graph: BuildGraph, endpoint: str) -> None:
    regions = ["呼伦贝尔市", "福建省"]
    assert compare(open_graph(endpoint), regions) == compare(graph, regions)
