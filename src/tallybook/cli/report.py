"""Commands on the notebooks: report, notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tallybook.cli.arguments import Jobs, Project, fail, near, project_root
from tallybook.cli.streams import tell


def report(
    article: Annotated[
        str | None,
        typer.Argument(metavar="[ARTICLE]", help="Id of an article: the pages of its case alone."),
    ] = None,
    project: Project = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder of the site. Default: site; of one case .cache/report/ARTICLE."),
    ] = None,
    jobs: Jobs = 2,
) -> None:
    """Execute the notebooks and write the site.

    With ARTICLE only the pages of its case are made, in a site of their own, to be looked at at once.
    """
    import time

    from tallybook.report import ReportError, build_site

    start = time.perf_counter()
    root = project_root(project)
    try:
        usual = near(Path(root, ".cache", "report", article) if article else root / "site")
        summary = build_site(root, usual if out is None else out, case=article, jobs=jobs)
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
