"""Tests between the claims of one article, without sources.

Two claims of one measure; a rate and its total; a share and its parts; a duration and its dates. Of the
book's estimates only the denominators of shares are used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, permutations

from tallybook.book import Measure, Period, parse_period
from tallybook.book.records import ShareOf, Span
from tallybook.book.units import UnitMismatch, days_in, factor, unit_parts
from tallybook.estimates.amount import Amount
from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.derived import are_sums_of_periods, span_of, whole_of
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.nature import as_shown
from tallybook.estimates.zones import Zones, exactly
from tallybook.matching.numbers import meet, same_number
from tallybook.prose import amount, interval, number, plural, quoted, ratio
from tallybook.prose import period as period_words
from tallybook.quantity import INFINITY, Interval, Policy
from tallybook.terms import Consistency, Kind, Modifier, PeriodFrom, Status


@dataclass(frozen=True, slots=True)
class Check:
    """One test and its result.

    ``about``: ids of the claims and denominators; in a text, the exact words compared, which are within
    ``start`` … ``end``. ``closes``: whether the figures are consistent, None if the text does not tell, with
    the reason in ``why``. ``gap``: a factor, a difference or the days left over; ``why`` names its unit.
    """

    test: str
    about: tuple[str, ...]
    closes: bool | None
    why: str
    gap: float | None = None
    start: int | None = None
    end: int | None = None

    @property
    def result(self) -> Consistency:
        if self.closes is None:
            return Consistency.CANNOT_TELL
        return Consistency.CONSISTENT if self.closes else Consistency.INCONSISTENT


def pair_checks(
    claims: Mapping[str, ClaimTerms],
    denominators: Sequence[Estimate],
    policy: Policy,
) -> list[Check]:
    """The tests of each claim alone and of every two: by kind of test, then in the order of the claims.

    ``denominators``: estimates of the wholes of the shares, each tried separately, because an article seldom
    says what it divides by.
    """
    ordered = list(claims.values())
    checks: list[Check] = []
    for one, other in combinations(ordered, 2):
        if _of_one_thing(one, other):
            checks.append(_one_measure(one, other, policy))
    for rate, total in permutations(ordered, 2):
        if rate.measure.rate_of == total.measure.id and _same_coverage(rate, total):
            checks.append(_rate_and_total(rate, total, policy))
    for share in ordered:
        checks += _shares(share, ordered, denominators, policy)
    for side in ordered:
        checks += _duration(side, policy)
    return checks


def _of_one_thing(one: ClaimTerms, other: ClaimTerms) -> bool:
    """Whether two claims state the same thing: of one measure, scope, part, status and base."""
    return (
        (one.measure.id, one.scope, one.claim.part) == (other.measure.id, other.scope, other.claim.part)
        and one.status.alike is other.status.alike
        and (_of_one_base(one, other) or _told_in_two_ways(one, other))
    )


def _of_one_base(one: ClaimTerms, other: ClaimTerms) -> bool:
    if one.base_period is None or other.base_period is None:
        return one.base_period is other.base_period
    return one.base_period.text == other.base_period.text


def _told_in_two_ways(one: ClaimTerms, other: ClaimTerms) -> bool:
    """Whether two changes are of one time, the one told by its base and the other as a period."""
    return one.ends is not None and other.ends is not None and one.ends.is_of(other.ends)


def _words(claim: ClaimTerms) -> str:
    return quoted(claim.words)


def _same_coverage(one: ClaimTerms, other: ClaimTerms) -> bool:
    """Whether two claims are of the same scope, or each of its measure's own."""
    own = one.scope == one.measure.own_scope and other.scope == other.measure.own_scope
    return own or one.scope == other.scope


# One measure


