"""A name that is not there is one kind of error at every public entry, and says which is nearest."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

import tallybook as tb

Make = Callable[..., tb.Case]

CALLS: dict[str, tuple[Callable[[tb.Case], object], str]] = {
    "explain": (lambda case: case.explain("x"), "no claim 'x'. There are: c0."),
    "explain, nearest": (lambda case: case.explain("c00"), "no claim 'c00'. Nearest: 'c0'."),
    "explain, estimate": (
        lambda case: case.explain("c0", "s00"), "no estimate beside 'c0' 's00'. Nearest: 's0'.",
    ),
    "estimates": (lambda case: case.estimates("loave"), "no measure 'loave'. Nearest: 'loaves'."),
    "drift": (lambda case: case.drift("x"), "no utterance 'x'. There are: none."),
    "charts.intervals, claim": (
        lambda case: tb.charts.intervals(case, claim="c00"), "no claim 'c00'. Nearest: 'c0'.",
    ),
    "charts.intervals, measure": (
        lambda case: tb.charts.intervals(case, measure="loave"), "no measure 'loave'. Nearest: 'loaves'.",
    ),
    "charts.timeline": (
        lambda case: tb.charts.timeline(case, "loave"), "no measure 'loave'. Nearest: 'loaves'.",
    ),
    "charts.drift": (lambda case: tb.charts.drift(case, "x"), "no utterance 'x'. There are: none."),
}  # fmt: skip


@pytest.mark.parametrize("entry", CALLS)
def test_each_entry_names_the_nearest(entry: str, small_case: Make) -> None:
    call, told = CALLS[entry]
    with pytest.raises(tb.UnknownName) as found:
        call(small_case([{}], [{}]))
    assert str(found.value) == told


def test_a_book_is_a_mapping_of_its_articles() -> None:
    book = tb.open_book(Path(__file__).resolve().parents[2])
    with pytest.raises(tb.UnknownName, match=r"no article 'kursk-engineer'\. Nearest: 'kursk-engineers'\."):
        book["kursk-engineer"]
    assert "kursk-engineer" not in book
    assert book.get("kursk-engineer") is None


def test_it_is_a_key_error_that_survives_being_sent_to_another_process() -> None:
    error = tb.UnknownName("claim", "x\x1b[2J", [f"c{k}" for k in range(30)])
    assert isinstance(error, KeyError)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert str(error).startswith("no claim 'x\\x1b[2J'. There are: c0, c1,")
    assert str(error).endswith("c9 and 20 more.")
