"""How much must change before a verdict changes: tolerance, time window, widths of hedges, families.

Every setting is judged again by the same rules on the same records: no words are read and no estimates are
made. If a verdict changes between two settings, the point of change is found by bisection. Nothing here
changes a verdict: it says how far one can be trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from tallybook.estimates.families import Families
from tallybook.matching.matcher import Matcher
from tallybook.prose import FRACTION, counted, listed, number, units_of_last_digit
from tallybook.quantity import Policy
from tallybook.terms import Verdict
from tallybook.verdicts.judgement import Verdicts, verdicts_at, verdicts_of, verdicts_without

LARGEST_TOLERANCE = 0.5
SMALL_TOLERANCE = 0.10
"""A verdict that changes within this tolerance is fragile."""

_TOLERANCES = 101

Judge = Callable[[Sequence[float]], Sequence[Verdicts]]
"""The verdicts at each of some settings."""


@dataclass(frozen=True, slots=True)
class Dial:
    """A setting of the policy. ``name``: in words; ``precision``: to which a point of change is found."""

    field: str
    name: str
    tried: tuple[float, ...]
    precision: float

    def close(self, now: float, value: float) -> bool:
        """Whether ``value`` is between half and twice the present width; overshoot is counted from 1."""
        least = 1.0 if self.field == "overshoot" else 0.0
        return (now - least) / 2 <= value - least <= 2 * (now - least)

    def words(self, value: float) -> str:
        if self.field == "window_days":
            return counted(round(value), "day")
        if self.field == "grains":
            return units_of_last_digit(value)
        return f"{number(value)} times" if self.field == "overshoot" else number(value, FRACTION)


TOLERANCE = Dial("tolerance", "tolerance", (0, LARGEST_TOLERANCE), 0.005)
DIALS = (
    Dial("window_days", "time window", (0, 7, 14, 30, 45, 60, 90, 120, 180, 270, 365), 1),
    Dial("about", "width of “about” and “nearly”", (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3), 0.001),
    Dial("grains", "reach of “about” and “over”", (1, 2, 3, 5, 8, 10), 0.1),
    Dial("fraction", "width of a fraction in words", (0.02, 0.05, 0.1, 0.15, 0.2), 0.001),
    Dial("same", "width of “the same”", (0, 0.001, 0.002, 0.005, 0.01, 0.02), 0.0005),
    Dial("overshoot", "reach of “over” and “at least”", (1.1, 1.25, 1.5, 2, 2.5, 3), 0.01),
    Dial("rounding_cap", "cap on rounding", (0, 0.01, 0.02, 0.05, 0.1, 0.15), 0.001),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A range of tolerances, from ``low`` to ``high``, in which a verdict stays the same."""

    low: float
    high: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Trial:
    """One setting that was changed, and the effect on one verdict.

    ``dial``: what was changed, in words; ``change``: the smallest change that flips the verdict, empty
    if none does; ``after``: the verdict then; ``said``: in a sentence; ``fragile``: whether a small change
    moves the verdict to another side.
    """

    claim: str
    dial: str
    change: str
    before: Verdict
    after: Verdict | None
    said: str
    fragile: bool


def stretches(made: Matcher, policy: Policy) -> dict[str, list[Stretch]]:
    """By claim: the ranges of tolerances in which its verdict stays the same, in ascending order."""

    def at(tolerances: Sequence[float]) -> Sequence[Verdicts]:
        return verdicts_at(made, policy, tolerances)

    changes = _changes(at, np.linspace(0, LARGEST_TOLERANCE, _TOLERANCES).tolist(), precision=0.0005)
    return {
        claim: [
            Stretch(low, high, outcome)
            for (low, outcome), (high, _) in zip(runs, [*runs[1:], (LARGEST_TOLERANCE, None)], strict=True)
        ]
        for claim, runs in changes.items()
    }


def trials(made: Matcher, policy: Policy, ungrouped: Families) -> list[Trial]:
    """All trials, claim by claim in the article's order.

    ``ungrouped``: each origin as a family of its own.
    """
    before = verdicts_of(made, policy)
    by_tolerance = stretches(made, policy)
    dialled = {dial.field: _dialled(made, policy, dial, before) for dial in DIALS}
    speaking = {made.families[e.statement.speaker_id] for e in made.estimates}
    names = {f.id: f.name for f in sorted(speaking, key=lambda f: f.id) if f.independent}
    left_out = verdicts_without(made, policy, list(names))
    alone = verdicts_of(made.grouped_by(ungrouped), policy)
    found = []
    for claim, verdict in before.items():
        found.append(_by_tolerance(claim, by_tolerance[claim], policy.tolerance))
        found += [_by_dial(claim, dial, dialled[dial.field][claim], verdict, policy) for dial in DIALS]
        found += _by_families(claim, verdict, {names[f]: left_out[f][claim] for f in names})
        found.append(_by_grouping(claim, verdict, alone[claim]))
    return found


def _changes(judge: Judge, grid: Sequence[float], precision: float) -> dict[str, list[tuple[float, Verdict]]]:
    """(lowest setting of a verdict, verdict) of each claim, in ascending order of the settings."""
    judged = _judged(judge, grid, precision)
    found: dict[str, list[tuple[float, Verdict]]] = {
        claim: [(grid[0], outcome)] for claim, outcome in judged[grid[0]].items()
    }
    for low, high in pairwise(grid):
        for claim in found:
            if judged[low][claim] is not judged[high][claim]:
                found[claim] += _between(judged, claim, low, high, precision)
    return found


