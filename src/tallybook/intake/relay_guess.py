"""Which statement of the book a figure of a new page repeats, guessed from its wording.

The figure must be the same, to the bound; and the page must say from whom it has it, or have nearly the same
text. A guess for a person to look at: where two statements would do, none is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from tallybook.book import Book, Statement
from tallybook.book.periods import Period
from tallybook.intake.measure_words import stems
from tallybook.quantity import Quantity


class RelayGuess:
    """The statements of a book by their figures."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._same: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
        for id_, figure in book.figure_of_statement.items():
            if figure is not None:
                self._same[_key(figure.quantity)].append(book.statements[id_])

    def of(
        self,
        figure: Quantity,
        measure: str | None,
        via: Iterable[str],
        published: Period | None,
        alike: Collection[str],
    ) -> Statement | None:
        """The statement that a figure repeats.

        ``measure``: what it is guessed to be of; ``via``: through whom it came; ``published``: the day of its
        page; ``alike``: the sources whose text is nearly the same.
        """
        media = {stems(name) for name in via} - {frozenset()}
        found = []
        for statement in self._same.get(_key(figure), ()):
            source = self._book.source_of[statement.id]
            told = source.id in alike or stems(source.publisher) in media
            late = bool(published and source.dated and source.dated.start > published.end)
            if told and not late and measure in (None, statement.measure):
                found.append(statement)
        first = [s for s in found if s.relays not in {other.id for other in found}]
        return first[0] if len(first) == 1 else None


def _key(quantity: Quantity) -> tuple[object, ...]:
    return quantity.low, quantity.high, quantity.modifier
