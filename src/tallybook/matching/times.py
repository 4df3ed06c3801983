"""What time does to pairs of a claim and an estimate: section 2.5 of the law, on arrays.

To differ, a rule must hold for every day that the dates allow; to agree or support, it is enough that it
holds for one. So an end of an estimate's zone that some allowed day would move is *open* for differing,
while agreement asks whether the two *may* be of one time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Self

import numpy as np

from tallybook.matching.columns import (
    AVERAGES,
    CHANGES,
    LENGTHS,
    POINTS,
    RUNNING,
    TOTALS,
    ClaimColumns,
    Days,
    EstimateColumns,
    Flags,
    Moments,
    Rows,
    Small,
)
from tallybook.matching.pairs import Pairs
from tallybook.quantity import Policy
from tallybook.terms import Reason

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
    certainly is of the claim's time.

    Only where asked for: ``sure``: an agreement needs no "if of that time"; ``why``: code of the reason why
    something is open.
    """

    other: Flags
    top: Flags
    bottom: Flags
    floor: Flags
    ceiling: Flags
    may_agree: Flags
    may_support: Flags
    own: Flags
    sure: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    why: Small = field(default_factory=lambda: np.zeros(0, dtype=np.int8))

    @classmethod
    def none(cls, count: int) -> Times:
        """Time bears on none of so many pairs."""
        no, yes = _none(count), ~_none(count)
        return cls(
            no, no.copy(), no.copy(), no.copy(), no.copy(), yes, yes.copy(), yes.copy(), yes.copy(),
            np.zeros(count, dtype=np.int8),
        )  # fmt: skip

    def put(self, rows: Rows, part: Times) -> None:
        """Set some rows; what ``part`` does not tell stays."""
        for each in fields(self):
            if len(values := getattr(part, each.name)):
                getattr(self, each.name)[rows] = values

    def take(self, rows: Rows) -> Self:
        told = (getattr(self, each.name) for each in fields(self))
        return type(self)(*(values.take(rows) if len(values) else values for values in told))


def _none(count: int) -> Flags:
    return np.zeros(count, dtype=np.bool_)


@dataclass(frozen=True)
class Dates:
    """The days of claims and estimates as the rules need them, a row each; set once for all their pairs.

    ``our_*`` of claims: ``window`` beside a figure without a date of its own, ``window_dated`` beside one
    that has one; ``near``: the first day, or where none is typed the article's; ``slack``: how many days
    before that it may be; ``day``: the one day that it is of, −1 if there are several. ``their_*`` of
    estimates likewise; there −2.
    """

    claims: ClaimColumns
    estimates: EstimateColumns
    policy: Policy

    @cached_property
    def window(self) -> Days:
        own = self.claims.window
        return np.where(own >= 0, own, np.int32(self.policy.window_days))

    @cached_property
    def window_dated(self) -> Days:
        """Two days are two where the measure says nothing else."""
        return np.maximum(self.claims.window, np.int32(0))

    @cached_property
    def our_near(self) -> Days:
        first, last = self.claims.days
        return np.where(self.claims.dated, first, last)

    @cached_property
    def our_slack(self) -> Days:
        return np.where(self.claims.dated, np.int32(0), self.window)

    @cached_property
    def our_day(self) -> Days:
        first, last = self.claims.days
        return np.where(first == last, first, np.int32(-1))

    @cached_property
    def their_near(self) -> Days:
        first, last = self.estimates.days
        return np.where(self.estimates.by_page, last, first)

    @cached_property
    def their_day(self) -> Days:
        first, last = self.estimates.days
        return np.where((first == last) & ~self.estimates.undated, first, np.int32(-2))

    @cached_property
    def timed(self) -> bool:
        """Whether any has hours. Without, a moment before the end of a day is not before that day."""
        return self.claims.timed or self.estimates.timed

    @cached_property
    def sure(self) -> tuple[Flags, Flags]:
        """Whether both ends of a period are known to the day, of claims and of estimates."""
        return _exact(self.claims), _exact(self.estimates)


def _exact(side: ClaimColumns | EstimateColumns) -> Flags:
    return (side.start == side.start_to) & (side.end_from == side.end)


