"""Which notebooks the report runs: general ones for every case, those of the book, essays on a case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tallybook.report.errors import ReportError

if TYPE_CHECKING:
    from nbformat import NotebookNode

PARAMETERS = "parameters"
"""The tag of the cell that names the case (papermill's convention)."""


class Run(NamedTuple):
    """A notebook to run. ``case``: the id of the case that it is run for or is an essay on; None for one on
    the whole book. ``given``: whether the id is written into its parameters cell.
    """

    path: Path
    case: str | None = None
    given: bool = False

    @property
    def name(self) -> str:
        return f"{self.path.name} for {self.case}" if self.given else self.path.name

    @property
    def page(self) -> str:
        """The path of its page in the site."""
        return f"{self.case}/{self.path.stem}.html" if self.case else f"{self.path.stem}.html"


def planned_runs(root: Path, cases: Sequence[str]) -> list[Run]:
    """All runs of a report, in reading order: by case, then by name; those of the whole book last.

    ``notebooks/*.ipynb`` with a parameters cell run once per case, the others once; those in
    ``notebooks/<case>/`` are essays on that case. ReportError for a folder that is not named after a case.
    """
    folder = Path(root, "notebooks")
    shared = sorted(folder.glob("*.ipynb"))
    general = set(notebooks_of_any_case(root))
    essays = [path for path in notebook_paths(root) if path.parent != folder]
    strange = sorted({path.parent.name for path in essays} - set(cases))
    if strange:
        raise ReportError(
            f"notebooks/{strange[0]}/ holds notebooks, but no article has the id '{strange[0]}'. "
            "Name the folder after an article of claims/."
        )
    found = []
    for case in cases:
        of_case = [Run(path, case, given=True) for path in general]
        of_case += [Run(path, case) for path in essays if path.parent.name == case]
        found += sorted(of_case, key=lambda run: run.path.name)
    return [*found, *(Run(path) for path in shared if path not in general)]


def notebook_paths(root: Path) -> list[Path]:
    """The notebooks of a project, with the essays in the folders of their cases."""
    folder = Path(root, "notebooks")
    nested = (p for p in folder.glob("*/*.ipynb") if not p.parent.name.startswith("."))
    return [*sorted(folder.glob("*.ipynb")), *sorted(nested)]


def notebooks_of_any_case(root: Path) -> list[Path]:
    """The notebooks with a parameters cell, which are run for every case."""
    from tallybook.report.runner import read_notebook

    shared = sorted(Path(root, "notebooks").glob("*.ipynb"))
    return [path for path in shared if parameters_cell(read_notebook(path)) is not None]


def parameters_cell(notebook: NotebookNode) -> NotebookNode | None:
    """The code cell that names the case, if the notebook has one."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and PARAMETERS in cell.metadata.get("tags", ()):
            return cell
    return None
