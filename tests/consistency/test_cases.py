"""Every text of ``cases/``: do its figures agree with each other, as somebody said who recomputed them?

``pytest tests/consistency --cases FILE.yaml`` runs any file of that format instead.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tallybook.evaluation.texts import NO, NOTHING, Text, figures_read, load_texts, outcome
from tallybook.evaluation.yaml_cases import load_yaml

from .conftest import OWN, PROPERTY

HERE = Path(__file__).parent


def _ids(name: str) -> frozenset[str]:
    return frozenset(load_yaml(HERE / name) or ())


MISSED = _ids("misses.yaml")
"""Texts of which the program does not say what it should, and which it does not accuse."""
ACCUSED = _ids("accused.yaml")
"""Texts without a slip that the program accuses. One that is right leaves its list; no other is accused."""


def test_texts(
    file_name: str,
    case_texts: Sequence[Text],
    record_property: Callable[[str, object], None],
    request: pytest.FixtureRequest,
) -> None:
    """Many in one test: there are ten thousand, each of some milliseconds."""
    found = [asked(text, listed=not request.config.getoption("cases")) for text in case_texts]
    record_property(PROPERTY, [told | {"file": file_name} for told, _ in found])
    faults = [f"{told['id']}: {told['text']}\n  {fault}" for told, fault in found if fault]
    assert not faults, "\n".join(faults)


def asked(case_text: Text, *, listed: bool) -> tuple[dict[str, Any], str]:
    """What is told of a text, and what is wrong with it; ``listed``: misses and accusations are known."""
    result, checks = outcome(case_text.text)
    right = result in case_text.closes
    if right and result == NOTHING and case_text.figures_read is not None:
        right = figures_read(case_text.text) == case_text.figures_read
    lines = [f"expected {' or '.join(case_text.closes)}, got {result}", *(check.why for check in checks)]
    told = {
        "id": case_text.id,
        "kind": case_text.kind,
        "text": case_text.text,
        "right": right,
        "lines": lines,
        "planted": case_text.planted,
        "alarm": result == NO,
    }
    if listed and case_text.id in ACCUSED:
        return told, "" if result == NO else "it is not accused now: take it out of accused.yaml"
    if listed and case_text.id in MISSED and right:
        return told, "it is right now: take it out of misses.yaml"
    known = listed and case_text.id in MISSED and result != NO
    return told, "" if right or known else "; ".join(lines)


def test_a_text_that_comes_out_otherwise_is_told() -> None:
    """So that the test above can fail."""
    text = next(text for text in load_texts(OWN / "arithmetic.yaml") if text.planted)
    assert asked(text, listed=True)[1] == ""
    other = dataclasses.replace(text, closes=("yes",))
    assert asked(other, listed=True)[1].startswith("expected yes, got no; ")
    missed = next(t for f in sorted(OWN.glob("*.yaml")) for t in load_texts(f) if t.id in MISSED)
    assert asked(missed, listed=True)[1] == "" != asked(missed, listed=False)[1]


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
