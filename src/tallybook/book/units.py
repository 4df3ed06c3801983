"""The units of a book: what its measures count, and how other units convert to them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tallybook.book.currencies import is_currency
from tallybook.book.physical_units import conversion_of, is_physical_unit
from tallybook.book.records import ExchangeRate, Measure
from tallybook.book.unclear_units import Sizes, sizes_of
from tallybook.terms import Kind

PER = re.compile(r"\s*/\s*|\s+per\s+")
FRACTION = "fraction"
POINT = "percentage point"
_IN_POINTS = {FRACTION: 100.0, "percent": 1.0}
"""How many points the units of a percentage are."""

Rates = Sequence[ExchangeRate]

_NUMBERED = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)(?: (.+))?")


class UnitMismatch(ValueError):
    """The words count something that the measure does not."""


@lru_cache(maxsize=4096)
def unit_parts(unit: str) -> tuple[str, str | None]:
    """'shell / month' or 'shell per month' → ('shell', 'month'); 'soldier' → ('soldier', None)."""
    top, *bottom = PER.split(unit.strip(), maxsplit=1)
    return top, bottom[0] if bottom else None


def parts_read(unit: str | None, per: str | None) -> tuple[str | None, str | None]:
    """Likewise of a figure that was read: a speed has its period in its unit ('kilometer per hour')."""
    return unit_parts(unit) if unit is not None and per is None else (unit, per)


def counts(measure: Measure, unit: str | None) -> bool:
    """Whether ``unit`` (singular, as read) is one of the nouns that the measure counts.

    No unit at all (an elided noun: "more than 12 million") counts whatever the measure does.
    """
    top, _ = unit_parts(measure.unit)
    if unit is None or unit == top:
        return True
    return unit.casefold() in {top.casefold(), *(noun.casefold() for noun in measure.nouns)}


@dataclass(frozen=True, slots=True)
class Conversion:
    """From the unit of the words into that of the measure: every number times ``factor``, plus ``offset``.

    ``least``, ``most``: where the word means one of several units, the factor may be so many times as large.
    """

    factor: float = 1.0
    offset: float = 0.0
    least: float = 1.0
    most: float = 1.0


def factor(measure: Measure, unit: str | None, per: str | None, rates: Rates = ()) -> float:
    """What an amount or difference in ``unit`` per ``per`` is multiplied with to be in the measure's unit.

    A month is a twelfth of a year; a bare ton is a tonne, as it mostly is. Raises UnitMismatch when they do
    not convert.
    """
    return _as_amount(measure, unit, per, rates).factor


def _as_amount(measure: Measure, unit: str | None, per: str | None, rates: Rates) -> Conversion:
    top, bottom = unit_parts(measure.unit)
    unit, per = parts_read(unit, per)
    if bottom is None and per is not None and measure.kind in _OF_EACH and is_currency(top) and _is_each(per):
        per = None
    if (per is None) != (bottom is None):
        whole = _ratio(_joined(unit or "", per), _joined(top, bottom))
        if whole is not None:  # a knot is 1.852 kilometres per hour
            return Conversion(whole)
        has, wants = per or "no period", bottom or "none"
        raise UnitMismatch(f"a figure with {has} beside a measure per {wants}")
    scale = _of_top(measure, unit, top, rates)
    if per is None or bottom is None:
        return scale
    base = _base(per, bottom)
    return Conversion(scale.factor * base.factor, 0.0, scale.least * base.least, scale.most * base.most)


def _joined(unit: str, per: str | None) -> str:
    return unit if per is None else f"{unit} per {per}"


def _of_top(measure: Measure, unit: str | None, top: str, rates: Rates) -> Conversion:
    """Of what is counted: one and the same where the measure names it among its nouns."""
    if unit is None or unit.casefold() in {noun.casefold() for noun in measure.nouns}:
        return Conversion()
    ours, theirs = _sizes(unit, top)
    if ours.likeliest.casefold() == theirs.likeliest.casefold():
        return Conversion(1.0, 0.0, ours.least, ours.most)
    return Conversion(_exchanged(ours.likeliest, theirs.likeliest, rates), 0.0, ours.least, ours.most)


def _sizes(unit: str, other: str) -> tuple[Sizes, Sizes]:
    """What the words for two units may mean, the first seen from what the second likeliest means."""
    ours, theirs = sizes_of(unit), sizes_of(other)
    if ours.several:
        size = _ratio(theirs.likeliest, ours.likeliest)
        ours = ours if size is None else ours.seen_from(size, theirs.likeliest)
    return ours, theirs


def conversion(measure: Measure, unit: str | None, per: str | None, rates: Rates = ()) -> Conversion:
    """How a figure is put into the measure's unit: of a level as a reading, of anything else as an amount.

    40 °C is 104 °F as a reading and 72 °F as a difference. Raises UnitMismatch when they do not convert.
    """
    top, bottom = unit_parts(measure.unit)
    if measure.kind is not Kind.LEVEL or per is not None or bottom is not None or counts(measure, unit):
        return _as_amount(measure, unit, per, rates)
    found = _affine(unit or "", top)
    if found is None:
        raise UnitMismatch(f"'{unit}' does not convert to '{top}'")
    return Conversion(*found)


_OF_EACH = (Kind.STOCK, Kind.LEVEL)


def _is_each(per: str) -> bool:
    """Whether a base names one thing ("£1,200 a flat"): of a price or a rent it says what is priced."""
    times, base = numbered(per)
    shared = base.casefold() in _SHARED_AMONG
    return times == 1 and not shared and not is_time(base) and not is_unit_of_measurement(base)


_PER_PERSON = frozenset({"person", "inhabitant", "resident", "population", "head", "capita"})
"""What a rate of a population is said to be per: one and the same people."""

_SHARED_AMONG = (_PER_PERSON - {"head"}) | {"household", "family"}
"""Nobody sells these: "£39,000 per person" is what a debt comes to for each, and no debt. A head is a ewe."""


def _base(per: str, bottom: str) -> Conversion:
    """How many of the base of the words the base of the measure is: of "per million", 0.1 of 100,000 people.

    A bare number ("12 deaths per million") counts what the other base does.
    """
    (times, one), (to_times, other) = numbered(per), numbered(bottom)
    one, other = one.casefold(), other.casefold()
    if not (one and other) or {one, other} <= _PER_PERSON:
        return Conversion(to_times / times)
    ours, theirs = _sizes(one, other)
    if ours.likeliest == theirs.likeliest:
        ratio = to_times / times
    else:
        ratio = convert(theirs.likeliest, ours.likeliest) * to_times / times
    return Conversion(ratio, 0.0, 1 / ours.most, 1 / ours.least)


def factor_of_difference(change: Measure, amount: Measure) -> float:
    """What a difference of an amount is multiplied with to be in the unit of its change: one of shares, in
    percentage points, with 100. Raises UnitMismatch when they do not convert."""
    if change.unit == POINT and unit_parts(amount.unit)[0] in _IN_POINTS:
        return _IN_POINTS[unit_parts(amount.unit)[0]]
    return factor(change, *unit_parts(amount.unit))


def times_of_base(number: Measure, base: str) -> float:
    """How many of what a measure counts the base of a mean is: 100,000 of "per 100,000 people".

    Raises UnitMismatch where it counts something else: the people of "£ per household".
    """
    times, one = numbered(base)
    counted = {name.casefold() for name in (unit_parts(number.unit)[0], *number.nouns)}
    if not one or counts(number, one) or (one.casefold() in _PER_PERSON and counted & _PER_PERSON):
        return times
    return convert(base, unit_parts(number.unit)[0])


def _exchanged(unit: str, to: str, rates: Rates) -> float:
    """One currency in another by a declared rate, in either direction; any other unit by its dimension."""
    for rate in rates:
        if (rate.of, rate.to) == (unit, to):
            return rate.value
        if (rate.to, rate.of) == (unit, to):
            return 1 / rate.value
    return convert(unit, to)


def converts(measure: Measure, unit: str | None, rates: Rates = ()) -> bool:
    """Whether a figure in ``unit`` can be a figure of the measure, whatever its period."""
    top, _ = parts_read(unit, None)
    wanted = unit_parts(measure.unit)[0]
    declared = any({rate.of, rate.to} == {top, wanted} for rate in rates)
    return counts(measure, top) or declared or _ratio(top or "", wanted) is not None


@lru_cache(maxsize=4096)
def is_time(unit: str) -> bool:
    """Whether it is a unit of time."""
    return _ratio(unit, "day") is not None


def days_in(unit: str) -> float:
    """Days in a unit of time: 30.4375 in a month, 365.25 in a year. Raises UnitMismatch."""
    return convert(unit, "day")


def convert(unit: str, to: str) -> float:
    """How many of ``to`` one of ``unit`` is. A number may lead either: "7 minute", "100,000 person".

    Of a scale with a zero of its own it is the size of a degree. Raises UnitMismatch where no factor does it:
    other dimensions, two currencies, units that nobody has defined.
    """
    ratio = _ratio(unit, to)
    if ratio is None:
        raise UnitMismatch(f"'{unit}' does not convert to '{to}'")
    return ratio


def has_no_true_zero(unit: str) -> bool:
    """Whether it is a degree of a scale whose zero is set by hand: Celsius, Fahrenheit."""
    found = _affine(unit, "kelvin")
    return found is not None and found[1] != 0


def is_unit_of_measurement(unit: str) -> bool:
    """A currency, or a unit as physics has them; False for what is counted (shells, deaths)."""
    return unit.casefold() in _units_of_english() or is_physical_unit(unit)


@lru_cache(maxsize=1)
def _units_of_english() -> frozenset[str]:
    lexicon = files("tallybook.reading.lexicon").joinpath("en.toml").read_text(encoding="utf-8")
    return frozenset(name.casefold() for name in tomllib.loads(lexicon)["units"])


@lru_cache(maxsize=4096)
def _ratio(unit: str, to: str) -> float | None:
    (times, one), (to_times, other) = numbered(unit), numbered(to)
    if one.casefold() == other.casefold():
        return times / to_times
    found = _affine(one, other)
    # as an amount or a difference: one degree Celsius is 1.8 degrees Fahrenheit
    return None if found is None else found[0] * times / to_times


@lru_cache(maxsize=4096)
def _affine(unit: str, to: str) -> tuple[float, float] | None:
    """(factor, offset) of a reading in one unit as a reading in another; None where they do not convert."""
    return (1.0, 0.0) if unit.casefold() == to.casefold() else conversion_of(unit, to)


def numbered(unit: str) -> tuple[float, str]:
    """'100,000 person' → (100000.0, 'person'); 'month' → (1.0, 'month'); '100000' → (100000.0, '')."""
    found = _NUMBERED.fullmatch(unit)
    if found is None:
        return 1.0, unit
    number = float(found[1].replace(",", ""))
    return (number, found[2] or "") if 0 < number < float("inf") else (1.0, unit)
