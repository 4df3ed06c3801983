"""A claim of a change beside the article's own claims of the two levels that it lies between.

From 20,507 to 17,955 is a drop of 12.4%: an article that states both levels and calls it 21% contradicts
itself. The three go together only where their periods name the same two times, and one speaker has all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from tallybook.book import Period
from tallybook.book.units import UnitMismatch, factor_of_difference, unit_parts
from tallybook.consistency.claim_pairs import Check, pair_checks
from tallybook.estimates.amount import Amount
from tallybook.estimates.change_ends import Days
from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.matching.numbers import meet
from tallybook.prose import amount, quoted
from tallybook.quantity import Policy
from tallybook.terms import Kind

TEST = "change and levels"


def check_claims(
    claims: Mapping[str, ClaimTerms], denominators: Sequence[Estimate], policy: Policy
) -> list[Check]:
    """All tests that the claims of an article allow. ``denominators``: as ``pair_checks`` takes them."""
    changes = change_checks([*claims.values()], policy)
    return [*pair_checks(claims, denominators, policy), *changes]


def change_checks(claims: Sequence[ClaimTerms], policy: Policy) -> Iterator[Check]:
    """In the order of the changes; of each, every two levels that it can be the change of."""
    for change in claims:
        levels = [c for c in claims if c.measure.id == change.measure.change_of and _as_said(c, change)]
        for earlier, later in permutations(levels, 2):
            if _between(change, earlier, later):
                made = _made(change, earlier, later)
                if made is not None:
                    yield _check(change, earlier, later, made, policy)


def _as_said(level: ClaimTerms, change: ClaimTerms) -> bool:
    """Whether a level has the speaker and status of the change, and each its measure's own scope."""
    return (
        (level.claim.attributed_to, level.claim.origin) == (change.claim.attributed_to, change.claim.origin)
        and level.status is change.status
        and level.claim.part is None is change.claim.part
        and level.scope == level.measure.own_scope
        and change.scope == change.measure.own_scope
    )


def _between(change: ClaimTerms, earlier: ClaimTerms, later: ClaimTerms) -> bool:
    """Whether the times are those of the change. A stock of a month is of an unknown day in it: no test."""
    ends = change.ends
    if ends is not None and not ends.by_base:
        on_both = _on(earlier.stated_period, ends.earlier) and _on(later.stated_period, ends.later)
        return ends.certain and on_both
    times = ((earlier.stated_period, change.base_period), (later.stated_period, change.stated_period))
    days_matter = earlier.measure.in_points_of_time and earlier.measure.kind is not Kind.LEVEL
    return all(_same_time(one, other, days_matter) for one, other in times)


def _on(level: Period | None, days: Days) -> bool:
    """Whether a level is of the one day at which the change, told as a period, begins or ends."""
    return level is not None and (level.start, level.end) == days


def _same_time(one: Period | None, other: Period | None, days_matter: bool) -> bool:
    if one is None or other is None or one.extent() != other.extent():
        return False
    return not days_matter or one.start == one.end


def _made(change: ClaimTerms, earlier: ClaimTerms, later: ClaimTerms) -> tuple[Amount, str] | None:
    """The change that the levels make, in its measure's unit, and its formula; None where none can be."""
    top, _ = unit_parts(change.measure.unit)
    before, after = quoted(earlier.words), quoted(later.words)
    if top in ("percent", "fraction"):
        if earlier.amount.core.low <= 0:
            return None
        relative = later.amount.relative_to(earlier.amount).scaled(100.0 if top == "percent" else 1.0)
        return relative.directed(), f"{after} ÷ {before} − 1"
    try:
        scale = factor_of_difference(change.measure, later.measure)
    except UnitMismatch:
        return None
    return later.amount.minus(earlier.amount).scaled(scale).directed(), f"{after} − {before}"


def _check(
    change: ClaimTerms, earlier: ClaimTerms, later: ClaimTerms, made: tuple[Amount, str], policy: Policy
) -> Check:
    zones, said = made[0].under(policy), change.amount.under(policy)
    comes_to = amount(zones.core, change.measure.unit)
    closes = meet(zones.tolerated(policy), said.tolerated(policy))
    about = (change.id, earlier.id, later.id)
    why = f"{made[1]} = {comes_to}; the article says {quoted(change.words)}."
    return Check(TEST, about, closes, why)
