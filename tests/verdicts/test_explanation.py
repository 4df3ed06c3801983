"""The chain behind a verdict: words → reading → interval → comparability → relation, in plain English."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from tallybook.tables.case import Case
from tallybook.tables.opened import open_book

Make = Callable[..., Case]
ROOT = Path(__file__).resolve().parents[1] / "data" / "first-case"


@pytest.fixture(scope="module")
def case() -> Case:
    return open_book(ROOT)["kursk-engineers"]


def test_a_pair_is_told_from_words_to_what_it_counts_for(small_case: Make) -> None:
    case = small_case([{"words": "about 12,000 loaves", "origin": "b"}], [{"words": "over 10,000 loaves"}])
    chain = case.explain("c0", "s0")
    assert list(chain["step"]) == [
        "words of the article", "reading", "interval", "asks for", "attributed to", "words of the page",
        "reading", "interval", "origin", "time", "comparability", "relation", "counts",
    ]  # fmt: skip
    said = list(chain["says"])
    assert said[0] == "“over 10,000 loaves” (paragraph 1)"
    assert said[2] == "names 10,000; true if above 10,000; suggests 10,000–15,000 (loaves)"
    assert said[5] == "“about 12,000 loaves” (Paper p0, 1 June 2025)"
    assert said[7] == "names 12,000; true if 10,800–13,200; suggests 10,800–13,200 (loaves)"
    assert said[10] == "comparable"
    assert said[11] == "supports: 12,000 lies within what the claim suggests"
    assert said[12] == "for the claim, as the voice of Origin B"


@pytest.mark.parametrize(
    ("estimate", "counts"),
    [
        ({"origin": "a"}, "no: the claim’s own side"),
        ({"origin": "b", "status": "planned"}, "no: it cannot be compared"),
        ({"origin": "b", "words": "3 to 90 loaves"}, "no: it is only compatible"),
        ({"origin": "b", "words": "70 loaves"}, "against the claim, as the voice of Origin B"),
        ({"origin": "b", "draws_on": ["a"]}, "no: made from figures of the claim’s own side"),
    ],
)
def test_what_an_estimate_counts_for(small_case: Make, estimate: dict[str, object], counts: str) -> None:
    case = small_case([estimate], [{"words": "nine loaves", "origin": "a"}])
    assert case.explain("c0", "s0").set_index("step").loc["counts", "says"] == counts


def test_a_group_that_the_verdict_does_not_count_is_not_said_to_count(small_case: Make) -> None:
    origins = [{"id": "b", "speaks_for": "bakers"}, {"id": "d", "members": ["bakers"]}]
    said = [{"origin": origin, "words": "nine loaves"} for origin in "bd"]
    claims = [{"words": "nine loaves", "origin": "a"}]
    case = small_case(said, claims, origins=origins, origins_file={"parties": {"bakers": "Bakers"}})
    assert case.verdicts().loc[0, "supporting"] == 1
    counts = [case.explain("c0", id_).set_index("step").loc["counts", "says"] for id_ in ("s0", "s1")]
    assert counts == ["for the claim, as the voice of Bakers", "no: repeats what another source group says"]


def test_every_estimate_beside_a_claim_is_told_once(case: Case) -> None:
    told = case.explain("shells-per-month")
    beside = told[told["step"].str.split(" ").str[0].isin(["for", "against", "compatible", "aside"])]
    assert len(beside) == len(case.compare().query("claim == 'shells-per-month'"))


def test_the_derived_rates_come_with_formula_and_period_from_six_origins(case: Case) -> None:
    told = case.explain("shells-per-month")["says"]
    derived = told[told.str.contains("; derived: ")]
    assert derived.str.contains(r"[÷×].*\(").all()
    origins = derived.str.partition(": ")[0].unique()
    assert len(origins) >= 6


def test_hurs_statements_on_2025_are_told_beside_the_rate(case: Case) -> None:
    """Averages over periods that only overlap never differ."""
    told = case.explain("shells-per-month").set_index("step")["says"]
    halved = told[told.str.contains("“more than halved this year as” (Ukrinform)", regex=False)]
    assert "the periods only overlap; both can be true" in halved.loc["compatible"]
    asides = told.loc["aside"]
    assert isinstance(asides, pd.Series)
    assert asides.str.contains("“no shell deliveries recorded from North Korea”").any()


def test_unknown_names_are_refused(case: Case) -> None:
    with pytest.raises(KeyError, match="no claim 'x'"):
        case.explain("x")
    with pytest.raises(KeyError):
        case.explain("shells-per-month", "patel_tass")
