"""The real site in a real browser with the network cut: nothing missing, nothing too wide.

tests/gates has what a program can say of any page: axe, 320 px, HTML, links, weight.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tallybook.book import load_book
from tallybook.report.addresses import HANDBOOK
from tallybook.report.handbook import handbook
from tallybook.report.runs import planned_runs

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]

LIGHT, HEAVY = 150_000, 400_000
"""Bytes: of a page that is made of records, and of one of a notebook."""

SMALLEST = 13
"""CSS pixels; smaller letters are hard to read on a phone."""


def cases_of(site: Path) -> list[str]:
    return [path.parent.name for path in site.glob("*/index.html") if path != site / HANDBOOK]


@pytest.fixture(scope="module")
def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    paths = [page.relative_to(site).as_posix() for page in found]
    cases = cases_of(site)
    runs = planned_runs(ROOT, cases)
    of_records = {"index.html", "method.html", *(chapter.path for chapter in handbook(ROOT))}
    for case in cases:
        claims = load_book(ROOT).articles[case].claims
        of_records |= {f"{case}/{name}.html" for name in ("index", "sources", "among-themselves")}
        of_records |= {f"{case}/claim/{claim.id}.html" for claim in claims}
    letters = {path for path in paths if "/sources-" in path}
    assert cases and {*paths} == of_records | letters | {run.page for run in runs}
    return found


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
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
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        found += [f"{file.parent.name}/{file.name}: {fault}" for fault in _faults(page)]
    context.close()
    assert asked == []
    assert found == []


SMALL = """least => [...document.querySelectorAll('body *')].filter(e =>
  [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
  && parseFloat(getComputedStyle(e).fontSize) < least).map(e => e.outerHTML.slice(0, 90))"""

NARROW = """[...document.querySelectorAll('nav a, .strip a, summary, .pick label, .az a')].filter(e => {
  const box = e.getBoundingClientRect();
  return box.width && box.height && (box.height < 23.9 || box.width < 23.9 && !e.closest('nav ul'));
}).map(e => e.outerHTML.slice(0, 90))"""


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
    if small := page.evaluate(SMALL, SMALLEST):
        told.append(f"letters below {SMALLEST} px: {small[:3]}")
    if narrow := page.evaluate(NARROW):
        told.append(f"targets below 24 px: {narrow[:3]}")
    tables = ".tb-rows, .tb-matrix"
    unheard = f"figure:not({tables}):not(:has(img[alt])), figure:is({tables}):not(:has(caption))"
    if page.locator(unheard).count():
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


def test_no_page_is_heavy(site: Path, pages: list[Path]) -> None:
    cases = cases_of(site)
    notebooks = {site / run.page for run in planned_runs(ROOT, cases)}
    most = {page: HEAVY if page in notebooks else LIGHT for page in pages}
    assert {str(page): page.stat().st_size for page in pages if page.stat().st_size > most[page]} == {}


def test_an_editor_sees_the_finding_and_four_rows_at_once(browser: Browser, site: Path) -> None:
    """The lead fills at most one screen of a phone; four claims stand above 900 px on a desk."""
    for width, height in ((1280, 900), (390, 844)):
        page = browser.new_page(offline=True, viewport={"width": width, "height": height})
        page.goto((site / "kursk-engineers" / "index.html").as_uri())
        lead = page.locator("ul.lead").bounding_box()
        row = page.locator(".claims tbody tr").nth(3).bounding_box()
        assert lead is not None and row is not None
        assert lead["y"] + lead["height"] <= height
        assert width == 390 or row["y"] + row["height"] <= 900
        page.close()


def test_a_filter_hides_what_it_does_not_name(browser: Browser, site: Path) -> None:
    page = browser.new_page(offline=True)
    page.goto((site / "kursk-engineers" / "sources.html").as_uri())
    seen = page.locator("#_read ~ .sources > .source:visible")
    every = seen.count()
    page.locator("#_lang-ko").check()
    korean = seen.count()
    assert 0 < korean < every and str(korean) in page.locator("label:has(#_lang-ko)").inner_text()
    page.locator("#_all-1").check()
    assert seen.count() == every
    page.close()


def test_a_link_to_words_of_the_article_opens_there(browser: Browser, site: Path) -> None:
    page = browser.new_page(offline=True)
    page.goto((site / "kursk-engineers" / "claim" / "shells-per-month.html").as_uri())
    page.locator(".byline a", has_text="paragraph").click()
    assert page.locator("li#_p15").is_visible() and page.url.endswith("index.html#_p15")
    page.close()


CUT_OFF = """[...document.querySelectorAll('main, main *')].filter(e => {
  const box = e.getBoundingClientRect(), wider = e.scrollWidth > e.clientWidth + 1;
  const hides = wider && getComputedStyle(e).overflowX !== 'visible';
  return box.width && !e.closest('.unseen') && (hides || box.right > innerWidth + 1);
}).map(e => e.outerHTML.slice(0, 90))"""


def test_nothing_is_cut_off_on_paper(browser: Browser, pages: list[Path]) -> None:
    """A sheet of A4 within its margins is 680 CSS pixels wide, and nobody scrolls on it."""
    page = browser.new_page(offline=True, viewport={"width": 680, "height": 900})
    page.emulate_media(media="print")
    found: list[str] = []
    for file in pages:
        page.goto(file.as_uri())
        found += [f"{file.parent.name}/{file.name}: {one}" for one in page.evaluate(CUT_OFF)[:2]]
    page.close()
    assert found == []


def test_what_is_folded_away_is_named_on_paper(browser: Browser, site: Path) -> None:
    page = browser.new_page(offline=True)
    page.goto((site / "kursk-engineers" / "claim" / "troops-sent.html").as_uri())
    page.emulate_media(media="print")
    folded = page.locator("details:not([open]) > summary").first
    assert folded.is_visible()
    said = folded.evaluate("e => getComputedStyle(e, '::after').content")
    assert said == '": on the page, not printed"'
    page.close()


def test_on_a_phone_a_line_of_a_row_is_as_wide_as_the_page(browser: Browser, site: Path) -> None:
    """A cell with the width of its column on a desk is a word wide on a phone."""
    page = browser.new_page(offline=True, viewport={"width": 390, "height": 844})
    page.goto((site / "kursk-engineers" / "index.html").as_uri())
    widths = page.eval_on_selector_all(
        ".claims tbody :is(th, td)", "all => all.map(e => e.getBoundingClientRect().width)"
    )
    assert len(widths) > 4 and min(widths) > 300
    page.close()


def test_a_printed_page_is_light_has_numbers_and_no_menu(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    page = browser.new_page(offline=True, color_scheme="dark")
    page.goto((site / "kursk-engineers" / "index.html").as_uri())
    page.emulate_media(media="print")
    assert not page.locator("header nav").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 253, 252)"
    assert page.pdf().startswith(b"%PDF")
    page.close()
