"""A notebook of the repository as a new suite gets it: without outputs, for its first article."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from tallybook.report.runs import PARAMETERS

FIRST = """\
import tallybook as tb

CASE = tb.open_book().first  # for another article: its id in quotation marks"""
_LINK = re.compile(r"\]\(([^()\s]{1,200}\.ipynb)\)")


def blank(notebook: bytes, beside: Collection[str]) -> bytes:
    """The notebook without outputs. ``beside``: the names of the suite's notebooks.

    Its parameters cell takes the book's first article. A paragraph that leads to a notebook which the suite
    does not have is left out.
    """
    content = json.loads(notebook)
    content["cells"] = [_blank(cell) for cell in content["cells"] if not _leads_away(cell, beside)]
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _blank(cell: dict[str, Any]) -> dict[str, Any]:
    if cell["cell_type"] != "code":
        return cell
    given = PARAMETERS in cell["metadata"].get("tags", ())
    source = FIRST.splitlines(keepends=True) if given else cell["source"]
    return {**cell, "source": source, "outputs": [], "execution_count": None}


def _leads_away(cell: dict[str, Any], beside: Collection[str]) -> bool:
    links = _LINK.findall("".join(cell["source"])) if cell["cell_type"] == "markdown" else []
    return any(link not in beside for link in links)
