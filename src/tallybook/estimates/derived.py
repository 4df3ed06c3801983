"""Derived estimates: computed from statements by interval arithmetic.

total ÷ period → rate; growth between two counts → rate; share or relative change × its base; rate ÷
denominator → share, with each denominator separately; end − start → duration; and the derivations that the
book declares. Changes and means are in ``changes``. Inputs, formula and assumptions are kept with the result.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from itertools import pairwise

from tallybook.book import Book, Measure, Period, parse_period
from tallybook.book.records import Derivation, ShareOf
from tallybook.book.units import UnitMismatch, days_in, factor, numbered, unit_parts
from tallybook.estimates.amount import Amount, amount_of, computed
from tallybook.estimates.change_ends import ends_as_typed
from tallybook.estimates.changes import (
    STANDS_FOR_ALL,
    changes,
    countable,
    means,
    one_a_day,
    scope_of,
    sharp_difference,
    terms_of,
)
from tallybook.estimates.estimate import Estimate, by_measure, stated_estimates
from tallybook.estimates.repeats import repeated
from tallybook.prose import interval, plural, quoted
from tallybook.prose import period as period_words
from tallybook.terms import Form, Kind, PeriodFrom, Status

_VAGUEST = 2.0
"""Two counts give no rate if the longest possible time between them is more than this times the shortest."""

_SIGNS = {"sum": " + ", "difference": " − ", "ratio": " ÷ ", "product": " × "}


def all_estimates(book: Book) -> dict[str, Estimate]:
    """All estimates of a book by id, the stated ones first, then the derived ones."""
    found = stated_estimates(book)
    for made in (
        _from_dates(found),
        _declared(book, found),
        _rates(book, found),
        _growth(book, found),
        _of_base(found),
    ):
        found |= {e.id: e for e in list(made) if _is_finite(e)}
    found |= {e.id: e for e in [*changes(book, found), *means(book, found)] if _is_finite(e)}
    return found | {e.id: e for e in _shares(book, found) if _is_finite(e)}


def _is_finite(e: Estimate) -> bool:
    """Whether it names a number: what is divided by a count that may be 0 names none."""
    return e.amount is None or (math.isfinite(e.amount.core.low) and math.isfinite(e.amount.core.high))


def span_of(period: Period) -> tuple[float, float] | None:
    """The shortest and longest length in days, first and last day included.

    None if an end is open, or if it is a single date. Two ends named with the same precision are both taken
    whole: "September to November" is three months. If one end is less precise than the other ("August" to
    "1 November"), it may be any day of the time named.
    """
    return whole_of(period) if period.spans else None


def whole_of(period: Period) -> tuple[float, float] | None:
    """Likewise of a period that is taken whole: 365 days of a named year."""
    if period.open_start or period.open_end:
        return None
    start, start_to, end_from, end = period.extent()
    return (end_from - start_to) + 1, (end - start) + 1


def whole_months(first: date, last: date) -> int | None:
    """How many months of the calendar begin with one day and end with another; None where they are not whole.

    So it is from 1 January to 31 December, and from 6 April to 5 April.
    """
    if last == date.max:
        return None
    behind = last + timedelta(days=1)
    months = 12 * (behind.year - first.year) + behind.month - first.month
    return months if first.day == behind.day and months > 0 else None


def _rates(book: Book, found: dict[str, Estimate]) -> Iterator[Estimate]:
    """total ÷ period → rate, for each total whose page states its period."""
    totals = by_measure(found.values())
    for rate in book.measures.values():
        for estimate in totals.get(rate.rate_of or "", ()):
            derived = rate_from_total(estimate, rate)
            if derived is not None:
                yield derived


def rate_from_total(total: Estimate, rate: Measure) -> Estimate | None:
    """A total over a stated period as a rate; None if it has no such period.

    A total that is a part in time (the deliveries of one year) is the whole of its own period; any other
    part remains a part.
    """
    if total.amount is None or total.period_from is not PeriodFrom.STATED:
        return None
    assert total.period is not None
    span = span_of(total.period) if total.measure.in_points_of_time else whole_of(total.period)
    if span is None:
        return None
    months = whole_months(total.period.start, total.period.end) if span[0] == span[1] else None
    length, words = _length(rate, *span, months)
    return replace(
        total,
        id=f"{total.id}/rate",
        rule="total ÷ period",
        measure=rate,
        amount=total.amount.over(length),
        scope=scope_of(total, rate),
        formula=f"{terms_of(total)} ÷ {words} ({period_words(total.period)})",
        inputs=(total.id,),
        part=None if total.statement.part_in_time else total.part,
        assumptions=(*total.assumptions, "the deliveries were spread evenly over the period"),
    )


def _length(rate: Measure, shortest: float, longest: float, months: int | None = None) -> tuple[Amount, str]:
    """A number of days, counted in the period of the rate's unit, as an amount and in words.

    ``months``: how many of the calendar they are, where they are whole ones: a year has twelve, whether it
    has 365 days or 366, and January is one month.
    """
    per = unit_parts(rate.unit)[1] or "day"
    days = days_in(per)
    in_months = days / days_in("month")
    if months is not None and in_months >= 1 and math.isclose(in_months, round(in_months)):
        length = computed(months / round(in_months), months / round(in_months))
    else:
        length = computed(shortest / days, longest / days)
    tenths = length.core.map(lambda x: round(x, 1))
    return length, f"{interval(tenths)} {per if tenths.low == tenths.high == 1 else plural(per)}"


def _growth(book: Book, found: dict[str, Estimate]) -> Iterator[Estimate]:
    """(later total − earlier total) ÷ the time between → rate.

    For consecutive whole totals of one origin and scope, at times that the page states or when it was said.
    """
    repeats = repeated(book, found.values(), found)
    of_measure = by_measure(found.values())
    for rate in book.measures.values():
        series: dict[tuple[str, str | None], list[Estimate]] = defaultdict(list)
        for e in of_measure.get(rate.rate_of or "", ()):
            if e.measure.in_points_of_time and countable(e, repeats):
                series[e.statement.speaker_id, e.scope].append(e)
        for totals in series.values():
            for earlier, later in pairwise(one_a_day(totals)):
                derived = _grown(earlier, later, rate)
                if derived is not None:
                    yield derived


def _grown(earlier: Estimate, later: Estimate, rate: Measure) -> Estimate | None:
    before, after = earlier.period, later.period
    assert before is not None
    assert after is not None
    assert earlier.amount is not None
    assert later.amount is not None
    starts = (before.start, after.start)
    if before.spans and after.spans and date.min not in starts and not _start_together(before, after):
        return None
    shortest, longest = (after.end_from - before.end).days, (after.end - before.end_from).days
    if longest > _VAGUEST * shortest:
        return None
    falls = later.amount.core.high < earlier.amount.core.low
    if falls and later.measure.cumulative:
        return None
    months = None
    if shortest == longest:  # from the end of one day to that of another
        months = whole_months(before.end + timedelta(days=1), after.end)
    length, words = _length(rate, shortest, longest, months)
    sharp = sharp_difference(earlier, later)
    tail = [p.text.rpartition("/")[2] for p in (before, after)]
    period = Period("/".join(tail), before.end_from, after.end, before.end, after.end_from)
    return replace(
        later,
        id=f"{later.id}/growth",
        rule="growth ÷ time",
        measure=rate,
        amount=later.amount.minus(earlier.amount).over(length),
        sharp=sharp.over(length) if sharp else None,
        period=period,
        period_from=PeriodFrom.STATED,
        scope=scope_of(later, rate),
        formula=f"({terms_of(later)} − {terms_of(earlier)}) ÷ {words} ({period_words(period)})",
        inputs=(later.id, earlier.id),
        assumptions=("both totals count from the same start", "the deliveries were spread evenly"),
        also=(earlier,),
    )


def _start_together(one: Period, other: Period) -> bool:
    return one.start <= other.start_to and other.start <= one.start_to


def _of_base(found: dict[str, Estimate]) -> Iterator[Estimate]:
    """share × base → count; relative change × base → a bound on the count or rate."""
    for estimate in found.values():
        figure, base_id = estimate.figure, estimate.statement.base
        if figure is None or base_id is None:
            continue
        base: Estimate | None = found[base_id]
        if base is not None and base.measure.id == estimate.measure.rate_of:
            base = rate_from_total(base, estimate.measure)
        if base is None or base.amount is None:
            continue
        share = amount_of(figure, estimate.measure)
        if figure.trend is None:
            share = share.clipped(1.0)
        elif figure.quantity.form is not Form.RATIO:
            share = share.beside_one(figure.trend)
        yield replace(
            estimate,
            id=f"{estimate.id}/of-base",
            rule="ratio × base",
            amount=share.times(base.amount),
            formula=f"{interval(share.core)} × {terms_of(base)} ({_named(base)})",
            inputs=(estimate.id, base.id),
            why_no_amount=None,
            status=base.status if estimate.status == Status.OBSERVED else estimate.status,
            part=estimate.part or base.part,
            assumptions=("the words compare with this figure and no other",),
            also=(replace(base, formula=None),),
        )


def _named(base: Estimate) -> str:
    return f"from {quoted(base.statement.words)}, {base.source.publisher}"


def _shares(book: Book, found: dict[str, Estimate]) -> Iterator[Estimate]:
    """rate ÷ denominator → share, for each rate of its own scope and each overlapping denominator."""
    repeats = repeated(book, found.values(), found)
    of_measure = by_measure(
        e
        for e in found.values()
        if e.amount is not None and e.id.partition("/")[0] not in repeats and not e.id.endswith("/growth")
    )
    for measure in book.measures.values():
        for rule in measure.shares:
            for part in of_measure.get(rule.part, ()):
                for whole in of_measure.get(rule.whole or rule.rest or "", ()):
                    if _go_together(part, whole):
                        yield from _share(measure, rule, part, whole)


def _go_together(part: Estimate, whole: Estimate) -> bool:
    if part.period is None or whole.period is None or part.scope != part.measure.own_scope:
        return False
    if whole.part is not None and not whole.statement.part_in_time:
        return False
    if part.period.start == date.min:
        return False
    if are_sums_of_periods(part.measure, whole.measure):
        return part.period.extent() == whole.period.extent()
    return part.period.meets(whole.period)


def are_sums_of_periods(part: Measure, whole: Measure) -> bool:
    """Whether both add up over a period, so that one is a share of the other only of the same period: what
    happened in a year is no share of what happened in its March."""
    return all(m.kind is Kind.TOTAL and not (m.cumulative or m.once) for m in (part, whole))


def _of_one_day(part: Estimate, whole: Estimate) -> bool:
    """Whether both are of one day, or of days that are named alike."""
    assert part.period is not None and whole.period is not None
    return part.measure.in_points_of_time and part.period.text == whole.period.text


def _share(measure: Measure, rule: ShareOf, part: Estimate, whole: Estimate) -> Iterator[Estimate]:
    assert part.amount is not None
    assert whole.amount is not None
    try:
        other = whole.amount.scaled(factor(part.measure, *unit_parts(whole.measure.unit)))
    except UnitMismatch:
        return
    assumptions = part.assumptions
    if whole.measure.kind is Kind.STOCK and not _of_one_day(part, whole):
        other = other.standing_for_a_period()
        assumptions = (*assumptions, STANDS_FOR_ALL)
    unit = part.measure.unit
    own_whole = whole.scope == whole.measure.own_scope
    ours, theirs = interval(part.amount.core), interval(other.core)
    if rule.rest:
        value, formula = part.amount.share_with(other), f"{ours} ÷ ({ours} + {theirs}) {unit}"
        assumption = f"the whole is that and {_defined(whole)} together"
    else:
        value, formula = part.amount.over(other).clipped(1.0), f"{ours} ÷ {theirs} {unit}"
        assumption = f"the whole is {_defined(whole)}"
    kind = "rest" if rule.rest else "whole"
    yield replace(
        part,
        id=f"{part.id}/share-{kind}-{whole.id}",
        rule="part ÷ whole",
        measure=measure,
        amount=value,
        scope=(rule.scope or measure.own_scope) if own_whole else whole.scope,
        formula=f"{formula} ({_named(whole)})",
        inputs=(*(part.inputs or (part.id,)), whole.id),
        status=whole.status if part.status == Status.OBSERVED else part.status,
        assumptions=(*assumptions, assumption),
        also=(*part.also, whole),
    )


def _defined(e: Estimate) -> str:
    """The definition of an estimate's measure, with its scope or time, as part of a sentence."""
    text = e.measure.definition.rstrip(".")
    scope = e.measure.scopes.get(e.scope or "") if e.scope != e.measure.own_scope else None
    time = period_words(e.period) if e.period else "no date"
    return f"“{text}” ({scope or time})"