def _one_measure(one: ClaimTerms, other: ClaimTerms, policy: Policy) -> Check:
    about, said = (one.id, other.id), f"{_words(one)} and {_words(other)}"
    a, b = one.amount.under(policy), other.amount.under(policy)
    ordered = _in_time(one, other, policy)
    if not one.measure.cumulative and ordered is not None:
        first, second = (period_words(claim.period) for claim in ordered)
        why = f"{said} are about different times ({first} and {second})."
        return Check("one measure", about, None, why)
    apart = _may_be_apart(one, other)
    named_alike = _same_number(a, b)
    if named_alike and not (apart and not meet(a.tolerated(policy), b.tolerated(policy))):
        return Check("one measure", about, *_same_words(one, other, a, b, said, policy))
    allowed = " and ".join(interval(as_shown(side.true, one.measure), one.measure.unit) for side in (a, b))
    if one.measure.cumulative and ordered is not None:
        earlier, later = (side.amount.under(policy).tolerated(policy) for side in ordered)
        if earlier.low <= later.high:
            times_told = f"{period_words(ordered[0].period)}, then {period_words(ordered[1].period)}"
            why = f"{said} count up to two times ({times_told}); both can be true."
            return Check("one measure", about, True, why)
        why = (
            f"{_words(ordered[1])} is the later count and lower than {_words(ordered[0])}, which only grows."
        )
        return Check("one measure", about, False, why, _factor(earlier, later))
    ours, theirs = a.tolerated(policy), b.tolerated(policy)
    if meet(ours, theirs):
        return Check("one measure", about, True, f"{said} allow {allowed}; both can be true.")
    in_time = one.measure.cumulative or not one.measure.once
    if in_time and (one.stated_period is None) != (other.stated_period is None):
        undated = _words(one if one.stated_period is None else other)
        why = f"{said} allow {allowed}; time may explain it, but the article gives {undated} no date."
        return Check("one measure", about, None, why)
    if apart:
        why = f"{said} allow {allowed}; they may be of two days or hours, which the article leaves open."
        return Check("one measure", about, None, why)
    gap, told = _gap(ours, theirs, one.measure)
    why = f"{said} cannot both be true: they allow {allowed}; {told}."
    return Check("one measure", about, False, why, gap)


def _may_be_apart(one: ClaimTerms, other: ClaimTerms) -> bool:
    """Whether two dated claims of an amount at a point of time may be of two days or hours. Of a named month
    it is an unknown day; a running count, and a level of any hour, move within a day."""
    a, b, measure = one.stated_period, other.stated_period, one.measure
    if a is None or b is None or measure.once or not measure.in_points_of_time:
        return False
    by_hour = measure.cumulative or (measure.kind is Kind.LEVEL and measure.moment is None)
    if by_hour or a.has_hours or b.has_hours:
        return a.points() != b.points() or a.points()[0] != a.points()[1]
    return not a.start == a.end == b.start == b.end


def _same_words(
    one: ClaimTerms, other: ClaimTerms, a: Zones, b: Zones, said: str, policy: Policy
) -> tuple[bool, str]:
    """(consistent, why) of two claims of the same number, whose bounds may differ."""
    named = interval(a.core, one.measure.unit)
    if not meet(a.tolerated(policy), b.tolerated(policy)):
        return False, f"{said} name the same number ({named}), but one sets a floor and the other a ceiling."
    if not same_number(a.core, b.core):
        named += f" and {amount(b.core, one.measure.unit)}, the same within rounding"
    else:
        named = amount(a.core, one.measure.unit)
    ours, theirs = _bound(one), _bound(other)
    if ours == theirs:
        return True, f"{said} both name {named}."
    return True, f"{said} name the same number ({named}), but the bound differs: {ours}, and {theirs}."


def _bound(side: ClaimTerms) -> str:
    said = side.figure.quantity
    bounds = [m for m in (*said.hedges, said.modifier) if m not in (Modifier.EXACT, Modifier.RANGE)]
    return f"“{' '.join(bound.label for bound in bounds)}”" if bounds else "no bound"


def _same_number(one: Zones, other: Zones) -> bool:
    """Whether both name the same number or range within the larger rounding of the two."""
    low, high = (max(pair) for pair in zip(one.half, other.half, strict=True))
    return same_number(one.number, other.number, (low, high))


