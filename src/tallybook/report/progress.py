"""The progress of the notebooks: a bar on a terminal, plain lines elsewhere, or nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol


class Watcher(Protocol):
    """What is called while notebooks run. ``name``: of the run."""

    def cell_done(self, name: str) -> None: ...
    def notebook_done(self, name: str, seconds: float, failed: bool) -> None: ...


class Silent:
    def cell_done(self, name: str) -> None:
        """Nothing is shown."""

    def notebook_done(self, name: str, seconds: float, failed: bool) -> None:
        """Nothing is shown."""


class PlainProgress:
    """One line per notebook, on standard error; standard output is for results."""

    def __init__(self, notebooks: int) -> None:
        self._total = notebooks
        self._done = 0

    def cell_done(self, name: str) -> None:
        """Nothing is shown: a line per cell would be noise in a log."""

    def notebook_done(self, name: str, seconds: float, failed: bool) -> None:
        self._done += 1
        state = "failed after" if failed else "ran in"
        print(f"  {self._done}/{self._total}  {name} {state} {seconds:.1f} s", file=sys.stderr, flush=True)


@contextmanager
def watch(cells: int, notebooks: int, *, show: bool) -> Iterator[Watcher]:
    """The watcher for the kind of standard error. ``cells``: the number of code cells in all notebooks."""
    if not show:
        yield Silent()
    elif not sys.stderr.isatty():
        yield PlainProgress(notebooks)
    else:
        from tallybook.report.progress_bar import bar

        with bar(cells, notebooks) as watcher:
            yield watcher


@contextmanager
def watch_cases(cases: int, *, show: bool) -> Iterator[Callable[[], None]]:
    """What is called after the pages of each case are made: a bar on a terminal, elsewhere nothing."""
    if not (show and cases and sys.stderr.isatty()):
        yield lambda: None
        return
    from tallybook.report.progress_bar import case_bar

    with case_bar(cases) as done:
        yield done
