"""Slips: does one figure make a claim right by one change? A hint with its page, never a verdict.

Section 4 of the law. Of a claim without support: the same number, exactly, on the page cited, or in the same
measure of another time or place. Where something differs also one slip of the pen: a zero, two digits, the
unit, the direction, with three significant digits or more. Of two or more candidates nothing is said, nor
where so many other figures stand near the number that one of them may well be the same by chance.

The claim is changed, not the figures: each change gives one number, which is looked up in the book's values.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.values import names_one_number, number_of
from tallybook.estimates.zones import Zones
from tallybook.matching.pair import Pair
from tallybook.quantity import Policy, grain_of
from tallybook.terms import Incomparable, Kind, Reason, Relation, Slip, Status
from tallybook.verdicts.attribution import Fidelity
from tallybook.verdicts.slip_words import slip_sentence

LEAST_DIGITS = 3
"""A number with fewer significant digits can be found anywhere."""

CHANCE = 1 / 50
"""How many figures with the same number may be expected by chance alone, at most."""

_NEAR = 1.5
"""What is near a number: up to so many times it, and down to it divided by so much."""

_UNSEEN = 1 / 3
"""How many figures to expect near a number where there is none: so "9" is soon the same by chance."""

_POWERS = {1: Slip.TEN, 2: Slip.HUNDRED, 3: Slip.THOUSAND, 6: Slip.MILLION, 9: Slip.BILLION}


@dataclass(frozen=True, slots=True)
class Hint:
    """``kind``: the one change; ``estimate``: id of the figure that it would make the claim's, with its
    ``words`` and ``publisher``; ``says``: in a sentence with its page; ``url``: of that page, "" where none
    is known."""

    kind: Slip
    estimate: str
    words: str
    publisher: str
    says: str
    url: str

    @property
    def linked(self) -> str:
        """The sentence with its link: "45,765 for 45,756: two digits changed places (…; https://…)."."""
        return f"{self.says.removesuffix(').')}; {self.url})." if self.url else self.says


class _Change(NamedTuple):
    """A number that the claim would name after one change, with its rounding."""

    kind: Slip
    low: float
    high: float


class _Search:
    """The search for the slip of one claim. ``pairs``: of the claim."""

    def __init__(self, evidence: Evidence, side: ClaimTerms, pairs: Sequence[Pair], ours: Zones) -> None:
        self.values, self.side, self.pairs, self.ours = evidence.values, side, pairs, ours
        self.number = ours.number.low

    def candidates(self, found: Fidelity) -> dict[tuple[object, ...], tuple[Slip, Estimate]]:
        """The figures that one change would make the claim's, without those that say the same again."""
        by_estimate: dict[Estimate, tuple[Slip, float]] = {}
        for estimate, kind in self._elsewhere():
            by_estimate.setdefault(estimate, (kind, self.number))
        for estimate, kind, target in self._slips_of_the_pen():
            if not (found.codes or self._differs):
                break
            by_estimate.setdefault(estimate, (kind, target))
        figures: dict[tuple[object, ...], tuple[Slip, Estimate]] = {}
        for e, (kind, target) in sorted(by_estimate.items(), key=lambda entry: entry[0].id):
            when = e.period.text if e.period and kind in (Slip.YEAR, Slip.PERIOD) else ""
            place = e.scope if kind is Slip.PLACE else ""
            figures.setdefault((kind, e.measure.id, target, when, place), (kind, e))
        return figures

    @property
    def _differs(self) -> bool:
        return any(p.relation is Relation.DIFFERS for p in self.pairs)

    def _pair(self, estimate: Estimate) -> Pair | None:
        """None for a figure that was not out at the time of judging."""
        return next((p for p in self.pairs if p.estimate is estimate), None)

    def _elsewhere(self) -> Iterator[tuple[Estimate, Slip]]:
        """The same number, exactly: in the measure at another time or place, or on the page cited."""
        side, number = self.side, self.number
        for estimate in self.values.of_measure(side.measure.id, number, number):
            pair = self._pair(estimate)
            kind = None if pair is None or pair.repeats else _other_place_or_time(pair)
            if kind is not None and not self._by_chance(self._others()):
                yield estimate, kind
        for cited in side.claim.cites:
            for estimate in self.values.on_page(cited, number, number):
                others = self.values.on_page(cited, -math.inf, math.inf)
                if estimate.measure.id != side.measure.id and not self._by_chance(map(number_of, others)):
                    yield estimate, Slip.SAME_PAGE

    def _others(self) -> Iterator[float]:
        """The numbers of the measure at another time or place."""
        for pair in self.pairs:
            one = names_one_number(pair.estimate) and not pair.repeats
            if one and _other_place_or_time(pair) is not None:
                yield number_of(pair.estimate)

    def _by_chance(self, others: Iterable[float]) -> bool:
        """Whether one of ``others`` may well be the same number by chance.

        Forty-nine shares between 28% and 61%, printed to a tenth: one in seven of all tenths is taken. A
        figure that stands alone is not there by chance, whatever its digits.
        """
        away = {number for number in others if not math.isclose(number, self.number)}
        low, high = sorted((self.number / _NEAR, self.number * _NEAR))
        near = sum(low <= number <= high for number in away)
        return bool(away) and (near + _UNSEEN) * self._grain > CHANCE * (high - low)

    @property
    def _grain(self) -> float:
        """The step from one number that could be printed to the next; wide for a fraction in words."""
        if self.ours.digitless:
            return self.ours.meant.high - self.ours.meant.low
        return sum(self.ours.half)

    def _slips_of_the_pen(self) -> Iterator[tuple[Estimate, Slip, float]]:
        side = self.side
        if significant(side.figure.quantity.number.low) < LEAST_DIGITS:
            return
        for measure in (side.measure.id, *(n.measure for n in side.measure.neighbours)):
            for change in changes(side, self.ours):
                for estimate in self.values.of_measure(measure, change.low, change.high):
                    if self._may_be_meant(estimate):
                        yield estimate, change.kind, change.low
            for estimate in self.values.printed(measure, side.figure.quantity.number.low):
                kind = _other_unit(side, estimate)
                if kind is not None and self._may_be_meant(estimate):
                    yield estimate, kind, self.number

    def _may_be_meant(self, estimate: Estimate) -> bool:
        """Whether it could be the claim's figure but for the slip: of its time and place, digits enough."""
        assert estimate.figure is not None
        if significant(estimate.figure.quantity.number.low) < LEAST_DIGITS:
            return False
        if estimate.measure.id != self.side.measure.id:
            return _beside(self.side, estimate)
        pair = self._pair(estimate)
        return pair is not None and pair.comparability.failed is None and not pair.repeats


