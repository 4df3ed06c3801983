"""Vectorised comparison rules: which pairs are comparable, and how each estimate bears on its claim.

A test is one expression on arrays, the same for one pair and for a million. What depends only on the claim,
or only on the estimate, is computed once per record (``ClaimTests``, ``EstimateTests``); a pair needs only a
few comparisons, and those of numbers only if it is comparable.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallybook.matching.columns import (
    KINDS,
    ClaimColumns,
    Columns,
    EstimateColumns,
    Flags,
    Floats,
)
from tallybook.matching.numbers import SAME, inner_ends, lowered, raised
from tallybook.quantity import Policy
from tallybook.terms import Incomparable, Kind, Relation

Small = NDArray[np.int8]
Rows = NDArray[np.int64]
ShortDays = NDArray[np.int32]

REASONS: tuple[Incomparable | None, ...] = (None, *Incomparable)
"""The meaning of a pair's code: None if it is comparable, else the first test that failed."""

RELATIONS = tuple(Relation)
AGREES, SUPPORTS, COMPATIBLE, DIFFERS, NOT_COMPARABLE = range(len(RELATIONS))
_CODE = {reason: code for code, reason in enumerate(REASONS)}
_STOCK, _CUMULATIVE, _RATE, _SHARE = (
    KINDS.index(kind) for kind in (Kind.STOCK, Kind.CUMULATIVE, Kind.RATE, Kind.SHARE)
)
_PASSED = np.int8(127)
# Days beyond every calendar. An estimate without a date is at _UNDATED: beyond the reach of a claim whose
# measure needs a time (_REACH), within that of one whose measure does not (_ANY).
_REACH, _UNDATED, _ANY = 10_000_000, 20_000_000, 30_000_000


@dataclass(frozen=True)
class ClaimTests:
    """What each claim requires of an estimate under a policy; one row per claim.

    ``first``, ``last``: the days that an estimate's time must overlap; ``since``, ``until``: the days that
    the claim is about; ``top_before``: an estimate that ends before it is not a ceiling; ``bottom_after``:
    one that begins after it is not a floor; ``assumes_near``: whether an estimate without a date must be
    published near the claim's time. Zones: ``low``, ``high``: what an estimate must meet; ``in_*``: what it
    must lie in, with rounding; ``near_*``: what the claim suggests; ``true_*``: with the original ends.
    """

    scope: NDArray[np.int32]
    first: ShortDays
    last: ShortDays
    since: ShortDays
    until: ShortDays
    top_before: ShortDays
    bottom_after: ShortDays
    assumes_near: Flags
    contradictory: Flags
    floor: Flags
    ceiling: Flags
    dated: Flags
    low: Floats
    high: Floats
    in_low: Floats
    in_high: Floats
    near_low: Floats
    near_high: Floats
    core_low: Floats
    core_high: Floats
    round_low: Floats
    round_high: Floats
    true_low: Floats
    true_high: Floats


@dataclass(frozen=True)
class EstimateTests:
    """What each estimate is compared by under a policy; one row per estimate. ``failed``: the test that it
    fails beside any claim; ``low``, ``high``: its zone for comparing; ``true_*``: with its original ends."""

    failed: Small
    scope: NDArray[np.int32]
    start: ShortDays
    end: ShortDays
    end_from: ShortDays
    outdated_from: ShortDays
    from_published: Flags
    contradictory: Flags
    floor: Flags
    ceiling: Flags
    low: Floats
    high: Floats
    core_low: Floats
    core_high: Floats
    round_low: Floats
    round_high: Floats
    true_low: Floats
    true_high: Floats

    def sorted_by(self, order: Rows) -> EstimateTests:
        """The same, in another order."""
        return EstimateTests(**{f.name: getattr(self, f.name).take(order) for f in fields(self)})

    @cached_property
    def any_outdated(self) -> bool:
        return bool((self.outdated_from < _REACH).any())


@dataclass(frozen=True)
class ClaimRows:
    """The claims of some pairs: the claim of row ``rows[k]`` is in ``counts[k]`` consecutive pairs."""

    rows: Rows
    counts: Rows

    @cached_property
    def claim(self) -> Rows:
        """The row of the claim of each pair."""
        return np.repeat(self.rows, self.counts)

    def repeat(self, values: NDArray[Any]) -> NDArray[Any]:
        """A column of the claims as a column of the pairs."""
        return np.repeat(values.take(self.rows), self.counts)


@dataclass(frozen=True)
class Bearings:
    """The relations of the comparable pairs; row k is the pair at ``rows[k]``.

    ``relation``: AGREES … DIFFERS; ``opens_top``, ``opens_bottom``: the estimate's date opens that end of its
    zone; ``may_support``: its date allows it to support the claim; ``gap`` (in units), ``factor``,
    ``higher``: of pairs that differ, else NaN and False; ``inside``: the estimate's zone lies in the claim's;
    ``opposed``: one sets a floor and the other a ceiling.
    """

    rows: Rows
    relation: Small
    opens_top: Flags
    opens_bottom: Flags
    may_support: Flags
    gap: Floats
    factor: Floats
    higher: Flags
    inside: Flags
    opposed: Flags


