"""Every page and download of a case is the same, byte for byte, whatever other articles its book holds.

The link to the list of cases, which a site of one case has not, the index and ``00_start``, which list the
cases, apart. The book of this repository is held against itself with made-up articles of other fields beside
it, and each of those against its own small book. What needs no notebook is asked in
test_outputs_do_not_leak.py.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from tallybook.report import Run, execute_notebooks, notebook_paths
from tallybook.report.runner import read_notebook
from tallybook.report.runs import parameters_cell, planned_runs
from tallybook.report.site import compose
from tallybook.tables.opened import OpenBook, open_book

from .projects import FIELDS, HERE, MADE_UP, ROOT, WITH_NOTEBOOKS, articles, combined

FIRST = "kursk-engineers"
TO_CASES = re.compile(rb'<li><a href="(?:\.\./)+index\.html">Cases</a></li>\s*')
OF_THE_BOOK = 3  # 00_start, 07_reader, 09_selfcheck


@dataclass(frozen=True)
class Project:
    """A book, and what its notebooks showed: those of its cases ran, those of the book are as stored."""

    root: Path
    book: OpenBook
    executed: Mapping[Run, Any]

    @cached_property
    def site(self) -> dict[str, bytes]:
        return compose(self.executed, [*self.book.values()])

    def files(self, case: str) -> dict[str, bytes]:
        """The pages and downloads of a case, by their paths, without the link to the list of cases."""
        own = {name: content for name, content in self.site.items() if name.startswith(f"{case}/")}
        return {name: TO_CASES.sub(b"", content) for name, content in own.items()}


def _project(root: Path, known: Mapping[str, Any] | None = None, leave: Sequence[str] = ()) -> Project:
    """``known``: executed notebooks by the paths of their pages; the others are executed here.

    ``leave``: articles that are in the book, and whose notebooks do not run.
    """
    runs, known = planned_runs(root, articles(root)), known or {}
    runs = [run for run in runs if run.case not in leave]
    executed = execute_notebooks([r for r in runs if r.case and r.page not in known], progress=False)
    executed |= {run: known[run.page] for run in runs if run.page in known}
    executed |= {run: read_notebook(run.path) for run in runs if not run.case}
    return Project(root, open_book(root), {run: executed[run] for run in runs})


def _outputs(notebook: Any) -> list[Any]:
    """What a notebook shows, cell by cell."""
    return [[_shown(o) for o in cell.outputs] for cell in notebook.cells if cell.cell_type == "code"]


def _shown(output: Any) -> dict[str, Any]:
    return {key: value for key, value in output.items() if key in ("output_type", "data", "name", "text")}


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The articles of this repository and all made-up ones in one book."""
    root = tmp_path_factory.mktemp("beside") / "book"
    others = [case for case in FIELDS if case not in WITH_NOTEBOOKS]
    return _project(combined(root, [ROOT, *MADE_UP.values()]), leave=others)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, beside: Project) -> Callable[[str], Project]:
    """The book of a case without those beside it; what this repository stores is not executed again."""
    made: dict[str, Project] = {}

    def project(case: str) -> Project:
        if case not in made:
            others = [name for name in HERE if name not in (case, FIRST)]
            root = combined(
                tmp_path_factory.mktemp("alone") / "book",
                [MADE_UP.get(case, ROOT)],
                without=[] if case in MADE_UP else others,
            )
            if case not in (FIRST, *MADE_UP):  # what does not bear its name is the first case's
                (root / "claims" / f"{FIRST}.yaml").unlink()
                shutil.rmtree(root / "notebooks" / FIRST)
            made[case] = _project(root, None if case in MADE_UP else _stored(beside))
        return made[case]

    return project


def _stored(beside: Project) -> dict[str, Any]:
    """The notebooks of this repository's cases with their stored outputs, by the paths of their pages."""
    found = {}
    for run, executed in beside.executed.items():
        kept = read_notebook(run.path)
        parameters = parameters_cell(kept)
        if run.case in HERE and (parameters is None or f'"{run.case}"' in parameters.source):
            found[run.page] = deepcopy(executed)
            for cell, stored in zip(found[run.page].cells, kept.cells, strict=True):
                cell.outputs = stored.get("outputs", [])
    return found


@pytest.mark.parametrize("case", [*HERE, *WITH_NOTEBOOKS])
def test_every_page_and_download_is_the_same(
    case: str, beside: Project, alone: Callable[[str], Project]
) -> None:
    without, within = alone(case).files(case), beside.files(case)
    assert f"{case}/01_figures.html" in without
    assert list(within) == list(without)
    assert [name for name in without if within[name] != without[name]] == []


def test_the_stored_notebooks_of_a_case_stay_as_they_are(beside: Project) -> None:
    pages, stored = {run.page: notebook for run, notebook in beside.executed.items()}, _stored(beside)
    assert len(stored) == len(notebook_paths(ROOT)) - OF_THE_BOOK
    changed = [page for page, notebook in stored.items() if _outputs(notebook) != _outputs(pages[page])]
    assert changed == [], "where the data of the case itself changed, `tallybook notebooks` stores them anew"


@pytest.mark.parametrize("case", ["made-up-shares", "made-up-unsourced"])
def test_the_general_notebooks_say_so_where_there_is_nothing_to_show(case: str, beside: Project) -> None:
    """All of them ran, or there would be no book."""
    pages = {name: content.decode() for name, content in beside.files(case).items() if name.endswith(".html")}
    notebooks = [Path(name).stem[:2] for name in pages if Path(name).stem[:2].isdecimal()]
    assert notebooks == ["01", "02", "03", "08"]
    assert "No claim has a comparable figure beside it." in pages[f"{case}/03_comparison.html"]
    nothing = "No source gives a figure for any claim." in pages[f"{case}/03_comparison.html"]
    assert nothing == (case == "made-up-unsourced")
