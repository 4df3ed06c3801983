"""The verdict on a claim: how independent families bear on it, and why, in sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.families import Family
from tallybook.matching.matcher import newer_figures
from tallybook.matching.numbers import same_number
from tallybook.matching.pair import Pair
from tallybook.prose import FRACTION, counted, interval, listed, number, quoted, unit_words
from tallybook.prose import period as period_words
from tallybook.quantity import Policy
from tallybook.terms import Attribution, Incomparable, Kind, Reason, Relation, Status, Verdict
from tallybook.verdicts.attribution import Fidelity
from tallybook.verdicts.judgement import Judged, Voice, judge
from tallybook.verdicts.slips import Hint, slip

DAYS_A_MONTH, DAYS_A_YEAR = 30.4375, 365.25
_OLD = 92
"""Days; a younger figure is not called old."""

ONLY_THE_ARTICLE = "The page that the article cites was not seen, so only the article says so."
AS_ITS_SOURCE_SAYS = "As its source says; no second source."
NO_SUCH_BOUND = "No estimate has the bound of the claim:"
"""How sentences begin that pages tell in other words."""

_OPEN = (Verdict.NOT_TESTED, Verdict.OWN_WORD, Verdict.UNSOURCED)


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """The two answers for a claim: ``fidelity``, whether its source says so, and ``verdict``, whether others
    find the same. ``heading``: which of the two heads the claim: "attribution" where its words name who found
    it, else "verdict".

    ``supporting``, ``differing``, ``compatible``: independent families other than the claim's own, by the
    relation of their voice; ``split``: families that are at odds with themselves; ``aside``: the number of
    estimates that cannot be compared; ``own``: the relation of the claim's own side, None if it has no
    comparable figure. ``pages``, ``origins``, ``families``: how many give a figure of the measure;
    ``witnesses``: in words, only of independent families. ``said_first``: that the claim's own side says
    otherwise, "" where it does not; ``reason``: the main reason, a sentence; ``remarks``: what else is to be
    said of it, a sentence each; ``superseded``: whether its origin has a newer figure today, or the
    article itself a newer one; ``slip``: the one change that would make it right, a hint and no reason.
    """

    claim: str
    verdict: Verdict
    heading: str
    supporting: tuple[Family, ...]
    differing: tuple[Family, ...]
    compatible: tuple[Family, ...]
    split: tuple[Family, ...]
    aside: int
    own: Relation | None
    pages: int
    origins: int
    families: int
    witnesses: str
    said_first: str
    reason: str
    remarks: tuple[str, ...]
    fidelity: Fidelity
    superseded: bool
    slip: Hint | None

    @property
    def why(self) -> str:
        """All reasons: that its own side says otherwise, the main one, the remarks."""
        return " ".join(filter(None, [self.said_first, self.reason, *self.remarks]))

    @property
    def witness_count(self) -> int:
        """How many other families agree or support."""
        return len(self.supporting)


def judge_claim(
    evidence: Evidence,
    claim: ClaimTerms,
    pairs: Sequence[Pair],
    fidelity: Fidelity,
    policy: Policy,
    *,
    newer_claim: bool,
    perhaps_out: int,
    any_estimate: bool,
) -> ClaimVerdict:
    """Judge a claim by its ``pairs``, of which the voices count. ``newer_claim``: the article itself
    supersedes it; ``perhaps_out``: how many figures may have been out by the time of judging, which nobody
    can tell; ``any_estimate``: whether anybody gives a figure, also somebody who is left out of the pairs."""
    speaking = [p for p in pairs if p.voice]
    judged = judge(
        [voice_of(p) for p in speaking],
        any_estimate=any_estimate,
        attributed=claim.attributed,
        own=claim.own,
    )
    counting = set(judged.independent)
    independent = [p for p in speaking if p.counts and voice_of(p) in counting]
    hint = None
    if not (judged.supporting or (judged.own is not None and judged.own.confirms)):
        hint = slip(evidence, claim, pairs, fidelity, policy)
    return ClaimVerdict(
        claim=claim.id,
        verdict=judged.verdict,
        heading="attribution" if claim.attributed else "verdict",
        supporting=judged.supporting,
        differing=judged.differing,
        compatible=judged.compatible,
        split=judged.split,
        aside=sum(p.comparability.failed is not None for p in pairs),
        own=judged.own,
        pages=len({p.estimate.source.id for p in pairs if not p.estimate.derived}),
        origins=len({p.estimate.statement.speaker_id for p in pairs}),
        families=len({p.family.id for p in pairs}),
        witnesses=_witnesses(pairs, len(judged.supporting)),
        said_first=_said_first(pairs),
        reason=_main_reason(evidence, claim, judged.verdict, pairs, independent, fidelity),
        remarks=(*_remarks(claim, judged, pairs, independent, fidelity), *_perhaps(perhaps_out)),
        fidelity=fidelity,
        superseded=newer_claim or any(_superseded(p, pairs) for p in pairs),
        slip=hint,
    )


def why_not_counted(pair: Pair, verdict: ClaimVerdict) -> str:
    """Why the verdict does not count the source group of a comparable pair; "" where it does."""
    if pair.split:
        return "its offices say different things, so nobody counts it"
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


def own_words(pairs: Sequence[Pair]) -> list[Pair]:
    """What the claim's own side states that confirms it, without copies of the article."""
    return [
        p
        for p in pairs
        if p.own and p.relation.confirms and not p.estimate.derived and p.estimate.source.copy_of is None
    ]


