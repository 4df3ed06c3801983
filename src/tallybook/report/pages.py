"""The pages of the site, as text: everything is put together by templates that escape it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import tallybook
from tallybook.charts.page_style import DARK, LIGHT, colours, rows_style
from tallybook.charts.wording import capital
from tallybook.prose import clipped, spelled
from tallybook.report.addresses import INDEX, METHOD, from_page
from tallybook.report.method_view import GLOSSARY, policy_lines
from tallybook.report.policy import policy_of
from tallybook.report.sentences import text_of
from tallybook.terms import MADE_UP, Attribution, Distortion, Incomparable, Relation, Verdict

if TYPE_CHECKING:
    from tallybook.quantity import Policy
    from tallybook.report.among_view import AmongView
    from tallybook.report.case_view import CaseView
    from tallybook.report.claim_view import ClaimView
    from tallybook.report.footing import Footing
    from tallybook.report.handbook import Chapter
    from tallybook.report.rendering import NotebookPage
    from tallybook.report.sources_view import SourcesView
    from tallybook.report.units import Listed

TEMPLATES = Path(__file__).parent / "templates"
_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")
_TITLE, _DESCRIPTION = 155, 300


class Entry(NamedTuple):
    """One page of the menu: its path in the site, and what it is called."""

    path: str
    label: str


class Menu(NamedTuple):
    """The links on top of a page; ``working``: those to notebooks, on the pages of notebooks alone."""

    main: Sequence[Entry]
    working: Sequence[Entry] = ()


class Shared(NamedTuple):
    """What a page shows where somebody shares it. ``page``, ``picture``: their addresses, None where nobody
    said where the site stands; ``file``: the picture's path in the site; ``says``: the picture in words."""

    page: str | None
    picture: str | None
    file: str
    says: str


def notebook_page(page: NotebookPage, pages: Sequence[NotebookPage], menu: Menu, foot: Footing) -> str:
    """The page of one notebook. ``pages``: all pages of its case, or of the book, in reading order."""
    place = pages.index(page)
    return _render(
        "notebook_page.html.j2",
        here=page.path,
        title=f"{page.title} · tallybook",
        description=page.answer or page.question,
        menu=menu,
        foot=foot,
        body=Markup(page.body),
        before=pages[place - 1] if place else None,
        after=pages[place + 1] if place + 1 < len(pages) else None,
    )


def case_page(case: CaseView, menu: Menu) -> str:
    """The finding of one case, its claims, its article and its data."""
    return _render(
        "case.html.j2",
        here=case.path,
        title=f"{case.finding.headline} · {clipped(case.title, 80)}",
        description=_lead(case),
        menu=menu,
        foot=case.foot,
        case=case,
    )


def claim_page(
    claim: ClaimView,
    case: CaseView,
    menu: Menu,
    beside: tuple[ClaimView | None, ClaimView | None],
    shared: Shared,
    data: str = "",
) -> str:
    """The page of one claim. ``beside``: the claims before and after it; ``shared``: its picture; ``data``:
    its record for machines as JSON-LD, "" for none."""
    return _render(
        "claim.html.j2",
        here=claim.path,
        title=f"{claim.title}: {claim.verdict.label}",
        description=" ".join(text_of(said) for said in claim.answer),
        menu=menu,
        foot=case.foot,
        data=Markup(in_a_script(data)) if data else "",
        case=case,
        claim=claim,
        shared=shared,
        before=beside[0],
        after=beside[1],
    )


def sources_page(view: SourcesView, case: CaseView, menu: Menu) -> str:
    """The sources of a case, or those of one letter."""
    return _render(
        "sources.html.j2",
        here=view.path,
        title=f"{view.heading} · {clipped(case.title, 80)}",
        description=view.lead,
        menu=menu,
        foot=case.foot,
        rules=view.style,
        case=case,
        view=view,
        letters=dict(view.letters),
    )


def among_page(view: AmongView, case: CaseView, menu: Menu) -> str:
    """The sources of a case among themselves."""
    return _render(
        "among.html.j2",
        here=view.path,
        title=f"{view.headline} · {clipped(case.title, 80)}",
        description=" ".join(view.lead),
        menu=menu,
        foot=case.foot,
        case=case,
        view=view,
    )


MOST_WITH_SENTENCES = 12
"""A list of more cases has their headlines alone."""


