"""The words of a graph in an index: what it says is found without going through all of it.

An SQLite file with an FTS5 table. Each entry is a name or a quote of one document, with the thing
that bears it; what stands in a document many times in one sense (市教育局 as the body of 60
responsibilities) is one entry that counts them. Chinese is indexed character by character and
searched by phrase: a word is found wherever its characters stand in a row, however the text around
it would be segmented. Latin words and numbers are one token each; width and case do not count.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pskg.graph.ntriples import Term, literal_text, plain, written

__all__ = [
    "TELLING",
    "TELLING_CLASSES",
    "Entry",
    "Hit",
    "WordIndex",
    "list_entries",
    "split_words",
]

#: What things are called, the most telling property first.
_NAMES = ("pskg:bodyAsWritten", "pskg:payerAsWritten", "pskg:citedTitle", "dct:title", "rdfs:label")
_QUOTE = "pskg:quote"
#: A body may have many of these.
_BODY_NAME = "pskg:nameAsWritten"

#: Classes of which the quote is what is looked for, where there is no name or it says less.
_CLASSES = {
    "PolicyDocument": "document", "ServiceItem": "item", "Task": "task", "Measure": "measure",
    "Mechanism": "mechanism", "Division": "division", "Target": "target",
    "DomainEntry": "domain", "Coordination": "organisation", "Section": "section",
    "Responsibility": "body", "FundingShare": "payer", "IndicatorValue": "indicator",
    "Amount": "amount", "Deadline": "deadline", "Citation": "citation", "Finding": "finding",
    "TargetGroup": "audience", "Standard": "standard",
}  # fmt: skip
_KINDS = {written(f"pskg:{name}"): kind for name, kind in _CLASSES.items()}
_TYPE = written("rdf:type")

#: The properties and the classes that entries are made of; what else is said does not count.
TELLING = frozenset({*_NAMES, _QUOTE, _BODY_NAME})
TELLING_CLASSES = frozenset(f"pskg:{name}" for name in _CLASSES)

#: What the properties are called in full.
_RANK_OF_NAME = {written(name): rank for rank, name in enumerate(_NAMES)}
_IS_QUOTE = written(_QUOTE)
_IS_BODY_NAME = written(_BODY_NAME)
#: What is only quoted (a date of the masthead, a whole split): a search does not show it.
_OTHER = "other"

_TOKEN = re.compile(r"[a-z]+|\d+|[^\W\d_a-z]")

_SCHEMA = """
CREATE TABLE document (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document (id),
    kind TEXT NOT NULL, text TEXT NOT NULL, thing TEXT NOT NULL, number INTEGER NOT NULL,
    named INTEGER NOT NULL
);
CREATE INDEX entry_document ON entry (document);
CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = 'unicode61');
"""


class Entry(NamedTuple):
    """Words of a document: of what kind of thing, the first thing that bears them, how many do.

    ``named`` tells a name, as written, from what is only quoted.
    """

    kind: str
    text: str
    thing: str
    number: int
    named: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, and the IRI of its document."""

    entry: Entry
    document: str


def split_words(text: str) -> list[str]:
    """The tokens of a text: each Chinese character, each Latin word, each run of digits.

    >>> split_words("到2020年，GDP增长6.5%")
    ['到', '2020', '年', 'gdp', '增', '长', '6', '5']
    """
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def list_entries(statements: Iterable[tuple[Term, Term, Term]]) -> list[Entry]:
    """The entries of the facts that are stated, in the order of kind and text.

    A fact is found by its name, and by its quote where that says something else. Statements are
    subject, predicate and object as N-Triples has them; those whose predicate is not among
    :data:`TELLING`, and types not among :data:`TELLING_CLASSES`, may be left out.
    """
    kinds: dict[Term, str] = {}
    names: dict[Term, tuple[int, str]] = {}
    quotes: dict[Term, str] = {}
    found: dict[tuple[str, str], set[str]] = {}
    for subject, predicate, object_ in statements:
        if predicate == _TYPE:
            if object_ in _KINDS and subject.startswith(b"<"):
                kinds[subject] = _KINDS[object_]
            continue
        rank = _RANK_OF_NAME.get(predicate)
        if rank is None and predicate not in (_IS_QUOTE, _IS_BODY_NAME):
            continue
        text = literal_text(object_)
        if text is None:
            continue
        if predicate == _IS_BODY_NAME:
            if text:
                found.setdefault((_OTHER, text), set()).add(plain(subject))
        elif not subject.startswith(b"<"):
            continue
        elif rank is None:
            quotes[subject] = text
        elif subject not in names or rank <= names[subject][0]:
            names[subject] = rank, text
    named = set(found)
    # What has neither is no fact of a document.
    for thing in kinds | quotes:
        kind = kinds.get(thing, _OTHER)
        name = names[thing][1] if thing in names else ""
        if name.strip():
            named.add((kind, name))
        for text in {name, "".join(quotes.get(thing, "").split())}:
            if text.strip():
                found.setdefault((kind, text), set()).add(plain(thing))
    return [
        Entry(kind, text, min(things), len(things), (kind, text) in named)
        for (kind, text), things in sorted(found.items())
    ]


