"""Made-up claims and estimates, and two other ways to compare them: a plain merge and a plain loop."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from tallybook.matching.columns import (
    AVERAGES,
    CHANGES,
    EVER,
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
from tallybook.matching.numbers import SAME
from tallybook.matching.rules import Context
from tallybook.quantity import Policy
from tallybook.terms import Incomparable, Relation, Status

CLAIMS, ESTIMATES, MEASURES = 10_000, 100_000, 1_000
POLICY = Policy()
_FIRST_DAY = 738_000
_YEARS = 1
_OVER, _UP_TO, _ABOUT = 1, 2, 3
_ADDING = (POINTS, RUNNING, TOTALS)
_OBSERVED = STATUSES.index(Status.OBSERVED)
_EXPECTED = (STATUSES.index(Status.FORECAST), STATUSES.index(Status.PLANNED))


def made_up(claims: int, estimates: int, measures: int, seed: int = 1) -> Context:
    """Figures of a measure scatter around a number of its own, so that some agree and some differ.

    The shares of what is planned, a part, of another scope and without a number or date are about those
    of the first case: two pairs in five are comparable. Without directions, ages, spreads and tolerances.
    """
    random = np.random.default_rng(seed)
    typical = np.exp(random.normal(8, 2, measures))
    time_of = random.integers(TIMELESS, LENGTHS + 1, measures)
    published = _FIRST_DAY + 365 * _YEARS + random.integers(0, 60, claims)
    ours = _shared(random, claims, measures, typical, until=published, dated=random.random(claims) < 0.95)
    on_page = _FIRST_DAY + random.integers(200, 365 * _YEARS + 90, estimates)
    by_page, undated = random.random(estimates) < 0.10, random.random(estimates) < 0.03
    by_page &= ~undated
    theirs = _shared(
        random, estimates, measures, typical,
        until=np.where(undated, EVER, on_page), dated=~(by_page | undated),
    )  # fmt: skip
    core, low, high, half = (ours[name] for name in ("core_low", "low", "high", "half_low"))
    kind = time_of[ours["measure"]]
    meant_low = np.where(np.isneginf(low) | (low == 0), core / POLICY.overshoot, np.maximum(low, core - half))
    meant_high = np.where(np.isinf(high), POLICY.overshoot * core, np.minimum(high, core + half))
    found = ClaimColumns(
        **ours,
        status=np.where(random.random(claims) < 0.05, _EXPECTED[0], _OBSERVED),
        part=np.zeros(claims, dtype=np.int64),
        time=kind,
        published=published,
        window=np.where(kind == POINTS, random.choice([-1, 10], claims), -1),
        by_hour=np.zeros(claims, dtype=np.bool_),
        adds_up=np.isin(kind, _ADDING),
        same=np.full(claims, POLICY.same),
        spread=np.zeros(claims),
        meant_low=meant_low,
        meant_high=meant_high,
        way_low=np.where(ours["low_open"], low, low - half),
        way_high=high + half,
    )
    del theirs["dated"]
    beside = EstimateColumns(
        **theirs,
        status=np.where(random.random(estimates) < 0.10, _EXPECTED[1], _OBSERVED),
        part=(random.random(estimates) < 0.07).astype(np.int64),
        by_page=by_page,
        undated=undated,
        valued=random.random(estimates) < 0.97,
        vague=(random.random(estimates) < 0.01).astype(np.int64),
        refused=random.random(estimates) < 0.005,
        provisional=random.random(estimates) < 0.05,
        superseded=random.random(estimates) < 0.02,
        lowered=random.random(estimates) < 0.02,
        derived=random.random(estimates) < 0.20,
        repeats=random.random(estimates) < 0.30,
        family=random.integers(0, 12, estimates),
        origin=random.integers(0, 30, estimates),
        tier=random.integers(0, 3, estimates),
        published=on_page,
        order=np.arange(estimates),
    )
    return Context(found, beside, np.array([[1, 0]]), POLICY)


def _shared(
    random: Any, count: int, measures: int, typical: Any, *, until: Any, dated: Any
) -> dict[str, Any]:
    measure = random.integers(0, measures, count)
    named = np.maximum(np.round(typical[measure] * np.exp(random.normal(0, 0.2, count)), -1), 10.0)
    modifier = random.integers(0, 4, count)
    start = _FIRST_DAY + random.integers(0, 365 * _YEARS, count) // 30 * 30
    end = start + random.choice([0, 29, 89, 359, 719], count)
    # a tenth of the periods have ends that are known to the month
    loose = np.where(random.random(count) < 0.1, np.minimum(29, end - start), 0)
    slack = np.where(modifier == _ABOUT, 0.1, 0.05) * named
    no, zero = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.int64)
    return {
        "measure": measure,
        "scope": (random.random(count) < 0.12).astype(np.int64) * random.integers(1, 3, count),
        "dated": dated,
        "first": np.where(dated, start, -EVER) * MINUTES,
        "last": np.where(dated, end, until) * MINUTES + MINUTES - 1,
        "start": np.where(dated, start, -EVER),
        "start_to": np.where(dated, start + loose, until),
        "end_from": np.where(dated, end - loose, -EVER),
        "end": np.where(dated, end, until),
        "name": np.where(dated, 1 + start * 1000 + end - start, 0),
        "base_start": zero,
        "base_end": zero,
        "earlier_start": zero,
        "earlier_end": zero,
        "later_start": zero,
        "later_end": zero,
        "told": zero,
        "certain": no,
        "unknown": no,
        "core_low": named,
        "core_high": named,
        "low": np.select([modifier == _OVER, modifier == _UP_TO], [named, 0.0], named - slack),
        "high": np.select([modifier == _OVER, modifier == _UP_TO], [np.inf, named], named + slack),
        "low_open": modifier == _OVER,
        "high_open": no,
        "half_low": 0.01 * named,
        "half_high": 0.01 * named,
        "bound": np.select([modifier == _OVER, modifier == _UP_TO], [1, -1], 0),
        "from_below": no,
        "contradictory": random.random(count) < 0.005,
        "single": random.random(count) < 0.05,
        "round": no,
        "digitless": random.random(count) < 0.02,
        "margin": no,
        "completed": np.zeros(count),
        "direction": zero,
        "spoken": no,
        "several": no,
    }


def frames(case: Context) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What a plain merge needs: row, measure, and the zone."""
    return tuple(  # type: ignore[return-value]
        pd.DataFrame({"row": np.arange(len(c)), "measure": c.measure, "low": c.low, "high": c.high})
        for c in (case.claims, case.estimates)
    )


