"""The figures that may be the levels of a change: those of one unit, and by what one is put into the unit of
another (cents into dollars, centimetres into metres)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from tallybook.book.currencies import is_currency
from tallybook.book.units import UnitMismatch, convert
from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.figures import (
    PER_CENT,
    PERIODS,
    POINTS,
    SHARE,
    TIMES,
    ends,
    is_attribute,
    is_length_of_time,
    is_one_number,
    level,
)
from tallybook.consistency.forms import EXACT, RANGE
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.steps import AMOUNT, BASIS_POINT, MULTIPLE, POINT, Step
from tallybook.quantity import fine_grain
from tallybook.reading import Mention

_LARGE, _OFTEN, _FEW = 1000, 20, 12
_OF_TIME = re.compile(
    r"\b(?:in|over|within|for|after|during|every|past|next|last|first|until|by) (?:\w+ ){0,2}$"
)
_FASTER_WORDS = (" faster", " slower", " quicker")
_FASTER = re.compile(r" (?:faster|slower|quicker)\b")
_AGO = re.compile(r" (?:ago|before|earlier|later|on\b|after|old|running|since|to come|from now|apart)")
_PART = re.compile(r" of (?:those|them|whom)\b")
_THERE_WERE = AnyCase(
    r"\b(?:took|drew|gave|sent|there (?:were|are|was|had been|have been|used to be)|had|has|have|held|kept|"
    r"ran|fought|saw|"
    r"counted|recorded|"
    r"registered|logged|treated|found|dealt with|built|sold|made|bought|caught|met|needs?|needed) "
    r"(?:(?:only|just|some|about|nearly|over|as many as|almost) ){0,2}$",
)
_PART_OF_NUMBER = re.compile(
    r" of (?:(?:the|its|their|his|her|our|some|about|last|past|first|latest|previous|opening|final) ){0,2}\d"
)
_TO_NUMBER = re.compile(r" (?:votes )?to (?=\d)")
_NUMBER_TO = re.compile(r"(?<!\b[12]\d\d)\d (?:votes )?to $")  # and not "from 62 in 2014 to 39"
# "Five in 11 do" is a share, and neither number a level.
_IN_SO_MANY = re.compile(r" (?:in|out of) (?:every )?(?:\d{1,2}|[a-z]{3,6})(?:[,.;:]| in\b|$)")
_OF_SO_MANY = re.compile(
    r"\b(?:\d|1\d|one|two|three|four|five|six|seven|eight|nine) (?:in|out of) (?:every )?$"
)
# "In the other three" counts what was named before, and is no level beside another.
_SO_MANY = AnyCase(r"\b(?:the (?:other|first|last|next)|these|those|all|both) $")
_NO_SIZE = frozenset({PER_CENT, SHARE, TIMES, *POINTS})
_OF_SCORES = (None, "vote", "point")
_OF_POINTS = frozenset({None, PER_CENT, *POINTS})
_AT_SEA = {"mile", "nautical mile"}
_STAFF = frozenset({"job", "worker", "employee", "post", "position", "staff"})
SUBUNITS = {"cent": 0.01, "penny": 0.01, "pence": 0.01}
REACHES = re.compile(r"\bto (?:(?:about|just|some|only|around|nearly|a|the|over|under) ){0,2}$")

_SIDE_OF_LEVEL = re.compile(r"(?:short of|shy of|below|under|above|over|beyond)\b", re.IGNORECASE)


_FEW_FIGURES = 6
"""Of more, each may be the difference of two: their pairs would cost more than they save."""

KnownLevels = dict[tuple[str, bool, int], list[Mention]]
"""The levels of a sentence by the kind of change, by whether it is one of speed, and by where they begin."""
_OWN_LEVELS = (MULTIPLE, POINT)
"""The kinds of change for which other figures are levels than for the rest."""


class Pair(NamedTuple):
    """Two levels of one unit, in the order of the text. ``known``: whether "from A to B" tells their order;
    ``apart``: whether they stand in two sentences; ``free``: whether no fixed words bind them."""

    first: Mention
    second: Mention
    known: bool = False
    apart: bool = False
    free: bool = False


def levels_of(text: str, step: Step, figures: Sequence[Mention], known: KnownLevels) -> list[Mention]:
    """The levels among figures, of whatever unit the change may be one of.

    ``known``: those of the sentences that were asked for other changes of the text.
    """
    size = step.size
    kind = step.kind if step.kind in _OWN_LEVELS else ""
    speeds = text.startswith(_FASTER_WORDS, size.end) and _FASTER.match(text, size.end) is not None
    key = (kind, speeds, figures[0].start)
    found = known.get(key)
    if found is None:
        found = known[key] = [one for m in figures for one in _levels_of(text, step, m)]
    start = size.start
    levels = [m for m in found if m.start != start]
    if step.sided:
        levels = [_of_its_side(step, m) for m in levels]
    if not levels:
        return levels
    if step.kind == AMOUNT and size.unit is not None:
        return [m for m in levels if in_unit_of(m, size) is not None]
    if step.kind == POINT:
        return [m for m in levels if m.unit in _OF_POINTS]
    return levels


def _of_its_side(step: Step, level: Mention) -> Mention:
    """A level whose bound is the side of the change: "three | short of the record of 61" is 61."""
    if level.start == step.size.end + 1 and _SIDE_OF_LEVEL.match(level.words):
        return level._replace(modifier=EXACT)
    return level


def of_one_unit(text: str, step: Step, levels: Sequence[Mention]) -> list[Mention] | None:
    """Of several levels those that may be meant: those of one unit. None if two units could be.

    A length of time is a level only where there are two of one unit and nothing else is one.
    """
    if not levels:
        return []
    times = [m for m in levels if m.unit in PERIODS and m.per is None]
    things = [m for m in levels if not is_length_of_time(m)] if times else list(levels)
    kind = step.kind
    if kind == AMOUNT and is_length_of_time(step.size):
        things, times = [m for m in levels if m.unit is None or is_length_of_time(m)], []
    if kind == AMOUNT and step.size.unit is not None:
        fits = [m for m in things if in_unit_of(m, step.size) is not None]
        named = [m for m in fits if m.unit is not None]
        return named if len(named) == 2 else fits
    if kind == POINT:
        shares = [m for m in things if m.unit == PER_CENT]
        bare = [m for m in things if m.unit is None or m.unit in POINTS]
        return [*shares, *(m for m in bare if m.unit is None)] if shares else bare
    if kind == AMOUNT:
        things = [m for m in things if m.unit != PER_CENT]
    units = {m.unit for m in things}
    units.discard(None)
    if len(units) > 1:
        things = _filled(things)
    if len(units) > 1 and len({dimension(unit) for unit in units}) == 1:
        return things
    if len(units) > 1:
        if any(m.unit is None for m in things):
            return None
        told = [m.unit for m in things]
        twice = [unit for unit in units if told.count(unit) == 2]
        if len(twice) != 1:
            return None
        return [m for m in things if m.unit == twice[0]]
    if not times:
        return things
    if (
        len(things) < 2
        and len(times) + len([m for m in things if m.unit is None]) == 2
        and len({m.unit for m in times}) == 1
    ):
        return sorted([*times, *(m for m in things if m.unit is None)], key=lambda m: m.start)
    reached = (
        not things and len(times) == 1 and REACHES.search(text, max(0, times[0].start - 16), times[0].start)
    )
    return times if reached else things


def _filled(levels: Sequence[Mention]) -> list[Mention]:
    """A figure without a unit, beside figures of several, has that of the last one in front of it: "61 points
    and the Blues 54, with four matches left"."""
    filled: list[Mention] = []
    for m in levels:
        last = filled[-1] if filled else None
        told = m.unit is None and last is not None and last.sentence == m.sentence
        filled.append(m._replace(unit=last.unit, noun=last.noun) if told and last is not None else m)
    return filled


