"""Graphs put into a SPARQL 1.1 server, and only what changed since they were put there last.

The unit is the named graph. What the server holds is written down on the server itself, in a
graph of its own (PUBLISHED), with SPARQL Update:

``PUBLISHED dct:hasPart GRAPH``
    pskg put this graph there, or is about to. Only such graphs are ever replaced or removed.
``GRAPH schema:sha256 DIGEST ; void:triples COUNT``
    It is whole: the SHA-256 of its sorted N-Triples, and how many there are. Written when the
    server has all of them, taken away before anything of the graph is touched.
``GRAPH schema:version DIGEST``
    The part of the build it came from: where that has not changed, nothing of it is read.

So a publish that was killed at any moment goes on where it stopped, and what was never written
down was never pskg's. Graphs go through the Graph Store Protocol, or through SPARQL Update, where
many small ones share a request. Requests are of bounded size; one that a server finds too large,
or takes too long over, is halved. All of them may be sent twice: there are no blank nodes.
"""

from __future__ import annotations

import hashlib
import time
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from pskg.graph.http import Connection, NoAnswerError, Reply
from pskg.graph.names import term
from pskg.graph.store import (
    PUBLISHED,
    BuildGraph,
    Graph,
    GraphError,
    QueryError,
    RemoteGraph,
    open_graph,
)
from pskg.progress import Progress

__all__ = ["PROTOCOLS", "Protocol", "PublishReport", "publish"]

Protocol = Literal["auto", "gsp", "update"]
PROTOCOLS: tuple[Protocol, ...] = ("auto", "gsp", "update")

#: Triples in a request at first. Virtuoso compiles no INSERT DATA of 5,000.
_GSP_BATCH, _UPDATE_BATCH = 10_000, 2_000
#: Small graphs share a request: so many at the most. Of more triples, one goes by itself.
_BUNDLE = 200
#: Seconds that a write may take before it is halved.
_PATIENCE = 300.0
#: Seconds to wait before the next try, where nothing answers or a server asks to wait.
_WAITS = (1.0, 2.0, 4.0, 8.0)
#: Rows of the record asked for at once: public endpoints cut longer results off.
_PAGE = 5_000
#: Triples that one query counts at the most, unless one graph has more.
_COUNTED = 500_000

_RECORD = ox.NamedNode(PUBLISHED)
_PART, _DIGEST = term("dct:hasPart"), term("schema:sha256")
_COUNT, _VERSION = term("void:triples"), term("schema:version")
#: A triple that is put there and taken away again, to see that writing works.
_PROBE = f"{_RECORD} {term('rdfs:seeAlso')} <https://www.w3.org/TR/sparql11-protocol/>"

_INSERTED = ox.RdfFormat.N_TRIPLES


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What a publish did, or with ``dry_run`` would do.

    ``sent``, ``removed`` and ``mended`` are IRIs of graphs; ``mended`` are those of ``sent`` that
    the server had lost something of, or had more of. ``triples`` is how many were sent, ``total``
    how many the graphs hold together, ``protocols`` what carried them.
    """

    url: str
    graphs: int
    sent: tuple[str, ...]
    removed: tuple[str, ...]
    mended: tuple[str, ...]
    triples: int
    total: int
    protocols: tuple[str, ...]
    dry_run: bool
    seconds: float

    @property
    def changed(self) -> bool:
        """Whether anything was sent or removed."""
        return bool(self.sent or self.removed)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is written down of a graph. ``digest`` is blank where it is not whole."""

    digest: str = ""
    count: int = 0
    version: str = ""


@dataclass(slots=True)
class _Plan:
    """What is to be done: ``wanted`` is each graph of the build, ``send`` those to be sent."""

    wanted: dict[str, _Entry] = field(default_factory=dict)
    send: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)
    #: Graphs that are as they were, in a part that is not.
    note: list[str] = field(default_factory=list)


