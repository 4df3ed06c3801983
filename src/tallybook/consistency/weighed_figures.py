"""What a figure may be in a relation, told once for all relations of its paragraph."""

from __future__ import annotations

from collections.abc import Container, Iterable
from operator import add
from typing import NamedTuple

from tallybook.consistency.any_case import AnyCase, beginnings_of, in_small_letters
from tallybook.consistency.figures import (
    PER_CENT,
    POINTS,
    SHARE,
    TIMES,
    is_length_of_time,
    is_one_number,
)
from tallybook.consistency.periods import base_of
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.steps import MULTIPLE, Step, Steps
from tallybook.consistency.weighed_kinds import FINITE
from tallybook.reading import Mention

_EACH = AnyCase(r"\b(?:each|apiece|every|per|averag\w+|on average|a head|typical)\b")
_EACH_WORDS = frozenset({"each", "apie", "ever", "per", "aver", "head", "typi"})
"""How one of all such words begins."""
_RATIOS = frozenset({PER_CENT, *POINTS})
_SHARES = frozenset({PER_CENT, SHARE})


class Figure(NamedTuple):
    """``step``: the difference that it tells, if any; ``is_level``: whether it is one number of something;
    ``is_measured``, ``is_length``: whether its unit is one of measurement, or of time and it no rate."""

    mention: Mention
    step: Step | None
    is_level: bool
    is_measured: bool
    is_length: bool


class Kinds(NamedTuple):
    """The figures of one or more neighbouring sentences, by what they may be in a relation.

    ``sized``: those that tell a difference or a share; ``levels``: one number of something; ``means``: of
    them those that may by their units and words be one of each; ``totals``: those that are no rates and no
    percentages, and ``numbers``, of how many share a total; ``alone``: no rates, and without a direction; of
    these ``parts``, of a whole or it, and ``percentages``.
    """

    figures: list[Figure]
    sized: list[Figure]
    levels: list[Figure]
    means: list[Mention]
    totals: list[Figure]
    numbers: list[Figure]
    alone: list[Figure]
    parts: list[Mention]
    percentages: list[Mention]

    def beside(self, other: Kinds) -> Kinds:
        """With those of the sentences behind."""
        return Kinds._make(map(add, self, other))


def kinds(
    text: str, mentions: Iterable[Mention], steps: Steps, *, differ: Container[int], mean: bool
) -> Kinds:
    """The figures of a sentence of a text, and what they may be.

    ``differ``: where those begin that may be the difference of two others; ``mean``: whether any may be the
    mean of two others.
    """
    found = Kinds([], [], [], [], [], [], [], [], [])
    figures, sized, levels, means, totals, numbers, alone, parts, percentages = found
    for mention in mentions:
        low, unit, per, trend = mention.low, mention.unit, mention.per, mention.trend
        step = steps.of(mention) if mention.start in differ else None
        if step is None and unit == TIMES:
            step = _compares(mention)
        is_level, is_length = is_one_number(mention) and low < FINITE, is_length_of_time(mention)
        one = Figure(mention, step, is_level, is_measured(unit), is_length)
        figures.append(one)
        if step is not None or (unit in _SHARES and is_share(mention)):
            sized.append(one)
        if not is_level:
            continue
        levels.append(one)
        if mean and not is_length and unit not in _RATIOS and _may_be_mean(text, mention):
            means.append(mention)
        if per is not None:
            continue
        if unit != PER_CENT:
            totals.append(one)
            if low > 1 and low % 1 == 0:
                numbers.append(one)
        if trend is None:
            alone.append(one)
            if unit not in _RATIOS:
                parts.append(mention)
            elif unit == PER_CENT:
                percentages.append(mention)
    return found


def is_share(mention: Mention) -> bool:
    """Whether a figure may by its unit be a share."""
    return mention.unit in _SHARES and mention.trend is None and 0 < mention.low == mention.high


def is_called_mean(text: str, mean: Mention) -> bool:
    """Whether words say that a number is one of each: "£5 each", "an average of 9"."""
    if mean.per is not None:
        return True
    if _EACH_WORDS.isdisjoint(beginnings_of(in_small_letters(text))):
        return False
    start, end = mean.sentence
    return _EACH.search(text[max(start, mean.start - 50) : min(end, mean.end + 30)]) is not None


def _compares(mention: Mention) -> Step | None:
    """ "Eight times the limit of 0.08", whatever words stand behind."""
    plain = mention.low == mention.high and mention.low > 1 and mention.per is None
    return Step(MULTIPLE, mention) if plain else None


def _may_be_mean(text: str, mention: Mention) -> bool:
    """Of a number that is no ratio and no length of time; a bare one must be called a mean."""
    if mention.per is not None and (base_of(mention.per) is not None or mention.per[:1].isdigit()):
        return False
    return mention.unit is not None or is_called_mean(text, mention)
