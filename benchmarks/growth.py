"""Does any part of reading take more time than the length of its text asks for?

Each case is a function and a few characters that are hard for it, repeated to a text of a given
length and to one eight times as long. Printed is the ratio of the two times, each the best of
several runs: about 8 where the time grows with the text, about 64 where it grows with its square.
The exit status is 1 if a ratio is above the limit. Run it with ``make growth``.

Times are no test: on a shared machine they tell nothing by themselves. The ratio of two runs of
one process is what can be compared.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import process_time

from pskg.extract.citations import cite_documents
from pskg.extract.grammar.amounts import read_amounts
from pskg.extract.grammar.figures import read_figures
from pskg.extract.grammar.shares import read_shares
from pskg.extract.outline import build_outline
from pskg.extract.tables import recover_tables
from pskg.read import SourceError, read_bytes
from pskg.read.text import split_blocks
from pskg.regions import find_region, regions_in
from pskg.vocabulary import load

TIMES = 8
#: Above this the time grows faster than the text, whatever the noise.
LIMIT = 3 * TIMES
#: A first run shorter than this (in seconds) is made longer: it would measure the clock.
SHORTEST = 0.02

Case = tuple[str, Callable[[str], object], str]


def read_html(junk: str) -> None:
    with suppress(SourceError):
        read_bytes(f"<html>{junk}".encode(), "a.html")


def list_cases() -> Iterator[Case]:
    vocabulary = load()
    for seed in (" ", "　 甲", "a", "|", "\t", "甲  乙  丙", "甲 \n"):
        yield "read text", lambda text: read_bytes(f"始{text}终".encode(), "a.txt"), seed
    for seed in (
        "<table border=1><tr><td>甲<td>乙</tr></table>",
        "<nav>甲</nav><table border=1><tr><td>甲<td>乙<tr><td>1<td>2</table>丙",
        "<div class=share>", "<p>2020-1-1 a", "<p class='nav-'>甲", "<meta charset=", "<table><tr>",
    ):  # fmt: skip
        yield "read html", read_html, seed
    for seed in ("一、甲\n", "1.甲\n", "1.1甲\n", "目录\n一\n", "甲……1\n", "（", "一"):
        yield "outline", lambda text: build_outline(tuple(split_blocks(text))), seed
    for seed in (
        "序号\n",
        "指标\n2015年\n",
        "任务\n牵头单位\n",
        "服务对象：甲\n",
        "1\n甲\n",
        "甲\n",
    ):
        yield (
            "tables",
            lambda text: recover_tables(read_bytes(text.encode(), "a.txt"), vocabulary),
            seed,
        )
    for seed in ("《甲》", "以下简称《甲》", "根据《甲》制定，", "国 ", "《", "2017"):
        yield (
            "citations",
            lambda text: cite_documents(list(split_blocks(text)), frozenset(("甲市规划",)), []),
            seed,
        )
    for seed in (
        "由", "财政", "（", "8:", "1,111,", "一", "中央财政、", "每人", "和", "对对为1元，",
        "年度限额且分别1元；", "职工和居民分别1元、1元，",
    ):  # fmt: skip
        yield "shares", lambda text: read_shares(text, 0, vocabulary), seed
        # Without a 元 there is nothing to read.
        yield "amounts", lambda text: read_amounts(f"{text}元", 0), seed
    for seed in ("率达到95%以上，", "每千人口1人、", "甲和乙分别提高到1%、2%和", "不低于", "1"):
        yield "figures", lambda text: read_figures(text, 0), seed
    for seed in ("市", "自治县", "族自治县苗族", "省市县区", "广东省台山市"):
        yield "regions in a text", regions_in, seed
        yield "region of a name", find_region, seed


def measure(call: Callable[[str], object], seed: str, size: int, runs: int) -> float:
    text = seed * max(1, size // len(seed))
    best = float("inf")
    for _ in range(runs):
        began = process_time()
        call(text)
        best = min(best, process_time() - began)
    return best


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="the best of how many runs counts")
    arguments = parser.parse_args()
    worst = 0.0
    print(f"{'part':18} {'repeated':32} {'characters':>10} {'ratio':>6}")
    for name, call, seed in list_cases():
        size = 4_000
        call(seed * (size // len(seed)))  # what is loaded once is loaded now
        while (short := measure(call, seed, size, 1)) < SHORTEST and size < 400_000:
            size *= 2
        short = min(short, measure(call, seed, size, arguments.runs - 1))
        ratio = measure(call, seed, size * TIMES, arguments.runs) / max(short, 1e-6)
        worst = max(worst, ratio)
        mark = "  above the limit" if ratio > LIMIT else ""
        print(f"{name:18} {seed!r:32.32} {size:10} {ratio:6.1f}{mark}", flush=True)
    print(
        f"the greatest ratio is {worst:.1f} for a text {TIMES} times as long; the limit is {LIMIT}"
    )
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
