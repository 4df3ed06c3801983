"""The base of a rate, and a number with its unit, as a person says them."""

import pytest

from tallybook.prose import amount, difference, in_words, per_words, unit_words
from tallybook.quantity import Interval, Quantity


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("month", "a month"),
        ("7 minute", "every 7 minutes"),
        ("1000 birth", "per 1,000 births"),
        ("100000 person", "per 100,000 people"),
        ("100,000 person", "per 100,000 people"),
        ("", ""),
    ],
)
def test_a_base_with_its_number_is_english(base: str, said: str) -> None:
    assert per_words(base) == said
    assert unit_words(f"death / {base}") == f"deaths {said}".rstrip()


def test_one_every_some_minutes() -> None:
    assert in_words(Quantity(low=1, high=1, unit="person", per="7 minute")) == "1 person every 7 minutes"


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (206, 206, "death", "206 deaths"),
        (1, 1, "death", "1 death"),
        (1, 2, "death", "1–2 deaths"),
        (0.34, 0.34, "fraction", "34%"),
        (1, 1, "death / 7 minute", "1 death every 7 minutes"),
    ],
)
def test_an_amount_has_its_unit(low: float, high: float, unit: str, said: str) -> None:
    assert amount(Interval(low, high), unit) == said


def test_a_difference_of_decimals_is_as_they_are_printed() -> None:
    assert difference(41.2, 41.4, "degree Celsius", absolute=False, counts=False) == "0.2 more"


@pytest.mark.parametrize(
    ("claim", "estimate", "said"),
    [
        (-21, -12.4, "8.6 percentage points apart"),
        (-21, 1, "22 percentage points above"),
        (21, 12.4, "8.6 percentage points below"),
    ],
)
def test_points_between_two_falls_are_apart(claim: float, estimate: float, said: str) -> None:
    assert difference(claim, estimate, "percent", absolute=True, counts=False) == said


@pytest.mark.parametrize(
    ("claim", "estimate", "said"),
    [
        (-1930, -193, "1/10 of the fall"),
        (-100, -88, "a fall 12% smaller"),
        (-100, -250, "a fall 2.5 times as large"),
        (-1000, -1001, "a slightly larger fall"),
        (-2000, 1963, "3,963 apart"),
        (100, -20, "120 apart"),
        (-3, 0, "3 more"),
    ],
)
def test_a_fall_beside_a_fall_or_a_rise_is_worded_as_one(claim: float, estimate: float, said: str) -> None:
    assert difference(claim, estimate, "person", absolute=False, counts=True) == said
