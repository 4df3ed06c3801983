"""How much time lies between the two levels of a change, and in what time it is told: "in five years" is
not told of this year and the year before.

Lengths are in years, roughly: they are only compared to see that two are plainly of another size.
"""

from __future__ import annotations

import re

from tallybook.consistency.any_case import AnyCase
from tallybook.prose import MONTH_NAMES

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "the": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "several": 4,
}  # fmt: skip
_UNITS = {
    "day": 1 / 365, "night": 1 / 365, "weekend": 1 / 52, "week": 1 / 52, "fortnight": 1 / 26,
    "month": 1 / 12, "quarter": 0.25, "term": 0.4, "season": 1.0, "year": 1.0, "decade": 10.0,
    "century": 100.0, "generation": 25.0,
}  # fmt: skip
_SEASONS = "spring|summer|autumn|winter|fall|Christmas|Easter"
_NAMES = "|".join(MONTH_NAMES)
_MONTH = re.compile(rf"\b(?:{_NAMES})\b")
_UNIT = "|".join(_UNITS)
_NUMBER = "|".join(_NUMBERS)
_SPAN = AnyCase(
    rf"\b(?:in|over|within|during|inside|across|under|for) (?:(?:the|just|only|barely|little|under|about|"
    rf"some|past|last|"
    rf"previous|space of|course of|more|less|than|almost|nearly|a|full|single|those|these|that|intervening) "
    rf"){{0,4}}"
    rf"(?:(\d{{1,3}}|{_NUMBER}) )?({_UNIT})s?\b(?! (?:to|of|ended|ending|ago)\b)",
)
_AGO = AnyCase(
    rf"\b(\d{{1,3}}|{_NUMBER}) ({_UNIT})s? (?:ago|before|earlier|previously|back)\b|"
    rf"\b(?:last|previous|preceding) ({_UNIT})\b|\b(?:last|previous|preceding) (?:{_SEASONS}|{_NAMES})\b|"
    rf"\b(?:{_SEASONS}) before\b",
)
_SINCE = AnyCase(r"\bsince (?!then\b|that\b)(?:(?:the|its|his|her|their|at least) )?(?:\w+ )?([\w’']+)")
_YEAR = re.compile(r"\b((?:1[5-9]|20)\d\d)\b")
_SOON = re.compile(rf"\b(?:{_SEASONS}|{_NAMES})\b")
_AT_ONCE = re.compile(r"\bovernight\b")
_ANY = AnyCase(
    r"\b(?:since|in|over|within|during|inside|across|under|for|ago|before|earlier|previously|back|last|previous|preceding|overnight|"
    r"(?:1[5-9]|20)\d\d)\b",
)
_REFERS = AnyCase(
    r"\b(?:then|that|ago|before|now|today|remain\w*|still|left|current\w*|previously|at the time|the same|"
    r"once|used to|start\w*|end|ended|beginning|began|outset)\b",
)
_NEAR_PAST = AnyCase(rf"\b(?:last|this|next) (?:{_UNIT}|{_SEASONS}|{_NAMES})\b|\btoday\b|\bnow\b")
_APART = 1.7
"""How many times one length of time must be the other to be another one."""


def of_other_times(change: str, old: str, new: str) -> bool:
    """Whether the words of a change set it in another time than the words of its two levels set these.

    >>> of_other_times("up 31 per cent since 2019", "against £1,240 the month before", "last month")
    True
    >>> of_other_times("it has trebled since 2019", "back then there were", "now there are")
    False
    """
    if _ANY.search(change) is None:
        return False
    levels = f"{old} {new}"
    said, told = set(_YEAR.findall(change)), set(_YEAR.findall(levels))
    since = _SINCE.search(change)
    apart = _length_between(old, new)
    if since is not None:
        return _since_another(since, said, levels, apart)
    if said and not said & told and not (_NEAR_PAST.search(levels) or _REFERS.search(levels)):
        return True
    if said and told and not said & told:
        near = min(abs(int(one) - int(other)) for one in said for other in told) <= 1
        if len(told) == 2 or len(said) == 2 or not near:
            return True
    length = _length_told(change)
    if length is not None and _SINCE.search(levels):
        return True
    if length is None or apart is None:
        return False
    low, high = sorted((length, apart))
    return high > _APART * low


def _since_another(since: re.Match[str], said: set[str], levels: str, apart: float | None) -> bool:
    """Whether levels are of other times than "since 2019" or "since the war"."""
    told = set(_YEAR.findall(levels))
    if said & told or since[1].lower() in levels.lower():
        return False
    if "since" in levels.lower():
        return True
    if said:
        return bool(told and not _REFERS.search(levels)) or (apart is not None and apart < 1.5)
    if _SOON.search(since[0]):
        return apart is not None and apart > 1.5
    return bool(told) and not _REFERS.search(levels)


def _length_told(change: str) -> float | None:
    found = _SPAN.search(change)
    if found is not None:
        number = found[1].lower() if found[1] else "one"
        many = float(number) if number.isdigit() else float(_NUMBERS[number])
        return many * _UNITS[found[2].lower()]
    ago = _length_back(change)
    if ago is not None:
        return ago
    return 1 / 365 if _AT_ONCE.search(change) else None


def _length_back(words: str) -> float | None:
    """How far back "two years ago", "the month before" and "last week" set a figure."""
    found = _AGO.search(words)
    if found is None:
        return None
    if found[2]:
        number = found[1].lower()
        return (float(number) if number.isdigit() else float(_NUMBERS[number])) * _UNITS[found[2].lower()]
    return _UNITS[found[3].lower()] if found[3] else 1.0


def _length_between(old: str, new: str) -> float | None:
    """The time between two levels as far as words tell it."""
    years = _YEAR.findall(old), _YEAR.findall(new)
    if years[0] and years[1]:
        return abs(int(years[0][-1]) - int(years[1][-1])) or None
    if years[0] or years[1]:
        return None
    months = _MONTH.search(old), _MONTH.search(new)
    if months[0] and months[1] and months[0][0] != months[1][0]:
        return abs(MONTH_NAMES.index(months[0][0]) - MONTH_NAMES.index(months[1][0])) / 12
    backs = _length_back(old), _length_back(new)
    if backs[0] is not None and backs[1] is not None:
        return abs(backs[0] - backs[1]) or backs[0]
    return backs[0] if backs[0] is not None else backs[1]
