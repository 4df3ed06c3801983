"""Builds the whole site: runs the notebooks, makes and checks the pages, and publishes them.

What is as it was is taken over from the last build; the result is the same, byte for byte, as if all of it
had been made anew. The old site is replaced only by a complete and checked one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tallybook.book.kept_files import digest
from tallybook.book.problems import require_name
from tallybook.book.processes import ProcessLost, cores
from tallybook.report.addresses import INDEX
from tallybook.report.assembly import Assembled, assemble, compose, refuse_clashes
from tallybook.report.errors import ReportError
from tallybook.report.executed import Executed
from tallybook.report.kept import Kept, Store, at_most_a_note
from tallybook.report.manifest import read_manifest
from tallybook.report.publish import Replaced, prepare, publish
from tallybook.report.runs import notebook_paths, notebooks_of_any_case, planned_runs
from tallybook.report.staged import Staged, stage

__all__ = ["MOST_JOBS", "SiteSummary", "build_site", "compose"]

MOST_JOBS = 16
"""Kernels at once: each takes as much memory as a process that makes pages, or more."""


@dataclass(frozen=True)
class SiteSummary:
    """What was written. ``pages``, ``downloads``: how many; ``largest_page``, ``total``: bytes.

    ``changed``: the pages that are new or not what they were; ``gone``: those that the older site had;
    ``same``: how many were made and are what they were; ``taken``: how many were taken over unmade;
    ``executed``: the notebooks that ran. ``notes``: sentences about files of the older site that were
    edited by hand.
    """

    out: Path
    pages: int
    downloads: int
    largest_page: int
    total: int
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    same: int = 0
    taken: int = 0
    executed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def index(self) -> Path:
        """The page to open."""
        return self.out / INDEX


def build_site(
    root: Path,
    out: Path,
    *,
    case: str | None = None,
    jobs: int | None = None,
    progress: bool = True,
    anew: bool = False,
) -> SiteSummary:
    """Run the notebooks of ``root`` for every case and write the site to the folder ``out``.

    ``case``: the id of the only one that is wanted; then the notebooks on the whole book have no page.
    ``anew``: take nothing over from the last build. ``jobs``: notebooks that run at once, and then processes
    that make the pages of cases, at most; None: one a core.
    The stored notebooks are not changed. The same data give the same bytes. ReportError (NotebookError if
    a notebook is at fault) if the site could not be made or written; UnknownName for another case.
    """
    from tallybook.report.handbook import handbook
    from tallybook.tables.opened import open_book

    jobs = jobs or min(cores(), MOST_JOBS)
    book = open_book(root)
    ids = sorted(book)
    if case is not None:
        require_name("article", case, ids)
    runs = [run for run in planned_runs(root, ids) if case in (None, run.case)]
    if not notebook_paths(root):
        raise ReportError(
            f"{Path(root, 'notebooks')} has no notebook (*.ipynb), so there is nothing to report"
        )
    chapters = handbook(root)
    refuse_clashes(runs, ids if chapters else [])
    prepare(out)
    elsewhere = notebooks_of_any_case(root) if case is None else notebook_paths(root)
    wanted = [one for one in ids if case in (None, one)]
    notes: list[str] = []
    executed = Executed(root, Store(root, out), book, runs, anew=anew)
    executed.run(jobs=jobs, progress=progress)
    general = [path.name for path in elsewhere]
    older = read_manifest(out) or {}
    with stage(root, out) as waiting:
        while True:
            with _told():
                made = assemble(
                    book,
                    wanted,
                    executed,
                    general,
                    chapters,
                    waiting,
                    anew=anew,
                    jobs=jobs,
                    progress=progress,
                )
            try:
                notes += publish(made.files, out)
                break
            except Replaced:
                anew = True  # another build has replaced the pages that were to be taken over
        waiting.clear()
    if executed.settled():
        with at_most_a_note(notes):
            executed.keep(drop=case is None)
            executed.store.keep_units(made.units)
    return _summary(out, made, older, [run.name for run in executed.ran], notes)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what happens to the processes that make pages, and to their files, into a ReportError."""
    try:
        yield
    except ProcessLost as error:
        raise ReportError(f"{error} What was made is kept; the same command goes on.") from None
    except OSError as error:
        about = f" ({error.filename})" if error.filename else ""
        raise ReportError(f"the pages could not be written: {error.strerror or error}{about}") from error


def _summary(
    out: Path, made: Assembled, older: Mapping[str, str], executed: list[str], notes: list[str]
) -> SiteSummary:
    """``older``: the digests of the files of the site before."""
    names = [name for name in made.files if name.endswith(".html")]
    anew = {name for name in names if isinstance(made.files[name], bytes | Staged)}
    changed = [name for name in names if older.get(name) != _digest(made.files[name])]
    sizes = {name: len(file) if isinstance(file, bytes) else file.size for name, file in made.files.items()}
    return SiteSummary(
        out=out,
        pages=len(names),
        downloads=len(made.files) - len(names),
        largest_page=max(sizes[name] for name in names),
        total=sum(sizes.values()),
        changed=tuple(changed),
        gone=tuple(sorted(name for name in older.keys() - made.files.keys() if name.endswith(".html"))),
        same=len(anew.difference(changed)),
        taken=len(names) - len(anew),
        executed=tuple(executed),
        notes=tuple(notes),
    )


def _digest(file: bytes | Kept) -> str:
    return digest(file) if isinstance(file, bytes) else file.digest
