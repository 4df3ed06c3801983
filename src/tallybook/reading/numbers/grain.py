"""How finely a number is printed: the unit of its last significant digit."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from tallybook.reading.numbers.number import Number, rounded

_CACHED = 4096


def grain_of(number: Number, decimal: str) -> tuple[float | None, bool]:
    """(the unit of the last significant digit, whether there is but one such digit), as printed.

    Final zeros behind the point count, those of a whole number do not: 1.60 has 0.01, 15,000 has 1,000,
    2.0 million has 100,000, 0.0 has 0.1, nine has 1. None for a plain zero, for a fraction and for vague
    words ("dozens").
    """
    if number.printed and number.scale == 1.0 and not number.fraction:
        return _of_digits(number.printed, decimal)
    value = number.low if number.best is None else number.best
    if value == 0 or number.fraction or (number.best is None and number.low != number.high):
        return None, False
    if number.step:
        return number.step, False  # "two and a half"
    scale = number.scale
    if number.printed:
        unit, single = _of_digits(number.printed, decimal)
        if _is_power(scale):
            return (None if unit is None else rounded(unit * scale)), single
    return _of_value(value, scale)


@lru_cache(maxsize=_CACHED)
def _of_digits(printed: str, decimal: str) -> tuple[float | None, bool]:
    grouped = printed.count(".") > 1 or (decimal not in printed and printed[0] != ".")
    mark = "." if printed[0] == "." else decimal
    decimals = "" if grouped else printed.rpartition(mark)[2]
    digits = "".join([mark for mark in printed if mark.isdecimal()]).lstrip("0")
    if decimals:
        return float(f"1e-{len(decimals)}"), len(digits) == 1
    if not digits:
        return None, False
    return float(f"1e{len(digits) - len(digits.rstrip('0'))}"), len(digits) == 1


@lru_cache(maxsize=_CACHED)
def _of_value(value: float, scale: float) -> tuple[float | None, bool]:
    """Of a number in words: "a hundred and twenty" has 10, "nine million" a million and one figure."""
    _, _, exponent = Decimal(repr(abs(value))).normalize().as_tuple()
    first = Decimal(repr(abs(value) / scale)).normalize()
    return float(f"1e{exponent}"), len(first.as_tuple().digits) == 1 and first < 10


@lru_cache(maxsize=64)
def _is_power(scale: float) -> bool:
    return Decimal(repr(scale)).normalize().as_tuple().digits == (1,)
