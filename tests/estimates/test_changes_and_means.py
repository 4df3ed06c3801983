"""Two levels make a change, a total and a number make a mean: which pairs, which sign, which unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tallybook.book import Book
from tallybook.estimates.changes import STANDS_FOR_ALL
from tallybook.estimates.derived import all_estimates
from tallybook.estimates.estimate import Estimate
from tallybook.quantity import DEFAULT_POLICY
from tallybook.terms import PeriodFrom, Status

Make = Callable[..., Book]
STOCK = {"inmates": {"kind": "stock", "unit": "inmate"}}
MORE = {"kind": "change", "unit": "inmate", "change_of": "inmates"}
PER_CENT = {"kind": "change", "unit": "percent", "change_of": "inmates"}
PART = {"kind": "change", "unit": "fraction", "change_of": "inmates"}
RATE = {"inmates": {"kind": "rate", "unit": "inmate / day"}}
DAILY = {"kind": "change", "unit": "inmate / day", "change_of": "inmates"}


def inmates(words: str, period: str | None, **more: Any) -> dict[str, Any]:
    return {"words": words, "reference_period": period} | more


def derived(made: Book) -> dict[str, Estimate]:
    return {id_: e for id_, e in all_estimates(made).items() if e.derived}


def true(e: Estimate) -> tuple[float, float]:
    assert e.amount is not None
    zone = e.amount.under(DEFAULT_POLICY).true
    return zone.low, zone.high


def sharp(e: Estimate) -> tuple[float, float]:
    assert e.sharp is not None
    zone = e.sharp.under(DEFAULT_POLICY).true
    return zone.low, zone.high


FIRST, SECOND = inmates("1,204 inmates", "2023-05-01"), inmates("1,505 inmates", "2023-06-01")


def test_two_counts_make_a_change_in_units(book: Make) -> None:
    made = derived(book({**STOCK, "more": MORE}, [SECOND, FIRST]))
    assert set(made) == {"s0/change-s1"}
    change = made["s0/change-s1"]
    assert true(change) == (301, 301)
    assert change.amount is not None and change.amount.under(DEFAULT_POLICY).direction == 1
    assert (change.rule, change.inputs, change.measure.id) == ("later − earlier", ("s0", "s1"), "more")
    assert change.formula == "1,505 − 1,204 (1 May 2023 to 1 June 2023)"
    assert change.assumptions == ("both count the same thing in the same way",)
    assert (change.period_from, change.base_period) == (PeriodFrom.STATED, None)
    assert [e.id for e in change.also] == ["s1"]
    period = change.period
    assert period is not None and period.text == "2023-05-01/2023-06-01"
    assert (period.start, period.start_to) == (date(2023, 5, 1), date(2023, 5, 1))
    assert (period.end_from, period.end) == (date(2023, 6, 1), date(2023, 6, 1))


def test_a_change_between_vague_days_begins_and_ends_in_them(book: Make) -> None:
    said = [FIRST | {"reference_period": "2023-05"}, SECOND | {"reference_period": "2023-06"}]
    (change,) = derived(book({**STOCK, "more": MORE}, said)).values()
    period = change.period
    assert period is not None
    assert (period.start, period.start_to) == (date(2023, 5, 1), date(2023, 5, 31))
    assert (period.end_from, period.end) == (date(2023, 6, 1), date(2023, 6, 30))


@pytest.mark.parametrize(("unit", "times"), [("percent", 100), ("fraction", 1)])
def test_two_counts_make_a_change_in_per_cent(book: Make, unit: str, times: int) -> None:
    """1,505 is a quarter above 1,204; a count of both is exact."""
    change_of = {"kind": "change", "unit": unit, "change_of": "inmates"}
    (change,) = derived(book({**STOCK, "more": change_of}, [FIRST, SECOND])).values()
    assert true(change) == pytest.approx((0.25 * times, 0.25 * times))
    assert sharp(change) == pytest.approx((0.25 * times, 0.25 * times))
    assert change.rule == "later ÷ earlier − 1"
    assert change.formula == "1,505 ÷ 1,204 − 1 (1 May 2023 to 1 June 2023)"


def test_a_fall_has_its_direction(book: Make) -> None:
    said = [FIRST, SECOND | {"words": "602 inmates"}]
    in_units, part = derived(book({**STOCK, "more": MORE, "part": PART}, said)).values(), None
    for change in in_units:
        assert change.amount is not None
        assert change.amount.under(DEFAULT_POLICY).direction == -1
        assert change.sharp is not None and change.sharp.under(DEFAULT_POLICY).direction == -1
        part = change
    assert part is not None and true(part) == (-0.5, -0.5)


@pytest.mark.parametrize("unit", ["pound sterling", "percent"])
def test_two_sums_of_one_origin_take_the_finer_grain(book: Make, unit: str) -> None:
    """£1,200 and £1,240 of one origin are £40 apart, each to the nearest ten; of two, £1,200 is rounder."""
    rent = {"rent": {"kind": "stock", "unit": "pound sterling"},
            "more": {"kind": "change", "unit": unit, "change_of": "rent"}}  # fmt: skip
    said = [inmates("£1,200", "2023-05-01"), inmates("£1,240", "2023-06-01")]
    (change,) = derived(book(rent, said)).values()
    low, high = (1_235, 1_245), (1_195, 1_205)
    if unit == "percent":
        assert true(change) == pytest.approx((100 * (1_235 / 1_250 - 1), 100 * (1_245 / 1_150 - 1)))
        assert sharp(change) == pytest.approx((100 * (low[0] / high[1] - 1), 100 * (low[1] / high[0] - 1)))
    else:
        assert true(change) == (-15, 95)
        assert sharp(change) == (30, 50)
    said[1]["origin"] = "b"
    (other,) = derived(book(rent, said)).values()
    assert true(other) == true(change) and other.sharp is None


def test_a_change_is_in_the_unit_of_its_measure(book: Make) -> None:
    length = {
        "wall": {"kind": "stock", "unit": "mile"},
        "more": {"kind": "change", "unit": "foot", "change_of": "wall"},
    }
    said = [inmates("12.5 miles", "2023-05-01"), inmates("13.5 miles", "2023-06-01")]
    (change,) = derived(book(length, said)).values()
    assert true(change) == pytest.approx((0.9 * 5_280, 1.1 * 5_280))
    assert sharp(change) == pytest.approx((0.9 * 5_280, 1.1 * 5_280))


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        ("2023-05-01", "2023-05-02", True),
        ("2023-05-01", "2023-05-01", False),
        ("2023-05", "2023-06-01", True),
        ("2023-05", "2023-05-31", False),
        ("2023", "2024", True),
        ("2023-12-31", "2023-01/2024-01-01", True),
    ],
)
def test_a_change_of_a_stock_is_between_days_that_are_certainly_in_order(
    book: Make, before: str, after: str, made: bool
) -> None:
    said = [FIRST | {"reference_period": before}, SECOND | {"reference_period": after}]
    assert bool(derived(book({**STOCK, "more": MORE}, said))) is made


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        ("2022", "2023", True),
        ("2023", "2024", True),  # 365 and 366 days
        ("2023-01", "2023-02", True),  # 31 and 28
        ("2023-02", "2023-03", True),
        ("2023-02-01/2023-02-10", "2023-02-11/2023-02-23", True),  # 10 and 13
        ("2023-02-01/2023-02-10", "2023-02-11/2023-02-24", False),  # 10 and 14
        ("2023-02-01/2023-02-14", "2023-02-15/2023-02-24", False),
        ("2022", "2024", False),
        ("2023-01", "2023-03", False),
        ("2022", "2023-01", False),
        ("2023-01-01/2023-01-31", "2023-01-31/2023-02-28", False),
    ],
)
def test_a_change_of_a_rate_is_from_one_period_to_the_next_of_its_length(
    book: Make, before: str, after: str, made: bool
) -> None:
    said = [inmates("12 inmates a day", before), inmates("13 inmates a day", after)]
    found = derived(book({**RATE, "more": DAILY}, said))
    assert bool(found) is made
    if made:
        (change,) = found.values()
        assert true(change) == (0, 2)
        assert (str(change.period), str(change.base_period)) == (after, before)


@pytest.mark.parametrize(
    "change",
    [
        {"relays": "s0"},
        {"part": "women"},
        {"status": "planned"},
        {"refused": {"by": "An editor", "why": "misprint"}},
        {"reference_period": None},
        {"words": "half", "base": "s0"},
        {"measure": "other"},
        {"scope": "north"},
    ],
)
def test_only_whole_counted_and_dated_figures_of_one_scope_make_a_change(
    book: Make, change: dict[str, Any]
) -> None:
    counted = STOCK["inmates"] | {"scopes": {"all": "all of them", "north": "the north"}}
    measures = {"inmates": counted, "more": MORE, "other": STOCK["inmates"]}
    made = derived(book(measures, [FIRST, SECOND | change]))
    assert not [e for e in made.values() if e.measure.id == "more"]


def test_a_scope_is_kept_by_its_change(book: Make) -> None:
    counted = STOCK["inmates"] | {"scopes": {"all": "all of them", "north": "the north"}}
    measures = {"inmates": counted, "more": MORE | {"scopes": {"land": "the land", "north": "the north"}}}
    (change,) = derived(book(measures, [FIRST, SECOND])).values()
    assert change.scope == "land"
    (change,) = derived(book(measures, [FIRST | {"scope": "north"}, SECOND | {"scope": "north"}])).values()
    assert change.scope == "north"


def many(count: int) -> list[dict[str, Any]]:
    """So many counts of two origins by turns, a day each."""
    return [
        inmates(f"{1_201 + 2 * k} inmates", f"2023-{1 + k // 28:02}-{1 + k % 28:02}", origin="ab"[k % 2])
        for k in range(count)
    ]


def test_of_very_many_counts_only_neighbours_of_one_origin_make_a_change(book: Make) -> None:
    """Every two of sixty are 1,770 pairs; of 61 there are thirty and 29 neighbours."""
    measures = {**STOCK, "more": MORE}
    assert len(derived(book(measures, many(60)))) == 1_770
    assert len(derived(book(measures, many(61)))) == 59


def test_of_two_origins_every_two_counts_make_a_change(book: Make) -> None:
    """Of each origin one a day, the page nearest to the count."""
    said = [
        FIRST | {"kind": "tertiary"},
        FIRST | {"words": "1,203 inmates", "kind": "primary"},
        FIRST | {"words": "1,202 inmates", "origin": "b"},
        SECOND,
    ]
    made = derived(book({**STOCK, "more": MORE}, said))
    assert {e.inputs for e in made.values()} == {("s3", "s1"), ("s3", "s2")}


MEANS = {
    "paid": {"kind": "total", "unit": "pound sterling"},
    "claims": {"kind": "total", "unit": "claim"},
    "mean": {
        "kind": "rate", "unit": "pound sterling / claim", "mean_of": {"total": "paid", "number": "claims"},
    },
}  # fmt: skip
PAID = {"words": "£6,024", "reference_period": "2023"}
NUMBER = {"words": "12 claims", "measure": "claims", "reference_period": "2023", "origin": "b"}


def test_a_total_by_its_number_is_a_mean(book: Make) -> None:
    made = derived(book(MEANS, [PAID, NUMBER]))
    assert set(made) == {"s0/mean-s1"}
    mean = made["s0/mean-s1"]
    assert true(mean) == pytest.approx((6_023.5 / 12, 6_024.5 / 12))
    assert (mean.rule, mean.formula, mean.inputs) == ("total ÷ number", "6,024 ÷ 12", ("s0", "s1"))
    assert (mean.measure.id, mean.assumptions) == ("mean", ("the total is that of just these",))
    assert (mean.status, [e.id for e in mean.also]) == (Status.OBSERVED, ["s1"])


@pytest.mark.parametrize(
    ("day", "made"),
    [
        ("2023-01-01", True),
        ("2023-12-31", True),
        ("2022-12-31", False),
        ("2024-01-01", False),
        ("2023", True),
    ],
)
def test_a_total_by_a_stock_of_a_day_in_its_period_is_a_mean(book: Make, day: str, made: bool) -> None:
    measures = {**MEANS, "claims": {"kind": "stock", "unit": "claim"}}
    found = derived(book(measures, [PAID, NUMBER | {"reference_period": day}]))
    assert set(found) == ({"s0/mean-s1"} if made else set())
    assert all(STANDS_FOR_ALL in e.assumptions for e in found.values())


@pytest.mark.parametrize(
    ("paid", "number", "made"),
    [
        ({}, {}, True),
        ({}, {"reference_period": "2024"}, False),
        ({}, {"reference_period": "2023-01/2023-12"}, True),  # the same days
        ({}, {"words": "one claim"}, True),
        ({}, {"words": "no claims"}, False),
        ({"words": "£0"}, {"words": "no claims"}, False),
        ({"scope": "north"}, {}, False),
        ({"scope": "land"}, {}, True),
        ({}, {"scope": "north"}, False),
        ({}, {"scope": "land"}, True),
        ({"part": "fees"}, {}, False),
        ({}, {"part": "fees"}, False),
        ({"status": "planned"}, {}, False),
        ({}, {"relays": "s2"}, False),
        ({"relays": "s2"}, {}, False),
    ],
)
def test_a_mean_is_of_one_time_and_of_the_whole(
    book: Make, paid: dict[str, Any], number: dict[str, Any], made: bool
) -> None:
    measures = {
        id_: record | {"scopes": {"land": "the land", "north": "the north"}} for id_, record in MEANS.items()
    }
    other = {"words": "99 claims", "measure": "claims", "reference_period": "2001"}
    found = derived(book(measures, [PAID | paid, NUMBER | number, other]))
    assert bool(found) is made
    if made:
        assert found["s0/mean-s1"].scope == "land"


def test_a_mean_is_in_the_unit_of_its_measure(book: Make) -> None:
    measures = {
        "wall": {"kind": "total", "unit": "mile"},
        "gates": {"kind": "total", "unit": "gate"},
        "mean": {"kind": "rate", "unit": "foot / gate", "mean_of": {"total": "wall", "number": "gates"}},
    }
    said = [
        {"words": "12.5 miles", "reference_period": "2023"},
        {"words": "11 gates", "measure": "gates", "reference_period": "2023"},
    ]
    (mean,) = derived(book(measures, said)).values()
    assert true(mean) == pytest.approx((12.45 * 480, 12.55 * 480))
