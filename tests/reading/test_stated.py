"""What the words of a figure state: its grain and form, centre, base, direction, bounds; with traps."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from tallybook.evaluation.yaml_cases import load_yaml
from tallybook.reading import Mention, read

KINDS = load_yaml(Path(__file__).parent / "stated" / "stated.yaml")
CASES = [
    pytest.param(phrase, kind.get("language", "en"), id=f"{kind['kind']}: {phrase['text'][:50]}")
    for kind in KINDS
    for phrase in kind["phrases"]
]


def fields(mention: Mention, names: dict[str, Any]) -> dict[str, Any]:
    """The fields of the value that a line of gold names; a number that is near enough is the gold's."""
    found: dict[str, Any] = {}
    for name, want in names.items():
        got = list(getattr(mention.quantity, name)) if name == "hedges" else getattr(mention.quantity, name)
        close = isinstance(got, float) and want is not None and math.isclose(got, want, rel_tol=1e-9)
        found[name] = want if close else got
    return found


@pytest.mark.parametrize(("phrase", "language"), CASES)
def test_words_state_a_value(phrase: dict[str, Any], language: str) -> None:
    mentions = list(read(phrase["text"], language=language))
    assert len(mentions) == len(phrase["figures"]), mentions
    for mention, gold in zip(mentions, phrase["figures"], strict=True):
        assert fields(mention, gold) == gold


def test_the_line_shows_the_centre() -> None:
    assert [str(m) for m in read("38% ± 2 points")] == ["38% ± 2 points: range 36 to 40 percent (best 38)"]


def test_a_value_has_every_field_of_the_mention() -> None:
    mention = read("Prices rose by 1.50 ± 0.25% a month.")[0]
    quantity = mention.quantity
    assert (quantity.best, quantity.grain, quantity.trend, quantity.per) == (1.5, 0.01, "up", "month")
    assert (quantity.single, quantity.form, quantity.grain_high) == (False, "number", None)
