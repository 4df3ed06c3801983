"""Does the article say what the source that it cites says? Asked apart from whether it is true.

"Source not seen" and "not found in the source" are results of their own, never "wrong".
"""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.book import Book, Claim, Figure, Source, parse_period
from tallybook.comparison.estimates import Estimate
from tallybook.comparison.stated import Stated
from tallybook.comparison.wording import counted, listed, quoted
from tallybook.quantity import Modifier, Quantity

FAITHFUL = "faithful"
NOT_SEEN = "source not seen"
NOT_FOUND = "not found in the source"
NOT_CITED = "no source cited"

PLAIN = {
    "bound_added": "the bound would be the article's own",
    "bound_dropped": "the article would have lost a bound",
    "bound_changed": "the article would have changed the bound",
    "number_changed": "the article would have another number",
    "range_end_picked": "the article would have picked one end of a range",
    "unit_changed": "the article would have another unit",
}

BOUNDS = frozenset(set(Modifier) - {Modifier.EXACT, Modifier.RANGE})


@dataclass(frozen=True, slots=True)
class Fidelity:
    """``result``: faithful, a distortion by name, not found, not seen, or no source cited."""

    result: str
    why: str


@dataclass(frozen=True, slots=True)
class Worded:
    """A figure as worded, and its value in its measure's unit."""

    figure: Figure
    value: Stated | None


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


def fidelity(book: Book, claim: Claim, claimed: Worded, known: dict[str, Estimate]) -> Fidelity:
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


def _against(claimed: Worded, estimate: Estimate) -> str:
    """What the claim's wording would be beside one estimate's."""
    if estimate.figure is None or (estimate.value is None and not estimate.figure.share):
        return "unit_changed"
    if estimate.figure.share != claimed.figure.share:
        return "unit_changed"
    return distortion(_comparable(Worded(estimate.figure, estimate.value)), _comparable(claimed))


def _comparable(worded: Worded) -> Quantity:
    """The quantity as worded, in the measure's unit; a share of another figure as a fraction."""
    quantity = worded.figure.quantity
    if worded.figure.share or worded.value is None:
        scale = 0.01 if quantity.unit == "percent" else 1.0
        low, high = quantity.low * scale, quantity.high * scale
    else:
        low, high = worded.value.core.low, worded.value.core.high
    return Quantity(round(low, 9), round(high, 9), quantity.modifier, hedges=quantity.hedges)


def _through_relays(claim: Claim, claimed: Worded, cited: list[Source], known: dict[str, Estimate]) -> str:
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
        and e.figure is not None
        and e.figure.share == claimed.figure.share
        and (period is None or (e.period is not None and e.period.meets(period)))
    ]
    if not relays:
        return f"{start}, and no seen page repeats this figure from the same origin."
    tally: dict[str, list[Estimate]] = {}
    for estimate in relays:
        tally.setdefault(_against(claimed, estimate), []).append(estimate)
    parts = [_beside(result, tally[result]) for result in sorted(tally, key=lambda r: (r != FAITHFUL, r))]
    return f"{start}. Of what was seen from the same origin, {listed(parts)}."


def _beside(result: str, relays: list[Estimate]) -> str:
    """What the claim's wording would be beside some seen repetitions, with the shortest of them."""
    example = min(relays, key=lambda e: (e.source.language != "en", len(e.statement.words), e.id))
    pages = counted(len({e.source.id for e in relays}), "page")
    verb = "prints" if pages.startswith("1 ") else "print"
    if result == FAITHFUL:
        return f"{pages} {verb} it so ({quoted(example.statement.words)})"
    return f"{pages} {verb} {quoted(example.statement.words)} or the like: {PLAIN[result]} ({result})"
