"""Made-up claims and estimates as columns, a plain merge beside them, and the same rules a pair at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from tallybook.matching.blocks import compared
from tallybook.matching.columns import EVER, LENGTHS, MINUTES, TIMELESS, ClaimColumns, EstimateColumns
from tallybook.matching.rules import REASONS, RELATIONS, Context
from tallybook.quantity import Policy

CLAIMS, ESTIMATES, MEASURES = 10_000, 100_000, 1_000
_FIRST_DAY = 738_000
_YEARS = 3
_OVER, _UP_TO, _ABOUT = 1, 2, 3
_NO_SCOPES = np.zeros((0, 2), dtype=np.int64)


class Case(NamedTuple):
    claims: ClaimColumns
    estimates: EstimateColumns

    def under(self, policy: Policy) -> Context:
        return Context(self.claims, self.estimates, _NO_SCOPES, policy)


def made_up(claims: int, estimates: int, measures: int, seed: int = 1) -> Case:
    """Figures of a measure scatter around a number of its own, so that some agree and some differ.

    The shares of what is planned, a part, of another scope and without a number or date are about those
    of the first case: half of the pairs are comparable.
    """
    random = np.random.default_rng(seed)
    typical = np.exp(random.normal(8, 2, measures))
    time_of = random.integers(TIMELESS, LENGTHS + 1, measures)
    counts = random.random(measures) < 0.7
    ours = _shared(random, claims, measures, typical)
    theirs = _shared(random, estimates, measures, typical)
    of_claim = ours["measure"]
    core = ours["core_low"]
    dated = random.random(claims) < 0.95
    published = _FIRST_DAY + 365 * _YEARS + random.integers(0, 60, claims)
    by_page = random.random(estimates) < 0.10
    undated = ~by_page & (random.random(estimates) < 0.03)
    return Case(
        ClaimColumns(
            **_dates(random, ours, ~dated, published),
            part=np.zeros(claims, dtype=np.int64),
            time=time_of[of_claim],
            dated=dated,
            published=published,
            window=np.where(random.random(measures) < 0.5, 30, -1)[of_claim],
            by_hour=(random.random(measures) < 0.1)[of_claim],
            adds_up=counts[of_claim],
            same=np.where(counts, 0.005, 0.0)[of_claim],
            spread=np.zeros(claims),
            meant_low=np.where(np.isinf(ours["high"]), core, ours["low"]),
            meant_high=np.where(np.isinf(ours["high"]), 1.5 * core, ours["high"]),
            way_low=ours["low"] - ours["half_low"],
            way_high=ours["high"] + ours["half_high"],
            tolerance=np.zeros(claims),
        ),
        EstimateColumns(
            **_dates(
                random, theirs, by_page | undated, _FIRST_DAY + random.integers(0, 365 * _YEARS, estimates)
            ),
            part=(random.random(estimates) < 0.07).astype(np.int64),
            by_page=by_page,
            undated=undated,
            valued=random.random(estimates) < 0.97,
            vague=np.where(random.random(estimates) < 0.02, 1, 0),
            refused=random.random(estimates) < 0.01,
            provisional=random.random(estimates) < 0.02,
            superseded=random.random(estimates) < 0.02,
            lowered=random.random(estimates) < 0.01,
            derived=random.random(estimates) < 0.20,
            repeats=random.random(estimates) < 0.30,
            family=random.integers(0, 12, estimates),
            origin=random.integers(0, 30, estimates),
            tier=random.integers(0, 3, estimates),
            published=_FIRST_DAY + random.integers(0, 365 * _YEARS, estimates),
            order=np.arange(estimates),
        ),
    )


def _shared(random, count, measures, typical):  # type: ignore[no-untyped-def]
    measure = random.integers(0, measures, count)
    named = np.maximum(np.round(typical[measure] * np.exp(random.normal(0, 0.2, count)), -1), 10.0)
    modifier = random.integers(0, 4, count)
    slack = np.where(modifier == _ABOUT, 0.1, 0.02) * named
    no = np.zeros(count, dtype=np.bool_)
    return {
        "measure": measure,
        "scope": 1 + (random.random(count) < 0.12).astype(np.int64),
        "status": np.where(random.random(count) < 0.05, 2, 0),
        "base_start": np.zeros(count, dtype=np.int64),
        "base_end": np.zeros(count, dtype=np.int64),
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
        "single": random.random(count) < 0.1,
        "round": random.random(count) < 0.3,
        "digitless": no,
        "margin": random.random(count) < 0.02,
        "completed": np.zeros(count),
        "direction": np.zeros(count, dtype=np.int64),
        "spoken": no,
    }


def _dates(random, columns, loose, until):  # type: ignore[no-untyped-def]
    """Days and years; where a time is ``loose``, any up to a day."""
    count = len(until)
    start = _FIRST_DAY + random.integers(0, 365 * _YEARS, count)
    start = np.where(random.random(count) < 0.5, start - start % 365, start)
    end = np.where(start % 365 == 0, start + 364, start)
    start, end = np.where(loose, -EVER, start), np.where(loose, until, end)
    return columns | {
        "first": start * MINUTES,
        "last": end * MINUTES + MINUTES - 1,
        "start": start,
        "start_to": np.where(loose, until, start),
        "end_from": np.where(loose, -EVER, end),
        "end": end,
        "name": np.where(loose, 0, 1 + (start - start.min()) * 400 + (end - start)),
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


class Found(NamedTuple):
    """A pair, and the word for it: its relation, or the test that fails."""

    claim: int
    estimate: int
    word: str


def together(case: Case, policy: Policy) -> Iterator[Found]:
    """All pairs as the columns give them."""
    for block in compared(case.under(policy)):
        for k in range(len(block)):
            word = str(REASONS[block.code[k]] or RELATIONS[block.relation[k]])
            yield Found(int(block.claim[k]), int(block.estimate[k]), word)


def one_by_one(case: Case, policy: Policy, pairs: list[tuple[int, int]]) -> Iterator[Found]:
    """Some pairs by the same rules, each alone."""
    for claim, estimate in pairs:
        alone = Case(case.claims.take(np.array([claim])), case.estimates.take(np.array([estimate])))
        (found,) = together(alone, policy)
        yield Found(claim, estimate, found.word)
