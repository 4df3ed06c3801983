"""The kernel beside the law in plain words: every pair by itself, slowly, in exact fractions.

The oracle below is written from sections 1 to 3 of the semantics and knows nothing of arrays. Where the law
is silent it says so ("the law is silent") and takes what the reasons in the tables tell their readers.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
import pytest

from tallybook.estimates.zones import Zones, zones_of
from tallybook.matching.blocks import Block, compared, precedence, voices
from tallybook.matching.columns import KINDS, NEVER, STATUSES, ClaimColumns, EstimateColumns
from tallybook.matching.rules import REASONS, RELATIONS
from tallybook.quantity import Policy, Quantity
from tallybook.terms import Modifier

Zone = tuple[Fraction, Fraction | None, bool, bool]
"""Low and high (None: no end), and whether each is left out."""

NUMBERS = (0, 1, 9, 10, 11, 12, 95, 100, 140, 150, 155, 8_000, 9_000, 9_500, 10_000, 10_500, 10_900, 11_000,
           12_000, 14_000, 15_000, 15_400, 16_000, 30_000, 200_000, 250_000, 260_000, 6_500_000)  # fmt: skip
DAY = 739_000
POLICIES = (
    Policy(),
    Policy(tolerance=0.2, window_days=10),
    Policy(about=0.03, nearly=0.2, overshoot=2.0, rounding_cap=0.01, window_days=0),
)


@dataclass(frozen=True)
class Days:
    """``end_from``: the first day that the end can be."""

    start: int
    end_from: int
    end: int


@dataclass(frozen=True)
class Said:
    """A figure of a claim or an estimate. ``page``: its date is only "no later than its page"."""

    low: int
    high: int
    modifier: Modifier
    hedges: tuple[Modifier, ...]
    kind: str
    scope: int
    days: Days | None
    published: int = DAY
    page: bool = False
    status: str = "observed"
    part: bool = False
    valued: bool = True
    outdated_from: int | None = None
    family: int = 0
    tier: int = 0
    derived: bool = False
    repeats: bool = False

    @property
    def contradictory(self) -> bool:
        """The law is silent: words that set a floor and a ceiling on one number rule nothing out."""
        floors, ceilings = {"over", "at_least"}, {"under", "at_most", "up_to", "nearly"}
        said = {self.modifier, *self.hedges}
        return self.modifier != "range" and bool(said & floors) and bool(said & ceilings)

    @cached_property
    def quantity(self) -> Quantity:
        return Quantity(self.low, self.high, self.modifier, "loaf", None, self.hedges)


class Oracle:
    """Sections 1 to 3 for one claim and one estimate."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.about, self.nearly, self.overshoot, self.cap, self.tolerance = (
            Fraction(str(getattr(policy, name)))
            for name in ("about", "nearly", "overshoot", "rounding_cap", "tolerance")
        )

    def rounding(self, n: int) -> Fraction:
        """Half a unit of the last significant digit of a round number, and at most 5 %."""
        zeros = len(str(n)) - len(str(n).rstrip("0")) if n else 0
        return min(Fraction(10**zeros, 2), self.cap * n) if zeros else Fraction(0)

    def true(self, said: Said) -> Zone:
        """The values under which the words are true."""
        low, high = Fraction(said.low), Fraction(said.high)
        if said.contradictory:
            return Fraction(0), None, False, False
        match str(said.modifier):
            case "exact":
                return low - self.rounding(said.low), high + self.rounding(said.high), False, False
            case "about":
                return low * (1 - self.about), high * (1 + self.about), False, False
            case "nearly":
                return low * (1 - self.nearly), high, False, False
            case "over":
                return low, None, True, False
            case "at_least":
                return low, None, False, False
            case "under":
                return Fraction(0), high, False, True
            case "at_most" | "up_to":
                return Fraction(0), high, False, False
        return low, high, False, False

    def meant(self, said: Said) -> tuple[Fraction, Fraction | None]:
        """The values that the words suggest."""
        match str(said.modifier):
            case "over" | "at_least":
                return Fraction(said.low), said.low * self.overshoot
            case "under" | "at_most":
                return said.high / self.overshoot, Fraction(said.high)
            case "up_to":
                return said.low - self.rounding(said.low), said.high + self.rounding(said.high)
        return self.true(said)[:2]

    def widened(self, zone: Zone, below: Fraction, above: Fraction) -> Zone:
        """An end that moves outwards is no longer left out."""
        low, high, low_out, high_out = zone
        wide = None if high is None else high + above
        return max(Fraction(0), low - below), wide, low_out and not below, high_out and not above

    def tolerated(self, said: Said) -> Zone:
        return self.widened(self.true(said), self.tolerance * said.low, self.tolerance * said.high)

    def gate(self, claim: Said, estimate: Said) -> str:
        """The first test that fails, in the order of the law."""
        if estimate.status != "observed":
            return "status"
        if estimate.part:
            return "part"
        if claim.scope != estimate.scope:
            return "scope"
        if not estimate.valued:
            return "unit"
        last = claim.days.end if claim.days else claim.published
        if estimate.outdated_from is not None and estimate.outdated_from <= last:
            return "superseded"
        return "" if self.of_its_time(claim, estimate) else "time"

    def of_its_time(self, claim: Said, estimate: Said) -> bool:
        if claim.kind in ("event_total", "duration"):
            return True
        if estimate.days is None:
            # the law is silent: a count without any date can be neither floor nor ceiling
            return False
        window = self.policy.window_days
        end = estimate.days.end
        # the law is silent: a page that gives no date is taken to speak of its own day
        start = end if estimate.page else estimate.days.start
        # a claim without a date speaks of any time up to the article; the law is silent on how far back
        asked = claim.days or Days(claim.published - window, claim.published, claim.published)
        away = max(start - asked.end, asked.start - end, 0)
        if claim.kind == "cumulative":
            return not (estimate.page and claim.days) or away <= window
        return away <= (window if claim.kind == "stock" else 0)

    def opened(self, claim: Said, estimate: Said) -> tuple[bool, bool]:
        """(top opens, bottom drops to zero): an earlier count is a floor, a later one a ceiling."""
        if claim.kind != "cumulative" or estimate.days is None:
            return False, False
        asked = claim.days or Days(claim.published, claim.published, claim.published)
        first = estimate.days.end if estimate.page and claim.days else estimate.days.end_from
        if first > asked.end:
            return False, True
        return estimate.days.end < asked.end_from, False

    def relation(self, claim: Said, estimate: Said) -> str:
        if self.gate(claim, estimate):
            return "not comparable"
        if claim.contradictory or estimate.contradictory:
            return "compatible"
        top, bottom = self.opened(claim, estimate)
        low, high, low_out, high_out = self.tolerated(estimate)
        opened = (
            Fraction(0) if bottom else low,
            None if top else high,
            low_out and not bottom,
            high_out and not top,
        )
        ours = self.tolerated(claim)
        if not meet(opened, ours):
            return "differs"
        # an end had to be opened; the law is silent on claims without a date, which may repeat an old count
        if bottom or (top and claim.days):
            return "compatible"
        # the law is silent: "up to 15,000" and "at least 15,000" name one number and do not agree
        if not opposed(self.true(claim), self.true(estimate), claim, estimate) and self.one_number(
            claim, estimate
        ):
            return "agrees"
        slack = [self.rounding(n) + self.tolerance * n for n in (claim.low, claim.high)]
        within = inside(self.tolerated(estimate), self.widened(self.true(claim), *slack))
        return "supports" if within and self.is_meant(claim, estimate) else "compatible"

    def one_number(self, claim: Said, estimate: Said) -> bool:
        ends = ((claim.low, estimate.low), (claim.high, estimate.high))
        return all(abs(a - b) <= max(self.rounding(a), self.rounding(b)) for a, b in ends)

    def is_meant(self, claim: Said, estimate: Said) -> bool:
        """The core in the meant zone."""
        low, high = self.meant(claim)
        return low <= estimate.low and (high is None or estimate.high <= high)


