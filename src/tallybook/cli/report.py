"""Commands on the notebooks: report, notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tallybook.cli.arguments import Jobs, Project, fail, near, project_root
from tallybook.cli.streams import tell


def report(
    project: Project = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the site. Default: site, in the project.")
    ] = None,
    jobs: Jobs = 2,
) -> None:
    """Execute the notebooks and write the site."""
    import time

    from tallybook.report import ReportError, build_site

    start = time.perf_counter()
    root = project_root(project)
    try:
        summary = build_site(root, near(root / "site") if out is None else out, jobs=jobs)
    except ReportError as error:
        fail(str(error))
    seconds = time.perf_counter() - start
    for note in summary.notes:
        tell(note, error=True)
    tell(f"{summary.pages} pages in {summary.out / 'index.html'}, in {seconds:.0f} s")


def notebooks(project: Project = None, jobs: Jobs = 2) -> None:
    """Execute the notebooks and store their outputs in them."""
    from tallybook.book.load import load_book
    from tallybook.book.problems import NO_ARTICLE
    from tallybook.prose import counted
    from tallybook.report import ReportError, notebook_paths, notebooks_of_any_case, store_notebooks

    root = project_root(project)
    try:
        paths = notebook_paths(root)
        if not load_book(root).articles:
            waiting = notebooks_of_any_case(root)
            tell(f"{counted(len(waiting), 'notebook')} left as they are. {NO_ARTICLE}")
            paths = [path for path in paths if path not in waiting]
        store_notebooks(paths, jobs=jobs)
    except ReportError as error:
        fail(str(error))
