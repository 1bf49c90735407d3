"""Write as many invented plans as asked for, with the truth they were written from.

Each document depends on the seed and on its own number alone: a corpus can be made in parts, in
parallel, on any machine, and is the same byte for byte. ``DIR/documents`` holds the documents,
``DIR/truth/STEM`` the rows that are true of each, in the tables that ``data/gold`` has. Start and
end are those of the decoded text; of a web page, whose text the build makes, they are blank.

    python benchmarks/corpus.py --count 1000 --seed 7 --out /tmp/corpus
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "src")]

from invented.dice import Dice  # noqa: E402
from invented.draft import COLUMNS, Draft  # noqa: E402
from invented.pages import as_page, as_text  # noqa: E402
from invented.places import place  # noqa: E402
from invented.plans import LAYOUTS, write_plan  # noqa: E402

_BATCH = 50


@dataclass(frozen=True)
class Made:
    """A document: its file's name and bytes, and the tables of its truth."""

    name: str
    data: bytes
    truth: dict[str, str]

    @property
    def stem(self) -> str:
        return Path(self.name).stem


def make(seed: int, number: int) -> Made:
    """The document of a number."""
    dice = Dice(f"{seed}/{number}")
    origin = place(seed, number, dice)
    layout = dice.pick(tuple(LAYOUTS))
    web = dice.chance(0.35)
    draft = Draft(ascii=not web and dice.chance(0.4))
    plan = write_plan(origin, dice, layout, draft, web=web)
    starts: dict[int, int] = {}
    if web:
        text, charset = as_page(draft, dice, plan.title)
        ending = "html"
    else:
        text, starts = as_text(draft, dice)
        charset, ending = ("gb18030" if dice.chance(0.2) else "utf-8"), "txt"
    truth = {table: _table(draft, table, starts) for table in COLUMNS}
    return Made(f"{number:06}-{layout}.{ending}", text.encode(charset), truth)


def _table(draft: Draft, table: str, starts: dict[int, int]) -> str:
    columns = COLUMNS[table]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*columns, "quote", "start", "end"])
    for where, values in sorted(draft.rows[table], key=lambda row: row[0]):
        start = starts.get(where.block)
        span = ("", "") if start is None else (start + where.start, start + where.end)
        writer.writerow([*(values[column] for column in columns), draft.text(where), *span])
    return file.getvalue()


def write(made: Made, out: Path) -> int:
    """Write a document and its truth; its size in bytes."""
    (out / "documents" / made.name).write_bytes(made.data)
    folder = out / "truth" / made.stem
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in made.truth.items():
        (folder / f"{table}.csv").write_text(rows, encoding="utf-8", newline="")
    return len(made.data)


def _write_batch(out: Path, seed: int, numbers: Iterable[int]) -> tuple[int, int]:
    sizes = [write(make(seed, number), out) for number in numbers]
    return len(sizes), sum(sizes)


def write_corpus(out: Path, seed: int, numbers: Iterable[int], workers: int = 1) -> tuple[int, int]:
    """Write the documents of these numbers; how many, and how many bytes."""
    (out / "documents").mkdir(parents=True, exist_ok=True)
    (out / "truth").mkdir(exist_ok=True)
    task = partial(_write_batch, out, seed)
    if workers <= 1:
        done = map(task, _batches(numbers))
        return tuple(map(sum, zip(*done, strict=True)))  # type: ignore[return-value]
    with ProcessPoolExecutor(workers) as pool:
        return tuple(map(sum, zip(*pool.map(task, _batches(numbers)), strict=True)))  # type: ignore[return-value]


def _batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    left = iter(numbers)
    while batch := list(islice(left, _BATCH)):
        yield batch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=100, help="how many documents")
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--seed", type=int, default=7, help="another seed, other documents")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--workers", type=int, default=1, help="processes that write")
    arguments = parser.parse_args()
    began = time.perf_counter()
    numbers = range(arguments.first, arguments.first + arguments.count)
    count, size = write_corpus(arguments.out, arguments.seed, numbers, arguments.workers)
    seconds = time.perf_counter() - began
    print(f"{count} documents, {size / 1e6:.1f} MB, {seconds:.1f} s in {arguments.out}")


if __name__ == "__main__":
    main()
