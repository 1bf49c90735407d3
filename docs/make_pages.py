"""Write docs/queries.md and docs/ontology.md from the query library and the ontology.

Run it after a change to either: ``python docs/make_pages.py``. A test fails while they are stale.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from pskg.graph.names import PSKG, shorten_iri
from pskg.use.queries import LibraryQuery, load_library
from pskg.use.tables import load_tables

ROOT = Path(__file__).parents[1]
NOTE = "<!-- Made by docs/make_pages.py: do not edit. -->"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
KINDS = {
    "Class": "Classes",
    "ObjectProperty": "Properties between things",
    "DatatypeProperty": "Properties with a value",
    "AnnotationProperty": "Properties of the vocabularies",
}


def write_queries() -> str:
    """The query library as a page: name, question and parameters of each query."""
    lines = [
        NOTE,
        "# The query library",
        "",
        "Ask one with `pskg query NAME --set PARAMETER=VALUE`, or in Python with",
        "`graph.query(NAME, PARAMETER=VALUE)`. A parameter that is not set has its default.",
        "",
    ]
    for query in load_library().values():
        lines += list(_describe_query(query))
    lines += [
        "# The tables",
        "",
        "What `pskg export csv` writes, each made by a query of `queries/tables/`.",
        "",
        "| table | what a row is |",
        "|---|---|",
        *(
            f"| `{name}.csv` | {_cell(table.summary_zh)} / {_cell(table.summary)} |"
            for name, table in load_tables().items()
        ),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _describe_query(query: LibraryQuery) -> Iterator[str]:
    yield from (f"## {query.name}", "", f"{query.summary_zh}  ", query.summary, "")
    if query.parameters:
        yield from ("| parameter | default | 说明 | meaning |", "|---|---|---|---|")
    for one in query.parameters:
        default = f"`{one.default}`" if one.default else ""
        yield f"| `{one.name}` | {default} | {_cell(one.summary_zh)} | {_cell(one.summary)} |"
    if query.parameters:
        yield ""


def write_ontology() -> str:
    """The ontology's own terms as a page: label and definition in both languages, what it is on."""
    about: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for quad in ox.parse(path=str(ROOT / "ontology" / "pskg.ttl")):
        if isinstance(quad.subject, ox.NamedNode):
            about[quad.subject.value][quad.predicate.value].append(quad.object)
    lines = [NOTE, "# The ontology", "", f"Own terms, in `{PSKG}` (prefix `pskg:`).", ""]
    for kind, heading in KINDS.items():
        names = sorted(
            iri
            for iri, said in about.items()
            if iri.startswith(PSKG) and OWL + kind in {type_.value for type_ in said[TYPE]}
        )
        if not names:
            continue
        lines += [
            f"## {heading}",
            "",
            "| term | label | definition | stands on |",
            "|---|---|---|---|",
        ]
        for iri in names:
            said = about[iri]
            links = [
                f"{word} `{shorten_iri(value.value)}`"
                for word, property_ in (
                    ("is a", RDFS + "subClassOf"),
                    ("refines", RDFS + "subPropertyOf"),
                    ("of", RDFS + "domain"),
                    ("gives", RDFS + "range"),
                )
                for value in sorted(said[property_], key=str)
            ]
            lines.append(
                f"| `{iri.removeprefix(PSKG)}` | {_both(said[RDFS + 'label'])} "
                f"| {_both(said[SKOS + 'definition'])} | {'; '.join(links)} |"
            )
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _both(texts: list[ox.NamedNode | ox.Literal]) -> str:
    """The same in Chinese, then in English."""
    literals = [text for text in texts if isinstance(text, ox.Literal)]
    ordered = sorted(literals, key=lambda text: (text.language or "") != "zh")
    return "<br>".join(_cell(text.value) for text in ordered)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


#: The pages by their names in docs/.
PAGES = {"queries.md": write_queries, "ontology.md": write_ontology}


def main() -> None:
    for name, write in PAGES.items():
        (ROOT / "docs" / name).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
