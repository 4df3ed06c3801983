"""What a figure says: its grains and bounds, and the arithmetic of intervals."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tallybook.quantity import INFINITY, Interval, Quantity, fine_grain, grain_of
from tallybook.terms import Modifier

ends = st.floats(min_value=0, max_value=1e12, allow_nan=False)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(ends), draw(ends)))
    if low == high:
        return Interval(low, high)
    top = draw(st.sampled_from([high, INFINITY]))
    return Interval(low, top, draw(st.booleans()), draw(st.booleans()))


@pytest.mark.parametrize(
    ("value", "grain"),
    [
        (15_000, 1_000),
        (10_000, 10_000),
        (6_500_000, 100_000),
        (9, 1),
        (40, 10),
        (0.4, 0.1),
        (1.53, 0.01),
        (0, 1),
    ],
)
def test_the_grain_is_the_unit_of_the_last_significant_digit(value: float, grain: float) -> None:
    """Of a number whose printing is not known: final zeros of a whole number do not count."""
    assert grain_of(value) == pytest.approx(grain)
    assert grain_of(-value) == grain_of(value)


@pytest.mark.parametrize(
    ("value", "grain", "percent", "fine"),
    [
        (40, 10, False, 1),
        (3_000_000, 1_000_000, False, 100_000),
        (15_000, 1_000, False, 1_000),
        (10_000, 10_000, False, 1_000),
        (45_700, 100, False, 100),
        (9, 1, False, 1),
        (1.60, 0.01, False, 0.01),
        (300, 100, True, 1),
        (40, 10, True, 1),
        (1.5, 0.1, True, 0.1),
    ],
)
def test_the_fine_grain_counts_final_zeros_no_coarser_than_the_second_digit(
    value: float, grain: float, percent: bool, fine: float
) -> None:
    """Nor than one point of a percentage."""
    assert fine_grain(value, grain, percent=percent) == pytest.approx(fine)


def test_two_bounds_of_one_number_that_contradict_each_other() -> None:
    both = Quantity(6e6, 6e6, Modifier.OVER, hedges=(Modifier.UP_TO,))
    assert both.mixed and both.contradictory
    floors = Quantity(6e6, 6e6, Modifier.OVER, hedges=(Modifier.ABOUT,))
    assert floors.mixed and not floors.contradictory
    assert not Quantity(2e5, 3e5, Modifier.RANGE, hedges=(Modifier.UP_TO,)).contradictory


def test_a_figure_is_compared_by_its_centre_where_the_words_give_one() -> None:
    assert Quantity(1.45, 1.61, best=1.53).number == Interval(1.53, 1.53)
    assert Quantity(9, 12, Modifier.RANGE).number == Interval(9, 12)


@given(intervals(), intervals(), st.floats(0, 1), st.floats(0, 1))
def test_sums_and_products_hold_each_sum_and_product(a: Interval, b: Interval, s: float, t: float) -> None:
    assume(a.high < INFINITY and b.high < INFINITY)
    x, y = a.low + s * (a.high - a.low), b.low + t * (b.high - b.low)
    total, product = a + b, a * b
    slack = 1e-9
    assert total.low * (1 - slack) - slack <= x + y <= total.high * (1 + slack) + slack
    assert product.low * (1 - slack) - slack <= x * y <= product.high * (1 + slack) + slack


def test_no_bound_times_nothing_is_nothing() -> None:
    product = Interval(1.0, INFINITY) * Interval(0.0, 2.0)
    assert (product.low, product.high) == (0.0, INFINITY)
    assert Interval(0.0, 0.0) * Interval(1.0, INFINITY) == Interval(0.0, 0.0)


def test_a_rate_over_a_vague_period_spans_both_lengths() -> None:
    rate = Interval(100, 120) / Interval(10, 12)
    assert (rate.low, rate.high) == pytest.approx((100 / 12, 12))
    assert math.isinf((Interval(1, 2) / Interval(0, 1)).high)
    assert Interval(100, 120) / Interval(-10, -8) == Interval(-15, -10)
    assert Interval(1, 2) / Interval(-1, 1) == Interval(-math.inf, math.inf)  # the divisor may be 0


def test_no_interval_runs_backwards() -> None:
    with pytest.raises(ValueError, match="no interval"):
        Interval(2, 1)
