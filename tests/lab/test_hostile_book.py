"""A book that attacks in every text: nothing runs, links or becomes TeX, in JupyterLab or the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from tallybook.book.schema import FILES as RECORDS
from tallybook.report.pages import from_page
from tallybook.report.runner import execute_notebooks
from tallybook.report.runs import Run
from tallybook.report.site import compose
from tallybook.report.stored import settle
from tallybook.tables.opened import open_book

from .conftest import Serve
from .hostile_book import ATTACK, DOLLARS, FILES, VALIDATED, hostile_keys, write_project
from .questions import CLEAR, FINISHED, READY, RUN_ALL, RUN_MILLISECONDS

# What a cell that asks for it gets, so that the test would see what the book must not get.
CONTROL = """
from IPython.display import HTML
HTML('<p class="control">$y$ <img src=x onerror=__control=1> <a href="https://paper.example/">x</a></p>')
"""
TYPESET = "() => document.querySelector('.control mjx-container') !== null"
# Text of each HTML output, and of the HTML that the kernel sent for it: MathJax changes the first alone.
TEXTS = """() => {
  const text = node => {
    node.querySelectorAll('style').forEach(style => style.remove());
    return node.textContent.replace(/\\s+/g, ' ').trim();
  };
  const panel = window.jupyterapp.shell.currentWidget;
  const sent = [...panel.content.model.cells].filter(cell => cell.type === 'code')
    .flatMap(cell => cell.outputs.toJSON()).filter(output => 'text/html' in output.data)
    .map(output => [output.data['text/html']].flat().join(''))
    .map(html => text(new DOMParser().parseFromString(html, 'text/html').body));
  const shown = [...panel.node.querySelectorAll('.jp-OutputArea-output.jp-RenderedHTML')]
    .map(node => text(node.cloneNode(true)));
  return [sent, shown];
}"""
# Names of the elements that the outputs are made of, and the addresses of their pictures and links.
MADE = """() => {
  const all = [...document.querySelectorAll('.jp-OutputArea-output.jp-RenderedHTML *')]
    .filter(element => !element.closest('.control'));
  return [
    [...new Set(all.map(element => element.localName))],
    all.flatMap(element => ['src', 'href'].map(name => element.getAttribute(name)).filter(Boolean)),
    all.flatMap(element => element.getAttributeNames()).filter(name => name.startsWith('on')),
  ];
}"""
ELEMENTS = {
    "div", "p", "strong", "span", "table", "caption", "colgroup", "thead", "tbody", "tr", "th", "td",
    "figure", "img", "figcaption", "mark", "u", "style", "a", "b", "col", "details", "summary", "br", "small",
}  # fmt: skip


@dataclass(frozen=True)
class Project:
    root: Path
    run: Run
    executed: Any


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The book and its notebook, which ran elsewhere: to JupyterLab its outputs are not trusted."""
    root = tmp_path_factory.mktemp("hostile")
    path = write_project(root)
    run = Run(path, "bread", given=True)
    return Project(root, run, execute_notebooks([run], progress=False)[run])


@pytest.fixture(scope="module")
def page(project: Project, serve: Serve, browser: Browser) -> Iterator[Page]:
    """The notebook, open in JupyterLab, with a last cell that asks for what the book must not get."""
    control = nbformat.v4.new_code_cell(CONTROL)
    data = {"text/html": CONTROL.split("'")[1], "text/plain": "control"}
    control.outputs = [nbformat.v4.new_output("display_data", data)]
    notebook = nbformat.v4.new_notebook(cells=[*project.executed.cells, control])
    folder = project.run.path.parent
    nbformat.write(settle(notebook), folder / "lab.ipynb")
    with serve(folder) as address:
        page = browser.new_page()
        page.goto(address("lab.ipynb"))
        page.wait_for_function(READY, timeout=RUN_MILLISECONDS)
        yield page
        page.close()


