"""benchmarks/comparison.py: the loop says what the columns say. How fast anything is, no test asks."""

from __future__ import annotations

import sys
from pathlib import Path

from tallybook.terms import Incomparable

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
try:
    import comparison
    from measure import pairs
finally:
    sys.path.remove(str(BENCHMARKS))


def test_the_loop_and_the_columns_agree_on_every_pair() -> None:
    case = pairs.made_up(400, 4_000, 20)
    wrong, seen = comparison._disagree(case, pairs.records(case, 20))
    assert (wrong, seen) == (0, sum(len(b) for b in comparison.compared(case)))
    assert seen > 50_000


def test_every_relation_and_gate_is_among_the_made_up_pairs() -> None:
    case = pairs.made_up(200, 2_000, 10)
    words = {word for c, e in pairs.records(case, 10) for word in pairs.looped(c, e, case.policy)}
    assert words >= {"agrees", "supports", "compatible", "differs"}
    assert words >= set(Incomparable)
