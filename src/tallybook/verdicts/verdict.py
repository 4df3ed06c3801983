"""The verdict on a claim: what independent families say of it, and one sentence why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.estimates.claim_terms import ClaimSide
from tallybook.estimates.families import Family
from tallybook.matching.pair import Pair
from tallybook.matching.relation import FOR, Relation
from tallybook.prose import counted, interval, listed, number, quoted
from tallybook.quantity import INFINITY
from tallybook.verdicts.attribution import NOT_SEEN, Fidelity
from tallybook.verdicts.judgement import Outcome, Voice, judge


@dataclass(frozen=True, slots=True)
class Verdict:
    """``supporting``, ``differing``, ``compatible``: independent families other than the claim's own,
    by what their one voice says; ``aside``: estimates that are not comparable; ``own``: what the
    claim's own family says, None when nothing of it is comparable. ``pages``, ``origins``,
    ``families``: how many stand beside the claim; ``witnesses``: the same in words."""

    claim: str
    outcome: Outcome
    supporting: tuple[Family, ...]
    differing: tuple[Family, ...]
    compatible: tuple[Family, ...]
    aside: int
    own: Relation | None
    pages: int
    origins: int
    families: int
    witnesses: str
    why: str
    fidelity: Fidelity


def verdict(side: ClaimSide, pairs: Sequence[Pair], fidelity: Fidelity) -> Verdict:
    """Judge a claim by the voices among ``pairs``, all of which are of this claim."""
    speaking = [p for p in pairs if p.voice]
    judged = judge([voice_of(p) for p in speaking], any_estimate=bool(pairs))
    counting = set(judged.independent)
    independent = [p for p in speaking if p.gate.code is None and voice_of(p) in counting]
    pages = {p.estimate.source.id for p in pairs if not p.estimate.derived}
    return Verdict(
        claim=side.claim.id,
        outcome=judged.outcome,
        supporting=judged.supporting,
        differing=judged.differing,
        compatible=judged.compatible,
        aside=sum(p.gate.code is not None for p in pairs),
        own=judged.own,
        pages=len(pages),
        origins=len({p.estimate.statement.origin for p in pairs}),
        families=len({p.family.id for p in pairs}),
        witnesses=_witnesses(pairs),
        why=" ".join(_why(side, judged.outcome, pairs, independent, fidelity)),
        fidelity=fidelity,
    )


def _witnesses(pairs: Sequence[Pair]) -> str:
    """How many pages come down to how many independent witnesses: "13 pages, 1 witness"."""
    pages = len({p.estimate.source.id for p in pairs})
    origins = len({p.estimate.statement.origin for p in pairs})
    families = {p.family.id for p in pairs if p.family.independent}
    between_them = [counted(origins, "origin")] if origins != len(families) else []
    return ", ".join([counted(pages, "page"), *between_them, counted(len(families), "witness")])


def voice_of(pair: Pair) -> Voice:
    return Voice(
        pair.family, pair.bearing.relation, pair.own, pair.echo, pair.estimate.derived, pair.rests_on
    )


def _why(
    side: ClaimSide,
    outcome: Outcome,
    pairs: Sequence[Pair],
    independent: Sequence[Pair],
    fidelity: Fidelity,
) -> list[str]:
    sentences = []
    otherwise = [p for p in pairs if p.own and not p.repeats and p.bearing.relation is Relation.DIFFERS]
    if otherwise:
        sentences.append(f"Its own side also says otherwise: {listed([_cited(p) for p in otherwise])}.")
    sentences.append(_main_reason(side, outcome, pairs, independent))
    if fidelity.result == NOT_SEEN and outcome in (Outcome.NOT_TESTED, Outcome.UNSOURCED):
        sentences.append("The page that it cites was not seen, so the article is its only witness.")
    beside = _beside(side, pairs)
    if beside and outcome in (Outcome.NOT_TESTED, Outcome.OWN_WORD, Outcome.UNSOURCED):
        sentences.append(beside)
    return sentences


def _main_reason(
    side: ClaimSide, outcome: Outcome, pairs: Sequence[Pair], independent: Sequence[Pair]
) -> str:
    says = [p for p in independent if p.bearing.relation in FOR]
    denies = [p for p in independent if p.bearing.relation is Relation.DIFFERS]
    if outcome in (Outcome.CORROBORATED, Outcome.SUPPORTED):
        verb = "says" if len(says) == 1 else "say"
        return f"{listed([_named(p) for p in says])} {verb} so independently; no other differs."
    if outcome is Outcome.DISPUTED:
        return f"{listed([_named(p) for p in says])} against {listed([_named(p) for p in denies])}."
    if outcome is Outcome.CONTRADICTED:
        return f"No independent source says so; otherwise say {listed([_named(p) for p in denies])}."
    if outcome is Outcome.OWN_WORD:
        own = [p for p in pairs if p.own and p.bearing.relation in FOR and not p.estimate.derived]
        pages = len({p.estimate.source.id for p in own})
        assert side.family is not None
        traced = "page says so, and it goes" if pages == 1 else "pages say so, and all go"
        return f"{pages} {traced} back to one witness: {side.family.name}."
    if outcome is Outcome.UNSOURCED:
        return "No source gives a figure of this measure."
    return _untested(pairs)


def _untested(pairs: Sequence[Pair]) -> str:
    comparable = sum(p.bearing.relation is Relation.COMPATIBLE and not p.repeats for p in pairs)
    codes = [p.gate.code for p in pairs if p.gate.code]
    names = {"time": "of another time", "scope": "of another scope", "part": "of a part only"}
    names |= {"status": "planned, forecast or capacity", "unit": "a share or a date, not a number"}
    names |= {"superseded": "superseded"}
    asides = [f"{codes.count(code)} {names[code]}" for code in names if code in codes]
    told = (
        f"{counted(comparable, 'estimate')} {'is' if comparable == 1 else 'are'} compatible and no more; "
        if comparable
        else ""
    )
    aside = f"{listed(asides)} {'stands' if len(codes) == 1 else 'stand'} aside" if codes else ""
    return f"Nothing seen tests it: {told}{aside}".removesuffix("; ") + "."


def _beside(side: ClaimSide, pairs: Sequence[Pair]) -> str:
    """Derived estimates, named as such, with the span of what they come to."""
    derived = [p for p in pairs if p.estimate.derived and p.gate.code in (None, "time")]
    if not derived:
        return ""
    cores = [p.estimate.value.core for p in derived if p.estimate.value]
    finite = [c for c in cores if c.high < INFINITY]
    unit = side.measure.unit
    span = f"from {number(min(c.low for c in finite), unit)} to {number(max(c.high for c in finite), unit)}"
    origins = counted(len({p.estimate.statement.origin for p in derived}), "origin")
    figures = counted(len(derived), "derived figure")
    verb = "stands" if len(derived) == 1 else "stand"
    return f"{figures} from {origins} {verb} beside it, {span} {_per(unit)}".rstrip() + "."


def _per(unit: str) -> str:
    _, slash, bottom = unit.partition("/")
    return f"a {bottom.strip()}" if slash else ""


def _named(pair: Pair) -> str:
    return f"{pair.family.name} ({_cited(pair)})"


def _cited(pair: Pair) -> str:
    estimate = pair.estimate
    said = f"{quoted(estimate.words)}, {estimate.source.publisher}"
    if estimate.value is None or not estimate.derived:
        return said
    comes_to = interval(estimate.value.true, pair.side.measure.unit)
    return f"{said}, which comes to {comes_to} (derived: {estimate.formula})"