def publish(
    graph: Graph | Path | str,
    url: str,
    *,
    protocol: Protocol = "auto",
    update_url: str | None = None,
    gsp_url: str | None = None,
    replace: bool = False,
    dry_run: bool = False,
    report: Callable[[Progress], None] | None = None,
) -> PublishReport:
    """Put the named graphs of a build, or of an RDF file with named graphs, into a server.

    Only graphs that changed are sent; graphs that pskg put there and that are no longer in the
    build are removed; all others are left alone. At the end the server is asked how many triples
    each graph holds. A publish that was killed is finished by the next.

    Args:
        graph: a build folder, an RDF file with named graphs, or an opened graph.
        url: the address of the server's query service, as :func:`pskg.open` takes it.
        protocol: ``gsp`` or ``update`` for what carries the graphs; ``auto`` sends large graphs
            through the Graph Store Protocol where the server has it, and everything else through
            SPARQL Update. What is there is always written down with SPARQL Update.
        update_url: the address of SPARQL Update; found from ``url`` for the usual servers.
        gsp_url: the address of the Graph Store Protocol; found as well.
        replace: replace graphs of the build's names that stand there although pskg did not put
            them there.
        dry_run: send nothing, and report what would be sent.
        report: called after every step.

    Raises:
        GraphError: where the graph cannot be read or published, where the server cannot be
            reached, refuses, or in the end does not hold what was sent.
        ValueError: for a protocol that there is not.

    >>> publish("data.ttl", "http://localhost:7878/query", protocol="ftp")
    Traceback (most recent call last):
    ...
    ValueError: no protocol 'ftp'; there are auto, gsp, update
    """
    if protocol not in PROTOCOLS:
        raise ValueError(f"no protocol '{protocol}'; there are {', '.join(PROTOCOLS)}")
    began = time.perf_counter()
    tell = report or (lambda progress: None)
    source = graph if isinstance(graph, Graph) else open_graph(graph)
    server = _Server(url)
    record = server.read_record()
    plan = _make_plan(source, record, tell)
    _hold_against(plan, record, server, replace=replace, tell=tell)
    protocols: tuple[str, ...] = ()
    if not dry_run and (plan.send or plan.remove or plan.note):
        writer = _Writer(server, update_url or "", gsp_url or "", protocol)
        _remove(plan, writer, tell)
        _send(plan, source, writer, tell)
        protocols = tuple(sorted(writer.used))
        _check(plan, server, tell)
    return PublishReport(
        url=url,
        graphs=len(plan.wanted),
        sent=tuple(plan.send),
        removed=tuple(plan.remove),
        mended=tuple(plan.mended),
        triples=sum(plan.wanted[name].count for name in plan.send),
        total=sum(entry.count for entry in plan.wanted.values()),
        protocols=protocols,
        dry_run=dry_run,
        seconds=time.perf_counter() - began,
    )


# What to do


def _groups(graph: Graph) -> Iterator[tuple[str, list[str]]]:
    """The named graphs, those of one part of a build together, each part with its digest.

    Raises GraphError where there is something without a name.
    """
    names = graph.graph_names()
    if not names or not all(isinstance(name, ox.NamedNode) for name in names):
        raise GraphError(
            "there are triples in it that stand in no named graph"
            if names
            else "there is nothing in it",
            graph.name,
            "give a build folder, or a dump that keeps the named graphs (nquads, trig, jsonld)",
        )
    left = {name.value: None for name in names if isinstance(name, ox.NamedNode)}
    if isinstance(graph, BuildGraph):
        for digest, parts in _parts(graph):
            found = [name for name in parts if name in left]
            for name in found:
                del left[name]
            if found:
                yield digest, found
    for name in left:
        yield "", [name]


def _parts(graph: BuildGraph) -> Iterator[tuple[str, list[str]]]:
    """The digest of each part of a build with the names of its graphs, as the manifest has them."""
    for entry in graph.manifest["documents"]:
        yield str(entry["part_sha256"]), [str(entry["graph"]), *map(str, entry["inferred"])]
    shared = graph.manifest.get("shared", {})
    if shared:
        yield str(shared["part_sha256"]), [str(name) for name in shared["graphs"]]


