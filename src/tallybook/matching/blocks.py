"""All pairs of a claim and an estimate of its measure, a block of whole claims at a time.

The memory needed depends on the size of a block, not on the number of pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tallybook.matching.columns import ClaimColumns, Codes, EstimateColumns, Flags
from tallybook.matching.rules import (
    AGREES,
    DIFFERS,
    NOT_COMPARABLE,
    REASONS,
    REFUSED,
    SUPPORTS,
    Bearings,
    ClaimRows,
    Context,
    bearings,
    failed_tests,
    opened,
    scopes,
)
from tallybook.matching.times import Rows, Small, Times, times
from tallybook.terms import Incomparable

Keys = Codes
PAIRS_A_BLOCK = 1 << 16
_VAGUE, _REFUSED = REASONS.index(Incomparable.VAGUE), REASONS.index(Incomparable.REFUSED)
# The order in which estimates represent their family, as bits of one number, the most important highest.
_REPEATS, _TIME, _DERIVED, _TIER = 8, 4, 3, 0
_APART, _POSSIBLE, _ITS_OWN = 2, 1, 0


@dataclass(frozen=True)
class Block:
    """``claim``, ``estimate``: rows of the columns, one per pair; the pairs of one claim are consecutive.

    ``code``: index into REASONS, 0 if comparable; ``compared``: the rows of the comparable pairs;
    ``bearings``: their relations.
    """

    at: Context
    claim: Rows
    estimate: Rows
    code: Small
    compared: Rows
    bearings: Bearings

    def __len__(self) -> int:
        return len(self.claim)

    @cached_property
    def relation(self) -> Small:
        """The relation of every pair."""
        found = np.full(len(self), np.int8(NOT_COMPARABLE))
        found[self.compared] = self.bearings.relation
        found[self.code == _REFUSED] = REFUSED
        return found

    @cached_property
    def nearness(self) -> Small:
        """Of every pair: _ITS_OWN if certainly of the claim's time, _POSSIBLE if it may be, else _APART."""
        found = np.full(len(self), np.int8(_APART + 1))
        bears = self.bearings
        found[self.compared] = np.where(
            bears.own_time, _ITS_OWN, np.where(bears.may_agree, _POSSIBLE, _APART)
        )
        return found

    @cached_property
    def place(self) -> Rows:
        """The row of each pair in ``bearings``; -1 if it is not comparable."""
        found = np.full(len(self), -1, dtype=np.int64)
        found[self.compared] = np.arange(len(self.compared))
        return found

    @cached_property
    def would(self) -> tuple[Rows, Bearings]:
        """(rows, how they would bear) of the pairs with numbers that are not comparable, were the reason
        away."""
        valued = self.at.estimates.valued.take(self.estimate)
        rows = np.flatnonzero((self.code != 0) & valued & (self.code != _REFUSED))
        c, e = self.claim.take(rows), self.estimate.take(rows)
        return rows, bearings(self.at, c, e, Times.none(len(rows)))


def compared(at: Context, *, most: int = PAIRS_A_BLOCK) -> Iterator[Block]:
    """All pairs of the same measure, compared; at most ``most`` per block, or all those of one claim.

    The estimates of a claim come by family and, in that, by origin.
    """
    estimates = at.estimates
    ours, theirs = _by_time(at.claims, estimates)
    order = _order(estimates.origin)
    order = order.take(_order(estimates.family.take(order)))
    order = order.take(_order(theirs.take(order)))
    for beside, place in pairs(ours, theirs[order], most=most):
        yield _block(at, beside.claim, order.take(place))


def _by_time(claims: ClaimColumns, estimates: EstimateColumns) -> tuple[Codes, Codes]:
    """The measures of claims and estimates, coded so that those of one rule of time are neighbours."""
    count = int(max(claims.measure.max(initial=-1), estimates.measure.max(initial=-1))) + 1
    time = np.full(count, -1, dtype=np.int64)
    time[claims.measure] = claims.time
    code = np.empty(count, dtype=np.int64)
    code[np.argsort(time, kind="stable")] = np.arange(count)
    return code.take(claims.measure), code.take(estimates.measure)


