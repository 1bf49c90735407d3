from __future__ import annotations

import io
import json
import shutil
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from pskg.graph import dump
from pskg.graph.dump import RDF_FORMATS, write_graph
from pskg.graph.names import PREFIXES
from pskg.graph.store import (
    FORMAT,
    FORMATS,
    Answer,
    BuildGraph,
    FileGraph,
    Graph,
    GraphError,
    MemoryGraph,
    QueryError,
    RemoteGraph,
    Term,
    open_graph,
)
from pskg.resources import resource_folder
from pskg.use.queries import bind, find_query, load_library

XSD = "http://www.w3.org/2001/XMLSchema#"

TABLES = resource_folder("queries") / "tables"

# Questions

QUERIES = {
    "count": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "a prefix that is not declared": "SELECT ?i ?t WHERE { ?i a pskg:ServiceItem ; dct:title ?t } "
    "ORDER BY ?i LIMIT 50",
    "a prefix that is declared another way": "PREFIX dct: <https://w3id.org/pskg/ns#>\n"
    "SELECT DISTINCT ?k WHERE { ?s dct:kind ?k } ORDER BY ?k",
    "a comment with words of SPARQL in it": "# select the tasks, ask <for> more\n#+ add: DELETE\n"
    "SELECT ?d ?t WHERE { ?d a pskg:PolicyDocument ; dct:title ?t } ORDER BY ?d",
    "numbers": "SELECT ?f ?share ?start WHERE { ?f pskg:share ?share ; pskg:start ?start } "
    "ORDER BY ?f",
    "years and dates": "SELECT ?d ?day ?first WHERE { ?d a pskg:PolicyDocument . "
    "OPTIONAL { ?d dct:issued ?day } OPTIONAL { ?d pskg:periodStart ?first } } ORDER BY ?d",
    "booleans": "SELECT DISTINCT ?c WHERE { ?s pskg:cumulative ?c } ORDER BY ?c",
    "graph names": "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } "
    "GROUP BY ?g ORDER BY ?g",
    "a yes": "ASK { ?s a pskg:ServiceItem }",
    "a no": "ASK { ?s a pskg:NoSuchClass }",
    "triples": "CONSTRUCT { ?d dct:title ?t } WHERE { ?d a pskg:PolicyDocument ; dct:title ?t }",
    "Chinese": 'SELECT ?b WHERE { ?b a pskg:Body ; skos:altLabel "市财政局"@zh } ORDER BY ?b',
    "two documents with one body": "SELECT ?b (COUNT(DISTINCT ?d) AS ?n) WHERE "
    "{ ?r pskg:body ?b ; dct:isPartOf ?d } GROUP BY ?b HAVING (COUNT(DISTINCT ?d) > 1) ORDER BY ?b",
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_server_gives_the_same_answers(graph: BuildGraph, endpoint: str, name: str) -> None:
    here, there = graph.query(QUERIES[name]), open_graph(endpoint).query(QUERIES[name])
    assert there.comparable == here.comparable
    if name in ("numbers", "Chinese", "triples", "a prefix that is not declared"):
        assert here.rows or here.triples


@pytest.mark.parametrize("name", [name for name in QUERIES if "yes" not in name])
def test_the_interface_of_rdflib_gives_the_same_answers(graph: BuildGraph, name: str) -> None:
    result = graph.rdflib().query(QUERIES[name])
    expected = graph.query(QUERIES[name])
    if expected.boolean is not None:
        assert bool(result.askAnswer) is expected.boolean
    elif expected.triples is not None:
        assert result.graph is not None
        assert len(result.graph) == len(expected.triples)
    else:
        rows = [[None if v is None else str(v) for v in row] for row in result]
        assert rows == [list(record.values()) for record in expected.records()]


def _name(query: str | Path) -> str:
    return query if isinstance(query, str) else f"table-{query.stem}"


@pytest.mark.parametrize("name", [*load_library(), *sorted(TABLES.glob("*.rq"))], ids=_name)
def test_a_server_answers_the_library_alike(
    graph: BuildGraph, endpoint: str, name: str | Path
) -> None:
    text = bind(find_query(name))
    assert RemoteGraph(endpoint).query(text).comparable == graph.query(text).comparable


def test_the_default_graph_is_the_union(graph: BuildGraph) -> None:
    # Some things (a ministry, a cited document) stand in the graphs of several documents.
    union = int(str(graph.query(QUERIES["count"]).records()[0]["n"]))
    per_graph = sum(int(str(row["n"])) for row in graph.query(QUERIES["graph names"]).records())
    assert 0 < union <= per_graph == len(graph.store)


def test_records_have_none_where_there_is_no_value() -> None:
    answer = MemoryGraph().query("SELECT ?x (1 AS ?y) WHERE { OPTIONAL { ?x ?p ?o } }")
    assert answer.records() == [{"x": None, "y": "1"}]


BAD_QUERIES = [
    # the query, the line at fault, words that the message must have
    ("SELECT * WHERE {\n ?s ?p\n}", 3, "expected"),
    ("SELECT ?x\nWHERE { ?s foaf:name ?x . ?x nope:thing ?y }", 2, "prefix"),
    ("", None, ""),
    ("SELEKT ?x {}", None, ""),
    ("INSERT DATA { <a:a> <a:b> <a:c> }", None, ""),
    ("\n\nDELETE WHERE { ?s ?p ?o }", None, ""),
    ("什么是牵头单位？", None, ""),
]


@pytest.mark.parametrize(("query", "line", "words"), BAD_QUERIES)
def test_a_bad_query_is_told_by_line(query: str, line: int | None, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        MemoryGraph().query(query)
    assert line is None or caught.value.line == line
    assert words in str(caught.value)
    assert caught.value.remedy
    assert len(str(caught.value)) < 700


@pytest.mark.parametrize(("query", "line", "words"), BAD_QUERIES)
def test_a_server_tells_a_bad_query_as_well(
    endpoint: str, query: str, line: int | None, words: str
) -> None:
    with pytest.raises(QueryError) as caught:
        RemoteGraph(endpoint).query(query)
    assert line is None or caught.value.line == line
    assert words in str(caught.value)


def test_a_column_of_the_first_line_is_that_of_the_query_as_given(endpoint: str) -> None:
    query = "SELECT * WHERE { ?s ?p"
    with pytest.raises(QueryError, match="at character 23") as here:
        MemoryGraph().query(query)
    with pytest.raises(QueryError, match="at character 23") as there:
        RemoteGraph(endpoint).query(query)
    assert here.value.line == there.value.line == 1


def test_a_service_that_does_not_answer_is_no_crash() -> None:
    with pytest.raises(QueryError, match="could not be carried out"):
        MemoryGraph().query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_a_build_cannot_be_written_to_by_a_query(graph: BuildGraph) -> None:
    before = len(graph.store)
    for query in ("DROP ALL", "INSERT DATA { <a:a> <a:b> <a:c> }"):
        with pytest.raises(QueryError):
            graph.query(query)
    assert len(graph.store) == before


# Terms


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        # stores rewrite numbers: 0.730 becomes 0.73
        (Term("0.730", "literal", XSD + "decimal"), Term("0.73", "literal", XSD + "decimal"), True),
        (Term("007", "literal", XSD + "integer"), Term("7", "literal", XSD + "integer"), True),
        (Term("1.0", "literal", XSD + "decimal"), Term("1", "literal", XSD + "integer"), True),
        (Term("1E3", "literal", XSD + "double"), Term("1000", "literal", XSD + "integer"), True),
        (Term("-0", "literal", XSD + "integer"), Term("0", "literal", XSD + "integer"), True),
        (Term("10", "literal", XSD + "integer"), Term("1", "literal", XSD + "integer"), False),
        # a string that looks like a number is none
        (Term("7", "literal"), Term("7", "literal", XSD + "integer"), False),
        (Term("0.730", "literal"), Term("0.73", "literal"), False),
        # what is no number is compared as it is
        (Term("x", "literal", XSD + "integer"), Term("x", "literal", XSD + "integer"), True),
        (Term("NaN", "literal", XSD + "double"), Term("NaN", "literal", XSD + "double"), True),
        # language tags without case
        (Term("a", "literal", None, "zh-Hans"), Term("a", "literal", None, "zh-hans"), True),
        (Term("a", "literal", None, "zh"), Term("a", "literal", None, "en"), False),
        (Term("a", "literal"), Term("a", "literal", None, "zh"), False),
        (Term("http://e.org/A", "iri"), Term("http://e.org/a", "iri"), False),
        # names of blank nodes mean nothing
        (Term("b0", "blank"), Term("f3", "blank"), True),
        # an exponent of any size costs no time
        (Term("1E999999", "literal", XSD + "double"), Term("1", "literal", XSD + "double"), False),
    ],
)
def test_terms_compare_by_what_they_mean(one: Term, other: Term, same: bool) -> None:
    assert (one.comparable == other.comparable) is same
    assert (Answer(("x",), ((one,),)).comparable == Answer(("x",), ((other,),)).comparable) is same


