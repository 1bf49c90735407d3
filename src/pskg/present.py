"""How answers look in a terminal and in a pipe.

On a terminal tables are drawn to its width; into a pipe lines are as long as they need to be.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pskg.model import StretchKind

if TYPE_CHECKING:
    from pskg.graph.publish import PublishReport
    from pskg.graph.store import Answer, Term
    from pskg.pipeline import BuildReport
    from pskg.progress import Progress
    from pskg.use.compare import Comparison, Related
    from pskg.use.explain import Explanation
    from pskg.use.lookup import BodyAnswer, ItemAnswer
    from pskg.use.queries import LibraryQuery
    from pskg.use.review import Review
    from pskg.use.search import Found
    from pskg.use.validate import ValidationReport

__all__ = [
    "build_progress",
    "show_answer",
    "show_bodies",
    "show_build",
    "show_comparison",
    "show_comparison_as",
    "show_explanation",
    "show_found",
    "show_items",
    "show_library",
    "show_published",
    "show_review",
    "show_validation",
]

#: What a table may take where there is no terminal to measure.
_PIPE_WIDTH = 1_000
#: Documents that a build shows one by one; of more it gives the sum.
_LISTED = 100
#: Findings and validation results of one kind that are shown unless all are asked for.
_FEW = 12


def _console() -> Console:
    """A console on standard output as it is now, plain and wide where it is no terminal."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, width=_PIPE_WIDTH, no_color=True)


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(*lines: str | Text | Table) -> None:
    console = _console()
    # Written by hand, not by rich: it pads the last column and ends the program on a closed pipe.
    with console.capture() as shown:
        for line in lines:
            if isinstance(line, str):
                # Text keeps square brackets, which documents are full of, as they are.
                console.print(Text(line), soft_wrap=not sys.stdout.isatty())
            else:
                console.print(line)
    for line in shown.get().split("\n")[:-1]:
        click.echo(line.rstrip(" "))


# ---- build ------------------------------------------------------------------------------


@contextmanager
def build_progress() -> Iterator[Callable[[Progress], None]]:
    """What shows how far a build or a publish is: a bar on a terminal, lines in a log."""
    if not sys.stderr.isatty():
        yield _Log().report
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("reading", total=None, rate="")
        pace = _Pace()

        def report(progress: Progress) -> None:
            if pace.note(progress):
                bar.reset(task, description=pace.phase)
            rate = f"{pace.rate:.1f}/s" if pace.rate else ""
            bar.update(task, completed=progress.done, total=progress.total, rate=rate)

        yield report


@contextmanager
def many_progress(state: str) -> Iterator[Callable[[int, int], None]]:
    """What shows how far work of one ``state`` is, where there is much of it."""
    from pskg.progress import Progress

    with build_progress() as report:

        def tell(done: int, total: int) -> None:
            if total > _LISTED:
                report(Progress(done, total, "", 0.0, state))

        yield tell


class _Pace:
    """How fast a build goes. What is there from before is found at once and does not count."""

    def __init__(self) -> None:
        self.phase = ""
        self.rate = 0.0
        self.left = 0.0
        self._began = 0.0
        self._before = 0

    def note(self, progress: Progress) -> bool:
        """Take note of a step; whether another phase begins with it."""
        now = time.monotonic()
        phase = "reading" if progress.state in _READING else progress.state
        begins = phase != self.phase
        if begins or progress.state == "reused":
            self._began, self._before, self.rate, self.left = now, progress.done, 0.0, 0.0
        elif now > self._began:
            self.rate = (progress.done - self._before) / (now - self._began)
            self.left = (progress.total - progress.done) / self.rate if self.rate else 0.0
        self.phase = phase
        return begins


#: What may become of a source while the others are read.
_READING = frozenset({"read", "reused", "failed", "skipped"})


