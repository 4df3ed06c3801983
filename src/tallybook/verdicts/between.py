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
from tallybook.terms import PeriodFrom


def between(evidence: Evidence, measure: str, policy: Policy) -> list[Pair]:
    """Every two stated figures of two origins of one measure, the first in the place of a claim.

    Repetitions, refused figures and derived ones are left out. In the order of the book.
    """
    known = evidence.of_measures([measure])
    repeats = repeated(evidence.book, known.values(), known)
    rows = tuple(
        e
        for e in known.values()
        if e.amount is not None and not e.derived and e.id not in repeats and e.statement.refused is None
    )
    order = {e.id: number for number, e in enumerate(rows)}
    made = beside(evidence, {e.id: _as_claim(e) for e in rows}, rows, policy)
    return [
        pair
        for claim, pairs in made.pairs(policy).items()
        for pair in pairs
        if order[claim] < order[pair.estimate.id]
        and pair.estimate.statement.speaker_id != known[claim].statement.speaker_id
    ]


def _as_claim(e: Estimate) -> ClaimTerms:
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
    )
