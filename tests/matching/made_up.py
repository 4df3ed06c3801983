"""Made-up claims and estimates as columns: of every kind, with every flag."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tallybook.matching.columns import (
    AS_A_PERIOD,
    CHANGES,
    EVER,
    LENGTHS,
    MINUTES,
    POINTS,
    RUNNING,
    TOTALS,
    ClaimColumns,
    EstimateColumns,
)
from tallybook.matching.rules import Context
from tallybook.quantity import Policy

_FIRST_DAY = 738_000
_YEARS = 3
_EXACT, _OVER, _UP_TO, _ABOUT, _NEARLY, _ODD = range(6)
_SCOPES = 3
INNER = ((1, 0),)
"""Of the made-up scopes, the first lies inside the second where a measure adds up."""


class Case(NamedTuple):
    claims: ClaimColumns
    estimates: EstimateColumns
    inner: tuple[tuple[int, int], ...] = INNER

    def context(self, policy: Policy) -> Context:
        inner = np.array(self.inner, dtype=np.int64).reshape(-1, 2)
        return Context(self.claims, self.estimates, inner, policy)


def made_up(claims: int, estimates: int, measures: int, seed: int = 1) -> Case:
    """Figures of a measure scatter around a number of its own, so that some agree and some differ.

    The shares of what is planned, a part, of another scope and without a number or date are about those
    of the first case.
    """
    random = np.random.default_rng(seed)
    typical = np.exp(random.normal(8, 2, measures))
    kind_of = random.integers(0, LENGTHS + 1, measures)
    ours = _shared(random, claims, measures, typical, kind_of)
    theirs = _shared(random, estimates, measures, typical, kind_of)
    kind, core = kind_of[ours["measure"]], ours["core_low"]
    dated = random.random(claims) < 0.8
    published = _FIRST_DAY + 365 * _YEARS + random.integers(0, 60, claims)
    undate(ours, ~dated, published)
    floor, ceiling = ours["bound"] > 0, ours["bound"] < 0
    by_page = random.random(estimates) < 0.15
    page = theirs["end"] + random.integers(0, 200, estimates)
    undate(theirs, by_page, page)
    undated = ~by_page & (random.random(estimates) < 0.03)
    undate(theirs, undated, np.full(estimates, EVER))
    return Case(
        ClaimColumns(
            **ours,
            time=kind,
            dated=dated,
            published=published,
            window=np.where(random.random(claims) < 0.3, 10, -1),
            by_hour=(kind == POINTS) & (ours["measure"] % 2 == 0),
            adds_up=np.isin(kind, (POINTS, RUNNING, TOTALS)),
            same=np.where(ours["measure"] % 3 == 0, 0.005, 0.0),
            spread=np.where(ours["measure"] % 7 == 0, 0.01 * typical[ours["measure"]], 0.0),
            meant_low=np.where(ceiling, 0.95 * core, np.where(floor, core, core - 0.1 * np.abs(core))),
            meant_high=np.where(floor, 1.5 * np.abs(core), core + 0.05 * np.abs(core)),
            way_low=ours["low"] - np.where(ours["low_open"], 0.0, ours["half_low"]),
            way_high=ours["high"] + ours["half_high"],
        ),
        EstimateColumns(
            **theirs,
            by_page=by_page,
            undated=undated,
            valued=random.random(estimates) < 0.97,
            vague=random.choice([0, 1, 2], estimates, p=[0.94, 0.03, 0.03]),
            refused=random.random(estimates) < 0.01,
            provisional=random.random(estimates) < 0.05,
            superseded=random.random(estimates) < 0.02,
            lowered=random.random(estimates) < 0.1,
            derived=random.random(estimates) < 0.20,
            repeats=random.random(estimates) < 0.30,
            family=random.integers(0, 12, estimates),
            origin=np.zeros(estimates, dtype=np.int64),
            tier=random.integers(0, 3, estimates),
            published=page,
            order=np.arange(estimates),
        ),
    )


def with_offices(case: Case) -> Case:
    """The same with two origins in every family."""
    estimates = case.estimates
    fields = {name: getattr(estimates, name) for name in estimates.__dataclass_fields__}
    return Case(
        case.claims, EstimateColumns(**fields | {"origin": 2 * estimates.family + estimates.order % 2})
    )


def _shared(
    random: np.random.Generator, count: int, measures: int, typical: Any, kind_of: Any
) -> dict[str, Any]:
    measure = random.integers(0, measures, count)
    kind = kind_of[measure]
    named = np.maximum(np.round(typical[measure] * np.exp(random.normal(0, 0.2, count)), -1), 10.0)
    modifier = random.integers(0, _ODD + 1, count)
    start = _FIRST_DAY + 30 * random.integers(0, 12 * _YEARS, count)
    length = random.choice([0, 29, 29, 89, 359], count)
    end = start + np.where(kind == POINTS, 0, length)
    vague = np.where(random.random(count) < 0.1, np.minimum(length, 10), 0)
    half = np.where(modifier == _ODD, 0.5, 0.02 * named)
    slack = np.select([modifier == _ABOUT, modifier == _ODD], [0.1 * named, 0.0], 0.02 * named)
    fell = (kind == CHANGES) & (random.random(count) < 0.3)
    over, up_to = modifier == _OVER, modifier == _UP_TO
    low = np.select([over, up_to, modifier == _NEARLY], [named, 0.0, 0.9 * named], named - slack)
    high = np.select([over, up_to, modifier == _NEARLY], [np.inf, named, named], named + slack)
    known = random.random(count) < 0.8
    return {
        "measure": measure,
        "scope": np.where(random.random(count) < 0.12, random.integers(1, _SCOPES, count), 0),
        "status": np.where(random.random(count) < 0.10, 1 + random.integers(1, 4, count), 0),
        "first": start * MINUTES,
        "last": np.where(kind == RUNNING, start, end) * MINUTES + MINUTES - 1,
        "start": start,
        "start_to": start + vague,
        "end_from": end - vague,
        "end": end,
        "name": np.where(vague == 0, 1 + (start - _FIRST_DAY) * 1000 + end - start, 0)
        + np.where(vague == 0, 0, 10**8 + np.arange(count)),
        "base_start": np.where(random.random(count) < 0.2, start - 360, 0),
        "base_end": start - 331,
        **_ends(random, kind, start, end),
        "core_low": np.where(fell, -named, named),
        "core_high": np.where(fell, -named, named),
        "low": np.where(fell, -high, low),
        "high": np.where(fell, -low, high),
        "low_open": over & ~fell,
        "high_open": over & fell,
        "half_low": half,
        "half_high": half,
        "bound": np.where(over, 1, np.where(up_to, -1, 0)) * np.where(fell, -1, 1),
        "from_below": modifier == _NEARLY,
        "contradictory": random.random(count) < 0.005,
        "single": random.random(count) < 0.1,
        "round": modifier == _EXACT,
        "digitless": random.random(count) < 0.02,
        "margin": random.random(count) < 0.02,
        "completed": np.where((kind == LENGTHS) & (random.random(count) < 0.2), 0.5, 0.0),
        "direction": np.where((kind == CHANGES) & known, np.where(fell, -1, 1), 0),
        "spoken": random.random(count) < 0.7,
        "several": random.random(count) < 0.1,
        "part": np.where(random.random(count) < 0.1, random.integers(1, 3, count), 0),
    }


def _ends(random: np.random.Generator, kind: Any, start: Any, end: Any) -> dict[str, Any]:
    """Of some changes the two points of time: the first and the last day of its period, a few vaguely."""
    count = len(start)
    told = np.where((kind == CHANGES) & (start < end), random.integers(0, AS_A_PERIOD + 1, count), 0)
    there, vague = told != 0, random.choice([0, 0, 0, 5], count)
    return {
        "earlier_start": np.where(there, start, 0),
        "earlier_end": np.where(there, start + vague, 0),
        "later_start": np.where(there, end, 0),
        "later_end": np.where(there, end + vague, 0),
        "told": told,
        "certain": there & (vague == 0) & (random.random(count) < 0.8),
        "unknown": there & (random.random(count) < 0.1),
    }


def undate(side: dict[str, Any], rows: Any, until: Any) -> None:
    """Of some rows no more is known than that they are no later than a day."""
    for name, value in (
        ("first", np.int64(-EVER * MINUTES)), ("last", until * MINUTES + MINUTES - 1),
        ("start", np.int64(-EVER)), ("start_to", until), ("end_from", np.int64(-EVER)), ("end", until),
        ("name", np.int64(0)),
    ):  # fmt: skip
        side[name] = np.where(rows, value, side[name])
