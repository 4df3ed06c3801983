"""Reference periods: EDTF text (Library of Congress / ISO 8601-2) as an interval of days.

A date may also be given as newspapers give it: "early August 2025", "mid-2024", "late 2023". A month or
year has three thirds: early is days 1–10 or January–April, mid days 11–20 or May–August, late the rest.
An approximate date (2025-04~, "about") may lie half its own length to either side, three days at least.
"""

from __future__ import annotations

import calendar
import re
import time
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

EARLIEST, LATEST = date.min, date.max
_THIRD = re.compile(r"(early|mid|late)[ -](?:in )?(?:([a-z]{3,9}) )?(\d{4})", re.IGNORECASE)
_LONGEST = 60
_LEAST_DOUBT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day that the words can mean; both inside.

    ``end_from``: the first day that the *end* can be: of 2024-01/2024-12 that is 2024-12-01. A
    running total over a period is a count at its end, which lies in ``end_from`` … ``end``.
    ``start_to``: likewise the last day that the start can be.
    """

    text: str
    start: date
    end: date
    start_to: date
    end_from: date

    @property
    def spans(self) -> bool:
        """True for a period with two ends of its own (a/b), not one vague date."""
        return self.start_to < self.end_from

    @property
    def open_start(self) -> bool:
        return self.start == EARLIEST

    def meets(self, other: Period) -> bool:
        return self.start <= other.end and other.start <= self.end

    def days_from(self, other: Period) -> int:
        """Days between two periods; 0 when they meet."""
        if self.meets(other):
            return 0
        return (self.start - other.end).days if self.start > other.end else (other.start - self.end).days

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """EDTF level 0 and 1 (2024, 2024-11, 2024-11-12, a/b, ../b, 2025-08~, 2025-21), or a vague date in words.

    Either end of a/b may be in words too. ValueError if it is none.
    """
    if len(text) > _LONGEST:
        raise ValueError("no date: too long")
    first, slash, last = text.partition("/")
    start, start_to = _ends(first, EARLIEST)
    if not slash:
        return Period(text, start, start_to, start_to, start)
    end_from, end = _ends(last, LATEST)
    if start > end:
        raise ValueError(f"{text} ends before it starts")
    if first == "..":
        start_to = EARLIEST
    if last == "..":
        end_from = LATEST
    return Period(text, start, end, start_to, end_from)


def _ends(text: str, open_end: date) -> tuple[date, date]:
    """The first and the last day that one date can mean."""
    if text == "..":
        return open_end, open_end
    if "/" in text:
        raise ValueError(f"a period has two ends, not more: {text}")
    third = _THIRD.fullmatch(text.strip())
    if third is not None:
        return _third_of(*third.groups())
    from edtf import parse_edtf

    try:
        parsed = parse_edtf(text.rstrip("~%"))
        start, end = _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except Exception as error:  # pyparsing and edtf raise many kinds, all of them mean one thing here
        raise ValueError(f"no date in EDTF: {text}") from error
    if text.endswith(("~", "%")):
        doubt = max(_LEAST_DOUBT, ((end - start) + timedelta(days=1)) / 2)
        try:
            start, end = start - doubt, end + doubt
        except OverflowError as error:
            raise ValueError(f"no date in EDTF: {text}") from error
    return start, end


def _third_of(part: str, month: str | None, year_text: str) -> tuple[date, date]:
    year, third = int(year_text), ("early", "mid", "late").index(part.lower())
    if year < 1:
        raise ValueError(f"no year: {year_text}")
    if month is None:
        last = calendar.monthrange(year, 4 * third + 4)[1]
        return date(year, 4 * third + 1, 1), date(year, 4 * third + 4, last)
    names = [name.lower() for name in calendar.month_name]
    starts = [k for k, name in enumerate(names) if k and name.startswith(month.lower())]
    if len(starts) != 1:
        raise ValueError(f"no month: {month}")
    last = calendar.monthrange(year, starts[0])[1] if third == 2 else 10 * third + 10
    return date(year, starts[0], 10 * third + 1), date(year, starts[0], last)


def day(value: date) -> Period:
    return Period(value.isoformat(), value, value, value, value)


def until(value: date) -> Period:
    """Any time up to and with a day."""
    return Period(f"../{value.isoformat()}", EARLIEST, value, EARLIEST, EARLIEST)


def _day(moment: time.struct_time) -> date:
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
