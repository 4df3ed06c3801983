"""In the kernel: writes down what the cells of a notebook ask for, a line of JSON each, as they ask.

Python itself tells (PEP 578): every file that is opened, every program and connection that is begun. The
tables tell which cases are opened, or whether the whole book is. Nothing is forbidden here.
"""

from __future__ import annotations

import importlib
import json
import os
import site
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

import tallybook
from tallybook.book.load import LOADED, LOADING
from tallybook.tables.opened import ONE, WHOLE

_IMPORTING = ("<frozen importlib", str(Path(importlib.__file__).parent) + os.sep)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_FOLDERS = frozenset({"os.listdir", "os.scandir"})
_BEYOND = (
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostby", "socket.sendto",
    "socket.sendmsg", "urllib.", "http.", "ftplib.", "smtplib.", "subprocess.", "os.system", "os.exec",
    "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn",
    "ctypes.dlopen", "sqlite3.connect", "os.remove", "os.rename",
    "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.putenv", "shutil.", "tempfile.",
)  # fmt: skip
"""Events whose effect or answer no digest can hold, by how they begin."""

_NATIVE = frozenset({"duckdb", "polars", "pyarrow.csv", "pyarrow.dataset", "pyarrow.fs", "pyarrow.json",
                     "pyarrow.orc", "pyarrow.feather", "pyarrow.parquet"})  # fmt: skip
"""Modules that read files themselves, so that Python does not tell."""


class Witness:
    """``log``: the file to write to. Nothing is written before :meth:`begin`."""

    def __init__(self, log: Path) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._told: set[str] = set()
        self._begun = self._busy = self._loading = False
        paths: list[str | Path] = [
            sys.prefix,
            sys.base_prefix,
            Path(tallybook.__file__).parent,
            *site.getsitepackages(),
        ]
        paths += [*sysconfig.get_paths().values(), log.parent, "/proc", "/dev", "/sys"]
        self._known = tuple(os.path.realpath(path) + os.sep for path in paths)

    def begin(self, *_: Any) -> None:
        """From here on what is asked for is asked for by a cell."""
        if not self._begun:
            self._begun = True
            tempfile.gettempdir()  # tries once which folder can be written to, as IPython's compiler asks
            sys.addaudithook(self._asked)

    def _asked(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            self._note(event, arguments)
        except Exception as error:  # what could not be understood is in doubt
            self._tell("doubt", f"{event}: {type(error).__name__}")
        finally:
            self._busy = False

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            self._opened(*arguments)
        elif event in _FOLDERS:
            if not self._loading and not sys._getframe(2).f_code.co_filename.startswith(_IMPORTING):
                self._looked_at("folder", arguments[0])
        elif event == "import":
            if arguments[0] in _NATIVE:
                self._tell("doubt", f"it reads files by {arguments[0]}")
        elif event in (LOADING, LOADED):
            self._loading = event == LOADING
            if self._loading and not _is_ours(sys._getframe(3).f_code.co_filename):
                self._tell("book")
        elif event == ONE:
            self._tell("case", str(arguments[0]))
        elif event == WHOLE:
            self._tell("book")
        elif event.startswith(_BEYOND) and not self._is_known(arguments[0] if arguments else None):
            self._tell("doubt", event)

    def _opened(self, path: object, mode: object, flags: object) -> None:
        if isinstance(path, int) or self._loading:
            return
        writes = bool(set(mode) & set("wax+")) if isinstance(mode, str) else False
        if writes or (isinstance(flags, int) and flags & _WRITING):
            if not self._is_known(path):
                self._tell("doubt", "it writes a file")
        else:
            self._looked_at("file", path)

    def _looked_at(self, what: str, path: object) -> None:
        if not isinstance(path, int) and not self._is_known(path):
            self._tell(what, _absolute(path))

    def _is_known(self, path: object) -> bool:
        """Whether it is of the program, of Python, or of this kernel's own folder."""
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        name = os.path.realpath(os.fsdecode(path))
        return (name + os.sep).startswith(self._known)

    def _tell(self, what: str, which: str = "") -> None:
        line = json.dumps([what, which]) + "\n"
        if line not in self._told:
            self._told.add(line)
            os.write(self._log, line.encode())


def _absolute(path: object) -> str:
    return os.path.realpath(os.fsdecode("." if path is None else path))  # type: ignore[arg-type]


def _is_ours(file: str) -> bool:
    return os.path.realpath(file).startswith(str(Path(tallybook.__file__).resolve().parent) + os.sep)