def _block(at: Context, claim: Rows, estimate: Rows) -> Block:
    when = times(at.claims, at.estimates, claim, estimate, at.policy)
    inside = scopes(at, claim, estimate)
    code = failed_tests(at, claim, estimate, when, inside)
    rows = np.flatnonzero(code == 0)
    all_of_them = len(rows) == len(claim)
    c, e = (claim, estimate) if all_of_them else (claim.take(rows), estimate.take(rows))
    within = inside if all_of_them else inside.take(rows)
    bears = bearings(at, c, e, opened(at, c, e, when if all_of_them else when.take(rows), within))
    vague = at.estimates.vague.take(e) == 2
    if vague.any():
        # its finer grain serves agreement alone; against the claim it decides nothing
        bears.relation[vague & (bears.relation != AGREES) & (bears.relation != SUPPORTS)] = NOT_COMPARABLE
        code[rows[bears.relation == NOT_COMPARABLE]] = _VAGUE
    return Block(at, claim, estimate, code, rows, bears)


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


def _order(codes: Codes) -> Rows:
    """Rows sorted by code, stably; short codes are sorted by radix, several times as fast."""
    short = len(codes) and codes.min() >= 0 and codes.max() < 1 << 16
    return np.argsort(codes.astype(np.uint16) if short else codes, kind="stable")


def precedence(estimates: EstimateColumns) -> Keys:
    """The rank of every estimate among those of its origin: the latest first, then the most precise."""
    named = np.maximum(np.maximum(np.abs(estimates.core_low), np.abs(estimates.core_high)), 1e-9)
    with np.errstate(invalid="ignore"):
        width = np.where(estimates.valued, (estimates.high - estimates.low) / named, np.inf)
    rank = np.empty(len(estimates), dtype=np.int64)
    rank[np.lexsort((estimates.order, width, -estimates.published))] = np.arange(len(estimates))
    return rank


@dataclass(frozen=True)
class Voices:
    """``speaks``: whether each pair of a block is the voice of its family on its claim; ``split``: whether it
    is a voice of a family whose origins, equal in time, derivation and tier, disagree: nobody counts it."""

    speaks: Flags
    split: Flags


def voices(estimates: EstimateColumns, ranks: Keys, block: Block) -> Voices:
    """A family has one voice: of the claim's own time first, then stated before derived, then primary before
    secondary before tertiary; of one origin the latest, then the most precise.

    Never one that repeats another statement. ``ranks``: the ``precedence`` of the estimates.
    """
    c, e = block.claim, block.estimate
    count = len(block)
    if not count:
        none = np.zeros(0, dtype=np.bool_)
        return Voices(none, none)
    key = estimates.tier.take(e) << _TIER
    key |= estimates.derived.take(e).astype(np.int64) << _DERIVED
    key |= block.nearness.astype(np.int64) << _TIME
    key |= estimates.repeats.take(e).astype(np.int64) << _REPEATS
    family, origin = estimates.family.take(e), estimates.origin.take(e)
    starts = _starts((c[1:] != c[:-1]) | (family[1:] != family[:-1]))
    best = _spread(np.minimum.reduceat(key, starts), starts, count)
    first = (key == best) & (key < 1 << _REPEATS)

    # of each origin the latest, then the most precise
    rank = np.where(first, ranks.take(e), np.iinfo(np.int64).max)
    by_origin = _starts((c[1:] != c[:-1]) | (family[1:] != family[:-1]) | (origin[1:] != origin[:-1]))
    heard = first & (rank == _spread(np.minimum.reduceat(rank, by_origin), by_origin, count))

    relation = block.relation
    confirms = heard & ((relation == AGREES) | (relation == SUPPORTS))
    differs = heard & (relation == DIFFERS)
    says = _spread(np.logical_or.reduceat(confirms, starts), starts, count)
    denies = _spread(np.logical_or.reduceat(differs, starts), starts, count)
    split = heard & says & denies
    # one that decides goes before one that does not
    decides = np.where(confirms | differs, 0, 1) if len(by_origin) != len(starts) else 0
    last = np.where(heard, ranks.take(e) + decides * len(estimates), np.iinfo(np.int64).max)
    speaks = heard & (last == _spread(np.minimum.reduceat(last, starts), starts, count))
    return Voices(speaks | split, split)


def _starts(changes: Flags) -> Rows:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.flatnonzero(changes) + 1))


def _spread(values: Rows | Flags, starts: Rows, count: int) -> Rows:
    """One value per run as one per row."""
    return np.repeat(values, np.diff(np.append(starts, count)))
