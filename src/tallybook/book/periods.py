"""Reference periods: EDTF text (Library of Congress / ISO 8601-2) or words, as an interval of days.

A date may also be given as newspapers give it: "31 December 2022", "Mar 2022", "early August 2025",
"mid-2024". A month or year has three thirds: early is days 1–10 or January–April, mid days 11–20 or
May–August, late the rest. An hour stands behind its day (2025-04-03T12:00), in the time of the place. A
fiscal year is FY2023-24; its measure says with which month it begins. An approximate date (2025-04~,
"about") may lie half its own length to either side, three days at least.
"""

from __future__ import annotations

import calendar
import re
import time
import unicodedata
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from io import StringIO

EARLIEST, LATEST = date.min, date.max
BEFORE_ALL, AFTER_ALL = -10_000_000, 10_000_000
"""The days that stand for EARLIEST and LATEST among ordinals: outside every calendar. They fit 32 bits, their
minutes (times 1440) 64."""

_DAY_OF_MINUTES = 1440
_LAST_MINUTE = _DAY_OF_MINUTES - 1
_NO_HOUR = -1
_LONGEST = 60
_HOW = (
    "Write 2024-11-12, 2024-11-12T15:30, 2024-11, 2024, '3 May 2021', 'early August 2025', or a period a/b."
)
_LEAST_DOUBT = timedelta(days=3)

_MONTHS = (
    "january jan januar jänner jän січень січня січні",
    "february feb februar feber лютий лютого лютому",
    "march mar märz mär mrz березень березня березні",
    "april apr квітень квітня квітні",
    "may mai травень травня травні",
    "june jun juni червень червня червні",
    "july jul juli липень липня липні",
    "august aug серпень серпня серпні",
    "september sep sept вересень вересня вересні",
    "october oct oktober okt жовтень жовтня жовтні",
    "november nov листопад листопада листопаді",
    "december dec dezember dez грудень грудня грудні",
)
_MONTH_OF = {name: k for k, names in enumerate(_MONTHS, start=1) for name in names.split()}
_ENGLISH = tuple(names.split()[0] for names in _MONTHS)

