"""Commands on the notebooks: report, notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tallybook.cli.arguments import Jobs, Project, fail, project_root
from tallybook.cli.streams import tell


def report(
    project: Project = None,
    out: Annotated[Path, typer.Option("--out", help="Folder of the site.")] = Path("site"),
    jobs: Jobs = 2,
) -> None:
    """Execute the notebooks and write the site."""
    import time

    from tallybook.report import ReportError, build_site

    start = time.perf_counter()
    try:
        summary = build_site(project_root(project), out, jobs=jobs)
    except ReportError as error:
        fail(str(error))
    seconds = time.perf_counter() - start
    for note in summary.notes:
        tell(note, error=True)
    tell(f"{summary.pages} pages in {summary.out / 'index.html'}, in {seconds:.0f} s")


def notebooks(project: Project = None, jobs: Jobs = 2) -> None:
    """Execute the notebooks and store their outputs in them."""
    from tallybook.report import ReportError, notebook_paths, store_notebooks

    try:
        store_notebooks(notebook_paths(project_root(project)), jobs=jobs)
    except ReportError as error:
        fail(str(error))