class _Log:
    """Lines for a log: each document of a few, of many one line for every twentieth."""

    def __init__(self) -> None:
        self._pace = _Pace()
        self._told = 0

    def report(self, progress: Progress) -> None:
        begins = self._pace.note(progress)
        # Steps may be of one document or of many at once.
        step = progress.done * 20 // max(1, progress.total)
        if not (begins or progress.total <= 20 or step != self._told):
            return
        self._told = step
        line = f"{progress.done}/{progress.total} {progress.state} {progress.source}".rstrip()
        if progress.total > 20 and self._pace.left:
            line += f" ({self._pace.rate:.1f}/s, {_duration(self._pace.left)} left)"
        click.echo(line, err=True)


def _duration(seconds: float) -> str:
    """Seconds as a person says them.

    >>> _duration(42.4), _duration(150), _duration(7300)
    ('42 s', '2 min 30 s', '2 h 1 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def show_build(report: BuildReport) -> None:
    """What a build made of each source, and which failed."""
    table = _table("source", "title", "items", "tasks", "bodies", "funding", "figures", "findings")
    for document in report.documents[: _LISTED + 1]:
        counts = document.counts
        table.add_row(
            Text(document.source),
            Text(document.title),
            *(
                str(counts.get(kind, 0))
                for kind in ("items", "tasks", "responsibilities", "funding", "indicators")
            ),
            str(sum(document.findings.values())),
        )
    if 0 < len(report.documents) <= _LISTED:
        _print(table)
    quads = sum(document.quads for document in report.documents)
    number = _count(len(report.documents), "document")
    if report.read or report.reused:
        _print(f"{number}, {quads:,} statements in {report.url or report.out}")
    else:
        _print(f"nothing to read: {report.url or report.out} has what it had")
    for skipped in report.skipped:
        click.echo(f"pskg: {skipped.source}: left out: {skipped.reason}", err=True)
    for failure in report.failed:
        click.echo(f"pskg: {failure.source}: {failure.reason}; {failure.remedy}", err=True)


def show_published(report: PublishReport) -> None:
    """What a publish put into a server, or would have."""
    would = "would be " if report.dry_run else ""
    if report.changed:
        sent = _count(len(report.sent), "graph")
        _print(f"{sent} {would}sent ({report.triples:,} statements)")
        if report.mended:
            lost = _count(len(report.mended), "graph")
            _print(f"{lost} of them because the server holds something else than was put there")
        if report.removed:
            _print(f"{_count(len(report.removed), 'graph')} {would}removed")
    else:
        _print("nothing to send: the server has what the build has")
    _print(f"{_count(report.graphs, 'graph')}, {report.total:,} statements at {report.url}")


# ---- answers ----------------------------------------------------------------------------


def _plain(term: Term | None) -> str:
    return "" if term is None else term.value


def show_answer(answer: Answer, style: str) -> None:
    """The answer to a query, in one of the formats of the command."""
    if answer.triples is not None:
        if style not in ("table", "turtle"):
            raise click.UsageError(
                f"a CONSTRUCT or DESCRIBE query gives Turtle, not {style}; "
                "take --format turtle, or ask a SELECT"
            )
        import pyoxigraph as ox

        from pskg.graph.names import PREFIXES

        data = ox.serialize(answer.triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
        click.echo(data.decode(), nl=False)
        return
    if style == "turtle":
        raise click.UsageError(
            "only a CONSTRUCT or DESCRIBE query gives Turtle; take another --format"
        )
    if answer.boolean is not None:
        value = "true" if answer.boolean else "false"
        click.echo(
            json.dumps({"head": {}, "boolean": answer.boolean}) if style == "json" else value
        )
        return
    if style == "json":
        click.echo(json.dumps(_sparql_json(answer), ensure_ascii=False, indent=1))
    elif style == "csv":
        from pskg.use.tables import write_csv

        write_csv(answer, sys.stdout)
    elif style == "tsv":
        writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
        writer.writerow(answer.variables)
        writer.writerows([_plain(term) for term in row] for row in answer.rows)
    else:
        _show_rows(answer)


def _sparql_json(answer: Answer) -> dict[str, object]:
    """An answer in the W3C's SPARQL 1.1 query results in JSON."""

    def write(term: Term) -> dict[str, str]:
        kinds = {"iri": "uri", "blank": "bnode"}
        entry = {"type": kinds.get(term.kind, term.kind), "value": term.value}
        if term.language:
            entry["xml:lang"] = term.language
        elif term.datatype:
            entry["datatype"] = term.datatype
        return entry

    bindings = [
        {
            name: write(term)
            for name, term in zip(answer.variables, row, strict=True)
            if term is not None
        }
        for row in answer.rows
    ]
    return {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}


