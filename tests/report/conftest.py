"""What the tests of the report share: the made-up case, and projects made of it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import nbformat
import pytest

from tallybook import charts

from .made_up import HOSTILE, Cells, FakeCase, notebook


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> FakeCase:
    """The made-up case; its small charts are a caption."""
    drawn = (
        f'<figure class="tb-rows compact"><table><caption>chart {escape(HOSTILE)}</caption></table></figure>'
    )
    monkeypatch.setattr(charts, "interval_table", lambda case, *, claim, compact: drawn)
    return FakeCase()


@pytest.fixture
def project(tmp_path: Path, case: FakeCase, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes a project of the given notebooks (name=[cells]) whose book holds the made-up case."""
    monkeypatch.setattr("tallybook.report.site._cases", lambda root: [case])

    def make(**notebooks: Cells) -> Path:
        folder = tmp_path / "project" / "notebooks"
        folder.mkdir(parents=True, exist_ok=True)
        for name, cells in notebooks.items():
            nbformat.write(notebook(*cells), folder / f"{name}.ipynb")
        return folder.parent

    return make