def slip(
    evidence: Evidence, side: ClaimTerms, pairs: Sequence[Pair], found: Fidelity, policy: Policy
) -> Hint | None:
    """The one slip that would make an unsupported claim right, else None.

    ``pairs``: of the claim; the caller asks only for claims that nobody bears out. "1,430 goats", where the
    census has 14,300: ×10.
    """
    ours = side.amount.under(policy)
    if ours.number.low != ours.number.high or ours.number.low == 0 or side.figure.share:
        return None
    candidates = _Search(evidence, side, pairs, ours).candidates(found)
    if len(candidates) != 1:
        return None
    ((kind, estimate),) = candidates.values()
    says = slip_sentence(kind, side, estimate, policy)
    page = estimate.source
    return Hint(kind, estimate.id, estimate.statement.words, page.publisher, says, page.url or "")


def changes(side: ClaimTerms, ours: Zones) -> Iterator[_Change]:
    """What the claim would name after one slip of the pen: 14,300, 143, 4,130 … of 1,430."""
    number, printed = ours.number.low, side.figure.quantity.number.low
    below = max(min(ours.half[0], number - ours.true.low), 0.0)
    above = max(min(ours.half[1], ours.true.high - number), 0.0)
    if side.measure.kind.signed:
        yield _Change(Slip.DIRECTION, -number - above, -number + below)
    for power, kind in _POWERS.items():
        for factor in (10.0**power, 10.0**-power):
            middle = _put(side, number, printed * factor)
            yield _Change(kind, middle - below * factor, middle + above * factor)
    if side.measure.kind is Kind.SHARE:
        yield _Change(Slip.REST, 1 - number - above, 1 - number + below)
    for swapped in swaps(printed):
        middle = _put(side, number, swapped)
        rounded = grain_of(swapped) >= grain_of(printed)  # 1,340 of 1,430 may be a rounding, 1,403 is none
        yield _Change(Slip.DIGITS, middle - below * rounded, middle + above * rounded)


