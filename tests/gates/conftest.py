"""The pages that the gates are run on, and of which kind each is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ..imported import Importer

_RULING = re.compile(r'<p class="ruling">.*?class="is-([a-z-]+)', re.DOTALL)


@pytest.fixture(scope="session")
def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert (site / "index.html") in found and len(found) > 1, f"no pages in {site}"
    return found


def kind_of(page: Path, site: Path) -> str:
    """Of which kind a page is: a list of sources, one of the handbook, a claim with a verdict, and so on."""
    place = page.relative_to(site)
    below = place.parts[1:-1]
    if place.parts[0] == "docs":
        return "handbook"
    if below == ("claim",):
        ruling = _RULING.search(page.read_text(encoding="utf-8"))
        assert ruling, f"no verdict on {page}"
        return f"claim, {ruling[1]}"
    return "/".join(below) if below else f"{len(place.parts)} {page.name}"


@pytest.fixture(scope="session", autouse=True)
def builds_are_quick(imported: Importer) -> None:
    """See tests/imported.py."""
