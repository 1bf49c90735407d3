"""Damaged documents give facts that can be trusted, or a SourceError; and the check can fail."""

from __future__ import annotations

import dataclasses
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from pskg.extract import extract
from pskg.model import Basis, FundingShare, Item, Passage, Reading, Span, Stretch, StretchKind
from pskg.read import Page
from pskg.vocabulary import NS, Vocabulary

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import fuzz

#: A document that is read without fault: what is planted in its reading is the only fault.
SOUND = fuzz.ROOT / "tests" / "unseen" / "tab-table.txt"


@pytest.mark.parametrize("number", range(60))
def test_a_damaged_document_keeps_every_promise(number: int) -> None:
    failure = fuzz.run_case(fuzz.make_case(seed=7, number=number))
    assert failure is None, f"benchmarks/fuzz.py --seed 7 --replay {number}: {failure}"


def test_a_case_depends_on_its_seed_and_number_alone() -> None:
    first = fuzz.make_case(1, 5)
    fuzz.make_case(1, 6)
    assert fuzz.make_case(1, 5) == first
    assert fuzz.make_case(2, 5) != first
    assert fuzz.make_case(1, 6) != first


def plant(monkeypatch: pytest.MonkeyPatch, change: Callable[[Reading], Reading]) -> str:
    """Run a sound document with its reading changed; the failure's error and place."""

    def planted(page: Page, vocabulary: Vocabulary) -> Reading:
        return change(extract(page, vocabulary))

    monkeypatch.setattr(fuzz, "extract", planted)
    failure = fuzz.run_case(fuzz.Case(0, (), SOUND.name, SOUND.read_bytes()))
    return f"{failure.error} {failure.place}" if failure else "none"


def change_item(reading: Reading, **fields: object) -> Reading:
    item: Item = dataclasses.replace(reading.items[0], **fields)  # type: ignore[arg-type]
    return dataclasses.replace(reading, items=(item, *reading.items[1:]))


def beyond(reading: Reading) -> Reading:
    return change_item(reading, span=Span(3, 10_000))


def wrong_words(reading: Reading) -> Reading:
    return change_item(reading, lead=Passage("财政", Span(0, 2)))


def wrong_standard(reading: Reading) -> Reading:
    return change_item(reading, standard=Passage("每人每年一亿元", Span(0, 9)))


def gap(reading: Reading) -> Reading:
    return dataclasses.replace(reading, coverage=reading.coverage[1:])


def short(reading: Reading) -> Reading:
    return dataclasses.replace(reading, coverage=(Stretch(StretchKind.TEXT, Span(0, 5)),))


def too_much(reading: Reading) -> Reading:
    item = reading.items[0]
    share = FundingShare(
        item.subject, 1, "", "市财政", None, "1.5", Basis.PERCENTAGE, item.span
    )  # fmt: skip
    return dataclasses.replace(reading, funding=(share,))


def wrong_length(reading: Reading) -> Reading:
    document = dataclasses.replace(reading.document, length=1)
    return dataclasses.replace(reading, document=document)


def crash(reading: Reading) -> Reading:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda reading: reading, "none"),
        (beyond, "CheckError reading.items.span"),
        (wrong_words, "CheckError items.lead"),
        (wrong_standard, "CheckError items.standard"),
        (gap, "CheckError coverage"),
        (short, "CheckError coverage"),
        (too_much, "CheckError funding.share"),
        (wrong_length, "CheckError document.length"),
        (crash, "ZeroDivisionError test_fuzz.py"),
    ],
)
def test_a_planted_fault_is_found(
    change: Callable[[Reading], Reading], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plant(monkeypatch, change).startswith(expected)


NODE = ox.NamedNode("https://w3id.org/pskg/id/a")


def quad(predicate: str, value: str | ox.NamedNode) -> ox.Quad:
    object_ = ox.Literal(value) if isinstance(value, str) else value
    return ox.Quad(NODE, ox.NamedNode(NS + predicate), object_, NODE)


@pytest.mark.parametrize(
    ("check", "quads"),
    [
        (fuzz.check_iris, [quad("item", ox.NamedNode("https://w3id.org/pskg/id/教育"))]),
        (fuzz.check_twice, [quad("name", "a"), quad("name", "a")]),
        (fuzz.check_quotes, [quad("quote", "教育"), quad("start", "1"), quad("end", "3")]),
        (fuzz.check_quotes, [quad("quote", "教育"), quad("start", "0")]),
        (fuzz.check_quotes, [quad("start", "0"), quad("start", "1")]),
    ],
    ids=["IRI not ASCII", "a quad twice", "not the words", "no end", "two starts"],
)
def test_a_planted_quad_is_found(
    check: Callable[[list[ox.Quad], str], None], quads: list[ox.Quad]
) -> None:
    with pytest.raises(fuzz.CheckError):
        check(quads, "教育局")


def test_sound_quads_pass() -> None:
    quads = [quad("quote", "教育"), quad("start", "0"), quad("end", "2")]
    for check in fuzz.QUAD_CHECKS:
        check(quads, "教育局")


STACK = 'Stack (most recent call first):\n  File "/a/pskg/read/text.py", line 7 in split\n'
FATAL = "Fatal Python error: Segmentation fault\n\n" + STACK.replace("Stack", "Current thread")


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (STACK, "Stall text.py:7 split"),
        (STACK + FATAL, "Stall text.py:7 split < text.py:7 split"),
        (FATAL, "Crash text.py:7 split"),
        ("", "Crash ?"),
    ],
    ids=["time ran out", "and writing so was fatal", "fatal", "nothing"],
)
def test_what_a_worker_left_tells_how_it_ended(left: str, expected: str, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    trace.write_text(left)
    told = fuzz.read_trace(fuzz.make_case(1, 0), trace)
    assert f"{told.error} {told.place}" == expected


@pytest.mark.skipif(not hasattr(signal, "SIGPROF"), reason="needs timers of processor time")
def test_a_run_in_workers_reports_and_keeps_what_takes_too_long(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Hardly a document is read within a millisecond: of five cases some stall, and are kept.
    arguments = ["--count", "5", "--workers", "1", "--limit", "0.001", "--keep", str(tmp_path)]
    assert fuzz.main(arguments) == 1
    told = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert {error for _, _, error, *_ in told} == {"Stall"}
    assert all(".py:" in place for _, _, _, place, *_ in told)
    kept = {path.stem for path in tmp_path.iterdir()}
    assert kept == {f"seed-1-case-{number}" for number, *_ in told}
