"""Every claim beside every estimate of its measure, a block of whole claims at a time.

Memory is bounded by the block, not by the number of pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tallybook.comparison.columns import NEVER, ClaimColumns, Codes, Days, EstimateColumns, Flags
from tallybook.comparison.kernel import (
    NOT_COMPARABLE,
    Beside,
    Borne,
    Rows,
    Small,
    asking,
    bearings,
    gates,
    standing,
)
from tallybook.quantity import Policy

PAIRS_A_BLOCK = 1 << 16
_NO_DATE = 1_000_000


@dataclass(frozen=True)
class Block:
    """``claim``, ``estimate``: rows of the columns, one a pair; pairs of one claim stand together.

    ``gate``: index into GATES, 0 when comparable; ``borne``: how those bear that are.
    """

    claim: Rows
    estimate: Rows
    gate: Small
    borne: Borne

    def __len__(self) -> int:
        return len(self.claim)

    @cached_property
    def relation(self) -> Small:
        """Of every pair, NOT_COMPARABLE where the gate failed."""
        found = np.full(len(self), NOT_COMPARABLE, dtype=np.int8)
        found[self.borne.rows] = self.borne.relation
        return found

    @cached_property
    def may_support(self) -> Flags:
        """Of every pair; where the gate failed nothing is said against it."""
        found = np.ones(len(self), dtype=np.bool_)
        found[self.borne.rows] = self.borne.may_support
        return found

    @cached_property
    def place(self) -> Rows:
        """Where a pair stands in ``borne``; -1 where the gate failed."""
        found = np.full(len(self), -1, dtype=np.int64)
        found[self.borne.rows] = np.arange(len(self.borne.rows))
        return found


def compared(
    claims: ClaimColumns, estimates: EstimateColumns, policy: Policy, *, most: int = PAIRS_A_BLOCK
) -> Iterator[Block]:
    """All pairs of one measure, gated and borne; at most ``most`` a block, or those of one claim."""
    ask = asking(claims, policy)
    order = _order(estimates.measure)
    # in order of the measures, so that the pairs of a block read neighbouring rows
    stand = standing(estimates, policy).sorted_by(order)
    for beside, place in pairs(claims.measure, estimates.measure[order], most=most):
        gate = gates(ask, beside, stand, place, policy)
        borne = bearings(ask, beside.claim, stand, place, gate)
        yield Block(beside.claim, order.take(place), gate, borne)


def pairs(claims: Codes, estimates: Codes, *, most: int) -> Iterator[tuple[Beside, Rows]]:
    """Rows of claims and of estimates of one measure; ``estimates``: their measures, sorted.

    Claims by measure, then in their order; all pairs of a claim in one block.
    """
    order = _order(claims)
    first = np.searchsorted(estimates, claims[order], side="left")
    count = np.searchsorted(estimates, claims[order], side="right") - first
    until = np.cumsum(count)
    begin = 0
    while begin < len(order):
        done = until[begin - 1] if begin else 0
        end = max(int(np.searchsorted(until, done + most, side="right")), begin + 1)
        counts = count[begin:end]
        total = int(counts.sum())
        if total:
            starts = np.repeat(first[begin:end] - (np.cumsum(counts) - counts), counts)
            yield Beside(order[begin:end], counts), starts + np.arange(total)
        begin = end


def _order(measures: Codes) -> Rows:
    """Rows by measure, then as they stand; short codes are sorted by radix, several times as fast."""
    short = len(measures) and 0 <= measures.min() and measures.max() < 1 << 16
    return np.argsort(measures.astype(np.uint16) if short else measures, kind="stable")


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
        ~block.may_support,
        block.gate != 0,
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


def days_between(start: Days, end: Days, other_start: Days, other_end: Days) -> Days:
    """Days between two periods; 0 where they meet."""
    return np.maximum(np.maximum(start - other_end, other_start - end), 0)
