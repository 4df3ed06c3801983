"""Derived changes and means: two levels → their change; total ÷ number → mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise

from tallybook.book import Book, Measure, Period
from tallybook.book.units import UnitMismatch, factor, factor_of_difference, times_of_base, unit_parts
from tallybook.estimates.amount import Amount
from tallybook.estimates.change_ends import ends_between
from tallybook.estimates.estimate import Estimate, by_measure
from tallybook.estimates.repeats import repeated
from tallybook.prose import bounded, interval
from tallybook.prose import period as period_words
from tallybook.terms import Kind, PeriodFrom, Status, Tier

STANDS_FOR_ALL = "the number of that day stands for about that of the whole period"
"""What is taken for granted of a stock beside a total of a period."""

MOST_LEVELS = 60
"""Of how many levels of one measure every two give a change; of more, only the neighbours of each origin."""


def changes(book: Book, found: dict[str, Estimate]) -> Iterator[Estimate]:
    """Two levels → their change, in units or in per cent by the unit of the change."""
    measures = [measure for measure in book.measures.values() if measure.change_of]
    repeats = repeated(book, found.values(), found) if measures else frozenset()
    of_measure = by_measure(found.values()) if measures else {}
    for measure in measures:
        levels = [e for e in of_measure.get(measure.change_of or "", ()) if countable(e, repeats)]
        for earlier, later in _pairs(levels):
            made = _change(measure, earlier, later)
            if made is not None:
                yield made


def _pairs(levels: list[Estimate]) -> Iterable[tuple[Estimate, Estimate]]:
    """(earlier, later) of one scope: every two, or of very many the neighbours of each origin."""
    series: dict[tuple[str, str | None], list[Estimate]] = {}
    for e in levels:
        series.setdefault((e.statement.speaker_id, e.scope), []).append(e)
    lines = [one_a_day(line) for line in series.values()]
    if sum(map(len, lines)) > MOST_LEVELS:
        return [pair for line in lines for pair in pairwise(line)]
    every = one_a_day([e for line in lines for e in line])
    return [(a, b) for a, b in combinations(every, 2) if a.scope == b.scope]


def _change(measure: Measure, earlier: Estimate, later: Estimate) -> Estimate | None:
    before, after = earlier.period, later.period
    assert before is not None
    assert after is not None
    assert earlier.amount is not None
    assert later.amount is not None
    if earlier.measure.in_points_of_time:
        if before.end >= after.end_from:
            return None
        ends = [p.text.rpartition("/")[2] for p in (before, after)]
        period = Period("/".join(ends), before.end_from, after.end, before.end, after.end_from)
        base, between = None, ends_between(earlier.measure, before, after)
    else:
        if before.end + timedelta(days=1) != after.start or not _alike(before, after):
            return None
        period, base, between = after, before, None
    try:
        made, sharp, sign = _amounts(measure, earlier, later)
    except UnitMismatch:
        return None
    return replace(
        later,
        id=f"{later.id}/change-{earlier.id}",
        rule="later ÷ earlier − 1" if sign == "÷" else "later − earlier",
        measure=measure,
        amount=made.directed(),
        sharp=sharp.directed() if sharp else None,
        period=period,
        base_period=base,
        ends=between,
        period_from=PeriodFrom.STATED,
        scope=scope_of(later, measure),
        formula=f"{terms_of(later)} {sign} {terms_of(earlier)}{' − 1' if sign == '÷' else ''} "
        f"({period_words(before)} to {period_words(after)})",
        inputs=(later.id, earlier.id),
        assumptions=("both count the same thing in the same way",),
        also=(earlier,),
    )


def _alike(one: Period, other: Period) -> bool:
    """Whether two periods are of one length, as two years and two months are."""
    return abs((one.end - one.start) - (other.end - other.start)) <= timedelta(days=3)


def _amounts(measure: Measure, earlier: Estimate, later: Estimate) -> tuple[Amount, Amount | None, str]:
    assert earlier.amount is not None
    assert later.amount is not None
    top, _ = unit_parts(measure.unit)
    if top in ("percent", "fraction"):
        times = 100.0 if top == "percent" else 1.0
        sharp = None
        if _one_series(earlier, later):
            sharp = later.amount.sharpened(earlier.amount).relative_to(earlier.amount.sharpened(later.amount))
        relative = later.amount.relative_to(earlier.amount)
        return relative.scaled(times), sharp.scaled(times) if sharp else None, "÷"
    scale = factor_of_difference(measure, later.measure)
    sharp = sharp_difference(earlier, later)
    difference = later.amount.minus(earlier.amount).scaled(scale)
    return difference, sharp.scaled(scale) if sharp else None, "−"


def sharp_difference(earlier: Estimate, later: Estimate) -> Amount | None:
    """The difference of two figures of one origin and measure by the finer grain of the two, else None."""
    if not _one_series(earlier, later):
        return None
    assert earlier.amount is not None
    assert later.amount is not None
    return later.amount.sharpened(earlier.amount).minus(earlier.amount.sharpened(later.amount))


def _one_series(one: Estimate, other: Estimate) -> bool:
    return one.statement.speaker_id == other.statement.speaker_id and one.measure.id == other.measure.id


def means(book: Book, found: dict[str, Estimate]) -> Iterator[Estimate]:
    """total ÷ number → mean, of one period and each measure's own scope; a stock of a day in it will do."""
    measures = [measure for measure in book.measures.values() if measure.mean_of]
    repeats = repeated(book, found.values(), found) if measures else frozenset()
    of_measure = by_measure(found.values()) if measures else {}
    for measure in measures:
        assert measure.mean_of is not None
        totals, numbers = (
            [e for e in of_measure.get(id_, ()) if countable(e, repeats)]
            for id_ in (measure.mean_of.total, measure.mean_of.number)
        )
        for total in totals:
            for number in numbers:
                made = _mean(measure, total, number)
                if made is not None:
                    yield made


