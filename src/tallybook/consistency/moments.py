"""The dates, years and times of day of a text as moments: two of them bound a length of time.

>>> from tallybook.reading import read
>>> [moment.words for moment in moments(read("It ran from 6 to 27 May 2024."))]
['6 May 2024', '27 May 2024']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tallybook.book.periods import Period, parse_period
from tallybook.consistency.any_case import AnyCase
from tallybook.reading import Mention, Reading

_YEAR = re.compile(r"\b\d{4}\b")
_TO = r" ?(?:to|and|until|till|through|–|—|-) ?"
_YEARS = re.compile(rf"(\d{{4}}){_TO}(\d{{4}})")
_DAYS_OF_A_MONTH = re.compile(rf"(\d{{1,2}}){_TO}(\d{{1,2}}) ([A-Z][a-z]{{2,8}})((?:,? \d{{4}})?)")
_MONTH_AND_DAYS = re.compile(
    rf"([A-Z][a-z]{{2,8}}) (\d{{1,2}}){_TO}(\d{{1,2}})((?:,? \d{{4}})?)(?![\d.]?\d| [A-Z])"
)
_PART_OF = AnyCase(r"\b(end|close|middle|start|beginning) of (?:the )?$")
_THIRD_OF = {"end": "late", "close": "late", "middle": "mid", "start": "early", "beginning": "early"}
_MARKED = AnyCase(r"(\d{1,2})(?:[.:](\d{2}))? ?([ap])?\.?m?\.?|(noon|midday)|(midnight)")
_NAMED_HOUR = AnyCase(r"\b(?:noon|midday|midnight)\b")
_TWO_CLOCKS = re.compile(rf"(\d{{1,2}}(?:[.:]\d{{2}})?){_TO}(\d{{1,2}}(?:[.:]\d{{2}})? ?(?:[ap]\.?m\.?)?)")
_YEARS_WITHOUT_ONE = (2001, 2003)
"""The first year of dates that name none: with the year behind it, or without, a 29 February lies between."""


class Moment(NamedTuple):
    """A date or a time of day. ``words``: the whole of it, though "6" may be all that is printed of it."""

    words: str
    start: int
    end: int
    sentence: tuple[int, int]

    @property
    def dated(self) -> bool:
        """Whether it names its year."""
        return _YEAR.search(self.words) is not None


class Span(NamedTuple):
    """The fewest and the most days from one moment to another; ``exact``: of two single days."""

    least: int
    most: int
    exact: bool


def moments(reading: Reading) -> Iterator[Moment]:
    """Every date and year of a text, in its order; "1967 to 2002" is two."""
    asides = [a for a in reading.asides if a.kind in ("date", "year")]
    done = 0
    for k, aside in enumerate(asides):
        if aside.start < done:
            continue
        end = aside.end
        if k + 1 < len(asides) and not _YEAR.search(aside.words) and asides[k + 1].words.isdecimal():
            following = asides[k + 1]
            if reading.text[end : following.start] in (" ", ", "):
                end = following.end
        for moment in _moments_of(reading.text, aside, end):
            done = moment.end
            yield moment


def _moments_of(text: str, aside: Mention, end: int) -> Iterator[Moment]:
    words = text[aside.start : end].rstrip(".")
    start, end = aside.start, aside.start + len(words)
    years = _YEARS.fullmatch(words)
    days = _DAYS_OF_A_MONTH.fullmatch(words)
    month = _MONTH_AND_DAYS.match(text, start, min(len(text), start + 40))
    if years:
        yield Moment(years[1], start, start + years.end(1), aside.sentence)
        yield Moment(years[2], start + years.start(2), end, aside.sentence)
    elif days:
        yield Moment(f"{days[1]} {days[3]}{days[4]}", start, start + days.end(1), aside.sentence)
        yield Moment(words[days.start(2) :], start + days.start(2), end, aside.sentence)
    elif month:
        yield Moment(f"{month[1]} {month[2]}{month[4]}", start, month.end(2), aside.sentence)
        yield Moment(f"{month[1]} {month[3]}{month[4]}", month.start(3), month.end(), aside.sentence)
    else:
        part = _PART_OF.search(text, max(aside.sentence[0], start - 20), start)
        if part is not None and words.isalpha():
            words = f"{_THIRD_OF[part[1].lower()]} {words}"
        yield Moment(words, start, end, aside.sentence)


def clocks(reading: Reading) -> Iterator[Moment]:
    """Every time of day of a text; "2.15 and 4.05pm" is two."""
    found: list[Moment] = []
    for aside in reading.asides:
        if aside.kind != "clock":
            continue
        two = _TWO_CLOCKS.fullmatch(aside.words)
        if two is None:
            found.append(Moment(aside.words, aside.start, aside.end, aside.sentence))
            continue
        found.append(Moment(two[1], aside.start, aside.start + two.end(1), aside.sentence))
        found.append(Moment(two[2], aside.start + two.start(2), aside.end, aside.sentence))
    sentences = {moment.sentence for moment in found}
    for start, end in sentences:
        for named in _NAMED_HOUR.finditer(reading.text, start, end):
            found.append(Moment(named[0], named.start(), named.end(), (start, end)))
    yield from sorted(found, key=lambda moment: moment.start)


def minutes(first: Moment, last: Moment) -> set[int]:
    """The minutes that may lie between two times of day, less than a day."""
    return {(end - begin) % 1440 for begin in _minute_of(first) for end in _minute_of(last)}


def _minute_of(moment: Moment) -> set[int]:
    """The minutes of the day that a time may be: "2.15" is one of two."""
    found = _MARKED.match(moment.words)
    if found is None:
        return set()
    if found[4] or found[5]:
        return {720 if found[4] else 0}
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 24 or minute > 59:
        return set()
    if found[3]:
        return {(hour % 12 + (12 if found[3].lower() == "p" else 0)) * 60 + minute}
    return {hour * 60 + minute} if hour > 12 else {hour * 60 + minute, (hour + 12) % 24 * 60 + minute}


@lru_cache(maxsize=2048)
def period(words: str) -> Period | None:
    """The days that a date with a year may mean; of a season, those of its year."""
    try:
        return parse_period(words)
    except ValueError:
        year = _YEAR.search(words)
        return parse_period(year[0]) if year and year[0] != words else None


def day(words: str) -> date | None:
    """The day that a date with a year names; None of any other words."""
    found = period(words) if _YEAR.search(words) else None
    return found.start if found is not None and found.start == found.end else None


def span(first: Moment, last: Moment) -> Span | None:
    """The days from one date to another; a year that is left out is the one that makes the time shortest."""
    years = _YEAR.search(first.words), _YEAR.search(last.words)
    if years[0] and years[1]:
        return _span(first.words, last.words)
    if years[0] or years[1]:
        year = int((years[0] or years[1] or [""])[0])
        words = (first.words, f"{last.words} {year}") if years[0] else (f"{first.words} {year}", last.words)
        found = _span(*words)
        if found is None or found.most > 0:
            return found
        words = (
            (words[0], f"{last.words} {year + 1}") if years[0] else (f"{first.words} {year - 1}", words[1])
        )
        return _span(*words)
    known: list[Span] = []
    for year in _YEARS_WITHOUT_ONE:
        made = _in_year(first.words, last.words, year)
        known += [made] if made is not None else []
    if not known:
        return None
    return Span(min(each.least for each in known), max(each.most for each in known), known[0].exact)


def _in_year(first: str, last: str, year: int) -> Span | None:
    """In a year, or from one into the next; of a year with 29 February if both dates lie in one."""
    one = _span(f"{first} {year}", f"{last} {year}")
    if one is None:
        return None
    if one.most < 0:
        return _span(f"{first} {year}", f"{last} {year + 1}")
    leap = _span(f"{first} {year + 1}", f"{last} {year + 1}")
    return one if leap is None else Span(min(one.least, leap.least), max(one.most, leap.most), one.exact)


def _span(first: str, last: str) -> Span | None:
    begin, end = period(first), period(last)
    if begin is None or end is None:
        return None
    exact = begin.start == begin.end and end.start == end.end
    return Span((end.start - begin.end).days, (end.end - begin.start).days, exact)
