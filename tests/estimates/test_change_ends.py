"""Between which two points of time a change lies, in whichever way it is told."""

from __future__ import annotations

from datetime import date

import pytest

from tallybook.book import Measure, parse_period
from tallybook.estimates.change_ends import ChangeEnds, ends_as_typed, ends_between

CHANGE = Measure(id="change", kind="change", unit="percent", definition="Made up.")
AMOUNTS = {
    "stock": Measure(id="amount", kind="stock", unit="ferry", definition="Made up."),
    "count": Measure(id="amount", kind="total", cumulative=True, unit="ferry", definition="Made up."),
    "total": Measure(id="amount", kind="total", unit="ferry", definition="Made up."),
    "rate": Measure(id="amount", kind="rate", unit="ferry / day", definition="Made up."),
    "share": Measure(id="amount", kind="share", unit="fraction", definition="Made up."),
    "level": Measure(id="amount", kind="level", unit="degree Celsius", definition="Made up."),
    "noon": Measure(id="amount", kind="level", moment="noon", unit="degree Celsius", definition="Made up."),
    "": None,
}


def ends(amount: str, period: str | None, base: str | None = None, **more: object) -> ChangeEnds | None:
    measure = CHANGE.model_copy(update=more)
    times = [parse_period(text) if text else None for text in (period, base)]
    return ends_as_typed(measure, AMOUNTS[amount], *times)


@pytest.mark.parametrize(("period", "base"), [("2024-06-08", "2024-06-01"), ("2024-06-01/2024-06-08", None)])
@pytest.mark.parametrize(
    ("amount", "certain"),
    [
        ("stock", True),
        ("noon", True),
        ("level", False),
        ("count", False),
        ("", False),
        ("total", None),
        ("rate", None),
        ("share", None),
    ],
)
def test_two_days_are_the_ends_of_a_change_of_what_there_is_on_a_day(
    amount: str, certain: bool | None, period: str, base: str | None
) -> None:
    found = ends(amount, period, base)
    if certain is None:
        assert found is None
        return
    first, second = date(2024, 6, 1), date(2024, 6, 8)
    assert found == ChangeEnds((first, first), (second, second), base is not None, certain)


@pytest.mark.parametrize(
    ("amount", "period", "base", "there"),
    [
        ("stock", "2024-06", "2024-05", True),
        ("stock", "2024", "2023", True),
        ("stock", "2024-06-08", "2024-05", True),
        ("", "2024-06", "2024-05", False),
        ("", "2024", "2023", False),
        ("", "2024-06-08", "2024-05", False),
        ("stock", "2024-05/2024-06", None, False),
        ("stock", "2023/2024", None, False),
        ("stock", "2024-05/2024-06-08", None, False),
        ("", "2023/2024", None, False),
        ("stock", "2024-06-08", None, False),  # no base, and no second day
        ("stock", "2024-06", None, False),
        ("stock", None, None, False),
        ("stock", None, "2024-05", False),
        ("stock", "../2024-06-08", None, False),
        ("stock", "2024-06-08/..", None, False),
        ("stock", "2024-06-08", "../2024-05", False),
        ("stock", "2024-06-08/..", "2024-05-01", False),
        ("stock", "2024-04/2024-06", "2024-01/2024-03", False),
        ("stock", "2024-06-01/2024-06-08", "2024-05-01", False),
        ("stock", "2024-05-01", "2024-06-08", False),  # against the later day
        ("stock", "2024-06-08", "2024-06-08", False),
        ("stock", "2024-06-08", "2024-06", False),
    ],
)
def test_other_times_are_the_ends_of_a_change_only_with_a_base(
    amount: str, period: str | None, base: str | None, there: bool
) -> None:
    found = ends(amount, period, base)
    assert (found is not None) is there
    assert found is None or (found.by_base and not found.certain)


@pytest.mark.parametrize("more", [{"kind": "net"}, {"kind": "total"}, {"once": True}])
def test_only_a_change_has_two_ends(more: dict[str, object]) -> None:
    assert ends("stock", "2024-06-01/2024-06-08", **more) is None
    assert ends("stock", "2024-06-08", "2024-06-01", **more) is None


@pytest.mark.parametrize(
    ("period", "base"),
    [
        ("2024-06-01T12:00/2024-06-08", None),
        ("2024-06-01/2024-06-08T12:00", None),
        ("2024-06-08T12:00", "2024-06-01"),
        ("2024-06-08", "2024-06-01T12:00"),
    ],
)
def test_with_an_hour_nothing_is_certain(period: str, base: str | None) -> None:
    found = ends("stock", period, base)
    assert found is not None and not found.certain


def test_of_a_period_its_end_counts_as_of_a_running_count() -> None:
    found = ends_between(
        AMOUNTS["count"], parse_period("2024-01/2024-05"), parse_period("2024-01/2024-06-08")
    )
    assert found == ChangeEnds(
        (date(2024, 5, 1), date(2024, 5, 31)), (date(2024, 6, 8), date(2024, 6, 8)), False, False, True
    )
    assert ends_between(AMOUNTS["count"], parse_period("2024-01/2024-05"), parse_period("2024-05-31")) is None


@pytest.mark.parametrize(
    ("period", "base", "other", "may", "is_"),
    [
        ("2024-06-08", "2024-06-01", "2024-06-01/2024-06-08", True, True),
        ("2024-06-08", "2024-05-31", "2024-06-01/2024-06-08", False, False),
        ("2024-06-08", "2024-06-02", "2024-06-01/2024-06-08", False, False),
        ("2024-06-07", "2024-06-01", "2024-06-01/2024-06-08", False, False),
        ("2024-06-09", "2024-06-01", "2024-06-01/2024-06-08", False, False),
        ("2024-06", "2024-05", "2024-05-31/2024-06-01", True, False),
        ("2024-06", "2024-05", "2024-05-01/2024-06-30", True, False),
        ("2024-06", "2024-05", "2024-04-30/2024-06-30", False, False),
        ("2024-06", "2024-05", "2024-05-01/2024-07-01", False, False),
    ],
)
def test_two_ways_are_one_time_where_both_ends_are(
    period: str, base: str, other: str, may: bool, is_: bool
) -> None:
    one, two = ends("stock", period, base), ends("stock", other)
    assert one is not None and two is not None
    assert one.may_be(two) is two.may_be(one) is may
    assert one.is_of(two) is two.is_of(one) is is_
    assert not one.may_be(one) and not two.may_be(two)  # told in one way, their periods decide


@pytest.mark.parametrize(
    ("amount", "earlier", "later", "unknown"),
    [
        ("stock", "2024-06-01", "2024-06-08", False),
        ("stock", "2024-05", "2024-06-08", True),
        ("stock", "2024-06-01T12:00", "2024-06-08T12:00", False),
        ("stock", "2024-06-01T12:00", "2024-06-08", True),
        ("count", "2024-06-01", "2024-06-08", True),
        ("count", "2024-06-01T12:00", "2024-06-08T12:00", False),
    ],
)
def test_two_levels_of_unknown_days_or_hours(amount: str, earlier: str, later: str, unknown: bool) -> None:
    found = ends_between(AMOUNTS[amount], parse_period(earlier), parse_period(later))
    assert found is not None and found.unknown is unknown
