"""Why a verdict is as it is: which sentence is said, and which is not."""

from __future__ import annotations

from typing import Any

import pytest

from tallybook.verdicts.explanation import pair_chain
from tallybook.verdicts.verdict import ClaimVerdict, why_not_counted

from .made import A_YEAR, CLAIM, INMATES, MILES, PEOPLE, Record, judged, opened

IN_2023 = {"reference_period": "2023"}
ASKED = {"words": "1,000 people"}
OWN = ASKED | {"origin": "bureau"}
REFUSED = {"refused": {"by": "me", "why": "misprint"}}


def says(text: str = "1,000 people", origin: str = "a", **facts: Any) -> Record:
    return {"words": text, "origin": origin} | facts


def why(*statements: Record, claim: Record = ASKED, **more: Any) -> str:
    return judged(list(statements), claim, **more).why


# The main reason


def test_who_bears_it_out_is_named() -> None:
    one = why(says(page="Times"))
    assert one == "a (“1,000 people”, Times) says so independently; no other source group differs."
    assert "a (“1,000 people”, page 1) and b (“1,000 people”, page 2) say so independently" in why(
        says(), says(origin="b")
    )


def test_who_differs_is_named() -> None:
    assert why(says("2,000 people")) == (
        "No source seen says so; a (“2,000 people”, page 1) reports a different figure."
    )
    both = why(says("2,000 people"), says("2,000 people", "b"))
    assert both.startswith(
        "No source seen says so; a (“2,000 people”, page 1) and b (“2,000 people”, page 2) report "
    )


def test_a_dispute_names_both_sides() -> None:
    told = why(says(), says("2,000 people", "b"))
    assert (
        told == "a (“1,000 people”, page 1) says so; b (“2,000 people”, page 2) reports a different figure."
    )
    two = why(says(), says(origin="c"), says("2,000 people", "b"))
    assert two.startswith("a (“1,000 people”, page 1) and c (“1,000 people”, page 2) say so; b ")
    own = why(says(origin="bureau"), says("2,000 people"), claim=OWN)
    assert own.startswith("Its own side (“1,000 people”, page 1) says so; a (“2,000 people”, page 2) reports")
    named = OWN | {"attributed_to": "the bureau"}
    own = why(says(origin="bureau"), says("2,000 people"), claim=named)
    assert own.startswith("On the finding: its own side (“1,000 people”, page 1) says so; a ")
    alone = why(says("2,000 people"), claim=named)
    assert alone.startswith("On the finding: a (“2,000 people”, page 1) reports a different figure.")
    both = why(says(origin="bureau"), says(), says("2,000 people", "b"), claim=OWN)
    assert both.startswith("a (“1,000 people”, page 2) says so; b ")
    again = why(
        says(origin="bureau", page="x"), says(origin="bureau", page="y"), says("2,000 people"), claim=OWN
    )
    assert again.startswith("Its own side (“1,000 people”, x) says so; a ")


def test_of_several_on_its_own_side_the_first_that_bears_it_out_is_cited() -> None:
    cites = ASKED | {"cites": [1, 2]}
    told = why(says("70 people"), says(origin="b"), says("2,000 people", "c"), claim=cites)
    assert "Its own side (“1,000 people”, page 2) says so; c (" in told
    told = why(says(), says(origin="b"), says("2,000 people", "c"), claim=cites)
    assert told.startswith("Its own side (“1,000 people”, page 1) says so; c (")


OFFICE = {"bureau": {"measures": True}}


def test_its_own_word_is_told_with_the_number_of_pages() -> None:
    one = why(says(origin="bureau"), claim=OWN)
    assert one == "One page says so, and its only source is bureau."
    two = why(says(origin="bureau", page="x"), says(origin="bureau", page="y"), claim=OWN)
    assert two == "2 pages say so, and all of them go back to one source: bureau."
    copied = why(says(origin="bureau"), says(origin="bureau", copy=True), claim=OWN)
    assert copied.startswith("One page says so")
    same = why(says(origin="bureau", page="x"), says("1,000 persons", "bureau", page="x"), claim=OWN)
    assert same.startswith("One page says so")


