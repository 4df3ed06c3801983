"""The pages that the gates are run on: all of the site, and the largest of each kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_RULING = re.compile(r'<p class="ruling">.*?class="is-([a-z-]+)', re.DOTALL)


@pytest.fixture(scope="session")
def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert (site / "index.html") in found and len(found) > 1, f"no pages in {site}"
    return found


@pytest.fixture(scope="session")
def kinds(pages: list[Path], site: Path) -> list[Path]:
    """The largest page of each kind: of all claims, of all lists of sources, of the handbook, and so on."""
    largest: dict[str, Path] = {}
    for file in sorted(pages, key=lambda page: page.stat().st_size):
        place = file.relative_to(site)
        below = place.parts[1:-1]
        kind = "/".join(below) if below else f"{len(place.parts)} {file.name}"
        largest["handbook" if place.parts[0] == "docs" else kind] = file
    return sorted(largest.values())


@pytest.fixture(scope="session")
def verdicts(pages: list[Path]) -> list[Path]:
    """The largest page of a claim for each verdict."""
    largest: dict[str, Path] = {}
    for file in sorted(pages, key=lambda page: page.stat().st_size):
        if file.parent.name == "claim":
            ruling = _RULING.search(file.read_text(encoding="utf-8"))
            assert ruling, f"no verdict on {file}"
            largest[ruling[1]] = file
    assert len(largest) > 1
    return sorted(largest.values())
