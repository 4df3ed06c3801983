"""How one estimate bears on a claim: the result of the rules, with its reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.estimates.zones import Zones
from tallybook.matching.comparability import Comparability
from tallybook.matching.numbers import inside, same_number
from tallybook.matching.rules import RELATIONS, Bearings
from tallybook.prose import apart, interval
from tallybook.quantity import INFINITY, Interval, Policy
from tallybook.terms import Relation


@dataclass(frozen=True, slots=True)
class Bearing:
    """``zone``: the estimate's true zone at the claim's date. ``gap``: between the zones, in units;
    ``gap_factor``: the ratio of their nearest ends; ``direction``: of the estimate, seen from the claim."""

    relation: Relation
    zone: Interval | None
    reason: str
    gap: float | None = None
    gap_factor: float | None = None
    direction: str | None = None


def bearing_at(
    bears: Bearings,
    place: int,
    claim: Zones,
    estimate: Zones | None,
    compared: Comparability,
    unit: str,
    policy: Policy,
) -> Bearing:
    """One row of the bearings, with its reason. ``place``: the row; unused if the pair is not comparable."""
    if compared.failed or estimate is None:
        return Bearing(Relation.NOT_COMPARABLE, estimate.true if estimate else None, compared.reason)
    relation = RELATIONS[bears.relation[place]]
    zone = compared.open(estimate.tolerated(policy))
    if relation is Relation.DIFFERS:
        higher, factor = bool(bears.higher[place]), float(bears.factor[place])
        reason = _difference(claim.tolerated(policy), zone, estimate.core, unit, factor, higher)
        direction = "higher" if higher else "lower"
        return Bearing(relation, zone, reason, float(bears.gap[place]), factor, direction)
    if relation is Relation.AGREES:
        return Bearing(relation, zone, _agreement(claim, estimate, unit))
    if relation is Relation.SUPPORTS:
        exact = inside(estimate.tolerated(policy), claim.tolerated(policy))
        took = "" if exact else ", within rounding"
        named = interval(estimate.core, unit)
        return Bearing(relation, zone, f"{named} lies within what the claim suggests{took}")
    if claim.contradictory or estimate.contradictory:
        reason = "the words set a floor and a ceiling on one number, so they rule nothing out"
        return Bearing(relation, zone, reason)
    if not compared.may_support:
        return Bearing(relation, zone, f"{compared.reason}; both can be true")
    lies_inside, opposed = bool(bears.inside[place]), bool(bears.opposed[place])
    return Bearing(relation, zone, _compatible(claim, estimate, lies_inside, opposed, unit))


def _agreement(claim: Zones, estimate: Zones, unit: str) -> str:
    ours, theirs = interval(claim.core, unit), interval(estimate.core, unit)
    if same_number(claim.core, estimate.core) or ours == theirs:
        return f"both name {ours}"
    return f"{theirs} equals {ours} within rounding"


def _difference(
    ours: Interval, theirs: Interval, core: Interval, unit: str, factor: float, higher: bool
) -> str:
    named, allowed = interval(core, unit), interval(theirs, unit)
    says = named if named == allowed else f"{named} (which allows {allowed})"
    return f"{says} is not what the claim allows ({interval(ours, unit)}): {apart(factor, higher=higher)}"


def _compatible(claim: Zones, estimate: Zones, lies_inside: bool, opposed: bool, unit: str) -> str:
    if opposed:
        return "one sets a floor and the other a ceiling; both can be true"
    named = interval(estimate.core, unit)
    if lies_inside and claim.true.high == INFINITY:
        return f"{named} is consistent with the claim, but well above the number that it names"
    if lies_inside and claim.ceiling_only:
        return f"{named} is consistent with the claim, but well below the limit"
    if inside(claim.true, estimate.true):
        return f"{interval(estimate.true, unit)} is too wide to decide"
    return f"{interval(estimate.true, unit)} only overlaps with {interval(claim.true, unit)}"
