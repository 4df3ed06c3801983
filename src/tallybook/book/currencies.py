"""The names of currencies, in English and singular; amounts in two of them need a declared rate."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


def is_currency(unit: str) -> bool:
    return unit.casefold() in currencies()


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """All that are known: ``currencies.txt``."""
    lines = files("tallybook.book").joinpath("currencies.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
