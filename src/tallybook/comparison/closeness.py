"""Which wording of one utterance stands nearest to its origin; the others only repeat it.

Relays (a statement that names the one it repeats) and groups (one utterance on several pages).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from tallybook.book import Book, Statement

TIERS = ("primary", "secondary", "tertiary")


def repeated(book: Book, known: Collection[str]) -> set[str]:
    """The statements among ``known`` that repeat another one that is known too."""
    found = set()
    for id_ in known:
        statement = book.statements.get(id_)
        if statement is not None and statement.relays in known:
            found.add(id_)
    for group in book.groups.values():
        here = [book.statements[s] for s in group.statements if s in known]
        for measure in {s.measure for s in here}:
            alike = [s for s in here if s.measure == measure]
            nearest = closest(book, alike)
            found |= {s.id for s in alike if s.id != nearest.id}
    return found


def closest(book: Book, statements: Iterable[Statement]) -> Statement:
    """The one nearest to the origin: no relay; primary before secondary before tertiary; dated; with the
    fewest hands between; the earliest; the words of its speaker before a paraphrase."""
    return min(statements, key=lambda s: _distance(book, s))


def _distance(book: Book, statement: Statement) -> tuple[bool, int, bool, int, date, bool, str]:
    source = book.source_of[statement.id]
    return (
        statement.relays is not None,
        TIERS.index(source.kind),
        statement.reference_period is None,
        len(statement.via),
        source.published or date.max,
        not any(mark in statement.words for mark in '“”"«»'),
        statement.id,
    )


def depth(book: Book, statement: Statement, nearest: Statement) -> int:
    """How many hands after the nearest wording: 0 itself, 1 repeats it, 2 repeats a repetition, …"""
    steps = 0 if statement.id == nearest.id else 1
    seen = {statement.id}
    while statement.relays and statement.relays not in seen and statement.relays != nearest.id:
        seen.add(statement.relays)
        statement = book.statements[statement.relays]
        steps += 1
    return steps
