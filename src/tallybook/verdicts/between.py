"""The sources among themselves: the same law between every two origins of a measure, whether or not an
article speaks of it."""

from __future__ import annotations

from datetime import date

from tallybook.book.records import Anchor, Claim
from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.repeats import repeated
from tallybook.matching.matcher import beside
from tallybook.matching.pair import Pair
from tallybook.quantity import Policy
from tallybook.terms import PeriodFrom, Relation


def between(evidence: Evidence, measure: str, policy: Policy) -> list[Pair]:
    """Every two stated figures of two origins of one measure, the first in the place of a claim.

    Repetitions, refused figures and derived ones are left out. In the order of the book. Where the first
    differs from the second, and the second in the place of the claim does not differ from the first (a first
    count that was lowered, a figure that is superseded), that second pair stands instead: two figures
    differ only where no reading lets both be true.
    """
    rows = tuple(e for e in own_figures(evidence, measure) if countable(e))
    order = {e.id: number for number, e in enumerate(rows)}
    made = beside(evidence, {e.id: as_claim(e) for e in rows}, rows, policy)
    pairs = {(c, p.estimate.id): p for c, of_claim in made.pairs(policy).items() for p in of_claim}
    speaker = {e.id: e.statement.speaker_id for e in rows}
    return [
        _weaker(pair, pairs[other, claim])
        for (claim, other), pair in pairs.items()
        if order[claim] < order[other] and speaker[claim] != speaker[other]
    ]


def _weaker(pair: Pair, turned: Pair) -> Pair:
    alone = pair.relation is Relation.DIFFERS and turned.relation is not Relation.DIFFERS
    return turned if alone else pair


def own_figures(evidence: Evidence, measure: str) -> list[Estimate]:
    """The stated figures of a measure without those that repeat another one, in the order of the book."""
    known = evidence.of_measures([measure])
    repeats = repeated(evidence.book, known.values(), known)
    return [e for e in known.values() if not e.derived and e.id not in repeats]


def countable(e: Estimate) -> bool:
    """Whether a figure has a number of its measure, and no person refuses it."""
    return e.amount is not None and e.statement.refused is None


def as_claim(e: Estimate) -> ClaimTerms:
    """A stated figure in the terms of a claim that nobody attributes."""
    assert e.figure is not None
    assert e.amount is not None
    stated = e.period if e.period_from is PeriodFrom.STATED else None
    claim = Claim.model_construct(
        id=e.id,
        measure=e.measure.id,
        anchor=Anchor.model_construct(exact=e.statement.words, paragraph=1),
        status=e.status,
        part=e.part,
        cites=[],
    )
    return ClaimTerms(
        claim,
        e.measure,
        e.figure,
        e.amount,
        e.scope,
        stated,
        e.base_period,
        e.period.end if e.period is not None else date.max,
        None,
        frozenset(),
        False,
        e.ends,
    )
