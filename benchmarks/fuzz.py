"""Damage documents at random, read them, and check that what comes out can be trusted.

Each case is one document of ``data/documents`` (or of ``tests/unseen``, ``tests/html``) under one
to four mutations: cut, shuffled, spliced, in the wrong charset, without brackets or line breaks,
with junk in it. It goes through read, extract and mapping in a worker process, and CHECKS says what
must hold of the outcome, whatever the input. Case number ``i`` depends on the seed, on ``i`` and on
the documents alone. Run it with ``make fuzz``; ``--replay NUMBER`` runs one case here, with its
traceback. Exit status 1 if any case fails. Needs a Unix, whose timers count a process's own time.
"""

from __future__ import annotations

import argparse
import dataclasses
import faulthandler
import os
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

import pyoxigraph as ox

from pskg.extract import extract
from pskg.graph.mapping import to_quads
from pskg.model import Passage, Reading, Span
from pskg.read import SourceError, read_bytes
from pskg.vocabulary import NS, load
from pskg.workers import WorkerPool

ROOT = Path(__file__).parents[1]
SOURCES = ("data/documents/*.txt", "tests/unseen/*.txt", "tests/html/*.html")

#: A mutated document is no longer than this, so that the time limit fits them all.
LONGEST = 300_000
#: No case is worth more memory than this.
MEMORY = 3 << 30
#: Seconds of processor time that one case may take.
LIMIT = 10.0


# Mutations of the text


def _stretch(rng: random.Random, text: str, longest: int = 5_000) -> tuple[int, int]:
    start = rng.randrange(len(text) + 1)
    return start, min(len(text), start + rng.randrange(1, longest))


def _lines(rng: random.Random, text: str) -> tuple[list[str], int, int]:
    """The lines of a text and a random run of them."""
    lines = text.splitlines(keepends=True)
    start = rng.randrange(len(lines) + 1)
    return lines, start, min(len(lines), start + rng.randrange(1, 20))


def cut_text(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] if rng.random() < 0.7 else text[at:]


def delete_stretch(rng: random.Random, text: str) -> str:
    start, end = _stretch(rng, text)
    return text[:start] + text[end:]


def delete_characters(rng: random.Random, text: str) -> str:
    share = rng.choice((0.001, 0.01, 0.1))
    return "".join(character for character in text if rng.random() > share)


def duplicate_stretch(rng: random.Random, text: str) -> str:
    start, end = _stretch(rng, text)
    return text[:end] + text[start:end] * rng.randrange(1, 4) + text[end:]


def swap_stretches(rng: random.Random, text: str) -> str:
    a, b, c, d = sorted(rng.randrange(len(text) + 1) for _ in range(4))
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def delete_lines(rng: random.Random, text: str) -> str:
    lines, start, end = _lines(rng, text)
    return "".join(lines[:start] + lines[end:])


def duplicate_lines(rng: random.Random, text: str) -> str:
    lines, start, end = _lines(rng, text)
    return "".join(lines[:end] + lines[start:end] + lines[end:])


def move_lines(rng: random.Random, text: str) -> str:
    lines, start, end = _lines(rng, text)
    rest = lines[:start] + lines[end:]
    at = rng.randrange(len(rest) + 1)
    return "".join(rest[:at] + lines[start:end] + rest[at:])


