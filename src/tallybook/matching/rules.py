"""The rules of comparison on arrays: which pairs are comparable, and how each estimate bears on its claim.

A test is one expression, the same for one pair and for a million. Sections 2 and 3 of the law.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallybook.matching.columns import STATUSES, ClaimColumns, EstimateColumns, Flags, Floats
from tallybook.matching.numbers import SAME, inner_ends
from tallybook.matching.times import WHY, Rows, Small, Times
from tallybook.quantity import Policy
from tallybook.terms import Incomparable, Reason, Relation, Status

REASONS: tuple[Incomparable | None, ...] = (None, *Incomparable)
"""The meaning of a pair's code: None if it is comparable, else the first test that failed."""

RELATIONS = tuple(Relation)
AGREES, SUPPORTS, COMPATIBLE, DIFFERS, NOT_COMPARABLE, REFUSED = range(len(RELATIONS))
_FAILED = {reason: code for code, reason in enumerate(REASONS)}
_WHY: dict[Reason, np.int8] = {reason: np.int8(code) for code, reason in enumerate(WHY) if reason is not None}
_OBSERVED = STATUSES.index(Status.OBSERVED)
_EXPECTED = [STATUSES.index(Status.FORECAST), STATUSES.index(Status.PLANNED)]


@dataclass(frozen=True)
class ClaimRows:
    """The claims of some pairs: the claim of row ``rows[k]`` is in ``counts[k]`` consecutive pairs."""

    rows: Rows
    counts: Rows

    @cached_property
    def claim(self) -> Rows:
        """The row of the claim of each pair."""
        return np.repeat(self.rows, self.counts)


@dataclass(frozen=True)
class Context:
    """What the rules need besides the pairs. ``inner``: (inner, outer) codes of declared scopes."""

    claims: ClaimColumns
    estimates: EstimateColumns
    inner: Rows
    policy: Policy


@dataclass
class Bearings:
    """How the estimates of some pairs bear on their claims; one row per pair.

    ``relation``: AGREES … DIFFERS; ``why``: code into WHY; ``if_of_that_time``: the dates allow that the
    two are of one time, and do not say so; ``own_time``: certainly of the claim's time; ``floor``,
    ``ceiling``: the estimate is no more than that; ``opening``: code into WHY of what dates, part and scope
    do, 0 for nothing; ``gap`` in units, from the claim's number to the estimate's, NaN where they do not
    differ.
    """

    relation: Small
    why: Small
    if_of_that_time: Flags
    own_time: Flags
    may_agree: Flags
    floor: Flags
    ceiling: Flags
    opening: Small
    gap: Floats


def failed_tests(at: Context, c: Rows, e: Rows, when: Times, inside: Small) -> Small:
    """Index into REASONS of each pair, 0 if comparable: the first test that fails. ``inside``: see scopes."""
    claims, estimates = at.claims, at.estimates
    code = np.full(len(c), np.int8(127))

    def fail(here: Flags, reason: Incomparable) -> None:
        np.minimum(code, np.where(here, np.int8(_FAILED[reason]), np.int8(127)), out=code)

    ours, theirs = claims.status.take(c), estimates.status.take(e)
    other = ours != theirs
    if other.any():
        outcome = other & np.isin(ours, _EXPECTED) & (theirs == _OBSERVED) & ~when.other
        fail(other & ~outcome, Incomparable.STATUS)
        fail(outcome, Incomparable.OUTCOME)
    fail(when.other, Incomparable.TIME)
    fail(inside == OTHER_SCOPE, Incomparable.SCOPE)
    for flags, reason in (
        (estimates.refused, Incomparable.REFUSED),
        (~estimates.valued, Incomparable.UNIT),
        (estimates.vague == 1, Incomparable.VAGUE),
        (estimates.superseded, Incomparable.SUPERSEDED),
    ):
        if flags.any():
            fail(flags.take(e), reason)
    if estimates.part.any() or claims.part.any():
        ours, theirs = claims.part.take(c), estimates.part.take(e)
        # two parts are of one whole, and nobody says how they lie to each other
        fail((ours != theirs) & (~claims.adds_up.take(c) | ((ours != 0) & (theirs != 0))), Incomparable.PART)
    if estimates.lowered.any():
        fail(estimates.lowered.take(e) & when.floor, Incomparable.LOWERED)
    code[code == 127] = 0
    return code


