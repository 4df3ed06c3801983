"""Builds the whole site: runs the notebooks, makes the pages, and puts them in place at once.

``site/`` is replaced only by a site that is complete and was checked; on any error it stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook.report.errors import NotebookError, ReportError
from tallybook.report.manifest import INDEX
from tallybook.report.publish import prepare, publish
from tallybook.report.runner import execute_notebooks

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from tallybook.tables.case import Case


@dataclass(frozen=True)
class SiteSummary:
    """What was written. ``pages``, ``downloads``: how many; ``largest_page``, ``total``: bytes.

    ``notes``: sentences about files of the older site that somebody had edited.
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


def build_site(root: Path, out: Path, *, jobs: int = 2, progress: bool = True) -> SiteSummary:
    """Run ``root/notebooks/*.ipynb`` and write the site to the folder ``out``.

    The committed notebooks are not touched. The same data give the same bytes. Raises ReportError
    (NotebookError when a notebook is at fault) with ``out`` left as it was.
    """
    paths = sorted(Path(root, "notebooks").glob("*.ipynb"))
    if not paths:
        raise ReportError(
            f"{Path(root, 'notebooks')} has no notebook (*.ipynb), so there is nothing to report"
        )
    prepare(out)
    cases = _cases(root)
    executed = execute_notebooks(paths, jobs=jobs, progress=progress)
    files = compose(executed, cases)
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


def compose(notebooks: Mapping[Path, NotebookNode], cases: Sequence[Case]) -> dict[str, bytes]:
    """All files of the site, by their path in it, the index first. Touches no disk.

    Raises NotebookError when a notebook makes a page that must not be published.
    """
    from tallybook.report.downloads import downloads
    from tallybook.report.overview import RELATIONS, case_overview, policy_lines
    from tallybook.report.pages import index_page, notebook_page
    from tallybook.report.rendering import render_notebook

    stems = frozenset(path.stem for path in notebooks)
    if "index" in stems:
        raise NotebookError(
            "index.ipynb: its page would stand in the place of the index; give it another name"
        )
    pages = [render_notebook(path, notebook, stems) for path, notebook in notebooks.items()]
    data = [download for case in cases for download in downloads(case)]
    facts: dict[str, Any] = {
        "cases": [case_overview(case, pages) for case in cases],
        "downloads": data,
        "relations": RELATIONS,
        "policy": policy_lines(cases[0].policy) if cases else [],
    }
    texts = {INDEX: index_page(pages, facts), **{page.file: notebook_page(page, pages) for page in pages}}
    _refuse_faults(texts, [*texts, *(download.file for download in data)])
    files = {name: text.encode() for name, text in texts.items()}
    files.update((download.file, download.content) for download in data)
    return files


def _cases(root: Path) -> list[Case]:
    """The cases of the book at ``root``, by the article's id."""
    from tallybook.tables.opened import open_book

    book = open_book(root)
    return [book[name] for name in sorted(book)]


def _refuse_faults(texts: Mapping[str, str], files: Sequence[str]) -> None:
    from tallybook.report.check import faults

    told = []
    for name, text in texts.items():
        source = name if name == INDEX else f"{Path(name).stem}.ipynb"
        told += [f"{source}: its page {fault}" for fault in faults(text, files)]
    if told:
        raise NotebookError("\n".join(told))
