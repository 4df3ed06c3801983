"""A claim beside one estimate."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.estimates.claim_terms import ClaimSide
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.families import Family
from tallybook.matching.comparability import Gate
from tallybook.matching.relation import Bearing


@dataclass(frozen=True, slots=True)
class Pair:
    """``voice``: this estimate speaks for its family on this claim. ``own``: that is the claim's own family;
    ``echo``: it is made from what the claim's own family says. ``repeats``: it repeats another statement
    that is there. ``rests_on``: ids of the other families that it is made from.
    """

    side: ClaimSide
    estimate: Estimate
    family: Family
    own: bool
    gate: Gate
    bearing: Bearing
    voice: bool = False
    echo: bool = False
    repeats: bool = False
    rests_on: frozenset[str] = frozenset()
