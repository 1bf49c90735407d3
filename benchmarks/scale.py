"""What a build costs as the corpus grows: processor time, memory and disk at each size.

    python benchmarks/scale.py --sizes 10 100 1000

Makes invented plans, builds them in a process of its own, then builds again: with nothing changed,
and with one document changed. Processor time is that of all processes; memory is the peak of the
main process and that of the largest worker.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import corpus

from pskg.graph.store import BuildGraph
from pskg.pipeline import Progress, build

#: What is measured of one build, in the order of the table.
COLUMNS = (
    "documents", "build", "seconds", "cpu", "cpu_workers", "reading", "loading", "main_mb",
    "worker_mb", "source_mb", "parts_mb", "store_mb", "manifest_kb", "statements", "open_ms",
)  # fmt: skip


def measure(sources: Path, out: Path, workers: int) -> dict[str, float]:
    """Build here and now; call it in a process of its own."""
    marks = {"start": time.perf_counter()}

    def tell(progress: Progress) -> None:
        if progress.state in ("loading", "saved"):
            marks.setdefault(progress.state, time.perf_counter())

    report = build([sources], out, workers=workers, report=tell)
    assert report.ok, report.failed[:3]
    # Nothing to load where nothing changed.
    loading = marks.get("loading", marks["saved"])
    own, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    began = time.perf_counter()
    BuildGraph(out).query("ASK { ?s ?p ?o }")
    opening = time.perf_counter() - began
    cpu_workers = theirs.ru_utime + theirs.ru_stime
    return {
        "documents": len(report.documents),
        "seconds": report.seconds,
        "cpu": own.ru_utime + own.ru_stime + cpu_workers,
        "cpu_workers": cpu_workers,
        "reading": loading - marks["start"],
        "loading": marks["saved"] - loading,
        "main_mb": own.ru_maxrss / 1e3,
        "worker_mb": theirs.ru_maxrss / 1e3,
        "source_mb": _size(sources) / 1e6,
        "parts_mb": _size(out / "parts") / 1e6,
        "store_mb": _size(out / "store") / 1e6,
        "manifest_kb": (out / "manifest.json").stat().st_size / 1e3,
        "statements": report.quads,
        "open_ms": opening * 1e3,
    }


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _measure_apart(sources: Path, out: Path, workers: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", str(sources), str(out), str(workers)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def measure_sizes(
    sizes: Iterable[int], folder: Path, seed: int, workers: int
) -> Iterable[dict[str, object]]:
    made = 0
    for size in sizes:
        corpus.write_corpus(folder, seed, range(made, size), workers)
        made = size
        out = folder / f"build-{size}"
        sources = folder / "documents"
        yield {"build": "first", **_measure_apart(sources, out, workers)}
        yield {"build": "unchanged", **_measure_apart(sources, out, workers)}
        first = sources / corpus.make(seed, 0).name
        data = first.read_bytes()
        first.write_bytes(data + "　".encode("gb18030") + b"\n")
        yield {"build": "one changed", **_measure_apart(sources, out, workers)}
        first.write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep documents and builds here")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        sources, out, workers = arguments.one
        print(json.dumps(measure(Path(sources), Path(out), int(workers))))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        print(" ".join(f"{name:>11}" for name in COLUMNS), flush=True)
        for row in measure_sizes(arguments.sizes, folder, arguments.seed, arguments.workers):
            cells = (row[name] for name in COLUMNS)
            print(
                " ".join(
                    f"{cell:>11}" if isinstance(cell, str) else f"{cell:>11,.1f}" for cell in cells
                ),
                flush=True,
            )


if __name__ == "__main__":
    main()
