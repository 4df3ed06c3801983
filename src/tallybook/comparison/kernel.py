"""The law, on columns: which pairs are comparable, and how each estimate bears on its claim.

Semantics, sections 2 and 3. Row k of ``claims`` stands beside row k of ``estimates``, both of one measure.
No loop over pairs: a test is one expression on arrays, and the first gate that fails is kept. Ends
that differ by less than a billionth are one number: units convert in floating point.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallybook.comparison.columns import (
    KINDS,
    ClaimColumns,
    Columns,
    Days,
    EstimateColumns,
    Flags,
    Floats,
)
from tallybook.quantity import Policy

Small = NDArray[np.int8]

GATES = ("", "status", "part", "scope", "unit", "superseded", "time")
_OPEN, _STATUS, _PART, _SCOPE, _UNIT, _SUPERSEDED, _TIME = range(len(GATES))
AGREES, SUPPORTS, COMPATIBLE, DIFFERS, NOT_COMPARABLE = range(5)
_STOCK, _CUMULATIVE, _RATE, _SHARE = (KINDS.index(k) for k in ("stock", "cumulative", "rate", "share"))

_UP = 1 + 1e-9


@dataclass(frozen=True)
class Gated:
    """``code``: index into GATES, 0 when comparable; ``opens_top``, ``opens_bottom``: the estimate only
    bounds the claim's time from below or from above; ``may_support``: it can speak of that time."""

    code: Small
    opens_top: Flags
    opens_bottom: Flags
    may_support: Flags


@dataclass(frozen=True)
class Borne:
    """``relation``: AGREES … NOT_COMPARABLE; ``low`` … ``high_open``: the estimate's zone after the gate;
    ``gap``, ``factor``, ``higher``: of those that differ, else NaN and False. ``inside``, ``opposed``: why
    a compatible one is no support."""

    relation: Small
    low: Floats
    high: Floats
    low_open: Flags
    high_open: Flags
    gap: Floats
    factor: Floats
    higher: Flags
    inside: Flags
    opposed: Flags


def gates(claims: ClaimColumns, estimates: EstimateColumns, policy: Policy) -> Gated:
    """The gate of each pair: status, part, scope, unit, supersession, time, in that order."""
    asked_until = np.where(claims.dated, claims.end, claims.published)
    superseded = estimates.outdated_from <= asked_until
    other_time, opens_top, opens_bottom, may_support = _timed(claims, estimates, policy)
    code = np.zeros(len(claims), dtype=np.int8)
    for number, failed in (
        (_TIME, other_time),
        (_SUPERSEDED, superseded),
        (_UNIT, ~estimates.valued),
        (_SCOPE, estimates.scope != claims.scope),
        (_PART, estimates.part),
        (_STATUS, estimates.status != 0),
    ):
        code[failed] = number
    passed = code == _OPEN
    return Gated(code, opens_top & passed, opens_bottom & passed, may_support)


def _timed(
    claims: ClaimColumns, estimates: EstimateColumns, policy: Policy
) -> tuple[Flags, Flags, Flags, Flags]:
    """(other time, opens top, opens bottom, may support) by the kind of the measure."""
    window = policy.window_days
    cumulative = claims.kind == _CUMULATIVE
    stock = claims.kind == _STOCK
    averaged = (claims.kind == _RATE) | (claims.kind == _SHARE)
    # a page that gives no date speaks of its own day, where a day must be assumed
    start = np.where(estimates.from_published, estimates.end, estimates.start)
    asked_start = np.where(claims.dated, claims.start, claims.published - window)
    asked_end = np.where(claims.dated, claims.end, claims.published)
    away = days_between(start, estimates.end, asked_start, asked_end)
    allowed = np.where(stock | cumulative, window, 0)
    assumed = cumulative & estimates.from_published & claims.dated
    near_needed = stock | averaged | assumed
    other_time = (near_needed & (away > allowed)) | (~estimates.dated & (cumulative | stock | averaged))
    first = np.where(assumed, estimates.end, estimates.end_from)
    earlier = np.where(claims.dated, estimates.end < claims.end_from, estimates.end < claims.published)
    later = first > asked_end
    opens_top, opens_bottom = cumulative & earlier & ~later, cumulative & later
    # an undated claim may repeat any count up to the article's day: an earlier one can support it
    may_support = ~(opens_bottom | (opens_top & claims.dated))
    return other_time, opens_top, opens_bottom, may_support


