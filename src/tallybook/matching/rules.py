"""The law, on columns: which pairs are comparable, and how each estimate bears on its claim.

Semantics, sections 2 and 3. No loop over pairs: a test is one expression on arrays. What only depends on the
claim, or only on the estimate, is worked out once a record (``asking``, ``standing``); what is left a
pair is a few comparisons, and the numbers of those pairs alone that passed the gate.

Units convert in floating point, so ends that differ by less than a billionth (_SAME) are one number. An
end that its words leave out ("over n") is moved inwards by a little more than that (_LEFT_OUT): then two
zones that touch there do not meet, by the same comparison that lets closed ends meet.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
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
from tallybook.quantity import Policy

Small = NDArray[np.int8]
Rows = NDArray[np.int64]
ShortDays = NDArray[np.int32]

GATES = ("", "status", "part", "scope", "unit", "superseded", "time")
_OPEN, _STATUS, _PART, _SCOPE, _UNIT, _SUPERSEDED, _TIME = range(len(GATES))
AGREES, SUPPORTS, COMPATIBLE, DIFFERS, NOT_COMPARABLE = range(5)
_STOCK, _CUMULATIVE, _RATE, _SHARE = (KINDS.index(k) for k in ("stock", "cumulative", "rate", "share"))

_NONE = np.int8(127)
_SAME, _LEFT_OUT, _ABOVE_ZERO = 1 + 1e-9, 1e-8, 1e-12
# Days beyond every calendar. An estimate without a date stands at _UNDATED: past the reach of a claim that
# asks for a time (_REACH), within that of one that does not (_ANY).
_REACH, _UNDATED, _ANY = 10_000_000, 20_000_000, 30_000_000
# What a record is, in bits.
_CONTRADICTORY, _FLOOR, _CEILING, _DATED, _PUBLISHED = (np.int8(1 << k) for k in range(5))


@dataclass(frozen=True)
class Asking:
    """What each claim asks for under a policy.

    ``first``, ``last``: the days that an estimate must reach into; ``since``, ``until``: the days asked for;
    ``top_before``: an estimate that ends before it is no ceiling; ``bottom_after``: one that begins
    after it is no floor; ``assumes_near``: whether a page without a date must be of about that day.
    ``bits``: see above. The zones: ``low``, ``high`` are those that an estimate must reach; ``in_*`` those
    that it must lie in, with the rounding; ``near_*`` what the claim means; ``round_*`` with _SAME.
    """

    scope: NDArray[np.int32]
    first: ShortDays
    last: ShortDays
    since: ShortDays
    until: ShortDays
    top_before: ShortDays
    bottom_after: ShortDays
    assumes_near: Flags
    bits: Small
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
class Standing:
    """What each estimate offers under a policy; ``failed``: the gate that it fails whatever the claim;
    ``low``, ``high``: its zone for comparing; ``true_*``: the same with its ends where they are."""

    failed: Small
    scope: NDArray[np.int32]
    start: ShortDays
    end: ShortDays
    end_from: ShortDays
    outdated_from: ShortDays
    bits: Small
    low: Floats
    high: Floats
    core_low: Floats
    core_high: Floats
    round_low: Floats
    round_high: Floats
    true_low: Floats
    true_high: Floats
    any_outdated: bool

    def sorted_by(self, order: Rows) -> Standing:
        """The same, in another order."""
        columns: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        arrays = {name: value.take(order) for name, value in columns.items() if name != "any_outdated"}
        return replace(self, **arrays)


@dataclass(frozen=True)
class Beside:
    """The claims' side of some pairs: row ``rows[k]`` stands in ``counts[k]`` pairs, one after the other."""

    rows: Rows
    counts: Rows

    @cached_property
    def claim(self) -> Rows:
        """The row of the claim of each pair."""
        return np.repeat(self.rows, self.counts)

    def repeat(self, values: NDArray[Any]) -> NDArray[Any]:
        """A column of the claims, once a pair."""
        return np.repeat(values.take(self.rows), self.counts)


