"""What was counted of a period that was not over: "1,400 people came in 2025", told in March of 2025."""

from __future__ import annotations

from datetime import date

from tallybook.book import Measure, Period
from tallybook.terms import Status


def so_far(period: Period | None, measure: Measure, status: Status, told: date | None) -> Period | None:
    """The period of a figure by the last day on which it can have been told; None for none, or not known.

    Two counts "in 2025" of February and of May are of one name and not of one time: neither can contradict
    the other. Plans and forecasts are of the whole period, whenever they were made.
    """
    if period is None or told is None or not measure.over_a_period or status.alike is not Status.OBSERVED:
        return period
    return period.told_on(told)
