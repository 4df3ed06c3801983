"""The verdict from the voices of the families: who counts, and what comes of it (section 4 of the law)."""

from __future__ import annotations

import pytest

from tallybook.estimates.families import Family
from tallybook.terms import Relation, Verdict
from tallybook.verdicts.judgement import Judged, Voice, judge, verdicts_of

from .made import CLAIM, Record, opened

FOR, AGREES, AGAINST = Relation.SUPPORTS, Relation.AGREES, Relation.DIFFERS
BETWEEN, ASIDE, REFUSED = Relation.COMPATIBLE, Relation.NOT_COMPARABLE, Relation.REFUSED


def voice(
    name: str,
    relation: Relation = FOR,
    *,
    own: bool = False,
    echo: bool = False,
    derived: bool = False,
    split: bool = False,
    rests_on: str = "",
    sums_up: str = "",
    independent: bool = True,
) -> Voice:
    family = Family(name, name.upper(), (name,), independent, frozenset(sums_up.split()))
    return Voice(family, relation, own, echo, derived, frozenset(rests_on.split()), split)


def verdict(*voices: Voice, attributed: bool = False, own: str = "") -> Judged:
    return judge(voices, any_estimate=True, attributed=attributed, own=frozenset(own.split()))


def names(families: tuple[Family, ...]) -> str:
    return " ".join(family.id for family in families)


@pytest.mark.parametrize(
    ("voices", "result"),
    [
        ([], "not tested"),
        ([voice("a")], "supported"),
        ([voice("a", AGREES)], "supported"),
        ([voice("a"), voice("b")], "corroborated"),
        ([voice("a"), voice("b"), voice("c")], "corroborated"),
        ([voice("a", AGAINST)], "contradicted"),
        ([voice("a", AGAINST), voice("b", AGAINST)], "contradicted"),
        ([voice("a"), voice("b", AGAINST)], "disputed"),
        ([voice("a"), voice("b"), voice("c", AGAINST)], "disputed"),
        ([voice("a", BETWEEN)], "not tested"),
        ([voice("a", ASIDE)], "not tested"),
        ([voice("a", REFUSED)], "not tested"),
        # its own side: never a witness, and against it only where others differ
        ([voice("a", own=True)], "own word only"),
        ([voice("a", own=True, derived=True)], "not tested"),
        ([voice("a", BETWEEN, own=True)], "not tested"),
        ([voice("a", AGAINST, own=True)], "not tested"),
        ([voice("a", own=True, split=True)], "not tested"),
        ([voice("a", own=True), voice("b")], "supported"),
        ([voice("a", own=True), voice("b", AGAINST)], "disputed"),
        ([voice("a", own=True, derived=True), voice("b", AGAINST)], "contradicted"),
        ([voice("a", AGAINST, own=True), voice("b")], "supported"),
        # who counts for nobody
        ([voice("a", echo=True)], "not tested"),
        ([voice("a", split=True)], "not tested"),
        ([voice("a", independent=False)], "not tested"),
        ([voice("a", AGAINST, echo=True)], "not tested"),
        ([voice("a", AGAINST, split=True)], "not tested"),
        ([voice("a", AGAINST, independent=False)], "not tested"),
        # a summary, where one of its members has spoken
        ([voice("a", sums_up="b")], "supported"),
        ([voice("a", sums_up="b"), voice("b")], "supported"),
        ([voice("a", rests_on="b"), voice("b")], "supported"),
        ([voice("a", rests_on="b"), voice("b", ASIDE)], "supported"),
        ([voice("a", AGAINST, rests_on="b"), voice("b")], "supported"),
        # two summaries of one survey that has not spoken are one witness, where they say the same
        ([voice("a", sums_up="s"), voice("b", sums_up="s")], "supported"),
        ([voice("a", rests_on="s"), voice("b", sums_up="s")], "supported"),
        ([voice("a", sums_up="s"), voice("b", sums_up="t")], "corroborated"),
        ([voice("a", sums_up="s"), voice("b", AGAINST, sums_up="s")], "disputed"),
        ([voice("a", sums_up="s"), voice("c"), voice("b", sums_up="s")], "corroborated"),
    ],
)  # fmt: skip
def test_a_verdict_from_voices(voices: list[Voice], result: str) -> None:
    assert verdict(*voices).verdict == result


def test_without_any_figure_it_is_unsourced_whoever_spoke() -> None:
    for voices in ([], [voice("a", AGAINST)]):
        found = judge(voices, any_estimate=False, attributed=False, own=frozenset())
        assert found.verdict is Verdict.UNSOURCED