def meet(one: Zone, other: Zone) -> bool:
    return not (before(one, other) or before(other, one))


def before(one: Zone, other: Zone) -> bool:
    """All of one lies below all of the other."""
    high, low = one[1], other[0]
    return high is not None and (high < low or (high == low and (one[3] or other[2])))


def inside(one: Zone, other: Zone) -> bool:
    low = one[0] > other[0] or (one[0] == other[0] and (one[2] or not other[2]))
    if other[1] is None:
        return low
    high = one[1] is not None and (one[1] < other[1] or (one[1] == other[1] and (one[3] or not other[3])))
    return low and high


def opposed(ours: Zone, theirs: Zone, claim: Said, estimate: Said) -> bool:
    """One sets a floor and no ceiling, the other a ceiling and no floor."""
    floors = [zone[1] is None and zone[0] > 0 for zone in (ours, theirs)]
    ceilings = [
        zone[1] is not None and zone[0] == 0 < said.low for zone, said in ((ours, claim), (theirs, estimate))
    ]
    return (floors[0] and ceilings[1]) or (floors[1] and ceilings[0])


def some_days(draw: random.Random) -> Days | None:
    if draw.random() < 0.25:
        return None
    start = DAY + draw.choice((-400, -60, -46, -45, -30, -11, -10, -1, 0, 1, 10, 30))
    length = draw.choice((0, 0, 1, 29, 90))
    end = start + length
    return Days(start, draw.choice((start, end, max(start, end - 5))), end)


