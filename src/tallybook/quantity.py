"""Values: what the words of one figure state, as numbers; no text, no files.

A figure names one or two numbers (its *core*) and bounds them with words (its *modifier*).
Two intervals follow: the *true zone*, the values under which the words are true, and the
*meant zone*, the values that they suggest. Field terms: "modified numeral" (linguistics),
"estimate with low / best / high" (UCDP).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from tallybook.terms import CEILINGS, FLOORS, Form, Modifier

INFINITY = math.inf


@dataclass(frozen=True, slots=True)
class Policy:
    """The widths that words do not state; printed in every report.

    All are fractions of the number named, except ``overshoot`` and ``window_days``.
    ``overshoot``: "more than 100" suggests at most ``overshoot`` × 100 (Cummins, Sauerland
    & Solt 2012, on the granularity of modified numerals); ``window_days``: how far apart two
    counts of a stock may be dated; ``tolerance``: widens every zone of a comparison.
    """

    about: float = 0.10
    nearly: float = 0.10
    overshoot: float = 1.5
    rounding_cap: float = 0.05
    window_days: int = 45
    tolerance: float = 0.0


DEFAULT_POLICY = Policy()


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed, open or half-open interval. ValueError if ``low > high`` or an end is NaN."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise ValueError(f"no interval from {self.low} to {self.high}")

    @classmethod
    def point(cls, value: float) -> Interval:
        return cls(value, value)

    def widened(self, below: float, above: float, *, floor: float = -INFINITY) -> Interval:
        """Moved outwards by ``below`` and ``above``. An end that moves becomes closed."""
        return Interval(
            max(floor, self.low - below),
            self.high + above,
            self.low_open and below == 0,
            self.high_open and above == 0,
        )

    def map(self, convert: Callable[[float], float]) -> Interval:
        """Both ends converted by an increasing function (a unit conversion)."""
        return Interval(convert(self.low), convert(self.high), self.low_open, self.high_open)

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __sub__(self, other: Interval) -> Interval:
        """The difference of two counts that only grow: no end is below 0."""
        low = 0.0 if math.isinf(other.high) else max(0.0, self.low - other.high)
        high = max(0.0, self.high - other.low)
        return Interval(
            low,
            high,
            low > 0 and (self.low_open or other.high_open),
            high > 0 and (self.high_open or other.low_open),
        )

    def __mul__(self, other: Interval) -> Interval:
        """Product of two non-negative intervals; ValueError for others."""
        self._require_non_negative(other)
        return Interval(
            _product(self.low, other.low),
            _product(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __truediv__(self, other: Interval) -> Interval:
        """Quotient of two non-negative intervals (ValueError for others); a divisor of 0 gives infinity."""
        self._require_non_negative(other)
        low = 0.0 if math.isinf(other.high) else self.low / other.high if other.high else INFINITY
        high = self.high / other.low if other.low else INFINITY
        return Interval(low, high, self.low_open or other.high_open, self.high_open or other.low_open)

    def _require_non_negative(self, other: Interval) -> None:
        if self.low < 0 or other.low < 0:
            raise ValueError("interval products and quotients are defined here from 0 upwards")


def _product(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b


@dataclass(frozen=True, slots=True)
class Quantity:
    """What one figure states.

    ``low``, ``high``: the numbers named, in full magnitude (equal unless a range);
    ``unit``: what is counted or measured, singular; ``per``: the base of a rate;
    ``hedges``: further modifiers on the same number ("as many as more than 6 million").
    ``best``: the centre, where the words give one with a spread (low and high are then the ends).
    ``grain``: the unit of the last significant digit as printed, of ``best`` or else of ``low`` (final zeros
    behind a decimal point count, those of a whole number do not; None for 0 and for a fraction in words);
    ``grain_high``: that of ``high`` of a range. ``single``: printed with a single significant figure (2%,
    nine million), of a range at either end. ``form``: how the number is put. ``trend``: "up" or "down", the
    direction of a change; None for a level.
    """

    low: float
    high: float
    modifier: Modifier = Modifier.EXACT
    unit: str | None = None
    per: str | None = None
    hedges: tuple[Modifier, ...] = ()
    best: float | None = None
    grain: float | None = None
    grain_high: float | None = None
    single: bool = False
    form: Form = Form.NUMBER
    trend: str | None = None

    @property
    def core(self) -> Interval:
        return Interval(self.low, self.high)

    @property
    def mixed(self) -> bool:
        """Whether the words bound one number more than once."""
        return bool(self.hedges) and self.modifier is not Modifier.RANGE

    @property
    def contradictory(self) -> bool:
        """Whether the words set a floor and a ceiling on one number ("as many as more than …")."""
        said = {self.modifier, *self.hedges}
        return self.mixed and bool(said & FLOORS) and bool(said & CEILINGS)

    def rounding(self, policy: Policy = DEFAULT_POLICY) -> tuple[float, float]:
        """How far each end of the core may have been rounded: (of ``low``, of ``high``)."""
        return rounding(self.low, policy), rounding(self.high, policy)

    def true_zone(self, policy: Policy = DEFAULT_POLICY, *, floor: float = 0.0) -> Interval:
        """The values for which the words are true; ``floor``: the lowest possible value."""
        low, high = self.low, self.high
        if self.contradictory:
            return Interval(floor, INFINITY)
        slack_low, slack_high = self._slack(policy)
        match self.modifier:
            case Modifier.EXACT | Modifier.ABOUT:
                return Interval(max(floor, low - slack_low), high + slack_high)
            case Modifier.RANGE:
                return Interval(low, high)
            case Modifier.NEARLY:
                return Interval(max(floor, low - policy.nearly * abs(low)), high)
            case Modifier.OVER:
                return Interval(max(floor, low - slack_low), INFINITY, low_open=True)
            case Modifier.AT_LEAST:
                return Interval(max(floor, low - slack_low), INFINITY)
            case Modifier.UNDER:
                return Interval(min(floor, high), high + slack_high, high_open=high > floor)
            case _:
                return Interval(min(floor, high), high + slack_high)

    def meant_zone(self, policy: Policy = DEFAULT_POLICY, *, floor: float = 0.0) -> Interval:
        """The values that the words suggest; ``floor``: the lowest possible value."""
        if self.modifier in FLOORS:
            return Interval(self.low, max(self.low, self.low * policy.overshoot))
        if self.modifier in (Modifier.UNDER, Modifier.AT_MOST):
            return Interval(min(self.high, self.high / policy.overshoot), self.high)
        if self.modifier is Modifier.UP_TO:
            below, above = self.rounding(policy)
            return Interval(max(floor, self.low - below), self.high + above)
        return replace(self, hedges=()).true_zone(policy, floor=floor)

    def _slack(self, policy: Policy) -> tuple[float, float]:
        """Width at each end: rounding for a bare number, the hedge's for "about n"."""
        hedged = Modifier.ABOUT in (self.modifier, *self.hedges)
        if hedged:
            return policy.about * abs(self.low), policy.about * abs(self.high)
        if self.modifier is Modifier.EXACT:
            return self.rounding(policy)
        return 0.0, 0.0


def rounding(value: float, policy: Policy = DEFAULT_POLICY) -> float:
    """Half a unit of the last significant digit, at most ``policy.rounding_cap`` of the number.

    0 for a whole number that does not end in 0. With a cap of 5 %: 15,000 → 500; 10,000 → 500;
    6.5 million → 50,000; 0.4 → 0.02; nine → 0.
    """
    if value == 0 or math.isinf(value):
        return 0.0
    return min(_half_unit(value), policy.rounding_cap * abs(value))


@lru_cache(maxsize=65536)
def _half_unit(value: float) -> float:
    """Half a unit of the last significant digit; 0 for a number that is not round."""
    exponent = int(Decimal(repr(float(value))).normalize().as_tuple().exponent)
    return 0.5 * 10.0**exponent if exponent else 0.0
