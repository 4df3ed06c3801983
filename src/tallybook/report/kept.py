"""What a build keeps for the next one, in ``.cache/site``: executed notebooks, and digests of pages.

Nothing in it is believed (:mod:`tallybook.book.kept_files`), and what is said of a page is compared with the
page itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook.book.kept_files import BROKEN, KeptFiles, digest, own_file
from tallybook.book.lock import LockHeld
from tallybook.report.asked import Asked

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from tallybook.report.runs import Run

FOLDER = ".cache/site"


@dataclass(frozen=True)
class Kept:
    """A page or download of the last site that is still right: where it is, its digest and size, and what
    tells that it was not replaced meanwhile."""

    path: Path
    digest: str
    trace: tuple[int, int, int, int]

    @property
    def size(self) -> int:
        return self.trace[3]

    def stands(self) -> bool:
        """Whether it is the file that was looked at."""
        return trace_of(self.path) == self.trace


@dataclass(frozen=True)
class Ran:
    """An executed notebook that was kept. ``key``: of its code and the program; ``records``: digests of the
    cases that it opened by id, and of the whole book as ""; ``outcome``: the digest of what it shows."""

    key: str
    asked: Asked
    records: Mapping[str, str]
    outcome: str


class Store:
    """``root``: of the project; ``out``: the folder of the site."""

    def __init__(self, root: Path, out: Path) -> None:
        self._out = out.resolve()
        self._kept_files = KeptFiles(root, FOLDER)
        self._pages = f"pages-{digest(str(self._out).encode(errors='surrogateescape'))[:16]}.json"

    def ran(self, run: Run) -> Ran | None:
        """What is kept of a run, without its notebook; None where nothing is."""
        with contextlib.suppress(*BROKEN):
            head, _ = self._kept_files.read(_file_of(run))
            told = json.loads(head)
            records = {str(case): str(was) for case, was in told["records"].items()}
            return Ran(str(told["key"]), Asked.of_record(told["asked"]), records, str(told["outcome"]))
        return None

    def notebook(self, run: Run, outcome: str) -> NotebookNode | None:
        """The executed notebook of a run; None where it is not, or not this one."""
        from nbformat import from_dict

        with contextlib.suppress(*BROKEN):
            _, body = self._kept_files.read(_file_of(run))
            if digest(body) == outcome:
                return from_dict(json.loads(body))
        return None

    def units(self) -> dict[str, Any]:
        """What is kept of the pages, by unit: its key, its files with their digests, what it tells."""
        with contextlib.suppress(*BROKEN):
            head, body = self._kept_files.read(self._pages)
            if json.loads(head)["out"] == str(self._out):
                return dict(json.loads(body))
        return {}

    def files(self, unit: Any, key: str) -> dict[str, Kept] | None:
        """The files of a unit in the site, where all are there and are what was made; else None."""
        with contextlib.suppress(*BROKEN):
            if unit["key"] == key:
                found = {
                    str(name): kept_file(self._out, str(name), str(was))
                    for name, was in unit["files"].items()
                }
                return {name: kept for name, kept in found.items() if kept} if all(found.values()) else None
        return None

    def keep_runs(self, ran: Mapping[Run, tuple[Ran, bytes]]) -> None:
        """Keep executed notebooks. OSError or LockHeld where that is not possible."""
        for run, (what, body) in ran.items():
            told = {
                "key": what.key,
                "asked": what.asked.record(),
                "records": dict(what.records),
                "outcome": what.outcome,
            }
            self._kept_files.write(_file_of(run), told, body)

    def keep_units(self, units: Mapping[str, Any]) -> None:
        """Keep what was made of the pages; OSError or LockHeld likewise."""
        body = json.dumps(units, sort_keys=True, ensure_ascii=False).encode(errors="surrogatepass")
        self._kept_files.write(self._pages, {"out": str(self._out)}, body)

    def drop(self, runs: Iterable[Run]) -> None:
        """Remove all executed notebooks but those of these runs, and all drafts."""
        there = {_file_of(run) for run in runs}
        place = self._kept_files.path / "runs"
        with contextlib.suppress(OSError):
            for file in place.rglob("*"):
                name = file.relative_to(self._kept_files.path).as_posix()
                if name not in there and own_file(self._kept_files.path, name) is not None:
                    file.unlink()


def kept_file(folder: Path, name: str, was: str) -> Kept | None:
    """The file of this name, if it has the digest that it had; else None."""
    file = own_file(folder, name)
    if file is None:
        return None
    trace = trace_of(file)
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    return Kept(file, was, trace) if trace is not None and found == was else None


def trace_of(path: Path) -> tuple[int, int, int, int] | None:
    """What changes when a file is replaced or written to; None where there is none. The last is its size."""
    try:
        told = path.lstat()
    except OSError:
        return None
    return told.st_dev, told.st_ino, told.st_mtime_ns, told.st_size


@contextlib.contextmanager
def at_most_a_note(notes: list[str]) -> Iterator[None]:
    """That nothing can be kept is no fault of the site: a sentence in ``notes``."""
    try:
        yield
    except LockHeld:
        notes.append("nothing was kept for the next build: another one was writing")
    except OSError as error:
        notes.append(f"nothing was kept for the next build: {error.strerror or error}")


def _file_of(run: Run) -> str:
    return f"runs/{run.page.removesuffix('.html')}.json"