def test_the_word_of_an_office_that_measures_is_told_as_such_where_its_page_says_so() -> None:
    cites = OWN | {"cites": [1]}
    assert why(says(origin="bureau"), claim=cites, origins=OFFICE) == (
        "As its source says; no second source. bureau measures, and nobody else was found."
    )
    assert why(says(origin="bureau"), claim=OWN, origins=OFFICE).startswith("One page says so")
    assert why(says(origin="bureau"), claim=cites).startswith("One page says so")


def test_an_office_of_a_party_beside_one_that_measures_is_no_measurement() -> None:
    origins = {"bureau": {"measures": True, "shares_with": ["ministry"]}, "ministry": {}}
    said = [says(origin="bureau"), says(origin="ministry")]
    assert why(*said, claim=OWN | {"cites": [1]}, origins=origins).startswith("2 pages say so")


def test_nothing_of_the_measure_is_told_so() -> None:
    assert why() == "No source gives a figure of this measure."
    assert why(says(**REFUSED)) == "No source gives a figure of this measure."


def test_what_did_not_decide_is_counted_by_its_reason() -> None:
    only = "No source confirms or contradicts it: "
    assert why(says("9 to 3,000 people")) == f"{only}1 estimate is only compatible."
    assert why(says("9 to 3,000 people"), says("9 to 3,000 people", "b")) == (
        f"{only}2 estimates are only compatible."
    )
    forecast = says(status="forecast", page="Times")
    assert why(forecast).startswith(
        "No comparable source was found: 1 estimate cannot be compared (1 of another status)."
    )
    mixed = why(
        says("9 to 3,000 people"), forecast, forecast | {"part": "men"}, says(part="men", status="planned")
    )
    assert mixed.startswith(f"{only}1 estimate is only compatible; 3 estimates cannot be compared (3 of ")
    again = says("9 to 3,000 people", relays=1)
    assert why(says("9 to 3,000 people"), again).startswith(f"{only}1 estimate is only compatible.")
    assert why(says("2,000 people", "bureau"), claim=OWN).startswith("Its own side says otherwise")


# What is added to it


def test_that_its_own_side_says_otherwise_is_said_first() -> None:
    found = judged([says("2,000 people", "bureau")], OWN)
    assert found.said_first == "Its own side says otherwise: “2,000 people”, page 1 (2 times as much)."
    assert found.why.startswith(f"{found.said_first} ")


@pytest.mark.parametrize(
    "statement",
    [
        says("1,000 people", "bureau"),
        says("2,000 people", "office"),
        says("9 to 3,000 people", "bureau"),
        says("2,000 people", "bureau", status="forecast"),
    ],
)
def test_nothing_is_said_first_of_anything_else(statement: Record) -> None:
    assert judged([statement], OWN).said_first == ""


def test_what_repeats_or_is_derived_is_not_said_first() -> None:
    first = says("1,000 people", "bureau")
    assert judged([first, says("2,000 people", "bureau", relays=1)], OWN).said_first == ""
    halved = {"words": "halved", "base": 2, "origin": "bureau"} | IN_2023
    base = {"words": "4,000 people", "reference_period": "2022", "origin": "bureau"}
    found = judged([halved, base], OWN | IN_2023, measure=A_YEAR)
    assert found.said_first == "" and found.verdict == "not tested"


def test_of_another_time_nothing_is_said_first() -> None:
    """An earlier count above a later one differs, but was said of its own time."""
    running = A_YEAR | {"cumulative": True}
    earlier = says("2,000 people", "bureau", reference_period="2023-03-01T12:00")
    claim = OWN | {"reference_period": "2023-05-01T12:00"}
    assert judged([earlier], claim, measure=running).said_first == ""


def test_a_family_at_odds_with_itself_is_named() -> None:
    offices = {name: {"speaks_for": "the state"} for name in "ab"}
    told = why(says(), says("2,000 people", "b"), origins=offices)
    assert "the state is split: its offices say different things, so nobody counts it." in told
    assert "split" not in why(says())


UNDATED = "That holds if the figures are of the claim’s time, which their dates allow."


def test_figures_without_a_date_hold_if_they_are_of_that_time() -> None:
    claim = {"words": "1,000 inmates", "reference_period": "2024-03-01", "published": "2024-03-05"}
    undated, dated = (
        says("1,000 inmates", published="2024-03-04"),
        says("1,000 inmates", "b", reference_period="2024-03-01"),
    )
    assert UNDATED in why(undated, claim=claim, measure=INMATES)
    assert UNDATED not in why(undated, dated, claim=claim, measure=INMATES)
    assert UNDATED not in why(dated, claim=claim, measure=INMATES)
    assert UNDATED not in why(
        says("1 to 9,000 inmates", published="2024-03-04"), claim=claim, measure=INMATES
    )


