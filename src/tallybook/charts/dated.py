"""What a timeline draws: a row a figure, at the time that it refers to, never at the date of the page.

Made once from the records of a comparison, with one scale of days and one of numbers; the painters
(``timeline.py`` for figures, ``timeline_table.py`` for notebooks and pages) draw these rows as they are.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tallybook.charts.interval_rows import (
    MOST_OPEN,
    MOST_ROWS,
    ClaimBand,
    bands_of,
    of_measure,
    precedence,
)
from tallybook.charts.scale import Scale, fit
from tallybook.charts.wording import estimate_words, heading_of
from tallybook.prose import day, month, unit_words
from tallybook.prose import period as period_words
from tallybook.quantity import Interval
from tallybook.terms import Kind, Status

if TYPE_CHECKING:
    from tallybook.book import Measure, Period
    from tallybook.estimates.estimate import Estimate
    from tallybook.quantity import Policy
    from tallybook.tables.case import Case
    from tallybook.verdicts import Comparison

_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 12000, 24000, 60000, 120000)
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

    @property
    def time(self) -> Days:
        return Days(Interval(self.at, self.at), _days(self.start, self.stop))

    @property
    def when(self) -> str:
        assert self.named.period is not None
        return period_words(self.named.period)

    @property
    def pages(self) -> int:
        return len({estimate.source.id for estimate in self.estimates})


@dataclass(frozen=True, slots=True)
class Days:
    """A time as it is placed on the scale of days: ``core`` is its mark, ``zone`` runs from its first day to
    its last, without a limit where it has no such end."""

    core: Interval
    zone: Interval


@dataclass(frozen=True, slots=True)
class DatedClaim:
    """A claim with the time that it is about: ``when`` in words, and its days, marked at the article's."""

    band: ClaimBand
    when: str
    time: Days


@dataclass(frozen=True, slots=True)
class FamilyRows:
    """One family's figures in the order of time; ``opened``: those of them that a page does not fold away."""

    name: str
    pages: int
    origins: int
    rows: tuple[Dot, ...]
    opened: tuple[Dot, ...]

    @property
    def folded(self) -> tuple[Dot, ...]:
        there = set(map(id, self.opened))
        return tuple(dot for dot in self.rows if id(dot) not in there)


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """``days``, ``sizes``: the scales of time and of numbers. ``undated``: figures without a date or number;
    ``figures``: all of the measure; ``left_out``: dated ones for which there is no row."""

    measure: Measure
    claims: tuple[DatedClaim, ...]
    published: date
    families: tuple[FamilyRows, ...]
    figures: int
    left_out: int
    undated: tuple[Estimate, ...]
    days: Scale
    sizes: Scale

    @property
    def title(self) -> str:
        return heading_of(self.measure)

    @property
    def rows(self) -> list[Dot]:
        return [dot for family in self.families for dot in family.rows]

    @property
    def axis(self) -> str:
        """What the two scales count: "left: the time that a figure refers to; right: soldiers"."""
        return f"{unit_words(self.measure.unit)}{', on a logarithmic scale' if self.sizes.log else ''}"


def timeline_picture(case: Case, measure: str, *, as_of: str) -> TimelinePicture:
    """The dated figures of a measure, families with most of them first. UnknownName: no such measure."""
    comparison = case.comparison(as_of)
    chosen, about = of_measure(case, comparison, measure)
    there: dict[str, list[Estimate]] = defaultdict(list)
    for estimate in comparison.estimates.values():
        if estimate.measure.id == measure:
            there[comparison.families[estimate.statement.speaker_id].name].append(estimate)
    found = {name: dots(estimates, about, comparison.policy) for name, estimates in there.items()}
    names = sorted((name for name in found if found[name]), key=lambda name: (-len(found[name]), name))
    order = _turns([found[name] for name in names])
    kept, opened = (set(map(id, order[:most])) for most in (MOST_ROWS, MOST_OPEN))
    families = [_family_rows(name, there[name], found[name], kept, opened) for name in names]
    claims = _dated_claims(comparison, chosen)
    dated = [estimate for dot in order for estimate in dot.estimates]
    rows = [dot for family in families for dot in family.rows]
    everybody = [estimate for estimates in there.values() for estimate in estimates]
    drawn = {estimate.id for estimate in dated}
    return TimelinePicture(
        about,
        claims,
        case.published,
        tuple(family for family in families if family.rows),
        len(everybody),
        len(dated) - sum(len(dot.estimates) for dot in rows),
        tuple(estimate for estimate in everybody if estimate.id not in drawn),
        _scale_of_days([dot.time for dot in rows], claims, case.published),
        fit([*rows, *(claim.band for claim in claims)], level=about.kind is Kind.LEVEL),
    )