def _show_rows(answer: Answer) -> None:
    """A table of the rows; IRIs are shortened, white space in quotes is folded."""
    from pskg.graph.names import shorten_iri

    table = _table(*answer.variables)
    for row in answer.rows:
        table.add_row(
            *(
                Text(
                    ""
                    if term is None
                    else _short(shorten_iri(term.value))
                    if term.kind == "iri"
                    else " ".join(term.value.split())
                )
                for term in row
            )
        )
    _print(table)
    click.echo(_count(len(answer.rows), "row"), err=True)


def show_library(queries: Iterable[LibraryQuery]) -> None:
    """The name, question and parameters of each query."""
    for query in queries:
        _print(Text(query.name, style="bold"), f"  {query.summary_zh}", f"  {query.summary}")
        for parameter in query.parameters:
            default = f" = {parameter.default}" if parameter.default else ""
            _print(
                f"    --set {parameter.name}{default}   {parameter.summary_zh}; {parameter.summary}"
            )


# ---- items and bodies -------------------------------------------------------------------

_ROLES = {
    "lead": "牵头 lead",
    "responsible": "负责 responsible",
    "cooperating": "配合 cooperating",
    "member": "成员 member",
}


def _fold(text: str) -> str:
    return "".join(text.split())


def _document_line(title: str, number: str, region: str) -> str:
    return "  ".join(part for part in (region, title, number) if part)


def show_items(answers: Sequence[ItemAnswer]) -> None:
    """Who leads each item, who else answers for it and who pays, with the quotes."""
    for answer in answers:
        document = answer.document
        also = "  (≈ 同一标准项目 same canonical item)" if answer.match == "canonical" else ""
        _print(Text(f"{answer.no} {answer.name}".strip() + also, style="bold"))
        _print(f"  {_document_line(document.title, document.number, document.region)}")
        for label, text in (
            ("领域 domain", answer.domain),
            ("对象 for", answer.target_groups),
            ("标准 standard", answer.standard),
        ):
            if text:
                _print(f"  {label}: {text}")
        if not answer.bodies:
            _print("  牵头 lead: not said in this document")
        for body in answer.bodies:
            function = f" ({body.function})" if body.function else ""
            deadline = f", {body.deadline}" if body.deadline else ""
            quote = _fold(body.quote)
            _print(
                f"  {_ROLES.get(body.role, body.role)}: {body.name}{function}{deadline}"
                f"  «{quote}» at {body.start}-{body.end}"
            )
        for payer in answer.payers:
            share = f" {_percent(payer.share)}" if payer.share else ""
            condition = f", {payer.condition}" if payer.condition else ""
            _print(
                f"  支付 pays: {payer.name}{share} ({payer.basis}{condition})"
                f"  «{_fold(payer.quote)}» at {payer.start}-{payer.end}"
            )
        _print(f"  pskg explain {_short(answer.iri)}", "")


def _count(number: int, what: str) -> str:
    """A number of things in words.

    >>> _count(1, "row"), _count(2, "row")
    ('1 row', '2 rows')
    """
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _short(iri: str) -> str:
    return iri.removeprefix("https://w3id.org/pskg/id/")


def _percent(share: str) -> str:
    """A fraction of 1 as a percentage.

    >>> _percent("0.8"), _percent("0.005")
    ('80%', '0.5%')
    """
    from decimal import Decimal

    return f"{(Decimal(share) * 100).normalize():f}%"


