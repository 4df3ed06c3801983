"""The sources among themselves: every two stated figures of two origins, whether or not an article speaks."""

from __future__ import annotations

from typing import Any

import pytest

from tallybook.quantity import DEFAULT_POLICY
from tallybook.verdicts.between import between

from .made import A_YEAR, INMATES, PEOPLE, Record, opened

REFUSED = {"refused": {"by": "me", "why": "misprint"}}


def says(words: str = "1,000 people", origin: str = "a", **facts: Any) -> Record:
    return {"words": words, "origin": origin} | facts


def beside(*statements: Record, measure: Record = PEOPLE) -> list[tuple[str, str, str]]:
    """(first, second, relation) of each two."""
    case = opened(list(statements), measure=measure)
    pairs = between(case.evidence, case.comparison().claims["claim"].measure.id, DEFAULT_POLICY)
    return [(pair.claim.id, pair.estimate.id, str(pair.relation)) for pair in pairs]


def test_each_two_of_different_origins_once_in_the_order_of_the_book() -> None:
    assert beside(says(), says("2,000 people", "b"), says(origin="c")) == [
        ("s1", "s2", "differs"),
        ("s1", "s3", "agrees"),
        ("s2", "s3", "differs"),
    ]
    assert beside(says(), says("2,000 people"), says(origin="b")) == [
        ("s1", "s3", "agrees"),
        ("s2", "s3", "differs"),
    ]
    assert beside(says()) == []


@pytest.mark.parametrize(
    "other",
    [
        says("2,000 people", "b", **REFUSED),
        says("2,000 people", "b", relays=1),
        says("2,000 patients", "b", measure="patients"),
    ],
)
def test_what_is_refused_repeats_or_is_of_another_measure_is_left_out(other: Record) -> None:
    assert beside(says(), other, says("3,000 people", "c")) == [("s1", "s3", "differs")]


def test_a_share_of_another_figure_and_what_follows_from_it_are_left_out() -> None:
    half = says("half", "b", base=3)
    assert beside(says(), half, says("3,000 people", "c")) == [("s1", "s3", "differs")]


def test_only_a_time_that_the_page_states_is_the_figures_own() -> None:
    """The day of a page is no date of its figure: of two such counts of inmates nothing can differ."""
    pages = [
        says("4,310 inmates", published="2024-01-01"),
        says("4,900 inmates", "b", published="2024-02-01"),
    ]
    assert [relation for *_, relation in beside(*pages, measure=INMATES)] != ["differs"]
    dated = [
        says("4,310 inmates", "a", reference_period="2024-01-01"),
        says("4,900 inmates", "b", reference_period="2024-01-01"),
    ]
    assert beside(*dated, measure=INMATES) == [("s1", "s2", "differs")]
    years = [
        says("4,310 inmates", "a", reference_period="2023"),
        says("4,900 inmates", "b", reference_period="2024"),
    ]
    assert beside(*years, measure=INMATES) == [("s1", "s2", "not comparable")]


def test_nobody_is_the_own_side_of_a_figure_in_the_place_of_a_claim() -> None:
    case = opened([says(), says("2,000 people", "b", draws_on=["a"])])
    (pair,) = between(case.evidence, case.comparison().claims["claim"].measure.id, DEFAULT_POLICY)
    assert (pair.claim.words, pair.claim.claim.anchor.paragraph) == ("1,000 people", 1)
    assert (pair.own, pair.echo, pair.claim.attributed, pair.claim.family) == (False, False, False, None)


def test_two_figures_differ_only_if_they_do_so_both_ways_round() -> None:
    """A first count, which may be lowered, sets no floor beside a later one, nor in the place of a claim."""
    first = says("900 people", status="provisional", reference_period="2024-01-03")
    later = says("700 people", "b", reference_period="2024-02-03")
    running = PEOPLE | {"once": False, "cumulative": True}
    assert beside(first, later, measure=running) == [("s2", "s1", "compatible")]
    assert beside(later, first, measure=running) == [("s1", "s2", "compatible")]
    newer = [says("1,000 people", superseded_by=2), says("2,000 people"), says("2,000 people", "b")]
    assert beside(*newer) == [("s3", "s1", "not comparable"), ("s2", "s3", "agrees")]


def test_status_part_and_scope_are_those_of_the_figure() -> None:
    forecast = [says(status="forecast"), says("2,000 people", "b", status="forecast")]
    assert beside(*forecast) == [("s1", "s2", "differs")]
    part = [says(part="men"), says("2,000 people", "b", part="men")]
    assert beside(*part) == [("s1", "s2", "differs")]
    measure = PEOPLE | {"scopes": ["all", "north"]}
    north = [says(scope="north"), says("2,000 people", "b", scope="north")]
    assert beside(*north, measure=measure) == [("s1", "s2", "differs")]
    assert beside(says(), says("2,000 people", "b", scope="north"), measure=measure) == [
        ("s1", "s2", "not comparable")
    ]


def test_a_change_keeps_its_base() -> None:
    change = {"kind": "change", "unit": "%"}
    rise = {"reference_period": "2023", "base_period": "2022"}
    same = [says("up 12%", **rise), says("up 19%", "b", **rise)]
    assert beside(*same, measure=change) == [("s1", "s2", "differs")]
    other = [says("up 12%", **rise), says("up 19%", "b", reference_period="2023", base_period="2019")]
    assert beside(*other, measure=change) == [("s1", "s2", "not comparable")]


def test_a_period_that_ends_is_known_by_its_last_day() -> None:
    said = [says(reference_period="2023"), says("2,000 people", "b", reference_period="2023")]
    case = opened(said, measure=A_YEAR)
    (pair,) = between(case.evidence, case.comparison().claims["claim"].measure.id, DEFAULT_POLICY)
    assert str(pair.claim.published) == "2023-12-31"
    case = opened([says(), says("2,000 people", "b")], measure=A_YEAR)
    for pair in between(case.evidence, case.comparison().claims["claim"].measure.id, DEFAULT_POLICY):
        assert pair.claim.published.year == 9999
