"""Work in steps: several things are taken a step further in turns, and come out as each would alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tallybook.consistency import Check, check_text, text
from tallybook.consistency.in_turns import InSteps, at_once, in_turns
from tallybook.evaluation.texts import load_texts

HERE = Path(__file__).parent


def test_each_is_taken_a_step_further_before_any_is_taken_two() -> None:
    seen: list[str] = []

    def work(name: str, steps: int) -> InSteps[str]:
        for step in range(steps):
            seen.append(f"{name}{step}")
            yield
        return name.upper()

    assert in_turns([work("a", 1), work("b", 3), work("c", 0)]) == ["A", "B", "C"]
    assert seen == ["a0", "b0", "b1", "b2"]
    seen.clear()
    assert in_turns([work("a", 2), work("b", 2)]) == ["A", "B"]
    assert seen == ["a0", "b0", "a1", "b1"]
    assert at_once(work("c", 2)) == "C"
    assert in_turns(list[InSteps[str]]()) == []


def test_a_failure_in_one_is_that_of_all() -> None:
    def work() -> InSteps[None]:
        yield
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_turns([work(), work()])


@pytest.mark.parametrize("together", [1, 3, 100])
def test_paragraphs_that_are_tested_together_are_tested_as_alone(
    together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of different cases, so that no figure of one paragraph is told again in another."""
    paragraphs = [one.text for one in load_texts(HERE / "cases" / "own_shares.yaml")][:40]
    paragraphs = [" ".join(one.split()) for one in paragraphs]
    monkeypatch.setattr(text, "_TOGETHER", together)
    alone: list[Check] = []
    start = 0
    for one in paragraphs:
        alone += [_moved(check, start) for check in check_text(one) if "twice" not in check.test]
        start += len(one) + 2
    found = [check for check in check_text("\n\n".join(paragraphs)) if "twice" not in check.test]
    assert len(found) > 20
    assert found == alone


def _moved(check: Check, offset: int) -> Check:
    return replace(check, start=(check.start or 0) + offset, end=(check.end or 0) + offset)
