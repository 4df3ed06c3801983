"""The verdict on a claim, from the voices of the families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.families import Family
from tallybook.matching.bearings import REFUSED, RELATIONS
from tallybook.matching.blocks import Block, widened
from tallybook.matching.matcher import Matcher, own_side
from tallybook.matching.voices import Voices, voices
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


Verdicts = dict[str, Verdict]
"""By the ids of the claims, in the article's order."""


def verdicts_of(matcher: Matcher, policy: Policy, *, without: str | None = None) -> Verdicts:
    """Only the verdict on each claim, by its id. ``without``: the id of a family that is left out."""
    found: dict[int, Verdict] = {}
    for block, voiced in matcher.blocks(policy):
        found |= _judged(matcher, block, _spoken(matcher, block, voiced), without)
    return _by_id(matcher, found)


def verdicts_without(matcher: Matcher, policy: Policy, families: Sequence[str]) -> dict[str, Verdicts]:
    """The verdicts without each of some families, by its id."""
    found: dict[str, dict[int, Verdict]] = {family: {} for family in families}
    for block, voiced in matcher.blocks(policy):
        spoken = _spoken(matcher, block, voiced)
        for family in families:
            found[family] |= _judged(matcher, block, spoken, family)
    return {family: _by_id(matcher, verdicts) for family, verdicts in found.items()}


def verdicts_at(matcher: Matcher, policy: Policy, tolerances: Sequence[float]) -> list[Verdicts]:
    """The verdicts under each of some tolerances, all else being as in the policy."""
    found: list[dict[int, Verdict]] = [{} for _ in tolerances]
    for block, _ in matcher.blocks(policy):
        known: dict[bytes, dict[int, Verdict]] = {}  # most tolerances change no relation
        for verdicts, wider in zip(found, widened(block, tolerances), strict=True):
            relations = wider.relations.tobytes()
            if relations not in known:
                known[relations] = _judged(matcher, wider, _spoken(matcher, wider, voices(wider)), None)
            verdicts |= known[relations]
    return [_by_id(matcher, verdicts) for verdicts in found]


def _by_id(matcher: Matcher, found: Mapping[int, Verdict]) -> Verdicts:
    """``found``: by the row of the claim; of one that has no estimate there is none."""
    return {id_: found.get(number, Verdict.UNSOURCED) for number, id_ in enumerate(matcher.claims)}


def _spoken(matcher: Matcher, block: Block, voiced: Voices) -> dict[int, list[Voice]]:
    """The voices of a block by the row of the claim."""
    claims = list(matcher.claims.values())
    spoken: dict[int, list[Voice]] = defaultdict(list)
    rows = np.flatnonzero(voiced.speaks)
    own, theirs = block.claim.take(rows).tolist(), block.estimate.take(rows).tolist()
    for row, claim, index in zip(rows.tolist(), own, theirs, strict=True):
        voice = _voice(matcher, block, row, claims[claim], index, split=bool(voiced.split[row]))
        spoken[claim].append(voice)
    return spoken


def _judged(
    matcher: Matcher, block: Block, spoken: Mapping[int, Sequence[Voice]], without: str | None
) -> dict[int, Verdict]:
    """The verdicts on the claims of a block, by their rows: all that stands beside a claim is in one."""
    claims = list(matcher.claims.values())
    counted = set(block.claim[block.relation != REFUSED].tolist())
    found = {}
    for number in block.pairs.claims.tolist():
        heard = [
            voice
            for voice in spoken.get(number, ())
            if without is None or not (voice.family.id == without or without in voice.rests_on)
        ]
        terms = claims[number]
        found[number] = judge(
            heard, any_estimate=number in counted, attributed=terms.attributed, own=terms.own
        ).verdict
    return found


def _voice(matcher: Matcher, block: Block, row: int, claim: ClaimTerms, index: int, *, split: bool) -> Voice:
    estimate = matcher.estimates[index]
    family = matcher.families[estimate.statement.speaker_id]
    rests_on = matcher.rests_on(estimate)
    own, echo = own_side(claim, family, rests_on)
    return Voice(family, RELATIONS[block.relation[row]], own, echo, estimate.derived, rests_on, split)
