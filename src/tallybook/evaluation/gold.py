"""Sentences beside what they state, and how much of it a reading finds.

The project's public gold is ``tests/reading/*.yaml``: a list of phrases, each with ``text`` and
``figures``, lines as ``str(mention)`` prints them: ``words: modifier(+hedge) low( to high) unit per
base (trend)``. A journalist can add to it without reading code.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from tallybook.quantity import Modifier
from tallybook.reading import Mention

_NUMBER = r"-?[\d,]+(?:\.\d+)?(?:e[+-]?\d+)?"
_STATED = re.compile(
    rf"(?P<modifiers>[a-z_+]+) (?P<low>{_NUMBER})(?: to (?P<high>{_NUMBER}))?"
    r"(?: (?!\((?:up|down)\)$)(?P<unit>.+?))?(?: \((?P<trend>up|down)\))?"
)
# Both ends of a value agree to this: a third is printed with ten digits.
_TOLERANCE = 1e-8


class Stated(NamedTuple):
    """One figure as its words state it. ``unit`` holds the base of a rate too: "shell per month"."""

    words: str
    modifiers: tuple[Modifier, ...]
    low: float
    high: float
    unit: str | None
    trend: str | None

    def __str__(self) -> str:
        """The words, and in brackets how they are read: "15 men (exact 15 man)"."""
        ends = f"{self.low:,.10g}" + ("" if self.low == self.high else f" to {self.high:,.10g}")
        parts = ["+".join(self.modifiers), ends, self.unit, self.trend]
        return f"{self.words} ({' '.join(part for part in parts if part)})"


class Phrase(NamedTuple):
    """A text, and every figure in it. ``kind``: as it says itself, else the name of its file."""

    text: str
    figures: tuple[Stated, ...]
    kind: str


class Outcome(NamedTuple):
    """One figure stated (None: read, and not there), one read (None: missed), and what agrees."""

    stated: Stated | None
    read: Stated | None
    value: bool = False
    bound: bool = False
    unit: bool = False

    @property
    def whole(self) -> bool:
        """Everything agrees, the words to the letter."""
        same_words = (
            self.stated is not None and self.read is not None and self.stated.words == self.read.words
        )
        return self.value and self.bound and self.unit and same_words


class Score(NamedTuple):
    """How many were right, of how many read and how many stated."""

    right: int
    read: int
    stated: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1; 1 where there was nothing to find."""
        both = self.read + self.stated
        return 2 * self.right / both if both else 1.0


def stated(line: str) -> Stated:
    """What a line of gold says. ValueError for a line of another form."""
    words, _, rest = line.rpartition(": ")
    match = _STATED.fullmatch(rest)
    if match is None:
        raise ValueError(f"not a figure: {line!r}; it must be 'words: modifier low( to high) unit (trend)'")
    low = _value(match["low"])
    high = low if match["high"] is None else _value(match["high"])
    modifiers = tuple(Modifier(name) for name in match["modifiers"].split("+"))
    return Stated(words, modifiers, min(low, high), max(low, high), match["unit"], match["trend"])


def phrases(paths: Iterable[Path]) -> list[Phrase]:
    """The phrases of gold files, file by file. ValueError names the file of a line that is none."""
    found = []
    for path in paths:
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            try:
                figures = tuple(map(stated, case["figures"]))
            except ValueError as error:
                raise ValueError(f"{path}: {error}") from None
            found.append(Phrase(case["text"], figures, case.get("kind", path.stem)))
    return found


def outcomes(phrase: Phrase, mentions: Iterable[Mention]) -> list[Outcome]:
    """Each figure stated beside the reading of its value, each missed, and each read that is not there."""
    left = [stated(str(mention)) for mention in mentions]
    found = []
    for gold in phrase.figures:
        fits = [mine for mine in left if _same(gold.low, mine.low) and _same(gold.high, mine.high)]
        if not fits:
            found.append(Outcome(gold, None))
            continue
        best = max((_compared(gold, mine) for mine in fits), key=lambda o: (o.whole, o.unit, o.bound))
        assert best.read is not None
        left.remove(best.read)
        found.append(best)
    return [*found, *(Outcome(None, mine) for mine in left)]


def scores(found: Sequence[Outcome]) -> dict[str, Score]:
    """The score of the value alone, with its bound (and trend), with its unit (and base), and of all."""
    read = sum(o.read is not None for o in found)
    there = sum(o.stated is not None for o in found)
    right = {
        "value": sum(o.value for o in found),
        "value and bound": sum(o.value and o.bound for o in found),
        "value and unit": sum(o.value and o.unit for o in found),
        "all, and the exact words": sum(o.whole for o in found),
    }
    return {name: Score(count, read, there) for name, count in right.items()}


def _compared(gold: Stated, mine: Stated) -> Outcome:
    bound = gold.modifiers == mine.modifiers and gold.trend == mine.trend
    return Outcome(gold, mine, value=True, bound=bound, unit=gold.unit == mine.unit)


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_TOLERANCE, abs_tol=1e-12)


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))
