"""Text in and out: bounded on the way in, whole or not at all on the way out."""

from __future__ import annotations

import codecs
import errno
import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from tallybook.book.lock import LockHeld, locked
from tallybook.book.problems import BookError, Problem

LARGEST_TEXT = 20_000_000
_PIECE = 1 << 20
_MARK = codecs.BOM_UTF8
_WAIT = 30.0  # seconds for another process that writes the same file
_LONGEST_NAME = 200  # bytes of a name that has room for more


def read_text(file: Path) -> str:
    """A text file, or standard input for "-", as UTF-8. BookError when it cannot be, or is too large."""
    name = str(file)
    try:
        if name == "-":
            raw = _standard_input().read(LARGEST_TEXT + 1)
        else:
            with file.open("rb") as stream:
                raw = stream.read(LARGEST_TEXT + 1)
    except OSError as error:
        raise BookError([_unread(name, error)]) from None
    return text_of(raw, name)


def text_of(raw: bytes, name: str) -> str:
    """Bytes at hand as UTF-8; BookError as of :func:`read_text`. ``name``: what a message calls them."""
    if len(raw) > LARGEST_TEXT:
        raise BookError([Problem(name, 1, f"the text is larger than {LARGEST_TEXT:,} bytes. Split it.")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BookError([_no_utf8(name, 0, error)]) from None


class OpenText:
    """A text file, or standard input for "-", that is read a piece at a time, whatever its size.

    ``size``: its bytes, None where that cannot be known; ``done``: how many of them have been read.
    A byte order mark is no part of the text; line ends count as they stand. BookError where the file
    cannot be opened, and where ``read`` comes upon a byte that is not valid UTF-8.
    """

    def __init__(self, file: Path) -> None:
        self.name = str(file)
        try:
            self._raw = _standard_input() if self.name == "-" else file.open("rb")
        except OSError as error:
            raise BookError([_unread(self.name, error)]) from None
        self.size = _size(self._raw)
        self.done = 0
        self._lines = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def read(self, n: int, /) -> str:
        """The next ``n`` characters or fewer, as soon as there are any; "" at the end and only there."""
        text = ""
        while not text:
            try:
                raw = self._raw.read1(n)
                text = self._decoder.decode(raw, final=not raw)
            except OSError as error:
                raise BookError([_unread(self.name, error)]) from None
            except UnicodeDecodeError as error:
                raise BookError([_no_utf8(self.name, self._lines, error)]) from None
            if self.done < len(_MARK) <= self.done + len(raw):
                text = text.removeprefix(_MARK.decode())
            self.done += len(raw)
            self._lines += text.count("\n")
            if not raw:
                break
        return text

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.name != "-":
            self._raw.close()


def check_texts(files: Iterable[Path]) -> None:
    """BookError with a problem for each file that cannot be read to its end as UTF-8.

    Standard input and pipes can be read only once, and are left alone.
    """
    problems: list[Problem] = []
    for file in files:
        if str(file) == "-":
            continue
        try:
            mode = file.stat().st_mode
            if stat.S_ISDIR(mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if not stat.S_ISREG(mode):
                continue
            with OpenText(file) as text:
                while text.read(_PIECE):
                    pass
        except OSError as error:
            problems.append(_unread(str(file), error))
        except BookError as error:
            problems += error.problems
    if problems:
        raise BookError(problems)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """The path of a new file beside ``path``, which takes its place when the block ends without an error.

    A reader finds the old file or the new one, never a half. The mode is that of the old file, else 0644.
    Folders on the way are made. OSError where ``path`` cannot be written; nothing is left beside it then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with draft_of(path) as beside:
        yield beside
        beside.chmod(stat.S_IMODE(path.stat().st_mode) if path.is_file() else 0o644)
        beside.replace(path)


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """The path of an empty file beside ``path``, to be renamed by whoever asks for it; else it is removed.

    It has one name, so that whoever writes ``path`` next removes what a killed run left of it, and it is
    locked while it is written: of two processes one waits. OSError where it cannot be made.
    """
    name = path.name
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    beside = path.with_name(f".{name}.tallybook-draft")
    lock = beside if sys.platform != "win32" else beside.with_suffix(".tallybook-lock")
    try:
        while True:
            with locked(lock, wait=_WAIT):
                if _is_left_over(beside):
                    beside.unlink()  # its content may have a second name by now: it is not written over
                    continue
                beside.touch()
                beside.chmod(0o600)
                try:
                    yield beside
                finally:
                    if lock != beside:
                        beside.unlink(missing_ok=True)
                return
    except LockHeld:
        raise OSError(errno.EBUSY, "another run is writing it", str(path)) from None
    except OSError as error:
        # an error of writing names no file, and of a draft nobody knows
        if error.errno is not None and error.filename in (None, beside, str(beside)):
            error.filename = str(path)
        raise


def _is_left_over(draft: Path) -> bool:
    try:
        found = draft.stat()
    except FileNotFoundError:
        return False
    return found.st_size > 0 or found.st_nlink > 1


def write_whole(path: Path, content: str) -> None:
    """Write a text as UTF-8, whole or not at all (:func:`replacing`)."""
    with replacing(path) as beside:
        beside.write_text(content, encoding="utf-8", newline="\n")


def _standard_input() -> BufferedReader:
    if sys.stdin is None:  # the caller has closed it
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return cast(BufferedReader, sys.stdin.buffer)


def _size(raw: BufferedReader) -> int | None:
    try:
        kept = os.fstat(raw.fileno())
    except OSError:
        return None
    return kept.st_size if stat.S_ISREG(kept.st_mode) else None


def _unread(name: str, error: OSError) -> Problem:
    return Problem(name, 1, f"cannot be read: {error.strerror}.")


def _no_utf8(name: str, lines: int, error: UnicodeDecodeError) -> Problem:
    """``lines``: how many were read before the bytes that the error is about."""
    line = lines + error.object[: error.start].count(b"\n") + 1
    byte = error.object[error.start]
    return Problem(name, line, f"byte 0x{byte:02x} is not valid UTF-8. Save the file as UTF-8.")
