"""Reference periods: EDTF text (Library of Congress / ISO 8601-2) as an interval of days.

A date may also be given as newspapers give it: "early August 2025", "mid-2024", "late 2023". A month or
year has three thirds: early is days 1–10 or January–April, mid days 11–20 or May–August, late the rest.
An approximate date (2025-04~, "about") may lie half its own length to either side, three days at least.
"""

from __future__ import annotations

import calendar
import re
import time
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from io import StringIO

EARLIEST, LATEST = date.min, date.max
_THIRD = re.compile(r"(early|mid|late)[ -](?:in )?(?:([a-z]{3,9}) )?(\d{4})", re.IGNORECASE)
_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LONGEST = 60
_HOW = "Write 2024-11-12, 2024-11, 2024, a period a/b, or 'early August 2025'."
_SEASONS = {
    21: ("spring", "03", "05"),
    22: ("summer", "06", "08"),
    23: ("autumn", "09", "11"),
    24: ("winter", "12", "02"),
}
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


@lru_cache(maxsize=65536)
def parse_period(text: str) -> Period:
    """EDTF level 0 and 1 (2024, 2024-11, 2024-11-12, a/b, ../b, 2025-08~, 2025-21), or a vague date in words.

    Either end of a/b may be in words too. ValueError if it is none; its text says what to write.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"too long for a date. {_HOW}")
    first, slash, last = text.partition("/")
    start, start_to = _ends(first, EARLIEST)
    if not slash:
        return Period(text, start, start_to, start_to, start)
    end_from, end = _ends(last, LATEST)
    if start > end:
        raise ValueError(f"it ends before it starts. {_HOW}")
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
        raise ValueError(f"a period has two ends, not more. {_HOW}")
    third = _THIRD.fullmatch(text.strip())
    if third is not None:
        return _third_of(*third.groups())
    _refuse_two_years(text)
    certain = text.rstrip("~%")
    start, end = _plain(certain) or _in_edtf(certain)
    if text.endswith(("~", "%")):
        doubt = max(_LEAST_DOUBT, ((end - start) + timedelta(days=1)) / 2)
        try:
            start, end = start - doubt, end + doubt
        except OverflowError as error:
            raise ValueError(f"out of the calendar. {_HOW}") from error
    return start, end


def _plain(text: str) -> tuple[date, date] | None:
    """2024, 2024-11 or 2024-11-12, the most of all dates, without a grammar; None for anything else."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    year, month, day_ = (int(part) if part is not None else None for part in found.groups())
    assert year is not None
    try:
        first = date(year, 1 if month is None else month, 1 if day_ is None else day_)
    except ValueError:
        return None
    if day_ is not None:
        return first, first
    last_month = 12 if month is None else month
    return first, date(year, last_month, calendar.monthrange(year, last_month)[1])


def _in_edtf(text: str) -> tuple[date, date]:
    from edtf import parse_edtf

    try:
        with redirect_stdout(StringIO()):  # edtf prints what it tries
            parsed = parse_edtf(text)
        return _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except Exception as error:  # pyparsing and edtf raise many kinds, all of them mean one thing here
        raise ValueError(f"not a date in EDTF. {_HOW}") from error


def _refuse_two_years(text: str) -> None:
    """2023-24 is a winter in EDTF, and a year that runs over two in most texts."""
    found = _PLAIN.fullmatch(text)
    if found is None or found[2] is None or found[3] is not None or 1 <= int(found[2]) <= 12:
        return
    year, tail = int(found[1]), int(found[2])
    if tail != (year + 1) % 100:
        return
    two_years = f"a year that runs over two: write its months ({year}-04/{year + 1}-03), or {year}/{year + 1}"
    season = _SEASONS.get(tail)
    if season is None:
        raise ValueError(f"this may mean {two_years}.")
    name, first, last = season
    ends = f"{year}-{first}/{year + (last < first)}-{last}"
    raise ValueError(f"this may mean {name} {year}: write {ends}; or {two_years}.")


def _third_of(part: str, month: str | None, year_text: str) -> tuple[date, date]:
    year, third = int(year_text), ("early", "mid", "late").index(part.lower())
    if year < 1:
        raise ValueError(f"there is no year {year_text}. {_HOW}")
    if month is None:
        last = calendar.monthrange(year, 4 * third + 4)[1]
        return date(year, 4 * third + 1, 1), date(year, 4 * third + 4, last)
    names = [name.lower() for name in calendar.month_name]
    starts = [k for k, name in enumerate(names) if k and name.startswith(month.lower())]
    if len(starts) != 1:
        raise ValueError(f"'{month}' is not a month. {_HOW}")
    last = calendar.monthrange(year, starts[0])[1] if third == 2 else 10 * third + 10
    return date(year, starts[0], 10 * third + 1), date(year, starts[0], last)


def day(value: date) -> Period:
    return Period(value.isoformat(), value, value, value, value)


def until(value: date) -> Period:
    """Any time up to and with a day."""
    return Period(f"../{value.isoformat()}", EARLIEST, value, EARLIEST, EARLIEST)


def _day(moment: time.struct_time) -> date:
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
