"""The message for a notebook that failed: which cell, which line, what error."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_LINE_IN_CELL = re.compile(r"Cell In\[\d+\], line (\d+)")
_LONGEST = 2000  # characters of an error's own words


def describe_failure(name: str, notebook: NotebookNode, error: str, words: str) -> str:
    """One message for a notebook that failed with ``error`` and its ``words``.

    Example: ``04_troops.ipynb, code cell 3 of 7, line 2: KeyError: 'x'``, followed by that line.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    failed = _failed(code)
    where = f"{name}, code cell {failed + 1} of {len(code)}"
    line = _line(code[failed]) if code else None
    if line is not None:
        where += f", line {line}"
    words = _plain(words).strip()
    if len(words) > _LONGEST:
        words = words[:_LONGEST] + " …"
    message = f"{where}: {error}: {words}" if words else f"{where}: {error}"
    source = code[failed].source.splitlines() if code else []
    if line is not None and 0 < line <= len(source):
        message += f"\n    {source[line - 1].strip()}"
    return message


def _failed(code: list[NotebookNode]) -> int:
    """Index of the code cell with the error, else of the last one that was begun."""
    for index, cell in enumerate(code):
        if any(output.output_type == "error" for output in cell.outputs):
            return index
    begun = [index for index, cell in enumerate(code) if cell.execution_count is not None]
    return begun[-1] if begun else 0


def _line(cell: NotebookNode) -> int | None:
    """The line of the cell that its traceback names first."""
    for output in cell.outputs:
        if output.output_type == "error":
            found = _LINE_IN_CELL.search(_plain("\n".join(output.traceback)))
            return int(found.group(1)) if found else None
    return None


def _plain(text: str) -> str:
    return _ANSI.sub("", text)