def _judged(judge: Judge, grid: Sequence[float], precision: float) -> dict[float, Verdicts]:
    """The verdicts at all settings by which the points of change are found: a whole step of the bisection, of
    all claims, is asked at once."""
    judged = dict(zip(grid, judge(grid), strict=True))
    steps = list(pairwise(grid))
    while steps := [(a, b) for a, b in steps if b - a > precision and judged[a] != judged[b]]:
        halves = [half for a, b in steps for half in ((a, _middle(a, b)), (_middle(a, b), b))]
        asked = list(dict.fromkeys(middle for _, middle in halves[::2] if middle not in judged))
        judged |= zip(asked, judge(asked), strict=True)
        steps = halves
    return judged


def _middle(low: float, high: float) -> float:
    return (low + high) / 2


def _between(
    judged: Mapping[float, Verdicts], claim: str, low: float, high: float, precision: float
) -> Iterator[tuple[float, Verdict]]:
    """The points between two settings at which a verdict changes, each to the precision."""
    if high - low <= precision:
        yield high, judged[high][claim]
        return
    middle = _middle(low, high)
    for a, b in ((low, middle), (middle, high)):
        if judged[a][claim] is not judged[b][claim]:
            yield from _between(judged, claim, a, b, precision)


def _dialled(
    made: Matcher, policy: Policy, dial: Dial, before: Verdicts
) -> dict[str, list[tuple[float, Verdict]]]:
    """``before``: the verdicts under the policy itself. A width on which no figure depends is not tried."""

    def at(value: float) -> Verdicts:
        if dial.field == "window_days":
            return verdicts_of(made, replace(policy, window_days=round(value)))
        widths: dict[str, Any] = asdict(policy) | {dial.field: value}
        changed = Policy(**widths)
        return verdicts_of(made.under(changed), changed)

    grid = sorted({*dial.tried, float(getattr(policy, dial.field))})
    if dial.field not in ("window_days", "same") and not made.depends_on(dial.field):
        return {claim: [(grid[0], verdict)] for claim, verdict in before.items()}
    return _changes(lambda values: [at(value) for value in values], grid, dial.precision)


def _by_tolerance(claim: str, runs: list[Stretch], now: float) -> Trial:
    at = next(k for k, run in enumerate(runs) if run.low <= now <= run.high)
    here, later = runs[at], runs[at + 1 :]
    if not later:
        said = f"stays {here.verdict} at every tolerance up to {number(LARGEST_TOLERANCE, FRACTION)}"
        return Trial(claim, "tolerance", "", here.verdict, None, said, False)
    change = number(here.high, FRACTION)
    then = listed([_then(run, runs[at + 1]) for run in later])
    said = f"stays {here.verdict} until the tolerance passes {change}, then {then}"
    fragile = here.high - now <= SMALL_TOLERANCE and here.verdict.side != later[0].verdict.side
    return Trial(claim, "tolerance", change, here.verdict, later[0].verdict, said, fragile)


def _then(run: Stretch, first: Stretch) -> str:
    return str(run.verdict) if run is first else f"{run.verdict} from {number(run.low, FRACTION)}"


def _by_dial(
    claim: str, dial: Dial, runs: list[tuple[float, Verdict]], before: Verdict, policy: Policy
) -> Trial:
    """The nearest settings above and below the policy's at which the verdict changes."""
    now = float(getattr(policy, dial.field))
    starts = [start for start, _ in runs]
    at = max(k for k, start in enumerate(starts) if start <= now)
    flips = []
    if at > 0:
        flips.append((starts[at], "below", runs[at - 1][1]))
    if at + 1 < len(runs):
        flips.append((starts[at + 1], "from", runs[at + 1][1]))
    if not flips:
        low, high = dial.words(dial.tried[0]), dial.words(dial.tried[-1])
        said = f"stays {before} with a {dial.name} from {low} to {high}"
        return Trial(claim, dial.name, "", before, None, said, False)
    told = [f"{outcome} {word} {dial.words(value)}" for value, word, outcome in flips]
    said = f"{before} with a {dial.name} of {dial.words(now)}, but {listed(told)}"
    value, word, after = min(flips, key=lambda flip: abs(flip[0] - now))
    fragile = any(dial.close(now, value) and before.side != outcome.side for value, _, outcome in flips)
    return Trial(claim, dial.name, f"{word} {dial.words(value)}", before, after, said, fragile)


def _by_families(claim: str, before: Verdict, without: dict[str, Verdict]) -> list[Trial]:
    flips = {name: after for name, after in without.items() if after is not before}
    if not flips:
        said = f"stays {before} without any one source group"
        return [Trial(claim, "source group left out", "", before, None, said, False)]
    return [
        Trial(
            claim, "source group left out", f"without {name}", before, after,
            f"{before} with {name}, {after} without", before.side != after.side,
        )
        for name, after in flips.items()
    ]  # fmt: skip


def _by_grouping(claim: str, before: Verdict, after: Verdict) -> Trial:
    """Never fragile: to count the offices of one family as several witnesses is a mistake, not a doubt."""
    if after is before:
        said = f"stays {before} without grouping origins"
        return Trial(claim, "grouping of origins", "", before, None, said, False)
    said = f"{before}; it would be {after} without grouping origins"
    return Trial(claim, "grouping of origins", "without grouping origins", before, after, said, False)
