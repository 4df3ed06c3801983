"""A claim in the terms of its measure: its figure, its scope and its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter

from tallybook.book import Article, Book, Claim, Figure, Measure, Period, parse_period
from tallybook.book.periods import day
from tallybook.estimates.amount import Amount, amount_of
from tallybook.estimates.families import Families, Family


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """``amount``: in the measure's unit; ``stated_period``: None where the article gives no date;
    ``published``: of the article; ``family``: of the claim's origin, None if it names none."""

    claim: Claim
    measure: Measure
    figure: Figure
    amount: Amount
    scope: str | None
    stated_period: Period | None
    published: date
    family: Family | None

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def words(self) -> str:
        """The words as the article prints them."""
        return self.claim.anchor.exact

    @property
    def period(self) -> Period:
        """The time that the claim is about; the article's day if it states none."""
        return self.stated_period or day(self.published)


def claim_terms(book: Book, article: Article, families: Families) -> dict[str, ClaimTerms]:
    """The claims of an article by id, in its order.

    The amount of a claim that is a share of another is that share of the other's amount.
    """
    by_id = {claim.id: claim for claim in article.claims}
    bases = {claim.id: [claim.base] if claim.base else [] for claim in article.claims}
    found: dict[str, ClaimTerms] = {}
    for id_ in TopologicalSorter(bases).static_order():
        claim = by_id[id_]
        measure = book.measures[claim.measure]
        figure = book.figure_of_claim[article.id, claim.id]
        amount = amount_of(figure)
        if figure.share and claim.base:
            amount = amount.clipped(1.0).times(found[claim.base].amount)
        found[id_] = ClaimTerms(
            claim,
            measure,
            figure,
            amount,
            claim.scope or measure.own_scope,
            parse_period(claim.reference_period) if claim.reference_period else None,
            article.published,
            families.get(claim.origin or ""),
        )
    return {claim.id: found[claim.id] for claim in article.claims}