def _levels_of(text: str, step: Step, mention: Mention) -> list[Mention]:
    """A figure as the level that it may be; the two ends of a "from A to B"."""
    if mention.modifier is RANGE and (two := ends(mention)) is not None:
        return [end for end in two if level(end)]
    if step.kind == MULTIPLE and mention.trend is not None and mention.unit not in (PER_CENT, *POINTS):
        mention = mention._replace(
            trend=None
        )  # "loses 3.9 billion gallons a year" is a level of what is lost
    if mention.unit == TIMES and mention.low > _OFTEN:
        mention = mention._replace(unit=None)  # "went in 214 times" is a count
    if mention.trend is not None or not is_one_number(mention):
        return []
    if mention.leaning is not None and step.kind != MULTIPLE:
        return []
    if "-" in mention.words and is_attribute(text, mention):
        return []
    if text.startswith(" ", mention.end) and _is_part(text, mention):
        return []
    if mention.unit in _OF_SCORES and _is_score(text, mention):
        return []
    if mention.unit is None and mention.low <= _FEW and _is_of_share(text, mention):
        return []
    if (
        mention.low <= _FEW
        and mention.words.isalpha()
        and _SO_MANY.search(text, max(0, mention.start - 16), mention.start)
    ):
        return []
    if (mention.low == 1 and mention.words[:1].isalpha()) or (mention.unit in POINTS and step.kind == POINT):
        return []
    if mention.unit in PERIODS and mention.per is None:
        start = max(mention.sentence[0], mention.start - 24)
        taken = _OF_TIME.search(text, start, mention.start) and not _FASTER.match(text, step.size.end)
        if taken or _AGO.match(text, mention.end):
            return []
    return [mention]


