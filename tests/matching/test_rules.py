"""The kernel on columns beside the law in plain words: every pair by itself, slowly.

The plain law stands in ``plain_law.py``; it was written from sections 2 and 3 of the semantics and knows
nothing of arrays.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import numpy as np
import pytest

from tallybook.matching.bearings import RELATIONS
from tallybook.matching.blocks import Block, compared
from tallybook.matching.columns import LENGTHS, POINTS, RUNNING, TIMELESS
from tallybook.matching.pairs import Pairs
from tallybook.matching.rules import REASONS
from tallybook.matching.times import WHY
from tallybook.matching.voices import voices
from tallybook.quantity import Policy
from tallybook.terms import Incomparable

from . import edges, made_up, plain_law

POLICIES = (Policy(), Policy(tolerance=0.2, window_days=10), Policy(window_days=0))
NAMES = ["default", "tolerant", "no window"]


def blocks(case: made_up.Case, policy: Policy, **size: int) -> list[Block]:
    return list(compared(case.context(policy), **size))


def said(block: Block) -> Iterator[tuple[int, int, int, plain_law.Said]]:
    """What the columns say of every pair: (claim, estimate, nearness, all the rest)."""
    found, (of, would) = block.bearings, block.would
    wants = dict(zip(of.tolist(), would.tolist(), strict=True))
    for row, (c, e, code, near) in enumerate(
        zip(block.claim.tolist(), block.estimate.tolist(), block.code, block.nearness.tolist(), strict=True)
    ):
        if code:
            asked = wants.pop(row, None)
            yield (
                c,
                e,
                near,
                plain_law.Said(str(REASONS[code]), asked if asked is None else str(RELATIONS[asked])),
            )
            continue
        k = int(block.place[row])
        told = str(RELATIONS[found.relation[k]])
        assert told == str(RELATIONS[block.relation[row]])
        yield c, e, near, plain_law.Said(
            told, None, WHY[found.why[k]], bool(found.if_of_that_time[k]), bool(found.own_time[k]),
            bool(found.may_agree[k]), bool(found.floor[k]), bool(found.ceiling[k]), WHY[found.opening[k]],
            float(found.gap[k]),
        )  # fmt: skip
    assert not wants  # of what is compared, nothing else is asked


def beside_the_law(case: made_up.Case, policy: Policy, seen: Counter[str]) -> None:
    """Compare all that is said of every pair with the plain law."""
    claims = list(plain_law.rows(case.claims, range(len(case.claims))))
    estimates = list(plain_law.rows(case.estimates, range(len(case.estimates))))
    inner = frozenset((int(a), int(b)) for a, b in case.inner)
    for block in blocks(case, policy):
        for c, e, near, told in said(block):
            law = plain_law.bears(claims[c], estimates[e], policy, inner)
            same_gap = told.gap == law.gap or (math.isnan(told.gap) and math.isnan(law.gap))
            assert told[:-1] == law[:-1] and same_gap, (
                f"\n{told}\n{law}\nclaim    {claims[c]}\nestimate {estimates[e]}"
            )
            assert near == plain_law.nearness(law)
            seen[law.told] += 1
            seen[f"{law.told}: {law.why and law.why.value}"] += 1
            seen["if of that time"] += law.if_of_that_time


@pytest.mark.parametrize("policy", POLICIES, ids=NAMES)
def test_every_pair_is_as_the_law_says_it(policy: Policy) -> None:
    seen: Counter[str] = Counter()
    beside_the_law(made_up.made_up(120, 1_000, 16, seed=2025), policy, seen)
    assert seen.keys() >= {*map(str, Incomparable), "agrees", "supports", "compatible", "differs"}


@pytest.mark.parametrize("policy", POLICIES, ids=NAMES)
def test_every_pair_at_an_edge_is_as_the_law_says_it(policy: Policy) -> None:
    seen: Counter[str] = Counter()
    for kind in range(TIMELESS, LENGTHS + 1):
        for number, how in enumerate(HOW if policy == Policy() else HOW[:1]):
            beside_the_law(edges.at_the_edges(kind, 10 * kind + number, **how), policy, seen)
    for kind in (POINTS, RUNNING) if policy == Policy() else ():
        for hours in ((True, False), (False, True)):
            beside_the_law(edges.at_the_edges(kind, 80 + kind, hours=hours), policy, seen)
    if policy == Policy():
        assert seen.keys() >= {
            f"{told}: {why}" for told, reasons in TOLD.items() for why in reasons.split(", ")
        }


HOW: tuple[dict[str, bool], ...] = ({}, {"plain": True}, {"fine": True, "plain": True})
TOLD = {
    "agrees": "rounding, same, one bound",
    "supports": "inside",
    "differs": "apart, opposite direction, floor, ceiling",
    "compatible": "floor, ceiling, provisional, window, overlapping periods, one day, date open, spread, "
    "margin, unit unclear, round number, far inside, mixed bounds, overlap",
}
"""Every relation with every reason for it."""


# Blocks


@pytest.mark.parametrize("most", [1, 7, 40, 41, 100, 999, 1_000_000])
def test_any_size_of_block_gives_the_same_pairs(most: int) -> None:
    case = made_up.made_up(60, 240, 6, seed=11)
    whole, parts = blocks(case, Policy()), blocks(case, Policy(), most=most)
    for name in ("claim", "estimate", "code", "relation", "nearness"):
        one, other = (np.concatenate([getattr(b, name) for b in found]) for found in (whole, parts))
        assert np.array_equal(one, other), name
    for name in ("why", "if_of_that_time", "own_time", "may_agree", "floor", "ceiling", "opening", "gap"):
        one, other = (np.concatenate([getattr(b.bearings, name) for b in found]) for found in (whole, parts))
        assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f"), name
    largest = max(np.unique(block.claim, return_counts=True)[1].max() for block in whole)
    assert max(len(block) for block in parts) <= max(most, largest)


def test_every_claim_meets_every_estimate_of_its_measure_once() -> None:
    case = made_up.made_up(60, 240, 6, seed=13)
    of = np.flatnonzero(case.estimates.measure != 3)  # a measure that no estimate is of
    case = made_up.Case(case.claims, case.estimates.take(of))
    found = [
        pair
        for block in blocks(case, Policy(), most=100)
        for pair in zip(block.claim.tolist(), block.estimate.tolist(), strict=True)
    ]
    same = case.claims.measure[:, None] == case.estimates.measure[None, :]
    assert len(found) == len(set(found)) and set(found) == set(
        zip(*map(np.ndarray.tolist, np.nonzero(same)), strict=True)
    )


def test_the_pairs_of_a_claim_stand_in_one_block() -> None:
    case = made_up.made_up(60, 240, 6, seed=17)
    runs = [claim for block in blocks(case, Policy(), most=50) for claim, _ in groupby(block.claim.tolist())]
    assert len(runs) == len(set(runs)) == len(case.claims)


def test_nothing_beside_nothing_is_no_block() -> None:
    case = made_up.made_up(4, 4, 2, seed=19)
    none = np.zeros(0, dtype=np.int64)
    assert blocks(made_up.Case(case.claims, case.estimates.take(none)), Policy()) == []
    assert blocks(made_up.Case(case.claims.take(none), case.estimates), Policy()) == []


# Voices


def _rank(block: Block, estimates: list[plain_law.OneEstimate], row: int) -> tuple[int, bool, int]:
    """The smaller, the better an estimate speaks for its family."""
    said = estimates[int(block.estimate[row])]
    return int(block.nearness[row]), said.derived, said.tier


@pytest.mark.parametrize("offices", [1, 2])
@pytest.mark.parametrize("most", [1, 100_000])
def test_each_family_has_one_voice_and_its_best(most: int, offices: int) -> None:
    """Of the claim's own time first, then stated, then primary; a repetition never speaks. Two origins that
    are equal in that and disagree are both split."""
    case = made_up.made_up(100, 3_000, 10, seed=23)
    case = made_up.with_offices(case) if offices == 2 else case
    estimates = list(plain_law.rows(case.estimates, range(len(case.estimates))))
    ranks = case.estimates.precedence
    seen: Counter[str] = Counter()
    for block in blocks(case, Policy(), most=most):
        spoken = voices(block)
        by_family: dict[tuple[int, int], list[int]] = {}
        for row, (claim, estimate) in enumerate(
            zip(block.claim.tolist(), block.estimate.tolist(), strict=True)
        ):
            by_family.setdefault((claim, estimates[estimate].family), []).append(row)
        for rows in by_family.values():
            can = [row for row in rows if not estimates[int(block.estimate[row])].repeats]
            spoke = [row for row in rows if spoken.speaks[row]]
            split = [row for row in rows if spoken.split[row]]
            if not can:
                assert not spoke
                continue
            best = min(_rank(block, estimates, row) for row in can)
            assert all(row in can and _rank(block, estimates, row) == best for row in spoke)
            heard = _of_each_origin(
                block, estimates, ranks, [r for r in can if _rank(block, estimates, r) == best]
            )
            words = {str(RELATIONS[block.relation[row]]) for row in heard}
            if "differs" in words and words & {"agrees", "supports"}:
                decides = {
                    r for r in heard if RELATIONS[block.relation[r]] in ("agrees", "supports", "differs")
                }
                assert set(split) == decides <= set(spoke)
                seen["split"] += 1
            else:
                assert len(spoke) == 1 and not split and spoke[0] in heard
                seen["one"] += 1
    assert seen["one"] > 400 and (seen["split"] > 0) is (offices == 2)


def _of_each_origin(
    block: Block, estimates: list[plain_law.OneEstimate], ranks: np.ndarray, rows: list[int]
) -> set[int]:
    """The latest, then the most precise of every origin."""
    found: dict[int, int] = {}
    for row in sorted(rows, key=lambda r: int(ranks[int(block.estimate[r])])):
        found.setdefault(estimates[int(block.estimate[row])].origin, row)
    return set(found.values())


def test_of_one_origin_the_latest_speaks_then_the_most_precise() -> None:
    estimates = made_up.made_up(2, 30, 1, seed=29).estimates
    order = np.argsort(estimates.precedence)
    named = np.maximum(np.maximum(np.abs(estimates.core_low), np.abs(estimates.core_high)), 1e-9)
    width = np.where(estimates.valued, (estimates.high - estimates.low) / named, np.inf)
    keys = [(-int(estimates.published[k]), float(width[k]), int(estimates.order[k])) for k in order]
    assert keys == sorted(keys)


def test_nobody_is_heard_where_nothing_is_compared() -> None:
    case = made_up.made_up(3, 5, 1, seed=31)
    (block,) = blocks(case, Policy())
    none = np.zeros(0, dtype=np.int64)
    tested = replace(block.tested, code=none.astype(np.int8), rows=none)
    nothing = block.when.take(none)
    pairs = Pairs(none, none, none)
    empty = replace(block, pairs=pairs, tested=tested, relations=none.astype(np.int8), when=nothing)
    spoken = voices(empty)
    assert len(spoken.speaks) == len(spoken.split) == 0