def times(dates: Dates, pairs: Pairs, *, told: bool = False) -> Times:
    """Of some pairs whose claims are of one rule of time. ``told``: with the reasons."""
    rules = {
        POINTS: _points,
        RUNNING: _running,
        TOTALS: _spans,
        AVERAGES: _spans,
        CHANGES: _spans,
        LENGTHS: _lengths,
    }
    if not len(pairs):
        return Times.none(0)
    kind = int(dates.claims.time[pairs.claims[0]])
    return rules[kind](dates, pairs, kind, told) if kind in rules else Times.none(len(pairs))


@dataclass(frozen=True)
class _Moments:
    """Of some pairs: the days of claim and estimate, and their moments, which are those days where nobody has
    hours. ``loose``: one of the two has no date of its own."""

    dates: Dates
    pairs: Pairs

    @cached_property
    def days(self) -> tuple[Days, Days, Days, Days]:
        """First and last day of the claim, then of the estimate."""
        (c0, c1), (e0, e1) = self.dates.claims.days, self.dates.estimates.days
        return self.pairs.ours(c0), self.pairs.ours(c1), self.pairs.theirs(e0), self.pairs.theirs(e1)

    @cached_property
    def moments(self) -> tuple[Moments, ...] | tuple[Days, ...]:
        if not self.dates.timed:
            return self.days
        ours, theirs, pairs = self.dates.claims, self.dates.estimates, self.pairs
        return (
            pairs.ours(ours.first),
            pairs.ours(ours.last),
            pairs.theirs(theirs.first),
            pairs.theirs(theirs.last),
        )

    @cached_property
    def by_page(self) -> Flags:
        return self.pairs.theirs(self.dates.estimates.by_page)

    @cached_property
    def loose(self) -> Flags:
        return self.by_page | ~self.pairs.ours(self.dates.claims.dated)

    @cached_property
    def ahead(self) -> Days:
        """By how many days the estimate is later."""
        return self.pairs.theirs(self.dates.their_near) - self.days[1]

    @cached_property
    def behind(self) -> Days:
        return self.pairs.ours(self.dates.our_near) - self.days[3]

    @property
    def near(self) -> Flags:
        """Whether the two may be of one day, one without a date no further than the window before its article
        or page."""
        window, slack = self.pairs.ours(self.dates.window), self.pairs.ours(self.dates.our_slack)
        return ((self.ahead <= 0) | (self.by_page & (self.ahead <= window))) & (self.behind <= slack)

    def within(self, days: Days) -> Flags:
        """Whether so many days are in the window of the pair."""
        loose = days <= self.pairs.ours(self.dates.window)
        return (self.loose & loose) | (~self.loose & (days <= self.pairs.ours(self.dates.window_dated)))

    @cached_property
    def in_window(self) -> Flags:
        """The window is reckoned once: one without a date is of the day of its article or page."""
        return self.within(np.maximum(self.ahead, self.behind))

    @property
    def at_one_hour(self) -> Flags | None:
        """Whether an hour is typed on both sides; None where nobody has hours."""
        if not self.dates.timed:
            return None
        c0, c1, e0, e1 = self.moments
        return (c0 == c1) & (e0 == e1)

    @property
    def one_day(self) -> Flags:
        """Whether both are of one and the same day."""
        return self.pairs.ours(self.dates.our_day) == self.pairs.theirs(self.dates.their_day)

    @property
    def may_be_one(self) -> Flags:
        """Whether they may be of one moment; a figure without a date near its article or page."""
        if not self.dates.timed:
            return self.near
        c0, c1, e0, e1 = self.moments
        return self.near & (self.loose | ((c0 <= e1) & (e0 <= c1)))


