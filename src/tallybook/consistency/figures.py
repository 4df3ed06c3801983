"""The figures of a text as its tests use them: the zones of each, the two ends of "from A to B", and which
may stand beside each other."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter

from tallybook.book.currencies import is_currency
from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.forms import AGE_FORM, EXACT, NUMBER_FORM, RANGE
from tallybook.consistency.printed_numbers import is_measured
from tallybook.estimates.nature import Nature
from tallybook.estimates.zones import Zones, zones_of
from tallybook.prose import number
from tallybook.quantity import DEFAULT_POLICY, INFINITY, Interval, Quantity
from tallybook.reading import Mention, Reading
from tallybook.reading.mention import FIGURE
from tallybook.terms import Form, Modifier

START = attrgetter("start")
"""Where a figure or aside begins: sorts them into the order of a text."""
PER_CENT, POINTS = "percent", frozenset({"percentage point", "point"})
TIMES, SHARE = "time", "fraction"
_FROM = AnyCase(r"from\b")
_ONLY_SHARES = frozenset({PER_CENT, SHARE, "percentage point", TIMES})


def zones(mention: Mention) -> Zones:
    """The zones of what the words of a figure state, in its own unit; a fall is below zero."""
    # What decides them, in slices: an attribute of a quantity each takes several times as long.
    return _zones(mention[3:8], mention[9:11], mention[14:19])


_Number = tuple[float, float, Modifier, tuple[Modifier, ...], str | None]
_Rate = tuple[str | None, str | None]
_Printing = tuple[float | None, float | None, float | None, bool, Form]
"""The fields of a mention from ``low`` to ``unit``, ``per`` and ``trend``, and from ``best`` to ``form``."""


@lru_cache(maxsize=4096)
def _zones(number: _Number, rate: _Rate, printing: _Printing) -> Zones:
    return zones_of(
        _quantity(number, rate, printing),
        _nature(number[4], printing[1], rate[1] is not None),
        DEFAULT_POLICY,
    )


@lru_cache(maxsize=1024)
def _continuous(number: _Number, rate: _Rate, printing: _Printing) -> Zones:
    return zones_of(_quantity(number, rate, printing), Nature(count=False), DEFAULT_POLICY)


def _quantity(number: _Number, rate: _Rate, printing: _Printing) -> Quantity:
    low, high, modifier, hedges, unit = number
    per, trend = rate
    return Quantity(low, high, modifier, unit, per, hedges, *printing, trend)


@lru_cache(maxsize=1024)
def _nature(unit: str | None, grain: float | None, signed: bool) -> Nature:
    """How a number of a unit behaves: a bare number without decimals, or of a noun, counts."""
    money = unit is not None and is_currency(unit)
    count = not (money or is_measured(unit) or unit in POINTS or (grain is not None and grain < 1))
    floor = -INFINITY if signed or is_measured(unit) else 0.0
    return Nature(count=count, money=money, signed=signed, change=signed, floor=floor)


def ends(mention: Mention) -> tuple[Mention, Mention] | None:
    """The first and the last level of "from A to B", in this order; None of any other figure."""
    if mention.modifier is not RANGE:
        return None
    if mention.best is not None or mention.hedges:
        return None
    if _FROM.match(mention.words) is None or mention.low == mention.high:
        return None
    low = _end(mention, mention.low, mention.grain)
    high = _end(mention, mention.high, mention.grain_high or mention.grain)
    return (high, low) if mention.descends else (low, high)


def _end(mention: Mention, value: float, grain: float | None) -> Mention:
    return mention._replace(
        low=value, high=value, modifier=EXACT, trend=None, leaning=None, grain=grain, grain_high=None
    )


def level(mention: Mention) -> bool:
    """Whether a figure may be a level that was, or is, reached: one finite number of something."""
    return mention.trend is None and is_one_number(mention)


def is_one_number(mention: Mention) -> bool:
    """Whether a figure is one finite number of something, a change or not."""
    return (
        mention.low == mention.high
        and 0 < mention.low < math.inf
        and mention.form is NUMBER_FORM
        and mention.unit not in (SHARE, TIMES)
    )


def alike(one: Mention, other: Mention) -> bool:
    """Whether two levels may be of one thing: one unit, or one leaves its unit out."""
    if one.per is not None and other.per is not None and one.per != other.per:
        return False
    return one.unit is None or other.unit is None or one.unit == other.unit


def sentences_of(figures: Iterable[Mention]) -> list[list[Mention]]:
    """The figures of each sentence that has some, of figures in the order of a text."""
    groups: list[list[Mention]] = []
    sentence: tuple[int, int] | None = None
    for figure in figures:
        if figure.sentence != sentence:
            own: list[Mention] = []
            groups.append(own)
            sentence = figure.sentence
        own.append(figure)
    return groups


def asides_between(reading: Reading, start: int, end: int) -> bool:
    """Whether a number that is no figure, as a year, stands between two places of a text."""
    return any(start <= aside.start < end for aside in reading.asides if aside.kind != FIGURE)


def shown(mention: Mention) -> str:
    """The number of a level as a person writes it in a sum: £2.2 billion is "2.2 billion"."""
    return number(mention.low)


def is_length_of_time(mention: Mention) -> bool:
    """Whether a figure is so many days, years or the like."""
    return mention.per is None and mention.unit in PERIODS


def is_attribute(text: str, mention: Mention) -> bool:
    """Whether a figure is hung to a noun: "a *two-bedroom* flat"."""
    if mention.noun is None or "-" not in mention.words:
        return False
    return text[mention.end : mention.end + 2].strip().isalpha() and any(
        "-" in word and not _COMPOUND.fullmatch(word)
        for word in mention.words.split()[: 1 + mention.words.startswith(("a ", "an "))]
    )


_COMPOUND = AnyCase(
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)",
)
PERIODS = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade"})


def bare(mention: Mention) -> Mention:
    """The same, with a number between commas that was read as an age as the plain number that it may be.

    "128 came from museums and the rest, 96, from homes": 96, and not 96 years.
    """
    if mention.form is not AGE_FORM or not mention.words.replace(",", "").isdecimal():
        return mention
    return mention._replace(unit=None, noun=None, form=NUMBER_FORM)


def bared(figures: Iterable[Mention]) -> list[Mention]:
    """Each of several figures so."""
    return [bare(m) if m.form is AGE_FORM else m for m in figures]


def unborrowed(mention: Mention) -> Mention:
    """The same, without a unit that the reader lent it and that it cannot have: "halved, from | 62 | to 39"
    counts no fractions and "in the two years: | 366 | in the first" no years."""
    if not mention.inferred:
        return mention
    unit = mention.unit
    lent = unit in (SHARE, TIMES) or (unit in PERIODS and mention.low > _MOSTPERIODS)
    plain = mention.form is NUMBER_FORM and mention.low > 1 and mention.words[:1].isdigit()
    return mention._replace(unit=None, noun=None, inferred=False) if plain and lent else mention


_MOSTPERIODS = 120


def continuous(mention: Mention) -> Zones:
    """The zones of a rate or a mean, which has a width even where it counts: 41 a boat is 40.5 to 41.5."""
    return _continuous(mention[3:8], mention[9:11], mention[14:19])


def scaled(zone: Interval, factor: float) -> Interval:
    """An interval in another unit: both ends times ``factor`` (above 0)."""
    if factor == 1.0:
        return zone
    return Interval(zone.low * factor, zone.high * factor, zone.low_open, zone.high_open)


def told_of(checks: Sequence[Check]) -> Callable[[Mention], bool]:
    """Whether a figure lies in the words of one of several checks, which are made already."""
    if not checks:
        return _never
    spans: list[tuple[int, int]] = []
    for start, end in sorted((check.start or 0, check.end or 0) for check in checks):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    starts = [start for start, _ in spans]

    def is_told(mention: Mention) -> bool:
        k = bisect_right(starts, mention.start) - 1
        return k >= 0 and mention.start < spans[k][1]

    return is_told


def _never(mention: Mention) -> bool:
    return False
