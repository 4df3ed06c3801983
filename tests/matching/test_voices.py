"""Who speaks for a family, and when it is split: a few estimates at a time, written out."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from tallybook.matching.blocks import compared
from tallybook.matching.columns import AVERAGES
from tallybook.matching.voices import voices

from . import by_hand

AGREES: dict[str, Any] = {"number": 100.0}
DIFFERS: dict[str, Any] = {"number": 200.0}
OPEN: dict[str, Any] = {"number": 102.0, "low": 95.0, "high": 110.0}
"""Neither agrees with the claim nor differs from it."""


def heard(*said: dict[str, Any], claims: int = 1, **claim: Any) -> tuple[list[list[int]], list[list[int]]]:
    """Beside some claims "100": which estimates speak, and which of these are split; a list a claim."""
    ours = by_hand.claims(*[claim] * claims)
    (block,) = compared(by_hand.context(ours, by_hand.estimates(*said)))
    found = voices(block)
    assert (found.split <= found.speaks).all()
    rows = [np.flatnonzero(block.claim == number) for number in range(claims)]
    return tuple(  # type: ignore[return-value]
        [sorted(block.estimate[of[flags[of]]].tolist()) for of in rows]
        for flags in (found.speaks, found.split)
    )


def voice(*said: dict[str, Any], **claim: Any) -> list[int]:
    speaks, split = heard(*said, **claim)
    assert split == [[]]
    return speaks[0]


def test_every_family_speaks_on_every_claim() -> None:
    said = [AGREES | {"family": 7, "origin": 4}, DIFFERS | {"family": 2, "origin": 1}, OPEN | {"family": 5}]
    assert heard(*said, claims=3) == ([[0, 1, 2]] * 3, [[]] * 3)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"derived": False, "tier": 2}, {"derived": True, "tier": 0}),
        ({"tier": 0}, {"tier": 1}),
        ({"tier": 1}, {"tier": 2}),
        ({"tier": 2, "derived": True}, {"repeats": True}),
    ],
)
def test_what_is_nearer_to_its_source_speaks(better: dict[str, Any], worse: dict[str, Any]) -> None:
    """Whether it agrees or differs, is newer, or of another origin."""
    for one, other in ((AGREES, DIFFERS), (DIFFERS, AGREES), (OPEN, AGREES)):
        newer = {"published": 9, "origin": 1}
        assert voice(one | better, other | worse | newer) == [0]
        assert voice(other | worse | newer, one | better) == [1]


OWN: dict[str, Any] = {}
PERHAPS = {"start": -30, "start_to": 0, "name": 2}
AROUND = {"start": -30, "start_to": -30, "name": 3}
LATER = {"start": 60, "start_to": 60, "end_from": 90, "end": 90, "name": 4}


@pytest.mark.parametrize(("better", "worse"), list(combinations((OWN, PERHAPS, AROUND, LATER), 2)))
def test_what_is_of_the_claims_own_time_speaks(better: dict[str, Any], worse: dict[str, Any]) -> None:
    """Also if it is derived, and of the third tier."""
    period = {"end_from": 29, "end": 29, "time": AVERAGES}
    of = {"end_from": 29, "end": 29}
    for one, other in ((AGREES, DIFFERS), (DIFFERS, AGREES)):
        said = one | of | {"derived": True, "tier": 2} | better, other | of | {"origin": 1} | worse
        assert voice(*said, **period) == [0]
        assert voice(*said[::-1], **period) == [1]


def test_what_is_too_vague_to_decide_speaks_before_nothing_that_decides() -> None:
    """A derived figure too vague to decide bears on nothing, of whatever time it is."""
    of = {"end_from": 29, "end": 29}
    period = {"end_from": 29, "end": 29, "time": AVERAGES}
    for vague in (1, 2):
        said = DIFFERS | of | {"vague": vague}, AGREES | of | PERHAPS | {"derived": True, "tier": 2}
        assert voice(*said, **period) == [1]


def test_what_repeats_never_speaks() -> None:
    assert voice(AGREES | {"repeats": True}) == []
    assert heard(AGREES | {"repeats": True}, OPEN | {"family": 1})[0] == [[1]]


def test_what_cannot_be_compared_speaks_where_nothing_else_does() -> None:
    assert voice(AGREES | {"scope": 1}) == [0]
    assert voice(AGREES | {"scope": 1}, DIFFERS | {"derived": True, "tier": 2}) == [1]
    assert voice(AGREES | {"scope": 1, "tier": 1}, AGREES | {"scope": 1}) == [1]


def test_of_one_origin_the_latest_speaks_then_the_most_precise_then_the_first() -> None:
    assert voice(AGREES | {"published": 3}, DIFFERS | {"published": 4}, AGREES | {"published": 2}) == [1]
    wide = {"low": 90.0, "high": 112.0}
    assert voice(AGREES | wide, AGREES) == [1]
    assert voice(AGREES | wide | {"published": 1}, AGREES) == [0]
    assert voice(AGREES, AGREES) == [0]
    assert voice(AGREES | {"order": 1}, AGREES | {"order": 0}) == [1]


def test_two_origins_that_disagree_are_split() -> None:
    speaks, split = heard(AGREES, DIFFERS | {"origin": 1}, OPEN | {"origin": 2}, AGREES | {"family": 1})
    assert (speaks, split) == ([[0, 1, 3]], [[0, 1]])


def test_each_origin_is_asked_for_its_latest_before_a_family_is_split() -> None:
    """What one of them said before takes no part."""
    assert voice(AGREES, DIFFERS, DIFFERS | {"published": 1}, DIFFERS | {"origin": 1}) == [2]
    assert voice(DIFFERS, AGREES | {"published": 1}, AGREES | {"origin": 1}) == [1]


def test_two_origins_are_split_only_where_they_are_equal_in_time_and_tier() -> None:
    assert voice(AGREES, DIFFERS | {"origin": 1, "tier": 1}) == [0]
    assert voice(AGREES, DIFFERS | {"origin": 1, "derived": True}) == [0]
    assert voice(AGREES | {"origin": 1}, DIFFERS | {"repeats": True}) == [0]


def test_of_two_origins_the_one_that_decides_speaks() -> None:
    """Also where the other is newer; of two that say the same, the newer."""
    for decides in (AGREES, DIFFERS):
        assert voice(OPEN | {"published": 9}, decides | {"origin": 1}) == [1]
        assert voice(decides | {"origin": 1}, OPEN | {"published": 9}) == [0]
        assert voice(decides, decides | {"published": 9, "origin": 1}) == [1]
    assert voice(OPEN, OPEN | {"published": 9, "origin": 1}) == [1]
    supports = {"number": 100.0, "low": 99.0, "high": 101.0, "bound": 0}
    claim = {"low": 95.0, "high": 110.0, "number": 104.0, "half_low": 1.0}
    assert voice(OPEN | {"published": 9, "high": 120.0}, supports | {"origin": 1}, **claim) == [1]


def test_two_families_of_one_origin_code_are_two() -> None:
    """Nor does a claim borrow a voice of the claim before it."""
    said = [AGREES | {"family": 1, "origin": 3}, DIFFERS | {"family": 2, "origin": 3}]
    assert heard(*said, claims=2) == ([[0, 1]] * 2, [[]] * 2)
    assert heard(AGREES, claims=3) == ([[0]] * 3, [[]] * 3)
