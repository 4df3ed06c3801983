"""When two numbers are the same, and when two intervals meet: for arrays and for single numbers.

Units are converted in floating point, so numbers that differ by less than a billionth are the same. An open
end ("over n") is moved inwards by a little more than that: then two zones that only touch there do not meet,
by the same comparison by which closed ends meet.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tallybook.quantity import Interval

SAME = 1e-9
"""The fraction of a number by which another may differ from it and still be the same."""

_BELOW, _ABOVE = 1 - SAME, 1 + SAME
_LEFT_OUT = 1e-8
_BESIDE_ZERO = 1e-12

Numbers = Any
"""A float, or an array of floats."""


def lowered(number: Numbers) -> Numbers:
    """The lowest number that is the same as this one."""
    if type(number) is float:  # most are, and this takes half as long
        return number * (_BELOW if number > 0 else _ABOVE)
    return number * (1 - SAME * _sign(number))


def raised(number: Numbers) -> Numbers:
    """The highest number that is the same as this one."""
    if type(number) is float:
        return number * (_ABOVE if number > 0 else _BELOW)
    return number * (1 + SAME * _sign(number))


def _sign(number: Numbers) -> Numbers:
    """-1, 0 or 1; NumPy takes far longer for one number than Python does."""
    return (number > 0) - (number < 0) if type(number) in (float, int) else np.sign(number)


def inner_ends(low: Numbers, high: Numbers, low_open: Numbers, high_open: Numbers) -> tuple[Numbers, Numbers]:
    """The ends of a zone for comparing; an open end is moved a little inwards."""
    above = _chosen(low == 0, _BESIDE_ZERO, low * (1 + _LEFT_OUT * _sign(low)))
    below = _chosen(high == 0, -_BESIDE_ZERO, high * (1 - _LEFT_OUT * _sign(high)))
    return _chosen(low_open, above, low), _chosen(high_open, below, high)


def _chosen(where: Numbers, one: Numbers, other: Numbers) -> Numbers:
    """The first where something holds, else the second: of arrays, or of single numbers."""
    if isinstance(where, bool):
        return one if where else other
    return np.where(where, one, other)


def near(one: Numbers, other: Numbers, rounding: Numbers) -> Numbers:
    """Whether two numbers are no further apart than a rounding."""
    return abs(one - other) <= rounding + SAME * np.maximum(abs(one), abs(other))


def meet(one: Interval, other: Interval) -> bool:
    """Whether some number lies in both intervals."""
    low, high = _ends(one) if one.low_open or one.high_open else (one.low, one.high)
    other_low, other_high = _ends(other) if other.low_open or other.high_open else (other.low, other.high)
    return not (high < lowered(other_low) or low > raised(other_high))


def inside(one: Interval, other: Interval) -> bool:
    """Whether every number of the first interval lies in the second."""
    (low, high), (other_low, other_high) = _ends(one), _ends(other)
    return bool(low >= lowered(other_low) and high <= raised(other_high))


def same_number(one: Interval, other: Interval, rounding: tuple[float, float] = (0.0, 0.0)) -> bool:
    """Whether two figures name one number or range; ``rounding``: of its lower and its upper end."""
    return bool(near(one.low, other.low, rounding[0]) and near(one.high, other.high, rounding[1]))


def _ends(zone: Interval) -> tuple[float, float]:
    low, high = inner_ends(zone.low, zone.high, zone.low_open, zone.high_open)
    return float(low), float(high)