@dataclass(frozen=True)
class Borne:
    """How the comparable pairs bear; row k is the pair at ``rows[k]``.

    ``relation``: AGREES … DIFFERS; ``opens_top``, ``opens_bottom``: the estimate's date opens that end of its
    zone; ``may_support``: it can speak of the claim's own time; ``gap``, ``factor``, ``higher``: of
    those that differ, else NaN and False; ``inside``, ``opposed``: why a compatible one is no support.
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


def asking(claims: ClaimColumns, policy: Policy) -> Asking:
    """The claims' side of every test, once a claim."""
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
    return Asking(
        scope=claims.scope.astype(np.int32),
        first=np.where(timed, start - window, -reach).astype(np.int32),
        last=np.where(timed, until + window, reach).astype(np.int32),
        since=start.astype(np.int32),
        until=until.astype(np.int32),
        top_before=np.where(cumulative, earlier, -_ANY).astype(np.int32),
        bottom_after=np.where(cumulative, until, _ANY).astype(np.int32),
        assumes_near=cumulative & claims.dated,
        bits=_bits(claims) | claims.dated * _DATED,
        low=low / _SAME,
        high=high * _SAME,
        in_low=in_low / _SAME,
        in_high=in_high * _SAME,
        near_low=claims.meant_low / _SAME,
        near_high=claims.meant_high * _SAME,
        core_low=claims.core_low,
        core_high=claims.core_high,
        round_low=claims.round_low + claims.core_low * (_SAME - 1),
        round_high=claims.round_high + claims.core_high * (_SAME - 1),
        true_low=true_low,
        true_high=true_high,
    )


def standing(estimates: EstimateColumns, policy: Policy) -> Standing:
    """The estimates' side of every test, once an estimate."""
    failed = np.where(estimates.valued, _NONE, _UNIT)
    failed = np.where(estimates.status != 0, _STATUS, np.where(estimates.part, _PART, failed))
    true_low, true_high = _tolerated(estimates, policy.tolerance)
    low, high = _ends(true_low, true_high, estimates, policy.tolerance * estimates.core_high)
    # a page that gives no date speaks of its own day, where a day must be assumed
    start = np.where(estimates.from_published, estimates.end, estimates.start)
    outdated = np.minimum(estimates.outdated_from, _ANY)
    return Standing(
        failed=failed.astype(np.int8),
        scope=estimates.scope.astype(np.int32),
        start=np.where(estimates.dated, start, _UNDATED).astype(np.int32),
        end=np.where(estimates.dated, estimates.end, _UNDATED).astype(np.int32),
        end_from=np.where(estimates.dated, estimates.end_from, _UNDATED).astype(np.int32),
        outdated_from=outdated.astype(np.int32),
        bits=_bits(estimates) | estimates.from_published * _PUBLISHED,
        low=low,
        high=high,
        core_low=estimates.core_low,
        core_high=estimates.core_high,
        round_low=estimates.round_low + estimates.core_low * (_SAME - 1),
        round_high=estimates.round_high + estimates.core_high * (_SAME - 1),
        true_low=true_low,
        true_high=true_high,
        any_outdated=bool((outdated < _REACH).any()),
    )


def gates(ask: Asking, claims: Beside, stand: Standing, estimate: Rows, policy: Policy) -> Small:
    """Index into GATES of each pair, 0 when comparable: status, part, scope, unit, supersession, time."""
    start, end = stand.start.take(estimate), stand.end.take(estimate)
    late = (start > claims.repeat(ask.last)) | (end < claims.repeat(ask.first))
    if ask.assumes_near.any():
        published = (stand.bits.take(estimate) & _PUBLISHED) != 0
        near = np.flatnonzero(published & claims.repeat(ask.assumes_near))
        late[near] |= _away(ask, claims.claim[near], end[near]) > policy.window_days
    # the first gate that fails is the one with the lowest number
    code = np.minimum(stand.failed.take(estimate), _where_failed(late, _TIME))
    if stand.any_outdated:
        outdated = stand.outdated_from.take(estimate) <= claims.repeat(ask.until)
        np.minimum(code, _where_failed(outdated, _SUPERSEDED), out=code)
    other = stand.scope.take(estimate) != claims.repeat(ask.scope)
    np.minimum(code, _where_failed(other, _SCOPE), out=code)
    code *= code != _NONE
    return code


def _where_failed(failed: Flags, number: int) -> Small:
    """``number`` where a gate failed, _NONE elsewhere."""
    return _NONE - failed.view(np.int8) * np.int8(_NONE - number)


def _away(ask: Asking, claim: Rows, day: ShortDays) -> ShortDays:
    """Days between the time that a dated claim asks for and a day."""
    return np.maximum(np.maximum(day - ask.until.take(claim), ask.since.take(claim) - day), 0)


