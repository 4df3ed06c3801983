"""What a date lets a period be, from its earliest start to its latest end, and a point of time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.book.periods import AFTER_ALL, BEFORE_ALL, day, parse_period, until


def ordinals(*texts: str) -> tuple[int, ...]:
    open_ends = {"-": BEFORE_ALL, "+": AFTER_ALL}
    return tuple(open_ends.get(text) or date.fromisoformat(text).toordinal() for text in texts)


def minutes(text: str) -> int:
    """ "2025-04-03 12:00", "-" and "+"."""
    day_text, _, clock = text.partition(" ")
    hours, _, rest = clock.partition(":")
    return ordinals(day_text)[0] * 1440 + int(hours or 0) * 60 + int(rest or 0)


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-29",
        "2024-02-29T12:00",
        "2024-02",
        "February 2024",
        "2024",
        "FY2023-24",
        "2024-09/2024-11",
        "2024-09/Nov 2024",
        "2024-09/2024-09",
        "2023/2024",
        "FY2021-22/FY2023-24",
        "2024-02-10/2024-02-29",
        "10 Feb. 2024/2024-02-29",
        "2024-02-10T12:00/2024-02-10T18:00",
        "2024-02-10T12:00/2024-02-11",
    ],
)
def test_a_name_and_two_of_one_precision_are_whole(text: str) -> None:
    period = parse_period(text, 4)
    start, end = period.start.toordinal(), period.end.toordinal()
    assert period.extent() == (start, start, end, end)


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("2024-08/2024-11-01", ("2024-08-01", "2024-08-31", "2024-11-01", "2024-11-01")),
        ("2024-08-05/2024-11", ("2024-08-05", "2024-08-05", "2024-11-01", "2024-11-30")),
        ("2024-08-05T12:00/2024-11", ("2024-08-05", "2024-08-05", "2024-11-01", "2024-11-30")),
        ("2023/2024-05", ("2023-01-01", "2023-12-31", "2024-05-01", "2024-05-31")),
        ("FY2022-23/2024", ("2022-04-01", "2023-03-31", "2024-01-01", "2024-12-31")),
        ("early August 2025/2025-11", ("2025-08-01", "2025-08-10", "2025-11-01", "2025-11-30")),
        # the start is never after the end
        ("2024-04/2024-04-03", ("2024-04-01", "2024-04-03", "2024-04-03", "2024-04-03")),
        ("2024-04-20/2024-04", ("2024-04-20", "2024-04-20", "2024-04-20", "2024-04-30")),
        ("2024/2024-02", ("2024-01-01", "2024-02-29", "2024-02-01", "2024-02-29")),
        # any part of what is vague
        ("2025-04~", ("2025-03-17", "2025-05-15", "2025-03-17", "2025-05-15")),
        ("2025-04%", ("2025-03-17", "2025-05-15", "2025-03-17", "2025-05-15")),
        ("2025-05-03~", ("2025-04-30", "2025-05-06", "2025-04-30", "2025-05-06")),
        ("2025-04?", ("2025-04-01", "2025-04-30", "2025-04-01", "2025-04-30")),
        ("March 2022?", ("2022-03-01", "2022-03-31", "2022-03-01", "2022-03-31")),
        ("2025-XX", ("2025-01-01", "2025-12-31", "2025-01-01", "2025-12-31")),
        ("early 2025", ("2025-01-01", "2025-04-30", "2025-01-01", "2025-04-30")),
        ("late February 2024", ("2024-02-21", "2024-02-29", "2024-02-21", "2024-02-29")),
        ("2023-21", ("2023-03-01", "2023-05-31", "2023-03-01", "2023-05-31")),
        ("2025-04~/2025-06", ("2025-03-17", "2025-05-15", "2025-06-01", "2025-06-30")),
        ("2025-04~/2025-05~", ("2025-03-17", "2025-05-15", "2025-04-16", "2025-06-15")),
        # open ends
        ("../2025-07", ("-", "2025-07-01", "2025-07-01", "2025-07-31")),
        ("../2025-07-04", ("-", "2025-07-04", "2025-07-04", "2025-07-04")),
        ("2025-07/..", ("2025-07-01", "2025-07-31", "2025-07-31", "+")),
        ("2025-07-04/..", ("2025-07-04", "2025-07-04", "2025-07-04", "+")),
        ("../..", ("-", "+", "-", "+")),
    ],
)  # fmt: skip
def test_what_is_vague_may_start_and_end_on_any_of_its_days(text: str, extent: tuple[str, ...]) -> None:
    assert parse_period(text, 4).extent() == ordinals(*extent)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-04-03", "2025-04-03 00:00", "2025-04-03 23:59"),
        ("2025-04-03T12:00", "2025-04-03 12:00", "2025-04-03 12:00"),
        ("2024-02", "2024-02-01 00:00", "2024-02-29 23:59"),
        ("FY2023-24", "2023-04-01 00:00", "2024-03-31 23:59"),
        ("2025-04~", "2025-03-17 00:00", "2025-05-15 23:59"),
        # of a/b a day somewhere in it
        ("2024-09/2024-11", "2024-09-01 00:00", "2024-11-30 23:59"),
        ("2024-09/2024-11-05", "2024-09-01 00:00", "2024-11-05 23:59"),
        ("2024-09/2024-11-05T06:00", "2024-09-01 00:00", "2024-11-05 06:00"),
        ("2024-09/2024-11-05T23:59", "2024-09-01 00:00", "2024-11-05 23:59"),
        ("2024-11-05T06:00/2024-11-05", "2024-11-05 06:00", "2024-11-05 23:59"),
        ("2024-04-20/2024-04", "2024-04-20 00:00", "2024-04-30 23:59"),
        ("2025-04/2025-06~", "2025-04-01 00:00", "2025-07-15 23:59"),
        # open ends
        ("../2025-07", "2025-07-01 00:00", "2025-07-31 23:59"),
        ("../2025-07-04T12:00", "2025-07-04 12:00", "2025-07-04 12:00"),
        ("2025-07/..", "2025-07-01 00:00", "+"),
        ("2025-07-04T12:00/..", "2025-07-04 12:00", "+"),
        ("../..", "-", "+"),
    ],
)
def test_a_point_lies_in_these_minutes(text: str, first: str, last: str) -> None:
    assert parse_period(text, 4).points() == (minutes(first), minutes(last))


def test_shortcuts_are_what_they_say() -> None:
    value = date(2025, 7, 4)
    ordinal = value.toordinal()
    assert day(value).extent() == (ordinal,) * 4
    assert until(value).extent() == (BEFORE_ALL, ordinal, BEFORE_ALL, ordinal)
    assert until(value).points() == (BEFORE_ALL * 1440, ordinal * 1440 + 1439)


def test_open_ends_lie_outside_every_calendar_and_overflow_nothing() -> None:
    assert date.min.toordinal() - BEFORE_ALL > 10**6 and AFTER_ALL - date.max.toordinal() > 10**6
    assert AFTER_ALL - BEFORE_ALL < 2**31 and (AFTER_ALL - BEFORE_ALL) * 1440 < 2**63


ENDS = st.one_of(
    st.dates(date(1000, 1, 1), date(9000, 1, 1)).flatmap(
        lambda value: st.sampled_from(
            [
                f"{value:%Y-%m-%d}",
                f"{value:%Y-%m}",
                f"{value:%Y}",
                f"{value:%Y-%m-%d}T07:30",
                f"{value:%Y-%m}~",
                f"{value:%Y}-22",
                f"early {value:%Y}",
                f"{value.day} May {value.year}",
                f"FY{value.year}-{(value.year + 1) % 100:02}",
            ]
        )
    ),
    st.just(".."),
)


@given(ENDS, st.none() | ENDS)
def test_of_every_period_the_ends_are_in_order(first: str, last: str | None) -> None:
    try:
        period = parse_period(first if last is None else f"{first}/{last}", 4)
    except ValueError:
        return
    start, start_to, end_from, end = period.extent()
    assert start <= start_to <= end and start <= end_from <= end
    assert start in (period.start.toordinal(), BEFORE_ALL) and end in (period.end.toordinal(), AFTER_ALL)
    earliest, latest = period.points()
    assert start * 1440 <= earliest <= latest < (end + 1) * 1440
