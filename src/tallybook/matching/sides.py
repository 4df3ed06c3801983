"""The numbers of claims and of estimates as they are compared, and the two sides of many pairs.

What depends on one side alone (an end moved inwards, the ends of a comparison) is computed once for each
claim and estimate, however many pairs they are in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Self, TypeVar

import numpy as np

from tallybook.matching.columns import ClaimColumns, EstimateColumns, Flags, Floats, Rows, Small
from tallybook.matching.numbers import SAME, inner_ends
from tallybook.matching.pairs import Pairs

S = TypeVar("S", bound="Side")


@dataclass(frozen=True)
class Side:
    """Some columns, each zone widened by the tolerance; a row per claim or estimate, or per pair."""

    core_low: Floats
    core_high: Floats
    low: Floats
    high: Floats
    low_open: Flags
    high_open: Flags
    half_low: Floats
    half_high: Floats
    bound: Small
    from_below: Flags
    contradictory: Flags
    single: Flags
    round: Flags
    digitless: Flags
    margin: Flags
    completed: Floats
    direction: Small
    spoken: Flags
    several: Flags

    @classmethod
    def of(cls, columns: ClaimColumns | EstimateColumns, tolerance: float) -> Self:
        made = cls(**{f.name: getattr(columns, f.name) for f in fields(cls)})
        if not tolerance:
            return made
        no = np.zeros(len(columns), dtype=np.bool_)
        return replace(
            made,
            low=made.low - tolerance * np.abs(made.core_low),
            high=made.high + tolerance * np.abs(made.core_high),
            low_open=no,
            high_open=no,
        )

    def take(self, rows: Rows) -> Self:
        return type(self)(**{f.name: getattr(self, f.name).take(rows) for f in fields(self)})

    @classmethod
    def stacked(cls, sides: Sequence[Self]) -> Self:
        """The rows of several, one after the other."""
        return cls(**{f.name: np.concatenate([getattr(s, f.name) for s in sides]) for f in fields(cls)})

    @cached_property
    def inner(self) -> tuple[Floats, Floats]:
        """The ends of the zone; an open one is moved a little inwards."""
        return inner_ends(self.low, self.high, self.low_open, self.high_open)

    @cached_property
    def bottom(self) -> Floats:
        """The lowest number that is the same as the lower end."""
        return lower(self.inner[0])

    @cached_property
    def top(self) -> Floats:
        return higher(self.inner[1])

    @cached_property
    def size(self) -> Floats:
        return np.maximum(np.abs(self.core_low), np.abs(self.core_high))

    @cached_property
    def strict(self) -> Flags:
        """A bound that leaves out its own number."""
        return (self.bound != 0) & (self.low_open | self.high_open)

    @cached_property
    def thick(self) -> Flags:
        """A rounding: more than one number may lie behind it."""
        return (self.high > self.low) & (self.bound == 0)

    @cached_property
    def has(self) -> frozenset[str]:
        """The names of those that hold for any row at all; the others change no pair."""
        names = ("contradictory", "single", "strict", "digitless", "from_below", "direction", "completed")
        return frozenset(name for name in names if getattr(self, name).any())


@dataclass(frozen=True)
class ClaimSide(Side):
    """Besides, of claims: see ``ClaimColumns``."""

    same: Floats
    spread: Floats
    meant_low: Floats
    meant_high: Floats
    way_low: Floats
    way_high: Floats

    @classmethod
    def of(cls, columns: ClaimColumns | EstimateColumns, tolerance: float) -> Self:
        made = super().of(columns, tolerance)
        if not tolerance:
            return made
        return replace(made, way_low=made.low - made.half_low, way_high=made.high + made.half_high)

    @cached_property
    def way(self) -> tuple[Floats, Floats]:
        """The ends between which an estimate supports, as the same numbers."""
        least, most = inner_ends(self.way_low, self.way_high, self.low_open, self.high_open)
        return lower(least), higher(most)

    @cached_property
    def meant(self) -> tuple[Floats, Floats]:
        return lower(self.meant_low), higher(self.meant_high)

    @cached_property
    def boundless(self) -> tuple[Flags, Flags]:
        """Whether a number of any size, down and up, may still be inside; what has no bottom is a ceiling."""
        return self.bound < 0, np.isposinf(self.way[1])


@dataclass(frozen=True)
class Sides:
    """The two sides of some pairs."""

    ours: ClaimSide
    theirs: Side
    pairs: Pairs

    def __len__(self) -> int:
        return len(self.pairs)

    def at(self, places: Rows) -> Sides:
        """Of some of the pairs; ``places`` in ascending order."""
        return replace(self, pairs=self.pairs.at(places))

    def __call__(self, name: str) -> tuple[Any, Any]:
        """The values of a column of each pair: of the claim's side, and of the estimate's."""
        return self.pairs.ours(getattr(self.ours, name)), self.pairs.theirs(getattr(self.theirs, name))

    def either(self, name: str) -> Flags:
        """Whether a flag is set on either side of each pair."""
        if name not in self.ours.has | self.theirs.has:
            return np.zeros(len(self), dtype=np.bool_)
        ours, theirs = self(name)
        found: Flags = ours | theirs
        return found

    @property
    def unlike(self) -> Flags | None:
        """The pairs of which one side must be turned or completed before they are compared; None for none."""
        if not {"direction", "completed"} & (self.ours.has | self.theirs.has):
            return None
        ours, theirs = self("completed")
        return _turned(self) | (ours > 0) | (theirs > 0)

    def matched(self) -> Sides:
        """The same with a row a pair, where each side is turned and completed as the other asks."""
        ours, theirs = self.ours.take(self.pairs.claim), self.theirs.take(self.pairs.estimates)
        theirs = _face(theirs, _turned(self))
        return Sides(_complete(ours, theirs), _complete(theirs, ours), Pairs.row_by_row(len(self)))

    @property
    def opposite(self) -> Flags:
        """One is known to go up, the other down."""
        if not ("direction" in self.ours.has and "direction" in self.theirs.has):
            return np.zeros(len(self), dtype=np.bool_)
        ours, theirs = self("direction")
        found: Flags = ours * theirs < 0
        return found

    @property
    def away(self) -> Floats:
        """How far apart the two numbers are, or the ends of two ranges."""
        (low, their_low), (high, their_high) = self("core_low"), self("core_high")
        found: Floats = np.maximum(np.abs(low - their_low), np.abs(high - their_high))
        return found

    @property
    def scale(self) -> Floats:
        return np.maximum(*self("size"))


def _turned(pair: Sides) -> Flags:
    """A change whose words give no direction, beside words that do, is compared by its size.

    A printed sign is no word: beside "−2.4%" a bare "2.4%" is above zero.
    """
    ours, theirs = pair("direction")
    spoken, their_spoken = pair("spoken")
    told = (ours < 0) & spoken | (theirs < 0) & their_spoken
    return told & ((ours == 0) | (theirs == 0))


def _face(side: Side, turn: Flags) -> Side:
    """Mirrored at zero, where asked."""

    def swapped(one: Any, other: Any) -> tuple[Any, Any]:
        return np.where(turn, other, one), np.where(turn, one, other)

    core = swapped(side.core_low, side.core_high)
    zone = swapped(side.low, side.high)
    half = swapped(side.half_low, side.half_high)
    open_ = swapped(side.low_open, side.high_open)
    sign = np.where(turn, -1, 1).astype(np.int8)
    return replace(
        side,
        core_low=sign * core[0], core_high=sign * core[1], low=sign * zone[0], high=sign * zone[1],
        half_low=half[0], half_high=half[1], low_open=open_[0], high_open=open_[1], bound=sign * side.bound,
    )  # fmt: skip


def _complete(side: S, other: Side) -> S:
    """An age in whole units beside a finer figure may be one of completed units."""
    more = np.where(other.half_high < side.half_high, side.completed, 0.0)
    if isinstance(side, ClaimSide):
        side = replace(side, meant_high=side.meant_high + more, way_high=side.way_high + more)
    return replace(side, high=side.high + more)


def lower(number: Floats) -> Floats:
    """The lowest number that is the same as this one."""
    return np.asarray(number - SAME * np.abs(number), dtype=np.float64)


def higher(number: Floats) -> Floats:
    return np.asarray(number + SAME * np.abs(number), dtype=np.float64)
