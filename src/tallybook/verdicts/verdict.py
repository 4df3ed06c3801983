"""The verdict on a claim: how independent families bear on it, and why, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.families import Family
from tallybook.matching.pair import Pair
from tallybook.prose import FRACTION, counted, interval, listed, number, quoted, unit_words
from tallybook.quantity import INFINITY
from tallybook.terms import Attribution, Incomparable, Relation, Verdict
from tallybook.verdicts.attribution import Fidelity
from tallybook.verdicts.judgement import Voice, judge

_OPEN = (Verdict.NOT_TESTED, Verdict.OWN_WORD, Verdict.UNSOURCED)


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """``supporting``, ``differing``, ``compatible``: independent families other than the claim's own,
    by the relation of their voice; ``aside``: the number of estimates that cannot be compared; ``own``: the
    relation of the claim's own family, None if it has no comparable figure. ``pages``, ``origins``,
    ``families``: how many give a figure of the measure; ``witnesses``: in words, only of independent
    families."""

    claim: str
    verdict: Verdict
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


def judge_claim(claim: ClaimTerms, pairs: Sequence[Pair], fidelity: Fidelity) -> ClaimVerdict:
    """Judge a claim by its ``pairs``, of which the voices count."""
    speaking = [p for p in pairs if p.voice]
    judged = judge([voice_of(p) for p in speaking], any_estimate=bool(pairs))
    counting = set(judged.independent)
    independent = [p for p in speaking if p.counts and voice_of(p) in counting]
    return ClaimVerdict(
        claim=claim.id,
        verdict=judged.verdict,
        supporting=judged.supporting,
        differing=judged.differing,
        compatible=judged.compatible,
        aside=sum(p.comparability.failed is not None for p in pairs),
        own=judged.own,
        pages=len({p.estimate.source.id for p in pairs if not p.estimate.derived}),
        origins=len({p.estimate.statement.origin for p in pairs}),
        families=len({p.family.id for p in pairs}),
        witnesses=_witnesses(pairs),
        why=" ".join(_why(claim, judged.verdict, pairs, independent, fidelity)),
        fidelity=fidelity,
    )


def why_not_counted(pair: Pair, verdict: ClaimVerdict) -> str:
    """Why the verdict does not count the source group of a comparable pair; "" where it does."""
    if pair.own:
        return "the claim’s own side"
    if pair.echo:
        return "made from figures of the claim’s own side"
    if not pair.family.independent:
        return "its origin is not known"
    counted_groups = {f.id for f in (*verdict.supporting, *verdict.differing, *verdict.compatible)}
    if pair.comparability.failed is not None or pair.family.id in counted_groups:
        return ""
    return "repeats what another source group says"


def voice_of(pair: Pair) -> Voice:
    return Voice(
        pair.family, pair.bearing.relation, pair.own, pair.echo, pair.estimate.derived, pair.rests_on
    )


def _witnesses(pairs: Sequence[Pair]) -> str:
    """How many pages there are, and how many independent witnesses: "13 pages, 1 witness"."""
    pages = len({p.estimate.source.id for p in pairs})
    origins = len({p.estimate.statement.origin for p in pairs})
    families = {p.family.id for p in pairs if p.family.independent}
    between = [counted(origins, "origin")] if origins != len(families) else []
    return ", ".join([counted(pages, "page"), *between, counted(len(families), "witness")])


def _why(
    claim: ClaimTerms,
    verdict: Verdict,
    pairs: Sequence[Pair],
    independent: Sequence[Pair],
    fidelity: Fidelity,
) -> list[str]:
    sentences = []
    against = [p for p in pairs if p.own and not p.repeats and p.bearing.relation is Relation.DIFFERS]
    if against:
        sentences.append(f"Its own source group contradicts it: {listed([_cited(p) for p in against])}.")
    sentences.append(_main_reason(claim, verdict, pairs, independent))
    if fidelity.result == Attribution.NOT_SEEN and verdict in (Verdict.NOT_TESTED, Verdict.UNSOURCED):
        sentences.append("The page that the article cites was not seen, so only the article says so.")
    derived = _derived(claim, pairs)
    if derived and verdict in _OPEN:
        sentences.append(derived)
    return sentences


def _main_reason(
    claim: ClaimTerms, verdict: Verdict, pairs: Sequence[Pair], independent: Sequence[Pair]
) -> str:
    says = [p for p in independent if p.bearing.relation.confirms]
    denies = [p for p in independent if p.bearing.relation is Relation.DIFFERS]
    differ = f"{listed([_named(p) for p in denies])} {_verb(denies, 'report')} a different figure"
    match verdict:
        case Verdict.CORROBORATED | Verdict.SUPPORTED:
            named = listed([_named(p) for p in says])
            return f"{named} {_verb(says, 'say')} so independently; no other source group differs."
        case Verdict.DISPUTED:
            return f"{listed([_named(p) for p in says])} {_verb(says, 'say')} so; {differ}."
        case Verdict.CONTRADICTED:
            return f"No independent source says so; {differ}."
        case Verdict.OWN_WORD:
            assert claim.family is not None
            own = [p for p in pairs if p.own and p.bearing.relation.confirms and not p.estimate.derived]
            pages = len({p.estimate.source.id for p in own})
            if pages == 1:
                return f"One page says so, and its only source is {claim.family.name}."
            return f"{pages} pages say so, and all of them go back to one source: {claim.family.name}."
        case Verdict.UNSOURCED:
            return "No source gives a figure of this measure."
    return _untested(pairs)


def _verb(subjects: Sequence[Pair], verb: str) -> str:
    return f"{verb}s" if len(subjects) == 1 else verb


def _untested(pairs: Sequence[Pair]) -> str:
    compatible = sum(p.bearing.relation is Relation.COMPATIBLE and not p.repeats for p in pairs)
    failed = [p.comparability.failed for p in pairs if p.comparability.failed]
    aside = [f"{failed.count(reason)} {reason.meaning}" for reason in Incomparable if reason in failed]
    details = []
    if compatible:
        details.append(
            f"{counted(compatible, 'estimate')} {'is' if compatible == 1 else 'are'} only compatible"
        )
    if aside:
        details.append(f"{counted(len(failed), 'estimate')} cannot be compared ({', '.join(aside)})")
    found = "No source confirms or contradicts it" if compatible else "No comparable source was found"
    return f"{found}: {'; '.join(details)}." if details else f"{found}."


def _derived(claim: ClaimTerms, pairs: Sequence[Pair]) -> str:
    """How many derived estimates there are, and the range of their values."""
    derived = [p for p in pairs if p.estimate.derived and p.comparability.failed in (None, Incomparable.TIME)]
    cores = [p.zones.core for p in derived if p.zones and p.zones.core.high < INFINITY]
    if not cores:
        return ""
    unit = claim.measure.unit
    lowest, highest = min(core.low for core in cores), max(core.high for core in cores)
    figures = f"{counted(len(derived), 'derived figure')} from "
    figures += counted(len({p.estimate.statement.origin for p in derived}), "origin")
    if lowest == highest:
        return f"{figures} {_verb(derived, 'give')} {_amount(lowest, unit)}."
    return f"{figures} {_verb(derived, 'range')} from {number(lowest, unit)} to {_amount(highest, unit)}."


def _amount(value: float, unit: str) -> str:
    named = number(value, unit)
    return named if named.endswith("%") else f"{named} {unit_words(unit, value)}"


def _named(pair: Pair) -> str:
    return f"{pair.family.name} ({_cited(pair)})"


def _cited(pair: Pair) -> str:
    estimate = pair.estimate
    said = f"{quoted(estimate.words)}, {estimate.source.publisher}"
    if pair.zones is None or not estimate.derived:
        return said
    unit = pair.claim.measure.unit
    comes_to = interval(pair.zones.true, unit) + ("" if unit == FRACTION else f" {unit_words(unit)}")
    return f"{said}, which comes to {comes_to} (derived: {estimate.formula})"
