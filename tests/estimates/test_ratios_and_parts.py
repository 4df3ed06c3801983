"""Relative words by their base, parts by their wholes, and what a person declares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook.book import Book
from tallybook.estimates.derived import all_estimates
from tallybook.estimates.estimate import Estimate
from tallybook.quantity import DEFAULT_POLICY
from tallybook.terms import PeriodFrom, Status

Make = Callable[..., Book]
LOAVES = {"kind": "total", "unit": "loaf"}
DAILY = {"kind": "rate", "unit": "loaf / day", "rate_of": "loaves"}


def derived(made: Book, ending: str = "") -> dict[str, Estimate]:
    return {id_: e for id_, e in all_estimates(made).items() if e.derived and id_.endswith(ending)}


def true(e: Estimate) -> tuple[float, float]:
    assert e.amount is not None
    zone = e.amount.under(DEFAULT_POLICY).true
    return zone.low, zone.high


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("half", (0.45 * 1_204, 0.55 * 1_204)),
        ("34%", (0.335 * 1_204, 0.345 * 1_204)),
        ("up by 34%", (1.335 * 1_204, 1.345 * 1_204)),
        ("fell by 34%", (0.655 * 1_204, 0.665 * 1_204)),
        ("halved", (0.45 * 1_204, 0.55 * 1_204)),
        ("doubled", (1.8 * 1_204, 2.2 * 1_204)),
        ("99.7%", (0.9965 * 1_204, 0.9975 * 1_204)),
        ("100%", (0.95 * 1_204, 1_204)),  # a share of it is at most all of it
    ],
)
def test_relative_words_are_multiplied_with_their_base(
    book: Make, words: str, zone: tuple[float, float]
) -> None:
    said = [{"words": "1,204 loaves"}, {"words": words, "base": "s0", "origin": "b"}]
    made = derived(book({"loaves": LOAVES}, said))
    assert set(made) == {"s1/of-base"}
    one = made["s1/of-base"]
    assert true(one) == pytest.approx(zone)
    assert (one.rule, one.inputs, one.why_no_amount) == ("ratio × base", ("s1", "s0"), None)
    assert [(e.id, e.formula) for e in one.also] == [("s0", None)]
    assert one.formula is not None and one.formula.endswith("× 1,204 (from “1,204 loaves”, p0)")


@pytest.mark.parametrize(
    ("base", "own", "status", "part"),
    [
        ({}, {}, Status.OBSERVED, None),
        ({"status": "planned"}, {}, Status.PLANNED, None),
        ({"status": "planned"}, {"status": "forecast"}, Status.FORECAST, None),
        ({}, {"status": "forecast"}, Status.FORECAST, None),
        ({"part": "rye"}, {}, Status.OBSERVED, "rye"),
        ({"part": "rye"}, {"part": "white"}, Status.OBSERVED, "white"),
        ({}, {"part": "white"}, Status.OBSERVED, "white"),
    ],
)
def test_relative_words_are_of_the_status_and_part_of_their_base(
    book: Make, base: dict[str, Any], own: dict[str, Any], status: Status, part: str | None
) -> None:
    said = [{"words": "1,204 loaves"} | base, {"words": "half", "base": "s0"} | own]
    made = derived(book({"loaves": LOAVES}, said))["s1/of-base"]
    assert (made.status, made.part) == (status, part)


def test_a_rate_may_be_relative_to_its_total(book: Make) -> None:
    """1,204 in 28 days is 43 a day."""
    said = [
        {"words": "over 1,204 loaves", "reference_period": "2023-02"},
        {"words": "doubled", "base": "s0", "measure": "daily"},
        {"words": "1,300 loaves", "reference_period": "2023-02/.."},
        {"words": "doubled", "base": "s2", "measure": "daily"},
        {"words": "halved", "base": "s0", "measure": "daily"},
    ]
    made = derived(book({"loaves": LOAVES, "daily": DAILY}, said), "/of-base")
    assert set(made) == {"s1/of-base", "s4/of-base"}
    assert true(made["s1/of-base"]) == (pytest.approx(1.8 * 43), float("inf"))
    assert made["s1/of-base"].inputs == ("s1", "s0/rate")
    assert made["s1/of-base"].formula == "2 × 43 (from “over 1,204 loaves”, p0)"


def test_words_relative_to_relative_words_are_of_no_number(book: Make) -> None:
    said = [{"words": "1,204 loaves"}, {"words": "half", "base": "s0"}, {"words": "half", "base": "s1"}]
    assert set(derived(book({"loaves": LOAVES}, said))) == {"s1/of-base"}


def measures_of_shares(*rules: dict[str, str], **more: Any) -> dict[str, Any]:
    scopes = {"scopes": {"all": "of all", "eaten": "of what is eaten", "town": "of the town"}}
    return {
        "baked": {"kind": "rate", "unit": "loaf / day"},
        "eaten": {"kind": "rate", "unit": "loaf / week", "scopes": {"land": "the land", "town": "the town"}},
        "share": {"kind": "share", "unit": "fraction", **scopes, "shares": list(rules)},
    } | more


WHOLE, REST = {"part": "baked", "whole": "eaten"}, {"part": "baked", "rest": "eaten"}
BAKED = {"words": "41 loaves a day", "reference_period": "2024"}
EATEN = {"words": "574 loaves a week", "reference_period": "2024", "measure": "eaten", "origin": "b"}


def test_a_part_by_its_whole_and_by_its_rest(book: Make) -> None:
    """574 a week are 82 a day: 41 is half of it, and a third of both together."""
    made = derived(book(measures_of_shares(WHOLE, REST), [BAKED, EATEN]))
    assert set(made) == {"s0/share-whole-s1", "s0/share-rest-s1"}
    of_it, of_both = made["s0/share-whole-s1"], made["s0/share-rest-s1"]
    low, high = 573.5 / 7, 574.5 / 7
    assert true(of_it) == pytest.approx((40.5 / high, 41.5 / low))
    assert true(of_both) == pytest.approx((40.5 / (40.5 + high), 41.5 / (41.5 + low)))
    assert of_it.formula == "41 ÷ 82 loaf / day (from “574 loaves a week”, p1)"
    assert of_both.formula == "41 ÷ (41 + 82) loaf / day (from “574 loaves a week”, p1)"
    assert (of_it.rule, of_it.measure.id, of_it.inputs) == ("part ÷ whole", "share", ("s0", "s1"))
    assert of_it.assumptions == ("the whole is “Made up” (2024)",)
    assert of_both.assumptions == ("the whole is that and “Made up” (2024) together",)
    assert [e.id for e in of_it.also] == ["s1"]


def test_a_whole_that_may_be_none_gives_no_share(book: Make) -> None:
    assert not derived(book(measures_of_shares(WHOLE), [BAKED, EATEN | {"words": "0 to 500 loaves a week"}]))


def test_a_part_is_no_more_than_its_whole(book: Make) -> None:
    said = [BAKED | {"words": "82 loaves a day"}, EATEN]
    (made,) = derived(book(measures_of_shares(WHOLE), said)).values()
    assert true(made) == pytest.approx((81.5 * 7 / 574.5, 1))


@pytest.mark.parametrize(
    ("rule", "whole", "scope", "assumption"),
    [
        ({}, {}, "all", "the whole is “Made up” (2024)"),
        ({"scope": "eaten"}, {}, "eaten", "the whole is “Made up” (2024)"),
        ({}, {"scope": "land"}, "all", "the whole is “Made up” (2024)"),
        ({"scope": "eaten"}, {"scope": "town"}, "town", "the whole is “Made up” (the town)"),
    ],
)
def test_a_denominator_of_another_scope_makes_a_share_of_that_scope(
    book: Make, rule: dict[str, str], whole: dict[str, str], scope: str, assumption: str
) -> None:
    (made,) = derived(book(measures_of_shares(WHOLE | rule), [BAKED, EATEN | whole])).values()
    assert (made.scope, made.assumptions) == (scope, (assumption,))


@pytest.mark.parametrize(
    ("part", "whole", "status"),
    [
        ({}, {"status": "forecast"}, Status.FORECAST),
        ({"status": "planned"}, {"status": "forecast"}, Status.PLANNED),
        ({"status": "planned"}, {}, Status.PLANNED),
        ({}, {}, Status.OBSERVED),
    ],
)
def test_a_share_has_the_status_of_what_was_not_counted(
    book: Make, part: dict[str, str], whole: dict[str, str], status: Status
) -> None:
    (made,) = derived(book(measures_of_shares(WHOLE), [BAKED | part, EATEN | whole])).values()
    assert made.status == status


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [
        ({}, {}, True),
        ({}, {"reference_period": "2023"}, False),
        ({"reference_period": "2024-12"}, {"reference_period": "2024-12/2025-03"}, True),
        ({"reference_period": None, "published": "2099-01-01", "published_is": "unreliable"}, {}, False),
        ({}, {"reference_period": None, "published": "2099-01-01", "published_is": "unreliable"}, False),
        ({"reference_period": None}, {}, False),  # "no later than", of no period of its own
        ({}, {"part": "rye"}, False),
        ({}, {"part": "one year", "part_in_time": True}, True),
        ({"part": "rye"}, {}, True),  # it remains a part
        ({"scope": "town"}, {}, False),
        ({"scope": "land"}, {}, True),
        ({"relays": "s2"}, {}, False),
        ({}, {"relays": "s3"}, False),
    ],
)
def test_a_part_goes_with_a_whole_of_its_time(
    book: Make, part: dict[str, Any], whole: dict[str, Any], found: bool
) -> None:
    measures = measures_of_shares(WHOLE)
    measures["baked"]["scopes"] = measures["eaten"]["scopes"]
    said = [
        BAKED | {"page": "x"} | part,
        EATEN | {"page": "y"} | whole,
        BAKED | {"reference_period": "2019"},
        EATEN | {"reference_period": "2018"},
    ]
    made = derived(book(measures, said))
    assert ("s0/share-whole-s1" in made) is found
    if found:
        assert made["s0/share-whole-s1"].part == part.get("part")


def test_a_derived_rate_is_a_part_and_growth_is_none(book: Make) -> None:
    """1,204 in 28 days is 43 a day; what follows keeps its inputs and assumptions."""
    measures = measures_of_shares(
        {"part": "daily", "whole": "eaten"}, loaves={"kind": "stock", "unit": "loaf"}, daily=DAILY
    )
    said = [
        EATEN | {"reference_period": "2023"},
        {"words": "9 loaves", "measure": "loaves", "reference_period": "2023-01-31"},
        {"words": "1,204 loaves", "measure": "loaves", "reference_period": "2023-02-01/2023-02-28"},
    ]
    made = derived(book(measures, said))
    assert set(made) == {"s2/rate", "s2/growth", "s2/rate/share-whole-s0"}
    share = made["s2/rate/share-whole-s0"]
    assert share.inputs == ("s2", "s0")
    assert true(share) == pytest.approx((43 * 7 / 574.5, 43 * 7 / 573.5))
    assert share.assumptions == (
        "the deliveries were spread evenly over the period",
        "the whole is “Made up” (2023)",
    )


def declared(how: str, of: list[str], **more: Any) -> dict[str, Any]:
    made = {"id": "made", "measure": "loaves", "how": how, "of": of, "assumption": "as said"}
    return {"derivations": [made | more]}


@pytest.mark.parametrize(
    ("how", "words", "zone", "formula"),
    [
        (
            "sum",
            ["1,204 loaves", "over 307 loaves", "9 loaves"],
            (1_520, float("inf")),
            "1,204 + over 307 + 9",
        ),
        ("difference", ["1,204 loaves", "307 loaves"], (897, 897), "1,204 − 307"),
        ("difference", ["307 loaves", "307 loaves"], (0, 0), "307 − 307"),
        ("difference", ["300 to 309 loaves", "307 loaves"], (-12, 2.5), "300–309 − 307"),
        ("difference", ["300 to 306 loaves", "307 loaves"], None, ""),
        ("ratio", ["1,204 loaves", "301 loaves"], (4, 4), "1,204 ÷ 301"),
        ("product", ["12 loaves", "9 loaves", "3 loaves"], (324, 324), "12 × 9 × 3"),
    ],
)
def test_what_a_person_declares(
    book: Make, how: str, words: list[str], zone: tuple[float, float] | None, formula: str
) -> None:
    said = [{"words": w, "part": f"batch {k}"} for k, w in enumerate(words)]
    ids = [f"s{k}" for k in range(len(words))]
    made = derived(book({"loaves": LOAVES}, said, **declared(how, ids)))
    if zone is None:
        assert not made
        return
    (one,) = made.values()
    assert true(one) == pytest.approx(zone)
    assert (one.id, one.rule, one.formula, one.inputs) == ("made", how, formula, tuple(ids))
    assert (one.part, one.assumptions, one.why_no_amount) == (None, ("as said",), None)
    assert [e.id for e in one.also] == ids[1:]


def test_a_ratio_per_so_many_is_multiplied_with_as_many(book: Make) -> None:
    rate = {"kind": "rate", "unit": "loaf / 1,000 person"}
    people = {"kind": "stock", "unit": "person", "nouns": ["people"]}
    said = [{"words": "301 loaves"}, {"words": "4,000 people", "measure": "people"}]
    measures = {"loaves": LOAVES, "rate": rate, "people": people}
    found = derived(book(measures, said, **declared("ratio", ["s0", "s1"], measure="rate")))["made"]
    assert found.amount is not None
    assert found.amount.core.low == pytest.approx(75.25)  # 301 ÷ 4,000, of a thousand


def test_what_a_person_declares_of_a_figure_without_a_number_is_not_made(book: Make) -> None:
    said = [{"words": "9 loaves"}, {"words": "half", "base": "s0"}]
    assert "made" not in derived(book({"loaves": LOAVES}, said, **declared("sum", ["s0", "s1"])))


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["observed", "observed"], Status.OBSERVED),
        (["observed", "planned"], Status.PLANNED),
        (["forecast", "planned"], Status.FORECAST),
    ],
)
def test_a_sum_has_the_status_of_the_first_that_was_not_counted(
    book: Make, statuses: list[str], status: Status
) -> None:
    said = [{"words": "9 loaves", "status": s} for s in statuses]
    made = derived(book({"loaves": LOAVES}, said, **declared("sum", ["s0", "s1"])))
    assert made["made"].status == status


@pytest.mark.parametrize(
    ("typed", "scope", "period", "period_from", "found"),
    [
        ({"reference_period": "2024"}, "all", "2024", PeriodFrom.STATED, "all"),
        ({}, None, "2023-05", PeriodFrom.STATED, "all"),
        ({"scope": "rye"}, None, "2023-05", PeriodFrom.STATED, "rye"),
    ],
)
def test_a_sum_is_of_the_time_and_scope_declared(
    book: Make, typed: dict[str, str], scope: str | None, period: str, period_from: PeriodFrom, found: str
) -> None:
    loaves = LOAVES | {"scopes": {"all": "all of them", "rye": "rye bread"}}
    said = [
        {"words": "9 loaves", "reference_period": "2023-05", "scope": "rye"},
        {"words": "12 loaves", "reference_period": "2023-06"},
    ]
    made = derived(book({"loaves": loaves}, said, **declared("sum", ["s0", "s1"], **typed)))["made"]
    assert (str(made.period), made.period_from, made.scope) == (period, period_from, found)


def test_a_sum_without_a_time_has_that_of_its_first_page(book: Make) -> None:
    said = [{"words": "9 loaves", "published": "2024-05-01"}, {"words": "12 loaves"}]
    made = derived(book({"loaves": LOAVES}, said, **declared("sum", ["s0", "s1"])))["made"]
    assert made.period_from is PeriodFrom.PUBLISHED
