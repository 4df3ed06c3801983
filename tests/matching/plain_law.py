"""The law of comparison in plain Python, one claim and one estimate at a time, as sections 2 and 3 put it.

It knows nothing of arrays. A claim and an estimate are tuples of numbers and flags, named as the columns are.
"""

from __future__ import annotations

import math
from collections import namedtuple
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from tallybook.matching.columns import (
    AS_A_PERIOD,
    AVERAGES,
    BY_BASE,
    CHANGES,
    LENGTHS,
    MINUTES,
    POINTS,
    RUNNING,
    STATUSES,
    TIMELESS,
    TOTALS,
    ClaimColumns,
    EstimateColumns,
)
from tallybook.quantity import Policy
from tallybook.terms import Reason

_OBSERVED = STATUSES.index("observed")
_EXPECTED = (STATUSES.index("forecast"), STATUSES.index("planned"))
_BIT = 1e-9
"""Two numbers that part by less than this fraction are one: units are converted in floating point."""

OneClaim = Any
OneEstimate = Any
_CLAIM = namedtuple("_CLAIM", [f.name for f in fields(ClaimColumns)])  # type: ignore[misc]
_ESTIMATE = namedtuple("_ESTIMATE", [f.name for f in fields(EstimateColumns)])  # type: ignore[misc]


def rows(columns: ClaimColumns | EstimateColumns, wanted: Iterable[int]) -> Iterator[Any]:
    """Some rows of columns as records."""
    kind: Any = _CLAIM if isinstance(columns, ClaimColumns) else _ESTIMATE
    for k in wanted:
        yield kind(*(getattr(columns, name)[k].item() for name in kind._fields))


class When(NamedTuple):
    """What time does. ``top``, ``bottom``: that end is open for differing; ``floor``, ``ceiling``: it is no
    more than that; ``may_agree``, ``may_support``: some day that the dates allow would let it; ``own``: the
    two certainly are of one time; ``known``: the dates leave nothing open of which "if of that time" would
    have to be said; ``why``: the reason why something is open."""

    other: bool = False
    top: bool = False
    bottom: bool = False
    floor: bool = False
    ceiling: bool = False
    may_agree: bool = True
    may_support: bool = True
    own: bool = True
    known: bool = True
    why: Reason | None = None


_DATE_OPEN = When(
    top=True,
    bottom=True,
    may_agree=False,
    may_support=False,
    own=False,
    known=False,
    why=Reason.DATE_OPEN,
)
"""Of two figures of which nobody knows how their times lie to each other."""


class Said(NamedTuple):
    """``told``: the relation, or why the two cannot be compared; of the latter, ``would``: the relation were
    the reason away; None where that cannot be said. The rest is of comparable pairs: see ``Bearings``."""

    told: str
    would: str | None = None
    why: Reason | None = None
    if_of_that_time: bool = False
    own_time: bool = False
    may_agree: bool = False
    floor: bool = False
    ceiling: bool = False
    opening: Reason | None = None
    gap: float = math.nan


class Side(NamedTuple):
    """The figure of one side, turned the way of the other and widened by the tolerance."""

    number: tuple[float, float]
    low: float
    high: float
    low_open: bool
    high_open: bool
    half: tuple[float, float]
    bound: int


def bears(
    claim: OneClaim, estimate: OneEstimate, policy: Policy, inner: frozenset[tuple[int, int]] = frozenset()
) -> Said:
    """How an estimate bears on a claim of its measure, or the reason why the two cannot be compared."""
    when = _time(claim, estimate, policy)
    lies_in = claim.adds_up and (estimate.scope, claim.scope) in inner
    lies_around = claim.adds_up and (claim.scope, estimate.scope) in inner
    reason = _refused(claim, estimate, when, claim.scope == estimate.scope or lies_in or lies_around)
    if reason:
        return Said(reason, _would(claim, estimate, policy, reason))
    if (estimate.part and not claim.part) or lies_in:
        when = _no_more_than(when, Reason.FLOOR)._replace(top=True, floor=True)
    if (claim.part and not estimate.part) or lies_around:
        when = _no_more_than(when, Reason.CEILING)._replace(bottom=True, ceiling=True)
    if estimate.provisional and when.floor:
        # it may be lowered, so it is no floor
        when = when._replace(bottom=True, may_support=False, why=Reason.PROVISIONAL)
    relation, why, gap = _relation(claim, estimate, when, policy)
    confirms = relation in ("agrees", "supports")
    if estimate.vague == 2 and not confirms:
        return Said("too vague", _would(claim, estimate, policy, "too vague"))
    # what is no more than a floor or a ceiling is of another time, and supports as that
    if_so = confirms and not (when.known or when.floor or when.ceiling)
    return Said(
        relation,
        None,
        why,
        if_so,
        when.own,
        when.may_agree,
        when.floor,
        when.ceiling,
        when.why,
        gap,
    )


