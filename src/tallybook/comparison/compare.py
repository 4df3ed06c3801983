"""The whole comparison of one article: each claim beside each estimate of its measure, and a verdict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from graphlib import TopologicalSorter

from tallybook.book import Article, Book, Claim, figure_of, parse_period
from tallybook.comparison.estimates import Estimate, estimates
from tallybook.comparison.fidelity import Fidelity, Worded, fidelity
from tallybook.comparison.gate import Asked
from tallybook.comparison.origins import Family, families
from tallybook.comparison.pairs import ClaimSide, Pair, pair, with_voices
from tallybook.comparison.stated import Stated, stated
from tallybook.comparison.verdict import Verdict, verdict
from tallybook.quantity import Policy

WRITTEN, TODAY = "written", "today"


@dataclass(frozen=True)
class Comparison:
    """``pairs`` and ``verdicts`` by claim id, in the order of the article's claims.

    ``as_of``: "written" judges by what could be read on the article's date, "today" by everything.
    ``known``: all estimates, also of measures that no claim is of.
    """

    book: Book
    article: Article
    policy: Policy
    as_of: str
    sides: dict[str, ClaimSide]
    pairs: dict[str, list[Pair]]
    verdicts: dict[str, Verdict]
    families: dict[str, Family]
    known: dict[str, Estimate]


def compare(book: Book, article: Article, *, policy: Policy | None = None, as_of: str = TODAY) -> Comparison:
    """Compare the claims of an article with all estimates of a book.

    Raises ValueError for an ``as_of`` other than "written" or "today".
    """
    if as_of not in (WRITTEN, TODAY):
        raise ValueError(f"as_of is '{as_of}'; it must be 'written' or 'today'")
    policy = policy or book.policy
    known = estimates(book, policy)
    voices = families(book)
    by_measure: dict[str, list[Estimate]] = defaultdict(list)
    for estimate in known.values():
        if as_of == TODAY or _known_by(estimate, article):
            by_measure[estimate.measure.id].append(estimate)
    sides: dict[str, ClaimSide] = {}
    pairs: dict[str, list[Pair]] = {}
    verdicts: dict[str, Verdict] = {}
    for claim in _bases_first(article):
        side = _side(book, article, claim, policy, voices, sides)
        sides[claim.id] = side
    for claim in article.claims:
        side = sides[claim.id]
        beside = [pair(side, e, voices[e.statement.origin], policy) for e in by_measure[claim.measure]]
        pairs[claim.id] = with_voices(beside)
        verdicts[claim.id] = verdict(side, pairs[claim.id], _fidelity(book, side, known))
    return Comparison(book, article, policy, as_of, sides, pairs, verdicts, voices, known)


def _known_by(estimate: Estimate, article: Article) -> bool:
    """Published by the article's date, as far as it is known; undated pages are taken in."""
    return estimate.known_on is None or estimate.known_on <= article.published


def _bases_first(article: Article) -> list[Claim]:
    by_id = {claim.id: claim for claim in article.claims}
    arrows = {claim.id: [claim.base] if claim.base else [] for claim in article.claims}
    return [by_id[id_] for id_ in TopologicalSorter(arrows).static_order()]


def _side(
    book: Book,
    article: Article,
    claim: Claim,
    policy: Policy,
    voices: dict[str, Family],
    sides: dict[str, ClaimSide],
) -> ClaimSide:
    measure = book.measures[claim.measure]
    figure = figure_of(claim, measure, article.language)
    if figure is None:
        raise ValueError(f"claim '{claim.id}' is a date; dates are shown, not compared")
    value: Stated = stated(figure, measure, policy)
    if figure.share and claim.base:
        value = value.clipped(1.0).times(sides[claim.base].value)
    period = parse_period(claim.reference_period) if claim.reference_period else None
    asked = Asked(measure.kind, claim.scope or measure.own_scope, measure.scopes, period, article.published)
    return ClaimSide(claim, measure, figure, value, asked, voices.get(claim.origin or ""))


def _fidelity(book: Book, side: ClaimSide, known: dict[str, Estimate]) -> Fidelity:
    return fidelity(book, side.claim, Worded(side.figure, side.value), known)