SAME_SCOPE, INNER, OUTER, OTHER_SCOPE = np.int8(0), np.int8(1), np.int8(-1), np.int8(2)


def scopes(at: Context, c: Rows, e: Rows) -> Small:
    """Of each pair: SAME_SCOPE, or the estimate's is INNER or OUTER to the claim's as declared, or
    OTHER_SCOPE."""
    ours, theirs = at.claims.scope.take(c), at.estimates.scope.take(e)
    found = np.where(ours == theirs, SAME_SCOPE, OTHER_SCOPE)
    if len(at.inner):
        width = int(max(ours.max(initial=0), theirs.max(initial=0), at.inner.max())) + 1
        declared = at.inner[:, 0] * width + at.inner[:, 1]
        adds_up = at.claims.adds_up.take(c)
        found[np.isin(theirs * width + ours, declared) & adds_up] = INNER
        found[np.isin(ours * width + theirs, declared) & adds_up] = OUTER
    return found.astype(np.int8)


def opened(at: Context, c: Rows, e: Rows, when: Times, inside: Small) -> Times:
    """Time, and what part, scope and a first count open besides."""
    ours, theirs = at.claims.part.take(c), at.estimates.part.take(e)
    below, above = (
        (inside == INNER) | ((ours == 0) & (theirs != 0)),
        (inside == OUTER) | ((ours != 0) & (theirs == 0)),
    )
    if below.any() or above.any():
        free = (when.why == 0) | (when.why == _WHY[Reason.ONE_DAY])
        when.why = np.where(
            below & free, _WHY[Reason.FLOOR], np.where(above & free, _WHY[Reason.CEILING], when.why)
        )
        when.top, when.bottom = when.top | below, when.bottom | above
        when.floor, when.ceiling = when.floor | below, when.ceiling | above
        # a part is not of the claim's own whole: it never speaks before a figure of that
        when.may_agree, when.own = when.may_agree & ~(below | above), when.own & ~(below | above)
    if at.estimates.provisional.any():
        first = at.estimates.provisional.take(e) & when.floor
        when.why = np.where(first, _WHY[Reason.PROVISIONAL], when.why)
        when.bottom, when.may_support = when.bottom | first, when.may_support & ~first
    return when


def bearings(at: Context, c: Rows, e: Rows, when: Times) -> Bearings:
    """The relations of pairs that have numbers. ``when``: what their dates, parts and scopes open."""
    claims, estimates, policy = at.claims, at.estimates, at.policy
    ours, theirs = _Side.of(claims, c, policy), _Side.of(estimates, e, policy)
    directed = (ours.direction != 0) & (theirs.direction != 0)
    _face(ours, theirs, directed)
    opposite = directed & (ours.direction != theirs.direction)
    _complete(ours, theirs)

    apart_below = _apart(theirs, ours) & ~when.top
    apart_above = _apart(ours, theirs) & ~when.bottom
    apart = apart_below | apart_above
    scale = np.maximum(np.maximum(np.abs(ours.core_low), np.abs(ours.core_high)), 0)
    scale = np.maximum(scale, np.maximum(np.abs(theirs.core_low), np.abs(theirs.core_high)))
    away = np.maximum(np.abs(ours.core_low - theirs.core_low), np.abs(ours.core_high - theirs.core_high))
    away = np.nan_to_num(away, nan=0.0, posinf=np.inf)
    same = (away <= claims.same.take(c) * scale * (1 + SAME)) & (claims.same.take(c) > 0)
    strict = ((ours.bound != 0) & (ours.low_open | ours.high_open)) | (
        (theirs.bound != 0) & (theirs.low_open | theirs.high_open)
    )
    spread = claims.spread.take(c)
    within = (spread > 0) & (_gap(ours, theirs) <= spread * (1 + 1e-6))
    mixed = ours.contradictory | theirs.contradictory
    # “over nine” leaves out nine itself, however near the two are
    differs = apart & ~(same & ~(strict & (away <= SAME * scale)) & ~opposite) & ~within & ~mixed

    unbounded = (ours.bound == 0) & (theirs.bound == 0)
    digits = ~(ours.digitless | theirs.digitless)
    near = _near(ours.core_low, theirs.core_low, ours.half_low, theirs.half_low, digits)
    near &= _near(ours.core_high, theirs.core_high, ours.half_high, theirs.half_high, digits)
    below = (ours.from_below == theirs.from_below) | np.where(
        ours.from_below,
        theirs.core_high <= ours.core_low * (1 + SAME),
        ours.core_high <= theirs.core_low * (1 + SAME),
    )
    one_bound = (ours.bound != 0) & (ours.bound == theirs.bound) & (away <= SAME * scale)
    agrees = when.may_agree & ~mixed & ((unbounded & below & (near | same)) | one_bound) & ~opposite

    low, high = inner_ends(theirs.low, theirs.high, theirs.low_open, theirs.high_open)
    least, most = inner_ends(ours.way_low, ours.way_high, ours.low_open, ours.high_open)
    # below its top a ceiling may be anything that the measure can be
    inside = np.where(when.ceiling, np.where(ours.bound < 0, least, -np.inf), low) >= _lower(least)
    inside &= np.where(when.floor, np.inf, high) <= _higher(most)
    meant = (theirs.core_low >= _lower(ours.meant_low)) & (theirs.core_high <= _higher(ours.meant_high))
    supports = when.may_support & inside & meant & ~mixed & ~opposite

    relation = np.full(len(c), np.int8(COMPATIBLE))
    relation[supports] = SUPPORTS
    relation[agrees] = AGREES
    relation[differs] = DIFFERS
    why = _reasons(
        at, c, e, when, ours, theirs, relation, near, one_bound, opposite, apart & within, inside, mixed
    )
    unsure = when.may_agree & ~when.sure & (agrees | (supports & ~when.floor & ~when.ceiling))
    unsure |= when.may_support & ~when.sure & supports & ~when.floor & ~when.ceiling
    gap = np.where(differs, _signed_gap(ours, theirs), np.nan)
    return Bearings(
        relation, why, unsure & ~differs, when.own, when.may_agree, when.floor, when.ceiling, when.why, gap
    )