def voice_of(pair: Pair) -> Voice:
    return Voice(
        pair.family, pair.relation, pair.own, pair.echo, pair.estimate.derived, pair.rests_on, pair.split
    )


def _said_first(pairs: Sequence[Pair]) -> str:
    """That the claim's own side says otherwise of the same time."""
    against = [
        p
        for p in pairs
        if p.own
        and p.own_time
        and not p.repeats
        and not p.estimate.derived
        and p.relation is Relation.DIFFERS
    ]
    if not against:
        return ""
    said = listed([f"{_cited(p)} ({p.bearing.gap_words})" for p in against])
    return f"Its own side says otherwise: {said}."


def _superseded(pair: Pair, pairs: Sequence[Pair]) -> bool:
    """Whether the origin that bears the claim out has since given a newer figure, and the last of them does
    not."""
    if pair.estimate.derived or not _bears_out(pair):
        return False
    newer = newer_figures(pair.estimate, {p.estimate.id: p.estimate for p in pairs})
    return bool(newer) and any(p.estimate is newer[-1] and not p.relation.confirms for p in pairs)


def _bears_out(pair: Pair) -> bool:
    return pair.relation.confirms or (pair.would is not None and pair.would.confirms)


def _witnesses(pairs: Sequence[Pair], witnesses: int) -> str:
    """How many pages there are, and how many independent witnesses: "13 pages, 1 witness".

    The claim's own side, copies of the article, echoes, unknown origins, summaries of others, refused figures
    those that cannot be compared or are only compatible, and those that differ are no witnesses.
    """
    there = [p for p in pairs if p.relation is not Relation.REFUSED and p.estimate.source.copy_of is None]
    pages = len({p.estimate.source.id for p in there})
    origins = len({p.estimate.statement.speaker_id for p in there})
    between = [counted(origins, "origin")] if origins > 1 else []
    told = counted(witnesses, "independent witness") if witnesses else "no independent witness"
    return ", ".join([counted(pages, "page"), *between, told])


def _remarks(
    claim: ClaimTerms,
    judged: Judged,
    pairs: Sequence[Pair],
    independent: Sequence[Pair],
    fidelity: Fidelity,
) -> list[str]:
    sentences, verdict = [], judged.verdict
    if judged.split:
        names = listed([family.name for family in judged.split])
        sentences.append(f"{names} is split: its offices say different things, so nobody counts it.")
    says = [p for p in independent if p.relation.confirms]
    if says and all(p.if_of_that_time for p in says):
        sentences.append("That holds if the figures are of the claim’s time, which their dates allow.")
    sentences += _unmatched_bound(claim, pairs, says)
    if fidelity.result == Attribution.NOT_SEEN and verdict in (Verdict.NOT_TESTED, Verdict.UNSOURCED):
        sentences.append(ONLY_THE_ARTICLE)
    sentences += _age(claim)
    derived = _derived(claim, pairs)
    if derived and verdict in _OPEN:
        sentences.append(derived)
    if verdict is Verdict.NOT_TESTED:
        sentences += _elsewhere(pairs)
    return sentences


def _perhaps(count: int) -> list[str]:
    if not count:
        return []
    have = "has" if count == 1 else "have"
    return [f"{counted(count, 'figure')} that {have} no certain date may have been out as well."]


def _age(claim: ClaimTerms) -> list[str]:
    """How old the figure was when the article printed it, where that is more than a few months."""
    period = claim.stated_period
    if period is None or claim.measure.once or claim.measure.kind is Kind.DURATION:
        return []
    days = (claim.published - period.end).days
    if days < _OLD:
        return []
    months = round(days / DAYS_A_MONTH)
    old = counted(months, "month") if months < 24 else counted(round(days / DAYS_A_YEAR), "year")
    return [f"The figure was {old} old when the article printed it."]


def _unmatched_bound(claim: ClaimTerms, pairs: Sequence[Pair], says: Sequence[Pair]) -> list[str]:
    """That nobody gives the claim's number as the bound that the claim makes of it."""
    ours = next((p.claim_zones for p in pairs), None)
    if ours is None or not ours.bound:
        return []
    there = [p for p in pairs if p.zones is not None and p.relation.compares and not p.estimate.derived]
    if any(p.zones is not None and p.zones.bound == ours.bound and p.relation.confirms for p in there):
        return []
    named = [p for p in there if p.zones is not None and same_number(p.zones.number, ours.number, ours.half)]
    if not (says or named):
        return []
    what = {1: "a floor", -1: "a ceiling"}[ours.bound]
    number = interval(ours.number, claim.measure.unit)
    return [f"{NO_SUCH_BOUND} nobody gives {number} as {what}."]


