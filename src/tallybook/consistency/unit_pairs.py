"""A figure and its conversion in brackets: "100 miles (160 km)" is consistent, "100 miles (180 km)" is not.

The bracket must be the conversion of the figure before it, rounded as it is printed. The pair is also
consistent the other way round (the bracket is the original, the figure before it a rounding of it), unless
the bracket is printed more than ten times as finely; then it is inconsistent, or "cannot tell" if the figure
before it is a round number close to it ("240,000 miles (385,000 km)"). Money has no fixed rate and lengths
of time are used loosely ("a month (30 days)"): they are not tested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from tallybook.book.unclear_units import MEANINGS
from tallybook.book.units import UnitMismatch, convert
from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.forms import EXACT, RANGE
from tallybook.consistency.printed_numbers import Printed, printed
from tallybook.consistency.unit_bonds import FURTHEST, Bond, bond_of, is_size
from tallybook.prose import converted, listed
from tallybook.quantity import DEFAULT_POLICY
from tallybook.reading import Mention, Reading

_LENGTHS = [
    *("nanometer", "micrometer", "millimeter", "centimeter", "decimeter", "meter", "kilometer"),
    *("inch", "foot", "yard", "mile", "furlong", "fathom"),
]
_SPEEDS = ["kilometer per hour", "mile per hour", "meter per second", "foot per second", "knot"]
_NAMED = {
    "meter": [*_LENGTHS, "nautical mile"],
    "hectare": ["hectare", "acre"],
    "liter": ["liter", "milliliter", "centiliter", "deciliter", "hectoliter", "acre foot"],
    "kilogram": ["kilogram", "gram", "milligram", "microgram", "tonne", "pound", "short ton", "long ton"],
    "kilometer per hour": _SPEEDS,
    "pascal": ["pascal", "hectopascal", "kilopascal", "megapascal", "bar", "millibar"],
    "watt": ["watt", "kilowatt", "megawatt"],
    "joule": ["joule", "kilojoule", "megajoule", "kilocalorie", "kilowatt hour"],
}  # fmt: skip
_OTHERS = {
    "stone": ("kilogram", 6.35029318),
    "troy ounce": ("kilogram", 0.0311034768),
    "barrel": ("liter", 158.987294928),
    "pound per square inch": ("pascal", 6894.757293168),
    "brake horsepower": ("watt", 745.69987158),
}
_TO_CELSIUS = {
    "degree celsius": (1.0, 0.0),
    "degree fahrenheit": (5 / 9, -32 * 5 / 9),
    "kelvin": (1.0, -273.15),
}
_COMPARED = re.compile(
    r"\)? (?:above|below|higher|lower|more|less|of (?:warming|cooling|difference))\b"
    r"|(?:\)|,| [–—-])? (?:warmer|cooler|hotter|colder|milder|(?:above|below|over) (?:the |their |its )?"
    r"(?:[a-z]+ )?(?:average|norm\w*|mean|usual|levels?))\b"
    r"|\)? (?:rise|fall|drop|increase|decrease|change|swing|difference|gap|warming|jump|plunge)\b"
)
_DIFFERENCE_OF = AnyCase(
    r"\b(?:by|(?:rise|fall|drop|increase|decrease|change|swing|difference|gap|warming|cooling|range)s? of)"
    r" (?:\w+ ){0,2}$"
    r"|\b(?:rise|fall|drop|swing|difference|gap|range|variation|contrast)\b[^.;:\d]{0,50} (?:is|was"
    r"|of|reache[sd]|be|reach)"
    r" (?:\w+ ){0,2}$"
    r"|\b(?:hold|keep|limit|cap|restrict|confine|curb|contain)(?:s|ing|ed|ping|ped)?\b[^.;:]{0,40}"
    r"\b(?:rise|warming|increase|heating)\b[^.;:]{0,40}(?:\b(?:to|at|below|under|within|of) (?:\w+ ){0,2})?$",
)
_READING = AnyCase(
    r"\b(?:was|read|reads|reached|hit|reaching|at|between|to|near|(?:highs?|lows?|peaks?|temperatures?) of)"
    r" (?:\w+ ){0,2}$",
)
_COMPOUND_GAP = re.compile(r"[\s-]{0,2}|, |,? and ")
_LIST_GAP = re.compile(r"\s*[;,/]\s*|\s+or\s+|\s*[;,]\s*or\s+")
_BRACKETS = {"(": ")", "[": "]"}
_MOST_IN_BRACKETS = 8
FINER = 0.1
NEAR_ROUND = 0.03
SURVEY = 5e-6
"""The fraction by which the US survey foot and acre may differ from the international ones."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """One figure, or one in two units ("5 feet 10 inches") given in the smaller of them."""

    mentions: tuple[Mention, ...]
    numbers: tuple[Printed, ...]

    @property
    def last(self) -> Mention:
        return self.mentions[-1]

    def words(self, text: str) -> str:
        return text[self.mentions[0].start : self.last.end]


def unit_pairs(reading: Reading) -> Iterator[Check]:
    """A check for each figure that words or brackets say is the one before it in another unit."""
    text, figures = reading.text, reading.figures
    for k in range(1, len(figures)):
        before, figure = figures[k - 1], figures[k]
        if figure.unit is None or before.unit is None or figure.unit == before.unit:
            continue
        if not 0 <= figure.start - before.end <= FURTHEST:
            continue
        if text[figure.start - 1] in _BRACKETS:
            yield from _bracketed(text, figures, k)
        elif _may_convert(before, figure):
            yield from _apposed(text, figures, k)


def _may_convert(first: Mention, second: Mention) -> bool:
    """Whether two figures are of one dimension, in two units; asked of every two neighbours, so cheaply."""
    if first.unit is None or second.unit is None:
        return False
    kinds = _kinds(first.unit)
    return bool(kinds) and not kinds.isdisjoint(_kinds(second.unit))


@lru_cache(maxsize=512)
def _kinds(unit: str) -> frozenset[str]:
    """The dimensions that a unit may be of."""
    return frozenset({"temperature"} if unit in _TO_CELSIUS else (kind for kind, _ in _sizes(unit)))


def _bracketed(text: str, figures: Sequence[Mention], k: int) -> Iterator[Check]:
    bracket = figures[k].start - 1
    before = figures[k - 1]
    gap = text[before.end : bracket].strip()
    if gap and not (_may_convert(before, figures[k]) and is_size(gap)):
        return
    first = _amount(text, _run_back(text, figures, k - 1))
    for second in _inside(text, figures, k, _BRACKETS[text[bracket]]):
        found = _compare(text, first, second, "the bracket") if first else None
        if found is not None:
            yield found


def _apposed(text: str, figures: Sequence[Mention], k: int) -> Iterator[Check]:
    """ "130 feet, nearly 40 metres down,", "42.195 kilometres or 26.2 miles", "that's about 1,900 liters"."""
    bond = bond_of(text, figures, k)
    if bond is Bond.NONE:
        return
    first, second = _amount(text, _run_back(text, figures, k - 1)), _amount(text, [figures[k]])
    found = _compare(text, first, second, "the text") if first and second else None
    if found is None or second is None:
        return
    if found.closes is not False or (found.gap or 0.0) <= bond.value * abs(second.numbers[0].value):
        yield found


def _run_back(text: str, figures: Sequence[Mention], k: int) -> list[Mention]:
    """The figure at ``k``, after the one in a larger unit that belongs to it, if there is one."""
    if k > 0 and _continues(text, figures[k - 1], figures[k]):
        return [figures[k - 1], figures[k]]
    return [figures[k]]


def _continues(text: str, large: Mention, small: Mention) -> bool:
    """Whether two figures are one amount: "5 feet 10 inches", "2 lb and 3 oz"."""
    if large.end > small.start or not _COMPOUND_GAP.fullmatch(text[large.end : small.start]):
        return False
    scale = _scale(large, small)
    simple = large.low == large.high and small.low == small.high and large.low % 1 == 0
    return scale is not None and scale > 1 and simple and 0 <= small.low < scale and small.per == large.per


def _scale(large: Mention, small: Mention) -> float | None:
    for (kind, size), (other, smaller) in product(_sizes(large.unit), _sizes(small.unit)):
        if kind == other:
            return size / smaller
    return None


def _amount(text: str, mentions: Sequence[Mention]) -> _Amount | None:
    numbers = printed(mentions[-1])
    if len(mentions) == 1:
        return _Amount((mentions[0],), numbers) if numbers else None
    scale = _scale(mentions[0], mentions[1])
    if not numbers or scale is None:
        return None
    value, step = mentions[0].low * scale + mentions[1].low, numbers[0].step
    return _Amount(tuple(mentions), (Printed(value, step, step / 2),))


def _inside(text: str, figures: Sequence[Mention], k: int, closing: str) -> list[_Amount]:
    """The amounts of a bracket; empty if it contains anything else ("160 km of them paved")."""
    end = text.find(closing, figures[k].end, figures[k].end + 80)
    runs: list[list[Mention]] = []
    done = figures[k].start
    for figure in figures[k : k + _MOST_IN_BRACKETS]:
        if end < 0 or figure.start >= end:
            break
        if runs and len(runs[-1]) == 1 and _continues(text, runs[-1][0], figure):
            runs[-1].append(figure)
        elif not runs or _LIST_GAP.fullmatch(text[done : figure.start]):
            runs.append([figure])
        else:
            return []
        done = figure.end
    if end < 0 or text[done:end].strip():
        return []
    return [amount for amount in (_amount(text, run) for run in runs) if amount]


def _compare(text: str, first: _Amount, second: _Amount, where: str) -> Check | None:
    a, b = first.last, second.last
    if a.unit == b.unit or len(first.numbers) != len(second.numbers):
        return None
    readings = list(_conversions(text, first, second))
    if not readings:
        return None
    forward = [way for way in readings if _rounds_to(first, second, way)]
    back = [way for way in readings if _is_rounded(first, second, way)]
    closes: bool | None = bool(forward or back)
    said = second.words(text)
    if back and not forward:
        why = f"{said} is {_converted(second, first, [way.reversed() for way in back])}, rounded to {a.words}"
    else:
        made = _converted(first, second, forward or readings)
        why = f"{first.words(text)} is {made}; {where} says {said}"
    if not closes and any(_rounds_to(second, first, way.reversed()) for way in readings):
        why += f", which is right only if {first.words(text)} is a rounding of it"
        closes = None if any(_near_round(first, second, way) for way in readings) else False
    gap = min(
        abs(way.there(n.value) - m.value)
        for way in readings
        for n, m in zip(first.numbers, second.numbers, strict=True)
    )
    return Check(
        "unit pair",
        (first.words(text), said),
        closes,
        f"{why}.",
        float(f"{gap:.6g}") if closes is False else None,
        first.mentions[0].start,
        b.end,
    )


def _converted(first: _Amount, second: _Amount, ways: Sequence[_Way]) -> str:
    """The first amount in the unit of the second, by each conversion: "34.9 °F as a reading or 2.88 °F …"."""
    unit = second.last.noun or second.last.unit or ""
    per = f" per {second.last.per}" if second.last.per else ""
    beside = [one.value for one in second.numbers]
    results = []
    for way in ways:
        exact = _rounds_to(first, second, way)
        numbers = [converted(way.there(n.value), () if exact else beside) for n in first.numbers]
        results.append(f"{'–'.join(numbers)} {unit}{per}{way.note}")
    return listed(list(dict.fromkeys(results)), "or")


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to convert: number × ``scale`` + ``offset``; ``note``: which, for the reader."""

    scale: float
    offset: float = 0.0
    note: str = ""

    def there(self, value: float) -> float:
        return value * self.scale + self.offset

    def reversed(self) -> _Way:
        return _Way(1 / self.scale, -self.offset / self.scale, self.note)


