"""Changes to a figure between one page and the next that repeats it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallybook.book import Figure, Measure, Period
from tallybook.book.periods import day
from tallybook.book.records import joined_in
from tallybook.book.units import counts
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import near, same_number
from tallybook.prose import apart, bounded, interval, listed, plural, unit_words
from tallybook.prose import period as period_words
from tallybook.quantity import Interval, Policy
from tallybook.terms import CEILINGS, FLOORS, Distortion, Kind, Modifier, PeriodFrom, Status

_MATERIAL = frozenset({Distortion.MEASURE_SWAPPED, Distortion.STATUS_CHANGED, Distortion.OR_TO_AND})
_BOUNDS = frozenset(set(Modifier) - {Modifier.EXACT, Modifier.RANGE})
_TIMELESS = frozenset({Kind.EVENT_TOTAL, Kind.DURATION})


@dataclass(frozen=True, slots=True)
class Said:
    """A figure as one page or article gives it.

    ``zones``: in the measure's unit, None for a share of another figure; ``spoken_of``: the time that the
    figure is about if the page states it, else the page's own day; None if neither is known.
    """

    measure: Measure
    figure: Figure
    zones: Zones | None
    scope: str | None
    status: Status
    spoken_of: Period | None
    joined: str | None = None
    part: str | None = None


def distortions(said: Said, repeated: Said, policy: Policy) -> tuple[Distortion, ...]:
    """The codes of what changed, the most severe first; empty if nothing did.

    ``about`` is a bound like any other: to lose or add it is a change.
    """
    found: set[Distortion] = set()
    if said.measure.id != repeated.measure.id:
        found.add(Distortion.MEASURE_SWAPPED)
    elif said.scope != repeated.scope or said.part != repeated.part:
        found.add(Distortion.SCOPE_CHANGED)
    if said.status != repeated.status:
        found.add(Distortion.STATUS_CHANGED)
    if said.joined == "or" and repeated.joined == "and":
        found.add(Distortion.OR_TO_AND)
    if _unit(said) != _unit(repeated) or said.figure.share != repeated.figure.share:
        found.add(Distortion.UNIT_CHANGED)
    found |= _number(said, repeated, converted=Distortion.UNIT_CHANGED in found)
    if said.part is None and _date_lost(said, repeated, policy):
        found.add(Distortion.DATE_DROPPED)
    return tuple(code for code in Distortion if code in found)


def same_figure(said: Said, repeated: Said) -> bool:
    """Whether both name the same number within the larger rounding of the two."""
    return same_number(core_of(said), core_of(repeated), _rounding(said, repeated))


def moves(said: Said, repeated: Said, codes: tuple[Distortion, ...]) -> bool:
    """Whether a distortion moves the number past its rounding, reverses a bound, or counts something else."""
    if _MATERIAL & set(codes) or (said.part and not repeated.part):
        return True
    if not same_figure(said, repeated):
        return True
    before, after = bounds(said), bounds(repeated)
    return {_sides(before), _sides(after)} == {(True, False), (False, True)}


def _sides(said: frozenset[Modifier]) -> tuple[bool, bool]:
    """(sets a floor, sets a ceiling)."""
    return bool(said & FLOORS), bool(said & CEILINGS)


def bounds(said: Said) -> frozenset[Modifier]:
    quantity = said.figure.quantity
    return frozenset({quantity.modifier, *quantity.hedges}) & _BOUNDS


def core_of(said: Said) -> Interval:
    """The number or range named, in the measure's unit; a share of another figure as a fraction."""
    if said.zones is not None and not said.figure.share:
        return said.zones.core
    quantity = said.figure.quantity
    scale = 0.01 if quantity.unit == "percent" else 1.0
    return Interval(quantity.low * scale, quantity.high * scale)


def in_figures(said: Said) -> str:
    """The figure in words and digits, in its own unit: "up to 40%", "about 3 million a year"."""
    quantity = said.figure.quantity
    if said.figure.share or _is_fraction(quantity.unit):
        return bounded(quantity, interval(core_of(said), "fraction"))
    core = interval(quantity.core)
    if not counts(said.measure, quantity.unit):
        core += f" {plural(quantity.unit or '')}"
    return bounded(quantity, f"{core} a {quantity.per}" if quantity.per else core)


