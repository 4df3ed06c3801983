"""Fidelity: whether the article says what its cited source says, which is not whether it is true.

"Source not seen" and "not found in the source" are results of their own, never "wrong".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallybook.book import Source
from tallybook.book.records import joined_in
from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.evidence import Evidence
from tallybook.matching.numbers import same_number
from tallybook.prose import counted, listed, quoted
from tallybook.quantity import Policy
from tallybook.terms import Attribution, Distortion, Status
from tallybook.verdicts.distortion import (
    Said,
    became,
    bounds,
    core_of,
    distortions,
    moves,
    said_by,
    same_figure,
)


@dataclass(frozen=True, slots=True)
class Fidelity:
    """``result``: faithful, a distortion by name (the most severe), not found, not seen, or no source cited.

    ``codes``: all distortions, the most severe first; ``material``: whether they move the number past its
    rounding, reverse a bound or count something else; ``against``: id of the statement that was compared.
    """

    result: Attribution | Distortion
    why: str
    codes: tuple[Distortion, ...] = ()
    material: bool = False
    against: str | None = None


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
        if (said := said_by(known[s.id], policy)) is not None
    ]
    alike = [(e, said) for e, said in printed if said.measure.id == side.measure.id]
    alike = alike or [(e, said) for e, said in printed if _swapped(said, claimed)]
    if alike:
        return _against(claimed, alike, policy)
    if seen:
        return Fidelity(Attribution.NOT_FOUND, "The cited page was seen; it has no such figure.")
    return Fidelity(Attribution.NOT_SEEN, _through_relays(side, claimed, cited, known, policy))


def said_in(side: ClaimTerms, policy: Policy) -> Said:
    """The claim's figure as the article gives it; without a date, for the article's own day."""
    claim = side.claim
    zones = None if side.figure.share and claim.base else side.amount.under(policy)
    return Said(
        side.measure,
        side.figure,
        zones,
        side.scope,
        Status.OBSERVED,
        side.period,
        joined_in(claim.anchor.exact),
    )


def _swapped(said: Said, claimed: Said) -> bool:
    """Whether the cited page gives the same number for another measure of the same kind."""
    return said.measure.kind == claimed.measure.kind and same_figure(said, claimed)


def _against(claimed: Said, printed: list[tuple[Estimate, Said]], policy: Policy) -> Fidelity:
    """Compare the claim with the statement of the cited pages that it distorts least."""
    graded = [(distortions(said, claimed, policy), e, said) for e, said in printed]
    codes, estimate, said = min(graded, key=lambda row: (_gravity(row[0]), row[1].id))
    prints = f"The cited page prints {quoted(estimate.statement.words)}"
    if not codes:
        return Fidelity(Attribution.FAITHFUL, f"{prints}.", against=estimate.id)
    why = f"{prints}; {became(said, claimed, codes)}."
    return Fidelity(codes[0], why, codes, moves(said, claimed, codes), estimate.id)


def _gravity(codes: tuple[Distortion, ...]) -> tuple[int, ...]:
    return tuple(sorted((len(Distortion) - code.rank for code in codes), reverse=True))


def _through_relays(
    side: ClaimTerms, claimed: Said, cited: list[Source], known: Mapping[str, Estimate], policy: Policy
) -> str:
    """What seen pages print from the same origin for the same time, if the cited page was not seen."""
    who = listed([s.publisher for s in cited])
    start = f"{who}: the page itself was not seen"
    origins = {s.origin for s in cited} - {None}
    period = side.stated_period
    relays = [
        (e, said)
        for e in known.values()
        if not e.derived
        and e.measure.id == side.measure.id
        and e.statement.origin in origins
        and (period is None or (e.period is not None and e.period.meets(period)))
        and (said := said_by(e, policy)) is not None
        and said.figure.share == claimed.figure.share
    ]
    if not relays:
        return f"{start}, and no seen page repeats this figure from the same origin."
    tally: dict[Attribution | Distortion, list[Estimate]] = {}
    for estimate, said in relays:
        tally.setdefault(_figures_only(said, claimed, policy), []).append(estimate)
    parts = [
        _beside(result, tally[result])
        for result in sorted(tally, key=lambda r: (r != Attribution.FAITHFUL, r))
    ]
    return f"{start}. Of what was seen from the same origin, {listed(parts)}."


def _figures_only(said: Said, claimed: Said, policy: Policy) -> Attribution | Distortion:
    """The most severe change of anything but scope and date, or faithful if number and bound are the same."""
    if same_number(core_of(said), core_of(claimed)) and bounds(said) == bounds(claimed):
        return Attribution.FAITHFUL
    codes = [
        c
        for c in distortions(said, claimed, policy)
        if c not in (Distortion.SCOPE_CHANGED, Distortion.DATE_DROPPED)
    ]
    return codes[0] if codes else Attribution.FAITHFUL


def _beside(result: Attribution | Distortion, relays: list[Estimate]) -> str:
    """How some seen repetitions compare with the claim's wording, with the shortest of them as an example."""
    example = min(relays, key=lambda e: (e.source.language != "en", len(e.statement.words), e.id))
    pages = len({e.source.id for e in relays})
    prints = f"{counted(pages, 'page')} {'prints' if pages == 1 else 'print'}"
    words = quoted(example.statement.words)
    if result is Attribution.FAITHFUL:
        return f"{prints} the same figure ({words})"
    return f"{prints} {words} or similar; against those words: {result.meaning}"