def nothing_is_markup(page: Page) -> None:
    page.wait_for_function(TYPESET, timeout=RUN_MILLISECONDS)
    sent, shown = page.evaluate(TEXTS)
    assert len(sent) > 40 and shown[:-1] == sent[:-1], "a word is lost, or mathematics"
    assert sum(ATTACK in text for text in shown) > 30
    elements, addresses, handlers = page.evaluate(MADE)
    assert set(elements) <= ELEMENTS and handlers == []
    links = {a for a in addresses if not a.startswith("data:image/svg+xml;base64,")}
    assert len(links) < len(addresses), "no picture is shown"
    assert links <= {content["url"] for content in FILES.values() if "url" in content}
    assert page.evaluate("window.__hit") is None


def test_every_free_text_of_a_book_attacks() -> None:
    free: set[str] = set()
    for record in RECORDS.values():
        schema = record.model_json_schema()
        for part in (schema, *schema["$defs"].values()):
            free |= {name for name, kind in part.get("properties", {}).items() if is_free_text(kind)}
    assert set(hostile_keys(FILES)) == free - VALIDATED


def is_free_text(kind: dict[str, Any]) -> bool:
    """Of a JSON Schema: a string, or a list or mapping of strings, that no pattern or list of words binds."""
    inner = [*kind.get("anyOf", []), kind.get("items", {}), *kind.get("patternProperties", {}).values()]
    bound = {"pattern", "enum", "const", "format"} & kind.keys()
    return (kind.get("type") == "string" and not bound) or any(map(is_free_text, filter(None, inner)))


@pytest.mark.browser
def test_in_a_notebook_that_is_not_trusted_it_is_text(page: Page) -> None:
    nothing_is_markup(page)
    assert page.evaluate("window.__control") is None, "JupyterLab trusts the notebook"


@pytest.mark.browser
def test_in_a_notebook_that_the_reader_ran_it_is_text(page: Page) -> None:
    page.evaluate(CLEAR)
    page.evaluate(RUN_ALL)
    page.wait_for_function(FINISHED, timeout=RUN_MILLISECONDS)
    nothing_is_markup(page)
    assert page.evaluate("window.__control") == 1, "what a cell asks for runs, so the test can fail"


@pytest.mark.browser
def test_in_the_site_it_is_text(project: Project, browser: Browser) -> None:
    """Links lead to pages and files of the site, and to the addresses of its sources."""
    files = compose({project.run: project.executed}, [*open_book(project.root).values()])
    pages = {name: content.decode() for name, content in files.items() if name.endswith(".html")}
    own = {f"bread/{name}.html" for name in ("index", "sources", "among-themselves", "01_everything")}
    assert set(pages) - {name for name in pages if name.startswith("bread/claim/")} == {
        "index.html", "method.html", *own,
    }  # fmt: skip
    sources = {content["url"] for content in FILES.values() if "url" in content}
    for name, text in pages.items():
        soup = BeautifulSoup(text, "html.parser")
        links = {str(a["href"]) for a in soup.find_all("a", href=True)}
        seen = {from_page(file, name) for file in files}
        assert all(a in sources or a.startswith("#") or a.partition("#")[0] in seen for a in links)
        assert not soup.find_all(["iframe", "object", "embed", "form", "base"])
        assert all(script["type"] == "application/ld+json" for script in soup.find_all("script"))
        assert all(str(img["src"]).startswith("data:") for img in soup.find_all("img"))
        assert not [e for e in soup.find_all(True) if any(name.startswith("on") for name in e.attrs)]
        least = {"bread/01_everything.html": 10, "method.html": -1}.get(name, 0)
        assert soup.get_text(" ").count(DOLLARS) > least, name
        assert "MathJax" not in text
        tab = browser.new_page()
        tab.set_content(text.replace('http-equiv="Content-Security-Policy"', ""))
        assert tab.evaluate("window.__hit") is None
        tab.close()
