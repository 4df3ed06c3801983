"""How the bare numbers of a measure behave: as counts, as sums of money, or as points on a continuous
scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from tallybook.book import Measure
from tallybook.book.currencies import is_currency
from tallybook.book.units import FRACTION, is_unit_of_measurement, unit_parts
from tallybook.quantity import INFINITY, Interval
from tallybook.terms import Kind


@dataclass(frozen=True, slots=True)
class Nature:
    """``count``: a number without final zeros is exact; ``money``: a sum of money; neither: a continuous
    unit. ``level``: a point on a scale, whose zeros are printed on purpose; ``signed``: figures have a
    direction; ``whole``: a share of a whole, at most all of it; ``floor``: the lowest number that there can
    be.
    """

    count: bool = True
    money: bool = False
    level: bool = False
    signed: bool = False
    change: bool = False
    whole: bool = False
    floor: float = 0.0

    @property
    def forgiven(self) -> bool:
        """Whether the policy's ``same`` holds for it: of counts and sums of money alone."""
        return self.count or self.money

    def top(self, unit: str | None) -> float:
        """The highest number that there can be, in a unit of the words."""
        if not self.whole:
            return INFINITY
        return {"percent": 100.0, FRACTION: 1.0}.get(unit or FRACTION, INFINITY)


SHARE = Nature(count=False)
"""Of a share of another figure, or a change of it in words, whatever that counts."""


def nature_of(measure: Measure) -> Nature:
    """The nature of a measure's numbers."""
    return _nature(measure.kind, measure.unit)


def as_shown(zone: Interval, measure: Measure) -> Interval:
    """A zone in the measure's unit as people are shown it: of a count rounded inward to whole numbers, since
    nobody counts 13.5 deaths. For words alone: nothing is compared by it. One without such a number stays."""
    if not nature_of(measure).count:
        return zone
    low = zone.low if math.isinf(zone.low) else float(math.ceil(zone.low))
    high = zone.high if math.isinf(zone.high) else float(math.floor(zone.high))
    if low > high:
        return zone
    return Interval(low, high, zone.low_open and low == zone.low, zone.high_open and high == zone.high)


@lru_cache(maxsize=4096)
def _nature(kind: Kind, unit: str) -> Nature:
    top, base = unit_parts(unit)
    money = is_currency(top)
    continuous = kind in (Kind.RATE, Kind.SHARE, Kind.DURATION, Kind.LEVEL) or base is not None
    continuous = continuous or top in (FRACTION, "percent", "percentage point") or is_unit_of_measurement(top)
    unbounded = kind in (Kind.CHANGE, Kind.NET, Kind.LEVEL)
    unbounded = (
        unbounded or (kind is Kind.RATE and top in (FRACTION, "percent")) or (kind is Kind.STOCK and money)
    )
    return Nature(
        count=not (continuous or money),
        money=money,
        level=kind is Kind.LEVEL,
        signed=kind.signed or (kind is Kind.RATE and top in (FRACTION, "percent")),
        change=kind is Kind.CHANGE,
        whole=kind is Kind.SHARE,
        floor=-INFINITY if unbounded else 0.0,
    )
