"""All pairs of a claim and an estimate of its measure, a block of whole claims at a time.

The memory needed depends on the size of a block, not on the number of pairs.
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
# The order in which estimates represent their family, as bits of one number, the most important highest.
_REPEATS, _INCOMPARABLE, _NO_SUPPORT, _DERIVED, _TIER, _AWAY = 60, 59, 58, 57, 55, 33
_NO_DATE = 4_000_000  # days, more than a calendar has and less than bits 33 to 54 hold


@dataclass(frozen=True)
class Block:
    """``claim``, ``estimate``: rows of the columns, one per pair; the pairs of one claim are consecutive.

    ``code``: index into REASONS, 0 if comparable; ``bearings``: the relations of comparable pairs.
    """

    claim: Rows
    estimate: Rows
    code: Small
    bearings: Bearings

    def __len__(self) -> int:
        return len(self.claim)

    @cached_property
    def relation(self) -> Small:
        """The relation of every pair, NOT_COMPARABLE if it is not comparable."""
        found = np.full(len(self), NOT_COMPARABLE, dtype=np.int8)
        found[self.bearings.rows] = self.bearings.relation
        return found

    @cached_property
    def may_support(self) -> Flags:
        """Of every pair; True if it is not comparable."""
        found = np.ones(len(self), dtype=np.bool_)
        found[self.bearings.rows] = self.bearings.may_support
        return found

    @cached_property
    def place(self) -> Rows:
        """The row of each pair in ``bearings``; -1 if it is not comparable."""
        found = np.full(len(self), -1, dtype=np.int64)
        found[self.bearings.rows] = np.arange(len(self.bearings.rows))
        return found


def compared(
    claims: ClaimColumns, estimates: EstimateColumns, policy: Policy, *, most: int = PAIRS_A_BLOCK
) -> Iterator[Block]:
    """All pairs of the same measure, compared; at most ``most`` per block, or all those of one claim."""
    ask = claim_tests(claims, policy)
    # by measure and family: the pairs of a block read neighbouring rows, a family's are consecutive
    by_family = _order(estimates.family)
    order = by_family.take(_order(estimates.measure.take(by_family)))
    offer = estimate_tests(estimates, policy).sorted_by(order)
    for beside, place in pairs(claims.measure, estimates.measure[order], most=most):
        code = reason_codes(ask, beside, offer, place, policy)
        bears = bearings(ask, beside.claim, offer, place, code)
        yield Block(beside.claim, order.take(place), code, bears)


def pairs(claims: Codes, estimates: Codes, *, most: int) -> Iterator[tuple[ClaimRows, Rows]]:
    """Blocks of pairs (rows of claims, rows of estimates) of the same measure.

    ``claims``, ``estimates``: the measure codes of each; those of the estimates are sorted. Claims by
    measure, then in their order; all pairs of a claim are in one block.
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
    """Rows sorted by code, stably; short codes are sorted by radix, several times as fast."""
    short = len(measures) and measures.min() >= 0 and measures.max() < 1 << 16
    return np.argsort(measures.astype(np.uint16) if short else measures, kind="stable")


def precedence(estimates: EstimateColumns) -> Keys:
    """The part of the order of ``voices`` that depends only on the estimate, as bits; smallest first."""
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
    """Whether each pair of a block is the voice of its family on its claim: the family's best estimate.

    Never one that repeats another statement. Comparable before not comparable; able to support the claim
    by its date before others; stated before derived; primary before secondary before tertiary; then nearest
    in time to the claim, then most precise. ``own``: the ``precedence`` of the estimates.
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
    """Days between two periods; 0 if they meet."""
    return np.maximum(np.maximum(start - other_end, other_start - end), 0)