class WordIndex:
    """An index file, opened to read, or with ``create`` a new one to fill.

    >>> index = WordIndex.create(None)
    >>> index.add("https://e.org/d", [Entry("item", "农村义务教育", "https://e.org/d/item/1", 1)])
    >>> [hit.entry.text for hit in index.search("义务 教育")]
    ['农村义务教育']
    >>> list(index.search("务村"))
    []
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def open(cls, path: Path) -> WordIndex:
        """An index to read. Raises sqlite3.Error where there is none."""
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        db.execute("SELECT 1 FROM words LIMIT 1")
        return cls(db)

    @classmethod
    def create(cls, path: Path | None) -> WordIndex:
        """A new index in a file that is not there yet, or in memory without one."""
        db = sqlite3.connect(path or ":memory:")
        # The file is made under another name and put in place when it is whole.
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        return cls(db)

    @classmethod
    def copy(cls, source: Path, path: Path) -> WordIndex:
        """A new index that begins with what another one has. Raises sqlite3.Error."""
        with cls.open(source) as old:
            db = sqlite3.connect(path)
            old._db.backup(db)
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        return cls(db)

    def __enter__(self) -> WordIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.commit()
        self._db.close()

    def add(self, document: str, entries: Iterable[Entry]) -> None:
        """Add the entries of a document that the index does not have yet."""
        cursor = self._db.execute("INSERT INTO document (iri) VALUES (?)", (document,))
        (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()
        rows = list(enumerate(entries, last + 1))
        self._db.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((id_, cursor.lastrowid, *e) for id_, e in rows),
        )
        self._db.executemany(
            "INSERT INTO words (rowid, text) VALUES (?, ?)",
            ((id_, " ".join(split_words(e.text))) for id_, e in rows),
        )

    def remove(self, document: str) -> None:
        """Take out all entries of a document."""
        rows = self._db.execute(
            "SELECT entry.id, text FROM entry JOIN document ON document.id = entry.document "
            "WHERE iri = ?",
            (document,),
        ).fetchall()
        self._db.executemany(
            "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)",
            ((id_, " ".join(split_words(text))) for id_, text in rows),
        )
        self._db.executemany("DELETE FROM entry WHERE id = ?", ((id_,) for id_, _ in rows))
        self._db.execute("DELETE FROM document WHERE iri = ?", (document,))

    def search(
        self,
        words: str,
        *,
        kinds: Iterable[str] = (),
        documents: Iterable[str] = (),
        limit: int = -1,
    ) -> Iterator[Hit]:
        """The entries that hold every word, the best first; words are parted by white space.

        Of equally good ones the shorter is first, then by document and text, so that the order is
        the same each time. ``kinds`` and ``documents`` narrow the search.
        """
        phrases = [" ".join(split_words(word)) for word in words.split()]
        query = " AND ".join(f'"{phrase}"' for phrase in phrases if phrase)
        if not query:
            return
        kinds, documents = list(kinds), list(documents)
        where = f" AND kind != '{_OTHER}'"
        if kinds:
            where += f" AND kind IN ({', '.join('?' * len(kinds))})"
        if documents:
            self._db.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (iri TEXT PRIMARY KEY)")
            self._db.execute("DELETE FROM wanted")
            self._db.executemany(
                "INSERT OR IGNORE INTO wanted VALUES (?)", ((d,) for d in documents)
            )
            where += " AND iri IN (SELECT iri FROM wanted)"
        for kind, text, thing, number, named, document in self._db.execute(
            f"SELECT kind, entry.text, thing, number, named, iri FROM words "
            f"JOIN entry ON entry.id = words.rowid JOIN document ON document.id = entry.document "
            f"WHERE words MATCH ?{where} "
            f"ORDER BY bm25(words), length(entry.text), iri, kind, entry.text LIMIT ?",
            (query, *kinds, limit),
        ):
            yield Hit(Entry(kind, text, thing, number, bool(named)), document)

    def names_with(
        self, part: str, most: int, fold: Callable[[str], str] = str
    ) -> list[str] | None:
        """The names that hold this part, both as ``fold`` makes them; None for more than ``most``.

        None as well for a part that this index cannot look for: Latin letters and digits alone
        may be the middle of a longer word.

        >>> index = WordIndex.create(None)
        >>> index.add("https://e.org/d", [Entry("item", "农村义务教育", "https://e.org/i", 1)])
        >>> index.names_with("义务", 10), index.names_with("高中", 10), index.names_with("12", 10)
        (['农村义务教育'], [], None)
        """
        return self._texts_with("entry.text", "named", part, most, fold)

    def documents_with(self, part: str, most: int) -> list[str] | None:
        """The IRIs of the documents whose names and quotes hold this part, white space aside.

        None as for :meth:`names_with`.
        """
        return self._texts_with("iri", "1", part, most, lambda text: "".join(text.split()))

    def _texts_with(
        self, column: str, where: str, part: str, most: int, fold: Callable[[str], str]
    ) -> list[str] | None:
        tokens = split_words(part)
        while tokens and tokens[0].isascii():
            del tokens[0]
        while tokens and tokens[-1].isascii():
            del tokens[-1]
        if not tokens:
            return None
        wanted = fold(part)
        self._db.create_function("fits", 1, lambda text: wanted in fold(text))
        rows = self._db.execute(
            f"SELECT DISTINCT {column} FROM words JOIN entry ON entry.id = words.rowid "
            f"JOIN document ON document.id = entry.document "
            f"WHERE words MATCH ? AND {where} AND fits(entry.text) LIMIT ?",
            (f'"{" ".join(tokens)}"', most + 1),
        ).fetchall()
        return None if len(rows) > most else sorted(text for (text,) in rows)