NOT_SEEN = "The page that the article cites was not seen, so only the article says so."


def test_a_page_that_nobody_saw_is_told_where_nothing_else_decides() -> None:
    cites = OWN | {"cites": ["the leaflet, not seen"]}
    assert NOT_SEEN in why(claim=cites)
    assert NOT_SEEN in why(says("9 to 3,000 people"), claim=cites)
    assert NOT_SEEN not in why(says(), claim=cites)
    assert NOT_SEEN not in why(claim=OWN)
    quoted = why(says(origin="bureau"), says("9 to 3,000 people"), claim=cites)
    assert NOT_SEEN not in quoted


@pytest.mark.parametrize(
    ("period", "published", "told"),
    [
        ("2023-01-01", "2023-04-02", None),
        ("2023-01-01", "2023-04-03", "3 months"),
        ("2023-01-01", "2023-12-31", "12 months"),
        ("2023-01-01", "2024-12-16", "23 months"),
        ("2023-01-01", "2024-12-17", "2 years"),
        ("2023-01-01", "2026-07-05", "4 years"),
        ("2023", "2024-06-30", "6 months"),
    ],
)
def test_how_old_a_figure_was_is_told_of_one_older_than_a_season(
    period: str, published: str, told: str | None
) -> None:
    claim = ASKED | {"reference_period": period, "published": published}
    sentence = f"The figure was {told} old when the article printed it."
    assert ("when the article printed it" in why(claim=claim, measure=A_YEAR)) is (told is not None)
    assert told is None or sentence in why(claim=claim, measure=A_YEAR)


def test_what_has_no_time_is_never_old() -> None:
    old = {"reference_period": "2020", "published": "2024-06-30"}
    assert "old" not in why(claim=ASKED | old)
    assert "old" not in why(claim={"words": "9 days"} | old, measure={"kind": "duration", "unit": "day"})
    assert "old" not in why(claim=ASKED | {"published": "2024-06-30"}, measure=A_YEAR)


BOUND = "No estimate has the bound of the claim: nobody gives "


@pytest.mark.parametrize(
    ("claim", "statement", "told"),
    [
        ("over 1,000 people", says("1,200 people"), "1,000 as a floor."),
        ("at most 1,000 people", says("900 people"), "1,000 as a ceiling."),
        ("over 1,000 people", says("over 1,000 people"), None),
        ("over 1,000 people", says("over 1,200 people"), None),
        ("over 1,000 people", says("1,000 people"), "1,000 as a floor."),
        ("over 1,000 people", says("400 people"), None),
        ("over 1,000 people", says("9,000 people"), None),
        ("over 1,000 people", says("1,000 people", status="forecast"), None),
        ("1,000 people", says("1,000 people"), None),
        ("over 1,000 people", says("up to 1,000 people"), "1,000 as a floor."),
    ],
)
def test_that_nobody_has_the_bound_of_the_claim_is_said(
    claim: str, statement: Record, told: str | None
) -> None:
    found = why(statement, claim={"words": claim})
    assert (BOUND in found) is (told is not None)
    assert told is None or f"{BOUND}{told}" in found


def test_that_one_has_the_bound_of_the_claim_is_enough() -> None:
    said = [says("1,200 people"), says("over 1,000 people", "b"), says("1,300 people", "c")]
    assert BOUND not in why(*said, claim={"words": "over 1,000 people"})


def test_a_number_near_the_bound_is_not_the_bound() -> None:
    found = why(says("1,020 miles"), claim={"words": "over 1,000 miles"}, measure=MILES)
    assert f"{BOUND}1,000 as a floor." in found


# Figures of another time, scope or status


def test_figures_that_cannot_be_compared_say_how_they_would_bear() -> None:
    claim = ASKED | IN_2023
    then, before = ({"reference_period": when} for when in ("2022", "2021"))
    fits = why(says(**then), claim=claim, measure=A_YEAR)
    assert "1 figure of another time would fit: “1,000 people”, page 1, 2022." in fits
    two = why(says(**then), says(origin="b", **before), claim=claim, measure=A_YEAR)
    assert "2 figures of another time would fit: “1,000 people”, page 1, 2022." in two
    off = why(says("2,000 people", **then), says("3,000 people", "b", **before), claim=claim, measure=A_YEAR)
    assert "2 figures of another time would differ." in off
    mixed = why(says(**then), says("3,000 people", "b", **before), claim=claim, measure=A_YEAR)
    assert "1 figure of another time would fit" in mixed and "would differ" not in mixed
    vague = why(
        says("9 to 3,000 people", **then), says("3,000 people", "b", **before), claim=claim, measure=A_YEAR
    )
    assert "would" not in vague


