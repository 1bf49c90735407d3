"""The store of a build, made of its parts or changed from the last one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from pskg.graph.loader import Part, PartLoader, read_part
from pskg.graph.store import FORMAT, GraphError
from pskg.pipeline.files import hash_bytes, remove_folder
from pskg.pipeline.folder import NEW_STORE
from pskg.pipeline.report import BuiltDocument
from pskg.pipeline.shared import Shared
from pskg.progress import Progress
from pskg.workers import count_processors

__all__ = ["StoreMaker"]


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A part and the named graphs that it fills."""

    part: str
    sha256: str
    graphs: tuple[str, ...]


class StoreMaker:
    """Makes the store that holds the parts of a build, under the ``key`` of what is in it.

    Where much is new, all parts are loaded, once the last of them is written: only then they can
    be put in the order that suits the store. Where little has changed, a copy of the last store is
    changed graph by graph; it shares the files of that one, which stays as it is. With ``order`` a
    store is put in order whatever its size.
    """

    def __init__(
        self,
        out: Path,
        shared: Shared,
        earlier: Mapping[str, Any],
        tell: Callable[[Progress], None],
        *,
        order: bool = False,
    ) -> None:
        self.out = out
        self.shared = shared
        self.key = ""
        self._earlier = earlier
        self._tell = tell
        self._order = order
        #: Where the store is made, None as long as there is none.
        self._place: Path | None = None
        self._loader: PartLoader | None = None
        self._store: ox.Store | None = None
        #: What is in the store, by the graph of what was read.
        self._held: dict[str, _Loaded] = {}

    def __enter__(self) -> StoreMaker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._discard()

    def make(self, documents: Iterable[BuiltDocument]) -> set[str]:
        """Make the store of these documents; the names of the parts that proved damaged.

        Where there are any, there is no store yet: their sources are to be read again, and this
        is called with what comes of it.
        """
        wanted = {document.graph: _loaded(document) for document in documents}
        wanted["shared"] = _Loaded(self.shared.part, self.shared.part_sha256, self.shared.graphs)
        self.key = _store_key({name: one.sha256 for name, one in wanted.items()})
        target = self.out / "store" / self.key
        if self._place is None and _opens(target):
            return set()
        with self._told():
            loads = self._place is None and not self._change_last(wanted)
            if loads:
                self._load(wanted)
            broken = self._change(wanted)
            if self._store is not None and self._place is not None and not broken:
                if self._order and not loads:
                    self._tell(Progress(0, len(wanted), "", 0.0, "ordering"))
                    self._store.optimize()
                self._store.flush()
                self._store = None
                if _opens(target):
                    return broken
                remove_folder(target)
                self._place.rename(target)
                self._place = None
        return broken

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say of what cannot be written where it was, and what to do about it."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise GraphError(
                f"the store could not be written ({error})",
                str(self.out),
                "make room on the disk, or give another --out folder",
            ) from error

    def _load(self, wanted: Mapping[str, _Loaded]) -> None:
        """Make a new store of all parts but those that prove damaged."""
        self._place = Path(tempfile.mkdtemp(prefix=NEW_STORE, dir=self.out / "store"))
        threads = min(2, count_processors())
        self._loader = PartLoader(self.out / "parts", self._place, threads=threads)
        parts = [Part(one.part, one.sha256, one.graphs[0]) for one in wanted.values()]
        for number in self._loader.load(parts):
            self._tell(Progress(number, len(parts), "", 0.0, "loading"))
        self._loader.settle(
            order=self._order,
            tell=lambda state: self._tell(Progress(0, len(parts), "", 0.0, state)),
        )
        self._store = self._loader.store
        self._held = {
            name: one for name, one in wanted.items() if one.part not in self._loader.broken
        }
        self._loader = None

    def _change(self, wanted: Mapping[str, _Loaded]) -> set[str]:
        """Change the store until it holds what is wanted; the parts that are damaged."""
        assert self._store is not None
        broken: set[str] = set()
        for name, part in list(self._held.items()):
            if wanted.get(name) != part:
                for graph in part.graphs:
                    self._store.remove_graph(ox.NamedNode(graph))
                del self._held[name]
        missing = [(name, part) for name, part in wanted.items() if name not in self._held]
        for number, (name, part) in enumerate(missing):
            self._tell(Progress(number, len(missing), "", 0.0, "loading"))
            data = read_part(self.out / "parts" / part.part, part.sha256)
            if data is None:
                broken.add(part.part)
            else:
                self._store.load(input=data, format=ox.RdfFormat.N_QUADS)
                self._held[name] = part
        return broken

    def _change_last(self, wanted: Mapping[str, _Loaded]) -> bool:
        """Take a copy of the last store and change it, if it has most of what is wanted."""
        last = {
            entry["graph"]: _Loaded(
                entry["part"], entry["part_sha256"], (entry["graph"], *entry["inferred"])
            )
            for entry in self._earlier.get("documents", ())
        }
        same = sum(last.get(name) == part for name, part in wanted.items())
        changes = len(last) + len(wanted) - 1 - 2 * same
        shared = self._earlier.get("shared", {}).get("part_sha256")
        if shared != self.shared.part_sha256 or 4 * changes > len(wanted):
            return False
        try:
            store = ox.Store.read_only(str(self.out / "store" / str(self._earlier.get("store"))))
            self._place = Path(tempfile.mkdtemp(prefix=NEW_STORE, dir=self.out / "store"))
            self._place.rmdir()
            store.backup(str(self._place))
            self._store = ox.Store(str(self._place))
            self._held = {**last, "shared": wanted["shared"]}
            self._change(wanted)
        except (OSError, RuntimeError, ValueError):
            self._discard()  # it is damaged or gone: all is loaded anew
            return False
        return True

    def _discard(self) -> None:
        """Throw away what is not finished."""
        if self._loader is not None:
            self._loader.close()
        self._loader = self._store = None
        self._held = {}
        if self._place is not None:
            remove_folder(self._place)
        self._place = None


def _loaded(document: BuiltDocument) -> _Loaded:
    return _Loaded(document.part, document.part_sha256, (document.graph, *document.inferred))


def _store_key(parts: Mapping[str, str]) -> str:
    lines = "".join(f"{graph} {sha256}\n" for graph, sha256 in sorted(parts.items()))
    return hash_bytes(f"{FORMAT} {metadata.version('pyoxigraph')}\n{lines}".encode())[:16]


def _opens(folder: Path) -> bool:
    try:
        ox.Store.read_only(str(folder))
    except (OSError, RuntimeError, ValueError):
        return False
    return True
