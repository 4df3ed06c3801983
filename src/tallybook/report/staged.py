"""The files of the cases on disk, while the site is being made: those of a case leave memory when they are
written.

They wait in a folder of ``.cache/site``, from where they get a second name in the new site. A build that is
stopped leaves them there, and the next one goes on: what it takes is compared with its digest, as all that is
kept. Where another build is at the same site, or nothing may be kept, the folder is one that ends with the
build.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.book.kept_files import BROKEN, KeptFiles, digest
from tallybook.book.lock import LockHeld, locked
from tallybook.book.scratch import scratch_folder
from tallybook.report.kept import FOLDER, Kept, kept_file


@dataclass(frozen=True)
class Staged(Kept):
    """A file that this build, or one that was stopped, has made."""


class Stage:
    """``folder``: where the files wait; ``lasting``: whether they outlive a build that is stopped."""

    def __init__(self, folder: Path, *, lasting: bool) -> None:
        self.folder, self.lasting = folder, lasting
        self._notes = KeptFiles(folder.parent, folder.name)

    def of(self, case: str) -> Path:
        """The folder of the files of a case."""
        return self.folder / case / "files"

    def note(self, case: str, key: str, unit: Mapping[str, Any]) -> None:
        """Note that the files of a case are whole. ``key``: of what they are made of."""
        if self.lasting:
            body = json.dumps(unit, sort_keys=True, ensure_ascii=False).encode(errors="surrogatepass")
            with contextlib.suppress(OSError, LockHeld):  # then the next build makes them once more
                self._notes.write(f"{case}/unit.json", {"key": key}, body)

    def unit(self, case: str, key: str) -> tuple[dict[str, Any], dict[str, Staged]] | None:
        """(what was noted of a case, its files) of a build that was stopped, if they are made of the same."""
        with contextlib.suppress(*BROKEN):
            head, body = self._notes.read(f"{case}/unit.json")
            if json.loads(head)["key"] == key:
                unit = dict(json.loads(body))
                files = self.files(case, unit["files"])
                return (unit, files) if files is not None else None
        return None

    def files(self, case: str, digests: Mapping[str, str]) -> dict[str, Staged] | None:
        """The files of a case by their paths in the site, where all are what was made; else None."""
        found = {name: kept_file(self.of(case), name, was) for name, was in digests.items()}
        there = {name: Staged(one.path, one.digest, one.trace) for name, one in found.items() if one}
        return there if len(there) == len(digests) else None

    def clear(self) -> None:
        """Remove all that waits here."""
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def stage(root: Path, out: Path) -> Iterator[Stage]:
    """Where the files of a site wait. OSError where there is no place for them at all."""
    with contextlib.ExitStack() as stack:
        folder = _lasting(root, out, stack)
        if folder is not None:
            yield Stage(folder, lasting=True)
            return
        yield Stage(stack.enter_context(scratch_folder()).resolve(), lasting=False)


def _without_links(folder: Path) -> None:
    """No build makes a link; through one, a file would be written elsewhere."""
    for inside, folders, files in os.walk(folder):
        for path in (Path(inside, name) for name in (*folders, *files)):
            if path.is_symlink():
                path.unlink()


def _lasting(root: Path, out: Path, stack: contextlib.ExitStack) -> Path | None:
    """The folder that outlives a build that is stopped, locked; None where there can be none."""
    kept = KeptFiles(root, FOLDER)
    folder = kept.path / f"making-{digest(str(out.resolve()).encode(errors='surrogateescape'))[:16]}"
    with contextlib.suppress(OSError, LockHeld):
        if kept.is_inside():
            kept.path.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(folder.with_name(f"{folder.name}.lock"), wait=0.0))
            if folder.is_symlink():
                folder.unlink()
            folder.mkdir(exist_ok=True)
            _without_links(folder)
            return folder
    return None
