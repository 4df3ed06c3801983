"""Totals by their periods, growth by the time between, durations by their dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tallybook.book import Book, parse_period
from tallybook.estimates.derived import all_estimates, span_of
from tallybook.estimates.estimate import Estimate
from tallybook.quantity import DEFAULT_POLICY
from tallybook.terms import PeriodFrom, Status

Make = Callable[..., Book]
DAILY = {"kind": "rate", "unit": "loaf / day", "rate_of": "loaves"}
BAKED = {"loaves": {"kind": "total", "unit": "loaf"}, "daily": DAILY}
HELD = {"loaves": {"kind": "stock", "unit": "loaf"}, "daily": DAILY}
COUNTED = {"loaves": {"kind": "total", "unit": "loaf", "cumulative": "true"}, "daily": DAILY}


def loaves(words: str, period: str | None, **more: Any) -> dict[str, Any]:
    return {"words": words, "reference_period": period} | more


def derived(made: Book, ending: str = "") -> dict[str, Estimate]:
    return {id_: e for id_, e in all_estimates(made).items() if e.derived and id_.endswith(ending)}


def true(e: Estimate) -> tuple[float, float]:
    assert e.amount is not None
    zone = e.amount.under(DEFAULT_POLICY).true
    return zone.low, zone.high


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024-05-03/2024-05-04", (2, 2)),
        ("2024-09/2024-11", (91, 91)),
        ("2024-01/2024-02", (60, 60)),
        ("2023/2024", (731, 731)),
        ("2024-08/2024-11-01", (63, 93)),  # from any day of August
        ("2024-01-01/2024-03", (61, 91)),
        ("2023/2024-06", (154, 547)),
        ("2024-01~/2024-06", (108, 197)),  # January may be half a month off
        ("early August 2024/late August 2024", (12, 31)),
        ("2024-05-03", None),
        ("2024", None),
        ("../2024-05", None),
        ("2024-05/..", None),
    ],
)
def test_a_period_of_two_ends_has_a_length(text: str, days: tuple[float, float] | None) -> None:
    assert span_of(parse_period(text)) == days


@pytest.mark.parametrize(
    ("measures", "period", "days"),
    [
        (BAKED, "2023", (365, 365)),
        (BAKED, "2024-02", (29, 29)),
        (BAKED, "2024-02-03", (1, 1)),
        (BAKED, "2024-01/2024-02", (60, 60)),
        (BAKED, "early August 2024", None),  # it may be no day at all
        (BAKED, "../2024-02", None),
        (BAKED, "2024-02/..", None),
        (BAKED, None, None),
        # of a stock or a running count a name is a day in it, not its length
        (COUNTED, "2023", None),
        (COUNTED, "2024-01/2024-02", (60, 60)),
        (HELD, "2023", None),
    ],
)
def test_a_total_is_divided_by_the_days_of_its_period(
    book: Make, measures: dict[str, Any], period: str | None, days: tuple[float, float] | None
) -> None:
    made = derived(book(measures, [loaves("45,756 loaves", period)]), "/rate")
    if days is None:
        assert not made
    else:
        assert true(made["s0/rate"]) == pytest.approx((45_756 / days[1], 45_756 / days[0]))


def test_a_rate_is_counted_in_its_own_unit_of_time(book: Make) -> None:
    measures = BAKED | {"monthly": {"kind": "rate", "unit": "loaf / month", "rate_of": "loaves"}}
    made = all_estimates(book(measures, [loaves("45,756 loaves", "2023")]))
    assert [id_ for id_ in made if "/" in id_] == ["s0/rate"]  # the last of its name
    assert true(made["s0/rate"])[0] == pytest.approx(45_756 / 12)
    assert made["s0/rate"].formula == "45,756 ÷ 12 months (2023)"
    made = all_estimates(book(measures, [loaves("45,756 loaves", "2023-01-01/2023-02-15")]))
    assert made["s0/rate"].formula == "45,756 ÷ 1.5 months (1 January 2023 to 15 February 2023)"


def test_what_a_rate_keeps_of_its_total(book: Make) -> None:
    said = [
        loaves("1,204 loaves", "2023", part="rye", status="planned"),
        loaves("1,204 loaves", "2023", part="one year", part_in_time=True),
        loaves("1,204 loaves", "2023", scope="white"),
        loaves("1,204 loaves", "2023", scope="all"),
    ]
    scopes = {"scopes": {"all": "all of them", "white": "white bread"}}
    measures = {
        "loaves": BAKED["loaves"] | scopes,
        "daily": DAILY | {"scopes": {"every": "every loaf", "white": "white bread"}},
    }
    made = derived(book(measures, said))
    rye, year, white, every = (made[f"s{k}/rate"] for k in range(4))
    assert (rye.part, rye.status, rye.measure.id) == ("rye", Status.PLANNED, "daily")
    assert (rye.rule, rye.inputs) == ("total ÷ period", ("s0",))
    assert rye.assumptions == ("the deliveries were spread evenly over the period",)
    assert year.part is None
    assert (white.scope, every.scope) == ("white", "every")


def test_a_share_and_a_date_of_another_kind_make_no_rate(book: Make) -> None:
    said = [
        loaves("1,204 loaves", "2023"),
        loaves("half", "2023", base="s0"),
        {"words": "300 loaves", "stated": "2023-05-02"},
    ]
    made = derived(book(BAKED, said), "/rate")
    assert set(made) == {"s0/rate"}


FIRST, SECOND = loaves("1,004 loaves", "2024-01-01"), loaves("2,007 loaves", "2024-04-10")


def test_growth_is_what_came_between_by_the_days_between(book: Make) -> None:
    """1,003 in a hundred days."""
    made = derived(book(HELD, [FIRST, SECOND]))
    assert set(made) == {"s1/growth"}
    grown = made["s1/growth"]
    assert true(grown) == pytest.approx((10.03, 10.03))
    assert (grown.rule, grown.inputs, grown.measure.id) == ("growth ÷ time", ("s1", "s0"), "daily")
    assert grown.formula == "(2,007 − 1,004) ÷ 100 days (1 January 2024 to 10 April 2024)"
    period = grown.period
    assert period is not None and grown.period_from is PeriodFrom.STATED
    assert (period.text, period.start, period.end) == (
        "2024-01-01/2024-04-10", date(2024, 1, 1), date(2024, 4, 10),
    )  # fmt: skip
    assert (period.start_to, period.end_from) == (date(2024, 1, 1), date(2024, 4, 10))
    assert [e.id for e in grown.also] == ["s0"]


def test_growth_between_vague_days_spans_both_lengths(book: Make) -> None:
    said = [loaves("1,004 loaves", "2024-01"), loaves("2,007 loaves", "2024-05")]
    (grown,) = derived(book(HELD, said)).values()
    assert true(grown) == pytest.approx((1_003 / 151, 1_003 / 91))  # 31 January to 1 May, 1 January to 31 May
    assert grown.period is not None
    assert (grown.period.start, grown.period.start_to) == (date(2024, 1, 1), date(2024, 1, 31))
    assert (grown.period.end_from, grown.period.end) == (date(2024, 5, 1), date(2024, 5, 31))


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        ("2024-01-01", "2024-01-02", True),
        ("2024-01-01", "2024-01-01", False),
        ("2024-01-02T08:00", "2024-01-02T20:00", False),
        # the longest possible time may be twice the shortest, not more
        ("2024-01-02", "mid January 2024", True),  # 9 to 18 days
        ("2024-01-03", "mid January 2024", False),  # 8 to 17 days
        ("2024-01", "2024-03", False),  # 30 to 90 days
    ],
)
def test_days_that_are_one_or_vague_give_no_growth(book: Make, before: str, after: str, made: bool) -> None:
    said = [loaves("1,004 loaves", before), loaves("2,007 loaves", after)]
    assert bool(derived(book(HELD, said), "/growth")) is made


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        ("2023-08/2023-12", "2023-08/2024-06", True),
        ("2023-08/2023-12", "2023-09/2024-06", False),
        ("2023-09/2023-12", "2023-08/2024-06", False),
        ("2023-08/2023-12", "2023-08-31/2024-06", True),  # it may be the same day
        ("2023-08-31/2023-12", "2023-08/2024-06", True),
        ("2023-08/2023-12", "2023-08-01/2024-06", True),
        ("2023-08-01/2023-12", "2023-08/2024-06", True),
        ("2023-08-02/2023-12", "2023-08-01/2024-06", False),
        ("../2023-12", "2023-08/2024-06", True),
        ("2023-08/2023-12", "../2024-06", True),
        ("2023-12-31", "2023-08/2024-06", True),
        ("2023-08/2023-12", "2024-06-30", True),
    ],
)
def test_two_running_counts_begin_together(book: Make, before: str, after: str, made: bool) -> None:
    said = [loaves("1,004 loaves", before), loaves("2,007 loaves", after)]
    assert bool(derived(book(COUNTED, said), "/growth")) is made


@pytest.mark.parametrize(
    ("measures", "later", "value"),
    [
        (HELD, "704 loaves", -3.0),
        (HELD, "1,004 loaves", 0.0),
        (COUNTED, "1,004 loaves", 0.0),
        (COUNTED, "704 loaves", None),  # what only adds up cannot fall
        (COUNTED, "900 to 1,104 loaves", (-1.09, 1.005)),  # from 895 to 1,104.5
    ],
)
def test_a_running_count_does_not_fall(book: Make, measures: dict[str, Any], later: str, value: Any) -> None:
    made = derived(book(measures, [FIRST, loaves(later, "2024-04-10")]), "/growth")
    if value is None:
        assert not made
        return
    low, high = value if isinstance(value, tuple) else (value, value)
    assert true(made["s1/growth"]) == pytest.approx((low, high), abs=1e-9)


def test_growth_of_one_origin_takes_the_finer_grain_and_only_of_one(book: Make) -> None:
    """1,000 beside 2,037 is to the nearest one, of one origin."""
    said = [loaves("1,000 loaves", "2024-01-01"), loaves("2,037 loaves", "2024-04-10")]
    (grown,) = derived(book(HELD, said), "/growth").values()
    assert grown.sharp is not None
    zone = grown.sharp.under(DEFAULT_POLICY).true
    assert (zone.low, zone.high) == pytest.approx((10.365, 10.375))
    assert true(grown) == pytest.approx((9.87, 10.87))
    said[1]["origin"] = "b"
    assert not derived(book(HELD, said), "/growth")


@pytest.mark.parametrize(
    "change",
    [
        {"relays": "s0"},
        {"part": "one oven"},
        {"status": "planned"},
        {"scope": "rye"},
        {"refused": {"by": "An editor", "why": "misprint"}},
        {"reference_period": None},
        {"reference_period": None, "stated": "2024-04-10"},
        {"reference_period": "2024-04-10/.."},
        {"words": "half", "base": "s0"},
        {"origin": "b"},
        {"measure": "other"},
    ],
)
def test_only_whole_counted_and_dated_figures_of_one_series_grow(book: Make, change: dict[str, Any]) -> None:
    scopes = {"scopes": {"all": "all of them", "rye": "rye bread"}}
    measures = {**HELD, "loaves": HELD["loaves"] | scopes, "other": HELD["loaves"]}
    assert derived(book(measures, [FIRST, SECOND]), "/growth")
    assert not derived(book(measures, [FIRST, SECOND | change]), "/growth")


def test_of_one_day_the_page_nearest_to_the_count_is_taken(book: Make) -> None:
    """Primary before secondary before tertiary; the neighbours in time make a pair each."""
    said = [
        SECOND | {"words": "2,001 loaves", "kind": "tertiary"},
        SECOND | {"words": "2,002 loaves", "kind": "primary"},
        FIRST,
        SECOND | {"words": "2,003 loaves", "kind": "secondary"},
        loaves("3,004 loaves", "2024-07-01"),
    ]
    made = derived(book(HELD, said), "/growth")
    assert {e.inputs for e in made.values()} == {("s1", "s2"), ("s4", "s1")}


STAY = {"stay": {"kind": "duration", "unit": "day"}, "loaves": {"kind": "stock", "unit": "loaf"}}


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2025-06-01", "2025-08-31", (91, 91)),
        ("2025-06", "2025-08-31", (62, 91)),
        ("2025-08", "2025-08-10", (0, 9)),
        ("2025-08-10", "2025-08-10", (0, 0)),
        ("2025-08-09", "2025-08-10", (1, 1)),
        ("../2025-06", "2025-08-10", None),
        ("2025-06-01", "2025-08/..", None),
    ],
)
def test_two_dates_make_a_duration(
    book: Make, start: str, end: str, days: tuple[float, float] | None
) -> None:
    said = [{"words": "left in August", "dates": {"start": start, "end": end}}]
    made = derived(book(STAY, said))
    if days is None:
        assert not made
        return
    (stay,) = made.values()
    assert (stay.id, stay.rule, stay.inputs, stay.why_no_amount) == (
        "s0/duration",
        "end − start",
        ("s0",),
        None,
    )
    assert true(stay) == days


def test_what_gives_no_duration_hides_no_other(book: Make) -> None:
    said = [
        {"words": "1,204 loaves", "measure": "loaves"},
        {"words": "three days"},
        {"words": "left in May", "dates": {"start": "2025-06-01", "end": "2025-08/.."}},
        {"words": "left in August", "dates": {"start": "2025-06-01", "end": "2025-08-31"}},
    ]
    assert set(derived(book(STAY, said))) == {"s3/duration"}


def test_a_duration_is_in_the_unit_of_its_measure(book: Make) -> None:
    said = [{"words": "two years", "dates": {"start": "2023-01-01", "end": "2024-12-31"}}]
    (stay,) = derived(book(STAY | {"stay": {"kind": "duration", "unit": "year"}}, said)).values()
    assert true(stay) == pytest.approx((730 / 365.25, 730 / 365.25))