def _is_part(text: str, mention: Mention) -> bool:
    if mention.unit == PER_CENT or not text.startswith(" of ", mention.end):
        return False
    small = mention.low < _LARGE and _PART.match(text, mention.end) is not None
    if small and _THERE_WERE.search(text, max(0, mention.start - 30), mention.start):
        return False
    return small or _PART_OF_NUMBER.match(text, mention.end) is not None


def _is_score(text: str, mention: Mention) -> bool:
    """Whether it is one of the two numbers of a vote or a game: "412 to 57"."""
    if text.startswith(" ", mention.end) and _TO_NUMBER.match(text, mention.end) is not None:
        return True
    led = text.endswith(" to ", 0, mention.start)
    return led and _NUMBER_TO.search(text, max(0, mention.start - 24), mention.start) is not None


def _is_of_share(text: str, mention: Mention) -> bool:
    """Whether it is one of the two numbers of "five in 11"."""
    if _IN_SO_MANY.match(text, mention.end):
        return True
    return _OF_SO_MANY.search(text, max(0, mention.start - 20), mention.start) is not None


def in_unit_of(mention: Mention, other: Mention) -> float | None:
    """By what to multiply a figure so that it is in the unit of another; None where it cannot be."""
    if mention.per is not None and other.per is not None and mention.per != other.per:
        return None
    if mention.unit is None or other.unit is None or mention.unit == other.unit:
        return 1.0
    if (mention.unit in _STAFF and other.unit in _STAFF) or {mention.unit, other.unit} == _AT_SEA:
        return 1.0
    return _factor(mention.unit, other.unit)


@lru_cache(maxsize=4096)
def factor_between(unit: str | None, other: str | None) -> float | None:
    """How many of ``other`` one of ``unit`` is; one where either is left out, and of miles at sea, which are
    nautical miles."""
    if unit is None or other is None or unit == other:
        return 1.0
    if (unit in _STAFF and other in _STAFF) or {unit, other} == _AT_SEA:
        return 1.0
    return _factor(unit, other)


def with_a_pair_beside(figures: Sequence[Mention]) -> Sequence[bool]:
    """Of each of a few figures whether two others may by their units be levels of one thing, so that it may
    be their difference; asked before its words are, which takes many times as long."""
    many = len(figures)
    if many < 3:
        return (False,) * many
    if many > _FEW_FIGURES:
        return (True,) * many
    return _with_a_pair_beside(tuple([m.unit for m in figures]))


@lru_cache(maxsize=1024)
def _with_a_pair_beside(units: tuple[str | None, ...]) -> tuple[bool, ...]:
    many = len(units)
    if None in units:
        return (True,) * many
    pairs = [
        (k, n)
        for (k, one), (n, other) in combinations(enumerate(units), 2)
        if factor_between(one, other) is not None or _are_called_times(one, other)
    ]
    return tuple([any(k not in pair for pair in pairs) for k in range(many)])


def _are_called_times(one: str | None, other: str | None) -> bool:
    """Whether one counts something, and the other how often it happened: "2,616 times", "2,400 calls"."""
    return (one == TIMES and not is_measured(other)) or (other == TIMES and not is_measured(one))


def in_another_unit(mention: Mention, factor: float, unit: str | None) -> Mention:
    """A figure in another unit, as finely as it is printed: 90p is £0.90 and not about £0.9."""
    if factor == 1.0:
        return mention._replace(unit=unit)
    grain = fine_grain(mention.low, mention.grain) if mention.grain else mention.grain
    return mention._replace(
        low=mention.low * factor, high=mention.high * factor, grain=grain and grain * factor, unit=unit
    )


@lru_cache(maxsize=1024)
def _factor(unit: str, other: str) -> float | None:
    if unit in SUBUNITS and is_currency(other):
        return SUBUNITS[unit]
    if other in SUBUNITS and is_currency(unit):
        return 1 / SUBUNITS[other]
    if (unit, other) == (BASIS_POINT, PER_CENT):
        return 0.01
    if not (is_measured(unit) and is_measured(other)) or _NO_SIZE & {unit, other}:
        return None
    try:
        return convert(unit, other)
    except UnitMismatch:
        return None


@lru_cache(maxsize=1024)
def dimension(unit: str | None) -> str:
    """Units that convert into each other share it; any other unit is its own."""
    if unit is None:
        return ""
    if unit in SUBUNITS or is_currency(unit):
        return "money"
    for base in ("meter", "gram", "second", "liter", "hectare", "watt"):
        if unit == base or _factor(unit, base) is not None:
            return base
    return unit
