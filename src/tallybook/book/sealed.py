"""Files that a run keeps for the next one, in a folder below ``.cache`` of the project.

They may be deleted at any moment. A file is written beside its place and renamed. Its first line is a code
over the rest (HMAC-SHA256), made with a key that only this user has, outside every project: what a crash
spoiled, what another version wrote, and what came with somebody else's copy of the project is never read.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from platformdirs import user_state_path

from tallybook.book.lock import locked

FOLDER = ".cache"
LARGEST = 1_000_000_000
"""Bytes; a larger file is neither kept nor read."""

_KEY_BYTES = 32
_CODE_LENGTH = 64


class SealedFiles:
    """The files of one purpose. ``name``: of their folder below ``.cache``."""

    def __init__(self, root: Path, name: str) -> None:
        self.folder = root.resolve() / FOLDER / name

    def read(self, name: str) -> bytes | None:
        """What was written under a name; None where nothing is, or not by us."""
        with contextlib.suppress(OSError):
            file, key = self._place(name), _key()
            if key is None or not file.is_file() or file.stat().st_size > LARGEST:
                return None
            code, line, rest = _parted(file.read_bytes())
            if line == b"\n" and hmac.compare_digest(code, _code(key, name, rest)):
                return rest
        return None

    def write(self, name: str, content: bytes, *, wait: float = 0.0) -> None:
        """Keep a file. ``wait``: seconds for another process that is writing.

        OSError where that cannot be, LockHeld where the other process has not ended: nothing depends on it.
        """
        file, key = self._place(name), _key()
        if key is None:
            raise OSError(errno.ENOENT, "this user has no folder for a key")
        if len(content) >= LARGEST:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.new")
        with locked(self.folder / "lock", wait=wait):
            draft.unlink(missing_ok=True)
            with draft.open("xb") as stream:
                stream.write(_code(key, name, content) + b"\n")
                stream.write(content)
            os.replace(draft, file)

    def _place(self, name: str) -> Path:
        """The path of a file. OSError where a link leads it out of the folder."""
        file = self.folder / name
        if file.parent.resolve() != file.parent or file.is_symlink():
            raise OSError(errno.ELOOP, f"{file.parent.name} leads out of the project")
        return file


def _parted(raw: bytes) -> tuple[bytes, bytes, bytes]:
    return raw[:_CODE_LENGTH], raw[_CODE_LENGTH : _CODE_LENGTH + 1], raw[_CODE_LENGTH + 1 :]


def _code(key: bytes, name: str, content: bytes) -> bytes:
    """Over the name too, so that one file is not taken for another."""
    digest = hashlib.sha256(content).digest()
    return hmac.new(key, name.encode() + b"\0" + digest, hashlib.sha256).hexdigest().encode()


@cache
def _key() -> bytes | None:
    """The key of this user, made when it is first asked for; None where none can be kept."""
    try:
        file = user_state_path("tallybook", appauthor=False) / "key"
        if not file.exists():
            _make_key(file)
        found = file.read_bytes()
    except (OSError, RuntimeError):  # RuntimeError: the user has no home
        return None
    return found if len(found) == _KEY_BYTES else None


def _make_key(file: Path) -> None:
    """Of two processes that make it at once, the first one's counts."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"key.{os.getpid()}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "wb") as stream:
            stream.write(secrets.token_bytes(_KEY_BYTES))
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink(missing_ok=True)