def nearness(said: Said) -> int:
    """How near to the claim's time it speaks for its family: its own, a possible one, another, none."""
    if said.why is None:
        return 3
    return 0 if said.own_time else 1 if said.may_agree else 2


def _no_more_than(when: When, bound: Reason) -> When:
    """A part, or what lies inside or around: never of the claim's own whole."""
    known = when.why not in (None, Reason.ONE_DAY)
    return when._replace(may_agree=False, own=False, why=when.why if known else bound)


def _would(claim: OneClaim, estimate: OneEstimate, policy: Policy, reason: str) -> str | None:
    """How it would bear, were it of the same status, part, scope and time."""
    if reason == "refused" or not estimate.valued:
        return None
    return _relation(claim, estimate, When(), policy)[0]


def _refused(claim: OneClaim, estimate: OneEstimate, when: When, same_scope: bool) -> str:
    """The first test that fails, in the order of the law; "" if none does."""
    if estimate.refused:
        return "refused"
    if claim.status != estimate.status:
        outcome = claim.status in _EXPECTED and estimate.status == _OBSERVED and not when.other
        return "outcome" if outcome else "other status"
    other_part = claim.part != estimate.part
    two_parts = claim.part and estimate.part  # nobody says how they lie to each other
    tests = (
        (other_part and (two_parts or not claim.adds_up), "part"),
        (not same_scope, "other scope"),
        (not estimate.valued, "no number"),
        (estimate.vague == 1, "too vague"),
        (estimate.superseded, "superseded"),
        (estimate.lowered and when.floor, "lowered since"),
        (when.other, "other time"),
    )
    return next((reason for failed, reason in tests if failed), "")


# Time


def _time(claim: OneClaim, estimate: OneEstimate, policy: Policy) -> When:
    if claim.time == TIMELESS:
        return When()
    by_day = estimate.by_page or not claim.dated
    window = claim.window if claim.window >= 0 else policy.window_days if by_day else None
    if claim.time == POINTS:
        return _point(claim, estimate, window or 0)
    if claim.time == RUNNING:
        return _running(claim, estimate, window if by_day else None)
    if claim.time == LENGTHS:
        typed = claim.dated and not (estimate.by_page or estimate.undated)
        return When(other=typed and (estimate.start > claim.end or claim.start > estimate.end))
    if by_day or estimate.undated:
        return _loose(claim, estimate, policy.window_days if window is None else window)
    return {TOTALS: _total, AVERAGES: _average, CHANGES: _change}[claim.time](claim, estimate)


def _days(side: Any) -> tuple[int, int]:
    return side.first // MINUTES, side.last // MINUTES


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _may_be_of_one_moment(claim: OneClaim, estimate: OneEstimate, window: int) -> bool:
    """A figure without a date is taken to be no further than the window before its article or page."""
    (ours, our_end), (theirs, their_end) = _days(claim), _days(estimate)
    ours = ours if claim.dated else our_end - window
    theirs = their_end - window if estimate.by_page else theirs
    if _apart((ours, our_end), (theirs, their_end)):
        return False
    loose = estimate.by_page or not claim.dated
    return loose or (claim.first <= estimate.last and estimate.first <= claim.last)


def _away(claim: OneClaim, estimate: OneEstimate) -> int:
    """Days between the two; of a figure without a date from the day of its article or page."""
    (ours, our_end), (theirs, their_end) = _days(claim), _days(estimate)
    ours = ours if claim.dated else our_end
    theirs = their_end if estimate.by_page else theirs
    return _apart((ours, our_end), (theirs, their_end))


def _one_known_day(claim: OneClaim, estimate: OneEstimate) -> bool:
    return not estimate.undated and len({*_days(claim), *_days(estimate)}) == 1


def _furthest(claim: OneClaim, estimate: OneEstimate) -> int:
    """How many days apart the two can be at most."""
    (ours, our_end), (theirs, their_end) = _days(claim), _days(estimate)
    return max(their_end - ours, our_end - theirs)


