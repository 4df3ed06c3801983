"""Units by what they measure, so that figures in units that convert are found together."""

from __future__ import annotations

from functools import lru_cache

from tallybook.book.currencies import is_currency
from tallybook.book.units import FRACTION, UnitMismatch, convert, is_unit_of_measurement, unit_parts
from tallybook.reading import read

OPEN_CLASS = "open"
"""Of a figure whose words leave its unit out."""

_COUNT, _MONEY, _SHARE = "count", "money", "share"
_BASES = ("day", "meter", "gram", "square meter", "liter", "joule", "watt", "kelvin", "meter per second",
          "pascal", "byte", "hertz", "degree")  # fmt: skip


@lru_cache(maxsize=4096)
def unit_class(unit: str | None) -> tuple[str, float]:
    """(class, factor to its base unit): ("day", 7) for a week; everything that is counted is of one class."""
    if unit is None:
        return OPEN_CLASS, 1.0
    top, _ = unit_parts(unit)
    if top in (FRACTION, "percent", "percentage point"):
        return _SHARE, 1.0 if top == FRACTION else 0.01
    if is_currency(top):
        return _MONEY, 1.0
    unit = _named(unit)
    for base in _BASES:
        try:
            return base, convert(unit, base)
        except UnitMismatch:
            continue
    top, _ = unit_parts(unit)
    return (f"unit:{top}" if is_unit_of_measurement(top) else _COUNT), 1.0


def _named(unit: str) -> str:
    """A unit by its name where a measure has the sign of it: °C, km."""
    found = list(read(f"1 {unit}"))
    name = found[0].unit if len(found) == 1 else None
    return name if name and is_unit_of_measurement(name) else unit