def merged(claims: pd.DataFrame, estimates: pd.DataFrame) -> int:
    """How many zones of one measure overlap, by one merge and two comparisons; nothing else is asked."""
    pairs = claims.merge(estimates, on="measure")
    return int(((pairs["low_x"] <= pairs["high_y"]) & (pairs["low_y"] <= pairs["high_x"])).sum())


@dataclass(frozen=True, slots=True)
class Figure:
    """One side of a pair: the fields of its row that the loop asks for, by the names of the columns."""

    scope: int
    status: int
    part: int
    start: int
    start_to: int
    end_from: int
    end: int
    name: int
    core_low: float
    core_high: float
    low: float
    high: float
    low_open: bool
    high_open: bool
    half_low: float
    bound: int
    contradictory: bool
    single: bool
    digitless: bool


@dataclass(frozen=True, slots=True)
class OneClaim(Figure):
    time: int
    dated: bool
    published: int
    window: int
    adds_up: bool
    same: float
    meant_low: float
    meant_high: float
    way_low: float
    way_high: float


@dataclass(frozen=True, slots=True)
class OneEstimate(Figure):
    by_page: bool
    undated: bool
    valued: bool
    vague: int
    refused: bool
    provisional: bool
    superseded: bool
    lowered: bool


def records(case: Context, measures: int) -> list[tuple[list[OneClaim], list[OneEstimate]]]:
    """The claims and estimates of the first measures as records, one at a time."""
    found: list[tuple[list[OneClaim], list[OneEstimate]]] = [([], []) for _ in range(measures)]
    for side, columns, record in ((0, case.claims, OneClaim), (1, case.estimates, OneEstimate)):
        names = [field.name for field in fields(record)]  # type: ignore[arg-type]
        for row in np.flatnonzero(columns.measure < measures).tolist():
            values = {name: getattr(columns, name)[row].item() for name in names}
            found[columns.measure[row]][side].append(record(**values))  # type: ignore[arg-type,operator]
    return found


@dataclass(slots=True)
class Time:
    """What the dates of a pair allow; see ``tallybook.matching.times.Times``."""

    other: bool = False
    top: bool = False
    bottom: bool = False
    floor: bool = False
    ceiling: bool = False
    may_agree: bool = True
    may_support: bool = True


def looped(claims: list[OneClaim], estimates: list[OneEstimate], policy: Policy) -> list[str]:
    """The law, a pair at a time: the relation, or the first test that fails."""
    return [bears(claim, estimate, policy) for claim in claims for estimate in estimates]


