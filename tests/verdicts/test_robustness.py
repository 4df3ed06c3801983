"""The smallest change that flips a verdict, found where it is, and said in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from typing import Any

import pandas as pd
import pytest

from tallybook.estimates.estimate import Estimate
from tallybook.tables.case import Case
from tallybook.tables.opened import open_book
from tallybook.terms import AsOf
from tallybook.verdicts.comparison import compare
from tallybook.verdicts.judgement import verdicts_at, verdicts_of, verdicts_without

Make = Callable[..., Case]


def trial(case: Case, dial: str) -> Any:
    (row,) = case.robustness().query("dial == @dial").to_dict("records")
    return row


def test_the_tolerance_at_which_two_figures_meet_is_named(small_case: Make) -> None:
    # 1,900 ± 50 and 1,000 ± 50 meet where 1,850 − 1,900 t = 1,050 + 1,000 t, at t = 800 ÷ 2,900
    case = small_case([{"words": "1,900 loaves", "origin": "b"}], [{"words": "1,000 loaves"}])
    row = trial(case, "tolerance")
    assert (row["verdict"], row["verdict_then"]) == ("contradicted", "not tested")
    assert float(row["change"].removesuffix("%")) == pytest.approx(100 * 800 / 2900, abs=0.1)
    assert row["said"].startswith("stays contradicted until the tolerance passes 27.")
    assert not row["fragile"]


def test_a_change_within_ten_per_cent_is_fragile(small_case: Make) -> None:
    case = small_case([{"words": "12 loaves", "origin": "b"}], [{"words": "eleven loaves"}])
    assert "tolerance" in set(case.fragile()["dial"])


def test_the_stretches_of_the_tolerance_are_those_of_the_verdicts(small_case: Make) -> None:
    case = small_case([{"words": "1,900 loaves", "origin": "b"}], [{"words": "1,000 loaves"}])
    table = case.sensitivity()
    assert table["low"].iloc[0] == 0 and table["high"].iloc[-1] == 0.5
    assert list(table["high"][:-1]) == list(table["low"][1:])
    for row in table.itertuples():
        policy = replace(case.policy, tolerance=(row.low + row.high) / 2)
        assert case.with_policy(policy).verdicts().loc[0, "verdict"] == row.verdict


def test_the_window_that_lets_a_stock_speak_is_found_to_the_day(small_case: Make) -> None:
    """Around the day of the article, all that is known of the claim: 100 days after that of the figure."""
    said = [{"words": "nine loaves", "origin": "b", "reference_period": "2025-03-22"}]
    row = trial(small_case(said, [{"words": "nine loaves"}], kind="stock"), "time window")
    assert (row["verdict"], row["verdict_then"], row["change"]) == (
        "not tested",
        "supported",
        "from 100 days",
    )


@pytest.mark.parametrize(
    ("words", "claim", "dial", "change"),
    [
        ("about 1,000 loaves", "1,121 loaves", "width of “about” and “nearly”", 12.1),
        ("nearly 1,000 loaves", "879 loaves", "width of “about” and “nearly”", 12.1),
        ("1,601 loaves", "over 1,000 loaves", "reach of “over” and “at least”", 1.6),
    ],
)
def test_the_width_of_a_hedge_that_flips_a_verdict(
    small_case: Make, words: str, claim: str, dial: str, change: float
) -> None:
    case = small_case([{"words": words, "origin": "b"}], [{"words": claim}])
    found = re.fullmatch(r"from ([\d.]+)(?:%| times)", trial(case, dial)["change"])
    assert found and float(found.group(1)) == pytest.approx(change, rel=0.01)


def test_the_family_on_which_a_verdict_rests(small_case: Make) -> None:
    said = [{"words": "nine loaves", "origin": "b"}, {"words": "nine loaves", "origin": "c"}]
    rows = small_case(said, [{"words": "nine loaves"}]).robustness().query("dial == 'source group left out'")
    assert set(rows["change"]) == {"without Origin B", "without Origin C"}
    assert set(rows["verdict_then"]) == {"supported"} and not rows["fragile"].any()
    alone = (
        small_case(said[:1], [{"words": "nine loaves"}]).robustness().query("dial == 'source group left out'")
    )
    assert list(alone["fragile"]) == [True]


def test_grouping_is_tried_and_never_called_fragile(small_case: Make) -> None:
    origins = [{"id": "b", "shares_with": ["c"]}]
    said = [{"words": "nine loaves", "origin": "b"}, {"words": "nine loaves", "origin": "c"}]
    row = trial(small_case(said, [{"words": "nine loaves"}], origins=origins), "grouping of origins")
    assert (row["verdict_then"], row["fragile"]) == ("corroborated", False)


def test_trying_changes_nothing(small_case: Make) -> None:
    case = small_case([{"words": "12 loaves", "origin": "b"}], [{"words": "eleven loaves"}])
    before = case.verdicts()
    case.robustness()
    pd.testing.assert_frame_equal(before, case.verdicts())


def test_robustness_reads_no_words_and_makes_no_estimates(
    small_case: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [
        {"words": "about 1,200 loaves", "reference_period": "2024-01/2024-12"},
        {"words": "over 95 loaves a month", "measure": "monthly", "origin": "b"},
    ]
    case = small_case(said, [{"words": "nearly 100 loaves a month", "measure": "monthly"}], cumulative=True)
    case.verdicts()
    made: list[str] = []
    monkeypatch.setattr("tallybook.book.figures.read", lambda words, **_: made.append(words))
    monkeypatch.setattr(Estimate, "__init__", lambda self, *_, **__: made.append("an estimate"))
    assert len(case.robustness()) > 5
    assert not made


def test_the_short_way_to_a_verdict_gives_the_verdict(small_case: Make) -> None:
    said = [{"words": f"{n} loaves", "origin": o} for n, o in ((9, "b"), (12, "c"), (9, "d"), (9, "a"))]
    case = small_case(said, [{"words": "nine loaves", "origin": "a"}])
    short = verdicts_of(case.matcher(), case.policy)
    assert {claim: str(outcome) for claim, outcome in short.items()} == dict(
        case.verdicts().set_index("claim")["verdict"]
    )


@pytest.mark.parametrize("as_of", list(AsOf))
def test_a_comparison_without_a_source_group_judges_as_the_trial_without_it(as_of: AsOf) -> None:
    """Of the first case: every group that speaks, left out of every claim; its figures are gone."""
    case = open_book()["kursk-engineers"]
    made = case.matcher(as_of)
    groups = {made.families[e.statement.speaker_id].id for e in made.estimates}
    assert len(groups) > 5
    at_once = verdicts_without(made, case.policy, sorted(groups))
    for group in groups:
        left = compare(case.evidence, case.article, made, case.policy, as_of, without=group)
        judged = verdicts_of(made, case.policy, without=group)
        assert {id_: judged_.verdict for id_, judged_ in left.verdicts.items()} == judged
        assert at_once[group] == judged
        pairs = [pair for of_claim in left.pairs.values() for pair in of_claim]
        assert not any(pair.family.id == group or group in pair.rests_on for pair in pairs)
        whole = case.comparison(as_of).pairs
        assert len(pairs) < sum(map(len, whole.values()))


def test_without_the_only_group_that_speaks_a_claim_is_untested_and_not_unsourced(small_case: Make) -> None:
    case = small_case([{"words": "12 loaves", "origin": "b"}], [{"words": "12 loaves"}])
    made = case.matcher()
    (group,) = {made.families[e.statement.speaker_id].id for e in made.estimates}
    left = compare(case.evidence, case.article, made, case.policy, AsOf.TODAY, without=group)
    (judged,) = left.verdicts.values()
    assert (judged.verdict, judged.why) == ("not tested", "No comparable source was found.")


@pytest.mark.parametrize("tolerance", [0.02, 0.06, 0.07, 0.1, 0.3, 0.5])
def test_a_tried_tolerance_gives_the_verdicts_of_a_case_that_has_it(tolerance: float) -> None:
    """It widens the claim as it widens what stands beside it, whichever way it comes."""
    case = open_book()["kursk-engineers"]
    policy = replace(case.policy, tolerance=tolerance)
    having = case.with_policy(policy)
    there = verdicts_of(having.matcher(), policy)
    assert verdicts_of(case.matcher(), policy) == there
    at_once = verdicts_at(case.matcher(), case.policy, [0.0, tolerance, 0.2, tolerance])
    assert at_once[1] == at_once[3] == there
    tried, had = (
        [(p.claim.id, p.estimate.id, p.relation, p.why, p.bearing.reason) for p in chain(*pairs.values())]
        for pairs in (case.matcher().pairs(policy), having.matcher().pairs(policy))
    )
    assert tried == had


@pytest.mark.parametrize("most", [1, 300, 131_072])
def test_many_tolerances_at_once_are_as_one_by_one(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """However many of them are compared together."""
    tolerances = [0.0, 0.05, 0.11, 0.2, 0.35, 0.5]
    monkeypatch.setattr("tallybook.matching.blocks.PAIRS_A_BLOCK", most)
    different = set()
    for case in open_book().values():
        one_by_one = [
            verdicts_of(case.matcher(), replace(case.policy, tolerance=tolerance)) for tolerance in tolerances
        ]
        assert verdicts_at(case.matcher(), case.policy, tolerances) == one_by_one
        different |= {tuple(found.items()) for found in one_by_one}
    assert len(different) > len(open_book())


def test_an_estimate_that_grows_with_the_claim_goes_on_supporting_it(small_case: Make) -> None:
    case = small_case([{"words": "about 12,000 loaves", "origin": "b"}], [{"words": "over 10,000 loaves"}])
    row = trial(case, "tolerance")
    assert (row["verdict"], row["said"]) == ("supported", "stays supported at every tolerance up to 50%")
