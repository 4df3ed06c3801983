"""Writes what pint says of the reader's own units, so that most books open without pint.

    python tools/conversions.py      # or: make docs

A test compares what is committed with what this gives; floats are written as they are, to the last bit.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from tallybook.book.physical_units import CONVERSIONS, OWN_UNITS, pint_conversion, pint_unit, unit_key
from tallybook.reading.lexicon.language import languages

FILE = Path(__file__).resolve().parents[1] / "src" / "tallybook" / "book" / CONVERSIONS
MORE = ("kelvin", "fraction")
"""Units that the program itself asks for."""


def content() -> str:
    """The file: a name a line, then a unit a line with those that it converts into."""
    units = {unit_key(name): name for name in sorted(_names())}
    of_pint = {key: pint_unit(name) for key, name in units.items()}
    names = {key: None if unit is None else str(unit) for key, unit in of_pint.items()}
    first = {unit: units[key] for key, unit in reversed(names.items()) if unit is not None}
    into = {
        one: {
            other: found
            for other, there in sorted(first.items())
            if (found := pint_conversion(here, there)) is not None
        }
        for one, here in sorted(first.items())
    }
    return f'{{\n"names": {_lines(names)},\n"into": {_lines(into)}\n}}\n'


def _names() -> Iterator[str]:
    """The reader's units and our own, as Britain spells them too, and the plurals that pint makes of them."""
    for written in [*_read_units(), *_own_units(), *MORE]:
        for name in dict.fromkeys((written, written.replace("meter", "metre").replace("liter", "litre"))):
            unit = pint_unit(name)
            if name == written or unit is not None:
                yield name
            if unit is not None and pint_unit(f"{name}s") == unit:
                yield f"{name}s"


def _read_units() -> Iterator[str]:
    """Of all lexicons, with the symbols that they have in common."""
    for language in languages():
        yield from _lexicon(language)["units"]
    shared = _lexicon("units")
    for symbol, name in shared["symbols"].items():
        yield from (symbol, name)
    for name, (symbol, prefixes) in shared["si"].items():
        yield from (symbol, name.strip())
        for prefix in prefixes.split():
            yield from (prefix + symbol, shared["prefixes"][prefix] + name.strip())


def _lexicon(name: str) -> dict[str, Any]:
    return tomllib.loads(files("tallybook.reading.lexicon").joinpath(f"{name}.toml").read_text("utf-8"))


def _own_units() -> Iterator[str]:
    for line in files("tallybook.book").joinpath(OWN_UNITS).read_text(encoding="utf-8").splitlines():
        definition = line.partition("#")[0].removeprefix("@alias")
        first, *others = (part.strip() for part in definition.split("="))
        for name in (first, *others[not line.startswith("@alias") :]):
            if name.strip("_"):
                yield name.replace("_", " ")


def _lines(entries: dict[str, object]) -> str:
    told = (f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(value)}" for key, value in entries.items())
    return "{\n" + ",\n".join(told) + "\n}"


def main() -> None:
    FILE.write_text(content(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
