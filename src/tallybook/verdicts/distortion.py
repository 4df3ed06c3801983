"""Changes to a figure between one page and the next that repeats it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from tallybook.book import Figure, Measure, Period, parse_period
from tallybook.book.records import joined_in
from tallybook.book.units import counts
from tallybook.estimates.amount import amount_of, policy_of
from tallybook.estimates.change_ends import ChangeEnds
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.nature import nature_of
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import inside, near, same_number
from tallybook.prose import apart, bounded, interval, listed, plural, unit_words
from tallybook.prose import period as period_words
from tallybook.quantity import Policy
from tallybook.terms import Distortion, Kind, PeriodFrom, Status

_SOMETHING_ELSE = frozenset(
    {
        Distortion.MEASURE_SWAPPED,
        Distortion.SPEAKER_CHANGED,
        Distortion.STATUS_CHANGED,
        Distortion.DIRECTION_CHANGED,
        Distortion.OR_TO_AND,
        Distortion.UNIT_CHANGED,
        Distortion.SCOPE_CHANGED,
        Distortion.PERIOD_CHANGED,
        Distortion.RANGE_END_PICKED,
    }
)
"""What is material whatever the numbers are: something else is said."""

_FAR = 2.0
"""A true bound that is off by more than this factor says something else."""


@dataclass(frozen=True, slots=True)
class Said:
    """A figure as one page or article gives it.

    ``zones``: in the measure's unit; of a share of another figure, as a fraction of that. ``period``: None
    where the words give none; ``told_on``: the last day on which it was told, None if that is not known;
    ``ends``: of a change, the two points of time that it lies between.
    """

    measure: Measure
    figure: Figure
    zones: Zones
    scope: str | None
    status: Status
    period: Period | None
    told_on: date | None
    joined: str | None = None
    part: str | None = None
    ends: ChangeEnds | None = None


def distortions(said: Said, repeated: Said, policy: Policy) -> tuple[Distortion, ...]:
    """The codes of what changed, the most severe first; empty if nothing did.

    Honest rounding is no change: the number said lies where the words that repeat it suggest. ``about`` is no
    bound.
    """
    found: set[Distortion] = set()
    said, repeated = _by_one_word(said, repeated)
    if said.measure.id != repeated.measure.id:
        found.add(Distortion.MEASURE_SWAPPED)
    elif said.scope != repeated.scope or said.part != repeated.part:
        found.add(Distortion.SCOPE_CHANGED)
    if said.status.alike != repeated.status.alike:
        found.add(Distortion.STATUS_CHANGED)
    if (said.joined == "or" and repeated.joined == "and") or _alternatives_joined(said, repeated):
        found.add(Distortion.OR_TO_AND)
    if said.zones.direction * repeated.zones.direction < 0:
        found.add(Distortion.DIRECTION_CHANGED)
    elif said.figure.share != repeated.figure.share or _mistaken_unit(said, repeated):
        found.add(Distortion.UNIT_CHANGED)
    else:
        found |= _number(said.zones, repeated.zones)
    if said.part is None:
        found |= _time(said, repeated, policy)
    return tuple(code for code in Distortion if code in found)


def _by_one_word(said: Said, repeated: Said) -> tuple[Said, Said]:
    """Who repeats "1,000 tons" as "1,080 tons" changed the number, whichever ton it is."""
    one, other = said.figure.quantity, repeated.figure.quantity
    if (one.unit, one.per) != (other.unit, other.per):
        return said, repeated
    return replace(said, zones=said.zones.as_printed()), replace(repeated, zones=repeated.zones.as_printed())


_EITHER = re.compile(r"([^\W\d_]{2,30}) or ([^\W\d_]{2,30})")


def _alternatives_joined(said: Said, repeated: Said) -> bool:
    """Whether the words join by "and" what the page joins by "or": killed or wounded, killed and wounded."""
    before, after = said.figure.words.casefold(), repeated.figure.words.casefold()
    return any(f"{one} and {other}" in after for one, other in _EITHER.findall(before))


def same_figure(said: Said, repeated: Said) -> bool:
    """Whether both name the same number within half the coarser grain of the two."""
    halves = zip(said.zones.half, repeated.zones.half, strict=True)
    low, high = (max(pair) for pair in halves)
    return same_number(said.zones.number, repeated.zones.number, (low, high))


def moves(said: Said, repeated: Said, codes: tuple[Distortion, ...], policy: Policy) -> bool:
    """Whether a distortion is material: the number leaves the true zone by more than the policy's ``same``,
    a bound comes, goes or turns, a direction turns, or something else is said."""
    if _SOMETHING_ELSE & set(codes):
        return True
    said, repeated = _by_one_word(said, repeated)
    if Distortion.BOUND_DROPPED in codes and said.zones.bound:
        return True
    number, zone = said.zones.number, repeated.zones.true
    if Distortion.NUMBER_CHANGED in codes:
        nature = nature_of(repeated.measure)
        same = policy_of(repeated.measure, policy).same if nature.forgiven else 0.0
        away = max(zone.low - number.low, number.high - zone.high, 0.0)
        if away > same * max(abs(number.high), abs(repeated.zones.number.high)):
            return True
    if Distortion.BOUND_CHANGED in codes and said.zones.bound != repeated.zones.bound:
        return True
    if Distortion.BOUND_ADDED in codes:
        smaller, larger = sorted((abs(number.high), abs(repeated.zones.number.high)))
        return same_number(number, repeated.zones.number) or larger > _FAR * smaller
    return False


def in_figures(said: Said) -> str:
    """The figure in words and digits, in its own unit: "up to 40%", "about 3 million a year"."""
    quantity = said.figure.quantity
    if said.figure.share or _is_fraction(quantity.unit):
        scale = 0.01 if quantity.unit == "percent" else 1.0
        return bounded(quantity, interval(quantity.core.map(lambda x: x * scale), "fraction"))
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
            case Distortion.DATE_DROPPED | Distortion.PERIOD_CHANGED:
                told.append(f"{code.meaning} ({_dated(said)} became {_dated(repeated)})")
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
    told = parse_period(statement.stated).end if statement.stated else None
    if told is None and estimate.source.dated is not None:
        told = estimate.source.dated.end
    return Said(
        estimate.measure,
        estimate.figure,
        amount_of(estimate.figure, estimate.measure).under(policy),
        estimate.scope,
        estimate.status,
        estimate.period if estimate.period_from is PeriodFrom.STATED else None,
        told,
        statement.joined or joined_in(statement.words),
        estimate.part,
        estimate.ends,
    )


def _number(said: Zones, repeated: Zones) -> set[Distortion]:
    """The changes to the number, its margin and its bound."""
    ours, theirs = said.number, repeated.number
    same = same_number(ours, theirs)
    ranged = said.core.low != said.core.high and theirs.low == theirs.high and not repeated.margin
    reach = max(*repeated.half, *said.half)
    if ranged and not same and any(near(theirs.low, end, reach) for end in (said.core.low, said.core.high)):
        return {Distortion.RANGE_END_PICKED}
    found: set[Distortion] = set()
    if said.margin and not repeated.margin:
        found.add(Distortion.MARGIN_DROPPED)
    meant = inside(ours, repeated.meant)
    if ours.low != ours.high and theirs.low != theirs.high:  # a range, and another
        meant = near(ours.low, theirs.low, reach) and near(ours.high, theirs.high, reach)
    if repeated.bound == said.bound == 0:
        if said.from_below != repeated.from_below and same:
            found.add(Distortion.BOUND_ADDED if repeated.from_below else Distortion.BOUND_DROPPED)
        elif not same and not meant:
            found.add(Distortion.NUMBER_CHANGED)
    elif said.bound == 0:
        if same or (inside(ours, repeated.true) and not meant):
            found.add(Distortion.BOUND_ADDED)
        elif not meant:
            found.add(Distortion.NUMBER_CHANGED)
    elif repeated.bound == 0:
        found.add(Distortion.BOUND_DROPPED)
        if not same and not inside(ours, repeated.true):
            found.add(Distortion.NUMBER_CHANGED)
    elif said.bound != repeated.bound:
        found.add(Distortion.BOUND_CHANGED)
        if not same:
            found.add(Distortion.NUMBER_CHANGED)
    elif same:
        if _open_end(repeated) and not _open_end(said):
            found.add(Distortion.BOUND_CHANGED)
    elif not meant:
        found.add(Distortion.NUMBER_CHANGED)
    return found


def _open_end(zones: Zones) -> bool:
    return zones.true.low_open or zones.true.high_open


def _mistaken_unit(said: Said, repeated: Said) -> bool:
    """Whether the same number is printed in another unit, as if nothing had to be converted."""
    ours, theirs = said.figure.quantity, repeated.figure.quantity
    printed = (ours.low, ours.high) == (theirs.low, theirs.high)
    return printed and _unit(said) != _unit(repeated) and not same_figure(said, repeated)


def _unit(said: Said) -> tuple[str | None, str | None]:
    """(unit, period) that the words name; the unit is None if they count what the measure counts."""
    quantity = said.figure.quantity
    return None if counts(said.measure, quantity.unit) else quantity.unit, quantity.per


def _is_fraction(unit: str | None) -> bool:
    return unit in ("fraction", "percent")


def _time(said: Said, repeated: Said, policy: Policy) -> set[Distortion]:
    """Whether a figure is told of another period, or an old one as if it were of today."""
    measure = repeated.measure
    if measure.once or measure.kind is Kind.DURATION or said.period is None:
        return set()
    if repeated.period is not None:
        other = _other_period(said.period, repeated.period, measure, policy)
        if said.ends is not None and repeated.ends is not None:
            other = other and not said.ends.may_be(repeated.ends)
        return {Distortion.PERIOD_CHANGED} if other else set()
    window = policy.window_days if measure.window_days is None else measure.window_days
    old = repeated.told_on is not None and (repeated.told_on - said.period.end).days > window
    return {Distortion.DATE_DROPPED} if old else set()


def _other_period(said: Period, repeated: Period, measure: Measure, policy: Policy) -> bool:
    if measure.in_points_of_time:
        return said.days_from(repeated) > (measure.window_days or 0)
    ours, theirs = said.extent(), repeated.extent()
    starts = ours[0] <= theirs[1] and theirs[0] <= ours[1]
    return not (starts and ours[2] <= theirs[3] and theirs[2] <= ours[3])


def _swapped(said: Measure, repeated: Measure) -> str:
    """ "casualties became deaths"; with their definitions if both count the same noun."""
    before, after = (plural(m.unit.partition(" / ")[0]) for m in (said, repeated))
    if before != after:
        return f"{before} became {after}"
    first, second = (re.split("[,;.]", m.definition)[0] for m in (said, repeated))
    return f"“{first}” became “{second}”"


def _dated(said: Said) -> str:
    return period_words(said.period) if said.period else "no date"


def _scope(said: Said) -> str:
    scope = said.measure.scopes.get(said.scope or "") or said.scope or "the whole"
    return f"a part ({said.part})" if said.part else scope


def _in_one_unit(said: Said, repeated: Said) -> str:
    """Both figures in the measure's unit, with the factor between them where there is one."""
    ours, theirs = said.zones.core, repeated.zones.core
    unit = said.measure.unit
    alike = said.figure.share == repeated.figure.share
    smaller, larger = sorted((abs(ours.high), abs(theirs.high)))
    if not alike or not smaller or said.measure.kind is Kind.LEVEL:
        return Distortion.UNIT_CHANGED.meaning
    by = apart(larger / smaller, higher=abs(theirs.high) == larger)
    return (
        f"{Distortion.UNIT_CHANGED.meaning}, which is {interval(theirs, unit)} {unit_words(unit)} and not "
        f"{interval(ours, unit)}: {by}"
    )
