"""Numbers and lists as a reader of the report reads them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tallybook.quantity import Interval, Modifier, Quantity

SHARE_UNIT = "fraction"
EXACT = 1e-12
BOUND_WORDS = {
    Modifier.ABOUT: "about",
    Modifier.NEARLY: "nearly",
    Modifier.OVER: "over",
    Modifier.AT_LEAST: "at least",
    Modifier.UNDER: "under",
    Modifier.AT_MOST: "at most",
    Modifier.UP_TO: "up to",
}
_PLURALS = {"foot": "feet", "inch": "inches", "casualty": "casualties", "person": "people"}


def number(value: float, unit: str | None = None) -> str:
    """10,000; 6.5 million; 50%; 'no limit' for an open end."""
    if math.isinf(value):
        return "no limit"
    if unit == SHARE_UNIT:
        return f"{100 * value:.3g}%"
    if abs(value - round(value)) > EXACT * max(1.0, abs(value)):
        value = float(f"{value:.3g}")  # computed, not stated: no more digits than it deserves
    if abs(value) >= 1e6:
        return f"{value / 1e6:,.4g} million"
    return f"{value:,.0f}" if abs(value) >= 100 or value == round(value) else f"{value:.3g}"


def between(interval: Interval, unit: str | None = None) -> str:
    """An interval in words: 'exactly 9', 'above 10,000', 'up to 15,000', '200,000–260,000'."""
    low, high = interval.low, interval.high
    if low == high:
        return number(low, unit)
    if math.isinf(high):
        return (
            f"{'above' if interval.low_open else 'at least'} {number(low, unit)}"
            if low > 0 or interval.low_open
            else "any number"
        )
    if low <= 0:
        return f"{'below' if interval.high_open else 'up to'} {number(high, unit)}"
    return f"{number(low, unit)}–{number(high, unit)}"


def bounded(quantity: Quantity, core: str) -> str:
    """The number with the words that bound it: "up to 40%", "at least about 3,000"."""
    bounds = [quantity.modifier, *quantity.hedges]
    if quantity.contradictory:
        bounds.reverse()
    return " ".join([*(BOUND_WORDS[b] for b in bounds if b in BOUND_WORDS), core])


def plural(noun: str) -> str:
    """'hectares', 'feet'; a noun that ends in s is taken for a plural already."""
    return _PLURALS.get(noun, noun if noun.endswith("s") else f"{noun}s")


def times(factor: float) -> str:
    """A ratio: '1.4 times', 'infinitely many times' beside zero."""
    return "any number of times" if math.isinf(factor) else f"{factor:,.2g} times"


def listed(names: Sequence[str], last: str = "and") -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """'1 page', '3 pages'."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def quoted(words: str) -> str:
    """The words of a page in quotation marks; marks of their own at the ends are not doubled."""
    return f"“{words.strip().strip('“”').strip(chr(34)).strip()}”"
