"""Where the records keep what a picture needs; the one place to change when they move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallybook.estimates.claim_terms import ClaimSide
    from tallybook.estimates.estimate import Estimate
    from tallybook.estimates.zones import Stated
    from tallybook.matching.pair import Pair
    from tallybook.quantity import Policy
    from tallybook.tables import Case
    from tallybook.verdicts import Comparison
    from tallybook.verdicts.drift import Drift, Step
    from tallybook.verdicts.robustness import Stretch


def claims_of(comparison: Comparison) -> Mapping[str, ClaimSide]:
    return comparison.sides


def estimates_of(comparison: Comparison) -> Mapping[str, Estimate]:
    return comparison.known


def claim_zones(claim: ClaimSide, policy: Policy) -> Stated:
    return claim.value


def estimate_zones(estimate: Estimate, policy: Policy) -> Stated | None:
    return estimate.value


def step_zones(step: Step, policy: Policy) -> Stated | None:
    return step.said.value


def failed(pair: Pair) -> str | None:
    """The test of comparability that it fails."""
    return pair.gate.code


def opened(pair: Pair) -> tuple[bool, bool]:
    """(at the bottom, at the top)."""
    return pair.gate.opens_bottom, pair.gate.opens_top


def drifts_of(case: Case) -> list[Drift]:
    return case._drifts


def stretches_of(case: Case) -> dict[str, list[Stretch]]:
    from tallybook.verdicts.robustness import stretches

    return stretches(case.book, case.article, case.policy)
