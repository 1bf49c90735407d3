"""RDF terms as they are written in N-Triples.

A document makes some thousand statements. Written down at once they cost a fifth of what objects
of a library cost that are made, hashed and serialised. What is written is what pyoxigraph would
write, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pskg.graph.names import PREFIXES, term

__all__ = [
    "Statement",
    "Term",
    "boolean",
    "chinese",
    "integer",
    "literal",
    "literal_text",
    "named",
    "plain",
    "typed",
    "write_line",
    "write_lines",
    "written",
]  # fmt: skip

#: A term as N-Triples has it: ``<IRI>`` or ``"text"@zh``.
Term = str

_OF_INTEGERS = f"^^<{PREFIXES['xsd']}integer>"
_ESCAPED = re.compile('[\x00-\x1f\x7f"\\\\\ufffe\uffff]')
_ESCAPES = {
    '"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r",
}  # fmt: skip
_ESCAPE = re.compile(r'\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|([btnfr"\\]))')
_UNESCAPED = {escape[1]: character for character, escape in _ESCAPES.items()}


#: A quad: subject, predicate and object, and the graph they stand in.
Statement = tuple[Term, Term, Term, Term]


def write_line(statement: Statement) -> str:
    """A statement as a line of N-Quads.

    >>> write_line((named("http://e.org/a"), named("http://e.org/p"), literal("1"), "<urn:g>"))
    '<http://e.org/a> <http://e.org/p> "1" <urn:g> .\\n'
    """
    subject, predicate, object_, graph = statement
    return f"{subject} {predicate} {object_} {graph} .\n"


def write_lines(statements: Iterable[Statement]) -> bytes:
    """Statements as lines of N-Quads in UTF-8, in the order of the characters."""
    # Bytes are put in order and joined faster than text of which some lines alone are Chinese.
    return b"".join(sorted([line.encode() for line in map(write_line, statements)]))


def named(text: str) -> Term:
    """An IRI, which must be one.

    >>> named("http://e.org/a")
    '<http://e.org/a>'
    """
    return f"<{text}>"


def plain(term: Term) -> str:
    """The IRI of a term that is one.

    >>> plain("<http://e.org/a>")
    'http://e.org/a'
    """
    return term[1:-1]


@lru_cache(maxsize=1024)
def written(name: str) -> Term:
    """A prefixed name. Raises UnknownPrefixError.

    >>> written("dct:title")
    '<http://purl.org/dc/terms/title>'
    """
    return named(term(name).value)


def literal(text: str) -> Term:
    r"""A plain string.

    >>> print(literal('甲"乙"\n'))
    "甲\"乙\"\n"
    """
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(_escape, text)
    return f'"{text}"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def chinese(text: str) -> Term:
    """A string in Chinese.

    >>> chinese("规划")
    '"规划"@zh'
    """
    return f"{literal(text)}@zh"


def typed(text: str, datatype: str) -> Term:
    """A value of a datatype of XML Schema, in a form that needs no escapes.

    >>> typed("2020", "gYear")
    '"2020"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    """
    return f'"{text}"^^<{PREFIXES["xsd"]}{datatype}>'


def integer(number: int) -> Term:
    """A whole number."""
    return f'"{number}"{_OF_INTEGERS}'


def boolean(value: bool) -> Term:
    """A truth value."""
    return typed("true" if value else "false", "boolean")


def literal_text(term: Term) -> str | None:
    r"""The text of a literal, whatever its type or language; None of what is no literal.

    >>> literal_text(chinese('甲"乙"\n')), literal_text(integer(3)), literal_text(named("http://e.org"))
    ('甲"乙"\n', '3', None)
    """
    if not term.startswith('"'):
        return None
    text = term[1 : term.rindex('"')]
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


def _unescape(found: re.Match[str]) -> str:
    short, long, named = found.groups()
    return _UNESCAPED[named] if named else chr(int(short or long, 16))