def _points(dates: Dates, pairs: Pairs, kind: int, told: bool) -> Times:
    """A stock or a level: on one day compared; within the window it may support, and never differs."""
    at = _Moments(dates, pairs)
    c0, c1, e0, e1 = at.days
    there = ~pairs.theirs(dates.estimates.undated)
    one_day, timed = at.one_day, at.at_one_hour
    other = ~at.within(np.maximum(e0 - c1, c0 - e1)) & there
    own = one_day
    if timed is not None:
        hours_apart = timed & (at.moments[0] != at.moments[2])  # noon and nine in the evening
        one_day = one_day & ~hours_apart
        own = one_day & (timed | ~pairs.ours(dates.claims.by_hour))
        other |= hours_apart & ~at.within(np.ones(len(pairs), dtype=np.int32)) & there
    elif dates.claims.by_hour.any():
        own = one_day & ~pairs.ours(dates.claims.by_hour)
    may_support = at.in_window & there
    open_ = ~own
    no = _none(len(pairs))
    found = Times(other, open_, open_, no, no, at.may_be_one & there, may_support, one_day)
    if told:
        longest = np.maximum(e1 - c0, c1 - e0)
        found.why = np.where(may_support & at.within(longest), np.int8(_WINDOW), np.int8(_DATE_OPEN))
        found.why[one_day] = _ONE_DAY
        found.why[own] = 0
        found.sure = (c0 == c1) & (e0 == e1)
    return found


def _running(dates: Dates, pairs: Pairs, kind: int, told: bool) -> Times:
    """A running count never falls: an earlier one is a floor, a later one a ceiling."""
    at = _Moments(dates, pairs)
    c0, c1, e0, e1 = at.moments
    there = ~pairs.theirs(dates.estimates.undated)
    earlier, later = (e1 < c0) & there, (e0 > c1) & there
    if dates.timed:  # one moment is no later than itself
        top, bottom = ~((c1 <= e0) & there), ~((e1 <= c0) & there)
    else:
        top, bottom = ~later, ~earlier
    one_day = at.one_day
    no = _none(len(pairs))
    may_support = (~at.loose | at.in_window) & there
    found = Times(no, top, bottom, earlier, later, at.may_be_one & there, may_support, one_day)
    if told:
        found.why = np.where(top, np.int8(_FLOOR), np.where(bottom, np.int8(_CEILING), np.int8(0)))
        found.why[top & bottom] = _DATE_OPEN
        found.why[top & bottom & one_day] = _ONE_DAY
        found.sure = one_day
    return found


def _spans(dates: Dates, pairs: Pairs, kind: int, told: bool) -> Times:
    """What is over a period: a total, an average, a change."""
    undated = dates.estimates.by_page | dates.estimates.undated
    loose = ~pairs.ours(dates.claims.dated) | pairs.theirs(undated)
    found = _typed_spans(dates, pairs, kind, told)
    rows = np.flatnonzero(loose)
    if len(rows):
        found.put(rows, _loose_spans(dates, pairs.at(rows), kind, told))
    return found


def _typed_spans(dates: Dates, pairs: Pairs, kind: int, told: bool) -> Times:
    claims, estimates = dates.claims, dates.estimates
    cs1, cs2 = pairs.ours(claims.start), pairs.ours(claims.start_to)
    ce1, ce2 = pairs.ours(claims.end_from), pairs.ours(claims.end)
    es1, es2 = pairs.theirs(estimates.start), pairs.theirs(estimates.start_to)
    ee1, ee2 = pairs.theirs(estimates.end_from), pairs.theirs(estimates.end)
    may = (es1 <= cs2) & (cs1 <= es2) & (ee1 <= ce2) & (ce1 <= ee2)
    named = pairs.ours(claims.name) == pairs.theirs(estimates.name)
    ours, theirs = dates.sure
    own = named | (may & pairs.ours(ours) & pairs.theirs(theirs))
    may |= named
    if kind == TOTALS:
        inside, around = (es1 >= cs2) & (ee2 <= ce1), (es2 <= cs1) & (ee1 >= ce2)
        may_inside, may_around = (es2 >= cs1) & (ee1 <= ce2), (es1 <= cs2) & (ee2 >= ce1)
        top, bottom = ~(around | own), ~(inside | own)
        other = ~(may_inside | may_around | may)
        found = Times(other, top, bottom, may_inside & ~may, may_around & ~may, may, ~_none(len(pairs)), own)
        if told:
            why = np.where(top, _FLOOR, np.where(bottom, _CEILING, 0))
            found.why = np.where(top & bottom, _DATE_OPEN, why).astype(np.int8)
            found.sure = own.copy()
        return found
    no, open_ = _none(len(pairs)), ~own
    if kind == CHANGES:
        other = ~may
        if claims.base_start.any() and estimates.base_start.any():
            our_base, their_base = pairs.ours(claims.base_start), pairs.theirs(estimates.base_start)
            our_end, their_end = pairs.ours(claims.base_end), pairs.theirs(estimates.base_end)
            other |= (our_base != 0) & (their_base != 0) & ((our_base != their_base) | (our_end != their_end))
        if claims.told.any() and estimates.told.any():
            one_way, certainly = _told_in_two_ways(dates, pairs)
            other, may, own = other & ~one_way, may | one_way, own | certainly
        if claims.unknown.any() or estimates.unknown.any():
            own &= ~(pairs.ours(claims.unknown) | pairs.theirs(estimates.unknown))
        open_ = ~own
        found = Times(other, open_, open_.copy(), no, no.copy(), may, ~_none(len(pairs)), own)
        if told:
            found.why, found.sure = np.where(own, 0, _DATE_OPEN).astype(np.int8), own.copy()
        return found
    touching = (es1 <= ce2) & (cs1 <= ee2)
    shared = np.minimum(ce2, ee2) - np.maximum(cs1, es1) + 1
    longer = np.maximum(ce1 - cs2, ee1 - es2) + 1
    half = own | (2 * shared >= longer)
    found = Times(~touching & open_, open_, open_.copy(), no, no.copy(), may, half, own)
    if told:
        found.why = np.where(own, 0, np.where(may, _DATE_OPEN, _OVERLAPPING)).astype(np.int8)
        found.sure = own | ~may
    return found