def index_entry(case: CaseView, sentences: bool) -> str:
    """A case in the list of several, HTML; ``sentences``: with those under its headline."""
    template = _environment().get_template("index_entry.html.j2")
    return template.render(case=case, here=INDEX, sentences=sentences).rstrip()


def index_page(
    cases: Sequence[Listed],
    pages: Sequence[NotebookPage],
    menu: Menu,
    foot: Footing,
    one: CaseView | None = None,
) -> str:
    """The index: of one case its finding, of several a list with the finding of each. ``one``: the only
    case."""
    real, examples = ([case for case in cases if case.made_up is kind] for kind in (False, True))
    first = len(real or examples)
    heading = f"{capital(spelled(first))} {'article' if first == 1 else 'articles'}, figure by figure"
    entries, made_up = (
        [Markup(case.long if len(cases) <= MOST_WITH_SENTENCES else case.short) for case in some]
        for some in (real, examples)
    )
    return _render(
        "index.html.j2",
        here=INDEX,
        title=one.finding.headline
        if one
        else "The figures of news articles beside their sources · tallybook",
        description=_lead(one) if one else "What each article states, and what its sources say.",
        menu=menu,
        foot=foot,
        heading=heading if cases else "No article yet",
        one=one,
        entries=entries,
        examples=made_up,
        counted_examples=capital(f"{spelled(len(examples))} example{'s' * (len(examples) > 1)}"),
        pages=pages,
    )


def method_page(policy: Policy | None, pages: Sequence[NotebookPage], menu: Menu, foot: Footing) -> str:
    """How it is judged: every word that the pages use, with its meaning, and the widths."""
    return _render(
        "method.html.j2",
        here=METHOD,
        title="How it is judged · tallybook",
        description="Every verdict, relation and reason with its meaning, and the widths of vague words.",
        menu=menu,
        foot=foot,
        verdicts=list(Verdict),
        relations=list(Relation),
        attributions=list(Attribution),
        distortions=list(Distortion),
        incomparable=list(Incomparable),
        glossary=GLOSSARY,
        widths=policy_lines(policy) if policy else [],
        pages=pages,
    )


def handbook_page(chapter: Chapter, chapters: Sequence[Chapter], menu: Menu, foot: Footing) -> str:
    """One page of the handbook. ``chapters``: all of them in reading order, the index first."""
    place = chapters.index(chapter)
    return _render(
        "handbook_page.html.j2",
        here=chapter.path,
        title=f"{chapter.title} · tallybook",
        description=chapter.lead,
        menu=menu,
        foot=foot,
        chapter=chapter,
        body=Markup(chapter.body),
        before=chapters[place - 1] if place > 1 else None,
        after=chapters[place + 1] if 0 < place < len(chapters) - 1 else None,
    )


def in_a_script(data: str) -> str:
    """JSON that cannot end the element that it stands in: its ``<`` is written as an escape of JSON."""
    return data.replace("<", "\\u003c")


def _lead(case: CaseView) -> str:
    return " ".join(f"{point.label} {text_of(point.says)}" for point in case.finding.lead)


def _render(
    template: str,
    *,
    title: str,
    description: str,
    rules: str = "",
    data: str = "",
    shared: Shared | None = None,
    **values: Any,
) -> str:
    """``rules``: of the style sheet, for this page alone."""
    style = _style() + rules
    foot: Footing = values["foot"]
    title = f"{capital(MADE_UP)}: {title}" if foot.made_up else title
    text = (
        _environment()
        .get_template(template)
        .render(
            title=clipped(title, _TITLE),
            version=tallybook.__version__,
            style=Markup(style),
            policy=Markup(policy_of(style)),
            description=clipped(" ".join(description.split()), _DESCRIPTION),
            data=data,
            shared=shared,
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
    environment.globals["made_up"] = capital(MADE_UP)
    return environment


@cache
def _style() -> str:
    """The style sheet in one line, with the colours and signs that pages and pictures share."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {colours(DARK)} }} }}\n"
    text = (
        f":root {{ color-scheme: light dark; {colours(LIGHT)} }}\n"
        + dark
        + rows_style()
        + (TEMPLATES / "style.css").read_text(encoding="utf-8")
    )
    line = " ".join(_COMMENT.sub("", text).split())
    for wide, tight in ((" { ", "{"), ("; }", "}"), (" } ", "}"), (" }", "}"), ("; ", ";")):
        line = line.replace(wide, tight)  # every page carries it
    return line
