"""A record, the one that it broke, and by how much: "a record 3,480 runners, 480 more than the old
best of 3,000".

The three must be all the figures of their unit in the sentence or the next to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache

from tallybook.book.units import UnitMismatch, convert
from tallybook.consistency.any_case import AnyCase, in_small_letters, words_of
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import continuous, zones
from tallybook.consistency.forms import EXACT, NUMBER_FORM
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import meet
from tallybook.prose import number
from tallybook.reading import Mention, Reading

TEST = "a record and the one before"
_OLD = AnyCase(
    r"\b(?:(?:previous|old|former|earlier|existing|last|standing|prior) (?:[a-z’'-]+ ){0,2}?"
    r"(?:best|record|high|low|mark|peak|holder|figure|total|time|score|tally|crowd|attendance|champion)"
    r"|(?:off|beat|beating|broke|breaking|smashed|bettered|bettering|topped|passed|eclipsed) (?:the"
    r"|her|his|its|their|a) "
    r"(?:[a-z’'-]+ ){0,2}?(?:record|best|mark|time))"
    r"(?:(?!\b(?:by|more|fewer)\b)[^.;:\d]){0,40}$",
)
_BY = AnyCase(
    r"\b(?:by|took|knocked|shaved|trimmed|cut|lopped|added|sliced|clipped) (?:just |only |some |a )?$",
)
_MORE = re.compile(
    r" (?:[a-z]+ )?(?:more|fewer|less|higher|lower|taller|longer|shorter|better|faster|quicker"
    r"|heavier|deeper|bigger|larger"
    r"|above|below|up on|ahead of|inside|under|off|clear of|beyond|past|adrift of|short of)\b"
)
_RECORD = re.compile(
    r"\b(?:records?|best|high|low|mark|peak|holder|time|total|score|tally|crowd|attendance|champion|figure)\b"
)
_BEFORE = re.compile(
    r"\b(?:previous|old|former|earlier|existing|last|standing|prior|off|beat|beating|broke|breaking|smashed"
    r"|better(?:ed|ing)|topped|passed|eclipsed) (?:[a-z’'-]+ ){0,3}?(?:best|record|high|low|mark|peak|holder"
    r"|figure|total|time|score|tally|crowd|attendance|champion)\b"
)
_OLD_WORDS = word_set(
    """
    previous old former earlier existing last standing prior off beat beating broke breaking smashed bettered
    bettering topped passed eclipsed
    """
)
_RECORDS = word_set(
    """
    best record high low mark peak holder figure total time score tally crowd attendance champion
    """
)
"""Of each of the two one is in whatever names a former record."""
_LONGEST = 500


def records(reading: Reading, told: Callable[[Mention], bool]) -> Iterator[Check]:
    """A check for each record that is told with the former one and the difference, unless it is ``told``."""
    text = reading.text
    if len(reading.figures) < 3 or not _names_former(text):
        return
    places = [found.start() for found in _RECORD.finditer(text)]
    figures = reading.figures
    for k, old in enumerate(figures):
        start = max(old.sentence[0], old.start - 90)
        named = bisect_left(places, start)
        if named == len(places) or places[named] > old.start or not _is_plain(old):
            continue
        if not _OLD.search(text[start : old.start]) or _MORE.match(text, old.end):
            continue  # "0.2 °C above the old record, and 1.1 °C above the mean"
        near = [f for f in figures[max(0, k - 3) : k + 3] if f is not old and _is_near(text, f, old)]
        by = [f for f in near if _is_difference(text, f) and _fits(f, old)]
        new = [
            f
            for f in near
            if f not in by and _is_plain(f) and (f.unit is not None or old.unit is None) and _fits(f, old)
        ]
        if len(by) != 1 or len(new) != 1 or told(by[0]):
            continue
        old = old._replace(unit=old.unit or new[0].unit)  # "14.95 metres … the previous best of 14.90"
        if _fits(by[0], old):
            yield _check(new[0], by[0], old)


def _names_former(text: str) -> bool:
    """Whether a text names a former record."""
    lowered = in_small_letters(text)
    words = words_of(lowered)
    if words.isdisjoint(_RECORDS):
        return False
    for word in words & _OLD_WORDS:
        at = lowered.find(word)
        while at >= 0:
            if _BEFORE.match(text, at):
                return True
            at = lowered.find(word, at + 1)
    return False


def _is_plain(mention: Mention) -> bool:
    plain = mention.low == mention.high and mention.per is None and mention.form is NUMBER_FORM
    return plain and mention.modifier is EXACT and mention.low > 0


def _is_near(text: str, one: Mention, old: Mention) -> bool:
    if one.sentence == old.sentence:
        return True
    first, last = sorted((one, old), key=lambda m: m.start)
    return 0 <= last.sentence[0] - first.sentence[1] <= 2 and last.end - first.start <= _LONGEST


def _is_difference(text: str, mention: Mention) -> bool:
    before = text[max(mention.sentence[0], mention.start - 30) : mention.start]
    return mention.trend is not None or bool(_BY.search(before)) or _MORE.match(text, mention.end) is not None


def _fits(one: Mention, old: Mention) -> bool:
    """Whether a figure is in the unit of the old record, or in one that converts."""
    if one.low != one.high or one.per is not None:
        return False
    if one.unit is None:
        return not is_measured(old.unit)
    return old.unit is None or _into(one.unit, old.unit) is not None


def _check(new: Mention, by: Mention, old: Mention) -> Check:
    made = _zones_in(new, old).minus(_zones_in(old, old))
    said = _zones_in(by._replace(trend=None), old)
    size = made if made.core.low >= 0 else _zones_in(old, old).minus(_zones_in(new, old))
    closes = meet(size.true, said.true)
    high, low = (new, old) if made.core.low >= 0 else (old, new)
    told = f"{_number(high, old)} − {_number(low, old)} = {number(round(abs(size.core.low), 6))}"
    why = f"{told}; the text says {by.words}" if closes else f"{told}, not {by.words}"
    about = tuple(m.words for m in sorted((new, by, old), key=lambda m: m.start))
    start, end = min(m.start for m in (new, by, old)), max(m.end for m in (new, by, old))
    return Check(TEST, about, closes, f"{why}.", None, start, end)


def _scale(mention: Mention, old: Mention) -> float:
    if mention.unit is None or old.unit is None:
        return 1.0
    return _into(mention.unit, old.unit) or 1.0


@lru_cache(maxsize=256)
def _into(unit: str, other: str) -> float | None:
    """How many of one unit are one of another; None if they do not convert."""
    if unit == other:
        return 1.0
    try:
        return convert(unit, other) if is_measured(unit) and is_measured(other) else None
    except UnitMismatch:
        return None


def _number(mention: Mention, old: Mention) -> str:
    return number(round(mention.low * _scale(mention, old), 6))


def _zones_in(mention: Mention, old: Mention) -> Zones:
    found = continuous(mention) if is_measured(old.unit) else zones(mention)
    scale = _scale(mention, old)
    return found if scale == 1.0 else found.converted(scale)