def _told_in_two_ways(dates: Dates, pairs: Pairs) -> tuple[Flags, Flags]:
    """Whether two changes between points of time, one told by its base and the other as a period, (may be,
    certainly are) of one time: ``ChangeEnds`` in columns."""
    claims, estimates = dates.claims, dates.estimates
    ours, theirs = pairs.ours(claims.told), pairs.theirs(estimates.told)
    may = (ours != 0) & (theirs != 0) & (ours != theirs)
    for start, end in (("earlier_start", "earlier_end"), ("later_start", "later_end")):
        may &= pairs.ours(getattr(claims, start)) <= pairs.theirs(getattr(estimates, end))
        may &= pairs.theirs(getattr(estimates, start)) <= pairs.ours(getattr(claims, end))
    return may, may & pairs.ours(claims.certain) & pairs.theirs(estimates.certain)


def _loose_spans(dates: Dates, pairs: Pairs, kind: int, told: bool) -> Times:
    """Of a period that is not typed no more is known than that it ended by the day of the page or article."""
    claims, estimates = dates.claims, dates.estimates
    window = pairs.ours(dates.window)
    dated, by_page, undated = (
        pairs.ours(claims.dated), pairs.theirs(estimates.by_page), pairs.theirs(estimates.undated)
    )  # fmt: skip
    article, page, start = (
        pairs.ours(claims.published),
        pairs.theirs(estimates.end),
        pairs.theirs(estimates.start),
    )
    begun = pairs.ours(claims.start) <= page
    after = (page - pairs.ours(claims.end) <= window) & (
        (page - pairs.ours(claims.end_from) >= -window) | (kind == AVERAGES)
    )
    told_by_then = (start <= article) & (article - page <= window)
    on_page = (by_page & (np.abs(page - article) <= window)) | (~by_page & told_by_then)
    may = ((dated & begun & after) | (~dated & on_page)) & ~undated
    other = ((dated & ~begun) | (~dated & ~by_page & (start > article))) & ~undated
    no = _none(len(pairs))
    found = Times(other, ~no, ~no, no, no.copy(), may, may.copy(), no.copy())
    if told:
        found.why, found.sure = np.full(len(pairs), _DATE_OPEN, dtype=np.int8), no.copy()
    return found


def _lengths(dates: Dates, pairs: Pairs, kind: int, told: bool) -> Times:
    """A duration is of other time only where both sides type periods that do not touch."""
    claims, estimates = dates.claims, dates.estimates
    typed = pairs.ours(claims.dated) & ~pairs.theirs(estimates.by_page | estimates.undated)
    later = pairs.theirs(estimates.start) > pairs.ours(claims.end)
    earlier = pairs.theirs(estimates.end) < pairs.ours(claims.start)
    found = Times.none(len(pairs))
    found.other = typed & (later | earlier)
    return found
