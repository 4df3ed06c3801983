"""A small made-up book with hostile text in every place, and small notebooks that need no kernel."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import nbformat
import yaml

HOSTILE = "<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40"/></svg>'
FIGURE = (
    f'<figure class="tb-chart"><img alt="three intervals" src="data:image/svg+xml;base64,'
    f'{base64.b64encode(SVG).decode()}"><figcaption>Whiskers are stated ranges.</figcaption></figure>'
)

Cells = list[Any]


def says(text: str) -> Any:
    return nbformat.v4.new_markdown_cell(text)


def runs(code: str) -> Any:
    return nbformat.v4.new_code_cell(code)


def given(case: str) -> Any:
    """The code cell that names the case of a general notebook."""
    return nbformat.v4.new_code_cell(f'CASE = "{case}"', metadata={"tags": ["parameters"]})


def shows(html: str, code: str = "chart", **data: Any) -> Any:
    """A code cell that has run and shows this HTML."""
    bundle = {"text/html": html, "text/plain": "…", **data}
    output = nbformat.v4.new_output("execute_result", data=bundle, execution_count=1)
    return nbformat.v4.new_code_cell(code, execution_count=1, outputs=[output])


def notebook(*cells: Any) -> Any:
    return nbformat.v4.new_notebook(cells=list(cells))


APPLES = {
    "id": "apples",
    "kind": "total",
    "once": True,
    "unit": "apple",
    "definition": f"Apples {HOSTILE} picked.",
}
ORIGINS = [
    {"id": "grower", "name": f"The grower {HOSTILE}"},
    {"id": "inspector", "name": f"The inspector {HOSTILE}"},
    {"id": "rival", "name": "=HYPERLINK(1)"},
]


def page(id_: str, origin: str, words: str, **more: Any) -> dict[str, Any]:
    """One page with one statement; ``more``: other keys of the page."""
    statement = {"id": f"{id_}-1", "measure": "apples", "words": words, "origin": origin}
    return {
        "id": id_,
        "publisher": f"Gazette {id_} {HOSTILE}",
        "title": f"Apples {HOSTILE}",
        "url": f"https://{id_}.example/apples?a=1&b=2",
        "published": "2025-03-02",
        "read_on": "2025-04-01",
        "language": "en",
        "kind": "secondary",
        "statements": [statement],
    } | more


def claim(id_: str, words: str, paragraph: int, **more: Any) -> dict[str, Any]:
    anchor = {"exact": words, "prefix": f"{HOSTILE} and ", "suffix": f" {HOSTILE}", "paragraph": paragraph}
    return {"id": id_, "measure": "apples", "anchor": anchor, "attributed_to": f"the grower {HOSTILE}",
            "origin": "grower"} | more  # fmt: skip


PICKED = claim("picked", "over 300 apples", 1, cites=["ledger", "letter"])
SOLD = claim("sold", "as many as 90 apples", 3, attributed_to=None)
ARTICLE: dict[str, Any] = {
    "id": "harvest",
    "title": f"The harvest {HOSTILE}",
    "publisher": f"Daily {HOSTILE}",
    "url": "https://paper.example/harvest",
    "published": "2025-03-04",
    "language": "en",
    "text": {"sha256": "0" * 64, "characters": 900, "paragraphs": 4},
    "claims": [PICKED, SOLD],
    "set_aside": [
        {
            "anchor": {"exact": f"2025 {HOSTILE}", "paragraph": 2},
            "kind": "year",
            "because": f"a year {HOSTILE}",
        }
    ],
    "reviews": [
        {"claim": "sold", "says": "supported", "by": f"An editor {HOSTILE}", "on": "2025-04-02", "why": "So."}
    ],
}
PAGES = [
    page("ledger", "grower", "over 300 apples", kind="primary"),
    page("report", "inspector", "310 apples"),
    page("harvest-news", "rival", "305 apples"),
    page("undated", "inspector", "90 apples", published=None),
    {"id": "letter", "publisher": "A letter", "what": f"a letter {HOSTILE}", "kind": "primary", "seen": False,
     "origin": "grower"},
]  # fmt: skip


def write_book(root: Path, article: dict[str, Any] | None = None, pages: list[dict[str, Any]] | None = None,
               imprint: dict[str, Any] | None = None) -> Path:  # fmt: skip
    """A project of a few lines with one article, "harvest". ``article``: keys that are another value."""
    measures = {"measures": [APPLES]} | ({"imprint": imprint} if imprint else {})
    files = {
        "claims/measures.yaml": measures,
        "sources/origins.yaml": {"origins": ORIGINS},
        "claims/harvest.yaml": ARTICLE | (article or {}),
        **{f"sources/{one['id']}.yaml": one for one in (PAGES if pages is None else pages)},
    }
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        there = {key: value for key, value in data.items() if value is not None}
        path.write_text(yaml.safe_dump(there, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return root
