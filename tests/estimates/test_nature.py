"""How bare numbers behave follows from the kind of a measure and from its unit."""

from __future__ import annotations

import pytest

from tallybook.book import Measure
from tallybook.estimates.nature import SHARE, Nature, as_shown, nature_of
from tallybook.prose import units_of_last_digit
from tallybook.quantity import INFINITY, Interval
from tallybook.terms import Kind

BELOW = -INFINITY
COUNT, PLAIN, MONEY = Nature(), Nature(count=False), Nature(count=False, money=True)
TABLE = [
    # what is counted is exact, and never below zero
    (Kind.STOCK, "inmate", COUNT),
    (Kind.TOTAL, "death", COUNT),
    # a unit of measurement, and a number of anything per something, is continuous
    (Kind.TOTAL, "mile", PLAIN),
    (Kind.STOCK, "tonne", PLAIN),
    (Kind.DURATION, "day", PLAIN),
    (Kind.DURATION, "parliamentary term", PLAIN),
    (Kind.RATE, "death / day", PLAIN),
    (Kind.RATE, "death", PLAIN),
    (Kind.TOTAL, "person / household", PLAIN),
    (Kind.STOCK, "percent", PLAIN),
    (Kind.STOCK, "fraction", PLAIN),
    (Kind.STOCK, "percentage point", PLAIN),
    # money
    (Kind.TOTAL, "pound sterling", MONEY),
    (Kind.RATE, "pound sterling / flat", MONEY),
    # a balance may lie below zero; a count of things may not
    (Kind.STOCK, "pound sterling", Nature(count=False, money=True, floor=BELOW)),
    (Kind.STOCK, "pound sterling / flat", Nature(count=False, money=True, floor=BELOW)),
    # a share ends at the whole
    (Kind.SHARE, "fraction", Nature(count=False, whole=True)),
    (Kind.SHARE, "percent", Nature(count=False, whole=True)),
    (Kind.SHARE, "death", Nature(count=False, whole=True)),
    # a level is a point on a scale, and has no end
    (Kind.LEVEL, "degree Celsius", Nature(count=False, level=True, floor=BELOW)),
    (Kind.LEVEL, "point", Nature(count=False, level=True, floor=BELOW)),
    # a change and a balance of what came and went have a direction; so has a rate in percent, as growth has
    (Kind.CHANGE, "person", Nature(signed=True, change=True, floor=BELOW)),
    (Kind.CHANGE, "percent", Nature(count=False, signed=True, change=True, floor=BELOW)),
    (Kind.CHANGE, "death / day", Nature(count=False, signed=True, change=True, floor=BELOW)),
    (Kind.NET, "person", Nature(signed=True, floor=BELOW)),
    (Kind.NET, "dollar", Nature(count=False, money=True, signed=True, floor=BELOW)),
    (Kind.RATE, "percent", Nature(count=False, signed=True, floor=BELOW)),
    (Kind.RATE, "fraction", Nature(count=False, signed=True, floor=BELOW)),
    (Kind.RATE, "percent / year", Nature(count=False, signed=True, floor=BELOW)),
]


@pytest.mark.parametrize(("kind", "unit", "nature"), TABLE)
def test_kind_and_unit_decide(kind: Kind, unit: str, nature: Nature) -> None:
    assert nature_of(Measure(id="m", kind=kind, unit=unit, definition="Made up.")) == nature


@pytest.mark.parametrize(
    ("nature", "forgiven"), [(COUNT, True), (MONEY, True), (PLAIN, False), (SHARE, False)]
)
def test_half_a_percent_is_forgiven_of_counts_and_of_money(nature: Nature, forgiven: bool) -> None:
    assert nature.forgiven is forgiven


@pytest.mark.parametrize(
    ("unit", "top"),
    [("percent", 100.0), ("fraction", 1.0), (None, 1.0), ("death", INFINITY), ("percentage point", INFINITY)],
)
def test_a_share_ends_at_the_whole_in_the_unit_of_its_words(unit: str | None, top: float) -> None:
    assert Nature(whole=True).top(unit) == top
    assert Nature().top(unit) == INFINITY


def test_a_share_of_another_figure_is_a_plain_number() -> None:
    assert (
        Nature(count=False, money=False, level=False, signed=False, change=False, whole=False, floor=0.0)
        == SHARE
    )


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        (Interval(9, 13.5), Interval(9, 13)),
        (Interval(28.5, 31.5), Interval(29, 31)),
        (Interval(-31.5, -28.5), Interval(-31, -29)),
        (Interval(9, INFINITY, True), Interval(9, INFINITY, True)),
        (Interval(9.5, INFINITY, True), Interval(10, INFINITY)),
        (Interval(0, 4.5, False, True), Interval(0, 4)),
        (Interval(0, 4, False, True), Interval(0, 4, False, True)),
        (Interval(BELOW, 4.5), Interval(BELOW, 4)),
        (Interval(1150.5, 1150.5), Interval(1150.5, 1150.5)),  # no whole number is in it
        (Interval(9, 9), Interval(9, 9)),
    ],
)
def test_a_count_is_shown_in_the_whole_numbers_that_lie_in_its_zone(zone: Interval, shown: Interval) -> None:
    count = Measure(id="dead", kind=Kind.TOTAL, unit="death", definition="Made up.")
    assert as_shown(zone, count) == shown


@pytest.mark.parametrize(
    ("kind", "unit"),
    [
        (Kind.TOTAL, "mile"), (Kind.TOTAL, "pound sterling"), (Kind.RATE, "death / day"),
        (Kind.SHARE, "fraction"), (Kind.LEVEL, "degree Celsius"), (Kind.CHANGE, "percent"),
    ],
)  # fmt: skip
def test_what_is_no_count_is_shown_as_it_is(kind: Kind, unit: str) -> None:
    measure = Measure(id="it", kind=kind, unit=unit, definition="Made up.")
    assert as_shown(Interval(9, 13.5), measure) == Interval(9, 13.5)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "1 unit of the last digit"),
        (5.0, "5 units of the last digit"),
        (4.25, "4.2 units of the last digit"),
    ],
)
def test_a_width_in_grains_is_told_in_plain_words(value: float, words: str) -> None:
    assert units_of_last_digit(value) == words
