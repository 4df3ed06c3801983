"""How a figure is bounded, in six signs that every reader can be asked for."""

from __future__ import annotations

SIGNS = {
    "exact": "=",
    "range": "=",
    "about": "~",
    "nearly": "~",
    "over": ">",
    "at_least": ">",
    "under": "<",
    "at_most": "<",
    "up_to": "<",
}
# A bound says more than the direction of a change: "up by at least 5" is a floor.
_GIVES_WAY_TO_TREND = {"exact", "range", "about"}


def sign(modifier: str, trend: str | None) -> str:
    """The sign of a modifier of tallybook's and a trend: = ~ > < up down."""
    if trend and modifier in _GIVES_WAY_TO_TREND:
        return trend
    return SIGNS[modifier]
