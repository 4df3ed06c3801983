"""How one estimate bears on a claim, with its reason in words (semantics, section 3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from tallybook.estimates.zones import Stated
from tallybook.matching.columns import bare_claim, bare_estimate
from tallybook.matching.comparability import Gate
from tallybook.matching.rules import Borne, asking, bearings, standing
from tallybook.prose import interval, ratio
from tallybook.quantity import INFINITY, Interval, Policy


class Relation(StrEnum):
    """In the order of the kernel's codes."""

    AGREES = "agrees"
    SUPPORTS = "supports"
    COMPATIBLE = "compatible"
    DIFFERS = "differs"
    NOT_COMPARABLE = "not comparable"


RELATIONS = tuple(Relation)
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
    """The bearing of one estimate that passed the gate. ``unit``: the claim's, for the words."""
    first = np.zeros(1, dtype=np.int64)
    ask = replace(
        asking(bare_claim(claim, dated=not gate.may_support), policy),
        # what the gate says of the dates, in the terms of the kernel
        top_before=np.array([1 if gate.opens_top else -1], dtype=np.int32),
        bottom_after=np.array([-1 if gate.opens_bottom else 1], dtype=np.int32),
    )
    stand = standing(bare_estimate(estimate), policy)
    borne = bearings(ask, first, stand, first, np.zeros(1, dtype=np.int8))
    return bearing_at(borne, 0, claim, estimate, gate, unit, policy)


def bearing_at(
    borne: Borne, row: int, claim: Stated, estimate: Stated | None, gate: Gate, unit: str, policy: Policy
) -> Bearing:
    """One row of the bearings, with its reason; the estimate's own zone where the gate has failed."""
    if gate.code or estimate is None:
        return Bearing(Relation.NOT_COMPARABLE, estimate.true if estimate else None, gate.reason)
    relation = RELATIONS[borne.relation[row]]
    zone = gate.open(estimate.tolerated(policy))
    if relation is Relation.DIFFERS:
        higher, factor = bool(borne.higher[row]), float(borne.factor[row])
        reason = _difference(claim.tolerated(policy), zone, estimate.core, unit, factor, higher)
        direction = "higher" if higher else "lower"
        return Bearing(relation, zone, reason, float(borne.gap[row]), factor, direction)
    if relation is Relation.AGREES:
        return Bearing(relation, zone, _agreement(claim, estimate, unit))
    if relation is Relation.SUPPORTS:
        took = "" if estimate.tolerated(policy).inside(claim.tolerated(policy)) else ", within rounding"
        return Bearing(
            relation, zone, f"{interval(estimate.core, unit)} lies within what the claim means{took}"
        )
    if claim.contradictory or estimate.contradictory:
        reason = "the words set a floor and a ceiling on one number, so they rule nothing out"
        return Bearing(relation, zone, reason)
    if not gate.may_support:
        return Bearing(relation, zone, f"{gate.reason}; the two do not exclude each other")
    inside, opposed = bool(borne.inside[row]), bool(borne.opposed[row])
    return Bearing(relation, zone, _compatible(claim, estimate, inside, opposed, unit))


def _agreement(claim: Stated, estimate: Stated, unit: str) -> str:
    if claim.core == estimate.core:
        return f"both name {interval(claim.core, unit)}"
    return f"{interval(estimate.core, unit)} is {interval(claim.core, unit)} within rounding"


def _difference(
    ours: Interval, theirs: Interval, core: Interval, unit: str, factor: float, higher: bool
) -> str:
    side = "above" if higher else "below"
    by = f"{side} it by {ratio(factor)}" if factor > 1.005 else f"just {side} it"
    allows = f"{interval(core, unit)} allows {interval(theirs, unit)}"
    return f"{allows}; the claim allows {interval(ours, unit)}: {by}"


def _compatible(claim: Stated, estimate: Stated, inside: bool, opposed: bool, unit: str) -> str:
    if opposed:
        return "one sets a floor, the other a ceiling; they do not exclude each other"
    if inside and claim.true.high == INFINITY:
        return f"{interval(estimate.core, unit)} makes the claim true, and understated"
    if inside and claim.ceiling_only:
        return f"{interval(estimate.core, unit)} makes the claim true, and far from its top"
    if claim.true.inside(estimate.true):
        return f"{interval(estimate.true, unit)} is wider than the claim and settles nothing"
    return f"{interval(estimate.true, unit)} only overlaps with {interval(claim.true, unit)}"