def test_a_plain_string_has_no_datatype() -> None:
    (row,) = MemoryGraph().query('SELECT ("a" AS ?a) ("b"@zh AS ?b) (1.50 AS ?c) {}').rows
    assert row == (
        Term("a", "literal"),
        Term("b", "literal", None, "zh"),
        Term("1.5", "literal", XSD + "decimal"),
    )


# Opening


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("no-such-thing", "nothing of this name"),
        ("", "no finished build"),  # the working folder: there, but no build
        ("http://", "no web address"),
        ("nowhere://example.org/data", "Protocol not known|package fsspec"),
        ("http://127.0.0.1:9/query", "nothing answers"),
        ("http://no.such.host.invalid/sparql", "nothing answers"),
        ("http://[broken", "no web address"),
        ("a\0b", "nothing of this name"),
    ],
)
def test_nonsense_is_told(
    target: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GraphError, match=words) as caught:
        open_graph(target)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.ttl", b"@prefix a: <http://a/> .\na:b a:c", "line 2"),
        ("a.nt", b"<http://a/b> <http://a/c> .", "line 1"),
        ("a.nq", b"\x00\xff\xfe", "not readable"),
        ("a.rdf", b"<rdf:RDF", "not readable"),
        ("a.jsonld", b'{"@id": ', "not readable"),
        ("a.trig", "牵头".encode("gb18030"), "not readable"),
        ("a.xlsx", b"PK", "no ending of an RDF file"),
        ("noending", b"", "no ending of an RDF file"),
    ],
)
def test_broken_files_are_told(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(GraphError, match=words) as caught:
        open_graph(tmp_path / name)
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.ttl", "@prefix e: <http://e.org/> . e:a e:p '牵头'@zh ."),
        ("a.nt", "<http://e.org/a> <http://e.org/p> '牵头'@zh .".replace("'", '"')),
        ("a.nq", '<http://e.org/a> <http://e.org/p> "牵头"@zh <http://e.org/g> .'),
        ("A.TRIG", "@prefix e: <http://e.org/> . e:g { e:a e:p '牵头'@zh }"),
        (
            "a.rdf",
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
            "xmlns:e='http://e.org/'><rdf:Description rdf:about='http://e.org/a'>"
            "<e:p xml:lang='zh'>牵头</e:p></rdf:Description></rdf:RDF>",
        ),
        (
            "a.jsonld",
            '{"@id":"http://e.org/a","http://e.org/p":{"@value":"牵头","@language":"zh"}}',
        ),
    ],
)
def test_files_open_by_their_ending(tmp_path: Path, name: str, data: str) -> None:
    (tmp_path / name).write_text(data, encoding="utf-8")
    graph = open_graph(tmp_path / name)
    assert isinstance(graph, FileGraph)
    assert graph.query("SELECT ?s ?o WHERE { ?s <http://e.org/p> ?o }").rows == (
        (Term("http://e.org/a", "iri"), Term("牵头", "literal", None, "zh")),
    )
    assert graph.text("http://e.org/a") is None


