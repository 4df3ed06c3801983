"""The relations that the figures of a few neighbouring sentences may have, by their forms and units alone.

Every change, share, mean, sum, rate, length and difference that figures could make is set up here, whatever
words stand between them. Whether words bind the figures of one is weighed in ``weighed_words``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import NamedTuple

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.averages import average_of
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.compared_levels import compared
from tallybook.consistency.figures import (
    PER_CENT,
    POINTS,
    SHARE,
    TIMES,
    is_length_of_time,
    is_one_number,
    shown,
    zones,
)
from tallybook.consistency.level_units import factor_between
from tallybook.consistency.multiples import compared_times
from tallybook.consistency.periods import base_of, times, times_of_work
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.rate_totals import compared as compared_total
from tallybook.consistency.rate_totals import timed_exactly
from tallybook.consistency.rates import (
    WORK,
    any_meets,
    is_tariff,
    may_be_events,
    one_unit,
    size_between,
    worded,
)
from tallybook.consistency.shares import share_check
from tallybook.consistency.steps import AMOUNT, MULTIPLE, POINT, RATIO, RELATIVE, Step, step_of
from tallybook.consistency.timed import Timed
from tallybook.consistency.weighed_guards import is_of_another, may_be_added
from tallybook.estimates.zones import Zones, exactly
from tallybook.matching.numbers import meet
from tallybook.prose import digits, listed
from tallybook.reading import Mention

CHANGE, TIMES_AS, DIFFERENCE, SHARE_OF, MEAN, SUM = "change", "times", "difference", "share", "mean", "sum"
RATE, TOTAL, YEARS, AGAIN, ABOVE, WHOLE = "rate", "total", "years", "again", "above", "whole"
MOST_FIGURES = 9
"""The most figures of the sentences that are looked at together: more are a table or a list."""
_MOST_TIMES = 60.0
_MOST_PARTS = 6
_LARGE, _FEW = 50, 12
_EACH = AnyCase(r"\b(?:each|apiece|every|per|averag\w+|on average|a head|typical)\b")
_OF_THEM = AnyCase(
    r"\b(?:of|among|amongst) (?:them|these|those|whom|which|the|its|his|her|their|all)\b|\bthe (?:\w+ ){0,3}$"
)
_FINITE = 1e15
_SPANS = {"year": 1.0, "decade": 10.0}


class Relation(NamedTuple):
    """Figures of which one may follow from the others.

    ``stated``: the figure that the ``others`` make; ``said``, ``right``: it, as stated and as made, in one
    unit; ``misread``: what it would be under a usual slip; ``make``: the test with its words, or None.
    """

    kind: str
    stated: Mention
    others: tuple[Mention, ...]
    said: float
    right: float
    misread: tuple[float, ...]
    make: Callable[[], Check | None]

    @property
    def figures(self) -> tuple[Mention, ...]:
        """All of them, in the order of the text."""
        return tuple(sorted((self.stated, *self.others), key=lambda m: m.start))


def relations(
    text: str, figures: Sequence[Mention], years: Sequence[Mention], rates: Sequence[Timed]
) -> Iterator[Relation]:
    """Every relation that figures could have with one of the first sentence.

    ``figures``: those of one to three sentences, at most ``MOST_FIGURES``; ``years``, ``rates``: the years
    that stand there, and the amounts in a period.
    """
    until = min((m.sentence[1] for m in (*figures[:1], *years[:1])), default=0)
    for relation in _relations(text, figures, years, rates, until):
        if relation.stated.start < until or any(m.start < until for m in relation.others):
            yield relation


def _relations(
    text: str, figures: Sequence[Mention], years: Sequence[Mention], rates: Sequence[Timed], until: int
) -> Iterator[Relation]:
    """The same; those of ``figures`` that stand before ``until`` are of the first sentence."""
    levels = [m for m in figures if is_one_number(m) and m.low < _FINITE]
    for stated in figures:
        step = step_of(text, stated) or _compares(stated)
        rest = [m for m in levels if m.start != stated.start]
        if step is not None:
            yield from _changes(text, step, _pairs(stated, rest, until))
        if stated.trend is None and stated.unit in (PER_CENT, SHARE) and 0 < stated.low == stated.high:
            yield from _shares(text, stated, _pairs(stated, rest, until))
    plain = [m for m in levels if m.per is None]
    if len(levels) > 2:
        counts = [m for m in plain if _may_count(m)]
        totals = [m for m in plain if m.unit != PER_CENT]
        for mean in levels:
            if _may_be_mean(mean) and (mean.unit is not None or is_called_mean(text, mean)):
                yield from _means(mean, totals, counts)
    yield from _of_rates(text, rates, [m for m in levels if base_of(m.per) is None])
    yield from _sums(text, [m for m in plain if m.unit not in (PER_CENT, *POINTS) and m.trend is None])
    yield from _percentages([m for m in plain if m.unit == PER_CENT and m.trend is None])
    yield from _lengths(figures, years)
    yield from _again(text, plain)


def _pairs(stated: Mention, others: Sequence[Mention], until: int) -> Iterator[tuple[Mention, Mention]]:
    """Every two of ``others`` that are of the first sentence with ``stated``, or one of them."""
    for one, other in combinations(others, 2):
        if stated.start < until or one.start < until:
            yield one, other


# Changes


def _compares(mention: Mention) -> Step | None:
    """ "Eight times the limit of 0.08", whatever words stand behind."""
    plain = mention.low == mention.high and mention.low > 1 and mention.per is None
    return Step(MULTIPLE, mention) if mention.unit == TIMES and plain else None


def _changes(text: str, step: Step, pairs: Iterable[tuple[Mention, Mention]]) -> Iterator[Relation]:
    size, kind = step.size, step.kind
    for one, other in pairs:
        if one.per != other.per and one.per is not None and other.per is not None:
            continue
        if is_length_of_time(one) != is_length_of_time(other):
            continue
        by = factor_between(one.unit, other.unit)
        if by is None or one.low * by == other.low:
            continue
        first = one if by == 1.0 else one._replace(low=one.low * by, high=one.high * by, unit=other.unit)
        low, high = (first, other) if first.low < other.low else (other, first)
        if high.low > _MOST_TIMES * low.low:
            continue
        old, new = (high, low) if size.trend == "down" else (low, high)
        if kind in (RATIO, MULTIPLE):
            yield from _multiple(text, step, old, new)
        elif kind == RELATIVE:
            yield _percentage(size, old, new)
        elif (kind == POINT) == (other.unit == PER_CENT) or kind == AMOUNT:
            yield from _difference(size, old, new)


def _percentage(size: Mention, old: Mention, new: Mention) -> Relation:
    most, least = max(old.low, new.low), min(old.low, new.low)
    rise, fall = 100 * (most / least - 1), 100 * (1 - least / most)
    right, other = (fall, rise) if size.trend == "down" else (rise, fall)
    apart = (most - least,) if old.unit == PER_CENT else ()
    left = (100 - right, 100 + right)
    said = size.low if size.unit == PER_CENT else 100 * size.low
    return Relation(
        CHANGE, size, (old, new), said, right, (other, *apart, *left), partial(compared, size, old, new)
    )


def _difference(size: Mention, old: Mention, new: Mention) -> Iterator[Relation]:
    by = factor_between(size.unit, old.unit or new.unit)
    if by is None or (size.unit is None and (size.trend is None or is_measured(old.unit or new.unit))):
        return
    own = size if by == 1.0 else size._replace(low=size.low * by, high=size.high * by, unit=old.unit)
    apart = abs(new.low - old.low)
    yield Relation(DIFFERENCE, size, (old, new), own.low, apart, (), partial(_apart, own, size, old, new))


def _apart(own: Mention, size: Mention, old: Mention, new: Mention) -> Check | None:
    check = compared(own, old, new)
    return check and _with_words(check, (size, old, new))


def _multiple(text: str, step: Step, old: Mention, new: Mention) -> Iterator[Relation]:
    size = step.size
    ratio = max(old.low, new.low) / min(old.low, new.low)
    said = size.low if size.low >= 1 else 1 / size.low
    if said > _MOST_TIMES:
        return
    make: Callable[[], Check | None] = partial(compared, size, old, new)
    if step.kind == MULTIPLE:
        make = partial(compared_times, text, size, old, new)
    yield Relation(TIMES_AS, size, (old, new), said, ratio, (ratio - 1, ratio + 1), make)


# Shares


def _shares(text: str, share: Mention, pairs: Iterable[tuple[Mention, Mention]]) -> Iterator[Relation]:
    said = share.low if share.unit == PER_CENT else 100 * share.low
    if said > 100:
        return
    for one, other in pairs:
        if PER_CENT in (one.unit, other.unit) or one.low == other.low or not _may_be_part(one, other):
            continue
        part, whole = (one, other) if one.low < other.low else (other, one)
        if is_of_another(share, whole):
            continue
        right = 100 * part.low / whole.low
        make = partial(_share, text, share, part, whole)
        yield Relation(SHARE_OF, share, (part, whole), said, right, (100 - right,), make)


def _share(text: str, share: Mention, part: Mention, whole: Mention) -> Check | None:
    return next(iter(share_check(text, share, part, whole)), None)


def _may_be_part(one: Mention, other: Mention) -> bool:
    if one.per is not None or other.per is not None:
        return False
    if one.unit is None or other.unit is None or one.unit == other.unit:
        return True
    return not (is_measured(one.unit) or is_measured(other.unit))


# Means, and prices of so many


def is_called_mean(text: str, mean: Mention) -> bool:
    """Whether words say that a number is one of each: "£5 each", "an average of 9"."""
    near = text[max(mean.sentence[0], mean.start - 50) : min(mean.sentence[1], mean.end + 30)]
    return mean.per is not None or _EACH.search(near) is not None


def _may_be_mean(mean: Mention) -> bool:
    if mean.unit == PER_CENT or mean.unit in POINTS or is_length_of_time(mean):
        return False
    return mean.per is None or (base_of(mean.per) is None and not mean.per[:1].isdigit())


def _may_count(mention: Mention) -> bool:
    """Whether a figure may be a number of things among which a total is shared."""
    return mention.low > 1 and mention.low % 1 == 0 and mention.unit != PER_CENT


def _means(mean: Mention, totals: Sequence[Mention], counts: Sequence[Mention]) -> Iterator[Relation]:
    for total in totals:
        if total.low <= mean.low or total.start == mean.start:
            continue
        by = factor_between(total.unit, mean.unit)
        if by is None:
            continue
        for count in counts:
            if count.start in (mean.start, total.start):
                continue
            if is_measured(count.unit) and mean.per != count.unit and not is_length_of_time(count):
                continue
            right = total.low / count.low * by
            make = partial(average_of, mean, total, count)
            yield Relation(MEAN, mean, (total, count), mean.low, right, (), make)


# Rates


def _of_rates(text: str, rates: Sequence[Timed], plain: Sequence[Mention]) -> Iterator[Relation]:
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
    many = second.base[0]
    made = [first.size * way * many for way in ways]
    stated = other.low / (base[0] if (base := base_of(other.per)) else 1.0)

    def make() -> Check | None:
        closes = any_meets(first, second, ways)
        if not closes and any_meets(first, second, work):
            return None  # it is open whether days and hours of work are meant
        return _with_words(worded(first, second, ways[0], closes=closes), (one, other))

    return Relation(RATE, other, (one,), stated, made[0], (), make)


def _totals(text: str, rate: Mention, span: Mention, plain: Sequence[Mention]) -> Iterator[Relation]:
    base, during = base_of(rate.per), base_of(span.unit)
    if base is None or during is None:
        return
    way = next(iter(times(base[1], during[1])))
    for total in plain:
        if total.start in (rate.start, span.start) or total.unit in (PER_CENT, *POINTS):
            continue
        size = factor_between(rate.unit, total.unit)
        if size is None or (is_length_of_time(total) and total.unit != rate.unit):
            continue
        made = rate.low / base[0] * span.low * way * size
        zone = exactly(span.low, span.low) if span.grain == 0 else zones(timed_exactly(span))
        make = partial(_total, text, rate, span, total, zone, size)
        yield Relation(TOTAL, total, (rate, span), total.low, made, (), make)


def _total(text: str, rate: Mention, span: Mention, total: Mention, zone: Zones, size: float) -> Check | None:
    check = compared_total(
        text,
        rate,
        span,
        total,
        zone,
        size,
        named=WORK.search(text, rate.sentence[0], total.sentence[1]) is not None,
    )
    return check and _with_words(check, (rate, span, total))


# Sums


def _sums(text: str, plain: Sequence[Mention]) -> Iterator[Relation]:
    """A whole beside a list of its parts, or between two of them."""
    for k, whole in enumerate(plain):
        size = whole.low
        before = [m for m in plain[:k][::-1] if not _only_counts(m, size)][:_MOST_PARTS]
        behind = [m for m in plain[k + 1 :] if not _only_counts(m, size)][:_MOST_PARTS]
        for run in (before, behind):
            for n in range(2, len(run) + 1):
                if not _may_add(run[n - 1], whole) or not _may_add(run[0], whole):
                    break
                yield from _sum_of(text, whole, run[:n])
        if before and behind and _may_add(before[0], whole) and _may_add(behind[0], whole):
            yield from _sum_of(text, whole, (before[0], behind[0]))


def _sum_of(text: str, whole: Mention, parts: Sequence[Mention]) -> Iterator[Relation]:
    added = sum(part.low for part in parts)
    if all(part.low < 1.5 * whole.low for part in parts) and may_be_added(text, whole, parts):
        told = tuple(sorted(parts, key=lambda m: m.start))
        yield Relation(SUM, whole, told, whole.low, added, (), partial(_sum, whole, told))


def _only_counts(mention: Mention, size: float) -> bool:
    """Whether a number in words only says of how many the list is: "in the two provinces"."""
    return size >= _LARGE and mention.low <= _FEW and mention.words[:1].isalpha()


def _may_add(part: Mention, whole: Mention) -> bool:
    if part.unit in (None, whole.unit) or whole.unit is None:
        return True
    return not (is_measured(part.unit) or is_measured(whole.unit))


def _sum(whole: Mention, parts: Sequence[Mention]) -> Check:
    total = zones(parts[0])
    for part in parts[1:]:
        total = total.plus(zones(part))
    closes = meet(total.true, zones(whole).true)
    told = f"{' + '.join(shown(part) for part in parts)} = {digits(round(sum(p.low for p in parts), 6))}"
    why = f"{told}; the text says {whole.words}." if closes else f"{told}, not {whole.words}."
    return _check("sum of parts", (whole, *parts), closes, why)


def _percentages(shares: Sequence[Mention]) -> Iterator[Relation]:
    """Shares that would have to add up to all."""
    for n in range(2, min(len(shares), _MOST_PARTS) + 1):
        for k in range(len(shares) - n + 1):
            some = shares[k : k + n]
            right = 100 - sum(m.low for m in some[:-1])
            if right > 0:
                yield Relation(
                    WHOLE, some[-1], tuple(some[:-1]), some[-1].low, right, (), partial(_all, tuple(some))
                )


def _all(shares: Sequence[Mention]) -> Check:
    total = zones(shares[0])
    for share in shares[1:]:
        total = total.plus(zones(share))
    closes = total.true.low <= 100 <= total.true.high
    made = f"{listed([m.words for m in shares])} add up to {digits(round(sum(m.low for m in shares), 6))}%"
    why = f"{made}." if closes else f"{made}, which rounding does not explain."
    return _check("percentages of a whole", shares, closes, why)


# Lengths of time, and one thing told twice


def _lengths(figures: Sequence[Mention], years: Sequence[Mention]) -> Iterator[Relation]:
    for stated in figures:
        if stated.unit not in _SPANS or stated.per is not None or stated.low != stated.high:
            continue
        for one, other in combinations(years, 2):
            if one.low != other.low:
                right = abs(one.low - other.low) / _SPANS[stated.unit or ""]
                make = partial(_years, stated, one, other)
                yield Relation(YEARS, stated, (one, other), stated.low, right, (), make)


def _years(stated: Mention, one: Mention, other: Mention) -> Check:
    first, last = sorted((one, other), key=lambda m: m.low)
    made = (last.low - first.low) / _SPANS[stated.unit or ""]
    allowed = zones(stated).true
    closes = allowed.low <= made + 1 and made - 1 <= allowed.high
    told = f"{last.words} − {first.words} = {digits(made)} {stated.unit}s"
    why = f"{told}; the text says {stated.words}." if closes else f"{told}, not {stated.words}."
    return _check("duration and dates", (stated, one, other), closes, why)


def _again(text: str, plain: Sequence[Mention]) -> Iterator[Relation]:
    """One thing told twice, with two numbers; or a part that is more than its whole."""
    for one, other in combinations(plain, 2):
        if one.low == other.low or one.trend is not None or other.trend is not None:
            continue
        counts = not (is_measured(one.unit) or is_measured(other.unit))
        one_unit = one.unit is not None and one.unit == other.unit
        if one.sentence != other.sentence and (one_unit or counts):
            said = f"The text says {one.words} and then {other.words} of the same."
            make = partial(_check, "one measure twice", (one, other), False, said)
            yield Relation(AGAIN, other, (one,), other.low, one.low, (), make)
        if counts and one.low < other.low < 20 * one.low and _is_part(text, one, other):
            said = f"{other.words} would be a part of {one.words}, and are more."
            make = partial(_check, "part and whole", (one, other), False, said)
            yield Relation(ABOVE, other, (one,), other.low, one.low, (), make)


def _is_part(text: str, one: Mention, other: Mention) -> bool:
    before = text[max(one.end, other.start - 40) : other.start]
    behind = text[other.end : other.end + 30].partition(".")[0]
    return any(_OF_THEM.search(words) is not None for words in (before, behind, other.words))


# Checks


def _check(test: str, figures: Sequence[Mention], closes: bool, why: str) -> Check:
    told = sorted(figures, key=lambda m: m.start)
    return Check(
        test, tuple(m.words for m in told), closes, why, None, told[0].start, max(m.end for m in told)
    )


def _with_words(check: Check, figures: Sequence[Mention]) -> Check:
    told = sorted(figures, key=lambda m: m.start)
    return Check(
        check.test, tuple(m.words for m in told), check.closes, check.why, check.gap, told[0].start,
        max(m.end for m in told),
    )  # fmt: skip
