"""How near a figure is to a claim: by unit, magnitude, time, names and words; each from 0 to 1.

The unit decides first: a figure in another dimension is no candidate, whatever its words. Where nothing can
be said (no date, words of another language) a figure is neither helped nor hurt.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tallybook.book import Measure
from tallybook.book.units import (
    FRACTION,
    Conversion,
    Rates,
    UnitMismatch,
    conversion,
    converts,
    is_unit_of_measurement,
    parts_read,
    unit_parts,
)
from tallybook.intake.claim_asked import ClaimAsked, Wanted
from tallybook.intake.figures_found import Days, FigureFound
from tallybook.intake.measure_words import stems
from tallybook.quantity import Quantity
from tallybook.terms import CEILINGS, FLOORS, Kind, Modifier

OPEN = 0.5
"""What a part counts where nothing can be said."""

_SAME_UNIT, _NO_UNIT, _OTHER_PERIOD, _OTHER_NOUN = 1.0, 0.75, 0.4, 0.15
_SHARE_FOR_AMOUNT = 0.1
_SHARED = (Kind.STOCK, Kind.TOTAL, Kind.RATE, Kind.NET)
"""Kinds of which a share may be meant: half of the soldiers, and not half of a temperature."""

_FAR = 0.3
"""Of two numbers this many powers of ten apart the nearness falls to a third: about twice as large."""

_REACH = 1.5
"""How far a bound reaches: "over 10,000" is near 10,000 to 15,000."""

_REACHED = 0.6
"""How much it counts that the words of two figures allow one number, beside the numbers that they name."""

_DATED, _UNDATED = 120.0, 400.0
"""Days in which the nearness in time falls to a third, of a claim with a period and of one without."""

_NAME = re.compile(r"\b[A-ZÀ-ÖØ-ÞА-ЯЄІЇҐ][^\W\d_]+")


@dataclass(frozen=True, slots=True)
class UnitFit:
    """``fit``: 0 where the units have nothing in common; ``into``: how the figure is put into the claim's."""

    fit: float
    into: Conversion


@dataclass(frozen=True, slots=True)
class Nearness:
    """The parts of how near a figure is. ``quantity``, ``wanted``: the two numbers that are nearest;
    ``named``: both as numbers of one unit, the claim's first; ``apart``: days between their times, None where
    that cannot be told; ``shared``: names that both have."""

    unit: float
    size: float
    time: float
    names: float
    quantity: Quantity
    wanted: Wanted
    named: tuple[float, float]
    apart: int | None = None
    shared: tuple[str, ...] = ()


def near(asked: ClaimAsked, found: FigureFound, rates: Rates, weight: NameWeights) -> Nearness | None:
    """How near a figure is to a claim, its words apart; None where its unit cannot be that of the claim."""
    best: Nearness | None = None
    apart = days_apart(asked, found.days)
    time = OPEN if apart is None else math.exp(-apart / (_DATED if asked.dated else _UNDATED))
    names, shared = weight.shared(asked, found)
    for wanted in asked.wanted:
        for quantity in found.quantities:
            unit = unit_fit(wanted.measure, quantity, found.nouns, rates)
            if unit.fit == 0:
                continue
            (size, named), fit = _size(wanted, quantity, unit), unit.fit * wanted.fit
            if best is None or fit * size > best.unit * best.size:
                best = Nearness(fit, size, time, names, quantity, wanted, named, apart, shared)
    return best


def unit_fit(measure: Measure, quantity: Quantity, nouns: Iterable[str], rates: Rates) -> UnitFit:
    """Whether a figure's unit can be that of a measure: the same, one that converts, none, another noun."""
    unit, per = parts_read(quantity.unit, quantity.per)
    top, period = unit_parts(measure.unit)
    if unit in (FRACTION, "percent") and top not in (FRACTION, "percent", "percentage point"):
        return UnitFit(_SHARE_FOR_AMOUNT if measure.kind in _SHARED else 0.0, Conversion())
    for name in (unit, *nouns):
        try:
            into = conversion(measure, name, per, rates)
        except UnitMismatch:
            continue
        return UnitFit(_NO_UNIT if name is None else _SAME_UNIT, into)
    if (per is None) != (period is None) and converts(measure, unit, rates):
        return UnitFit(_OTHER_PERIOD * (_NO_UNIT if unit is None else 1.0), Conversion())
    if unit is None or is_unit_of_measurement(unit) or is_unit_of_measurement(top) or top == FRACTION:
        return UnitFit(0.0, Conversion())
    return UnitFit(_OTHER_NOUN, Conversion())


