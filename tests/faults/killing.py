"""Stops commands that write, at random moments and at every step, and looks at what they leave.

The law for each command of ``commands.py``, wherever it is killed or stopped by Ctrl-C: every file is as it
was before or as a whole run writes it, and files of other people are as they were; the same command then ends
as if nothing had been: nothing lost, nothing doubled, no draft, lock or temporary file beside it, and no
process left.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from commands import Command, Tree, tree
from stepping import LONGEST, Blow, Ended, of_session, run, surroundings

SOURCES = Path(__file__).resolve().parents[2] / "src"
_STOPPED = {Blow.KILLED: frozenset({-signal.SIGKILL}), Blow.CTRL_C: frozenset({1, 130})}


class Broken(AssertionError):
    """The law does not hold. ``str()`` tells the command, the moment and what was found."""


@dataclass(frozen=True)
class Undisturbed:
    """What a command does when nothing happens to it: ``before`` it, and after one and two runs, with their
    exit codes; ``beside``: names in the folders for temporary files and of the home; ``seconds``, ``steps``:
    of the first run, which is a process of its own where the command is not ``alone``."""

    folder: Path
    before: Tree
    after: Tree
    results: tuple[Any, Any]
    codes: tuple[int, int]
    beside: frozenset[str]
    seconds: float
    steps: int


def undisturbed(command: Command, scratch: Path) -> Undisturbed:
    """Run a command twice in new folders of ``scratch``. ``folder`` of the result is as it was prepared."""
    scratch.mkdir(parents=True, exist_ok=True)
    folder = scratch / "prepared" / "work"
    folder.parent.mkdir()
    command.prepare(folder)
    work = _copy(folder, scratch / "undisturbed")
    before = tree(work)
    began = time.monotonic()
    first = _run(command, work)
    seconds = time.monotonic() - began
    if first.left:
        raise Broken(f"{command.name} leaves processes that run on.")
    if "Traceback" in first.err or first.code < 0:
        raise Broken(f"{command.name} ends with {first.code} undisturbed: {first.err}")
    after, result, beside = tree(work), command.result(work), _beside(work)
    second = _run(command, work)
    results = (result, command.result(work))
    codes = (first.code, second.code)
    return Undisturbed(folder, before, after, results, codes, beside | _beside(work), seconds, first.steps)


def kills(command: Command, scratch: Path, number: int, seed: int) -> Iterator[str]:
    """Stop a command at so many random moments, each in a folder of its own; a line on each that held.

    By turns it is killed alone, killed with the processes that it started, and told Ctrl-C. Broken where the
    law does not hold; the folder is kept then.
    """
    wanted = undisturbed(command, scratch)
    chance = random.Random(f"{command.name} {seed}")
    seconds = _alone(command, _copy(wanted.folder, scratch / "timed")) if command.alone else wanted.seconds
    for k in range(number):
        moment, how = chance.uniform(0, 1.05 * seconds), ("killed alone", "killed", "stopped")[k % 3]
        work = _copy(wanted.folder, scratch / f"kill-{k}")
        what = f"{command.name}, {how} after {moment:.3f} s (seed {seed}, {k})"
        ended = _stopped(command, work, moment, how)
        _holds(command, work, wanted, what)
        shutil.rmtree(work.parent)
        yield f"{what}: {'it had ended before' if ended else 'held'}"


def struck(command: Command, scratch: Path, blow: Blow, steps: Iterable[int], wanted: Undisturbed) -> int:
    """Strike a command at these of its steps, each in a folder of its own. Returns how many were struck."""
    held = 0
    for step in steps:
        work = _copy(wanted.folder, scratch / f"{blow.name}-{step}")
        ended = run(command.arguments, work, typed=command.typed, blow=blow, at=step)
        what = f"{command.name}, {blow.name} at step {step} of {wanted.steps}"
        if ended.left:
            raise Broken(f"{what}: processes run on. See {work}.")
        if "Traceback" in ended.err:
            raise Broken(f"{what}: a traceback: {ended.err} See {work}.")
        if blow in _STOPPED and ended.code not in _STOPPED[blow] | set(wanted.codes):
            raise Broken(f"{what}: it ends with {ended.code}: {ended.err} See {work}.")
        _holds(command, work, wanted, what)
        shutil.rmtree(work.parent)
        held += 1
    return held


def refused(command: Command, scratch: Path, blow: Blow, at: int, wanted: Undisturbed) -> None:
    """The law of a disk that is full or read-only: one message and exit code 1, or (where what could not be
    written is kept for speed alone) the whole result; and everything whole. Broken where it does not hold."""
    work = _copy(wanted.folder, scratch / f"{blow.name}-{at}")
    if blow is Blow.READ_ONLY:
        _allow(work, 0o555, 0o444)
    ended = run(command.arguments, work, typed=command.typed, blow=blow, at=at)
    _allow(work, 0o755, 0o644)
    what = f"{command.name}, {blow.name} at {at} of {wanted.steps} steps"
    try:
        assert "Traceback" not in ended.err, f"a traceback: {ended.err}"
        assert not ended.left, "processes run on."
        if ended.code == wanted.codes[0] and _shown(tree(work)) == _shown(wanted.after):
            shutil.rmtree(work.parent)
            return
        assert ended.code in (1, 2), f"it ends with {ended.code}: {ended.out}{ended.err}"
        told = [line for line in ended.err.splitlines() if line.strip() and line != "1 problem"]
        assert len(told) == 1, f"not one message: {told}"
    except AssertionError as error:
        raise Broken(f"{what}: {error} See {work}.") from error
    _holds(command, work, wanted, what)
    shutil.rmtree(work.parent)


def _allow(folder: Path, folders: int, files: int) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(folders if path.is_dir() else files)


def _holds(command: Command, work: Path, wanted: Undisturbed, what: str) -> None:
    try:
        _whole(command, wanted, tree(work))
        command.sound(work, wanted.results[0])
        again = _run(command, work)
        assert not again.left, "once more it leaves processes that run on."
        assert again.code in wanted.codes, f"once more it ends with {again.code}: {again.out}{again.err}"
        result = command.result(work)
        assert result in wanted.results, f"once more the result is another one: {_unlike(result, wanted)}"
        new = _beside(work) - wanted.beside
        left = {name for name in new if not any(fnmatch(name, pattern) for pattern in command.beside)}
        assert not left, f"temporary files stay: {sorted(left)}"
    except AssertionError as error:
        raise Broken(f"{what}: {error} See {work}.") from error


def _whole(command: Command, wanted: Undisturbed, found: Tree) -> None:
    """Each unit is as before or as afterwards. Hidden files are drafts, which the next run has to remove."""
    before, after, now = (_units(command, _shown(one)) for one in (wanted.before, wanted.after, found))
    for unit in before.keys() | after.keys() | now.keys():
        if not any(fnmatch(unit, pattern) for pattern in command.known):
            is_whole = now.get(unit, {}) in (before.get(unit, {}), after.get(unit, {}))
            assert is_whole, f"{unit} is neither as before nor as a whole run leaves it."


def _shown(found: Tree) -> Tree:
    """The files that people see; folders alone count for nothing."""
    return {
        name: digest for name, digest in found.items() if digest != "folder" and not _is_hidden(Path(name))
    }


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".") or any(part.startswith(".") and part != ".git" for part in path.parts)


def _units(command: Command, found: Tree) -> dict[str, Tree]:
    units: dict[str, Tree] = defaultdict(dict)
    for name, digest in found.items():
        units[command.unit(name)][name] = digest
    return dict(units)


def _unlike(result: Any, wanted: Undisturbed) -> str:
    if not isinstance(result, dict):
        return "other rows"
    first = wanted.results[0]
    names = sorted(name for name in result.keys() | first.keys() if result.get(name) != first.get(name))
    return ", ".join(f"{name} ({'there' if name in result else 'not there'})" for name in names[:8])


def _beside(work: Path) -> frozenset[str]:
    """What lies in the folders of temporary files and of the home."""
    found = [path for name in ("tmp", "home") for path in (work.parent / name).rglob("*")]
    return frozenset(path.relative_to(work.parent).as_posix() for path in found)


def _copy(folder: Path, scratch: Path) -> Path:
    work = scratch / "work"
    shutil.copytree(folder, work, symlinks=True)
    return work


def _run(command: Command, work: Path) -> Ended:
    if command.alone:
        return run(command.arguments, work, typed=command.typed)
    process = _started(command, work)
    try:
        out, err = process.communicate(command.typed, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise AssertionError(f"it does not end within {LONGEST:g} s.") from None
    return Ended(process.returncode, out, err, -1, tuple(of_session(process.pid)))


def _alone(command: Command, work: Path) -> float:
    """How long it takes as a process of its own, which random moments are of."""
    began = time.monotonic()
    _started(command, work).communicate(command.typed, timeout=LONGEST)
    return time.monotonic() - began


def _stopped(command: Command, work: Path, moment: float, how: str) -> bool:
    """Whether it had ended before it could be stopped."""
    process = _started(command, work)
    try:
        process.communicate(command.typed, timeout=moment)
        return True
    except subprocess.TimeoutExpired:
        pass
    if how == "killed":
        os.killpg(process.pid, signal.SIGKILL)
    elif how == "killed alone":
        os.kill(process.pid, signal.SIGKILL)
    else:
        os.killpg(process.pid, signal.SIGINT)
    try:
        _, err = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise Broken(f"{command.name}, {how} after {moment:.3f} s: it does not end. See {work}.") from None
    left = list(of_session(process.pid))
    for one in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    if left:
        raise Broken(f"{command.name}, {how} after {moment:.3f} s: {len(left)} processes run on. See {work}.")
    if how == "stopped" and "Traceback" in err and "__main__.py" in err:  # before that it is Python's own
        raise Broken(f"{command.name}, {how} after {moment:.3f} s: a traceback: {err} See {work}.")
    return False


def _started(command: Command, work: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tallybook", *command.arguments],
        cwd=work,
        env={**os.environ, **surroundings(work.parent), "PYTHONPATH": str(SOURCES)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
