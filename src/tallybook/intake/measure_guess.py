"""Which measures of the book a figure may be one of, the likeliest first.

A measure is proposed for a draft only where the words around the figure share something with its definition,
and one alone is by far the likeliest; the others are for a person to choose from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.book import Book, Measure
from tallybook.book.figures import NoFigure, figure_of, figure_problems
from tallybook.book.records import Anchor, Claim
from tallybook.intake.measure_words import MeasureWords, candidates, stems, words_of_measures
from tallybook.reading import Mention, Reading

MOST_OFFERED = 9
"""One key each."""

_THEM = frozenset({"them", "those", "these", "it", "us"})
_BY_FAR = 1.25
_LIKE_ENOUGH = 0.1


@dataclass(frozen=True, slots=True)
class Offered:
    """A measure that a figure may be of. ``told``: the words around the figure say what it is; ``shared``:
    they share a word with its definition, besides what is counted."""

    measure: Measure
    likeness: float
    told: bool
    shared: bool


class MeasureGuess:
    """The measures of a book, ready to be asked for figures of articles."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._words = words_of_measures(book)
        self._said = {words.measure.id: _said(words) for words in self._words}

    def offered(self, mention: Mention, reading: Reading, said_by: str = "") -> list[Offered]:
        """The measures whose unit and kind the figure can have, the likeliest first; at most nine.

        ``said_by``: who says it, whose name tells nothing of what is counted: "12 were hurt, the police said"
        is no figure of policemen.
        """
        fitting = [words for words in self._words if self._fits(mention, words.measure)]
        told = {found.measure.id: found.covered for found in candidates(mention, reading, fitting)}
        around = _around(mention, reading) - stems(said_by)
        found = []
        for words in fitting:
            said = self._said[words.measure.id]
            shared = len(said & around) / max(1, len(said))
            id_ = words.measure.id
            likeness = told.get(id_, 0.0) + shared
            found.append(Offered(words.measure, likeness, id_ in told, bool(words.says & around)))
        found.sort(key=lambda one: (not one.told, -one.likeness))
        return found[:MOST_OFFERED]

    def best(self, mention: Mention, offered: Sequence[Offered]) -> Measure | None:
        """The one to propose; None where nothing tells it from another, or the words say "most of them"."""
        if (mention.of or "").lower() in _THEM or not offered or not offered[0].shared:
            return None
        first, others = offered[0], [one.likeness for one in offered[1:]]
        far = first.likeness >= _BY_FAR * max(others, default=0.0)
        return first.measure if far and first.likeness >= _LIKE_ENOUGH else None

    def _fits(self, mention: Mention, measure: Measure) -> bool:
        """Whether a claim of these words and this measure would pass ``check``."""
        try:
            figure = figure_of(mention, measure, self.book.rates)
        except NoFigure:
            return False
        anchor = Anchor(exact=mention.words[:200] or "-", paragraph=1)
        claim = Claim(id="guess", measure=measure.id, anchor=anchor)
        return not any(True for _ in figure_problems(figure, claim, measure))


def _said(words: MeasureWords) -> frozenset[str]:
    return words.says | stems(words.measure.id.replace("_", " ")) | words.units


def _around(mention: Mention, reading: Reading) -> frozenset[str]:
    first, last = mention.sentence
    near = reading.text[max(first, mention.start - 300) : min(last, mention.end + 300)]
    return stems(near)