def bears(claim: OneClaim, estimate: OneEstimate, policy: Policy) -> str:
    """Semantics, sections 2 and 3, for one pair of made-up figures, in plain Python."""
    rule = _TIMES.get(claim.time)
    when = rule(claim, estimate, policy) if rule else Time()
    inner = estimate.scope == 1 and claim.scope == 0 and claim.adds_up
    outer = estimate.scope == 0 and claim.scope == 1 and claim.adds_up
    failed = _failed(claim, estimate, when, aside=not (inner or outer))
    if failed is not None:
        return failed
    below, above = inner or (not claim.part and estimate.part != 0), outer
    when.top, when.floor = when.top or below, when.floor or below
    when.bottom, when.ceiling = when.bottom or above, when.ceiling or above
    when.may_agree = when.may_agree and not (below or above)
    if estimate.provisional and when.floor:
        when.bottom, when.may_support = True, False
    return _relation(claim, estimate, when)


def _failed(claim: OneClaim, estimate: OneEstimate, when: Time, *, aside: bool) -> Incomparable | None:
    other_status = claim.status != estimate.status
    outcome = claim.status in _EXPECTED and estimate.status == _OBSERVED and not when.other
    tests = (
        (estimate.refused, Incomparable.REFUSED),
        (other_status and not outcome, Incomparable.STATUS),
        (other_status, Incomparable.OUTCOME),
        (claim.part != estimate.part and not claim.adds_up, Incomparable.PART),
        (claim.scope != estimate.scope and aside, Incomparable.SCOPE),
        (not estimate.valued, Incomparable.UNIT),
        (estimate.vague == 1, Incomparable.VAGUE),
        (estimate.superseded, Incomparable.SUPERSEDED),
        (estimate.lowered and when.floor, Incomparable.LOWERED),
        (when.other, Incomparable.TIME),
    )
    return next((reason for here, reason in tests if here), None)


def _window(claim: OneClaim, estimate: OneEstimate, policy: Policy, dated: int) -> int:
    if claim.window >= 0:
        return claim.window
    return policy.window_days if not claim.dated or estimate.by_page else dated


def _near(claim: OneClaim, estimate: OneEstimate, window: int) -> tuple[int, int]:
    """The first days of both, a figure without a date no further than the window before its page."""
    ours = claim.start if claim.dated else claim.end - window
    return ours, estimate.end - window if estimate.by_page else estimate.start


def _away(claim: OneClaim, estimate: OneEstimate) -> int:
    ours, theirs = _near(claim, estimate, 0)
    return max(theirs - claim.end, ours - estimate.end, 0)


def _points(claim: OneClaim, estimate: OneEstimate, policy: Policy) -> Time:
    """A stock: on one day compared; within the window it may support, and never differs."""
    window = _window(claim, estimate, policy, 0)
    apart = max(estimate.start - claim.end, claim.start - estimate.end, 0)
    longest = max(estimate.end - claim.start, claim.end - estimate.start)
    known = not estimate.undated
    own = longest == 0 and known
    may_agree = max(_near(claim, estimate, window)) <= min(claim.end, estimate.end) and known
    may_support = _away(claim, estimate) <= window and known
    return Time(apart > window and known, not own, not own, False, False, may_agree, may_support)


