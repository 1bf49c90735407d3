"""Graphs put into servers: real ones, and one that does as a test tells it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import signal
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from pskg.api import KnowledgeGraph
from pskg.cli import main
from pskg.graph import publish as module
from pskg.graph.http import Connection
from pskg.graph.publish import publish
from pskg.graph.store import (
    PUBLISHED,
    BuildGraph,
    Graph,
    GraphError,
    MemoryGraph,
    RemoteGraph,
)
from pskg.pipeline import build
from pskg.resources import resource_folder
from pskg.use.queries import bind, find_query, load_library
from servers import has_virtuoso, run_oxigraph, run_virtuoso

TABLES = sorted((resource_folder("queries") / "tables").glob("*.rq"))
SECRET = "open-sesame-5"


@dataclass
class Server:
    """Where a server is, and who may write there."""

    query: str
    user: str = ""
    password: str = ""
    #: What writes without pskg.
    update: str = ""


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PSKG_USER", "PSKG_PASSWORD", "PSKG_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def virtuoso_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not has_virtuoso():
        pytest.skip("virtuoso-t is not installed (Debian: virtuoso-opensource)")
    with run_virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """An empty server that takes writes, as far as pskg is concerned."""
    if request.param == "oxigraph":
        with run_oxigraph() as url:
            yield Server(f"{url}/query", update=f"{url}/update")
        return
    url = request.getfixturevalue("virtuoso_url")
    monkeypatch.setenv("PSKG_USER", "dba")
    monkeypatch.setenv("PSKG_PASSWORD", "dba")
    found = Server(f"{url}/sparql-auth", "dba", "dba", f"{url}/sparql-auth")
    for name in RemoteGraph(found.query).graph_names():
        if "//e.org/" in str(name) or "pskg" in str(name):
            write(found, f"DROP SILENT GRAPH {name}")
    write(found, f"DROP SILENT GRAPH <{PUBLISHED}>")
    yield found


def write(server: Server, text: str) -> None:
    reply = Connection().send(
        "POST", server.update, text.encode(), {"Content-Type": "application/sparql-update"}
    )
    assert reply.ok, reply.words


def small(**graphs: str) -> MemoryGraph:
    """A graph of named graphs ``http://e.org/NAME`` from what stands in each in Turtle."""
    graph = MemoryGraph(name="small")
    for name, text in graphs.items():
        graph.store.load(
            f"@prefix e: <http://e.org/> . {text}".encode(),
            format=ox.RdfFormat.TURTLE,
            to_graph=ox.NamedNode(f"http://e.org/{name}"),
        )
    return graph


ONE = 'e:a e:p "一\\n\\"二\\"\\t\\\\三"@zh , "x" , "" , 5 , 0.5 , true .'
TWO = " ".join(f'e:s{number} e:p "{number}" .' for number in range(40))
THREE = "e:a e:q e:b , e:c ."


def graphs(graph: Graph) -> dict[str, set[str]]:
    """The triples of each graph by name, as far as any two servers agree on their spelling."""
    return {
        str(name): {
            str(triple).replace('"1"^^<http://www.w3.org/2001/XMLSchema#boolean>',
                                '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>')
            for triple in graph.triples(name)
        }
        for name in graph.graph_names()
        if "//e.org/" in str(name)
    }  # fmt: skip


def record(server: Server) -> set[str]:
    rows = RemoteGraph(server.query).query(
        f"SELECT ?g WHERE {{ GRAPH <{PUBLISHED}> {{ ?g schema:sha256 ?d }} }}"
    )
    return {str(row["g"]) for row in rows.records()}


# Real servers


def test_the_library_answers_alike(server: Server, graph: BuildGraph) -> None:
    report = publish(graph, server.query)
    assert report.graphs == len(graph.graph_names()) == len(report.sent)
    assert report.total == report.triples == len(graph.store)
    assert report.protocols == ("gsp", "update")
    remote = RemoteGraph(server.query, timeout=600)
    differing = []
    for name in [*load_library(), *TABLES]:
        text = bind(find_query(name))
        if remote.query(text).comparable != graph.query(text).comparable:
            differing.append(name)
    assert differing == []
    again = publish(graph, server.query)
    assert not again.changed
    assert again.total == report.total