def bearings(ask: Asking, claim: Rows, stand: Standing, estimate: Rows, code: Small) -> Borne:
    """How the pairs bear that passed the gate."""
    rows = np.flatnonzero(code == _OPEN)
    c, e = claim.take(rows), estimate.take(rows)
    ours, theirs = ask.bits.take(c), stand.bits.take(e)
    low, high = stand.low.take(e), stand.high.take(e)
    core_low, core_high = stand.core_low.take(e), stand.core_high.take(e)
    inside = (low >= ask.in_low.take(c)) & (high <= ask.in_high.take(c))
    opens_top, opens_bottom, may_support = _opened(ask, c, stand, e, ours, theirs)
    below = (high < ask.low.take(c)) & ~opens_top
    above = (low > ask.high.take(c)) & ~opens_bottom
    apart = below | above
    opposed = _both(ours, _FLOOR, theirs, _CEILING) | _both(ours, _CEILING, theirs, _FLOOR)
    meant = (core_low >= ask.near_low.take(c)) & (core_high <= ask.near_high.take(c))
    same = _near(ask.core_low.take(c), core_low, ask.round_low.take(c), stand.round_low.take(e))
    same &= _near(ask.core_high.take(c), core_high, ask.round_high.take(c), stand.round_high.take(e))

    relation = np.int8(COMPATIBLE) - (inside & meant).view(np.int8)  # which is SUPPORTS
    np.putmask(relation, same & ~opposed, AGREES)
    np.putmask(relation, ~may_support, COMPATIBLE)
    np.putmask(relation, apart, DIFFERS)
    np.putmask(relation, ((ours | theirs) & _CONTRADICTORY) != 0, COMPATIBLE)

    gap, factor = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    differs = np.flatnonzero(relation == DIFFERS)
    gap[differs], factor[differs] = _gaps(ask, c.take(differs), stand, e.take(differs), above.take(differs))
    higher = above & (relation == DIFFERS)
    return Borne(rows, relation, opens_top, opens_bottom, may_support, gap, factor, higher, inside, opposed)


def _opened(
    ask: Asking, c: Rows, stand: Standing, e: Rows, ours: Small, theirs: Small
) -> tuple[Flags, Flags, Flags]:
    """(opens top, opens bottom, may support): what the dates of a count do to its zone."""
    dated = (ours & _DATED) != 0
    assumed = dated & ((theirs & _PUBLISHED) != 0)
    end, first = stand.end.take(e), stand.end_from.take(e)
    np.copyto(first, end, where=assumed)
    opens_bottom = first > ask.bottom_after.take(c)
    opens_top = (end < ask.top_before.take(c)) & ~opens_bottom
    # an undated claim may repeat any count up to the article's day: an earlier one can support it
    return opens_top, opens_bottom, ~(opens_bottom | (opens_top & dated))


def _both(ours: Small, this: np.int8, theirs: Small, that: np.int8) -> Flags:
    return ((ours & this) != 0) & ((theirs & that) != 0)


def _near(ours: Floats, theirs: Floats, our_rounding: Floats, their_rounding: Floats) -> Flags:
    """The same number within the coarser rounding of the two."""
    ours -= theirs
    return np.abs(ours, out=ours) <= np.maximum(our_rounding, their_rounding, out=our_rounding)


def _gaps(ask: Asking, c: Rows, stand: Standing, e: Rows, above: Flags) -> tuple[Floats, Floats]:
    """(gap, factor) between zones that do not meet."""
    near = np.where(above, ask.true_high.take(c), stand.true_high.take(e))
    far = np.where(above, stand.true_low.take(e), ask.true_low.take(c))
    return far - near, np.divide(far, near, out=np.full(len(c), np.inf), where=near > 0)


def _tolerated(columns: Columns, tolerance: float) -> tuple[Floats, Floats]:
    """The true zone, widened by the tolerance."""
    if tolerance == 0:
        return columns.low, columns.high
    low = np.maximum(columns.low - tolerance * columns.core_low, 0.0)
    return low, columns.high + tolerance * columns.core_high


def _ends(low: Floats, high: Floats, columns: Columns, moved: Floats) -> tuple[Floats, Floats]:
    """The ends of a zone for comparing: one that is left out, and that nothing moved, a little inwards."""
    low_out, high_out = columns.low_open & (moved == 0), columns.high_open & (moved == 0)
    inwards = np.where(low > 0, low * (1 + _LEFT_OUT), _ABOVE_ZERO)
    return np.where(low_out, inwards, low), np.where(high_out, high * (1 - _LEFT_OUT), high)


def _bits(columns: Columns) -> Small:
    floor_only = np.isinf(columns.high) & (columns.low > 0)
    ceiling_only = (columns.low == 0) & (columns.core_low > 0) & np.isfinite(columns.high)
    return (columns.contradictory * _CONTRADICTORY + floor_only * _FLOOR + ceiling_only * _CEILING).astype(
        np.int8
    )
