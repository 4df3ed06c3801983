"""The progress bar on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Bar:
    def __init__(self, progress: Progress, task: TaskID, notebooks: int) -> None:
        self._progress, self._task, self._left = progress, task, notebooks

    def cell_done(self, name: str) -> None:
        self._progress.update(self._task, advance=1, description=escape(name))

    def notebook_done(self, name: str, seconds: float, failed: bool) -> None:
        self._left -= 1
        colour, state = ("yellow", "failed after") if failed else ("blue", "ran in")
        self._progress.console.print(f"  [{colour}]{escape(name)}[/] {state} {seconds:.1f} s")
        if not self._left:
            self._progress.update(self._task, description="notebooks")


@contextmanager
def bar(cells: int, notebooks: int) -> Iterator[Bar]:
    """A bar that counts cells, and one line for each notebook that is done."""
    columns = (
        TextColumn("  {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("cells"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True, highlight=False), transient=True) as progress:
        yield Bar(progress, progress.add_task("starting", total=cells), notebooks)


@contextmanager
def case_bar(cases: int) -> Iterator[Callable[[], None]]:
    """A bar that counts the cases of which all pages are made."""
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("cases"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True, highlight=False), transient=True) as progress:
        task = progress.add_task("", total=cases)
        yield lambda: progress.advance(task)
