"""The pages of the site, as text: the index, one for each case, and one for each notebook."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import tallybook
from tallybook.charts.page_style import DARK, LIGHT, colours, rows_style
from tallybook.report.manifest import INDEX
from tallybook.report.overview import CaseOverview
from tallybook.report.rendering import NotebookPage
from tallybook.terms import Relation

TEMPLATES = Path(__file__).parent / "templates"


class Entry(NamedTuple):
    """One page of the menu: its path in the site, and what it is called."""

    path: str
    label: str


def notebook_page(page: NotebookPage, pages: Sequence[NotebookPage], menu: Sequence[Entry]) -> str:
    """The page of one notebook. ``pages``: all pages of its case, or of the book, in reading order."""
    place = pages.index(page)
    return _render(
        "notebook_page.html.j2",
        here=page.path,
        title=f"{page.title} · tallybook",
        description=page.question,
        menu=menu,
        body=Markup(page.body),
        before=pages[place - 1] if place else None,
        after=pages[place + 1] if place + 1 < len(pages) else None,
    )


def case_page(case: CaseOverview, menu: Sequence[Entry]) -> str:
    """The page of one case: its claims, its notebooks and its downloads."""
    return _render(
        "case.html.j2",
        here=case.path,
        title=f"{case.title} · tallybook",
        description=case.summary,
        menu=menu,
        case=case,
    )


def index_page(
    cases: Sequence[CaseOverview],
    pages: Sequence[NotebookPage],
    policy: Sequence[tuple[str, str]],
    menu: Sequence[Entry],
) -> str:
    """The index: each case with its answer, the notebooks of the whole book, how to read a case."""
    return _render(
        "index.html.j2",
        here=INDEX,
        title="Verdicts at a glance · tallybook",
        description="The figures of news articles, set beside what their sources say.",
        menu=menu,
        cases=cases,
        pages=pages,
        policy=policy,
        relations=[(relation, relation.meaning) for relation in Relation],
    )


def from_page(target: str, here: str) -> str:
    """The relative link from the page ``here`` to ``target``; both are paths in the site."""
    return posixpath.relpath(target, posixpath.dirname(here) or ".")


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
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["from_page"] = from_page
    return environment


@cache
def _style() -> str:
    """The style sheet, with the colours and signs that pages and pictures share."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {colours(DARK)} }} }}\n"
    return (
        f":root {{ color-scheme: light dark; {colours(LIGHT)} }}\n"
        + dark
        + (TEMPLATES / "style.css").read_text(encoding="utf-8")
        + rows_style()
    )
