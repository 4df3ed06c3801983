"""Claims and estimates as columns: one NumPy array per field, so that many pairs are compared at once.

Days are proleptic ordinals (``date.toordinal``); numbers are in the measure's unit. A claim or estimate
is a row; names (measures, scopes, families) are integer codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from tallybook.book import Period
from tallybook.estimates.zones import Zones, exactly
from tallybook.terms import Kind, PeriodFrom, Status, Tier

if TYPE_CHECKING:
    from tallybook.estimates.claim_terms import ClaimTerms
    from tallybook.estimates.estimate import Estimate

Floats = NDArray[np.float64]
Days = NDArray[np.int64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]

KINDS = tuple(kind for kind in Kind if kind is not Kind.DATE)
STATUSES = tuple(Status)
NEVER = date.max.toordinal()
_NOTHING = exactly(0.0, 0.0)


@dataclass(frozen=True)
class Columns:
    """The fields that claims and estimates have in common. All arrays have the same length, a row per record.

    ``core_*``: the number or range named; ``low`` … ``high_open``: the true zone; ``round_*``: rounding of
    the core's ends; ``dated``: False if ``start``, ``end`` and ``end_from`` are unknown (and 0).
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
        """The columns with the given rows, in their order; a row can be given more than once."""
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
    """``valued``: False if there is no number of the measure; ``from_published``: the period is only
    "no later than the page"; ``repeats``: repeats another known statement; ``outdated_from``: the
    day from which a newer figure of its origin supersedes it; ``order``: by id, to break ties."""

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
    """Turns names into integer codes; equal names have equal codes."""

    def __init__(self) -> None:
        self._code: dict[str, int] = {}

    def __call__(self, name: str | None) -> int:
        return self._code.setdefault(name or "", len(self._code))


def claim_columns(
    claims: Sequence[ClaimTerms], zones: Sequence[Zones], measures: Coder, scopes: Coder
) -> ClaimColumns:
    """The columns of claims. ``zones``: one per claim, under the policy of the comparison."""
    return ClaimColumns(
        **_shared([(c.measure.id, c.scope, c.stated_period) for c in claims], measures, scopes),
        **zone_columns(zones),
        **meant_columns(zones),
        kind=_codes(KINDS.index(Kind(c.measure.kind)) for c in claims),
        published=_codes(c.published.toordinal() for c in claims),
    )


def estimate_columns(
    estimates: Sequence[Estimate],
    zones: Sequence[Zones | None],
    measures: Coder,
    scopes: Coder,
    family: Codes,
    repeats: Sequence[bool],
    outdated_from: Sequence[int],
) -> EstimateColumns:
    """The columns of estimates. ``zones``, ``family``, ``repeats``, ``outdated_from``: one per estimate."""
    ranks = {id_: rank for rank, id_ in enumerate(sorted(e.id for e in estimates))}
    return EstimateColumns(
        **_shared([(e.measure.id, e.scope, e.period) for e in estimates], measures, scopes),
        **zone_columns(zones),
        status=_codes(STATUSES.index(Status(e.status)) for e in estimates),
        part=_flags(e.part is not None for e in estimates),
        valued=_flags(zone is not None for zone in zones),
        from_published=_flags(e.period_from is PeriodFrom.PUBLISHED for e in estimates),
        derived=_flags(e.derived for e in estimates),
        repeats=_flags(repeats),
        outdated_from=_codes(outdated_from),
        family=family,
        tier=_codes(Tier(e.source.kind).rank for e in estimates),
        order=_codes(ranks[e.id] for e in estimates),
    )


def zone_columns(zones: Iterable[Zones | None]) -> dict[str, Any]:
    """The columns that depend on the policy; zeros where there is no number."""
    there = [zone or _NOTHING for zone in zones]
    return {
        "core_low": _floats(z.core.low for z in there),
        "core_high": _floats(z.core.high for z in there),
        "low": _floats(z.true.low for z in there),
        "high": _floats(z.true.high for z in there),
        "low_open": _flags(z.true.low_open for z in there),
        "high_open": _flags(z.true.high_open for z in there),
        "round_low": _floats(z.rounding[0] for z in there),
        "round_high": _floats(z.rounding[1] for z in there),
        "contradictory": _flags(z.contradictory for z in there),
    }


def meant_columns(zones: Iterable[Zones]) -> dict[str, Any]:
    """The columns of what the words of claims suggest, which depend on the policy too."""
    there = list(zones)
    return {
        "meant_low": _floats(z.meant.low for z in there),
        "meant_high": _floats(z.meant.high for z in there),
    }


def _shared(
    rows: Sequence[tuple[str, str | None, Period | None]], measures: Coder, scopes: Coder
) -> dict[str, Any]:
    return {
        "measure": _codes(measures(row[0]) for row in rows),
        "scope": _codes(scopes(row[1]) for row in rows),
        "start": _days(row[2].start if row[2] else None for row in rows),
        "end": _days(row[2].end if row[2] else None for row in rows),
        "end_from": _days(row[2].end_from if row[2] else None for row in rows),
        "dated": _flags(row[2] is not None for row in rows),
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
    """The time that a claim of a stock, rate or share without a date is about."""
    start = published - timedelta(days=days)
    return Period(f"{start}/{published}", start, published, start, published)
