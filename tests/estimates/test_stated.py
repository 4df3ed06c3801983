"""A statement as an estimate: its time, when it was out, its words, and why it has no number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tallybook.book import Book, parse_period
from tallybook.book.periods import until
from tallybook.estimates.estimate import Estimate, stated_estimates
from tallybook.terms import PeriodFrom, Status

Make = Callable[..., Book]
MEASURES = {
    "loaves": {"kind": "total", "unit": "loaf", "first_month": 4},
    "more": {"kind": "change", "unit": "loaf", "first_month": 4},
    "stay": {"kind": "duration", "unit": "day"},
    "opened": {"kind": "date", "unit": "day"},
}


def one(book: Make, *said: dict[str, Any]) -> Estimate:
    return list(stated_estimates(book(MEASURES, list(said))).values())[-1]


@pytest.mark.parametrize(
    ("given", "period", "period_from", "out_by"),
    [
        ({"reference_period": "2024-05"}, parse_period("2024-05"), PeriodFrom.STATED, date(2025, 6, 1)),
        ({"reference_period": "FY2023-24"}, parse_period("FY2023-24", 4), PeriodFrom.STATED,
         date(2025, 6, 1)),
        ({"stated": "2024-05"}, until(date(2024, 5, 31)), PeriodFrom.SAID, date(2025, 6, 1)),
        ({}, until(date(2025, 6, 1)), PeriodFrom.PUBLISHED, date(2025, 6, 1)),
        ({"published": "2025-06"}, until(date(2025, 6, 30)), PeriodFrom.PUBLISHED, date(2025, 6, 30)),
        ({"published": None}, None, PeriodFrom.UNKNOWN, None),
        ({"published": None, "stated": "2024-05"}, until(date(2024, 5, 31)), PeriodFrom.SAID,
         date(2024, 5, 31)),
        ({"published_is": "unreliable"}, None, PeriodFrom.UNKNOWN, None),
        ({"published_is": "unreliable", "stated": "2024-05-02"}, until(date(2024, 5, 2)), PeriodFrom.SAID,
         date(2024, 5, 2)),
    ],
)  # fmt: skip
def test_the_time_of_a_figure_is_typed_or_no_later_than_it_was_said(
    book: Make, given: dict[str, Any], period: Any, period_from: PeriodFrom, out_by: date | None
) -> None:
    made = one(book, {"words": "nine loaves"} | given)
    assert (made.period, made.period_from, made.out_by) == (period, period_from, out_by)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"words": "nine loaves"}, None),
        ({"words": "half", "base": "s0"}, "a share or change of “9 loaves”"),
        ({"words": "left in May", "measure": "stay", "dates": {"start": "2024-01-02", "end": "2024-05-05"}},
         "dates, not a number"),
        ({"words": "opened in May 2024", "measure": "opened", "reference_period": "2024-05"}, "a date"),
    ],
)  # fmt: skip
def test_a_figure_without_a_number_of_its_measure_says_why(
    book: Make, given: dict[str, Any], why: str | None
) -> None:
    made = one(book, {"words": "9 loaves"}, given)
    assert made.why_no_amount == why
    assert (made.amount is None) is (why is not None)
    assert not made.derived


def test_what_a_statement_says_of_its_figure_is_kept(book: Make) -> None:
    scopes = {"scopes": {"all": "all of them", "rye": "rye bread"}}
    measures = {"more": MEASURES["more"] | scopes}
    said = {
        "words": "nine more loaves", "base_period": "FY2022-23", "status": "planned", "part": "one oven",
        "origins": ["a", "b"],
    }  # fmt: skip
    made = list(stated_estimates(book(measures, [said, said | {"scope": "rye"}])).values())
    assert made[0].base_period == parse_period("FY2022-23", 4)
    assert (made[0].status, made[0].part, made[0].scope, made[1].scope) == (
        Status.PLANNED, "one oven", "all", "rye",
    )  # fmt: skip
    assert made[0].origin.id == "a+b"
    assert one(book, {"words": "nine loaves"}).base_period is None


def test_what_is_derived_is_made_of_its_parts_and_has_the_words_of_its_page(book: Make) -> None:
    said = [
        {"words": "nine loaves", "page": "x", "published": "2024-01-05"},
        {"words": "12 loaves", "page": "x"},
        {"words": "nine loaves", "page": "x"},
        {"words": "3 loaves", "page": "y", "published": "2024-02-05"},
        {"words": "4 loaves", "page": "z", "published": None},
    ]
    nine, twelve, again, three, four = stated_estimates(book(MEASURES, said)).values()
    inner = replace(twelve, formula="made", also=(three,))
    outer = replace(nine, formula="made", also=(inner, again))
    assert outer.derived
    assert outer.words == "nine loaves … 12 loaves"
    assert [e.out_by for e in (nine, three, four)] == [date(2024, 1, 5), date(2024, 2, 5), None]
    assert list(outer.made_of()) == [outer, inner, three, again]
