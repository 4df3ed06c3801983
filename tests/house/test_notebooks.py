"""The stored notebooks are whole: what nbval would pass over in silence is an error here."""

import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LONGEST_CELL = 20


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "01_figures", "02_sources", "03_comparison", "04_troops", "05_shells", "06_deaths",
        "07_reader", "08_robustness",
    ]  # fmt: skip


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_as_it_ran(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    _imports, *others = code
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
