"""What a timeline draws: estimates at the dates that they refer to, never at the date of the page."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tallybook.charts.interval_rows import precedence
from tallybook.charts.wording import estimate_words
from tallybook.terms import Status

if TYPE_CHECKING:
    from tallybook.book import Measure
    from tallybook.estimates.estimate import Estimate
    from tallybook.quantity import Interval, Policy

_DATED_BY = frozenset({"stated", "said"})


@dataclass(frozen=True)
class Dot:
    """One figure at one time: its estimates, whose first is named, and its dates as day numbers.

    ``start`` or ``stop`` is None where the period has no such end. ``aside`` says why it is no part
    of the line ("planned", "a part", "other scope", "derived"), or nothing.
    """

    estimates: tuple[Estimate, ...]
    figure: str
    core: Interval
    zone: Interval
    at: int
    start: int | None
    stop: int | None
    aside: str

    @property
    def named(self) -> Estimate:
        return self.estimates[0]

    @property
    def height(self) -> float:
        """The number named, or the middle of a stated range."""
        return (self.core.low + self.core.high) / 2

    @property
    def label(self) -> str:
        return f"{self.aside}: {self.figure}" if self.aside else self.figure


def dots(estimates: Iterable[Estimate], measure: Measure, policy: Policy) -> list[Dot]:
    """The dated figures of one family in the order of time; those with the same number and date as one."""
    folded: dict[Hashable, list[Dot]] = {}
    for estimate in sorted(estimates, key=precedence):
        dot = _dot(estimate, measure, policy)
        if dot is not None:
            folded.setdefault((dot.label, dot.core, dot.start, dot.stop), []).append(dot)
    found = [_together(same) for same in folded.values()]
    return sorted(found, key=lambda dot: (dot.at, dot.height))


def _dot(estimate: Estimate, measure: Measure, policy: Policy) -> Dot | None:
    """None for an estimate without a number, or without a date that it refers to."""
    amount, period = estimate.amount, estimate.period
    if amount is None or period is None or estimate.period_from not in _DATED_BY:
        return None
    start = None if period.start == date.min else period.start.toordinal()
    stop = None if period.end == date.max else period.end.toordinal()
    if start is None and stop is None:
        return None
    zones = amount.under(policy)
    figure = estimate_words(estimate, zones)
    at, aside = _reference_day(start, stop, measure), _aside(estimate, measure)
    return Dot((estimate,), figure, zones.core, zones.true, at, start, stop, aside)


def _together(same: list[Dot]) -> Dot:
    first = same[0]
    estimates = tuple(dot.named for dot in same)
    return Dot(
        estimates, first.figure, first.core, first.zone, first.at, first.start, first.stop, first.aside
    )


def line(found: list[Dot]) -> list[Dot]:
    """What the step line joins: observed wholes of the measure's own scope, one a day."""
    chosen: dict[int, Dot] = {}
    for dot in sorted((dot for dot in found if not dot.aside), key=lambda dot: precedence(dot.named)):
        chosen.setdefault(dot.at, dot)
    return [chosen[day] for day in sorted(chosen)]


def _reference_day(start: int | None, stop: int | None, measure: Measure) -> int:
    """A count "since …" is reached at the end of its period; a rate or a share holds for all of it."""
    if start is None or stop is None:
        return stop if stop is not None else start if start is not None else 0
    return stop if measure.cumulative else (start + stop) // 2


def _aside(estimate: Estimate, measure: Measure) -> str:
    if estimate.derived:
        return "derived"
    if estimate.status != Status.OBSERVED:
        return str(estimate.status)
    if estimate.part:
        return "a part"
    return "other scope" if estimate.scope and estimate.scope != measure.own_scope else ""


def month_starts(first: int, last: int, most: int = 5) -> Iterator[tuple[int, date]]:
    """Day numbers of the first of months between two days, at round distances, ``most`` at the most.

    The days may lie outside the calendar, as the margin beside a mark of the year 1 or 9999 does.
    """
    begin = date.fromordinal(max(first, date.min.toordinal()))
    end = date.fromordinal(min(last, date.max.toordinal()))
    months = (end.year - begin.year) * 12 + end.month - begin.month + 1
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 600, 12000, 24000) if months / step <= most)
    number = begin.year * 12
    while number <= end.year * 12 + end.month - 1:
        day = date(number // 12, number % 12 + 1, 1)
        if first <= day.toordinal() <= last:
            yield day.toordinal(), day
        number += step
