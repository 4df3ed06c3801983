"""Every claim beside every estimate of its measure, a block of whole claims at a time.

Memory is bounded by the block, not by the number of pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallybook.comparison.columns import NEVER, ClaimColumns, EstimateColumns, Flags
from tallybook.comparison.kernel import Borne, Gated, bearings, days_between, gates
from tallybook.quantity import Policy

PAIRS_A_BLOCK = 1 << 15
_NO_DATE = 1_000_000

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Block:
    """``claim``, ``estimate``: rows of the columns, one a pair; pairs of one claim stand together."""

    claim: Rows
    estimate: Rows
    gated: Gated
    borne: Borne

    def __len__(self) -> int:
        return len(self.claim)


def compared(
    claims: ClaimColumns, estimates: EstimateColumns, policy: Policy, *, most: int = PAIRS_A_BLOCK
) -> Iterator[Block]:
    """All pairs of one measure, gated and borne; at most ``most`` a block, or those of one claim."""
    for claim, estimate in pairs(claims, estimates, most=most):
        ours, theirs = claims.take(claim), estimates.take(estimate)
        gated = gates(ours, theirs, policy)
        yield Block(claim, estimate, gated, bearings(ours, theirs, gated, policy))


def pairs(claims: ClaimColumns, estimates: EstimateColumns, *, most: int) -> Iterator[tuple[Rows, Rows]]:
    """Rows of claims and of estimates of the same measure; claims by measure, then in their order."""
    by_measure = np.argsort(estimates.measure, kind="stable")
    sorted_measures = estimates.measure[by_measure]
    order = np.argsort(claims.measure, kind="stable")
    first = np.searchsorted(sorted_measures, claims.measure[order], side="left")
    count = np.searchsorted(sorted_measures, claims.measure[order], side="right") - first
    until = np.cumsum(count)
    begin = 0
    while begin < len(order):
        done = until[begin - 1] if begin else 0
        end = max(int(np.searchsorted(until, done + most, side="right")), begin + 1)
        counts = count[begin:end]
        total = int(counts.sum())
        if total:
            starts = np.repeat(first[begin:end] - (np.cumsum(counts) - counts), counts)
            yield np.repeat(order[begin:end], counts), by_measure[starts + np.arange(total)]
        begin = end


def voices(claims: ClaimColumns, estimates: EstimateColumns, block: Block) -> Flags:
    """The one pair that speaks for a family on a claim: its best estimate (semantics, section 4).

    Comparable before not comparable; of the claim's own time before dated otherwise; stated before
    derived; primary before secondary before tertiary; then nearest in time to the claim, then most
    precise. What only repeats another statement never speaks.
    """
    ours, theirs = claims.take(block.claim), estimates.take(block.estimate)
    start = np.where(ours.dated, ours.start, ours.published)
    end = np.where(ours.dated, ours.end, ours.published)
    away = np.where(theirs.dated, days_between(theirs.start, theirs.end, start, end), _NO_DATE)
    named = np.maximum(theirs.core_high, 1e-9)
    width = np.where(theirs.valued, (theirs.high - theirs.low) / named, np.inf)
    keys = (
        theirs.order,
        width,
        np.minimum(away, NEVER),
        theirs.tier,
        theirs.derived,
        ~block.gated.may_support,
        block.gated.code != 0,
        theirs.repeats,
        theirs.family,
        block.claim,
    )
    order = np.lexsort(keys)
    first = np.ones(len(order), dtype=np.bool_)
    same_claim = block.claim[order][1:] == block.claim[order][:-1]
    first[1:] = ~(same_claim & (theirs.family[order][1:] == theirs.family[order][:-1]))
    speaks = np.zeros(len(order), dtype=np.bool_)
    speaks[order] = first
    return speaks & ~theirs.repeats
