"""The files of a scan: which there are, in which order, and each opened only if it is a file."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from tallybook.scan.packed import ENDINGS, unpacked
from tallybook.scan.text import named

TEXTS = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html",
         ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx"}  # fmt: skip
"""Files that are one text, with the kind that reads them."""

MANY = {".jsonl": "lines", ".ndjson": "lines", ".parquet": "rows", ".warc": "records", ".wet": "records"}
"""Files of many texts."""

_FLAGS = os.O_RDONLY
for _flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY", "O_CLOEXEC"):
    _FLAGS |= getattr(os, _flag, 0)

READ = "jsonl, ndjson, parquet, warc, wet, txt, md, html, pdf, docx"


@dataclass(frozen=True, slots=True)
class FileFound:
    """``path``: to open it; ``name``: as the tables have it; ``form``: of TEXTS or MANY; ``packed``: the
    ending of its packing, "" without one; ``size``: in bytes; ``error``: why it cannot be read."""

    path: str
    name: str
    form: str
    packed: str = ""
    size: int = 0
    error: str | None = None

    @property
    def many(self) -> bool:
        return self.form in MANY.values()


@dataclass
class LeftOut:
    """What a folder has and nobody reads, counted by what it is: "links", "hidden", ".jpg"."""

    counts: Counter[str] = field(default_factory=Counter)


def form_of(name: str) -> tuple[str, str] | None:
    """(form, ending of the packing) of a file by its name; None for what is not read here."""
    path = Path(name.lower())
    packed = path.suffix if path.suffix in ENDINGS else ""
    ending = path.with_suffix("").suffix if packed else path.suffix
    form = TEXTS.get(ending) or MANY.get(ending)
    return (form, packed) if form is not None and not (packed and ending == ".parquet") else None


def files_below(folder: Path, left_out: LeftOut, without: Collection[Path] = ()) -> Iterator[FileFound]:
    """The files of a folder in the order of their names, those of a folder before those of the folders in it.

    Nothing hidden is read, no link is followed, no folder ``without``. A folder that cannot be listed is one
    file with an error. The names of one folder are held at a time.
    """
    todo = [folder]
    while todo:
        here = todo.pop()
        try:
            if here.resolve() in without:
                continue
            found, folders = _listed(here, left_out)
        except OSError as error:
            yield FileFound(
                str(here), _name(str(here)), "folder", error=f"cannot be listed: {error.strerror}."
            )
            continue
        yield from found
        todo += (here / name for name in sorted(folders, reverse=True))


def _listed(folder: Path, left_out: LeftOut) -> tuple[list[FileFound], list[str]]:
    """(files to be read, names of folders) of one folder."""
    found, folders = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                left_out.counts["hidden"] += 1
            elif entry.is_symlink():
                left_out.counts["links"] += 1
            elif entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif not entry.is_file(follow_symlinks=False):
                left_out.counts["pipes and devices"] += 1
            elif (form := form_of(entry.name)) is None:
                left_out.counts[Path(entry.name).suffix.lower()[:20] or "without an ending"] += 1
            else:
                size = entry.stat(follow_symlinks=False).st_size
                found.append(FileFound(entry.path, _name(entry.path), *form, size))
    return sorted(found, key=lambda file: file.path), folders


def file_at(path: Path) -> FileFound | None:
    """A file that a person named; None where its kind is not read here. OSError where there is none."""
    form = form_of(path.name)
    if form is None:
        return None
    return FileFound(str(path.resolve()), _name(str(path)), *form, path.stat().st_size)


@contextmanager
def opened(file: FileFound) -> Iterator[BinaryIO]:
    """A file as bytes, as it is packed. OSError where it is none: a pipe or a link that took its place."""
    with os.fdopen(os.open(file.path, _FLAGS), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no file")
        yield stream


@contextmanager
def opened_unpacked(file: FileFound) -> Iterator[BinaryIO]:
    """The same, unpacked. Reading raises Damaged."""
    with opened(file) as stream:
        yield unpacked(stream, file.packed) if file.packed else stream


def _name(path: str) -> str:
    return named(os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/"))
