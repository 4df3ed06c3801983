"""What the tests of the report share: the made-up case, and projects made of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tallybook import open_book
from tallybook.tables.case import Case

from ..imported import Importer
from .made_up import Cells, notebook, write_book


@pytest.fixture
def harvest(tmp_path: Path) -> Callable[..., Case]:
    """The made-up case; other keys of its article, other pages or an imprint may be given."""

    def make(**given: Any) -> Case:
        root = tmp_path / f"harvest{len(list(tmp_path.iterdir()))}"
        return open_book(write_book(root, **given))["harvest"]

    return make


@pytest.fixture
def case(harvest: Callable[..., Case]) -> Case:
    return harvest()


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Writes a project of the given notebooks (name=[cells]) whose book holds the made-up case."""

    def make(**notebooks: Cells) -> Path:
        root = write_book(tmp_path / "project")
        folder = root / "notebooks"
        folder.mkdir(parents=True, exist_ok=True)
        for name, cells in notebooks.items():
            nbformat.write(notebook(*cells), folder / f"{name}.ipynb")
        return root

    return make


@pytest.fixture(scope="session", autouse=True)
def builds_are_quick(imported: Importer) -> None:
    """See tests/imported.py."""
