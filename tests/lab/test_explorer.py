"""The explorer in JupyterLab, in a real browser: a slider is moved, verdict and picture follow."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, Page

from tallybook.charts.style import PALETTE
from tallybook.report.stored import settle

from .conftest import Serve
from .hostile_book import ATTACK, write_project
from .questions import CLEAR, FINISHED, READY, RUN_ALL, RUN_MILLISECONDS

ROOT = Path(__file__).resolve().parents[2]
OPEN = """
import tallybook as tb

case = tb.open_book()[{case!r}]
explorer = case.explore({claim!r})
explorer
"""
ABOUT = "Width of “about” and “nearly”"
RULING = ".tb-explore .ruling [class^='is-']"
# Moves a slider and gives the milliseconds until the page shows the answer.
MOVE = """([name, value]) => new Promise((done) => {
  const here = document.querySelector('.tb-explore');
  const row = [...here.querySelectorAll('.dial')].find((r) => r.firstChild.textContent === name);
  const range = row.querySelector('input');
  const before = here.dataset.number, start = performance.now();
  new MutationObserver((_, watching) => {
    if (here.dataset.number === before) return;
    watching.disconnect();
    requestAnimationFrame(() => done(performance.now() - start));
  }).observe(here, { attributes: true, attributeFilter: ['data-number'] });
  range.value = value;
  range.dispatchEvent(new Event('input', { bubbles: true }));
})"""
PICTURE = "() => document.querySelector('.tb-explore .tb-rows').outerHTML"


@contextmanager
def opened(
    serve: Serve, browser: Browser, folder: Path, source: str, shown: str = RULING, **options: Any
) -> Iterator[Page]:
    """A notebook of one cell, run in JupyterLab until it has ``shown`` an element."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    nbformat.write(settle(notebook), folder / "notebooks" / "explorer.ipynb")
    page = browser.new_page(viewport={"width": 1280, "height": 1000}, **options)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with serve(folder / "notebooks") as address:
        page.goto(address("explorer.ipynb"))
        page.wait_for_function(READY, timeout=RUN_MILLISECONDS)
        page.evaluate(CLEAR)
        page.evaluate(RUN_ALL)
        page.wait_for_function(FINISHED, timeout=RUN_MILLISECONDS)
        page.wait_for_selector(shown, timeout=RUN_MILLISECONDS)
        yield page
        assert errors == []
        page.close()


# By claim: the explorer's texts, the names of its elements, and where its links lead.
TEXT = """() => document.querySelector('.tb-explore').textContent"""
NUMBER = "() => document.querySelector('.tb-explore').dataset.number"
MADE = """() => {
  const all = [...document.querySelectorAll('.tb-explore *')];
  return [
    [...new Set(all.map((element) => element.localName))],
    all.flatMap((element) => ['src', 'href'].map((name) => element.getAttribute(name)).filter(Boolean)),
    all.flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith('on')),
  ];
}"""
ELEMENTS = {
    "div", "label", "span", "select", "option", "input", "small", "details", "summary", "button", "p", "ul",
    "li", "b", "a", "figure", "figcaption", "table", "caption", "thead", "tbody", "tr", "th", "td", "svg",
    "g", "line", "rect", "circle", "path", "text",
}  # fmt: skip
SURFACE = """() => {
  const style = getComputedStyle(document.querySelector('.tb-explore'));
  return [style.backgroundColor, style.color];
}"""


@pytest.fixture
def first_case(tmp_path: Path) -> Path:
    for folder in ("claims", "sources"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "notebooks").mkdir()
    return tmp_path


@pytest.mark.browser
def test_what_is_moved_changes_verdict_table_and_picture(
    first_case: Path, serve: Serve, browser: Browser
) -> None:
    source = OPEN.format(case="kursk-engineers", claim="troops-sent")
    with opened(serve, browser, first_case, source) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        assert page.inner_text(RULING) == "corroborated"
        page.screenshot(path=first_case / "light.png")
        pictures = [page.evaluate(PICTURE)]
        times = [page.evaluate(MOVE, ["Tolerance", value]) for value in (0.02, 0.04, 0.06, 0.08)]
        times += [page.evaluate(MOVE, ["Time window", value]) for value in (30, 60, 90)]
        times += [page.evaluate(MOVE, [ABOUT, value]) for value in (0.12, 0.16, 0.2)]
        assert page.inner_text(RULING) == "supported", "it flips at 16.7% (notebook 08)"
        assert "corroborated" in page.inner_text(".tb-explore .ruling"), "beside the case's own verdict"
        assert page.locator(".tb-explore .verdicts .changed").count() >= 1
        pictures.append(page.evaluate(PICTURE))
        page.get_by_role("button", name="The case’s own settings").click()
        page.wait_for_function(f"() => document.querySelector(\"{RULING}\").textContent === 'corroborated'")
        page.get_by_label("Leave out").select_option(label="South Korea")
        page.wait_for_function(f"() => document.querySelector(\"{RULING}\").textContent !== 'corroborated'")
        pictures.append(page.evaluate(PICTURE))
        assert "South Korea" not in page.locator(".tb-explore .tb-rows th > b").all_inner_texts()
        page.get_by_label("Claim", exact=True).select_option("deaths-lead")
        page.wait_for_function(
            "() => document.querySelector('.tb-rows caption').textContent.includes('nine')"
        )
        pictures.append(page.evaluate(PICTURE))
        assert len(set(pictures)) == len(pictures)
        assert not [url for url in asked if not url.startswith("http://127.0.0.1")], "nothing from elsewhere"
        print("milliseconds from slider to page:", [round(time) for time in times])
        assert min(times) < 200


@pytest.mark.browser
def test_texts_that_attack_are_text(tmp_path: Path, serve: Serve, browser: Browser) -> None:
    write_project(tmp_path)
    with opened(serve, browser, tmp_path, OPEN.format(case="bread", claim="sold")) as page:
        page.get_by_text("What would change this verdict").click()
        page.wait_for_function("() => document.querySelector('.tb-explore details ul') !== null")
        for claim in ("sold", "more", "warm"):
            before = page.evaluate(NUMBER)
            page.get_by_label("Claim", exact=True).select_option(claim)
            page.wait_for_function(f"({NUMBER})() !== {before!r}")
            assert ATTACK in " ".join(page.evaluate(TEXT).split())
            elements, links, handlers = page.evaluate(MADE)
            assert set(elements) <= ELEMENTS and handlers == []
            assert all(link.startswith("https://") for link in links)
            assert page.evaluate("window.__hit") is None
            assert page.locator(".tb-explore mjx-container").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_as_light_or_dark_as_jupyterlab_whatever_the_device(
    first_case: Path, serve: Serve, browser: Browser, scheme: str
) -> None:
    source = OPEN.format(case="kursk-engineers", claim="shells-per-month")
    with opened(serve, browser, first_case, source, color_scheme=scheme) as page:
        for theme, place in (("JupyterLab Dark", 1), ("JupyterLab Light", 0)):
            page.evaluate(
                "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme
            )
            page.wait_for_function(
                f"() => document.body.dataset.jpThemeLight === '{str(place == 0).lower()}'"
            )
            page.wait_for_timeout(500)
            page.screenshot(path=first_case / f"{theme}.png")
            expected = [PALETTE[role][place] for role in ("paper", "ink")]
            assert page.evaluate(SURFACE) == [
                f"rgb({', '.join(map(str, bytes.fromhex(c[1:])))})" for c in expected
            ]
