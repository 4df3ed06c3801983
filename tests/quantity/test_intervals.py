"""Intervals: which ends they include after each operation."""

import math
from itertools import product

import pytest

from tallybook.quantity import INFINITY, Interval, Quantity, fine_grain, grain_of
from tallybook.terms import Modifier

NAN = math.nan


@pytest.mark.parametrize("ends", [(NAN, 1), (1, NAN), (NAN, NAN), (2, 1), (INFINITY, -INFINITY)])
def test_an_interval_has_two_ends_in_order(ends: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="no interval"):
        Interval(*ends)


def test_a_point_includes_itself() -> None:
    assert Interval.point(3) == Interval(3, 3, False, False)
    assert Interval(3, 3).low == Interval(3, 3).high


@pytest.mark.parametrize(
    ("below", "above", "made"),
    [
        (0, 0, Interval(10, 20, True, True)),
        (1, 0, Interval(9, 20, False, True)),
        (0, 2, Interval(10, 22, True, False)),
        (1, 2, Interval(9, 22, False, False)),
    ],
)
def test_an_end_that_moves_is_included(below: float, above: float, made: Interval) -> None:
    assert Interval(10, 20, True, True).widened(below, above) == made
    assert Interval(10, 20).widened(below, above) == Interval(made.low, made.high)


def test_a_unit_moves_the_ends_and_opens_none() -> None:
    assert Interval(1, 2, True, False).map(lambda x: 3 * x + 1) == Interval(4, 7, True, False)
    assert Interval(1, 2, False, True).map(lambda x: 3 * x + 1) == Interval(4, 7, False, True)


OPEN = list(product([False, True], repeat=4))


@pytest.mark.parametrize(("a", "b", "c", "d"), OPEN)
def test_a_sum_includes_an_end_that_both_include(a: bool, b: bool, c: bool, d: bool) -> None:
    one, other = Interval(1, 2, a, b), Interval(10, 30, c, d)
    assert one + other == Interval(11, 32, a or c, b or d)
    assert -one == Interval(-2, -1, b, a)
    assert other - one == Interval(8, 29, c or b, d or a)


@pytest.mark.parametrize(("a", "b", "c", "d"), OPEN)
def test_a_product_and_a_quotient_include_an_end_that_both_include(
    a: bool, b: bool, c: bool, d: bool
) -> None:
    one, other = Interval(2, 3, a, b), Interval(10, 20, c, d)
    assert one * other == Interval(20, 60, a or c, b or d)
    assert -one * other == Interval(-60, -20, b or d, a or c)
    assert -one * -other == Interval(20, 60, a or c, b or d)
    assert other / Interval(2, 4, a, b) == Interval(2.5, 10, c or b, d or a)
    assert other / Interval(-4, -2, b, a) == Interval(-10, -2.5, d or a, c or b)


def test_closed_intervals_above_zero_are_multiplied_and_divided_end_by_end() -> None:
    assert Interval(2, 3) * Interval(5, 7) == Interval(10, 21)
    assert Interval(2, 3) / Interval(4, 8) == Interval(0.25, 0.75)
    assert Interval(2, 3, True) * Interval(5, 7) == Interval(10, 21, True)
    assert Interval(2, 3) / Interval(4, 8, True, True) == Interval(0.25, 0.75, True, True)


ENDS = (-INFINITY, -3.0, 0.0, 0.5, 2.0, 40.0, INFINITY)
CLOSED = [Interval(low, high) for low, high in product(ENDS, ENDS) if low <= high]


@pytest.mark.parametrize("one", CLOSED)
def test_the_short_way_makes_of_closed_intervals_what_their_ends_make(one: Interval) -> None:
    for other in CLOSED:
        made = [a * b if a and b else 0.0 for a, b in product((one.low, one.high), (other.low, other.high))]
        assert one * other == Interval(min(made), max(made))
        if other.low > 0:
            parts = [0.0 if math.isinf(b) else 1 / b for b in (other.high, other.low)]
            made = [a * b if a and b else 0.0 for a, b in product((one.low, one.high), parts)]
            assert one / other == Interval(min(made), max(made))


