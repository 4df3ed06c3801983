"""What a person can move in the explorer, and how far; whatever else is asked for is not done."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tallybook.quantity import Policy
from tallybook.terms import AsOf
from tallybook.verdicts.robustness import DIALS, TOLERANCE, Dial

MOVED = (TOLERANCE, *DIALS)
FIRST = ("tolerance", "window_days")
"""The dials that are in sight at once; the others are the widths of words."""

_STEPS = {
    "tolerance": 0.005, "window_days": 1, "about": 0.01, "grains": 0.5, "fraction": 0.01, "same": 0.0005,
    "overshoot": 0.05, "rounding_cap": 0.01,
}  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """One state of the explorer. ``without``: the id of a source group that is left out; ``trials``: whether
    what would change the verdict is asked for, which takes longer."""

    claim: str
    as_of: AsOf
    without: str | None
    trials: bool
    policy: Policy


def scale_of(dial: Dial, own: Policy) -> tuple[float, float, float]:
    """From where to where a dial can be moved, and by which step: as far as the trials of robustness go, and
    to what the case itself uses."""
    now = float(getattr(own, dial.field))
    return min(dial.tried[0], now), max(dial.tried[-1], now), _STEPS[dial.field]


def setting_of(
    asked: Mapping[str, Any], own: Setting, claims: Mapping[str, Any], families: Mapping[str, Any]
) -> Setting:
    """What a page asks for, within bounds; ``own``: what holds for whatever it does not ask for properly."""
    claim, without = asked.get("claim"), asked.get("without")
    widths: dict[str, Any] = {d.field: _moved(d, asked.get(d.field), own.policy) for d in MOVED}
    return Setting(
        claim if isinstance(claim, str) and claim in claims else own.claim,
        AsOf(asked["as_of"]) if asked.get("as_of") in list(AsOf) else own.as_of,
        without if isinstance(without, str) and without in families else None,
        asked.get("trials") is True,
        replace(own.policy, **widths),
    )


def _moved(dial: Dial, value: object, own: Policy) -> float | int:
    now: float = getattr(own, dial.field)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return now
    low, high, _ = scale_of(dial, own)
    bounded = min(max(float(value), low), high)
    return round(bounded) if dial.field == "window_days" else round(bounded, 6)
