"""How far two figures are apart, as a person says it ("3 % above", "243 fewer", "ten times"), as numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COUNTED = "zero one two three four five six seven eight nine ten eleven twelve"
_WORDS = {word: float(number) for number, word in enumerate(_COUNTED.split())}
_WORDS |= {"twice": 2.0, "double": 2.0, "half": 0.5, "hundred": 100.0, "thousand": 1000.0}
_NUMBER = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?|" + "|".join(rf"\b{word}\b" for word in _WORDS), re.I)
_UP = re.compile(r"\b(?:more|above|over|higher|warmer|longer|later|larger|greater|up)\b", re.I)
_DOWN = re.compile(r"\b(?:fewer|less|below|under|lower|colder|shorter|earlier|smaller|down)\b", re.I)
_NEAR = 1e-9
_TIMES_OFF = 0.05
"""How far "ten times" may be from ten."""


@dataclass(frozen=True)
class Gap:
    """``how``: "units", "per cent", "points" or "times"; ``number``: without sign; ``within``: half of its
    last digit; ``sign``: +1 where the statement lies above the claim, -1 below, 0 where nothing is said."""

    number: float
    how: str
    sign: int
    within: float


def gap_of(words: str) -> Gap | None:
    """What the words say; None where they name no number."""
    found = _NUMBER.search(words)
    if found is None:
        return None
    text = found.group().casefold().lstrip("+").replace("−", "-").replace(",", "")
    number = _WORDS.get(text)
    within = 0.5
    if number is None:
        number = float(text)
        within = 0.5 * 10.0 ** -len(text.partition(".")[2])
    sign = 1 if _UP.search(words) else -1 if _DOWN.search(words) or number < 0 else 0
    return Gap(abs(number), _how(words), sign, within)


def _how(words: str) -> str:
    if re.search(r"\btimes\b|\btwice\b|\bdouble\b|\bhalf\b", words, re.I):
        return "times"
    if re.search(r"percentage point|\bpoints?\b", words, re.I):
        return "points"
    return "per cent" if re.search(r"%|\bper ?cent\b", words, re.I) else "units"


def fits(said: Gap, gap: float | None, factor: float | None, *, percent: bool = False) -> bool:
    """Whether a gap of so many units, or of such a factor, is what was said.

    ``percent``: ``gap`` is of fractions, and units and points are those of a percentage.
    """
    if gap is not None and said.sign and gap * said.sign < 0:
        return False
    if said.how in ("units", "points"):
        size = None if gap is None else abs(gap) * (100.0 if percent else 1.0)
        return size is not None and abs(size - said.number) <= said.within + _NEAR
    if factor is None or factor <= 0:
        return False
    below = (gap is not None and gap < 0) or said.sign < 0
    ratio = 1 / factor if below and factor > 1 else factor
    if said.how == "times":
        wanted = 1 / said.number if below and said.number > 1 else said.number
        return abs(ratio / wanted - 1) <= _TIMES_OFF
    return abs(100 * abs(ratio - 1) - said.number) <= said.within + _NEAR
