"""How well the tables agree with what was read in them: precision, recall and F1.

Builds the five documents, exports their tables and holds each against ``data/gold``. A row is
right where all of its columns named in KEYS are; white space and the width of punctuation do not
count. A finding is right where one of its kind is annotated at an overlapping place, an alignment
where item, entry of the national list and kind of match are; unsure ones count as not found. Run
it with ``make score``; ``--errors`` shows each row that is missing or too much, and
``--against COMMIT`` the rows that the working tree gains and loses against another commit.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pskg.vocabulary import key

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "data" / "gold"
DOCUMENTS = ROOT / "data" / "documents"

#: What makes a row of each table right.
KEYS: Mapping[str, tuple[str, ...]] = {
    "documents": (
        "title", "doc_number", "issuer", "region", "region_code", "issued_on", "published_on",
        "effect_status", "period_start", "period_end",
    ),
    "citations": ("cited_title", "cited_number", "relation"),
    "items": ("no", "name", "domain", "target_groups", "standard", "funding", "lead"),
    "tasks": ("kind", "no", "title", "domain", "section"),
    "responsibilities": ("subject_kind", "subject_no", "subject", "body", "role"),
    "funding": ("item_no", "item", "payer", "share", "basis"),
    "indicators": ("indicator", "unit", "year", "value", "comparator", "kind", "cumulative"),
    "amounts": ("subject_no", "amount", "unit", "beneficiary"),
    "findings": ("kind", "quote"),
    "alignments": ("no", "canonical", "match"),
}  # fmt: skip

Row = dict[str, str]


@dataclass(frozen=True)
class Score:
    """Rows that agree, rows extracted, rows annotated."""

    right: int
    extracted: int
    annotated: int

    @property
    def precision(self) -> float:
        return self.right / self.extracted if self.extracted else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.annotated if self.annotated else 1.0

    @property
    def f1(self) -> float:
        both = self.extracted + self.annotated
        return 2 * self.right / both if both else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.extracted + other.extracted,
            self.annotated + other.annotated,
        )


def list_stems() -> list[str]:
    """The annotated documents, by the names of their folders."""
    return sorted(path.parent.name for path in GOLD.glob("*/documents.csv"))


def read_rows(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def identify(row: Row, table: str) -> tuple[str, ...]:
    return tuple(key(row.get(column) or "") for column in KEYS[table])


def compare(
    table: str, extracted: Iterable[Row], annotated: Iterable[Row]
) -> tuple[Score, list[Row], list[Row]]:
    """The score of one table, the rows that are missing and those that are too much."""
    found = [(identify(row, table), row) for row in extracted]
    wanted = [(identify(row, table), row) for row in annotated]
    have, want = Counter(k for k, _ in found), Counter(k for k, _ in wanted)
    score = Score((have & want).total(), have.total(), want.total())
    missing = [row for k, row in wanted if k in want - have]
    extra = [row for k, row in found if k in have - want]
    return score, missing, extra


def compare_findings(
    extracted: Iterable[Row], annotated: Iterable[Row]
) -> tuple[Score, list[Row], list[Row]]:
    """The score of the findings: of one kind, at places that overlap."""
    extra, missing, right = list(extracted), [], 0
    annotated = list(annotated)
    for row in annotated:
        match = next((one for one in extra if _meets(one, row)), None)
        if match is None:
            missing.append(row)
        else:
            extra.remove(match)
            right += 1
    return Score(right, right + len(extra), len(annotated)), missing, extra


def _meets(one: Row, other: Row) -> bool:
    return (
        one["kind"] == other["kind"]
        and int(one["start"]) < int(other["end"])
        and int(other["start"]) < int(one["end"])
    )


def score_tables(tables: Path, stems: Iterable[str]) -> dict[tuple[str, str], tuple]:
    """For each document and table: score, missing rows, extra rows."""
    documents = {
        row["document"]: Path(row["source"]).stem for row in read_rows(tables / "documents.csv")
    }
    results = {}
    for table in KEYS:
        rows = read_rows(tables / f"{table}.csv")
        for stem in stems:
            own = [row for row in rows if documents.get(row["document"]) == stem]
            if table == "alignments":
                own = [row for row in own if row["status"] != "unsure"]
                wanted = read_rows(GOLD / "alignment" / f"{stem}.csv")
            else:
                wanted = read_rows(GOLD / stem / f"{table}.csv")
            if table == "findings":
                results[stem, table] = compare_findings(own, wanted)
            else:
                results[stem, table] = compare(table, own, wanted)
    return results


_BUILD = """
import sys, pathlib, pskg
out = pathlib.Path(sys.argv[2])
pskg.build([sys.argv[1]], out=out / "build").export("csv", out / "tables")
"""


def build_tables(out: Path, checkout: Path = ROOT) -> Path:
    """Build the documents with the pskg of a checkout and export their tables."""
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    subprocess.run(
        [sys.executable, "-c", _BUILD, str(DOCUMENTS), str(out)], check=True, env=environment
    )
    return out / "tables"


def show_change(tables: Path, commit: str, stems: list[str]) -> None:
    """Print the rows that are right or wrong now and were not at a commit."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "checkout"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "-q", "--detach", str(checkout), commit], check=True)
        try:
            before = score_tables(build_tables(Path(folder), checkout), stems)
        finally:
            subprocess.run([*git, "remove", "--force", str(checkout)], check=True)
    after = score_tables(tables, stems)
    changed = 0
    for place in after:
        _, missing_before, extra_before = before[place]
        _, missing, extra = after[place]
        for told, rows, others in (
            ("found now", missing_before, missing),
            ("lost now", missing, missing_before),
            ("no longer too much", extra_before, extra),
            ("too much now", extra, extra_before),
        ):
            known = Counter(identify(row, place[1]) for row in others)
            for row in rows:
                if known[identify(row, place[1])] > 0:
                    known[identify(row, place[1])] -= 1
                    continue
                changed += 1
                values = " | ".join(row.get(column) or "" for column in KEYS[place[1]])
                print(f"{place[0]} {place[1]}: {told}: {values}")
    print(f"{changed} rows changed against {commit}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tables", type=Path, help="score these exported tables")
    parser.add_argument("--errors", action="store_true", help="show each wrong row")
    parser.add_argument("--against", metavar="COMMIT", help="show gains and losses instead")
    parser.add_argument("--markdown", action="store_true", help="the totals as a Markdown table")
    arguments = parser.parse_args()
    stems = list_stems()
    with tempfile.TemporaryDirectory() as folder:
        tables = arguments.tables or build_tables(Path(folder))
        if arguments.against:
            show_change(tables, arguments.against, stems)
            return
        results = score_tables(tables, stems)
    if arguments.markdown:
        print("| table | rows annotated | precision | recall | F1 |\n|---|---|---|---|---|")
        for table in KEYS:
            total = sum((results[stem, table][0] for stem in stems), Score(0, 0, 0))
            figures = (total.precision, total.recall, total.f1)
            cells = " | ".join(f"{figure:.3f}" for figure in figures)
            print(f"| {table} | {total.annotated} | {cells} |")
        return
    print(f"{'document':20} {'table':17} {'right':>6} {'found':>6} {'gold':>6}  P      R      F1")
    for (stem, table), (score, missing, extra) in sorted(results.items()):
        show(stem, table, score)
        if arguments.errors:
            for sign, rows in (("-", missing), ("+", extra)):
                for row in rows:
                    values = " | ".join(row.get(column) or "" for column in KEYS[table])
                    print(f"    {sign} {row.get('start', ''):>6} {values}")
    whole = Score(0, 0, 0)
    for table in KEYS:
        total = sum((results[stem, table][0] for stem in stems), Score(0, 0, 0))
        show("all", table, total)
        if table not in ("findings", "alignments"):
            whole += total
    show("all", "all but findings", whole)


def show(stem: str, table: str, score: Score) -> None:
    print(
        f"{stem:20} {table:17} {score.right:6} {score.extracted:6} {score.annotated:6}"
        f"  {score.precision:.3f}  {score.recall:.3f}  {score.f1:.3f}"
    )


if __name__ == "__main__":
    sys.exit(main())
