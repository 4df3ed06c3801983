"""Some pairs of a claim and an estimate, as rows of their columns.

The pairs of a claim stand one after the other, so that what is the claim's is repeated, not looked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from tallybook.matching.columns import Rows

T = TypeVar("T", bound=NDArray[Any])


@dataclass(frozen=True)
class Pairs:
    """``claims``: rows of claims; ``counts``: how many pairs each has, one after the other; ``estimates``:
    the row of the estimate of each pair."""

    claims: Rows
    counts: Rows
    estimates: Rows

    @classmethod
    def row_by_row(cls, count: int) -> Pairs:
        """The first claim with the first estimate, the second with the second, and so on."""
        rows = np.arange(count)
        return cls(rows, np.ones(count, dtype=np.int64), rows)

    def __len__(self) -> int:
        return len(self.estimates)

    def ours(self, column: T) -> T:
        """Of a column of the claims the value of each pair."""
        return np.repeat(column.take(self.claims), self.counts)  # type: ignore[return-value]

    def theirs(self, column: T) -> T:
        """Of a column of the estimates the value of each pair."""
        return column.take(self.estimates)  # type: ignore[return-value]

    @cached_property
    def claim(self) -> Rows:
        """The row of the claim of each pair."""
        return np.repeat(self.claims, self.counts)

    def stacked(self, times: int, claims: int, estimates: int) -> Pairs:
        """The same pairs so many times, each time of the next ``claims`` and ``estimates`` rows."""
        again = np.arange(times)
        return Pairs(
            np.add.outer(again * claims, self.claims).ravel(),
            np.tile(self.counts, times),
            np.add.outer(again * estimates, self.estimates).ravel(),
        )

    def at(self, places: Rows) -> Pairs:
        """Some of the pairs; ``places`` in ascending order."""
        counts = np.searchsorted(places, np.cumsum(self.counts))
        counts[1:] -= counts[:-1].copy()
        return Pairs(self.claims, counts, self.estimates.take(places))
