"""Words that name a stretch of time by more than a date: "the first nine months of 2024", "the year to May".

Read as the bare year or month that stands in them, the figures of nine months would be taken for those of
twelve. A stretch whose first and last day the words do not tell (a fiscal year, a season, "the third quarter"
without its year) is found as well, so that nothing is guessed of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tallybook.book.periods import parse_period
from tallybook.prose import MONTH_NAMES

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 0,
    "final": 0,
}  # fmt: skip
_MONTH = f"(?-i:{'|'.join(MONTH_NAMES)})"  # "may" is no month
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_NTH = "|".join(_ORDINALS)
_Y = r"(?:(?:19|20)\d\d(?![\d%/]|[.,-]\d)|(?-i:[Ll]ast|[Tt]his) year)"
_OF_YEAR = rf"(?:,? (?:of |in )?(?P<year>{_Y}))?"
_DAY_MONTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})|(?:{_MONTH})(?: \d{{1,2}}(?!\d)(?:st|nd|rd|th)?)?)"
_END = rf"(?P<until>{_DAY_MONTH})?(?:(?(until),? |)(?P<year>{_Y}))?"
_DASH = r"(?: ?[-–] ?)"
_YEARS_OF_THEIR_OWN = (
    "fiscal|financial|tax|school|academic|university|budget|crop|marketing|business|reporting|accounting"
)

_PART = re.compile(
    rf"\b(?:(?P<nth>{_NTH}) (?P<part>quarter|half)|(?P<letter>[QH])(?P<number>[1-4]))\b"
    rf"(?P<month> (?:of|in) (?:the )?(?:{_MONTH})\b)?{_OF_YEAR}",
    re.IGNORECASE,
)
_SOME = re.compile(
    rf"\b(?P<nth>first|last|final) (?P<count>{_COUNT}) (?P<unit>day|week|month|year)s?\b"
    rf"(?: (?:of|in) (?:the )?(?:{_MONTH})\b(?P<month>))?{_OF_YEAR}",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    rf"\b(?:(?P<count>{_COUNT}) (?P<unit>day|week|month|year)s?|(?P<one>year|quarter|half[- ]year|half|decade"
    rf"|season|month|week))(?: period)? (?:that )?(?:to|ending|ended|ends|through|up to|until)(?: on| in)?"
    rf" (?:the )?(?P<close>end of )?(?=(?:{_MONTH}|\d|last year|this year)){_END}",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"\b(?:between (?P<a1>{_DAY_MONTH},? {_Y}|{_DAY_MONTH}|{_Y}) and"
    rf"|(?:(?P<from>from) )?(?P<a2>{_DAY_MONTH},? {_Y}|{_DAY_MONTH}|{_Y})(?: (?:to|until|till|through|up to)"
    rf"(?: the end of)?|(?=[-–]| [-–] )))(?:{_DASH}| )(?P<b>{_DAY_MONTH},? {_Y}|{_DAY_MONTH}|{_Y})\b",
    re.IGNORECASE,
)
_OF_ITS_OWN = re.compile(
    r"(?<![\d/-])(?:19|20)\d\d ?[/–-] ?(?:(?:19|20)\d\d|\d\d)(?![\d/%-])"
    rf"|\b(?:{_YEARS_OF_THEIR_OWN}) (?:(?:year|quarter|half)s?\b)?(?: (?:of |in )?)?(?:{_Y})?"
    rf"|\b(?:{_Y})(?:’s|'s)? (?:{_YEARS_OF_THEIR_OWN})\b|\bFY ?’?'?\d{{2,4}}"
    rf"|\b(?:spring|summer|autumn|fall|winter)s?(?: (?:of |in )?)(?:{_Y})"
    rf"|\b(?:{_NTH}|this|that|one|single) (?:week|weekend|fortnight)s? (?:of|in) (?:{_MONTH})(?:,? {_Y})?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"\b(?P<third>early|mid|late|start of|beginning of|turn of|middle of|end of|close of)[- ](?:in )?"
    rf"(?:the )?(?:(?P<month>{_MONTH}) )?(?P<year>{_Y})",
    re.IGNORECASE,
)
_MONTHS_OF = {"year": 12, "quarter": 3, "half-year": 6, "half year": 6, "half": 6, "month": 1}


@dataclass(frozen=True, slots=True)
class Stretch:
    """``start``, ``end``: where its words stand; ``period``: as EDTF, None where they do not tell it;
    ``between``: it is named by two dates, which of a change may be its two ends."""

    start: int
    end: int
    period: str | None
    between: bool = False


def stretches(text: str, first: int, last: int, published: date | None) -> list[Stretch]:
    """The stretches of time named in text[first:last], none of which overlap, in their order.

    ``published``: of which day "last year" is told; None where that is not known.
    """
    found = sorted(_found(text, first, last, published), key=lambda s: (s.start, -s.end))
    apart: list[Stretch] = []
    for stretch in found:
        if apart and stretch.start < apart[-1].end:
            if stretch.end - stretch.start > apart[-1].end - apart[-1].start:
                apart[-1] = stretch
        else:
            apart.append(stretch)
    return apart


def _found(text: str, first: int, last: int, published: date | None) -> Iterator[Stretch]:
    for pattern, period in ((_PART, _of_part), (_SOME, _of_some), (_UP_TO, _of_up_to), (_ABOUT, _of_about)):
        for match in pattern.finditer(text, first, last):
            yield Stretch(*match.span(), _sound(period(match, published)))
    for match in _FROM_TO.finditer(text, first, last):
        yield Stretch(*match.span(), _sound(_of_two(match, published)), between=True)
    for match in _OF_ITS_OWN.finditer(text, first, last):
        yield Stretch(*match.span(), None)


def _sound(period: str | None) -> str | None:
    try:
        return period if period and parse_period(period) else None
    except ValueError:
        return None


def _of_part(match: re.Match[str], published: date | None) -> str | None:
    year = _year(match["year"], published)
    if year is None or match["month"]:
        return None
    letter = (match["letter"] or match["part"][0]).upper()
    several = 4 if letter == "Q" else 2
    number = int(match["number"]) if match["number"] else _ORDINALS[match["nth"].lower()] or several
    if number > several:
        return None
    months = 12 // several
    return _months(year, months * (number - 1) + 1, months)


def _of_some(match: re.Match[str], published: date | None) -> str | None:
    year, count = _year(match["year"], published), _number(match["count"])
    if year is None or match["unit"].lower() != "month" or match["month"] is not None or count > 12:
        return None
    return _months(year, 1 if match["nth"].lower() == "first" else 13 - count, count)


def _of_up_to(match: re.Match[str], published: date | None) -> str | None:
    months = _number(match["count"]) if match["count"] else _MONTHS_OF.get(match["one"].lower(), 0)
    if match["unit"] and match["unit"].lower() != "month":
        months = 0
    until = match["until"]
    named = re.search(_MONTH, until or "", re.IGNORECASE)
    if not months or named is None:
        return None
    number = MONTH_NAMES.index(named[0]) + 1
    year = _year(match["year"], published)
    if year is None and match["year"] is None and published is not None:
        year = published.year - (number > published.month)
    if year is None:
        return None
    day = re.search(r"\d+", until)
    if day is not None and int(day[0]) != parse_period(f"{year}-{number:02}").end.day:
        return None
    return _months(year, number - months + 1, months)


def _of_two(match: re.Match[str], published: date | None) -> str | None:
    one, other = match["a1"] or match["a2"], match["b"]
    after = _edtf(other, _year(_year_in(other), published))
    if after is None:
        return None
    year = _year(_year_in(one), published)
    before = _edtf(one, year if year is not None or _year_in(one) else int(after[:4]))
    if before is None or len(before) != len(after) or len(after) == len("2024"):
        return None  # whether "between 2020 and 2024" holds both years, the words do not tell
    if before > after and not _year_in(one):
        before = f"{int(before[:4]) - 1}{before[4:]}"
    return f"{before}/{after}" if before < after else None


def _of_about(match: re.Match[str], published: date | None) -> str | None:
    year = _year(match["year"], published)
    if year is None:
        return None
    third = match["third"].lower().partition(" ")[0]
    third = {"start": "early", "beginning": "early", "turn": "early", "middle": "mid"}.get(third, third)
    at_an_end = match["third"].lower().endswith(" of")
    if at_an_end and match["month"] is None and third != "mid":  # "at the end of 2024" is in December
        return f"{year}-{'01' if third == 'early' else '12'}"
    third = "late" if third in ("end", "close") else third
    month = f"{match['month'].capitalize()} " if match["month"] else ""
    return f"{third} {month}{year}"


def _year_in(words: str) -> str | None:
    found = re.search(_Y, words, re.IGNORECASE)
    return found[0] if found else None


def _year(words: str | None, published: date | None) -> int | None:
    if words is None:
        return None
    if words.isdecimal():
        return int(words)
    return None if published is None else published.year - (words.lower() == "last year")


def _edtf(words: str, year: int | None) -> str | None:
    """A day, month or year of a known year."""
    if year is None:
        return None
    named = re.search(_MONTH, words, re.IGNORECASE)
    if named is None:
        return str(year)
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    month = f"{year}-{MONTH_NAMES.index(named[0]) + 1:02}"
    return f"{month}-{int(day[0]):02}" if day else month


def _months(year: int, first: int, count: int) -> str:
    """So many months of a year, from its first-th on; one before January is of the year before."""
    ends = []
    for month in (first, first + count - 1):
        back, of_year = divmod(month - 1, 12)
        ends.append(f"{year + back}-{of_year + 1:02}")
    return "/".join(dict.fromkeys(ends))


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else _NUMBERS.index(words.lower()) + 1
