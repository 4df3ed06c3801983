"""Files that one run keeps for the next, in a folder of the project that may be deleted at any moment.

A file is written beside its place and renamed. Its first line is a code over its name and the rest
(HMAC-SHA256), made with a key that only this user has, outside every project: what a crash spoiled and what
came with somebody else's copy of the project is never read. No link is followed, and nothing is kept where
the folder leads out of the project, or where the user has no place for a key.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from platformdirs import user_state_path

from tallybook.book.lock import locked
from tallybook.book.text_files import draft_of

BROKEN = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading a kept file may raise, whatever was done to it: it counts for nothing then."""

_LARGEST = 1_000_000_000  # bytes
_KEY_BYTES = 32
_LOCK = ".lock"  # no id begins so, and what is kept of an article stands in a folder of its id
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
        content = file.read_bytes()
        begin = content.index(b"\n") + 1
        if not hmac.compare_digest(content[: begin - 1], _code(name, memoryview(content)[begin:])):
            raise ValueError(name)
        end = content.index(b"\n", begin)
        return content[begin:end], content[end + 1 :]

    def write(self, name: str, told: Mapping[str, Any], body: bytes, *, wait: float = _WAIT) -> None:
        """``told``: the head, of what JSON can hold; ``wait``: seconds for another process that is writing.

        OSError or LockHeld where the file cannot be written.
        """
        if not self.is_inside():
            raise OSError(0, f"{self.name} leads out of the project")
        rest = (
            json.dumps(told, sort_keys=True, ensure_ascii=False).encode(errors="surrogatepass") + b"\n" + body
        )
        code = _code(name, rest)
        if len(rest) + len(code) >= _LARGEST:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.parent.resolve() != file.parent:
            raise OSError(0, f"{self.name} leads out of the project")
        draft = file.with_name(f"{file.name}.new")
        with locked(self.path / _LOCK, wait=wait):
            draft.unlink(missing_ok=True)
            with draft.open("xb") as stream:
                stream.write(code + b"\n" + rest)
            os.replace(draft, file)

    def is_inside(self) -> bool:
        """Whether nothing on the way to the folder is a link."""
        return self.path.resolve() == self.path


def _code(name: str, content: bytes | memoryview) -> bytes:
    """Over the name too, so that one file is not taken for another. OSError where there is no key."""
    signed = name.encode(errors="surrogateescape") + b"\0" + hashlib.sha256(content).digest()
    return hmac.new(_key(), signed, hashlib.sha256).hexdigest().encode()


@cache
def _key() -> bytes:
    """The key of this user, made when it is first asked for. OSError where none can be kept."""
    try:
        file = user_state_path("tallybook", appauthor=False) / "key"
    except RuntimeError:
        raise OSError(errno.ENOENT, "the user has no home for a key") from None
    if not file.exists():
        _make_key(file)
    found = file.read_bytes()
    if len(found) != _KEY_BYTES:
        raise OSError(errno.EINVAL, "the key of the user is broken")
    return found


def _make_key(file: Path) -> None:
    """Of two processes that make it at once, the first one's counts."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with draft_of(file) as beside:
        if not file.exists():
            beside.write_bytes(secrets.token_bytes(_KEY_BYTES))
            os.replace(beside, file)
