"""The real site in a real browser with the network cut: nothing missing, nothing too wide.

tests/gates has what a program can say of any page: axe, 320 px, HTML, links, weight.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tallybook.report.runs import planned_runs

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    paths = [page.relative_to(site).as_posix() for page in found]
    cases = [path.parent.name for path in site.glob("*/index.html")]
    runs = planned_runs(ROOT, cases)
    assert cases and sorted(paths) == sorted(
        ["index.html", *(f"{case}/index.html" for case in cases), *(run.page for run in runs)]
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_whole_and_fits(browser: Browser, pages: list[Path], width: int, scheme: str) -> None:
    """One test a width and scheme, so that a browser's start is paid for few times."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        offline=True,
    )
    found: list[str] = []
    asked: list[str] = []

    def local_only(route: Route) -> None:
        if route.request.url.startswith(("file:", "data:")):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    context.route("**/*", local_only)
    page = context.new_page()
    page.on("console", lambda message: found.append(f"{page.url}: console: {message.text}"))
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: found.append(f"{page.url}: failed: {request.url[:100]}"))
    for file in pages:
        page.goto(file.as_uri())
        found += [f"{file.parent.name}/{file.name}: {fault}" for fault in _faults(page)]
    context.close()
    assert asked == []
    assert found == []


def _faults(page: Page) -> list[str]:
    told = []
    wide = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    if wide[0] > wide[1]:
        told.append(f"scrolls sideways: {wide[0]} px in {wide[1]}")
    for alt, loaded in page.eval_on_selector_all(
        "img", "all => all.map(i => [i.alt, i.complete && i.naturalWidth > 0])"
    ):
        if not loaded:
            told.append(f"picture is not shown: {alt[:80]!r}")
        if not alt.strip() or "No description" in alt:
            told.append("picture without alt text")
    if page.locator("figure:not(.tb-rows):not(:has(img[alt])), figure.tb-rows:not(:has(caption))").count():
        told.append("figure without a picture that has alt text, or rows that have a caption")
    return told


def test_a_figure_stands_on_each_page_that_argues_with_one(browser: Browser, site: Path) -> None:
    page = browser.new_page(offline=True)
    for name in ("03_comparison", "08_robustness", "04_troops", "05_shells", "06_deaths"):
        page.goto((site / "kursk-engineers" / f"{name}.html").as_uri())
        assert page.locator("figure.tb-chart > img[alt], figure.tb-rows").count() > 0, name
    page.close()


def test_the_report_reads_without_a_mouse(browser: Browser, site: Path) -> None:
    page = browser.new_page(offline=True)
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "_content"
    page.close()


def test_no_page_is_heavy_and_every_claim_has_its_card(
    browser: Browser, site: Path, pages: list[Path]
) -> None:
    assert {page.name: page.stat().st_size for page in pages if page.stat().st_size >= MEGABYTE} == {}
    page = browser.new_page(offline=True)
    for case in [path.parent for path in site.glob("*/index.html")]:
        verdicts = (case / "data" / "verdicts.csv").read_text(encoding="utf-8-sig").splitlines()
        page.goto((case / "index.html").as_uri())
        assert page.locator(".card").count() == len(verdicts) - 1 > 0
    page.close()
