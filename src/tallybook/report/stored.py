"""A notebook as it is stored in git: the same bytes whenever and wherever it is run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tallybook.book.text_files import write_whole

if TYPE_CHECKING:
    from nbformat import NotebookNode

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# Without the interpreter's version, which differs from machine to machine.
_LANGUAGE = {
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "pygments_lexer": "ipython3",
}
_KEPT_OF_A_CELL = ("tags", "jupyter")


def settle(notebook: NotebookNode) -> NotebookNode:
    """Remove from the executed notebook whatever depends on this run; returns it.

    Cells keep their ids, tags and folding; execution counts are 1..n in the order of the cells.
    """
    from nbformat import from_dict

    notebook.metadata = from_dict({"kernelspec": _KERNEL, "language_info": _LANGUAGE})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    count = 0
    for number, cell in enumerate(notebook.cells, start=1):
        cell.setdefault("id", f"cell-{number}")
        cell.metadata = from_dict(
            {key: cell.metadata[key] for key in _KEPT_OF_A_CELL if key in cell.metadata}
        )
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        for output in cell.outputs:
            output.pop("transient", None)
            if output.output_type == "execute_result":
                output.execution_count = count
    return notebook


def write_notebook(path: Path, notebook: NotebookNode) -> bool:
    """Write the settled notebook to ``path``, completely or not at all. True if the file changed."""
    import nbformat

    text = nbformat.writes(settle(notebook), version=4).rstrip("\n") + "\n"
    if path.read_text(encoding="utf-8") == text:
        return False
    write_whole(path, text)
    return True
