"""Amounts: what is kept, which widths of a policy they depend on, and what is made of two."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tallybook.book import Figure, Measure
from tallybook.book.records import MeasurePolicy
from tallybook.estimates.amount import Amount, amount_of, computed, policy_of
from tallybook.estimates.zones import exactly
from tallybook.quantity import DEFAULT_POLICY, INFINITY, Interval, Policy, Quantity
from tallybook.terms import Form, Modifier

LOAVES = Measure(id="loaves", kind="total", unit="loaf", definition="Loaves.")
LENGTH = Measure(id="length", kind="total", unit="mile", definition="Length.")
DAILY = Measure(id="daily", kind="rate", unit="loaf / day", definition="Loaves a day.")


def said(value: float, modifier: Modifier = Modifier.EXACT, measure: Measure = LOAVES, **more: Any) -> Amount:
    high = more.pop("high", value)
    figure = {key: more.pop(key) for key in ("share", "scale", "offset") if key in more}
    return amount_of(Figure("", Quantity(value, high, modifier, **more), "reader", **figure), measure)


def true(amount: Amount, policy: Policy = DEFAULT_POLICY) -> tuple[float, float]:
    zone = amount.under(policy).true
    return zone.low, zone.high


def test_sixty_four_policies_are_kept_and_then_none() -> None:
    made = []

    def make(policy: Policy) -> Any:
        made.append(policy.about)
        return exactly(policy.about, policy.about)

    amount = Amount(make, frozenset({"about"}))
    policies = [Policy(about=number / 100) for number in range(64)]
    for policy in [*policies, *policies]:
        assert amount.under(policy).true.low == policy.about
    assert len(made) == 64
    amount.under(Policy(about=0.64))
    amount.under(Policy(about=0.64))
    assert len(made) == 65
    assert amount.under(policies[5]).true.low == 0.05
    assert len(made) == 66


@pytest.mark.parametrize(
    ("amount", "widths"),
    [
        (said(15_000), {"rounding_cap"}),
        (said(0.5, form=Form.FRACTION), {"fraction"}),
        (said(2, form=Form.RATIO), {"fraction"}),
        (said(0.5, Modifier.OVER, form=Form.MOST), {"fraction", "overshoot", "grains"}),
        (said(15_000, Modifier.ABOUT), {"rounding_cap", "about", "grains"}),
        (said(15_000, Modifier.NEARLY), {"rounding_cap", "about", "grains"}),
        (said(15_000, Modifier.OVER), {"rounding_cap", "overshoot", "grains"}),
        (said(15_000, Modifier.AT_LEAST), {"rounding_cap", "overshoot", "grains"}),
        (said(15_000, Modifier.UNDER), {"rounding_cap", "overshoot", "grains"}),
        (said(15_000, Modifier.AT_MOST), {"rounding_cap", "overshoot", "grains"}),
        (said(15_000, Modifier.UP_TO), {"rounding_cap"}),
        (
            said(15_000, Modifier.UP_TO, hedges=(Modifier.ABOUT,)),
            {"rounding_cap", "about", "grains"},
        ),
    ],
)
def test_only_the_widths_that_its_words_ask_for_are_asked_for(amount: Amount, widths: set[str]) -> None:
    """Each is a width of section 1 of the law; the others change nothing, and nothing is made again."""
    assert amount.widths == widths
    other = said(9, Modifier.ABOUT)
    for made in (amount.plus(other), amount.sharpened(other), other.sharpened(amount)):
        assert made.widths == widths | {"rounding_cap", "about", "grains"}
    for made in (amount.clipped(1), amount.scaled(2), amount.from_zero(), amount.directed()):
        assert made.widths == widths


@pytest.mark.parametrize(
    ("own", "amount", "widths", "zone"),
    [
        ({"about": 0.5}, (100, Modifier.ABOUT), {"rounding_cap", "grains"}, (50, 150)),
        ({"rounding_cap": 0.01}, (30_000,), set(), (29_500, 30_500)),
        ({"same": 0.1}, (15_000,), {"rounding_cap"}, (14_500, 15_500)),
        ({}, (15_000,), {"rounding_cap"}, (14_500, 15_500)),
    ],
)
def test_a_width_of_the_measures_own_is_not_the_projects(
    own: dict[str, float], amount: tuple[Any, ...], widths: set[str], zone: tuple[float, float]
) -> None:
    measure = LOAVES.model_copy(update={"policy": MeasurePolicy(reason="made up", **own)})
    made = said(*amount, measure=measure)
    assert made.widths == widths
    assert true(made) == zone
    policy = policy_of(measure, Policy(window_days=5))
    assert policy == replace(Policy(window_days=5), **own)
    assert policy_of(LOAVES, policy) is policy


def test_the_words_are_put_into_the_unit_of_the_measure() -> None:
    assert true(said(2, scale=12.0)) == (24, 24)
    assert true(said(2.5, measure=LENGTH, scale=2.0, offset=1.0)) == pytest.approx((5.9, 6.1))


def test_a_share_of_another_figure_is_no_count() -> None:
    """7 of a count is itself; 7 percent of another figure means its last digit."""
    assert true(said(7)) == (7, 7)
    assert true(said(7, unit="percent", share=True)) == (6.5, 7.5)


ONE, TWO = computed(10, 12), computed(4, 5)


@pytest.mark.parametrize(
    ("made", "zone"),
    [
        (ONE.plus(TWO), (14, 17)),
        (ONE.minus(TWO), (5, 8)),
        (ONE.times(TWO), (40, 60)),
        (ONE.over(TWO), (2, 3)),
        (ONE.relative_to(TWO), (1, 2)),
        (TWO.share_with(ONE), (4 / 16, 5 / 15)),
        (ONE.clipped(11), (10, 11)),
        (ONE.scaled(3), (30, 36)),
        (ONE.minus(computed(11, 11)).from_zero(), (0, 1)),
        (computed(0.35, 0.35).beside_one("up"), (1.35, 1.35)),
        (computed(0.25, 0.25).beside_one("down"), (0.75, 0.75)),
        (computed(0.75, 1.25).beside_one("down"), (0, 0.25)),
    ],
)
def test_two_amounts_make_a_third(made: Amount, zone: tuple[float, float]) -> None:
    assert true(made) == pytest.approx(zone)


def test_a_computed_change_has_the_direction_of_all_of_its_zone() -> None:
    assert ONE.minus(TWO).directed().under(DEFAULT_POLICY).direction == 1
    assert TWO.minus(ONE).directed().under(DEFAULT_POLICY).direction == -1
    assert ONE.minus(computed(11, 11)).directed().under(DEFAULT_POLICY).direction == 0


def test_two_figures_of_one_series_take_the_finer_grain() -> None:
    """£1,200 may be rounded to hundreds; beside £1,240 it is taken to the nearest ten."""
    money = Measure(id="rent", kind="total", unit="pound sterling", definition="Rent.")
    rough, fine = said(1_200, measure=money), said(1_240, measure=money)
    assert true(rough) == (1_150, 1_250)
    assert true(rough.sharpened(fine)) == (1_195, 1_205)
    assert true(fine.sharpened(rough)) == true(fine) == (1_235, 1_245)
    wide = said(1_000, Modifier.RANGE, high=1_240, measure=money)
    assert true(rough.sharpened(wide)) == (1_195, 1_205)
    assert true(wide.sharpened(rough)) == (995, 1_245)


@pytest.mark.parametrize(
    ("words", "zone", "half"),
    [
        # one in 6.5 to 7.5 minutes, where the base is seven minutes
        ({"value": 1, "per": "7 minute"}, (7 / 7.5, 7 / 6.5), (1 - 7 / 7.5, 7 / 6.5 - 1)),
        # one in 29.5 to 30.5 minutes: half a fine grain of thirty
        ({"value": 1, "per": "30 minute"}, (30 / 30.5, 30 / 29.5), (1 - 30 / 30.5, 30 / 29.5 - 1)),
        # two to three of them: both ends have half their last digit, and the minutes besides
        ({"value": 4, "per": "10 minute"}, (3.5 * 10 / 10.5, 4.5 * 10 / 9.5),
         (4 - 3.5 * 10 / 10.5, 4.5 * 10 / 9.5 - 4)),
        # a base that is a thing, not a time, is exact; so is one unit of time
        ({"value": 4, "per": "1,000 birth"}, (3.5, 4.5), (0.5, 0.5)),
        ({"value": 4, "per": "minute"}, (3.5, 4.5), (0.5, 0.5)),
        ({"value": 1, "per": "minute"}, (0.5, 1.5), (0.5, 0.5)),
        # a bound or an approximation of one is no bare "one"
        ({"value": 1, "per": "7 minute", "modifier": Modifier.AT_LEAST}, (7 / 7.5, INFINITY), None),
    ],
)  # fmt: skip
def test_one_every_some_minutes_is_as_vague_as_its_minutes(
    words: dict[str, Any], zone: tuple[float, float], half: tuple[float, float] | None
) -> None:
    amount = said(words.pop("value"), words.pop("modifier", Modifier.EXACT), measure=DAILY, **words)
    zones = amount.under(DEFAULT_POLICY)
    assert (zones.true.low, zones.true.high) == pytest.approx(zone)
    if half is not None:
        assert zones.half == pytest.approx(half)


def test_a_range_that_begins_with_one_is_no_bare_one() -> None:
    zones = said(1, Modifier.RANGE, measure=DAILY, high=2, per="7 minute").under(DEFAULT_POLICY)
    assert (zones.true.low, zones.true.high) == pytest.approx((0.5 * 7 / 7.5, 2.5 * 7 / 6.5))
    assert zones.core == Interval(1, 2)