def some_figure(draw: random.Random, kind: str) -> dict[str, Any]:
    modifier, hedges = draw.choice(list(Modifier)), ()
    low = high = draw.choice(NUMBERS if modifier is Modifier.EXACT else NUMBERS[1:])
    if modifier is Modifier.RANGE:
        low, high = sorted(draw.sample(NUMBERS, 2))
        hedges = draw.choice(((), (Modifier.UP_TO,), (Modifier.AT_LEAST,)))
    elif draw.random() < 0.08:
        modifier, hedges = draw.choice(
            ((Modifier.OVER, (Modifier.UP_TO,)), (Modifier.NEARLY, (Modifier.AT_LEAST,)))
        )
    return {
        "low": low, "high": high, "modifier": modifier, "hedges": hedges, "kind": kind,
        "scope": draw.choice((0, 0, 0, 1)), "days": some_days(draw),
    }  # fmt: skip


def some_claim(draw: random.Random, kind: str) -> Said:
    return Said(**some_figure(draw, kind), published=DAY + draw.choice((-20, 0, 20, 60)))


def some_estimate(draw: random.Random, kind: str) -> Said:
    found = some_figure(draw, kind)
    page = draw.random() < 0.2
    if page:
        found["days"] = Days(1, 1, DAY + draw.choice((-60, -46, -45, -11, 0, 10, 45, 46)))
    return Said(
        **found,
        page=page,
        status=draw.choice((*["observed"] * 9, *STATUSES)),
        part=draw.random() < 0.08,
        valued=draw.random() > 0.05,
        outdated_from=DAY + draw.randint(-50, 50) if draw.random() < 0.1 else None,
        family=draw.randint(0, 4),
        tier=draw.randint(0, 2),
        derived=draw.random() < 0.2,
        repeats=draw.random() < 0.3,
    )


def columns(sides: list[Said], policy: Policy, cls: type, **more: Any) -> Any:
    """The figures as columns; the measure is the kind of figure."""
    values = [value_of(s, policy) for s in sides]
    made: dict[str, list[Any]] = {
        "measure": [KINDS.index(s.kind) for s in sides],
        "scope": [s.scope for s in sides],
        "start": [s.days.start if s.days else 0 for s in sides],
        "end": [s.days.end if s.days else 0 for s in sides],
        "end_from": [s.days.end_from if s.days else 0 for s in sides],
        "dated": [s.days is not None for s in sides],
        "core_low": [v.core.low for v in values],
        "core_high": [v.core.high for v in values],
        "low": [v.true.low for v in values],
        "high": [v.true.high for v in values],
        "low_open": [v.true.low_open for v in values],
        "high_open": [v.true.high_open for v in values],
        "round_low": [v.rounding[0] for v in values],
        "round_high": [v.rounding[1] for v in values],
        "contradictory": [v.contradictory for v in values],
        "kind": [KINDS.index(s.kind) for s in sides],
        "published": [s.published for s in sides],
        "meant_low": [v.meant.low for v in values],
        "meant_high": [v.meant.high for v in values],
        "status": [STATUSES.index(s.status) for s in sides],
        "part": [s.part for s in sides],
        "valued": [s.valued for s in sides],
        "from_published": [s.page for s in sides],
        "derived": [s.derived for s in sides],
        "repeats": [s.repeats for s in sides],
        "outdated_from": [NEVER + 1 if s.outdated_from is None else s.outdated_from for s in sides],
        "family": [s.family for s in sides],
        "tier": [s.tier for s in sides],
        "order": list(range(len(sides))),
    }
    numbers = ("core", "low", "high", "round", "meant")
    flags = ("low_open", "high_open", "dated", "contradictory", "part", "valued", "from_published", "derived",
             "repeats")  # fmt: skip
    return cls(
        **{
            f.name: np.array(
                made[f.name],
                dtype=bool if f.name in flags else float if f.name.startswith(numbers) else np.int64,
            )
            for f in fields(cls)
        }
    )


