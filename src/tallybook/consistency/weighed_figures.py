"""What a figure may be in a relation, told once for all relations of its paragraph."""

from __future__ import annotations

from typing import NamedTuple

from tallybook.consistency.any_case import AnyCase
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
_RATIOS = frozenset({PER_CENT, *POINTS})
_SHARES = frozenset({PER_CENT, SHARE})


class Figure(NamedTuple):
    """``step``: the difference that it tells, if any; ``is_level``: whether it is one number of something,
    ``is_plain``: and no rate, ``is_part``: and may be a part or a whole of others, ``is_count``: or how many
    share a total; ``is_share``, ``may_be_mean``: whether it is a share, or may by its unit and words be one of
    each; ``is_percentage``: whether it is a percentage and no change; ``is_measured``, ``is_length``: whether
    its unit is one of measurement, or of time and it no rate."""

    mention: Mention
    step: Step | None
    is_level: bool
    is_plain: bool
    is_part: bool
    is_count: bool
    is_share: bool
    may_be_mean: bool
    is_percentage: bool
    is_measured: bool
    is_length: bool


def figure(text: str, mention: Mention, steps: Steps) -> Figure:
    """A figure of a text, and what it may be."""
    low, unit, is_still = mention.low, mention.unit, mention.trend is None
    is_ratio, is_length = unit in _RATIOS, is_length_of_time(mention)
    is_level = is_one_number(mention) and low < FINITE
    is_plain = is_level and mention.per is None
    step = steps.of(mention)
    return Figure(
        mention,
        _compares(mention) if step is None and unit == TIMES else step,
        is_level,
        is_plain,
        is_plain and is_still and not is_ratio,
        is_plain and low > 1 and low % 1 == 0 and unit != PER_CENT,
        is_still and unit in _SHARES and 0 < low == mention.high,
        is_level and not (is_ratio or is_length) and _may_be_mean(text, mention),
        is_plain and is_still and unit == PER_CENT,
        is_measured(unit),
        is_length,
    )


def is_called_mean(text: str, mean: Mention) -> bool:
    """Whether words say that a number is one of each: "£5 each", "an average of 9"."""
    near = text[max(mean.sentence[0], mean.start - 50) : min(mean.sentence[1], mean.end + 30)]
    return mean.per is not None or _EACH.search(near) is not None


def _compares(mention: Mention) -> Step | None:
    """ "Eight times the limit of 0.08", whatever words stand behind."""
    plain = mention.low == mention.high and mention.low > 1 and mention.per is None
    return Step(MULTIPLE, mention) if plain else None


def _may_be_mean(text: str, mention: Mention) -> bool:
    """Of a number that is no ratio and no length of time; a bare one must be called a mean."""
    if mention.per is not None and (base_of(mention.per) is not None or mention.per[:1].isdigit()):
        return False
    return mention.unit is not None or is_called_mean(text, mention)
