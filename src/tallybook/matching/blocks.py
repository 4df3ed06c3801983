"""Every claim beside every estimate of its measure, a block of whole claims at a time.

Memory is bounded by the block, not by the number of pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tallybook.matching.columns import ClaimColumns, Codes, Days, EstimateColumns, Flags
from tallybook.matching.rules import (
    NOT_COMPARABLE,
    Bearings,
    ClaimRows,
    Rows,
    Small,
    bearings,
    claim_tests,
    estimate_tests,
    reason_codes,
)
from tallybook.quantity import Policy

Keys = Codes
PAIRS_A_BLOCK = 1 << 16
# The order in which estimates speak, in bits of one number, the most important highest.
_REPEATS, _INCOMPARABLE, _NO_SUPPORT, _DERIVED, _TIER, _AWAY = 60, 59, 58, 57, 55, 33
_NO_DATE = 4_000_000  # days, more than a calendar has and less than bits 33 to 54 hold


@dataclass(frozen=True)
class Block:
    """``claim``, ``estimate``: rows of the columns, one a pair; pairs of one claim stand together.

    ``code``: index into REASONS, 0 when comparable; ``bearings``: how those bear that are.
    """

    claim: Rows
    estimate: Rows
    code: Small
    bearings: Bearings

    def __len__(self) -> int:
        return len(self.claim)

    @cached_property
    def relation(self) -> Small:
        """Of every pair, NOT_COMPARABLE where it is not comparable."""
        found = np.full(len(self), NOT_COMPARABLE, dtype=np.int8)
        found[self.bearings.rows] = self.bearings.relation
        return found

    @cached_property
    def may_support(self) -> Flags:
        """Of every pair; where it is not comparable nothing is said against it."""
        found = np.ones(len(self), dtype=np.bool_)
        found[self.bearings.rows] = self.bearings.may_support
        return found

    @cached_property
    def place(self) -> Rows:
        """Where a pair stands in ``bearings``; -1 where it is not comparable."""
        found = np.full(len(self), -1, dtype=np.int64)
        found[self.bearings.rows] = np.arange(len(self.bearings.rows))
        return found


def compared(
    claims: ClaimColumns, estimates: EstimateColumns, policy: Policy, *, most: int = PAIRS_A_BLOCK
) -> Iterator[Block]:
    """All pairs of one measure, tested; at most ``most`` a block, or those of one claim."""
    ask = claim_tests(claims, policy)
    # by measure and family: the pairs of a block read neighbouring rows, and a family's stand together
    by_family = _order(estimates.family)
    order = by_family.take(_order(estimates.measure.take(by_family)))
    offer = estimate_tests(estimates, policy).sorted_by(order)
    for beside, place in pairs(claims.measure, estimates.measure[order], most=most):
        code = reason_codes(ask, beside, offer, place, policy)
        bears = bearings(ask, beside.claim, offer, place, code)
        yield Block(beside.claim, order.take(place), code, bears)


def pairs(claims: Codes, estimates: Codes, *, most: int) -> Iterator[tuple[ClaimRows, Rows]]:
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
            yield ClaimRows(order[begin:end], counts), starts + np.arange(total)
        begin = end


def _order(measures: Codes) -> Rows:
    """Rows by measure, then as they stand; short codes are sorted by radix, several times as fast."""
    short = len(measures) and measures.min() >= 0 and measures.max() < 1 << 16
    return np.argsort(measures.astype(np.uint16) if short else measures, kind="stable")


def precedence(estimates: EstimateColumns) -> Keys:
    """The estimate's own part of the order of ``voices``, in bits: the smaller, the sooner it speaks."""
    named = np.maximum(estimates.core_high, 1e-9)
    width = np.where(estimates.valued, (estimates.high - estimates.low) / named, np.inf)
    rank = np.empty(len(estimates), dtype=np.int64)
    rank[np.lexsort((estimates.order, width))] = np.arange(len(estimates))
    return (
        estimates.repeats.astype(np.int64) << _REPEATS
        | estimates.derived.astype(np.int64) << _DERIVED
        | estimates.tier << _TIER
        | rank
    )


def voices(claims: ClaimColumns, estimates: EstimateColumns, own: Keys, block: Block) -> Flags:
    """The one pair that speaks for a family on a claim: its best estimate (semantics, section 4).

    What only repeats another statement never speaks. Comparable before not comparable; of the claim's
    own time before dated otherwise; stated before derived; primary before secondary before tertiary;
    then nearest in time to the claim, then most precise. ``own``: the estimates' ``precedence``.
    """
    c, e = block.claim, block.estimate
    start = np.where(claims.dated, claims.start, claims.published)
    end = np.where(claims.dated, claims.end, claims.published)
    away = days_between(estimates.start.take(e), estimates.end.take(e), start.take(c), end.take(c))
    np.putmask(away, ~estimates.dated.take(e), _NO_DATE)
    key = own.take(e)
    key |= np.minimum(away, _NO_DATE) << _AWAY
    key |= (block.code != 0).astype(np.int64) << _INCOMPARABLE
    key |= (~block.may_support).astype(np.int64) << _NO_SUPPORT
    family = estimates.family.take(e)
    first = np.flatnonzero((c[1:] != c[:-1]) | (family[1:] != family[:-1])) + 1
    starts = np.concatenate((np.zeros(1, dtype=np.int64), first))
    best = np.minimum.reduceat(key, starts)
    speaks = key == np.repeat(best, np.diff(np.append(starts, len(key))))
    return speaks & (key < 1 << _REPEATS)


def days_between(start: Days, end: Days, other_start: Days, other_end: Days) -> Days:
    """Days between two periods; 0 where they meet."""
    return np.maximum(np.maximum(start - other_end, other_start - end), 0)
