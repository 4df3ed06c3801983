"""Which notebooks run, for which case, and where their pages stand."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from tallybook.report import ReportError, execute_notebooks, notebook_paths
from tallybook.report.runs import planned_runs

from .made_up import given, notebook, runs, says


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A general notebook, one of the book, and an essay on the case "harvest"."""
    for name, *cells in (
        ("02_general", given("harvest"), runs("CASE")),
        ("07_book", says("# Book"), runs('CASE = "not tagged"')),
        ("harvest/01_essay", runs("1")),
    ):
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook(*cells), path)
    return tmp_path


def test_a_general_notebook_runs_for_every_case_and_the_others_once(root: Path) -> None:
    planned = planned_runs(root, ["flood", "harvest"])
    assert [(run.path.relative_to(root / "notebooks").as_posix(), run.case, run.page) for run in planned] == [
        ("02_general.ipynb", "flood", "flood/02_general.html"),
        ("harvest/01_essay.ipynb", "harvest", "harvest/01_essay.html"),
        ("02_general.ipynb", "harvest", "harvest/02_general.html"),
        ("07_book.ipynb", None, "07_book.html"),
    ]
    assert [run.given for run in planned] == [True, False, True, False]
    executed = execute_notebooks(planned[:3], progress=False)
    told = [notebook.cells[-1].outputs[0].data["text/plain"] for notebook in executed.values()]
    assert told == ["'flood'", "1", "'harvest'"]


def test_essays_stand_in_a_folder_with_the_name_of_their_article(root: Path) -> None:
    with pytest.raises(ReportError, match="notebooks/harvest/ holds notebooks, but no article has the id"):
        planned_runs(root, ["flood"])


def test_stored_are_all_notebooks_but_copies_that_an_editor_keeps(root: Path) -> None:
    kept = root / "notebooks" / ".ipynb_checkpoints" / "02_general-checkpoint.ipynb"
    kept.parent.mkdir()
    nbformat.write(notebook(), kept)
    names = [path.relative_to(root / "notebooks").as_posix() for path in notebook_paths(root)]
    assert names == ["02_general.ipynb", "07_book.ipynb", "harvest/01_essay.ipynb"]
