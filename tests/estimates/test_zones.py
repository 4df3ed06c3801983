"""The table of the law: where the words of a figure are true, and what they suggest."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.book import Measure
from tallybook.estimates.nature import SHARE, Nature, nature_of
from tallybook.estimates.zones import Zones, exactly, zones_of
from tallybook.quantity import DEFAULT_POLICY, INFINITY, Interval, Policy, Quantity
from tallybook.terms import Form, Kind, Modifier

COUNT = Nature()
MONEY = Nature(count=False, money=True)
LENGTH = Nature(count=False)
LEVEL = Nature(count=False, level=True, floor=-INFINITY)
PART = Nature(count=False, whole=True)
CHANGE = Nature(signed=True, floor=-INFINITY)
NATURES = (COUNT, MONEY, LENGTH, LEVEL, PART, CHANGE, SHARE)


def said(low: float, modifier: Modifier = Modifier.EXACT, high: float | None = None, **more: Any) -> Quantity:
    return Quantity(low, low if high is None else high, modifier, **more)


ABOVE, BELOW = INFINITY, -INFINITY
RANGE, ABOUT, NEARLY, OVER = Modifier.RANGE, Modifier.ABOUT, Modifier.NEARLY, Modifier.OVER
PERCENT: dict[str, Any] = {"unit": "percent"}
TABLE: list[tuple[str, Quantity, Nature, tuple[float, float], tuple[float, float]]] = [
    ("a count without final zeros is itself", said(9), COUNT, (9, 9), (9, 9)),
    ("a count without final zeros is itself", said(45_756), COUNT, (45_756, 45_756), (45_756, 45_756)),
    ("none", said(0, form=Form.ALL), COUNT, (0, 0), (0, 0)),
    ("final zeros: half a grain, half a fine grain", said(30), COUNT, (28.5, 31.5), (29.5, 30.5)),
    ("at most 5%", said(10_000), COUNT, (9_500, 10_500), (9_500, 10_500)),
    ("final zeros", said(15_000), COUNT, (14_500, 15_500), (14_500, 15_500)),
    ("final zeros of money", said(3e6), MONEY, (2.85e6, 3.15e6), (2.95e6, 3.05e6)),
    ("final zeros of a percentage", said(40, **PERCENT), PART, (38, 42), (39.5, 40.5)),
    ("continuous: its last digit", said(34, **PERCENT), PART, (33.5, 34.5), (33.5, 34.5)),
    ("continuous: its last digit", said(23), LENGTH, (22.5, 23.5), (22.5, 23.5)),
    ("zeros behind the point count", said(1.6, grain=0.01), LENGTH, (1.595, 1.605), (1.595, 1.605)),
    ("all of a whole", said(100, **PERCENT), PART, (99.5, 100), (99.5, 100)),
    ("money that is not round", said(7), MONEY, (6.5, 7.5), (6.5, 7.5)),
    ("a count with decimals", said(2.4), COUNT, (2.35, 2.45), (2.35, 2.45)),
    ("of a level zeros are printed on purpose", said(40), LEVEL, (39.5, 40.5), (39.5, 40.5)),
    ("a fraction in words", said(0.5, form=Form.FRACTION), PART, (0.45, 0.55), (0.475, 0.525)),
    ("about: a tenth", said(2_000, ABOUT), COUNT, (1_800, 2_200), (1_800, 2_200)),
    ("about: five grains where that is less", said(45_700, ABOUT), COUNT, (45_200, 46_200), (45_200, 46_200)),
    ("about: at least one more or less", said(9, ABOUT), COUNT, (8, 10), (8, 10)),
    ("about, of a level: one fine grain", said(40, ABOUT), LEVEL, (39, 41), (39, 41)),
    ("nearly", said(11_000, NEARLY), COUNT, (9_900, 11_000), (9_900, 11_000)),
    ("over: five grains", said(45_700, OVER), COUNT, (45_700, ABOVE), (45_700, 46_200)),
    ("over: at most half as much again", said(10_000, OVER), COUNT, (10_000, ABOVE), (10_000, 15_000)),
    ("over, of a level: grains alone", said(40, OVER), LEVEL, (40, ABOVE), (40, 45)),
    ("at least", said(9, Modifier.AT_LEAST), COUNT, (9, ABOVE), (9, 13.5)),
    ("most: to all", said(0.5, OVER, form=Form.MOST), PART, (0.5, 1), (0.5, 1)),
    ("under", said(3, Modifier.UNDER), COUNT, (0, 3), (2, 3)),
    ("at most", said(45_700, Modifier.AT_MOST), COUNT, (0, 45_700), (45_200, 45_700)),
    ("under, of a level", said(4, Modifier.UNDER), LEVEL, (BELOW, 4), (-1, 4)),
    ("up to", said(15_000, Modifier.UP_TO), COUNT, (0, 15_000), (14_500, 15_500)),
    ("a range: each end its fine grain", said(200_000, RANGE, 260_000), COUNT,
     (195_000, 265_000), (195_000, 265_000)),
    ("a range in a count", said(11, RANGE, 12), COUNT, (10.5, 12.5), (10.5, 12.5)),
    ("with a spread: its ends", said(1.45, high=1.61, best=1.53, grain=0.01), LENGTH,
     (1.45, 1.61), (1.525, 1.535)),
    ("a fall lies below zero", said(12, trend="down"), CHANGE, (-12, -12), (-12, -12)),
    ("over, of a fall", said(10_000, OVER, trend="down"), CHANGE, (BELOW, -10_000), (-15_000, -10_000)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("quantity", "nature", "true", "meant"),
    [row[1:] for row in TABLE],
    ids=[f"{k} {r[0]}" for k, r in enumerate(TABLE)],
)
def test_zones_follow_from_the_words(
    quantity: Quantity, nature: Nature, true: tuple[float, float], meant: tuple[float, float]
) -> None:
    zones = zones_of(quantity, nature, DEFAULT_POLICY)
    assert (zones.true.low, zones.true.high) == pytest.approx(true)
    assert (zones.meant.low, zones.meant.high) == pytest.approx(meant)


def test_over_leaves_its_number_out_and_at_least_does_not() -> None:
    assert zones_of(said(9, OVER), COUNT, DEFAULT_POLICY).true == Interval(9, INFINITY, low_open=True)
    assert zones_of(said(9, Modifier.UNDER), COUNT, DEFAULT_POLICY).true == Interval(0, 9, high_open=True)
    assert not zones_of(said(9, Modifier.AT_LEAST), COUNT, DEFAULT_POLICY).true.low_open


def test_two_bounds_that_contradict_each_other_rule_nothing_out() -> None:
    zones = zones_of(said(6e6, Modifier.OVER, hedges=(Modifier.UP_TO,)), COUNT, DEFAULT_POLICY)
    assert zones.contradictory and zones.true == Interval(0, INFINITY)


def test_an_age_may_be_rounded_or_completed() -> None:
    zones = zones_of(said(83, form=Form.AGE), LENGTH, DEFAULT_POLICY)
    assert zones.true == Interval(82.5, 83.5) and zones.completed == 0.5


def test_the_policy_sets_the_widths() -> None:
    wide = Policy(about=0.25, rounding_cap=0.0, fraction=0.2, grains=10)
    assert zones_of(said(100, ABOUT), COUNT, wide).true == Interval(75, 125)
    assert zones_of(said(15_000), COUNT, wide).true == Interval(
        14_500, 15_500
    )  # no narrower than its meaning
    assert zones_of(said(0.5, form=Form.FRACTION), PART, wide).true == Interval(0.4, 0.6)
    assert zones_of(said(45_700, OVER), COUNT, wide).meant.high == 46_700


@pytest.mark.parametrize(
    ("kind", "unit", "count", "money", "forgiven"),
    [
        (Kind.TOTAL, "death", True, False, True),
        (Kind.STOCK, "pound sterling", False, True, True),
        (Kind.TOTAL, "mile", False, False, False),
        (Kind.RATE, "death / day", False, False, False),
        (Kind.SHARE, "fraction", False, False, False),
        (Kind.LEVEL, "degree Celsius", False, False, False),
        (Kind.DURATION, "day", False, False, False),
        (Kind.CHANGE, "person", True, False, True),
        (Kind.CHANGE, "percent", False, False, False),
    ],
)
def test_what_a_measure_counts_decides_how_its_bare_numbers_behave(
    kind: Kind, unit: str, count: bool, money: bool, forgiven: bool
) -> None:
    nature = nature_of(Measure(id="m", kind=kind, unit=unit, definition="Made up."))
    assert (nature.count, nature.money, nature.forgiven) == (count, money, forgiven)


numbers = st.one_of(st.integers(1, 10**9).map(float), st.floats(0.01, 1e6).map(lambda x: round(x, 2)))
quantities = st.builds(
    lambda pair, modifier, trend: Quantity(
        min(pair), max(pair) if modifier is Modifier.RANGE else min(pair), modifier, trend=trend
    ),
    st.tuples(numbers, numbers),
    st.sampled_from(list(Modifier)),
    st.sampled_from([None, "up", "down"]),
)


@given(quantities, st.sampled_from(NATURES))
def test_the_number_named_lies_in_its_closed_zones(quantity: Quantity, nature: Nature) -> None:
    zones = zones_of(quantity, nature, DEFAULT_POLICY)
    for zone in (zones.true, zones.meant):
        assert zone.low <= zones.core.low and zones.core.high <= zone.high


@given(quantities, st.sampled_from([COUNT, MONEY, LENGTH, SHARE]))
def test_what_is_counted_never_goes_below_zero(quantity: Quantity, nature: Nature) -> None:
    zones = zones_of(quantity, nature, DEFAULT_POLICY)
    assert zones.true.low >= 0 and zones.meant.low >= 0


@given(quantities, st.floats(0, 100))
def test_a_share_of_a_whole_never_goes_above_all_of_it(quantity: Quantity, value: float) -> None:
    share = Quantity(value, value, quantity.modifier, "percent")
    if quantity.modifier is Modifier.RANGE or (value == 100 and quantity.modifier is Modifier.OVER):
        return  # one number is no range, and more than all of it cannot be
    assert zones_of(share, PART, DEFAULT_POLICY).true.high <= 100


@given(quantities, st.sampled_from(NATURES), st.floats(1e-3, 1e6))
def test_a_unit_moves_every_number_alike(quantity: Quantity, nature: Nature, factor: float) -> None:
    zones = zones_of(quantity, nature, DEFAULT_POLICY)
    moved = zones.converted(factor)
    for name in ("core", "number", "true", "meant"):
        one, other = getattr(zones, name), getattr(moved, name)
        for here, there in ((one.low, other.low), (one.high, other.high)):
            assert there == (pytest.approx(here * factor) if math.isfinite(here) else here)
    assert moved.half == pytest.approx((zones.half[0] * factor, zones.half[1] * factor))


@pytest.mark.parametrize(
    ("zone", "why"),
    [
        ((-1, 2), "holds zero"),
        ((1, 2.1), "wider than two to one"),
        ((1, 2), ""),
        ((0, 0), ""),
        ((-2.1, -1), "wider than two to one"),
        ((1, INFINITY), ""),
    ],
)
def test_a_computed_result_may_be_too_vague_to_decide(zone: tuple[float, float], why: str) -> None:
    """Two-sided alone: what only bounds on one side says no less for being far from it."""
    made: Zones = exactly(*zone)
    assert made.vague == why
