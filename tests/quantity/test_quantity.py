"""What a figure says: the zones of the words, and the arithmetic of intervals."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tallybook.quantity import INFINITY, Interval, Policy, Quantity, rounding
from tallybook.terms import Modifier

ends = st.floats(min_value=0, max_value=1e12, allow_nan=False)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(ends), draw(ends)))
    if low == high:
        return Interval(low, high)
    top = draw(st.sampled_from([high, INFINITY]))
    return Interval(low, top, draw(st.booleans()), draw(st.booleans()))


quantities = st.builds(
    lambda pair, modifier: Quantity(
        min(pair), max(pair) if modifier is Modifier.RANGE else min(pair), modifier
    ),
    st.tuples(ends, ends),
    st.sampled_from(list(Modifier)),
)


@pytest.mark.parametrize(
    ("value", "half"),
    [(15_000, 500), (10_000, 500), (6_500_000, 50_000), (9, 0), (120, 5), (10_900, 50), (0.4, 0.02), (0, 0)],
)
def test_rounding_is_half_a_unit_of_the_last_digit_and_at_most_five_percent(
    value: float, half: float
) -> None:
    assert rounding(value) == pytest.approx(half)


@pytest.mark.parametrize(
    ("quantity", "true", "meant"),
    [
        (Quantity(9, 9), Interval(9, 9), Interval(9, 9)),
        (Quantity(10_000, 10_000), Interval(9_500, 10_500), Interval(9_500, 10_500)),
        (Quantity(2_000, 2_000, Modifier.ABOUT), Interval(1_800, 2_200), Interval(1_800, 2_200)),
        (Quantity(11_000, 11_000, Modifier.NEARLY), Interval(9_900, 11_000), Interval(9_900, 11_000)),
        (
            Quantity(10_000, 10_000, Modifier.OVER),
            Interval(10_000, INFINITY, low_open=True),
            Interval(10_000, 15_000),
        ),
        (Quantity(9, 9, Modifier.AT_LEAST), Interval(9, INFINITY), Interval(9, 13.5)),
        (Quantity(3, 3, Modifier.UNDER), Interval(0, 3, high_open=True), Interval(2, 3)),
        (Quantity(3, 3, Modifier.AT_MOST), Interval(0, 3), Interval(2, 3)),
        (Quantity(15_000, 15_000, Modifier.UP_TO), Interval(0, 15_000), Interval(14_500, 15_500)),
        (
            Quantity(200_000, 260_000, Modifier.RANGE, hedges=(Modifier.UP_TO,)),
            Interval(200_000, 260_000),
            Interval(200_000, 260_000),
        ),
    ],
)
def test_zones_follow_from_the_words(quantity: Quantity, true: Interval, meant: Interval) -> None:
    assert quantity.true_zone() == true
    assert quantity.meant_zone() == meant


def test_two_bounds_on_one_number_rule_nothing_out() -> None:
    both = Quantity(6e6, 6e6, Modifier.OVER, hedges=(Modifier.UP_TO,))
    assert both.mixed and both.contradictory
    assert both.true_zone() == Interval(0, INFINITY)


def test_a_hedge_around_a_floor_widens_it() -> None:
    some_or_more = Quantity(3_000, 3_000, Modifier.AT_LEAST, hedges=(Modifier.ABOUT,))
    assert some_or_more.true_zone() == Interval(2_700, INFINITY)


def test_the_policy_sets_the_widths() -> None:
    wide = Policy(about=0.25, rounding_cap=0.0)
    assert Quantity(100, 100, Modifier.ABOUT).true_zone(wide) == Interval(75, 125)
    assert Quantity(15_000, 15_000).true_zone(wide) == Interval(15_000, 15_000)


@given(quantities)
def test_the_number_named_lies_in_the_closed_zone(quantity: Quantity) -> None:
    zone = quantity.true_zone()
    assert zone.low <= quantity.low and quantity.high <= zone.high
    assert zone.low >= 0


@given(quantities)
def test_what_is_meant_never_goes_below_zero(quantity: Quantity) -> None:
    assert quantity.meant_zone().low >= 0


@given(intervals(), intervals(), st.floats(0, 1), st.floats(0, 1))
def test_sums_and_products_hold_each_sum_and_product(a: Interval, b: Interval, s: float, t: float) -> None:
    assume(a.high < INFINITY and b.high < INFINITY)
    x, y = a.low + s * (a.high - a.low), b.low + t * (b.high - b.low)
    total, product = a + b, a * b
    slack = 1e-9
    assert total.low * (1 - slack) - slack <= x + y <= total.high * (1 + slack) + slack
    assert product.low * (1 - slack) - slack <= x * y <= product.high * (1 + slack) + slack


def test_a_rate_over_a_vague_period_spans_both_lengths() -> None:
    assert Interval(100, 120) / Interval(10, 12) == Interval(100 / 12, 12)
    assert math.isinf((Interval(1, 2) / Interval(0, 1)).high)
    assert Interval(100, 120) / Interval(-10, -8) == Interval(-15, -10)
    assert Interval(1, 2) / Interval(-1, 1) == Interval(-math.inf, math.inf)  # the divisor may be 0


def test_no_interval_runs_backwards() -> None:
    with pytest.raises(ValueError, match="no interval"):
        Interval(2, 1)