def _in_time(one: ClaimTerms, other: ClaimTerms, policy: Policy) -> tuple[ClaimTerms, ClaimTerms] | None:
    """(earlier, later) if the article dates both and they are about different times, else None."""
    a, b = one.stated_period, other.stated_period
    if a is None or b is None:
        return None
    kind = one.measure.kind
    if one.measure.cumulative:
        # a running total over a period is a count at its end
        if a.end < b.end_from:
            return one, other
        return (other, one) if b.end < a.end_from else None
    if one.measure.once or kind is Kind.DURATION or _told_in_two_ways(one, other):
        return None
    if one.measure.in_points_of_time:
        apart = a.days_from(b) > 0 or a.points() != b.points()
    else:
        apart = a.extent() != b.extent()
    if apart and a.text != b.text:
        return (one, other) if a.start <= b.start else (other, one)
    return None


def _larger(factor: float) -> str:
    return f"the larger is {ratio(factor)} the smaller"


def _gap(one: Interval, other: Interval, measure: Measure) -> tuple[float, str]:
    """How far two intervals are apart: as a factor, but of a level, a change or a balance in its unit."""
    if measure.kind is not Kind.LEVEL and not measure.kind.signed:
        gap = _factor(one, other)
        return gap, _larger(gap)
    gap = max(one.low - other.high, other.low - one.high)
    return gap, f"{amount(Interval(gap, gap), measure.unit)} apart"


def _factor(one: Interval, other: Interval) -> float:
    """The ratio of the nearest ends of two intervals that do not meet."""
    low, high = (one, other) if one.high <= other.low else (other, one)
    return high.low / low.high if low.high > 0 else INFINITY


# A rate and its total


def _rate_and_total(rate: ClaimTerms, total: ClaimTerms, policy: Policy) -> Check:
    about, test, period = (rate.id, total.id), "rate and total", total.stated_period
    top, per = unit_parts(rate.measure.unit)
    running = total.measure.in_points_of_time
    span = (span_of(period) if running else whole_of(period)) if period else None
    if period is None or span is None:
        return Check(
            test, about, None, f"{_words(total)} names no period with two ends, so it gives no rate."
        )
    try:
        length = _length(period, span, per or "day")
        scale = factor(total.measure, top, None)
    except UnitMismatch as mismatch:
        return Check(test, about, None, f"{_words(rate)} and {_words(total)} do not convert: {mismatch}.")
    made = rate.amount.under(policy).times(length).converted(scale)
    ours, theirs = made.tolerated(policy), total.amount.under(policy).tolerated(policy)
    time = f"{interval(length.core)} {plural(per)} ({period_words(period)})"
    why = f"{_words(rate)} over {time} comes to {interval(made.true)}; the article says {_words(total)}"
    if meet(ours, theirs):
        return Check(test, about, True, f"{why}.")
    if rate.stated_period is not None and rate.stated_period.extent() != period.extent():
        alone = period_words(rate.stated_period)
        why = f"{why}, but the rate is of {alone} alone, and the total of {period_words(period)}."
        return Check(test, about, None, why)
    gap = _factor(ours, theirs)
    return Check(test, about, False, f"{why}: {_larger(gap)}.", gap)


def _length(period: Period, span: tuple[float, float], per: str) -> Zones:
    """The length of a period in units of ``per``: by days, and by the calendar if its months are whole."""
    found = [days / days_in(per) for days in span]
    after = period.end + timedelta(days=1)
    if period.start.day == after.day == 1:
        months = 12 * (after.year - period.start.year) + after.month - period.start.month
        found.append(months * days_in("month") / days_in(per))
    return exactly(min(found), max(found))


# A share and its parts


@dataclass(frozen=True, slots=True)
class _Divisor:
    """A possible denominator of a share: a claim of the article, or an estimate of the book."""

    test: str
    id: str
    amount: Amount
    measure: Measure
    named: str
    period: Period | None
    scope: str | None


