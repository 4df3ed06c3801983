"""How far a command on every article is, and how one that is stopped ends."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from tallybook.cli.arguments import fail
from tallybook.cli.streams import tell

if TYPE_CHECKING:
    from tallybook.tables.every_case import EveryCase


@contextmanager
def watched(every: EveryCase, *, telling: bool = False) -> Iterator[Callable[[EveryCase], None]]:
    """Shows how many articles are judged, on standard error where that is a terminal; elsewhere nothing.

    ``telling``: what is judged is told meanwhile; where it goes to a terminal too, that shows how far it is.
    """
    if not every.asked or not sys.stderr.isatty() or (telling and sys.stdout.isatty()):
        yield lambda every: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("articles"), TimeElapsedColumn())
    console = Console(stderr=True, highlight=False)
    with Progress(
        *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
    ) as progress:
        task = progress.add_task("", total=every.asked)
        yield lambda every: progress.update(task, completed=every.done)


@contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C ends the command with 130: what was judged is kept. So does a process that is lost, with 1."""
    from tallybook.book.processes import ProcessLost

    try:
        yield
    except KeyboardInterrupt:
        tell("Stopped. What was made is kept; the same command goes on.", error=True)
        raise typer.Exit(130) from None
    except ProcessLost as error:
        fail(f"{error} What was made is kept; the same command goes on.")
