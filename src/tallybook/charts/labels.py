"""Where a label has room beside a mark of a timeline: rectangles in points, and what they cover."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

PAD = 1.5
ASCENT = 7.5
_CLEAR = 12.0
_MISTAKEN = 100


class Box(NamedTuple):
    """A rectangle by its upper left corner, in points."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height

    def gap(self, x: float, y: float) -> float:
        """From its edge to a point; 0 inside."""
        across = max(self.x - x, 0.0, x - self.x - self.width)
        return math.hypot(across, max(self.y - y, 0.0, y - self.y - self.height))

    def inside(self, other: Box) -> bool:
        across = self.x >= other.x and self.x + self.width <= other.x + other.width
        return across and self.y >= other.y and self.y + self.height <= other.y + other.height


def best_spot(
    mark: tuple[float, float],
    wide: float,
    *,
    frame: Box,
    taken: Sequence[Box],
    lines: Sequence[Box],
    others: Sequence[tuple[float, float]],
) -> Box | None:
    """The best place for a label ``wide`` points wide beside a mark; None where there is no good one.

    It lies in the frame and on no box that is ``taken``, on as few ``lines`` as may be, and nearer to its
    own mark than to the ``others``, for which a reader might take it.
    """
    spots = [
        (sum(map(box.meets, lines)) + _doubt(box, mark, others), number, box)
        for number, box in enumerate(_spots(*mark, wide))
        if box.inside(frame) and not any(map(box.meets, taken))
    ]
    cost, _, box = min(spots, default=(_MISTAKEN, 0, frame))
    return box if cost < _MISTAKEN else None


def _doubt(box: Box, mark: tuple[float, float], others: Sequence[tuple[float, float]]) -> int:
    """How many other marks a reader might take the label for."""
    own, gaps = box.gap(*mark), [box.gap(*other) for other in others]
    return sum(gap < _CLEAR for gap in gaps) + _MISTAKEN * sum(gap < own - 1 for gap in gaps)


def _spots(x: float, y: float, wide: float) -> list[Box]:
    """Where a label may stand around a mark, the best place first."""
    starts = (
        (x + 4, y - 5), (x - wide - 4, y - 5), (x + 4, y + 12), (x - wide - 4, y + 12),
        (x + 7, y + 3.4), (x - wide - 7, y + 3.4), (x - wide / 2, y - 8), (x - wide / 2, y + 15),
    )  # fmt: skip
    return [Box(left - PAD, base - ASCENT - PAD, wide + 2 * PAD, 10 + 2 * PAD) for left, base in starts]