def _shares(
    share: ClaimTerms, ordered: Sequence[ClaimTerms], denominators: Sequence[Estimate], policy: Policy
) -> Iterator[Check]:
    rules = share.measure.shares
    for rule in [r for r in rules if _of_its_scope(share, r)] or rules:
        parts = [s for s in ordered if s.measure.id == rule.part and s.scope == s.measure.own_scope]
        for part in parts:
            for divisor in _divisors(rule, ordered, denominators):
                found = _follows(share, part, rule, divisor, policy)
                if found is not None:
                    yield found


def _of_its_scope(share: ClaimTerms, rule: ShareOf) -> bool:
    return share.scope == (rule.scope or share.measure.own_scope)


def _divisors(
    rule: ShareOf, ordered: Sequence[ClaimTerms], denominators: Sequence[Estimate]
) -> Iterator[_Divisor]:
    wanted = rule.whole or rule.rest
    for s in ordered:
        if s.measure.id == wanted and s.scope == s.measure.own_scope:
            yield _Divisor("share and parts", s.id, s.amount, s.measure, _words(s), s.stated_period, s.scope)
    for e in denominators:
        if e.measure.id == wanted and e.amount is not None:
            typed = e.period if e.period_from is PeriodFrom.STATED else None
            yield _Divisor("share by denominator", e.id, e.amount, e.measure, _source(e), typed, e.scope)


def _source(e: Estimate) -> str:
    """A denominator in words: as printed, the publisher, its time, its status."""
    period = period_words(e.period) if e.period and e.period_from is PeriodFrom.STATED else "no period given"
    status = f", {e.status.label}" if e.status is not Status.OBSERVED else ""
    return f"{quoted(e.statement.words)} ({e.source.publisher}, {period}{status})"


def _follows(
    share: ClaimTerms, part: ClaimTerms, rule: ShareOf, divisor: _Divisor, policy: Policy
) -> Check | None:
    """Whether a share follows from its part and one denominator; None if it cannot be computed.

    What the words suggest is compared: "as much as half" does not follow from a part of a quarter,
    although the words allow it.
    """
    try:
        divided = divisor.amount.under(policy).converted(
            factor(part.measure, *unit_parts(divisor.measure.unit))
        )
    except UnitMismatch:
        return None
    part_zones, share_zones = part.amount.under(policy), share.amount.under(policy)
    if part_zones.core.high + divided.core.high == 0:
        return None
    about = (share.id, part.id, divisor.id)
    if why := _of_other_times(share, part, divisor):
        return Check(divisor.test, about, None, why)
    given = (part_zones.share_with(divided) if rule.rest else part_zones.over(divided)).meant
    joint = "beside" if rule.rest else "of"
    gives = f"{_words(part)} {joint} {divisor.named} makes {interval(given, share.measure.unit)}"
    below, above = share_zones.half
    asked = share_zones.meant.widened(
        below + policy.tolerance * share_zones.core.low,
        above + policy.tolerance * share_zones.core.high,
        floor=0.0,
    )
    follows = meet(given, asked)
    if not _of_its_scope(share, rule):
        own, other = (_scope(share, scope) for scope in (share.scope, rule.scope))
        would = "would follow" if follows else "would not follow"
        why = f"{gives} ({other}); {_words(share)} is another share ({own}). Were the two one, it {would}."
        return Check(divisor.test, about, None, why)
    if divisor.scope != divisor.measure.own_scope:
        scope = divisor.measure.scopes.get(divisor.scope or "", divisor.scope or "no scope named")
        return Check(divisor.test, about, None, f"{gives}; that is of another whole ({scope}).")
    if follows:
        return Check(divisor.test, about, True, f"{_words(share)} follows: {gives}.")
    if part.stated_period and divisor.period and not part.stated_period.meets(divisor.period):
        times = f"{period_words(part.stated_period)} and {period_words(divisor.period)}"
        why = f"{_words(share)} does not follow: {gives}; but they are about different times ({times})."
        return Check(divisor.test, about, None, why)
    allowed = meet(share_zones.tolerated(policy), given)
    note = ", which the words allow and do not suggest" if allowed else ""
    gap = _factor(given, asked)
    return Check(divisor.test, about, False, f"{_words(share)} does not follow: {gives}{note}.", gap)


