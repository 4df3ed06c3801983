"""What a measure's kind asks of its unit, and of the measures that it is computed from."""

from __future__ import annotations

from collections.abc import Iterator

from tallybook.book.problems import quoted_value
from tallybook.book.records import Measure
from tallybook.book.units import (
    FRACTION,
    UnitMismatch,
    factor,
    factor_of_difference,
    has_no_true_zero,
    is_time,
    times_of_base,
    unit_parts,
)
from tallybook.terms import Kind

_COUNTS = (Kind.TOTAL, Kind.STOCK)


def kind_problems(measure: Measure) -> Iterator[tuple[str, str]]:
    """(key, message) of each thing in which a measure's unit or keys do not go with its kind."""
    top, period = unit_parts(measure.unit)
    unit, kind = quoted_value(measure.unit), measure.kind
    if kind is Kind.RATE and period is None:
        yield "unit", f"{unit} is not a rate; write it as '{top} / month'."
    if kind in _COUNTS and period is not None:
        yield (
            "unit",
            f"{unit} has a base, which a {kind.label} has not. Write '{top}', or make it kind: rate.",
        )
    if kind in _COUNTS and has_no_true_zero(top):
        yield (
            "kind",
            f"{unit} is a scale without a true zero, which a {kind.label} has not. Write 'kind: level'.",
        )
    if kind is Kind.SHARE and measure.unit != FRACTION:
        yield (
            "unit",
            f"the unit of a share is '{FRACTION}', whether the words say percent or a half; not {unit}.",
        )
    if kind is Kind.DURATION and not is_time(measure.unit):
        yield "unit", f"{unit} is not a unit of time; a duration is counted in days, months and the like."
    for key, wanted in (
        ("rate_of", Kind.RATE),
        ("change_of", Kind.CHANGE),
        ("mean_of", Kind.RATE),
        ("shares", Kind.SHARE),
    ):
        if getattr(measure, key) and kind is not wanted:
            message = (
                f"{quoted_value(measure.id)} is of kind {kind}; '{key}' is for a measure of kind {wanted}."
            )
            yield key, message
    if measure.rate_of is not None and period is not None and not is_time(period):
        yield "unit", f"{unit} is not a rate over time; write it as '{top} / month', or take out 'rate_of'."
    if measure.cumulative and kind is not Kind.TOTAL:
        yield (
            "cumulative",
            f"only a total is cumulative, and {quoted_value(measure.id)} is of kind {kind}. Take it out.",
        )
    if measure.cumulative and measure.once:
        yield "once", "what happened once has no count that grows. Take out 'once' or 'cumulative'."
    if measure.moment is not None and kind is not Kind.LEVEL:
        yield (
            "moment",
            f"'moment' is for a level, and {quoted_value(measure.id)} is of kind {kind}. Take it out.",
        )
    if measure.spread is not None and kind in (Kind.TOTAL, Kind.DATE):
        yield "spread", f"the methods of a {kind.label} have no spread in units. Take it out."


def inside_problems(measure: Measure) -> Iterator[tuple[str, str]]:
    """(scope, message) of each scope that is declared inside another in a way that cannot be."""
    for scope, inside in measure.inside.items():
        for name in (scope, inside.of):
            if name not in measure.scopes:
                yield (
                    scope,
                    f"{quoted_value(name)} is no scope of {quoted_value(measure.id)}. Add it under 'scopes'.",
                )
        if scope in measure.wider(scope):
            yield scope, f"{quoted_value(scope)} lies inside itself. Take one of the two out."


def rate_problems(rate: Measure, total: Measure) -> Iterator[str]:
    """A rate accumulates to a count of the same unit."""
    if total.kind not in _COUNTS:
        kinds = ", ".join(_COUNTS)
        yield f"{quoted_value(total.id)} is of kind {total.kind}; a rate accumulates to a count ({kinds})."
    elif not _same_unit(rate, total):
        unit = unit_parts(rate.unit)[0]
        yield f"{quoted_value(total.id)} counts {total.unit}, not {unit}. Give both measures one unit."


def mean_problems(mean: Measure, total: Measure, number: Measure) -> Iterator[tuple[str, str]]:
    """(key, message): a mean divides a total by another of the same period, or by a stock in it."""
    for key, measure, kinds in (("total", total, (Kind.TOTAL,)), ("number", number, _COUNTS)):
        if measure.kind not in kinds:
            kind = f"{quoted_value(measure.id)} is of kind {measure.kind}"
            yield key, f"{kind}; a mean divides a total by a count ({', '.join(_COUNTS)})."
    if total.kind is Kind.TOTAL:
        try:
            factor(mean, total.unit, unit_parts(mean.unit)[1])
        except UnitMismatch:
            counted_in = f"{quoted_value(total.id)} counts {total.unit}, not {unit_parts(mean.unit)[0]}"
            yield "total", f"{counted_in}. Give both one unit."
    base = unit_parts(mean.unit)[1]
    if base is not None and number.kind in _COUNTS:
        try:
            times_of_base(number, base)
        except UnitMismatch:
            of = f"{quoted_value(mean.id)} is a mean per {base}"
            counted_in = f"{of}, and {quoted_value(number.id)} counts {number.unit}"
            yield "number", f"{counted_in}. Name a measure that counts those, or add the word to its 'nouns'."


def share_problems(part: Measure, other: Measure) -> Iterator[str]:
    """Part and whole are amounts, and convert into each other."""
    for measure in (part, other):
        if measure.kind is Kind.LEVEL or measure.kind is Kind.DATE:
            yield f"{quoted_value(measure.id)} is of kind {measure.kind}, of which nothing is a share."
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


def change_problems(change: Measure, amount: Measure) -> Iterator[str]:
    """A change is in the unit of what changes, or in per cent of it."""
    top, _ = unit_parts(change.unit)
    if amount.kind in (Kind.CHANGE, Kind.NET, Kind.DATE):
        yield f"{quoted_value(amount.id)} is of kind {amount.kind}, which has no level before and after."
    elif top in ("percent", FRACTION):
        if has_no_true_zero(amount.unit):
            scale = f"{quoted_value(amount.id)} is in {amount.unit}, a scale without a true zero"
            yield f"{scale}: a change of it is no percentage. Give the change the same unit."
    else:
        try:
            factor_of_difference(change, amount)
        except UnitMismatch:
            counted_in = f"{quoted_value(amount.id)} counts {amount.unit}, not {change.unit}"
            yield f"{counted_in}. Give both one unit, or write percent."


def derivation_problems(how: str, measure: Measure) -> Iterator[str]:
    """Readings of a scale without a true zero have differences, and nothing else."""
    if how != "difference" and has_no_true_zero(measure.unit):
        scale = f"{quoted_value(measure.id)} is in {measure.unit}, a scale without a true zero"
        yield f"{scale}: a {how} of its readings means nothing. Take it out."
