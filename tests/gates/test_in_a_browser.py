"""Every page in a real browser with the network cut and everything unfolded: axe, and reflow at 320 px.

Whatever the browser complains of (a policy that forbids what the page has, a request) is a fault too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

UNFOLD = "document.querySelectorAll('details').forEach(part => { part.open = true })"
OVERHANGING = """() => {
  const wide = document.scrollingElement.scrollWidth
  if (wide <= innerWidth) return null
  const inside = box => { for (let b = box.parentElement; b && b !== document.body; b = b.parentElement)
    if (getComputedStyle(b).overflowX !== 'visible') return true; return false }
  const over = [...document.body.querySelectorAll('*')]
    .filter(box => box.getBoundingClientRect().right > innerWidth + 0.5 && !inside(box))
  const most = over.length ? over : [...document.body.querySelectorAll('*')]
    .sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right).slice(0, 3)
  const named = most.slice(-3).map(box => box.outerHTML.slice(0, 120))
  return `${wide} px wide: ${named.join(' … ')}`
}"""
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
DRAWN = ("color-contrast", "target-size")
"""The rules that ask how each element is drawn: most of the time, and the same for all pages of a kind."""
UNDRAWN = {**AXE, "rules": {rule: {"enabled": False} for rule in DRAWN}}


@contextmanager
def shown(browser: Browser, width: int, height: int, scheme: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        offline=True,
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "dark")])
def test_axe_finds_nothing(
    browser: Browser,
    pages: list[Path],
    kinds: list[Path],
    verdicts: list[Path],
    site: Path,
    width: int,
    scheme: str,
) -> None:
    """On every page wide and light, else on the largest of each kind, since a page takes a second.

    How the elements are drawn is asked of the largest page of each kind and of a page of each verdict.
    axe is run by the test through the devtools, which the page's own policy does not bind.
    """
    found: list[str] = []
    with shown(browser, width, 900, scheme) as page:
        page.on("console", lambda message: found.append(f"{page.url}: console: {message.text}"))
        page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
        page.on("requestfailed", lambda request: found.append(f"{page.url}: asks for {request.url[:100]}"))
        all_pages = (width, scheme) == (1280, "light")
        drawn = {*kinds, *verdicts} if all_pages else {*kinds}
        for file in pages if all_pages else kinds:
            page.goto(file.as_uri())
            page.evaluate(UNFOLD)
            for violation in (
                Axe().run(page, options=AXE if file in drawn else UNDRAWN).response["violations"]
            ):
                nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
                count = len(violation["nodes"])
                found.append(
                    f"{file.relative_to(site)}: {violation['id']} ({count}): {violation['help']}: {nodes}"
                )
    assert not found, "\n".join(found)


def test_nothing_scrolls_sideways_at_320_px(browser: Browser, pages: list[Path], site: Path) -> None:
    """As wide as a page of 1280 px at four times its size."""
    found = []
    with shown(browser, 320, 640, "light") as page:
        for file in pages:
            page.goto(file.as_uri())
            page.evaluate(UNFOLD)
            if (told := page.evaluate(OVERHANGING)) is not None:
                found.append(f"{file.relative_to(site)}: {told}")
    assert not found, "\n".join(found)


def test_they_would_have_found_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    """A fold hides a picture without words and a box that is too wide: they are seen when it is open."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        '<!DOCTYPE html><html lang="en"><head><title>Bad</title></head><body><main><h1>Bad</h1>'
        '<details><summary>more</summary><img src="data:," alt-is="missing">'
        '<div style="width: 900px">wide</div></details></main></body></html>'
    )
    with pytest.raises(AssertionError, match="image-alt"):
        test_axe_finds_nothing(browser, [bad], [bad], [], tmp_path, 390, "light")
    with pytest.raises(AssertionError, match="px wide: <div"):
        test_nothing_scrolls_sideways_at_320_px(browser, [bad], tmp_path)
