"""When two numbers are one and two intervals meet, also after a conversion of units."""

from __future__ import annotations

import math

import pytest

from tallybook.matching.numbers import inside, meet, same_number
from tallybook.quantity import INFINITY, Interval


def point(value: float) -> Interval:
    return Interval(value, value)


def test_over_leaves_out_its_own_number() -> None:
    over = Interval(9, INFINITY, low_open=True)
    assert not meet(over, point(9)) and meet(over, point(10))
    assert not inside(point(9), over) and inside(point(9.01), over)


@pytest.mark.parametrize("factor", [7 / 0.25, 1 / 30.4375, 0.3048, 1609.344, 1e9, 1e-9])
@pytest.mark.parametrize("value", [14.0, 336.0, 9.0, 0.46])
def test_a_conversion_there_and_back_parts_no_numbers(value: float, factor: float) -> None:
    """At least 14 days and at most 336 hours meet, in whatever unit they are compared."""
    there = value * factor / 3 * 3
    assert meet(Interval(there, math.inf), Interval(0, value * factor))
    assert same_number(point(there), point(value * factor))


def test_below_zero_the_same_holds() -> None:
    assert same_number(point(-3.0), point(-3.0 * (1 + 1e-12)))
    assert meet(Interval(-5, -3), Interval(-3, 1)) and not meet(Interval(-5, -3), Interval(-2.9, 1))


def test_what_differs_by_less_than_a_billionth_is_the_same() -> None:
    assert inside(point(10 * (1 - 5e-10)), Interval(10, 20))
    assert inside(point(20 * (1 + 5e-10)), Interval(10, 20))
    assert not inside(point(10 * (1 - 2e-9)), Interval(10, 20))
    assert not inside(point(20 * (1 + 2e-9)), Interval(10, 20))


def test_rounding_lets_two_numbers_be_one() -> None:
    assert same_number(point(11_000), point(10_900), (500, 500))
    assert not same_number(point(11_000), point(10_400), (500, 500))
