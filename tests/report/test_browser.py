"""The real site in a real browser with the network cut: nothing missing, nothing too wide.

tests/gates has what a program can say of any page: axe, 320 px, HTML, links, weight.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, Request

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


class View(NamedTuple):
    """How a page is shown: on a screen, unfolded, or on paper."""

    width: int
    scheme: Literal["light", "dark"]
    media: Literal["screen", "print"] = "screen"


PAPER = View(680, "light", "print")
"""A sheet of A4 within its margins is 680 CSS pixels wide, and nobody scrolls on it."""
SCREENS = (View(320, "light"), View(390, "dark"), View(1280, "light"))

UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
FAULTS = """least => {
  const told = [], start = all => JSON.stringify(all.slice(0, 3).map(e => e.outerHTML.slice(0, 90)));
  const wide = document.scrollingElement.scrollWidth;
  if (wide > innerWidth) told.push(`scrolls sideways: ${wide} px in ${innerWidth}`);
  for (const i of document.querySelectorAll('img')) {
    if (!(i.complete && i.naturalWidth > 0)) told.push(`picture is not shown: ${i.alt.slice(0, 80)}`);
    if (!i.alt.trim() || i.alt.includes('No description')) told.push('picture without alt text');
  }
  const small = [...document.querySelectorAll('body *')].filter(e =>
    [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
    && parseFloat(getComputedStyle(e).fontSize) < least);
  if (small.length) told.push(`letters below ${least} px: ${start(small)}`);
  const narrow = [...document.querySelectorAll('nav a, .strip a, summary, .pick label, .az a')].filter(e => {
    const box = e.getBoundingClientRect();
    return box.width && box.height && (box.height < 23.9 || box.width < 23.9 && !e.closest('nav ul'));
  });
  if (narrow.length) told.push(`targets below 24 px: ${start(narrow)}`);
  const tables = '.tb-rows, .tb-matrix';
  if (document.querySelector(
    `figure:not(${tables}):not(:has(img[alt])), figure:is(${tables}):not(:has(caption))`))
    told.push('figure without a picture that has alt text, or rows that have a caption');
  return told;
}"""
CUT_OFF = """[...document.querySelectorAll('main, main *')].filter(e => {
  const box = e.getBoundingClientRect(), wider = e.scrollWidth > e.clientWidth + 1;
  const hides = wider && getComputedStyle(e).overflowX !== 'visible';
  return box.width && !e.closest('.unseen') && (hides || box.right > innerWidth + 1);
}).slice(0, 2).map(e => 'cut off: ' + e.outerHTML.slice(0, 90))"""


def look_at(browser: Browser, pages: list[Path]) -> dict[View | None, list[str]]:
    """What is wrong with the pages in each view; None: what the browser complains of. Each is opened once."""
    told: dict[View | None, list[str]] = {view: [] for view in (None, PAPER, *SCREENS)}
    page = browser.new_page(offline=True)

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            told[None].append(f"{page.url}: asks for {request.url[:100]}")

    page.on("request", asked)
    page.on("console", lambda message: told[None].append(f"{page.url}: console: {message.text}"))
    page.on("pageerror", lambda error: told[None].append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: told[None].append(f"{page.url}: failed: {request.url[:100]}"))
    for file in pages:
        page.goto(file.as_uri())
        for view in (PAPER, *SCREENS):
            page.set_viewport_size({"width": view.width, "height": 900})
            page.emulate_media(media=view.media, color_scheme=view.scheme)
            faults = page.evaluate(CUT_OFF) if view is PAPER else page.evaluate(FAULTS, SMALLEST)
            told[view] += [f"{file.parent.name}/{file.name}: {fault}" for fault in faults]
            if view is PAPER:  # which shows what is folded as the reader left it
                page.evaluate(UNFOLD)
    page.close()
    return told


@pytest.fixture(scope="module")
def told(browser: Browser, pages: list[Path]) -> dict[View | None, list[str]]:
    return look_at(browser, pages)


@pytest.mark.parametrize("view", SCREENS)
def test_every_page_is_whole_and_fits(told: dict[View | None, list[str]], view: View) -> None:
    assert told[view] == []


def test_nothing_is_cut_off_on_paper(told: dict[View | None, list[str]]) -> None:
    assert told[PAPER] == []


def test_no_page_asks_for_anything_or_breaks(told: dict[View | None, list[str]]) -> None:
    assert told[None] == []


def test_they_would_have_found_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    """Each on its page, and in each view that has it."""
    everywhere = {
        "sideways": ("<p style='width: 1400px'>wide</p>", "scrolls sideways"),
        "shown": ("<img alt='a chart' src='data:,'>", "picture is not shown: a chart"),
        "alt": ("<img src='data:,'>", "picture without alt text"),
        "folded": (
            "<details><summary>more</summary><p style='font-size: 9px'>a</p></details>",
            "letters below",
        ),
        "narrow": ("<nav><a href='#a' style='font-size: 14px'>a</a></nav>", "targets below 24 px"),
        "figure": ("<figure><p>no picture</p></figure>", "figure without a picture"),
    }
    pages = {name: body for name, (body, _) in everywhere.items()} | {
        "asks": "<img alt=a src='http://elsewhere.example/a.png'>",
        "breaks": "<script>none.such</script>",
        "narrow only": "<p style='width: 350px'>wide</p>",
        "paper": "<div style='width: 90px; overflow: auto'><p style='width: 190px'>wide</p></div>",
    }
    for name, body in pages.items():
        (tmp_path / f"{name}.html").write_text(
            f"<!DOCTYPE html><style>summary {{ padding: 9px }}</style><title>Bad</title><main>{body}</main>"
        )
    told = look_at(browser, sorted(tmp_path.iterdir()))
    for view in SCREENS:
        for name, (_, fault) in everywhere.items():
            assert any(f"/{name}.html: {fault}" in one for one in told[view]), (view, name)
        assert any("/narrow only.html: scrolls" in one for one in told[view]) is (view.width == 320)
        assert not any("/paper.html" in one or "/breaks.html" in one for one in told[view])
    assert {one.partition(".html: ")[0].rpartition("/")[2] for one in told[PAPER]} == {"sideways", "paper"}
    assert any("asks.html: asks for http://elsewhere" in one for one in told[None])
    assert any("breaks.html: none is not defined" in one for one in told[None])


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
