"""The pages of the site, as text: the index, and one for each notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import tallybook
from tallybook.charts.style import PALETTE
from tallybook.report.rendering import NotebookPage
from tallybook.terms import Relation, Verdict

TEMPLATES = Path(__file__).parent / "templates"
INDEX = "index.html"


def notebook_page(page: NotebookPage, pages: Sequence[NotebookPage]) -> str:
    """The page of one notebook, among the others in reading order."""
    place = pages.index(page)
    return _render(
        "notebook_page.html.j2",
        here=page.file,
        title=f"{page.title} · tallybook",
        description=page.question,
        pages=pages,
        body=Markup(page.body),
        before=pages[place - 1] if place else None,
        after=pages[place + 1] if place + 1 < len(pages) else None,
    )


def index_page(pages: Sequence[NotebookPage], facts: Mapping[str, Any]) -> str:
    """The index; ``facts`` is what :func:`tallybook.report.overview.overview` found."""
    return _render(
        "index.html.j2",
        here=INDEX,
        title="Verdicts at a glance · tallybook",
        description="The figures of news articles, set beside what their sources say.",
        pages=pages,
        **facts,
    )


def _render(template: str, **values: Any) -> str:
    text = (
        _environment()
        .get_template(template)
        .render(
            version=tallybook.__version__,
            style=Markup(_style()),
            **values,
        )
    )
    return text if text.endswith("\n") else text + "\n"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


@cache
def _style() -> str:
    """The style sheet, after the colours and signs that pages and pictures share."""
    light = " ".join(f"--{role}: {colours[0]};" for role, colours in PALETTE.items())
    dark = " ".join(f"--{role}: {colours[1]};" for role, colours in PALETTE.items())
    return (
        f":root {{ color-scheme: light dark; {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        + (TEMPLATES / "style.css").read_text(encoding="utf-8")
        + "".join(map(_sign, (*Relation, *Verdict)))
    )


def _sign(term: Relation | Verdict) -> str:
    """The sign and the colour of a relation or verdict; the sign is not read aloud, its word is."""
    name = f".is-{term.replace(' ', '-')}"
    content = f'content: "{term.sign}"; content: "{term.sign}" / "";'
    return f"{name} {{ color: var(--{term.role}); }} {name}::before {{ {content} }}\n"
