"""A claim and one estimate of its measure."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.families import Family
from tallybook.estimates.zones import Zones
from tallybook.matching.comparability import Comparability
from tallybook.matching.relation import Bearing
from tallybook.terms import Incomparable, Reason, Relation


@dataclass(frozen=True, slots=True)
class Pair:
    """``claim_zones``, ``zones``: of the claim and of the estimate (None where it has no number), in the
    measure's unit. ``would``: how a pair that is not comparable would bear, were the reason away; None
    where that cannot be said. ``voice``: this estimate represents its family on this claim; ``split``: its
    family is at odds with itself, so that nobody counts it. ``own``: the family is the claim's own side;
    ``echo``: the figure is computed from what that side says, or draws on it. ``repeats``: it repeats
    another known statement, or stands on a copy of the article. ``rests_on``: ids of the other families
    that it is computed from or draws on.
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
    would: Relation | None
    voice: bool
    split: bool
    repeats: bool
    rests_on: frozenset[str]
    own_time: bool = False

    @property
    def relation(self) -> Relation:
        return self.bearing.relation

    @property
    def why(self) -> Reason | Incomparable:
        """The reason as a term."""
        return self.bearing.why

    @property
    def if_of_that_time(self) -> bool:
        return self.bearing.if_of_that_time

    def needs(self, family: str | None) -> bool:
        """Whether the figure is of that family (by its id) or rests on what it says; never of None."""
        return family is not None and (family == self.family.id or family in self.rests_on)

    @property
    def counts(self) -> bool:
        """Whether it represents its family and can be compared."""
        return self.voice and not self.split and self.comparability.failed is None
