"""Text in and out: bounded on the way in, whole or not at all on the way out."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tallybook.book.problems import BookError, Problem

LARGEST_TEXT = 20_000_000


def read_text(file: Path) -> str:
    """A text file, or standard input for "-", as UTF-8. BookError when it cannot be, or is too large."""
    name = str(file)
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(LARGEST_TEXT + 1)
        else:
            with file.open("rb") as stream:
                raw = stream.read(LARGEST_TEXT + 1)
    except OSError as error:
        raise BookError([Problem(name, 1, f"cannot be read: {error.strerror}.")]) from None
    if len(raw) > LARGEST_TEXT:
        raise BookError([Problem(name, 1, f"the text is larger than {LARGEST_TEXT:,} bytes. Split it.")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = f"byte 0x{raw[error.start]:02x} is no UTF-8. Save the file as UTF-8."
        raise BookError([Problem(name, line, message)]) from None


def write_whole(path: Path, content: str) -> None:
    """Write beside, then rename: a reader finds the old file or the new one, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
