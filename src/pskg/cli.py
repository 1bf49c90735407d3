"""The commands. Thin: each calls one function and shows what it returns.

Results go to standard output, progress and messages to standard error. Exit status: 0 fine, 1
the data is at fault, 2 the call is.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from pskg.graph.store import Graph

__all__ = ["main"]

_FORMATS = (
    "csv", "turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "graphml", "gexf", "json",
    "sssom",
)  # fmt: skip

_graph_option = click.option(
    "--graph",
    "target",
    default="build",
    show_default=True,
    metavar="DIR|FILE|URL",
    help="A build folder (also at an address like s3://…), an RDF file, or the URL of a SPARQL 1.1 "
    "endpoint.",
)
_local_graph_option = click.option(
    "--graph", "target", default="build", show_default=True, metavar="DIR|FILE",
    help="A build folder, or an RDF file with named graphs.",
)  # fmt: skip
_region_option = click.option(
    "--region", metavar="REGION", help="Only documents of this region, by name or GB/T 2260 code."
)


def _format_option(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        "--format", "style", type=click.Choice(formats), default=formats[0], show_default=True,
        help="How to show the answer.",
    )  # fmt: skip


def _fail(message: str, status: int) -> None:
    click.echo(f"pskg: {message}", err=True)
    raise SystemExit(status)


@contextmanager
def _errors() -> Iterator[None]:
    """Turn what can go wrong into one line on standard error and the right exit status."""
    from pskg.graph.store import GraphError, QueryError
    from pskg.use.compare import ComparisonError
    from pskg.use.lookup import UnknownNameError
    from pskg.use.queries import QueryLibraryError

    try:
        yield
        sys.stdout.flush()
    except (UnknownNameError, QueryLibraryError, QueryError, ComparisonError) as error:
        _fail(str(error), 2)
    except GraphError as error:
        _fail(str(error), 1)
    except BrokenPipeError:
        # Whoever read our output has enough of it; what is still held back goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:
        where = f"{error.filename or 'standard output'}: " if error.strerror else ""
        _fail(f"{where}{(error.strerror or str(error)).lower()}; make room or check the path", 1)


def _prepare_streams() -> None:
    """Standard streams that take whatever is written: closed ones swallow it."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
        elif name != "stdin" and isinstance(stream, TextIOWrapper):
            # Where the terminal's encoding lacks a character, it shows a question mark.
            stream.reconfigure(errors="replace")


class _Commands(click.Group):
    """The commands, each with the same way of failing."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; see :func:`_errors`."""
        _prepare_streams()
        with _errors():
            return super().invoke(ctx)


def _open(target: str) -> Graph:
    from pskg.graph.store import open_graph

    if "://" not in target and not Path(target).exists():
        remedy = "build one with 'pskg build', or name another with --graph"
        _fail(f"{target}: there is no such build folder or file; {remedy}", 2)
    return open_graph(target)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: pskg build data/documents && pskg lead 寄宿生生活补助",
)
@click.version_option(package_name="pskg", message="pskg %(version)s")
def main() -> None:
    """Read public-service plans and notices into one knowledge graph, and ask it.

    Every fact leads back to the exact words it was read from.
    """


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--out", default="build", show_default=True, metavar="DIR|URL",
    help="The build folder. What has not changed since the last build is kept.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N",
    help="Processes to read documents with.  [default: one a processor]",
)  # fmt: skip
@click.option(
    "--cluster", metavar="ADDRESS",
    help="Read on the workers of a Dask cluster: the address of its scheduler, like "
    "tcp://host:8786.",
)  # fmt: skip
@click.option(
    "--order", is_flag=True,
    help="Put the store in order also where it is large: that takes its time, and questions about "
    "everything take a fraction of theirs.",
)  # fmt: skip
def build(
    sources: tuple[str, ...], out: str, workers: int | None, cluster: str | None, order: bool
) -> None:
    """Read files and folders of documents into a graph.

    Without SOURCE, data/documents is read. SOURCE and --out may be addresses that fsspec knows,
    like s3://bucket/plans. Exit status 1 if a source failed; the others are built all the same.

    \b
    Examples:
      pskg build plans/ notice.txt --out build
      pskg build s3://bucket/plans --out s3://bucket/build --cluster tcp://host:8786
    """
    from pskg import present
    from pskg.pipeline import build as build_folder

    if cluster is not None and workers:
        raise click.UsageError("--workers are those of this machine: leave it out with --cluster")
    with present.build_progress() as report:
        result = build_folder(
            sources or ("data/documents",),
            out,
            workers=workers,
            cluster=cluster,
            order=order,
            report=report,
        )
    present.show_build(result)
    if not result.ok:
        raise SystemExit(1)


