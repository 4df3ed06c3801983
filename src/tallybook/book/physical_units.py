"""The units that physics and everyday English have, and how one converts into another: by pint.

To start pint takes half a second. What it says of the reader's own units is therefore kept beside this file
(``conversions.json``, which ``tools/conversions.py`` writes), and a word of which pint's definitions hold no
part is none of its units. For all else pint is asked.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pint

SYMBOL_LENGTH = 3
OWN_UNITS, CONVERSIONS = "units.txt", "conversions.json"

_POWERS = {"square": 2, "cubic": 3}
_OF_TIME = {"decade": "decade_of_years", "decades": "decade_of_years"}
"""By the name that pint has for the tenfold of a signal, the unit that English means."""
_TWICE = 1e-9
_FRACTION = "fraction"
_FIRST_FILE = "default_en.txt"
_DEFINED = re.compile(r"[^\W\d]\w*")
_PREFIX = re.compile(r"([^\W\d]\w*)-(?=\s|$)")
_IMPORT = re.compile(r"@import\s+(\S+)")
_OF_A_DIFFERENCE = ("delta_", "Δ")  # pint makes such a unit of each with a zero of its own


@dataclass(frozen=True, slots=True)
class _Conversions:
    """``names``: the unit that each name is one of, None where pint has none; ``into``: by the unit and the
    one that it is put into, the factor and the offset of a reading."""

    names: dict[str, str | None]
    into: dict[str, dict[str, list[float]]]


def conversion_of(unit: str, to: str) -> tuple[float, float] | None:
    """(factor, offset) of a reading in one unit as a reading in another; None where they do not convert."""
    known, keys = _conversions(), (unit_key(unit), unit_key(to))
    if all(key in known.names for key in keys):
        one, other = (known.names[key] for key in keys)
        found = known.into[one].get(other) if one is not None and other is not None else None
        return None if found is None else (found[0], found[1])
    return pint_conversion(unit, to) if is_physical_unit(unit) and is_physical_unit(to) else None


@lru_cache(maxsize=4096)
def is_physical_unit(unit: str) -> bool:
    """Whether pint has it."""
    names, key = _conversions().names, unit_key(unit)
    if key in names:
        return names[key] is not None
    return may_be_unit(unit) and pint_unit(unit) is not None


def unit_key(unit: str) -> str:
    """One text for all ways to write a name that pint takes for one: "degree Celsius", "Degree celsius"."""
    parts = (_name_and_power(part.split()) for part in unit.split(" per "))
    return " per ".join(name if power == 1 else f"{name}^{power}" for name, power in parts)


def may_be_unit(unit: str) -> bool:
    """False only where pint certainly has no such unit, since no word that it defines is in the name."""
    known = _pint_words()
    names = (_name_and_power(part.split())[0] for part in unit.split(" per "))
    return known is None or all(map(known.may_make, names))


def pint_conversion(unit: str, to: str) -> tuple[float, float] | None:
    """What pint itself says, as :func:`conversion_of`."""
    units = pint_unit(unit), pint_unit(to)
    if units[0] is None or units[1] is None or _plain_kind(units[0]) != _plain_kind(units[1]):
        return None
    import pint

    quantity = _registry().Quantity
    try:
        offset = float(quantity(0.0, units[0]).to(units[1]).magnitude)
        factor = float(quantity(1.0, units[0]).to(units[1]).magnitude) - offset
        twice = float(quantity(2.0, units[0]).to(units[1]).magnitude) - offset
    except (pint.PintError, ArithmeticError, ValueError):
        return None
    if not 0 < factor < math.inf or not math.isclose(
        twice, 2 * factor, rel_tol=_TWICE, abs_tol=_TWICE * abs(offset)
    ):
        return None  # two decibels are not twice one
    return factor, offset if abs(offset) > 1e-12 else 0.0


def _plain_kind(unit: Any) -> str:
    """What a unit without a dimension counts: for pint angles, bits and percentages are all plain numbers."""
    if not unit.dimensionless:
        return ""
    base = str((1 * unit).to_base_units().units)
    return "dimensionless" if base == _FRACTION else base


@lru_cache(maxsize=4096)
def pint_unit(unit: str) -> Any:
    """A unit by its words ("square kilometer", "mile per hour"); no expression of a stranger is evaluated.

    None where pint has no such unit.
    """
    import pint

    try:
        parts = [_named(part.split()) for part in unit.split(" per ")]
    except (pint.PintError, AttributeError, TypeError, ValueError, ArithmeticError, AssertionError):
        return None  # an assertion: of letters that Python does not take for a name, such as "¼"
    return reduce(lambda top, bottom: top / bottom, parts)


def _name_and_power(words: list[str]) -> tuple[str, int]:
    """The name as pint has it, "" where there is no letter; "square kilometer" → ("kilometer", 2)."""
    power = _POWERS.get(words[0].casefold(), 1) if len(words) > 1 else 1
    letters = [part for word in words[power > 1 :] for part in re.findall(r"[^\W\d_]+", word)]
    name = "_".join(part.casefold() if len(part) > SYMBOL_LENGTH else part for part in letters)
    return _OF_TIME.get(name, name), power


def _named(words: list[str]) -> Any:
    name, power = _name_and_power(words)
    if not name:
        raise ValueError("no word")
    return _registry().Unit(name) ** power


@lru_cache(maxsize=1)
def _conversions() -> _Conversions:
    text = files("tallybook.book").joinpath(CONVERSIONS).read_text(encoding="utf-8")
    return _Conversions(**json.loads(text))


@dataclass(frozen=True, slots=True)
class _PintWords:
    """``defined``: all words of pint's definitions, units among them; ``prefixes``: those before units."""

    defined: frozenset[str]
    prefixes: tuple[str, ...]

    def may_make(self, name: str) -> bool:
        """Whether some prefix, some word and perhaps an "s" make the name."""
        plain = name
        for mark in _OF_A_DIFFERENCE:
            plain = plain.replace(mark, "")
        return any(
            end.startswith(prefix) and end[len(prefix) :] in self.defined
            for end in {name, name.removesuffix("s"), plain, plain.removesuffix("s")}
            for prefix in self.prefixes
        )