def _conversions(text: str, first: _Amount, second: _Amount) -> Iterator[_Way]:
    a, b = first.last, second.last
    warm, other = _TO_CELSIUS.get(a.unit or ""), _TO_CELSIUS.get(b.unit or "")
    if warm and other and (a.per == b.per or b.per is None):
        scale = warm[0] / other[0]
        differs = _is_difference(text, first.mentions[0], b)
        if differs is not True:
            yield _Way(scale, (warm[1] - other[1]) / other[0], " as a reading")
        if differs is not False:
            yield _Way(scale, 0.0, " as a difference")
        return
    base = _per(a.per, b.per)
    for (kind, size), (other_kind, into) in product(_sizes(a.unit), _sizes(b.unit)):
        if kind == other_kind and base is not None:
            yield _Way(size / into * base)


def _is_difference(text: str, first: Mention, bracket: Mention) -> bool | None:
    """Whether a temperature is how much warmer or colder it is; False where the words make it a reading
    ("minus 10C"), None where they leave it open."""
    if first.trend is not None or bracket.trend is not None:
        return True
    before = text[max(first.sentence[0], first.start - 110) : first.start]
    if _COMPARED.match(text, bracket.end) or _DIFFERENCE_OF.search(before):
        return True
    return False if first.low < 0 or _READING.search(before[-40:]) else None


