"""The files of a project as one book: taken as they were found sound before, or read, joined and checked."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tallybook.book.book import Book
from tallybook.book.drafts import drafts_apart
from tallybook.book.known_files import KnownFiles
from tallybook.book.project_files import ProjectFiles, find_root, raw_files
from tallybook.book.sound_records import SoundRecords, book_of_records

__all__ = ["LOADED", "LOADING", "book_of", "find_root", "load_book"]

LOADING, LOADED = "tallybook.loading", "tallybook.loaded"
"""Events (``sys.audit``): the files that are opened between them are those of the book."""


def load_book(root: Path | None = None) -> Book:
    """The book of the project at or above ``root``.

    Raises BookError with every problem of every file: syntax, types, names that lead nowhere,
    circular references, and figures that differ from their words or from what their measure counts.
    """
    folder = find_root(root)
    sys.audit(LOADING)
    try:
        with _nothing_collected():
            known = KnownFiles(folder, raw_files(folder))
            records = known.sound_records()
            if records is None:
                files = known.files()
                apart = drafts_apart(files)
                records = _checked(apart)
                known.keep(files, apart, records)
            return book_of_records(folder, records)
    finally:
        sys.audit(LOADED)


def book_of(files: ProjectFiles, root: Path) -> Book:
    """The book that some files make. Raises BookError with every problem of every file."""
    return book_of_records(root, _checked(drafts_apart(files)))


def _checked(files: ProjectFiles) -> SoundRecords:
    """The reader of words and all checks are imported here: a book that was found sound needs neither."""
    from tallybook.book.checked_files import checked_records

    return checked_records(files)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """All that loading makes is kept: to look through it for garbage takes a sixth of the time.

    At the end it is put among the old objects unexamined, so that the next collection passes it over.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:  # else somebody else has frozen objects, and unfreezing would undo it
            gc.freeze()
            gc.unfreeze()
        if collecting:
            gc.enable()
