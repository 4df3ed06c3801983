"""Slips: does one figure make a claim right by one change? A hint with its page, never a verdict.

Section 4 of the law. Of a claim without support: the same number, exactly, on the page cited, or in the same
measure of another time or place. Where something differs also one slip of the pen: a zero, two digits, the
unit, the direction, with three significant digits or more. Of two or more candidates nothing is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import same_number
from tallybook.matching.pair import Pair
from tallybook.prose import day, interval, period, quoted
from tallybook.quantity import Policy
from tallybook.terms import Incomparable, Kind, Reason, Relation, Slip
from tallybook.verdicts.attribution import Fidelity

LEAST_DIGITS = 3
"""A number with fewer significant digits can be found anywhere."""

_POWERS = {1: Slip.TEN, 2: Slip.HUNDRED, 3: Slip.THOUSAND, 6: Slip.MILLION, 9: Slip.BILLION}


@dataclass(frozen=True, slots=True)
class Hint:
    """``kind``: the one change; ``estimate``: id of the figure that it would make the claim's; ``says``: in a
    sentence."""

    kind: Slip
    estimate: str
    says: str


def slip(
    evidence: Evidence, side: ClaimTerms, pairs: Sequence[Pair], found: Fidelity, policy: Policy
) -> Hint | None:
    """The one slip that would make an unsupported claim right, else None.

    ``pairs``: of the claim; the caller asks only for claims that nobody bears out.
    """
    ours = side.amount.under(policy)
    if ours.number.low != ours.number.high or side.figure.share:
        return None
    candidates = dict(_elsewhere(evidence, side, pairs, ours, policy))
    if found.codes or any(p.relation is Relation.DIFFERS for p in pairs):
        for estimate, kind in _slips_of_the_pen(evidence, side, pairs, ours, policy):
            candidates.setdefault(estimate, kind)
    by_figure: dict[tuple[object, ...], Estimate] = {}
    for estimate, kind in sorted(candidates.items(), key=lambda found: found[0].id):
        assert estimate.amount is not None
        number = estimate.amount.under(policy).number.low
        when = estimate.period.text if estimate.period and kind in (Slip.YEAR, Slip.PERIOD) else ""
        place = estimate.scope if kind is Slip.PLACE else ""
        by_figure.setdefault((kind, estimate.measure.id, number, when, place), estimate)
    if len(by_figure) != 1:
        return None
    (estimate,) = by_figure.values()
    kind = candidates[estimate]
    return Hint(kind, estimate.id, _sentence(kind, estimate, policy))


def _countable(e: Estimate) -> bool:
    return not e.derived and e.amount is not None and e.statement.refused is None


def _elsewhere(
    evidence: Evidence, side: ClaimTerms, pairs: Sequence[Pair], ours: Zones, policy: Policy
) -> Iterator[tuple[Estimate, Slip]]:
    """The same number, exactly: in the measure at another time or place, or on the page cited."""
    for pair in pairs:
        if not _countable(pair.estimate) or pair.repeats or not _same(pair.zones, ours):
            continue
        kind = _other_place_or_time(pair)
        if kind is not None:
            yield pair.estimate, kind
    for cited in side.claim.cites:
        for statement in evidence.book.sources[cited].statements:
            estimate = evidence.estimates[statement.id]
            if estimate.measure.id != side.measure.id and _countable(estimate):
                assert estimate.amount is not None
                if _same(estimate.amount.under(policy), ours):
                    yield estimate, Slip.SAME_PAGE


def _same(zones: Zones | None, ours: Zones) -> bool:
    return zones is not None and same_number(zones.number, ours.number)


def _other_place_or_time(pair: Pair) -> Slip | None:
    failed = pair.comparability.failed
    if pair.estimate.part != pair.claim.claim.part:
        return None
    if failed is Incomparable.SCOPE or (pair.relation.compares and pair.estimate.scope != pair.claim.scope):
        return Slip.PLACE
    if failed is Incomparable.TIME or pair.why in (Reason.FLOOR, Reason.CEILING):
        ours, theirs = pair.claim.stated_period, pair.estimate.period
        if ours is None or theirs is None:
            return None
        lengths = sorted((p.end - p.start).days + 1 for p in (ours, theirs))
        return Slip.YEAR if lengths[1] <= 1.2 * lengths[0] + 1 else Slip.PERIOD
    return None


def _slips_of_the_pen(
    evidence: Evidence, side: ClaimTerms, pairs: Sequence[Pair], ours: Zones, policy: Policy
) -> Iterator[tuple[Estimate, Slip]]:
    number = ours.number.low
    if significant(number) < LEAST_DIGITS:
        return
    beside = [p.estimate for p in pairs if p.comparability.failed is None and not p.repeats]
    neighbours = [n.measure for n in side.measure.neighbours]
    beside += [e for e in evidence.of_measures(neighbours).values() if _of_its_time(side, e)]
    for estimate in beside:
        if not _countable(estimate):
            continue
        assert estimate.amount is not None
        theirs = estimate.amount.under(policy).number
        if theirs.low != theirs.high or significant(theirs.low) < LEAST_DIGITS:
            continue
        kind = _one_change(side, estimate, number, theirs.low)
        if kind is not None:
            yield estimate, kind


def _of_its_time(side: ClaimTerms, estimate: Estimate) -> bool:
    if side.stated_period is None or estimate.period is None:
        return True
    return estimate.period.meets(side.stated_period)


def _one_change(side: ClaimTerms, estimate: Estimate, ours: float, theirs: float) -> Slip | None:
    if side.measure.kind.signed and math.isclose(ours, -theirs):
        return Slip.DIRECTION
    if _one_sign(ours, theirs):
        power = abs(math.log10(theirs / ours))
        if math.isclose(power, round(power)) and round(power) in _POWERS:
            return _POWERS[round(power)]
    if side.measure.kind is Kind.SHARE and math.isclose(ours + theirs, 1.0):
        return Slip.REST
    if _swapped_digits(ours, theirs):
        return Slip.DIGITS
    return _other_unit(side, estimate)


def _other_unit(side: ClaimTerms, estimate: Estimate) -> Slip | None:
    """The same printed number, in another unit or per another period."""
    figure = estimate.figure
    assert figure is not None
    ours, theirs = side.figure.quantity, figure.quantity
    if (ours.low, ours.high) != (theirs.low, theirs.high):
        return None
    if {ours.unit, theirs.unit} == {"percent", "percentage point"}:
        return Slip.POINTS
    if ours.per != theirs.per:
        return Slip.PERIOD
    return Slip.UNIT if ours.unit != theirs.unit and side.figure.scale != figure.scale else None


def significant(value: float) -> int:
    """How many significant digits a number has: 3 of 1,430; 2 of 75 million."""
    digits = f"{abs(value):.12g}".split("e")[0].replace(".", "").strip("0")
    return len(digits)


def _one_sign(one: float, other: float) -> bool:
    return math.copysign(1, one) == math.copysign(1, other)


def _swapped_digits(one: float, other: float) -> bool:
    """Whether two digits of one number changed places in the other."""
    (first, size), (second, other_size) = (f"{abs(value):.11e}".split("e") for value in (one, other))
    apart = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    alike = _one_sign(one, other) and size == other_size and len(apart) == 2
    return alike and apart[0] == apart[1][::-1]


def _sentence(kind: Slip, e: Estimate, policy: Policy) -> str:
    assert e.amount is not None
    named = interval(e.amount.under(policy).core, e.measure.unit)
    about = [f"of {period(e.period)}"] if e.period and kind in (Slip.YEAR, Slip.PERIOD) else []
    scope = e.measure.scopes.get(e.scope or "")
    about += [f"({scope})"] if scope and kind is Slip.PLACE else []
    about += [f"of another measure ({e.measure.definition.rstrip('.')})"] if kind is Slip.SAME_PAGE else []
    dated = f", {day(e.source.dated.end)}" if e.source.dated else ""
    where = f"{quoted(e.statement.words)}, {e.source.publisher}{dated}"
    return f"One change would make it right ({kind}): {' '.join([named, *about])} ({where})."
