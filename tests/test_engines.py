"""Both engines of SHACL say the same of everything that they can both look at."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from pskg.graph.names import term
from pskg.graph.store import BuildGraph, FileGraph, GraphError, MemoryGraph
from pskg.use import validate as module
from pskg.use.validate import Engine, Result, validate
from pskg.use.validate.portions import split_graph
from pskg.use.validate.shapes import ACROSS, Shapes

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import violations

EXAMPLES = Path(__file__).parent / "shapes"
PYSHACL, SHACL = Engine.PYSHACL, Engine.SHACL


@pytest.fixture(autouse=True)
def needs_both() -> None:
    pytest.importorskip("shacl", reason="the extra 'fast' is not installed")


@cache
def shapes(engine: Engine) -> Shapes:
    return Shapes(None, (*violations.PURPOSES, ACROSS), engine)


def look(triples: list[ox.Triple], engine: Engine) -> set[Result]:
    return set(shapes(engine).check("", triples))


@pytest.mark.parametrize("example", sorted(path.stem for path in EXAMPLES.glob("*.ttl")))
def test_engines_agree_on_every_example(example: str) -> None:
    quads = ox.parse(path=str(EXAMPLES / f"{example}.ttl"), format=ox.RdfFormat.TURTLE)
    triples = [quad.triple for quad in quads]
    found = look(triples, SHACL)
    assert found == look(triples, PYSHACL)
    shape, _, end = example.rpartition("-")
    assert (shape in {one.shape_name for one in found}) is (end == "fail")


def test_engines_agree_on_planted_violations(graph: BuildGraph) -> None:
    rules = violations.list_rules()
    engines = {engine: shapes(engine) for engine in Engine}
    document, triples = min(
        ((name, triples) for name, triples in split_graph(graph) if name),
        key=lambda portion: len(portion[1]),
    )
    told = violations.compare(document, triples, engines, rules, seed=1, count=80)
    assert told.only == {PYSHACL: [], SHACL: []}
    assert told.missed == ()
    assert len(told.planted) > 40
    assert len({one.shape for one in told.planted}) > 20


def test_planting_depends_on_the_seed_alone(graph: BuildGraph) -> None:
    name, triples = next(split_graph(graph))
    rules = violations.list_rules()

    def plant(seed: str, triples: list[ox.Triple]) -> tuple[object, ...]:
        planter = violations.Planter(triples, violations.random.Random(seed))
        return planter.plant(rules, 10), planter.triples

    first = plant(f"1/{name}", triples)
    assert plant(f"1/{name}", triples[::-1]) == first
    assert plant(f"2/{name}", triples) != first


# Values that cannot be compared, or are no values of their datatype


def literal(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=term(datatype))


ODD = [
    literal("x", "xsd:integer"),
    literal("05", "xsd:integer"),
    literal("0.50", "xsd:decimal"),
    literal("1,5", "xsd:decimal"),
    literal("1e0", "xsd:double"),
    literal("300", "xsd:byte"),
    literal("2015", "xsd:gYear"),
    literal("2015-01-01", "xsd:date"),
    literal("2015-01-01Z", "xsd:date"),
    literal("2015-02-30", "xsd:date"),
    literal("x", "pskg:none"),
    ox.Literal(""),
    ox.Literal("一", language="zh"),
    ox.NamedNode("https://example.org/a"),
]


def about(kind: str, **values: object) -> list[ox.Triple]:
    node = ox.NamedNode("https://example.org/node")
    triples = [ox.Triple(node, term("rdf:type"), term(f"pskg:{kind}"))]
    for name, value in values.items():
        triples.append(ox.Triple(node, term(name.replace("__", ":")), value))
    return triples


@pytest.mark.parametrize("first", ODD, ids=str)
@pytest.mark.parametrize(
    ("kind", "least", "greatest"),
    [
        ("Fact", "pskg__start", "pskg__end"),
        ("AgeBand", "pskg__minAge", "pskg__maxAge"),
        (
            "PolicyDocument",
            "eli__first_date_entry_in_force",
            "eli__date_no_longer_in_force",
        ),
    ],
)
def test_engines_agree_on_the_order_of_odd_values(
    kind: str, least: str, greatest: str, first: ox.Literal
) -> None:
    for second in ODD:
        triples = about(kind, **{least: first, greatest: second})
        assert look(triples, SHACL) == look(triples, PYSHACL), second


@pytest.mark.parametrize("value", ODD, ids=str)
def test_engines_agree_on_odd_figures(value: ox.Literal) -> None:
    rate = {"rdfs__label": ox.Literal("入园率"), "pskg__unit": ox.Literal("%")}
    for triples in (
        about("IndicatorValue", pskg__value=value, **rate),
        about("IndicatorValue", pskg__value=value, pskg__disputed=literal("1", "xsd:boolean")),
        about("FundingShare", pskg__share=value),
        about("Section", pskg__level=value),
        about("Finding", pskg__severity=value),
        about("PolicyDocument", pskg__sha256=value, dct__issued=value),
        about("ServiceItem", dct__title=value, cv__hasLegalResource=value),
    ):
        assert look(triples, SHACL) == look(triples, PYSHACL)


@pytest.mark.parametrize(
    "engine",
    [
        SHACL,
        pytest.param(
            PYSHACL,
            marks=pytest.mark.xfail(raises=GraphError, reason="decimals do not compare with NaN"),
        ),
    ],
)
def test_a_value_that_is_no_number_does_not_stop_the_engine(engine: Engine) -> None:
    start, end = literal("1.5", "xsd:decimal"), literal("NaN", "xsd:double")
    assert look(about("Fact", pskg__start=start, pskg__end=end), engine)


# Which engine is used


BLANK = "[] a <https://w3id.org/pskg/ns#Section> ."
NAMED = "<https://e.org/a> a <https://w3id.org/pskg/ns#Section> ."
OWN = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<a:s> a sh:NodeShape ; sh:targetClass <https://w3id.org/pskg/ns#Section> ;
    sh:property [ sh:path <a:p> ; sh:minCount 1 ; sh:message "one"@en , "一"@zh ] ,
        [ sh:path [ sh:inversePath <a:q> ] ; sh:minCount 1 ; sh:message "two"@en , "二"@zh ] .
"""


