"""All pairs of a claim and an estimate of its measure, a block of whole claims at a time.

The memory needed depends on the size of a block, not on the number of pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tallybook.matching.bearings import (
    AGREES,
    NOT_COMPARABLE,
    REFUSED,
    SUPPORTS,
    Bearings,
    bearings,
    relations,
)
from tallybook.matching.columns import Codes, Rows, Small
from tallybook.matching.pairs import Pairs
from tallybook.matching.rules import REASONS, Compared, Context, opened
from tallybook.matching.rules import compared as comparable
from tallybook.matching.sides import ClaimSide, Side, Sides
from tallybook.matching.times import Times, times
from tallybook.terms import Incomparable

PAIRS_A_BLOCK = 131_072
_VAGUE, _REFUSED = REASONS.index(Incomparable.VAGUE), REASONS.index(Incomparable.REFUSED)
_NOWHERE = np.int8(3)


@dataclass(frozen=True)
class Block:
    """``order``: which estimate each row of the estimates of ``at`` is; ``tested``: which of the ``pairs``
    are comparable; ``relations``, ``when``: of those."""

    at: Context
    order: Rows
    pairs: Pairs
    tested: Compared
    relations: Small
    when: Times

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def claim(self) -> Rows:
        """The row of the claim of each pair; the pairs of one claim are consecutive."""
        return self.pairs.claim

    @property
    def estimate(self) -> Rows:
        return self.order.take(self.pairs.estimates)

    @property
    def code(self) -> Small:
        """Index into REASONS, 0 if comparable."""
        return self.tested.code

    @property
    def compared(self) -> Rows:
        """The rows of the comparable pairs."""
        return self.tested.rows

    @cached_property
    def relation(self) -> Small:
        """The relation of every pair."""
        found = np.full(len(self), np.int8(NOT_COMPARABLE))
        found[self.compared] = self.relations
        found[self.code == _REFUSED] = REFUSED
        return found

    @cached_property
    def nearness(self) -> Small:
        """Of every pair: 0 if certainly of the claim's time, 1 if it may be, 2 if not, 3 if it cannot be
        compared or is too vague to decide."""
        found = np.full(len(self), _NOWHERE)
        near = (2 - self.when.may_agree) * ~self.when.own
        found[self.compared] = np.where(self.relations == NOT_COMPARABLE, _NOWHERE, near)
        return found

    @cached_property
    def place(self) -> Rows:
        """The row of each pair in ``bearings``; -1 if it is not comparable."""
        found = np.full(len(self), -1, dtype=np.int64)
        found[self.compared] = np.arange(len(self.compared))
        return found

    @cached_property
    def bearings(self) -> Bearings:
        """How the comparable pairs bear, and why: what takes longer, and only an explanation needs."""
        pairs = self.tested.pairs
        told = times(self.at.dates, pairs, told=True)
        when = opened(self.at, pairs, told, self.tested.below, self.tested.above)
        found = bearings(Sides(self.at.ours, self.at.theirs, pairs), when)
        found.relation = self.relations
        return found

    @cached_property
    def would(self) -> tuple[Rows, Small]:
        """(rows, relations) of the pairs with numbers that are not comparable, were the reason away."""
        valued = self.pairs.theirs(self.at.estimates.valued)
        rows = np.flatnonzero((self.code != 0) & valued & (self.code != _REFUSED))
        sides = Sides(self.at.ours, self.at.theirs, self.pairs.at(rows))
        return rows, relations(sides, Times.none(len(rows)))


def compared(at: Context, *, most: int = PAIRS_A_BLOCK) -> Iterator[Block]:
    """All pairs of the same measure, compared; at most ``most`` per block, or all those of one claim.

    The claims of a block are of one rule of time. The estimates of a claim come by family and, in that, by
    origin: they are put in that order once, so that those of a measure lie side by side.
    """
    estimates = at.estimates
    order = _order(estimates.origin)
    for codes in (estimates.family, estimates.measure):
        order = order.take(_order(codes.take(order)))
    at = replace(at, estimates=estimates.take(order))
    for time in np.unique(at.claims.time):
        claims = np.flatnonzero(at.claims.time == time)
        claims = claims.take(np.argsort(at.claims.measure.take(claims), kind="stable"))
        for pairs in runs(claims, at.claims.measure.take(claims), at.estimates.measure, most=most):
            yield _block(at, order, pairs)


def widened(block: Block, tolerances: Sequence[float]) -> Iterator[Block]:
    """A block under each of some tolerances.

    Every zone is wider then, and nothing else is another one: neither which pairs can be compared nor when
    they are of. The relations of many tolerances are found at once, of as many pairs as a block may have.
    """
    tested, at = block.tested, block.at
    together = max(1, PAIRS_A_BLOCK // max(1, len(tested.pairs)))
    for begin in range(0, len(tolerances), together):
        some = [
            replace(at, policy=replace(at.policy, tolerance=tolerance))
            for tolerance in tolerances[begin : begin + together]
        ]
        pairs = tested.pairs.stacked(len(some), len(at.claims), len(at.estimates))
        when = block.when.take(np.tile(np.arange(len(tested.pairs)), len(some)))
        ours, theirs = (
            ClaimSide.stacked([one.ours for one in some]),
            Side.stacked([one.theirs for one in some]),
        )
        found = relations(Sides(ours, theirs, pairs), when).reshape(len(some), len(tested.pairs))
        for one, of_one in zip(some, found, strict=True):
            code = tested.code.copy()
            code[tested.rows] = 0
            yield _decided(one, block.order, block.pairs, replace(tested, code=code), block.when, of_one)


def _block(at: Context, order: Rows, pairs: Pairs) -> Block:
    tested = comparable(at, pairs)
    when = opened(at, tested.pairs, tested.when, tested.below, tested.above)
    found = relations(Sides(at.ours, at.theirs, tested.pairs), when)
    return _decided(at, order, pairs, tested, when, found)


def _decided(at: Context, order: Rows, pairs: Pairs, tested: Compared, when: Times, found: Small) -> Block:
    """A finer grain serves agreement alone; against the claim it decides nothing."""
    finer = tested.pairs.theirs(at.estimates.vague) == 2
    vague = finer & (found != AGREES) & (found != SUPPORTS)
    found[vague] = NOT_COMPARABLE
    tested.code[tested.rows[vague]] = _VAGUE
    return Block(at, order, pairs, tested, found, when)


def _order(codes: Codes) -> Rows:
    """Rows sorted by code, stably; short codes are sorted by radix, several times as fast."""
    short = len(codes) and codes.min() >= 0 and codes.max() < 65_536
    return np.argsort(codes.astype(np.uint16) if short else codes, kind="stable")


def runs(claims: Rows, measures: Codes, estimates: Codes, *, most: int) -> Iterator[Pairs]:
    """Blocks of pairs of the same measure; all pairs of a claim are in one block.

    ``claims``: rows; ``measures``: of them, ``estimates``: of the estimates; both are sorted.
    """
    first = np.searchsorted(estimates, measures, side="left")
    count = np.searchsorted(estimates, measures, side="right") - first
    until = np.cumsum(count)
    begin = 0
    while begin < len(claims):
        done = until[begin - 1] if begin else 0
        end = max(int(np.searchsorted(until, done + most, side="right")), begin + 1)
        counts = count[begin:end]
        total = int(counts.sum())
        if total:
            starts = np.repeat(first[begin:end] - (np.cumsum(counts) - counts), counts)
            yield Pairs(claims[begin:end], counts, starts + np.arange(total))
        begin = end