@main.command()
@_graph_option
@_format_option("table", "turtle", "json")
@click.option("--all", "every", is_flag=True, help="Show every result, not the first of each kind.")
@click.option(
    "--engine",
    type=click.Choice(["pyshacl", "shacl"]),
    help="What evaluates SHACL; without it shacl where it is installed, else pyshacl.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N",
    help="How many processes check the documents of a build; by default one for each processor.",
)  # fmt: skip
def validate(target: str, style: str, every: bool, engine: str | None, workers: int | None) -> None:
    """Check a graph by its SHACL shapes. Exit status 1 on a violation.

    \b
    Example:
      pskg validate --graph build --format json > report.json
    """
    from pskg import present
    from pskg.use.validate import validate as validate_graph

    graph = _open(target)
    with present.many_progress("checking") as tell:
        report = validate_graph(graph, engine=engine, workers=workers, report=tell)
    if style == "turtle":
        click.echo(report.to_turtle(), nl=False)
    elif style == "json":
        click.echo(report.to_json(), nl=False)
    else:
        present.show_validation(report, every=every)
    if not report.conforms:
        raise SystemExit(1)


@main.command()
@_format_option("table", "json")
def queries(style: str) -> None:
    """List the query library: the name, question and parameters of each query.

    \b
    Example:
      pskg queries
    """
    from pskg import present
    from pskg.use.queries import load_library

    library = load_library()
    if style == "json":
        _echo_json([asdict(query) for query in library.values()])
    else:
        present.show_library(library.values())


@main.command()
@click.argument("name", metavar="NAME|FILE.rq|-")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE",
    help="The value of a parameter of the query; may be given several times.",
)  # fmt: skip
@_graph_option
@_format_option("table", "csv", "tsv", "json", "turtle")
def query(name: str, settings: tuple[str, ...], target: str, style: str) -> None:
    """Ask a question: one of the library, a SPARQL file, or SPARQL from standard input (-).

    \b
    Examples:
      pskg query lead --set item=寄宿生生活补助
      echo 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }' | pskg query -
    """
    from pskg import present
    from pskg.use.queries import ask_query, find_query, read_query

    values: dict[str, str | int] = {}
    for setting in settings:
        key, separator, value = setting.partition("=")
        if not separator:
            raise click.UsageError(f"--set wants NAME=VALUE, not '{setting}'")
        values[key.strip()] = value
    asked = read_query(sys.stdin.buffer.read(), "-") if name == "-" else find_query(name)
    answer = ask_query(_open(target), asked, **values)
    present.show_answer(answer, style)


@main.command()
@click.argument("item")
@_region_option
@_graph_option
@_format_option("text", "json")
def lead(item: str, region: str | None, target: str, style: str) -> None:
    """Who leads an item, who else answers for it, and who pays, with the quotes.

    \b
    Example:
      pskg lead 寄宿生生活补助 --region 呼伦贝尔市
    """
    from pskg import present
    from pskg.use.lookup import find_item

    answers = find_item(_open(target), item, region)
    if style == "json":
        _echo_json([answer.to_dict() for answer in answers])
    else:
        present.show_items(answers)


