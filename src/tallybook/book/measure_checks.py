"""What a measure's kind asks of its unit, and of the measures that it is computed from."""

from __future__ import annotations

from collections.abc import Iterator

from tallybook.book.problems import quoted_value
from tallybook.book.records import Measure
from tallybook.book.units import FRACTION, UnitMismatch, days_in, factor, unit_parts
from tallybook.terms import Kind

_TOTALS = (Kind.CUMULATIVE, Kind.EVENT_TOTAL)
_COUNTS = (*_TOTALS, Kind.STOCK)


def kind_problems(measure: Measure) -> Iterator[tuple[str, str]]:
    """(key, message) of each thing in which a measure's unit or keys do not go with its kind."""
    top, period = unit_parts(measure.unit)
    unit = quoted_value(measure.unit)
    if measure.kind is Kind.RATE and period is None:
        yield "unit", f"{unit} is not a rate; write it as '{top} / month'."
    if measure.kind in _TOTALS and period is not None:
        yield "unit", f"{unit} has a period, which a total has not. Write '{top}', or make it kind: rate."
    if measure.kind is Kind.SHARE and measure.unit != FRACTION:
        yield (
            "unit",
            f"the unit of a share is '{FRACTION}', whether the words say percent or a half; not {unit}.",
        )
    if measure.kind is Kind.DURATION and not _is_time(measure.unit):
        yield "unit", f"{unit} is not a unit of time; a duration is counted in days, months and the like."
    if measure.kind is not Kind.RATE and measure.rate_of is not None:
        yield (
            "rate_of",
            f"{quoted_value(measure.id)} is of kind {measure.kind}; 'rate_of' is for a measure of kind rate.",
        )
    if measure.rate_of is not None and period is not None and not _is_time(period):
        yield "unit", f"{unit} is not a rate over time; write it as '{top} / month', or take out 'rate_of'."
    if measure.kind != "share" and measure.shares:
        yield (
            "shares",
            f"{quoted_value(measure.id)} is of kind {measure.kind}; 'shares' is for a measure of kind share.",
        )


def rate_problems(rate: Measure, total: Measure) -> Iterator[str]:
    """A rate accumulates to a count of the same unit."""
    if total.kind not in _COUNTS:
        kinds = ", ".join(_COUNTS)
        yield f"{quoted_value(total.id)} is of kind {total.kind}; a rate accumulates to a count ({kinds})."
    elif not _same_unit(rate, total):
        unit = unit_parts(rate.unit)[0]
        yield f"{quoted_value(total.id)} counts {total.unit}, not {unit}. Give both measures one unit."


def share_problems(part: Measure, other: Measure) -> Iterator[str]:
    """Part and whole convert into each other."""
    try:
        factor(part, *unit_parts(other.unit))
    except UnitMismatch:
        yield f"{quoted_value(other.unit)} does not convert to {quoted_value(part.unit)}. Give both one unit."


def base_problems(measure: Measure, base: Measure) -> Iterator[str]:
    """A share of another figure comes out in the unit of that figure, which must not be on another scale."""
    if base.id == measure.rate_of:
        return
    try:
        scale = factor(measure, *unit_parts(base.unit))
    except UnitMismatch:
        return
    if scale != 1:
        yield f"it is counted in {base.unit}, and this figure in {measure.unit}. Give both measures one unit."


def _same_unit(rate: Measure, total: Measure) -> bool:
    try:
        return factor(total, unit_parts(rate.unit)[0], None) == 1
    except UnitMismatch:
        return False


def _is_time(unit: str) -> bool:
    try:
        return days_in(unit) > 0
    except UnitMismatch:
        return False
