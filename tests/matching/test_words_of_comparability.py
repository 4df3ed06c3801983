"""Why two figures cannot be compared, and what their dates, part and scope do: the words that are chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook.matching.comparability import Comparability, what_opens
from tallybook.matching.pair import Pair
from tallybook.quantity import INFINITY, Interval
from tallybook.tables.case import Case
from tallybook.terms import Reason

Make = Callable[..., Case]
Given = dict[str, Any]
WHEN = "reference_period"
TOTAL: Given = {"kind": "total", "once": False}
COUNT: Given = {"kind": "total", "cumulative": True}
STOCK: Given = {"kind": "stock"}
MEASURES: list[Given] = [
    {"id": "shelf", "kind": "stock", "unit": "loaf", "window_days": 10, "definition": "On the shelf."},
    {"id": "sold-once", "kind": "total", "once": True, "unit": "loaf", "definition": "Sold.",
     "scopes": {"all": "all loaves", "rye": "rye loaves"},
     "inside": {"rye": {"of": "all", "because": "Rye is bread."}}},
    {"id": "growth", "kind": "change", "unit": "fraction", "definition": "Of the bakery."},
    {"id": "mean", "kind": "rate", "unit": "loaf / month", "definition": "A month."},
]  # fmt: skip
NEWER = {"words": "ten loaves", "origin": "b", "published": "2025-06-03"}


def pairs_of(make: Make, said: list[Given], claim: Given, **more: Any) -> list[Pair]:
    return make(said, [claim], measures=MEASURES, **more).comparison().pairs["c0"]


@pytest.mark.parametrize(
    ("said", "claim", "more", "failed", "told", "would"),
    [
        ([{"refused": {"by": "Ann", "why": "a typo"}}], {}, {}, "refused", "refused by Ann: a typo", None),
        (
            [{"words": "18 loaves", WHEN: "2024", "refused": {"by": "Ann", "why": "a typo"}}],
            {"measure": "monthly", "words": "2 loaves a month", WHEN: "2024"},
            TOTAL,
            "refused",
            "refused by Ann: a typo",
            None,
        ),
        ([{"status": "planned"}], {}, {}, "other status", "it was planned, not counted", "agrees"),
        (
            [{"status": "planned"}],
            {"status": "forecast"},
            {},
            "other status",
            "the claim: it was forecast, not counted; the figure: it was planned, not counted",
            "agrees",
        ),
        (
            [{WHEN: "2025-05", "words": "40 loaves"}],
            {"status": "forecast", WHEN: "2025-05"},
            TOTAL,
            "outcome",
            "it is what came of it; of the claim, it was forecast, not counted",
            "differs",
        ),
        (
            [{"part": "x"}],
            {"part": "y"},
            {},
            "part",
            "the claim is of a part (y), the figure of another part: x",
            "agrees",
        ),
        (
            [{"part": "x", "measure": "mean", "words": "9 loaves a month", WHEN: "2024"}],
            {"measure": "mean", "words": "9 loaves a month", WHEN: "2024"},
            {},
            "part",
            "it is a part, not the whole: x",
            "agrees",
        ),
        (
            [{"measure": "mean", "words": "9 loaves a month", WHEN: "2024"}],
            {"part": "x", "measure": "mean", "words": "9 loaves a month", WHEN: "2024"},
            {},
            "part",
            "the claim is of a part (x), the figure of the whole",
            "agrees",
        ),
        ([{"scope": "rye"}], {}, {}, "other scope", "other scope: rye loaves", "agrees"),
        ([{}], {"scope": "rye"}, {}, "other scope", "other scope: all loaves", "agrees"),
        (
            [{"words": "half", "base": "s1"}, {"words": "18 loaves"}],
            {},
            {},
            "no number",
            "it gives a share or change of “18 loaves”",
            None,
        ),
        (
            [{"superseded_by": "s1", "origin": "b"}, NEWER],
            {},
            {},
            "superseded",
            "superseded: the same origin now says “ten loaves” (up to 3 June 2025)",
            "agrees",
        ),
        (
            [{"superseded_by": "s1", "origin": "b"}, {**NEWER, "published_is": "unreliable"}],
            {},
            {},
            "superseded",
            "superseded: the same origin now says “ten loaves”",
            "agrees",
        ),
        (
            [{WHEN: "2025-04-03", "words": "14 loaves"}, {WHEN: "2025-04-06", "words": "12 loaves"}],
            {WHEN: "2025-04-10"},
            COUNT,
            "lowered since",
            "its own origin later lowered it to “12 loaves” (6 April 2025)",
            "differs",
        ),
        (
            [{WHEN: "2023"}],
            {WHEN: "2024"},
            TOTAL,
            "other time",
            "other time: it is about 2023, the claim is about 2024",
            "agrees",
        ),
        (
            [{}],
            {WHEN: "2026"},
            TOTAL | {"article": {"published": "2027-01-01"}},
            "other time",
            "other time: it is about 1 June 2025, the claim is about 2026",
            "agrees",
        ),
        (
            [{"stated": "2025-05-20"}],
            {WHEN: "2025-06"},
            TOTAL,
            "other time",
            "other time: it is about 20 May 2025, the claim is about June 2025",
            "agrees",
        ),
        (
            [{WHEN: "2025-08", "published": "2025-09-01"}],
            {},
            TOTAL,
            "other time",
            "other time: it is about August 2025, the claim is about 30 June 2025",
            "agrees",
        ),
        (
            [{"words": "24 loaves", WHEN: "2023"}],
            {"measure": "monthly", "words": "2 loaves a month", WHEN: "2024"},
            TOTAL,
            "other time",
            "other time: it averages 2023, the claim is about 2024",
            "agrees",
        ),
        (
            [{"measure": "growth", "words": "grew by 3%", WHEN: "2024", "base_period": "2022"}],
            {"measure": "growth", "words": "grew by 3%", WHEN: "2024", "base_period": "2023"},
            {},
            "other time",
            "other time: it is measured against 2022, not 2023",
            "agrees",
        ),
        (
            [{"measure": "growth", "words": "grew by 3%", WHEN: "2023", "base_period": "2022"}],
            {"measure": "growth", "words": "grew by 3%", WHEN: "2024", "base_period": "2022"},
            {},
            "other time",
            "other time: it is about 2023, the claim is about 2024",
            "agrees",
        ),
        (
            [{"measure": "growth", "words": "grew by 3%", WHEN: "2023", "base_period": "2022"}],
            {"measure": "growth", "words": "grew by 3%", WHEN: "2024"},
            {},
            "other time",
            "other time: it is about 2023, the claim is about 2024",
            "agrees",
        ),
    ],
)
def test_why_not(
    small_case: Make, said: list[Given], claim: Given, more: Given, failed: str, told: str, would: str | None
) -> None:
    pair = pairs_of(small_case, said, claim, **more)[0]
    assert pair.comparability.failed is not None and not pair.counts and not pair.own_time
    assert (pair.comparability.failed.value, pair.comparability.reason) == (failed, told)
    assert (pair.bearing.reason, pair.why) == (told, pair.comparability.failed)
    assert str(pair.relation) == ("refused" if failed == "refused" else "not comparable")
    assert (pair.would and str(pair.would)) == would
    assert pair.bearing.zone == (pair.zones.true if pair.zones else None)
    assert pair.bearing.gap is None and not pair.if_of_that_time


ON_DAY_4 = {WHEN: "2025-05-04"}


@pytest.mark.parametrize(
    ("said", "claim", "more", "told"),
    [
        ({}, {}, {}, ""),
        ({WHEN: "2024"}, {WHEN: "2024"}, TOTAL, ""),
        ({}, {}, TOTAL, "its date, or the claim's, is open"),
        (
            {"measure": "shelf", WHEN: "2025-05-01"},
            {"measure": "shelf"} | ON_DAY_4,
            {},
            "it is of another day within the window",
        ),
        (
            {"measure": "mean", "words": "9 loaves a month", WHEN: "2024-01/2024-08"},
            {"measure": "mean", "words": "9 loaves a month", WHEN: "2024"},
            {},
            "the periods only overlap",
        ),
        (ON_DAY_4, ON_DAY_4, COUNT, "no hour is given, so it may be of another hour of that day"),
        (
            {WHEN: "2025-05-01", "status": "provisional"},
            ON_DAY_4,
            COUNT,
            "a first count may be lowered, so it sets no floor",
        ),
        ({WHEN: "2025-05-01"}, ON_DAY_4, COUNT, "an earlier count only sets a floor"),
        ({WHEN: "2025-05-08"}, ON_DAY_4, COUNT, "a later count only sets a ceiling"),
        ({WHEN: "2025-05"}, {WHEN: "2025"}, TOTAL, "a part of the period only sets a floor"),
        ({WHEN: "2025"}, {WHEN: "2025-05"}, TOTAL, "a longer period only sets a ceiling"),
        ({"part": "x"}, {}, {}, "a part only sets a floor"),
        ({}, {"part": "x"}, {}, "the whole only sets a ceiling of a part"),
        (
            {"part": "x", WHEN: "2025-05"},
            {"part": "x", WHEN: "2025"},
            TOTAL,
            "a part of the period only sets a floor",
        ),
        (
            {"part": "x", WHEN: "2025"},
            {"part": "x", WHEN: "2025-05"},
            TOTAL,
            "a longer period only sets a ceiling",
        ),
        (
            {"measure": "sold-once", "scope": "rye"},
            {"measure": "sold-once"},
            {},
            "what lies inside only sets a floor",
        ),
        (
            {"measure": "sold-once"},
            {"measure": "sold-once", "scope": "rye"},
            {},
            "what it lies inside only sets a ceiling",
        ),
    ],
)
def test_what_opens(small_case: Make, said: Given, claim: Given, more: Given, told: str) -> None:
    more = more | {"article": {"published": "2026-06-30"}} if more is TOTAL and said else more
    (pair,) = pairs_of(small_case, [{"published": "2026-06-01"} | said if said else said], claim, **more)
    assert (pair.comparability.failed, pair.comparability.reason) == (None, told)
    if str(pair.relation) == "compatible":
        assert pair.bearing.reason == f"{told}; both can be true"
    elif told and not pair.if_of_that_time:
        assert pair.bearing.reason.endswith(f"; {told}")


def test_no_reason_opens_nothing(small_case: Make) -> None:
    (pair,) = pairs_of(small_case, [{}], {})
    assert what_opens(None, pair.claim, pair.estimate) == ""
    assert what_opens(Reason.ROUNDING, pair.claim, pair.estimate) == ""


@pytest.mark.parametrize(
    ("opens", "zone", "opened"),
    [
        ({}, Interval(3, 5, True, True), Interval(3, 5, True, True)),
        ({"opens_top": True}, Interval(3, 5, True, True), Interval(3, INFINITY, True)),
        ({"opens_bottom": True}, Interval(3, 5, True, True), Interval(0, 5, False, True)),
        ({"opens_bottom": True}, Interval(0, 5), Interval(0, 5)),
        ({"opens_bottom": True}, Interval(-1, 5), Interval(-INFINITY, 5)),
        ({"opens_bottom": True, "opens_top": True}, Interval(-3, -1), Interval(-INFINITY, INFINITY)),
        ({}, Interval(-3, 5, True), Interval(-3, 5, True)),
        ({}, Interval(0, 5, True), Interval(0, 5, True)),
    ],
)
def test_an_open_end_has_no_limit_but_zero(opens: Given, zone: Interval, opened: Interval) -> None:
    assert Comparability(None, "", **opens).open(zone) == opened


@pytest.mark.parametrize(
    ("said", "claim", "floor", "ceiling"),
    [
        ({WHEN: "2025-05-01", "words": "14 loaves"}, ON_DAY_4, True, False),
        ({WHEN: "2025-05-08", "words": "4 loaves"}, ON_DAY_4, False, True),
        ({WHEN: "2025-05-04T12:00", "words": "14 loaves"}, {WHEN: "2025-05-04T12:00"}, False, False),
    ],
)
def test_a_floor_and_a_ceiling_are_told_apart(
    small_case: Make, said: Given, claim: Given, floor: bool, ceiling: bool
) -> None:
    (pair,) = pairs_of(small_case, [said], claim, **COUNT)
    compared = pair.comparability
    assert (compared.opens_top, compared.opens_bottom, str(pair.relation)) == (floor, ceiling, "differs")
    zone = pair.bearing.zone
    assert zone is not None and pair.zones is not None
    assert (zone.high == INFINITY, zone.low == 0) == (floor, ceiling)
    if compared.reason:
        assert pair.bearing.reason.startswith(f"{compared.reason}; ")


def test_a_derived_change_averages_nothing(small_case: Make) -> None:
    rise = {"id": "rise", "kind": "change", "unit": "percent", "change_of": "loaves", "definition": "Of all."}
    said = [{WHEN: "2022", "words": "20 loaves"}, {WHEN: "2023", "words": "24 loaves"}]
    claim = {"measure": "rise", "words": "rose by 20%", WHEN: "2024"}
    (pair,) = small_case(said, [claim], measures=[rise], **TOTAL).comparison().pairs["c0"]
    assert pair.comparability.reason == "other time: it is about 2023, the claim is about 2024"


@pytest.mark.parametrize(
    ("change_of", "told"),
    [
        ({}, "one is from day to day, the other of a period with these ends, which may not be the same"),
        ({"change_of": "stall"}, "the day or hour from which each is reckoned is open"),
    ],
)
def test_a_change_told_in_two_ways_says_why_it_is_open(small_case: Make, change_of: Given, told: str) -> None:
    stall = {"id": "stall", "kind": "level", "unit": "degree Celsius", "definition": "In the stall."}
    warmer = {"id": "warmer", "kind": "change", "unit": "degree Celsius", "definition": "How much warmer."}
    said = [{"measure": "warmer", "words": "rose by 9 °C", WHEN: "2024-06-01/2024-06-08"}]
    claim = {"measure": "warmer", "words": "rose by 2 °C", WHEN: "2024-06-08", "base_period": "2024-06-01"}
    made = small_case(said, [claim], measures=[stall, warmer | change_of])
    (pair,) = made.comparison().pairs["c0"]
    assert (str(pair.relation), pair.comparability.reason) == ("compatible", told)
    assert pair.bearing.reason == f"{told}; both can be true"


@pytest.mark.parametrize(
    ("less", "why"), [("about 95 loaves", "holds zero"), ("about 70 loaves", "is wider than two to one")]
)
def test_what_is_too_vague_says_why(small_case: Make, less: str, why: str) -> None:
    loaves = {WHEN: "2024", "words": "about 100 loaves"}
    made = {"id": "left", "measure": "loaves", "how": "difference", "of": ["s0", "s1"], "assumption": "none"}
    said = [loaves, loaves | {"words": less}]
    found = pairs_of(small_case, said, {WHEN: "2024"}, origins_file={"derivations": [made]}, **TOTAL)
    (pair,) = [pair for pair in found if pair.estimate.derived]
    assert pair.comparability.failed is not None and pair.comparability.failed.value == "too vague"
    assert pair.comparability.reason == f"the computed range {why}, so it decides nothing"