def _from_dates(found: dict[str, Estimate]) -> Iterator[Estimate]:
    """end − start → duration, from the ``dates`` of a statement."""
    for estimate in found.values():
        dates = estimate.statement.dates
        if dates is None:
            continue
        start, end = parse_period(dates.start), parse_period(dates.end)
        if start.start == date.min or end.end == date.max:
            continue
        days = days_in(estimate.measure.unit)
        shortest, longest = (end.start - start.end).days, (end.end - start.start).days
        length = computed(max(0, shortest) / days, longest / days)
        yield replace(
            estimate,
            id=f"{estimate.id}/duration",
            rule="end − start",
            amount=length,
            formula=f"{period_words(end)} − {period_words(start)}",
            inputs=(estimate.id,),
            why_no_amount=None,
        )


def _declared(book: Book, found: dict[str, Estimate]) -> Iterator[Estimate]:
    """The derivations that the book declares, because no rule can tell that they are valid."""
    for declared in book.derivations.values():
        inputs = [found[id_] for id_ in declared.of]
        values = [e.amount for e in inputs if e.amount is not None]
        if len(values) == len(inputs) and _can_be_made(declared, values):
            yield _made(book, declared, inputs, values)


def _can_be_made(declared: Derivation, values: list[Amount]) -> bool:
    """Whether the difference is not certain to be negative."""
    return declared.how != "difference" or values[0].core.high >= values[1].core.low


