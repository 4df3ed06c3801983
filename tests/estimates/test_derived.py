"""What follows from statements: the number, the formula, the inputs and what it assumes."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from tallybook.book import BookError
from tallybook.tables.case import Case

Make = Callable[..., Case]
USE = {"id": "use", "kind": "rate", "unit": "loaf / year", "definition": "Loaves eaten in a year."}
BAKED = {
    "id": "baked",
    "kind": "rate",
    "unit": "loaf / day",
    "definition": "Loaves of other bakers in a day.",
}
SHARE = {
    "id": "part", "kind": "share", "unit": "fraction", "definition": "Share of all loaves.",
    "scopes": {"eaten": "of what is eaten", "offered": "of what is offered"},
    "shares": [
        {"part": "monthly", "whole": "use", "scope": "eaten"},
        {"part": "monthly", "rest": "baked", "scope": "offered"},
    ],
}  # fmt: skip


def derived(case: Case, measure: str) -> pd.DataFrame:
    table = case.estimates(measure)
    return table[table["derived"]].set_index("estimate")


def test_a_total_by_its_period_is_a_rate(small_case: Make) -> None:
    case = small_case(
        [{"words": "over 1,200 loaves", "reference_period": "2024-01/2024-12"}], [{}], cumulative=True
    )
    rate = derived(case, "monthly").loc["s0/rate"]
    assert rate["best_low"] == pytest.approx(100, rel=0.01) and rate["zone_high"] == float("inf")
    assert rate["formula"] == "over 1,200 ÷ 12 months (January 2024 to December 2024)"
    assert rate["inputs"] == "s0" and "evenly" in rate["assumes"]


def test_a_running_total_grows_between_two_counts(small_case: Make) -> None:
    said = [
        {"words": "1,000 loaves", "reference_period": "2024-01-01"},
        {"words": "2,200 loaves", "reference_period": "2024-12-31"},
        {"words": "9,999 loaves", "reference_period": "2024-12-31", "origin": "b"},
    ]
    rates = derived(small_case(said, [{}], cumulative=True), "monthly")
    assert list(rates.index) == ["s1/growth"]
    assert rates.loc["s1/growth", "best_low"] == pytest.approx(100, rel=0.01)
    assert rates.loc["s1/growth", "inputs"] == "s1, s0"


def test_growth_is_not_taken_from_relays_parts_plans_or_vague_dates(small_case: Make) -> None:
    first = {"words": "1,000 loaves", "reference_period": "2024-01-01"}
    for other in (
        {"relays": "s0"}, {"part": "one oven"}, {"status": "planned"}, {"scope": "rye"},
        {"reference_period": "2024"},
    ):  # fmt: skip
        later = {"words": "2,200 loaves", "reference_period": "2024-12-31", **other}
        case = small_case([first, later], [{}], cumulative=True)
        assert derived(case, "monthly").filter(like="growth", axis=0).empty


def test_a_share_follows_from_each_denominator_by_itself(small_case: Make) -> None:
    said = [
        {"measure": "monthly", "words": "100 loaves a month", "reference_period": "2024"},
        {"measure": "use", "words": "2,400 loaves a year", "reference_period": "2024", "origin": "b"},
        {"measure": "baked", "words": "10 loaves a day", "reference_period": "2024", "origin": "c"},
        {"measure": "baked", "words": "90 loaves a day", "reference_period": "2019", "origin": "d"},
    ]
    shares = derived(small_case(said, [{}], measures=[USE, BAKED, SHARE]), "part")
    assert list(shares.index) == ["s0/share-whole-s1", "s0/share-rest-s2"]
    eaten, offered = shares.iloc[0], shares.iloc[1]
    assert (eaten["scope"], eaten["best_low"]) == ("eaten", pytest.approx(0.5))
    assert offered["best_low"] == pytest.approx(100 / (100 + 10 * 365.25 / 12))
    assert "Paper p1" in eaten["formula"]


def test_a_forecast_denominator_makes_a_forecast_share(small_case: Make) -> None:
    said = [
        {"measure": "monthly", "words": "100 loaves a month", "reference_period": "2024"},
        {"measure": "use", "words": "2,400 loaves a year", "reference_period": "2024", "status": "forecast"},
    ]
    assert set(derived(small_case(said, [{}], measures=[USE, BAKED, SHARE]), "part")["status"]) == {
        "forecast"
    }


@pytest.mark.parametrize("eaten", ["0 loaves a year", "0 to 500 loaves a year"])
def test_nothing_is_divided_by_a_count_that_may_be_none(small_case: Make, eaten: str) -> None:
    said = [
        {"measure": "monthly", "words": "10 loaves a month", "reference_period": "2024"},
        {"measure": "use", "words": eaten, "reference_period": "2024"},
    ]
    ratio = {"id": "made", "measure": "part", "how": "ratio", "of": ["s0", "s1"], "assumption": "one year"}
    case = small_case(
        said,
        [{"measure": "part", "words": "40%"}],
        measures=[USE, BAKED, SHARE],
        origins_file={"derivations": [ratio]},
    )
    assert derived(case, "part").empty
    assert case.verdicts()["verdict"].tolist() == ["unsourced"]


def test_parts_add_up_where_a_person_says_so(small_case: Make) -> None:
    said = [
        {"words": "11,000 loaves", "part": "the first batch", "reference_period": "2024"},
        {"words": "at least 3,000 loaves", "part": "the second batch", "reference_period": "2025-01"},
    ]
    total = {
        "id": "both", "measure": "loaves", "how": "sum", "of": ["s0", "s1"], "reference_period": "2025-03",
        "assumption": "there were no others",
    }  # fmt: skip
    made = derived(small_case(said, [{}], origins_file={"derivations": [total]}), "loaves").loc["both"]
    assert (made["best_low"], made["zone_low"], made["zone_high"]) == (14_000, 13_500, float("inf"))
    assert made["formula"] == "11,000 + at least 3,000"
    assert (made["part"], made["period"], made["assumes"]) == ("", "2025-03", "there were no others")


def test_more_than_halved_is_a_bound_on_its_base(small_case: Make) -> None:
    said = [
        {"measure": "monthly", "words": "200 loaves a month", "reference_period": "2024"},
        {"measure": "monthly", "words": "more than halved", "reference_period": "2025", "base": "s0"},
    ]
    made = derived(small_case(said, [{}]), "monthly").loc["s1/of-base"]
    assert made["zone_low"] == 0 and made["zone_high"] == pytest.approx(105)
    assert "200" in made["formula"] and "Paper p0" in made["formula"]


def test_vague_dates_give_a_vague_duration(small_case: Make) -> None:
    stay = {"id": "stay", "kind": "duration", "unit": "day", "definition": "The stay."}
    dates = {"start": "early August 2025", "end": "2025-12-12"}
    case = small_case(
        [{"measure": "stay", "words": "left early in August", "dates": dates}], [{}], measures=[stay]
    )
    made = derived(case, "stay").loc["s0/duration"]
    assert (made["best_low"], made["best_high"]) == (124, 133)


def test_capacity_is_a_bound_on_a_part_and_never_supports(small_case: Make) -> None:
    said = [{"words": "nine loaves", "status": "capacity", "origin": "b"}]
    pair = small_case(said, [{"words": "nine loaves"}]).compare().iloc[0]
    assert (pair["relation"], pair["incomparable"]) == ("not comparable", "other status")
    assert pair["reason"] == "it is what could be held, not what was"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"of": ["s0", "s9"]}, "statement 's9' is not known"),
        ({"measure": "monthly"}, "cannot be made from loaves"),
        ({"id": "s0"}, "is the id of a statement too"),
        ({"of": ["s0", "s0", "s1"]}, "'s0' is a duplicate; each input counts once"),
        ({"how": "ratio", "of": ["s0", "s1", "s1"]}, "a ratio is of two statements, here are 3"),
        ({"reference_period": "soon"}, "'soon': not a date in EDTF"),
    ],
)
def test_a_wrong_derivation_is_told(small_case: Make, change: dict[str, object], told: str) -> None:
    total = {"id": "both", "measure": "loaves", "how": "sum", "of": ["s0", "s1"], "assumption": "no others"}
    with pytest.raises(BookError) as error:
        small_case([{}, {}], [{}], origins_file={"derivations": [total | change]})
    assert told in str(error.value) and str(error.value).startswith("sources/origins.yaml:")
