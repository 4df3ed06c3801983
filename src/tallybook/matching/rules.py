"""Which pairs are comparable: the tests of section 2 of the law, on arrays.

A test is one expression, the same for one pair and for a million.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tallybook.matching.columns import STATUSES, ClaimColumns, EstimateColumns, Flags, Rows, Small
from tallybook.matching.pairs import Pairs
from tallybook.matching.sides import ClaimSide, Side
from tallybook.matching.times import WHY, Dates, Times, times
from tallybook.quantity import Policy
from tallybook.terms import Incomparable, Reason, Status

REASONS: tuple[Incomparable | None, ...] = (None, *Incomparable)
"""The meaning of a pair's code: None if it is comparable, else the first test that failed."""

_ALL = np.int8(len(REASONS))
_RANK = {reason: np.int8(_ALL - code) for code, reason in enumerate(REASONS) if reason is not None}
"""The earlier a test, the higher its rank, so that the first that fails is the highest; 0 if none does."""

_WHY: dict[Reason, np.int8] = {reason: np.int8(code) for code, reason in enumerate(WHY) if reason is not None}
_OBSERVED = STATUSES.index(Status.OBSERVED)
_EXPECTED = [STATUSES.index(Status.FORECAST), STATUSES.index(Status.PLANNED)]


@dataclass(frozen=True)
class Context:
    """Claims and estimates, and what the rules need besides. ``inner``: (inner, outer) codes of declared
    scopes. What depends on one side alone is computed once."""

    claims: ClaimColumns
    estimates: EstimateColumns
    inner: Rows
    policy: Policy

    @cached_property
    def ours(self) -> ClaimSide:
        return ClaimSide.of(self.claims, self.policy.tolerance)

    @cached_property
    def theirs(self) -> Side:
        return Side.of(self.estimates, self.policy.tolerance)

    @cached_property
    def dates(self) -> Dates:
        return Dates(self.claims, self.estimates, self.policy)

    @cached_property
    def by_itself(self) -> Small:
        """The rank of the first test that each estimate fails beside any claim."""
        e = self.estimates
        return _first(
            (e.refused, Incomparable.REFUSED),
            (~e.valued, Incomparable.UNIT),
            (e.vague == 1, Incomparable.VAGUE),
            (e.superseded, Incomparable.SUPERSEDED),
        )

    @cached_property
    def declared(self) -> tuple[Rows, Flags, Flags]:
        """(inner and outer scopes as one number; the claims, and the estimates, of a scope that is one)."""
        pairs = self.inner[:, 0] * self.scopes + self.inner[:, 1]
        ours, theirs = (np.isin(s.scope, self.inner) for s in (self.claims, self.estimates))
        return pairs, ours & self.claims.adds_up, theirs

    @cached_property
    def scopes(self) -> int:
        """Above the code of every scope."""
        sides = (self.claims.scope, self.estimates.scope, self.inner)
        return 1 + max(int(codes.max(initial=0)) for codes in sides)

    @cached_property
    def subjects(self) -> tuple[Rows, Rows]:
        """A number for status, part and scope together, of claims and of estimates."""
        statuses, parts = (
            len(STATUSES),
            1 + max(int(s.part.max(initial=0)) for s in (self.claims, self.estimates)),
        )
        ours, theirs = (
            (s.scope.astype(np.int64) * parts + s.part) * statuses + s.status
            for s in (self.claims, self.estimates)
        )
        return ours, theirs


@dataclass(frozen=True)
class Compared:
    """Of some pairs: ``code`` of each: index into REASONS, 0 if comparable; ``rows`` of the comparable ones,
    and of those: ``pairs``; ``when``: what time opens; ``below``, ``above``: the estimate is a part or of an
    inner scope, or a whole or of an outer one."""

    code: Small
    rows: Rows
    pairs: Pairs
    when: Times
    below: Flags
    above: Flags