BROKEN_BUILDS = [
    ("manifest.json", b"{", "cannot be read"),
    ("manifest.json", b"[]", "not one of pskg's"),
    ("manifest.json", b'{"store": "x"}', "not one of pskg's"),
    ("manifest.json", b'{"store": "x", "documents": []}', "another version"),
    (
        "manifest.json",
        f'{{"format": {FORMAT}, "store": "x", "documents": []}}'.encode(),
        "store of this build",
    ),
    ("manifest.json", b"\xff\xfe\x00", "cannot be read"),
]


@pytest.mark.parametrize(("name", "data", "words"), BROKEN_BUILDS)
def test_broken_builds_are_told(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(GraphError, match=words):
        open_graph(tmp_path)


def test_a_broken_store_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(
        json.dumps({"format": FORMAT, "store": "x", "documents": []})
    )
    (tmp_path / "store" / "x").mkdir(parents=True)
    (tmp_path / "store" / "x" / "CURRENT").write_text("nonsense")
    with pytest.raises(GraphError, match="pskg build"):
        open_graph(tmp_path)


def test_texts_belong_to_documents(graph: BuildGraph) -> None:
    rows = graph.query(
        "SELECT ?d ?length ?quote ?start ?end WHERE { ?d a pskg:PolicyDocument ; "
        "pskg:textLength ?length ; pskg:quote ?quote ; pskg:start ?start ; pskg:end ?end }"
    ).records()
    assert rows
    for row in rows:
        text = graph.text(str(row["d"]))
        assert text is not None
        assert len(text) == int(str(row["length"]))
        assert text[int(str(row["start"])) : int(str(row["end"]))] == row["quote"]
    assert graph.text("https://w3id.org/pskg/id/document/none") is None


# The interface of rdflib


def test_rdflib_has_its_own_plain_strings(graph: BuildGraph) -> None:
    dataset = graph.rdflib()
    kinds = set(dataset.objects(None, rdflib.URIRef(PREFIXES["pskg"] + "role")))
    kinds |= set(dataset.objects(None, rdflib.URIRef(PREFIXES["pskg"] + "severity")))
    texts = set(dataset.objects(None, rdflib.URIRef(PREFIXES["pskg"] + "effectStatus")))
    assert texts <= {rdflib.Literal(s) for s in ("in_force", "expired", "unknown")}
    item = rdflib.Literal("expired")
    status = rdflib.URIRef(PREFIXES["pskg"] + "effectStatus")
    assert (None, status, item) in dataset
    found = {row.s for row in dataset.query("SELECT ?s { ?x pskg:effectStatus ?s }")}
    assert found == texts


def test_rdflib_reads_a_server(graph: BuildGraph, endpoint: str) -> None:
    query = "SELECT ?i WHERE { ?i a pskg:ServiceItem } ORDER BY ?i"
    rows = [str(row.i) for row in open_graph(endpoint).rdflib().query(query)]
    assert rows == [record["i"] for record in graph.query(query).records()]


# Servers


def test_a_server_gives_every_quad(graph: BuildGraph, endpoint: str) -> None:
    remote = RemoteGraph(endpoint)
    remote.page_size = 20_000  # the largest graph comes in pages
    assert set(remote.quads()) == set(graph.quads())
    assert remote.graph_names() == graph.graph_names()


class _Handler(BaseHTTPRequestHandler):
    """A server that answers as a test tells it to."""

    answers: tuple[int, str, bytes] = (200, "text/plain", b"")
    delay = 0.0
    asked: list[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        query = parse_qs(body)["query"][0]
        self.asked.append(query)
        status, kind, data = self.answers
        if query.endswith("ASK {}") and status == 200:
            kind, data = "application/sparql-results+json", b'{"head":{},"boolean":true}'
        else:
            time.sleep(self.delay)
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


class _QuietServer(ThreadingHTTPServer):
    """Ends with the test that asked it: a late answer must not write into another's output."""

    daemon_threads = False
    block_on_close = True

    def handle_error(self, request: object, client_address: object) -> None:
        # The client may have gone before a slow answer was whole.
        pass


@pytest.fixture
def odd_server() -> Iterator[tuple[type[_Handler], str]]:
    handler = type("Handler", (_Handler,), {"asked": []})
    server = _QuietServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield handler, f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((500, "text/plain", b"out of memory"), "out of memory"),
        ((503, "text/html", b"<html>"), "503"),
        ((404, "text/html", b"<html>"), "no SPARQL endpoint"),
        ((401, "text/plain", b"who are you"), "no SPARQL endpoint"),
        ((200, "text/html", b"<html>welcome"), "text/html"),
        ((200, "application/sparql-results+json", b'{"head":'), "no SPARQL endpoint"),
        ((200, "application/sparql-results+json", b'{"head":{}}'), "no SPARQL endpoint"),
        ((200, "application/sparql-results+json", b"[]"), "no SPARQL endpoint"),
    ],
)
def test_what_is_no_endpoint_is_told(
    odd_server: tuple[type[_Handler], str], answer: tuple[int, str, bytes], words: str
) -> None:
    handler, url = odd_server
    handler.answers = answer
    with pytest.raises(GraphError, match=words) as caught:
        open_graph(url).query("SELECT * WHERE { ?s ?p ?o }")
    assert url in str(caught.value)


