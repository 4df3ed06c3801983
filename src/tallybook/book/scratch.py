"""A folder for what a run needs and nobody keeps, which no killed run leaves for long."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tallybook.book.lock import lock_file

_PREFIX = "tallybook-scratch-"


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new folder among the system's temporary ones, removed at the end.

    Those that killed runs of the same person left there are removed first: a folder is locked for as long as
    its process lives. Where folders cannot be locked (Windows), they stay.
    """
    _remove_left_over(Path(tempfile.gettempdir()))
    while True:
        made = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
        with made as name, _held(Path(name)) as is_ours:
            if is_ours or sys.platform == "win32":
                yield Path(name)
                return
            # else another run took it for one that was left, before it was locked


def _remove_left_over(place: Path) -> None:
    for left in place.glob(f"{_PREFIX}*"):
        with _held(left) as is_ours:
            if is_ours:
                shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold a folder of our own; False where another process does, or where nobody can tell."""
    if sys.platform == "win32":
        yield False
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        yield False
        return
    try:
        yield os.fstat(handle).st_uid == os.getuid() and lock_file(handle)
    finally:
        os.close(handle)