def test_each_reason_has_its_own_sentence() -> None:
    measure = PEOPLE | {"scopes": ["all", "north"]}
    told = why(
        says("2,000 people", scope="north"), says("2,000 people", "b", status="planned"), measure=measure
    )
    assert told.endswith("1 figure of another scope would differ. 1 figure of another status would differ.")
    undated = why(says(status="forecast"))
    assert undated.endswith("1 figure of another status would fit: “1,000 people”, page 1.")


def test_a_capacity_bears_on_nothing() -> None:
    assert "would fit" not in why(says(status="capacity"))


def test_what_would_decide_it_is_told_where_the_dates_leave_it_open() -> None:
    claim = {"words": "1,000 inmates", "reference_period": "2024-03-01", "published": "2024-03-05"}
    asks = "A figure with the date of the claim would decide it."
    undated = says("2,000 inmates", published="2024-03-04")
    assert asks in why(undated, claim=claim, measure=INMATES)
    assert asks not in why(says("1 to 9,000 people"))
    supported = says("1,000 inmates", "b", reference_period="2024-03-01")
    assert asks not in why(undated, supported, claim=claim, measure=INMATES)


# Derived figures


def derived(*amounts: tuple[str, str], claim: str = "10 people a day") -> str:
    measures = {
        "total": A_YEAR,
        "rate": {"kind": "rate", "unit": "person / day", "rate_of": "total"},
    }
    said = [
        says(text, f"o{number}", measure="total", reference_period=period)
        for number, (text, period) in enumerate(amounts)
    ]
    return why(
        *said, claim={"words": claim, "measure": "rate", "reference_period": "2022"}, measures=measures
    )


def test_derived_figures_are_told_by_number_origin_and_range() -> None:
    assert "1 derived figure from 1 origin gives 11 people a day." in derived(("4,015 people", "2023"))
    two = derived(("4,015 people", "2023"), ("8,030 people", "2021"))
    assert "2 derived figures from 2 origins range from 11 to 22 people a day." in two
    same = derived(("4,015 people", "2023"), ("4,015 people", "2021"))
    assert "2 derived figures from 2 origins give 11 people a day." in same
    assert "derived figure" not in derived()


def test_derived_figures_that_decided_are_not_told_again() -> None:
    """The sentence on who differs has them already."""
    assert "1 derived figure from" not in derived(("36,501 people", "2022"))


def test_a_derived_figure_is_cited_with_what_it_comes_to() -> None:
    told = derived(("36,501 people", "2022"))
    assert "which comes to 100 people a day (derived: " in told
    assert "comes to" not in why(says("2,000 people"))


# What is counted


def counted(*statements: Record, claim: Record = ASKED, **more: Any) -> ClaimVerdict:
    return judged(list(statements), claim, **more)


def test_pages_origins_and_witnesses_are_counted() -> None:
    assert counted().witnesses == "0 pages, no independent witness"
    assert counted(says()).witnesses == "1 page, 1 independent witness"
    two = counted(says(page="x"), says(page="x", origin="b"))
    assert two.witnesses == "1 page, 2 origins, 2 independent witnesses"
    assert (two.pages, two.origins, two.families, two.witness_count) == (1, 2, 2, 2)
    assert counted(says(), says("9 people", **REFUSED)).witnesses == "1 page, 1 independent witness"
    assert counted(says(), says(origin="b", copy=True)).witnesses.startswith("1 page, ")
    aside = counted(
        says(), says(origin="b", status="forecast"), says(origin="b", part="men", status="planned")
    )
    assert (aside.aside, aside.pages) == (2, 3)
    assert counted(says()).aside == 0


def test_a_derived_figure_stands_on_no_page_of_its_own() -> None:
    measures = {"total": A_YEAR, "rate": {"kind": "rate", "unit": "person / day", "rate_of": "total"}}
    said = says("4,015 people", measure="total", **IN_2023)
    found = counted(said, claim={"words": "11 people a day", "measure": "rate"} | IN_2023, measures=measures)
    assert (found.pages, found.origins) == (0, 1)