def value_of(said: Said, policy: Policy) -> Zones:
    return zones_of(said.quantity, 1.0, policy)


def world(seed: int, claims: int, estimates: int) -> tuple[list[Said], list[Said]]:
    """So many claims and estimates of each kind of measure, in no order."""
    draw = random.Random(seed)
    ours = [some_claim(draw, kind) for kind in KINDS for _ in range(claims)]
    theirs = [some_estimate(draw, kind) for kind in KINDS for _ in range(estimates)]
    draw.shuffle(ours)
    draw.shuffle(theirs)
    return ours, theirs


def blocks(
    ours: list[Said], theirs: list[Said], policy: Policy, **size: int
) -> tuple[ClaimColumns, EstimateColumns, list[Block]]:
    c, e = columns(ours, policy, ClaimColumns), columns(theirs, policy, EstimateColumns)
    return c, e, list(compared(c, e, policy, **size))


@pytest.mark.parametrize("policy", POLICIES, ids=["default", "tolerant", "other-widths"])
def test_every_pair_is_as_the_law_says_it(policy: Policy) -> None:
    ours, theirs = world(2025, 40, 100)
    oracle, seen = Oracle(policy), 0
    relations: set[str] = set()
    _, _, found = blocks(ours, theirs, policy)
    for block in found:
        for c, e, code, relation in zip(
            block.claim.tolist(), block.estimate.tolist(), block.code, block.relation, strict=True
        ):
            claim, estimate = ours[c], theirs[e]
            told = (str(REASONS[code] or ""), str(RELATIONS[relation]))
            expected = (oracle.gate(claim, estimate), oracle.relation(claim, estimate))
            assert told == expected, f"\nclaim    {claim}\nestimate {estimate}"
            relations.add(told[1])
            seen += 1
    assert seen == 6 * 40 * 100 >= 20_000
    assert relations == {str(r) for r in RELATIONS}


def test_the_core_lies_in_what_the_claim_means_and_not_beside_it() -> None:
    """Section 3: E inside C within rounding, and the core in the meant zone: "over 10,000" means …15,000."""
    claim = Said(10_000, 10_000, Modifier.OVER, (), "event_total", 0, None)
    estimate = Said(15_400, 15_400, Modifier.EXACT, (), "event_total", 0, None)
    _, _, (block,) = blocks([claim], [estimate], Policy())
    assert RELATIONS[block.relation[0]] == "compatible"


@pytest.mark.parametrize("policy", POLICIES, ids=["default", "tolerant", "other-widths"])
def test_what_differs_has_the_gap_between_the_zones(policy: Policy) -> None:
    ours, theirs = world(7, 20, 40)
    oracle, seen = Oracle(policy), 0
    _, _, found = blocks(ours, theirs, policy)
    for block in found:
        pairs = zip(block.claim[block.bearings.rows], block.estimate[block.bearings.rows], strict=True)
        for row, (c, e) in enumerate(pairs):
            if RELATIONS[block.bearings.relation[row]] != "differs":
                assert np.isnan(block.bearings.gap[row]) and np.isnan(block.bearings.factor[row])
                continue
            ours_zone, theirs_zone = oracle.tolerated(ours[c]), oracle.tolerated(theirs[e])
            higher = before(ours_zone, theirs_zone)
            low, high = (ours_zone, theirs_zone) if higher else (theirs_zone, ours_zone)
            assert low[1] is not None
            assert bool(block.bearings.higher[row]) == higher
            assert block.bearings.gap[row] == pytest.approx(float(high[0] - low[1]))
            assert block.bearings.factor[row] == pytest.approx(float(high[0] / low[1]) if low[1] else np.inf)
            seen += 1
    assert seen > 100


