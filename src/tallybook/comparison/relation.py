"""How one estimate bears on a claim: agrees, supports, compatible, differs (semantics, section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tallybook.comparison.gate import Gate
from tallybook.comparison.stated import Stated
from tallybook.comparison.wording import between, times
from tallybook.quantity import INFINITY, Interval, Policy


class Relation(StrEnum):
    AGREES = "agrees"
    SUPPORTS = "supports"
    COMPATIBLE = "compatible"
    DIFFERS = "differs"
    NOT_COMPARABLE = "not comparable"


FOR = frozenset({Relation.AGREES, Relation.SUPPORTS})


@dataclass(frozen=True, slots=True)
class Bearing:
    """``zone``: the estimate's true zone after the gate. ``gap``: between the zones, in units;
    ``gap_factor``: their ratio; ``direction``: of the estimate, seen from the claim."""

    relation: Relation
    zone: Interval | None
    reason: str
    gap: float | None = None
    gap_factor: float | None = None
    direction: str | None = None


def bearing(claim: Stated, estimate: Stated, gate: Gate, unit: str, policy: Policy) -> Bearing:
    """The bearing of an estimate that passed the gate. ``unit``: the claim's, for the words."""
    ours, theirs = claim.tolerated(policy), gate.open(estimate.tolerated(policy))
    if claim.contradictory or estimate.contradictory:
        reason = "the words set a floor and a ceiling on one number, so they rule nothing out"
        return Bearing(Relation.COMPATIBLE, theirs, reason)
    if not ours.meets(theirs):
        return _differs(ours, theirs, estimate.core, unit)
    if not gate.may_support:
        return Bearing(Relation.COMPATIBLE, theirs, f"{gate.reason}; the two do not exclude each other")
    opposed = _opposed(claim, estimate)
    if _same_number(claim, estimate) and not opposed:
        return Bearing(Relation.AGREES, theirs, _agreement(claim, estimate, unit))
    unopened = estimate.tolerated(policy)
    near = claim.meant.widened(*claim.rounding)
    inside = unopened.inside(claim.rounded(policy))
    if inside and estimate.core.inside(near):
        took = "" if unopened.inside(ours) else ", within rounding"
        reason = f"{between(estimate.core, unit)} lies within what the claim means{took}"
        return Bearing(Relation.SUPPORTS, theirs, reason)
    return Bearing(Relation.COMPATIBLE, theirs, _compatible(claim, estimate, inside, opposed, unit))


def _same_number(claim: Stated, estimate: Stated) -> bool:
    """Both ends of the numbers named are the same within the coarser rounding of the two."""
    low = max(claim.rounding[0], estimate.rounding[0])
    high = max(claim.rounding[1], estimate.rounding[1])
    near = 1e-9 * max(abs(claim.core.high), abs(estimate.core.high))
    return (
        abs(claim.core.low - estimate.core.low) <= low + near
        and abs(claim.core.high - estimate.core.high) <= high + near
    )


def _opposed(claim: Stated, estimate: Stated) -> bool:
    """One sets only a floor, the other only a ceiling: no number named can be the same bound."""
    return (claim.floor_only and estimate.ceiling_only) or (claim.ceiling_only and estimate.floor_only)


def _agreement(claim: Stated, estimate: Stated, unit: str) -> str:
    same = claim.core == estimate.core
    if same:
        return f"both name {between(claim.core, unit)}"
    return f"{between(estimate.core, unit)} is {between(claim.core, unit)} within rounding"


def _differs(ours: Interval, theirs: Interval, core: Interval, unit: str) -> Bearing:
    above = theirs.low >= ours.high
    near, far = (ours.high, theirs.low) if above else (theirs.high, ours.low)
    factor = far / near if near > 0 else INFINITY
    side = "above" if above else "below"
    by = f"{side} it by {times(factor)}" if factor > 1.005 else f"just {side} it"
    reason = (
        f"{between(core, unit)} allows {between(theirs, unit)}; the claim allows {between(ours, unit)}: {by}"
    )
    return Bearing(Relation.DIFFERS, theirs, reason, far - near, factor, "higher" if above else "lower")


def _compatible(claim: Stated, estimate: Stated, inside: bool, opposed: bool, unit: str) -> str:
    if opposed:
        return "one sets a floor, the other a ceiling; they do not exclude each other"
    if inside and claim.true.high == INFINITY:
        return f"{between(estimate.core, unit)} makes the claim true, and understated"
    if inside and claim.ceiling_only:
        return f"{between(estimate.core, unit)} makes the claim true, and far from its top"
    if claim.true.inside(estimate.true):
        return f"{between(estimate.true, unit)} is wider than the claim and settles nothing"
    return f"{between(estimate.true, unit)} only overlaps with {between(claim.true, unit)}"