def _per(first: str | None, second: str | None) -> float | None:
    """The factor between the periods of two rates; one that the bracket leaves out is the same. None if they
    do not convert."""
    if second is None or first == second:
        return 1.0
    for (kind, size), (other, into) in product(_sizes(first), _sizes(second)):
        if kind == other:
            return into / size
    return None


def _rounds_to(first: _Amount, second: _Amount, way: _Way) -> bool:
    """Whether the second amount is the first one converted and rounded."""
    return all(
        abs(way.there(n.value) - m.value) <= _slack(second, m) + SURVEY * abs(m.value)
        for n, m in zip(first.numbers, second.numbers, strict=True)
    )


def _is_rounded(first: _Amount, second: _Amount, way: _Way) -> bool:
    """Whether the first amount is the second one converted and rounded, and not printed far less finely."""
    back = way.reversed()
    return all(
        abs(back.there(m.value) - n.value) <= n.step / 2 and m.step * abs(back.scale) >= FINER * n.step
        for n, m in zip(first.numbers, second.numbers, strict=True)
    )


def _near_round(first: _Amount, second: _Amount, way: _Way) -> bool:
    """Whether the first amount is a round number, and the second within ``NEAR_ROUND`` of it."""
    back = way.reversed()
    return all(
        n.round and abs(back.there(m.value) - n.value) <= NEAR_ROUND * abs(n.value)
        for n, m in zip(first.numbers, second.numbers, strict=True)
    )


