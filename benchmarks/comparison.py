"""How fast claims are compared: the law on columns, beside a plain merge and a plain loop, in one run.

    .venv/bin/python benchmarks/comparison.py

10,000 claims and 100,000 estimates of 1,000 measures: a million pairs. The merge (pandas) only tests whether
two zones overlap; the loop is the law in plain Python on records (dataclasses), for some of the measures, as
far as the made-up figures need it, and must say the same as the columns of each of its pairs. Times are those
of the processor, medians of rounds that take turns; only the ratios of a run mean anything.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from measure import pairs
from rich.console import Console
from rich.table import Table

from tallybook.matching.bearings import RELATIONS
from tallybook.matching.blocks import compared
from tallybook.matching.rules import REASONS, Context
from tallybook.matching.voices import voices

AT_MOST, AT_LEAST = 3.0, 100.0  # times the merge; times faster than the loop

console = Console(highlight=False)


def main(arguments: list[str] | None = None) -> int:
    """Time the three and print the ratios; 0, or with --check 1 if an aim was missed."""
    asked = _asked(arguments)
    scale = 10 if asked.quick else 1
    sizes = pairs.CLAIMS // scale, pairs.ESTIMATES // scale, pairs.MEASURES // scale
    case = pairs.made_up(*sizes)
    frames = pairs.frames(case)
    looped = max(1, sizes[2] // 50)
    lists = pairs.records(case, looped)
    wrong, in_loop = _disagree(case, lists)
    if wrong:
        console.print(f"The loop and the columns part on {wrong:,} pairs.")
        return 1
    total = sum(len(block) for block in compared(case))
    passed = sum(len(block.compared) for block in compared(case))
    runs = {
        "the law on columns": lambda: [len(b) for b in compared(_anew(case))],
        "a plain merge, overlap only": lambda: pairs.merged(*frames),
        "columns, and the voice of each family": lambda: _voices(case),
    }
    took = _in_turns(runs, rounds=3 if asked.quick else 9)
    took["a plain loop, the law"] = _timed(lambda: [pairs.looped(c, e, case.policy) for c, e in lists])
    took["a plain loop, the law"] *= total / in_loop
    _show(took, total, passed)
    law = took["the law on columns"]
    merge, loop = law / took["a plain merge, overlap only"], took["a plain loop, the law"] / law
    met = merge <= AT_MOST and loop >= AT_LEAST
    console.print(
        f"Aims: at most {AT_MOST:g} times the merge: {_word(merge <= AT_MOST)} ({merge:.2f} times); "
        f"at least {AT_LEAST:g} times as fast as the loop: {_word(loop >= AT_LEAST)} ({loop:.0f} times).",
        soft_wrap=True,
    )
    return int(asked.check and not met)


def _voices(case: Context) -> int:
    return sum(int(voices(block).speaks.sum()) for block in compared(_anew(case)))


def _anew(case: Context) -> Context:
    """The same, with nothing kept of what an earlier run computed."""
    return replace(case, claims=replace(case.claims), estimates=replace(case.estimates))


Records = list[tuple[list[pairs.OneClaim], list[pairs.OneEstimate]]]


def _disagree(case: Context, lists: Records) -> tuple[int, int]:
    """(pairs on which loop and columns part, pairs that were looked at)."""
    words: dict[tuple[int, int], str] = {}
    for block in compared(case):
        for k in np.flatnonzero(case.claims.measure[block.claim] < len(lists)).tolist():
            word = REASONS[block.code[k]] or str(RELATIONS[block.relation[k]])
            words[int(block.claim[k]), int(block.estimate[k])] = word
    by_measure = sorted(words, key=lambda pair: (case.claims.measure[pair[0]], *pair))
    said = [word for claims, estimates in lists for word in pairs.looped(claims, estimates, case.policy)]
    return sum(words[p] != found for p, found in zip(by_measure, said, strict=True)), len(said)


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
