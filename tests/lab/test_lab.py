"""A notebook in JupyterLab, opened and run in a real browser as its user would."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from .conftest import SETTINGS, Serve
from .questions import CLEAR, FINISHED, OUTPUTS, READY, RUN_ALL, RUN_MILLISECONDS

ROOT = Path(__file__).resolve().parents[2]
ALIGNMENTS = """() => Object.fromEntries(['caption', 'td.num', 'td:not(.num)', 'th[scope=row]'].map(
  part => [part, getComputedStyle(document.querySelector(`table.tb-table ${part}`)).textAlign]))"""


SHOWN = """() => { const all = [...document.querySelectorAll('figure.tb-chart img')];
  return all.length > 50 && all.every(image => image.complete); }"""
LOOK = """() => {
  const figures = [...document.querySelectorAll('figure.tb-chart')];
  const images = figures.flatMap(figure => [...figure.querySelectorAll('details[open] img, table img')])
    .filter(image => !image.closest('details:not([open])'));
  const drawn = images.filter(image => image.naturalWidth && image.clientWidth > 100 &&
    Math.abs(image.clientHeight - image.parentElement.clientHeight) < 2);
  const light = colour => colour.match(/[0-9.]+/g).slice(0, 3).reduce((sum, part) => sum + part / 765, 0);
  let under = figures[0];
  const clear = element => /, 0\\)|transparent/.test(getComputedStyle(element).backgroundColor);
  while (under && clear(under)) under = under.parentElement;
  return {
    images: images.length, drawn: drawn.length, text: figures.map(figure => figure.innerText).join(' '),
    links: figures.flatMap(figure => [...figure.querySelectorAll('a[href^="http"]')]).length,
    ink: light(getComputedStyle(figures[0].querySelector('th')).color),
    paper: light(getComputedStyle(under || document.body).backgroundColor),
  };
}"""


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


@pytest.mark.browser
@pytest.mark.parametrize(("theme", "paper"), [("JupyterLab Light", 1.0), ("JupyterLab Dark", 0.0)])
def test_a_notebook_that_nobody_has_run_shows_its_charts_in_every_theme(
    theme: str, paper: float, tmp_path: Path, serve: Serve, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JupyterLab does not trust it: it drops style sheets and drawings, and keeps text, styles and images."""
    monkeypatch.setitem(SETTINGS, "apputils-extension/themes", {"theme": theme})
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
    with serve(tmp_path / "notebooks") as address:
        page.goto(address("kursk-engineers/04_troops.ipynb"))
        page.wait_for_selector("figure.tb-chart", timeout=RUN_MILLISECONDS)
        page.wait_for_function(SHOWN, timeout=RUN_MILLISECONDS)
        found: dict[str, Any] = page.evaluate(LOOK)
        page.close()
    assert found["images"] > 50 and found["drawn"] == found["images"], "each drawing fills its cell"
    assert found["links"] > 20 and "a later count only sets a ceiling" in found["text"]
    assert abs(found["paper"] - paper) < 0.2 and abs(found["ink"] - found["paper"]) > 0.6