def days_between(start: Days, end: Days, other_start: Days, other_end: Days) -> Days:
    """Days between two periods; 0 where they meet."""
    return np.maximum(np.maximum(start - other_end, other_start - end), 0)


def bearings(claims: ClaimColumns, estimates: EstimateColumns, gated: Gated, policy: Policy) -> Borne:
    """How each estimate bears on its claim, given its gate."""
    ours_low, ours_high, ours_low_open, ours_high_open = _tolerated(claims, policy.tolerance)
    low, high, low_open, high_open = _tolerated(estimates, policy.tolerance)
    round_low, round_high = claims.round_low, claims.round_high
    margin = policy.tolerance
    inside = ~_less(low, np.maximum(claims.low - round_low - margin * claims.core_low, 0.0))
    inside &= ~_less(claims.high + round_high + margin * claims.core_high, high)
    # an open end of the claim is left out only where nothing widens it
    unwidened_low = claims.low_open & (round_low + margin == 0)
    unwidened_high = claims.high_open & (round_high + margin == 0)
    inside &= ~(unwidened_low & ~low_open & ~_less(claims.low, low))
    inside &= ~(unwidened_high & ~high_open & ~_less(high, claims.high))

    low = np.where(gated.opens_bottom, 0.0, low)
    low_open &= ~gated.opens_bottom
    high = np.where(gated.opens_top, np.inf, high)
    high_open &= ~gated.opens_top

    below = _ends_before(high, high_open, ours_low, ours_low_open)
    above = _ends_before(ours_high, ours_high_open, low, low_open)
    apart = below | above
    opposed = (_floor_only(claims) & _ceiling_only(estimates)) | (
        _ceiling_only(claims) & _floor_only(estimates)
    )
    meant = ~_less(estimates.core_low, np.maximum(claims.meant_low - round_low, 0.0))
    meant &= ~_less(claims.meant_high + round_high, estimates.core_high)

    relation = np.full(len(claims), COMPATIBLE, dtype=np.int8)
    relation[inside & meant] = SUPPORTS
    relation[_same_number(claims, estimates) & ~opposed] = AGREES
    relation[~gated.may_support] = COMPATIBLE
    relation[apart] = DIFFERS
    relation[claims.contradictory | estimates.contradictory] = COMPATIBLE
    relation[gated.code != _OPEN] = NOT_COMPARABLE

    differs = relation == DIFFERS
    near = np.where(above, ours_high, high)
    far = np.where(above, low, ours_low)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(differs, np.where(near > 0, far / near, np.inf), np.nan)
        gap = np.where(differs, far - near, np.nan)
    return Borne(relation, low, high, low_open, high_open, gap, factor, above & differs, inside, opposed)


def _less(a: Floats, b: Floats) -> Flags:
    """a < b by more than floating point; for numbers from 0 upwards, infinity included."""
    return a * _UP < b


def _tolerated(columns: Columns, tolerance: float) -> tuple[Floats, Floats, Flags, Flags]:
    """The true zone, widened by the tolerance; an end that moves becomes closed."""
    if tolerance == 0:
        return columns.low, columns.high, columns.low_open.copy(), columns.high_open.copy()
    below, above = tolerance * columns.core_low, tolerance * columns.core_high
    return (
        np.maximum(columns.low - below, 0.0),
        columns.high + above,
        columns.low_open & (below == 0),
        columns.high_open & (above == 0),
    )


def _ends_before(high: Floats, high_open: Flags, low: Floats, low_open: Flags) -> Flags:
    """One zone ends before another begins; ends that touch count as meeting, unless one is left out."""
    return _less(high, low) | (~_less(low, high) & (high_open | low_open))


def _same_number(claims: ClaimColumns, estimates: EstimateColumns) -> Flags:
    """Both ends of the numbers named are the same within the coarser rounding of the two."""
    near = (_UP - 1) * np.maximum(claims.core_high, estimates.core_high)
    low = np.maximum(claims.round_low, estimates.round_low) + near
    high = np.maximum(claims.round_high, estimates.round_high) + near
    return (np.abs(claims.core_low - estimates.core_low) <= low) & (
        np.abs(claims.core_high - estimates.core_high) <= high
    )


def _floor_only(columns: Columns) -> Flags:
    return np.isinf(columns.high) & (columns.low > 0)


def _ceiling_only(columns: Columns) -> Flags:
    return (columns.low == 0) & (columns.core_low > 0) & np.isfinite(columns.high)
