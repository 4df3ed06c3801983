"""Made-up claims and estimates, and two other ways to compare them: a plain merge and a plain loop."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from tallybook.matching.columns import KINDS, NEVER, ClaimColumns, EstimateColumns
from tallybook.quantity import Interval, Policy

CLAIMS, ESTIMATES, MEASURES = 10_000, 100_000, 1_000
_FIRST_DAY = 738_000
_YEARS = 3
_OVER, _UP_TO, _ABOUT = 1, 2, 3
_STOCK, _CUMULATIVE, _RATE, _SHARE = (KINDS.index(k) for k in ("stock", "cumulative", "rate", "share"))


class Case(NamedTuple):
    claims: ClaimColumns
    estimates: EstimateColumns


def made_up(claims: int, estimates: int, measures: int, seed: int = 1) -> Case:
    """Figures of a measure scatter around a number of its own, so that some agree and some differ.

    The shares of what is planned, a part, of another scope and without a number or date are about those
    of the first case: half of the pairs are comparable.
    """
    random = np.random.default_rng(seed)
    typical = np.exp(random.normal(8, 2, measures))
    kind_of = random.integers(0, len(KINDS), measures)
    ours = _shared(random, claims, measures, typical)
    theirs = _shared(random, estimates, measures, typical)
    core = ours["core_low"]
    return Case(
        ClaimColumns(
            **ours,
            kind=kind_of[ours["measure"]],
            published=_FIRST_DAY + 365 * _YEARS + random.integers(0, 60, claims),
            meant_low=np.where(np.isinf(ours["high"]), core, ours["low"]),
            meant_high=np.where(np.isinf(ours["high"]), 1.5 * core, ours["high"]),
        ),
        EstimateColumns(
            **theirs,
            status=np.where(random.random(estimates) < 0.10, 1, 0),
            part=random.random(estimates) < 0.07,
            valued=random.random(estimates) < 0.97,
            from_published=random.random(estimates) < 0.10,
            derived=random.random(estimates) < 0.20,
            repeats=random.random(estimates) < 0.30,
            outdated_from=np.where(random.random(estimates) < 0.02, _FIRST_DAY + 700, NEVER),
            family=random.integers(0, 12, estimates),
            tier=random.integers(0, 3, estimates),
            order=np.arange(estimates),
        ),
    )


def _shared(random, count, measures, typical):  # type: ignore[no-untyped-def]
    measure = random.integers(0, measures, count)
    named = np.maximum(np.round(typical[measure] * np.exp(random.normal(0, 0.2, count)), -1), 10.0)
    modifier = random.integers(0, 4, count)
    start = _FIRST_DAY + random.integers(0, 365 * _YEARS, count)
    end = start + random.integers(0, 500, count)
    slack = np.where(modifier == _ABOUT, 0.1, 0.02) * named
    return {
        "measure": measure,
        "scope": (random.random(count) < 0.12).astype(np.int64),
        "start": start,
        "end": end,
        "end_from": np.maximum(start, end - 30),
        "dated": random.random(count) < 0.95,
        "core_low": named,
        "core_high": named,
        "low": np.select([modifier == _OVER, modifier == _UP_TO], [named, 0.0], named - slack),
        "high": np.select([modifier == _OVER, modifier == _UP_TO], [np.inf, named], named + slack),
        "low_open": modifier == _OVER,
        "high_open": np.zeros(count, dtype=np.bool_),
        "round_low": 0.02 * named,
        "round_high": 0.02 * named,
        "contradictory": random.random(count) < 0.005,
    }


def frames(case: Case) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What a plain merge needs: row, measure, and the zone."""
    return tuple(  # type: ignore[return-value]
        pd.DataFrame({"row": np.arange(len(c)), "measure": c.measure, "low": c.low, "high": c.high})
        for c in case
    )


def merged(claims: pd.DataFrame, estimates: pd.DataFrame) -> int:
    """How many zones of one measure overlap, by one merge and two comparisons; nothing else is asked."""
    pairs = claims.merge(estimates, on="measure")
    return int(((pairs["low_x"] <= pairs["high_y"]) & (pairs["low_y"] <= pairs["high_x"])).sum())


