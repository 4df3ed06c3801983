"""Whether two numbers that should be one differ as a slip of the pen makes them differ.

Figures that do not belong together are seldom of one size. Where words bind them less closely than side by
side, only a difference of a size that slips have is reported.
"""

from __future__ import annotations

import math

_WITHIN = 2.6
_POWER = 0.06


def is_slip(stated: float, right: float) -> bool:
    """Whether a stated number differs from the right one as by a wrong digit or sum, by a decimal point at
    a wrong place, or by digits that changed places.

    >>> is_slip(410, 310), is_slip(45.8, 4.58), is_slip(71_000, 17_000), is_slip(90, 720)
    (True, True, True, False)
    """
    if not (stated > 0 and right > 0 and math.isfinite(stated) and math.isfinite(right)):
        return False
    size = math.log10(stated / right)
    if abs(size) <= math.log10(_WITHIN):
        return True
    if abs(size - round(size)) <= math.log10(1 + _POWER) and abs(size) < 4:
        return True
    digits = f"{stated:.0f}".rstrip("0")
    made = f"{right:.{max(len(digits) - 1, 0)}e}".partition("e")[0].replace(".", "")
    return abs(size) < 1 and len(digits) > 1 and sorted(digits) == sorted(made)
