"""Runs a command in a child of this process, with a blow at one step that it takes on the disk.

A step is whatever the system is asked to do to a file: open it for writing, rename, link, remove, make a
folder. The blow falls before the step is taken, so that all blows together leave every state that a command
can leave between two steps. A child is a copy of a process that has the packages in memory already: a run
takes a tenth of a second.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import errno
import io
import os
import resource
import select
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any

LONGEST = 120.0
_STEPS = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
     "sqlite3.connect"}
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_OVER_PERMISSIONS = (1 << 1) | (1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


class Blow(Enum):
    """What happens at a step, or (TOO_LARGE) to every file that would grow beyond so many bytes."""

    NONE = auto()
    KILLED = auto()
    CTRL_C = auto()
    DISK_FULL = auto()
    READ_ONLY = auto()
    TOO_LARGE = auto()


@dataclass(frozen=True)
class Ended:
    """``code``: the exit code, below zero for a signal; ``steps``: taken on the disk, where it was not
    killed; ``left``: processes of it that still ran when it had ended."""

    code: int
    out: str
    err: str
    steps: int
    left: tuple[int, ...] = ()


def surroundings(scratch: Path) -> dict[str, str]:
    """Variables that keep all that a command writes below ``scratch``; its folders are made."""
    for name in ("tmp", "home"):
        (scratch / name).mkdir(parents=True, exist_ok=True)
    home = str(scratch / "home")
    return {"TMPDIR": str(scratch / "tmp"), "HOME": home, "XDG_CACHE_HOME": home, "XDG_CONFIG_HOME": home,
            "JUPYTER_RUNTIME_DIR": f"{home}/jupyter", "IPYTHONDIR": f"{home}/ipython",
            "COLUMNS": "100"}  # fmt: skip


@cache
def command() -> Any:
    """The whole command line, which Typer would make of its functions at every start."""
    from typer.main import get_command

    from tallybook.cli.app import app

    return get_command(app)


def run(
    arguments: list[str],
    folder: Path,
    *,
    typed: str = "",
    blow: Blow = Blow.NONE,
    at: int = 0,
    encoding: str = "utf-8",
    reader_leaves: bool = False,
) -> Ended:
    """Run ``tallybook`` in ``folder``, whose parent is the scratch that its steps are counted in.

    ``at``: the step of the blow, from 1; of a file that is too large its bytes. ``reader_leaves``: whoever
    reads its standard output is gone at once, as with ``| head -1``.
    """
    command()  # known to the child
    ends = [os.pipe() for _ in range(4)]
    (in_, to_in), (from_out, out), (from_err, err), (from_steps, steps) = ends
    child = os.fork()
    if child == 0:
        code = 99
        try:
            for handle in (to_in, from_out, from_err, from_steps):
                os.close(handle)
            for handle, place in ((in_, 0), (out, 1), (err, 2)):
                os.dup2(handle, place)
                os.close(handle)
            code = _in_the_child(arguments, folder, blow, at, encoding, steps)
        finally:
            os._exit(code)
    for handle in (in_, out, err, steps):
        os.close(handle)
    with contextlib.suppress(BrokenPipeError):
        os.write(to_in, typed.encode())
    os.close(to_in)
    if reader_leaves:
        os.close(from_out)
        from_out = -1
    told = _read_all(child, [from_out, from_err, from_steps])
    _, status = os.waitpid(child, 0)
    left = tuple(of_session(child))
    for process in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    count = told[2].decode()
    decoded = [raw.decode(encoding, errors="replace") for raw in told[:2]]
    return Ended(os.waitstatus_to_exitcode(status), *decoded, int(count) if count else -1, left)


def _read_all(child: int, handles: list[int]) -> list[bytes]:
    """What comes out of each; where something keeps them open after its end, what came until then."""
    told = [b""] * len(handles)
    open_ = {handle: k for k, handle in enumerate(handles) if handle >= 0}
    end = time.monotonic() + LONGEST
    ended = False
    while open_:
        ready = select.select(list(open_), [], [], 0.2)[0]
        for handle in ready:
            piece = os.read(handle, 65536)
            told[open_[handle]] += piece
            if not piece:
                del open_[handle]
        if not ready and ended:
            break
        if not ready:
            ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        if time.monotonic() > end:
            os.killpg(child, signal.SIGKILL)
            raise AssertionError(f"it does not end within {LONGEST:g} s: {told[1].decode()}")
    for handle in handles:
        if handle >= 0:
            os.close(handle)
    return told


def of_session(session: int) -> Iterator[int]:
    """The processes of a session that still run, by the system's own list."""
    end = time.monotonic() + 3.0  # a process that was told to end needs a moment
    while left := [int(path.name) for path in Path("/proc").glob("[0-9]*") if _session(path) == session]:
        if time.monotonic() > end:
            yield from left
            return
        time.sleep(0.05)