def claim_tests(claims: ClaimColumns, policy: Policy) -> ClaimTests:
    """The part of every test that depends only on the claim, computed once per claim."""
    cumulative = claims.kind == _CUMULATIVE
    timed = (claims.kind == _STOCK) | (claims.kind == _RATE) | (claims.kind == _SHARE)
    window = np.where(claims.kind == _STOCK, policy.window_days, 0)
    start = np.where(claims.dated, claims.start, claims.published - policy.window_days)
    until = np.where(claims.dated, claims.end, claims.published)
    reach = np.where(cumulative, _REACH, _ANY)
    earlier = np.where(claims.dated, claims.end_from, claims.published)
    true_low, true_high = _tolerated(claims, policy.tolerance)
    low, high = _ends(true_low, true_high, claims, policy.tolerance * claims.core_high)
    below = claims.round_low + policy.tolerance * claims.core_low
    above = claims.round_high + policy.tolerance * claims.core_high
    in_low, in_high = _ends(
        np.maximum(claims.low - below, 0.0), claims.high + above, claims, np.maximum(below, above)
    )
    return ClaimTests(
        scope=claims.scope.astype(np.int32),
        first=np.where(timed, start - window, -reach).astype(np.int32),
        last=np.where(timed, until + window, reach).astype(np.int32),
        since=start.astype(np.int32),
        until=until.astype(np.int32),
        top_before=np.where(cumulative, earlier, -_ANY).astype(np.int32),
        bottom_after=np.where(cumulative, until, _ANY).astype(np.int32),
        assumes_near=cumulative & claims.dated,
        contradictory=claims.contradictory,
        floor=_floor_only(claims),
        ceiling=_ceiling_only(claims),
        dated=claims.dated,
        low=lowered(low),
        high=raised(high),
        in_low=lowered(in_low),
        in_high=raised(in_high),
        near_low=lowered(claims.meant_low),
        near_high=raised(claims.meant_high),
        core_low=claims.core_low,
        core_high=claims.core_high,
        round_low=claims.round_low + SAME * claims.core_low,
        round_high=claims.round_high + SAME * claims.core_high,
        true_low=true_low,
        true_high=true_high,
    )


def estimate_tests(estimates: EstimateColumns, policy: Policy) -> EstimateTests:
    """The part of every test that depends only on the estimate, computed once per estimate."""
    failed = np.where(estimates.valued, _PASSED, _CODE[Incomparable.UNIT])
    failed = np.where(estimates.part, _CODE[Incomparable.PART], failed)
    failed = np.where(estimates.status != 0, _CODE[Incomparable.STATUS], failed)
    true_low, true_high = _tolerated(estimates, policy.tolerance)
    low, high = _ends(true_low, true_high, estimates, policy.tolerance * estimates.core_high)
    # a page without a date for its figure is taken to be about its own day
    start = np.where(estimates.from_published, estimates.end, estimates.start)
    return EstimateTests(
        failed=failed.astype(np.int8),
        scope=estimates.scope.astype(np.int32),
        start=np.where(estimates.dated, start, _UNDATED).astype(np.int32),
        end=np.where(estimates.dated, estimates.end, _UNDATED).astype(np.int32),
        end_from=np.where(estimates.dated, estimates.end_from, _UNDATED).astype(np.int32),
        outdated_from=np.minimum(estimates.outdated_from, _ANY).astype(np.int32),
        from_published=estimates.from_published,
        contradictory=estimates.contradictory,
        floor=_floor_only(estimates),
        ceiling=_ceiling_only(estimates),
        low=low,
        high=high,
        core_low=estimates.core_low,
        core_high=estimates.core_high,
        round_low=estimates.round_low + SAME * estimates.core_low,
        round_high=estimates.round_high + SAME * estimates.core_high,
        true_low=true_low,
        true_high=true_high,
    )


def reason_codes(
    ask: ClaimTests, claims: ClaimRows, offer: EstimateTests, estimate: Rows, policy: Policy
) -> Small:
    """Index into REASONS of each pair, 0 if comparable: status, part, scope, unit, supersession, time."""
    start, end = offer.start.take(estimate), offer.end.take(estimate)
    late = (start > claims.repeat(ask.last)) | (end < claims.repeat(ask.first))
    if ask.assumes_near.any():
        published = offer.from_published.take(estimate)
        assumed = np.flatnonzero(published & claims.repeat(ask.assumes_near))
        late[assumed] |= _days_away(ask, claims.claim[assumed], end[assumed]) > policy.window_days
    # the first test that fails is the one with the lowest number
    code = np.minimum(offer.failed.take(estimate), _where_failed(late, Incomparable.TIME))
    if offer.any_outdated:
        outdated = offer.outdated_from.take(estimate) <= claims.repeat(ask.until)
        np.minimum(code, _where_failed(outdated, Incomparable.SUPERSEDED), out=code)
    other = offer.scope.take(estimate) != claims.repeat(ask.scope)
    np.minimum(code, _where_failed(other, Incomparable.SCOPE), out=code)
    code *= code != _PASSED
    return code


