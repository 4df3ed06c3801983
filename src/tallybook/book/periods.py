"""Reference periods: EDTF text (Library of Congress / ISO 8601-2) as an interval of days."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

EARLIEST, LATEST = date.min, date.max


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
    """EDTF level 0 and 1: 2024, 2024-11, 2024-11-12, a/b, ../b, 2025-08~. ValueError if it is none."""
    from edtf import parse_edtf

    if len(text) > 60:
        raise ValueError("no date: too long")
    try:
        parsed = parse_edtf(text)
        low, high = parsed.lower_strict(), parsed.upper_strict()
        first = getattr(parsed, "lower", None)
        last = getattr(parsed, "upper", None)
        start, end = _day(low, EARLIEST), _day(high, LATEST)
        start_to = _day(first.upper_strict(), EARLIEST) if first is not None and start != EARLIEST else None
        end_from = _day(last.lower_strict(), LATEST) if last is not None and end != LATEST else None
        if first is None or last is None:
            start_to, end_from = end, start
    except Exception as error:  # pyparsing and edtf raise many kinds, all of them mean one thing here
        raise ValueError(f"no date in EDTF: {text}") from error
    if start > end:
        raise ValueError(f"{text} ends before it starts")
    return Period(text, start, end, start_to or start, end_from or end)


def day(value: date) -> Period:
    return Period(value.isoformat(), value, value, value, value)


def until(value: date) -> Period:
    """Any time up to and with a day."""
    return Period(f"../{value.isoformat()}", EARLIEST, value, EARLIEST, EARLIEST)


def _day(moment: time.struct_time | float, otherwise: date) -> date:
    if not isinstance(moment, time.struct_time):
        return otherwise
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