@main.command()
@click.argument("name")
@_region_option
@_graph_option
@_format_option("text", "json")
def body(name: str, region: str | None, target: str, style: str) -> None:
    """Everything a body leads, answers for, pays or belongs to.

    \b
    Examples:
      pskg body 市财政局
      pskg body 财政 --region 陇南市
    """
    from pskg import present
    from pskg.use.lookup import find_body

    answers = find_body(_open(target), name, region)
    if style == "json":
        _echo_json([answer.to_dict() for answer in answers])
    else:
        present.show_bodies(answers)


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND",
    help="Only things of this kind (item, task, body, indicator ...); may be given several times.",
)  # fmt: skip
@click.option(
    "--limit", default=50, show_default=True, type=click.IntRange(min=1), metavar="N",
    help="How many to show at the most, the best first.",
)  # fmt: skip
@_region_option
@_graph_option
@_format_option("table", "csv", "json")
def search(
    words: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int,
    region: str | None,
    target: str,
    style: str,
) -> None:
    """Find names and quotes that hold every one of WORDS.

    Chinese is found wherever the characters stand in a row; words need not be whole.

    \b
    Examples:
      pskg search 寄宿生
      pskg search 老年人 65岁 --kind item --kind indicator
    """
    from pskg import present
    from pskg.use.search import KINDS
    from pskg.use.search import search as search_graph

    for kind in kinds:
        if kind not in KINDS:
            raise click.UsageError(f"no kind '{kind}'; there are {', '.join(KINDS)}")
    found = search_graph(_open(target), " ".join(words), kinds=kinds, region=region, limit=limit)
    if style == "json":
        _echo_json([one.to_dict() for one in found])
    else:
        present.show_found(found, style)


@main.command()
@click.argument("iri")
@_graph_option
@_format_option("text", "json")
def explain(iri: str, target: str, style: str) -> None:
    """A fact's words in their surroundings, document and position.

    The words are held against the stored source; exit status 1 if they do not stand there.

    \b
    Example:
      pskg explain document/150700/huzhengbanfa-2018-41/item/3
    """
    from pskg import present
    from pskg.use.explain import explain as explain_fact

    explanation = explain_fact(_open(target), iri)
    if style == "json":
        _echo_json(explanation.to_dict())
    else:
        present.show_explanation(explanation)
    if explanation.verified is False:
        raise SystemExit(1)


@main.command()
@click.argument("regions", nargs=-1, required=True, metavar="REGION REGION [...]")
@_graph_option
@_format_option("table", "csv", "json", "html")
def compare(regions: tuple[str, ...], target: str, style: str) -> None:
    """Items of two or more regions side by side.

    Shows what is only here, only there, and where standard, target group, payer or lead differ,
    with the words marked in which they part. html is a page of its own, in Chinese and English.

    \b
    Examples:
      pskg compare 福建省 呼伦贝尔市
      pskg compare 福建省 呼伦贝尔市 --format html > comparison.html
    """
    from pskg import present
    from pskg.use.compare import compare as compare_regions

    if len(dict.fromkeys(regions)) < 2:
        raise click.UsageError("name two regions or more, such as: pskg compare 福建省 呼伦贝尔市")
    comparison = compare_regions(_open(target), regions)
    if style == "table":
        present.show_comparison(comparison)
    else:
        present.show_comparison_as(comparison, style)


@main.command()
@_graph_option
@_format_option("table", "json")
def review(target: str, style: str) -> None:
    """The coverage of each source, the items whose alignment is unsure, and the findings.

    \b
    Example:
      pskg review --graph build
    """
    from pskg import present
    from pskg.use.review import review as review_graph

    result = review_graph(_open(target))
    if style == "json":
        _echo_json(result.to_dict())
    else:
        present.show_review(result)


