"""A slip in one sentence with its page: "45,765 for 45,756: two digits changed places (…)."."""

from __future__ import annotations

from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.prose import FRACTION, day, in_words, interval, period, quoted
from tallybook.quantity import Interval, Policy
from tallybook.terms import Slip

_OF_THE_PEN = {
    Slip.DIGITS: "two digits changed places",
    Slip.UNIT: "another unit",
    Slip.PERIOD: "per another period",
    Slip.POINTS: "one has percentage points, the other per cent",
    Slip.REST: "the share and its rest",
    Slip.DIRECTION: "the direction turned",
}
_AS_PRINTED = (Slip.UNIT, Slip.PERIOD, Slip.POINTS)


def slip_sentence(kind: Slip, side: ClaimTerms, e: Estimate, policy: Policy) -> str:
    """The change, and the figure that it would make the claim's with its page.

    "28,526 is what the office gives for 2021, not 2022 (“28,526 came”, Gazette, 3 May 2023)."
    """
    return f"{_change(kind, side, e, policy)} ({_page(e)})."


def _change(kind: Slip, side: ClaimTerms, e: Estimate, policy: Policy) -> str:
    if kind is Slip.SAME_PAGE:
        what = f"another measure: {e.measure.definition.rstrip('.')}"
        return f"{_number(e, policy)} stands on the page cited as a figure of {what}"
    if _elsewhere(kind, side, e):
        return f"{_number(e, policy)} is what {e.origin.name} gives for {_where(kind, side, e)}"
    what = _OF_THE_PEN.get(kind) or f"a factor of {kind.removeprefix('×')}"
    if e.measure.id != side.measure.id:
        what += f", and another measure: {e.measure.definition.rstrip('.')}"
    if e.figure is not None and (kind in _AS_PRINTED or _converted(side, e)):
        return f"{in_words(side.figure.quantity)} for {in_words(e.figure.quantity)}: {what}"
    number = _directed if kind is Slip.DIRECTION else _number
    return f"{number(side, policy)} for {number(e, policy)}: {what}"


def _elsewhere(kind: Slip, side: ClaimTerms, e: Estimate) -> bool:
    """Whether the change is of the time or the place, the number as it is."""
    if kind in (Slip.YEAR, Slip.PLACE):
        return True
    return kind is Slip.PERIOD and e.figure is not None and e.figure.quantity.per == side.figure.quantity.per


def _where(kind: Slip, side: ClaimTerms, e: Estimate) -> str:
    """The time or place of the figure, and that of the claim: "2021, not 2022"."""
    if kind is Slip.PLACE:
        scopes = e.measure.scopes
        theirs, ours = scopes.get(e.scope or "", "no stated place"), scopes.get(side.scope or "")
    else:
        theirs = period(e.period) if e.period else "another time"
        ours = period(side.stated_period) if side.stated_period else None
    return f"{theirs}, not {ours}" if ours and ours != theirs else theirs


def _converted(side: ClaimTerms, e: Estimate) -> bool:
    """Whether the numbers are printed in another unit than that of their measures (per cent apart)."""
    figures = (side.figure, *([e.figure] if e.figure else []))
    return any(figure.offset or figure.scale not in (1.0, 0.01) for figure in figures)


def _number(of: ClaimTerms | Estimate, policy: Policy) -> str:
    return _printed(_named(of, policy), of)


def _directed(of: ClaimTerms | Estimate, policy: Policy) -> str:
    """A change with its direction in words: "up 12.5%"."""
    number = _named(of, policy)
    return f"up {_printed(number, of)}" if number.low > 0 else f"down {_printed(-number, of)}"


def _named(of: ClaimTerms | Estimate, policy: Policy) -> Interval:
    assert of.amount is not None
    return of.amount.under(policy).number


def _printed(number: Interval, of: ClaimTerms | Estimate) -> str:
    if of.measure.unit == "percent":
        return interval(number.map(lambda value: value / 100), FRACTION)
    return interval(number, of.measure.unit)


def _page(e: Estimate) -> str:
    dated = f", {day(e.source.dated.end)}" if e.source.dated else ""
    return f"{quoted(e.statement.words)}, {e.source.publisher}{dated}"
