"""RDF terms as they are written in N-Triples.

A document makes some thousand statements. Written down at once they cost a fifth of what objects
of a library cost that are made, hashed and serialised. What is written is what pyoxigraph would
write, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from operator import eq

from pskg.graph.names import PREFIXES, term

__all__ = [
    "PREDICATES",
    "Statements",
    "Term",
    "boolean",
    "chinese",
    "integer",
    "literal",
    "literal_text",
    "named",
    "plain",
    "type_bytes",
    "typed",
    "write_lines",
    "written",
]  # fmt: skip

#: A term as N-Triples has it, in UTF-8: ``<IRI>`` or ``"text"@zh``.
Term = bytes

_OF_INTEGERS = f"^^<{PREFIXES['xsd']}integer>"
_ESCAPED = re.compile('[\x00-\x1f\x7f"\\\\\ufffe\uffff]')
_ESCAPES = {
    '"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r",
}  # fmt: skip
_ESCAPE = re.compile(r'\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|([btnfr"\\]))')
_UNESCAPED = {escape[1]: character for character, escape in _ESCAPES.items()}


#: What stands in a graph, by subject: of each statement the predicate, a space and the object. It
#: is made of :data:`PREDICATES` and an object, or by :func:`type_bytes`.
Statements = dict[Term, list[bytes]]


class _Predicates(dict[str, bytes]):
    def __missing__(self, name: str) -> bytes:
        self[name] = predicate = written(name) + b" "
        return predicate


#: Each prefixed name as a predicate, up to where the object begins.
PREDICATES = _Predicates()


@cache
def type_bytes(name: str) -> bytes:
    """The statement that something is of a class."""
    return PREDICATES["rdf:type"] + written(name)


def write_lines(graph: Term, statements: Mapping[Term, list[bytes]]) -> bytes:
    r"""What stands in a graph as N-Quads in UTF-8: each line once, in the order of the characters.

    >>> title = PREDICATES["dct:title"] + literal("1")
    >>> write_lines(b"<urn:g>", {b"<http://e.org/a>": [title, title]})
    b'<http://e.org/a> <http://purl.org/dc/terms/title> "1" <urn:g> .\n'
    """
    # Subjects in order, then what is said of each: whole lines are alike for a long way.
    blocks: list[bytes] = []
    end = b" " + graph + b" .\n"
    for subject in sorted(statements):
        start = subject + b" "
        said = sorted(statements[subject])
        if any(map(eq, said, said[1:])):
            said = sorted(set(said))
        blocks.append(start + (end + start).join(said) + end)
    return b"".join(blocks)


def named(text: str) -> Term:
    """An IRI, which must be one.

    >>> named("http://e.org/a")
    b'<http://e.org/a>'
    """
    return f"<{text}>".encode()


def plain(term: Term) -> str:
    """The IRI of a term that is one.

    >>> plain(b"<http://e.org/a>")
    'http://e.org/a'
    """
    return term[1:-1].decode()


@cache
def written(name: str) -> Term:
    """A prefixed name. Raises UnknownPrefixError.

    >>> written("dct:title")
    b'<http://purl.org/dc/terms/title>'
    """
    return named(term(name).value)


def literal(text: str) -> Term:
    r"""A plain string.

    >>> print(literal('甲"乙"\n').decode())
    "甲\"乙\"\n"
    """
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(_escape, text)
    return f'"{text}"'.encode()


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def chinese(text: str) -> Term:
    """A string in Chinese.

    >>> chinese("规划").decode()
    '"规划"@zh'
    """
    return literal(text) + b"@zh"


def typed(text: str, datatype: str) -> Term:
    """A value of a datatype of XML Schema, in a form that needs no escapes.

    >>> typed("2020", "gYear")
    b'"2020"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    """
    return f'"{text}"^^<{PREFIXES["xsd"]}{datatype}>'.encode()


def integer(number: int) -> Term:
    """A whole number."""
    return f'"{number}"{_OF_INTEGERS}'.encode()


def boolean(value: bool) -> Term:
    """A truth value."""
    return typed("true" if value else "false", "boolean")


def literal_text(term: Term) -> str | None:
    r"""The text of a literal, whatever its type or language; None of what is no literal.

    >>> literal_text(chinese('甲"乙"\n')), literal_text(integer(3)), literal_text(named("http://e.org"))
    ('甲"乙"\n', '3', None)
    """
    if not term.startswith(b'"'):
        return None
    text = term[1 : term.rindex(b'"')].decode()
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


def _unescape(found: re.Match[str]) -> str:
    short, long, named = found.groups()
    return _UNESCAPED[named] if named else chr(int(short or long, 16))
