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
from tallybook.terms import Modifier

_MOST_KEPT = 64
_REACH = frozenset({Modifier.OVER, Modifier.AT_LEAST, Modifier.UNDER, Modifier.AT_MOST})


@dataclass(frozen=True, eq=False, slots=True)
class Amount:
    """``make``: policy → zones, in the measure's unit; ``widths``: the policy's fields that change them."""

    make: Callable[[Policy], Zones]
    widths: frozenset[str] = frozenset()
    _kept: dict[tuple[float, ...], Zones] = field(default_factory=dict, repr=False)

    def under(self, policy: Policy) -> Zones:
        """Its zones under a policy; they do not depend on its tolerance and time window."""
        key = tuple([getattr(policy, name) for name in self.widths])
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[key] = self.make(policy)
        return found

    @property
    def core(self) -> Interval:
        """The number or range named, which is the same under every policy."""
        return self.under(DEFAULT_POLICY).core

    def times(self, other: Amount) -> Amount:
        return self._with(other, Zones.times)

    def over(self, other: Amount) -> Amount:
        return self._with(other, Zones.over)

    def plus(self, other: Amount) -> Amount:
        return self._with(other, Zones.plus)

    def minus(self, other: Amount) -> Amount:
        """What was added between two counts that only grow; never below 0."""
        return self._with(other, Zones.minus)

    def share_with(self, rest: Amount) -> Amount:
        """This part as a share of the whole that it makes up together with ``rest``."""
        return self._with(rest, Zones.share_with)

    def clipped(self, top: float) -> Amount:
        """With no zone above ``top`` (a share of a whole is at most 1)."""
        return Amount(lambda policy: self.under(policy).clipped(top), self.widths)

    def scaled(self, factor: float) -> Amount:
        """In another unit: every number times ``factor`` (above 0)."""
        return Amount(lambda policy: self.under(policy).scaled(factor), self.widths)

    def _with(self, other: Amount, combine: Callable[[Zones, Zones], Zones]) -> Amount:
        widths = self.widths | other.widths
        return Amount(lambda policy: combine(self.under(policy), other.under(policy)), widths)


def amount_of(figure: Figure) -> Amount:
    """The amount that a figure states, in its measure's unit."""
    quantity = figure.quantity
    said = {quantity.modifier, *quantity.hedges}
    widths = {"rounding_cap"}
    widths |= {"about"} if Modifier.ABOUT in said else set()
    widths |= {"nearly"} if Modifier.NEARLY in said else set()
    widths |= {"overshoot"} if said & _REACH else set()
    return Amount(lambda policy: zones_of(quantity, figure.scale, policy), frozenset(widths))


def computed(low: float, high: float) -> Amount:
    """A range that was computed, not stated: without rounding."""
    zones = exactly(low, high)
    return Amount(lambda policy: zones)
