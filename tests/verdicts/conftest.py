"""The quick tests come first, so that an error in the code of verdicts is met early."""

from __future__ import annotations

import pytest

SLOW = ("test_among_sources", "test_distortion", "test_explanation", "test_robustness", "test_slip_chance")
"""Those that write books to disk, or open a whole one."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.stem in SLOW and item.path.parent.name == "verdicts")
