"""The tables: the contract's columns, quotes that stand where they say, the same bytes always."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from gold import STEMS, Row, gold, gold_graph, read_csv
from mapping_sample import READING, TEXT
from pskg.graph.mapping import to_quads
from pskg.graph.store import (
    Answer,
    BuildGraph,
    FileGraph,
    GraphError,
    MemoryGraph,
    RemoteGraph,
    Term,
)
from pskg.use import batches, tables
from pskg.use.tables import export_tables, load_tables, write_csv
from pskg.vocabulary import load

#: The columns that the contract names, in its order, between ``document`` and the quote.
CONTRACT = {
    "documents": "title doc_number issuer region region_code issued_on published_on effect_status "
    "period_start period_end source sha256",
    "citations": "cited_title cited_number relation",
    "items": "no name domain target_groups standard funding lead canonical",
    "tasks": "kind no title domain section",
    "responsibilities": "subject_kind subject_no subject body role order body_iri function",
    "funding": "item_no item scheme payer share basis",
    "indicators": "domain indicator unit year value comparator kind cumulative",
    "amounts": "subject_no subject amount unit beneficiary",
    "findings": "kind severity message",
}

#: What one table's column may hold, for the columns with a closed set of values.
VALUES = {
    "effect_status": {"in_force", "expired", "unknown"},
    "relation": {"implements", "cites"},
    "subject_kind": {
        "item", "task", "domain", "measure", "mechanism", "division", "target", "organisation",
    },
    "role": {"lead", "responsible", "cooperating", "member"},
    "basis": {"ratio", "percentage", "qualitative"},
    "comparator": {"=", ">", ">=", "<", "<=", "below_national_average"},
    "cumulative": {"true", "false"},
    "severity": {"high", "medium", "low"},
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(graph: BuildGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tables")
    export_tables(graph, out)
    return out


def read_header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def test_every_table_of_the_contract(folder: Path) -> None:
    assert set(CONTRACT) <= {path.stem for path in folder.glob("*.csv")}
    assert {path.stem for path in folder.iterdir()} == set(load_tables())


@pytest.mark.parametrize("name", CONTRACT)
def test_columns(name: str, folder: Path) -> None:
    """First the document, last the quote and its place, between them the contract's in order."""
    header = read_header(folder / f"{name}.csv")
    wanted = CONTRACT[name].split()
    assert len(set(header)) == len(header)
    assert header[0] == "document"
    assert [column for column in header if column in wanted] == wanted
    if name == "documents":
        assert header[-2:] == ["source", "sha256"]
    else:
        assert header[-3:] == ["quote", "start", "end"]


@pytest.mark.parametrize("name", load_tables())
def test_quotes_stand_where_they_say(name: str, folder: Path, graph: BuildGraph) -> None:
    """``text[start:end] == quote`` in every row of every table."""
    rows = read_csv(folder / f"{name}.csv")
    # None of the five gives its undertakings a deadline.
    assert rows or name == "deadlines"
    for row in rows:
        text = graph.text(row["document"])
        assert text is not None
        if "quote" in row:
            assert text[int(row["start"]) : int(row["end"])] == row["quote"], row


def test_the_kept_text_is_the_source(folder: Path, graph: BuildGraph) -> None:
    """The offsets count in the file itself where it is plain text."""
    for row in read_csv(folder / "documents.csv"):
        stem = row["source"].removesuffix(".txt")
        assert graph.text(row["document"]) == gold(stem).text


@pytest.mark.parametrize("name", load_tables())
def test_order_and_values(name: str, folder: Path) -> None:
    """By document and place, no row twice, values as the contract writes them."""
    rows = read_csv(folder / f"{name}.csv")
    places = [(row["document"], int(row.get("start", 0))) for row in rows]
    assert places == sorted(places)
    assert len({tuple(row.values()) for row in rows}) == len(rows)
    for row in rows:
        for column, allowed in VALUES.items():
            assert row.get(column, next(iter(allowed))) in allowed, (column, row)
        for column in ("issued_on", "published_on"):
            if row.get(column):
                date.fromisoformat(row[column])
        for column in ("year", "period_start", "period_end"):
            assert not row.get(column) or (len(row[column]) == 4 and row[column].isdigit())
        if row.get("share"):
            assert 0 < float(row["share"]) <= 1
            assert "e" not in row["share"].lower()


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_tables_of_the_annotations(name: str, stem: str) -> None:
    """Annotations that go into the graph come out of the tables as they went in."""
    file = io.StringIO()
    write_csv(gold_graph().query(load_tables()[name].text), file)
    rows = csv.DictReader(io.StringIO(file.getvalue(), newline=""))
    found = [row for row in rows if row["document"] == gold(stem).iri]
    expected = gold(stem).rows(name)
    columns = [column for column in expected[0] if column in found[0]] if expected else []
    assert sorted(tuple(row[column] for column in columns) for row in found) == sorted(
        tuple(as_in_graph(name, row)[column] for column in columns) for row in expected
    )
    assert len(found) == len(expected)


