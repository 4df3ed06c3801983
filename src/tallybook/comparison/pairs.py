"""A claim beside one estimate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from tallybook.book import Claim, Figure, Measure, Period
from tallybook.book.periods import day
from tallybook.comparison.estimates import Estimate
from tallybook.comparison.gate import Asked, Gate, gate
from tallybook.comparison.origins import Family
from tallybook.comparison.relation import Bearing, Relation, bearing
from tallybook.comparison.stated import Stated
from tallybook.quantity import Policy

TIERS = ("primary", "secondary", "tertiary")


@dataclass(frozen=True, slots=True)
class ClaimSide:
    """A claim with its figure in its measure's unit; ``family``: of its origin, None if it names none."""

    claim: Claim
    measure: Measure
    figure: Figure
    value: Stated
    asked: Asked
    family: Family | None

    @property
    def period(self) -> Period:
        return self.asked.period or day(self.asked.published)


@dataclass(frozen=True, slots=True)
class Pair:
    """``voice``: this estimate speaks for its family on this claim."""

    side: ClaimSide
    estimate: Estimate
    family: Family
    own: bool
    gate: Gate
    bearing: Bearing
    voice: bool = False


def pair(side: ClaimSide, estimate: Estimate, family: Family, policy: Policy) -> Pair:
    """Set one estimate of the claim's measure beside the claim."""
    own = side.family is not None and side.family.id == family.id
    passed = gate(side.asked, estimate, policy)
    if passed.code is None:
        assert estimate.value is not None
        bears = bearing(side.value, estimate.value, passed, side.measure.unit, policy)
    else:
        zone = estimate.value.true if estimate.value else None
        bears = Bearing(Relation.NOT_COMPARABLE, zone, passed.reason)
    return Pair(side, estimate, family, own, passed, bears)


def with_voices(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs of one claim, each family's best estimate marked as its voice.

    Comparable before not comparable; of the claim's own time before dated otherwise; stated before
    derived; primary before secondary before tertiary;
    then nearest in time to the claim, then most precise (semantics, section 4).
    """
    ordered = sorted(pairs, key=lambda p: (p.family.id, _rank(p)))
    marked = []
    for _, members in groupby(ordered, key=lambda p: p.family.id):
        first, *others = members
        marked += [replace(first, voice=True), *others]
    return marked


def _rank(p: Pair) -> tuple[bool, bool, bool, int, bool, int, float, str]:
    estimate = p.estimate
    period = estimate.period
    away = period.days_from(p.side.period) if period else 10**6
    value = estimate.value
    width = (value.true.high - value.true.low) / max(value.core.high, 1e-9) if value else float("inf")
    return (
        p.gate.code is not None,
        not p.gate.may_support,
        estimate.derived,
        TIERS.index(estimate.source.kind),
        estimate.statement.relays is not None,
        away,
        width,
        estimate.id,
    )
