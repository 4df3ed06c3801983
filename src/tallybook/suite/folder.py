"""Puts a suite into a new or empty folder: whole or not at all, and never over anything.

The files are written into a hidden folder inside the new one and then moved up, each entry by one rename.
``claims`` comes last, so that no command takes a half-made suite for one. The hidden folder goes at the
very end: where a killed run left it, the next run finishes what that one began.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tallybook.book.lock import LockHeld, locked
from tallybook.book.problems import quoted_value
from tallybook.suite.errors import SuiteError

UNFINISHED = ".tallybook-init"
LOCK = ".tallybook-init.lock"
LAST = "claims"


def make_suite(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Put the files (by their paths in it) into ``folder``, which must be empty or not there.

    Returns whether it finished a suite that a killed run had begun. SuiteError where it cannot be made; then
    nothing is left of it.
    """
    said = quoted_value(folder)
    try:
        place = folder.resolve()
        refuse_names(place)
        _refuse_what_is_there(place, said, files)
        with _made(place), _alone(place, said):
            _refuse_what_is_there(place, said, files)
            unfinished = place / UNFINISHED
            resumed = unfinished.is_dir()
            _fill(place, unfinished, files)
            return resumed
    except OSError as error:
        reason = error.strerror or str(error)
        raise SuiteError(f"{said} cannot be made: {reason}.") from None


def refuse_what_cannot_be(folder: Path) -> None:
    """SuiteError, before anything is prepared, for a folder that is not empty or has no possible name."""
    place = folder.resolve()
    refuse_names(place)
    if not (place / UNFINISHED).is_dir():
        _refuse_what_is_there(place, quoted_value(folder), {})


def refuse_names(place: Path) -> None:
    """SuiteError for a path that programs of the set-up cannot take."""
    text = str(place)
    if not text.isprintable():  # controls, and bytes that are no text
        raise SuiteError(f"{quoted_value(text)} has a character that cannot be shown. Take another name.")
    if os.pathsep in text:
        raise SuiteError(
            f"{quoted_value(text)} has a '{os.pathsep}', which no virtual environment may have in its path. "
            "Take another name."
        )


def _refuse_what_is_there(place: Path, said: str, files: Mapping[str, bytes]) -> None:
    """SuiteError unless the folder is not there, is empty, or is what a killed run left."""
    if not os.path.lexists(place):
        return
    if not place.is_dir():
        raise SuiteError(f"{said} is not a folder. Take another name.")
    there = set(os.listdir(place)) - {LOCK}
    ours = {path.split("/")[0] for path in files}
    if UNFINISHED in there:
        there -= {UNFINISHED, *ours}
    if there:
        _drop_the_lock_of_a_whole_suite(place)
        first = quoted_value(min(there))
        raise SuiteError(f"{said} is not empty: it has {first}. Nothing was written; name a new folder.")


def _drop_the_lock_of_a_whole_suite(place: Path) -> None:
    """A run that was killed behind its last file has left its lock alone."""
    if (place / LAST).is_dir() and not (place / UNFINISHED).exists() and (place / LOCK).is_file():
        with suppress(LockHeld), locked(place / LOCK, wait=0):
            pass


@contextmanager
def _made(place: Path) -> Iterator[None]:
    """The folder, with those above it; those that were not there before go again after an error."""
    new = [folder for folder in (place, *place.parents) if not folder.exists()]
    place.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for folder in new:
            try:
                folder.rmdir()
            except OSError:
                break
        raise


@contextmanager
def _alone(place: Path, said: str) -> Iterator[None]:
    try:
        with locked(place / LOCK, wait=0):
            yield
    except LockHeld:
        raise SuiteError(f"another 'tallybook init' is at work in {said}. Wait for it.") from None


def _fill(place: Path, unfinished: Path, files: Mapping[str, bytes]) -> None:
    """Write all files aside, then move them up; after an error (Ctrl-C too) all of them go."""
    names = sorted({path.split("/")[0] for path in files}, key=lambda name: (name == LAST, name))
    there = [name for name in names if os.path.lexists(place / name)]
    for name in there:
        _refuse_another(place, name, files)
    try:
        unfinished.mkdir(exist_ok=True)
        _clear(unfinished, os.listdir(unfinished))
        for path, content in files.items():
            file = unfinished / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        for name in names:
            if name not in there:
                os.rename(unfinished / name, place / name)
                there.append(name)
    except BaseException:
        _clear(place, [*there, UNFINISHED])
        raise
    _clear(place, [UNFINISHED])


def _refuse_another(place: Path, name: str, files: Mapping[str, bytes]) -> None:
    """SuiteError unless an entry that a killed run moved up is as this run would write it."""
    wanted = {path: content for path, content in files.items() if path.split("/")[0] == name}
    there = [place / name, *(place / name).rglob("*")]
    found = {file.relative_to(place).as_posix(): file for file in there if file.is_file()}
    if found.keys() != wanted.keys() or any(found[p].read_bytes() != wanted[p] for p in wanted):
        said = quoted_value(name)
        raise SuiteError(f"{said} in the folder is not what a stopped init had written. Move it away.")


def _clear(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
