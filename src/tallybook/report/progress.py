"""How far the notebooks are: a bar on a terminal, plain lines elsewhere, nothing when silent."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Watcher(Protocol):
    """Told what happens while notebooks run."""

    def cell_done(self, name: str) -> None: ...
    def notebook_done(self, name: str, seconds: float, failed: bool) -> None: ...


class Silent:
    def cell_done(self, name: str) -> None:
        """Nothing is shown."""

    def notebook_done(self, name: str, seconds: float, failed: bool) -> None:
        """Nothing is shown."""


class PlainProgress:
    """One line a notebook, on standard error: standard output is left to results."""

    def __init__(self, notebooks: int) -> None:
        self._total = notebooks
        self._done = 0

    def cell_done(self, name: str) -> None:
        """A line a cell would be noise in a log."""

    def notebook_done(self, name: str, seconds: float, failed: bool) -> None:
        self._done += 1
        state = "failed after" if failed else "ran in"
        print(f"  {self._done}/{self._total}  {name} {state} {seconds:.1f} s", file=sys.stderr, flush=True)


@contextmanager
def watch(cells: int, notebooks: int, *, show: bool) -> Iterator[Watcher]:
    """The watcher that fits where standard error goes. ``cells``: code cells in all the notebooks."""
    if not show:
        yield Silent()
    elif not sys.stderr.isatty():
        yield PlainProgress(notebooks)
    else:
        from tallybook.report.progress_bar import bar

        with bar(cells, notebooks) as watcher:
            yield watcher
