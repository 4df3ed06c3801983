"""Two figures just on an edge, to the last bit: what still is the same or within the spread."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tallybook.matching.bearings import RELATIONS
from tallybook.matching.blocks import Block, compared
from tallybook.matching.columns import MINUTES, POINTS, RUNNING, TOTALS
from tallybook.matching.rules import REASONS
from tallybook.matching.times import WHY

from . import by_hand

MORE = 1 + 1e-9
"""A fraction of a billionth is given to every comparison: units are converted in floating point."""


def block_of(claim: dict[str, Any], *said: dict[str, Any], **policy: Any) -> Block:
    (block,) = compared(by_hand.context(by_hand.claims(claim), by_hand.estimates(*said), **policy))
    return block


def told(claim: dict[str, Any], said: dict[str, Any]) -> tuple[str, str]:
    """The relation and its reason."""
    block = block_of(claim, said)
    assert str(RELATIONS[block.relation[0]]) == str(RELATIONS[block.bearings.relation[0]])
    why = WHY[block.bearings.why[0]]
    assert why is not None
    return str(RELATIONS[block.relation[0]]), why.value


def test_exactly_at_same_is_the_same() -> None:
    claim = {"number": 1.0, "same": 0.5}
    edge = 1 - 0.5 * MORE
    assert told(claim, {"number": edge}) == ("agrees", "same")
    assert told(claim, {"number": edge - 1e-15}) == ("differs", "apart")


def test_exactly_one_spread_apart_does_not_differ() -> None:
    claim = {"number": 0.0, "spread": 1.0}
    edge = 1 + 1e-6
    assert told(claim, {"number": edge}) == ("compatible", "spread")
    assert told(claim, {"number": np.nextafter(edge, 2)}) == ("differs", "apart")
    assert told(claim, {"number": -edge}) == ("compatible", "spread")
    assert told(claim, {"number": np.nextafter(-edge, -2)}) == ("differs", "apart")


def test_exactly_half_a_grain_away_is_rounding() -> None:
    """Of the coarser, at either end."""
    wide = {"low": 50.0, "high": 150.0}
    for one, other in (({"half_low": 8.0, "half_high": 8.0}, {}), ({}, {"half_low": 8.0, "half_high": 8.0})):
        assert told(wide | one, wide | other | {"number": 108.0}) == ("agrees", "rounding")
        assert told(wide | one, wide | other | {"number": 108.1})[0] != "agrees"


def test_two_bounds_on_nothing_are_one() -> None:
    over = {"number": 0.0, "low": 0.0, "high": np.inf, "bound": 1}
    assert told(over, over) == ("agrees", "one bound")
    assert told(over, over | {"low_open": True}) == ("agrees", "one bound")


def test_no_number_is_nearer_than_nothing() -> None:
    assert told({"number": 0.0}, {"number": 0.0}) == ("agrees", "rounding")
    assert told({"number": 0.0, "from_below": True}, {"number": 0.0}) == ("agrees", "rounding")
    assert told({"number": 0.0}, {"number": 0.0, "from_below": True}) == ("agrees", "rounding")
    over = {"number": 0.0, "low": 0.0, "high": np.inf, "low_open": True, "bound": 1}
    assert told({"number": 0.0, "same": 0.5}, over) == ("differs", "apart")


@pytest.mark.parametrize(("apart", "relation"), [(0.0, "differs"), (1e-9, "differs"), (3e-9, "compatible")])
def test_two_roundings_touch_within_a_billionth(apart: float, relation: str) -> None:
    """One with a single figure."""
    ours = {"number": 100.0, "low": 99.0, "high": 101.0, "single": True}
    theirs = {"number": 102.0, "low": 101.0 - 101 * apart, "high": 103.0}
    assert told(ours, theirs)[0] == relation
    assert told(theirs | {"single": True}, ours | {"single": False})[0] == relation


def test_what_is_widened_by_the_tolerance_is_closed() -> None:
    over = {"number": 100.0, "low": 100.0, "high": np.inf, "low_open": True, "bound": 1}
    for tolerance, relation in ((0.0, "differs"), (0.01, "compatible")):
        block = block_of({"number": 100.0}, over, tolerance=tolerance)
        assert str(RELATIONS[block.relation[0]]) == relation


def test_of_pairs_that_cannot_be_compared_nothing_else_is_told() -> None:
    block = block_of({}, {"scope": 1}, {"refused": True}, {}, {"valued": False})
    reasons = [REASONS[code] for code in block.code]
    assert [reason and reason.value for reason in reasons] == ["other scope", "refused", None, "no number"]
    assert block.relation.tolist() == [4, 5, 0, 4]
    assert [str(RELATIONS[code]) for code in block.relation] == [
        "not comparable", "refused", "agrees", "not comparable",
    ]  # fmt: skip
    assert (block.place.tolist(), block.nearness.tolist()) == ([-1, -1, 0, -1], [3, 3, 0, 3])
    rows, would = block.would
    assert (rows.tolist(), [str(RELATIONS[code]) for code in would]) == ([0], ["agrees"])


def test_all_of_one_claim_are_compared_at_once_where_there_are_hours_or_none() -> None:
    """Whether anybody has hours is known of all, and changes no other pair."""
    noon, nine = {"first": 720, "last": 720}, {"first": 540, "last": 540}
    shelf = {"time": POINTS, "half_low": 1.0, "half_high": 1.0}
    said = [{}, {"first": 1440, "last": 2879}, {"number": 300.0}]
    alone = block_of(shelf, *said)
    beside = block_of(shelf, *said, noon)
    for name in ("code", "relation", "nearness"):
        assert getattr(alone, name).tolist() == getattr(beside, name).tolist()[:3]
    block = block_of(shelf | noon, noon, nine, {})
    assert [str(REASONS[code]) for code in block.code] == ["None", "other time", "None"]


@pytest.mark.parametrize("time", [POINTS, RUNNING])
@pytest.mark.parametrize("day", [0, 1, 2])
def test_an_unknown_day_is_none_of_those_that_it_may_be(time: int, day: int) -> None:
    """Nor is it the same as another unknown day."""
    one = {"first": day * MINUTES, "last": day * MINUTES + MINUTES - 1}
    some = {"first": 0, "last": 3 * MINUTES - 1}
    for ours, theirs in ((one, some), (some, one), (some, some), (some, {"first": 0, "undated": True})):
        assert not block_of({"time": time} | ours, theirs).bearings.own_time.any()
    assert block_of({"time": time} | one, one).bearings.own_time.all()


def test_reasons_are_told_only_where_they_are_asked_for() -> None:
    """They take as long again as the relations."""
    block = block_of({"time": TOTALS, "end_from": 9, "end": 9}, {"end_from": 9, "end": 9}, {"by_page": True})
    assert len(block.when.why) == len(block.when.sure) == 0
    assert len(block.bearings.why) == len(block.bearings.opening) == 2
