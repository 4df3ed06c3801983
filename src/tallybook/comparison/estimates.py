"""Estimates: what the sources' statements say, each in its measure's unit, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tallybook.book import Book, Figure, Measure, Period, Source, Statement, figure_of, parse_period
from tallybook.book.periods import until
from tallybook.book.units import UnitMismatch, days_in
from tallybook.comparison.stated import Stated, exactly, stated
from tallybook.comparison.wording import between, quoted
from tallybook.quantity import Policy

DAYS_OF_LONGEST_MONTH = 31


@dataclass(frozen=True)
class Estimate:
    """One statement as an estimate of a measure; or one derived from statements.

    ``value`` is None for a share of another figure and for a date: they are no number of the measure.
    ``period_from`` says where the period comes from: "stated" (the page gives it), "said" (the day it
    was said), "published" (no later than the page), "unknown". ``formula``, ``inputs``: of a derived one.
    """

    id: str
    statement: Statement
    source: Source
    measure: Measure
    figure: Figure | None
    value: Stated | None
    period: Period | None
    period_from: str
    scope: str | None
    why_no_value: str | None = None
    formula: str | None = None
    inputs: tuple[str, ...] = ()
    status: str = "observed"
    part: str | None = None

    @property
    def derived(self) -> bool:
        return self.formula is not None

    @property
    def known_on(self) -> date | None:
        """The first day that somebody could have read it, as far as it is known."""
        if self.source.published:
            return self.source.published
        if self.statement.stated:
            return parse_period(self.statement.stated).start
        return self.period.start if self.period and self.period.start != date.min else None


def estimates(book: Book, policy: Policy) -> dict[str, Estimate]:
    """All estimates of a book by id, the stated ones first, then the derived ones."""
    found = {s.id: _estimate(book, s, policy) for s in book.statements.values()}
    derived = (*_from_dates(found), *_rates(book, found), *_of_base(found, policy))
    return found | {e.id: e for e in derived}


def _estimate(book: Book, statement: Statement, policy: Policy) -> Estimate:
    source, measure = book.source_of[statement.id], book.measures[statement.measure]
    figure = figure_of(statement, measure, source.language)
    value, why = None, None
    if figure is None:
        why = "a date" if measure.kind == "date" else "dates, not a number"
    elif figure.share:
        why = f"a share or change of another figure ({statement.base})"
    else:
        try:
            value = stated(figure, measure, policy)
        except UnitMismatch as mismatch:
            why = str(mismatch)
    period, period_from = _period(statement, source)
    return Estimate(
        statement.id,
        statement,
        source,
        measure,
        figure,
        value,
        period,
        period_from,
        statement.scope or measure.own_scope,
        why,
        status=statement.status,
        part=statement.part,
    )


def _period(statement: Statement, source: Source) -> tuple[Period | None, str]:
    if statement.reference_period:
        return parse_period(statement.reference_period), "stated"
    if statement.stated:
        return parse_period(statement.stated), "said"
    if source.published:
        return until(source.published), "published"
    return None, "unknown"


def span_of(period: Period) -> tuple[float, float] | None:
    """The shortest and longest length in days, first and last day inside; None if an end is open.

    Two ends named alike are both taken whole: "September to November" is three months. Where one end
    is named more coarsely than the other ("August" to "1 November"), it may lie anywhere in itself.
    """
    if not period.spans or period.start == date.min or period.end == date.max:
        return None
    longest = (period.end - period.start).days + 1
    if _fineness(period.start, period.start_to) == _fineness(period.end_from, period.end):
        return longest, longest
    return (period.end_from - period.start_to).days + 1, longest


def _fineness(first: date, last: date) -> str:
    days = (last - first).days + 1
    return "day" if days == 1 else "month" if days <= DAYS_OF_LONGEST_MONTH else "year"


def _rates(book: Book, found: dict[str, Estimate]) -> Iterator[Estimate]:
    """total ÷ period → rate, for each total that states its period."""
    for rate in book.measures.values():
        if rate.rate_of is None:
            continue
        for estimate in found.values():
            if estimate.measure.id == rate.rate_of:
                derived = rate_from_total(estimate, rate)
                if derived is not None:
                    yield derived


def rate_from_total(total: Estimate, rate: Measure) -> Estimate | None:
    """A total over a stated period as a rate; None if it has no such period.

    A total that is a part in time (the deliveries of one year) is the whole of its own period.
    """
    if total.value is None or total.period is None or total.period_from != "stated":
        return None
    span = span_of(total.period)
    if span is None:
        return None
    per = rate.unit.rpartition("/")[2].strip()
    days = days_in(per)
    length = exactly(span[0] / days, span[1] / days)
    longest = f"–{length.core.high:.1f}" if span[0] != span[1] else ""
    formula = f"{between(total.value.core)} ÷ {length.core.low:.1f}{longest} {per}s ({total.period})"
    return replace(
        total,
        id=f"{total.id}/rate",
        measure=rate,
        value=total.value.over(length),
        scope=_scope_of(total, rate),
        formula=formula,
        inputs=(total.id,),
        part=None,
    )


def _of_base(found: dict[str, Estimate], policy: Policy) -> Iterator[Estimate]:
    """share × base → count; relative change × base → a bound on the count or rate."""
    for estimate in found.values():
        figure, base_id = estimate.figure, estimate.statement.base
        if figure is None or not figure.share or base_id is None:
            continue
        base: Estimate | None = found[base_id]
        if base is not None and base.measure.id == estimate.measure.rate_of:
            base = rate_from_total(base, estimate.measure)
        if base is None or base.value is None:
            continue
        share = stated(figure, estimate.measure, policy)
        share = share.clipped(1.0) if figure.trend is None else share
        formula = f"{between(share.core)} × {between(base.value.core)} ({_named(base)})"
        yield replace(
            estimate,
            id=f"{estimate.id}/of-base",
            value=share.times(base.value),
            formula=formula,
            inputs=(estimate.id, base.id),
            why_no_value=None,
        )


def _named(base: Estimate) -> str:
    return f"from {quoted(base.statement.words)}, {base.source.publisher}"


def _from_dates(found: dict[str, Estimate]) -> Iterator[Estimate]:
    """end − start → duration, from the dates that a statement gives."""
    for estimate in found.values():
        dates = estimate.statement.dates
        if dates is None:
            continue
        start, end = parse_period(dates.start), parse_period(dates.end)
        length = exactly((end.start - start.end).days, (end.end - start.start).days)
        yield replace(
            estimate,
            id=f"{estimate.id}/duration",
            value=length,
            formula=f"{dates.end} − {dates.start}",
            inputs=(estimate.id,),
            why_no_value=None,
        )


def _scope_of(total: Estimate, rate: Measure) -> str | None:
    """A total of its measure's own scope gives a rate of the rate's own scope."""
    return rate.own_scope if total.scope == total.measure.own_scope else total.scope
