"""Invented plans: the same on every run, true to what they say, and read as they were written."""

from __future__ import annotations

import csv
import importlib
import io
import sys
from pathlib import Path

import pytest

from pskg.pipeline import build
from pskg.read import read_bytes
from pskg.use.tables import export_tables

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import accuracy
import corpus
from score import Score

places = importlib.import_module("invented.places")
Dice = importlib.import_module("invented.dice").Dice

#: Every layout, as text and as web page, and both charsets are among them.
NUMBERS = range(40)
#: What the extraction is known to reach on these documents at least: F1 of each table.
#: Among the first documents of this seed is every layout, and damage of every kind.
SEED = 9
LEAST = {
    "documents": 0.8, "citations": 0.99, "items": 0.99, "tasks": 0.95, "responsibilities": 0.97,
    "funding": 0.98, "indicators": 0.96, "amounts": 0.98, "findings": 0.6,
}  # fmt: skip


@pytest.fixture(scope="module")
def made() -> list[corpus.Made]:
    return [corpus.make(SEED, number) for number in NUMBERS]


def rows_of(one: corpus.Made, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(one.truth[table], newline="")))


def test_a_document_depends_on_seed_and_number_alone(made: list[corpus.Made]) -> None:
    assert [corpus.make(SEED, number) for number in reversed(NUMBERS)] == made[::-1]
    assert corpus.make(8, 3).data != made[3].data


def test_workers_leave_no_trace(tmp_path: Path, made: list[corpus.Made]) -> None:
    corpus.write_corpus(tmp_path / "a", SEED, range(3, 9), workers=2)
    assert {path.name: path.read_bytes() for path in (tmp_path / "a" / "documents").iterdir()} == {
        one.name: one.data for one in made[3:9]
    }
    for one in made[3:9]:
        for table, rows in one.truth.items():
            path = tmp_path / "a" / "truth" / one.stem / f"{table}.csv"
            assert path.read_bytes() == rows.encode()


def test_these_are_of_every_kind(made: list[corpus.Made]) -> None:
    names = {tuple(one.name[7:].split(".")) for one in made}
    assert {layout for layout, _ in names} == set(corpus.LAYOUTS)
    assert {ending for _, ending in names} == {"txt", "html"}
    pages = [read_bytes(one.data, one.name) for one in made]
    assert {page.encoding for page in pages} == {"utf-8", "gb18030"}
    kinds = {row["kind"] for one in made for row in rows_of(one, "findings")}
    assert {
        "spam-text",
        "lost-full-stop",
        "lost-bracket",
        "missing-annex",
        "count-mismatch",
    } <= kinds
    levels = {origin_of(number).region.level for number in range(400)}
    assert levels == {"provincial", "prefectural", "county"}


def origin_of(number: int) -> places.Origin:
    return places.place(7, number, Dice(f"7/{number}"))


def test_no_two_are_the_same_document() -> None:
    numbers = range(30_000)
    seen = {
        (one.region.code, one.doc_number if one.has_number else one.period)
        for one in map(origin_of, numbers)
    }
    assert len(seen) == len(numbers)
    assert len({code for code, _ in seen}) > 3_000


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_true_stands_in_the_text(made: list[corpus.Made], number: int) -> None:
    one = made[number]
    page = read_bytes(one.data, one.name)
    squeezed = "".join(page.text.split())
    for table in accuracy.TABLES:
        for row in rows_of(one, table):
            assert row["quote"]
            if one.name.endswith(".txt"):
                assert page.text[int(row["start"]) : int(row["end"])] == row["quote"]
            else:
                assert "".join(row["quote"].split()) in squeezed
            for column in VERBATIM.get(table, ()):
                assert "".join(row[column].split()) in squeezed


#: The columns whose words are those of the document.
VERBATIM = {
    "documents": ("title", "doc_number", "issuer"),
    "citations": ("cited_title", "cited_number"),
    "items": ("name", "domain", "target_groups", "standard", "funding", "lead"),
    "tasks": ("title", "domain", "section"),
    "responsibilities": ("subject", "body"),
    "funding": ("item", "scheme"),
    "indicators": ("indicator", "value", "domain"),
    "amounts": ("subject", "amount", "beneficiary"),
}


def test_they_are_read_as_they_were_written(made: list[corpus.Made], tmp_path: Path) -> None:
    first_of_kind = {one.name[7:]: at for at, one in reversed(list(enumerate(made)))}
    corpus.write_corpus(tmp_path, SEED, sorted(first_of_kind.values()))
    report = build([tmp_path / "documents"], tmp_path / "build", workers=2)
    assert report.failed == ()
    assert len(report.documents) == len(first_of_kind) == 10
    export_tables(report.open(), tmp_path / "tables")
    totals = dict.fromkeys(accuracy.TABLES, Score(0, 0, 0))
    for table, _, score, _, _ in accuracy.score_corpus(tmp_path / "tables", tmp_path / "truth"):
        totals[table] += score
    assert all(score.annotated for score in totals.values())
    worse = {table: score.f1 for table, score in totals.items() if score.f1 < LEAST[table]}
    assert worse == {}
