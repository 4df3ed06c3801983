"""Relations of rates, times and totals, and of lengths and years, by forms and units alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, POINTS, is_length_of_time, zones
from tallybook.consistency.level_units import factor_between
from tallybook.consistency.periods import base_of, times, times_of_work
from tallybook.consistency.rate_totals import compared, is_total, timed_exactly
from tallybook.consistency.rates import (
    WORK,
    any_meets,
    is_tariff,
    may_be_events,
    one_unit,
    size_between,
    worded,
)
from tallybook.consistency.timed import Timed
from tallybook.consistency.weighed_figures import Figure
from tallybook.consistency.weighed_kinds import RATE, TOTAL, YEARS, Relation, Test, check_of, with_words
from tallybook.estimates.zones import Zones, exactly
from tallybook.prose import digits
from tallybook.reading import Mention

_SPANS = {"year": 1.0, "decade": 10.0}
_NO_TOTALS = frozenset({PER_CENT, *POINTS})


def of_rates(text: str, rates: Sequence[Timed], figures: Sequence[Figure]) -> Iterator[Relation]:
    """A rate beside another of the same thing, and beside a time and a total."""
    plain = [one.mention for one in figures if one.is_level and base_of(one.mention.per) is None]
    for first, second in combinations(rates, 2):
        relation = _two_rates(text, first, second)
        if relation is not None:
            yield relation
    for one in rates:
        rate = one.mention
        if one.kind != "rate" or rate is None:
            continue
        if rate.per is None:
            rate = rate._replace(per=one.base[1])
        for span in plain:
            if is_length_of_time(span) and span.start != rate.start:
                yield from _totals(text, rate, span, plain)


def _two_rates(text: str, first: Timed, second: Timed) -> Relation | None:
    one, other = first.mention, second.mention
    if one is None or other is None or first.base == second.base or one.start == other.start:
        return None
    if not (one_unit(text, first, second) or may_be_events(first, second)):
        return None
    size = size_between(first, second)
    if size is None or second.kind == "every" or is_tariff(text, first, second):
        return None
    ways = [way * size for way in times(first.base[1], second.base[1])]
    named = WORK.search(text, one.sentence[0], other.sentence[1]) is not None
    work = [way * size for way in times_of_work(first.base[1], second.base[1], named=named)]
    made = first.size * ways[0] * second.base[0]
    stated = other.low / (base[0] if (base := base_of(other.per)) else 1.0)

    asked = (first, second, ways, work)
    return Relation(RATE, other, (one,), stated, made, (), _TWO_RATES, asked)


def _agree(first: Timed, second: Timed, ways: Sequence[float], _work: Sequence[float]) -> bool:
    return any_meets(first, second, ways)


def _told_rates(first: Timed, second: Timed, ways: Sequence[float], work: Sequence[float]) -> Check | None:
    closes = any_meets(first, second, ways)
    if not closes and any_meets(first, second, work):
        return None  # it is open whether days and hours of work are meant
    figures = [one.mention for one in (first, second) if one.mention is not None]
    return with_words(worded(first, second, ways[0], closes=closes), figures)


_TWO_RATES = Test(_agree, _told_rates)


def _totals(text: str, rate: Mention, span: Mention, plain: Sequence[Mention]) -> Iterator[Relation]:
    base, during = base_of(rate.per), base_of(span.unit)
    if base is None or during is None:
        return
    way = next(iter(times(base[1], during[1])))
    for total in plain:
        if total.start in (rate.start, span.start) or total.unit in _NO_TOTALS:
            continue
        size = factor_between(rate.unit, total.unit)
        if size is None or (is_length_of_time(total) and total.unit != rate.unit):
            continue
        made = rate.low / base[0] * span.low * way * size
        asked = (text, rate, span, total, size)
        yield Relation(TOTAL, total, (rate, span), total.low, made, (), _TOTAL, asked)


def _is_so(_text: str, rate: Mention, span: Mention, total: Mention, size: float) -> bool | None:
    return is_total(rate, span, total, _long(span), size)


def _told_total(text: str, rate: Mention, span: Mention, total: Mention, size: float) -> Check | None:
    named = WORK.search(text, rate.sentence[0], total.sentence[1]) is not None
    check = compared(text, rate, span, total, _long(span), size, named=named)
    return with_words(check, (rate, span, total))


_TOTAL = Test(_is_so, _told_total)


def _long(span: Mention) -> Zones:
    return exactly(span.low, span.low) if span.grain == 0 else zones(timed_exactly(span))


def lengths(figures: Sequence[Mention], years: Sequence[Mention]) -> Iterator[Relation]:
    """A length of time beside every two years."""
    for stated in figures:
        if stated.unit not in _SPANS or stated.per is not None or stated.low != stated.high:
            continue
        for one, other in combinations(years, 2):
            if one.low != other.low:
                right = abs(one.low - other.low) / _SPANS[stated.unit or ""]
                yield Relation(
                    YEARS, stated, (one, other), stated.low, right, (), _YEARS, (stated, one, other)
                )


def _is_between(stated: Mention, one: Mention, other: Mention) -> bool:
    """Whether a length is that between two years, of which each may be counted whole or not."""
    made, allowed = abs(other.low - one.low) / _SPANS[stated.unit or ""], zones(stated).true
    return allowed.low <= made + 1 and made - 1 <= allowed.high


def _told_years(stated: Mention, one: Mention, other: Mention) -> Check:
    first, last = sorted((one, other), key=lambda m: m.low)
    made, closes = (last.low - first.low) / _SPANS[stated.unit or ""], _is_between(stated, one, other)
    told = f"{last.words} − {first.words} = {digits(made)} {stated.unit}s"
    why = f"{told}; the text says {stated.words}." if closes else f"{told}, not {stated.words}."
    return check_of("duration and dates", (stated, one, other), closes, why)


_YEARS = Test(_is_between, _told_years)
