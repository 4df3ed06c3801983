"""Pairs of a claim and an estimate as rows; the order of estimates; which of an origin goes first."""

from __future__ import annotations

import numpy as np
import pytest

from tallybook.matching.blocks import _order, runs
from tallybook.matching.columns import MINUTES, Coder
from tallybook.matching.pairs import Pairs

from . import by_hand


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


PAIRS = Pairs(rows(4, 0, 2, 1), rows(2, 0, 3, 1), rows(7, 1, 0, 7, 3, 5))
OURS, THEIRS = np.arange(5) * 10, np.arange(8) * 100


def test_the_pairs_of_a_claim_stand_one_after_the_other() -> None:
    assert len(PAIRS) == 6
    assert PAIRS.claim.tolist() == [4, 4, 2, 2, 2, 1]
    assert PAIRS.ours(OURS).tolist() == [40, 40, 20, 20, 20, 10]
    assert PAIRS.theirs(THEIRS).tolist() == [700, 100, 0, 700, 300, 500]


@pytest.mark.parametrize("places", [(), (0,), (1, 2), (0, 1, 2, 3, 4, 5), (2, 4), (5,), (1, 3, 5), (3, 4)])
def test_some_pairs_are_those_at_their_places(places: tuple[int, ...]) -> None:
    of = rows(*places)
    some = PAIRS.at(of)
    assert len(some) == len(places)
    assert some.claim.tolist() == PAIRS.claim[of].tolist()
    assert some.ours(OURS).tolist() == PAIRS.ours(OURS)[of].tolist()
    assert some.theirs(THEIRS).tolist() == PAIRS.theirs(THEIRS)[of].tolist()
    assert (some.counts >= 0).all()
    assert some.at(np.arange(len(some))).claim.tolist() == some.claim.tolist()


def test_row_by_row_the_first_stands_with_the_first() -> None:
    pairs = Pairs.row_by_row(3)
    assert pairs.claim.tolist() == pairs.estimates.tolist() == [0, 1, 2]
    assert pairs.ours(OURS).tolist() == [0, 10, 20]
    assert len(Pairs.row_by_row(0)) == 0


# The order of estimates


@pytest.mark.parametrize(
    "codes",
    [
        [], [0], [3, 1, 2, 1, 0, 3], [0, 65_535, 1, 65_535], [65_536, 0, 1, 65_536], [-1, 0, 65_535, -1],
        [65_537, 1, 65_535, 0], [131_072, 65_536, 2, 0], [-70_000, 5, -1, 5], [-65_536, 0, -65_535, 1],
    ],
)  # fmt: skip
def test_rows_are_sorted_by_code_and_equal_ones_keep_their_order(codes: list[int]) -> None:
    found = _order(np.array(codes, dtype=np.int32))
    assert found.tolist() == sorted(range(len(codes)), key=codes.__getitem__)


def test_short_codes_are_sorted_as_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only then is it quick."""
    seen = []
    sort = np.argsort
    monkeypatch.setattr(np, "argsort", lambda codes, **how: seen.append(codes.dtype) or sort(codes, **how))
    for codes in ([0, 65_535], [0, 65_536], [-1, 1]):
        _order(np.array(codes, dtype=np.int32))
    assert seen == [np.uint16, np.int32, np.int32]


@pytest.mark.parametrize(
    ("most", "blocks"),
    [
        (1, [[0], [1], [2, 3]]), (2, [[0], [1, 2], [3]]), (3, [[0], [1, 2, 3]]), (4, [[0], [1, 2, 3]]),
        (5, [[0, 1, 2], [3]]), (6, [[0, 1, 2, 3]]), (100, [[0, 1, 2, 3]]),
    ],
)  # fmt: skip
def test_a_block_has_as_many_claims_as_fit(most: int, blocks: list[list[int]]) -> None:
    """Of measures 2, 5, 6 and 7 there are three, two, no and one estimate."""
    claims, measures = rows(10, 11, 12, 13), rows(2, 5, 6, 7)
    found = list(runs(claims, measures, rows(0, 2, 2, 2, 5, 5, 7, 9), most=most))
    of = {10: [1, 2, 3], 11: [4, 5], 12: [], 13: [6]}
    assert [block.claims.tolist() for block in found] == [[10 + claim for claim in block] for block in blocks]
    for block in found:
        assert block.estimates.tolist() == [e for c in block.claims.tolist() for e in of[c]]
        assert block.counts.tolist() == [len(of[c]) for c in block.claims.tolist()]


# Columns


def test_equal_names_have_one_code_and_no_name_has_none() -> None:
    code = Coder()
    assert [code("a"), code("b"), code("a"), code(None), code(""), code("c")] == [1, 2, 1, 0, 0, 3]


def test_the_latest_goes_first_then_the_most_precise_then_the_first_by_name() -> None:
    """How wide a zone is, is reckoned of its number; without a number it is as wide as can be."""
    said = by_hand.estimates(
        {"published": 5, "order": 3},  # exact
        {"published": 5, "order": 1, "number": 1000.0, "low": 990.0, "high": 1010.0},  # 2 % wide
        {"published": 5, "order": 2, "number": -100.0, "low": -102.0, "high": -98.0},  # 4 %
        {"published": 9, "order": 4, "low": 0.0, "high": np.inf},
        {"published": 9, "order": 0, "valued": False, "number": 0.0},
        {"published": 5, "order": 0, "core_low": -300.0, "core_high": 100.0, "low": -301.0, "high": 101.0},
        {"published": 5, "order": 5, "core_low": -100.0, "core_high": 200.0, "low": -300.0, "high": 101.0},
        {"published": 4, "order": 6},
        {"published": 4, "order": 5},
    )
    order = np.argsort(said.precedence).tolist()
    assert order == [4, 3, 0, 1, 2, 5, 6, 8, 7]


def test_what_names_zero_or_less_than_one_has_a_width_too() -> None:
    said = by_hand.estimates(
        {"number": 0.0, "low": -1e-9, "high": 1e-9},  # two of its least number
        {"number": 0.5, "low": 0.0, "high": 0.9, "order": 0},  # 1.8
        {"number": 2.0, "low": 0.0, "high": 4.4, "order": 0},  # 2.2
    )
    assert np.argsort(said.precedence).tolist() == [1, 0, 2]


def test_a_column_knows_its_days_and_whether_anyone_has_hours() -> None:
    days = {"first": 3 * MINUTES, "last": 4 * MINUTES + MINUTES - 1}
    whole = by_hand.estimates(days)
    assert [part.tolist() for part in whole.days] == [[3], [4]]
    assert not whole.timed
    assert by_hand.estimates(days, days | {"first": 3 * MINUTES + 1}).timed
    assert by_hand.estimates(days, days | {"last": 4 * MINUTES + MINUTES - 2}).timed
    assert by_hand.estimates(days, days | {"last": 4 * MINUTES}).timed
    assert by_hand.estimates({}, {"part": 4}, {"part": 5}).take(rows(2, 0, 2)).part.tolist() == [5, 0, 5]
