"""Copies of the project in which a change is tried, so that the working tree is never touched."""

from __future__ import annotations

import compileall
import contextlib
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from py_compile import PycInvalidationMode

COPIED = ("src", "tests", "claims", "sources", "docs", "pyproject.toml")
NOT_COPIED = shutil.ignore_patterns("__pycache__", ".*", "*.pyc")
OWN = "tests/mutants/"
"""What judges the tests is no part of them: a word in it changes no result."""

MEMORY_KB = 8_000_000
# A hang that uses the processor ends by its own limit, even if whoever started it is gone.
_LIMITED = """
ulimit -S -t "$1"
ulimit -H -t $(($1 + 5))
ulimit -v "$2" 2>/dev/null || true
shift 2
exec "$@"
"""


class CannotRun(Exception):
    """Why, in words for the person at the keyboard."""


@dataclass(frozen=True)
class Limit:
    """Seconds for one command: of the processor, and on the clock."""

    processor: int
    clock: float


@dataclass(frozen=True)
class Ended:
    """``how``: passed, failed, hang or stopped; ``words``: the end of what it printed."""

    how: str
    words: str
    processor: float
    clock: float


@dataclass
class Copies:
    """``count`` copies of ``root`` in ``folder``, each used by one worker; a stop ends what runs in them."""

    root: Path
    folder: Path
    count: int
    stopping: threading.Event = field(default_factory=threading.Event)
    _running: set[int] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def make(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        first = self[0]
        first.mkdir(parents=True)
        for name in COPIED:
            source = self.root / name
            if source.is_dir():
                shutil.copytree(source, first / name, ignore=NOT_COPIED)
            elif source.is_file():
                shutil.copy2(source, first / name)
        # Compiled once, and looked up by content: by time and size, a change of one sign within a second
        # would go unnoticed.
        mode = PycInvalidationMode.CHECKED_HASH
        compileall.compile_dir(first / "src", quiet=2, invalidation_mode=mode)
        for number in range(1, self.count):
            shutil.copytree(first, self[number])

    def __getitem__(self, number: int) -> Path:
        return self.folder / str(number)

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def fingerprint(self, command: Sequence[str]) -> str:
        """Of all that a result depends on."""
        digest = hashlib.sha256(f"{sys.version}\0{command}".encode())
        for path in sorted(self[0].rglob("*")):
            name = path.relative_to(self[0]).as_posix()
            if path.is_file() and not name.startswith(OWN) and "__pycache__" not in path.parts:
                digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()[:16]

    def check_import(self, target: Path) -> None:
        """Raise CannotRun unless the module at ``target`` (in the first copy) is the one that is imported."""
        parts = target.relative_to(self[0]).with_suffix("").parts
        name = ".".join(part for part in parts[parts[0] == "src" :] if part != "__init__")
        code = f"import importlib.util as u; s = u.find_spec({name!r}); print(s and s.origin)"
        run = subprocess.run(
            [sys.executable, "-c", code],
            cwd=self[0],
            env=environment(self[0]),
            capture_output=True,
            text=True,
        )
        if Path(run.stdout.strip() or ".").resolve() != target.resolve():
            where = run.stdout.strip() or run.stderr.strip().splitlines()[-1]
            raise CannotRun(f"A change in the copy would not be seen: {name} is imported from {where}.")

    def run(self, number: int, command: Sequence[str], limit: Limit) -> Ended:
        """One command in one copy."""
        begin, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        limits = ["sh", "-c", _LIMITED, "sh", str(limit.processor), str(MEMORY_KB)]
        process = subprocess.Popen(
            [*limits, *command],
            cwd=self[number],
            env=environment(self[number]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        with self._lock:
            self._running.add(process.pid)
        if self.stopping.is_set():
            kill(process.pid)
        late = False
        try:
            output, _ = process.communicate(timeout=limit.clock)
        except subprocess.TimeoutExpired:
            late = True
            kill(process.pid)
            output, _ = process.communicate()
        finally:
            kill(process.pid)
            with self._lock:
                self._running.discard(process.pid)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if self.stopping.is_set():
            how = "stopped"
        elif late or process.returncode == -signal.SIGXCPU:
            how = "hang"
        else:
            how = "failed" if process.returncode else "passed"
        words = output.decode("utf-8", "replace")[-4000:]
        return Ended(how, words, used, time.monotonic() - begin)

    def stop(self) -> None:
        """End what runs, from any thread; nothing else starts."""
        self.stopping.set()
        with self._lock:
            for group in self._running:
                kill(group)


def kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def environment(copy: Path) -> dict[str, str]:
    """The copy's own source comes first, whatever is installed; one order of sets for all runs.

    No plugin of pytest but those asked for: those for notebooks take as long to load as the tests to run.
    """
    own = {"PYTHONPATH": str(copy / "src"), "PYTHONHASHSEED": "0", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return os.environ | own


def pytest_command(tests: str) -> list[str]:
    """``tests``: folders or files, with a space between two."""
    options = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "hypothesispytest"]
    return [sys.executable, "-m", "pytest", *options, *tests.split()]