def _session(process: Path) -> int | None:
    try:
        state, _, _, session = (process / "stat").read_text(errors="replace").rpartition(")")[2].split()[:4]
    except (OSError, ValueError):
        return None
    return int(session) if state != "Z" else None


def _in_the_child(arguments: list[str], folder: Path, blow: Blow, at: int, encoding: str, steps: int) -> int:
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.update(surroundings(folder.parent))
    os.chdir(folder)
    tempfile.tempdir = os.environ["TMPDIR"]  # or it is looked for, by a file of its own
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0)), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w")), encoding=encoding)
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(2, "w")),
        encoding=encoding,
        errors="backslashreplace",
        line_buffering=True,
    )
    sys.argv = ["tallybook", *arguments]
    atexit._clear()
    if blow is Blow.TOO_LARGE:
        resource.setrlimit(resource.RLIMIT_FSIZE, (at, at))
    if blow is Blow.READ_ONLY:
        _obey_permissions()
    counted = _count(folder.parent, blow, at)
    try:
        code = _ended()
    except BaseException:
        import traceback

        traceback.print_exc()
        code = 98
    blow_done = counted()
    with contextlib.suppress(BrokenPipeError, OSError):
        atexit._run_exitfuncs()
        sys.stdout.flush()
    with contextlib.suppress(BrokenPipeError, OSError, ValueError):
        sys.stderr.flush()
    os.write(steps, str(blow_done).encode())
    return code


def _ended() -> int:
    """The exit code of the command, as Python would make it."""
    import typer.main

    from tallybook.cli.app import main

    typer.main.get_command = lambda _: command()
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            return 1
        return end.code or 0
    return 0


def _count(scratch: Path, blow: Blow, at: int) -> Any:
    """Count the steps from here on, and strike at one; returns a function that tells the count."""
    count = 0
    here = os.getpid()
    inside = str(scratch.resolve())

    def below(path: Any) -> bool:
        if isinstance(path, int) or path is None:
            return False
        text = os.fsdecode(path)
        return not os.path.isabs(text) or text.startswith(inside)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal count
        if event == "open":
            path, mode, flags = args
            writes = flags & _WRITING if mode is None else set(str(mode)) & set("wax+")
            if not writes:
                return
        elif event not in _STEPS:
            return
        else:
            path = args[0]
        if os.getpid() != here or not below(path):
            return
        count += 1
        if count == at and blow is Blow.KILLED:
            os.kill(here, signal.SIGKILL)
        if count == at and blow is Blow.CTRL_C:
            raise KeyboardInterrupt
        if count >= at and blow is Blow.DISK_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    sys.addaudithook(hook)
    return lambda: count


def _obey_permissions() -> None:
    """Where this is root, who may write everywhere: from here on nothing that permissions forbid."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)()
    if (
        libc.capget(header, data)
        or (data.__setitem__(0, data[0] & ~_OVER_PERMISSIONS), libc.capset(header, data))[1]
    ):
        raise OSError(ctypes.get_errno(), "the rights of root cannot be dropped")
