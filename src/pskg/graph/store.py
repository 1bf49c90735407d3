"""Graphs that one can ask: a build folder, an RDF file, a SPARQL endpoint.

:func:`open_graph` tells them apart. All answer the same questions in the same way: the union of
all named graphs is what a query sees unless it says ``GRAPH``, and the prefixes of
:data:`pskg.graph.names.PREFIXES` need not be declared.

>>> graph = MemoryGraph()
>>> graph.query("SELECT (1 + 1 AS ?two) WHERE {}").records()
[{'two': '2'}]
"""

from __future__ import annotations

import json
import re
import urllib.parse
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pyoxigraph as ox

from pskg.graph.http import Connection, NoAnswerError
from pskg.graph.loader import read_part
from pskg.graph.names import ID, PREFIXES

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "FORMAT",
    "FORMATS",
    "MANIFEST",
    "PUBLISHED",
    "Answer",
    "BuildGraph",
    "FileGraph",
    "Graph",
    "GraphError",
    "GraphName",
    "MemoryGraph",
    "QueryError",
    "RemoteGraph",
    "Term",
    "inferred_graphs",
    "is_web_address",
    "open_graph",
]

#: What a graph goes by.
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

#: The file that makes a folder a build.
MANIFEST = "manifest.json"

#: The version of a build folder's layout.
FORMAT = 4

#: The named graph of a server in which ``pskg publish`` writes down what it put there.
PUBLISHED = f"{ID}published"

#: RDF formats by the ending of a file's name.
FORMATS: dict[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}

#: What stands in no named graph, on servers whose default graph is the union as well.
_UNNAMED = "?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } }"