@dataclass
class _Side:
    """One side of some pairs: its columns, taken; its zone widened by the tolerance."""

    core_low: Floats
    core_high: Floats
    low: Floats
    high: Floats
    low_open: Flags
    high_open: Flags
    half_low: Floats
    half_high: Floats
    bound: NDArray[np.int64]
    from_below: Flags
    contradictory: Flags
    single: Flags
    round: Flags
    digitless: Flags
    margin: Flags
    completed: Floats
    direction: NDArray[np.int64]
    spoken: Flags
    meant_low: Any = None
    meant_high: Any = None
    way_low: Any = None
    way_high: Any = None

    @classmethod
    def of(cls, columns: ClaimColumns | EstimateColumns, rows: Rows, policy: Policy) -> _Side:
        names = (
            "core_low", "core_high", "low", "high", "low_open", "high_open", "half_low", "half_high",
            "bound", "from_below", "contradictory", "single", "round", "digitless", "margin", "completed",
            "direction", "spoken",
        )  # fmt: skip
        side = cls(*(getattr(columns, name).take(rows) for name in names))
        if isinstance(columns, ClaimColumns):
            side.meant_low, side.meant_high = columns.meant_low.take(rows), columns.meant_high.take(rows)
            side.way_low, side.way_high = columns.way_low.take(rows), columns.way_high.take(rows)
        if policy.tolerance:
            side.low = side.low - policy.tolerance * np.abs(side.core_low)
            side.high = side.high + policy.tolerance * np.abs(side.core_high)
            side.low_open, side.high_open = side.low_open & False, side.high_open & False
        return side


def _face(ours: _Side, theirs: _Side, directed: Flags) -> None:
    """A change whose words give no direction, beside words that do, is compared by its size.

    A printed sign is no word: beside "−2.4%" a bare "2.4%" is above zero.
    """
    turn = ~directed & (((theirs.direction < 0) & theirs.spoken) | ((ours.direction < 0) & ours.spoken))
    if not turn.any():
        return
    for low, high in (("core_low", "core_high"), ("low", "high")):
        a, b = getattr(theirs, low), getattr(theirs, high)
        setattr(theirs, low, np.where(turn, -b, a))
        setattr(theirs, high, np.where(turn, -a, b))
    for low, high in (("half_low", "half_high"), ("low_open", "high_open")):
        a, b = getattr(theirs, low), getattr(theirs, high)
        setattr(theirs, low, np.where(turn, b, a))
        setattr(theirs, high, np.where(turn, a, b))
    theirs.bound = np.where(turn, -theirs.bound, theirs.bound)


