"""A number as it is printed: its value, and the precision of its digits."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tallybook.consistency.forms import EXACT
from tallybook.reading import Mention
from tallybook.reading.lexicon.language import load_language

_NUMERAL = re.compile(r"\d[\d.,\u00a0\u2009\u202f]*")
_WORDS_OF_MAGNITUDE = frozenset({2, 3, 6, 9, 12, 15})
_NEAR = 200
_OUNCE = 1 / 11.5
"""The largest part of a unit that is counted itself: of a foot the inch, of a pound the ounce."""
ZERO_CAP, FIVE_CAP = 0.10, 0.05
"""A number that ends in zeros may be rounded to them, and one that ends in 5 to fives ("25 km (15
miles)"), but by no more than this fraction of the number."""


@dataclass(frozen=True, slots=True)
class Printed:
    """``step``: one unit of the last digit printed; ``half``: how far the number may be rounded.

    160 → step 1, half 5; 2.890 → 0.001, 0.0005; 1.2 million → 100,000, 50,000; 100 → 1, 10 (the cap);
    15 → 1, 0.75 (the cap).
    """

    value: float
    step: float
    half: float

    @property
    def round(self) -> bool:
        """Whether it ends in zeros that may be rounding."""
        return self.half > self.step / 2 and round(self.value / self.step) % 10 == 0


def printed(mention: Mention) -> tuple[Printed, ...]:
    """The number of a mention, or the two of a range; empty if the printed digits are not those of the value.

    Fractions ("5½", "half a mile") have no last digit.
    """
    numerals = [found.rstrip(".,\u00a0\u2009\u202f") for found in _NUMERAL.findall(mention.words)]
    values = [mention.low] if mention.low == mention.high else [mention.low, mention.high]
    if not numerals and len(values) == 1 and mention.grain and mention.grain <= _OUNCE:
        return (Printed(mention.low, mention.grain, mention.grain / 2),)
    if not numerals:
        numerals = [f"{abs(value):.0f}" for value in values]
    elif len(numerals) == 2 and len(values) == 1 and _in_two_units(mention.grain):
        step = mention.grain or 1.0
        return (Printed(mention.low, step, step / 2),)
    elif len(numerals) != len(values):
        return ()
    found = [_one(numeral, value) for numeral, value in zip(numerals, values, strict=True)]
    return tuple(one for one in found if one) if all(found) else ()


def _in_two_units(grain: float | None) -> bool:
    """Whether a number is counted in parts of its unit that are no decimals: "5 feet 10 inches"."""
    if not grain or grain >= 1:
        return False
    parts = 1 / grain
    return math.isclose(parts, round(parts)) and round(parts) % 5 != 0


def _one(numeral: str, value: float) -> Printed | None:
    digits = re.sub(r"\D", "", numeral)
    if not math.isfinite(value) or not digits or len(digits) > 15:
        return None
    if int(digits) == 0:
        return Printed(value, 1.0, 0.5) if value == 0 else None
    power = round(math.log10(abs(value) / int(digits))) if value else 0
    if not math.isclose(int(digits) * 10.0**power, abs(value), rel_tol=1e-9):
        return None
    step = 10.0**power
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros and not _has_decimals(numeral, power):
        coarse, cap = step * 10.0**zeros / 2, ZERO_CAP
    elif digits.endswith("5"):
        coarse, cap = step * 2.5, FIVE_CAP
    else:
        return Printed(value, step, step / 2)
    return Printed(value, step, min(coarse, max(step / 2, cap * abs(value))))


def _has_decimals(numeral: str, power: int) -> bool:
    """Whether the last mark in a numeral is a decimal mark: "5.0 million" has one, "5,000" has none."""
    marks = [k for k, char in enumerate(numeral) if char in ".,"]
    if not marks:
        return False
    behind = len(numeral) - marks[-1] - 1
    return power < 0 or (power > 0 and power + behind in _WORDS_OF_MAGNITUDE)


def exact(mention: Mention) -> bool:
    """Whether a mention is one number, without a word that bounds it and without a trend."""
    return (
        mention.modifier is EXACT
        and not mention.hedges
        and mention.trend is None
        and mention.low == mention.high
        and math.isfinite(mention.low)
    )


def whole(mention: Mention) -> int | None:
    """The whole number that a mention names exactly; None if it does not."""
    return int(mention.low) if exact(mention) and mention.low == int(mention.low) >= 0 else None


def around(text: str, one: Mention, other: Mention) -> str:
    """The part of a sentence that is near two of its mentions."""
    first, last = min(one.start, other.start), max(one.end, other.end)
    start, end = one.sentence
    return text[max(start, first - _NEAR) : min(end, last + _NEAR)]


def word_set(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


@lru_cache(maxsize=1024)
def is_measured(unit: str | None) -> bool:
    """Whether a unit is one of measurement (metres, days, dollars, percent), not of counting (people)."""
    return unit in _measured_units()


@cache
def _measured_units() -> frozenset[str]:
    """Every unit of the reader's lexicon, by its English name, which other languages use too."""
    units = load_language("en").units
    names = {
        name for phrases in (units.names, units.symbols, units.currency) for _, name in phrases.entries()
    }
    return frozenset({*names, "percent", "fraction"})
