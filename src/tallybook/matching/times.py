"""What time does to pairs of a claim and an estimate: section 2.5 of the law, on arrays.

To differ, a rule must hold for every day that the dates allow; to agree or support, it is enough that it
holds for one. So an end of an estimate's zone that some allowed day would move is *open* for differing,
while agreement asks whether the two *may* be of one time.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tallybook.matching.columns import (
    AVERAGES,
    CHANGES,
    EVER,
    LENGTHS,
    POINTS,
    RUNNING,
    TOTALS,
    ClaimColumns,
    EstimateColumns,
    Flags,
)
from tallybook.quantity import Policy
from tallybook.terms import Reason

Rows = NDArray[np.int64]
Small = NDArray[np.int8]

WHY = (None, *Reason)
"""The meaning of a reason's code; 0: time opens nothing."""

_FLOOR, _CEILING, _WINDOW, _OVERLAPPING, _ONE_DAY, _DATE_OPEN = (
    WHY.index(r)
    for r in (
        Reason.FLOOR,
        Reason.CEILING,
        Reason.WINDOW,
        Reason.OVERLAPPING,
        Reason.ONE_DAY,
        Reason.DATE_OPEN,
    )
)


@dataclass
class Times:
    """One row per pair. ``other``: of other time; ``top``, ``bottom``: that end of the estimate's zone is
    open for differing; ``floor``, ``ceiling``: the estimate is no more than that, also for supporting;
    ``may_agree``: the two may be of one time; ``may_support``: its time allows it to support; ``own``: it
    certainly is of the claim's time; ``sure``: an agreement needs no "if of that time"; ``why``: code of
    the reason why something is open.
    """

    other: Flags
    top: Flags
    bottom: Flags
    floor: Flags
    ceiling: Flags
    may_agree: Flags
    may_support: Flags
    own: Flags
    sure: Flags
    why: Small

    @classmethod
    def none(cls, count: int) -> Times:
        """Time bears on none of so many pairs."""
        no, yes = np.zeros(count, dtype=np.bool_), np.ones(count, dtype=np.bool_)
        return cls(
            no, no.copy(), no.copy(), no.copy(), no.copy(), yes, yes.copy(), yes.copy(), yes.copy(),
            np.zeros(count, dtype=np.int8),
        )  # fmt: skip

    def put(self, rows: Rows, part: Times) -> None:
        """Set some rows."""
        for field in fields(self):
            getattr(self, field.name)[rows] = getattr(part, field.name)

    def take(self, rows: Rows) -> Self:
        return type(self)(*(getattr(self, field.name).take(rows) for field in fields(self)))


def times(claims: ClaimColumns, estimates: EstimateColumns, c: Rows, e: Rows, policy: Policy) -> Times:
    """Of the pairs of the claims ``c`` and the estimates ``e``, by the kind of each claim's measure."""
    kinds = claims.time.take(c)
    rules = {
        POINTS: _points,
        RUNNING: _running,
        TOTALS: _spans,
        AVERAGES: _spans,
        CHANGES: _spans,
        LENGTHS: _lengths,
    }
    found = Times.none(len(c))
    for kind, rule in rules.items():
        here = kinds == kind
        if here.all():
            return rule(claims, estimates, c, e, policy, kind)
        if here.any():
            rows = np.flatnonzero(here)
            found.put(rows, rule(claims, estimates, c.take(rows), e.take(rows), policy, kind))
    return found


def _windows(
    claims: ClaimColumns, estimates: EstimateColumns, c: Rows, e: Rows, policy: Policy, dated: int
) -> tuple[NDArray[np.int64], Flags]:
    """(days of the window of each pair, whether it is reckoned from the day of a page or of the article)."""
    by_day = ~claims.dated.take(c) | estimates.by_page.take(e)
    own = claims.window.take(c)
    return np.where(own >= 0, own, np.where(by_day, policy.window_days, dated)), by_day


