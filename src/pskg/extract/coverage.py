"""The coverage ledger: what became of every character of a source.

Each stretch is a fact, structure (headings, numbers, table heads), plain text under its heading,
boilerplate (navigation, buttons, copyright), or not understood. White space and punctuation that
nothing claims belong to the stretch before them. Nothing is left out: the stretches follow each
other without a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pskg.model import Span, Stretch, StretchKind
from pskg.read import Block
from pskg.vocabulary import Vocabulary

__all__ = ["cover", "is_boilerplate"]


#: A line of a site's chrome is no longer than this; a copyright notice may be.
_LONGEST_CHROME = 60
_NOTICE = "footer"


#: Bytes of one kind in a row, each the place of its kind in the enumeration.
_RUN = re.compile(b"|".join(re.escape(bytes([rank])) + b"+" for rank in range(len(StretchKind))))
#: A letter or a figure.
_WORD = re.compile(r"[^\W_]")


@lru_cache(maxsize=8)
def _boilerplate_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    names = sorted(
        {name for concept in vocabulary["boilerplate"] for name in concept.names},
        key=lambda name: (-len(name), name),
    )
    plain = ["".join(name.split()) for name in names]
    spaced = (r"\s*".join(map(re.escape, name)) for name in plain)
    # Hardly a line opens as any of them does: their first characters alone are tried at once.
    first = "".join(sorted({re.escape(name[0]) for name in plain}))
    return re.compile(rf"[^\w]*(?=[{first}])(?P<name>{'|'.join(spaced)})")


def is_boilerplate(block: Block, vocabulary: Vocabulary, *, shortest: int = 1) -> bool:
    """Whether a line is the site's and not the document's: it starts with one of its phrases.

    Among words of the document only a phrase of some length (``shortest``) tells: 中, the size of
    letters, opens many a name.
    """
    found = _boilerplate_pattern(vocabulary).match(block.text)
    if not found or len(found.group("name")) < shortest:
        return False
    concept = vocabulary["boilerplate"].find(found.group("name"))
    notice = concept is not None and concept.notation == _NOTICE
    return notice or len(block.text) <= _LONGEST_CHROME


def cover(text: str, claims: Iterable[tuple[StretchKind, Span]]) -> tuple[Stretch, ...]:
    """The ledger of a text. Of claims that overlap the first kind of the enumeration wins.

    >>> from pskg.model import StretchKind as K
    >>> ledger = cover("一、总则 为了", [(K.STRUCTURE, Span(0, 4)), (K.TEXT, Span(5, 7))])
    >>> [(entry.kind.value, entry.span.start, entry.span.end) for entry in ledger]
    [('structure', 0, 5), ('text', 5, 7)]
    """
    kinds = list(StretchKind)
    rank = {kind: index for index, kind in enumerate(kinds)}
    unknown = len(kinds) - 1
    ledger = bytearray([unknown]) * len(text)
    # Painted from the weakest kind to the strongest, so that the strongest stays.
    spans: dict[StretchKind, list[Span]] = {kind: [] for kind in kinds}
    for kind, span in claims:
        spans[kind].append(span)
    for kind in reversed(kinds):
        paint = bytes([rank[kind]])
        for start, end in spans[kind]:
            ledger[start:end] = paint * (end - start)
    stretches: list[Stretch] = []
    start = 0
    current: int | None = None
    for run in _RUN.finditer(ledger):
        position, end = run.span()
        became = ledger[position]
        if became == unknown:
            word = _WORD.search(text, position, end)
            if word is None:
                continue
            position = word.start()
        if became != current:
            if current is not None:
                stretches.append(Stretch(kinds[current], Span(start, position)))
                start = position
            current = became
    if text:
        last = kinds[unknown if current is None else current]
        stretches.append(Stretch(last, Span(start, len(text))))
    return tuple(stretches)
