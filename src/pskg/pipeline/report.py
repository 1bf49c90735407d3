"""What a build tells of itself: its documents, what failed, what it did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pskg.graph.store import BuildGraph

__all__ = ["BuildReport", "BuiltDocument", "Failure", "Skipped"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no facts: why, and what to do about it."""

    source: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out on purpose, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """A document in the build.

    ``document``, ``graph`` (what was read) and ``inferred`` (what rules computed from that, a
    graph each) are IRIs, ``part``, ``words`` and ``text`` names of files,
    ``counts`` the number of facts of each kind, ``findings`` the number of findings by
    severity, ``coverage`` the number of characters by what they became.
    """

    source: str
    sha256: str
    document: str
    graph: str
    inferred: list[str]
    title: str
    part: str
    part_sha256: str
    part_size: int
    text: str
    text_sha256: str
    words: str
    words_sha256: str
    quads: int
    counts: dict[str, int]
    findings: dict[str, int]
    coverage: dict[str, int]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``changed`` tells whether the graph is another one than before.

    ``url`` is the address that the build is kept at, of which ``out`` is then a copy.
    """

    out: Path
    documents: tuple[BuiltDocument, ...]
    failed: tuple[Failure, ...]
    skipped: tuple[Skipped, ...]
    read: int
    reused: int
    quads: int
    changed: bool
    seconds: float
    url: str | None = None

    @property
    def ok(self) -> bool:
        """Whether every source was read."""
        return not self.failed

    def open(self) -> BuildGraph:
        """The graph that was built."""
        return BuildGraph(self.out)