def compared(at: Context, pairs: Pairs) -> Compared:
    """The tests that the pairs pass, those that ask least first."""
    rank = pairs.theirs(at.by_itself)
    ours, theirs = at.subjects
    unlike = np.flatnonzero(pairs.ours(ours) != pairs.theirs(theirs))
    below, above = np.zeros(len(pairs), dtype=np.bool_), np.zeros(len(pairs), dtype=np.bool_)
    if len(unlike):
        found, lower, wider = _beside(at, pairs.at(unlike))
        rank[unlike] = np.maximum(found, rank.take(unlike))
        below[unlike.compress(lower)] = above[unlike.compress(wider)] = True
    rows = np.flatnonzero(rank == 0)
    some = pairs.at(rows)
    when = times(at.dates, some)
    lowered = when.floor & some.theirs(at.estimates.lowered)
    late = _first((lowered, Incomparable.LOWERED), (when.other, Incomparable.TIME))
    rank[rows] = late
    kept = np.flatnonzero(late == 0)
    rows = rows.take(kept)
    code = (_ALL - rank) * (rank != 0)
    return Compared(code, rows, some.at(kept), when.take(kept), below.take(rows), above.take(rows))


def _first(*tests: tuple[Flags, Incomparable]) -> Small:
    """The rank of the first test that fails; ``tests``: (whether it does, which)."""
    ranks = [failed * _RANK[reason] for failed, reason in tests]
    found: Small = np.maximum.reduce(ranks)
    return found


def _beside(at: Context, pairs: Pairs) -> tuple[Small, Flags, Flags]:
    """Of pairs of unlike status, part or scope: (rank of the first test that fails; below, above as in
    Compared)."""
    claims, estimates = at.claims, at.estimates
    status, their_status = pairs.ours(claims.status), pairs.theirs(estimates.status)
    part, their_part = pairs.ours(claims.part), pairs.theirs(estimates.part)
    scope, their_scope = pairs.ours(claims.scope), pairs.theirs(estimates.scope)
    inner, outer = _declared(at, pairs)
    outcome = pairs.ours(_expected(claims)) & (their_status == _OBSERVED)
    rows = np.flatnonzero(outcome)
    outcome[rows] = ~times(at.dates, pairs.at(rows)).other
    # two parts are of one whole, and nobody says how they lie to each other
    below, above = (part == 0) & (their_part != 0), (part != 0) & (their_part == 0)
    part_of_whole = (below | above) & pairs.ours(claims.adds_up)
    code = _first(
        ((status != their_status) & ~outcome, Incomparable.STATUS),
        (outcome, Incomparable.OUTCOME),
        ((part != their_part) & ~part_of_whole, Incomparable.PART),
        ((scope != their_scope) & ~(inner | outer), Incomparable.SCOPE),
    )
    return code, inner | below, outer | above


def _expected(claims: ClaimColumns) -> Flags:
    return np.isin(claims.status, _EXPECTED)


def _declared(at: Context, pairs: Pairs) -> tuple[Flags, Flags]:
    """Whether the estimate's scope is declared inside the claim's, or around it, where parts add up."""
    declared, ours, theirs = at.declared
    inner, outer = np.zeros(len(pairs), dtype=np.bool_), np.zeros(len(pairs), dtype=np.bool_)
    rows = np.flatnonzero(pairs.ours(ours) & pairs.theirs(theirs))
    if len(rows):
        some = pairs.at(rows)
        scope, their_scope = (
            codes.astype(np.int64) for codes in (some.ours(at.claims.scope), some.theirs(at.estimates.scope))
        )
        inner[rows] = np.isin(their_scope * at.scopes + scope, declared, kind="sort")
        outer[rows] = np.isin(scope * at.scopes + their_scope, declared, kind="sort")
    return inner, outer


def opened(at: Context, pairs: Pairs, when: Times, below: Flags, above: Flags) -> Times:
    """Time, and what part, scope and a first count open besides. ``below``, ``above``: see Compared."""
    if len(when.why):
        free = (when.why == 0) | (when.why == _WHY[Reason.ONE_DAY])
        when.why = np.where(
            below & free, _WHY[Reason.FLOOR], np.where(above & free, _WHY[Reason.CEILING], when.why)
        )
    when.top, when.bottom = when.top | below, when.bottom | above
    when.floor, when.ceiling = when.floor | below, when.ceiling | above
    # a part is not of the claim's own whole: it never speaks before a figure of that
    whole = ~(below | above)
    when.may_agree, when.own = when.may_agree & whole, when.own & whole
    first = pairs.theirs(at.estimates.provisional) & when.floor
    if len(when.why):
        when.why = np.where(first, _WHY[Reason.PROVISIONAL], when.why)
    when.bottom, when.may_support = when.bottom | first, when.may_support & ~first
    return when
