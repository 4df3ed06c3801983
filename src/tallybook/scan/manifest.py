"""Which parts of a scan are finished: a file with a line each, written once the part's files are there."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TextIO

from tallybook.book.problems import BookError, Problem
from tallybook.scan.part import Counts, Finished
from tallybook.scan.settings import FORMAT, Settings

_MARK = "tallybook scan"
_LARGEST = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Noted:
    """A finished part as the manifest has it."""

    digest: str
    counts: Counts
    sizes: dict[str, int]


@dataclass
class Manifest:
    """``run``: a name that no other run has; ``parts``: the finished ones by number; ``all``: how many there
    are in all, None as long as that is not known."""

    path: Path
    digest: str
    facts: dict[str, Any]
    run: str
    parts: dict[int, Noted] = field(default_factory=dict)
    all: int | None = None
    _file: TextIO | None = field(default=None, repr=False)

    @classmethod
    def begun(cls, path: Path, settings: Settings) -> Manifest:
        """That of a new run, written."""
        new = cls(path, settings.digest, settings.facts(), secrets.token_hex(8))
        head = {_MARK: FORMAT, "run": new.run, "digest": new.digest, "settings": new.facts}
        new._write(head)
        return new

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """That of a run that began before; a line that was cut off counts as none. BookError for others."""
        try:
            if path.stat().st_size > _LARGEST:
                raise ValueError
            with path.open(encoding="utf-8", errors="replace") as lines:
                head = json.loads(next(lines, ""))
                if head[_MARK] != FORMAT:
                    raise ValueError
                found = cls(path, str(head["digest"]), dict(head["settings"]), str(head["run"]))
                for line in lines:
                    found._take(line)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            message = "is no manifest of a scan that can go on. Remove its folder and begin anew."
            raise BookError([Problem(str(path), 1, message)]) from None
        return found

    def _take(self, line: str) -> None:
        try:
            noted = json.loads(line)
            if "all" in noted:
                self.all = int(noted["all"])
                return
            sizes = {str(name): int(size) for name, size in noted["sizes"].items()}
            counts = Counts(**{name: int(count) for name, count in noted["counts"].items()})
            self.parts[int(noted["part"])] = Noted(str(noted["digest"]), counts, sizes)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return

    def note(self, finished: Finished) -> None:
        """A part is finished; its files are there."""
        sizes, counts = finished.sizes, finished.counts
        self.parts[finished.number] = Noted(finished.digest, counts, sizes)
        self._write(
            {"part": finished.number, "digest": finished.digest, "counts": asdict(counts), "sizes": sizes}
        )

    def note_all(self, number: int) -> None:
        """All parts are finished, and there are so many."""
        self.all = number
        self._write({"all": number})

    @property
    def counts(self) -> Counts:
        """Of the finished parts; of those that there were before the input shrank, none is counted."""
        parts = (noted for number, noted in self.parts.items() if self.all is None or number < self.all)
        return sum((noted.counts for noted in parts), Counts())

    def differing(self, settings: Settings) -> list[str]:
        """The names of the settings that are other ones now."""
        facts = settings.facts()
        return sorted(
            name for name in facts.keys() | self.facts.keys() if facts.get(name) != self.facts.get(name)
        )

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, line: dict[str, Any]) -> None:
        if self._file is None:
            torn = _is_torn(self.path)
            self._file = self.path.open("a", encoding="utf-8")
            self._file.write("\n" * torn)
        self._file.write(json.dumps(line, sort_keys=True) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def run_of(path: Path) -> str | None:
    """The name of the run whose manifest this is; None where there is none."""
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            return str(json.loads(next(lines, ""))["run"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_torn(path: Path) -> bool:
    """Whether the last line of a file was cut off."""
    if not path.is_file() or not path.stat().st_size:
        return False
    with path.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) != b"\n"
