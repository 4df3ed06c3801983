"""Readers as the benchmark holds them: processes that read what they are given and say how long it took."""

from __future__ import annotations

import contextlib
import json
import math
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from measure.accuracy import Reading

HERE = Path(__file__).resolve().parents[1]

OURS = "tallybook"
COMPILED = "tallybook, compiled"
# The names of measure.worker, and what each reads.
PEERS = {
    "quantulum3": "numbers and units",
    "Recognizers": "numbers and units",
    "Duckling": "numbers, units and bounds",
    "Duckling, dates too": "so that it does not take a year for a number",
    "text2num": "number words only",
}
# Readers of half the task are shown, but not raced against.
NUMBERS_ONLY = frozenset({"text2num"})


class CannotRead(Exception):
    """Why a reader does not start, in one line."""


class Turn(NamedTuple):
    """One turn of a reader: processor seconds of one pass, texts it raised on, and what it read."""

    seconds: float
    failed: int
    readings: list[list[Reading]]


class Reader:
    """A reader in a worker process of ``python``; ``version`` is that of its package.

    CannotRead if it does not start. A context: the process ends with it.
    """

    def __init__(self, name: str, python: Path, package: Path | None = None) -> None:
        """``package``: the folder that its package is imported from, if not from the environment."""
        self.name = name
        self._package = package
        self._command = [str(python), "-m", "measure.worker", OURS if name == COMPILED else name]
        self._process: subprocess.Popen[str] | None = None
        self.version = self._start()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def turn(
        self, texts: Sequence[str], passes: int = 1, *, readings: bool = False, limit: float = math.inf
    ) -> Turn:
        """Read the texts so often. After ``limit`` seconds it is stopped, and the turn took for ever."""
        answer = self._ask({"texts": list(texts), "passes": passes, "readings": readings}, limit)
        if answer is None:
            return Turn(math.inf, 0, [])
        found = [[Reading(*figure) for figure in figures] for figures in answer.get("readings", [])]
        return Turn(answer["seconds"], answer["failed"], found)

    def memory(self, block: str, times: int) -> float:
        """The memory that reading the block so often takes, as a multiple of the text's bytes.

        True of a reader that has read nothing larger before.
        """
        answer = self._ask({"block": block, "times": times}, math.inf)
        return math.inf if answer is None else answer["grown"] / answer["bytes"]

    def _ask(self, request: dict[str, Any], limit: float) -> dict[str, Any] | None:
        if self._process is None:
            self._start()
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        alarm = threading.Timer(min(limit, threading.TIMEOUT_MAX), process.kill)
        alarm.start()
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        finally:
            alarm.cancel()
        if line:
            return dict(json.loads(line))
        self._stop()
        if limit < math.inf:
            return None
        raise CannotRead(f"{self.name} ended while it was reading")

    def _start(self) -> str:
        folders = [str(folder) for folder in (HERE, self._package) if folder is not None]
        path = {"PYTHONPATH": os.pathsep.join(folders), "PYTHONWARNINGS": "ignore"}
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, **path},
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        said = json.loads(line) if line else {"error": "its process ended at once"}
        if "error" in said:
            self._stop()
            raise CannotRead(f"{self.name}: {said['error']}")
        return str(said["ready"])

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@contextlib.contextmanager
def started(peers: Path | None) -> Iterator[tuple[list[Reader], list[str]]]:
    """tallybook and the peers that start, ours first, and a line for each peer that does not.

    ``peers``: the interpreter of the peers' environment, or None for tallybook alone.
    """
    with contextlib.ExitStack() as all_of_them:
        readers = [all_of_them.enter_context(Reader(OURS, Path(sys.executable)))]
        silent = []
        if compiled_is_current():
            ours = Reader(COMPILED, Path(sys.executable), HERE.parent / ".compiled")
            readers.append(all_of_them.enter_context(ours))
        else:
            silent.append(f"{COMPILED}: make compiled makes it, with a C compiler")
        for name in PEERS if peers is not None else ():
            try:
                readers.append(all_of_them.enter_context(Reader(name, peers)))
            except CannotRead as error:
                silent.append(str(error))
        yield readers, silent


def compiled_is_current() -> bool:
    """Whether the reader was compiled from the present sources."""
    sys.path.insert(0, str(HERE.parent / "tools"))
    try:
        from compile_reader import is_current
    finally:
        del sys.path[0]
    return is_current()


def on_one_core() -> int | None:
    """Keep this process, and those it starts, on one core, where the system lets it; which one."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core
