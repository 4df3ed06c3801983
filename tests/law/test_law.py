"""Every case of the law, each through all the checks of a book, comparison and verdict.

``pytest tests/law`` runs the files of ``cases/``; ``pytest tests/law --cases FILE.yaml`` runs any file of
that format instead. The head of ``cases/law.yaml`` describes the format.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .case_files import Case
from .conftest import PROPERTY
from .judge import judge


def test_case(law_case: Case, record_property: Callable[[str, object], None]) -> None:
    outcome = judge(law_case)
    record_property(
        PROPERTY,
        {
            "id": law_case["id"],
            "kind": law_case.get("kind", ""),
            "right": outcome.right,
            "misread": bool(outcome.misread),
            "text": str(outcome),
        },
    )
    if not outcome.right:
        pytest.fail("it does not hold; what came out is told at the end of the run", pytrace=False)