def _point(claim: OneClaim, estimate: OneEstimate, window: int) -> When:
    """A stock or a level. Of one day it is compared: a level without hours cannot differ."""
    if estimate.undated:
        return _DATE_OPEN
    hours = claim.first == claim.last and estimate.first == estimate.last
    two_hours = hours and claim.first != estimate.first
    one_day = _one_known_day(claim, estimate) and not two_hours
    open_ = not one_day or (claim.by_hour and not hours)
    may_support = _away(claim, estimate) <= window
    why = None
    if one_day and open_:
        why = Reason.ONE_DAY
    elif open_:
        # every day that the dates allow must lie in the window
        why = Reason.WINDOW if _furthest(claim, estimate) <= window else Reason.DATE_OPEN
    return When(
        other=_apart(_days(claim), _days(estimate)) > window or (window == 0 and two_hours),
        top=open_,
        bottom=open_,
        may_agree=_may_be_of_one_moment(claim, estimate, window),
        may_support=may_support,
        own=one_day,
        known=len({*_days(claim)}) == len({*_days(estimate)}) == 1,
        why=why,
    )


def _running(claim: OneClaim, estimate: OneEstimate, window: int | None) -> When:
    """A count that only grows: an earlier one is a floor, a later one a ceiling."""
    if estimate.undated:
        return _DATE_OPEN
    near = 10**7 if window is None else window
    top, bottom = claim.last > estimate.first, estimate.last > claim.first
    one_day = _one_known_day(claim, estimate)
    if top and bottom:
        why = Reason.ONE_DAY if one_day else Reason.DATE_OPEN
    else:
        why = Reason.FLOOR if top else Reason.CEILING if bottom else None
    return When(
        top=top,
        bottom=bottom,
        floor=estimate.last < claim.first,
        ceiling=estimate.first > claim.last,
        may_agree=_may_be_of_one_moment(claim, estimate, near),
        may_support=window is None or _away(claim, estimate) <= window,
        own=one_day,
        known=one_day,
        why=why,
    )


def _ends(side: Any) -> tuple[int, int, int, int]:
    return side.start, side.start_to, side.end_from, side.end


def _same_period(claim: OneClaim, estimate: OneEstimate) -> tuple[bool, bool]:
    """(certainly, possibly): periods named alike are the same, others if their ends are."""
    (s1, s2, e1, e2), (t1, t2, f1, f2) = _ends(claim), _ends(estimate)
    if claim.name == estimate.name:
        return True, True
    may = t1 <= s2 and s1 <= t2 and f1 <= e2 and e1 <= f2
    return may and s1 == s2 == t1 == t2 and e1 == e2 == f1 == f2, may


def _total(claim: OneClaim, estimate: OneEstimate) -> When:
    """A period inside the claim's is a floor, one around it a ceiling."""
    (s1, s2, e1, e2), (t1, t2, f1, f2) = _ends(claim), _ends(estimate)
    same, may = _same_period(claim, estimate)
    may_inside, may_around = t2 >= s1 and f1 <= e2, t1 <= s2 and f2 >= e1
    top, bottom = not (same or (t2 <= s1 and f1 >= e2)), not (same or (t1 >= s2 and f2 <= e1))
    one_end = Reason.FLOOR if top else Reason.CEILING if bottom else None
    return When(
        other=not (may_inside or may_around or may),
        top=top,
        bottom=bottom,
        floor=may_inside and not may,
        ceiling=may_around and not may,
        may_agree=may,
        own=same,
        known=same,
        why=Reason.DATE_OPEN if top and bottom else one_end,
    )


def _average(claim: OneClaim, estimate: OneEstimate) -> When:
    """Periods that overlap never differ; they may support where half of the longer one is shared."""
    (s1, s2, e1, e2), (t1, t2, f1, f2) = _ends(claim), _ends(estimate)
    same, may = _same_period(claim, estimate)
    shared = min(e2, f2) - max(s1, t1) + 1
    longer = max(e1 - s2, f1 - t2) + 1
    return When(
        other=not same and not (t1 <= e2 and s1 <= f2),
        top=not same,
        bottom=not same,
        may_agree=may,
        may_support=same or 2 * shared >= longer,
        own=same,
        known=same or not may,
        why=None if same else Reason.DATE_OPEN if may else Reason.OVERLAPPING,
    )