@pytest.mark.parametrize(
    ("one", "other", "made"),
    [
        # 0 times anything is 0, whether or not the other reaches its end
        (Interval(0, 2), Interval(1, 3, True, True), Interval(0, 6, False, True)),
        (Interval(1, 3, True, True), Interval(0, 2), Interval(0, 6, False, True)),
        (Interval(0, 2, True), Interval(1, 3), Interval(0, 6, True)),
        (Interval(1, 3), Interval(0, 2, True), Interval(0, 6, True)),
        (Interval(0, 0), Interval(1, INFINITY), Interval(0, 0)),
        (Interval(1, INFINITY), Interval(0, 0), Interval(0, 0)),
        (Interval(0, 1), Interval(2, INFINITY), Interval(0, INFINITY)),
        # two pairs of ends give one product: it is included if either pair is
        (Interval(-2, 3, True), Interval(-3, 2), Interval(-9, 6)),
        (Interval(-3, 2), Interval(-2, 3, True), Interval(-9, 6)),
        (Interval(-2, 3), Interval(-3, 2, False, True), Interval(-9, 6)),
        (Interval(-2, 3, False, True), Interval(-2, 3), Interval(-6, 9, False, True)),
        (Interval(-2, 3), Interval(-2, 3, False, True), Interval(-6, 9, False, True)),
        (Interval(-2, 3, True), Interval(-2, 3), Interval(-6, 9)),
    ],
)
def test_a_product_includes_what_some_pair_reaches(one: Interval, other: Interval, made: Interval) -> None:
    assert one * other == made


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        (Interval(1, 2), Interval(0, 1), 1, INFINITY),
        (Interval(1, 2), Interval(-1, 0), -INFINITY, -1),
        (Interval(1, 2), Interval(0, 0), INFINITY, INFINITY),
        (Interval(1, 2), Interval(2, INFINITY), 0, 1),
        (Interval(1, 2), Interval(-INFINITY, -2), -1, 0),
        (Interval(1, 2), Interval(-1, 1), -INFINITY, INFINITY),
        (Interval(1, 2), Interval(-0.5, 0.5), -INFINITY, INFINITY),
        (Interval(1, 2), Interval(0.5, 4), 0.25, 4),
    ],
)
def test_a_number_divided_by_nothing_has_no_end(
    one: Interval, other: Interval, low: float, high: float
) -> None:
    assert (one / other) == Interval(low, high)


def test_only_a_figure_with_two_words_on_one_number_is_mixed() -> None:
    both = (Modifier.OVER, Modifier.UP_TO)
    assert not Quantity(9, 9, Modifier.OVER).mixed
    assert not Quantity(9, 12, Modifier.RANGE, hedges=both).mixed
    assert not Quantity(9, 12, Modifier.RANGE, hedges=both).contradictory
    assert Quantity(9, 9, Modifier.ABOUT, hedges=both).contradictory
    assert Quantity(9, 9, Modifier.AT_LEAST, hedges=(Modifier.NEARLY,)).contradictory
    assert Quantity(9, 9, Modifier.AT_MOST, hedges=(Modifier.OVER,)).contradictory
    assert not Quantity(9, 9, Modifier.OVER, hedges=(Modifier.AT_LEAST,)).contradictory
    assert not Quantity(9, 9, Modifier.UNDER, hedges=(Modifier.UP_TO,)).contradictory


def test_a_figure_that_says_nothing_more_is_a_plain_number() -> None:
    plain = Quantity(9, 9)
    assert plain.modifier is Modifier.EXACT and not plain.single and not plain.contradictory


@pytest.mark.parametrize("value", [INFINITY, -INFINITY])
def test_no_end_at_all_has_the_grain_of_one(value: float) -> None:
    assert grain_of(value) == 1.0


@pytest.mark.parametrize(
    ("value", "grain", "percent", "fine"),
    [
        (1_000, 1_000, False, 100),  # the second digit of a power of ten is a tenth of it
        (999_000, 1_000, False, 1_000),
        (990_000, 10_000, False, 10_000),
        (9_000_000, 1_000_000, False, 100_000),
        (-40, 10, False, 1),  # of a fall as of a rise
        (-3_000_000, 1_000_000, False, 100_000),
        (0, 1, False, 1),
        (0, 10, False, 10),
        (7, 1, False, 1),
        (0.7, 1, False, 1),
        (2, 2, False, 0.1),  # whatever the grain is, where it is above one
        (30, 10, True, 1),
        (1_500, 100, True, 1),
        (2.5, 0.5, True, 0.5),
    ],
)
def test_final_zeros_are_no_coarser_than_the_second_digit(
    value: float, grain: float, percent: bool, fine: float
) -> None:
    assert fine_grain(value, grain, percent=percent) == pytest.approx(fine)
