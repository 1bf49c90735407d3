"""What Python programs use: build a graph or open one, and ask it.

The commands of :mod:`pskg.cli` are a skin over the same functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

from pskg.graph.store import Answer, Graph, open_graph
from pskg.pipeline import BuildReport
from pskg.pipeline import build as build_folder

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from pskg.graph.publish import Protocol, PublishReport
    from pskg.use.compare import Comparison
    from pskg.use.explain import Explanation
    from pskg.use.lookup import BodyAnswer, ItemAnswer
    from pskg.use.review import Review
    from pskg.use.search import Found
    from pskg.use.validate import ValidationReport

__all__ = ["FORMATS", "NETWORK_FORMATS", "BuildError", "KnowledgeGraph", "Rows", "build", "open"]

#: The formats that a graph is exported to, and what each makes: a file, or a folder of tables.
FORMATS = (
    "csv",
    "turtle",
    "ntriples",
    "nquads",
    "trig",
    "jsonld",
    "rdfxml",
    "graphml",
    "gexf",
    "json",
    "sssom",
)

#: Those that hold the network.
NETWORK_FORMATS = ("graphml", "gexf", "json")


class BuildError(ValueError):
    """A build in which sources failed. ``report`` says which, why, and what to do."""

    def __init__(self, report: BuildReport) -> None:
        failures = "; ".join(f"{f.source}: {f.reason}; {f.remedy}" for f in report.failed)
        super().__init__(failures)
        self.report = report


class Rows(Sequence[dict[str, str | None]]):
    """The rows of an answer as dictionaries; ``answer`` has the terms with types and languages."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self._records = answer.records()

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, index: int) -> dict[str, str | None]: ...

    @overload
    def __getitem__(self, index: slice) -> list[dict[str, str | None]]: ...

    def __getitem__(
        self, index: int | slice
    ) -> dict[str, str | None] | list[dict[str, str | None]]:
        return self._records[index]

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        return iter(self._records)

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {', '.join(self.answer.variables)}>"


