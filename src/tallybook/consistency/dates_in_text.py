"""Lengths of time beside the dates that they lie between, and ages beside a date of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from tallybook.book.periods import Period, parse_period
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import zones
from tallybook.estimates.zones import exactly
from tallybook.matching.numbers import meet
from tallybook.prose import counted, digits
from tallybook.reading import Mention, Reading
from tallybook.terms import Form

TEST_LENGTH, TEST_AGE = "length of time between two dates", "age beside a date of birth"
_YEAR = re.compile(r"\b\d{4}\b")
_ANY_YEAR = 2001
"""The year of months without one: it has no 29 February, and the longest month has 31 days in any."""
_BEGINS = re.compile(
    r"\b(?:from|between|on|since|in|began|begun|opened|started|closed|shut)\b[^.;]{0,40}$", re.IGNORECASE
)
_ENDS = re.compile(
    r" (?:to|until|till|through|and) (?:the )?$|"
    r"\b(?:ended|closed|finished|stopped|lifted|reopened|opened|released|freed|returned|until|till)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_LASTED = re.compile(
    r"[,:]? ?(?:\(|–|—|-)? ?(?:after|for|a total of|in all|lasting|or|about|just|only|that is|a period of)?"
    r" ?(?:a total of|just|only|about)? ?"
)
_BORN = re.compile(r"\bborn (?:in [\w ,]{2,40} )?on (?:the )?$", re.IGNORECASE)
_LONGEST_DAYS = {"day": (1.0, 1.0), "week": (7.0, 7.0), "month": (28.0, 31.0), "year": (365.0, 366.0)}
_DAYS_OF = {"month": 365.25 / 12, "year": 365.25}


def dates(reading: Reading) -> Iterator[Check]:
    """A check for every length of time between two dates of its sentence, and for the age of somebody whose
    date of birth it gives."""
    by_sentence: dict[tuple[int, int], list[Mention]] = {}
    for aside in reading.asides:
        if aside.kind == "date":
            by_sentence.setdefault(aside.sentence, []).append(aside)
    for span, found in by_sentence.items():
        if len(found) < 2:
            continue
        figures = [mention for mention in reading if mention.sentence == span]
        if figures:
            yield from _ages(reading, found, figures)
            yield from _lengths(reading, found, figures)


def _ages(reading: Reading, found: Sequence[Mention], figures: Sequence[Mention]) -> Iterator[Check]:
    """ "born on 3 November 1950, … died on 2 June 2021 aged 70": completed years."""
    born = next((a for a in found if _BORN.search(reading.text[a.sentence[0] : a.start])), None)
    ages = [m for m in figures if m.form is Form.AGE and m.unit == "year" and m.low == m.high]
    if born is None or len(found) != 2 or len(ages) != 1:
        return
    other, age = next(a for a in found if a is not born), ages[0]
    first, last = _day(born.words), _day(other.words)
    if first is None or last is None or last <= first:
        return
    years = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
    closes = meet(exactly(years, years).true, zones(age._replace(form=Form.NUMBER)).true)
    told = f"{born.words} to {other.words} are {counted(years, 'completed year')}"
    why = f"{told}; the text says {age.words}" if closes else f"{told}, not {age.words}"
    start, end = min(born.start, other.start, age.start), max(born.end, other.end, age.end)
    yield Check(TEST_AGE, (born.words, other.words, age.words), closes, f"{why}.", None, start, end)


def _lengths(reading: Reading, found: Sequence[Mention], figures: Sequence[Mention]) -> Iterator[Check]:
    """ "from 4 March 2024 to 21 March 2024, 17 days", "from June to August, 90 days"."""
    text = reading.text
    for first, last in pairwise(found):
        length = next((m for m in figures if last.end <= m.start), None)
        if length is None or length.unit not in _LONGEST_DAYS or length.form is Form.AGE:
            continue
        if length.per is not None or length.trend is not None or length.of is not None:
            continue
        before = text[max(first.sentence[0], first.start - 60) : first.start]
        if not _BEGINS.search(before) or not _ENDS.search(text[first.end : last.start]):
            continue
        if not _LASTED.fullmatch(text[last.end : length.start]):
            continue
        begin, end = _period(first.words, last.words), _period(last.words, first.words)
        if begin is not None and end is not None and begin.start <= end.start:
            yield _length(first, last, length, begin, end)


def _length(first: Mention, last: Mention, length: Mention, begin: Period, end: Period) -> Check:
    """With the last day or without it, rounded or completed: one way that closes is enough."""
    unit, said = length.unit or "day", zones(length).true
    shortest, longest = _LONGEST_DAYS[unit]
    least, most = max((end.start - begin.end).days, 0), (end.end - begin.start).days + 1
    exact = begin.start == begin.end and end.start == end.end
    between = f"{first.words} to {last.words}"
    if exact and unit in _DAYS_OF:
        size = (most - 1) / _DAYS_OF[unit]
        closes = meet(exactly(int(size), size + 0.5).true, said)
        told = f"{between} are {digits(float(f'{size:.1f}'))} {unit}s"
    else:
        closes = meet(exactly(least / longest, most / shortest).true, said)
        days = counted(most - 1 if exact else most, "day")
        told = f"{between} are {days}" if exact else f"{between} have at most {days}"
    why = f"{told}; the text says {length.words}" if closes else f"{told}, not {length.words}"
    about = (first.words, last.words, length.words)
    return Check(TEST_LENGTH, about, closes, f"{why}.", None, first.start, length.end)


def _day(words: str) -> date | None:
    """The day that a date with a year names; None of any other words."""
    period = _period(words, "")
    return period.start if period is not None and period.start == period.end else None


def _period(words: str, beside: str) -> Period | None:
    """The days that a date may mean; without a year, those of the year of the date ``beside`` it, if any."""
    if not _YEAR.search(words):
        year = _YEAR.search(beside)
        if year is None and not beside.isalpha():
            return None
        words = f"{words} {year[0] if year is not None else _ANY_YEAR}"
    try:
        return parse_period(words)
    except ValueError:
        return None
