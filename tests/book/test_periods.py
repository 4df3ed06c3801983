"""Dates as sources give them, as the first and last day that they can mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tallybook.book.periods import parse_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-11-12", "2024-11-12", "2024-11-12"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2023-21", "2023-03-01", "2023-05-31"),
        ("2022-24", "2022-12-01", "2023-02-28"),
        ("2024-01/2024-12-02", "2024-01-01", "2024-12-02"),
        ("early August 2025", "2025-08-01", "2025-08-10"),
        ("mid-August 2025", "2025-08-11", "2025-08-20"),
        ("late February 2024", "2024-02-21", "2024-02-29"),
        ("early Sep 2025", "2025-09-01", "2025-09-10"),
        ("early 2025", "2025-01-01", "2025-04-30"),
        ("mid-2024", "2024-05-01", "2024-08-31"),
        ("late 2023", "2023-09-01", "2023-12-31"),
        ("2025-04~", "2025-03-17", "2025-05-15"),
        ("2025-05-03~", "2025-04-30", "2025-05-06"),
        ("early August 2025/2025-12-12", "2025-08-01", "2025-12-12"),
        ("2025-04?", "2025-04-01", "2025-04-30"),
    ],
)
def test_a_date_can_mean_these_days(text: str, first: str, last: str) -> None:
    period = parse_period(text)
    assert (period.start, period.end) == (date.fromisoformat(first), date.fromisoformat(last))


def test_the_ends_of_a_period_are_vague_by_themselves() -> None:
    period = parse_period("early August 2025/2025-11")
    assert (period.start_to, period.end_from) == (date(2025, 8, 10), date(2025, 11, 1))
    assert parse_period("../2025-07").start == date.min
    assert parse_period("2025-07/..").end == date.max


@pytest.mark.parametrize(
    "text",
    ["", "/", "..", " .. ", "soon", "2024-13", "2024-02-30", "2025-02/2025-01", "2024/2025/2026",
     "early Foo 2025", "early ma 2025", "early August", "0001~", "9999~", "9999-24", "x" * 5000],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_period(text)


PLAIN = [
    "{0:%Y-%m-%d}",
    "{0:%Y-%m}",
    "{0:%Y}",
    "{0:%Y-%m-%d}/{1:%Y-%m-%d}",
    "{0:%Y-%m}/{1:%Y}",
    "{0:%Y}/{1:%Y-%m-%d}",
]


@settings(max_examples=60)
@given(st.sampled_from(PLAIN), st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1)))
def test_plain_dates_mean_what_the_grammar_of_edtf_says(form: str, one: date, other: date) -> None:
    text = form.format(*sorted((one, other)))
    ends = [parse_edtf(end) for end in text.split("/")]
    first, last = ends[0].lower_strict(), ends[-1].upper_strict()
    period = parse_period(text)
    assert (period.start, period.end) == (date(*first[:3]), date(*last[:3]))
    assert period.start_to == date(*ends[0].upper_strict()[:3]) or "/" not in text
    assert period.end_from == date(*ends[-1].lower_strict()[:3]) or "/" not in text


@settings(max_examples=60)
@example(1, 21)
@example(9998, 24)
@given(st.integers(1, 9998), st.integers(21, 24))
def test_a_season_is_that_of_edtf_and_a_winter_has_three_months(year: int, season: int) -> None:
    text = f"{year:04}-{season}"
    if season == (year + 1) % 100:
        return  # refused: it may be a year that runs over two
    period, edtf = parse_period(text), parse_edtf(text)
    assert period.start == date(*edtf.lower_strict()[:3])
    march = date(year + 1, 3, 1)
    assert period.end == (march - timedelta(1) if season == 24 else date(*edtf.upper_strict()[:3]))


@settings(max_examples=60)
@example("2024-00")
@example("2024-11-00")
@example("0000")
@given(st.from_regex(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", fullmatch=True))
def test_digits_are_a_date_to_both_or_to_neither(text: str) -> None:
    try:
        period = parse_period(text)
    except ValueError:
        return
    if text[4:] in ("-24", "-28", "-30"):
        return  # a winter, of which the grammar gives December alone
    edtf = parse_edtf(text)
    assert (period.start, period.end) == (date(*edtf.lower_strict()[:3]), date(*edtf.upper_strict()[:3]))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2023-24", "winter 2023: write 2023-12/2024-02; or a year that runs over two.*2023/2024"),
        ("2020-21", "spring 2020: write 2020-03/2020-05; or a year that runs over two.*2020/2021"),
        ("2024-25", "may mean a year that runs over two: write its months .2024-04/2025-03., or 2024/2025"),
        ("1999-00", "a year that runs over two"),
        ("2022-23/2023-24", "autumn 2022"),
        ("2023-24~", "or FY2023-24 where it is a fiscal year"),
        ("2023–24", "winter 2023: write 2023-12/2024-02.*FY2023-24"),
        ("2009–10", "October 2009: write 2009-10; or a year that runs over two.*FY2009-10"),
        ("2022-2023", "write 2022/2023, or FY2022-23"),
        ("2022–2024", r"write 2022/2024\.$"),
    ],
)
def test_two_years_in_one_are_refused_with_what_to_write(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse_period(text)


@pytest.mark.parametrize("text", ["2024-05-06x", "２０２４", "2025-0X", "2024-13"])
def test_the_grammar_prints_nothing(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="Write 2024-11-12"):
        parse_period(text)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024-02-30", "there is no 30 February 2024: that month has 29 days"),
        ("2023-02-29/2023-03", "there is no 29 February 2023: that month has 28 days"),
        ("1900-02-29", "that month has 28 days"),
        ("2024-11-00", "there is no 0 November 2024"),
        ("2024-13", "there is no month 13"),
        ("2024-00-10", "there is no month 0"),
        ("0000-05", "there is no year 0000"),
        ("0000-01", "there is no year 0000"),
    ],
)
def test_what_is_impossible_is_named(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse_period(text)
