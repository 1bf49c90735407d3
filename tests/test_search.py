"""Words in names and quotes, by an index."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookup_sample import sample_graph
from pskg.graph.index import Entry, WordIndex, split_words
from pskg.use.lookup import UnknownNameError
from pskg.use.search import KINDS, search

ENTRIES = [
    Entry("item", "农村义务教育学生营养改善", "https://e.org/a/item/2", 1),
    Entry("body", "市教育局", "https://e.org/a/responsibility/1", 12),
    Entry("indicator", "九年义务教育巩固率达到95.5%", "https://e.org/a/indicator/9", 1),
    Entry("task", "推进ＧＤＰ（含Gep）核算", "https://e.org/a/task/1", 1),
]


def fill() -> WordIndex:
    index = WordIndex.create(None)
    index.add("https://e.org/a", ENTRIES)
    index.add("https://e.org/b", ENTRIES[1:2])
    return index


def texts(index: WordIndex, words: str, **narrow: list[str]) -> list[str]:
    return [hit.entry.text for hit in index.search(words, **narrow)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("义务教育", {"农村义务教育学生营养改善", "九年义务教育巩固率达到95.5%"}),
        # every word, wherever it stands, whatever a dictionary would make of the characters
        ("教育 营养", {"农村义务教育学生营养改善"}),
        ("务教", {"农村义务教育学生营养改善", "九年义务教育巩固率达到95.5%"}),
        # not in a row
        ("义教", set()),
        # width and case do not count, numbers are whole
        ("gdp", {"推进ＧＤＰ（含Gep）核算"}),
        ("95.5", {"九年义务教育巩固率达到95.5%"}),
        ("9", set()),
        # what the index's own language would take for a command
        ('" OR 教育 NOT *', set()),
        ("（ ）", set()),
        ("", set()),
    ],
)
def test_words_are_found(words: str, expected: set[str]) -> None:
    assert set(texts(fill(), words)) == expected


def test_the_search_is_narrowed() -> None:
    index = fill()
    assert texts(index, "教育", kinds=["body"]) == ["市教育局", "市教育局"]
    assert texts(index, "教育", documents=["https://e.org/b"]) == ["市教育局"]
    assert texts(index, "教育", documents=["https://e.org/none"]) == ["市教育局"] * 0
    assert len(list(index.search("教育", limit=2))) == 2


def test_what_is_taken_out_is_not_found_and_the_rest_is() -> None:
    index = fill()
    index.remove("https://e.org/a")
    assert texts(index, "教育") == ["市教育局"]
    index.remove("https://e.org/none")
    index.add("https://e.org/a", ENTRIES[:1])
    assert sorted(texts(index, "教育")) == ["农村义务教育学生营养改善", "市教育局"]


def test_a_copy_goes_on_from_what_there_was(tmp_path: Path) -> None:
    with WordIndex.create(tmp_path / "one") as one:
        one.add("https://e.org/a", ENTRIES)
    with WordIndex.copy(tmp_path / "one", tmp_path / "two") as two:
        two.remove("https://e.org/a")
    with WordIndex.open(tmp_path / "one") as one, WordIndex.open(tmp_path / "two") as two:
        assert (len(texts(one, "教育")), len(texts(two, "教育"))) == (3, 0)


@given(st.text(min_size=1, max_size=20), st.text(max_size=10), st.text(max_size=10))
def test_what_is_indexed_is_found_by_any_part_of_whole_tokens(
    text: str, before: str, after: str
) -> None:
    tokens = split_words(f"{before} {text} {after}")
    index = WordIndex.create(None)
    index.add("https://e.org/a", [Entry("item", f"{before} {text} {after}", "https://e.org/i", 1)])
    for start in range(len(tokens)):
        phrase = "，".join(tokens[start : start + 3])
        assert len(texts(index, phrase)) == 1


def test_a_graph_without_an_index_is_searched_too() -> None:
    found = search(sample_graph(), "示例教育 免费")
    assert {(one.kind, one.text, one.document.region) for one in found} >= {
        ("item", "免费示例教育(站)", "陇南市"),
        ("item", "免费示例教育（站）", "台山市"),
    }
    assert all(one.kind in KINDS and one.iri for one in found)
    (only,) = search(sample_graph(), "示例送戏", kinds=["item"], region="台山市")
    assert only.document.region == "台山市"
    with pytest.raises(UnknownNameError):
        search(sample_graph(), "示例", region="北京市")


@given(st.text(max_size=12), st.text(max_size=6), st.text(max_size=6), st.integers(0, 12))
def test_every_name_that_holds_a_part_is_told_or_nothing_is(
    name: str, before: str, after: str, start: int
) -> None:
    # A part of any kind: in the middle of a Latin word or a number, of white space, of signs.
    whole, part = before + name + after, name[start:]
    index = WordIndex.create(None)
    index.add("https://e.org/a", [Entry("item", whole, "https://e.org/i", 1)])
    assert index.names_with(part, 5) in (None, [whole])
    assert index.documents_with(part, 5) in (None, ["https://e.org/a"])


def test_names_are_told_as_written_and_quotes_are_no_names() -> None:
    index = WordIndex.create(None)
    index.add(
        "https://e.org/a",
        [
            Entry("item", "义务 教育", "https://e.org/1", 1),
            Entry("task", "促进义务教育", "https://e.org/2", 1),
            Entry("task", "义务教育巩固率", "https://e.org/3", 1, named=False),
        ],
    )
    assert index.names_with("义务教育", 5) == ["促进义务教育"]
    assert index.names_with("教育", 5) == ["义务 教育", "促进义务教育"]
    assert index.names_with("教育", 1) is None
    assert index.documents_with("义务教育", 5) == ["https://e.org/a"]
    assert index.documents_with("巩固 率", 5) == ["https://e.org/a"]
