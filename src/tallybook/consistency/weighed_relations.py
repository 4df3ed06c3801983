"""The relations that the figures of a few neighbouring sentences may have, by their forms and units alone.

Every change, share, mean, sum, rate, length and difference that figures could make is set up, whatever words
stand between them: those of three figures here, the others in ``weighed_sums`` and ``weighed_rates``. Whether
words bind the figures of one is weighed in ``weighed_words``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from tallybook.consistency.averages import average_of, is_average
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.compared_levels import compared, is_change
from tallybook.consistency.figures import PER_CENT
from tallybook.consistency.level_doubts import sets_beside
from tallybook.consistency.level_units import factor_between, in_another_unit
from tallybook.consistency.multiples import compared_times, is_times
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.shares import is_share_of, share_check
from tallybook.consistency.steps import AMOUNT, MULTIPLE, POINT, RATIO, RELATIVE, Step
from tallybook.consistency.timed import Timed
from tallybook.consistency.weighed_figures import Figure, Kinds, is_share
from tallybook.consistency.weighed_guards import is_of_another
from tallybook.consistency.weighed_kinds import (
    CHANGE,
    DIFFERENCE,
    MEAN,
    SHARE_OF,
    TIMES_AS,
    Relation,
    Test,
    with_words,
)
from tallybook.consistency.weighed_rates import lengths, of_rates
from tallybook.consistency.weighed_sums import percentages, sums, told_again
from tallybook.reading import Mention

_MOST_TIMES = 60.0


def relations(
    text: str, window: Kinds, years: Sequence[Mention], rates: Sequence[Timed]
) -> Iterator[Relation]:
    """Every relation that figures could have with one of the first sentence.

    ``window``: those of one to three sentences, at most ``MOST_FIGURES``; ``years``, ``rates``: the years
    that stand there, and the amounts in a period.
    """
    until = window.figures[0].mention.sentence[1]
    levels, totals = window.levels, window.totals
    if len(levels) > 1:
        for one in window.sized:
            if one.step is not None:
                yield from _changes(text, one.step, levels, until)
            if len(totals) > 1 and is_share(one.mention):
                yield from _shares(text, one.mention, totals, until)
    if window.means and window.numbers and len(totals) > 1:
        yield from _means(window.means, totals, window.numbers, until)
    if rates:
        yield from filter(_begins_before(until), of_rates(text, rates, window.figures))
    if len(window.parts) > 2:
        yield from sums(text, window.parts, until)
    if len(window.percentages) > 1:
        yield from percentages(window.percentages, until)
    if years:
        mentions = [one.mention for one in window.figures]
        yield from filter(_begins_before(until), lengths(mentions, years))
    if len(window.alone) > 1:
        yield from told_again(text, window.alone, until)


def _begins_before(until: int) -> Callable[[Relation], bool]:
    """Whether one of the figures of a relation stands in the first sentence, which ends there."""

    def begins(relation: Relation) -> bool:
        return relation.stated.start < until or any(m.start < until for m in relation.others)

    return begins


def _pairs(stated: Mention, others: Sequence[Figure], until: int) -> Iterator[tuple[Figure, Figure]]:
    """Every two of ``others`` but itself that are of the first sentence with ``stated``, or one of them."""
    start = stated.start
    rest = [one for one in others if one.mention.start != start]
    return combinations(rest, 2) if start < until else _from_first(rest, until)


def _from_first(figures: Sequence[Figure], until: int) -> Iterator[tuple[Figure, Figure]]:
    """Every two figures, in the order of the text, of which one is of the first sentence."""
    for k, first in enumerate(figures):
        if first.mention.start >= until:
            return
        for second in figures[k + 1 :]:
            yield first, second


# Changes


def _changes(text: str, step: Step, levels: Sequence[Figure], until: int) -> Iterator[Relation]:
    size, kind = step.size, step.kind
    for first_level, second_level in _pairs(size, levels, until):
        if first_level.is_length is not second_level.is_length:
            continue
        one, other = first_level.mention, second_level.mention
        by = factor_between(one.unit, other.unit)
        if by is None or one.low * by == other.low:
            continue
        if one.per != other.per and one.per is not None and other.per is not None:
            continue
        first = one if by == 1.0 else one._replace(low=one.low * by, high=one.high * by, unit=other.unit)
        low, high = (first, other) if first.low < other.low else (other, first)
        if high.low > _MOST_TIMES * low.low or sets_beside(text, size, one, other):
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
    misread = (other, *apart, *left)
    return Relation(CHANGE, size, (old, new), said, right, misread, _CHANGE, (size, old, new))


def _difference(size: Mention, old: Mention, new: Mention) -> Iterator[Relation]:
    unit = old.unit or new.unit
    by = factor_between(size.unit, unit)
    if by is None or (size.unit is None and (size.trend is None or is_measured(unit))):
        return
    own = size if by == 1.0 else in_another_unit(size, by, unit)
    apart = abs(new.low - old.low)
    yield Relation(DIFFERENCE, size, (old, new), own.low, apart, (), _APART, (own, size, old, new))


def _is_apart(own: Mention, _size: Mention, old: Mention, new: Mention) -> bool | None:
    return is_change(own, old, new)


def _told_apart(own: Mention, size: Mention, old: Mention, new: Mention) -> Check | None:
    return with_words(compared(own, old, new), (size, old, new))


def _multiple(text: str, step: Step, old: Mention, new: Mention) -> Iterator[Relation]:
    size = step.size
    ratio = max(old.low, new.low) / min(old.low, new.low)
    said = size.low if size.low >= 1 else 1 / size.low
    if said > _MOST_TIMES:
        return
    misread = (ratio - 1, ratio + 1)
    if step.kind == MULTIPLE:
        yield Relation(TIMES_AS, size, (old, new), said, ratio, misread, _TIMES, (text, size, old, new))
    else:
        yield Relation(TIMES_AS, size, (old, new), said, ratio, misread, _CHANGE, (size, old, new))


_CHANGE, _TIMES = Test(is_change, compared), Test(is_times, compared_times)
_APART = Test(_is_apart, _told_apart)


# Shares


def _shares(text: str, share: Mention, counts: Sequence[Figure], until: int) -> Iterator[Relation]:
    said = share.low if share.unit == PER_CENT else 100 * share.low
    if said > 100:
        return
    for first, second in _pairs(share, counts, until):
        one, other = first.mention, second.mention
        apart = one.unit != other.unit and one.unit is not None and other.unit is not None
        if one.low == other.low or (apart and (first.is_measured or second.is_measured)):
            continue
        part, whole = (one, other) if one.low < other.low else (other, one)
        if is_of_another(share, whole):
            continue
        right = 100 * part.low / whole.low
        yield Relation(
            SHARE_OF, share, (part, whole), said, right, (100 - right,), _SHARE, (text, share, part, whole)
        )


def _is_share(_text: str, share: Mention, part: Mention, whole: Mention) -> bool:
    return is_share_of(share, part, whole)


def _told_share(text: str, share: Mention, part: Mention, whole: Mention) -> Check | None:
    return next(iter(share_check(text, share, part, whole)), None)


_SHARE = Test(_is_share, _told_share)


# Means, and prices of so many


def _means(
    means: Sequence[Mention], totals: Sequence[Figure], numbers: Sequence[Figure], until: int
) -> Iterator[Relation]:
    largest = max([one.mention.low for one in totals])
    for mean in means:
        low, start, unit = mean.low, mean.start, mean.unit
        if low >= largest:
            continue
        for one in totals:
            total = one.mention
            if total.low > low and total.start != start:
                by = factor_between(total.unit, unit)
                if by is not None:
                    yield from _of_mean(mean, total, by, numbers, until)


def _of_mean(
    mean: Mention, total: Mention, by: float, numbers: Sequence[Figure], until: int
) -> Iterator[Relation]:
    low, start, first = mean.low, mean.start, total.start
    is_first = start < until or first < until
    for one in numbers:
        count = one.mention
        place = count.start
        if place in (start, first) or not (is_first or place < until):
            continue
        if not one.is_measured or one.is_length or count.unit == mean.per:
            right = total.low / count.low * by
            yield Relation(MEAN, mean, (total, count), low, right, (), _MEAN, (mean, total, count))


_MEAN = Test(is_average, average_of)
