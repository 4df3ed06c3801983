"""One claim beside one estimate, as columns of one row: for tests of the law by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tallybook.estimates.zones import Zones, zones_of
from tallybook.matching.blocks import compared
from tallybook.matching.columns import (
    KINDS,
    NEVER,
    ClaimColumns,
    EstimateColumns,
    meant_columns,
    zone_columns,
)
from tallybook.matching.comparability import Comparability
from tallybook.matching.relation import Bearing, bearing_at
from tallybook.quantity import Policy, Quantity
from tallybook.terms import Kind

OF_ONE_TIME = Comparability(None)
EARLIER = Comparability(None, "an earlier count", opens_top=True, may_support=False)
LATER = Comparability(None, "a later count", opens_bottom=True, may_support=False)
TIMES = (OF_ONE_TIME, EARLIER, LATER)

_DAY = 739_000
_AWAY = {OF_ONE_TIME: 0, EARLIER: -10, LATER: 10}


def bears(claim: Zones, estimate: Zones, time: Comparability, policy: Policy, unit: str = "loaf") -> Bearing:
    """How an estimate of the same time, or of an earlier or a later day, bears on a dated running total."""
    wide = replace(policy, window_days=30)
    claims = ClaimColumns(
        **_row(_DAY), **zone_columns([claim]), **meant_columns([claim]),
        kind=np.array([KINDS.index(Kind.CUMULATIVE)]), published=np.array([_DAY]),
    )  # fmt: skip
    zero, no = np.array([0]), np.array([False])
    estimates = EstimateColumns(
        **_row(_DAY + _AWAY[time]), **zone_columns([estimate]),
        status=zero, part=no, valued=~no, from_published=no, derived=no, repeats=no,
        outdated_from=np.array([NEVER + 1]), family=zero, tier=zero, order=zero,
    )  # fmt: skip
    (block,) = compared(claims, estimates, wide)
    assert block.code[0] == 0
    opened = (bool(block.bearings.opens_top[0]), bool(block.bearings.opens_bottom[0]))
    assert opened == (time.opens_top, time.opens_bottom)
    return bearing_at(block.bearings, 0, claim, estimate, time, unit, wide)


def zones(quantity: Quantity, policy: Policy, scale: float = 1.0) -> Zones:
    return zones_of(quantity, scale, policy)


def _row(day: int) -> dict[str, np.ndarray]:
    zero = np.array([0])
    at = np.array([day])
    return {
        "measure": zero, "scope": zero, "start": at, "end": at, "end_from": at, "dated": np.array([True]),
    }  # fmt: skip
