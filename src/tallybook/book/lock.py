"""A lock between processes, which ends with the process that holds it."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_PAUSE = 0.05  # seconds between two attempts
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP})


class LockHeld(Exception):
    """Another process held the lock for as long as we waited."""


@contextlib.contextmanager
def locked(path: Path, *, wait: float) -> Iterator[None]:
    """Hold the lock whose file is ``path``; the file is removed afterwards.

    LockHeld if another process holds it for longer than ``wait`` seconds. A file that a killed process left
    does not lock, because the system released its lock. If the holder renames the file, it stays. Where the
    file system has no locks, nobody waits.
    """
    end = time.monotonic() + wait
    while (handle := _taken(path)) is None:
        if time.monotonic() >= end:
            raise LockHeld(path)
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        _release(path, handle)


def _taken(path: Path) -> int | None:
    """The open file if the lock is now ours; None if another process has it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        if lock_file(handle) and _is_still(path, handle):
            return handle
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _is_still(path: Path, handle: int) -> bool:
    """False if the previous holder removed the file after we opened it: then others lock a new file."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


def _release(path: Path, handle: int) -> None:
    """Remove the file while it is locked; on Windows only a closed file can be removed."""
    with contextlib.suppress(OSError):
        if sys.platform != "win32" and _is_still(path, handle):
            path.unlink()
    os.close(handle)
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            path.unlink()


if sys.platform == "win32":
    import msvcrt

    def lock_file(handle: int) -> bool:
        """Whether the lock of an open file is ours now; it ends when the file is closed."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def lock_file(handle: int) -> bool:
        """Whether the lock of an open file is ours now; it ends when the file is closed."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
        return True
