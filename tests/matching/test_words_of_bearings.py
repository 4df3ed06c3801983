"""How a relation is put in words: which sentence is chosen, and how far two figures are apart."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tallybook.estimates.zones import exactly
from tallybook.matching.pair import Pair
from tallybook.matching.relation import bearing_of
from tallybook.quantity import Interval, Policy
from tallybook.tables.case import Case
from tallybook.terms import Reason, Relation

Make = Callable[..., Case]
MEASURES: list[dict[str, Any]] = [
    {"id": "share", "kind": "share", "unit": "fraction", "definition": "Of all loaves."},
    {"id": "heat", "kind": "level", "unit": "degree Celsius", "once": True, "definition": "Of the oven."},
    {
        "id": "warming", "kind": "change", "unit": "degree Celsius", "definition": "Against the average.",
        "spread": {"value": 0.1, "because": "Two thermometers."},
    },
    {"id": "growth", "kind": "change", "unit": "fraction", "definition": "Of the bakery."},
    {"id": "change", "kind": "change", "unit": "loaf", "definition": "Against last year."},
    {"id": "flour", "kind": "total", "unit": "tonne", "definition": "Flour used."},
    {"id": "price", "kind": "total", "unit": "pound sterling", "once": True, "definition": "Of the bakery."},
]  # fmt: skip


def pair_of(make: Make, measure: str, claim: str, words: str, **more: Any) -> Pair:
    year = {"measure": measure, "reference_period": "2024"}
    case = make([year | {"words": words} | more], [year | {"words": claim}], measures=MEASURES, once=False)
    (pair,) = case.comparison().pairs["c0"]
    return pair


@pytest.mark.parametrize(
    ("measure", "claim", "words", "told"),
    [
        ("loaves", "over 10 loaves", "at least 10 loaves", "both set the same limit: 10"),
        ("loaves", "45,756 loaves", "45,756 loaves", "both name 45,756 loaves"),
        ("loaves", "1,000 loaves", "about 1,000 loaves", "both name 1,000 loaves"),
        ("loaves", "1,000 loaves", "1,004 loaves", "1,004 equals 1,000 to the nearest hundred"),
        ("loaves", "45,756 loaves", "46,000 loaves", "46,000 equals 45,756 to the nearest thousand"),
        ("loaves", "46,000 loaves", "45,756 loaves", "45,756 equals 46,000 to the nearest thousand"),
        ("loaves", "300 to 400 loaves", "301 to 401 loaves", "301–401 equals 300–400 to the nearest ten"),
        ("loaves", "301 to 400 loaves", "301 to 399 loaves", "301–399 equals 301–400 to the nearest ten"),
        (
            "loaves",
            "42 million loaves",
            "41,800,000 loaves",
            "41.8 million equals 42 million to the nearest million",
        ),
        (
            "loaves",
            "42 billion loaves",
            "41.8 billion loaves",
            "41.8 billion equals 42 billion to the nearest billion",
        ),
        ("loaves", "4 million loaves", "4,020,000 loaves", "4.02 million equals 4 million within rounding"),
        ("share", "34%", "33.6%", "33.6% equals 34% within rounding"),
        ("growth", "fell by 5%", "fell by 4.96%", "−4.96% equals −5% within rounding"),
        ("growth", "fell by nearly 5%", "fell by 4.96%", "−4.96% equals −5% within rounding"),
        ("loaves", "45,756 loaves", "45,728 loaves", "45,728 is 0.06% from 45,756, the same for the policy"),
        ("loaves", "45,728 loaves", "45,756 loaves", "45,756 is 0.06% from 45,728, the same for the policy"),
        (
            "change",
            "4,571 fewer loaves",
            "4,563 fewer loaves",
            "−4,563 is 0.2% from −4,571, the same for the policy",
        ),
        (
            "loaves",
            "0 to 45,728 loaves",
            "0 to 45,756 loaves",
            "up to 45,756 is 0.06% from up to 45,728, the same for the policy",
        ),
    ],
)
def test_what_agrees(small_case: Make, measure: str, claim: str, words: str, told: str) -> None:
    pair = pair_of(small_case, measure, claim, words)
    assert (str(pair.relation), pair.bearing.reason) == ("agrees", told)
    bearing = pair.bearing
    assert (bearing.gap, bearing.gap_words, bearing.gap_factor, bearing.direction) == (None,) * 4


@pytest.mark.parametrize(
    ("measure", "claim", "words", "told", "gap", "factor", "direction"),
    [
        (
            "loaves",
            "1,000 loaves",
            "1,060 loaves",
            "1,060 (which allows 1,055–1,065) is not what the claim allows (950–1,050): 6% above",
            60.0,
            1.06,
            "higher",
        ),
        (
            "loaves",
            "1,000 loaves",
            "under 900 loaves",
            "900 (which allows below 900) is not what the claim allows (950–1,050): 10% below",
            -100.0,
            10 / 9,
            "lower",
        ),
        (
            "loaves",
            "300 to 400 loaves",
            "100 to 200 loaves",
            "100–200 (which allows 95–205) is not what the claim allows (295–405): 33% below",
            -100.0,
            1.5,
            "lower",
        ),
        (
            "loaves",
            "300 to 400 loaves",
            "800 to 900 loaves",
            "800–900 (which allows 795–905) is not what the claim allows (295–405): 2 times as much",
            400.0,
            2.0,
            "higher",
        ),
        (
            "loaves",
            "over 10 loaves",
            "under 10 loaves",
            "10 (which allows below 10) is not what the claim allows (above 10): on the other side",
            0.0,
            1.0,
            "lower",
        ),
        (
            "loaves",
            "under 10 loaves",
            "over 10 loaves",
            "10 (which allows above 10) is not what the claim allows (below 10): on the other side",
            0.0,
            1.0,
            "higher",
        ),
        (
            "loaves",
            "over 11 loaves",
            "11 loaves",
            "11 is not what the claim allows (above 11): on the other side",
            0.0,
            1.0,
            "lower",
        ),
        (
            "loaves",
            "no loaves",
            "four loaves",
            "4 is not what the claim allows (0): 4 more",
            4.0,
            None,
            "higher",
        ),
        (
            "loaves",
            "four loaves",
            "no loaves",
            "0 is not what the claim allows (4): 4 fewer",
            -4.0,
            None,
            "lower",
        ),
        (
            "share",
            "34%",
            "36%",
            "36% (which allows 35.5–36.5%) is not what the claim allows (33.5–34.5%): "
            "2 percentage points above",
            0.02,
            None,
            "higher",
        ),
        (
            "heat",
            "20 °C",
            "23 °C",
            "23 (which allows 22.5–23.5) is not what the claim allows (19.5–20.5): 3 degrees Celsius above",
            3.0,
            None,
            "higher",
        ),
        (
            "growth",
            "fell by 5%",
            "grew by 1%",
            "the claim goes down, the figure up: 1% (which allows 0.5–1.5%) is not what the claim allows "
            "(−5.5% to −4.5%): 6 percentage points above",
            0.06,
            None,
            "higher",
        ),
        (
            "change",
            "3,000 more loaves",
            "200 fewer loaves",
            "the claim goes up, the figure down: −200 (which allows −210 to −190) is not what the claim "
            "allows (2,850–3,150): 3,200 apart",
            -3200.0,
            None,
            "lower",
        ),
        (
            "change",
            "3,000 more loaves",
            "3,400 more loaves",
            "3,400 (which allows 3,350–3,450) is not what the claim allows (2,850–3,150): 13% above",
            400.0,
            3.4 / 3,
            "higher",
        ),
        (
            "change",
            "3,000 fewer loaves",
            "3,400 fewer loaves",
            "−3,400 (which allows −3,450 to −3,350) is not what the claim allows "
            "(−3,150 to −2,850): a fall 13% larger",
            -400.0,
            None,
            "lower",
        ),
        (
            "price",
            "£2m",
            "£3m",
            "3 million (which allows 2.85–3.15 million) is not what the claim allows "
            "(1.9–2.1 million): 50% above",
            1e6,
            1.5,
            "higher",
        ),
        (
            "growth",
            "fell by 5%",
            "fell by 3%",
            "−3% (which allows −3.5% to −2.5%) is not what the claim allows (−5.5% to −4.5%): "
            "2 percentage points apart",
            0.02,
            None,
            "higher",
        ),
    ],
)
def test_what_differs(
    small_case: Make,
    measure: str,
    claim: str,
    words: str,
    told: str,
    gap: float,
    factor: float | None,
    direction: str,
) -> None:
    pair = pair_of(small_case, measure, claim, words)
    bearing = pair.bearing
    assert (str(pair.relation), bearing.reason) == ("differs", told)
    assert bearing.gap == pytest.approx(gap)
    assert bearing.gap_words is not None and told.endswith(bearing.gap_words)
    assert bearing.gap_factor == (None if factor is None else pytest.approx(factor))
    assert (bearing.direction, bearing.if_of_that_time) == (direction, False)


@pytest.mark.parametrize(
    ("measure", "claim", "words", "why", "told"),
    [
        (
            "loaves",
            "as many as more than 6 million loaves",
            "7 loaves",
            "mixed bounds",
            "the words set a floor and a ceiling on one number, so they rule nothing out",
        ),
        (
            "warming",
            "1.62 °C above the average",
            "1.55 °C above the average",
            "spread",
            "1.55 and 1.62 lie within the spread of the methods (0.1)",
        ),
        (
            "share",
            "51%, plus or minus 3 percentage points",
            "53%",
            "margin",
            "48–54% is a margin, and the other number lies inside it",
        ),
        (
            "share",
            "52%",
            "51%, plus or minus 3 percentage points",
            "margin",
            "48–54% is a margin, and the other number lies inside it",
        ),
        (
            "flour",
            "1,132 tons of flour",
            "1,032 tonnes",
            "unit unclear",
            "1,132 and 1,032: the word for the unit means one of several, and both can be true",
        ),
        (
            "loaves",
            "4 million loaves",
            "3.9 million loaves",
            "round number",
            "4 million and 3.9 million: a round number may stand for the other",
        ),
        (
            "loaves",
            "over 10 loaves",
            "43 loaves",
            "far inside",
            "43 is consistent with the claim, but well above the number that it names",
        ),
        (
            "loaves",
            "fewer than 50 loaves",
            "12 loaves",
            "far inside",
            "12 is consistent with the claim, but well below the limit",
        ),
        (
            "loaves",
            "over 10 loaves",
            "fewer than 200 loaves",
            "overlap",
            "one sets a floor and the other a ceiling; both can be true",
        ),
        (
            "loaves",
            "fewer than 200 loaves",
            "over 10 loaves",
            "overlap",
            "one sets a floor and the other a ceiling; both can be true",
        ),
        ("loaves", "over 10 loaves", "over 9 loaves", "overlap", "above 9 only overlaps with above 10"),
        (
            "loaves",
            "1,000 loaves",
            "over 1,000 loaves",
            "overlap",
            "above 1,000 only overlaps with 950–1,050",
        ),
        ("loaves", "300 to 400 loaves", "200 to 600 loaves", "overlap", "195–605 is too wide to decide"),
        ("loaves", "300 to 400 loaves", "300 to 600 loaves", "overlap", "295–605 is too wide to decide"),
        ("loaves", "300 to 400 loaves", "200 to 400 loaves", "overlap", "195–405 is too wide to decide"),
        ("loaves", "300 to 400 loaves", "390 to 450 loaves", "overlap", "385–455 only overlaps with 295–405"),
        ("loaves", "300 to 400 loaves", "250 to 350 loaves", "overlap", "245–355 only overlaps with 295–405"),
    ],
)
def test_what_can_be_true_together(
    small_case: Make, measure: str, claim: str, words: str, why: str, told: str
) -> None:
    pair = pair_of(small_case, measure, claim, words)
    assert (str(pair.relation), str(pair.why.value), pair.bearing.reason) == ("compatible", why, told)
    assert pair.bearing.gap is None


def test_what_both_allow_is_said_once(small_case: Make) -> None:
    pair = pair_of(small_case, "loaves", "over 10 loaves", "13 loaves")
    ours, theirs = exactly(99, 110), replace(exactly(99, 110), number=Interval.point(100))
    bearing = bearing_of(
        Relation.COMPATIBLE, Reason.OVERLAP, pair.claim, ours, theirs, pair.comparability, Policy(),
        if_of_that_time=False, gap=math.nan,
    )  # fmt: skip
    assert bearing.reason == "both allow 99–110, and neither decides"


def test_what_lies_in_the_meant_zone_supports(small_case: Make) -> None:
    pair = pair_of(small_case, "loaves", "over 10 loaves", "13 loaves")
    assert pair.bearing.reason == "13 lies within what the claim suggests"
    assert pair.relation == "supports" and pair.counts and not pair.if_of_that_time


@pytest.mark.parametrize(("claim", "words"), [("one loaf", "three loaves"), ("three loaves", "one loaf")])
def test_how_many_times_is_told_also_of_one(small_case: Make, claim: str, words: str) -> None:
    assert pair_of(small_case, "loaves", claim, words).bearing.gap_factor == 3
