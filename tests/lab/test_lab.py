"""A notebook in JupyterLab, opened and run in a real browser as its user would."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from .conftest import Serve
from .questions import CLEAR, FINISHED, OUTPUTS, READY, RUN_ALL, RUN_MILLISECONDS

ROOT = Path(__file__).resolve().parents[2]
ALIGNMENTS = """() => Object.fromEntries(['caption', 'td.num', 'td:not(.num)', 'th[scope=row]'].map(
  part => [part, getComputedStyle(document.querySelector(`table.tb-table ${part}`)).textAlign]))"""


@pytest.mark.browser
def test_the_comparison_runs_cell_by_cell_in_jupyterlab(
    tmp_path: Path, serve: Serve, browser: Browser
) -> None:
    for folder in ("claims", "sources", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    with serve(tmp_path / "notebooks") as address:
        page.goto(address("03_comparison.ipynb"))
        page.wait_for_function(READY, timeout=RUN_MILLISECONDS)
        page.evaluate(CLEAR)
        assert page.evaluate(OUTPUTS) == []
        page.evaluate(RUN_ALL)
        page.wait_for_function(FINISHED, timeout=RUN_MILLISECONDS)
        outputs: list[dict[str, Any]] = page.evaluate(OUTPUTS)
        shown = page.locator("figure.tb-chart img, table.tb-table").count()
        alignments = page.evaluate(ALIGNMENTS)
        page.close()
    assert outputs and not [o for o in outputs if o["output_type"] in ("error", "stream")]
    assert any("tb-table" in str(o.get("data", {}).get("text/html", "")) for o in outputs)
    assert shown > 0
    assert alignments == {
        "caption": "left",
        "td.num": "right",
        "td:not(.num)": "left",
        "th[scope=row]": "left",
    }
