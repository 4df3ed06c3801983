"""From the voices of the families to a verdict (semantics, section 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from tallybook.estimates.claim_terms import ClaimSide
from tallybook.estimates.families import Family
from tallybook.matching.blocks import Block
from tallybook.matching.matcher import Ready, own_side
from tallybook.matching.relation import FOR, RELATIONS, Relation
from tallybook.quantity import Policy


class Outcome(StrEnum):
    """The verdict of a claim, the strongest first."""

    CORROBORATED = "corroborated"
    SUPPORTED = "supported"
    DISPUTED = "disputed"
    CONTRADICTED = "contradicted"
    OWN_WORD = "own word only"
    NOT_TESTED = "not tested"
    UNSOURCED = "unsourced"


class Voice(NamedTuple):
    """What a family says of one claim. ``own``: it is the claim's own family; ``echo``: its figure is made
    from what the claim's own family says; ``rests_on``: ids of the other families that its figure is
    made from or draws on."""

    family: Family
    relation: Relation
    own: bool
    echo: bool
    derived: bool
    rests_on: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """``independent``: the voices that count; the three groups: the families among them by relation."""

    outcome: Outcome
    independent: tuple[Voice, ...]
    supporting: tuple[Family, ...]
    differing: tuple[Family, ...]
    compatible: tuple[Family, ...]
    own: Relation | None


def judge(voices: Sequence[Voice], *, any_estimate: bool) -> Judged:
    """The verdict on a claim by the voices of its families.

    Its own family is no corroboration; an origin that is not known confirms nothing; a summary of
    members, or a figure that draws on another family, adds nothing where that family has spoken.
    """
    comparable = [v for v in voices if v.relation is not Relation.NOT_COMPARABLE]
    spoke = {v.family.id for v in comparable if v.relation is not Relation.COMPATIBLE}
    independent = tuple(
        v
        for v in comparable
        if not (v.own or v.echo) and v.family.independent and not (v.family.sums_up | v.rests_on) & spoke
    )
    supporting = tuple(v.family for v in independent if v.relation in FOR)
    differing = tuple(v.family for v in independent if v.relation is Relation.DIFFERS)
    compatible = tuple(v.family for v in independent if v.relation is Relation.COMPATIBLE)
    own = next((v for v in comparable if v.own), None)
    stands_by = own is not None and own.relation in FOR and not own.derived
    return Judged(
        _outcome(len(supporting), len(differing), stands_by, any_estimate),
        independent,
        supporting,
        differing,
        compatible,
        own.relation if own else None,
    )


def _outcome(supporting: int, differing: int, stands_by: bool, any_estimate: bool) -> Outcome:
    if not any_estimate:
        return Outcome.UNSOURCED
    if supporting and differing:
        return Outcome.DISPUTED
    if differing:
        return Outcome.CONTRADICTED
    if supporting:
        return Outcome.CORROBORATED if supporting > 1 else Outcome.SUPPORTED
    return Outcome.OWN_WORD if stands_by else Outcome.NOT_TESTED


def outcomes(made: Ready, policy: Policy, *, without: str | None = None) -> dict[str, Outcome]:
    """The verdict on each claim, and no more. ``without``: the id of a family that is left out."""
    sides = list(made.sides.values())
    spoken: dict[int, list[Voice]] = defaultdict(list)
    counted: set[int] = set()
    for block, speaks in made.blocks(policy):
        for row in np.flatnonzero(speaks).tolist():
            claim, index = int(block.claim[row]), int(block.estimate[row])
            voice = _voice(made, block, row, sides[claim], index)
            if without is None or without not in {voice.family.id, *voice.rests_on}:
                spoken[claim].append(voice)
        counted.update(block.claim.tolist())
    return {
        side.claim.id: judge(spoken[number], any_estimate=number in counted).outcome
        for number, side in enumerate(sides)
    }


def _voice(made: Ready, block: Block, row: int, side: ClaimSide, index: int) -> Voice:
    estimate = made.estimates[index]
    family = made.families[estimate.statement.origin]
    rests_on = made.rests_on(estimate)
    own, echo = own_side(side, family, rests_on)
    return Voice(family, RELATIONS[block.relation[row]], own, echo, estimate.derived, rests_on)
