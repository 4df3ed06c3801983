"""What a scan tells: how far it is, what it found, and how to go on with one that was stopped."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from tallybook.cli.streams import printable, tell
from tallybook.prose import counted

if TYPE_CHECKING:
    from tallybook.scan.run import Scan

_EVERY = 10.0
"""Seconds between two lines of progress where no terminal shows a bar."""

_MOST_NAMED = 6


class Watcher:
    """Shows how far a scan is, on standard error: a line that stays in place on a terminal, else one now and
    then. ``last``: as it was told last; ``seconds``: since the begin."""

    def __init__(self) -> None:
        self.last: Scan | None = None
        self._began = self._told = time.monotonic()
        self._bar: Any = None

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def __call__(self, scan: Scan) -> None:
        self.last = scan
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], description=self._line(scan))
        elif time.monotonic() - self._told >= _EVERY:
            self._told = time.monotonic()
            tell(self._line(scan), error=True)

    def _line(self, scan: Scan) -> str:
        pace = scan.anew.texts / max(self.seconds, 1e-9)
        kept = f"{counted(scan.before, 'part')} kept, " if scan.before else ""
        return (
            f"{counted(scan.counts.texts, 'text')}, {counted(scan.counts.figures, 'figure')}, "
            f"{kept}{counted(round(pace), 'text')} a second"
        )

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
            console = Console(stderr=True, highlight=False)
            self._bar = Progress(*columns, console=console, transient=True)
            self._bar.start()
            self._bar.add_task("reading", total=None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def tell_scan(scan: Scan, seconds: float) -> None:
    """What was read and where it stands; what was not read, and what was left out."""
    counts, tables = scan.counts, scan.place.tables
    if scan.anew.texts and seconds >= 1:
        pace = counted(round(scan.anew.texts / seconds), "text")
        tell(f"{seconds:,.0f} s, {pace} a second", error=True)
    tell(f"{counted(counts.texts, 'text')}, {counted(counts.figures, 'figure')}")
    if scan.before:
        tell(f"{scan.before:,} of {counted(scan.parts, 'part')} had been finished before and were kept.")
    _tell_table("figures", tables["mentions"])
    _tell_table("texts", tables["texts"])
    if tables["watch"].is_dir():
        what = f"{counted(counts.watched, 'figure')} that a source of the book states or contradicts"
        _tell_table(what, tables["watch"])
    if counts.unread:
        tell(
            f"not read, or not to the end: {counted(counts.unread, 'text')}; why: column 'error' of the texts"
        )
    if left_out := scan.left_out.counts:
        named = ", ".join(f"{what} {count:,}" for what, count in left_out.most_common(_MOST_NAMED))
        more = f" and {len(left_out) - _MOST_NAMED:,} kinds more" if len(left_out) > _MOST_NAMED else ""
        tell(printable(f"left out: {named}{more}"))


def _tell_table(what: str, folder: Path) -> None:
    here = Path.cwd()
    name = folder.relative_to(here) if folder.is_relative_to(here) else folder
    tell(printable(f"{what}: {name}"))


def tell_how_to_go_on(scan: Scan | None, out: Path) -> None:
    """After Ctrl-C."""
    if scan is None or not scan.parts:
        tell("Stopped. No part was finished yet; the same command begins again.", error=True)
        return
    finished = f"{counted(scan.parts, 'part')} with {counted(scan.counts.texts, 'text')}"
    tell(printable(f"Stopped. {finished} finished, kept in {out}.unfinished."), error=True)
    tell("The same command goes on from there.", error=True)
