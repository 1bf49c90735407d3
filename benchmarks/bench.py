"""All figures of pskg's cost, at a size that suits the machine: a table and plots.

    make bench                                  # or: python benchmarks/bench.py --out results
    python benchmarks/bench.py --largest 10000  # as far as the corpus of a country

Growth: invented corpora of 10, 100, 1,000 … documents are built, built again, and built with one
document changed (``scale.py``); the next size is begun while it is likely to be done within
``--minutes``. Then what the questions cost in the smallest and the largest of these builds
(``queries.py``), and pskg against what a user would take instead (``versus.py``). ``results.md``
and ``growth.svg`` are written to ``--out``. Leave the machine alone meanwhile.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

import scale  # noqa: E402
import versus  # noqa: E402

import queries  # noqa: E402
from pskg.graph.store import BuildGraph  # noqa: E402

#: What the table of growth shows of a build: the heading, the measure, what it is divided by.
COLUMNS = (
    ("documents", "documents", 1), ("s", "seconds", 1), ("processor s", "cpu", 1),
    ("peak MB, main", "main_mb", 1), ("peak MB, worker", "worker_mb", 1),
    ("parts MB", "parts_mb", 1), ("store MB", "store_mb", 1),
    ("million statements", "statements", 1e6), ("open ms", "open_ms", 1),
)  # fmt: skip
Row = dict[str, Any]


def measure_growth(folder: Path, largest: int, minutes: float, workers: int) -> Iterator[Row]:
    """Builds of growing corpora, as long as the next is likely to be done in time."""
    began = time.monotonic()
    size, last = 10, 0.0
    while size <= largest and (time.monotonic() - began + 12 * last) / 60 <= minutes:
        start = time.monotonic()
        yield from scale.measure_sizes([size], folder, 7, workers)
        last = time.monotonic() - start
        size *= 10


def write_growth(rows: Sequence[Row]) -> str:
    """The table of growth, in Markdown."""
    lines = ["| build |" + "|".join(f" {name} " for name, _, _ in COLUMNS) + "|"]
    lines.append("|---" * (len(COLUMNS) + 1) + "|")
    for row in rows:
        cells = "|".join(f" {row[measure] / unit:,.4g} " for _, measure, unit in COLUMNS)
        lines.append(f"| {row['build']} |{cells}|")
    return "\n".join(lines)


def plot_growth(rows: Sequence[Row], path: Path) -> None:
    """Time, memory and disk by the number of documents; a straight line is what is wanted."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 3, figsize=(13, 4))
    drawn = (
        ("time", "seconds", (("cpu", "processor time"), ("seconds", "time on the clock"))),
        ("peak memory", "MB", (("main_mb", "main process"), ("worker_mb", "largest worker"))),
        ("disk", "MB", (("parts_mb", "parts"), ("store_mb", "store"), ("source_mb", "sources"))),
    )
    first = [row for row in rows if row["build"] == "first"]
    sizes = [row["documents"] for row in first]
    for plot, (title, unit, measures) in zip(axes, drawn, strict=True):
        for measure, label in measures:
            plot.plot(sizes, [row[measure] for row in first], marker="o", label=label)
        plot.set(title=title, xlabel="documents", ylabel=unit, xscale="log", yscale="log")
        plot.legend()
    figure.tight_layout()
    figure.savefig(path)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("results"))
    parser.add_argument("--largest", type=int, default=1000, help="no more documents than these")
    parser.add_argument("--minutes", type=float, default=30, help="of growth, about")
    parser.add_argument("--documents", type=int, default=20, help="how many for versus.py")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--folder", type=Path, help="keep documents and builds here")
    options = parser.parse_args(arguments)
    if find_spec("matplotlib") is None:
        parser.error("matplotlib is not there; run `make bench`, or install pskg[bench]")
    options.out.mkdir(parents=True, exist_ok=True)
    folder = options.folder or Path(tempfile.mkdtemp(prefix="pskg-bench-"))
    try:
        rows = []
        for row in measure_growth(folder, options.largest, options.minutes, options.workers):
            rows.append(row)
            print(f"{row['build']:12} {row['documents']:>7,.0f} documents {row['seconds']:.1f} s",
                  file=sys.stderr)  # fmt: skip
        builds = sorted(folder.glob("build-*"), key=lambda path: int(path.name.split("-")[1]))
        asked = [queries.time_questions(BuildGraph(path)) for path in (builds[0], builds[-1])]
        pairs = list(versus.compare_graphs(options.documents, folder / "versus"))
        extraction, scores = versus.compare_extraction(folder / "gold")
    finally:
        if options.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    counts = [row["documents"] for row in rows if row["build"] == "first"]
    machine = (
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    text = "\n\n".join(
        (
            f"# What pskg costs\n\nMeasured by `make bench` on {machine}.",
            f"## Growth\n\n{write_growth(rows)}\n\n![growth](growth.svg)",
            "## Questions\n\n" + queries.write_table((counts[0], counts[-1]), asked),
            "## Against what one would take instead\n\n" + versus.write_pairs([*pairs, extraction]),
            versus.write_scores(scores),
        )
    )
    (options.out / "results.md").write_text(text + "\n", encoding="utf-8")
    plot_growth(rows, options.out / "growth.svg")
    print(text)


if __name__ == "__main__":
    main()
