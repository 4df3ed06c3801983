"""Gold sentences with their expected figures, and scores of how much of them the reader finds.

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

from tallybook.evaluation.yaml_cases import load_yaml
from tallybook.reading import Mention
from tallybook.terms import Modifier

_NUMBER = r"-?[\d,]+(?:\.\d+)?(?:e[+-]?\d+)?"
_LINE = re.compile(
    rf"(?P<modifiers>[a-z_+]+) (?P<low>{_NUMBER})(?: to (?P<high>{_NUMBER}))?"
    r"(?: (?!\((?:up|down)\)$)(?P<unit>.+?))?(?: \((?P<trend>up|down)\))?"
)
# Both ends of a value must agree to this: a third is printed with ten digits.
_TOLERANCE = 1e-8


class FigureLine(NamedTuple):
    """One figure as a line of gold gives it. ``unit`` includes the base of a rate: "shell per month"."""

    words: str
    modifiers: tuple[Modifier, ...]
    low: float
    high: float
    unit: str | None
    trend: str | None

    def __str__(self) -> str:
        """The words, and their reading in brackets: "15 men (exact 15 man)"."""
        ends = f"{self.low:,.10g}" + ("" if self.low == self.high else f" to {self.high:,.10g}")
        parts = ["+".join(self.modifiers), ends, self.unit, self.trend]
        return f"{self.words} ({' '.join(part for part in parts if part)})"


class Phrase(NamedTuple):
    """A text and every figure in it. ``kind``: its own key, or else the name of its file."""

    text: str
    figures: tuple[FigureLine, ...]
    kind: str


class Match(NamedTuple):
    """A gold figure (None: not in the gold) with the figure read (None: missed), and what agrees."""

    gold: FigureLine | None
    read: FigureLine | None
    value: bool = False
    bound: bool = False
    unit: bool = False

    @property
    def exact(self) -> bool:
        """Value, bound and unit agree, and so do the words to the letter."""
        same_words = self.gold is not None and self.read is not None and self.gold.words == self.read.words
        return self.value and self.bound and self.unit and same_words


class Score(NamedTuple):
    """The number of correct figures, of figures read and of figures in the gold."""

    correct: int
    read: int
    gold: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1; 1 if there was nothing to find."""
        both = self.read + self.gold
        return 2 * self.correct / both if both else 1.0


def parse_line(line: str) -> FigureLine:
    """A line of gold as its parts. ValueError for a line of another form."""
    words, _, rest = line.rpartition(": ")
    match = _LINE.fullmatch(rest)
    if match is None:
        raise ValueError(f"not a figure: {line!r}; it must be 'words: modifier low( to high) unit (trend)'")
    low = _value(match["low"])
    high = low if match["high"] is None else _value(match["high"])
    modifiers = tuple(Modifier(name) for name in match["modifiers"].split("+"))
    return FigureLine(words, modifiers, min(low, high), max(low, high), match["unit"], match["trend"])


def load_phrases(paths: Iterable[Path]) -> list[Phrase]:
    """The phrases of gold files, file by file. ValueError, with the file, for a line that is not a figure."""
    found = []
    for path in paths:
        for case in load_yaml(path):
            try:
                figures = tuple(map(parse_line, case["figures"]))
            except ValueError as error:
                raise ValueError(f"{path}: {error}") from None
            found.append(Phrase(case["text"], figures, case.get("kind", path.stem)))
    return found


def match_figures(phrase: Phrase, mentions: Iterable[Mention]) -> list[Match]:
    """Each gold figure with the reading of its value, or with None; then the readings that are left."""
    left = [parse_line(str(mention)) for mention in mentions]
    found = []
    for gold in phrase.figures:
        fits = [read for read in left if _same(gold.low, read.low) and _same(gold.high, read.high)]
        if not fits:
            found.append(Match(gold, None))
            continue
        best = max((_compared(gold, read) for read in fits), key=lambda m: (m.exact, m.unit, m.bound))
        assert best.read is not None
        left.remove(best.read)
        found.append(best)
    return [*found, *(Match(None, read) for read in left)]


def score_matches(matches: Sequence[Match]) -> dict[str, Score]:
    """The score of the value alone, with its bound (and trend), with its unit (and base), and of all."""
    read = sum(m.read is not None for m in matches)
    gold = sum(m.gold is not None for m in matches)
    correct = {
        "value": sum(m.value for m in matches),
        "value and bound": sum(m.value and m.bound for m in matches),
        "value and unit": sum(m.value and m.unit for m in matches),
        "all, with the exact words": sum(m.exact for m in matches),
    }
    return {name: Score(count, read, gold) for name, count in correct.items()}


def _compared(gold: FigureLine, read: FigureLine) -> Match:
    bound = gold.modifiers == read.modifiers and gold.trend == read.trend
    return Match(gold, read, value=True, bound=bound, unit=gold.unit == read.unit)


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_TOLERANCE, abs_tol=1e-12)


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))