@main.command()
@click.argument("format", type=click.Choice(_FORMATS), metavar="FORMAT")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="PATH",
    help="The file to write; for csv the folder.",
)  # fmt: skip
@click.option(
    "--asserted-only", is_flag=True,
    help="Only what was read, nothing that rules computed of it (RDF formats).",
)  # fmt: skip
@click.option(
    "--region", metavar="REGION",
    help="Only what is of this region and those in it, by name or code (networks).",
)  # fmt: skip
@click.option(
    "--domain", metavar="DOMAIN",
    help="Only what stands in this domain, by name, notation or IRI (networks).",
)  # fmt: skip
@click.option(
    "--around", multiple=True, metavar="IRI",
    help="Only what is near this thing; may be given several times (networks).",
)  # fmt: skip
@click.option(
    "--radius", type=click.IntRange(min=1), metavar="N",
    help="How many steps around is near.  [default: 1]",
)  # fmt: skip
@_graph_option
def export(
    format: str,
    out: Path,
    asserted_only: bool,
    region: str | None,
    domain: str | None,
    around: tuple[str, ...],
    radius: int | None,
    target: str,
) -> None:
    """Write the graph in another form.

    FORMAT is csv (a folder of tables), turtle, ntriples, nquads, trig, jsonld, rdfxml, graphml,
    gexf, json (node-link) or sssom (how items stand to the national list, to be corrected by hand).

    \b
    Examples:
      pskg export csv --out tables
      pskg export turtle --out pskg.ttl
      pskg export trig --asserted-only --out read.trig
      pskg export sssom --out items.sssom.tsv
      pskg export graphml --region 陇南市 --domain 教育 --out education.graphml
      pskg export json --around body/621200/education --radius 2 --out near.json
    """
    from pskg import present
    from pskg.api import NETWORK_FORMATS, KnowledgeGraph

    if asserted_only and format in ("csv", *NETWORK_FORMATS, "sssom"):
        raise click.UsageError(f"--asserted-only goes with RDF formats, not with {format}")
    asked = {"region": region, "domain": domain, "around": around or None, "radius": radius}
    for name, value in asked.items():
        if value is not None and format not in NETWORK_FORMATS:
            raise click.UsageError(f"--{name} goes with graphml, gexf and json, not with {format}")
    if around and (region is not None or domain is not None):
        raise click.UsageError("--around goes without --region and --domain")
    if radius and not around:
        raise click.UsageError("--radius goes with --around")
    with present.many_progress("exporting") as tell:
        KnowledgeGraph(_open(target)).export(
            format,
            out,
            asserted_only=asserted_only,
            region=region,
            domain=domain,
            around=around or None,
            radius=radius or 1,
            report=tell,
        )
    click.echo(f"{out} written", err=True)


@main.command()
@click.argument("url")
@_local_graph_option
@click.option(
    "--protocol", type=click.Choice(["auto", "gsp", "update"]), default="auto", show_default=True,
    help="What carries the graphs: the Graph Store Protocol, SPARQL Update, or each where it is "
    "faster.",
)  # fmt: skip
@click.option(
    "--update-url", metavar="URL", help="Where the server takes SPARQL Update.  [default: found]"
)
@click.option(
    "--gsp-url", metavar="URL", help="Where its Graph Store Protocol is.  [default: found]"
)
@click.option(
    "--replace", is_flag=True,
    help="Replace graphs of the same names that pskg did not put there.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Send nothing; say what would be sent.")
@_format_option("text", "json")
def publish(
    url: str,
    target: str,
    protocol: Literal["auto", "gsp", "update"],
    update_url: str | None,
    gsp_url: str | None,
    replace: bool,
    dry_run: bool,
    style: str,
) -> None:
    """Put the graphs of a build into a SPARQL 1.1 server; only what changed is sent.

    URL is the address of its query service, which --graph takes as well. Graphs that left the
    build are removed, what pskg did not put there is left alone, and a publish that was broken off
    is finished by the next. Credentials come from the environment: PSKG_USER and PSKG_PASSWORD
    (Basic or Digest, as the server asks), or PSKG_TOKEN (bearer). docs/servers.md tells of each
    server.

    \b
    Examples:
      pskg publish http://localhost:7878/query --graph build
      PSKG_USER=dba PSKG_PASSWORD=... pskg publish http://localhost:8890/sparql-auth
    """
    from pskg import present
    from pskg.graph.publish import publish as publish_graph
    from pskg.graph.store import is_web_address

    for address in filter(None, (url, update_url, gsp_url)):
        if not is_web_address(address):
            raise click.UsageError(
                f"'{address}' is no web address; give one like http://localhost:7878/query"
            )
    if "://" in target:
        raise click.UsageError("--graph takes a build folder or a file, which URL then gets")
    with present.build_progress() as report:
        result = publish_graph(
            _open(target),
            url,
            protocol=protocol,
            update_url=update_url,
            gsp_url=gsp_url,
            replace=replace,
            dry_run=dry_run,
            report=report,
        )
    if style == "json":
        _echo_json(asdict(result))
    else:
        present.show_published(result)


def _echo_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))