@dataclass(frozen=True, slots=True)
class Dated:
    """Days from the first to the last that are meant; ``end_from``: the first that the end can be."""

    start: date
    end: date
    end_from: date

    def days_from(self, other: Dated) -> int:
        return max((self.start - other.end).days, (other.start - self.end).days, 0)


@dataclass(frozen=True, slots=True)
class Figure:
    """The number named, where the words are true, what they suggest, and the rounding of both ends."""

    core: Interval
    true: Interval
    meant: Interval
    rounding: tuple[float, float]
    contradictory: bool

    @property
    def floor_only(self) -> bool:
        return math.isinf(self.true.high) and self.true.low > 0

    @property
    def ceiling_only(self) -> bool:
        return self.true.low == 0 < self.core.low and not math.isinf(self.true.high)


@dataclass(frozen=True, slots=True)
class OneClaim:
    kind: str
    scope: int
    period: Dated | None
    published: date
    figure: Figure


@dataclass(frozen=True, slots=True)
class OneEstimate:
    status: int
    part: bool
    scope: int
    figure: Figure | None
    period: Dated | None
    from_published: bool
    outdated_from: date


def records(case: Case, measures: int) -> list[tuple[list[OneClaim], list[OneEstimate]]]:
    """The claims and estimates of the first measures as records, one at a time."""
    c, e = case
    found: list[tuple[list[OneClaim], list[OneEstimate]]] = [([], []) for _ in range(measures)]
    for k in np.flatnonzero(c.measure < measures).tolist():
        published = date.fromordinal(int(c.published[k]))
        meant = Interval(float(c.meant_low[k]), float(c.meant_high[k]))
        figure = _figure(c, k, meant)
        claim = OneClaim(KINDS[c.kind[k]], int(c.scope[k]), _dated(c, k), published, figure)
        found[c.measure[k]][0].append(claim)
    for k in np.flatnonzero(e.measure < measures).tolist():
        value = _figure(e, k, Interval(0.0, 0.0)) if e.valued[k] else None
        outdated = date.fromordinal(int(e.outdated_from[k]))
        estimate = OneEstimate(
            int(e.status[k]), bool(e.part[k]), int(e.scope[k]), value, _dated(e, k),
            bool(e.from_published[k]), outdated,
        )  # fmt: skip
        found[e.measure[k]][1].append(estimate)
    return found


def _dated(columns: ClaimColumns | EstimateColumns, k: int) -> Dated | None:
    if not columns.dated[k]:
        return None
    days = (columns.start[k], columns.end[k], columns.end_from[k])
    return Dated(*(date.fromordinal(int(day)) for day in days))


def _figure(columns: ClaimColumns | EstimateColumns, k: int, meant: Interval) -> Figure:
    true = Interval(
        float(columns.low[k]), float(columns.high[k]), bool(columns.low_open[k]), bool(columns.high_open[k])
    )
    core = Interval(float(columns.core_low[k]), float(columns.core_high[k]))
    rounding = (float(columns.round_low[k]), float(columns.round_high[k]))
    return Figure(core, true, meant, rounding, bool(columns.contradictory[k]))


class Found(NamedTuple):
    """What the columns keep of a pair too: the relation or the gate that fails, and what led to it."""

    word: str
    opens_top: bool = False
    opens_bottom: bool = False
    may_support: bool = True
    gap: float = math.nan
    factor: float = math.nan
    higher: bool = False
    inside: bool = False
    opposed: bool = False


def looped(claims: list[OneClaim], estimates: list[OneEstimate], policy: Policy) -> list[Found]:
    """The whole law, a pair at a time."""
    return [bears(claim, estimate, policy) for claim in claims for estimate in estimates]