# Blocks


@pytest.mark.parametrize("most", [1, 7, 40, 41, 100, 999, 1_000_000])
def test_any_size_of_block_gives_the_same_pairs(most: int) -> None:
    ours, theirs = world(11, 9, 40)
    _, _, whole = blocks(ours, theirs, Policy())
    _, _, parts = blocks(ours, theirs, Policy(), most=most)
    for name in ("claim", "estimate", "code", "relation", "may_support"):
        one, other = (np.concatenate([getattr(b, name) for b in found]) for found in (whole, parts))
        assert np.array_equal(one, other), name
    for name in ("gap", "factor", "higher", "inside", "opposed", "opens_top", "opens_bottom"):
        one, other = (np.concatenate([getattr(b.bearings, name) for b in found]) for found in (whole, parts))
        assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f"), name
    assert max(len(block) for block in parts) <= max(most, 40)


def test_every_claim_meets_every_estimate_of_its_measure_once() -> None:
    ours, theirs = world(13, 9, 40)
    theirs = [e for e in theirs if e.kind != "share"]  # a measure that no estimate is of
    _, _, found = blocks(ours, theirs, Policy(), most=100)
    pairs = [p for b in found for p in zip(b.claim.tolist(), b.estimate.tolist(), strict=True)]
    wanted = {(c, e) for c, a in enumerate(ours) for e, b in enumerate(theirs) if a.kind == b.kind}
    assert len(pairs) == len(set(pairs)) and set(pairs) == wanted


def test_the_pairs_of_a_claim_stand_in_one_block() -> None:
    ours, theirs = world(17, 9, 40)
    _, _, found = blocks(ours, theirs, Policy(), most=50)
    runs = [claim for block in found for claim, _ in groupby(block.claim.tolist())]
    assert len(runs) == len(set(runs)) == len(ours)


def test_nothing_beside_nothing_is_no_block() -> None:
    ours, theirs = world(19, 2, 2)
    assert blocks(ours, [], Policy())[2] == [] == blocks([], theirs, Policy())[2]


# Voices


@pytest.mark.parametrize("most", [1, 100_000])
def test_each_family_has_one_voice_and_its_best(most: int) -> None:
    """Section 4: comparable first, then of the claim's own time, stated, primary, nearest in time."""
    ours, theirs = world(23, 20, 60)
    oracle, checked = Oracle(Policy()), 0
    c, e, found = blocks(ours, theirs, Policy(), most=most)
    own = precedence(e)
    for block in found:
        speaks = voices(c, e, own, block)
        by_family: dict[tuple[int, int], list[tuple[int, bool]]] = {}
        for claim, estimate, voice in zip(
            block.claim.tolist(), block.estimate.tolist(), speaks.tolist(), strict=True
        ):
            by_family.setdefault((claim, theirs[estimate].family), []).append((estimate, voice))
        for (claim, _), members in by_family.items():
            spoke = [theirs[k] for k, voice in members if voice]
            can = [theirs[k] for k, _ in members if not theirs[k].repeats]
            assert len(spoke) == bool(can)
            if can:
                best = min(rank(oracle, ours[claim], said) for said in can)
                assert rank(oracle, ours[claim], spoke[0]) == best
                checked += 1
    assert checked > 400


def rank(oracle: Oracle, claim: Said, said: Said) -> tuple[bool, bool, bool, int, float]:
    """The smaller, the better a family's estimate."""
    aside = bool(oracle.gate(claim, said))
    top, bottom = oracle.opened(claim, said)
    opened = not aside and (bottom or (top and claim.days is not None))
    asked = claim.days or Days(claim.published, claim.published, claim.published)
    away = float("inf")
    if said.days:
        away = max(said.days.start - asked.end, asked.start - said.days.end, 0)
    return aside, opened, said.derived, said.tier, away
