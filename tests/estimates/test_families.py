"""Who counts as a witness: families, relays, summaries, echoes; revisions; and what a reviewer adds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook.book import BookError
from tallybook.tables.case import Case

Make = Callable[..., Case]
OURS = {"words": "nine loaves", "origin": "a"}


def verdict(case: Case, as_of: str = "today") -> str:
    return str(case.verdicts(as_of).loc[0, "verdict"])


@pytest.mark.parametrize(
    ("origins", "said", "outcome"),
    [
        ([], ["b", "c"], "corroborated"),
        ([], ["b"], "supported"),
        ([], ["a", "a"], "own word only"),
        ([{"id": "b", "shares_with": ["c"]}], ["b", "c"], "supported"),
        ([{"id": "b", "shares_with": ["a"]}], ["b", "b"], "own word only"),
        ([{"id": "b", "independent": False}], ["b"], "not tested"),
        ([{"id": "b", "speaks_for": "x"}, {"id": "c", "speaks_for": "x"}], ["b", "c"], "supported"),
        ([{"id": "b", "speaks_for": "x"}, {"id": "c", "members": ["x"]}], ["b", "c"], "supported"),
        ([{"id": "b", "speaks_for": "x"}, {"id": "c", "members": ["x"]}], ["c"], "supported"),
    ],
)
def test_each_family_has_one_voice(
    small_case: Make, origins: list[dict[str, Any]], said: list[str], outcome: str
) -> None:
    statements = [{**OURS, "origin": origin} for origin in said]
    case = small_case(statements, [OURS], origins=origins, origins_file={"parties": {"x": "Xland"}})
    assert verdict(case) == outcome


def test_unfolded_every_origin_speaks(small_case: Make) -> None:
    origins = [{"id": "b", "shares_with": ["c"]}]
    case = small_case([{**OURS, "origin": "b"}, {**OURS, "origin": "c"}], [OURS], origins=origins)
    assert (verdict(case), verdict(case.without_grouping())) == ("supported", "corroborated")


def test_a_figure_that_draws_on_another_family_adds_nothing_where_that_one_spoke(small_case: Make) -> None:
    said = [{**OURS, "origin": "b"}, {**OURS, "origin": "c", "draws_on": ["b"]}]
    assert verdict(small_case(said, [OURS])) == "supported"
    assert verdict(small_case(said[1:], [OURS])) == "supported"


def test_nothing_confirms_itself_through_its_own_echo(small_case: Make) -> None:
    said = [{**OURS, "origin": "b", "draws_on": ["a"]}]
    case = small_case(said, [OURS])
    assert verdict(case) == "not tested"
    assert bool(case.compare().loc[0, "echo"])


def test_many_pages_of_its_own_side_are_no_witness_and_the_report_says_so(small_case: Make) -> None:
    case = small_case([OURS] * 11, [OURS])
    row = case.verdicts().iloc[0]
    assert row["witnesses"] == "11 pages, no independent witness"
    assert row["why"].startswith("11 pages say so, and all of them go back to one source: Origin A.")


def revised(small_case: Make, newer: str, claim: dict[str, Any]) -> Case:
    """ "600 loaves" of 2024, superseded by "2,000 loaves" of another or the same period."""
    said = [
        {"words": "600 loaves", "origin": "b", "reference_period": "2024", "superseded_by": "s1"},
        {"words": "2,000 loaves", "origin": "b", "reference_period": newer, "published": "2025-06-02"},
    ]
    return small_case(said, [claim], once=False)


def test_a_newer_figure_of_the_same_time_is_a_revision_and_the_older_stands_aside(small_case: Make) -> None:
    case = revised(small_case, "2024", {"words": "600 loaves", "reference_period": "2024"})
    old = case.compare().set_index("estimate").loc["s0"]
    assert old["incomparable"] == "superseded"
    assert old["reason"] == "superseded: the same origin now says “2,000 loaves” (2024)"
    assert verdict(case) == "contradicted"
    assert bool(case.verdicts().loc[0, "superseded"])


def test_a_newer_figure_of_another_time_leaves_the_older_its_own(small_case: Make) -> None:
    case = revised(small_case, "2025-01/2025-05", {"words": "600 loaves", "reference_period": "2024"})
    assert verdict(case) == "supported"


def test_when_written_and_today_part_and_another_origin_supersedes_nothing(small_case: Make) -> None:
    said = [
        {**OURS, "origin": "b", "published": "2025-06-01"},
        {"words": "twelve loaves", "origin": "c", "published": "2025-09-01"},
    ]
    case = small_case(said, [OURS])
    row = case.verdicts().iloc[0]
    assert (row["written"], row["verdict"], bool(row["superseded"])) == ("supported", "disputed", False)
    assert verdict(case, "written") == "supported"


def test_a_reviewer_stands_beside_the_verdict_and_never_hides_it(small_case: Make) -> None:
    review = {
        "claim": "c0",
        "says": "disputed",
        "by": "An editor",
        "on": "2025-07-01",
        "why": "The page was edited.",
    }
    of_pair = review | {"estimate": "s0", "says": "not comparable"}
    case = small_case([{**OURS, "origin": "b"}], [OURS], article={"reviews": [review, of_pair]})
    row = case.verdicts().iloc[0]
    assert row["verdict"] == "supported"
    assert row["review"] == "disputed (An editor, 2025-07-01: The page was edited.)"
    assert case.compare().loc[0, "relation"] == "agrees"
    assert "not comparable (An editor" in case.compare().loc[0, "review"]
    assert "review" in list(case.explain("c0")["step"]) and "review" in list(case.explain("c0", "s0")["step"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"says": "true"}, "'true' is none of: corroborated, supported"),
        ({"claim": "c9"}, "claim 'c9' is not known"),
        ({"estimate": "s7"}, "estimate 's7' is not known"),
        ({"estimate": "s0", "says": "disputed"}, "'disputed' is none of: agrees"),
        ({"on": "soon"}, "it must be a date such as"),
    ],
)
def test_a_wrong_review_is_told(small_case: Make, change: dict[str, str], told: str) -> None:
    review = {"claim": "c0", "says": "disputed", "by": "An editor", "on": "2025-07-01", "why": "So."}
    with pytest.raises(BookError, match=r"claims/bread\.yaml:\d+: ") as error:
        small_case([OURS], [OURS], article={"reviews": [review | change]})
    assert told in str(error.value)
