"""Where the files that travel with pskg are: ontology, shapes, vocabularies, queries.

In a checkout they stand at the top level, where people edit them; in a wheel they stand inside
the package. Nothing else in pskg knows of the difference.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["resource_folder"]


@cache
def resource_folder(name: str) -> Path:
    """The folder ``ontology`` or ``queries``.

    Raises FileNotFoundError where the installation is not whole.

    >>> (resource_folder("ontology") / "pskg.ttl").is_file()
    True
    """
    package = Path(__file__).parent
    for folder in (package / "_resources" / name, package.parents[1] / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"pskg's own folder '{name}' is missing; install it again: "
        "pip install --force-reinstall pskg"
    )
