"""A figure in its measure's unit: the number named and the zones around it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from tallybook.quantity import INFINITY, Interval, Policy, Quantity


@dataclass(frozen=True)
class Zones:
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

    def times(self, other: Zones) -> Zones:
        return self._with(other, lambda a, b: a * b)

    def over(self, other: Zones) -> Zones:
        return self._with(other, lambda a, b: a / b)

    def clipped(self, top: float) -> Zones:
        """With no zone above ``top`` (a share of a whole is at most 1).

        Unchanged if all of the true zone is above it, which shows that part and whole do not fit together.
        """
        if self.true.low > top:
            return self
        true = Interval(self.true.low, min(top, self.true.high), self.true.low_open)
        meant = Interval(min(self.meant.low, top), min(top, self.meant.high))
        return Zones(self.core, true, meant, self.rounding, self.contradictory)

    def plus(self, other: Zones) -> Zones:
        return self._with(other, lambda a, b: a + b)

    def minus(self, other: Zones) -> Zones:
        """What was added between two counts that only grow; never below 0."""
        return self._with(other, lambda a, b: a - b)

    def scaled(self, factor: float) -> Zones:
        """In another unit: every number times ``factor`` (above 0)."""
        low, high = self.rounding
        return Zones(
            self.core.map(lambda x: x * factor),
            self.true.map(lambda x: x * factor),
            self.meant.map(lambda x: x * factor),
            (low * factor, high * factor),
            self.contradictory,
        )

    def share_with(self, rest: Zones) -> Zones:
        """This part as a share of the whole that it makes up together with ``rest``."""
        return self._with(rest, _part_of_both)

    def _with(self, other: Zones, combine: Callable[[Interval, Interval], Interval]) -> Zones:
        core = combine(self.core, other.core)
        return Zones(
            core,
            combine(self.true, other.true),
            combine(self.meant, other.meant),
            (0.0, 0.0),
            self.contradictory or other.contradictory,
        )


def _part_of_both(part: Interval, rest: Interval) -> Interval:
    """part ÷ (part + rest), which increases with the part and decreases with the rest."""
    return Interval(
        _share(part.low, rest.high),
        _share(part.high, rest.low),
        part.low_open or rest.high_open,
        part.high_open or rest.low_open,
    )


def _share(part: float, rest: float) -> float:
    if part == 0 or math.isinf(rest):
        return 0.0
    return 1.0 if math.isinf(part) else part / (part + rest)


def zones_of(quantity: Quantity, scale: float, policy: Policy) -> Zones:
    """The zones of a quantity, computed in the units of its words and then multiplied by ``scale``."""
    core, true, meant = quantity.core, quantity.true_zone(policy), quantity.meant_zone(policy)
    stated = Zones(core, true, meant, quantity.rounding(policy), quantity.contradictory)
    return stated if scale == 1.0 else stated.scaled(scale)


def exactly(low: float, high: float) -> Zones:
    """The zones of a range that was computed, not stated: all the same, without rounding."""
    zone = Interval(low, high)
    return Zones(zone, zone, zone, (0.0, 0.0))
