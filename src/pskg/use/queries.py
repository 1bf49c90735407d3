r"""The query library: SPARQL files that describe themselves, and values put in for parameters.

A query file is valid SPARQL as it stands. Comment lines at its top that begin with ``#+``
describe it::

    #+ name: lead
    #+ summary: Who leads an item
    #+ summary-zh: 某个服务项目由谁牵头
    #+ param item: 免费义务教育 | Name of the item, or part of it | 项目名称，或其一部分
    #+ param least int: 1 | The least number of duties | 最少职责数

A parameter is a variable written ``$item``. It is text unless a kind follows its name: ``int``
for a whole number, ``iri`` for an IRI. What stands before the first ``|`` is its default.

A comment line within the query may tell what the values of a variable have to do with a parameter::

    # names ?title: $item
    # documents ?document: $words
    # region ?document: $region
    # region ?there: $region | ?section dct:isPartOf ?there .

``?title`` is the name of a thing that holds the text, ``?document`` a document in which a name or a
quote does, or one whose region has such a name or code. Where there are few values they are put
there, with the pattern that follows a bar, and the rest of the query is asked of these alone. The
query must say the same without them. Words are looked up in the index of a build, regions in the
graph.

>>> query = parse_query(
...     "#+ summary: Titles with a word\n"
...     "#+ param word: 规划 | The word | 词\n"
...     "SELECT ?title WHERE { ?d dct:title ?title FILTER(CONTAINS(STR(?title), $word)) }",
...     "titles",
... )
>>> print(bind(query, word='"十三五"').splitlines()[-1])
SELECT ?title WHERE { ?d dct:title ?title FILTER(CONTAINS(STR(?title), "\"十三五\"")) }
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from pskg.graph.index import WordIndex
from pskg.graph.names import expand_iri
from pskg.graph.store import Answer, BuildGraph, Graph
from pskg.resources import resource_folder

__all__ = [
    "LibraryQuery",
    "Parameter",
    "QueryLibraryError",
    "ask",
    "ask_query",
    "bind",
    "find_query",
    "load_library",
    "parse_query",
    "read_query",
]

_KINDS = ("text", "int", "iri")

_DECORATOR = re.compile(r"#\+[ \t]*([A-Za-z][\w-]*)([^:：]{0,80})[:：](.*)")

_PARAMETER = re.compile(r"([a-z][a-z0-9_]{0,39})(?:\s+([a-z]+))?")

#: The tokens of SPARQL in which a ``$`` is no parameter come first: comments, IRIs, strings.
_TOKEN = re.compile(
    r"""\#[^\n\r]*
    | <[^<>"{}|^`\\\x00-\x20]*>
    | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}
    | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\n\r]|\\.)*"
    | '(?:[^'\\\n\r]|\\.)*'
    | (?P<mark>[$?])(?P<name>\w+)""",
    re.VERBOSE | re.DOTALL,
)

_IRI = re.compile(r"<?([A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*)>?")

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")

#: Read as one table by str.translate, so that no escape is escaped again.
_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)


class QueryLibraryError(ValueError):
    """A query or a parameter that there is not, or a query file or a value that is no good.

    Says what is wrong, where, and how to mend it.
    """

    def __init__(self, what: str, where: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}; {remedy}")
        self.what = what
        self.where = where
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query asks its caller for. ``kind`` is ``text``, ``int`` or ``iri``."""

    name: str
    kind: str
    default: str
    summary: str
    summary_zh: str


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """A query with its question in English and Chinese. ``text`` is the whole file."""

    name: str
    summary: str
    summary_zh: str
    parameters: tuple[Parameter, ...]
    text: str


def parse_query(text: str, name: str) -> LibraryQuery:
    """Read the text of a query. ``name`` is taken where the text does not give one.

    A query without any description is one without parameters. Descriptions under keys that
    are not known here are left alone: other tools use the same kind of comment.

    Raises QueryLibraryError where a parameter is not described as it should be, is described
    but not used, or is also written as an ordinary variable (``?item``).

    >>> parse_query("ASK {}", "empty")
    LibraryQuery(name='empty', summary='', summary_zh='', parameters=(), text='ASK {}')
    """
    described: dict[str, str] = {}
    parameters: list[Parameter] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            break
        found = _DECORATOR.fullmatch(line.rstrip())
        if found is None:
            continue
        word, rest, value = found[1], found[2].strip(), found[3].strip()
        if word == "param":
            parameters.append(_parse_parameter(rest, value, f"{name}, line {number}"))
        elif not rest:
            described[word] = value
    query = LibraryQuery(
        name=described.get("name", name),
        summary=described.get("summary", ""),
        summary_zh=described.get("summary-zh", ""),
        parameters=tuple(parameters),
        text=text,
    )
    _check_parameters(query)
    return query