def test_a_slow_server_is_told(odd_server: tuple[type[_Handler], str]) -> None:
    handler, url = odd_server
    handler.delay = 3
    graph = RemoteGraph(url, timeout=1)
    with pytest.raises(GraphError, match="within 1 s"):
        graph.query("SELECT * WHERE { ?s ?p ?o }")


def test_a_server_that_holds_back_is_told(odd_server: tuple[type[_Handler], str]) -> None:
    # Virtuoso cuts long results off without a word.
    handler, url = odd_server
    graph = RemoteGraph(url)
    count = b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"3"}}]}}'
    handler.answers = (200, "application/sparql-results+json", count)
    pages = graph._fetch("?s ?p ?o", union=True)

    original = graph._ask

    def ask(sparql: str, *, union: bool) -> Answer:
        answer = original(sparql, union=union)
        handler.answers = (200, "text/turtle", b"<http://a/> <http://b/> <http://c/> .")
        return answer

    graph._ask = ask  # type: ignore[method-assign]
    with pytest.raises(GraphError, match="1 of 3"):
        list(pages)


def test_a_server_gets_prefixes_once_and_on_the_first_line(
    odd_server: tuple[type[_Handler], str],
) -> None:
    handler, url = odd_server
    handler.answers = (200, "application/json", b'{"head":{},"boolean":false}')
    RemoteGraph(url).query("# PREFIX org: <x>\nPREFIX dct: <http://e.org/>\nASK { ?s dct:a ?o }")
    sent = handler.asked[-1]
    assert sent.count("PREFIX dct:") == 1
    assert "PREFIX org: <http://www.w3.org/ns/org#>" in sent.splitlines()[0]
    assert len(sent.splitlines()) == 3