def _change(claim: OneClaim, estimate: OneEstimate) -> When:
    same, may = _same_period(claim, estimate)
    ours, theirs = (claim.base_start, claim.base_end), (estimate.base_start, estimate.base_end)
    other_base = bool(ours[0] and theirs[0]) and ours != theirs
    one_way = (
        {claim.told, estimate.told} == {BY_BASE, AS_A_PERIOD}
        and not _apart(
            (claim.earlier_start, claim.earlier_end), (estimate.earlier_start, estimate.earlier_end)
        )
        and not _apart((claim.later_start, claim.later_end), (estimate.later_start, estimate.later_end))
    )
    other = (not may or other_base) and not one_way
    same, may = same or (one_way and claim.certain and estimate.certain), may or one_way
    same = same and not (claim.unknown or estimate.unknown)
    return When(
        other=other,
        top=not same,
        bottom=not same,
        may_agree=may,
        own=same,
        known=same,
        why=None if same else Reason.DATE_OPEN,
    )


def _loose(claim: OneClaim, estimate: OneEstimate, window: int) -> When:
    """Of a period that is not typed no more is known than that it ended by the day of the article or page."""
    if estimate.undated:
        return _DATE_OPEN
    page, article = estimate.end, claim.published
    if claim.dated:
        begun = claim.start <= page
        over = claim.time == AVERAGES or page - claim.end_from >= -window
        may = begun and over and page - claim.end <= window
        return _DATE_OPEN._replace(other=not begun, may_agree=may, may_support=may)
    if estimate.by_page:
        may = abs(page - article) <= window
        return _DATE_OPEN._replace(may_agree=may, may_support=may)
    begun = estimate.start <= article
    may = begun and article - estimate.end <= window
    return _DATE_OPEN._replace(other=not begun, may_agree=may, may_support=may)


# Numbers


def _side(row: Any, tolerance: float) -> Side:
    below, above = tolerance * abs(row.core_low), tolerance * abs(row.core_high)
    return Side(
        (row.core_low, row.core_high),
        row.low - below,
        row.high + above,
        row.low_open and not tolerance,
        row.high_open and not tolerance,
        (row.half_low, row.half_high),
        row.bound,
    )


def _way(claim: OneClaim, tolerance: float) -> tuple[float, float]:
    """The claim’s zone, each end that is included moved out by half its grain; a tolerance includes both."""
    if not tolerance:
        return claim.way_low, claim.way_high
    side = _side(claim, tolerance)
    return side.low - side.half[0], side.high + side.half[1]


def _mirrored(side: Side) -> Side:
    (low, high), (below, above) = side.number, side.half
    return Side(
        (-high, -low), -side.high, -side.low, side.high_open, side.low_open, (above, below), -side.bound
    )


def _relation(
    claim: OneClaim, estimate: OneEstimate, when: When, policy: Policy
) -> tuple[str, Reason, float]:
    """(relation, reason, gap from the claim's number to the estimate's, NaN if they do not differ)."""
    ours, theirs = _side(claim, policy.tolerance), _side(estimate, policy.tolerance)
    ways = (claim.direction, estimate.direction)
    fell = (claim.direction < 0 and claim.spoken) or (estimate.direction < 0 and estimate.spoken)
    if 0 in ways and fell:
        theirs = _mirrored(theirs)  # one gives no direction: it is compared by its size
    opposite = 0 not in ways and ways[0] != ways[1]
    more_ours, more_theirs = _completed(claim, estimate)
    ours = ours._replace(high=ours.high + more_ours)
    theirs = theirs._replace(high=theirs.high + more_theirs)
    if claim.contradictory or estimate.contradictory:
        return "compatible", Reason.MIXED, math.nan
    away = max(abs(a - b) for a, b in zip(ours.number, theirs.number, strict=True))
    largest = max(abs(number) for number in (*ours.number, *theirs.number))
    same = claim.same > 0 and away <= claim.same * largest * (1 + _BIT)
    single = claim.single or estimate.single
    apart = (not when.top and _below(theirs, ours, single)) or (
        not when.bottom and _below(ours, theirs, single)
    )
    strict = (_leaves_out(ours) or _leaves_out(theirs)) and away <= _BIT * largest
    gap = max(theirs.low - ours.high, ours.low - theirs.high, 0.0)
    spread = claim.spread > 0 and gap <= claim.spread * (1 + 1e-6)
    if apart and not spread and (opposite or strict or not same):
        opened = Reason.FLOOR if when.top else Reason.CEILING if when.bottom else Reason.APART
        return "differs", Reason.OPPOSITE if opposite else opened, _gap(ours.number, theirs.number)
    if when.may_agree and not opposite and _from_below(claim, estimate, ours, theirs):
        near = _near(claim, estimate, ours, theirs)
        if ours.bound or theirs.bound:
            if ours.bound == theirs.bound and away <= _BIT * largest:
                return "agrees", Reason.ONE_BOUND, math.nan
        elif near or same:
            return "agrees", Reason.ROUNDING if near else Reason.SAME, math.nan
    # below its top a ceiling may be anything that the measure can be
    way_low, way_high = _way(claim, policy.tolerance)
    least = 0.0 if theirs.low >= 0 else -math.inf  # of what is none or more
    low = (way_low if ours.bound < 0 else least) if when.ceiling else theirs.low
    high = math.inf if when.floor else theirs.high
    low_too = ours.low_open and not (theirs.low_open or when.ceiling)
    inside = _at_least(low, way_low, low_too)
    inside = inside and _at_least(way_high + more_ours, high, ours.high_open and not theirs.high_open)
    meant = _at_least(theirs.number[0], claim.meant_low) and _at_least(
        claim.meant_high + more_ours, theirs.number[1]
    )
    if when.may_support and not opposite and inside and meant:
        return "supports", Reason.INSIDE, math.nan
    bounded = ours.bound or theirs.bound
    tests = (
        (when.why, when.why is not None),
        (Reason.SPREAD, apart and spread),
        (Reason.MARGIN, claim.margin or estimate.margin),
        (Reason.UNIT, (claim.several or estimate.several) and not bounded),
        (Reason.ROUND_NUMBER, (claim.round or estimate.round) and not bounded),
        (Reason.FAR_INSIDE, ours.bound and inside),
    )
    why = next((reason for reason, holds in tests if holds), Reason.OVERLAP)
    assert why is not None
    return "compatible", why, math.nan


