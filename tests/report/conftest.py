"""What the tests of the report share: the made-up case, projects made of it, and the real site."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import nbformat
import pytest

from tallybook import charts
from tallybook.report import build_site

from .made_up import HOSTILE, Cells, FakeCase, notebook

ROOT = Path(__file__).parents[2]


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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once from this repository."""
    out = tmp_path_factory.mktemp("built") / "site"
    build_site(ROOT, out, progress=False)
    return out