# Dumps


def _dump(graph: Graph, format: str) -> bytes:
    out = io.BytesIO()
    write_graph(graph, format, out)
    return out.getvalue()


SUFFIX = {
    "turtle": ".ttl",
    "ntriples": ".nt",
    "nquads": ".nq",
    "trig": ".trig",
    "jsonld": ".jsonld",
    "rdfxml": ".rdf",
}


def test_every_format_has_an_ending_that_opens() -> None:
    assert set(SUFFIX) == set(RDF_FORMATS)
    assert {FORMATS[suffix] for suffix in SUFFIX.values()} == set(RDF_FORMATS.values())


SMALL = """
@prefix e: <http://e.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix pskg: <https://w3id.org/pskg/ns#> .
e:g1 { e:b pskg:leads e:a , e:c ; pskg:quote "一\\n\\"二\\"\\t\\\\三" .
       e:a e:p 0.50 , "0.50" , "x"@zh }
e:g2 { e:a e:p "x"@zh , "2020-01-01"^^xsd:date , "2020"^^xsd:gYear , true . e:b pskg:leads e:c }
e:a e:p "loose" .
"""


@pytest.fixture
def small() -> MemoryGraph:
    graph = MemoryGraph()
    graph.store.load(SMALL.encode(), format=ox.RdfFormat.TRIG)
    return graph


@pytest.mark.parametrize("format", RDF_FORMATS)
def test_dumps_read_back(small: MemoryGraph, format: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{SUFFIX[format]}"
    count = write_graph(small, format, path)
    again = open_graph(path)
    named = RDF_FORMATS[format].supports_datasets
    expected = set(small.quads()) if named else {quad.triple for quad in small.quads()}
    found = set(again.quads()) if named else {quad.triple for quad in again.quads()}
    assert found == expected
    assert count == len(expected)
    assert _dump(again, format) == path.read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("format", ["turtle", "ntriples", "rdfxml"])
def test_dumps_are_read_by_another_engine(small: MemoryGraph, format: str) -> None:
    # rdflib's own parsers and its own terms: nothing of pyoxigraph is in the second graph.
    name = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml"}[format]
    found = rdflib.Graph().parse(data=_dump(small, format), format=name)
    expected = rdflib.Graph()
    for quad in small.quads():
        expected.parse(data=f"{quad.triple} .", format="nt")
    assert isomorphic(found, expected)
    assert len(found) == 10


@pytest.mark.parametrize("format", ["nquads", "trig", "jsonld"])
def test_named_graphs_are_read_by_another_engine(small: MemoryGraph, format: str) -> None:
    name = {"nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}[format]
    found = rdflib.Dataset().parse(data=_dump(small, format), format=name)
    sizes = {str(one.identifier): len(one) for one in found.graphs() if len(one)}
    assert sizes == {"http://e.org/g1": 6, "http://e.org/g2": 5, "urn:x-rdflib:default": 1}


@pytest.mark.parametrize("format", RDF_FORMATS)
def test_the_order_of_loading_leaves_no_trace(small: MemoryGraph, format: str) -> None:
    turned = MemoryGraph()
    for quad in sorted(small.quads(), key=str, reverse=True):
        turned.store.add(quad)
    assert _dump(turned, format) == _dump(small, format)


@pytest.mark.parametrize("format", ["nquads", "turtle"])
def test_a_server_dumps_the_same_bytes(graph: BuildGraph, endpoint: str, format: str) -> None:
    assert _dump(open_graph(endpoint), format) == _dump(graph, format)


def test_the_whole_build_is_the_same_in_rdflib(graph: BuildGraph) -> None:
    found = rdflib.Graph().parse(data=_dump(graph, "turtle"), format="turtle")
    union = graph.query("SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }")
    assert len(found) == int(str(union.records()[0]["n"]))


def test_nquads_are_sorted_lines(graph: BuildGraph) -> None:
    lines = _dump(graph, "nquads").splitlines(keepends=True)
    by_graph = [(line.rsplit(b" ", 2)[1], line) for line in lines]
    assert by_graph == sorted(by_graph)
    assert len(set(lines)) == len(lines) == len(graph.store)


@pytest.mark.parametrize("format", ["nquads", "turtle"])
@pytest.mark.parametrize("fate", ["gone", "cut short"])
def test_a_dump_is_the_same_where_the_parts_are_damaged(
    graph: BuildGraph, tmp_path: Path, format: str, fate: str
) -> None:
    folder = tmp_path / "build"
    shutil.copytree(graph.folder, folder)
    for path in (folder / "parts").glob("*.nq"):
        if fate == "gone":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:-200])
    assert _dump(open_graph(folder), format) == _dump(graph, format)


