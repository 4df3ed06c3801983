"""The claim's side of a comparison: its figure in its measure's unit, and what it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter

from tallybook.book import Article, Book, Claim, Figure, Measure, Period, parse_period
from tallybook.book.periods import day
from tallybook.estimates.families import Family
from tallybook.estimates.zones import Stated, stated
from tallybook.quantity import Policy


@dataclass(frozen=True, slots=True)
class Asked:
    """What a claim asks for: its measure's kind, its scope, its time, and the article's date."""

    kind: str
    scope: str | None
    scopes: dict[str, str]
    period: Period | None
    published: date


@dataclass(frozen=True, slots=True)
class ClaimSide:
    """A claim with its figure in its measure's unit; ``family``: of its origin, None if it names none."""

    claim: Claim
    measure: Measure
    figure: Figure
    value: Stated
    asked: Asked
    family: Family | None

    @property
    def period(self) -> Period:
        return self.asked.period or day(self.asked.published)


def claim_sides(
    book: Book, article: Article, policy: Policy, families: dict[str, Family]
) -> dict[str, ClaimSide]:
    """The claims of an article by id, in its order.

    A claim that is a share of another takes that one's value as its base.
    """
    by_id = {claim.id: claim for claim in article.claims}
    arrows = {claim.id: [claim.base] if claim.base else [] for claim in article.claims}
    sides: dict[str, ClaimSide] = {}
    for id_ in TopologicalSorter(arrows).static_order():
        claim = by_id[id_]
        measure = book.measures[claim.measure]
        figure = book.figure_of_claim[article.id, claim.id]
        value = stated(figure, policy)
        if figure.share and claim.base:
            value = value.clipped(1.0).times(sides[claim.base].value)
        period = parse_period(claim.reference_period) if claim.reference_period else None
        asked = Asked(
            measure.kind, claim.scope or measure.own_scope, measure.scopes, period, article.published
        )
        sides[id_] = ClaimSide(claim, measure, figure, value, asked, families.get(claim.origin or ""))
    return {claim.id: sides[claim.id] for claim in article.claims}
