"""A figure in its measure's unit: the number named and the zones around it.

The table of section 1 of the law stands here, once: which values make the words of a figure true, and which
they suggest. A number with final zeros may or may not be rounding, so that its true zone is wide and its
meant zone narrow; any other number of a continuous unit means its last digit; a count means itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from tallybook.book.units import FRACTION
from tallybook.estimates.nature import Nature
from tallybook.quantity import INFINITY, Interval, Policy, Quantity, fine_grain, grain_of
from tallybook.terms import BOUNDS, FLOORS, Form, Modifier

_PER_CENT = "percent"


@dataclass(frozen=True, slots=True)
class Zones:
    """All numbers are in the measure's unit.

    ``core``: the number or range named; ``number``: what it is compared by, its centre where one is given;
    ``true``: where the words are true; ``meant``: what they suggest; ``half``: half the fine grain of both
    ends of ``number``, 0 where it is exact. ``bound``: 1 for a floor, −1 for a ceiling, 0 for neither;
    ``from_below``: "nearly", which agrees from below only; ``contradictory``: a floor and a ceiling on one
    number; ``single``: printed with a single figure; ``round``: a number that may stand for a finer one;
    ``digitless``: a fraction in words; ``margin``: a spread is stated with the number; ``completed``: by how
    much it may lie above the true zone beside a finer figure, as an age in completed years may;
    ``direction``: 1 for up, −1 for down, 0 where no direction is known; ``spoken``: the direction is in words
    of a change, not in a sign; ``least``, ``most``: a word of the unit means one of several, and so the true
    zone reaches from so many times what it would be to so many times.
    """

    core: Interval
    number: Interval
    true: Interval
    meant: Interval
    half: tuple[float, float] = (0.0, 0.0)
    bound: int = 0
    from_below: bool = False
    contradictory: bool = False
    single: bool = False
    round: bool = False
    digitless: bool = False
    margin: bool = False
    completed: float = 0.0
    direction: int = 0
    spoken: bool = False
    least: float = 1.0
    most: float = 1.0

    @property
    def several(self) -> bool:
        """Whether a word of its unit means one of several ("ton")."""
        return self.least != self.most

    @property
    def floor_only(self) -> bool:
        return self.bound > 0 and not self.contradictory

    @property
    def ceiling_only(self) -> bool:
        return self.bound < 0 and not self.contradictory

    @property
    def vague(self) -> str:
        """Why a derived result bears on nothing: "holds zero", "wider than two to one", or ""."""
        if self.bound or not (math.isfinite(self.true.low) and math.isfinite(self.true.high)):
            return ""
        if self.true.low <= 0 <= self.true.high and self.true.low < self.true.high:
            return "holds zero"
        near, far = sorted((abs(self.true.low), abs(self.true.high)))
        return "wider than two to one" if far > 2 * near and not math.isclose(far, 2 * near) else ""

    def tolerated(self, policy: Policy) -> Interval:
        """The true zone, widened by the tolerance alone (0 unless the user sets one)."""
        if not policy.tolerance:
            return self.true
        below, above = (policy.tolerance * abs(end) for end in (self.core.low, self.core.high))
        return self.true.widened(below, above)

    def given_way(self) -> Interval:
        """The true zone with each end that is included moved out by half its fine grain."""
        zone = self.true
        below = 0.0 if zone.low_open else self.half[0]
        above = 0.0 if zone.high_open else self.half[1]
        return Interval(zone.low - below, zone.high + above, zone.low_open, zone.high_open)

    def clipped(self, top: float) -> Zones:
        """With no zone above ``top`` (a share of a whole is at most 1).

        Unchanged if all of the true zone is above it, which shows that part and whole do not fit together.
        """
        if self.true.low > top or self.true.high <= top:
            return self
        true = Interval(self.true.low, top, self.true.low_open)
        meant = Interval(min(self.meant.low, top), min(top, self.meant.high))
        return replace(self, true=true, meant=meant)

    def from_zero(self) -> Zones:
        """With no zone below 0; unchanged if all of the true zone is below it."""
        if self.true.low >= 0 or self.true.high < 0:
            return self
        true = Interval(0.0, self.true.high, False, self.true.high_open)
        return replace(self, true=true, meant=Interval(max(self.meant.low, 0.0), max(self.meant.high, 0.0)))

    def times(self, other: Zones) -> Zones:
        return self._with(other, lambda a, b: a * b, 1)

    def over(self, other: Zones) -> Zones:
        return self._with(other, lambda a, b: a / b, -1)

    def plus(self, other: Zones) -> Zones:
        return self._with(other, lambda a, b: a + b, 1)

    def minus(self, other: Zones) -> Zones:
        return self._with(other, lambda a, b: a - b, -1)

    def relative_to(self, earlier: Zones) -> Zones:
        """The change from an earlier amount, as a fraction of it."""
        return self._with(earlier, lambda a, b: a / b + Interval.point(-1.0), -1)

    def share_with(self, rest: Zones) -> Zones:
        """This part as a share of the whole that it makes up together with ``rest``."""
        return self._with(rest, _part_of_both, -1)

    def converted(self, factor: float, offset: float = 0.0) -> Zones:
        """In another unit: every number times ``factor`` (above 0), plus ``offset``."""
        if factor == 1.0 and offset == 0.0:
            return self

        def moved(zone: Interval) -> Interval:
            return zone.map(lambda x: x * factor + offset)

        return replace(
            self,
            core=moved(self.core),
            number=moved(self.number),
            true=moved(self.true),
            meant=moved(self.meant),
            half=(self.half[0] * factor, self.half[1] * factor),
            completed=self.completed * factor,
        )

    def of_several(self, least: float, most: float) -> Zones:
        """With a true zone that holds all that a word for a unit may mean."""
        if least == most == 1.0:
            return self
        true = self.true
        low = true.low * (least if true.low > 0 else most)
        high = true.high * (most if true.high > 0 else least)
        zone = Interval(low, high, true.low_open, true.high_open)
        return replace(self, true=zone, least=self.least * least, most=self.most * most)

    def standing_for(self, part: float) -> Zones:
        """With a true zone that reaches further by a ``part`` of either end: what was counted on a day stands
        for a whole period."""
        low, high = self.true.low - part * abs(self.true.low), self.true.high + part * abs(self.true.high)
        return replace(self, true=Interval(low, high, self.true.low_open, self.true.high_open))

    def as_printed(self) -> Zones:
        """As if the word meant one unit: beside the same word of one who repeats it."""
        return replace(self.of_several(1 / self.least, 1 / self.most), least=1.0, most=1.0)

    def directed(self) -> Zones:
        """With the direction that a computed change has, where all of its zone has one."""
        direction = 1 if self.true.low > 0 else -1 if self.true.high < 0 else 0
        return replace(self, direction=direction)

    def mirrored(self) -> Zones:
        """The same below zero: of a fall."""
        return replace(
            self,
            core=-self.core,
            number=-self.number,
            true=-self.true,
            meant=-self.meant,
            half=(self.half[1], self.half[0]),
            bound=-self.bound,
        )

    def sharpened(self, half: float) -> Zones:
        """With a true zone no wider than its number ± ``half``, for agreement alone."""
        if self.bound or self.margin:
            return self
        true = Interval(
            max(self.true.low, self.number.low - half), min(self.true.high, self.number.high + half)
        )
        return replace(self, true=true, meant=true, half=(min(half, self.half[0]), min(half, self.half[1])))

    def _with(self, other: Zones, combine: Callable[[Interval, Interval], Interval], sign: int) -> Zones:
        """``sign``: −1 where the result falls as ``other`` grows."""
        number = combine(self.number, other.number)
        theirs = sign * other.bound
        opposite = self.bound * theirs < 0
        return Zones(
            combine(self.core, other.core),
            number,
            combine(self.true, other.true),
            combine(self.meant, other.meant),
            bound=0 if opposite else self.bound or theirs,
            contradictory=self.contradictory or other.contradictory or opposite,
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


def exactly(low: float, high: float) -> Zones:
    """The zones of a range that was computed, not stated: all the same, without rounding."""
    zone = Interval(low, high)
    return Zones(zone, zone, zone, zone)


def zones_of(quantity: Quantity, nature: Nature, policy: Policy) -> Zones:
    """The zones of a quantity in the units of its words, before any conversion.

    ``nature``: how bare numbers of its measure behave.
    """
    fell = nature.signed and (quantity.trend == "down" or quantity.high < 0)
    made = _zones(_turned(quantity), nature, policy).mirrored() if fell else _zones(quantity, nature, policy)
    if not nature.signed:
        return made
    return replace(made, direction=_direction(quantity), spoken=_is_spoken(quantity) and nature.change)


def _is_spoken(quantity: Quantity) -> bool:
    """Whether words give the direction, not a printed minus."""
    return quantity.trend is not None and quantity.low >= 0


def _turned(quantity: Quantity) -> Quantity:
    """The size of a fall: the same words, above zero."""
    if quantity.low >= 0:
        return quantity
    best = None if quantity.best is None else -quantity.best
    grains = (quantity.grain_high, quantity.grain) if quantity.grain_high else (quantity.grain, None)
    return replace(
        quantity, low=-quantity.high, high=-quantity.low, best=best, grain=grains[0], grain_high=grains[1]
    )


def _direction(quantity: Quantity) -> int:
    if quantity.low == quantity.high == 0 and quantity.modifier not in BOUNDS:
        return 0  # "growth of 0.0 %" goes nowhere
    if quantity.trend is not None:
        return 1 if quantity.trend == "up" else -1
    return -1 if quantity.high < 0 else 0


@dataclass(frozen=True, slots=True)
class _Widths:
    """Around one number: ``true_*`` and ``meant`` on either side; ``grain``; ``half`` of its fine grain."""

    true_below: float
    true_above: float
    meant: float
    grain: float
    half: float
    round: bool


def _zones(quantity: Quantity, nature: Nature, policy: Policy) -> Zones:
    """The table of the law."""
    low = _widths(quantity, quantity.low, quantity.grain, nature, policy)
    high = low
    if quantity.high != quantity.low:
        high = _widths(quantity, quantity.high, quantity.grain_high or quantity.grain, nature, policy)
    plain = Zones(
        quantity.core,
        quantity.number,
        quantity.core,
        quantity.core,
        half=(low.half, high.half),
        contradictory=quantity.contradictory,
        single=quantity.single,
        digitless=quantity.form in (Form.FRACTION, Form.RATIO, Form.MOST, Form.ALL),
    )
    if quantity.best is not None:
        return _with_margin(plain, quantity, nature, policy)
    if quantity.contradictory:
        return replace(plain, true=Interval(min(nature.floor, quantity.low), INFINITY))
    said = {quantity.modifier, *quantity.hedges}
    if quantity.modifier in BOUNDS:
        return _clamped(_bounded(plain, quantity, nature, policy, low, high), quantity, nature)
    if Modifier.ABOUT in said and quantity.modifier is not Modifier.NEARLY:
        made = _about(plain, nature, policy, low, high)
    elif quantity.modifier is Modifier.NEARLY:
        reach = _reach_of_about(quantity.high, nature, policy, high)
        zone = Interval(quantity.low - reach, quantity.high + (reach if quantity.near else 0.0))
        made = replace(plain, true=zone, meant=zone, from_below=not quantity.near)
    elif quantity.modifier is Modifier.RANGE:
        zone = Interval(quantity.low - max(low.meant, low.half), quantity.high + max(high.meant, high.half))
        made = replace(plain, true=zone, meant=zone)
    else:
        made = replace(
            plain,
            true=Interval(quantity.low - low.true_below, quantity.high + high.true_above),
            meant=Interval(quantity.low - low.meant, quantity.high + high.meant),
            round=low.round,
            completed=_completed(quantity, low),
        )
    return _clamped(made, quantity, nature)


def _completed(quantity: Quantity, widths: _Widths) -> float:
    """An age in whole units may also be completed: 83 years and eleven months."""
    whole = quantity.form is Form.AGE and quantity.low == int(quantity.low)
    return max(0.0, 1.0 - widths.true_above) if whole else 0.0


def _with_margin(plain: Zones, quantity: Quantity, nature: Nature, policy: Policy) -> Zones:
    assert quantity.best is not None
    best = _widths(quantity, quantity.best, quantity.grain, nature, policy)
    meant = Interval(quantity.best - best.half, quantity.best + best.half)
    return replace(plain, meant=meant, half=(best.half, best.half), margin=True)


def _about(plain: Zones, nature: Nature, policy: Policy, low: _Widths, high: _Widths) -> Zones:
    if plain.digitless:
        below, above = low.true_below, high.true_above
    else:
        below = _reach_of_about(plain.core.low, nature, policy, low)
        above = _reach_of_about(plain.core.high, nature, policy, high)
        below, above = max(below, low.true_below), max(above, high.true_above)
    zone = Interval(plain.core.low - below, plain.core.high + above)
    return replace(plain, true=zone, meant=zone)


def _reach_of_about(value: float, nature: Nature, policy: Policy, widths: _Widths) -> float:
    """How far "about n" reaches: a tenth or five grains; one more or less of a count; one grain of a
    level."""
    if nature.level:
        return 2 * widths.half
    if widths.grain == 0:  # a fraction in words
        return policy.about * abs(value)
    reach = min(policy.about * abs(value), policy.grains * widths.grain)
    return max(reach, 1.0) if nature.count else reach


def _bounded(
    plain: Zones, quantity: Quantity, nature: Nature, policy: Policy, low: _Widths, high: _Widths
) -> Zones:
    modifier = quantity.modifier
    # "over about 50": the bound itself is vague
    vague = Modifier.ABOUT in quantity.hedges
    if modifier in FLOORS:
        value = quantity.low - (_reach_of_about(quantity.low, nature, policy, low) if vague else 0.0)
        true = Interval(value, INFINITY, low_open=modifier is Modifier.OVER)
        return replace(
            plain, true=true, meant=Interval(value, _suggested(quantity, nature, policy, low)), bound=1
        )
    value = quantity.high + (_reach_of_about(quantity.high, nature, policy, high) if vague else 0.0)
    # "less than nothing" says no more than "nothing"
    strict = modifier is Modifier.UNDER and value > nature.floor
    true = Interval(min(nature.floor, value), value, high_open=strict)
    if modifier is Modifier.UP_TO:
        return replace(plain, true=true, meant=Interval(value - high.half, value + high.half), bound=-1)
    if quantity.near:
        reach = value - _reach_of_about(quantity.high, nature, policy, high)
        return replace(plain, true=true, meant=Interval(reach, value), bound=-1)
    reach = value - policy.grains * high.grain if high.grain else -INFINITY
    if not nature.level:
        reach = max(reach, value / policy.overshoot)
    return replace(plain, true=true, meant=Interval(min(reach, value), value), bound=-1)


def _suggested(quantity: Quantity, nature: Nature, policy: Policy, widths: _Widths) -> float:
    """The highest number that "over n" suggests."""
    value = quantity.low
    if quantity.form is Form.MOST:
        return 100.0 if quantity.unit == _PER_CENT else 1.0
    if quantity.near:
        return value + _reach_of_about(value, nature, policy, widths)
    reach = value + policy.grains * widths.grain if widths.grain else INFINITY
    if not nature.level and value > 0:
        reach = min(reach, policy.overshoot * value)
    return max(value, reach)


def _clamped(made: Zones, quantity: Quantity, nature: Nature) -> Zones:
    """Nothing below the lowest number that the measure can have, nor above all of a whole."""
    ahead = quantity.low > 0 or quantity.trend is not None
    floor = 0.0 if nature.signed and ahead else nature.floor
    top = nature.top(quantity.unit)
    if made.core.low < floor or made.core.high > top or (made.true.low_open and made.true.low >= top):
        return made  # it cannot be, and is not made to say something else
    true, meant = made.true, made.meant
    low, high = max(true.low, floor), min(true.high, top)
    return replace(
        made,
        true=Interval(low, high, true.low_open and low == true.low, true.high_open and high == true.high),
        meant=Interval(max(meant.low, floor), min(max(meant.high, floor), top)),
    )


def _widths(quantity: Quantity, value: float, grain: float | None, nature: Nature, policy: Policy) -> _Widths:
    """How far a bare number may stand for others, and what it suggests."""
    if quantity.form in (Form.FRACTION, Form.RATIO, Form.MOST):
        wide = policy.fraction * abs(value)
        return _Widths(wide, wide, wide / 2, 0.0, 0.0, True)
    if quantity.form is Form.ALL:
        return _Widths(0.0, 0.0, 0.0, 0.0, 0.0, False)
    if value == 0 and nature.count:
        return _Widths(0.0, 0.0, 0.0, 1.0, 0.0, False)
    if quantity.unit == FRACTION and grain is None and abs(value) <= 1:
        # recorded as a fraction, printed as a percentage
        made = _widths(replace(quantity, unit=_PER_CENT), float(f"{100 * value:.12g}"), None, nature, policy)
        below, above, meant = made.true_below / 100, made.true_above / 100, made.meant / 100
        return _Widths(below, above, meant, made.grain / 100, made.half / 100, made.round)
    grain = grain or grain_of(value)
    if nature.level:
        grain = min(grain, 1.0)
        return _Widths(grain / 2, grain / 2, grain / 2, grain, grain / 2, False)
    percent = quantity.unit in ("percent", "percentage point")
    half = fine_grain(value, grain, percent=percent) / 2
    if percent and nature.whole and value == 100:
        return _Widths(half, half, half, 1.0, half, False)
    if grain > 1:
        wide = max(min(grain / 2, policy.rounding_cap * abs(value)), half)
        return _Widths(wide, wide, half, grain, half, wide > half)
    width = 0.0 if nature.count and grain == 1 else half
    return _Widths(width, width, width, grain, half, False)
