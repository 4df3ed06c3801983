"""How many times one period holds another, under each usual reading: a year has 365 or 365.25 days, a week of
work five days or six."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

Base = tuple[float, str]
"""How many of which period: (7, "minute")."""

_BASE = re.compile(r"(?:(\d{1,6}(?:\.\d{1,4})?) )?(second|minute|hour|day|night|week|month|quarter|year)")
_YEARS = (365.0, 365.25)
_HOURS = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1.0, "day": 24.0, "night": 24.0, "week": 168.0}
_ORDER = ("second", "minute", "hour", "day", "night", "week", "month", "quarter", "year")
_USUAL = {
    ("hour", "day"): (7, 7.5, 8, 9, 10, 12, 16),
    ("hour", "week"): (35, 36, 37, 37.5, 38, 39, 40, 42, 48),
    ("minute", "day"): (420, 450, 480, 540, 600, 720),
    ("day", "week"): (5, 6),
    ("day", "month"): (20, 21, 22, 25, 26),
    ("day", "year"): (249, 250, 251, 252, 253, 254, 255, 260, 261, 300, 310, 312, 313),
    ("week", "year"): (48, 50),
    ("hour", "year"): (1600, 1700, 1800, 1900, 1950, 2000, 2080),
}
_WORKING = {
    ("hour", "day"): (4, 5, 6),
    ("hour", "week"): (25, 30, 32),
    ("day", "week"): (4,),
    ("day", "month"): (16, 17, 18, 19),
    ("day", "year"): (175, 180, 185, 190, 195, 200, 210, 220, 225, 230, 240),
    ("week", "year"): (36, 38, 39, 40, 42, 44, 45, 46, 47),
    ("month", "year"): (9, 10, 11),
}


@lru_cache(maxsize=256)
def base_of(per: str | None) -> Base | None:
    """(how many, of which period) of the base of a rate: (7, "minute") of "7 minute"; None of no period."""
    found = _BASE.fullmatch(per or "")
    many = float(found[1] or 1) if found else 0.0
    return (many, found[2]) if found and many else None


def times(short: str, long: str, hours: float | None = None) -> Iterator[float]:
    """How many of the first period the second holds; ``hours``: how many of a day count, if not all.

    "minute", "year" gives 525,600 and 525,960; with 12 hours of a day the half of each.
    """
    part = hours / 24 if hours else 1.0
    within = _HOURS.get(short, 24.0) < 24.0 <= _HOURS.get(long, 24.0)
    for year in _YEARS:
        for one in _lengths(short, long, year):
            for other in _lengths(long, short, year):
                yield other / one * (part if within else 1.0)
    if {short, long} == {"week", "year"}:
        yield 52.0 if long == "year" else 1 / 52


def _lengths(period: str, beside: str, year: float) -> tuple[float, ...]:
    if period in _HOURS:
        return (_HOURS[period],)
    if period == "month":
        short = _ORDER.index(beside) < _ORDER.index("month")
        return (year * 2, 672.0, 720.0, 744.0) if short else (year * 2,)
    return (year * 24 if period == "year" else year * 6,)


def times_of_work(short: str, long: str, *, named: bool) -> Iterator[float]:
    """The same where only hours, days or weeks of work may count; ``named``: the words speak of such."""
    turned = _ORDER.index(short) > _ORDER.index(long)
    pair = (long, short) if turned else (short, long)
    for many in (*_USUAL.get(pair, ()), *(_WORKING.get(pair, ()) if named else ())):
        yield 1 / many if turned else float(many)
