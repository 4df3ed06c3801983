"""The files of a folder that may hold a text or a page. Nothing hidden is read, and no link is followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tallybook.book.problems import BookError, Problem


def files_below(folder: Path, endings: frozenset[str], most: int) -> Iterator[Path]:
    """The files with one of the ``endings``, in the order of their names; those of a folder before those of
    the folders in it. BookError where it is no folder, or has more than ``most`` of them.
    """
    if not folder.is_dir():
        raise BookError([Problem(str(folder), 1, "is no folder. Name a folder of texts.")])
    count = 0
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(here, name)
            if path.suffix.lower() in endings and not path.is_symlink() and path.is_file():
                count += 1
                if count > most:
                    message = f"has more than {most:,} files. Name a folder inside it."
                    raise BookError([Problem(str(folder), 1, message)])
                yield path
