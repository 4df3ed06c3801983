"""When two numbers are one and two intervals meet, also after a conversion of units."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tallybook.matching.numbers import inner_ends, inside, meet, near, same_number
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


@pytest.mark.parametrize("number", [9.0, -9.0])
def test_an_open_end_moves_inwards_by_a_hundred_millionth(number: float) -> None:
    low, high = inner_ends(number, number, True, True)
    assert (low, high) == (pytest.approx(number + 9e-8, abs=1e-12), pytest.approx(number - 9e-8, abs=1e-12))
    assert inner_ends(number, number, False, False) == (number, number)


def test_above_and_below_nothing_is_not_nothing() -> None:
    assert inner_ends(0.0, 0.0, True, True) == (1e-12, -1e-12)
    assert inner_ends(0.0, 0.0, False, False) == (0.0, 0.0)
    over, under = Interval(0, INFINITY, low_open=True), Interval(-INFINITY, 0, high_open=True)
    for zone in (over, under):
        assert not meet(zone, point(0)) and not meet(point(0), zone)
        assert not inside(point(0), zone)
    assert inside(point(1e-11), over) and inside(point(-1e-11), under)


def test_ends_of_arrays_move_each_by_itself() -> None:
    ends = np.array([0.0, 10.0, -10.0]), np.array([10.0, 0.0, -5.0])
    low, high = inner_ends(*ends, np.array([True, False, True]), np.array([False, True, True]))
    assert low.tolist() == [1e-12, 10.0, -10.0 * (1 - 1e-8)]
    assert high.tolist() == [10.0, -1e-12, -5.0 * (1 + 1e-8)]


@pytest.mark.parametrize("sign", [1, -1])
def test_the_ends_of_two_zones_meet_within_a_billionth(sign: int) -> None:
    """On both sides, above and below zero."""
    for part, meets in ((5e-10, True), (1.5e-9, False)):
        for number in (10.0 * sign, 1e9 * sign):
            below, above = number - abs(number) * part, number + abs(number) * part
            one = Interval(number, number + 5)
            assert meet(one, point(below)) is meet(point(below), one) is meets
            assert inside(point(below), one) is meets
            other = Interval(number - 5, number)
            assert meet(other, point(above)) is meet(point(above), other) is meets
            assert inside(point(above), other) is meets


def test_nothing_meets_nothing() -> None:
    assert meet(point(0), point(0)) and inside(point(0), point(0)) and same_number(point(0), point(0))
    assert not meet(point(0), point(1e-15)) and not same_number(point(0), point(1e-15))


def test_each_end_has_a_rounding_of_its_own() -> None:
    one = Interval(100, 200)
    assert same_number(one, Interval(105, 200), (5, 0)) and same_number(Interval(105, 200), one, (5, 0))
    assert not same_number(one, Interval(105, 200), (4.9, 9))
    assert same_number(one, Interval(100, 195), (0, 5)) and not same_number(one, Interval(100, 195), (9, 4.9))
    assert not same_number(one, Interval(100, 195))
    assert same_number(Interval(-200, -100), Interval(-200 * (1 + 5e-10), -100))
    assert not same_number(Interval(-200, -100), Interval(-200 * (1 + 1.5e-9), -100))
    assert near(np.array([1.0, 2.0]), np.array([1.5, 2.6]), 0.5).tolist() == [True, False]