def _elsewhere(pairs: Sequence[Pair]) -> list[str]:
    """How figures that cannot be compared would bear on the claim, and what would decide it."""
    found = []
    for failed, what in (
        (Incomparable.TIME, "of another time"),
        (Incomparable.SCOPE, "of another scope"),
        (Incomparable.STATUS, "of another status"),
        (Incomparable.OUTCOME, "of what came of it"),
    ):
        there = [p for p in pairs if p.comparability.failed is failed]
        fits = [
            p
            for p in there
            if p.would is not None and p.would.confirms and p.estimate.status is not Status.CAPACITY
        ]
        if fits:
            first = fits[0]
            when = f", {period_words(first.estimate.period)}" if first.estimate.period else ""
            found.append(f"{counted(len(fits), 'figure')} {what} would fit: {_cited(first)}{when}.")
        elif there and all(p.would is Relation.DIFFERS for p in there):
            found.append(f"{counted(len(there), 'figure')} {what} would differ.")
    open_ = [p for p in pairs if p.why is Reason.DATE_OPEN and p.relation is Relation.COMPATIBLE]
    if open_:
        found.append("A figure with the date of the claim would decide it.")
    return found


def _main_reason(
    evidence: Evidence,
    claim: ClaimTerms,
    verdict: Verdict,
    pairs: Sequence[Pair],
    independent: Sequence[Pair],
    fidelity: Fidelity,
) -> str:
    says = [p for p in independent if p.relation.confirms]
    denies = [p for p in independent if p.relation is Relation.DIFFERS]
    differ = f"{listed([_named(p) for p in denies])} {_verb(denies, 'report')} a different figure"
    finding = "On the finding: " if claim.attributed else ""
    match verdict:
        case Verdict.CORROBORATED | Verdict.SUPPORTED:
            named = listed([_named(p) for p in says])
            return f"{finding}{named} {_verb(says, 'say')} so independently; no other source group differs."
        case Verdict.DISPUTED:
            own = [p for p in pairs if p.own and p.relation.confirms and not p.estimate.derived and p.voice]
            its = "its" if finding else "Its"
            for_it = [_named(p) for p in says] or [f"{its} own side ({_cited(p)})" for p in own[:1]]
            if not for_it:
                return f"{finding}{differ}."
            verb = _verb(says, "say") if says else "says"
            return f"{finding}{listed(for_it)} {verb} so; {differ}."
        case Verdict.CONTRADICTED:
            return f"No source seen says so; {differ}."
        case Verdict.OWN_WORD:
            own = own_words(pairs)
            pages = len({p.estimate.source.id for p in own})
            name = claim.family.name if claim.family else "its own side"
            offices = {p.estimate.statement.speaker_id for p in own}
            if fidelity.result is Attribution.SAID_SO and all(
                evidence.book.origins[o].measures for o in offices
            ):
                office = claim.family.name if claim.family else "Its own side"
                return f"{AS_ITS_SOURCE_SAYS} {office} measures, and nobody else was found."
            if pages == 1:
                return f"One page says so, and its only source is {name}."
            return f"{pages} pages say so, and all of them go back to one source: {name}."
        case Verdict.UNSOURCED:
            return "No source gives a figure of this measure."
    return _untested(pairs)


def _verb(subjects: Sequence[Pair], verb: str) -> str:
    return f"{verb}s" if len(subjects) == 1 and not subjects[0].family.several else verb


def _untested(pairs: Sequence[Pair]) -> str:
    compatible = sum(p.relation is Relation.COMPATIBLE and not p.repeats for p in pairs)
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


def _derived(claim: ClaimTerms, pairs: Sequence[Pair]) -> str | None:
    """How many derived estimates there are, and the range of their values; None if there are none."""
    every = [p for p in pairs if p.estimate.derived]
    derived = [p for p in every if p.comparability.failed in (None, Incomparable.TIME)]
    cores = [p.zones.core for p in derived if p.zones and math.isfinite(p.zones.core.high)]
    if not cores:
        return None
    unit = claim.measure.unit
    lowest, highest = min(core.low for core in cores), max(core.high for core in cores)
    figures = f"{counted(len(derived), 'derived figure')} from "
    figures += counted(len({p.estimate.statement.speaker_id for p in derived}), "origin")
    if len(derived) < len(every):
        alike = f"{len(derived)} {_verb(derived, 'count')} what the claim counts"
        figures = f"Of {counted(len(every), 'derived figure')} {alike}, and"
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
