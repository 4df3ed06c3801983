"""Zones where a rule of section 1 of the law begins or ends: zero, one, all of a whole, a fall."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tallybook.estimates.nature import SHARE, Nature
from tallybook.estimates.zones import Zones, exactly, zones_of
from tallybook.quantity import DEFAULT_POLICY, INFINITY, Interval, Policy, Quantity
from tallybook.terms import Form, Modifier

ABOVE, BELOW = INFINITY, -INFINITY
COUNT, MONEY, LENGTH = Nature(), Nature(count=False, money=True), Nature(count=False)
LEVEL = Nature(count=False, level=True, floor=BELOW)
PART = Nature(count=False, whole=True)
CHANGE = Nature(signed=True, change=True, floor=BELOW)
GROWTH = Nature(count=False, signed=True, change=True, floor=BELOW)
NET = Nature(signed=True, floor=BELOW)
BALANCE = Nature(count=False, money=True, floor=BELOW)
M = Modifier


def said(low: float, modifier: Modifier = M.EXACT, high: float | None = None, **more: Any) -> Quantity:
    return Quantity(low, low if high is None else high, modifier, **more)


def zones(quantity: Quantity, nature: Nature, policy: Policy = DEFAULT_POLICY) -> Zones:
    return zones_of(quantity, nature, policy)


def percent(value: float, modifier: Modifier = M.EXACT, **more: Any) -> Quantity:
    return said(value, modifier, unit="percent", **more)


FRACTION: dict[str, Any] = {"form": Form.FRACTION}
TABLE: list[tuple[str, Quantity, Nature, tuple[float, float], tuple[float, float]]] = [
    # bare numbers
    ("no count at all", said(0), COUNT, (0, 0), (0, 0)),
    ("no money: its last digit, and not below zero", said(0), MONEY, (0, 0.5), (0, 0.5)),
    ("a balance may lie below zero", said(0), BALANCE, (-0.5, 0.5), (-0.5, 0.5)),
    ("one of a count", said(1), COUNT, (1, 1), (1, 1)),
    ("a count with decimals printed as zeros", said(2.0, grain=0.1), COUNT, (1.95, 2.05), (1.95, 2.05)),
    ("final zeros: at most 5%", said(20), LENGTH, (19, 21), (19.5, 20.5)),
    ("final zeros: half a grain", said(1_200), MONEY, (1_150, 1_250), (1_150, 1_250)),
    ("a power of ten", said(1_000), COUNT, (950, 1_050), (950, 1_050)),
    ("a single figure: 5%, and half the second digit", said(2e6), COUNT, (1.9e6, 2.1e6), (1.95e6, 2.05e6)),
    ("all of a whole is no round number", percent(100), PART, (99.5, 100), (99.5, 100)),
    ("a hundred percent of what is no whole is one", percent(100), SHARE, (95, 105), (99.5, 100.5)),
    ("points are to the nearest point", said(30, unit="percentage point"), SHARE, (28.5, 31.5), (29.5, 30.5)),
    ("a level of many digits", said(1_500), LEVEL, (1_499.5, 1_500.5), (1_499.5, 1_500.5)),
    ("a level with a decimal", said(1.5), LEVEL, (1.45, 1.55), (1.45, 1.55)),
    ("a level below zero", said(-40), LEVEL, (-40.5, -39.5), (-40.5, -39.5)),
    ("a fraction in words of a count", said(0.5, **FRACTION), COUNT, (0.45, 0.55), (0.475, 0.525)),
    ("a ratio in words", said(2, form=Form.RATIO), SHARE, (1.8, 2.2), (1.9, 2.1)),
    ("all of them", said(1, form=Form.ALL), PART, (1, 1), (1, 1)),
    ("none of them", said(0, form=Form.ALL), PART, (0, 0), (0, 0)),
    # as recorded by a person: a fraction stands for a percentage
    ("recorded: 34%", said(0.34, unit="fraction"), PART, (0.335, 0.345), (0.335, 0.345)),
    ("recorded: 40%", said(0.4, unit="fraction"), PART, (0.38, 0.42), (0.395, 0.405)),
    ("recorded: all", said(1, unit="fraction"), PART, (0.995, 1), (0.995, 1)),
    ("recorded: over 61%", said(0.61, M.OVER, unit="fraction"), PART, (0.61, 1), (0.61, 0.66)),
    ("recorded: above all, as its own digits", said(1.5, unit="fraction"), SHARE, (1.45, 1.55), (1.45, 1.55)),
    ("recorded with its grain", said(0.3, unit="fraction", grain=0.1), PART, (0.25, 0.35), (0.25, 0.35)),
    ("recorded: a fall of 34%", said(-0.34, unit="fraction"), GROWTH, (-0.345, -0.335), (-0.345, -0.335)),
    ("recorded: a fall of all", said(-1, unit="fraction"), GROWTH, (-1.05, -0.95), (-1.005, -0.995)),
    # about, nearly
    ("about: no less than unmodified", said(1.5, M.ABOUT), LENGTH, (1.35, 1.65), (1.35, 1.65)),
    ("about: half a digit where a tenth is less", said(3, M.ABOUT), LENGTH, (2.5, 3.5), (2.5, 3.5)),
    ("about: five grains", said(23_456, M.ABOUT), LENGTH, (23_451, 23_461), (23_451, 23_461)),
    ("about a count: one at least", said(2, M.ABOUT), COUNT, (1, 3), (1, 3)),
    ("about a count: below one is none", said(0, M.ABOUT), COUNT, (0, 1), (0, 1)),
    ("about a level with a decimal", said(1.5, M.ABOUT), LEVEL, (1.4, 1.6), (1.4, 1.6)),
    ("about all", percent(100, M.ABOUT), PART, (95, 100), (95, 100)),
    ("about 98%", percent(98, M.ABOUT), PART, (93, 100), (93, 100)),
    ("about half", said(0.5, M.ABOUT, **FRACTION), PART, (0.45, 0.55), (0.45, 0.55)),
    ("about, of a range", said(100, M.RANGE, 200, hedges=(M.ABOUT,)), COUNT, (90, 220), (90, 220)),
    ("recorded: about 34%", said(0.34, M.ABOUT, unit="fraction"), PART, (0.306, 0.374), (0.306, 0.374)),
    ("recorded: about 98%", said(0.98, M.ABOUT, unit="fraction"), PART, (0.93, 1), (0.93, 1)),
    ("nearly: five grains", said(45_700, M.NEARLY), COUNT, (45_200, 45_700), (45_200, 45_700)),
    ("nearly, of a level", said(40, M.NEARLY), LEVEL, (39, 40), (39, 40)),
    ("nearly half", said(0.5, M.NEARLY, **FRACTION), PART, (0.45, 0.5), (0.45, 0.5)),
    ("about and nearly is nearly", said(11_000, M.NEARLY, hedges=(M.ABOUT,)), COUNT,
     (9_900, 11_000), (9_900, 11_000)),
    ("nearly all", percent(100, M.NEARLY), PART, (95, 100), (95, 100)),
    # floors
    ("over one", said(1, M.OVER), COUNT, (1, ABOVE), (1, 1.5)),
    ("over half", said(0.5, M.OVER, **FRACTION), PART, (0.5, 1), (0.5, 0.75)),
    ("over, of a level at zero", said(0, M.OVER), LEVEL, (0, ABOVE), (0, 5)),
    ("over, of a level below zero", said(-40, M.OVER), LEVEL, (-40, ABOVE), (-40, -35)),
    ("over about: the bound itself is vague", said(100, M.OVER, hedges=(M.ABOUT,)), COUNT,
     (90, ABOVE), (90, 150)),
    ("at least 98%: to all", percent(98, M.AT_LEAST), PART, (98, 100), (98, 100)),
    ("at least all", percent(100, M.AT_LEAST), PART, (100, 100), (100, 100)),
    ("most, of another figure", said(0.5, M.OVER, form=Form.MOST), SHARE, (0.5, ABOVE), (0.5, 1)),
    ("most, in percent", percent(50, M.OVER, form=Form.MOST), PART, (50, 100), (50, 100)),
    # ceilings
    ("under one", said(1, M.UNDER), LENGTH, (0, 1), (1 / 1.5, 1)),
    ("at most none", said(0, M.AT_MOST), COUNT, (0, 0), (0, 0)),
    ("under half", said(0.5, M.UNDER, **FRACTION), PART, (0, 0.5), (0.5 / 1.5, 0.5)),
    ("under about", said(100, M.UNDER, hedges=(M.ABOUT,)), COUNT, (0, 110), (110 / 1.5, 110)),
    ("under, of a balance", said(9_000, M.UNDER), BALANCE, (BELOW, 9_000), (6_000, 9_000)),
    ("at most, of a level: grains alone", said(40, M.AT_MOST), LEVEL, (BELOW, 40), (35, 40)),
    ("up to a count that is not round", said(9, M.UP_TO), COUNT, (0, 9), (8.5, 9.5)),
    ("up to about", said(100, M.UP_TO, hedges=(M.ABOUT,)), COUNT, (0, 110), (105, 115)),
    ("up to all", percent(100, M.UP_TO), PART, (0, 100), (99.5, 100)),
    # ranges and spreads
    ("a range from none", said(0, M.RANGE, 500), COUNT, (0, 505), (0, 505)),
    ("a range of unlike grains", said(5, M.RANGE, 12.5, grain=1, grain_high=0.1), LENGTH,
     (4.5, 12.55), (4.5, 12.55)),
    ("a range whose ends have one grain", said(1.0, M.RANGE, 2.0, grain=0.1), LENGTH,
     (0.95, 2.05), (0.95, 2.05)),
    ("a range in fractions", said(0.4, M.RANGE, 0.5, **FRACTION), PART, (0.38, 0.525), (0.38, 0.525)),
    ("a range that ends above all", percent(99, M.RANGE, high=100), PART, (98.5, 100), (98.5, 100)),
    ("a range across zero", said(-2, M.RANGE, 3), GROWTH, (-2.5, 3.5), (-2.5, 3.5)),
    ("a spread of a round number", said(46_404, high=94_987, best=61_000, grain=1_000), COUNT,
     (46_404, 94_987), (60_500, 61_500)),
    # directions
    ("a fall of a range", said(5.5, M.RANGE, 12, grain=0.1, grain_high=1, trend="down"), GROWTH,
     (-12.5, -5.45), (-12.5, -5.45)),
    ("a range below zero", said(-12, M.RANGE, -5.5, grain=1, grain_high=0.1), GROWTH,
     (-12.5, -5.45), (-12.5, -5.45)),
    ("a range to zero from below", said(-5, M.RANGE, 0), GROWTH, (-5.5, 0.5), (-5.5, 0.5)),
    ("a spread below zero", said(-1.61, high=-1.45, best=-1.53, grain=0.01), GROWTH,
     (-1.61, -1.45), (-1.535, -1.525)),
    ("at least a fall of 9", said(9, M.AT_LEAST, trend="down"), CHANGE, (BELOW, -9), (-13.5, -9)),
    ("up to a fall of 40", said(40, M.UP_TO, trend="down"), CHANGE, (-40, 0), (-40.5, -39.5)),
    ("about 3 more", said(3, M.ABOUT, trend="up"), CHANGE, (2, 4), (2, 4)),
    ("a fall of less than one", percent(-0.3), GROWTH, (-0.35, -0.25), (-0.35, -0.25)),
    ("over, of a fall of less than one", percent(-0.3, M.OVER), GROWTH, (BELOW, -0.3), (-0.45, -0.3)),
    ("a fall of nothing to five", said(0, M.RANGE, 5, trend="down"), GROWTH, (-5.5, 0), (-5.5, 0)),
    ("no change at all: either way", percent(0.0, grain=0.1), GROWTH, (-0.05, 0.05), (-0.05, 0.05)),
    ("a rise of nothing is no fall", percent(0.0, grain=0.1, trend="up"), GROWTH, (0, 0.05), (0, 0.05)),
    ("a fall of nothing is no rise", percent(0.0, grain=0.1, trend="down"), GROWTH, (-0.05, 0), (-0.05, 0)),
    ("about nothing", said(0, M.ABOUT), CHANGE, (-1, 1), (-1, 1)),
    ("at most nothing", said(0, M.AT_MOST), CHANGE, (BELOW, 0), (0, 0)),
    ("under 2%, of a change without a direction", percent(2, M.UNDER), GROWTH, (0, 2), (2 / 1.5, 2)),
    ("a rise of a count", said(12, trend="up"), CHANGE, (12, 12), (12, 12)),
    ("no less than nothing", said(0, M.AT_LEAST), CHANGE, (0, ABOVE), (0, 5)),
    ("a fall of a stock is its number", said(12, trend="down"), COUNT, (12, 12), (12, 12)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("quantity", "nature", "true", "meant"),
    [row[1:] for row in TABLE],
    ids=[f"{number} {row[0]}" for number, row in enumerate(TABLE)],
)
def test_zones_at_the_edge_of_a_rule(
    quantity: Quantity, nature: Nature, true: tuple[float, float], meant: tuple[float, float]
) -> None:
    made = zones(quantity, nature)
    assert (made.true.low, made.true.high) == pytest.approx(true)
    assert (made.meant.low, made.meant.high) == pytest.approx(meant)
    assert made.core == Interval(quantity.low, quantity.high) or made.core == -Interval(
        quantity.low, quantity.high
    )


@pytest.mark.parametrize(
    ("quantity", "nature", "half"),
    [
        (said(0), COUNT, (0, 0)),
        (said(9), COUNT, (0.5, 0.5)),
        (said(30), COUNT, (0.5, 0.5)),
        (said(15_000), COUNT, (500, 500)),
        (said(0.5, **FRACTION), PART, (0, 0)),
        (said(1, form=Form.ALL), PART, (0, 0)),
        (said(0.34, unit="fraction"), PART, (0.005, 0.005)),
        (said(40), LEVEL, (0.5, 0.5)),
        (percent(100), PART, (0.5, 0.5)),
        (percent(300), SHARE, (0.5, 0.5)),
        (said(5, M.RANGE, 12.5, grain=1, grain_high=0.1), LENGTH, (0.5, 0.05)),
        (said(5, M.RANGE, 12.5, grain=1, grain_high=0.1, trend="down"), GROWTH, (0.05, 0.5)),
        (said(-12.5, M.RANGE, -5, grain=0.1, grain_high=1), GROWTH, (0.05, 0.5)),
        (said(1.45, high=1.61, best=1.5, grain=0.1), LENGTH, (0.05, 0.05)),
    ],
)
def test_half_the_fine_grain_of_each_end(
    quantity: Quantity, nature: Nature, half: tuple[float, float]
) -> None:
    assert zones(quantity, nature).half == pytest.approx(half)


def test_a_spread_is_compared_by_its_centre() -> None:
    made = zones(said(-1.61, high=-1.45, best=-1.53, grain=0.01), GROWTH)
    assert made.number == Interval(-1.53, -1.53) and made.margin
    assert not zones(said(1.45), LENGTH).margin


@pytest.mark.parametrize(
    ("quantity", "completed"),
    [
        (said(83, form=Form.AGE), 0.5),  # 82.5 to 84
        (said(45, form=Form.AGE), 0.5),
        (said(100, form=Form.AGE), 0.0),  # its zeros reach further than a year
        (said(20, form=Form.AGE), 0.0),  # 5% of twenty is a year
        (said(10, form=Form.AGE), 0.5),
        (said(2.5, form=Form.AGE), 0.0),  # in halves: rounded, not completed
        (said(83), 0.0),
    ],
)
def test_an_age_in_whole_units_may_be_completed(quantity: Quantity, completed: float) -> None:
    """Up to one unit above the number, in all."""
    made = zones(quantity, LENGTH)
    assert made.completed == completed
    assert made.converted(12.0).completed == 12 * completed


@pytest.mark.parametrize(
    ("quantity", "nature", "is_round"),
    [
        (said(30), COUNT, True),
        (said(10_000), COUNT, False),
        (said(15_000), COUNT, False),
        (said(3_000), COUNT, True),
        (said(34), COUNT, False),
        (said(30), LEVEL, False),
        (said(0.5, **FRACTION), PART, True),
        (said(1, form=Form.ALL), PART, False),
        (said(0), COUNT, False),
        (percent(100), PART, False),
        (said(0.4, unit="fraction"), PART, True),
        (said(0.41, unit="fraction"), PART, False),
    ],
)
def test_a_round_number_may_stand_for_one_beyond_its_meaning(
    quantity: Quantity, nature: Nature, is_round: bool
) -> None:
    assert zones(quantity, nature).round is is_round


@pytest.mark.parametrize(
    ("form", "digitless"),
    [
        (Form.FRACTION, True),
        (Form.RATIO, True),
        (Form.MOST, True),
        (Form.ALL, True),
        (Form.NUMBER, False),
        (Form.AGE, False),
    ],
)
def test_a_fraction_in_words_has_no_digits(form: Form, digitless: bool) -> None:
    assert zones(said(0.5, form=form), PART).digitless is digitless


@pytest.mark.parametrize(
    ("modifier", "bound"),
    [(M.OVER, 1), (M.AT_LEAST, 1), (M.UNDER, -1), (M.AT_MOST, -1), (M.UP_TO, -1), (M.NEARLY, 0),
     (M.ABOUT, 0), (M.EXACT, 0)],
)  # fmt: skip
def test_a_bound_is_a_floor_or_a_ceiling(modifier: Modifier, bound: int) -> None:
    rise, fall = (zones(said(12, modifier, trend=trend), CHANGE) for trend in ("up", "down"))
    assert (rise.bound, fall.bound) == (bound, -bound)
    assert (rise.floor_only, rise.ceiling_only) == (bound == 1, bound == -1)
    assert (fall.floor_only, fall.ceiling_only) == (bound == -1, bound == 1)
    assert rise.from_below is (modifier is M.NEARLY)
    both = replace(rise, contradictory=True)
    assert not both.floor_only and not both.ceiling_only


OPEN_ENDS = [
    (said(9, M.OVER), COUNT, Interval(9, ABOVE, low_open=True)),
    (said(9, M.AT_LEAST), COUNT, Interval(9, ABOVE)),
    (said(9, M.UNDER), COUNT, Interval(0, 9, high_open=True)),
    (said(9, M.AT_MOST), COUNT, Interval(0, 9)),
    (said(0, M.UNDER), COUNT, Interval(0, 0)),  # says no more than "none"
    (said(0, M.UNDER), LEVEL, Interval(BELOW, 0, high_open=True)),
    (said(9, M.OVER, trend="down"), CHANGE, Interval(BELOW, -9, high_open=True)),
    (percent(61, M.OVER), PART, Interval(61, 100, low_open=True)),
    (percent(0, M.OVER), PART, Interval(0, 100, low_open=True)),
    (percent(100, M.UNDER), PART, Interval(0, 100, high_open=True)),
    (percent(100, M.AT_LEAST), PART, Interval(100, 100)),
]


@pytest.mark.parametrize(("quantity", "nature", "zone"), OPEN_ENDS)
def test_over_and_under_leave_their_number_out(quantity: Quantity, nature: Nature, zone: Interval) -> None:
    assert zones(quantity, nature).true == zone


@pytest.mark.parametrize(
    ("quantity", "nature", "zone"),
    [
        (percent(120), PART, (115, 125)),
        (percent(100, M.OVER), PART, (100, ABOVE)),
        (percent(120, M.OVER), PART, (120, ABOVE)),
        (said(-9), COUNT, (-9, -9)),
        (said(-10, M.AT_MOST), COUNT, (-10, -10)),
    ],
)
def test_what_cannot_be_is_not_made_to_say_something_else(
    quantity: Quantity, nature: Nature, zone: tuple[float, float]
) -> None:
    made = zones(quantity, nature)
    assert (made.true.low, made.true.high) == pytest.approx(zone)
    assert made.meant.low <= quantity.low <= made.meant.high


@pytest.mark.parametrize(
    ("quantity", "nature", "direction", "spoken"),
    [
        (said(12, trend="up"), CHANGE, 1, True),
        (said(12, trend="down"), CHANGE, -1, True),
        (said(0, trend="up"), CHANGE, 0, True),
        (said(12), CHANGE, 0, False),
        (said(-12), CHANGE, -1, False),
        (said(-12, trend="down"), CHANGE, -1, False),
        (said(-0.3, trend="down"), CHANGE, -1, False),
        (said(0), CHANGE, 0, False),
        (said(-12, M.RANGE, 0), CHANGE, 0, False),
        (said(12, trend="up"), NET, 1, False),
        (said(-12), NET, -1, False),
        (said(12, trend="up"), COUNT, 0, False),
        (said(-12), LEVEL, 0, False),
    ],
)
def test_a_direction_is_in_the_words_or_in_the_sign(
    quantity: Quantity, nature: Nature, direction: int, spoken: bool
) -> None:
    made = zones(quantity, nature)
    assert (made.direction, made.spoken) == (direction, spoken)


@pytest.mark.parametrize(
    ("low", "nature", "true"),
    [(6e6, COUNT, Interval(0, ABOVE)), (6e6, LEVEL, Interval(BELOW, ABOVE)),
     (-6.0, COUNT, Interval(-6, ABOVE))],
)  # fmt: skip
def test_words_that_contradict_each_other_rule_nothing_out(
    low: float, nature: Nature, true: Interval
) -> None:
    made = zones(said(low, M.OVER, hedges=(M.UP_TO,)), nature)
    assert made.true == true and made.contradictory and made.meant == Interval(low, low)


def test_a_single_figure_is_kept() -> None:
    assert zones(said(2, single=True), COUNT).single
    assert not zones(said(2), COUNT).single


def zone(low: float, high: float, **more: Any) -> Zones:
    return replace(exactly(low, high), **more)


def test_what_was_computed_says_no_more_than_its_numbers() -> None:
    whole = Interval(1, 2)
    assert exactly(1, 2) == Zones(
        whole, whole, whole, whole, half=(0, 0), bound=0, from_below=False, contradictory=False, single=False,
        round=False, digitless=False, margin=False, completed=0, direction=0, spoken=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (zone(0, 1), "holds zero"),
        (zone(-1, 0), "holds zero"),
        (zone(-1, 3), "holds zero"),
        (zone(0, 0), ""),
        (zone(3, 3), ""),
        (zone(1, 2), ""),
        (zone(-2, -1), ""),
        (zone(0.1, 0.2), ""),
        (zone(1, 2.001), "wider than two to one"),
        (zone(-2.001, -1), "wider than two to one"),
        (zone(1, 5, bound=1), ""),
        (zone(1, 5, bound=-1), ""),
        (zone(1, ABOVE), ""),
        (zone(BELOW, 1), ""),
        (zone(0.3, 0.1 * 6), ""),  # what only the computer's arithmetic adds is no width
    ],
)
def test_a_result_that_is_too_vague_bears_on_nothing(made: Zones, why: str) -> None:
    assert made.vague == why


def test_a_tolerance_is_a_part_of_the_number_named() -> None:
    made = zone(10, 20, true=Interval(9, 22, True, True))
    assert made.tolerated(DEFAULT_POLICY) is made.true
    assert made.tolerated(Policy(tolerance=0.1)) == Interval(8, 24)
    assert made.tolerated(Policy(tolerance=1.0)) == Interval(-1, 42)
    assert zone(-20, -10).tolerated(Policy(tolerance=0.1)) == Interval(-22, -9)


@pytest.mark.parametrize(
    ("true", "given_way"),
    [
        (Interval(10, 20), Interval(9, 22)),
        (Interval(10, 20, True), Interval(10, 22, True)),
        (Interval(10, 20, False, True), Interval(9, 20, False, True)),
        (Interval(10, 20, True, True), Interval(10, 20, True, True)),
    ],
)
def test_an_end_that_is_included_gives_way_by_half_its_fine_grain(
    true: Interval, given_way: Interval
) -> None:
    assert zone(10, 20, true=true, half=(1, 2)).given_way() == given_way


@pytest.mark.parametrize(
    ("true", "meant", "clipped", "means"),
    [
        (Interval(0.9, 1.2), Interval(0.95, 1.1), Interval(0.9, 1), Interval(0.95, 1)),
        (Interval(0.9, 1.2, True, True), Interval(1.05, 1.1), Interval(0.9, 1, True), Interval(1, 1)),
        (Interval(0.9, ABOVE), Interval(0.9, 0.95), Interval(0.9, 1), Interval(0.9, 0.95)),
        (Interval(1, 1.2), Interval(1, 1.2), Interval(1, 1), Interval(1, 1)),
        # nothing to take away, or nothing that could be left
        (Interval(0.5, 1, False, True), Interval(0.5, 1), Interval(0.5, 1, False, True), Interval(0.5, 1)),
        (Interval(1.1, 1.2), Interval(1.1, 1.2), Interval(1.1, 1.2), Interval(1.1, 1.2)),
    ],
)
def test_a_share_of_a_whole_ends_at_all_of_it(
    true: Interval, meant: Interval, clipped: Interval, means: Interval
) -> None:
    made = zone(0.9, 1.2, true=true, meant=meant).clipped(1.0)
    assert (made.true, made.meant) == (clipped, means)


@pytest.mark.parametrize(
    ("true", "meant", "made", "means"),
    [
        (Interval(-1, 2, True, True), Interval(-0.5, 1), Interval(0, 2, False, True), Interval(0, 1)),
        (Interval(-1, 0.5), Interval(-0.5, -0.2), Interval(0, 0.5), Interval(0, 0)),
        (Interval(-1, 0), Interval(-1, 0), Interval(0, 0), Interval(0, 0)),
        (Interval(0, 1, True), Interval(0, 1), Interval(0, 1, True), Interval(0, 1)),
        (Interval(-2, -1), Interval(-2, -1), Interval(-2, -1), Interval(-2, -1)),
        (Interval(0.5, 2), Interval(0.7, 1), Interval(0.5, 2), Interval(0.7, 1)),
        (Interval(-1, 2), Interval(0.5, 1), Interval(0, 2), Interval(0.5, 1)),
    ],
)
def test_what_is_left_is_never_less_than_nothing(
    true: Interval, meant: Interval, made: Interval, means: Interval
) -> None:
    found = zone(-1, 2, true=true, meant=meant).from_zero()
    assert (found.true, found.meant) == (made, means)


def test_a_reading_moves_with_its_unit_and_its_width_does_not_move_with_the_zero() -> None:
    """40 °C ± 0.5 is 104 °F ± 0.9."""
    made = zones(said(40), LEVEL)
    moved = made.converted(1.8, 32.0)
    assert moved.core == moved.number == Interval(104, 104)
    assert (moved.true.low, moved.true.high, *moved.half) == pytest.approx((103.1, 104.9, 0.9, 0.9))
    assert (moved.meant.low, moved.meant.high) == pytest.approx((103.1, 104.9))
    assert made.converted(2.0).core == Interval(80, 80)
    assert made.converted(1.0, 1.0).core == Interval(41, 41)
    assert made.converted(1.0) is made


@pytest.mark.parametrize(
    ("low", "high", "direction"),
    [(1, 2, 1), (-2, -1, -1), (-1, 1, 0), (0, 2, 0), (-2, 0, 0), (0.5, 2, 1), (-2, -0.5, -1)],
)
def test_a_change_has_the_direction_of_all_of_its_zone(low: float, high: float, direction: int) -> None:
    assert zone(low, high).directed().direction == direction


def test_a_finer_grain_narrows_a_number_and_no_bound_or_margin() -> None:
    made = zone(1_200, 1_200, true=Interval(1_150, 1_250), meant=Interval(1_180, 1_220), half=(50, 50))
    sharp = made.sharpened(5)
    assert sharp.true == sharp.meant == Interval(1_195, 1_205)
    assert sharp.half == (5, 5)
    blunt = made.sharpened(70)
    assert blunt.true == Interval(1_150, 1_250) and blunt.half == (50, 50)
    assert replace(made, half=(50, 3)).sharpened(5).half == (5, 3)
    assert replace(made, half=(3, 50)).sharpened(5).half == (3, 5)
    for other in (replace(made, bound=1), replace(made, bound=-1), replace(made, margin=True)):
        assert other.sharpened(5) is other


FLOOR, CEILING, PLAIN = zone(10, 10, bound=1), zone(4, 4, bound=-1), zone(5, 5)


@pytest.mark.parametrize(
    ("made", "bound", "contradictory"),
    [
        (FLOOR.plus(FLOOR), 1, False),
        (FLOOR.plus(PLAIN), 1, False),
        (PLAIN.plus(CEILING), -1, False),
        (PLAIN.plus(PLAIN), 0, False),
        (FLOOR.plus(CEILING), 0, True),
        (FLOOR.times(PLAIN), 1, False),
        (PLAIN.times(FLOOR), 1, False),
        # the result falls as what is taken away, or divided by, grows
        (PLAIN.minus(FLOOR), -1, False),
        (FLOOR.minus(CEILING), 1, False),
        (FLOOR.minus(FLOOR), 0, True),
        (PLAIN.over(FLOOR), -1, False),
        (FLOOR.over(CEILING), 1, False),
        (PLAIN.relative_to(CEILING), 1, False),
        (PLAIN.relative_to(FLOOR), -1, False),
        (PLAIN.share_with(FLOOR), -1, False),
        (FLOOR.share_with(PLAIN), 1, False),
        (replace(PLAIN, contradictory=True).plus(PLAIN), 0, True),
        (PLAIN.plus(replace(PLAIN, contradictory=True)), 0, True),
        (FLOOR.plus(replace(FLOOR, contradictory=True)), 1, True),
    ],
)
def test_a_bound_on_an_input_is_a_bound_on_the_result(made: Zones, bound: int, contradictory: bool) -> None:
    assert (made.bound, made.contradictory) == (bound, contradictory)


def test_each_zone_is_combined_with_its_like() -> None:
    one = Zones(Interval(1, 2), Interval(3, 4), Interval(5, 6), Interval(7, 8))
    other = Zones(Interval(10, 20), Interval(30, 40), Interval(50, 60), Interval(70, 80))
    made = one.plus(other)
    assert (made.core, made.number) == (Interval(11, 22), Interval(33, 44))
    assert (made.true, made.meant) == (Interval(55, 66), Interval(77, 88))
    assert exactly(6, 6).relative_to(exactly(4, 4)).true == Interval(0.5, 0.5)


@pytest.mark.parametrize(
    ("part", "rest", "share"),
    [
        (Interval(1, 2), Interval(2, 3), Interval(0.25, 0.5)),
        (Interval(0, 0), Interval(0, 0), Interval(0, 0)),
        (Interval(0, 1), Interval(1, 3), Interval(0, 0.5)),
        (Interval(1, ABOVE), Interval(1, 1), Interval(0.5, 1)),
        (Interval(1, 1), Interval(1, ABOVE), Interval(0, 0.5)),
        (Interval(1, ABOVE), Interval(1, ABOVE), Interval(0, 1)),
        (Interval(1, 1), Interval(0, 1), Interval(0.5, 1)),
        (Interval(1, 2, True), Interval(2, 3), Interval(0.25, 0.5, True)),
        (Interval(1, 2, False, True), Interval(2, 3), Interval(0.25, 0.5, False, True)),
        (Interval(1, 2), Interval(2, 3, True), Interval(0.25, 0.5, False, True)),
        (Interval(1, 2), Interval(2, 3, False, True), Interval(0.25, 0.5, True)),
    ],
)
def test_a_part_of_both_grows_with_the_part_and_falls_with_the_rest(
    part: Interval, rest: Interval, share: Interval
) -> None:
    ours, theirs = Zones(part, part, part, part), Zones(rest, rest, rest, rest)
    assert ours.share_with(theirs).true == share