def show_bodies(answers: Sequence[BodyAnswer]) -> None:
    """Everything each body leads, answers for, belongs to and pays."""
    for answer in answers:
        about = ", ".join(part for part in (answer.function, answer.region) if part)
        _print(Text(f"{answer.label}" + (f" ({about})" if about else ""), style="bold"))
        if set(answer.names) - {answer.label}:
            _print(f"  也作 also written: {'、'.join(answer.names)}")
        for role, label in _ROLES.items():
            duties = answer.in_role(role)
            if duties:
                _print(f"  {label}: {len(duties)}")
            for duty in duties:
                no = f"{duty.subject_no} " if duty.subject_no else ""
                _print(
                    f"    {duty.subject_kind} {no}{duty.subject}"
                    f"  «{_fold(duty.quote)}» {duty.document.number or duty.document.title}"
                    f" {duty.start}-{duty.end}"
                )
        if answer.payments:
            _print(f"  支付 pays: {len(answer.payments)}")
        for payment in answer.payments:
            share = f" {_percent(payment.share)}" if payment.share else ""
            _print(
                f"    {payment.subject_no} {payment.subject}{share} ({payment.basis})"
                f"  «{_fold(payment.quote)}» {payment.document.number or payment.document.title}"
                f" {payment.start}-{payment.end}"
            )
        _print("")


def show_found(found: Sequence[Found], style: str) -> None:
    """What a search found, the best first, as a table or as CSV."""
    columns = ("kind", "text", "times", "region", "document", "iri")
    rows = [
        (
            one.kind,
            one.text,
            str(one.number),
            one.document.region,
            one.document.number or one.document.title,
            one.iri,
        )
        for one in found
    ]
    if style == "csv":
        csv.writer(sys.stdout, lineterminator="\n").writerows([columns, *rows])
        return
    table = _table(*columns)
    for row in rows:
        table.add_row(*(Text(_clip(cell, 60)) for cell in row[:-1]), Text(_short(row[-1])))
    _print(table)
    click.echo(_count(len(rows), "result"), err=True)


def show_explanation(explanation: Explanation) -> None:
    """A fact's statements, and its words in their surroundings."""
    _print(Text(f"{explanation.type}: {explanation.label}", style="bold"), explanation.iri)
    table = _table("property", "value")
    for statement in explanation.statements:
        table.add_row(Text(statement.property), Text(" ".join(statement.value.split())))
    _print(table, "")
    document = _document_line(
        explanation.document_title, explanation.document_number, explanation.region
    )
    if document:
        _print(f"{document}  ({explanation.source})")
    if explanation.quote is not None:
        line = f", line {explanation.line}" if explanation.line else ""
        _print(f"characters {explanation.start} to {explanation.end}{line}", "")
        words = Text(" ".join(explanation.before.split()))
        words.append("»", style="dim")
        words.append(explanation.quote, style="bold reverse")
        words.append("«", style="dim")
        words.append(" ".join(explanation.after.split()))
        _print(words, "")
    told = {
        True: "verified: these words stand there in the stored source",
        False: "NOT verified: the stored source has other words there",
        None: "not verified: there is no stored source here",
    }
    if explanation.quote is not None:
        _print(told[explanation.verified])


# ---- comparison, review, validation -----------------------------------------------------


#: What is compared of an item, as it is shown.
_ASPECTS = {
    "standard": "标准 standard",
    "target_groups": "对象 for",
    "payers": "支付 payers",
    "lead": "牵头 lead",
}


def show_comparison(comparison: Comparison) -> None:
    """The items of each region side by side, and below each what the regions say differently.

    Words in which they part stand in ⟦ ⟧.
    """
    names = [region.name for region in comparison.regions]
    table = _table("item", *names)
    for row in comparison.rows:
        match = {"similar": f" (~{row.score:.2f})", "canonical": " (≈)"}.get(row.match, "")
        table.add_row(
            Text(row.name + match + "".join(map(_tell_related, row.related)), style="bold"),
            *(
                Text("、".join(f"{item.no} {item.name}".strip() for item in items) or "—")
                for items in row.items
            ),
        )
        for difference in row.differences:
            table.add_row(Text(f"  {_ASPECTS[difference.aspect]}"), *map(_mark, difference.pieces))
    _print(table, "")
    _print(
        "(≈) one entry of the canonical list under other names; (⊃ ⊂) holds, or is a part of, "
        "another item; (~0.87) alike by name only, a guess"
    )
    for region in comparison.regions:
        _print(f"{region.name}: {region.items} items in {region.documents} documents")
    _print(f"shared by all: {len(comparison.shared)}")
    for place, name in enumerate(names):
        _print(f"only {name}: {len(comparison.only_in(place))}")
    silent = Counter(aspect for row in comparison.rows for aspect in row.unstated)
    for aspect, number in silent.items():
        _print(f"{_ASPECTS[aspect]}: said by some and not by others for {_count(number, 'item')}")