@pytest.mark.parametrize(
    ("data", "own", "installed", "asked", "used"),
    [
        (NAMED, False, True, None, [SHACL]),
        (NAMED, False, True, "pyshacl", [PYSHACL]),
        (NAMED, False, False, None, [PYSHACL]),
        # Other people's shapes may say what the two were never held against each other for.
        (NAMED, True, True, None, [PYSHACL]),
        (NAMED, True, True, "shacl", [SHACL]),
        # A blank node has another name in each run of the fast engine.
        (BLANK, False, True, "shacl", [PYSHACL]),
        ("", False, True, "shacl", []),
    ],
)
def test_the_report_names_the_engine(
    data: str,
    own: bool,
    installed: bool,
    asked: str | None,
    used: list[Engine],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not installed:
        monkeypatch.setattr(module, "find_spec", lambda name: None)
    (tmp_path / "own.ttl").write_text(OWN, encoding="utf-8")
    graph = MemoryGraph()
    graph.store.load(data.encode(), format=ox.RdfFormat.TURTLE)
    report = validate(graph, tmp_path if own else None, engine=asked)
    assert list(report.engines) == used
    assert bool(report.results) is bool(data)


def test_shapes_without_a_name_keep_their_messages(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(OWN, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.ttl").write_text(NAMED, encoding="utf-8")
    told = {
        engine: [
            (one.message, one.message_zh, one.path, one.focus)
            for one in validate(
                FileGraph(tmp_path / "data" / "a.ttl"), tmp_path, engine=engine
            ).results
        ]
        for engine in Engine
    }
    wanted = [("one", "一", "a:p", "https://e.org/a"), ("two", "二", "", "https://e.org/a")]
    assert sorted(told[SHACL]) == sorted(told[PYSHACL]) == wanted


@pytest.mark.parametrize(
    ("asked", "words"), [("shacl", r"install pskg\[fast\]"), ("topbraid", "choose from pyshacl")]
)
def test_an_engine_that_is_not_there_is_told(
    asked: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(GraphError, match=words):
        validate(MemoryGraph(), engine=asked)