def _parse_parameter(head: str, value: str, where: str) -> Parameter:
    found = _PARAMETER.fullmatch(head)
    parts = [part.strip() for part in re.split(r"[|｜]", value, maxsplit=2)]
    if found is None or len(parts) != 3 or (found[2] or "text") not in _KINDS:
        raise QueryLibraryError(
            f"'{head}' is no parameter",
            where,
            "write `#+ param NAME: default | English | 中文`, with int or iri after NAME "
            "where it is no text",
        )
    default, summary, summary_zh = parts
    return Parameter(found[1], found[2] or "text", default, summary, summary_zh)


def _check_parameters(query: LibraryQuery) -> None:
    used: dict[str, set[str]] = {"$": set(), "?": set()}
    for token in _TOKEN.finditer(query.text):
        if token["name"]:
            used[token["mark"]].add(token["name"])
    names = [parameter.name for parameter in query.parameters]
    for name in names:
        if names.count(name) > 1:
            raise QueryLibraryError(
                f"parameter '{name}' is described twice", query.name, "take one of them away"
            )
        if name not in used["$"]:
            raise QueryLibraryError(
                f"parameter '{name}' is not used", query.name, f"write ${name} in the query"
            )
        if name in used["?"]:
            raise QueryLibraryError(
                f"?{name} and ${name} are one variable in SPARQL",
                query.name,
                f"give ?{name} another name",
            )


@cache
def load_library(folder: Path | None = None) -> Mapping[str, LibraryQuery]:
    """The queries of a folder by name, sorted; without a folder, those that pskg ships.

    Raises QueryLibraryError where a file is not a query's, or its name is not that of the file.

    >>> load_library()["lead"].summary
    'Who leads an item or task, and in what role each body stands'
    """
    folder = folder or resource_folder("queries")
    library: dict[str, LibraryQuery] = {}
    for path in sorted(folder.glob("*.rq")):
        query = _read_file(path)
        if query.name != path.stem:
            raise QueryLibraryError(
                f"the query calls itself '{query.name}'", str(path), "give it the file's name"
            )
        library[query.name] = query
    return MappingProxyType(library)


def _read_file(path: Path) -> LibraryQuery:
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not readable"
        raise QueryLibraryError(reason.lower(), str(path), "give another file") from error
    return read_query(data, path.stem, where=str(path))


def read_query(data: bytes, name: str, *, where: str = "") -> LibraryQuery:
    r"""Read the bytes of a query, UTF-8 with or without a byte order mark.

    Raises QueryLibraryError where they are not UTF-8, and as :func:`parse_query` does.

    >>> read_query(b"\xef\xbb\xbfASK {}", "empty").text
    'ASK {}'
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryLibraryError("not UTF-8", where or name, "save the query as UTF-8") from error
    return parse_query(text.replace("\r\n", "\n").replace("\r", "\n"), name)


def find_query(name_or_path: str | Path) -> LibraryQuery:
    """A query of the library by name, or the query in a file that ends in ``.rq``.

    Raises QueryLibraryError with the near names, or all of them, where there is none.

    >>> find_query("coordinations")
    Traceback (most recent call last):
    ...
    pskg.use.queries.QueryLibraryError: coordinations: no query of this name; near: coordination
    """
    if isinstance(name_or_path, Path) or name_or_path.endswith(".rq"):
        return _read_file(Path(name_or_path))
    library = load_library()
    if name_or_path not in library:
        raise QueryLibraryError(
            "no query of this name", name_or_path or "''", _tell(name_or_path, library)
        )
    return library[name_or_path]


def bind(query: LibraryQuery, /, **values: str | int) -> str:
    """The SPARQL of a query with values in place of its parameters.

    A parameter without a value has its default. Text is escaped and stays text whatever is in
    it. Raises QueryLibraryError for a parameter the query does not have, and for a value that
    is not of the parameter's kind.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            remedy = _tell(name, known) if known else "this query has no parameters"
            raise QueryLibraryError(f"no parameter '{name}'", query.name, remedy)
    terms = {
        name: _write_term(parameter, values.get(name, parameter.default), query.name)
        for name, parameter in known.items()
    }

    def replace(token: re.Match[str]) -> str:
        if token["mark"] != "$":
            return token.group()
        return terms.get(token["name"], token.group())

    return _TOKEN.sub(replace, query.text)


