"""How one figure bears on another: claim beside estimate, as newspapers print them."""

from __future__ import annotations

import pytest

from tallybook.estimates.zones import Zones
from tallybook.matching.comparability import Comparability
from tallybook.matching.relation import Bearing
from tallybook.quantity import DEFAULT_POLICY, Policy
from tallybook.reading import read

from . import one_pair
from .one_pair import EARLIER, LATER, OF_ONE_TIME


def zones(words: str, policy: Policy = DEFAULT_POLICY, scale: float = 1.0) -> Zones:
    return one_pair.zones(read(words)[0].quantity, policy, scale)


def bears(
    claim: str, estimate: str, time: Comparability = OF_ONE_TIME, policy: Policy = DEFAULT_POLICY
) -> Bearing:
    return one_pair.bears(zones(claim, policy), zones(estimate, policy), time, policy)


@pytest.mark.parametrize(
    ("claim", "estimate", "relation"),
    [
        ("nine loaves", "nine loaves", "agrees"),
        ("at least nine loaves", "nine loaves", "agrees"),
        ("over 10,000 loaves", "more than 10,000 loaves", "agrees"),
        ("15,000 loaves", "about 15,000 loaves", "agrees"),
        ("as many as 15,000 loaves", "15,000 loaves", "agrees"),
        ("11,000 loaves", "10,900 loaves", "agrees"),
        ("200,000–260,000 loaves", "250,000 loaves", "supports"),
        ("over 10,000 loaves", "about 12,000 loaves", "supports"),
        ("over 10,000 loaves", "50,000 loaves", "compatible"),
        ("up to 15,000 loaves", "11,000 loaves", "compatible"),
        ("200,000–260,000 loaves", "about 250,000 loaves", "compatible"),
        ("up to 15,000 loaves", "over 10,000 loaves", "compatible"),
        ("up to 15,000 loaves", "at least 15,000 loaves", "compatible"),
        ("nine loaves", "as many as more than 6 million loaves", "compatible"),
        ("nine loaves", "ten loaves", "differs"),
        ("less than three loaves", "four loaves", "differs"),
        ("nearly 11,000 loaves", "more than 11,000 loaves", "differs"),
        ("200,000–260,000 loaves", "fewer than 146,000 loaves", "differs"),
    ],
)
def test_the_relation_follows_from_the_words(claim: str, estimate: str, relation: str) -> None:
    assert bears(claim, estimate).relation == relation


def test_a_difference_has_its_gap_and_direction() -> None:
    found = bears("200,000–260,000 loaves", "fewer than 100,000 loaves")
    assert (found.direction, found.gap, found.gap_factor) == ("lower", 100_000, 2.0)
    assert bears("nine loaves", "27 loaves").direction == "higher"


def test_an_end_that_time_opens_is_compatible_and_no_support() -> None:
    assert bears("10,000 loaves", "3,000 loaves", EARLIER).relation == "compatible"
    assert bears("10,000 loaves", "10,000 loaves", EARLIER).relation == "compatible"
    assert bears("3,000 loaves", "10,000 loaves", EARLIER).relation == "differs"
    assert bears("10,000 loaves", "50,000 loaves", LATER).relation == "compatible"
    assert bears("10,000 loaves", "3,000 loaves", LATER).relation == "differs"


def test_a_tolerance_can_only_bring_figures_together() -> None:
    assert bears("10,000 loaves", "13,000 loaves").relation == "differs"
    assert bears("10,000 loaves", "13,000 loaves", policy=Policy(tolerance=0.2)).relation != "differs"


@pytest.mark.parametrize(
    ("same", "scale"), [("3 million loaves a year", 1 / 12), ("250,000 loaves a month", 1.0)]
)
def test_a_unit_never_changes_a_relation(same: str, scale: float) -> None:
    claim = zones("200,000–260,000 loaves per month")
    found = one_pair.bears(claim, zones(same, scale=scale), OF_ONE_TIME, DEFAULT_POLICY, "loaf / month")
    assert found.relation == "supports"
