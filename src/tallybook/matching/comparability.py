"""Are two figures comparable? What a gate lets through, and in words why it does not."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.book.periods import day
from tallybook.estimates.claim_terms import Asked
from tallybook.estimates.estimate import Estimate
from tallybook.matching.blocks import Block
from tallybook.matching.columns import window_before
from tallybook.matching.rules import GATES
from tallybook.prose import quoted
from tallybook.quantity import INFINITY, Interval, Policy

STATUS_WORDS = {
    "planned": "it was planned, not counted",
    "forecast": "it was forecast, not counted",
    "capacity": "it is what could be held, not what was",
}


@dataclass(frozen=True, slots=True)
class Gate:
    """``code``: None when comparable, else the test that failed. ``reason``: in words, also of what the
    dates do to a comparable one.

    ``opens_top``, ``opens_bottom``: the estimate is dated so that it only bounds the claim from
    below or from above; ``may_support``: it can speak of the claim's own time.
    """

    code: str | None
    reason: str = ""
    opens_top: bool = False
    opens_bottom: bool = False
    may_support: bool = True

    def open(self, zone: Interval) -> Interval:
        """The estimate's zone as far as it bounds the claim's date."""
        low, low_open = (0.0, False) if self.opens_bottom else (zone.low, zone.low_open)
        high, high_open = (INFINITY, False) if self.opens_top else (zone.high, zone.high_open)
        return Interval(low, high, low_open, high_open)


def gate_at(
    block: Block, row: int, asked: Asked, estimate: Estimate, policy: Policy, successor: Estimate | None
) -> Gate:
    """One row of the gates, with its reason. ``successor``: the estimate that superseded this one."""
    code = GATES[block.gate[row]]
    if code:
        return Gate(code, why_aside(code, asked, estimate, policy, successor))
    place, borne = block.place[row], block.borne
    top, bottom = bool(borne.opens_top[place]), bool(borne.opens_bottom[place])
    support = bool(borne.may_support[place])
    return Gate(None, _dated_so(top, bottom, support), top, bottom, support)


def why_aside(code: str, asked: Asked, estimate: Estimate, policy: Policy, successor: Estimate | None) -> str:
    """Why an estimate is not comparable, in plain words."""
    match code:
        case "status":
            return STATUS_WORDS[estimate.status]
        case "part":
            return f"it is a part, not the whole: {estimate.part}"
        case "scope":
            scopes = {**estimate.measure.scopes, **asked.scopes}
            return f"other scope: {scopes.get(estimate.scope or '') or estimate.scope or 'not said'}"
        case "unit":
            return f"it gives {estimate.why_no_value}"
        case "superseded":
            assert successor is not None
            when = f" ({successor.period})" if successor.period else ""
            return f"superseded: the same origin now says {quoted(successor.words)}{when}"
    return _other_time(asked, estimate, policy)


def _other_time(asked: Asked, estimate: Estimate, policy: Policy) -> str:
    period = estimate.period
    if period is None:
        return "its date is not known"
    if estimate.period_from == "published":
        period = day(period.end)
        if asked.kind == "cumulative":
            return f"the date of its figure is not known; the page is of {period}"
    asked_for = asked.period or window_before(asked.published, policy.window_days)
    averaged = "it averages" if estimate.derived else "it speaks of"
    return f"other time: {averaged} {period}, the claim speaks of {asked_for}"


def _dated_so(opens_top: bool, opens_bottom: bool, may_support: bool) -> str:
    if opens_bottom:
        return "a later count is only a ceiling"
    if opens_top:
        return "an earlier count is no ceiling" if may_support else "an earlier count is only a floor"
    return ""
