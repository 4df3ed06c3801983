"""Whether two figures can be compared: the result of the rules, with its reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.book import Period
from tallybook.book.periods import day
from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.prose import period as period_words
from tallybook.prose import quoted
from tallybook.quantity import INFINITY, Interval, Policy
from tallybook.terms import Incomparable, Kind, PeriodFrom, Reason, Status


@dataclass(frozen=True, slots=True)
class Comparability:
    """``failed``: None if comparable, else the first test that failed. ``reason``: in words; of a comparable
    pair, what its dates, part or scope do, empty if they do nothing.

    ``opens_top``: the estimate is no more than a floor, so that its zone has no top; ``opens_bottom``: no
    more than a ceiling.
    """

    failed: Incomparable | None
    reason: str = ""
    opens_top: bool = False
    opens_bottom: bool = False

    def open(self, zone: Interval) -> Interval:
        """The estimate's zone at the claim's date: an open end is without limit."""
        low, low_open = (-INFINITY, False) if self.opens_bottom else (zone.low, zone.low_open)
        high, high_open = (INFINITY, False) if self.opens_top else (zone.high, zone.high_open)
        if zone.low >= 0:
            low = max(low, 0.0)
        return Interval(low, high, low_open, high_open)


def why_not(
    failed: Incomparable, claim: ClaimTerms, estimate: Estimate, policy: Policy, newer: Estimate | None
) -> str:
    """In words. ``newer``: the estimate that superseded this one, or by which its origin lowered it."""
    match failed:
        case Incomparable.REFUSED:
            refused = next(e.statement.refused for e in estimate.made_of() if e.statement.refused)
            return f"refused by {refused.by}: {refused.why}"
        case Incomparable.STATUS:
            if claim.status.alike is Status.OBSERVED:
                return estimate.status.meaning
            return f"the claim: {claim.status.meaning}; the figure: {estimate.status.meaning}"
        case Incomparable.OUTCOME:
            return f"it is what came of it; of the claim, {claim.status.meaning}"
        case Incomparable.PART:
            if claim.claim.part is not None:
                whole = f"another part: {estimate.part}" if estimate.part else "the whole"
                return f"the claim is of a part ({claim.claim.part}), the figure of {whole}"
            return f"it is a part, not the whole: {estimate.part}"
        case Incomparable.SCOPE:
            scopes = {**estimate.measure.scopes, **claim.measure.scopes}
            return f"other scope: {scopes.get(estimate.scope or '') or estimate.scope or 'not stated'}"
        case Incomparable.UNIT:
            return f"it gives {estimate.why_no_amount}"
        case Incomparable.VAGUE:
            assert estimate.amount is not None
            return f"the computed range {_VAGUE[estimate.amount.under(policy).vague]}, so it decides nothing"
        case Incomparable.SUPERSEDED | Incomparable.LOWERED:
            assert newer is not None
            when = f" ({period_words(newer.period)})" if newer.period else ""
            how = (
                "superseded: the same origin now says"
                if failed is Incomparable.SUPERSEDED
                else ("its own origin later lowered it to")
            )
            return f"{how} {quoted(newer.words)}{when}"
    return _other_time(claim, estimate)


_VAGUE = {"holds zero": "holds zero", "wider than two to one": "is wider than two to one"}
_AVERAGED = frozenset({Kind.RATE, Kind.SHARE})


def _other_time(claim: ClaimTerms, estimate: Estimate) -> str:
    period = estimate.period
    assert period is not None  # an undated one may be of any time
    if estimate.period_from in (PeriodFrom.PUBLISHED, PeriodFrom.SAID):
        period = day(period.end)
    asked = claim.stated_period or day(claim.published)
    averaged = "it averages" if estimate.derived and estimate.measure.kind in _AVERAGED else "it is about"
    told = f"other time: {averaged} {period_words(period)}, the claim is about {period_words(asked)}"
    if claim.base_period and estimate.base_period and claim.base_period.text != estimate.base_period.text:
        bases = f"{period_words(estimate.base_period)}, not {period_words(claim.base_period)}"
        return f"other time: it is measured against {bases}"
    return told


_DATES = {
    Reason.WINDOW: "it is of another day within the window",
    Reason.OVERLAPPING: "the periods only overlap",
    Reason.ONE_DAY: "no hour is given, so it may be of another hour of that day",
    Reason.DATE_OPEN: "its date, or the claim's, is open",
    Reason.PROVISIONAL: "a first count may be lowered, so it sets no floor",
    Reason.FLOOR: "it only sets a floor",
    Reason.CEILING: "it only sets a ceiling",
}


def _not_over(*periods: Period | None) -> Period | None:
    return next((p for p in periods if p is not None and p.told is not None), None)


def what_opens(why: Reason | None, claim: ClaimTerms, estimate: Estimate) -> str:
    """What dates, part or scope do to a comparable pair; "" if nothing."""
    if why is Reason.DATE_OPEN and claim.ends and estimate.ends and claim.ends.may_be(estimate.ends):
        return _TWO_WAYS[claim.measure.change_of is not None]
    if why is Reason.DATE_OPEN and estimate.ends and estimate.ends.unknown:
        return _TWO_WAYS[True]
    if why is Reason.DATE_OPEN and (running := _not_over(claim.stated_period, estimate.period)):
        return f"{period_words(running)} was not over when it was counted"
    if why is Reason.FLOOR:
        if estimate.part is not None and claim.claim.part is None:
            return "a part only sets a floor"
        inner = estimate.scope != claim.scope
        return "what lies inside only sets a floor" if inner else _EARLIER[claim.measure.cumulative]
    if why is Reason.CEILING:
        if claim.claim.part is not None and estimate.part is None:
            return "the whole only sets a ceiling of a part"
        inner = estimate.scope != claim.scope
        return "what it lies inside only sets a ceiling" if inner else _LATER[claim.measure.cumulative]
    return _DATES.get(why, "") if why else ""


_TWO_WAYS = {
    True: "the day or hour from which each is reckoned is open",
    False: "one is from day to day, the other of a period with these ends, which may not be the same",
}
"""Of changes told in two ways, by whether the measure says what it is that changes."""

_EARLIER = {True: "an earlier count only sets a floor", False: "a part of the period only sets a floor"}
_LATER = {True: "a later count only sets a ceiling", False: "a longer period only sets a ceiling"}
