"""Dates with an hour: minutes within the first and the last day of a period."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.book.periods import day, parse_period
from tallybook.prose import period as in_words


@pytest.mark.parametrize(
    ("text", "start_minute", "end_minute", "has_hours", "spans"),
    [
        ("2025-04-03T12:00", 720, 720, True, False),
        ("2025-04-03T12", 720, 720, True, False),
        ("2025-04-03T00:00", 0, 0, True, False),
        ("2025-04-03T23:59", 1439, 1439, True, False),
        ("2025-04-03T12:00:59", 720, 720, True, False),
        (" 2025-04-03T12:00 ", 720, 720, True, False),
        ("2025-04-03T06:30/2025-04-03T18", 390, 1080, True, True),
        ("2025-04-03T06:30/2025-04-05", 390, 1439, True, True),
        ("2025-04-03/2025-04-05T18:15", 0, 1095, True, True),
        ("2025-04-03T12:00/2025-04-03T12:00", 720, 720, True, False),
        ("2025-04/2025-05-01T00:00", 0, 0, True, True),
        ("2025-04-03T12:00/..", 720, 1439, True, True),
        ("../2025-04-03T12:00", 0, 720, True, True),
        ("2025-04-03T00:00/2025-04-03T23:59", 0, 1439, False, False),
        ("2025-04-03", 0, 1439, False, False),
        ("2025-04/2025-05", 0, 1439, False, True),
    ],
)
def test_an_hour_is_a_minute_within_its_day(
    text: str, start_minute: int, end_minute: int, has_hours: bool, spans: bool
) -> None:
    period = parse_period(text)
    assert (period.start_minute, period.end_minute) == (start_minute, end_minute)
    assert (period.has_hours, period.spans) == (has_hours, spans)


def test_the_day_of_an_hour_is_its_date() -> None:
    period = parse_period("2024-02-29T12:00")
    assert {period.start, period.start_to, period.end_from, period.end} == {date(2024, 2, 29)}
    assert not day(date(2024, 2, 29)).has_hours


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2025-04-03T24:00", "from 00:00 to 23:59"),
        ("2025-04-03T12:60", "from 00:00 to 23:59"),
        ("2023-02-29T12:00", "no 29 February 2023"),
        ("0000-02-01T12:00", "no year 0000"),
        ("2025-04-03T12:00~", "write 2025-04-03~"),
        ("2025-04-03T12:00Z", "as the clocks of the place show it.*: 2025-04-03T12:00"),
        ("2025-04-03T12:00:00+02:00", "as the clocks of the place show it.*: 2025-04-03T12:00"),
        ("2025-04-03T", "not a date with an hour"),
        ("2025-04-03T1", "not a date with an hour"),
        ("2025-04-03T12:00/2025-04-03T11:59", "ends before it starts"),
        ("2025-04-03T12:00/2025-04-02", "ends before it starts"),
        ("2025-04T12:00", "Write 2024-11-12"),
    ],
)
def test_an_hour_that_is_none_is_refused(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse_period(text)


MINUTES = st.datetimes(datetime(1000, 1, 1)).map(lambda moment: moment.replace(second=0, microsecond=0))


@given(MINUTES, MINUTES)
def test_points_lie_as_many_minutes_apart_as_the_clocks_say(one: datetime, other: datetime) -> None:
    first, second = (parse_period(f"{moment:%Y-%m-%dT%H:%M}").points() for moment in (one, other))
    assert first[0] == first[1]
    assert second[0] - first[0] == (other - one).total_seconds() / 60


@given(MINUTES, MINUTES)
def test_a_period_with_hours_ends_after_it_starts(one: datetime, other: datetime) -> None:
    text = f"{one:%Y-%m-%dT%H:%M}/{other:%Y-%m-%dT%H:%M}"
    if other < one:
        with pytest.raises(ValueError, match="ends before it starts"):
            parse_period(text)
    else:
        minutes = [m.date().toordinal() * 1440 + m.hour * 60 + m.minute for m in (one, other)]
        assert parse_period(text).points() == tuple(minutes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-04-03T12:00", "3 April 2025, 12:00"),
        ("2025-04-03T09", "3 April 2025, 09:00"),
        ("2025-04-03T00:00", "3 April 2025, 00:00"),
        ("2025-04-03T12:05:59", "3 April 2025, 12:05"),
        ("2025-04-03T06:30/2025-04-03T18", "3 April 2025, 06:30 to 18:00"),
        ("2025-04-03T06:30/2025-04-03T06:30", "3 April 2025, 06:30"),
        ("2025-04-03T06:30/2025-04-04T18:00", "3 April 2025, 06:30 to 4 April 2025, 18:00"),
        ("2025-04-03T06:30/2025-04-03", "3 April 2025, 06:30 to 3 April 2025"),
        ("../2025-04-03T12:00", "up to 3 April 2025, 12:00"),
        ("2025-04-03T12:00/..", "since 3 April 2025, 12:00"),
    ],
)
def test_an_hour_is_worded_behind_its_day(text: str, words: str) -> None:
    assert in_words(parse_period(text)) == words
