"""Sources in, graph out: incremental, parallel, and whole again after any interruption.

A build folder holds:

``manifest.json``
    What the build is made of: the version of pskg, the fingerprint of software and vocabularies,
    and for each document its source, SHA-256, IRI, named graph, files and counts. Written last,
    in one step: what it names is complete.
``parts/STEM.nq``
    One document's quads as N-Quads: one named graph after the other, that of what was read
    first, the lines of each sorted. The same document gives the same bytes.
    ``parts/STEM.json`` tells of what and how many; it is written after the part.
``parts/STEM.words``
    The names and quotes of one document, for the index.
``text/STEM.txt``
    The text that the offsets of the document's facts count in, in UTF-8, line ends untouched.
``parts/shared-KEY.nq``
    The ontology, the vocabularies and the regions, each in a named graph of its own.
``store/KEY/``
    The same quads in a pyoxigraph store, which queries are put to. Where much is new it is loaded
    once all parts are there, in the order in which it keeps their graphs.
``search/KEY.db``
    The index of words (:mod:`pskg.graph.index`).

STEM is the SHA-256 of the source, a hyphen, and 12 digits of a hash of the source's name and the
fingerprint: a part of that name need not be made again. KEY is a hash of what is inside, so that
a store never changes once the manifest names it and readers of an older one are left alone.
"""

from pskg.graph.store import FORMAT
from pskg.pipeline.report import BuildReport, BuiltDocument, Failure, Skipped
from pskg.pipeline.run import build
from pskg.pipeline.software import fingerprint
from pskg.pipeline.sources import SUFFIXES
from pskg.progress import Progress

__all__ = [
    "FORMAT",
    "SUFFIXES",
    "BuildReport",
    "BuiltDocument",
    "Failure",
    "Progress",
    "Skipped",
    "build",
    "fingerprint",
]
