"""How much must be changed before a verdict changes: tolerance, time window, widths of hedges, families.

Every setting is judged anew by the same law; where a verdict changes between two settings, the place is
found by halving. Nothing here changes a verdict: it says how far one may be trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any

from tallybook.book import Article, Book
from tallybook.estimates.families import families, unfolded
from tallybook.matching.matcher import TODAY, Ready, ready
from tallybook.prose import counted, listed
from tallybook.quantity import Policy
from tallybook.verdicts.judgement import Outcome, outcomes

LARGEST_TOLERANCE = 0.5
SMALL_TOLERANCE = 0.10
"""A verdict that changes within this tolerance is fragile."""

_STEP = 0.005
_SIDES = {
    Outcome.CORROBORATED: "for",
    Outcome.SUPPORTED: "for",
    Outcome.DISPUTED: "both",
    Outcome.CONTRADICTED: "against",
}

Outcomes = dict[str, Outcome]
Judge = Callable[[float], Outcomes]


@dataclass(frozen=True, slots=True)
class Dial:
    """A setting of the policy: its name in words, where it is tried, and how finely a change is placed."""

    field: str
    name: str
    tried: tuple[float, ...]
    precision: float

    def close(self, now: float, value: float) -> bool:
        """Between half and twice the width as it is; the reach of a floor is counted from the number."""
        least = 1.0 if self.field == "overshoot" else 0.0
        return (now - least) / 2 <= value - least <= 2 * (now - least)

    def words(self, value: float) -> str:
        if self.field == "window_days":
            return counted(round(value), "day")
        return f"{value:.2f} times" if self.field == "overshoot" else f"{100 * value:.3g} %"


DIALS = (
    Dial("window_days", "time window", (0, 7, 14, 30, 45, 60, 90, 120, 180, 270, 365), 1),
    Dial("about", "width of “about”", (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3), 0.001),
    Dial("nearly", "width of “nearly”", (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3), 0.001),
    Dial("overshoot", "reach of “over” and “at least”", (1.1, 1.25, 1.5, 2, 2.5, 3), 0.01),
    Dial("rounding_cap", "cap on rounding", (0, 0.01, 0.02, 0.05, 0.1, 0.15), 0.001),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of tolerances, from ``low`` to ``high``, in which a verdict stays."""

    low: float
    high: float
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing that was changed, and what became of one verdict.

    ``dial``: what was changed, in words; ``change``: the smallest change that flips the verdict, empty
    when none does; ``after``: the verdict then; ``fragile``: a small change, and to another side.
    """

    claim: str
    dial: str
    change: str
    before: Outcome
    after: Outcome | None
    said: str
    fragile: bool


def stretches(
    book: Book, article: Article, policy: Policy, *, as_of: str = TODAY
) -> dict[str, list[Stretch]]:
    """The verdict of each claim at every tolerance from 0 to 50 %."""
    return _stretches(ready(book, article, policy, as_of=as_of), policy)


def _stretches(made: Ready, policy: Policy) -> dict[str, list[Stretch]]:
    def at(tolerance: float) -> Outcomes:
        return outcomes(made, replace(policy, tolerance=tolerance))

    grid = [round(_STEP * k, 6) for k in range(round(LARGEST_TOLERANCE / _STEP) + 1)]
    changes = _changes(at, grid, precision=0.0005)
    return {
        claim: [
            Stretch(low, high, outcome)
            for (low, outcome), (high, _) in zip(
                runs, [*runs[1:], (LARGEST_TOLERANCE, Outcome.UNSOURCED)], strict=True
            )
        ]
        for claim, runs in changes.items()
    }


def trials(book: Book, article: Article, policy: Policy, *, as_of: str = TODAY) -> list[Trial]:
    """Everything that was changed, claim by claim in the article's order."""
    made = ready(book, article, policy, as_of=as_of)
    before = outcomes(made, policy)
    by_tolerance = _stretches(made, policy)
    dialled = {dial.field: _dialled(book, article, policy, as_of, made, dial) for dial in DIALS}
    folded = families(book)
    names = {f.id: f.name for f in folded.values() if f.independent}
    speaking = [f for f in names if any(made.families[e.statement.origin].id == f for e in made.estimates)]
    left_out = {f: outcomes(made, policy, without=f) for f in speaking}
    loose = ready(book, article, policy, as_of=as_of, voices_of=unfolded(book), known=made.known)
    alone = outcomes(loose, policy)
    found = []
    for claim, outcome in before.items():
        found.append(_by_tolerance(claim, by_tolerance[claim], policy.tolerance))
        found += [_by_dial(claim, dial, dialled[dial.field][claim], outcome, policy) for dial in DIALS]
        found += _by_families(claim, outcome, {names[f]: left_out[f][claim] for f in speaking})
        found.append(_by_folding(claim, outcome, alone[claim]))
    return found


