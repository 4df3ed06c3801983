"""The figures that a text is to be read as, beside those that were read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .case_files import Case
from .program import read_words
from .wanted import Check, one_of

_NUMBERS = frozenset({"low", "high", "best", "grain"})


def figure_checks(case: Case) -> Iterator[Check]:
    """Exactly these figures, in this order, each with at least the keys that are given."""
    wanted, got = case["expect"]["figures"], read_words(case["text"])
    told = "; ".join(str(mention) for mention in got) or "none"
    yield Check("figures", told, f"{len(wanted)} of them", len(got) == len(wanted))
    for number, (figure, mention) in enumerate(zip(wanted, got, strict=False), 1):
        for key, value in figure.items():
            found = _value(mention, key)
            right = any(_same(key, found, one) for one in (value if isinstance(value, list) else [value]))
            yield Check(f"figure {number}, {key}", str(found), " or ".join(one_of(value)), right)


def _value(mention: Any, key: str) -> Any:
    quantity = mention.quantity
    if key == "modifier" and quantity.contradictory:
        return "mixed"
    found = getattr(mention, key, getattr(quantity, key, None))
    return str(found) if key == "modifier" else found


def _same(key: str, got: Any, wanted: Any) -> bool:
    if got is None or wanted is None:
        return bool(got == wanted)
    if key in _NUMBERS:
        return math.isclose(float(got), float(wanted), rel_tol=1e-9)
    if key in ("unit", "per"):
        return _unit(str(got)) == _unit(str(wanted))
    return str(got) == str(wanted)


@lru_cache(maxsize=512)
def _unit(unit: str) -> str:
    """A unit as the lexicon calls it, the number of a base without commas: '7 minute', '100000 person'."""
    number, _, name = unit.rpartition(" ")
    if number.replace(",", "").replace(".", "").isdigit():
        return f"{number.replace(',', '')} {_unit(name)}"
    read = read_words(f"2 {unit}")
    same = read[0].unit if len(read) == 1 else None
    return (same or unit).casefold()