def _turns(families: Sequence[Sequence[Dot]]) -> list[Dot]:
    """The figures of all families by turns: of each the counted wholes first, the newest first."""
    ranked = []
    for place, found in enumerate(families):
        joined = set(map(id, line(list(found))))
        own = sorted(found, key=lambda dot: (id(dot) not in joined, bool(dot.aside), -dot.at, -dot.height))
        ranked += [(turn, place, dot) for turn, dot in enumerate(own)]
    return [dot for _, _, dot in sorted(ranked, key=lambda one: one[:2])]


def _family_rows(
    name: str, estimates: Sequence[Estimate], found: Sequence[Dot], kept: set[int], opened: set[int]
) -> FamilyRows:
    return FamilyRows(
        name,
        len({e.source.id for e in estimates}),
        len({e.statement.speaker_id for e in estimates}),
        tuple(dot for dot in found if id(dot) in kept),
        tuple(dot for dot in found if id(dot) in opened),
    )


def _dated_claims(comparison: Comparison, chosen: Sequence[str]) -> tuple[DatedClaim, ...]:
    return tuple(
        DatedClaim(band, *_claim_time(comparison.claims[band.claim].stated_period, comparison, band.claim))
        for band in bands_of(comparison, chosen)
    )


def _claim_time(stated: Period | None, comparison: Comparison, claim: str) -> tuple[str, Days]:
    """The time that a claim is about; the article's day where it names none."""
    published = comparison.claims[claim].published
    at = Interval(published.toordinal(), published.toordinal())
    if stated is None:
        return f"no time named; the article is of {day(published)}", Days(at, at)
    start, stop = _ends(stated)
    return period_words(stated), Days(at, _days(start, stop))


def _ends(period: Period) -> tuple[int | None, int | None]:
    """The first and the last day of a period as numbers; None where it has no such end."""
    start = None if period.start == date.min else period.start.toordinal()
    return start, None if period.end == date.max else period.end.toordinal()


def _days(start: int | None, stop: int | None) -> Interval:
    return Interval(-math.inf if start is None else start, math.inf if stop is None else stop)


def _scale_of_days(times: Iterable[Days], claims: Iterable[DatedClaim], published: date) -> Scale:
    """From the first day that is drawn to the last, with a margin."""
    there = [*times, *(claim.time for claim in claims)]
    drawn = [value for time in there for value in (time.core.low, time.zone.low, time.zone.high)]
    days = [value for value in drawn if math.isfinite(value)] + [published.toordinal()]
    slack = max(20, (max(days) - min(days)) / 40)
    return Scale(min(days) - slack, max(days) + slack, log=False)


def day_ticks(scale: Scale, most: int) -> dict[float, str]:
    """The first of months on a scale of days with its label: "Nov 2024", or "2024" where all are January."""
    starts = list(month_starts(int(scale.low), int(scale.high), most))
    years = len(starts) > 1 and all(first.month == 1 for _, first in starts)
    return {
        at: str(first.year) if years else f"{month(first, short=True)} {first.year}" for at, first in starts
    }


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
    start, stop = _ends(period)
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
    """Day numbers of the first of months between two days, at round distances, about ``most`` of them.

    The days may lie outside the calendar, as the margin beside a mark of the year 1 or 9999 does.
    """
    begin = date.fromordinal(max(first, date.min.toordinal()))
    end = date.fromordinal(min(last, date.max.toordinal()))
    months = (end.year - begin.year) * 12 + end.month - begin.month + 1
    step = next(step for step in _STEPS if months / step <= most)
    number = begin.year * 12
    while number <= end.year * 12 + end.month - 1:
        day = date(number // 12, number % 12 + 1, 1)
        if first <= day.toordinal() <= last:
            yield day.toordinal(), day
        number += step
