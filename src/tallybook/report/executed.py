"""The notebooks of a report: those that have to run are executed, the others are taken from the last
build."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook.book.kept_files import digest
from tallybook.book.lock import LockHeld
from tallybook.book.project_files import book_files
from tallybook.estimates.digests import Records, key
from tallybook.program import whole_digest
from tallybook.report.asked import Asked, Files
from tallybook.report.kept import Ran, Store
from tallybook.report.runner import code_cells, execute_notebooks, given_case, read_notebook
from tallybook.report.runs import Run, notebook_paths

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from tallybook.tables.opened import OpenBook

_KEEP_EVERY = 5.0  # seconds: to look whether nothing changed meanwhile takes a part of one


class Executed:
    """``runs``: all notebooks of the report; ``ran``: which of them this build executed."""

    def __init__(self, root: Path, store: Store, book: OpenBook, runs: Sequence[Run], *, anew: bool) -> None:
        self.store, self.runs = store, list(runs)
        self.ran: list[Run] = []
        self.records = Records(book.evidence)
        self.program = whole_digest()
        self._root, self._anew = root, anew
        self._traces = traces(root)
        self._known: dict[Run, Ran] = {}
        self._notebooks: dict[Run, NotebookNode] = {}
        self._kept_at = time.monotonic()
        self._sources = {run: read_notebook(run.path) for run in self.runs}

    def run(self, *, jobs: int, progress: bool) -> None:
        """Execute those that have to be: all that the last build did not execute as they are, or of which a
        case, a file or the program is another one now, or that are in doubt. NotebookError as of the
        runner."""
        files = Files()
        if not self._anew:
            kept = {run: self.store.ran(run) for run in self.runs}
            self._known = {run: ran for run, ran in kept.items() if ran and self._holds(run, ran, files)}
        self._execute([run for run in self.runs if run not in self._known], jobs, progress)

    def outcome(self, run: Run) -> str:
        """The digest of what a notebook shows."""
        return self._known[run].outcome

    def notebooks(self, runs: Sequence[Run]) -> dict[Run, NotebookNode]:
        """The executed notebooks. What was kept and has gone meanwhile is executed again."""
        for run in runs:
            if run not in self._notebooks:
                kept = self.store.notebook(run, self._known[run].outcome)
                if kept is None:
                    self._execute([run], 1, False)
                else:
                    self._notebooks[run] = kept
        return {run: self._notebooks[run] for run in runs}

    def bodies(self, runs: Sequence[Run]) -> dict[Run, bytes]:
        """The same as JSON, as they are kept."""
        return {run: _body(notebook) for run, notebook in self.notebooks(runs).items()}

    def settled(self) -> bool:
        """Whether nothing that the site is made of changed while it was made: only then is it kept."""
        return self._traces == traces(self._root) and self.program == whole_digest()

    def keep(self, *, drop: bool) -> None:
        """Keep what was executed; ``drop``: and remove what no notebook of the project belongs to any
        more."""
        self.store.keep_runs({run: (self._known[run], _body(self._notebooks[run])) for run in self.ran})
        if drop:
            self.store.drop(self.runs)

    def _execute(self, runs: Sequence[Run], jobs: int, progress: bool) -> None:
        fresh: dict[Run, tuple[Ran, bytes]] = {}

        def done(run: Run, notebook: NotebookNode, log: Path) -> None:
            asked = Asked.of(log, [cell.source for cell in code_cells(notebook)])
            body = _body(notebook)
            self._known[run] = Ran(self._key(run), asked, self._seen(asked), digest(body))
            fresh[run] = (self._known[run], body)
            if time.monotonic() - self._kept_at >= _KEEP_EVERY:
                self._keep_now(fresh)

        if not runs:
            return
        try:
            self._notebooks |= execute_notebooks(runs, jobs=jobs, progress=progress, on_done=done)
        finally:
            self._keep_now(fresh)
        self.ran += runs

    def _keep_now(self, fresh: dict[Run, tuple[Ran, bytes]]) -> None:
        """Keep what has run, so that a build that is stopped need not run it again."""
        self._kept_at = time.monotonic()
        if fresh and self.settled():
            with contextlib.suppress(OSError, LockHeld):  # it is kept once more, and told, at the end
                self.store.keep_runs(fresh)
        fresh.clear()

    def _holds(self, run: Run, ran: Ran, files: Files) -> bool:
        return (
            ran.key == self._key(run)
            and ran.asked.holds(files)
            and dict(ran.records) == self._seen(ran.asked)
        )

    def _seen(self, asked: Asked) -> dict[str, str]:
        """The digests of the records that a notebook asked for."""
        found = {case: self.records.of(case) for case in sorted(asked.cases)}
        return found | ({"": self.records.whole} if asked.book else {})

    def _key(self, run: Run) -> str:
        """Of the notebook as it is run, without what it showed when it was stored, and of the modules
        beside it."""
        notebook = given_case(run, deepcopy(self._sources[run]))
        for cell in code_cells(notebook):
            cell.outputs, cell.execution_count = [], None
        beside = [
            (p.name, digest(p.read_bytes())) for p in sorted(run.path.parent.glob("*.py")) if p.is_file()
        ]
        return key(self.program, run.page, run.given, notebook, beside)


def traces(root: Path) -> str:
    """Of the names, sizes and times of the files of a book and its notebooks: whether they changed
    meanwhile."""
    wanted = {"claims": "**/*", "sources": "**/*", "docs": "**/*.md"}
    found = {file for folder, pattern in wanted.items() for file in (root / folder).glob(pattern)}
    found |= {root / name for name in book_files(root)} | {*notebook_paths(root)}
    files = sorted(file for file in found if file.is_file())
    kept = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return digest(repr(kept).encode(errors="surrogateescape"))


def _body(notebook: NotebookNode) -> bytes:
    told: dict[str, Any] = notebook
    return json.dumps(told, sort_keys=True, ensure_ascii=False).encode(errors="surrogatepass")
