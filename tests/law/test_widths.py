"""The widths that words do not state are those of section 1 of the law, with and without a project's own."""

from dataclasses import asdict

from tallybook.book.records import PolicyRecord
from tallybook.quantity import Policy

OF_THE_LAW = {
    "about": 0.10,
    "grains": 5.0,
    "overshoot": 1.5,
    "rounding_cap": 0.05,
    "fraction": 0.10,
    "same": 0.005,
    "window_days": 31,
    "tolerance": 0.0,
}


def test_the_widths_are_those_of_the_law() -> None:
    assert asdict(Policy()) == OF_THE_LAW
    assert PolicyRecord().model_dump() == OF_THE_LAW
