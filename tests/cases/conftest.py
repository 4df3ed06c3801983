"""The books of several articles, in one project and each alone."""

from __future__ import annotations

import pytest

from ..imported import Importer


@pytest.fixture(scope="session", autouse=True)
def builds_are_quick(imported: Importer) -> None:
    """See tests/imported.py."""
