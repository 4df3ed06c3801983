"""What an earlier run read in the files of a project, so that a large book opens without reading them again.

Kept are, by the digest of each file, its data and the figures of its records, and the digest of all files
together when the book was last found sound. Kept data is data: it is typed again when it is used, and a line
is looked up in the file itself.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tallybook.book.figures import Figure
from tallybook.book.kept_files import BROKEN, KeptFiles
from tallybook.book.lock import LockHeld
from tallybook.book.yaml_lines import LaterLines, RawFile, YamlFile
from tallybook.program import code_digest, package_names

FOLDER = ".cache/book"
FEWEST = 50
"""Sources: a smaller book opens about as fast without what is kept."""

_FILE = "files.json"
_FORMAT = 1


@dataclass(frozen=True)
class KnownFile:
    """``digest``: of the file that had this ``data`` and these ``figures``, by the ids of its records."""

    digest: str
    data: Any
    figures: dict[str, Figure | None]


@dataclass(frozen=True)
class _Kept:
    """``program``: what read the files; ``measures``: the digest of the file by whose measures the figures
    were read; ``sound``: the digest of all files of the book that was sound."""

    format: int
    program: str
    measures: str
    sound: str
    files: dict[str, KnownFile] = field(default_factory=dict)


_ADAPTER = TypeAdapter(_Kept)


class KnownFiles:
    """``measures``: the file as it is now; ``sources``: how many there are."""

    def __init__(self, root: Path, measures: RawFile, sources: int) -> None:
        self._files = KeptFiles(root, FOLDER) if sources >= FEWEST else None
        self._measures = measures.digest
        self._kept = self._read() if self._files else None

    def file(self, raw: RawFile) -> YamlFile:
        """The data of a file: known, or parsed now."""
        known = self._kept.files.get(raw.name) if self._kept else None
        if known is None or raw.raw is None or known.digest != raw.digest:
            return raw.parsed()
        figures = known.figures if self._kept and self._kept.measures == self._measures else None
        lines = LaterLines(raw.name, raw.lines)
        return YamlFile(lines, known.data, figures=figures)

    def is_sound(self, files: Iterable[RawFile]) -> bool:
        """Whether a book of exactly these files was found sound."""
        return self._kept is not None and self._kept.sound == _digest_of(files)

    def keep(self, files: Iterable[RawFile], data: Mapping[str, Any], figures: Mapping[str, Any]) -> None:
        """Keep what was read of a book that is sound. ``data``, ``figures``: by the names of the files."""
        if self._files is None:
            return
        files = list(files)
        known = {
            file.name: KnownFile(file.digest, data[file.name], figures.get(file.name, {})) for file in files
        }
        kept = _Kept(_FORMAT, _program(), self._measures, _digest_of(files), known)
        content = _ADAPTER.dump_json(kept, exclude_defaults=True)
        with contextlib.suppress(*BROKEN, LockHeld):
            if _ADAPTER.validate_json(content) == kept:
                self._files.write(_FILE, {}, content, wait=0)

    def _read(self) -> _Kept | None:
        with contextlib.suppress(*BROKEN):
            _, content = self._files.read(_FILE) if self._files else (b"", b"")
            kept = _ADAPTER.validate_json(content)
            if (kept.format, kept.program) == (_FORMAT, _program()):
                return kept
        return None


def _program() -> str:
    """Whatever decides what is read in a file: this package and those that it is built on."""
    return hashlib.sha256(repr((code_digest(), package_names())).encode()).hexdigest()


def _digest_of(files: Iterable[RawFile]) -> str:
    named = sorted((file.name, file.digest) for file in files)
    return hashlib.sha256(repr(named).encode(errors="surrogateescape")).hexdigest()
