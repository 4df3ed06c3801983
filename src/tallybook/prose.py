"""Numbers, intervals, units, gaps, dates, lists and quotations as words: the one place that formats them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from tallybook.quantity import Interval, Quantity
from tallybook.reading.lexicon.toml_files import load_table
from tallybook.terms import Modifier

FRACTION = "fraction"
_AS_STATED = ".12g"  # what a computer adds to a number is further behind
_STATED_DIGITS = 4
"""A longer number was computed, unless it is above a thousand and has six digits at most."""

_MAGNITUDES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_MONTH_IN_WORDS = re.compile(r"[^\W\d_]{3,9}\.?,? (?:of )?[0-9]{4}(?: .*)?")
_FISCAL_YEAR = re.compile(r"FY([0-9]{4})-([0-9]{2})")
_NUMBERED_BASE = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?) (.+)")
_UNITS_OF_TIME = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "quarter", "year"})
_ONE_FORM = (
    "news",
    "series",
    "species",
    "headquarters",
    "percent",
    "celsius",
    "fahrenheit",
    "yen",
    "yuan",
    "baht",
    "won",
)
_HEAD_FIRST = ("degree ", "pound ")
_SIBILANTS = ("s", "x", "z", "ch", "sh")


# Numbers


def number(value: float, unit: str | None = None) -> str:
    """A number in words and digits: 10,000; 6.5 million; 50% (of a fraction); "no limit" for an open end."""
    if math.isinf(value):
        return "no limit"
    if unit == FRACTION:
        return f"{digits(float(f'{100 * value:.12g}'))}%"
    if abs(value) >= 1e6:
        size, name = next(one for one in _MAGNITUDES if abs(value) >= one[0])
        if value != round(value) or _significant(value) <= 4 or abs(value) >= 1e15:
            return f"{digits(value / size)} {name}"
    return digits(value)


def digits(value: float) -> str:
    """A number in digits alone: 1,234.5; −3; 0.00012. A computed one with three significant digits."""
    if math.isinf(value):
        return "no limit"
    if value == round(value):
        return in_full(value)
    stated = _significant(value) <= _STATED_DIGITS or (abs(value) >= 1000 and _significant(value) <= 6)
    return _grouped(float(f"{value:{_AS_STATED if stated else '.3g'}}"))


def converted(value: float, beside: Iterable[float] = ()) -> str:
    """A number that a conversion or division gives: whole digits and three significant ones at least, or as
    many as keep it apart from the numbers ``beside`` it: 34.9; 2.88; 101,313; 19.1 million."""
    size, name = (1e6, " million") if abs(value) >= 1e6 else (1.0, "")
    others = [_rounded(other / size, 9) for other in beside]
    return (
        next(
            (text for places in range(3, 10) if (text := _rounded(value / size, places)) not in others),
            _rounded(value / size, 9),
        )
        + name
    )


def _rounded(value: float, places: int) -> str:
    whole = min(len(f"{abs(value):.0f}"), 15)
    return _grouped(float(f"{value:.{max(places, whole)}g}"))


def in_full(value: float) -> str:
    """A number in digits as somebody stated it, however long: 3.14159; 1,234.5678."""
    return "no limit" if math.isinf(value) else _grouped(float(f"{value:.15g}"))


def _significant(value: float) -> int:
    return len(Decimal(f"{value:{_AS_STATED}}").normalize().as_tuple().digits)


def _grouped(value: float) -> str:
    text = f"{Decimal(repr(value)):,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def interval(zone: Interval, unit: str | None = None) -> str:
    """An interval in words: 9; above 10,000; up to 15,000; 200,000–260,000; 1.5–2 million."""
    low, high = zone.low, zone.high
    if low == high:
        return number(low, unit)
    if math.isinf(high):
        if math.isinf(low) or (low == 0 and not zone.low_open):
            return "any number"
        return f"{'above' if zone.low_open else 'at least'} {number(low, unit)}"
    if math.isinf(low) or (low == 0 and high > 0):
        return f"{'below' if zone.high_open else 'up to'} {number(high, unit)}"
    first, last = _told_apart(low, high, unit)
    if first == last:
        return first
    if low < 0:
        return f"{first} to {last}"
    for tail in (*(f" {name}" for _, name in _MAGNITUDES), "%"):
        if first.endswith(tail) and last.endswith(tail):
            return f"{first.removesuffix(tail)}–{last}"
    return f"{first}–{last}"


def _told_apart(low: float, high: float, unit: str | None) -> tuple[str, str]:
    """Both ends as numbers; where three digits would make them one, with as many as their distance asks for:
    844.85, 844.95. Of ends that a computer alone keeps apart both are one."""
    first, last = number(low, unit), number(high, unit)
    if first != last or unit == FRACTION:
        return first, last
    size, name = next(((s, f" {n}") for s, n in _MAGNITUDES if f" {n}" in first), (1.0, ""))
    for places in range(3, 13):
        ends = [float(f"{end / size:.{places}g}") for end in (low, high)]
        off = max(abs(end - exact / size) for end, exact in zip(ends, (low, high), strict=True))
        if ends[0] != ends[1] and off <= (ends[1] - ends[0]) / 10:
            return _grouped(ends[0]) + name, _grouped(ends[1]) + name
    return first, first


def ratio(factor: float) -> str:
    """How many times: "1.4 times"; "infinitely many times" beside zero."""
    return "infinitely many times" if math.isinf(factor) else f"{digits(float(f'{factor:.2g}'))} times"


def apart(factor: float, *, higher: bool) -> str:
    """How far a number lies from another that is ``factor`` (above 1) times as large or as small.

    "12% above it", "3.5 times as much", "12% below it", "one 990th of it", "just below it".
    """
    if factor < 1.005:
        return f"just {'above' if higher else 'below'} it"
    if higher:
        return f"{100 * (factor - 1):.2g}% above it" if factor < 2 else f"{ratio(factor)} as much"
    if factor < 10:
        return f"{100 * (1 - 1 / factor):.2g}% below it"
    return "nothing of it" if math.isinf(factor) else f"one {digits(float(f'{factor:.2g}'))}th of it"


def difference(claim: float, estimate: float, unit: str, *, absolute: bool, counts: bool) -> str:
    """How far an estimate lies from a claim, as a person says it, seen from the claim.

    ``absolute``: in units, as of a temperature, a change or a share ("0.9 degrees Celsius above", "3.1
    percentage points below", of two falls "3.1 percentage points apart"); else "4 more", "243 fewer",
    "12% below", "10 times as much"; of two falls "a fall 12% smaller", and of a rise beside a fall "3,963
    apart". ``counts``: things that can be counted.
    """
    gap = float(f"{estimate - claim:.12g}")  # of decimals: 41.4 − 41.2 is 0.2
    higher = gap > 0
    if absolute:
        size = abs(float(f"{gap:.3g}"))
        if unit in (FRACTION, "percent"):
            points = float(f"{size * (100 if unit == FRACTION else 1):.6g}")
            named = "percentage point" if points == 1 else "percentage points"
            below_zero = claim < 0 and estimate < 0  # of two falls, "above" can be taken for either
            return f"{in_full(points)} {named} {'apart' if below_zero else 'above' if higher else 'below'}"
        return f"{in_full(size)} {unit_words(unit, size)} {'above' if higher else 'below'}"
    if min(claim, estimate) < 0 < max(claim, estimate):
        return f"{number(abs(gap))} apart"
    if claim < 0 and estimate < 0:
        return _of_falls(-claim, -estimate)
    if claim <= 0 or estimate <= 0:
        return f"{number(abs(gap))} {'more' if higher else 'fewer' if counts else 'less'}"
    factor = max(claim, estimate) / min(claim, estimate)
    if higher and factor >= 2:
        return f"{ratio(factor)} as much"
    if factor >= 10:
        return f"1/{digits(float(f'{factor:.2g}'))} of it"
    percent = 100 * abs(gap) / claim
    if percent >= 0.95:
        return f"{percent:.2g}% {'above' if higher else 'below'}"
    return f"{number(abs(gap))} {'more' if higher else 'fewer' if counts else 'less'}"


def _of_falls(claim: float, estimate: float) -> str:
    """How one fall compares with another, both given as positive sizes."""
    larger, factor = estimate > claim, max(claim, estimate) / min(claim, estimate)
    if larger and factor >= 2:
        return f"a fall {ratio(factor)} as large"
    if factor >= 10:
        return f"1/{digits(float(f'{factor:.2g}'))} of the fall"
    percent = 100 * abs(estimate - claim) / claim
    how = "larger" if larger else "smaller"
    return f"a fall {percent:.2g}% {how}" if percent >= 0.95 else f"a slightly {how} fall"


# Quantities and units


def bounded(quantity: Quantity, core: str) -> str:
    """A number with the words that bound it: "up to 40%", "at least about 3,000"."""
    said = [quantity.modifier, *quantity.hedges]
    if quantity.contradictory:
        said.reverse()
    plain = (Modifier.EXACT, Modifier.RANGE)
    return " ".join([*(modifier.label for modifier in said if modifier not in plain), core])


def in_words(quantity: Quantity) -> str:
    """A quantity as it was read: "over 10,000 soldiers", "up to 200,000–260,000 shells a month"."""
    if quantity.unit in (FRACTION, "percent"):
        scale = 1.0 if quantity.unit == FRACTION else 0.01
        core, unit = interval(quantity.core.map(lambda x: x * scale), FRACTION), ""
    else:
        core, unit = interval(quantity.core), unit_words(quantity.unit or "", quantity.high)
    per = per_words(quantity.per or "")
    return " ".join(part for part in (bounded(quantity, core), unit, per) if part)


def in_its_own_time(quantity: Quantity, unit: str) -> str:
    """A duration in the words' own unit where a measure has another: months are not days. "" for all else."""
    return in_words(quantity) if _has_its_own_time(quantity, unit) else ""


def number_in_its_own_time(quantity: Quantity, unit: str) -> str:
    """The number alone that such a duration names: "3 months" of "under 3 months". "" for all else."""
    return amount(quantity.core, quantity.unit or "") if _has_its_own_time(quantity, unit) else ""


def _has_its_own_time(quantity: Quantity, unit: str) -> bool:
    own = quantity.unit or ""
    return own != unit and quantity.per is None and {own, unit} <= _UNITS_OF_TIME


def unit_words(unit: str, count: float = math.inf) -> str:
    """A unit for ``count`` things: "shells a month" for "shell / month", "percent" for a fraction."""
    if unit == FRACTION:
        return "percent"
    top, _, per = (part.strip() for part in unit.partition("/"))
    return " ".join(part for part in (top if count == 1 else plural(top), per_words(per)) if part)


def per_words(base: str) -> str:
    """The base of a rate: "a month", "every 7 minutes", "per 100,000 people"."""
    numbered = _NUMBERED_BASE.fullmatch(base)
    if numbered is None:
        return f"a {base}" if base else ""
    size, of = float(numbered[1].replace(",", "")), numbered[2]
    each = "every" if of in _UNITS_OF_TIME else "per"
    return f"{each} {digits(size)} {of if size == 1 else plural(of)}"


def amount(core: Interval, unit: str) -> str:
    """A number or range with its unit: "9 loaves", "34%"."""
    named = interval(core, unit)
    one = core.high if core.low == core.high else math.inf
    return named if unit == FRACTION else f"{named} {unit_words(unit, one)}".rstrip()


@lru_cache(maxsize=1024)
def plural(noun: str) -> str:
    """The plural of a counted noun: shells, lives, people, degrees celsius, miles per hour.

    Irregular nouns are those of the reader's lexicon, so that it writes what it reads. (The library
    inflect takes 1.8 s to import.)
    """
    head, per, rest = noun.partition(" per ")
    if per:
        return f"{plural(head)}{per}{rest}"
    for start in _HEAD_FIRST:
        if noun.startswith(start):
            return f"{plural(start.strip())} {noun.removeprefix(start)}"
    before, space, last = noun.rpartition(" ")
    return f"{before}{space}{_plural_of_word(last)}"


def _plural_of_word(word: str) -> str:
    one_form, irregular, singular_endings = _inflections()
    lower = word.lower()
    if not word or lower in one_form or not word[-1].isalpha():
        return word
    if lower in irregular:
        return irregular[lower]
    if lower in irregular.values() or (lower.endswith("s") and not lower.endswith(singular_endings)):
        return word  # a plural already
    if lower.endswith(_SIBILANTS):
        return f"{word}es"
    if lower.endswith("y") and lower[-2:-1] not in tuple("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}s"


@lru_cache(maxsize=1)
def _inflections() -> tuple[frozenset[str], dict[str, str], tuple[str, ...]]:
    """(nouns with one form, singular → plural, endings in s of singulars), from the English lexicon.

    Of several plurals the first one listed wins.
    """
    rules = load_table("en", "plural")
    irregular: dict[str, str] = {}
    for plural_form, singular in rules["irregular"].items():
        irregular.setdefault(singular, plural_form)
    endings = (
        *rules["not_plural"],
        *(word for word in rules["not_singular"] if word not in rules["invariant"]),
    )
    return frozenset({*rules["invariant"], *_ONE_FORM}), irregular, endings


def counted(count: int, noun: str) -> str:
    """A count with its noun: "1 page", "3 pages", "2 families"."""
    return f"{count:,} {noun if count == 1 else plural(noun)}"


def units_of_last_digit(value: float) -> str:
    """A width in grains, in plain words: "5 units of the last digit", "4.2 units of the last digit"."""
    whole = value == round(value)
    return f"{counted(round(value), 'unit') if whole else f'{value:.1f} units'} of the last digit"


_SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def spelled(count: int) -> str:
    """A count by itself in running text: "no", "one" … "twelve", "13", "1,200"."""
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


# Dates


class Days(Protocol):
    """A reference period: its text, and the first and last day that each of its ends can mean."""

    @property
    def text(self) -> str: ...
    @property
    def start(self) -> date: ...
    @property
    def start_to(self) -> date: ...
    @property
    def end_from(self) -> date: ...
    @property
    def end(self) -> date: ...


def day(value: date, *, short: bool = False) -> str:
    """13 November 2024, whatever the machine's language; 13 Nov 2024 where room is short."""
    return f"{value.day} {month(value, short=short)} {value.year}"


def month(value: date, *, short: bool = False) -> str:
    name = MONTH_NAMES[value.month - 1]
    return name[:3] if short else name


def period(days: Days) -> str:
    """A reference period in words: "November 2024", "1 May 2025 to June 2025", "up to July 2025".

    An hour stands behind its day: "3 April 2025, 12:00 to 18:00"; "FY2023-24" is "the fiscal year 2023–24".
    """
    first, slash, last = days.text.partition("/")
    if not slash:
        return _one_date(first, days.start, days.end)
    if first == "..":
        return "any time" if last == ".." else f"up to {_one_date(last, days.end_from, days.end)}"
    start = _one_date(first, days.start, days.start_to)
    if last == "..":
        return f"since {start}"
    end = _one_date(last, days.end_from, days.end)
    if days.start == days.end and first.strip()[10:11] == last.strip()[10:11] == "T" and start != end:
        end = _hour(last)
    return start if start == end else f"{start} to {end}"


def _one_date(text: str, first: date, last: date) -> str:
    text = text.strip()
    if text.endswith(("~", "%")):
        return f"about {_plain_date(text.rstrip('~%'))}"
    if first == last:
        return f"{day(first)}, {_hour(text)}" if text[10:11] == "T" else day(first)
    if _MONTH_IN_WORDS.fullmatch(text) and (first.year, first.month) == (last.year, last.month):
        return f"{month(first)} {first.year}"
    return _plain_date(text)


def _hour(text: str) -> str:
    """12:00 of 2025-04-03T12:00, of T12 and of T12:00:30."""
    hours, _, rest = text.strip()[11:].partition(":")
    return f"{hours}:{rest[:2] or '00'}"


def _plain_date(text: str) -> str:
    """2024-11-12, 2024-11, seasons (2024-21 … 24) and FY2023-24 in words; anything else as it was written."""
    fiscal = _FISCAL_YEAR.fullmatch(text)
    if fiscal is not None:
        following = f"{int(fiscal[1]) + 1}" if fiscal[2] == "00" else fiscal[2]
        return f"the fiscal year {fiscal[1]}–{following}"
    parts = text.split("-")
    if not all(part.isdecimal() for part in parts) or not 2 <= len(parts) <= 3 or len(parts[0]) != 4:
        return text
    year, middle = parts[0], int(parts[1])
    if 21 <= middle <= 24:
        return f"{('spring', 'summer', 'autumn', 'winter')[middle - 21]} {year}"
    if not 1 <= middle <= 12:
        return text
    return " ".join([*([str(int(parts[2]))] if len(parts) == 3 else []), MONTH_NAMES[middle - 1], year])


# Lists and quotations


def listed(names: Sequence[str], last: str = "and") -> str:
    """a; a and b; a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def quoted(words: str, limit: int | None = None) -> str:
    """Somebody's words in quotation marks; marks inside become single ones, and go where one is missing."""
    bare = " ".join(words.split()).strip('“”"').strip()
    paired = bare.count("“") == bare.count("”")
    inner = str.maketrans("“”", "‘’") if paired else {ord("“"): None, ord("”"): None}
    bare = bare.translate(inner)
    bare = bare.replace('"', "") if bare.count('"') % 2 else bare
    return f"“{bare if limit is None else clipped(bare, limit)}”"


def excerpt(words: str, limit: int | None = None) -> str:
    """Somebody's words in quotation marks, with an ellipsis where they end in the middle of a phrase:
    “about 13,000 military personnel to …”."""
    said = quoted(words, limit)
    last = said[1:-1].rpartition(" ")[2].strip("’‘.,;:()[]'\"").casefold()
    return f"{said[:-1]} …”" if last in _open_ends() else said


@lru_cache(maxsize=1)
def _open_ends() -> frozenset[str]:
    """English words after which something must follow."""
    small = load_table("en", "words")
    joints = [small[name] for name in ("to", "or", "by", "from", "prepositions", "possessives")]
    return frozenset(
        {"and", "than", "since", "during", "along", "being", "have", "has", "had", "were", "was"}.union(
            *joints, load_table("en", "numbers")["words"]["a"]
        )
    ) - {"her", "about", "before", "after", "over", "under", "around", "behind", "near", "through", "in"}


def clipped(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut at a word where there is one."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:") + "…"


def heading(definition: str, limit: int = 110) -> str:
    """The first part of a definition, as a heading: up to the first full stop or semicolon."""
    first = definition.partition("; ")[0].partition(". ")[0].rstrip(".")
    short = clipped(first, limit)
    return f"{short[:1].upper()}{short[1:]}"


def sentence(text: str) -> str:
    """The text with a capital first letter and a full stop."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"
