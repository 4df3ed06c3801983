"""Values: what the words of one figure state, as numbers; no text, no files.

A figure names one or two numbers (its *core*) and bounds them with words (its *modifier*).
Two intervals follow: the *true zone*, the values under which the words are true, and the
*meant zone*, the values that they suggest. Field terms: "modified numeral" (linguistics),
"estimate with low / best / high" (UCDP).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tallybook.terms import CEILINGS, FLOORS, Form, Modifier

INFINITY = math.inf


@dataclass(frozen=True, slots=True)
class Policy:
    """The widths that words do not state; printed in every report.

    ``about``: "about n" and "nearly n" reach this fraction of n, or ``grains`` grains where that is less.
    ``grains``, ``overshoot``: "more than n" suggests at most n and so many grains, and at most ``overshoot``
    × n (Cummins, Sauerland & Solt 2012, on the granularity of modified numerals). ``rounding_cap``: a number
    with final zeros may stand for another at most this fraction away (Krifka 2007). ``fraction``: likewise
    of a fraction in words; it suggests half as much. ``same``: two counts or sums of money no further apart
    than this fraction of the larger are taken for the same. ``window_days``: how far from the day of a page
    or an article a figure without a date of its own may be. ``tolerance``: widens every zone of a comparison,
    as a fraction of the number.
    """

    about: float = 0.10
    grains: float = 5.0
    overshoot: float = 1.5
    rounding_cap: float = 0.05
    fraction: float = 0.10
    same: float = 0.005
    window_days: int = 31
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
        if not self.low <= self.high:  # nor with NaN
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

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def __sub__(self, other: Interval) -> Interval:
        return self + (-other)

    def __mul__(self, other: Interval) -> Interval:
        """The product; 0 times infinity is 0."""
        if _are_plain(self, other):
            return Interval(self.low * other.low, self.high * other.high)
        ends = [
            (_product(a, b), (a_open and b != 0) or (b_open and a != 0))
            for a, a_open in ((self.low, self.low_open), (self.high, self.high_open))
            for b, b_open in ((other.low, other.low_open), (other.high, other.high_open))
        ]
        low, low_open = min(ends)
        high, still_in = max((value, not is_open) for value, is_open in ends)
        return Interval(low, high, low_open, not still_in)

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient; n ÷ 0 is infinity. By an interval with 0 inside it is any number."""
        if _are_plain(self, other):
            return Interval(self.low * (1 / other.high), self.high * (1 / other.low))
        if other.low < 0 < other.high:
            return Interval(-INFINITY, INFINITY)
        if other.low < 0:
            return -(self / -other)
        below = 0.0 if math.isinf(other.high) else 1 / other.high if other.high else INFINITY
        above = 1 / other.low if other.low else INFINITY
        return self * Interval(below, above, other.high_open, other.low_open)


def _are_plain(one: Interval, other: Interval) -> bool:
    """Whether two intervals are closed and above 0, the second also bounded, as most are: then what they make
    ends with what their ends make."""
    if one.low_open or one.high_open or other.low_open or other.high_open:
        return False
    return one.low > 0 and other.low > 0 and other.high < INFINITY


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
    direction of a change; None for a level. ``near``: the modifier says how near the number is: a bound no
    further than "about" reaches ("just over"), "nearly" on either side ("close to").
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
    near: bool = False

    @property
    def core(self) -> Interval:
        """The numbers named; of a figure with a spread, its ends."""
        return Interval(self.low, self.high)

    @property
    def number(self) -> Interval:
        """What the figure is compared by: its centre where the words give one, else the numbers named."""
        return self.core if self.best is None else Interval.point(self.best)

    @property
    def mixed(self) -> bool:
        """Whether the words bound one number more than once."""
        return bool(self.hedges) and self.modifier is not Modifier.RANGE

    @property
    def contradictory(self) -> bool:
        """Whether the words set a floor and a ceiling on one number ("as many as more than …")."""
        said = {self.modifier, *self.hedges}
        return self.mixed and bool(said & FLOORS) and bool(said & CEILINGS)


def grain_of(value: float) -> float:
    """The unit of the last significant digit of a number whose printing is not known; 1 for 0.

    Final zeros behind a decimal point are not seen: 1.60 gives 0.1.
    """
    return 1.0 if math.isinf(value) else _grain(abs(value))


@lru_cache(maxsize=65536)
def _grain(value: float) -> float:
    exponent = int(Decimal(repr(float(value))).normalize().as_tuple().exponent)
    return float(10.0**exponent)


def fine_grain(value: float, grain: float, *, percent: bool = False) -> float:
    """The grain, with final zeros no coarser than the second digit, nor than one point of a percentage.

    40 → 1; 3 million → 100,000; 15,000 → 1,000; 1.60 (grain 0.01) → 0.01.
    """
    if grain > 1 and value:
        grain = min(grain, 10.0 ** (Decimal(value).adjusted() - 1))
    return min(grain, 1.0) if percent else grain
