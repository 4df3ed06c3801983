"""Whether the figures of one sentence may have any relation that is weighed, by their forms and units alone.

Most sentences have none, and setting up what could be takes many times as long as asking this first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from tallybook.consistency.figures import PER_CENT, TIMES, ends, is_length_of_time, is_one_number
from tallybook.consistency.forms import RANGE
from tallybook.consistency.level_units import factor_between, with_a_pair_beside
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.shares import SHARES
from tallybook.consistency.steps import Steps
from tallybook.consistency.timed import Timed
from tallybook.consistency.weighed_sums import is_part
from tallybook.reading import Mention, Reading


def may_relate(reading: Reading, figures: Sequence[Mention], rates: Sequence[Timed], steps: Steps) -> bool:
    """Whether the figures of one sentence may by their forms and units have any of the relations that are set
    up; asked of most sentences in vain, so cheaply."""
    several = len(figures) > 2
    if len(rates) > 1 or (rates and several and any(map(is_length_of_time, figures))):
        return True
    if any(m.modifier is RANGE and ends(m) for m in figures):
        return True
    totals: list[Mention] = []
    shares = percentages = 0
    for m in figures:
        unit = m.unit
        if unit in SHARES:
            if m.trend is None and m.low == m.high:
                shares += 1
                percentages += unit == PER_CENT
        elif m.per is None and is_one_number(m):
            totals.append(m)
    if percentages > 1 or (shares and _may_be_part_and_whole(totals)) or _may_be_above(reading.text, totals):
        return True
    if several and any(beside := with_a_pair_beside(figures)):
        if any(
            m.unit == TIMES or steps.of(m) for m, has_pair in zip(figures, beside, strict=True) if has_pair
        ):
            return True
        if len(totals) > 1 and any(_may_be_mean(m, totals) for m in figures):
            return True
    if len(totals) > 2 and _may_add_up(totals):
        return True
    years = [aside for aside in reading.asides if aside.kind == "year"]
    return len(years) > 1 and any(map(is_length_of_time, figures))


def _may_be_part_and_whole(totals: Sequence[Mention]) -> bool:
    """Whether two of some figures are of one kind, as far as their units tell."""
    units = [m.unit for m in totals]
    return any(
        one is None or other is None or one == other or not (is_measured(one) or is_measured(other))
        for one, other in combinations(units, 2)
    )


def _may_be_mean(mean: Mention, totals: Sequence[Mention]) -> bool:
    """Whether a figure is by its unit and size the mean of one of some figures, and another may count it."""
    low, start, unit = mean.low, mean.start, mean.unit
    if unit in SHARES or is_length_of_time(mean) or not is_one_number(mean):
        return False
    return any(
        m.low > 1 and m.start not in (start, total.start)
        for total in totals
        if total.low > low and total.start != start and factor_between(total.unit, unit) is not None
        for m in totals
    )


def _may_be_above(text: str, totals: Sequence[Mention]) -> bool:
    """Whether one of some figures that count is more than one in front of it, which it may be a part of."""
    counts = [m for m in totals if not is_measured(m.unit)]
    return any(
        one.low < other.low < 20 * one.low and is_part(text, one, other)
        for one, other in combinations(counts, 2)
    )


def _may_add_up(totals: Sequence[Mention]) -> bool:
    """Whether three of some figures are by their units a whole and its parts."""
    units = [m.unit for m in totals if is_measured(m.unit)]
    counts = len(totals) - len(units)
    bare = len([m for m in totals if m.unit is None])
    return counts > 2 or any(units.count(unit) + bare > 2 for unit in set(units))
