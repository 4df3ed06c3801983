"""How much of what sentences state a reader finds: precision, recall and F1, three times over.

A reading matches a gold quantity when both ends of its value agree; its bound may then be right or
wrong, and so may its unit. Units agree when they share a head word, however they are written.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from measure.corpus import Gold, Sentence

TOLERANCE = 1e-5  # 1 in 100,000: "2.46 million" is not 2,460,001, but a third is 0.33333

# The same unit under other names, beside the name used here; the names are folded words.
_SAME = {
    "percent": "% percentage pct percent",
    "dollar": "$ us$ usd dollar",
    "pound sterling": "£ gbp",
    "euro": "€ eur",
    "japanese yen": "¥ jpy",
    "chinese yuan": "yuan cny",
    "meter": "metre",
    "kilometer": "kilometre",
    "centimeter": "centimetre",
    "millimeter": "millimetre",
    "micrometer": "micrometre",
    "liter": "litre",
    "mile per hour": "mph",
    "kilometer per hour": "km/h kph",
    "foot": "feet",
    "inch": "inches",
    "celsius": "°c",
    "fahrenheit": "°f",
    "people": "person",
    "man": "men",
    "woman": "women",
    "child": "children",
}
_NAME = {other: name for name, others in _SAME.items() for other in others.split()}
# Words of a unit that do not say which unit it is, unless nothing else is there.
_SMALL = frozenset(["a", "an", "the", "of", "in", "per", "us", "u.s", "american", "degree"])
_PLURALS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", ""))


class Reading(NamedTuple):
    """One figure as a reader gives it."""

    low: float
    high: float
    sign: str
    unit: str | None


class Score(NamedTuple):
    """How many readings were right, of how many read, and how many there were to find."""

    right: int
    read: int
    stated: int

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.stated if self.stated else 0.0

    @property
    def f1(self) -> float:
        both = self.read + self.stated
        return 2 * self.right / both if both else 0.0


class Scores(NamedTuple):
    """The scores of the value alone, with its bound, and with its unit."""

    value: Score
    bound: Score
    unit: Score


def score(sentences: Iterable[Sentence], readings: Iterable[Sequence[Reading]]) -> Scores:
    """The scores of ``readings``, a list a sentence, against the gold of the sentences."""
    read = stated = values = bounds = units = 0
    for sentence, found in zip(sentences, readings, strict=True):
        golds = sentence.gold or ()
        read += len(found)
        stated += len(golds)
        for gold, reading in matches(golds, found):
            values += 1
            bounds += reading.sign == gold.sign
            units += unit_agrees(gold, reading)
    return Scores(*(Score(right, read, stated) for right in (values, bounds, units)))


def matches(golds: Sequence[Gold], found: Sequence[Reading]) -> list[tuple[Gold, Reading]]:
    """Each gold quantity with a reading of its value, the best of those that are left."""
    left = list(found)
    pairs = []
    for gold in golds:
        fits = [
            reading for reading in left if _near(gold.low, reading.low) and _near(gold.high, reading.high)
        ]
        if fits:
            best = max(fits, key=lambda mine: (unit_agrees(gold, mine), mine.sign == gold.sign))
            left.remove(best)
            pairs.append((gold, best))
    return pairs


def unit_agrees(gold: Gold, reading: Reading) -> bool:
    """Does the unit read share a head word with a name of the gold unit, or is there none in both?"""
    mine = head_words(reading.unit)
    return any(mine & words or mine == words for words in map(head_words, gold.units))


def head_words(unit: str | None) -> frozenset[str]:
    """The words that tell which unit it is, each in the form used here; none for no unit."""
    whole = (unit or "").lower().strip()
    if whole in ("", "-"):
        return frozenset()
    words = {part for word in re.split(r"[\s/_-]+", _name(whole)) for part in _folded(word).split()}
    return frozenset(words - _SMALL or words)


def _folded(word: str) -> str:
    """ "Companies" and "company" are one word, and so are "£" and "pound sterling"."""
    word = _name(word.strip(".,()'\""))
    if len(word) > 3 and not word.endswith("ss"):
        ending, instead = next((pair for pair in _PLURALS if word.endswith(pair[0])), ("", ""))
        word = word.removesuffix(ending) + instead
    return _name(word)


def _name(word: str) -> str:
    return _NAME.get(word, word)


def _near(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=1e-9)
