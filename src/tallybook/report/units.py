"""The site in units that are made, and taken over from the last build, each by itself.

A unit is all files of one case, or all pages that are of no case.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tallybook.book.records import Imprint
from tallybook.prose import heading, quoted
from tallybook.report.addresses import HANDBOOK, INDEX, METHOD, from_page, source_place
from tallybook.report.case_files import case_files, case_menu
from tallybook.report.footing import Known, footing_of, known_of
from tallybook.report.pages import (
    Entry,
    Menu,
    handbook_page,
    index_entry,
    index_page,
    method_page,
    notebook_page,
)
from tallybook.report.rendering import NotebookPage, render_notebook
from tallybook.report.sentences import PAGE_LANGUAGE
from tallybook.terms import Distortion

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from tallybook.report.handbook import Chapter
    from tallybook.report.runs import Run
    from tallybook.tables.case import Case

_ANCHORED = re.compile(r'href="([^"#]+)#([^"]+)"')
METHOD_ENTRY = Entry(METHOD, "How it is judged")
CASES_ENTRY = Entry(INDEX, "Cases")
HANDBOOK_ENTRY = Entry(HANDBOOK, "Handbook")

Links = Mapping["Run", Mapping[str, str]]
"""Of each notebook: the address of each other one's page, relative to its own, by the other's name."""


@dataclass(frozen=True)
class Listed:
    """What the index and the foot of the book tell of a case. ``long``, ``short``: its entry in the list,
    HTML, with the sentences under its finding and without them; ``made_up``: whether it is an example."""

    id: str
    long: str = ""
    short: str = ""
    read: str = ""
    reviewers: Sequence[str] = ()
    made_up: bool = False

    @property
    def known(self) -> Known:
        return Known(date.fromisoformat(self.read) if self.read else None, tuple(self.reviewers))


@dataclass(frozen=True)
class Unit:
    """``texts``: pages, ``data``: downloads, by their paths; ``told``: what others need to know of it, as
    JSON holds it; ``beyond``: (page, path, anchor) of the links to places in files that are not of the unit.
    """

    texts: Mapping[str, str]
    data: Mapping[str, bytes] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    beyond: Sequence[tuple[str, str, str]] = ()

    @property
    def files(self) -> dict[str, bytes]:
        return {name: text.encode() for name, text in self.texts.items()} | dict(self.data)


def about_entries(handbook: bool) -> list[Entry]:
    """The menu's pages on the method and the program. ``handbook``: whether there is one."""
    return [METHOD_ENTRY, *([HANDBOOK_ENTRY] if handbook else [])]


def links_of(runs: Sequence[Run], general: Sequence[str]) -> Links:
    """Links lead to the notebooks of the same case and of the book, else to the index; ``general``: the names
    of notebooks that may have no page."""
    found: dict[Run, dict[str, str]] = {}
    given = [other.path.name for other in runs if other.given]
    of_book = [other for other in runs if other.case is None]
    of_case: dict[str | None, list[Run]] = {}
    for run in runs:
        of_case.setdefault(run.case, []).append(run)
    for run in runs:
        links = dict.fromkeys([*general, *given], from_page(INDEX, run.page))
        near = [*of_book, *(of_case[run.case] if run.case else ())]
        found[run] = links | {other.path.name: from_page(other.page, run.page) for other in near}
    return found


def case_unit(
    case: Case,
    executed: Mapping[Run, NotebookNode],
    links: Links,
    of_book: Sequence[NotebookPage],
    *,
    about: Sequence[Entry],
    alone: bool,
) -> Unit:
    """The files of a case. ``executed``: its notebooks; ``about``: the menu's pages on the method and the
    program; ``alone``: it is the only one of the site, so that the index is its page too, with the notebooks
    ``of_book``."""
    names, languages, places = _names(case), _languages(case), _places(case)
    pages = []
    for run, notebook in executed.items():
        near = dict(links[run]) | {url: from_page(place, run.page) for url, place in places.items()}
        pages.append(render_notebook(run, notebook, near, names, languages))
    view, texts, data = case_files(case, pages, None if alone else CASES_ENTRY, about)
    known = known_of(case)
    read = known.read.isoformat() if known.read else ""
    entries = index_entry(view, True), index_entry(view, False)
    listed = Listed(case.id, *entries, read, known.reviewers, case.article.made_up)
    if alone:
        index = index_page([listed], of_book, case_menu(case.id, None, about), view.foot, view)
        texts = {INDEX: index, **texts}
    return Unit(texts, data, asdict(listed), tuple(_beyond(texts)))