def _where_failed(failed: Flags, reason: Incomparable) -> Small:
    """The code of the reason where a test failed, _PASSED elsewhere."""
    return _PASSED - failed.view(np.int8) * np.int8(_PASSED - _CODE[reason])


def _days_away(ask: ClaimTests, claim: Rows, day: ShortDays) -> ShortDays:
    """Days between the time that a dated claim is about and a day."""
    return np.maximum(np.maximum(day - ask.until.take(claim), ask.since.take(claim) - day), 0)


def bearings(ask: ClaimTests, claim: Rows, offer: EstimateTests, estimate: Rows, code: Small) -> Bearings:
    """The relations of the comparable pairs (``code`` 0)."""
    rows = np.flatnonzero(code == 0)
    c, e = claim.take(rows), estimate.take(rows)
    low, high = offer.low.take(e), offer.high.take(e)
    core_low, core_high = offer.core_low.take(e), offer.core_high.take(e)
    inside = (low >= ask.in_low.take(c)) & (high <= ask.in_high.take(c))
    opens_top, opens_bottom, may_support = _opened(ask, c, offer, e)
    below = (high < ask.low.take(c)) & ~opens_top
    above = (low > ask.high.take(c)) & ~opens_bottom
    opposed = ask.floor.take(c) & offer.ceiling.take(e)
    opposed |= ask.ceiling.take(c) & offer.floor.take(e)
    meant = (core_low >= ask.near_low.take(c)) & (core_high <= ask.near_high.take(c))
    same = _near(ask.core_low.take(c), core_low, ask.round_low.take(c), offer.round_low.take(e))
    same &= _near(ask.core_high.take(c), core_high, ask.round_high.take(c), offer.round_high.take(e))

    relation = np.int8(COMPATIBLE) - (inside & meant).view(np.int8)  # which is SUPPORTS
    np.putmask(relation, same & ~opposed, AGREES)
    np.putmask(relation, ~may_support, COMPATIBLE)
    np.putmask(relation, below | above, DIFFERS)
    np.putmask(relation, ask.contradictory.take(c) | offer.contradictory.take(e), COMPATIBLE)

    gap, factor = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    differs = np.flatnonzero(relation == DIFFERS)
    gap[differs], factor[differs] = _gaps(ask, c.take(differs), offer, e.take(differs), above.take(differs))
    higher = above & (relation == DIFFERS)
    return Bearings(
        rows, relation, opens_top, opens_bottom, may_support, gap, factor, higher, inside, opposed
    )


def _opened(ask: ClaimTests, c: Rows, offer: EstimateTests, e: Rows) -> tuple[Flags, Flags, Flags]:
    """(opens top, opens bottom, may support): the effect of its date on a cumulative estimate."""
    dated = ask.dated.take(c)
    end, first = offer.end.take(e), offer.end_from.take(e)
    np.copyto(first, end, where=dated & offer.from_published.take(e))
    opens_bottom = first > ask.bottom_after.take(c)
    opens_top = (end < ask.top_before.take(c)) & ~opens_bottom
    # an undated claim may repeat any count up to the article's day: an earlier one can support it
    return opens_top, opens_bottom, ~(opens_bottom | (opens_top & dated))


def _near(ours: Floats, theirs: Floats, our_rounding: Floats, their_rounding: Floats) -> Flags:
    """The same number within the larger rounding of the two. Overwrites ``ours`` and ``our_rounding``."""
    ours -= theirs
    return np.abs(ours, out=ours) <= np.maximum(our_rounding, their_rounding, out=our_rounding)


def _gaps(ask: ClaimTests, c: Rows, offer: EstimateTests, e: Rows, above: Flags) -> tuple[Floats, Floats]:
    """(gap, factor) between zones that do not meet."""
    low = np.where(above, ask.true_high.take(c), offer.true_high.take(e))
    high = np.where(above, offer.true_low.take(e), ask.true_low.take(c))
    return high - low, np.divide(high, low, out=np.full(len(c), np.inf), where=low > 0)


def _tolerated(columns: Columns, tolerance: float) -> tuple[Floats, Floats]:
    """The true zone, widened by the tolerance."""
    if tolerance == 0:
        return columns.low, columns.high
    low = np.maximum(columns.low - tolerance * columns.core_low, 0.0)
    return low, columns.high + tolerance * columns.core_high


def _ends(low: Floats, high: Floats, columns: Columns, moved: Floats) -> tuple[Floats, Floats]:
    """The ends of a zone for comparing. An end that was moved outwards is closed."""
    still = moved == 0
    return inner_ends(low, high, columns.low_open & still, columns.high_open & still)


def _floor_only(columns: Columns) -> Flags:
    return np.isinf(columns.high) & (columns.low > 0)


def _ceiling_only(columns: Columns) -> Flags:
    return (columns.low == 0) & (columns.core_low > 0) & np.isfinite(columns.high)