def _mean(measure: Measure, total: Estimate, number: Estimate) -> Estimate | None:
    assert total.amount is not None
    assert number.amount is not None
    assert total.period is not None
    assert number.period is not None
    stock = number.measure.kind is Kind.STOCK
    within = total.period.start <= number.period.start and number.period.end <= total.period.end
    if not (within if stock else total.period.extent() == number.period.extent()):
        return None
    if total.scope != total.measure.own_scope:
        return None
    if number.scope != number.measure.own_scope or number.amount.core.low <= 0:
        return None
    divisor = number.amount.standing_for_a_period() if stock else number.amount
    base = unit_parts(measure.unit)[1]
    try:
        scale = factor(measure, total.measure.unit, base) * times_of_base(number.measure, base or "")
    except UnitMismatch:
        return None
    return replace(
        total,
        id=f"{total.id}/mean-{number.id}",
        rule="total ÷ number",
        measure=measure,
        amount=total.amount.over(divisor).scaled(scale),
        scope=measure.own_scope,
        formula=f"{terms_of(total)} ÷ {terms_of(number)}",
        inputs=(total.id, number.id),
        assumptions=(
            "the total is that of just these",
            *([STANDS_FOR_ALL] if stock else []),
        ),
        also=(number,),
    )


def countable(e: Estimate, repeats: frozenset[str]) -> bool:
    """Whether a figure may be an input: whole, counted, stated once, with a time that its page states."""
    return (
        e.amount is not None
        and not e.derived
        and e.statement.refused is None
        and e.status == Status.OBSERVED
        and e.part is None
        and e.id not in repeats
        and e.period is not None
        and e.period_from is PeriodFrom.STATED
        and e.period.end != date.max
    )


def one_a_day(totals: list[Estimate]) -> list[Estimate]:
    """In order of time, one of each origin for each end of a period: primary before secondary, and so on."""
    best: dict[tuple[date, date, str], Estimate] = {}
    for e in sorted(totals, key=lambda e: (Tier(e.source.kind).rank, e.id)):
        assert e.period is not None
        best.setdefault((e.period.end, e.period.end_from, e.statement.speaker_id), e)
    return [best[key] for key in sorted(best)]


def terms_of(e: Estimate) -> str:
    """The number named, with the word that bounds it if the estimate is not derived."""
    assert e.amount is not None
    number = interval(e.amount.core)
    if e.figure is None or e.derived:
        return number
    return bounded(e.figure.quantity, number)


def scope_of(total: Estimate, rate: Measure) -> str | None:
    """The scope of a rate: its measure's own if the total is of its measure's own scope, else the total's."""
    return rate.own_scope if total.scope == total.measure.own_scope else total.scope