def test_the_server_holds_the_build(graph: BuildGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    with run_oxigraph() as url:
        publish(graph, f"{url}/query")
        remote = RemoteGraph(f"{url}/query")
        assert remote.graph_names() == graph.graph_names()
        assert set(remote.quads()) == set(graph.quads())
        # Of parts that are the same nothing is read.
        monkeypatch.delattr(module, "_read")
        assert not publish(graph, f"{url}/query").changed


@pytest.mark.parametrize("protocol", module.PROTOCOLS)
def test_only_what_changed_is_sent(server: Server, protocol: module.Protocol) -> None:
    write(server, "INSERT DATA { GRAPH <http://e.org/theirs> { <http://e.org/x> a 'theirs' } }")
    first = small(one=ONE, two=TWO, three=THREE)
    report = publish(first, server.query, protocol=protocol)
    assert len(report.sent) == 3
    assert report.triples == 48
    assert report.protocols == ("gsp" if protocol == "gsp" else "update",)
    remote = RemoteGraph(server.query)
    theirs = graphs(remote).pop("<http://e.org/theirs>")
    assert len(theirs) == 1

    second = small(one=ONE, two=TWO + "e:s1 e:p e:new .", four=THREE)
    dry = publish(second, server.query, protocol=protocol, dry_run=True)
    assert graphs(remote) == {**graphs(first), "<http://e.org/theirs>": theirs}
    report = publish(second, server.query, protocol=protocol)
    assert set(report.sent) == set(dry.sent) == {"http://e.org/two", "http://e.org/four"}
    assert report.removed == dry.removed == ("http://e.org/three",)
    assert graphs(remote) == {**graphs(second), "<http://e.org/theirs>": theirs}
    assert record(server) == {f"http://e.org/{name}" for name in ("one", "two", "four")}
    assert not publish(second, server.query, protocol=protocol).changed


def test_graphs_of_another_hand_are_not_replaced_unasked(server: Server) -> None:
    write(server, "INSERT DATA { GRAPH <http://e.org/one> { <http://e.org/x> a 'theirs' } }")
    graph = small(one=ONE)
    remote = RemoteGraph(server.query)
    before = graphs(remote)
    for dry_run in (True, False):
        with pytest.raises(GraphError, match="did not put it there") as caught:
            publish(graph, server.query, dry_run=dry_run)
        assert "http://e.org/one" in str(caught.value)
        assert graphs(remote) == before
    publish(graph, server.query, replace=True)
    assert graphs(remote) == graphs(graph)


def test_what_was_lost_is_sent_again(server: Server) -> None:
    graph = small(one=ONE, two=TWO)
    publish(graph, server.query)
    write(server, "DELETE DATA { GRAPH <http://e.org/two> { <http://e.org/s1> "
          "<http://e.org/p> '1' } }")  # fmt: skip
    report = publish(graph, server.query)
    assert report.sent == report.mended == ("http://e.org/two",)
    assert graphs(RemoteGraph(server.query)) == graphs(graph)


def test_a_wrong_password_is_told_without_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not server.user:
        pytest.skip("this server asks for none")
    monkeypatch.setenv("PSKG_PASSWORD", SECRET)
    with pytest.raises(GraphError, match="401") as caught:
        publish(small(one=ONE), server.query)
    assert "PSKG_PASSWORD" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_virtuoso_open_to_read_tells_where_to_write(virtuoso_url: str) -> None:
    with pytest.raises(GraphError, match="/sparql-auth"):
        publish(small(one=ONE), f"{virtuoso_url}/sparql")


def test_a_read_only_server_is_told(endpoint: str) -> None:
    with pytest.raises(GraphError, match="so that it can be written"):
        publish(small(one=ONE), endpoint)


# Killed


@pytest.mark.parametrize("lines", [1, 6])
def test_a_killed_publish_goes_on_where_it_stopped(graph: BuildGraph, lines: int) -> None:
    with run_oxigraph() as url:
        command = [sys.executable, "-m", "pskg", "publish", f"{url}/query"]
        process = subprocess.Popen(
            [*command, "--graph", str(graph.folder)], stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        seen = 0
        for line in process.stderr:
            seen += " sending " in line
            if seen == lines:
                process.send_signal(signal.SIGKILL)
                break
        assert process.wait() == -signal.SIGKILL
        process.stderr.close()
        whole = record(Server(f"{url}/query"))
        report = publish(graph, f"{url}/query")
        assert 0 < len(whole) < report.graphs
        assert set(report.sent) == {name.value for name in graph.graph_names()} - whole
        assert set(RemoteGraph(f"{url}/query").quads()) == set(graph.quads())


class Killed(BaseException):
    """What no handler of errors catches."""


def test_broken_off_before_or_after_any_request(monkeypatch: pytest.MonkeyPatch) -> None:
    first = small(one=ONE, two=TWO, three=THREE)
    second = small(one=ONE, two=TWO + "e:s1 e:p e:new .", four=THREE, five=ONE)
    monkeypatch.setattr(module, "_UPDATE_BATCH", 25)
    original = Connection.send
    left = 0

    def send(self: Connection, method: str, url: str, *arguments: object) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        reply = original(self, method, url, *arguments)  # type: ignore[arg-type]
        if left == -1 and "query" not in url:
            raise Killed
        return reply

    done, number = False, 0
    with run_oxigraph() as url:
        remote = RemoteGraph(f"{url}/query")
        write_to = Server(f"{url}/query", update=f"{url}/update")
        while not done:
            number += 1
            for name in (*remote.graph_names(), f"<{PUBLISHED}>"):
                write(write_to, f"DROP SILENT GRAPH {name}")
            write(write_to, "INSERT DATA { GRAPH <http://e.org/theirs> { <http://e.org/x> a 1 } }")
            theirs = graphs(remote)
            publish(first, f"{url}/query")
            with monkeypatch.context() as patched:
                patched.setattr(Connection, "send", send)
                left = number
                try:
                    publish(second, f"{url}/query")
                    done = left > 0
                except Killed:
                    pass
            publish(second, f"{url}/query")
            assert graphs(remote) == {**graphs(second), **theirs}
            assert record(write_to) == {f"http://e.org/{n}" for n in ("one", "two", "four", "five")}
    assert number > 15


def test_a_new_build_sends_its_changed_graphs_only(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    text = "某市关于推进基本公共服务的通知\n一、总体要求\n到2020年,九年义务教育巩固率达到95%。\n"
    (sources / "one.txt").write_text(text)
    (sources / "two.txt").write_text(text.replace("某市", "另市"))
    built = build([sources], tmp_path / "build", workers=1)
    with run_oxigraph() as url:
        publish(built.out, f"{url}/query")
        (sources / "two.txt").unlink()
        (sources / "one.txt").write_text(text + "到2020年,高中阶段毛入学率达到90%。\n")
        before = {one.source: one for one in built.documents}
        built = build([sources], tmp_path / "build", workers=1)
        report = publish(built.out, f"{url}/query")
        gone = before["two.txt"]
        assert set(report.removed) >= {gone.graph}
        assert all(name.startswith(gone.document) for name in report.removed)
        assert report.sent
        assert all(name.startswith(built.documents[0].document) for name in report.sent)
        assert set(RemoteGraph(f"{url}/query").quads()) == set(built.open().quads())


# A server that does as it is told


@dataclass
class Rules:
    """What the server does otherwise than one should."""

    #: The status for a request, or none to carry it out: method, path, body.
    refuse: Callable[[str, str, bytes], int | None] = lambda method, path, body: None
    #: The Authorization that it wants, and how it asks for it.
    wanted: Callable[[str, str], bool] = lambda method, authorization: True
    challenge: str = ""
    location: str = ""
    store: ox.Store = field(default_factory=ox.Store)
    requests: list[tuple[str, str, int]] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    """Query, update and graph store over a store in memory."""

    rules: Rules
    protocol_version = "HTTP/1.1"

    def answer(self, status: int, body: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        if status == 401 and self.rules.challenge:
            self.send_header("www-authenticate", self.rules.challenge)
        if 300 <= status < 400:
            self.send_header("location", self.rules.location)
        self.end_headers()
        self.wfile.write(body)

    def carry_out(self) -> None:
        rules = self.rules
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        path, _, parameters = self.path.partition("?")
        rules.requests.append((self.command, path, len(body)))
        if not rules.wanted(self.command, self.headers.get("authorization") or ""):
            return self.answer(401, b"who are you")
        status = rules.refuse(self.command, path, body)
        if status is not None:
            return self.answer(status, b"not today")
        if path == "/query" and b"query=" not in body:
            return self.answer(400, b"no query")
        if path == "/query":
            query = urllib.parse.parse_qs(body.decode())["query"][0]
            found = rules.store.query(query, use_default_graph_as_union=True)
            if isinstance(found, ox.QueryTriples):
                data = found.serialize(format=ox.RdfFormat.TURTLE)
                return self.answer(200, data or b"", "text/turtle")
            data = found.serialize(format=ox.QueryResultsFormat.JSON)
            return self.answer(200, data or b"", "application/sparql-results+json")
        if path == "/update":
            rules.store.update(body.decode())
            return self.answer(204)
        if path == "/store":
            name = ox.NamedNode(urllib.parse.parse_qs(parameters)["graph"][0])
            if self.command == "DELETE":
                rules.store.remove_graph(name)
            else:
                rules.store.load(body, format=ox.RdfFormat.TURTLE, to_graph=name)
            return self.answer(204)
        return self.answer(404)

    do_GET = do_HEAD = do_POST = do_DELETE = carry_out  # noqa: N815

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def told() -> Iterator[tuple[Rules, str]]:
    """The rules and the query address of a server that does as it is told."""
    rules = Rules()
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), type("Told", (Handler,), {"rules": rules}))
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield rules, f"http://127.0.0.1:{httpd.server_port}/query"
    httpd.shutdown()
    httpd.server_close()


@pytest.mark.parametrize("protocol", ["gsp", "update"])
@pytest.mark.parametrize("status", [413, 400, 500])
def test_what_is_too_large_is_halved(
    told: tuple[Rules, str], protocol: module.Protocol, status: int
) -> None:
    rules, url = told
    rules.refuse = lambda method, path, body: (
        status if path != "/query" and len(body) > 600 else None
    )
    graph = small(one=ONE, two=TWO)
    publish(graph, url, protocol=protocol)
    assert graphs(MemoryGraph(rules.store)) == graphs(graph)
    assert len([size for _, path, size in rules.requests if path != "/query"]) > 8


def test_a_triple_that_is_refused_is_told(told: tuple[Rules, str]) -> None:
    rules, url = told
    rules.refuse = lambda method, path, body: 400 if b"/s7>" in body else None
    with pytest.raises(GraphError, match=r"a triple of <http://e\.org/two> is refused") as caught:
        publish(small(one=ONE, two=TWO), url)
    assert "not today" in str(caught.value)


def test_a_server_that_asks_to_wait_is_waited_for(
    told: tuple[Rules, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rules, url = told
    monkeypatch.setattr(module, "_WAITS", (0.0, 0.0))
    count = 0

    def refuse(method: str, path: str, body: bytes) -> int | None:
        nonlocal count
        count += path != "/query"
        return 503 if path != "/query" and count > 3 and count % 3 else None

    rules.refuse = refuse
    graph = small(one=ONE, two=TWO)
    publish(graph, url)
    assert graphs(MemoryGraph(rules.store)) == graphs(graph)


@pytest.mark.parametrize(
    ("status", "path", "words"),
    [
        (401, "/update", "PSKG_USER"),
        (403, "/update", "PSKG_USER"),
        (404, "/update", "--update-url"),
        (405, "/update", "--update-url"),
        (301, "/update", "moved to https://e.org/there"),
        (401, "/query", "PSKG_USER"),
        (404, "/query", "no SPARQL endpoint"),
    ],
)
def test_a_server_that_refuses_is_told(
    told: tuple[Rules, str], status: int, path: str, words: str
) -> None:
    rules, url = told
    rules.location = "https://e.org/there"
    rules.refuse = lambda method, asked, body: status if asked == path else None
    with pytest.raises(GraphError, match=re.escape(words)) as caught:
        publish(small(one=ONE), url)
    assert str(status) in str(caught.value)
    assert len(rules.store) == 0


def test_a_server_without_the_graph_store_protocol_gets_updates(told: tuple[Rules, str]) -> None:
    rules, url = told
    rules.refuse = lambda method, path, body: 404 if path == "/store" else None
    large = small(large=" ".join(f"e:s{number} e:p {number} ." for number in range(2_500)))
    assert publish(large, url).protocols == ("update",)
    assert graphs(MemoryGraph(rules.store)) == graphs(large)
    with pytest.raises(GraphError, match="--gsp-url"):
        publish(small(one=ONE), url, protocol="gsp")


def test_a_server_that_drops_triples_is_told(told: tuple[Rules, str]) -> None:
    rules, url = told
    rules.refuse = lambda method, path, body: 204 if b"/s7>" in body else None
    with pytest.raises(GraphError, match="holds 0 triples there, not 6, and 1 more"):
        publish(small(one=ONE, two=TWO), url)


def test_addresses_of_two_datasets_are_told(told: tuple[Rules, str]) -> None:
    rules, url = told
    with run_oxigraph() as other, pytest.raises(GraphError, match="one and the same dataset"):
        publish(small(one=ONE), url, update_url=f"{other}/update")
    assert len(rules.store) == 0


def test_nothing_that_answers_is_told() -> None:
    with pytest.raises(GraphError, match="nothing answers there"):
        publish(small(one=ONE), "http://127.0.0.1:9/query")


# Who asks


def digest_answer(header: str, method: str) -> bool:
    """Whether an Authorization is the right answer to DIGEST."""
    words = dict(re.findall(r'(\w+)="?([^",]+)"?', header))
    if not header.startswith("Digest ") or words.get("nonce") != "abc":
        return False

    def md5(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    one, two = md5(f"me:here:{SECRET}"), md5(f"{method}:{words['uri']}")
    middle = f"abc:{words['nc']}:{words['cnonce']}:auth"
    return words["response"] == md5(f"{one}:{middle}:{two}")


BASIC = "Basic " + base64.b64encode(f"me:{SECRET}".encode()).decode()


@pytest.mark.parametrize("kind", ["basic", "digest", "token"])
def test_credentials_are_sent_as_the_server_asks(
    told: tuple[Rules, str], monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    rules, url = told
    if kind == "token":
        monkeypatch.setenv("PSKG_TOKEN", SECRET)
        rules.wanted = lambda method, header: header == f"Bearer {SECRET}"
    else:
        monkeypatch.setenv("PSKG_USER", "me")
        monkeypatch.setenv("PSKG_PASSWORD", SECRET)
        rules.challenge = {"basic": 'Basic realm="here"'}.get(
            kind, 'Digest realm="here", nonce="abc", qop="auth", algorithm="MD5"'
        )
        rules.wanted = (
            (lambda method, header: header == BASIC)
            if kind == "basic"
            else (lambda method, header: digest_answer(header, method))
        )
    graph = small(one=ONE, two=TWO)
    publish(graph, url)
    assert graphs(MemoryGraph(rules.store)) == graphs(graph)
    assert graphs(RemoteGraph(url)) == graphs(graph)
    if kind != "digest":
        rows = RemoteGraph(url).rdflib().query("SELECT ?s { ?s <http://e.org/q> ?o }")
        assert len(list(rows)) == 0


def test_a_password_goes_only_to_a_server_that_asks(
    told: tuple[Rules, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rules, url = told
    monkeypatch.setenv("PSKG_USER", "me")
    monkeypatch.setenv("PSKG_PASSWORD", SECRET)
    rules.wanted = lambda method, header: not header
    publish(small(one=ONE, two=TWO), url)


# What can be published


def test_what_has_no_names_is_told() -> None:
    loose = MemoryGraph(name="loose")
    loose.store.load(b"<http://e.org/a> a <http://e.org/b> .", format=ox.RdfFormat.TURTLE)
    with run_oxigraph() as url:
        for graph, words in (
            (loose, "no named graph"),
            (MemoryGraph(), "nothing in it"),
            (small(one="[] e:p e:b ."), "blank node"),
        ):
            with pytest.raises(GraphError, match=words):
                publish(graph, f"{url}/query")


# The command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["publish", *arguments])


def test_the_command(graph: BuildGraph) -> None:
    folder = str(graph.folder)
    with run_oxigraph() as url:
        dry = run(f"{url}/query", "--graph", folder, "--dry-run", "--format", "json")
        assert dry.exit_code == 0
        assert len(json.loads(dry.stdout)["sent"]) == len(graph.graph_names())
        assert RemoteGraph(f"{url}/query").graph_names() == []
        result = run(f"{url}/query", "--graph", folder)
        assert result.exit_code == 0
        assert f"{len(graph.graph_names())} graphs sent" in result.stdout
        assert " sending " in result.stderr
        again = run(f"{url}/query", "--graph", folder)
        assert "nothing to send" in again.stdout
        assert not KnowledgeGraph(graph).publish(f"{url}/query").changed


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("localhost:7878",), 2, "no web address"),
        (("http://127.0.0.1:9/query", "--update-url", "x"), 2, "no web address"),
        (("http://127.0.0.1:9/query", "--graph", "http://127.0.0.1:9/query"), 2, "build folder"),
        (("http://127.0.0.1:9/query", "--graph", "no-such"), 2, "pskg build"),
        (("http://127.0.0.1:9/query", "--protocol", "ftp"), 2, "ftp"),
        (("http://127.0.0.1:9/query",), 1, "nothing answers"),
    ],
)
def test_bad_calls(graph: BuildGraph, arguments: tuple[str, ...], status: int, words: str) -> None:
    graph_option = () if "--graph" in arguments else ("--graph", str(graph.folder))
    result = run(*arguments, *graph_option)
    assert result.exit_code == status
    assert words in result.stderr
    assert "Traceback" not in result.stderr
