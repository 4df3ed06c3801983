"""Kills commands at random moments, and looks at what they leave.

The law for each command of ``commands.py``: whenever it is killed, what lies there is sound, and the same
command then ends as if nothing had been, with nothing lost, doubled or left behind.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).resolve().parents[2] / "src"
LONGEST = 300.0
"""Seconds that a command may take, killed or not."""


@dataclass(frozen=True)
class Command:
    """A command that writes.

    ``prepare``: makes the folder that it works in; ``arguments``: of ``tallybook``, run in that folder;
    ``typed``: what it is told on standard input. ``result``: all that it wrote, comparable with ``==`` and
    the same for every undisturbed run; ``sound``: raises AssertionError where what lies there after a kill
    could mislead or stop anybody. ``ends``: the exit codes of a run that was not killed.
    """

    name: str
    prepare: Callable[[Path], None]
    arguments: list[str]
    result: Callable[[Path], Any]
    sound: Callable[[Path, Any], None]
    ends: frozenset[int] = field(default=frozenset({0}))
    typed: str = ""


class Broken(AssertionError):
    """The law does not hold. ``str()`` tells the command, the moment and what was found."""


def undisturbed(command: Command, folder: Path) -> tuple[Any, float]:
    """(result, seconds) of a run that nothing happens to. ``folder``: a new one."""
    command.prepare(folder)
    began = time.monotonic()
    run = _started(command, folder)
    _, said = run.communicate(command.typed, timeout=LONGEST)
    seconds = time.monotonic() - began
    if run.returncode not in command.ends:
        raise Broken(f"{command.name} ends with {run.returncode} undisturbed: {said}")
    return command.result(folder), seconds


def kills(command: Command, scratch: Path, number: int, seed: int) -> Iterator[str]:
    """Kill a command at so many random moments, each in a folder of its own; a line on each that held.

    Half of the kills are of the command alone, and half of the processes that it started too. Broken where
    the law does not hold; the folder is kept then.
    """
    wanted, seconds = undisturbed(command, scratch / "undisturbed")
    chance = random.Random(f"{command.name} {seed}")
    for k in range(number):
        moment, alone = chance.uniform(0, 1.05 * seconds), chance.random() < 0.5
        folder = scratch / f"kill-{k}"
        command.prepare(folder)
        ended = _killed(command, folder, moment, alone=alone)
        what = f"{command.name}, killed after {moment:.3f} s{' alone' if alone else ''} (seed {seed}, {k})"
        try:
            command.sound(folder, wanted)
            _once_more(command, folder, wanted)
        except AssertionError as error:
            raise Broken(f"{what}: {error} See {folder}.") from error
        shutil.rmtree(folder)
        yield f"{what}: {'it had ended before' if ended else 'held'}"


def _killed(command: Command, folder: Path, moment: float, *, alone: bool) -> bool:
    """Whether it had ended before it could be killed."""
    run = _started(command, folder)
    try:
        run.communicate(command.typed, timeout=moment)
        return True
    except subprocess.TimeoutExpired:
        os.kill(run.pid, signal.SIGKILL) if alone else os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        return False


def _once_more(command: Command, folder: Path, wanted: Any) -> None:
    run = _started(command, folder)
    try:
        _, said = run.communicate(command.typed, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        raise AssertionError(f"once more it does not end within {LONGEST:g} s.") from None
    assert run.returncode in command.ends, f"once more it ends with {run.returncode}: {said}"
    assert command.result(folder) == wanted, "once more the result is another one."


def _started(command: Command, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tallybook", *command.arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
