"""Writes the files of an export as a folder: all of them or none, and no file of an older export stays."""

from __future__ import annotations

import errno
import glob
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tallybook.book.lock import LockHeld, locked
from tallybook.book.text_files import LARGEST_TEXT

LIST = ".tallybook-export.json"
"""The names of the files that tallybook wrote into a folder, so that it replaces nobody else's."""

WAIT = 30.0  # seconds for another export into the same folder
_FRESH, _OLD = "new", "old"


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make ``folder`` hold these files, by their paths in it, and no others.

    They are written into a new folder beside it, which then takes its place by a rename. What an export that
    was killed left there is completed or removed. OSError where that cannot be, where another export writes
    the folder, or where a file is there that no export wrote; then everything stays as it was.
    """
    refuse_what_is_not_ours(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with locked(folder.parent / f".{folder.name}.lock", wait=WAIT):
            _complete(folder)
            _replace(folder, files)
    except LockHeld:
        raise OSError(errno.EBUSY, "another export is writing it", str(folder)) from None


def _complete(folder: Path) -> None:
    """Put a folder back that a killed export had moved aside, and remove what such exports left beside it."""
    for left in folder.parent.glob(f"{glob.escape(_beside(folder))}*"):
        if left.is_symlink() or not {entry.name for entry in left.iterdir()} <= {_FRESH, _OLD}:
            continue
        if (left / _OLD).is_dir() and not os.path.lexists(folder):
            (left / _OLD).rename(folder)
        shutil.rmtree(left)


def _beside(folder: Path) -> str:
    return f".{folder.name}.tallybook-"


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=_beside(folder)))
    fresh, old = beside / _FRESH, beside / _OLD
    try:
        _write(fresh, {**files, LIST: json.dumps(sorted(files), indent=1).encode()})
        if folder.is_dir():
            folder.rename(old)
        try:
            fresh.rename(folder)
        except BaseException:
            if old.is_dir():
                old.rename(folder)
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def refuse_what_is_not_ours(folder: Path) -> None:
    """FileExistsError where ``folder`` is no folder, or holds a file that no export wrote."""
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise FileExistsError(errno.EEXIST, "it is no folder", str(folder))
    there = {
        Path(at, name).relative_to(folder).as_posix() for at, _, names in os.walk(folder) for name in names
    }
    foreign = sorted(there - _listed(folder) - {LIST})
    if foreign:
        what = f"it holds {foreign[0]!r}, which no export wrote; name another folder"
        raise FileExistsError(errno.EEXIST, what, str(folder))


def _listed(folder: Path) -> set[str]:
    try:
        with (folder / LIST).open("rb") as file:
            names = json.loads(file.read(LARGEST_TEXT))
    except (OSError, ValueError, RecursionError):
        return set()
    return {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
