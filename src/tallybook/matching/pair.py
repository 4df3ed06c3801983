"""A claim and one estimate of its measure."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.families import Family
from tallybook.estimates.zones import Zones
from tallybook.matching.comparability import Comparability
from tallybook.matching.relation import Bearing


@dataclass(frozen=True, slots=True)
class Pair:
    """``claim_zones``, ``zones``: of the claim and of the estimate (None where it has no number), in the
    measure's unit. ``voice``: this estimate represents its family on this claim. ``own``: that is the
    claim's own family; ``echo``: it is computed from what that family says, or draws on it. ``repeats``: it
    repeats another known statement. ``rests_on``: ids of the other families that it is computed from or
    draws on.
    """

    claim: ClaimTerms
    claim_zones: Zones
    estimate: Estimate
    zones: Zones | None
    family: Family
    own: bool
    echo: bool
    comparability: Comparability
    bearing: Bearing
    voice: bool
    repeats: bool
    rests_on: frozenset[str]

    @property
    def counts(self) -> bool:
        """Whether it represents its family and can be compared."""
        return self.voice and self.comparability.failed is None
