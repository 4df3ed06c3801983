"""What happened to a figure between one page and the next that repeats it (semantics, section 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallybook.book import Figure, Measure, Period
from tallybook.book.periods import day
from tallybook.book.records import joined_in
from tallybook.book.units import counts
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.zones import Stated
from tallybook.prose import bounded, interval, listed, number, plural
from tallybook.quantity import Interval, Policy
from tallybook.terms import CEILINGS, FLOORS, Modifier

FAITHFUL = "faithful"

# The codes, the gravest first, with what they mean in plain words.
PLAIN = {
    "measure_swapped": "it counts something else",
    "status_changed": "what was expected or could be became what was",
    "or_to_and": "alternatives became a sum",
    "number_changed": "another number",
    "range_end_picked": "one end of a range was picked",
    "bound_changed": "another bound",
    "bound_dropped": "the bound was lost",
    "bound_added": "a bound was added",
    "scope_changed": "of something wider or narrower",
    "unit_changed": "in another unit",
    "date_dropped": "its date was lost",
}
_ALWAYS_GRAVE = frozenset({"measure_swapped", "status_changed", "or_to_and"})
_BOUNDS = frozenset(set(Modifier) - {Modifier.EXACT, Modifier.RANGE})
_TIMELESS = frozenset({"event_total", "duration"})


@dataclass(frozen=True, slots=True)
class Said:
    """A figure as one page or article gives it.

    ``value``: in the measure's unit, None for a share of another figure; ``spoken_of``: the time that it
    is given for, as far as the page tells, else the page's own day; None where neither is known.
    """

    measure: Measure
    figure: Figure
    value: Stated | None
    scope: str | None
    status: str
    spoken_of: Period | None
    joined: str | None = None
    part: str | None = None


def distortions(said: Said, repeated: Said, policy: Policy) -> tuple[str, ...]:
    """The codes of what changed, the gravest first; empty when nothing did.

    ``about`` and no modifier are two wordings: losing or gaining it is a change of the bound like any other.
    """
    found = set()
    if said.measure.id != repeated.measure.id:
        found.add("measure_swapped")
    elif said.scope != repeated.scope or said.part != repeated.part:
        found.add("scope_changed")
    if said.status != repeated.status:
        found.add("status_changed")
    if said.joined == "or" and repeated.joined == "and":
        found.add("or_to_and")
    if _unit(said) != _unit(repeated) or said.figure.share != repeated.figure.share:
        found.add("unit_changed")
    found |= _number(said, repeated, converted="unit_changed" in found)
    if said.part is None and _date_lost(said, repeated, policy):
        found.add("date_dropped")
    return tuple(code for code in PLAIN if code in found)


def same_number(said: Said, repeated: Said) -> bool:
    """Both name the same number within the coarser rounding of the two."""
    ours, theirs = core_of(said), core_of(repeated)
    low, high = _rounding(said, repeated)
    near = 1e-9 * max(abs(ours.high), abs(theirs.high))
    return abs(ours.low - theirs.low) <= low + near and abs(ours.high - theirs.high) <= high + near


def moves(said: Said, repeated: Said, codes: tuple[str, ...]) -> bool:
    """A distortion that moves the number past its rounding, reverses a bound, or counts another thing."""
    if _ALWAYS_GRAVE & set(codes) or (said.part and not repeated.part):
        return True
    if not same_number(said, repeated):
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
    if said.value is not None and not said.figure.share:
        return said.value.core
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


def became(said: Said, repeated: Said, codes: tuple[str, ...]) -> str:
    """One sentence for what happened, with the figures of both."""
    if not codes:
        return "as it was said"
    told = []
    for code in codes:
        match code:
            case "measure_swapped":
                told.append(_swapped(said.measure, repeated.measure))
            case "number_changed" if same_number(said, repeated):
                told.append(f"{PLAIN[code]}, within rounding")
            case "date_dropped":
                given = repeated.spoken_of or "no date"
                told.append(f"{PLAIN[code]} ({said.spoken_of} became {given})")
            case "scope_changed":
                told.append(f"{_scope(said)} became {_scope(repeated)}")
            case "status_changed":
                told.append(f"what was {_status(said)} became what was {_status(repeated)}")
            case "unit_changed":
                told.append(_in_one_unit(said, repeated))
            case _:
                told.append(PLAIN[code])
    return f"{in_figures(said)} became {in_figures(repeated)}: {listed(told)}"


def said_by(estimate: Estimate) -> Said | None:
    """A statement's estimate as what was said; None for a date."""
    if estimate.figure is None:
        return None
    statement = estimate.statement
    return Said(
        estimate.measure,
        estimate.figure,
        estimate.value if not estimate.derived else None,
        estimate.scope,
        estimate.status,
        day(estimate.period.end)
        if estimate.period is not None and estimate.period_from == "published"
        else estimate.period,
        statement.joined or joined_in(statement.words),
        estimate.part,
    )


