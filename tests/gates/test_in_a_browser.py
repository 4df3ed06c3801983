"""Every page in a real browser with the network cut and everything unfolded: reflow at 320 px, and axe.

Every page is opened once. How wide it is, and whatever the browser complains of (a policy that forbids what
the page has, a request), is asked of each. axe takes a second a page, and most pages are like another: it is
asked of what no page before had (structures.py), in three views. Its rules about HTML are asked of a whole
page, where it has a new structure or is the largest of its kind or verdict; those about drawing of one
element of each new look.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from .conftest import kind_of
from .structures import STRUCTURES, Seen, largest_first

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
DRAWN = ["color-contrast", "link-in-text-block", "target-size"]
"""The rules that ask how each element is drawn: most of the time that axe takes."""
OF_DRAWING = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": DRAWN}}
OF_HTML = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {rule: {"enabled": False} for rule in DRAWN},
}
RUN = """async ([options, looks]) => {
  const include = looks && looks.map(look => tallybookLooks.get(look))
  return (await axe.run(include ? { include } : document, options)).violations
}"""
"""axe is run through the devtools, which the page's own policy does not bind."""


class View(NamedTuple):
    width: int
    height: int
    scheme: str

    def __str__(self) -> str:
        return f"{self.width} px, {self.scheme}"


REFLOW = View(320, 640, "light")
"""As wide as a page of 1280 px at four times its size."""
VIEWS = (View(390, 900, "dark"), View(1280, 900, "dark"), View(1280, 900, "light"))


@dataclass
class Told:
    """The faults of a site, and the pages that axe was asked of as a whole or of a part."""

    complaints: list[str] = field(default_factory=list)
    overhanging: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    part: list[str] = field(default_factory=list)


