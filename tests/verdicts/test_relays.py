"""One utterance on many pages: what each repeats, what changed, and whether it turns a verdict."""

from __future__ import annotations

from typing import Any

import pytest

from tallybook.verdicts.drift import Drift, Step

from .made import A_YEAR, PEOPLE, Record, opened

TWO = {"people": PEOPLE, "patients": PEOPLE | {"definition": "patients"}}


def grouped(*groups: Record) -> Any:
    """A change of the files: statements that are one utterance."""

    def change(files: Record) -> None:
        files["sources/origins.yaml"]["groups"] = [{"what": "A briefing"} | group for group in groups]

    return change


def says(words: str = "1,000 people", **facts: Any) -> Record:
    return {"words": words} | facts


def utterances(*statements: Record, claim: Record | None = None, **more: Any) -> list[Drift]:
    return opened(list(statements), claim or {"words": "1,000 people"}, **more).drifts()


def steps(*statements: Record, **more: Any) -> dict[str, Step]:
    return {step.estimate.id: step for drift in utterances(*statements, **more) for step in drift.steps}


def test_a_chain_is_compared_with_its_first_wording_and_with_the_one_before() -> None:
    found = steps(says("over 1,000 people"), says(relays=1), says("1,200 people", relays=2))
    assert [(id_, step.against, step.depth) for id_, step in found.items()] == [
        ("s1", "s1", 0), ("s2", "s1", 1), ("s3", "s1", 2),
    ]  # fmt: skip
    assert [step.codes for step in found.values()] == [
        (),
        ("bound_dropped",),
        ("number_changed", "bound_dropped"),
    ]
    assert [step.link_codes for step in found.values()] == [(), ("bound_dropped",), ("number_changed",)]
    assert [step.material for step in found.values()] == [False, True, True]
    assert [step.nearest for step in found.values()] == [True, False, False]
    assert found["s1"].why == "the wording nearest to the origin"


def test_an_utterance_is_told_by_its_first_wording_in_words() -> None:
    (drift,) = utterances(says("over 1,000 people", page="Times"), says(page="Post", relays=1))
    assert (drift.id, drift.what, drift.distorted) == ("s1", "“over 1,000 people”, Times", 1)
    assert drift.summary == (
        "2 pages, 2 wordings of one figure: over 1,000 and 1,000; nearest to the origin: "
        "“over 1,000 people” (Times)."
    )
    (alike,) = utterances(says(page="Times"), says("1000 people", page="Times", relays=1))
    assert alike.summary == "1 page, one figure, 1,000; nearest to the origin: “1,000 people” (Times)."
    assert alike.distorted == 0


def test_one_wording_alone_is_no_utterance() -> None:
    assert utterances(says(), says("2,000 people")) == []
    dates = {"words": "from May 1 to May 14", "dates": {"start": "2024-05-01", "end": "2024-05-14"}}
    duration = {"kind": "duration", "unit": "day"}
    claim = {"words": "9 days"}
    assert utterances(dates, says("9 days", relays=1), measure=duration, claim=claim) == []


def test_an_utterance_of_no_measure_of_the_case_is_left_out() -> None:
    other = [says(measure="patients"), says("2,000 people", measure="patients", relays=1)]
    assert utterances(*other, claim={"words": "7", "measure": "people"}, measures=TWO) == []
    assert (
        len(
            utterances(
                *other,
                says("9", measure="people"),
                says("9", measure="people", relays=3),
                claim={"words": "7", "measure": "people"},
                measures=TWO,
            )
        )
        == 1
    )
    mixed = [says(measure="people"), says(measure="patients", relays=1)]
    assert len(utterances(*mixed, claim={"words": "7", "measure": "people"}, measures=TWO)) == 1


def test_utterances_are_told_in_the_order_of_their_ids() -> None:
    said = [
        says("nine people"),
        says("ten people"),
        says("ten people", relays=2),
        says("nine people", relays=1),
    ]
    assert [drift.id for drift in utterances(*said)] == ["s1", "s2"]
    group = grouped({"id": "a-group", "statements": ["s2", "s3"]})
    said = [says("nine people"), says("ten people"), says("ten people"), says("nine people", relays=1)]
    assert [drift.id for drift in utterances(*said, change=group)] == ["a-group", "s1"]


def test_a_group_goes_by_its_name_and_two_that_a_relay_joins_by_both() -> None:
    said = [says(), says(), says("1,200 people", relays=1), says("1,200 people")]
    both = grouped(
        {"id": "one", "what": "One", "statements": ["s1", "s2"]},
        {"id": "two", "what": "Two", "statements": ["s3", "s4"]},
    )
    (drift,) = utterances(*said, change=both)
    assert (drift.id, drift.what) == ("one", "One; Two")


def test_in_a_group_the_wording_that_a_person_calls_nearest_is_the_measure_of_the_others() -> None:
    said = [says("1,200 people"), says("1,000 people"), says("1,200 people")]
    found = steps(*said, change=grouped({"id": "g", "statements": ["s1", "s2", "s3"], "nearest": ["s2"]}))
    assert list(found) == ["s2", "s1", "s3"]
    assert [step.against for step in found.values()] == ["s2", "s2", "s2"]
    assert [step.codes for step in found.values()] == [(), ("number_changed",), ("number_changed",)]


