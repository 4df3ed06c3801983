"""Fiscal years: twelve months from the month that the measure gives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tallybook.book.periods import parse_period
from tallybook.prose import period as in_words

WRITTEN = [
    "FY2023-24",
    "FY 2023/24",
    "FY2023–24",
    "FY2023/2024",
    "fy2023-2024",
    "2023/24",
    " 2023/24 ",
    "fiscal year 2023-24",
    "the fiscal year 2023–24",
    "financial year 2023/24",
    "fiscal 2023-24",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_every_way_to_write_a_fiscal_year_names_it_alike(text: str) -> None:
    period = parse_period(text, 4)
    assert period == parse_period("FY2023-24", first_month=4)
    assert (period.text, period.start, period.end) == ("FY2023-24", date(2023, 4, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("text", "first_month", "start", "end"),
    [
        ("FY2023-24", 7, "2023-07-01", "2024-06-30"),
        ("FY2023-24", 10, "2023-10-01", "2024-09-30"),
        ("FY2023-24", 3, "2023-03-01", "2024-02-29"),
        ("FY2022-23", 3, "2022-03-01", "2023-02-28"),
        ("FY2023-24", 12, "2023-12-01", "2024-11-30"),
        ("1999/00", 4, "1999-04-01", "2000-03-31"),
        ("FY1999-2000", 4, "1999-04-01", "2000-03-31"),
        ("2011/12", 4, "2011-04-01", "2012-03-31"),
        ("FY2021-22/FY2023-24", 4, "2021-04-01", "2024-03-31"),
        ("FY 2021/22/FY 2023/24", 4, "2021-04-01", "2024-03-31"),
        ("2021-01/FY2023-24", 4, "2021-01-01", "2024-03-31"),
        ("2022/2023", 4, "2022-01-01", "2023-12-31"),
        ("2022/2023", None, "2022-01-01", "2023-12-31"),
        ("2023", 4, "2023-01-01", "2023-12-31"),
    ],
)
def test_a_fiscal_year_is_twelve_months(text: str, first_month: int | None, start: str, end: str) -> None:
    period = parse_period(text, first_month)
    assert (period.start, period.end) == (date.fromisoformat(start), date.fromisoformat(end))


@example(1999, 3)
@given(st.integers(1000, 9000), st.integers(2, 12))
def test_fiscal_years_follow_each_other_without_a_gap(year: int, first_month: int) -> None:
    one, following = (parse_period(f"FY{y}-{(y + 1) % 100:02}", first_month) for y in (year, year + 1))
    assert one.start == date(year, first_month, 1)
    assert following.start - one.end == timedelta(days=1)
    assert one.extent() == (one.start.toordinal(),) * 2 + (one.end.toordinal(),) * 2


@pytest.mark.parametrize("text", [*WRITTEN, "../FY2023-24", "2020/FY2023-24"])
def test_without_a_first_month_a_fiscal_year_is_refused_with_both_ways_out(text: str) -> None:
    with pytest.raises(ValueError, match=r"first_month: 4.*write its months, 2023-04/2024-03"):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "first_month", "told"),
    [
        ("FY2024", 4, "FY2023-24 or FY2024-25"),
        ("FY2024", None, "FY2023-24 or FY2024-25"),
        ("fiscal year 2000", 4, "FY1999-00 or FY2000-01"),
        ("FY2024/2025", None, "first_month: 4"),
        ("FY2022/2025-03", 4, "FY2021-22 or FY2022-23"),
        ("FY24", 4, "four digits of its first year: FY2023-24"),
        ("FY23-24", 4, "four digits of its first year: FY2023-24"),
        ("2023-24", 4, "write 2023-12/2024-02.*2023-04/2024-03.*FY2023-24"),
        ("2024-25", 4, "2024-04/2025-03.*FY2024-25"),
        ("FY2023-25", 4, "write FY2023-24, or several as FY2022-23/FY2024-25"),
        ("FY2023-2025", 4, "the next one: write FY2023-24"),
        ("FY2023-23", 4, "the next one: write FY2023-24"),
        ("2022/24", 4, r"write 2022/23, or 2022/2024 for calendar years\.$"),
        ("2022/04", 4, r"write 2022/23, or 2022-04 for a month\.$"),
        ("2003/12", None, "2003/04, or 2003-12 for a month, or 2003/2012 for calendar years"),
        ("2022/23/2024/25", 4, "a fiscal year in it is FY2023-24"),
        ("FY2024", 1, "calendar year.*write 2024"),
        ("FY2023-24", 1, "calendar year.*write 2023 or 2024"),
        ("FY9999-00", 4, "out of the calendar"),
        ("FY2023-24", 0, "a month from 1 to 12, not 0"),
        ("2024", 13, "a month from 1 to 12, not 13"),
    ],
)
def test_what_may_mean_two_fiscal_years_is_refused(text: str, first_month: int | None, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse_period(text, first_month)


def test_one_text_may_mean_two_fiscal_years_of_two_measures() -> None:
    assert parse_period("FY2023-24", 4).start != parse_period("FY2023-24", 7).start


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023/24", "the fiscal year 2023–24"),
        ("FY1999-00", "the fiscal year 1999–2000"),
        ("FY2021-22/FY2023-24", "the fiscal year 2021–22 to the fiscal year 2023–24"),
        ("../FY2023-24", "up to the fiscal year 2023–24"),
        ("FY2023-24/..", "since the fiscal year 2023–24"),
        ("FY2023-24~", "about the fiscal year 2023–24"),
    ],
)
def test_a_fiscal_year_is_worded_with_its_two_years(text: str, words: str) -> None:
    assert in_words(parse_period(text, 4)) == words


@given(st.integers(1000, 9000), st.integers(2, 12))
def test_what_is_worded_can_be_typed(year: int, first_month: int) -> None:
    period = parse_period(f"FY{year}-{(year + 1) % 100:02}", first_month)
    assert parse_period(in_words(period), first_month) == period
