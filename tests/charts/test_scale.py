"""From a number to its place: even or logarithmic, with zero and open ends."""

from __future__ import annotations

import math
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from tallybook.charts.row_drawing import number_ticks
from tallybook.charts.scale import Scale, fit
from tallybook.quantity import Interval


def of(named: list[float], zone_ends: list[float] | None = None) -> Scale:
    """The scale of numbers that are named, from 0 to 100, with zones from 0 to the ends given."""
    drawn = [SimpleNamespace(core=Interval.point(value), zone=Interval.point(value)) for value in named]
    drawn += [SimpleNamespace(core=drawn[0].core, zone=Interval(0, end)) for end in zone_ends or []]
    return fit(drawn).between(0, 100)


def test_an_even_scale_starts_at_zero():
    scale = of([10000, 15000])
    assert not scale.log and scale.at(0) == 0


def test_a_spread_above_twenty_is_logarithmic():
    assert not of([10, 200]).log
    assert of([10, 201]).log


def test_zero_has_its_own_place_on_a_logarithmic_scale():
    scale = of([0, 10, 1000])
    assert scale.at(0) == 0 < scale.at(10) < scale.at(1000)
    assert not scale.below(0)
    assert of([10, 1000]).below(0), "without a zero to show, a zone down to 0 runs out of the picture"


def test_an_end_that_is_open_or_far_off_runs_out_of_the_picture():
    scale = of([100], [math.inf, 1e9])
    assert scale.above(math.inf) and scale.above(1e9) and scale.at(math.inf) == 100


def test_an_arrow_has_room_and_what_is_counted_is_not_halved():
    scale = of([9], [9, math.inf])
    assert scale.at(9) <= 80 < of([9], [9, 9]).at(9)
    assert [value % 1 for value in scale.ticks()] == [0.0] * len(scale.ticks()) != []


def test_painters_place_the_same_scale_in_their_own_measures():
    scale = of([10, 1000])
    assert scale.between(100, 0).at(50) == 100 - scale.at(50)


def test_what_has_no_number_takes_no_part():
    nothing = SimpleNamespace(core=None, zone=None)
    assert fit([nothing]) == fit([])


@given(
    st.lists(st.floats(min_value=0, max_value=1e200).filter(lambda x: x == 0 or x > 1e-200), max_size=6),
    st.booleans(),
)
def test_any_numbers_give_a_scale_whose_places_are_inside(values, turned):
    drawn = [SimpleNamespace(core=Interval.point(value), zone=Interval(0, value)) for value in values]
    scale = fit(drawn).between(*((100.0, 0.0) if turned else (0.0, 100.0)))
    for value in [*values, *scale.ticks()]:
        assert -1e-6 <= scale.at(value) <= 100 + 1e-6
    assert len(scale.ticks()) < 2000


def signed(*zones: tuple[float, float, float], level: bool = False) -> Scale:
    """The scale of (bottom, number, top), from 0 to 100."""
    drawn = [SimpleNamespace(core=Interval.point(at), zone=Interval(low, high)) for low, at, high in zones]
    return fit(drawn, level=level).between(0, 100)


def test_a_fall_stands_left_of_zero_and_a_rise_right_of_it():
    scale = signed((-7.85, -7.8, -7.75), (2.95, 3, 3.05))
    assert 0 < scale.at(-7.85) < scale.at(-7.8) < scale.at(0) < scale.at(3) < 100
    assert scale.crosses_zero and not scale.log and not scale.cut
    assert scale.ticks()[0] == 0, "zero keeps its label before any other"
    assert -5 in scale.ticks(4)


def test_falls_alone_are_as_long_as_they_are_deep():
    scale = signed((-8, -8, -8), (-4, -4, -4))
    assert scale.at(0) - scale.at(-8) == 2 * (scale.at(0) - scale.at(-4))


def test_a_wide_spread_below_zero_stays_even():
    scale = signed((-1, -1, -1), (1000, 1000, 1000))
    assert not scale.log and scale.at(-1) < scale.at(0)


def test_words_that_are_true_below_zero_reach_there():
    assert signed((-1, 0, 1)).at(-1) < signed((-1, 0, 1)).at(0)


def test_an_open_end_below_zero_runs_out_of_the_picture():
    scale = signed((-math.inf, -5, -5))
    assert scale.below(-math.inf) and scale.at(-math.inf) == 0


def test_a_level_is_fitted_to_its_figures():
    scale = signed((8.365, 8.37, 8.375), (8.905, 8.91, 8.915), level=True)
    assert scale.at(8.91) - scale.at(8.37) > 80 and scale.cut
    assert all(scale.low <= tick <= scale.high for tick in scale.ticks()) and 8.6 in scale.ticks()


def test_one_level_alone_and_one_without_a_zone_have_a_place():
    assert 0 < signed((8.365, 8.37, 8.375), level=True).at(8.37) < 100
    assert 0 < signed((7, 7, math.inf), level=True).at(7) < 100
    assert 0 < signed((0, 0, 0), level=True).at(0) < 100


@given(st.lists(st.floats(min_value=-1e200, max_value=1e200), max_size=6), st.booleans())
def test_numbers_on_both_sides_of_zero_have_places_in_their_order(values, level):
    drawn = [SimpleNamespace(core=Interval.point(value), zone=Interval.point(value)) for value in values]
    scale = fit(drawn, level=level).between(0.0, 100.0)
    placed = [scale.at(value) for value in sorted(values)]
    assert placed == sorted(placed) and all(-1e-6 <= place <= 100 + 1e-6 for place in placed)
    assert len(scale.ticks()) < 2000


def test_an_axis_has_two_labels_where_two_fit() -> None:
    scale = Scale(low=-161_707.0, high=1_004_114.0, log=False, start=2.0, stop=97.0)
    labels = [label for _, label in number_ticks(scale, "")]
    assert labels == ["0", "500,000"], "one label alone tells no size"
