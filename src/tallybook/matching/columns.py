"""Claims and estimates as columns: one NumPy array per field, so that many pairs are compared at once.

Days are proleptic ordinals (``date.toordinal``), moments are minutes since day 0; numbers are in the
measure's unit. A claim or estimate is a row; names (measures, scopes, families) are integer codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from tallybook.book import Measure, Period
from tallybook.estimates.amount import policy_of
from tallybook.estimates.nature import nature_of
from tallybook.estimates.zones import Zones, exactly
from tallybook.quantity import Policy
from tallybook.terms import Kind, PeriodFrom, Status, Tier

if TYPE_CHECKING:
    from tallybook.estimates.change_ends import ChangeEnds
    from tallybook.estimates.claim_terms import ClaimTerms
    from tallybook.estimates.estimate import Estimate

Floats = NDArray[np.float64]
Moments = NDArray[np.int64]
Days = NDArray[np.int32]
Codes = NDArray[np.int32]
Small = NDArray[np.int8]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
Column = NDArray[Any]
_TYPES: dict[Any, Any] = {
    "Floats": np.float64,
    "Moments": np.int64,
    "Days": np.int32,
    "Codes": np.int32,
    "Small": np.int8,
    "Flags": np.bool_,
}

STATUSES = tuple(Status)
TIMELESS, POINTS, RUNNING, TOTALS, AVERAGES, CHANGES, LENGTHS = range(7)
"""How time bears on a measure: not at all; by days of its own (stock, level); by the day of a running count;
by periods that hold one another (total), that overlap (rate, share), or that are the same (change, net); by
periods that touch (duration)."""

BY_BASE, AS_A_PERIOD = 1, 2
"""How a change between two points of time is told: as a period with a base period, or as one period."""

EVER = 10_000_000
"""A number of days beyond every calendar."""

MINUTES = 1440
_NOTHING = exactly(0.0, 0.0)


@dataclass(frozen=True)
class Columns:
    """The fields that claims and estimates have in common. All arrays have the same length, a row per record.

    ``first``, ``last``: the first and last moment of a point in its period; ``start``, ``start_to``,
    ``end_from``, ``end``: the days of a period's two ends; ``name``: code of the period's name, 0 for none;
    ``base_start``, ``base_end``: of the base period, 0 where none is given; ``earlier_*``, ``later_*``: the
    days of the two points of time that a change lies between, 0 where it lies between none; ``told``: BY_BASE
    or AS_A_PERIOD, 0 for none; ``certain``: it certainly lies between them; ``unknown``: it is made
    of two levels whose days or hours are not known. ``core_*``: the numbers compared;
    ``low`` … ``high_open``: the true zone; ``half_*``: half the fine grain of the numbers;
    ``bound``: 1 for a floor, −1 for a ceiling; ``completed``: see ``Zones``; ``direction``: 1, −1, or 0 if
    it is not known; ``spoken``: it is in words, not in a sign; ``several``: a word of the unit means one of
    several; ``part``: code of the part of the whole, 0 for the whole.
    """

    measure: Codes
    scope: Codes
    status: Small
    first: Moments
    last: Moments
    start: Days
    start_to: Days
    end_from: Days
    end: Days
    name: Codes
    base_start: Days
    base_end: Days
    earlier_start: Days
    earlier_end: Days
    later_start: Days
    later_end: Days
    told: Small
    certain: Flags
    unknown: Flags
    core_low: Floats
    core_high: Floats
    low: Floats
    high: Floats
    low_open: Flags
    high_open: Flags
    half_low: Floats
    half_high: Floats
    bound: Small
    from_below: Flags
    contradictory: Flags
    single: Flags
    round: Flags
    digitless: Flags
    margin: Flags
    completed: Floats
    direction: Small
    spoken: Flags
    several: Flags
    part: Codes

    def __post_init__(self) -> None:
        """Every column gets the type that its field names: a narrow one is gathered sooner."""
        for f in fields(self):
            object.__setattr__(self, f.name, np.asarray(getattr(self, f.name), dtype=_TYPES[f.type]))

    def __len__(self) -> int:
        return len(self.measure)

    @cached_property
    def days(self) -> tuple[Days, Days]:
        """The days of the first and the last moment."""
        return (self.first // MINUTES).astype(np.int32), (self.last // MINUTES).astype(np.int32)

    @cached_property
    def timed(self) -> bool:
        """Whether any has hours."""
        return bool((self.first % MINUTES != 0).any() or (self.last % MINUTES != MINUTES - 1).any())

    def take(self, rows: Rows) -> Self:
        """The columns with the given rows, in their order; a row can be given more than once."""
        return type(self)(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})


@dataclass(frozen=True)
class ClaimColumns(Columns):
    """``time``: how time bears on its measure; ``dated``: whether the article types its period;
    ``published``: last day on which the article can have come out; ``window``: of its measure in days, −1
    for none; ``by_hour``: of a level that is read at any hour; ``adds_up``: whether a part is a floor;
    ``same``: within which fraction two numbers are the same, 0 where that does not hold; ``spread``: of the
    methods; ``meant_*``: what the words suggest; ``way_*``: the true zone, its closed ends given way."""

    time: Small
    dated: Flags
    published: Days
    window: Days
    by_hour: Flags
    adds_up: Flags
    same: Floats
    spread: Floats
    meant_low: Floats
    meant_high: Floats
    way_low: Floats
    way_high: Floats


@dataclass(frozen=True)
class EstimateColumns(Columns):
    """``by_page``: its time is only "no later than" a day, ``last`` and ``end``; ``undated``: not even that;
    ``valued``: False if there is no number of the measure; ``vague``: derived, and too vague to decide, 2 if
    its finer grain may still agree; ``repeats``: repeats another known statement, or stands on a copy of the
    article; ``superseded``: a newer figure of its origin for the same time is known; ``lowered``: its origin
    later lowered the count; ``order``: by id, to break ties."""

    by_page: Flags
    undated: Flags
    valued: Flags
    vague: Small
    refused: Flags
    provisional: Flags
    superseded: Flags
    lowered: Flags
    derived: Flags
    repeats: Flags
    family: Codes
    origin: Codes
    tier: Small
    published: Days
    order: Codes

    @cached_property
    def precedence(self) -> Rows:
        """The rank of each among those of its origin: the latest first, then the most precise."""
        named = np.maximum(np.maximum(np.abs(self.core_low), np.abs(self.core_high)), 1e-9)
        with np.errstate(invalid="ignore"):
            width = np.where(self.valued, (self.high - self.low) / named, np.inf)
        rank = np.empty(len(self), dtype=np.int64)
        rank[np.lexsort((self.order, width, -self.published))] = np.arange(len(self))
        return rank


class Coder:
    """Turns names into integer codes; equal names have equal codes, no name has 0."""

    def __init__(self) -> None:
        self._code: dict[str, int] = {"": 0}

    def __call__(self, name: str | None) -> int:
        return self._code.setdefault(name or "", len(self._code))

    def alone(self) -> int:
        """A code that no name has, and no other call gives."""
        return self(f"\0{len(self._code)}")


@dataclass(frozen=True)
class Names:
    """The codes that claims and estimates share. ``inner``: (inner, outer) scope codes, as declared."""

    measures: Coder
    scopes: Coder
    periods: Coder
    parts: Coder

    @classmethod
    def new(cls) -> Names:
        return cls(Coder(), Coder(), Coder(), Coder())

    def scope(self, measure: Measure, scope: str | None) -> int:
        return self.scopes(f"{measure.id}/{scope or ''}")

    def inner(self, measures: Iterable[Measure]) -> Rows:
        """(inner, outer) pairs of scope codes, one row each."""
        pairs = [
            (self.scope(m, inner), self.scope(m, outer))
            for m in measures
            for inner in m.inside
            for outer in m.wider(inner)
        ]
        return np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)


def time_of(measure: Measure) -> int:
    """How time bears on a measure: one of TIMELESS … LENGTHS."""
    if measure.once:
        return TIMELESS
    if measure.cumulative:
        return RUNNING
    return {
        Kind.STOCK: POINTS,
        Kind.LEVEL: POINTS,
        Kind.TOTAL: TOTALS,
        Kind.RATE: AVERAGES,
        Kind.SHARE: AVERAGES,
        Kind.CHANGE: CHANGES,
        Kind.NET: CHANGES,
        Kind.DURATION: LENGTHS,
    }.get(measure.kind, TIMELESS)


def claim_columns(
    claims: Sequence[ClaimTerms], zones: Sequence[Zones], policy: Policy, names: Names
) -> ClaimColumns:
    """The columns of claims. ``zones``: one per claim, under the policy of the comparison."""
    measures = [c.measure for c in claims]
    periods = [c.stated_period for c in claims]
    published = [c.published.toordinal() for c in claims]
    times = _times([c.measure for c in claims], periods, published, names)
    return ClaimColumns(
        measure=_codes(names.measures(m.id) for m in measures),
        scope=_codes(names.scope(c.measure, c.scope) for c in claims),
        status=_codes(STATUSES.index(c.status.alike) for c in claims),
        **times,
        **_bases([c.base_period for c in claims]),
        **_ends([c.ends for c in claims]),
        **zone_columns(zones),
        **meant_columns(zones, measures, policy),
        part=_codes(names.parts(c.claim.part) for c in claims),
        time=_codes(time_of(m) for m in measures),
        dated=_flags(p is not None for p in periods),
        published=_codes(published),
        window=_codes(-1 if m.window_days is None else m.window_days for m in measures),
        by_hour=_flags(m.kind is Kind.LEVEL and m.moment is None for m in measures),
        adds_up=_flags(m.adds_up for m in measures),
        spread=_floats(m.spread.value if m.spread else 0.0 for m in measures),
    )


def estimate_columns(
    estimates: Sequence[Estimate],
    zones: Sequence[Zones | None],
    names: Names,
    *,
    vague: Column,
    family: Column,
    repeats: Sequence[bool],
    superseded: Sequence[bool],
    lowered: Sequence[bool],
) -> EstimateColumns:
    """The columns of estimates; every sequence has one item per estimate."""
    ranks = {id_: rank for rank, id_ in enumerate(sorted(e.id for e in estimates))}
    origins = Coder()
    by_page = [e.period_from in (PeriodFrom.SAID, PeriodFrom.PUBLISHED) for e in estimates]
    last = [e.period.end.toordinal() if e.period else EVER for e in estimates]
    stated = [None if page else e.period for e, page in zip(estimates, by_page, strict=True)]
    return EstimateColumns(
        measure=_codes(names.measures(e.measure.id) for e in estimates),
        scope=_codes(names.scope(e.measure, e.scope) for e in estimates),
        status=_codes(STATUSES.index(e.status.alike) for e in estimates),
        **_times([e.measure for e in estimates], stated, last, names),
        **_bases([e.base_period for e in estimates]),
        **_ends([e.ends for e in estimates]),
        **zone_columns(zones),
        by_page=_flags(by_page),
        undated=_flags(e.period is None for e in estimates),
        part=_codes(names.parts(e.part) for e in estimates),
        valued=_flags(zone is not None for zone in zones),
        vague=vague,
        refused=_flags(any(m.statement.refused for m in e.made_of()) for e in estimates),
        provisional=_flags(e.status is Status.PROVISIONAL for e in estimates),
        superseded=_flags(superseded),
        lowered=_flags(lowered),
        derived=_flags(e.derived for e in estimates),
        repeats=_flags(repeats),
        family=family,
        origin=_codes(origins(e.statement.speaker_id) for e in estimates),
        tier=_codes(Tier(e.source.kind).rank for e in estimates),
        published=_codes(e.source.dated.end.toordinal() if e.source.dated else 0 for e in estimates),
        order=_codes(ranks[e.id] for e in estimates),
    )


def zone_columns(zones: Iterable[Zones | None]) -> dict[str, Any]:
    """The columns that depend on the policy; zeros where there is no number."""
    there = [zone or _NOTHING for zone in zones]
    return {
        "core_low": _floats(z.number.low for z in there),
        "core_high": _floats(z.number.high for z in there),
        "low": _floats(z.true.low for z in there),
        "high": _floats(z.true.high for z in there),
        "low_open": _flags(z.true.low_open for z in there),
        "high_open": _flags(z.true.high_open for z in there),
        "half_low": _floats(z.half[0] for z in there),
        "half_high": _floats(z.half[1] for z in there),
        "bound": _codes(z.bound for z in there),
        "from_below": _flags(z.from_below for z in there),
        "contradictory": _flags(z.contradictory for z in there),
        "single": _flags(z.single for z in there),
        "round": _flags(z.round or z.digitless for z in there),
        "digitless": _flags(z.digitless for z in there),
        "margin": _flags(z.margin for z in there),
        "completed": _floats(z.completed for z in there),
        "direction": _codes(z.direction for z in there),
        "spoken": _flags(z.spoken for z in there),
        "several": _flags(z.several for z in there),
    }


def meant_columns(zones: Iterable[Zones], measures: Sequence[Measure], policy: Policy) -> dict[str, Any]:
    """The columns of claims alone that depend on the policy."""
    there = list(zones)
    ways = [z.given_way() for z in there]
    return {
        "meant_low": _floats(z.meant.low for z in there),
        "meant_high": _floats(z.meant.high for z in there),
        "way_low": _floats(z.low for z in ways),
        "way_high": _floats(z.high for z in ways),
        "same": _floats(_same(m, policy) for m in measures),
    }


def _same(measure: Measure, policy: Policy) -> float:
    """Within which fraction two numbers of a measure are the same; 0 unless it counts things or money."""
    return policy_of(measure, policy).same if nature_of(measure).forgiven else 0.0


def _times(
    measures: Sequence[Measure], periods: Sequence[Period | None], until: Sequence[int], names: Names
) -> dict[str, Any]:
    """``until``: the last day, where no period is typed."""
    points = [
        p.points() if p else (-EVER * MINUTES, u * MINUTES + MINUTES - 1)
        for p, u in zip(periods, until, strict=True)
    ]
    extents = [p.extent() if p else (-EVER, u, -EVER, u) for p, u in zip(periods, until, strict=True)]
    return {
        "first": _codes(p[0] for p in points),
        "last": _codes(p[1] for p in points),
        "start": _codes(e[0] for e in extents),
        "start_to": _codes(e[1] for e in extents),
        "end_from": _codes(e[2] for e in extents),
        "end": _codes(e[3] for e in extents),
        "name": _codes(_name(p, names) for p in periods),
    }


def _name(period: Period | None, names: Names) -> int:
    """Two periods named alike are the same, but for one that was not over when its figure was told."""
    if period is not None and period.told is not None:
        return names.periods.alone()
    return names.periods(period.text if period else None)


def _bases(bases: Sequence[Period | None]) -> dict[str, Any]:
    return {
        "base_start": _codes(b.start.toordinal() if b else 0 for b in bases),
        "base_end": _codes(b.end.toordinal() if b else 0 for b in bases),
    }


def _ends(ends: Sequence[ChangeEnds | None]) -> dict[str, Any]:
    return {
        "earlier_start": _codes(e.earlier[0].toordinal() if e else 0 for e in ends),
        "earlier_end": _codes(e.earlier[1].toordinal() if e else 0 for e in ends),
        "later_start": _codes(e.later[0].toordinal() if e else 0 for e in ends),
        "later_end": _codes(e.later[1].toordinal() if e else 0 for e in ends),
        "told": _codes((BY_BASE if e.by_base else AS_A_PERIOD) if e else 0 for e in ends),
        "certain": _flags(e is not None and e.certain for e in ends),
        "unknown": _flags(e is not None and e.unknown for e in ends),
    }


def _floats(values: Iterable[float]) -> Column:
    return np.fromiter(values, dtype=np.float64)


def _codes(values: Iterable[int]) -> Column:
    return np.fromiter(values, dtype=np.int64)


def _flags(values: Iterable[bool]) -> Column:
    return np.fromiter(values, dtype=np.bool_)
