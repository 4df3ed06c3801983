"""The verdict on a claim, from the voices of the families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.families import Family
from tallybook.matching.bearings import REFUSED, RELATIONS
from tallybook.matching.blocks import Block
from tallybook.matching.matcher import Matcher, own_side
from tallybook.quantity import Policy
from tallybook.terms import Relation, Verdict


class Voice(NamedTuple):
    """The relation of a family's best estimate to a claim. ``own``: it is the claim's own side; ``echo``: its
    figure is computed from what that side says, or draws on it; ``split``: its origins, equal in time,
    derivation and tier, disagree; ``rests_on``: ids of the other families that its figure is computed from or
    draws on."""

    family: Family
    relation: Relation
    own: bool
    echo: bool
    derived: bool
    rests_on: frozenset[str]
    split: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """``independent``: the voices that count; ``supporting``, ``differing``, ``compatible``: their families
    by relation; ``split``: the families that are at odds with themselves; ``own``: the relation of the
    claim's own side, None if it has no comparable figure."""

    verdict: Verdict
    independent: tuple[Voice, ...]
    supporting: tuple[Family, ...]
    differing: tuple[Family, ...]
    compatible: tuple[Family, ...]
    split: tuple[Family, ...]
    own: Relation | None


def judge(
    voices: Sequence[Voice],
    *,
    any_estimate: bool,
    attributed: bool,
    own: frozenset[str],
) -> Judged:
    """The verdict on a claim by the voices of the families (section 4 of the law).

    ``any_estimate``: False makes it unsourced. ``attributed``: the claim's words name who found it, so that
    the verdict is on the finding and never "contradicted". ``own``: ids of the families of its own side.

    The claim's own side does not corroborate it; an unknown origin confirms nothing; a split family counts
    for nobody; a summary of members, or a figure that draws on another family, does not count where that
    family has spoken or is the claim's own.
    """
    comparable = [v for v in voices if v.relation.compares]
    spoke = {v.family.id for v in comparable} | own
    independent = _apart(
        [
            v
            for v in comparable
            if not (v.own or v.echo or v.split)
            and v.family.independent
            and not (v.family.sums_up | v.rests_on) & spoke
        ]
    )
    supporting = tuple(v.family for v in independent if v.relation.confirms)
    differing = tuple(v.family for v in independent if v.relation is Relation.DIFFERS)
    compatible = tuple(v.family for v in independent if v.relation is Relation.COMPATIBLE)
    ours = [v for v in comparable if v.own and not v.split]
    stands_by = any(v.relation.confirms and not v.derived for v in ours)
    best = min((v.relation for v in ours), key=lambda r: r.rank, default=None)
    return Judged(
        _verdict(len(supporting), len(differing), stands_by, any_estimate, attributed),
        independent,
        supporting,
        differing,
        compatible,
        tuple({v.family.id: v.family for v in comparable if v.split}.values()),
        best,
    )


def _apart(voices: Sequence[Voice]) -> tuple[Voice, ...]:
    """Of voices on one side that rest on one and the same origin only the first."""
    found: list[Voice] = []
    for voice in voices:
        rests = voice.family.sums_up | voice.rests_on
        if not any(
            rests & (v.family.sums_up | v.rests_on) and v.relation.side == voice.relation.side for v in found
        ):
            found.append(voice)
    return tuple(found)


def _verdict(
    supporting: int, differing: int, stands_by: bool, any_estimate: bool, attributed: bool
) -> Verdict:
    if not any_estimate:
        return Verdict.UNSOURCED
    if differing:
        return Verdict.DISPUTED if supporting or stands_by or attributed else Verdict.CONTRADICTED
    if supporting:
        return Verdict.CORROBORATED if supporting > 1 else Verdict.SUPPORTED
    return Verdict.OWN_WORD if stands_by else Verdict.NOT_TESTED


def verdicts_of(matcher: Matcher, policy: Policy, *, without: str | None = None) -> dict[str, Verdict]:
    """Only the verdict on each claim, by its id. ``without``: the id of a family that is left out."""
    claims = list(matcher.claims.values())
    spoken: dict[int, list[Voice]] = defaultdict(list)
    counted: set[int] = set()
    for block, voiced in matcher.blocks(policy):
        for row in np.flatnonzero(voiced.speaks).tolist():
            claim, index = int(block.claim[row]), int(block.estimate[row])
            voice = _voice(matcher, block, row, claims[claim], index, split=bool(voiced.split[row]))
            if without is None or without not in {voice.family.id, *voice.rests_on}:
                spoken[claim].append(voice)
        counted.update(block.claim[block.relation != REFUSED].tolist())
    return {
        terms.id: judge(
            spoken[number], any_estimate=number in counted, attributed=terms.attributed, own=terms.own
        ).verdict
        for number, terms in enumerate(claims)
    }


def _voice(matcher: Matcher, block: Block, row: int, claim: ClaimTerms, index: int, *, split: bool) -> Voice:
    estimate = matcher.estimates[index]
    family = matcher.families[estimate.statement.speaker_id]
    rests_on = matcher.rests_on(estimate)
    own, echo = own_side(claim, family, rests_on)
    return Voice(family, RELATIONS[block.relation[row]], own, echo, estimate.derived, rests_on, split)
