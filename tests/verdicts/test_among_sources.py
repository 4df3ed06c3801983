"""Every origin beside every other: who disagrees with whom, and since when. All figures are made up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tallybook.tables.case import Case
from tallybook.terms import Joined, Relation
from tallybook.verdicts.among_sentences import answer, pair_sentence
from tallybook.verdicts.among_sources import AmongSources, OriginPair, among_sources

from .made import A_YEAR, CHANGE, PEOPLE, Record, opened


def says(words: str = "1,345 people", origin: str = "north", **facts: Any) -> Record:
    return {"words": words, "origin": origin, "published": "2024-03-01"} | facts


def among(*statements: Record, measure: Record = PEOPLE, **more: Any) -> AmongSources:
    return of_case(opened(list(statements), measure=measure, **more))


def of_case(case: Case) -> AmongSources:
    return among_sources(case.evidence, case.comparison().claims["claim"].measure.id, case.policy)


def only(*statements: Record, measure: Record = PEOPLE, **more: Any) -> OriginPair:
    (pair,) = among(*statements, measure=measure, **more).pairs
    return pair


def stands(pair: OriginPair) -> tuple[str, str, str]:
    return pair.one.name, str(pair.relation), pair.other.name


def test_one_origin_has_nobody_to_disagree_with() -> None:
    found = among(says(), says("1,187 people"))
    assert [origin.name for origin in found.origins] == ["north"] and found.pairs == ()
    assert answer([found]) == (
        "No two origins give a figure of one measure, so that none of them can disagree.",
    )
    assert answer([]) == answer([found])


def test_every_two_origins_once_and_those_that_differ_first() -> None:
    found = among(says(), says(origin="east"), says("1,187 people", "south"), says("over 900 people", "west"))
    assert len(found.pairs) == 6
    assert [str(p.relation) for p in found.pairs[:3]] == ["differs", "differs", "agrees"]
    assert found.ranked[0].name == "south"
    assert found.of(found.origins[0], found.origins[1]) is found.of(found.origins[1], found.origins[0])
    assert found.of(found.origins[0], found.origins[0]) is None


def test_the_gap_is_that_of_the_second_figure_from_the_first() -> None:
    pair = only(says(), says("1,187 people", "south"))
    assert stands(pair) == ("north", "differs", "south") and pair.gap == "12% below"
    assert "The second is 12% below." in pair_sentence(pair)
    assert only(says("1,187 people"), says(origin="south")).gap == "13% above"


def test_they_differ_from_the_day_by_which_both_were_out() -> None:
    pair = only(says(published="2024-03-01"), says("1,187 people", "south", published="2024-05-09"))
    assert pair.since == date(2024, 5, 9)
    assert "They have differed since 9 May 2024." in pair_sentence(pair)


def test_without_a_date_nobody_knows_since_when() -> None:
    statements = [says(), says("1,187 people", "south")]
    del statements[1]["published"]
    pair = only(*statements)
    assert pair.differ and pair.since is None
    assert "Since when is not known: page 2 gives no date." in pair_sentence(pair)
    assert "(since when is not known)" in answer([among(*statements)])[0]


def test_where_no_page_is_dated_what_depends_on_time_is_left_open() -> None:
    statements = [says(), says("1,187 people", "south"), says(origin="west")]
    for statement in statements:
        del statement["published"]
    found = among(*statements, measure=A_YEAR)
    assert {str(pair.relation) for pair in found.pairs} <= {"compatible", "agrees"}
    assert {pair.since for pair in found.pairs} == {None}
    assert answer([found])[0] == "No two origins disagree."


def test_a_figure_was_out_with_the_first_page_that_repeats_it() -> None:
    """The wording nearest to the origin may stand on a later page."""
    later = says(published="2024-06-01")
    repeat = says(published="2024-02-01", relays=1)
    pair = only(later, repeat, says("1,187 people", "south", published="2024-03-05"))
    assert pair.since == date(2024, 3, 5)
    other_number = says("1,300 people", published="2024-02-01", relays=1)
    pair = only(later, other_number, says("1,187 people", "south", published="2024-03-05"))
    assert pair.since == date(2024, 6, 1)


def test_earlier_agreement_is_told() -> None:
    pair = only(
        says(published="2024-01-10"),
        says(origin="south", published="2024-01-20"),
        says("1,187 people", "south", published="2024-05-09"),
    )
    assert pair.differ and pair.since == date(2024, 5, 9)
    assert pair.before is not None and pair.before.since == date(2024, 1, 20)
    assert pair.before.relation is Relation.AGREES
    assert "Before, from 20 January 2024, they agreed" in pair_sentence(pair)


def test_what_was_said_before_is_told_in_the_order_of_the_two() -> None:
    """A bound stands first beside what it allows; before it the same two stood the other way round."""
    pair = only(
        says("1,345 people", "south", published="2024-01-10"),
        says("1,187 people", published="2024-01-20"),
        says("over 1,300 people", published="2024-05-09"),
    )
    assert stands(pair) == ("north", "supports", "south") and pair.before is not None
    assert (pair.before.first.words, pair.before.second.words) == ("1,187 people", "1,345 people")
    assert "they differed: “1,187 people” (page 2, 20 January 2024) and “1,345 people”" in pair_sentence(pair)


def test_what_a_correction_ended_is_told_as_before() -> None:
    """The figure that was superseded stands aside, and still tells how the two stood."""
    pair = only(
        says(published="2024-01-10", superseded_by=3),
        says(origin="south", published="2024-01-20"),
        says("1,187 people", published="2024-05-09"),
    )
    assert pair.differ and pair.since == date(2024, 5, 9)
    assert pair.before is not None and pair.before.relation is Relation.AGREES
    corrected = only(
        says("1,187 people", published="2024-01-10", superseded_by=3),
        says(origin="south", published="2024-01-20"),
        says(published="2024-05-09"),
    )
    assert corrected.relation is Relation.AGREES and corrected.apart is None
    assert corrected.before is not None and corrected.before.relation is Relation.DIFFERS
    assert "they differed" in pair_sentence(corrected)


def test_a_difference_goes_on_through_later_figures() -> None:
    years = [
        says(reference_period="2022", published="2023-01-05"),
        says("1,187 people", "south", reference_period="2022", published="2023-02-05"),
        says("1,400 people", reference_period="2023", published="2024-01-05"),
        says("1,200 people", "south", reference_period="2023", published="2024-02-05"),
    ]
    pair = only(*years, measure=A_YEAR)
    assert (pair.first.words, pair.second.words) == ("1,400 people", "1,200 people")
    assert pair.since == date(2023, 2, 5) and pair.before is None


def test_a_difference_about_another_time_is_told_beside_the_latest() -> None:
    years = [
        says(reference_period="2022", published="2023-01-05"),
        says("1,187 people", "south", reference_period="2022", published="2023-02-05"),
        says("1,413 people", reference_period="2023", published="2024-01-05"),
        says("1,413 people", "south", reference_period="2023", published="2024-02-05"),
    ]
    pair = only(*years, measure=A_YEAR)
    assert pair.relation is Relation.AGREES and pair.apart is not None
    assert pair.before is not None and pair.before.relation is Relation.DIFFERS
    assert "Other figures of the two differ: “1,345 people”" in pair_sentence(pair)
    found = among(*years, says("1,500 people", "west", reference_period="2023"), measure=A_YEAR)
    assert [p.rank[0] for p in found.pairs] == [0, 0, 1]
    assert "In 1 of the others, other figures of the two differ." in answer([found])[-1]


def test_a_garbled_page_is_not_its_origins_word() -> None:
    """Of one time a page nearer to the origin speaks first, however late the other came out."""
    statements = [
        says(tier="primary"),
        says("1,534 people", tier="tertiary", published="2024-09-01"),
        says(origin="south"),
    ]
    assert stands(only(*statements)) == ("north", "agrees", "south")


@pytest.mark.parametrize("turned", [False, True])
def test_a_bound_that_another_fits_only_supports(turned: bool) -> None:
    statements = [says("over 1,000 people"), says("1,150 people", "south")]
    pair = only(*(reversed(statements) if turned else statements))
    assert pair.relation is Relation.SUPPORTS
    assert (pair.first.words, pair.second.words) == ("over 1,000 people", "1,150 people")


@pytest.mark.parametrize("turned", [False, True])
def test_two_figures_differ_only_if_they_differ_both_ways_round(turned: bool) -> None:
    """A first count may be lowered: beside it a later, lower count is no contradiction."""
    first = says("900 people", status="provisional", reference_period="2024-01-03")
    later = says("700 people", "south", reference_period="2024-02-03")
    running = {"kind": "total", "unit": "person", "cumulative": True}
    statements = [later, first] if turned else [first, later]
    assert only(*statements, measure=running).relation is Relation.COMPATIBLE
    first.pop("status")
    assert only(*statements, measure=running).relation is Relation.DIFFERS


@pytest.mark.parametrize(
    ("other", "measure", "because"),
    [
        ({"reference_period": "2021"}, A_YEAR, "of another time (2021, not 2023)"),
        ({"scope": "city"}, PEOPLE | {"scopes": ["city", "county"]}, "of another scope (city, not county)"),
        ({"part": "men"}, PEOPLE, "of another part (men, not women)"),
        ({"part": "men", "status": "planned"}, A_YEAR, "of another status (planned, not counted)"),
        ({"status": "forecast"}, PEOPLE, "of another status (forecast, not counted)"),
    ],
)
def test_what_cannot_be_compared_says_why(other: Record, measure: Record, because: str) -> None:
    first = says(reference_period="2023")
    first |= {"scope": "county"} if "scope" in other else {}
    first |= {"part": "women"} if "part" in other and "status" not in other else {}
    second = says("1,187 people", "south", **({"reference_period": "2023"} | other))
    pair = only(first, second, measure=measure)
    assert not pair.differ and because in pair_sentence(pair)
    assert pair.since is None


def test_everything_refused_is_shown_and_counted_for_nobody() -> None:
    refused = {"refused": {"by": "me", "why": "misprint"}}
    pair = only(says(**refused), says("1,187 people", "south", **refused))
    assert pair.relation is Relation.REFUSED and pair.pair is None
    assert "“1,345 people” is refused by me (misprint)" in pair_sentence(pair)
    one = only(says(), says("1,187 people", "south", **refused))
    assert one.relation is Relation.REFUSED and "refused by me (misprint)" in pair_sentence(one)
    assert "are not counted by a person" in answer([among(says(), says(origin="south", **refused))])[-1]


def test_who_only_repeats_another_has_no_word_of_its_own() -> None:
    found = among(says(), says(origin="echo", relays=1), says("1,187 people", "south"))
    assert [origin.name for origin in found.origins] == ["north", "south"]


@pytest.mark.parametrize(
    ("origins", "joined"),
    [
        ({"north": {"speaks_for": "the state"}, "south": {"speaks_for": "the state"}}, (Joined.PARTY,)),
        ({"north": {"shares_with": ["south"]}, "south": {}}, (Joined.DATA,)),
        ({"north": {}, "south": {}, "west": {"shares_with": ["north", "south"]}}, (Joined.FAMILY,)),
        ({"north": {"members": ["south"]}, "south": {}}, (Joined.DRAWS,)),
        ({"north": {}, "south": {}}, ()),
        (
            {
                "north": {"speaks_for": "the state", "measures": True},
                "south": {"speaks_for": "the state", "measures": True},
            },
            (),
        ),
    ],
)
def test_two_origins_that_are_not_independent_are_marked(
    origins: dict[str, Record], joined: tuple[Joined, ...]
) -> None:
    pair = only(says(), says(origin="south"), origins=origins)
    assert pair.relation is Relation.AGREES and pair.joined == joined
    assert ("They are not independent" in pair_sentence(pair)) == bool(joined)


def test_a_figure_that_draws_on_another_and_an_unknown_origin_are_marked() -> None:
    assert only(says(), says(origin="south", draws_on=["north"])).joined == (Joined.DRAWS,)
    assert only(says(), says(origin="unknown")).joined == (Joined.UNKNOWN,)


def test_among_their_like_the_independent_come_first() -> None:
    joined = {"north": {"shares_with": ["south"]}, "south": {}, "west": {}}
    found = among(says(), says("1,187 people", "south"), says("1,500 people", "west"), origins=joined)
    assert [bool(pair.joined) for pair in found.pairs] == [False, False, True]
    assert "Of these, 1 pair is not of two independent origins." in answer([found])


def test_opposite_directions_differ_in_words() -> None:
    rise = {"reference_period": "2023", "base_period": "2022"}
    pair = only(says("up 12%", **rise), says("down 12%", "south", **rise), measure=CHANGE)
    assert pair.differ and "One went up, the other down." in pair_sentence(pair)


def test_the_answer_names_some_and_counts_the_rest() -> None:
    statements = [says(f"{1000 + 111 * number} people", f"office {number}") for number in range(7)]
    found = among(*statements)
    told = answer([found])
    assert told[0].count(" and office") == 1 and "and 13 more pairs of origins." in told[1]
    assert told[-1] == "Of 21 pairs of origins with figures of one measure, 21 differ."


def test_the_answer_without_a_disagreement_says_so() -> None:
    told = answer([among(says(), says(origin="south"), says("over 900 people", "west"))])
    assert told[0] == "No two origins disagree." and "1 agree" in told[1]


def test_three_hundred_origins_are_all_beside_each_other() -> None:
    statements = [says(f"{1000 + number % 7} people", f"office {number}") for number in range(300)]
    found = among(*statements)
    assert len(found.pairs) == 300 * 299 // 2
    assert sum(map(len, answer([found]))) < 3000


def test_the_tables_have_every_two_origins_and_the_matrix_is_even() -> None:
    case = opened([says(), says("1,187 people", "south"), says(origin="east")], measure=PEOPLE)
    table = case.sources()
    assert list(table["relation"]) == ["differs", "differs", "agrees"]
    assert set(table["joined"]) == {""} and table["since"].notna().all()
    measure = table["measure"].iloc[0]
    assert len(case.sources(measure)) == 3
    matrix = case.sources_matrix(measure)
    assert list(matrix.index) == list(matrix.columns) and (matrix == matrix.T).all().all()
    assert [matrix.iloc[k, k] for k in range(3)] == ["", "", ""]
    assert case.sources_matrix(measure, most=2).shape == (2, 2)
    assert case.sources_answer[0].startswith("north and south differ on “")


def test_a_case_whose_sources_are_silent_has_empty_tables_with_all_columns() -> None:
    case = opened([says()], measure=PEOPLE)
    assert case.sources().empty and {"relation", "since", "says"} <= set(case.sources().columns)
    assert case.sources()["other_figures_differ"].dtype == bool
