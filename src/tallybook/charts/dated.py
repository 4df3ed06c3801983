"""What a timeline draws: statements at the dates that they refer to, never at the date of the page."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from tallybook.charts.labels import known, page_key

if TYPE_CHECKING:
    from tallybook.book.records import Measure

_DATED_BY = frozenset({"stated", "said"})
_TIERS = {"primary": 0, "secondary": 1, "tertiary": 2}


@dataclass(frozen=True)
class Dot:
    """One figure at one time: the statement shown, its dates as day numbers, and who says the same.

    ``start`` or ``stop`` is None where the period has no such end. ``aside`` says why it is no part
    of the line ("planned", "a part", "other scope", "derived"), or nothing.
    """

    shown: Any
    at: int
    start: int | None
    stop: int | None
    aside: str
    pages: int
    statements: tuple[str, ...]

    @property
    def height(self) -> float:
        """The number named, or the middle of a stated range."""
        return (float(self.shown.best_low) + float(self.shown.best_high)) / 2


def split(estimates: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The statements with a number and a date that they refer to, and the rest."""
    dated = estimates["period_start"].notna() | estimates["period_end"].notna()
    dated &= estimates["period_from"].isin(_DATED_BY)
    dated &= estimates["best_low"].notna() & estimates["best_high"].notna()
    return estimates[dated], estimates[~dated]


def dots(rows: pd.DataFrame, measure: Measure) -> list[Dot]:
    """The statements of one family in the order of time; those with the same number and date as one."""
    folded: dict[Hashable, list[Any]] = {}
    for row in sorted(rows.itertuples(index=False), key=_preference):
        key = (
            row.best_low, row.best_high, str(row.modifier), *_days(row), _aside(row, measure),
        )  # fmt: skip
        folded.setdefault(key, []).append(row)
    found = [_dot(same, measure) for same in folded.values()]
    return sorted(found, key=lambda dot: (dot.at, dot.height))


def _dot(same: list[Any], measure: Measure) -> Dot:
    row = same[0]
    start, stop = _days(row)
    return Dot(
        shown=row,
        at=_reference_day(start, stop, measure.kind),
        start=start,
        stop=stop,
        aside=_aside(row, measure),
        pages=len({page_key(other) for other in same}),
        statements=tuple(str(other.estimate) for other in same),
    )


def line(found: list[Dot]) -> list[Dot]:
    """What the step line joins: observed wholes of the measure's own scope, one a day."""
    chosen: dict[int, Dot] = {}
    for dot in sorted((dot for dot in found if not dot.aside), key=lambda dot: _preference(dot.shown)):
        chosen.setdefault(dot.at, dot)
    return [chosen[day] for day in sorted(chosen)]


def _reference_day(start: int | None, stop: int | None, kind: str) -> int:
    """A count "since …" is reached at the end of its period; a rate or a share holds for all of it."""
    if start is None or stop is None:
        return stop if stop is not None else start if start is not None else 0
    return stop if kind == "cumulative" else (start + stop) // 2


def _days(row: Any) -> tuple[int | None, int | None]:
    return tuple(value.toordinal() if known(value) else None for value in (row.period_start, row.period_end))  # type: ignore[return-value]


def _aside(row: Any, measure: Measure) -> str:
    if row.derived:
        return "derived"
    if known(row.status) and row.status != "observed":
        return str(row.status)
    if known(row.part):
        return "a part"
    if known(row.scope) and row.scope != measure.own_scope:
        return "other scope"
    return ""


def _preference(row: Any) -> tuple[Any, ...]:
    published = str(row.published) if known(row.published) else "9"
    return (bool(row.derived), _TIERS.get(row.tier, 3), published, str(row.estimate))


def month_starts(first: int, last: int, most: int = 5) -> Iterator[tuple[int, date]]:
    """Day numbers of the first of months between two days, at round distances, ``most`` at the most."""
    begin, end = date.fromordinal(first), date.fromordinal(last)
    months = (end.year - begin.year) * 12 + end.month - begin.month + 1
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 600, 12000) if months / step <= most)
    number = begin.year * 12
    while number <= end.year * 12 + end.month - 1:
        day = date(number // 12, number % 12 + 1, 1)
        if first <= day.toordinal() <= last:
            yield day.toordinal(), day
        number += step
