"""The whole comparison of one article: each claim beside each estimate of its measure, and a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallybook.book import Article, Book
from tallybook.estimates.claim_terms import ClaimSide
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.families import Family
from tallybook.matching.matcher import TODAY, WRITTEN, ready
from tallybook.matching.pair import Pair
from tallybook.quantity import Policy
from tallybook.verdicts.attribution import fidelity
from tallybook.verdicts.verdict import Verdict, verdict


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
    families: Mapping[str, Family]
    known: dict[str, Estimate]


def compare(
    book: Book,
    article: Article,
    *,
    policy: Policy | None = None,
    as_of: str = TODAY,
    voices_of: Mapping[str, Family] | None = None,
) -> Comparison:
    """Compare the claims of an article with all estimates of a book.

    ``voices_of``: the family of each origin, if not folded as the book says (``origins.unfolded``).
    Raises ValueError for an ``as_of`` other than "written" or "today".
    """
    if as_of not in (WRITTEN, TODAY):
        raise ValueError(f"as_of is '{as_of}'; it must be 'written' or 'today'")
    policy = policy or book.policy
    made = ready(book, article, policy, as_of=as_of, voices_of=voices_of)
    pairs = made.pairs(policy)
    verdicts = {
        id_: verdict(side, pairs[id_], fidelity(book, side, made.known, policy))
        for id_, side in made.sides.items()
    }
    return Comparison(book, article, policy, as_of, made.sides, pairs, verdicts, made.families, made.known)