def _write_term(parameter: Parameter, value: str | int, where: str) -> str:
    text = str(value)
    if parameter.kind == "int":
        if not _INTEGER.fullmatch(text.strip()):
            raise QueryLibraryError(
                f"{parameter.name}: '{text}' is no whole number", where, "give one, such as 10"
            )
        return str(int(text))
    if parameter.kind == "iri":
        short = "/" in text and "://" not in text
        found = _IRI.fullmatch(expand_iri(text) if short else text.strip())
        if found is None:
            raise QueryLibraryError(
                f"{parameter.name}: '{text}' is no IRI",
                where,
                "give one as the tables and the other queries show it",
            )
        return f"<{found[1]}>"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryLibraryError(
            f"{parameter.name}: the value is not UTF-8", where, "give it as UTF-8"
        ) from error
    return f'"{text.translate(_ESCAPES)}"'


def ask(graph: Graph, name_or_path: str | Path, /, **values: str | int) -> Answer:
    """Ask a graph a question of the library, or one in a file.

    Raises QueryLibraryError (see :func:`find_query` and :func:`bind`), and what
    :meth:`pskg.graph.store.Graph.query` raises.

    >>> from pskg.graph.store import MemoryGraph
    >>> ask(MemoryGraph(), "expired").rows
    ()
    """
    return ask_query(graph, find_query(name_or_path), **values)


def ask_query(graph: Graph, query: LibraryQuery, /, **values: str | int) -> Answer:
    """Ask a graph a question. Raises as :func:`bind` and Graph.query do."""
    bound = bind(query, **values)
    texts = {one.name: str(values.get(one.name, one.default)) for one in query.parameters}
    found: dict[tuple[str, str], list[str] | None] = {}

    def look_up(hint: re.Match[str]) -> str:
        """The values of a hint's variable; the hint where they are many or cannot be told."""
        what, variable, parameter, pattern = hint.groups(default="")
        if (what, parameter) not in found:
            found[what, parameter] = _find_terms(graph, what, texts.get(parameter, ""))
        terms = found[what, parameter]
        if terms is None:
            return hint.group()
        return f"  VALUES {variable} {{ {' '.join(terms)} }} {pattern}"

    narrowed = _HINT.sub(look_up, query.text)
    if narrowed != query.text:
        bound = bind(replace(query, text=narrowed), **values)
    return graph.query(bound)


#: A comment that tells what a variable has to do with a parameter.
_HINT = re.compile(
    r"^[ \t]*# (names|documents|region) (\?\w+): \$(\w+)(?: \| (.+))?$", re.MULTILINE
)

#: With more values than this, to look at everything is not much slower.
_MOST_VALUES = 2_000
_MOST_DOCUMENTS = 50

#: The documents of a region, as the questions of the library tell them.
_OF_REGION = """
SELECT DISTINCT ?document WHERE {
  ?document a pskg:PolicyDocument .
  OPTIONAL { ?document pskg:regionAsWritten ?place }
  FILTER(CONTAINS(?place, $region) || EXISTS { ?document dct:spatial/dct:identifier $region })
}
"""


def _find_terms(graph: Graph, what: str, text: str) -> list[str] | None:
    """What a hint speaks of, as SPARQL writes it; None where that is much or cannot be told."""
    if what == "region":
        return _documents_of(graph, text) if text else None
    if isinstance(graph, BuildGraph):
        with suppress(sqlite3.Error), WordIndex.open(graph.index_path) as index:
            return _names_with(index, text) if what == "names" else _documents_with(index, text)
    return None


def _names_with(index: WordIndex, text: str) -> list[str] | None:
    names = index.names_with(text, _MOST_VALUES)
    # Some names are plain strings, some are told to be Chinese.
    return names and [str(ox.Literal(name, language=tag)) for name in names for tag in (None, "zh")]


def _documents_with(index: WordIndex, text: str) -> list[str] | None:
    iris = index.documents_with(text, _MOST_DOCUMENTS)
    return None if iris is None else [f"<{iri}>" for iri in iris]


def _documents_of(graph: Graph, region: str) -> list[str] | None:
    query = _OF_REGION.replace("$region", str(ox.Literal(region)))
    found = [row[0] for row in graph.query(query).rows]
    if len(found) > _MOST_DOCUMENTS or not all(one and one.kind == "iri" for one in found):
        return None
    return sorted(f"<{one.value}>" for one in found if one)


def _tell(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=3, cutoff=0.6)
    return f"near: {', '.join(near)}" if near else f"there are: {', '.join(sorted(known))}"
