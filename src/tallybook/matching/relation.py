"""How one estimate bears on a claim: the result of the rules, with its reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.nature import as_shown, nature_of
from tallybook.estimates.zones import Zones
from tallybook.matching.comparability import Comparability
from tallybook.matching.numbers import same_number
from tallybook.prose import amount, difference, interval, number_in_its_own_time
from tallybook.quantity import INFINITY, Interval, Policy
from tallybook.terms import Incomparable, Kind, Reason, Relation


@dataclass(frozen=True, slots=True)
class Bearing:
    """``why``: the reason as a term; ``reason``: in words. ``zone``: the estimate's true zone at the
    claim's date. ``gap``: from the claim's number to the estimate's, in the measure's unit; ``gap_words``:
    the same as a person says it; ``gap_factor``: the ratio of the two, where both are above zero;
    ``direction``: of the estimate, seen from the claim; all None where the two do not differ.
    ``if_of_that_time``: it holds if the two are of one time, which their dates allow and do not say.
    """

    relation: Relation
    why: Reason | Incomparable
    zone: Interval | None
    reason: str
    if_of_that_time: bool = False
    gap: float | None = None
    gap_words: str | None = None
    gap_factor: float | None = None
    direction: str | None = None


def bearing_of(
    relation: Relation,
    why: Reason,
    claim: ClaimTerms,
    ours: Zones,
    theirs: Zones,
    compared: Comparability,
    policy: Policy,
    *,
    if_of_that_time: bool,
    gap: float,
) -> Bearing:
    """The bearing of a comparable pair, with its reason in words."""
    unit = claim.measure.unit
    zone = compared.open(theirs.tolerated(policy))
    if relation is Relation.DIFFERS:
        return _difference(why, claim, ours, theirs, zone, compared, gap, policy)
    if relation is Relation.AGREES:
        text = _agreement(why, claim, ours, theirs)
    elif relation is Relation.SUPPORTS:
        text = f"{interval(theirs.core, unit)} lies within what the claim suggests"
    else:
        text = _compatible(why, claim, ours, theirs, compared, policy)
    if relation.confirms and compared.reason and not if_of_that_time:
        text = f"{text}; {compared.reason}"
    return Bearing(
        relation, why, zone, f"{text}, if of that time" if if_of_that_time else text, if_of_that_time
    )


def _agreement(why: Reason, claim: ClaimTerms, ours: Zones, theirs: Zones) -> str:
    unit = claim.measure.unit
    our, their = interval(ours.number, unit), interval(theirs.number, unit)
    in_own_time = number_in_its_own_time(claim.figure.quantity, unit)
    if why is Reason.ONE_BOUND:
        return f"both set the same limit: {in_own_time or our}"
    if same_number(ours.number, theirs.number) or our == their:
        return f"both name {in_own_time or amount(ours.number, unit)}"
    if why is Reason.SAME:
        (low, high), (their_low, their_high) = ((z.number.low, z.number.high) for z in (ours, theirs))
        away = max(abs(low - their_low), abs(high - their_high))
        part = 100 * away / max(map(abs, (low, high, their_low, their_high)))
        return f"{their} is {part:.1g}% from {our}, the same for the policy"
    return f"{their} equals {our} {_precision(max(*ours.half, *theirs.half), unit)}"


def _precision(half: float, unit: str) -> str:
    step = 2 * half
    names = {10.0: "ten", 100.0: "hundred", 1e3: "thousand", 1e6: "million", 1e9: "billion"}
    name = names.get(float(f"{step:.6g}"))
    return f"to the nearest {name}" if name else "within rounding"


def _difference(
    why: Reason,
    claim: ClaimTerms,
    ours: Zones,
    theirs: Zones,
    zone: Interval,
    compared: Comparability,
    gap: float,
    policy: Policy,
) -> Bearing:
    unit = claim.measure.unit
    nature = nature_of(claim.measure)
    above = gap > 0 or (gap == 0 and theirs.bound > 0)
    our, their = (ours.number.high, theirs.number.low) if above else (ours.number.low, theirs.number.high)
    absolute = claim.measure.kind in (Kind.LEVEL, Kind.SHARE) or (
        claim.measure.kind.signed and not nature.forgiven
    )
    words = (
        difference(our, their, unit, absolute=absolute, counts=nature.count) if gap else "on the other side"
    )
    factor = None
    if our > 0 and their > 0 and not absolute:
        factor = max(our, their) / min(our, their)
    says, allowed = interval(theirs.core, unit), interval(as_shown(zone, claim.measure), unit)
    says = says if says == allowed else f"{says} (which allows {allowed})"
    asked = interval(as_shown(ours.tolerated(policy), claim.measure), unit)
    text = f"{says} is not what the claim allows ({asked}): {words}"
    if why is Reason.OPPOSITE:
        text = f"the claim goes {_way(ours)}, the figure {_way(theirs)}: {text}"
    elif why in (Reason.FLOOR, Reason.CEILING):
        text = f"{compared.reason}; {text}"
    direction = "higher" if above else "lower"
    return Bearing(Relation.DIFFERS, why, zone, text, False, gap, words, factor, direction)


def _way(zones: Zones) -> str:
    return {1: "up", -1: "down"}[zones.direction]


def _compatible(
    why: Reason, claim: ClaimTerms, ours: Zones, theirs: Zones, compared: Comparability, policy: Policy
) -> str:
    unit = claim.measure.unit
    named, our = interval(theirs.core, unit), interval(ours.core, unit)
    match why:
        case Reason.MIXED:
            return "the words set a floor and a ceiling on one number, so they rule nothing out"
        case Reason.SPREAD:
            assert claim.measure.spread is not None
            spread = interval(Interval.point(claim.measure.spread.value), unit)
            return f"{named} and {our} lie within the spread of the methods ({spread})"
        case Reason.MARGIN:
            return f"{named if theirs.margin else our} is a margin, and the other number lies inside it"
        case Reason.UNIT:
            return f"{our} and {named}: the word for the unit means one of several, and both can be true"
        case Reason.ROUND_NUMBER:
            return f"{our} and {named}: a round number may stand for the other"
        case Reason.FAR_INSIDE:
            beyond = "well above the number that it names" if ours.floor_only else "well below the limit"
            return f"{named} is consistent with the claim, but {beyond}"
        case Reason.OVERLAP:
            if ours.bound and theirs.bound and ours.bound != theirs.bound:
                return "one sets a floor and the other a ceiling; both can be true"
            zones = [interval(as_shown(side.true, claim.measure), unit) for side in (theirs, ours)]
            if zones[0] == zones[1]:
                return f"both allow {zones[0]}, and neither decides"
            wider = theirs.true.low <= ours.true.low and theirs.true.high >= ours.true.high
            if wider and theirs.true.high < INFINITY:
                return f"{zones[0]} is too wide to decide"
            return f"{zones[0]} only overlaps with {zones[1]}"
    return f"{compared.reason}; both can be true"
