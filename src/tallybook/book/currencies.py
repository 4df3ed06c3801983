"""The names of currencies, in English and singular; amounts in two of them need a declared rate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tallybook.book.periods import Period, parse_period

if TYPE_CHECKING:
    from tallybook.book.measure_records import ExchangeRate

FARTHEST = 366
"""Days; a rate that is further from the time of a figure says nothing of what the figure was worth."""


def is_currency(unit: str) -> bool:
    return unit.casefold() in currencies()


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """All that are known: ``currencies.txt``."""
    lines = files("tallybook.book").joinpath("currencies.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def rates_of_time(
    rates: Sequence[ExchangeRate], period: Period | None, *, typed: bool
) -> tuple[ExchangeRate, ...]:
    """Of each two currencies the rate nearest to the time of a figure; of equally near ones the finest, then
    the first.

    ``typed``: the figure has a time of its own, so that a rate further away than ``FARTHEST`` is left out.
    """
    found: dict[frozenset[str], tuple[tuple[int, int], ExchangeRate]] = {}
    for rate in rates:
        on = parse_period(rate.on)
        away = on.days_from(period) if period is not None else 0
        rank = (away, (on.end - on.start).days)
        pair = frozenset((rate.of, rate.to))
        if not (typed and away > FARTHEST) and (pair not in found or rank < found[pair][0]):
            found[pair] = rank, rate
    return tuple(rate for _, rate in found.values())
