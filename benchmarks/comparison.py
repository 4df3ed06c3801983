"""How fast claims are compared: the law on columns, beside a plain merge and a plain loop, in one run.

    .venv/bin/python benchmarks/comparison.py

10,000 claims and 100,000 estimates of 1,000 measures: a million pairs. The merge (pandas) only tests whether
two zones overlap; the loop asks the same rules for one pair at a time, for some pairs, and must say the
same as the columns do. Times are of the processor, medians of rounds in turn; only the ratios of
a run mean anything.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
from measure import pairs
from rich.console import Console
from rich.table import Table

from tallybook.matching.blocks import compared, precedence, voices
from tallybook.quantity import Policy

POLICY = Policy()
AT_MOST, AT_LEAST = 3.0, 100.0  # times the merge; times faster than the loop

LOOP = "the same rules, a pair at a time"

console = Console(highlight=False)


def main(arguments: list[str] | None = None) -> int:
    """Time the three and print the ratios; 0, or with --check 1 if an aim was missed."""
    asked = _asked(arguments)
    scale = 10 if asked.quick else 1
    sizes = pairs.CLAIMS // scale, pairs.ESTIMATES // scale, pairs.MEASURES // scale
    case = pairs.made_up(*sizes)
    frames = pairs.frames(case)
    sample = _sample(case, 2_000 // scale)
    wrong = _disagree(case, sample)
    if wrong:
        console.print(f"A pair alone and in its column part {wrong:,} times.")
        return 1
    at = case.under(POLICY)
    total = sum(len(block) for block in compared(at))
    passed = sum(len(block.compared) for block in compared(at))
    runs = {
        "the law on columns": lambda: [len(b) for b in compared(at)],
        "a plain merge, overlap only": lambda: pairs.merged(*frames),
        "columns, and the voice of each family": lambda: _voices(case),
    }
    took = _in_turns(runs, rounds=3 if asked.quick else 9)
    took[LOOP] = _timed(lambda: list(pairs.one_by_one(case, POLICY, sample))) * total / len(sample)
    _show(took, total, passed)
    law = took["the law on columns"]
    merge, loop = law / took["a plain merge, overlap only"], took[LOOP] / law
    met = merge <= AT_MOST and loop >= AT_LEAST
    console.print(
        f"Aims: at most {AT_MOST:g} times the merge: {_word(merge <= AT_MOST)} ({merge:.2f} times); "
        f"at least {AT_LEAST:g} times as fast as the loop: {_word(loop >= AT_LEAST)} ({loop:.0f} times).",
        soft_wrap=True,
    )
    return int(asked.check and not met)


def _voices(case: pairs.Case) -> int:
    own = precedence(case.estimates)
    blocks = compared(case.under(POLICY))
    return sum(int(voices(case.estimates, own, block).speaks.sum()) for block in blocks)


def _sample(case: pairs.Case, count: int) -> list[tuple[int, int]]:
    """Pairs of one measure, of claims from all over the columns."""
    random = np.random.default_rng(2)
    found = []
    for claim in random.integers(0, len(case.claims), count).tolist():
        beside = np.flatnonzero(case.estimates.measure == case.claims.measure[claim])
        if len(beside):
            found.append((claim, int(random.choice(beside))))
    return found


def _disagree(case: pairs.Case, sample: list[tuple[int, int]]) -> int:
    """On how many pairs of a sample the columns say something else than of the pair alone."""
    wanted = set(sample)
    words = {(f.claim, f.estimate): f.word for f in pairs.together(case, POLICY) if f[:2] in wanted}
    alone = pairs.one_by_one(case, POLICY, sample)
    return sum(words[f.claim, f.estimate] != f.word for f in alone)


def _in_turns(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median seconds of each, after one round that does not count."""
    for run in runs.values():
        run()
    took: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            took[name].append(_timed(run))
    return {name: statistics.median(times) for name, times in took.items()}


def _timed(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def _show(took: dict[str, float], total: int, passed: int) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("way", "seconds", "pairs a second", "beside the columns"):
        table.add_column(name, justify="left" if name == "way" else "right", no_wrap=True)
    law = took["the law on columns"]
    for name, seconds in took.items():
        table.add_row(name, f"{seconds:.3f}", f"{total / seconds:,.0f}", f"{seconds / law:.2f} times")
    console.print(f"{total:,} pairs, {passed / total:.0%} of them comparable")
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mib = peak / 1024 if sys.platform != "darwin" else peak / 1024**2
    console.print(f"Peak memory of the process, with the merge: {mib:.0f} MiB.")


def _word(met: bool) -> str:
    return "met" if met else "NOT MET"


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of everything, three rounds")
    parser.add_argument("--check", action="store_true", help="exit with 1 if an aim was missed")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
