"""pskg against what a user would take instead, each pair in one process and one run.

    python benchmarks/versus.py --documents 20

Writing a graph, reading it, asking it, checking it and making a network of it: against rdflib,
pyshacl, and rdflib's helper for networkx. Extraction: against a script of plain regular expressions
(``plain.py``), in processor time and in F1 on ``data/gold``. The documents are invented ones
(``corpus.py``), for extraction the five of ``data/documents``. Processor time of this process;
the ratio is what counts.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

import corpus  # noqa: E402
import plain  # noqa: E402
import pyoxigraph as ox  # noqa: E402
import pyshacl  # noqa: E402
import rdflib  # noqa: E402
import score  # noqa: E402
from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph  # noqa: E402

from pskg.extract import extract  # noqa: E402
from pskg.graph.mapping import map_reading, to_quads  # noqa: E402
from pskg.graph.names import PREFIXES  # noqa: E402
from pskg.graph.ntriples import write_lines  # noqa: E402
from pskg.graph.store import BuildGraph  # noqa: E402
from pskg.pipeline import build  # noqa: E402
from pskg.read import read_file  # noqa: E402
from pskg.resources import resource_folder  # noqa: E402
from pskg.use.network import to_network  # noqa: E402
from pskg.use.queries import bind, find_query  # noqa: E402
from pskg.use.validate import validate  # noqa: E402
from pskg.vocabulary import load  # noqa: E402

#: Questions that rdflib answers as they stand.
QUESTIONS = ("lead", "body", "paid-by", "documents", "findings-by-kind")


@dataclass(frozen=True)
class Pair:
    """One piece of work: what does it, what a user would take instead, and what each cost."""

    work: str
    instead: str
    seconds: float
    other: float

    @property
    def ratio(self) -> float:
        """How many times as much processor time the other takes."""
        return self.other / self.seconds


def spend(call: Callable[[], Any]) -> tuple[Any, float]:
    """What a call gives, and the processor time that it takes."""
    began = time.process_time()
    result = call()
    return result, time.process_time() - began


def compare_graphs(documents: int, folder: Path) -> Iterator[Pair]:
    """Graphs of invented documents: written, read, asked, checked, made into a network."""
    corpus.write_corpus(folder, 7, range(documents), 1)
    vocabulary = load()
    pages = [read_file(path, path.name) for path in sorted((folder / "documents").iterdir())]
    readings = [(extract(page, vocabulary), page.text) for page in pages]

    def write() -> int:
        return sum(
            len(write_lines(*graph))
            for one in readings
            for graph in map_reading(*one, vocabulary).graphs.items()
        )

    quads = [[*to_quads(*one, vocabulary)] for one in readings]

    def write_with_rdflib() -> int:
        size = 0
        for one in quads:
            graph = rdflib.Dataset()
            for quad in one:
                context = graph.graph(rdflib.URIRef(quad.graph_name.value))
                context.add((as_rdflib(quad.subject), as_rdflib(quad.predicate),
                             as_rdflib(quad.object)))  # fmt: skip
            size += len(graph.serialize(format="nquads"))
        return size

    seconds, other = spend(write)[1], spend(write_with_rdflib)[1]
    yield Pair("facts to sorted N-Quads", "rdflib: add and serialize", seconds, other)

    out = folder / "build"
    build([folder / "documents", ROOT / "data" / "documents"], out, workers=1)
    parts = sorted((out / "parts").glob("*.nq"))
    data = b"".join(path.read_bytes() for path in parts)

    def load_store() -> ox.Store:
        store = ox.Store()
        store.bulk_load(input=data, format=ox.RdfFormat.N_QUADS)
        return store

    def load_rdflib() -> rdflib.Dataset:
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data=data, format="nquads")
        return dataset

    seconds = spend(load_store)[1]
    dataset, other = spend(load_rdflib)
    parsing = other
    yield Pair("N-Quads into a store", "rdflib: parse", seconds, parsing)

    graph = BuildGraph(out)
    seconds = spend(lambda: BuildGraph(out).query("ASK { ?s ?p ?o }"))[1]
    yield Pair("opening what was built", "rdflib: parse", seconds, parsing)

    seconds = other = 0.0
    for name in QUESTIONS:
        sparql = bind(find_query(name))
        seconds += spend(partial(graph.query, sparql))[1]
        other += spend(partial(ask_rdflib, dataset, sparql))[1]
    yield Pair(f"{len(QUESTIONS)} questions of the library", "rdflib: query", seconds, other)

    union = rdflib.Graph()
    for subject, predicate, object_, _ in dataset.quads():
        union.add((subject, predicate, object_))
    seconds = spend(lambda: to_network(graph, fold=False))[1]
    other = spend(lambda: rdflib_to_networkx_multidigraph(union))[1]
    work, instead = "what was built as a network", "rdflib: parse, and its helper"
    yield Pair(work, instead, seconds, parsing + other)

    shapes = rdflib.Graph()
    for name in ("must-hold", "should-hold", "completeness"):
        shapes.parse(resource_folder("ontology") / "shapes" / f"{name}.ttl")
    few = [path for path in parts if not path.name.startswith("shared")][:2]
    small = rdflib.Dataset(default_union=True)
    for path in [*few, *(path for path in parts if path.name.startswith("shared"))]:
        small.parse(path, format="nquads")
    whole = rdflib.Graph()
    for triple in small.triples((None, None, None)):
        whole.add(triple)
    checked = spend(lambda: validate(graph, workers=1))[1] / len(graph.manifest["documents"])
    other = spend(lambda: pyshacl.validate(whole, shacl_graph=shapes, inplace=True))[1] / len(few)
    yield Pair("shapes, a document", "pyshacl, two documents at once", checked, other)


def ask_rdflib(dataset: rdflib.Dataset, sparql: str) -> list[Any]:
    return list(dataset.query(sparql, initNs=PREFIXES))


def as_rdflib(term: Any) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def compare_extraction(folder: Path) -> tuple[Pair, dict[str, tuple[float, float]]]:
    """The five documents by pskg and by plain expressions: the time, and F1 a table."""
    vocabulary = load()
    paths = sorted((ROOT / "data" / "documents").iterdir())

    def read_all() -> None:
        for path in paths:
            extract(read_file(path, path.name), vocabulary)

    read_all()
    seconds = spend(read_all)[1]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    found, other = spend(lambda: {stem: plain.extract(text) for stem, text in texts.items()})
    ours = score.score_tables(score.build_tables(folder), texts)
    scores = {}
    for table in plain.TABLES:
        total = sum((ours[stem, table][0] for stem in texts), score.Score(0, 0, 0))
        theirs = score.Score(0, 0, 0)
        for stem in texts:
            gold = score.read_rows(score.GOLD / stem / f"{table}.csv")
            theirs += score.compare(table, found[stem][table], gold)[0]
        scores[table] = total.f1, theirs.f1
    return Pair("reading and extraction", "plain regular expressions", seconds, other), scores


def write_pairs(pairs: Sequence[Pair]) -> str:
    """Each pair of costs, in Markdown."""
    lines = ["| work | instead | pskg, s | instead, s | ratio |\n|---|---|---|---|---|"]
    for one in pairs:
        times = f"{one.seconds:.3f} | {one.other:.3f} | {one.ratio:,.2g}"
        lines.append(f"| {one.work} | {one.instead} | {times} |")
    return "\n".join(lines)


def write_scores(scores: dict[str, tuple[float, float]]) -> str:
    """F1 by table, in Markdown."""
    lines = ["| table of data/gold | F1 of pskg | F1 of plain expressions |\n|---|---|---|"]
    lines += [
        f"| {table} | {ours:.3f} | {theirs:.3f} |" for table, (ours, theirs) in scores.items()
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=20, help="how many invented documents")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pairs = list(compare_graphs(options.documents, folder / "graphs"))
        extraction, scores = compare_extraction(folder / "gold")
    print(write_pairs([*pairs, extraction]), write_scores(scores), sep="\n\n")
    if options.json:
        told = {"pairs": [asdict(one) for one in (*pairs, extraction)], "scores": scores}
        options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