@contextmanager
def shown(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(offline=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def show(page: Page, view: View) -> None:
    page.set_viewport_size({"width": view.width, "height": view.height})
    page.emulate_media(color_scheme=view.scheme)  # type: ignore[arg-type]


def look_at(browser: Browser, pages: list[Path], site: Path) -> Told:
    """Opens each page once, and tells what is wrong with it."""
    told = Told()
    seen, kinds = Seen(), set[str]()
    with shown(browser) as page:
        complain = told.complaints.append
        page.on("console", lambda message: complain(f"{page.url}: console: {message.text}"))
        page.on("pageerror", lambda error: complain(f"{page.url}: {error}"))
        page.on("requestfailed", lambda request: complain(f"{page.url}: asks for {request.url[:100]}"))
        for file in largest_first(pages):
            name, kind = file.relative_to(site).as_posix(), kind_of(file, site)
            page.goto(file.as_uri())
            page.evaluate(UNFOLD)
            show(page, REFLOW)
            if (wide := page.evaluate(OVERHANGING)) is not None:
                told.overhanging.append(f"{name}: {wide}")
            axe = Axe(page)
            for view in VIEWS:
                show(page, view)
                structures, looks = page.evaluate(STRUCTURES)
                violations: list[dict[str, Any]] = []
                if seen.new_structures(structures) or kind not in kinds:
                    kinds.add(kind)
                    told.whole.append(name)
                    violations += axe.run(OF_HTML)
                if new := seen.new_looks(looks):
                    told.part.append(name)
                    violations += axe.run(OF_DRAWING, new)
                told.violations += [f"{name} ({view}): {_named(violation)}" for violation in violations]
    return told


class Axe:
    """axe on an open page; loaded there when it is first asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.loaded = False

    def run(self, options: dict[str, Any], looks: list[str] | None = None) -> list[dict[str, Any]]:
        """The violations of the page, or of the elements that stand for these looks."""
        if not self.loaded:
            self.page.evaluate(AXE_SCRIPT)
            self.loaded = True
        violations: list[dict[str, Any]] = self.page.evaluate(RUN, [options, looks])
        return violations


def _named(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    named = "; ".join(node["html"][:120] for node in nodes[:3])
    return f"{violation['id']} ({len(nodes)}): {violation['help']}: {named}"


@pytest.fixture(scope="module")
def told(browser: Browser, pages: list[Path], site: Path) -> Told:
    return look_at(browser, pages, site)


def test_axe_finds_nothing(told: Told) -> None:
    assert not told.violations, "\n".join(told.violations)


def test_nothing_scrolls_sideways_at_320_px(told: Told) -> None:
    assert not told.overhanging, "\n".join(told.overhanging)


def test_the_browser_complains_of_nothing(told: Told) -> None:
    assert not told.complaints, "\n".join(told.complaints)


SAME = "<p>A made-up line.</p><ul><li><a href='#a'>a link</a></li><li>a row</li></ul>"
"""What all made-up pages have; the largest has it nine times."""
PALE = "<style>@media {} {{ {} {{ color: #999; background: #aaa }} }}</style>"
FAULTS = {
    "image-alt": "<details><summary>more</summary><img src='data:,'></details>",
    "color-contrast": PALE.format("screen", "li:nth-child(2)"),
    "color-contrast (1280 px, dark)": PALE.format("(prefers-color-scheme: dark) and (width > 40rem)", "p"),
    "color-contrast (390 px, dark)": PALE.format("(max-width: 40rem)", "li"),
    "link-in-text-block": "<p>A line with <a href='#b'>a link</a> in it.</p>"
    "<style>p a { color: #333; text-decoration: none }</style>",
    "target-size": "<style>ul { margin: 0 } li { font: 9px/1 serif } li a { display: block }</style>"
    "<ul><li><a href='#b'>b</a></li><li><a href='#c'>c</a></li></ul>",
    "empty-table-header": "<table><tr><th></th><td>a</td></tr></table>",
    "heading-order": "<h4>far below</h4>",
    "aria-roles": "<p role=buton>a word</p>",
    "region": "</main><p>beside it</p>",
}
FOLDED = "<details><summary>more</summary><table><tr><td>{}</td></tr></table></details>"
CUT_OFF = (
    "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src {}\"><img alt=a src='{}'>"
)


def page_of(body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Made up</title></head>'
        f"<body><main><h1>Made up</h1>{body}</main></body></html>"
    )


@pytest.fixture(scope="module")
def made_up(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Of a made-up site with a large page, small ones that are like it, and one for each fault."""
    folder = tmp_path_factory.mktemp("made-up")
    ruling = '<p class="ruling"><span class="is-{}">word</span></p>'
    rulings = ruling.format("supported") + ruling.format("disputed")
    bodies = {
        "docs/large": SAME * 50 + FOLDED.format("a word " * 99) + rulings,
        "docs/alike": SAME,
        "docs/wide": SAME + FOLDED.format("a" + "w" * 90 + "ord"),
        "docs/asks": CUT_OFF.format("http:", "http://elsewhere.example/a.png"),
        "docs/forbidden": CUT_OFF.format("data:", "http://elsewhere.example/a.png"),
        "made-up/claim/a": ruling.format("supported") * 2,
        "made-up/claim/b": ruling.format("supported"),
        "made-up/claim/c": ruling.format("disputed"),
        "among": SAME,
        **{f"docs/{fault}": SAME + body for fault, body in FAULTS.items()},
    }
    for name, body in bodies.items():
        file = folder / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page_of(body))
    return look_at(browser, sorted(folder.rglob("*.html")), folder)


def test_a_fault_of_one_page_is_found(made_up: Told) -> None:
    """Each by its rule, on its page and on no other, though a larger page has most of the same."""
    found = {
        (told.partition(".html")[0], told.partition("): ")[2].partition(" (")[0])
        for told in made_up.violations
    }
    assert found == {(f"docs/{fault}", fault.partition(" (")[0]) for fault in FAULTS}
    for fault in FAULTS:
        assert any(told.startswith(f"docs/{fault}.html (") for told in made_up.violations)


def test_what_hangs_over_is_found_on_a_page_that_is_like_another(made_up: Told) -> None:
    """A word is too long, and a fold hides it."""
    (told,) = made_up.overhanging
    assert told.startswith("docs/wide.html: ") and "px wide: " in told


def test_what_the_browser_complains_of_is_found(made_up: Told) -> None:
    assert any("asks.html: asks for http://elsewhere" in told for told in made_up.complaints)
    assert any("forbidden.html: console:" in told for told in made_up.complaints)
    assert all("asks.html" in told or "forbidden.html" in told for told in made_up.complaints)


def test_axe_is_asked_of_the_largest_of_a_kind_and_of_no_repeats(made_up: Told) -> None:
    """A verdict is a kind of its own."""
    assert {"docs/large.html", "made-up/claim/a.html", "made-up/claim/c.html", "among.html"} <= {
        *made_up.whole
    }
    assert not {"docs/alike.html", "made-up/claim/b.html"} & {*made_up.whole, *made_up.part}


@pytest.mark.parametrize("width", [320, 1280])
def test_what_no_other_page_has_is_new(browser: Browser, width: int) -> None:
    bodies = [
        "<p class=note>A made-up line.</p>",
        "<p lang=de>A made-up line.</p>",
        "<p aria-hidden=true>A made-up line.</p>",
        "<p hidden>A made-up line.</p>",
        "<p></p>",
        "<ul><li><a href='#a'></a></li></ul>",
        "<ul><li><a href='#a' title=' '>a link</a></li></ul>",
        "<ul><li><p>A made-up line.</p></li></ul>",
        "<ul><p>A made-up line.</p></ul>",
        "<h3>A made-up line</h3>",
        "</main><main>a second one</main>",
        "<style>p { color: red }</style>",
        "<details><summary>more</summary><em>made up</em></details>",
    ]
    seen = Seen()
    with shown(browser) as page:
        show(page, View(width, 900, "light"))

        def new(body: str) -> bool:
            page.set_content(page_of(body))
            structures, _ = page.evaluate(STRUCTURES)
            return bool(seen.new_structures(structures))

        assert new(SAME * 3)
        assert [body for body in bodies if not new(SAME + body)] == []
        assert not any(new(body) for body in (SAME, SAME * 5, SAME.replace("a row", "another"), *bodies))
