"""A case as columns: what was out, what was lowered or replaced, who rests on whom, and another policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np
import pytest

from tallybook.estimates.amount import computed
from tallybook.matching.columns import (
    AVERAGES,
    CHANGES,
    LENGTHS,
    POINTS,
    RUNNING,
    STATUSES,
    TIMELESS,
    TOTALS,
    Columns,
    time_of,
)
from tallybook.matching.matcher import Matcher, _vagueness, beside, matcher, perhaps_out
from tallybook.matching.pair import Pair
from tallybook.quantity import Policy
from tallybook.tables.case import Case
from tallybook.terms import AsOf

Make = Callable[..., Case]
Given = dict[str, Any]
WHEN = "reference_period"
COUNT: Given = {"kind": "total", "cumulative": True}
YEAR: Given = {"kind": "total", "once": False}


def ids(made: Matcher, flag: str) -> list[str]:
    """Of the estimates those with a flag."""
    flags = getattr(made.estimate_rows, flag)
    return [e.id for e, holds in zip(made.estimates, flags, strict=True) if holds]


def pair(case: Case, estimate: str, as_of: str = "today") -> Pair:
    return next(p for p in case.comparison(as_of).pairs["c0"] if p.estimate.id == estimate)


# A count that its own origin lowered

HIGH: Given = {WHEN: "2025-04-03", "words": "127 loaves"}
LOW: Given = {WHEN: "2025-04-06", "words": "104 loaves"}
CLAIM: Given = {WHEN: "2025-04-10", "words": "83 loaves"}


@pytest.mark.parametrize(
    ("said", "lowered"),
    [
        ([HIGH, LOW], ["s0"]),
        ([LOW, HIGH], ["s1"]),
        ([HIGH, LOW | {"words": "127 loaves"}], []),
        ([HIGH, LOW | {"words": "131 loaves"}], []),
        ([HIGH | {"words": "at least 100 loaves"}, LOW | {"words": "under 101 loaves"}], []),
        ([HIGH | {"words": "at least 100 loaves"}, LOW | {"words": "at most 100 loaves"}], []),
        ([HIGH | {"words": "at least 101 loaves"}, LOW | {"words": "at most 99 loaves"}], ["s0"]),
        ([HIGH, LOW | {WHEN: "2025-04-03"}], []),
        ([HIGH, LOW | {WHEN: "2025-04"}], []),
        ([HIGH | {WHEN: "2025-04"}, LOW], []),
        ([HIGH, LOW | {WHEN: "2025-04-04"}], ["s0"]),
        ([HIGH | {WHEN: "2025-04-03T12:00"}, LOW | {WHEN: "2025-04-03T18:00"}], ["s0"]),
        ([HIGH | {WHEN: "2025-04-03T18:00"}, LOW | {WHEN: "2025-04-03T18:00"}], []),
        ([HIGH, LOW | {"origin": "b"}], []),
        ([HIGH, LOW | {"scope": "rye"}], []),
        ([HIGH | {"scope": "rye"}, LOW | {"scope": "rye"}], ["s0"]),
        ([HIGH, LOW | {"part": "x"}], []),
        ([HIGH | {"part": "x"}, LOW], []),
        ([HIGH | {"part": "x"}, LOW | {"part": "x"}], []),
        ([HIGH, LOW | {"measure": "crumbs"}], []),
        ([HIGH, LOW | {"refused": {"by": "Ann", "why": "a typo"}}], []),
        ([HIGH | {"refused": {"by": "Ann", "why": "a typo"}}, LOW], []),
        ([HIGH, LOW | {"published_is": "unreliable", WHEN: None}], []),
        ([HIGH, {"origin": "b"} | LOW | {"relays": "s2"}, LOW | {"words": "140 loaves"}], []),
        ([HIGH, {"words": "half", "base": "s0", WHEN: "2025-04-06"}], []),
        ([HIGH | {"words": "150 loaves"}, HIGH | {WHEN: "2025-04-05"}, LOW], ["s0", "s1"]),
    ],
)  # fmt: skip
def test_a_later_and_lower_count_of_the_same_origin_lowers_the_first(
    small_case: Make, said: list[Given], lowered: list[str]
) -> None:
    said = [{name: value for name, value in one.items() if value is not None} for one in said]
    case = small_case(said, [CLAIM, CLAIM | {"measure": "crumbs"}], **COUNT)
    made = case.matcher()
    assert ids(made, "lowered") == lowered
    assert set(made.newer) == set(lowered)


def test_the_count_that_lowered_it_is_told_the_first_in_the_book(small_case: Make) -> None:
    case = small_case([HIGH, LOW | {WHEN: "2025-04-08"}, LOW | {"words": "105 loaves"}], [CLAIM], **COUNT)
    assert case.matcher().newer["s0"].id == "s1"


def test_of_what_is_no_running_count_nothing_is_lowered(small_case: Make) -> None:
    assert ids(small_case([HIGH, LOW], [CLAIM], kind="stock").matcher(), "lowered") == []


# What is superseded

OLD: Given = {"origin": "b", "superseded_by": "s1", WHEN: "2024"}
NEW: Given = {"origin": "b", "words": "ten loaves", "published": "2025-06-03", WHEN: "2024"}


@pytest.mark.parametrize(
    ("old", "new", "more", "superseded"),
    [
        ({}, {}, YEAR, ["s0"]),
        ({WHEN: "2024-01/2024-12"}, {}, YEAR, ["s0"]),
        ({WHEN: "2024-01/2024-11"}, {}, YEAR, []),
        ({}, {WHEN: "2024-02/2024-12"}, YEAR, []),
        ({}, {WHEN: "2024-01/2024-12"}, YEAR, ["s0"]),
        ({WHEN: "2023"}, {}, YEAR, []),
        ({WHEN: "2023"}, {}, {}, ["s0"]),
        ({WHEN: None, "published_is": "unreliable"}, {}, YEAR, ["s0"]),
        ({}, {WHEN: None, "published_is": "unreliable"}, YEAR, ["s0"]),
        ({}, {"refused": {"by": "Ann", "why": "a typo"}}, YEAR, []),
    ],
)  # fmt: skip
def test_a_newer_figure_of_one_time_supersedes(
    small_case: Make, old: Given, new: Given, more: Given, superseded: list[str]
) -> None:
    said = [
        {name: value for name, value in (base | given).items() if value is not None}
        for base, given in ((OLD, old), (NEW, new))
    ]
    made = small_case(said, [{WHEN: "2024"}], **more).matcher()
    assert ids(made, "superseded") == superseded
    assert {id_: e.id for id_, e in made.newer.items()} == dict.fromkeys(superseded, "s1")


def test_what_is_computed_from_a_superseded_figure_is_superseded(small_case: Make) -> None:
    rate: Given = {"measure": "monthly", "words": "2 loaves a month", WHEN: "2024"}
    made = small_case([OLD | {"words": "24 loaves"}, NEW], [rate], **YEAR).matcher()
    assert ids(made, "superseded") == ["s0/rate"]
    assert made.newer["s0/rate"].id == "s1"


def test_before_the_newer_one_was_out_it_superseded_nothing(small_case: Make) -> None:
    case = small_case([OLD, NEW | {"published": "2025-07-03"}], [{WHEN: "2024"}], **YEAR)
    assert ids(case.matcher(), "superseded") == ["s0"]
    assert ids(case.matcher("written"), "superseded") == []


# What was out when the article was written


@pytest.mark.parametrize(
    ("said", "article", "claim", "out", "perhaps"),
    [
        ({"published": "2025-06-29"}, {}, {}, True, False),
        ({"published": "2025-06-30"}, {}, {}, False, True),
        ({"published": "2025-06-30"}, {}, {"cites": ["p0"]}, True, False),
        ({"published": "2025-07-01"}, {}, {"cites": ["p0"]}, False, False),
        ({"published": "2025-07-01"}, {}, {}, False, False),
        ({"published": "2025-06"}, {}, {}, False, True),
        ({"published": "2025-05"}, {}, {}, True, False),
        ({"published": "2025-06"}, {}, {"cites": ["p0"]}, True, False),
        ({"published": "2025-07"}, {}, {"cites": ["p0"]}, False, False),
        ({"published": "2025"}, {}, {"cites": ["p0"]}, False, True),
        ({"published_is": "unreliable"}, {}, {}, False, True),
        ({"published_is": "unreliable"}, {}, {"cites": ["p0"]}, False, True),
        ({"published_is": "unreliable", "stated": "2025-06-10"}, {}, {}, True, False),
        ({"published_is": "unreliable", "stated": "2025-06-30"}, {}, {}, False, True),
        ({"published": "2025-06-29"}, {"published": "2025-06"}, {}, False, True),
        ({"published": "2025-05-31"}, {"published": "2025-06"}, {}, True, False),
        ({"published": "2025-06-01"}, {"published": "2025-06"}, {}, False, True),
        ({"published": "2025-06-30"}, {"published": "2025-06"}, {"cites": ["p0"]}, True, False),
    ],
)  # fmt: skip
def test_what_certainly_was_out_and_what_may_have_been(
    small_case: Make, said: Given, article: Given, claim: Given, out: bool, perhaps: bool
) -> None:
    case = small_case([said], [claim], article=article)
    assert [e.id for e in case.matcher("written").estimates] == (["s0"] if out else [])
    assert [e.id for e in case.matcher("today").estimates] == ["s0"]
    assert perhaps_out(case.matcher().estimates[0], case.article) is perhaps


def test_what_is_computed_was_out_with_the_last_of_its_inputs(small_case: Make) -> None:
    """Cited or not, each by itself."""
    made: Given = {
        "id": "sum",
        "measure": "loaves",
        "how": "sum",
        "of": ["s0", "s1"],
        "assumption": "no others",
    }
    for second, claim, out in (
        ({}, {}, True),
        ({"published": "2025-06-30"}, {}, False),
        ({"published": "2025-06-30"}, {"cites": ["p1"]}, True),
        ({"published": "2025-06-30"}, {"cites": ["p0"]}, False),
        ({"published": "2025-07-02"}, {}, False),
    ):
        case = small_case([{}, second], [claim], origins_file={"derivations": [made]})
        assert ("sum" in {e.id for e in case.matcher("written").estimates}) is out


# Who rests on whom


def test_what_draws_on_others_rests_on_their_families(small_case: Make) -> None:
    origins: list[Given] = [
        {"id": "a", "speaks_for": "x"}, {"id": "b", "speaks_for": "x"}, {"id": "c", "members": ["x"]},
    ]  # fmt: skip
    said: list[Given] = [
        {"origin": "a"}, {"origin": "a", "draws_on": ["b"]}, {"origin": "d", "draws_on": ["a", "d"]},
        {"origin": "d", "draws_on": ["c"]}, {"origin": "c"},
    ]  # fmt: skip
    case = small_case(said, [{"origin": "b"}], origins=origins, origins_file={"parties": {"x": "Xland"}})
    ours = case.matcher().families["a"].id
    assert case.matcher().families["b"].id == ours
    found = [pair(case, f"s{k}") for k in range(5)]
    assert [p.rests_on for p in found] == [
        frozenset(), frozenset(), {ours}, {case.matcher().families["c"].id, ours}, frozenset(),
    ]  # fmt: skip
    assert [(p.own, p.echo) for p in found] == [
        (True, False), (True, False), (False, True), (False, True), (False, False),
    ]  # fmt: skip


def test_what_is_computed_rests_on_the_families_of_its_inputs(small_case: Make) -> None:
    made: Given = {
        "id": "sum",
        "measure": "loaves",
        "how": "sum",
        "of": ["s0", "s1"],
        "assumption": "no others",
    }
    said: list[Given] = [{"origin": "a"}, {"origin": "b"}]
    case = small_case(said, [{"origin": "b"}], origins_file={"derivations": [made]})
    found = pair(case, "sum")
    other = {"a", "b"} - {found.family.id}
    assert found.rests_on == other
    assert (found.own, found.echo) == (found.family.id == "b", "b" in other)


# What repeats


def test_what_repeats_another_or_stands_on_a_copy_is_marked(small_case: Make) -> None:
    said: list[Given] = [
        {"origin": "b"}, {"origin": "b", "relays": "s0"}, {"origin": "c", "copy_of": "bread"},
        {"origin": "d"},
    ]  # fmt: skip
    case = small_case(said, [{}])
    assert ids(case.matcher(), "repeats") == ["s1", "s2"]
    assert [p.estimate.id for p in case.comparison().pairs["c0"] if p.repeats] == ["s1", "s2"]
    made = case.matcher()
    alone = beside(case.evidence, made.claims, made.estimates, case.policy)
    assert ids(alone, "repeats") == ["s1"]  # of no article nothing is a copy


# Too vague to decide


def test_what_is_too_vague_may_agree_with_its_finer_grain(small_case: Make) -> None:
    (stated,) = small_case([{}], [{}]).matcher().estimates
    derived = replace(stated, formula="a − b")
    wide, fine = computed(-1.0, 1.0), computed(1.0, 1.5)
    for amount, sharp, vague in (
        (fine, None, 0), (fine, wide, 0), (None, None, 0), (wide, None, 1), (wide, wide, 1), (wide, fine, 2),
    ):  # fmt: skip
        assert _vagueness(replace(derived, amount=amount, sharp=sharp), Policy()) == vague
        assert _vagueness(replace(stated, amount=amount, sharp=sharp), Policy()) == 0


def test_a_stated_figure_is_never_too_vague(small_case: Make) -> None:
    said: list[Given] = [{"words": "10 to 90 loaves"}, {"words": "half", "base": "s0"}]
    made = small_case(said, [{}]).matcher()
    assert [e.id for e, vague in zip(made.estimates, made.estimate_rows.vague, strict=True) if vague] == [
        e.id for e in made.estimates if e.derived
    ]


# Another policy, other families

OTHER = Policy(
    about=0.3, grains=2.0, overshoot=3.0, rounding_cap=0.01, fraction=0.4, same=0.1, tolerance=0.05
)
WORDS = [
    "about 1,000 loaves", "over 900 loaves", "under 1,100 loaves", "1,000 loaves", "nearly 1,100 loaves",
    "1,004 loaves", "900 to 1,000 loaves", "up to 1,000 loaves",
]  # fmt: skip


def same_columns(one: Columns, other: Columns) -> None:
    for each in fields(one):
        assert getattr(one, each.name).tolist() == getattr(other, each.name).tolist(), each.name


def test_under_another_policy_the_columns_are_those_made_anew(small_case: Make) -> None:
    made_of: Given = {
        "id": "gap", "measure": "loaves", "how": "difference", "of": ["s0", "s3"], "assumption": "none",
    }  # fmt: skip
    case = small_case(
        [{"words": words} for words in WORDS], [{"words": words} for words in WORDS],
        origins_file={"derivations": [made_of]},
    )  # fmt: skip
    first = case.matcher()
    again, anew = first.under(OTHER), matcher(case.evidence, case.article, OTHER, AsOf.TODAY)
    for one, other in (
        (again.claim_rows, anew.claim_rows),
        (again.estimate_rows, anew.estimate_rows),
    ):
        same_columns(one, other)
        assert (
            one.low.tolist()
            != getattr(first, "claim_rows" if one is again.claim_rows else "estimate_rows").low.tolist()
        )
    assert again.estimates == first.estimates and again.claims == first.claims
    same_columns(first.under(case.policy).claim_rows, first.claim_rows)


def test_with_other_families_every_origin_speaks(small_case: Make) -> None:
    origins = [{"id": "b", "shares_with": ["a", "c"]}]
    said: list[Given] = [{"origin": "b"}, {"origin": "c"}, {"origin": "d"}]
    case = small_case(said, [{"origin": "a"}], origins=origins)
    made = case.matcher()
    assert made.estimate_rows.family.tolist() == [1, 1, 2]
    alone = made.grouped_by(case.evidence.ungrouped)
    assert alone.estimate_rows.family.tolist() == [1, 2, 3]
    assert alone.families is case.evidence.ungrouped
    assert [p.own for p in made.pairs(case.policy)["c0"]] == [True, True, False]
    assert [p.own for p in alone.pairs(case.policy)["c0"]] == [False, False, False]
    assert [p.voice for p in made.pairs(case.policy)["c0"]].count(True) == 2
    assert [p.voice for p in alone.pairs(case.policy)["c0"]] == [True, True, True]


# Pairs


def test_pairs_come_by_claim_in_the_order_of_the_estimates(small_case: Make) -> None:
    origins = [{"id": "a", "shares_with": ["c"]}]
    said: list[Given] = [{"origin": o} for o in "abcab"] + [{"measure": "crumbs"}]
    case = small_case(said, [{}, {"measure": "crumbs"}, {}], origins=origins)
    found = case.matcher().pairs(case.policy)
    assert {c: [p.estimate.id for p in pairs] for c, pairs in found.items()} == {
        "c0": ["s0", "s1", "s2", "s3", "s4"], "c1": ["s5"], "c2": ["s0", "s1", "s2", "s3", "s4"],
    }  # fmt: skip
    assert all(p.claim.id == c for c, pairs in found.items() for p in pairs)
    blocks = list(case.matcher().pair_blocks(case.policy))
    for pairs in blocks:
        runs = [key for key, _ in groupby((p.claim.id, p.family.id) for p in pairs)]
        assert len(runs) == len(set(runs))
    assert sum(map(len, blocks)) == 11


def test_a_claim_beside_nothing_has_no_pairs(small_case: Make) -> None:
    case = small_case([{"measure": "crumbs"}], [{}])
    assert case.matcher().pairs(case.policy) == {"c0": []}


# Columns of a book

KINDS = {
    "stock": POINTS, "level": POINTS, "total": TOTALS, "rate": AVERAGES, "share": AVERAGES,
    "change": CHANGES, "net": CHANGES, "duration": LENGTHS,
}  # fmt: skip
UNITS = {"level": "degree Celsius", "rate": "loaf / day", "share": "fraction", "duration": "day"}


def test_how_time_bears_on_each_kind(small_case: Make) -> None:
    measures: list[Given] = [
        {"id": f"of-{kind}", "kind": kind, "unit": UNITS.get(kind, "loaf"), "definition": "Some."}
        for kind in KINDS
    ]
    measures += [m | {"id": f"{m['id']}-once", "once": True} for m in measures]
    measures += [measures[2] | {"id": "running", "cumulative": True}]
    known = small_case([{}], [{}], measures=measures).book.measures
    for kind, rule in KINDS.items():
        assert time_of(known[f"of-{kind}"]) == rule
        assert time_of(known[f"of-{kind}-once"]) == TIMELESS
    assert time_of(known["running"]) == RUNNING


def test_the_columns_of_claims_say_what_the_measure_says(small_case: Make) -> None:
    measures: list[Given] = [
        {"id": "air", "kind": "level", "unit": "degree Celsius", "definition": "Any hour."},
        {"id": "noon", "kind": "level", "unit": "degree Celsius", "definition": "At noon.", "moment": "noon"},
        {
            "id": "shelf", "kind": "stock", "unit": "loaf", "definition": "There.", "window_days": 0,
            "policy": {"same": 0.02, "reason": "Rough."},
        },
        {
            "id": "warming", "kind": "change", "unit": "degree Celsius", "definition": "More",
            "window_days": 7,
            "spread": {"value": 0.25, "because": "Two thermometers."},
        },
    ]  # fmt: skip
    day = {WHEN: "2025-05-04"}
    claims: list[Given] = [
        {"measure": "air", "words": "20 °C"} | day,
        {"measure": "noon", "words": "20 °C"} | day,
        {"measure": "shelf", "words": "9 loaves"},
        {"measure": "warming", "words": "1.5 °C warmer", "base_period": "1990/1999"} | day,
        {"status": "forecast", "part": "x", "scope": "rye"} | day,
    ]
    rows = small_case([{}], claims, measures=measures, article={"published": "2025-06"}).matcher().claim_rows
    assert rows.by_hour.tolist() == [True, False, False, False, False]
    assert rows.adds_up.tolist() == [False, False, True, False, True]
    assert rows.dated.tolist() == [True, True, False, True, True]
    assert rows.window.tolist() == [-1, -1, 0, 7, -1]
    assert rows.same.tolist() == [0, 0, 0.02, 0, 0.005]
    assert rows.spread.tolist() == [0, 0, 0, 0.25, 0]
    assert rows.status.tolist() == [STATUSES.index("observed")] * 4 + [STATUSES.index("forecast")]
    assert rows.part.tolist() == [0, 0, 0, 0, 1]
    assert len(set(rows.measure.tolist())) == 5 and 0 not in rows.measure
    assert (rows.published == np.datetime64("2025-06-30").astype(int) + 719_163).all()
    assert rows.base_start.tolist()[:3] == rows.base_end.tolist()[:3] == [0, 0, 0]
    assert rows.base_end[3] - rows.base_start[3] == 3651
    assert rows.name[0] == rows.name[1] == rows.name[3] and rows.name[0] != 0 == rows.name[2]
    assert rows.last[0] - rows.first[0] == 1439
    assert (rows.first[2], rows.start[2]) == (-10_000_000 * 1440, -10_000_000)
    assert rows.end[2] == rows.start_to[2] == rows.published[2]
    assert rows.last[2] == rows.published[2] * 1440 + 1439


def test_the_columns_of_estimates_say_what_is_known_of_them(small_case: Make) -> None:
    said: list[Given] = [
        {WHEN: "2025-05-04", "kind": "primary", "published": "2025-05"},
        {"stated": "2025-05-20", "kind": "tertiary"},
        {},
        {"published_is": "unreliable"},
        {"words": "half", "base": "s0", "origin": "b"},
        {"status": "provisional"},
        {"refused": {"by": "Ann", "why": "a typo"}},
    ]
    made = small_case(said, [{}]).matcher()
    rows = made.estimate_rows
    named = [e.id for e in made.estimates]
    assert named[:7] == [f"s{k}" for k in range(7)] and len(named) == 8
    assert rows.by_page.tolist()[:7] == [False, True, True, False, True, True, True]
    assert rows.undated.tolist()[:7] == [False, False, False, True, False, False, False]
    assert rows.valued.tolist()[:7] == [True] * 4 + [False] + [True] * 2
    assert rows.provisional.tolist()[:7] == [False] * 5 + [True, False]
    assert rows.refused.tolist()[:7] == [False] * 6 + [True]
    assert rows.derived.tolist() == [False] * 7 + [True]
    assert rows.tier.tolist()[:3] == [0, 2, 1]
    assert rows.status.tolist()[5] == STATUSES.index("observed")
    assert len({rows.origin[0], rows.origin[1], rows.origin[2]}) == 1 and rows.origin[4] != rows.origin[0]
    assert (rows.published[0], rows.published[3]) == (np.datetime64("2025-05-31").astype(int) + 719_163, 0)
    assert rows.end[1] == np.datetime64("2025-05-20").astype(int) + 719_163
    assert (rows.start[1], rows.end[3]) == (-10_000_000, 10_000_000)
    assert [named[k] for k in np.argsort(rows.order)] == sorted(named)


def test_a_period_has_four_days_and_its_points_two_moments(small_case: Make) -> None:
    """Of "March to 4 May" it is not known on which day it began."""
    periods = ["2025-03/2025-05-04", "2025-03-04/2025-05", "2025-05-04T09:00/2025-05-04T12:00"]
    said: list[Given] = [{WHEN: period, "base_period": "2024"} for period in periods]
    made = small_case(said, [one | {"words": "nine loaves"} for one in said], **YEAR).matcher()
    days = [
        ("2025-03-01", "2025-03-31", "2025-05-04", "2025-05-04"),
        ("2025-03-04", "2025-03-04", "2025-05-01", "2025-05-31"),
        ("2025-05-04", "2025-05-04", "2025-05-04", "2025-05-04"),
    ]
    minutes = [(0, 1439), (0, 1439), (540, 720)]
    for rows in (made.claim_rows, made.estimate_rows):
        ends = zip(rows.start, rows.start_to, rows.end_from, rows.end, strict=True)
        assert [tuple(end) for end in ends] == [tuple(map(_day, four)) for four in days]
        for k, (first, last) in enumerate(minutes):
            assert (rows.first[k] % 1440, rows.last[k] % 1440) == (first, last)
            assert (rows.first[k] // 1440, rows.last[k] // 1440) == (_day(days[k][0]), _day(days[k][3]))
        assert len(set(rows.name.tolist())) == 3 and 0 not in rows.name
        assert rows.base_start.tolist() == [_day("2024-01-01")] * 3
        assert rows.base_end.tolist() == [_day("2024-12-31")] * 3
    assert made.claim_rows.name.tolist() == made.estimate_rows.name.tolist()


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()
