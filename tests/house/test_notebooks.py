"""The stored notebooks are whole: what nbval would pass over in silence is an error here."""

import re
from pathlib import Path

import nbformat
import pytest

from tallybook.report import notebook_paths
from tallybook.report.runs import PARAMETERS, parameters_cell

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = notebook_paths(ROOT)
LONGEST_CELL = 20


def test_there_are_notebooks() -> None:
    assert [path.relative_to(ROOT / "notebooks").as_posix() for path in NOTEBOOKS] == [
        "00_start.ipynb", "01_figures.ipynb", "02_sources.ipynb", "03_comparison.ipynb", "07_reader.ipynb",
        "08_robustness.ipynb", "09_selfcheck.ipynb", "kursk-engineers/04_troops.ipynb",
        "kursk-engineers/05_shells.ipynb", "kursk-engineers/06_deaths.ipynb",
    ]  # fmt: skip


def test_the_general_notebooks_are_stored_for_the_first_case_and_name_none_but_there() -> None:
    general = [path for path in NOTEBOOKS if parameters_cell(nbformat.read(path, as_version=4))]
    assert [path.stem[:2] for path in general] == ["01", "02", "03", "08"]
    for path in general:
        cells = nbformat.read(path, as_version=4).cells
        first, *others = [cell.source for cell in cells if cell.cell_type == "code"]
        assert first.startswith('CASE = "kursk-engineers"')
        assert "tb.open_book()[CASE]" in others[0]
        assert "kursk" not in "".join(others)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_as_it_ran(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    _imports, *others = [cell for cell in code if PARAMETERS not in cell.metadata.get("tags", ())]
    assert all(cell.outputs for cell in others), "a cell after the imports shows nothing"
    assert not any(output.output_type in ("error", "stream") for cell in code for output in cell.outputs)
    assert not any("execution" in cell.metadata for cell in code), "timings are stored"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_asks_and_answers(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert re.search(r"\*\*.+\?\*\*", cells[0].source), "the first cell has its question"
    assert cells[-2].source == "## The answer"
    assert "<p><strong>" in cells[-1].outputs[0].data["text/html"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_logic_stays_in_the_library(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert "def " not in cell.source and cell.source.count("\n") < LONGEST_CELL
