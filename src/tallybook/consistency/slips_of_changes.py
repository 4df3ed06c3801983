"""The slips by which a change misses the one that two levels make: a digit, the wrong base, what is left for
what is gone, points for percent, one time more.

Two levels and a percentage near them are often of different things; chance seldom makes them differ as a slip
does. So where no fixed words bind the three, only such a difference is reported.
"""

from __future__ import annotations

import math

from tallybook.consistency.figures import PER_CENT, SHARE
from tallybook.consistency.forms import RATIO_FORM
from tallybook.consistency.likely_slips import is_slip
from tallybook.reading import Mention

_NEAR, _WIDE = 0.6, 1.5
"""Percentage points within which two percentages are one number."""


def known_slip(change: Mention, one: Mention, other: Mention) -> bool:
    """Whether a relative change or a ratio is what a slip makes of the one between two levels of one unit.

    >>> from tallybook.reading import read
    >>> old, new = read("from £159 then and £212 now")
    >>> [known_slip(read(words)[0], old, new) for words in ("a rise of 25%", "a rise of 48%")]
    [True, False]
    """
    low, high = sorted((one.low, other.low))
    if not (0 < low < high < math.inf) or change.low <= 0:
        return False
    if change.form is RATIO_FORM or change.unit not in (PER_CENT, SHARE):
        return _slip_of_ratio(change.low if change.low >= 1 else 1 / change.low, high / low)
    stated = change.low if change.unit == PER_CENT else 100 * change.low
    if change.unit == one.unit == other.unit == PER_CENT and math.isclose(stated, high - low):
        return True
    return any(
        _slip_of_percentage(stated, right) for right in (100 * (high / low - 1), 100 * (1 - low / high))
    )


def _slip_of_percentage(stated: float, right: float) -> bool:
    same = abs(stated - right) <= _NEAR + 0.02 * stated  # of the other base, or in the other direction
    left, twice = abs(100 - right - stated) <= 1, abs(100 + right - stated) <= _WIDE
    printed = float(f"{right:.3g}") if stated % 1 else float(round(right))
    return same or left or twice or is_slip(stated, printed, exact=True)


def _slip_of_ratio(stated: float, right: float) -> bool:
    one_off = any(abs(stated + more - right) <= 0.1 * right for more in (-1, 1))
    return one_off or abs(stated - right) <= 0.08 * right or is_slip(stated, float(round(right)), exact=True)