def swaps(number: float) -> list[float]:
    """The number with two of its digits in each other's place, without a zero in front.

    143 → 134, 341, 413. Of a million and more its final zeros are no digits: they are printed as a word.
    """
    mantissa, power = f"{number:.11e}".split("e")
    sign, digits = mantissa[: mantissa.startswith("-")], mantissa.lstrip("-").replace(".", "").rstrip("0")
    if abs(number) < 1e6:
        digits = digits.ljust(int(power) + 1, "0")
    found = set()
    for i, j in combinations(range(len(digits)), 2):
        made = [*digits]
        made[i], made[j] = made[j], made[i]
        if digits[i] != digits[j] and made[0] != "0":
            found.add(float(f"{sign}{made[0]}.{''.join(made[1:])}e{power}"))
    return sorted(found)


def _put(side: ClaimTerms, number: float, printed: float) -> float:
    """The claim's number in its measure's unit, had its words had another number."""
    figure = side.figure
    if figure.offset:
        return number + (printed - figure.quantity.number.low) * figure.scale
    return number * (printed / figure.quantity.number.low)


def _other_place_or_time(pair: Pair) -> Slip | None:
    failed = pair.comparability.failed
    if pair.estimate.part != pair.claim.claim.part:
        return None
    if failed is Incomparable.SCOPE or (pair.relation.compares and pair.estimate.scope != pair.claim.scope):
        return Slip.PLACE
    if failed is Incomparable.TIME or pair.why in (Reason.FLOOR, Reason.CEILING):
        ours, theirs = pair.claim.stated_period, pair.estimate.period
        if ours is None or theirs is None:
            return None
        lengths = sorted((p.end - p.start).days + 1 for p in (ours, theirs))
        return Slip.YEAR if lengths[1] <= 1.2 * lengths[0] + 1 else Slip.PERIOD
    return None


def _beside(side: ClaimTerms, estimate: Estimate) -> bool:
    """Whether a figure of a neighbouring measure is of the claim's status, part and time."""
    counted = (Status.OBSERVED, Status.PROVISIONAL)
    if side.status != estimate.status and not (side.status in counted and estimate.status in counted):
        return False
    if estimate.part != side.claim.part:
        return False
    if side.stated_period is None or estimate.period is None:
        return True
    return estimate.period.meets(side.stated_period)


def _other_unit(side: ClaimTerms, estimate: Estimate) -> Slip | None:
    """The same printed number, in another unit or per another period."""
    figure = estimate.figure
    assert figure is not None
    ours, theirs = side.figure.quantity, figure.quantity
    if (ours.low, ours.high) != (theirs.low, theirs.high):
        return None
    if {ours.unit, theirs.unit} == {"percent", "percentage point"}:
        return Slip.POINTS
    if ours.per != theirs.per:
        return Slip.PERIOD
    return Slip.UNIT if ours.unit != theirs.unit and side.figure.scale != figure.scale else None


def significant(value: float) -> int:
    """How many significant digits a number has: 3 of 1,430; 2 of 75 million."""
    digits = f"{abs(value):.12g}".split("e")[0].replace(".", "").strip("0")
    return len(digits)
