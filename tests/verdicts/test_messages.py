"""What is said of a claim is whole sentences: of nothing comparable, of a small gap, of one of anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook.cli.case_output import print_checks
from tallybook.prose import apart, counted
from tallybook.tables.case import Case

Make = Callable[..., Case]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ([], "No source gives a figure of this measure."),
        (
            [{"words": "two loaves", "scope": "rye"}],
            "No comparable source was found: 1 estimate cannot be compared (1 of another scope). "
            "1 figure of another scope would differ.",
        ),
        (
            [{"words": "40 loaves", "status": "planned"}, {"words": "50 loaves", "status": "forecast"}],
            "No comparable source was found: 2 estimates cannot be compared (2 of another status). "
            "2 figures of another status would differ.",
        ),
    ],
)
def test_nothing_comparable(small_case: Make, said: list[dict[str, Any]], why: str) -> None:
    (told,) = small_case(said, [{"words": "nine loaves"}]).verdicts()["why"]
    assert told == why


@pytest.mark.parametrize(
    ("words", "gap"),
    [
        ("1,030 loaves", "2.9% above"), ("971 loaves", "3% below"), ("2,003 loaves", "2 times as much"),
        ("1,300 loaves", "30% above"),
    ],
)  # fmt: skip
def test_a_gap(small_case: Make, words: str, gap: str) -> None:
    (reason,) = small_case([{"words": words}], [{"words": "1,001 loaves"}]).compare()["reason"]
    assert reason.endswith(f": {gap}"), reason


def test_a_gap_is_never_one_times() -> None:
    for percent in range(1, 400):
        for higher in (True, False):
            assert " 1 times" not in f" {apart(1 + percent / 100, higher=higher)}"


def test_one_of_anything(small_case: Make, capsys: pytest.CaptureFixture[str]) -> None:
    case = small_case([{"words": "one loaf"}], [{"words": "one loaf"}])
    assert case.answer == "The one figure in “Bread” is supported."
    assert case.book.summary().startswith("1 article, 1 claim; 1 source seen, 0 not seen; 1 statement of ")
    assert list(case.verdicts()["witnesses"]) == ["1 page, 1 independent witness"]
    print_checks(case.checks(), figures=1)
    assert (
        capsys.readouterr().out == "0 checks: 1 figure was read, and there is no other to test it against.\n"
    )
    assert counted(1, "article") == "1 article" and counted(2, "article") == "2 articles"


def test_a_family_of_two_offices_takes_a_plural_verb(small_case: Callable[..., Case]) -> None:
    """Two offices without a party share their data: their group is called by both names."""
    origins = [{"id": "b", "shares_with": ["a"], "measures": True}, {"id": "a", "measures": True}]
    alone = small_case([{"origin": "c"}], [{"words": "nine loaves"}])
    both = small_case([{"origin": "a"}], [{"words": "nine loaves"}], origins=origins)
    assert "Origin C (“nine loaves”, Paper p0) says so independently" in alone.verdicts()["why"][0]
    told = both.verdicts()["why"][0]
    assert "Origin A and Origin B (“nine loaves”, Paper p0) say so independently" in told