def _changes(judge: Judge, grid: Sequence[float], precision: float) -> dict[str, list[tuple[float, Outcome]]]:
    """(setting from which a verdict holds, verdict) of each claim, in order of the settings."""
    judged = {value: judge(value) for value in grid}
    found: dict[str, list[tuple[float, Outcome]]] = {
        claim: [(grid[0], outcome)] for claim, outcome in judged[grid[0]].items()
    }
    for low, high in pairwise(grid):
        for claim in found:
            if judged[low][claim] is not judged[high][claim]:
                found[claim] += _between(judge, judged, claim, low, high, precision)
    return found


def _between(
    judge: Judge, judged: dict[float, Outcomes], claim: str, low: float, high: float, precision: float
) -> Iterator[tuple[float, Outcome]]:
    """Where a verdict changes between two settings, each place to the precision."""
    if high - low <= precision:
        yield high, judged[high][claim]
        return
    middle = (low + high) / 2
    if middle not in judged:
        judged[middle] = judge(middle)
    for a, b in ((low, middle), (middle, high)):
        if judged[a][claim] is not judged[b][claim]:
            yield from _between(judge, judged, claim, a, b, precision)


def _dialled(
    book: Book, article: Article, policy: Policy, as_of: str, made: Ready, dial: Dial
) -> dict[str, list[tuple[float, Outcome]]]:
    def at(value: float) -> Outcomes:
        if dial.field == "window_days":
            return outcomes(made, replace(policy, window_days=round(value)))
        widths: dict[str, Any] = asdict(policy) | {dial.field: value}
        changed = Policy(**widths)
        return outcomes(ready(book, article, changed, as_of=as_of), changed)

    grid = sorted({*dial.tried, float(getattr(policy, dial.field))})
    return _changes(at, grid, dial.precision)


def _by_tolerance(claim: str, runs: list[Stretch], now: float) -> Trial:
    at = next(k for k, run in enumerate(runs) if run.low <= now <= run.high)
    here, later = runs[at], runs[at + 1 :]
    if not later:
        said = f"stays {here.outcome} at every tolerance up to {LARGEST_TOLERANCE:.0%}"
        return Trial(claim, "tolerance", "", here.outcome, None, said, False)
    change = f"{100 * here.high:.3g} %"
    then = listed([_then(run, runs[at + 1]) for run in later], last="and")
    said = f"stays {here.outcome} until the tolerance passes {change}, then {then}"
    fragile = here.high - now <= SMALL_TOLERANCE and _side(here.outcome) != _side(later[0].outcome)
    return Trial(claim, "tolerance", change, here.outcome, later[0].outcome, said, fragile)


def _then(run: Stretch, first: Stretch) -> str:
    return str(run.outcome) if run is first else f"{run.outcome} from {100 * run.low:.3g} %"


def _by_dial(
    claim: str, dial: Dial, runs: list[tuple[float, Outcome]], before: Outcome, policy: Policy
) -> Trial:
    """The nearest setting on either side of the policy's at which the verdict changes."""
    now = float(getattr(policy, dial.field))
    starts = [start for start, _ in runs]
    at = max(k for k, start in enumerate(starts) if start <= now + 1e-9)
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
    fragile = any(dial.close(now, value) and _side(before) != _side(outcome) for value, _, outcome in flips)
    return Trial(claim, dial.name, f"{word} {dial.words(value)}", before, after, said, fragile)


def _by_families(claim: str, before: Outcome, without: dict[str, Outcome]) -> list[Trial]:
    flips = {name: after for name, after in without.items() if after is not before}
    if not flips:
        said = f"stays {before} whichever family is left out"
        return [Trial(claim, "family left out", "", before, None, said, False)]
    return [
        Trial(
            claim, "family left out", f"without {name}", before, after,
            f"{before} with {name}, {after} without", _side(before) != _side(after),
        )
        for name, after in flips.items()
    ]  # fmt: skip


def _by_folding(claim: str, before: Outcome, after: Outcome) -> Trial:
    """Never fragile: to count one family's offices as several witnesses is a mistake, not a doubt."""
    if after is before:
        return Trial(
            claim, "folding", "", before, None, f"stays {before} if every origin had its own voice", False
        )
    said = f"{before}; it would be {after} if every origin had its own voice"
    return Trial(claim, "folding", "every origin by itself", before, after, said, False)


def _side(outcome: Outcome) -> str:
    return _SIDES.get(outcome, "open")
