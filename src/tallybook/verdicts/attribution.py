"""Attribution: whether the article says what its cited source says, which is not whether it is true.

Words are compared as printed, without the spread of methods. "Not seen" and "not found" are results of their
own, never "wrong".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallybook.book import Source
from tallybook.book.records import joined_in
from tallybook.estimates.amount import amount_of
from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.evidence import Evidence
from tallybook.prose import counted, listed, quoted
from tallybook.quantity import Policy
from tallybook.terms import Attribution, Distortion, Kept
from tallybook.verdicts.distortion import Said, became, distortions, moves, said_by, same_figure


@dataclass(frozen=True, slots=True)
class Fidelity:
    """``result``: whether the source says so; ``codes``: all distortions, the most severe first;
    ``material``: whether they say something else, not only something slightly off; ``against``: id of the
    statement that was compared; ``quoted_by``: how many other pages quote a source so that was not seen;
    ``age``: how old, in days, the figure was when the article printed it, where both dates are known."""

    result: Attribution
    why: str
    codes: tuple[Distortion, ...] = ()
    material: bool = False
    against: str | None = None
    quoted_by: int = 0
    age: int | None = None

    @property
    def named(self) -> Attribution | Distortion:
        """The result, a distortion by its most severe code."""
        return self.codes[0] if self.codes else self.result


def fidelity(evidence: Evidence, side: ClaimTerms, policy: Policy) -> Fidelity:
    """Compare the claim with its cited sources; if none was seen, with seen pages of the same origin."""
    claim, known, book = side.claim, evidence.estimates, evidence.book
    if not claim.cites:
        return Fidelity(Attribution.NOT_CITED, "The article names no source that could be opened.")
    cited = [book.sources[c] for c in claim.cites]
    seen = [s for s in cited if s.seen]
    claimed = said_in(side, policy)
    printed = [
        (known[s.id], said)
        for source in seen
        for s in source.statements
        if s.refused is None and (said := said_by(known[s.id], policy)) is not None
    ]
    alike = [(e, said) for e, said in printed if said.measure.id == side.measure.id]
    swapped = [(e, said) for e, said in printed if _swapped(said, claimed)]
    if alike or swapped:
        return _against(evidence, side, claimed, alike, swapped, policy)
    unseen = [s for s in cited if not s.seen]
    if seen and not unseen:
        if all(s.kept is Kept.WHOLE for s in seen):
            return Fidelity(Attribution.NOT_FOUND, "All of the cited page was kept; it has no such figure.")
        why = "Only an excerpt of the cited page was kept, and it has no such figure: nobody could check it."
        return Fidelity(Attribution.NOT_SEEN, why)
    return _through_relays(evidence, side, claimed, cited, policy)


def said_in(side: ClaimTerms, policy: Policy) -> Said:
    """The claim's figure as the article gives it."""
    claim = side.claim
    return Said(
        side.measure,
        side.figure,
        amount_of(side.figure, side.measure).under(policy),
        side.scope,
        side.status,
        side.stated_period,
        side.published,
        claim.joined or joined_in(claim.anchor.exact),
        claim.part,
        side.ends,
    )


def _swapped(said: Said, claimed: Said) -> bool:
    """Whether the cited page gives the same number for another measure."""
    other = said.measure.id != claimed.measure.id
    bounds = said.zones.bound == claimed.zones.bound
    return other and bounds and said.figure.share == claimed.figure.share and same_figure(said, claimed)


def _against(
    evidence: Evidence,
    side: ClaimTerms,
    claimed: Said,
    alike: list[tuple[Estimate, Said]],
    swapped: list[tuple[Estimate, Said]],
    policy: Policy,
) -> Fidelity:
    """Compare the claim with the statement of the cited pages that it distorts least.

    A number of another measure explains a claim that is distorted in its number.
    """
    graded = [(_codes(evidence, side, e, said, claimed, policy), e, said) for e, said in alike]
    if swapped and not any(Distortion.NUMBER_CHANGED not in codes for codes, _, _ in graded):
        graded = [(_codes(evidence, side, e, said, claimed, policy), e, said) for e, said in swapped]
    codes, estimate, said = min(graded, key=lambda row: (_gravity(row[0]), row[1].id))
    prints = f"The cited page prints {quoted(estimate.statement.words)}"
    age = _age(side, estimate)
    if not codes:
        return Fidelity(Attribution.SAID_SO, f"{prints}.", against=estimate.id, age=age)
    material = moves(said, claimed, codes, policy)
    small = "" if material else " A small change."
    why = f"{prints}; {became(said, claimed, codes)}.{small}"
    return Fidelity(Attribution.DISTORTED, why, codes, material, estimate.id, age=age)