@lru_cache(maxsize=1)
def _pint_words() -> _PintWords | None:
    """Of the definitions of the pint that is installed; None where they cannot be found."""
    found = find_spec("pint")  # which does not import it
    folders = list(found.submodule_search_locations or ()) if found is not None else []
    try:
        text = "\n".join([*_definitions(Path(folders[0])), _own_definitions()])
    except (OSError, IndexError, UnicodeDecodeError):
        return None
    defined = frozenset(["dimensionless", *_DEFINED.findall(text)])
    return _PintWords(defined, ("", *dict.fromkeys(_PREFIX.findall(text))))


def _definitions(folder: Path) -> Iterator[str]:
    """The text of pint's definitions and of the files that they name, without remarks."""
    todo, done = [_FIRST_FILE], set()
    while todo:
        name = todo.pop()
        if name not in done:
            done.add(name)
            text = _without_remarks((folder / name).read_text(encoding="utf-8").splitlines())
            todo += _IMPORT.findall(text)
            yield text


def _own_definitions() -> str:
    text = files("tallybook.book").joinpath(OWN_UNITS).read_text(encoding="utf-8")
    return _without_remarks(text.splitlines())


def _without_remarks(lines: Iterable[str]) -> str:
    return "\n".join(line.partition("#")[0] for line in lines)


@lru_cache(maxsize=1)
def _registry() -> pint.UnitRegistry:
    import pint

    registry: pint.UnitRegistry = pint.UnitRegistry()
    registry.load_definitions(str(files("tallybook.book").joinpath(OWN_UNITS)))
    return registry
