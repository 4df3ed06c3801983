"""The change that two levels make, beside the one that is stated: "from 40 to 44, up 10%" is 44 ÷ 40 − 1."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import partial

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import (
    PER_CENT,
    POINTS,
    SHARE,
    TIMES,
    alike,
    is_length_of_time,
    scaled,
    shown,
    zones,
)
from tallybook.consistency.forms import RATIO_FORM
from tallybook.consistency.printed_numbers import is_measured
from tallybook.matching.numbers import meet
from tallybook.prose import converted, digits
from tallybook.quantity import Interval, fine_grain
from tallybook.reading import Mention
from tallybook.terms import Modifier

TEST = "change between two levels"
Made = tuple[Interval, Interval, Callable[[], str]]
_HUNDREDTHS = ("cent", "penny", "pence")
_LESS_ONE = Interval.point(-1.0)
_FASTER, _SLOWER = re.compile(r" (?:faster|quicker|sooner)\b"), re.compile(r" slower\b")


def of_time(text: str, change: Mention, old: Mention, new: Mention) -> Mention:
    """A change with its direction as that of a length of time: who is 4% faster needs less of it."""
    if not (is_length_of_time(old) or is_length_of_time(new)) or change.trend is None:
        return change
    if _FASTER.match(text, change.end):
        return change._replace(trend="down")
    return change._replace(trend="up") if _SLOWER.match(text, change.end) else change


def is_change(change: Mention, old: Mention, new: Mention) -> bool | None:
    """Whether a change is the one that two levels make; None if they cannot be compared."""
    made = _made(change, old, new)
    return None if made is None else _meets(made, change, old, new)


def compared(change: Mention, old: Mention, new: Mention) -> Check | None:
    """The change that two levels make beside the one that is stated; None if they cannot be compared."""
    made = _made(change, old, new)
    if made is None:
        return None
    closes = _meets(made, change, old, new)
    start, end = min(m.start for m in (change, old, new)), max(m.end for m in (change, old, new))
    about = tuple(dict.fromkeys(m.words for m in sorted((change, old, new), key=lambda m: m.start)))
    arithmetic = made[2]()
    why = f"{arithmetic}; the text says {change.words}" if closes else f"{arithmetic}, not {change.words}"
    if not closes and _is_points(change, old, new):
        why = f"{why}: {digits(change.low)} is the difference in percentage points"
    return Check(TEST, about, closes, f"{why}.", None, start, end)


def _meets(made: Made, change: Mention, old: Mention, new: Mention) -> bool:
    return meet(made[0], made[1]) and not _is_points(change, old, new)


def _is_points(change: Mention, old: Mention, new: Mention) -> bool:
    """Whether a change in percent is the difference of two percentages, far from the change that they make:
    "by 0.5%, from 4% to 4.5%"."""
    if not (change.unit == old.unit == new.unit == PER_CENT) or change.form is RATIO_FORM or old.low <= 0:
        return False
    apart, relative = abs(new.low - old.low), 100 * abs(new.low / old.low - 1)
    return math.isclose(apart, change.low, rel_tol=1e-6) and not 0.5 < relative / change.low < 2


def _made(change: Mention, old: Mention, new: Mention) -> Made | None:
    """(the change that the levels make, the one that is stated, the words of the arithmetic); None if they
    cannot be set beside each other."""
    if not alike(old, new):
        return None
    was, became = zones(old).true, zones(new).true
    if change.form is RATIO_FORM or change.unit == TIMES:
        return _times(change, old, new, was, became)
    if change.unit in (PER_CENT, SHARE):
        if was.low <= 0:
            return None
        relative = became / was + _LESS_ONE
        made = scaled(relative, 100.0 if change.unit == PER_CENT else 1.0)
        return made, zones(change).true, partial(_quotient_less_one, change, old, new)
    if change.unit in _HUNDREDTHS and old.unit is new.unit is None and (old.low % 1 or new.low % 1):
        change = _in_whole_units(change)  # "by 40 cents, from 2.10 to 2.50"
    points = change.unit in POINTS and (new.unit == PER_CENT or not is_measured(new.unit))
    if not points and (new.unit == PER_CENT or not alike(change, new)):
        return None
    return became - was, zones(change).true, partial(_difference, old, new)


def _in_whole_units(cents: Mention) -> Mention:
    grain = fine_grain(cents.low, cents.grain) / 100 if cents.grain else cents.grain
    return cents._replace(low=cents.low / 100, high=cents.high / 100, grain=grain, unit=None)


def _quotient_less_one(change: Mention, old: Mention, new: Mention) -> str:
    size = converted(100 * (new.low / old.low - 1), [_signed(change)])
    return f"{shown(new)} ÷ {shown(old)} − 1 = {size}%"


def _difference(old: Mention, new: Mention) -> str:
    return f"{shown(new)} − {shown(old)} = {digits(round(new.low - old.low, 6))}"


def _times(change: Mention, old: Mention, new: Mention, was: Interval, became: Interval) -> Made | None:
    """Of "doubled", "halved", "rose tenfold", "fell tenfold": how many times."""
    if was.low <= 0 or became.low <= 0:
        return None
    size = change._replace(trend=None)
    if (
        change.modifier is Modifier.NEARLY and 0 < size.low < 1
    ):  # nearly halved: the old one nearly doubles it
        size = size._replace(low=1 / size.high, high=1 / size.low)
        return was / became, zones(size).true, partial(_quotient, change, new, old)
    if change.trend == "down" and change.unit == TIMES:
        return was / became, zones(size).true, partial(_quotient, change, old, new)
    return became / was, zones(size).true, partial(_quotient, change, new, old)


def _quotient(change: Mention, one: Mention, other: Mention) -> str:
    return f"{shown(one)} ÷ {shown(other)} = {converted(one.low / other.low, [change.low])}"


def _signed(change: Mention) -> float:
    return -change.low if change.trend == "down" else change.low
