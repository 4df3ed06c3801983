"""Claims and estimates as columns: one NumPy array a field, so that pairs are compared many at once.

Days are proleptic ordinals (``date.toordinal``); numbers are in the measure's unit. A claim or estimate
is a row; names (measures, scopes, families) are codes, equal where the names are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from tallybook.book import Period
from tallybook.estimates.zones import Stated, exactly

if TYPE_CHECKING:
    from tallybook.estimates.claim_terms import ClaimSide
    from tallybook.estimates.estimate import Estimate

Floats = NDArray[np.float64]
Days = NDArray[np.int64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]

KINDS = ("stock", "cumulative", "rate", "share", "event_total", "duration")
STATUSES = ("observed", "planned", "forecast", "capacity")
TIERS = ("primary", "secondary", "tertiary")
NEVER = date.max.toordinal()
_NOTHING = exactly(0.0, 0.0)


@dataclass(frozen=True)
class Columns:
    """What claims and estimates share. All arrays have one length, a row a record.

    ``core_*``: the number or range named; ``low`` … ``high_open``: the true zone; ``round_*``: rounding of
    the core's ends; ``dated``: whether ``start``, ``end`` and ``end_from`` mean anything.
    """

    measure: Codes
    scope: Codes
    start: Days
    end: Days
    end_from: Days
    dated: Flags
    core_low: Floats
    core_high: Floats
    low: Floats
    high: Floats
    low_open: Flags
    high_open: Flags
    round_low: Floats
    round_high: Floats
    contradictory: Flags

    def __len__(self) -> int:
        return len(self.measure)

    def take(self, rows: NDArray[np.int64]) -> Self:
        """The same columns at some rows, in their order, repeated where a row is named again."""
        return type(self)(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})


@dataclass(frozen=True)
class ClaimColumns(Columns):
    """``published``: of the article; ``meant_*``: what the words suggest."""

    kind: Codes
    published: Days
    meant_low: Floats
    meant_high: Floats


@dataclass(frozen=True)
class EstimateColumns(Columns):
    """``valued``: False where there is no number of the measure; ``from_published``: the period is only
    "no later than the page"; ``repeats``: repeats another statement that is there; ``outdated_from``: the
    day from which its origin says otherwise; ``order``: breaks ties, by id."""

    status: Codes
    part: Flags
    valued: Flags
    from_published: Flags
    derived: Flags
    repeats: Flags
    outdated_from: Days
    family: Codes
    tier: Codes
    order: Codes


class Coder:
    """Names to codes, the same name to the same code."""

    def __init__(self) -> None:
        self._code: dict[str, int] = {}

    def __call__(self, name: str | None) -> int:
        return self._code.setdefault(name or "", len(self._code))

    def names(self) -> list[str]:
        return list(self._code)


def claim_columns(sides: Sequence[ClaimSide], measures: Coder, scopes: Coder) -> ClaimColumns:
    asked = [side.asked for side in sides]
    return ClaimColumns(
        **_shared([(s.measure.id, s.asked.scope, s.asked.period, s.value) for s in sides], measures, scopes),
        kind=_codes(KINDS.index(a.kind) for a in asked),
        published=_codes(a.published.toordinal() for a in asked),
        meant_low=_floats(s.value.meant.low for s in sides),
        meant_high=_floats(s.value.meant.high for s in sides),
    )


def estimate_columns(
    estimates: Sequence[Estimate],
    measures: Coder,
    scopes: Coder,
    families: Sequence[int],
    repeats: Sequence[bool],
    outdated_from: Sequence[int],
) -> EstimateColumns:
    """``families``, ``repeats``, ``outdated_from``: one an estimate."""
    ranks = {id_: rank for rank, id_ in enumerate(sorted(e.id for e in estimates))}
    rows = [(e.measure.id, e.scope, e.period, e.value or _NOTHING) for e in estimates]
    return EstimateColumns(
        **_shared(rows, measures, scopes),
        status=_codes(STATUSES.index(e.status) for e in estimates),
        part=_flags(e.part is not None for e in estimates),
        valued=_flags(e.value is not None for e in estimates),
        from_published=_flags(e.period_from == "published" for e in estimates),
        derived=_flags(e.derived for e in estimates),
        repeats=_flags(repeats),
        outdated_from=_codes(outdated_from),
        family=_codes(families),
        tier=_codes(TIERS.index(e.source.kind) for e in estimates),
        order=_codes(ranks[e.id] for e in estimates),
    )


def _shared(
    rows: Sequence[tuple[str, str | None, Period | None, Stated]], measures: Coder, scopes: Coder
) -> dict[str, Any]:
    values = [row[3] for row in rows]
    return {
        "measure": _codes(measures(row[0]) for row in rows),
        "scope": _codes(scopes(row[1]) for row in rows),
        "start": _days(row[2].start if row[2] else None for row in rows),
        "end": _days(row[2].end if row[2] else None for row in rows),
        "end_from": _days(row[2].end_from if row[2] else None for row in rows),
        "dated": _flags(row[2] is not None for row in rows),
        "core_low": _floats(v.core.low for v in values),
        "core_high": _floats(v.core.high for v in values),
        "low": _floats(v.true.low for v in values),
        "high": _floats(v.true.high for v in values),
        "low_open": _flags(v.true.low_open for v in values),
        "high_open": _flags(v.true.high_open for v in values),
        "round_low": _floats(v.rounding[0] for v in values),
        "round_high": _floats(v.rounding[1] for v in values),
        "contradictory": _flags(v.contradictory for v in values),
    }


def _floats(values: Iterable[float]) -> Floats:
    return np.fromiter(values, dtype=np.float64)


def _codes(values: Iterable[int]) -> Codes:
    return np.fromiter(values, dtype=np.int64)


def _flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, dtype=np.bool_)


def _days(values: Iterable[date | None]) -> Days:
    return _codes(0 if day is None else day.toordinal() for day in values)


def window_before(published: date, days: int) -> Period:
    """The time that an undated claim of a stock, rate or share speaks of."""
    start = published - timedelta(days=days)
    return Period(f"{start}/{published}", start, published, start, published)


def bare_claim(value: Stated, *, dated: bool) -> ClaimColumns:
    """One claim that is nothing but its value: for a comparison that no gate stands before."""
    shared = _shared([("", None, None, value)], Coder(), Coder())
    return ClaimColumns(
        **(shared | {"dated": _flags([dated])}),
        kind=_codes([KINDS.index("event_total")]),
        published=_codes([0]),
        meant_low=_floats([value.meant.low]),
        meant_high=_floats([value.meant.high]),
    )


def bare_estimate(value: Stated) -> EstimateColumns:
    """One estimate that is nothing but its value."""
    zero, no = _codes([0]), _flags([False])
    shared = _shared([("", None, None, value)], Coder(), Coder())
    return EstimateColumns(
        **(shared | {"dated": _flags([True])}),  # on day 0, so that a gate can be set before it
        status=zero,
        part=no,
        valued=_flags([True]),
        from_published=no,
        derived=no,
        repeats=no,
        outdated_from=_codes([NEVER]),
        family=zero,
        tier=zero,
        order=zero,
    )
