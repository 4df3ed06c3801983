"""Does the article say what the source that it cites says? Asked apart from whether it is true.

"Source not seen" and "not found in the source" are results of their own, never "wrong".
"""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.book import Book, Claim, Source, parse_period
from tallybook.comparison.estimates import Estimate
from tallybook.comparison.stated import Stated
from tallybook.comparison.wording import counted, listed, quoted
from tallybook.quantity import Modifier, Quantity

FAITHFUL = "faithful"
NOT_SEEN = "source not seen"
NOT_FOUND = "not found in the source"
NOT_CITED = "no source cited"

BOUNDS = frozenset(set(Modifier) - {Modifier.EXACT, Modifier.RANGE})


@dataclass(frozen=True, slots=True)
class Fidelity:
    """``result``: faithful, a distortion by name, not found, not seen, or no source cited."""

    result: str
    why: str


def distortion(said: Quantity, repeated: Quantity) -> str:
    """What happened to a figure between a source and its repetition; ``faithful`` when nothing did.

    Both in one unit. ``about`` and no modifier are two wordings: losing or gaining it is a change
    of the bound like any other.
    """
    if (said.low, said.high) != (repeated.low, repeated.high):
        ends = {said.low, said.high}
        if said.low != said.high and repeated.low == repeated.high and repeated.low in ends:
            return "range_end_picked"
        return "number_changed"
    before, after = _bounds(said), _bounds(repeated)
    if before == after:
        return FAITHFUL
    if not before:
        return "bound_added"
    return "bound_changed" if after else "bound_dropped"


def _bounds(quantity: Quantity) -> frozenset[Modifier]:
    return frozenset({quantity.modifier, *quantity.hedges}) & BOUNDS


def fidelity(
    book: Book, claim: Claim, claimed: tuple[Quantity, Stated], known: dict[str, Estimate]
) -> Fidelity:
    """The claim against the sources it cites, and against seen relays of those that were not seen."""
    if not claim.cites:
        return Fidelity(NOT_CITED, "The article names no source that could be opened.")
    cited = [book.sources[c] for c in claim.cites]
    seen = [s for s in cited if s.seen]
    statements = [known[s.id] for source in seen for s in source.statements if s.measure == claim.measure]
    if statements:
        results = {e.id: _against(claimed, e) for e in statements}
        best = min(results, key=lambda i: (results[i] != FAITHFUL, i))
        return Fidelity(results[best], f"The cited page prints {quoted(known[best].statement.words)}.")
    if seen:
        return Fidelity(NOT_FOUND, "The cited page was seen; it has no such figure.")
    return Fidelity(NOT_SEEN, _through_relays(claim, claimed, cited, known))


def _against(claimed: tuple[Quantity, Stated], estimate: Estimate) -> str:
    """The wording of one estimate against the claim's, in the measure's unit."""
    if estimate.figure is None or estimate.value is None:
        return "unit_changed"
    quantity, value = claimed
    said = _rescaled(estimate.figure.quantity, estimate.value)
    return distortion(said, _rescaled(quantity, value))


def _rescaled(quantity: Quantity, value: Stated) -> Quantity:
    return Quantity(
        round(value.core.low, 9), round(value.core.high, 9), quantity.modifier, hedges=quantity.hedges
    )


def _through_relays(
    claim: Claim, claimed: tuple[Quantity, Stated], cited: list[Source], known: dict[str, Estimate]
) -> str:
    """What seen pages print of the same origin and time, where the cited page was not seen."""
    who = listed([s.publisher for s in cited])
    start = f"{who}: nobody has seen the page itself"
    origins = {s.origin for s in cited} - {None}
    period = parse_period(claim.reference_period) if claim.reference_period else None
    relays = [
        e
        for e in known.values()
        if not e.derived
        and e.measure.id == claim.measure
        and e.statement.origin in origins
        and e.value is not None
        and (period is None or (e.period is not None and e.period.meets(period)))
    ]
    if not relays:
        return f"{start}, and no seen page repeats this figure from the same origin."
    tally: dict[str, list[str]] = {}
    for estimate in relays:
        tally.setdefault(_against(claimed, estimate), []).append(quoted(estimate.statement.words))
    parts = [
        f"{counted(len(words), 'page')} beside it {'is' if len(words) == 1 else 'are'} worded the same"
        if result == FAITHFUL
        else f"from {counted(len(words), 'page')} such as {min(words, key=len)} it would be {result}"
        for result, words in sorted(tally.items())
    ]
    return f"{start}. Of seen repetitions by the same origin, {listed(parts)}."
