"""Whether two numbers that should be one differ as a slip of the pen makes them differ.

Figures that do not belong together are seldom of one size. Where words bind them less closely than side by
side, only a difference of a size that slips have is reported.
"""

from __future__ import annotations

import math

_WITHIN = 2.6
_POWER = 0.06
_SIZE_WITHIN, _SIZE_POWER = math.log10(_WITHIN), math.log10(1 + _POWER)
_EXACTLY = 0.01


def is_slip(stated: float, right: float, *, exact: bool = False) -> bool:
    """Whether a stated number differs from the right one as by a wrong digit or sum, by a decimal point at
    a wrong place, or by digits that changed places.

    ``exact``: as exactly as the pen slips: by one digit at one place, by digits that changed places, or by a
    factor of ten. What is only near, as a wrong sum may be, is then no slip.

    >>> is_slip(410, 310), is_slip(45.8, 4.58), is_slip(71_000, 17_000), is_slip(90, 720)
    (True, True, True, False)
    >>> [is_slip(*pair, exact=True) for pair in ((57, 67), (35_300, 53_300), (43, 61))]
    [True, True, False]
    """
    if not (0 < stated < math.inf and 0 < right < math.inf):
        return False
    return _is_exactly(stated, right) if exact else _is_about(stated, right)


def _is_about(stated: float, right: float) -> bool:
    size = abs(math.log10(stated / right))
    if size <= _SIZE_WITHIN:
        return True
    if size >= 1:
        return size < 4 and abs(size - round(size)) <= _SIZE_POWER
    if 1 - size <= _SIZE_POWER:
        return True
    digits = f"{stated:.0f}".rstrip("0")
    if len(digits) < 2:
        return False
    made = f"{right:.{len(digits) - 1}e}".partition("e")[0].replace(".", "")
    return sorted(digits) == sorted(made)


def _is_exactly(stated: float, right: float) -> bool:
    size = math.log10(right / stated)
    power = round(size)
    near = 1 <= abs(power) <= 3 and abs(size - power) < 2 * _EXACTLY
    if near and math.isclose(stated * 10.0**power, right, rel_tol=_EXACTLY):
        return True
    apart = abs(stated - right)
    if apart > 9:  # before it is written out
        digit = f"{apart:.6g}"
        if len(digit.strip("0.")) == 1 and float(digit) >= 10:
            return True
    said, made = f"{stated:.12g}", f"{right:.12g}"
    return len(said) == len(made) > 1 and sorted(said) == sorted(made)
