"""The page of the explorer by itself, in a real browser, with a kernel that the test plays."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tallybook.desk.explorer import Explorer
from tallybook.tables.opened import open_book

pytestmark = pytest.mark.browser

CLAIM = "troops-sent"
# A model as a notebook's front end has it; what the page asks is kept, and the test answers.
START = """async ([code, state]) => {
  const listeners = new Set();
  window.model = {
    state, asked: [],
    get: (name) => window.model.state[name],
    set: (name, value) => { window.model.state[name] = value; },
    save_changes: () => window.model.asked.push(window.model.state.asked),
    on: (_, listener) => listeners.add(listener),
    off: (_, listener) => listeners.delete(listener),
    answer: (shown) => { window.model.state.shown = shown; listeners.forEach((listener) => listener()); },
    listening: () => listeners.size,
  };
  const widget = await import(`data:text/javascript;base64,${code}`);
  const el = document.querySelector('main');
  window.leave = widget.default.render({ model: window.model, el });
}"""
ASKED = "() => window.model.asked"
ANSWER = "(shown) => window.model.answer(shown)"
SLIDE = """([field, values]) => {
  const range = [...document.querySelectorAll('.dial')]
    .find((row) => row.firstChild.textContent === field).querySelector('input');
  for (const value of values) {
    range.value = value;
    range.dispatchEvent(new Event('input', { bubbles: true }));
  }
}"""
BOOM = "window.__hit = 1"
HOSTILE = [
    ["script", {}, BOOM],
    ["img", {"src": "x", "onerror": BOOM}],
    ["p", {"onclick": BOOM, "style": "position:fixed", "id": "taken", "class": "quiet"},
     "<img src=x onerror='__hit=1'> $x$ \\(y\\) &lt;"],
    ["a", {"href": "javascript:" + BOOM}, "bad"],
    ["a", {"href": " https://paper.example/"}, "spaced"],
    ["a", {"href": "https://paper.example/?a=1&b=<c>"}, "good"],
    ["svg", {"onload": BOOM}, ["foreignobject", {}, ["iframe", {"src": "javascript:" + BOOM}]],
     ["circle", {"cx": "1", "fill": "url(http://elsewhere.example)"}]],
    ["style", {}, "body { display: none }"],
    ["form", {"action": "https://elsewhere.example"}, ["input", {"name": "x"}], ["button", {}, "send"]],
]  # fmt: skip


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    made: Explorer = open_book()["kursk-engineers"].explore(CLAIM)
    return made


@pytest.fixture
def page(browser: Browser, explorer: Explorer) -> Iterator[Page]:
    found: list[str] = []
    page = browser.new_page(viewport={"width": 900, "height": 1000})
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda request: found.append(request.url) if "data:" not in request.url else None)
    opened(page, explorer)
    yield page
    page.close()
    assert found == []


def opened(page: Page, explorer: Explorer) -> None:
    page.set_content(
        f"<!doctype html><html lang=en><title>Explorer</title><style>{explorer._css}</style><main></main>"
    )
    code = (resources.files("tallybook.desk") / "explorer.js").read_bytes()
    explorer.move(claim=CLAIM, tolerance=0.0, trials=False)
    state = {"choices": explorer.choices, "shown": explorer.shown, "asked": {}}
    page.evaluate(START, [base64.b64encode(code).decode(), state])


def answered(explorer: Explorer, asked: dict[str, Any]) -> dict[str, Any]:
    explorer.asked = asked
    shown: dict[str, Any] = explorer.shown
    return shown


def test_while_a_person_drags_only_the_first_and_the_last_place_are_asked_for(
    page: Page, explorer: Explorer
) -> None:
    page.evaluate(SLIDE, ["Tolerance", [0.1, 0.15, 0.2, 0.25]])
    (first,) = page.evaluate(ASKED)
    assert first["tolerance"] == 0.1 and first["claim"] == CLAIM
    page.evaluate(ANSWER, answered(explorer, first))
    _, last = page.evaluate(ASKED)
    assert last["tolerance"] == 0.25 and last["number"] > first["number"]
    dial = page.locator(".dial", has_text="Tolerance")
    assert dial.locator("input").input_value() == "0.25", "the slider stays where the person has it"
    page.evaluate(ANSWER, answered(explorer, last))
    assert dial.locator(".said").inner_text() == "25%"
    assert dial.locator("input").get_attribute("aria-valuetext") == "25%"
    assert len(page.evaluate(ASKED)) == 2


def test_a_kernel_that_does_not_answer_is_told_of(page: Page, explorer: Explorer) -> None:
    page.evaluate(SLIDE, ["Time window", [60]])
    status = page.get_by_role("status")
    assert status.inner_text() == ""
    page.wait_for_function("() => document.querySelector('.status').textContent !== ''", timeout=10_000)
    assert status.inner_text().startswith("No answer yet: the kernel is busy or has stopped.")
    page.evaluate(ANSWER, answered(explorer, page.evaluate(ASKED)[0]))
    assert status.inner_text() == ""


def test_a_change_from_python_moves_the_controls(page: Page, explorer: Explorer) -> None:
    explorer.move(claim="deaths-lead", about=0.3, without="south_korea", as_of="written")
    page.evaluate(ANSWER, explorer.shown)
    assert page.get_by_label("Claim").input_value() == "deaths-lead"
    assert page.get_by_label("Leave out").input_value() == "south_korea"
    assert page.get_by_label("Judged").input_value() == "written"
    assert page.locator(".dial", has_text="Width of “about”").locator("input").input_value() == "0.3"
    assert page.evaluate(ASKED) == []
    page.get_by_role("button", name="The case’s own settings").click()
    (asked,) = page.evaluate(ASKED)
    assert {key: asked[key] for key in ("claim", "about", "without", "as_of")} == {
        "claim": "deaths-lead", "about": 0.1, "without": "", "as_of": "today",
    }  # fmt: skip


def test_what_would_change_the_verdict_is_asked_for_when_it_is_unfolded(
    page: Page, explorer: Explorer
) -> None:
    page.get_by_text("What would change this verdict").click()
    page.wait_for_function("() => window.model.asked.length === 1")
    (asked,) = page.evaluate(ASKED)
    assert asked["trials"] is True
    page.evaluate(ANSWER, answered(explorer, asked))
    assert "Corroborated with Ukraine, supported without." in page.inner_text("details ul")
    page.evaluate(SLIDE, ["Tolerance", [0.1]])
    page.evaluate(ANSWER, answered(explorer, page.evaluate(ASKED)[1]))
    assert page.locator("details ul").is_visible(), "what is unfolded stays so"


def test_a_view_that_goes_leaves_nothing_behind(page: Page) -> None:
    assert page.evaluate("window.model.listening()") == 1
    page.evaluate("window.leave()")
    assert page.evaluate("window.model.listening()") == 0


def test_nothing_becomes_an_element_or_attribute_that_is_not_listed(page: Page, explorer: Explorer) -> None:
    """Even if a picture had an element of its own making in it, which no text of a book can bring about."""
    shown = explorer.shown
    texts = {"words": dict.fromkeys(shown["words"], "<b>5</b>"), "notes": {"about": "<img src=x>"}}
    page.evaluate(ANSWER, {**shown, **texts, "picture": HOSTILE, "verdict": HOSTILE})
    page.wait_for_timeout(200)
    assert page.evaluate("window.__hit") is None
    main = page.locator("main")
    assert (
        main.locator("script, img, iframe, style, form, foreignobject, [style], [id], [onclick]").count() == 0
    )
    assert main.locator(".dial .said").first.inner_text() == "<b>5</b>"
    assert "<img src=x onerror='__hit=1'> $x$ \\(y\\) &lt;" in main.inner_text()
    links = main.locator("a").evaluate_all(
        "all => all.map((a) => [a.textContent, a.getAttribute('href'), a.rel])"
    )
    assert set(map(tuple, links)) == {
        ("bad", None, ""), ("spaced", None, ""),
        ("good", "https://paper.example/?a=1&b=<c>", "noopener noreferrer"),
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 900])
def test_it_fits_and_passes_axe(browser: Browser, explorer: Explorer, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    opened(page, explorer)
    explorer.move(trials=True, about=0.2)
    page.evaluate(ANSWER, explorer.shown)
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    wide = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    page_rules = {"landmark-one-main", "page-has-heading-one", "region"}  # of a whole page, not of a part
    context.close()
    assert wide[0] <= wide[1]
    assert [fault for fault in found if fault["id"] not in page_rules] == []