def test_who_is_called_nearest_repeats_nothing_even_where_it_names_what_it_repeats() -> None:
    said = [says("1,200 people"), says("1,000 people", relays=1), says("1,000 people")]
    group = grouped({"id": "g", "statements": ["s2", "s3"], "nearest": ["s2"]})
    found = steps(*said, change=group)
    assert found["s2"].against == "s2" and found["s3"].against == "s2"


def test_a_relay_of_what_has_no_figure_repeats_the_nearest_of_its_group() -> None:
    duration = {"kind": "duration", "unit": "day"}
    dates = {"words": "from May 1 to May 14", "dates": {"start": "2024-05-01", "end": "2024-05-14"}}
    said = [dates, says("14 days", relays=1), says("15 days", relays=2)]
    found = steps(*said, measure=duration, claim={"words": "9 days"})
    assert (found["s2"].against, found["s3"].against) == ("s2", "s2")


def test_each_figure_of_a_group_has_its_own_nearest_wording() -> None:
    """Of another measure or scope with another number; the same number is that figure, repeated."""
    claim = {"words": "7", "measure": "people"}
    group = grouped({"id": "g", "statements": ["s1", "s2", "s3"], "nearest": ["s1"]})
    other = [
        says(measure="people"),
        says("70 patients", measure="patients"),
        says("71 patients", measure="patients"),
    ]
    found = steps(*other, claim=claim, measures=TWO, change=group)
    assert [(id_, step.against) for id_, step in found.items()] == [("s1", "s1"), ("s2", "s2"), ("s3", "s2")]
    same = [
        says(measure="people"),
        says("1,000 patients", measure="patients"),
        says("71 people", measure="patients"),
    ]
    found = steps(*same, claim=claim, measures=TWO, change=group)
    assert found["s2"].against == "s1" and found["s2"].codes == ("measure_swapped",)
    (drift,) = utterances(*other, claim=claim, measures=TWO, change=group)
    assert drift.summary.count("nearest to the origin") == 2


def test_a_number_of_another_kind_of_measure_is_not_the_same_figure() -> None:
    measures = {
        "sent": A_YEAR,
        "held": {"kind": "stock", "unit": "person"},
        "share": {"kind": "share", "unit": "%"},
        "rise": {"kind": "change", "unit": "%"},
    }
    group = grouped({"id": "g", "statements": ["s1", "s2"], "nearest": ["s1"]})
    counts = [says(measure="sent"), says(measure="held")]
    claim = {"words": "7", "measure": "sent"}
    assert steps(*counts, claim=claim, measures=measures, change=group)["s2"].against == "s1"
    shares = [says("12%", measure="share"), says("up 12%", measure="rise")]
    claim = {"words": "9%", "measure": "share"}
    assert steps(*shares, claim=claim, measures=measures, change=group)["s2"].against == "s2"


def test_in_a_group_a_repetition_of_the_same_number_is_held_against_the_nearest_of_its_own_measure() -> None:
    claim = {"words": "7", "measure": "people"}
    said = [says(measure="patients"), says(measure="people"), says("1,000 persons", measure="people")]
    group = grouped({"id": "g", "statements": ["s1", "s2", "s3"], "nearest": ["s1", "s2"]})
    found = steps(*said, claim=claim, measures=TWO, change=group)
    assert (found["s2"].against, found["s3"].against) == ("s2", "s2")


def test_that_a_change_turns_a_verdict_is_said() -> None:
    """A small change on the page, and the figure no longer bears the claim out."""
    claim = {"words": "over 1,004 people"}
    found = steps(says("1,005 people"), says("1,003 people", relays=1), claim=claim)
    assert found["s2"].changes == ("claim",) and found["s2"].material
    assert found["s2"].why.endswith("; this changes how it bears on “over 1,004 people”")
    still = steps(says("1,006 people"), says("1,005 people", relays=1), claim=claim)
    assert still["s2"].changes == () and not still["s2"].material
    assert still["s1"].changes == ()
    assert "this changes" not in still["s2"].why


@pytest.mark.parametrize(
    ("claim", "changes"),
    [
        ("1,000 people", True),  # for, then against
        ("1,500 people", False),  # against, both
        ("900 to 2,100 people", False),  # neither confirms more than the other
    ],
)
def test_it_is_turned_where_it_was_for_and_is_against(claim: str, changes: bool) -> None:
    found = steps(says("1,000 people"), says("2,000 people", relays=1), claim={"words": claim})
    assert bool(found["s2"].changes) is changes


def test_it_is_turned_where_it_was_against_and_is_neither() -> None:
    claim = {"words": "over 1,500 people"}
    found = steps(says("1,000 people"), says("9,000 people", relays=1), claim=claim)
    assert found["s2"].changes == ("claim",)


def test_what_did_not_change_turns_nothing() -> None:
    said = [says(), says(relays=1, status="provisional")]
    found = steps(*said, claim={"words": "1,000 people"})
    assert found["s2"].changes == () and found["s2"].codes == ()
