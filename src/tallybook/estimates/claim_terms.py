"""A claim in the terms of its measure: its figure, its scope and its time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from graphlib import TopologicalSorter

from tallybook.book import Article, Book, Claim, Figure, Measure, Period, Statement, parse_period
from tallybook.book.nobody import names_nobody
from tallybook.book.periods import day
from tallybook.estimates.amount import Amount, amount_of
from tallybook.estimates.change_ends import ChangeEnds, ends_as_typed
from tallybook.estimates.counted_so_far import so_far
from tallybook.estimates.families import Families, Family
from tallybook.quantity import DEFAULT_POLICY
from tallybook.terms import Status


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """``amount``: in the measure's unit; ``stated_period``: None where the article gives no date;
    ``published``: the last day on which the article can have come out; ``family``: of the claim's origin,
    None if none is known; ``own``: ids of the families that are the claim's own side. ``attributed``: its
    words name who found or said it. ``ends``: of a change, the two points of time that it lies between."""

    claim: Claim
    measure: Measure
    figure: Figure
    amount: Amount
    scope: str | None
    stated_period: Period | None
    base_period: Period | None
    published: date
    family: Family | None
    own: frozenset[str]
    attributed: bool
    ends: ChangeEnds | None = None

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def words(self) -> str:
        """The words as the article prints them."""
        return self.claim.anchor.exact

    @property
    def status(self) -> Status:
        return self.claim.status

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
        amount = amount_of(figure, measure)
        if claim.base:
            amount = amount.clipped(1.0).times(found[claim.base].amount)
        origins = [families[o] for o in _origins(book, claim, amount) if o in families]
        base = _typed(claim.base_period, measure)
        period = so_far(_typed(claim.reference_period, measure), measure, claim.status, article.published.end)
        found[id_] = ClaimTerms(
            claim,
            measure,
            figure,
            amount,
            claim.scope or measure.own_scope,
            period,
            base,
            article.published.end,
            origins[0] if origins else None,
            frozenset(family.id for family in origins),
            _names_somebody(claim),
            ends_as_typed(measure, book.measures.get(measure.change_of or ""), period, base),
        )
    return {claim.id: found[claim.id] for claim in article.claims}


def regrouped(claim: ClaimTerms, book: Book, families: Families) -> ClaimTerms:
    """The same claim with other families of the origins."""
    origins = [families[o] for o in _origins(book, claim.claim, claim.amount) if o in families]
    return replace(
        claim, family=origins[0] if origins else None, own=frozenset(family.id for family in origins)
    )


def _names_somebody(claim: Claim) -> bool:
    return claim.attributed_to is not None and not names_nobody(claim.attributed_to)


def _typed(period: str | None, measure: Measure) -> Period | None:
    return parse_period(period, measure.first_month) if period else None


def _origins(book: Book, claim: Claim, amount: Amount) -> list[str]:
    """Who is the claim's own side: its origin; without one, the origin of the name that its words give, and
    the origins of the sources that it cites.

    Of a page with several figures of the measure those that name the claim's number, if any does.
    """
    if claim.origin is not None:
        return [claim.origin]
    named = plain_name(claim.attributed_to or "")
    found = [origin.id for origin in book.origins.values() if named and plain_name(origin.name) == named]
    for cited in claim.cites:
        source = book.sources[cited]
        here = [s for s in source.statements if s.measure == claim.measure and s.refused is None]
        alike = [s for s in here if _names_its_number(book, s, amount)]
        found += [o for s in alike or here for o in (s.speaker_id, *s.origins)]
        found += [source.origin] if source.origin else []
    return list(dict.fromkeys(found))


@lru_cache(maxsize=65_536)  # each claim is held against the name of every origin
def plain_name(name: str) -> str:
    """A name as it is compared: "The Labour Office" and "the Labour Office" are "labour office"."""
    return " ".join(name.casefold().split()).removeprefix("the ")


def _names_its_number(book: Book, statement: Statement, amount: Amount) -> bool:
    figure = book.figure_of_statement[statement.id]
    if figure is None or figure.share:
        return False
    theirs = amount_of(figure, book.measures[statement.measure]).under(DEFAULT_POLICY).number
    ours = amount.under(DEFAULT_POLICY)
    near = ours.meant if ours.bound else ours.true
    return theirs.high >= near.low and theirs.low <= near.high