def notebook_pages(executed: Mapping[Run, NotebookNode], links: Links) -> list[NotebookPage]:
    """The notebooks on the whole book."""
    return [render_notebook(run, notebook, links[run]) for run, notebook in executed.items()]


def book_unit(
    cases: Sequence[Case],
    told: Sequence[Mapping[str, Any]],
    of_book: Sequence[NotebookPage],
    chapters: Sequence[Chapter],
) -> Unit:
    """The pages that are of no case: the index of several, the page on the method, the notebooks ``of_book``,
    the handbook.

    ``told``: what the units of the cases tell.
    """
    listed = [Listed(**one) for one in told]
    foot = footing_of(cases[0].book.imprint if cases else Imprint(), [one.known for one in listed])
    alone, about = len(cases) == 1, about_entries(bool(chapters))
    menu = case_menu(cases[0].id, None, about) if alone else Menu([CASES_ENTRY, *about])
    working = Menu(menu.main, [Entry(page.path, page.label) for page in of_book])
    texts = {} if alone else {INDEX: index_page(listed, of_book, menu, foot)}
    texts |= {page.path: notebook_page(page, of_book, working, foot) for page in of_book}
    texts[METHOD] = method_page(cases[0].policy if cases else None, of_book, menu, foot)
    texts |= {one.path: handbook_page(one, chapters, menu, foot) for one in chapters}
    pages = [asdict(replace(page, body="", code="")) for page in of_book]
    return Unit(texts, told={"pages": pages}, beyond=tuple(_beyond(texts)))


def pages_told(told: Mapping[str, Any]) -> list[NotebookPage]:
    """The notebooks on the whole book as their unit tells of them, without their bodies."""
    return [NotebookPage(**page) for page in told["pages"]]


class Places(Mapping[str, Set[str]]):
    """The anchors of each file of the site, by its path as a link on the page ``here`` gives it."""

    def __init__(self, here: str, anchors: Mapping[str, Set[str]]) -> None:
        self._here, self._folder, self._anchors = here, posixpath.dirname(here), anchors

    def __getitem__(self, link: str) -> Set[str]:
        path = posixpath.normpath(posixpath.join(self._folder, link))
        if path not in self._anchors or from_page(path, self._here) != link:
            raise KeyError(link)
        return self._anchors[path]

    def __iter__(self) -> Iterator[str]:
        return (from_page(path, self._here) for path in self._anchors)

    def __len__(self) -> int:
        return len(self._anchors)


def _beyond(texts: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name, text in texts.items():
        for path, anchor in sorted(set(_ANCHORED.findall(text))):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            if "://" not in path and target not in texts:
                yield name, target, anchor


def _names(case: Case) -> dict[str, str]:
    """What the ids in the tables of a case are called."""
    steps = (step for drift in case.drifts() for step in drift.steps)
    known = dict(case.measures) | {step.estimate.measure.id: step.estimate.measure for step in steps}
    measures = {id_: heading(measure.definition, 60) for id_, measure in known.items()}
    claims = {id_: quoted(terms.words, 80) for id_, terms in case.comparison().claims.items()}
    estimates = {id_: quoted(e.words, 60) for id_, e in case.comparison().estimates.items()}
    return {**{str(code): code.label for code in Distortion}, **measures, **estimates, **claims}


def _languages(case: Case) -> dict[str, str]:
    """The language of each quoted text of a case that is not in that of the pages."""
    return {
        " ".join(e.words.split()): e.source.language
        for e in case.comparison().estimates.values()
        if e.source.language not in (None, PAGE_LANGUAGE) and e.source.language
    }


def _places(case: Case) -> dict[str, str]:
    """The place of each page that was read, among the sources of a case, by its address."""
    from tallybook.exchange.outlet import pages_of

    return {source.url: source_place(case.id, source.id) for source in pages_of(case) if source.url}
