"""Columns of a few figures written out by hand: what is not said is plain, known and of one time."""

from __future__ import annotations

from typing import Any

import numpy as np

from tallybook.matching.columns import TIMELESS, ClaimColumns, EstimateColumns
from tallybook.matching.rules import Context
from tallybook.quantity import Policy

_BOTH: dict[str, Any] = {
    "measure": 0, "scope": 0, "status": 0, "first": 0, "last": 1439, "start": 0, "start_to": 0, "end_from": 0,
    "end": 0, "name": 1, "base_start": 0, "base_end": 0, "earlier_start": 0, "earlier_end": 0,
    "later_start": 0, "later_end": 0, "told": 0, "certain": False, "unknown": False,
    "low_open": False, "high_open": False, "half_low": 0.0, "half_high": 0.0, "bound": 0,
    "from_below": False, "contradictory": False, "single": False, "round": False, "digitless": False,
    "margin": False, "completed": 0.0, "direction": 0,
    "spoken": False, "several": False, "part": 0,
}  # fmt: skip
_CLAIM: dict[str, Any] = {
    "time": TIMELESS, "dated": True, "published": 0, "window": -1, "by_hour": False, "adds_up": True,
    "same": 0.0, "spread": 0.0,
}  # fmt: skip
_ESTIMATE: dict[str, Any] = {
    "by_page": False, "undated": False, "valued": True, "vague": 0, "refused": False, "provisional": False,
    "superseded": False, "lowered": False, "derived": False, "repeats": False, "family": 0, "origin": 0,
    "tier": 0, "published": 0,
}  # fmt: skip


def claims(*rows: dict[str, Any]) -> ClaimColumns:
    """``number`` (100), or ``low`` and ``high`` as well."""
    return ClaimColumns(**_columns([_CLAIM | _meant(row) for row in rows]))


def estimates(*rows: dict[str, Any]) -> EstimateColumns:
    return EstimateColumns(
        **_columns([{"order": place} | _ESTIMATE | _zone(row) for place, row in enumerate(rows)])
    )


def context(ours: ClaimColumns, theirs: EstimateColumns, **policy: Any) -> Context:
    return Context(ours, theirs, np.zeros((0, 2), dtype=np.int64), Policy(**policy))


def _zone(row: dict[str, Any]) -> dict[str, Any]:
    number = row.get("number", 100.0)
    at = {"core_low": number, "core_high": number, "low": number, "high": number}
    return _BOTH | at | {name: value for name, value in row.items() if name != "number"}


def _meant(row: dict[str, Any]) -> dict[str, Any]:
    made = _zone(row)
    ends = {"low": made["low"], "high": made["high"]}
    return {f"{zone}_{end}": value for zone in ("meant", "way") for end, value in ends.items()} | made


def _columns(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}
