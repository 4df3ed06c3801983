"""The whole comparison of one article: each claim with each estimate of its measure, and its verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tallybook.book import Article, Book
from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.families import Families
from tallybook.matching.matcher import Matcher, perhaps_out
from tallybook.matching.pair import Pair
from tallybook.quantity import Policy
from tallybook.terms import AsOf, Relation
from tallybook.verdicts.attribution import fidelity
from tallybook.verdicts.verdict import ClaimVerdict, judge_claim


@dataclass(frozen=True)
class Comparison:
    """``pairs`` and ``verdicts`` by claim id, in the order of the article's claims.

    ``as_of``: "written" judges by what certainly was out before the article's day, "today" by everything.
    ``estimates``: those of all measures that the article's case needs, also of measures without a claim.
    """

    book: Book
    article: Article
    policy: Policy
    as_of: AsOf
    claims: dict[str, ClaimTerms]
    pairs: dict[str, list[Pair]]
    verdicts: dict[str, ClaimVerdict]
    families: Families
    estimates: dict[str, Estimate]


def compare(
    evidence: Evidence,
    article: Article,
    made: Matcher,
    policy: Policy,
    as_of: AsOf,
    *,
    without: str | None = None,
    of: str | None = None,
) -> Comparison:
    """Judge the claims of an article. ``made``: its claims and estimates as columns, of the same time.

    ``without``: the id of a family that is left out, with whatever rests on it, as in
    :func:`tallybook.verdicts.judgement.verdicts_of`; ``of``: the id of the only claim that is judged.
    """
    estimates = evidence.of_measures(evidence.measures_of(article))
    everybody = made.pairs(policy, of)
    pairs = {id_: [p for p in of_claim if not p.needs(without)] for id_, of_claim in everybody.items()}
    perhaps = Counter(
        e.measure.id
        for e in estimates.values()
        if as_of is AsOf.WRITTEN
        and not e.derived
        and perhaps_out(e, article)
        and made.families[e.statement.speaker_id].id != without
    )
    replaced = {claim.claim.supersedes for claim in made.claims.values()}
    verdicts = {
        id_: judge_claim(
            evidence,
            made.claims[id_],
            pairs[id_],
            fidelity(evidence, made.claims[id_], policy),
            policy,
            newer_claim=id_ in replaced,
            perhaps_out=perhaps[made.claims[id_].measure.id],
            any_estimate=any(p.relation is not Relation.REFUSED for p in everybody[id_]),
        )
        for id_ in pairs
    }
    return Comparison(
        evidence.book, article, policy, as_of, made.claims, pairs, verdicts, made.families, estimates
    )
