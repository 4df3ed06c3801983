"""Commands on the notebooks: report, notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import Jobs, Project, fail, near, project_root
from tallybook.cli.streams import tell

if TYPE_CHECKING:
    from tallybook.report import SiteSummary

_FEW = 12  # pages that are named one by one


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
    anew: Annotated[
        bool, typer.Option("--anew", help="Make everything, and take nothing over from the last build.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--list", help="Name every page that changed, not only the first few.")
    ] = False,
    jobs: Jobs = None,
) -> None:
    """Execute the notebooks and write the site.

    What is as it was in the last build is taken over from it: the pages are the same as if all were made
    anew. With ARTICLE only the pages of its case are made, in a site of their own, to be looked at at once.
    """
    import time

    from tallybook.report import ReportError, build_site

    start = time.perf_counter()
    root = project_root(project)
    try:
        usual = near(Path(root, ".cache", "report", article) if article else root / "site")
        summary = build_site(root, usual if out is None else out, case=article, jobs=jobs, anew=anew)
    except ReportError as error:
        fail(str(error))
    seconds = time.perf_counter() - start
    for note in summary.notes:
        tell(note, error=True)
    for line in _told(summary, every):
        tell(line)
    tell(f"{summary.pages} pages in {summary.out / 'index.html'}, in {seconds:.0f} s")


def _told(summary: SiteSummary, every: bool) -> Iterator[str]:
    """What a build that took something over made; of a first one, that made all, nothing."""
    from tallybook.prose import counted

    if not summary.taken and not every:
        return
    for word, pages in (("changed", summary.changed), ("gone", summary.gone)):
        named = pages if every or len(pages) <= _FEW else pages[:_FEW]
        yield from (f"{word}: {page}" for page in named)
        if len(named) < len(pages):
            yield f"{word}: {len(pages) - len(named)} more (--list names them)"
    if not summary.changed and not summary.gone:
        yield "no page changed"
    yield (
        f"{counted(len(summary.executed), 'notebook')} executed; "
        f"{counted(len(summary.changed), 'page')} changed, {summary.same} made and the same, "
        f"{summary.taken} taken over"
    )


def notebooks(project: Project = None, jobs: Jobs = None) -> None:
    """Execute the notebooks and store their outputs in them."""
    from tallybook.book.load import load_book
    from tallybook.book.problems import NO_ARTICLE
    from tallybook.book.processes import cores
    from tallybook.prose import counted
    from tallybook.report import ReportError, notebook_paths, notebooks_of_any_case, store_notebooks

    root = project_root(project)
    try:
        paths = notebook_paths(root)
        if not load_book(root).articles:
            waiting = notebooks_of_any_case(root)
            tell(f"{counted(len(waiting), 'notebook')} left as they are. {NO_ARTICLE}")
            paths = [path for path in paths if path not in waiting]
        store_notebooks(paths, jobs=jobs or min(cores(), 16))
    except ReportError as error:
        fail(str(error))
