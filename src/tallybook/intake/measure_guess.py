"""Which measures of the book a figure may be one of, the likeliest first.

A measure is proposed for a draft only where the words around the figure share something with its definition,
and one alone is by far the likeliest; the others are for a person to choose from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tallybook.book import Book, Measure
from tallybook.book.figures import NoFigure, figure_of, figure_problems
from tallybook.book.records import Anchor, Claim
from tallybook.intake.measure_words import MeasureWords, candidates, stems, words_of_measures
from tallybook.prose import listed
from tallybook.reading import Mention, Reading

MOST_OFFERED = 9
"""One key each."""

_THEM = frozenset({"them", "those", "these", "it", "us"})
_BY_FAR = 1.25
_MOST_MISSING = 3
_LIKE_ENOUGH = 0.1


@dataclass(frozen=True, slots=True)
class Offered:
    """A measure that a figure may be of. ``told``: the words around the figure say what it is; ``shared``:
    they share a word with its definition, besides what is counted; ``missing``: the words of the definition
    that are not around it, where those are most of them; ``elsewhere``: the definition names somebody or some
    place, and no name of it stands anywhere in the text, or a year before which the page came out."""

    measure: Measure
    likeness: float
    told: bool
    shared: bool
    missing: tuple[str, ...] = ()
    elsewhere: bool = False

    @property
    def weak(self) -> str:
        """Why it is not much of a guess; "" where it is one."""
        if not self.missing:
            return ""
        shown = [f"“{word}”" for word in self.missing[:_MOST_MISSING]]
        return f"weak: {listed(shown)} of its definition {'is' if len(shown) == 1 else 'are'} not near"


class MeasureGuess:
    """The measures of a book, ready to be asked for figures of articles."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._words = words_of_measures(book)
        self._said = {words.measure.id: _said(words) for words in self._words}

    def offered(
        self,
        mention: Mention,
        reading: Reading,
        said_by: str = "",
        *,
        title: str = "",
        year: int | None = None,
    ) -> list[Offered]:
        """The measures whose unit and kind the figure can have, the likeliest first; at most nine.

        ``said_by``: who says it, whose name tells nothing of what is counted: "12 were hurt, the police said"
        is no figure of policemen. ``title``, ``year``: of the page, and in which it came out.
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
            missing = () if id_ in told else tuple(words.missing(around | stems(title)))
            elsewhere = not words.names <= around and words.names.isdisjoint(_stems_of_text(reading.text))
            happened = words.measure.happened_in
            elsewhere = elsewhere or (year is not None and happened is not None and year < happened)
            found.append(
                Offered(words.measure, likeness, id_ in told, bool(words.says & around), missing, elsewhere)
            )
        found.sort(key=lambda one: (not one.told, -one.likeness))
        return found[:MOST_OFFERED]

    def best(self, mention: Mention, offered: Sequence[Offered]) -> Measure | None:
        """The one to propose; None where nothing tells it from another, where the words say "most of them",
        or where the text has no name that the definition names, or came out before the year that it names:
        the 312 homes of another fire."""
        if (mention.of or "").lower() in _THEM or not offered:
            return None
        if not offered[0].shared or offered[0].elsewhere:
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


@lru_cache(maxsize=2)
def _stems_of_text(text: str) -> frozenset[str]:
    """Of one text after the other, each asked for as often as it has figures."""
    return stems(text)


def _around(mention: Mention, reading: Reading) -> frozenset[str]:
    first, last = mention.sentence
    near = reading.text[max(first, mention.start - 300) : min(last, mention.end + 300)]
    return stems(near)
