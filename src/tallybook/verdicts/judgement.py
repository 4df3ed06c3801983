"""The verdict on a claim, from the voices of the families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.families import Family
from tallybook.matching.blocks import Block
from tallybook.matching.matcher import Matcher, own_side
from tallybook.matching.rules import RELATIONS
from tallybook.quantity import Policy
from tallybook.terms import Relation, Verdict


class Voice(NamedTuple):
    """The relation of a family's best estimate to a claim. ``own``: it is the claim's own family; ``echo``:
    its figure is computed from what the claim's own family says, or draws on it; ``rests_on``: ids of
    the other families that its figure is computed from or draws on."""

    family: Family
    relation: Relation
    own: bool
    echo: bool
    derived: bool
    rests_on: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """``independent``: the voices that count; ``supporting``, ``differing``, ``compatible``: their families
    by relation; ``own``: the relation of the claim's own family, None if it has no comparable figure."""

    verdict: Verdict
    independent: tuple[Voice, ...]
    supporting: tuple[Family, ...]
    differing: tuple[Family, ...]
    compatible: tuple[Family, ...]
    own: Relation | None


def judge(voices: Sequence[Voice], *, any_estimate: bool) -> Judged:
    """The verdict on a claim by the voices of the families. ``any_estimate``: False makes it unsourced.

    The claim's own family does not corroborate it; an unknown origin confirms nothing; a summary of
    members, or a figure that draws on another family, does not count if that family supports or contradicts
    the claim.
    """
    comparable = [v for v in voices if v.relation is not Relation.NOT_COMPARABLE]
    spoke = {v.family.id for v in comparable if v.relation is not Relation.COMPATIBLE}
    independent = tuple(
        v
        for v in comparable
        if not (v.own or v.echo) and v.family.independent and not (v.family.sums_up | v.rests_on) & spoke
    )
    supporting = tuple(v.family for v in independent if v.relation.confirms)
    differing = tuple(v.family for v in independent if v.relation is Relation.DIFFERS)
    compatible = tuple(v.family for v in independent if v.relation is Relation.COMPATIBLE)
    own = next((v for v in comparable if v.own), None)
    stands_by = own is not None and own.relation.confirms and not own.derived
    return Judged(
        _verdict(len(supporting), len(differing), stands_by, any_estimate),
        independent,
        supporting,
        differing,
        compatible,
        own.relation if own else None,
    )


def _verdict(supporting: int, differing: int, stands_by: bool, any_estimate: bool) -> Verdict:
    if not any_estimate:
        return Verdict.UNSOURCED
    if supporting and differing:
        return Verdict.DISPUTED
    if differing:
        return Verdict.CONTRADICTED
    if supporting:
        return Verdict.CORROBORATED if supporting > 1 else Verdict.SUPPORTED
    return Verdict.OWN_WORD if stands_by else Verdict.NOT_TESTED


def verdicts_of(matcher: Matcher, policy: Policy, *, without: str | None = None) -> dict[str, Verdict]:
    """Only the verdict on each claim, by its id. ``without``: the id of a family that is left out."""
    claims = list(matcher.claims.values())
    spoken: dict[int, list[Voice]] = defaultdict(list)
    counted: set[int] = set()
    for block, speaks in matcher.blocks(policy):
        for row in np.flatnonzero(speaks).tolist():
            claim, index = int(block.claim[row]), int(block.estimate[row])
            voice = _voice(matcher, block, row, claims[claim], index)
            if without is None or without not in {voice.family.id, *voice.rests_on}:
                spoken[claim].append(voice)
        counted.update(block.claim.tolist())
    return {
        terms.id: judge(spoken[number], any_estimate=number in counted).verdict
        for number, terms in enumerate(claims)
    }


def _voice(matcher: Matcher, block: Block, row: int, claim: ClaimTerms, index: int) -> Voice:
    estimate = matcher.estimates[index]
    family = matcher.families[estimate.statement.origin]
    rests_on = matcher.rests_on(estimate)
    own, echo = own_side(claim, family, rests_on)
    return Voice(family, RELATIONS[block.relation[row]], own, echo, estimate.derived, rests_on)
