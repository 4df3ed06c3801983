"""Builds the whole site: runs the notebooks, makes and checks the pages, and publishes them.

The old site is replaced only by a complete and checked one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tallybook.book.problems import require_name
from tallybook.book.records import Imprint
from tallybook.prose import heading, quoted
from tallybook.report.addresses import (
    HANDBOOK,
    INDEX,
    METHOD,
    TAKEN_IN_BOOK,
    TAKEN_IN_CASE,
    from_page,
    source_place,
)
from tallybook.report.errors import NotebookError, ReportError
from tallybook.report.publish import prepare, publish
from tallybook.report.runner import execute_notebooks
from tallybook.report.runs import Run, notebook_paths, notebooks_of_any_case, planned_runs
from tallybook.report.sentences import PAGE_LANGUAGE
from tallybook.terms import Distortion

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from tallybook.report.handbook import Chapter
    from tallybook.report.rendering import NotebookPage
    from tallybook.tables.case import Case


@dataclass(frozen=True)
class SiteSummary:
    """What was written. ``pages``, ``downloads``: how many; ``largest_page``, ``total``: bytes.

    ``notes``: sentences about files of the older site that were edited by hand.
    """

    out: Path
    pages: int
    downloads: int
    largest_page: int
    total: int
    notes: tuple[str, ...] = ()

    @property
    def index(self) -> Path:
        """The page to open."""
        return self.out / INDEX


def build_site(
    root: Path, out: Path, *, case: str | None = None, jobs: int = 2, progress: bool = True
) -> SiteSummary:
    """Run the notebooks of ``root`` for every case and write the site to the folder ``out``.

    ``case``: the id of the only one that is wanted; then the notebooks on the whole book have no page.
    The stored notebooks are not changed. The same data give the same bytes. ReportError (NotebookError if
    a notebook is at fault) if the site could not be made or written; UnknownName for another case.
    """
    from tallybook.report.handbook import handbook

    cases = _cases(root)
    if case is not None:
        require_name("article", case, [one.id for one in cases])
    runs = planned_runs(root, [one.id for one in cases])
    runs = [run for run in runs if case in (None, run.case)]
    cases = [one for one in cases if case in (None, one.id)]
    if not notebook_paths(root):
        raise ReportError(
            f"{Path(root, 'notebooks')} has no notebook (*.ipynb), so there is nothing to report"
        )
    chapters = handbook(root)
    prepare(out)
    executed = execute_notebooks(runs, jobs=jobs, progress=progress)
    elsewhere = notebooks_of_any_case(root) if case is None else notebook_paths(root)
    files = compose(executed, cases, [path.name for path in elsewhere], chapters)
    notes = publish(files, out)
    sizes = [len(content) for name, content in files.items() if name.endswith(".html")]
    return SiteSummary(
        out=out,
        pages=len(sizes),
        downloads=len(files) - len(sizes),
        largest_page=max(sizes),
        total=sum(map(len, files.values())),
        notes=tuple(notes),
    )


def compose(
    executed: Mapping[Run, NotebookNode],
    cases: Sequence[Case],
    general: Sequence[str] = (),
    chapters: Sequence[Chapter] = (),
) -> dict[str, bytes]:
    """All files of the site, by their path in it, the index first. Writes nothing.

    ``general``: the names of notebooks that may have no page here, as where there is no case; ``chapters``:
    of the handbook. The pages of a case do not depend on other cases. NotebookError if a notebook makes a
    page that must not be published.
    """
    from tallybook.report.case_files import case_files
    from tallybook.report.footing import footing
    from tallybook.report.pages import Entry, Menu, handbook_page, index_page, method_page, notebook_page

    _refuse_clashes(executed, [case.id for case in cases] if chapters else [])
    rendered = _rendered(executed, cases, general)
    of_book = [page for run, page in rendered.items() if run.case is None]
    about = [Entry(METHOD, "How it is judged"), *([Entry(HANDBOOK, "Handbook")] if chapters else [])]
    first = Entry(INDEX, "Cases")
    texts: dict[str, str] = {}
    data: dict[str, bytes] = {}
    views, menus = [], []
    for case in cases:
        pages = [page for run, page in rendered.items() if run.case == case.id]
        view, case_menu, made, files = case_files(case, pages, first if len(cases) > 1 else None, about)
        views.append(view)
        menus.append(case_menu)
        texts |= made
        data |= files
    foot = footing(cases[0].book.imprint if cases else Imprint(), cases)
    menu = menus[0] if len(cases) == 1 else Menu([first, *about])
    working = Menu(menu.main, [Entry(page.path, page.label) for page in of_book])
    texts.update((page.path, notebook_page(page, of_book, working, foot)) for page in of_book)
    texts[METHOD] = method_page(cases[0].policy if cases else None, of_book, menu, foot)
    texts.update((one.path, handbook_page(one, chapters, menu, foot)) for one in chapters)
    texts = {INDEX: index_page(views, of_book, menu, foot), **texts}
    names = {run.page: run.name for run in executed} | {one.path: one.file for one in chapters}
    _refuse_faults(texts, names, [*texts, *data])
    return {name: text.encode() for name, text in texts.items()} | data


def _rendered(
    executed: Mapping[Run, NotebookNode], cases: Sequence[Case], general: Sequence[str]
) -> dict[Run, NotebookPage]:
    """The page of each run. Links lead to the notebooks of its case and of the book, else to the index; those
    to pages that were read, to their place among the sources of the case."""
    from tallybook.report.rendering import render_notebook

    found = {}
    read = {case.id: _places(case) for case in cases}
    called = {case.id: (_names(case), _languages(case)) for case in cases}
    for run, notebook in executed.items():
        links = dict.fromkeys(general, from_page(INDEX, run.page))
        links |= {other.path.name: from_page(INDEX, run.page) for other in executed if other.given}
        near = [other for other in executed if other.case in (None, run.case)]
        links |= {other.path.name: from_page(other.page, run.page) for other in near}
        if run.case is not None:
            links |= {url: from_page(place, run.page) for url, place in read.get(run.case, {}).items()}
        names, languages = called.get(run.case or "", ({}, {}))
        found[run] = render_notebook(run, notebook, links, names, languages)
    return found


def _names(case: Case) -> dict[str, str]:
    """What the ids in the tables of a case are called."""
    measures = {id_: heading(measure.definition, 60) for id_, measure in case.book.measures.items()}
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


def _refuse_clashes(executed: Mapping[Run, NotebookNode], cases: Sequence[str]) -> None:
    """``cases``: the ids of those whose folder may be that of the handbook."""
    if (folder := HANDBOOK.partition("/")[0]) in cases:
        raise ReportError(
            f"claims/{folder}.yaml: the handbook has this name in the site; give the article another id"
        )
    for run in executed:
        taken_names = TAKEN_IN_CASE if run.case else TAKEN_IN_BOOK
        if run.path.stem in taken_names or (run.case and run.path.stem.startswith("sources-")):
            raise NotebookError(f"{run.path.name}: its page would replace another one; give it another name")
    taken = Counter(run.page for run in executed)
    essays = [run for run in executed if run.case and not run.given and taken[run.page] > 1]
    told = [
        f"{run.case}/{run.name}: a general notebook has this name; give the essay another" for run in essays
    ]
    if told:
        raise NotebookError("\n".join(told))


def _cases(root: Path) -> list[Case]:
    """The cases of the book at ``root``, by the article's id."""
    from tallybook.tables.opened import open_book

    book = open_book(root)
    return [book[name] for name in sorted(book)]


def _refuse_faults(texts: Mapping[str, str], names: Mapping[str, str], files: Sequence[str]) -> None:
    """``names``: what a person calls the page of a notebook, by its path in the site."""
    from tallybook.report.check import anchors, faults

    places = {name: anchors(text) for name, text in texts.items()}
    told = []
    for name, text in texts.items():
        seen = {from_page(file, name): places.get(file, frozenset()) for file in files}
        told += [f"{names.get(name, name)}: its page {fault}" for fault in faults(text, seen)]
    if told:
        raise NotebookError("\n".join(told))