def _read(graph: Graph, name: str) -> list[bytes]:
    """A named graph as sorted lines of N-Triples. Raises GraphError for a blank node."""
    triples = graph.triples(ox.NamedNode(name))
    for triple in triples:
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            raise GraphError(
                f"there is a blank node in <{name}>, which cannot be told apart from another",
                graph.name,
                "give it an IRI, or publish a build, which has none",
            )
    data = ox.serialize(triples, format=_INSERTED) or b""
    return sorted(data.splitlines(keepends=True))


def _digest(lines: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line)
    return whole.hexdigest()


def _make_plan(graph: Graph, record: dict[str, _Entry], tell: Callable[[Progress], None]) -> _Plan:
    """What to send and to remove, by what is written down on the server."""
    plan = _Plan()
    groups = list(_groups(graph))
    for number, (version, names) in enumerate(groups, 1):
        began = time.perf_counter()
        known = [record.get(name, _Entry()) for name in names]
        same = bool(version) and all(e.digest and e.version == version for e in known)
        for name, entry in zip(names, known, strict=True):
            if same:
                plan.wanted[name] = entry
                continue
            lines = _read(graph, name)
            plan.wanted[name] = new = _Entry(_digest(lines), len(lines), version)
            if entry.digest != new.digest or entry.count != new.count:
                plan.send.append(name)
            elif entry != new:
                plan.note.append(name)
        seconds = time.perf_counter() - began
        tell(Progress(number, len(groups), names[0], seconds, "comparing"))
    plan.remove = [name for name in record if name not in plan.wanted]
    return plan


def _hold_against(
    plan: _Plan,
    record: dict[str, _Entry],
    server: _Server,
    *,
    replace: bool,
    tell: Callable[[Progress], None],
) -> None:
    """Hold the record against what is there: graphs that lost something are sent again.

    Raises GraphError where a graph to be sent stands there and pskg did not put it there.
    """
    sending = set(plan.send)
    foreign = [name for name in plan.send if name not in record]
    whole = [name for name in plan.wanted if name not in sending]
    counts = server.count([(name, plan.wanted[name].count) for name in (*foreign, *whole)], tell)
    taken = [name for name in foreign if counts.get(name)]
    if taken and not replace:
        others = f" and {len(taken) - 1} more" if len(taken) > 1 else ""
        raise GraphError(
            f"<{taken[0]}>{others} stands there already, and pskg publish did not put it there",
            server.url,
            "remove it there, or say --replace to have it replaced",
        )
    plan.mended = [name for name in whole if counts.get(name, 0) != plan.wanted[name].count]
    mended = set(plan.mended)
    plan.send += plan.mended
    plan.note = [name for name in plan.note if name not in mended]


# Doing it


def _remove(plan: _Plan, writer: _Writer, tell: Callable[[Progress], None]) -> None:
    done = 0
    for names in _chunks(plan.remove, _BUNDLE):
        began = time.perf_counter()
        writer.clear(names)
        writer.forget(names)
        done += len(names)
        seconds = time.perf_counter() - began
        tell(Progress(done, len(plan.remove), names[-1], seconds, "removing"))


def _send(plan: _Plan, graph: Graph, writer: _Writer, tell: Callable[[Progress], None]) -> None:
    for names in _chunks(plan.note, _BUNDLE):
        writer.claim(names)
        writer.note({name: plan.wanted[name] for name in names})
    done = 0
    for names in _bundles(plan):
        began = time.perf_counter()
        writer.claim(names)
        writer.clear(names)
        writer.insert([(name, _read(graph, name)) for name in names])
        writer.note({name: plan.wanted[name] for name in names})
        done += len(names)
        seconds = time.perf_counter() - began
        tell(Progress(done, len(plan.send), names[-1], seconds, "sending"))