def _made(book: Book, declared: Derivation, inputs: list[Estimate], values: list[Amount]) -> Estimate:
    combine = {
        "sum": Amount.plus,
        "difference": Amount.minus,
        "ratio": Amount.over,
        "product": Amount.times,
    }[declared.how]
    first, *others = inputs
    measure = book.measures[declared.measure]
    amount = reduce(combine, values)
    if declared.how == "ratio":  # deaths ÷ people, per 100,000 people
        amount = amount.scaled(numbered(unit_parts(measure.unit)[1] or "")[0])
    statuses = [e.status for e in inputs if e.status != Status.OBSERVED]
    typed = declared.reference_period
    period = parse_period(typed, measure.first_month) if typed else first.period
    return replace(
        first,
        id=declared.id,
        rule=declared.how,
        measure=measure,
        amount=amount,
        period=period,
        period_from=PeriodFrom.STATED if declared.reference_period else first.period_from,
        ends=ends_as_typed(measure, book.measures.get(measure.change_of or ""), period, first.base_period),
        scope=declared.scope or measure.own_scope,
        why_no_amount=None,
        formula=_SIGNS[declared.how].join(terms_of(e) for e in inputs),
        inputs=tuple(declared.of),
        status=statuses[0] if statuses else Status.OBSERVED,
        part=None,
        assumptions=(declared.assumption,),
        also=tuple(others),
    )