def _slack(amount: _Amount, number: Printed) -> float:
    """Its rounding; more for a hedge of its own ("100 miles (about 170 km)"), not for a shared one."""
    own = amount.last.modifier is not EXACT and amount.last.words[0].isalpha()
    if own and amount.last.modifier is not RANGE:
        return max(number.half, DEFAULT_POLICY.about * abs(number.value))
    return number.half


@lru_cache(maxsize=512)
def _sizes(unit: str | None) -> tuple[tuple[str, float], ...]:
    """The meanings of a unit: (base unit of its dimension, how many of that); empty for counted things."""
    if unit is None:
        return ()
    if unit in MEANINGS:
        return MEANINGS[unit]  # a pair is consistent if it is under one of them
    if unit in _OTHERS:
        return (_OTHERS[unit],)
    power, _, length = unit.partition(" ")
    if power == "square" and length in _LENGTHS:
        return (("hectare", _in(length, "meter") ** 2 / 10_000),)
    if power == "cubic" and length in _LENGTHS:
        return (("liter", _in(length, "meter") ** 3 * 1_000),)
    for base, names in _NAMED.items():
        if unit in names:
            return ((base, _in(unit, base)),)
    return ()


def _in(unit: str, base: str) -> float:
    try:
        return convert(unit, base)
    except UnitMismatch as error:  # the tables above name a unit that pint does not have
        raise AssertionError(unit) from error
