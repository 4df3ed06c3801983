"""A figure that is so many times another: "£4.4m is 268 times the £16,412", "416 pies, three times more than
the 104 of last year"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.change_bases import is_measured_elsewhere
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import (
    SHARE,
    TIMES,
    alike,
    is_length_of_time,
    level,
    shown,
    zones,
)
from tallybook.consistency.forms import AGE_FORM, EXACT
from tallybook.consistency.printed_numbers import is_measured
from tallybook.matching.numbers import meet
from tallybook.prose import converted
from tallybook.reading import Mention

TEST = "times another figure"
_MORE = "more|higher|larger|bigger|greater|longer|heavier|faster|older|taller|wider|dearer|costlier"
_LESS = "less|lower|fewer|smaller|shorter|lighter|slower|younger|cheaper"
_IS_MORE = AnyCase(rf" (?:{_MORE})\b")
_IS_LESS = AnyCase(rf" (?:{_LESS})\b")
# What stands directly behind "N times" where it compares with the figure that follows.
_BINDING = AnyCase(
    r" (?:the|its|his|her|their|our|that of|those of|what|last|"
    rf"as (?:many|much|high|large|long|big|heavy|fast|often|wide)|(?:{_MORE}|{_LESS})\b)",
)
_SWITCH = re.compile(r";|\b(?:and|while|whilst|whereas|although|though|but|despite|plus)\b")
_ABOUT_IT = re.compile(
    r"(?:;|,| –| —|:) (?:that|which|this|it|they) (?:is|are|was|were|makes?|comes to) (?:\w+ )?$"
)
# A temperature that something had, and not how much: "twice as long as those kept at | 26 °C".
_PLACED = AnyCase(r"\b(?:at|in|on|for|by|from|within|under|over|after) (?:the |a |an )?$")
_FOUND_AT = re.compile(r"\b(?:those|that|ones) (?:from|at|below|above|under|over|within) (?:[a-z]+ ){0,2}$")
"""A depth or the like where something was found: "14 times as much methane as those from | 50"."""
# The verb of the clause around "three times the speed of sound, was hit 8 miles off".
_GOES_ON = re.compile(r", (?:was|were|is|are|had|has|have)\b")
_BEHIND = re.compile(r"(?:,| –| —) $")
_AS_MANY = re.compile(r" as (?:many|much|high|large|big) as\b")
_AS_MUCH = re.compile(r" as (?:many|much|high|large|big)\b(?! as)")
# What makes the figure behind it the one that the figure before it is set against.
INSTEAD = AnyCase(
    r"\b(?:instead of|rather than|in place of|against|versus|vs\.?|compared (?:with|to)|as opposed to|"
    r"up from|down from|not) (?:(?:the|an?|its|their|last|about|some|only|just|(?:the|an?) \w+ of) ){0,2}$"
)
_MOST = 120
"""The most characters between "N times" and either figure."""


def multiples(text: str, grouped: Sequence[Sequence[Mention]]) -> Iterator[Check]:
    """A check for every "X is N times the Y" within a sentence. ``grouped``: the figures of each sentence."""
    for figures in grouped:
        units = [m.unit for m in figures]
        if len(units) < 3 or (TIMES not in units and SHARE not in units):
            continue
        beside = [m for m in figures if not (is_length_of_time(m) or m.form is AGE_FORM)]
        for one, two, three in zip(beside, beside[1:], beside[2:], strict=False):
            if _is_multiple(text, two) and _levels(one, three) and _is_bound(text, one, two, three):
                check = _multiple(text, one, two, three)
                if check.closes or not _is_of_another(text, beside, one, two, three):
                    yield check
            elif _is_multiple(text, three) and _levels(one, two) and _stands_behind(text, two, three):
                drawn = _behind_both(text, one, two, three)
                if drawn is not None:
                    yield drawn


def _is_of_another(
    text: str, figures: Sequence[Mention], first: Mention, times: Mention, second: Mention
) -> bool:
    """Whether a figure before the one beside "N times" is meant: "36 houses, 30 of them on one night, three
    times as many as the 12"."""
    return any(
        m.end <= first.start and level(m) and alike(m, second) and _closes(text, m, times, second)
        for m in figures
    )