def _number(said: Said, repeated: Said, *, converted: bool) -> set[str]:
    """What happened to the number and to its bound."""
    found = set()
    ours, theirs = core_of(said), core_of(repeated)
    exact = _near(ours.low, theirs.low) and _near(ours.high, theirs.high)
    if not exact and not (converted and same_number(said, repeated)):
        one_end = any(_near(theirs.low, end) for end in (ours.low, ours.high))
        if ours.low != ours.high and theirs.low == theirs.high and one_end:
            found.add("range_end_picked")
        else:
            found.add("number_changed")
    before, after = bounds(said), bounds(repeated)
    if before != after:
        found.add("bound_added" if not before else "bound_changed" if after else "bound_dropped")
    return found


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b))


def _rounding(said: Said, repeated: Said) -> tuple[float, float]:
    values = [s.value for s in (said, repeated) if s.value is not None and not s.figure.share]
    if not values:
        return 0.0, 0.0
    return max(v.rounding[0] for v in values), max(v.rounding[1] for v in values)


def _unit(said: Said) -> tuple[str | None, str | None]:
    """The unit that the words name; None where they count what the measure counts."""
    quantity = said.figure.quantity
    unit = None if counts(said.measure, quantity.unit) or _is_fraction(quantity.unit) else quantity.unit
    return unit, quantity.per


def _is_fraction(unit: str | None) -> bool:
    return unit in ("fraction", "percent")


def _date_lost(said: Said, repeated: Said, policy: Policy) -> bool:
    """An old figure given for a later time, or a dated one given for no time at all."""
    if said.measure.kind in _TIMELESS or said.spoken_of is None:
        return False
    if repeated.spoken_of is None:
        return True
    return (repeated.spoken_of.start - said.spoken_of.end).days > policy.window_days


def _swapped(said: Measure, repeated: Measure) -> str:
    """casualties became deaths; by their definitions, where both count the same noun."""
    before, after = (plural(m.unit.partition(" / ")[0]) for m in (said, repeated))
    if before != after:
        return f"{before} became {after}"
    first, second = (re.split(r"[,;.] ?", m.definition, maxsplit=1)[0] for m in (said, repeated))
    return f"“{first}” became “{second}”"


def _scope(said: Said) -> str:
    scope = said.measure.scopes.get(said.scope or "") or said.scope or "the whole"
    return f"a part ({said.part})" if said.part else scope


def _status(said: Said) -> str:
    return {
        "observed": "counted",
        "planned": "planned",
        "forecast": "expected",
        "capacity": "what could be held",
    }[said.status]


def _in_one_unit(said: Said, repeated: Said) -> str:
    """Both figures in the measure's unit, with the factor between them where it is more than rounding."""
    ours, theirs = core_of(said), core_of(repeated)
    unit = said.measure.unit
    if same_number(said, repeated) or not (ours.high and theirs.high):
        return PLAIN["unit_changed"]
    larger, smaller = max(ours.high, theirs.high), min(ours.high, theirs.high)
    told = f"which is {interval(theirs, unit)} {plural(unit)} and not {interval(ours, unit)}"
    by = f"{number(larger / smaller)} times {'less' if theirs.high < ours.high else 'more'}"
    return f"{PLAIN['unit_changed']}, {told}: {by}"
