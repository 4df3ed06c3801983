"""benchmarks/comparison.py: a pair alone gets the word of its column. How fast anything is, no test asks."""

import sys
from pathlib import Path

import pytest

from tallybook.terms import Incomparable, Relation

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
try:
    import comparison
    from measure import pairs
finally:
    sys.path.remove(str(BENCHMARKS))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_pair_alone_gets_the_word_that_it_gets_among_others(seed: int) -> None:
    case = pairs.made_up(100, 1_000, 10, seed)
    assert comparison._disagree(case, comparison._sample(case, 400)) == 0


def test_every_relation_and_failed_test_is_among_the_made_up_pairs() -> None:
    case = pairs.made_up(200, 2_000, 10)
    found = {f.word for f in pairs.together(case, comparison.POLICY)}
    assert set(map(str, Relation)) - {"not comparable", "refused"} <= found
    assert set(map(str, Incomparable)) - {"outcome"} <= found
