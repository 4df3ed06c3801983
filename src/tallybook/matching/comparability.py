"""Whether two figures can be compared: the result of the rules, with its reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.book.periods import day
from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.matching.blocks import Block
from tallybook.matching.columns import window_before
from tallybook.matching.rules import REASONS
from tallybook.prose import period as period_words
from tallybook.prose import quoted
from tallybook.quantity import INFINITY, Interval, Policy
from tallybook.terms import Incomparable, Kind, PeriodFrom, Status


@dataclass(frozen=True, slots=True)
class Comparability:
    """``failed``: None if comparable, else the first test that failed. ``reason``: in words; of a comparable
    pair, the effect of its dates, empty if they have none.

    ``opens_top``, ``opens_bottom``: the estimate is dated so that it bounds the claim only from below or only
    from above; ``may_support``: its date allows it to support the claim.
    """

    failed: Incomparable | None
    reason: str = ""
    opens_top: bool = False
    opens_bottom: bool = False
    may_support: bool = True

    def open(self, zone: Interval) -> Interval:
        """The estimate's zone at the claim's date: an end that the dates open is without limit."""
        low, low_open = (0.0, False) if self.opens_bottom else (zone.low, zone.low_open)
        high, high_open = (INFINITY, False) if self.opens_top else (zone.high, zone.high_open)
        return Interval(low, high, low_open, high_open)


def comparability_at(
    block: Block, row: int, claim: ClaimTerms, estimate: Estimate, policy: Policy, successor: Estimate | None
) -> Comparability:
    """One row of a block, with its reason. ``successor``: the estimate that superseded this one."""
    failed = REASONS[block.code[row]]
    if failed:
        return Comparability(failed, _why_not(failed, claim, estimate, policy, successor))
    place, bears = block.place[row], block.bearings
    top, bottom = bool(bears.opens_top[place]), bool(bears.opens_bottom[place])
    support = bool(bears.may_support[place])
    return Comparability(None, _what_dates_do(top, bottom, support), top, bottom, support)


def _why_not(
    failed: Incomparable, claim: ClaimTerms, estimate: Estimate, policy: Policy, successor: Estimate | None
) -> str:
    match failed:
        case Incomparable.STATUS:
            return Status(estimate.status).meaning
        case Incomparable.PART:
            return f"it is a part, not the whole: {estimate.part}"
        case Incomparable.SCOPE:
            scopes = {**estimate.measure.scopes, **claim.measure.scopes}
            return f"other scope: {scopes.get(estimate.scope or '') or estimate.scope or 'not stated'}"
        case Incomparable.UNIT:
            return f"it gives {estimate.why_no_amount}"
        case Incomparable.SUPERSEDED:
            assert successor is not None
            when = f" ({period_words(successor.period)})" if successor.period else ""
            return f"superseded: the same origin now says {quoted(successor.words)}{when}"
    return _other_time(claim, estimate, policy)


def _other_time(claim: ClaimTerms, estimate: Estimate, policy: Policy) -> str:
    period = estimate.period
    if period is None:
        return "its date is not known"
    if estimate.period_from is PeriodFrom.PUBLISHED:
        period = day(period.end)
        if claim.measure.kind == Kind.CUMULATIVE:
            return f"the date of its figure is not known; the page is of {period_words(period)}"
    asked = claim.stated_period or window_before(claim.published, policy.window_days)
    averaged = "it averages" if estimate.derived else "it is about"
    return f"other time: {averaged} {period_words(period)}, the claim is about {period_words(asked)}"


def _what_dates_do(opens_top: bool, opens_bottom: bool, may_support: bool) -> str:
    if opens_bottom:
        return "a later count only sets a ceiling"
    if opens_top:
        return "an earlier count sets no ceiling" if may_support else "an earlier count only sets a floor"
    return ""
