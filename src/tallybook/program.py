"""Digests of this program: what another version of it made is not taken for what this one makes."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import tallybook

_CODE = frozenset({".py", ".toml", ".json", ".txt", ".so", ".pyd"})
_UNMADE = frozenset({"__pycache__"})


@cache
def code_digest() -> str:
    """Of the files of this package that decide what is read and found: another version may find another
    figure."""
    return _digest(file for file in _files() if file.suffix in _CODE)


def whole_digest() -> str:
    """Of every file of this package, the interpreter, and the versions of all packages."""
    made = (_digest(_files()), package_names())
    return hashlib.sha256(repr(made).encode()).hexdigest()


def package_names() -> tuple[str, ...]:
    """The interpreter, and the names and versions of all packages that can be imported."""
    return (sys.version, platform.machine(), sys.platform, *sorted(_packages()))


def folder_digest(root: Path, files: Iterable[Path]) -> str:
    """Of some files below a folder, by name and content."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(file.relative_to(root).as_posix().encode("utf-8", "backslashreplace") + b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _digest(files: Iterable[Path]) -> str:
    return folder_digest(Path(tallybook.__file__).resolve().parent, files)


def _files() -> Iterator[Path]:
    for folder, folders, names in os.walk(Path(tallybook.__file__).resolve().parent):
        folders[:] = [name for name in folders if name not in _UNMADE]
        yield from filter(Path.is_file, (Path(folder, name) for name in names))


def _packages() -> Iterator[str]:
    for path in filter(os.path.isdir, sys.path):
        with os.scandir(path) as entries:
            yield from (entry.name for entry in entries if entry.name.endswith(("-info", ".egg-link")))