def _codes(
    evidence: Evidence, side: ClaimTerms, estimate: Estimate, said: Said, claimed: Said, policy: Policy
) -> tuple[Distortion, ...]:
    """The changes from a cited statement to the claim, with that of the speaker."""
    codes = distortions(said, claimed, policy)
    if not side.attributed:
        return codes
    family = evidence.families[estimate.statement.speaker_id]
    on = {evidence.families[o].id for o in estimate.statement.draws_on} | family.sums_up
    if family.id in side.own or on & side.own or not family.independent:
        return codes
    return tuple(code for code in Distortion if code in {*codes, Distortion.SPEAKER_CHANGED})


def _gravity(codes: tuple[Distortion, ...]) -> tuple[int, ...]:
    return tuple(sorted((len(Distortion) - code.rank for code in codes), reverse=True))


def _age(side: ClaimTerms, estimate: Estimate) -> int | None:
    """How many days old the figure was on the article's day."""
    day = estimate.period.end if estimate.period else None
    return (side.published - day).days if day is not None and day <= side.published else None


def _through_relays(
    evidence: Evidence, side: ClaimTerms, claimed: Said, cited: list[Source], policy: Policy
) -> Fidelity:
    """What other seen pages print from the same origin, if the cited page was not seen.

    A copy of the article, or of its wire, is no other page.
    """
    who = listed([s.publisher for s in cited])
    start = f"{who}: the page itself was not seen"
    relays = [
        (e, said) for e in _of_its_origin(evidence.estimates, side, cited) if (said := said_by(e, policy))
    ]
    relays = [(e, said) for e, said in relays if said.figure.share == claimed.figure.share]
    if not relays:
        why = f"{start}, and no seen page repeats this figure from the same origin."
        return Fidelity(Attribution.NOT_SEEN, why)
    tally: dict[Distortion | None, list[Estimate]] = {}
    for estimate, said in relays:
        tally.setdefault(_worst_of_words(said, claimed, policy), []).append(estimate)
    parts = [_beside(code, tally[code]) for code in sorted(tally, key=lambda c: (c is not None, c or ""))]
    why = f"{start}. Of what was seen from the same origin, {listed(parts)}."
    so = {e.source.id for e in tally.get(None, [])}
    return Fidelity(Attribution.QUOTED if so else Attribution.NOT_SEEN, why, quoted_by=len(so))


def _of_its_origin(known: Mapping[str, Estimate], side: ClaimTerms, cited: list[Source]) -> list[Estimate]:
    """The statements of the claim's measure and time that go back to its origin, on pages of their own."""
    origins = {s.origin for s in cited} | {side.claim.origin}
    period = side.stated_period
    return [
        e
        for e in known.values()
        if not e.derived
        and e.measure.id == side.measure.id
        and e.statement.speaker_id in origins
        and e.statement.refused is None
        and e.source.copy_of is None
        and (period is None or (e.period is not None and e.period.meets(period)))
    ]


def _worst_of_words(said: Said, claimed: Said, policy: Policy) -> Distortion | None:
    """The most severe change of anything but a date or margin left out; None if there is none."""
    beside = (Distortion.DATE_DROPPED, Distortion.MARGIN_DROPPED)
    codes = [c for c in distortions(said, claimed, policy) if c not in beside]
    return codes[0] if codes else None


def _beside(code: Distortion | None, relays: list[Estimate]) -> str:
    """How some seen repetitions compare with the claim's wording, with the shortest of them as an example."""
    example = min(relays, key=lambda e: (e.source.language != "en", len(e.statement.words), e.id))
    pages = len({e.source.id for e in relays})
    prints = f"{counted(pages, 'page')} {'prints' if pages == 1 else 'print'}"
    words = quoted(example.statement.words)
    if code is None:
        return f"{prints} the same figure ({words})"
    return f"{prints} {words} or similar; against those words: {code.meaning}"
