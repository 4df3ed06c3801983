"""The pages that the gates are run on: all of the site, whatever they are called."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert (site / "index.html") in found and len(found) > 1, f"no pages in {site}"
    return found
