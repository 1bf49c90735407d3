"""The text in which money is told of: white space away, one width of punctuation, places kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pskg.characters import map_characters
from pskg.extract.grammar.text import PlacedText, drop_space
from pskg.vocabulary import key

__all__ = ["MoneyText", "end_asides", "squeeze_text"]


@dataclass(frozen=True)
class MoneyText(PlacedText):
    """A text that tells of money. ``norm`` is as long as ``kept``, its punctuation of one width."""

    norm: str


#: A principle in quotation marks repeats what the sentences around it state.
_PRINCIPLE = re.compile(r"“[^“”。]{1,60}[“”]的?(?:原则|方针|思路|要求|办法|机制|方式)")
_one_width = map_characters({
    ";": "；", "?": "？", "!": "！", "%": "％", "﹪": "％", "／": "/",
    **dict(zip("０１２３４５６７８９．", "0123456789.", strict=True)),
})  # fmt: skip


def squeeze_text(text: str, offset: int) -> MoneyText:
    """Fold a text, its digits to half width; principles in quotation marks are blanked out.

    >>> squeeze_text("补助 ６0%;", 0).norm
    '补助60％；'
    """
    kept, at = drop_space(text, offset)
    norm = _one_width(key(kept))
    norm = _PRINCIPLE.sub(lambda found: "□" * len(found.group()), norm)
    return MoneyText(kept, at, norm)


#: A bracket of its own between two sentences: …。（甲局负责）对….
_ASIDE = re.compile(r"(?:^|(?<=[。；！]))（[^（）。]{2,120}(?:（[^（）]{0,20}）[^（）。]{0,80})?）")


def end_asides(line: MoneyText) -> MoneyText:
    """The same text where a bracket of its own ends as a sentence does.

    >>> end_asides(squeeze_text("甲。（乙局负责）对丙", 0)).norm
    '甲。（乙局负责。对丙'
    """
    if "）" not in line.norm:
        return line
    return replace(line, norm=_ASIDE.sub(lambda found: found.group()[:-1] + "。", line.norm))
