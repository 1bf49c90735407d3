"""A name that the graph does not have."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["NEAR", "UnknownNameError", "near_names"]

#: How many near names an error tells.
NEAR = 5


#: What to do about a name that is not even like another, by what was looked for.
_UNLIKE = {
    "item": ", nor a name like it; `pskg query items` lists all",
    "body": ", nor a name like it; `pskg query bodies-by-duties` lists all",
    "region": ", nor a name like it; `pskg query documents` shows what there is",
    "fact": ", nor an IRI like it; give one as the other commands show it",
    "thing": ", nor an IRI like it; give one as the other commands show it",
    "domain": ", nor a name like it; `pskg query items` shows those of the items",
}


class UnknownNameError(LookupError):
    """A name that the graph does not have. Tells which, and the near ones that it has.

    >>> print(UnknownNameError("免费教育", ["免费义务教育"], what="item"))
    no item '免费教育' in the graph; near: 免费义务教育
    >>> print(UnknownNameError("免费教育", what="item", where="台山"))
    no item '免费教育' in 台山, nor a name like it; `pskg query items` lists all
    """

    def __init__(
        self, name: str, near: Iterable[str] = (), *, what: str = "name", where: str = "the graph"
    ) -> None:
        self.name = name
        self.near = tuple(near)
        self.what = what
        self.where = where
        hint = f"; near: {', '.join(self.near)}" if self.near else _UNLIKE.get(what, "")
        super().__init__(f"no {what} '{name}' in {where}{hint}")


def near_names(name: str, names: Iterable[str]) -> list[str]:
    """The names most like this one, the likest first."""
    return get_close_matches(name, sorted(set(names)), n=NEAR, cutoff=0.4)