@dataclass(frozen=True)
class _Moments:
    """Of some pairs: the days of claim (``c``) and estimate (``e``), and their moments where any has hours.
    ``near``: days between the two, a figure without a date no further than the window before its article or
    page; ``away``: likewise, on the very day of its article or page, so that the window is reckoned once."""

    c0: Rows
    c1: Rows
    e0: Rows
    e1: Rows
    day_c0: Rows
    day_c1: Rows
    day_e0: Rows
    day_e1: Rows
    near: Rows
    away: Rows
    loose: Flags
    window: Rows
    timed: bool

    @classmethod
    def of(
        cls, claims: ClaimColumns, estimates: EstimateColumns, c: Rows, e: Rows, policy: Policy, dated: int
    ) -> _Moments:
        """``dated``: the window of two dated figures of a measure that sets none, in days."""
        typed, by_page = claims.dated.take(c), estimates.by_page.take(e)
        loose = ~typed | by_page
        own = claims.window.take(c)
        window = np.where(own >= 0, own, np.where(loose, policy.window_days, dated))
        (first, last), (from_, until) = claims.days, estimates.days
        day_c0, day_c1, day_e0, day_e1 = first.take(c), last.take(c), from_.take(e), until.take(e)
        back = np.minimum(window, EVER // 2)
        near = _apart(
            np.where(typed, day_c0, day_c1 - back), day_c1, np.where(by_page, day_e1 - back, day_e0), day_e1
        )
        away = _apart(np.where(typed, day_c0, day_c1), day_c1, np.where(by_page, day_e1, day_e0), day_e1)
        timed = claims.timed or estimates.timed
        if timed:
            moments = (
                claims.first.take(c), claims.last.take(c), estimates.first.take(e), estimates.last.take(e)
            )  # fmt: skip
        else:  # whole days: a moment before the end of a day is not before that day
            moments = (day_c0, day_c1, day_e0, day_e1)
        return cls(*moments, day_c0, day_c1, day_e0, day_e1, near, away, loose, window, timed)

    @property
    def apart(self) -> Rows:
        """Days between the two; 0 if they may meet."""
        return _apart(self.day_c0, self.day_c1, self.day_e0, self.day_e1)

    @property
    def at_one_hour(self) -> Flags | bool:
        """Whether an hour is typed on both sides."""
        return (self.c0 == self.c1) & (self.e0 == self.e1) if self.timed else False

    @property
    def one_day(self) -> Flags:
        """Whether both are of one and the same day."""
        return (self.day_c0 == self.day_c1) & (self.day_e0 == self.day_e1) & (self.day_c0 == self.day_e0)

    @property
    def may_be_one(self) -> Flags:
        """Whether they may be of one moment; a figure without a date near its article or page."""
        return (self.near == 0) & (self.loose | ((self.c0 <= self.e1) & (self.e0 <= self.c1)))

    @property
    def earlier(self) -> Flags:
        """Whether the estimate certainly is of an earlier moment."""
        return self.e1 < self.c0

    @property
    def later(self) -> Flags:
        return self.e0 > self.c1

    @property
    def not_later(self) -> Flags:
        """Whether the estimate certainly is of no later moment."""
        return self.e1 <= self.c0 if self.timed else self.e1 < self.c0

    @property
    def not_earlier(self) -> Flags:
        return self.c1 <= self.e0 if self.timed else self.c1 < self.e0


def _apart(c0: Rows, c1: Rows, e0: Rows, e1: Rows) -> Rows:
    """Days between two spans of days; 0 if they meet."""
    return np.maximum(np.maximum(e0 - c1, c0 - e1), 0)


def _points(
    claims: ClaimColumns, estimates: EstimateColumns, c: Rows, e: Rows, policy: Policy, kind: int
) -> Times:
    """A stock or a level: on one day compared; within the window it may support, and never differs."""
    at = _Moments.of(claims, estimates, c, e, policy, 0)
    there = ~estimates.undated.take(e)
    longest = np.maximum(at.day_e1 - at.day_c0, at.day_c1 - at.day_e0)
    timed = at.at_one_hour
    one_day = at.one_day & there
    if timed is not False:
        one_day &= ~(timed & (at.c0 != at.e0))  # not of noon and nine in the evening
    own = one_day & (~claims.by_hour.take(c) | timed)
    may_support = (at.away <= at.window) & there
    why = np.where(may_support & (longest <= at.window), np.int8(_WINDOW), np.int8(_DATE_OPEN))
    why[one_day] = _ONE_DAY
    why[own] = 0
    no = np.zeros(len(c), dtype=np.bool_)
    precise = (at.day_c0 == at.day_c1) & (at.day_e0 == at.day_e1)
    other = (at.apart > at.window) & there
    if timed is not False:
        other |= timed & (at.c0 != at.e0) & (at.window == 0) & there
    return Times(other, ~own, ~own, no, no, at.may_be_one & there, may_support, one_day, precise, why)


def _running(
    claims: ClaimColumns, estimates: EstimateColumns, c: Rows, e: Rows, policy: Policy, kind: int
) -> Times:
    """A running count never falls: an earlier one is a floor, a later one a ceiling."""
    at = _Moments.of(claims, estimates, c, e, policy, EVER)
    undated = estimates.undated.take(e)
    top, bottom = ~at.not_earlier | undated, ~at.not_later | undated
    earlier, later = at.earlier & ~undated, at.later & ~undated
    may_support = (~at.loose | (at.away <= at.window)) & ~undated
    one_day = at.one_day & ~undated
    why = np.where(top, np.int8(_FLOOR), np.where(bottom, np.int8(_CEILING), np.int8(0)))
    why[top & bottom] = _DATE_OPEN
    why[top & bottom & one_day] = _ONE_DAY
    no = np.zeros(len(c), dtype=np.bool_)
    may_agree = at.may_be_one & ~undated
    return Times(no, top, bottom, earlier, later, may_agree, may_support, one_day, one_day, why)


def _spans(
    claims: ClaimColumns, estimates: EstimateColumns, c: Rows, e: Rows, policy: Policy, kind: int
) -> Times:
    """What is over a period: a total, an average, a change."""
    loose = ~claims.dated.take(c) | estimates.by_page.take(e) | estimates.undated.take(e)
    if not loose.any():
        return _typed_spans(claims, estimates, c, e, kind)
    found = Times.none(len(c))
    typed, rest = np.flatnonzero(~loose), np.flatnonzero(loose)
    if len(typed):
        found.put(typed, _typed_spans(claims, estimates, c.take(typed), e.take(typed), kind))
    found.put(rest, _loose_spans(claims, estimates, c.take(rest), e.take(rest), policy, kind))
    return found


def _typed_spans(claims: ClaimColumns, estimates: EstimateColumns, c: Rows, e: Rows, kind: int) -> Times:
    cs1, cs2 = claims.start.take(c), claims.start_to.take(c)
    ce1, ce2 = claims.end_from.take(c), claims.end.take(c)
    es1, es2 = estimates.start.take(e), estimates.start_to.take(e)
    ee1, ee2 = estimates.end_from.take(e), estimates.end.take(e)
    no, yes = np.zeros(len(c), dtype=np.bool_), np.ones(len(c), dtype=np.bool_)
    named = claims.name.take(c) == estimates.name.take(e)
    may = (es1 <= cs2) & (cs1 <= es2) & (ee1 <= ce2) & (ce1 <= ee2)
    sure = (es1 == es2) & (cs1 == cs2) & (ee1 == ee2) & (ce1 == ce2)
    own = named | (may & sure)
    may = may | named
    if kind == TOTALS:
        inside, around = (es1 >= cs2) & (ee2 <= ce1), (es2 <= cs1) & (ee1 >= ce2)
        may_inside, may_around = (es2 >= cs1) & (ee1 <= ce2), (es1 <= cs2) & (ee2 >= ce1)
        top, bottom = ~(around | own), ~(inside | own)
        why = np.where(top & bottom, _DATE_OPEN, np.where(top, _FLOOR, np.where(bottom, _CEILING, 0))).astype(
            np.int8
        )
        floor, ceiling = may_inside & ~may, may_around & ~may
        return Times(~(may_inside | may_around | may), top, bottom, floor, ceiling, may, yes, own, own, why)
    if kind == CHANGES:
        ours, theirs = claims.base_start.take(c), estimates.base_start.take(e)
        our_end, their_end = claims.base_end.take(c), estimates.base_end.take(e)
        other_base = (ours != 0) & (theirs != 0) & ((ours != theirs) | (our_end != their_end))
        why = np.where(own, 0, _DATE_OPEN).astype(np.int8)
        return Times(~may | other_base, ~own, ~own, no, no, may, yes, own, own, why)
    touching = (es1 <= ce2) & (cs1 <= ee2)
    shared = np.minimum(ce2, ee2) - np.maximum(cs1, es1) + 1
    longer = np.maximum(ce1 - cs2, ee1 - es2) + 1
    why = np.where(own, 0, np.where(may, _DATE_OPEN, _OVERLAPPING)).astype(np.int8)
    half = own | (2 * shared >= longer)
    return Times(~touching & ~own, ~own, ~own, no, no, may, half, own, own | ~may, why)


def _loose_spans(
    claims: ClaimColumns, estimates: EstimateColumns, c: Rows, e: Rows, policy: Policy, kind: int
) -> Times:
    """Of a period that is not typed no more is known than that it ended by the day of the page or article."""
    window, _ = _windows(claims, estimates, c, e, policy, policy.window_days)
    dated, by_page, undated = (
        claims.dated.take(c), estimates.by_page.take(e), estimates.undated.take(e)
    )  # fmt: skip
    article, page = claims.published.take(c), estimates.end.take(e)
    begun = np.where(dated, claims.start.take(c), -EVER) <= page
    after = (page - claims.end.take(c) <= window) & (
        (page - claims.end_from.take(c) >= -window) | (kind == AVERAGES)
    )
    told = (estimates.start.take(e) <= article) & (article - estimates.end.take(e) <= window)
    may = np.where(dated, begun & after, np.where(by_page, np.abs(page - article) <= window, told)) & ~undated
    other = np.where(dated, ~begun, ~by_page & (estimates.start.take(e) > article)) & ~undated
    no, yes = np.zeros(len(c), dtype=np.bool_), np.ones(len(c), dtype=np.bool_)
    why = np.full(len(c), _DATE_OPEN, dtype=np.int8)
    return Times(other, yes, yes.copy(), no, no.copy(), may, may.copy(), no.copy(), no.copy(), why)


def _lengths(
    claims: ClaimColumns, estimates: EstimateColumns, c: Rows, e: Rows, policy: Policy, kind: int
) -> Times:
    """A duration is of other time only where both sides type periods that do not touch."""
    typed = claims.dated.take(c) & ~estimates.by_page.take(e) & ~estimates.undated.take(e)
    apart = (estimates.start.take(e) > claims.end.take(c)) | (claims.start.take(c) > estimates.end.take(e))
    found = Times.none(len(c))
    found.other = typed & apart
    return found
