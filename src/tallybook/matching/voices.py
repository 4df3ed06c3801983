"""Which estimate speaks for its family on a claim: section 2 of the law, on the pairs of a block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tallybook.matching.bearings import AGREES, DIFFERS, SUPPORTS
from tallybook.matching.blocks import Block
from tallybook.matching.columns import Flags, Rows
from tallybook.terms import Tier

_TIERS = len(Tier)
_NEVER = np.iinfo(np.int32).max
"""Above every rank."""
_REPEATS = np.iinfo(np.int16).max
"""Above what time, derivation and tier come to."""


@dataclass(frozen=True)
class Voices:
    """``speaks``: whether each pair of a block is the voice of its family on its claim; ``split``: whether it
    is a voice of a family whose origins, equal in time, derivation and tier, disagree: nobody counts it."""

    speaks: Flags
    split: Flags


def voices(block: Block) -> Voices:
    """A family has one voice: of the claim's own time first, then stated before derived, then primary before
    secondary before tertiary; of one origin the latest, then the most precise.

    Never one that repeats another statement.
    """
    estimates, pairs, count = block.at.estimates, block.pairs, len(block)
    if not count:
        none = np.zeros(0, dtype=np.bool_)
        return Voices(none, none)
    by_itself = np.where(estimates.repeats, _REPEATS, estimates.derived * _TIERS + estimates.tier)
    key = pairs.theirs(by_itself.astype(np.int32)) + block.nearness.astype(np.int32) * (_TIERS + _TIERS)
    c, family, origin = block.claim, pairs.theirs(estimates.family), pairs.theirs(estimates.origin)
    starts = _starts((c[1:] != c[:-1]) | (family[1:] != family[:-1]))
    best = _spread(np.minimum.reduceat(key, starts), starts, count)
    first = (key == best) & (key < _REPEATS)

    # of each origin the latest, then the most precise
    ranks = pairs.theirs(estimates.precedence)
    rank = ranks + ~first * _NEVER
    by_origin = _starts((c[1:] != c[:-1]) | (family[1:] != family[:-1]) | (origin[1:] != origin[:-1]))
    heard = first & (rank == _spread(np.minimum.reduceat(rank, by_origin), by_origin, count))

    relation = block.relation
    confirms = heard & ((relation == AGREES) | (relation == SUPPORTS))
    differs = heard & (relation == DIFFERS)
    says = _spread(np.logical_or.reduceat(confirms, starts), starts, count)
    denies = _spread(np.logical_or.reduceat(differs, starts), starts, count)
    decides = confirms | differs
    split = decides & says & denies
    # one that decides goes before one that does not
    last = ranks + ~decides * len(estimates) + ~heard * _NEVER
    speaks = heard & (last == _spread(np.minimum.reduceat(last, starts), starts, count))
    return Voices(speaks | split, split)


def _starts(changes: Flags) -> Rows:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.flatnonzero(changes) + 1))


def _spread(values: Rows | Flags, starts: Rows, count: int) -> Rows:
    """One value per run as one per row."""
    return np.repeat(values, np.diff(np.append(starts, count)))
