"""Derived estimates: what follows from statements by arithmetic on their intervals.

total ÷ period → rate; growth of a total between two counts → rate; share or relative change × its base;
rate ÷ denominator → share, with each denominator by itself; end − start → duration; and what the book
declares (sums of parts that do not overlap). Inputs, formula and assumptions stay with the result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import reduce
from itertools import pairwise

from tallybook.book import Book, Measure, Period, parse_period
from tallybook.book.records import Derivation, ShareOf
from tallybook.book.units import UnitMismatch, days_in, factor, unit_parts
from tallybook.estimates.estimate import Estimate, stated_estimates
from tallybook.estimates.repeats import repeated
from tallybook.estimates.zones import Stated, exactly, stated
from tallybook.prose import between, bounded, quoted
from tallybook.quantity import Policy

DAYS_OF_LONGEST_MONTH = 31
_VAGUEST = 2.0
"""Two counts whose dates leave the time between them vaguer than this ratio give no rate."""

_TIERS = ("primary", "secondary", "tertiary")
_SIGNS = {"sum": " + ", "difference": " − ", "ratio": " ÷ ", "product": " × "}


def estimates(book: Book, policy: Policy) -> dict[str, Estimate]:
    """All estimates of a book by id, the stated ones first, then the derived ones."""
    found = stated_estimates(book, policy)
    for made in (
        _from_dates(found),
        _declared(book, found),
        _rates(book, found),
        _growth(book, found),
        _of_base(found, policy),
    ):
        found |= {e.id: e for e in list(made)}
    return found | {e.id: e for e in _shares(book, found)}


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

    A total that is a part in time (the deliveries of one year) is the whole of its own period; a part of
    another kind stays one.
    """
    if total.value is None or total.period is None or total.period_from != "stated":
        return None
    span = span_of(total.period)
    if span is None:
        return None
    length, words = _length(rate, *span)
    return replace(
        total,
        id=f"{total.id}/rate",
        measure=rate,
        value=total.value.over(length),
        scope=_scope_of(total, rate),
        formula=f"{_terms(total)} ÷ {words} ({total.period})",
        inputs=(total.id,),
        part=None if total.statement.part_in_time else total.part,
        assumptions=(*total.assumptions, "the deliveries were spread evenly over the period"),
    )


def _length(rate: Measure, shortest: float, longest: float) -> tuple[Stated, str]:
    """A number of days in the rate's own periods, and in words."""
    per = unit_parts(rate.unit)[1] or "day"
    days = days_in(per)
    length = exactly(shortest / days, longest / days)
    upper = f"–{length.core.high:.1f}" if shortest != longest else ""
    return length, f"{length.core.low:.1f}{upper} {per}s"


def _growth(book: Book, found: dict[str, Estimate]) -> Iterator[Estimate]:
    """(total at a later time − total at an earlier one) ÷ the time between → rate.

    Of one origin and scope, from one count to its next; whole totals that state or imply a day.
    """
    repeats = repeated(book, found)
    for rate in book.measures.values():
        series: dict[tuple[str, str | None], list[Estimate]] = defaultdict(list)
        for e in found.values():
            if e.measure.id == rate.rate_of and e.measure.kind == "cumulative" and _countable(e, repeats):
                series[e.statement.origin, e.scope].append(e)
        for totals in series.values():
            for earlier, later in pairwise(_one_a_day(totals)):
                derived = _grown(earlier, later, rate)
                if derived is not None:
                    yield derived


def _countable(e: Estimate, repeats: set[str]) -> bool:
    return (
        e.value is not None
        and not e.derived
        and e.status == "observed"
        and e.part is None
        and e.id not in repeats
        and e.period is not None
        and e.period_from in ("stated", "said")
        and e.period.end != date.max
    )


def _one_a_day(totals: list[Estimate]) -> list[Estimate]:
    """In order of time, one for each end: the one nearest to its origin."""
    best: dict[tuple[date, date], Estimate] = {}
    for e in sorted(totals, key=lambda e: (_TIERS.index(e.source.kind), e.id)):
        assert e.period is not None
        best.setdefault((e.period.end, e.period.end_from), e)
    return [best[key] for key in sorted(best)]


