"""The numbers that a book's statements name, in order, so that to look for one costs no scan."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable

from tallybook.estimates.estimate import Estimate
from tallybook.quantity import DEFAULT_POLICY

_SAME = 1e-9
"""Units are converted in floating point: numbers this near to each other are one."""


class Values:
    """The stated estimates that name one number and are not refused, by that number.

    Under three heads: in the unit of a measure, as the words print it, and on a page.
    """

    def __init__(self, estimates: Iterable[Estimate]) -> None:
        found: dict[Hashable, list[tuple[float, Estimate]]] = defaultdict(list)
        for e in estimates:
            if e.figure is None or not names_one_number(e):
                continue
            number = number_of(e)
            found["measure", e.measure.id].append((number, e))
            found["page", e.source.id].append((number, e))
            found["printed", e.measure.id].append((e.figure.quantity.number.low, e))
        self._under = {head: _Sorted(entries) for head, entries in found.items()}

    def of_measure(self, measure: str, low: float, high: float) -> list[Estimate]:
        """Those of a measure from ``low`` to ``high`` in its unit: 14,300 of 14,295 to 14,305."""
        return self._between(("measure", measure), low, high)

    def on_page(self, source: str, low: float, high: float) -> list[Estimate]:
        """Those of one page from ``low`` to ``high``, each in the unit of its own measure."""
        return self._between(("page", source), low, high)

    def printed(self, measure: str, number: float) -> list[Estimate]:
        """Those of a measure whose words have this number, in whatever unit: 42.4 of "42.4 kilometres"."""
        return self._between(("printed", measure), number, number)

    def _between(self, head: Hashable, low: float, high: float) -> list[Estimate]:
        entries = self._under.get(head)
        return [] if entries is None else entries.between(low, high)


class _Sorted:
    """Estimates by a number of each."""

    def __init__(self, entries: list[tuple[float, Estimate]]) -> None:
        entries.sort(key=lambda entry: (entry[0], entry[1].id))
        self._numbers = [number for number, _ in entries]
        self._estimates = [estimate for _, estimate in entries]

    def between(self, low: float, high: float) -> list[Estimate]:
        first = bisect_left(self._numbers, low - _SAME * abs(low))
        return self._estimates[first : bisect_right(self._numbers, high + _SAME * abs(high))]


def names_one_number(e: Estimate) -> bool:
    """Whether it is stated, not refused, and names one number: "over 1,430", not "1,400 to 1,500"."""
    if e.derived or e.amount is None or e.statement.refused is not None:
        return False
    number = e.amount.under(DEFAULT_POLICY).number
    return number.low == number.high


def number_of(e: Estimate) -> float:
    """The number that it names in its measure's unit, which is the same under every policy."""
    assert e.amount is not None
    return e.amount.under(DEFAULT_POLICY).number.low