_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MINUTE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2})(?::([0-9]{2})(?::[0-5][0-9])?)?(.*)")
_THIRD = re.compile(r"(early|mid|late)[ -](?:in )?(?:([^\W\d_]{3,9}) )?([0-9]{4})", re.IGNORECASE)
_YEAR = r"([0-9]{4})(?: (?:року|р\.?))?"
_DAY_FIRST = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th|\.)? ?(?:of )?([^\W\d_]{{3,9}})\.?,? {_YEAR}", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"([^\W\d_]{{3,9}})\.?,? (?:of )?(?:([0-9]{{1,2}})(?:st|nd|rd|th)?,? )?{_YEAR}", re.IGNORECASE
)
_DASH = "[-‐‑‒–]"
_FISCAL = re.compile(
    rf"\b(?:FY|(?:the )?(?:fiscal(?: year)?|financial year)) ?([0-9]{{4}})"
    rf"(?:(?:{_DASH}|/)([0-9]{{4}}|[0-9]{{2}})(?![0-9-]))?",
    re.IGNORECASE,
)
_FISCAL_NAME = re.compile(r"FY([0-9]{4})-[0-9]{2}")
_BARE_FISCAL = re.compile(r"([0-9]{4})/([0-9]{2})")
_TWO_YEARS = re.compile(rf"([0-9]{{4}}){_DASH}([0-9]{{4}}|[0-9]{{2}})")
_DIGITS = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})")
_WINTER = re.compile(r"([0-9]{4})-(?:24|28|30)")
_SEASON = re.compile(r"([0-9]{4})-(2[1-4])")
_SEASONS = {
    21: ("spring", "03", "05"),
    22: ("summer", "06", "08"),
    23: ("autumn", "09", "11"),
    24: ("winter", "12", "02"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day that the words can mean; both inside.

    ``text``: as it was typed; a fiscal year is always FY2023-24, so that a "/" in it parts two ends.
    ``end_from``: the first day that the *end* can be: of 2024-01/2024-12 that is 2024-12-01. A
    running total over a period is a count at its end, which lies in ``end_from`` … ``end``.
    ``start_to``: likewise the last day that the start can be.
    ``start_minute``, ``end_minute``: minutes since midnight, of the first minute within the first day and
    of the last within the last: 0 and 1439 unless an hour was typed, both 720 for one date with 12:00.
    ``told``: the day on which a figure of it was told, where it was not over by then.
    """

    text: str
    start: date
    end: date
    start_to: date
    end_from: date
    start_minute: int = 0
    end_minute: int = _LAST_MINUTE
    told: date | None = None

    def told_on(self, day: date) -> Period:
        """The period of a figure that somebody told on that day of what had been counted by then.

        "2025", told in March of that year, is 2025 so far: it begins with the year, and which day it
        reaches to the words leave open. A period that was over by then, or with two ends of its own, stays.
        """
        running = "/" not in self.text and self.start <= day < self.end
        return replace(self, told=day) if running else self

    @property
    def has_hours(self) -> bool:
        """Whether an hour was typed that leaves a part of the first or last day out."""
        return self.start_minute != 0 or self.end_minute != _LAST_MINUTE

    @property
    def spans(self) -> bool:
        """True for a period with two ends of its own (a/b), not one vague date."""
        if self.start == self.end:
            return self.has_hours and self.start_minute < self.end_minute
        return self.start_to < self.end_from

    @property
    def open_start(self) -> bool:
        return self.start == EARLIEST

    @property
    def open_end(self) -> bool:
        return self.end == LATEST

    def extent(self) -> tuple[int, int, int, int]:
        """The days of a total, rate, share or change: earliest and latest start, earliest and latest end.

        Proleptic ordinals (``date.toordinal``), hours aside; an open end is BEFORE_ALL or AFTER_ALL. It
        never fails. Of two definite ends the first two are equal, and the last two.

        Definite are a day, month, calendar or fiscal year, and a/b with both ends named with the same
        precision: September to November is three whole months. Where the precision of the ends is unlike,
        each may be any day of its name: 2024-08/2024-11-01 begins on some day of August. A season, a third
        ("early August"), an unspecified, uncertain or approximate date (2025-XX, 2025-04?, 2025-04~) begins
        and ends anywhere in it; one that was not over when it was ``told`` ends anywhere in it. The unknown
        start of ../b is no later than the earliest end, nor the unknown end of a/.. earlier than the latest
        start. The start is never after the end: what pairs them must keep to that.
        """
        start, end = _ordinal(self.start), _ordinal(self.end)
        start_to, end_from = _ordinal(self.start_to), _ordinal(self.end_from)
        first, slash, last = self.text.partition("/")
        if not slash:
            definite = bool(_precision(first, self.start, self.end))
            begins, ends = (start, end) if definite else (end, start)
            return start, begins, (start if self.told else ends), end
        if self.open_start and (self.open_end or self.end_from == EARLIEST):
            return start, end, start, end
        if self.open_start:
            return start, end_from, end_from, end
        if self.open_end:
            return start, start_to, start_to, end
        precision = _precision(first, self.start, self.start_to)
        if precision and precision == _precision(last, self.end_from, self.end):
            return start, start, end, end
        return start, min(start_to, end), max(end_from, start), end

    def points(self) -> tuple[int, int]:
        """The first and last minute at which a stock, level or cumulative count of it may have been taken.

        Minutes: proleptic ordinal × 1440 + minute of the day; BEFORE_ALL or AFTER_ALL × 1440 for an open
        end. It never fails. Of one name, and of a/b, that is any minute in ``start`` … ``end``; of ../b,
        whose running total is a count at its end, any in ``end_from`` … ``end``, of a/.. any from its start
        on.
        """
        begin = _ordinal(self.start) * _DAY_OF_MINUTES + self.start_minute
        if self.open_end:
            return begin, AFTER_ALL * _DAY_OF_MINUTES
        end = _ordinal(self.end) * _DAY_OF_MINUTES + self.end_minute
        if not self.open_start:
            return begin, end
        if self.end_from == EARLIEST:
            return BEFORE_ALL * _DAY_OF_MINUTES, end
        if self.end_minute != _LAST_MINUTE or self.text.endswith(("T23:59", "T23:59:59")):
            return end, end
        return max(begin, _ordinal(self.end_from) * _DAY_OF_MINUTES), end

    def meets(self, other: Period) -> bool:
        """Whether they share a day; hours aside."""
        return self.start <= other.end and other.start <= self.end

    def days_from(self, other: Period) -> int:
        """Days between two periods; 0 when they meet."""
        if self.meets(other):
            return 0
        return (self.start - other.end).days if self.start > other.end else (other.start - self.end).days

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=65536)
def parse_period(text: str, first_month: int | None = None) -> Period:
    """A date or period as typed: EDTF level 0 and 1, with hours to the minute, fiscal years, or words.

    EDTF: 2024, 2024-11, 2024-11-12, a/b, ../b, a/.., 2025-08~, 2025-21. Hours: 2025-04-03T12:00 (T12 is
    the same). Words: 31 December 2022, December 31, 2022, Mar 2022, early August 2025; months in English,
    German and Ukrainian. Either end of a/b may be any of them. Fiscal years: FY2023-24, FY 2023/24,
    FY2023–24, and 2023/24 where it stands alone; 2023/2024 are two calendar years.

    ``first_month``: 1–12, the month with which the measure's fiscal year begins; FY2023-24 is the twelve
    months from that month of 2023. None: it has none, and a fiscal year is refused.

    ValueError if it is no date, may mean two (2023-24, FY2024, 3/4/2022) or is impossible (31 February), if a
    period ends before it starts, or for another ``first_month``; its text says what to write.
    """
    if first_month is not None and not 1 <= first_month <= 12:
        raise ValueError(f"'first_month' is a month from 1 to 12, not {first_month}.")
    plain = _plain(text)
    if plain is not None:
        return Period(text, plain[0], plain[1], plain[1], plain[0])
    if len(text) > _LONGEST:
        raise ValueError(f"too long for a date. {_HOW}")
    text = _with_fiscal_names(text, first_month)
    first, slash, last = text.partition("/")
    if not slash:
        if first.strip() == "..":
            raise ValueError("two dots are the open end of a period: write ../2024-11 or 2024-11/..")
        start, end, minute = _date(first, EARLIEST, first_month)
        minutes = (0, _LAST_MINUTE) if minute == _NO_HOUR else (minute, minute)
        return Period(text, start, end, end, start, *minutes)
    if "/" in last:
        _refuse_digits(text.strip())
    start, start_to, start_minute = _date(first, EARLIEST, first_month)
    end_from, end, end_minute = _date(last, LATEST, first_month)
    start_minute = max(start_minute, 0)
    end_minute = _LAST_MINUTE if end_minute == _NO_HOUR else end_minute
    if start > end or (start == end and start_minute > end_minute):
        raise ValueError(f"it ends before it starts. {_HOW}")
    return Period(text, start, end, start_to, end_from, start_minute, end_minute)


def _date(text: str, open_end: date, first_month: int | None) -> tuple[date, date, int]:
    """The first and the last day that one date can mean, and the minute typed or _NO_HOUR."""
    plain = _plain(text)
    if plain is not None:
        return plain[0], plain[1], _NO_HOUR
    text = " ".join(text.split())
    if text == "..":
        return open_end, open_end, _NO_HOUR
    if "/" in text:
        raise ValueError(f"a period has two ends, not more; a fiscal year in it is FY2023-24. {_HOW}")
    if text[10:11] == "T":
        return _with_minute(text)
    certain = text.rstrip("~%?")
    start, end = (
        _plain(certain)
        or _in_thirds(certain)
        or _fiscal_year(certain, first_month)
        or _in_words(certain)
        or _other(certain)
    )
    if "~" in text[len(certain) :] or "%" in text[len(certain) :]:
        doubt = max(_LEAST_DOUBT, ((end - start) + timedelta(days=1)) / 2)
        try:
            start, end = start - doubt, end + doubt
        except OverflowError as error:
            raise ValueError(f"out of the calendar. {_HOW}") from error
    return start, end, _NO_HOUR


def _plain(text: str) -> tuple[date, date] | None:
    """2024, 2024-11 or 2024-11-12, the most of all dates, without a grammar; None for anything else."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    year, month, day_ = found.groups()
    try:
        if day_ is not None:
            first = date(int(year), int(month), int(day_))
            return first, first
        if month is not None:
            return _month(int(year), int(month))
        return date(int(year), 1, 1), date(int(year), 12, 31)
    except ValueError:
        return None


def _month(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, date(year, month, calendar.monthrange(year, month)[1])


def _with_minute(text: str) -> tuple[date, date, int]:
    """2025-04-03T12:00, or T12; seconds are read and not kept."""
    found = _MINUTE.fullmatch(text)
    if found is None:
        raise ValueError(f"not a date with an hour. {_HOW}")
    day_text, hour, minute, rest = found[1], int(found[2]), int(found[3] or 0), found[4]
    plain = _plain(day_text)
    if plain is None:
        _refuse_impossible(day_text)
        raise ValueError(f"there is no such day. {_HOW}")
    if hour > 23 or minute > 59:
        raise ValueError("the hours of a day run from 00:00 to 23:59; for its end leave the hour out.")
    if rest in ("~", "%", "?"):
        raise ValueError(f"an hour is known or left out: write {day_text}{rest} for about that day.")
    if rest:
        raise ValueError(
            f"write the hour as the clocks of the place show it, with nothing behind it: "
            f"{day_text}T{hour:02}:{minute:02}."
        )
    return plain[0], plain[1], 60 * hour + minute


# Fiscal years


def _with_fiscal_names(text: str, first_month: int | None) -> str:
    """The text with each fiscal year as FY2023-24; ValueError for one whose second year is not the next."""
    bare = _BARE_FISCAL.fullmatch(text.strip())
    if bare is None:
        return _FISCAL.sub(lambda found: _named(found, first_month), text) if "f" in text.lower() else text
    year, tail = int(bare[1]), int(bare[2])
    if tail == (year + 1) % 100:
        return _fiscal_name(year)
    ways = [f"{year:04}/{(year + 1) % 100:02}"]
    if 1 <= tail <= 12:
        ways.append(f"{bare[1]}-{bare[2]} for a month")
    if tail > year % 100:
        ways.append(f"{bare[1]}/{bare[1][:2]}{bare[2]} for calendar years")
    raise ValueError(f"the second year of a fiscal year is the next one: write {', or '.join(ways)}.")


def _named(found: re.Match[str], first_month: int | None) -> str:
    year, tail = int(found[1]), found[2]
    if tail is None and first_month == 1:
        raise ValueError(f"the measure's fiscal year is a calendar year ('first_month: 1'): write {year:04}.")
    if tail is None:
        raise ValueError(
            f"this may mean the fiscal year that ends in {year} or the one that begins in it: "
            f"write {_fiscal_name(year - 1)} or {_fiscal_name(year)}."
        )
    if int(tail) != (year + 1 if len(tail) == 4 else (year + 1) % 100):
        raise ValueError(
            f"the second year of a fiscal year is the next one: write {_fiscal_name(year)}, or several "
            "as FY2022-23/FY2024-25."
        )
    return _fiscal_name(year)


def _fiscal_name(year: int) -> str:
    return f"FY{year:04}-{(year + 1) % 100:02}"


def _fiscal_year(name: str, first_month: int | None) -> tuple[date, date] | None:
    """The twelve months of FY2023-24 from ``first_month`` of 2023; None for anything else."""
    found = _FISCAL_NAME.fullmatch(name)
    if found is None:
        return None
    year = int(found[1])
    if first_month is None:
        raise ValueError(
            f"a fiscal year: its measure needs 'first_month: 4' (the month with which its fiscal year "
            f"begins); or write its months, {_twelve_months(year)}."
        )
    if first_month == 1:
        raise ValueError(
            "the measure's fiscal year is a calendar year ('first_month: 1'): "
            f"write {year:04} or {year + 1:04}."
        )
    try:
        return date(year, first_month, 1), date(year + 1, first_month, 1) - timedelta(days=1)
    except ValueError as error:
        raise ValueError(f"out of the calendar. {_HOW}") from error


def _twelve_months(year: int) -> str:
    return f"{year:04}-04/{year + 1:04}-03"


# Words


def _in_words(text: str) -> tuple[date, date] | None:
    """31 December 2022, December 31, 2022, March 2022 and their like; None for anything else."""
    text = unicodedata.normalize("NFC", text)
    found = _DAY_FIRST.fullmatch(text)
    if found is not None:
        return _day_of(found[3], found[2], found[1])
    found = _MONTH_FIRST.fullmatch(text)
    return None if found is None else _day_of(found[3], found[1], found[2])


def _day_of(year_text: str, month_text: str, day_text: str | None) -> tuple[date, date]:
    year, month = _year(year_text), _month_named(month_text)
    if day_text is None:
        return _month(year, month)
    _refuse_no_day(year, month, int(day_text))
    first = date(year, month, int(day_text))
    return first, first


def _in_thirds(text: str) -> tuple[date, date] | None:
    """early August 2025, mid-2024; None for anything else."""
    found = _THIRD.fullmatch(text)
    if found is None:
        return None
    part, month_text, year_text = found.groups()
    year, third = _year(year_text), ("early", "mid", "late").index(part.lower())
    if month_text is None:
        return date(year, 4 * third + 1, 1), _month(year, 4 * third + 4)[1]
    first, last = _month(year, _month_named(month_text))
    return first.replace(day=10 * third + 1), last if third == 2 else first.replace(day=10 * third + 10)


def _year(text: str) -> int:
    if int(text) < 1:
        raise ValueError(f"there is no year {text}. {_HOW}")
    return int(text)


def _month_named(name: str) -> int:
    """1–12, for a name of the table, or the beginning of an English one that no other shares."""
    lower = unicodedata.normalize("NFC", name).lower()
    if lower in _MONTH_OF:
        return _MONTH_OF[lower]
    begun = [k for k, month in enumerate(_ENGLISH, start=1) if month.startswith(lower)]
    if len(begun) != 1:
        raise ValueError(f"'{name}' is not a month. {_HOW}")
    return begun[0]


# What may mean two dates, or none


def _other(text: str) -> tuple[date, date]:
    """A date of EDTF's whole grammar, once what it or people would misread is refused."""
    _refuse_two_years(text)
    _refuse_digits(text)
    _refuse_impossible(text)
    if text[:2].upper() == "FY":
        raise ValueError("write a fiscal year with the four digits of its first year: FY2023-24.")
    return _in_edtf(text)


def _refuse_two_years(text: str) -> None:
    """2023-24 is a winter in EDTF, and a year that runs over two in most texts."""
    found = _TWO_YEARS.fullmatch(text)
    if found is None:
        return
    year, tail = _year(found[1]), int(found[2])
    if len(found[2]) == 4:
        fiscal = f", or {_fiscal_name(year)} where it is a fiscal year" if tail == year + 1 else ""
        raise ValueError(f"for the years from one to the other write {found[1]}/{found[2]}{fiscal}.")
    if tail != (year + 1) % 100:
        return
    two_years = (
        f"a year that runs over two: write its months ({_twelve_months(year)}), or "
        f"{year:04}/{year + 1:04} for both calendar years, or {_fiscal_name(year)} where it is a fiscal year"
    )
    if 1 <= tail <= 12:  # with a dash; 2009-10 is October
        raise ValueError(
            f"this may mean {_ENGLISH[tail - 1].title()} {year}: write {year:04}-{tail:02}; or {two_years}."
        )
    season = _SEASONS.get(tail)
    if season is None:
        raise ValueError(f"this may mean {two_years}.")
    name, first, last = season
    ends = f"{year:04}-{first}/{year + (last < first):04}-{last}"
    raise ValueError(f"this may mean {name} {year}: write {ends}; or {two_years}.")


def _refuse_digits(text: str) -> None:
    """3/4/2022 is a day of April to some, of March to others; 2022/04/03 looks like a period a/b."""
    found = _YEAR_FIRST.fullmatch(text)
    if found is not None:
        year, month, day_ = (int(found[k]) for k in (1, 3, 4))
        _refuse_no_day(_year(found[1]), month, day_)
        raise ValueError(f"write {date(year, month, day_).isoformat()}.")
    found = _DIGITS.fullmatch(text)
    if found is None:
        return
    if len(found[4]) == 2:
        raise ValueError("write the year with four digits, then the month, then the day: 2022-04-03.")
    year, one, other = _year(found[4]), int(found[1]), int(found[3])
    days = {date(year, m, d) for d, m in ((one, other), (other, one)) if _is_day(year, m, d)}
    if not days:
        raise ValueError(f"there is no such day. {_HOW}")
    both = sorted(days, key=lambda value: value.day != one)
    meant = " or ".join(f"{value.day} {_ENGLISH[value.month - 1].title()} {value.year}" for value in both)
    verb = "means" if len(both) == 1 else "may mean"
    raise ValueError(f"this {verb} {meant}: write {' or '.join(value.isoformat() for value in both)}.")


def _refuse_impossible(text: str) -> None:
    """2024-02-30, 2024-13. Months from 21 to 41 are parts of a year in EDTF."""
    found = _PLAIN.fullmatch(text)
    if found is None or found[2] is None:
        return
    year, month = _year(found[1]), int(found[2])
    if found[3] is not None:
        _refuse_no_day(year, month, int(found[3]))
    elif not 21 <= month <= 41:
        _refuse_no_day(year, month, 1)


def _refuse_no_day(year: int, month: int, day_: int) -> None:
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}. {_HOW}")
    if not _is_day(year, month, day_):
        length = calendar.monthrange(year, month)[1]
        name = f"{_ENGLISH[month - 1].title()} {year}"
        raise ValueError(f"there is no {day_} {name}: that month has {length} days. {_HOW}")


def _is_day(year: int, month: int, day_: int) -> bool:
    return 1 <= month <= 12 and 1 <= day_ <= calendar.monthrange(year, month)[1]


def _in_edtf(text: str) -> tuple[date, date]:
    """What the library edtf makes of a date. Of a season it is known, since edtf is slow to start."""
    try:
        if season := _SEASON.fullmatch(text):
            _, first_month, last_month = _SEASONS[int(season[2])]
            year, ends_in = int(season[1]), int(season[1]) + (last_month < first_month)
            return date(year, int(first_month), 1), _month(ends_in, int(last_month))[1]
        from edtf import parse_edtf

        with redirect_stdout(StringIO()):  # edtf prints what it tries
            parsed = parse_edtf(text)
        first, last = _day(parsed.lower_strict()), _day(parsed.upper_strict())
        winter = _WINTER.fullmatch(text)  # of which edtf gives December alone
        return (first, _month(first.year + 1, 2)[1]) if winter is not None else (first, last)
    except Exception as error:  # pyparsing and edtf raise many kinds, all of them mean one thing here
        raise ValueError(f"not a date in EDTF. {_HOW}") from error


def _day(moment: time.struct_time) -> date:
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)


# Extents and shortcuts


def _ordinal(value: date) -> int:
    return BEFORE_ALL if value == EARLIEST else AFTER_ALL if value == LATEST else value.toordinal()


def _precision(name: str, first: date, last: date) -> str:
    """Whether a date names a day, month, year or fiscal year as a whole; "" where it may be some part."""
    if first == last:
        return "day"
    found = _PLAIN.fullmatch(name.strip())
    if found is not None:
        return "year" if found[2] is None else "month" if int(found[2]) <= 12 else ""
    if _FISCAL_NAME.fullmatch(name.strip()) is not None:
        return "fiscal year"
    return (
        "month"
        if _MONTH_FIRST.fullmatch(_tidy(name)) is not None and not _THIRD.fullmatch(_tidy(name))
        else ""
    )


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def day(value: date) -> Period:
    return Period(value.isoformat(), value, value, value, value)


def until(value: date) -> Period:
    """Any time up to and with a day."""
    return Period(f"../{value.isoformat()}", EARLIEST, value, EARLIEST, EARLIEST)