def _tell_related(other: Related) -> str:
    return f" ({'⊃' if other.relation == 'holds' else '⊂'} {other.name})"


def _mark(pieces: Iterable[tuple[str, bool]]) -> Text:
    """A value with the words marked in which it parts from the others."""
    shown = Text()
    for words, parted in pieces:
        shown.append(f"⟦{words}⟧" if parted else words, style="bold" if parted else "")
    return shown or Text("—")


def show_comparison_as(comparison: Comparison, style: str) -> None:
    """The comparison as CSV, as JSON or as a web page that needs nothing else."""
    from pskg.use.compare import tabulate

    if style == "csv":
        csv.writer(sys.stdout, lineterminator="\n").writerows(tabulate(comparison))
    elif style == "json":
        click.echo(json.dumps(comparison.to_dict(), ensure_ascii=False, indent=1))
    else:
        from pskg.use.compare_page import write_page

        click.echo(write_page(comparison), nl=False)


def show_review(review: Review) -> None:
    """How much of each source became what, then its findings."""
    kinds = list(StretchKind)
    table = _table("source", *(kind.value.replace("_", " ") for kind in kinds), "findings")
    for document in review.documents:
        table.add_row(
            Text(document.source),
            *(f"{document.share(kind):.1%}" for kind in kinds),
            str(len(document.findings)),
        )
    _print(table)
    for document in review.documents:
        items = document.alignments
        aligned = items.asserted or items.none or items.unsure
        if not (document.findings or aligned or document.unclassified):
            continue
        _print("", Text(f"{document.source}  {document.title}", style="bold"))
        if aligned:
            _print(
                f"  items in the national list: {items.asserted} aligned, {items.none} additions, "
                f"{len(items.unsure)} unsure"
            )
        for no, title, guess in items.unsure:
            _print(f"  unsure item {no} {title}: perhaps {guess}; settle it by hand (SSSOM)")
        for finding in document.findings:
            suggestion = f" → {finding.suggestion}" if finding.suggestion else ""
            _print(
                f"  {finding.severity:6} {finding.kind}: {finding.message}{suggestion}"
                f"  «{_clip(_fold(finding.quote))}» at {finding.start}-{finding.end}"
            )
        if document.unclassified:
            names = "、".join(map(_clip, document.unclassified))
            _print(f"  未归类机构 unclassified bodies: {names}")


def _clip(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def show_validation(report: ValidationReport, *, every: bool) -> None:
    """How often each shape was broken, then the results themselves, worst first."""
    counts = report.count()
    told = ", ".join(f"{number} {severity}" for severity, number in counts.items() if number)
    if report.summarise():
        table = _table("severity", "shape", "results", "meaning")
        for severity, shape, message, number in report.summarise():
            table.add_row(severity.value, shape, str(number), Text(message))
        _print(table, "")
    shown = [result for result in report.results if every or result.severity.value == "Violation"]
    for result in shown if every else shown[:_FEW]:
        where = f"{_short(result.focus)} {_short(result.value)}".rstrip()
        _print(f"{result.severity.value} {result.shape_name}: {where}")
    if len(shown) > _FEW and not every:
        _print(f"… and {len(shown) - _FEW} more; --all shows them")
    verdict = "conforms" if report.conforms else "does not conform"
    by = f", by {' and '.join(report.engines)}" if report.engines else ""
    _print(
        f"{_count(report.documents, 'document')}: the graph {verdict} ({told or 'no results'}{by})"
    )
