"""A claim beside one estimate."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.comparison.estimates import Estimate
from tallybook.comparison.gate import Gate
from tallybook.comparison.origins import Family
from tallybook.comparison.relation import Bearing
from tallybook.comparison.sides import ClaimSide


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