_XSD = PREFIXES["xsd"]
_STRING = _XSD + "string"
_BOOLEAN = _XSD + "boolean"
_NUMBERS = frozenset(
    _XSD + name
    for name in (
        "decimal", "integer", "double", "float", "int", "long", "short", "byte",
        "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger",
        "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
#: What failing to load or read RDF raises in pyoxigraph.
_STORE_ERRORS = (SyntaxError, OSError, ValueError, RuntimeError)


class GraphError(Exception):
    """A graph that cannot be had: what is wrong, where, and what to do about it."""

    def __init__(self, what: str, where: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}; {remedy}")
        self.what = what
        self.where = where
        self.remedy = remedy


class QueryError(Exception):
    """A query that cannot be answered: what is wrong, in which line, what to do about it."""

    def __init__(self, message: str, remedy: str, line: int | None = None) -> None:
        place = f"line {line}: " if line else ""
        super().__init__(f"{place}{message}; {remedy}")
        self.message = message
        self.remedy = remedy
        self.line = line


class Term(NamedTuple):
    """A value of an answer: its text, whether it is an IRI, a literal or a blank node.

    ``datatype`` is None for plain strings and for strings with a language.

    >>> Term("0.80", "literal", "http://www.w3.org/2001/XMLSchema#decimal").comparable
    Term(value='0.8', kind='number', datatype=None, language=None)
    """

    value: str
    kind: str
    datatype: str | None = None
    language: str | None = None

    @property
    def comparable(self) -> Term:
        """The form in which the terms of two engines are equal when they mean the same.

        Numbers and booleans compare by value, language tags without case; names of blank nodes
        mean nothing.
        """
        if self.kind == "blank":
            return Term("", "blank")
        if self.datatype in _NUMBERS:
            try:
                number = Decimal(self.value)
            except InvalidOperation:
                return self
            if number.is_finite():
                plain = f"{number:f}" if -30 < number.adjusted() < 30 else f"{number:e}"
                plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
                return Term("0" if plain == "-0" else plain, "number")
        if self.datatype == _BOOLEAN:
            return self._replace(value={"1": "true", "0": "false"}.get(self.value, self.value))
        if self.language:
            return self._replace(language=self.language.lower())
        return self


@dataclass(frozen=True)
class Answer:
    """What a query gave.

    ``rows`` for SELECT, ``boolean`` for ASK, ``triples`` for CONSTRUCT and DESCRIBE.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None

    def records(self) -> list[dict[str, str | None]]:
        """The rows as dictionaries from variable to text, None where a variable has no value."""
        return [
            {
                name: term.value if term else None
                for name, term in zip(self.variables, row, strict=True)
            }
            for row in self.rows
        ]

    @property
    def comparable(self) -> tuple[object, ...]:
        """The answer in a form that is equal for any two engines that agree, the order of rows
        included.
        """  # noqa: D205
        rows = tuple(tuple(term.comparable if term else None for term in row) for row in self.rows)
        triples = None if self.triples is None else frozenset(map(str, self.triples))
        return (self.variables, rows, self.boolean, triples)


class Graph(ABC):
    """A graph that one can ask. The union of its named graphs is its default graph."""

    #: What the graph was opened from, for messages.
    name: str

    @abstractmethod
    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE).

        Raises QueryError where the query is at fault, GraphError where the graph is.
        """

    def rows(self, sparql: str) -> Iterator[tuple[Term | None, ...]]:
        """The rows of a SELECT, one after the other where the graph need not hold them all.

        Raises what :meth:`query` raises.
        """
        yield from self.query(sparql).rows

    @abstractmethod
    def quads(self) -> Iterator[ox.Quad]:
        """Every quad, in no certain order. Raises GraphError."""

    @abstractmethod
    def rdflib(self) -> rdflib.Dataset:
        """The graph behind the interface of rdflib, to read from."""

    def text(self, document: str) -> str | None:
        """The stored source text of a document's IRI, None where this graph keeps none."""
        return None

    @abstractmethod
    def graph_names(self) -> list[GraphName]:
        """The names of the graphs that hold anything, sorted, the graph without a name first."""

    @abstractmethod
    def triples(self, name: GraphName) -> list[ox.Triple]:
        """The triples of one named graph, or of the one without a name. Raises GraphError."""

    def lines(self, name: GraphName) -> list[bytes]:
        """The same as :meth:`triples` in N-Triples: sorted lines, each once."""
        return _sort_lines(ox.serialize(self.triples(name), format=ox.RdfFormat.N_TRIPLES))

    def nquads(self, name: GraphName) -> bytes:
        """The same as :meth:`lines` in N-Quads, in one piece."""
        end = _end_of_line(name)
        return b"".join(line.removesuffix(b" .\n") + end for line in self.lines(name))


def _end_of_line(name: GraphName) -> bytes:
    """How a line of N-Quads ends, in that graph or in the one without a name."""
    return b" .\n" if isinstance(name, ox.DefaultGraph) else f" {name} .\n".encode()


def _sort_lines(data: bytes | None) -> list[bytes]:
    return sorted(set((data or b"").splitlines(keepends=True)))


def inferred_graphs(graph: Graph) -> dict[str, str]:
    """The named graphs of what was computed, each with the graph it was computed from.

    Both are written as in N-Quads: ``<IRI>``.
    """
    rows = graph.query(
        "SELECT ?graph ?source WHERE { ?graph a pskg:InferredGraph ; prov:wasDerivedFrom ?source }"
    ).rows
    return {
        f"<{name.value}>": f"<{source.value}>"
        for name, source in rows
        if name and source and name.kind == source.kind == "iri"
    }


class MemoryGraph(Graph):
    """A graph in a pyoxigraph store, empty unless one is given."""

    def __init__(self, store: ox.Store | None = None, name: str = "memory") -> None:
        self.name = name
        self.store = ox.Store() if store is None else store

    def query(self, sparql: str) -> Answer:
        """See :meth:`Graph.query`."""
        with self._errors(sparql):
            return _answer(self._ask(sparql))

    def rows(self, sparql: str) -> Iterator[tuple[Term | None, ...]]:
        """See :meth:`Graph.rows`. None is held."""
        with self._errors(sparql):
            found = self._ask(sparql)
            if isinstance(found, ox.QuerySolutions):
                yield from (tuple(map(_term, solution)) for solution in found)

    def _ask(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return self.store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)

    @contextmanager
    def _errors(self, sparql: str) -> Iterator[None]:
        """Turn what the store raises into what :meth:`Graph.query` raises."""
        try:
            yield
        except SyntaxError as error:
            _check_form(sparql)
            raise _syntax_error(str(error), sparql) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(
                f"the query could not be carried out ({_brief(str(error))})",
                "check SERVICE clauses and the graph; `pskg build` makes the graph anew",
            ) from error

    def quads(self) -> Iterator[ox.Quad]:
        """See :meth:`Graph.quads`."""
        return iter(self.store)

    def graph_names(self) -> list[GraphName]:
        """See :meth:`Graph.graph_names`."""
        names: list[GraphName] = [ox.DefaultGraph(), *sorted(self.store.named_graphs(), key=str)]
        return [
            name
            for name in names
            if next(self.store.quads_for_pattern(None, None, None, name), None) is not None
        ]

    def triples(self, name: GraphName) -> list[ox.Triple]:
        """See :meth:`Graph.triples`."""
        return [quad.triple for quad in self.store.quads_for_pattern(None, None, None, name)]

    def lines(self, name: GraphName) -> list[bytes]:
        """See :meth:`Graph.lines`."""
        return _sort_lines(self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name))

    def rdflib(self) -> rdflib.Dataset:
        """The graph behind the interface of rdflib.

        Plain strings are plain ones, as rdflib has them. A triple that stands in several named
        graphs is given once for each when the triples are walked; a query gives it once.
        """
        from pskg.graph.rdflib_store import open_dataset

        return open_dataset(self.store)


class FileGraph(MemoryGraph):
    """An RDF file, read into memory. Raises GraphError where it is none or is broken."""

    def __init__(self, path: Path) -> None:
        suffix = path.suffix.lower()
        if suffix not in FORMATS:
            raise GraphError(
                f"'{suffix or path.name}' is no ending of an RDF file",
                str(path),
                f"give a file that ends in {', '.join(FORMATS)}",
            )
        store = ox.Store()
        try:
            store.bulk_load(
                path=str(path), format=FORMATS[suffix], base_iri=path.resolve().as_uri()
            )
        except _STORE_ERRORS as error:
            raise GraphError(
                f"not readable as {FORMATS[suffix].name} ({_brief(str(error))})",
                str(path),
                "check the file, or its ending",
            ) from error
        super().__init__(store, str(path))


class _PartOfBuild(NamedTuple):
    """A file with the statements of some named graphs, one graph after the other."""

    name: str
    sha256: str
    graphs: tuple[str, ...]


class BuildGraph(MemoryGraph):
    """A folder made by ``pskg build``, opened to read. Raises GraphError where it is not whole.

    What a build folder holds is told in :mod:`pskg.pipeline`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._manifest = _read_manifest(folder)
        #: The store on disk, as ``oxigraph serve-read-only --location`` takes it.
        self.store_path = folder / "store" / str(self._manifest["store"])
        #: The index of the words of this build.
        self.index_path = folder / "search" / f"{self._manifest.get('index')}.db"
        try:
            store = ox.Store.read_only(str(self.store_path))
        except _STORE_ERRORS as error:
            raise GraphError(
                f"the store of this build cannot be opened ({_brief(str(error))})",
                str(folder),
                "run `pskg build` again: it mends the folder",
            ) from error
        super().__init__(store, str(folder))
        self._last_part: tuple[_PartOfBuild | None, dict[str, bytes]] = (None, {})

    @cached_property
    def _texts(self) -> dict[str, Path]:
        return {
            str(entry["document"]): self.folder / "text" / str(entry["text"])
            for entry in self._manifest["documents"]
        }

    @cached_property
    def graphs_of_documents(self) -> dict[str, tuple[GraphName, ...]]:
        """The named graphs of each document: first what was read, then what was computed."""
        return {
            str(entry["document"]): tuple(
                map(ox.NamedNode, (entry["graph"], *entry.get("inferred", ())))
            )
            for entry in self._manifest["documents"]
        }

    @cached_property
    def shared_graphs(self) -> tuple[GraphName, ...]:
        """The graphs of what belongs to no single document."""
        return tuple(map(ox.NamedNode, sorted(self._manifest["shared"]["graphs"])))

    # What a graph holds is taken from the part that fills it, where it still is as it was loaded:
    # many times as fast as from the store.

    def graph_names(self) -> list[GraphName]:
        """See :meth:`Graph.graph_names`."""
        return [ox.NamedNode(name[1:-1]) for name in sorted(self._parts)]

    def triples(self, name: GraphName) -> list[ox.Triple]:
        """See :meth:`Graph.triples`."""
        quads = self._quads_of_part(name)
        if quads is None:
            return super().triples(name)
        return [quad.triple for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS, lenient=True)]

    def lines(self, name: GraphName) -> list[bytes]:
        """See :meth:`Graph.lines`."""
        quads = self._quads_of_part(name)
        if quads is None:
            return super().lines(name)
        # Sorted as quads they are sorted as triples: the graph stands last.
        return quads.replace(_end_of_line(name), b" .\n").splitlines(keepends=True)

    def nquads(self, name: GraphName) -> bytes:
        """See :meth:`Graph.nquads`."""
        quads = self._quads_of_part(name)
        return super().nquads(name) if quads is None else quads

    def quads_of(self, document: str | None) -> Iterator[ox.Quad]:
        """What stands in the graphs of a document, or with None in those that documents share.

        Once for each graph that it stands in.
        """
        names = self.shared_graphs if document is None else self.graphs_of_documents[document]
        for name in names:
            yield from ox.parse(self.nquads(name), format=ox.RdfFormat.N_QUADS, lenient=True)

    def _quads_of_part(self, name: GraphName) -> bytes | None:
        part = self._parts.get(str(name))
        if part is None:
            return None
        if self._last_part[0] != part:
            self._last_part = (part, self._split_part(part))
        return self._last_part[1].get(str(name))

    @cached_property
    def _parts(self) -> dict[str, _PartOfBuild]:
        """The part that fills a named graph."""
        found: dict[str, _PartOfBuild] = {}
        for entry in (*self._manifest["documents"], self._manifest["shared"]):
            names = entry.get("graphs") or (entry["graph"], *entry["inferred"])
            graphs = tuple(f"<{name}>" for name in names)
            part = _PartOfBuild(str(entry["part"]), str(entry["part_sha256"]), graphs)
            found.update(dict.fromkeys(graphs, part))
        return found

    def _split_part(self, part: _PartOfBuild) -> dict[str, bytes]:
        """The statements of a part by their graph; none if it is damaged."""
        data = read_part(self.folder / "parts" / part.name, part.sha256)
        if data is None:
            return {}
        found: dict[str, bytes] = {}
        at = 0
        for graph in part.graphs:
            ending = f" {graph} .\n".encode()
            end = data.rfind(ending, at) + len(ending)
            found[graph] = data[at:end]
            at = end
        return found

    @property
    def manifest(self) -> dict[str, Any]:
        """What the build wrote down of itself and of each document."""
        return self._manifest

    def text(self, document: str) -> str | None:
        """The text that the offsets of this document's facts count in.

        None for a document that is not in the build. Raises GraphError where the file is gone.
        """
        path = self._texts.get(document)
        if path is None:
            return None
        try:
            return path.read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise GraphError(
                "the stored text of a document is missing or damaged",
                str(path),
                "run `pskg build` again: it mends the folder",
            ) from error


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError as error:
        raise GraphError(
            "this folder holds no finished build",
            str(folder),
            f"make one with `pskg build --out {folder}`, or give another folder",
        ) from error
    except (OSError, ValueError) as error:
        raise GraphError(
            f"{MANIFEST} cannot be read ({_brief(str(error))})",
            str(folder),
            "run `pskg build` again: it mends the folder",
        ) from error
    if not (
        isinstance(manifest, dict)
        and isinstance(manifest.get("store"), str)
        and isinstance(manifest.get("documents"), list)
    ):
        raise GraphError(
            f"{MANIFEST} is not one of pskg's", str(folder), "give a folder made by `pskg build`"
        )
    if manifest.get("format") != FORMAT:
        raise GraphError(
            "this build was made by another version of pskg",
            str(folder),
            "run `pskg build` again: it makes the folder anew",
        )
    return manifest


class RemoteGraph(Graph):
    """A SPARQL 1.1 endpoint.

    Sends ``union-default-graph=true``, which Oxigraph's server heeds and others ignore: they see
    the union anyway or offer it as a setting. Credentials are those of the environment; see
    :mod:`pskg.graph.http`. Raises GraphError where nothing answers.

    What ``pskg publish`` wrote down there (PUBLISHED) is none of the graph's own graphs.
    """

    #: How many triples are asked for at once; public endpoints cut longer results off.
    page_size = 10_000

    def __init__(self, url: str, *, timeout: int = 60) -> None:
        if not is_web_address(url):
            raise GraphError(
                "this is no web address", url, "give one like http://localhost:7878/query"
            )
        self.name = url
        self.url = url
        self._connection = Connection(timeout=timeout)
        try:
            self.query("ASK {}")
        except QueryError as error:
            raise self._no_endpoint(_brief(error.message)) from error

    def query(self, sparql: str) -> Answer:
        """See :meth:`Graph.query`. Queries that would write are refused."""
        return self._ask(sparql, union=True)

    def _ask(self, sparql: str, *, union: bool) -> Answer:
        declared, form = _check_form(sparql)
        # On one line with the query's first, so that line numbers in messages stay right.
        missing = "".join(
            f"PREFIX {prefix}: <{iri}> "
            for prefix, iri in PREFIXES.items()
            if prefix not in declared
        )
        media_type, body = self._send(missing + sparql, sparql, form, union=union)
        try:
            if form in ("CONSTRUCT", "DESCRIBE"):
                format_ = ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.TURTLE
                quads = ox.parse(body, format=format_, base_iri=self.url)
                return Answer(triples=tuple(quad.triple for quad in quads))
            return _json_answer(json.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError, SyntaxError) as error:
            raise self._no_endpoint(f"it answered with {media_type or 'something else'}") from error

    def _send(self, text: str, given: str, form: str, *, union: bool) -> tuple[str, bytes]:
        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

        # It words the request by the protocol; the connection sends it, for it knows who asks.
        wrapper = SPARQLWrapper(self.url, agent="pskg")
        wrapper.setOnlyConneg(True)
        wrapper.setMethod(POST)
        wrapper.setReturnFormat(TURTLE if form in ("CONSTRUCT", "DESCRIBE") else JSON)
        wrapper.setQuery(text)
        # Its own guess takes a word in a comment for the form of the query.
        wrapper.queryType = form
        if union:
            wrapper.addParameter("union-default-graph", "true")
        request = wrapper._createRequest()
        try:
            reply = self._connection.send(
                "POST", request.full_url, cast(bytes, request.data), dict(request.header_items())
            )
        except NoAnswerError as error:
            remedy = (
                "ask for less (LIMIT), or try again later"
                if error.late
                else "check the address, and that the server runs"
            )
            raise GraphError(str(error), self.url, remedy) from error
        if reply.ok:
            return str(reply.headers.get_content_type()), reply.body
        if reply.status == 400:
            message = reply.body.decode(errors="replace")
            raise _syntax_error(message, given, len(text) - len(given))
        if reply.status in (401, 403):
            raise GraphError(
                f"it is no SPARQL endpoint for everyone: it answered {reply.words}",
                self.url,
                self._connection.remedy,
            )
        raise self._no_endpoint(f"it answered {reply.words}")

    def _no_endpoint(self, what: str) -> GraphError:
        return GraphError(
            f"this is no SPARQL endpoint that can be asked ({what})",
            self.url,
            "give the address of its query service, like http://localhost:7878/query",
        )

    def quads(self) -> Iterator[ox.Quad]:
        """See :meth:`Graph.quads`. Graph by graph, so that the result is never held whole."""
        for name in self.graph_names():
            for triple in self.triples(name):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, name)

    def graph_names(self) -> list[GraphName]:
        """See :meth:`Graph.graph_names`."""
        # Counted, not DISTINCT: that takes Virtuoso minutes.
        rows = self.query(
            "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        ).rows
        named = sorted(term.value for term, _ in rows if term and term.kind == "iri")
        named = [name for name in named if name != PUBLISHED]
        names: list[GraphName] = [ox.NamedNode(name) for name in named]
        unnamed = self._ask(f"ASK {{ {_UNNAMED} }}", union=False).boolean
        return [ox.DefaultGraph(), *names] if unnamed else names

    def triples(self, name: GraphName) -> list[ox.Triple]:
        """See :meth:`Graph.triples`. What stands in a named graph is not unnamed as well."""
        if isinstance(name, ox.DefaultGraph):
            return list(self._fetch(_UNNAMED, union=False))
        return list(self._fetch(f"GRAPH {name} {{ ?s ?p ?o }}", union=True))

    def _fetch(self, pattern: str, *, union: bool) -> Iterator[ox.Triple]:
        """The triples of a pattern in pages, and a check that none was held back."""
        answer = self._ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}", union=union)
        count = int(str(answer.records()[0]["n"]))
        order = "ORDER BY ?s ?p ?o" if count > self.page_size else ""
        given = 0
        for offset in range(0, count, self.page_size):
            page = self._ask(
                f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }} {order} "
                f"LIMIT {self.page_size} OFFSET {offset}",
                union=union,
            )
            yield from page.triples or ()
            given += len(page.triples or ())
        if given != count:
            raise GraphError(
                f"the endpoint gave {given} of {count} triples",
                self.url,
                "raise its limit on the size of results, or export the graph and give the file",
            )

    def rdflib(self) -> rdflib.Dataset:
        """The endpoint behind the interface of rdflib, which cannot speak Digest."""
        from pskg.graph.rdflib_store import open_endpoint

        return open_endpoint(self.url, self._connection.standing_headers(self.url))


def is_web_address(url: str) -> bool:
    """Whether this is the address of something on the web.

    >>> is_web_address("http://localhost:7878/query"), is_web_address("localhost:7878")
    (True, False)
    """
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def open_graph(target: str | Path) -> Graph:
    """Open a build folder, an RDF file (by its ending) or the URL of a SPARQL endpoint.

    A build that is kept at an address of fsspec (``s3://…``) is fetched and opened here.

    Raises GraphError, which says what is wrong, where, and what to do.

    >>> open_graph("no-such-folder")
    Traceback (most recent call last):
    ...
    pskg.graph.store.GraphError: no-such-folder: there is nothing of this name; make a build with \
`pskg build`, or give a folder, an RDF file or an http address
    """
    if isinstance(target, str) and re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", target):
        if re.match(r"https?://", target, re.IGNORECASE):
            return RemoteGraph(target)
        from pskg.storage import fetch_build

        graph = BuildGraph(fetch_build(target))
        graph.name = target
        return graph
    path = Path(target)
    try:
        if path.is_dir():
            return BuildGraph(path)
        if path.is_file():
            return FileGraph(path)
    except ValueError:  # a null character in the name
        pass
    raise GraphError(
        "there is nothing of this name",
        str(target),
        "make a build with `pskg build`, or give a folder, an RDF file or an http address",
    )


# Answers


def _term(
    value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None,
) -> Term | None:
    if value is None:
        return None
    if isinstance(value, ox.NamedNode):
        return Term(value.value, "iri")
    if isinstance(value, ox.Literal):
        datatype = value.datatype.value
        plain = value.language or datatype == _STRING
        return Term(value.value, "literal", None if plain else datatype, value.language)
    if isinstance(value, ox.BlankNode):
        return Term(value.value, "blank")
    return Term(str(value), "triple")


def _answer(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    if isinstance(found, ox.QueryBoolean):
        return Answer(boolean=bool(found))
    if isinstance(found, ox.QueryTriples):
        return Answer(triples=tuple(found))
    variables = tuple(variable.value for variable in found.variables)
    return Answer(variables, tuple(tuple(map(_term, solution)) for solution in found))


def _json_answer(data: dict[str, Any]) -> Answer:
    """An answer from the SPARQL 1.1 results in JSON."""
    if "boolean" in data:
        return Answer(boolean=bool(data["boolean"]))
    variables = tuple(data["head"]["vars"])
    rows = tuple(
        tuple(_json_term(binding.get(name)) for name in variables)
        for binding in data["results"]["bindings"]
    )
    return Answer(variables, rows)


def _json_term(value: dict[str, Any] | None) -> Term | None:
    if value is None:
        return None
    kind = {"uri": "iri", "bnode": "blank"}.get(value["type"], "literal")
    if kind != "literal":
        return Term(value["value"], kind)
    datatype, language = value.get("datatype"), value.get("xml:lang")
    plain = language or datatype == _STRING
    return Term(value["value"], kind, None if plain else datatype, language)


# Queries

_TOKEN = re.compile(r"#[^\n\r]*|<[^<>\s]*>|[\w.-]*:|[\w.-]+|\s+|.", re.DOTALL)
_READING = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
_WRITING = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)


def _read_prologue(sparql: str) -> tuple[frozenset[str], str]:
    r"""The prefixes that a query declares, and its form (SELECT …), blank where it has none.

    >>> _read_prologue("# ask\nPREFIX dct: <http://purl.org/dc/terms/>\nselect * {}")
    (frozenset({'dct'}), 'SELECT')
    """
    declared: set[str] = set()
    before = ""
    for match in _TOKEN.finditer(sparql):
        word = match.group()
        if word[0] == "#" or word.isspace():
            continue
        if before.upper() == "PREFIX" and word.endswith(":"):
            declared.add(word[:-1])
        elif word.upper() in _READING | _WRITING:
            return frozenset(declared), word.upper()
        elif word[0] != "<" and word.upper() not in ("PREFIX", "BASE"):
            return frozenset(declared), word
        before = word
    return frozenset(declared), ""


def _check_form(sparql: str) -> tuple[frozenset[str], str]:
    """The prefixes and the form of a query. Raises QueryError where it does not ask anything."""
    declared, form = _read_prologue(sparql)
    if form not in _READING:
        raise QueryError(
            f"'{form}' is no query" if form else "there is no query in it",
            "begin with SELECT, ASK, CONSTRUCT or DESCRIBE",
        )
    return declared, form


def _syntax_error(message: str, sparql: str, shift: int = 0) -> QueryError:
    """The error that a parser's message speaks of, with the line and what stands there."""
    found = re.search(r"(?:at|line)\s+(\d+)(?:(?::|, column )(\d+))?", message)
    lines = sparql.splitlines()
    line = int(found[1]) if found else None
    if line is None or not 0 < line <= len(lines) + 1:
        return QueryError(f"the query is not SPARQL ({_brief(message)})", "correct the query")
    text = lines[line - 1].strip() if line <= len(lines) else ""
    column = int(found[2] or 0) if found else 0
    if line == 1:
        column -= shift
    if re.search(r"[Pp]refix not found", message):
        what = "a prefix is used that is not declared"
        return QueryError(what, f"declare it; known without: {', '.join(PREFIXES)}", line)
    what = "the query is not SPARQL here"
    if text and column > 0:
        what += f", at character {column}: {_brief(text)}"
    elif text:
        what += f": {_brief(text)}"
    expected = _brief(message.partition("expected")[2].removeprefix(" one of").strip(), 80)
    return QueryError(what, f"expected {expected}" if expected else "correct the query", line)


def _brief(text: str, length: int = 160) -> str:
    """A message on one line and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
