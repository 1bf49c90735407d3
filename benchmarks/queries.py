"""What each question of the library costs, in builds of several sizes.

    python benchmarks/queries.py BUILD5 BUILD1000 BUILD10000
    python benchmarks/queries.py BUILD5 BUILD1000 BUILD10000 --region 陇南市

Each build is opened once. A question is asked with its own examples as parameters, once to have
been asked, then three times: the table gives the median in milliseconds of time on the clock, the
rows, and how many times as long the last build takes as the first. A search for words stands below
the questions. With a region only those are asked that take one. So that the examples mean something
in every build, each should hold the documents of ``data/documents``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src")]

from pskg.graph.store import BuildGraph, Graph  # noqa: E402
from pskg.use.queries import LibraryQuery, ask_query, load_library  # noqa: E402
from pskg.use.search import search  # noqa: E402

#: A question that takes longer is asked once.
LONG = 5.0


def time_call(call: Callable[[], int], times: int) -> tuple[int, float]:
    """How many rows a call gives, and the milliseconds it takes: the median after the first."""
    began = time.perf_counter()
    rows = call()
    taken = [time.perf_counter() - began]
    if taken[0] < LONG:
        taken = []
        for _ in range(times):
            began = time.perf_counter()
            call()
            taken.append(time.perf_counter() - began)
    return rows, statistics.median(taken) * 1e3


def time_questions(
    graph: Graph, times: int = 3, region: str | None = None
) -> dict[str, tuple[int, float]]:
    """Rows and milliseconds of each question of the library, and of a search.

    With a region, of those that take one.
    """
    narrowed = {} if region is None else {"region": region}

    def ask(query: LibraryQuery) -> int:
        answer = ask_query(graph, query, **narrowed)
        return len(answer.rows) if answer.triples is None else len(answer.triples)

    measured = {}
    for name, query in load_library().items():
        if not narrowed.keys() <= {parameter.name for parameter in query.parameters}:
            continue
        measured[name] = time_call(partial(ask, query), times)
        print(f"{name}: {measured[name][1]:,.1f} ms", file=sys.stderr)
    measured["(search 义务教育)"] = time_call(
        lambda: len(list(search(graph, "义务教育", region=region))), times
    )
    return measured


def write_table(numbers: Sequence[float], told: Sequence[dict[str, tuple[int, float]]]) -> str:
    """Rows and milliseconds by question, for builds of these numbers of documents."""
    heads = " | ".join(f"{number:,.0f} documents: rows, ms" for number in numbers)
    lines = [f"| question | {heads} | ratio |", "|---" * (len(numbers) + 2) + "|"]
    for name in told[0]:
        cells = " | ".join(f"{one[name][0]:,}, {one[name][1]:,.1f}" for one in told)
        ratio = told[-1][name][1] / max(told[0][name][1], 1e-3)
        lines.append(f"| {name} | {cells} | {ratio:,.2g} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("builds", nargs="+", type=Path, metavar="BUILD")
    parser.add_argument("--times", type=int, default=3, help="how often each is asked")
    parser.add_argument("--region", help="ask of this region alone")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args(arguments)
    columns = []
    for folder in options.builds:
        graph = BuildGraph(folder)
        told = time_questions(graph, options.times, options.region)
        columns.append((len(graph.manifest["documents"]), told))
    if options.json:
        options.json.write_text(
            json.dumps([{"documents": number, "questions": told} for number, told in columns])
        )
    print(write_table([number for number, _ in columns], [told for _, told in columns]))


if __name__ == "__main__":
    main()
