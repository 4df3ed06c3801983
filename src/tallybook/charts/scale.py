"""From a number to its place in a picture: an even scale from zero, or a logarithmic one.

An even scale reaches below zero where a figure does; that of a level, which has no true zero, is fitted to
its figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from tallybook.quantity import Interval

LOG_FROM = 20.0
"""From this spread (largest ÷ smallest named number above zero) on, the scale is logarithmic."""

_FARTHEST = 1.6
"""A zone may stretch the picture to this multiple of the largest number named; beyond, an arrow."""

_ARROW = 1.25
"""Where words set no upper limit, so much room is left for the arrow, as a multiple of the largest number."""

_EDGE = 0.06
"""The room beyond the outermost mark, as a part of the whole."""

_ZERO_ROOM = 0.08
"""The part of a logarithmic scale that is kept for the mark "0" at its edge, as it has no zero."""


class Placed(Protocol):
    """What a scale is made for: the number named, and where its words are true; None without a number."""

    @property
    def core(self) -> Interval | None: ...
    @property
    def zone(self) -> Interval | None: ...


@dataclass(frozen=True)
class Scale:
    """The numbers from ``low`` to ``high``, placed between ``start`` and ``stop``.

    What a place is measured in (points, per cent) is the painter's choice: see :meth:`between`.
    ``zero``: a logarithmic scale that has a place for 0 at its start.
    """

    low: float
    high: float
    log: bool
    zero: bool = False
    start: float = 0.0
    stop: float = 1.0

    @property
    def crosses_zero(self) -> bool:
        """Whether 0 lies inside, with figures on either side of it."""
        return not self.log and self.low < 0 < self.high

    @property
    def cut(self) -> bool:
        """An even scale that leaves 0 out: lengths on it say nothing, distances do."""
        return not self.log and not self.low <= 0 <= self.high

    def between(self, start: float, stop: float) -> Scale:
        """The same scale from one place to another, in either order."""
        return replace(self, start=start, stop=stop)

    def at(self, value: float) -> float:
        """The place of a value; what is beyond an end is put on that end."""
        return self.start + self._share(value) * (self.stop - self.start)

    def below(self, value: float) -> bool:
        """True when a value lies before the start of the scale."""
        if self.log and value <= 0:
            return not self.zero or value < 0
        return value < self.low

    def above(self, value: float) -> bool:
        """True when a value lies past the end of the scale."""
        return value > self.high

    def _share(self, value: float) -> float:
        value = min(max(value, 0.0 if self.log else self.low), self.high)
        if not self.log:
            return (value - self.low) / (self.high - self.low)
        if value <= 0:
            return 0.0
        room = _ZERO_ROOM if self.zero else 0.0
        low, high = math.log(self.low), math.log(self.high)
        return room + (1 - room) * (math.log(max(value, self.low)) - low) / (high - low)

    def ticks(self, most: int = 6) -> list[float]:
        """Round values on the scale, the more important first."""
        if not self.log:
            step = _round_step((self.high - self.low) / most)
            first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
            values = [float(f"{step * number:.12g}") for number in range(first, last + 1)]
            return sorted(values, key=bool) if self.crosses_zero else values
        powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        wanted = [digit * 10.0**power for digit in (1, 3, 2, 5) for power in powers]
        return [0.0] * self.zero + [value for value in wanted if self.low <= value <= self.high]


def fit(drawn: Iterable[Placed], *, level: bool = False) -> Scale:
    """The scale for the numbers that the words name and the ends of their zones.

    Unbounded values take no part. ``level``: the numbers are points on a scale without a true zero.
    """
    there = [(one.core, one.zone) for one in drawn if one.core is not None and one.zone is not None]
    named = [value for core, _ in there for value in (core.low, core.high)]
    zone_ends = [value for _, zone in there for value in (zone.low, zone.high)]
    finite = [value for value in named if math.isfinite(value)]
    ends = [value for value in zone_ends if math.isfinite(value)]
    if finite and level:
        return _fitted(finite, ends)
    if finite and min([*finite, *ends]) < 0:
        return _about_zero(finite, ends)
    positive = [value for value in finite if value > 0]
    if not positive:
        return Scale(0.0, 1.0, log=False)
    top = max(positive)
    far = [value for value in ends if 0 < value <= top * _FARTHEST]
    top_of_zones = max([top, *far])
    if top / min(positive) <= LOG_FROM:
        return Scale(0.0, top_of_zones * (1 + _EDGE if max(zone_ends) < math.inf else _ARROW), log=False)
    low = min([min(positive), *(value for value in far if value >= min(positive) / _FARTHEST)])
    return Scale(low / _ARROW, top_of_zones * _ARROW, log=True, zero=0 in finite)


def _about_zero(named: list[float], ends: list[float]) -> Scale:
    """With room on the side of zero that has figures; a zone may stretch it as far as elsewhere."""
    farthest = max(map(abs, named)) * _FARTHEST
    there = [0.0, *named, *(value for value in ends if abs(value) <= farthest or not any(named))]
    room = (max(there) - min(there)) * _EDGE
    return Scale(min(there) - room, max(there) + room, log=False)


def _fitted(named: list[float], ends: list[float]) -> Scale:
    """From the lowest figure to the highest; a zone may stretch it by as much as they are apart."""
    low, high = min(named), max(named)
    reach = high - low
    there = [low, high, *(value for value in ends if low - reach <= value <= high + reach)]
    if min(there) == max(there):
        there += ends
    room = (max(there) - min(there)) * _EDGE or max(abs(low) * _EDGE, 1.0)
    return Scale(min(there) - room, max(there) + room, log=False)


def _round_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    steps = (1, 2, 2.5, 5, 10) if power > 1 else (1, 2, 5, 10)  # nobody counts in halves
    return next(step * power for step in steps if step * power >= least * (1 - 1e-9))