def _check(plan: _Plan, server: _Server, tell: Callable[[Progress], None]) -> None:
    """Raises GraphError where the server does not hold as many triples as were sent."""
    wanted = [(name, plan.wanted[name].count) for name in plan.send]
    counts = server.count([*wanted, *((name, 0) for name in plan.remove)], tell)
    wrong = [(name, number) for name, number in wanted if counts.get(name, 0) != number]
    wrong += [(name, 0) for name in plan.remove if counts.get(name)]
    if wrong:
        name, number = wrong[0]
        others = f", and {len(wrong) - 1} more graphs do not agree" if len(wrong) > 1 else ""
        raise GraphError(
            f"<{name}> holds {counts.get(name, 0)} triples there, not {number}{others}",
            server.url,
            "see that nobody else writes there and publish again; if it stays so, the server "
            "takes two values for one or drops some: its log should tell",
        )


def _chunks(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]


def _bundles(plan: _Plan) -> Iterator[list[str]]:
    """Graphs to send together: small ones, as many as one request may hold."""
    bundle: list[str] = []
    held = 0
    for name in plan.send:
        count = plan.wanted[name].count
        if bundle and (held + count > _UPDATE_BATCH or len(bundle) == _BUNDLE):
            yield bundle
            bundle, held = [], 0
        bundle.append(name)
        held += count
    if bundle:
        yield bundle


# The server


