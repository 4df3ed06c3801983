"""Dates as people write them, and periods as prose words them."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tallybook.book.periods import parse_period
from tallybook.prose import period as in_words
from tallybook.reading.lexicon.toml_files import load_toml

DAY_FORMS = [
    "{day} {name} {year:04}",
    "{day}. {name} {year:04}",
    "{day}th of {name} {year:04}",
    "{name} {day}, {year:04}",
    "{name} {day} {year:04}",
    "{name} {day}th, {year:04}",
    "{day:02} {short} {year:04}",
    "{day} {short}. {year:04}",
    "{short}. {day}, {year:04}",
]
MONTH_FORMS = ["{name} {year:04}", "{short} {year:04}", "{short}. {year:04}", "{name}, {year:04}"]


def written(form: str, value: date) -> str:
    name = calendar.month_name[value.month]
    return form.format(day=value.day, name=name, short=name[:3], year=value.year)


@example("{day} {name} {year:04}", date(2024, 2, 29))
@given(st.sampled_from(DAY_FORMS), st.dates())
def test_a_day_in_words_is_the_day_in_digits(form: str, value: date) -> None:
    period = parse_period(written(form, value))
    assert (period.start, period.end) == (value, value)
    assert period.extent() == parse_period(value.isoformat()).extent()


@given(st.sampled_from(MONTH_FORMS), st.dates())
def test_a_month_in_words_is_the_month_in_digits(form: str, value: date) -> None:
    period, plain = parse_period(written(form, value)), parse_period(value.isoformat()[:7])
    assert (period.start, period.end) == (plain.start, plain.end)
    assert (period.extent(), period.points()) == (plain.extent(), plain.points())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3rd May 2021", "2021-05-03", "2021-05-03"),
        ("1st of June 2021", "2021-06-01", "2021-06-01"),
        ("22ND MAY 2021", "2021-05-22", "2021-05-22"),
        ("31 December 2022", "2022-12-31", "2022-12-31"),
        ("31\u00a0December\u00a02022", "2022-12-31", "2022-12-31"),
        ("December  31,  2022", "2022-12-31", "2022-12-31"),
        ("Sept. 2022", "2022-09-01", "2022-09-30"),
        ("31. Dezember 2022", "2022-12-31", "2022-12-31"),
        ("März 2022", "2022-03-01", "2022-03-31"),
        ("Ma\u0308rz 2022", "2022-03-01", "2022-03-31"),
        ("1. Jänner 2022", "2022-01-01", "2022-01-01"),
        ("24 лютого 2022", "2022-02-24", "2022-02-24"),
        ("24 лютого 2022 року", "2022-02-24", "2022-02-24"),
        ("Листопад 2024 р.", "2024-11-01", "2024-11-30"),
        ("31 Dec 2022/2 January 2023", "2022-12-31", "2023-01-02"),
        ("March 2022/2022-05-03", "2022-03-01", "2022-05-03"),
        ("../March 2022", "0001-01-01", "2022-03-31"),
        ("March 2022~", "2022-02-14", "2022-04-15"),
        ("3 May 2022~", "2022-04-30", "2022-05-06"),
        ("March 2022?", "2022-03-01", "2022-03-31"),
        ("late Februar 2024", "2024-02-21", "2024-02-29"),
    ],
)
def test_a_date_as_people_write_it(text: str, first: str, last: str) -> None:
    period = parse_period(text)
    assert (period.start, period.end) == (date.fromisoformat(first), date.fromisoformat(last))
    assert period.text == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("31 February 2022", "there is no 31 February 2022: that month has 28 days"),
        ("February 29, 2023", "that month has 28 days"),
        ("29 February 1900", "that month has 28 days"),
        ("31. April 2022", "there is no 31 April 2022: that month has 30 days"),
        ("0 May 2022", "there is no 0 May 2022"),
        ("3 May 0000", "there is no year 0000"),
        ("3 Foo 2022", "'Foo' is not a month"),
        ("3 Ju 2022", "Write 2024-11-12"),
        ("3 May", "Write 2024-11-12"),
        ("3 May 22", "Write 2024-11-12"),
        ("3 May 2022, 12:00", "2024-11-12T15:30"),
    ],
)
def test_an_impossible_date_is_refused(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3/4/2022", "may mean 3 April 2022 or 4 March 2022: write 2022-04-03 or 2022-03-04"),
        ("03.04.2022", "may mean 3 April 2022 or 4 March 2022: write 2022-04-03 or 2022-03-04"),
        ("3-4-2022", "write 2022-04-03 or 2022-03-04"),
        ("13/4/2022", r"means 13 April 2022: write 2022-04-13\.$"),
        ("4/13/2022", r"means 13 April 2022: write 2022-04-13\.$"),
        ("3/3/2022", r"means 3 March 2022: write 2022-03-03\.$"),
        ("29/2/2023", "no such day"),
        ("13/13/2022", "no such day"),
        ("3/4/22", "the year with four digits"),
        ("3.4.2022/5.4.2022", "write 2022-04-03 or 2022-03-04"),
        ("2022/04/03", "write 2022-04-03"),
        ("2022.4.3", "write 2022-04-03"),
        ("2022/02/30", "there is no 30 February 2022"),
    ],
)
def test_digits_that_may_mean_two_days_are_refused_with_what_to_write(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse_period(text)


@pytest.mark.parametrize("language", ["en", "de", "uk"])
def test_every_month_that_the_reader_knows_is_a_month(language: str) -> None:
    months = [parse_period(f"{name} 2024").start.month for name in load_toml(language)["dates"]["months"]]
    assert set(months) == set(range(1, 13))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-11", "November 2024"),
        ("2024-11-12", "12 November 2024"),
        ("2024", "2024"),
        ("2023-21", "spring 2023"),
        ("2022-24", "winter 2022"),
        ("2025-04~", "about April 2025"),
        ("2025-04?", "2025-04?"),
        ("2025-XX", "2025-XX"),
        ("early August 2025", "early August 2025"),
        ("mid-2024", "mid-2024"),
        ("2025-05-01/2025-06", "1 May 2025 to June 2025"),
        ("../2025-07", "up to July 2025"),
        ("2025-07/..", "since July 2025"),
        ("../..", "any time"),
        ("2025-07/2025-07", "July 2025"),
        ("Mar. 2022", "March 2022"),
        ("березень 2022", "March 2022"),
        ("December 31, 2022", "31 December 2022"),
        ("31 Dec 2022/Jan 2023", "31 December 2022 to January 2023"),
        ("March 2022?", "March 2022?"),
        ("March 2022~", "about March 2022"),
    ],
)
def test_a_period_in_words(text: str, words: str) -> None:
    assert in_words(parse_period(text)) == words


@given(st.sampled_from(["{:%Y-%m-%d}", "{:%Y-%m}", "{:%Y}"]), st.dates(date(1000, 1, 1)))
def test_what_is_worded_can_be_typed(form: str, value: date) -> None:
    period = parse_period(form.format(value))
    typed = parse_period(in_words(period))
    assert (typed.start, typed.end) == (period.start, period.end)
    assert in_words(typed) == in_words(period)
