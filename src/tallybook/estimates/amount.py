"""The value of a figure in its measure's unit, as a function that gives its zones under any policy.

An amount is made once, from a figure or from other amounts; its zones are computed when they are first
needed for a policy, and kept. So nothing is read or derived again when a width changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tallybook.book import Figure, Measure
from tallybook.book.units import is_time, numbered
from tallybook.estimates.nature import SHARE, Nature, nature_of
from tallybook.estimates.zones import Zones, exactly, zones_of
from tallybook.quantity import DEFAULT_POLICY, Interval, Policy, Quantity, fine_grain, grain_of
from tallybook.terms import Form, Modifier

_MOST_KEPT = 64
_REACH = frozenset({Modifier.OVER, Modifier.AT_LEAST, Modifier.UNDER, Modifier.AT_MOST})


@dataclass(frozen=True, eq=False, slots=True)
class Amount:
    """``make``: policy → zones, in the measure's unit; ``widths``: the policy's fields that change them."""

    make: Callable[[Policy], Zones]
    widths: frozenset[str] = frozenset()
    _kept: dict[tuple[float, ...], Zones] = field(default_factory=dict)

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
        return self._with(other, Zones.minus)

    def relative_to(self, earlier: Amount) -> Amount:
        """The change from an earlier amount, as a fraction of it."""
        return self._with(earlier, Zones.relative_to)

    def sharpened(self, other: Amount) -> Amount:
        """With the finer grain of the two, for agreement alone."""

        def make(policy: Policy) -> Zones:
            ours, theirs = self.under(policy), other.under(policy)
            return ours.sharpened(min(*ours.half, *theirs.half))

        return Amount(make, self.widths | other.widths)

    def share_with(self, rest: Amount) -> Amount:
        """This part as a share of the whole that it makes up together with ``rest``."""
        return self._with(rest, Zones.share_with)

    def clipped(self, top: float) -> Amount:
        """With no zone above ``top`` (a share of a whole is at most 1)."""
        return Amount(lambda policy: self.under(policy).clipped(top), self.widths)

    def scaled(self, factor: float) -> Amount:
        """In another unit: every number times ``factor`` (above 0)."""
        return Amount(lambda policy: self.under(policy).converted(factor), self.widths)

    def standing_for_a_period(self) -> Amount:
        """As the number of a day that stands for a whole period, of which other days are not known: true for
        about as many."""
        return Amount(
            lambda policy: self.under(policy).standing_for(policy.about), self.widths | frozenset(["about"])
        )

    def beside_one(self, side: str) -> Amount:
        """One more or less this part: 1.35 of "up by 35%", 0.75 of "fell by a quarter"."""
        one = computed(1.0, 1.0)
        return one.plus(self) if side == "up" else one.minus(self).from_zero()

    def from_zero(self) -> Amount:
        """With no zone below 0: at most all of a thing can go."""
        return Amount(lambda policy: self.under(policy).from_zero(), self.widths)

    def directed(self) -> Amount:
        """With the direction that a computed change has."""
        return Amount(lambda policy: self.under(policy).directed(), self.widths)

    def _with(self, other: Amount, combine: Callable[[Zones, Zones], Zones]) -> Amount:
        widths = self.widths | other.widths
        return Amount(lambda policy: combine(self.under(policy), other.under(policy)), widths)


def amount_of(figure: Figure, measure: Measure) -> Amount:
    """The amount that a figure states, in its measure's unit."""
    quantity = figure.quantity
    nature = SHARE if figure.share else nature_of(measure)
    every = _every(quantity)
    own = {k: v for k, v in (measure.policy.model_dump() if measure.policy else {}).items() if k in _WIDTHS}
    own = {name: value for name, value in own.items() if value is not None}

    def make(policy: Policy) -> Zones:
        policy = replace(policy, **own) if own else policy
        made = _in_words(quantity, nature, every, policy)
        return made.converted(figure.scale, figure.offset).of_several(figure.least, figure.most)

    return Amount(make, frozenset(_widths_of(quantity) - set(own)))


def policy_of(measure: Measure, policy: Policy) -> Policy:
    """A project's policy with the widths that a measure sets itself."""
    if measure.policy is None:
        return policy
    own = measure.policy.model_dump(exclude={"reason"}, exclude_none=True)
    return replace(policy, **own) if own else policy


_WIDTHS = ("about", "grains", "overshoot", "rounding_cap", "fraction")


def _widths_of(quantity: Quantity) -> set[str]:
    """The fields of a policy on which the zones of a quantity depend."""
    said = {quantity.modifier, *quantity.hedges}
    widths = {"rounding_cap"}
    if quantity.form in (Form.FRACTION, Form.RATIO, Form.MOST):
        widths = {"fraction"}
    if quantity.near or said & {Modifier.ABOUT, Modifier.NEARLY}:
        widths |= {"about", "grains"}
    if said & _REACH:
        widths |= {"overshoot", "grains"}
    return widths


def _every(quantity: Quantity) -> tuple[float, float] | None:
    """The number of a base of time and half its fine grain: of "one every seven minutes", 7 and 0.5."""
    times, base = numbered(quantity.per or "")
    if times == 1 or not is_time(base):
        return None
    return times, fine_grain(times, grain_of(times)) / 2


def _in_words(quantity: Quantity, nature: Nature, every: tuple[float, float] | None, policy: Policy) -> Zones:
    """The zones in the units of the words. "One every seven minutes" is one in 6.5 to 7.5 minutes."""
    if every is None:
        return zones_of(quantity, nature, policy)
    times, half = every
    alone = quantity.low == quantity.high == 1 and quantity.modifier is Modifier.EXACT
    made = exactly(1.0, 1.0) if alone else zones_of(quantity, nature, policy)
    longer = Interval(times / (times + half), times / (times - half))
    zone = made.true * longer
    below, above = made.number.low - zone.low, zone.high - made.number.high
    return replace(
        made, true=zone, meant=made.meant * longer, half=(max(made.half[0], below), max(made.half[1], above))
    )


def computed(low: float, high: float) -> Amount:
    """A range that was computed, not stated: without rounding."""
    zones = exactly(low, high)
    return Amount(lambda policy: zones)
