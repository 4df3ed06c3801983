"""Files that one run keeps for the next, in a folder of the project that may be deleted at any moment.

Nothing in it is believed. A file is written beside its place and renamed, and its first line is the digest of
the rest. No link is followed, and nothing is kept where the folder leads out of the project.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from tallybook.book.lock import locked

BROKEN = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading a kept file may raise, whatever was done to it: it counts for nothing then."""

_LARGEST = 64_000_000  # bytes
_WAIT = 10.0  # seconds for another process, which holds the lock while it writes one file


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def own_file(folder: Path, name: str) -> Path | None:
    """The regular file of this name; None if there is none, or if its path contains a link."""
    path = folder
    for part in PurePosixPath(name).parts:
        if path.is_symlink():
            return None
        path = path / part
    return path if path.is_file() and not path.is_symlink() else None


class KeptFiles:
    """``root``: of the project; ``folder``: a path in it."""

    def __init__(self, root: Path, folder: str) -> None:
        self.name = folder
        self.path = root.resolve() / folder

    def read(self, name: str) -> tuple[bytes, bytes]:
        """The head and the body of a file; one of BROKEN where they are not what was written."""
        file = own_file(self.path, name) if self.is_inside() else None
        if file is None or file.stat().st_size > _LARGEST:
            raise ValueError(name)
        said, _, rest = file.read_bytes().partition(b"\n")
        if said.decode("ascii") != digest(rest):
            raise ValueError(name)
        head, _, body = rest.partition(b"\n")
        return head, body

    def write(self, name: str, told: Mapping[str, Any], body: bytes) -> None:
        """``told``: the head, of what JSON can hold. OSError or LockHeld where the file cannot be written."""
        if not self.is_inside():
            raise OSError(0, f"{self.name} leads out of the project")
        rest = (
            json.dumps(told, sort_keys=True, ensure_ascii=False).encode(errors="surrogatepass") + b"\n" + body
        )
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.parent.resolve() != file.parent:
            raise OSError(0, f"{self.name} leads out of the project")
        draft = file.with_name(f"{file.name}.new")
        with locked(self.path / "lock", wait=_WAIT):
            draft.unlink(missing_ok=True)
            with draft.open("xb") as stream:
                stream.write(digest(rest).encode() + b"\n" + rest)
            os.replace(draft, file)

    def is_inside(self) -> bool:
        """Whether nothing on the way to the folder is a link."""
        return self.path.resolve() == self.path
