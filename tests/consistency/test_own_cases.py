"""Texts of our own in the form of the shared cases: right, with one figure changed, of unrelated figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tallybook.consistency import check_text

FILES = sorted((Path(__file__).parent / "cases").glob("own_*.yaml"))
CASES = [case for path in FILES for case in yaml.safe_load(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_own_case(case: dict[str, Any]) -> None:
    wanted = case["expect"]["closes"]
    results = [check.closes for check in check_text(case["text"])]
    if not results:
        found = "nothing to test"
    else:
        found = "no" if False in results else "cannot tell" if None in results else "yes"
    assert found in ([wanted] if isinstance(wanted, str) else wanted)