def test_a_summary_of_the_claims_own_side_is_no_witness() -> None:
    assert verdict(voice("a", rests_on="b"), own="b").verdict is Verdict.NOT_TESTED
    assert verdict(voice("a", sums_up="b"), own="b").verdict is Verdict.NOT_TESTED
    assert verdict(voice("a", sums_up="c"), own="b").verdict is Verdict.SUPPORTED


def test_a_claim_that_names_who_found_it_is_never_contradicted() -> None:
    assert verdict(voice("a", AGAINST), attributed=True).verdict is Verdict.DISPUTED
    assert verdict(voice("a"), attributed=True).verdict is Verdict.SUPPORTED
    assert verdict(attributed=True).verdict is Verdict.NOT_TESTED


def test_families_are_listed_by_their_relation_and_no_other() -> None:
    found = verdict(
        voice("a"), voice("b", AGAINST), voice("c", BETWEEN), voice("d", split=True), voice("e", own=True),
        voice("f", ASIDE), voice("g", ASIDE, split=True),
    )  # fmt: skip
    assert [names(group) for group in (found.supporting, found.differing, found.compatible)] == [
        "a",
        "b",
        "c",
    ]
    assert names(found.split) == "d"
    assert names(tuple(v.family for v in found.independent)) == "a b c"


def test_a_split_family_is_told_once() -> None:
    assert names(verdict(voice("a", split=True), voice("a", AGAINST, split=True)).split) == "a"


@pytest.mark.parametrize(
    ("voices", "own"),
    [
        ([], None),
        ([voice("a")], None),
        ([voice("a", ASIDE, own=True)], None),
        ([voice("a", split=True, own=True)], None),
        ([voice("a", AGAINST, own=True), voice("b", BETWEEN, own=True)], BETWEEN),
        ([voice("a", AGREES, own=True), voice("b", own=True)], AGREES),
    ],
)  # fmt: skip
def test_the_own_side_is_told_by_what_bears_it_out_most(voices: list[Voice], own: Relation | None) -> None:
    assert verdict(*voices).own is own


SAYS = {"words": "1,000 people"}


@pytest.mark.parametrize(
    ("statements", "without", "result"),
    [
        ([SAYS | {"origin": "a"}, SAYS | {"origin": "b"}], None, "corroborated"),
        ([SAYS | {"origin": "a"}, SAYS | {"origin": "b"}], "a", "supported"),
        ([SAYS | {"origin": "a"}], "a", "not tested"),
        ([SAYS | {"origin": "a", "draws_on": ["b"]}], "b", "not tested"),
        ([SAYS | {"origin": "a", "refused": {"by": "me", "why": "misprint"}}], None, "unsourced"),
        ([], None, "unsourced"),
        ([SAYS | {"origin": "a"}, {"words": "1,200 people", "origin": "b"}], None, "disputed"),
    ],
)
def test_the_short_way_to_a_verdict_counts_as_the_long_one(
    statements: list[Record], without: str | None, result: str
) -> None:
    case = opened(statements, {"words": "1,000 people"})
    found = verdicts_of(case.matcher(), case.policy, without=without)
    assert found == {CLAIM: result}
    assert without or case.comparison().verdicts[CLAIM].verdict == result


def test_the_short_way_tells_a_split_family_from_one_that_speaks() -> None:
    offices = {name: {"speaks_for": "the state"} for name in ("a", "b")}
    said = [SAYS | {"origin": "a"}, {"words": "1,200 people", "origin": "b"}]
    case = opened(said, {"words": "1,000 people"}, origins=offices)
    assert verdicts_of(case.matcher(), case.policy) == {CLAIM: "not tested"}


def test_the_short_way_keeps_its_claims_apart() -> None:
    claim = {"words": "1,000 people", "replaced_by": {"words": "1,200 people"}}
    case = opened([{"words": "1,200 people", "origin": "a"}], claim)
    assert sorted(verdicts_of(case.matcher(), case.policy).values()) == ["contradicted", "supported"]


def test_the_short_way_knows_whom_the_words_name() -> None:
    claim = {"words": "1,000 people", "attributed_to": "the bureau", "origin": "bureau"}
    said = [{"words": "1,200 people", "origin": "a"}, SAYS | {"origin": "b", "draws_on": ["bureau"]}]
    case = opened(said, claim)
    assert verdicts_of(case.matcher(), case.policy) == {CLAIM: "disputed"}
