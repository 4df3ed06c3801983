"""From a number to its place: even or logarithmic, with zero and open ends."""

from __future__ import annotations

import math
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

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
