"""The units of the cases ("£ a week", "%") as the records of a book write them."""

from __future__ import annotations

import re

_SYMBOLS = {
    "£": "pound sterling",
    "$": "dollar",
    "€": "euro",
    "°C": "degree Celsius",
    "°F": "degree Fahrenheit",
}
_PER = re.compile(r"^(.+?) (?:an?|per|/) (.+)$")
_PEOPLE = {"people": "person", "children": "child", "women": "woman", "men": "man"}


def unit_of(unit: str, kind: str) -> str:
    """'% a year' of a rate → 'percent / year'; '%' of a share → 'fraction'; 'death a day' → 'death / day'."""
    top, _, base = unit.partition(" / ")
    found = _PER.match(unit)
    if found and not base:
        top, base = found.groups()
    top = _named(top, kind)
    return f"{top} / {_singular(base)}" if base else top


def is_percent(unit: str) -> bool:
    """Whether the numbers of a case are percentages, where the record's unit may be a fraction."""
    return unit == "%"


def _named(top: str, kind: str) -> str:
    if top in ("%", "percent"):
        return "fraction" if kind == "share" else "percent"
    return _SYMBOLS.get(top, top)


def _singular(base: str) -> str:
    """The base of a rate, with its number: '100,000 people' → '100,000 person'."""
    number, _, noun = base.rpartition(" ")
    noun = _PEOPLE.get(noun) or (noun.removesuffix("s") if number[:1].isdigit() else noun)
    return f"{number} {noun}".strip()
