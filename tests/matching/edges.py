"""Made-up figures that lie at the edges of the rules: equal numbers, zones that touch, days one window apart.

All are of one measure, so that every claim meets every estimate; numbers, days and flags are drawn from a few
that lie just on, before and behind an edge. What no book can hold is not made up.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tallybook.matching.columns import (
    AS_A_PERIOD,
    CHANGES,
    EVER,
    LENGTHS,
    MINUTES,
    POINTS,
    RUNNING,
    ClaimColumns,
    EstimateColumns,
)

from .made_up import Case, undate

_DAY = 738_000
_OF_ONE_UNIT = (0.0, 98.0, 99.0, 99.5, 100.0, 100.0 * (1 + 6e-10), 100.5, 101.0, 102.0, 105.0, 200.0)
_FINE = (100.0, 100.0 * (1 + 6e-10), 100.0 * (1 + 3e-9), 102.0, 102.0000007, 102.0000015, 0.0)
"""Numbers about a billionth apart, and zones about one spread apart. An open end leaves out some more."""
_STARTS, _ENDS = (0, 1, 31, 32), (30, 31, 60, 61, 62, 92)
_PAGES = (-32, -31, -1, 0, 1, 20, 21, 29, 30, 31, 40, 51, 61, 62, 71, 72, 92, 93, 123, 124)
_DAYS = (0, 0, 0, 1, 10, 11, 31, 32)
_HOURS = (720, 720, 720, 720, 1080, 0, 1439)
INNER = ((1, 0), (2, 0), (3, 1), (3, 0), (5, 4))
_EXACT, _OVER, _AT_LEAST, _UNDER, _AT_MOST, _NEARLY, _RANGE, _SPLIT = range(8)


def at_the_edges(
    kind: int,
    seed: int,
    *,
    plain: bool = False,
    fine: bool = False,
    hours: tuple[bool, bool] = (True, True),
    claims: int = 30,
    estimates: int = 54,
) -> Case:
    """``kind``: how time bears on the measure. ``plain``: all of one scope, status and part, nothing known
    against an estimate; ``fine``: numbers about a billionth apart, no open ends, no hours; ``hours``: whether
    claims and estimates may have any."""
    random = np.random.default_rng(seed)
    ours, theirs = (
        _shared(random, count, kind, plain, fine, timed and not fine)
        for count, timed in zip((claims, estimates), hours, strict=True)
    )
    dated = random.random(claims) < 0.8
    published = _DAY + random.choice(_PAGES, claims)
    undate(ours, ~dated, published)
    page = _DAY + random.choice(_PAGES, estimates)
    by_page = random.random(estimates) < 0.2
    undate(theirs, by_page, page)
    undated = ~by_page & (random.random(estimates) < 0.06)
    undate(theirs, undated, np.full(estimates, EVER))
    reach = random.choice([0.0, 1.0, 2.0], claims)
    up, down = ours["bound"] > 0, ours["bound"] < 0
    low, high = ours["core_low"], ours["core_high"]

    def rare(share: float) -> Any:
        return random.random(estimates) < (0.0 if plain else share)

    return Case(
        ClaimColumns(
            **ours,
            time=np.full(claims, kind),
            dated=dated,
            published=published,
            window=random.choice([-1, -1, 0, 1, 10], claims),
            by_hour=(random.random(claims) < 0.4) & (kind == POINTS),
            adds_up=(random.random(claims) < 0.7) & (kind != CHANGES),
            same=random.choice([0.0, 0.005], claims),
            spread=random.choice([0.0, 0.0, 0.0, 1.0], claims),
            meant_low=low - np.where(up, 0.0, np.where(down, 5.0, reach)),
            meant_high=high + np.where(down, 0.0, np.where(up, 5.0, reach)),
            way_low=ours["low"] - np.where(ours["low_open"], 0.0, ours["half_low"]),
            way_high=ours["high"] + np.where(ours["high_open"], 0.0, ours["half_high"]),
        ),
        EstimateColumns(
            **theirs,
            by_page=by_page,
            undated=undated,
            valued=~rare(0.04),
            vague=np.where(rare(0.1), random.integers(1, 3, estimates), 0),
            refused=rare(0.02),
            provisional=rare(0.2),
            superseded=rare(0.04),
            lowered=rare(0.1),
            derived=random.random(estimates) < 0.3,
            repeats=random.random(estimates) < 0.1,
            family=random.integers(0, 3, estimates),
            origin=random.integers(0, 6, estimates),
            tier=random.integers(0, 3, estimates),
            published=page,
            order=random.permutation(estimates),
        ),
        INNER,
    )


def _shared(
    random: np.random.Generator, count: int, kind: int, plain: bool, fine: bool, hours: bool
) -> dict[str, Any]:
    def rare(share: float) -> Any:
        return random.random(count) < share

    unlike = 0.0 if plain else 1.0
    parts = np.where(rare(0.15 * unlike), random.integers(1, 3, count), 0)
    scopes = np.where(rare(0.3 * unlike), random.integers(1, 6, count), 0)
    numbers = _numbers(random, count, kind, fine)
    whole = kind not in (CHANGES, LENGTHS) or plain
    return {
        "measure": np.zeros(count, dtype=np.int64),
        "scope": scopes,
        "status": np.where(rare(0.1 * unlike), random.integers(1, 5, count), 0),
        **_times(random, count, hours=hours and kind in (POINTS, RUNNING)),
        **_bases(random, count),
        **_ends(random, count, kind),
        **numbers,
        "contradictory": rare(0.02),
        "single": rare(0.3),
        "round": rare(0.3),
        "digitless": rare(0.15),
        "margin": rare(0.1),
        "completed": np.where(rare(0.0 if whole else 0.3) & (kind == LENGTHS), 0.5, 0.0),
        "part": parts,
    }


def _numbers(random: np.random.Generator, count: int, kind: int, fine: bool) -> dict[str, Any]:
    number = random.choice(_FINE if fine else _OF_ONE_UNIT, count)
    modifier = random.choice(
        [_EXACT] * 8 + [_OVER, _AT_LEAST, _UNDER, _AT_MOST, _NEARLY, _RANGE, _SPLIT], count
    )
    if fine:
        modifier = np.where((modifier == _OVER) | (modifier == _UNDER), _EXACT, modifier)
    ranged = modifier == _RANGE
    modifier = np.where(
        (modifier == _UNDER) & (number == 0), _AT_MOST, modifier
    )  # there is nothing below nothing
    top = number + np.where(ranged, random.choice([1.0, 5.0], count), 0.0)
    half_low = random.choice([0.0, 0.5, 1.0], count)
    half_high = np.where(ranged, random.choice([0.0, 0.5, 1.0], count), half_low)
    wide = np.where(modifier == _SPLIT, 5.0, np.where(random.random(count) < 0.7, half_low, 2.0))
    up, down = np.isin(modifier, (_OVER, _AT_LEAST)), np.isin(modifier, (_UNDER, _AT_MOST))
    nearly = modifier == _NEARLY
    low = np.where(up, number, np.where(down, 0.0, np.where(nearly, number - 5.0, number - wide)))
    high = np.where(up, np.inf, np.where(down | nearly, number, top + np.maximum(wide, half_high)))
    low = np.where(down & (random.random(count) < 0.3), -np.inf, low)
    fell = (kind in (CHANGES, POINTS)) & (random.random(count) < 0.3)
    sign = np.where(fell, -1.0, 1.0)
    told = (random.random(count) < 0.7) | fell & (number != 0)
    return {
        "core_low": np.where(fell, -top, number),
        "core_high": np.where(fell, -number, top),
        "low": np.where(fell, -high, low),
        "high": np.where(fell, -low, high),
        "low_open": np.where(fell, modifier == _UNDER, modifier == _OVER),
        "high_open": np.where(fell, modifier == _OVER, modifier == _UNDER),
        "half_low": np.where(fell, half_high, half_low),
        "half_high": np.where(fell, half_low, half_high),
        "bound": np.where(up, 1, np.where(down, -1, 0)) * sign,
        "from_below": nearly,
        "direction": np.where((kind == CHANGES) & told, sign, 0),
        "spoken": random.random(count) < 0.7,
        "several": random.random(count) < 0.1,
    }


def _times(random: np.random.Generator, count: int, *, hours: bool) -> dict[str, Any]:
    day = _DAY + random.choice(_DAYS, count)
    to = day + np.where(random.random(count) < 0.2, 10, 0)
    first, last = day * MINUTES, to * MINUTES + MINUTES - 1
    if hours:
        hour, until = day * MINUTES + random.choice(_HOURS, count), random.random(count) < 0.2
        timed = (day == to) & (random.random(count) < 0.6)
        first, last = np.where(timed, hour, first), np.where(timed & ~until, hour, last)
    start, end = _DAY + random.choice(_STARTS, count), _DAY + random.choice(_ENDS, count)
    end = np.maximum(start, end)
    vague = random.choice([0, 0, 0, 1, 2], count), random.choice([0, 0, 0, 1, 2], count)
    start_to, end_from = np.minimum(start + vague[0], end), np.maximum(end - vague[1], start)
    ends = np.stack([start, start_to, end_from, end], axis=1)
    # a code that the same four days have on the other side, too
    name = 1 + (ends - _DAY) @ np.array([1, 100, 10_000, 1_000_000])
    return {
        "first": first,
        "last": last,
        "start": start,
        "start_to": start_to,
        "end_from": end_from,
        "end": end,
        "name": np.where(random.random(count) < 0.4, 10**9 + random.integers(0, 10**9, count), name),
    }


def _bases(random: np.random.Generator, count: int) -> dict[str, Any]:
    which = random.choice([0, 0, 1, 1, 2, 3], count)
    bases = np.array([(0, 0), (_DAY - 400, _DAY - 300), (_DAY - 400, _DAY - 200), (_DAY - 350, _DAY - 300)])
    return {"base_start": bases[which, 0], "base_end": bases[which, 1]}


def _ends(random: np.random.Generator, count: int, kind: int) -> dict[str, Any]:
    """Of some changes the days of the two points of time: equal, a day apart, or vague."""
    there = (random.random(count) < 0.7) & (kind == CHANGES)
    earlier, later = _DAY + random.choice([0, 0, 1], count), _DAY + random.choice([60, 60, 61], count)
    vague = random.choice([0, 0, 0, 1], (2, count))
    return {
        "earlier_start": np.where(there, earlier, 0),
        "earlier_end": np.where(there, earlier + vague[0], 0),
        "later_start": np.where(there, later, 0),
        "later_end": np.where(there, later + vague[1], 0),
        "told": np.where(there, random.integers(1, AS_A_PERIOD + 1, count), 0),
        "certain": there & (vague.max(axis=0) == 0) & (random.random(count) < 0.8),
        "unknown": there & (random.random(count) < 0.1),
    }