def became(said: Said, repeated: Said, codes: tuple[Distortion, ...]) -> str:
    """One sentence on what changed, with both figures."""
    if not codes:
        return "no change"
    told = []
    for code in codes:
        match code:
            case Distortion.MEASURE_SWAPPED:
                told.append(_swapped(said.measure, repeated.measure))
            case Distortion.NUMBER_CHANGED if same_figure(said, repeated):
                told.append(f"{code.meaning}, within rounding")
            case Distortion.DATE_DROPPED:
                told.append(f"{code.meaning} ({_time(said)} became {_time(repeated)})")
            case Distortion.SCOPE_CHANGED:
                told.append(f"{_scope(said)} became {_scope(repeated)}")
            case Distortion.STATUS_CHANGED:
                told.append(f"what was {said.status.label} became what was {repeated.status.label}")
            case Distortion.UNIT_CHANGED:
                told.append(_in_one_unit(said, repeated))
            case _:
                told.append(code.meaning)
    return f"{in_figures(said)} became {in_figures(repeated)}: {listed(told)}"


def said_by(estimate: Estimate, policy: Policy) -> Said | None:
    """The figure of a statement as its page gives it; None for a date."""
    if estimate.figure is None:
        return None
    statement = estimate.statement
    return Said(
        estimate.measure,
        estimate.figure,
        estimate.amount.under(policy) if estimate.amount and not estimate.derived else None,
        estimate.scope,
        estimate.status,
        day(estimate.period.end)
        if estimate.period is not None and estimate.period_from is PeriodFrom.PUBLISHED
        else estimate.period,
        statement.joined or joined_in(statement.words),
        estimate.part,
    )


def _number(said: Said, repeated: Said, *, converted: bool) -> set[Distortion]:
    """The changes to the number and to its bound."""
    found: set[Distortion] = set()
    ours, theirs = core_of(said), core_of(repeated)
    exact = same_number(ours, theirs)
    if not exact and not (converted and same_figure(said, repeated)):
        one_end = any(near(theirs.low, end, 0.0) for end in (ours.low, ours.high))
        if ours.low != ours.high and theirs.low == theirs.high and one_end:
            found.add(Distortion.RANGE_END_PICKED)
        else:
            found.add(Distortion.NUMBER_CHANGED)
    before, after = bounds(said), bounds(repeated)
    if before != after:
        found.add(
            Distortion.BOUND_ADDED
            if not before
            else Distortion.BOUND_CHANGED
            if after
            else Distortion.BOUND_DROPPED
        )
    return found


def _rounding(said: Said, repeated: Said) -> tuple[float, float]:
    found = [s.zones.rounding for s in (said, repeated) if s.zones is not None and not s.figure.share]
    return max((low for low, _ in found), default=0.0), max((high for _, high in found), default=0.0)


def _unit(said: Said) -> tuple[str | None, str | None]:
    """(unit, period) that the words name; the unit is None if they count what the measure counts."""
    quantity = said.figure.quantity
    unit = None if counts(said.measure, quantity.unit) or _is_fraction(quantity.unit) else quantity.unit
    return unit, quantity.per


def _is_fraction(unit: str | None) -> bool:
    return unit in ("fraction", "percent")


def _date_lost(said: Said, repeated: Said, policy: Policy) -> bool:
    """Whether an old figure is given for a later time, or a dated one for an unknown time."""
    if said.measure.kind in _TIMELESS or said.spoken_of is None:
        return False
    if repeated.spoken_of is None:
        return True
    return (repeated.spoken_of.start - said.spoken_of.end).days > policy.window_days


def _swapped(said: Measure, repeated: Measure) -> str:
    """ "casualties became deaths"; with their definitions if both count the same noun."""
    before, after = (plural(m.unit.partition(" / ")[0]) for m in (said, repeated))
    if before != after:
        return f"{before} became {after}"
    first, second = (re.split(r"[,;.] ?", m.definition, maxsplit=1)[0] for m in (said, repeated))
    return f"“{first}” became “{second}”"


def _time(said: Said) -> str:
    return period_words(said.spoken_of) if said.spoken_of else "no date"


def _scope(said: Said) -> str:
    scope = said.measure.scopes.get(said.scope or "") or said.scope or "the whole"
    return f"a part ({said.part})" if said.part else scope


def _in_one_unit(said: Said, repeated: Said) -> str:
    """Both figures in the measure's unit, with the factor between them if it is more than rounding."""
    ours, theirs = core_of(said), core_of(repeated)
    unit = said.measure.unit
    if same_figure(said, repeated) or not (ours.high and theirs.high):
        return Distortion.UNIT_CHANGED.meaning
    larger, smaller = max(ours.high, theirs.high), min(ours.high, theirs.high)
    by = apart(larger / smaller, higher=theirs.high > ours.high)
    return (
        f"{Distortion.UNIT_CHANGED.meaning}, which is {interval(theirs, unit)} {unit_words(unit)} and not "
        f"{interval(ours, unit)}: {by}"
    )
