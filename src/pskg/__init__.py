"""pskg: the Public Service Knowledge Graph.

Reads plans and notices on basic public services and turns them into one RDF graph in which every
fact leads back to the exact words it came from.

>>> import pskg
>>> graph = pskg.build(["data/documents"], out="build")   # doctest: +SKIP
>>> for row in graph.query("lead", item="寄宿生生活补助"):   # doctest: +SKIP
...     print(row["role"], row["body"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pskg.api import KnowledgeGraph, build, open

__all__ = ["KnowledgeGraph", "build", "open"]


def __getattr__(name: str) -> Any:
    # Imported when asked for: `pskg --help` needs no RDF library.
    if name in __all__:
        from pskg import api

        return getattr(api, name)
    raise AttributeError(f"module 'pskg' has no attribute '{name}'")
