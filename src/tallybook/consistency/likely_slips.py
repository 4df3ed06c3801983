"""Whether two numbers that should be one differ as a slip of the pen makes them differ.

Figures that do not belong together are seldom of one size. Where words bind them less closely than by standing
side by side, only a difference of a size that slips have is reported.
"""

from __future__ import annotations

import math

_WITHIN = 2.6
_POWER = 0.06


def is_near(ratio: float) -> bool:
    """Whether a ratio of what is stated to what is right is that of a slip: a wrong digit or sum, or a decimal
    point at a wrong place.

    >>> is_near(1.3), is_near(10.2), is_near(5.0)
    (True, True, False)
    """
    if not ratio > 0 or not math.isfinite(ratio):
        return False
    size = math.log10(ratio)
    if abs(size) <= math.log10(_WITHIN):
        return True
    return abs(size - round(size)) <= math.log10(1 + _POWER) and abs(size) < 4
