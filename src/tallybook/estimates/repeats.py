"""Which wording of an utterance is nearest to its origin; the others repeat it.

Repetitions are recorded as relays (a statement names the one that it repeats) and groups (one utterance on
several pages). A person may record which wording is nearest (``nearest`` of a group); otherwise the order of
``distance`` decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tallybook.book import Book, Statement, parse_period
from tallybook.estimates.estimate import Estimate
from tallybook.terms import Modifier, Tier

Distance = tuple[bool, bool, bool, int, bool, int, int, bool, date, date, str]


def repeated(book: Book, rows: Iterable[Estimate], known: Mapping[str, Estimate]) -> frozenset[str]:
    """Ids of the statements of ``rows`` that repeat another one of the ``known`` estimates."""
    here = {e.statement.id: e.statement for e in rows}.values()
    found = {s.id for s in here if s.relays in known}
    for group in dict.fromkeys(book.group_of[s.id] for s in here if s.id in book.group_of):
        members = [book.statements[s] for s in book.groups[group].statements if s in known]
        closeness = Closeness.of(book, members, known)
        for line in {line_of(known[s.id]) for s in members}:
            alike = [s for s in members if line_of(known[s.id]) == line]
            nearest = closeness.closest(alike)
            found |= {s.id for s in alike if s.id != nearest.id}
    return frozenset(found)


def line_of(estimate: Estimate) -> tuple[str, str | None, str | None]:
    """The measure, scope and part of a figure."""
    return estimate.measure.id, estimate.scope, estimate.part


@dataclass(frozen=True)
class Closeness:
    """The wordings of one utterance by their distance from its origin.

    ``pages``: on how many pages the number and bound of a statement appear, by its id; ``bounded``: ids of
    the statements whose words bound the number.
    """

    book: Book
    pages: Mapping[str, int]
    bounded: frozenset[str]

    @classmethod
    def of(cls, book: Book, statements: Iterable[Statement], known: Mapping[str, Estimate]) -> Closeness:
        here = list(statements)
        wording = {s.id: wording_of(known[s.id]) for s in here}
        on = {(wording[s.id], book.source_of[s.id].id) for s in here}
        shared = Counter(words for words, _ in on)
        bounded = frozenset(s.id for s in here if _bounded(known[s.id]))
        return cls(book, {s.id: shared[wording[s.id]] for s in here}, bounded)

    def closest(self, statements: Iterable[Statement]) -> Statement:
        """The statement nearest to the origin."""
        return min(statements, key=self.distance)

    def distance(self, statement: Statement) -> Distance:
        """A sort key, the nearest first: recorded as nearest by a person; not a relay; of a known origin;
        primary before secondary before tertiary; with a date; as most pages give it; through the fewest
        hands; with a bound (repetitions lose bounds more often than they add them); the earliest."""
        source = self.book.source_of[statement.id]
        group = self.book.groups.get(self.book.group_of.get(statement.id, ""))
        said = parse_period(statement.stated).start if statement.stated else date.max
        return (
            group is None or statement.id not in group.nearest,
            statement.relays is not None,
            not self.book.origins[statement.speaker_id].independent,
            Tier(source.kind).rank,
            statement.reference_period is None,
            -self.pages[statement.id],
            len(statement.via),
            statement.id not in self.bounded,
            source.published.end if source.published else date.max,
            said,
            statement.id,
        )


def wording_of(estimate: Estimate) -> Hashable:
    """The number in the measure's unit and its bound, whatever the words."""
    figure = estimate.figure
    if figure is None:
        return None
    quantity = figure.quantity
    core = estimate.amount.core if estimate.amount else quantity.core
    return core.low, core.high, quantity.modifier, quantity.hedges


def _bounded(estimate: Estimate) -> bool:
    figure = estimate.figure
    return figure is not None and figure.quantity.modifier not in (Modifier.EXACT, Modifier.RANGE)
