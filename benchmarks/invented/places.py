"""Whose plan a document is: region, issuer, number, dates and period.

Which region, period and number a document has follows from its number alone, so that no two of a
corpus are the same document, whatever part of it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import gcd

from invented.dice import Dice
from invented.words import BODIES, PROVINCES
from pskg.regions import NATION, Region, all_regions, find_region, get_region, is_current

#: The five-year plans, the first year of each.
PERIODS = (("十二五", 2011), ("十三五", 2016), ("十四五", 2021), ("十五五", 2026))
#: How many plans of one period a region of each level has at most.
_COPIES = {"provincial": 4, "prefectural": 2, "county": 1}
#: Their codes begin with this where they publish no such plans.
_NONE = ("71", "81", "82")


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose plan it is and when it was made."""

    region: Region
    parent: Region
    name: str
    kind: str
    issuer: str
    sign: str
    number: int
    period: str
    start: int
    issued: date
    published: date
    has_number: bool

    @property
    def end(self) -> int:
        return self.start + 4

    @property
    def doc_number(self) -> str:
        return f"{self.sign}〔{self.issued.year}〕{self.number}号"

    def body(self, key: str) -> str:
        """The name of a body of this region at that time, without the region's kind."""
        names = [name for name in BODIES[key] if name[0] <= self.issued.year]
        return names[-1][2 if self.kind in ("省", "自治区") else 1]

    def own(self, key: str) -> str:
        return self.kind + self.body(key)

    @property
    def government(self) -> str:
        return f"{self.kind}政府"

    @property
    def lower(self) -> str:
        """The governments below, as a body."""
        if self.region.level == "provincial":
            return "各市县政府"
        return "各县区政府" if self.region.level == "prefectural" else "各镇政府"


@cache
def _slots() -> tuple[tuple[Region, int], ...]:
    """Every region as often as it may have plans of one period, with which of them it is."""
    return tuple(
        (region, copy)
        for region in all_regions()
        if is_current(region) and region.code != NATION and region.code[:2] not in _NONE
        for copy in range(_COPIES[region.level])
    )


def place(seed: int, number: int, dice: Dice) -> Origin:
    """The origin of one document: for one seed no two numbers give the same."""
    slots = _slots()
    round_, at = divmod(number, len(slots))
    # A step that shares no factor with the number of slots goes through all of them.
    shuffle = Dice(str(seed))
    offset = shuffle.below(len(slots))
    step = _coprime(len(slots) // 3 + shuffle.below(len(slots) // 3), len(slots))
    region, copy = slots[(offset + at * step) % len(slots)]
    era, turn = divmod(round_, len(PERIODS))
    period, start = PERIODS[(turn + at) % len(PERIODS)]
    parent = get_region(region.parent or NATION)
    issued = date(start, 9, 1) + timedelta(days=dice.below(800))
    # The name alone is not enough where several regions have it, or had it once.
    name = region.name if find_region(region.name) == region else parent.name + region.name
    kind = _kind(region.name)
    office = "办公厅" if region.level == "provincial" else "办公室"
    court = "行政公署" if kind in ("盟", "地区") else "人民政府"
    head = PROVINCES[region.code[:2]] if region.level == "provincial" else region.name[0]
    return Origin(
        region=region,
        parent=parent,
        name=name,
        kind=kind,
        issuer=f"{name}{court}{office}",
        sign=head + dice.pick(("政办发", "府办发", "政办")),
        number=1 + dice.below(9) + 10 * copy + 40 * era,
        period=period,
        start=start,
        issued=issued,
        published=issued + timedelta(days=dice.below(9)),
        has_number=not (copy == 0 and era == 0 and dice.chance(0.08)),
    )


def _coprime(step: int, size: int) -> int:
    while gcd(step, size) != 1:
        step += 1
    return step


def _kind(name: str) -> str:
    for kind in ("自治区", "地区"):
        if name.endswith(kind):
            return kind
    return name[-1]
