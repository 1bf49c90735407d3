"""What can be wrong with a source."""

from __future__ import annotations

__all__ = ["SourceError", "UnreadableError"]


class SourceError(ValueError):
    """A source that gives no facts: carries which one, why, and what to do about it."""

    def __init__(self, source: str, reason: str, remedy: str) -> None:
        super().__init__(f"{source}: {reason}; {remedy}")
        self.source = source
        self.reason = reason
        self.remedy = remedy


class UnreadableError(SourceError):
    """A source whose bytes give no text."""
