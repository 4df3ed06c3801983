"""Which wording of one utterance stands nearest to its origin; the others only repeat it.

Relays (a statement that names the one it repeats) and groups (one utterance on several pages). A person may
say which wording is nearest (``nearest`` of a group); else the order of ``distance`` decides.
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
    """Ids of the statements behind ``rows`` that repeat another statement that is ``known`` too."""
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
    """What a figure is of: its measure, its scope, its part. One utterance may give several."""
    return estimate.measure.id, estimate.scope, estimate.part


@dataclass(frozen=True)
class Closeness:
    """The wordings of one utterance by their distance from its origin.

    ``pages``: how many pages give the number and bound that a statement gives.
    """

    book: Book
    pages: Mapping[str, int]
    bounded: frozenset[str]

    @classmethod
    def of(cls, book: Book, statements: Iterable[Statement], known: Mapping[str, Estimate]) -> Closeness:
        here = list(statements)
        wording = {s.id: _wording(known[s.id]) for s in here}
        on = {(wording[s.id], book.source_of[s.id].id) for s in here}
        shared = Counter(words for words, _ in on)
        bounded = frozenset(s.id for s in here if _bounded(known[s.id]))
        return cls(book, {s.id: shared[wording[s.id]] for s in here}, bounded)

    def closest(self, statements: Iterable[Statement]) -> Statement:
        """The one nearest to the origin."""
        return min(statements, key=self.distance)

    def distance(self, statement: Statement) -> Distance:
        """The smaller, the nearer: said so by a person; no relay; of a known origin; primary before
        secondary before tertiary; with its date; as most pages give it; through the fewest hands; with a
        bound rather than without (repetitions lose bounds more often than they add them); the earliest."""
        source = self.book.source_of[statement.id]
        group = self.book.groups.get(self.book.group_of.get(statement.id, ""))
        said = parse_period(statement.stated).start if statement.stated else date.max
        return (
            group is None or statement.id not in group.nearest,
            statement.relays is not None,
            not self.book.origins[statement.origin].independent,
            Tier(source.kind).rank,
            statement.reference_period is None,
            -self.pages[statement.id],
            len(statement.via),
            statement.id not in self.bounded,
            source.published or date.max,
            said,
            statement.id,
        )


def _wording(estimate: Estimate) -> Hashable:
    """The number and its bound, in whatever words."""
    figure = estimate.figure
    if figure is None:
        return None
    quantity = figure.quantity
    core = estimate.amount.core if estimate.amount else quantity.core
    return core.low, core.high, quantity.modifier, quantity.hedges


def _bounded(estimate: Estimate) -> bool:
    figure = estimate.figure
    return figure is not None and figure.quantity.modifier not in (Modifier.EXACT, Modifier.RANGE)
