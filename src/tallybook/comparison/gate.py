"""Are two figures comparable? Asked before any arithmetic; the first test that fails gives the reason.

Measure, status, scope, unit, time, in that order (semantics, section 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tallybook.book import Period
from tallybook.book.periods import day
from tallybook.comparison.estimates import Estimate
from tallybook.quantity import INFINITY, Interval, Policy

STATUS_WORDS = {
    "planned": "it was planned, not counted",
    "forecast": "it was forecast, not counted",
    "capacity": "it is what could be held, not what was",
}


@dataclass(frozen=True, slots=True)
class Gate:
    """``code``: None when comparable, else the test that failed. ``reason``: in words.

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What a claim asks for: its measure's kind, its scope, its time, and the article's date."""

    kind: str
    scope: str | None
    scopes: dict[str, str]
    period: Period | None
    published: date


def gate(asked: Asked, estimate: Estimate, policy: Policy) -> Gate:
    """Whether an estimate of the claim's measure can be set against the claim."""
    if estimate.status != "observed":
        return Gate("status", STATUS_WORDS[estimate.status])
    if estimate.part:
        return Gate("part", f"it is a part, not the whole: {estimate.part}")
    if estimate.scope != asked.scope:
        scope = asked.scopes.get(estimate.scope or "") or estimate.measure.scopes.get(estimate.scope or "")
        return Gate("scope", f"other scope: {scope or estimate.scope or 'not said'}")
    if estimate.value is None:
        return Gate("unit", f"it gives {estimate.why_no_value}")
    if asked.kind == "cumulative":
        return _cumulative(asked, estimate, policy)
    if asked.kind == "stock":
        return _near(asked, estimate, policy.window_days, policy)
    if asked.kind in ("rate", "share"):
        return _near(asked, estimate, 0, policy)
    return Gate(None)


def _near(asked: Asked, estimate: Estimate, window: int, policy: Policy) -> Gate:
    """Stock: dates within the window. Rate and share: the periods overlap (window 0)."""
    period = _dated(estimate)
    if period is None:
        return Gate("time", "its date is not known")
    asked_for = asked.period or _present(asked.published, policy)
    if period.days_from(asked_for) > window:
        averaged = "it averages" if estimate.derived else "it speaks of"
        return Gate("time", f"other time: {averaged} {period}, the claim speaks of {asked_for}")
    return Gate(None)


def _cumulative(asked: Asked, estimate: Estimate, policy: Policy) -> Gate:
    """An earlier count is only a floor, a later one only a ceiling.

    A claim without a date may speak of any time up to the article: an earlier count can then be the
    very one it repeats, and supports it; but it can never contradict it from below.
    """
    period = estimate.period
    if period is None:
        return Gate("time", "its date is not known")
    if estimate.period_from == "published" and asked.period is not None:
        assumed = day(period.end)
        if assumed.days_from(asked.period) > policy.window_days:
            return Gate("time", f"the date of its figure is not known; the page is of {assumed}")
        period = assumed
    first, last = period.end_from, period.end
    if asked.period is None:
        if first > asked.published:
            return Gate(None, "a later count is only a ceiling", opens_bottom=True, may_support=False)
        return Gate(None, "an earlier count is no ceiling", opens_top=last < asked.published)
    if last < asked.period.end_from:
        return Gate(None, "an earlier count is only a floor", opens_top=True, may_support=False)
    if first > asked.period.end:
        return Gate(None, "a later count is only a ceiling", opens_bottom=True, may_support=False)
    return Gate(None)


def _dated(estimate: Estimate) -> Period | None:
    """The estimate's period; of a page that gives none, the day it was published."""
    if estimate.period is not None and estimate.period_from == "published":
        return day(estimate.period.end)
    return estimate.period


def _present(published: date, policy: Policy) -> Period:
    """The time an undated claim of a stock, rate or share speaks of: the window before the article."""
    start = published - timedelta(days=policy.window_days)
    return Period(f"{start}/{published}", start, published, start, published)