def _grown(earlier: Estimate, later: Estimate, rate: Measure) -> Estimate | None:
    before, after = earlier.period, later.period
    assert before is not None and after is not None
    assert earlier.value is not None and later.value is not None
    starts = (before.start, after.start)
    if before.spans and after.spans and date.min not in starts and not _start_together(before, after):
        return None
    shortest, longest = (after.end_from - before.end).days, (after.end - before.end_from).days
    if shortest <= 0 or longest > _VAGUEST * shortest or later.value.core.high < earlier.value.core.low:
        return None
    length, words = _length(rate, shortest, longest)
    tail = [p.text.rpartition("/")[2] for p in (before, after)]
    period = Period("/".join(tail), before.end_from, after.end, before.end, after.end_from)
    return replace(
        later,
        id=f"{later.id}/growth",
        measure=rate,
        value=later.value.minus(earlier.value).over(length),
        period=period,
        period_from="stated",
        scope=_scope_of(later, rate),
        formula=f"({_terms(later)} − {_terms(earlier)}) ÷ {words} ({period})",
        inputs=(later.id, earlier.id),
        assumptions=("both totals count from the same start", "the deliveries were spread evenly"),
        also=(earlier,),
    )


def _start_together(one: Period, other: Period) -> bool:
    return one.start <= other.start_to and other.start <= one.start_to


def _of_base(found: dict[str, Estimate], policy: Policy) -> Iterator[Estimate]:
    """share × base → count; relative change × base → a bound on the count or rate."""
    for estimate in found.values():
        figure, base_id = estimate.figure, estimate.statement.base
        if figure is None or not figure.share or base_id is None or estimate.derived:
            continue
        base: Estimate | None = found[base_id]
        if base is not None and base.measure.id == estimate.measure.rate_of:
            base = rate_from_total(base, estimate.measure)
        if base is None or base.value is None:
            continue
        share = stated(figure, policy)
        share = share.clipped(1.0) if figure.trend is None else share
        yield replace(
            estimate,
            id=f"{estimate.id}/of-base",
            value=share.times(base.value),
            formula=f"{between(share.core)} × {_terms(base)} ({_named(base)})",
            inputs=(estimate.id, base.id),
            why_no_value=None,
            status=base.status if estimate.status == "observed" else estimate.status,
            part=estimate.part or base.part,
            assumptions=("the words compare with this figure and no other",),
            also=(replace(base, formula=None),),
        )


def _named(base: Estimate) -> str:
    return f"from {quoted(base.statement.words)}, {base.source.publisher}"


def _shares(book: Book, found: dict[str, Estimate]) -> Iterator[Estimate]:
    """rate ÷ denominator → share, each rate by each denominator of the same time and scope."""
    repeats = repeated(book, found)
    by_measure: dict[str, list[Estimate]] = defaultdict(list)
    for e in found.values():
        if e.value is not None and e.id.partition("/")[0] not in repeats and not e.id.endswith("/growth"):
            by_measure[e.measure.id].append(e)
    for measure in book.measures.values():
        for rule in measure.shares:
            for part in by_measure[rule.part]:
                for whole in by_measure[rule.whole or rule.rest or ""]:
                    if _go_together(part, whole):
                        yield from _share(measure, rule, part, whole)


def _go_together(part: Estimate, whole: Estimate) -> bool:
    if part.period is None or whole.period is None or part.scope != part.measure.own_scope:
        return False
    if whole.part is not None and not whole.statement.part_in_time:
        return False
    return part.period.meets(whole.period) and part.period.start != date.min


