"""Builds the whole site: runs the notebooks, makes the pages, and puts them in place at once.

``site/`` is replaced only by a site that is complete and was checked; on any error it stays as it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook.report.errors import NotebookError, ReportError
from tallybook.report.runner import execute_notebooks

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from tallybook.tables.case import Case

INDEX = "index.html"
_OURS = '<meta name="generator" content="tallybook '


@dataclass(frozen=True)
class SiteSummary:
    """What was written. ``pages``, ``downloads``: how many; ``largest_page``, ``total``: bytes."""

    out: Path
    pages: int
    downloads: int
    largest_page: int
    total: int

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
    _may_be_replaced(out)
    cases = _cases(root)
    executed = execute_notebooks(paths, jobs=jobs, progress=progress)
    files = compose(executed, cases)
    publish(files, out)
    sizes = [len(content) for name, content in files.items() if name.endswith(".html")]
    return SiteSummary(
        out=out,
        pages=len(sizes),
        downloads=len(files) - len(sizes),
        largest_page=max(sizes),
        total=sum(map(len, files.values())),
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


def publish(files: Mapping[str, bytes], out: Path) -> None:
    """Write the files beside ``out`` and rename the folder into its place."""
    _may_be_replaced(out)
    out = out.resolve()
    fresh = out.with_name(f".{out.name}.new-{os.getpid()}")
    old = out.with_name(f".{out.name}.old-{os.getpid()}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            file = fresh / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        if out.exists():
            out.rename(old)
        try:
            fresh.rename(out)
        except OSError:
            if old.exists():
                old.rename(out)
            raise
    except OSError as error:
        raise ReportError(f"the report could not be written to {out}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _cases(root: Path) -> list[Case]:
    """The cases of the book at ``root``, by the article's id."""
    from tallybook.tables.opened import open_book

    book = open_book(root)
    return [book[name] for name in sorted(book)]


def _may_be_replaced(out: Path) -> None:
    """Refuse to remove anything but an empty folder or a site of ours."""
    if not out.exists():
        return
    if not out.is_dir():
        raise ReportError(f"{out} is a file; the report needs a folder")
    if not any(out.iterdir()):
        return
    index = out / INDEX
    if not index.is_file() or _OURS not in index.read_text(encoding="utf-8", errors="replace")[:4000]:
        raise ReportError(
            f"{out} holds something else than a report of tallybook, and is left alone; name another"
        )


def _refuse_faults(texts: Mapping[str, str], files: Sequence[str]) -> None:
    from tallybook.report.check import faults

    told = []
    for name, text in texts.items():
        source = name if name == INDEX else f"{Path(name).stem}.ipynb"
        told += [f"{source}: its page {fault}" for fault in faults(text, files)]
    if told:
        raise NotebookError("\n".join(told))
