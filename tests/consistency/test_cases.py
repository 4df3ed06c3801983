"""Every text of ``cases/``: do its figures agree with each other, as somebody said who recomputed them?

``pytest tests/consistency --cases FILE.yaml`` runs any file of that format instead.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tallybook.evaluation.texts import NO, NOTHING, Text, figures_read, outcome

from .conftest import PROPERTY

MISSES = Path(__file__).parent / "misses.yaml"
MISSED = frozenset(yaml.safe_load(MISSES.read_text(encoding="utf-8")) or ())
"""Ids of texts of which the program says too little yet: never a false alarm. One that is right leaves it."""


def test_a_text(
    case_text: Text, record_property: Callable[[str, object], None], request: pytest.FixtureRequest
) -> None:
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
    }
    record_property(PROPERTY, told | {"planted": case_text.planted, "alarm": result == NO})
    if case_text.id in MISSED and not request.config.getoption("cases"):
        assert not right, "it is right now: take it out of misses.yaml"
        assert result != NO, "\n".join(lines)
    else:
        assert right, "\n".join(lines)