def _of_other_times(share: ClaimTerms, part: ClaimTerms, divisor: _Divisor) -> str:
    """Why a share, its part and its whole do not belong together by their typed times; "" where they may."""
    sums = are_sums_of_periods(part.measure, divisor.measure)
    for one, other, named in (
        (part.stated_period, divisor.period if sums else None, f"{_words(part)} and {divisor.named}"),
        (share.stated_period, part.stated_period, f"{_words(share)} and {_words(part)}"),
    ):
        if one is None or other is None:
            continue
        if not one.meets(other) or (sums and one.extent() != other.extent()):
            return f"{named} are about different times ({period_words(one)} and {period_words(other)})."
    return ""


def _scope(share: ClaimTerms, scope: str | None) -> str:
    return share.measure.scopes.get(scope or "", scope or "no scope named")


# A duration and its dates


def _duration(side: ClaimTerms, policy: Policy) -> Iterator[Check]:
    claim = side.claim
    for span, test in ((claim.dates, _equals), (claim.within, _fits)):
        if span is None or side.measure.kind is not Kind.DURATION:
            continue
        try:
            days = _days(span)
            scale = days_in(side.measure.unit)
        except (ValueError, UnitMismatch) as error:
            why = f"The dates of {_words(side)} give no length: {error}."
            yield Check("duration and dates", (claim.id,), None, why)
            continue
        value = side.amount.under(policy).converted(scale)
        dates = f"{_date(span.start)} to {_date(span.end)} is {interval(days)} days"
        yield test(side, value, days, dates, _vagueness(side), policy)


def _days(span: Span) -> Interval:
    """The fewest and most days between two vague dates. ValueError if the end is before the start."""
    start, end = parse_period(span.start), parse_period(span.end)
    longest = (end.end - start.start).days
    if longest < 0:
        raise ValueError(f"{span.end} is before {span.start}")
    return Interval(max(0, (end.start - start.end).days), longest)


def _date(text: str) -> str:
    return period_words(parse_period(text))


def _vagueness(side: ClaimTerms) -> float:
    """By how many days the dates of a duration may be longer than its zone: it may count completed units.

    At least one day: both ways to count, with or without the last day, are in use.
    """
    said = side.figure.quantity
    if said.modifier not in (Modifier.EXACT, Modifier.ABOUT, Modifier.RANGE):
        return 1.0
    try:
        return max(1.0, days_in(said.unit or side.measure.unit) / 2)
    except UnitMismatch:
        return 1.0


def _equals(
    side: ClaimTerms, value: Zones, days: Interval, dates: str, slack: float, policy: Policy
) -> Check:
    zone = value.tolerated(policy).widened(1.0, slack, floor=0.0)
    about, test = (side.id,), "duration and dates"
    why = f"{dates}; the article says {_words(side)}"
    if meet(zone, days):
        return Check(test, about, True, f"{why}.")
    gap = days.low - zone.high if days.low > zone.high else zone.low - days.high
    return Check(test, about, False, f"{why}, {number(gap)} days off.", gap)


def _fits(side: ClaimTerms, value: Zones, days: Interval, dates: str, slack: float, policy: Policy) -> Check:
    zone = value.tolerated(policy)
    about, test = (side.id,), "duration and dates"
    why = f"{dates}; {_words(side)}"
    if zone.low - slack > days.high:
        gap = zone.low - days.high
        return Check(test, about, False, f"{why} is {number(gap)} days more than that.", gap)
    left = Interval(max(0.0, days.low - value.core.high), max(0.0, days.high - value.core.low))
    if left.low <= slack:
        return Check(test, about, True, f"{why} fits into that.")
    least = "at least " if Modifier.UNDER in _said(side) else ""
    why = f"{why} fits, and {least}{interval(left.map(round))} days of it are not accounted for."
    return Check(test, about, True, why, left.low)


def _said(side: ClaimTerms) -> set[Modifier]:
    return {side.figure.quantity.modifier, *side.figure.quantity.hedges}