class KnowledgeGraph:
    """A graph one can ask: a build folder, an RDF file, or a SPARQL endpoint.

    ``store`` is the store below, for those who want its quads or its SPARQL alone.
    """

    def __init__(self, store: Graph) -> None:
        self.store = store

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.store.name}>"

    def query(self, question: str, /, **parameters: str | int) -> Rows:
        """Ask a question of the library by its name, or one in SPARQL.

        Raises QueryLibraryError for an unknown name or parameter, QueryError for SPARQL that is
        wrong.
        """
        from pskg.use.queries import ask

        if any(character in question for character in " \n{"):
            return Rows(self.store.query(question))
        return Rows(ask(self.store, question, **parameters))

    def lead(self, item: str, region: str | None = None) -> list[ItemAnswer]:
        """Who leads an item, who else answers for it and who pays, with the quotes.

        Raises UnknownNameError, which tells names that are near.
        """
        from pskg.use.lookup import find_item

        return find_item(self.store, item, region)

    def body(self, name: str, region: str | None = None) -> list[BodyAnswer]:
        """Everything a body leads, answers for, pays or belongs to. Raises UnknownNameError."""
        from pskg.use.lookup import find_body

        return find_body(self.store, name, region)

    def search(
        self, words: str, *, kinds: Sequence[str] = (), region: str | None = None, limit: int = 50
    ) -> list[Found]:
        """The names and quotes that hold every word, the best first. Raises UnknownNameError."""
        from pskg.use.search import search

        return search(self.store, words, kinds=kinds, region=region, limit=limit)

    def explain(self, iri: str) -> Explanation:
        """A fact's words in their surroundings, held against the stored source.

        Raises UnknownNameError.
        """
        from pskg.use.explain import explain

        return explain(self.store, iri)

    def compare(self, *regions: str) -> Comparison:
        """The items of two regions or more side by side.

        Raises UnknownNameError, and ComparisonError where a region is named twice.
        """
        from pskg.use.compare import compare

        return compare(self.store, regions)

    def review(self) -> Review:
        """The coverage of each source and the findings, worst first."""
        from pskg.use.review import review

        return review(self.store)

    def validate(
        self, *, engine: str | None = None, workers: int | None = None
    ) -> ValidationReport:
        """Check the graph by its SHACL shapes, with the engine ``pyshacl`` or ``shacl``.

        Without an engine, ``shacl`` where it is installed. ``workers`` processes look at the
        documents of a build, one for each processor unless told otherwise.
        """
        from pskg.use.validate import validate

        return validate(self.store, engine=engine, workers=workers)

    def network(
        self,
        *,
        region: str | None = None,
        domain: str | None = None,
        around: str | Iterable[str] | None = None,
        radius: int = 1,
        fold: bool = True,
    ) -> nx.MultiDiGraph[str]:
        """The graph as a network: things as nodes, their relations as edges with roles.

        With ``region`` or ``domain``, or both, or within ``radius`` steps ``around`` things, a
        part of it, read without the rest; :func:`pskg.use.network.to_network` says which part.
        With ``fold`` a responsibility or a funding share is an edge; without, a node.

        Raises UnknownNameError, which tells names that are near.
        """
        from pskg.use.network import to_network

        return to_network(
            self.store, region=region, domain=domain, around=around, radius=radius, fold=fold
        )

    def rdflib(self) -> rdflib.Dataset:
        """The graph through the interface of rdflib."""
        return self.store.rdflib()

    def export(
        self,
        format: str,
        out: str | Path,
        *,
        asserted_only: bool = False,
        region: str | None = None,
        domain: str | None = None,
        around: str | Iterable[str] | None = None,
        radius: int = 1,
        report: Callable[[int, int], None] | None = None,
    ) -> None:
        """Write the graph to a file, or with ``csv`` its tables to a folder.

        ``sssom`` writes how its items stand to the national list, for a person to correct.

        With ``asserted_only``, which RDF formats take, only what was read is written, nothing that
        rules computed of it.

        ``graphml``, ``gexf`` and ``json`` hold the network, or the part of it that ``region``,
        ``domain`` or ``around`` and ``radius`` ask for, as in :meth:`network`. It is written in a
        stream: a network of any size needs little memory.

        ``report`` is called with how much is done and how much there is, in documents for the
        tables and the whole network of a large build, in named graphs for RDF formats.

        Raises ValueError for a format that is none of FORMATS, or that does not take what is asked
        for; UnknownNameError for a part that is not there; GraphError where nothing can be written.
        """
        path = Path(out)
        if asserted_only and format in ("csv", *NETWORK_FORMATS, "sssom"):
            raise ValueError(f"asserted_only goes with RDF formats, not with {format}")
        if format not in NETWORK_FORMATS and (region, domain, around) != (None, None, None):
            raise ValueError(f"a part goes with graphml, gexf and json, not with {format}")
        if format == "csv":
            from pskg.use.tables import export_tables

            export_tables(self.store, path, report=report)
        elif format == "sssom":
            from pskg.use.alignments import export_sssom

            export_sssom(self.store, path)
        elif format in NETWORK_FORMATS:
            from pskg.use.network import export_network

            export_network(
                self.store,
                path,
                format,
                region=region,
                domain=domain,
                around=around,
                radius=radius,
                report=report,
            )
        elif format in FORMATS:
            from pskg.graph.dump import write_graph

            write_graph(self.store, format, path, asserted_only=asserted_only, report=report)
        else:
            raise ValueError(f"no format '{format}'; there are {', '.join(FORMATS)}")

    def publish(
        self,
        url: str,
        *,
        protocol: Protocol = "auto",
        update_url: str | None = None,
        gsp_url: str | None = None,
        replace: bool = False,
        dry_run: bool = False,
    ) -> PublishReport:
        """Put the named graphs into a SPARQL 1.1 server; only what changed is sent.

        ``url`` is the address of its query service, as :func:`open` takes it. Graphs that left
        the build are removed, and no graph that pskg did not put there is touched; see
        :func:`pskg.graph.publish.publish`. Credentials come from the environment.

        Raises GraphError where the graph or the server is at fault.
        """
        from pskg.graph.publish import publish

        return publish(
            self.store,
            url,
            protocol=protocol,
            update_url=update_url,
            gsp_url=gsp_url,
            replace=replace,
            dry_run=dry_run,
        )


def build(
    sources: Sequence[str | Path],
    out: str | Path = "build",
    *,
    workers: int | None = None,
    cluster: str | None = None,
    order: bool = False,
) -> KnowledgeGraph:
    """Build the graph of files and folders into ``out``, and open it.

    With ``cluster``, the address of a Dask scheduler, its workers read the files. Sources and
    ``out`` may be addresses of fsspec, such as ``s3://bucket/plans``. With ``order`` a large store
    is put in order as well, for many questions (:func:`pskg.pipeline.build`).

    Raises GraphError where the folder or the cluster cannot be used; BuildError where a source
    failed: the others are built, and :func:`open` opens them.
    """
    report = build_folder(sources, out, workers=workers, cluster=cluster, order=order)
    if report.failed:
        raise BuildError(report)
    return open(report.out)


def open(target: str | Path = "build") -> KnowledgeGraph:
    """Open a build folder, an RDF file or the URL of a SPARQL 1.1 endpoint. Raises GraphError."""
    return KnowledgeGraph(open_graph(target))
