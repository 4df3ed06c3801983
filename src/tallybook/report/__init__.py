"""The report: runs the notebooks and writes the self-contained HTML site.

build_site(Path("."), Path("site"))     # index, a page per case and per notebook run, the tables as CSV
store_notebooks(notebook_paths(Path(".")))
"""

from __future__ import annotations

from tallybook.report.errors import NotebookError, ReportError
from tallybook.report.runner import execute_notebooks, store_notebooks
from tallybook.report.runs import Run, notebook_paths, notebooks_of_any_case
from tallybook.report.site import SiteSummary, build_site

__all__ = [
    "NotebookError",
    "ReportError",
    "Run",
    "SiteSummary",
    "build_site",
    "execute_notebooks",
    "notebook_paths",
    "notebooks_of_any_case",
    "store_notebooks",
]
