"""The folders that a scan writes: unfinished ones, which become the tables by one rename each.

Of ``mentions.parquet`` the work is done in ``mentions.parquet.unfinished``. In the end its folders become
``mentions.texts.parquet``, ``mentions.watch.parquet`` and, last, ``mentions.parquet``: where that is there,
all is. Each is a folder of Parquet files, which a data frame opens by its name.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from tallybook.book.lock import LockHeld, locked
from tallybook.book.problems import BookError, Problem
from tallybook.book.text_files import write_whole
from tallybook.scan.columns import TABLES
from tallybook.scan.manifest import Manifest, Noted
from tallybook.scan.part import Finished

MANIFEST = "manifest.jsonl"
_ENDING = ".unfinished"
_PART = re.compile(r"part-(\d{7,12})\.parquet")
_LAST = "mentions"


class Place:
    """Where a scan writes. ``out``: the folder of its mentions."""

    def __init__(self, out: Path) -> None:
        self.out = out.absolute()
        self.work = self.out.with_name(self.out.name + _ENDING)
        stem = self.out.name.removesuffix(".parquet")
        self.tables = {
            name: self.out if name == _LAST else self.out.with_name(f"{stem}.{name}.parquet")
            for name in TABLES
        }
        self.manifest = self.out.with_name(f"{stem}.manifest")

    @property
    def own(self) -> frozenset[Path]:
        """The folders that no scan takes for its input."""
        return frozenset(path.resolve() for path in (self.work, *self.tables.values()))

    def refuse_what_is_there(self) -> None:
        """BookError where a finished scan or something else is in the way."""
        there = [path for path in (self.out, *self.tables.values()) if path.exists()]
        begun = (self.work / MANIFEST).is_file()
        if there and not begun:
            raise _in_the_way(there[0], "is there already. Remove it, or name another --out.")
        if self.work.is_symlink() or (self.work.exists() and not self.work.is_dir()):
            raise _in_the_way(self.work, "is in the way. Remove it.")
        if not begun and self.work.is_dir() and any(self.work.iterdir()):
            raise _in_the_way(
                self.work, "is no folder of an unfinished scan. Remove it, or name another --out."
            )

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Held by one scan at a time. BookError where another one writes here."""
        self.out.parent.mkdir(parents=True, exist_ok=True)
        lock = self.out.with_name(f".{self.out.name}.lock")
        try:
            with locked(lock, wait=1.0):
                yield
        except LockHeld:
            raise _in_the_way(self.out, "is being written by another scan. Wait, or name another.") from None

    def begin(self) -> None:
        """Make the folders of the work."""
        for name in TABLES:
            (self.work / name).mkdir(parents=True, exist_ok=True)

    def has(self, number: int, noted: Noted) -> bool:
        """Whether the files of a finished part are there, as long as they were."""
        return all(
            (file := part_file(self.work, name, number)).is_file() and file.stat().st_size == size
            for name, size in noted.sizes.items()
        )

    def remove_others(self, wanted: Collection[int]) -> None:
        """Remove what killed runs left: files that are no part that is wanted."""
        for name in TABLES:
            folder = self.work / name
            for file in folder.iterdir() if folder.is_dir() else ():
                found = _PART.fullmatch(file.name)
                if found is None or int(found[1]) not in wanted:
                    file.unlink()

    def finish(self, manifest: Manifest) -> None:
        """Put the tables where they belong. All parts are finished; what a killed run began here is ended."""
        manifest.close()
        if (self.work / _LAST).is_dir():
            for name, place in self.tables.items():
                if name != _LAST and (folder := self.work / name).is_dir():
                    if any(folder.iterdir()):
                        folder.rename(place)
                    else:
                        folder.rmdir()
            write_whole(self.manifest, (self.work / MANIFEST).read_text(encoding="utf-8"))
            _synced(self.work)
            (self.work / _LAST).rename(self.out)
            _synced(self.out.parent)
        self.remove_work()

    def remove_work(self) -> None:
        """Remove the folder of the work."""
        shutil.rmtree(self.work)


def _in_the_way(path: Path, why: str) -> BookError:
    return BookError([Problem(str(path), 1, why)])


def part_file(work: Path, table: str, number: int) -> Path:
    """Where a table of a part is."""
    return work / table / f"part-{number:07}.parquet"


def write_part(work: Path, finished: Finished, run: str) -> None:
    """Write the files of a part, each beside its place and then renamed. OSError where that cannot be done.

    ``run``: of the scan that asked for it, so that two never write one file beside.
    """
    for name, content in finished.files.items():
        file = part_file(work, name, finished.number)
        beside = file.with_name(f".{file.name}.{run}.{os.getpid()}")
        try:
            with beside.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(file)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def _synced(folder: Path) -> None:
    """What was renamed in a folder stays so, even where the power fails."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
