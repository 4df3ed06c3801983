"""tallybook: the figures a news article states, set beside what its sources say.

    import tallybook as tb
    case = tb.open_book()["kursk-engineers"]
    case.verdicts()
    tb.read("over 10,000 soldiers")

Nothing heavy is imported until it is used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallybook import charts as charts
    from tallybook.book.problems import BookError as BookError
    from tallybook.book.problems import UnknownName as UnknownName
    from tallybook.consistency.text import check_text as check_text
    from tallybook.quantity import Policy as Policy
    from tallybook.reading import Mention as Mention
    from tallybook.reading import Reading as Reading
    from tallybook.reading import read as read
    from tallybook.reading import read_file as read_file
    from tallybook.scan.frames import read_frame as read_frame
    from tallybook.tables.case import Case as Case
    from tallybook.tables.notebook import say as say
    from tallybook.tables.notebook import show as show
    from tallybook.tables.opened import open_book as open_book

__version__ = "0.1.0"

_HOME = {
    "BookError": "tallybook.book.problems",
    "Case": "tallybook.tables.case",
    "Mention": "tallybook.reading",
    "Policy": "tallybook.quantity",
    "Reading": "tallybook.reading",
    "UnknownName": "tallybook.book.problems",
    "check_text": "tallybook.consistency.text",
    "open_book": "tallybook.tables.opened",
    "read": "tallybook.reading",
    "read_file": "tallybook.reading",
    "read_frame": "tallybook.scan.frames",
    "say": "tallybook.tables.notebook",
    "show": "tallybook.tables.notebook",
}

__all__ = [
    "BookError",
    "Case",
    "Mention",
    "Policy",
    "Reading",
    "UnknownName",
    "charts",
    "check_text",
    "open_book",
    "read",
    "read_file",
    "read_frame",
    "say",
    "show",
]


def __getattr__(name: str) -> Any:
    """Public names are found on first use (PEP 562)."""
    if name == "charts":
        return importlib.import_module("tallybook.charts")
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'tallybook' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
