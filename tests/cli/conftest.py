"""A small book for the commands: made up, and hostile in its words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tallybook.cli.app import app
from tallybook.tables.case import Case

from ..imported import Importer

LONG_WORD = "Pneumonoultramicroscopicsilicovolcanoconiosis-Bote-und-Anzeiger"


@pytest.fixture
def bread(small_case: Callable[..., Case], tmp_path: Path) -> Path:
    """The root of a project with three claims: corroborated, contradicted, and not tested."""
    small_case(
        [
            {"words": "over 10 400 [bold]loaves[/bold]", "origin": "a"},
            {"words": "10,300 loaves", "origin": "b"},
            {"words": "exactly 10,400 loaves", "origin": "a", "relays": "s0"},
            {"words": "70 rye loaves", "origin": "c", "scope": "rye"},
            {"words": "약 90 rye", "origin": "d", "scope": "rye",
             "recorded": {"low": 90, "modifier": "about", "unit": "loaf", "because": "Korean"}},
        ],
        [
            {"words": "over 10,000 loaves"},
            {"words": "up to 20–30 loaves of rye", "scope": "rye"},
            {"words": "“five crumbs”", "measure": "crumbs"},
        ],
    )  # fmt: skip
    return tmp_path / "book0"


@pytest.fixture
def run() -> Callable[..., Result]:
    return lambda *words, **more: CliRunner().invoke(app, list(map(str, words)), **more)


@pytest.fixture(scope="session", autouse=True)
def builds_are_quick(imported: Importer) -> None:
    """See tests/imported.py."""
