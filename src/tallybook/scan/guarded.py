"""A process that works on parts, and is ended where one text holds it up.

A text may keep a reader of pages busy for ever, or end its process. Then that text alone is lost, with the
reason, and a new process goes on. A text whose process ended is tried once more: perhaps the system ended it,
for want of memory. Nothing is written here: what a process made is handed back, so that one which outlives
its parent can do no harm.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from tallybook.book.problems import BookError
from tallybook.scan.fork_server import deaf
from tallybook.scan.part import Finished, Job, finish
from tallybook.scan.settings import Settings

_MOST_FALLS = 3
"""How often a process may end before the first text of a part."""

_ENDING = 5.0


class CannotWork(Exception):
    """The processes end whatever they are given. ``str()`` is a sentence."""


class Guarded:
    """One such process, which works on one part at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._spawn = multiprocessing.get_context("spawn")
        self._at: Any = self._spawn.RawValue("q", -1)
        self._falls = 0
        self._fell_at: set[int] = set()
        self._seen, self._since = -1, 0.0
        self.job: Job | None = None
        self._start()

    def give(self, job: Job) -> None:
        """Have it work on a part. It must be idle."""
        self._fell_at.clear()
        self._hand(job)

    def _hand(self, job: Job) -> None:
        self.job = job
        self._at.value = self._seen = -1
        self._since = time.monotonic()
        with contextlib.suppress(OSError):  # it has ended: that is found where its answer is awaited
            self.connection.send(job)

    def answer(self) -> Finished | None:
        """What it made of its part, once there is something to be received; None where it has ended and works
        on the part anew, the second time without the text that it was at. BookError and OSError: as it met
        them."""
        assert self.job is not None
        try:
            answer = self.connection.recv()
        except (EOFError, OSError):
            self._process.join(_ENDING)
            code, at = self._process.exitcode, self._at.value
            if at < 0:
                self._fell_before_any_text(code)
            tried = at in self._fell_at
            self._fell_at.add(at)
            self._again(at, f"ended both processes that read it (exit code {code})." if tried else None)
            return None
        if isinstance(answer, Exception):
            raise answer
        self.job, self._falls = None, 0
        assert isinstance(answer, Finished)
        return answer

    def end_if_held_up(self) -> None:
        """Where one text has kept it busy for too long, go on without that."""
        if self.job is None:
            return
        now, at = time.monotonic(), self._at.value
        if at != self._seen:
            self._seen, self._since = at, now
        elif at >= 0 and now - self._since > self._settings.seconds:
            self._again(at, f"was not read within {self._settings.seconds:g} seconds.")

    def stop(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.join(_ENDING)
        self.connection.close()

    def _fell_before_any_text(self, code: int | None) -> None:
        self._falls += 1
        if self._falls == _MOST_FALLS:
            self.stop()
            raise CannotWork(f"{_MOST_FALLS} processes ended before they had read a text (exit code {code}).")

    def _again(self, at: int, why: str | None) -> None:
        """Work on the part anew, by another process; without the text at ``at``, where it is said why."""
        job = self.job
        assert job is not None
        self.stop()
        if at >= 0:
            self._falls = 0
        self._start()
        self._hand(job if at < 0 or why is None else Job(job.part, job.done, {**job.skipped, at: why}))

    def _start(self) -> None:
        self.connection, other = self._spawn.Pipe()
        self._process: SpawnProcess = self._spawn.Process(
            target=_serve, args=(other, self._at, self._settings), daemon=True
        )
        with deaf():
            self._process.start()
        other.close()


def _serve(connection: Connection, at: Any, settings: Settings) -> None:
    """Work on parts until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def tell(number: int) -> None:
        at.value = number

    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            job = connection.recv()
            try:
                answer: Finished | Exception = finish(job, settings, tell)
            except (BookError, OSError) as error:
                answer = error
            connection.send(answer)
            at.value = -1
