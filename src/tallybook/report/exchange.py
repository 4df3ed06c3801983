"""Exchanges two folders in one operation of the system, so that their paths exist at every moment."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

_NOT_HERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
_AT_FDCWD = -100  # linux/fcntl.h
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h of macOS


def exchange(first: Path, second: Path, aside: Path) -> None:
    """Exchange the folders ``first`` and ``second``; all three paths must be on one file system.

    If the system or the file system cannot do it in one operation, three renames by way of ``aside`` do; if
    one of them fails, or the run ends between them, :func:`undo_half_exchange` is needed.
    """
    if not _exchanged_at_once(first, second):
        second.rename(aside)
        first.rename(second)
        aside.rename(first)


def undo_half_exchange(second: Path, aside: Path) -> None:
    """Move ``second`` back if :func:`exchange` moved it aside and put nothing in its place."""
    if os.path.lexists(aside) and not os.path.lexists(second):
        aside.rename(second)


def _exchanged_at_once(first: Path, second: Path) -> bool:
    """True if it was done; False if the system does not support it. OSError if it failed otherwise."""
    call = _system_call()
    if call is None:
        return False
    if call(os.fsencode(first), os.fsencode(second)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_HERE:
        return False
    raise OSError(number, os.strerror(number), str(first), None, str(second))


def _system_call() -> Callable[[bytes, bytes], int] | None:
    """renameat2 of Linux (glibc 2.28, musl 1.2.6) or renamex_np of macOS (10.12); None elsewhere."""
    if sys.platform not in ("linux", "darwin"):
        return None
    library = ctypes.CDLL(None, use_errno=True)
    try:
        if sys.platform == "darwin":
            swap = library.renamex_np
            swap.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)
            return lambda first, second: int(swap(first, second, _RENAME_SWAP))
        rename = library.renameat2
    except AttributeError:
        return None
    rename.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return lambda first, second: int(rename(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE))
