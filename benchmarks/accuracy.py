"""How well a build of invented plans agrees with what they were written from.

    python benchmarks/corpus.py --count 1000 --out /tmp/corpus
    pskg build /tmp/corpus/documents --out /tmp/build
    python benchmarks/accuracy.py /tmp/corpus --build /tmp/build

Rows are compared as by ``score.py``, one document at a time. ``--errors N`` shows the first wrong
rows of each table.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from score import KEYS, Row, Score, compare, compare_findings, read_rows, show

import pskg

#: The truth does not say how the invented items stand to the national list.
TABLES = tuple(table for table in KEYS if table != "alignments")


def read_groups(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each document of a table, which is ordered by document."""
    with path.open(encoding="utf-8", newline="") as file:
        for document, rows in groupby(csv.DictReader(file), key=lambda row: row["document"]):
            yield document, list(rows)


def score_corpus(
    tables: Path, truth: Path
) -> Iterator[tuple[str, str, Score, list[Row], list[Row]]]:
    """Table, stem, score, missing rows, extra rows, for each table and each document of it.

    Documents of which there is no truth are left out.
    """
    stems = {
        document: Path(row["source"]).stem
        for document, rows in read_groups(tables / "documents.csv")
        for row in rows
        if (truth / Path(row["source"]).stem).is_dir()
    }
    built = set(stems.values())
    for table in TABLES:
        left = set(built)
        for document, found in read_groups(tables / f"{table}.csv"):
            if (stem := stems.get(document)) is None:
                continue
            left.discard(stem)
            yield table, stem, *_compare(table, found, read_rows(truth / stem / f"{table}.csv"))
        for stem in sorted(left):
            yield table, stem, *_compare(table, [], read_rows(truth / stem / f"{table}.csv"))


def _compare(table: str, found: list[Row], wanted: list[Row]) -> tuple[Score, list[Row], list[Row]]:
    if table != "findings":
        return compare(table, found, wanted)
    if any(not row["start"] for row in wanted):
        # Of a web page the words are known, not their place: one that holds the other is met.
        _place_by_words(found, wanted)
    return compare_findings(found, wanted)


def _place_by_words(found: list[Row], wanted: list[Row]) -> None:
    taken: Counter[int] = Counter()
    for row in wanted:
        row["start"] = row["end"] = "-1"
        for at, other in enumerate(found):
            words, others = ("".join(one["quote"].split()) for one in (row, other))
            if (
                not taken[at]
                and other["kind"] == row["kind"]
                and (words in others or others in words)
            ):
                row["start"], row["end"] = other["start"], other["end"]
                taken[at] += 1
                break


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, help="the folder that corpus.py wrote")
    parser.add_argument("--build", type=Path, required=True, help="the build of its documents")
    parser.add_argument("--tables", type=Path, help="score these exported tables instead")
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    totals = dict.fromkeys(TABLES, Score(0, 0, 0))
    shown: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        tables = arguments.tables
        if tables is None:
            tables = Path(folder)
            pskg.open(arguments.build).export("csv", tables)
        for table, stem, score, missing, extra in score_corpus(tables, arguments.corpus / "truth"):
            totals[table] += score
            for sign, rows in (("-", missing), ("+", extra)):
                for row in rows:
                    shown[table] += 1
                    if shown[table] <= arguments.errors:
                        values = " | ".join(row.get(column) or "" for column in KEYS[table])
                        print(f"{stem} {table} {sign} {row.get('start', ''):>6} {values}")
    print(f"{'':20} {'table':17} {'right':>6} {'found':>6} {'truth':>6}  P      R      F1")
    for table, score in totals.items():
        show("all", table, score)
    facts = [score for table, score in totals.items() if table != "findings"]
    show("all", "all but findings", sum(facts, Score(0, 0, 0)))


if __name__ == "__main__":
    main()
