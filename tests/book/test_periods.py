"""Dates as sources give them, as the first and last day that they can mean."""

from __future__ import annotations

from datetime import date

import pytest

from tallybook.book.periods import parse_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-11-12", "2024-11-12", "2024-11-12"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2023-23", "2023-09-01", "2023-11-30"),
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
    ["", "/", "soon", "2024-13", "2024-02-30", "2025-02/2025-01", "2024/2025/2026", "early Foo 2025",
     "early ma 2025", "early August", "0001~", "9999~", "x" * 5000],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_period(text)