class _Server:
    """What a server holds, asked through its query service. Raises GraphError."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.connection = Connection(timeout=_PATIENCE)
        self._graph = RemoteGraph(url, timeout=int(_PATIENCE))

    def ask(self, sparql: str) -> list[dict[str, str | None]]:
        """The rows of an answer, or of a yes one."""
        try:
            answer = self._graph.query(sparql)
        except QueryError as error:
            raise GraphError(
                f"the server does not understand a query of SPARQL 1.1 ({error})",
                self.url,
                "give the address of a SPARQL 1.1 query service",
            ) from error
        return [{}] if answer.boolean else answer.records()

    def read_record(self) -> dict[str, _Entry]:
        """What is written down there of each graph that pskg put there, by name."""
        record: dict[str, _Entry] = {}
        last = ""
        while True:
            rows = self.ask(
                f"SELECT ?name ?digest ?count ?version WHERE {{ GRAPH {_RECORD} {{ "
                f"{_RECORD} {_PART} ?g OPTIONAL {{ ?g {_DIGEST} ?digest ; {_COUNT} ?count ; "
                f"{_VERSION} ?version }} }} BIND(STR(?g) AS ?name) "
                f"FILTER(STR(?g) > {ox.Literal(last)}) }} ORDER BY ?name LIMIT {_PAGE}"
            )
            for row in rows:
                name, digest = str(row["name"]), row["digest"]
                if digest is None or name in record:  # two rows of one: it was broken off
                    record[name] = _Entry()
                else:
                    number, version = int(str(row["count"])), str(row["version"] or "")
                    record[name] = _Entry(digest, number, version)
                last = max(last, name)
            if len(rows) < _PAGE:
                return record

    def count(
        self, expected: Sequence[tuple[str, int]], tell: Callable[[Progress], None]
    ) -> dict[str, int]:
        """How many triples the graphs of these names hold, those of none left out."""
        counts: dict[str, int] = {}
        names: list[str] = []
        weight = 0
        for number, (name, size) in enumerate(expected, 1):
            names.append(name)
            weight += size
            if number < len(expected) and len(names) < _BUNDLE and weight < _COUNTED:
                continue
            began = time.perf_counter()
            values = " ".join(f"<{one}>" for one in names)
            for row in self.ask(
                f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {values} }} "
                "GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
            ):
                if row["g"] is not None:
                    counts[row["g"]] = int(str(row["n"]))
            names, weight = [], 0
            seconds = time.perf_counter() - began
            tell(Progress(number, len(expected), name, seconds, "checking"))
        return counts

    def has_probe(self) -> bool:
        """Whether the probe stands there."""
        return bool(self.ask(f"ASK {{ GRAPH {_RECORD} {{ {_PROBE} }} }}"))


class _TooLargeError(Exception):
    """A request that may go through in halves."""

    def __init__(self, words: str) -> None:
        super().__init__(words)


class _Writer:
    """Writes to a server, and finds out where. Raises GraphError."""

    def __init__(self, server: _Server, update_url: str, gsp_url: str, protocol: Protocol) -> None:
        self._server = server
        self._connection = server.connection
        self._protocol = protocol
        self._update_batch, self._gsp_batch = _UPDATE_BATCH, _GSP_BATCH
        #: What carried graphs: gsp, update.
        self.used: set[str] = set()
        self._update_url = self._find_update(update_url)
        self._gsp_url = "" if protocol == "update" else self._find_gsp(gsp_url)

    # Where

    def _find_update(self, given: str) -> str:
        """The address that takes SPARQL Update, tried out on the record."""
        places = [given] if given else _update_places(self._server.url)
        heard: list[tuple[str, Reply]] = []
        for place in places:
            reply = self._try("POST", place, f"INSERT DATA {{ GRAPH {_RECORD} {{ {_PROBE} }} }}")
            heard.append((place, reply))
            if not reply.ok:
                continue
            if self._server.has_probe():
                self._server_took(place)
                return place
            if given:
                raise GraphError(
                    "what is written there does not come to stand in the graph that "
                    f"{self._server.url} asks",
                    place,
                    "give the addresses of one and the same dataset",
                )
        raise self._no_update(heard)

    def _server_took(self, place: str) -> None:
        self._update_url = place
        self._update(f"DELETE DATA {{ GRAPH {_RECORD} {{ {_PROBE} }} }}")

    def _no_update(self, heard: Sequence[tuple[str, Reply]]) -> GraphError:
        """The error of a server that takes no updates, by its most telling answer."""
        for place, reply in heard:
            if _forbids(reply):
                return self._forbidden(place, reply)
        said = "; ".join(f"{place} answered {reply.words}" for place, reply in heard)
        return GraphError(
            f"it takes no SPARQL Update ({said})",
            self._server.url,
            "start the server so that it can be written, or give --update-url",
        )

    def _find_gsp(self, given: str) -> str:
        """The address of the Graph Store Protocol, tried out on the record; blank for none."""
        places = [given] if given else _gsp_places(self._server.url)
        heard: list[tuple[str, Reply]] = []
        for place in places:
            reply = self._try("POST", _gsp_address(place, PUBLISHED), f"{_PROBE} .", "text/turtle")
            heard.append((place, reply))
            if reply.ok and self._server.has_probe():
                self._update(f"DELETE DATA {{ GRAPH {_RECORD} {{ {_PROBE} }} }}")
                return place
        if self._protocol == "auto" and not given:
            return ""
        for place, reply in heard:
            if _forbids(reply):
                raise self._forbidden(place, reply)
        said = "; ".join(f"{place} answered {reply.words}" for place, reply in heard)
        raise GraphError(
            f"it does not take the Graph Store Protocol ({said or 'no address is known'})",
            self._server.url,
            "give --gsp-url, or say --protocol update",
        )

    def _try(
        self, method: str, url: str, body: str, media_type: str = "application/sparql-update"
    ) -> Reply:
        try:
            return self._connection.send(method, url, body.encode(), {"Content-Type": media_type})
        except NoAnswerError as error:
            raise GraphError(
                str(error), url, "check the address, and that the server runs"
            ) from error

    # What

    def claim(self, names: Sequence[str]) -> None:
        """Write down that these graphs are pskg's, and not whole."""
        self._update_all(names, _insert_parts)
        self._update_all(names, _delete_notes)

    def note(self, entries: dict[str, _Entry]) -> None:
        """Write down that these graphs are whole."""

        def text(names: Sequence[str]) -> str:
            notes = " ".join(
                f"<{name}> {_DIGEST} {ox.Literal(entries[name].digest)} ; "
                f"{_COUNT} {entries[name].count} ; "
                f"{_VERSION} {ox.Literal(entries[name].version)} ."
                for name in names
            )
            return f"INSERT DATA {{ GRAPH {_RECORD} {{ {notes} }} }}"

        self._update_all(list(entries), text)

    def forget(self, names: Sequence[str]) -> None:
        """Write down that these graphs are pskg's no longer."""
        self._update_all(names, _delete_notes)
        self._update_all(names, _delete_parts)

    def clear(self, names: Sequence[str]) -> None:
        """Empty graphs. One that is not there is as good as empty."""
        if self._protocol == "gsp":
            for name in names:
                self._put("DELETE", _gsp_address(self._gsp_url, name), b"", "", missing=True)
        else:
            self._update_all(names, _drop)

    def insert(self, graphs: Sequence[tuple[str, list[bytes]]]) -> None:
        """Add triples to graphs, in requests as large as the server takes them."""
        size = sum(len(lines) for _, lines in graphs)
        if self._protocol == "gsp" or (self._gsp_url and size >= _UPDATE_BATCH // 2):
            self.used.add("gsp")
            for name, lines in graphs:
                self._post_all(name, lines)
        else:
            self.used.add("update")
            self._insert_all([(name, line) for name, lines in graphs for line in lines])

    def _post_all(self, name: str, lines: list[bytes]) -> None:
        start = 0
        address = _gsp_address(self._gsp_url, name)
        while start < len(lines):
            batch = lines[start : start + self._gsp_batch]
            try:
                self._put("POST", address, b"".join(batch), "text/turtle")
                start += len(batch)
            except _TooLargeError as error:
                self._gsp_batch = self._halve(address, name, len(batch), error)

    def _insert_all(self, lines: list[tuple[str, bytes]]) -> None:
        start = 0
        while start < len(lines):
            batch = lines[start : start + self._update_batch]
            by_name: dict[str, list[bytes]] = {}
            for name, line in batch:
                by_name.setdefault(name, []).append(line)
            graphs = b"".join(
                b"GRAPH <%s> {\n%s}\n" % (name.encode(), b"".join(some))
                for name, some in by_name.items()
            )
            try:
                self._put("POST", self._update_url, b"INSERT DATA {\n%s}" % graphs, _UPDATE_TYPE)
                start += len(batch)
            except _TooLargeError as error:
                name = batch[0][0]
                self._update_batch = self._halve(self._update_url, name, len(batch), error)

    def _halve(self, url: str, name: str, size: int, error: _TooLargeError) -> int:
        if size == 1:
            raise GraphError(
                f"a triple of <{name}> is refused ({error})",
                url,
                "see what the server says of it; run again when it is mended: it goes on from here",
            ) from error
        return size // 2

    # How

    def _update(self, text: str) -> None:
        try:
            self._put("POST", self._update_url, text.encode(), _UPDATE_TYPE)
        except _TooLargeError as error:
            raise self._refused(error) from error

    def _update_all(self, names: Sequence[str], text: Callable[[Sequence[str]], str]) -> None:
        """Carry out the update of all these names, in halves where it is too large."""
        try:
            self._put("POST", self._update_url, text(names).encode(), _UPDATE_TYPE)
        except _TooLargeError as error:
            if len(names) < 2:
                raise self._refused(error) from error
            for half in (names[: len(names) // 2], names[len(names) // 2 :]):
                self._update_all(half, text)

    def _refused(self, error: _TooLargeError) -> GraphError:
        return GraphError(
            f"an update is refused ({error})",
            self._update_url,
            "see the server's log; run again when it is mended: it goes on from here",
        )

    def _put(
        self, method: str, url: str, body: bytes, media_type: str, *, missing: bool = False
    ) -> None:
        """Send a request until it is taken. Raises _TooLargeError where less might go through."""
        headers = {"Content-Type": media_type} if media_type else {}
        waits = iter(_WAITS)
        while True:
            try:
                reply = self._connection.send(method, url, body or None, headers)
            except NoAnswerError as error:
                wait = next(waits, None)
                if error.late or (wait is None and self._answers()):
                    raise _TooLargeError(str(error)) from error
                if wait is None:
                    raise GraphError(
                        str(error), url, "see to the server and run again: it goes on from here"
                    ) from error
            else:
                if reply.ok or (missing and reply.status == 404):
                    return
                if _forbids(reply):
                    raise self._forbidden(url, reply)
                if reply.status in (404, 405, 415, 501) or 300 <= reply.status < 400:
                    raise GraphError(
                        f"it answered {reply.words}",
                        url,
                        "check the address: --update-url and --gsp-url set it",
                    )
                wait = next(waits, None) if reply.status in (429, 502, 503) else None
                if wait is None:
                    raise _TooLargeError(reply.words)
            time.sleep(wait)

    def _answers(self) -> bool:
        """Whether the server still answers at all."""
        try:
            self._server.ask("ASK {}")
        except GraphError:
            return False
        return True

    def _forbidden(self, url: str, reply: Reply) -> GraphError:
        remedy = self._connection.remedy
        if "Virtuoso" in f"{reply.headers.get('server')}" and not url.endswith("-auth"):
            remedy += (
                "; Virtuoso takes updates at /sparql-auth, or at /sparql after GRANT "
                'SPARQL_UPDATE TO "SPARQL"'
            )
        elif "read-only" in reply.words or "read only" in reply.words:
            remedy = "start the server so that it can be written (oxigraph serve)"
        return GraphError(f"writing is not allowed: it answered {reply.words}", url, remedy)


_UPDATE_TYPE = "application/sparql-update"


def _insert_parts(names: Sequence[str]) -> str:
    parts = " ".join(f"{_RECORD} {_PART} <{name}> ." for name in names)
    return f"INSERT DATA {{ GRAPH {_RECORD} {{ {parts} }} }}"


def _delete_parts(names: Sequence[str]) -> str:
    parts = " ".join(f"{_RECORD} {_PART} <{name}> ." for name in names)
    return f"DELETE DATA {{ GRAPH {_RECORD} {{ {parts} }} }}"


def _delete_notes(names: Sequence[str]) -> str:
    values = " ".join(f"<{name}>" for name in names)
    return (
        f"DELETE {{ GRAPH {_RECORD} {{ ?g ?p ?o }} }} "
        f"WHERE {{ VALUES ?g {{ {values} }} GRAPH {_RECORD} {{ ?g ?p ?o }} }}"
    )


def _drop(names: Sequence[str]) -> str:
    return " ; ".join(f"DROP SILENT GRAPH <{name}>" for name in names)


def _forbids(reply: Reply) -> bool:
    """Whether a server lets the one who asks not write; Virtuoso says so with a 500."""
    return reply.status in (401, 403) or (not reply.ok and ":SECURITY:" in reply.words)


def _update_places(url: str) -> list[str]:
    """Where the usual servers take SPARQL Update, by the address of their query service.

    >>> _update_places("http://localhost:7878/query")
    ['http://localhost:7878/update', 'http://localhost:7878/query']
    >>> _update_places("http://localhost:7200/repositories/pskg")
    ['http://localhost:7200/repositories/pskg/statements']
    >>> _update_places("http://localhost:8890/sparql-auth")
    ['http://localhost:8890/sparql-auth']
    """
    base, last = _split(url)
    if base.endswith("/repositories"):
        return [f"{base}/{last}/statements"]
    if last == "query":
        return [f"{base}/update", url]
    if last == "sparql":
        return [url, f"{base}/update"]
    return [url]


def _gsp_places(url: str) -> list[str]:
    """Where the usual servers have the Graph Store Protocol.

    >>> _gsp_places("http://localhost:3030/ds/query")
    ['http://localhost:3030/ds/store', 'http://localhost:3030/ds/data']
    >>> _gsp_places("http://localhost:8890/sparql-auth")
    ['http://localhost:8890/sparql-graph-crud-auth']
    """
    base, last = _split(url)
    if base.endswith("/repositories"):
        return [f"{base}/{last}/rdf-graphs/service"]
    if last == "query":
        return [f"{base}/store", f"{base}/data"]
    if last == "sparql-auth":
        return [f"{base}/sparql-graph-crud-auth"]
    if last == "sparql":
        return [f"{base}/sparql-graph-crud", f"{base}/data", f"{base}/sparql/gsp/"]
    return []


def _split(url: str) -> tuple[str, str]:
    base, _, last = url.partition("?")[0].rstrip("/").rpartition("/")
    return base, last


def _gsp_address(place: str, name: str) -> str:
    return f"{place}{'&' if '?' in place else '?'}graph={urllib.parse.quote(name, safe='')}"
