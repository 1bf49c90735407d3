"""The manifest: what a build is made of, written last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pskg.graph.store import FORMAT, MANIFEST, GraphError
from pskg.pipeline import software
from pskg.pipeline.report import BuiltDocument, Failure, Skipped
from pskg.pipeline.shared import Shared

__all__ = ["describe_build", "read_manifest", "write_manifest"]


def read_manifest(out: Path) -> dict[str, Any]:
    """The manifest of the last build; empty where there is none that can be used."""
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(manifest, dict) or "pskg" not in manifest:
        raise GraphError(
            f"there is a {MANIFEST} in it that is not pskg's", str(out), "give another --out folder"
        )
    if manifest.get("format") != FORMAT:
        return {}
    return manifest


def describe_build(
    documents: Sequence[BuiltDocument],
    shared: Shared,
    key: str,
    index: str,
    failed: Iterable[Failure],
    skipped: Iterable[Skipped],
) -> dict[str, Any]:
    """The manifest: nothing in it depends on when, where or by how many a build was made."""
    from pskg.graph.mapping import software_version

    return {
        "format": FORMAT,
        "pskg": software_version(),
        "fingerprint": software.fingerprint(),
        "store": key,
        "index": index,
        "quads": shared.quads + sum(document.quads for document in documents),
        "shared": asdict(shared),
        "documents": [_as_fields(document) for document in documents],
        "failed": sorted(map(asdict, failed), key=lambda entry: entry["source"]),
        "skipped": sorted(map(asdict, skipped), key=lambda entry: entry["source"]),
    }


def _as_fields(document: BuiltDocument) -> dict[str, Any]:
    # Not dataclasses.asdict: it copies everything within as well, at twenty times the cost.
    return {name: getattr(document, name) for name in BuiltDocument.__slots__}


def write_manifest(manifest: Mapping[str, Any]) -> bytes:
    """A line for each field and for each document: quick to write, and to compare."""

    def write(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    fields = []
    for name, value in manifest.items():
        words = write(value)
        if isinstance(value, list) and value:
            words = "[\n" + ",\n".join(map(write, value)) + "\n]"
        fields.append(f"{write(name)}: {words}")
    return ("{\n" + ",\n".join(fields) + "\n}\n").encode()
