"""Parts and wholes, shares, means and rates of a text: own cases, right, with one slip, and left open."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tallybook.consistency import check_text
from tallybook.consistency.periods import base_of, times, times_of_work

CASES = [
    case
    for kind in ("parts", "shares", "means", "rates")
    for case in yaml.safe_load(
        (Path(__file__).parent / "cases" / f"own_{kind}.yaml").read_text(encoding="utf-8")
    )
]


def answer(text: str) -> str:
    """One answer for all checks of a text, as the program heads them."""
    found = [check.closes for check in check_text(text)]
    if not found:
        return "nothing to test"
    return "no" if False in found else "cannot tell" if None in found else "yes"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_text_closes_as_a_reader_would_say(case: dict) -> None:
    wanted = case["expect"]["closes"]
    assert answer(case["text"]) in ([wanted] if isinstance(wanted, str) else wanted)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Of the 64 bridges, 41 are sound and 33 are not.", "41 + 33 = 74, not 64 bridges."),
        ("A fifth of the 9,300 people, 2,860 of them, left.", "2,860 of 9,300 is 30.8%, not A fifth."),
        ("He has 87 goals in 116 games, an average of 1.33 a game.", "87 ÷ 116 = 0.75, not 1.33 a game."),
        ("The leak costs £5m a day, £900m a year.", "£5m a day is 1,825 million per year, not £900m a year."),
        (
            "She ran 110 miles a week for 16 weeks, logging 1,076 miles.",
            "110 per week for 16 weeks make 1,760, not 1,076 miles.",
        ),
        ("The bank shut nine of its 41 branches, leaving 23.", "41 − 9 = 32, not 23."),
    ],
)
def test_the_sum_is_told_as_a_person_would_write_it(text: str, why: str) -> None:
    assert [check.why for check in check_text(text)] == [why]


def test_the_place_of_a_check_is_its_words() -> None:
    text = "Rain fell. Of the 46 passengers on the bus, 52 were hurt."
    (check,) = check_text(text)
    assert text[check.start : check.end] == "46 passengers on the bus, 52"


def test_working_days_count_only_where_the_words_speak_of_work() -> None:
    assert answer("The mine earns £5m a day, £900m a year.") == "no"
    assert answer("The school spends £5m a day, £900m in a school year.") == "nothing to test"


@pytest.mark.parametrize(
    ("short", "long", "many"),
    [("minute", "year", {525_600.0, 525_960.0}), ("month", "year", {12.0}), ("day", "week", {7.0})],
)
def test_how_often_a_period_goes_into_another(short: str, long: str, many: set[float]) -> None:
    assert {round(way, 6) for way in times(short, long)} == many


def test_hours_of_a_day() -> None:
    assert set(times("minute", "day", hours=12)) == {720.0}
    assert 180.0 not in times_of_work("day", "year", named=False)
    assert 180.0 in times_of_work("day", "year", named=True)
    assert base_of("7 minute") == (7.0, "minute")
    assert base_of("boat") is None