def _is_multiple(text: str, mention: Mention) -> bool:
    """Of "three times", "double" and "half as many"."""
    if mention.trend is not None or mention.per is not None or not mention.low > 0:
        return False
    return mention.unit == TIMES or (mention.unit == SHARE and _AS_MANY.match(text, mention.end) is not None)


def _levels(one: Mention, other: Mention) -> bool:
    return level(one) and level(_plain(other)) and alike(one, other)


def _stands_behind(text: str, second: Mention, times: Mention) -> bool:
    """Whether "N times as much" stands directly behind the second of two figures, without a third."""
    joined = _BEHIND.search(text[second.end : times.start]) is not None
    return joined and _AS_MUCH.match(text, times.end) is not None


def _behind_both(text: str, one: Mention, other: Mention, times: Mention) -> Check | None:
    """ "4.5 …, … 54 billion litres, 12 times as much": the second is so many times the first, unless words
    make it what the first is set against ("11 cents instead of 3, almost four times as much")."""
    if INSTEAD.search(text, one.end, other.start):
        return _multiple(text, one, times, other)
    if not _closes(text, other, times, one) and _closes(text, one, times, other):
        return None  # which of the two is meant no word says
    return _multiple(text, other, times, one)


def _is_bound(text: str, first: Mention, times: Mention, second: Mention) -> bool:
    """Whether "N times" says how the figures on its two sides compare."""
    before, behind = text[first.end : times.start], text[times.end : second.start]
    if len(before) > _MOST or len(behind) > _MOST:
        return False
    if _BINDING.match(text, times.end) is None and times.unit != SHARE:
        return False
    if _GOES_ON.search(behind):
        return False
    if _SWITCH.search(before) and not _ABOUT_IT.search(before):
        return False
    if is_measured_elsewhere(text, times, second):
        return False  # "twice as much as in 2018, with $340 million from"
    warm = (second.unit or "").startswith("degree") and _PLACED.search(behind) is not None
    where = is_measured(first.unit) and _FOUND_AT.search(behind) is not None
    return _SWITCH.search(behind) is None and not (warm or where)


def compared_times(text: str, times: Mention, one: Mention, other: Mention) -> Check:
    """ "Four times as many", "an eighth of the price", of two figures that words do not put in order: what is
    more is so many times what is less."""
    return _multiple(text, *_in_order(text, times, one, other))


def is_times(text: str, times: Mention, one: Mention, other: Mention) -> bool:
    """The same: whether it is so."""
    return _closes(text, *_in_order(text, times, one, other))


def _in_order(text: str, times: Mention, one: Mention, other: Mention) -> tuple[Mention, Mention, Mention]:
    less, more = sorted((one, other), key=lambda m: m.low)
    whole = times.low >= 1 and _IS_LESS.match(text, times.end) is None
    return (more, times, less) if whole else (less, times, more)


def _closes(text: str, first: Mention, times: Mention, second: Mention) -> bool:
    one, other = zones(first).true, zones(_plain(second)).true
    ratio = other / one if _IS_LESS.match(text, times.end) else one / other
    if meet(ratio, zones(times).true):
        return True
    if not _IS_MORE.match(text, times.end):
        return False
    # three times more: three or four
    return meet(ratio, zones(times._replace(low=times.low + 1, high=times.high + 1)).true)


def _multiple(text: str, first: Mention, times: Mention, second: Mention) -> Check:
    base, closes = _plain(second), _closes(text, first, times, second)
    arithmetic, size = f"{shown(first)} ÷ {shown(base)}", first.low / base.low
    if _IS_LESS.match(text, times.end):
        arithmetic, size = f"{shown(base)} ÷ {shown(first)}", 1 / size
    told = f"{arithmetic} = {converted(size, [times.low])}"
    why = f"{told}; the text says {times.words}" if closes else f"{told}, not {times.words}"
    about = tuple(m.words for m in sorted((first, times, second), key=lambda m: m.start))
    start, end = min(m.start for m in (first, times, second)), max(m.end for m in (first, times, second))
    return Check(TEST, about, closes, f"{why}.", None, start, end)


def _plain(mention: Mention) -> Mention:
    """Without the bound that the comparison itself has brought: "three times more than the 104"."""
    return mention._replace(modifier=EXACT, hedges=())
