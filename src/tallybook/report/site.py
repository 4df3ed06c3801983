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
from tallybook.report.errors import NotebookError, ReportError
from tallybook.report.manifest import INDEX
from tallybook.report.publish import prepare, publish
from tallybook.report.runner import execute_notebooks
from tallybook.report.runs import Run, notebook_paths, notebooks_of_any_case, planned_runs

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from tallybook.report.rendering import NotebookPage
    from tallybook.tables.case import Case


START = "Start"
"""The label of the page that lists the cases; the menu of a case links to the index instead."""


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
    prepare(out)
    executed = execute_notebooks(runs, jobs=jobs, progress=progress)
    elsewhere = notebooks_of_any_case(root) if case is None else notebook_paths(root)
    files = compose(executed, cases, [path.name for path in elsewhere])
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
    executed: Mapping[Run, NotebookNode], cases: Sequence[Case], general: Sequence[str] = ()
) -> dict[str, bytes]:
    """All files of the site, by their path in it, the index first. Writes nothing.

    ``general``: the names of notebooks that may have no page here, as where there is no case. The pages
    of a case do not depend on other cases. NotebookError if a notebook makes a page that must not be
    published.
    """
    from tallybook.report.downloads import downloads
    from tallybook.report.overview import case_overview, policy_lines
    from tallybook.report.pages import Entry, case_page, index_page, notebook_page

    _refuse_clashes(executed)
    rendered = _rendered(executed, general)
    of_book = [page for run, page in rendered.items() if run.case is None]
    book_menu = [Entry(INDEX, "Cases"), *(Entry(page.path, page.label) for page in of_book)]
    texts: dict[str, str] = {}
    data: dict[str, bytes] = {}
    overviews = []
    for case in cases:
        pages = [page for run, page in rendered.items() if run.case == case.id]
        files = downloads(case)
        overview = case_overview(case, pages, files)
        overviews.append(overview)
        menu = [Entry(INDEX, "Cases"), Entry(overview.path, "Verdicts")]
        menu += [Entry(page.path, page.label) for page in (*pages, *of_book) if page.label != START]
        texts[overview.path] = case_page(overview, menu)
        texts.update((page.path, notebook_page(page, pages, menu)) for page in pages)
        data.update((file.file, file.content) for file in files)
    texts.update((page.path, notebook_page(page, of_book, book_menu)) for page in of_book)
    policy = policy_lines(cases[0].policy) if cases else []
    texts = {INDEX: index_page(overviews, of_book, policy, book_menu), **texts}
    _refuse_faults(texts, {run.page: run.name for run in executed}, [*texts, *data])
    return {name: text.encode() for name, text in texts.items()} | data


def _rendered(executed: Mapping[Run, NotebookNode], general: Sequence[str]) -> dict[Run, NotebookPage]:
    """The page of each run. Links lead to the notebooks of its case and of the book, else to the index."""
    from tallybook.report.pages import from_page
    from tallybook.report.rendering import render_notebook

    found = {}
    for run, notebook in executed.items():
        links = dict.fromkeys(general, from_page(INDEX, run.page))
        links |= {other.path.name: from_page(INDEX, run.page) for other in executed if other.given}
        near = [other for other in executed if other.case in (None, run.case)]
        links |= {other.path.name: from_page(other.page, run.page) for other in near}
        found[run] = render_notebook(run, notebook, links)
    return found


def _refuse_clashes(executed: Mapping[Run, NotebookNode]) -> None:
    if any(run.path.stem == "index" for run in executed):
        raise NotebookError("index.ipynb: its page would replace the index; give it another name")
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
    from tallybook.report.check import faults
    from tallybook.report.pages import from_page

    told = []
    for name, text in texts.items():
        seen = [from_page(file, name) for file in files]
        told += [f"{names.get(name, name)}: its page {fault}" for fault in faults(text, seen)]
    if told:
        raise NotebookError("\n".join(told))
