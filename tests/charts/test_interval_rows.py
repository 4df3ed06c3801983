"""Which rows an interval picture has, in which order, and what it says of them: before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook import UnknownName, charts
from tallybook.charts.interval_rows import MOST_OPEN, MOST_ROWS, IntervalPicture, interval_picture
from tallybook.charts.interval_words import alt, caption, opens_further
from tallybook.tables.case import Case
from tallybook.terms import Relation, Status

Make = Callable[..., Case]
NINE = [{"words": "nine loaves", "origin": "a"}]


def picture(case: Case, claim: str | None = "c0", **given: Any) -> IntervalPicture:
    given = {"measure": None, "as_of": "today"} | given
    return interval_picture(case, claim, **given)


def ids(rows: Any) -> list[tuple[str, ...]]:
    return [tuple(estimate.id for estimate in row.estimates) for row in rows]


def test_the_figure_that_differs_is_first_then_the_voices_that_count_then_the_claim_s_own(bread):
    near = picture(bread).near
    assert [(row.family, row.bearing) for row in near] == [
        ("Origin C", "differs"),
        ("Origin B", "agrees"),
        ("Origin D", "supports"),
        ("Origin A", "agrees"),
    ]


def test_a_figure_that_differs_is_first_though_its_group_speaks_otherwise(small_case: Make):
    said = [
        {"origin": "b", "words": "nine loaves", "kind": "primary"},
        {"origin": "b", "words": "two loaves"},
    ]
    near = picture(small_case(said, NINE)).near
    assert (near[0].bearing, near[0].voice) == ("differs", False)
    assert picture(small_case(said, NINE)).summary.startswith("Differs: Origin B with 2.")


def test_it_says_how_many_that_confirm_a_claim_are_of_its_own_side(small_case: Make):
    own, other = {"origin": "a", "words": "nine loaves"}, {"origin": "b", "words": "nine loaves"}
    for said, told in (
        ([own], "The one that confirms it is of the claim’s own side."),
        ([own, own], "Of the 2 that confirm it, all are of the claim’s own side."),
        ([own, other], "Of the 2 that confirm it, 1 is of the claim’s own side."),
        ([own, own, other], "Of the 3 that confirm it, 2 are of the claim’s own side."),
    ):
        assert picture(small_case(said, NINE)).summary.endswith(f". {told}")
    assert "own side" not in picture(small_case([other, other], NINE)).summary


def test_figures_of_one_group_that_say_the_same_are_one_row(bread):
    row = picture(bread).near[1]
    assert ids([row]) == [("s1", "s2")] and row.pages == 2


def test_every_figure_has_a_row_or_is_counted_as_left_out(bread):
    made = picture(bread)
    assert sorted(one for row in ids(made.rows) for one in row) == [f"s{k}" for k in range(6)]
    assert (made.figures, made.groups, made.left_out) == (6, 4, 0)


def test_what_cannot_be_compared_stands_apart_with_its_reason(bread):
    row = picture(bread).aside[0]
    assert row.relation is Relation.NOT_COMPARABLE
    assert row.reason == Status.PLANNED.meaning


def test_who_cannot_confirm_the_claim_is_told_why(small_case: Make):
    origins = [{"id": "b", "independent": False}]
    said = [{"origin": origin, "words": "nine loaves"} for origin in "abc"]
    rows = {row.family: row for row in picture(small_case(said, NINE, origins=origins)).near}
    assert rows["Origin A"].standing == "the claim’s own side"
    assert rows["Origin B"].standing == "its origin is not known"
    assert rows["Origin C"].standing == ""
    assert [row.counts for row in rows.values()].count(True) == 1


def test_a_figure_that_rests_on_the_claim_s_own_side_confirms_nothing(small_case: Make):
    said = [{"origin": "b", "words": "nine loaves", "draws_on": ["a"]}]
    assert picture(small_case(said, NINE)).near[0].standing == "made from figures of the claim’s own side"


def test_a_sum_of_what_others_found_confirms_nothing_beside_them(small_case: Make):
    origins = [{"id": "b", "speaks_for": "bakers"}, {"id": "d", "members": ["bakers"]}]
    said = [{"origin": origin, "words": "nine loaves"} for origin in "bd"]
    case = small_case(said, NINE, origins=origins, origins_file={"parties": {"bakers": "Bakers"}})
    standings = {row.family: row.standing for row in picture(case).near}
    assert standings == {"Bakers": "", "Origin D": "repeats what another source group says"}


def test_words_without_a_number_of_the_measure_are_the_same_only_when_they_are_the_same_words(
    small_case: Make,
):
    shares = [f"{share} percent of the loaves" for share in (40, 60, 40)]
    said = [{"origin": "b", "words": "ten loaves"}]
    said += [{"origin": "b", "words": words, "base": "s0"} for words in shares]
    aside = picture(small_case(said, NINE)).aside
    assert sorted(ids(aside)) == [("s1", "s3"), ("s2",)]
    assert {row.figure for row in aside} == {"no number"}


def test_a_derived_figure_keeps_the_bound_of_what_it_is_made_of(small_case: Make):
    said = [{"origin": "b", "words": "over nine loaves", "reference_period": "2025-01-01/2025-04-01"}]
    case = small_case(said, [{"words": "nine loaves a month", "measure": "monthly", "origin": "a"}])
    assert picture(case).rows[0].figure == "above 3.01"


def test_several_claims_of_a_measure_have_letters_and_each_row_a_relation_to_each(bread):
    made = picture(bread, None, measure="loaves")
    assert [(band.letter, band.claim) for band in made.bands] == [("A", "c0"), ("B", "c1")]
    rows = {row.family: row for row in made.near}
    assert rows["Origin C"].bearing == "A differs · B compatible"
    assert rows["Origin B"].standing == "B: the claim’s own side" and rows["Origin B"].counts


def test_a_measure_without_a_claim_is_rows_without_relation(small_case: Make):
    case = small_case([{"measure": "crumbs", "words": "two crumbs"}], NINE)
    made = picture(case, None, measure="crumbs")
    assert made.bands == () and [row.bearing for row in made.rows] == [""]
    assert "a measure that no claim names" in alt(made)


@pytest.mark.parametrize("said", [[], [{"origin": "b", "words": "100 loaves"}]], ids=["alone", "beside"])
def test_a_claim_s_band_is_its_zone_under_the_policy_of_the_book(
    small_case: Make, said: list[dict[str, str]]
):
    from dataclasses import replace

    case = small_case(said, [{"words": "about 100 loaves", "origin": "a"}])
    case = case.with_policy(replace(case.policy, about=0.3))
    band = picture(case).bands[0]
    assert (band.zone.low, band.zone.high) == (70, 130)
    assert case.zones()["true"].item() == "70–130"


def test_an_end_that_time_opens_is_no_width_of_the_words(small_case: Make):
    said = [{"origin": "b", "words": "12 loaves", "reference_period": "2025-06"}]
    claim = {"words": "over ten loaves", "origin": "a", "reference_period": "2025-03"}
    row = picture(small_case(said, [claim], cumulative=True)).near[0]
    assert (row.zone.low, row.zone.high) == (12, 12), "the words say 12"
    assert opens_further(row) == (True, False), "a later count says nothing of how few there were"


def test_words_that_are_open_themselves_are_not_opened_by_time(small_case: Make):
    said = [{"origin": "b", "words": "over 12 loaves", "reference_period": "2025-01"}]
    claim = {"words": "over ten loaves", "origin": "a", "reference_period": "2025-03"}
    row = picture(small_case(said, [claim], cumulative=True)).near[0]
    assert row.opened[1] and not opens_further(row)[1]


def crowd(small_case: Make, size: int) -> Case:
    said = [{"origin": "bcd"[k % 3], "words": f"{k + 10} loaves"} for k in range(size)]
    aside = [{"origin": "b", "words": f"{k + 10} loaves", "status": "planned"} for k in range(size)]
    return small_case([*said, *aside], [{"words": "over ten loaves", "origin": "a"}])


def test_a_crowd_is_cut_to_thirty_rows_ten_of_them_open_and_the_rest_counted(small_case: Make):
    made = picture(crowd(small_case, 40))
    assert len(made.rows) == MOST_ROWS and made.open_near + made.open_aside == MOST_OPEN
    assert (made.open_near, made.open_aside) == (7, 3), "what cannot be compared keeps a place"
    assert made.left_out == made.figures - MOST_ROWS == 50
    assert "50 of 80 figures not drawn here." in alt(made)


def test_a_figure_that_cannot_be_compared_says_how_it_would_bear(small_case: Make):
    said = [{"origin": "b", "words": words, "status": "planned"} for words in ("nine loaves", "90 loaves")]
    would = {row.figure: row.would for row in picture(small_case(said, NINE)).aside}
    assert would == {"9": Relation.AGREES, "90": Relation.DIFFERS}


def test_the_words_for_the_ear_name_who_differs_before_all_others(bread):
    said = alt(picture(bread))
    assert said.index("Differs: Origin C with 3.") < said.index("Origin B")
    assert "6 figures from 4 source groups: 1 differs, 3 agree, 1 supports and 1 not comparable" in said
    assert "Origin A (agrees; the claim’s own side): over 10." in said
    assert f"Origin B (not comparable; {Status.PLANNED.meaning}): 12." in said


def test_a_claim_that_nothing_is_said_of_says_so(small_case: Make):
    made = picture(small_case([], NINE))
    assert made.rows == () and made.summary == "No source gives a figure for it."


def test_only_what_is_drawn_is_explained(bread):
    said = caption(picture(bread))
    assert "no upper end after “over”" in said and "“about”" not in said
    assert "Hollow" in said and "bracket" not in said and "logarithmic" not in said


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"claim": "c"}, "Nearest: 'c0'|Nearest: 'c1'"),
        ({"claim": None, "measure": "loafs"}, "Nearest: 'loaves'"),
        ({"claim": None}, "a claim or a measure"),
        ({"measure": "loaves"}, "a claim or a measure"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(bread, asked, answer):
    with pytest.raises((UnknownName, ValueError), match=answer):
        picture(bread, **asked)


def test_a_measure_that_nobody_speaks_of_says_so(bread):
    empty = picture(bread, claim=None, measure="crumbs")
    assert empty.summary == "No source gives a figure for it."
    assert (empty.rows, caption(empty)) == ((), "")
    assert empty.summary in charts.interval_table(bread, measure="crumbs")
    assert empty.summary in charts.intervals(bread, measure="crumbs").alt


def test_months_are_not_shown_as_days(small_case: Make):
    length = {"id": "m", "kind": "duration", "unit": "day", "definition": "How long it took."}
    said = [{"measure": "m", "origin": "b", "words": "100 days"}]
    made = picture(small_case(said, [{"measure": "m", "words": "less than three months"}], measures=[length]))
    assert made.bands[0].figure == "under 3 months"
    assert made.rows[0].figure == "100"