def shuffle_lines(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    rng.shuffle(lines)
    return "".join(lines)


def repeat_line(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or ["\n"]
    at = rng.randrange(len(lines))
    return "".join(lines[:at] + [lines[at]] * 500 + lines[at:])


_BRACKETS = "()（）[]［］【】〔〕﹝﹞《》〈〉「」『』“”‘’<>{}"
_PAIRS = [_BRACKETS[at : at + 2] for at in range(0, len(_BRACKETS), 2)]


def strip_brackets(rng: random.Random, text: str) -> str:
    gone = rng.choice((_BRACKETS, "（）()", *_PAIRS))
    return text.translate({ord(bracket): None for bracket in gone})


def strip_closing_brackets(rng: random.Random, text: str) -> str:
    return text.translate({ord(bracket): None for bracket in _BRACKETS[1::2]})


def strip_line_breaks(rng: random.Random, text: str) -> str:
    return "".join(text.splitlines())


def double_line_breaks(rng: random.Random, text: str) -> str:
    return "".join(line + rng.choice(("\n\n", "\n　\n", "\r\n\r\n")) for line in text.splitlines())


def break_lines(rng: random.Random, text: str) -> str:
    """Break the text at random, as a table's cells are broken."""
    share = rng.choice((0.003, 0.03, 0.3))
    return "".join(one + "\n" if rng.random() < share else one for one in text)


_WIDTHS = dict(
    zip("，。：；（）？！％～０１２３４５６７８９．", ",.:;()?!%~0123456789.", strict=True)
)
_NARROW = str.maketrans(_WIDTHS)
_WIDE = str.maketrans({narrow: wide for wide, narrow in _WIDTHS.items()})


def narrow_punctuation(rng: random.Random, text: str) -> str:
    return text.translate(_NARROW)


def widen_punctuation(rng: random.Random, text: str) -> str:
    return text.translate(_WIDE)


def mix_punctuation(rng: random.Random, text: str) -> str:
    tables = (_NARROW, _WIDE)
    return "".join(one.translate(rng.choice(tables)) for one in text)


def replace_digits(rng: random.Random, text: str) -> str:
    share = rng.choice((0.05, 0.5, 1.0))
    digits = rng.choice(
        ("0123456789", "0", "9", "０１２３４５６７８９", "٠١٢٣٤", "①⑳²Ⅻ", "一二十百〇零")
    )
    return "".join(
        rng.choice(digits) if one.isdigit() and rng.random() < share else one for one in text
    )


def lengthen_numbers(rng: random.Random, text: str) -> str:
    times = rng.choice((2, 10, 400))
    share = rng.choice((0.01, 0.2))
    return "".join(one * times if one.isdigit() and rng.random() < share else one for one in text)


def drop_decimal_points(rng: random.Random, text: str) -> str:
    return re.sub(r"(?<=\d)[.．](?=\d)", "", text)


_JUNK = (
    "\x00\x01\x07\x0b\x0c\x1b\x1c\x1f\x7f\x85\x9f",  # controls, some of which end a line
    "\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff",  # direction and width
    "😀👨\u200d👩\u200d👧🀄🇨🇳𠀀𪜶",  # beyond the basic plane
    "\ue000\uf8ff\ufffd\ufffe\uffff\U0010ffff",  # private use and no characters at all
    "\u0301\u20dd\u3099ﷺ㍿½①㈠",  # combining marks, and what normalisation makes longer
    "\xa0\u3000\t |│｜\u2028\u2029\r",  # white space and the marks of tables
    "一二三四五六七八九十百千万亿零〇第章节条款项",
    "\\/\"'`$&;<>%#?{}^~*+-=_.,:!@",
)


def insert_junk(rng: random.Random, text: str) -> str:
    junk = rng.choice(_JUNK)
    pieces = [
        "".join(rng.choices(junk, k=rng.randrange(1, 6))) for _ in range(rng.randrange(1, 60))
    ]
    for piece in pieces:
        at = rng.randrange(len(text) + 1)
        text = text[:at] + piece + text[at:]
    return text


def insert_junk_everywhere(rng: random.Random, text: str) -> str:
    junk, share = rng.choice(_JUNK[1:]), rng.choice((0.01, 0.3))
    return "".join(one + rng.choice(junk) if rng.random() < share else one for one in text)


def add_long_line(rng: random.Random, text: str) -> str:
    """Put a very long line somewhere: one sign over and over, or a piece of the text itself."""
    start, end = _stretch(rng, text, 60)
    unit: str = rng.choice(
        (text[start:end] or "负责", *"（，、1.一《 　第|到%", "财政局、", "1.", "2020年", "(一)")
    )
    at = rng.randrange(len(text) + 1)
    line = unit * (rng.randrange(1_000, 100_000) // len(unit))
    return text[:at] + rng.choice(("", "\n")) + line + rng.choice(("", "\n")) + text[at:]


def keep_digits(rng: random.Random, text: str) -> str:
    return re.sub(rng.choice((r"\D", r"[^\d\n]", r"[^\d\n.．,，%％]")), "", text)


def keep_brackets(rng: random.Random, text: str) -> str:
    return re.sub(f"[^{re.escape(_BRACKETS)}{rng.choice(('', chr(10)))}]", "", text)


def keep_short_lines(rng: random.Random, text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if len(line) < 20)


def splice_documents(rng: random.Random, text: str) -> str:
    _, data = rng.choice(read_sources())
    other = data.decode("utf-8", "replace")
    if rng.random() < 0.3:
        mine, theirs = text.splitlines(keepends=True), other.splitlines(keepends=True)
        return "".join(chain.from_iterable(zip(mine, theirs, strict=False)))
    at, there = rng.randrange(len(text) + 1), rng.randrange(len(other) + 1)
    return text[:at] + other[there:] + rng.choice(("", text[at:]))


_MISTAKES = (
    ("utf-8", "gb18030"),
    ("gb18030", "utf-8"),
    ("utf-8", "latin-1"),
    ("gb18030", "latin-1"),
    ("utf-8", "utf-16-le"),
)


def mistake_charset(rng: random.Random, text: str) -> str:
    """Decode the whole text, or a stretch of it, as what it is not."""
    start, end = _stretch(rng, text) if rng.random() < 0.8 else (0, len(text))
    written, taken = rng.choice(_MISTAKES)
    wrong = text[start:end].encode(written, "replace").decode(taken, "replace")
    return text[:start] + wrong + text[end:]


def unescape_markup(rng: random.Random, text: str) -> str:
    """Put tags where text was, as a page saved in part has them."""
    tags = ("<td>", "</tr>", "<table>", "<p>", "<!--", "]]>", "&#0;", "&#xD800;", "&nbsp", "<br/")
    for _ in range(rng.randrange(1, 40)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(tags) + text[at:]
    return text


TEXT_MUTATIONS: tuple[Callable[[random.Random, str], str], ...] = (
    cut_text,
    delete_stretch,
    delete_characters,
    duplicate_stretch,
    swap_stretches,
    delete_lines,
    duplicate_lines,
    move_lines,
    shuffle_lines,
    repeat_line,
    strip_brackets,
    strip_closing_brackets,
    strip_line_breaks,
    double_line_breaks,
    break_lines,
    narrow_punctuation,
    widen_punctuation,
    mix_punctuation,
    replace_digits,
    lengthen_numbers,
    drop_decimal_points,
    insert_junk,
    insert_junk_everywhere,
    add_long_line,
    keep_digits,
    keep_brackets,
    keep_short_lines,
    splice_documents,
    mistake_charset,
    unescape_markup,
)


# Mutations of the bytes


def cut_bytes(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def cut_first_bytes(rng: random.Random, data: bytes) -> bytes:
    return data[rng.randrange(1, 4) :]


def delete_bytes(rng: random.Random, data: bytes) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.randrange(1, 100) :]


def flip_bytes(rng: random.Random, data: bytes) -> bytes:
    damaged = bytearray(data)
    for _ in range(rng.randrange(1, 30) if damaged else 0):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return bytes(damaged)


def insert_bytes(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.randbytes(rng.randrange(1, 20)) + data[at:]


BYTE_MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    cut_bytes,
    cut_first_bytes,
    delete_bytes,
    flip_bytes,
    insert_bytes,
)
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16")


# Cases


@dataclass(frozen=True)
class Case:
    """A mutated document: its number, what was done to it, and its bytes under a file name."""

    number: int
    mutations: tuple[str, ...]
    name: str
    data: bytes


@cache
def read_sources(root: Path = ROOT) -> tuple[tuple[Path, bytes], ...]:
    """The documents that cases are made from, in the order of their names."""
    paths = chain.from_iterable(sorted(root.glob(pattern)) for pattern in SOURCES)
    return tuple((path, path.read_bytes()) for path in paths)


def make_case(seed: int, number: int) -> Case:
    """Case ``number`` of this seed: always the same while the documents are."""
    rng = random.Random(f"{seed}:{number}")
    sources = read_sources()
    # The larger documents hold more that can go wrong; the small ones run faster.
    path, data = rng.choices(sources, [1 + len(data) // 1000 for _, data in sources])[0]
    text = data.decode("utf-8", "replace")
    done = [path.stem]
    for mutate in rng.choices(TEXT_MUTATIONS, k=rng.choice((1, 1, 2, 3, 4))):
        text = mutate(rng, text)[:LONGEST]
        done.append(mutate.__name__)
    encoding = rng.choice(ENCODINGS)
    # A charset taken for another may leave half a surrogate pair, which nothing can encode.
    data = text.encode(encoding, "replace")
    done += [] if encoding == "utf-8" else [encoding]
    for damage in rng.choices(BYTE_MUTATIONS, k=rng.choice((0, 0, 0, 1, 2))):
        data = damage(rng, data)
        done.append(damage.__name__)
    return Case(number, tuple(done), f"case-{number}{path.suffix}", data)


# Checks


class CheckError(AssertionError):
    """What was read breaks a promise: the message says which one, and where."""


def check_spans(reading: Reading, text: str) -> None:
    """Every span of every fact holds something and lies within the text."""
    for place, span in walk_spans(reading):
        if not 0 <= span.start < span.end <= len(text):
            raise CheckError(f"{place}: {span} is not within the {len(text)} characters")


def walk_spans(value: object, place: str = "reading") -> Iterator[tuple[str, Span]]:
    """All spans within a value, however deep, each with the names that lead to it."""
    if isinstance(value, Span):
        yield place, value
    elif isinstance(value, tuple):
        for one in value:
            yield from walk_spans(one, place)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from walk_spans(one, f"{place}.{name}")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from walk_spans(getattr(value, field.name), f"{place}.{field.name}")


#: White space, and what blocks are trimmed of beside it.
_BLANK = re.compile(r"[\s\xad\u200b-\u200f\u2028-\u202f\u205f-\u2064\ufeff]+")


def check_passages(reading: Reading, text: str) -> None:
    """A passage's text is the words at its span, white space aside.

    A standard may stand in two cells with a label or a column's head between them, or in two
    columns: its span then holds all of its words.
    """
    passages: list[tuple[str, Passage | None]] = [
        *(("coordination.office", group.office) for group in reading.coordination),
        *(
            (f"items.{field}", getattr(item, field))
            for item in reading.items
            for field in ("target_groups", "standard", "funding", "lead")
        ),
    ]
    for place, passage in passages:
        if passage is None:
            continue
        words = _BLANK.sub("", passage.text)
        quote = _BLANK.sub("", passage.span.of(text))
        in_two = place == "items.standard" and not Counter(words) - Counter(quote)
        if words != quote and not in_two:
            raise CheckError(f"{place}: {passage.text[:60]!r} is not what stands at {passage.span}")


def check_coverage(reading: Reading, text: str) -> None:
    """The stretches of the ledger follow each other from the first character to the last."""
    position = 0
    for stretch in reading.coverage:
        if stretch.span.start != position:
            raise CheckError(f"coverage: {stretch.span} does not follow {position}")
        position = stretch.span.end
    if position != len(text):
        raise CheckError(f"coverage: ends at {position} of {len(text)}")


def check_shares(reading: Reading, text: str) -> None:
    """A funding share is a part of one."""
    for share in reading.funding:
        if share.share is not None and not 0 <= Decimal(share.share) <= 1:
            raise CheckError(f"funding.share: {share.share} of {share.payer}")


def check_length(reading: Reading, text: str) -> None:
    """The length that the document states is that of its text."""
    if reading.document.length != len(text):
        raise CheckError(f"document.length: {reading.document.length}, not {len(text)}")


def check_iris(quads: Sequence[ox.Quad], text: str) -> None:
    """Every IRI is plain ASCII."""
    for quad in quads:
        for node in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(node, ox.NamedNode) and not node.value.isascii():
                raise CheckError(f"graph: the IRI {node.value}")


def check_twice(quads: Sequence[ox.Quad], text: str) -> None:
    """No quad is written twice."""
    quad, count = Counter(quads).most_common(1)[0]
    if count > 1:
        raise CheckError(f"graph: {count} times {quad}")


def check_quotes(quads: Sequence[ox.Quad], text: str) -> None:
    """What a fact quotes stands in the text where the fact says, and it says one thing."""
    said: dict[str, dict[str, str]] = {}
    for quad in quads:
        name = quad.predicate.value.removeprefix(NS)
        if name in ("quote", "start", "end"):
            assert isinstance(quad.subject, ox.NamedNode)
            assert isinstance(quad.object, ox.Literal)
            fact = said.setdefault(quad.subject.value, {})
            if fact.setdefault(name, quad.object.value) != quad.object.value:
                raise CheckError(f"graph: {quad.subject} has two values for pskg:{name}")
    for iri, fact in said.items():
        if len(fact) != 3 or text[int(fact["start"]) : int(fact["end"])] != fact["quote"]:
            raise CheckError(f"graph: {iri} does not quote the text")


READING_CHECKS: tuple[Callable[[Reading, str], None], ...] = (
    check_spans,
    check_passages,
    check_coverage,
    check_shares,
    check_length,
)
QUAD_CHECKS: tuple[Callable[[Sequence[ox.Quad], str], None], ...] = (
    check_iris,
    check_twice,
    check_quotes,
)


def check_document(data: bytes, name: str) -> None:
    """Read a document and check all of it. A source refused with SourceError is well handled.

    Raises CheckError where a promise is broken, and whatever the code under test raises.
    """
    vocabulary = load()
    try:
        page = read_bytes(data, name)
        reading = extract(page, vocabulary)
    except SourceError:
        return
    for check in READING_CHECKS:
        check(reading, page.text)
    quads = list(to_quads(reading, page.text, vocabulary, version="0"))
    for check_graph in QUAD_CHECKS:
        check_graph(quads, page.text)


# Running


@dataclass(frozen=True)
class Failure:
    """A case that went wrong: how, and where in the code."""

    number: int
    mutations: tuple[str, ...]
    error: str
    place: str
    message: str = ""

    def __str__(self) -> str:
        message = " ".join(self.message.split())[:160]
        return f"{self.number}\t{'+'.join(self.mutations)}\t{self.error}\t{self.place}\t{message}"


def run_case(case: Case) -> Failure | None:
    """Check one case here; None where all is well."""
    try:
        check_document(case.data, case.name)
    except CheckError as error:
        place = str(error).partition(":")[0]
        return Failure(case.number, case.mutations, "CheckError", place, str(error))
    except Exception as error:
        place = find_place(traceback.extract_tb(error.__traceback__))
        return Failure(case.number, case.mutations, type(error).__name__, place, str(error))
    return None


#: Modules that everything calls: the place that matters is who called them.
_COMMON = ("model.py", "page.py", "vocabulary.py")


def find_place(frames: Sequence[traceback.FrameSummary]) -> str:
    """The innermost frame that is pskg's own, and the one that called it."""
    own = [
        frame
        for frame in frames
        if "pskg" in Path(frame.filename).parts and Path(frame.filename).name not in _COMMON
    ] or list(frames)
    return " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(own[-2:])
    )


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """Run one case in a worker process, which ends where the case takes longer than it may.

    The timer counts the process's own time, so a busy machine does no harm, and its signal ends
    the process even within a regular expression. What ran then is written to the trace first.
    """
    case = make_case(request["seed"], request["number"])
    load()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    with Path(request["trace"]).open("w") as trace:
        faulthandler.enable(trace, all_threads=False)
        faulthandler.register(signal.SIGPROF, trace, all_threads=False, chain=True)
        signal.setitimer(signal.ITIMER_PROF, request["limit"])
        began = time.process_time()
        failure = run_case(case)
        taken = time.process_time() - began
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.unregister(signal.SIGPROF)
        faulthandler.disable()
    return {
        "failure": dataclasses.asdict(failure) if failure else None,
        "taken": taken,
        "size": len(case.data),
    }


_FRAME = re.compile(r'File ".*?([^/"]+)", line (\d+) in (\S+)')


def read_trace(case: Case, trace: Path) -> Failure:
    """What ended a worker: the trace it left tells a stall from a crash."""
    left = trace.read_text("utf-8", "replace") if trace.exists() else ""
    frames = [found for line in left.splitlines() if (found := _FRAME.search(line))]
    own = [found for found in frames if "/pskg/" in found[0]] or frames
    place = " < ".join(f"{found[1]}:{found[2]} {found[3]}" for found in own[:2]) or "?"
    # Where time ran out the stack comes first of all, though to write it in the middle of a call
    # may itself be fatal.
    stalled = left.startswith("Stack")
    return Failure(case.number, case.mutations, "Stall" if stalled else "Crash", place)


@dataclass(frozen=True)
class Outcome:
    """One case that was run: its failure if any, its seconds of processor time, its bytes."""

    number: int
    failure: Failure | None
    taken: float
    size: int


def run_cases(
    seed: int, numbers: Sequence[int], workers: int, limit: float, seconds: float
) -> Iterator[Outcome]:
    """Run cases in worker processes, as they come, until all are done or the time is up."""
    ends = time.monotonic() + seconds
    batch = 25 * workers
    with (
        tempfile.TemporaryDirectory() as folder,
        WorkerPool(Path(__file__).stem, "answer", workers) as pool,
    ):
        for first in range(0, len(numbers), batch):
            if time.monotonic() > ends:
                return
            requests: list[dict[str, Any]] = [
                {
                    "seed": seed,
                    "number": number,
                    "limit": limit,
                    "trace": f"{folder}/{number}",
                }
                for number in numbers[first : first + batch]
            ]
            for request, reply, _ in pool.run(requests):
                yield _outcome(request, reply)
                Path(request["trace"]).unlink(missing_ok=True)


def _outcome(request: Mapping[str, Any], reply: Mapping[str, Any] | None) -> Outcome:
    number = request["number"]
    if reply is None:
        case = make_case(request["seed"], number)
        failure = read_trace(case, Path(request["trace"]))
        return Outcome(number, failure, request["limit"], len(case.data))
    told = reply["failure"]
    failure_ = Failure(**{**told, "mutations": tuple(told["mutations"])}) if told else None
    return Outcome(number, failure_, reply["taken"], reply["size"])


def keep_case(folder: Path, seed: int, failure: Failure) -> None:
    """Write a failing case down, its seed and number in its name."""
    case = make_case(seed, failure.number)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"seed-{seed}-{case.name}"
    (folder / name).write_bytes(case.data)


def write_summary(outcomes: Sequence[Outcome], out: TextIO) -> None:
    """The distinct failures with their counts, and the cases that took longest."""
    failures = [one.failure for one in outcomes if one.failure]
    print(f"{len(outcomes)} cases, {len(failures)} failed", file=out)
    kinds = Counter((failure.error, failure.place) for failure in failures)
    for (error, place), count in kinds.most_common():
        print(f"  {count} x {error} at {place}", file=out)
    total = sum(one.taken for one in outcomes)
    print(f"  processor time {total:.0f} s; the longest:", file=out)
    for one in sorted(outcomes, key=lambda one: -one.taken)[:5]:
        print(f"  case {one.number}: {one.taken:.2f} s for {one.size:,} bytes", file=out)


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=20_000, help="how many cases")
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after these")
    parser.add_argument("--limit", type=float, default=LIMIT, help="processor time of a case")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write failing cases here")
    parser.add_argument("--replay", type=int, metavar="NUMBER", help="run this one case here")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse_arguments(arguments)
    if options.replay is not None:
        case = make_case(options.seed, options.replay)
        print(f"{case.name}: {len(case.data):,} bytes, {' + '.join(case.mutations)}")
        check_document(case.data, case.name)
        print("all is well")
        return 0
    outcomes: list[Outcome] = []
    numbers = range(options.first, options.first + options.count)
    began = time.monotonic()
    for outcome in run_cases(
        options.seed, numbers, options.workers, options.limit, options.seconds
    ):
        outcomes.append(outcome)
        if outcome.failure:
            print(outcome.failure, flush=True)
            if options.keep:
                keep_case(options.keep, options.seed, outcome.failure)
        if len(outcomes) % 100 == 0:
            taken = time.monotonic() - began
            print(f"{len(outcomes)} of {len(numbers)} in {taken:.0f} s", file=sys.stderr)
    write_summary(outcomes, sys.stderr)
    return 1 if any(one.failure for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
