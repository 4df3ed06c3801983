"""The two points of time between which a change lies, in whichever of two ways it is told.

"From 30 June 2024 to 30 June 2025" is written as ``reference_period: 2025-06-30`` with ``base_period:
2024-06-30``, or as the period 2024-06-30/2025-06-30; so is the change that two levels make. This module alone
says which of the two ways are one time. It is the same time only of what there is at a point of time. What
adds up or is averaged has a length: there A/B is how long it went on, and never the way from A to B.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tallybook.book import Measure, Period
from tallybook.terms import Kind

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class ChangeEnds:
    """``earlier``, ``later``: the first and last day that each point of time can be. ``by_base``: told as a
    period with a base period, not as one period. ``certain``: two known days between which it certainly is,
    so that it can differ from a change told in the other way. ``unknown``: made of two levels whose days or
    hours are not known: such levels never differ from others of their days, and so their change differs from
    none, however that tells its time."""

    earlier: Days
    later: Days
    by_base: bool
    certain: bool
    unknown: bool = False

    def may_be(self, other: ChangeEnds) -> bool:
        """Whether the two, told in different ways, may be of one time."""
        return (
            self.by_base != other.by_base
            and _meet(self.earlier, other.earlier)
            and _meet(self.later, other.later)
        )

    def is_of(self, other: ChangeEnds) -> bool:
        """Whether the two, told in different ways, certainly are."""
        return self.may_be(other) and self.certain and other.certain


def ends_as_typed(
    measure: Measure, amount: Measure | None, period: Period | None, base: Period | None
) -> ChangeEnds | None:
    """Of a change as a claim or statement types it; None where it is not between two points of time.

    ``amount``: whose change it is (``change_of``), None where the measure does not say. Then two typed days
    may be such points, and nothing more is known. A/B of months or years is how long something went on.
    """
    if measure.kind is not Kind.CHANGE or measure.once or period is None:
        return None
    if amount is not None and not amount.in_points_of_time:
        return None
    earlier, later = (base, period) if base is not None else _parted(period)
    if earlier is None or later is None or not (_is_point(earlier) and _is_point(later)):
        return None
    days = earlier.start == earlier.end and later.start == later.end
    if not days and (base is None or amount is None):
        return None
    return _ends(amount, earlier, later, by_base=base is not None)


def ends_between(amount: Measure, earlier: Period, later: Period) -> ChangeEnds | None:
    """Of the change that two levels of an amount make; None where they are not certainly in order."""
    found = _ends(amount, earlier, later, by_base=False)
    if found is None or found.certain:
        return found
    by_hour = earlier.has_hours and later.has_hours
    return replace(found, unknown=not by_hour)


def _ends(amount: Measure | None, earlier: Period, later: Period, *, by_base: bool) -> ChangeEnds | None:
    """Of each time the end counts, as of a running count."""
    before, after = (earlier.end_from, earlier.end), (later.end_from, later.end)
    if before[1] >= after[0]:
        return None
    days = before[0] == before[1] and after[0] == after[1] and not (earlier.has_hours or later.has_hours)
    return ChangeEnds(before, after, by_base, days and amount is not None and _known_by_day(amount))


def _known_by_day(amount: Measure) -> bool:
    """Whether two figures of one day, without hours, can differ: not of a running count, nor of a level that
    is read at any hour."""
    return not amount.cumulative and (amount.kind is not Kind.LEVEL or amount.moment is not None)


def _parted(period: Period) -> tuple[Period | None, Period | None]:
    """The two ends of a/b, each as a time by itself, with its hour if it has one."""
    if not period.spans:
        return None, None
    first, _, last = period.text.partition("/")
    return (
        Period(
            first, period.start, period.start_to, period.start_to, period.start, *_hour(period.start_minute)
        ),
        Period(last, period.end_from, period.end, period.end, period.end_from, *_hour(period.end_minute)),
    )


def _hour(minute: int) -> tuple[int, int]:
    """The first and last minute of one end: of a whole day, or of the hour that was typed."""
    return (0, 1439) if minute in (0, 1439) else (minute, minute)


def _is_point(period: Period) -> bool:
    return not (period.spans or period.open_start or period.open_end)


def _meet(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
