"""The commands as a user meets them: output, messages and exit status."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import pskg
from pskg.cli import main
from pskg.graph.store import BuildGraph
from pskg.pipeline import BuildReport

COMMANDS = sorted(main.commands)


@pytest.fixture
def folder(built: BuildReport) -> Path:
    return built.out


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=text)


@pytest.mark.parametrize("name", pskg.__all__)
def test_no_module_hides_what_the_package_offers(name: str) -> None:
    # An import of pskg.build would make it of the function: the second call would then fail.
    assert callable(getattr(pskg, name))
    assert importlib.util.find_spec(f"pskg.{name}") is None


def test_commands_are_those_of_the_contract() -> None:
    wanted = "build validate queries query lead body explain compare review export search publish"
    assert sorted(wanted.split()) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert re.search(rf"Examples?:\n.*pskg {command}", result.output, re.DOTALL)


def test_lead_shows_bodies_payers_shares_document_and_quote(folder: Path) -> None:
    result = run("lead", "寄宿生生活补助", "--graph", str(folder), "--region", "呼伦贝尔市")
    assert result.exit_code == 0
    for words in ("呼政办发﹝2018﹞41号", "财政局", "教育局", "中央财政 50%", "地方财政 50%"):
        assert words in result.output
    assert "«中央和地方财政按5∶5比例分担»" in result.output


def test_lead_as_json_has_positions_that_hold(folder: Path) -> None:
    result = run("lead", "寄宿生生活补助", "--graph", str(folder), "--format", "json")
    answers = json.loads(result.stdout)
    graph = BuildGraph(folder)
    parts = [
        (part, answer["document"]["iri"])
        for answer in answers
        for part in (*answer["bodies"], *answer["payers"])
    ]
    assert len(parts) == 4
    for part, document in parts:
        text = graph.text(document)
        assert text is not None
        assert text[part["start"] : part["end"]] == part["quote"]


def test_unknown_names_suggest_near_ones(folder: Path) -> None:
    result = run("lead", "寄宿生补助", "--graph", str(folder))
    assert result.exit_code == 2
    assert "寄宿生生活补助" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        # An unknown query, region, parameter or fact: the call is at fault.
        (("query", "no-such-query"), 2, "no query of this name"),
        (("query", "lead", "--set", "nobody=1"), 2, "no parameter 'nobody'"),
        (("query", "lead", "--set", "nobody"), 2, "NAME=VALUE"),
        (("query", "-"), 2, "query"),
        (("lead", "义务教育", "--region", "火星"), 2, "no region '火星'"),
        (("body", "没有这个机构"), 2, "没有这个机构"),
        (("explain", "document/000000/nothing"), 2, "document/000000/nothing"),
        (("compare", "福建省"), 2, "two regions"),
        (("compare", "福建省", "火星"), 2, "火星"),
        (("compare", "福建省", "350000"), 2, "named twice"),  # by name and by code
        (("lead", "没有这个项目"), 2, "pskg query items"),  # nothing near: where to look
        (("export", "word", "--out", "x"), 2, "word"),
    ],
)
def test_bad_calls_get_one_line_and_status(
    folder: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    result = run(*arguments, "--graph", str(folder), text="SELECT * {")
    assert result.exit_code == status
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_missing_graph_names_the_remedy(tmp_path: Path) -> None:
    result = run("lead", "x", "--graph", str(tmp_path / "none"))
    assert result.exit_code == 2
    assert "pskg build" in result.stderr


def test_broken_rdf_and_dead_endpoint_are_the_datas_fault(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("this is no Turtle", encoding="utf-8")
    for target in (str(broken), "http://127.0.0.1:9/sparql"):
        result = run("lead", "x", "--graph", target)
        assert result.exit_code == 1
        assert len(result.stderr.strip().splitlines()) == 1
        assert target.rsplit("/", 1)[-1] in result.stderr


def test_one_bad_source_does_not_cost_the_others(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    good = "\n".join(
        ("甲市人民政府关于印发方案的通知", "甲政发〔2019〕3号", "一、主要任务", "(一)公共教育。",
         "1.扩大学位。新增学位500个。")
    )  # fmt: skip
    (sources / "good.txt").write_text(good, encoding="utf-8")
    (sources / "gb.txt").write_bytes(good.replace("3号", "4号").encode("gb18030"))
    (sources / "empty.txt").write_bytes(b"")
    (sources / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (sources / "novel.txt").write_text("从前有座山,山里有座庙。", encoding="utf-8")
    result = run("build", str(sources), str(tmp_path / "none.txt"), "--out", str(tmp_path / "out"))
    assert result.exit_code == 1
    messages = [line for line in result.stderr.splitlines() if line.startswith("pskg: ")]
    for name in ("empty.txt", "binary.txt", "novel.txt", "none.txt"):
        (message,) = [line for line in messages if name in line]
        assert ";" in message  # what is wrong; what to do about it
    rows = csv.DictReader(
        io.StringIO(
            run("query", "documents", "--graph", str(tmp_path / "out"), "--format", "csv").stdout
        )
    )
    assert [row["number"] for row in rows] == ["甲政发〔2019〕3号", "甲政发〔2019〕4号"]


@pytest.mark.parametrize("style", ["csv", "tsv", "json", "table"])
def test_query_formats_hold_the_same_rows(folder: Path, style: str) -> None:
    result = run("query", "expired", "--graph", str(folder), "--format", style)
    assert result.exit_code == 0
    if style == "json":
        rows = json.loads(result.stdout)["results"]["bindings"]
        assert len(rows) == 1
    elif style in ("csv", "tsv"):
        separator = "," if style == "csv" else "\t"
        assert len(list(csv.reader(io.StringIO(result.stdout), delimiter=separator))) == 2
    assert "呼政办发﹝2018﹞41号" in result.stdout


def test_construct_gives_turtle(folder: Path) -> None:
    sparql = "CONSTRUCT { ?s a <urn:x> } WHERE { ?s a <https://w3id.org/pskg/ns#PolicyDocument> }"
    result = run("query", "-", "--graph", str(folder), text=sparql)
    assert result.exit_code == 0
    assert result.stdout.count("urn:x") == 5


def test_review_counts_every_character(folder: Path) -> None:
    result = run("review", "--graph", str(folder), "--format", "json")
    graph = BuildGraph(folder)
    documents = json.loads(result.stdout)["documents"]
    assert len(documents) == 5
    for document in documents:
        text = graph.text(document["document"])
        assert text is not None
        assert sum(document["characters"].values()) == len(text)


def test_export_writes_tables_and_says_so(folder: Path, tmp_path: Path) -> None:
    result = run("export", "csv", "--graph", str(folder), "--out", str(tmp_path / "t"))
    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / "t").iterdir()} >= {
        f"{name}.csv"
        for name in (
            "documents", "citations", "items", "tasks", "responsibilities", "funding",
            "indicators", "amounts", "findings",
        )
    }  # fmt: skip
    assert result.stdout == ""


def test_output_into_a_closed_pipe_is_no_error(folder: Path) -> None:
    command = f"{sys.executable} -m pskg query items --graph {folder} --format csv | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("place,")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("style", ["csv", "tsv", "json"])
def test_construct_in_rows_is_a_wrong_call(folder: Path, style: str) -> None:
    sparql = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1"
    result = run("query", "-", "--graph", str(folder), "--format", style, text=sparql)
    assert result.exit_code == 2
    assert "--format turtle" in result.stderr


@pytest.mark.parametrize("sparql", ["DELETE WHERE { ?s ?p ?o }", "SELEC *", ""])
def test_what_is_no_query_is_told_so(folder: Path, sparql: str) -> None:
    result = run("query", "-", "--graph", str(folder), text=sparql)
    assert result.exit_code == 2
    assert "begin with SELECT" in result.stderr


def test_iris_in_tables_are_short_and_can_be_given_back(folder: Path) -> None:
    graph = ("--graph", str(folder))
    shown = run("query", "documents", *graph).stdout
    assert "https://w3id.org/pskg/id/" not in shown
    fact = "document/150700/huzhengbanfa-2018-41/item/3"
    assert "寄宿生生活补助" in run("query", "quote", "--set", f"fact={fact}", *graph).stdout


@pytest.mark.parametrize(
    ("arguments", "end", "status"),
    [
        ("lead 补助", "| head -n 1", 0),  # the reader has enough: of what rich draws, too
        ("review", "| head -n 1", 0),
        ("review", ">&-", 0),  # no standard output at all
        ("lead 补助", "> /dev/full", 1),
        ("validate --format json", "> /dev/full", 1),
    ],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_output_that_goes_nowhere(folder: Path, arguments: str, end: str, status: int) -> None:
    command = f"({sys.executable} -m pskg {arguments} --graph {folder}; echo $? >&2) {end}"
    if end != "| head -n 1":
        command = f"{sys.executable} -m pskg {arguments} --graph {folder} {end}; echo $? >&2"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    lines = done.stderr.strip().splitlines()
    assert lines[-1] == str(status)
    assert len(lines) == 1 + status
    assert not any(line.endswith(" ") for line in done.stdout.splitlines())


@pytest.mark.parametrize("format", ["turtle", "graphml"])
def test_export_to_a_link_or_a_pipe_leaves_it_there(
    folder: Path, tmp_path: Path, format: str
) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "file")
    assert run("export", format, "--out", str(link), "--graph", str(folder)).exit_code == 0
    assert link.is_symlink()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with (tmp_path / "read").open("wb") as file:
        reader = subprocess.Popen(["cat", str(pipe)], stdout=file)
    assert run("export", format, "--out", str(pipe), "--graph", str(folder)).exit_code == 0
    assert reader.wait(timeout=60) == 0
    assert (tmp_path / "read").read_bytes() == (tmp_path / "file").read_bytes()
    assert pipe.is_fifo()


@pytest.mark.parametrize("format", ["turtle", "graphml", "gexf", "json"])
def test_export_to_nowhere_names_the_remedy(folder: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / "none" / "file"
    result = run("export", format, "--out", str(out), "--graph", str(folder))
    assert result.exit_code == 1
    assert "give another path" in result.stderr


def test_help_needs_no_rdf_library() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from pskg.cli import main;"
        "CliRunner().invoke(main, ['--help']);"
        "assert not {'rdflib', 'pyoxigraph', 'networkx', 'pyshacl'} & set(sys.modules), sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