def bears(claim: OneClaim, estimate: OneEstimate, policy: Policy) -> Found:
    """Semantics, sections 2 and 3, for one pair without a tolerance, as the law puts it."""
    until = claim.period.end if claim.period else claim.published
    if estimate.status:
        return Found("status")
    if estimate.part:
        return Found("part")
    if estimate.scope != claim.scope:
        return Found("scope")
    if estimate.figure is None:
        return Found("unit")
    if estimate.outdated_from <= until:
        return Found("superseded")
    if claim.kind in ("event_total", "duration"):
        return _relation(claim.figure, estimate.figure, estimate.figure.true, may_support=True)
    if estimate.period is None:
        return Found("time")
    if claim.kind == "cumulative":
        return _of_a_running_total(claim, estimate, policy)
    period = estimate.period
    if estimate.from_published:
        period = Dated(period.end, period.end, period.end)
    since = claim.published - timedelta(days=policy.window_days)
    asked = claim.period or Dated(since, claim.published, since)
    if period.days_from(asked) > (policy.window_days if claim.kind == "stock" else 0):
        return Found("time")
    return _relation(claim.figure, estimate.figure, estimate.figure.true, may_support=True)


def _of_a_running_total(claim: OneClaim, estimate: OneEstimate, policy: Policy) -> Found:
    """An earlier count is only a floor, a later one only a ceiling."""
    period, zone = estimate.period, estimate.figure.true
    if estimate.from_published and claim.period:
        period = Dated(period.end, period.end, period.end)
        if period.days_from(claim.period) > policy.window_days:
            return Found("time")
    until = claim.period.end if claim.period else claim.published
    if period.end_from > until:
        zone = Interval(0.0, zone.high, False, zone.high_open)
        return _relation(claim.figure, estimate.figure, zone, may_support=False, opens_bottom=True)
    if period.end < (claim.period.end_from if claim.period else claim.published):
        zone = Interval(zone.low, math.inf, zone.low_open, False)
        undated = claim.period is None
        return _relation(claim.figure, estimate.figure, zone, may_support=undated, opens_top=True)
    return _relation(claim.figure, estimate.figure, zone, may_support=True)


def _relation(
    claim: Figure,
    estimate: Figure,
    zone: Interval,
    *,
    may_support: bool,
    opens_top: bool = False,
    opens_bottom: bool = False,
) -> Found:
    """``zone``: the estimate's, opened where its date only bounds the claim."""
    opposed = (claim.floor_only and estimate.ceiling_only) or (claim.ceiling_only and estimate.floor_only)
    inside = _inside(estimate.true, claim.true.widened(*claim.rounding, floor=0.0))
    word, gap, factor, higher = "compatible", math.nan, math.nan, False
    if claim.contradictory or estimate.contradictory:
        pass
    elif not _meet(claim.true, zone):
        word, higher = "differs", zone.low >= claim.true.high
        near, far = (claim.true.high, zone.low) if higher else (zone.high, claim.true.low)
        gap, factor = far - near, far / near if near > 0 else math.inf
    elif may_support:
        low = max(claim.rounding[0], estimate.rounding[0])
        high = max(claim.rounding[1], estimate.rounding[1])
        ours, theirs = claim.core, estimate.core
        same = abs(ours.low - theirs.low) <= low and abs(ours.high - theirs.high) <= high
        if same and not opposed:
            word = "agrees"
        elif inside and _inside(theirs, claim.meant):
            word = "supports"
    return Found(word, opens_top, opens_bottom, may_support, gap, factor, higher, inside, opposed)


def _meet(one: Interval, other: Interval) -> bool:
    """In plain floats: some number lies in both; an end that is open is no part of it."""
    return not (_before(one, other) or _before(other, one))


def _before(one: Interval, other: Interval) -> bool:
    return one.high < other.low or (one.high == other.low and (one.high_open or other.low_open))


def _inside(one: Interval, other: Interval) -> bool:
    low = one.low > other.low or (one.low == other.low and (one.low_open or not other.low_open))
    high = one.high < other.high or (one.high == other.high and (one.high_open or not other.high_open))
    return low and high
