"""How many statements of a claim's measure are among the first that are found, with all links hidden.

The ranker never sees the measure of a statement, nor what it cites, relays, or is based on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tallybook.book import Book
from tallybook.intake.claim_asked import asked_of
from tallybook.intake.figures_found import figures_of_statements
from tallybook.intake.ranking import Ranking

FIRST, FIRST_TEN = 30, 10


@dataclass(frozen=True)
class Found:
    """Of one claim: how many statements its measure has, and which part of them is among the first."""

    claim: str
    statements: int
    in_first: float
    in_first_ten: float


def measured(book: Book, article: str, *, by_words: bool = True, by_meaning: bool = True) -> list[Found]:
    """Of each claim whose measure has statements with a number."""
    figures = list(figures_of_statements(book))
    ranking = Ranking(figures, book.rates, by_words=by_words)
    found = []
    for claim in book.articles[article].claims:
        asked = asked_of(book, book.articles[article], claim)
        if not by_meaning:
            asked = replace(asked, meaning="", others=())
        right = {figure.name for figure in figures if book.statements[figure.name].measure == claim.measure}
        names = [ranked.found.name for ranked in ranking.of(asked)]
        if right:
            parts = [len(right.intersection(names[:n])) / min(len(right), n) for n in (FIRST, FIRST_TEN)]
            found.append(Found(claim.id, len(right), *parts))
    return found


def means(found: list[Found]) -> tuple[float, float]:
    """Over the claims: in the first thirty, in the first ten."""
    count = len(found)
    return sum(one.in_first for one in found) / count, sum(one.in_first_ten for one in found) / count
