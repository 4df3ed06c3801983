"""The change that two levels make, beside the one that is stated: "from 40 to 44, up 10%" is 44 ÷ 40 − 1."""

from __future__ import annotations

import math
import re

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import (
    PER_CENT,
    POINTS,
    SHARE,
    TIMES,
    alike,
    is_length_of_time,
    shown,
    zones,
)
from tallybook.consistency.forms import RATIO_FORM
from tallybook.consistency.printed_numbers import is_measured
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import meet
from tallybook.prose import converted, digits
from tallybook.reading import Mention
from tallybook.terms import Modifier

TEST = "change between two levels"
Made = tuple[Zones, Zones, str]
_FASTER, _SLOWER = re.compile(r" (?:faster|quicker|sooner)\b"), re.compile(r" slower\b")


def of_time(text: str, change: Mention, old: Mention, new: Mention) -> Mention:
    """A change with its direction as that of a length of time: who is 4% faster needs less of it."""
    if not (is_length_of_time(old) or is_length_of_time(new)) or change.trend is None:
        return change
    if _FASTER.match(text, change.end):
        return change._replace(trend="down")
    return change._replace(trend="up") if _SLOWER.match(text, change.end) else change


def compared(change: Mention, old: Mention, new: Mention) -> Check | None:
    """The change that two levels make beside the one that is stated; None if they cannot be compared."""
    if not alike(old, new):
        return None
    made = _made(change, old, new, zones(old), zones(new))
    if made is None:
        return None
    start, end = min(m.start for m in (change, old, new)), max(m.end for m in (change, old, new))
    about = tuple(dict.fromkeys(m.words for m in sorted((change, old, new), key=lambda m: m.start)))
    computed, stated, arithmetic = made
    closes = meet(computed.true, stated.true) and not _is_points(change, old, new)
    why = f"{arithmetic}; the text says {change.words}" if closes else f"{arithmetic}, not {change.words}"
    if not closes and _is_points(change, old, new):
        why = f"{why}: {digits(change.low)} is the difference in percentage points"
    return Check(TEST, about, closes, f"{why}.", None, start, end)


def _is_points(change: Mention, old: Mention, new: Mention) -> bool:
    """Whether a change in percent is the difference of two percentages, far from the change that they make:
    "by 0.5%, from 4% to 4.5%"."""
    if not (change.unit == old.unit == new.unit == PER_CENT) or change.form is RATIO_FORM or old.low <= 0:
        return False
    apart, relative = abs(new.low - old.low), 100 * abs(new.low / old.low - 1)
    return math.isclose(apart, change.low, rel_tol=1e-6) and not 0.5 < relative / change.low < 2


def _made(change: Mention, old: Mention, new: Mention, was: Zones, became: Zones) -> Made | None:
    """(the change that the levels make, the one that is stated, the arithmetic); None if they cannot be set
    beside each other."""
    a, b, stated = shown(new), shown(old), zones(change)
    if change.form is RATIO_FORM or change.unit == TIMES:
        return _times(change, old, new, was, became)
    if change.unit in (PER_CENT, SHARE):
        if was.true.low <= 0:
            return None
        relative = became.relative_to(was)
        size = 100 * (new.low / old.low - 1)
        made = relative.converted(100.0) if change.unit == PER_CENT else relative
        return made, stated, f"{a} ÷ {b} − 1 = {converted(size, [_signed(change)])}%"
    points = change.unit in POINTS and (new.unit == PER_CENT or not is_measured(new.unit))
    if not points and (new.unit == PER_CENT or not alike(change, new)):
        return None
    return became.minus(was), stated, f"{a} − {b} = {digits(round(new.low - old.low, 6))}"


def _times(change: Mention, old: Mention, new: Mention, was: Zones, became: Zones) -> Made | None:
    """Of "doubled", "halved", "rose tenfold", "fell tenfold": how many times."""
    if was.true.low <= 0 or became.true.low <= 0:
        return None
    size = change._replace(trend=None)
    if (
        change.modifier is Modifier.NEARLY and 0 < size.low < 1
    ):  # nearly halved: the old one nearly doubles it
        size = size._replace(low=1 / size.high, high=1 / size.low)
        return (
            was.over(became),
            zones(size),
            f"{shown(new)} ÷ {shown(old)} = {converted(new.low / old.low, [change.low])}",
        )
    if change.trend == "down" and change.unit == TIMES:
        made, ratio, sum_ = was.over(became), old.low / new.low, f"{shown(old)} ÷ {shown(new)}"
    else:
        made, ratio, sum_ = became.over(was), new.low / old.low, f"{shown(new)} ÷ {shown(old)}"
    return made, zones(size), f"{sum_} = {converted(ratio, [change.low])}"


def _signed(change: Mention) -> float:
    return -change.low if change.trend == "down" else change.low
