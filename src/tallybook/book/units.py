"""The units of a book: what its measures count, and how other units convert to them (by pint)."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tallybook.book.records import Measure

if TYPE_CHECKING:
    import pint

PER = re.compile(r"\s*/\s*")
SYMBOL_LENGTH = 3


class UnitMismatch(ValueError):
    """The words count something that the measure does not."""


def unit_parts(unit: str) -> tuple[str, str | None]:
    """'shell / month' → ('shell', 'month'); 'soldier' → ('soldier', None)."""
    top, *bottom = PER.split(unit.strip(), maxsplit=1)
    return top, bottom[0] if bottom else None


def counts(measure: Measure, unit: str | None) -> bool:
    """Whether ``unit`` (singular, as read) is one of the nouns that the measure counts.

    No unit at all (an elided noun: "more than 12 million") counts whatever the measure does.
    """
    if unit is None:
        return True
    top, _ = unit_parts(measure.unit)
    return unit.casefold() in {top.casefold(), *(noun.casefold() for noun in measure.nouns)}


def factor(measure: Measure, unit: str | None, per: str | None) -> float:
    """What a number in ``unit`` per ``per`` is multiplied with to be in the measure's unit.

    A month is a twelfth of a year. Raises UnitMismatch when they do not convert.
    """
    top, bottom = unit_parts(measure.unit)
    if (per is None) != (bottom is None):
        has, wants = per or "no period", bottom or "none"
        raise UnitMismatch(f"a figure with {has} beside a measure per {wants}")
    scale = 1.0 if counts(measure, unit) else _convert(unit or "", top)
    return scale if per is None or bottom is None else scale * _convert(bottom, per)


def converts(measure: Measure, unit: str | None) -> bool:
    """Whether a figure in ``unit`` can be a figure of the measure, whatever its period."""
    try:
        return counts(measure, unit) or _convert(unit or "", unit_parts(measure.unit)[0]) > 0
    except UnitMismatch:
        return False


def days_in(unit: str) -> float:
    """Days in a unit of time: 30.4375 in a month, 365.25 in a year. Raises UnitMismatch."""
    return _convert(unit, "day")


@lru_cache(maxsize=1024)
def _convert(unit: str, to: str) -> float:
    if unit == to:
        return 1.0
    import pint

    registry = _registry()
    try:
        return float(registry.Quantity(1.0, _name(unit)).to(_name(to)).magnitude)
    except (pint.PintError, AttributeError, TypeError, ValueError, SyntaxError) as error:
        raise UnitMismatch(f"'{unit}' does not convert to '{to}'") from error


def _name(unit: str) -> str:
    """A unit as pint names it; only words, so that no expression of a stranger is evaluated."""
    words = re.findall(r"[^\W\d_]+", unit)
    if not words:
        raise UnitMismatch(f"'{unit}' is no unit")
    return "_".join(word.casefold() if len(word) > SYMBOL_LENGTH else word for word in words)


@lru_cache(maxsize=1)
def _registry() -> pint.UnitRegistry:
    import pint

    registry: pint.UnitRegistry = pint.UnitRegistry()
    registry.load_definitions(str(files("tallybook.book").joinpath("units.txt")))
    return registry