@pytest.mark.parametrize("format", sorted({"turtle", "ntriples", "rdfxml"}))
def test_what_is_too_large_to_sort_at_once_is_merged(
    graph: BuildGraph, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    at_once = _dump(graph, format)
    monkeypatch.setattr(dump, "_RUN", 1_000_000)
    assert _dump(graph, format) == at_once


def test_no_room_to_sort_is_told(
    small: MemoryGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_run(lines: list[bytes], path: Path) -> Path:
        return write(lines, tmp_path / "gone" / "0")

    write = dump._write_run
    monkeypatch.setattr(dump, "_RUN", 1)
    monkeypatch.setattr(dump, "_write_run", write_run)
    with pytest.raises(GraphError, match=r"cannot be sorted.*TMPDIR"):
        write_graph(small, "turtle", io.BytesIO())


def test_an_empty_graph_is_an_empty_dump() -> None:
    assert _dump(MemoryGraph(), "ntriples") == b""


def test_an_unknown_format_is_told() -> None:
    with pytest.raises(ValueError, match="turtle"):
        write_graph(MemoryGraph(), "excel", io.BytesIO())


def test_a_path_that_cannot_be_written_is_told(small: MemoryGraph, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="cannot be written"):
        write_graph(small, "turtle", tmp_path / "no" / "such" / "folder.ttl")
    (tmp_path / "folder").mkdir()
    with pytest.raises(GraphError, match="cannot be written"):
        write_graph(small, "turtle", tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize("format", sorted(RDF_FORMATS))
def test_what_was_computed_can_be_left_out(graph: BuildGraph, format: str) -> None:
    out, whole = io.BytesIO(), io.BytesIO()
    number = write_graph(graph, format, out, asserted_only=True)
    assert 0 < number < write_graph(graph, format, whole)
    read = MemoryGraph()
    read.store.load(out.getvalue(), format=RDF_FORMATS[format])
    gone = "pskg:leads|pskg:pays|eli:based_on|org:classification|pskg:canonicalItem|pskg:rule"
    assert read.query(f"ASK {{ ?s {gone} ?o }}").boolean is False
    # A vocabulary says it of its concepts.
    item = "?s a pskg:ServiceItem ; cv:thematicArea|skos:exactMatch ?o"
    assert read.query(f"ASK {{ {item} }}").boolean is False
    assert read.query("ASK { ?s pskg:bodyAsWritten ?o }").boolean is True
    assert read.query("ASK { ?g a pskg:InferredGraph }").boolean is False


def test_one_graph_does_not_tell_what_was_computed(small: MemoryGraph) -> None:
    flat = MemoryGraph()
    flat.store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in small.quads())
    with pytest.raises(GraphError, match="stand in one graph"):
        write_graph(flat, "turtle", io.BytesIO(), asserted_only=True)
