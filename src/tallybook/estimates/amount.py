"""What a figure comes to in its measure's unit, as a rule that gives its zones under any policy.

An amount is made once, from the words or from other amounts; its zones are worked out when a policy asks
for them, and kept. So nothing is read or derived again when a width changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tallybook.book import Figure
from tallybook.estimates.zones import Zones, exactly, zones_of
from tallybook.quantity import DEFAULT_POLICY, Interval, Policy

Widths = tuple[float, ...]
_MOST_KEPT = 64


@dataclass(frozen=True, eq=False, slots=True)
class Amount:
    """``make``: policy → zones, in the measure's unit."""

    make: Callable[[Policy], Zones]
    _kept: dict[Widths, Zones] = field(default_factory=dict, repr=False)

    def under(self, policy: Policy) -> Zones:
        """Its zones under the widths of a policy; tolerance and time window play no part in them."""
        widths = (policy.about, policy.nearly, policy.overshoot, policy.rounding_cap)
        found = self._kept.get(widths)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[widths] = self.make(policy)
        return found

    @property
    def core(self) -> Interval:
        """The number or range named; no policy changes it."""
        return self.under(DEFAULT_POLICY).core

    def times(self, other: Amount) -> Amount:
        return Amount(lambda policy: self.under(policy).times(other.under(policy)))

    def over(self, other: Amount) -> Amount:
        return Amount(lambda policy: self.under(policy).over(other.under(policy)))

    def plus(self, other: Amount) -> Amount:
        return Amount(lambda policy: self.under(policy).plus(other.under(policy)))

    def minus(self, other: Amount) -> Amount:
        """What was added between two counts that only grow; never below 0."""
        return Amount(lambda policy: self.under(policy).minus(other.under(policy)))

    def share_with(self, rest: Amount) -> Amount:
        """This part of the whole that it makes up together with ``rest``."""
        return Amount(lambda policy: self.under(policy).share_with(rest.under(policy)))

    def clipped(self, top: float) -> Amount:
        """No zone above ``top`` (a share of a whole is at most 1)."""
        return Amount(lambda policy: self.under(policy).clipped(top))

    def scaled(self, factor: float) -> Amount:
        """In another unit: every number times ``factor`` (above 0)."""
        return Amount(lambda policy: self.under(policy).scaled(factor))


def amount_of(figure: Figure) -> Amount:
    """The amount that a figure states, in its measure's unit."""
    return Amount(lambda policy: zones_of(figure.quantity, figure.scale, policy))


def computed(low: float, high: float) -> Amount:
    """A length or number that was computed, not stated: nothing is rounded."""
    zones = exactly(low, high)
    return Amount(lambda policy: zones)