def as_in_graph(name: str, row: Row) -> Row:
    """An annotation as the graph holds it: titles on one line, kinds of finding with hyphens."""
    if name == "documents":
        return {**row, "title": "".join(row["title"].split())}
    if name == "findings":
        return {**row, "kind": row["kind"].replace("_", "-")}
    return row


def test_function_is_the_chinese_label(folder: Path) -> None:
    """A finance bureau's function is 财政 in whatever city."""
    rows = [row for row in read_csv(folder / "responsibilities.csv") if row["body"] == "市财政局"]
    assert {row["function"] for row in rows} == {"财政"}
    assert len({row["body_iri"] for row in rows}) > 1


def test_same_bytes_however_it_is_asked(
    folder: Path, graph: BuildGraph, endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build, a file of it and a server of it give the same tables, in batches of any size."""
    dump = tmp_path / "dump.nq"
    with dump.open("wb") as file:
        ox.serialize(graph.quads(), file, format=ox.RdfFormat.N_QUADS)
    monkeypatch.setattr(tables, "_ROWS", 50)
    for kind, other in (("file", FileGraph(dump)), ("server", RemoteGraph(endpoint))):
        counts = export_tables(other, tmp_path / kind)
        for path in folder.iterdir():
            assert (tmp_path / kind / path.name).read_bytes() == path.read_bytes()
            assert counts[path.stem] == len(read_csv(path))


@pytest.mark.parametrize("workers", [1, 2])
def test_same_bytes_from_parts(
    workers: int,
    folder: Path,
    graph: BuildGraph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A build of many documents is asked in memory, some documents at a time."""
    monkeypatch.setattr(batches, "MANY", 0)
    monkeypatch.setattr(tables, "_BATCH", 2)
    told: list[tuple[int, int]] = []
    counts = export_tables(
        graph, tmp_path, workers=workers, report=lambda *numbers: told.append(numbers)
    )
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in folder.iterdir()}
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()
        assert counts[path.stem] == len(read_csv(path))


def test_a_table_that_cannot_be_written(
    graph: BuildGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, and nothing unfinished is left."""
    monkeypatch.setattr(batches, "MANY", 0)
    (tmp_path / "items.csv").mkdir()
    with pytest.raises(GraphError, match=r"items\.csv: the file cannot be written"):
        export_tables(graph, tmp_path, workers=1)
    assert not [path for path in tmp_path.iterdir() if path.suffix != ".csv"]


def test_a_graph_without_documents(tmp_path: Path) -> None:
    """Each table has its header and no row."""
    counts = export_tables(MemoryGraph(), tmp_path / "new" / "folder")
    assert set(counts.values()) == {0}
    for name in load_tables():
        path = tmp_path / "new" / "folder" / f"{name}.csv"
        assert read_header(path)[0] == "document"
        assert path.read_bytes().count(b"\n") == 1


def test_a_document_of_every_fact(tmp_path: Path) -> None:
    """One of everything goes into every table, though the vocabularies are not in the graph."""
    store = ox.Store()
    store.extend(to_quads(READING, TEXT, load(), version="0"))
    counts = export_tables(MemoryGraph(store), tmp_path)
    assert all(counts.values()), counts
    (group,) = read_csv(tmp_path / "coordination.csv")
    assert group["office"] == "市发展改革委"
    assert {row["share"] for row in read_csv(tmp_path / "funding.csv")} >= {"0.8", "0.2"}


@pytest.mark.parametrize(
    "value",
    ["a,b", 'say "so"', "two\nlines", "two\r\nlines", "lone\rreturn", " blank ", "", "，"],
)
def test_csv_reads_back(value: str) -> None:
    """Whatever is in a cell, a reader gets it back; a lone carriage return is the trap."""
    file = io.StringIO()
    write_csv(Answer(("a", "b"), ((Term(value, "literal"), Term("x", "literal")),)), file)
    assert list(csv.reader(io.StringIO(file.getvalue(), newline=""))) == [["a", "b"], [value, "x"]]


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(GraphError, match="give another folder"):
        export_tables(MemoryGraph(), tmp_path / "taken")
