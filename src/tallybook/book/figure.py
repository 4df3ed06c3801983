"""The figure of a record as it is kept: what its words state, and how that is put into its measure's unit."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """``quantity`` as stated, in the units of the words; ``by``: "reader" or "recorded".

    ``share``: the number is a share or a change of another figure (its ``base``), not a count of its own.
    ``scale``, ``offset``: what the numbers are multiplied with, and what is added, to be in the measure's
    unit; of a share of another figure, to be a fraction of it. ``least``, ``most``: where a word of the unit
    means one of several ("ton"), the numbers may be so many times as large.
    """

    words: str
    quantity: Quantity
    by: str
    because: str | None = None
    share: bool = False
    scale: float = 1.0
    offset: float = 0.0
    least: float = 1.0
    most: float = 1.0

    @property
    def trend(self) -> str | None:
        """ "up" or "down" when the words tell of a change."""
        return self.quantity.trend