def _size(wanted: Wanted, quantity: Quantity, unit: UnitFit) -> tuple[float, tuple[float, float]]:
    """How near two numbers are, as their words bound them; and the two in the claim's unit."""
    if not wanted.sized:
        return OPEN, (math.nan, math.nan)
    ours = _reach(wanted.quantity, _into(wanted))
    theirs = _reach(quantity, _scale(quantity, unit.into, wanted.measure))
    if wanted.measure.kind in (Kind.LEVEL, Kind.CHANGE, Kind.NET):
        between, middle = _difference(ours, theirs)
    else:
        between, middle = _powers(ours, theirs)
    size = _REACHED * math.exp(-between / _FAR) + (1 - _REACHED) * math.exp(-middle / _FAR)
    return size, (ours[1], theirs[1])


def _into(wanted: Wanted) -> Conversion:
    """A claim's own number is put into its measure's unit as any other is."""
    unit, per = parts_read(wanted.quantity.unit, wanted.quantity.per)
    try:
        into = conversion(wanted.measure, unit, per)
    except UnitMismatch:
        into = Conversion()
    return _scale(wanted.quantity, into, wanted.measure)


def _scale(quantity: Quantity, into: Conversion, measure: Measure) -> Conversion:
    if quantity.unit == "percent" and unit_parts(measure.unit)[0] == FRACTION and into.factor == 1.0:
        return Conversion(0.01)
    return into


_Ends = tuple[float, float, float]


def reach_of(quantity: Quantity) -> _Ends:
    """The same in the unit of the words."""
    return _reach(quantity, Conversion())


def _reach(quantity: Quantity, into: Conversion) -> _Ends:
    """(low, named, high): as far as the words reach, and the number named."""
    low, high = quantity.low, quantity.high
    named = quantity.best if quantity.best is not None else (low + high) / 2
    said = {quantity.modifier, *quantity.hedges}
    if said & FLOORS:
        high = max(high, high * _REACH)
    if said & CEILINGS or Modifier.NEARLY in said:
        low = min(low, low / _REACH)
    low, named, high = sorted(value * into.factor + into.offset for value in (low, named, high))
    return low, named, high


def _powers(ours: _Ends, theirs: _Ends) -> tuple[float, float]:
    """(between, of the middles): powers of ten that two numbers lie apart; zero lies far from all else."""
    if min(ours[1], theirs[1]) <= 0:
        same = ours[0] <= theirs[2] and theirs[0] <= ours[2]
        return (0.0, 0.0) if same else (1.0, 1.0)
    middle = abs(math.log10(ours[1] / theirs[1]))
    if ours[0] <= theirs[2] and theirs[0] <= ours[2]:
        return 0.0, middle
    low, high = (ours[2], theirs[0]) if ours[2] < theirs[0] else (theirs[2], ours[0])
    return (math.log10(high / low) if low > 0 else 1.0), middle


def _difference(ours: _Ends, theirs: _Ends) -> tuple[float, float]:
    """The same of what may lie below zero: in parts of the larger number."""
    largest = max(abs(ours[1]), abs(theirs[1])) or 1.0
    middle = abs(ours[1] - theirs[1]) / largest
    between = max(0.0, ours[0] - theirs[2], theirs[0] - ours[2]) / largest
    return between, middle


def days_apart(asked: ClaimAsked, days: Days | None) -> int | None:
    """Days between a figure's time and the claim's; None where one has none, or time does not matter.

    A claim without a period is of any time up to its article, the nearer the likelier.
    """
    if asked.days is None or days is None or asked.timeless:
        return None
    return max(0, days[0] - asked.days[1], asked.days[0] - days[1])


class NameWeights:
    """How telling each name is among some figures: one that stands everywhere tells nothing."""

    def __init__(self, found: Iterable[FigureFound]) -> None:
        self._count: dict[str, int] = {}
        self._all = 0
        for figure in found:
            self._all += 1
            for name in names_of(figure):
                self._count[name] = self._count.get(name, 0) + 1

    def shared(self, asked: ClaimAsked, found: FigureFound) -> tuple[float, tuple[str, ...]]:
        """Which part of the claim's names a figure has, weighed; and which, the most telling first."""
        ours, theirs = _names(f"{asked.sentence} · {asked.names} · {asked.meaning}"), names_of(found)
        weights = {name: self._weight(name) for name in ours if name in self._count}
        whole = sum(weights.values())
        both = sorted(ours.keys() & theirs.keys(), key=lambda name: -self._weight(name))
        if not whole:
            return OPEN, ()
        return sum(weights.get(name, 0.0) for name in both) / whole, tuple(theirs[name] for name in both)

    def _weight(self, name: str) -> float:
        return math.log((self._all + 1) / (self._count.get(name, 0) + 0.5))


def names_of(found: FigureFound) -> dict[str, str]:
    return _names(f"{found.sentence} · {found.about} · {found.said_by}")


@lru_cache(maxsize=8192)
def _names(text: str) -> dict[str, str]:
    """The words with a capital, as printed, by their stems."""
    return {stem: name for name in reversed(_NAME.findall(text)) for stem in stems(name)}
