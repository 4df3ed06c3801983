"""Does the article say what the source that it cites says? Asked apart from whether it is true.

"Source not seen" and "not found in the source" are results of their own, never "wrong".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallybook.book import Book, Source
from tallybook.book.records import joined_in
from tallybook.estimates.claim_terms import ClaimSide
from tallybook.estimates.estimate import Estimate
from tallybook.prose import counted, listed, quoted
from tallybook.quantity import Policy
from tallybook.verdicts.distortion import (
    FAITHFUL,
    PLAIN,
    Said,
    became,
    bounds,
    core_of,
    distortions,
    moves,
    said_by,
    same_number,
)

NOT_SEEN = "source not seen"
NOT_FOUND = "not found in the source"
NOT_CITED = "no source cited"


@dataclass(frozen=True, slots=True)
class Fidelity:
    """``result``: faithful, a distortion by name (the gravest), not found, not seen, or no source cited.

    ``codes``: all distortions, the gravest first; ``material``: one moves the number past its rounding,
    reverses a bound or counts something else; ``against``: the statement that was compared.
    """

    result: str
    why: str
    codes: tuple[str, ...] = ()
    material: bool = False
    against: str | None = None


def fidelity(book: Book, side: ClaimSide, known: Mapping[str, Estimate], policy: Policy) -> Fidelity:
    """The claim against the sources it cites, and against seen relays of those that were not seen."""
    claim = side.claim
    if not claim.cites:
        return Fidelity(NOT_CITED, "The article names no source that could be opened.")
    cited = [book.sources[c] for c in claim.cites]
    seen = [s for s in cited if s.seen]
    claimed = said_in(side)
    printed = [
        (known[s.id], said)
        for source in seen
        for s in source.statements
        if (said := said_by(known[s.id])) is not None
    ]
    alike = [(e, said) for e, said in printed if said.measure.id == side.measure.id]
    alike = alike or [(e, said) for e, said in printed if _swapped(said, claimed)]
    if alike:
        return _against(claimed, alike, policy)
    if seen:
        return Fidelity(NOT_FOUND, "The cited page was seen; it has no such figure.")
    return Fidelity(NOT_SEEN, _through_relays(side, claimed, cited, known, policy))


def said_in(side: ClaimSide) -> Said:
    """The claim's figure as the article gives it; without a date it is given for the article's own day."""
    claim = side.claim
    value = None if side.figure.share and claim.base else side.value
    return Said(
        side.measure,
        side.figure,
        value,
        side.asked.scope,
        "observed",
        side.period,
        joined_in(claim.anchor.exact),
    )


def _swapped(said: Said, claimed: Said) -> bool:
    """The cited page gives the number, of another measure."""
    return said.measure.kind == claimed.measure.kind and same_number(said, claimed)


def _against(claimed: Said, printed: list[tuple[Estimate, Said]], policy: Policy) -> Fidelity:
    """The claim beside the statement of the cited pages that it is nearest to."""
    graded = [(distortions(said, claimed, policy), e, said) for e, said in printed]
    codes, estimate, said = min(graded, key=lambda row: (_gravity(row[0]), row[1].id))
    prints = f"The cited page prints {quoted(estimate.statement.words)}"
    if not codes:
        return Fidelity(FAITHFUL, f"{prints}.", against=estimate.id)
    why = f"{prints}; {became(said, claimed, codes)}."
    return Fidelity(codes[0], why, codes, moves(said, claimed, codes), estimate.id)


def _gravity(codes: tuple[str, ...]) -> tuple[int, ...]:
    order = list(PLAIN)
    return tuple(sorted(len(order) - order.index(code) for code in codes)[::-1])


def _through_relays(
    side: ClaimSide, claimed: Said, cited: list[Source], known: Mapping[str, Estimate], policy: Policy
) -> str:
    """What seen pages print of the same origin and time, where the cited page was not seen."""
    who = listed([s.publisher for s in cited])
    start = f"{who}: nobody has seen the page itself"
    origins = {s.origin for s in cited} - {None}
    period = side.asked.period
    relays = [
        (e, said)
        for e in known.values()
        if not e.derived
        and e.measure.id == side.measure.id
        and e.statement.origin in origins
        and (period is None or (e.period is not None and e.period.meets(period)))
        and (said := said_by(e)) is not None
        and said.figure.share == claimed.figure.share
    ]
    if not relays:
        return f"{start}, and no seen page repeats this figure from the same origin."
    tally: dict[str, list[Estimate]] = {}
    for estimate, said in relays:
        tally.setdefault(_figures_only(said, claimed, policy), []).append(estimate)
    parts = [_beside(result, tally[result]) for result in sorted(tally, key=lambda r: (r != FAITHFUL, r))]
    return f"{start}. Of what was seen from the same origin, {listed(parts)}."


def _figures_only(said: Said, claimed: Said, policy: Policy) -> str:
    """What would have happened to number and bound; scope and date are the relays' own affair."""
    if core_of(said) == core_of(claimed) and bounds(said) == bounds(claimed):
        return FAITHFUL
    codes = [c for c in distortions(said, claimed, policy) if c not in ("scope_changed", "date_dropped")]
    return codes[0] if codes else FAITHFUL


def _beside(result: str, relays: list[Estimate]) -> str:
    """What the claim's wording would be beside some seen repetitions, with the shortest of them."""
    example = min(relays, key=lambda e: (e.source.language != "en", len(e.statement.words), e.id))
    pages = counted(len({e.source.id for e in relays}), "page")
    verb = "prints" if pages.startswith("1 ") else "print"
    if result == FAITHFUL:
        return f"{pages} {verb} it so ({quoted(example.statement.words)})"
    told = f"beside that, {PLAIN[result]} ({result})"
    return f"{pages} {verb} {quoted(example.statement.words)} or the like: {told}"