def _running(claim: OneClaim, estimate: OneEstimate, policy: Policy) -> Time:
    """A running count never falls: an earlier one is a floor, a later one a ceiling."""
    window = _window(claim, estimate, policy, EVER)
    known = not estimate.undated
    by_day = not claim.dated or estimate.by_page
    earlier, later = estimate.end < claim.start and known, estimate.start > claim.end and known
    near = _near(claim, estimate, min(window, EVER // 2))
    may_agree = max(near) <= min(claim.end, estimate.end) and known
    may_support = (not by_day or _away(claim, estimate) <= window) and known
    return Time(False, not later, not earlier, earlier, later, may_agree, may_support)


def _spans(claim: OneClaim, estimate: OneEstimate, policy: Policy) -> Time:
    """What is over a period: a total, an average, a change."""
    if not claim.dated or estimate.by_page or estimate.undated:
        return _loose(claim, estimate, policy)
    may = claim.start_to >= estimate.start and estimate.start_to >= claim.start
    may = may and claim.end >= estimate.end_from and estimate.end >= claim.end_from
    sure = claim.start == claim.start_to and claim.end_from == claim.end
    sure = sure and estimate.start == estimate.start_to and estimate.end_from == estimate.end
    own = claim.name == estimate.name or (may and sure)
    may = may or own
    if claim.time == CHANGES:
        return Time(not may, not own, not own, False, False, may, True)
    if claim.time == AVERAGES:
        touching = estimate.start <= claim.end and claim.start <= estimate.end
        shared = min(claim.end, estimate.end) - max(claim.start, estimate.start) + 1
        longer = max(claim.end_from - claim.start_to, estimate.end_from - estimate.start_to) + 1
        return Time(not (touching or own), not own, not own, False, False, may, own or 2 * shared >= longer)
    inside = estimate.start >= claim.start_to and estimate.end <= claim.end_from
    around = estimate.start_to <= claim.start and estimate.end_from >= claim.end
    may_inside = estimate.start_to >= claim.start and estimate.end_from <= claim.end
    may_around = estimate.start <= claim.start_to and estimate.end >= claim.end_from
    other = not (may_inside or may_around or may)
    top, bottom = not (around or own), not (inside or own)
    return Time(other, top, bottom, may_inside and not may, may_around and not may, may, True)


def _loose(claim: OneClaim, estimate: OneEstimate, policy: Policy) -> Time:
    """Of a period that is not typed no more is known than that it ended by the day of its page."""
    window = _window(claim, estimate, policy, policy.window_days)
    article, page = claim.published, estimate.end
    if claim.dated:
        other = claim.start > page
        after = page - claim.end_from >= -window or claim.time == AVERAGES
        may = not other and page - claim.end <= window and after
    elif estimate.by_page:
        other, may = False, abs(page - article) <= window
    else:
        other = estimate.start > article
        may = not other and article - estimate.end <= window
    known = not estimate.undated
    return Time(other and known, True, True, False, False, may and known, may and known)


def _lengths(claim: OneClaim, estimate: OneEstimate, policy: Policy) -> Time:
    """A duration is of other time only where both sides type periods that do not touch."""
    typed = claim.dated and not estimate.by_page and not estimate.undated
    return Time(typed and (estimate.start > claim.end or claim.start > estimate.end))


_TIMES: dict[int, Callable[[OneClaim, OneEstimate, Policy], Time]] = {
    POINTS: _points, RUNNING: _running, TOTALS: _spans, AVERAGES: _spans, CHANGES: _spans, LENGTHS: _lengths,
}  # fmt: skip


def _relation(claim: OneClaim, estimate: OneEstimate, when: Time) -> Relation:
    mixed = claim.contradictory or estimate.contradictory
    if mixed:
        return Relation.COMPATIBLE
    scale = max(abs(claim.core_high), abs(estimate.core_high), abs(claim.core_low), abs(estimate.core_low))
    away = max(abs(claim.core_low - estimate.core_low), abs(claim.core_high - estimate.core_high))
    same = claim.same > 0 and away <= claim.same * scale * (1 + SAME)
    strict = any(side.bound and (side.low_open or side.high_open) for side in (claim, estimate))
    strict = strict and away <= SAME * scale
    apart = _apart(estimate, claim) and not when.top
    apart = apart or (_apart(claim, estimate) and not when.bottom)
    if apart and (strict or not same):
        return Relation.DIFFERS
    unbounded = not claim.bound and not estimate.bound
    reach = 0.0 if claim.digitless or estimate.digitless else max(claim.half_low, estimate.half_low)
    near = away <= reach + SAME * scale
    one_bound = claim.bound != 0 and claim.bound == estimate.bound and away <= SAME * scale
    if when.may_agree and ((unbounded and (near or same)) or one_bound):
        return Relation.AGREES
    if not when.may_support:
        return Relation.COMPATIBLE
    least, most = _ends(claim.way_low, claim.way_high, claim.low_open, claim.high_open)
    low, high = _ends(estimate.low, estimate.high, estimate.low_open, estimate.high_open)
    if when.ceiling:
        low = least if claim.bound < 0 else -math.inf
    inside = low >= _lower(least) and (math.inf if when.floor else high) <= _higher(most)
    meant = estimate.core_low >= _lower(claim.meant_low) and estimate.core_high <= _higher(claim.meant_high)
    return Relation.SUPPORTS if inside and meant else Relation.COMPATIBLE


def _apart(lower: Figure, upper: Figure) -> bool:
    """Whether one zone lies wholly below the other; two roundings that only touch meet."""
    _, top = _ends(lower.low, lower.high, lower.low_open, lower.high_open)
    bottom, _ = _ends(upper.low, upper.high, upper.low_open, upper.high_open)
    if _higher(top) < _lower(bottom):
        return True
    if lower.bound or upper.bound or not (lower.single or upper.single):
        return False
    touch = abs(lower.high - upper.low) <= SAME * max(abs(lower.high), abs(upper.low))
    return touch and lower.high > lower.low and upper.high > upper.low


def _ends(low: float, high: float, low_open: bool, high_open: bool) -> tuple[float, float]:
    """An open end is moved a little inwards."""
    return (low + 1e-8 * abs(low) if low_open else low), (high - 1e-8 * abs(high) if high_open else high)


def _lower(number: float) -> float:
    return number - SAME * abs(number)


def _higher(number: float) -> float:
    return number + SAME * abs(number)