def _gap(ours: tuple[float, float], theirs: tuple[float, float]) -> float:
    """From the nearest number of the claim to the nearest of the estimate: above zero where that is more."""
    if theirs[0] > ours[1]:
        return theirs[0] - ours[1]
    return theirs[1] - ours[0] if theirs[1] < ours[0] else 0.0


def _completed(claim: OneClaim, estimate: OneEstimate) -> tuple[float, float]:
    """An age in whole units may be one of completed units, beside a finer figure."""
    ours = claim.completed if estimate.half_high < claim.half_high else 0.0
    theirs = estimate.completed if claim.half_high < estimate.half_high else 0.0
    return ours, theirs


def _leaves_out(side: Side) -> bool:
    """Whether it is a bound that leaves its own number out: "over", "under"."""
    return side.bound != 0 and (side.low_open or side.high_open)


def _below(lower: Side, upper: Side, single: bool) -> bool:
    """Whether all of one zone lies below the other. Two roundings that only touch meet, unless one of them is
    printed with a single figure."""
    ends = (lower.high, upper.low)
    if not any(map(math.isinf, ends)) and abs(lower.high - upper.low) <= _BIT * max(
        abs(lower.high), abs(upper.low)
    ):
        both_wide = lower.high > lower.low and upper.high > upper.low and not (lower.bound or upper.bound)
        return lower.high_open or upper.low_open or (single and both_wide)
    return lower.high < upper.low


def _from_below(claim: OneClaim, estimate: OneEstimate, ours: Side, theirs: Side) -> bool:
    """ "Nearly" names a number that is not reached, of a fall a depth."""
    if claim.from_below == estimate.from_below:
        return True
    nearly, other = (ours, theirs) if claim.from_below else (theirs, ours)
    return _at_least(max(map(abs, nearly.number)), max(map(abs, other.number)))


def _near(claim: OneClaim, estimate: OneEstimate, ours: Side, theirs: Side) -> bool:
    """One number within half the coarser fine grain; a fraction in words has none."""
    digits = not (claim.digitless or estimate.digitless)
    return all(
        abs(a - b) <= (max(x, y) if digits else 0.0) + _BIT * max(abs(a), abs(b))
        for a, b, x, y in zip(ours.number, theirs.number, ours.half, theirs.half, strict=True)
    )


def _at_least(number: float, least: float, left_out: bool = False) -> bool:
    """Whether a number is not below another; ``left_out``: nor the same."""
    if math.isinf(number) or math.isinf(least):
        return number >= least
    close = abs(number - least) <= _BIT * max(abs(number), abs(least))
    return not left_out if close else number > least
