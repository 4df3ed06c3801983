"""From a number to its place in a picture: an even scale from zero, or a logarithmic one."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

LOG_FROM = 20.0
"""From this spread (largest ÷ smallest named number above zero) on, the scale is logarithmic."""

_FARTHEST = 1.6
"""A zone may stretch the picture to this multiple of the largest number named; beyond, an arrow."""

_ZERO_ROOM = 26.0
"""Points kept for the mark "0" at the edge of a logarithmic scale, which has no zero."""


@dataclass(frozen=True)
class Scale:
    """Places values between the points ``start`` (lowest) and ``stop`` (highest)."""

    low: float
    high: float
    start: float
    stop: float
    log: bool
    zero: float | None = None
    """Where 0 stands on a logarithmic scale, when something has to stand there."""

    def at(self, value: float) -> float:
        """The place of a value in points; what is beyond an end is put on that end."""
        if self.log and value <= 0:
            return self.start if self.zero is None else self.zero
        first = self.first
        share = self._share(min(max(value, self.low), self.high))
        return first + share * (self.stop - first)

    @property
    def first(self) -> float:
        """Where the lowest value above zero stands, in points."""
        if self.zero is None:
            return self.start
        return self.zero + math.copysign(_ZERO_ROOM, self.stop - self.start)

    def below(self, value: float) -> bool:
        """True when a value lies before the start of the scale."""
        if self.log and value <= 0:
            return self.zero is None or value < 0
        return value < self.low

    def above(self, value: float) -> bool:
        """True when a value lies past the end of the scale."""
        return value > self.high

    def _share(self, value: float) -> float:
        if self.log:
            first, last = math.log(self.low), math.log(self.high)
            return (math.log(value) - first) / (last - first)
        return (value - self.low) / (self.high - self.low)

    def ticks(self, most: int = 6) -> list[float]:
        """Round values on the scale, the more important first."""
        if not self.log:
            step = _round_step((self.high - self.low) / most)
            count = int((self.high - self.low) / step + 1e-9)
            return [self.low + step * number for number in range(count + 1)]
        powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        wanted = [digit * 10.0**power for digit in (1, 3, 2, 5) for power in powers]
        inside = [value for value in wanted if self.low <= value <= self.high]
        return ([0.0] if self.zero is not None else []) + inside


def fit(named: Iterable[float], zone_ends: Iterable[float], start: float, stop: float) -> Scale:
    """The scale for the numbers that the words name and the ends of their zones.

    Unknown and unbounded values take no part. ``start`` and ``stop`` are points, in either order.
    """
    finite = [value for value in named if math.isfinite(value) and value >= 0]
    positive = [value for value in finite if value > 0]
    if not positive:
        return Scale(0.0, 1.0, start, stop, log=False)
    top = max(positive)
    far = [value for value in zone_ends if math.isfinite(value) and 0 < value <= top * _FARTHEST]
    top_of_zones = max([top, *far])
    if top / min(positive) <= LOG_FROM:
        return Scale(0.0, top_of_zones * 1.06, start, stop, log=False)
    low = min([min(positive), *(value for value in far if value >= min(positive) / _FARTHEST)])
    zero = start if 0 in finite else None
    return Scale(low / 1.25, top_of_zones * 1.25, start, stop, log=True, zero=zero)


def _round_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= least * (1 - 1e-9))
