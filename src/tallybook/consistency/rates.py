"""A rate beside another of the same thing, and a rate beside a time and a total: "£5.6m a day, or about £2bn a
year", "14 kilometres a week for 30 weeks: 420 kilometres in all"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import by_sentence, shown, zones
from tallybook.consistency.printed_numbers import word_set
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import meet
from tallybook.prose import converted, digits
from tallybook.reading import Mention, Reading
from tallybook.terms import Modifier

TEST_RATES, TEST_TOTAL = "rate in two periods", "rate, time and total"
_BASE = re.compile(r"(?:(\d{1,6}(?:\.\d{1,4})?) )?(second|minute|hour|day|week|month|quarter|year)")
_YEARS = (365.0, 365.25)
_HOURS = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0}
_LINKS = word_set(
    "or about that is which equals equal to equivalent i e making amounting nearly some the almost"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[;()]|\d+")
# A tariff is cheaper the longer it runs, and no sum.
_TARIFF = word_set(
    """
    ticket tickets fare fares rent rents charge charges charging parking park hire hires fee fees subscription
    subscriptions membership pass passes costs cost price prices priced pay pays plan plans tariff rates rate
    from offers offer sells room rooms stall stalls berth rental daily
    """
)
_SMALL_SUM, _LARGEST_TARIFF = 1000, 100_000
_TOTAL_BEHIND = re.compile(r",? (?:in all|in total|altogether|all told)\b")
_TOTAL_BEFORE = re.compile(
    r"(?::|,|;| –| —)? ?(?:(?:making|for|giving|or|which is|that is) )?(?:(?:a|the) total of )?$"
)
_CALLED = re.compile(r"\btotal of $|^: ?$|\bmaking $|^, or $|^ – $")


def rates(reading: Reading) -> Iterator[Check]:
    """A check for every two rates that say the same, and every rate beside its time and total."""
    for figures in by_sentence(reading):
        for first, second in pairwise(figures):
            if first.per and second.per and first.per != second.per:
                yield from _two_rates(reading, first, second)
        for rate, time, total in zip(figures, figures[1:], figures[2:], strict=False):
            if rate.per and time.per is None and total.per is None:
                yield from _total(reading, rate, time, total)


def _two_rates(reading: Reading, first: Mention, second: Mention) -> Iterator[Check]:
    one, other = _base(first.per), _base(second.per)
    if one is None or other is None or not (second.unit in (None, first.unit) or _money(first, second)):
        return
    gap = reading.text[first.end : second.start]
    words = {word.lower() for word in _WORD.findall(gap)}
    if not words <= _LINKS or len(words) > 4 or not re.match(r",|:| or\b| \(| –| —|, or\b", gap):
        return
    near = reading.text[max(first.sentence[0], first.start - 60) : first.start].lower()
    sums = _money(first, second) or first.unit is None
    tariff = sums and bool(_TARIFF & set(re.findall(r"[a-z]+", near)))
    if sums and max(first.low, second.low) < (_LARGEST_TARIFF if tariff else _SMALL_SUM):
        return
    if first.low == 0 or second.low == 0 or first.trend or second.trend:
        return
    ways = list(_factors(one, other))
    made = [_per(first, one).converted(way) for way in ways]
    closes = any(meet(zone.true, _per(second, other).true) for zone in made)
    if not closes and any(
        meet(_per(first, one).converted(way).true, _per(second, other).true) for way in _working(one, other)
    ):
        return
    size = first.low / one[0] * ways[0] * other[0]
    about = (first.words, second.words)
    told = f"{first.words} is {converted(size, [second.low])} {_per_words(second.per)}"
    why = f"{told}; the text says {second.words}" if closes else f"{told}, not {second.words}"
    yield Check(TEST_RATES, about, closes, f"{why}.", None, first.start, second.end)


def _money(first: Mention, second: Mention) -> bool:
    """Whether both are sums of one currency, which may have a longer name ("pound", "pound sterling")."""
    a, b = first.unit or "", second.unit or ""
    return (
        bool(a and b) and (a.startswith(b) or b.startswith(a)) and ("pound" in a or "dollar" in a or a == b)
    )


def _per_words(per: str | None) -> str:
    return f"per {per}"


@lru_cache(maxsize=256)
def _base(per: str | None) -> tuple[float, str] | None:
    """(how many, of which period) of the base of a rate; None if it is no period."""
    found = _BASE.fullmatch(per or "")
    if found is None:
        return None
    many = float(found[1] or 1)
    return (many, found[2]) if many else None


def _per(rate: Mention, base: tuple[float, str]) -> Zones:
    """The zones of a rate in one single period: of "one every seven minutes", in a minute."""
    if base[0] == 1:
        return zones(rate)
    every = Mention(f"{digits(base[0])} {base[1]}s", 0, 1, base[0], base[0], unit=base[1], grain=1.0)
    return zones(rate).over(zones(every))


def _factors(one: tuple[float, str], other: tuple[float, str]) -> Iterator[float]:
    """How many times larger a rate is in the second period, under each usual reading of a year and month."""
    for year in _YEARS:
        for a in _lengths(one[1], year):
            for b in _lengths(other[1], year):
                yield b / a
    if {one[1], other[1]} == {"week", "year"}:
        yield 52.0 if other[1] == "year" else 1 / 52


def _lengths(period: str, year: float) -> tuple[float, ...]:
    if period in _HOURS:
        return (_HOURS[period],)
    if period == "month":
        return (year * 2, 720.0, 744.0)
    return (year * 24 if period == "year" else year * 6,)


def _working(one: tuple[float, str], other: tuple[float, str]) -> Iterator[float]:
    """The same for hours, days and weeks of work."""
    short, long = (
        (one[1], other[1]) if _lengths(one[1], 365)[0] < _lengths(other[1], 365)[0] else (other[1], one[1])
    )
    counts = {
        ("hour", "day"): (6, 7, 7.5, 8, 9, 10, 12, 16),
        ("hour", "week"): (35, 36, 37.5, 38, 39, 40, 48),
        ("day", "week"): (4, 5, 6),
        ("day", "month"): (20, 21, 22, 25, 26),
        ("day", "year"): (180, 190, 195, 200, 220, 240, 250, 251, 252, 253, 255, 260, 300, 312, 313),
        ("week", "year"): (38, 39, 40, 44, 46, 48, 50),
        ("month", "year"): (9, 10, 11),
        ("hour", "year"): (1600, 1700, 1800, 2000, 2080),
    }.get((short, long), ())
    for count in counts:
        yield count if short == one[1] else 1 / count


def _total(reading: Reading, rate: Mention, time: Mention, total: Mention) -> Iterator[Check]:
    """ "14 kilometres a week for 30 weeks: 840 kilometres in all"."""
    text, base = reading.text, _base(rate.per)
    during = _base(time.unit)
    if base is None or during is None or total.unit not in (None, rate.unit) or rate.trend or total.trend:
        return
    if text[rate.end : time.start] not in (" for ", " over ", ", for ", " during "):
        return
    gap = text[time.end : total.start]
    called = _CALLED.search(gap) or _TOTAL_BEHIND.match(text, total.end)
    if not called or not _TOTAL_BEFORE.fullmatch(gap) or time.modifier is Modifier.RANGE:
        return
    ways = [1 / way for way in _factors(base, during)]
    made = [_per(rate, base).times(zones(time)).converted(1 / way) for way in ways]
    closes = any(meet(zone.true, zones(total).true) for zone in made)
    size = rate.low / base[0] * time.low / ways[0]
    told = f"{shown(rate)} {_per_words(rate.per)} for {time.words} make {converted(size, [total.low])}"
    why = f"{told}; the text says {total.words}" if closes else f"{told}, not {total.words}"
    yield Check(
        TEST_TOTAL, (rate.words, time.words, total.words), closes, f"{why}.", None, rate.start, total.end
    )
