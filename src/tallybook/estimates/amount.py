"""The value of a figure in its measure's unit, as a function that gives its zones under any policy.

An amount is made once, from a figure or from other amounts; its zones are computed when they are first
needed for a policy, and kept. So nothing is read or derived again when a width changes.
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
        """Its zones under the widths of a policy; they do not depend on its tolerance and time window."""
        widths = (policy.about, policy.nearly, policy.overshoot, policy.rounding_cap)
        found = self._kept.get(widths)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[widths] = self.make(policy)
        return found

    @property
    def core(self) -> Interval:
        """The number or range named, which is the same under every policy."""
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
        """This part as a share of the whole that it makes up together with ``rest``."""
        return Amount(lambda policy: self.under(policy).share_with(rest.under(policy)))

    def clipped(self, top: float) -> Amount:
        """With no zone above ``top`` (a share of a whole is at most 1)."""
        return Amount(lambda policy: self.under(policy).clipped(top))

    def scaled(self, factor: float) -> Amount:
        """In another unit: every number times ``factor`` (above 0)."""
        return Amount(lambda policy: self.under(policy).scaled(factor))


def amount_of(figure: Figure) -> Amount:
    """The amount that a figure states, in its measure's unit."""
    return Amount(lambda policy: zones_of(figure.quantity, figure.scale, policy))


def computed(low: float, high: float) -> Amount:
    """A range that was computed, not stated: without rounding."""
    zones = exactly(low, high)
    return Amount(lambda policy: zones)