def _complete(ours: _Side, theirs: _Side) -> None:
    """An age in whole units beside a finer figure may be one of completed units."""
    for one, other in ((ours, theirs), (theirs, ours)):
        if one.completed.any():
            finer = other.half_high < one.half_high
            more = np.where(finer, one.completed, 0.0)
            one.high = one.high + more
            if one.meant_high is not None:
                one.meant_high, one.way_high = one.meant_high + more, one.way_high + more


def _apart(lower: _Side, upper: _Side) -> Flags:
    """Whether one zone lies wholly below the other.

    Two roundings that only touch meet, as one number may lie behind both, unless one of them is printed with
    a single figure.
    """
    _, top = inner_ends(lower.low, lower.high, lower.low_open, lower.high_open)
    bottom, _ = inner_ends(upper.low, upper.high, upper.low_open, upper.high_open)
    touch = np.abs(lower.high - upper.low) <= SAME * np.maximum(np.abs(lower.high), np.abs(upper.low))
    both = (lower.high > lower.low) & (upper.high > upper.low) & (lower.bound == 0) & (upper.bound == 0)
    single = touch & both & (lower.single | upper.single)
    return (_higher(top) < _lower(bottom)) | single


def _gap(ours: _Side, theirs: _Side) -> Floats:
    """Between two zones that do not meet; 0 where they do."""
    return np.maximum(np.maximum(theirs.low - ours.high, ours.low - theirs.high), 0.0)


def _signed_gap(ours: _Side, theirs: _Side) -> Floats:
    """From the nearest number of the claim to the nearest of the estimate."""
    above = theirs.core_low - ours.core_high
    below = theirs.core_high - ours.core_low
    return np.where(above > 0, above, np.where(below < 0, below, theirs.core_low - ours.core_low))


def _near(one: Floats, other: Floats, our_half: Floats, their_half: Floats, digits: Flags) -> Flags:
    """No further apart than half the coarser fine grain; a fraction in words has none."""
    reach = np.where(digits, np.maximum(our_half, their_half), 0.0)
    return np.abs(one - other) <= reach + SAME * np.maximum(np.abs(one), np.abs(other))


def _lower(number: Floats) -> Floats:
    return np.asarray(number - SAME * np.abs(number), dtype=np.float64)


def _higher(number: Floats) -> Floats:
    return np.asarray(number + SAME * np.abs(number), dtype=np.float64)


def _reasons(
    at: Context,
    c: Rows,
    e: Rows,
    when: Times,
    ours: _Side,
    theirs: _Side,
    relation: Small,
    near: Flags,
    one_bound: Flags,
    opposite: Flags,
    spread: Flags,
    inside: Flags,
    mixed: Flags,
) -> Small:
    """Why each relation holds, as an index into WHY; of several reasons the first in the order of the law."""
    far = inside & (ours.bound != 0)
    unbounded = (ours.bound == 0) & (theirs.bound == 0)
    compatible = np.full(len(relation), _WHY[Reason.OVERLAP])
    for here, reason in (
        (far, Reason.FAR_INSIDE),
        (unbounded & (ours.round | theirs.round), Reason.ROUND_NUMBER),
        (ours.margin | theirs.margin, Reason.MARGIN),
        (spread, Reason.SPREAD),
    ):
        compatible[here] = _WHY[reason]
    compatible = np.where(when.why != 0, when.why, compatible)
    compatible[mixed] = _WHY[Reason.MIXED]
    differs = np.where(
        opposite,
        _WHY[Reason.OPPOSITE],
        np.where(
            when.top, _WHY[Reason.FLOOR], np.where(when.bottom, _WHY[Reason.CEILING], _WHY[Reason.APART])
        ),
    )
    agrees = np.where(
        one_bound, _WHY[Reason.ONE_BOUND], np.where(near, _WHY[Reason.ROUNDING], _WHY[Reason.SAME])
    )
    found = np.where(relation == AGREES, agrees, compatible)
    found = np.where(relation == SUPPORTS, _WHY[Reason.INSIDE], found)
    return np.where(relation == DIFFERS, differs, found).astype(np.int8)
