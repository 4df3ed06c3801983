"""A number that is not a figure, in tokens."""

from __future__ import annotations

from typing import NamedTuple


class Aside(NamedTuple):
    """Tokens ``start`` to ``end - 1`` are a number of this ``kind``, not a figure."""

    kind: str
    start: int
    end: int
