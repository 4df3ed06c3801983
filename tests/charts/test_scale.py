"""From a number to its place: even or logarithmic, with zero and open ends."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.charts.labels import figure_words, in_quotes, number, unit_words
from tallybook.charts.scale import fit


def test_an_even_scale_starts_at_zero():
    scale = fit([10000, 15000], [], 0, 100)
    assert not scale.log and scale.at(0) == 0


def test_a_spread_above_twenty_is_logarithmic():
    assert not fit([10, 200], [], 0, 100).log
    assert fit([10, 201], [], 0, 100).log


def test_zero_has_its_own_place_on_a_logarithmic_scale():
    scale = fit([0, 10, 1000], [], 0, 100)
    assert scale.at(0) == 0 < scale.at(10) < scale.at(1000)
    assert not scale.below(0)
    assert fit([10, 1000], [], 0, 100).below(0), (
        "without a zero to show, a zone down to 0 runs out of the picture"
    )


def test_an_end_that_is_open_or_far_off_runs_out_of_the_picture():
    scale = fit([100], [math.inf, 1e9], 0, 100)
    assert scale.above(math.inf) and scale.above(1e9) and scale.at(math.inf) == 100


@given(st.lists(st.one_of(st.floats(allow_nan=True, allow_infinity=True)), max_size=6), st.booleans())
def test_any_numbers_give_a_scale_whose_places_are_inside(values, turned):
    ends = (100.0, 0.0) if turned else (0.0, 100.0)
    usable = [value for value in values if not 0 < value < 1e-200 and value < 1e200]
    scale = fit(usable, usable, *ends)
    for value in [*filter(math.isfinite, usable), *scale.ticks()]:
        assert -1e-6 <= scale.at(value) <= 100 + 1e-6
    assert len(scale.ticks()) < 2000


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (10000, "soldier", "10,000"), (3.5e6, "shell", "3.5 million"), (0.4, "fraction", "40%"),
        (91.3125, "day", "91.3"), (0, "shell", "0"), (0.0625, "km", "0.0625"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_a_newspaper_would(value, unit, words):
    assert number(value, unit) == words


def test_a_range_names_its_magnitude_once():
    assert figure_words(4e6, 6e6, "range") == "4 to 6 million"
    assert figure_words(900_000, 2e6, "range") == "900,000 to 2 million"
    assert figure_words(10000, 10000, "over") == "over 10,000"


def test_units_are_written_in_the_plural():
    assert unit_words("shell / month") == "shells a month"
    assert unit_words("casualty") == "casualties"


def test_quotation_marks_inside_words_do_not_double():
    assert in_quotes("as many as “200 shells") == "“as many as 200 shells”"
    assert in_quotes("the “mere” nine") == "“the ‘mere’ nine”"