def _share(measure: Measure, rule: ShareOf, part: Estimate, whole: Estimate) -> Iterator[Estimate]:
    assert part.value is not None and whole.value is not None and part.period is not None
    try:
        other = whole.value.scaled(factor(part.measure, *unit_parts(whole.measure.unit)))
    except UnitMismatch:
        return
    unit = part.measure.unit
    ours, theirs = between(part.value.core), between(other.core)
    if rule.rest:
        value, formula = part.value.share_with(other), f"{ours} ÷ ({ours} + {theirs}) {unit}"
        assumption = f"the whole is that and {_defined(whole)} together"
    else:
        value, formula = part.value.over(other).clipped(1.0), f"{ours} ÷ {theirs} {unit}"
        assumption = f"the whole is {_defined(whole)}"
    kind = "rest" if rule.rest else "whole"
    yield replace(
        part,
        id=f"{part.id}/share-{kind}-{whole.id}",
        measure=measure,
        value=value,
        scope=rule.scope or measure.own_scope,
        formula=f"{formula} ({_named(whole)})",
        inputs=(*(part.inputs or (part.id,)), whole.id),
        status=whole.status if part.status == "observed" else part.status,
        assumptions=(*part.assumptions, assumption),
        also=(*part.also, whole),
    )


def _defined(e: Estimate) -> str:
    """What an estimate is an estimate of, as part of a sentence."""
    text = e.measure.definition.rstrip(".")
    scope = e.measure.scopes.get(e.scope or "") if e.scope != e.measure.own_scope else None
    return f"“{text}” ({scope or e.period})"


def _from_dates(found: dict[str, Estimate]) -> Iterator[Estimate]:
    """end − start → duration, from the dates that a statement gives."""
    for estimate in found.values():
        dates = estimate.statement.dates
        if dates is None or estimate.measure.kind != "duration":
            continue
        start, end = parse_period(dates.start), parse_period(dates.end)
        if start.start == date.min or end.end == date.max:
            continue
        days = days_in(estimate.measure.unit)
        shortest, longest = (end.start - start.end).days, (end.end - start.start).days
        length = exactly(max(0, shortest) / days, max(0, longest) / days)
        yield replace(
            estimate,
            id=f"{estimate.id}/duration",
            value=length,
            formula=f"{dates.end} − {dates.start}",
            inputs=(estimate.id,),
            why_no_value=None,
        )


def _declared(book: Book, found: dict[str, Estimate]) -> Iterator[Estimate]:
    """What the book says follows from statements, because no rule can tell."""
    for declared in book.derivations.values():
        inputs = [found[id_] for id_ in declared.of]
        values = [e.value for e in inputs if e.value is not None]
        if len(values) == len(inputs) and _can_be_made(declared, values):
            yield _made(book, declared, inputs, values)


def _can_be_made(declared: Derivation, values: list[Stated]) -> bool:
    """Nothing is divided by nothing, and no count falls below zero."""
    first, *others = values
    if declared.how == "ratio":
        return others[0].true.high > 0
    return declared.how != "difference" or first.core.high >= others[0].core.low


def _made(book: Book, declared: Derivation, inputs: list[Estimate], values: list[Stated]) -> Estimate:
    combine = {
        "sum": Stated.plus,
        "difference": Stated.minus,
        "ratio": Stated.over,
        "product": Stated.times,
    }[declared.how]
    first, *others = inputs
    measure = book.measures[declared.measure]
    statuses = [e.status for e in inputs if e.status != "observed"]
    period = parse_period(declared.reference_period) if declared.reference_period else first.period
    return replace(
        first,
        id=declared.id,
        measure=measure,
        value=reduce(combine, values),
        period=period,
        period_from="stated" if declared.reference_period else first.period_from,
        scope=declared.scope or measure.own_scope,
        why_no_value=None,
        formula=_SIGNS[declared.how].join(_terms(e) for e in inputs),
        inputs=tuple(declared.of),
        status=statuses[0] if statuses else "observed",
        part=None,
        assumptions=(declared.assumption,),
        also=tuple(others),
    )


def _terms(e: Estimate) -> str:
    """The number named, with the word that bounds it."""
    assert e.value is not None
    number = between(e.value.core)
    if e.figure is None or e.derived:
        return number
    return bounded(e.figure.quantity, number)


def _scope_of(total: Estimate, rate: Measure) -> str | None:
    """A total of its measure's own scope gives a rate of the rate's own scope."""
    return rate.own_scope if total.scope == total.measure.own_scope else total.scope
