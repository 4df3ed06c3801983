"""Every text of ``cases/``: do its figures agree with each other, as somebody said who recomputed them?

``pytest tests/consistency --cases FILE.yaml`` runs any file of that format instead.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tallybook.evaluation.texts import NO, NOTHING, Text, figures_read, load_texts, outcome

from .conftest import OWN, PROPERTY

HERE = Path(__file__).parent


def _ids(name: str) -> frozenset[str]:
    return frozenset(yaml.safe_load((HERE / name).read_text(encoding="utf-8")) or ())


MISSED = _ids("misses.yaml")
"""Texts of which the program does not say what it should, and which it does not accuse."""
ACCUSED = _ids("accused.yaml")
"""Texts without a slip that the program accuses. One that is right leaves its list; no other is accused."""


def test_a_text(
    file_name: str,
    case_text: Text,
    record_property: Callable[[str, object], None],
    request: pytest.FixtureRequest,
) -> None:
    result, checks = outcome(case_text.text)
    right = result in case_text.closes
    if right and result == NOTHING and case_text.figures_read is not None:
        right = figures_read(case_text.text) == case_text.figures_read
    lines = [f"expected {' or '.join(case_text.closes)}, got {result}", *(check.why for check in checks)]
    told = {
        "file": file_name,
        "id": case_text.id,
        "kind": case_text.kind,
        "text": case_text.text,
        "right": right,
        "lines": lines,
    }
    record_property(PROPERTY, told | {"planted": case_text.planted, "alarm": result == NO})
    listed = not request.config.getoption("cases")
    if listed and case_text.id in ACCUSED:
        assert result == NO, "it is not accused now: take it out of accused.yaml"
    elif listed and case_text.id in MISSED:
        assert not right, "it is right now: take it out of misses.yaml"
        assert result != NO, "\n".join(lines)
    else:
        assert right, "\n".join(lines)


def test_the_lists_name_texts_that_are_there() -> None:
    known = {text.id: text for file in sorted(OWN.glob("*.yaml")) for text in load_texts(file)}
    assert known.keys() >= MISSED | ACCUSED
    assert not MISSED & ACCUSED
    assert not any(NO in known[id_].closes for id_ in ACCUSED), "a slip that is found is no accusation"


def test_the_method_counts_the_known_accusations() -> None:
    method = (HERE.parents[1] / "docs" / "method.md").read_text(encoding="utf-8")
    texts = [text for file in OWN.glob("*.yaml") for text in load_texts(file)]
    others = sum(NO not in text.closes for text in texts)
    assert f"{len(ACCUSED)} of {others:,} texts without a slip" in " ".join(method.split())