def test_the_heading_is_of_whom_the_words_name() -> None:
    assert counted(says()).heading == "verdict"
    assert counted(says(), claim=OWN | {"attributed_to": "the bureau"}).heading == "attribution"
    assert counted(says(), claim=OWN | {"attributed_to": "some estimates"}).heading == "verdict"


# Superseded


@pytest.mark.parametrize(
    ("older", "newer", "superseded"),
    [
        ("1,000 people", "1,200 people", True),
        ("1,200 people", "1,000 people", False),
        ("1,000 people", "1,000 people", False),
        ("900 people", "1,200 people", False),
    ],
)
def test_a_claim_is_superseded_where_its_origin_no_longer_bears_it_out(
    older: str, newer: str, superseded: bool
) -> None:
    said = [
        says(older, "bureau", published="2024-01-01", superseded_by=2),
        says(newer, "bureau", published="2024-02-01"),
    ]
    assert judged(said, OWN).superseded is superseded
    assert judged([says(older, "bureau"), says(newer, "bureau")], OWN).superseded is False


def test_an_article_supersedes_its_own_claim() -> None:
    assert judged([says()], ASKED | {"replaced_by": {"words": "1,200 people"}}).superseded
    assert not judged([says()], ASKED | {"replaces": {"words": "1,200 people"}}).superseded


# When written


def test_figures_of_no_certain_day_are_told_when_written_and_not_today() -> None:
    claim = ASKED | {"published": "2024-03-05"}
    undated, later = says(), says(origin="b", published="2024-04-01")
    told = "1 figure that has no certain date may have been out as well."
    assert told in why(undated, later, claim=claim, as_of="written")
    assert "may have been out" not in why(undated, later, claim=claim)
    two = why(
        undated, says(origin="c"), says(origin="d", published="2024-03-01"), claim=claim, as_of="written"
    )
    assert "2 figures that have no certain date may have been out as well." in two
    assert "may have been out" not in why(later, claim=claim, as_of="written")


def test_undated_figures_of_another_measure_are_not_told() -> None:
    measures = {"people": PEOPLE, "patients": PEOPLE | {"definition": "patients"}}
    claim = ASKED | {"published": "2024-03-05", "measure": "people"}
    assert "may have been" not in why(
        says(measure="patients"), claim=claim, measures=measures, as_of="written"
    )


# Who is not counted


@pytest.mark.parametrize(
    ("statements", "claim", "origins", "number", "counts"),
    [
        ([says()], ASKED, {}, 1, "for the claim, as the voice of a"),
        ([says("2,000 people")], ASKED, {}, 1, "against the claim, as the voice of a"),
        ([says("9 to 3,000 people")], ASKED, {}, 1, "no: it is only compatible"),
        ([says(status="forecast")], ASKED, {}, 1, "no: it cannot be compared"),
        ([says(origin="bureau")], OWN, {}, 1, "no: the claim’s own side"),
        ([says(draws_on=["bureau"])], OWN, {}, 1, "no: made from figures of the claim’s own side"),
        ([says(origin="unknown")], ASKED, {}, 1, "no: its origin is not known"),
        ([says(), says(relays=1)], ASKED, {}, 2, "no: it repeats another statement"),
        ([says(), says("1,000 persons")], ASKED, {}, 2, "no: another estimate represents its source group"),
        ([says(), says("2,000 people", "b")], ASKED,
         {name: {"speaks_for": "the state"} for name in "ab"}, 1, "no: its offices say different things"),
        ([says(), says(origin="b", draws_on=["a"])], ASKED, {}, 2, "no: repeats what another source group"),
    ],
)  # fmt: skip
def test_what_one_estimate_counts_for(
    statements: list[Record], claim: Record, origins: Record, number: int, counts: str
) -> None:
    case = opened(statements, claim, origins=origins)
    told = {link.step: link.says for link in pair_chain(case.comparison(), CLAIM, f"s{number}")}
    assert told["counts"].startswith(counts)


def test_of_what_counts_there_is_no_reason_why_not() -> None:
    found = opened([says()], ASKED).comparison()
    assert why_not_counted(found.pairs[CLAIM][0], found.verdicts[CLAIM]) == ""
