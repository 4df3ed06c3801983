"""The slip that explains a number which its figures do not make, and how seldom chance looks like one."""

from __future__ import annotations

import math

from tallybook.consistency.figures import SHARE
from tallybook.consistency.forms import EXACT
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.weighed_kinds import CHANGE, RATE, SHARE_OF, TIMES_AS, TOTAL, Relation

BASE, POWER, SWAP, DIGIT, SIZE, NO_SLIP = "base", "power", "swap", "digit", "size", "none"
_POWERS, _NEAR_POWER = frozenset({-9, -6, -3, -2, -1, 1, 2, 3, 6, 9}), 0.0043
_PERCENT = (CHANGE, SHARE_OF)
_SPREAD = 2.2
"""Numbers near each other differ mostly by a factor of up to nine, e to the power of this."""
_LIKE_IT = {BASE: 0.5, SWAP: 1.5, POWER: 3.0, DIGIT: 12.0}
"""How many numbers of one length look like such a slip of another; of a base, beside those that are known."""


def may_close(r: Relation) -> bool:
    """Whether a relation is worth its test: whether what is stated is anywhere near what the figures make.

    Where it is not and yet coarse roundings meet (£0.45 between £6 and £7), that shows nothing either way.
    """
    if r.stated.modifier is not EXACT:
        return True
    for one in r.others:
        if one.modifier is not EXACT:
            return True
    if r.kind in _PERCENT and abs(r.said - r.right) < 12:
        return True
    low, high = (r.said, r.right) if r.said < r.right else (r.right, r.said)
    return high <= low * (9.0 if r.kind in (RATE, TOTAL) else 2.0 if r.kind == TIMES_AS else 1.5)


def slip_of(r: Relation) -> str:
    """The slip that explains what is stated; "none" where none does.

    "base": the change of the other base, what is left for what is gone, points for percent, one time more;
    "power": a million for a billion; "swap": digits that changed places; "digit": one wrong digit; "size": no
    more than near, as a wrong sum may be.
    """
    said, percent = r.said, r.kind in _PERCENT
    for other in r.misread:
        reach = 0.6 + 0.01 * other if percent else (0.05 if r.kind == TIMES_AS else 0.01) * other
        if other > 0 and abs(said - other) <= reach:
            return BASE
    if not (said > 0 and r.right > 0):
        return NO_SLIP
    size = math.log10(r.right / said)
    if round(size) in _POWERS and abs(size - round(size)) < _NEAR_POWER:
        return POWER
    right = _as_printed(r, percent)
    if right <= 0 or right == said:
        return SIZE if right == said else NO_SLIP
    if 0.1 < said / right < 10 and _are_swapped(_digits(said), right, percent):
        return SWAP
    if is_slip(said, right, exact=True):
        return DIGIT
    return SIZE if is_slip(said, right) else NO_SLIP


def _are_swapped(said: str, right: float, percent: bool) -> bool:
    """Whether the digits of what is stated are those of what the figures make, at other places."""
    if len(said) < 2:
        return False
    made = _digits(right)
    if len(made) > len(said) and not percent:
        made = _digits(float(f"{right:.{len(said) - 1}e}"))
    return len(said) == len(made) and sorted(said) == sorted(made)


def odds(r: Relation, slip: str) -> str:
    """How seldom chance alone would make a number that the slip explains, in powers of ten."""
    ways = _LIKE_IT.get(slip)
    if ways is None:
        return "none"
    ways += len(r.misread) if slip == BASE else 0
    fraction = r.kind in _PERCENT and r.stated.unit == SHARE
    grain = (r.stated.grain or 0.01 * r.said) * (100 if fraction else 1)
    fine = min(1.0, max(grain, 0.004 * r.said) / r.said)
    return f"{min(4.0, max(0.0, round(-2 * math.log10(min(1.0, ways * fine / _SPREAD))) / 2)):g}"


def grain(r: Relation) -> float:
    """How much of the numbers that could stand there are as near to what is stated as its rounding."""
    fine = r.stated.grain or 0.05 * r.stated.low
    return min(1.0, max(fine / r.stated.low, 0.004) / _SPREAD)


def _as_printed(r: Relation, percent: bool) -> float:
    """What the figures make, as finely as the stated number is printed."""
    if percent:
        return float(f"{r.right:.3g}") if r.said % 1 else float(round(r.right))
    if r.kind == TIMES_AS:
        return float(round(r.right))
    if r.said % 1 == 0 and r.right >= 10:
        if r.right < 100:
            return float(round(r.right))
        kept = max(2, len(f"{r.said:.0f}".rstrip("0")))
        size = 10 ** max(0, len(str(int(r.right))) - kept)
        return float(round(r.right / size) * size)
    return r.right


def _digits(number: float) -> str:
    return f"{number:.12g}".replace(".", "").rstrip("0")
