"""A figure in its measure's unit: the number named and the zones around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tallybook.book import Figure, Measure
from tallybook.book.units import factor
from tallybook.quantity import INFINITY, Interval, Policy


@dataclass(frozen=True)
class Stated:
    """``core``: the number or range named; ``true``: where the words are true; ``meant``: what they
    suggest; ``rounding``: of both ends of the core. All in the measure's unit."""

    core: Interval
    true: Interval
    meant: Interval
    rounding: tuple[float, float]
    contradictory: bool = False

    @cached_property
    def floor_only(self) -> bool:
        return self.true.high == INFINITY and self.true.low > 0

    @cached_property
    def ceiling_only(self) -> bool:
        return self.true.low == 0 < self.core.low and self.true.high < INFINITY

    def rounded(self, policy: Policy) -> Interval:
        """The true zone, widened by the rounding of the number named and by the tolerance."""
        below = self.rounding[0] + policy.tolerance * self.core.low
        above = self.rounding[1] + policy.tolerance * self.core.high
        return self.true.widened(below, above, floor=0.0)

    def tolerated(self, policy: Policy) -> Interval:
        """The true zone, widened by the tolerance alone (0 unless the user sets one)."""
        below, above = policy.tolerance * self.core.low, policy.tolerance * self.core.high
        return self.true.widened(below, above, floor=0.0)

    def times(self, other: Stated) -> Stated:
        return self._with(other, lambda a, b: a * b)

    def over(self, other: Stated) -> Stated:
        return self._with(other, lambda a, b: a / b)

    def clipped(self, top: float) -> Stated:
        """No zone above ``top`` (a share of a whole is at most 1)."""
        true = Interval(self.true.low, min(top, self.true.high), self.true.low_open)
        meant = Interval(self.meant.low, max(self.meant.low, min(top, self.meant.high)))
        return Stated(self.core, true, meant, self.rounding, self.contradictory)

    def _with(self, other: Stated, combine) -> Stated:  # type: ignore[no-untyped-def]
        core = combine(self.core, other.core)
        return Stated(
            core,
            combine(self.true, other.true),
            combine(self.meant, other.meant),
            (0.0, 0.0),
            self.contradictory or other.contradictory,
        )


def stated(figure: Figure, measure: Measure, policy: Policy) -> Stated:
    """A figure's zones, first in the units of its words, then converted.

    Raises UnitMismatch when the figure's unit is none of the measure's.
    """
    quantity = figure.quantity
    if figure.share:
        scale = 0.01 if quantity.unit == "percent" else 1.0
    else:
        scale = factor(measure, quantity.unit, quantity.per)
    low, high = quantity.rounding(policy)
    return Stated(
        quantity.core.map(lambda x: x * scale),
        quantity.true_zone(policy).map(lambda x: x * scale),
        quantity.meant_zone(policy).map(lambda x: x * scale),
        (low * scale, high * scale),
        quantity.contradictory,
    )


def exactly(low: float, high: float) -> Stated:
    """A length or number that was computed, not stated: nothing is rounded."""
    zone = Interval(low, high)
    return Stated(zone, zone, zone, (0.0, 0.0))
